//! Who is quoted how much in one document: quotations and words by kind, by gender, by speaker.
//!
//! A word is a token that is no punctuation, symbol or emoji, in the content of a quotation. The words of a quotation
//! inside another one count for both speakers. Reports that are not asserted ("n'a pas dit que") count too.

use std::collections::HashMap;

use crate::doc::Doc;
use crate::entity::Gender;
use crate::quote::{Quote, QuoteKind};
use crate::token::TokenKind;

/// A number of quotations and of the words in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Quotations.
    pub quotes: u32,
    /// Words in their contents.
    pub words: u32,
}

impl Count {
    fn add(&mut self, words: u32) {
        self.quotes += 1;
        self.words += words;
    }
}

/// The counts of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics {
    /// All quotations.
    pub total: Count,
    /// Direct, mixed and indirect ones, in this order.
    pub by_kind: [(QuoteKind, Count); 3],
    /// Women, men, and speakers whose gender is not known or who are no persons, in this order.
    pub by_gender: [(Option<Gender>, Count); 3],
    /// Each speaker by its index among the entities, who says most words first; at the end those that are not known.
    pub by_speaker: Vec<(Option<u32>, Count)>,
}

impl Doc {
    /// Counts the quotations and the words in them, over all and by kind, gender and speaker.
    ///
    /// # Examples
    ///
    /// ```
    /// let doc = propos::Doc::new("« Je reviens », a dit Anne Berger. Selon elle, le pont tient bien.");
    /// let statistics = doc.statistics();
    /// assert_eq!((statistics.total.quotes, statistics.total.words), (2, 6));
    /// assert_eq!(statistics.by_speaker.len(), 1);
    /// ```
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        let mut total = Count::default();
        let mut kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect].map(|kind| (kind, Count::default()));
        let mut genders =
            [Some(Gender::Feminine), Some(Gender::Masculine), None].map(|gender| (gender, Count::default()));
        let mut speakers: HashMap<Option<u32>, Count> = HashMap::new();
        for quote in self.quotes() {
            let words = self.spoken_words(quote);
            let gender = self.gender_of(quote);
            total.add(words);
            kinds.iter_mut().filter(|entry| entry.0 == quote.kind).for_each(|entry| entry.1.add(words));
            genders.iter_mut().filter(|entry| entry.0 == gender).for_each(|entry| entry.1.add(words));
            speakers.entry(quote.entity).or_default().add(words);
        }
        let mut by_speaker: Vec<_> = speakers.into_iter().collect();
        by_speaker.sort_by_key(|&(entity, count)| (entity.is_none(), std::cmp::Reverse(count.words), entity));
        Statistics { total, by_kind: kinds, by_gender: genders, by_speaker }
    }

    /// The quotations of an entity of this document, given by its index, by position.
    ///
    /// # Examples
    ///
    /// ```
    /// let doc = propos::Doc::new("« Oui », a dit Anne Berger. « Non », a dit Luc Petit. « Si », a-t-elle dit.");
    /// assert_eq!(doc.quotes_by(0).count(), 2);
    /// ```
    pub fn quotes_by(&self, entity: u32) -> impl Iterator<Item = &Quote> {
        self.quotes().iter().filter(move |quote| quote.entity == Some(entity))
    }

    /// Words in the content of a quotation.
    fn spoken_words(&self, quote: &Quote) -> u32 {
        let parts = quote.content.iter().filter_map(|part| self.tokens().get(part.indices()));
        let words = parts
            .flatten()
            .filter(|token| !matches!(token.kind, TokenKind::Punctuation | TokenKind::Symbol | TokenKind::Emoji));
        u32::try_from(words.count()).unwrap_or(u32::MAX)
    }
}
