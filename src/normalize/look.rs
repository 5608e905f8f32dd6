//! Looking around a byte position of a text: the characters beside it, and what kind they are.

use crate::text::slice;

/// No-break space.
pub(crate) const NBSP: char = '\u{a0}';
/// Narrow no-break space.
pub(crate) const NNBSP: char = '\u{202f}';

/// The character that begins at byte `at`.
#[inline]
pub(crate) fn after(text: &str, at: usize) -> Option<char> {
    slice(text, at..text.len()).chars().next()
}

/// The character that ends at byte `at`.
#[inline]
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

/// How many bytes [`Hits`] looks at together.
const BLOCK: usize = 64;

/// The positions where a condition on a byte and the two after it (0 past the end) holds: the pre-scan of a step. The
/// condition should be comparisons without branches, so that the compiler vectorizes a block of them at a time; each
/// byte is looked at once.
pub(crate) struct Hits<'t, F> {
    bytes: &'t [u8],
    wanted: F,
    /// Where the block begins whose hits are in `mask`, one bit a byte.
    block: usize,
    mask: u64,
}

impl<'t, F: Fn(u8, u8, u8) -> bool> Hits<'t, F> {
    pub(crate) fn new(text: &'t str, wanted: F) -> Self {
        let mut hits = Self { bytes: text.as_bytes(), wanted, block: 0, mask: 0 };
        hits.mask = hits.look();
        hits
    }

    /// The next position from `from` on. `from` must not go back.
    #[inline]
    pub(crate) fn next(&mut self, from: usize) -> Option<usize> {
        let ahead = from.saturating_sub(self.block);
        if ahead >= BLOCK {
            self.block = from;
            self.mask = self.look();
        } else {
            self.mask &= u64::MAX << ahead;
        }
        while self.mask == 0 {
            self.block += BLOCK;
            if self.block >= self.bytes.len() {
                return None;
            }
            self.mask = self.look();
        }
        Some(self.block + self.mask.trailing_zeros() as usize)
    }

    /// The hits of the block.
    #[inline]
    fn look(&self) -> u64 {
        let rest = self.bytes.get(self.block..).unwrap_or_default();
        let window = |from: usize| rest.get(from..).and_then(<[u8]>::first_chunk::<BLOCK>);
        if let (Some(a), Some(b), Some(c)) = (window(0), window(1), window(2)) {
            return self.bits(a, b, c);
        }
        // The end of the text, with zeros after it.
        let mut padded = [0; BLOCK + 2];
        for (to, from) in padded.iter_mut().zip(rest) {
            *to = *from;
        }
        let window = |from: usize| padded.get(from..).and_then(<[u8]>::first_chunk::<BLOCK>);
        let (Some(a), Some(b), Some(c)) = (window(0), window(1), window(2)) else { return 0 };
        // Of the padding nothing is a hit.
        let length = rest.len().min(BLOCK);
        let inside = if length == BLOCK { u64::MAX } else { (1 << length) - 1 };
        self.bits(a, b, c) & inside
    }

    #[inline]
    fn bits(&self, a: &[u8; BLOCK], b: &[u8; BLOCK], c: &[u8; BLOCK]) -> u64 {
        let mut flags = [0_u8; BLOCK];
        for at in 0..BLOCK {
            flags[at] = u8::from((self.wanted)(a[at], b[at], c[at]));
        }
        if flags.iter().fold(0, |any, flag| any | flag) == 0 {
            return 0;
        }
        let mut mask = 0;
        for (index, eight) in flags.chunks_exact(8).filter_map(<[u8]>::first_chunk::<8>).enumerate() {
            // Eight bytes of 0 or 1 become eight bits, the first one lowest.
            let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
            mask |= bits << (8 * index);
        }
        mask
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_those_of_a_plain_search() {
        let text: String = (0..1000).map(|i| if i % 7 == 0 || i % 61 == 3 { "é" } else { "ab" }).collect();
        for length in [0, 1, 2, 63, 64, 65, 66, 127, 128, 129, 130, 131, 500, text.len()] {
            let length = (0..=length).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let part = slice(&text, 0..length);
            let wanted = |a: u8, b: u8, c: u8| (a == 0xc3) | (a == b'b') & (b == b'a') & (c == b'b');
            let byte = |at: usize| part.as_bytes().get(at).copied().unwrap_or(0);
            let plain: Vec<usize> = (0..length).filter(|&at| wanted(byte(at), byte(at + 1), byte(at + 2))).collect();
            for step in [1, 3, 70] {
                let mut hits = Hits::new(part, wanted);
                let (mut at, mut found) = (0, Vec::new());
                while let Some(hit) = hits.next(at) {
                    found.push(hit);
                    at = hit + step;
                }
                let mut expected: Vec<usize> = Vec::new();
                for &hit in &plain {
                    if expected.last().is_none_or(|last| hit >= last + step) {
                        expected.push(hit);
                    }
                }
                assert_eq!(found, expected);
            }
        }
    }
}
