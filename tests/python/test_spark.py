"""Spark, on real sessions: in threads of this process, and on a small cluster of its own worker processes."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import propos
import pytest
from propos import columns

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")
if shutil.which("java") is None:
    pytest.skip("no Java here", allow_module_level=True)

TEXTS = [
    "« Je reviens », a dit Anne Berger. « Et vite », a-t-elle ajouté.",
    None,
    "",
    "Selon le maire de Lens, l’école 🚸 rouvrira lundi.",
]


@pytest.fixture(scope="module", params=["local[2]", "local-cluster[2,1,1024]"])
def spark(request: pytest.FixtureRequest) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master(request.param)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def plain(value: Any) -> Any:
    if hasattr(value, "asDict"):
        return {key: plain(item) for key, item in value.asDict().items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def expected(what: str) -> list[Any]:
    import pyarrow as pa

    found: list[Any] = getattr(columns, what)(pa.array(TEXTS)).to_pylist()
    return found


def test_with_quotes_gives_what_the_columns_give(spark: Any) -> None:
    from propos.spark import with_quotes

    df = spark.createDataFrame(list(enumerate(TEXTS)), "id int, text string").repartition(2)
    rows = with_quotes(df, "text").orderBy("id").collect()
    assert [plain(row.quotes) for row in rows] == expected("quotes")
    assert [len(row.quotes or []) for row in rows] == [len(propos.quotes(text or "")) for text in TEXTS]


def test_every_udf_has_the_type_it_declares(spark: Any) -> None:
    from propos import spark as module

    df = spark.createDataFrame([(text,) for text in TEXTS], "text string").coalesce(1)
    for what in ("quotes", "sentences", "tokens"):
        found = df.select(getattr(module, f"{what}_udf")()("text").alias("found"))
        assert [plain(row.found) for row in found.collect()] == expected(what)
        assert found.schema["found"].dataType.simpleString().startswith("array<struct<")


def test_the_way_without_arrow_udf_gives_the_same(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from propos import spark as module

    def without(*_: Any, **__: Any) -> Any:
        raise module._NoArrowUdf("no arrow_udf")

    df = spark.createDataFrame(list(enumerate(TEXTS)), "id int, text string").repartition(2)
    usual = module.with_quotes(df, "text")
    monkeypatch.setattr(module, "quotes_udf", without)
    other = module.with_quotes(df, "text")
    assert other.schema == usual.schema
    assert other.orderBy("id").collect() == usual.orderBy("id").collect()


def test_quotations_become_rows(spark: Any) -> None:
    from propos.spark import with_quotes

    df = spark.createDataFrame(list(enumerate(TEXTS)), "id int, text string")
    rows = with_quotes(df, "text").selectExpr("id", "inline(quotes)").select("id", "text").collect()
    found = sorted((row.id, row.text) for row in rows)
    assert found == sorted((n, q.text) for n, text in enumerate(TEXTS) for q in propos.quotes(text or ""))
