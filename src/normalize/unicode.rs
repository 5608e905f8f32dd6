//! Unicode's own forms, and the characters that show nothing: line ends, controls, zero-width characters, soft hyphens.
//!
//! Sources: Unicode Standard Annex 15 (normalization forms), chapter 23 (special areas and format characters), and
//! section 5.8 (newline guidelines).

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfkc_quick};

use super::look::{Hits, after, before};
use super::patch::Patch;
use crate::text::slice;

/// True if the text has a character that one of the rare steps looks for: those of this file but the composed form, the
/// controls of `mojibake.rs`, and presentation forms. They are passed over together where it has none.
pub(crate) fn has_rare(text: &str) -> bool {
    let mut hits = Hits::new(text, |a, b, c| {
        let ascii = (a < 0x20) & (a != b'\t') & (a != b'\n') | (a == 0x7f);
        let two = (a == 0xc2) & ((b < 0xa0) | (b == 0xad)) | (a == 0xcd) & (b == 0x8f) | (a == 0xd8) & (b == 0x9c);
        let general = (a == 0xe2)
            & ((b == 0x80) & ((c >= 0x8b) & (c <= 0x8f) | (c >= 0xa8) & (c <= 0xae)) | (b == 0x81) & (c >= 0xa0));
        let three = general | (a == 0xe1) & (b == 0xa0) | (a == 0xef) & (b >= 0xac);
        ascii | two | three | (a >= 0xf0) & (c == 0xbf)
    });
    hits.next(0).is_some()
}

/// CR LF, CR, NEL, U+2028, U+2029, form feed and vertical tab become LF.
pub(crate) fn line_ends(text: &str, _: &str, patch: &mut Patch<'_>) {
    let mut hits = Hits::new(text, |a, b, c| {
        (a >= 0x0b) & (a <= 0x0d) | (a == 0xc2) & (b == 0x85) | (a == 0xe2) & (b == 0x80) & ((c == 0xa8) | (c == 0xa9))
    });
    let mut at = 0;
    while let Some(start) = hits.next(at) {
        at = match after(text, start) {
            Some('\r') if after(text, start + 1) == Some('\n') => start + 2,
            Some(c) => start + c.len_utf8(),
            None => break,
        };
        patch.replace(start, at, "\n");
    }
}

/// Control characters (but tab and line ends, which are their own step), byte order marks and noncharacters are deleted.
pub(crate) fn controls(text: &str, _: &str, patch: &mut Patch<'_>) {
    let mut hits = Hits::new(text, |a, b, c| {
        (a < 0x20) & ((a < 0x09) | (a > 0x0d))
            | (a == 0x7f)
            | (a == 0xc2) & (b < 0xa0) & (b != 0x85)
            | (a == 0xef) & ((b == 0xbb) | (b == 0xb7) | (b == 0xbf))
            | (a >= 0xf0) & (c == 0xbf)
    });
    let mut at = 0;
    while let Some(start) = hits.next(at) {
        let Some(c) = after(text, start) else { break };
        at = start + c.len_utf8();
        let code = u32::from(c);
        let nonchar = code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code);
        if nonchar || c.is_control() || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}') {
            patch.replace(start, at, "");
        }
    }
}

/// Zero-width and direction characters are deleted; joiners stay between characters that are not of Latin script,
/// where they carry meaning (emoji, Arabic, Indic scripts).
pub(crate) fn zero_width(text: &str, _: &str, patch: &mut Patch<'_>) {
    let mut hits = Hits::new(text, |a, b, c| {
        (a == 0xcd) & (b == 0x8f)
            | (a == 0xd8) & (b == 0x9c)
            | (a == 0xe1) & (b == 0xa0) & (c == 0x8e)
            | (a == 0xe2) & (b == 0x80) & ((c >= 0x8b) & (c <= 0x8f) | (c >= 0xaa) & (c <= 0xae))
            | (a == 0xe2) & (b == 0x81) & (c >= 0xa0) & (c != 0xa5)
    });
    let joinable = |c: Option<char>| c.is_some_and(|c| u32::from(c) > 0x2ff);
    let mut at = 0;
    while let Some(start) = hits.next(at) {
        let Some(c) = after(text, start) else { break };
        at = start + c.len_utf8();
        let joiner = matches!(c, '\u{200c}' | '\u{200d}');
        if !(joiner && joinable(before(text, start)) && joinable(after(text, at))) {
            patch.replace(start, at, "");
        }
    }
}

/// Soft hyphens are deleted.
pub(crate) fn soft_hyphens(text: &str, _: &str, patch: &mut Patch<'_>) {
    let mut hits = Hits::new(text, |a, b, _| (a == 0xc2) & (b == 0xad));
    let mut at = 0;
    while let Some(start) = hits.next(at) {
        at = start + 2;
        patch.replace(start, at, "");
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
    match form {
        // Below U+0300, and in general punctuation but for two quads, all is NFC.
        "NFC" => stretches(text, form, patch, |a, b, c| {
            let punctuation = ((b == 0x80) & (c > 0x81)) | (b == 0x82);
            (a >= 0xcc) & (a != 0xe2) | (a == 0xe2) & !punctuation
        }),
        // Of Latin-1, letters are NFKC; many signs are not.
        "NFKC" => stretches(text, form, patch, |a, _, _| (a == 0xc2) | (a >= 0xc4)),
        _ => stretches(text, form, patch, |a, _, _| a >= 0xc2),
    }
}

/// Rewrites the stretches around the characters that `odd` finds: all others neither change nor combine with what stands
/// before them.
fn stretches(text: &str, form: &str, patch: &mut Patch<'_>, odd: impl Fn(u8, u8, u8) -> bool) {
    let composed = matches!(form, "NFC" | "NFKC");
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
    let mut buffer = String::new();
    let mut hits = Hits::new(text, odd);
    // Where to look next, and where the last stretch ended.
    let (mut at, mut closed) = (0, 0);
    while let Some(hit) = hits.next(at) {
        let Some(c) = after(text, hit) else { break };
        let mut end = hit + c.len_utf8();
        // A starter that is in its form stands: what follows it is looked at for itself.
        if composed && begins(c) {
            at = end;
            continue;
        }
        // From the starter before it, which belongs to no earlier stretch, to the next one.
        let mut start = hit;
        while start > closed && !after(text, start).is_some_and(begins) {
            start -= before(text, start).map_or(1, char::len_utf8);
        }
        while let Some(next) = after(text, end).filter(|&next| !begins(next)) {
            end += next.len_utf8();
        }
        (at, closed) = (end, end);
        let stretch = slice(text, start..end);
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{folding, mojibake};

    #[test]
    fn what_rare_steps_change_is_rare() {
        let steps =
            [line_ends, controls, zero_width, soft_hyphens, mojibake::windows_controls, folding::presentation_forms];
        for c in ('\0'..=char::MAX).filter(|&c| !has_rare(&format!("é{c}é"))) {
            let text = format!("a{c}b");
            for run in steps {
                let mut patch = Patch::new(&text, false);
                run(&text, "", &mut patch);
                assert!(patch.finish().is_none(), "{c:?}");
            }
        }
    }
}
