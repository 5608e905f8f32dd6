"""How every command runs: documents are read in batches on several threads, written in order, counted and reported."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import IO, Any

from propos import _batch, _core, _progress
from propos.cli import _inputs, _outputs
from propos.cli._inputs import Document, InputError, Source

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


class UsageError(Exception):
    """Arguments that do not go together."""


@dataclass(frozen=True)
class Command:
    """A command that turns documents into results."""

    name: str
    help: str
    description: str
    #: Name of each format and what makes its writer; the first is the default.
    formats: dict[str, Callable[[argparse.Namespace], _outputs.Writer]]
    #: What is said of the formats in the help.
    formats_help: str
    #: True if quotations are needed (tokens and sentences cost much less).
    quotes: bool = True
    #: The formats that need trees and no quotations.
    trees: tuple[str, ...] = ()

    def add(self, commands: Any) -> argparse.ArgumentParser:
        """Add the command to the sub-commands of a parser."""
        parser: argparse.ArgumentParser = commands.add_parser(self.name, help=self.help, description=self.description)
        _inputs.add_arguments(parser)
        group = parser.add_argument_group("output")
        group.add_argument(
            "-f", "--format", choices=tuple(self.formats), default=next(iter(self.formats)), help=self.formats_help
        )
        group.add_argument("-o", "--output", metavar="FILE", help="write to a file (default: standard output)")
        group.add_argument(
            "--output-dir", metavar="DIR", help="write one file an input, under its name with an end for the format"
        )
        group.add_argument(
            "--skip-existing",
            action="store_true",
            help="go on where a run stopped: with --output-dir, inputs whose file is there are skipped; with --output "
            "FILE.jsonl, documents that FILE holds are skipped and the others added",
        )
        group.add_argument(
            "--with-text", action="store_true", help="in jsonl, the text of the document under the key text"
        )
        group.add_argument(
            "--color",
            choices=("auto", "always", "never"),
            default="auto",
            help="colour in text output (default: on a terminal, unless NO_COLOR is set)",
        )
        group = parser.add_argument_group("run")
        if self.trees:
            group.add_argument(
                "--parser",
                choices=("fast", "accurate"),
                default="fast",
                help="what makes the trees (accurate takes several times as long)",
            )
        group.add_argument(
            "-j", "--jobs", type=_positive, metavar="N", help="number of threads (default: one a processor)"
        )
        group.add_argument(
            "--progress",
            action=argparse.BooleanOptionalAction,
            help="documents/s and time left on standard error (default: on a terminal, if results go to a file)",
        )
        group.add_argument(
            "--keep-going",
            action="store_true",
            help="after a row that cannot be read go on with the next one, with one error record in jsonl "
            "(default: the rest of that input is left out)",
        )
        parser.set_defaults(run=self.run)
        return parser

    def run(self, args: argparse.Namespace) -> int:
        """Run the command; returns the exit code."""
        _check(args)
        return _Run(self, args).all()


def _positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, not {number}")
    return number


def _check(args: argparse.Namespace) -> None:
    if args.output and args.output_dir:
        raise UsageError("--output and --output-dir exclude each other")
    if args.skip_existing and not (args.output or args.output_dir):
        raise UsageError("--skip-existing needs --output FILE or --output-dir DIR")
    if args.skip_existing and args.output and args.format != "jsonl":
        raise UsageError("--skip-existing with --output is for --format jsonl; for others use --output-dir")
    if args.format == "parquet":
        try:
            import pyarrow.parquet  # noqa: F401
        except ImportError:
            raise UsageError("--format parquet needs pyarrow: pip install 'propos[cli]'") from None
        if not args.output and not args.output_dir and sys.stdout.isatty():
            raise UsageError("--format parquet is no text: give --output FILE")
    if args.format == "brat" and not args.output_dir:
        raise UsageError("--format brat gives two files a document: give --output-dir DIR")


def coloured(args: argparse.Namespace) -> bool:
    """True if text output is to be coloured."""
    if args.color == "auto":
        to_terminal = sys.stdout.isatty() and not args.output and not args.output_dir
        return to_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return bool(args.color == "always")


class _Run:
    """One run of a command: its failures and its progress."""

    def __init__(self, command: Command, args: argparse.Namespace) -> None:
        self.command = command
        self.args = args
        self.failed = False
        self.done = 0
        wanted = sys.stderr.isatty() and bool(args.output or args.output_dir)
        progress: bool = wanted if args.progress is None else args.progress
        self.meter = _progress.Meter() if progress else None
        #: Bytes of all inputs (0 if that is not known), of those behind, and of those of them that were skipped.
        self.bytes = self.behind = self.skipped = 0.0

    def all(self) -> int:
        """Read every input and write every result; returns the exit code."""
        try:
            if self.args.output_dir:
                self._to_folder(self.args.output_dir)
            else:
                self._to_one(self.args.output)
        finally:
            if self.meter:
                self.meter.close(self.done)
        return FAILED if self.failed else OK

    def _to_one(self, path: str | None) -> None:
        writer = self._writer()
        if path is None:
            self._write(writer, _outputs.standard_output(writer.binary), self._sources())
        elif self.args.skip_existing:
            known = _outputs.names_in(path) if os.path.exists(path) else Counter()
            with open(path, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
                self._write(writer, stream, self._sources(), known, resumed=True)
        else:
            with _outputs.opened(path, writer.binary) as stream:
                self._write(writer, stream, self._sources())

    def _to_folder(self, folder: str) -> None:
        ends = {
            "text": "txt",
            "csv-shares": "csv",
            "webanno": "jsonl",
            "normalized": "txt",
            "tei": "xml",
            "brat": "ann",
        }
        end = ends.get(self.args.format, self.args.format)
        written = set()
        for source in self._sources():
            path = os.path.join(folder, f"{place(source.name)}.{end}")
            if path in written:
                self._report(f"{source.path}: its results would replace those of another input: {path}")
                continue
            written.add(path)
            if self.args.skip_existing and os.path.exists(path):
                self.behind += source.size or 0
                self.skipped += source.size or 0
                continue
            writer = self._writer()
            if self.args.format == "brat":
                self.args.output_base = path.removesuffix(".ann")
            before = self.failed
            self.failed = False
            try:
                with _outputs.opened(path, writer.binary) as stream:
                    self._write(writer, stream, iter([source]))
                    if self.failed and not self.args.keep_going:
                        raise _Incomplete
            except _Incomplete:
                pass
            self.failed = self.failed or before

    def _writer(self) -> _outputs.Writer:
        return self.command.formats[self.args.format](self.args)

    def _write(
        self,
        writer: _outputs.Writer,
        stream: IO[Any],
        sources: Iterator[Source],
        known: Counter[str] | None = None,
        *,
        resumed: bool = False,
    ) -> None:
        writer.open(stream, resumed=resumed)
        for document, doc in self._read(self._documents(sources, known or Counter())):
            if doc is None:
                self._report(f"{document.name}: {document.error}")
                writer.failure(document.name, document.error)
            else:
                self.args.row = document.row
                writer.document(document.name, doc)
            self.done += 1
            if self.meter:
                self.meter.show(self.done, self._share(document))
        writer.close()
        stream.flush()

    def _sources(self) -> Iterator[Source]:
        results = tuple(filter(None, (self.args.output, self.args.output_dir)))
        found: Iterable[Source | InputError] = _inputs.sources(self.args.files, self.args.input_format, results)
        if self.meter:
            # The time left needs the size of all of them.
            found = list(found)
            sizes = [source.size for source in found if isinstance(source, Source)]
            self.bytes = 0 if None in sizes else sum(filter(None, sizes))
        for source in found:
            if isinstance(source, InputError):
                self._report(str(source))
            else:
                yield source

    def _documents(self, sources: Iterator[Source], known: Counter[str]) -> Iterator[Document]:
        for source in sources:
            part = 0.0
            try:
                for document in _inputs.documents(source, self.args):
                    taken = (document.part - part) * (source.size or 0)
                    part = document.part
                    self.behind += taken
                    if known[document.name]:
                        known[document.name] -= 1
                        self.skipped += taken
                        continue
                    yield replace(document, behind=self.behind)
                    if document.error and not self.args.keep_going:
                        break
            except InputError as error:
                self._report(str(error))
            self.behind += (1 - part) * (source.size or 0)

    def _share(self, document: Document) -> float | None:
        """How much of the work is done with a document: of the bytes that were not skipped."""
        work = self.bytes - self.skipped
        return min((document.behind - self.skipped) / work, 1.0) if self.bytes and work > 0 else None

    def _read(self, documents: Iterator[Document]) -> Iterator[tuple[Document, _core.Doc | None]]:
        threads = self.args.jobs or os.cpu_count() or 1
        # Standard input may be somebody who types, or a pipe that waits: answer document by document.
        size = 1 if not self.args.files else threads * _batch.BATCH_PER_JOB
        trees = self.args.format in self.command.trees
        options: dict[str, Any] = {
            "jobs": threads,
            "lines": self.args.lines,
            "quotes": self.command.quotes and not trees,
            "trees": trees,
            "parser": self.args.parser if trees else "fast",
        }
        for batch in _groups(documents, size):
            texts = [document.text for document in batch if not document.error]
            docs = iter(_core.parse_batch(texts, **options))
            for document in batch:
                yield document, (None if document.error else next(docs))

    def _report(self, message: str) -> None:
        self.failed = True
        clear = _progress.CLEAR if self.meter and sys.stderr.isatty() else ""
        print(f"{clear}propos: {message}", file=sys.stderr, flush=True)


def place(name: str) -> str:
    """Where the results of an input stand below ``--output-dir``: under its path, which never leads out of there.

    Example:
        >>> place("/archive/2024/a.txt"), place("../a.txt")
        ('archive/2024/a.txt', 'a.txt')
    """
    path = PurePath(name)
    return PurePath(*(part for part in path.parts if part not in (path.anchor, ".."))).as_posix()


class _Incomplete(Exception):
    """A result that must not appear under its name."""


def _groups(documents: Iterator[Document], size: int) -> Iterator[list[Document]]:
    batch: list[Document] = []
    chars = 0
    for document in documents:
        batch.append(document)
        chars += len(document.text)
        if len(batch) >= size or chars >= _batch.BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch
