"""Spark: ``with_quotes(df, "text")`` adds the quotations of each text; work is done by Spark, text never leaves it.

Importing this module brings no Spark: pyspark is imported by the functions. Types are given as Spark DDL strings, so
that they can be used before there is a session.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from propos import _extras, columns

_DDL = {"string": "string", "int32": "int", "double": "double", "bool": "boolean"}
_RANGES = "array<struct<start_char: int, end_char: int>>"


def _schema(fields: dict[str, str]) -> str:
    return "array<struct<" + ", ".join(f"{name}: {_DDL.get(kind, _RANGES)}" for name, kind in fields.items()) + ">>"


#: Spark type of a column of quotations.
QUOTES_SCHEMA = _schema(columns.QUOTE_FIELDS)

#: Spark type of a column of sentences.
SENTENCES_SCHEMA = _schema(columns.SENTENCE_FIELDS)

#: Spark type of a column of tokens.
TOKENS_SCHEMA = _schema(columns.TOKEN_FIELDS)

_SCHEMAS = {"quotes": QUOTES_SCHEMA, "sentences": SENTENCES_SCHEMA, "tokens": TOKENS_SCHEMA}


def quotes_udf(*, jobs: int = 1) -> Any:
    """A function for columns of texts: ``df.withColumn("quotes", quotes_udf()("text"))``.

    Args:
        jobs: threads of each task; Spark runs a task a core already, so that 1 is right in most cases.

    Returns:
        An ``arrow_udf`` of type ``QUOTES_SCHEMA``.

    Raises:
        ImportError: pyspark is not installed, or has no ``arrow_udf`` (before 4.1): use ``with_quotes``.
    """
    return _udf("quotes", jobs)


def sentences_udf(*, jobs: int = 1) -> Any:
    """As ``quotes_udf`` for sentences: type ``SENTENCES_SCHEMA``."""
    return _udf("sentences", jobs)


def tokens_udf(*, jobs: int = 1) -> Any:
    """As ``quotes_udf`` for tokens: type ``TOKENS_SCHEMA``."""
    return _udf("tokens", jobs)


def with_quotes(df: Any, text: str, *, name: str = "quotes", jobs: int = 1) -> Any:
    """The frame with a column of the quotations of each text.

    Uses ``arrow_udf`` where pyspark has it (4.1 and later), else ``mapInArrow``.

    Args:
        df: a Spark ``DataFrame``.
        text: the column with the texts.
        name: the new column.
        jobs: threads of each task.

    Returns:
        The frame with the column added; nothing is computed before an action asks for it.

    Raises:
        ImportError: pyspark is not installed.
    """
    try:
        return df.withColumn(name, quotes_udf(jobs=jobs)(text))
    except _NoArrowUdf:
        return with_column_in_arrow(df, "quotes", text, name, jobs=jobs)


def with_column_in_arrow(df: Any, what: str, text: str, name: str, *, jobs: int = 1) -> Any:
    """The frame with a column added by ``mapInArrow``, which every pyspark since 3.3 has.

    Args:
        df: a Spark ``DataFrame``.
        what: ``"quotes"``, ``"sentences"`` or ``"tokens"``.
        text: the column with the texts.
        name: the new column, after the others.
        jobs: threads of each task.
    """
    from pyspark.sql.types import StructType, _parse_datatype_string

    def add(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        from propos import columns

        function = getattr(columns, what)
        for batch in batches:
            found = function(batch.column(text), jobs=jobs)
            names = [*batch.schema.names, name]
            yield pa.RecordBatch.from_arrays([*batch.columns, found], names=names)

    schema = StructType([*df.schema.fields])
    schema.add(name, _parse_datatype_string(_SCHEMAS[what]))
    return df.mapInArrow(add, schema)


class _NoArrowUdf(ImportError):
    """pyspark is there, but without ``arrow_udf``."""


def _udf(what: str, jobs: int) -> Any:
    try:
        import pyspark
    except ImportError as error:
        raise _extras.missing("pyspark", "spark") from error
    try:
        from pyspark.sql.functions import arrow_udf
    except ImportError:
        raise _NoArrowUdf(
            f"pyspark {pyspark.__version__} has no arrow_udf (4.1 and later have): use propos.spark.with_quotes"
        ) from None

    def function(texts: Any) -> Any:
        from propos import columns

        return getattr(columns, what)(texts, jobs=jobs)

    import pyarrow as pa

    # Spark tells the kind of function by its annotations, which must be types here, not names.
    function.__annotations__ = {"texts": pa.Array, "return": pa.Array}
    return arrow_udf(function, returnType=_SCHEMAS[what])
