//! `Tokenizer`, `words`, whole columns of tokens, and CoNLL-U, for Python.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use super::doc::Doc;
use super::functions::{check_length, line_mode, sentences_by, strings};
use super::{Reduced, detached};
use crate::sentence::Reader;
use crate::token::Token;

/// A tokenizer with options and data of your own; immutable, picklable.
///
/// Args:
///     keep_elisions: keep an elided word joined to the next one: ``l'eau`` is one token.
///     split_hyphens: split compounds at their hyphens: ``porte-avions`` is three tokens. Clitics keep their hyphen.
///     merge_urls: keep web and mail addresses, mentions and hashtags whole.
///     abbreviations: abbreviations that keep their full stop whatever follows, for example ``["réf."]``.
///     exceptions: forms with their tokens, for example ``{"c'est": ["c'est"]}``; the tokens join to the form.
///
/// Raises:
///     ValueError: an abbreviation does not end with a full stop, or the tokens of an exception do not join to it.
///
/// Example:
///     >>> propos.Tokenizer(keep_elisions=True).tokenize("L'eau dort.")
///     ["L'eau", 'dort', '.']
#[pyclass(frozen, eq, module = "propos")]
#[derive(Clone, PartialEq)]
pub(crate) struct Tokenizer {
    inner: crate::Tokenizer,
    keep_elisions: bool,
    split_hyphens: bool,
    merge_urls: bool,
    abbreviations: Vec<String>,
    exceptions: BTreeMap<String, Vec<String>>,
}

#[pymethods]
impl Tokenizer {
    #[new]
    #[pyo3(signature = (*, keep_elisions = false, split_hyphens = false, merge_urls = true, abbreviations = vec![], exceptions = BTreeMap::new()))]
    fn new(
        keep_elisions: bool,
        split_hyphens: bool,
        merge_urls: bool,
        abbreviations: Vec<String>,
        exceptions: BTreeMap<String, Vec<String>>,
    ) -> PyResult<Self> {
        let mut inner = crate::Tokenizer::default()
            .keep_elisions(keep_elisions)
            .split_hyphens(split_hyphens)
            .merge_urls(merge_urls);
        for abbreviation in &abbreviations {
            inner = inner.abbreviation(abbreviation)?;
        }
        for (form, pieces) in &exceptions {
            let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
            inner = inner.exception(form, &pieces)?;
        }
        Ok(Self { inner, keep_elisions, split_hyphens, merge_urls, abbreviations, exceptions })
    }

    /// The surface tokens of a text, as strings.
    ///
    /// Args:
    ///     text: any text.
    ///
    /// Returns:
    ///     The tokens in order.
    ///
    /// Raises:
    ///     UnicodeEncodeError: the text holds a lone surrogate.
    fn tokenize<'py>(&self, py: Python<'py>, text: &str) -> PyResult<Vec<Bound<'py, PyString>>> {
        check_length(text)?;
        let tokens = detached(py, || self.inner.tokenize(text))?;
        Ok(strings(py, tokens.iter().map(|token| token.text(text))))
    }

    /// The syntactic words of a text, as strings: contractions are two words (au = à + le).
    ///
    /// Args:
    ///     text: any text.
    ///
    /// Returns:
    ///     The words in order; the parts of a contraction are in lower case.
    ///
    /// Raises:
    ///     UnicodeEncodeError: the text holds a lone surrogate.
    ///
    /// Example:
    ///     >>> propos.Tokenizer(abbreviations=["réf."]).words("la réf. du livre")
    ///     ['la', 'réf.', 'de', 'le', 'livre']
    fn words<'py>(&self, py: Python<'py>, text: &str) -> PyResult<Vec<Bound<'py, PyString>>> {
        words_by(py, &self.inner, text)
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
    #[pyo3(signature = (text, *, lines = "auto"))]
    fn sentences<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyString>,
        lines: &str,
    ) -> PyResult<Vec<Bound<'py, PyString>>> {
        sentences_by(py, &self.inner, text, lines)
    }

    /// The tokens of a text as columns, without a Python object a token.
    ///
    /// Args:
    ///     text: any text.
    ///     lines: as for ``parse``.
    ///
    /// Returns:
    ///     Memory views of equal length: ``start_char`` and ``end_char`` (``"i"``: code points), ``kind`` (``"B"``: an
    ///     index of ``Tokenizer.KINDS``), ``sentence`` (``"i"``: the number of the sentence). ``numpy.asarray`` and
    ///     ``pyarrow.py_buffer`` take them without a copy.
    ///
    /// Raises:
    ///     UnicodeEncodeError: the text holds a lone surrogate.
    ///     ValueError: ``lines`` is not known.
    ///
    /// Example:
    ///     >>> list(propos.Tokenizer().columns("Il a 3 ans.")["start_char"])
    ///     [0, 3, 5, 7, 10]
    #[pyo3(signature = (text, *, lines = "auto"))]
    fn columns<'py>(
        &self,
        py: Python<'py>,
        text: &str,
        lines: &str,
    ) -> PyResult<BTreeMap<&'static str, Bound<'py, PyAny>>> {
        let lines = line_mode(lines)?;
        check_length(text)?;
        let columns = detached(py, || {
            let mut columns = Columns::with_capacity(text.len() / 5 + 1);
            crate::sentence::read(text, &self.inner, lines, &mut columns);
            columns
        })?;
        Ok(BTreeMap::from([
            ("start_char", column(py, "i", columns.start.as_flattened())?),
            ("end_char", column(py, "i", columns.end.as_flattened())?),
            ("kind", column(py, "B", &columns.kind)?),
            ("sentence", column(py, "i", columns.sentence.as_flattened())?),
        ]))
    }

    /// Names of the kinds of tokens, by number.
    #[classattr]
    #[pyo3(name = "KINDS")]
    fn kinds() -> Vec<&'static str> {
        crate::TokenKind::ALL.iter().map(|kind| kind.name()).collect()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let mut options = Vec::new();
        for (name, value, default) in [
            ("keep_elisions", self.keep_elisions, false),
            ("split_hyphens", self.split_hyphens, false),
            ("merge_urls", self.merge_urls, true),
        ] {
            if value != default {
                options.push(format!("{name}={}", if value { "True" } else { "False" }));
            }
        }
        if !self.abbreviations.is_empty() {
            options.push(format!("abbreviations={}", self.abbreviations.clone().into_pyobject(py)?.repr()?));
        }
        if !self.exceptions.is_empty() {
            options.push(format!("exceptions={}", self.exceptions.clone().into_pyobject(py)?.repr()?));
        }
        Ok(format!("propos.Tokenizer({})", options.join(", ")))
    }

    fn __hash__(&self) -> u64 {
        super::doc::hash(&(
            self.keep_elisions,
            self.split_hyphens,
            self.merge_urls,
            &self.abbreviations,
            &self.exceptions,
        ))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, State> {
        let make = py.import("propos._core")?.getattr("_tokenizer")?;
        Ok((
            make,
            (
                self.keep_elisions,
                self.split_hyphens,
                self.merge_urls,
                self.abbreviations.clone(),
                self.exceptions.clone(),
            ),
        ))
    }
}

type State = (bool, bool, bool, Vec<String>, BTreeMap<String, Vec<String>>);

/// Makes a tokenizer from its options: what pickle calls.
#[pyfunction]
#[pyo3(name = "_tokenizer")]
pub(super) fn tokenizer(
    keep_elisions: bool,
    split_hyphens: bool,
    merge_urls: bool,
    abbreviations: Vec<String>,
    exceptions: BTreeMap<String, Vec<String>>,
) -> PyResult<Tokenizer> {
    Tokenizer::new(keep_elisions, split_hyphens, merge_urls, abbreviations, exceptions)
}

/// Columns of tokens: 32-bit integers in the machine's byte order.
struct Columns {
    start: Vec<[u8; 4]>,
    end: Vec<[u8; 4]>,
    kind: Vec<u8>,
    sentence: Vec<[u8; 4]>,
    sentences: u32,
}

impl Columns {
    fn with_capacity(tokens: usize) -> Self {
        let numbers = || Vec::with_capacity(tokens);
        Self { start: numbers(), end: numbers(), kind: Vec::with_capacity(tokens), sentence: numbers(), sentences: 0 }
    }
}

impl Reader for Columns {
    fn tokens(&mut self, tokens: &[Token]) {
        self.start.extend(tokens.iter().map(|token| token.chars.start.to_ne_bytes()));
        self.end.extend(tokens.iter().map(|token| token.chars.end.to_ne_bytes()));
        self.kind.extend(tokens.iter().map(|token| token.kind as u8));
    }

    fn sentence(&mut self, _: &Token, _: &Token, count: usize) {
        self.sentence.extend(std::iter::repeat_n(self.sentences.to_ne_bytes(), count));
        self.sentences += 1;
    }
}

/// A memory view of bytes, of elements of the `format`.
fn column<'py>(py: Python<'py>, format: &str, bytes: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    let bytes = PyBytes::new(py, bytes);
    py.import("builtins")?.getattr("memoryview")?.call1((bytes,))?.call_method1("cast", (format,))
}

/// The syntactic words of a text, as strings: contractions are two words (au = à + le).
///
/// Args:
///     text: any text.
///
/// Returns:
///     The words in order; the parts of a contraction are in lower case.
///
/// Raises:
///     UnicodeEncodeError: the text holds a lone surrogate.
///
/// Example:
///     >>> propos.words("Il va au bar.")
///     ['Il', 'va', 'à', 'le', 'bar', '.']
#[pyfunction]
pub(super) fn words<'py>(py: Python<'py>, text: &str) -> PyResult<Vec<Bound<'py, PyString>>> {
    words_by(py, &crate::Tokenizer::default(), text)
}

/// The syntactic words of the tokens that this tokenizer gives.
fn words_by<'py>(py: Python<'py>, tokenizer: &crate::Tokenizer, text: &str) -> PyResult<Vec<Bound<'py, PyString>>> {
    check_length(text)?;
    let (tokens, words) = detached(py, || {
        let tokens = tokenizer.tokenize(text);
        let words = crate::words(text, &tokens);
        (tokens, words)
    })?;
    Ok(strings(py, words.iter().map(|word| word.form(text, &tokens))))
}

/// The tokens, words and sentences of a document as CoNLL-U.
///
/// Args:
///     doc: the document.
///     name: its name, which begins the sentence identifiers.
///
/// Returns:
///     The sentences, each with an empty line after it; ``_`` stands in the columns of the analysis.
#[pyfunction]
#[pyo3(name = "_conllu")]
pub(super) fn conllu(py: Python<'_>, doc: &Bound<'_, Doc>, name: &str) -> PyResult<String> {
    let doc = doc.get().core().clone();
    detached(py, || crate::conllu(doc.text(), doc.tokens(), doc.sentences(), name))
}
