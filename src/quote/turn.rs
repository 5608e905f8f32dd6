//! Turns of dialogue and of interviews as frames: direct speech that no quotation mark tells.
//!
//! `dialogue` and `headed` find the turns; here each gets the cue and the source that its incise, its introduction or its
//! heading names, by the same search as in news. [`without`] leaves out what the sentence rules made of the same words.

use crate::quote::cue;
use crate::quote::frame::Frame;
use crate::quote::speaker::{self, Source};
use crate::quote::view::View;
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
            let (cue, lemma, source) = told.unwrap_or((TokenRange::default(), "", Source::NONE));
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
    let source = if after.range.is_some() {
        after
    } else {
        speaker::subject(view, &crate::quote::phrase::chunks(view, range), range, &verb)
    };
    Some((verb.range, verb.entry.lemma, source))
}

/// The last reporting verb of the sentence that leads to a turn: "Anne se leva et dit :".
fn told_before(view: &View, sentence: TokenRange) -> Option<(TokenRange, &'static str, Source)> {
    let verb = cue::find(view, sentence).into_iter().rfind(|verb| verb.entry.frames.inc)?;
    let source = speaker::subject(view, &crate::quote::phrase::chunks(view, sentence), sentence, &verb);
    Some((verb.range, verb.entry.lemma, source))
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
