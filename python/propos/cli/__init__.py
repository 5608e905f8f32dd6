"""The command ``propos``: arguments in, results on stdout or in files, errors on stderr, an exit code.

Exit codes: 0 all done; 1 some input could not be read (the others are done); 2 wrong usage; 130 interrupted.

A command is a module of this package that ``parser`` names: to add one, write its module and add its line.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from propos import _core
from propos.cli import _shell, entities, normalize, parse, quotes, report, sentences, tokens
from propos.cli._run import FAILED, INTERRUPTED, OK, USAGE, UsageError

__all__ = ["FAILED", "INTERRUPTED", "OK", "USAGE", "main", "parser"]

EPILOG = (
    "Exit codes: 0 done, 1 an input could not be read (the others are done), 2 wrong usage, 130 interrupted. "
    "Formats and examples: docs/cli.md."
)


def parser() -> argparse.ArgumentParser:
    """The arguments of the command."""
    top = argparse.ArgumentParser(prog="propos", description="Reads French and says who said what.", epilog=EPILOG)
    top.add_argument("--version", action="version", version=f"propos {_core.__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (quotes, entities, tokens, sentences, parse, report, normalize):
        module.COMMAND.add(commands)
    _shell.add(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code.

    Args:
        argv: the arguments without the program's name; ``None`` for those of the process.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    top = parser()
    args = top.parse_args(argv)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except UsageError as error:
        print(f"propos {args.command}: {error}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        # The reader has had enough (`propos … | head`): end in silence, and keep Python from flushing again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        print(f"propos: {error.filename or 'output'}: cannot be written: {error.strerror}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    return code
