//! Abbreviations expanded, in singular and plural: `M. Roy` to `Monsieur Roy`, `pp. 3` to `pages 3`, `n° 5`.
//!
//! The list is `data/normalize/abbreviations.txt`. An abbreviation's full stop that also ends the sentence is kept.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lists::rows;
use super::look::{after, before, blanks_after, is_digit, is_gap, is_word};
use super::patch::Patch;
use crate::text::slice;

struct Abbreviation {
    short: &'static str,
    long: &'static str,
    follows: &'static str,
}

/// By first character, the longest first.
static LIST: LazyLock<HashMap<char, Vec<Abbreviation>>> = LazyLock::new(|| {
    let mut map: HashMap<char, Vec<Abbreviation>> = HashMap::new();
    for row in rows(include_str!("../data/normalize/abbreviations.txt")) {
        if let [short, long, follows] = row.as_slice() {
            let first = short.chars().next().unwrap_or(' ');
            map.entry(first).or_default().push(Abbreviation { short, long, follows });
        }
    }
    for list in map.values_mut() {
        list.sort_by_key(|entry| std::cmp::Reverse(entry.short.len()));
    }
    map
});

/// Expands abbreviations.
pub(crate) fn expand(text: &str, _: &str, patch: &mut Patch<'_>) {
    let mut left = None;
    for (start, c) in text.char_indices() {
        let begins = !left.is_some_and(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '-' | '.' | '_' | '@'));
        left = Some(c);
        if begins && start >= patch.position() {
            if let Some((end, with)) = LIST.get(&c).and_then(|list| expansion(text, start, list)) {
                patch.replace(start, end, with);
            }
        }
    }
}

/// The abbreviation of the list that stands at byte `start`: where it ends and what it stands for.
fn expansion(text: &str, start: usize, list: &[Abbreviation]) -> Option<(usize, &'static str)> {
    let rest = slice(text, start..text.len());
    list.iter().find_map(|entry| {
        let end = start + entry.short.len();
        // A plain word must end there; a full stop or a sign ends itself.
        if !rest.starts_with(entry.short) || (is_word(before(text, end)) && is_word(after(text, end))) {
            return None;
        }
        let next = blanks_after(text, end);
        let fits = match entry.follows {
            "number" => is_digit(after(text, next)),
            "name" => {
                (next > end || entry.short.ends_with(['-', '.'])) && after(text, next).is_some_and(char::is_uppercase)
            }
            _ => !is_word(after(text, end)),
        };
        if !fits {
            return None;
        }
        // `etc.` at the end of a sentence keeps its stop.
        let ends = entry.follows == "any"
            && is_gap(after(text, end))
            && after(text, next).is_none_or(|c| c == '\n' || c.is_uppercase());
        let stop = ends && entry.short.ends_with('.');
        Some((if stop { end - 1 } else { end }, entry.long))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let mut count = 0;
        for row in rows(include_str!("../data/normalize/abbreviations.txt")) {
            assert!(matches!(row.as_slice(), [_, _, "any" | "name" | "number"]), "{row:?}");
            count += 1;
        }
        assert_eq!(count, LIST.values().map(Vec::len).sum::<usize>());
    }
}
