//! The JSON form of a document's quotations: one object a document, offsets in code points, keys as documented in
//! `docs/json.md`. A key is never removed or given another meaning without a new major version.

use serde::Serialize;

use crate::doc::Doc;
use crate::quote::Quote;
use crate::text::TokenRange;

/// One document with its quotations.
#[derive(Debug, Serialize)]
struct Record<'a> {
    doc: &'a str,
    quotes: Vec<QuoteRecord<'a>>,
}

/// One quotation; spans are `[start, end]` in code points of the original text, end exclusive.
#[derive(Debug, Serialize)]
struct QuoteRecord<'a> {
    kind: &'static str,
    text: String,
    content: Vec<[u32; 2]>,
    quoted: Vec<[u32; 2]>,
    cue: Option<[u32; 2]>,
    cue_lemma: Option<&'a str>,
    speaker: Option<[u32; 2]>,
    speaker_kind: Option<&'static str>,
    speaker_name: Option<&'a str>,
    speaker_gender: Option<&'static str>,
    belief: bool,
    asserted: bool,
    confidence: f64,
    parent: Option<u32>,
}

impl Doc {
    /// The quotations as one line of JSON under the name `doc`, in the form of `docs/json.md`.
    ///
    /// # Examples
    ///
    /// ```
    /// let doc = propos::Doc::new("Il pleut.");
    /// assert_eq!(doc.to_json("a.txt"), r#"{"doc":"a.txt","quotes":[]}"#);
    /// ```
    #[must_use]
    pub fn to_json(&self, doc: &str) -> String {
        let quotes = self.quotes().iter().map(|quote| self.quote_record(quote)).collect();
        // Strings, numbers and lists always serialize; the fallback keeps the line valid JSON all the same.
        serde_json::to_string(&Record { doc, quotes }).unwrap_or_else(|_| String::from("{}"))
    }

    fn quote_record<'a>(&'a self, quote: &'a Quote) -> QuoteRecord<'a> {
        QuoteRecord {
            kind: quote.kind.as_str(),
            text: self.joined(&quote.content),
            content: quote.content.iter().map(|&range| self.offsets(range)).collect(),
            quoted: quote.quoted.iter().map(|&range| self.offsets(range)).collect(),
            cue: quote.cue.as_ref().map(|cue| self.offsets(cue.range)),
            cue_lemma: quote.cue.as_ref().map(|cue| &*cue.lemma),
            speaker: quote.speaker.map(|speaker| self.offsets(speaker.range)),
            speaker_kind: quote.speaker.map(|speaker| speaker.kind.as_str()),
            speaker_name: self.entity_of(quote).map(|entity| &*entity.name),
            speaker_gender: self.gender_of(quote).map(crate::entity::Gender::as_str),
            belief: quote.belief,
            asserted: quote.asserted,
            confidence: quote.rounded_confidence(),
            parent: quote.parent,
        }
    }

    fn offsets(&self, range: TokenRange) -> [u32; 2] {
        let chars = self.chars(range);
        [chars.start, chars.end]
    }
}
