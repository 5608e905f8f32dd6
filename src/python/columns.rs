//! Column functions as Python calls them: an Arrow column comes in and goes out by the `PyCapsule` interface.
//!
//! Signatures name no Arrow type, so that stubs can be made of a build without them.

use pyo3::prelude::*;

/// What ``propos.columns`` calls: tokens, sentences or quotations of every row of a column.
///
/// Args:
///     what: ``"tokens"``, ``"sentences"`` or ``"quotes"``.
///     column: an object with ``__arrow_c_stream__`` or ``__arrow_c_array__`` that holds strings.
///     jobs: number of threads, at least 1; ``None`` for one a processor.
///     lines: as for ``parse``.
///
/// Returns:
///     An object with ``__arrow_c_stream__``: one list a row, null where the text is null.
///
/// Raises:
///     TypeError: the object has no Arrow interface.
///     ValueError: the column does not hold strings, or is malformed.
#[pyfunction]
#[pyo3(name = "_column", signature = (what, column, *, jobs = None, lines = "auto"))]
pub(super) fn column<'py>(
    py: Python<'py>,
    what: &str,
    column: &Bound<'py, PyAny>,
    jobs: Option<usize>,
    lines: &str,
) -> PyResult<Bound<'py, PyAny>> {
    inner::column(py, what, column, jobs, lines)
}

/// What ``propos.columns.normalize`` calls.
///
/// Args:
///     column: as for ``_column``.
///     steps: names and values of the steps that are on.
///     jobs: as for ``_column``.
///
/// Returns:
///     An object with ``__arrow_c_stream__``: one string a row, null where the text is null.
///
/// Raises:
///     TypeError: the object has no Arrow interface.
///     ValueError: there is no such step, or the column is none of strings.
#[pyfunction]
#[pyo3(name = "_normalized_column", signature = (column, steps, *, jobs = None))]
#[expect(clippy::needless_pass_by_value, reason = "PyO3 extracts a list by value")]
pub(super) fn normalized_column<'py>(
    py: Python<'py>,
    column: &Bound<'py, PyAny>,
    steps: Vec<(String, String)>,
    jobs: Option<usize>,
) -> PyResult<Bound<'py, PyAny>> {
    let mut normalizer = crate::Normalizer::new();
    for (name, value) in &steps {
        normalizer = normalizer.with(name, value)?;
    }
    inner::normalized(py, column, normalizer, jobs)
}

#[cfg(not(feature = "columns"))]
mod inner {
    use pyo3::exceptions::PyNotImplementedError;
    use pyo3::prelude::*;

    pub(super) fn column<'py>(
        _: Python<'py>,
        _: &str,
        _: &Bound<'py, PyAny>,
        _: Option<usize>,
        _: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        Err(without())
    }

    pub(super) fn normalized<'py>(
        _: Python<'py>,
        _: &Bound<'py, PyAny>,
        _: crate::Normalizer,
        _: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        Err(without())
    }

    fn without() -> PyErr {
        PyNotImplementedError::new_err("propos was built without its feature `columns`")
    }
}

#[cfg(feature = "columns")]
mod inner {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Arc;

    use arrow_array::ArrayRef;
    use arrow_schema::{DataType, Field};
    use pyo3::exceptions::{PyTypeError, PyValueError};
    use pyo3::prelude::*;
    use pyo3_arrow::{PyArray, PyChunkedArray};

    use crate::columns::{Options, What, normalize, read};
    use crate::python::functions::{line_mode, threads};
    use crate::python::{detached, signals};

    pub(super) fn column<'py>(
        py: Python<'py>,
        what: &str,
        column: &Bound<'py, PyAny>,
        jobs: Option<usize>,
        lines: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let options = Options { threads: threads(jobs)?, lines: line_mode(lines)? };
        let what = What::parse(what).ok_or_else(|| PyValueError::new_err(format!("no column function {what:?}")))?;
        let input = chunks(column)?;
        let output = detached(py, || {
            let mut output = Vec::with_capacity(input.len());
            for chunk in &input {
                output.extend(read(what, chunk, options, signals)?);
            }
            Ok::<_, PyErr>(output)
        })??;
        let field = Arc::new(Field::new("", what.data_type(), true));
        Ok(PyChunkedArray::try_new(output, field)?.into_pyobject(py)?.into_any())
    }

    pub(super) fn normalized<'py>(
        py: Python<'py>,
        column: &Bound<'py, PyAny>,
        normalizer: crate::Normalizer,
        jobs: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let threads = threads(jobs)?;
        let input = chunks(column)?;
        let output = detached(py, || {
            let mut output = Vec::with_capacity(input.len());
            for chunk in &input {
                output.extend(normalize(normalizer, chunk, threads, signals)?);
            }
            Ok::<_, PyErr>(output)
        })??;
        let field = Arc::new(Field::new("", DataType::Utf8, true));
        Ok(PyChunkedArray::try_new(output, field)?.into_pyobject(py)?.into_any())
    }

    /// The arrays of a column as they come, unchecked.
    fn chunks(column: &Bound<'_, PyAny>) -> PyResult<Vec<ArrayRef>> {
        // Some malformed arrays make the import itself panic.
        let import = || {
            if column.hasattr("__arrow_c_stream__")? {
                Ok(column.extract::<PyChunkedArray>()?.into_inner().0)
            } else if column.hasattr("__arrow_c_array__")? {
                Ok(vec![column.extract::<PyArray>()?.into_inner().0])
            } else {
                let kind = column.get_type().name()?;
                Err(PyTypeError::new_err(format!(
                    "an Arrow column is needed (pyarrow, polars, pandas 3, ...), not {kind}: it has neither \
                     __arrow_c_stream__ nor __arrow_c_array__"
                )))
            }
        };
        catch_unwind(AssertUnwindSafe(import)).unwrap_or_else(|_| {
            Err(PyValueError::new_err("Arrow column: it cannot be imported, its buffers are malformed"))
        })
    }
}
