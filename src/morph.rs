//! Parts of speech and morphological features of Universal Dependencies, packed into one byte and one word.
//!
//! [`Upos`] is the universal part of speech, [`Feats`] a set of features such as `Gender=Fem|Number=Sing`, printed in
//! the order and the spelling of UD. Only the features that UD French uses are known; others are ignored when read.
//!
//! ```
//! use propos::Feats;
//! let feats = Feats::parse("Number=Sing|Gender=Fem");
//! assert_eq!(feats.to_string(), "Gender=Fem|Number=Sing");
//! assert_eq!(feats.value("Gender"), Some("Fem"));
//! ```

#![allow(clippy::cast_possible_truncation, reason = "fields of at most six bits")]

use std::fmt;

/// A universal part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are those of UD; see universaldependencies.org/u/pos")]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    #[default]
    X,
}

impl Upos {
    /// Every part of speech, in the order of their codes.
    pub const ALL: [Self; 17] = [
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::Verb,
        Self::X,
    ];

    const NAMES: [&'static str; 17] = [
        "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
        "SYM", "VERB", "X",
    ];

    /// The name in UD: "NOUN".
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::NAMES.get(self as usize).copied().unwrap_or("X")
    }

    /// The part of speech of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let code = Self::NAMES.iter().position(|n| *n == name)?;
        Self::ALL.get(code).copied()
    }

    /// The part of speech of that code (its place in [`Upos::ALL`]); `X` if there is none.
    #[must_use]
    pub fn from_code(code: u8) -> Self {
        Self::ALL.get(code as usize).copied().unwrap_or_default()
    }
}

impl fmt::Display for Upos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One feature: its name, the lowest bit of its field and its values (value `i + 1` is stored for the `i`th name).
struct Field {
    name: &'static str,
    shift: u32,
    bits: u32,
    values: &'static [&'static str],
}

const fn field(name: &'static str, shift: u32, bits: u32, values: &'static [&'static str]) -> Field {
    Field { name, shift, bits, values }
}

/// In UD's order of printing: alphabetical, case ignored.
const FIELDS: [Field; 18] = [
    field("Definite", 0, 2, &["Def", "Ind"]),
    field("Emph", 2, 2, &["No", "Yes"]),
    field("ExtPos", 4, 4, &["ADJ", "ADP", "ADV", "CCONJ", "DET", "INTJ", "NOUN", "PRON", "PROPN", "SCONJ", "VERB"]),
    field("Foreign", 8, 1, &["Yes"]),
    field("Gender", 9, 2, &["Fem", "Masc"]),
    field("Mood", 11, 3, &["Cnd", "Imp", "Ind", "Sub"]),
    field("Number", 14, 2, &["Plur", "Sing"]),
    field("Number[psor]", 16, 2, &["Plur", "Sing"]),
    field("NumType", 18, 2, &["Card", "Ord"]),
    field("Person", 20, 2, &["1", "2", "3"]),
    field("Person[psor]", 22, 2, &["1", "2", "3"]),
    field("Polarity", 24, 2, &["Neg", "Pos"]),
    field("Poss", 26, 1, &["Yes"]),
    field("PronType", 27, 4, &["Art", "Dem", "Exc", "Ind", "Int", "Neg", "Prs", "Rel", "Tot"]),
    field("Reflex", 31, 1, &["Yes"]),
    field("Tense", 32, 3, &["Fut", "Imp", "Past", "Pres"]),
    field("Typo", 35, 1, &["Yes"]),
    field("VerbForm", 36, 2, &["Fin", "Inf", "Part"]),
];

/// A set of morphological features; the empty set prints as `_`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Feats(u64);

impl Feats {
    /// No feature.
    pub const NONE: Self = Self(0);
    /// Bits of `Gender`.
    const GENDER: u64 = 3 << 9;
    /// Bits of `Number`.
    const NUMBER: u64 = 3 << 14;

    /// Both genders.
    pub(crate) const GENDERS: [Self; 2] = [Self(2 << 9), Self(1 << 9)];
    /// Both numbers.
    pub(crate) const NUMBERS: [Self; 2] = [Self(2 << 14), Self(1 << 14)];

    /// Reads `Name=Value|Name=Value`; unknown names and values are left out.
    #[must_use]
    pub fn parse(feats: &str) -> Self {
        let mut bits = 0;
        for (name, value) in feats.split('|').filter_map(|f| f.split_once('=')) {
            bits |= Self::bits_of(name, value);
        }
        Self(bits)
    }

    /// The set with `name=value` added or replaced; unchanged if either is unknown.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        let bits = Self::bits_of(name, value);
        if bits == 0 { self } else { Self(self.without(name).0 | bits) }
    }

    /// The set without the feature `name`.
    #[must_use]
    pub fn without(self, name: &str) -> Self {
        let mask = FIELDS.iter().find(|f| f.name == name).map_or(0, |f| ((1 << f.bits) - 1) << f.shift);
        Self(self.0 & !mask)
    }

    /// The value of the feature `name`.
    #[must_use]
    pub fn value(self, name: &str) -> Option<&'static str> {
        FIELDS.iter().find(|f| f.name == name).and_then(|f| self.field(f))
    }

    /// True if the feature `name` has this `value`.
    #[must_use]
    pub fn has(self, name: &str, value: &str) -> bool {
        self.value(name) == Some(value)
    }

    /// True if feminine.
    #[must_use]
    pub fn is_feminine(self) -> bool {
        self.0 & Self::GENDER == 1 << 9
    }

    /// True if masculine.
    #[must_use]
    pub fn is_masculine(self) -> bool {
        self.0 & Self::GENDER == 2 << 9
    }

    /// True if plural.
    #[must_use]
    pub fn is_plural(self) -> bool {
        self.0 & Self::NUMBER == 1 << 14
    }

    /// True if singular.
    #[must_use]
    pub fn is_singular(self) -> bool {
        self.0 & Self::NUMBER == 2 << 14
    }

    /// 1, 2 or 3, or 0 if no grammatical person is marked.
    #[must_use]
    pub fn person(self) -> u8 {
        (self.0 >> 20 & 3) as u8
    }

    /// True if a finite verb.
    #[must_use]
    pub fn is_finite(self) -> bool {
        self.0 >> 36 & 3 == 1
    }

    /// True if an infinitive.
    #[must_use]
    pub fn is_infinitive(self) -> bool {
        self.0 >> 36 & 3 == 2
    }

    /// True if a participle, present or past.
    #[must_use]
    pub fn is_participle(self) -> bool {
        self.0 >> 36 & 3 == 3
    }

    /// True if in the imperative.
    pub(crate) fn is_imperative(self) -> bool {
        self.0 >> 11 & 7 == 2
    }

    /// True if the gender is marked.
    pub(crate) fn has_gender(self) -> bool {
        self.0 & Self::GENDER != 0
    }

    /// True if the number is marked.
    pub(crate) fn has_number(self) -> bool {
        self.0 & Self::NUMBER != 0
    }

    /// The features of both sets, which have none in common.
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True if in the past tense (of the indicative, or a past participle).
    #[must_use]
    pub fn is_past(self) -> bool {
        self.0 >> 32 & 7 == 3
    }

    /// True if no feature is set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The features as a number; the layout is that of the model files.
    #[must_use]
    pub fn bits(self) -> u64 {
        self.0
    }

    /// The set of that number.
    #[must_use]
    pub fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Gender, number and person in six bits: what agreement looks at.
    #[must_use]
    pub fn agreement(self) -> u8 {
        ((self.0 >> 9 & 3) | (self.0 >> 14 & 3) << 2 | (self.0 >> 20 & 3) << 4) as u8
    }

    /// `(name, value)` of each feature, in UD's order.
    pub fn pairs(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        FIELDS.iter().filter_map(move |f| self.field(f).map(|value| (f.name, value)))
    }

    fn field(self, field: &Field) -> Option<&'static str> {
        let code = (self.0 >> field.shift & ((1 << field.bits) - 1)) as usize;
        field.values.get(code.checked_sub(1)?).copied()
    }

    fn bits_of(name: &str, value: &str) -> u64 {
        let Some(field) = FIELDS.iter().find(|f| f.name == name) else { return 0 };
        let code = field.values.iter().position(|v| *v == value).map_or(0, |i| i as u64 + 1);
        code << field.shift
    }
}

impl fmt::Display for Feats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("_");
        }
        for (i, (name, value)) in self.pairs().enumerate() {
            let bar = if i > 0 { "|" } else { "" };
            write!(f, "{bar}{name}={value}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Feats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_value_is_read_and_printed_alike() {
        for field in &FIELDS {
            assert!(field.values.len() < 1 << field.bits, "{}", field.name);
            for value in field.values {
                let text = format!("{}={value}", field.name);
                assert_eq!(Feats::parse(&text).to_string(), text);
            }
        }
    }

    #[test]
    fn fields_do_not_overlap() {
        let mut seen = 0_u64;
        for field in &FIELDS {
            let mask = ((1 << field.bits) - 1) << field.shift;
            assert_eq!(seen & mask, 0, "{}", field.name);
            seen |= mask;
        }
    }

    #[test]
    fn features_are_printed_in_the_order_of_ud() {
        let text = "Number=Sing|Number[psor]=Plur|Person[psor]=3|Poss=Yes|PronType=Prs";
        assert_eq!(Feats::parse(text).to_string(), text);
        assert_eq!(Feats::parse("Case=Nom").to_string(), "_");
        assert_eq!(Feats::parse("Gender=Fem").with("Gender", "Masc").to_string(), "Gender=Masc");
    }

    #[test]
    fn short_questions_agree_with_the_long_ones() {
        let feats = Feats::parse("Gender=Fem|Number=Plur|Person=3|Tense=Past|VerbForm=Part");
        assert!(feats.is_feminine() && feats.is_plural() && feats.is_past() && feats.is_participle());
        assert!(!feats.is_masculine() && !feats.is_singular() && !feats.is_finite());
        assert_eq!(feats.person(), 3);
    }

    #[test]
    fn parts_of_speech_have_their_names() {
        for (code, upos) in Upos::ALL.into_iter().enumerate() {
            assert_eq!(Upos::parse(upos.as_str()), Some(upos));
            assert_eq!(upos as usize, code);
        }
    }
}
