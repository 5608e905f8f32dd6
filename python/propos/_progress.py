"""Progress of a long run: documents a second and the time left, on stderr or in a notebook's cell.

A terminal and a cell have one line that is rewritten; a file, which cannot be rewritten, gets a line now and then.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import TextIO, TypeVar

T = TypeVar("T")

#: Seconds between two updates of a line that is rewritten …
INTERVAL = 0.1

#: … and between two lines in a file.
FILE_INTERVAL = 10.0

#: What takes a line off a terminal, so that another can be written in its place.
CLEAR = "\r\x1b[K"


def line(done: int, seconds: float, *, total: int | None = None, left: float | None = None) -> str:
    """What is shown: count, rate and, if it is known, the time left.

    Args:
        done: documents read.
        seconds: time since the start.
        total: documents in all.
        left: seconds to go.

    Example:
        >>> line(50, 2.0, total=200, left=6.0), line(7000, 1000.0, left=4000.0)
        ('50/200 documents, 25/s, 6 s left', '7000 documents, 7.0/s, 1 h 06 min left')
    """
    rate = done / seconds if seconds > 0 else 0.0
    parts = [f"{done}/{total} documents" if total is not None else f"{done} document{'s' * (done != 1)}"]
    if rate:
        parts.append(f"{rate:.0f}/s" if rate >= 10 else f"{rate:.1f}/s")
    if left is not None:
        parts.append(f"{duration(left)} left")
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """A time as people say it.

    Example:
        >>> duration(9.4), duration(200), duration(4000)
        ('9 s', '3 min 20 s', '1 h 06 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


class Meter:
    """Shows how far a run is, as often as the place where it is shown can bear."""

    def __init__(self, total: int | None = None, stream: TextIO | None = None) -> None:
        self.total = total
        self.start = self.last = time.monotonic()
        self._write, self._interval = _writer(stream)

    def show(self, done: int, share: float | None = None) -> None:
        """Show the count, unless that was done a moment ago.

        Args:
            done: documents read.
            share: how much of the work is done, 0 to 1; by default what ``total`` says.
        """
        now = time.monotonic()
        if now - self.last < self._interval:
            return
        self.last = now
        passed = now - self.start
        if share is None and self.total:
            share = min(done / self.total, 1.0)
        left = passed * (1 - share) / share if share else None
        self._write(line(done, passed, total=self.total, left=left), False)

    def close(self, done: int) -> None:
        """Show the last count, with the time that it took."""
        passed = time.monotonic() - self.start
        self._write(f"{line(done, passed, total=self.total)} ({duration(passed)})", True)


def shown(items: Iterator[T], total: int | None, stream: TextIO | None = None) -> Iterator[T]:
    """The same items, while a line on ``stream`` (stderr, or the cell of a notebook) says how far it is."""
    meter = Meter(total, stream)
    done = 0
    try:
        for item in items:
            yield item
            done += 1
            meter.show(done)
    finally:
        meter.close(done)


def _writer(stream: TextIO | None) -> tuple[Callable[[str, bool], None], float]:
    """What shows a line in the place of the one before (the flag says that it is the last), and seconds between two."""
    from propos._display import in_notebook

    if stream is None and in_notebook():
        from IPython.display import display

        handle = display({"text/plain": "…"}, raw=True, display_id=True)
        return (lambda text, _: handle.update({"text/plain": text}, raw=True)), INTERVAL
    out = stream if stream is not None else sys.stderr
    terminal = out.isatty()

    def write(text: str, last: bool) -> None:
        out.write(f"{CLEAR}{text}" + ("\n" if last else "") if terminal else text + "\n")
        out.flush()

    return write, INTERVAL if terminal else FILE_INTERVAL
