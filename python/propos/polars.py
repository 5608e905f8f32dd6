"""polars: ``pl.col("text").propos.quotes()`` and its like, once this module is imported; lazy and streaming.

Each text gives one list of structs with the fields of ``propos.columns``; a null text gives a null list.

>>> import polars as pl, propos.polars
>>> df = pl.DataFrame({"id": [7], "text": ["Il part. Elle revient."]})
>>> df.select("id", pl.col("text").propos.sentences().alias("s")).explode("s").unnest("s")["text"].to_list()
['Il part.', 'Elle revient.']
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from propos import _extras, columns

try:
    import polars as pl
except ImportError as error:
    raise _extras.missing("polars", "polars") from error

_TYPES = {"string": pl.String, "int32": pl.Int32, "double": pl.Float64, "bool": pl.Boolean}


def _list_of(fields: dict[str, str]) -> pl.List:
    ranges = pl.List(pl.Struct({"start_char": pl.Int32, "end_char": pl.Int32}))
    return pl.List(pl.Struct({name: _TYPES.get(kind, ranges) for name, kind in fields.items()}))


#: Type of a column of quotations.
QUOTES = _list_of(columns.QUOTE_FIELDS)

#: Type of a column of sentences.
SENTENCES = _list_of(columns.SENTENCE_FIELDS)

#: Type of a column of tokens.
TOKENS = _list_of(columns.TOKEN_FIELDS)


@pl.api.register_expr_namespace("propos")
class ProposExpr:
    """What propos finds in an expression of texts."""

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    def quotes(self, *, jobs: int | None = None, lines: str = "auto") -> pl.Expr:
        """The quotations of each text: a list of structs, see ``propos.columns.QUOTE_FIELDS``.

        Args:
            jobs: number of threads, at least 1; ``None`` for one a processor.
            lines: as for ``propos.parse``.
        """
        return self._map(lambda series: columns.quotes(series, jobs=jobs, lines=lines), QUOTES)

    def sentences(self, *, jobs: int | None = None, lines: str = "auto") -> pl.Expr:
        """The sentences of each text: a list of structs, see ``propos.columns.SENTENCE_FIELDS``.

        Args:
            jobs: as for ``quotes``.
            lines: as for ``propos.parse``.
        """
        return self._map(lambda series: columns.sentences(series, jobs=jobs, lines=lines), SENTENCES)

    def tokens(self, *, jobs: int | None = None) -> pl.Expr:
        """The tokens of each text: a list of structs, see ``propos.columns.TOKEN_FIELDS``.

        Args:
            jobs: as for ``quotes``.
        """
        return self._map(lambda series: columns.tokens(series, jobs=jobs), TOKENS)

    def normalize(self, normalizer: Any = None, *, jobs: int | None = None) -> pl.Expr:
        """Each text normalized.

        Args:
            normalizer: a ``propos.Normalizer`` or the name of a preset; ``None`` for ``"typography"``.
            jobs: as for ``quotes``.
        """
        return self._map(lambda series: columns.normalize(series, normalizer, jobs=jobs), pl.String())

    def _map(self, function: Callable[[pl.Series], pl.Series], kind: pl.DataType) -> pl.Expr:
        return self._expr.map_batches(function, return_dtype=kind, is_elementwise=True)


@pl.api.register_series_namespace("propos")
class ProposSeries:
    """What propos finds in a series of texts."""

    def __init__(self, series: pl.Series) -> None:
        self._series = series

    def quotes(self, *, jobs: int | None = None, lines: str = "auto") -> pl.Series:
        """As the expression: the quotations of each text."""
        return columns.quotes(self._series, jobs=jobs, lines=lines)

    def sentences(self, *, jobs: int | None = None, lines: str = "auto") -> pl.Series:
        """As the expression: the sentences of each text."""
        return columns.sentences(self._series, jobs=jobs, lines=lines)

    def tokens(self, *, jobs: int | None = None) -> pl.Series:
        """As the expression: the tokens of each text."""
        return columns.tokens(self._series, jobs=jobs)

    def normalize(self, normalizer: Any = None, *, jobs: int | None = None) -> pl.Series:
        """As the expression: each text normalized."""
        return columns.normalize(self._series, normalizer, jobs=jobs)
