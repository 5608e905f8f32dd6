"""Normalization from Python: presets, switches, the way back, the command line."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys

import propos
import pytest
from hypothesis import given
from hypothesis import strategies as st

TEXT = '"Oui", dit-elle : l\'Ã©tÃ© arrive!'
NORMAL = "«\u00a0Oui\u00a0», dit-elle\u00a0: l’été arrive\u202f!"


def test_presets_and_switches() -> None:
    assert propos.normalize(TEXT) == NORMAL
    assert propos.normalize(TEXT, "typography", quotes=False, spacing=False) == '"Oui", dit-elle : l’été arrive!'
    assert propos.normalize(TEXT, mojibake=True) == '"Oui", dit-elle : l\'été arrive!'
    assert propos.Normalizer.presets() == ["typography", "search", "compare", "tts", "ascii"]


def test_what_needs_nothing_comes_back_as_the_same_object() -> None:
    for preset in ("typography", None):
        assert propos.Normalizer(preset).normalize(NORMAL) is NORMAL
    aligned = propos.Normalizer("typography").align(NORMAL)
    assert aligned.text is NORMAL
    assert aligned.original is NORMAL
    assert aligned.is_unchanged


def test_a_normalizer_is_a_value() -> None:
    one = propos.Normalizer("search", diacritics=False)
    assert pickle.loads(pickle.dumps(one)) == one
    assert hash(one) == hash(propos.Normalizer("search").with_steps(diacritics=False))
    assert one != propos.Normalizer("search")
    both = propos.Normalizer(quotes="french") | propos.Normalizer(quotes="straight", case=True)
    assert both.steps == {"quotes": "straight", "case": "fold"}
    with pytest.raises(AttributeError):
        one.steps = {}  # type: ignore[misc]


def test_what_is_found_is_given_back_in_the_original() -> None:
    original = "Il dit : \"L'Œuvre\" de l'État."
    aligned = propos.Normalizer("search").align(original)
    start = aligned.text.index("oeuvre")
    span = aligned.original_span(start, start + 6)
    assert original[slice(*span)] == "Œuvre"
    assert aligned.normalized_span(*span) == (start, start + 6)
    assert pickle.loads(pickle.dumps(aligned)) == aligned
    columns = [list(column) for column in aligned.columns()]
    assert [tuple(row) for row in zip(*columns, strict=True)] == aligned.edits


def test_bad_arguments_are_named() -> None:
    with pytest.raises(ValueError, match='unknown step "quote"'):
        propos.normalize("", quote=True)
    with pytest.raises(ValueError, match='no value "german"'):
        propos.normalize("", quotes="german")
    with pytest.raises(ValueError, match="unknown preset"):
        propos.Normalizer("typo")
    with pytest.raises(TypeError):
        propos.normalize(b"")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        propos.normalize("", quotes=1.5)
    with pytest.raises(UnicodeEncodeError):
        propos.normalize("\ud800")
    with pytest.raises(IndexError):
        propos.Normalizer().align("abc").original_span(0, 4)


@given(
    st.text(alphabet=st.sampled_from("aéŒœ'’\"«» !?…-Ã©Â\u00a0\u202f\n12%&;e\u0301")),
    st.sampled_from(propos.Normalizer.presets()),
)
def test_edits_rebuild_the_text(text: str, preset: str) -> None:
    normalizer = propos.Normalizer(preset)
    aligned = normalizer.align(text)
    rebuilt, at = "", 0
    for start, end, new_start, new_end in aligned.edits:
        rebuilt += text[at:start]
        assert len(rebuilt) == new_start
        rebuilt += aligned.text[new_start:new_end]
        at = end
    assert rebuilt + text[at:] == aligned.text == normalizer.normalize(text)
    assert normalizer.normalize(aligned.text) is aligned.text


def run(*arguments: str, stdin: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "propos", "normalize", *arguments]
    return subprocess.run(command, input=stdin.encode(), capture_output=True, check=False)


def test_the_command_line() -> None:
    assert run(stdin=TEXT).stdout.decode() == NORMAL
    assert run("--preset", "ascii", stdin="« Été »").stdout == b'"Ete"'
    assert run("--step", "ligatures=fold", stdin="l'œuf").stdout.decode() == "l'oeuf"
    assert run("--step", "quotes=german", stdin="").returncode == 2
    diff = run("--diff", "--step", "ligatures=fold", stdin="un\nl'œuf\nfin\n").stdout.decode()
    assert diff == "@ 2\n- l'[-œ-]uf\n+ l'{+oe+}uf\n"
    assert b"\x1b[" in run("--diff", "--color", "always", stdin=TEXT).stdout
    offsets = json.loads(run("--offsets", "--step", "ligatures=fold", stdin="l'œuf").stdout)
    assert offsets["edits"] == [{"original": [2, 3], "normalized": [2, 4], "old": "œ", "new": "oe"}]
