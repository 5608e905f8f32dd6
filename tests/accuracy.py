"""The accuracy report: quotations and trees on the evaluation data of ../shared, scored by the scorers there.

    python tests/accuracy.py --shared ../shared [--errors FOLDER]

Prints the tables that docs/accuracy.md keeps, commit by commit. Nothing is written but the errors that are asked for.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import propos

NEWS = ("wikinews", "ntrex", "afp")
TREEBANKS = (("GSD test", "gsd/fr_gsd-ud-test"), ("Sequoia test", "sequoia/fr_sequoia-ud-test"))
MEASURES = ("Tokens", "Words", "Sentences", "UPOS", "UFeats", "Lemmas", "UAS", "LAS")


def score(tool: Path, *arguments: str) -> dict[str, Any]:
    """The figures of a scorer: the last line it prints is JSON."""
    run = subprocess.run([sys.executable, str(tool), *arguments, "--json"], capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(f"{tool.name}: {run.stderr.strip()}")
    print("\n".join(run.stdout.rstrip().splitlines()[:-1]))
    figures: dict[str, Any] = json.loads(run.stdout.rstrip().splitlines()[-1])
    return figures


def quotes(shared: Path, corpus: str, folder: Path, errors: Path | None) -> None:
    """Quotations and speakers of one news corpus."""
    data = shared / "data" / "quotes" / corpus
    lines = []
    for path in sorted((data / "texts").glob("*.txt")):
        lines.append(propos.parse(path.read_bytes().decode("utf-8")).to_json(path.name))
    predictions = folder / f"{corpus}.jsonl"
    predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8", newline="\n")
    arguments = ["--gold", str(data / "gold.jsonl"), "--texts", str(data / "texts"), "--pred", str(predictions)]
    if errors:
        errors.mkdir(parents=True, exist_ok=True)
        arguments += ["--errors", str(errors / f"{corpus}.txt")]
    print(f"\n## {corpus}: {len(lines)} documents")
    score(shared / "tools" / "score_quotes.py", *arguments)
    reliability(shared, corpus, predictions)


def reliability(shared: Path, corpus: str, predictions: Path) -> None:
    """How often a quotation is right (content at Jaccard >= 0.8 and name) by the confidence it was given."""
    sys.path.insert(0, str(shared / "tools"))
    import score_quotes
    from scoring import same_name

    data = shared / "data" / "quotes" / corpus
    docs = score_quotes.load_gold(str(data / "gold.jsonl"), str(data / "texts"))
    table: dict[int, list[int]] = {}
    for line in predictions.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = docs[row["doc"].removesuffix(".txt")]
        document.predict(row)
        for quote in document.predictions:
            gold, overlap = best(document.quotes, quote)
            # What the scorer leaves out is left out here too: doubtful gold, nested quotations that the gold has not.
            if gold is None or (gold.doubt and overlap >= 0.3) or (overlap < 0.3 and quote.declared_nested):
                continue
            named = not gold.name or same_name(gold.name, quote.name or quote.speaker_text or "")
            cell = table.setdefault(min(9, int(quote.q["confidence"] * 10)), [0, 0])
            cell[0] += 1
            cell[1] += overlap >= 0.8 and named
    print("\nconfidence       n  right")
    for tenth, (count, right) in sorted(table.items()):
        print(f"  {tenth / 10:.1f} to {(tenth + 1) / 10:.1f}  {count:4}  {100 * right / count:5.1f}")


def best(gold: list[Any], quote: Any) -> tuple[Any, float]:
    """The gold quotation that a prediction overlaps most, and the Jaccard overlap of their content characters."""
    overlaps = [
        (max(len(quote.chars & content) / len(quote.chars | content) for content in other.contents), index)
        for index, other in enumerate(gold)
    ]
    if not overlaps:
        return None, 0.0
    overlap, index = max(overlaps)
    return gold[index], overlap


def trees(shared: Path, folder: Path) -> None:
    """Words, tags and trees of the raw text of the treebanks, by both parsers."""
    tool = shared / "tools" / "ud_eval.py"
    print("\n## Trees of raw text, F1")
    print("| | parser | " + " | ".join(MEASURES) + " |")
    print("|---|---|" + "---:|" * len(MEASURES))
    for name, treebank in TREEBANKS:
        gold = shared / "data" / "ud" / f"{treebank}.conllu"
        raw = subprocess.run([sys.executable, str(tool), "--text", str(gold)], capture_output=True, check=True)
        for parser in ("fast", "accurate"):
            system = folder / "system.conllu"
            doc = propos.parse(raw.stdout.decode("utf-8"), parser=parser)
            system.write_text(doc.to_conllu(), encoding="utf-8", newline="\n")
            command = [sys.executable, str(tool), "--json", str(gold), str(system)]
            run = subprocess.run(command, capture_output=True, text=True, check=True)
            figures = json.loads(run.stdout.splitlines()[-1])
            row = " | ".join(f"{100 * figures[measure]['f1']:.2f}" for measure in MEASURES)
            print(f"| {name} | {parser} | {row} |")


def main() -> int:
    """Print the report; returns the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--shared", type=Path, required=True, help="the folder with data/ and tools/")
    arguments.add_argument("--errors", type=Path, help="a folder for what went wrong, one file a corpus")
    options = arguments.parse_args()
    if not (options.shared / "data").is_dir():
        print(f"{options.shared}/data is not here: no accuracy report")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for corpus in NEWS:
            quotes(options.shared, corpus, Path(folder), options.errors)
        trees(options.shared, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
