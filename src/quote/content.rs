//! What was said: where the utterance stands for each frame a cue opens.
//!
//! Takes a cue, gives the [`Content`] it introduces: marked spans beside an incise or after a colon, a clause with *que*
//! or *si*, an infinitive, an object with marks in it. Ends of clauses are decided here: a clause reaches to the end of
//! its sentence unless another cue, an incise or the end of a verbatim part stops it. Every search is bounded by the
//! sentence or by a number of tokens given as a constant.

use crate::lexicon;
use crate::morph::{Feats, Upos};
use crate::quote::cue::{self, Form, VerbCue};
use crate::quote::marks::Pair;
use crate::quote::phrase;
use crate::quote::view::{View, Word};
use crate::text::TokenRange;

/// Tokens between a cue and what it introduces.
const GAP: u32 = 45;

/// Tokens of a subject before its verb.
const CLAUSE: u32 = 12;

/// Tokens of an insertion between commas.
const INSERTION: u32 = 40;

/// Tokens in an object before the marks in it.
const OBJECT: u32 = 14;

/// An utterance and how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    /// Its parts.
    pub(crate) parts: Vec<TokenRange>,
    /// The whole of it is between marks.
    pub(crate) direct: bool,
    /// The name of the frame.
    pub(crate) why: &'static str,
}

impl Content {
    fn of(part: TokenRange, why: &'static str) -> Self {
        Self { parts: vec![part], direct: false, why }
    }
}

/// The contents that a cue introduces to its right, in the order of the text: none, one, or a clause and direct speech.
pub(crate) fn introduced(view: &View, sentence: TokenRange, cue: &VerbCue, limit: u32) -> Vec<Content> {
    let frames = cue.entry.frames;
    let mut found = Vec::new();
    let from = cue.range.end;
    if let Some(at) = frames.que.then(|| complementizer(view, sentence, cue, limit)).flatten() {
        let (start, why) = if view.is(at, Word::Que) { (at + 1, "que-clause") } else { (at, "ce-que-clause") };
        let end = clause_end(view, sentence, cue, start, limit, false);
        let mut part = TokenRange::new(start, end);
        // "a précisé que P : « Q »" is two quotations.
        let colon =
            (part.start..part.end).find(|&at| view.is(at, Word::Colon) && opens(view, at + 1) && !view.in_marks(at));
        if let Some(colon) = colon {
            part.end = colon;
            found.push(Content::of(view.trim(part), why));
            found.extend(marked_after(view, colon + 1, "colon"));
            return found;
        }
        let part = view.trim(part);
        // "plus qu'un film": a comparison has no verb.
        // "ne rapporte que dix euros": no clause either.
        let only = !cue::is_denied(view, cue.finite) && (cue.range.start..cue.verb).any(|at| view.is(at, Word::Ne));
        // "n'exclut pas que la banque entre au capital"
        let beside = at == phrase::past_aside(view, cue.range.end)
            || at == cue.range.end + 1 && view.is(cue.range.end, Word::Pas);
        let clause = beside && !only
            || (part.start..part.end).any(|at| is_finite(view, at) || view.in_marks(at))
            || part.len() == 1 && matches!(&*view.norm(part.start), "oui" | "non" | "si");
        if clause {
            found.push(Content::of(part, why));
            return found;
        }
    }
    if let Some(at) = frames.si.then(|| question(view, sentence, cue, limit)).flatten() {
        let part = view.trim(TokenRange::new(at, clause_end(view, sentence, cue, at, limit, false)));
        found.push(Content::of(part, "question"));
        return found;
    }
    if frames.inc
        && let Some(content) = after_colon(view, sentence, cue, limit)
    {
        // "a promis de P : « Q »" is two quotations as well.
        let first = content.parts.first().map_or(from, |part| part.start);
        if content.direct
            && let Some((start, why)) = infinitive(view, sentence, cue, limit).filter(|&(start, _)| start < first)
            && let Some(colon) = (start..first).rev().find(|&at| view.is(at, Word::Colon))
        {
            found.push(Content::of(view.trim(TokenRange::new(start, colon)), why));
        }
        found.push(content);
        return found;
    }
    if let Some((start, why)) = infinitive(view, sentence, cue, limit) {
        let end = clause_end(view, sentence, cue, start, limit, true);
        let colon = (start..end).find(|&at| view.is(at, Word::Colon) && !view.in_marks(at));
        let spoken = colon.and_then(|colon| Some((colon, marked_after(view, colon + 1, "colon")?)));
        let part = view.trim(TokenRange::new(start, spoken.as_ref().map_or(end, |&(colon, _)| colon)));
        if !part.is_empty() {
            found.push(Content::of(part, why));
            found.extend(spoken.map(|(_, spoken)| spoken));
            return found;
        }
    }
    if frames.attr
        && cue.entry.reflexive
        && let Some(start) = adjective(view, sentence, cue)
    {
        let part = view.trim(TokenRange::new(start, clause_end(view, sentence, cue, start, limit, false)));
        found.push(Content::of(part, "adjective"));
        return found;
    }
    if frames.attr
        && let Some(content) = attribute(view, sentence, cue, limit)
    {
        found.push(content);
        return found;
    }
    if let Some(content) = marks_after_verb(view, sentence, cue) {
        found.extend(content);
        return found;
    }
    if frames.np
        && let Some(content) = object(view, sentence, cue, limit)
    {
        found.push(content);
    }
    found
}

/// "a lancé « P »", "disant « P »": marks right after the verb; nothing if the marks are no object, and no content if they
/// only name something.
fn marks_after_verb(view: &View, sentence: TokenRange, cue: &VerbCue) -> Option<Vec<Content>> {
    let frames = cue.entry.frames;
    let from = cue.range.end;
    // "avoir trouvé « une maison en ruine »" is no judgement.
    let found =
        cue.entry.lemma == "trouver" && view.opening(from).is_some_and(|pair| view.upos(pair.inner.start) == Upos::Det);
    let object = (frames.inc || frames.np) && from < sentence.end && cue.entry.lemma != "voir" && !found;
    let pair = object.then(|| view.opening(from)).flatten().filter(|_| !gives_name(view, sentence, cue))?;
    // "soutiendrait « loyalement » sa cheffe": how it is done.
    if (pair.inner.start..pair.inner.end).all(|at| view.upos(at) == Upos::Adv) && view.upos(pair.outer.end) == Upos::Det
    {
        return Some(Vec::new());
    }
    // "ont chanté « Encore ! »": what somebody cries is whole.
    let cried = pair.inner.end > pair.inner.start && matches!(view.form(pair.inner.end - 1), "!" | "?")
        || matches!(cue.entry.lemma, "crier" | "scander" | "hurler" | "s'écrier" | "s'exclamer")
            && view.upos(pair.inner.start) != Upos::Det;
    let long = is_clause(view, pair.inner) && !is_described(view, pair.inner) || cried;
    if frames.inc && long {
        return Some(vec![Content { parts: vec![pair.inner], direct: true, why: "marks-after-verb" }]);
    }
    // "confie « Carmen » à une débutante": a name is nobody's words, but what somebody cries can be one.
    // "ont chanté « La Marseillaise »"
    let sung = matches!(cue.entry.lemma, "chanter" | "entonner" | "fredonner");
    let given = !frames.inc || sung || matches!(view.word(pair.outer.end), Word::A | Word::Au);
    if given && is_name(view, pair.inner) {
        return Some(Vec::new());
    }
    (frames.np || frames.attr || frames.que).then(|| {
        let end = object_end(view, pair.outer.end, sentence);
        vec![Content::of(TokenRange::new(from, end), "marked-object")]
    })
}

/// True if a pair of marks begins at `at`.
pub(crate) fn opens(view: &View, at: u32) -> bool {
    view.opening(at).is_some()
}

/// True if what is between marks has a finite verb or is long: somebody's sentence rather than a term.
pub(crate) fn is_clause(view: &View, range: TokenRange) -> bool {
    let verb = |at: u32| matches!(view.upos(at), Upos::Verb | Upos::Aux) && view.tag(at).feats.is_finite();
    (range.start..range.end).any(verb) && range.len() >= 3 || range.len() >= 9
}

/// The "que" of the complement clause of `cue`, past addressee, times, places and an object.
fn complementizer(view: &View, sentence: TokenRange, cue: &VerbCue, limit: u32) -> Option<u32> {
    const NEAR: u32 = 10;
    let end = limit.min(sentence.end).min(cue.range.end + GAP);
    // "espère elle aussi que P", "parle, lui, de « P »"
    let from = phrase::past_aside(view, cue.range.end);
    // "explique à qui veut l'entendre que P"
    let heard = view.is(from, Word::A)
        && view.is(from + 1, Word::Qui)
        && view.lemma(from + 2) == "vouloir"
        && view.lemma(from + 4) == "entendre";
    let from = if heard { from + 5 } else { from };
    let mut at = from;
    let mut comma = false;
    while at < end {
        if view.level(at) != view.level(cue.verb) {
            return None;
        }
        match view.word(at) {
            Word::Que => {
                // "plus … que", "le fait que" and relatives are other things.
                let upos = view.upos(at);
                if at > from && is_locution(view, at - 1) {
                    // "insiste pour que P"
                    return (cue.entry.frames.pour && view.is(at - 1, Word::Pour)).then_some(at);
                }
                // "observe de près les raisons, des conseils qu'ils donnent": too far for a complement.
                let far = comma && upos == Upos::Pron && at > cue.range.end + NEAR;
                return (at == from || upos != Upos::Pron || follows_adverb(view, at) && !far).then_some(at);
            }
            // "a dit, lundi, que": a comma or two.
            Word::Comma => {
                comma = true;
                // Not a relative: "poursuit le journal pour ces propos, qu'il juge faux".
                if view.is(at + 1, Word::Que) && !(view.upos(at + 1) == Upos::Pron && cue.entry.frames.weak) {
                    return Some(at + 1);
                }
                // "a révélé, lors d'une réunion qui s'est mal passée, que P"
                if at == cue.range.end {
                    let close =
                        (at + 1..end).find(|&close| view.is(close, Word::Comma) && view.is(close + 1, Word::Que));
                    if let Some(close) = close.filter(|_| view.upos(at + 1) != Upos::Pron) {
                        return Some(close + 1);
                    }
                }
            }
            Word::Stop | Word::Colon | Word::Semicolon | Word::Qui | Word::Relative | Word::Mark | Word::Mais => {
                return None;
            }
            // "disant d'Anne et d'elle-même que P"
            Word::Et if matches!(view.word(at + 1), Word::De | Word::Du | Word::A | Word::Au) => {}
            Word::Et => return None,
            Word::Ce if at == cue.range.end && view.is(at + 1, Word::Que) && cue.entry.frames.si => return Some(at),
            // "à ce que", "de ce que"
            Word::Ce if view.is(at + 1, Word::Que) => return Some(at + 1),
            _ => {}
        }
        let upos = view.upos(at);
        if matches!(upos, Upos::Verb | Upos::Aux) {
            let feats = view.tag(at).feats;
            let free = comma && !feats.is_finite() || feats.is_participle() && feats.is_past();
            if !free {
                return None;
            }
        }
        at += 1;
    }
    None
}

/// "depuis que", "après que", "alors que": the word before "que" makes a conjunction of it.
fn is_locution(view: &View, before: u32) -> bool {
    matches!(view.word(before), Word::Apres | Word::Pour | Word::Subordinator)
        || matches!(
            &*view.norm(before),
            "depuis"
                | "avant"
                | "dès"
                | "pendant"
                | "bien"
                | "ainsi"
                | "sans"
                | "tant"
                | "aussi"
                | "plus"
                | "moins"
                | "autre"
                | "autres"
                | "même"
                | "tel"
                | "tels"
                | "telle"
                | "telles"
                | "mieux"
                | "plutôt"
                | "alors"
                | "tandis"
                | "condition"
        )
}

fn follows_adverb(view: &View, at: u32) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        matches!(view.upos(before), Upos::Adv | Upos::Propn | Upos::Noun | Upos::Verb | Upos::Num | Upos::Adj)
    })
}

/// The interrogative word of an indirect question after `cue`.
fn question(view: &View, sentence: TokenRange, cue: &VerbCue, limit: u32) -> Option<u32> {
    const NEAR: u32 = 12;
    let end = limit.min(sentence.end).min(cue.range.end + NEAR);
    // "a raconté, la voix serrée, comment P"
    let from = view
        .is(cue.range.end, Word::Comma)
        .then(|| (cue.range.end + 2..end).find(|&at| view.is(at, Word::Comma)))
        .flatten()
        .filter(|&close| {
            view.upos(cue.range.end + 1) == Upos::Det
                && !(cue.range.end..close).any(|at| is_finite(view, at))
                && view.is(close + 1, Word::Interrogative)
        })
        .map_or(cue.range.end, |close| close + 1);
    for at in from..end {
        match view.word(at) {
            Word::Si if view.upos(at) != Upos::Adv || cue.entry.frames.ask => return Some(at),
            Word::Interrogative => return Some(at),
            Word::Ce if view.is(at + 1, Word::Que) || view.is(at + 1, Word::Qui) => return Some(at),
            Word::Relative if at == cue.range.end && view.norm(at) == "où" => return Some(at),
            // "a demandé à trois reprises qui, dans la société, avait signé"
            Word::Qui if at == cue.range.end || cue.entry.frames.ask && view.is(at + 1, Word::Comma) => {
                return Some(at);
            }
            // "a demandé aux élus Anne Roux et Luc Petit si P"
            Word::Et if matches!(view.upos(at + 1), Upos::Propn | Upos::Noun) || view.is(at + 1, Word::A) => {}
            Word::Stop
            | Word::Colon
            | Word::Semicolon
            | Word::Mark
            | Word::Comma
            | Word::Que
            | Word::Et
            | Word::Mais => {
                return None;
            }
            _ if matches!(view.upos(at), Upos::Verb | Upos::Aux) => return None,
            _ => {}
        }
    }
    None
}

/// Direct speech or a clause after a colon that belongs to `cue`.
pub(crate) fn after_colon(view: &View, sentence: TokenRange, cue: &VerbCue, limit: u32) -> Option<Content> {
    let end = sentence.end.min(cue.range.end + GAP).min(limit.max(cue.range.end));
    let colon = (cue.range.end..end).find(|&at| {
        matches!(view.word(at), Word::Colon | Word::Stop | Word::Semicolon) && view.level(at) == view.level(cue.verb)
    })?;
    if !view.is(colon, Word::Colon) {
        return None;
    }
    let interrupted = (cue.range.end..colon).any(|at| view.is(at, Word::Mark));
    // "se souvient du jour où son père lui a dit : « P »": the verb of speech right before the colon.
    let nearer = || {
        view.opening(colon + 1).is_some()
            && cue.entry.frames.weak
            && cue::find(view, TokenRange::new(cue.range.end, colon))
                .iter()
                .any(|next| next.entry.frames.inc && !next.entry.frames.weak && next.form == Form::Finite)
    };
    // "a conseillé à Paul de partir, mais le champion refuse : « P »": somebody else's words.
    let others = || {
        (cue.range.end..colon).any(|at| {
            view.is(at, Word::Comma)
                && matches!(view.word(at + 1), Word::Et | Word::Mais)
                && has_subject_and_verb(view, at + 2, colon)
        })
    };
    // "Interrogée sur ce qu'elle ferait, elle a souri : « P »", "Anne, qui avait fait la route, a été plus dure : « P »"
    let left = || {
        cue.entry.frames.weak
            && (cue.range.end..colon).any(|at| {
                view.is(at, Word::Comma)
                    && (is_finite(view, group_end(view, at + 1)) || has_subject_and_verb(view, at + 1, colon))
            })
    };
    // "a fini par dire que P, avant d'ajouter : « Q »"
    let before = || {
        (cue.range.end..colon).any(|at| {
            view.norm(at) == "avant" && view.is(at + 1, Word::De) && infinitive_at(view, at + 2, colon).is_some()
        }) && !cue::find(view, TokenRange::new(cue.range.end, colon)).is_empty()
    };
    if interrupted || left() || before() || nearer() || !cue.entry.frames.que && others() {
        return None;
    }
    if let Some(content) = marked_after(view, colon + 1, "colon") {
        return Some(content);
    }
    let close = view.inner_pair(cue.verb).map_or(sentence.end, |pair| pair.inner.end.min(sentence.end));
    let rest = view.trim(TokenRange::new(colon + 1, close.max(colon + 1)));
    // "Il a prévenu : la route sera longue."
    let adjacent = colon == cue.range.end || cue.form == Form::Finite;
    let clause = (rest.start..rest.end).any(|at| is_finite(view, at));
    // "s'alarme : elle craint que P", "n'y croit pas : selon elle, P": the next report says it.
    let next = view.is(rest.start, Word::Selon)
        || view.is(rest.start, Word::Subject)
            && matches!(&*view.norm(rest.start), "il" | "elle" | "ils" | "elles")
            && cue::find(view, TokenRange::new(rest.start + 1, rest.end.min(rest.start + 6)))
                .iter()
                .any(|next| next.left == rest.start + 1 && complementizer(view, sentence, next, rest.end).is_some());
    if next {
        return None;
    }
    (adjacent && !cue.entry.frames.weak && clause).then(|| Content::of(rest, "colon"))
}

/// The marked span that begins at `at`, with those that "et" or a comma joins to it.
pub(crate) fn marked_after(view: &View, at: u32, why: &'static str) -> Option<Content> {
    let pair = view.opening(at)?;
    let mut parts = vec![pair.inner];
    let mut end = pair.outer.end;
    // "« A » et « B »", "« A », « B »": several parts of one utterance.
    for _ in 0..8 {
        let joined = matches!(view.word(end), Word::Et | Word::Comma);
        let Some(next) = joined.then(|| view.opening(end + 1)).flatten() else { break };
        parts.push(next.inner);
        end = next.outer.end;
    }
    Some(Content { parts, direct: true, why })
}

/// The first token of an infinitive complement without its preposition, and the frame.
fn infinitive(view: &View, sentence: TokenRange, cue: &VerbCue, limit: u32) -> Option<(u32, &'static str)> {
    const NEAR: u32 = 16;
    let frames = cue.entry.frames;
    let from = phrase::past_aside(view, cue.range.end);
    let end = limit.min(sentence.end);
    let begins = |at: u32| infinitive_at(view, at, end).is_some();
    let mut first = from;
    while first < end && view.upos(first) == Upos::Adv && !view.is(first, Word::Pas) {
        first += 1;
    }
    if frames.inf && begins(from) {
        // "nie toujours avoir menti": the adverb goes with the cue.
        let own = matches!(
            &*view.norm(from),
            "toujours"
                | "catégoriquement"
                | "formellement"
                | "fermement"
                | "vivement"
                | "également"
                | "aussi"
                | "encore"
                | "aujourd'hui"
                | "désormais"
                | "maintenant"
                | "volontiers"
        );
        return Some((if own && begins(from + 1) { from + 1 } else { from }, "infinitive"));
    }
    if frames.inf {
        // "a avoué à la police être", "a déclaré hier soir vouloir"
        let mut at = from;
        for _ in 0..3 {
            // "a nié devant la cour avoir menti", "a écrit sur sa page vouloir partir"
            let before = matches!(&*view.norm(at), "devant" | "sur" | "sous" | "dans");
            let to_whom = matches!(view.word(at), Word::A | Word::Au) || before;
            let chunk = phrase::chunk(view, if to_whom { at + 1 } else { at }, end);
            at = match chunk {
                Some(chunk) if to_whom => phrase::grow(view, chunk, end, false).end,
                Some(chunk) if phrase::is_time(view, chunk) => chunk.range.end,
                _ if view.upos(at) == Upos::Adv && !view.is(at, Word::Pas) => at + 1,
                _ => break,
            };
            if begins(at) {
                return Some((at, "infinitive"));
            }
        }
        // "a déclaré, lors d'un débat, vouloir"
        if view.is(at, Word::Comma) && matches!(view.upos(at + 1), Upos::Adp | Upos::Adv | Upos::Noun | Upos::Det) {
            let close = (at + 1..end.min(at + NEAR)).find(|&at| view.is(at, Word::Comma) || stops(view, at));
            if let Some(close) = close.filter(|&close| view.is(close, Word::Comma) && begins(close + 1)) {
                return Some((close + 1, "infinitive"));
            }
        }
    }
    // An accused party is told by "de": "est accusé d'avoir".
    if !frames.de && !frames.a {
        return None;
    }
    let mut relative = false;
    let mut named = first;
    for at in first..end.min(first + NEAR) {
        if at < named {
            continue;
        }
        // "accuse « certains » d'avoir", "« des gens » de": the party between marks.
        if frames.obj
            && let Some(pair) = view.opening(at)
            && matches!(view.word(pair.outer.end), Word::De | Word::A)
            && !(pair.inner.start..pair.inner.end).any(|at| is_finite(view, at))
        {
            named = pair.outer.end;
            continue;
        }
        let incise = view.is(at, Word::Comma).then(|| past_incise(view, at, end)).flatten();
        match view.word(at) {
            // In a relative, what a verb governs is its own: "accuse l'homme qui a tenté de fuir".
            Word::De | Word::A if relative && matches!(view.upos(at - 1), Upos::Verb | Upos::Aux) => {}
            Word::De if frames.de && begins(at + 1) => return Some((at + 1, "de-infinitive")),
            Word::A if frames.a && begins(at + 1) => return Some((at + 1, "à-infinitive")),
            // "accuse le groupe, allié du parti, d'être": the party may have an apposition.
            Word::Comma if frames.obj && at > first => {}
            // "a promis, confie-t-elle, de partir"
            Word::Comma if incise.is_some() => named = incise.unwrap_or(at),
            // "exhorte les gens qui ont vu quelque chose à parler"
            Word::Qui | Word::Relative if frames.obj && at > first => relative = true,
            Word::Stop
            | Word::Colon
            | Word::Semicolon
            | Word::Comma
            | Word::Mark
            | Word::Qui
            | Word::Que
            | Word::Relative => {
                // "appelle à « mettre fin »": marks may open the infinitive.
                return None;
            }
            // "accuse le groupe lié au parti d'être"
            _ if frames.obj && at > first && (relative || view.tag(at).feats.is_participle()) => {}
            _ if matches!(view.upos(at), Upos::Verb | Upos::Aux) => return None,
            _ => {}
        }
        let here = matches!(view.word(at), Word::De) && frames.de || matches!(view.word(at), Word::A) && frames.a;
        let phrase = matches!(view.upos(at + 2), Upos::Noun | Upos::Det | Upos::Adj | Upos::Propn | Upos::Num);
        if here && !phrase && opens(view, at + 1) {
            return Some((at + 1, "marked-infinitive"));
        }
    }
    None
}

/// One past an incise between commas, of which the first stands at `comma`: ", confie-t-elle,".
fn past_incise(view: &View, comma: u32, end: u32) -> Option<u32> {
    const SHORT: u32 = 8;
    let close = (comma + 2..end.min(comma + SHORT)).find(|&at| view.is(at, Word::Comma))?;
    (comma + 1..close).any(|at| view.is(at, Word::Inverted)).then_some(close + 1)
}

/// The infinitive at `at`, clitics, negation and an opening mark allowed before it.
pub(crate) fn infinitive_at(view: &View, at: u32, end: u32) -> Option<u32> {
    let mut here = at;
    while here < end && here < at + 5 {
        if matches!(view.upos(here), Upos::Verb | Upos::Aux) {
            return view.tag(here).feats.is_infinitive().then_some(here);
        }
        let skip =
            matches!(view.word(here), Word::Ne | Word::Pas | Word::Reflexive | Word::Clitic | Word::En | Word::Mark)
                || view.upos(here) == Upos::Adv
                || view.upos(here) == Upos::Pron && !view.is(here, Word::Subject);
        if !skip {
            return None;
        }
        here += 1;
    }
    None
}

/// "s'est dite prête à P", "se déclare convaincu que P": the adjective, if a clause depends on it.
fn adjective(view: &View, sentence: TokenRange, cue: &VerbCue) -> Option<u32> {
    let end = sentence.end;
    let first = phrase::past_aside(view, cue.range.end);
    let mut at = first;
    while at < end && view.upos(at) == Upos::Adv {
        at += 1;
    }
    // "satisfait", "surpris": forms that are finite too are participles here.
    let participle = |at: u32| view.upos(at) == Upos::Verb && cue::can_be_past_participle(view, at);
    let adjective = view.upos(at) == Upos::Adj
        || participle(at)
        // "se dit à l'aise avec P", "se déclare en faveur de P", "se dit plus à l'aise que"
        || view.is(at, Word::En) && view.upos(at + 1) == Upos::Noun && !view.is_capitalized(at + 1)
        || view.is(at, Word::A) && view.norm(at + 2) == "aise";
    let more = at + 1 < end && !stops(view, at + 1) && !matches!(view.word(at + 1), Word::Comma | Word::Et);
    (adjective && more).then_some(first)
}

/// "qualifie X de « P »", "juge X « P »", "s'est dit prêt à « P »".
fn attribute(view: &View, sentence: TokenRange, cue: &VerbCue, limit: u32) -> Option<Content> {
    const NEAR: u32 = 30;
    let end = sentence.end.min(limit).min(cue.range.end + NEAR);
    let mark = (cue.range.end..end).find(|&at| view.is(at, Word::Mark) || stops(view, at))?;
    let pair = view.opening(mark)?;
    // A relative may stand between: "décrit la tempête qui a touché la côte comme la « pire »".
    let finite = (cue.range.end..mark).filter(|&at| is_finite(view, at)).count();
    let relatives = (cue.range.end..mark).filter(|&at| matches!(view.word(at), Word::Qui | Word::Relative)).count();
    if finite > relatives {
        return None;
    }
    // "a dit son « amertume » d'avoir perdu": an object, not what something is called.
    let own =
        matches!(&*view.norm(cue.range.end), "son" | "sa" | "ses" | "leur" | "leurs") && cue.range.end + 1 == mark;
    if is_vote(view, pair) || gives_name(view, sentence, cue) || own && cue.entry.frames.np {
        return None;
    }
    let mut start = mark;
    // "la « châtelaine »", "d'une « rare violence »": the determiner belongs to it.
    while start > cue.range.end && matches!(view.upos(start - 1), Upos::Det | Upos::Adj | Upos::Num) {
        start -= 1;
    }
    // "présente X comme « P »", "parle de « P »": a weak verb needs the preposition.
    // "qualifie les élus de gens « méchants »", "décrit la loi comme un texte « mort-né »": the noun that the words go with.
    let bridged = (cue.range.end.max(mark.saturating_sub(4))..mark)
        .rev()
        .find(|&at| matches!(view.word(at), Word::De | Word::Comme));
    if let Some(at) = bridged
        && at > cue.range.end
        && at + 1 < mark
        && (at + 1..mark).all(|at| matches!(view.upos(at), Upos::Det | Upos::Adj | Upos::Noun | Upos::Num))
        && (view.is(at, Word::Comme) || matches!(cue.entry.lemma, "qualifier" | "traiter" | "taxer"))
    {
        start = at + 1;
    }
    let bridge = start.checked_sub(1).is_some_and(|at| matches!(view.word(at), Word::De | Word::A | Word::Comme));
    // "juge la réponse européenne « molle »": what is judged belongs to it, as it does in "juge que"; a name that is
    // given does not take in who has it ("surnomme le capitaine « le loup »").
    let nominal = |at: u32| matches!(view.upos(at), Upos::Det | Upos::Noun | Upos::Adj | Upos::Adp | Upos::Propn);
    let from = phrase::past_aside(view, cue.range.end);
    // "décrit un homme « rongé par le doute »": what is between marks goes with the noun.
    let beside = !bridge && view.upos(from) == Upos::Det && (from..mark).all(nominal);
    let modifies = view.upos(pair.inner.start) == Upos::Adj
        || view.upos(pair.inner.start) == Upos::Verb && view.tag(pair.inner.start).feats.is_participle()
        // "une zone « d'accès difficile »"
        || view.is(pair.inner.start, Word::De) && !cue.entry.frames.obj
        || matches!(view.word(pair.inner.start), Word::Qui | Word::Relative);
    // "trouve la sanction « sévère »", "trouve « triste » que P": a verb of judgement needs no preposition.
    let judges = cue.entry.frames.que && (beside && modifies || start == from && view.is(pair.outer.end, Word::Que));
    if cue.entry.frames.weak && !bridge && !judges {
        return None;
    }
    if beside && (cue.entry.frames.que || cue.entry.frames.np && modifies) {
        start = from;
    }
    if cue.entry.reflexive && !cue.entry.frames.weak {
        // "s'est dit déterminé à « P »": from the adjective on; "s'est dite mardi « émue »": past the day.
        let time = phrase::chunk(view, cue.range.end, mark).filter(|chunk| phrase::is_time(view, *chunk));
        start = time.map_or(cue.range.end, |time| time.range.end);
    }
    let mut finish = pair.outer.end;
    for _ in 0..4 {
        let mut next = finish + 1;
        while matches!(view.word(next), Word::De | Word::Du) || view.upos(next) == Upos::Det {
            next += 1;
        }
        let joined = matches!(view.word(finish), Word::Et | Word::Comma);
        let Some(other) = joined.then(|| view.opening(next)).flatten() else { break };
        finish = other.outer.end;
    }
    // "juge « injuste » de punir", "estime « peu probable » que P": what is judged follows.
    let depends = cue.entry.frames.que
        && start == mark
        && (view.is(finish, Word::Que)
            || view.is(finish, Word::De) && infinitive_at(view, finish + 1, sentence.end).is_some());
    if depends {
        let infinitive = !view.is(finish, Word::Que);
        let close = clause_end(view, sentence, cue, finish + 1, limit, infinitive);
        return Some(Content::of(view.trim(TokenRange::new(start, close)), "attribute"));
    }
    // "juge « indigne » la menace du ministre": what is judged may stand behind.
    if cue.entry.frames.que
        && start == mark
        && start == from
        && view.upos(finish) == Upos::Det
        && let Some(judged) = phrase::chunk(view, finish, sentence.end)
        && !phrase::is_time(view, judged)
    {
        finish = phrase::grow(view, judged, sentence.end, false).end;
        if matches!(view.word(finish), Word::Qui | Word::Relative) {
            finish = view.trim(TokenRange::new(start, clause_end(view, sentence, cue, finish, limit, false))).end;
        }
        return Some(Content::of(TokenRange::new(start, finish), "attribute"));
    }
    // "« bouleversée » par cet accueil", "« favorable » à la réforme"
    let adjective = finish.checked_sub(2).is_some_and(|at| {
        view.upos(at) == Upos::Adj || view.upos(at) == Upos::Verb && view.tag(at).feats.is_participle()
    });
    let governs = matches!(view.word(finish), Word::Par | Word::De | Word::Du) || is_aim(view, finish, sentence.end);
    if adjective
        && cue.entry.reflexive
        && governs
        && let Some(chunk) = phrase::chunk(view, finish + 1, end.max(sentence.end))
        && !phrase::is_time(view, chunk)
    {
        finish = phrase::grow(view, chunk, sentence.end, false).end;
    }
    Some(Content::of(TokenRange::new(start, finish), "attribute"))
}

/// "« une voix qui nous rendait grands »": a noun phrase whose only verb is that of a relative; nobody's sentence.
fn is_described(view: &View, inner: TokenRange) -> bool {
    if !matches!(&*view.norm(inner.start), "un" | "une") {
        return false;
    }
    let Some(verb) = (inner.start..inner.end).find(|&at| is_finite(view, at)) else { return true };
    let relative = (inner.start..verb).any(|at| matches!(view.word(at), Word::Qui | Word::Relative | Word::Que));
    relative
        && !(verb + 1..inner.end).any(|at| is_finite(view, at))
        && !view.is(inner.end.saturating_sub(1), Word::Stop)
}

/// "que tous surnomment « le Loup »", "que les pêcheurs appellent « crin »": what somebody or something is called, not what is said.
fn gives_name(view: &View, sentence: TokenRange, cue: &VerbCue) -> bool {
    const NEAR: u32 = 10;
    let names = matches!(cue.entry.lemma, "surnommer" | "baptiser" | "appeler");
    // "Surnommé « l'Horloger » par ses collègues"
    if names && (cue.form == Form::Participle || cue.passive) {
        return true;
    }
    // "un groupe se faisant appeler « les Coquelicots »"
    if names && cue.form == Form::Infinitive && cue.left.checked_sub(1).is_some_and(|at| view.lemma(at) == "faire") {
        return true;
    }
    names && (sentence.start.max(cue.left.saturating_sub(NEAR))..cue.left).rev().any(|at| view.is(at, Word::Que))
}

/// Where the object of a verb begins, past times, addressees, places and what authors set beside it; nothing if there is none.
fn object_start(view: &View, sentence: TokenRange, cue: &VerbCue, near: u32) -> Option<u32> {
    // "parle, sous couvert d'anonymat, d'un « gâchis »"
    let mut start = past_insertion(view, phrase::past_aside(view, cue.range.end), near);
    // "n'y voit qu'« une farce »"
    let only = view.is(start, Word::Que) && (cue.left.saturating_sub(1)..cue.verb).any(|at| view.is(at, Word::Ne));
    start += u32::from(only);
    // "a répondu présent à l'appel « des anciens »"
    let came = cue.entry.lemma == "répondre" && view.norm(start) == "présent";
    if came || view.opening(start).is_some() && gives_name(view, sentence, cue) {
        return None;
    }
    while start < near && view.upos(start) == Upos::Adv {
        start += 1;
    }
    // "plaide de son côté pour un « équilibre »", "évoque pour sa part une « ligne »"
    let own =
        matches!(&*view.norm(start + 1), "son" | "sa" | "leur") && matches!(&*view.norm(start + 2), "côté" | "part");
    if own && matches!(view.word(start), Word::De | Word::Pour) {
        start += 3;
    }
    // "a dénoncé mardi un « complot »"
    if let Some(time) = phrase::chunk(view, start, near).filter(|&chunk| phrase::is_time(view, chunk)) {
        start = time.range.end;
    }
    // "voit dans ces travaux « P »", "voyait en lui « P »"
    if cue.entry.lemma == "voir" {
        let place = (cue.form == Form::Finite && matches!(&*view.norm(start), "dans" | "en"))
            .then(|| phrase::chunk(view, start + 1, near))
            .flatten();
        start = place.map(|place| phrase::grow(view, place, near, false).end)?;
    }
    // "a évoqué vers midi un « drame »", "reprochent au film sa « lenteur »"
    if matches!(view.upos(start), Upos::Adp)
        && let Some(chunk) = phrase::chunk(view, start + 1, near).map(|chunk| with_place(view, chunk))
        && (phrase::is_time(view, chunk)
            || (chunk.range.start..chunk.range.end).any(|at| is_clock(view, at))
            || is_occasion(view, start + 1)
            // "reconnaît dans un courriel une « anomalie »"
            || view.norm(start) == "dans" && phrase::is_document(view, chunk.head)
            || matches!(view.word(start), Word::A | Word::Au))
        && (view.upos(chunk.range.end) == Upos::Det
            || matches!(view.word(chunk.range.end), Word::De | Word::Du)
            // "s'attend à un été « brûlant »": there the object has "à" itself.
            || view.is(chunk.range.end, Word::Mark) && !cue.entry.frames.a)
    {
        start = chunk.range.end;
    }
    // "a invité les deux camps à la « patience »": to what, past whom.
    if cue.entry.frames.obj
        && cue.entry.frames.a
        && let Some(whom) = phrase::chunk(view, start, near).filter(|whom| !whom.is_governed())
        && matches!(view.word(whom.range.end), Word::A | Word::Au)
    {
        start = whom.range.end;
    }
    // "a balayé sur Twitter des « ragots »", "réclame pour ses adhérents une hausse « nette »"
    let beyond = match &*view.norm(start) {
        "sur" => phrase::chunk(view, start + 1, near).filter(|chunk| view.is_capitalized(chunk.range.start)),
        "pour" => phrase::chunk(view, start + 1, near).filter(|chunk| phrase::is_human(view, chunk.head)),
        _ => None,
    };
    let begins = |at: u32| view.upos(at) == Upos::Det || view.norm(at) == "des";
    if let Some(chunk) = beyond.filter(|chunk| begins(chunk.range.end)) {
        start = chunk.range.end;
    }
    // "remercie les lecteurs pour leurs « gestes »": for what, past whom.
    if matches!(cue.entry.lemma, "remercier" | "féliciter" | "blâmer")
        && let Some(whom) = phrase::chunk(view, start, near).filter(|whom| !whom.is_governed())
        && let whom = phrase::grow(view, whom, near, false)
        && matches!(view.word(whom.end), Word::Pour | Word::De)
    {
        start = whom.end;
    }
    Some(start)
}

/// The object whose marks open at `at`, from `start` on.
fn marked_object(
    view: &View,
    sentence: TokenRange,
    cue: &VerbCue,
    (start, at, limit): (u32, u32, u32),
    pair: &Pair,
) -> Option<Content> {
    let end = sentence.end.min(limit);
    let mut start = start;
    // "admire la « Joconde »": a work or somebody is named, not quoted.
    if is_vote(view, pair) || cue.entry.frames.weak && is_name(view, pair.inner) {
        return None;
    }
    // "des acteurs dits « naturels »"
    if matches!(&*view.norm(at - u32::from(at > start)), "dit" | "dite" | "dits" | "dites") {
        return None;
    }
    // "révélé avec « Les Tourbiers »": how, not what.
    if (start..at).rev().find(|&at| view.upos(at) == Upos::Adp).is_some_and(|with| {
        view.norm(with) == "avec" && (with + 1..at).all(|at| matches!(view.upos(at), Upos::Det | Upos::Adj))
    }) {
        return None;
    }
    let finish = object_end(view, pair.outer.end, TokenRange::new(sentence.start, end));
    // "a dit son « amertume » d'avoir perdu « de peu »"
    let own = matches!(&*view.norm(start), "son" | "sa" | "ses" | "leur" | "leurs");
    if own && view.is(finish, Word::De) && infinitive_at(view, finish + 1, end).is_some() {
        let close = clause_end(view, sentence, cue, finish + 1, limit, true);
        return Some(Content::of(view.trim(TokenRange::new(start, close)), "marked-object"));
    }
    // "parle du brasier comme d'« un dragon »"
    if at >= start + 2 && view.is(at - 1, Word::De) && view.is(at - 2, Word::Comme) {
        start = at;
    }
    // "parler d'un « effort »", "appelle à une « paix »": the preposition is no part of it.
    let preposition = matches!(view.word(start), Word::De | Word::A | Word::Pour)
        || matches!(&*view.norm(start), "contre" | "sur")
        // "crie au « complot »"
        || view.is(start, Word::Au) && start + 1 == at;
    if preposition && start + 1 < finish {
        start += 1;
    }
    Some(Content::of(TokenRange::new(start, finish), "marked-object"))
}

/// An object with marks in it: "dénonce une « dérive » du parti".
fn object(view: &View, sentence: TokenRange, cue: &VerbCue, limit: u32) -> Option<Content> {
    let end = sentence.end.min(limit);
    let near = end.min(cue.range.end + OBJECT);
    let start = object_start(view, sentence, cue, near)?;
    let mut at = start;
    let mut relative = false;
    while at < near {
        if let Some(pair) = view.opening(at) {
            return marked_object(view, sentence, cue, (start, at, limit), pair);
        }
        let nominal = matches!(
            view.upos(at),
            Upos::Det | Upos::Noun | Upos::Adj | Upos::Adp | Upos::Propn | Upos::Num | Upos::Adv
        ) || view.upos(at) == Upos::Verb && view.tag(at).feats.is_past() && at > start;
        // "critique l'arbitre, « incapable de voir »"
        if view.is(at, Word::Comma)
            && at > start
            && view.opening(at + 1).is_some_and(|pair| {
                // "regrette ses parties, « un vrai championnat »"
                describes(view, pair.inner.start) || matches!(&*view.norm(pair.inner.start), "un" | "une")
            })
        {
            at += 1;
            continue;
        }
        // "une loi qui « tue l'école »", "un texte que personne n'a « lu »"
        let clause = relative
            && matches!(view.upos(at), Upos::Verb | Upos::Aux | Upos::Pron | Upos::Adv | Upos::Noun | Upos::Det)
            && !view.is(at, Word::Que);
        // "parle de longues journées et d'« un monastère »"
        let joined = at > start && view.is(at, Word::Et) && view.is(at + 1, Word::De) && view.is(start, Word::De);
        let opens = joined || at > start && !relative && matches!(view.word(at), Word::Qui | Word::Relative);
        relative |= opens && !joined;
        if !nominal && !clause && !opens {
            return None;
        }
        at += 1;
    }
    None
}

/// True if the marked span is a sentence, or several, of its own.
pub(crate) fn is_alone(view: &View, pair: &Pair) -> bool {
    let sentence = view.sentence_of(pair.outer.start);
    // A straight mark with blanks around it may have been left to the sentence before.
    let lead = if sentence.end == pair.outer.start + 1 { 0 } else { pair.outer.start.saturating_sub(sentence.start) };
    let last = view.sentence_of(pair.outer.end.saturating_sub(1));
    let tail = view.trim(TokenRange::new(pair.outer.end, last.end.max(pair.outer.end)));
    lead == 0 && tail.is_empty()
}

/// "une victoire du « oui »": a side in a vote, not what somebody said.
fn is_vote(view: &View, pair: &Pair) -> bool {
    let before = pair.outer.start.checked_sub(1).map(|at| view.norm(at));
    pair.inner.len() == 1
        && matches!(&*view.norm(pair.inner.start), "oui" | "non")
        && before.is_some_and(|before| matches!(&*before, "le" | "du" | "au"))
}

/// True if all between marks is a name.
fn is_name(view: &View, inner: TokenRange) -> bool {
    (inner.start..inner.end).all(|at| match view.upos(at) {
        Upos::Propn => true,
        // "« The Red Flag »": foreign words.
        Upos::X => view.is_capitalized(at),
        _ => false,
    })
}

/// True if what begins at `at` describes a noun: an adjective, a participle, adverbs before it allowed.
fn describes(view: &View, at: u32) -> bool {
    let mut first = at;
    while first < at + 3 && view.upos(first) == Upos::Adv {
        first += 1;
    }
    view.upos(first) == Upos::Adj
        || view.is(first, Word::Comme)
        || view.upos(first) == Upos::Verb && view.tag(first).feats.is_participle()
        || view.upos(first) == Upos::Noun
            && first == at
            && lexicon::lookup(&view.norm(first)).any(|entry| entry.upos() == Upos::Adj)
}

/// A phrase with "en place", "en question" behind it.
fn with_place(view: &View, chunk: phrase::Chunk) -> phrase::Chunk {
    let end = chunk.range.end;
    let bare = view.is(end, Word::En) && matches!(&*view.norm(end + 1), "place" | "poste" | "question" | "fonction");
    if bare { phrase::Chunk { range: TokenRange::new(chunk.range.start, end + 2), ..chunk } } else { chunk }
}

/// Where, to whom or when something is said, besides documents and occasions: "à la presse", "dans la foulée".
const WHERE_SAID: [&str; 12] = [
    "cadre",
    "chaîne",
    "colonne",
    "cours",
    "foulée",
    "issue",
    "micro",
    "média",
    "presse",
    "radio",
    "salle",
    "vestiaire",
];

/// True if the preposition at `at` brings what a noun between marks is against, for or about ("une « haine » contre les
/// élus", "un « frein » à la relance"), not where or to whom it was said ("à la presse", "sur une chaîne").
fn is_aim(view: &View, at: u32, end: u32) -> bool {
    let Some(chunk) = phrase::chunk(view, at + 1, end).filter(|chunk| !phrase::is_time(view, *chunk)) else {
        return false;
    };
    let common = view.upos(chunk.head) == Upos::Noun && !view.is_capitalized(chunk.head);
    let determined = view.upos(chunk.range.start) == Upos::Det;
    let said_there = || {
        phrase::is_document(view, chunk.head)
            || is_occasion(view, at + 1)
            || WHERE_SAID.contains(&&*view.lemma(chunk.head))
    };
    match &*view.norm(at) {
        "contre" | "envers" | "parmi" => true,
        // Not "avec émotion".
        "pour" | "avec" => determined,
        "dans" => common && determined && !said_there(),
        "à" | "au" | "aux" | "sur" => {
            common && !said_there() && !phrase::is_human(view, chunk.head) && !phrase::is_body(view, chunk.head)
        }
        _ => false,
    }
}

/// What follows an insertion without a verb between commas, or `at`.
fn past_insertion(view: &View, at: u32, end: u32) -> u32 {
    // "dénonce, elle, une « dérive »", "évoque, quant à lui, un « accord »"
    let contrast = matches!(&*view.norm(at + 1), "lui" | "elle" | "eux" | "elles" | "quant");
    if !view.is(at, Word::Comma) || view.upos(at + 1) != Upos::Adp && !contrast {
        return at;
    }
    let close = (at + 1..end).find(|&at| view.is(at, Word::Comma) || view.in_marks(at) || is_finite(view, at));
    close.filter(|&close| view.is(close, Word::Comma)).map_or(at, |close| close + 1)
}

/// "22h00", "14h"
fn is_clock(view: &View, at: u32) -> bool {
    let form = view.form(at);
    form.starts_with(|c: char| c.is_ascii_digit()) && form.contains(['h', 'H'])
}

/// The end of an object whose marks end at `at`: further marks that are joined, complements with "de" or "entre".
fn object_end(view: &View, at: u32, sentence: TokenRange) -> u32 {
    const PARTS: usize = 4;
    let mut end = at;
    for _ in 0..PARTS {
        if end >= sentence.end {
            return sentence.end;
        }
        // "une « mascarade » autour du projet"
        if view.norm(end) == "autour" && matches!(view.word(end + 1), Word::De | Word::Du) {
            end += 1;
        }
        let of = matches!(view.word(end), Word::De | Word::Du) || view.norm(end) == "entre";
        if (of || is_aim(view, end, sentence.end))
            && let Some(chunk) = phrase::chunk(view, end + 1, sentence.end)
        {
            end = phrase::grow(view, chunk, sentence.end, view.norm(end) == "entre").end;
            continue;
        }
        // "des hausses « durables » et non une prime"
        let contrast = view.is(end, Word::Et) && matches!(&*view.norm(end + 1), "non" | "pas");
        if contrast && let Some(chunk) = phrase::chunk(view, end + 2, sentence.end) {
            end = phrase::grow(view, chunk, sentence.end, false).end;
            continue;
        }
        // "des « fissures » qui inquiètent les voisins": what no comma sets off.
        if matches!(view.word(end), Word::Qui | Word::Relative) {
            let stop = |at: &u32| {
                matches!(
                    view.word(*at),
                    Word::Comma | Word::Stop | Word::Colon | Word::Semicolon | Word::Et | Word::Mais
                ) || view.level(*at) != view.level(end)
            };
            let far = sentence.end.min(end + INSERTION);
            let close = (end..far).find(stop).unwrap_or(far);
            return if (end..close).any(|at| is_finite(view, at)) { close } else { end };
        }
        // "la « colère » suscitée par le projet"
        let feats = view.tag(end).feats;
        if view.upos(end) == Upos::Verb
            && feats.is_participle()
            && feats.is_past()
            && view.upos(end + 1) == Upos::Adp
            && let Some(chunk) = phrase::chunk(view, end + 2, sentence.end)
        {
            end = phrase::grow(view, chunk, sentence.end, false).end;
            continue;
        }
        // "des « mensonges » et (des) « théories »"
        let mut next = end + 1;
        while next < sentence.end
            && (matches!(view.word(next), Word::De | Word::Du)
                || matches!(view.upos(next), Upos::Det | Upos::Adj)
                || view.tag(next).feats.is_participle() && !view.tag(next).feats.is_past())
        {
            next += 1;
        }
        // "une gestion « terrible » et des secours « débordés »"
        if view.is(end, Word::Et) && next > end + 1 && view.upos(next) == Upos::Noun && !phrase::is_human(view, next) {
            next += 1;
        }
        let joined = matches!(view.word(end), Word::Et | Word::Comma) && next < sentence.end;
        match joined.then(|| view.opening(next)).flatten() {
            Some(pair) => end = pair.outer.end,
            None => return end,
        }
    }
    end
}

/// True if nothing that began before can go on after the token.
fn stops(view: &View, at: u32) -> bool {
    matches!(view.word(at), Word::Stop | Word::Colon | Word::Semicolon)
}

/// Where the clause that begins at `start` ends.
///
/// It reaches to the end of its sentence, its marks or `limit`, and stops before: a semicolon; what a comma brings after
/// a verbatim part; a narrator's tail (", ce qui", ", tandis que", ", mettant fin à"); the main clause, if the cue is in
/// a subordinate one ("Lorsqu'il a dit que P, Paul est parti"); and, for an infinitive, a finite verb of its own.
fn clause_end(view: &View, sentence: TokenRange, cue: &VerbCue, start: u32, limit: u32, infinitive: bool) -> u32 {
    let mut end = limit.min(sentence.end).max(start);
    if let Some(pair) = view.inner_pair(cue.verb) {
        end = end.min(pair.inner.end);
    }
    let subordinate = Subordination::of(view, sentence, cue);
    let mut at = start;
    let mut last_mark = None;
    let mut last_comma = None;
    // Clauses opened inside and not yet given their finite verb.
    let mut open = u32::from(!infinitive);
    let mut complete = infinitive;
    // The first verb of the clause, and the last one so far.
    let mut narrator = None;
    let mut last = start;
    while at < end {
        // Jump over a marked part.
        if let Some(pair) = view.pair_apart(at, cue.verb) {
            // "des pages comme « Paix » ou « Guerre » et créent": a title ends no clause.
            let verb = view.is(pair.outer.end, Word::Et);
            let closed = pair.outer.end < end && !pair.repaired && (!verb || is_clause(view, pair.inner));
            if closed && is_circumstance(view, pair.outer.end) {
                return pair.outer.end;
            }
            // "a dit qu'il « préférait attendre », mais la réunion a été reportée": its verb is that of the clause.
            if let Some(verb) = (pair.inner.start..pair.inner.end.min(end)).find(|&at| is_finite(view, at)) {
                narrator = narrator.or(Some(verb));
                last = verb;
            }
            last_mark = Some(pair.outer.end);
            at = pair.outer.end.max(at + 1);
            if at > end {
                // A verbatim part that runs over the sentence's end belongs to the clause whole.
                return pair.outer.end;
            }
            continue;
        }
        let finite = is_finite(view, at);
        complete |= finite;
        if finite {
            narrator = narrator.or(Some(at));
            last = at;
        }
        match view.word(at) {
            Word::Semicolon => return at,
            // "a promis d'aider les ports, dont la plupart sont fermés", "…, où deux cents personnes attendaient"
            Word::Comma
                if complete
                    && !view.in_marks(at)
                    && (view.norm(at + 1) == "où"
                        || infinitive
                            && (view.is(at + 1, Word::Relative)
                                || view.upos(at + 1) == Upos::Adp
                                    && matches!(view.word(at + 2), Word::Qui | Word::Relative)))
                    && !(at + 2..end.min(at + 2 + INSERTION))
                        .any(|at| view.is(at, Word::Comma) && is_finite(view, group_end(view, at + 1))) =>
            {
                return at;
            }
            // "nient avoir « triché » : selon leur avocat, P": the next source.
            Word::Colon if complete && view.is(at + 1, Word::Selon) => return at,
            // Not "le poste est, selon lui, une sinécure": what the verb still waits for.
            Word::Comma
                if complete
                    && is_comment(view, TokenRange::new(at + 1, end))
                    && !(start.max(at.saturating_sub(8))..at).any(|at| {
                        // "accuse la ville de tester, sous prétexte de pannes, un filtre"
                        let waits = matches!(view.upos(at.saturating_sub(1)), Upos::Verb | Upos::Aux)
                            && matches!(view.upos(at + 1), Upos::Adp | Upos::Adv);
                        view.is(at, Word::Comma) && (view.is(at + 1, Word::Selon) || waits)
                    }) =>
            {
                return at;
            }
            Word::Comma => {
                // After a verbatim part, what a comma brings is the narrator's: "…», la Russie étant"; not the first verb.
                let awaited = !complete && narrator.is_none() && is_finite(view, group_end(view, at + 1));
                if last_mark == Some(at) && !goes_on(view, at + 1) && !awaited
                    || is_tail(view, at + 1)
                    || complete && subordinate.ends(view, at, sentence.end)
                {
                    return at;
                }
                last_comma = Some(at);
            }
            Word::Dash if view.is(at + 1, Word::Comme) => return at,
            // "a reconnu avoir menti, mais nie le vol": a verb that nothing inside can go with is the reporter's.
            // "a ordonné de fuir, mais beaucoup refusent"
            Word::Et | Word::Mais
                if infinitive
                    && narrator.is_none()
                    && (is_finite(view, group_end(view, at + 1)) || has_subject_and_verb(view, at + 1, end)) =>
            {
                return if at > start && view.is(at - 1, Word::Comma) { at - 1 } else { at };
            }
            Word::Et | Word::Mais
                if !infinitive && narrator.is_some_and(|inner| resumes(view, cue, inner, last, at)) =>
            {
                return if at > start && view.is(at - 1, Word::Comma) { at - 1 } else { at };
            }
            Word::Que | Word::Qui | Word::Relative | Word::Si | Word::Interrogative | Word::Comme => open += 1,
            _ if view.norm(at) == "quiconque" => open += 1,
            Word::Subject | Word::Ce | Word::Et | Word::Mais => open = open.max(1),
            _ if infinitive && is_finite(view, at) => {
                if open == 0 {
                    // "affirmant connaître la femme se sont présentées", "avait dit partir, Paul est resté"
                    return last_comma.unwrap_or_else(|| group_start(view, start, at));
                }
                open -= 1;
            }
            _ => {}
        }
        at += 1;
    }
    end
}

/// True if a subject and right behind it its verb begin at `at`: a clause of its own.
fn has_subject_and_verb(view: &View, at: u32, end: u32) -> bool {
    let several =
        matches!(&*view.norm(at), "beaucoup" | "certains" | "certaines" | "plusieurs" | "tous" | "toutes" | "peu");
    let mut here = if several || view.upos(at) == Upos::Pron {
        at + 1
    } else {
        phrase::chunk(view, at, end).map_or(at, |c| c.range.end)
    };
    if here == at || view.upos(at) == Upos::Adp {
        return false;
    }
    here = group_end(view, here);
    here < end && is_finite(view, here)
}

/// `range` up to the narrator's words after its first verbatim part: "« P » et aborde la question".
pub(crate) fn without_circumstance(view: &View, range: TokenRange) -> TokenRange {
    let Some(mark) = (range.start..range.end).find(|&at| view.in_marks(at)) else { return range };
    match view.pair_at(mark) {
        Some(pair)
            if pair.outer.start == mark
                && pair.outer.end < range.end
                // "portait le nom de « Hippo » et n'était connu que d'eux", "le mal « gagne » et pourrait tuer"
                && (!view.is(pair.outer.end, Word::Et) || pair.outer.start == range.start)
                && is_circumstance(view, pair.outer.end) =>
        {
            TokenRange::new(range.start, pair.outer.end)
        }
        _ => range,
    }
}

/// True if what follows a verbatim part at `at` is the narrator's: a circumstance, a participle, a verb of its own.
fn is_circumstance(view: &View, at: u32) -> bool {
    let feats = view.tag(at).feats;
    match view.word(at) {
        Word::Et => is_finite(view, group_end(view, at + 1)) && !view.is(at + 1, Word::Subject),
        // "accuse Paul de « mentir » en changeant de date": a gerund belongs to what is done.
        Word::En => view.upos(at + 1) != Upos::Verb || view.tag(at + 1).feats.is_finite(),
        Word::Subordinator => matches!(&*view.norm(at), "tandis" | "alors" | "lorsque" | "lorsqu'"),
        Word::Apres => true,
        _ if view.norm(at) == "avant" => view.is(at + 1, Word::De) && infinitive_at(view, at + 2, at + 7).is_some(),
        _ if view.upos(at) == Upos::Verb => feats.is_participle() && !feats.is_past(),
        _ => {
            matches!(&*view.norm(at), "lors")
                || matches!(&*view.norm(at), "pendant" | "durant" | "devant" | "dans") && is_occasion(view, at + 1)
        }
    }
}

pub(crate) fn is_finite(view: &View, at: u32) -> bool {
    matches!(view.upos(at), Upos::Verb | Upos::Aux) && view.tag(at).feats.is_finite()
}

/// True if a phrase with "un" or "une" to the end is a comment on what was said: ", une accusation que Paul réfute".
pub(crate) fn is_comment(view: &View, range: TokenRange) -> bool {
    matches!(&*view.norm(range.start), "un" | "une")
        && view.upos(range.start) == Upos::Det
        && (range.start..range.end).all(|at| {
            if at > range.start + 3 && view.in_marks(at) && !view.in_marks(range.start) {
                return true;
            }
            // ", un chiffre repris lors du salon « Bois »": a mark right at its beginning would make it somebody's words.
            let joined = matches!(view.word(at), Word::Et | Word::Mais | Word::Semicolon)
                || view.is(at, Word::Mark) && at < range.start + 3;
            let free = is_finite(view, at)
                && !(range.start..at).any(|at| matches!(view.word(at), Word::Que | Word::Qui | Word::Relative));
            !joined && !free
        })
}

/// Where a clause that hangs on a noun or adjective ends: before the verb of the clause it stands in ("La crainte que P
/// | a grandi"), the narrator's tail, or what a semicolon or colon separates.
pub(crate) fn embedded_end(view: &View, sentence: TokenRange, start: u32, infinitive: bool) -> u32 {
    let level = view.level(start.saturating_sub(1));
    let mut open = u32::from(!infinitive);
    let mut last_comma = None;
    let mut at = start;
    while at < sentence.end {
        if let Some(pair) = view.pair_apart(at, start.saturating_sub(1)) {
            // A verbatim clause is complete.
            if is_clause(view, pair.inner) {
                open = 0;
            }
            at = pair.outer.end.max(at + 1);
            continue;
        }
        if view.level(at) != level {
            break;
        }
        match view.word(at) {
            Word::Semicolon | Word::Colon | Word::Stop => break,
            Word::Comma if is_tail(view, at + 1) => break,
            Word::Comma => last_comma = Some(at),
            Word::Que
            | Word::Qui
            | Word::Relative
            | Word::Si
            | Word::Interrogative
            | Word::Comme
            | Word::Subordinator => {
                open += 1;
            }
            // "et" between nouns after a comma opens no clause: "…, les caméras de CNN et CBS ont".
            Word::Et | Word::Mais if last_comma.is_none() => open = open.max(1),
            _ if is_finite(view, at) => {
                if open == 0 {
                    return last_comma.unwrap_or_else(|| group_start(view, start, at));
                }
                open -= 1;
                last_comma = None;
            }
            _ => {}
        }
        at += 1;
    }
    at.min(sentence.end)
}

/// True if the verb that the conjunction at `at` brings goes on with the cue, not with the reported clause whose first
/// verb is `inner` and whose last one `last`: it agrees in number or in tense with the cue alone, or stands in a tense of
/// telling behind a report in the past; a subject of its own it may have only then.
fn resumes(view: &View, cue: &VerbCue, inner: u32, last: u32, at: u32) -> bool {
    // "affirmant que P mais, depuis, la Corée a dénoncé": of a gerund only where the tense of the clause is left.
    let gerund = cue.form == Form::Gerund;
    if cue.form != Form::Finite && !gerund || cue.clitic.is_some() || cue.finite > cue.verb {
        return false;
    }
    // "P mais, dans les heures qui ont suivi, la Corée a dénoncé": past an insertion.
    let insertion = view.is(at + 1, Word::Comma);
    let at = if insertion { (at + 2..at + 2 + CLAUSE).find(|&at| view.is(at, Word::Comma)).unwrap_or(at) } else { at };
    let mut next = at + 1;
    while next < at + 4 && view.upos(next) == Upos::Adv && !view.is(next, Word::Ne) {
        next += 1;
    }
    let mut next = group_end(view, next);
    let mut subject = false;
    if !is_finite(view, next) {
        // "… que l'eau manquait, mais la réunion a été reportée": a subject that is a phrase, and its verb.
        let Some(verb) = (at + 1..at + CLAUSE).find(|&at| is_finite(view, at) || is_open(view, at)) else {
            return false;
        };
        subject = matches!(view.upos(at + 1), Upos::Det | Upos::Propn) && is_finite(view, verb);
        if !(subject || view.is(at + 1, Word::Subject) && is_finite(view, verb)) {
            return false;
        }
        next = verb;
    }
    if view.is(next + 1, Word::Inverted) {
        return false;
    }
    let (own, told, found) = (view.tag(cue.finite).feats, view.tag(inner).feats, view.tag(next).feats);
    let near = view.tag(last).feats;
    let differs = |a: Feats, b: Feats| a.is_plural() != b.is_plural();
    if differs(found, told) && !subject && !view.is(at + 1, Word::Subject) {
        return !differs(found, own) && differs(found, near);
    }
    let (own, told, found) = (tense(view, cue.finite), tense(view, inner), tense(view, next));
    // "a juré que le ballon avait touché, et les images lui donnent raison": after a verb in the past a reported clause is told
    // in the imperfect; what a comma brings in the present or the compound past is the narrator's.
    let past = |tense: (Option<&str>, Option<&str>)| matches!(tense.1, Some("Past" | "Imp")) && tense.0 != Some("Cnd");
    let reported = is_reported;
    let apart = insertion || view.is(at.saturating_sub(1), Word::Comma);
    let own_subject = subject || view.is(at + 1, Word::Subject) && found.1 == Some("Past");
    if own_subject
        && apart
        && (gerund || past(own))
        && reported(told)
        && reported(tense(view, last))
        && found.0 == Some("Ind")
        && matches!(found.1, Some("Pres" | "Past"))
    {
        return true;
    }
    if gerund || !subject && view.is(at + 1, Word::Subject) {
        return false;
    }
    // With a subject of its own it must be told as the cue is, in the past.
    if subject && (own.1 != Some("Past") || !insertion && view.norm(at) != "mais" && !view.is(at, Word::Et)) {
        return false;
    }
    found == own && found != told && found != tense(view, last)
}

/// True if a clause cannot go on to its verb past the token.
fn is_open(view: &View, at: u32) -> bool {
    matches!(
        view.word(at),
        Word::Que | Word::Qui | Word::Relative | Word::Comma | Word::Stop | Word::Semicolon | Word::Colon | Word::Mark
    )
}

/// The tense of the verb group that begins with the finite verb at `at`; a compound past counts as a past.
pub(crate) fn tense(view: &View, at: u32) -> (Option<&'static str>, Option<&'static str>) {
    let feats = view.tag(at).feats;
    let compound = matches!(view.upos(at), Upos::Aux | Upos::Verb)
        && matches!(&*view.lemma(at), "avoir" | "être")
        && (at + 1..at + 5)
            .find(|&next| !(view.upos(next) == Upos::Adv || view.is(next, Word::Inverted)))
            .is_some_and(|next| view.tag(next).feats.is_participle() && view.tag(next).feats.is_past());
    let tense = feats.value("Tense");
    let tense = if compound && tense == Some("Pres") { Some("Past") } else { tense };
    (feats.value("Mood"), tense)
}

/// The tenses that a report in the past is told in: imperfect and conditional.
fn is_reported((mood, tense): (Option<&str>, Option<&str>)) -> bool {
    tense == Some("Imp") || mood == Some("Cnd")
}

/// "a dit que Paul l'avait vue et lui avait ordonné de P": the verb at `verb` has the tense of the clause reported by the verb
/// `main`, whose last verb is `near`, and not that of `main`.
pub(crate) fn goes_with_inner(view: &View, main: u32, near: u32, verb: u32) -> bool {
    let own = tense(view, verb);
    is_reported(own) && own == tense(view, near) && own != tense(view, main)
}

/// The first clitic before the verb at `at`.
fn group_start(view: &View, floor: u32, at: u32) -> u32 {
    let mut start = at;
    while start > floor
        && matches!(view.word(start - 1), Word::Ne | Word::Reflexive | Word::Clitic | Word::En)
        && view.upos(start - 1) != Upos::Det
    {
        start -= 1;
    }
    start
}

/// True if what a comma brings at `at` is a comment on what was said, not part of it.
fn is_tail(view: &View, at: u32) -> bool {
    let next = view.word(at + 1);
    match view.word(at) {
        Word::Ce => matches!(next, Word::Qui | Word::Que | Word::Relative),
        Word::Subordinator => matches!(&*view.norm(at), "tandis" | "alors") && next == Word::Que,
        // "…, quand l'opposition juge que"
        Word::Interrogative => view.norm(at) == "quand" && view.upos(at) == Upos::Sconj,
        Word::Apres => next == Word::Que || view.tag(group_end(view, at + 1)).feats.is_infinitive(),
        // ", lors d'un débat, que P": an insertion.
        _ if matches!(&*view.norm(at), "lors" | "avant" | "sans") => {
            let close = (at..at + INSERTION).find(|&at| matches!(view.word(at), Word::Comma | Word::Stop));
            !close.is_some_and(|at| view.is(at, Word::Comma) && view.is(at + 1, Word::Que))
        }
        _ if view.norm(at) == "bien" => next == Word::Que,
        // "…, non sans rappeler que Q"
        _ if view.norm(at) == "non" => view.norm(at + 1) == "sans",
        // "…, au dixième jour d'une grève", "…, au lendemain d'un vote": when it was said.
        Word::Au => {
            view.norm(at + 1) == "lendemain"
                || matches!(view.upos(at + 1), Upos::Adj | Upos::Num)
                    && matches!(&*view.norm(at + 2), "jour" | "soir" | "mois")
        }
        // "…, quelques heures après le vote", "…, deux jours avant la fête"
        _ if matches!(view.upos(at), Upos::Num | Upos::Det)
            && matches!(
                &*view.lemma(at + 1),
                "minute" | "heure" | "jour" | "semaine" | "mois" | "an" | "année" | "lendemain"
            ) =>
        {
            matches!(&*view.norm(at + 2), "après" | "avant" | "de" | "du" | "d'")
        }
        // "…, dans un entretien au Soir": where it was said.
        _ if matches!(&*view.norm(at), "dans" | "sur" | "pendant" | "durant") => is_occasion(view, at + 1),
        _ => {
            let verb = group_end(view, at);
            let feats = view.tag(verb).feats;
            view.upos(verb) == Upos::Verb && feats.is_participle() && !feats.is_past()
        }
    }
}

/// True if the phrase at `at` is one of a document or of an occasion to speak, with nothing after it that would be another
/// clause: "un communiqué", "son discours de mardi".
fn is_occasion(view: &View, at: u32) -> bool {
    let Some(chunk) = phrase::chunk(view, at, at + CLAUSE) else { return false };
    let occasion = matches!(
        &*view.lemma(chunk.head),
        "discours"
            | "entretien"
            | "interview"
            | "entrevue"
            | "conférence"
            | "allocution"
            | "émission"
            | "communiqué"
            | "tribune"
            | "tweet"
            | "message"
            | "lettre"
            | "courrier"
            | "audition"
            | "antenne"
            | "plateau"
            | "réseau"
    );
    occasion
        && matches!(
            &*view.norm(chunk.range.start),
            "un" | "une" | "son" | "sa" | "l'" | "le" | "les" | "cette" | "ce" | "leur"
        )
}

/// Whether the cue stands in a subordinate clause, and of which kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subordination {
    Main,
    /// "Lorsqu'il a dit que P, …": the main clause has a subject.
    Adverbial,
    /// "la femme qui a dit que P, …": the main clause goes on with its verb.
    Relative,
}

impl Subordination {
    fn of(view: &View, sentence: TokenRange, cue: &VerbCue) -> Self {
        const NEAR: u32 = 20;
        // "Lorsque Anne, 37 ans, annonça que": the sentence begins with the conjunction, the cue is its first verb.
        // "Estimant que P, les avocats ont fait appel"
        // "Accusé par Paul d'avoir menti, le maire s'est défendu"
        let opens = matches!(cue.form, Form::Gerund | Form::Participle) && cue.left <= sentence.start + 1
            || view.norm(sentence.start) == "quand" && view.form(sentence.end - 1) != "?"
            || matches!(view.word(sentence.start), Word::Subordinator | Word::Si)
            || view.is(sentence.start, Word::Interrogative) && view.upos(sentence.start) == Upos::Sconj
            || view.is(sentence.start + 1, Word::Que) && is_locution(view, sentence.start);
        // "a beau dire que P, Q"
        if cue.left.checked_sub(1).is_some_and(|at| view.norm(at) == "beau") {
            return Self::Adverbial;
        }
        let reach = cue.left.min(sentence.start + 2 * NEAR);
        if opens && reach == cue.left && !(sentence.start..cue.left).any(|at| is_finite(view, at)) {
            return Self::Adverbial;
        }
        let floor = sentence.start.max(cue.left.saturating_sub(NEAR));
        for at in (floor..cue.left).rev() {
            match view.word(at) {
                // "Au terme d'un procès au cours duquel il a dit que P, Anne a été relaxée"
                Word::Qui | Word::Relative
                    if view.upos(sentence.start) == Upos::Adp
                        && !(sentence.start..at).any(|at| is_finite(view, at) || view.is(at, Word::Comma)) =>
                {
                    return Self::Adverbial;
                }
                Word::Qui | Word::Relative => return Self::Relative,
                Word::Subordinator | Word::Si | Word::Interrogative | Word::Comme => return Self::Adverbial,
                Word::Que if is_locution(view, at.saturating_sub(1)) => return Self::Adverbial,
                Word::Que | Word::Comma | Word::Semicolon | Word::Colon | Word::Mark => return Self::Main,
                _ => {}
            }
        }
        Self::Main
    }

    /// True if the main clause goes on after the comma at `at`.
    fn ends(self, view: &View, at: u32, end: u32) -> bool {
        const SUBJECT: u32 = 14;
        match self {
            Self::Main => false,
            Self::Relative => is_finite(view, group_end(view, at + 1)),
            Self::Adverbial => {
                // A subject and its verb, with nothing that would make another clause of it.
                let mut here = at + 1;
                let mut subject = false;
                // "le maire, Paul Roux, a dit": an apposition between commas.
                let mut apposed = (here..end.min(at + SUBJECT))
                    .find(|&at| view.is(at, Word::Comma))
                    .and_then(|comma| phrase::chunk(view, comma + 1, end).map(|chunk| (comma, chunk)))
                    .filter(|(_, chunk)| view.is(chunk.range.end, Word::Comma) && view.upos(chunk.head) == Upos::Propn);
                while here < end.min(at + SUBJECT) {
                    if let Some((_, chunk)) = apposed.filter(|(comma, _)| *comma == here && subject) {
                        here = chunk.range.end + 1;
                        apposed = None;
                        continue;
                    }
                    match view.word(here) {
                        Word::Que
                        | Word::Qui
                        | Word::Relative
                        | Word::Comma
                        | Word::Si
                        | Word::Subordinator
                        | Word::Et
                        | Word::Mais => return false,
                        _ => {}
                    }
                    if is_finite(view, here) {
                        return subject;
                    }
                    subject |= matches!(view.upos(here), Upos::Noun | Upos::Propn | Upos::Pron);
                    here += 1;
                }
                false
            }
        }
    }
}

/// The first token after the clitics at `at`.
pub(crate) fn group_end(view: &View, at: u32) -> u32 {
    let mut end = at;
    while end < at + 4 && matches!(view.word(end), Word::Ne | Word::Reflexive | Word::Clitic | Word::En) {
        end += 1;
    }
    end
}

/// True if the clause goes on at `at`, after a comma: a conjunction, "que", another marked part.
fn goes_on(view: &View, at: u32) -> bool {
    matches!(view.word(at), Word::Et | Word::Mais | Word::Que | Word::Mark | Word::Relative)
        // "« la mère de tous », y compris de ceux du Nord"
        || view.norm(at) == "y" && view.norm(at + 1) == "compris"
        || view.is(at, Word::Si) && view.upos(at) == Upos::Sconj
        // "pas « un monstre », seulement « quelqu'un »"
        || view.upos(at) == Upos::Adv && view.opening(at + 1).is_some()
}
