"""Progress of a long run: one line, rewritten at most ten times a second; on stderr, or in a notebook's cell."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import TextIO, TypeVar

T = TypeVar("T")

#: Seconds between two updates.
INTERVAL = 0.1


def line(done: int, total: int | None, seconds: float) -> str:
    """What is shown: count, rate and, if the total is known, the time left.

    Example:
        >>> line(50, 200, 2.0)
        '50/200 documents, 25/s, 6 s left'
    """
    rate = done / seconds if seconds > 0 else 0.0
    if total is None:
        return f"{done} documents, {rate:.0f}/s"
    if not rate:
        return f"{done}/{total} documents"
    return f"{done}/{total} documents, {rate:.0f}/s, {max(total - done, 0) / rate:.0f} s left"


def shown(items: Iterator[T], total: int | None, stream: TextIO | None = None) -> Iterator[T]:
    """The same items, while a line on ``stream`` (stderr, or the cell of a notebook) says how far it is."""
    write = _writer(stream)
    start = last = time.monotonic()
    done = 0
    try:
        for item in items:
            yield item
            done += 1
            now = time.monotonic()
            if now - last >= INTERVAL:
                last = now
                write(line(done, total, now - start), False)
    finally:
        write(line(done, total, time.monotonic() - start), True)


def _writer(stream: TextIO | None) -> Callable[[str, bool], None]:
    """What shows a line in the place of the one before; the flag says that it is the last."""
    from propos._display import in_notebook

    if stream is None and in_notebook():
        from IPython.display import display

        handle = display({"text/plain": "…"}, raw=True, display_id=True)
        return lambda text, _: handle.update({"text/plain": text}, raw=True)
    out = stream if stream is not None else sys.stderr

    def write(text: str, last: bool) -> None:
        out.write("\r\x1b[K" + text + ("\n" if last else ""))
        out.flush()

    return write
