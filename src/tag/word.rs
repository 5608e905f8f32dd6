//! What tagger and parser see of one token: hashes of its form, suffixes, shape and lexicon class.

use crate::chars::is_hyphen;
use crate::lexicon;

/// Longest lower-cased form that is kept, in bytes; the rest of a longer one is not seen.
pub(super) const MAX: usize = 64;

/// The features of a token that do not depend on its neighbours.
#[derive(Debug, Clone, Copy, Default)]
pub struct Word {
    /// Hash of the form in lower case, digits as 0.
    pub form: u32,
    /// Hash of the form in lower case, as it is.
    pub exact: u32,
    /// Hashes of the last 2, 3, 4 and 5 characters.
    pub suffixes: [u32; 4],
    /// Hash of the first 3 characters.
    pub prefix: u32,
    /// Hash of the first 5 characters, or of all.
    pub stem: u32,
    /// Capitals, digits, hyphen, apostrophe, first of its sentence.
    pub shape: u32,
    /// Ambiguity class in the lexicon, of the form and of its lower case.
    pub class: u32,
    /// Value of the form in the lexicon, in lower case if that is known.
    pub value: u16,
}

/// Bits of [`Word::shape`].
const CAPITAL: u32 = 1;
const ALL_CAPITALS: u32 = 1 << 1;
const DIGIT: u32 = 1 << 2;
const HYPHEN: u32 = 1 << 3;
const APOSTROPHE: u32 = 1 << 4;
const PUNCTUATION: u32 = 1 << 5;
const FIRST: u32 = 1 << 6;
const LONG: u32 = 1 << 7;
const PERIOD: u32 = 1 << 8;

impl Word {
    /// What stands outside of the sentence.
    pub const NONE: Self =
        Self { form: 1, exact: 1, suffixes: [1; 4], prefix: 1, stem: 1, shape: 1 << 20, class: 1 << 20, value: 0 };

    /// Reads the token `form`; `first` if its sentence starts with it (or after a quotation mark or a dash).
    #[must_use]
    pub fn read(form: &str, first: bool) -> Self {
        if let Some(whole) = unbroken(form) {
            return Self::read(&whole, first);
        }
        let mut buffer = [0_u8; MAX];
        let (length, shape) = lower(form, &mut buffer);
        let lower = buffer.get(..length).unwrap_or_default();
        let mut word = Self { exact: hash(lower), shape, ..Self::NONE };
        word.form = if shape & DIGIT != 0 {
            let mut plain = buffer;
            for byte in plain.iter_mut().take(length).filter(|b| b.is_ascii_digit()) {
                *byte = b'0';
            }
            hash(plain.get(..length).unwrap_or_default())
        } else {
            word.exact
        };
        word.read_affixes(lower);
        word.value = lexicon::value(lower);
        let mut class = u32::from(lexicon::class(word.value));
        if shape & CAPITAL != 0 {
            // The form as it stands: "France", "Marie"; apostrophes are rare enough in names.
            let exact = lexicon::value(form.as_bytes());
            class |= u32::from(lexicon::class(exact)) << 9;
            if exact != 0 && word.value == 0 {
                word.value = exact;
            }
            let name = lexicon::name_class(lower);
            class |= u32::from(name) << 18;
        }
        word.class = class;
        if first { word.first() } else { word }
    }

    /// The same word as the first of its sentence.
    #[must_use]
    pub(super) fn first(self) -> Self {
        Self { shape: self.shape | FIRST, ..self }
    }

    fn read_affixes(&mut self, lower: &[u8]) {
        let starts = |byte: u8| byte & 0xC0 != 0x80;
        let mut count = 0;
        for (at, byte) in lower.iter().enumerate().rev() {
            if starts(*byte) {
                count += 1;
                if let Some(suffix) = (count >= 2).then(|| self.suffixes.get_mut(count - 2)).flatten() {
                    *suffix = hash(lower.get(at..).unwrap_or_default());
                }
                if count == 5 {
                    break;
                }
            }
        }
        let (mut count, mut stem) = (0, lower);
        for (at, byte) in lower.iter().enumerate() {
            if starts(*byte) {
                if count == 3 {
                    self.prefix = hash(lower.get(..at).unwrap_or_default());
                } else if count == 5 {
                    stem = lower.get(..at).unwrap_or_default();
                    break;
                }
                count += 1;
            }
        }
        self.stem = hash(stem);
    }

    /// True if the token starts with a capital.
    #[must_use]
    pub fn is_capitalized(&self) -> bool {
        self.shape & CAPITAL != 0
    }

    /// True if the token has no letter and no digit.
    #[must_use]
    pub fn is_punctuation(&self) -> bool {
        self.shape & PUNCTUATION != 0
    }
}

/// A word that the end of a line broke, as one word: "déve-⏎lopper" is "développer". The hyphen stays where the lexicon knows
/// the compound alone: "peut-être".
pub(super) fn unbroken(form: &str) -> Option<String> {
    let (first, rest) = form.split_once('\n')?;
    let first = first.trim_end_matches('\r');
    let whole = format!("{}{rest}", first.strip_suffix(is_hyphen).unwrap_or(first)).replace('\n', "");
    let compound = format!("{first}{rest}").replace('\n', "");
    let known = |form: &str| lexicon::resolve(form).is_some();
    Some(if known(&compound) && !known(&whole) { compound } else { whole })
}

/// Writes `form` in lower case, with straight apostrophes, and says what it looks like.
pub(super) fn lower(form: &str, buffer: &mut [u8; MAX]) -> (usize, u32) {
    let (mut length, mut shape, mut letters, mut capitals, mut others) = (0, 0, 0_u32, 0_u32, 0_u32);
    for (i, c) in form.chars().enumerate() {
        let mut low = c;
        match c {
            'a'..='z' => letters += 1,
            'A'..='Z' => {
                low = c.to_ascii_lowercase();
                letters += 1;
                capitals += 1;
                shape |= if i == 0 { CAPITAL } else { 0 };
            }
            '0'..='9' => shape |= DIGIT,
            '\'' | '’' | 'ʼ' => {
                low = '\'';
                shape |= APOSTROPHE;
            }
            '-' | '\u{2010}' | '\u{2011}' => {
                low = '-';
                shape |= HYPHEN;
            }
            '.' => shape |= PERIOD,
            _ if c.is_alphabetic() => {
                letters += 1;
                if c.is_uppercase() {
                    capitals += 1;
                    shape |= if i == 0 { CAPITAL } else { 0 };
                    low = c.to_lowercase().next().unwrap_or(c);
                }
            }
            _ if c.is_numeric() => shape |= DIGIT,
            _ => others += 1,
        }
        let mut bytes = [0; 4];
        let bytes = low.encode_utf8(&mut bytes).as_bytes();
        let Some(place) = buffer.get_mut(length..length + bytes.len()) else {
            shape |= LONG;
            break;
        };
        place.copy_from_slice(bytes);
        length += bytes.len();
    }
    if capitals > 1 && capitals == letters {
        shape |= ALL_CAPITALS;
    }
    if letters == 0 && shape & DIGIT == 0 {
        shape |= PUNCTUATION;
    }
    shape |= others.min(3) << 9;
    (length, shape)
}

/// A hash of bytes; eight at a time.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "the high half of a product")]
#[must_use]
pub fn hash(bytes: &[u8]) -> u32 {
    (hash64(bytes).wrapping_mul(0xA076_1D64_78BD_642F) >> 32) as u32
}

#[inline]
pub(super) fn hash64(bytes: &[u8]) -> u64 {
    let mut h = 0x9E37_79B9_7F4A_7C15_u64 ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0_u8; 8];
        if let Some(part) = word.get_mut(..chunk.len()) {
            part.copy_from_slice(chunk);
        }
        h = (h ^ u64::from_le_bytes(word)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        h ^= h >> 32;
    }
    h
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_apostrophes_are_seen_as_shape_only() {
        let (a, b) = (Word::read("L’", false), Word::read("l'", false));
        assert_eq!((a.form, a.value), (b.form, b.value));
        assert_ne!(a.shape, b.shape);
        assert_eq!(Word::read("1995", false).form, Word::read("2013", false).form);
        assert_ne!(Word::read("1995", false).exact, Word::read("2013", false).exact);
    }

    #[test]
    fn words_broken_at_a_line_are_read_as_one() {
        assert_eq!(unbroken("déve-\nlopper").as_deref(), Some("développer"));
        assert_eq!(unbroken("peut-\r\nêtre").as_deref(), Some("peut-être"));
        assert_eq!(unbroken("peut-être"), None);
        assert_eq!(Word::read("com-\nmerce", false).value, Word::read("commerce", false).value);
        assert_eq!(unbroken("\n\n-\n").as_deref(), Some("-"));
    }

    #[test]
    fn long_and_odd_tokens_are_read() {
        let long = "É".repeat(10_000);
        assert_eq!(Word::read(&long, true).form, Word::read(&"É".repeat(20_000), true).form);
        assert!(Word::read("»", false).is_punctuation());
        assert!(!Word::read("", false).is_capitalized());
        assert_eq!(Word::read("aux", false).suffixes[2], 1);
    }
}
