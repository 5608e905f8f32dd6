//! Normalization for Python: `normalize`, `Normalizer` and `Normalized`, whose offsets are code points.

use std::borrow::Cow;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyMemoryView, PyString, PyTuple};

use super::{Reduced, detached};
use crate::normalize::{CharAlignment, Edit};
use crate::text::CharSpan;

/// The value of a switch: `True` and `False`, `None`, a number or a name.
fn value(name: &str, given: &Bound<'_, PyAny>) -> PyResult<String> {
    if given.is_none() {
        return Ok(String::from("off"));
    }
    if let Ok(on) = given.cast::<PyBool>() {
        return Ok(String::from(if on.is_true() { "on" } else { "off" }));
    }
    if let Ok(text) = given.cast::<PyString>() {
        return Ok(text.to_str()?.to_owned());
    }
    if let Ok(number) = given.extract::<u32>() {
        return Ok(number.to_string());
    }
    let kind = given.get_type();
    Err(PyTypeError::new_err(format!("{name} must be a bool, a str, an int or None, not {}", kind.name()?)))
}

/// A preset with steps turned on and off.
fn configure(start: crate::Normalizer, steps: Option<&Bound<'_, PyDict>>) -> PyResult<crate::Normalizer> {
    let mut normalizer = start;
    for (name, given) in steps.into_iter().flatten() {
        let name = name.extract::<String>()?;
        normalizer = normalizer.with(&name, &value(&name, &given)?)?;
    }
    Ok(normalizer)
}

fn begin(preset: Option<&str>) -> PyResult<crate::Normalizer> {
    Ok(preset.map_or_else(|| Ok(crate::Normalizer::new()), crate::Normalizer::preset)?)
}

/// Normalize a text.
///
/// Args:
///     text: any text.
///     preset: ``"typography"``, ``"search"``, ``"compare"``, ``"tts"`` or ``"ascii"``; ``None`` starts with every step
///         off, or from ``"typography"`` if no step is given either.
///     steps: switches, by name, e.g. ``mojibake=True, quotes="french", spacing=False``; they run in one fixed order.
///         ``Normalizer.all_steps()`` lists them.
///
/// Returns:
///     The normalized text: the same object if nothing changed.
///
/// Raises:
///     ValueError: there is no such preset, step or value.
///     UnicodeEncodeError: the text holds a lone surrogate.
///
/// Example:
///     >>> propos.normalize("L'Ã©tÃ©", mojibake=True, apostrophes="typographic")
///     'L’été'
#[pyfunction]
#[pyo3(signature = (text, preset = None, **steps))]
pub(super) fn normalize<'py>(
    text: &Bound<'py, PyString>,
    preset: Option<&str>,
    steps: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyString>> {
    let preset = preset.or(if steps.is_none_or(PyDictMethods::is_empty) { Some("typography") } else { None });
    Normalizer { inner: configure(begin(preset)?, steps)? }.normalize(text)
}

/// A set of normalization steps: immutable, hashable, picklable.
///
/// ``a | b`` has the steps of both; where both turn one on, ``b`` decides its value.
///
/// Args:
///     preset: ``"typography"``, ``"search"``, ``"compare"``, ``"tts"`` or ``"ascii"``; ``None``: every step off.
///     steps: switches, by name: ``True``, ``False``, or a value such as ``quotes="french"``.
///
/// Raises:
///     ValueError: there is no such preset, step or value.
///
/// Example:
///     >>> search = propos.Normalizer("search", diacritics=False)
///     >>> search.normalize("L’Été !")
///     "l'été!"
#[pyclass(frozen, module = "propos")]
#[derive(Clone)]
pub(super) struct Normalizer {
    inner: crate::Normalizer,
}

#[pymethods]
impl Normalizer {
    #[new]
    #[pyo3(signature = (preset = None, **steps))]
    fn new(preset: Option<&str>, steps: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        Ok(Self { inner: configure(begin(preset)?, steps)? })
    }

    /// Normalize a text.
    ///
    /// Args:
    ///     text: any text.
    ///
    /// Returns:
    ///     The normalized text: the same object if nothing changed.
    fn normalize<'py>(&self, text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyString>> {
        let py = text.py();
        let given = text.to_str()?;
        let inner = self.inner;
        match detached(py, || inner.normalize(given))? {
            Cow::Borrowed(_) => Ok(text.clone()),
            Cow::Owned(normalized) => Ok(PyString::new(py, &normalized)),
        }
    }

    /// Normalize a text and keep the way back.
    ///
    /// Args:
    ///     text: any text.
    ///
    /// Returns:
    ///     The normalized text with its alignment.
    ///
    /// Example:
    ///     >>> found = propos.Normalizer(ligatures="fold").align("Le cœur")
    ///     >>> found.text, found.original_span(3, 8)
    ///     ('Le coeur', (3, 7))
    fn align(&self, text: &Bound<'_, PyString>) -> PyResult<Normalized> {
        let py = text.py();
        let given = text.to_str()?;
        let inner = self.inner;
        let (owned, edits) = detached(py, || {
            let normalized = inner.align(given);
            let edits = normalized.in_code_points();
            let owned = match normalized.into_text() {
                Cow::Borrowed(_) => None,
                Cow::Owned(text) => Some(text),
            };
            (owned, edits)
        })?;
        let original = text.clone().unbind();
        let normalized = owned.map_or_else(|| original.clone_ref(py), |owned| PyString::new(py, &owned).unbind());
        Ok(Normalized { original, text: normalized, edits })
    }

    /// These steps with some turned on or off.
    ///
    /// Args:
    ///     steps: switches, as for the class.
    ///
    /// Returns:
    ///     Another normalizer; this one stays as it is.
    #[pyo3(signature = (**steps))]
    fn with_steps(&self, steps: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        Ok(Self { inner: configure(self.inner, steps)? })
    }

    /// The steps that are on, in the order in which they run, with their values.
    #[getter]
    fn steps<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let steps = PyDict::new(py);
        for (name, value) in self.inner.steps() {
            steps.set_item(name, value)?;
        }
        Ok(steps)
    }

    /// Every step there is, in the order in which they run.
    ///
    /// Returns:
    ///     The values of each step, besides ``False``; ``True`` means the first.
    #[staticmethod]
    fn all_steps(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
        let steps = PyDict::new(py);
        for (name, values) in crate::Normalizer::all_steps() {
            steps.set_item(name, PyTuple::new(py, values)?)?;
        }
        Ok(steps)
    }

    /// The names of the presets.
    #[staticmethod]
    fn presets() -> Vec<&'static str> {
        crate::Normalizer::presets()
    }

    fn __or__(&self, other: &Self) -> PyResult<Self> {
        let mut inner = self.inner;
        for (name, value) in other.inner.steps() {
            inner = inner.with(name, value)?;
        }
        Ok(Self { inner })
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner == other.inner
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.inner.hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        let steps: Vec<String> =
            self.inner.steps().into_iter().map(|(name, value)| format!("{name}='{value}'")).collect();
        format!("Normalizer({})", steps.join(", "))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> Reduced<'py, (Vec<(&'static str, &'static str)>,)> {
        let rebuild = slf.py().import("propos._core")?.getattr("_normalizer")?;
        Ok((rebuild, (slf.get().inner.steps(),)))
    }
}

/// Makes a normalizer from its steps, for pickling.
#[pyfunction]
#[pyo3(name = "_normalizer")]
pub(super) fn rebuild_normalizer(steps: Vec<(String, String)>) -> PyResult<Normalizer> {
    let mut inner = crate::Normalizer::new();
    for (name, value) in steps {
        inner = inner.with(&name, &value)?;
    }
    Ok(Normalizer { inner })
}

/// A normalized text and the way back to its original, in code points.
///
/// A span that holds a part of a changed place is widened to the whole place; what was deleted or inserted exactly at
/// an edge stays outside.
#[pyclass(frozen, module = "propos")]
pub(super) struct Normalized {
    original: Py<PyString>,
    text: Py<PyString>,
    edits: CharAlignment,
}

/// Four arrays.
type Columns<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>, Bound<'py, PyAny>, Bound<'py, PyAny>);

/// A span within a text of `length` code points, or an `IndexError`.
fn checked(start: usize, end: usize, length: usize) -> PyResult<CharSpan> {
    if start > end || end > length {
        return Err(PyIndexError::new_err(format!(
            "span ({start}, {end}) is outside of a text of {length} characters"
        )));
    }
    let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Ok(CharSpan { start: position(start), end: position(end) })
}

#[pymethods]
impl Normalized {
    /// The normalized text.
    #[getter]
    fn text(&self, py: Python<'_>) -> Py<PyString> {
        self.text.clone_ref(py)
    }

    /// The text as it was given.
    #[getter]
    fn original(&self, py: Python<'_>) -> Py<PyString> {
        self.original.clone_ref(py)
    }

    /// The span of the original that gave a span of the normalized text.
    ///
    /// Args:
    ///     start: first code point in ``text``.
    ///     end: one past the last.
    ///
    /// Returns:
    ///     Start and end in ``original``.
    ///
    /// Raises:
    ///     IndexError: the span is not within the text.
    fn original_span(&self, py: Python<'_>, start: usize, end: usize) -> PyResult<(u32, u32)> {
        let span = self.edits.original_span(checked(start, end, self.text.bind(py).len()?)?);
        Ok((span.start, span.end))
    }

    /// The span of the normalized text that a span of the original gave.
    ///
    /// Args:
    ///     start: first code point in ``original``.
    ///     end: one past the last.
    ///
    /// Returns:
    ///     Start and end in ``text``.
    ///
    /// Raises:
    ///     IndexError: the span is not within the original.
    fn normalized_span(&self, py: Python<'_>, start: usize, end: usize) -> PyResult<(u32, u32)> {
        let span = self.edits.normalized_span(checked(start, end, self.original.bind(py).len()?)?);
        Ok((span.start, span.end))
    }

    /// The places that changed: ``(start, end, new_start, new_end)``, in ``original`` and in ``text``.
    #[getter]
    fn edits(&self) -> Vec<(u32, u32, u32, u32)> {
        self.edits.edits().iter().map(|edit| (edit.start, edit.end, edit.new_start, edit.new_end)).collect()
    }

    /// The same as four columns of unsigned 32-bit integers: ``start, end, new_start, new_end``.
    ///
    /// Each is a ``memoryview``, which ``numpy.asarray`` takes without a copy.
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Columns<'py>> {
        let column = |part: fn(&Edit) -> u32| {
            let bytes: Vec<u8> = self.edits.edits().iter().flat_map(|edit| part(edit).to_ne_bytes()).collect();
            PyMemoryView::from(&PyBytes::new(py, &bytes))?.call_method1("cast", ("I",))
        };
        Ok((
            column(|edit| edit.start)?,
            column(|edit| edit.end)?,
            column(|edit| edit.new_start)?,
            column(|edit| edit.new_end)?,
        ))
    }

    /// True if nothing changed.
    #[getter]
    fn is_unchanged(&self) -> bool {
        self.edits.edits().is_empty()
    }

    fn __str__(&self, py: Python<'_>) -> Py<PyString> {
        self.text(py)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Normalized({}, {} edits)", self.text.bind(py).repr()?, self.edits.edits().len()))
    }

    fn __eq__(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        Ok(self.edits == other.edits
            && self.text.bind(py).as_any().eq(other.text.bind(py))?
            && self.original.bind(py).as_any().eq(other.original.bind(py))?)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        self.original.bind(py).hash()
    }

    #[expect(clippy::type_complexity, reason = "what pickle wants")]
    fn __reduce__<'py>(
        slf: &Bound<'py, Self>,
    ) -> Reduced<'py, (Py<PyString>, Py<PyString>, Vec<(u32, u32, u32, u32)>)> {
        let (py, this) = (slf.py(), slf.get());
        let rebuild = py.import("propos._core")?.getattr("_normalized")?;
        Ok((rebuild, (this.original.clone_ref(py), this.text.clone_ref(py), this.edits())))
    }
}

/// Makes a `Normalized` from its parts, for pickling.
#[pyfunction]
#[pyo3(name = "_normalized")]
pub(super) fn rebuild_normalized(
    original: Py<PyString>,
    text: Py<PyString>,
    edits: Vec<(u32, u32, u32, u32)>,
) -> PyResult<Normalized> {
    let edit = |(start, end, new_start, new_end)| Edit { start, end, new_start, new_end };
    let edits = CharAlignment::from_edits(edits.into_iter().map(edit).collect());
    let edits = edits.ok_or_else(|| PyValueError::new_err("edits must be sorted and disjoint"))?;
    Ok(Normalized { original, text, edits })
}
