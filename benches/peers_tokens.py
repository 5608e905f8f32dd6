"""Tokens and sentences beside other tools: MB/s on one thread, and what hostile texts cost.

    pip install . spacy sacremoses tokenizers simplemma blingfire sentencex nltk pysbd PyICU
    python benches/peers_tokens.py [--shared ../shared] [--mb 20]

All in one process and one thread, in rounds: each tool runs once a round, so that what else the machine does falls on
all alike. Times are processor time, the median of the rounds; ratios are to `str.split`. Slow tools get a part of the
text. A tool that is not installed is left out. Each does what it offers, which is less than the tokens of propos: the
third column says what comes out.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import propos

Tool = tuple[str, Callable[[str], object], float, str]

# One repeated piece each: what has made other tokenizers slow or hang.
HOSTILE = {
    "one word": "a",
    "one word in capitals": "A",
    "digits": "1",
    "groups of digits": "1 000 ",
    "apostrophes": "'",
    "elisions": "l'",
    "hyphens": "a-",
    "full stops": ".",
    "initials": "A.",
    "initials with hyphens": "J.-",
    "abbreviations": "c.-à-",
    "brackets": "(",
    "quotation marks": '"',
    "at signs": "a@",
    "addresses": "http://a.",
    "hashtags": "#a",
    "emoji": "👩\u200d",
    "flags": "🇫",
    "capitalised words": "Aa ",
    "headings": "Le Maire ",
    "line breaks": "a-\n",
    "no-break spaces": "\u00a0",
    "combining marks": "e\u0301",
}


def tools() -> Iterator[Tool]:
    """Name, function, share of the text that is given to it, what it gives."""
    tokenizer = propos.Tokenizer()
    yield "str.split", str.split, 1.0, "list of str, by blanks"
    yield "propos.tokenize", propos.tokenize, 1.0, "list of str"
    yield "propos.words", propos.words, 1.0, "list of str, contractions split"
    yield "propos Tokenizer.columns", tokenizer.columns, 1.0, "offsets, kinds, sentences"
    yield "propos.sentences", propos.sentences, 1.0, "sentences"
    try:
        import spacy

        blank = spacy.blank("fr")
        blank.max_length = 10**9
        yield "spaCy blank fr", lambda text: [blank(line) for line in text.splitlines()], 0.02, "Doc"
    except ImportError:
        pass
    try:
        from sacremoses import MosesTokenizer

        moses = MosesTokenizer("fr")
        yield "sacremoses", lambda text: [moses.tokenize(line) for line in text.splitlines()], 0.02, "list of str"
    except ImportError:
        pass
    try:
        from tokenizers.pre_tokenizers import Whitespace

        yield "HF Whitespace", Whitespace().pre_tokenize_str, 0.1, "str with offsets"
    except ImportError:
        pass
    try:
        from simplemma import simple_tokenizer

        yield "simplemma", simple_tokenizer, 0.2, "list of str"
    except ImportError:
        pass
    try:
        import blingfire

        yield "blingfire words", blingfire.text_to_words, 0.3, "one str"
        yield "blingfire sentences", blingfire.text_to_sentences, 0.3, "sentences, one str"
    except (ImportError, OSError):
        pass
    try:
        import icu

        yield from icu_tools(icu)
    except ImportError:
        pass
    try:
        from sentencex import segment

        yield "sentencex", lambda text: list(segment("fr", text)), 0.1, "sentences"
    except ImportError:
        pass
    try:
        from nltk.tokenize import NLTKWordTokenizer

        yield "nltk words", NLTKWordTokenizer().tokenize, 0.02, "list of str"
    except ImportError:
        pass
    try:
        from nltk.tokenize.punkt import PunktSentenceTokenizer

        yield "nltk Punkt, untrained", PunktSentenceTokenizer().tokenize, 0.1, "sentences"
    except ImportError:
        pass
    try:
        import pysbd

        segmenter = pysbd.Segmenter("fr", clean=False)
        yield "pysbd", lambda text: [segmenter.segment(line) for line in text.splitlines()], 0.001, "sentences"
    except ImportError:
        pass


def icu_tools(icu: Any) -> Iterator[Tool]:
    """ICU's word and sentence boundaries, without making a string of what is between them."""
    for name, make in (
        ("words", icu.BreakIterator.createWordInstance),
        ("sentences", icu.BreakIterator.createSentenceInstance),
    ):
        iterator = make(icu.Locale.getFrench())

        def run(text: str, iterator: Any = iterator) -> int:
            iterator.setText(icu.UnicodeString(text))
            return sum(1 for _ in iterator)

        yield f"PyICU {name}", run, 0.3, "boundaries"


def seconds(run: Callable[[str], object], data: bytes) -> float:
    """Processor time of one run on a new `str`, as it comes from a file."""
    text = data.decode()
    start = time.process_time()
    run(text)
    return time.process_time() - start


def corpus(shared: Path, size: int) -> bytes:
    """Bytes of the texts of `shared`, repeated up to `size`."""
    files = sorted(shared.glob("data/text/*/*.txt"))
    whole = "\n".join(path.read_text(encoding="utf-8") for path in files).encode()
    if not whole:
        return b""
    return (whole * (size // len(whole) + 1))[:size].decode(errors="ignore").encode()


def speed(data: bytes, rounds: int) -> None:
    """Print the table of speeds."""
    found = [
        (name, run, data[: int(len(data) * share)].decode(errors="ignore").encode(), gives)
        for name, run, share, gives in tools()
    ]
    times: dict[str, list[float]] = {name: [] for name, *_ in found}
    for _ in range(rounds):
        for name, run, part, _ in found:
            times[name].append(seconds(run, part))
    rates = {name: len(part) / statistics.median(times[name]) / 1e6 for name, _, part, _ in found}
    print("| | MB/s | of str.split | gives |\n|---|---:|---:|---|")
    for name, _, _, gives in found:
        print(f"| {name} | {rates[name]:.1f} | {rates[name] / rates['str.split']:.2f} | {gives} |")


def growth(short: int, factor: int) -> None:
    """Print how the time of hostile texts grows with their length: `factor` is linear."""
    print(f"\n{factor} times as long a text takes how many times as long (from {short:,} bytes):")
    worst = 0.0
    for name, piece in HOSTILE.items():
        data = (piece * (short // len(piece.encode()) + 1)).encode()
        for what, run in (("tokens", propos.tokenize), ("sentences", propos.sentences), ("words", propos.words)):
            once = min(seconds(run, data) for _ in range(3))
            more = min(seconds(run, data * factor) for _ in range(3))
            ratio = more / max(once, 1e-6)
            worst = max(worst, ratio)
            if ratio > 1.5 * factor or len(data) * factor / more / 1e6 < 5:
                print(f"  {what:10} {name:24} {ratio:6.1f}, {len(data) * factor / more / 1e6:.1f} MB/s")
    print(f"  the largest of all {len(HOSTILE)} texts: {worst:.1f}")


def main() -> None:
    """Print speeds, then growth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--mb", type=float, default=20.0)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    data = corpus(args.shared, int(args.mb * 1e6))
    if data:
        speed(data, args.rounds)
    else:
        print(f"skipped the speeds: no texts in {args.shared}")
    growth(200_000, 4)


if __name__ == "__main__":
    main()
