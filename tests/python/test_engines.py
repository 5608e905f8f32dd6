"""The recipes of docs/integrations.md for other engines, each with the real library."""

from __future__ import annotations

from typing import Any

import propos
import pytest
from propos import columns

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

TEXTS = [
    "« Je reviens », a dit Anne Berger. « Et vite », a-t-elle ajouté.",
    "Il pleut.",
    None,
    "Selon le maire de Lens, l’école 🚸 rouvrira lundi.",
]
SAID = [None if text is None else [quote.text for quote in propos.quotes(text)] for text in TEXTS]


def said(rows: list[Any]) -> list[Any]:
    return [None if row is None else [quote["text"] for quote in row] for row in rows]


def test_duckdb_function() -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    from propos.duckdb import register

    db = duckdb.connect()
    register(db)
    db.execute("create table articles as select * from (values (1, ?), (2, ?), (3, ?), (4, ?)) t(id, text)", TEXTS)
    rows = db.execute("select id, propos_quotes(text) from articles order by id").fetchall()
    assert said([row[1] for row in rows]) == SAID
    found = db.execute("select id, unnest(propos_quotes(text)).text from articles order by id").fetchall()
    assert found == [(number, item) for number, items in enumerate(SAID, 1) for item in items or []]
    assert db.execute("select list_transform(propos_sentences(text), lambda s: s.text) from articles").fetchall()[
        1
    ] == (["Il pleut."],)
    assert db.execute("select len(propos_tokens('Il pleut.'))").fetchone() == (3,)


def test_dask() -> None:
    dd = pytest.importorskip("dask.dataframe", reason="Dask is not installed")
    import pandas as pd
    import propos.pandas

    df = pd.DataFrame({"text": TEXTS}, index=[10, 20, 30, 40])
    meta = df["text"].head(0).propos.quotes()
    found = dd.from_pandas(df, npartitions=2)["text"].map_partitions(lambda s: s.propos.quotes(), meta=meta)
    expected = df["text"].propos.quotes()
    pd.testing.assert_frame_equal(found.compute(scheduler="threads"), expected)
    assert propos.pandas


@pytest.mark.filterwarnings("ignore")
def test_ray_data() -> None:
    ray = pytest.importorskip("ray", reason="Ray is not installed")
    pytest.importorskip("ray.data", reason="Ray Data is not installed")

    def add(table: Any) -> Any:
        from propos import columns

        return table.append_column("quotes", columns.quotes(table["text"].combine_chunks(), jobs=1))

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
    try:
        data = ray.data.from_arrow(pa.table({"id": range(4), "text": TEXTS}))
        rows = data.map_batches(add, batch_format="pyarrow").sort("id").take_all()
        assert said([row["quotes"] for row in rows]) == SAID
    finally:
        ray.shutdown()


def test_daft() -> None:
    daft = pytest.importorskip("daft", reason="Daft is not installed")
    kind = daft.DataType.from_arrow_type(columns.quotes(pa.array([], pa.string())).type)

    @daft.func.batch(return_dtype=kind)  # type: ignore[untyped-decorator]
    def quotes(texts: Any) -> Any:
        return columns.quotes(texts.to_arrow())

    df = daft.from_pydict({"text": TEXTS}).with_column("quotes", quotes(daft.col("text")))
    assert said(df.to_pydict()["quotes"]) == SAID


def test_hugging_face_datasets() -> None:
    datasets = pytest.importorskip("datasets", reason="datasets is not installed")
    datasets.disable_progress_bars()
    data = datasets.Dataset.from_dict({"text": TEXTS})
    arrow = data.with_format("arrow").map(
        lambda table: table.append_column("quotes", columns.quotes(table["text"])), batched=True, batch_size=2
    )
    assert said(arrow.with_format(None)["quotes"]) == SAID
    plain = datasets.Dataset.from_dict({"text": ["Il part.", "L'eau dort."]})
    tokens = plain.map(lambda rows: {"tokens": [propos.tokenize(text) for text in rows["text"]]}, batched=True)
    assert tokens["tokens"][1] == ["L'", "eau", "dort", "."]


def test_hugging_face_tokenizers() -> None:
    tokenizers = pytest.importorskip("tokenizers", reason="tokenizers is not installed")

    class Propos:
        """Splits at the tokens of propos."""

        def split(self, number: int, piece: Any) -> list[Any]:
            return [piece[token.start_char : token.end_char] for token in propos.parse(str(piece))]

        def pre_tokenize(self, text: Any) -> None:
            text.split(self.split)

    made = tokenizers.pre_tokenizers.PreTokenizer.custom(Propos())
    found = made.pre_tokenize_str("L'a-t-elle dit ?")
    assert [piece for piece, _ in found] == ["L'", "a", "-t-elle", "dit", "?"]
    assert [span for _, span in found] == [(0, 2), (2, 3), (3, 10), (11, 14), (15, 16)]


class TestScikitLearn:
    @pytest.fixture
    def sklearn(self) -> Any:
        return pytest.importorskip("sklearn", reason="scikit-learn is not installed")

    def test_tokens_in_a_count_vectorizer(self, sklearn: Any) -> None:
        import pickle

        from propos.sklearn import Tokens
        from sklearn.feature_extraction.text import CountVectorizer

        made = CountVectorizer(analyzer=Tokens())
        counts = made.fit_transform(["L’eau dort, l'eau court.", "Peut-être."])
        assert made.get_feature_names_out().tolist() == ["court", "dort", "eau", "l'", "peut-être"]
        assert counts.toarray().tolist() == [[1, 1, 2, 2, 0], [0, 0, 0, 0, 1]]
        assert pickle.loads(pickle.dumps(made)).transform(["L'eau"]).sum() == 2
        assert Tokens(lowercase=False, punctuation=True)("Oui !") == ["Oui", "!"]

    def test_quotations_are_features_in_a_pipeline(self, sklearn: Any) -> None:
        from propos.sklearn import FEATURES, QuoteFeatures
        from sklearn.base import clone
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline

        texts = [text for text in TEXTS if text] * 4
        made = QuoteFeatures(jobs=2)
        rows = made.fit_transform(texts)
        assert rows.shape == (12, len(FEATURES))
        assert rows[:, 0].tolist() == [len(propos.quotes(text)) for text in texts]
        assert made.get_feature_names_out().tolist() == list(FEATURES)
        model = make_pipeline(clone(made), LogisticRegression())
        model.fit(texts, [bool(propos.quotes(text)) for text in texts])
        assert model.score(texts, [bool(propos.quotes(text)) for text in texts]) == 1.0
        assert QuoteFeatures().fit_transform([]).shape == (0, len(FEATURES))

    def test_check_estimator(self, sklearn: Any) -> None:
        from propos import sklearn as module
        from sklearn.utils import estimator_checks as checks

        # check_estimator leaves out transformers of texts by their tags, as its data are numbers. Every check that
        # feeds nothing, or looks at parameters alone, is run here; those of results follow below, on texts.
        for made in (module.QuoteFeatures(), module.Normalizer()):
            results = checks.check_estimator(made, on_fail=None, on_skip=None)
            assert [item["check_name"] for item in results if item["status"] == "failed"] == []
            for name in (
                "check_estimator_cloneable",
                "check_estimator_tags_renamed",
                "check_valid_tag_types",
                "check_estimator_repr",
                "check_no_attributes_set_in_init",
                "check_mixin_order",
                "check_parameters_default_constructible",
                "check_do_not_raise_errors_in_init_or_set_params",
                "check_get_params_invariance",
                "check_set_params",
            ):
                getattr(checks, name)(type(made).__name__, made)

    @pytest.mark.parametrize("name", ["QuoteFeatures", "Normalizer"])
    def test_what_check_estimator_asks_holds_on_texts(self, sklearn: Any, name: str) -> None:
        import pickle

        import numpy as np
        from propos import sklearn as module
        from sklearn.base import clone

        texts = [text for text in TEXTS if text] * 3
        made = getattr(module, name)()
        before = made.get_params()
        assert made.fit(texts) is made
        assert made.get_params() == before
        rows = made.transform(texts)
        assert len(rows) == len(texts)
        same = np.testing.assert_array_equal
        same(clone(made).fit_transform(texts, [0] * len(texts)), rows)  # fit_transform, and y is not used
        same(made.fit(texts[:2]).transform(texts), rows)  # nothing is learned
        same(np.concatenate([made.transform(texts[:4]), made.transform(texts[4:])]), rows)  # subsets
        order = [5, 0, 3, 1]
        same(made.transform([texts[place] for place in order]), rows[order])  # order of the samples
        same(made.transform(np.array(texts, dtype=object)), rows)
        same(pickle.loads(pickle.dumps(made)).transform(texts), rows)

    def test_a_normalizer_in_a_pipeline(self, sklearn: Any) -> None:
        from propos.sklearn import Normalizer, Tokens
        from sklearn.feature_extraction.text import CountVectorizer
        from sklearn.pipeline import make_pipeline

        texts = ["L'ÉTÉ  arrive...", "l’été arrive…"]
        assert Normalizer("search").fit_transform(texts).tolist() == [
            propos.Normalizer("search").normalize(text) for text in texts
        ]
        counts = make_pipeline(Normalizer("search"), CountVectorizer(analyzer=Tokens())).fit_transform(texts)
        assert (counts[0] != counts[1]).nnz == 0
        only = Normalizer(None, {"apostrophes": "straight"})
        assert only.fit_transform(["l’été"]).tolist() == [propos.Normalizer(apostrophes="straight").normalize("l’été")]
        with pytest.raises(ValueError, match="windows"):
            Normalizer("windows").fit_transform(texts)

    def test_what_is_no_list_of_texts_is_refused(self, sklearn: Any) -> None:
        from propos.sklearn import QuoteFeatures

        with pytest.raises(ValueError, match="not one text"):
            QuoteFeatures().fit("un texte")
        with pytest.raises(ValueError, match="text 1 is not a str but int"):
            QuoteFeatures().fit_transform(["a", 1])
