//! Surface tokens: one forward scan over a text that fills byte spans, code-point spans and kinds at once.
//!
//! Takes a text, gives tokens in the convention of Universal Dependencies for French (UD French GSD and Sequoia 2.16):
//! an elided word keeps its apostrophe (`l'` `qu'`), a clitic its hyphen (`-ce`, `-t-il`), an abbreviation its full
//! stop (`M.`, `J.-C.`); `aujourd'hui`, `10 000`, `1er`, `rendez-vous` are one token, `14h30` and `50%` are not.
//! docs/tokenization.md lists every rule. Nothing is changed or lost: tokens and the white space between them are the text.
//!
//! ```
//! let text = "L'aigle vola-t-il ?";
//! let tokens = propos::tokenize(text);
//! let words: Vec<&str> = tokens.iter().map(|token| token.text(text)).collect();
//! assert_eq!(words, ["L'", "aigle", "vola", "-t-il", "?"]);
//! ```

mod lists;
mod options;
mod scan;
mod web;

pub(crate) use lists::{Map, Set, entries};
pub use options::Tokenizer;
#[cfg(any(test, feature = "python"))]
pub(crate) use scan::Scanner;

use crate::text::{CharSpan, Span};

/// What a token is, as far as its form shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum TokenKind {
    /// A word, an elided word (`l'`), a clitic (`-il`), a compound.
    Word,
    /// A number, a date, an ordinal in digits: `30 000`, `3,14`, `12/07/2013`, `1er`.
    Number,
    /// A punctuation mark, an ellipsis, a run of dashes.
    Punctuation,
    /// A sign that stands for a word: `%`, `€`, `+`, `°C`.
    Symbol,
    /// A web address.
    Url,
    /// A mail address.
    Email,
    /// A name in a social network: `@afpfr`.
    Mention,
    /// A hashtag: `#COP21`.
    Hashtag,
    /// An emoji with all that modifies it, or an emoticon: `:-)`.
    Emoji,
    /// An abbreviation with its full stop: `M.`, `etc.`, `J.-C.`, `S.N.C.F.`
    Abbreviation,
}

impl TokenKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [Self; 10] = [
        Self::Word,
        Self::Number,
        Self::Punctuation,
        Self::Symbol,
        Self::Url,
        Self::Email,
        Self::Mention,
        Self::Hashtag,
        Self::Emoji,
        Self::Abbreviation,
    ];

    /// The name of the kind in lower case: "word", "number" and so on.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Number => "number",
            Self::Punctuation => "punctuation",
            Self::Symbol => "symbol",
            Self::Url => "url",
            Self::Email => "email",
            Self::Mention => "mention",
            Self::Hashtag => "hashtag",
            Self::Emoji => "emoji",
            Self::Abbreviation => "abbreviation",
        }
    }
}

/// A surface token: where it stands, in bytes and in code points, and what it is.
///
/// The white space after it reaches to the start of the next token (or the end of the text).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// Its bytes.
    pub span: Span,
    /// Its code points.
    pub chars: CharSpan,
    /// What it is.
    pub kind: TokenKind,
}

impl Token {
    /// The token as it stands in `text`, the text it was made from.
    #[inline]
    #[must_use]
    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        self.span.of(text)
    }
}

/// The tokens of `text`, with the default [`Tokenizer`].
///
/// Time is linear in the length of the text whatever it holds; a text of 4 GiB or more is read up to that length.
#[must_use]
pub fn tokenize(text: &str) -> Vec<Token> {
    scan::scan(text, &Tokenizer::DEFAULT)
}
