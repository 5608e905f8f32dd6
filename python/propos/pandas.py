"""pandas: ``series.propos.quotes()`` and its like, once this module is imported.

Results are tidy frames, one row a quotation, sentence or token. **The index is that of the articles**, repeated as
often as needed, whatever it is: join or group by it, no row can go astray.

>>> import pandas as pd, propos.pandas
>>> df = pd.DataFrame({"text": ["« Je reviens », a dit Anne Berger."]}, index=["article-7"])
>>> df["text"].propos.sentences().index.tolist()
['article-7']
"""

from __future__ import annotations

from typing import Any

from propos import _extras, columns

try:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError as error:
    raise _extras.missing(error.name or "pandas", "pandas") from error

#: Columns of the frame of quotations after ``quote``, the position in the article.
QUOTE_COLUMNS = (
    "kind",
    "text",
    "start_char",
    "end_char",
    "cue",
    "cue_lemma",
    "speaker",
    "speaker_kind",
    "entity",
    "gender",
    "belief",
    "asserted",
    "confidence",
    "parent",
)


@pd.api.extensions.register_series_accessor("propos")
class ProposAccessor:
    """What propos finds in a series of texts; a missing text (``None``, ``NaN``, ``pd.NA``) has no rows."""

    def __init__(self, series: pd.Series) -> None:
        self._series = series

    def quotes(self, *, jobs: int | None = None, lines: str = "auto") -> pd.DataFrame:
        """One row a quotation.

        Args:
            jobs: number of threads, at least 1; ``None`` for one a processor.
            lines: as for ``propos.parse``.

        Returns:
            A frame with the index of the texts and the columns ``quote`` (position in the text), kind, text,
            start_char, end_char, cue, cue_lemma, speaker, speaker_kind, entity, gender, belief, asserted, confidence
            and parent (a ``quote`` of the same text).

        Raises:
            TypeError: a value is not a text.
        """
        return self._tidy("quote", columns.quotes(self._arrow(), jobs=jobs, lines=lines), QUOTE_COLUMNS)

    def sentences(self, *, jobs: int | None = None, lines: str = "auto") -> pd.DataFrame:
        """One row a sentence: ``sentence`` (position), text, start_char, end_char.

        Args:
            jobs: as for ``quotes``.
            lines: as for ``propos.parse``.

        Returns:
            A frame with the index of the texts.

        Raises:
            TypeError: a value is not a text.
        """
        found = columns.sentences(self._arrow(), jobs=jobs, lines=lines)
        return self._tidy("sentence", found, tuple(columns.SENTENCE_FIELDS))

    def tokens(self, *, jobs: int | None = None) -> pd.DataFrame:
        """One row a token: ``token`` (position), text, start_char, end_char, kind.

        Args:
            jobs: as for ``quotes``.

        Returns:
            A frame with the index of the texts.

        Raises:
            TypeError: a value is not a text.
        """
        return self._tidy("token", columns.tokens(self._arrow(), jobs=jobs), tuple(columns.TOKEN_FIELDS))

    def normalize(self, normalizer: Any = None, *, jobs: int | None = None) -> pd.Series:
        """The texts normalized.

        Args:
            normalizer: a ``propos.Normalizer`` or the name of a preset; ``None`` for ``"typography"``.
            jobs: as for ``quotes``.

        Returns:
            A series with the same index and name; missing texts stay missing.

        Raises:
            TypeError: a value is not a text.
        """
        found = columns.normalize(self._arrow(), normalizer, jobs=jobs).to_pandas()
        return pd.Series(found.array, index=self._series.index, name=self._series.name)

    def _arrow(self) -> pa.ChunkedArray:
        kind = pa.large_string()
        try:
            found = pa.chunked_array([], kind) if self._series.empty else pa.array(self._series, from_pandas=True)
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            raise self._not_texts() from None
        found = found if isinstance(found, pa.ChunkedArray) else pa.chunked_array([found])
        if pa.types.is_dictionary(found.type):
            found = found.cast(found.type.value_type)
        if not (pa.types.is_string(found.type) or pa.types.is_large_string(found.type) or pa.types.is_null(found.type)):
            raise self._not_texts()
        return found

    def _not_texts(self) -> TypeError:
        for label, value in self._series.items():
            if not isinstance(value, str) and not pd.isna(value):
                return TypeError(f"row {label!r} is not a text but {type(value).__name__}: {value!r:.60}")
        return TypeError(f"a series of texts is needed, not of {self._series.dtype}")

    def _tidy(self, position: str, found: pa.ChunkedArray, names: tuple[str, ...]) -> pd.DataFrame:
        rows: list[Any] = []
        numbers: list[Any] = []
        parts: dict[str, list[Any]] = {name: [] for name in names}
        first = 0
        for chunk in found.chunks:
            parents = pc.list_parent_indices(chunk).cast(pa.int64())
            items = chunk.flatten()
            starts = chunk.offsets.cast(pa.int64()).take(parents)
            inside = pc.subtract(pa.array(range(len(items)), pa.int64()), pc.subtract(starts, chunk.offsets[0].as_py()))
            rows.append(pc.add(parents, first))
            numbers.append(inside)
            for name in names:
                parts[name].append(items.field(name))
            first += len(chunk)
        index = self._series.index.take(pa.chunked_array(rows, pa.int64()).to_numpy())
        data = {position: pa.chunked_array(numbers, pa.int64()).to_numpy()}
        fields = {field.name: field.type for field in found.type.value_type}
        for name in names:
            column = pa.chunked_array(parts[name], fields[name])
            nullable = name == "parent"
            data[name] = column.to_pandas(types_mapper={pa.int32(): pd.Int32Dtype()}.get if nullable else None).array
        return pd.DataFrame(data, index=index)
