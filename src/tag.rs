//! Parts of speech, features and lemmas of surface tokens.
//!
//! Takes the tokens of a sentence, gives one [`Tagged`] a token. A contraction (*au, du, des*) stays one token here: its
//! tag says that it is one. Whether *du* or *des* is an article instead is told before, by `word.rs`, and by the tagger itself
//! where it is given forms alone.
//!
//! Three steps, each linear: a greedy averaged perceptron, which learned from gold tags and those of teachers, chooses one of 36 tags (part of speech with verb form or
//! pronoun type; Collins 2002), a second one chooses the features among those that the form can have, and the lemma
//! follows from form, tag and features by a list learned in training, the lexicon, or the ending. Source of the
//! method: `docs/analysis.md`; figures: `docs/accuracy.md`.
//!
//! ```
//! use propos::{TokenRange, Upos, tag, tokenize};
//! let text = "Les élues ont voté.";
//! let tokens = tokenize(text);
//! let (mut workspace, mut tagged) = (tag::Workspace::default(), Vec::new());
//! tag::tag(text, &tokens, TokenRange::new(0, 5), &mut workspace, &mut tagged);
//! assert_eq!(tagged[2].upos(), Upos::Aux);
//! assert_eq!(tag::lemma(text, &tokens[1], tagged[1]), "élu");
//! ```

mod lemma;
mod model;
mod morph;
mod word;

use std::borrow::Cow;

pub use model::{FEATURES, MAX_TAGS, Model, features};
pub use morph::{MORPH_FEATURES, Seen, key as morph_key, morph_features};
pub use word::{Word, hash};

use crate::morph::{Feats, Upos};
use crate::text::TokenRange;
use crate::token::Token;
use crate::word::{contraction, is_contraction};

/// A fine tag: the part of speech with what syntax most depends on (verb form, type of pronoun, contraction).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Tag(u8);

/// Part of speech, name of the finer kind, whether a contraction.
const TAGS: [(Upos, &str, bool); 36] = [
    (Upos::Adj, "", false),
    (Upos::Adp, "", false),
    (Upos::Adp, "Det", true),
    (Upos::Adp, "Pron", true),
    (Upos::Adv, "", false),
    (Upos::Adv, "Neg", false),
    (Upos::Adv, "Int", false),
    (Upos::Aux, "Fin", false),
    (Upos::Aux, "Inf", false),
    (Upos::Aux, "Past", false),
    (Upos::Aux, "Pres", false),
    (Upos::Cconj, "", false),
    (Upos::Det, "Art", false),
    (Upos::Det, "Dem", false),
    (Upos::Det, "Poss", false),
    (Upos::Det, "Int", false),
    (Upos::Det, "", false),
    (Upos::Intj, "", false),
    (Upos::Noun, "", false),
    (Upos::Num, "", false),
    (Upos::Pron, "Prs", false),
    (Upos::Pron, "Reflex", false),
    (Upos::Pron, "Rel", false),
    (Upos::Pron, "Int", false),
    (Upos::Pron, "Dem", false),
    (Upos::Pron, "", false),
    (Upos::Propn, "", false),
    (Upos::Punct, "", false),
    (Upos::Sconj, "", false),
    (Upos::Sym, "", false),
    (Upos::Verb, "Fin", false),
    (Upos::Verb, "Inf", false),
    (Upos::Verb, "Past", false),
    (Upos::Verb, "Pres", false),
    (Upos::Verb, "Imp", false),
    (Upos::X, "", false),
];

impl Tag {
    /// Number of tags.
    pub const COUNT: usize = TAGS.len();
    /// Stands before and after a sentence.
    pub const NONE: Self = Self(63);

    /// The tag of a word with this part of speech and these features.
    #[must_use]
    pub fn of(upos: Upos, feats: Feats) -> Self {
        let kind = match upos {
            // Places in the table for what the lexicon asks at every word; a test compares them with the names.
            Upos::Adj => return Self(0),
            Upos::Noun => return Self(18),
            Upos::Aux => return Self(7 + Self::form_of(feats)),
            Upos::Verb if feats.is_imperative() => return Self(34),
            Upos::Verb => return Self(30 + Self::form_of(feats)),
            Upos::Pron if feats.has("Reflex", "Yes") => "Reflex",
            Upos::Det if feats.has("Poss", "Yes") => "Poss",
            Upos::Adv if feats.has("Polarity", "Neg") => "Neg",
            Upos::Adv if feats.value("PronType").is_some() => "Int",
            Upos::Pron | Upos::Det => feats.value("PronType").unwrap_or_default(),
            _ => "",
        };
        Self::named(upos, kind).or_else(|| Self::named(upos, "")).unwrap_or_default()
    }

    /// The tag of a contraction whose second word is a determiner (*du*) or a pronoun (*duquel*).
    #[must_use]
    pub fn contracted(with: Upos) -> Self {
        if with == Upos::Pron { Self(3) } else { Self(2) }
    }

    /// Which form of a verb the features say: finite, infinitive, past or present participle.
    fn form_of(feats: Feats) -> u8 {
        match (feats.is_participle(), feats.is_past()) {
            (true, true) => 2,
            (true, false) => 3,
            (false, _) => u8::from(feats.is_infinitive()),
        }
    }

    fn named(upos: Upos, kind: &str) -> Option<Self> {
        TAGS.iter().position(|t| t.0 == upos && t.1 == kind && !t.2).and_then(|i| u8::try_from(i).ok()).map(Self)
    }

    /// The part of speech; of a contraction, that of its first word.
    #[inline]
    #[must_use]
    pub fn upos(self) -> Upos {
        TAGS.get(self.0 as usize).map_or(Upos::X, |t| t.0)
    }

    /// True if the token is two syntactic words: a preposition and a determiner or pronoun.
    #[must_use]
    pub fn is_contraction(self) -> bool {
        self.0 == 2 || self.0 == 3
    }

    /// The tag as a number below [`Tag::COUNT`] (or 63 for [`Tag::NONE`]).
    #[must_use]
    pub fn code(self) -> u8 {
        self.0
    }

    /// The tag of that number.
    #[must_use]
    pub fn from_code(code: u8) -> Self {
        Self(if (code as usize) < Self::COUNT { code } else { 63 })
    }
}

/// The analysis of one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tagged {
    /// The tag.
    pub tag: Tag,
    /// The features; of a contraction, those of its second word.
    pub feats: Feats,
    /// Hash of the form, for the accurate parser.
    pub(crate) form: u32,
    /// Lexicon class, for the parser.
    pub(crate) class: u16,
    /// Hash of the last three characters, for the accurate parser.
    pub(crate) ending: u32,
    /// Hash of the first five characters, for the accurate parser.
    pub(crate) stem: u32,
    /// The tag that came close to being chosen, [`Tag::NONE`] if none did; for the accurate parser.
    pub(crate) rival: Tag,
    /// Hash of the lemma that the lexicon has, or of the form, for the fast parser.
    pub(crate) lemma: u32,
}

impl Tagged {
    /// The analysis of a word that has been read.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "a hash")]
    pub fn new(word: &Word, tag: Tag, feats: Feats) -> Self {
        let class = (word.class ^ (word.class >> 9).wrapping_mul(0x9E5)) as u16;
        let [_, ending, ..] = word.suffixes;
        Self { tag, feats, form: word.form, class, ending, stem: word.stem, rival: Tag::NONE, lemma: word.form }
    }

    /// What the parsers see besides the form, as numbers: lexicon class, tag, close rival, agreement. For training.
    #[doc(hidden)]
    #[must_use]
    pub fn seen(self) -> [u32; 4] {
        let codes = [self.tag.code(), self.rival.code(), self.feats.agreement()].map(u32::from);
        [u32::from(self.class), codes[0], codes[1], codes[2]]
    }

    /// The part of speech; of a contraction, that of its first word (`ADP`).
    #[inline]
    #[must_use]
    pub fn upos(self) -> Upos {
        self.tag.upos()
    }

    /// Form and lemma of a word of the contraction `form`, if it is one: part 0 of "aux" is "à", part 1 "les" of "le".
    #[must_use]
    pub fn part(self, form: &str, part: u8) -> Option<(&'static str, &'static str)> {
        let parts = contraction(form).filter(|_| self.tag.is_contraction())?;
        let form = *parts.get(usize::from(part))?;
        let lemma = match form {
            _ if part == 0 => form,
            _ if form.contains("quel") => "lequel",
            _ if form.contains("dit") => "ledit",
            _ => "le",
        };
        Some((form, lemma))
    }
}

/// Buffers that are used again from sentence to sentence.
#[derive(Debug, Default)]
pub struct Workspace {
    pub(crate) words: Vec<Word>,
    known: Vec<Known>,
}

/// A form that has been read before.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// Hash of the bytes; 0 in an empty place.
    key: u64,
    word: Word,
}

/// Places for forms that have been read before: most words of an article come again.
const KNOWN: usize = 1024;

impl Workspace {
    /// Reads the forms of a sentence into `words`.
    fn read<'a>(&mut self, forms: impl Iterator<Item = &'a str>) {
        self.known.resize(KNOWN, Known::default());
        self.words.clear();
        let mut first = true;
        for form in forms {
            let key = word::hash64(form.as_bytes());
            let read = || Known { key, word: Word::read(form, false) };
            let word = match self.known.get_mut((key >> 54) as usize) {
                Some(known) if known.key == key => known.word,
                Some(place) => {
                    *place = read();
                    place.word
                }
                None => read().word,
            };
            let word = if first { word.first() } else { word };
            first = first && word.is_punctuation();
            self.words.push(word);
        }
    }
}

/// Tags the tokens `range` of `text`, a sentence, and appends their analyses to `out`.
///
/// Time and memory are linear in the number of tokens. A range past the last token is cut.
pub fn tag(text: &str, tokens: &[Token], range: TokenRange, workspace: &mut Workspace, out: &mut Vec<Tagged>) {
    let end = range.indices().end.min(tokens.len());
    let start = range.indices().start.min(end);
    let forms = tokens.get(start..end).unwrap_or_default().iter().map(|token| token.text(text));
    tag_with(model::shipped(), forms, workspace, out, |i, allowed| match allowed {
        // What syntactic words are is told before: by a model of its own, which reads fewer of them wrongly.
        Allowed::ContractionOrArticle if is_contraction(text, tokens, start + i) => Allowed::Contraction,
        Allowed::ContractionOrArticle => Allowed::Article,
        other => other,
    });
}

/// Tags a sentence given as forms with this model, and appends the analyses to `out`.
pub fn tag_forms<'a>(
    model: &Model,
    forms: impl Iterator<Item = &'a str> + Clone,
    workspace: &mut Workspace,
    out: &mut Vec<Tagged>,
) {
    tag_with(model, forms, workspace, out, |_, allowed| allowed);
}

/// As [`tag_forms`], where `decide` may know better which tags the token of that number can have.
fn tag_with<'a>(
    model: &Model,
    forms: impl Iterator<Item = &'a str> + Clone,
    workspace: &mut Workspace,
    out: &mut Vec<Tagged>,
    decide: impl Fn(usize, Allowed) -> Allowed,
) {
    workspace.read(forms.clone());
    let again = forms.clone();
    let (words, start) = (&workspace.words, out.len());
    let (mut before, mut last) = (Tag::NONE, Tag::NONE);
    let mut buffer = [0; FEATURES];
    for (i, form) in forms.enumerate() {
        features(words, i, last, before, &mut buffer);
        let (tag, rival) = model.best(&buffer, decide(i, allowed(form)));
        if let Some(word) = words.get(i) {
            out.push(Tagged { rival, ..Tagged::new(word, tag, Feats::NONE) });
        }
        (before, last) = (last, tag);
    }
    if let Some(tagged) = out.get_mut(start..) {
        model.add_feats(words, tagged);
        for ((form, word), tagged) in again.zip(words).zip(tagged) {
            tagged.lemma = lemma::hashed(form, word, *tagged);
        }
    }
}

/// Reads the forms of a sentence into `words`.
pub fn read_words<'a>(forms: impl Iterator<Item = &'a str>, words: &mut Vec<Word>) {
    words.clear();
    let mut first = true;
    for form in forms {
        let word = Word::read(form, first);
        // An opening mark or dash leaves the next word first: « Les capitales… ».
        first = first && word.is_punctuation();
        words.push(word);
    }
}

/// The model that ships with the crate.
#[must_use]
pub fn shipped() -> &'static Model {
    model::shipped()
}

/// The tags that a form can have: contractions are a closed list, and `au`, `aux` are never anything else.
#[must_use]
pub fn allowed(form: &str) -> Allowed {
    match contraction(form) {
        None if is_figures(form) => {
            if form.contains(['-', '/']) {
                Allowed::NumberOrNoun
            } else {
                Allowed::Number
            }
        }
        None => Allowed::Plain,
        Some(_) if form.eq_ignore_ascii_case("du") || form.eq_ignore_ascii_case("des") => Allowed::ContractionOrArticle,
        Some(_) => Allowed::Contraction,
    }
}

/// True of "1995", "131-113" and "6 20 30": digits, and nothing that is a letter.
fn is_figures(form: &str) -> bool {
    form.starts_with(|c: char| c.is_ascii_digit()) && !form.contains(char::is_alphabetic)
}

/// Which tags a form can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// Any but a contraction.
    Plain,
    /// A contraction only.
    Contraction,
    /// A contraction or an article.
    ContractionOrArticle,
    /// An article.
    Article,
    /// A number.
    Number,
    /// A number, or a noun as dates and results are in some treebanks.
    NumberOrNoun,
}

impl Allowed {
    /// The tags as a set of bits by [`Tag::code`].
    const fn tags(self) -> u64 {
        match self {
            Self::Plain => ((1 << Tag::COUNT) - 1) & !0b1100,
            Self::Contraction => 0b1100,
            Self::ContractionOrArticle => 1 << 2 | 1 << 12,
            Self::Article => 1 << 12,
            Self::Number => 1 << 19,
            Self::NumberOrNoun => 1 << 18 | 1 << 19,
        }
    }

    /// True if the tag is among those.
    #[must_use]
    pub fn has(self, tag: Tag) -> bool {
        self.tags() >> tag.0.min(63) & 1 == 1
    }
}

/// The lemma of a token, in the conventions of UD French: "les" -> "le", "députée" -> "député", "a" -> "avoir".
#[must_use]
pub fn lemma<'a>(text: &'a str, token: &Token, tagged: Tagged) -> Cow<'a, str> {
    lemma_of(token.text(text), tagged)
}

/// The lemma of a form.
#[must_use]
pub fn lemma_of(form: &str, tagged: Tagged) -> Cow<'_, str> {
    lemma::lemma(model::shipped(), form, tagged)
}

/// The key of a lower-cased form in a model's list of lemmas.
#[must_use]
pub fn lemma_key(lower: &str, upos: Upos) -> u32 {
    morph::lemma_key(lower.as_bytes(), upos)
}

/// As [`lemma_of`], with another model.
#[must_use]
pub fn lemma_with<'a>(model: &Model, form: &'a str, tagged: Tagged) -> Cow<'a, str> {
    lemma::lemma(model, form, tagged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_frequent_tags_are_those_of_their_names() {
        let named = |upos, kind| Tag::named(upos, kind).expect("a tag");
        for (upos, feats, kind) in [
            (Upos::Adj, "Gender=Fem", ""),
            (Upos::Noun, "Gender=Fem", ""),
            (Upos::Verb, "Mood=Ind|Tense=Past|VerbForm=Fin", "Fin"),
            (Upos::Verb, "VerbForm=Inf", "Inf"),
            (Upos::Verb, "Tense=Past|VerbForm=Part", "Past"),
            (Upos::Verb, "Tense=Pres|VerbForm=Part", "Pres"),
            (Upos::Verb, "Mood=Imp|VerbForm=Fin", "Imp"),
            (Upos::Aux, "Mood=Imp|VerbForm=Fin", "Fin"),
            (Upos::Aux, "VerbForm=Inf", "Inf"),
            (Upos::Aux, "Tense=Past|VerbForm=Part", "Past"),
            (Upos::Aux, "VerbForm=Part", "Pres"),
        ] {
            assert_eq!(Tag::of(upos, Feats::parse(feats)), named(upos, kind), "{upos} {feats}");
        }
        assert!(Allowed::ContractionOrArticle.has(named(Upos::Det, "Art")));
        assert!(Allowed::NumberOrNoun.has(named(Upos::Num, "")) && Allowed::NumberOrNoun.has(named(Upos::Noun, "")));
        assert_eq!((allowed("2:00.531"), allowed("131-113")), (Allowed::Number, Allowed::NumberOrNoun));
        assert_eq!((allowed("3e"), allowed("%"), allowed("G8")), (Allowed::Plain, Allowed::Plain, Allowed::Plain));
        assert!(
            (0..64)
                .all(|code| Allowed::Plain.has(Tag(code)) == ((code as usize) < Tag::COUNT && code != 2 && code != 3))
        );
    }

    #[test]
    fn words_that_come_again_are_read_as_at_first() {
        let forms = ["«", "Le", "maire", "Le", "maire", "L’", "’", "maire", "«", "le"];
        let (mut workspace, mut words) = (Workspace::default(), Vec::new());
        for _ in 0..2 {
            workspace.read(forms.into_iter());
            read_words(forms.into_iter(), &mut words);
            assert_eq!(format!("{:?}", workspace.words), format!("{words:?}"));
        }
    }
}
