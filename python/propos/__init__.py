"""propos reads French and says who said what.

>>> import propos
>>> doc = propos.parse("« Je reviens », a dit Anne Berger.")
>>> [(q.speaker.text, q.text) for q in doc.quotes]
[('Anne Berger', 'Je reviens')]

Everything here is immutable; offsets are code points of the text as it was given.
"""

from collections.abc import Sequence

from propos._batch import parse_many
from propos._core import (
    Cue,
    Doc,
    Entity,
    MarkedSpan,
    Mention,
    Normalized,
    Normalizer,
    Quote,
    Span,
    Statistics,
    Token,
    Tokenizer,
    Word,
    __version__,
    normalize,
    parse,
    quotes,
    sentences,
    tokenize,
    words,
)
from propos._errors import InternalError
from propos._report import report

Sequence.register(Doc)
Sequence.register(Span)

__all__ = [
    "Cue",
    "Doc",
    "Entity",
    "InternalError",
    "MarkedSpan",
    "Mention",
    "Normalized",
    "Normalizer",
    "Quote",
    "Span",
    "Statistics",
    "Token",
    "Tokenizer",
    "Word",
    "__version__",
    "normalize",
    "parse",
    "parse_many",
    "quotes",
    "report",
    "sentences",
    "tokenize",
    "words",
]
