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
