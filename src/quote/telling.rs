//! Who acts in a stretch of narration: the sentence that leads to a turn, or the one beside it.
//!
//! Takes a range of narration, gives the reporting verb in it, if any, and the phrase that names who speaks: the subject
//! of that verb, or of the last main verb where none reports ("Sérapion entra en fureur : …"). The sentences of tales are
//! chains ("Il se leva, prit son verre, et répéta : …"): [`subject`] climbs from verb to verb until one has a subject of
//! its own. What no person can be ("un temps", "cette exclamation") is left out, and the verb before it is asked. Each
//! verb is looked at once.

use crate::entity::{is_human, is_impersonal};
use crate::lexicon;
use crate::morph::Upos;
use crate::quote::cue::{self, Form, VerbCue};
use crate::quote::phrase::{self, Chunk};
use crate::quote::speaker::Source;
use crate::quote::view::{View, Word};
use crate::text::TokenRange;

/// Verbs that a search for a subject climbs over: a chain of more is no sentence of a tale.
const CLIMBS: usize = 12;

/// Tokens between the start of an incise and its verb: "lui avait-il", "se récria alors".
const NEAR: u32 = 4;

/// What a stretch of narration says of who speaks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Telling {
    /// The reporting verb, if there is one.
    pub(crate) cue: Option<(TokenRange, &'static str)>,
    /// Who speaks.
    pub(crate) source: Source,
}

/// A finite verb of the stretch.
#[derive(Debug, Clone, Copy)]
struct Finite {
    at: u32,
    /// No relative or conjunction introduces it.
    main: bool,
}

/// The finite verbs of a range, in order. A relative or conjunction makes the next one subordinate.
fn finite_verbs(view: &View, range: TokenRange) -> Vec<Finite> {
    let mut found = Vec::new();
    let mut subordinate = false;
    for at in range.start..range.end {
        match view.word(at) {
            word if word.subordinates() => subordinate = true,
            _ if is_finite(view, at) => {
                found.push(Finite { at, main: !subordinate });
                subordinate = false;
            }
            _ => {}
        }
    }
    found
}

fn is_finite(view: &View, at: u32) -> bool {
    match view.upos(at) {
        Upos::Verb | Upos::Aux => view.tag(at).feats.is_finite(),
        // The simple past is rare in what taggers learn from: a form that is nothing else is one.
        Upos::Noun | Upos::Adj | Upos::X | Upos::Adv => {
            let norm = view.norm(at);
            let mut entries = lexicon::lookup(&norm).peekable();
            entries.peek().is_some()
                && !view.is_capitalized(at)
                && entries.all(|entry| entry.feats().is_finite() && entry.feats().has("Tense", "Past"))
        }
        _ => false,
    }
}

/// Who speaks behind a sentence that leads to a turn: "Anne se leva et dit : …", "Il retrouva sa voix pour me dire : …".
pub(crate) fn leading(view: &View, range: TokenRange) -> Telling {
    let verbs = finite_verbs(view, range);
    let main = verbs.iter().rposition(|verb| verb.main).or(verbs.len().checked_sub(1));
    let reports = |cue: &VerbCue| cue.entry.frames.inc && cue.form != Form::Participle && !cue.passive;
    let last = cue::find(view, range).into_iter().rfind(reports);
    let chunks = phrase::chunks(view, range);
    let at = |index: usize| verbs.get(index).map_or(0, |verb| verb.at);
    let after = |cue: &VerbCue| main.is_none_or(|main| cue.verb >= at(main));
    let source = match &last {
        // The cue, or the verb that governs it, is the last one: its subject.
        Some(cue) if after(cue) => {
            let own = verbs.iter().rposition(|verb| verb.at <= cue.finite.max(cue.verb) && verb.at <= cue.verb);
            own.and_then(|own| subject(view, &chunks, range, &verbs, own, cue.form == Form::Finite))
                .or_else(|| absolute(view, &chunks, range, cue))
        }
        _ => spoken_noun(view, &chunks, range)
            .or_else(|| main.and_then(|main| subject(view, &chunks, range, &verbs, main, false))),
    };
    let cue = last.filter(|cue| after(cue) || source.is_some_and(|s| s.range.is_none_or(|r| !r.overlaps(cue.range))));
    Telling { cue: cue.map(|cue| (cue.range, cue.entry.lemma)), source: source.unwrap_or(Source::NONE) }
}

/// "J'entendis soudain la question du médecin :": whose words they are.
fn spoken_noun(view: &View, chunks: &[Chunk], range: TokenRange) -> Option<Source> {
    const REACH: u32 = 12;
    let noun = (range.start.max(range.end.saturating_sub(REACH))..range.end).rev().find(|&at| {
        matches!(
            &*view.norm(at),
            "question" | "réponse" | "paroles" | "parole" | "mots" | "cri" | "phrase" | "exclamation" | "ordre"
        )
    })?;
    let of = (noun + 1..range.end.min(noun + 3)).find(|&at| matches!(view.word(at), Word::De | Word::Du))?;
    let chunk = chunks.iter().find(|chunk| chunk.range.start > of && chunk.range.start <= of + 2)?;
    is_person(view, *chunk).then(|| Source::found(whole(view, *chunk, range.end), "complement-of-noun"))
}

/// "Puis, se tournant vers Paul, disant : …" has no finite verb: the first phrase before the cue that can speak.
fn absolute(view: &View, chunks: &[Chunk], range: TokenRange, cue: &VerbCue) -> Option<Source> {
    let clause = TokenRange::new(range.start, cue.left.max(range.start));
    first_phrase(view, chunks, clause, &[], false).map(|found| Source::found(found, "narrated-actor"))
}

/// Who speaks in an incise: "dit-il", "fit la vieille en riant", "disait l'un". Nothing if the stretch is none.
pub(crate) fn incise(view: &View, range: TokenRange) -> Option<Telling> {
    let cue = cue::find(view, range).into_iter().find(|cue| cue.entry.frames.inc);
    let first = (range.start..range.end.min(range.start + NEAR)).find(|&at| is_finite(view, at));
    let verb = match (&cue, first) {
        (Some(cue), _) if cue.left <= range.start + NEAR && cue.form == Form::Finite => cue.verb,
        (Some(cue), Some(first)) if cue.finite == first => cue.verb,
        (_, Some(first)) => first,
        _ => return None,
    };
    let cue = cue.filter(|cue| cue.verb == verb);
    let end = cue.as_ref().map_or(verb + 1, |cue| cue.range.end);
    let report = cue.as_ref().map(|cue| (cue.range, cue.entry.lemma));
    let clitic = cue
        .as_ref()
        .and_then(|cue| cue.clitic)
        .or_else(|| (verb + 1..range.end.min(verb + 3)).find(|&at| view.is(at, Word::Inverted)));
    if let Some(clitic) = clitic {
        return Some(Telling { cue: report, source: Source::found(TokenRange::new(clitic, clitic + 1), "clitic") });
    }
    // What stands before the verb is its subject: no incise.
    if (range.start..verb).any(|at| is_subject(view, at)) {
        return None;
    }
    let range = TokenRange::new(end, range.end.max(end));
    let chunks = phrase::chunks(view, range);
    let found = the_one(view, end).or_else(|| {
        let chunk = chunks.iter().find(|chunk| {
            !chunk.is_governed() && !phrase::is_time(view, **chunk) && (cue.is_some() || is_person(view, **chunk))
        })?;
        let direct = (end..chunk.range.start).all(|at| !is_finite(view, at));
        direct.then(|| coordinated(view, whole(view, *chunk, range.end), range.end, view.tag(verb).feats.is_plural()))
    });
    let source = found.map_or(Source::NONE, |found| Source::found(found, "inverted-subject"));
    (source.range.is_some() || cue.is_some()).then_some(Telling { cue: report, source })
}

/// Who acts first in a stretch of narration behind a turn: "Elle courut jusqu'au pont".
pub(crate) fn following(view: &View, range: TokenRange) -> Option<Source> {
    let verbs = finite_verbs(view, range);
    let first = verbs.iter().position(|verb| verb.main)?;
    subject(view, &phrase::chunks(view, range), range, &verbs, first, false)
}

/// "l'un", "l'autre", "l'une".
fn the_one(view: &View, at: u32) -> Option<TokenRange> {
    let one = &*view.norm(at) == "l'" && matches!(&*view.norm(at + 1), "un" | "une" | "autre");
    one.then(|| TokenRange::new(at, at + 2))
}

/// The subject of the verb `own`, or else of the verbs before it.
///
/// `reports`: the verb is one of speech, whose subject speaks whatever it is ("une voix cria").
fn subject(
    view: &View,
    chunks: &[Chunk],
    range: TokenRange,
    verbs: &[Finite],
    own: usize,
    reports: bool,
) -> Option<Source> {
    let mut index = own;
    let mut reports = reports;
    for climb in 0..CLIMBS {
        let verb = verbs.get(index)?;
        let why = if climb == 0 { "subject" } else { "coordinated-verb" };
        if view.is(verb.at + 1, Word::Inverted) && verb.at + 1 < range.end {
            return Some(Source::found(TokenRange::new(verb.at + 1, verb.at + 2), "clitic"));
        }
        let left = group_start(view, range, verb.at);
        if let Some(pronoun) = pronoun_before(view, range, left) {
            match &*view.norm(pronoun) {
                // "c'était", "on entendit": nobody.
                "ce" | "c'" | "cela" | "ça" => {}
                "on" if !reports => {}
                // "Il y avait du monde", "il pleuvait"
                "il" if is_impersonal(&view.norm(pronoun + 1)) => {}
                "qui" => return antecedent(view, chunks, range, pronoun).map(|found| Source::found(found, "relative")),
                _ => return Some(Source::found(TokenRange::new(pronoun, pronoun + 1), "pronoun")),
            }
        } else {
            // From the main verb before, or from the start: subordinate clauses between are insertions.
            let before = verbs.iter().take(index).rposition(|before| before.main || !verb.main);
            let from = before.and_then(|before| verbs.get(before)).map_or(range.start, |before| before.at + 1);
            // "la poupée qu'Anne lui tend en disant": the clause begins behind its conjunction.
            let opened = (from..left).rev().find(|&at| !verb.main && view.word(at).subordinates());
            let from = opened.map_or(from, |at| at + 1);
            let clause = TokenRange::new(from, left.max(from));
            if let Some(found) = first_phrase(view, chunks, clause, verbs, reports) {
                let many = view.tag(verb.at).feats.is_plural();
                return Some(Source::found(coordinated(view, found, left, many), why));
            }
            // "Cette exclamation lui échappa": who undergoes it; whom one speaks to does not speak.
            if let Some(clitic) = (left..verb.at).find(|&at| !reports && &*view.norm(at) == "lui") {
                return Some(Source::found(TokenRange::new(clitic, clitic + 1), "dative"));
            }
        }
        reports = false;
        index = verbs.iter().take(index).rposition(|before| before.main).or_else(|| index.checked_sub(1))?;
    }
    None
}

/// The first token of a verb's group: clitics and negation before it.
fn group_start(view: &View, range: TokenRange, verb: u32) -> u32 {
    let mut left = verb;
    while left > range.start {
        let clitic = matches!(view.word(left - 1), Word::Ne | Word::Clitic | Word::En)
            || view.is(left - 1, Word::Reflexive) && (left - 1 > range.start);
        let article = view.upos(left - 1) == Upos::Det;
        // "nous dit": a subject only where nothing else is.
        if !clitic || article {
            break;
        }
        left -= 1;
    }
    left
}

/// A subject pronoun right before a group, past adverbs.
fn pronoun_before(view: &View, range: TokenRange, left: u32) -> Option<u32> {
    let mut at = left;
    while at > range.start {
        at -= 1;
        if is_subject(view, at) || view.is(at, Word::Qui) {
            return Some(at);
        }
        if view.upos(at) != Upos::Adv {
            break;
        }
    }
    // "Et lui, près de pleurer, répondait"
    strong_pronoun(view, TokenRange::new(range.start, left))
}

fn is_subject(view: &View, at: u32) -> bool {
    view.is(at, Word::Subject)
        || view.upos(at) == Upos::Pron
            && matches!(
                &*view.norm(at),
                "celui-ci" | "celle-ci" | "celui-là" | "celle-là" | "cela" | "ça" | "ce" | "c'"
            )
}

/// "lui", "elle", "moi" set off by a comma at the start of a clause.
fn strong_pronoun(view: &View, range: TokenRange) -> Option<u32> {
    (range.start..range.end).rev().take(30).find(|&at| {
        matches!(&*view.norm(at), "lui" | "elle" | "moi" | "eux")
            && view.is(at + 1, Word::Comma)
            && (at == range.start || matches!(view.word(at - 1), Word::Et | Word::Mais | Word::Comma))
    })
}

/// The first phrase of a clause that can be its subject.
fn first_phrase(
    view: &View,
    chunks: &[Chunk],
    clause: TokenRange,
    verbs: &[Finite],
    reports: bool,
) -> Option<TokenRange> {
    let start = chunks.partition_point(|chunk| chunk.range.start < clause.start);
    let marks = view.in_marks(clause.end);
    let mut thing = None;
    for &chunk in chunks.iter().skip(start).take_while(|chunk| chunk.range.end <= clause.end) {
        if chunk.is_governed()
            || view.in_marks(chunk.head) != marks
            || phrase::is_time(view, chunk)
            || is_object(view, chunk, clause)
            || has_own_verb(view, chunk, clause, verbs)
            || is_relative(view, chunk, clause.start)
        {
            continue;
        }
        if is_person(view, chunk) {
            return Some(whole(view, chunk, clause.end));
        }
        thing = thing.or(Some(chunk));
    }
    thing.filter(|_| reports).map(|chunk| whole(view, chunk, clause.end))
}

/// "prit le petit", "en levant les yeux", "ayant pris son parti", "leva encore son verre": what a verb governs, right
/// before it or with no sign between.
fn is_object(view: &View, chunk: Chunk, clause: TokenRange) -> bool {
    let verb = |at: u32| matches!(view.upos(at), Upos::Verb | Upos::Aux);
    let Some(before) = chunk.range.start.checked_sub(1) else { return false };
    let parted = |at: u32| {
        matches!(
            view.word(at),
            Word::Comma | Word::Et | Word::Mais | Word::Semicolon | Word::Colon | Word::Stop | Word::Dash
        )
    };
    let behind = clause.start.checked_sub(1).is_some_and(verb);
    (before + 1 >= clause.start && verb(before)) || behind && !(clause.start..chunk.range.start).any(parted)
}

/// "quand Paul parut, elle …": the phrase is the subject of a subordinate verb.
fn has_own_verb(view: &View, chunk: Chunk, clause: TokenRange, verbs: &[Finite]) -> bool {
    let next = verbs.partition_point(|verb| verb.at < chunk.range.end);
    let Some(verb) = verbs.get(next).filter(|verb| verb.at < clause.end && !verb.main) else { return false };
    let parted = |at: u32| matches!(view.word(at), Word::Comma | Word::Qui | Word::Que | Word::Relative);
    !(chunk.range.end..verb.at).any(parted)
}

/// "que Paul", "dont le père": a phrase of a relative clause.
fn is_relative(view: &View, chunk: Chunk, floor: u32) -> bool {
    let Some(before) = chunk.range.start.checked_sub(1).filter(|&before| before >= floor) else { return false };
    matches!(view.word(before), Word::Relative)
}

/// True if a phrase can denote somebody.
fn is_person(view: &View, chunk: Chunk) -> bool {
    (chunk.range.start..chunk.range.end).any(|at| match view.upos(at) {
        Upos::Propn => true,
        // "le petit", but not "un petit bruit"
        Upos::Noun | Upos::Adj => {
            let title = || lexicon::title(view.form(at)).is_some();
            at == chunk.head && (is_human(&view.norm(at)) || title() || &*view.norm(at) == "autre")
        }
        Upos::Pron | Upos::Num => matches!(
            &*view.norm(at),
            "celui"
                | "celle"
                | "autre"
                | "chacun"
                | "chacune"
                | "quelqu'un"
                | "personne"
                | "tous"
                | "toutes"
                | "un"
                | "une"
                | "deux"
        ),
        _ => view.is_capitalized(at) && at > chunk.range.start,
    })
}

/// A phrase with its complements; "Celui qui …" with its clause; not "X d'une voix douce".
fn whole(view: &View, chunk: Chunk, end: u32) -> TokenRange {
    let first = &*view.norm(chunk.range.start);
    if matches!(first, "celui" | "celle" | "ceux" | "celles") && view.is(chunk.range.end, Word::Qui) {
        return view.trim(TokenRange::new(chunk.range.start, end));
    }
    let mut grown = phrase::grow(view, chunk, end, false);
    // "l'autre": the article may be read as a pronoun.
    if first == "autre" && chunk.range.start.checked_sub(1).is_some_and(|at| &*view.norm(at) == "l'") {
        grown.start -= 1;
    }
    let manner =
        |at: u32| view.is(at, Word::De) && matches!(&*view.norm(at + 1), "un" | "une" | "ton" | "air" | "mauvaise");
    if let Some(cut) = (chunk.range.end..grown.end).find(|&at| manner(at)) {
        grown.end = cut;
    }
    grown
}

/// "le lieutenant et le capitaine" where the verb is plural.
fn coordinated(view: &View, range: TokenRange, end: u32, plural: bool) -> TokenRange {
    if !plural || !view.is(range.end, Word::Et) {
        return range;
    }
    let next = phrase::chunk(view, range.end + 1, end.max(range.end + 1));
    next.map_or(range, |next| TokenRange::new(range.start, whole(view, next, end).end))
}

/// Whom "qui" takes up: the nearest person before it.
fn antecedent(view: &View, chunks: &[Chunk], range: TokenRange, qui: u32) -> Option<TokenRange> {
    let end = chunks.partition_point(|chunk| chunk.range.end <= qui);
    let near = chunks.iter().take(end).rev().take(6).find(|chunk| is_person(view, **chunk));
    let chunk = near?;
    let start = chunk.range.start.max(range.start);
    Some(TokenRange::new(start, whole(view, *chunk, qui).end))
}
