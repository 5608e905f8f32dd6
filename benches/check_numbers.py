"""Numbers in words against text2num and num2words: every number to 100,000 and random larger ones.

    pip install . text2num num2words
    python benches/check_numbers.py

Prints the disagreements by kind with examples; docs/normalization.md explains them.
"""

from __future__ import annotations

import random
from collections import Counter

import propos
from num2words import num2words
from text_to_num import text2num


def main() -> None:
    """Compare and print."""
    random.seed(4)
    numbers = [*range(100_001), *(random.randrange(10 ** random.randint(5, 12)) for _ in range(20_000))]
    to_words, to_digits = propos.Normalizer(numbers="words"), propos.Normalizer(numbers="digits")
    kinds: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}

    def differ(kind: str, ours: object, theirs: object) -> None:
        kinds[kind] += 1
        examples.setdefault(kind, []).append(f"{ours} / {theirs}")

    for n in numbers:
        ours = to_words.normalize(str(n))
        theirs = num2words(n, lang="fr")
        if ours != theirs:
            differ("num2words cardinal", ours, theirs)
        # One to three alone stay in letters by design.
        digits = to_digits.normalize(ours)
        if digits != str(n) and n > 3 and n != 9:
            differ("back to digits", n, digits)
        if to_digits.normalize(theirs) != str(n) and n > 3 and n != 9:
            differ("num2words read by propos", n, to_digits.normalize(theirs))
        try:
            read: object = text2num(ours, "fr")
        except ValueError as error:
            read = f"ValueError: {error}"
        if read != n:
            differ("propos read by text2num", f"{n} {ours}", read)
    for n in range(1, 10_001):
        ours = to_words.normalize("1er" if n == 1 else f"{n}e")
        theirs = num2words(n, lang="fr", to="ordinal")
        if ours != theirs:
            differ("num2words ordinal", ours, theirs)
    for kind, count in kinds.items():
        print(f"{kind}: {count} of {len(numbers)}")
        for example in examples[kind][:8]:
            print(f"    {example}")
    if not kinds:
        print(f"no disagreement on {len(numbers)} numbers")


if __name__ == "__main__":
    main()
