//! Looking around a byte position of a text: the characters beside it, and what kind they are.

use crate::text::slice;

/// No-break space.
pub(crate) const NBSP: char = '\u{a0}';
/// Narrow no-break space.
pub(crate) const NNBSP: char = '\u{202f}';

/// The character that begins at byte `at`.
pub(crate) fn after(text: &str, at: usize) -> Option<char> {
    slice(text, at..text.len()).chars().next()
}

/// The character that ends at byte `at`.
pub(crate) fn before(text: &str, at: usize) -> Option<char> {
    slice(text, 0..at).chars().next_back()
}

/// A space inside a line, breaking or not.
pub(crate) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// First byte of the blanks that end at byte `at`. At most `BLANKS` of them are looked at.
pub(crate) fn blanks_before(text: &str, at: usize) -> usize {
    let blanks = slice(text, 0..at).chars().rev().take(BLANKS).take_while(|&c| is_blank(c));
    at - blanks.map(char::len_utf8).sum::<usize>()
}

/// One past the blanks that begin at byte `at`. At most `BLANKS` of them are looked at.
pub(crate) fn blanks_after(text: &str, at: usize) -> usize {
    let blanks = slice(text, at..text.len()).chars().take(BLANKS).take_while(|&c| is_blank(c));
    at + blanks.map(char::len_utf8).sum::<usize>()
}

/// How many blanks beside a mark are looked at: a bound, so that a line of marks and blanks stays linear.
const BLANKS: usize = 8;

/// A letter or digit.
pub(crate) fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// A letter.
pub(crate) fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphabetic)
}

/// An ASCII digit.
pub(crate) fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// White space or the edge of the text.
pub(crate) fn is_gap(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

/// A byte table that is true for the bytes of `wanted`: the pre-scan of a step.
pub(crate) const fn table(wanted: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut i = 0;
    while i < wanted.len() {
        table[wanted[i] as usize] = true;
        i += 1;
    }
    table
}

/// The next byte position from `from` whose byte is in `table`.
pub(crate) fn find(text: &str, from: usize, table: &[bool; 256]) -> Option<usize> {
    let bytes = text.as_bytes().get(from..)?;
    bytes.iter().position(|&byte| table[usize::from(byte)]).map(|at| from + at)
}

/// The next position from `from` where `wanted` holds for a byte and the two after it (0 past the end). Blocks without
/// any are passed over at once: the closure should be comparisons without branches.
pub(crate) fn find3(text: &str, from: usize, wanted: impl Fn(u8, u8, u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 64;
    let bytes = text.as_bytes();
    let mut at = from;
    while let (Some(a), Some(b), Some(c)) =
        (bytes.get(at..at + BLOCK), bytes.get(at + 1..at + 1 + BLOCK), bytes.get(at + 2..at + 2 + BLOCK))
    {
        let any = a.iter().zip(b).zip(c).fold(false, |any, ((&a, &b), &c)| any | wanted(a, b, c));
        if any {
            if let Some(found) = a.iter().zip(b).zip(c).position(|((&a, &b), &c)| wanted(a, b, c)) {
                return Some(at + found);
            }
        }
        at += BLOCK;
    }
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    (at..bytes.len()).find(|&at| wanted(byte(at), byte(at + 1), byte(at + 2)))
}
