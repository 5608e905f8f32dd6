"""Quotations as text one can read in a terminal."""

from __future__ import annotations

import shutil
import textwrap

from propos import _core

_STYLES = {"name": "1", "dim": "2", "direct": "32", "mixed": "33", "indirect": "36"}
_GENDERS = {"f": "♀", "m": "♂"}


def quotes(doc: _core.Doc, *, title: str = "", colour: bool = False, width: int | None = None) -> str:
    """The quotations of a document, one block each: number, speaker, kind, cue, then what was said.

    Args:
        doc: the document.
        title: printed above, if not empty.
        colour: use ANSI colours.
        width: columns; ``None`` for those of the terminal, at most 100.

    Returns:
        Lines without a final line break.
    """
    columns = width or min(shutil.get_terminal_size((100, 24)).columns, 100)

    def style(text: str, name: str) -> str:
        return f"\x1b[{_STYLES[name]}m{text}\x1b[0m" if colour else text

    lines = [style(title, "name"), ""] if title else []
    found = doc.quotes
    for number, quote in enumerate(found, 1):
        cue = f" · {quote.cue.text}" if quote.cue else ""
        kind = quote.kind + (" (not asserted)" if not quote.asserted else "")
        lines.append(f"{number:3}  {style(speaker(quote), 'name')}  {style(kind + cue, 'dim')}")
        # An incise interrupts, nothing is cut: […] would say that words are missing.
        between = " » … « " if quote.kind == "direct" else " … "
        text = between.join(" ".join(part.text.split()) for part in quote.content)
        shown = f"« {text} »" if quote.kind == "direct" else text
        for line in textwrap.wrap(shown, max(columns - 5, 20)):
            lines.append("     " + style(line, quote.kind))
    lines.append(style(summary(doc), "dim"))
    return "\n".join(lines)


def speaker(quote: _core.Quote) -> str:
    """Who speaks: the name, with the words of the text in brackets where they differ; "?" if nothing is known."""
    entity, mention = quote.entity, quote.speaker
    gender = (entity.gender if entity else None) or (mention.gender if mention else None)
    sign = f" {_GENDERS[gender]}" if gender else ""
    words = " ".join(mention.text.split()) if mention else ""
    words = words.removeprefix("-t-").removeprefix("-")  # a clitic subject: "a-t-il dit"
    if entity is None:
        return (words or "?") + sign
    return entity.name + sign + (f" ({words})" if words and words != entity.name else "")


def summary(doc: _core.Doc) -> str:
    """How many quotations of each kind, and from how many known sources."""
    found = doc.quotes
    if not found:
        return "no quotation"
    kinds = [f"{count} {kind}" for kind in ("direct", "mixed", "indirect") if (count := _count(doc, kind))]
    sources = {quote.entity.name for quote in found if quote.entity}
    noun = "quotation" if len(found) == 1 else "quotations"
    named = f", {len(sources)} named source{'s' if len(sources) > 1 else ''}" if sources else ""
    return f"{len(found)} {noun}: {', '.join(kinds)}{named}"


def _count(doc: _core.Doc, kind: str) -> int:
    return sum(quote.kind == kind for quote in doc.quotes)
