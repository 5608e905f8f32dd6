//! propos reads French and says **who said what**.
//!
//! This file holds no logic: it names the modules, from the lowest to the highest, and re-exports what callers use.
//! A module may use those above it in this list, never those below.

mod error;
mod text;

pub use error::{Error, Result};
pub use text::{CharSpan, Span, TokenRange};
