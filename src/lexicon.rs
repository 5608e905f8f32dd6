//! The lexicon: form -> analyses (lemma, part of speech, features), first names with gender, and labels such as
//! "surname", "title", "country", "demonym", "noun of a function".
//!
//! It is a read-only view of `data/lexicon.bin`, an MPL-2.0 file compiled by `examples/build_lexicon.rs` from the
//! Grammalecte lexicon, INSEE's first names and the lists under `data/`; nothing is parsed or copied at start. Forms
//! stand in a minimal automaton whose final states carry a value: the number of a list of analyses, each of which says
//! how to make the lemma from the form (strip so many bytes, append a string). The bytes are described in
//! `docs/analysis.md`.
//!
//! ```
//! use propos::lexicon::{lookup, first_name};
//! use propos::Upos;
//! let entry = lookup("déclarèrent").next().unwrap();
//! assert_eq!((entry.lemma(), entry.upos()), ("déclarer".into(), Upos::Verb));
//! assert!(first_name("Camille").unwrap().female_percent() > 50);
//! ```

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::error::{Error, Result};
use crate::model::{u16_at, u32_at, u64_at};
use crate::morph::{Feats, Upos};

static BYTES: &[u8] = include_bytes!("data/lexicon.bin");

/// The shipped lexicon; a test opens it, so that the empty one never stands in.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::open(BYTES).unwrap_or_default());

/// Values with an analysis that is a title.
static TITLES: LazyLock<Values> = LazyLock::new(|| Values::with(Label::Title));

const MAGIC: &[u8; 8] = b"proposLX";
const VERSION: u32 = 1;
/// Bytes of an analysis, of a lemma rule, and of the fixed header.
const ANALYSIS: usize = 16;
const RULE: usize = 8;
const HEADER: usize = 56;
/// Set in the value of a first name's key; the rest is the share of women and the frequency.
const NAME: u16 = 0x8000;
/// What stands before a first name in the automaton.
const NAME_PREFIX: u8 = 1;
/// Longest form that is looked up, in bytes.
const MAX_FORM: usize = 64;

/// What a word is besides its part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Label {
    /// A first name ("Marie"); see also [`first_name`].
    FirstName = 1,
    /// A surname ("Dupont").
    Surname = 1 << 1,
    /// A title that stands before a name ("M.", "Mme", "docteur").
    Title = 1 << 2,
    /// A town or another place.
    Place = 1 << 3,
    /// An inhabitant or what belongs to a country, region or town ("russe", "parisienne").
    Demonym = 1 << 4,
    /// A language.
    Language = 1 << 5,
    /// A country, a continent or a region.
    Country = 1 << 6,
    /// A capital, whose name stands for a government ("Washington", "Pékin").
    Capital = 1 << 7,
    /// The head noun of an organization's name ("ministère", "syndicat").
    Organization = 1 << 8,
    /// A function or profession ("président", "porte-parole").
    Function = 1 << 9,
    /// A verb used without object.
    Intransitive = 1 << 10,
    /// A verb with a direct object.
    Transitive = 1 << 11,
    /// A verb with an indirect object.
    Indirect = 1 << 12,
    /// A verb used with a reflexive pronoun.
    Pronominal = 1 << 13,
    /// An impersonal verb.
    Impersonal = 1 << 14,
    /// A verb whose auxiliary is "être".
    WithEtre = 1 << 15,
    /// A noun that differs from its lemma in gender ("présidente", lemma "président").
    Feminized = 1 << 16,
    /// An acronym.
    Acronym = 1 << 17,
}

/// One analysis of a form.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    key: &'a str,
    strip: u8,
    add: &'static str,
    upos: Upos,
    feats: Feats,
    labels: u32,
}

impl<'a> Entry<'a> {
    /// The lemma, as the dictionary has it ("les" -> "les"); [`crate::tag`] gives that of UD.
    #[must_use]
    pub fn lemma(&self) -> Cow<'a, str> {
        match self.lemma_parts() {
            (stem, "") => Cow::Borrowed(stem),
            (stem, add) => Cow::Owned(format!("{stem}{add}")),
        }
    }

    /// The lemma in two parts: what it shares with the form, and what comes after that.
    pub(crate) fn lemma_parts(&self) -> (&'a str, &'static str) {
        let keep = self.key.len().saturating_sub(self.strip as usize);
        self.key.get(..keep).map_or((self.key, ""), |stem| (stem, self.add))
    }

    /// The part of speech.
    #[must_use]
    pub fn upos(&self) -> Upos {
        self.upos
    }

    /// The features.
    #[must_use]
    pub fn feats(&self) -> Feats {
        self.feats
    }

    /// True if the word has this label.
    #[must_use]
    pub fn is(&self, mark: Label) -> bool {
        self.labels & mark as u32 != 0
    }
}

/// How INSEE counts a first name among the births in France since 1900.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GenderShare {
    female: u8,
    frequency: u8,
}

impl GenderShare {
    /// Women among those of that name, in percent.
    #[must_use]
    pub fn female_percent(self) -> u8 {
        self.female
    }

    /// Binary logarithm of the number of births, rounded down: 10 means 1,024 to 2,047.
    #[must_use]
    pub fn frequency(self) -> u8 {
        self.frequency
    }

    /// 'f' or 'm' if at least 90 percent are, else `None`.
    #[must_use]
    pub fn gender(self) -> Option<char> {
        match self.female {
            90.. => Some('f'),
            ..=10 => Some('m'),
            _ => None,
        }
    }
}

/// The analyses of the form `norm`, which must be spelled as in the lexicon (straight apostrophe; case as in a
/// dictionary): see [`resolve`] for a form as it stands in a text. No analysis if the form is unknown.
pub fn lookup(norm: &str) -> impl Iterator<Item = Entry<'_>> {
    LEXICON.entries(norm, LEXICON.value(norm.as_bytes()))
}

/// The spelling under which the lexicon knows `form`: as it is, without capitals ("Il" -> "il", "LES" -> "les"), with
/// one ("MARSEILLE" -> "Marseille"), with the accents that capitals lack ("ECONOMIE" -> "économie"). `None` if it does not.
#[must_use]
pub fn resolve(form: &str) -> Option<Cow<'_, str>> {
    LEXICON.resolve(form).map(|(key, _)| key)
}

/// The spelling of [`resolve`] with its value, for [`entries`].
pub(crate) fn resolve_value(form: &str) -> Option<(Cow<'_, str>, u16)> {
    LEXICON.resolve(form)
}

/// The analyses of the form `key`, whose value is known.
pub(crate) fn entries(key: &str, value: u16) -> impl Iterator<Item = Entry<'_>> {
    LEXICON.entries(key, value)
}

/// Every known form that `lower`, in small letters, spells but for accents; the form without any may be among them.
/// With `first_only`, only its first letter may lack one. In capitals first ("Élise") if no form in small letters fits.
pub(crate) fn accented_forms(lower: &str, first_only: bool) -> Vec<String> {
    let mut out = Vec::new();
    if lower.len() <= MAX_FORM {
        let free = if first_only { 1 } else { usize::MAX };
        for form in [lower, &capitalize(lower)] {
            let mut budget = 512;
            LEXICON.all_accented(LEXICON.root, form, free, &mut String::new(), &mut budget, &mut out);
        }
    }
    out
}

/// The counts by gender of a first name, whatever its case. Of a compound that INSEE does not have ("Jean-Yanis"), its
/// first part answers.
#[must_use]
pub fn first_name(form: &str) -> Option<GenderShare> {
    LEXICON.first_name(form).or_else(|| form.split_once('-').and_then(|(first, _)| LEXICON.first_name(first)))
}

/// True if the form has an analysis with this label, in any of the spellings of [`resolve`].
#[must_use]
pub fn is(form: &str, mark: Label) -> bool {
    let has = |value: u16| LEXICON.list(value).any(|analysis| LEXICON.labels(analysis) & mark as u32 != 0);
    // "PARIS" is a plural of "pari" as well.
    LEXICON.resolve(form).is_some_and(|(_, value)| has(value))
        || (form.starts_with(char::is_uppercase) && has(LEXICON.value(titled(form).as_bytes())))
}

/// True if `form` is known as a surname.
#[must_use]
pub fn is_surname(form: &str) -> bool {
    lookup(form).any(|entry| entry.is(Label::Surname)) || is(form, Label::Surname)
}

/// The gender, 'm' or 'f', of a title before a name ("Mme" -> 'f'); 'e' if it is of both ("Me").
#[must_use]
pub fn title(form: &str) -> Option<char> {
    let (_, value) = LEXICON.resolve(form)?;
    // Most words are none, and share their analyses with many others.
    if !TITLES.contains(value) {
        return None;
    }
    let entry = LEXICON.entries("", value).find(|entry| entry.is(Label::Title))?;
    Some(if entry.feats().is_feminine() {
        'f'
    } else if entry.feats().is_masculine() {
        'm'
    } else {
        'e'
    })
}

/// The value of a form for the tagger: 0 if unknown; `form` in UTF-8, spelled as in the lexicon.
pub(crate) fn value(form: &[u8]) -> u16 {
    LEXICON.value(form)
}

/// The ambiguity class of a value: forms with the same sets of parts of speech and verb forms share one.
pub(crate) fn class(value: u16) -> u16 {
    LEXICON.class(value)
}

/// What INSEE says of a lower-cased form as a first name, in three bits: 0 none or rare, else woman, man or both, and
/// whether frequent.
pub(crate) fn name_class(form: &[u8]) -> u8 {
    let value = LEXICON.step(LEXICON.root, NAME_PREFIX).map_or(0, |names| LEXICON.value_from(names, form));
    let (female, frequency) = (value >> 5 & 127, value & 31);
    match (value & NAME, frequency) {
        (0, _) | (_, ..=5) => 0,
        (_, frequency) => {
            let gender = if female >= 90 { 0 } else { 1 + u8::from(female > 10) };
            1 + gender + if frequency >= 11 { 3 } else { 0 }
        }
    }
}

/// Parts of speech and features of the analyses behind a value of [`value`].
pub(crate) fn analyses(value: u16) -> impl Iterator<Item = (Upos, Feats)> {
    LEXICON.list(value).map(|analysis| LEXICON.tag(analysis))
}

/// A set of values: one bit each.
#[derive(Debug)]
struct Values(Vec<u64>);

impl Values {
    /// The values of which an analysis has this label.
    fn with(mark: Label) -> Self {
        let n_values = u16::try_from(LEXICON.starts.len() / 2).unwrap_or(NAME - 1);
        let mut bits = vec![0; usize::from(n_values) / 64 + 1];
        for value in 1..n_values {
            let has = LEXICON.list(value).any(|analysis| LEXICON.labels(analysis) & mark as u32 != 0);
            if let Some(word) = bits.get_mut(usize::from(value) / 64).filter(|_| has) {
                *word |= 1 << (value % 64);
            }
        }
        Self(bits)
    }

    fn contains(&self, value: u16) -> bool {
        self.0.get(usize::from(value) / 64).is_some_and(|word| word >> (value % 64) & 1 != 0)
    }
}

/// Sections of the file, as they stand in the binary.
#[derive(Debug, Default, Clone, Copy)]
struct Lexicon {
    root: u32,
    /// Automaton: per state one word (value in the low 16 bits, number of arcs above), then its arcs by label.
    words: &'static [u8],
    /// Shape `(n_values + 1,)`, u16: where the list of a value starts.
    starts: &'static [u8],
    /// Shape `(n_values,)`, u16: the ambiguity class of a value.
    classes: &'static [u8],
    /// u16: numbers of analyses.
    lists: &'static [u8],
    /// Shape `(n_analyses, 16)`: feats u64, labels u32, rule u16, upos u8, 0.
    analyses: &'static [u8],
    /// Shape `(n_rules, 8)`: offset u32, length u8, strip u8, 0, 0.
    rules: &'static [u8],
    strings: &'static str,
}

impl Lexicon {
    /// A view of `bytes`.
    ///
    /// # Errors
    /// If the magic, the version or the shapes are not those of a lexicon.
    fn open(bytes: &'static [u8]) -> Result<Self> {
        let wrong = |what: &str| Error::data(format!("lexicon: {what}; build it anew with examples/build_lexicon.rs"));
        if bytes.get(..8) != Some(MAGIC) || u32_at(bytes, 8) != VERSION || bytes.len() < HEADER {
            return Err(wrong("wrong magic or version"));
        }
        let mut at = HEADER;
        let mut section = |field: usize, unit: usize| {
            let length = u32_at(bytes, 16 + 4 * field) as usize * unit;
            let part = bytes.get(at..at + length);
            at += length;
            part.ok_or_else(|| wrong("shorter than its header says"))
        };
        section(7, 1)?;
        let (words, starts, classes) = (section(0, 4)?, section(1, 2)?, section(2, 2)?);
        let (lists, analyses, rules) = (section(3, 2)?, section(4, ANALYSIS)?, section(5, RULE)?);
        let strings = std::str::from_utf8(section(6, 1)?).map_err(|_| wrong("strings are not UTF-8"))?;
        Ok(Self { root: u32_at(bytes, 12), words, starts, classes, lists, analyses, rules, strings })
    }

    /// The target of the arc `label` of the state at `state`.
    fn step(&self, state: u32, label: u8) -> Option<u32> {
        let n_arcs = u32_at(self.words, state as usize * 4) >> 16;
        let first = state as usize + 1;
        let (mut low, mut high) = (first, first + n_arcs as usize);
        while high - low > 8 {
            let middle = usize::midpoint(low, high);
            if (u32_at(self.words, middle * 4) & 0xFF) as u8 <= label {
                low = middle;
            } else {
                high = middle;
            }
        }
        let arcs = self.words.get(low * 4..high * 4)?.chunks_exact(4);
        arcs.map(|arc| u32_at(arc, 0)).find(|arc| (arc & 0xFF) as u8 == label).map(|arc| arc >> 8)
    }

    fn value(&self, form: &[u8]) -> u16 {
        self.value_from(self.root, form)
    }

    fn value_from(&self, mut state: u32, form: &[u8]) -> u16 {
        if form.is_empty() || form.len() > MAX_FORM || self.words.is_empty() {
            return 0;
        }
        for byte in form {
            match self.step(state, *byte) {
                Some(next) => state = next,
                None => return 0,
            }
        }
        (u32_at(self.words, state as usize * 4) & 0xFFFF) as u16
    }

    fn class(&self, value: u16) -> u16 {
        u16_at(self.classes, value as usize * 2)
    }

    fn entries<'a>(&self, key: &'a str, value: u16) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        let lexicon = *self;
        self.list(value).map(move |analysis| lexicon.entry(key, analysis))
    }

    /// Numbers of the analyses behind a value.
    fn list(&self, value: u16) -> impl Iterator<Item = u16> + use<> {
        let known = value != 0 && value & NAME == 0;
        let (start, end) = if known {
            (u16_at(self.starts, value as usize * 2), u16_at(self.starts, value as usize * 2 + 2))
        } else {
            (0, 0)
        };
        let lists = self.lists;
        (start..end).map(move |i| u16_at(lists, i as usize * 2))
    }

    /// The labels of an analysis, a bit each.
    fn labels(&self, analysis: u16) -> u32 {
        u32_at(self.analyses, analysis as usize * ANALYSIS + 8)
    }

    /// Part of speech and features of an analysis.
    fn tag(&self, analysis: u16) -> (Upos, Feats) {
        let at = analysis as usize * ANALYSIS;
        (Upos::from_code(byte_at(self.analyses, at + 14)), Feats::from_bits(u64_at(self.analyses, at)))
    }

    fn entry<'a>(&self, key: &'a str, analysis: u16) -> Entry<'a> {
        let (at, (upos, feats)) = (analysis as usize * ANALYSIS, self.tag(analysis));
        let rule = u16_at(self.analyses, at + 12) as usize * RULE;
        let (offset, length) = (u32_at(self.rules, rule) as usize, byte_at(self.rules, rule + 4) as usize);
        Entry {
            key,
            strip: byte_at(self.rules, rule + 5),
            add: self.strings.get(offset..offset + length).unwrap_or(""),
            upos,
            feats,
            labels: self.labels(analysis),
        }
    }

    fn first_name(&self, form: &str) -> Option<GenderShare> {
        let names = self.step(self.root, NAME_PREFIX)?;
        let value = self.value_from(names, form.to_lowercase().as_bytes());
        (value & NAME != 0).then_some(GenderShare { female: (value >> 5 & 127) as u8, frequency: (value & 31) as u8 })
    }

    /// The value of a form; `None` if it has no analysis.
    fn known(&self, form: &str) -> Option<u16> {
        Some(self.value(form.as_bytes())).filter(|value| *value != 0 && value & NAME == 0)
    }

    /// The spelling of [`resolve`] with its value.
    fn resolve<'a>(&self, form: &'a str) -> Option<(Cow<'a, str>, u16)> {
        let form = if form.contains('’') { Cow::Owned(form.replace('’', "'")) } else { Cow::Borrowed(form) };
        if form.len() > MAX_FORM {
            return None;
        }
        if let Some(value) = self.known(&form) {
            return Some((form, value));
        }
        if !form.starts_with(char::is_uppercase) {
            return None;
        }
        let owned = |key: String, value: u16| (Cow::Owned(key), value);
        let lower = form.to_lowercase();
        if let Some(value) = self.known(&lower) {
            return Some(owned(lower, value));
        }
        let all_capitals = form.chars().count() > 1 && !form.chars().any(char::is_lowercase);
        if all_capitals {
            let title = capitalize(&lower);
            if let Some(value) = self.known(&title) {
                return Some(owned(title, value));
            }
        }
        // "Etat" lacks its first accent only, "DEPUTES" may lack any.
        let free = if all_capitals { usize::MAX } else { 1 };
        let mut budget = 512;
        let mut found = String::new();
        let mut accented = |like: &str| {
            found.clear();
            self.accented(self.root, like, free, &mut found, &mut budget).then(|| found.clone())
        };
        let key = accented(&lower).or_else(|| accented(&capitalize(&lower)))?;
        let value = self.value(key.as_bytes());
        Some(owned(key, value))
    }

    /// Collects every known form like `rest` but for accents, in at most `budget` steps.
    fn all_accented(
        &self,
        state: u32,
        rest: &str,
        free: usize,
        found: &mut String,
        budget: &mut u32,
        out: &mut Vec<String>,
    ) {
        let mut chars = rest.chars();
        let Some(letter) = chars.next() else {
            let value = u32_at(self.words, state as usize * 4) & 0xFFFF;
            if value != 0 && value & u32::from(NAME) == 0 {
                out.push(found.clone());
            }
            return;
        };
        let variants = if free > 0 { accents(letter) } else { "" };
        for candidate in std::iter::once(letter).chain(variants.chars()) {
            let Some(left) = budget.checked_sub(1) else { return };
            *budget = left;
            let mut buffer = [0; 4];
            let bytes = candidate.encode_utf8(&mut buffer).as_bytes();
            let Some(next) = bytes.iter().try_fold(state, |state, byte| self.step(state, *byte)) else { continue };
            let length = found.len();
            found.push(candidate);
            self.all_accented(next, chars.as_str(), free.saturating_sub(1), found, budget, out);
            found.truncate(length);
        }
    }

    /// Finds a known form like `rest` but for accents on its first `free` letters; at most `budget` steps. `found`
    /// holds the form up to here. The depth is that of a form, at most [`MAX_FORM`].
    fn accented(&self, state: u32, rest: &str, free: usize, found: &mut String, budget: &mut u32) -> bool {
        let mut chars = rest.chars();
        let Some(letter) = chars.next() else {
            let value = u32_at(self.words, state as usize * 4) & 0xFFFF;
            return value != 0 && value & u32::from(NAME) == 0;
        };
        let variants = if free > 0 { accents(letter) } else { "" };
        for candidate in std::iter::once(letter).chain(variants.chars()) {
            let Some(left) = budget.checked_sub(1) else { return false };
            *budget = left;
            let mut buffer = [0; 4];
            let bytes = candidate.encode_utf8(&mut buffer).as_bytes();
            let Some(next) = bytes.iter().try_fold(state, |state, byte| self.step(state, *byte)) else { continue };
            let length = found.len();
            found.push(candidate);
            if self.accented(next, chars.as_str(), free.saturating_sub(1), found, budget) {
                return true;
            }
            found.truncate(length);
        }
        false
    }
}

/// The accented letters that a bare capital can stand for.
fn accents(letter: char) -> &'static str {
    match letter {
        'a' => "àâ",
        'c' => "ç",
        'e' => "éèêë",
        'i' => "îï",
        'o' => "ô",
        'u' => "ûùü",
        'A' => "ÀÂ",
        'C' => "Ç",
        'E' => "ÉÈÊ",
        'I' => "ÎÏ",
        'O' => "Ô",
        _ => "",
    }
}

/// "SAINT-ÉTIENNE" -> "Saint-Étienne".
fn titled(form: &str) -> String {
    capitalize(&form.to_lowercase())
}

/// "saint-étienne" -> "Saint-Étienne": a capital at the start and after each hyphen.
fn capitalize(lower: &str) -> String {
    let mut out = String::with_capacity(lower.len());
    let mut start = true;
    for letter in lower.chars() {
        if start {
            out.extend(letter.to_uppercase());
        } else {
            out.push(letter);
        }
        start = letter == '-';
    }
    out
}

/// Every form.
#[cfg(test)]
pub(crate) fn forms() -> Vec<String> {
    let mut forms = Vec::new();
    let mut ahead = vec![(LEXICON.root, Vec::new())];
    while let Some((state, form)) = ahead.pop() {
        let word = u32_at(LEXICON.words, state as usize * 4);
        for arc in 1..=(word >> 16) as usize {
            let arc = u32_at(LEXICON.words, (state as usize + arc) * 4);
            let label = (arc & 0xFF) as u8;
            if label != NAME_PREFIX {
                ahead.push((arc >> 8, [form.as_slice(), &[label]].concat()));
            }
        }
        if word & 0xFFFF != 0 {
            forms.extend(String::from_utf8(form));
        }
    }
    forms
}

fn byte_at(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemmas(form: &str, upos: Upos) -> Vec<String> {
        let mut lemmas: Vec<String> =
            lookup(form).filter(|e| e.upos() == upos).map(|e| e.lemma().into_owned()).collect();
        lemmas.dedup();
        lemmas
    }

    #[test]
    fn the_shipped_file_opens_and_its_hash_is_right() {
        let lexicon = Lexicon::open(BYTES).unwrap();
        assert!(lexicon.words.len() > 100_000);
        let fnv = |h: u64, b: &u8| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3);
        let hash = BYTES.iter().skip(HEADER).fold(0xcbf2_9ce4_8422_2325, fnv);
        assert_eq!(hash.to_le_bytes(), BYTES[HEADER - 8..HEADER]);
        assert!(BYTES.len() <= 4_000_000);
    }

    #[test]
    fn inflections_give_their_lemma() {
        for form in ["déclarèrent", "déclarait", "déclarée", "déclarant", "déclarer"] {
            assert_eq!(lemmas(form, Upos::Verb), ["déclarer"], "{form}");
        }
        assert_eq!(lemmas("présidentes", Upos::Noun), ["président"]);
        assert!(
            lookup("présidente").any(|e| e.is(Label::Feminized) && e.is(Label::Function) && e.feats().is_feminine())
        );
        assert_eq!(lookup("xyzzy").count(), 0);
        assert_eq!(lookup("").count(), 0);
    }

    #[test]
    fn spellings_of_running_text_are_resolved() {
        for (form, key) in [
            ("Les", "les"),
            ("MARSEILLE", "Marseille"),
            ("ECONOMIE", "économie"),
            ("Etat", "état"),
            ("aujourd’hui", "aujourd'hui"),
            ("SAINT-ÉTIENNE", "Saint-Étienne"),
        ] {
            assert_eq!(resolve(form).as_deref(), Some(key));
        }
        assert_eq!(resolve("Xyzzyk"), None);
        assert_eq!(resolve(&"E".repeat(5000)), None);
        assert_eq!(resolve(""), None);
    }

    #[test]
    fn names_have_gender_and_marks() {
        assert_eq!(first_name("Marie").and_then(GenderShare::gender), Some('f'));
        assert_eq!(first_name("JEAN-PIERRE").and_then(GenderShare::gender), Some('m'));
        assert_eq!(first_name("Camille").and_then(GenderShare::gender), None);
        assert_eq!(first_name("Xyzzy"), None);
        assert!(is_surname("Dupont"));
        assert_eq!((title("Mme"), title("M."), title("Me"), title("table")), (Some('f'), Some('m'), Some('e'), None));
        assert!(is("russe", Label::Demonym) && is("PARIS", Label::Capital) && is("ministère", Label::Organization));
        assert!(is("France", Label::Country) && is("porte-parole", Label::Function) && !is("table", Label::Function));
    }

    #[test]
    fn a_damaged_file_is_refused() {
        assert!(Lexicon::open(b"").is_err());
        assert!(Lexicon::open(&BYTES[..BYTES.len() - 1]).is_err());
    }
}
