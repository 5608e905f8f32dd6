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
        from propos.sklearn import QuoteFeatures
        from sklearn.utils import estimator_checks as checks

        # Checks that feed numbers do not apply to texts: check_estimator leaves them out by the tags. Those of
        # parameters do, and are run one by one.
        results = checks.check_estimator(QuoteFeatures(), on_fail=None, on_skip=None)
        assert [item["check_name"] for item in results if item["status"] == "failed"] == []
        for check in (
            checks.check_get_params_invariance,
            checks.check_set_params,
            checks.check_no_attributes_set_in_init,
            checks.check_parameters_default_constructible,
            checks.check_do_not_raise_errors_in_init_or_set_params,
        ):
            check("QuoteFeatures", QuoteFeatures())

    def test_what_is_no_list_of_texts_is_refused(self, sklearn: Any) -> None:
        from propos.sklearn import QuoteFeatures

        with pytest.raises(ValueError, match="not one text"):
            QuoteFeatures().fit("un texte")
        with pytest.raises(ValueError, match="text 1 is not a str but int"):
            QuoteFeatures().fit_transform(["a", 1])
