//! What a step writes into: replacements over a text, left to right, copied once.
//!
//! A step that replaces nothing costs no allocation: the caller keeps the text it had.

use super::alignment::Edit;
use super::shield::Shield;
use crate::text::slice;

/// The output never grows past this many bytes, so that positions fit in 32 bits: later replacements are dropped.
const LONGEST: usize = 4_000_000_000;

/// Replacements over one text, in order, and the text they make.
pub(crate) struct Patch<'t> {
    text: &'t str,
    out: String,
    copied: usize,
    edits: Vec<Edit>,
    track: bool,
    changed: bool,
    /// What must not be touched, for the steps that read prose only.
    shield: Option<Shield>,
}

impl<'t> Patch<'t> {
    /// An empty patch of `text`; the edits are kept only if `track`.
    pub(crate) fn new(text: &'t str, track: bool) -> Self {
        Self { text, out: String::new(), copied: 0, edits: Vec::new(), track, changed: false, shield: None }
    }

    /// A patch that leaves alone what is no prose.
    pub(crate) fn of_prose(text: &'t str, track: bool) -> Self {
        Self { shield: Some(Shield::default()), ..Self::new(text, track) }
    }

    /// Where the last replacement ended, in bytes of the text: nothing before it can be replaced any more.
    pub(crate) fn position(&self) -> usize {
        self.copied
    }

    /// Replaces the bytes `start..end` by `with`. Nothing happens if they are equal, or before [`Self::position`].
    pub(crate) fn replace(&mut self, start: usize, end: usize, with: &str) {
        if start < self.copied || start > end || slice(self.text, start..end) == with {
            return;
        }
        if self.shield.as_mut().is_some_and(|shield| shield.covers(self.text, start, end)) {
            return;
        }
        if self.out.len() + with.len() + (self.text.len() - start) > LONGEST {
            return;
        }
        if !self.changed {
            self.changed = true;
            self.out.reserve(self.text.len() + self.text.len() / 16 + with.len());
        }
        self.out.push_str(slice(self.text, self.copied..start));
        let new_start = self.out.len();
        self.out.push_str(with);
        self.copied = end;
        if self.track {
            let edit = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let (start, end, new_start, new_end) = (edit(start), edit(end), edit(new_start), edit(self.out.len()));
            self.edits.push(Edit { start, end, new_start, new_end });
        }
    }

    /// Replaces the bytes `start..end` by one character.
    pub(crate) fn replace_char(&mut self, start: usize, end: usize, with: char) {
        self.replace(start, end, with.encode_utf8(&mut [0; 4]));
    }

    /// Replaces `start..end` by `with`, keeping the characters that both begin or end with.
    pub(crate) fn replace_trimmed(&mut self, start: usize, end: usize, with: &str) {
        let old = slice(self.text, start..end);
        let same = |pair: &(char, char)| pair.0 == pair.1;
        let head: usize = old.chars().zip(with.chars()).take_while(same).map(|pair| pair.0.len_utf8()).sum();
        let (old_rest, new_rest) = (slice(old, head..old.len()), slice(with, head..with.len()));
        let tail: usize =
            old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(same).map(|pair| pair.0.len_utf8()).sum();
        self.replace(start + head, end - tail, slice(new_rest, 0..new_rest.len() - tail));
    }

    /// The new text and its edits, or `None` if nothing was replaced.
    pub(crate) fn finish(mut self) -> Option<(String, Vec<Edit>)> {
        if !self.changed {
            return None;
        }
        self.out.push_str(slice(self.text, self.copied..self.text.len()));
        Some((self.out, self.edits))
    }
}
