//! Steps that ask the lexicon or a list: accents of capitals, end-of-line hyphens, œ and æ restored, 1990 spelling.
//!
//! Sources: Académie française, « Accentuation des majuscules » (capitals carry their accents); Conseil supérieur de
//! la langue française, « Les rectifications de l'orthographe » (1990).

use std::collections::HashMap;
use std::sync::LazyLock;

use memchr::memchr;

use super::lists::rows;
use super::look::{after, before, blanks_after, blanks_before, find, find3, is_letter, is_word, table};
use super::patch::Patch;
use crate::lexicon;
use crate::text::slice;

/// Longest word that is looked up, in bytes.
const LONGEST: usize = 48;

/// True if the lexicon has the form as it is or in small letters.
fn knows(form: &str) -> bool {
    lexicon::lookup(form).next().is_some() || lexicon::lookup(&form.to_lowercase()).next().is_some()
}

/// The bytes of the word before byte `end`, letters only.
fn word_before(text: &str, end: usize) -> usize {
    let letters = slice(text, 0..end).chars().rev().take(LONGEST).take_while(|c| c.is_alphabetic());
    end - letters.map(char::len_utf8).sum::<usize>()
}

/// One past the word that begins at byte `start`, letters only.
fn word_after(text: &str, start: usize) -> usize {
    let letters = slice(text, start..text.len()).chars().take(LONGEST).take_while(|c| c.is_alphabetic());
    start + letters.map(char::len_utf8).sum::<usize>()
}

/// Latin phrases whose *a* is no *à*.
const LATIN: [&str; 8] = ["priori", "posteriori", "fortiori", "contrario", "capella", "cappella", "minima", "maxima"];

/// Accents that capitals lack, where the lexicon knows one word only: `LES ELUS`, `Etat`; `A` where a sentence begins.
pub(crate) fn capitals(text: &str, _: &str, patch: &mut Patch<'_>) {
    const BYTES: [bool; 256] = {
        let mut table = table(&[]);
        let mut byte = b'A';
        while byte <= b'Z' {
            table[byte as usize] = true;
            byte += 1;
        }
        table[0xc3] = true;
        table[0xc5] = true;
        table
    };
    let mut at = 0;
    while let Some(start) = find(text, at, &BYTES) {
        at = start + after(text, start).map_or(1, char::len_utf8);
        if is_word(before(text, start)) || !after(text, start).is_some_and(char::is_uppercase) {
            continue;
        }
        let end = word_after(text, start);
        if end - start >= LONGEST || is_word(after(text, end)) {
            at = end.max(at);
            continue;
        }
        at = end;
        let word = slice(text, start..end);
        if word == "A" {
            if begins_phrase(text, start, end) {
                patch.replace(start, end, "À");
            }
        } else if let Some(accented) = accented(word) {
            patch.replace(start, end, &accented);
        }
    }
}

/// True if the `A` at `start..end` opens a sentence before a word, and so is no verb.
fn begins_phrase(text: &str, start: usize, end: usize) -> bool {
    let left = before(text, blanks_before(text, start));
    let opens =
        left.is_none_or(|c| matches!(c, '\n' | '.' | '!' | '?' | ':' | '«' | '“' | '"' | '—' | '–' | '(' | '…'));
    let next = blanks_after(text, end);
    let word = slice(text, next..word_after(text, next));
    let article = matches!(word, "L" | "l") && matches!(after(text, next + 1), Some('\'' | '’'));
    opens && next > end && (word.chars().nth(1).is_some() || article) && !LATIN.contains(&word.to_lowercase().as_str())
}

/// The word with the accents it lacks, if there is one choice only.
fn accented(word: &str) -> Option<String> {
    let mut letters = word.chars();
    let first = letters.next()?;
    let rest = letters.as_str();
    let all = !rest.is_empty() && !rest.chars().any(char::is_lowercase);
    let first_only = !all;
    if first_only && !matches!(first, 'A' | 'C' | 'E' | 'I' | 'O' | 'U') || word.len() < 2 {
        return None;
    }
    let lower = word.to_lowercase();
    // A known spelling stands: MARCHE is a word, as is marché.
    if knows(word) || knows(&lower) {
        return None;
    }
    let forms: Vec<String> =
        lexicon::accented_forms(&lower, first_only).into_iter().map(|form| form.to_lowercase()).collect();
    let (one, others) = forms.split_first()?;
    if others.iter().any(|other| other != one) || *one == lower {
        return None;
    }
    // A name may be spelled without: Emile, ANDRE.
    if lexicon::first_name(word).is_some() && !forms.is_empty() && first_only {
        return None;
    }
    let out: String = if all {
        one.to_uppercase()
    } else {
        let mut letters = one.chars();
        letters.next()?.to_uppercase().chain(letters).collect()
    };
    (out.chars().count() == word.chars().count()).then_some(out)
}

/// What may follow a verb or a pronoun after a hyphen.
const CLITICS: [&str; 26] = [
    "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "moi", "toi", "lui", "leur", "le", "la",
    "les", "y", "en", "là", "ci", "même", "mêmes", "t", "m", "eux",
];

/// `gouver-\nnement` is joined if the lexicon knows the whole word; `rendez-\nvous` keeps its hyphen; else nothing.
pub(crate) fn hyphenation(text: &str, _: &str, patch: &mut Patch<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(b'\n', rest)) {
        let line_end = at + found;
        at = line_end + 1;
        let mut hyphen = line_end;
        while matches!(bytes.get(hyphen.wrapping_sub(1)), Some(b' ' | b'\r')) && line_end - hyphen < 4 {
            hyphen -= 1;
        }
        let Some(c @ ('-' | '‐' | '\u{ad}')) = before(text, hyphen) else { continue };
        let left_end = hyphen - c.len_utf8();
        let left_start = word_before(text, left_end);
        let right_start = blanks_after(text, at);
        let right_end = word_after(text, right_start);
        let (left, right) = (slice(text, left_start..left_end), slice(text, right_start..right_end));
        let small = right.starts_with(char::is_lowercase);
        if left.is_empty() || right.is_empty() || is_word(after(text, right_end)) {
            continue;
        }
        let upper = left.chars().all(char::is_uppercase) && right.chars().all(char::is_uppercase);
        if !small && !upper {
            continue;
        }
        let joined = lexicon::resolve(&format!("{left}{right}")).is_some();
        let kept =
            lexicon::resolve(&format!("{left}-{right}")).is_some() || CLITICS.contains(&right.to_lowercase().as_str());
        match (joined, kept) {
            (true, false) => patch.replace(left_end, right_start, ""),
            (false, true) if c == '-' => patch.replace(hyphen, right_start, ""),
            _ => {}
        }
    }
}

/// œ and æ where the lexicon knows the word only so: `coeur`, `Oeuvre`, `NOEUD`, but not `moelle`.
pub(crate) fn restore_ligatures(text: &str, value: &str, patch: &mut Patch<'_>) {
    if value != "restore" {
        return;
    }
    let bytes = text.as_bytes();
    let pair = |a: u8, b: u8, _: u8| (b | 0x20 == b'e') & ((a | 0x20 == b'o') | (a | 0x20 == b'a'));
    let mut at = 0;
    while let Some(vowel) = find3(text, at, pair) {
        let place = vowel + 1;
        at = place + 1;
        let (start, end) = (word_before(text, place), word_after(text, place));
        let word = slice(text, start..end);
        // "Laetitia" is a name as it stands.
        let name = lexicon::first_name(word).is_some();
        if word.len() >= LONGEST || start < patch.position() || name || knows(word) {
            continue;
        }
        let split = place - 1 - start;
        let ligature = match (bytes.get(place - 1), bytes.get(place)) {
            (Some(b'o'), Some(b'e')) => "œ",
            (Some(b'O'), _) => "Œ",
            (Some(b'a'), Some(b'e')) => "æ",
            (Some(b'A'), _) => "Æ",
            _ => continue,
        };
        let restored = format!("{}{ligature}{}", slice(word, 0..split), slice(word, split + 2..word.len()));
        if knows(&restored) {
            patch.replace(place - 1, place + 1, ligature);
        }
    }
}

/// The two spellings of a word or stem.
struct Pair {
    from: String,
    to: &'static str,
    /// True if any ending may follow.
    stem: bool,
}

struct Spelling {
    /// By the first three characters.
    modern: HashMap<String, Vec<Pair>>,
    traditional: HashMap<String, Vec<Pair>>,
}

static SPELLING: LazyLock<Spelling> = LazyLock::new(|| {
    let mut spelling = Spelling { modern: HashMap::new(), traditional: HashMap::new() };
    for row in rows(include_str!("../data/normalize/spelling_1990.txt")) {
        let (Some(old), Some(new)) = (row.first(), row.get(1)) else { continue };
        let stem = old.ends_with('*');
        let (old, new) = (old.trim_end_matches('*'), new.trim_end_matches('*'));
        spelling.modern.entry(head(old)).or_default().push(Pair { from: old.to_owned(), to: new, stem });
        if row.len() < 3 {
            spelling.traditional.entry(head(new)).or_default().push(Pair { from: new.to_owned(), to: old, stem });
        }
    }
    spelling
});

fn head(word: &str) -> String {
    word.chars().take(3).collect()
}

/// `1990` or `traditional` spelling, by the list.
pub(crate) fn spelling(text: &str, value: &str, patch: &mut Patch<'_>) {
    let map = if value == "1990" { &SPELLING.modern } else { &SPELLING.traditional };
    let mut at = 0;
    while let Some(c) = after(text, at) {
        if !c.is_alphabetic() {
            at += c.len_utf8();
            continue;
        }
        let start = at;
        // A word with its hyphens and apostrophes: `week-end`, `prud'homme`.
        let mut ends = [0; 3];
        let mut parts = 0;
        loop {
            let mut end = at;
            while let Some(c) = after(text, end).filter(|c| c.is_alphanumeric()) {
                end += c.len_utf8();
            }
            ends[parts] = end;
            parts += 1;
            at = end;
            let joined = matches!(after(text, end), Some('-' | '\'' | '’'));
            let next = end + after(text, end).map_or(0, char::len_utf8);
            if parts == ends.len() || !joined || !is_letter(after(text, next)) {
                break;
            }
            at = next;
        }
        // The longest first; after an elision or a hyphen a new word begins.
        for &end in ends.iter().take(parts).rev() {
            let word = slice(text, start..end);
            if let Some(with) = respelled(word, map) {
                patch.replace_trimmed(start, end, &with);
                at = end;
                break;
            }
            at =
                end + after(text, end).filter(|_| end < *ends.get(parts - 1).unwrap_or(&end)).map_or(0, char::len_utf8);
        }
        at = at.max(start + c.len_utf8());
    }
}

/// The other spelling of a word, in its own case.
fn respelled(word: &str, map: &HashMap<String, Vec<Pair>>) -> Option<String> {
    if word.len() > LONGEST || word.len() < 3 {
        return None;
    }
    let lower = word.to_lowercase().replace('’', "'");
    let pair = map.get(&head(&lower))?.iter().find(|pair| {
        let rest = lower.strip_prefix(pair.from.as_str());
        rest.is_some_and(|rest| rest.is_empty() || pair.stem)
    })?;
    let other = format!("{}{}", pair.to, lower.strip_prefix(pair.from.as_str())?);
    // An ending that makes no word of either spelling: `ainsi` is not `aînsi`.
    if pair.stem && !knows(&lower) && !knows(&other) {
        return None;
    }
    if pair.stem && pair.to.chars().any(|c| matches!(c, 'î' | 'û')) && !knows(&other) {
        return None;
    }
    let mut letters = word.chars();
    let first = letters.next()?;
    Some(if word.chars().nth(1).is_some() && word.chars().all(|c| !c.is_lowercase()) {
        other.to_uppercase()
    } else if first.is_uppercase() {
        let mut letters = other.chars();
        letters.next()?.to_uppercase().chain(letters).collect()
    } else {
        other
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_differs() {
        for row in rows(include_str!("../data/normalize/spelling_1990.txt")) {
            assert!(row.len() >= 2 && row[0] != row[1] && row[0].ends_with('*') == row[1].ends_with('*'), "{row:?}");
        }
    }
}
