"""Normalization beside its peers: MB/s on one thread, and mojibake repaired and spared.

    pip install . ftfy textacy sacremoses clean-text unidecode anyascii tokenizers text2num
    python benches/peers_normalize.py [--shared ../shared] [--mb 20]

Each peer does what it offers: they do less than the presets beside them. Peers that are not installed are left out.
Times are processor time, the best of three.
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
    args = parser.parse_args()
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
