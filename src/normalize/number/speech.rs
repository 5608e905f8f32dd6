//! Digits to words, as they are read aloud: numbers, ordinals, dates, hours, currencies, percentages, units.
//!
//! Sources: *Lexique des règles typographiques en usage à l'Imprimerie nationale*, « Dates », « Heures », « Nombres »;
//! ISO 8601 for `2024-03-12`. Agreement: *un* takes the gender of the word after it when the lexicon knows only one.

use super::cardinal::{cardinal, ordinal};
use super::roman;
use crate::lexicon;
use crate::normalize::lists::{CURRENCIES, UNITS, Unit};
use crate::normalize::look::{NBSP, NNBSP, after, before, blanks_after, find, is_blank, is_letter, is_word};
use crate::normalize::patch::Patch;
use crate::normalize::spacing::symbol_at;
use crate::text::slice;

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// Bytes that begin something to read: digits, Roman signs, currency signs, fractions, `%` after words.
const BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = b'0';
    while byte <= b'9' {
        table[byte as usize] = true;
        byte += 1;
    }
    table[b'I' as usize] = true;
    table[b'V' as usize] = true;
    table[b'X' as usize] = true;
    table[b'L' as usize] = true;
    table[b'$' as usize] = true;
    table[0xc2] = true;
    table[0xe2] = true;
    table
};

/// A number as it stands in the text.
struct Number {
    /// The digits of the whole part, without separators.
    whole: String,
    decimals: String,
    /// The decimal mark.
    mark: char,
    /// True if written in groups of three.
    grouped: bool,
    end: usize,
}

fn digits(text: &str, from: usize, most: usize) -> &str {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let count = rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
    slice(text, from..from + count)
}

/// The number at byte `start`, with its groups and decimals.
fn number_at(text: &str, start: usize) -> Number {
    let first = digits(text, start, usize::MAX);
    let mut whole = String::from(first);
    let mut end = start + first.len();
    let mut grouped = false;
    let separator = after(text, end).filter(|c| matches!(*c, ' ' | '.' | NBSP | NNBSP | '\u{2009}'));
    if let Some(separator) = separator
        .filter(|_| (1..=3).contains(&first.len()) && (first.len() == 1 || !first.starts_with('0')) && first != "0")
    {
        loop {
            let next = end + separator.len_utf8();
            let group = digits(text, next, 4);
            if after(text, end) != Some(separator) || group.len() != 3 {
                break;
            }
            // `12.500` is grouped, `12.500.3` or `1.500,5` too; a letter after the digits makes it a code.
            if is_letter(after(text, next + 3)) && separator == '.' {
                break;
            }
            whole.push_str(group);
            end = next + 3;
            grouped = true;
        }
    }
    // `192.168.1.1` has no groups.
    if grouped && separator == Some('.') && after(text, end) == Some('.') && !digits(text, end + 1, 1).is_empty() {
        whole.truncate(first.len());
        (end, grouped) = (start + first.len(), false);
    }
    let mut decimals = String::new();
    let mut mark = ',';
    if let Some(c @ (',' | '.')) = after(text, end) {
        let fraction = digits(text, end + 1, usize::MAX);
        let again =
            after(text, end + 1 + fraction.len()) == Some(c) && !digits(text, end + 2 + fraction.len(), 1).is_empty();
        if !fraction.is_empty() && !again {
            decimals.push_str(fraction);
            mark = c;
            end += 1 + fraction.len();
        }
    }
    Number { whole, decimals, mark, grouped, end }
}

/// The digits one by one, by threes: `zéro six`; for codes and numbers without a name.
fn spelled(digits: &str) -> String {
    let zeros = digits.bytes().take_while(|byte| *byte == b'0').count();
    let mut out = vec!["zéro"; zeros].join(" ");
    let rest = slice(digits, zeros..digits.len());
    if rest.is_empty() {
        return out;
    }
    if !out.is_empty() {
        out.push(' ');
    }
    if let Some(words) = rest.parse().ok().and_then(|n| cardinal(n, false)) {
        out.push_str(&words);
    } else {
        let one = |digit: char| cardinal(u128::from(digit.to_digit(10).unwrap_or(0)), false).unwrap_or_default();
        let words: Vec<String> = rest.chars().map(one).collect();
        out.push_str(&words.join(" "));
    }
    out
}

impl Number {
    fn value(&self) -> Option<u128> {
        self.whole.parse().ok()
    }

    /// The number in words; `feminine` if it counts a feminine noun.
    fn words(&self, feminine: bool) -> String {
        let zero_led = self.whole.len() > 1 && self.whole.starts_with('0');
        let whole = match self.value() {
            Some(n) if !zero_led => cardinal(n, feminine && self.decimals.is_empty()),
            _ => None,
        };
        let mut out = whole.unwrap_or_else(|| spelled(&self.whole));
        if !self.decimals.is_empty() {
            out.push_str(if self.mark == ',' || self.grouped { " virgule " } else { " point " });
            out.push_str(&spelled(&self.decimals));
        }
        out
    }

    /// True if what it counts is plural: from two on.
    fn is_plural(&self) -> bool {
        self.value().is_none_or(|n| n >= 2)
    }
}

/// True if the word after the blanks at byte `at` is known, and only as feminine.
fn feminine_follows(text: &str, at: usize) -> bool {
    let start = blanks_after(text, at);
    if start == at {
        return false;
    }
    let length: usize = slice(text, start..text.len())
        .chars()
        .take(32)
        .take_while(|c| c.is_alphabetic() || *c == '-')
        .map(char::len_utf8)
        .sum();
    let word = slice(text, start..start + length);
    let Some(form) = lexicon::resolve(word) else { return false };
    let (mut feminine, mut other) = (false, false);
    for entry in lexicon::lookup(&form) {
        if matches!(entry.upos(), crate::Upos::Noun | crate::Upos::Adj) {
            feminine |= entry.feats().is_feminine();
            other |= !entry.feats().is_feminine();
        }
    }
    feminine && !other
}

/// A date, an hour or a fraction at byte `start`: words and where it ends.
fn moment(text: &str, start: usize) -> Option<(String, usize)> {
    let first = digits(text, start, 5);
    let at = start + first.len();
    let number = |digits: &str| digits.parse::<u32>().ok();
    let say = |n: u32, feminine: bool| cardinal(u128::from(n), feminine);
    let c = after(text, at)?;
    let date = |day: &str, month: &str, year: &str| {
        let (day, month) = (number(day).filter(|day| (1..=31).contains(day))?, number(month)?);
        let name = MONTHS.get(usize::try_from(month.checked_sub(1)?).ok()?)?;
        let day = if day == 1 { String::from("premier") } else { say(day, false)? };
        Some(format!("{day} {name} {}", say(number(year)?, false)?))
    };
    if matches!(c, '/' | '.' | '-') && (first.len() <= 2 || first.len() == 4) {
        let second = digits(text, at + 1, 3);
        let middle = at + 1 + second.len();
        let third = digits(text, middle + 1, 5);
        let end = middle + 1 + third.len();
        if matches!(second.len(), 1 | 2) && after(text, middle) == Some(c) && !is_word(after(text, end)) {
            if first.len() <= 2 && third.len() == 4 {
                if let Some(words) = date(first, second, third) {
                    return Some((words, end));
                }
            }
            if first.len() == 4 && third.len() == 2 && c == '-' {
                if let Some(words) = date(third, second, first) {
                    return Some((words, end));
                }
            }
        }
        let fraction =
            c == '/' && !second.is_empty() && !is_word(after(text, middle)) && after(text, middle) != Some('/');
        if fraction && first.len() <= 2 && second.len() <= 2 && !second.starts_with('0') {
            let (over, under) = (number(first)?, number(second)?);
            let part = match under {
                2 => String::from("demi"),
                3 => String::from("tiers"),
                4 => String::from("quart"),
                _ => return Some((format!("{} sur {}", say(over, false)?, say(under, false)?), middle)),
            };
            let s = if over > 1 && under != 3 { "s" } else { "" };
            return Some((format!("{} {part}{s}", say(over, false)?), middle));
        }
        return None;
    }
    // 14h30, 14 h 30, 14:30, 14h.
    let hour = number(first).filter(|hour| *hour <= 24 && first.len() <= 2)?;
    let colon = c == ':';
    let mark = if colon { at } else { blanks_after(text, at) };
    if !colon && !matches!(after(text, mark), Some('h' | 'H')) {
        return None;
    }
    let after_mark = if colon { mark + 1 } else { blanks_after(text, mark + 1) };
    let minutes = digits(text, after_mark, 3);
    let said = format!("{} heure{}", say(hour, true)?, if hour > 1 { "s" } else { "" });
    let minute = number(minutes).filter(|minute| *minute < 60 && minutes.len() == 2);
    match minute {
        Some(minute) if !is_letter(after(text, after_mark + 2)) => {
            let end = after_mark + 2;
            if minute == 0 {
                return Some((said, end));
            }
            Some((format!("{said} {}", say(minute, true)?), end))
        }
        _ if colon || is_word(after(text, mark + 1)) => None,
        _ => Some((said, mark + 1)),
    }
}

/// An ordinal at byte `start`: `1er`, `2e`, `21ème`, `1re`.
fn ordinal_at(text: &str, start: usize) -> Option<(String, usize)> {
    let number = digits(text, start, 12);
    let n: u128 = number.parse().ok()?;
    let at = start + number.len();
    let rest = slice(text, at..text.len());
    let suffixes = [
        ("ers", false),
        ("er", false),
        ("ères", true),
        ("ère", true),
        ("res", true),
        ("re", true),
        ("ndes", true),
        ("nde", true),
        ("nds", false),
        ("nd", false),
        ("ièmes", false),
        ("ième", false),
        ("èmes", false),
        ("ème", false),
        ("es", false),
        ("e", false),
        ("º", false),
        ("ᵉʳ", false),
        ("ᵉ", false),
    ];
    let (suffix, feminine) = suffixes.iter().find(|(suffix, _)| rest.starts_with(suffix))?;
    let end = at + suffix.len();
    let first = matches!(*suffix, "ers" | "er" | "ères" | "ère" | "res" | "re" | "ᵉʳ");
    if is_word(after(text, end)) || (first && n != 1) {
        return None;
    }
    let words = match *suffix {
        "nd" | "nds" | "nde" | "ndes" if n == 2 => String::from(if *feminine { "seconde" } else { "second" }),
        "nd" | "nds" | "nde" | "ndes" => return None,
        _ if n == 0 => String::from("zéroième"),
        _ => ordinal(n, *feminine)?,
    };
    let plural = suffix.ends_with('s');
    Some((words + if plural { "s" } else { "" }, end))
}

/// What stands after a number: a percentage, a currency, a unit. Words that follow, gender, and where it ends.
fn measure(text: &str, number: &Number) -> Option<(String, bool, usize)> {
    let at = blanks_after(text, number.end);
    match after(text, at)? {
        '%' => return Some((String::from("pour cent"), false, at + 1)),
        '‰' => return Some((String::from("pour mille"), false, at + 3)),
        '°' if !is_letter(after(text, at + 2)) => {
            return Some((String::from(if number.is_plural() { "degrés" } else { "degré" }), false, at + 2));
        }
        _ => {}
    }
    let symbol = symbol_at(text, at)?;
    let end = at + symbol.len();
    let named = |unit: &Unit, plural: bool| String::from(if plural { unit.plural } else { unit.singular });
    if let Some(unit) = UNITS.get(symbol).or_else(|| CURRENCIES.get(symbol)) {
        // Letters that touch nothing: `5 A` may be a grade, `5 F` a code, but the reader wants a word.
        return Some((named(unit, number.is_plural()), unit.feminine, end));
    }
    let (scale, rest) = [("Md", "milliard"), ("Mds", "milliard"), ("M", "million"), ("k", "mille")]
        .iter()
        .rev()
        .find_map(|(prefix, scale)| Some((*scale, CURRENCIES.get(symbol.strip_prefix(prefix)?)?)))?;
    if scale == "mille" {
        return Some((format!("mille {}", rest.plural), rest.feminine, end));
    }
    let s = if number.is_plural() { "s" } else { "" };
    let of = if rest.plural.starts_with(['a', 'e', 'i', 'o', 'u', 'y']) { "d’" } else { "de " };
    Some((format!("{scale}{s} {of}{}", rest.plural), false, end))
}

/// A number with what it measures, from byte `start`.
fn quantity(text: &str, start: usize) -> (String, usize) {
    let number = number_at(text, start);
    let currency = |symbol: &str| CURRENCIES.get(symbol).filter(|_| number.decimals.len() == 2 && number.mark == ',');
    let at = blanks_after(text, number.end);
    if let Some(unit) = symbol_at(text, at).and_then(currency) {
        // `12,50 €`: douze euros cinquante.
        let symbol = symbol_at(text, at).unwrap_or("");
        let cents = number.decimals.parse().ok().filter(|cents: &u128| *cents > 0);
        let whole = Number { decimals: String::new(), whole: number.whole.clone(), ..number };
        if let (Some(0), Some(cents)) = (whole.value(), cents) {
            let noun = unit.cents[usize::from(cents > 1)];
            return (format!("{} {noun}", cardinal(cents, false).unwrap_or_default()), at + symbol.len());
        }
        let noun = if whole.is_plural() { unit.plural } else { unit.singular };
        let mut words = format!("{} {noun}", whole.words(unit.feminine));
        if let Some(cents) = cents {
            words.push(' ');
            words.push_str(&cardinal(cents, false).unwrap_or_default());
        }
        return (words, at + symbol.len());
    }
    if let Some((noun, feminine, end)) = measure(text, &number) {
        let words = match (number.value(), noun.starts_with("mille ")) {
            // `1 k€` is `mille euros`.
            (Some(1), true) => noun,
            _ => format!("{} {noun}", number.words(feminine)),
        };
        return (words, end);
    }
    let feminine = number.value().is_some_and(|n| n % 10 == 1 && n % 100 != 11) && feminine_follows(text, number.end);
    (number.words(feminine), number.end)
}

/// Digits become words.
pub(crate) fn to_words(text: &str, patch: &mut Patch<'_>) {
    let mut at = 0;
    while let Some(start) = find(text, at, &BYTES) {
        let c = after(text, start).unwrap_or(' ');
        at = start + c.len_utf8();
        if start < patch.position() {
            continue;
        }
        match c {
            'I' | 'V' | 'X' | 'L' => at = roman_words(text, start, patch).max(at),
            '0'..='9' => at = digits_to_words(text, start, patch),
            '½' => say(text, (start, at), "un demi", patch),
            '¼' => say(text, (start, at), "un quart", patch),
            '¾' => say(text, (start, at), "trois quarts", patch),
            '$' | '£' | '€' => {
                // `$5`: the sign before the number.
                let digit = after(text, at).is_some_and(|c| c.is_ascii_digit());
                if let Some(unit) =
                    CURRENCIES.get(slice(text, start..at)).filter(|_| digit && !is_word(before(text, start)))
                {
                    let number = number_at(text, at);
                    let noun = if number.is_plural() { unit.plural } else { unit.singular };
                    say(text, (start, number.end), &format!("{} {noun}", number.words(unit.feminine)), patch);
                    at = number.end;
                }
            }
            _ => {}
        }
    }
}

/// Writes `words` over the bytes `start..end`, apart from the letters that touch them.
fn say(text: &str, (start, end): (usize, usize), words: &str, patch: &mut Patch<'_>) {
    let left = if is_word(before(text, start)) { " " } else { "" };
    let right = if is_word(after(text, end)) { " " } else { "" };
    if left.is_empty() && right.is_empty() {
        patch.replace(start, end, words);
    } else {
        patch.replace(start, end, &format!("{left}{words}{right}"));
    }
}

/// The digits at byte `start`; gives where to go on.
fn digits_to_words(text: &str, start: usize, patch: &mut Patch<'_>) -> usize {
    let found = moment(text, start).or_else(|| ordinal_at(text, start));
    let (mut words, end) = found.unwrap_or_else(|| quantity(text, start));
    let mut from = start;
    // `-5` and `−5`; `10-12` and `10–12` are read with « à ».
    if let Some(sign @ ('-' | '−' | '–')) = before(text, start) {
        let left = start - sign.len_utf8();
        if before(text, left).is_some_and(|c| c.is_ascii_digit()) && left >= patch.position() {
            let zero = slice(text, start..end).starts_with('0');
            words = if zero { words } else { format!("à {words}") };
            from = left;
        } else if before(text, left).is_none_or(|c| is_blank(c) || matches!(c, '\n' | '(')) && sign != '–' {
            words = format!("moins {words}");
            from = left;
        }
    }
    say(text, (from, end), &words, patch);
    end
}

/// A Roman ordinal, or the number of a sovereign (`Louis XIV`), in words; gives where to go on.
fn roman_words(text: &str, start: usize, patch: &mut Patch<'_>) -> usize {
    if let Some((value, feminine, plural, end)) = roman::ordinal_at(text, start) {
        if let Some(words) = ordinal(u128::from(value), feminine) {
            patch.replace(start, end, &(words + if plural { "s" } else { "" }));
        }
        return end;
    }
    let length = slice(text, start..text.len()).bytes().take(9).take_while(|byte| b"IVXL".contains(byte)).count();
    let end = start + length;
    let Some(value) = roman::value(slice(text, start..end)) else { return end };
    let blank = before(text, start).filter(|c| is_blank(*c)).map_or(start, |c| start - c.len_utf8());
    if is_word(after(text, end)) || matches!(after(text, end), Some('\'' | '’' | '.')) && length == 1 || blank == start
    {
        return end;
    }
    let word: usize = slice(text, 0..blank)
        .chars()
        .rev()
        .take(24)
        .take_while(|c| c.is_alphabetic() || *c == '-')
        .map(char::len_utf8)
        .sum();
    let name = slice(text, blank - word..blank);
    let ranked = matches!(
        name.to_lowercase().as_str(),
        "chapitre"
            | "tome"
            | "acte"
            | "livre"
            | "titre"
            | "volume"
            | "scène"
            | "partie"
            | "annexe"
            | "phase"
            | "paris"
            | "guerre"
    );
    let crowned = name.starts_with(char::is_uppercase) && lexicon::first_name(name).is_some();
    if ranked || crowned {
        let words = cardinal(u128::from(value), false).unwrap_or_default();
        patch.replace(start, end, &words);
    }
    end
}

/// `plain`: groups of three lose their separator.
pub(crate) fn thousands(text: &str, _: &str, patch: &mut Patch<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if !byte.is_ascii_digit() {
            at += 1;
            continue;
        }
        let number = number_at(text, at);
        let code = is_word(before(text, at)) || matches!(before(text, at), Some('.' | '/' | '-'));
        if number.grouped && !code && !is_word(after(text, number.end)) {
            let decimals = number.decimals.len();
            let to = if decimals > 0 { number.end - decimals - 1 } else { number.end };
            patch.replace(at, to, &number.whole);
        }
        at = number.end.max(at + 1);
    }
}
