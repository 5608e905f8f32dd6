//! Numbers: words to digits and digits to words, with what stands around them (dates, hours, currencies, units).
//!
//! `text2num` (crate) was tried for words to digits: it gives no spans of a text with its spaces, writes `16ème`, and
//! reads `quatre vingt un` apart in lists; the grammar here is smaller than the glue it needs. Both agree on every
//! number to 100,000: `benches/check_numbers.py`.

pub(crate) mod cardinal;
mod reading;
mod roman;
mod speech;

pub(crate) use reading::{Joint, joints};

use super::patch::Patch;

/// `digits`: words become digits; `words`: digits become words.
pub(crate) fn numbers(text: &str, value: &str, patch: &mut Patch<'_>) {
    match value {
        "digits" => reading::to_digits(text, patch),
        _ => speech::to_words(text, patch),
    }
}

/// `arabic`: `XVIe` becomes `16e`.
pub(crate) fn roman_ordinals(text: &str, _: &str, patch: &mut Patch<'_>) {
    roman::ordinals(text, patch);
}

/// `plain`: `6.500` and `30 000` become `6500` and `30000`.
pub(crate) fn thousands(text: &str, value: &str, patch: &mut Patch<'_>) {
    speech::thousands(text, value, patch);
}
