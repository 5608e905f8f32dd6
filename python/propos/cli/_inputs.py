"""What the commands read: files, folders, patterns and standard input, as documents with a name.

A document is a file (``.txt``, ``.html``) or a row of a table (``.jsonl``, ``.csv``, ``.tsv``, ``.parquet``). What
cannot be read is a document too, with an error in the place of its text, so that the commands can report it and go on.

A file is called by its path as it was given, or found in a folder or by a pattern: two files never share a name, which
results that are resumed (``--skip-existing``) rely on.
"""

from __future__ import annotations

import argparse
import csv
import glob
import gzip
import io
import itertools
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath
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

#: What is to be done with files that many people have and that are no text.
REMEDIES = {
    ".json": "give JSON lines (.jsonl, one object a line), e.g. jq -c '.[]'",
    ".pdf": "take its text out first, e.g. pdftotext",
    ".doc": "save it as text first, e.g. soffice --convert-to txt:Text",
    ".docx": "save it as text first, e.g. pandoc -t plain --wrap=none",
    ".odt": "save it as text first, e.g. pandoc -t plain --wrap=none",
    ".epub": "save it as text first, e.g. pandoc -t plain --wrap=none",
    ".xls": "save it as CSV first",
    ".xlsx": "save it as CSV first",
    ".ods": "save it as CSV first",
}

#: Names of the column that names a row, if --id-column is not given.
ID_COLUMNS = ("id", "doc", "doc_id", "url")

_PARQUET_ROWS = 1024


#: A row, or the reason why it cannot be read, and how much of its input is read with it, 0 to 1.
Rows = Iterator[tuple[dict[str, Any] | str, float]]


class InputError(Exception):
    """An input that cannot be read: what, where and the remedy."""


@dataclass(frozen=True)
class Source:
    """One input: where it is, what it is called in results, how it is read, and its size in bytes if that is known."""

    path: str
    name: str
    format: str
    size: int | None = None


@dataclass(frozen=True)
class Document:
    """A text with its name, or the reason why there is none; and how much is read with it.

    ``part`` of its input, 0 to 1, and ``behind``: bytes of all inputs.
    """

    name: str
    text: str
    error: str = ""
    row: dict[str, Any] = field(default_factory=dict)
    part: float = 1.0
    behind: float = 0.0


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
        help=f"column with the names of the texts (default: {', '.join(ID_COLUMNS)}, else path:row)",
    )
    group.add_argument(
        "--lines",
        choices=("auto", "paragraph", "wrapped", "line"),
        default="auto",
        help="what a line break means (default: by the look of the text)",
    )


def sources(files: list[str], format: str = "auto", written: tuple[str, ...] = ()) -> Iterator[Source | InputError]:
    """The inputs that the arguments name, in order; what names none is an error.

    Args:
        files: files, folders, patterns, ``-``.
        format: of all of them; ``"auto"`` goes by their names.
        written: files and folders of results, which are not read where they are found in a folder.
    """
    for path in files or ["-"]:
        if path == "-":
            yield Source("-", "stdin", "text" if format == "auto" else format)
        elif os.path.isdir(path):
            found = _below(path, format, {os.path.abspath(result) for result in written})
            yield from found
            if not found:
                yield InputError(f"{path}: no file to read in this folder; known ends: {' '.join(FORMATS)}")
        elif not os.path.exists(path) and glob.has_magic(path):
            matches = sorted(name for name in glob.glob(path, recursive=True) if os.path.isfile(name))
            yield from (_source(match, format) for match in matches)
            if not matches:
                yield InputError(f"{path}: no file matches this pattern")
        else:
            yield _source(path, format)


def _below(folder: str, format: str, written: set[str]) -> list[Source]:
    """The files of a folder and those below, by path; nothing that is hidden, and no results."""
    found = []
    for here, folders, files in os.walk(folder):
        folders[:] = [
            name for name in folders if name[0] != "." and os.path.abspath(os.path.join(here, name)) not in written
        ]
        for name in files:
            path = os.path.join(here, name)
            known = _end(name) in FORMATS or format != "auto"
            if known and name[0] != "." and os.path.abspath(path) not in written and os.path.isfile(path):
                found.append(path)
    return [_source(path, format) for path in sorted(found, key=lambda path: path.split(os.sep))]


def _end(name: str) -> str:
    return os.path.splitext(name.lower().removesuffix(".gz"))[1]


def _source(path: str, format: str) -> Source:
    size = os.path.getsize(path) if os.path.isfile(path) else None
    return Source(path, named(path), FORMATS.get(_end(path), "text") if format == "auto" else format, size)


def named(path: str) -> str:
    """What a file is called in results: its path, with ``/`` and without ``./``.

    Example:
        >>> named("./2024//a.txt")
        '2024/a.txt'
    """
    # Bytes of a file's name that are no UTF-8 cannot stand in results: they are spelled out.
    return os.fsencode(PurePath(path).as_posix()).decode("utf-8", "backslashreplace")


def documents(source: Source, args: argparse.Namespace) -> Iterator[Document]:
    """The documents of one input, in order.

    Raises:
        InputError: the whole input cannot be read; the documents before it have been given.
    """
    if source.format == "text":
        if (remedy := REMEDIES.get(_end(source.path))) and args.input_format == "auto":
            raise InputError(f"{source.path}: is no text: {remedy}")
        yield Document(source.name, _decoded(_bytes(source.path), source.path))
    elif source.format == "html":
        yield _from_html(source)
    else:
        readers = {"jsonl": _json_rows, "csv": _csv_rows, "tsv": _csv_rows}
        rows = _parquet_rows(source, args) if source.format == "parquet" else readers[source.format](source)
        for number, (row, part) in enumerate(rows, 1):
            yield replace(_from_row(row, f"{source.name}:{number}", args), part=part)


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
            if sys.stdin.isatty():
                print("propos: reads what you type; Ctrl-D ends it", file=sys.stderr)
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


def _part(source: Source, file: Any) -> float:
    """How much of an input is read; of a compressed one, of what is compressed."""
    raw = getattr(file, "fileobj", None) or file
    return min(raw.tell() / source.size, 1.0) if source.size else 1.0


def _json_rows(source: Source) -> Rows:
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
                yield f"not JSON: {error}", _part(source, file)
            else:
                is_object = isinstance(row, dict)
                yield row if is_object else f"not a JSON object but {type(row).__name__}", _part(source, file)


def _csv_rows(source: Source) -> Rows:
    csv.field_size_limit(2**31 - 1)
    binary = _opened(source.path)
    with io.TextIOWrapper(binary, encoding="utf-8-sig", newline="") as file:
        try:
            head = file.readline()
        except UnicodeDecodeError as error:
            raise InputError(_not_utf8(source.path, 0, error)) from None
        reader = csv.DictReader(itertools.chain([head], file), delimiter=_delimiter(source.format, head), strict=True)
        while True:
            try:
                row = next(reader, None)
            except csv.Error as error:
                yield f"line {reader.line_num}: {error}", _part(source, binary)
                continue
            except UnicodeDecodeError as error:
                raise InputError(_not_utf8(source.path, reader.line_num, error)) from None
            if row is None:
                return
            if None in row:
                yield f"line {reader.line_num}: more fields than the header has", _part(source, binary)
            else:
                yield {name: value for name, value in row.items() if value is not None}, _part(source, binary)


def _delimiter(format: str, head: str) -> str:
    """What stands between fields; where the comma is the decimal sign, spreadsheets write CSV with semicolons."""
    if format == "tsv":
        return "\t"
    return ";" if head.count(";") > head.count(",") else ","


def _not_utf8(path: str, line: int, error: UnicodeDecodeError) -> str:
    return (
        f"{path}: after line {line}: not UTF-8 ({error.reason}); convert it first, e.g. iconv -f WINDOWS-1252 -t UTF-8"
    )


def _parquet_rows(source: Source, args: argparse.Namespace) -> Rows:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise InputError(f"{source.path}: Parquet needs pyarrow: pip install 'propos[cli]'") from None
    try:
        with pq.ParquetFile(io.BytesIO(_bytes("-")) if source.path == "-" else source.path) as file:
            total = file.metadata.num_rows
            before = 0
            names = file.schema_arrow.names
            needed = {args.text_column, args.id_column, getattr(args, "by", None)} - {None}
            # The other columns may be large: all of them are read only to say what there is.
            used = [name for name in names if name in needed or name in ID_COLUMNS] if needed <= {*names} else names
            for batch in file.iter_batches(batch_size=_PARQUET_ROWS, columns=used):
                for number, row in enumerate(batch.to_pylist(), before + 1):
                    yield row, number / total
                before += len(batch)
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
