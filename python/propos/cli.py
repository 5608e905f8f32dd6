"""The command ``propos``: arguments in, results on stdout, errors on stderr, an exit code.

Exit codes: 0 all done; 1 some input could not be read (the others are done); 2 wrong usage; 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence

from propos import _core, _show

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


class InputError(Exception):
    """An input that cannot be read: what, where and the remedy."""


def parser() -> argparse.ArgumentParser:
    """The arguments of the command."""
    top = argparse.ArgumentParser(
        prog="propos",
        description="Reads French and says who said what.",
        epilog="Exit codes: 0 done, 1 an input could not be read, 2 wrong usage, 130 interrupted.",
    )
    top.add_argument("--version", action="version", version=f"propos {_core.__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    quotes = commands.add_parser(
        "quotes",
        help="who said what",
        description="Finds the quotations of French texts with their cues and speakers.",
    )
    quotes.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="UTF-8 text files; - or nothing for standard input",
    )
    quotes.add_argument(
        "--format",
        choices=("text", "jsonl"),
        default="text",
        help="text (readable, default) or jsonl (one document a line, see docs/json.md)",
    )
    quotes.add_argument(
        "--lines",
        choices=("auto", "paragraph", "wrapped", "line"),
        default="auto",
        help="what a line break means (default: by the look of the text)",
    )
    quotes.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colour in text output (default: on a terminal, unless NO_COLOR is set)",
    )
    quotes.set_defaults(run=run_quotes)

    tokens = commands.add_parser(
        "tokens",
        help="tokens, words and sentences",
        description="Splits French texts into tokens, syntactic words and sentences.",
    )
    tokens.add_argument(
        "--format",
        choices=("text", "jsonl", "tsv", "conllu"),
        default="text",
        help="text (one token a line, an empty line after a sentence; default), jsonl (one document a line), "
        "tsv (one token a line, with a header) or conllu (syntactic words)",
    )
    tokens.set_defaults(run=run_tokens)

    sentences = commands.add_parser(
        "sentences",
        help="sentences",
        description="Splits French texts into sentences.",
    )
    sentences.add_argument(
        "--format",
        choices=("text", "jsonl", "tsv"),
        default="text",
        help="text (one sentence a line, its line breaks as spaces; default), jsonl (one document a line) "
        "or tsv (one sentence a line, with a header)",
    )
    sentences.set_defaults(run=run_sentences)
    for command in (tokens, sentences):
        command.add_argument(
            "files", nargs="*", metavar="FILE", help="UTF-8 text files; - or nothing for standard input"
        )
        command.add_argument(
            "--lines",
            choices=("auto", "paragraph", "wrapped", "line"),
            default="auto",
            help="what a line break means (default: by the look of the text)",
        )
    return top


def read(path: str) -> str:
    """The text of a UTF-8 file (a byte order mark is dropped), or an ``InputError``; line ends are kept as they are."""
    try:
        if path == "-":
            data = sys.stdin.buffer.read()
        else:
            with open(path, "rb") as file:
                data = file.read()
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; give the files in it, e.g. {os.path.join(path, '*.txt')}") from None
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the name and the current folder") from None
    except PermissionError:
        raise InputError(f"{path}: may not be read; change its permissions (chmod u+r)") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{path}: line {line}: not UTF-8 (byte 0x{data[error.start]:02x} at position {error.start}); "
            f"convert it first, e.g. iconv -f WINDOWS-1252 -t UTF-8 {path if path != '-' else 'FILE'}"
        ) from None


def documents(files: Sequence[str], failures: list[str]) -> Iterator[tuple[str, str]]:
    """Name and text of each input that can be read; what cannot is reported on stderr and added to ``failures``."""
    for path in files or ["-"]:
        try:
            yield ("stdin" if path == "-" else path), read(path)
        except InputError as error:
            print(f"propos: {error}", file=sys.stderr, flush=True)
            failures.append(path)


def coloured(when: str) -> bool:
    """True if text output is to be coloured."""
    if when == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return when == "always"


def run_quotes(args: argparse.Namespace) -> int:
    """``propos quotes``."""
    failures: list[str] = []
    colour = coloured(args.color)
    several = len(args.files) > 1
    for name, text in documents(args.files, failures):
        doc = _core.parse(text, lines=args.lines)
        if args.format == "jsonl":
            print(doc.to_json(os.path.basename(name)))
        else:
            print(_show.quotes(doc, title=name if several else "", colour=colour))
    return FAILED if failures else OK


def run_tokens(args: argparse.Namespace) -> int:
    """``propos tokens``."""
    failures: list[str] = []
    if args.format == "tsv":
        print("doc\tsentence\tstart_char\tend_char\tkind\ttoken")
    for path, text in documents(args.files, failures):
        name = os.path.basename(path)
        doc = _core.parse(text, lines=args.lines)
        if args.format == "conllu":
            sys.stdout.write(_core._conllu(doc, name))
        elif args.format == "jsonl":
            rows = [[[t.start_char, t.end_char, t.kind] for t in sentence] for sentence in doc.sentences]
            print(json.dumps({"doc": name, "sentences": rows}, ensure_ascii=False))
        else:
            for number, sentence in enumerate(doc.sentences):
                for token in sentence:
                    form = " ".join(token.text.split())
                    if args.format == "tsv":
                        print(name, number, token.start_char, token.end_char, token.kind, form, sep="\t")
                    else:
                        print(form)
                if args.format == "text":
                    print()
    return FAILED if failures else OK


def run_sentences(args: argparse.Namespace) -> int:
    """``propos sentences``."""
    failures: list[str] = []
    if args.format == "tsv":
        print("doc\tstart_char\tend_char\tsentence")
    for path, text in documents(args.files, failures):
        name = os.path.basename(path)
        sentences = _core.parse(text, lines=args.lines).sentences
        if args.format == "jsonl":
            rows = [[s.start_char, s.end_char] for s in sentences]
            print(json.dumps({"doc": name, "sentences": rows}, ensure_ascii=False))
        for sentence in sentences if args.format != "jsonl" else ():
            line = " ".join(sentence.text.split())
            if args.format == "tsv":
                print(name, sentence.start_char, sentence.end_char, line, sep="\t")
            else:
                print(line)
    return FAILED if failures else OK


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code.

    Args:
        argv: the arguments without the program's name; ``None`` for those of the process.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    args = parser().parse_args(argv)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has had enough (`propos … | head`): end in silence, and keep Python from flushing again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    return code
