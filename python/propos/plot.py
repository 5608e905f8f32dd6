"""Plots of who is quoted that can be printed: ``propos.plot.speakers(report)`` and ``propos.plot.share(report)``.

Black text, two colours that all can tell apart and that differ in grey too, no frame around, the source below.
"""

from __future__ import annotations

import math
import textwrap
from typing import Any

from propos import _extras
from propos._report import Report, Share

try:
    import matplotlib.pyplot as plt
    from matplotlib.ticker import MaxNLocator, PercentFormatter
except ImportError as error:
    raise _extras.missing("matplotlib", "plot") from error

#: Colours of women, men, and of whose gender the text does not show or who are no persons.
COLOURS = {"f": "#7b3294", "m": "#e69f00", None: "#9e9e9e"}

#: What the legend says.
NAMES = {"f": "women", "m": "men", None: "not a person, or not known"}


def speakers(
    report: Report, *, top: int = 15, words: bool = False, title: str = "Who is quoted", ax: Any = None
) -> Any:
    """The most quoted as bars, in the colour of their gender.

    Args:
        report: what ``propos.report`` gives; groups are added up.
        top: number of speakers.
        words: count words, not quotations.
        title: above the plot.
        ax: matplotlib axes to draw on; ``None`` makes a figure.

    Returns:
        The axes.
    """
    totals: dict[str, tuple[int, str | None]] = {}
    for speaker in report.speakers:
        count = speaker.words if words else speaker.quotes
        before, gender = totals.get(speaker.name, (0, None))
        totals[speaker.name] = (before + count, gender or speaker.gender)
    chosen = sorted(totals.items(), key=lambda item: -item[1][0])[:top]
    axes = (
        ax if ax is not None else plt.subplots(figsize=(7, 1.2 + 0.32 * max(len(chosen), 1)), layout="constrained")[1]
    )
    names = [_short(name) for name, _ in chosen]
    counts = [count for _, (count, _) in chosen]
    places = range(len(chosen))
    bars = axes.barh(places, counts, color=[COLOURS[gender] for _, (_, gender) in chosen], height=0.72)
    axes.bar_label(bars, labels=[f"{count:,}".replace(",", "\u202f") for count in counts], padding=3, fontsize=9)
    axes.set_yticks(places, names)
    axes.invert_yaxis()
    axes.margins(x=0.1)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    present = [gender for gender in COLOURS if any(gender == known for _, (_, known) in chosen)]
    handles = [plt.Rectangle((0, 0), 1, 1, color=COLOURS[gender]) for gender in present]
    if handles:
        # Above the bars, where it covers none, however many and long they are.
        axes.legend(
            handles,
            [NAMES[gender] for gender in present],
            loc="lower left",
            bbox_to_anchor=(0, 1),
            ncols=len(present),
            borderaxespad=0.2,
            borderpad=0,
            columnspacing=1.2,
            handlelength=1,
            frameon=False,
            fontsize=9,
        )
    noun = "words quoted" if words else "quotations"
    return _finished(axes, title, f"{noun} · {report.articles} articles with quotations")


def share(report: Report, *, of: str = "persons", title: str = "", ax: Any = None) -> Any:
    """The share of women with its 95 % interval, one line a group.

    Args:
        report: what ``propos.report`` gives.
        of: ``"persons"``, ``"quotations"`` or ``"words"``.
        title: above the plot.
        ax: matplotlib axes to draw on; ``None`` makes a figure.

    Returns:
        The axes.

    Raises:
        ValueError: ``of`` is none of the three.
    """
    found = [item for item in report.shares if item.of == of]
    if of not in ("persons", "quotations", "words"):
        raise ValueError(f"of must be persons, quotations or words, not {of!r}")
    axes = ax if ax is not None else plt.subplots(figsize=(7, 1.3 + 0.4 * max(len(found), 1)), layout="constrained")[1]
    known = [item for item in found if not math.isnan(item.share)]
    places = range(len(known))
    values = [item.share for item in known]
    errors = [
        [v - i.low for v, i in zip(values, known, strict=True)],
        [i.high - v for v, i in zip(values, known, strict=True)],
    ]
    axes.axvline(0.5, color="#9e9e9e", linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    axes.errorbar(values, places, xerr=errors if known else None, fmt="o", color=COLOURS["f"], capsize=3, markersize=7)
    for place, item in zip(places, known, strict=True):
        axes.annotate(
            _percent(item), (item.share, place), xytext=(0, 7), textcoords="offset points", ha="center", fontsize=9
        )
    axes.set_yticks(places, [_short(item.group or "all") + f" ({item.women + item.men})" for item in known])
    axes.set_ylim(len(known) - 0.4, -0.6)
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    unknown = sum(item.unknown for item in found)
    # Lines that fit beside the longest labels: what is wider than the axes is cut at the edge of the figure.
    note = f"share of women with its 95 % interval\nin brackets: number of {of}; gender not known: {unknown}"
    return _finished(axes, title or f"Women among {of} quoted", note)


def _percent(item: Share) -> str:
    return f"{100 * item.share:.0f} %"


def _short(name: str) -> str:
    """A name on at most two lines, so that a long one leaves room for the plot."""
    return "\n".join(textwrap.wrap(name, 28, max_lines=2, placeholder=" …"))


def _finished(axes: Any, title: str, note: str) -> Any:
    axes.set_title(title, loc="left", fontweight="bold", pad=22 if axes.get_legend() else 6)
    axes.set_xlabel(f"{note}\npropos", loc="left", fontsize=8, color="#555555")
    axes.tick_params(length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    return axes
