//! The French lists of the tokenizer, read from src/data once.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// The FNV-1a hash: keys of lists are ours and short, so that speed is worth more than defence against chosen keys.
#[derive(Debug)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// A list of words.
pub(crate) type Set = HashSet<&'static str, BuildHasherDefault<Fnv>>;
/// A list of words with what they mean.
pub(crate) type Map<V> = HashMap<&'static str, V, BuildHasherDefault<Fnv>>;

/// When an abbreviation keeps its full stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeps {
    /// Whatever follows.
    Always,
    /// Before an upper-case letter.
    Name,
    /// Before anything on the same line.
    Title,
    /// Before a digit or a Roman numeral.
    Number,
    /// Before anything but an upper-case letter or the end of the line.
    Inside,
}

impl Keeps {
    fn named(name: &str) -> Option<Self> {
        match name {
            "always" => Some(Self::Always),
            "name" => Some(Self::Name),
            "title" => Some(Self::Title),
            "number" => Some(Self::Number),
            "inside" => Some(Self::Inside),
            _ => None,
        }
    }
}

/// The lines of a list, without comments and empty lines.
pub(crate) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The words that are elided, each as [`elision_key`] gives it: few and short, so that a row of numbers is the fastest list.
pub(super) static ELISIONS: LazyLock<Vec<u64>> =
    LazyLock::new(|| entries(include_str!("../data/elisions.txt")).filter_map(elision_key).collect());

/// The bytes of a word of at most eight in one number, ASCII letters and ç in lower case.
#[inline]
pub(super) fn elision_key(form: &str) -> Option<u64> {
    if form == "Ç" {
        return elision_key("ç");
    }
    let key = |key: u64, byte: &u8| key << 8 | u64::from(byte.to_ascii_lowercase());
    (form.len() <= 8).then(|| form.as_bytes().iter().fold(0, key))
}

pub(super) static WHOLE: LazyLock<Set> = LazyLock::new(|| entries(include_str!("../data/whole.txt")).collect());

pub(super) static CLITICS: LazyLock<Set> = LazyLock::new(|| entries(include_str!("../data/clitics.txt")).collect());

pub(super) static UNITS: LazyLock<Set> = LazyLock::new(|| entries(include_str!("../data/units.txt")).collect());

pub(super) static ABBREVIATIONS: LazyLock<Map<Keeps>> = LazyLock::new(|| {
    entries(include_str!("../data/abbreviations.txt"))
        .filter_map(|line| {
            let (form, when) = line.split_once(' ')?;
            Some((form, Keeps::named(when.trim())?))
        })
        .collect()
});

/// For each length in bytes, up to 31, the letters (by their low five bits) that an abbreviation's first part begins with:
/// what tells most words from all abbreviations without a look-up.
pub(super) static ABBREVIATION_STARTS: LazyLock<[u32; 32]> = LazyLock::new(|| {
    let mut starts = [0; 32];
    for form in ABBREVIATIONS.keys() {
        let first = form.split('.').next().unwrap_or("");
        if let (Some(cell), Some(byte)) = (starts.get_mut(first.len()), first.bytes().next()) {
            *cell |= 1 << (byte & 31);
        }
    }
    starts
});

/// By the first letter of a form of the list of whole forms (its low five bits), the letters that follow an apostrophe in it.
pub(super) static WHOLE_AFTER: LazyLock<[u32; 32]> = LazyLock::new(|| {
    let mut after = [0; 32];
    for form in WHOLE.iter() {
        if let (Some(first), Some((_, rest))) = (form.bytes().next(), form.split_once('\'')) {
            after[usize::from(first & 31)] |= 1 << (rest.bytes().next().unwrap_or(0) & 31);
        }
    }
    after
});

/// The longest form of the list of abbreviations, in bytes.
pub(super) static LONGEST_ABBREVIATION: LazyLock<usize> =
    LazyLock::new(|| ABBREVIATIONS.keys().map(|form| form.len()).max().unwrap_or(0));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_list_is_read() {
        let abbreviations: Vec<_> = entries(include_str!("../data/abbreviations.txt")).collect();
        assert_eq!(ABBREVIATIONS.len(), abbreviations.len(), "a line is double or malformed");
        assert!(abbreviations.iter().all(|line| line.split(' ').next().is_some_and(|form| form.ends_with('.'))));
        assert_eq!(ELISIONS.len(), entries(include_str!("../data/elisions.txt")).count(), "a word is too long");
        for (list, set) in [
            (include_str!("../data/whole.txt"), &*WHOLE),
            (include_str!("../data/clitics.txt"), &*CLITICS),
            (include_str!("../data/units.txt"), &*UNITS),
        ] {
            assert_eq!(set.len(), entries(list).count(), "a double line");
        }
        assert!(CLITICS.iter().all(|clitic| clitic.starts_with('-')));
    }

    #[test]
    fn the_lists_are_in_the_form_they_are_looked_up_in() {
        let elisions = entries(include_str!("../data/elisions.txt"));
        let sets = WHOLE.iter().chain(&*CLITICS).chain(ABBREVIATIONS.keys()).copied();
        for form in elisions.chain(sets) {
            assert_eq!(form, crate::chars::norm(form), "lower case, ' and -");
        }
    }
}
