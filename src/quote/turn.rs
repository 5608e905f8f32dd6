//! Turns of dialogue and of interviews as frames: direct speech that no quotation mark tells.
//!
//! `dialogue` and `headed` find the turns; here each gets the cue and the source that its incise, its introduction or its
//! heading names, by the same search as in news. [`without`] leaves out what the sentence rules made of the same words.

use crate::quote::dialogue::Turn;
use crate::quote::frame::Frame;
use crate::quote::speaker::Source;
use crate::quote::telling::{self, Telling};
use crate::quote::view::View;
use crate::quote::{dialogue, headed};
use crate::text::TokenRange;

/// The turns of a text as frames, by position.
pub(crate) fn all(view: &View, paragraphs: &[TokenRange]) -> Vec<Frame> {
    let spoken = dialogue::turns(view.text, view.tokens, paragraphs, view.pairs);
    let mut floor = 0;
    let mut frames: Vec<Frame> = Vec::with_capacity(spoken.len());
    for turn in &spoken {
        let Telling { cue, source } = told(view, turn, floor);
        let (cue, lemma) = cue.unwrap_or((TokenRange::default(), ""));
        floor = turn.outer.end.max(turn.incise.map_or(0, |incise| incise.end));
        frames.push(frame(turn.content.clone(), cue, lemma, source, if turn.answers { "answer" } else { "turn" }));
    }
    let headed = headed::turns(view.text, view.tokens, paragraphs);
    // "DUPONT. – Vous partez ?" is one turn, headed; what its dash opens is the same.
    let mut covered: Vec<TokenRange> = headed.iter().flat_map(|turn| turn.content.iter().copied()).collect();
    covered.sort_unstable_by_key(|range| range.start);
    frames.retain(|frame| {
        frame.parts.iter().all(|part| {
            let at = covered.partition_point(|range| range.end <= part.start);
            covered.get(at).is_none_or(|range| !range.overlaps(*part))
        })
    });
    frames.extend(headed.into_iter().map(|turn| {
        let source = Source::found(turn.heading, "heading");
        frame(turn.content, TokenRange::default(), "", source, "headed-turn")
    }));
    frames.retain(|frame| !frame.parts.is_empty());
    frames.sort_by_key(|frame| frame.parts.first().map_or(0, |part| part.start));
    frames
}

/// Sentences of narration before a turn that are asked who speaks.
const BACK: usize = 2;

/// Who speaks a turn: its incise says so, or else the sentence that leads to it, or else the narration beside it, which
/// begins at `floor` or later.
fn told(view: &View, turn: &Turn, floor: u32) -> Telling {
    let nobody = Telling { cue: None, source: Source::NONE };
    if let Some(telling) = turn.incise.and_then(|incise| telling::incise(view, incise))
        && telling.source.range.is_some()
    {
        return telling;
    }
    let leads = turn.introduction.is_some();
    let before = turn.introduction.or_else(|| turn.context.filter(|_| !turn.answers));
    let mut found = nobody;
    let mut sentence = before;
    for _ in 0..BACK {
        let Some(range) = sentence else { break };
        let telling = telling::leading(view, range);
        found.cue = found.cue.or(telling.cue.filter(|_| leads));
        if telling.source.range.is_some() {
            found.source = telling.source;
            return found;
        }
        sentence = range.start.checked_sub(1).filter(|&at| at >= floor).map(|at| {
            let sentence = view.sentence_of(at);
            TokenRange::new(sentence.start.max(floor), sentence.end.min(range.start))
        });
    }
    if let Some(source) = turn.incise.and_then(|narration| telling::following(view, narration)) {
        found.source = source;
    }
    found
}

fn frame(parts: Vec<TokenRange>, cue: TokenRange, lemma: &'static str, source: Source, why: &'static str) -> Frame {
    Frame { parts, direct: true, cue, lemma, source, why, belief: false, asserted: true, hole: None }
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
