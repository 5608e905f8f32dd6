"""Who is quoted: counts on a small table made by hand, intervals, the same from every kind of table, plots."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import propos
import pytest
from propos._report import wilson


def row(doc: int, entity: str | None, gender: str | None, text: str, **more: Any) -> dict[str, Any]:
    kind = "person" if gender else "organization"
    return {"doc": doc, "entity": entity, "speaker_kind": kind, "gender": gender, "text": text, "outlet": "A", **more}


ROWS = [
    row(1, "Anne Berger", "f", "un deux trois"),
    row(1, "Anne Berger", "f", "un", speaker_kind="pronoun"),
    row(1, "Jean Petit", "m", "un deux"),
    row(1, "Jean Petit", "m", "dedans", parent=0),
    row(2, "Jean Petit", "m", "un deux trois quatre", outlet="B"),
    row(2, "la ville de Lens", None, "un", outlet="B"),
    row(2, None, "m", "un deux", speaker_kind="pronoun", outlet="B"),
    row(2, "Paul Roux", "m", "jamais dit", asserted=False, outlet="B"),
]


def cells(report: Any) -> list[tuple[Any, ...]]:
    return [(s.group, s.of, s.women, s.men, s.unknown) for s in report.shares]


def test_persons_quotations_and_words_are_counted() -> None:
    found = propos.report(ROWS)
    assert cells(found) == [("", "persons", 1, 2, 0), ("", "quotations", 2, 3, 0), ("", "words", 4, 8, 0)]
    assert [(s.name, s.gender, s.quotes, s.words, s.articles) for s in found.speakers] == [
        ("Jean Petit", "m", 2, 6, 2),
        ("Anne Berger", "f", 2, 4, 1),
        ("la ville de Lens", None, 1, 1, 1),
    ]
    assert found.shares[0].share == pytest.approx(1 / 3)
    assert found.articles == 2


def test_groups_are_counted_apart() -> None:
    found = propos.report(ROWS, by="outlet")
    assert cells(found)[::3] == [("A", "persons", 1, 1, 0), ("B", "persons", 0, 1, 0)]
    assert "outlet" in str(found)
    assert "Jean Petit" in str(found)
    assert propos.report(ROWS, asserted=False).shares[0].men == 3


def test_intervals_hold_the_share_and_shrink_with_more() -> None:
    many = [row(n, f"P{n}", "f" if n % 4 == 0 else "m", "un deux") for n in range(400)]
    few, all_ = propos.report(many[:40]), propos.report(many)
    for small, large in zip(few.shares, all_.shares, strict=True):
        assert small.low < small.share < small.high
        assert large.low < 0.25 < large.high
        assert large.high - large.low < (small.high - small.low) / 2
    # Newcombe (1998), table I: 81 of 263 and 15 of 148.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)
    assert str(propos.report(many)) == str(propos.report(many))


def test_nothing_and_missing_columns() -> None:
    empty = propos.report([])
    assert empty.speakers == []
    with pytest.raises(ValueError, match="no column 'outlet'"):
        propos.report([{"text": "a"}], by="outlet")
    unknown = propos.report([row(1, "la ville", None, "un")])
    assert math.isnan(unknown.shares[0].share)
    assert "-" in str(unknown)


def test_every_kind_of_table_gives_the_same() -> None:
    expected = propos.report(ROWS, by="outlet")
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    df = pd.DataFrame(ROWS)
    assert propos.report(df, by="outlet", article="doc") == expected
    by_index = propos.report(df.set_index("doc"), by="outlet")
    assert by_index == expected
    frame = expected.shares_frame()
    assert list(frame.columns) == ["outlet", "of", "women", "men", "unknown", "share", "low", "high"]
    assert expected.speakers_frame()["quotes"].sum() == 6 - 1
    pl = pytest.importorskip("polars", reason="polars is not installed")
    assert propos.report(pl.DataFrame(ROWS, infer_schema_length=None), by="outlet") == expected
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    assert (
        propos.report(pa.Table.from_pylist([{**dict.fromkeys(ROWS[7] | ROWS[3]), **r} for r in ROWS]), "outlet")
        == expected
    )


def test_the_way_from_articles_to_a_report() -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    import propos.pandas

    texts = ["« Je reviens », a dit Anne Berger. Selon Jean Petit, il pleut."] * 2
    df = pd.DataFrame({"text": texts, "outlet": ["A", "B"]}, index=["x", "y"])
    quotes = df[["outlet"]].join(df["text"].propos.quotes(), how="inner")
    found = propos.report(quotes, by="outlet")
    expected = sum(q.entity is not None for q in propos.quotes(texts[0]))
    assert sum(s.quotes for s in found.speakers if s.group == "A") >= expected
    assert propos.pandas


@pytest.mark.parametrize("kind", ["speakers", "words", "share", "nothing"])
def test_plots_are_drawn(kind: str, tmp_path: Path) -> None:
    matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    from propos import plot

    found = propos.report([] if kind == "nothing" else ROWS, by=None if kind == "nothing" else "outlet")
    axes = plot.share(found) if kind in ("share", "nothing") else plot.speakers(found, words=kind == "words")
    labels = [label.get_text() for label in axes.get_yticklabels()]
    most = ["Anne Berger", "Jean Petit"] if kind == "speakers" else ["Jean Petit", "Anne Berger"]
    expected = {"share": ["A (2)", "B (1)"], "nothing": []}.get(kind, [*most, "la ville de Lens"])
    assert labels == expected
    if kind == "words":
        assert [text.get_text() for text in axes.texts] == ["6", "4", "1"]
    axes.figure.savefig(tmp_path / "plot.png")
    assert axes.xaxis.label.get_window_extent().x1 <= axes.figure.bbox.x1, "the note is cut"
    plt.close(axes.figure)
    with pytest.raises(ValueError, match="persons, quotations or words"):
        plot.share(found, of="lines")
