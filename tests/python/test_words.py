"""Words, lemmas, parts of speech, features and trees from Python and on the command line."""

from __future__ import annotations

import doctest
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import propos
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_tokens import check_conllu

TEXT = "La ministre des Transports parle aux élus du nord. « Auquel pense-t-elle ? », demande Paul Roux."


def word(doc: propos.Doc, text: str) -> propos.Word:
    """The only word with this text."""
    (found,) = [word for word in doc.words if word.text == text]
    return found


def test_lemmas_parts_of_speech_and_features() -> None:
    doc = propos.parse("Les députées ont parlé aux voisins.")
    shown = [(word.text, word.lemma, word.upos) for word in doc.words]
    assert shown == [
        ("Les", "le", "DET"),
        ("députées", "député", "NOUN"),
        ("ont", "avoir", "AUX"),
        ("parlé", "parler", "VERB"),
        ("à", "à", "ADP"),
        ("les", "le", "DET"),
        ("voisins", "voisin", "NOUN"),
        (".", ".", "PUNCT"),
    ]
    feats = doc.words[1].feats
    assert feats["Gender"] == "Fem"
    assert feats["Number"] == "Plur"
    assert doc.words[1].feats_str == "|".join(f"{name}={value}" for name, value in feats.items())
    assert doc.words[-1].feats == {}
    assert doc.words[-1].feats_str == "_"


def test_heads_relations_children_and_subtrees() -> None:
    doc = propos.parse(TEXT)
    verb = doc.sentences[0].root
    assert verb is not None
    assert (verb.text, verb.deprel, verb.head) == ("parle", "root", None)
    minister = word(doc, "ministre")
    assert (minister.head, minister.deprel) == (verb, "nsubj")
    assert [below.text for below in minister.subtree] == ["La", "ministre", "de", "les", "Transports"]
    assert [below.text for below in word(doc, "Transports").children] == ["de", "les"]
    assert minister.sentence == doc.sentences[0]


def test_the_trees_are_trees() -> None:
    for parser in ("fast", "accurate"):
        doc = propos.parse(TEXT * 3, parser=parser)
        assert [word.index for word in doc.words] == list(range(len(doc.words)))
        for sentence in doc.sentences:
            roots = [word for word in sentence.words if word.head is None]
            assert roots == [sentence.root]
            assert roots[0].subtree == sentence.words
        for word in doc.words:
            assert (word.head is None) == (word.deprel == "root")
            assert word.head is None or word in word.head.children
            assert word.token.words[doc.words.index(word) - doc.words.index(word.token.words[0])] == word
            assert all(child.head == word for child in word.children)


def test_tokens_are_analysed_too() -> None:
    doc = propos.parse(TEXT)
    contraction = next(token for token in doc if token.text == "aux")
    assert [part.text for part in contraction.words] == ["à", "les"]
    assert (contraction.lemma, contraction.upos) == ("à", "ADP")
    assert contraction.feats["Number"] == "Plur"
    for token in doc:
        if len(token.words) == 1:
            (only,) = token.words
            assert (token.text, token.lemma, token.upos, token.feats) == (
                only.text,
                only.lemma,
                only.upos,
                only.feats,
            )
    assert [part.token for part in doc.words if part.token == contraction] == [contraction] * 2


def test_the_root_of_a_span() -> None:
    doc = propos.parse(TEXT)
    (first,) = [index for index, token in enumerate(doc) if token.text == "ministre"]
    phrase = doc[first - 1 : first + 3]
    assert phrase.text == "La ministre des Transports"
    assert phrase.root == word(doc, "ministre")
    assert doc[first:first].root is None
    assert doc[0 : len(doc)].root == doc.sentences[0].root


def test_values_compare_hash_print_and_pickle() -> None:
    one, two = propos.parse(TEXT), propos.parse(TEXT)
    assert one.words == two.words
    assert len({one.words[0], two.words[0], one.words[1]}) == 2
    assert one.words[0] != one[0]
    assert repr(one.words[3]) == '<propos.Word 3 "les">'
    assert str(one.words[3]) == "les"
    accurate = propos.parse(TEXT, parser="accurate")
    assert accurate != one
    for value in [one.words[4], accurate.words[4], accurate]:
        assert pickle.loads(pickle.dumps(value)) == value
    with pytest.raises(AttributeError):
        one.words[0].lemma = "la"  # type: ignore[misc]


def test_quotations_do_not_depend_on_the_parser() -> None:
    fast, accurate = propos.parse(TEXT), propos.parse(TEXT, parser="accurate")
    assert fast.to_json() == accurate.to_json()


def test_wrong_parsers_are_refused() -> None:
    with pytest.raises(ValueError, match="fast, accurate"):
        propos.parse("a", parser="spacy")
    with pytest.raises(ValueError, match="fast, accurate"):
        propos.parse_many(["a"], parser="spacy")


def test_parse_many_takes_the_parser() -> None:
    (doc,) = propos.parse_many([TEXT], parser="accurate")
    assert doc == propos.parse(TEXT, parser="accurate")
    assert doc.to_conllu() == propos.parse(TEXT, parser="accurate").to_conllu()


def test_words_can_be_shared_between_threads() -> None:
    doc = propos.parse(TEXT * 50)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: [(word.head, word.lemma) for word in doc.words], range(4)))
    assert all(each == found[0] for each in found)


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_any_text_has_words_and_a_valid_file(text: str) -> None:
    doc = propos.parse(text)
    assert [word.token.index for word in doc.words] == [token.index for token in doc for _ in token.words]
    assert all(word.text and word.lemma for word in doc.words)
    assert check_conllu(doc.to_conllu()) == len(doc.sentences)


def test_the_command_parse_gives_trees() -> None:
    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "propos", "parse", "--format", "conllu", *arguments]
        return subprocess.run(command, input=TEXT.encode(), capture_output=True, check=True).stdout.decode()

    assert run() == propos.parse(TEXT).to_conllu("stdin")
    assert run("--parser", "accurate") == propos.parse(TEXT, parser="accurate").to_conllu("stdin")
    rows = [line.split("\t") for line in run().splitlines() if line[:1].isdigit()]
    assert [row[0] for row in rows if "-" in row[0]] == ["3-4", "7-8", "10-11", "2-3"]
    assert all("_" not in (row[2], row[3], row[6], row[7]) for row in rows if "-" not in row[0])


def test_the_examples_give_what_they_say(root: Path) -> None:
    failed, tried = doctest.testfile(str(root / "docs" / "analysis.md"), module_relative=False, encoding="utf-8")
    assert (failed, tried > 5) == (0, True)
    runner, parser = doctest.DocTestRunner(), doctest.DocTestParser()
    for value in (propos.Word, propos.Word.feats, propos.Doc.words, propos.Doc.to_conllu, propos.Span.root):
        text = str(value.__doc__)
        assert ">>>" in text
        runner.run(parser.get_doctest(text, {"propos": propos}, str(value), None, None))
    assert runner.failures == 0
