//! Who speaks: the phrases that name sources, and the pronouns and descriptions of the narration, to entities.
//!
//! Takes the columns of a text, its [`Name`]s, the speaker phrases of its quotations and the ranges between marks; gives
//! the entities and one [`Resolution`] a phrase. One pass over the text in order keeps how present each entity is
//! (named as a subject, spoke last, spoken of lately); a pronoun takes the most present one that agrees in gender and
//! number, a description ("le président russe", "la ministre") one of whom the text has said so, an organization's head
//! noun ("le ministère") the organization of that noun. Where nobody fits well enough the answer is `None`.
//!
//! ```
//! use propos::entity::{SpeakerRef, names, resolve};
//! use propos::TokenRange;
//! let doc = propos::Doc::new("La maire Anne Berger est arrivée. Elle a dit oui.");
//! let (mut workspace, mut tags) = (propos::tag::Workspace::default(), Vec::new());
//! for sentence in doc.sentences() {
//!     propos::tag::tag(doc.text(), doc.tokens(), *sentence, &mut workspace, &mut tags);
//! }
//! let names = names::find(doc.text(), doc.tokens(), doc.sentences(), &tags);
//! let she = SpeakerRef { range: Some(TokenRange::new(7, 8)), at: 7, inside: None };
//! let (entities, found) =
//!     resolve::resolve(doc.text(), doc.tokens(), doc.sentences(), &tags, &names, &[she], &[]);
//! assert_eq!(found[0].entity.map(|e| &*entities[e as usize].name), Some("Anne Berger"));
//! ```

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::names::{Name, NameKind, function_before, is_institution};
use super::people::{self, Known, Register};
use super::phrase::{self, Determiner, Phrase, Pronoun};
use super::words::{BodyClass, Facts, View, noun_lemma};
use super::{Entity, Gender, Mention, MentionKind, Resolution, SpeakerRef};
use crate::morph::Upos;
use crate::tag::Tagged;
use crate::text::TokenRange;
use crate::token::{Map, Token, entries};

/// Entities that a pronoun or description is compared with.
const PRESENT: usize = 16;
/// People with one function that a description is compared with.
const MOST_HOLDERS: usize = 32;

/// Tokens that a first line may have to be a heading.
const HEADING: u32 = 60;
/// How much of its presence an entity keeps when it is met again: a new subject soon outdoes an old one.
const KEEP: f32 = 0.4;
/// What the subject of a relative or temporal clause adds.
const SUBORDINATE: f32 = 1.2;
/// What having spoken last adds.
const SPEAKER: f32 = 0.5;
/// How much of its presence an entity keeps from sentence to sentence.
const DECAY: f32 = 0.6;

/// Resolves every reference of `refs`, which stand in the order of the text.
///
/// `spoken` are the ranges between quotation marks, by position; pronouns in them are not the narrator's. Time is linear
/// in tokens, names and references.
#[must_use]
pub fn resolve(
    text: &str,
    tokens: &[Token],
    sentences: &[TokenRange],
    tags: &[Tagged],
    names: &[Name],
    refs: &[SpeakerRef],
    spoken: &[TokenRange],
) -> (Vec<Entity>, Vec<Resolution>) {
    resolve_in(&View::new(text, tokens, sentences, tags), names, refs, spoken)
}

/// The same over columns that were read before.
pub(crate) fn resolve_in(
    view: &View,
    names: &[Name],
    refs: &[SpeakerRef],
    spoken: &[TokenRange],
) -> (Vec<Entity>, Vec<Resolution>) {
    let register = people::register(view, names);
    let mut reader = Reader::new(view, names, register, refs, spoken);
    // The first reading learns genders ("Berger … elle"), the second one knows them from the start.
    let events = reader.events();
    reader.read(&events);
    reader.restart();
    reader.read(&events);
    reader.finish()
}

/// What happens at a place of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// The reference with this index.
    Ref(u32),
    /// The name with this index.
    Name(u32),
    /// il or elle, at this token.
    Pronoun(u32),
    /// A definite description with this noun.
    Description(u32),
    /// An indefinite or possessive one: somebody new.
    Introduction(u32),
    /// "ce dernier", "cette dernière" of the narration, at this token.
    Latter(u32),
    /// A document with this noun: somebody may have issued it.
    Document(u32),
}

/// How present an entity is.
#[derive(Debug, Clone, Copy, Default)]
struct Presence {
    value: f32,
    sentence: u32,
    last: u32,
    count: u32,
}

struct Reader<'a> {
    view: &'a View<'a>,
    names: &'a [Name],
    register: Register,
    refs: &'a [SpeakerRef],
    spoken: &'a [TokenRange],
    presence: Vec<Presence>,
    /// The entities met last, the last one at the end.
    recent: Vec<u32>,
    mentions: Vec<(u32, Mention)>,
    answers: Vec<Option<Resolution>>,
    /// Entity of the last answered reference that is no nested one, and its sentence.
    speaker: Option<(u32, u32)>,
    /// Groups named as such: their phrase.
    groups: Vec<(u32, TokenRange)>,
    /// The last two people named together ("Anne et Paul Berger"), and the sentence.
    pair: Option<(TokenRange, u32)>,
    /// By the lemma of a function, who has it: entity and number of the role.
    holders: HashMap<String, Vec<(u32, usize)>>,
    /// The people of each surname, the first [`MOST_HOLDERS`].
    families: HashMap<String, Vec<u32>>,
    /// Functions of the text that end in "-ologue".
    scholars: Vec<String>,
    /// By the lemma of a noun in their names, organizations.
    bodies: HashMap<String, Vec<u32>>,
    /// Who issued the document spoken of last.
    issuer: Option<u32>,
    /// By the lemma of a document's noun, who issued the last one of these; kept for the second reading.
    issuers: HashMap<String, u32>,
    /// The last plural name ("les Talibans"), and the sentence.
    many: Option<(u32, u32)>,
    sentence: u32,
    /// For each sentence, how many before it hold words of the narrator's: time as pronouns count it.
    clock: Vec<u32>,
    /// Who is described but never named: "un témoin".
    nameless: HashSet<u32>,
    /// What the first reading answered.
    before: Vec<Option<Resolution>>,
    /// Where the first line of several ends; 0 if there is only one.
    heading_end: u32,
    /// Where the line after it ends, or the text.
    lead_end: u32,
    /// Of each kind of body, the only one that the text has named; none where it has named several.
    met_bodies: Vec<(BodyClass, Option<u32>)>,
    /// By the somebody without a name of a heading, the reference there.
    of_heading: HashMap<u32, u32>,
    /// By the reference in a heading, whom the text names below; kept for the second reading.
    below: HashMap<u32, u32>,
}

impl<'a> Reader<'a> {
    fn new(
        view: &'a View<'a>,
        names: &'a [Name],
        register: Register,
        refs: &'a [SpeakerRef],
        spoken: &'a [TokenRange],
    ) -> Self {
        let mut holders: HashMap<String, Vec<(u32, usize)>> = HashMap::new();
        for (entity, known) in (0_u32..).zip(&register.known).filter(|(_, known)| known.kind == NameKind::Person) {
            for (number, role) in known.roles.iter().enumerate() {
                let list = holders.entry(stem(&role.lemma).to_owned()).or_default();
                if list.len() < MOST_HOLDERS {
                    list.push((entity, number));
                }
            }
        }
        let mut scholars: Vec<String> = holders.keys().filter(|role| role.ends_with("ologue")).cloned().collect();
        scholars.sort_unstable();
        let mut families: HashMap<String, Vec<u32>> = HashMap::new();
        for (entity, known) in (0_u32..).zip(&register.known).filter(|(_, known)| known.kind == NameKind::Person) {
            if let Some(surname) = known.surname() {
                let list = families.entry(surname.to_owned()).or_default();
                if list.len() < MOST_HOLDERS {
                    list.push(entity);
                }
            }
        }
        let mut bodies: HashMap<String, Vec<u32>> = HashMap::new();
        for (entity, known) in (0_u32..).zip(&register.known).filter(|(_, known)| known.kind == NameKind::Organization)
        {
            for i in (known.name.start..known.name.end).filter(|&i| view.is(i, Facts::BODY)) {
                let list = bodies.entry(view.noun_lemma(i)).or_default();
                if list.len() < MOST_HOLDERS {
                    list.push(entity);
                }
            }
        }
        Self {
            view,
            names,
            bodies,
            scholars,
            issuer: None,
            issuers: HashMap::new(),
            many: None,
            holders,
            families,
            presence: vec![Presence::default(); register.known.len()],
            register,
            refs,
            spoken,
            recent: Vec::new(),
            mentions: Vec::new(),
            answers: vec![None; refs.len()],
            speaker: None,
            clock: clock(view, spoken),
            nameless: HashSet::new(),
            before: vec![None; refs.len()],
            heading_end: view.line_start(1).filter(|&end| end <= HEADING).unwrap_or_default(),
            lead_end: view.line_start(2).unwrap_or(view.len()),
            met_bodies: Vec::new(),
            of_heading: HashMap::new(),
            below: HashMap::new(),
            groups: Vec::new(),
            pair: None,
            sentence: 0,
        }
    }

    fn is_spoken(&self, token: u32) -> bool {
        let at = self.spoken.partition_point(|range| range.end <= token);
        self.spoken.get(at).is_some_and(|range| range.has(token))
    }

    /// The events of the text in order: by place, references before what stands in them.
    fn events(&self) -> Vec<(u32, Event)> {
        let mut events: Vec<(u32, Event)> = Vec::new();
        for (index, reference) in (0_u32..).zip(self.refs) {
            let at = reference.range.map_or(reference.at, |range| range.start);
            events.push((at, Event::Ref(index)));
        }
        for (index, name) in (0_u32..).zip(self.names) {
            events.push((name.range.start, Event::Name(index)));
        }
        for i in 0..self.view.len() {
            if self.is_third_pronoun(i) && !self.is_spoken(i) {
                events.push((i, Event::Pronoun(i)));
            } else if self.is_latter(i) && !self.is_spoken(i) {
                events.push((i - 1, Event::Latter(i)));
            } else if self.view.is(i, Facts::PERSON) && !self.view.is(i, Facts::CAPITAL) && !self.is_spoken(i) {
                let first = self.description_start(i);
                match &*self.view.norm(first) {
                    "le" | "la" | "l'" | "ce" | "cette" => events.push((first, Event::Description(i))),
                    "au" if self.is_topic(i - 1) => events.push((i - 1, Event::Description(i))),
                    "un" | "une" | "son" | "sa" => events.push((first, Event::Introduction(i))),
                    "leur" if self.is_topic(i - 1) => events.push((i - 1, Event::Introduction(i))),
                    _ => {}
                }
            } else if self.is_called_by_origin(i) && !self.is_spoken(i) {
                events.push((i - 1, Event::Description(i)));
            } else if self.view.is(i, Facts::DOCUMENT) && !self.view.is(i, Facts::CAPITAL) && !self.is_spoken(i) {
                events.push((i, Event::Document(i)));
            }
        }
        events.sort_unstable();
        events
    }

    /// "la Milanaise": a demonym behind an article, and no part of a name.
    fn is_called_by_origin(&self, i: u32) -> bool {
        i > 0
            && self.view.is(i, Facts::DEMONYM)
            && self.view.is(i, Facts::CAPITAL)
            && matches!(&*self.view.norm(i - 1), "le" | "la" | "l'")
            && !self.view.is(i + 1, Facts::CAPITAL)
            && self
                .names
                .get(phrase::first_inside(self.names, TokenRange::new(i, i + 1)))
                .is_none_or(|n| n.range.start > i)
    }

    /// True if "quant à" stands before the token, or ends with it ("quant au"): what the sentence will be about.
    fn is_topic(&self, i: u32) -> bool {
        let at = if &*self.view.norm(i) == "au" { Some(i) } else { i.checked_sub(1) };
        at.and_then(|at| Some((at.checked_sub(1)?, at)))
            .is_some_and(|(quant, at)| &*self.view.norm(quant) == "quant" && matches!(&*self.view.norm(at), "à" | "au"))
    }

    /// The adjective of "ce dernier", "cette dernière".
    fn is_latter(&self, i: u32) -> bool {
        let before = i.checked_sub(1).map(|before| self.view.norm(before)).unwrap_or_default();
        match self.view.form(i) {
            "dernier" | "dernière" => matches!(&*before, "ce" | "cette") && self.view.upos(i + 1) != Upos::Noun,
            "intéressé" | "intéressée" => &*before == "l'" || matches!(&*before, "principal" | "principale"),
            _ => false,
        }
    }

    /// "il", "-t-elle"
    fn is_third_pronoun(&self, i: u32) -> bool {
        // Most words end otherwise.
        let form = self.view.form(i);
        if form.len() > 7 || !form.ends_with(['l', 'e', 'L', 'E']) {
            return false;
        }
        let word = self.view.norm(i);
        matches!(word.trim_start_matches("-t-").trim_start_matches('-'), "il" | "elle")
    }

    fn read(&mut self, events: &[(u32, Event)]) {
        let mut until = 0;
        for &(at, event) in events {
            self.sentence = self.sentence_of(at);
            match event {
                Event::Ref(index) => {
                    self.answer(index);
                    if let Some(range) = self.refs.get(index as usize).and_then(|r| r.range) {
                        until = until.max(range.end);
                    }
                }
                Event::Name(index) => {
                    let Some(name) = self.names.get(index as usize).copied() else { continue };
                    let Some(entity) = self.register.of_name.get(index as usize).copied().flatten() else { continue };
                    let gender = self.register.known.get(entity as usize).and_then(Known::gender);
                    let kind = people::mention_kind(name.kind);
                    self.mention(entity, Mention { range: name.range, kind, gender, entity: None });
                    self.note_pair(index);
                    self.note_plural(name, entity);
                    if at >= until {
                        let weight = self.weight(name);
                        self.touch(entity, at, weight);
                    }
                }
                Event::Pronoun(_) | Event::Description(_) | Event::Introduction(_) | Event::Latter(_) if at < until => {
                }
                Event::Pronoun(token) => self.read_pronoun(token),
                Event::Description(noun) => self.read_description(noun),
                Event::Introduction(noun) => self.read_introduction(noun),
                // "L'intéressée, Anne Roux, a dit": the name says who.
                Event::Latter(token) if self.view.form(token + 1) == "," && self.view.is(token + 2, Facts::CAPITAL) => {
                }
                Event::Latter(token) => {
                    let form = self.view.form(token);
                    let feminine = matches!(form, "dernière" | "intéressée");
                    let gender = if feminine { Gender::Feminine } else { Gender::Masculine };
                    let last = self.named_last(gender, token).filter(|_| form.starts_with('d'));
                    let found = if last.is_some() {
                        last
                    } else {
                        self.best_of(Some(gender), token, true, |entity| !self.nameless.contains(&entity))
                            .map(|(entity, _)| entity)
                    };
                    if let Some(entity) = found {
                        self.touch(entity, token, 2.5);
                    }
                }
                Event::Document(noun) => self.read_document(noun),
            }
        }
    }

    /// Forgets all but what was learned of the entities.
    fn restart(&mut self) {
        self.presence.fill(Presence::default());
        self.recent.clear();
        self.met_bodies.clear();
        self.mentions.clear();
        self.before = std::mem::replace(&mut self.answers, vec![None; self.refs.len()]);
        self.speaker = None;
        self.pair = None;
        self.many = None;
        self.issuer = None;
        // Whoever has no name is met anew.
        for list in self.holders.values_mut() {
            list.retain(|(entity, _)| !self.nameless.contains(entity));
        }
        for &(entity, _) in &self.groups {
            if let Some(known) = self.register.known.get_mut(entity as usize) {
                known.gender = 0.0;
            }
        }
    }

    /// When a token stands: the number of narrated sentences before its own.
    fn sentence_of(&self, token: u32) -> u32 {
        let index = self.view.sentences.partition_point(|s| s.end <= token);
        self.clock.get(index).or(self.clock.last()).copied().unwrap_or_default()
    }

    /// The sentence that holds a token.
    fn sentence_at(&self, token: u32) -> TokenRange {
        let index = self.view.sentences.partition_point(|s| s.end <= token);
        self.view.sentences.get(index).copied().unwrap_or_default()
    }

    fn known(&self, entity: u32) -> Option<&Known> {
        self.register.known.get(entity as usize)
    }

    fn mention(&mut self, entity: u32, mention: Mention) {
        self.mentions.push((entity, Mention { entity: Some(entity), ..mention }));
    }

    /// Makes an entity more present.
    fn touch(&mut self, entity: u32, at: u32, weight: f32) {
        let now = self.value(entity);
        let sentence = self.sentence;
        if let Some(presence) = self.presence.get_mut(entity as usize) {
            *presence = Presence { value: KEEP * now + weight, sentence, last: at, count: presence.count + 1 };
        }
        self.meet_body(entity);
        self.recent.retain(|&e| e != entity);
        self.recent.push(entity);
        if self.recent.len() > PRESENT {
            self.recent.remove(0);
        }
    }

    /// How present an entity is now.
    fn value(&self, entity: u32) -> f32 {
        let Some(presence) = self.presence.get(entity as usize) else { return 0.0 };
        let past = self.sentence.saturating_sub(presence.sentence);
        presence.value * DECAY.powi(i32::try_from(past.min(30)).unwrap_or(30))
    }

    /// What a name adds: most as a subject, least in a complement or in what somebody says.
    fn weight(&self, name: Name) -> f32 {
        let mut start = name.title.unwrap_or(name.range.start);
        if self.is_spoken(start) || self.is_dead(name) {
            return 0.3;
        }
        let sentence = self.sentence_at(start);
        if name.kind == NameKind::Person {
            start = self.phrase_start(name, start, sentence.start);
        }
        let before = start.saturating_sub(1);
        if start <= sentence.start {
            return 3.0;
        }
        let word = self.view.norm(before);
        // "a présenté sa démission, que le président X a acceptée", "Quand l'animatrice, X, lui a demandé": the sentence is
        // about somebody else.
        let relative =
            matches!(&*word, "que" | "qu'" | "dont") && before > sentence.start && self.view.form(before - 1) == ",";
        if relative || self.is_temporal(start) {
            return SUBORDINATE;
        }
        if matches!(&*word, "de" | "d'" | "du" | "des") {
            return 0.8;
        }
        // "Quant à Anne Roux, elle"
        if self.is_topic(start) {
            return 3.0;
        }
        // "Thomas et Inès repeignent": as much the subject as the first one.
        if &*word == "et"
            && let Some(index) = phrase::first_inside(self.names, TokenRange::new(start, start)).checked_sub(1)
            && let Some(first) = self.names.get(index)
            && first.range.end == before
            && first.kind == NameKind::Person
            && self.view.is_finite(name.range.end)
        {
            return 2.5;
        }
        if self.view.upos(before) == Upos::Adp || matches!(&*word, "au" | "aux" | "et") {
            return 1.0;
        }
        let subject = (name.range.end..name.range.end + 3).any(|i| self.view.is_finite(i))
            && matches!(self.view.upos(name.range.end), Upos::Verb | Upos::Aux | Upos::Pron | Upos::Adv);
        if subject || self.view.form(name.range.end) == "," && self.view.upos(before) != Upos::Verb {
            return 2.5;
        }
        if self.view.is_finite(before) { 1.5 } else { 1.8 }
    }

    /// True in the subject's place of the clause with "quand" that opens a sentence.
    fn is_temporal(&self, at: u32) -> bool {
        let start = self.sentence_at(at).start;
        matches!(&*self.view.norm(start), "quand" | "lorsque" | "lorsqu'")
            && !(start..at).any(|i| self.view.is_finite(i))
    }

    /// "Son mari, Marcel, est mort il y a six ans": who does not speak.
    fn is_dead(&self, name: Name) -> bool {
        const NEAR: u32 = 12;
        let end = self.sentence_at(name.range.start).end.min(name.range.end + NEAR);
        let dead = |i: u32| matches!(&*self.view.norm(i), "mort" | "morte" | "décédé" | "décédée");
        let is = |i: u32| matches!(&*self.view.norm(i), "est" | "était");
        name.kind == NameKind::Person && (name.range.end..end).any(|i| is(i) && dead(i + 1))
    }

    /// Where the phrase of a name begins: "le président russe X", "du maire de Lyon X" begin with the article.
    fn phrase_start(&self, name: Name, start: u32, sentence_start: u32) -> u32 {
        let Some(function) = function_before(self.view, name.range, sentence_start) else { return start };
        // "une amie de Mme X"
        if people::in_complement(self.view, function, name) {
            return start;
        }
        let between = function + 1..start;
        if between.clone().any(|i| self.view.upos(i) == Upos::Punct) {
            return start;
        }
        let mut at = function;
        while at > sentence_start && matches!(self.view.upos(at - 1), Upos::Det | Upos::Adj) {
            at -= 1;
        }
        at
    }

    /// Remembers "les X": whom "ils" may mean.
    fn note_plural(&mut self, name: Name, entity: u32) {
        let before = self.view.norm(name.range.start.saturating_sub(1));
        if matches!(&*before, "les" | "des" | "aux")
            && !matches!(name.kind, NameKind::Place)
            && !self.is_spoken(name.range.start)
        {
            self.many = Some((entity, self.sentence));
        }
    }

    /// Remembers "X et Y", two people.
    fn note_pair(&mut self, index: u32) {
        let (Some(first), Some(second)) = (self.names.get(index as usize), self.names.get(index as usize + 1)) else {
            return;
        };
        let gap = second.title.unwrap_or(second.range.start);
        let people = first.kind == NameKind::Person && second.kind == NameKind::Person;
        if people && gap == first.range.end + 1 && &*self.view.norm(first.range.end) == "et" && !self.is_spoken(gap) {
            self.pair = Some((TokenRange::new(first.range.start, second.range.end), self.sentence));
        }
    }

    /// "le couple", "les deux hommes", "ils": the two people named together last, if that was near.
    fn the_pair(&mut self, within: u32) -> Option<u32> {
        let (range, sentence) = self.pair?;
        (self.sentence.saturating_sub(sentence) <= within).then(|| self.group(range))
    }

    fn read_pronoun(&mut self, token: u32) {
        let word = self.view.norm(token);
        let feminine = word.ends_with("elle");
        if !feminine && self.is_impersonal(token) {
            return;
        }
        let gender = if feminine { Gender::Feminine } else { Gender::Masculine };
        let Some((entity, margin)) = self.best(Some(gender), token, false) else { return };
        if margin < 0.25 {
            return;
        }
        self.touch(entity, token, 2.0);
        let range = TokenRange::new(token, token + 1);
        self.mention(entity, Mention { range, kind: MentionKind::Pronoun, gender: Some(gender), entity: None });
        if token == self.sentence_at(token).start {
            self.learn_gender(entity, gender, 0.5 * margin);
        }
    }

    fn learn_gender(&mut self, entity: u32, gender: Gender, weight: f32) {
        if let Some(known) = self.register.known.get_mut(entity as usize)
            && known.kind == NameKind::Person
            && known.gender.abs() < 2.0
        {
            known.add_gender(Some(gender), weight);
        }
    }

    /// "il faut", "il s'agit", "il est possible", also "faut-il".
    fn is_impersonal(&self, token: u32) -> bool {
        let next = token + 1;
        let skip = u32::from(matches!(&*self.view.norm(next), "ne" | "n'"));
        self.view.is_impersonal(next + skip)
            || token > 0 && self.view.norm(token).starts_with('-') && self.view.is_impersonal(token - 1)
    }

    /// The most present entity of this gender, and by how much (0 to 1) it leads.
    fn best(&self, gender: Option<Gender>, at: u32, reporting: bool) -> Option<(u32, f32)> {
        self.best_of(gender, at, reporting, |_| true)
    }

    /// The same among those that `fits` accepts.
    fn best_of(
        &self,
        gender: Option<Gender>,
        at: u32,
        reporting: bool,
        fits: impl Fn(u32) -> bool,
    ) -> Option<(u32, f32)> {
        let mut first: Option<(u32, f32)> = None;
        let mut second = 0.0_f32;
        for &entity in self.recent.iter().rev().filter(|&&entity| fits(entity)) {
            let Some(known) = self.known(entity) else { continue };
            let mut score = self.value(entity);
            match (known.kind, known.gender()) {
                (NameKind::Person, _) if gender.is_some_and(|gender| known.contradicts(gender)) => continue,
                // The ending of a foreign first name misleads.
                (NameKind::Person, Some(own)) if gender.is_some_and(|gender| own != gender) => score *= 0.7,
                (NameKind::Person, Some(_)) => score *= 1.2,
                (NameKind::Person, None) => {}
                (NameKind::Organization, _) if gender.is_some_and(|g| self.is_of_other_gender(known, g)) => continue,
                // "Le rectorat assure… Il indique": who has just spoken, of the gender its noun shows.
                (NameKind::Organization, _)
                    if reporting && gender.is_some_and(|gender| self.goes_on(known, entity, gender, at)) =>
                {
                    score *= 0.8;
                }
                (NameKind::Organization, _) => score *= if reporting { 0.35 } else { 0.25 },
                _ => score *= 0.1,
            }
            if let Some((speaker, sentence)) = self.speaker
                && speaker == entity
            {
                let past = self.sentence.saturating_sub(sentence);
                score += if reporting { SPEAKER } else { 0.5 * SPEAKER }
                    * DECAY.powi(i32::try_from(past.min(30)).unwrap_or(30));
            }
            if let Some(presence) = self.presence.get(entity as usize)
                && presence.last >= at
            {
                score *= 0.2;
            }
            if known.kind == NameKind::Person && self.is_in_paragraph(entity, at) {
                score *= 2.0;
            }
            let (best, value) = first.unwrap_or((u32::MAX, 0.0));
            if score > value {
                second = value;
                first = Some((entity, score));
            } else if entity != best {
                second = second.max(score);
            }
        }
        let (entity, score) = first.filter(|(_, score)| *score > 0.08)?;
        Some((entity, (score - second) / score))
    }

    /// True for whom the text has named or meant in the paragraph of `at`, not far before.
    fn is_in_paragraph(&self, entity: u32, at: u32) -> bool {
        let last = self.presence.get(entity as usize).map_or(0, |presence| presence.last);
        at > last && at - last < 60 && self.view.same_line(last, at)
    }

    /// True for an organization that spoke in the sentence before, in a paragraph without people of the gender that its noun has.
    fn goes_on(&self, known: &Known, entity: u32, gender: Gender, at: u32) -> bool {
        let noun = known.name.start;
        let spoke = self.speaker.is_some_and(|(speaker, sentence)| speaker == entity && self.sentence <= sentence + 1);
        if !spoke || self.view.upos(noun) != Upos::Noun || self.view.noun_gender(noun) != Some(gender) {
            return false;
        }
        let here = |entity: u32| {
            let last = self.presence.get(entity as usize).map_or(0, |presence| presence.last);
            last < at && self.view.same_line(last, at)
        };
        let person = |entity: &u32| {
            self.known(*entity).is_some_and(|known| known.kind == NameKind::Person && !known.contradicts(gender))
        };
        here(entity) && !self.recent.iter().filter(|entity| person(entity)).any(|&entity| here(entity))
    }

    /// "l'hôpital … elle": the noun of the organization's name has the other gender.
    fn is_of_other_gender(&self, known: &Known, gender: Gender) -> bool {
        let noun = known.name.start;
        let by_noun = (self.view.upos(noun) == Upos::Noun).then(|| self.view.noun_gender(noun)).flatten();
        by_noun.or_else(|| known.grammatical_gender()).is_some_and(|own| own != gender)
    }

    fn read_description(&mut self, noun: u32) {
        let end = self.description_end(noun);
        let range = TokenRange::new(self.description_start(noun), end);
        // "La ministre, Anne Roux,"; not "la ministre de la Santé", where the name is the office's.
        let governed = |name: &Name| {
            let before = name.range.start.saturating_sub(1);
            before > noun && matches!(self.view.upos(before), Upos::Adp | Upos::Det)
        };
        let near = self.names.get(phrase::first_inside(self.names, range)..).unwrap_or_default();
        let limit = self.apposition(end);
        if near.iter().take_while(|name| name.range.start <= limit).any(|name| !governed(name)) {
            return;
        }
        let gender = phrase::person_gender(self.view, range.start, noun);
        let shown = gender.filter(|_| phrase::shows_gender(self.view, range.start, noun));
        let rest = TokenRange::new(noun + 1, end);
        let subject =
            self.view.is_finite(end) || matches!(&*self.view.norm(end), "," | "ne" | "n'" | "se" | "s'" | "qui");
        let by_role = self.by_role(noun, rest, shown);
        let since = by_role.and_then(|(entity, _)| self.named_since(entity, noun, shown));
        let found = since.map(|entity| (entity, 1.0)).or(by_role).or_else(|| {
            // "L'acteur a dévoilé…": the one the text is about; so is "la présidente de la banque", if that one has no office.
            let alone = subject && (self.is_former(noun) || !is_bystander(&self.view.noun_lemma(noun)));
            let free = |entity: u32| shown.is_some() && self.known(entity).is_some_and(|known| known.roles.is_empty());
            let fits = |(entity, margin): &(u32, f32)| {
                *margin > 0.3
                    && (!self.has_complement(rest) || free(*entity))
                    && self.can_hold(*entity, *margin, noun, end, shown)
            };
            alone.then(|| self.by_salience(noun, shown)).flatten().filter(fits)
        });
        let topic = self.is_topic(range.start);
        if let Some((entity, _)) = found {
            let weight = match (topic, subject) {
                (true, _) => 3.0,
                (_, true) if self.nameless.contains(&entity) => 3.0,
                (_, true) => 2.0,
                _ => 1.2,
            };
            self.touch(entity, noun, weight);
            self.mention(entity, Mention { range, kind: MentionKind::Person, gender, entity: None });
        } else if subject || topic {
            self.add_nameless(range, noun, gender);
        }
    }

    /// Where a name stands that a description ending at `end` introduces: "la présidente, Anne Roux", "la présidente de la
    /// cour, la juge Anne Roux".
    fn apposition(&self, end: u32) -> u32 {
        let function = self.view.form(end) == ","
            && matches!(&*self.view.norm(end + 1), "le" | "la" | "l'")
            && self.view.is(end + 2, Facts::PERSON.with(Facts::DEMONYM).with(Facts::TITLE));
        let mut at = end + 3;
        while at < end + 6 && self.view.upos(at) == Upos::Adj {
            at += 1;
        }
        if function && self.view.is(at, Facts::CAPITAL) { at } else { end + 1 }
    }

    /// The article of a description: "l'ancien patron" has an adjective behind it.
    fn description_start(&self, noun: u32) -> u32 {
        let before = noun.saturating_sub(1);
        if self.is_former(noun) && before > 0 { before - 1 } else { before }
    }

    /// "Un témoin a vu…": somebody without a name whom the next pronoun may mean.
    fn read_introduction(&mut self, noun: u32) {
        let end = self.description_end(noun);
        let range = TokenRange::new(self.description_start(noun), end);
        let named = self
            .names
            .get(phrase::first_inside(self.names, range))
            .is_some_and(|name| name.range.start <= self.apposition(end));
        let before = self.view.norm(range.start.saturating_sub(1));
        let oblique = range.start > self.sentence_at(noun).start
            && (self.view.upos(range.start.saturating_sub(1)) == Upos::Adp
                || matches!(&*before, "est" | "était" | "," | "comme"));
        // "Un voisin, qui a requis l'anonymat, se souvient"
        let subject = self.view.is_finite(end)
            || self.view.form(end) == "," && matches!(&*self.view.norm(end + 1), "qui" | "dont" | "que" | "qu'");
        if !named && (!oblique && subject || self.is_topic(range.start)) {
            let gender = phrase::person_gender(self.view, range.start, noun);
            self.add_nameless(range, noun, gender);
        }
    }

    /// Makes somebody who has no name present, so that pronouns can mean nobody known.
    fn add_nameless(&mut self, range: TokenRange, noun: u32, gender: Option<Gender>) -> u32 {
        let entity = self.add(NameKind::Person, range);
        self.nameless.insert(entity);
        if let Some(known) = self.register.known.get_mut(entity as usize) {
            known.add_gender(gender, 3.0);
        }
        // A subject that begins its sentence is as present as a name in its place.
        let first = range.start == self.sentence_at(noun).start;
        self.touch(entity, noun, if first { 3.0 } else { 2.5 });
        entity
    }

    /// Whom a description without a known function means: the most present person with no other office.
    fn by_salience(&self, noun: u32, gender: Option<Gender>) -> Option<(u32, f32)> {
        self.best_of(gender, noun, true, |entity| {
            let person = self.known(entity).is_some_and(|known| known.kind == NameKind::Person);
            person && !self.nameless.contains(&entity) && !self.has_other_office(entity, noun)
        })
    }

    /// The end of a description: adjectives and complements of the noun.
    fn description_end(&self, noun: u32) -> u32 {
        let mut end = noun + 1;
        while end < noun + 8 {
            let goes_on = matches!(self.view.upos(end), Upos::Adj | Upos::Propn | Upos::Noun)
                || matches!(&*self.view.norm(end), "de" | "du" | "des" | "d'" | "la" | "l'" | "le" | "les");
            if !goes_on || self.view.breaks_before(end) {
                break;
            }
            end += 1;
        }
        while end > noun + 1 && matches!(self.view.upos(end - 1), Upos::Adp | Upos::Det) {
            end -= 1;
        }
        end
    }

    /// True in the first line of a text that has more of them.
    fn in_heading(&self, token: u32) -> bool {
        token < self.heading_end
    }

    /// The entity whose function fits the description, and how well.
    fn by_role(&self, noun: u32, rest: TokenRange, gender: Option<Gender>) -> Option<(u32, f32)> {
        let (lemma, wanted) = people::office(self.view, noun, rest.end);
        let mut best: Option<(u32, f32)> = None;
        let own = stem(&lemma);
        let others = same_office(&lemma).iter().copied().filter(|other| *other != own);
        // "la chercheuse" can be a "planétologue".
        let scholar = matches!(own, "chercheur" | "scientifique" | "spécialiste" | "expert" | "universitaire");
        let scholars: Vec<&str> = self
            .scholars
            .iter()
            .map(String::as_str)
            .filter(|role| scholar && !same_office(&lemma).contains(role))
            .collect();
        for other in std::iter::once(own).chain(others).chain(scholars) {
            for &(entity, number) in self.holders.get(other).into_iter().flatten() {
                let Some(known) = self.known(entity) else { continue };
                let Some(role) = known.roles.get(number) else { continue };
                if gender.is_some_and(|gender| known.contradicts(gender)) {
                    continue;
                }
                let Some(mut score) = fits(&lemma, &wanted, &role.lemma, &role.details) else { continue };
                // "le dirigeant de Volta" of the heading is "le fondateur de Volta" below.
                let of_heading = self.in_heading(noun) && score >= 1.5 && !wanted.is_empty();
                if score < 1.0 && self.value(entity) < 0.5 {
                    continue;
                }
                let met = role.range.start <= noun;
                // "l'artiste" is no comedian whom the text has not named yet.
                if !met && (other != own || role.by_title) && !of_heading && !self.in_heading(noun) {
                    continue;
                }
                score += self.value(entity).min(3.0) * 0.3 + if met { 0.5 } else { 0.0 };
                if best.is_none_or(|(_, value)| score > value) {
                    best = Some((entity, score));
                }
            }
        }
        best
    }

    fn answer(&mut self, index: u32) {
        let Some(reference) = self.refs.get(index as usize).copied() else { return };
        // One phrase for two reports is one person: "a-t-il insisté, demandant que".
        let same = |other: usize| self.refs.get(other).is_some_and(|o| o.range.is_some() && o.range == reference.range);
        let told = (index as usize).checked_sub(1).filter(|&before| same(before));
        if let Some(before) = told.and_then(|before| self.answers.get(before).copied().flatten()) {
            if let Some(place) = self.answers.get_mut(index as usize) {
                *place = Some(before);
            }
            return;
        }
        let resolution = match reference.range {
            None => self.running_speaker(index, reference),
            Some(range) if range.is_empty() => self.running_speaker(index, reference),
            Some(range) => {
                let phrase = phrase::read(self.view, self.names, range);
                self.phrase(&phrase, reference)
            }
        };
        let mut resolution = resolution;
        if resolution.entity.is_none()
            && let Some(entity) = self.said_again(index).or_else(|| self.below.get(&index).copied())
        {
            let kind = self.known(entity).map_or(resolution.kind, |known| people::mention_kind(known.kind));
            let gender = self.known(entity).and_then(Known::gender).or(resolution.gender);
            resolution = Resolution { entity: Some(entity), kind, gender, confidence: 0.55, why: "named-below" };
            let head = reference.range.and_then(|range| phrase::read(self.view, self.names, range).head);
            if let (Some(head), Some(range)) = (head.filter(|&head| self.view.is(head, Facts::PERSON)), reference.range)
            {
                self.learn_role(entity, head, TokenRange::new(head + 1, range.end));
            }
        }
        if resolution.entity.is_none()
            && reference.inside.is_none()
            && matches!(resolution.kind, MentionKind::Unnamed | MentionKind::Person)
            && let Some(range) = reference.range
        {
            let entity = self.add_nameless(range, range.start, resolution.gender);
            if self.in_heading(range.start) {
                self.of_heading.insert(entity, index);
            }
            self.speaker = Some((entity, self.sentence));
            // "Un prêtre a raconté… « P », résume le religieux."
            let head = phrase::read(self.view, self.names, range).head;
            if let Some(head) = head.filter(|&head| self.view.is(head, Facts::PERSON)) {
                self.learn_role(entity, head, TokenRange::new(head + 1, range.end));
            }
        }
        if let Some(entity) = resolution.entity.filter(|entity| self.nameless.contains(entity)) {
            self.touch(entity, reference.range.map_or(reference.at, |range| range.start), 2.5);
            self.speaker = Some((entity, self.sentence));
            resolution.entity = None;
            resolution.why = "unnamed-before";
        }
        if let Some(entity) = resolution.entity {
            let at = reference.range.map_or(reference.at, |range| range.start);
            // "Quand Anne Roux lui a demandé si elle partait, elle a répondu": the one asked, of whom the text has told.
            if reference.inside.is_none() && self.is_temporal(at) {
                self.touch(entity, at, SUBORDINATE);
            } else if reference.inside.is_none() {
                self.touch(entity, at, 2.5);
                self.speaker = Some((entity, self.sentence));
            }
            if let Some(range) = reference.range {
                let Resolution { kind, gender, .. } = resolution;
                self.mention(entity, Mention { range, kind, gender, entity: None });
            }
        }
        if let Some(range) = reference.range.filter(|_| reference.inside.is_none()) {
            self.touch_bodies(range, resolution.entity);
        }
        if let Some(place) = self.answers.get_mut(index as usize) {
            *place = Some(resolution);
        }
    }

    /// "une porte-parole de l'Agence des routes": the bodies that the phrase of a source names besides.
    fn touch_bodies(&mut self, range: TokenRange, speaker: Option<u32>) {
        let first = phrase::first_inside(self.names, range);
        let inside = self.names.iter().enumerate().skip(first).take_while(|(_, name)| name.range.end <= range.end);
        let bodies: Vec<(u32, u32)> = inside
            .filter(|(_, name)| name.kind == NameKind::Organization)
            .filter_map(|(index, name)| Some((self.register.of_name.get(index).copied().flatten()?, name.range.start)))
            .filter(|(entity, _)| Some(*entity) != speaker)
            .collect();
        for (entity, at) in bodies {
            self.touch(entity, at, 0.8);
        }
    }

    fn phrase(&mut self, phrase: &Phrase, reference: SpeakerRef) -> Resolution {
        let nobody =
            |confidence, why| Resolution { entity: None, kind: phrase.kind, gender: phrase.gender, confidence, why };
        if let Some(pronoun) = phrase.pronoun {
            return self.pronoun(phrase, pronoun, reference);
        }
        match phrase.kind {
            MentionKind::Person | MentionKind::Organization if phrase.name.is_some() => {
                let entity = phrase.name.and_then(|name| self.register.of_name.get(name as usize).copied().flatten());
                let gender = entity.and_then(|e| self.known(e)).and_then(Known::gender).or(phrase.gender);
                let gender = if phrase.kind == MentionKind::Person { gender } else { None };
                Resolution { entity, kind: phrase.kind, gender, confidence: 0.95, why: "name" }
            }
            MentionKind::Group if phrase.name.is_some() => {
                let entity = self.group(phrase.range);
                Resolution {
                    entity: Some(entity),
                    kind: MentionKind::Group,
                    gender: None,
                    confidence: 0.85,
                    why: "names",
                }
            }
            MentionKind::Person => self.description(phrase),
            MentionKind::Organization => self.organization(phrase),
            MentionKind::Other => {
                let (entity, confidence) = self.issuer(phrase);
                Resolution { entity, kind: MentionKind::Other, gender: None, confidence, why: "issuer" }
            }
            MentionKind::Group => {
                let head = phrase.head.map(|head| self.view.norm(head)).unwrap_or_default();
                // Not "les conseillers des deux camps".
                let before = phrase.head.unwrap_or(phrase.range.end);
                let two = (phrase.range.start..before).any(|i| &*self.view.norm(i) == "deux");
                let both = matches!(&*head, "couple" | "duo") || two && phrase.determiner == Determiner::Definite;
                let entity = if both { self.the_pair(u32::MAX) } else { None };
                Resolution {
                    entity,
                    kind: MentionKind::Group,
                    gender: None,
                    confidence: if both { 0.6 } else { 0.9 },
                    why: "group",
                }
            }
            _ => {
                if let Some(entity) = self.named_below(phrase) {
                    let gender = self.known(entity).and_then(Known::gender).or(phrase.gender);
                    let entity = Some(entity);
                    return Resolution {
                        entity,
                        kind: MentionKind::Person,
                        gender,
                        confidence: 0.55,
                        why: "named-below",
                    };
                }
                // "Une amie raconte… à en croire cette source": whoever has just spoken without a name.
                let gender = phrase.gender.or_else(|| self.gender_of_nameless(phrase));
                Resolution { gender, ..nobody(0.9, "unnamed") }
            }
        }
    }

    /// "Rien n'est joué, selon un analyste" in the heading or lead: the only one whom the text names below with this
    /// function.
    fn named_below(&self, phrase: &Phrase) -> Option<u32> {
        let lead = phrase.range.start < self.lead_end;
        let head = phrase.head.filter(|_| lead && phrase.determiner == Determiner::Indefinite)?;
        let (lemma, wanted) = people::office(self.view, head, phrase.range.end);
        let fitting = |(entity, number): &&(u32, usize)| {
            let role = self.known(*entity).and_then(|known| known.roles.get(*number));
            let met = self.presence.get(*entity as usize).is_some_and(|presence| presence.count > 0);
            !met && role.is_some_and(|role| {
                role.range.start > head
                    && fits(&lemma, &wanted, &role.lemma, &role.details).is_some_and(|score| score >= 1.0)
            })
        };
        let agrees =
            |entity: u32| phrase.gender.is_none_or(|gender| !self.known(entity).is_some_and(|k| k.contradicts(gender)));
        let mut holders = self.holders.get(stem(&lemma))?.iter().filter(fitting).map(|(entity, _)| *entity);
        let first = holders.next().filter(|&entity| agrees(entity))?;
        holders.all(|entity| entity == first).then_some(first)
    }

    /// Who says below, between marks, the words that a heading has: "« Je dors mal », raconte une voisine".
    fn said_again(&self, index: u32) -> Option<u32> {
        const SHORT: usize = 7;
        let reference = self.refs.get(index as usize).filter(|reference| self.in_heading(reference.at))?;
        let end = self.heading_end;
        let words = |range: &TokenRange| -> Vec<String> {
            let inside = (range.start..range.end).filter(|&i| self.view.form(i).chars().any(char::is_alphanumeric));
            inside.map(|i| self.view.norm(i).into_owned()).collect()
        };
        let heading = self.spoken.iter().find(|range| range.end > reference.at && range.start < end)?;
        let said = words(heading);
        if said.iter().map(String::len).sum::<usize>() < SHORT {
            return None;
        }
        let again = self.spoken.iter().filter(|range| range.start >= end);
        let again = again.filter(|range| words(range).windows(said.len()).any(|part| part == said));
        again
            .filter_map(|range| {
                let after = self.refs.partition_point(|other| other.at <= range.start + 1);
                let (told, other) = self.refs.iter().enumerate().take(after).rev().find(|(_, r)| r.inside.is_none())?;
                self.before.get(told).copied().flatten().filter(|_| self.view.same_line(other.at, range.start))?.entity
            })
            .find(|entity| !self.nameless.contains(entity))
    }

    /// "… accuse une ancienne ingénieure⏎ Anne Roux a porté plainte. L'ingénieure affirme": the description that takes up
    /// somebody of the heading is of whom the text has named since, if it has told no function.
    fn named_since(&mut self, nameless: u32, noun: u32, gender: Option<Gender>) -> Option<u32> {
        let reference = self.of_heading.get(&nameless).copied()?;
        let (entity, margin) = self.by_salience(noun, gender)?;
        let known = self.known(entity)?;
        let free = known.roles.iter().all(|role| role.by_title || role.range.start == noun);
        let agrees = gender.is_some_and(|gender| !known.contradicts(gender));
        if margin <= 0.3 || !free || !agrees {
            return None;
        }
        self.below.insert(reference, entity);
        Some(entity)
    }

    /// The gender of who spoke last without a name, to whom "cette source" points.
    fn gender_of_nameless(&self, phrase: &Phrase) -> Option<Gender> {
        let (entity, sentence) = self.speaker.filter(|(entity, _)| self.nameless.contains(entity))?;
        let near = self.sentence.saturating_sub(sentence) <= 2;
        let points = phrase.determiner == Determiner::Demonstrative && near;
        self.known(entity).filter(|_| points).and_then(Known::gender)
    }

    fn group(&mut self, range: TokenRange) -> u32 {
        let text = self.view.slice(range);
        if let Some((entity, _)) = self.groups.iter().rev().take(PRESENT).find(|(_, r)| self.view.slice(*r) == text) {
            return *entity;
        }
        let entity = self.add(NameKind::Other, range);
        self.groups.push((entity, range));
        entity
    }

    fn add(&mut self, kind: NameKind, range: TokenRange) -> u32 {
        self.presence.push(Presence::default());
        self.register.add(kind, Vec::new(), range)
    }

    fn pronoun(&mut self, phrase: &Phrase, pronoun: Pronoun, reference: SpeakerRef) -> Resolution {
        let at = phrase.range.start;
        let answer = |entity, gender: Option<Gender>, confidence, why| Resolution {
            entity,
            kind: phrase.kind,
            gender,
            confidence,
            why,
        };
        match pronoun {
            Pronoun::I => {
                let outer = reference.inside.and_then(|k| self.answers.get(k as usize).copied().flatten());
                let entity = outer.and_then(|o| o.entity);
                answer(entity, outer.and_then(|o| o.gender), if entity.is_some() { 0.85 } else { 0.5 }, "first-person")
            }
            Pronoun::Third => {
                let gender = phrase.gender.unwrap_or(Gender::Masculine);
                // "Paul a battu Luc. Le premier a dit … Le second": in the order in which a sentence named the two.
                if phrase.kind == MentionKind::Person
                    && let Some(second) = self.rank_of_two(at + 1)
                    && let Some(entity) = self.named_as(second, gender, at)
                {
                    return answer(Some(entity), Some(gender), 0.7, "of-two");
                }
                // "ce dernier", "celui qui": the one named last.
                if phrase.kind == MentionKind::Person
                    && let Some(entity) = self.named_last(gender, at)
                {
                    return answer(Some(entity), Some(gender), 0.75, "latter");
                }
                if reference.inside.is_some() && self.is_spoken(at) {
                    // "« J'ai vu Paul. Il m'a dit que… »": whom the speaker has just named.
                    if let Some(entity) = self.named_in_speech(gender, at) {
                        return answer(Some(entity), Some(gender), 0.5, "spoken-pronoun");
                    }
                    // Between marks the narrator's people are the wrong ones as often as not.
                    return answer(None, Some(gender), 0.4, "spoken-pronoun");
                }
                // "l'intéressé", "le même": somebody with a name.
                let named = phrase.kind == MentionKind::Person && self.view.norm(at + 1).starts_with("intéressé");
                let best = named
                    .then(|| self.best_of(Some(gender), at, true, |entity| self.is_named_person(entity)))
                    .flatten()
                    .or_else(|| if named { None } else { self.best(Some(gender), at, true) });
                // "demandé à l'agence d'ouvrir le dossier. « P », a répondu celle-ci": the body mentioned last.
                if let Some(entity) = self.body_just_mentioned(phrase, gender) {
                    return answer(Some(entity), None, 0.55, "latter-body");
                }
                match best {
                    Some((entity, margin)) => {
                        self.learn_gender(entity, gender, 0.2 + 0.8 * margin);
                        let person = self.known(entity).is_some_and(|k| k.kind == NameKind::Person);
                        answer(Some(entity), person.then_some(gender), 0.55 + 0.4 * margin.clamp(0.0, 1.0), "pronoun")
                    }
                    None => self.ahead(phrase, gender),
                }
            }
            Pronoun::Plural => {
                let many = self.many.filter(|(_, sentence)| self.sentence.saturating_sub(*sentence) <= 2);
                let entity = self.the_pair(1).or(many.map(|(entity, _)| entity));
                answer(entity, None, 0.6, "plural-pronoun")
            }
            _ => answer(None, None, 0.8, "indefinite-pronoun"),
        }
    }

    /// The person of this gender named last in the same speech, before `at`.
    fn named_in_speech(&self, gender: Gender, at: u32) -> Option<u32> {
        /// Names that are looked at.
        const NAMES: usize = 12;
        let speech = self.spoken.get(self.spoken.partition_point(|range| range.end <= at)).filter(|s| s.has(at))?;
        let first = phrase::first_inside(self.names, TokenRange::new(speech.start, at));
        let upto = self.names.partition_point(|name| name.range.end <= at);
        let index = (first..upto).rev().take(NAMES).find(|&index| self.names[index].kind == NameKind::Person)?;
        let entity = self.register.of_name.get(index).copied().flatten()?;
        (!self.known(entity)?.contradicts(gender)).then_some(entity)
    }

    /// True for a person who has a name.
    fn is_named_person(&self, entity: u32) -> bool {
        !self.nameless.contains(&entity) && self.known(entity).is_some_and(|known| known.kind == NameKind::Person)
    }

    /// Whether an ordinal means the second of two (true) or the first.
    fn rank_of_two(&self, at: u32) -> Option<bool> {
        match &*self.view.norm(at) {
            "premier" | "première" => Some(false),
            "second" | "seconde" => Some(true),
            _ => None,
        }
    }

    /// The first or the second of the two people whom a sentence before `at` names; none where it names one, or three.
    fn named_as(&self, second: bool, gender: Gender, at: u32) -> Option<u32> {
        /// Names that are looked at, and sentences.
        const NAMES: usize = 12;
        const BACK: usize = 3;
        let end = phrase::first_inside(self.names, TokenRange::new(at, at));
        let start = end.saturating_sub(NAMES);
        let mut people: Vec<(u32, u32)> = Vec::new();
        for (index, name) in self.names.iter().enumerate().take(end).skip(start) {
            if name.kind == NameKind::Person
                && !self.is_spoken(name.range.start)
                && let Some(entity) = self.register.of_name.get(index).copied().flatten()
            {
                let sentence = self.sentence_at(name.range.start).start;
                if !people.contains(&(sentence, entity)) {
                    people.push((sentence, entity));
                }
            }
        }
        let own = self.view.sentences.partition_point(|sentence| sentence.end <= at);
        let nearest = self.view.sentences.get(own.saturating_sub(BACK)..own)?;
        nearest.iter().rev().find_map(|sentence| {
            let named: Vec<u32> = people.iter().filter(|(of, _)| *of == sentence.start).map(|(_, who)| *who).collect();
            let &[one, other] = named.as_slice() else { return None };
            let who = if second { other } else { one };
            (!self.known(who)?.contradicts(gender)).then_some(who)
        })
    }

    /// The person of this gender whom the text mentioned last before `at`, within two sentences.
    fn named_last(&self, gender: Gender, at: u32) -> Option<u32> {
        let present = |entity: u32| self.presence.get(entity as usize).copied().unwrap_or_default();
        self.recent
            .iter()
            .copied()
            .filter(|&entity| {
                let near = self.sentence.saturating_sub(present(entity).sentence) <= 1 && present(entity).last < at;
                near && self
                    .known(entity)
                    .is_some_and(|known| known.kind == NameKind::Person && !known.contradicts(gender))
            })
            .max_by_key(|&entity| present(entity).last)
    }

    /// True if a comma parts the name, its title and its function from what stands before. "Il a traité Paul de lâche": he is
    /// not Paul.
    fn is_set_off(&self, name: Name) -> bool {
        const FUNCTION: u32 = 6;
        let start = name.title.unwrap_or(name.range.start);
        let function = |i: &u32| matches!(self.view.upos(*i), Upos::Det | Upos::Adj | Upos::Noun | Upos::Adp);
        let before = (start.saturating_sub(FUNCTION)..start).rev().find(|i| !function(i));
        before.is_none_or(|i| matches!(self.view.form(i), "," | "»" | ":" | "("))
    }

    /// "À peine arrivée, elle a dit… , Anne Berger": the next name of the sentence, behind a comma.
    fn ahead(&self, phrase: &Phrase, gender: Gender) -> Resolution {
        let limit = self.sentence_at(phrase.range.start).end;
        let first = phrase::first_inside(self.names, phrase.range);
        // "Selon lui, Paul ment": he speaks of somebody else.
        let source =
            phrase.range.start.checked_sub(1).is_some_and(|i| matches!(&*self.view.norm(i), "selon" | "après"));
        let first = if source { self.names.len() } else { first };
        let found = self.names.iter().enumerate().skip(first).take(4).find_map(|(i, name)| {
            let entity = self.register.of_name.get(i).copied().flatten()?;
            let fits = name.range.start < limit && name.kind == NameKind::Person && !self.is_spoken(name.range.start);
            (fits && self.is_set_off(*name) && !self.known(entity)?.contradicts(gender)).then_some(entity)
        });
        let confidence = if found.is_some() { 0.5 } else { 0.6 };
        Resolution { entity: found, kind: phrase.kind, gender: Some(gender), confidence, why: "cataphora" }
    }

    fn description(&mut self, phrase: &Phrase) -> Resolution {
        let answer =
            |entity, gender, confidence, why| Resolution { entity, kind: MentionKind::Person, gender, confidence, why };
        let Some(head) = phrase.head else { return answer(None, phrase.gender, 0.4, "description") };
        let rest = TokenRange::new(head + 1, phrase.range.end);
        let shown = phrase.gender.filter(|_| phrase::shows_gender(self.view, phrase.range.start, head));
        let predecessor = self.view.noun_lemma(head) == "prédécesseur";
        if (phrase.determiner != Determiner::Possessive || predecessor)
            && let Some((entity, score)) = self.by_role(head, rest, shown)
        {
            let entity = self.named_since(entity, head, shown).unwrap_or(entity);
            if let Some(gender) = shown {
                self.learn_gender(entity, gender, 0.6);
            }
            let gender = self.known(entity).and_then(Known::gender).or(phrase.gender);
            return answer(Some(entity), gender, (0.6 + 0.08 * score).min(0.92), "role");
        }
        if let Some((entity, why)) = self.determined(phrase, head, shown) {
            let gender = self.known(entity).and_then(Known::gender).or(phrase.gender);
            return answer(Some(entity), gender, 0.6, why);
        }
        // "le joueur", "l'actrice de 31 ans": the one the text is about, unless the noun needs a holder of its own.
        // "le secrétaire général", "le directeur adjoint": whoever holds that office, not whom the text is about.
        let ranked = (rest.start..rest.end).any(|i| {
            matches!(&*self.view.norm(i), "général" | "générale" | "adjoint" | "adjointe" | "délégué" | "déléguée")
        });
        let free = phrase.determiner != Determiner::Possessive
            && phrase.complement.is_none()
            && !self.has_complement(rest)
            && !ranked;
        let supreme = self.is_known_to_all(head, rest.end);
        if free
            && self.view.is(head, Facts::DEMONYM)
            && let Some(entity) = self.introduced_here(head, shown)
        {
            let gender = self.known(entity).and_then(Known::gender).or(phrase.gender);
            return answer(Some(entity), gender, 0.55, "introduced-here");
        }
        // "Paul Roux, lui, ne cherche pas d'excuse. « P », souffle le Brestois.": somebody else whom the text has told of since.
        if free
            && self.view.is(head, Facts::DEMONYM)
            && let Some(entity) = self.speaker.and_then(|(speaker, _)| self.told_since(speaker))
            && shown.is_none_or(|gender| self.known(entity).and_then(Known::gender).is_none_or(|own| own == gender))
        {
            let gender = self.known(entity).and_then(Known::gender).or(phrase.gender);
            return answer(Some(entity), gender, 0.5, "told-since");
        }
        let lemma = self.view.noun_lemma(head);
        if free
            && let Some((entity, margin)) = self.by_salience(head, shown)
            && (!is_bystander(&lemma) || self.is_former(head) || self.is_parent(phrase, head, entity))
            && (margin > 0.3 || self.speaker.is_some_and(|(e, _)| e == entity))
            && self.can_hold(entity, margin, head, rest.end, shown)
        {
            // "Camille Roux … la jeune femme": the description shows what the name does not.
            if let Some(gender) = shown
                && self.known(entity).is_some_and(|known| known.shown_gender().is_none())
            {
                self.learn_gender(entity, gender, 0.6);
            }
            if crate::lexicon::is(&lemma, crate::lexicon::Label::Function) && is_player(stem(&lemma)) {
                self.learn_role(entity, head, TokenRange::new(head + 1, phrase.range.end));
            }
            let gender = self.known(entity).and_then(Known::gender).or(phrase.gender);
            return answer(Some(entity), gender, 0.4 + 0.3 * margin.clamp(0.0, 1.0), "salience");
        }
        // "un hommage confié à Mina Roux. « P », dit l'Italienne": who has just come into the text.
        if free
            && !supreme
            && !is_office(&self.view.noun_lemma(head))
            && !is_bystander(&self.view.noun_lemma(head))
            && let Some(gender) = shown
            && let Some(entity) = self.named_last(gender, head)
            && !self.nameless.contains(&entity)
            && self.known(entity).and_then(Known::gender) == Some(gender)
            && self.presence.get(entity as usize).is_some_and(|p| p.count == 1)
        {
            return answer(Some(entity), Some(gender), 0.45, "named-last");
        }
        if phrase.determiner == Determiner::Definite
            && !free
            && let Some(entity) = self.elaborated(head, shown.or(phrase.gender))
        {
            self.learn_role(entity, head, rest);
            let gender = self.known(entity).and_then(Known::gender).or(phrase.gender);
            return answer(Some(entity), gender, 0.5, "elaboration");
        }
        if phrase.determiner != Determiner::Possessive
            && let Some(entity) = self.introduced_next(phrase, head)
        {
            self.learn_role(entity, head, rest);
            return answer(Some(entity), phrase.gender, 0.5, "introduced-next");
        }
        answer(None, phrase.gender, 0.5, "description")
    }

    /// "Anne Roux est libre, dit son frère. « P », dit Paul Roux": the only other one of that surname and gender.
    fn of_family(&self, phrase: &Phrase, head: u32) -> Option<u32> {
        let kin = matches!(
            &*self.view.norm(head),
            "frère"
                | "sœur"
                | "père"
                | "mère"
                | "fils"
                | "fille"
                | "mari"
                | "femme"
                | "époux"
                | "épouse"
                | "cousin"
                | "cousine"
        );
        if !kin {
            return None;
        }
        let (whose, _) = self.best_of(None, head, true, |entity| self.is_named_person(entity))?;
        let mut others = self.families.get(self.known(whose)?.surname()?)?.iter().copied().filter(|&entity| {
            entity != whose
                && phrase
                    .gender
                    .is_none_or(|gender| self.known(entity).and_then(Known::gender).is_none_or(|own| own == gender))
        });
        let entity = others.next()?;
        others.next().is_none().then_some(entity)
    }

    /// Whom a possessive or a demonstrative points at: "son frère", "son avocate", "ce père de famille".
    fn determined(&self, phrase: &Phrase, head: u32, shown: Option<Gender>) -> Option<(u32, &'static str)> {
        match phrase.determiner {
            Determiner::Possessive => {
                let relative = self.of_family(phrase, head).map(|entity| (entity, "family"));
                relative
                    .or_else(|| self.named_next(phrase, head, shown).map(|entity| (entity, "named-next")))
                    .or_else(|| self.speaks_next(phrase).map(|entity| (entity, "speaks-next")))
            }
            Determiner::Demonstrative => {
                let found = self.pointed_at(head, shown).or_else(|| {
                    // "Paul Roux a monté un groupe. « P », souffle ce père de trois enfants."
                    let found = self.by_salience(head, shown).filter(|(_, margin)| *margin > 0.3);
                    found.map(|(entity, _)| entity)
                });
                found.map(|entity| (entity, "demonstrative"))
            }
            _ => None,
        }
    }

    /// "avoue Amandine. « P », sourit la jeune mère": a parent who has just spoken.
    fn is_parent(&self, phrase: &Phrase, head: u32, entity: u32) -> bool {
        matches!(self.view.noun_lemma(head).as_str(), "mère" | "père")
            && head > phrase.range.start + 1
            && self
                .speaker
                .is_some_and(|(speaker, sentence)| speaker == entity && self.sentence.saturating_sub(sentence) <= 1)
    }

    /// "une version que l'arbitre, Paul Roux, dément. « P », a répondu l'Espagnol": whom the narration has named in full for
    /// the first time in this paragraph, last before `at`.
    fn introduced_here(&self, at: u32, gender: Option<Gender>) -> Option<u32> {
        let upto = self.names.partition_point(|name| name.range.end <= at);
        let here = self
            .names
            .iter()
            .enumerate()
            .take(upto)
            .rev()
            .take_while(|(_, name)| at - name.range.start < 120 && self.view.same_line(name.range.start, at));
        here.filter(|(_, name)| {
            name.kind == NameKind::Person && name.range.len() > 1 && !self.is_spoken(name.range.start)
        })
        .find_map(|(index, name)| {
            let entity = self.register.of_name.get(index).copied().flatten()?;
            let first = self.known(entity)?.name == name.range;
            (first && gender.is_none_or(|gender| !self.known(entity).is_some_and(|k| k.contradicts(gender))))
                .then_some(entity)
        })
    }

    /// True for the office of a president, a king, a mayor: its holder needs no mention before.
    fn is_known_to_all(&self, head: u32, end: u32) -> bool {
        let office = people::office(self.view, head, end).0;
        is_supreme(&office) || matches!(stem(&office), "maire" | "préfet" | "gouverneur")
    }

    /// True if the most present person can be meant by this noun: by that of a supreme office only whom the text is about.
    fn can_hold(&self, entity: u32, margin: f32, head: u32, end: u32, shown: Option<Gender>) -> bool {
        !self.is_known_to_all(head, end)
            || margin > 0.5 && shown == Some(Gender::Feminine)
            || margin > 0.5 && self.presence.get(entity as usize).is_some_and(|p| p.count > 2)
            || margin > 0.3 && self.is_of_couple(entity)
            || margin > 0.8 && self.is_of_heading(entity, head)
    }

    /// "Roux à Sète⏎ Le président a promis": whom the heading names, in the first sentence below it.
    fn is_of_heading(&self, entity: u32, at: u32) -> bool {
        let last = self.presence.get(entity as usize).map_or(u32::MAX, |presence| presence.last);
        let heading = self.view.sentences.first().copied().unwrap_or_default();
        let below = self.view.sentences.get(1).copied().unwrap_or_default();
        heading.has(last) && below.has(at) && self.view.breaks_before(below.start)
    }

    /// "Son avocate dénonce… « P », dit Me Berger": who is named next with the function that a possessive introduced.
    fn named_next(&self, phrase: &Phrase, head: u32, gender: Option<Gender>) -> Option<u32> {
        let lemma = self.view.noun_lemma(head);
        let holders = self.holders.get(stem(&lemma))?;
        let first = phrase::first_inside(self.names, TokenRange::new(phrase.range.end, phrase.range.end));
        self.names.iter().enumerate().skip(first).take(6).find_map(|(index, name)| {
            let entity = self.register.of_name.get(index).copied().flatten()?;
            let near = self.sentence_of(name.range.start) <= self.sentence + 2;
            let fresh = self.presence.get(entity as usize).is_some_and(|p| p.count == 0);
            let agrees = gender.is_none_or(|g| self.known(entity).is_none_or(|known| !known.contradicts(g)));
            (near && fresh && agrees && holders.iter().any(|(holder, _)| *holder == entity)).then_some(entity)
        })
    }

    /// "Son coach a parlé d'un naufrage. « P », lâche Paul Roux": whom nothing introduces but the description before.
    fn speaks_next(&self, phrase: &Phrase) -> Option<u32> {
        /// References that are looked at.
        const NEXT: usize = 8;
        let after = self.refs.partition_point(|reference| reference.at <= phrase.range.end);
        let next = self.refs.iter().skip(after).take(NEXT).filter(|reference| reference.inside.is_none());
        let range = next.filter_map(|reference| reference.range).find(|range| range.start >= phrase.range.end)?;
        let index = phrase::first_inside(self.names, range);
        let name =
            self.names.get(index).filter(|name| range.contains(name.range) && range.len() <= name.range.len())?;
        let entity = self.register.of_name.get(index).copied().flatten()?;
        let known = self.known(entity)?;
        let beside = self.view.same_line(phrase.range.start, range.start);
        let fresh = known.roles.is_empty() && known.name == name.range && name.kind == NameKind::Person;
        let agrees = phrase.gender.is_none_or(|gender| !known.contradicts(gender));
        (beside && fresh && agrees && name.range.len() > 1).then_some(entity)
    }

    /// "Anne Berger est venue. La présidente de la région a dit…": a description with a complement takes up who is most
    /// present, if the text has given that person no function yet.
    fn elaborated(&self, head: u32, gender: Option<Gender>) -> Option<u32> {
        let (entity, margin) = self.by_salience(head, gender)?;
        let known = self.known(entity)?;
        let near = self.presence.get(entity as usize).is_some_and(|p| self.sentence.saturating_sub(p.sentence) <= 1);
        let spoke = self.speaker.is_some_and(|(speaker, _)| speaker == entity);
        // "Paul Roux a gagné. Le champion d'Europe a dit…": no office that somebody else would hold.
        let lemma = people::office(self.view, head, head + 3).0;
        let plain = (!is_office(&lemma) || stem(&lemma) == "candidat") && !is_bystander(&lemma);
        let free =
            known.roles.iter().all(|role| role.by_title || self.leaves_room(role) || plain && !is_office(&role.lemma));
        // "la star de la série" may be a man or a woman.
        let fresh =
            free && gender.is_none_or(|gender| known.gender() == Some(gender) || plain && !known.contradicts(gender));
        let sure = margin > 0.5 && (gender == Some(Gender::Feminine) || plain) || margin > 0.2 && spoke;
        (fresh && near && sure).then_some(entity)
    }

    /// "Anne et Paul Roux sont là … le président": one of a couple, and nobody else in the text can have this gender.
    fn is_of_couple(&self, entity: u32) -> bool {
        let Some(known) = self.known(entity) else { return false };
        let Some(gender) = known.gender() else { return false };
        let couple = self.pair.is_some_and(|(pair, _)| {
            pair.contains(known.name) && &*self.view.norm(pair.start + 1) == "et" && pair.len() <= 4
        });
        couple
            && (0_u32..).zip(&self.register.known).all(|(other, known)| {
                other == entity
                    || known.kind != NameKind::Person
                    || self.nameless.contains(&other)
                    || known.gender().is_some_and(|own| own != gender)
            })
    }

    /// "« P », dit Paul Roux. « Q », ajoute ce père de famille": "ce" points at who has just spoken.
    fn pointed_at(&self, head: u32, gender: Option<Gender>) -> Option<u32> {
        let (speaker, sentence) = self.speaker?;
        // "Anne Roux n'est pas d'accord. « P », raille cette voisine": who has come into the text since.
        let since = self.told_since(speaker).filter(|&entity| {
            !self.nameless.contains(&entity)
                && self.is_in_paragraph(entity, head)
                && !self.is_in_paragraph(speaker, head)
        });
        let entity = since.unwrap_or(speaker);
        let known = self.known(entity).filter(|known| known.kind == NameKind::Person)?;
        let agrees = gender.is_none_or(|gender| !known.contradicts(gender));
        let near = self.sentence.saturating_sub(sentence) <= 1;
        (agrees && near && !self.has_other_office(entity, head)).then_some(entity)
    }

    /// Remembers that a description was of this person.
    fn learn_role(&mut self, entity: u32, head: u32, rest: TokenRange) {
        let Some(known) = self.register.known.get_mut(entity as usize) else { return };
        let (lemma, details) = people::office(self.view, head, rest.end);
        let role = people::Role { range: TokenRange::new(head, rest.end), by_title: false, lemma, details };
        if known.roles.len() < people::MOST_ROLES && !known.roles.contains(&role) {
            let list = self.holders.entry(stem(&role.lemma).to_owned()).or_default();
            if list.len() < MOST_HOLDERS {
                list.push((entity, known.roles.len()));
            }
            known.roles.push(role);
        }
    }

    /// True if the description is an office and the person is known to hold another one: "le ministre" is no president.
    fn has_other_office(&self, entity: u32, head: u32) -> bool {
        let (lemma, _) = people::office(self.view, head, head + 3);
        // "cette ancienne juge" is something else today.
        if lemma.starts_with("ex-") || self.is_former(head) {
            return false;
        }
        // Who plays does not train: "l'attaquant" is no coach.
        let opposed = |role: &people::Role| {
            is_player(stem(&role.lemma)) && is_trainer(stem(&lemma))
                || is_trainer(stem(&role.lemma)) && is_player(stem(&lemma))
        };
        if self.known(entity).is_some_and(|known| known.roles.iter().any(opposed)) {
            return true;
        }
        // Whoever holds or held an office can be a candidate.
        is_office(&lemma)
            && stem(&lemma) != "candidat"
            && self.known(entity).is_some_and(|known| {
                known
                    .roles
                    .iter()
                    .any(|role| is_office(&role.lemma) && stem(&role.lemma) != stem(&lemma) && !self.leaves_room(role))
            })
    }

    /// An office beside which somebody can hold another one: one that is over, or the lead of a group.
    fn leaves_room(&self, role: &people::Role) -> bool {
        // A leader of a group can hold an office beside: "la cheffe de file" can be a mayor.
        let file = role.lemma == "chef" && role.details.first().is_some_and(|detail| detail == "file");
        file || role.lemma.starts_with("ex-") || self.is_former(role.range.start)
    }

    /// "l'ancienne ministre", "l'ex ministre": what the noun at `at` says is over.
    fn is_former(&self, at: u32) -> bool {
        at.checked_sub(1).is_some_and(|before| matches!(&*self.view.norm(before), "ancien" | "ancienne" | "ex"))
    }

    /// "La ministre a tranché. Anne Berger a promis…": who is first named in the sentences after the description, with
    /// no other function, and in the subject's place.
    fn introduced_next(&self, phrase: &Phrase, head: u32) -> Option<u32> {
        let lemma = self.view.noun_lemma(head);
        let rest = TokenRange::new(head + 1, phrase.range.end);
        let function = crate::lexicon::is(&lemma, crate::lexicon::Label::Function);
        let office = people::office(self.view, head, phrase.range.end).0;
        let named = is_office(&lemma) || is_office(&office) || lemma == "porte-parole";
        if !(named || function && self.has_complement(rest)) {
            return None;
        }
        let first = phrase::first_inside(self.names, TokenRange::new(phrase.range.end, phrase.range.end));
        let after = self.refs.partition_point(|reference| reference.at <= phrase.range.end);
        let next_speaker = self.refs.iter().skip(after).take(3).find_map(|reference| reference.range);
        self.names.iter().enumerate().skip(first).take(8).find_map(|(index, name)| {
            let entity = self.register.of_name.get(index).copied().flatten()?;
            let known = self.known(entity)?;
            let fresh = self.presence.get(entity as usize).is_some_and(|p| p.count == 0);
            let near = self.sentence_of(name.range.start) <= self.sentence + 2;
            let agrees = phrase.gender.is_none_or(|gender| !known.contradicts(gender));
            // "Le porte-parole a accusé… « P », a averti Paul Roux": named as who speaks next.
            let speaks =
                next_speaker.is_some_and(|range| range.contains(name.range) && range.len() <= name.range.len() + 1);
            let subject = self.weight(*name) >= 2.5 || speaks;
            // "Le maire a dit non. Paul restera": a first name alone is not who holds an office.
            let full = name.range.len() > 1 || name.title.is_some();
            // A function that is no office: of somebody of whom the text tells no other.
            let plain = named || known.roles.iter().all(|role| stem(&role.lemma) == stem(&lemma));
            (name.kind == NameKind::Person
                && full
                && plain
                && fresh
                && near
                && agrees
                && subject
                && !self.is_spoken(name.range.start)
                && !self.has_other_office(entity, head))
            .then_some(entity)
        })
    }

    fn has_complement(&self, rest: TokenRange) -> bool {
        // "l'homme d'affaires", "la femme de lettres"
        let noun = rest.start.checked_sub(1).map(|noun| self.view.noun_lemma(noun)).unwrap_or_default();
        let trade = matches!(noun.as_str(), "homme" | "femme")
            && matches!(
                &*self.view.norm(rest.start + 1),
                "affaires" | "église" | "état" | "lettres" | "loi" | "théâtre" | "radio" | "presse" | "foi"
            );
        let rest = if trade { TokenRange::new((rest.start + 2).min(rest.end), rest.end) } else { rest };
        (rest.start..rest.end).any(|i| {
            let word = self.view.norm(i);
            // Not "l'auteur de « La Digue »": the work says nothing of whom else it could be.
            // Nor "la tête de série".
            matches!(&*word, "de" | "du" | "des" | "d'")
                && self.view.upos(i + 1) != Upos::Num
                // "le joueur de deuxième année"
                && !self.view.norm(i + 1).ends_with("ième")
                && !(i == rest.start && matches!(self.view.form(i + 1), "série" | "liste") && self.view.form(i - 1) == "tête")
                && !matches!(self.view.form(i + 1), "«" | "“" | "\"")
                // "l'adjoint au logement"
                || i == rest.start && matches!(&*word, "à" | "au" | "aux")
        })
    }

    /// "la police", "l'agence", "le ministère": the organization named so before, else one of its own.
    fn organization(&mut self, phrase: &Phrase) -> Resolution {
        let answer = |entity, confidence, why| Resolution {
            entity,
            kind: MentionKind::Organization,
            gender: None,
            confidence,
            why,
        };
        let Some(head) = phrase.head else { return answer(None, 0.4, "organization") };
        if let Some((entity, confidence, why)) = self.body_taken_up(phrase, head) {
            return answer(Some(entity), confidence, why);
        }
        // "Paul Roux élève des canards. Le producteur demande des aides": somebody.
        if self.view.is(head, Facts::PERSON) && !self.has_complement(TokenRange::new(head + 1, phrase.range.end)) {
            let gender = phrase::person_gender(self.view, phrase.range.start, head);
            let person = self.description(&Phrase { kind: MentionKind::Person, gender, ..*phrase });
            if person.entity.is_some_and(|entity| !self.nameless.contains(&entity)) {
                return person;
            }
        }
        if phrase.determiner == Determiner::Indefinite
            && let Some(entity) = self.body_below(head)
        {
            return answer(Some(entity), 0.55, "named-below");
        }
        let entity = self.group(TokenRange::new(head, self.noun_phrase_end(head, phrase.range.end)));
        if let Some(known) = self.register.known.get_mut(entity as usize) {
            known.kind = NameKind::Organization;
        }
        answer(Some(entity), 0.8, "organization")
    }

    /// What kinds of body the noun at `head` takes up.
    fn class_of(&self, head: u32) -> BodyClass {
        BodyClass::of_noun(&self.view.noun_lemma(head)).with(BodyClass::of_noun(&self.view.norm(head)))
    }

    /// The organization of the text that a noun takes up, how sure that is, and why.
    fn body_taken_up(&self, phrase: &Phrase, head: u32) -> Option<(u32, f32, &'static str)> {
        let lemma = self.view.noun_lemma(head);
        let end = self.noun_phrase_end(head, phrase.range.end);
        let wanted = people::details(self.view, TokenRange::new(head + 1, end));
        let class = self.class_of(head);
        let mut best: Option<(u32, f32)> = None;
        for &entity in self.recent.iter().chain(self.bodies.get(&lemma).into_iter().flatten()) {
            if let Some(score) = self.takes_up(entity, &lemma, class, &wanted, head)
                && best.is_none_or(|(_, value)| score > value)
            {
                best = Some((entity, score));
            }
        }
        // "le club", "la direction": the only one of the kind in the text, though it was named long before.
        let definite = matches!(phrase.determiner, Determiner::Definite | Determiner::Demonstrative);
        let only = || if definite && wanted.is_empty() { self.only_body(class) } else { None };
        let by_noun = |(entity, score): (u32, f32)| (entity, (0.5 + 0.1 * score).min(0.85), "head-noun");
        match best {
            Some(best) if self.value(best.0) >= 1.5 || !self.known(best.0).is_some_and(|k| k.class.is_empty()) => {
                Some(by_noun(best))
            }
            _ => only().map(|entity| (entity, 0.5, "only-body")).or_else(|| best.map(by_noun)),
        }
    }

    /// The body that "celle-ci" means: the last noun phrase of the narration before it, within a sentence or two.
    fn body_just_mentioned(&self, phrase: &Phrase, gender: Gender) -> Option<u32> {
        const NEAR: u32 = 40;
        let at = phrase.range.start;
        if !matches!(&*self.view.norm(at), "celle-ci" | "celui-ci") || phrase.range.len() > 1 {
            return None;
        }
        let before = (at.saturating_sub(NEAR)..at).rev().take_while(|&i| !self.view.breaks_before(i + 1));
        let head = before.filter(|&i| i > 0 && !self.is_spoken(i)).find(|&i| {
            let person =
                self.view.is(i, Facts::PERSON) || self.view.is(i, Facts::CAPITAL) && !self.view.is(i, Facts::START);
            let body = self.view.is(i, Facts::BODY) && matches!(&*self.view.norm(i - 1), "la" | "le" | "l'");
            person || body
        })?;
        if self.view.is(head, Facts::PERSON.with(Facts::CAPITAL)) || self.view.noun_gender(head) != Some(gender) {
            return None;
        }
        let body = Phrase {
            range: TokenRange::new(head, head + 1),
            kind: MentionKind::Organization,
            determiner: Determiner::Definite,
            head: Some(head),
            ..*phrase
        };
        self.body_taken_up(&body, head).map(|(entity, ..)| entity)
    }

    /// The only organization of a kind that the text has named up to here, but those named after a company's noun.
    fn only_body(&self, class: BodyClass) -> Option<u32> {
        let mut bodies = self.met_bodies.iter().filter(|(kind, _)| kind.meets(class)).map(|(_, entity)| *entity);
        let entity = bodies.next()?;
        bodies.all(|other| other == entity).then_some(entity).flatten()
    }

    /// Notes that the text has named an organization: of each kind the only one, or that there are several.
    fn meet_body(&mut self, entity: u32) {
        let Some(known) = self.known(entity).filter(|known| known.kind == NameKind::Organization) else { return };
        if self.view.is(known.name.start, Facts::COMPANY) {
            return;
        }
        for kind in known.class.kinds() {
            match self.met_bodies.iter_mut().find(|(own, _)| *own == kind) {
                Some((_, only)) => *only = only.filter(|&only| only == entity),
                None => self.met_bodies.push((kind, Some(entity))),
            }
        }
    }

    /// "Un navire en détresse, selon une ONG": the only body of this kind that the lead below the heading names.
    fn body_below(&self, head: u32) -> Option<u32> {
        if !self.in_heading(head) {
            return None;
        }
        let class = self.class_of(head);
        let start = self.heading_end;
        let end = self.lead_end;
        let lead = phrase::first_inside(self.names, TokenRange::new(start, end));
        let bodies = self.names.iter().enumerate().skip(lead).take_while(|(_, name)| name.range.start < end);
        let mut bodies = bodies.filter_map(|(index, _)| {
            let entity = self.register.of_name.get(index).copied().flatten()?;
            let known = self.known(entity)?;
            (known.kind == NameKind::Organization && known.class.meets(class)).then_some(entity)
        });
        let first = bodies.next()?;
        bodies.all(|entity| entity == first).then_some(first)
    }

    /// How well "la société", "le ministère", "la centrale" takes up an organization: its name has the noun, the noun is
    /// of its kind, or nothing is known of its kind and it is what the text is about.
    fn takes_up(&self, entity: u32, lemma: &str, class: BodyClass, wanted: &[String], head: u32) -> Option<f32> {
        let known = self.known(entity).filter(|known| known.kind != NameKind::Person)?;
        let words: Vec<String> = (known.name.start..known.name.end).map(|i| noun_lemma(&self.view.norm(i))).collect();
        if words.iter().any(|word| word == lemma) {
            let same = wanted.iter().all(|w| words.contains(w));
            let met = known.name.start < head;
            return same.then(|| self.value(entity) + 3.0 + f32::from(u8::from(met)));
        }
        let own = known.class;
        if class.is_empty() || known.kind != NameKind::Organization {
            return None;
        }
        // "l'institution", "l'organisme": any body that the text has just named.
        if matches!(lemma, "institution" | "organisme" | "instance") && wanted.is_empty() && own == BodyClass::OTHER {
            let value = self.value(entity);
            return (value > 0.4).then_some(value + 0.5);
        }
        if words.first().is_some_and(|w| is_institution(w)) {
            return None;
        }
        let related = wanted.iter().filter(|w| words.iter().any(|own| related(w, own))).count();
        // "le parti écologiste", "le constructeur automobile japonais": adjectives may say what the name does not.
        let plain = wanted.len() - related <= 2 && !self.has_proper(head);
        let value = self.value(entity) + if related > 0 { 1.0 } else { 0.0 };
        if own.is_empty() {
            let nationality = |w: &String| crate::lexicon::is(w, crate::lexicon::Label::Demonym);
            // "le journal conservateur": who has just spoken, whatever it is.
            let spoke = self.speaker.is_some_and(|(speaker, _)| speaker == entity) && !self.has_proper(head);
            let all = spoke && wanted.len() <= 1
                || wanted.iter().all(|w| nationality(w) || words.iter().any(|own| self::related(w, own)));
            return (all && value > 0.4).then_some(value);
        }
        (own.meets(class) && plain && value > 0.05).then_some(value + 1.5)
    }

    /// True if a name complements the noun: "le groupe Martin", "la direction de Renault".
    fn has_proper(&self, head: u32) -> bool {
        let end = self.description_end(head);
        (head + 1..end).any(|i| self.view.is(i, Facts::CAPITAL))
    }

    /// Who issued a document: who its phrase names, or the participle after it; for "le rapport" the issuer of the last
    /// one; for "un communiqué" whom the text is speaking of.
    fn issuer(&mut self, phrase: &Phrase) -> (Option<u32>, f32) {
        let linked = phrase.complement.or_else(|| self.issued_by(phrase.range.end));
        let named = linked
            .and_then(|name| self.register.of_name.get(name as usize).copied().flatten())
            .filter(|&e| self.known(e).is_some_and(|k| k.kind != NameKind::Place));
        let Some(head) = phrase.head else { return (named, 0.6) };
        let lemma = self.view.noun_lemma(head);
        let named = named.or_else(|| self.body_of(phrase, head));
        if named.is_some() {
            self.note_issuer(lemma, named);
            return (named, 0.7);
        }
        let same = self.issuers.get(&lemma).copied();
        // "Selon le jugement": of the court spoken of last.
        if matches!(lemma.as_str(), "jugement" | "arrêt" | "ordonnance" | "verdict") && same.is_none() {
            let court = |entity: &u32| {
                self.known(*entity)
                    .is_some_and(|known| matches!(self.view.noun_lemma(known.name.start).as_str(), "tribunal" | "cour"))
            };
            if let Some(court) = self.recent.iter().rev().copied().find(court) {
                return (Some(court), 0.55);
            }
        }
        if matches!(phrase.determiner, Determiner::Definite | Determiner::Demonstrative) {
            return (same.or(self.issuer), 0.55);
        }
        // "selon un reportage" in the title, "un reportage diffusé par X" below.
        if same.is_some() && phrase.complement.is_none() && phrase.range.len() <= 2 {
            return (same, 0.55);
        }
        if !matches!(
            lemma.as_str(),
            "communiqué" | "tweet" | "message" | "site" | "page" | "compte" | "blog" | "lettre"
        ) {
            return (None, 0.6);
        }
        let top = self.recent.iter().copied().filter(|&entity| {
            !self.nameless.contains(&entity) && self.known(entity).is_some_and(|k| k.kind != NameKind::Other)
        });
        let top = top.map(|entity| (entity, self.value(entity))).max_by(|a, b| a.1.total_cmp(&b.1));
        (top.filter(|(_, value)| *value > 1.0).map(|(entity, _)| entity), 0.5)
    }

    /// "un communiqué de la préfecture": the body without a name that a document is of.
    fn body_of(&mut self, phrase: &Phrase, head: u32) -> Option<u32> {
        let of = matches!(&*self.view.norm(head + 1), "de" | "d'" | "du");
        let article = head + 2 + u32::from(matches!(&*self.view.norm(head + 2), "la" | "le" | "l'"));
        let definite = article > head + 2 || &*self.view.norm(head + 1) == "du";
        let body = Some(article).filter(|&at| of && definite && at < phrase.range.end)?;
        if !self.view.is(body, Facts::BODY) || self.view.upos(body) != Upos::Noun {
            return None;
        }
        let inner = Phrase {
            range: TokenRange::new(body, phrase.range.end),
            kind: MentionKind::Organization,
            determiner: Determiner::Definite,
            head: Some(body),
            ..*phrase
        };
        self.organization(&inner).entity
    }

    fn note_issuer(&mut self, lemma: String, issuer: Option<u32>) {
        self.issuer = issuer;
        if let Some(issuer) = issuer {
            self.issuers.insert(lemma, issuer);
        }
    }

    /// "Un rapport de l'ONU", "un reportage diffusé par X": the narration says who issued a document.
    fn read_document(&mut self, noun: u32) {
        let of = matches!(&*self.view.norm(noun + 1), "de" | "d'" | "du" | "des");
        let after = phrase::first_inside(self.names, TokenRange::new(noun + 1, noun + 1));
        let near = |name: &Name| {
            // "un tweet du député Paul Roux"
            let function = |i: u32| self.view.is(i, Facts::PERSON.with(Facts::TITLE)) || self.view.upos(i) == Upos::Adj;
            let beside = (noun + 2..name.range.start)
                .all(|i| self.view.upos(i) == Upos::Det || name.kind == NameKind::Person && function(i));
            name.range.start <= noun + 3 + 2 * u32::from(name.kind == NameKind::Person)
                && beside
                && name.kind != NameKind::Place
        };
        let held = self.names.get(after).filter(|name| of && near(name)).and(u32::try_from(after).ok());
        let name = held.or_else(|| self.issued_by(noun + 1));
        let issuer = name
            .and_then(|name| self.register.of_name.get(name as usize).copied().flatten())
            .filter(|&e| self.known(e).is_some_and(|k| k.kind != NameKind::Place));
        if issuer.is_some() {
            self.note_issuer(self.view.noun_lemma(noun), issuer);
        }
    }

    /// "un rapport | publié mardi par l'ONU", "diffusé par la chaîne belge X": the name after "par".
    fn issued_by(&self, end: u32) -> Option<u32> {
        if !self.view.feats(end).is_participle() {
            return None;
        }
        let by = (end..end + 8).find(|&i| &*self.view.norm(i) == "par")?;
        let index = phrase::first_inside(self.names, TokenRange::new(by, by));
        let name = self.names.get(index)?;
        let beside = (by + 1..name.range.start)
            .all(|i| matches!(self.view.upos(i), Upos::Det | Upos::Adj | Upos::Noun) || self.view.is(i, Facts::TITLE));
        (name.range.start <= by + 5 && beside).then(|| u32::try_from(index).ok()).flatten()
    }

    /// The end of a noun phrase before a comma, participle or relative.
    fn noun_phrase_end(&self, head: u32, end: u32) -> u32 {
        (head + 1..end)
            .find(|&i| {
                matches!(self.view.form(i), "," | "(" | ":" | "«")
                    || self.view.feats(i).is_participle() && self.view.upos(i) == Upos::Verb
            })
            .unwrap_or(end)
    }

    /// A quotation that no words attribute: who spoke last, if that was near.
    fn running_speaker(&self, index: u32, reference: SpeakerRef) -> Resolution {
        let near = self.speaker.filter(|(_, sentence)| self.sentence.saturating_sub(*sentence) <= 4);
        let outer = reference.inside.is_some();
        let next = self.before.get(index as usize + 1).copied().flatten().and_then(|answer| answer.entity);
        // "« P » Anne Berger, infirmière, ne mâche pas ses mots": who is named right after.
        let near = near.map(|(entity, _)| self.told_since(entity).unwrap_or(entity));
        let near = near.or_else(|| self.named_after(reference.at)).or(next.filter(|_| self.speaker.is_none()));
        // Before anybody has spoken: whom the text is about.
        let near = near.or_else(|| {
            let first = self.speaker.is_none().then(|| self.best(None, reference.at, true)).flatten();
            first.filter(|(_, margin)| *margin > 0.5).map(|(entity, _)| entity)
        });
        let entity = near.filter(|entity| !outer && !self.nameless.contains(entity));
        let known = entity.and_then(|e| self.known(e));
        Resolution {
            entity,
            kind: known.map_or(MentionKind::Unnamed, |k| people::mention_kind(k.kind)),
            gender: known.and_then(Known::gender),
            confidence: if entity.is_some() { 0.6 } else { 0.5 },
            why: "running-speaker",
        }
    }

    /// "« P », dit Anne Berger. Paul Roux a accepté. « Q »": somebody else whom the narration has been about since.
    fn told_since(&self, speaker: u32) -> Option<u32> {
        let present = |entity: u32| self.presence.get(entity as usize).copied().unwrap_or_default();
        let (at, value) = (present(speaker).last, self.value(speaker));
        let others = self.recent.iter().copied().filter(|&entity| {
            let known = self.known(entity).is_some_and(|known| known.kind == NameKind::Person);
            entity != speaker && known && present(entity).last > at && self.value(entity) > value.max(1.4)
        });
        others.max_by(|&a, &b| self.value(a).total_cmp(&self.value(b)))
    }

    /// The person in the subject's place of the narrator's sentence after a quotation, in its paragraph.
    fn named_after(&self, at: u32) -> Option<u32> {
        const FAR: u32 = 400;
        let first = phrase::first_inside(self.names, TokenRange::new(at, at));
        let (index, name) =
            self.names.iter().enumerate().skip(first).take(4).find(|(_, name)| !self.is_spoken(name.range.start))?;
        let near = name.range.start < at + FAR && self.view.same_line(at, name.range.start);
        let subject = name.kind == NameKind::Person && self.weight(*name) >= 2.5;
        self.register.of_name.get(index).copied().flatten().filter(|_| near && subject)
    }

    fn finish(self) -> (Vec<Entity>, Vec<Resolution>) {
        let groups: HashSet<u32> = self.groups.iter().map(|(entity, _)| *entity).collect();
        let speaking: HashSet<u32> = self.answers.iter().flatten().filter_map(|answer| answer.entity).collect();
        let mut first: Vec<u32> = vec![u32::MAX; self.register.known.len()];
        for (entity, mention) in &self.mentions {
            if let Some(place) = first.get_mut(*entity as usize) {
                *place = (*place).min(mention.range.start);
            }
        }
        // Towns, products and works are no entities, unless they speak: "Moscou a démenti".
        let listed = |id: u32, known: &Known| {
            !self.nameless.contains(&id)
                && (matches!(known.kind, NameKind::Person | NameKind::Organization) || speaking.contains(&id))
        };
        let mut order: Vec<u32> =
            (0_u32..).zip(&self.register.known).filter(|(id, known)| listed(*id, known)).map(|(id, _)| id).collect();
        order.sort_by_key(|&id| (first.get(id as usize).copied(), id));
        let mut entities: Vec<Entity> = Vec::with_capacity(order.len());
        let mut numbers: Vec<Option<u32>> = vec![None; self.register.known.len()];
        for id in order {
            let Some(known) = self.known(id) else { continue };
            if let Some(number) = numbers.get_mut(id as usize) {
                *number = u32::try_from(entities.len()).ok();
            }
            let group = groups.contains(&id) && known.kind == NameKind::Other;
            entities.push(Entity {
                kind: if group { MentionKind::Group } else { people::mention_kind(known.kind) },
                name: known
                    .full
                    .as_deref()
                    .unwrap_or_else(|| self.view.slice(known.name))
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .into(),
                gender: known.gender(),
                role: known.roles.iter().find(|role| !role.by_title).map(|role| role.range),
                mentions: Vec::new(),
            });
        }
        let number = |entity: u32| numbers.get(entity as usize).copied().flatten();
        for (entity, mention) in self.mentions {
            let Some(entity) = number(entity) else { continue };
            if let Some(place) = entities.get_mut(entity as usize) {
                place.mentions.push(Mention { entity: Some(entity), ..mention });
            }
        }
        for entity in &mut entities {
            entity.mentions.sort_by_key(|mention| (mention.range.start, mention.range.end));
            entity.mentions.dedup_by_key(|mention| mention.range);
        }
        let unknown =
            Resolution { entity: None, kind: MentionKind::Unnamed, gender: None, confidence: 0.0, why: "none" };
        // What the whole text shows of a gender holds for the first mention too.
        let answers = self.answers.into_iter().map(|answer| {
            let mut answer = answer.unwrap_or(unknown);
            answer.entity = answer.entity.and_then(number);
            let human = matches!(answer.kind, MentionKind::Person | MentionKind::Unnamed | MentionKind::Pronoun);
            if answer.gender.is_none() && human {
                answer.gender = answer.entity.and_then(|e| entities.get(e as usize)).and_then(|e| e.gender);
            }
            answer
        });
        let answers = answers.collect();
        (entities, answers)
    }
}

/// For each sentence, how many before it have a first or last word that is not spoken.
fn clock(view: &View, spoken: &[TokenRange]) -> Vec<u32> {
    let is_spoken = |token: u32| {
        let at = spoken.partition_point(|range| range.end <= token);
        spoken.get(at).is_some_and(|range| range.has(token))
    };
    let mut count = 0;
    let mut clock = Vec::with_capacity(view.sentences.len());
    for sentence in &view.sentences {
        clock.push(count);
        let last = sentence.end.saturating_sub(2).max(sentence.start);
        // The mark that opens what is spoken says nothing.
        let opened = matches!(view.form(sentence.start), "«" | "“" | "\"" | "”");
        let first = sentence.start + u32::from(opened);
        count += u32::from(!is_spoken(first.min(last)) || !is_spoken(last));
    }
    clock
}

/// How well a description fits a function: the same noun, no contradicting detail.
fn fits(lemma: &str, wanted: &[String], role: &str, details: &[String]) -> Option<f32> {
    let nationality = |words: &[String]| words.iter().any(|w| crate::lexicon::is(w, crate::lexicon::Label::Demonym));
    let common = wanted.iter().filter(|w| details.iter().any(|d| related(w, d))).count();
    // "le magistrat" is "le juge", "l'élu" the mayor.
    let scholar = matches!(lemma, "chercheur" | "scientifique" | "spécialiste" | "expert" | "universitaire");
    let broader = !matches!(lemma, "président" | "chef")
        && (same_office(lemma).contains(&stem(role)) || scholar && role.ends_with("ologue"));
    if stem(lemma) != stem(role) && broader {
        if wanted.is_empty() {
            return Some(1.0);
        }
        // "l'archevêque de Reims" can be Mgr Berger, of whom a title alone tells the office.
        if details.is_empty() {
            return Some(0.6);
        }
        // "l'élue du Rhône" can be "la cheffe de file des écologistes": a function that no place is part of.
        let thing = |detail: &String| crate::lexicon::lookup(detail).any(|entry| entry.upos() == Upos::Noun);
        if common == 0 && details.iter().all(|detail| is_adjective(detail) || thing(detail)) {
            return Some(0.5);
        }
        // "l'élue de Dole" can be "la députée écologiste", not the one of Sète.
        if common == 0 && !details.is_empty() && details.iter().all(|detail| is_adjective(detail)) {
            return Some(0.5);
        }
        // "le dirigeant socialiste" is "le chef de la majorité socialiste".
        if common > 0 {
            return Some(1.5);
        }
        // "le dirigeant breton" can be "le président de Brest", of whom nothing says where he is from.
        if nationality(wanted) && !nationality(details) && wanted.len() == 1 {
            return Some(0.5);
        }
    }
    if stem(lemma) != stem(role) {
        // "le président russe" is "le dirigeant russe".
        return (common > 0 && nationality(wanted)).then_some(2.0);
    }
    if wanted.is_empty() {
        return Some(1.5);
    }
    // "le chef de l'État" is "le président russe" or "le président", not that of a company.
    if wanted == [people::REPUBLIC] && common == 0 {
        return (details.is_empty() || nationality(details)).then_some(1.5);
    }
    if details.is_empty() && nationality(wanted) {
        return Some(1.0);
    }
    let missing = wanted.len() - common;
    if common == 0 && !details.is_empty() {
        // "le président russe" is not "le président français"; "le député de Sète" can be "le député socialiste".
        let nationality =
            |words: &[String]| words.iter().any(|w| crate::lexicon::is(w, crate::lexicon::Label::Demonym));
        return (!nationality(wanted) && !is_unique(lemma)).then_some(0.5);
    }
    #[expect(clippy::cast_precision_loss, reason = "a dozen words at most")]
    Some(2.0 + common as f32 - 0.5 * missing as f32)
}

fn is_adjective(word: &str) -> bool {
    crate::lexicon::lookup(word).any(|entry| entry.upos() == Upos::Adj)
}

/// Offices of which one person holds one at a time.
fn is_office(lemma: &str) -> bool {
    matches!(
        stem(lemma),
        "président"
            | "vice-président"
            | "ministre"
            | "premier-ministre"
            | "secrétaire"
            | "chancelier"
            | "roi"
            | "reine"
            | "pape"
            | "maire"
            | "préfet"
            | "gouverneur"
            | "ambassadeur"
            | "député"
            | "sénateur"
            | "législateur"
            | "procureur"
            | "directeur"
            | "chef"
            | "dirigeant"
            | "commissaire"
            | "élu"
            | "juge"
            | "candidat"
    )
}

/// Trades of those who play.
fn is_player(lemma: &str) -> bool {
    same_office("joueur").contains(&lemma) && lemma != "capitaine" || lemma == "joueur"
}

/// Trades of those who train players or judge over them.
fn is_trainer(lemma: &str) -> bool {
    matches!(lemma, "entraîneur" | "coach" | "sélectionneur" | "arbitre")
}

/// Offices of which everybody in a country knows the holder.
fn is_supreme(lemma: &str) -> bool {
    matches!(lemma, "président" | "premier-ministre" | "ministre" | "chancelier" | "roi" | "reine" | "pape")
}

/// The functions that a description with this one may take up, by lemma: `data/same_offices.txt`.
static SAME_OFFICES: LazyLock<Map<Vec<&str>>> = LazyLock::new(|| {
    entries(include_str!("../data/same_offices.txt"))
        .filter_map(|line| line.split_once(" : "))
        .map(|(noun, functions)| (noun, functions.split(' ').collect()))
        .collect()
});

/// See [`SAME_OFFICES`].
fn same_office(lemma: &str) -> &'static [&'static str] {
    SAME_OFFICES.get(lemma).map_or(&[], Vec::as_slice)
}

/// Offices that differ by what they are of: "le ministre de l'Intérieur" is not "le ministre de la Santé".
fn is_unique(lemma: &str) -> bool {
    matches!(
        stem(lemma),
        "président"
            | "ministre"
            | "secrétaire"
            | "roi"
            | "reine"
            | "directeur"
            | "maire"
            | "ambassadeur"
            | "chef"
            | "porte-parole"
            | "procureur"
            | "gouverneur"
            | "commissaire"
            | "avocat"
            | "frère"
            | "sœur"
            | "père"
            | "mère"
            | "fils"
            | "fille"
            | "ami"
            | "mari"
            | "femme"
    )
}

/// The same word, or a country and its demonym by their first letters ("russe", "Russie").
fn related(a: &str, b: &str) -> bool {
    a == b || {
        let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
        common >= 4 || common == 3 && a.chars().count().min(b.chars().count()) <= 5
    }
}

/// A function without "ex-", "vice-" kept.
fn stem(lemma: &str) -> &str {
    lemma.strip_prefix("ex-").unwrap_or(lemma)
}

/// Functions of those who pass by in the news: a description by them alone introduces somebody else.
fn is_bystander(lemma: &str) -> bool {
    matches!(
        lemma,
        "juge"
            | "procureur"
            | "avocat"
            | "médecin"
            | "témoin"
            | "policier"
            | "chauffeur"
            | "arbitre"
            | "porte-parole"
            | "voisin"
            | "gardien"
            | "magistrat"
            | "greffier"
            | "infirmier"
            | "mère"
            | "père"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_noun_of_an_office_is_one_of_the_lexicon_and_takes_up_others() {
        let lines: Vec<&str> = entries(include_str!("../data/same_offices.txt")).collect();
        assert_eq!(SAME_OFFICES.len(), lines.len());
        for (noun, functions) in SAME_OFFICES.iter() {
            assert!(crate::lexicon::lookup(noun).next().is_some(), "{noun} is no word of the lexicon");
            assert!(!functions.is_empty() && !functions.contains(noun), "{noun}");
        }
    }
}
