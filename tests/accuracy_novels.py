"""The accuracy report on novels: direct speech and its speakers, scored by the scorers of ../shared.

    python tests/accuracy_novels.py --shared ../shared [--split val] [--errors FILE] [--binary quotes_jsonl]

Prints the tables that docs/accuracy.md keeps. A direct quotation counts with the dash and the marks beside it, as
the AADS corpus has them; nested quotations are part of the one that holds them. With `--binary`, the built example
quotes_jsonl reads the texts, and the Python module is not needed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

OPENING = '—–-«“"‹ \t\n\u00a0\u202f'
CLOSING = '»”"› \u00a0\u202f'
MARKS = '—–-«“"‹»”›'


def score(tool: Path, *arguments: str) -> None:
    """Prints what a scorer says."""
    run = subprocess.run([sys.executable, str(tool), *arguments], capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(f"{tool.name}: {run.stderr.strip()}")
    print(run.stdout.rstrip())


def outer(text: str, start: int, end: int) -> list[int]:
    """A span with the dash and the marks that adjoin it."""
    first, last = start, end
    while first > 0 and text[first - 1] in OPENING:
        first -= 1
    while first < start and text[first] not in MARKS:
        first += 1
    # A comma before the narrator's words stands with the speech.
    if text[last : last + 1] == ",":
        end = last = last + 1
    while last < len(text) and text[last] in CLOSING:
        last += 1
    while last > end and text[last - 1] not in MARKS:
        last -= 1
    return [first, last]


def read(folder: Path, binary: Path | None) -> dict[str, tuple[str, dict[str, Any]]]:
    """The texts of a folder with what propos finds in them."""
    texts = {path.name: path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt"))}
    if binary:
        run = subprocess.run([str(binary), str(folder)], capture_output=True, encoding="utf-8", check=True)
        rows = {row["doc"]: row for row in map(json.loads, run.stdout.splitlines())}
    else:
        import propos

        rows = {name: json.loads(propos.parse(text).to_json(name)) for name, text in texts.items()}
    return {name.removesuffix(".txt"): (text, rows[name]) for name, text in texts.items()}


def main() -> int:
    """Print the report; returns the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--shared", type=Path, required=True, help="the folder with data/ and tools/")
    arguments.add_argument("--split", default="val", help="the part of the AADS corpus (default: val)")
    arguments.add_argument("--errors", type=Path, help="a file for what went wrong with speakers")
    arguments.add_argument("--binary", type=Path, help="the built example quotes_jsonl, instead of the Python module")
    options = arguments.parse_args()
    novels, tools = options.shared / "data" / "novels", options.shared / "tools"
    if not novels.is_dir():
        print(f"{novels} is not here: no report on novels")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        speech, corpus = folder / "speech.jsonl", str(novels / "direct_speech.json")
        part = ["--corpus", corpus, "--split", options.split]
        score(tools / "score_direct_speech.py", *part, "--write-texts", str(folder / "t"))
        with speech.open("w", encoding="utf-8") as out:
            for doc, (text, row) in read(folder / "t", options.binary).items():
                direct = [q for q in row["quotes"] if q["kind"] == "direct"]
                spans = [outer(text, *part) for quote in direct for part in quote["content"]]
                out.write(json.dumps({"doc": doc, "spans": spans}) + "\n")
        print(f"\n## direct speech, {options.split}")
        score(tools / "score_direct_speech.py", *part, "--pred", str(speech))
        speakers = folder / "speakers.jsonl"
        with speakers.open("w", encoding="utf-8") as out:
            for _, row in read(novels / "speakers" / "citations", options.binary).values():
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        print("\n## speakers")
        errors = ["--errors", str(options.errors)] if options.errors else []
        gold = ["--brat", str(novels / "speakers")]
        score(tools / "score_speakers.py", *gold, "--pred", str(speakers), "--per-file", *errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
