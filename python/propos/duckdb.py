"""DuckDB: ``register(connection)`` gives SQL the functions propos_quotes, propos_sentences and propos_tokens.

>>> import duckdb, propos.duckdb
>>> db = duckdb.connect()
>>> propos.duckdb.register(db)
>>> db.execute("select unnest(propos_sentences('Il part. Elle revient.')).text").fetchall()
[('Il part.',), ('Elle revient.',)]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from propos import _extras, columns

_SQL = {"string": "varchar", "int32": "integer", "double": "double", "bool": "boolean"}
_RANGES = "struct(start_char integer, end_char integer)[]"


def _type(fields: dict[str, str]) -> str:
    return "struct(" + ", ".join(f"{name} {_SQL.get(kind, _RANGES)}" for name, kind in fields.items()) + ")[]"


def register(connection: Any, *, jobs: int = 1) -> None:
    """Make the functions known to a connection.

    Args:
        connection: what ``duckdb.connect()`` gives.
        jobs: threads of each call; DuckDB calls them one batch of rows after the other.

    Raises:
        ImportError: duckdb or pyarrow is not installed.
    """
    try:
        import duckdb
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise _extras.missing(error.name or "duckdb", "duckdb") from error
    fields = {"quotes": columns.QUOTE_FIELDS, "sentences": columns.SENTENCE_FIELDS, "tokens": columns.TOKEN_FIELDS}
    for name, given in fields.items():
        connection.create_function(
            f"propos_{name}",
            _function(name, jobs),
            [duckdb.type("varchar")],
            duckdb.type(_type(given)),
            type="arrow",
        )


def _function(name: str, jobs: int) -> Callable[[Any], Any]:
    column = getattr(columns, name)
    return lambda texts: column(texts, jobs=jobs)
