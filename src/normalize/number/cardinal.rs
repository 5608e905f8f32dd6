//! Numbers in words, by the traditional rules: `vingt et un`, `quatre-vingts`, `deux cents`, `mille`, ordinals.
//!
//! Sources: Dictionnaire de l'Académie française (9th edition), « cent », « mille », « vingt »; *Lexique des règles
//! typographiques en usage à l'Imprimerie nationale*, « Nombres ». *Vingt* and *cent* take an *s* when multiplied and
//! last (`quatre-vingts millions`, for *million* is a noun, but `quatre-vingt mille`); *mille* never does.

/// Names of the numbers to sixteen.
const SMALL: [&str; 17] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize",
];

const TENS: [&str; 10] =
    ["", "dix", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"];

/// Names of the powers of a thousand from a million on: nouns.
pub(crate) const SCALES: [&str; 10] = [
    "million",
    "milliard",
    "billion",
    "billiard",
    "trillion",
    "trilliard",
    "quatrillion",
    "quatrilliard",
    "quintillion",
    "quintilliard",
];

/// The largest number that has a name, and one more: 10^36.
pub(crate) const LIMIT: u128 = 10_u128.pow(36);

/// `n` in words; `feminine` if it counts a feminine noun (`vingt et une voitures`). `None` from [`LIMIT`] on.
pub(crate) fn cardinal(n: u128, feminine: bool) -> Option<String> {
    if n >= LIMIT {
        return None;
    }
    if n == 0 {
        return Some(String::from("zéro"));
    }
    let mut parts: Vec<String> = Vec::new();
    for (index, scale) in SCALES.iter().enumerate().rev() {
        let unit = 10_u128.pow(6 + 3 * u32::try_from(index).unwrap_or(0));
        match u32::try_from(n / unit % 1000).unwrap_or(0) {
            0 => {}
            1 => parts.push(format!("un {scale}")),
            count => parts.push(format!("{} {scale}s", below_thousand(count, false, true))),
        }
    }
    match u32::try_from(n / 1000 % 1000).unwrap_or(0) {
        0 => {}
        1 => parts.push(String::from("mille")),
        count => parts.push(format!("{} mille", below_thousand(count, false, false))),
    }
    let rest = u32::try_from(n % 1000).unwrap_or(0);
    if rest > 0 {
        parts.push(below_thousand(rest, feminine, true));
    }
    Some(parts.join(" "))
}

/// `n` as a rank or a year, where *vingt* and *cent* take no *s*: `page quatre-vingt`, `l'an mille neuf cent`.
pub(crate) fn invariable(n: u128) -> Option<String> {
    let words = cardinal(n, false)?;
    let bare = words.ends_with("vingts") || words.ends_with("cents");
    Some(if bare { words.trim_end_matches('s').to_owned() } else { words })
}

/// `last`: no numeral follows, so that *cents* and *vingts* take their *s*.
fn below_thousand(n: u32, feminine: bool, last: bool) -> String {
    let (hundreds, rest) = (n / 100, n % 100);
    let small = |n: u32| SMALL.get(n as usize).copied().unwrap_or("");
    let mut out = match hundreds {
        0 => String::new(),
        1 => String::from("cent"),
        _ if rest == 0 && last => format!("{} cents", small(hundreds)),
        _ => format!("{} cent", small(hundreds)),
    };
    if rest > 0 {
        if hundreds > 0 {
            out.push(' ');
        }
        out.push_str(&below_hundred(rest, feminine, last));
    }
    out
}

fn below_hundred(n: u32, feminine: bool, last: bool) -> String {
    let one = if feminine { "une" } else { "un" };
    let small = |n: u32| if n == 1 { one } else { SMALL.get(n as usize).copied().unwrap_or("") };
    if n <= 16 {
        return String::from(small(n));
    }
    let ten = TENS.get(n as usize / 10).copied().unwrap_or("");
    let unit = if matches!(n / 10, 7 | 9) { n % 10 + 10 } else { n % 10 };
    match (n, unit) {
        (80, _) if last => String::from("quatre-vingts"),
        (_, 0) => String::from(ten),
        (21 | 31 | 41 | 51 | 61 | 71, _) => format!("{ten} et {}", small(unit)),
        (_, 17..=19) => format!("{ten}-dix-{}", small(unit - 10)),
        (17..=19, _) => format!("dix-{}", small(unit)),
        _ => format!("{ten}-{}", small(unit)),
    }
}

/// The ordinal of `n`: `premier`, `vingt et unième`, `quatre-vingtième`.
pub(crate) fn ordinal(n: u128, feminine: bool) -> Option<String> {
    if n == 1 {
        return Some(String::from(if feminine { "première" } else { "premier" }));
    }
    let words = cardinal(n, false)?;
    // `un million` is ordered as `millionième`.
    let words = words.strip_prefix("un ").filter(|_| !words.contains(" et ")).unwrap_or(&words);
    let stem = words.strip_suffix('s').filter(|_| !words.ends_with("trois")).unwrap_or(words);
    Some(if let Some(stem) = stem.strip_suffix("cinq") {
        format!("{stem}cinquième")
    } else if let Some(stem) = stem.strip_suffix("neuf") {
        format!("{stem}neuvième")
    } else if let Some(stem) = stem.strip_suffix('e') {
        format!("{stem}ième")
    } else {
        format!("{stem}ième")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_the_academy() {
        for (n, words) in [
            (0, "zéro"),
            (17, "dix-sept"),
            (21, "vingt et un"),
            (70, "soixante-dix"),
            (71, "soixante et onze"),
            (77, "soixante-dix-sept"),
            (80, "quatre-vingts"),
            (81, "quatre-vingt-un"),
            (91, "quatre-vingt-onze"),
            (99, "quatre-vingt-dix-neuf"),
            (101, "cent un"),
            (200, "deux cents"),
            (201, "deux cent un"),
            (1000, "mille"),
            (80_000, "quatre-vingt mille"),
            (200_000, "deux cent mille"),
            (80_000_000, "quatre-vingts millions"),
            (200_000_000, "deux cents millions"),
            (1_000_000_000, "un milliard"),
        ] {
            assert_eq!(cardinal(n, false).as_deref(), Some(words));
        }
        assert_eq!(cardinal(21, true).as_deref(), Some("vingt et une"));
        assert_eq!(cardinal(1_001, true).as_deref(), Some("mille une"));
        assert_eq!(cardinal(LIMIT, false), None);
        for (n, words) in [(80, "quatre-vingt"), (1900, "mille neuf cent"), (203, "deux cent trois"), (3, "trois")] {
            assert_eq!(invariable(n).as_deref(), Some(words));
        }
        for (n, words) in [
            (1, "premier"),
            (2, "deuxième"),
            (3, "troisième"),
            (5, "cinquième"),
            (9, "neuvième"),
            (21, "vingt et unième"),
            (80, "quatre-vingtième"),
            (100, "centième"),
            (1000, "millième"),
            (1_000_000, "millionième"),
        ] {
            assert_eq!(ordinal(n, false).as_deref(), Some(words));
        }
    }
}
