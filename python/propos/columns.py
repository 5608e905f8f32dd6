"""Whole columns at once: Arrow strings in, Arrow lists out, no Python object a row.

Any column with the Arrow PyCapsule interface is read: pyarrow, polars, pandas 3, DuckDB, Daft and others. Each text
gives one list; a null text gives a null list; chunks are kept. The types are ``string``, ``int32``, ``double`` and
``bool`` in ``list<struct>``, which every engine reads.

>>> import pyarrow, propos.columns
>>> propos.columns.tokens(pyarrow.array(["Il part.", None])).to_pylist()[0][0]
{'text': 'Il', 'start_char': 0, 'end_char': 2, 'kind': 'word'}
"""

from __future__ import annotations

import sys
from typing import Any

from propos import _core

#: Fields of an item of ``tokens`` with their Arrow types; offsets are code points, ends exclusive.
TOKEN_FIELDS = {"text": "string", "start_char": "int32", "end_char": "int32", "kind": "string"}

#: Fields of an item of ``sentences``.
SENTENCE_FIELDS = {"text": "string", "start_char": "int32", "end_char": "int32"}

#: Fields of an item of ``quotes``; ``start_char`` and ``end_char`` hold the whole content, gaps included.
QUOTE_FIELDS = {
    "kind": "string",
    "text": "string",
    "start_char": "int32",
    "end_char": "int32",
    "content": "list<struct<start_char: int32, end_char: int32>>",
    "quoted": "list<struct<start_char: int32, end_char: int32>>",
    "cue": "string",
    "cue_start_char": "int32",
    "cue_end_char": "int32",
    "cue_lemma": "string",
    "speaker": "string",
    "speaker_start_char": "int32",
    "speaker_end_char": "int32",
    "speaker_kind": "string",
    "entity": "string",
    "gender": "string",
    "belief": "bool",
    "asserted": "bool",
    "confidence": "double",
    "parent": "int32",
}


class Column:
    """An Arrow column that any library with the PyCapsule interface takes: ``pyarrow.chunked_array(column)``."""

    def __init__(self, data: Any) -> None:
        self._data = data

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The column as a capsule of an Arrow C stream."""
        return self._data.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """Its type as a capsule of an Arrow C schema."""
        return self._data.__arrow_c_schema__()

    def __len__(self) -> int:
        return len(self._data)

    def __repr__(self) -> str:
        return f"<propos.columns.Column of {len(self)} rows: give it to pyarrow.chunked_array or polars.Series>"


def tokens(column: Any, *, jobs: int | None = None) -> Any:
    """The surface tokens of every text.

    Args:
        column: an Arrow column of strings, or a table that has no other column.
        jobs: number of threads, at least 1; ``None`` for one a processor.

    Returns:
        A column of ``list<struct>`` with the fields of ``TOKEN_FIELDS``: a pyarrow ``Array`` or ``ChunkedArray`` for
        one of these, a polars ``Series`` for a ``Series``, else a ``Column``.

    Raises:
        TypeError: the object has no Arrow interface.
        ValueError: the column does not hold strings, or is malformed (invalid UTF-8, offsets out of order).
    """
    return _as_given(column, _core._column("tokens", _arrow(column), jobs=jobs))


def sentences(column: Any, *, jobs: int | None = None, lines: str = "auto") -> Any:
    """The sentences of every text: fields of ``SENTENCE_FIELDS``.

    Args:
        column: as for ``tokens``.
        jobs: as for ``tokens``.
        lines: as for ``propos.parse``.

    Returns:
        As for ``tokens``.

    Raises:
        TypeError: as for ``tokens``.
        ValueError: as for ``tokens``, or ``lines`` is not known.
    """
    return _as_given(column, _core._column("sentences", _arrow(column), jobs=jobs, lines=lines))


def quotes(column: Any, *, jobs: int | None = None, lines: str = "auto") -> Any:
    """The quotations of every text with cue and speaker: fields of ``QUOTE_FIELDS``.

    Args:
        column: as for ``tokens``.
        jobs: as for ``tokens``.
        lines: as for ``propos.parse``.

    Returns:
        As for ``tokens``.

    Raises:
        TypeError: as for ``tokens``.
        ValueError: as for ``tokens``, or ``lines`` is not known.
    """
    return _as_given(column, _core._column("quotes", _arrow(column), jobs=jobs, lines=lines))


def normalize(column: Any, normalizer: Any = None, *, jobs: int | None = None) -> Any:
    """Every text normalized; a null text stays null.

    Args:
        column: as for ``tokens``.
        normalizer: a ``propos.Normalizer``, or the name of a preset; ``None`` for ``"typography"``.
        jobs: as for ``tokens``.

    Returns:
        A column of ``string``, in the library of the column as for ``tokens``.

    Raises:
        TypeError: as for ``tokens``.
        ValueError: as for ``tokens``, or there is no such preset.
    """
    from propos import Normalizer

    if normalizer is None or isinstance(normalizer, str):
        normalizer = Normalizer(normalizer or "typography")
    return _as_given(column, _core._normalized_column(_arrow(column), list(normalizer.steps.items()), jobs=jobs))


def _arrow(column: Any) -> Any:
    """The column as Arrow can have it: polars exports one of nulls alone with a buffer that this type has not."""
    polars = sys.modules.get("polars")
    if polars is not None and isinstance(column, polars.Series) and column.dtype == polars.Null:
        return column.cast(polars.String)
    return column


def _as_given(column: Any, data: Any) -> Any:
    """The result in the library of the column, where it is one that has been imported already."""
    pyarrow, polars = sys.modules.get("pyarrow"), sys.modules.get("polars")
    if pyarrow is not None and isinstance(column, pyarrow.ChunkedArray):
        return pyarrow.chunked_array(data)
    if pyarrow is not None and isinstance(column, pyarrow.Array):
        result = pyarrow.chunked_array(data)
        return result.chunk(0) if result.num_chunks == 1 else result.combine_chunks()
    if polars is not None and isinstance(column, polars.Series):
        return polars.Series(Column(data)).alias(column.name)
    return Column(data)
