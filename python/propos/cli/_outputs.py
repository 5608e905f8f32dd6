"""What the commands write: one writer a format, and where it goes.

A writer takes documents one by one and writes as it goes, so that a long run needs no memory and loses nothing when it
is stopped. A file is written beside its name and renamed when it is whole.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import IO, Any

from propos import _core
from propos.cli._tables import Row, Table

#: Rows a Parquet row group holds.
_GROUP_ROWS = 50_000


class Writer:
    """Takes documents in order; ``open`` is called before the first and ``close`` after the last."""

    #: True if the stream takes bytes.
    binary = False

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.stream: IO[Any] = sys.stdout

    def open(self, stream: IO[Any], *, resumed: bool = False) -> None:
        """Begin to write to a stream; ``resumed`` if it holds results already."""
        self.stream = stream

    def document(self, name: str, doc: _core.Doc) -> None:
        """Write one document."""
        raise NotImplementedError

    def failure(self, name: str, message: str) -> None:
        """Write the record of a document that could not be read, in formats that have one."""

    def close(self) -> None:
        """Write what is still to be written; the stream stays open."""


class TextWriter(Writer):
    """Text for people: what a function makes of each document."""

    def __init__(self, args: argparse.Namespace, shown: Callable[[str, _core.Doc, argparse.Namespace], str]) -> None:
        super().__init__(args)
        self.shown = shown

    def document(self, name: str, doc: _core.Doc) -> None:
        """Write one document."""
        text = self.shown(name, doc, self.args)
        if text:
            self.stream.write(text + "\n")


class JsonlWriter(Writer):
    """One JSON object a line."""

    def __init__(self, args: argparse.Namespace, record: Callable[[str, _core.Doc], str]) -> None:
        super().__init__(args)
        self.record = record

    def document(self, name: str, doc: _core.Doc) -> None:
        """Write one document."""
        line = self.record(name, doc)
        if self.args.with_text:
            line = f"{line[:-1]},{json.dumps('text')}:{json.dumps(doc.text, ensure_ascii=False)}}}"
        self.stream.write(line + "\n")

    def failure(self, name: str, message: str) -> None:
        """Write ``{"doc", "error"}``."""
        if self.args.keep_going:
            record = json.dumps({"doc": name, "error": message}, ensure_ascii=False, separators=(",", ":"))
            self.stream.write(record + "\n")


class CsvWriter(Writer):
    """A table with a header; empty fields for what is not known."""

    def __init__(self, args: argparse.Namespace, table: Table, delimiter: str = ",") -> None:
        super().__init__(args)
        self.table = table
        self.delimiter = delimiter

    def open(self, stream: IO[Any], *, resumed: bool = False) -> None:
        """Begin: write the header."""
        super().open(stream)
        self.rows = csv.writer(stream, delimiter=self.delimiter, lineterminator="\n")
        if not resumed:
            self.rows.writerow(["doc", *self.table.columns])

    def document(self, name: str, doc: _core.Doc) -> None:
        """Write the rows of one document."""
        for row in self.table.rows(doc):
            self.rows.writerow([name, *("" if value is None else _plain(value) for value in row)])


def _plain(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


class ParquetWriter(Writer):
    """A Parquet file, compressed with Zstandard."""

    binary = True

    def __init__(self, args: argparse.Namespace, table: Table) -> None:
        super().__init__(args)
        self.table = table
        self.names: list[str] = []
        self.rows: list[Row] = []

    def open(self, stream: IO[Any], *, resumed: bool = False) -> None:
        """Begin to write to a stream."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        super().open(stream)
        types = {"doc": pa.string(), **{name: getattr(pa, kind)() for name, kind in self.table.columns.items()}}
        self.schema = pa.schema(types)
        self.file = pq.ParquetWriter(stream, self.schema, compression="zstd")

    def document(self, name: str, doc: _core.Doc) -> None:
        """Keep the rows of one document; a full group is written."""
        before = len(self.rows)
        self.rows.extend(self.table.rows(doc))
        self.names.extend([name] * (len(self.rows) - before))
        if len(self.rows) >= _GROUP_ROWS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        values = [self.names, *zip(*self.rows, strict=True)] if self.rows else [[] for _ in self.schema]
        columns = [pa.array(column, field.type) for column, field in zip(values, self.schema, strict=True)]
        self.file.write_table(pa.Table.from_arrays(columns, schema=self.schema))
        self.names, self.rows = [], []

    def close(self) -> None:
        """Write the rows that are left and the footer."""
        if self.rows:
            self._flush()
        self.file.close()


@contextlib.contextmanager
def opened(path: str, binary: bool) -> Iterator[IO[Any]]:
    """A file that appears under its name when it is whole; what was begun is removed on an error."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    begun = f"{path}.part"
    try:
        if binary:
            with open(begun, "wb") as file:
                yield file
        else:
            with open(begun, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                yield file
        os.replace(begun, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(begun)
        raise


def standard_output(binary: bool) -> IO[Any]:
    """Standard output as text or bytes."""
    return sys.stdout.buffer if binary else sys.stdout


def names_in(path: str) -> Counter[str]:
    """How often a JSONL file of results holds each name; a last line cut short is taken off the file.

    Rows of two tables may share an id: as results are in the order of the inputs, those that a stopped run has
    written are the first ones of that name.
    """
    found: Counter[str] = Counter()
    with open(path, "r+b") as file:
        whole = 0
        for line in iter(file.readline, b""):
            if not line.endswith(b"\n"):
                break
            with contextlib.suppress(ValueError, TypeError, KeyError):
                record = json.loads(line)
                if "error" not in record:
                    found[record["doc"]] += 1
            whole = file.tell()
        file.seek(0, io.SEEK_END)
        if file.tell() != whole:
            file.truncate(whole)
    return found
