//! Turns of dialogue and of interviews as frames: direct speech that no quotation mark tells.
//!
//! `dialogue` and `headed` find the turns; here each gets the cue and the source that its incise, its introduction or its
//! heading names, by the same search as in news. [`without`] leaves out what the sentence rules made of the same words.

use crate::morph::Upos;
use crate::quote::cue;
use crate::quote::frame::Frame;
use crate::quote::phrase;
use crate::quote::speaker::{self, Source};
use crate::quote::view::{View, Word};
use crate::quote::{dialogue, headed};
use crate::text::TokenRange;

/// The turns of a text as frames, by position.
pub(crate) fn all(view: &View, paragraphs: &[TokenRange]) -> Vec<Frame> {
    let spoken = dialogue::turns(view.text, view.tokens, paragraphs, view.pairs);
    let mut frames: Vec<Frame> = spoken
        .iter()
        .map(|turn| {
            let told = turn.incise.and_then(|incise| told(view, incise, true));
            let told = told.or_else(|| turn.introduction.and_then(|sentence| told_before(view, sentence)));
            let (cue, lemma, mut source) = told.unwrap_or((TokenRange::default(), "", Source::NONE));
            if source.range.is_none() {
                source = turn
                    .incise
                    .and_then(|incise| actor(view, incise))
                    .or_else(|| turn.context.filter(|_| !turn.answers).and_then(|sentence| actor(view, sentence)))
                    .unwrap_or(Source::NONE);
            }
            frame(turn.content.clone(), cue, lemma, source, if turn.answers { "answer" } else { "turn" })
        })
        .collect();
    frames.extend(headed::turns(view.text, view.tokens, paragraphs).into_iter().map(|turn| {
        let source = Source::found(turn.heading, "heading");
        frame(turn.content, TokenRange::default(), "", source, "headed-turn")
    }));
    frames.retain(|frame| !frame.parts.is_empty());
    frames.sort_by_key(|frame| frame.parts.first().map_or(0, |part| part.start));
    frames
}

fn frame(parts: Vec<TokenRange>, cue: TokenRange, lemma: &'static str, source: Source, why: &'static str) -> Frame {
    Frame { parts, direct: true, cue, lemma, source, why, belief: false, asserted: true, hole: None }
}

/// The first reporting verb of a stretch of narration, with its subject.
fn told(view: &View, range: TokenRange, inverted: bool) -> Option<(TokenRange, &'static str, Source)> {
    let verb = cue::find(view, range).into_iter().find(|verb| verb.entry.frames.inc)?;
    let sentence = view.sentence_of(verb.verb);
    let sentence = TokenRange::new(sentence.start.min(range.start), sentence.end.max(range.end));
    let after = if inverted { speaker::inverted(view, sentence, &verb) } else { Source::NONE };
    let source =
        if after.range.is_some() { after } else { speaker::subject(view, &phrase::chunks(view, range), range, &verb) };
    Some((verb.range, verb.entry.lemma, source))
}

/// The last reporting verb of the sentence that leads to a turn: "Anne se leva et dit :".
fn told_before(view: &View, sentence: TokenRange) -> Option<(TokenRange, &'static str, Source)> {
    let verb = cue::find(view, sentence).into_iter().rfind(|verb| verb.entry.frames.inc)?;
    let source = speaker::subject(view, &phrase::chunks(view, sentence), sentence, &verb);
    Some((verb.range, verb.entry.lemma, source))
}

/// Who acts in a stretch of narration beside a turn: the subject of its first finite verb. "Le vieux se retourna."
fn actor(view: &View, range: TokenRange) -> Option<Source> {
    let chunks = phrase::chunks(view, range);
    let mut from = range.start;
    for at in range.start..range.end {
        let feats = view.tag(at).feats;
        if !matches!(view.upos(at), Upos::Verb | Upos::Aux) || !feats.is_finite() {
            continue;
        }
        // "fit-il", "reprit-elle"
        if view.is(at + 1, Word::Inverted) && at + 1 < range.end {
            return Some(Source::found(TokenRange::new(at + 1, at + 2), "clitic"));
        }
        let pronoun = (from..at).find(|&i| is_subject_pronoun(&view.norm(i)));
        if let Some(i) = pronoun {
            return Some(Source::found(TokenRange::new(i, i + 1), "narrated-actor"));
        }
        let chunk = chunks.iter().find(|chunk| {
            chunk.range.start >= from
                && chunk.range.end <= at
                && !chunk.is_governed()
                && !phrase::is_time(view, **chunk)
        });
        if let Some(&chunk) = chunk {
            return Some(Source::found(phrase::grow(view, chunk, at, false), "narrated-actor"));
        }
        from = at + 1;
    }
    None
}

fn is_subject_pronoun(norm: &str) -> bool {
    matches!(norm, "il" | "elle" | "je" | "j'" | "ils" | "elles" | "celui-ci" | "celle-ci" | "l'un" | "l'autre")
}

/// The frames that do not report the words of a turn: those of the narration, and third parties inside a turn.
pub(crate) fn without(view: &View, frames: Vec<Frame>, turns: &[Frame]) -> Vec<Frame> {
    if turns.is_empty() {
        return frames;
    }
    let mut parts: Vec<TokenRange> = turns.iter().flat_map(|turn| turn.parts.iter().copied()).collect();
    parts.sort_unstable();
    let cues: std::collections::HashSet<u32> = turns.iter().map(|turn| turn.cue.start).collect();
    frames
        .into_iter()
        .filter(|frame| {
            let within = |range: TokenRange| {
                let at = parts.partition_point(|part| part.end <= range.start);
                parts.get(at).is_some_and(|part| part.overlaps(range))
            };
            if within(frame.cue) {
                // Somebody reports in a turn: as inside marks, only a third party counts.
                return crate::quote::select::is_third_party(view, frame);
            }
            !cues.contains(&frame.cue.start) && !frame.parts.iter().any(|&part| within(part))
        })
        .collect()
}
