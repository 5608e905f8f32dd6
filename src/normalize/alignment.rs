//! Where each piece of a normalized text comes from: a sorted list of the places that changed, and nothing else.
//!
//! An [`Edit`] says that `old` of the original became `new`; between two edits the texts are equal, so a position is
//! found by one binary search and one subtraction. Steps compose: [`Alignment::then`] merges two lists in linear time.
//!
//! The rule for spans that cut an edit: a span that holds a part of an edit is widened to the whole edit, on both
//! sides. Text deleted (or inserted) exactly at an edge of the span stays outside. An empty span gives an empty span,
//! at the leftmost place, unless it lies strictly inside an edit.
//!
//! ```
//! use propos::{Normalizer, Span};
//! let normalized = Normalizer::new().with("ligatures", "fold")?.align("Le cœur et l'œil");
//! assert_eq!(normalized.text(), "Le coeur et l'oeil");
//! assert_eq!(normalized.original_span(Span::new(3, 8)).of("Le cœur et l'œil"), "cœur");
//! # Ok::<(), propos::Error>(())
//! ```

use crate::text::{CharSpan, Span, slice};

/// One place that changed: `old` of the original text became `new` of the normalized one. Bytes in an [`Alignment`],
/// code points in a [`CharAlignment`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Edit {
    /// First position in the original text.
    pub start: u32,
    /// One past the last position in the original text.
    pub end: u32,
    /// First position in the normalized text.
    pub new_start: u32,
    /// One past the last position in the normalized text.
    pub new_end: u32,
}

/// The edits between an original and its normalized text, in **bytes**: sorted and disjoint on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Alignment {
    edits: Vec<Edit>,
}

/// The edits between an original and its normalized text, in **code points** (Python's offsets).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct CharAlignment {
    edits: Vec<Edit>,
}

impl Alignment {
    pub(crate) fn new(edits: Vec<Edit>) -> Self {
        Self { edits }
    }

    /// The places that changed, in order.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The span of the original that gave `span` of the normalized text.
    #[must_use]
    pub fn original_span(&self, span: Span) -> Span {
        let (start, end) = backward(&self.edits, span.start, span.end);
        Span::new(start, end)
    }

    /// The span of the normalized text that `span` of the original gave.
    #[must_use]
    pub fn normalized_span(&self, span: Span) -> Span {
        let (start, end) = forward(&self.edits, span.start, span.end);
        Span::new(start, end)
    }

    /// This alignment followed by `next`, whose original is this one's normalized text.
    #[must_use]
    pub fn then(self, next: &Self) -> Self {
        if self.edits.is_empty() {
            return next.clone();
        }
        if next.edits.is_empty() {
            return self;
        }
        Self { edits: compose(&self.edits, &next.edits) }
    }

    /// Leaves out the edits that later ones undid.
    pub(crate) fn without_identities(mut self, original: &str, normalized: &str) -> Self {
        self.edits.retain(|edit| {
            slice(original, edit.start as usize..edit.end as usize)
                != slice(normalized, edit.new_start as usize..edit.new_end as usize)
        });
        self
    }

    /// The same edits counted in code points of the two texts.
    #[must_use]
    pub fn in_code_points(&self, original: &str, normalized: &str) -> CharAlignment {
        let mut edits = Vec::with_capacity(self.edits.len());
        let (mut old, mut new) = (0_usize, 0_usize);
        let (mut old_chars, mut new_chars) = (0_u32, 0_u32);
        for edit in &self.edits {
            let same = count(slice(original, old..edit.start as usize));
            let start = old_chars + same;
            let new_start = new_chars + same;
            old_chars = start + count(slice(original, edit.start as usize..edit.end as usize));
            new_chars = new_start + count(slice(normalized, edit.new_start as usize..edit.new_end as usize));
            edits.push(Edit { start, end: old_chars, new_start, new_end: new_chars });
            (old, new) = (edit.end as usize, edit.new_end as usize);
        }
        debug_assert_eq!(slice(original, old..original.len()), slice(normalized, new..normalized.len()));
        CharAlignment { edits }
    }
}

impl CharAlignment {
    /// The alignment with these edits, or `None` if they are not sorted and disjoint.
    #[must_use]
    pub fn from_edits(edits: Vec<Edit>) -> Option<Self> {
        let whole = |edit: &Edit| edit.start <= edit.end && edit.new_start <= edit.new_end;
        let apart = |pair: &[Edit]| match pair {
            [left, right] => {
                let same = right.start.checked_sub(left.end);
                same.is_some() && same == right.new_start.checked_sub(left.new_end)
            }
            _ => true,
        };
        let first = edits.first().is_none_or(|edit| edit.start == edit.new_start);
        (first && edits.iter().all(whole) && edits.windows(2).all(apart)).then_some(Self { edits })
    }

    /// The places that changed, in order.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The span of the original that gave `span` of the normalized text.
    #[must_use]
    pub fn original_span(&self, span: CharSpan) -> CharSpan {
        let (start, end) = backward(&self.edits, span.start, span.end);
        CharSpan { start, end }
    }

    /// The span of the normalized text that `span` of the original gave.
    #[must_use]
    pub fn normalized_span(&self, span: CharSpan) -> CharSpan {
        let (start, end) = forward(&self.edits, span.start, span.end);
        CharSpan { start, end }
    }
}

/// Number of code points: bytes that do not continue a character.
fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

impl Edit {
    fn flipped(self) -> Self {
        Self { start: self.new_start, end: self.new_end, new_start: self.start, new_end: self.end }
    }
}

fn backward(edits: &[Edit], start: u32, end: u32) -> (u32, u32) {
    project(edits, start, end, Edit::flipped)
}

fn forward(edits: &[Edit], start: u32, end: u32) -> (u32, u32) {
    project(edits, start, end, |edit| edit)
}

/// Carries `start..end` from the `start, end` side of the edits (as `view` shows them) to the `new_` side.
fn project(edits: &[Edit], start: u32, end: u32, view: impl Fn(Edit) -> Edit) -> (u32, u32) {
    let end = end.max(start);
    // The last edit that begins before `at` (or at it, if `inclusive`).
    let last = |at: u32, inclusive: bool| {
        let count = edits.partition_point(|&edit| view(edit).start < at || (inclusive && view(edit).start == at));
        count.checked_sub(1).and_then(|index| edits.get(index)).map(|&edit| view(edit))
    };
    if start == end {
        return match last(start, false) {
            None => (start, start),
            Some(edit) if start < edit.end => (edit.new_start, edit.new_end),
            Some(edit) => {
                let at = edit.new_end + (start - edit.end);
                (at, at)
            }
        };
    }
    let new_start = match last(start, true) {
        None => start,
        Some(edit) if start < edit.end => edit.new_start,
        Some(edit) => edit.new_end + (start - edit.end),
    };
    let new_end = match last(end, false) {
        None => end,
        Some(edit) if end <= edit.end => edit.new_end,
        Some(edit) => edit.new_end + (end - edit.end),
    };
    (new_start, new_end.max(new_start))
}

/// Merges `first` (text 0 to 1) and `second` (text 1 to 2). Edits that share a character of text 1, or that meet at
/// one empty place of it, become one; edits that only touch stay apart.
fn compose(first: &[Edit], second: &[Edit]) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::with_capacity(first.len() + second.len());
    let (mut i, mut j) = (0, 0);
    // Lengths are tracked as running differences: text 1 position -> text 0 and text 2 positions outside of edits.
    let (mut to_old, mut to_new) = (0_i64, 0_i64);
    loop {
        let (a, b) = (first.get(i).copied(), second.get(j).copied());
        let (mut low, mut high) = match (a, b) {
            (None, None) => break,
            (Some(a), None) => (a.new_start, a.new_end),
            (None, Some(b)) => (b.start, b.end),
            (Some(a), Some(b)) => {
                if (a.new_start, a.new_end) <= (b.start, b.end) {
                    (a.new_start, a.new_end)
                } else {
                    (b.start, b.end)
                }
            }
        };
        let old_start = shift(low, to_old);
        let new_start = shift(low, to_new);
        // Take in every edit of either side that overlaps the group [low, high) of text 1.
        let mut taken = false;
        loop {
            let mut grew = false;
            if let Some(a) = first.get(i)
                && joins(low, high, a.new_start, a.new_end, taken)
            {
                low = low.min(a.new_start);
                high = high.max(a.new_end);
                to_old = i64::from(a.end) - i64::from(a.new_end);
                (i, grew, taken) = (i + 1, true, true);
            }
            if let Some(b) = second.get(j)
                && joins(low, high, b.start, b.end, taken)
            {
                low = low.min(b.start);
                high = high.max(b.end);
                to_new = i64::from(b.new_end) - i64::from(b.end);
                (j, grew, taken) = (j + 1, true, true);
            }
            if !grew {
                break;
            }
        }
        let edit = Edit { start: old_start, end: shift(high, to_old), new_start, new_end: shift(high, to_new) };
        if edit.start < edit.end || edit.new_start < edit.new_end {
            out.push(edit);
        }
    }
    out
}

/// True if the edit `start..end` belongs to the group `low..high`.
fn joins(low: u32, high: u32, start: u32, end: u32, taken: bool) -> bool {
    if !taken || (start, end) == (low, high) {
        return (start, end) == (low, high);
    }
    if start == end || low == high {
        // An empty edit joins only if it lies strictly inside (or is the same empty place, above).
        return low < start && start < high || start < low && low < end;
    }
    start < high && low < end
}

fn shift(at: u32, by: i64) -> u32 {
    u32::try_from(i64::from(at) + by).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: u32, end: u32, new_start: u32, new_end: u32) -> Edit {
        Edit { start, end, new_start, new_end }
    }

    #[test]
    fn spans_that_cut_an_edit_take_it_whole() {
        // "abXYcd" -> "abZcd"
        let alignment = Alignment::new(vec![edit(2, 4, 2, 3)]);
        assert_eq!(alignment.original_span(Span::new(2, 3)), Span::new(2, 4));
        assert_eq!(alignment.original_span(Span::new(0, 2)), Span::new(0, 2));
        assert_eq!(alignment.original_span(Span::new(3, 5)), Span::new(4, 6));
        assert_eq!(alignment.normalized_span(Span::new(3, 5)), Span::new(2, 4));
        assert_eq!(alignment.normalized_span(Span::new(4, 6)), Span::new(3, 5));
    }

    #[test]
    fn what_is_deleted_at_an_edge_stays_outside() {
        // "ab--cd" -> "abcd"
        let alignment = Alignment::new(vec![edit(2, 4, 2, 2)]);
        assert_eq!(alignment.original_span(Span::new(0, 2)), Span::new(0, 2));
        assert_eq!(alignment.original_span(Span::new(2, 4)), Span::new(4, 6));
        assert_eq!(alignment.original_span(Span::new(1, 3)), Span::new(1, 5));
        assert_eq!(alignment.original_span(Span::new(2, 2)), Span::new(2, 2));
        assert_eq!(alignment.normalized_span(Span::new(2, 4)), Span::new(2, 2));
    }

    #[test]
    fn edits_that_touch_stay_apart_and_those_that_overlap_join() {
        // "ab" -> "xxyy": two edits of one letter each.
        let first = Alignment::new(vec![edit(0, 1, 0, 2), edit(1, 2, 2, 4)]);
        // "xxyy" -> "xzy" : one edit over the middle.
        let both = first.clone().then(&Alignment::new(vec![edit(1, 3, 1, 2)]));
        assert_eq!(both.edits(), [edit(0, 2, 0, 3)]);
        // "xxyy" -> "xx-yy": an insertion between them.
        let apart = first.then(&Alignment::new(vec![edit(2, 2, 2, 3)]));
        assert_eq!(apart.edits(), [edit(0, 1, 0, 2), edit(1, 1, 2, 3), edit(1, 2, 3, 5)]);
    }
}
