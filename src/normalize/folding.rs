//! Folding: ligatures, case, diacritics, ASCII, repeated characters.
//!
//! Sources: Unicode `CaseFolding.txt` (full folding, as far as European letters go) and Unicode Standard Annex 15
//! (canonical decomposition, for the marks that are taken off).

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_canonical, is_combining_mark};

use super::lists::rows;
use super::look::{Hits, after, before, is_letter};
use super::patch::Patch;

/// Calls `each` for every character above ASCII, with its span.
fn above_ascii(text: &str, mut each: impl FnMut(char, usize, usize)) {
    let mut hits = Hits::new(text, |a, _, _| a >= 0x80);
    let mut at = 0;
    while let Some(start) = hits.next(at) {
        let Some(c) = after(text, start) else { break };
        at = start + c.len_utf8();
        each(c, start, at);
    }
}

/// True if the word around `start..end` is in capitals: `ŒUVRE`, but not `Œuvre`.
fn in_capitals(text: &str, start: usize, end: usize) -> bool {
    match after(text, end) {
        Some(c) if c.is_alphabetic() => c.is_uppercase(),
        _ => before(text, start).is_some_and(char::is_uppercase),
    }
}

/// `fold`: œ and æ become two letters. (`restore`: see `french.rs`.)
pub(crate) fn fold_ligatures(text: &str, value: &str, patch: &mut Patch<'_>) {
    if value != "fold" {
        return;
    }
    let mut hits = Hits::new(text, |a, b, _| {
        (a == 0xc3) & ((b == 0x86) | (b == 0xa6))
            | (a == 0xc4) & ((b == 0xb2) | (b == 0xb3))
            | (a == 0xc5) & ((b == 0x92) | (b == 0x93))
    });
    let mut at = 0;
    while let Some(start) = hits.next(at) {
        at = start + 1;
        let Some(c) = after(text, start) else { continue };
        let end = start + c.len_utf8();
        at = end;
        let with = match c {
            'œ' => "oe",
            'æ' => "ae",
            'Œ' if in_capitals(text, start, end) => "OE",
            'Œ' => "Oe",
            'Æ' if in_capitals(text, start, end) => "AE",
            'Æ' => "Ae",
            'ĳ' => "ij",
            'Ĳ' => "IJ",
            _ => continue,
        };
        patch.replace(start, end, with);
    }
}

/// The letters of a presentation form: ﬀ, ﬁ, ﬂ, ﬃ, ﬄ, ﬅ, ﬆ.
fn presentation(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => return None,
    })
}

/// Every value: presentation forms, which no French text wants, become letters.
pub(crate) fn presentation_forms(text: &str, _: &str, patch: &mut Patch<'_>) {
    let mut hits = Hits::new(text, |a, b, c| (a == 0xef) & (b == 0xac) & (c <= 0x86));
    let mut at = 0;
    while let Some(start) = hits.next(at) {
        at = start + 1;
        if let Some(letters) = after(text, start).and_then(presentation) {
            patch.replace(start, start + 3, letters);
        }
    }
}

/// Full case folding: lower case, with `ß` as `ss`, final sigma as sigma, long s as s.
pub(crate) fn case(text: &str, _: &str, patch: &mut Patch<'_>) {
    let mut buffer = String::new();
    // Capitals, and all above ASCII but the small letters of Latin-1 and no-break spaces.
    let mut hits = Hits::new(text, |a, b, _| {
        (a >= b'A') & (a <= b'Z') | (a == 0xc3) & (b <= 0x9f) | (a >= 0xc4) & (a != 0xe2) | (a == 0xe2) & (b > 0x80)
    });
    let mut next = 0;
    while let Some(at) = hits.next(next) {
        let Some(c) = after(text, at) else { break };
        next = at + c.len_utf8();
        buffer.clear();
        match c {
            'ß' | 'ẞ' => buffer.push_str("ss"),
            'ς' => buffer.push('σ'),
            'ſ' => buffer.push('s'),
            _ => buffer.extend(c.to_lowercase()),
        }
        patch.replace(at, next, &buffer);
    }
}

/// Letters that a stroke or hook marks, which Unicode does not decompose.
fn unstroked(c: char) -> Option<char> {
    Some(match c {
        'ø' => 'o',
        'Ø' => 'O',
        'đ' | 'ð' => 'd',
        'Đ' | 'Ð' => 'D',
        'ł' | 'ŀ' => 'l',
        'Ł' | 'Ŀ' => 'L',
        'ħ' => 'h',
        'Ħ' => 'H',
        'ŧ' => 't',
        'Ŧ' => 'T',
        'ı' => 'i',
        _ => return None,
    })
}

/// True for letters of Latin, Greek and Cyrillic scripts: marks on others are part of the word.
fn is_european(c: char) -> bool {
    u32::from(c) < 0x530 || ('\u{1e00}'..='\u{1fff}').contains(&c)
}

/// Takes the marks off Latin, Greek and Cyrillic letters: `é` to `e`, `ç` to `c`.
pub(crate) fn diacritics(text: &str, _: &str, patch: &mut Patch<'_>) {
    let mut base = 'a';
    above_ascii(text, |c, start, end| {
        if is_combining_mark(c) {
            if before(text, start).is_some_and(|left| is_european(left) || is_combining_mark(left)) && is_european(base)
            {
                patch.replace(start, end, "");
            }
            return;
        }
        base = c;
        if let Some(plain) = unstroked(c) {
            patch.replace_char(start, end, plain);
            return;
        }
        let mut parts = (None, false);
        decompose_canonical(c, |part| {
            if parts.0.is_none() {
                parts.0 = Some(part);
            } else {
                parts.1 |= canonical_combining_class(part) != 0;
            }
        });
        if let (Some(first), true) = parts
            && is_european(first)
        {
            patch.replace_char(start, end, first);
        }
    });
}

static ASCII: LazyLock<HashMap<char, &'static str>> = LazyLock::new(|| {
    let entry = |row: Vec<&'static str>| Some((row.first()?.chars().next()?, row.get(1).copied()?));
    rows(include_str!("../data/normalize/ascii.txt")).filter_map(entry).collect()
});

/// Everything in ASCII: by the list, else without marks, else by compatibility; what has no equivalent becomes `?`.
pub(crate) fn ascii(text: &str, _: &str, patch: &mut Patch<'_>) {
    let mut buffer = String::new();
    above_ascii(text, |c, start, end| {
        buffer.clear();
        if let Some(with) = ASCII.get(&c) {
            let capitals = with.len() == 2 && c.is_uppercase() && !in_capitals(text, start, end);
            if capitals {
                buffer.extend(with.chars().take(1));
                buffer.extend(with.chars().skip(1).map(|letter| letter.to_ascii_lowercase()));
            } else {
                buffer.push_str(with);
            }
        } else if c.is_whitespace() {
            buffer.push(' ');
        } else if !is_combining_mark(c) || !is_letter(before(text, start)) {
            let parts = std::iter::once(c).nfkd().filter(|&part| !is_combining_mark(part));
            for part in parts {
                match ASCII.get(&part) {
                    _ if part.is_ascii() => buffer.push(part),
                    Some(with) => buffer.push_str(with),
                    None => {
                        buffer.clear();
                        buffer.push('?');
                        break;
                    }
                }
            }
        }
        patch.replace(start, end, &buffer);
    });
}

/// A letter repeated three times or more is written once (`nooon`), other marks at most as often as `value` says:
/// French repeats no letter more than twice, and `!!!` no more than needed. Digits, dots and spaces are left.
pub(crate) fn repeats(text: &str, value: &str, patch: &mut Patch<'_>) {
    let most = match value {
        "1" => 1,
        "2" => 2,
        _ => 3,
    };
    // Three of a kind: bytes that repeat, or the first of two or three bytes.
    let mut hits = Hits::new(text, |a, b, c| {
        (a == b) & (b == c)
            | (a >= 0xc2) & (a == c)
            | (a >= 0xe1) & (a != 0xe2)
            | (a == 0xe2) & (b == 0x80) & (c == 0x99)
    });
    let mut at = 0;
    while let Some(start) = hits.next(at) {
        let Some(c) = after(text, start) else { break };
        let (mut count, mut kept, mut end) = (0, start, start);
        while after(text, end) == Some(c) {
            end += c.len_utf8();
            count += 1;
            if count <= most {
                kept = end;
            }
        }
        at = end;
        let letter = c.is_alphabetic();
        if count > 2 && count > most && (letter || matches!(c, '!' | '?' | ',' | ';' | ':' | '\'' | '"' | '’')) {
            // Roman numerals keep their three signs.
            if most == 3 || !matches!(c, 'I' | 'X' | 'C' | 'M') || count > 4 {
                patch.replace(kept, end, "");
            }
        }
    }
}
