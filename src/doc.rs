//! One text and its columns: the only place that calls the stages, in their order.
//!
//! [`Doc::new`] finds tokens and sentences; tags, trees, quotations and entities are found once, when first asked for, so
//! that who only wants tokens never pays for them. A `Doc` never changes and can be shared between threads.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::entity::{Entity, Gender};
use crate::parse::{Parser, Trees};
use crate::quote::{self, Attribution, MarkedSpan, Quote};
use crate::sentence::{self, LineMode};
use crate::tag::{self, Tagged};
use crate::text::{CharSpan, Span, TokenRange, slice};
use crate::token::{self, Token};

/// A text with its tokens, sentences, tags, trees, quotations and entities.
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
    parser: Parser,
    tags: OnceLock<Vec<Tagged>>,
    trees: OnceLock<Trees>,
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
        Self {
            text,
            tokens,
            sentences,
            parser: Parser::default(),
            tags: OnceLock::new(),
            trees: OnceLock::new(),
            attribution: OnceLock::new(),
        }
    }

    /// The same document with the trees of another parser; quotations do not depend on it.
    ///
    /// ```
    /// use propos::{Doc, parse::Parser};
    /// let doc = Doc::new("Le chat dort.").with_parser(Parser::Accurate);
    /// assert_eq!(doc.trees().words()[1].deprel.as_str(), "nsubj");
    /// ```
    #[must_use]
    pub fn with_parser(mut self, parser: Parser) -> Self {
        if self.parser != parser {
            self.parser = parser;
            self.trees = OnceLock::new();
        }
        self
    }

    /// Which parser makes the trees.
    #[must_use]
    pub fn parser(&self) -> Parser {
        self.parser
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

    /// The tags of the tokens, by position.
    #[must_use]
    pub fn tags(&self) -> &[Tagged] {
        self.tags.get_or_init(|| {
            let mut workspace = tag::Workspace::default();
            let mut tags = Vec::with_capacity(self.tokens.len());
            for &sentence in &self.sentences {
                tag::tag(&self.text, &self.tokens, sentence, &mut workspace, &mut tags);
            }
            tags
        })
    }

    /// The syntactic words and their trees.
    #[must_use]
    pub fn trees(&self) -> &Trees {
        self.trees.get_or_init(|| Trees::new(self.tags(), &self.sentences, self.parser))
    }

    /// The form of a syntactic word: its token as it stands, or the part of a contraction in lower case.
    #[must_use]
    pub fn word_form(&self, word: u32) -> &str {
        let Some(word) = self.trees().words().get(word as usize) else { return "" };
        let form = self.tokens.get(word.token as usize).map_or("", |token| token.text(&self.text));
        self.tag_of(word.token).part(form, word.part).map_or(form, |(form, _)| form)
    }

    /// The lemma of a syntactic word.
    #[must_use]
    pub fn word_lemma(&self, word: u32) -> Cow<'_, str> {
        let Some(word) = self.trees().words().get(word as usize) else { return Cow::Borrowed("") };
        let form = self.tokens.get(word.token as usize).map_or("", |token| token.text(&self.text));
        let tagged = self.tag_of(word.token);
        tagged.part(form, word.part).map_or_else(|| tag::lemma_of(form, tagged), |(_, lemma)| Cow::Borrowed(lemma))
    }

    /// The lemma of a token; of a contraction, that of its preposition.
    #[must_use]
    pub fn lemma(&self, token: u32) -> Cow<'_, str> {
        let form = self.tokens.get(token as usize).map_or("", |token| token.text(&self.text));
        let tagged = self.tag_of(token);
        tagged.part(form, 0).map_or_else(|| tag::lemma_of(form, tagged), |(_, lemma)| Cow::Borrowed(lemma))
    }

    pub(crate) fn tag_of(&self, token: u32) -> Tagged {
        self.tags().get(token as usize).copied().unwrap_or_default()
    }

    /// The sentence that holds a token; empty if there is no such token.
    #[must_use]
    pub fn sentence_of(&self, token: u32) -> TokenRange {
        let after = self.sentences.partition_point(|sentence| sentence.start <= token);
        let found = after.checked_sub(1).and_then(|index| self.sentences.get(index)).copied();
        found.filter(|sentence| sentence.has(token)).unwrap_or_default()
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
        self.attribution.get_or_init(|| quote::extract(&self.text, &self.tokens, &self.sentences, self.tags()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_analysed_before_it_is_asked_for() {
        let doc = Doc::new("« Oui », dit-elle aux élus. Il pleut.");
        let _ = (doc.tokens(), doc.sentences(), doc.slice(TokenRange::new(0, 3)));
        assert!(doc.tags.get().is_none() && doc.trees.get().is_none());
        let _ = doc.quotes();
        assert!(doc.tags.get().is_some() && doc.trees.get().is_none());
        let _ = doc.trees();
        assert!(doc.with_parser(Parser::Accurate).trees.get().is_none());
    }

    #[test]
    fn a_token_is_in_its_sentence() {
        let doc = Doc::new("Il pleut. Elle dort.");
        let [first, second] = *doc.sentences() else { unreachable!("two sentences") };
        assert_eq!([0, 2, 3, 5].map(|token| doc.sentence_of(token)), [first, first, second, second]);
        assert!(doc.sentence_of(99).is_empty());
    }
}
