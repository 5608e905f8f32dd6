"""Tokens, words and sentences from Python and on the command line."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import SupportsIndex

import propos
import pytest

TEXT = "L'aigle vola-t-il au-dessus du lac ? M. Roux l’a vu à 14h30.\n\nIl a payé 30\u202f000 €. Etc."


def run(*arguments: str, stdin: str = TEXT) -> str:
    command = [sys.executable, "-m", "propos", *arguments]
    done = subprocess.run(command, input=stdin.encode(), capture_output=True, check=True)
    return done.stdout.decode()


def test_tokens_words_and_sentences() -> None:
    assert propos.tokenize("Qu'est-ce ?") == ["Qu'", "est", "-ce", "?"]
    assert propos.words("Il parle du lac aux amis.") == ["Il", "parle", "de", "le", "lac", "à", "les", "amis", "."]
    assert propos.sentences("M. Roux part. Il reviendra.") == ["M. Roux part.", "Il reviendra."]
    assert propos.words("") == propos.tokenize("") == []


def test_tokens_and_white_space_are_the_text() -> None:
    doc = propos.parse(TEXT)
    assert "".join(token.text + token.whitespace for token in doc) == TEXT


def test_columns_agree_with_tokens() -> None:
    columns = propos.Tokenizer().columns(TEXT)
    doc = propos.parse(TEXT)
    assert list(columns["start_char"]) == [token.start_char for token in doc]
    assert list(columns["end_char"]) == [token.end_char for token in doc]
    assert [propos.Tokenizer.KINDS[kind] for kind in columns["kind"]] == [token.kind for token in doc]
    numbers = [number for number, sentence in enumerate(doc.sentences) for _ in sentence]
    assert list(columns["sentence"]) == numbers
    assert [len(column) for column in propos.Tokenizer().columns("").values()] == [0, 0, 0, 0]


@pytest.mark.parametrize("mark", ["", "é", "œ", "👩"])
def test_a_text_of_many_parts_has_the_sentences_of_its_document(mark: str) -> None:
    """Whether a code point takes one, two or four bytes in Python."""
    text = f"M. Roux{mark} part. « Tu viens ? » dit-elle ; il n'en sait rien, " * 400 + "mot " * 9000
    doc = propos.parse(text)
    assert propos.sentences(text) == [sentence.text for sentence in doc.sentences]
    columns = propos.Tokenizer().columns(text)
    assert list(columns["end_char"]) == [token.end_char for token in doc]
    numbers = [number for number, sentence in enumerate(doc.sentences) for _ in sentence]
    assert list(columns["sentence"]) == numbers


def test_sentences_of_a_str_that_is_cut_otherwise_are_plain_ones() -> None:
    class Loud(str):
        def __getitem__(self, key: SupportsIndex | slice) -> str:
            return super().__getitem__(key).upper()

    sentences = propos.sentences(Loud("Un chat dort. Deux rats rient."))
    assert sentences == ["Un chat dort.", "Deux rats rient."]
    assert {type(sentence) for sentence in sentences} == {str}


def test_options_of_a_tokenizer() -> None:
    assert propos.Tokenizer(keep_elisions=True).tokenize("L'eau d’Évian") == ["L'eau", "d’Évian"]
    split = propos.Tokenizer(split_hyphens=True)
    assert split.tokenize("un porte-avions vient-il ?") == ["un", "porte", "-", "avions", "vient", "-il", "?"]
    assert split.tokenize("Aix-en-Provence, donne-le-moi") == [
        "Aix",
        "-",
        "en",
        "-",
        "Provence",
        ",",
        "donne",
        "-le",
        "-moi",
    ]
    assert len(propos.Tokenizer(merge_urls=False).tokenize("https://exemple.fr/a")) > 1
    own = propos.Tokenizer(abbreviations=["Rem."], exceptions={"c'est": ["c'est"], "donnemoi": ["donne", "moi"]})
    assert own.tokenize("Rem. c'est bon, donnemoi") == ["Rem.", "c'est", "bon", ",", "donne", "moi"]
    assert own.sentences("Un. Deux.") == ["Un.", "Deux."]
    assert own.words("Rem. c'est au bar") == ["Rem.", "c'est", "à", "le", "bar"]
    assert propos.Tokenizer().words("l'été du lait") == propos.words("l'été du lait")


def test_wrong_data_is_refused_with_a_reason() -> None:
    with pytest.raises(ValueError, match="full stop"):
        propos.Tokenizer(abbreviations=["Rem"])
    with pytest.raises(ValueError, match="join"):
        propos.Tokenizer(exceptions={"abc": ["a", "b"]})
    with pytest.raises(ValueError, match="lines"):
        propos.Tokenizer().columns("a", lines="none")


def test_a_tokenizer_is_picklable_and_comparable() -> None:
    own = propos.Tokenizer(split_hyphens=True, abbreviations=["réf."], exceptions={"ab": ["a", "b"]})
    copy = pickle.loads(pickle.dumps(own))
    assert copy == own
    assert hash(copy) == hash(own)
    assert own != propos.Tokenizer()
    assert repr(own) == "propos.Tokenizer(split_hyphens=True, abbreviations=['réf.'], exceptions={'ab': ['a', 'b']})"


def test_the_command_tokens() -> None:
    assert run("tokens", stdin="Il a 30 000 €.") == "Il\na\n30 000\n€\n.\n\n"
    record = json.loads(run("tokens", "--format", "jsonl"))
    assert record["doc"] == "stdin"
    assert record["sentences"][0][0] == [0, 2, "word"]
    rows = [line.split("\t") for line in run("tokens", "--format", "tsv").splitlines()]
    assert rows[0] == ["doc", "sentence", "text", "start_char", "end_char", "kind"]
    assert rows[1] == ["stdin", "0", "L'", "0", "2", "word"]


def test_the_command_sentences(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Un chat\ndort. Deux rats\nrient.", encoding="utf-8", newline="\n")
    assert run("sentences", "--lines", "wrapped", str(path)) == "Un chat dort.\nDeux rats rient.\n"
    assert json.loads(run("sentences", "--lines", "wrapped", "--format", "jsonl", str(path))) == {
        "doc": path.as_posix(),
        "sentences": [[0, 13], [14, 30]],
    }
    assert run("sentences", "--format", "tsv", str(path)).startswith(
        f"doc\tsentence\ttext\tstart_char\tend_char\n{path.as_posix()}\t0\t"
    )


def test_the_same_token_twice_is_the_same_string() -> None:
    text = "Le chat et le chien. " * 400
    tokens = propos.tokenize(text)
    assert tokens == ["Le", "chat", "et", "le", "chien", "."] * 400
    assert tokens[0] is tokens[6]
    long = "anticonstitutionnellement " * 400
    assert propos.tokenize(long) == ["anticonstitutionnellement"] * 400


def test_the_command_parse_gives_words() -> None:
    rows = [line.split("\t") for line in run("parse", "--format", "tsv", stdin="Il va au bar. Elle dort.").splitlines()]
    assert rows[0] == [
        "doc",
        "sentence",
        "word",
        "text",
        "lemma",
        "upos",
        "feats",
        "head",
        "deprel",
        "start_char",
        "end_char",
    ]
    assert [row[1:4] for row in rows[1:]] == [
        ["0", "1", "Il"], ["0", "2", "va"], ["0", "3", "à"], ["0", "4", "le"], ["0", "5", "bar"], ["0", "6", "."],
        ["1", "1", "Elle"], ["1", "2", "dort"], ["1", "3", "."],
    ]  # fmt: skip
    assert [row[7] for row in rows[1:] if row[8] == "root"] == ["0", "0"]
    assert rows[3][9:] == rows[4][9:] == ["6", "8"]
    shown = run("parse", "--format", "text", stdin="Il va au bar. Elle dort.").strip().split("\n\n")
    assert [len(sentence.splitlines()) for sentence in shown] == [6, 3]


def check_conllu(text: str) -> int:
    """Check the rules of the format (level 1 of the official validator); returns the number of sentences."""
    sentences = 0
    for block in text.removesuffix("\n").split("\n\n"):
        if not block:
            continue
        sentences += 1
        lines = block.rstrip("\n").split("\n")
        comments = [line for line in lines if line.startswith("#")]
        assert lines[: len(comments)] == comments
        assert sum(line.startswith("# sent_id = ") for line in comments) == 1
        shown = next(line for line in comments if line.startswith("# text = "))[len("# text = ") :]
        assert shown == shown.strip()
        expected, covered, built = 1, 0, ""
        for line in lines[len(comments) :]:
            fields = line.split("\t")
            assert len(fields) == 10
            assert all(field and field == field.strip() and "  " not in field for field in fields)
            if "-" in fields[0]:
                first, last = map(int, fields[0].split("-"))
                assert first == expected
                assert last > first
                covered = last
            else:
                assert int(fields[0]) == expected
                expected += 1
                if int(fields[0]) <= covered:
                    assert fields[9] == "_"
                    continue
            built += fields[1] + ("" if "SpaceAfter=No" in fields[9] else " ")
        assert built.strip() == shown
    return sentences


def test_conllu_keeps_the_rules_of_the_format() -> None:
    out = run("tokens", "--format", "conllu")
    assert check_conllu(out) == len(propos.parse(TEXT).sentences)
    assert "\n6-7\tdu\t" in out
    hostile = "a\tb \u2028c\n\n#\u00a0d  e\x00f -\ng"
    assert check_conllu(run("tokens", "--format", "conllu", stdin=hostile)) >= 1
    assert run("tokens", "--format", "conllu", stdin="") == ""
    assert run("sentences", "--format", "conllu") == out
