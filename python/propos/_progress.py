"""Progress of a long run on stderr: one line, rewritten at most ten times a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
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
    """The same items, while a line on ``stream`` (stderr) says how far it is."""
    out = stream if stream is not None else sys.stderr
    start = last = time.monotonic()
    done = 0
    try:
        for item in items:
            yield item
            done += 1
            now = time.monotonic()
            if now - last >= INTERVAL:
                last = now
                out.write("\r\x1b[K" + line(done, total, now - start))
                out.flush()
    finally:
        out.write("\r\x1b[K" + line(done, total, time.monotonic() - start) + "\n")
        out.flush()
