//! Unicode's own forms, and the characters that show nothing: line ends, controls, zero-width characters, soft hyphens.
//!
//! Sources: Unicode Standard Annex 15 (normalization forms), chapter 23 (special areas and format characters), and
//! section 5.8 (newline guidelines).

use memchr::memchr;
use unicode_normalization::char::{canonical_combining_class, decompose_canonical};
use unicode_normalization::{
    IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfd_quick, is_nfkc_quick, is_nfkd_quick,
};

use super::look::{after, before, find, find3, table};
use super::patch::Patch;
use crate::text::slice;

/// CR LF, CR, NEL, U+2028, U+2029, form feed and vertical tab become LF.
pub(crate) fn line_ends(text: &str, _: &str, patch: &mut Patch<'_>) {
    const BYTES: [bool; 256] = table(&[0x0b, 0x0c, 0x0d, 0xc2, 0xe2]);
    let mut at = 0;
    while let Some(start) = find(text, at, &BYTES) {
        let end = match after(text, start) {
            Some('\r') if after(text, start + 1) == Some('\n') => start + 2,
            Some('\r' | '\u{b}' | '\u{c}') => start + 1,
            Some('\u{85}') => start + 2,
            Some('\u{2028}' | '\u{2029}') => start + 3,
            _ => {
                at = start + 1;
                continue;
            }
        };
        patch.replace(start, end, "\n");
        at = end;
    }
}

/// Control characters (but tab and line feed), byte order marks and noncharacters are deleted.
pub(crate) fn controls(text: &str, _: &str, patch: &mut Patch<'_>) {
    const BYTES: [bool; 256] = {
        let mut table = table(&[0x7f, 0xc2, 0xef, 0xf0, 0xf1, 0xf2, 0xf3, 0xf4]);
        let mut byte = 0;
        while byte < 0x20 {
            table[byte] = byte != 9 && byte != 10;
            byte += 1;
        }
        // A return is a line end (its own step), as are form feed and vertical tab.
        table[0x0b] = false;
        table[0x0c] = false;
        table[0x0d] = false;
        table
    };
    let mut at = 0;
    while let Some(start) = find(text, at, &BYTES) {
        at = start + 1;
        if let Some(c) = after(text, start) {
            at = start + c.len_utf8();
            let code = u32::from(c);
            let nonchar = code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code);
            let control = c.is_control() && c != '\u{85}';
            if control || nonchar || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}') {
                patch.replace(start, at, "");
            }
        }
    }
}

/// Zero-width and direction characters are deleted; joiners stay between characters that are not of Latin script,
/// where they carry meaning (emoji, Arabic, Indic scripts).
pub(crate) fn zero_width(text: &str, _: &str, patch: &mut Patch<'_>) {
    const BYTES: [bool; 256] = table(&[0xcd, 0xd8, 0xe1, 0xe2]);
    let joined = |c: Option<char>| c.is_some_and(|c| u32::from(c) > 0x2ff);
    let mut at = 0;
    while let Some(start) = find(text, at, &BYTES) {
        at = start + 1;
        let Some(c) = after(text, start) else { continue };
        let end = start + c.len_utf8();
        let delete = match c {
            '\u{200c}' | '\u{200d}' => !(joined(before(text, start)) && joined(after(text, end))),
            '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206f}' => true,
            _ => false,
        };
        if delete {
            patch.replace(start, end, "");
            at = end;
        }
    }
}

/// Soft hyphens are deleted.
pub(crate) fn soft_hyphens(text: &str, _: &str, patch: &mut Patch<'_>) {
    let mut at = 0;
    while let Some(found) = text.as_bytes().get(at..).and_then(|rest| memchr(0xc2, rest)) {
        let start = at + found;
        at = start + 1;
        if after(text, start) == Some('\u{ad}') {
            patch.replace(start, start + 2, "");
        }
    }
}

/// The composed form, which the other steps read: NFKC for NFKC and NFKD, NFC for NFC and NFD.
pub(crate) fn compose(text: &str, value: &str, patch: &mut Patch<'_>) {
    form(text, if matches!(value, "NFKC" | "NFKD") { "NFKC" } else { "NFC" }, patch);
}

/// The decomposed form, last of all: for NFD and NFKD.
pub(crate) fn decompose(text: &str, value: &str, patch: &mut Patch<'_>) {
    if matches!(value, "NFD" | "NFKD") {
        form(text, value, patch);
    }
}

/// The normalization form named by `form`, one stretch that can interact at a time.
fn form(text: &str, form: &str, patch: &mut Patch<'_>) {
    let composed = matches!(form, "NFC" | "NFKC");
    if text.is_ascii() {
        return;
    }
    // Below U+0300, and in general punctuation but for two quads, all is NFC.
    let odd = |a: u8, b: u8, c: u8| {
        let punctuation = ((b == 0x80) & (c > 0x81)) | (b == 0x82);
        (a >= 0xcc) & (a != 0xe2) | (a == 0xe2) & !punctuation
    };
    if form == "NFC" && find3(text, 0, odd).is_none() {
        return;
    }
    let quick = match form {
        "NFC" => is_nfc_quick(text.chars()),
        "NFD" => is_nfd_quick(text.chars()),
        "NFKC" => is_nfkc_quick(text.chars()),
        _ => is_nfkd_quick(text.chars()),
    };
    if quick == IsNormalized::Yes {
        return;
    }
    // A stretch begins at a character that nothing before can combine with.
    let begins = |c: char| {
        if c.is_ascii() {
            return true;
        }
        if canonical_combining_class(c) != 0 {
            return false;
        }
        if composed {
            let once = std::iter::once(c);
            let quick = if form == "NFC" { is_nfc_quick(once) } else { is_nfkc_quick(once) };
            return quick == IsNormalized::Yes;
        }
        let mut first = None;
        decompose_canonical(c, |part| {
            first.get_or_insert(part);
        });
        first.is_none_or(|part| canonical_combining_class(part) == 0)
    };
    let mut start = 0;
    let mut buffer = String::new();
    let mut close = |start: usize, end: usize, patch: &mut Patch<'_>| {
        let stretch = slice(text, start..end);
        if stretch.len() < 2 {
            return;
        }
        buffer.clear();
        match form {
            "NFC" => buffer.extend(stretch.nfc()),
            "NFD" => buffer.extend(stretch.nfd()),
            "NFKC" => buffer.extend(stretch.nfkc()),
            _ => buffer.extend(stretch.nfkd()),
        }
        if buffer != stretch {
            patch.replace_trimmed(start, end, &buffer);
        }
    };
    for (at, c) in text.char_indices() {
        if at > start && begins(c) {
            close(start, at, patch);
            start = at;
        }
    }
    close(start, text.len(), patch);
}
