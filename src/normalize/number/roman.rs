//! Roman numerals: `XVIe siècle`, `Ier`, `Louis XIV`.
//!
//! Source: *Lexique des règles typographiques en usage à l'Imprimerie nationale*, « Siècles », « Souverains ».

use crate::normalize::look::{Hits, after, before, is_word};
use crate::normalize::patch::Patch;
use crate::text::slice;

/// Signs of a Roman numeral below 90.
fn is_sign(byte: u8) -> bool {
    matches!(byte, b'I' | b'V' | b'X' | b'L')
}

/// The value of a well-formed numeral below 90: what centuries, sovereigns and chapters need.
pub(crate) fn value(numeral: &str) -> Option<u32> {
    let (tens, rest) =
        [("LXXX", 80), ("LXX", 70), ("LX", 60), ("XL", 40), ("L", 50), ("XXX", 30), ("XX", 20), ("X", 10)]
            .iter()
            .find_map(|(sign, tens)| Some((*tens, numeral.strip_prefix(sign)?)))
            .unwrap_or((0, numeral));
    let units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let unit = units.iter().position(|sign| *sign == rest)?;
    let value = tens + u32::try_from(unit).ok()?;
    (value > 0).then_some(value)
}

/// A Roman ordinal that stands at byte `start`: value, feminine, plural, and where it ends.
pub(crate) fn ordinal_at(text: &str, start: usize) -> Option<(u32, bool, bool, usize)> {
    // `XVe-XVIe siècles`, but not `A-Ie`.
    let joined = before(text, start) == Some('-')
        && !slice(text, 0..start - 1).ends_with(|c: char| matches!(c, 'e' | 'r' | 'ᵉ') || c.is_ascii_digit());
    if is_word(before(text, start)) || joined || before(text, start) == Some('.') {
        return None;
    }
    let length = slice(text, start..text.len()).bytes().take(9).take_while(|byte| is_sign(*byte)).count();
    let value = value(slice(text, start..start + length))?;
    let rest = slice(text, start + length..text.len());
    let suffixes: &[(&str, bool, bool)] = if value == 1 {
        &[
            ("ers", false, true),
            ("er", false, false),
            ("ères", true, true),
            ("ère", true, false),
            ("res", true, true),
            ("re", true, false),
        ]
    } else {
        &[("èmes", false, true), ("ème", false, false), ("es", false, true), ("e", false, false), ("ᵉ", false, false)]
    };
    let (suffix, feminine, plural) = suffixes.iter().find(|(suffix, ..)| rest.starts_with(suffix))?;
    let end = start + length + suffix.len();
    // `Le` is a word, `Xe` a century only before one or a name of rank; one sign needs its noun.
    let one = length == 1 && value != 1;
    if is_word(after(text, end)) || matches!(after(text, end), Some('\'' | '’')) || (one && matches!(value, 50)) {
        return None;
    }
    Some((value, *feminine, *plural, end))
}

/// Writes Roman ordinals with Arabic figures: `16e`, `1er`, `1re`.
pub(crate) fn ordinals(text: &str, patch: &mut Patch<'_>) {
    let mut hits = Hits::new(text, |a, _, _| (a == b'I') | (a == b'V') | (a == b'X') | (a == b'L'));
    let mut at = 0;
    while let Some(start) = hits.next(at) {
        at = start + 1;
        if let Some((value, feminine, plural, end)) = ordinal_at(text, start) {
            let suffix = match (value, feminine) {
                (1, true) => "re",
                (1, false) => "er",
                _ => "e",
            };
            patch.replace(start, end, &format!("{value}{suffix}{}", if plural { "s" } else { "" }));
            at = end;
        }
    }
}
