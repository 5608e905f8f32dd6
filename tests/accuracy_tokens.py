"""The accuracy of tokens, words and sentences on the test sets of ../shared, by the scorer there.

    cargo build --release --example tokens
    python3 tests/accuracy_tokens.py ../shared

Prints the table of docs/accuracy.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETS = (
    ("GSD test", "gsd/fr_gsd-ud-test"),
    ("Sequoia test", "sequoia/fr_sequoia-ud-test"),
)
MEASURES = ("Tokens", "Words", "Sentences", "Boundaries")


def figures(shared: Path, treebank: str, folder: Path) -> dict[str, dict[str, float]]:
    """The figures of one treebank: its raw text is read by the example `tokens` and scored."""
    gold = shared / "data" / "ud" / f"{treebank}.conllu"
    scorer = [sys.executable, str(shared / "tools" / "ud_eval.py")]
    text, system = folder / "text.txt", folder / "system.json"
    text.write_bytes(subprocess.run([*scorer, "--text", str(gold)], capture_output=True, check=True).stdout)
    example = ROOT / "target" / "release" / "examples" / "tokens"
    system.write_bytes(subprocess.run([str(example), str(text)], capture_output=True, check=True).stdout)
    scored = subprocess.run([*scorer, "--json", str(gold), str(system)], capture_output=True, text=True, check=True)
    result: dict[str, dict[str, float]] = json.loads(scored.stdout.splitlines()[-1])
    return result


def main() -> int:
    """Print the table; returns the exit code."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    shared = Path(sys.argv[1])
    if not (shared / "data").is_dir():
        print(f"{shared}/data is not here: no accuracy report")
        return 0
    print("| F1 | " + " | ".join(MEASURES) + " |")
    print("|---|" + "---:|" * len(MEASURES))
    with tempfile.TemporaryDirectory() as folder:
        for name, treebank in SETS:
            scores = figures(shared, treebank, Path(folder))
            print(f"| {name} | " + " | ".join(f"{100 * scores[measure]['f1']:.2f}" for measure in MEASURES) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
