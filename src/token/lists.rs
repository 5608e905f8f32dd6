//! The French lists of the tokenizer, read from src/data once.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

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

pub(super) static ELISIONS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../data/elisions.txt")).collect());

pub(super) static WHOLE: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../data/whole.txt")).collect());

pub(super) static CLITICS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../data/clitics.txt")).collect());

pub(super) static UNITS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../data/units.txt")).collect());

pub(super) static ABBREVIATIONS: LazyLock<HashMap<&str, Keeps>> = LazyLock::new(|| {
    entries(include_str!("../data/abbreviations.txt"))
        .filter_map(|line| {
            let (form, when) = line.split_once(' ')?;
            Some((form, Keeps::named(when.trim())?))
        })
        .collect()
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
        for (list, set) in [
            (include_str!("../data/elisions.txt"), &*ELISIONS),
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
        for form in ELISIONS.iter().chain(&*WHOLE).chain(&*CLITICS).chain(ABBREVIATIONS.keys()) {
            assert_eq!(*form, crate::chars::norm(form), "lower case, ' and -");
        }
    }
}
