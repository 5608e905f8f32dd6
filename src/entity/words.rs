//! What single words say about names and people: the lists under `data/`, the lexicon, the shape of the letters.
//!
//! Takes the columns of a text, gives one set of [`Facts`] a token. Every other file of this stage reads these facts and
//! no list of its own.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::Gender;
use crate::chars::norm;
use crate::lexicon::{self, Label};
use crate::morph::{Feats, Upos};
use crate::tag::Tagged;
use crate::text::{TokenRange, slice};
use crate::token::{Map, Token, TokenKind, entries};

/// A list of `word [flag]` lines, as a table from word to flag (a blank where there is none).
type List = LazyLock<Map<char>>;

fn read(list: &'static str) -> Map<char> {
    entries(list)
        .map(|line| match line.split_once(' ') {
            Some((word, flag)) => (word, flag.chars().next().unwrap_or(' ')),
            None => (line, ' '),
        })
        .collect()
}

static PEOPLE: List = LazyLock::new(|| read(include_str!("../data/people.txt")));
static CHARACTERS: List = LazyLock::new(|| read(include_str!("../data/characters.txt")));
static GROUPS: List = LazyLock::new(|| read(include_str!("../data/groups.txt")));
static DOCUMENTS: List = LazyLock::new(|| read(include_str!("../data/documents.txt")));
static BODIES: List = LazyLock::new(|| read(include_str!("../data/bodies.txt")));
static BODY_CLASSES: LazyLock<Map<BodyClass>> = LazyLock::new(|| {
    let mut classes: Map<BodyClass> = Map::default();
    for (kind, nouns) in entries(include_str!("../data/body_classes.txt")).filter_map(|line| line.split_once(" : ")) {
        for noun in nouns.split(' ') {
            let class = classes.entry(noun).or_default();
            *class = class.with(BodyClass::named(kind));
        }
    }
    classes
});
/// Letters of the longest ending, with the "^" of the start.
const LONGEST_ENDING: usize = 5;

static ENDINGS: LazyLock<Map<f32>> = LazyLock::new(|| {
    entries(include_str!("../data/first_name_endings.txt"))
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(ending, percent)| Some((ending, percent.parse::<f32>().ok()? / 100.0)))
        .collect()
});
static PLACES: List = LazyLock::new(|| read(include_str!("../data/places.txt")));
static PARTICLES: List = LazyLock::new(|| read(include_str!("../data/particles.txt")));
static FAMILY_FIRST: List = LazyLock::new(|| read(include_str!("../data/family_first.txt")));
static IMPERSONAL: List = LazyLock::new(|| read(include_str!("../data/impersonal.txt")));

/// What kinds of organization a noun can take up: a set, empty where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct BodyClass(u16);

impl BodyClass {
    /// The kinds of `data/body_classes.txt`, with the letter that marks them in `data/bodies.txt`.
    const KINDS: [(&'static str, char); 12] = [
        ("company", 'c'),
        ("media", 'm'),
        ("armed", 'g'),
        ("party", 'p'),
        ("association", 'a'),
        ("public", 'i'),
        ("bank", '-'),
        ("union", '-'),
        ("club", '-'),
        ("school", '-'),
        ("care", '-'),
        ("learned", '-'),
    ];

    /// A kind that no noun takes up: a ministry, a factory.
    pub(crate) const OTHER: Self = Self(1 << 15);

    fn at(index: Option<usize>) -> Self {
        Self(index.map_or(0, |index| 1 << index))
    }

    fn named(kind: &str) -> Self {
        Self::at(Self::KINDS.iter().position(|entry| entry.0 == kind))
    }

    fn flagged(flag: char) -> Self {
        Self::at(Self::KINDS.iter().position(|entry| entry.1 == flag))
    }

    /// The kinds that a noun, by its lemma, can take up.
    pub(crate) fn of_noun(lemma: &str) -> Self {
        BODY_CLASSES.get(lemma).copied().unwrap_or_default()
    }

    /// The kind of an organization that everybody knows.
    pub(crate) fn of_name(form: &str) -> Self {
        BODIES.get(form).map(|flag| Self::flagged(*flag)).unwrap_or_default()
    }

    /// The kinds that a noun shows when it stands in or beside a name: those it can take up, or none of them.
    pub(crate) fn shown(lemma: &str) -> Self {
        let class = Self::of_noun(lemma);
        if class.is_empty() { Self::OTHER } else { class }
    }

    /// The union.
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Its kinds, one by one.
    pub(crate) fn kinds(self) -> impl Iterator<Item = Self> {
        (0..u16::BITS).map(|bit| Self(1 << bit)).filter(move |kind| self.meets(*kind))
    }

    /// True if the two have a kind in common.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// True if nothing is known.
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Endings of inhabitants, of a man and of a woman; only the first four show that a word no list has is one.
pub(crate) const DEMONYM_ENDINGS: [[&str; 2]; 6] =
    [["ien", "ienne"], ["ais", "aise"], ["ois", "oise"], ["éen", "éenne"], ["ain", "aine"], ["and", "ande"]];

/// Facts about one token, as a set of flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Facts(u32);

impl Facts {
    /// A capital first letter.
    pub(crate) const CAPITAL: Self = Self(1);
    /// At least two letters, all capitals.
    pub(crate) const CAPITALS: Self = Self(1 << 1);
    /// A capital with a full stop: `W.`, `J.-C.`
    pub(crate) const INITIAL: Self = Self(1 << 2);
    /// First word of a sentence, of a quotation or after a colon: the capital says nothing.
    pub(crate) const START: Self = Self(1 << 3);
    /// A title before a name.
    pub(crate) const TITLE: Self = Self(1 << 4);
    /// A first name in INSEE's counts.
    pub(crate) const FIRST: Self = Self(1 << 5);
    /// A first name of many people.
    pub(crate) const FREQUENT: Self = Self(1 << 6);
    /// A surname of the lexicon.
    pub(crate) const SURNAME: Self = Self(1 << 7);
    /// A country, region, town or capital.
    pub(crate) const PLACE: Self = Self(1 << 8);
    /// A place that stands for its government.
    pub(crate) const SEAT: Self = Self(1 << 9);
    /// Head noun of an organization.
    pub(crate) const BODY: Self = Self(1 << 10);
    /// A noun that denotes a person.
    pub(crate) const PERSON: Self = Self(1 << 11);
    /// A demonym, noun or adjective.
    pub(crate) const DEMONYM: Self = Self(1 << 12);
    /// In lower case a word of the dictionary.
    pub(crate) const COMMON: Self = Self(1 << 13);
    /// In lower case an article, pronoun, preposition, conjunction or adverb.
    pub(crate) const GRAMMAR: Self = Self(1 << 14);
    /// A lower-case word inside names ("von"); with [`Self::WEAK`] only after a first name or title ("de").
    pub(crate) const PARTICLE: Self = Self(1 << 15);
    /// See [`Self::PARTICLE`].
    pub(crate) const WEAK: Self = Self(1 << 16);
    /// Stands before the name of a place ("ville", "lac").
    pub(crate) const PLACE_NOUN: Self = Self(1 << 17);
    /// First word of a place's name ("New").
    pub(crate) const PLACE_FIRST: Self = Self(1 << 18);
    /// Last word of a place's name ("County").
    pub(crate) const PLACE_LAST: Self = Self(1 << 19);
    /// A Roman number.
    pub(crate) const ROMAN: Self = Self(1 << 20);
    /// Part of a name as a proper noun of the lexicon.
    pub(crate) const PROPER: Self = Self(1 << 21);
    /// In a heading that is all capitals.
    pub(crate) const HEADING: Self = Self(1 << 22);
    /// Part of a name of an organization only as it stands, in another language ("Times").
    pub(crate) const FOREIGN_BODY: Self = Self(1 << 23);

    /// A surname that stands first in China, Korea and Vietnam.
    pub(crate) const FAMILY_FIRST: Self = Self(1 << 27);
    /// A capitalized word that is no name by itself ("Noël", "État").
    pub(crate) const NO_NAME: Self = Self(1 << 24);
    /// Stands before the name of a thing ("ouragan").
    pub(crate) const THING_NOUN: Self = Self(1 << 25);
    /// A company, medium or agency that everybody knows.
    pub(crate) const COMPANY: Self = Self(1 << 26);

    /// A document, a study, a work.
    pub(crate) const DOCUMENT: Self = Self(1 << 28);

    /// True if any of the flags of `other` is set.
    pub(crate) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The union.
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn set(&mut self, other: Self, on: bool) {
        if on {
            self.0 |= other.0;
        }
    }
}

/// A text with its columns, and the facts about each token.
pub(crate) struct View<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    /// The sentences; those that end without a mark or a line's end are one with the next.
    pub(crate) sentences: Vec<TokenRange>,
    pub(crate) tags: &'a [Tagged],
    facts: Vec<Facts>,
    /// Where lines begin but the first: tokens, ascending.
    lines: Vec<u32>,
}

impl<'a> View<'a> {
    /// Reads every token once.
    pub(crate) fn new(text: &'a str, tokens: &'a [Token], sentences: &'a [TokenRange], tags: &'a [Tagged]) -> Self {
        let facts = vec![Facts::default(); tokens.len()];
        let mut view = Self { text, tokens, sentences: Vec::new(), tags, facts, lines: Vec::new() };
        view.lines = (1..view.len()).filter(|&i| view.breaks_before(i)).collect();
        for sentence in sentences {
            let soft = sentence.start > 0
                && !view.breaks_before(sentence.start)
                && tokens.get(..sentence.start as usize).is_some_and(|before| {
                    let open = |t: &Token| t.kind == TokenKind::Word;
                    match before {
                        [.., word, mark] if matches!(mark.text(text), "»" | "”" | "\"") => open(word),
                        [.., last] => open(last),
                        [] => false,
                    }
                });
            match view.sentences.last_mut().filter(|_| soft) {
                Some(last) => last.end = sentence.end,
                None => view.sentences.push(*sentence),
            }
        }
        for index in 0..view.sentences.len() {
            if let Some(sentence) = view.sentences.get(index).copied() {
                view.read_sentence(sentence);
            }
        }
        view
    }

    /// The token as it stands.
    pub(crate) fn form(&self, i: u32) -> &'a str {
        self.tokens.get(i as usize).map_or("", |token| token.text(self.text))
    }

    /// The token in lower case.
    pub(crate) fn norm(&self, i: u32) -> Cow<'a, str> {
        norm(self.form(i))
    }

    /// The text of a range.
    pub(crate) fn slice(&self, range: TokenRange) -> &'a str {
        match self.tokens.get(range.indices()) {
            Some([first, .., last]) => slice(self.text, first.span.start as usize..last.span.end as usize),
            Some([only]) => only.text(self.text),
            _ => "",
        }
    }

    pub(crate) fn facts(&self, i: u32) -> Facts {
        self.facts.get(i as usize).copied().unwrap_or_default()
    }

    /// True if token `i` has any of these facts.
    pub(crate) fn is(&self, i: u32, facts: Facts) -> bool {
        self.facts(i).any(facts)
    }

    pub(crate) fn upos(&self, i: u32) -> Upos {
        self.tags.get(i as usize).map_or(Upos::X, |tagged| tagged.upos())
    }

    pub(crate) fn feats(&self, i: u32) -> Feats {
        self.tags.get(i as usize).map_or(Feats::NONE, |tagged| tagged.feats)
    }

    /// True if a finite verb or auxiliary in the third person, or not marked for person.
    pub(crate) fn is_finite(&self, i: u32) -> bool {
        matches!(self.upos(i), Upos::Verb | Upos::Aux) && self.feats(i).is_finite()
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.tokens.len()).unwrap_or(u32::MAX)
    }

    /// True if a line break stands between tokens `i - 1` and `i`.
    pub(crate) fn breaks_before(&self, i: u32) -> bool {
        let at = i as usize;
        let (Some(last), Some(this)) = (self.tokens.get(at.wrapping_sub(1)), self.tokens.get(at)) else { return true };
        slice(self.text, last.span.end as usize..this.span.start as usize).contains('\n')
    }

    /// True if no line break stands between two tokens.
    pub(crate) fn same_line(&self, first: u32, last: u32) -> bool {
        let line = |i: u32| self.lines.partition_point(|&start| start <= i);
        line(first) == line(last)
    }

    /// Where the line of this number begins, counted from 0; none if there are fewer.
    pub(crate) fn line_start(&self, number: usize) -> Option<u32> {
        number.checked_sub(1).map_or(Some(0), |at| self.lines.get(at).copied())
    }

    fn read_sentence(&mut self, sentence: TokenRange) {
        let heading = self.is_heading(sentence);
        let mut start = true;
        for i in sentence.start..sentence.end {
            let token = self.tokens.get(i as usize);
            let Some(token) = token else { return };
            let form = token.text(self.text);
            let mut facts = Facts::default();
            if matches!(token.kind, TokenKind::Word | TokenKind::Abbreviation) {
                facts = self.read_word(i, form, start, heading);
                start = false;
            } else if token.kind == TokenKind::Punctuation {
                start =
                    start || matches!(form, ":" | "«" | "“" | "\"" | "–" | "—" | "-" | "•" | "?" | "!" | "…" | "...");
            } else {
                start = false;
            }
            if let Some(place) = self.facts.get_mut(i as usize) {
                *place = facts;
            }
        }
    }

    /// A sentence of at least two words whose letters are nearly all capitals.
    fn is_heading(&self, sentence: TokenRange) -> bool {
        let (mut upper, mut lower, mut words) = (0_usize, 0_usize, 0_usize);
        for i in sentence.start..sentence.end {
            let form = self.form(i);
            words += usize::from(form.chars().any(char::is_alphabetic));
            upper += form.chars().filter(|c| c.is_uppercase()).count();
            lower += form.chars().filter(|c| c.is_lowercase()).count();
        }
        words >= 3 && upper > 8 * lower
    }

    fn read_word(&self, i: u32, form: &str, start: bool, heading: bool) -> Facts {
        let mut facts = Facts::default();
        let mut chars = form.chars();
        let first = chars.next().unwrap_or(' ');
        let capital = first.is_uppercase();
        let upos = self.upos(i);
        if !capital {
            let key = norm(form);
            if let Some(flag) = PARTICLES.get(&*key) {
                facts.set(Facts::PARTICLE, true);
                facts.set(Facts::WEAK, *flag == 'w');
            }
            if key.starts_with("al-") || key.starts_with("el-") || key.starts_with("d'") && key.len() > 2 {
                facts.set(Facts::PARTICLE, true);
            }
            if matches!(upos, Upos::Noun | Upos::Adj | Upos::Propn | Upos::X)
                || upos == Upos::Verb && self.is_noun_by_place(i, &key)
            {
                read_noun(&key, &mut facts);
            }
            // "la tête de liste", "la tête de série numéro 3"
            facts.set(Facts::PERSON, self.is_head_of(i));
            return facts;
        }
        facts.set(Facts::CAPITAL, true);
        facts.set(Facts::START, start);
        facts.set(Facts::HEADING, heading);
        let letters = form.chars().filter(|c| c.is_alphabetic()).count();
        facts.set(Facts::CAPITALS, letters > 1 && !form.chars().any(char::is_lowercase));
        facts.set(
            Facts::INITIAL,
            form.ends_with('.') && letters <= 3 && form.chars().filter(|c| c.is_uppercase()).count() == letters,
        );
        facts.set(Facts::ROMAN, form.chars().all(|c| matches!(c, 'I' | 'V' | 'X')));
        let lower = norm(form);
        let mut known = false;
        for entry in lexicon::lookup(&lower) {
            known |= entry.upos() != Upos::Propn;
            facts.set(
                Facts::GRAMMAR,
                matches!(
                    entry.upos(),
                    Upos::Det | Upos::Pron | Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Aux | Upos::Adv
                ),
            );
        }
        if !known && (heading || first == 'E' || first == 'A') {
            // "ECONOMIE", "Etat": capitals without their accents.
            known = lexicon::resolve(form).is_some_and(|key| key.starts_with(char::is_lowercase));
        }
        facts.set(Facts::COMMON, known);
        facts.set(Facts::GRAMMAR, form.ends_with('\'') || form.ends_with('’'));
        facts.set(Facts::TITLE, lexicon::title(form).is_some());
        if facts.any(Facts::GRAMMAR) && !facts.any(Facts::TITLE) && start {
            return facts;
        }
        let name = if facts.any(Facts::CAPITALS) { Cow::Owned(titled(&lower)) } else { Cow::Borrowed(form) };
        for entry in lexicon::lookup(&name) {
            facts.set(Facts::PROPER, entry.upos() == Upos::Propn || !known);
            facts.set(Facts::SURNAME, entry.is(Label::Surname));
            facts.set(Facts::PLACE, entry.is(Label::Place) || entry.is(Label::Country));
            facts.set(Facts::PLACE.with(Facts::SEAT), entry.is(Label::Capital));
            facts.set(Facts::SEAT, entry.is(Label::Country));
        }
        facts.set(Facts::FAMILY_FIRST, FAMILY_FIRST.contains_key(form));
        if let Some(share) = first_name(form) {
            facts.set(Facts::FIRST, share.frequency() >= 4);
            facts.set(Facts::FREQUENT, share.frequency() >= 10);
        }
        match PLACES.get(form) {
            Some('f') => facts.set(Facts::PLACE_FIRST, true),
            Some('l') => facts.set(Facts::PLACE_LAST, true),
            Some('n') => facts.set(Facts::NO_NAME, true),
            Some('r') => facts.set(Facts::PLACE, true),
            Some('a') => facts.set(Facts::PLACE.with(Facts::SEAT), true),
            _ => {}
        }
        // "le Président-candidat", "la Sénatrice-maire"
        let compound =
            lower.split_once('-').filter(|_| !facts.any(Facts::FIRST.with(Facts::PLACE).with(Facts::PROPER)));
        let function = compound.and_then(|(noun, last)| [noun, last].into_iter().find(|part| is_function(part)));
        // "la Haute-Commissaire"
        if let Some(noun) = function {
            facts.set(Facts::COMMON, true);
            read_noun(noun, &mut facts);
        } else if known || facts.any(Facts::TITLE) || facts.any(Facts::CAPITALS) && PEOPLE.contains_key(&*lower) {
            read_noun(&lower, &mut facts);
            // "le PDG" too.
            facts.set(Facts::PERSON, facts.any(Facts::CAPITALS) && PEOPLE.contains_key(&*lower));
        } else if lexicon::is(form, Label::Demonym) || self.ends_as_demonym(i, form) {
            facts.set(Facts::DEMONYM, true);
        }
        facts.set(Facts::COMPANY, !BodyClass::of_name(form).is_empty());
        // Without accents a heading's word may look like another one: "LILLE".
        if heading && facts.any(Facts::PLACE.with(Facts::FREQUENT)) && lexicon::lookup(&lower).next().is_none() {
            facts.0 &= !Facts::COMMON.0;
        }
        if !facts.any(Facts::BODY) {
            facts.set(Facts::BODY.with(Facts::FOREIGN_BODY), BODIES.get(form) == Some(&'x'));
            // "l'ONG"
            facts.set(Facts::BODY, facts.any(Facts::CAPITALS) && BODIES.get(&*lower) == Some(&' '));
        }
        facts
    }

    /// "tête de liste", "tête de série": somebody, of either gender.
    fn is_head_of(&self, i: u32) -> bool {
        self.form(i) == "tête" && self.form(i + 1) == "de" && matches!(self.form(i + 2), "liste" | "série")
    }

    /// "l'enseignant", "Anne Roux, adjointe à la culture": the name of a trade that was read as a participle.
    fn is_noun_by_place(&self, i: u32, key: &str) -> bool {
        if !(key.ends_with("ant") || key.ends_with("ante") || is_function(key)) {
            return false;
        }
        let before = self.norm(i.saturating_sub(1));
        let article = matches!(&*before, "le" | "l'" | "un" | "cet" | "cette" | "la" | "une" | "son" | "sa");
        let after = self.norm(i + 1);
        let apposed =
            &*before == "," && matches!(&*after, "à" | "au" | "aux" | "en" | "de" | "du" | "dans" | "chez" | ",");
        article || apposed && (is_function(key) || PEOPLE.contains_key(key))
    }

    /// "le Biarrois", "la Lorientaise": a word that no list has, with an article and an ending of inhabitants.
    fn ends_as_demonym(&self, i: u32, form: &str) -> bool {
        let article = matches!(&*self.norm(i.saturating_sub(1)), "le" | "la" | "l'" | "un" | "une" | "les" | "des");
        article
            && form.len() > 6
            && DEMONYM_ENDINGS.iter().take(4).flatten().any(|ending| form.ends_with(ending))
            && lexicon::lookup(form).next().is_none()
            && lexicon::first_name(form).is_none()
    }

    /// The lemma (masculine singular) of a noun, by the dictionary.
    pub(crate) fn noun_lemma(&self, i: u32) -> String {
        noun_lemma(&self.norm(i))
    }

    /// The grammatical gender of a noun: from its tag, else from the lexicon.
    pub(crate) fn noun_gender(&self, i: u32) -> Option<Gender> {
        let key = self.norm(i);
        let (mut f, mut m) = (false, false);
        for entry in lexicon::lookup(&key).filter(|e| e.upos() == Upos::Noun) {
            let feats = entry.feats();
            f |= feats.is_feminine() || !feats.is_masculine();
            m |= feats.is_masculine() || !feats.is_feminine();
        }
        match (f, m) {
            (true, false) => Some(Gender::Feminine),
            (false, true) => Some(Gender::Masculine),
            _ => None,
        }
    }

    /// True for a noun whose gender says nothing of the person's ("une victime", "une star").
    pub(crate) fn is_epicene(&self, i: u32) -> bool {
        let key = self.norm(i);
        key == "victime" || self.is_head_of(i) || PEOPLE.get(noun_lemma(&key).as_str()) == Some(&'x')
    }

    /// True for a singular noun of several people ("couple").
    pub(crate) fn is_group_noun(&self, i: u32) -> bool {
        GROUPS.contains_key(noun_lemma(&self.norm(i)).as_str())
    }

    /// True for a document, a study, a work.
    pub(crate) fn is_document(&self, i: u32) -> bool {
        DOCUMENTS.contains_key(noun_lemma(&self.norm(i)).as_str())
    }

    /// True if an "il" before token `i` stands for nobody.
    pub(crate) fn is_impersonal(&self, i: u32) -> bool {
        // "il n'en faut pas plus"
        let i = i + u32::from(matches!(&*self.norm(i), "en" | "me" | "te" | "lui" | "nous" | "vous" | "leur"));
        let verb = self.norm(i);
        if IMPERSONAL.get(&*verb) == Some(&' ') {
            return true;
        }
        let is_copula = matches!(&*verb, "est" | "était" | "serait" | "sera" | "fut" | "n'est");
        is_copula && (1..=3).any(|n| IMPERSONAL.get(&*self.norm(i + n)) == Some(&'a'))
    }
}

/// What a lower-case noun or adjective denotes.
fn read_noun(key: &str, facts: &mut Facts) {
    for entry in lexicon::lookup(key) {
        facts.set(Facts::TITLE, entry.is(Label::Title));
        facts.set(Facts::DEMONYM, entry.is(Label::Demonym));
        if entry.upos() != Upos::Noun && entry.upos() != Upos::Adj {
            continue;
        }
        let lemma = entry.lemma();
        facts.set(Facts::PERSON, entry.is(Label::Function) || PEOPLE.contains_key(&*lemma));
        let listed = BODIES.contains_key(&*lemma) || entry.upos() == Upos::Noun && BODIES.contains_key(key);
        facts.set(Facts::BODY, entry.is(Label::Organization) || listed);
        facts.set(Facts::DOCUMENT, DOCUMENTS.contains_key(&*lemma));
        let place = PLACES.get(&*lemma);
        facts.set(Facts::PLACE_NOUN, place == Some(&'b'));
        facts.set(Facts::THING_NOUN, place == Some(&'t'));
    }
    facts.set(Facts::PERSON, is_person_noun(key));
}

/// True for the name of a country, a continent, a region or a town.
pub(crate) fn is_place(form: &str) -> bool {
    lexicon::lookup(form).any(|entry| entry.is(Label::Place) || entry.is(Label::Country))
}

/// True for the noun of a function or profession.
fn is_function(key: &str) -> bool {
    lexicon::lookup(key).any(|entry| entry.is(Label::Function))
}

/// True if a noun, in lower case, denotes a human being: listed, or the feminine of a noun of its own ("maraîchère").
/// Wider than [`Facts::PERSON`]: in tales whoever acts is somebody.
pub(crate) fn is_human(key: &str) -> bool {
    let feminine = ["ère", "euse", "trice", "ienne", "esse"].iter().any(|end| key.ends_with(end));
    lexicon::title(key).is_some()
        || is_person_noun(key)
        || CHARACTERS.contains_key(key)
        || lexicon::lookup(key).filter(|entry| matches!(entry.upos(), Upos::Noun | Upos::Adj)).any(|entry| {
            let lemma = entry.lemma();
            entry.is(Label::Function)
                || PEOPLE.get(&*lemma).is_some_and(|flag| *flag == ' ' || &*lemma == "enfant")
                || CHARACTERS.contains_key(&*lemma)
                || feminine && entry.upos() == Upos::Noun && &*lemma != key
        })
}

/// True for the noun of a trade or an office ("curé"), by lemma.
pub(crate) fn is_trade(noun: &str) -> bool {
    CHARACTERS.get(noun) == Some(&'m') || lexicon::is(noun, Label::Function)
}

/// True for a form that an "il" before it makes impersonal: "faut", "pleut", "y".
pub(crate) fn is_impersonal(form: &str) -> bool {
    IMPERSONAL.get(form) == Some(&' ')
}

/// The counts of a first name; INSEE has "ETIENNE" for "Étienne".
pub(crate) fn first_name(form: &str) -> Option<lexicon::GenderShare> {
    // "Saint-Rémy" is a town or a surname.
    if form.starts_with("Saint-") || form.starts_with("Sainte-") {
        return None;
    }
    lexicon::first_name(form).or_else(|| {
        let bare: String = form.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
        (bare.len() < form.len()).then(|| lexicon::first_name(&bare)).flatten()
    })
}

/// The gender that nearly everybody of a first name has.
pub(crate) fn usual_gender(form: &str) -> Option<Gender> {
    let share = first_name(form).filter(|share| share.frequency() >= 4)?;
    match share.female_percent() {
        0..=10 => Some(Gender::Masculine),
        90.. => Some(Gender::Feminine),
        _ => None,
    }
}

/// Women among the holders of a first name that no list has, 0 to 1, by its last letters: "Oksandra" ends as women's do.
pub(crate) fn share_by_ending(form: &str) -> Option<f32> {
    let letters: Vec<char> = std::iter::once('^').chain(plain_letters(form)).collect();
    if letters.len() < 4 || letters.contains(&'.') {
        return None;
    }
    let longest = letters.len().min(LONGEST_ENDING);
    (1..=longest).rev().find_map(|n| {
        let ending: String = letters.iter().skip(letters.len() - n).collect();
        ENDINGS.get(ending.as_str()).copied()
    })
}

/// The letters of a word in lower case, without accents.
pub(crate) fn plain_letters(form: &str) -> impl Iterator<Item = char> {
    form.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase)
}

/// A letter without its accent.
pub(crate) fn unaccented(letter: char) -> char {
    letter.nfd().next().unwrap_or(letter)
}

/// Endings of the nouns of people that no list holds.
fn is_person_noun(key: &str) -> bool {
    key.len() > 6 && (key.ends_with("iste") || key.ends_with("ologue") || key.ends_with("crate"))
        || key.ends_with("istes")
        || key.strip_prefix("ex-").is_some_and(|rest| {
            let lemma = noun_lemma(rest);
            PEOPLE.contains_key(lemma.as_str())
                || lexicon::is(rest, Label::Function)
                || lexicon::is(&lemma, Label::Function)
        })
        || key.strip_prefix("co-").is_some_and(|rest| PEOPLE.contains_key(rest) || lexicon::is(rest, Label::Function))
        || is_compound_person(key)
}

/// "aide-soignante", "chauffeur-livreur": a compound that the dictionary lacks, and somebody by its last word.
pub(crate) fn is_compound_person(key: &str) -> bool {
    let last = key.rsplit_once('-').map(|(_, last)| last).filter(|last| last.len() > 3);
    last.is_some_and(|last| {
        let listed = |entry: lexicon::Entry| PEOPLE.contains_key(&*entry.lemma()) || entry.is(Label::Function);
        lexicon::lookup(key).next().is_none()
            && lexicon::lookup(last).filter(|entry| entry.upos() == Upos::Noun).any(listed)
    })
}

/// The lemma of a noun, or the form itself.
pub(crate) fn noun_lemma(key: &str) -> String {
    let found = lexicon::lookup(key).find(|entry| entry.upos() == Upos::Noun);
    found
        .or_else(|| lexicon::lookup(key).find(|e| e.upos() == Upos::Adj))
        .map_or_else(|| key.to_owned(), |e| e.lemma().into_owned())
}

/// True for a noun that has a masculine and a feminine ("paroissien, paroissienne"): it denotes somebody.
pub(crate) fn has_both_genders(key: &str) -> bool {
    const PAIRS: [(&str, &str); 9] = [
        ("ien", "ienne"),
        ("eur", "euse"),
        ("teur", "trice"),
        ("er", "ère"),
        ("on", "onne"),
        ("f", "ve"),
        ("x", "se"),
        ("el", "elle"),
        ("", "e"),
    ];
    let noun = |word: &str, lemma: &str, feminine: bool| {
        lexicon::lookup(word).any(|entry| {
            let feats = entry.feats();
            entry.upos() == Upos::Noun
                && entry.lemma() == lemma
                && (if feminine { feats.is_feminine() } else { feats.is_masculine() })
        })
    };
    let lemma = noun_lemma(key);
    if lemma != key {
        return noun(key, &lemma, true) && noun(&lemma, &lemma, false);
    }
    noun(key, &lemma, false)
        && PAIRS.iter().any(|(masculine, feminine)| {
            key.strip_suffix(masculine).is_some_and(|stem| noun(&[stem, feminine].concat(), &lemma, true))
        })
}

/// True for a noun that one form makes masculine and feminine ("internaute"): it denotes somebody, but for a few.
pub(crate) fn is_of_either_gender(key: &str) -> bool {
    let nouns = || lexicon::lookup(key).filter(|entry| entry.upos() == Upos::Noun);
    let both = nouns().any(|entry| !entry.feats().is_feminine() && !entry.feats().is_masculine())
        || nouns().any(|entry| entry.feats().is_feminine()) && nouns().any(|entry| entry.feats().is_masculine());
    both && nouns().all(|entry| entry.feats().is_singular())
}

/// "saint-étienne" -> "Saint-Étienne".
fn titled(lower: &str) -> String {
    let mut out = String::with_capacity(lower.len());
    let mut start = true;
    for c in lower.chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        start = matches!(c, '-' | '\'');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_holds_words_with_the_flags_that_are_known() {
        let lists: [(&List, &str, usize); 9] = [
            (&PEOPLE, " x", 400),
            (&CHARACTERS, " m", 100),
            (&GROUPS, " ", 30),
            (&DOCUMENTS, " x", 80),
            (&BODIES, " xcmgpai", 150),
            (&PLACES, "bflaontr", 150),
            (&PARTICLES, "ws", 30),
            (&FAMILY_FIRST, " ", 40),
            (&IMPERSONAL, " a", 50),
        ];
        for (list, flags, least) in lists {
            assert!(list.len() >= least, "{}", list.len());
            for (word, flag) in list.iter() {
                assert!(flags.contains(*flag) && !word.contains(' '), "{word} {flag}");
            }
        }
    }

    #[test]
    fn every_class_of_bodies_is_known_and_every_noun_of_it_is_a_body() {
        for (kind, nouns) in entries(include_str!("../data/body_classes.txt")).filter_map(|l| l.split_once(" : ")) {
            assert!(!BodyClass::named(kind).is_empty(), "{kind}");
            for noun in nouns.split(' ') {
                let listed = BODIES.contains_key(noun) || lexicon::is(noun, Label::Organization);
                assert!(listed, "{noun}");
            }
        }
        assert!(BodyClass::of_noun("ministère").is_empty());
        assert!(BodyClass::of_noun("syndicat").meets(BodyClass::of_noun("centrale")));
    }
}
