"""Who is quoted: a table of speakers, and the share of women with its interval.

Works on any table of quotations with the columns of ``propos.columns`` (pandas, polars, Arrow, a list of dicts), so
that no library is needed. How persons are counted is said in ``report``.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: Kinds of speakers that are one person: women and men are counted among these.
PERSONS = ("person", "pronoun", "unnamed")

#: Draws of articles for the interval of the share of words.
DRAWS = 1000


#: Columns of the tables of a report, after that of the group.
SPEAKER_COLUMNS = ("name", "kind", "gender", "quotes", "words", "articles")
SHARE_COLUMNS = ("of", "women", "men", "unknown", "share", "low", "high")


@dataclass(frozen=True)
class Share:
    """The share of women in something, with a 95 % interval."""

    group: str
    of: str
    women: int
    men: int
    unknown: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Women among those whose gender is known; NaN if there are none."""
        return self.women / (self.women + self.men) if self.women + self.men else math.nan


@dataclass(frozen=True)
class Speaker:
    """Somebody who is quoted."""

    group: str
    name: str
    kind: str | None
    gender: str | None
    quotes: int
    words: int
    articles: int


@dataclass(frozen=True)
class Report:
    """Who is quoted: ``speakers``, most quoted first, and ``shares`` of women among persons, quotations and words.

    ``str(report)`` is a table to read; ``speakers_frame()`` and ``shares_frame()`` are pandas frames.
    """

    speakers: list[Speaker]
    shares: list[Share]
    by: str | None = None
    articles: int = 0

    def speakers_frame(self) -> Any:
        """The speakers as a pandas frame."""
        return _frame(self.speakers, self.by, SPEAKER_COLUMNS)

    def shares_frame(self) -> Any:
        """The shares as a pandas frame."""
        return _frame(self.shares, self.by, SHARE_COLUMNS)

    def __str__(self) -> str:
        return "\n".join(_text(self))

    def _repr_html_(self) -> str:
        return _html(self)


def report(quotes: Any, by: str | None = None, *, article: str | None = None, asserted: bool = True) -> Report:
    """Who is quoted, how much, and how many of them are women.

    A *person quoted* is a name in an article: somebody quoted five times in one article counts once there, and once
    more in the next article. Quotations inside others are left out. Words are those of the content.

    Args:
        quotes: one row a quotation with the columns kind, text, entity, speaker, speaker_kind, gender, parent,
            asserted as pandas and polars give them; or rows as dicts.
        by: a column to count apart: outlet, date, section.
        article: the column that names the article; ``None`` for the index of a pandas frame, or ``doc``, ``id``.
        asserted: leave out reports that are negated or hypothetical.

    Returns:
        The report. Intervals hold 95 %: Wilson's for counts of persons, and by drawing whole articles (1,000 draws,
        the same ones every time) for quotations and words, as those of an article are not independent.

    Raises:
        ValueError: a column is missing.

    Example:
        >>> rows = [{"text": "Je reviens", "entity": "Anne Berger", "speaker_kind": "person", "gender": "f", "doc": 1}]
        >>> [(s.of, s.women, s.men) for s in propos.report(rows).shares]
        [('persons', 1, 0), ('quotations', 1, 0), ('words', 2, 0)]
    """
    groups: dict[str, dict[Any, list[Mapping[str, Any]]]] = {}
    for row in _rows(quotes, article, by):
        if row.get("parent") is not None or (asserted and row.get("asserted") is False):
            continue
        group = "" if by is None else str(row[by])
        groups.setdefault(group, {}).setdefault(row["__article"], []).append(row)
    speakers: list[Speaker] = []
    shares: list[Share] = []
    for group in sorted(groups):
        speakers += _speakers(group, groups[group])
        shares += _shares(group, list(groups[group].values()))
    return Report(speakers, shares, by, sum(map(len, groups.values())))


def _rows(quotes: Any, article: str | None, by: str | None) -> Iterator[Mapping[str, Any]]:
    """The rows as dicts with missing values as ``None`` and the article under ``__article``."""
    index: Iterable[Any] | None = None
    if hasattr(quotes, "iter_rows"):
        rows: Iterable[Mapping[str, Any]] = quotes.iter_rows(named=True)
    elif hasattr(quotes, "to_dict") and hasattr(quotes, "index"):
        index = None if article else quotes.index
        rows = quotes.to_dict("records")
    elif hasattr(quotes, "to_pylist"):
        rows = quotes.to_pylist()
    else:
        rows = quotes
    labels = iter(index) if index is not None else None
    for number, row in enumerate(rows):
        clean = {str(key): None if _missing(value) else value for key, value in row.items()}
        for needed in filter(None, ("text", by, article)):
            if needed not in clean:
                raise ValueError(f"no column {needed!r}; there are: {', '.join(clean)}")
        if labels is not None:
            clean["__article"] = next(labels)
        else:
            name = article or next((name for name in ("doc", "id", "article", "url") if name in clean), None)
            clean["__article"] = clean[name] if name else number
        yield clean


def _missing(value: object) -> bool:
    return value is None or value != value or type(value).__name__ in ("NAType", "NaTType")


def _name(row: Mapping[str, Any]) -> str | None:
    name = row.get("entity")
    if name is None and row.get("speaker_kind") not in ("pronoun", None):
        name = row.get("speaker")
    return None if name is None else " ".join(str(name).split())


def _words(row: Mapping[str, Any]) -> int:
    return len(str(row["text"]).split())


def _speakers(group: str, articles: Mapping[Any, list[Mapping[str, Any]]]) -> list[Speaker]:
    found: dict[str, list[tuple[Any, Mapping[str, Any]]]] = {}
    for article, rows in articles.items():
        for row in rows:
            name = _name(row)
            if name is not None:
                found.setdefault(name, []).append((article, row))
    speakers = []
    for name, said in found.items():
        kinds = [row.get("speaker_kind") for _, row in said]
        speakers.append(
            Speaker(
                group,
                name,
                _most(kind for kind in kinds if kind not in (None, "pronoun")) or _most(kinds),
                _most(row.get("gender") for _, row in said),
                len(said),
                sum(_words(row) for _, row in said),
                len({str(article) for article, _ in said}),
            )
        )
    return sorted(speakers, key=lambda s: (-s.quotes, -s.words, s.name))


def _most(values: Iterable[Any]) -> str | None:
    known = [value for value in values if value is not None]
    return max(sorted(set(known)), key=known.count) if known else None


def _counts(rows: list[Mapping[str, Any]]) -> dict[str, tuple[int, int, int]]:
    """Women, men and unknown among the persons, quotations and words of one article."""
    persons: dict[str, list[Any]] = {}
    quotations, words = [0, 0, 0], [0, 0, 0]
    for row in rows:
        if row.get("speaker_kind") not in PERSONS and not (row.get("speaker_kind") is None and row.get("gender")):
            continue
        place = {"f": 0, "m": 1}.get(row.get("gender") or "", 2)
        quotations[place] += 1
        words[place] += _words(row)
        name = _name(row)
        if name is not None:
            persons.setdefault(name, []).append(row.get("gender"))
    genders = [_most(values) for values in persons.values()]
    counted = (genders.count("f"), genders.count("m"), genders.count(None))
    return {
        "persons": counted,
        "quotations": (quotations[0], quotations[1], quotations[2]),
        "words": (words[0], words[1], words[2]),
    }


def _shares(group: str, articles: list[list[Mapping[str, Any]]]) -> list[Share]:
    counts = [_counts(rows) for rows in articles]
    shares = []
    for of in ("persons", "quotations", "words"):
        cells = [count[of] for count in counts]
        women, men, unknown = (sum(cell[place] for cell in cells) for place in range(3))
        low, high = wilson(women, women + men) if of == "persons" else _drawn([cell[:2] for cell in cells])
        shares.append(Share(group, of, women, men, unknown, low, high))
    return shares


def wilson(successes: int, total: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's 95 % interval of a proportion; (0, 1) if there is nothing.

    Example:
        >>> [round(bound, 3) for bound in wilson(30, 100)]
        [0.219, 0.396]
    """
    if not total:
        return 0.0, 1.0
    share = successes / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _drawn(cells: list[tuple[int, ...]]) -> tuple[float, float]:
    """The 95 % interval of women / (women + men) when articles are drawn anew, with replacement."""
    used = [cell for cell in cells if any(cell)]
    if not used:
        return 0.0, 1.0
    drawn = random.Random(0)
    shares = []
    for _ in range(DRAWS):
        sample = drawn.choices(used, k=len(used))
        women, men = sum(cell[0] for cell in sample), sum(cell[1] for cell in sample)
        shares.append(women / (women + men))
    shares.sort()
    return shares[round(0.025 * (DRAWS - 1))], shares[round(0.975 * (DRAWS - 1))]


def _frame(items: list[Any], by: str | None, names: tuple[str, ...]) -> Any:
    from propos import _extras

    try:
        import pandas as pd
    except ImportError as error:
        raise _extras.missing("pandas", "pandas") from error
    data = {by: [item.group for item in items]} if by else {}
    return pd.DataFrame({**data, **{name: [getattr(item, name) for item in items] for name in names}})


def percent(value: float) -> str:
    """A share as people write it.

    Example:
        >>> percent(0.254), percent(math.nan)
        ('25 %', '-')
    """
    return "-" if math.isnan(value) else f"{100 * value:.0f} %"


def table(found: Report, top: int = 20) -> tuple[list[str], list[list[str]]]:
    """Header and rows of the most quoted, as text."""
    head = ([found.by] if found.by else []) + ["speaker", "kind", "gender", "quotations", "words", "articles"]
    rows = []
    for group in dict.fromkeys(speaker.group for speaker in found.speakers):
        for s in [speaker for speaker in found.speakers if speaker.group == group][:top]:
            first = [group] if found.by else []
            rows.append([*first, s.name, s.kind or "", s.gender or "", str(s.quotes), str(s.words), str(s.articles)])
    return head, rows


def share_table(found: Report) -> tuple[list[str], list[list[str]]]:
    """Header and rows of the shares, as text."""
    head = ([found.by] if found.by else []) + ["share of women in", "share", "95 % interval", "women", "men", "unknown"]
    rows = []
    for s in found.shares:
        interval = f"{percent(s.low)} to {percent(s.high)}" if s.women + s.men else "-"
        first = [s.group] if found.by else []
        rows.append([*first, s.of, percent(s.share), interval, str(s.women), str(s.men), str(s.unknown)])
    return head, rows


def _text(found: Report) -> Iterator[str]:
    for head, rows in (table(found), share_table(found)):
        widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
        for row in [head, *rows]:
            cells = [
                cell.rjust(width) if cell[:1].isdigit() else cell.ljust(width)
                for cell, width in zip(row, widths, strict=True)
            ]
            yield "  ".join(cells).rstrip()
        yield ""


def _html(found: Report) -> str:
    import html

    parts = []
    for head, rows in (table(found), share_table(found)):
        top = "".join(f"<th>{html.escape(cell)}</th>" for cell in head)
        body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        parts.append(f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>")
    return "\n".join(parts)
