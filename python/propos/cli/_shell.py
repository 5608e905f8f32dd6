"""``propos completions`` and ``propos man``: what a shell and its reader want to know, made from the parser itself."""

from __future__ import annotations

import argparse
from typing import Any

from propos import _core

_SHELLS = ("bash", "zsh", "fish")


def add(commands: Any) -> None:
    """Add both commands to the sub-commands of a parser."""
    completions = commands.add_parser(
        "completions",
        help="print shell completions",
        description='Prints completions: for bash, eval "$(propos completions bash)".',
    )
    completions.add_argument("shell", choices=_SHELLS)
    completions.set_defaults(run=lambda args: _printed(complete(args.shell)))
    man = commands.add_parser(
        "man",
        help="print the manual page",
        description="Prints the manual page: propos man | man -l -, or save it as propos.1.",
    )
    man.set_defaults(run=lambda args: _printed(manual()))


def _printed(text: str) -> int:
    print(text, end="")
    return 0


def _commands() -> dict[str, argparse.ArgumentParser]:
    from propos.cli import parser

    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.option_strings]


def complete(shell: str) -> str:
    """The completions for a shell."""
    commands = _commands()
    if shell == "fish":
        return _fish(commands)
    lines = ["# completions of propos for bash; zsh reads them by bashcompinit"]
    if shell == "zsh":
        lines += ["autoload -U +X bashcompinit && bashcompinit"]
    lines += [
        "_propos() {",
        '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" words=""',
        '  if [ "$COMP_CWORD" -eq 1 ]; then',
        f'    COMPREPLY=($(compgen -W "{" ".join(commands)} --version --help" -- "$current")); return',
        "  fi",
        '  case "${COMP_WORDS[1]}:$previous" in',
    ]
    for name, command in commands.items():
        for action in _options(command):
            if action.choices:
                keys = "|".join(f"{name}:{option}" for option in action.option_strings)
                lines.append(f'    {keys}) words="{" ".join(map(str, action.choices))}" ;;')
    lines += ["  esac", '  [ -n "$words" ] && { COMPREPLY=($(compgen -W "$words" -- "$current")); return; }']
    lines += ['  case "${COMP_WORDS[1]}" in']
    for name, command in commands.items():
        words = [option for action in _options(command) for option in action.option_strings]
        positional = [str(word) for a in command._actions if not a.option_strings and a.choices for word in a.choices]
        lines.append(f'    {name}) words="{" ".join(words + positional)}" ;;')
    lines += [
        "  esac",
        '  COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))',
        "}",
        "complete -o filenames -F _propos propos",
    ]
    return "\n".join(lines) + "\n"


def _fish(commands: dict[str, argparse.ArgumentParser]) -> str:
    lines = ["# completions of propos for fish"]
    lines += [
        f"complete -c propos -n __fish_use_subcommand -a {name} -d {_quoted(command.description or '')}"
        for name, command in commands.items()
    ]
    for name, command in commands.items():
        for action in _options(command):
            long = next((o[2:] for o in action.option_strings if o.startswith("--")), "")
            short = next((o[1:] for o in action.option_strings if not o.startswith("--")), "")
            parts = [f"complete -c propos -n '__fish_seen_subcommand_from {name}'", f"-l {long}"]
            parts += [f"-s {short}"] if short else []
            parts += [f"-x -a {_quoted(' '.join(map(str, action.choices)))}"] if action.choices else []
            parts += [f"-d {_quoted((action.help or '').split(' (')[0])}"]
            lines.append(" ".join(parts))
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def manual() -> str:
    """The manual page in troff."""
    from propos.cli import EPILOG

    lines = [
        f'.TH PROPOS 1 "" "propos {_core.__version__}" "User Commands"',
        ".SH NAME",
        "propos \\- reads French and says who said what",
        ".SH SYNOPSIS",
        ".B propos",
        ".I COMMAND",
        "[\\fIOPTION\\fR]... [\\fIFILE\\fR]...",
        ".SH DESCRIPTION",
        "Tokens, sentences, people and quotations with their speakers, of French texts in files, folders, tables",
        "(JSONL, CSV, Parquet) or standard input.",
        ".SH COMMANDS",
    ]
    for name, command in _commands().items():
        lines += [f".SS {name}", _troff(command.description or "")]
        for action in command._actions:
            if isinstance(action, argparse._HelpAction):
                continue
            value = action.metavar if isinstance(action.metavar, str) else None
            if action.choices:
                value = "|".join(map(str, action.choices))
            names = ", ".join(f"\\fB{_troff(option)}\\fR" for option in action.option_strings)
            takes = action.nargs != 0 and value
            head = (
                f"{names} \\fI{_troff(value or '')}\\fR"
                if names and takes
                else names or f"\\fI{_troff(value or '')}\\fR"
            )
            lines += [".TP", head, _troff((action.help or "").replace("%%", "%"))]
    lines += [".SH EXIT STATUS", _troff(EPILOG)]
    return "\n".join(lines) + "\n"


def _troff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + escaped if escaped[:1] in (".", "'") else escaped
