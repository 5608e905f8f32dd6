//! Steps that ask the lexicon or a list: accents of capitals, end-of-line hyphens, œ and æ restored.
//!
//! Source: Académie française, « Accentuation des majuscules » (capitals carry their accents).

use memchr::memchr;

use super::look::{Hits, after, before, blanks_after, blanks_before, is_word};
use super::patch::Patch;
use crate::text::slice;
use crate::{Upos, lexicon};

/// Longest word that is looked up, in bytes.
pub(super) const LONGEST: usize = 48;

/// True if the lexicon has the form as it is or in small letters.
pub(super) fn knows(form: &str) -> bool {
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
    let mut hits = Hits::new(text, |a, b, _| {
        (a >= b'A') & (a <= b'Z') | (a == 0xc3) & (b <= 0x9e) | (a == 0xc5) & ((b == 0x92) | (b == 0xb8))
    });
    let mut at = 0;
    while let Some(start) = hits.next(at) {
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
    // `A voté`, `A été`: a participle, no noun or infinitive.
    let verb = word == "été"
        || lexicon::resolve(word).is_some_and(|form| {
            let mut any = false;
            let all = lexicon::lookup(&form).all(|entry| {
                let verb = matches!(entry.upos(), Upos::Verb | Upos::Aux) && entry.lemma() != form;
                any |= verb;
                verb || entry.upos() == Upos::Adj
            });
            any && all
        });
    opens
        && !verb
        && next > end
        && (word.chars().nth(1).is_some() || article)
        && !LATIN.contains(&word.to_lowercase().as_str())
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
    let mut hits = Hits::new(text, pair);
    let mut at = 0;
    while let Some(vowel) = hits.next(at) {
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
