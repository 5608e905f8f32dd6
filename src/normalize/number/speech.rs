//! Digits to words, as they are read aloud: numbers, ordinals, dates, hours, currencies, percentages, units.
//!
//! Sources: *Lexique des règles typographiques en usage à l'Imprimerie nationale*, « Dates », « Heures », « Nombres »;
//! ISO 8601 for `2024-03-12`. Agreement: *un* takes the gender of the noun that is
//! counted: the lexicon's, or that of `data/normalize/feminine.txt` for nouns of two genders.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::cardinal::{cardinal, invariable, ordinal};
use super::roman;
use crate::lexicon;
use crate::normalize::lists::MONTHS;
use crate::normalize::lists::{CURRENCIES, UNITS, Unit, rows};
use crate::normalize::look::{
    Hits, NBSP, NNBSP, after, before, blanks_after, blanks_before, is_blank, is_letter, is_word,
};
use crate::normalize::patch::Patch;
use crate::normalize::spacing::{scaled_currency, symbol_at};
use crate::text::slice;

/// A number as it stands in the text.
pub(super) struct Number {
    /// The digits of the whole part, without separators.
    pub(super) whole: String,
    pub(super) decimals: String,
    /// The decimal mark.
    mark: char,
    /// True if written in groups of three.
    grouped: bool,
    pub(super) end: usize,
}

fn digits(text: &str, from: usize, most: usize) -> &str {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let count = rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
    slice(text, from..from + count)
}

/// The number at byte `start`, with its groups and decimals.
pub(super) fn number_at(text: &str, start: usize) -> Number {
    let first = digits(text, start, usize::MAX);
    let mut whole = String::from(first);
    let mut end = start + first.len();
    let mut grouped = false;
    // `1,234.56` and `1,234,567` are grouped as in English; `1,234` alone is a decimal.
    let english = after(text, end) == Some(',')
        && digits(text, end + 1, 4).len() == 3
        && match after(text, end + 4) {
            Some('.') => !digits(text, end + 5, 1).is_empty(),
            Some(',') => digits(text, end + 5, 4).len() == 3,
            _ => false,
        };
    let separator =
        after(text, end).filter(|c| matches!(*c, ' ' | '.' | NBSP | NNBSP | '\u{2009}') || english && *c == ',');
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
    if let Some(c @ (',' | '.')) = after(text, end).filter(|c| separator != Some(',') || *c == '.') {
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
            out.push_str(" virgule ");
            out.push_str(&spelled(&self.decimals));
        }
        out
    }

    /// True if it is written without decimals and leading zeros.
    fn is_whole(&self) -> bool {
        self.decimals.is_empty() && (self.whole.len() == 1 || !self.whole.starts_with('0'))
    }

    /// True if what it counts is plural: from two on.
    fn is_plural(&self) -> bool {
        self.value().is_none_or(|n| n >= 2)
    }
}

/// Nouns of both genders that are counted as feminine: `31 pages`.
static FEMININE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    rows(include_str!("../../data/normalize/feminine.txt")).filter_map(|row| row.first().copied()).collect()
});

/// The word that begins at byte `start`, with its hyphens.
fn word_at(text: &str, start: usize) -> &str {
    let rest = slice(text, start..text.len());
    let length: usize = rest.chars().take(32).take_while(|c| c.is_alphabetic() || *c == '-').map(char::len_utf8).sum();
    slice(rest, 0..length)
}

/// The word before byte `end`, over the blanks there, letters and `°` only.
fn word_before(text: &str, end: usize) -> &str {
    let blank = blanks_before(text, end);
    let left = slice(text, 0..blank);
    let letters = left.chars().rev().take(16).take_while(|c| c.is_alphabetic() || matches!(c, '°' | 'º'));
    slice(left, blank - letters.map(char::len_utf8).sum::<usize>()..blank)
}

/// True if what is counted by the number that ends at byte `at` is feminine: the noun after it, over adjectives of both
/// genders (`21 jeunes femmes`), is known as feminine only, or counted so; an unknown one has a feminine ending.
fn feminine_follows(text: &str, at: usize) -> bool {
    let mut at = at;
    for _ in 0..3 {
        let start = blanks_after(text, at);
        let word = word_at(text, start);
        if start == at || word.is_empty() {
            return false;
        }
        let lower = word.to_lowercase();
        let singular = lower.strip_suffix('s').unwrap_or(&lower);
        if FEMININE.contains(singular) {
            return true;
        }
        let Some(form) = lexicon::resolve(word) else {
            return [
                "tion", "sion", "ité", "ette", "esse", "ence", "ance", "ade", "rie", "logie", "phie", "euse", "trice",
            ]
            .iter()
            .any(|ending| singular.ends_with(ending));
        };
        let (mut feminine, mut masculine, mut adjective) = (false, false, true);
        for entry in lexicon::lookup(&form) {
            match entry.upos() {
                crate::Upos::Noun => adjective = false,
                crate::Upos::Adj => {}
                _ => continue,
            }
            feminine |= entry.feats().is_feminine();
            masculine |= entry.feats().is_masculine();
        }
        if feminine || masculine {
            return feminine && !masculine;
        }
        // *jeunes* may be a noun too: what follows tells.
        if !adjective && !BOTH.contains(&singular) {
            return false;
        }
        at = start + word.len();
    }
    false
}

/// Adjectives of both genders that the lexicon also has as nouns, before the noun that is counted.
const BOTH: [&str; 8] = ["jeune", "autre", "même", "simple", "pauvre", "riche", "seule", "propre"];

/// True if the number at byte `start` says which one, not how many: `page 80`, `l'an 200`, `en 1980`.
fn is_rank(text: &str, start: usize, value: u128) -> bool {
    let word = word_before(text, start).to_lowercase();
    let named = matches!(
        word.as_str(),
        "page"
            | "pages"
            | "p"
            | "chapitre"
            | "article"
            | "articles"
            | "an"
            | "année"
            | "années"
            | "numéro"
            | "numéros"
            | "n°"
            | "nº"
            | "tome"
            | "volume"
            | "ligne"
            | "paragraphe"
            | "verset"
            | "psaume"
            | "chambre"
            | "table"
            | "section"
            | "alinéa"
            | "figure"
            | "salle"
            | "porte"
            | "lot"
            | "route"
            | "départementale"
            | "nationale"
    );
    let year = (1000..2200).contains(&value)
        && (matches!(
            word.as_str(),
            "en" | "depuis" | "dès" | "vers" | "avant" | "après" | "fin" | "début" | "printemps"
        ) || matches!(word.as_str(), "été" | "automne" | "hiver" | "courant")
            || MONTHS.contains(&word.as_str()));
    named || year
}

/// A telephone number at byte `start`, in pairs: `06 12 34 56 78`, `06.12…`, `0612…`, and `6 12…` after `+33`.
fn telephone(text: &str, start: usize) -> Option<(String, usize)> {
    let abroad = slice(text, 0..start).ends_with('+');
    let mut words = Vec::new();
    let mut at = start;
    if abroad {
        let country = digits(text, at, 4);
        words.push(spelled(country));
        at = blanks_after(text, at + country.len());
        if !(2..=3).contains(&country.len()) {
            return None;
        }
    }
    let run = digits(text, at, 11);
    let first = if abroad { 1 } else { 2 };
    let separated = run.len() == first;
    if !(separated || run.len() == first + 8) || (!abroad && (!run.starts_with('0') || run.starts_with("00"))) {
        return None;
    }
    words.push(spelled(slice(run, 0..first)));
    at += first;
    let separator = after(text, at).filter(|_| separated);
    if separated && !separator.is_some_and(|c| is_blank(c) || matches!(c, '.' | '-' | '/')) {
        return None;
    }
    for _ in 0..4 {
        if separated {
            if after(text, at) != separator {
                return None;
            }
            at += separator.map_or(0, char::len_utf8);
        }
        let pair = digits(text, at, if separated { 3 } else { 2 });
        if pair.len() != 2 {
            return None;
        }
        words.push(spelled(pair));
        at += 2;
    }
    let ends = !is_word(after(text, at));
    ends.then(|| (words.join(" "), at))
}

/// Numbers that dots join without being groups or a date: a version or an address, `1.2.3`, `192.168.0.1`.
fn dotted(text: &str, start: usize) -> Option<(String, usize)> {
    let mut groups: Vec<&str> = Vec::new();
    let mut at = start;
    loop {
        let group = digits(text, at, 6);
        if group.is_empty() || group.len() > 5 || groups.len() > 7 {
            return None;
        }
        groups.push(group);
        at += group.len();
        if after(text, at) != Some('.') || digits(text, at + 1, 1).is_empty() {
            break;
        }
        at += 1;
    }
    let byte =
        |group: &&str| group.parse::<u32>().is_ok_and(|n| n < 256) && (group.len() == 1 || !group.starts_with('0'));
    let address = groups.len() == 4 && groups.iter().all(byte);
    let thousands = groups.iter().skip(1).all(|group| group.len() == 3);
    if groups.len() < 3 || (thousands && !address) || is_word(after(text, at)) {
        return None;
    }
    let words: Vec<String> = groups.into_iter().map(spelled).collect();
    Some((words.join(" point "), at))
}

/// True if `2.0` at byte `start` is a version, not a quantity: after `version`, `v` or a name (`Python 3.12`).
fn is_version(text: &str, start: usize) -> bool {
    if matches!(before(text, start), Some('v' | 'V')) {
        return true;
    }
    let word = word_before(text, start);
    let blank = blanks_before(text, start);
    let opens =
        before(text, blanks_before(text, blank - word.len())).is_none_or(|c| matches!(c, '.' | '!' | '?' | '\n'));
    matches!(word, "version" | "Version" | "v" | "norme") || word.starts_with(char::is_uppercase) && !opens
}

/// A number of at most three digits as a small number.
fn small(digits: &str) -> Option<u32> {
    digits.parse().ok()
}

/// A date at byte `start`: `12/07/2013`, `1er/03/2024`, `2024-03-01`, `12.07.2013`, and `05/03` where it can be no fraction.
fn date(text: &str, start: usize) -> Option<(String, usize)> {
    let first = digits(text, start, 5);
    let mut at = start + first.len();
    if first == "1" && slice(text, at..text.len()).starts_with("er") {
        at += 2;
    }
    let mark = after(text, at).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let said = |day: &str, month: &str, year: Option<&str>| {
        let (day, month) = (small(day).filter(|day| (1..=31).contains(day))?, small(month)?);
        let name = MONTHS.get(usize::try_from(month.checked_sub(1)?).ok()?)?;
        let day = if day == 1 { String::from("premier") } else { cardinal(u128::from(day), false)? };
        Some(match year {
            Some(year) if year.starts_with('0') => format!("{day} {name} {}", spelled(year)),
            Some(year) => format!("{day} {name} {}", invariable(year.parse().ok()?)?),
            None => format!("{day} {name}"),
        })
    };
    let second = digits(text, at + 1, 3);
    let middle = at + 1 + second.len();
    if !matches!(second.len(), 1 | 2) {
        return None;
    }
    if after(text, middle) == Some(mark) {
        let third = digits(text, middle + 1, 5);
        let end = middle + 1 + third.len();
        if is_word(after(text, end)) || after(text, end) == Some(mark) && !digits(text, end + 1, 1).is_empty() {
            return None;
        }
        return match (first.len(), third.len()) {
            (1 | 2, 4) => Some((said(first, second, Some(third))?, end)),
            (2, 2) if mark == '/' => Some((said(first, second, Some(third))?, end)),
            (4, 2) if mark == '-' => Some((said(third, second, Some(first))?, end)),
            _ => None,
        };
    }
    let word = word_before(text, start).to_lowercase();
    let day =
        matches!(word.as_str(), "le" | "du" | "au" | "dès" | "lundi" | "mardi" | "mercredi" | "jeudi" | "vendredi")
            || matches!(word.as_str(), "samedi" | "dimanche");
    let sure = first.starts_with('0') || second.starts_with('0') || day || at > start + first.len();
    (mark == '/' && first.len() <= 2 && sure && !is_word(after(text, middle)))
        .then(|| Some((said(first, second, None)?, middle)))?
}

/// A fraction at byte `start`: `1/2`, `3/4`, `12/20`.
fn fraction(text: &str, start: usize) -> Option<(String, usize)> {
    let first = digits(text, start, 3);
    let at = start + first.len();
    let second = digits(text, at + 1, 4);
    let end = at + 1 + second.len();
    let whole = !is_word(after(text, end))
        && !matches!(after(text, end), Some('/' | '.' | ',') if !digits(text, end + 1, 1).is_empty());
    if after(text, at) != Some('/')
        || !whole
        || first.len() > 2
        || !(1..=3).contains(&second.len())
        || second.starts_with('0')
    {
        return None;
    }
    let (over, under) = (small(first)?, small(second)?);
    if over == 1 && under == 2 {
        return Some(halved(text, end).unwrap_or_else(|| (String::from("un demi"), end)));
    }
    let said = cardinal(u128::from(over), false)?;
    let part = match under {
        2 => String::from("demi"),
        3 => String::from("tiers"),
        4 => String::from("quart"),
        5..=9 => ordinal(u128::from(under), false)?,
        10..=100 if over == 1 => ordinal(u128::from(under), false)?,
        _ => return Some((format!("{said} sur {}", cardinal(u128::from(under), false)?), end)),
    };
    let s = if over > 1 && under != 3 { "s" } else { "" };
    Some((format!("{said} {part}{s}"), end))
}

/// `une demi-heure`: the half of the noun that follows byte `end`; gives where it begins.
fn halved(text: &str, end: usize) -> Option<(String, usize)> {
    let noun = blanks_after(text, end);
    let word = word_at(text, noun);
    let known = lexicon::lookup(word).any(|entry| entry.upos() == crate::Upos::Noun);
    let one = if feminine_follows(text, end) { "une" } else { "un" };
    (noun > end && known && !word.ends_with('s') && !matches!(word, "est" | "a" | "or" | "de" | "et" | "par" | "pour"))
        .then(|| (format!("{one} demi-"), noun))
}

/// An hour at byte `start`: `14h30`, `14 h`, `14:30`, `14:30:15`, `2 h 30 min 15 s`.
fn hour(text: &str, start: usize) -> Option<(String, usize)> {
    let first = digits(text, start, 3);
    let at = start + first.len();
    let hours = small(first).filter(|_| matches!(first.len(), 1 | 2))?;
    let said = format!("{} heure{}", cardinal(u128::from(hours), true)?, if hours > 1 { "s" } else { "" });
    // Sixtieths at byte `from`: how many, and where they end.
    let sixty = |from: usize| {
        let two = digits(text, from, 3);
        small(two).filter(|n| *n < 60 && two.len() == 2).map(|n| (n, from + 2))
    };
    let counted =
        |n: u32, noun: &str| Some(format!("{} {noun}{}", cardinal(u128::from(n), true)?, if n > 1 { "s" } else { "" }));
    if after(text, at) == Some(':') {
        let (minutes, end) = sixty(at + 1).filter(|_| hours <= 24)?;
        let (words, end) = match sixty(end + 1).filter(|_| after(text, end) == Some(':')) {
            Some((seconds, end)) => {
                (format!("{said} {} {}", counted(minutes, "minute")?, counted(seconds, "seconde")?), end)
            }
            None if minutes == 0 => (said, end),
            None => (format!("{said} {}", cardinal(u128::from(minutes), true)?), end),
        };
        return (!is_word(after(text, end)) && after(text, end) != Some(':')).then_some((words, end));
    }
    let mark = blanks_after(text, at);
    if !matches!(after(text, mark), Some('h' | 'H')) {
        return None;
    }
    let from = blanks_after(text, mark + 1);
    let Some((minutes, mut end)) = sixty(from) else {
        return (!is_word(after(text, mark + 1))).then_some((said, mark + 1));
    };
    let mut words = if minutes == 0 { said } else { format!("{said} {}", cardinal(u128::from(minutes), true)?) };
    let unit = |at: usize, names: &[&str]| {
        let from = blanks_after(text, at);
        let rest = slice(text, from..text.len());
        names.iter().find(|name| rest.starts_with(**name)).map(|name| from + name.len())
    };
    if let Some(to) = unit(end, &["min", "mn"]).filter(|&to| !is_letter(after(text, to))) {
        words = format!("{words} minute{}", if minutes > 1 { "s" } else { "" });
        end = to;
        if let Some((seconds, to)) = sixty(blanks_after(text, end))
            && let Some(to) = unit(to, &["s"]).filter(|&to| !is_word(after(text, to)))
        {
            words = format!("{words} {}", counted(seconds, "seconde")?);
            end = to;
        }
    }
    (!is_word(after(text, end))).then_some((words, end))
}

/// What is no plain number at byte `start`: words and where it ends.
fn moment(text: &str, start: usize) -> Option<(String, usize)> {
    let found = telephone(text, start).or_else(|| date(text, start)).or_else(|| dotted(text, start));
    found.or_else(|| fraction(text, start)).or_else(|| hour(text, start))
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
    // `5 Md€`, and `5 Md €` with a blank.
    let (scale, rest, end) = match scaled_currency(symbol) {
        Some((scale, rest)) => (scale, rest, end),
        None if matches!(symbol, "M" | "Md" | "Mds" | "k") => {
            let sign = blanks_after(text, end);
            let currency = symbol_at(text, sign)?;
            let joined = format!("{symbol}{currency}");
            let (scale, rest) = scaled_currency(&joined)?;
            (scale, rest, sign + currency.len())
        }
        None => return None,
    };
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
    // `12€50`.
    if let Some(sign @ ('€' | '$' | '£')) = after(text, number.end).filter(|_| number.decimals.is_empty()) {
        let cents = digits(text, number.end + sign.len_utf8(), 3);
        if let (2, Some(unit)) = (cents.len(), CURRENCIES.get(slice(text, number.end..number.end + sign.len_utf8()))) {
            let noun = if number.is_plural() { unit.plural } else { unit.singular };
            let words = format!("{} {noun} {}", number.words(unit.feminine), spelled(cents));
            return (words, number.end + sign.len_utf8() + 2);
        }
    }
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
    if let Some(value) = number.value().filter(|&value| number.is_whole() && is_rank(text, start, value)) {
        return (invariable(value).unwrap_or_default(), number.end);
    }
    // `2 ½`.
    let part = blanks_after(text, number.end);
    if after(text, part) == Some('½') && number.is_whole() {
        let e = if feminine_follows(text, part + 2) { "e" } else { "" };
        return (format!("{} et demi{e}", number.words(false)), part + 2);
    }
    if number.mark == '.' && !number.decimals.is_empty() && !number.grouped && is_version(text, start) {
        return (format!("{} point {}", spelled(&number.whole), spelled(&number.decimals)), number.end);
    }
    let feminine = number.value().is_some_and(|n| n % 10 == 1 && n % 100 != 11 && n % 100 != 71 && n % 100 != 91)
        && feminine_follows(text, number.end);
    (number.words(feminine), number.end)
}

/// Digits become words.
pub(crate) fn to_words(text: &str, patch: &mut Patch<'_>) {
    let mut hits = Hits::new(text, |a, b, c| {
        (a >= b'0') & (a <= b'9')
            | (a == b'I')
            | (a == b'V')
            | (a == b'X')
            | (a == b'L')
            | (a == b'$')
            | (a == 0xc2) & ((b == 0xa3) | (b >= 0xbc) & (b <= 0xbe))
            | (a == 0xe2) & (b == 0x82) & (c == 0xac)
    });
    let mut at = 0;
    while let Some(start) = hits.next(at) {
        let c = after(text, start).unwrap_or(' ');
        at = start + c.len_utf8();
        if start < patch.position() {
            continue;
        }
        match c {
            'I' | 'V' | 'X' | 'L' => at = roman_words(text, start, patch).max(at),
            '0'..='9' => at = digits_to_words(text, start, patch),
            '½' => match halved(text, at) {
                Some((words, end)) => {
                    patch.replace(start, end, &words);
                    at = end;
                }
                None => say(text, (start, at), "un demi", patch),
            },
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
    let right = if is_word(after(text, end)) && !words.ends_with('-') { " " } else { "" };
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
    // `-5`, `−5` and `+5`; `10-12`, `10–12` and `9h-12h` are read with « à ».
    if before(text, start) == Some('+')
        && before(text, start - 1).is_none_or(|c| is_blank(c) || matches!(c, '\n' | '('))
    {
        words = format!("plus {words}");
        from = start - 1;
    }
    if let Some(sign @ ('-' | '−' | '–')) = before(text, start) {
        let left = start - sign.len_utf8();
        let hour = before(text, left) == Some('h') && before(text, left - 1).is_some_and(|c| c.is_ascii_digit());
        if (hour || before(text, left).is_some_and(|c| c.is_ascii_digit())) && left >= patch.position() {
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
    let mut hits = Hits::new(text, |a, _, _| (a >= b'0') & (a <= b'9'));
    let mut at = 0;
    while let Some(start) = hits.next(at) {
        at = start;
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
