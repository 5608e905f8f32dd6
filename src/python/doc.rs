//! `Doc`, `Span`, `Token` and `Word` as Python sees them: thin views of one shared [`crate::Doc`].

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PySlice;

use super::quote::{Entity, MarkedSpan, Quote, Statistics};
use super::{Reduced, detached, interruptible};
use crate::sentence::LineMode;
use crate::text::TokenRange;

/// A French text that has been read: an immutable sequence of tokens.
///
/// Made by ``propos.parse``. ``doc[i]`` is a token, ``doc[i:j]`` a span, ``len(doc)`` the number of tokens. Two
/// documents are equal if they have the same text and were read in the same line mode for the same parser.
#[pyclass(frozen, sequence, module = "propos")]
#[derive(Clone)]
pub(crate) struct Doc {
    inner: Arc<crate::Doc>,
    lines: LineMode,
}

impl Doc {
    pub(super) fn new(inner: Arc<crate::Doc>, lines: LineMode) -> Self {
        Self { inner, lines }
    }

    pub(super) fn core(&self) -> &Arc<crate::Doc> {
        &self.inner
    }

    pub(super) fn span(&self, range: TokenRange) -> Span {
        Span { doc: self.clone(), range }
    }

    fn word(&self, index: u32) -> Word {
        Word { doc: self.clone(), index }
    }

    /// What `ask` says of the document, without the GIL; Ctrl-C ends the wait if the text is long.
    fn ask<T: Send + 'static>(
        &self,
        py: Python<'_>,
        ask: impl Fn(&crate::Doc) -> T + Send + Sync + 'static,
    ) -> PyResult<T> {
        let inner = Arc::clone(&self.inner);
        interruptible(py, self.inner.text().len(), move || ask(&inner))
    }

    /// The words with these indices.
    fn some_words(&self, indices: impl IntoIterator<Item = u32>) -> Vec<Word> {
        indices.into_iter().map(|index| self.word(index)).collect()
    }

    fn words_of(&self, py: Python<'_>, range: TokenRange) -> PyResult<Vec<Word>> {
        Ok(self.some_words(detached(py, || self.inner.trees().words_of(range))?))
    }

    pub(super) fn spans(&self, ranges: &[TokenRange]) -> Vec<Span> {
        ranges.iter().map(|&range| self.span(range)).collect()
    }
}

#[pymethods]
impl Doc {
    /// The text as it was given.
    #[getter]
    fn text(&self) -> &str {
        self.inner.text()
    }

    /// The tokens as a list.
    #[getter]
    fn tokens(&self) -> Vec<Token> {
        (0..to_u32(self.inner.tokens().len())).map(|index| Token { doc: self.clone(), index }).collect()
    }

    /// The syntactic words as a list: contractions are two (au = à + le), every other token is one.
    ///
    /// Tags and trees are found when first asked for, by the parser that ``propos.parse`` was given.
    ///
    /// Example:
    ///     >>> doc = propos.parse("Les élues parlent du lac.")
    ///     >>> [(word.text, word.lemma, word.upos, word.deprel) for word in doc.words[:3]]
    ///     [('Les', 'le', 'DET', 'det'), ('élues', 'élu', 'NOUN', 'nsubj'), ('parlent', 'parler', 'VERB', 'root')]
    #[getter]
    fn words(&self, py: Python<'_>) -> PyResult<Vec<Word>> {
        let count = self.ask(py, |doc| doc.trees().words().len())?;
        Ok((0..to_u32(count)).map(|index| self.word(index)).collect())
    }

    /// The sentences, spans that together hold every token.
    #[getter]
    fn sentences(&self) -> Vec<Span> {
        self.spans(self.inner.sentences())
    }

    /// The quotations, by position.
    #[getter]
    pub(super) fn quotes(&self, py: Python<'_>) -> PyResult<Vec<Quote>> {
        let count = self.ask(py, |doc| doc.quotes().len())?;
        Ok((0..to_u32(count)).map(|index| Quote::new(self.clone(), index)).collect())
    }

    /// The people and organizations, by first mention.
    #[getter]
    fn entities(&self, py: Python<'_>) -> PyResult<Vec<Entity>> {
        let count = self.ask(py, |doc| doc.entities().len())?;
        Ok((0..to_u32(count)).map(|index| Entity::new(self.clone(), index)).collect())
    }

    /// Every span between quotation marks, utterance or not, with its role.
    #[getter]
    fn marked_spans(&self, py: Python<'_>) -> PyResult<Vec<MarkedSpan>> {
        let count = self.ask(py, |doc| doc.marked_spans().len())?;
        Ok((0..count).map(|index| MarkedSpan::new(self.clone(), index)).collect())
    }

    /// The quotations of one person, organization or group.
    ///
    /// Args:
    ///     entity: an entity of this document, or a name: that of an entity as the text gives it most fully.
    ///
    /// Returns:
    ///     The quotations by position; none if nobody here has that name.
    ///
    /// Raises:
    ///     ValueError: the entity is one of another document.
    ///     TypeError: the argument is neither an entity nor a name.
    ///
    /// Example:
    ///     >>> doc = propos.parse("« Je reviens », a dit Anne Berger. Luc Petit dort. Selon elle, le pont tient.")
    ///     >>> [quote.text for quote in doc.quotes_by("Anne Berger")]
    ///     ['Je reviens', 'le pont tient']
    fn quotes_by(&self, py: Python<'_>, entity: EntityOrName) -> PyResult<Vec<Quote>> {
        let wanted: Vec<u32> = match entity {
            EntityOrName::Entity(entity) => {
                if entity.of_other(self) {
                    return Err(PyValueError::new_err("the entity is one of another document"));
                }
                vec![entity.position()]
            }
            EntityOrName::Name(name) => detached(py, || {
                let entities = (0..).zip(self.inner.entities());
                entities.filter(|(_, entity)| *entity.name == *name).map(|(index, _)| index).collect()
            })?,
        };
        let quotes = detached(py, || {
            let quotes = (0..).zip(self.inner.quotes());
            let said = quotes.filter(|(_, quote)| quote.entity.is_some_and(|entity| wanted.contains(&entity)));
            said.map(|(index, _)| index).collect::<Vec<u32>>()
        })?;
        Ok(quotes.into_iter().map(|index| Quote::new(self.clone(), index)).collect())
    }

    /// How much is quoted, and whom: quotations and words by kind, gender and speaker.
    ///
    /// Example:
    ///     >>> doc = propos.parse("« Je reviens », a dit Anne Berger. Selon elle, le pont tient bien.")
    ///     >>> statistics = doc.statistics()
    ///     >>> statistics.quotes, statistics.words, statistics.by_kind["direct"]
    ///     (2, 6, (1, 2))
    ///     >>> [(entity.name, quotes, words) for entity, quotes, words in statistics.by_speaker]
    ///     [('Anne Berger', 2, 6)]
    fn statistics(&self, py: Python<'_>) -> PyResult<Statistics> {
        Ok(Statistics::new(self.clone(), detached(py, || self.inner.statistics())?))
    }

    /// The quotations as one line of JSON.
    ///
    /// Args:
    ///     doc: the name to give the document.
    ///
    /// Returns:
    ///     One JSON object without a line break; see docs/json.md.
    #[pyo3(signature = (doc = ""))]
    fn to_json(&self, py: Python<'_>, doc: &str) -> PyResult<String> {
        let name = doc.to_owned();
        self.ask(py, move |doc| doc.to_json(&name))
    }

    /// The document as CoNLL-U: words with lemma, part of speech, features, head and relation.
    ///
    /// Args:
    ///     doc: the name to give the document, which also begins the sentence identifiers.
    ///
    /// Returns:
    ///     The sentences, each with an empty line after it.
    ///
    /// Example:
    ///     >>> print(propos.parse("Il dort.").to_conllu().splitlines()[4].split("\t")[:4])
    ///     ['2', 'dort', 'dormir', 'VERB']
    #[pyo3(signature = (doc = ""))]
    fn to_conllu(&self, py: Python<'_>, doc: &str) -> PyResult<String> {
        let name = doc.to_owned();
        self.ask(py, move |doc| doc.to_conllu(&name))
    }

    /// The document as HTML: quotations, cues and speakers marked, a colour a speaker, a legend.
    ///
    /// Args:
    ///     title: shown above, if not empty.
    ///     page: give a whole page to save as a file, not only the part that a page or notebook can hold.
    ///     max_chars: cut longer documents near this many code points, with a note; ``None`` never cuts.
    ///
    /// Returns:
    ///     HTML that needs nothing from outside and runs no script; all text is escaped.
    #[pyo3(signature = (*, title = "", page = false, max_chars = None))]
    fn to_html(slf: &Bound<'_, Self>, title: &str, page: bool, max_chars: Option<u32>) -> PyResult<String> {
        shown(slf.py(), "to_html", (slf, title, page, max_chars))?.extract()
    }

    /// Show the document: with its quotations marked in a notebook, as a list of quotations elsewhere.
    ///
    /// Args:
    ///     title: shown above, if not empty.
    ///     max_chars: cut longer documents near this many code points, with a note; ``None`` never cuts.
    #[pyo3(signature = (*, title = "", max_chars = Some(20_000)))]
    fn display(slf: &Bound<'_, Self>, title: &str, max_chars: Option<u32>) -> PyResult<()> {
        shown(slf.py(), "display", (slf, title, max_chars)).map(drop)
    }

    /// The document as one of spaCy: its tokens, sentences and quotations.
    ///
    /// Args:
    ///     nlp: the pipeline whose vocabulary is used; its components are not run.
    ///
    /// Returns:
    ///     A spaCy document with the same text.
    ///
    /// Raises:
    ///     ImportError: spaCy is not installed.
    fn to_spacy<'py>(slf: &Bound<'py, Self>, nlp: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("propos.spacy")?.getattr("to_spacy")?.call1((slf, nlp))
    }

    #[pyo3(signature = (include = None, exclude = None))]
    fn _repr_mimebundle_<'py>(
        slf: &Bound<'py, Self>,
        include: Option<&Bound<'py, PyAny>>,
        exclude: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let _ = (include, exclude);
        shown(slf.py(), "bundle", (slf,))
    }

    fn __iter__(&self) -> TokenIterator {
        TokenIterator::new(self.clone(), TokenRange::new(0, to_u32(self.inner.tokens().len())))
    }

    fn __len__(&self) -> usize {
        self.inner.tokens().len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let whole = TokenRange::new(0, to_u32(self.inner.tokens().len()));
        item(py, self, whole, index)
    }

    fn __str__(&self) -> &str {
        self.inner.text()
    }

    fn __repr__(&self) -> String {
        format!("<propos.Doc: {} tokens, {} sentences>", self.inner.tokens().len(), self.inner.sentences().len())
    }

    fn __eq__(&self, other: &Self) -> bool {
        let options = |doc: &Self| (doc.lines, doc.inner.parser());
        Arc::ptr_eq(&self.inner, &other.inner)
            || (options(self) == options(other) && self.inner.text() == other.inner.text())
    }

    fn __hash__(&self) -> u64 {
        hash(&self.inner.text())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (String, &'static str, &'static str)> {
        let rebuild = py.import("propos._core")?.getattr("_rebuild")?;
        Ok((rebuild, (self.inner.text().to_owned(), self.lines.name(), self.inner.parser().name())))
    }
}

/// What [`Doc::quotes_by`] takes.
#[derive(FromPyObject)]
enum EntityOrName {
    Entity(Entity),
    Name(String),
}

/// A range of tokens of a document.
///
/// ``start`` and ``end`` count tokens, ``start_char`` and ``end_char`` code points of the document's text;
/// ``doc.text[span.start_char:span.end_char] == span.text`` always holds.
#[pyclass(frozen, sequence, module = "propos")]
#[derive(Clone)]
pub(crate) struct Span {
    doc: Doc,
    range: TokenRange,
}

#[pymethods]
impl Span {
    /// The document.
    #[getter]
    fn doc(&self) -> Doc {
        self.doc.clone()
    }

    /// First token.
    #[getter]
    fn start(&self) -> u32 {
        self.range.start
    }

    /// One past the last token.
    #[getter]
    fn end(&self) -> u32 {
        self.range.end
    }

    /// First code point.
    #[getter]
    fn start_char(&self) -> u32 {
        self.doc.inner.chars(self.range).start
    }

    /// One past the last code point.
    #[getter]
    fn end_char(&self) -> u32 {
        self.doc.inner.chars(self.range).end
    }

    /// The text of the span, inner white space included.
    #[getter]
    fn text(&self) -> &str {
        self.doc.inner.slice(self.range)
    }

    /// The syntactic words of its tokens.
    #[getter]
    fn words(&self, py: Python<'_>) -> PyResult<Vec<Word>> {
        self.doc.words_of(py, self.range)
    }

    /// The word whose head is outside of the span; the highest in the tree if there are several, then the first.
    ///
    /// ``None`` if the span is empty.
    ///
    /// Example:
    ///     >>> doc = propos.parse("La ministre de la Culture est partie.")
    ///     >>> doc[0:5].root.text, doc.sentences[0].root.text
    ///     ('ministre', 'partie')
    #[getter]
    fn root(&self, py: Python<'_>) -> PyResult<Option<Word>> {
        let root = detached(py, || self.doc.inner.trees().root(self.range))?;
        Ok(root.map(|index| self.doc.word(index)))
    }

    fn __iter__(&self) -> TokenIterator {
        TokenIterator::new(self.doc.clone(), self.range)
    }

    fn __len__(&self) -> usize {
        self.range.len() as usize
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        item(py, &self.doc, self.range, index)
    }

    fn __str__(&self) -> &str {
        self.text()
    }

    fn __repr__(&self) -> String {
        format!("<propos.Span {}:{} {:?}>", self.range.start, self.range.end, self.text())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.range == other.range && self.doc.__eq__(&other.doc)
    }

    fn __hash__(&self) -> u64 {
        hash(&(self.range, self.doc.inner.text()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (Doc, &'static str, u32, u32)> {
        let part = py.import("propos._core")?.getattr("_part")?;
        Ok((part, (self.doc.clone(), "span", self.range.start, self.range.end)))
    }
}

/// One surface token of a document.
#[pyclass(frozen, module = "propos")]
#[derive(Clone)]
pub(crate) struct Token {
    doc: Doc,
    index: u32,
}

impl Token {
    fn core(&self) -> crate::Token {
        self.doc.inner.tokens()[self.index as usize]
    }

    fn tagged(&self, py: Python<'_>) -> PyResult<crate::tag::Tagged> {
        detached(py, || self.doc.inner.tag_of(self.index))
    }
}

#[pymethods]
impl Token {
    /// The document.
    #[getter]
    fn doc(&self) -> Doc {
        self.doc.clone()
    }

    /// Position among the document's tokens.
    #[getter]
    fn index(&self) -> u32 {
        self.index
    }

    /// The token as it stands.
    #[getter]
    fn text(&self) -> &str {
        self.core().text(self.doc.inner.text())
    }

    /// First code point.
    #[getter]
    fn start_char(&self) -> u32 {
        self.core().chars.start
    }

    /// One past the last code point.
    #[getter]
    fn end_char(&self) -> u32 {
        self.core().chars.end
    }

    /// What it is: "word", "number", "punctuation", "symbol", "url", "email", "mention", "hashtag", "emoji" or
    /// "abbreviation".
    #[getter]
    fn kind(&self) -> &'static str {
        self.core().kind.name()
    }

    /// The form used for look-up: lower case, straight apostrophes.
    #[getter]
    fn norm(&self) -> String {
        crate::norm(self.text()).into_owned()
    }

    /// The lemma in the conventions of UD French; of a contraction, that of its preposition.
    #[getter]
    fn lemma<'a>(&'a self, py: Python<'_>) -> PyResult<Cow<'a, str>> {
        detached(py, || self.doc.inner.lemma(self.index))
    }

    /// The part of speech of Universal Dependencies ("NOUN"); of a contraction, that of its preposition ("ADP").
    #[getter]
    fn upos(&self, py: Python<'_>) -> PyResult<&'static str> {
        Ok(self.tagged(py)?.upos().as_str())
    }

    /// The features of Universal Dependencies, values by names; of a contraction, those of its article or pronoun.
    ///
    /// Example:
    ///     >>> propos.parse("Vous mangez.")[1].feats["Person"]
    ///     '2'
    #[getter]
    fn feats(&self, py: Python<'_>) -> PyResult<BTreeMap<&'static str, &'static str>> {
        Ok(self.tagged(py)?.feats.pairs().collect())
    }

    /// The syntactic words that it is: two if it is a contraction.
    #[getter]
    fn words(&self, py: Python<'_>) -> PyResult<Vec<Word>> {
        self.doc.words_of(py, TokenRange::new(self.index, self.index + 1))
    }

    /// The white space that follows, up to the next token or the end of the text.
    #[getter]
    fn whitespace(&self) -> &str {
        self.doc.inner.white_space_after(self.index as usize)
    }

    fn __len__(&self) -> usize {
        let chars = self.core().chars;
        (chars.end - chars.start) as usize
    }

    fn __str__(&self) -> &str {
        self.text()
    }

    fn __repr__(&self) -> String {
        format!("<propos.Token {} {:?}>", self.index, self.text())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.index == other.index && self.doc.__eq__(&other.doc)
    }

    fn __hash__(&self) -> u64 {
        hash(&(self.index, self.doc.inner.text()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (Doc, &'static str, u32, u32)> {
        let part = py.import("propos._core")?.getattr("_part")?;
        Ok((part, (self.doc.clone(), "token", self.index, 0)))
    }
}

/// A syntactic word of a document with its place in the tree of its sentence: a token, or half of a contraction.
///
/// Parts of speech, features and relations are those of Universal Dependencies for French.
///
/// Example:
///     >>> doc = propos.parse("Le maire parle aux habitants.")
///     >>> word = doc.words[1]
///     >>> word.lemma, word.upos, word.deprel, word.head.text
///     ('maire', 'NOUN', 'nsubj', 'parle')
///     >>> [(word.text, word.token.text) for word in doc.words[3:5]]
///     [('à', 'aux'), ('les', 'aux')]
#[pyclass(frozen, module = "propos")]
#[derive(Clone)]
pub(crate) struct Word {
    doc: Doc,
    index: u32,
}

impl Word {
    fn core(&self) -> crate::parse::Word {
        self.doc.inner.trees().words()[self.index as usize]
    }
}

#[pymethods]
impl Word {
    /// The document.
    #[getter]
    fn doc(&self) -> Doc {
        self.doc.clone()
    }

    /// Position among the document's words.
    #[getter]
    fn index(&self) -> u32 {
        self.index
    }

    /// The token as it stands, or the part of a contraction in lower case.
    #[getter]
    fn text(&self) -> &str {
        self.doc.inner.word_form(self.index)
    }

    /// The token that it is, or is part of.
    #[getter]
    fn token(&self) -> Token {
        Token { doc: self.doc.clone(), index: self.core().token }
    }

    /// The sentence that it is in.
    #[getter]
    fn sentence(&self) -> Span {
        self.doc.span(self.doc.inner.sentence_of(self.core().token))
    }

    /// The lemma, in the conventions of UD French: "les" -> "le", "députée" -> "député", "a" -> "avoir".
    #[getter]
    fn lemma(&self) -> Cow<'_, str> {
        self.doc.inner.word_lemma(self.index)
    }

    /// The part of speech: "NOUN", "VERB" and so on.
    #[getter]
    fn upos(&self) -> &'static str {
        self.core().upos.as_str()
    }

    /// The features, values by names.
    ///
    /// Example:
    ///     >>> propos.parse("Nous partons.").words[0].feats["Number"]
    ///     'Plur'
    #[getter]
    fn feats(&self) -> BTreeMap<&'static str, &'static str> {
        self.core().feats.pairs().collect()
    }

    /// The features as CoNLL-U writes them, "Gender=Fem|Number=Sing"; "_" if there is none.
    #[getter]
    fn feats_str(&self) -> String {
        self.core().feats.to_string()
    }

    /// The word that it depends on; ``None`` for the root of the sentence.
    #[getter]
    fn head(&self) -> Option<Word> {
        self.doc.inner.trees().head(self.index).map(|index| self.doc.word(index))
    }

    /// The relation to its head: "nsubj", "obl:arg"; "root" for the root of the sentence.
    #[getter]
    fn deprel(&self) -> &'static str {
        self.core().deprel.as_str()
    }

    /// The words that depend on it, by position.
    #[getter]
    fn children(&self) -> Vec<Word> {
        self.doc.some_words(self.doc.inner.trees().children(self.index).iter().copied())
    }

    /// The word with all that depends on it, directly or not, by position.
    #[getter]
    fn subtree(&self) -> Vec<Word> {
        self.doc.some_words(self.doc.inner.trees().subtree(self.index))
    }

    fn __str__(&self) -> &str {
        self.text()
    }

    fn __repr__(&self) -> String {
        format!("<propos.Word {} {:?}>", self.index, self.text())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.index == other.index && self.doc.__eq__(&other.doc)
    }

    fn __hash__(&self) -> u64 {
        hash(&("word", self.index, self.doc.inner.text()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (Doc, &'static str, u32, u32)> {
        let part = py.import("propos._core")?.getattr("_part")?;
        Ok((part, (self.doc.clone(), "word", self.index, 0)))
    }
}

/// The tokens of a document or span, one by one.
#[pyclass(frozen, module = "propos")]
pub(crate) struct TokenIterator {
    doc: Doc,
    next: AtomicU32,
    end: u32,
}

impl TokenIterator {
    fn new(doc: Doc, range: TokenRange) -> Self {
        Self { doc, next: AtomicU32::new(range.start), end: range.end }
    }
}

#[pymethods]
impl TokenIterator {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self) -> Option<Token> {
        let step = |at| (at < self.end).then_some(at + 1);
        let index = self.next.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step).ok()?;
        Some(Token { doc: self.doc.clone(), index })
    }
}

/// Makes the document anew: what pickle calls.
#[pyfunction]
#[pyo3(name = "_rebuild", signature = (text, lines, parser = "fast"))]
pub(super) fn rebuild(py: Python<'_>, text: &str, lines: &str, parser: &str) -> PyResult<Doc> {
    super::functions::parse(py, text, lines, parser)
}

/// A part of a document by name and position: what pickle calls.
#[pyfunction]
#[pyo3(name = "_part")]
pub(super) fn part<'py>(
    py: Python<'py>,
    doc: &Bound<'py, Doc>,
    what: &str,
    start: u32,
    end: u32,
) -> PyResult<Bound<'py, PyAny>> {
    let doc = doc.get().clone();
    let at = start as usize;
    Ok(match what {
        "span" => Bound::new(py, doc.span(TokenRange::new(start, end)))?.into_any(),
        "token" if at < doc.inner.tokens().len() => Bound::new(py, Token { doc, index: start })?.into_any(),
        "word" if at < doc.words(py)?.len() => Bound::new(py, doc.word(start))?.into_any(),
        "quote" if at < doc.quotes(py)?.len() => Bound::new(py, Quote::new(doc, start))?.into_any(),
        "entity" if at < doc.entities(py)?.len() => Bound::new(py, Entity::new(doc, start))?.into_any(),
        "marked" if at < doc.marked_spans(py)?.len() => Bound::new(py, MarkedSpan::new(doc, at))?.into_any(),
        _ => return Err(PyIndexError::new_err(format!("no {what} {start} in this document"))),
    })
}

/// `sequence[index]` for the tokens `range` of `doc`: a token for an integer, a span for a slice of step 1.
fn item<'py>(py: Python<'py>, doc: &Doc, range: TokenRange, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if let Ok(slice) = index.cast::<PySlice>() {
        let at = slice.indices(isize::try_from(range.len())?)?;
        if at.step != 1 {
            return Err(PyTypeError::new_err("a span is contiguous: use a slice of step 1"));
        }
        let start = range.start + u32::try_from(at.start)?;
        let end = start + u32::try_from(at.slicelength)?;
        return Ok(Bound::new(py, doc.span(TokenRange::new(start, end)))?.into_any());
    }
    let Ok(position) = index.extract::<i64>() else {
        let kind = index.get_type().name()?;
        return Err(PyTypeError::new_err(format!("indices are integers or slices, not {kind}")));
    };
    let length = i64::from(range.len());
    let from_start = if position < 0 { position + length } else { position };
    match u32::try_from(from_start) {
        Ok(offset) if offset < range.len() => {
            Ok(Bound::new(py, Token { doc: doc.clone(), index: range.start + offset })?.into_any())
        }
        _ => Err(PyIndexError::new_err(format!("token {position} of {length}"))),
    }
}

/// Calls a function of `propos._display`, which is written in Python.
pub(super) fn shown<'py, A>(py: Python<'py>, function: &str, arguments: A) -> PyResult<Bound<'py, PyAny>>
where
    A: pyo3::call::PyCallArgs<'py>,
{
    py.import("propos._display")?.getattr(function)?.call1(arguments)
}

pub(super) fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Positions fit by construction: a text has at most `u32::MAX` bytes.
pub(super) fn to_u32(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
