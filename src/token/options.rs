//! [`Tokenizer`]: the choices a user can make, and the data a user can add.

use std::collections::{HashMap, HashSet};

use crate::chars::norm;
use crate::error::{Error, Result};
use crate::token::{Token, scan};

/// A tokenizer with options; `Tokenizer::default()` does what [`crate::tokenize`] does.
///
/// ```
/// use propos::Tokenizer;
/// let tokenizer = Tokenizer::default().split_hyphens(true);
/// let text = "un porte-avions";
/// let words: Vec<&str> = tokenizer.tokenize(text).iter().map(|token| token.text(text)).collect();
/// assert_eq!(words, ["un", "porte", "-", "avions"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokenizer {
    pub(super) keep_elisions: bool,
    pub(super) split_hyphens: bool,
    pub(super) split_urls: bool,
    pub(super) additions: Option<Box<Additions>>,
}

/// What a user adds: abbreviations, and forms whose tokens are given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Additions {
    /// In norm, with the full stop.
    pub(super) abbreviations: HashSet<String>,
    /// From the first byte to the forms that begin with it, longest first, each with the lengths of its pieces.
    pub(super) exceptions: HashMap<u8, Vec<Exception>>,
}

/// A form and the byte lengths of the tokens it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exception {
    pub(super) form: String,
    pub(super) pieces: Vec<String>,
}

impl Default for Tokenizer {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// The longest exception that can be added, in bytes: what keeps the scan linear.
const LONGEST: usize = 64;
/// The longest abbreviation: as far as the scan looks for its stops.
const LONGEST_ABBREVIATION: usize = 32;

impl Tokenizer {
    pub(crate) const DEFAULT: Self =
        Self { keep_elisions: false, split_hyphens: false, split_urls: false, additions: None };

    /// Keeps an elided word joined to the next one: `l'eau` is one token.
    #[must_use]
    pub fn keep_elisions(mut self, yes: bool) -> Self {
        self.keep_elisions = yes;
        self
    }

    /// Splits compounds at their hyphens: `porte-avions` is three tokens. Clitics keep their hyphen.
    #[must_use]
    pub fn split_hyphens(mut self, yes: bool) -> Self {
        self.split_hyphens = yes;
        self
    }

    /// Whether web and mail addresses, mentions and hashtags are one token each (the default) or read as ordinary text.
    #[must_use]
    pub fn merge_urls(mut self, yes: bool) -> Self {
        self.split_urls = !yes;
        self
    }

    /// Adds an abbreviation that keeps its full stop whatever follows, in any case: `"réf."`.
    ///
    /// # Errors
    /// If it does not end with a full stop, does not begin with a letter, holds white space, or is longer than 32 bytes.
    pub fn abbreviation(mut self, form: &str) -> Result<Self> {
        let lettered = form.starts_with(char::is_alphabetic) && form.ends_with('.');
        if !lettered || form.len() > LONGEST_ABBREVIATION || form.contains(char::is_whitespace) {
            return Err(Error::argument(format!(
                "an abbreviation begins with a letter, ends with a full stop, holds no white space and is at most \
                 {LONGEST_ABBREVIATION} bytes long: {form:?}"
            )));
        }
        let additions = self.additions.get_or_insert_default();
        additions.abbreviations.insert(norm(form).into_owned());
        Ok(self)
    }

    /// Adds a form whose tokens are `pieces`, wherever it stands between characters that are not letters or digits.
    ///
    /// # Errors
    /// If the pieces do not join to the form, one is empty, or the form is empty or longer than 64 bytes.
    pub fn exception(mut self, form: &str, pieces: &[&str]) -> Result<Self> {
        if form.is_empty() || form.len() > LONGEST || pieces.concat() != form || pieces.contains(&"") {
            return Err(Error::argument(format!(
                "the pieces {pieces:?} must join to the form {form:?}, which is at most {LONGEST} bytes long"
            )));
        }
        let additions = self.additions.get_or_insert_default();
        let forms = additions.exceptions.entry(form.as_bytes().first().copied().unwrap_or(0)).or_default();
        forms.retain(|exception| exception.form != form);
        forms.push(Exception { form: form.to_owned(), pieces: pieces.iter().map(|&piece| piece.to_owned()).collect() });
        forms.sort_by_key(|exception| std::cmp::Reverse(exception.form.len()));
        Ok(self)
    }

    /// The tokens of `text`.
    #[must_use]
    pub fn tokenize(&self, text: &str) -> Vec<Token> {
        scan::scan(text, self)
    }
}
