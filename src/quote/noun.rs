//! Reports without a verb of speech: nouns ("son appel à voter", "la promesse de Paul selon laquelle P", "ses propos : « P »"),
//! adjectives ("Anne, convaincue que P"), and a colon alone ("Paul Roy : « P »", "Le maire ne cache pas sa colère : « P »").
//!
//! The words stand in `data/noun_cues.txt` with the frames they open. The source is the complement of the noun, or the
//! subject of the clause it stands in; a possessive names nobody, so that the discourse must tell who it is. One pass
//! over a sentence; what a word opens is looked for within [`REACH`] tokens.

use std::sync::LazyLock;

use crate::lexicon;
use crate::morph::Upos;
use crate::quote::content::{self, Content};
use crate::quote::frame::Frame;
use crate::quote::phrase::{self, Chunk};
use crate::quote::speaker::{self, Source};
use crate::quote::view::{View, Word};
use crate::text::TokenRange;
use crate::token::Map;

/// Tokens between a noun and what it opens.
const REACH: u32 = 25;

/// Tokens before the colon of words that a narrator's aside introduces.
const LEAD: u32 = 14;

/// Tokens of a speaker that a colon follows: "Le maire de Brest, Paul Roy : « P »".
const LABEL: u32 = 16;

/// What a noun or adjective opens; see the head of `data/noun_cues.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a set of frames, each named as in the data file")]
struct Frames {
    que: bool,
    selon: bool,
    de: bool,
    a: bool,
    colon: bool,
    adj: bool,
    belief: bool,
}

/// One line of the list: the words after the first one, and the frames.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    lemma: &'static str,
    tail: Vec<&'static str>,
    frames: Frames,
}

/// Entries by the lemma of their first word, the longest first.
static NOUNS: LazyLock<Map<Vec<Entry>>> = LazyLock::new(|| {
    let mut nouns: Map<Vec<Entry>> = Map::default();
    for (key, entry) in parse(include_str!("../data/noun_cues.txt")) {
        nouns.entry(key).or_default().push(entry);
    }
    for entries in nouns.values_mut() {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.tail.len()));
    }
    nouns
});

/// The lines of the list; a line that cannot be read is left out (a test reads all).
fn parse(data: &'static str) -> impl Iterator<Item = (&'static str, Entry)> {
    crate::token::entries(data).filter_map(|line| {
        let (lemma, names) = line.split_once(" : ")?;
        let mut frames = Frames::default();
        for name in names.split_whitespace() {
            *match name {
                "que" => &mut frames.que,
                "selon" => &mut frames.selon,
                "de" => &mut frames.de,
                "à" => &mut frames.a,
                "colon" => &mut frames.colon,
                "adj" => &mut frames.adj,
                "belief" => &mut frames.belief,
                _ => return None,
            } = true;
        }
        let mut words = lemma.split(' ').flat_map(|word| word.split_inclusive('\''));
        let key = words.next()?;
        Some((key, Entry { lemma, tail: words.collect(), frames }))
    })
}

/// The letters that the words of the list begin with, two by two: a form begins as its lemma does, and most others do not.
static BEGINNINGS: LazyLock<Vec<[char; 2]>> = LazyLock::new(|| {
    let mut beginnings: Vec<_> = NOUNS.keys().filter_map(|word| beginning(word)).collect();
    beginnings.sort_unstable();
    beginnings.dedup();
    beginnings
});

/// The first two letters in lower case.
fn beginning(form: &str) -> Option<[char; 2]> {
    let mut letters = form.chars().flat_map(char::to_lowercase);
    Some([letters.next()?, letters.next()?])
}

/// The entry whose words stand at `at`, and where they end.
fn entry(view: &View, at: u32) -> Option<(&'static Entry, u32)> {
    if BEGINNINGS.binary_search(&beginning(view.form(at))?).is_err() {
        return None;
    }
    let lemma = view.lemma(at);
    // "convaincues": the participle stands in the list, not its verb.
    let participle = view.upos(at) == Upos::Verb && view.tag(at).feats.is_participle();
    let norm = if participle { view.norm(at) } else { "".into() };
    let entries = if participle {
        NOUNS.get(&*norm).or_else(|| NOUNS.get(norm.trim_end_matches('s').trim_end_matches('e')))?
    } else {
        NOUNS.get(&*lemma)?
    };
    entries.iter().find_map(|entry| {
        let fits = entry.tail.iter().zip(at + 1..).all(|(word, at)| *view.norm(at) == **word);
        let end = at + 1 + u32::try_from(entry.tail.len()).unwrap_or_default();
        fits.then_some((entry, end))
    })
}

/// True if the noun at `at` is one that "selon lequel" reports: the cue is the noun then.
pub(crate) fn takes_selon(view: &View, at: u32) -> bool {
    entry(view, at).is_some_and(|(entry, _)| entry.frames.selon)
}

/// The reports of a sentence that nouns, adjectives and colons open; `taken` has what verbs have opened.
pub(crate) fn find(view: &View, sentence: TokenRange, chunks: &[Chunk], taken: &[Frame]) -> Vec<Frame> {
    let mut found: Vec<Frame> = Vec::new();
    for at in sentence.start..sentence.end {
        let noun = match view.upos(at) {
            Upos::Noun => true,
            Upos::Adj | Upos::Verb => false,
            _ => continue,
        };
        let Some((entry, end)) = entry(view, at).filter(|(entry, _)| noun || entry.frames.adj) else { continue };
        let frame = if entry.frames.adj {
            of_adjective(view, sentence, chunks, entry, at)
        } else {
            of_noun(view, sentence, chunks, entry, TokenRange::new(at, end))
        };
        found.extend(frame.filter(|frame| !overlaps(frame, taken)));
    }
    if let Some(frame) = lead(view, sentence, chunks)
        && !overlaps(&frame, taken)
        && !overlaps(&frame, &found)
    {
        found.push(frame);
    }
    found
}

/// True if a part of the frame is also one of another frame.
fn overlaps(frame: &Frame, others: &[Frame]) -> bool {
    let same = |other: &Frame| {
        other.parts.iter().any(|part| frame.parts.iter().any(|own| own.overlaps(*part)))
            && !frame.parts.iter().any(|own| own.contains(other.cue))
            && !other.parts.iter().any(|part| part.contains(frame.cue))
    };
    others.iter().any(same)
}

/// What belongs to a noun on its right: where it ends, who is named there by "de" or "par", and whether a circumstance
/// stands there that could take an infinitive itself ("une aide dans le but de partir").
fn complements(view: &View, noun: u32, end: u32, sentence: TokenRange) -> (u32, Option<TokenRange>, bool) {
    const PARTS: usize = 4;
    let mut at = end;
    let mut who = None;
    let mut apart = false;
    for _ in 0..PARTS {
        let next = match view.upos(at) {
            Upos::Adj | Upos::Adv if at < sentence.end && !view.is(at, Word::Pas) => at + 1,
            // "l'engagement pris par X"
            Upos::Verb if view.tag(at).feats.is_participle() && view.tag(at).feats.is_past() => at + 1,
            _ if matches!(view.word(at), Word::De | Word::Du | Word::Par) && at < sentence.end => {
                let Some(chunk) =
                    phrase::chunk(view, at + 1, sentence.end).filter(|chunk| !phrase::is_time(view, *chunk))
                else {
                    break;
                };
                let whole = phrase::grow(view, chunk, sentence.end, false);
                if who.is_none() || view.is(at, Word::Par) {
                    who = Some(whole);
                }
                whole.end
            }
            // "sa réponse à la presse", "dans un communiqué"
            Upos::Adp if at < sentence.end && !is_infinitive(view, at + 1) && noun + REACH > at => {
                match phrase::chunk(view, at + 1, sentence.end) {
                    Some(chunk) if !view.is(at, Word::Selon) => {
                        apart |= !view.is(at, Word::A);
                        chunk.range.end
                    }
                    _ => break,
                }
            }
            _ => break,
        };
        if next <= at {
            break;
        }
        at = next;
    }
    (at, who, apart)
}

fn is_infinitive(view: &View, at: u32) -> bool {
    content::infinitive_at(view, at, at + 5).is_some()
}

fn is_possessive(view: &View, noun: u32) -> bool {
    (noun.saturating_sub(3)..noun).any(|at| {
        matches!(&*view.norm(at), "son" | "sa" | "ses" | "leur" | "leurs" | "mon" | "ma" | "mes" | "notre" | "nos")
            && view.upos(at) == Upos::Det
    })
}

fn of_noun(
    view: &View,
    sentence: TokenRange,
    chunks: &[Chunk],
    entry: &'static Entry,
    noun: TokenRange,
) -> Option<Frame> {
    let frames = entry.frames;
    let (at, who, apart) = complements(view, noun.start, noun.end, sentence);
    let own = is_possessive(view, noun.start);
    let named = who.is_some() || own;
    let source = |why| who.map_or(Source::NONE, |range| Source::found(range, why));
    let clause = |start: u32, infinitive: bool, why: &'static str| {
        let end = content::embedded_end(view, sentence, start, infinitive);
        let part = view.trim(TokenRange::new(start, end));
        (part.len() > 1).then(|| Content { parts: vec![part], direct: false, why })
    };
    let content = match view.word(at) {
        Word::Que if frames.que && named && view.upos(at) == Upos::Sconj => clause(at + 1, false, "noun-que-clause"),
        Word::Selon if frames.selon && view.is(at + 1, Word::Qui) => clause(at + 2, false, "noun-selon"),
        Word::De if frames.de && named && !apart && is_infinitive(view, at + 1) => {
            clause(at + 1, true, "noun-infinitive")
        }
        Word::A if frames.a && named && !apart && is_infinitive(view, at + 1) => {
            clause(at + 1, true, "noun-infinitive")
        }
        _ => None,
    };
    if let Some(content) = content {
        return Some(frame(noun, entry, source("complement"), content));
    }
    if !frames.colon {
        return None;
    }
    let colon = colon_after(view, sentence, noun.end)?;
    let content = content::marked_after(view, colon + 1, "noun-colon")?;
    if view.level(noun.start) != view.level(colon) {
        return None;
    }
    let source = if named { source("complement") } else { speaker::of_clause(view, chunks, sentence, colon) };
    Some(frame(noun, entry, source, content))
}

/// The colon that stands within reach of `from`, nothing but words between.
fn colon_after(view: &View, sentence: TokenRange, from: u32) -> Option<u32> {
    let end = sentence.end.min(from + REACH);
    let stop = |at: &u32| matches!(view.word(*at), Word::Colon | Word::Stop | Word::Semicolon | Word::Mark);
    (from..end).find(stop).filter(|&at| view.is(at, Word::Colon))
}

fn of_adjective(view: &View, sentence: TokenRange, chunks: &[Chunk], entry: &'static Entry, at: u32) -> Option<Frame> {
    let opener = at + 1;
    if !(entry.frames.que && view.is(opener, Word::Que) && view.upos(opener) == Upos::Sconj) {
        return None;
    }
    // Beside its noun, not after a verb ("est convaincu que" is an idiom of the verbs).
    let before = (sentence.start..at).rev().find(|&at| view.upos(at) != Upos::Adv);
    let apart = match before {
        None => true,
        Some(at) => {
            matches!(view.word(at), Word::Comma | Word::Open) || matches!(view.upos(at), Upos::Noun | Upos::Propn)
        }
    };
    if !apart {
        return None;
    }
    let end = content::embedded_end(view, sentence, opener + 1, false);
    let part = view.trim(TokenRange::new(opener + 1, end));
    let source = speaker::of_apposed(view, chunks, sentence, at);
    source.range?;
    let content = Content { parts: vec![part], direct: false, why: "adjective-que-clause" };
    (part.len() > 1).then(|| frame(TokenRange::new(at, at + 1), entry, source, content))
}

/// "Paul Roy : « P »", "Le maire ne cache pas sa colère : « P »": words before a colon that only say who speaks.
fn lead(view: &View, sentence: TokenRange, chunks: &[Chunk]) -> Option<Frame> {
    let colon = (sentence.start..sentence.end)
        .find(|&at| view.is(at, Word::Colon) && view.opening(at + 1).is_some() && view.level(at) == 0)?;
    let pair = view.opening(colon + 1)?;
    if !content::is_clause(view, pair.inner) {
        return None;
    }
    let verb = (sentence.start..colon).any(|at| content::is_finite(view, at) && view.level(at) == 0);
    let (source, why) = if verb {
        (speaker::of_clause(view, chunks, sentence, colon), "colon-lead")
    } else {
        let from =
            (sentence.start..colon).rev().find(|&at| view.is(at, Word::Colon)).map_or(sentence.start, |at| at + 1);
        let whole = phrase::chunk(view, from, colon).map(|chunk| phrase::grow(view, chunk, colon, true));
        let label = whole.filter(|whole| whole.start == from && whole.end == colon && whole.len() <= LABEL);
        (label.map_or(Source::NONE, |whole| Source::found(whole, "label")), "label")
    };
    let somebody =
        |range: TokenRange| phrase::chunk(view, range.start, range.end).is_some_and(|chunk| is_person(view, chunk));
    // "L'idée a germé chez Paul Roux : « P »": the only person of the clause.
    let source = if verb
        && !source.range.is_some_and(somebody)
        && !source.range.is_some_and(|range| view.is(range.start, Word::Subject))
    {
        let mut people = chunks.iter().filter(|chunk| {
            chunk.range.start >= sentence.start
                && chunk.range.end <= colon
                && view.upos(chunk.head) == Upos::Propn
                && is_person(view, **chunk)
        });
        match (people.next(), people.next()) {
            (Some(only), None) => Source::found(phrase::grow(view, *only, colon, true), "only-person"),
            _ => source,
        }
    } else {
        source
    };
    // "Puis, rattrapant son écharpe : « P »": who spoke before goes on. "Enfin, au menu : « P »" is nobody's.
    let doing =
        |at: u32| view.upos(at) == Upos::Verb && view.tag(at).feats.is_participle() && !view.tag(at).feats.is_past();
    let goes_on = !verb
        && (sentence.start + 1..colon).any(doing)
        && source.range.is_none()
        && matches!(&*view.norm(sentence.start), "puis" | "et" | "enfin")
        && colon < sentence.start + LEAD;
    if goes_on {
        let content = content::marked_after(view, colon + 1, "colon-lead")?;
        return Some(frame(TokenRange::new(colon, colon), &NO_WORD, Source::NONE, content));
    }
    let range = source.range?;
    let head = phrase::chunk(view, range.start, range.end);
    let pronoun = range.len() == 1 && view.is(range.start, Word::Subject) && view.norm(range.start) != "on";
    // "Salote Buliv ne s'est pas démontée : « P »": two names that no list has.
    let named = head.is_some_and(|chunk| {
        let place = |at: u32| phrase::is_place(view.form(at));
        chunk.range.len() >= 2
            && (chunk.range.start..chunk.range.end).all(|at| view.upos(at) == Upos::Propn && !place(at))
            && view.is_capitalized(chunk.head)
    });
    if !pronoun && !named && !head.is_some_and(|chunk| is_person(view, chunk)) {
        return None;
    }
    let content = content::marked_after(view, colon + 1, why)?;
    Some(frame(TokenRange::new(colon, colon), &NO_WORD, source, content))
}

/// A human being, by name, title, function or noun.
pub(crate) fn is_person(view: &View, chunk: Chunk) -> bool {
    let words = || chunk.range.start..chunk.range.end;
    words().any(|at| {
        let form = view.form(at);
        let name = view.upos(at) == Upos::Propn && (lexicon::first_name(form).is_some() || lexicon::is_surname(form));
        name || phrase::is_human(view, at) || lexicon::title(form).is_some()
    })
}

/// What a colon alone opens has no word.
static NO_WORD: Entry = Entry {
    lemma: "",
    tail: Vec::new(),
    frames: Frames { que: false, selon: false, de: false, a: false, colon: true, adj: false, belief: false },
};

fn frame(cue: TokenRange, entry: &'static Entry, source: Source, content: Content) -> Frame {
    Frame {
        parts: content.parts,
        direct: content.direct,
        cue,
        lemma: entry.lemma,
        source,
        why: content.why,
        belief: entry.frames.belief,
        asserted: true,
        hole: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_can_be_read_and_stands_once() {
        let data = include_str!("../data/noun_cues.txt");
        let lines: Vec<&str> = crate::token::entries(data).collect();
        assert_eq!(parse(data).count(), lines.len());
        let mut lemmas: Vec<&str> = lines.iter().filter_map(|line| line.split_once(" : ")).map(|line| line.0).collect();
        lemmas.sort_unstable();
        assert!(lemmas.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn the_words_are_lemmas_of_the_lexicon() {
        for (key, entry) in parse(include_str!("../data/noun_cues.txt")) {
            assert!(lexicon::lookup(key).next().is_some(), "{}: {key}", entry.lemma);
        }
    }
}
