"""The Python face: offsets, sequences, equality, pickling, errors, threads."""

from __future__ import annotations

import pickle
import sys
from concurrent.futures import ThreadPoolExecutor

import propos
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

TEXT = "« Je pars 🚆 », a dit Mme Roux.\nL’a-t-elle fait ? Oui."


def test_offsets_are_code_points_of_the_original() -> None:
    doc = propos.parse(TEXT)
    for token in doc:
        assert TEXT[token.start_char : token.end_char] == token.text
    for span in [*doc.sentences, doc[2:5], *(marked.span for marked in doc.marked_spans)]:
        assert TEXT[span.start_char : span.end_char] == span.text
        assert [token.index for token in span] == list(range(span.start, span.end))


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_document_that_loses_nothing(text: str) -> None:
    doc = propos.parse(text)
    rest = text
    for token in doc.tokens:
        assert text[token.start_char : token.end_char] == token.text
        before, found, rest = rest.partition(token.text)
        assert found
        assert all(not char.isalnum() for char in before)
    assert doc.text == text
    assert sum(len(sentence) for sentence in doc.sentences) == len(doc)
    for quote in doc.quotes:
        assert all(text[part.start_char : part.end_char] == part.text for part in quote.content)


def test_a_document_is_a_sequence_of_tokens() -> None:
    doc = propos.parse(TEXT)
    assert doc[0].text == "«"
    assert doc[-1].text == "."
    assert [token.text for token in doc[1:3]] == ["Je", "pars"]
    assert len(doc[100:200]) == 0
    assert doc[1:9][1:2].text == "pars"
    with pytest.raises(IndexError, match="token 99"):
        doc[99]
    with pytest.raises(TypeError, match="step 1"):
        doc[::2]
    with pytest.raises(TypeError, match="not str"):
        doc["a"]


def test_equal_values_are_equal_and_hash_alike() -> None:
    one, two = propos.parse(TEXT), propos.parse(TEXT)
    assert one == two
    assert hash(one) == hash(two)
    assert one != propos.parse("Autre.")
    assert one[1:3] == two[1:3]
    assert len({one[0], two[0], one[1]}) == 2


def test_pickle_gives_an_equal_value_back() -> None:
    doc = propos.parse(TEXT, lines="wrapped")
    for value in [doc, doc[1], doc[2:4], *doc.marked_spans, *doc.quotes]:
        assert pickle.loads(pickle.dumps(value)) == value


def test_wrong_arguments_say_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="auto, paragraph, wrapped, line"):
        propos.parse("a", lines="windows")
    with pytest.raises(TypeError):
        propos.parse(b"octets")  # type: ignore[arg-type]
    with pytest.raises(UnicodeEncodeError):
        propos.parse("\ud800")
    with pytest.raises(ValueError, match="jobs"):
        propos.parse_many(["a"], jobs=0)
    with pytest.raises(TypeError, match="one str"):
        propos.parse_many("un texte")
    with pytest.raises(TypeError, match="text 1 is not a str but int"):
        list(propos.parse_many(["a", 1]))  # type: ignore[list-item]


def test_values_cannot_be_changed() -> None:
    doc = propos.parse(TEXT)
    with pytest.raises(AttributeError):
        doc.text = "autre"  # type: ignore[misc]


def test_documents_can_be_shared_between_threads() -> None:
    doc = propos.parse(TEXT * 50)
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: (len(doc.quotes), len(doc.marked_spans)), range(16)))
    assert len(set(counts)) == 1


def test_parse_many_keeps_the_order_and_reads_lazily() -> None:
    def texts() -> object:
        yield from (f"Texte {number}." for number in range(500))
        raise RuntimeError("read too far")

    found = propos.parse_many(texts(), jobs=2)  # type: ignore[arg-type]
    assert [next(found).text for _ in range(5)] == [f"Texte {number}." for number in range(5)]


def test_progress_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    docs = list(propos.parse_many(["Un.", "Deux."], progress=True))
    captured = capsys.readouterr()
    assert len(docs) == 2
    assert "2/2 documents" in captured.err
    assert captured.out == ""


def test_the_functions_agree_with_the_document() -> None:
    doc = propos.parse(TEXT)
    assert propos.tokenize(TEXT) == [token.text for token in doc]
    assert propos.sentences(TEXT) == [sentence.text for sentence in doc.sentences]
    assert propos.quotes(TEXT) == doc.quotes


def test_the_import_brings_nothing_heavy() -> None:
    heavy = {"pandas", "polars", "pyarrow", "spacy", "pyspark", "rich", "numpy", "matplotlib"}
    import subprocess

    code = "import propos, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(loaded)


def test_quotations_of_one_speaker_and_their_counts() -> None:
    doc = propos.parse(
        "« Je reviens », a dit Anne Berger. « Non », a répondu Luc Petit. Selon elle, le pont tient bien."
    )
    anne = doc.quotes[0].entity
    assert anne is not None
    assert [quote.text for quote in doc.quotes_by(anne)] == ["Je reviens", "le pont tient bien"]
    assert doc.quotes_by("Anne Berger") == doc.quotes_by(anne)
    assert doc.quotes_by("Personne") == []
    with pytest.raises(ValueError, match="another document"):
        propos.parse("Il pleut.").quotes_by(anne)
    with pytest.raises(TypeError):
        doc.quotes_by(3)  # type: ignore[arg-type]

    statistics = doc.statistics()
    assert (statistics.quotes, statistics.words) == (3, 7)
    assert statistics.by_kind == {"direct": (2, 3), "mixed": (0, 0), "indirect": (1, 4)}
    assert statistics.by_gender == {"f": (2, 6), "m": (1, 1), None: (0, 0)}
    assert [(entity and entity.name, quotes, words) for entity, quotes, words in statistics.by_speaker] == [
        ("Anne Berger", 2, 6),
        ("Luc Petit", 1, 1),
    ]
    assert sum(quotes for _, quotes, _ in statistics.by_speaker) == statistics.quotes
    assert pickle.loads(pickle.dumps(statistics)) == statistics
    empty = propos.parse("").statistics()
    assert (empty.quotes, empty.words, empty.by_speaker) == (0, 0, [])
