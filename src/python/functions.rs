//! Functions of the module: text in, lists or documents out.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PySequence, PyString};

use super::doc::Doc;
use super::quote::Quote;
use super::{detached, interruptible, signals};
use crate::parse::Parser;
use crate::sentence::{LineMode, Reader};
use crate::text::{CharSpan, Span};
use crate::token::Token;

/// The line mode with this name, or a `ValueError` that lists them.
pub(super) fn line_mode(name: &str) -> PyResult<LineMode> {
    LineMode::parse(name).ok_or_else(|| {
        let names = LineMode::ALL.map(LineMode::name).join(", ");
        PyValueError::new_err(format!("lines must be one of {names}, not {name:?}"))
    })
}

/// The parser with this name, or a `ValueError` that lists them.
fn parser_named(name: &str) -> PyResult<Parser> {
    Parser::parse(name).ok_or_else(|| {
        let names = Parser::ALL.map(Parser::name).join(", ");
        PyValueError::new_err(format!("parser must be one of {names}, not {name:?}"))
    })
}

/// The number of threads for `jobs`: one a processor if it is not given.
pub(super) fn threads(jobs: Option<usize>) -> PyResult<usize> {
    match jobs {
        Some(0) => Err(PyValueError::new_err("jobs must be at least 1, not 0")),
        Some(jobs) => Ok(jobs),
        None => Ok(std::thread::available_parallelism().map_or(1, NonZeroUsize::get)),
    }
}

/// A `ValueError` if the text is longer than positions can say.
pub(super) fn check_length(text: &str) -> PyResult<()> {
    if text.len() > crate::Doc::MAX_BYTES {
        return Err(PyValueError::new_err(format!(
            "text has {} bytes; at most {} can be read at once: split it into documents",
            text.len(),
            crate::Doc::MAX_BYTES
        )));
    }
    Ok(())
}

/// Read a French text.
///
/// Tokens and sentences are found at once; syntax, quotations and entities when first asked for.
///
/// Args:
///     text: any text, empty included. It is never changed: all offsets are code points of it.
///     lines: what a line break means: ``"auto"`` (by the look of the text), ``"paragraph"`` (it ends a sentence),
///         ``"wrapped"`` (only an empty line does), ``"line"`` (each line is one sentence).
///     parser: what makes the trees of ``doc.words``: ``"fast"``, or ``"accurate"``, which takes several times as long.
///         Quotations do not depend on it.
///
/// Returns:
///     The document, a sequence of its tokens.
///
/// Raises:
///     UnicodeEncodeError: the text holds a lone surrogate.
///     ValueError: ``lines`` is none of the four, ``parser`` neither of the two, or the text has more than 4 GiB.
///
/// Example:
///     >>> doc = propos.parse("« Je reviens », a dit Anne Berger.")
///     >>> doc.quotes[0].speaker.text
///     'Anne Berger'
#[pyfunction]
#[pyo3(signature = (text, *, lines = "auto", parser = "fast"))]
pub(super) fn parse(py: Python<'_>, text: &str, lines: &str, parser: &str) -> PyResult<Doc> {
    let (lines, parser) = (line_mode(lines)?, parser_named(parser)?);
    check_length(text)?;
    let owned = text.to_owned();
    let read = move || crate::Doc::with_lines(owned.as_str(), lines).with_parser(parser);
    Ok(Doc::new(Arc::new(interruptible(py, text.len(), read)?), lines))
}

/// Read several texts on several threads.
///
/// Args:
///     texts: the texts.
///     jobs: number of threads, at least 1; ``None`` for one a processor.
///     lines: as for ``parse``.
///     quotes: find the quotations too; else they are found when first asked for.
///     trees: find the trees too.
///     parser: as for ``parse``.
///
/// Returns:
///     The documents, in the order of the texts.
///
/// Raises:
///     ValueError: ``jobs`` is 0, or as for ``parse``.
#[pyfunction]
#[pyo3(signature = (texts, *, jobs = None, lines = "auto", quotes = true, trees = false, parser = "fast"))]
#[expect(clippy::needless_pass_by_value, reason = "PyO3 extracts a list by value")]
pub(super) fn parse_batch(
    py: Python<'_>,
    texts: Vec<Bound<'_, pyo3::types::PyString>>,
    jobs: Option<usize>,
    lines: &str,
    quotes: bool,
    trees: bool,
    parser: &str,
) -> PyResult<Vec<Doc>> {
    let (lines, parser) = (line_mode(lines)?, parser_named(parser)?);
    let threads = threads(jobs)?;
    let mut owned = Vec::with_capacity(texts.len());
    for text in &texts {
        let text = text.to_str()?;
        check_length(text)?;
        owned.push(text.to_owned());
    }
    let read = move |text: &String, _: &AtomicBool| {
        let doc = crate::Doc::with_lines(text.as_str(), lines).with_parser(parser);
        if quotes {
            let _ = doc.quotes();
        }
        if trees {
            let _ = doc.trees();
        }
        doc
    };
    let docs = detached(py, || crate::batch::map_polled(owned, threads, read, signals))??;
    Ok(docs.into_iter().map(|doc| Doc::new(Arc::new(doc), lines)).collect())
}

/// The surface tokens of a text, as strings.
///
/// Args:
///     text: any text.
///
/// Returns:
///     The tokens in order; punctuation is a token, white space is none.
///
/// Raises:
///     UnicodeEncodeError: the text holds a lone surrogate.
///
/// Example:
///     >>> propos.tokenize("L'a-t-elle dit ?")
///     ["L'", 'a', '-t-elle', 'dit', '?']
#[pyfunction]
pub(super) fn tokenize<'py>(py: Python<'py>, text: &str) -> PyResult<Vec<Bound<'py, PyString>>> {
    check_length(text)?;
    let tokens = detached(py, || crate::tokenize(text))?;
    Ok(strings(py, tokens.iter().map(|token| token.text(text))))
}

/// Places for strings that are given again; a power of two.
const SHARED: usize = 1 << 12;
/// The longest string that is, in bytes.
const SHORT: usize = 15;

/// Python strings of the parts of a text. A short part that came before is given the same object, since most tokens of a
/// text are a few words again and again: cheaper than a new one in time and in memory.
pub(super) fn strings<'py, 'a>(
    py: Python<'py>,
    parts: impl ExactSizeIterator<Item = &'a str>,
) -> Vec<Bound<'py, PyString>> {
    let places = if parts.len() < SHARED / 16 { 0 } else { SHARED };
    let mut known: Vec<Option<(u128, Bound<'py, PyString>)>> = vec![None; places];
    let mut give = |part: &'a str| {
        let Some(key) = short_key(part).filter(|_| places > 0) else { return PyString::new(py, part) };
        let [low, high] = [key, key >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or(0));
        let hash = (low ^ high.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        let Some(place) = known.get_mut(usize::try_from(hash).unwrap_or(0) & (SHARED - 1)) else {
            return PyString::new(py, part);
        };
        match place {
            Some((known, string)) if *known == key => string.clone(),
            _ => {
                let string = PyString::new(py, part);
                *place = Some((key, string.clone()));
                string
            }
        }
    };
    parts.map(&mut give).collect()
}

/// The bytes of a short string and their number, as one number.
fn short_key(part: &str) -> Option<u128> {
    let mut bytes = [0; SHORT + 1];
    bytes.get_mut(..part.len()).filter(|_| part.len() <= SHORT)?.copy_from_slice(part.as_bytes());
    bytes[SHORT] = u8::try_from(part.len()).unwrap_or(0);
    Some(u128::from_le_bytes(bytes))
}

/// The sentences of a text, as strings without the white space around them.
///
/// Args:
///     text: any text.
///     lines: as for ``parse``.
///
/// Returns:
///     The sentences in order.
///
/// Raises:
///     UnicodeEncodeError: the text holds a lone surrogate.
///     ValueError: ``lines`` is not known.
///
/// Example:
///     >>> propos.sentences("M. Roux part. Il reviendra.")
///     ['M. Roux part.', 'Il reviendra.']
#[pyfunction]
#[pyo3(signature = (text, *, lines = "auto"))]
pub(super) fn sentences<'py>(
    py: Python<'py>,
    text: &Bound<'py, PyString>,
    lines: &str,
) -> PyResult<Vec<Bound<'py, PyString>>> {
    sentences_by(py, &crate::Tokenizer::default(), text, lines)
}

/// The sentences of a text by a tokenizer.
pub(super) fn sentences_by<'py>(
    py: Python<'py>,
    tokenizer: &crate::Tokenizer,
    string: &Bound<'py, PyString>,
    lines: &str,
) -> PyResult<Vec<Bound<'py, PyString>>> {
    let lines = line_mode(lines)?;
    let text = string.to_str()?;
    check_length(text)?;
    let found = detached(py, || {
        let mut found = Found(Vec::with_capacity(text.len() / 100 + 1));
        crate::sentence::read(text, tokenizer, lines, &mut found);
        found.0
    })?;
    if !string.is_exact_instance_of::<PyString>() {
        return Ok(found.iter().map(|(span, _)| PyString::new(py, span.of(text))).collect());
    }
    // A part of a str is a copy of its code points, cheaper than to read UTF-8 anew.
    let sequence = string.cast::<PySequence>()?;
    let part = |chars: CharSpan| Ok(sequence.get_slice(chars.start as usize, chars.end as usize)?.cast_into()?);
    found.iter().map(|(_, chars)| part(*chars)).collect()
}

/// Where sentences stand, in bytes and in code points.
struct Found(Vec<(Span, CharSpan)>);

impl Reader for Found {
    fn sentence(&mut self, first: &Token, last: &Token, _: usize) {
        let chars = CharSpan { start: first.chars.start, end: last.chars.end };
        self.0.push((Span::new(first.span.start, last.span.end), chars));
    }
}

/// The quotations of a text: short for ``parse(text).quotes``.
///
/// Args:
///     text: any text.
///
/// Returns:
///     The quotations by position.
///
/// Raises:
///     UnicodeEncodeError: the text holds a lone surrogate.
///
/// Example:
///     >>> [q.kind for q in propos.quotes("« Je reviens », a dit Anne Berger.")]
///     ['direct']
#[pyfunction]
pub(super) fn quotes(py: Python<'_>, text: &str) -> PyResult<Vec<Quote>> {
    parse(py, text, "auto", "fast")?.quotes(py)
}
