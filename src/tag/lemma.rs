//! The lemma of a token from its form, tag and features.

use std::borrow::Cow;

use super::morph::{find, lemma_key};
use super::word::{MAX, Word, hash, lower, unbroken};
use super::{Model, Tagged};
use crate::chars::norm;
use crate::lexicon::{self, Entry};
use crate::model::u32_at;
use crate::morph::{Feats, Upos};

/// The lemma of `form`: learned, then the lexicon's, then by the ending.
pub(super) fn lemma<'a>(model: &Model, form: &'a str, tagged: Tagged) -> Cow<'a, str> {
    if let Some(whole) = unbroken(form) {
        return Cow::Owned(lemma(model, &whole, tagged).into_owned());
    }
    let upos = tagged.upos();
    let lower = norm(form);
    if let Some(known) = learned(model, &lower, upos, tagged) {
        return Cow::Borrowed(known);
    }
    match upos {
        Upos::Punct | Upos::Sym | Upos::Num | Upos::Propn | Upos::X => Cow::Borrowed(form),
        Upos::Noun if is_acronym(form) => Cow::Borrowed(form),
        _ => match from_lexicon(form, upos, tagged.feats) {
            Some(known) => Cow::Owned(known),
            None if lower == form => Cow::Owned(by_ending(form, upos, tagged.feats)),
            None => Cow::Owned(by_ending(&lower, upos, tagged.feats)),
        },
    }
}

/// "CD", "OTAN", "PME": two capitals or more, no small letter.
fn is_acronym(form: &str) -> bool {
    form.chars().filter(|c| c.is_uppercase()).count() > 1 && !form.chars().any(char::is_lowercase)
}

/// The lemma that training has for this form, if the lexicon's is another. A gold lemma that follows from the features
/// ("lui" of "la" in "il la voit", "moi" of "me") is kept by part of speech only.
fn learned(model: &Model, lower: &str, upos: Upos, tagged: Tagged) -> Option<&'static str> {
    let place = find(model.lemma_keys, lemma_key(lower.as_bytes(), upos)).or_else(|| {
        tagged.tag.is_contraction().then(|| find(model.lemma_keys, lemma_key(b"de", Upos::Adp))).flatten()
    })?;
    let packed = u32_at(model.lemma_places, place * 4);
    let (start, length) = ((packed & 0xFF_FFFF) as usize, (packed >> 24) as usize);
    model.strings.get(start..start + length)
}

/// The analysis that agrees best with the features; the first of equal ones, adjectives made of participles last.
fn nearest(key: &str, value: u16, upos: Upos, feats: Feats) -> Option<Entry<'_>> {
    let wanted = if upos == Upos::Aux { Upos::Verb } else { upos };
    let mut best: Option<(u32, Entry<'_>)> = None;
    for entry in lexicon::entries(key, value).filter(|e| e.upos() == wanted) {
        let shared = (entry.feats().bits() & feats.bits()).count_ones();
        if best.is_none_or(|(score, _)| shared > score) {
            best = Some((shared, entry));
        }
    }
    best.map(|(_, entry)| entry)
}

/// Longest lemma that is kept, in bytes; the rest of a longer one is not seen.
const MAX_LEMMA: usize = MAX + 32;

/// What the fast parser sees of a token: the hash of the lemma that the lexicon has for it, of its form if it has none.
/// Forms of one verb are rare, each for itself; their lemma says what goes with it.
pub(super) fn hashed(form: &str, word: &Word, tagged: Tagged) -> u32 {
    let named = matches!(tagged.upos(), Upos::Punct | Upos::Sym | Upos::Num | Upos::Propn | Upos::X);
    if word.value == 0 || named || tagged.tag.is_contraction() || form.contains('\n') {
        return word.form;
    }
    let mut buffer = [0; MAX];
    let (length, _) = lower(form, &mut buffer);
    let key = buffer.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    let Some(entry) = nearest(key, word.value, tagged.upos(), tagged.feats) else { return word.form };
    let (stem, add) = entry.lemma_parts();
    let mut lemma = [0; MAX_LEMMA];
    let length = stem.len() + add.len();
    for (place, byte) in lemma.iter_mut().zip(stem.bytes().chain(add.bytes())) {
        *place = byte;
    }
    hash(lemma.get(..length).unwrap_or(&lemma))
}

/// The lemma of the analysis that agrees best with the features, or of one whose part of speech is near.
fn from_lexicon(form: &str, upos: Upos, feats: Feats) -> Option<String> {
    let (key, value) = lexicon::resolve_value(form)?;
    if let Some(entry) = nearest(&key, value, upos, feats) {
        return Some(entry.lemma().into_owned());
    }
    // A participle used as a noun or adjective, an adjective used as a noun: "les blessés", "le numérique".
    let near = |upos: Upos| lexicon::entries(&key, value).find(|e| e.upos() == upos).map(|e| e.lemma().into_owned());
    match upos {
        Upos::Noun => near(Upos::Adj),
        Upos::Adj => near(Upos::Noun),
        Upos::Adv | Upos::Adp | Upos::Sconj | Upos::Cconj => Some(key.into_owned()),
        _ => None,
    }
}

/// Singular of nouns, masculine singular of adjectives, infinitive of verbs, by the most regular endings.
fn by_ending(lower: &str, upos: Upos, feats: Feats) -> String {
    let swap = |pairs: &[(&str, &str)]| {
        pairs
            .iter()
            .find_map(|(end, new)| lower.strip_suffix(end).filter(|s| !s.is_empty()).map(|s| format!("{s}{new}")))
    };
    let plural = feats.is_plural();
    let found = match upos {
        Upos::Noun if plural => swap(&[("eaux", "eau"), ("aux", "al"), ("s", ""), ("x", "")]),
        Upos::Adj => {
            let pairs = [
                ("ennes", "en"),
                ("enne", "en"),
                ("euses", "eux"),
                ("euse", "eux"),
                ("elles", "el"),
                ("elle", "el"),
                ("ives", "if"),
                ("ive", "if"),
                ("ières", "ier"),
                ("ière", "ier"),
                ("aux", "al"),
                ("ées", "é"),
                ("ée", "é"),
                ("ales", "al"),
                ("ale", "al"),
                ("aises", "ais"),
                ("aise", "ais"),
            ];
            swap(&pairs).or_else(|| if plural { swap(&[("s", "")]) } else { None })
        }
        Upos::Verb | Upos::Aux => swap(&[
            ("èrent", "er"),
            ("eront", "er"),
            ("erait", "er"),
            ("eraient", "er"),
            ("aient", "er"),
            ("ait", "er"),
            ("ant", "er"),
            ("issent", "ir"),
            ("issait", "ir"),
            ("ées", "er"),
            ("ée", "er"),
            ("és", "er"),
            ("é", "er"),
            ("ent", "er"),
            ("ons", "er"),
            ("ez", "er"),
            ("era", "er"),
            ("es", "er"),
            ("e", "er"),
            ("a", "er"),
        ])
        .filter(|_| !feats.is_infinitive()),
        _ => None,
    };
    found.unwrap_or_else(|| lower.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::Tag;

    #[test]
    fn forms_of_a_verb_are_one_for_the_parser() {
        let seen = |form: &str, upos: Upos, feats: &str| {
            let (word, feats) = (Word::read(form, false), Feats::parse(feats));
            hashed(form, &word, Tagged::new(&word, Tag::of(upos, feats), feats))
        };
        let finite = "Mood=Ind|VerbForm=Fin";
        assert_eq!(seen("parlait", Upos::Verb, finite), seen("Parleront", Upos::Verb, finite));
        assert_ne!(seen("parlait", Upos::Verb, finite), seen("disait", Upos::Verb, finite));
        // As a noun it is another word, as a name itself; what the lexicon does not know is its form.
        assert_ne!(seen("voiles", Upos::Noun, "Number=Plur"), seen("voiles", Upos::Verb, finite));
        assert_eq!(seen("Voiles", Upos::Propn, ""), Word::read("voiles", false).form);
        assert_eq!(seen("xyzzait", Upos::Verb, finite), Word::read("xyzzait", false).form);
        assert_eq!(seen(&"é".repeat(500), Upos::Noun, ""), Word::read(&"é".repeat(500), false).form);
    }
}
