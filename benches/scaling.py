"""Rows a second by cores and partitions: columns of this process, and Spark on ``local[n]``.

Time passed says what other work left of the machine; processor time depends on it far less, and is given for columns.

python benches/scaling.py --shared ../shared --rows 20000
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from pathlib import Path


def rows(shared: Path, count: int) -> list[str]:
    """Paragraph-sized texts: the lines of ../shared/data/text/ntrex, repeated."""
    found = [
        line
        for path in sorted((shared / "data" / "text" / "ntrex").glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    return [found[number % len(found)] for number in range(count)]


def main() -> None:
    """Measure and print two tables."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--shared", type=Path, default=Path("../shared"))
    arguments.add_argument("--rows", type=int, default=20_000)
    arguments.add_argument("--no-spark", action="store_true")
    args = arguments.parse_args()
    import pyarrow as pa
    from propos import columns

    texts = rows(args.shared, args.rows)
    column = pa.array(texts)
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{len(texts)} rows, {size:.1f} MB, {os.cpu_count()} processors, load {os.getloadavg()[0]:.0f}\n")
    print("| columns | jobs | seconds | rows/s | processor seconds | rows/processor second |")
    print("| --- | --: | --: | --: | --: | --: |")
    for name in ("tokens", "sentences", "quotes"):
        for jobs in range(1, (os.cpu_count() or 1) + 1):
            best = min(_timed(lambda n=name, j=jobs: getattr(columns, n)(column, jobs=j)) for _ in range(3))
            seconds, used = best
            rates = f"{len(texts) / seconds:.0f} | {used:.2f} | {len(texts) / used:.0f}"
            print(f"| {name} | {jobs} | {seconds:.2f} | {rates} |", flush=True)
    if not args.no_spark:
        _spark(texts)


def _timed(work: object) -> tuple[float, float]:
    """Seconds passed and processor seconds used by this process."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    work()  # type: ignore[operator]
    passed, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    return passed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _spark(texts: list[str]) -> None:
    from propos.spark import with_quotes
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    print("\n| Spark | partitions | seconds | rows/s |\n| --- | --: | --: | --: |")
    for master in ("local[1]", "local[2]", "local-cluster[2,1,1024]"):
        builder = SparkSession.builder.master(master).config("spark.ui.enabled", "false")
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        spark = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        for partitions in (2, 8, 32):
            df = spark.createDataFrame([(text,) for text in texts], "text string").repartition(partitions).cache()
            df.count()
            # A query made anew each time: Spark keeps the shuffled result of one that has run.
            work = lambda d=df: with_quotes(d, "text").selectExpr("sum(size(quotes))").collect()  # noqa: E731
            best = min(_timed(work)[0] for _ in range(2))
            print(f"| `{master}` | {partitions} | {best:.2f} | {len(texts) / best:.0f} |", flush=True)
            df.unpersist()
        spark.stop()


if __name__ == "__main__":
    main()
