//! Turn-taking: who speaks in a tale, in the turns that name somebody and in those that name nobody.
//!
//! Takes the quotations in order, gives them entities where the text holds turns of dialogue (`why.content` is "turn" or
//! "answer"). One pass over names, pronouns and descriptions of the narration keeps the people of the tale ([`Cast`]); a
//! speaker's phrase is looked for among them. In an exchange — turns with no narration between — speakers alternate: a
//! pronoun is not who has just spoken, and a turn that names nobody is the one before last's, or that of who was
//! addressed. Whom a turn addresses by name does not speak it. Then backwards: who answers the next but one spoke here.
//! Everything is a constant number of steps a token.

use std::collections::{HashMap, HashSet};

use super::cast::{Cast, Described};
use super::view::{View, Word};
use super::{Quote, QuoteKind};
use crate::entity::{
    Entity, Gender, Mention, MentionKind, Name, NameKind, is_civil, is_human, is_impersonal, is_titled, is_trade,
    noun_lemma, usual_gender,
};
use crate::lexicon;
use crate::morph::Upos;
use crate::quote::phrase;
use crate::text::TokenRange;

/// How present a subject makes somebody, an object, a complement, somebody named in speech, who speaks.
const SUBJECT: f32 = 2.5;
const OBJECT: f32 = 1.2;
const COMPLEMENT: f32 = 0.7;
const SPOKEN: f32 = 0.3;
const SPEAKER: f32 = 2.5;

/// Gives speakers to turns.
pub(crate) fn attribute(view: &View, names: &[Name], quotes: &mut [Quote], entities: &mut Vec<Entity>) {
    name_headings(view, quotes, entities);
    let is_turn = |quote: &Quote| matches!(quote.why.content, "turn" | "answer");
    let turns = quotes.iter().filter(|quote| is_turn(quote)).count();
    if turns == 0 {
        return;
    }
    // A dialogue within an article: the people of its other quotations are those of the news.
    let article = turns * 2 < quotes.len();
    let mut reader = Reader::new(view, names, quotes, entities);
    reader.read();
    reader.look_back();
    let Reader { cast, quotes: spoken, .. } = reader;
    let who: Vec<Option<usize>> = spoken
        .into_iter()
        .zip(quotes.iter())
        .map(|(spoken, quote)| spoken.who.filter(|_| !article || is_turn(quote)).map(|id| cast.canonical(id)))
        .collect();
    write(view, &cast, &who, quotes, entities);
}

/// "M. le président", "Question": whom a heading means is one person all over the text, with or without a name.
fn name_headings(view: &View, quotes: &mut [Quote], entities: &mut Vec<Entity>) {
    let mut known: HashMap<String, u32> = HashMap::new();
    for quote in quotes.iter_mut().filter(|quote| quote.why.content == "headed-turn") {
        let Some(speaker) = &mut quote.speaker else { continue };
        let words = text(view, speaker.range);
        let entity = *known.entry(words.to_lowercase()).or_insert_with(|| {
            quote.entity.unwrap_or_else(|| {
                let number = u32::try_from(entities.len()).unwrap_or(u32::MAX);
                entities.push(Entity {
                    kind: MentionKind::Unnamed,
                    name: words.into(),
                    gender: speaker.gender,
                    role: None,
                    mentions: Vec::new(),
                });
                number
            })
        });
        if quote.entity != Some(entity)
            && let Some(entity) = entities.get_mut(entity as usize)
        {
            entity.mentions.push(*speaker);
        }
        speaker.entity = Some(entity);
        quote.entity = Some(entity);
    }
}

/// What happens at a place of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A new tale begins.
    Tale,
    /// A sentence of the narrator's begins.
    Sentence,
    /// The quotation with this index begins.
    Begin(usize),
    /// The phrase that names the speaker of this quotation.
    Speaker(usize),
    /// The name with this index.
    Name(usize),
    /// il, elle.
    Pronoun,
    /// je of the narration.
    Narrator,
    /// A description of somebody: its head, and one past its end.
    Person(u32, u32),
}

/// A quotation as the reader needs it.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four plain facts of a quotation")]
struct Spoken {
    /// The phrase that names its speaker.
    phrase: Option<TokenRange>,
    /// Its first token, and one past its last.
    start: u32,
    end: u32,
    /// It is direct, a turn or a marked one, and no part of another one.
    direct: bool,
    /// It follows the direct one before with no narration between, in another paragraph or behind a dash.
    answers: bool,
    /// It follows the direct one before in its paragraph, with no narration between but an incise.
    goes_on: bool,
    /// Its verb says that somebody goes on ("ajouta-t-il").
    continues: bool,
    /// The direct one before.
    before: Option<usize>,
    /// The quotation that holds it.
    parent: Option<usize>,
    /// Who speaks.
    who: Option<usize>,
    /// Whom it addresses by name.
    addressee: Option<usize>,
    /// The name that its speaker says is theirs.
    own: Option<usize>,
    /// The entity that the general resolution gave.
    known: Option<u32>,
}

struct Reader<'a> {
    view: &'a View<'a>,
    names: &'a [Name],
    entities: &'a [Entity],
    /// The entity of each name, by its first token.
    entity_at: HashMap<u32, u32>,
    /// The gender of those whom the tale calls by a first name alone: surer than what pronouns taught.
    by_first_name: HashMap<u32, Gender>,
    quotes: Vec<Spoken>,
    /// How often the text names each entity.
    times: HashMap<u32, u32>,
    /// Who speaks by name: people, whatever their names look like ("la Berma").
    speaking: HashSet<u32>,
    /// Parts of direct quotations with their index, by position.
    parts: Vec<(TokenRange, usize)>,
    /// Those among them that are tales: their people are met as the narrator's are.
    tales: HashSet<u32>,
    cast: Cast,
    /// The direct quotation that began last.
    open: Option<usize>,
    /// Who last spoke to the narrator without having a name.
    confidant: Option<usize>,
    /// Whom the last pronoun meant, and its token.
    pronoun: Option<(usize, u32)>,
    /// The quotation that "une voix" last spoke, and when.
    voice: Option<(usize, u32)>,
}

impl<'a> Reader<'a> {
    fn new(view: &'a View<'a>, names: &'a [Name], quotes: &[Quote], entities: &'a [Entity]) -> Self {
        let mut entity_at = HashMap::new();
        let starts: HashMap<u32, TokenRange> = names.iter().map(|name| (name.range.start, name.range)).collect();
        for (id, entity) in (0_u32..).zip(entities) {
            for mention in &entity.mentions {
                if starts.get(&mention.range.start) == Some(&mention.range) {
                    entity_at.insert(mention.range.start, id);
                }
            }
        }
        let mut times: HashMap<u32, u32> = HashMap::new();
        for &entity in entity_at.values() {
            *times.entry(entity).or_default() += 1;
        }
        let speaking = quotes
            .iter()
            .filter(|quote| quote.kind == QuoteKind::Direct)
            .filter_map(|quote| {
                let range = quote.speaker?.range;
                let first = names.partition_point(|name| name.range.start < range.start);
                let name = names.get(first).filter(|name| name.range.end == range.end)?;
                entity_at.get(&name.range.start).copied()
            })
            .collect();
        let by_first_name = first_names(names, entities, &entity_at);
        let mut parts: Vec<(TokenRange, usize)> = quotes
            .iter()
            .enumerate()
            .filter(|(_, quote)| quote.kind == QuoteKind::Direct && quote.parent.is_none())
            .flat_map(|(index, quote)| quote.content.iter().map(move |&part| (part, index)))
            .collect();
        parts.sort_unstable_by_key(|(part, _)| part.start);
        let tales = parts.iter().filter(|(part, _)| is_tale(view, *part)).map(|(part, _)| part.start).collect();
        let mut reader = Self {
            view,
            names,
            entities,
            entity_at,
            by_first_name,
            speaking,
            times,
            quotes: quotes.iter().map(spoken).collect(),
            parts,
            tales,
            cast: Cast::default(),
            open: None,
            confidant: None,
            pronoun: None,
            voice: None,
        };
        reader.link();
        reader
    }

    /// Finds out which direct quotation follows which, and whether narration stands between.
    fn link(&mut self) {
        let mut before: Option<usize> = None;
        // One past what the one before and its incise cover.
        let mut until = 0;
        for index in 0..self.quotes.len() {
            let Some(quote) = self.quotes.get(index).copied().filter(|quote| quote.direct) else { continue };
            let silent = until <= quote.start && !(until..quote.start).any(|at| self.tells(at));
            let listed = until < quote.start && self.is_list(TokenRange::new(until, quote.start));
            let broken = (until.saturating_sub(1)..quote.start).any(|at| self.breaks_after(at));
            let dashed = quote.start.checked_sub(1).is_some_and(|at| self.view.is(at, Word::Dash));
            // "« A. ¶ « B. »": a mark that opens again where none has closed.
            let last = before.and_then(|before| self.quotes.get(before));
            let reopened = last.is_some_and(|last| {
                let open = |start: u32| self.is_mark(start.wrapping_sub(1), '«');
                open(quote.start) && open(last.start) && !(last.end..last.end + 2).any(|at| self.is_mark(at, '»'))
            });
            if let Some(quote) = self.quotes.get_mut(index) {
                quote.before = before;
                quote.answers = before.is_some() && silent && (broken && !reopened || dashed);
                quote.goes_on = before.is_some() && (silent || reopened || listed) && !quote.answers;
            }
            until = until.max(quote.end).max(quote.phrase.map_or(0, |phrase| self.incise_end(phrase.end, quote.end)));
            before = Some(index);
        }
    }

    /// "« Non ! » ou bien : « Jamais ! »": only words that join stand between.
    fn is_list(&self, range: TokenRange) -> bool {
        range.len() <= 6
            && (range.start..range.end).all(|at| {
                !self.tells(at)
                    || matches!(&*self.view.norm(at), "ou" | "et" | "bien" | "puis" | "encore" | "enfin" | "tantôt")
            })
            && !(range.start..range.end).any(|at| self.breaks_after(at))
    }

    fn is_mark(&self, at: u32, mark: char) -> bool {
        self.view.form(at).starts_with(mark)
    }

    /// The end of the narrator's sentence that holds the speaker's phrase behind a quotation.
    fn incise_end(&self, phrase: u32, content: u32) -> u32 {
        if phrase <= content {
            return content;
        }
        let end = self.view.sentence_of(phrase - 1).end;
        let next = self.parts.partition_point(|(part, _)| part.start < phrase);
        self.parts.get(next).map_or(end, |(part, _)| end.min(part.start))
    }

    /// True if the token is a word of the narrator's.
    fn tells(&self, at: u32) -> bool {
        self.view.form(at).starts_with(char::is_alphabetic)
    }

    fn breaks_after(&self, at: u32) -> bool {
        let ends = |at: u32| self.view.tokens.get(at as usize).map(|token| token.span);
        let (Some(this), Some(next)) = (ends(at), ends(at + 1)) else { return false };
        crate::Span::new(this.end, next.start.max(this.end)).of(self.view.text).contains('\n')
    }

    /// The direct quotation that holds a token.
    fn speech_at(&self, at: u32) -> Option<usize> {
        let next = self.parts.partition_point(|(part, _)| part.end <= at);
        self.parts.get(next).filter(|(part, _)| part.has(at)).map(|&(_, index)| index)
    }

    /// True for a word of a conversation, not of a tale told in one.
    fn is_spoken(&self, at: u32) -> bool {
        let next = self.parts.partition_point(|(part, _)| part.end <= at);
        self.parts.get(next).is_some_and(|(part, _)| part.has(at) && !self.tales.contains(&part.start))
    }

    fn events(&self) -> Vec<(u32, Event)> {
        let mut events: Vec<(u32, Event)> = Vec::new();
        for (index, quote) in self.quotes.iter().enumerate() {
            if quote.direct {
                events.push((quote.start, Event::Begin(index)));
            }
            if let Some(phrase) = quote.phrase {
                events.push((phrase.start, Event::Speaker(index)));
            }
        }
        events.extend(self.names.iter().enumerate().map(|(index, name)| (name.range.start, Event::Name(index))));
        for &sentence in self.view.sentences {
            if self.is_heading(sentence) {
                events.push((sentence.start, Event::Tale));
            }
            let mut told = false;
            for at in sentence.start..sentence.end {
                if self.is_spoken(at) {
                    continue;
                }
                told |= self.tells(at);
                match bare(&self.view.norm(at)) {
                    "il" | "elle" => events.push((at, Event::Pronoun)),
                    "je" | "j'" if self.speech_at(at).is_none() => events.push((at, Event::Narrator)),
                    _ => {}
                }
            }
            if told {
                events.push((sentence.start, Event::Sentence));
            }
            let spoken = !told && !sentence.is_empty() && self.is_spoken(sentence.start);
            if told || spoken {
                for chunk in phrase::chunks(self.view, sentence) {
                    let named = (chunk.range.start..chunk.range.end).any(|at| self.view.upos(at) == Upos::Propn);
                    let known = !named && self.is_human(chunk.head);
                    let office = || {
                        let first = &*self.view.norm(chunk.range.start);
                        matches!(first, "un" | "une") && is_office(&self.called(chunk.head))
                    };
                    if known && (!self.is_spoken(chunk.head) || office()) && !self.is_plural(chunk.range, chunk.head) {
                        events.push((chunk.range.start, Event::Person(chunk.head, chunk.range.end)));
                    }
                }
            }
        }
        events.sort_unstable();
        events
    }

    /// True for a noun of people, or an adjective used as one ("le vieux").
    fn is_human(&self, head: u32) -> bool {
        let norm = self.view.norm(head);
        match self.view.upos(head) {
            Upos::Noun => is_human(&norm),
            Upos::Adj => {
                matches!(&*norm, "vieux" | "vieille" | "petit" | "petite" | "malheureux" | "malheureuse" | "inconnu")
            }
            _ => false,
        }
    }

    /// A line in capitals that is no number of a chapter: the title of another tale.
    fn is_heading(&self, sentence: TokenRange) -> bool {
        let text = sentence.indices().filter_map(|at| self.view.tokens.get(at)).map(|token| token.text(self.view.text));
        let (mut upper, mut lower, mut longest) = (0_usize, 0_usize, 0_usize);
        for form in text.take(16) {
            let capitals = form.chars().filter(|c| c.is_uppercase()).count();
            upper += capitals;
            lower += form.chars().filter(|c| c.is_lowercase()).count();
            let roman = form.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'));
            if !roman {
                longest = longest.max(capitals);
            }
        }
        let alone = self.breaks_after(sentence.end.saturating_sub(1))
            && sentence.start.checked_sub(1).is_none_or(|at| self.breaks_after(at) || self.is_mark(at, '»'));
        sentence.len() <= 14 && lower == 0 && upper >= 4 && longest >= 3 && alone
    }

    fn is_plural(&self, range: TokenRange, head: u32) -> bool {
        matches!(
            &*self.view.norm(range.start),
            "les"
                | "des"
                | "ces"
                | "ses"
                | "mes"
                | "tes"
                | "leurs"
                | "nos"
                | "vos"
                | "deux"
                | "trois"
                | "quelques"
                | "plusieurs"
        ) || self.view.tag(head).feats.is_plural() && !self.view.tag(range.start).feats.is_singular()
    }

    fn read(&mut self) {
        let mut until = 0;
        for (at, event) in self.events() {
            match event {
                Event::Tale => self.cast.begin_tale(),
                Event::Sentence => self.cast.clock += 1,
                Event::Begin(index) => self.begin(index),
                Event::Speaker(index) => {
                    self.speaker(index);
                    until =
                        until.max(self.quotes.get(index).and_then(|quote| quote.phrase).map_or(0, |range| range.end));
                }
                Event::Name(index) => self.name(index, at < until),
                _ if at < until => {}
                Event::Pronoun => self.pronoun(at),
                Event::Narrator => {
                    if !self.cast.has_narrator()
                        && let Some(id) = self.teller(at)
                    {
                        self.cast.narrates(id);
                    }
                    let id = self.cast.narrator(TokenRange::new(at, at + 1));
                    self.cast.touch(id, SUBJECT);
                }
                Event::Person(head, end) => self.person(at, head, end),
            }
        }
        if let Some(open) = self.open {
            self.conclude(open);
        }
    }

    /// A direct quotation begins: the one before is over.
    fn begin(&mut self, index: usize) {
        if let Some(open) = self.open {
            self.conclude(open);
        }
        self.open = Some(index);
    }

    /// "« Un soir, comme je rentrais, …" in a paragraph that a mark opens: who spoke last tells the tale.
    fn teller(&self, at: u32) -> Option<usize> {
        const LONGEST: u32 = 400;
        let start = (at.saturating_sub(LONGEST)..at).rev().find(|&before| self.breaks_after(before))? + 1;
        let open = self.is_mark(start, '«') && !(start..at).any(|at| self.is_mark(at, '»'));
        self.open.filter(|_| open).and_then(|open| self.quotes.get(open)).and_then(|quote| quote.who)
    }

    /// Gives a turn that named nobody its speaker.
    fn conclude(&mut self, index: usize) {
        let Some(quote) = self.quotes.get(index).copied() else { return };
        if quote.who.is_some() || quote.phrase.is_some() {
            return;
        }
        let Some(before) = quote.before.and_then(|before| self.quotes.get(before)).copied() else { return };
        let who = if quote.goes_on {
            before.who
        } else if quote.answers {
            self.partner(&before).or_else(|| {
                let before = before.who?;
                self.cast.pick(None, &[Some(before), quote.addressee], None).map(|(id, _)| id)
            })
        } else {
            None
        };
        if let Some(id) = who.or(quote.own) {
            self.speaks(index, id);
        }
    }

    /// Who is likely to answer a quotation: whom it addresses, or who spoke before it in the exchange.
    fn partner(&self, quote: &Spoken) -> Option<usize> {
        let earlier = quote.before.filter(|_| quote.answers).and_then(|before| self.quotes.get(before));
        quote.addressee.or_else(|| earlier.and_then(|earlier| earlier.who)).filter(|&id| Some(id) != quote.who)
    }

    fn speaks(&mut self, index: usize, id: usize) {
        let mut id = id;
        if let Some(own) = self.quotes.get(index).and_then(|quote| quote.own).filter(|&own| own != id) {
            if self.cast.get(id).is_some_and(|person| person.narrator) {
                self.cast.name_narrator(own);
            } else {
                self.cast.identify(id, own);
            }
            id = own;
        }
        if let Some(quote) = self.quotes.get_mut(index) {
            quote.who = Some(id);
        }
        self.greet(index, id);
        self.cast.touch(id, SPEAKER);
    }

    /// "— Bonjour, madame, dit le garçon. — Bonjour, Claude": who is answered by name has this name.
    fn greet(&mut self, index: usize, id: usize) {
        const LATELY: u32 = 8;
        let Some(quote) = self.quotes.get(index).copied() else { return };
        let Some(named) = quote.addressee.filter(|&named| named != id) else { return };
        let voice = self.voice.is_some_and(|(index, _)| Some(index) == quote.before);
        let Some(before) = quote.before.and_then(|before| self.quotes.get_mut(before)) else { return };
        // "Qui est là ? — Moi, dit une voix. — Paul ! fit-elle."
        if voice {
            before.who = Some(named);
            return;
        }
        match before.who {
            Some(other)
                if other != id
                    && other != named
                    && self.cast.get(other).is_some_and(|one| self.cast.clock - one.clock <= LATELY) =>
            {
                self.cast.identify(other, named);
            }
            None if quote.answers => before.who = Some(named),
            _ => {}
        }
    }

    /// Finds who the speaker's phrase of a quotation means.
    fn speaker(&mut self, index: usize) {
        let Some(quote) = self.quotes.get(index).copied() else { return };
        let Some(range) = quote.phrase else { return };
        // What introduces this turn ends the one before.
        if let Some(open) = self.open.filter(|&open| open != index) {
            self.conclude(open);
        }
        let before = quote.before.filter(|_| quote.answers).and_then(|before| self.quotes.get(before)).copied();
        let last = before.and_then(|before| before.who);
        // "ajouta-t-il": who has just spoken.
        let barred = [last.filter(|_| !quote.continues), quote.addressee];
        let partner = if quote.continues { last } else { before.and_then(|before| self.partner(&before)) };
        let first = self.view.norm(range.start);
        let word = bare(&first);
        let who = match word {
            "je" | "j'" | "moi" if range.len() == 1 => match quote.parent.and_then(|parent| self.quotes.get(parent)) {
                Some(outer) if outer.who.is_some() => outer.who,
                _ => Some(self.cast.narrator(range)),
            },
            "il" | "elle" | "lui" | "celui-ci" | "celle-ci" if range.len() == 1 => {
                let gender =
                    if word.starts_with("elle") || word == "celle-ci" { Gender::Feminine } else { Gender::Masculine };
                Some(self.third(gender, range, &barred, partner))
            }
            "ils" | "elles" | "eux" | "tous" if range.len() <= 2 => Some(self.cast.group(range)),
            "nous" | "on" | "qui" | "vous" | "tu" | "chacun" | "ce" | "c'" | "cela" | "ça" if range.len() == 1 => None,
            "l'" if range.len() == 2 && &*self.view.norm(range.start + 1) == "autre" => {
                // Without an exchange: who has not just spoken.
                let last = quote.before.and_then(|before| self.quotes.get(before));
                let one = last.and_then(|last| last.phrase).is_some_and(|phrase| self.is_one(phrase));
                let last = last.and_then(|last| last.who);
                let other = || self.cast.pick(None, &[last, quote.addressee], None).filter(|_| !one);
                let other = partner.or_else(|| other().map(|(id, _)| id));
                Some(other.unwrap_or_else(|| self.cast.unknown(None, range)))
            }
            _ if self.is_one(range) => Some(self.cast.unknown(None, range)),
            "ce" | "cette" if matches!(&*self.view.norm(range.start + 1), "dernier" | "dernière") => {
                let gender = if word == "ce" { Gender::Masculine } else { Gender::Feminine };
                Some(self.third(gender, range, &barred, partner))
            }
            _ if self.is_coordinated(range) => Some(self.cast.group(range)),
            _ => {
                if self.is_voice(range) {
                    self.voice = Some((index, self.cast.clock));
                }
                Some(self.phrase(range, quote.known, &barred, partner))
            }
        };
        // "il me dit": the narrator is who can answer.
        let narrator = (range.start.saturating_sub(4)..range.end + 4)
            .find(|&at| matches!(&*self.view.norm(at), "me" | "m'") && self.speech_at(at).is_none());
        if let Some(at) = narrator.filter(|_| quote.addressee.is_none()) {
            let id = self.cast.narrator(TokenRange::new(at, at + 1));
            if let Some(quote) = self.quotes.get_mut(index)
                && who != Some(id)
            {
                quote.addressee = Some(id);
            }
        }
        if let (Some(id), Some(_)) = (who, narrator) {
            self.confide(id, range);
        }
        if let Some(id) = who {
            self.speaks(index, id);
        }
    }

    /// "Me dit Mme de Courtry": who first gets a name when she speaks to the narrator again spoke to him before.
    fn confide(&mut self, id: usize, range: TokenRange) {
        let named = self.cast.get(id).is_some_and(|person| person.entity.is_some());
        if !named {
            self.confidant = Some(id);
        } else if self.cast.is_new(id)
            && (range.start..range.end).any(|at| self.view.upos(at) == Upos::Propn)
            && let Some(before) = self.confidant.take()
        {
            self.cast.identify(before, id);
        }
    }

    /// "l'un", "l'une": of two who stay without a name.
    fn is_one(&self, range: TokenRange) -> bool {
        range.len() == 2
            && &*self.view.norm(range.start) == "l'"
            && matches!(&*self.view.norm(range.start + 1), "un" | "une")
    }

    /// "une voix forte", "un cri".
    fn is_voice(&self, range: TokenRange) -> bool {
        (range.start..range.end.min(range.start + 3)).any(|at| matches!(&*self.view.norm(at), "voix" | "cri" | "appel"))
    }

    /// "Anne et le petit Paul", "le lieutenant et le capitaine": two people and more.
    fn is_coordinated(&self, range: TokenRange) -> bool {
        let Some(et) = (range.start + 1..range.end).find(|&at| self.view.is(at, Word::Et)) else { return false };
        let person = |at: u32| self.view.upos(at) == Upos::Propn || self.is_human(at);
        // "le vieil homme au front large et ridé"
        (range.start..et).any(person) && (et + 1..range.end.min(et + 4)).any(person)
    }

    /// il, elle: the most present one that agrees, or somebody new.
    fn third(&mut self, gender: Gender, range: TokenRange, barred: &[Option<usize>], partner: Option<usize>) -> usize {
        if let Some((id, lead)) = self.cast.pick(Some(gender), barred, partner) {
            if lead > 0.3 {
                self.cast.agree(id, Some(gender));
            }
            return id;
        }
        // "Il fait froid, dit Anne en frissonnant. — Rentrons, reprit-elle": nobody else is there.
        let last = barred.first().copied().flatten();
        let last = last.filter(|&id| self.cast.get(id).is_some_and(|one| one.gender == Some(gender)));
        last.unwrap_or_else(|| self.cast.unknown(Some(gender), range))
    }

    /// A name, or a description.
    fn phrase(
        &mut self,
        range: TokenRange,
        known: Option<u32>,
        barred: &[Option<usize>],
        partner: Option<usize>,
    ) -> usize {
        let first = self.names.partition_point(|name| name.range.end <= range.start);
        let inside = self.names.iter().skip(first).take_while(|name| name.range.start < range.end);
        let name = inside.copied().find(|name| {
            let before = name.title.unwrap_or(name.range.start).checked_sub(1).filter(|&at| at >= range.start);
            !before.is_some_and(|at| matches!(self.view.word(at), Word::De | Word::Du | Word::A))
                || self.is_noble(*name)
        });
        if let Some(name) = name
            && let Some(&entity) = self.entity_at.get(&name.range.start)
            && !self.is_spouse(name, entity)
        {
            let id = self.of_entity(entity, name.range);
            self.call_before(id, name);
            return id;
        }
        let chunk = phrase::chunk(self.view, range.start, range.end);
        let head = chunk.map_or(range.start, |chunk| chunk.head);
        if self.view.upos(head) == Upos::Propn
            && let Some(entity) = known
        {
            return self.of_entity(entity, range);
        }
        let noun = self.noun(range, head);
        let mut it = self.description(range, head, &noun);
        if !self.is_human(head) && self.view.upos(head) != Upos::Propn {
            // "une voix": nobody that "elle" means later.
            (it.plural, it.own) = (true, true);
        }
        let id = self.cast.described(it, barred, partner);
        self.call_adjective(id, range, head);
        id
    }

    /// "la vieille femme" is "la vieille" as well.
    fn call_adjective(&mut self, id: usize, words: TokenRange, head: u32) {
        let adjective = |at: &u32| self.view.upos(*at) == Upos::Adj && is_human(&self.view.norm(*at));
        // "le baron capitaine"
        let second =
            Some(head + 1).filter(|&at| at < words.end && self.view.upos(at) == Upos::Noun && self.is_human(at));
        for at in (words.start..head).rev().find(adjective).into_iter().chain(second) {
            let noun = self.called(at);
            self.cast.call(id, &noun);
        }
    }

    /// "Mme de Gribelin" is not Hector de Gribelin.
    fn is_spouse(&self, name: Name, entity: u32) -> bool {
        let title = name.range.start.checked_sub(2).filter(|_| self.view.is(name.range.start - 1, Word::De));
        let shown = title.and_then(|at| self.gender(TokenRange::new(at, at + 1), at));
        let own = self.entities.get(entity as usize).and_then(|entity| entity.gender);
        shown.is_some() && own.is_some() && shown != own
    }

    /// What a description is known by: its noun, or "oncle meunier" as a whole.
    fn noun(&self, words: TokenRange, head: u32) -> String {
        if words.start == head && words.len() > 1 {
            return text(self.view, words).to_lowercase();
        }
        self.called(head)
    }

    /// The noun at `at` as people are known by it: "docteur" and "médecin" are one.
    fn called(&self, at: u32) -> String {
        let noun = noun_lemma(&self.view.norm(at));
        match synonym(&noun) {
            Some(other) => other.to_owned(),
            None => noun,
        }
    }

    /// "M. de Courville", "le comte de Farlsberg": a title and a particle before a name.
    fn is_noble(&self, name: Name) -> bool {
        let before = name.range.start.checked_sub(2).filter(|_| self.view.is(name.range.start - 1, Word::De));
        before.is_some_and(|at| {
            let norm = self.view.norm(at);
            is_civil(&norm) || is_noble(&norm)
        })
    }

    fn of_entity(&mut self, entity: u32, words: TokenRange) -> usize {
        let gender = self.entities.get(entity as usize).and_then(|entity| entity.gender);
        let gender = self.by_first_name.get(&entity).copied().or(gender);
        // "madame de Rochefide": the title stands before a particle.
        let title = words.start.checked_sub(2).filter(|_| self.view.is(words.start - 1, Word::De));
        let gender = gender.or_else(|| title.and_then(|at| self.gender(TokenRange::new(at, at + 1), at)));
        // "la Berma"
        let article = words.start.checked_sub(1).map(|at| self.view.norm(at));
        let gender = match article.as_deref() {
            Some("la") => gender.or(Some(Gender::Feminine)),
            Some("le") => gender.or(Some(Gender::Masculine)),
            _ => gender,
        };
        let times = self.times.get(&entity).copied().unwrap_or_default();
        let id = self.cast.named(entity, gender, words, times);
        self.cast.agree(id, gender);
        id
    }

    fn description<'n>(&self, words: TokenRange, head: u32, noun: &'n str) -> Described<'n> {
        let first = self.view.norm(words.start);
        let possessed = matches!(&*first, "son" | "sa" | "mon" | "ma" | "ton" | "ta" | "notre" | "votre" | "leur");
        let contracted = words.start.checked_sub(1).is_some_and(|at| matches!(self.view.word(at), Word::Au | Word::Du));
        let article = contracted || matches!(&*first, "le" | "la" | "l'" | "ce" | "cet" | "cette" | "les" | "ces");
        let plural = self.is_plural(words, head);
        let generic = matches!(noun, "homme" | "femme" | "monsieur" | "madame" | "mademoiselle" | "dame");
        let office = !generic && (lexicon::title(noun).is_some() || is_noble(noun));
        // "son père agacé": what is said of him now is no part of his name.
        let mut end = words.end;
        while end > head + 1 && self.view.tag(end - 1).feats.is_participle() {
            end -= 1;
        }
        let words = TokenRange::new(words.start, end);
        Described {
            noun,
            gender: if plural { None } else { self.gender(words, head) },
            indefinite: matches!(&*first, "un" | "une" | "quelque" | "quelqu'un"),
            mine: matches!(&*first, "mon" | "ma"),
            kin: is_far_kin(noun),
            own: possessed && is_kin(noun) || !article && !possessed || plural || office,
            plural,
            office: !plural && is_office(noun),
            except: None,
            words,
        }
    }

    /// The gender that article, adjective or noun shows.
    fn gender(&self, words: TokenRange, head: u32) -> Option<Gender> {
        for at in words.start..head {
            match &*self.view.norm(at) {
                "le" | "un" | "ce" | "cet" | "du" | "au" | "vieux" | "petit" | "bon" | "beau" | "gros" | "grand" => {
                    return Some(Gender::Masculine);
                }
                "la" | "une" | "cette" | "sa" | "ma" | "ta" | "vieille" | "petite" | "bonne" | "belle" | "grosse"
                | "grande" => {
                    return Some(Gender::Feminine);
                }
                _ => {}
            }
        }
        if let Some(title) = lexicon::title(self.view.form(head)) {
            match title {
                'f' => return Some(Gender::Feminine),
                'm' => return Some(Gender::Masculine),
                _ => {}
            }
        }
        let norm = self.view.norm(head);
        let nouns = lexicon::lookup(&norm).filter(|entry| matches!(entry.upos(), Upos::Noun | Upos::Adj));
        let (mut f, mut m) = (false, false);
        for feats in nouns.map(|entry| entry.feats()) {
            f |= !feats.is_masculine();
            m |= !feats.is_feminine();
        }
        match (f, m) {
            (true, false) => Some(Gender::Feminine),
            (false, true) => Some(Gender::Masculine),
            _ => None,
        }
    }

    fn name(&mut self, index: usize, of_speaker: bool) {
        let Some(name) = self.names.get(index).copied() else { return };
        let Some(&entity) = self.entity_at.get(&name.range.start) else { return };
        if self.is_heading(self.view.sentence_of(name.range.start)) {
            return;
        }
        if let Some(speech) = self.speech_at(name.range.start).filter(|_| self.is_spoken(name.range.start)) {
            if name.kind == NameKind::Person {
                let id = self.of_entity(entity, name.range);
                if self.is_own(name) || self.is_asked(speech, name) {
                    if let Some(quote) = self.quotes.get_mut(speech) {
                        quote.own = Some(id);
                    }
                } else if self.is_address(name) {
                    if let Some(quote) = self.quotes.get_mut(speech) {
                        quote.addressee = Some(id);
                    }
                    self.cast.touch(id, OBJECT);
                } else {
                    self.cast.touch(id, SPOKEN);
                }
            }
            return;
        }
        if name.kind != NameKind::Person && !self.is_noble(name) && !self.speaking.contains(&entity) || of_speaker {
            return;
        }
        if self.is_spouse(name, entity) {
            return;
        }
        let id = self.of_entity(entity, name.range);
        if self.is_animal(name) {
            return;
        }
        self.call_before(id, name);
        let start = name.title.unwrap_or(name.range.start);
        let before = start.checked_sub(1);
        if let Some((unnamed, _)) = self.pronoun.filter(|&(_, at)| self.is_called(at, start)) {
            self.cast.identify(unnamed, id);
        }
        if before.is_some_and(|at| self.is_shown(at)) {
            self.show(id);
        }
        let governed = before.is_some_and(|at| {
            self.view.upos(at) == Upos::Adp || matches!(self.view.word(at), Word::De | Word::Du | Word::A | Word::Au)
        });
        let subject = !governed && self.is_subject(TokenRange::new(start, name.range.end));
        self.cast.touch(id, weight(governed, subject));
    }

    /// "le vieux Jean-Michel", "Claude, le peintre": the noun beside a name calls its person too.
    fn call_before(&mut self, id: usize, name: Name) {
        let start = name.title.unwrap_or(name.range.start);
        let human = |at: u32| {
            let lower = self.view.form(at).starts_with(char::is_lowercase);
            lower && matches!(self.view.upos(at), Upos::Noun | Upos::Adj | Upos::Propn) && is_human(&self.view.norm(at))
        };
        let mut nouns = Vec::new();
        if let Some(title) = name.title.filter(|&at| self.view.form(at).starts_with(char::is_lowercase)) {
            nouns.push(title);
        }
        let before = start.checked_sub(1).map(|at| {
            let particle = matches!(&*self.view.norm(at), "de" | "d'" | "du") && at > 0;
            // "le baron de Coutelier"
            if particle { at - 1 } else { at }
        });
        if let Some(at) = before.filter(|&at| human(at)) {
            nouns.push(at);
        }
        nouns.extend(self.apposed(name));
        let mut after = name.range.end;
        if self.view.is(after, Word::Comma) {
            after += 1;
            if self.view.upos(after) == Upos::Det {
                after += 1;
                if let Some(at) = (after..after + 2).find(|&at| human(at)) {
                    nouns.push(at);
                }
            }
        }
        for at in nouns {
            let noun = self.called(at);
            // "La jeune Anne" is no sign that she is the young woman of before; "le vieux Jean" is "le vieux".
            let before = self.cast.last_called(&noun).and_then(|before| self.cast.get(before));
            let alone = before.is_none_or(|before| {
                let last = before.words.end.checked_sub(1);
                last.is_some_and(|last| self.called(last) == noun)
            });
            let adjective = lexicon::lookup(&self.view.norm(at)).any(|entry| entry.upos() == Upos::Adj);
            if alone || !adjective {
                self.cast.call_named(id, &noun);
            } else {
                self.cast.call(id, &noun);
            }
            if is_office(&noun) {
                self.cast.install(id);
            }
        }
    }

    /// "Le major, commandant de la place, comte de Courtry, entra": the nouns before a name that mean its person as well.
    fn apposed(&self, name: Name) -> Vec<u32> {
        const REACH: u32 = 12;
        let start = name.title.unwrap_or(name.range.start);
        let mut found = Vec::new();
        // "ma mère, Anne et Paul": a list.
        let after = name.range.end;
        if !self.view.is(after, Word::Comma)
            || matches!(self.view.upos(after + 1), Upos::Det | Upos::Propn | Upos::Noun)
            || self.view.is(after + 1, Word::Et)
        {
            return found;
        }
        let mut comma = false;
        for at in (start.saturating_sub(REACH)..start).rev() {
            let norm = self.view.norm(at);
            match self.view.upos(at) {
                Upos::Noun | Upos::Adj | Upos::Propn if self.is_human(at) => {
                    if comma {
                        found.push(at);
                    }
                }
                Upos::Adj | Upos::Adv => {}
                Upos::Verb if self.view.tag(at).feats.is_participle() => {}
                _ if self.view.is(at, Word::Comma) => comma = true,
                _ if matches!(self.view.word(at), Word::De | Word::Du) && at + 1 == start => {}
                Upos::Det if comma => return found,
                _ if comma && matches!(&*norm, "le" | "la" | "l'" | "mon" | "ma" | "son" | "sa" | "un" | "une") => {
                    return found;
                }
                _ => return Vec::new(),
            }
        }
        Vec::new()
    }

    /// "Dis donc, Marcel, …": a name set off in speech.
    fn is_address(&self, name: Name) -> bool {
        let start = name.title.unwrap_or(name.range.start);
        let mark = |at: u32| {
            matches!(self.view.word(at), Word::Comma | Word::Stop | Word::Mark | Word::Dash | Word::Semicolon)
        };
        let opens = start == 0
            || mark(start - 1)
            || matches!(&*self.view.norm(start - 1), "mon" | "ma" | "cher" | "chère" | "oui" | "non" | "pauvre");
        opens
            && (mark(name.range.end) || self.view.word(name.range.end) == Word::Stop)
            && self.view.form(name.range.end) != "—"
    }

    /// "Elle s'appelait Anne Roux", "il se nommait le comte de Courtry", from the pronoun to the name.
    fn is_called(&self, pronoun: u32, name: u32) -> bool {
        const REACH: u32 = 6;
        name - pronoun <= REACH
            && (pronoun + 1..name).any(|at| {
                matches!(&*self.view.norm(at), "appelait" | "nommait" | "appelle" | "nomme" | "appela" | "nomma")
            })
            && (pronoun + 1..name).any(|at| matches!(&*self.view.norm(at), "s'" | "se"))
    }

    /// "Rustaud, un cheval trop gras", "le chien Turc".
    fn is_animal(&self, name: Name) -> bool {
        let animal = |at: u32| is_animal(&self.view.norm(at));
        let after = name.range.end;
        name.range.start.checked_sub(1).is_some_and(animal)
            || self.view.is(after, Word::Comma)
                && self.view.upos(after + 1) == Upos::Det
                && (animal(after + 2) || self.view.upos(after + 2) == Upos::Adj && animal(after + 3))
    }

    /// "— Comment t'appelles-tu ? — Julien.": a turn that is a name, and answers who asks for one.
    fn is_asked(&self, speech: usize, name: Name) -> bool {
        let Some(quote) = self.quotes.get(speech).filter(|quote| quote.answers) else { return false };
        let alone = quote.start == name.title.unwrap_or(name.range.start) && quote.end <= name.range.end + 1;
        let Some(before) = quote.before.and_then(|before| self.quotes.get(before)) else { return false };
        let asks = |at: u32| matches!(&*self.view.norm(at), "appelles" | "appelez" | "nommes" | "nommez" | "nom");
        alone && (before.start..before.end.min(before.start + 12)).any(asks)
    }

    /// "Je m'appelle Anne", "je suis le docteur Roux": the speaker's own name.
    fn is_own(&self, name: Name) -> bool {
        let start = name.title.unwrap_or(name.range.start);
        let start = start - u32::from(start > 0 && matches!(&*self.view.norm(start - 1), "le" | "la" | "l'"));
        let word = |back: u32| start.checked_sub(back).map(|at| self.view.norm(at)).unwrap_or_default();
        let first = |word: &str| matches!(word, "je" | "j'");
        match &*word(1) {
            "suis" => first(&word(2)),
            "appelle" | "nomme" => matches!(&*word(2), "m'" | "me") && first(&word(3)),
            _ => false,
        }
    }

    fn is_subject(&self, range: TokenRange) -> bool {
        let mut at = range.end;
        while at < range.end + 3
            && (matches!(self.view.word(at), Word::Ne | Word::Clitic | Word::Reflexive | Word::En | Word::Comma)
                || self.view.upos(at) == Upos::Adv)
        {
            at += 1;
        }
        let sentence = self.view.sentence_of(range.start);
        range.start <= sentence.start + 1
            || matches!(self.view.upos(at), Upos::Verb | Upos::Aux) && self.view.tag(at).feats.is_finite()
    }

    fn pronoun(&mut self, at: u32) {
        let norm = self.view.norm(at);
        let word = bare(&norm);
        let inverted = word.len() < norm.len();
        let verb = if inverted { at.saturating_sub(1) } else { at + 1 };
        let skip = u32::from(matches!(self.view.word(verb), Word::Ne) && !inverted);
        if word == "il" && is_impersonal(&self.view.norm(verb + skip)) {
            return;
        }
        let gender = if word == "elle" { Gender::Feminine } else { Gender::Masculine };
        let id = match self.cast.pick(Some(gender), &[], None) {
            Some((id, lead)) => {
                if lead > 0.5 {
                    self.cast.agree(id, Some(gender));
                }
                id
            }
            // "Il n'avait qu'une passion …": a tale begins with somebody it will name.
            None if !self.cast.has_anybody() && at == self.view.sentence_of(at).start => {
                self.cast.unknown(Some(gender), TokenRange::new(at, at + 1))
            }
            None => return,
        };
        self.pronoun = Some((id, at));
        self.cast.touch(id, SUBJECT);
        self.predicate(id, at + 1);
    }

    /// "C'était", "Il était médecin": a noun that is said of somebody.
    fn predicate(&mut self, id: usize, at: u32) {
        if !matches!(&*self.view.norm(at), "était" | "est" | "fut" | "devint") {
            return;
        }
        let after = at + 1 + u32::from(self.view.upos(at + 1) == Upos::Det);
        if self.view.upos(after) == Upos::Noun && is_human(&self.view.norm(after)) {
            let noun = noun_lemma(&self.view.norm(after));
            self.cast.call(id, &noun);
        }
    }

    fn person(&mut self, at: u32, head: u32, end: u32) {
        let range = TokenRange::new(at, end);
        let contracted = at.checked_sub(1).is_some_and(|at| matches!(self.view.word(at), Word::Au | Word::Du));
        let determined = contracted
            || self.view.upos(at) == Upos::Det
            || matches!(&*self.view.norm(at), "le" | "la" | "l'" | "un" | "une");
        let kin = !determined
            && matches!(&*self.view.norm(head), "grand-père" | "grand-mère" | "papa" | "maman" | "oncle" | "tante");
        if &*self.view.norm(at) == "aucun" || &*self.view.norm(at) == "aucune" {
            return;
        }
        // A name right behind it: "la tante Rude", "le vieux Jean-Michel".
        let first = self.names.partition_point(|name| name.range.end <= at);
        let named = self.names.get(first).is_some_and(|name| name.title.unwrap_or(name.range.start) <= end);
        if named || !(determined || kin) {
            return;
        }
        let before = at.checked_sub(1);
        // "Il était médecin": what is said of somebody is nobody else; "C'était un homme maigre" shows somebody.
        let shown = before.is_some_and(|at| self.is_shown(at));
        if !shown
            && before.is_some_and(|at| matches!(&*self.view.norm(at), "est" | "était" | "fut" | "comme" | "devint"))
        {
            return;
        }
        let noun = self.noun(range, head);
        let it = self.description(range, head, &noun);
        let governed = before.is_some_and(|at| {
            self.view.upos(at) == Upos::Adp || matches!(self.view.word(at), Word::De | Word::Du | Word::A | Word::Au)
        });
        // "d'une reine": not somebody who is there.
        if governed && it.indefinite {
            return;
        }
        let mut it = it;
        it.except = self
            .open
            .and_then(|open| self.quotes.get(open))
            .and_then(|quote| quote.who)
            .filter(|&id| self.cast.get(id).is_some_and(|one| self.cast.clock - one.clock <= 1));
        let id = self.cast.described(it, &[], None);
        self.call_adjective(id, range, head);
        // "Qui loge là ? — Un notaire": somebody spoken of.
        if self.is_spoken(head) {
            self.cast.touch(id, SPOKEN);
            return;
        }
        if shown {
            self.show(id);
        }
        self.cast.touch(id, weight(governed, shown || !governed && self.is_subject(range)));
    }

    /// True for the verb of "C'était".
    fn is_shown(&self, verb: u32) -> bool {
        matches!(&*self.view.norm(verb), "est" | "était" | "fut")
            && verb.checked_sub(1).is_some_and(|at| matches!(&*self.view.norm(at), "c'" | "ce"))
    }

    /// "« Bonjour ! » dit une voix. C'était un garçon maigre": whose voice was heard.
    fn show(&mut self, id: usize) {
        const LATELY: u32 = 2;
        if let Some((index, clock)) = self.voice.take()
            && self.cast.clock - clock <= LATELY
            && let Some(quote) = self.quotes.get_mut(index)
        {
            quote.who = Some(id);
        }
        // "Un voyageur entra. C'était Victor."
        if let Some(before) = self.cast.newcomer(id) {
            self.cast.identify(before, id);
        }
    }

    /// Backwards: who answers the next but one spoke here.
    fn look_back(&mut self) {
        let mut after: Vec<Option<usize>> = vec![None; self.quotes.len()];
        for (index, quote) in self.quotes.iter().enumerate().filter(|(_, quote)| quote.answers) {
            if let Some(slot) = quote.before.and_then(|before| after.get_mut(before)) {
                *slot = Some(index);
            }
        }
        for index in (0..self.quotes.len()).rev() {
            let next = after.get(index).copied().flatten();
            let later = next.and_then(|next| after.get(next)).copied().flatten();
            let who = |index: Option<usize>| index.and_then(|index| self.quotes.get(index)).and_then(|quote| quote.who);
            let (next, later) = (who(next), who(later));
            if let Some(quote) = self.quotes.get_mut(index)
                && quote.direct
                && quote.who.is_none()
                && quote.phrase.is_none()
                && later.is_some()
                && later != next
            {
                quote.who = later;
            }
        }
    }
}

/// True for a long turn that tells what happened: another tale within the tale.
fn is_tale(view: &View, part: TokenRange) -> bool {
    const LONG: u32 = 150;
    const TOKENS_A_VERB: u32 = 60;
    let happened = |at: &u32| {
        let feats = view.tag(*at).feats;
        feats.is_finite() && feats.has("Tense", "Past")
    };
    let verbs = (part.start..part.end).filter(happened).count();
    part.len() >= LONG && u32::try_from(verbs).is_ok_and(|verbs| verbs * TOKENS_A_VERB >= part.len())
}

/// The gender of people whose whole name is a first name, by entity; "Mme Constant" has a title.
fn first_names(names: &[Name], entities: &[Entity], entity_at: &HashMap<u32, u32>) -> HashMap<u32, Gender> {
    let titled = names.iter().filter(|name| name.title.is_some());
    let titled: HashSet<u32> = titled.filter_map(|name| entity_at.get(&name.range.start)).copied().collect();
    let people = (0_u32..).zip(entities).filter(|(id, _)| !titled.contains(id));
    people.filter_map(|(id, entity)| Some((id, usual_gender(&entity.name)?))).collect()
}

fn weight(governed: bool, subject: bool) -> f32 {
    if governed {
        COMPLEMENT
    } else if subject {
        SUBJECT
    } else {
        OBJECT
    }
}

fn spoken(quote: &Quote) -> Spoken {
    Spoken {
        phrase: quote.speaker.map(|speaker| speaker.range),
        start: quote.content.first().map_or(0, |part| part.start),
        end: quote.content.last().map_or(0, |part| part.end),
        direct: quote.kind == QuoteKind::Direct && quote.parent.is_none(),
        parent: quote.parent.map(|parent| parent as usize),
        known: quote.entity,
        continues: quote
            .cue
            .as_ref()
            .is_some_and(|cue| matches!(&*cue.lemma, "ajouter" | "continuer" | "poursuivre" | "achever" | "conclure")),
        ..Spoken::default()
    }
}

fn is_kin(noun: &str) -> bool {
    matches!(
        noun,
        "père"
            | "mère"
            | "frère"
            | "sœur"
            | "fils"
            | "fille"
            | "oncle"
            | "tante"
            | "cousin"
            | "cousine"
            | "neveu"
            | "nièce"
            | "mari"
            | "femme"
            | "époux"
            | "épouse"
            | "grand-père"
            | "grand-mère"
            | "fiancé"
            | "fiancée"
            | "maître"
            | "ami"
            | "beau-père"
            | "belle-mère"
            | "gendre"
            | "parrain"
            | "marraine"
            | "veuf"
    )
}

/// A title of nobility, or of those who reign.
fn is_noble(noun: &str) -> bool {
    is_titled(noun) || matches!(noun, "prince" | "princesse" | "sire" | "roi" | "reine")
}

fn is_animal(noun: &str) -> bool {
    matches!(
        noun,
        "cheval"
            | "jument"
            | "poulain"
            | "chien"
            | "chienne"
            | "chat"
            | "chatte"
            | "âne"
            | "ânesse"
            | "mule"
            | "mulet"
            | "bœuf"
            | "vache"
            | "taureau"
            | "chèvre"
            | "perroquet"
            | "singe"
            | "ours"
    )
}

/// An office or a trade that tells people apart; not what stands for many of them ("l'artiste" of a painter).
fn is_office(noun: &str) -> bool {
    let wide = matches!(
        noun,
        "artiste"
            | "officier"
            | "militaire"
            | "soldat"
            | "chef"
            | "maître"
            | "patron"
            | "religieux"
            | "savant"
            | "ouvrier"
            | "employé"
            | "domestique"
            | "homme"
            | "femme"
            | "garçon"
            | "fille"
            | "enfant"
            | "voisin"
            | "témoin"
            | "victime"
            | "habitant"
            | "interlocuteur"
            | "membre"
            | "responsable"
            | "auteur"
            | "propriétaire"
    );
    !wide && !is_kin(noun) && is_trade(noun)
}

/// The noun that says the same of somebody.
fn synonym(noun: &str) -> Option<&'static str> {
    Some(match noun {
        "docteur" => "médecin",
        "curé" | "abbé" => "prêtre",
        "servante" => "bonne",
        "maman" => "mère",
        "papa" => "père",
        "grand'mère" | "grand’mère" => "grand-mère",
        "grand'père" | "grand’père" => "grand-père",
        "époux" => "mari",
        "souverain" | "monarque" => "roi",
        "souveraine" => "reine",
        "vieillard" => "vieux",
        "gamin" => "petit",
        "valet" | "laquais" => "domestique",
        "agent" => "policier",
        _ => return None,
    })
}

/// Kin that a tale introduces before it says "mon cousin"; a father needs no introduction.
fn is_far_kin(noun: &str) -> bool {
    matches!(
        noun,
        "oncle"
            | "tante"
            | "cousin"
            | "cousine"
            | "neveu"
            | "nièce"
            | "gendre"
            | "parrain"
            | "marraine"
            | "parent"
            | "parente"
    )
}

/// "-t-il" without what ties it to its verb.
fn bare(norm: &str) -> &str {
    norm.trim_start_matches("-t-").trim_start_matches('-')
}

/// Gives the quotations the entities of who speaks them; people without a name become entities of their own.
fn write(view: &View, cast: &Cast, who: &[Option<usize>], quotes: &mut [Quote], entities: &mut Vec<Entity>) {
    tell_apart(view, entities);
    let mut made: HashMap<usize, u32> = HashMap::new();
    let mut called: HashMap<String, u32> = HashMap::new();
    // Mentions that the general resolution gave to somebody else.
    let mut withdrawn: HashSet<(u32, u32)> = HashSet::new();
    for (quote, who) in quotes.iter_mut().zip(who) {
        let Some(id) = *who else { continue };
        let Some(person) = cast.get(id) else { continue };
        let entity = match person.entity {
            Some(entity) => entity,
            None => *made.entry(id).or_insert_with(|| {
                let number = u32::try_from(entities.len()).unwrap_or(u32::MAX);
                let mut name = text(view, person.words);
                let count = called.entry(name.to_lowercase()).or_default();
                *count += 1;
                if *count > 1 {
                    name = format!("{name} ({count})");
                }
                let kind = if person.group { MentionKind::Group } else { MentionKind::Unnamed };
                entities.push(Entity {
                    kind,
                    name: name.into(),
                    gender: person.gender,
                    role: None,
                    mentions: Vec::new(),
                });
                number
            }),
        };
        let changed = quote.entity != Some(entity);
        if changed {
            quote.why.speaker = if quote.speaker.is_some() { "dialogue-mention" } else { "turn-taking" };
            quote.confidence = quote.confidence.min(0.6);
        }
        if let Some(speaker) = &mut quote.speaker {
            if let Some(old) = quote.entity.filter(|_| changed) {
                withdrawn.insert((old, speaker.range.start));
            }
            speaker.entity = Some(entity);
            if changed && let Some(slot) = entities.get_mut(entity as usize) {
                slot.mentions.push(Mention { entity: Some(entity), ..*speaker });
            }
        }
        quote.entity = Some(entity);
    }
    for (id, entity) in (0_u32..).zip(entities.iter_mut()) {
        entity.mentions.retain(|mention| !withdrawn.contains(&(id, mention.range.start)));
        entity.mentions.sort_by_key(|mention| (mention.range.start, mention.range.end));
        entity.mentions.dedup_by_key(|mention| mention.range);
    }
}

/// "M. de Courtry", "Mme de Courtry": two people of one name are told apart by their titles.
fn tell_apart(view: &View, entities: &mut [Entity]) {
    let mut count: HashMap<Box<str>, u32> = HashMap::new();
    for entity in entities.iter() {
        *count.entry(entity.name.clone()).or_default() += 1;
    }
    for entity in entities.iter_mut().filter(|entity| count.get(&entity.name).is_some_and(|&count| count > 1)) {
        let titled = entity.mentions.iter().find_map(|mention| {
            let start = mention.range.start;
            let title = |at: u32| lexicon::title(view.form(at)).is_some();
            let particle = start > 1 && matches!(&*view.norm(start - 1), "de" | "d'");
            let before = start.checked_sub(if particle { 2 } else { 1 }).filter(|&at| title(at));
            before.or(Some(start).filter(|&at| title(at))).map(|at| TokenRange::new(at, mention.range.end))
        });
        if let Some(range) = titled {
            entity.name = text(view, range).into();
        }
    }
}

fn text(view: &View, range: TokenRange) -> String {
    let tokens = view.tokens.get(range.indices()).unwrap_or_default();
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return String::new() };
    let words = crate::Span::new(first.span.start, last.span.end).of(view.text);
    words.trim_start_matches('-').trim_start_matches("t-").split_whitespace().collect::<Vec<_>>().join(" ")
}
