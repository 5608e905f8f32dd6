//! Positions in one text that is never rewritten: bytes, code points and tokens, as types that do not mix.
//!
//! This is the only file that slices a `&str`. [`Span`] counts bytes, [`CharSpan`] code points (Python's offsets),
//! [`TokenRange`] tokens; all are 0-based and end-exclusive.

use std::ops::Range;

/// A range of bytes of a text: `start <= end`, both on character boundaries of the text they were made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`; an `end` before `start` gives an empty span at `start`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// True if it holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True if `other` lies wholly in this span.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The part of `text` that the span covers; empty if it is outside of the text or cuts a character.
    #[inline]
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        slice(text, self.start as usize..self.end as usize)
    }
}

/// A range of code points of a text: the offsets of Python's `str`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct CharSpan {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// A range of tokens of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct TokenRange {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl TokenRange {
    /// The range from `start` to `end`; an `end` before `start` gives an empty range at `start`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// True if it holds no token.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True if the token with this index is in the range.
    #[must_use]
    pub fn has(self, token: u32) -> bool {
        self.start <= token && token < self.end
    }

    /// True if `other` lies wholly in this range.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True if the two ranges share a token.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }

    /// The range as `usize` indices, to index a column.
    #[must_use]
    pub fn indices(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The bytes `range` of `text`, or "" if the range is outside of the text or cuts a character.
#[inline]
pub(crate) fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_gives_its_text_and_nothing_where_it_cuts_a_character() {
        assert_eq!(Span::new(0, 2).of("été"), "é");
        assert_eq!(Span::new(1, 2).of("été"), "");
        assert_eq!(Span::new(3, 99).of("été"), "");
    }

    #[test]
    fn ranges_that_touch_do_not_overlap() {
        assert!(!TokenRange::new(0, 2).overlaps(TokenRange::new(2, 3)));
        assert!(TokenRange::new(0, 3).overlaps(TokenRange::new(2, 3)));
    }
}
