"""scikit-learn: a tokenizer for ``CountVectorizer``, a normalizer, and quotations as features.

>>> from sklearn.feature_extraction.text import CountVectorizer
>>> from propos.sklearn import Tokens
>>> CountVectorizer(analyzer=Tokens()).fit(["L'eau dort."]).get_feature_names_out().tolist()
['dort', 'eau', "l'"]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from propos import _core, _extras
from propos._batch import parse_many

try:
    import numpy as np
    from sklearn.base import BaseEstimator, TransformerMixin
except ImportError as error:
    raise _extras.missing(error.name or "scikit-learn", "sklearn") from error

#: Features of ``QuoteFeatures``, a column each.
FEATURES = (
    "quotes",
    "direct",
    "mixed",
    "indirect",
    "share_quoted",
    "speakers",
    "women",
    "men",
    "words_per_quote",
)

#: Kinds of tokens that are no words.
_NO_WORDS = frozenset({"punctuation"})


class Tokens:
    """An analyzer for ``CountVectorizer`` and ``TfidfVectorizer``: the words of a text in lower case.

    Args:
        lowercase: give look-up forms (lower case, straight apostrophes), not the words as they stand.
        punctuation: keep punctuation marks too.
    """

    def __init__(self, lowercase: bool = True, punctuation: bool = False) -> None:
        self.lowercase = lowercase
        self.punctuation = punctuation

    def __call__(self, text: str) -> list[str]:
        """The words of a text."""
        tokens = [t for t in _core.parse(text) if self.punctuation or t.kind not in _NO_WORDS]
        return [token.norm if self.lowercase else token.text for token in tokens]

    def __repr__(self) -> str:
        return f"Tokens(lowercase={self.lowercase}, punctuation={self.punctuation})"


class _Texts(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """A transformer of texts that learns nothing."""

    def fit(self, X: Iterable[str], y: object = None) -> Any:
        """Check the texts; nothing is learned.

        Args:
            X: texts.
            y: not used.
        """
        _texts(X)
        self.fitted_ = True
        return self

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.input_tags.one_d_array = True
        tags.requires_fit = False
        return tags


class Normalizer(_Texts):
    """Texts repaired and made alike, to stand before a vectorizer in a pipeline.

    Args:
        preset: the steps to begin with, one of ``propos.Normalizer.presets()``; ``None`` for none.
        steps: steps to turn on, to a value, or off, as for ``propos.Normalizer``.
    """

    def __init__(self, preset: str | None = "typography", steps: Mapping[str, str | bool] | None = None) -> None:
        self.preset = preset
        self.steps = steps

    def transform(self, X: Iterable[str]) -> Any:
        """The texts normalized.

        Args:
            X: texts.

        Returns:
            Shape (texts,), ``str`` objects.

        Raises:
            ValueError: there is no such preset or step, or a text is not a ``str``.
        """
        normalizer = _core.Normalizer(self.preset, **dict(self.steps or {}))
        return np.array([normalizer.normalize(text) for text in _texts(X)], dtype=object)

    def get_feature_names_out(self, input_features: object = None) -> Any:
        """The names of the columns: those of the input, as there is one column in and one out."""
        return np.array(["text"] if input_features is None else input_features, dtype=object)


class QuoteFeatures(_Texts):
    """A row of numbers a text: how much of it is quoted, how, and by whom.

    Args:
        jobs: number of threads, at least 1; ``None`` for one a processor.
        lines: as for ``propos.parse``.
    """

    def __init__(self, jobs: int | None = None, lines: str = "auto") -> None:
        self.jobs = jobs
        self.lines = lines

    def transform(self, X: Iterable[str]) -> Any:
        """The features.

        Args:
            X: texts.

        Returns:
            Shape (texts, features), float64; the columns are ``FEATURES``.
        """
        rows = [_features(doc) for doc in parse_many(_texts(X), jobs=self.jobs, lines=self.lines)]
        return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))

    def get_feature_names_out(self, input_features: object = None) -> Any:
        """The names of the columns."""
        return np.array(FEATURES, dtype=object)


def _texts(X: Any) -> list[str]:
    if isinstance(X, str):
        raise ValueError("a list of texts is needed, not one text")
    texts = list(X)
    for position, text in enumerate(texts):
        if not isinstance(text, str):
            raise ValueError(f"text {position} is not a str but {type(text).__name__}")
    return [str(text) for text in texts]


def _features(doc: _core.Doc) -> tuple[float, ...]:
    quotes = [quote for quote in doc.quotes if quote.parent is None]
    kinds = [quote.kind for quote in quotes]
    people: dict[str, str | None] = {}
    for quote in quotes:
        if quote.entity:
            people[quote.entity.name] = quote.entity.gender
        elif quote.speaker and quote.speaker.kind != "pronoun":
            people.setdefault(quote.speaker.text, quote.speaker.gender)
    genders = list(people.values())
    inside = sum(part.end_char - part.start_char for quote in quotes for part in quote.content)
    words = sum(len(quote.text.split()) for quote in quotes)
    return (
        len(quotes),
        kinds.count("direct"),
        kinds.count("mixed"),
        kinds.count("indirect"),
        inside / len(doc.text) if doc.text else 0.0,
        len(people),
        genders.count("f"),
        genders.count("m"),
        words / len(quotes) if quotes else 0.0,
    )
