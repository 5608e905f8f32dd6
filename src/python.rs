//! The Python module `propos._core`: the only files that name `PyO3`.
//!
//! A `str` is lent as `&str`, read without the GIL, and comes back as one frozen `Doc`. No panic crosses: it becomes
//! `propos.InternalError`. Docstrings below are Python's own (Google style); the stub file is made from them.

#![expect(
    clippy::doc_markdown,
    clippy::doc_link_with_quotes,
    reason = "docstrings here are Python's: names stand in ``double`` backticks or in Google sections"
)]

mod columns;
mod doc;
mod functions;
mod normalize;
mod quote;
mod tokenizer;

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;

/// What `__reduce__` gives: a callable and its arguments.
type Reduced<'py, Arguments> = PyResult<(Bound<'py, PyAny>, Arguments)>;

/// Runs `work` without the GIL; a panic in it becomes a `propos.InternalError`.
fn detached<T, F>(py: Python<'_>, work: F) -> PyResult<T>
where
    F: FnOnce() -> T + Send,
    T: Send,
{
    py.detach(|| catch_unwind(AssertUnwindSafe(work))).map_err(|cause| {
        let message = cause
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| cause.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| String::from("unknown cause"));
        internal_error(py, &format!("internal error in propos, please report it: {message}"))
    })
}

/// Texts of fewer bytes are read before anyone can have pressed Ctrl-C.
const LONG: usize = 1 << 16;

/// As `detached`, for work on a text of so many bytes that it may take long: Ctrl-C ends the wait for it.
fn interruptible<T, F>(py: Python<'_>, bytes: usize, work: F) -> PyResult<T>
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Send + 'static,
{
    if bytes < LONG {
        return detached(py, work);
    }
    let results = detached(py, || crate::batch::map_polled(vec![()], 1, move |(), _| work(), signals))??;
    results.into_iter().next().ok_or_else(|| internal_error(py, "internal error in propos: a result is lost"))
}

/// `propos.InternalError`, which is written in Python so that it has a stub.
fn internal_error(py: Python<'_>, message: &str) -> PyErr {
    let class = py.import("propos._errors").and_then(|module| module.getattr("InternalError"));
    match class.and_then(|class| class.call1((message,))) {
        Ok(error) => PyErr::from_value(error),
        Err(_) => PyRuntimeError::new_err(message.to_owned()),
    }
}

/// `KeyboardInterrupt`, if Ctrl-C was pressed: called now and then by the main thread while others work.
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method alone does not hold for every lifetime")]
fn signals() -> PyResult<()> {
    Python::attach(|py| py.check_signals())
}

impl From<crate::Error> for PyErr {
    fn from(error: crate::Error) -> Self {
        PyValueError::new_err(error.to_string())
    }
}

/// propos reads French and says who said what (compiled core).
#[pymodule]
mod _core {
    #[pymodule_export]
    use super::columns::{column, normalized_column};
    #[pymodule_export]
    use super::doc::{Doc, Span, Token, TokenIterator, Word, part, rebuild};
    #[pymodule_export]
    use super::functions::{parse, parse_batch, quotes, sentences, tokenize};
    #[pymodule_export]
    use super::normalize::{Normalized, Normalizer, normalize, rebuild_normalized, rebuild_normalizer};
    #[pymodule_export]
    use super::quote::{Cue, Entity, MarkedSpan, Mention, Quote, Statistics, mention};
    #[pymodule_export]
    use super::tokenizer::{Tokenizer, conllu, tokenizer, words};

    /// Version of the package.
    #[expect(non_upper_case_globals, reason = "the name Python uses")]
    #[pymodule_export]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
