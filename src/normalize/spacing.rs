//! French spaces: before `; : ! ? »`, after `«`, between groups of three digits, before `%` and units.
//!
//! Sources: *Lexique des règles typographiques en usage à l'Imprimerie nationale*, tables « Ponctuation » (narrow
//! no-break space before `; ! ?`, no-break space before `:` and `»` and after `«`) and « Nombres » (narrow between
//! groups, no-break before symbols).

use super::lists::{CURRENCIES, LONGEST_SYMBOL, UNITS, Unit};
use super::look::{Hits, after, before, blanks_after, blanks_before, is_blank, is_digit, is_gap, is_letter, is_word};
use super::patch::Patch;
use crate::text::slice;

/// The spaces of a style.
struct Style {
    /// Before `:`.
    colon: &'static str,
    /// Before `; ! ?`.
    high: &'static str,
    /// Inside guillemets.
    guillemet: &'static str,
    thousands: &'static str,
    /// Before `%`, units and currencies.
    unit: &'static str,
}

fn style(value: &str) -> Style {
    let (colon, high, guillemet, thousands, unit) = match value {
        "french" => ("\u{a0}", "\u{202f}", "\u{a0}", "\u{202f}", "\u{a0}"),
        "swiss" => ("\u{202f}", "\u{202f}", "\u{202f}", "\u{202f}", "\u{a0}"),
        "nbsp" => ("\u{a0}", "\u{a0}", "\u{a0}", "\u{a0}", "\u{a0}"),
        "plain" => (" ", " ", " ", " ", " "),
        _ => ("", "", "", "", ""),
    };
    Style { colon, high, guillemet, thousands, unit }
}

/// `french`: narrow no-break and no-break spaces as printed; `swiss`: narrow ones before marks and inside guillemets, as
/// the *Guide du typographe* (Lausanne) wants them; `nbsp`: no-break spaces only; `plain`: the same places,
/// plain spaces; `none`: no space there.
pub(crate) fn spacing(text: &str, value: &str, patch: &mut Patch<'_>) {
    // A mark, a sign after a number, or a digit before a blank.
    let wanted = |a: u8, b: u8, c: u8| {
        let mark = (a == b';') | (a == b':') | (a == b'!') | (a == b'?') | (a == b'%');
        let guillemet = (a == 0xc2) & ((b == 0xab) | (b == 0xbb) | (b == 0xa3));
        let sign = (a == 0xe2) & (((b == 0x82) & (c == 0xac)) | ((b == 0x80) & (c == 0xb0)));
        let blank = (b == b' ') | ((b == 0xc2) & (c == 0xa0)) | ((b == 0xe2) & (c == 0x80));
        mark | guillemet | sign | (a.is_ascii_digit() & blank)
    };
    let style = style(value);
    let mut hits = Hits::new(text, wanted);
    let mut at = 0;
    while let Some(start) = hits.next(at) {
        let c = after(text, start).unwrap_or(' ');
        at = start + c.len_utf8();
        match c {
            ';' | '!' | '?' => high(text, start, style.high, patch),
            ':' => high(text, start, style.colon, patch),
            '%' | '‰' => percent(text, start, style.unit, patch),
            '€' | '£' => currency(text, start, style.unit, patch),
            '«' => opening(text, start, style.guillemet, patch),
            '»' => closing(text, start, style.guillemet, patch),
            '0'..='9' if after(text, at).is_some_and(is_blank) => after_number(text, at, &style, patch),
            _ => {}
        }
    }
}

/// Puts `space` where the blanks `from..to` stand, if they may be touched: not at a line's start.
fn set(text: &str, (from, to): (usize, usize), space: &str, patch: &mut Patch<'_>) {
    if from >= patch.position() && before(text, from).is_some_and(|c| !c.is_whitespace()) {
        patch.replace(from, to, space);
    }
}

/// `; : ! ?`: only where they punctuate a sentence, not in `10:30`, `https://`, `?id=1`, `:-)`, `(!)`.
fn high(text: &str, start: usize, space: &str, patch: &mut Patch<'_>) {
    let mark = after(text, start);
    let right = after(text, start + 1);
    let ends = match mark {
        Some('!' | '?') => !is_word(right) && !matches!(right, Some('=' | '&' | '/' | '-' | '_' | '%' | '#' | '[')),
        _ => is_gap(right) || matches!(right, Some('«' | '“' | '"' | '»' | '”')),
    };
    let from = blanks_before(text, start);
    let Some(left) = before(text, from) else { return };
    let begins = match left {
        ';' | ':' | '!' | '?' | '(' | '[' | '{' | '«' | '“' | '¿' | '¡' | '\n' | '*' | '_' | '#' | '=' | '<' | '|' => {
            false
        }
        '"' => !is_gap(before(text, from - 1)),
        // `&nbsp;` and its kind.
        _ if mark == Some(';') && from == start => !entity(text, start),
        _ => true,
    };
    if ends && begins {
        set(text, (from, start), space, patch);
    }
}

/// True if the `;` at byte `end` ends a character reference.
fn entity(text: &str, end: usize) -> bool {
    let name =
        slice(text, 0..end).bytes().rev().take(10).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
    let length = name.count();
    length > 0 && end.checked_sub(length + 1).is_some_and(|at| after(text, at) == Some('&'))
}

fn opening(text: &str, start: usize, space: &str, patch: &mut Patch<'_>) {
    let to = blanks_after(text, start + 2);
    if start + 2 >= patch.position() && !is_gap(after(text, to)) && after(text, to) != Some('»') {
        patch.replace(start + 2, to, space);
    }
}

fn closing(text: &str, start: usize, space: &str, patch: &mut Patch<'_>) {
    let from = blanks_before(text, start);
    if before(text, from) != Some('«') {
        set(text, (from, start), space, patch);
    }
}

/// `%` after a number; `%20` in an address is none.
fn percent(text: &str, start: usize, space: &str, patch: &mut Patch<'_>) {
    let from = blanks_before(text, start);
    let end = start + after(text, start).map_or(1, char::len_utf8);
    if is_digit(before(text, from)) && !is_word(after(text, end)) {
        set(text, (from, start), space, patch);
    }
}

/// A currency sign that stands against its number: `12€`. (With a blank between: [`after_number`].)
fn currency(text: &str, start: usize, space: &str, patch: &mut Patch<'_>) {
    let end = start + after(text, start).map_or(1, char::len_utf8);
    // `12k€`: with its scale.
    let scale = slice(text, 0..start).bytes().rev().take(3).take_while(u8::is_ascii_alphabetic).count();
    let from = start - scale;
    let symbol = scale == 0 || scaled_currency(slice(text, from..end)).is_some();
    if symbol && is_digit(before(text, from)) && !is_word(after(text, end)) {
        set(text, (from, from), space, patch);
    }
}

/// A currency after a scale: `k€`, `M$`, `Md€`. Its scale in words and itself.
pub(crate) fn scaled_currency(symbol: &str) -> Option<(&'static str, &'static Unit)> {
    [("Mds", "milliard"), ("Md", "milliard"), ("M", "million"), ("k", "mille"), ("K", "mille")]
        .iter()
        .find_map(|(prefix, scale)| Some((*scale, CURRENCIES.get(symbol.strip_prefix(prefix)?)?)))
}

/// The blank after a digit: thousands (`30 000`), or a unit (`5 km`).
fn after_number(text: &str, start: usize, style: &Style, patch: &mut Patch<'_>) {
    let end = blanks_after(text, start);
    if is_digit(after(text, end)) {
        let one = slice(text, start..end).chars().count() == 1;
        if one && thousands(text, start, end) {
            set(text, (start, end), style.thousands, patch);
        }
        return;
    }
    if let Some(symbol) = symbol_at(text, end)
        && (UNITS.contains_key(symbol) || CURRENCIES.contains_key(symbol) || scaled_currency(symbol).is_some())
    {
        // `à 5 m de` is a unit, `le 5 A` hardly: single capitals want an explicit no-break space already there.
        let letter = symbol.len() == 1 && symbol.bytes().all(|byte| byte.is_ascii_uppercase());
        if !letter || before(text, end) != Some(' ') {
            set(text, (start, end), style.unit, patch);
        }
    }
}

/// True if a blank between digits, at `start..end`, separates thousands: one to three digits, then groups of three.
/// `en 2012 345 personnes` has no groups, nor has `06 12 34 56 78`.
fn thousands(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let run =
        |from: usize| bytes.get(from..).unwrap_or_default().iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    if run(end) != 3 {
        return false;
    }
    let left = bytes.get(..start).unwrap_or_default().iter().rev().take(4).take_while(|b| b.is_ascii_digit()).count();
    let head = start - left;
    match (left, before(text, head)) {
        (1..=3, Some(c)) if c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | '-') => false,
        (1 | 2, _) => !is_grouped_before(text, head),
        // Three digits: a first group, or a later one of a number that began before.
        (3, _) => {
            let blank = blanks_before(text, head);
            blank == head || !is_digit(before(text, blank)) || is_grouped_before(text, head)
        }
        _ => false,
    }
}

/// True if the digits at `head` continue a number: one blank and one to three digits before, no more.
fn is_grouped_before(text: &str, head: usize) -> bool {
    let blank = blanks_before(text, head);
    if blank == head || slice(text, blank..head).chars().count() != 1 {
        return false;
    }
    let digits = slice(text, 0..blank).bytes().rev().take(4).take_while(u8::is_ascii_digit).count();
    let first = blank - digits;
    (1..=3).contains(&digits) && !is_letter(before(text, first))
}

/// The unit or currency symbol that stands at byte `at`, as long as it goes: letters, `°`, `µ`, `/`, exponents.
pub(crate) fn symbol_at(text: &str, at: usize) -> Option<&str> {
    let mut end = at;
    for c in slice(text, at..text.len()).chars() {
        if !(c.is_alphabetic() || matches!(c, '°' | 'µ' | '/' | '²' | '³' | '€' | '$' | '£' | '¥' | '₽' | '₹' | '₿'))
        {
            break;
        }
        end += c.len_utf8();
        if end - at > LONGEST_SYMBOL {
            return None;
        }
    }
    (end > at && !is_digit(after(text, end)) && !is_blank(after(text, at)?)).then(|| slice(text, at..end))
}
