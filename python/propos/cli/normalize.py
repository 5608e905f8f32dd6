"""``propos normalize``: texts repaired and made alike, what changed, and where it stood."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from propos import _core, _normalize
from propos.cli import _inputs
from propos.cli._inputs import InputError
from propos.cli._run import FAILED, OK, UsageError

EPILOG = "Steps: " + "; ".join(f"{name}={'|'.join(values)}" for name, values in _core.Normalizer.all_steps().items())


class _Normalize:
    """The command: unlike the others it reads texts only, never parses them."""

    name = "normalize"

    def add(self, commands: Any) -> argparse.ArgumentParser:
        """Add the command to the sub-commands of a parser."""
        parser: argparse.ArgumentParser = commands.add_parser(
            self.name,
            help="repair typography, mojibake, numbers; show what changed",
            description="Normalizes French texts; what changed can be shown, and led back to the original.",
            epilog=EPILOG,
        )
        _inputs.add_arguments(parser)
        group = parser.add_argument_group("steps")
        group.add_argument(
            "--preset",
            choices=_core.Normalizer.presets(),
            help="the steps to begin with (default: typography, or none if --step is given)",
        )
        group.add_argument(
            "--step",
            action="append",
            default=[],
            metavar="NAME[=VALUE]",
            help="turn a step on, to a value, or off (NAME=off); may be repeated; see below",
        )
        group = parser.add_argument_group("output")
        shown = group.add_mutually_exclusive_group()
        shown.add_argument("--diff", action="store_true", help="show only the lines that changed, old and new")
        shown.add_argument(
            "--offsets",
            action="store_true",
            help="print what changed as JSON, one document a line; offsets are code points",
        )
        group.add_argument(
            "--color",
            choices=("auto", "always", "never"),
            default="auto",
            help="colour in --diff (default: on a terminal, unless NO_COLOR is set)",
        )
        parser.set_defaults(run=self.run)
        return parser

    def run(self, args: argparse.Namespace) -> int:
        """Run the command; returns the exit code."""
        try:
            normalizer = _normalize.normalizer(args.preset, args.step)
        except ValueError as error:
            raise UsageError(str(error)) from None
        failed = False
        for source in _inputs.sources(args.files, args.input_format):
            if isinstance(source, InputError):
                failed = _report(str(source))
                continue
            try:
                for document in _inputs.documents(source, args):
                    if document.error:
                        failed = _report(f"{document.name}: {document.error}")
                    else:
                        sys.stdout.write(_shown(document, normalizer, args, row=source.format not in ("text", "html")))
            except InputError as error:
                failed = _report(str(error))
        return FAILED if failed else OK


def _shown(document: _inputs.Document, normalizer: _core.Normalizer, args: argparse.Namespace, *, row: bool) -> str:
    if args.offsets:
        return _normalize.offsets(document.name, normalizer.align(document.text)) + "\n"
    if args.diff:
        title = document.name if row or len(args.files) > 1 else ""
        return _normalize.diff(normalizer.align(document.text), title=title, colour=_coloured(args.color))
    return normalizer.normalize(document.text) + ("\n" if row else "")


def _coloured(when: str) -> bool:
    if when == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return when == "always"


def _report(message: str) -> bool:
    print(f"propos: {message}", file=sys.stderr, flush=True)
    return True


COMMAND = _Normalize()
