"""What the commands read: files, folders, patterns and standard input, as documents with a name.

A document is a file (``.txt``, ``.html``) or a row of a table (``.jsonl``, ``.csv``, ``.tsv``, ``.parquet``). What
cannot be read is a document too, with an error in the place of its text, so that the commands can report it and go on.
"""

from __future__ import annotations

import argparse
import csv
import glob
import gzip
import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

#: Format of a file by the end of its name; a further ".gz" is taken off first.
FORMATS = {
    ".txt": "text",
    ".md": "text",
    ".text": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".html": "html",
    ".htm": "html",
}

#: Names of the column that names a row, if --id-column is not given.
ID_COLUMNS = ("id", "doc", "doc_id", "url")

_PARQUET_ROWS = 1024


class InputError(Exception):
    """An input that cannot be read: what, where and the remedy."""


@dataclass(frozen=True)
class Source:
    """One input: where it is, what it is called in results, and how it is read."""

    path: str
    name: str
    format: str


@dataclass(frozen=True)
class Document:
    """A text with its name, or the reason why there is none."""

    name: str
    text: str
    error: str = ""
    row: dict[str, Any] = field(default_factory=dict)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that say what is read."""
    group = parser.add_argument_group("input")
    group.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="files, folders (with all below) or patterns such as '2024/**/*.txt'; - or nothing for standard input",
    )
    group.add_argument(
        "--input-format",
        choices=("auto", "text", "jsonl", "csv", "tsv", "parquet", "html"),
        default="auto",
        help="default: by the end of the name (.gz too); text for standard input",
    )
    group.add_argument("--text-column", default="text", metavar="NAME", help="column with the texts (default: text)")
    group.add_argument(
        "--id-column",
        metavar="NAME",
        help=f"column with the names of the texts (default: {', '.join(ID_COLUMNS)}, else file:row)",
    )
    group.add_argument(
        "--lines",
        choices=("auto", "paragraph", "wrapped", "line"),
        default="auto",
        help="what a line break means (default: by the look of the text)",
    )


def sources(files: list[str], format: str = "auto") -> Iterator[Source | InputError]:
    """The inputs that the arguments name, in order; what names none is an error."""
    for path in files or ["-"]:
        if path == "-":
            yield Source("-", "stdin", "text" if format == "auto" else format)
        elif os.path.isdir(path):
            found = _below(path, format)
            yield from found
            if not found:
                yield InputError(f"{path}: no file to read in this folder; known ends: {' '.join(FORMATS)}")
        elif not os.path.exists(path) and glob.has_magic(path):
            matches = sorted(name for name in glob.glob(path, recursive=True) if os.path.isfile(name))
            yield from (_source(match, os.path.basename(match), format) for match in matches)
            if not matches:
                yield InputError(f"{path}: no file matches this pattern")
        else:
            yield _source(path, os.path.basename(path), format)


def _below(folder: str, format: str) -> list[Source]:
    found = []
    for path in sorted(Path(folder).rglob("*")):
        known = _end(path.name) in FORMATS or format != "auto"
        if path.is_file() and known and not path.name.startswith("."):
            found.append(_source(str(path), path.relative_to(folder).as_posix(), format))
    return found


def _end(name: str) -> str:
    return os.path.splitext(name.lower().removesuffix(".gz"))[1]


def _source(path: str, name: str, format: str) -> Source:
    return Source(path, name, FORMATS.get(_end(path), "text") if format == "auto" else format)


def documents(source: Source, args: argparse.Namespace) -> Iterator[Document]:
    """The documents of one input, in order.

    Raises:
        InputError: the whole input cannot be read; the documents before it have been given.
    """
    if source.format == "text":
        yield Document(source.name, _decoded(_bytes(source.path), source.path))
    elif source.format == "html":
        yield _from_html(source)
    else:
        rows = {"jsonl": _json_rows, "csv": _csv_rows, "tsv": _csv_rows, "parquet": _parquet_rows}[source.format]
        for number, row in enumerate(rows(source), 1):
            yield _from_row(row, f"{source.name}:{number}", args)


def _from_row(row: dict[str, Any] | str, place: str, args: argparse.Namespace) -> Document:
    """The document of a row; a ``str`` is the reason why there is no row."""
    if isinstance(row, str):
        return Document(place, "", row)
    column = args.id_column or next((name for name in ID_COLUMNS if name in row), None)
    if column is not None and column not in row:
        return Document(place, "", f"no column {column!r} (--id-column); there are: {', '.join(map(str, row))}", row)
    name = place if column is None or row[column] is None else str(row[column])
    if args.text_column not in row:
        return Document(name, "", f"no column {args.text_column!r} (--text-column); there are: {', '.join(row)}", row)
    text = row[args.text_column]
    if not isinstance(text, str):
        return Document(name, "", f"column {args.text_column!r} holds {text!r:.40}, not a text", row)
    if any("\ud800" <= char <= "\udfff" for char in text):
        return Document(name, "", f"column {args.text_column!r} holds a lone surrogate: not a valid text", row)
    return Document(name, text, "", row)


def _opened(path: str) -> BinaryIO:
    try:
        if path == "-":
            if sys.stdin.buffer.closed:
                raise InputError("-: standard input can be read only once; give it once")
            return sys.stdin.buffer
        opened = gzip.open(path) if path.lower().endswith(".gz") else open(path, "rb")  # noqa: SIM115
        return opened  # type: ignore[return-value]
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; give the files in it, e.g. {os.path.join(path, '*.txt')}") from None
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the name and the current folder") from None
    except PermissionError:
        raise InputError(f"{path}: may not be read; change its permissions (chmod u+r)") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def _bytes(path: str) -> bytes:
    try:
        with _opened(path) as file:
            return file.read()
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None


def _decoded(data: bytes, path: str) -> str:
    """The text of UTF-8 bytes; a byte order mark is dropped, line ends are kept as they are."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise InputError(f"{path}: is UTF-16; convert it first, e.g. iconv -f UTF-16 -t UTF-8") from None
        raise InputError(
            f"{path}: line {line}: not UTF-8 (byte 0x{data[error.start]:02x} at position {error.start}); "
            f"convert it first, e.g. iconv -f WINDOWS-1252 -t UTF-8 {path if path != '-' else 'FILE'}"
        ) from None


def _json_rows(source: Source) -> Iterator[dict[str, Any] | str]:
    with _opened(source.path) as file:
        first = True
        for line in file:
            data = line.removeprefix(b"\xef\xbb\xbf") if first else line
            first = False
            if not data.strip():
                continue
            try:
                row = json.loads(data)
            except (UnicodeDecodeError, json.JSONDecodeError) as error:
                yield f"not JSON: {error}"
            else:
                yield row if isinstance(row, dict) else f"not a JSON object but {type(row).__name__}"


def _csv_rows(source: Source) -> Iterator[dict[str, Any] | str]:
    csv.field_size_limit(2**31 - 1)
    with io.TextIOWrapper(_opened(source.path), encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t" if source.format == "tsv" else ",", strict=True)
        while True:
            try:
                row = next(reader, None)
            except csv.Error as error:
                yield f"line {reader.line_num}: {error}"
                continue
            except UnicodeDecodeError as error:
                raise InputError(f"{source.path}: after line {reader.line_num}: not UTF-8 ({error.reason})") from None
            if row is None:
                return
            if None in row:
                yield f"line {reader.line_num}: more fields than the header has"
            else:
                yield {name: value for name, value in row.items() if value is not None}


def _parquet_rows(source: Source) -> Iterator[dict[str, Any] | str]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise InputError(f"{source.path}: Parquet needs pyarrow: pip install 'propos[cli]'") from None
    try:
        with pq.ParquetFile(io.BytesIO(_bytes("-")) if source.path == "-" else source.path) as file:
            for batch in file.iter_batches(batch_size=_PARQUET_ROWS):
                yield from batch.to_pylist()
    except FileNotFoundError:
        raise InputError(f"{source.path}: no such file; check the name and the current folder") from None
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{source.path}: not a Parquet file that can be read: {error}") from None


def _from_html(source: Source) -> Document:
    try:
        import trafilatura
    except ImportError:
        raise InputError(f"{source.path}: HTML needs trafilatura: pip install 'propos[html]'") from None
    text = trafilatura.extract(_bytes(source.path), include_comments=False, include_tables=False)
    if not text:
        return Document(source.name, "", "no main text found in this page")
    return Document(source.name, text)
