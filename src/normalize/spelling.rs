//! The spelling of 1990, and back: by rule where the lexicon knows both spellings, else by a list.
//!
//! Source: Conseil supérieur de la langue française, « Les rectifications de l'orthographe », Journal officiel, documents
//! administratifs, 6 December 1990. Rules: circumflex of i and u (`goûter`), è for é before a silent e (`événement`,
//! `cédera`), verbs in -eler and -eter (`ruisselle`), words joined (`week-end`, `contre-attaque`), trema (`aiguë`),
//! -olle and -otter, numerals all hyphenated, plural of compounds (`des après-midi`), `laissé` before an infinitive.
//! Anomalies, accents and plurals of foreign words are in `data/normalize/spelling_1990.txt`.
//!
//! A rule only makes a candidate. It is written if every reading of the word (part of speech, features, lemma but for
//! spelling) is one of the candidate: `étiquette` stays, for the noun does not change; so do `sûr`, `mûr`, `dû`, `jeûne`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::french::{LONGEST, knows};
use super::lists::rows;
use super::look::{after, before, is_blank, is_letter};
use super::number::{Joint, joints};
use super::patch::Patch;
use crate::text::slice;
use crate::{Upos, lexicon};

/// The two spellings of a word or stem.
struct Pair {
    from: String,
    to: &'static str,
    /// True if any ending may follow.
    stem: bool,
}

struct Spelling {
    /// By the first three characters.
    modern: HashMap<String, Vec<Pair>>,
    traditional: HashMap<String, Vec<Pair>>,
}

static SPELLING: LazyLock<Spelling> = LazyLock::new(|| {
    let mut spelling = Spelling { modern: HashMap::new(), traditional: HashMap::new() };
    for row in rows(include_str!("../data/normalize/spelling_1990.txt")) {
        let (Some(old), Some(new)) = (row.first(), row.get(1)) else { continue };
        let stem = old.ends_with('*');
        let (old, new) = (old.trim_end_matches('*'), new.trim_end_matches('*'));
        spelling.modern.entry(head(old)).or_default().push(Pair { from: old.to_owned(), to: new, stem });
        if row.len() < 3 {
            spelling.traditional.entry(head(new)).or_default().push(Pair { from: new.to_owned(), to: old, stem });
        }
    }
    spelling
});

fn head(word: &str) -> String {
    word.chars().take(3).collect()
}

/// `1990` or `traditional` spelling.
pub(crate) fn spelling(text: &str, value: &str, patch: &mut Patch<'_>) {
    let modern = value == "1990";
    let mut at = 0;
    while let Some(c) = after(text, at) {
        if !c.is_alphabetic() {
            at += c.len_utf8();
            continue;
        }
        let start = at;
        if let Some(end) = numerals(text, start, modern, patch) {
            at = end;
            continue;
        }
        // A word with its hyphens and apostrophes: `week-end`, `prud'homme`.
        let mut ends = [0; 4];
        let mut parts = 0;
        loop {
            let mut end = at;
            while let Some(c) = after(text, end).filter(|c| c.is_alphanumeric()) {
                end += c.len_utf8();
            }
            ends[parts] = end;
            parts += 1;
            at = end;
            let joined = matches!(after(text, end), Some('-' | '\'' | '’'));
            let next = end + after(text, end).map_or(0, char::len_utf8);
            if parts == ends.len() || !joined || !is_letter(after(text, next)) {
                break;
            }
            at = next;
        }
        // The longest first; after an elision or a hyphen a new word begins.
        for &end in ends.iter().take(parts).rev() {
            let word = slice(text, start..end);
            let name = word.starts_with(char::is_uppercase)
                && lexicon::lookup(&word.replace('’', "'")).any(|entry| entry.upos() == Upos::Propn);
            if name {
                at = end;
                break;
            }
            if let Some(with) = respelled(text, (start, end), modern) {
                patch.replace_trimmed(start, end, &in_case(word, &with));
                at = end;
                break;
            }
            at =
                end + after(text, end).filter(|_| end < *ends.get(parts - 1).unwrap_or(&end)).map_or(0, char::len_utf8);
        }
        at = at.max(start + c.len_utf8());
    }
}

/// Hyphens of the numerals that begin at byte `start`: everywhere in 1990 but beside `million` and its kind, which are
/// nouns; before, below a hundred without `et`. Gives where they end.
fn numerals(text: &str, start: usize, modern: bool, patch: &mut Patch<'_>) -> Option<usize> {
    if matches!(before(text, start), Some('-' | '\'' | '’')) {
        return None;
    }
    let (found, end) = joints(text, start)?;
    for (place, length, joint) in found {
        let with = match joint {
            Joint::Noun => continue,
            Joint::Tens => "-",
            Joint::Other if modern => "-",
            Joint::Other => " ",
        };
        let old = slice(text, place..place + length);
        if with == "-" || old == "-" {
            patch.replace(place, place + length, with);
        }
    }
    Some(end)
}

/// The other spelling, in small letters, of the word at `start..end`.
fn respelled(text: &str, (start, end): (usize, usize), modern: bool) -> Option<String> {
    let word = slice(text, start..end);
    if word.len() > LONGEST || word.len() < 3 {
        return None;
    }
    let lower = word.to_lowercase().replace('’', "'");
    // `aimé-je`, and `puissè-je` back.
    let (old, new) = if modern { ("é-je", "è-je") } else { ("è-je", "é-je") };
    if let Some(stem) = lower.strip_suffix(old) {
        return Some(format!("{stem}{new}"));
    }
    let listed = listed(&lower, if modern { &SPELLING.modern } else { &SPELLING.traditional });
    let whole = before(text, start) != Some('-') && after(text, end) != Some('-');
    let ruled = || candidates(&lower, modern, whole).into_iter().find(|candidate| same_readings(&lower, candidate));
    listed.or_else(ruled).or_else(|| if modern { in_context(text, (start, end), &lower) } else { None })
}

/// What the list has for a word.
fn listed(lower: &str, map: &HashMap<String, Vec<Pair>>) -> Option<String> {
    let pair = map.get(&head(lower))?.iter().find(|pair| {
        let rest = lower.strip_prefix(pair.from.as_str());
        rest.is_some_and(|rest| rest.is_empty() || pair.stem)
    })?;
    let other = format!("{}{}", pair.to, lower.strip_prefix(pair.from.as_str())?);
    // An ending that makes no word: `ainsi` is not `aînsi`.
    (!pair.stem || knows(&other)).then_some(other)
}

/// Words whose circumflex tells them from another one, and one that only looks like an old spelling.
const KEPT: [&str; 14] = [
    "dû",
    "mûr",
    "sûr",
    "crû",
    "recrû",
    "jeûne",
    "jeûnes",
    "sur",
    "mur",
    "du",
    "complètement",
    "complètements",
    "collocation",
    "collocations",
];

/// What the rules make of a word, in the order in which they are tried; `whole` if it is no part of a compound.
fn candidates(lower: &str, modern: bool, whole: bool) -> Vec<String> {
    let mut out = Vec::new();
    if KEPT.contains(&lower) {
        return out;
    }
    let mut swap = |from: &str, to: &str, fits: &dyn Fn(&str) -> bool| {
        let places: Vec<usize> = lower.match_indices(from).map(|(at, _)| at).take(6).collect();
        for &at in &places {
            let (left, right) = (slice(lower, 0..at), slice(lower, at + from.len()..lower.len()));
            if fits(right) {
                out.push(format!("{left}{to}{right}"));
            }
        }
        if places.len() > 1 && from.chars().count() == 1 {
            out.push(lower.replace(from, to));
        }
    };
    let any = |_: &str| true;
    // Before a silent e: consonants, then e.
    let silent = |right: &str| {
        let rest = right.trim_start_matches(|c: char| c.is_ascii_lowercase() && !"aeiouy".contains(c));
        rest.len() < right.len() && (rest.starts_with('e') || rest.starts_with("ue"))
    };
    let ends = |endings: &'static [&'static str]| move |right: &str| endings.contains(&right);
    let verbal = |right: &str| right.starts_with(['e', 'a', 'i', 'o', 'é', 'è', 'â', 'î']);
    for (old, new, fits) in [
        ("î", "i", &any as &dyn Fn(&str) -> bool),
        ("û", "u", &any),
        ("é", "è", &silent),
        ("ell", "èl", &verbal),
        ("ett", "èt", &verbal),
        ("uë", "üe", &ends(&["", "s"])),
        ("uï", "üi", &any),
        ("geure", "geüre", &ends(&["", "s"])),
        ("argu", "argü", &verbal),
    ] {
        if modern {
            swap(old, new, fits);
        } else {
            swap(new, old, fits);
        }
    }
    if modern && whole && lower.contains('-') {
        out.push(lower.replace('-', ""));
        // `contre-attaque`, `entre-aimer`: the e falls.
        for prefix in ["contre-", "entre-"] {
            if let Some(rest) =
                lower.strip_prefix(prefix).filter(|rest| rest.starts_with(['a', 'e', 'é', 'o', 'i', 'u']))
            {
                out.push(format!("{}{rest}", prefix.trim_end_matches("e-")));
            }
        }
    }
    if modern {
        for prefix in ["entr'", "prud'", "grand'"] {
            if let Some(rest) = lower.strip_prefix(prefix) {
                out.push(format!("{}{rest}", prefix.trim_end_matches('\'')));
            }
        }
    }
    out
}

/// True if every reading of `word` is one of `other`, and neither is a proper noun.
fn same_readings(word: &str, other: &str) -> bool {
    // -eler and -eter are verbs; their nouns end in -ement.
    let doubled = ["ell", "ett"].iter().any(|double| word.contains(double) != other.contains(double));
    let mut any = false;
    let every = lexicon::lookup(word).all(|entry| {
        any = true;
        let verb = matches!(entry.upos(), Upos::Verb | Upos::Aux);
        let derived = entry.upos() == Upos::Noun && (word.ends_with("ement") || word.ends_with("ements"));
        (!doubled || verb || derived)
            && entry.upos() != Upos::Propn
            && lexicon::lookup(other).any(|found| {
                // `pèle` is of *peler*, `pelle` of *peller*: only a circumflex or a hyphen makes one verb of two lemmas.
                let (one, two) = (entry.lemma(), found.lemma());
                let lemma = if verb { loose(&one) == loose(&two) } else { skeleton(&one) == skeleton(&two) };
                found.upos() == entry.upos() && found.feats() == entry.feats() && lemma
            })
    });
    any && every
}

/// A verb's lemma without circumflex, grave accent, trema and what joins its parts.
fn loose(lemma: &str) -> String {
    let letter = |c: char| match c {
        'î' | 'ï' => Some('i'),
        'û' | 'ü' => Some('u'),
        'è' => Some('é'),
        '-' | '\'' => None,
        _ => Some(c),
    };
    let out: String = lemma.chars().filter_map(letter).collect();
    out.replace("contrea", "contra")
        .replace("contree", "contre")
        .replace("entrea", "entra")
        .replace("contreo", "contro")
}

/// Another word's lemma without what the rules touch.
fn skeleton(lemma: &str) -> String {
    loose(lemma).replace(['é', 'è', 'ë'], "e").replace("ll", "l").replace("tt", "t")
}

/// Determiners that show the number of the compound after them.
const SINGULAR: [&str; 12] = ["un", "une", "le", "la", "ce", "cet", "cette", "du", "au", "mon", "son", "chaque"];
const PLURAL: [&str; 16] = [
    "des",
    "les",
    "ces",
    "aux",
    "mes",
    "tes",
    "ses",
    "nos",
    "vos",
    "leurs",
    "deux",
    "trois",
    "quatre",
    "plusieurs",
    "quelques",
    "certains",
];

/// Words of other languages that took no *s* in the plural.
const BARE_PLURALS: [&str; 9] =
    ["duplicata", "graffiti", "spaghetti", "zakouski", "ravioli", "macaroni", "lazzi", "confetti", "scénario"];

/// What the words around decide: the number of compounds, and `laissé` before an infinitive.
fn in_context(text: &str, (start, end): (usize, usize), lower: &str) -> Option<String> {
    if matches!(lower, "laissée" | "laissés" | "laissées") {
        let blank = after(text, end).filter(|c| is_blank(*c))?;
        let next = end + blank.len_utf8();
        let length: usize =
            slice(text, next..text.len()).chars().take(24).take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        let infinitive = lexicon::lookup(slice(text, next..next + length)).any(|entry| {
            matches!(entry.upos(), Upos::Verb | Upos::Aux) && entry.lemma() == slice(text, next..next + length)
        });
        return infinitive.then(|| String::from("laissé"));
    }
    let bare = BARE_PLURALS.contains(&lower);
    if !lower.contains('-') && !bare && lower != "relais" {
        return None;
    }
    let blank = before(text, start).filter(|c| is_blank(*c))?;
    let left = slice(text, 0..start - blank.len_utf8());
    let length: usize = left.chars().rev().take(12).take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let determiner = slice(left, left.len() - length..left.len()).to_lowercase();
    let noun = |form: &str, plural: bool| {
        lexicon::lookup(form).any(|entry| {
            entry.upos() == Upos::Noun && (if plural { entry.feats().is_plural() } else { entry.feats().is_singular() })
        })
    };
    if bare {
        return PLURAL.contains(&determiner.as_str()).then(|| format!("{lower}s"));
    }
    if lower == "relais" {
        return SINGULAR.contains(&determiner.as_str()).then(|| String::from("relai"));
    }
    let (first, _) = lower.split_once('-')?;
    // A verb or preposition, then a noun: `porte-avions`, `après-midi`.
    let compound = lexicon::lookup(first).any(|entry| matches!(entry.upos(), Upos::Verb | Upos::Adp));
    if !compound {
        return None;
    }
    if PLURAL.contains(&determiner.as_str()) && !lower.ends_with(['s', 'x', 'z']) {
        return [format!("{lower}s"), format!("{lower}x")].into_iter().find(|form| noun(form, true));
    }
    if SINGULAR.contains(&determiner.as_str()) && lower.ends_with(['s', 'x']) {
        let form = slice(lower, 0..lower.len() - 1);
        return noun(form, false).then(|| form.to_owned());
    }
    None
}

/// `other`, in small letters, in the case of `word`.
fn in_case(word: &str, other: &str) -> String {
    if word.chars().nth(1).is_some() && word.chars().all(|c| !c.is_lowercase()) {
        other.to_uppercase()
    } else if word.starts_with(char::is_uppercase) {
        let mut letters = other.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    } else {
        other.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_differs() {
        for row in rows(include_str!("../data/normalize/spelling_1990.txt")) {
            assert!(row.len() >= 2 && row[0] != row[1] && row[0].ends_with('*') == row[1].ends_with('*'), "{row:?}");
        }
    }
}
