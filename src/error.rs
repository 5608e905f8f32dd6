//! The one error of the crate: what outside data can do wrong, and where.
//!
//! Text never fails: any `&str` gives a result. Only data that comes from outside (a lexicon or model file, a list
//! of exceptions, an option's value) can be wrong.

use std::fmt;

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// What was wrong in outside data: the kind is private, the message names the place and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
    message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Argument,
    Data,
}

impl Error {
    /// An argument has a value that is not allowed.
    pub(crate) fn argument(message: impl Into<String>) -> Self {
        Self { kind: Kind::Argument, message: message.into() }
    }

    /// A data file (lexicon, model, list) does not have the expected form.
    pub(crate) fn data(message: impl Into<String>) -> Self {
        Self { kind: Kind::Data, message: message.into() }
    }

    /// True if an argument was wrong, false if it was a data file.
    #[must_use]
    pub fn is_argument(&self) -> bool {
        self.kind == Kind::Argument
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
