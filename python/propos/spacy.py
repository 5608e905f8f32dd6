"""spaCy: a tokenizer, the component "propos_quotes", and ``to_spacy`` to turn a document into spaCy's.

Installed with propos, both are found by name; nothing has to be imported:

>>> import spacy
>>> nlp = spacy.blank("fr", config={"nlp": {"tokenizer": {"@tokenizers": "propos.Tokenizer"}}})
>>> pipe = nlp.add_pipe("propos_quotes")
>>> doc = nlp("« Je reviens », a dit Anne Berger.")
>>> [span.label_ for span in doc.spans["quotes"]]
['direct']
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import propos
from propos import _core, _extras

try:
    from spacy import util
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab
except ImportError as error:
    raise _extras.missing("spacy", "spacy") from error

#: Where the spans are put: contents, and the cues and speakers they come with.
KEYS = ("quotes", "quote_cues", "quote_speakers")

if not Doc.has_extension("quotes"):
    Doc.set_extension("quotes", default=None)


class Tokenizer:
    """propos as spaCy's tokenizer; the text is kept to the last space, as spaCy asks."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The document with its tokens; white space beyond one space is a token, as spaCy has it."""
        return _with_tokens(self.vocab, text, propos.parse(text))

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """Many texts, in order."""
        return map(self, texts)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing is to be kept: the tokenizer has no settings."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Tokenizer:
        """As ``to_bytes``."""
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """As ``to_bytes``."""

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Tokenizer:
        """As ``to_bytes``."""
        return self


def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """What the entry point "propos.Tokenizer" gives."""
    return lambda nlp: Tokenizer(nlp.vocab)


def _with_tokens(vocab: Vocab, text: str, doc: _core.Doc) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []

    def blank(gap: str) -> None:
        """One space goes with the token before it, the rest is a token of its own."""
        if gap.startswith(" ") and spaces and not spaces[-1]:
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            # As spaCy's own tokenizer: a last space after the white space belongs to it.
            owns = gap.endswith(" ") and len(gap) > 1
            words.append(gap[:-1] if owns else gap)
            spaces.append(owns)

    end = 0
    for token in doc:
        blank(text[end : token.start_char])
        words.append(token.text)
        spaces.append(False)
        end = token.end_char
    blank(text[end:])
    return Doc(vocab, words=words, spaces=spaces)


class QuotesComponent:
    """Fills ``doc.spans["quotes"]`` (one span a part of a content), ``doc.spans["quote_cues"]``,
    ``doc.spans["quote_speakers"]`` and ``doc._.quotes``, a list of dicts as in docs/json.md.

    Any tokenizer goes: where a quotation ends inside a token of spaCy, the span takes the whole token, and the offsets
    in ``doc._.quotes`` are exact.
    """

    def __init__(self, name: str = "propos_quotes", lines: str = "auto") -> None:
        _core.parse("", lines=lines)  # a wrong mode is an error now
        self.name = name
        self.lines = lines

    def __call__(self, doc: Doc) -> Doc:
        """The document with its quotations."""
        return _fill(doc, propos.parse(doc.text, lines=self.lines))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Many documents, in order, read on several threads."""
        documents = iter(stream)
        while batch := list(islice(documents, batch_size)):
            texts = [doc.text for doc in batch]
            for doc, found in zip(batch, _core.parse_batch(texts, lines=self.lines), strict=True):
                yield _fill(doc, found)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The settings."""
        return json.dumps({"lines": self.lines}).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> QuotesComponent:
        """The component with these settings."""
        self.lines = json.loads(data)["lines"]
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the settings to a file."""
        util.ensure_path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> QuotesComponent:
        """Read the settings of a file."""
        return self.from_bytes(util.ensure_path(path).read_bytes())


@Language.factory("propos_quotes", default_config={"lines": "auto"}, assigns=["doc.spans", "doc._.quotes"])  # type: ignore[untyped-decorator]
def create_quotes(nlp: Language, name: str, lines: str) -> QuotesComponent:
    """What the entry point "propos_quotes" gives."""
    return QuotesComponent(name, lines)


def to_spacy(doc: _core.Doc, nlp: Language) -> Doc:
    """A document of propos as one of spaCy: its tokens, sentences and quotations.

    Args:
        doc: what ``propos.parse`` gives.
        nlp: the pipeline whose vocabulary is used; its components are not run.

    Returns:
        A spaCy document with the same text.
    """
    made = _with_tokens(nlp.vocab, doc.text, doc)
    starts = {sentence.start_char for sentence in doc.sentences}
    for token in made:
        token.is_sent_start = token.idx in starts or token.i == 0
    return _fill(made, doc)


def _fill(doc: Doc, found: _core.Doc) -> Doc:
    form = json.loads(found.to_json())["quotes"]
    doc._.quotes = form
    spans: dict[str, list[Span]] = {key: [] for key in KEYS}

    def add(key: str, start: int, end: int, label: str, number: int) -> None:
        span = doc.char_span(start, end, label=label, span_id=str(number), alignment_mode="expand")
        if span is not None:
            spans[key].append(span)

    for number, quote in enumerate(form):
        for start, end in quote["content"]:
            add("quotes", start, end, quote["kind"], number)
        if quote["cue"]:
            add("quote_cues", quote["cue"][0], quote["cue"][1], quote["cue_lemma"] or "", number)
        if quote["speaker"]:
            add("quote_speakers", quote["speaker"][0], quote["speaker"][1], quote["speaker_kind"] or "", number)
    for key in KEYS:
        doc.spans[key] = spans[key]
    return doc
