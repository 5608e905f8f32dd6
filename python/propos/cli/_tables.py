"""Results as tables: which columns a command gives, and the rows of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from propos import _core

#: Values of a row, in the order of the columns.
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """The columns after ``doc`` with their Arrow types, and the function that gives the rows of a document."""

    columns: dict[str, str]
    rows: Callable[[_core.Doc], Iterator[Row]]


def _quotes(doc: _core.Doc) -> Iterator[Row]:
    for quote in doc.quotes:
        entity, speaker, cue = quote.entity, quote.speaker, quote.cue
        yield (
            quote.index,
            quote.kind,
            quote.text,
            quote.content[0].start_char,
            quote.content[-1].end_char,
            cue.text if cue else None,
            cue.lemma if cue else None,
            speaker.text if speaker else None,
            speaker.kind if speaker else None,
            entity.name if entity else None,
            (speaker.gender if speaker else None) or (entity.gender if entity else None),
            quote.belief,
            quote.asserted,
            round(quote.confidence, 2),
            quote.parent.index if quote.parent else None,
        )


QUOTES = Table(
    {
        "quote": "int32",
        "kind": "string",
        "text": "string",
        "start_char": "int32",
        "end_char": "int32",
        "cue": "string",
        "cue_lemma": "string",
        "speaker": "string",
        "speaker_kind": "string",
        "entity": "string",
        "gender": "string",
        "belief": "bool_",
        "asserted": "bool_",
        "confidence": "float64",
        "parent": "int32",
    },
    _quotes,
)


def _tokens(doc: _core.Doc) -> Iterator[Row]:
    for number, sentence in enumerate(doc.sentences):
        for token in sentence:
            yield number, token.text, token.start_char, token.end_char, token.kind


TOKENS = Table(
    {"sentence": "int32", "text": "string", "start_char": "int32", "end_char": "int32", "kind": "string"}, _tokens
)


def _words(doc: _core.Doc) -> Iterator[Row]:
    sentences = iter(enumerate(doc.sentences))
    number, sentence = next(sentences, (0, None))
    place = 0
    first = 0
    for index, word in enumerate(doc.words):
        token = word.token
        while sentence is not None and token.index >= sentence.end:
            number, sentence = next(sentences, (number, None))
            first = index
        place = index - first + 1
        head = word.head
        yield (
            number,
            place,
            word.text,
            word.lemma,
            word.upos,
            word.feats_str,
            0 if head is None else head.index - first + 1,
            word.deprel,
            token.start_char,
            token.end_char,
        )


WORDS = Table(
    {
        "sentence": "int32",
        "word": "int32",
        "text": "string",
        "lemma": "string",
        "upos": "string",
        "feats": "string",
        "head": "int32",
        "deprel": "string",
        "start_char": "int32",
        "end_char": "int32",
    },
    _words,
)


def _sentences(doc: _core.Doc) -> Iterator[Row]:
    for number, sentence in enumerate(doc.sentences):
        yield number, sentence.text, sentence.start_char, sentence.end_char


SENTENCES = Table({"sentence": "int32", "text": "string", "start_char": "int32", "end_char": "int32"}, _sentences)


def _entities(doc: _core.Doc) -> Iterator[Row]:
    said = [quote.entity.index for quote in doc.quotes if quote.entity]
    for entity in doc.entities:
        mentions = entity.mentions
        first = mentions[0].span.start_char if mentions else None
        yield (
            entity.index,
            entity.name,
            entity.kind,
            entity.gender,
            entity.role,
            len(mentions),
            said.count(entity.index),
            first,
        )


ENTITIES = Table(
    {
        "entity": "int32",
        "name": "string",
        "kind": "string",
        "gender": "string",
        "role": "string",
        "mentions": "int32",
        "quotes": "int32",
        "first_char": "int32",
    },
    _entities,
)
