"""spaCy: found by name, loses no text, fills spans, runs in processes, is saved and loaded."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import propos
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

spacy = pytest.importorskip("spacy", reason="spaCy is not installed")

TEXTS = [
    "« Je reviens », a dit Anne Berger. « Et vite », a-t-elle ajouté.",
    "",
    "Selon le maire de Lens,\nl’école 🚸  rouvrira lundi.",
    "« A », a dit Jean Petit, « B. »",
]
VOCAB = spacy.blank("fr").vocab


@pytest.fixture(scope="module")
def nlp() -> Any:
    made = spacy.blank("fr", config={"nlp": {"tokenizer": {"@tokenizers": "propos.Tokenizer"}}})
    made.add_pipe("propos_quotes")
    return made


@given(st.text(alphabet=st.sampled_from(" \n\t\u00a0a.b«»'l’-") | st.characters(exclude_categories=["Cs"])))
@settings(max_examples=300, deadline=None)
def test_the_tokenizer_keeps_the_text_and_the_tokens(text: str) -> None:
    from propos.spacy import Tokenizer

    doc = Tokenizer(VOCAB)(text)
    assert doc.text == text
    assert [(t.text, t.idx) for t in doc if not t.is_space] == [
        (t.text, t.start_char) for t in propos.parse(text) if not t.text.isspace()
    ]


@pytest.mark.parametrize("tokenizer", ["propos", "spacy"])
def test_quotations_are_spans_and_dicts(nlp: Any, tokenizer: str) -> None:
    if tokenizer == "spacy":
        nlp = spacy.blank("fr")
        nlp.add_pipe("propos_quotes")
    for text in TEXTS:
        doc, expected = nlp(text), propos.parse(text)
        assert doc._.quotes == json.loads(expected.to_json())["quotes"]
        parts = [(q.kind, part) for q in expected.quotes for part in q.content]
        assert [span.label_ for span in doc.spans["quotes"]] == [kind for kind, _ in parts]
        for span, (_, part) in zip(doc.spans["quotes"], parts, strict=True):
            assert part.text in span.text
            if tokenizer == "propos":
                assert span.text == part.text
        assert len(doc.spans["quote_cues"]) == sum(q.cue is not None for q in expected.quotes)
        assert len(doc.spans["quote_speakers"]) == sum(q.speaker is not None for q in expected.quotes)


def test_processes_and_threads_give_the_same_in_order(nlp: Any) -> None:
    texts = TEXTS * 20
    one = [(doc.text, doc._.quotes) for doc in nlp.pipe(texts)]
    two = [(doc.text, doc._.quotes) for doc in nlp.pipe(texts, n_process=2, batch_size=7)]
    assert one == two
    assert [text for text, _ in one] == texts


def test_a_saved_pipeline_is_loaded_again(nlp: Any, tmp_path: Path) -> None:
    made = spacy.blank("fr", config={"nlp": {"tokenizer": {"@tokenizers": "propos.Tokenizer"}}})
    made.add_pipe("propos_quotes", config={"lines": "wrapped"})
    made.to_disk(tmp_path / "model")
    for loaded in (
        spacy.load(tmp_path / "model"),
        spacy.blank("fr", config=made.config).from_bytes(made.to_bytes()),
        pickle.loads(pickle.dumps(made)),
    ):
        assert loaded.get_pipe("propos_quotes").lines == "wrapped"
        assert [t.text for t in loaded("L'a-t-elle dit ?")] == ["L'", "a", "-t-elle", "dit", "?"]
        assert loaded(TEXTS[0])._.quotes == made(TEXTS[0])._.quotes


def test_a_document_becomes_one_of_spacy(nlp: Any) -> None:
    from propos.spacy import to_spacy

    for text in TEXTS:
        found = propos.parse(text)
        doc = to_spacy(found, nlp)
        assert doc.text == text
        if text:
            assert [s.text.strip() for s in doc.sents] == [s.text for s in found.sentences]
        assert found.to_spacy(nlp)._.quotes == doc._.quotes


def test_a_wrong_line_mode_is_refused(nlp: Any) -> None:
    with pytest.raises(ValueError, match="lines must be"):
        spacy.blank("fr").add_pipe("propos_quotes", config={"lines": "windows"})
