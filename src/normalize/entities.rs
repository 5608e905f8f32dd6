//! HTML character references: `&eacute;`, `&#233;`, `&#xE9;`, and those escaped twice, `&amp;eacute;`.
//!
//! Only references that end with `;` and name a character of HTML 4 are decoded (`AT&T; R&D` stays). Numbers 128 to
//! 159 mean Windows-1252, as in the HTML standard. `&amp;` followed by what reads as a reference is taken with it, and
//! a reference that would complete another one by its own letters is left: decoding twice gives what decoding once did.

use std::collections::HashMap;
use std::sync::LazyLock;

use memchr::memchr;

use super::mojibake::windows_1252;
use super::patch::Patch;
use crate::text::slice;

static NAMES: LazyLock<HashMap<&'static str, char>> = LazyLock::new(|| {
    let entry = |line: &'static str| {
        let (name, code) = line.split_once(' ')?;
        Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
    };
    let lines = include_str!("../data/normalize/entities.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(entry).collect()
});

/// The longest reference that is looked at, from `&` to `;`.
const LONGEST: usize = 12;

/// Decodes character references.
pub(crate) fn decode(text: &str, _: &str, patch: &mut Patch<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Where the decoded text may read `&name` so far, if it does: a chain that letters must not complete.
    let mut chain: Option<usize> = None;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(b'&', rest)) {
        let start = at + found;
        let plain = bytes.get(at..start).unwrap_or_default();
        if !plain.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'#') {
            chain = None;
        }
        let Some((mut c, mut end)) = reference(text, start) else {
            chain = Some(start);
            at = start + 1;
            continue;
        };
        // `&amp;amp;eacute;`: what follows an ampersand may complete a reference.
        while c == '&' {
            match tail(text, end) {
                Some((next, next_end)) => (c, end) = (next, next_end),
                None => break,
            }
        }
        if chain.is_some() && (c.is_ascii_alphanumeric() || c == '#' || c == ';') {
            at = end;
            continue;
        }
        patch.replace_char(start, end, c);
        chain = (c == '&').then_some(start);
        at = end;
    }
}

/// The reference that begins with the `&` at byte `start`: its character and where it ends.
fn reference(text: &str, start: usize) -> Option<(char, usize)> {
    tail(text, start + 1)
}

/// The rest of a reference, after its `&`.
fn tail(text: &str, from: usize) -> Option<(char, usize)> {
    let rest = text.as_bytes().get(from..text.len().min(from + LONGEST))?;
    let length = memchr(b';', rest)?;
    let name = slice(text, from..from + length);
    let c = match name.strip_prefix('#') {
        None => *NAMES.get(name)?,
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) if hex.bytes().all(|byte| byte.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok()?,
                None if number.bytes().all(|byte| byte.is_ascii_digit()) => number.parse().ok()?,
                _ => return None,
            };
            let c = char::from_u32(code)?;
            match u8::try_from(code) {
                Ok(byte @ 0x80..=0x9f) => windows_1252(byte),
                _ if c.is_control() && c != '\n' && c != '\t' => return None,
                _ => c,
            }
        }
    };
    Some((c, from + length + 1))
}

#[cfg(test)]
mod tests {
    use super::NAMES;

    #[test]
    fn every_line_of_the_list_is_read() {
        let lines = include_str!("../data/normalize/entities.txt").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), NAMES.len());
        assert_eq!(NAMES["eacute"], 'é');
    }
}
