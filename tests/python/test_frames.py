"""pandas and polars: tidy results that keep the index, whatever it is; lazy and streaming plans."""

from __future__ import annotations

from typing import Any

import propos
import pytest

TEXTS = [
    "« Je reviens », a dit Anne Berger. « Et vite », a-t-elle ajouté.",
    None,
    "Il pleut.",
    "Selon le maire de Lens, l’école 🚸 rouvrira lundi.",
    "",
]


def quotes_of(text: str | None) -> list[str]:
    return [] if text is None else [quote.text for quote in propos.parse(text).quotes]


def sentences_of(text: str | None) -> list[str]:
    return [] if text is None else propos.sentences(text)


class TestPandas:
    @pytest.fixture
    def pd(self) -> Any:
        pandas = pytest.importorskip("pandas", reason="pandas is not installed")
        import propos.pandas

        assert propos.pandas
        return pandas

    @pytest.mark.parametrize("dtype", ["str", "object", "string", "category", "pyarrow"])
    def test_an_index_that_is_not_0_to_n_survives(self, pd: Any, dtype: str) -> None:
        labels = ["z", "a", "m", "b", "a"]
        series = pd.Series(TEXTS, index=labels, dtype="object" if dtype == "pyarrow" else dtype)
        if dtype == "pyarrow":
            pa = pytest.importorskip("pyarrow")
            series = series.astype(pd.ArrowDtype(pa.string()))
        for found, position, expected in [
            (series.propos.quotes(), "quote", quotes_of),
            (series.propos.sentences(), "sentence", sentences_of),
            (series.propos.tokens(), "token", lambda text: propos.tokenize(text or "")),
        ]:
            rows = [
                (label, number, item)
                for label, text in zip(labels, TEXTS, strict=True)
                for number, item in enumerate(expected(text))
            ]
            assert list(zip(found.index, found[position], found["text"], strict=True)) == rows

    def test_any_kind_of_index_is_carried(self, pd: Any) -> None:
        for index in [
            pd.MultiIndex.from_product([["afp"], range(5)], names=["source", "n"]),
            pd.date_range("2024-05-01", periods=5, name="day"),
            pd.RangeIndex(100, 105),
        ]:
            found = pd.Series(TEXTS, index=index).propos.sentences()
            assert found.index.names == index.names
            assert list(found.index) == [
                label for label, text in zip(index, TEXTS, strict=True) for _ in sentences_of(text)
            ]

    def test_a_shuffled_filtered_frame_gives_the_same_rows(self, pd: Any) -> None:
        df = pd.DataFrame({"text": [f"Phrase {n}. Suite {n}." for n in range(1000)]})
        part = df.sample(frac=0.5, random_state=1)
        found = part["text"].propos.sentences()
        joined = part.join(found.add_suffix("_sentence"))
        assert len(joined) == 2 * len(part)
        assert all(row.text_sentence in row.text for row in joined.itertuples())

    def test_chunked_columns_are_counted_through(self, pd: Any) -> None:
        pa = pytest.importorskip("pyarrow")
        column = pa.chunked_array([["Un. Deux."], [], [None, "Trois."], ["Quatre. Cinq."]], pa.string())
        series = pd.Series(pd.arrays.ArrowExtensionArray(column), index=list("abcd"))
        found = series.propos.sentences()
        assert list(zip(found.index, found["sentence"], found["text"], strict=True)) == [
            ("a", 0, "Un."),
            ("a", 1, "Deux."),
            ("c", 0, "Trois."),
            ("d", 0, "Quatre."),
            ("d", 1, "Cinq."),
        ]

    def test_columns_and_types_do_not_depend_on_what_is_found(self, pd: Any) -> None:
        from propos.pandas import QUOTE_COLUMNS

        full, empty = pd.Series(TEXTS).propos.quotes(), pd.Series(["Rien."]).propos.quotes()
        none = pd.Series([], dtype="object").propos.quotes()
        assert list(full.columns) == list(empty.columns) == list(none.columns) == ["quote", *QUOTE_COLUMNS]
        assert list(full.dtypes) == list(empty.dtypes)
        assert full["start_char"].dtype == "int32"
        assert full["parent"].dtype == "Int32"

    def test_normalize_keeps_index_and_name(self, pd: Any) -> None:
        series = pd.Series(["l'ete  ...", None, "  b"], index=[7, 3, 7], name="titre")
        found = series.propos.normalize()
        assert found.index.tolist() == [7, 3, 7]
        assert found.name == "titre"
        assert found.iloc[0] == propos.normalize("l'ete  ...")
        assert pd.isna(found.iloc[1])

    def test_what_is_not_a_text_is_named(self, pd: Any) -> None:
        with pytest.raises(TypeError, match="row 'b' is not a text but int: 3"):
            pd.Series(["a", 3], index=["a", "b"]).propos.quotes()
        with pytest.raises(TypeError, match="row 0 is not a text but float"):
            pd.Series([1.5]).propos.tokens()


class TestPolars:
    @pytest.fixture
    def pl(self) -> Any:
        polars = pytest.importorskip("polars", reason="polars is not installed")
        import propos.polars

        assert propos.polars
        return polars

    def test_expressions_give_what_the_documents_say(self, pl: Any) -> None:
        df = pl.DataFrame({"id": [3, 1, 4, 1, 5], "text": TEXTS})
        found = df.select("id", pl.col("text").propos.quotes().alias("q"))
        assert [[q["text"] for q in row or []] for row in found["q"].to_list()] == [quotes_of(text) for text in TEXTS]
        assert found["q"].to_list()[1] is None
        tidy = df.select("id", pl.col("text").propos.sentences().alias("s")).explode("s").unnest("s")
        rows = [(number, item) for number, text in zip(df["id"], TEXTS, strict=True) for item in sentences_of(text)]
        assert tidy.drop_nulls("text").select("id", "text").rows() == rows

    @pytest.mark.parametrize("what", ["quotes", "sentences", "tokens"])
    def test_the_declared_type_is_the_type(self, pl: Any, what: str) -> None:
        import propos.polars as module

        kind = getattr(module, what.upper())
        lazy = pl.LazyFrame({"text": TEXTS}).select(getattr(pl.col("text").propos, what)())
        assert lazy.collect_schema()["text"] == kind
        assert lazy.collect()["text"].dtype == kind
        assert getattr(pl.Series(TEXTS).propos, what)().dtype == kind

    def test_lazy_and_streaming_plans_agree_with_eager(self, pl: Any) -> None:
        lazy = pl.LazyFrame({"id": range(5000), "text": [f"Phrase {n}. « Oui », dit-il." for n in range(5000)]})
        plan = (
            lazy.filter(pl.col("id") % 2 == 0)
            .with_columns(pl.col("text").propos.tokens().alias("t"))
            .select("id", pl.col("t").list.len().alias("n"), pl.col("t").list.get(1).struct.field("text"))
        )
        eager, streamed = plan.collect(), plan.collect(engine="streaming")
        assert eager.equals(streamed.sort("id"))
        assert eager["text"].to_list() == [str(n) for n in range(0, 5000, 2)]

    def test_normalize_lazily(self, pl: Any) -> None:
        lazy = pl.LazyFrame({"text": ["l'ete  ...", None]}).select(pl.col("text").propos.normalize("search"))
        expected = [propos.Normalizer("search").normalize("l'ete  ..."), None]
        assert lazy.collect()["text"].to_list() == expected

    def test_a_group_is_read_within_the_group(self, pl: Any) -> None:
        df = pl.DataFrame({"g": ["a", "b", "a"], "text": ["Un. Deux.", "Trois.", "Quatre."]})
        found = df.group_by("g", maintain_order=True).agg(pl.col("text").propos.sentences().list.len().sum())
        assert found.rows() == [("a", 3), ("b", 1)]
