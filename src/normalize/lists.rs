//! The hand-made lists of `src/data/normalize`: one entry a line, columns separated by tabs, `#` comments.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The names of the months.
pub(crate) const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// The entries of a list, split into columns.
pub(crate) fn rows(list: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect())
}

/// A unit or currency as it is read aloud.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit {
    /// True if the noun is feminine (`une tonne`).
    pub(crate) feminine: bool,
    pub(crate) singular: &'static str,
    pub(crate) plural: &'static str,
    /// The hundredth part of a currency, singular and plural; empty for units.
    pub(crate) cents: [&'static str; 2],
}

fn units(list: &'static str) -> HashMap<&'static str, Unit> {
    let entry = |row: Vec<&'static str>| {
        let column = |index: usize| row.get(index).copied().unwrap_or("");
        let unit =
            Unit { feminine: column(1) == "f", singular: column(2), plural: column(3), cents: [column(4), column(5)] };
        (column(0), unit)
    };
    rows(list).map(entry).collect()
}

/// Units by symbol.
pub(crate) static UNITS: LazyLock<HashMap<&'static str, Unit>> =
    LazyLock::new(|| units(include_str!("../data/normalize/units.txt")));

/// Currencies by symbol or code.
pub(crate) static CURRENCIES: LazyLock<HashMap<&'static str, Unit>> =
    LazyLock::new(|| units(include_str!("../data/normalize/currencies.txt")));

/// The longest symbol of both lists, in bytes.
pub(crate) const LONGEST_SYMBOL: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_its_columns() {
        for row in rows(include_str!("../data/normalize/units.txt")) {
            assert_eq!(row.len(), 4, "{row:?}");
        }
        for row in rows(include_str!("../data/normalize/currencies.txt")) {
            assert_eq!(row.len(), 6, "{row:?}");
        }
        for (symbol, unit) in UNITS.iter().chain(CURRENCIES.iter()) {
            assert!(symbol.len() <= LONGEST_SYMBOL && !unit.singular.is_empty() && !unit.plural.is_empty());
        }
    }
}
