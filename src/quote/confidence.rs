//! How likely it is that a quotation is right, content and speaker together.
//!
//! The estimate is the product of two: of the pattern that found the content and of the resolution of the speaker.
//! The shares of the patterns are those of right quotations among found ones on the development news (`ntrex`); the
//! reliability table in docs/accuracy.md is the check.

use crate::entity::Resolution;
use crate::quote::Quote;

/// Share of right contents by pattern.
const PATTERNS: &[(&str, f32)] = &[
    ("incise", 0.97),
    ("incise-in-marks", 0.95),
    ("headed-turn", 0.95),
    ("colon", 0.94),
    ("que-clause", 0.90),
    ("source-phrase", 0.88),
    ("answer", 0.88),
    ("turn", 0.88),
    ("incise-clause", 0.85),
    ("marks-after-verb", 0.85),
    ("marked-sentence", 0.80),
    ("infinitive", 0.85),
    ("de-infinitive", 0.80),
    ("à-infinitive", 0.80),
    ("question", 0.80),
    ("marked-object", 0.70),
    ("attribute", 0.70),
];

/// Share of right contents of a pattern that the table does not have.
const OTHER: f32 = 0.6;

/// The estimate for one quotation, 0 to 1.
pub(crate) fn of(quote: &Quote, resolution: &Resolution) -> f32 {
    let content = PATTERNS.iter().find(|entry| entry.0 == quote.why.content).map_or(OTHER, |entry| entry.1);
    (content * resolution.confidence).clamp(0.0, 1.0)
}
