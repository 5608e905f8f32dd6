//! `Quote`, `Cue`, `Mention`, `Entity` and `MarkedSpan` as Python sees them.

use std::collections::{BTreeMap, HashMap};

use pyo3::prelude::*;

use super::Reduced;
use super::doc::{Doc, Span, hash, shown};

/// An attributed utterance: what was said, by whom, and the words that say so.
#[pyclass(frozen, module = "propos")]
#[derive(Clone)]
pub(crate) struct Quote {
    doc: Doc,
    index: u32,
}

impl Quote {
    pub(super) fn new(doc: Doc, index: u32) -> Self {
        Self { doc, index }
    }

    fn core(&self) -> &crate::Quote {
        &self.doc.core().quotes()[self.index as usize]
    }
}

#[pymethods]
impl Quote {
    /// The document.
    #[getter]
    fn doc(&self) -> Doc {
        self.doc.clone()
    }

    /// Position among the document's quotations.
    #[getter]
    fn index(&self) -> u32 {
        self.index
    }

    /// ``"direct"`` (verbatim between marks or a turn of dialogue), ``"mixed"`` (a reported clause or phrase with
    /// verbatim parts) or ``"indirect"``.
    #[getter]
    fn kind(&self) -> &'static str {
        self.core().kind.as_str()
    }

    /// What was said: one span, or several where the narration interrupts it ("A, a dit X, B").
    #[getter]
    fn content(&self) -> Vec<Span> {
        self.doc.spans(&self.core().content)
    }

    /// The verbatim parts, marks excluded.
    #[getter]
    fn quoted(&self) -> Vec<Span> {
        self.doc.spans(&self.core().quoted)
    }

    /// The parts of the content, joined by one space.
    #[getter]
    fn text(&self) -> String {
        self.doc.core().joined(&self.core().content)
    }

    /// The words that open it, or ``None``.
    #[getter]
    fn cue(&self) -> Option<Cue> {
        self.core().cue.as_ref().map(|_| Cue { quote: self.clone() })
    }

    /// The phrase that names the source, or ``None`` if it is not expressed.
    #[getter]
    fn speaker(&self) -> Option<Mention> {
        self.core().speaker.map(|core| Mention { doc: self.doc.clone(), core })
    }

    /// The person or organization that speaks, or ``None`` if it is not known.
    #[getter]
    fn entity(&self) -> Option<Entity> {
        self.core().entity.map(|index| Entity::new(self.doc.clone(), index))
    }

    /// The quotation whose content holds this one, or ``None``.
    #[getter]
    fn parent(&self) -> Option<Self> {
        self.core().parent.map(|index| Self::new(self.doc.clone(), index))
    }

    /// True if the cue is a verb of belief (penser, craindre), not of speech.
    #[getter]
    fn belief(&self) -> bool {
        self.core().belief
    }

    /// False if the report is negated, questioned or hypothetical ("n'a pas dit que").
    #[getter]
    fn asserted(&self) -> bool {
        self.core().asserted
    }

    /// Estimated probability that content and speaker are right, 0 to 1.
    #[getter]
    fn confidence(&self) -> f64 {
        // Two decimals are all that the estimate is worth.
        (f64::from(self.core().confidence) * 100.0).round() / 100.0
    }

    /// How it was found: the pattern of the content and that of the speaker.
    #[getter]
    fn why(&self) -> String {
        let why = self.core().why;
        format!("content: {}; speaker: {}", why.content, why.speaker)
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

    fn __str__(&self) -> String {
        self.text()
    }

    fn __repr__(&self) -> String {
        let speaker = self
            .entity()
            .map(|entity| entity.name().to_owned())
            .or_else(|| self.speaker().map(|mention| mention.text().to_owned()));
        match speaker {
            Some(name) => format!("<propos.Quote {}, {name}: {:?}>", self.kind(), self.text()),
            None => format!("<propos.Quote {}: {:?}>", self.kind(), self.text()),
        }
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.index == other.index && self.doc.core().text() == other.doc.core().text()
    }

    fn __hash__(&self) -> u64 {
        hash(&(self.index, self.doc.core().text()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (Doc, &'static str, u32, u32)> {
        let part = py.import("propos._core")?.getattr("_part")?;
        Ok((part, (self.doc.clone(), "quote", self.index, 0)))
    }
}

/// The words that open a quotation: a verb group, "selon", a noun.
#[pyclass(frozen, module = "propos")]
#[derive(Clone)]
pub(crate) struct Cue {
    quote: Quote,
}

impl Cue {
    fn core(&self) -> Option<&crate::Cue> {
        self.quote.core().cue.as_ref()
    }
}

#[pymethods]
impl Cue {
    /// The group as it stands, auxiliary and clitic subject included.
    #[getter]
    fn span(&self) -> Span {
        self.quote.doc.span(self.core().map(|cue| cue.range).unwrap_or_default())
    }

    /// Its text.
    #[getter]
    fn text(&self) -> &str {
        self.core().map_or("", |cue| self.quote.doc.core().slice(cue.range))
    }

    /// Lemma of the reporting word.
    #[getter]
    fn lemma(&self) -> &str {
        self.core().map_or("", |cue| &cue.lemma)
    }

    fn __str__(&self) -> &str {
        self.text()
    }

    fn __repr__(&self) -> String {
        format!("<propos.Cue {:?} ({})>", self.text(), self.lemma())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.core() == other.core() && self.quote.doc.core().text() == other.quote.doc.core().text()
    }

    fn __hash__(&self) -> u64 {
        hash(&(self.lemma(), self.text()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (Quote, &'static str)> {
        let getattr = py.import("builtins")?.getattr("getattr")?;
        Ok((getattr, (self.quote.clone(), "cue")))
    }
}

/// A phrase or pronoun that refers to a person or an organization.
#[pyclass(frozen, module = "propos")]
#[derive(Clone)]
pub(crate) struct Mention {
    doc: Doc,
    core: crate::Mention,
}

#[pymethods]
impl Mention {
    /// The phrase as it stands, title and adjoining apposition included.
    #[getter]
    fn span(&self) -> Span {
        self.doc.span(self.core.range)
    }

    /// Its text.
    #[getter]
    fn text(&self) -> &str {
        self.doc.core().slice(self.core.range)
    }

    /// ``"person"``, ``"group"``, ``"organization"``, ``"pronoun"``, ``"unnamed"`` or ``"other"`` (a document).
    #[getter]
    fn kind(&self) -> &'static str {
        self.core.kind.as_str()
    }

    /// ``"f"``, ``"m"`` or ``None`` where the text does not show it.
    #[getter]
    fn gender(&self) -> Option<&'static str> {
        self.core.gender.map(crate::Gender::as_str)
    }

    /// The entity it refers to, or ``None``.
    #[getter]
    fn entity(&self) -> Option<Entity> {
        self.core.entity.map(|index| Entity::new(self.doc.clone(), index))
    }

    fn __str__(&self) -> &str {
        self.text()
    }

    fn __repr__(&self) -> String {
        format!("<propos.Mention {}: {:?}>", self.kind(), self.text())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.core == other.core && self.doc.core().text() == other.doc.core().text()
    }

    fn __hash__(&self) -> u64 {
        hash(&(self.core.range, self.doc.core().text()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (Doc, u32, u32)> {
        let find = py.import("propos._core")?.getattr("_mention")?;
        Ok((find, (self.doc.clone(), self.core.range.start, self.core.range.end)))
    }
}

/// The mention that covers just these tokens: what pickle calls.
#[pyfunction]
#[pyo3(name = "_mention")]
pub(super) fn mention(doc: &Bound<'_, Doc>, start: u32, end: u32) -> PyResult<Mention> {
    let doc = doc.get().clone();
    let range = crate::TokenRange::new(start, end);
    let core = doc.core();
    let speakers = core.quotes().iter().filter_map(|quote| quote.speaker);
    let named = core.entities().iter().flat_map(|entity| entity.mentions.iter().copied());
    let found = speakers.chain(named).find(|mention| mention.range == range);
    match found {
        Some(core) => Ok(Mention { doc, core }),
        None => Err(pyo3::exceptions::PyIndexError::new_err(format!("no mention at tokens {start}:{end}"))),
    }
}

/// How much is quoted in a document, and whom: pairs of numbers, of quotations and of the words in them.
///
/// A word is a token that is no punctuation, symbol or emoji. The words of a quotation inside another one count for both
/// speakers; reports that are not asserted ("n'a pas dit que") count too.
#[pyclass(frozen, module = "propos")]
#[derive(Clone)]
pub(crate) struct Statistics {
    doc: Doc,
    core: crate::Statistics,
}

impl Statistics {
    pub(super) fn new(doc: Doc, core: crate::Statistics) -> Self {
        Self { doc, core }
    }
}

fn pair(count: crate::Count) -> (u32, u32) {
    (count.quotes, count.words)
}

#[pymethods]
impl Statistics {
    /// The document.
    #[getter]
    fn doc(&self) -> Doc {
        self.doc.clone()
    }

    /// Number of quotations.
    #[getter]
    fn quotes(&self) -> u32 {
        self.core.total.quotes
    }

    /// Number of words in their contents.
    #[getter]
    fn words(&self) -> u32 {
        self.core.total.words
    }

    /// Quotations and words of each kind: ``"direct"``, ``"mixed"``, ``"indirect"``.
    #[getter]
    fn by_kind(&self) -> BTreeMap<&'static str, (u32, u32)> {
        self.core.by_kind.iter().map(|&(kind, count)| (kind.as_str(), pair(count))).collect()
    }

    /// Quotations and words of women (``"f"``), of men (``"m"``), and of who is no person or of unknown gender (``None``).
    #[getter]
    fn by_gender(&self) -> HashMap<Option<&'static str>, (u32, u32)> {
        self.core.by_gender.iter().map(|&(gender, count)| (gender.map(crate::Gender::as_str), pair(count))).collect()
    }

    /// Each speaker with its quotations and words, who says most words first; ``None``, at the end, for the unknown.
    #[getter]
    fn by_speaker(&self) -> Vec<(Option<Entity>, u32, u32)> {
        let row = |&(entity, count): &(Option<u32>, crate::Count)| {
            (entity.map(|index| Entity::new(self.doc.clone(), index)), count.quotes, count.words)
        };
        self.core.by_speaker.iter().map(row).collect()
    }

    fn __repr__(&self) -> String {
        let speakers = self.core.by_speaker.iter().filter(|entry| entry.0.is_some()).count();
        let crate::Count { quotes, words } = self.core.total;
        format!("<propos.Statistics: {quotes} quotations, {words} words, {speakers} speakers>")
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.core == other.core && self.doc.core().text() == other.doc.core().text()
    }

    fn __hash__(&self) -> u64 {
        hash(&(self.core.total.quotes, self.core.total.words, self.doc.core().text()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (Doc,)> {
        let method = py.get_type::<Doc>().getattr("statistics")?;
        Ok((method, (self.doc.clone(),)))
    }
}

/// A person, an organization or a group, over the whole document.
#[pyclass(frozen, module = "propos", from_py_object)]
#[derive(Clone)]
pub(crate) struct Entity {
    doc: Doc,
    index: u32,
}

impl Entity {
    pub(super) fn new(doc: Doc, index: u32) -> Self {
        Self { doc, index }
    }

    pub(super) fn position(&self) -> u32 {
        self.index
    }

    /// True if it is no entity of `doc`.
    pub(super) fn of_other(&self, doc: &Doc) -> bool {
        self.doc.core().text() != doc.core().text()
    }

    fn core(&self) -> &crate::Entity {
        &self.doc.core().entities()[self.index as usize]
    }
}

#[pymethods]
impl Entity {
    /// The document.
    #[getter]
    fn doc(&self) -> Doc {
        self.doc.clone()
    }

    /// Position among the document's entities.
    #[getter]
    fn index(&self) -> u32 {
        self.index
    }

    /// The fullest name the text gives.
    #[getter]
    fn name(&self) -> &str {
        &self.core().name
    }

    /// ``"person"``, ``"organization"`` or ``"group"``.
    #[getter]
    fn kind(&self) -> &'static str {
        self.core().kind.as_str()
    }

    /// ``"f"``, ``"m"`` or ``None`` where the text does not show it.
    #[getter]
    fn gender(&self) -> Option<&'static str> {
        self.core().gender.map(crate::Gender::as_str)
    }

    /// The function the text gives it ("présidente de la région"), or ``None``.
    #[getter]
    fn role(&self) -> Option<&str> {
        self.core().role.map(|range| self.doc.core().slice(range))
    }

    /// Where it is named or referred to, by position.
    #[getter]
    fn mentions(&self) -> Vec<Mention> {
        self.core().mentions.iter().map(|&core| Mention { doc: self.doc.clone(), core }).collect()
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

    fn __str__(&self) -> &str {
        self.name()
    }

    fn __repr__(&self) -> String {
        format!("<propos.Entity {}: {}>", self.kind(), self.name())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.index == other.index && self.doc.core().text() == other.doc.core().text()
    }

    fn __hash__(&self) -> u64 {
        hash(&(self.index, self.doc.core().text()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (Doc, &'static str, u32, u32)> {
        let part = py.import("propos._core")?.getattr("_part")?;
        Ok((part, (self.doc.clone(), "entity", self.index, 0)))
    }
}

/// A span between quotation marks and what it is.
#[pyclass(frozen, module = "propos")]
#[derive(Clone)]
pub(crate) struct MarkedSpan {
    doc: Doc,
    index: usize,
}

impl MarkedSpan {
    pub(super) fn new(doc: Doc, index: usize) -> Self {
        Self { doc, index }
    }

    fn core(&self) -> &crate::MarkedSpan {
        &self.doc.core().marked_spans()[self.index]
    }
}

#[pymethods]
impl MarkedSpan {
    /// The tokens inside the marks.
    #[getter]
    fn span(&self) -> Span {
        self.doc.span(self.core().range)
    }

    /// The tokens with their marks.
    #[getter]
    fn outer(&self) -> Span {
        self.doc.span(self.core().outer)
    }

    /// The text inside the marks.
    #[getter]
    fn text(&self) -> &str {
        self.doc.core().slice(self.core().range)
    }

    /// ``"utterance"``, ``"title"``, ``"term"``, ``"scare"``, ``"nickname"``, ``"name"``, ``"foreign"`` or
    /// ``"unattributed"``.
    #[getter]
    fn role(&self) -> &'static str {
        self.core().role.as_str()
    }

    fn __str__(&self) -> &str {
        self.text()
    }

    fn __repr__(&self) -> String {
        format!("<propos.MarkedSpan {}: {:?}>", self.role(), self.text())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.index == other.index && self.doc.core().text() == other.doc.core().text()
    }

    fn __hash__(&self) -> u64 {
        hash(&(self.index, self.doc.core().text()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Reduced<'py, (Doc, &'static str, usize, u32)> {
        let part = py.import("propos._core")?.getattr("_part")?;
        Ok((part, (self.doc.clone(), "marked", self.index, 0)))
    }
}
