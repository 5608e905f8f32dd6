//! Mojibake: UTF-8 that was read as Windows-1252, Latin-1 or Mac Roman, once or several times (`Ã©`, `â€™`, `Â«`, `√©`).
//!
//! Every sequence of characters whose bytes, in one of these encodings, are the UTF-8 of one plausible character is a
//! candidate. Most candidates cannot occur in correct text (`Ã©`, `â€™`): they are **strong** and are decoded. A few
//! could (`Â` and a no-break space in « Â », `Å”` at the end of a Nordic name): they are **weak** unless what stands
//! around them decides, and weak ones are decoded only in a text that has a strong one. The same pass is repeated for
//! text that was damaged twice. What is lost (U+FFFD) is not guessed, but for the no-break
//! space of a lone `à`.
//!
//! Source of the tables: the WHATWG Encoding Standard (windows-1252, macintosh).

use super::look::{Hits, after, before, blanks_before, is_gap, is_letter};
use super::patch::Patch;
use crate::text::slice;

/// Bytes 80 to 9F in Windows-1252; the five that are undefined stand for themselves.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Bytes 80 to BF in Mac Roman: the continuation bytes of UTF-8.
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø";

/// The character that Windows-1252 gives for a byte from 80 to 9F.
pub(crate) fn windows_1252(byte: u8) -> char {
    WINDOWS.get(usize::from(byte.wrapping_sub(0x80))).copied().unwrap_or(char::from(byte))
}

#[derive(Clone, Copy, PartialEq)]
enum Charset {
    Windows,
    Mac,
}

/// The first byte of a UTF-8 sequence that `c` may be the image of, and in which encoding.
fn lead(c: char) -> Option<(u8, Charset)> {
    Some(match c {
        'Â' | 'Ã' | 'Ä' | 'Å' | 'Æ' | 'Ë' | 'Ì' | 'Î' | 'Ï' | 'Ð' | 'Ñ' | 'á' | 'â' | 'ï' | 'ð' => {
            (u8::try_from(u32::from(c)).ok()?, Charset::Windows)
        }
        '¬' => (0xc2, Charset::Mac),
        '√' => (0xc3, Charset::Mac),
        'ƒ' => (0xc4, Charset::Mac),
        '≈' => (0xc5, Charset::Mac),
        'Œ' => (0xce, Charset::Mac),
        'œ' => (0xcf, Charset::Mac),
        '‚' => (0xe2, Charset::Mac),
        _ => return None,
    })
}

/// The continuation byte (80 to BF) that `c` is the image of.
fn continuation(c: char, charset: Charset) -> Option<u8> {
    let code = u32::from(c);
    match charset {
        Charset::Windows if (0x80..0xc0).contains(&code) => u8::try_from(code).ok(),
        Charset::Windows => {
            let index = WINDOWS.iter().position(|&image| image == c)?;
            u8::try_from(index + 0x80).ok()
        }
        Charset::Mac => {
            let index = MAC.chars().position(|image| image == c)?;
            u8::try_from(index + 0x80).ok()
        }
    }
}

struct Candidate {
    start: usize,
    end: usize,
    repaired: char,
    strong: bool,
}

/// The candidate that begins at byte `start` with the character `first`.
fn candidate(text: &str, start: usize, first: char) -> Option<Candidate> {
    let (byte, charset) = lead(first)?;
    let length = match byte {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    };
    let mut bytes = [byte, 0, 0, 0];
    let mut end = start + first.len_utf8();
    let mut last = first;
    for slot in bytes.iter_mut().take(length).skip(1) {
        last = after(text, end)?;
        *slot = continuation(last, charset)?;
        end += last.len_utf8();
    }
    let repaired = std::str::from_utf8(bytes.get(..length)?).ok()?.chars().next()?;
    if !plausible(repaired, charset) {
        return None;
    }
    let (left, right) = (before(text, start), after(text, end));
    let strong = match charset {
        Charset::Windows if length == 2 && far_evidence(text, start, first, last, right) => true,
        Charset::Windows => windows_evidence(first, last, length, left, right),
        Charset::Mac => mac_evidence(first, last, left),
    };
    Some(Candidate { start, end, repaired, strong })
}

/// `Ã la mer`: an *à* whose second character, a no-break space, became a plain one or was joined with the next: weak.
fn lone_a(text: &str, start: usize) -> Option<Candidate> {
    let end = start + 'Ã'.len_utf8();
    let rest = slice(text, start..text.len());
    let (word, end) = match rest.strip_prefix("Ã  ") {
        Some(word) => (word, end + 1),
        None => (rest.strip_prefix("Ã ")?, end),
    };
    let fits = is_gap(before(text, start)) && word.starts_with(char::is_lowercase);
    fits.then_some(Candidate { start, end, repaired: 'à', strong: false })
}

/// Characters that a European text holds, or that a first repair of it shows.
fn plausible(c: char, charset: Charset) -> bool {
    match u32::from(c) {
        0x391..=0x3ce => charset == Charset::Windows || matches!(c, 'π' | 'Ω'),
        0x400..=0x45f | 0x1e00..=0x1eff => charset == Charset::Windows,
        0x80..=0x17f
        | 0x192
        | 0x218..=0x21b
        | 0x2c6
        | 0x2c7
        | 0x2d8..=0x2dd
        | 0x300..=0x33f
        | 0x2000..=0x206f
        | 0x20a0..=0x20bf
        | 0x2100..=0x215f
        | 0x2190..=0x22ff
        | 0x25a0..=0x27bf
        | 0xfb00..=0xfb04
        | 0xfeff
        | 0xfffd
        | 0xfe0f
        | 0x1f000..=0x1faff => true,
        _ => false,
    }
}

fn windows_evidence(first: char, last: char, length: usize, left: Option<char>, right: Option<char>) -> bool {
    if length > 2 {
        return first != 'á' || is_letter(left) || is_letter(right);
    }
    // No lower-case letter stands before a capital with an accent inside a word: `sÃ»r`, `bonjourÂ !`.
    if left.is_some_and(char::is_lowercase) {
        return true;
    }
    match (first, last) {
        // ` Ã  la`: a lone à. But « Ã » speaks of the letter, and no Portuguese capital is touched.
        ('Ã', '\u{a0}') => {
            !is_letter(left)
                && !matches!(left, Some('\u{a0}' | '«' | '“' | '"'))
                && !matches!(right, Some('»' | ':' | ';' | '!' | '?' | '%'))
        }
        ('Â', '\u{a0}') => !(quoted(left) && right.is_none_or(|c| !c.is_alphanumeric())),
        (_, '\u{a0}') | ('Æ', _) => false,
        ('Â', '»') => !quoted(left),
        ('Â', '«') => true,
        // Closing marks may follow a capital that ends a word; with a letter after them they cannot.
        (_, '»' | '«' | '”' | '“' | '’' | '‘' | '…' | '–' | '—' | '›' | '‹') => is_letter(right),
        ('Ì', _) => is_letter(left),
        _ => true,
    }
}

/// What stands further left tells: `LÃ  !` (Là), `fin. Â»`, `Ã” combien`.
fn far_evidence(text: &str, start: usize, first: char, last: char, right: Option<char>) -> bool {
    match (first, last) {
        ('Ã', '\u{a0}') => {
            before(text, start) == Some('L') && !is_letter(before(text, start - 1)) && !is_letter(right)
        }
        ('Ã', '”') => is_gap(before(text, start)) && right == Some(' '),
        ('Â', '»') => match before(text, blanks_before(text, start)) {
            None | Some('\n') => is_letter(right),
            far => !quoted(far),
        },
        _ => false,
    }
}

/// True where a letter that is spoken about may begin: after a space or an opening mark.
fn quoted(left: Option<char>) -> bool {
    left.is_none_or(|c| c.is_whitespace() || matches!(c, '«' | '“' | '"' | '(' | '[' | '‘' | '\''))
}

fn mac_evidence(first: char, last: char, left: Option<char>) -> bool {
    match (first, last) {
        // `√π`, `¬∞` and `≈°` are mathematics unless a word stands before.
        ('√', 'π' | 'Ω' | '∑' | '∏' | '∫' | '∂') | ('¬' | '≈' | 'ƒ', '≤' | '≥' | '≠' | '±' | '°') => {
            is_letter(left)
        }
        ('œ', last) => last == 'Ä',
        ('Œ', last) => last == '©',
        _ => true,
    }
}

/// Decodes mojibake, one level: see the head of the file. Repeated by the caller until nothing changes.
pub(crate) fn repair(text: &str, _: &str, patch: &mut Patch<'_>) {
    // A character that `lead` knows, before another above ASCII.
    let wanted = |a: u8, b: u8, c: u8| {
        let low = (0x82..=0x86).contains(&b) | (b == 0x8b) | (b == 0x8c) | (0x8e..=0x91).contains(&b);
        let high = (b == 0xa1) | (b == 0xa2) | (b == 0xaf) | (b == 0xb0);
        let two = (a == 0xc3) & (low | high)
            | (a == 0xc2) & (b == 0xac)
            | (a == 0xc5) & ((b == 0x92) | (b == 0x93))
            | (a == 0xc6) & (b == 0x92);
        let three =
            (a == 0xe2) & (((b == 0x80) & (c == 0x9a)) | ((b == 0x88) & (c == 0x9a)) | ((b == 0x89) & (c == 0x88)));
        two & (c >= 0x80) | three | (a == 0xc3) & (b == 0x83) & (c == b' ')
    };
    let mut hits = Hits::new(text, wanted);
    let mut found: Vec<Candidate> = Vec::new();
    let mut at = 0;
    while let Some(start) = hits.next(at) {
        at = start + 1;
        let Some(c) = after(text, start) else { continue };
        at = start + c.len_utf8();
        if let Some(candidate) = candidate(text, start, c).or_else(|| lone_a(text, start)) {
            at = candidate.end;
            found.push(candidate);
        }
    }
    if found.iter().any(|candidate| candidate.strong) {
        for candidate in found {
            patch.replace_char(candidate.start, candidate.end, candidate.repaired);
        }
    }
}

/// Controls 80 to 9F, which no text holds, are Windows-1252 that was read as Latin-1: `l\u{92}homme`. U+0085 also ends
/// lines: it is an ellipsis only where another such control shows the damage.
pub(crate) fn windows_controls(text: &str, _: &str, patch: &mut Patch<'_>) {
    let mut at = 0;
    let mut evidence = false;
    let mut ellipses: Vec<usize> = Vec::new();
    let mut others: Vec<(usize, char)> = Vec::new();
    let mut hits = Hits::new(text, |a, b, _| (a == 0xc2) & (b < 0xa0));
    while let Some(start) = hits.next(at) {
        at = start + 2;
        match slice(text, start..at).chars().next() {
            Some('\u{85}') => ellipses.push(start),
            Some(c @ '\u{80}'..='\u{9f}') => {
                let repaired = u8::try_from(u32::from(c)).map_or(c, windows_1252);
                if repaired != c {
                    others.push((start, repaired));
                    evidence = true;
                }
            }
            _ => {}
        }
    }
    if evidence {
        others.extend(ellipses.into_iter().map(|start| (start, '…')));
        others.sort_unstable();
        for (start, repaired) in others {
            patch.replace_char(start, start + 2, repaired);
        }
    }
}
