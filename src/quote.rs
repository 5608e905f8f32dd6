//! Who said what: quotations with their cue and their speaker, and the marked spans that are none.
//!
//! This file defines what the stage gives and calls its steps, one file each under `quote/`: `marks` pairs, `view` sees
//! the columns as one, `cue`, `source` and `phrase` find what opens a report, `content` and `speaker` what was said and by
//! whom, `frame` puts a sentence together, `dialogue`, `headed` and `turn` read conversations, `select` decides. The scheme
//! is that of `docs/annotation.md`; everything is ranges of tokens of one [`Doc`](crate::Doc).

use crate::entity::{Columns, Entity, Mention, Name, SpeakerRef, names, resolve};
use crate::tag::Tagged;
use crate::text::TokenRange;
use crate::token::Token;

mod cast;
mod confidence;
mod content;
mod cue;
mod dialogue;
mod frame;
mod headed;
mod marks;
mod noun;
mod phrase;
mod select;
mod source;
mod speaker;
mod speech_model;
mod taking;
mod telling;
mod turn;
mod unit;
mod view;

use frame::Frame;
use view::View;

/// What the training of the speech model needs; no part of the interface.
pub mod speech_training {
    pub use super::dialogue::{read_units, speech_spans, speech_spans_with};
    pub use super::headed::headed_spans;
    pub use super::speech_model::{
        FeatureTable, SpeechModel, Style, Voice, Weights, crossed, decode, features, model, plain, steps, style, voices,
    };
    pub use super::unit::{Incise, Sign, Unit, bit};
}

/// How much of the utterance is verbatim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuoteKind {
    /// The whole utterance is between marks, or a turn of dialogue.
    Direct,
    /// A reported clause or phrase with a verbatim part.
    Mixed,
    /// Reported speech without marks.
    Indirect,
}

impl QuoteKind {
    /// "direct", "mixed" or "indirect", as in the JSON form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

/// The words that open a quotation: a verb group, "selon", a noun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// The group as it stands: auxiliary, adverbs and clitic subject included ("a-t-il expliqué").
    pub range: TokenRange,
    /// Lemma of the reporting word ("expliquer").
    pub lemma: Box<str>,
}

/// One attributed utterance.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// How much of it is verbatim.
    pub kind: QuoteKind,
    /// What was said: one range, or several where the narration interrupts it.
    pub content: Vec<TokenRange>,
    /// The verbatim parts, marks excluded.
    pub quoted: Vec<TokenRange>,
    /// The words that open it, if any.
    pub cue: Option<Cue>,
    /// The phrase that names the source, if it is expressed.
    pub speaker: Option<Mention>,
    /// Index of the entity that speaks, if it is known; also where no phrase names it.
    pub entity: Option<u32>,
    /// Index of the quotation whose content holds this one.
    pub parent: Option<u32>,
    /// The cue is a verb of belief (penser, craindre), not of speech.
    pub belief: bool,
    /// False if the report is negated, questioned or hypothetical ("n'a pas dit que").
    pub asserted: bool,
    /// Estimated probability that content and speaker are right, 0 to 1.
    pub confidence: f32,
    /// The pattern that found it and the evidence for its speaker.
    pub why: Why,
}

impl Quote {
    /// The confidence with the two decimals that the estimate is worth.
    #[must_use]
    pub fn rounded_confidence(&self) -> f64 {
        (f64::from(self.confidence) * 100.0).round() / 100.0
    }
}

/// Why a quotation was found: names of patterns, for the sceptical reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Why {
    /// How the content was found, e.g. `incise`, `que-clause`, `selon`.
    pub content: &'static str,
    /// How the speaker was found, e.g. `inverted-subject`, `running-speaker`.
    pub speaker: &'static str,
}

/// What a span between marks is, if nobody said it here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MarkRole {
    /// Words somebody said: part of a quotation.
    Utterance,
    /// Title of a work, an event, a text.
    Title,
    /// A word talked about ("le mot « paix »").
    Term,
    /// Distance or irony.
    Scare,
    /// A nickname ("Robert « Bob » Martin").
    Nickname,
    /// A proper name.
    Name,
    /// A word of another language.
    Foreign,
    /// Verbatim words without a source in sight.
    Unattributed,
}

impl MarkRole {
    /// The name in Python.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utterance => "utterance",
            Self::Title => "title",
            Self::Term => "term",
            Self::Scare => "scare",
            Self::Nickname => "nickname",
            Self::Name => "name",
            Self::Foreign => "foreign",
            Self::Unattributed => "unattributed",
        }
    }
}

/// A span between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkedSpan {
    /// The tokens inside the marks.
    pub range: TokenRange,
    /// The tokens with their marks.
    pub outer: TokenRange,
    /// What it is.
    pub role: MarkRole,
}

/// All that the stage gives for one text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attribution {
    /// The quotations, by position.
    pub quotes: Vec<Quote>,
    /// Every span between marks, by position.
    pub marked: Vec<MarkedSpan>,
    /// The people and organizations named.
    pub entities: Vec<Entity>,
}

/// Finds the quotations of a text whose tokens have these tags.
pub(crate) fn extract(text: &str, tokens: &[Token], sentences: &[TokenRange], tags: &[Tagged]) -> Attribution {
    let paragraphs = marks::paragraphs(text, tokens, sentences);
    let pairs = marks::pair(text, tokens, sentences, &paragraphs);
    let view = View::new(text, tokens, tags, sentences, &pairs);
    let frames: Vec<Frame> = sentences
        .iter()
        .flat_map(|&sentence| windows(sentence))
        .flat_map(|window| frame::of_sentence(&view, window))
        .collect();
    let columns = Columns::new(text, tokens, sentences, tags);
    let mut names = names::find_in(&columns);
    let turns = turn::all(&view, &paragraphs);
    let (quotes, marked) = select::quotes(&view, &paragraphs, frames, &turns);
    // « L'Eau et la Ville » names nobody.
    let mut titles = marked.iter().filter(|span| span.role == MarkRole::Title).map(|span| span.range).peekable();
    names.retain(|name| {
        while titles.next_if(|title| title.end <= name.range.start).is_some() {}
        titles.peek().is_none_or(|title| !title.contains(name.range))
    });
    attribute(&view, &columns, &names, quotes, marked)
}

/// What the confidence of a quotation looks at, as `group value`: what `tests/fit_confidence.py` learns from; no part of
/// the interface.
#[doc(hidden)]
#[must_use]
pub fn confidence_evidence(quote: &Quote) -> Vec<String> {
    confidence::evidence(quote).map(|(group, value)| [group, " ", value].concat()).collect()
}

/// Longest stretch, in tokens, that is read as one sentence: what a cue reaches is bounded by it, so that time grows with
/// the text and not with the square of a sentence. The longest sentences of newspapers have about 150 tokens.
const WINDOW: u32 = 300;

/// A sentence in stretches of at most [`WINDOW`] tokens.
fn windows(sentence: TokenRange) -> impl Iterator<Item = TokenRange> {
    let starts = (sentence.start..sentence.end).step_by(WINDOW as usize);
    starts.map(move |start| TokenRange::new(start, sentence.end.min(start + WINDOW)))
}

/// Finds out who the sources of the quotations are.
fn attribute(
    view: &View,
    columns: &Columns,
    names: &[Name],
    mut quotes: Vec<Quote>,
    marked: Vec<MarkedSpan>,
) -> Attribution {
    let refs: Vec<SpeakerRef> = quotes
        .iter()
        .map(|quote| SpeakerRef {
            range: quote.speaker.map(|speaker| speaker.range),
            at: select::position(quote),
            inside: quote.parent,
        })
        .collect();
    let spoken: Vec<TokenRange> = select::spoken(view, &quotes);
    let (mut entities, resolutions) = resolve::resolve_in(columns, names, &refs, &spoken);
    for (quote, resolution) in quotes.iter_mut().zip(&resolutions) {
        quote.entity = resolution.entity;
        if let Some(speaker) = &mut quote.speaker {
            speaker.kind = resolution.kind;
            speaker.gender = resolution.gender;
            speaker.entity = resolution.entity;
        }
        if quote.speaker.is_none() {
            quote.why.speaker = resolution.why;
        }
        quote.confidence = confidence::of(quote);
    }
    taking::attribute(view, names, &mut quotes, &mut entities);
    Attribution { quotes, marked, entities }
}
