"""Learns the weights of `src/data/confidence.txt` from predictions on the development news; prints the reliability.

    cargo build --release --example quotes_jsonl
    target/release/examples/quotes_jsonl ../shared/data/quotes/ntrex/texts --why > ntrex.jsonl
    python tests/fit_confidence.py --shared ../shared --predictions ntrex.jsonl --corpus ntrex --write
    python tests/fit_confidence.py --shared ../shared --predictions wikinews.jsonl --corpus wikinews

Logistic regression with a ridge on all weights but that of `flag all`; a fixed number of steps from zero, so that the
same predictions give the same weights. Without `--write` it only prints the table of the weights that are there.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any

WEIGHTS = Path(__file__).resolve().parent.parent / "src" / "data" / "confidence.txt"
HEAD = (
    "# Log-odds that a quotation is right, content and name: `group value weight`, see src/quote/confidence.rs.\n"
    "# Learned on the development news (ntrex) by tests/fit_confidence.py, which writes this file.\n"
)
RIDGE = 3.0
STEPS = 400
RATE = 0.01

#: Evidence of one quotation, and whether it is right.
Case = tuple[list[str], bool]


def cases(shared: Path, corpus: str, predictions: Path) -> list[Case]:
    """The quotations that the scorer counts, with their evidence; right: content at Jaccard >= 0.8 and name."""
    sys.path.insert(0, str(shared / "tools"))
    import score_quotes
    from scoring import overlap, same_name

    data = shared / "data" / "quotes" / corpus
    docs = score_quotes.load_gold(str(data / "gold.jsonl"), str(data / "texts"))
    found: list[Case] = []
    for line in predictions.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        document = docs[row["doc"].removesuffix(".txt")]
        document.predict(row)
        for quote in document.predictions:
            if not document.quotes:
                continue
            gold = max(document.quotes, key=lambda gold: overlap(gold.contents, quote.chars))
            share = overlap(gold.contents, quote.chars)
            if (gold.doubt and share >= 0.3) or (share < 0.3 and quote.declared_nested):
                continue
            named = not gold.name or same_name(gold.name, quote.name or quote.speaker_text or "")
            found.append((quote.q["why"], share >= 0.8 and named))
    return found


def probability(weights: dict[str, float], evidence: list[str]) -> float:
    """The estimate, 0 to 1."""
    return 1 / (1 + math.exp(-sum(weights.get(shown, 0.0) for shown in evidence)))


def fit(data: list[Case]) -> dict[str, float]:
    """The weights."""
    weights = dict.fromkeys(sorted({shown for evidence, _ in data for shown in evidence}), 0.0)
    for _ in range(STEPS):
        slope = dict.fromkeys(weights, 0.0)
        for evidence, right in data:
            error = right - probability(weights, evidence)
            for shown in evidence:
                slope[shown] += error
        for shown in weights:
            pull = 0.0 if shown == "flag all" else RIDGE * weights[shown]
            weights[shown] += RATE * (slope[shown] - pull)
    return weights


def table(weights: dict[str, float], data: list[Case]) -> None:
    """Right quotations by the tenth of their estimate."""
    cells: dict[int, list[int]] = {}
    for evidence, right in data:
        cell = cells.setdefault(min(9, int(10 * probability(weights, evidence))), [0, 0])
        cell[0] += 1
        cell[1] += int(right)
    print("confidence       n  right")
    for tenth, (count, right) in sorted(cells.items()):
        print(f"  {tenth / 10:.1f} to {(tenth + 1) / 10:.1f}  {count:4}  {100 * right / count:5.1f}")


def main() -> int:
    """Fit and write, or only print; returns the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--shared", type=Path, required=True, help="the folder with data/ and tools/")
    arguments.add_argument("--corpus", required=True, help="a folder of data/quotes")
    arguments.add_argument("--predictions", type=Path, required=True, help="what quotes_jsonl --why printed")
    arguments.add_argument("--write", action="store_true", help="fit on these and write the weights")
    options = arguments.parse_args()
    data = cases(options.shared, options.corpus, options.predictions)
    if options.write:
        lines = [f"{shown} {weight:.2f}\n" for shown, weight in fit(data).items()]
        WEIGHTS.write_text(HEAD + "".join(lines), encoding="utf-8", newline="\n")
    lines = [line for line in WEIGHTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    weights = {shown: float(weight) for shown, _, weight in (line.rpartition(" ") for line in lines)}
    table(weights, data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
