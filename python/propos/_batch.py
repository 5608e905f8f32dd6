"""Many texts: batches go to threads of the core, documents come back one by one, in order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sized

from propos import _core, _progress

#: Texts given to the core at a time, for each thread: enough to keep threads busy, few enough that Ctrl-C is
#: answered at once and that memory does not grow with the number of texts.
BATCH_PER_JOB = 16

#: A batch also ends when it holds this many code points.
BATCH_CHARS = 1_000_000


def parse_many(
    texts: Iterable[str],
    *,
    jobs: int | None = None,
    progress: bool = False,
    lines: str = "auto",
    parser: str = "fast",
) -> Iterator[_core.Doc]:
    """Read many texts on several threads, quotations included.

    Args:
        texts: any iterable of texts; it is read as documents are asked for.
        jobs: number of threads, at least 1; ``None`` for one a processor.
        progress: show documents a second and, if ``texts`` has a length, the time left, on stderr.
        lines: as for ``propos.parse``.
        parser: as for ``propos.parse``; trees are made when first asked for.

    Yields:
        The documents, in the order of the texts.

    Raises:
        ValueError: ``jobs`` is less than 1 or ``lines`` or ``parser`` is not known.
        TypeError: a text is not a ``str``; the message says which.

    Example:
        >>> [len(doc.quotes) for doc in propos.parse_many(["« Oui », dit-elle.", "Il pleut."])]
        [1, 0]
    """
    if isinstance(texts, str):
        raise TypeError("texts is one str: give a list of texts, or call propos.parse")
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs must be at least 1, not {jobs}")
    _core.parse("", lines=lines, parser=parser)  # a wrong name is an error now, not at the first document
    threads = jobs or os.cpu_count() or 1
    total = len(texts) if isinstance(texts, Sized) else None
    docs = _parse(iter(texts), threads, lines, parser)
    return _progress.shown(docs, total) if progress else docs


def _parse(texts: Iterator[str], threads: int, lines: str, parser: str) -> Iterator[_core.Doc]:
    count = 0
    for batch in batches(texts, threads * BATCH_PER_JOB):
        for position, text in enumerate(batch, count):
            if not isinstance(text, str):
                raise TypeError(f"text {position} is not a str but {type(text).__name__}")
        yield from _core.parse_batch(batch, jobs=threads, lines=lines, parser=parser)
        count += len(batch)


def batches(texts: Iterator[str], size: int) -> Iterator[list[str]]:
    """Lists of at most ``size`` texts and about ``BATCH_CHARS`` code points."""
    batch: list[str] = []
    chars = 0
    for text in texts:
        batch.append(text)
        chars += len(text) if isinstance(text, str) else 0
        if len(batch) == size or chars >= BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch
