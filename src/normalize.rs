//! Normalization that knows its way back: French typography, mojibake, numbers, and an exact alignment.
//!
//! A [`Normalizer`] is a set of steps, each on its own switch, that run in one documented order (`docs/normalization.md`).
//! It takes a `&str` and gives a text and an [`Alignment`]: the list of the places that changed, in both texts. It
//! never rewrites a document; who finds something in the normalized text asks the alignment where it stood.
//!
//! * A text that needs nothing is given back borrowed.
//! * Normalizing twice changes nothing: a pass that changed something is followed by another, until one changes
//!   nothing (at most eight; one or two in practice).
//! * Every step is linear in the length of the text.
//!
//! ```
//! use propos::Normalizer;
//! let normalized = Normalizer::preset("typography")?.align("\"Oui\", dit-elle : l'Ã©tÃ© arrive!");
//! assert_eq!(normalized.text(), "«\u{a0}Oui\u{a0}», dit-elle\u{a0}: l’été arrive\u{202f}!");
//! # Ok::<(), propos::Error>(())
//! ```

#![expect(
    clippy::needless_bitwise_bool,
    clippy::manual_range_contains,
    reason = "the compiler vectorizes comparisons without branches"
)]

mod abbreviations;
mod alignment;
mod entities;
mod folding;
mod french;
pub(crate) mod lists;
mod look;
mod mojibake;
mod number;
mod options;
mod patch;
mod shield;
mod spacing;
mod spelling;
mod typography;
mod unicode;

use std::borrow::Cow;

pub use alignment::{Alignment, CharAlignment, Edit};
use options::{Choices, Doing, LAST, PRESETS, STEPS, reads_prose};
use patch::Patch;

use crate::error::Result;
use crate::text::{CharSpan, Span};

/// How many passes are made at most until one changes nothing.
const PASSES: u8 = 8;

/// Texts longer than this (1 GiB) are given back as they are: positions are 32 bits.
const LONGEST: usize = 1 << 30;

/// A set of normalization steps. Immutable: [`Self::with`] gives another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Normalizer {
    choices: Choices,
}

impl Normalizer {
    /// A normalizer with every step off.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The normalizer of a preset: `typography`, `search`, `compare`, `tts` or `ascii`.
    ///
    /// # Errors
    ///
    /// If there is no preset of that name.
    pub fn preset(name: &str) -> Result<Self> {
        Ok(Self { choices: Choices::preset(name)? })
    }

    /// This normalizer with the step `name` turned to `value`: `off`, `on`, or one of the step's values.
    ///
    /// # Errors
    ///
    /// If there is no such step, or it has no such value.
    pub fn with(mut self, name: &str, value: &str) -> Result<Self> {
        self.choices.set(name, value)?;
        Ok(self)
    }

    /// The steps that are on, in the order in which they run, with their values.
    #[must_use]
    pub fn steps(&self) -> Vec<(&'static str, &'static str)> {
        self.choices.active().map(|(step, value)| (step.name, value)).collect()
    }

    /// Every step there is, in the order in which they run, with the values it takes besides `off`.
    #[must_use]
    pub fn all_steps() -> Vec<(&'static str, &'static [&'static str])> {
        STEPS.iter().map(|step| (step.name, step.values)).collect()
    }

    /// The names of the presets.
    #[must_use]
    pub fn presets() -> Vec<&'static str> {
        PRESETS.iter().map(|(name, _)| *name).collect()
    }

    /// The normalized text; borrowed if nothing changed.
    ///
    /// ```
    /// # use propos::Normalizer;
    /// let search = Normalizer::preset("search")?;
    /// assert_eq!(search.normalize("L’Œuvre de Zola, « Nana »"), "l'oeuvre de zola, \"nana\"");
    /// # Ok::<(), propos::Error>(())
    /// ```
    #[must_use]
    pub fn normalize<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.run(text, false) {
            Some((normalized, _)) => Cow::Owned(normalized),
            None => Cow::Borrowed(text),
        }
    }

    /// The normalized text and the way back to the original.
    #[must_use]
    pub fn align<'t>(&self, text: &'t str) -> Normalized<'t> {
        match self.run(text, true) {
            Some((normalized, alignment)) => {
                let alignment = alignment.without_identities(text, &normalized);
                Normalized { original: text, text: Cow::Owned(normalized), alignment }
            }
            None => Normalized { original: text, text: Cow::Borrowed(text), alignment: Alignment::default() },
        }
    }

    /// Runs the steps until nothing changes; `None` if nothing changed at all.
    fn run(&self, text: &str, track: bool) -> Option<(String, Alignment)> {
        if text.len() > LONGEST {
            return None;
        }
        let mut result: Option<(String, Alignment)> = None;
        for _ in 0..PASSES {
            let current = result.as_ref().map_or(text, |(text, _)| text.as_str());
            let Some((next, alignment)) = self.pass(current, track) else { break };
            if next == current {
                break;
            }
            let before = result.take().map(|(_, alignment)| alignment).unwrap_or_default();
            result = Some((next, before.then(&alignment)));
        }
        result.filter(|(normalized, _)| normalized != text)
    }

    /// Runs each step once, in order; `None` if no step changed anything.
    fn pass(&self, text: &str, track: bool) -> Option<(String, Alignment)> {
        let mut result: Option<(String, Alignment)> = None;
        // Asked once: if a later step makes such a character, the next pass finds it.
        let mut has_rare: Option<bool> = None;
        // The other steps read composed text: the decomposed forms are made last.
        let last = self.choices.active().find(|(step, _)| step.name == "unicode");
        let last = last.map(|(_, value)| (LAST, value, false));
        let steps = self.choices.active().map(|(step, value)| (step.runs, value, reads_prose(step.name)));
        for (runs, value, prose) in steps.chain(last) {
            for &Doing { run, times, rare } in runs {
                for _ in 0..times {
                    let current = result.as_ref().map_or(text, |(text, _)| text.as_str());
                    if rare && !*has_rare.get_or_insert_with(|| unicode::has_rare(current)) {
                        break;
                    }
                    let mut patch = if prose { Patch::of_prose(current, track) } else { Patch::new(current, track) };
                    run(current, value, &mut patch);
                    let Some((next, edits)) = patch.finish() else { break };
                    let before = result.take().map(|(_, alignment)| alignment).unwrap_or_default();
                    result = Some((next, before.then(&Alignment::new(edits))));
                }
            }
        }
        result
    }
}

/// A normalized text and the way back to its original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalized<'t> {
    original: &'t str,
    text: Cow<'t, str>,
    alignment: Alignment,
}

impl<'t> Normalized<'t> {
    /// The original text.
    #[must_use]
    pub fn original(&self) -> &'t str {
        self.original
    }

    /// The normalized text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The normalized text, owned if it differs from the original.
    #[must_use]
    pub fn into_text(self) -> Cow<'t, str> {
        self.text
    }

    /// True if nothing changed.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// The places that changed, in bytes.
    #[must_use]
    pub fn alignment(&self) -> &Alignment {
        &self.alignment
    }

    /// The places that changed, in code points. Linear in the text: keep it if you ask often.
    #[must_use]
    pub fn in_code_points(&self) -> CharAlignment {
        self.alignment.in_code_points(self.original, &self.text)
    }

    /// The bytes of the original that gave `span` of the normalized text: see [`Alignment`] for what is widened.
    #[must_use]
    pub fn original_span(&self, span: Span) -> Span {
        self.alignment.original_span(span)
    }

    /// The bytes of the normalized text that `span` of the original gave.
    #[must_use]
    pub fn normalized_span(&self, span: Span) -> Span {
        self.alignment.normalized_span(span)
    }

    /// The code points of the original that gave the code points `span` of the normalized text.
    #[must_use]
    pub fn original_char_span(&self, span: CharSpan) -> CharSpan {
        self.in_code_points().original_span(span)
    }
}
