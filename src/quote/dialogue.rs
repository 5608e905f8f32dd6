//! Dialogue: turns that a dash opens, and speech in novels, with or without marks.
//!
//! Takes tokens, paragraphs and paired marks, gives [`Turn`]s: what is said, narration cut out, and the narration that
//! tells who speaks. A text must first show that it holds dialogue ([`holds_dialogue`]): dashes of asides, lists, scores
//! and datelines open nothing. Then its units (`unit`) get voices (`speech_model`), and runs of speech become turns:
//! a new one at a dash, at an opening mark, at a paragraph; the same one goes on behind an incise.
//! docs/dialogue.md says how and how well. Every step is one pass over the tokens.

use super::marks::Pair;
use super::speech_model::{Voice, Weights, model, voices};
use super::unit::{Incise, Sign, Unit, bit, outline, units};
use crate::text::TokenRange;
use crate::token::Token;

/// What opens a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    /// A dash, with or without a quotation mark behind it.
    Dash,
    /// A quotation mark.
    Mark,
    /// Nothing but a paragraph or a colon.
    Bare,
}

/// What somebody says before somebody else or the narrator takes over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turn {
    /// What is said, without dash and marks; several ranges where an incise interrupts it.
    pub(crate) content: Vec<TokenRange>,
    /// The same ranges with their dash and marks.
    pub(crate) parts: Vec<TokenRange>,
    /// From the first part to the end of the last.
    pub(crate) outer: TokenRange,
    /// What opens it.
    pub(crate) opening: Opening,
    /// The narration that interrupts or follows it and holds the cue ("dit-il en riant"), its sentence only.
    pub(crate) incise: Option<TokenRange>,
    /// The sentence of narration right before it, if it leads to it: "Anne se leva et dit :".
    pub(crate) introduction: Option<TokenRange>,
    /// The last sentence of the narration right before it, if no paragraph of narration lies between.
    pub(crate) context: Option<TokenRange>,
    /// It follows another turn with no narration between: somebody answers.
    pub(crate) answers: bool,
}

/// Where a text holds dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reach {
    /// Nowhere.
    None,
    /// In the paragraphs with these numbers, sorted: dashes open a few of an article, the others are read as news.
    Paragraphs(Vec<u32>),
    /// All over.
    Whole,
}

/// Paragraphs of a text for one that a dash opens: with more of them the text holds a dialogue and is none.
const OTHERS: usize = 3;

/// Verbs of a tale for one in the simple past; with more of them no narrator tells it.
const TOLD: usize = 20;

/// Units in the simple past that make a text a tale.
const TALE: usize = 20;

/// False if [`holds_dialogue`] finds none whatever the words of the units are, as in most news: no dash that counts, and
/// not the tense of a tale. Looks at few words.
fn may_hold_dialogue(text: &str, tokens: &[Token], units: &[Unit]) -> bool {
    let mut dashes = (0..units.len()).filter(|&i| opens_turn(units, i));
    let may_dash =
        dashes.next().is_some_and(|i| units.get(i).is_some_and(|unit| unit.first) || dashes.next().is_some());
    may_dash
        || units.iter().filter(|unit| unit.marked == 0 && unit.has_simple_past(text, tokens)).nth(TALE - 1).is_some()
}

/// True if a unit begins with a dash behind which somebody can speak.
fn opens_turn(units: &[Unit], i: usize) -> bool {
    let Some(unit) = units.get(i) else { return false };
    let before = i.checked_sub(1).and_then(|at| units.get(at));
    let starts =
        before.is_none_or(|before| unit.first || before.trail.ends() || before.trail == Sign::Colon || before.closes);
    unit.lead[0] == Sign::Dash && starts && (unit.capital || unit.lead[1] == Sign::Open)
}

/// Where a text shows that it holds dialogue: dashes behind which somebody speaks, or the tense of a tale.
fn holds_dialogue(units: &[Unit]) -> Reach {
    let (mut openings, mut evidence) = (0_usize, 0_usize);
    let mut led_by_dash: Vec<u32> = Vec::new();
    // A turn on a line of its own with its incise; one dash within a paragraph may be that of a dateline.
    let mut incised = false;
    let (mut finite, mut tale) = (0_usize, 0_usize);
    for (i, unit) in units.iter().enumerate() {
        if opens_turn(units, i) {
            openings += 1;
            led_by_dash.push(unit.paragraph);
            let mut own = 0;
            for (offset, ahead) in units.iter().skip(i).take(6).enumerate() {
                if offset > 0 && (ahead.first || ahead.lead[0] == Sign::Dash) {
                    break;
                }
                if offset > 0 && matches!(ahead.incise, Incise::Clitic | Incise::Noun) && !ahead.capital {
                    own = 2;
                }
                let spoken =
                    ahead.trail == Sign::Strong || ahead.words & (bit::FIRST | bit::SECOND | bit::INTERJECTION) != 0;
                own = own.max(usize::from(spoken));
            }
            evidence += own;
            incised |= unit.first && own == 2;
        }
        if unit.marked == 0 && unit.words & bit::FINITE != 0 {
            finite += 1;
            tale += usize::from(unit.words & bit::SIMPLE_PAST != 0 && unit.words & bit::PRESENT == 0);
        }
    }
    let dashes = openings >= 2 && evidence >= 2 && evidence * 2 >= openings;
    if !(dashes || incised || (tale >= TALE && tale * 4 >= finite)) {
        return Reach::None;
    }
    led_by_dash.dedup();
    let paragraphs = units.iter().filter(|unit| unit.first).count();
    let told = tale >= 2 && tale * TOLD >= finite;
    if told || led_by_dash.len() * OTHERS >= paragraphs {
        return Reach::Whole;
    }
    // "« Tu viens ?", then "— Non. »": a mark opens the paragraph before the first dash.
    let led = units.iter().filter(|unit| {
        unit.first && unit.lead[0] == Sign::Open && led_by_dash.binary_search(&(unit.paragraph + 1)).is_ok()
    });
    let mut reached: Vec<u32> = led.map(|unit| unit.paragraph).chain(led_by_dash.iter().copied()).collect();
    reached.sort_unstable();
    reached.dedup();
    Reach::Paragraphs(reached)
}

/// The turns of a text, by position; none where it holds no dialogue.
pub(crate) fn turns(text: &str, tokens: &[Token], paragraphs: &[TokenRange], pairs: &[Pair]) -> Vec<Turn> {
    turns_with(model(), text, tokens, paragraphs, pairs)
}

fn turns_with(
    weights: &impl Weights,
    text: &str,
    tokens: &[Token],
    paragraphs: &[TokenRange],
    pairs: &[Pair],
) -> Vec<Turn> {
    let mut units = outline(text, tokens, paragraphs, pairs);
    if !may_hold_dialogue(text, tokens, &units) {
        return Vec::new();
    }
    for unit in &mut units {
        unit.read_words(text, tokens);
    }
    let reach = holds_dialogue(&units);
    if reach == Reach::None {
        return Vec::new();
    }
    for unit in &mut units {
        unit.read_compound(text, tokens);
    }
    let mut voices = voices(&units, weights);
    open_exchanges(&units, &mut voices);
    if let Reach::Paragraphs(reached) = reach {
        for (unit, voice) in units.iter().zip(&mut voices) {
            if reached.binary_search(&unit.paragraph).is_err() {
                *voice = Voice::Narration;
            }
        }
    }
    assemble(&units, &voices)
}

/// "« Je n'ai rien vu. ¶ — Si. ¶ — Non. »": what a mark opens before the dashes of an exchange is its first turn.
fn open_exchanges(units: &[Unit], voices: &mut [Voice]) {
    let starts: Vec<usize> = (0..units.len()).filter(|&i| units.get(i).is_some_and(|unit| unit.first)).collect();
    for pair in starts.windows(2) {
        let &[start, next] = pair else { continue };
        let (Some(own), Some(unit)) = (units.get(start..next), units.get(next)) else { continue };
        let answered = unit.lead[0] == Sign::Dash && unit.marked == 3 && voices.get(next) == Some(&Voice::Speech);
        let opens = own.first().is_some_and(|unit| unit.lead[0] == Sign::Open) && !own.iter().any(|unit| unit.closes);
        let told = own.iter().any(|unit| unit.incise != Incise::None && !unit.capital);
        if answered && opens && !told {
            voices.get_mut(start..next).unwrap_or_default().fill(Voice::Speech);
        }
    }
}

/// Makes turns of runs of speech.
fn assemble(units: &[Unit], voices: &[Voice]) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    // The voice before, and where the narration since the last speech began.
    let mut before = Voice::Narration;
    let mut narration: Option<usize> = None;
    for (i, (unit, &voice)) in units.iter().zip(voices).enumerate() {
        if voice != Voice::Speech {
            narration.get_or_insert(i);
            if let Some(turn) = turns.last_mut()
                && before == Voice::Speech
                && voice == Voice::Incise
                && turn.incise.is_none()
            {
                turn.incise = Some(unit.range);
            } else if let Some(incise) = turns.last_mut().and_then(|turn| turn.incise.as_mut())
                && voice == Voice::Incise
                && incise.end == unit.range.start
            {
                incise.end = unit.range.end;
            }
            before = voice;
            continue;
        }
        let since = narration.and_then(|from| units.get(from..i)).unwrap_or_default();
        let told = since.iter().any(|unit| unit.first);
        // The incise of the turn before is no narration between turns.
        let told_by = narration.and_then(|from| voices.get(from..i)).unwrap_or_default();
        let only_incise = told_by.iter().all(|&voice| voice == Voice::Incise);
        let dash = unit.lead[0] == Sign::Dash;
        let mark = unit.lead.contains(&Sign::Open) && unit.marked <= 1;
        let after_end = i
            .checked_sub(1)
            .and_then(|at| units.get(at))
            .is_none_or(|unit| unit.trail.ends() || unit.closes || unit.trail == Sign::Colon);
        let new = turns.is_empty() || told || unit.first || mark || (dash && (before == Voice::Speech || after_end));
        // Inside of its marks a paragraph that begins without a dash goes on with the same turn.
        let goes_on = unit.first && !dash && unit.marked == 3 && since.is_empty();
        let speech =
            TokenRange::new(if dash && !new { unit.range.start + 1 } else { unit.range.start }, unit.range.end);
        match turns.last_mut() {
            Some(turn) if !new || goes_on => {
                if before == Voice::Speech
                    && let (Some(part), Some(content)) = (turn.parts.last_mut(), turn.content.last_mut())
                {
                    part.end = speech.end;
                    content.end = said(unit).end;
                } else {
                    turn.parts.push(speech);
                    turn.content.push(said(unit));
                }
                turn.outer.end = speech.end;
            }
            _ => {
                let opening = if dash {
                    Opening::Dash
                } else if mark {
                    Opening::Mark
                } else {
                    Opening::Bare
                };
                let answers = before == Voice::Speech || (only_incise && !turns.is_empty());
                let leads = !answers || since.last().is_some_and(|unit| unit.trail == Sign::Colon);
                let since = if leads { since } else { &[] };
                turns.push(Turn {
                    content: vec![said(unit)],
                    parts: vec![speech],
                    outer: speech,
                    opening,
                    incise: None,
                    introduction: introduction(since),
                    context: last_sentence(since),
                    answers,
                });
            }
        }
        before = voice;
        narration = None;
    }
    for turn in &mut turns {
        trim(turn, units);
    }
    turns
}

/// The words of a unit with the stops that belong to them, without dash, marks and a last comma.
fn said(unit: &Unit) -> TokenRange {
    let end = if unit.trail == Sign::Comma && !unit.closes { unit.body.end } else { unit.said_end };
    TokenRange::new(unit.body.start, end)
}

/// Leaves out of the parts of a turn what belongs to the narration: a semicolon or a comma before an incise.
fn trim(turn: &mut Turn, _units: &[Unit]) {
    turn.outer = TokenRange::new(turn.outer.start, turn.parts.last().map_or(turn.outer.end, |part| part.end));
}

/// The last sentence of the narration before a turn, if it leads to the turn.
fn introduction(narration: &[Unit]) -> Option<TokenRange> {
    let sentence = last_units(narration)?;
    let colon = sentence.last().is_some_and(|unit| unit.trail == Sign::Colon);
    let leads = colon || sentence.iter().any(|unit| unit.words & bit::SPEECH != 0);
    leads.then(|| range_of(sentence))
}

/// The last sentence of the narration before a turn.
fn last_sentence(narration: &[Unit]) -> Option<TokenRange> {
    last_units(narration).map(range_of)
}

fn last_units(narration: &[Unit]) -> Option<&[Unit]> {
    narration.last()?;
    let start = narration.iter().rev().skip(1).position(|unit| unit.trail.ends() || unit.closes);
    let paragraph = narration.iter().rposition(|unit| unit.first).unwrap_or(0);
    let first = start.map_or(0, |back| narration.len() - 1 - back).max(paragraph);
    narration.get(first..)
}

fn range_of(sentence: &[Unit]) -> TokenRange {
    let start = sentence.first().map_or(0, |unit| unit.body.start);
    TokenRange::new(start, sentence.last().map_or(start, |unit| unit.body.end))
}

/// The tokens and units of a text: what the training of the model sees.
#[must_use]
pub fn read_units(text: &str) -> (Vec<Token>, Vec<Unit>) {
    let (tokens, paragraphs, pairs) = columns(text);
    let units = units(text, &tokens, &paragraphs, &pairs);
    (tokens, units)
}

/// The spans of speech of a text in code points, dashes and marks included.
#[must_use]
pub fn speech_spans(text: &str) -> Vec<[u32; 2]> {
    speech_spans_with(text, model())
}

/// The same by other weights: those of a model in training.
#[must_use]
pub fn speech_spans_with(text: &str, weights: &impl Weights) -> Vec<[u32; 2]> {
    let (tokens, paragraphs, pairs) = columns(text);
    let turns = turns_with(weights, text, &tokens, &paragraphs, &pairs);
    let parts = turns.iter().flat_map(|turn| &turn.parts);
    parts
        .filter_map(|part| {
            let (first, last) = (tokens.get(part.start as usize)?, tokens.get(part.end.checked_sub(1)? as usize)?);
            Some([first.chars.start, last.chars.end])
        })
        .collect()
}

fn columns(text: &str) -> (Vec<Token>, Vec<TokenRange>, Vec<Pair>) {
    let tokens = crate::token::tokenize(text);
    let sentences = crate::sentence::split(text, &tokens, crate::sentence::LineMode::default());
    let paragraphs = super::marks::paragraphs(text, &tokens, &sentences);
    let pairs = super::marks::pair(text, &tokens, &sentences, &paragraphs);
    (tokens, paragraphs, pairs)
}
