//! propos reads French and says **who said what**.
//!
//! This file holds no logic: it names the modules, from the lowest to the highest, and re-exports what callers use.
//! A module may use those above it in this list, never those below.

mod error;
mod text;

mod chars;
mod token;

mod learned;
mod word;

mod sentence;

pub mod lexicon;
#[doc(hidden)]
pub mod model;
mod morph;
pub mod parse;
pub mod tag;

mod normalize;

pub mod entity;
mod quote;

mod batch;
#[cfg(feature = "columns")]
mod columns;
mod doc;

mod conllu;
mod json;
mod statistics;

#[cfg(feature = "python")]
mod python;

pub use batch::parse as parse_batch;
pub use chars::{
    Family, Mark, Side, is_apostrophe, is_blank, is_dash, is_hyphen, is_inline_space, is_terminal, norm, quote_mark,
};
pub use conllu::conllu;
pub use doc::Doc;
pub use entity::{Entity, Gender, Mention, MentionKind};
pub use error::{Error, Result};
pub use morph::{Feats, Upos};
pub use normalize::{Alignment, CharAlignment, Edit, Normalized, Normalizer};
pub use quote::{Attribution, Cue, MarkRole, MarkedSpan, Quote, QuoteKind, Why};
#[doc(hidden)]
pub use quote::{confidence_evidence, speech_training};
pub use sentence::{LineMode, sentence_text, split};
pub use statistics::{Count, Statistics};
pub use text::{CharSpan, Span, TokenRange};
pub use token::{Token, TokenKind, Tokenizer, tokenize};
pub use word::{Word, contraction, is_contraction, words};

/// What `examples/train_segmentation.rs` shares with the code it trains for; no part of the stable interface.
#[doc(hidden)]
pub mod training {
    pub use crate::learned::{
        FAR, Features, HIDDEN, Inputs, NEAR, Net, Part, Seen, Segmentation, VALUES, WIDTH, class, rows, word_hash,
    };
    pub use crate::sentence::boundary::{Place, places};
    pub use crate::sentence::split_with;
    pub use crate::word::{contraction_features, contraction_link, is_ambiguous};
}
