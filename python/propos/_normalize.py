"""What ``propos normalize`` shows: the lines that changed, and the changes as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from propos._core import Normalized, Normalizer

RED, GREEN, DIM, RESET = "\x1b[41;97m", "\x1b[42;30m", "\x1b[2m", "\x1b[0m"
# What cannot be seen, as it is shown in a diff.
VISIBLE = str.maketrans(
    {"\u00a0": "⍽", "\u202f": "⎵", "\u00ad": "‧", "\u200b": "∅", "\ufeff": "∅", "\r": "␍", "\t": "⇥"}
)


def normalizer(preset: str | None, switches: Sequence[str]) -> Normalizer:
    """The normalizer of the command's arguments; a ``ValueError`` names what is wrong."""
    given = dict(switch.partition("=")[::2] for switch in switches)
    values: dict[str, str | bool] = {name: value or True for name, value in given.items()}
    return Normalizer(preset or (None if switches else "typography"), **values)


def offsets(name: str, normalized: Normalized) -> str:
    """The changes of one document as a line of JSON: old span, new span, old text, new text."""
    edits = [
        {"original": [start, end], "normalized": [new_start, new_end], "old": old, "new": new}
        for (start, end, new_start, new_end) in normalized.edits
        for old, new in [(normalized.original[start:end], normalized.text[new_start:new_end])]
    ]
    return json.dumps({"doc": name, "text": normalized.text, "edits": edits}, ensure_ascii=False)


def diff(normalized: Normalized, *, title: str = "", colour: bool = False) -> str:
    """The lines that changed, ``-`` old and ``+`` new, with the changed places marked (``[-old-]``, ``{+new+}``)."""
    original, text, edits = normalized.original, normalized.text, normalized.edits
    out = [f"{title}:\n"] if title and edits else []
    at = 0
    line, counted = 1, 0
    while at < len(edits):
        # A group: the edits that touch the same lines of the original and of the new text.
        first = last = at
        start = original.rfind("\n", 0, edits[at][0]) + 1
        end = _line_end(original, edits[at][1])
        while last + 1 < len(edits) and edits[last + 1][0] <= end:
            last += 1
            end = _line_end(original, edits[last][1])
        line += original.count("\n", counted, start)
        counted = start
        old, new, place, new_place = [], [], start, edits[first][2] - (edits[first][0] - start)
        for s, e, ns, ne in edits[first : last + 1]:
            old += [_shown(original[place:s]), _mark(original[s:e], "[-", "-]", RED if colour else "")]
            new += [_shown(text[new_place:ns]), _mark(text[ns:ne], "{+", "+}", GREEN if colour else "")]
            place, new_place = e, ne
        rest = _shown(original[place:end])
        out.append(f"{DIM if colour else ''}@ {line}{RESET if colour else ''}\n")
        out.append("- " + ("".join(old) + rest).replace("\n", "\n- ") + "\n")
        out.append("+ " + ("".join(new) + rest).replace("\n", "\n+ ") + "\n")
        at = last + 1
    return "".join(out)


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _shown(text: str) -> str:
    return text.translate(VISIBLE)


def _mark(text: str, left: str, right: str, colour: str) -> str:
    if not text:
        return ""
    shown = _shown(text).replace("\n", "⏎\n") if "\n" in text else _shown(text)
    return f"{colour}{shown}{RESET}" if colour else f"{left}{shown}{right}"
