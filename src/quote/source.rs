//! Sources named without a verb: "selon X", "d'après X", "pour X,", "de source proche".
//!
//! The words stand in `data/sources.txt`; `data/not_sources.txt` has the nouns after which *selon* means "depending on".
//! [`find`] gives each with its speaker and the parts of the sentence it covers: all that stands before and after it,
//! within its clause, its marks and its line.

use std::sync::LazyLock;

use crate::lexicon;
use crate::morph::Upos;
use crate::quote::content;
use crate::quote::cue::{self, Form};
use crate::quote::noun;
use crate::quote::phrase::{self, Chunk};
use crate::quote::view::{View, Word};
use crate::text::TokenRange;

/// One line of `data/sources.txt`.
#[derive(Debug)]
struct Entry {
    words: Vec<&'static str>,
    lemma: &'static str,
    /// Only at the start of a clause, with a comma after the source.
    start: bool,
    /// Only after "a-t-on appris".
    on: bool,
    /// Says whose opinion it is by a possessive alone: "à ses yeux".
    own: bool,
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let lines = crate::token::entries(include_str!("../data/sources.txt"));
    lines
        .filter_map(|line| {
            let (lemma, place) = line.split_once(" : ")?;
            let words = lemma.split(' ').flat_map(|word| word.split_inclusive('\'')).collect();
            Some(Entry { words, lemma, start: place == "start", on: place == "on", own: place == "own" })
        })
        .collect()
});

/// The entries by the byte that they begin with, in the order of the file: most tokens begin as none does.
static BEGINNINGS: LazyLock<Vec<Vec<&'static Entry>>> = LazyLock::new(|| {
    let begins = |entry: &Entry, byte: u8| entry.lemma.as_bytes().first() == Some(&byte);
    (0..=u8::MAX).map(|byte| ENTRIES.iter().filter(|entry| begins(entry, byte)).collect()).collect()
});

static NOT_SOURCES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut nouns: Vec<&str> = crate::token::entries(include_str!("../data/not_sources.txt")).collect();
    nouns.sort_unstable();
    nouns
});

/// A source without a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribution {
    /// The words that announce it.
    pub(crate) cue: TokenRange,
    /// As `data/sources.txt` spells them.
    pub(crate) lemma: &'static str,
    /// Who.
    pub(crate) speaker: TokenRange,
    /// What they cover.
    pub(crate) parts: Vec<TokenRange>,
}

impl Attribution {
    /// From the first word to the end of the speaker.
    pub(crate) fn hole(&self) -> TokenRange {
        TokenRange::new(self.cue.start, self.speaker.end.max(self.cue.end))
    }
}

/// The sources of a sentence, in order.
pub(crate) fn find(view: &View, sentence: TokenRange) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::new();
    for at in sentence.start..sentence.end {
        if found.last().is_some_and(|last| at < last.speaker.end) {
            continue;
        }
        let alike = view.norm(at).bytes().next().and_then(|byte| BEGINNINGS.get(usize::from(byte)));
        let entry = alike.into_iter().flatten().find_map(|entry| matches(view, at, entry).map(|end| (*entry, end)));
        if let Some((entry, end)) = entry
            && let Some(attribution) = attribution(view, sentence, at, end, entry)
        {
            found.push(attribution);
        }
    }
    found
}

/// One past the words of `entry` if they stand at `at`.
fn matches(view: &View, at: u32, entry: &Entry) -> Option<u32> {
    let mut here = at;
    for (number, word) in entry.words.iter().enumerate() {
        let last = number + 1 == entry.words.len();
        let same = if number == 0 && !view.is_capitalized(here) {
            // Most tokens are told by their form; only one with ’ needs its norm.
            let form = view.form(here);
            form == *word
                || form.contains('’') && form.chars().next() == word.chars().next() && view.norm(here) == *word
        } else if last && *word == "de" && number > 0 {
            matches!(view.word(here), Word::De | Word::Du)
        } else {
            view.norm(here) == *word
        };
        if !same {
            return None;
        }
        here += 1;
    }
    Some(here)
}

fn attribution(view: &View, sentence: TokenRange, at: u32, end: u32, entry: &Entry) -> Option<Attribution> {
    // "de source proche du dossier": the noun is part of the source.
    let inside = entry.lemma.starts_with("de source");
    let on = || (at.saturating_sub(4)..at).any(|at| matches!(&*view.norm(at), "-t-on" | "-on"));
    if entry.on && !on() {
        return None;
    }
    if entry.own {
        return of_who_spoke(view, sentence, at, end, entry);
    }
    if view.is(end, Word::Qui) && matches!(entry.lemma, "selon" | "d'après" | "pour" | "aux yeux de") {
        return relative(view, sentence, at, end, entry);
    }
    // "n'a pas été confirmé de source sûre" is no report.
    let verb = at.checked_sub(1).is_some_and(|before| view.upos(before) == Upos::Verb) && !on();
    if inside && verb && at > sentence.start {
        return None;
    }
    let chunk = if inside { phrase::chunk(view, at + 1, sentence.end)? } else { speaker(view, end, sentence.end)? };
    // "d'après la déclaration d'un proche", "selon les propos d'Anne Roux": whose words they are.
    let words = matches!(
        &*view.lemma(chunk.head),
        "déclaration"
            | "propos"
            | "récit"
            | "explication"
            | "confidence"
            | "terme"
            | "mot"
            | "dire"
            | "expression"
            | "formule"
    );
    let whose = (words && matches!(view.word(chunk.range.end), Word::De | Word::Du))
        .then(|| phrase::chunk(view, chunk.range.end + 1, sentence.end))
        .flatten()
        .filter(|inner| is_somebody(view, *inner) || phrase::is_human(view, inner.head));
    let chunk = whose.unwrap_or(chunk);
    if !fits(view, chunk, entry) {
        return None;
    }
    let source = phrase::grow(view, chunk, sentence.end, true);
    let (cue_end, start) = if inside { (at + 1, at + 1) } else { (end, source.start) };
    let speaker = TokenRange::new(start, source.end);
    if entry.start && !opens_clause(view, sentence, at, entry, (chunk, speaker)) {
        return None;
    }
    // "une ville « morte » selon ses propres termes": the words in the marks.
    let own = matches!(&*view.lemma(chunk.head), "terme" | "mot" | "expression" | "formule");
    if let Some(pair) = at.checked_sub(1).filter(|_| own).and_then(|before| view.closing(before)) {
        return Some(Attribution {
            cue: TokenRange::new(at, cue_end),
            lemma: entry.lemma,
            speaker,
            parts: vec![pair.outer],
        });
    }
    // "prend acte d'un choix qui relève selon lui de la banque": what is so by him is a part of the relative.
    let pronoun = chunk.range.len() == 1 && matches!(&*view.norm(chunk.head), "lui" | "elle" | "eux" | "elles");
    let verb = at.checked_sub(1).is_some_and(|before| content::is_finite(view, before));
    if pronoun && verb && at.checked_sub(2).is_some_and(|before| view.is(before, Word::Qui)) && !view.in_marks(at) {
        return None;
    }
    if entry.lemma == "selon" && tells_himself(view, sentence, chunk, TokenRange::new(at, speaker.end)) {
        return None;
    }
    let after_relative = at >= sentence.start + 2
        && view.is(at - 1, Word::Comma)
        && matches!(view.word(at - 2), Word::Qui | Word::Relative);
    let governor = (at >= sentence.start + 3).then(|| at - 3).filter(|&at| view.upos(at) == Upos::Adp);
    // "pour qui, selon ses sources, P": the one before says it.
    if after_relative && governor.is_some_and(|at| matches!(&*view.norm(at), "pour" | "selon")) {
        return None;
    }
    // "un texte qui, selon Paul, contrevient": the relative alone.
    let close = insertion_end(view, speaker.end, sentence.end);
    if after_relative && governor.is_none() && view.is(close, Word::Comma) {
        let part = view.trim(TokenRange::new(close + 1, content::embedded_end(view, sentence, close + 1, false)));
        return (part.len() > 1).then(|| Attribution {
            cue: TokenRange::new(at, cue_end),
            lemma: entry.lemma,
            speaker,
            parts: vec![part],
        });
    }
    let parts = scope(view, sentence, at, close);
    // "selon la saison": nothing is said if nothing is left, or no clause is.
    let words: u32 = parts.iter().map(|part| part.len()).sum();
    let clause =
        parts.iter().any(|part| (part.start..part.end).any(|at| matches!(view.upos(at), Upos::Verb | Upos::Aux)));
    let marks = parts.iter().any(|part| (part.start..part.end).any(|at| view.in_marks(at)));
    // "Selon lui, P": whatever the tags, all that goes on after the comma is his.
    let opens = at == sentence.start && view.is(speaker.end, Word::Comma) && words > 4 && is_somebody(view, chunk);
    if words < 2 || !(clause || marks || opens) {
        return None;
    }
    Some(Attribution { cue: TokenRange::new(at, cue_end), lemma: entry.lemma, speaker, parts })
}

/// True if a source that stands only at the start of a clause ("pour X,") is one there: somebody, a comma behind.
fn opens_clause(
    view: &View,
    sentence: TokenRange,
    at: u32,
    entry: &Entry,
    (chunk, speaker): (Chunk, TokenRange),
) -> bool {
    let first = at == sentence.start
        || at.checked_sub(1).is_some_and(|before| {
            matches!(
                view.word(before),
                Word::Comma | Word::Colon | Word::Semicolon | Word::Et | Word::Mais | Word::Mark
            )
        });
    // "Pour la Tribune de Genève, la France « légifère »": a name with a capital, and verbatim words.
    let named = || {
        view.is_capitalized(chunk.head)
            && chunk.head > chunk.range.start
            && (speaker.end..sentence.end).any(|at| view.in_marks(at))
    };
    // "Me Roux, pour l'ordre des médecins, s'en tient là": whom he speaks for.
    let for_whom = || {
        let lead = TokenRange::new(sentence.start, at.saturating_sub(1));
        entry.lemma == "pour"
            && !lead.is_empty()
            && view.is(lead.end, Word::Comma)
            && phrase::chunk(view, lead.start, lead.end).is_some_and(|chunk| {
                phrase::grow(view, chunk, lead.end, true) == lead && phrase::names_somebody(view, chunk.head)
            })
    };
    first
        && matches!(view.word(speaker.end), Word::Comma | Word::Colon)
        && (is_somebody(view, chunk) || named() || is_human_with_name(view, chunk, speaker))
        && !for_whom()
}

/// "À ses yeux, P", "P, à son avis, Q": set off by commas, the opinion of whom the text speaks of.
fn of_who_spoke(view: &View, sentence: TokenRange, at: u32, end: u32, entry: &Entry) -> Option<Attribution> {
    let opens = at == sentence.start
        || at
            .checked_sub(1)
            .is_some_and(|before| matches!(view.word(before), Word::Comma | Word::Semicolon | Word::Et | Word::Mais));
    if !opens || !view.is(end, Word::Comma) || view.in_marks(at) {
        return None;
    }
    let parts = scope(view, sentence, at, end);
    let clause = parts.iter().any(|part| (part.start..part.end).any(|at| content::is_finite(view, at)));
    clause.then(|| Attribution {
        cue: TokenRange::new(at, end),
        lemma: entry.lemma,
        speaker: TokenRange::new(end, end),
        parts,
    })
}

/// "un rapport selon lequel P", "l'avocat, pour qui P,": the source stands before, what it covers after.
fn relative(view: &View, sentence: TokenRange, at: u32, qui: u32, entry: &Entry) -> Option<Attribution> {
    const BEFORE: u32 = 20;
    let end = at.checked_sub(1).filter(|&before| view.is(before, Word::Comma)).unwrap_or(at);
    let floor = sentence.start.max(end.saturating_sub(BEFORE));
    let chunks = phrase::chunks(view, TokenRange::new(floor, end));
    let person = view.norm(qui) == "qui";
    // The nearest phrase for a person, the one that complements belong to for a document.
    // "le président du club, pour qui": the person, not the body.
    let free = chunks.iter().rev().find(|chunk| !chunk.is_governed());
    let human = free.filter(|chunk| {
        person && phrase::is_human(view, chunk.head) && phrase::grow(view, **chunk, end, true).end == end
    });
    let nearest = chunks.iter().rev().find(|chunk| !chunk.is_governed() || person && is_somebody(view, **chunk));
    let chunk = human.or(nearest)?;
    // "la promesse selon laquelle": the noun is the cue. "Anne Roux, pour qui c'est un retour": it happens to her.
    if !person && noun::takes_selon(view, chunk.head) || entry.lemma == "pour" && view.is(qui + 1, Word::Ce) {
        return None;
    }
    let speaker = phrase::grow(view, *chunk, end, person);
    // "pour qui, selon ses propres sources, P": where she has it from is no part of it.
    let own = view.is(qui + 1, Word::Comma) && view.is(qui + 2, Word::Selon);
    let from = own.then(|| (qui + 3..sentence.end.min(qui + BEFORE)).find(|&at| view.is(at, Word::Comma))).flatten();
    let from = from.map_or(qui + 1, |comma| comma + 1);
    let close = content::embedded_end(view, sentence, from, false);
    let part = view.trim(TokenRange::new(from, close));
    // "le Times, selon lequel P"
    let known = person
        || view.upos(chunk.head) == Upos::Propn
        || crate::token::entries(include_str!("../data/documents.txt")).any(|noun| noun == view.lemma(chunk.head));
    (known && part.len() > 1 && speaker.end + 1 >= end).then(|| Attribution {
        cue: TokenRange::new(at, qui),
        lemma: entry.lemma,
        speaker,
        parts: vec![part],
    })
}

/// The phrase that names the source.
fn speaker(view: &View, at: u32, end: u32) -> Option<Chunk> {
    if at >= end || matches!(view.word(at), Word::Qui | Word::Relative | Word::Que | Word::Interrogative) {
        return None;
    }
    let pronoun = matches!(&*view.norm(at), "lui" | "elle" | "eux" | "elles" | "moi" | "nous" | "vous");
    // "d'après plusieurs d'entre eux"
    if matches!(&*view.norm(at), "plusieurs" | "certains" | "certaines" | "beaucoup" | "deux" | "trois")
        && view.is(at + 1, Word::De)
        && view.norm(at + 2) == "entre"
        && view.upos(at + 3) == Upos::Pron
        && at + 4 <= end
    {
        return Some(Chunk { range: TokenRange::new(at, at + 4), head: at, preposition: at.checked_sub(1) });
    }
    if pronoun {
        return Some(Chunk { range: TokenRange::new(at, at + 1), head: at, preposition: at.checked_sub(1) });
    }
    phrase::chunk(view, at, end)
}

fn fits(view: &View, chunk: Chunk, entry: &Entry) -> bool {
    if entry.lemma != "selon" && entry.lemma != "d'après" {
        return true;
    }
    let lemma = view.lemma(chunk.head);
    // "selon les différentes régions": as it is in each.
    let each =
        (chunk.range.start..chunk.range.end).any(|at| matches!(&*view.lemma(at), "différent" | "divers" | "chaque"));
    // "Le Soir" is a newspaper.
    let named = view.upos(chunk.head) == Upos::Propn || view.is_capitalized(chunk.head);
    named || !each && NOT_SOURCES.binary_search(&&*lemma).is_err()
}

/// A person, a body or a pronoun: who can have an opinion.
fn is_somebody(view: &View, chunk: Chunk) -> bool {
    if phrase::is_time(view, chunk) {
        return false;
    }
    let form = view.form(chunk.head);
    let pronoun = matches!(&*view.norm(chunk.head), "lui" | "elle" | "eux" | "elles" | "moi" | "nous");
    let place = phrase::is_place(form);
    // "Les Échos", "Le Monde": a capital article.
    if chunk.range.start > 0
        && chunk.head > chunk.range.start
        && view.upos(chunk.range.start) == Upos::Det
        && view.is_capitalized(chunk.range.start)
        && view.is_capitalized(chunk.head)
    {
        return true;
    }
    let name = view.upos(chunk.head) == Upos::Propn
        && (!place
            || (chunk.range.start..chunk.range.end)
                .any(|at| lexicon::first_name(view.form(at)).is_some() || phrase::is_office(view, at)));
    pronoun || name || phrase::is_office(view, chunk.head) || phrase::is_body(view, chunk.head) && !form.is_empty()
}

/// "son confrère, Paul Roux,": somebody who has a name.
fn is_human_with_name(view: &View, chunk: Chunk, speaker: TokenRange) -> bool {
    phrase::is_human(view, chunk.head)
        && (chunk.range.end..speaker.end).any(|at| view.is(at, Word::Comma) && view.upos(at + 1) == Upos::Propn)
}

/// One past what hangs on a source: "selon un rapport publié mardi, P", "selon Anne Roux, qui dirige l'école, P".
fn insertion_end(view: &View, at: u32, end: u32) -> u32 {
    const LONG: u32 = 30;
    // "pour Paul, en revanche, P"
    let aside = phrase::past_aside(view, at);
    if view.is(at, Word::Comma) && aside > at {
        return aside - 1;
    }
    // "l'expertise remise la semaine dernière, P": what comes with a participle that no preposition follows.
    if matches!(view.upos(at), Upos::Verb | Upos::Adj)
        && cue::can_be_past_participle(view, at)
        && let Some(time) = phrase::chunk(view, at + 1, end).filter(|chunk| phrase::is_time(view, *chunk))
    {
        let close = past_agent(view, time.range.end, end);
        if view.is(close, Word::Comma) {
            return close;
        }
    }
    // "selon un rapport rendu public mercredi, P": the day is the report's.
    let time = phrase::chunk(view, at, end).filter(|chunk| phrase::is_time(view, *chunk));
    if let Some(close) = time.map(|time| past_agent(view, time.range.end, end)).filter(|&at| view.is(at, Word::Comma)) {
        return close;
    }
    // "pour Kevin Marsh, de l'université Brown, P"
    if view.is(at, Word::Comma)
        && matches!(view.word(at + 1), Word::De | Word::Du)
        && let Some(inner) = phrase::chunk(view, at + 2, end)
    {
        let close = phrase::grow(view, inner, end, false).end;
        if view.is(close, Word::Comma) {
            return close;
        }
    }
    if let Some(close) = hanging_end(view, at, end) {
        return close;
    }
    let relative = |at: u32| matches!(view.word(at), Word::Qui | Word::Relative);
    let participle =
        matches!(view.upos(at), Upos::Verb | Upos::Aux) && view.tag(at).feats.is_participle() || view.is(at, Word::Par);
    let comma = view.is(at, Word::Comma);
    if !(participle || relative(at) || comma && relative(at + 1)) {
        return at;
    }
    let from = if comma { at + 1 } else { at };
    let close = (from..end.min(from + LONG)).find(|&at| matches!(view.word(at), Word::Comma | Word::Stop));
    let Some(close) = close else { return at };
    // "selon Anne, qui dirige l'école, et deux autres élus, P"
    let more = (view.is(close, Word::Comma) && view.is(close + 1, Word::Et))
        .then(|| phrase::chunk(view, close + 2, end))
        .flatten()
        .map(|chunk| phrase::grow(view, chunk, end, false).end);
    more.filter(|&at| view.is(at, Word::Comma)).unwrap_or(close)
}

/// "selon une déclaration sous serment déposée lundi, P", "selon la plainte, déposée devant le tribunal, P": the comma
/// before the clause, if what stands before it has no verb of its own and begins as what hangs on a noun does.
fn hanging_end(view: &View, at: u32, end: u32) -> Option<u32> {
    const LONG: u32 = 16;
    let past = |at: u32| cue::can_be_past_participle(view, at) && !content::is_finite(view, at);
    let comma = view.is(at, Word::Comma);
    let from = if comma { at + 1 } else { at };
    let hangs = if comma {
        past(from) && matches!(view.upos(from + 1), Upos::Adp | Upos::Adv)
    } else {
        matches!(view.upos(at), Upos::Adp | Upos::Adj) || past(at)
    };
    if !hangs {
        return None;
    }
    let close =
        (from..end.min(from + LONG)).find(|&at| matches!(view.word(at), Word::Comma | Word::Stop | Word::Mark))?;
    let verb = |range: TokenRange| (range.start..range.end).any(|at| content::is_finite(view, at));
    (view.is(close, Word::Comma)
        && close > from + 1
        && !verb(TokenRange::new(from, close))
        && verb(TokenRange::new(close, end)))
    .then_some(close)
}

/// One past "par la mairie" at `at`, or `at`.
fn past_agent(view: &View, at: u32, end: u32) -> u32 {
    let agent = view.is(at, Word::Par).then(|| phrase::chunk(view, at + 1, end)).flatten();
    agent.map_or(at, |agent| phrase::grow(view, agent, end, false).end)
}

/// What a source between `from` and `to` covers.
fn scope(view: &View, sentence: TokenRange, from: u32, to: u32) -> Vec<TokenRange> {
    /// How far the main clause is looked for, in tokens.
    const MAIN: u32 = 60;
    let marks = view.pair_at(from).filter(|pair| pair.inner.start <= from && to <= pair.inner.end);
    let bounds = marks.map_or(sentence, |pair| {
        TokenRange::new(sentence.start.max(pair.inner.start), sentence.end.min(pair.inner.end))
    });
    let outside = |at: u32| marks.is_some() || !view.in_marks(at);
    // A colon with a list after it separates nothing: "trois morts : deux adultes et un enfant".
    let says = |part: TokenRange| (part.start..part.end).any(|at| content::is_finite(view, at));
    let list = |at: u32| {
        view.is(at, Word::Colon) && at > to && !content::opens(view, at + 1) && !says(TokenRange::new(at, bounds.end))
    };
    let barrier = |at: u32| (view.is(at, Word::Semicolon) || view.is(at, Word::Colon) && !list(at)) && outside(at);
    // In brackets: the one that is open where the source stands.
    let bracket = (bounds.start..from)
        .rev()
        .find(|&at| matches!(view.word(at), Word::Open | Word::Close) && outside(at))
        .filter(|&at| view.is(at, Word::Open));
    let start = (bounds.start..from).rev().find(|&at| barrier(at) || bracket == Some(at));
    let start = start.map_or(bounds.start, |at| at + 1);
    // "Alors que le club s'apprête, selon Le Soir, à P, l'entraîneur a dit que Q": the clause of the conjunction alone.
    let conjunction = matches!(view.word(start), Word::Subordinator | Word::Apres) && from > start + 1;
    let que = (start..start + 2).find(|&at| view.is(at, Word::Que)).filter(|&que| {
        conjunction && outside(from) && !(que..from.saturating_sub(1)).any(|at| view.is(at, Word::Comma))
    });
    let start = que.map_or(start, |que| que + 1);
    let to = if view.is(to, Word::Colon) { to + 1 } else { to };
    let end = (to..bounds.end).find(|&at| barrier(at) || bracket.is_some() && view.is(at, Word::Close));
    let end = end.unwrap_or(bounds.end);
    let main = que.and_then(|_| {
        (to + 1..end.min(to + MAIN)).find(|&at| {
            view.is(at, Word::Comma)
                && phrase::chunk(view, at + 1, end).is_some_and(|chunk| !chunk.is_governed())
                && says(TokenRange::new(at, end))
        })
    });
    let end = main.unwrap_or(end);
    // "(selon X)" is about the sentence before it; "(« P » selon X)" about what is in it.
    if start > bounds.start && view.is(start - 1, Word::Open) && view.trim(TokenRange::new(start, from)).is_empty() {
        let open = start - 1;
        return vec![view.trim(TokenRange::new(bounds.start, open))];
    }
    let before = without_connective(view, view.trim(TokenRange::new(start, without_adverb(view, start, from))));
    let before = without_incise(view, before);
    let before = relative_alone(view, before, from).unwrap_or(before);
    let before = without_dateline(view, before);
    let mut after = view.trim(TokenRange::new(to, end));
    // "De source policière, on indique que P"
    if view.norm(after.start) == "on"
        && let Some(que) = (after.start + 2..after.end.min(after.start + 5)).find(|&at| view.is(at, Word::Que))
    {
        after.start = que + 1;
    }
    // "Mais selon lui, P", "a dit que selon lui P": what stands before is no part of it.
    let opens_clause = before.is_empty()
        || (before.start..before.end).all(|at| matches!(view.upos(at), Upos::Cconj | Upos::Sconj | Upos::Adv))
        || from.checked_sub(1).is_some_and(|at| matches!(view.word(at), Word::Que | Word::Et | Word::Mais));
    // ", une substance dangereuse": a comment after the clause.
    let comment = (after.start..after.end).find(|&at| {
        view.is(at, Word::Comma)
            && outside(at)
            && says(TokenRange::new(after.start, at))
            && content::is_comment(view, TokenRange::new(at + 1, after.end))
    });
    if let Some(comment) = comment {
        after.end = comment;
    }
    // "Selon Anne, P, tandis que Q": the narrator's.
    let aside = (after.start..after.end).find(|&at| {
        view.is(at, Word::Comma)
            && outside(at)
            && view.norm(at + 1) == "tandis"
            && view.is(at + 2, Word::Que)
            && says(TokenRange::new(after.start, at))
    });
    if let Some(aside) = aside {
        after.end = aside;
    }
    // "Selon Anne, P, et ses avocats ont dit que Q": the next report, with a subject of its own.
    let joint = (after.start..after.end).find(|&at| {
        view.is(at, Word::Comma)
            && matches!(view.word(at + 1), Word::Et | Word::Mais)
            && outside(at)
            && says(TokenRange::new(after.start, at))
            && begins_report(view, sentence, TokenRange::new(at + 2, after.end))
    });
    if let Some(joint) = joint {
        after.end = joint;
    }
    if opens_clause && !after.is_empty() {
        return vec![content::without_circumstance(view, without_connective(view, after))];
    }
    // "P, selon Paul, et la suite": a clause of its own. "P selon l'agence de Lyon pour la mer": what belongs to the source.
    let next = matches!(view.word(to), Word::Comma | Word::Dash) && matches!(view.word(to + 1), Word::Et | Word::Mais);
    let rest = view.upos(to) == Upos::Adp || view.norm(to) == "auprès";
    // "P, selon une étude de l'institut Y | publiée mardi": what no comma sets off belongs to the source.
    let own = !matches!(view.word(to), Word::Comma | Word::Dash | Word::Colon | Word::Close) && !says(after);
    if after.is_empty() || says(before) && (next && says(after) || rest || own) {
        return vec![before];
    }
    vec![before, after]
}

/// True if a subject stands at the beginning of the range, and right behind it a verb that reports something.
fn begins_report(view: &View, sentence: TokenRange, range: TokenRange) -> bool {
    const NEAR: u32 = 40;
    let range = TokenRange::new(range.start, range.end.min(range.start + NEAR));
    let subject = match phrase::chunk(view, range.start, range.end) {
        Some(chunk) if !chunk.is_governed() => phrase::grow(view, chunk, range.end, false).end,
        _ if view.is(range.start, Word::Subject) => range.start + 1,
        _ => return false,
    };
    let next = cue::find(view, range).into_iter().next().filter(|next| next.left == subject);
    next.is_some_and(|next| {
        next.form == Form::Finite && !content::introduced(view, sentence, &next, u32::MAX).is_empty()
    })
}

/// "Il a dit sa crainte, où P selon Paul": with no comma before it, a source at the end covers the last clause with "où".
fn relative_alone(view: &View, before: TokenRange, from: u32) -> Option<TokenRange> {
    let where_ = (before.start..before.end).rev().find(|&at| matches!(view.word(at), Word::Comma | Word::Relative))?;
    let main = (before.start..where_).any(|at| content::is_finite(view, at) && !view.in_marks(at));
    let apart = view.norm(where_) == "où" && where_ > before.start && view.is(where_ - 1, Word::Comma);
    let clause = TokenRange::new(where_ + 1, before.end);
    (apart && main && before.end == from && clause.len() > 2).then_some(clause)
}

/// "Il évoque un complot ourdi, selon lui, de longue date": a pronoun between commas is who reports already, and what it covers
/// is a part of the object, not the sentence.
fn tells_himself(view: &View, sentence: TokenRange, chunk: Chunk, source: TokenRange) -> bool {
    let pronoun = chunk.range.len() == 1 && matches!(&*view.norm(chunk.head), "lui" | "elle" | "eux" | "elles");
    let Some(before) = source.start.checked_sub(1).filter(|&at| at > sentence.start) else { return false };
    let lead = TokenRange::new(sentence.start, before);
    pronoun
        && view.is(before, Word::Comma)
        && view.is(source.end, Word::Comma)
        && (lead.start..lead.end).filter(|&at| content::is_finite(view, at)).count() == 1
        && cue::find(view, lead).iter().any(|cue| cue.form == Form::Finite)
}

/// A range without the place and agency that a dispatch begins with: "GENÈVE (Reuters) - P".
pub(crate) fn without_dateline(view: &View, range: TokenRange) -> TokenRange {
    const SHORT: u32 = 12;
    let capitals = |at: u32| {
        let form = view.form(at);
        form.len() > 2 && form.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '\'' | '’'))
    };
    if !capitals(range.start) {
        return range;
    }
    let dash = (range.start..range.end.min(range.start + SHORT)).find(|&at| view.is(at, Word::Dash));
    match dash {
        Some(dash) if !(range.start..dash).any(|at| content::is_finite(view, at)) && dash + 1 < range.end => {
            TokenRange::new(dash + 1, range.end)
        }
        _ => range,
    }
}

/// Where what stands before a source ends: without "toujours", "notamment", "du moins" right before it.
fn without_adverb(view: &View, start: u32, from: u32) -> u32 {
    let adverb = from.checked_sub(1).filter(|&at| at > start && view.upos(at) == Upos::Adv);
    match adverb {
        Some(at) if at == start + 1 || matches!(view.word(at - 1), Word::Comma | Word::Et | Word::Mais) => at,
        Some(at) if view.norm(at) == "toujours" => at,
        _ => from,
    }
}

/// A range without "a-t-on appris" at its end.
fn without_incise(view: &View, range: TokenRange) -> TokenRange {
    const SHORT: u32 = 6;
    let floor = range.start.max(range.end.saturating_sub(SHORT));
    let clitic = (floor..range.end).find(|&at| matches!(&*view.norm(at), "-t-on" | "-on"));
    let comma =
        clitic.and_then(|at| (range.start.max(at.saturating_sub(3))..at).rev().find(|&at| view.is(at, Word::Comma)));
    comma.map_or(range, |comma| view.trim(TokenRange::new(range.start, comma)))
}

/// A range without the connective it begins with: "Toutefois, P", "En effet, P", "Mais P".
pub(crate) fn without_connective(view: &View, range: TokenRange) -> TokenRange {
    let mut at = range.start;
    if view.upos(at) == Upos::Cconj {
        at += 1;
    }
    let mut end = at;
    while end < range.end && end < at + 3 && !view.is(end, Word::Comma) {
        end += 1;
    }
    let effect = end == at + 2 && view.is(at, Word::En) && view.norm(at + 1) == "effet";
    let light = (at..end).all(|at| view.upos(at) == Upos::Adv) || effect;
    if end > at && end < range.end && view.is(end, Word::Comma) && light {
        at = end + 1;
    }
    if at < range.end { TokenRange::new(at, range.end) } else { range }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_can_be_read() {
        assert!(ENTRIES.iter().all(|entry| !entry.words.is_empty()));
        let lines = crate::token::entries(include_str!("../data/sources.txt")).count();
        assert_eq!(ENTRIES.len(), lines);
        assert!(NOT_SOURCES.len() > 40);
    }
}
