"""Normalization beside its peers: MB/s on one thread, and mojibake repaired and spared.

    pip install . ftfy textacy sacremoses clean-text unidecode anyascii tokenizers text2num
    python benches/peers_normalize.py [--shared ../shared] [--mb 20]
    python benches/peers_normalize.py --inputs

Each peer does what it offers: they do less than the presets beside them. Peers that are not installed are left out.
Times are processor time, the best of three. ``--inputs`` prints what each makes of the same inputs: the table of
docs/normalization.md.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import propos


def peers() -> Iterator[tuple[str, Callable[[str], object], float]]:
    """Name, function and the share of the text that is given to it (slow ones get less)."""
    try:
        import ftfy

        yield "ftfy.fix_text", ftfy.fix_text, 0.1
    except ImportError:
        pass
    try:
        from textacy import preprocessing

        pipeline = preprocessing.make_pipeline(
            preprocessing.normalize.quotation_marks,
            preprocessing.normalize.hyphenated_words,
            preprocessing.normalize.unicode,
            preprocessing.normalize.whitespace,
        )
        yield "textacy preprocessing", pipeline, 0.2
    except ImportError:
        pass
    try:
        from sacremoses import MosesPunctNormalizer

        moses = MosesPunctNormalizer("fr")
        yield "sacremoses punct", lambda text: [moses.normalize(line) for line in text.splitlines()], 0.2
    except ImportError:
        pass
    try:
        from cleantext import clean

        yield "clean-text", lambda text: clean(text, to_ascii=False, lower=False), 0.1
    except ImportError:
        pass
    try:
        from unidecode import unidecode

        yield "Unidecode", unidecode, 0.3
    except ImportError:
        pass
    try:
        from anyascii import anyascii

        yield "anyascii", anyascii, 0.3
    except ImportError:
        pass
    try:
        from tokenizers import NormalizedString, normalizers

        sequence = normalizers.Sequence([normalizers.NFC(), normalizers.Replace("'", "’")])
        yield "HF normalize_str", sequence.normalize_str, 0.3

        def aligned(text: str) -> object:
            string = NormalizedString(text)
            sequence.normalize(string)
            return string

        yield "HF NormalizedString", aligned, 0.3
    except ImportError:
        pass
    try:
        from text_to_num import alpha2digit

        yield "text2num", lambda text: [alpha2digit(line, "fr") for line in text.splitlines()], 0.1
    except ImportError:
        pass


# What goes in, and the steps of propos that are meant for it.
INPUTS: list[tuple[str, dict[str, str | bool]]] = [
    ("l'Ã©tÃ©", {"mojibake": True}),
    ("ÃƒÂ©tÃƒÂ©", {"mojibake": True}),
    ("√©t√©", {"mojibake": True}),
    ("&amp;eacute;t&eacute;", {"entities": True}),
    ('"Oui", dit-elle.', {"quotes": "french"}),
    ("«Oui!»", {"spacing": "french"}),
    ("48% de 30 000 €", {"spacing": "french"}),
    ("l`ami, l´ami", {"apostrophes": "typographic"}),
    ("cœur", {"ligatures": "fold"}),
    ("coeur, moelle", {"ligatures": "restore"}),
    ("A PARIS, LES ELUS", {"capitals": True}),
    ("gouver-\nnement", {"hyphenation": True}),
    ("rendez-\nvous", {"hyphenation": True}),
    ("6.500 et 30 000", {"thousands": True}),
    ("le XVIe siècle", {"roman": True}),
    ("vingt et un mille", {"numbers": "digits"}),
    ("le quatre-vingt-onzième", {"numbers": "digits"}),
    ("3,5 millions", {"numbers": "digits"}),
    ("21 voitures, page 80", {"numbers": "words"}),
    ("14h30 le 1er/03/2024", {"numbers": "words"}),
    ("M. et Mme Roy, p. 3-5", {"abbreviations": True}),
    ("l'événement, il ruisselle", {"spelling": "1990"}),
]


def compare_inputs() -> None:
    """Print what propos and each peer make of the inputs, as a table."""
    chosen = {
        "ftfy.fix_text": "ftfy",
        "textacy preprocessing": "textacy",
        "sacremoses punct": "sacremoses",
        "clean-text": "clean-text",
        "Unidecode": "Unidecode",
        "anyascii": "anyascii",
        "text2num": "text2num",
    }
    found = [(chosen[name], run) for name, run, _ in peers() if name in chosen]

    def shown(text: object, given: str = "") -> str:
        text = "\n".join(text) if isinstance(text, list) else str(text)
        visible = text.replace("\n", "⏎").replace("\u00a0", "⍽").replace("\u202f", "⎵").replace("|", "\\|")
        mark = "`` " if "`" in visible else "`"
        return "–" if text == given else f"{mark}{visible}{mark[::-1]}"

    print("| " + " | ".join(["input", "propos", *(name for name, _ in found)]) + " |")
    print("|---" * (len(found) + 2) + "|")
    for text, steps in INPUTS:
        ours = shown(propos.normalize(text, **steps), text)
        print("| " + " | ".join([shown(text), ours, *(shown(run(text), text) for _, run in found)]) + " |")


def speed(run: Callable[[str], object], text: str) -> float:
    """MB/s, the best of three; the text is a new object each time, as it comes from a file."""
    data = text.encode()
    best = float("inf")
    for _ in range(3):
        fresh = data.decode()
        start = time.process_time()
        run(fresh)
        best = min(best, time.process_time() - start)
    return len(data) / best / 1e6


def damages() -> dict[str, Callable[[str], str]]:
    """How a text is damaged: its UTF-8 read in another encoding, bytes that it lacks standing for themselves."""
    windows = {byte: bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in range(256)}
    mac = {byte: bytes([byte]).decode("mac_roman") for byte in range(256)}
    latin = {byte: chr(byte) for byte in range(256)}

    def read(table: dict[int, str], times: int) -> Callable[[str], str]:
        def damage(text: str) -> str:
            for _ in range(times):
                text = "".join(table[byte] for byte in text.encode())
            return text

        return damage

    tables = {"Windows-1252": windows, "Latin-1": latin, "Mac Roman": mac}
    return {
        f"{name}{' twice' if times == 2 else ''}": read(table, times)
        for times in (1, 2)
        for name, table in tables.items()
    }


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--mb", type=float, default=20.0)
    parser.add_argument("--inputs", action="store_true", help="print the table of inputs, and nothing else")
    args = parser.parse_args()
    if args.inputs:
        compare_inputs()
        return
    files = sorted(args.shared.glob("data/text/*/*.txt"))
    if not files:
        print(f"skipped: no texts in {args.shared}")
        return
    whole = "\n".join(path.read_text(encoding="utf-8") for path in files)
    raw = (
        (whole * (int(args.mb * 1e6 / len(whole.encode())) + 1)).encode()[: int(args.mb * 1e6)].decode(errors="ignore")
    )
    clean = propos.normalize(raw)
    print(f"MB/s on {args.mb:g} MB")
    for preset in propos.Normalizer.presets():
        normalizer = propos.Normalizer(preset)
        normal = normalizer.normalize(raw)
        print(f"  {preset + ', needs nothing':32} {speed(normalizer.normalize, normal):8.1f}")
        print(f"  {preset + ', needs it':32} {speed(normalizer.normalize, raw):8.1f}")
        print(f"  {preset + ', needs it, aligned':32} {speed(normalizer.align, raw):8.1f}")
    print(f"  typography is a no-op on clean text: {propos.normalize(clean) is clean}")
    for name, run, share in peers():
        print(f"  {name:32} {speed(run, raw[: int(len(raw) * share)]):8.2f}")

    lines = [line for line in whole.splitlines() if not line.isascii()]
    repairs: dict[str, Callable[[str], str]] = {"propos": propos.Normalizer(mojibake=True).normalize}
    try:
        import ftfy

        repairs["ftfy"] = lambda text: str(ftfy.fix_encoding(text))
    except ImportError:
        pass
    print(f"\nmojibake: lines restored exactly, of {len(lines)}")
    for name, repair in repairs.items():
        print(f"  {name:8} {'undamaged, changed':24} {sum(repair(line) != line for line in lines)}")
        for kind, damage in damages().items():
            exact = sum(repair(damage(line)) == line for line in lines)
            print(f"  {name:8} {kind:24} {exact:6} {100 * exact / len(lines):8.3f} %")


if __name__ == "__main__":
    main()
