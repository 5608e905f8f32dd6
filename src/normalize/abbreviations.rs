//! Abbreviations expanded, with agreement: `M. Roy` to `Monsieur Roy`, `pp. 3` and `p. 3-5` to `pages`, `n° 5`, `12 hab.`
//!
//! The list is `data/normalize/abbreviations.txt`: what must stand beside an abbreviation decides whether it is one. An
//! abbreviation's full stop that also ends the sentence is kept.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lists::rows;
use super::look::{after, before, blanks_after, blanks_before, is_digit, is_gap, is_word};
use super::patch::Patch;
use crate::text::slice;

/// What must stand beside an abbreviation.
#[derive(Clone, Copy, PartialEq)]
enum Beside {
    /// A capital, or another title after `et`: `M. et Mme Roy`; an article or particle: `M. le maire`, `Mme de Sévigné`.
    Person,
    /// A capital or a particle: `Dr de Lange`.
    Title,
    /// A capital.
    Name,
    /// A capital, an article or a preposition: `bd des Arts`, `av. de la République`.
    Street,
    /// A number after it.
    Number,
    /// A number before it.
    After,
    /// A century before it: `XVIe s.`
    Century,
    Any,
}

struct Abbreviation {
    short: &'static str,
    long: &'static str,
    /// What it stands for where it counts several; the same as `long` where it does not agree.
    plural: &'static str,
    beside: Beside,
}

struct List {
    /// By first character, the longest first.
    map: HashMap<char, Vec<Abbreviation>>,
    /// One bit for the first two bytes of each: most words begin otherwise.
    begins: Vec<u64>,
}

impl List {
    /// Whether an abbreviation begins with these two bytes.
    fn may_begin(&self, first: u8, second: u8) -> bool {
        let bit = usize::from(first) * 256 + usize::from(second);
        self.begins.get(bit / 64).is_some_and(|bits| bits >> (bit % 64) & 1 == 1)
    }
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let mut list = List { map: HashMap::new(), begins: vec![0; 1024] };
    for row in rows(include_str!("../data/normalize/abbreviations.txt")) {
        let [short, long, beside, rest @ ..] = row.as_slice() else { continue };
        let beside = match *beside {
            "person" => Beside::Person,
            "title" => Beside::Title,
            "name" => Beside::Name,
            "street" => Beside::Street,
            "number" => Beside::Number,
            "after" => Beside::After,
            "century" => Beside::Century,
            _ => Beside::Any,
        };
        let plural = rest.first().copied().unwrap_or(long);
        let first = short.chars().next().unwrap_or(' ');
        let mut bytes = short.bytes().map(usize::from);
        let bit = bytes.next().unwrap_or(0) * 256 + bytes.next().unwrap_or(0);
        if let Some(bits) = list.begins.get_mut(bit / 64) {
            *bits |= 1 << (bit % 64);
        }
        list.map.entry(first).or_default().push(Abbreviation { short, long, plural, beside });
    }
    for entries in list.map.values_mut() {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.short.len()));
    }
    list
});

/// Expands abbreviations.
pub(crate) fn expand(text: &str, _: &str, patch: &mut Patch<'_>) {
    let known = &*LIST;
    let mut left = b' ';
    let next = text.bytes().skip(1).chain(std::iter::once(0));
    for (start, (byte, second)) in text.bytes().zip(next).enumerate() {
        let before_it = std::mem::replace(&mut left, byte);
        if !known.may_begin(byte, second) {
            continue;
        }
        let inside = before_it.is_ascii_alphanumeric() || matches!(before_it, b'\'' | b'-' | b'.' | b'_' | b'@');
        let high = before_it >= 0x80;
        if inside || start < patch.position() {
            continue;
        }
        if high && (is_word(before(text, start)) || !text.is_char_boundary(start)) {
            continue;
        }
        let entries = after(text, start).and_then(|c| known.map.get(&c));
        if let Some((end, with)) = entries.and_then(|entries| expansion(text, start, entries)) {
            patch.replace(start, end, with);
        }
    }
}

/// The abbreviation of the list that stands at byte `start`: where it ends and what it stands for.
fn expansion(text: &str, start: usize, list: &[Abbreviation]) -> Option<(usize, &'static str)> {
    list.iter().find_map(|entry| {
        let end = stands(text, start, entry)?;
        let next = blanks_after(text, end);
        let apart = next > end || entry.short.ends_with(['-', '.']);
        let capital = after(text, next).is_some_and(char::is_uppercase);
        let fits = match entry.beside {
            Beside::Number => is_digit(after(text, next)),
            Beside::Name => apart && capital,
            Beside::Title => apart && (capital || particle(text, next, &["de", "du", "d"])),
            Beside::Person => {
                apart
                    && (capital
                        || particle(text, next, &["de", "du", "d", "le", "la", "les", "l"])
                        || paired(text, next))
            }
            Beside::Street => {
                apart && (capital || particle(text, next, &["de", "du", "des", "d", "la", "le", "les", "l"]))
            }
            Beside::After => is_digit(before(text, blanks_before(text, start))) && !is_word(after(text, end)),
            Beside::Century => century(text, start) && !is_word(after(text, end)),
            Beside::Any => !is_word(after(text, end)),
        };
        if !fits {
            return None;
        }
        let plural = match entry.beside {
            Beside::Number => several_after(text, next),
            Beside::After => several_before(text, start),
            Beside::Century => centuries(text, start),
            _ => false,
        };
        // `etc.` at the end of a sentence keeps its stop.
        let closing = matches!(entry.beside, Beside::Any | Beside::After | Beside::Century);
        let ends =
            closing && is_gap(after(text, end)) && after(text, next).is_none_or(|c| c == '\n' || c.is_uppercase());
        // `12 janv. Paris`: a month is no end by itself.
        let stop = ends && entry.short.ends_with('.');
        Some((if stop { end - 1 } else { end }, if plural { entry.plural } else { entry.long }))
    })
}

/// Where the abbreviation ends, if it stands at byte `start` as a word of its own.
fn stands(text: &str, start: usize, entry: &Abbreviation) -> Option<usize> {
    let end = start + entry.short.len();
    // A plain word must end there; a full stop or a sign ends itself.
    let found = slice(text, start..text.len()).starts_with(entry.short);
    (found && !(is_word(before(text, end)) && is_word(after(text, end)))).then_some(end)
}

/// True if one of these words stands at byte `at`; one letter is elided.
fn particle(text: &str, at: usize, words: &[&str]) -> bool {
    let length = slice(text, at..text.len()).bytes().take(4).take_while(u8::is_ascii_lowercase).count();
    let word = slice(text, at..at + length);
    let elided = matches!(after(text, at + length), Some('\'' | '’'));
    words.contains(&word) && (elided == (length == 1)) && !is_word(after(text, at + length))
}

/// True if `et` and another title stand at byte `at`: `M. et Mme Roy`.
fn paired(text: &str, at: usize) -> bool {
    if !slice(text, at..text.len()).starts_with("et") {
        return false;
    }
    let title = blanks_after(text, at + 2);
    let entries = after(text, title).and_then(|c| LIST.map.get(&c));
    title > at + 2
        && entries.is_some_and(|entries| {
            entries.iter().any(|entry| {
                matches!(entry.beside, Beside::Person | Beside::Title) && stands(text, title, entry).is_some()
            })
        })
}

/// One past the digits at byte `at`.
fn digits_end(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    at + rest.iter().take(12).take_while(|byte| byte.is_ascii_digit()).count()
}

/// True if several numbers begin at byte `at`: `3-5`, `3 et 4`, `3 à 5`, `3, 4`.
fn several_after(text: &str, at: usize) -> bool {
    let end = digits_end(text, at);
    let next = blanks_after(text, end);
    let rest = slice(text, next..text.len());
    let joint = ["-", "–", "à", "et", ","].iter().find(|joint| rest.starts_with(**joint));
    joint.is_some_and(|joint| {
        let number = blanks_after(text, next + joint.len());
        let plain = matches!(*joint, "-" | "–");
        // `n° 2013-1168` is one number, `art. 3, 12 mai` two things.
        let other = digits_end(text, number) - number;
        is_digit(after(text, number)) && (plain || number > next + joint.len()) && other <= end - at + 1 && end - at < 4
    })
}

/// True if the number before byte `start` is two or more.
fn several_before(text: &str, start: usize) -> bool {
    let end = blanks_before(text, start);
    let bytes = text.as_bytes().get(..end).unwrap_or_default();
    let digits = bytes.iter().rev().take(12).take_while(|byte| byte.is_ascii_digit()).count();
    slice(text, end - digits..end).parse::<u64>().is_ok_and(|n| n > 1)
        || is_digit(before(text, blanks_before(text, end - digits)))
}

/// True if an ordinal in Roman or Arabic figures stands before byte `start`: `XVIe`, `16e`.
fn century(text: &str, start: usize) -> bool {
    let end = blanks_before(text, start);
    let ordinal = slice(text, 0..end);
    let stem = ordinal.strip_suffix("er").or_else(|| ordinal.strip_suffix(['e', 'ᵉ']));
    end < start && stem.is_some_and(|stem| stem.ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X')))
}

/// True if several centuries stand before byte `start`: `XVe-XVIe s.`, `XVe et XVIe s.`
fn centuries(text: &str, start: usize) -> bool {
    let end = blanks_before(text, start);
    let figures = |c: &char| c.is_ascii_alphanumeric() || *c == 'ᵉ';
    let length: usize = slice(text, 0..end).chars().rev().take(10).take_while(figures).map(char::len_utf8).sum();
    let left = slice(text, 0..end - length);
    let joined =
        left.strip_suffix(['-', '–']).or_else(|| left.strip_suffix(" et ")).or_else(|| left.strip_suffix(" au "));
    joined.is_some_and(|left| left.ends_with(['e', 'ᵉ', 'r']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let mut count = 0;
        for row in rows(include_str!("../data/normalize/abbreviations.txt")) {
            let known = matches!(
                row.get(2),
                Some(&("any" | "name" | "person" | "title" | "street" | "number" | "after" | "century"))
            );
            assert!(
                known && row.len() <= 4 && (row.len() == 3 || matches!(row[2], "number" | "after" | "century")),
                "{row:?}"
            );
            count += 1;
        }
        assert_eq!(count, LIST.map.values().map(Vec::len).sum::<usize>());
    }
}
