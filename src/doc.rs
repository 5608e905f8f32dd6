//! One text and its columns: the only place that calls the stages, in their order.
//!
//! [`Doc::new`] finds tokens and sentences; quotations and entities are found once, when first asked for, so that who
//! only wants tokens never pays for them. A `Doc` never changes and can be shared between threads.

use std::sync::OnceLock;

use crate::entity::{Entity, Gender};
use crate::quote::{self, Attribution, MarkedSpan, Quote};
use crate::sentence::{self, LineMode};
use crate::text::{CharSpan, Span, TokenRange, slice};
use crate::token::{self, Token};

/// A text with its tokens, sentences, quotations and entities.
///
/// # Examples
///
/// ```
/// let doc = propos::Doc::new("« Je reviens », a dit Anne Berger.");
/// let quote = &doc.quotes()[0];
/// assert_eq!(doc.joined(&quote.content), "Je reviens");
/// assert_eq!(doc.slice(quote.speaker.unwrap().range), "Anne Berger");
/// ```
#[derive(Debug)]
pub struct Doc {
    text: Box<str>,
    tokens: Vec<Token>,
    sentences: Vec<TokenRange>,
    attribution: OnceLock<Attribution>,
}

impl Doc {
    /// Longest text, in bytes: positions are 32 bits wide.
    pub const MAX_BYTES: usize = u32::MAX as usize;

    /// Reads a text; whether a newline ends a sentence is decided by the look of the text.
    ///
    /// Only the first [`Doc::MAX_BYTES`] bytes are read.
    #[must_use]
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self::with_lines(text, LineMode::default())
    }

    /// Reads a text whose lines are what `lines` says.
    #[must_use]
    pub fn with_lines(text: impl Into<Box<str>>, lines: LineMode) -> Self {
        let text = text.into();
        let tokens = token::tokenize(&text);
        let sentences = sentence::split(&text, &tokens, lines);
        Self { text, tokens, sentences, attribution: OnceLock::new() }
    }

    /// The text, as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tokens, by position.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The sentences, by position; together they hold every token.
    #[must_use]
    pub fn sentences(&self) -> &[TokenRange] {
        &self.sentences
    }

    /// The quotations, by position.
    #[must_use]
    pub fn quotes(&self) -> &[Quote] {
        &self.attribution().quotes
    }

    /// The people and organizations, by first mention.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.attribution().entities
    }

    /// Every span between quotation marks, by position.
    #[must_use]
    pub fn marked_spans(&self) -> &[MarkedSpan] {
        &self.attribution().marked
    }

    /// The person or organization that says a quotation of this document, if it is known.
    #[must_use]
    pub fn entity_of(&self, quote: &Quote) -> Option<&Entity> {
        quote.entity.and_then(|index| self.entities().get(index as usize))
    }

    /// Gender of who says a quotation of this document: that of the phrase, else that of the entity.
    #[must_use]
    pub fn gender_of(&self, quote: &Quote) -> Option<Gender> {
        let shown = quote.speaker.and_then(|speaker| speaker.gender);
        shown.or_else(|| self.entity_of(quote).and_then(|entity| entity.gender))
    }

    fn attribution(&self) -> &Attribution {
        self.attribution.get_or_init(|| quote::extract(&self.text, &self.tokens, &self.sentences))
    }

    /// Bytes of a range of tokens, from the start of the first to the end of the last.
    #[must_use]
    pub fn span(&self, range: TokenRange) -> Span {
        match self.tokens.get(range.indices()) {
            Some([first, .., last]) => Span::new(first.span.start, last.span.end),
            Some([only]) => only.span,
            _ => Span::default(),
        }
    }

    /// Code points of a range of tokens, from the start of the first to the end of the last.
    #[must_use]
    pub fn chars(&self, range: TokenRange) -> CharSpan {
        match self.tokens.get(range.indices()) {
            Some([first, .., last]) => CharSpan { start: first.chars.start, end: last.chars.end },
            Some([only]) => only.chars,
            _ => CharSpan::default(),
        }
    }

    /// Text of a range of tokens, with the white space between them.
    #[must_use]
    pub fn slice(&self, range: TokenRange) -> &str {
        self.span(range).of(&self.text)
    }

    /// Texts of several ranges, joined by one space.
    #[must_use]
    pub fn joined(&self, ranges: &[TokenRange]) -> String {
        let parts: Vec<&str> = ranges.iter().map(|&range| self.slice(range)).collect();
        parts.join(" ")
    }

    /// White space that follows a token, up to the next one or the end of the text.
    #[must_use]
    pub fn white_space_after(&self, token: usize) -> &str {
        let Some(this) = self.tokens.get(token) else { return "" };
        let next = self.tokens.get(token + 1).map_or(self.text.len(), |next| next.span.start as usize);
        slice(&self.text, this.span.end as usize..next)
    }

    /// White space before the first token.
    #[must_use]
    pub fn leading_white_space(&self) -> &str {
        slice(&self.text, 0..self.tokens.first().map_or(self.text.len(), |token| token.span.start as usize))
    }
}
