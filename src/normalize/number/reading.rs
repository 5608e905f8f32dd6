//! Words to digits: `vingt et un mille` to `21000`, `quatre-vingt-onze` to `91`, `trois virgule quatorze` to `3,14`.
//!
//! A grammar of French numerals over the words of the text, read greedily: hundreds, thousands, then scales that go
//! down; `septante`, `huitante`, `octante`, `nonante` too. An isolated number up to three stays in letters (as in
//! text2num), since `un` is an article and `deux` is rarely a figure; so does `neuf` unless a plural noun follows it.

use super::cardinal::{LIMIT, SCALES};
use super::speech::number_at;
use crate::normalize::look::{NBSP, NNBSP, after, before, is_word};
use crate::normalize::patch::Patch;
use crate::text::slice;

/// What a word says in a number.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Numeral {
    /// 0 to 16.
    Small(u128),
    /// 20 to 60, or 70, 80, 90 of Belgium and Switzerland.
    Ten(u128),
    Hundred,
    Thousand,
    /// 10^6 and above.
    Scale(u128),
    And,
    Comma,
}

/// A numeral word: what it says, and the ordinal suffix it carries.
fn numeral(word: &str) -> Option<(Numeral, &'static str)> {
    use Numeral::{And, Comma, Hundred, Scale, Small, Ten, Thousand};
    if word.len() > 16 || word.len() < 2 {
        return None;
    }
    let lower = word.to_lowercase();
    let lower = lower.as_str();
    let plain = match lower {
        "zéro" => Small(0),
        "un" | "une" => Small(1),
        "deux" => Small(2),
        "trois" => Small(3),
        "quatre" => Small(4),
        "cinq" => Small(5),
        "six" => Small(6),
        "sept" => Small(7),
        "huit" => Small(8),
        "neuf" => Small(9),
        "dix" => Small(10),
        "onze" => Small(11),
        "douze" => Small(12),
        "treize" => Small(13),
        "quatorze" => Small(14),
        "quinze" => Small(15),
        "seize" => Small(16),
        "vingt" | "vingts" => Ten(20),
        "trente" => Ten(30),
        "quarante" => Ten(40),
        "cinquante" => Ten(50),
        "soixante" => Ten(60),
        "septante" => Ten(70),
        "huitante" | "octante" => Ten(80),
        "nonante" => Ten(90),
        "cent" | "cents" => Hundred,
        "mille" | "mil" => Thousand,
        "et" => And,
        "virgule" => Comma,
        _ => {
            if let Some(scale) = scale(lower.strip_suffix('s').unwrap_or(lower)) {
                return Some((Scale(scale), ""));
            }
            return ordinal_word(lower);
        }
    };
    Some((plain, ""))
}

fn scale(word: &str) -> Option<u128> {
    let index = SCALES.iter().position(|scale| *scale == word)?;
    Some(10_u128.pow(6 + 3 * u32::try_from(index).ok()?))
}

fn ordinal_word(lower: &str) -> Option<(Numeral, &'static str)> {
    let (stem, suffix) = match lower.strip_suffix("ième") {
        Some(stem) => (stem, "e"),
        None => (lower.strip_suffix("ièmes")?, "es"),
    };
    let cardinal = match stem {
        "cinqu" => "cinq",
        "neuv" => "neuf",
        "quatr" => "quatre",
        "onz" => "onze",
        "douz" => "douze",
        "treiz" => "treize",
        "quatorz" => "quatorze",
        "quinz" => "quinze",
        "seiz" => "seize",
        "trent" => "trente",
        "quarant" => "quarante",
        "cinquant" => "cinquante",
        "soixant" => "soixante",
        "septant" => "septante",
        "huitant" => "huitante",
        "octant" => "octante",
        "nonant" => "nonante",
        "mill" => "mille",
        _ => stem,
    };
    match numeral(cardinal)? {
        (Numeral::And | Numeral::Comma, _) => None,
        (value, _) => Some((value, suffix)),
    }
}

/// The word that begins at byte `at`: where it ends.
fn word_end(text: &str, at: usize) -> usize {
    let letters = slice(text, at..text.len()).chars().take(24).take_while(|c| c.is_alphabetic());
    at + letters.map(char::len_utf8).sum::<usize>()
}

/// A reader over the words of one number.
struct Reader<'t> {
    text: &'t str,
    /// Where the number ends so far.
    end: usize,
    /// The ordinal suffix: nothing may follow it.
    suffix: &'static str,
    words: usize,
}

impl Reader<'_> {
    /// The numeral that follows, if one blank or hyphen stands before it: itself and where it ends.
    fn peek_from(&self, from: usize, first: bool) -> Option<(Numeral, &'static str, usize)> {
        let start = if first {
            from
        } else {
            match after(self.text, from)? {
                c @ (' ' | '-' | '‑' | NBSP | NNBSP) => from + c.len_utf8(),
                _ => return None,
            }
        };
        let end = word_end(self.text, start);
        if is_word(after(self.text, end)) || matches!(after(self.text, end), Some('\'' | '’')) {
            return None;
        }
        let (numeral, suffix) = numeral(slice(self.text, start..end))?;
        Some((numeral, suffix, end))
    }

    fn peek(&self) -> Option<(Numeral, &'static str, usize)> {
        if self.suffix.is_empty() { self.peek_from(self.end, self.words == 0) } else { None }
    }

    fn take(&mut self, end: usize, suffix: &'static str) {
        self.end = end;
        self.suffix = suffix;
        self.words += 1;
    }

    /// 1 to 99.
    fn below_hundred(&mut self) -> Option<u128> {
        match self.peek()? {
            (Numeral::Small(value), suffix, end) => {
                let next = if suffix.is_empty() { self.peek_from(end, false) } else { None };
                match (value, next) {
                    (4, Some((Numeral::Ten(20), suffix, end))) => {
                        self.take(end, suffix);
                        Some(80 + self.unit(19).unwrap_or(0))
                    }
                    (10, Some((Numeral::Small(unit @ 7..=9), suffix, end))) => {
                        self.take(end, suffix);
                        Some(10 + unit)
                    }
                    (0, _) => None,
                    _ => {
                        self.take(end, suffix);
                        Some(value)
                    }
                }
            }
            (Numeral::Ten(ten), suffix, end) => {
                self.take(end, suffix);
                let most = if ten == 60 || ten == 80 { 19 } else { 9 };
                Some(ten + self.unit(most).unwrap_or(0))
            }
            _ => None,
        }
    }

    /// What follows a ten: `-deux`, ` et un`, `-dix-sept`.
    fn unit(&mut self, most: u128) -> Option<u128> {
        match self.peek()? {
            (Numeral::And, _, end) => match self.peek_from(end, false)? {
                (Numeral::Small(value), suffix, end) if value == 1 || (value == 11 && most > 9) => {
                    self.take(end, suffix);
                    Some(value)
                }
                // `soixante et dix`, as it was once written.
                (Numeral::Small(10), suffix, end) if most > 9 => {
                    self.take(end, suffix);
                    Some(10)
                }
                _ => None,
            },
            (Numeral::Small(value), _, _) if value > 0 && value <= most => self.below_hundred().filter(|&v| v <= most),
            _ => None,
        }
    }

    /// 1 to 999, and 1100 to 1999 (`dix-neuf cents`).
    fn below_thousand(&mut self) -> Option<u128> {
        let mut value = if let (Numeral::Hundred, suffix, end) = self.peek()? {
            self.take(end, suffix);
            100
        } else {
            let first = self.below_hundred()?;
            match self.peek() {
                Some((Numeral::Hundred, suffix, end)) if matches!(first, 2..=9 | 11..=19) => {
                    self.take(end, suffix);
                    first * 100
                }
                _ => return Some(first),
            }
        };
        value += self.below_hundred().unwrap_or(0);
        Some(value)
    }

    /// 1 to 999,999.
    fn below_million(&mut self) -> Option<u128> {
        let thousands = if let (Numeral::Thousand, suffix, end) = self.peek()? {
            self.take(end, suffix);
            1
        } else {
            let first = self.below_thousand()?;
            match self.peek() {
                Some((Numeral::Thousand, suffix, end)) if first > 1 && first < 1000 => {
                    self.take(end, suffix);
                    first
                }
                _ => return Some(first),
            }
        };
        let mark = (self.end, self.words);
        // `mille et une nuits`.
        if let Some((Numeral::And, _, end)) = self.peek()
            && let Some((Numeral::Small(1), "", end)) = self.peek_from(end, false).filter(|_| thousands == 1)
        {
            self.take(end, "");
            return Some(1001);
        }
        let rest = self.below_thousand().unwrap_or(0);
        if rest >= 1000 {
            (self.end, self.words) = mark;
            self.suffix = "";
            return Some(thousands * 1000);
        }
        Some(thousands * 1000 + rest)
    }

    /// A whole number.
    fn whole(&mut self) -> Option<u128> {
        let mut total = 0;
        let mut last = u128::MAX;
        loop {
            let mark = (self.end, self.words, self.suffix);
            let Some(group) = self.below_million() else { break };
            match self.peek() {
                Some((Numeral::Scale(scale), suffix, end))
                    if scale < last && group.checked_mul(scale).is_some_and(|value| value < LIMIT) =>
                {
                    self.take(end, suffix);
                    total += group * scale;
                    last = scale;
                    if let Some(end) = half(self.text, self.end).filter(|_| self.suffix.is_empty()) {
                        self.take(end, "");
                        return Some(total + scale / 2);
                    }
                }
                _ if total == 0 || group < last => return Some(total + group),
                _ => {
                    (self.end, self.words, self.suffix) = mark;
                    break;
                }
            }
        }
        (last != u128::MAX).then_some(total)
    }

    /// What follows `virgule`: zeros, then a number or single figures.
    fn decimals(&mut self) -> Option<String> {
        let (Numeral::Comma, _, end) = self.peek()? else { return None };
        let mark = (self.end, self.words);
        self.take(end, "");
        let mut out = String::new();
        while let Some((Numeral::Small(0), "", end)) = self.peek() {
            self.take(end, "");
            out.push('0');
        }
        while let Some(value) = self.below_million() {
            out.push_str(&value.to_string());
            // Single figures may go on: `trois virgule un quatre un six`.
            if value > 9 || out.len() > 40 {
                break;
            }
        }
        if out.is_empty() || !self.suffix.is_empty() {
            (self.end, self.words) = mark;
            self.suffix = "";
            return None;
        }
        Some(out)
    }
}

/// The number in words that begins at byte `start` (a word's start): its digits and where it ends.
fn read(text: &str, start: usize) -> Option<(String, usize)> {
    let mut reader = Reader { text, end: start, suffix: "", words: 0 };
    let (whole, words) = if let (Numeral::Small(0), "", end) = reader.peek()? {
        reader.take(end, "");
        (0, 1)
    } else {
        let whole = reader.whole()?;
        (whole, reader.words)
    };
    if let Some(decimals) = reader.decimals() {
        return Some((format!("{whole},{decimals}"), reader.end));
    }
    let end = reader.end;
    if words == 1 {
        let word = slice(text, start..end);
        let keep = whole <= 3
            || matches!(word, "cents" | "vingts" | "mil")
            || (whole == 9 && reader.suffix.is_empty() && !plural_follows(text, end))
            || (whole == 100 && slice(text, 0..start).ends_with("pour "));
        if keep {
            return None;
        }
    }
    let one = if reader.suffix == "e" && whole == 1 { "er" } else { reader.suffix };
    Some((format!("{whole}{one}"), end))
}

/// What stands between two words of a number, for its hyphens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// Below a hundred, without `et`: `vingt-deux`, `quatre-vingts`, `soixante-dix`.
    Tens,
    /// Beside `million` and its kind.
    Noun,
    Other,
}

/// Where joints begin, how long they are, and what they join.
pub(crate) type Joints = Vec<(usize, usize, Joint)>;

/// The joints of the cardinal or ordinal in words that begins at byte `start`, with where each begins and its length;
/// and where the number ends. `None` if it is one word.
pub(crate) fn joints(text: &str, start: usize) -> Option<(Joints, usize)> {
    let mut reader = Reader { text, end: start, suffix: "", words: 0 };
    let (mut left, _, mut at) = reader.peek()?;
    reader.whole()?;
    if reader.words < 2 {
        return None;
    }
    let mut found = Vec::new();
    while at < reader.end {
        let (right, _, end) = reader.peek_from(at, false)?;
        let joint = match (left, right) {
            (Numeral::Scale(_), _) | (_, Numeral::Scale(_)) => Joint::Noun,
            // `mille et une nuits`.
            (Numeral::Thousand, Numeral::And) => return None,
            (Numeral::Ten(_), Numeral::Small(_))
            | (Numeral::Small(4), Numeral::Ten(20))
            | (Numeral::Small(10), Numeral::Small(7..=9)) => Joint::Tens,
            _ => Joint::Other,
        };
        found.push((at, after(text, at).map_or(1, char::len_utf8), joint));
        (left, at) = (right, end);
    }
    Some((found, reader.end))
}

/// Where `et demi` ends, after `un million`.
fn half(text: &str, at: usize) -> Option<usize> {
    let next = |at: usize, words: &[&str]| {
        let c = after(text, at).filter(|c| matches!(*c, ' ' | '-' | NBSP | NNBSP))?;
        let start = at + c.len_utf8();
        let end = word_end(text, start);
        (words.contains(&slice(text, start..end)) && !is_word(after(text, end))).then_some(end)
    };
    next(next(at, &["et"])?, &["demi", "demie"])
}

/// True if a word in -s or -x follows: `neuf maisons`, but `un vélo neuf et`.
fn plural_follows(text: &str, end: usize) -> bool {
    let Some(c @ (' ' | NBSP | NNBSP)) = after(text, end) else { return false };
    let start = end + c.len_utf8();
    let next = slice(text, start..word_end(text, start));
    next.len() > 3
        && next.ends_with(['s', 'x'])
        && !matches!(next, "dans" | "sous" | "mais" | "vers" | "sans" | "plus" | "puis")
}

/// Digits for number words, and `3,5 millions` written out.
pub(crate) fn to_digits(text: &str, patch: &mut Patch<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_digit() && !is_word(before(text, at)) {
            at = scaled(text, at, patch);
            continue;
        }
        if !byte.is_ascii_alphabetic() && byte < 0x80 {
            at += 1;
            continue;
        }
        let start = at;
        // The whole word, letters and digits, however long.
        while let Some(c) = after(text, at).filter(|c| c.is_alphanumeric() || *c == '_') {
            at += c.len_utf8();
        }
        if at == start {
            at += after(text, at).map_or(1, char::len_utf8);
            continue;
        }
        let may = at - start <= 16 && !matches!(before(text, start), Some('-' | '\'' | '’' | '@' | '.'))
            || elided(text, start);
        if may && let Some((digits, end)) = read(text, start) {
            patch.replace(start, end, &digits);
            at = end;
        }
    }
}

/// True after an elision: `d'onze`, `l’an deux mille`.
fn elided(text: &str, start: usize) -> bool {
    matches!(before(text, start), Some('\'' | '’'))
}

/// `3,5 millions`, `20 mille` as digits; gives where to go on.
fn scaled(text: &str, start: usize, patch: &mut Patch<'_>) -> usize {
    let number = number_at(text, start);
    let end = number.end;
    let Some(c @ (' ' | NBSP | NNBSP)) = after(text, end) else { return end };
    let word = end + c.len_utf8();
    let mut to = word_end(text, word);
    let name = slice(text, word..to);
    let scale = match name {
        "mille" if number.whole.len() <= 3 => Some(1000),
        _ => scale(name.strip_suffix('s').unwrap_or(name)),
    };
    let Some(scale) = scale else { return end };
    let zeros = scale.to_string().len() - 1;
    if number.decimals.len() > zeros || number.whole.len() > 9 || is_word(after(text, to)) {
        return end;
    }
    let mut digits = format!("{}{}{}", number.whole, number.decimals, "0".repeat(zeros - number.decimals.len()));
    if let (Some(end), true) = (half(text, to), number.decimals.is_empty()) {
        digits = format!("{}5{}", number.whole, "0".repeat(zeros - 1));
        to = end;
    }
    let digits = digits.trim_start_matches('0');
    patch.replace(start, to, if digits.is_empty() { "0" } else { digits });
    to
}

/// The value of a text that is one number in words, for tests and cross-checks.
#[cfg(test)]
pub(crate) fn value(text: &str) -> Option<u128> {
    let mut reader = Reader { text, end: 0, suffix: "", words: 0 };
    let value = reader.whole()?;
    (reader.end == text.len()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::super::cardinal::{cardinal, ordinal};
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let mut n: u128 = 1;
        let mut check = |n: u128| {
            assert_eq!(value(&cardinal(n, false).unwrap()), Some(n), "{}", cardinal(n, false).unwrap());
            assert_eq!(value(&cardinal(n, true).unwrap()), Some(n));
        };
        (1..=100_000).for_each(&mut check);
        for step in 0..20_000_u128 {
            n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407 + step);
            check(n % 10_u128.pow(u32::try_from(step % 30).unwrap() + 6) % (LIMIT / 1_000_000) + 1);
        }
        for n in 4..=10_000 {
            let (digits, end) = read(&ordinal(n, false).unwrap(), 0).unwrap();
            assert_eq!((digits, end), (format!("{n}e"), ordinal(n, false).unwrap().len()));
        }
    }
}
