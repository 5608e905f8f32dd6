"""Who is quoted in 10,000 articles: propos on pandas and on Spark beside the spaCy pipeline with rules one would write.

    python benches/compare_pipeline.py --shared ../shared --articles 10000 --spacy-articles 300

Articles are those of ../shared/data/text/ntrex, repeated in a fixed order; spaCy reads the first ones only (its time is
proportional). Each way runs in a process of its own; peak memory and processor time are those of this process: for
Spark without the JVM and its Python workers. Processor time depends far less on what else runs on the machine
than time passed does. Lines of user code are those of the function, without imports.
"""

from __future__ import annotations

import argparse
import inspect
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def articles(shared: Path, count: int) -> list[str]:
    """The texts, repeated up to ``count``."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "data" / "text" / "ntrex").glob("*.txt"))]
    return [texts[number % len(texts)] for number in range(count)]


def with_pandas(texts: list[str]) -> Any:
    import pandas as pd
    import propos.pandas

    df = pd.DataFrame({"text": texts})
    quotes = df["text"].propos.quotes()
    return propos.report(quotes).speakers


def with_spark(texts: list[str]) -> Any:
    from propos.spark import with_quotes
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
    df = spark.createDataFrame([(text,) for text in texts], "text string").repartition(8)
    found = with_quotes(df, "text").selectExpr("inline(quotes)").groupBy("entity", "gender").count().collect()
    spark.stop()
    return found


def with_spacy(texts: list[str]) -> Any:
    import re

    import spacy

    verbs = {"dire", "déclarer", "affirmer", "annoncer", "expliquer", "ajouter", "indiquer", "estimer", "préciser"}
    nlp = spacy.load("fr_core_news_sm")
    found = []
    for doc in nlp.pipe(texts, batch_size=32):
        people = [ent for ent in doc.ents if ent.label_ == "PER"]
        for match in re.finditer(r"[«\"“]([^»\"”]{3,}?)[»\"”]", doc.text):
            span = doc.char_span(match.start(1), match.end(1), alignment_mode="contract")
            if span is None or not len(span):
                continue
            near = doc[max(span.start - 12, 0) : min(span.end + 12, len(doc))]
            cues = [token for token in near if token.lemma_ in verbs and not span.start <= token.i < span.end]
            if not cues:
                continue
            cue = min(cues, key=lambda token: min(abs(token.i - span.start), abs(token.i - span.end)))
            subjects = [child for child in cue.children if child.dep_.startswith("nsubj")]
            speaker = None
            if subjects:
                subject = subjects[0]
                named = [ent for ent in people if ent.start <= subject.i < ent.end]
                speaker = named[0].text if named else subject.text
                if speaker.lower() in ("il", "elle") and people:
                    before = [ent for ent in people if ent.end <= cue.i]
                    speaker = before[-1].text if before else None
            found.append((speaker, match.group(1), cue.text))
    return found


WAYS = {"pandas": with_pandas, "spark": with_spark, "spacy": with_spacy}


def lines(function: Any) -> int:
    """Lines of code of a function, without its head, imports and empty lines."""
    code = inspect.getsource(function).splitlines()[1:]
    return sum(bool(line.strip()) and not line.strip().startswith(("import ", "from ")) for line in code)


def run(way: str, texts: list[str]) -> dict[str, Any]:
    """Time and memory of one way in this process."""
    start, used = time.perf_counter(), time.process_time()
    result = WAYS[way](texts)
    seconds, used = time.perf_counter() - start, time.process_time() - used
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "way": way,
        "articles": len(texts),
        "seconds": round(seconds, 2),
        "articles/s": round(len(texts) / seconds, 1),
        "processor s": round(used, 2),
        "peak MB": round((own + children) / 1024),
        "lines": lines(WAYS[way]),
        "rows": len(result),
    }


def main() -> None:
    """Run each way in a process of its own and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--shared", type=Path, default=Path("../shared"))
    arguments.add_argument("--articles", type=int, default=10_000)
    arguments.add_argument("--spacy-articles", type=int, default=300)
    arguments.add_argument("--way", choices=WAYS, help="run only this one, in this process")
    args = arguments.parse_args()
    if args.way:
        count = args.spacy_articles if args.way == "spacy" else args.articles
        print(json.dumps(run(args.way, articles(args.shared, count)), ensure_ascii=False))
        return
    environment = {
        **os.environ,
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYTHONWARNINGS": "ignore",
    }
    print("| way | articles | seconds | articles/s | processor s | peak MB | lines of user code |")
    print("| --- | --: | --: | --: | --: | --: | --: |")
    for way in WAYS:
        command = [sys.executable, __file__, *sys.argv[1:], "--way", way]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if done.returncode:
            print(f"| {way} | failed: {done.stderr.strip().splitlines()[-1]} |")
            continue
        row = json.loads(done.stdout.splitlines()[-1])
        cells = ("articles", "seconds", "articles/s", "processor s", "peak MB", "lines")
        print(f"| {way} | " + " | ".join(str(row[cell]) for cell in cells) + " |", flush=True)


if __name__ == "__main__":
    main()
