# Generated from the compiled module by `make stubs`: do not edit.
"""
propos reads French and says who said what (compiled core).
"""

from _typeshed import SupportsGetItem
from typing import Any, Final, SupportsIndex, final

__all__ = [
    "__version__",
    "Cue",
    "Doc",
    "Entity",
    "MarkedSpan",
    "Mention",
    "Normalized",
    "Normalizer",
    "Quote",
    "Span",
    "Statistics",
    "Token",
    "TokenIterator",
    "Tokenizer",
    "Word",
    "_column",
    "_conllu",
    "_mention",
    "_normalized",
    "_normalized_column",
    "_normalizer",
    "_part",
    "_rebuild",
    "_tokenizer",
    "normalize",
    "parse",
    "parse_batch",
    "quotes",
    "sentences",
    "tokenize",
    "words",
]

__version__: Final[str]
"""
Version of the package.
"""

@final
class Cue:
    """
    The words that open a quotation: a verb group, "selon", a noun.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[Quote, str]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def lemma(self, /) -> str:
        """
        Lemma of the reporting word.
        """
    @property
    def span(self, /) -> Span:
        """
        The group as it stands, auxiliary and clitic subject included.
        """
    @property
    def text(self, /) -> str:
        """
        Its text.
        """

@final
class Doc:
    """
    A French text that has been read: an immutable sequence of tokens.

    Made by ``propos.parse``. ``doc[i]`` is a token, ``doc[i:j]`` a span, ``len(doc)`` the number of tokens. Two
    documents are equal if they have the same text and were read in the same line mode for the same parser.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __getitem__(self, index: Any, /) -> Any: ...
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> TokenIterator: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str, str, str]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def _repr_mimebundle_(self, /, include: Any | None = None, exclude: Any | None = None) -> Any: ...
    def display(self, /, *, title: str = "", max_chars: SupportsIndex | None = ...) -> None:
        """
        Show the document: with its quotations marked in a notebook, as a list of quotations elsewhere.

        Args:
            title: shown above, if not empty.
            max_chars: cut longer documents near this many code points, with a note; ``None`` never cuts.
        """
    @property
    def entities(self, /) -> list[Entity]:
        """
        The people and organizations, by first mention.
        """
    @property
    def marked_spans(self, /) -> list[MarkedSpan]:
        """
        Every span between quotation marks, utterance or not, with its role.
        """
    @property
    def quotes(self, /) -> list[Quote]:
        """
        The quotations, by position.
        """
    def quotes_by(self, /, entity: Entity | str) -> list[Quote]:
        """
        The quotations of one person, organization or group.

        Args:
            entity: an entity of this document, or a name: that of an entity as the text gives it most fully.

        Returns:
            The quotations by position; none if nobody here has that name.

        Raises:
            ValueError: the entity is one of another document.
            TypeError: the argument is neither an entity nor a name.

        Example:
            >>> doc = propos.parse("« Je reviens », a dit Anne Berger. Luc Petit dort. Selon elle, le pont tient.")
            >>> [quote.text for quote in doc.quotes_by("Anne Berger")]
            ['Je reviens', 'le pont tient']
        """
    @property
    def sentences(self, /) -> list[Span]:
        """
        The sentences, spans that together hold every token.
        """
    def statistics(self, /) -> Statistics:
        """
        How much is quoted, and whom: quotations and words by kind, gender and speaker.

        Example:
            >>> doc = propos.parse("« Je reviens », a dit Anne Berger. Selon elle, le pont tient bien.")
            >>> statistics = doc.statistics()
            >>> statistics.quotes, statistics.words, statistics.by_kind["direct"]
            (2, 6, (1, 2))
            >>> [(entity.name, quotes, words) for entity, quotes, words in statistics.by_speaker]
            [('Anne Berger', 2, 6)]
        """
    @property
    def text(self, /) -> str:
        """
        The text as it was given.
        """
    def to_conllu(self, /, doc: str = "") -> str:
        """
        The document as CoNLL-U: words with lemma, part of speech, features, head and relation.

        Args:
            doc: the name to give the document, which also begins the sentence identifiers.

        Returns:
            The sentences, each with an empty line after it.

        Example:
            >>> print(propos.parse("Il dort.").to_conllu().splitlines()[4].split("\\t")[:4])
            ['2', 'dort', 'dormir', 'VERB']
        """
    def to_html(self, /, *, title: str = "", page: bool = False, max_chars: SupportsIndex | None = None) -> str:
        """
        The document as HTML: quotations, cues and speakers marked, a colour a speaker, a legend.

        Args:
            title: shown above, if not empty.
            page: give a whole page to save as a file, not only the part that a page or notebook can hold.
            max_chars: cut longer documents near this many code points, with a note; ``None`` never cuts.

        Returns:
            HTML that needs nothing from outside and runs no script; all text is escaped.
        """
    def to_json(self, /, doc: str = "") -> str:
        """
        The quotations as one line of JSON.

        Args:
            doc: the name to give the document.

        Returns:
            One JSON object without a line break; see docs/json.md.
        """
    def to_spacy(self, /, nlp: Any) -> Any:
        """
        The document as one of spaCy: its tokens, sentences and quotations.

        Args:
            nlp: the pipeline whose vocabulary is used; its components are not run.

        Returns:
            A spaCy document with the same text.

        Raises:
            ImportError: spaCy is not installed.
        """
    @property
    def tokens(self, /) -> list[Token]:
        """
        The tokens as a list.
        """
    @property
    def words(self, /) -> list[Word]:
        """
        The syntactic words as a list: contractions are two (au = à + le), every other token is one.

        Tags and trees are found when first asked for, by the parser that ``propos.parse`` was given.

        Example:
            >>> doc = propos.parse("Les élues parlent du lac.")
            >>> [(word.text, word.lemma, word.upos, word.deprel) for word in doc.words[:3]]
            [('Les', 'le', 'DET', 'det'), ('élues', 'élu', 'NOUN', 'nsubj'), ('parlent', 'parler', 'VERB', 'root')]
        """

@final
class Entity:
    """
    A person, an organization or a group, over the whole document.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[Doc, str, int, int]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def _repr_mimebundle_(self, /, include: Any | None = None, exclude: Any | None = None) -> Any: ...
    @property
    def doc(self, /) -> Doc:
        """
        The document.
        """
    @property
    def gender(self, /) -> str | None:
        """
        ``"f"``, ``"m"`` or ``None`` where the text does not show it.
        """
    @property
    def index(self, /) -> int:
        """
        Position among the document's entities.
        """
    @property
    def kind(self, /) -> str:
        """
        ``"person"``, ``"organization"`` or ``"group"``.
        """
    @property
    def mentions(self, /) -> list[Mention]:
        """
        Where it is named or referred to, by position.
        """
    @property
    def name(self, /) -> str:
        """
        The fullest name the text gives.
        """
    @property
    def role(self, /) -> str | None:
        """
        The function the text gives it ("présidente de la région"), or ``None``.
        """

@final
class MarkedSpan:
    """
    A span between quotation marks and what it is.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[Doc, str, int, int]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def outer(self, /) -> Span:
        """
        The tokens with their marks.
        """
    @property
    def role(self, /) -> str:
        """
        ``"utterance"``, ``"title"``, ``"term"``, ``"scare"``, ``"nickname"``, ``"name"``, ``"foreign"`` or
        ``"unattributed"``.
        """
    @property
    def span(self, /) -> Span:
        """
        The tokens inside the marks.
        """
    @property
    def text(self, /) -> str:
        """
        The text inside the marks.
        """

@final
class Mention:
    """
    A phrase or pronoun that refers to a person or an organization.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[Doc, int, int]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def entity(self, /) -> Entity | None:
        """
        The entity it refers to, or ``None``.
        """
    @property
    def gender(self, /) -> str | None:
        """
        ``"f"``, ``"m"`` or ``None`` where the text does not show it.
        """
    @property
    def kind(self, /) -> str:
        """
        ``"person"``, ``"group"``, ``"organization"``, ``"pronoun"``, ``"unnamed"`` or ``"other"`` (a document).
        """
    @property
    def span(self, /) -> Span:
        """
        The phrase as it stands, title and adjoining apposition included.
        """
    @property
    def text(self, /) -> str:
        """
        Its text.
        """

@final
class Normalized:
    """
    A normalized text and the way back to its original, in code points.

    A span that holds a part of a changed place is widened to the whole place; what was deleted or inserted exactly at
    an edge stays outside.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str, str, list[tuple[int, int, int, int]]]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def columns(self, /) -> tuple[Any, Any, Any, Any]:
        """
        The same as four columns of unsigned 32-bit integers: ``start, end, new_start, new_end``.

        Each is a ``memoryview``, which ``numpy.asarray`` takes without a copy.
        """
    @property
    def edits(self, /) -> list[tuple[int, int, int, int]]:
        """
        The places that changed: ``(start, end, new_start, new_end)``, in ``original`` and in ``text``.
        """
    @property
    def is_unchanged(self, /) -> bool:
        """
        True if nothing changed.
        """
    def normalized_span(self, /, start: SupportsIndex, end: SupportsIndex) -> tuple[int, int]:
        """
        The span of the normalized text that a span of the original gave.

        Args:
            start: first code point in ``original``.
            end: one past the last.

        Returns:
            Start and end in ``text``.

        Raises:
            IndexError: the span is not within the original.
        """
    @property
    def original(self, /) -> str:
        """
        The text as it was given.
        """
    def original_span(self, /, start: SupportsIndex, end: SupportsIndex) -> tuple[int, int]:
        """
        The span of the original that gave a span of the normalized text.

        Args:
            start: first code point in ``text``.
            end: one past the last.

        Returns:
            Start and end in ``original``.

        Raises:
            IndexError: the span is not within the text.
        """
    @property
    def text(self, /) -> str:
        """
        The normalized text.
        """

@final
class Normalizer:
    """
    A set of normalization steps: immutable, hashable, picklable.

    ``a | b`` has the steps of both; where both turn one on, ``b`` decides its value.

    Args:
        preset: ``"typography"``, ``"search"``, ``"compare"``, ``"tts"`` or ``"ascii"``; ``None``: every step off.
        steps: switches, by name: ``True``, ``False``, or a value such as ``quotes="french"``.

    Raises:
        ValueError: there is no such preset, step or value.

    Example:
        >>> search = propos.Normalizer("search", diacritics=False)
        >>> search.normalize("L’Été !")
        "l'été!"
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, preset: str | None = None, **steps) -> Normalizer: ...
    def __or__(self, other: object, /) -> Normalizer: ...
    def __reduce__(self, /) -> tuple[Any, tuple[list[tuple[str, str]]]]: ...
    def __repr__(self, /) -> str: ...
    def align(self, /, text: str) -> Normalized:
        """
        Normalize a text and keep the way back.

        Args:
            text: any text.

        Returns:
            The normalized text with its alignment.

        Example:
            >>> found = propos.Normalizer(ligatures="fold").align("Le cœur")
            >>> found.text, found.original_span(3, 8)
            ('Le coeur', (3, 7))
        """
    @staticmethod
    def all_steps() -> dict:
        """
        Every step there is, in the order in which they run.

        Returns:
            The values of each step, besides ``False``; ``True`` means the first.
        """
    def normalize(self, /, text: str) -> str:
        """
        Normalize a text.

        Args:
            text: any text.

        Returns:
            The normalized text: the same object if nothing changed.
        """
    @staticmethod
    def presets() -> list[str]:
        """
        The names of the presets.
        """
    @property
    def steps(self, /) -> dict:
        """
        The steps that are on, in the order in which they run, with their values.
        """
    def with_steps(self, /, **steps) -> Normalizer:
        """
        These steps with some turned on or off.

        Args:
            steps: switches, as for the class.

        Returns:
            Another normalizer; this one stays as it is.
        """

@final
class Quote:
    """
    An attributed utterance: what was said, by whom, and the words that say so.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[Doc, str, int, int]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def _repr_mimebundle_(self, /, include: Any | None = None, exclude: Any | None = None) -> Any: ...
    @property
    def asserted(self, /) -> bool:
        """
        False if the report is negated, questioned or hypothetical ("n'a pas dit que").
        """
    @property
    def belief(self, /) -> bool:
        """
        True if the cue is a verb of belief (penser, craindre), not of speech.
        """
    @property
    def confidence(self, /) -> float:
        """
        Estimated probability that content and speaker are right, 0 to 1.
        """
    @property
    def content(self, /) -> list[Span]:
        """
        What was said: one span, or several where the narration interrupts it ("A, a dit X, B").
        """
    @property
    def cue(self, /) -> Cue | None:
        """
        The words that open it, or ``None``.
        """
    @property
    def doc(self, /) -> Doc:
        """
        The document.
        """
    @property
    def entity(self, /) -> Entity | None:
        """
        The person or organization that speaks, or ``None`` if it is not known.
        """
    @property
    def index(self, /) -> int:
        """
        Position among the document's quotations.
        """
    @property
    def kind(self, /) -> str:
        """
        ``"direct"`` (verbatim between marks or a turn of dialogue), ``"mixed"`` (a reported clause or phrase with
        verbatim parts) or ``"indirect"``.
        """
    @property
    def parent(self, /) -> Quote | None:
        """
        The quotation whose content holds this one, or ``None``.
        """
    @property
    def quoted(self, /) -> list[Span]:
        """
        The verbatim parts, marks excluded.
        """
    @property
    def speaker(self, /) -> Mention | None:
        """
        The phrase that names the source, or ``None`` if it is not expressed.
        """
    @property
    def text(self, /) -> str:
        """
        The parts of the content, joined by one space.
        """
    @property
    def why(self, /) -> str:
        """
        How it was found: the pattern of the content and that of the speaker.
        """

@final
class Span:
    """
    A range of tokens of a document.

    ``start`` and ``end`` count tokens, ``start_char`` and ``end_char`` code points of the document's text;
    ``doc.text[span.start_char:span.end_char] == span.text`` always holds.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __getitem__(self, index: Any, /) -> Any: ...
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> TokenIterator: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[Doc, str, int, int]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def doc(self, /) -> Doc:
        """
        The document.
        """
    @property
    def end(self, /) -> int:
        """
        One past the last token.
        """
    @property
    def end_char(self, /) -> int:
        """
        One past the last code point.
        """
    @property
    def root(self, /) -> Word | None:
        """
        The word whose head is outside of the span; the highest in the tree if there are several, then the first.

        ``None`` if the span is empty.

        Example:
            >>> doc = propos.parse("La ministre de la Culture est partie.")
            >>> doc[0:5].root.text, doc.sentences[0].root.text
            ('ministre', 'partie')
        """
    @property
    def start(self, /) -> int:
        """
        First token.
        """
    @property
    def start_char(self, /) -> int:
        """
        First code point.
        """
    @property
    def text(self, /) -> str:
        """
        The text of the span, inner white space included.
        """
    @property
    def words(self, /) -> list[Word]:
        """
        The syntactic words of its tokens.
        """

@final
class Statistics:
    """
    How much is quoted in a document, and whom: pairs of numbers, of quotations and of the words in them.

    A word is a token that is no punctuation, symbol or emoji. The words of a quotation inside another one count for both
    speakers; reports that are not asserted ("n'a pas dit que") count too.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[Doc]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def by_gender(self, /) -> dict[str | None, tuple[int, int]]:
        """
        Quotations and words of women (``"f"``), of men (``"m"``), and of who is no person or of unknown gender (``None``).
        """
    @property
    def by_kind(self, /) -> dict[str, tuple[int, int]]:
        """
        Quotations and words of each kind: ``"direct"``, ``"mixed"``, ``"indirect"``.
        """
    @property
    def by_speaker(self, /) -> list[tuple[Entity | None, int, int]]:
        """
        Each speaker with its quotations and words, who says most words first; ``None``, at the end, for the unknown.
        """
    @property
    def doc(self, /) -> Doc:
        """
        The document.
        """
    @property
    def quotes(self, /) -> int:
        """
        Number of quotations.
        """
    @property
    def words(self, /) -> int:
        """
        Number of words in their contents.
        """

@final
class Token:
    """
    One surface token of a document.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[Doc, str, int, int]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def doc(self, /) -> Doc:
        """
        The document.
        """
    @property
    def end_char(self, /) -> int:
        """
        One past the last code point.
        """
    @property
    def feats(self, /) -> dict[str, str]:
        """
        The features of Universal Dependencies, values by names; of a contraction, those of its article or pronoun.

        Example:
            >>> propos.parse("Vous mangez.")[1].feats["Person"]
            '2'
        """
    @property
    def index(self, /) -> int:
        """
        Position among the document's tokens.
        """
    @property
    def kind(self, /) -> str:
        """
        What it is: "word", "number", "punctuation", "symbol", "url", "email", "mention", "hashtag", "emoji" or
        "abbreviation".
        """
    @property
    def lemma(self, /) -> str:
        """
        The lemma in the conventions of UD French; of a contraction, that of its preposition.
        """
    @property
    def norm(self, /) -> str:
        """
        The form used for look-up: lower case, straight apostrophes.
        """
    @property
    def start_char(self, /) -> int:
        """
        First code point.
        """
    @property
    def text(self, /) -> str:
        """
        The token as it stands.
        """
    @property
    def upos(self, /) -> str:
        """
        The part of speech of Universal Dependencies ("NOUN"); of a contraction, that of its preposition ("ADP").
        """
    @property
    def whitespace(self, /) -> str:
        """
        The white space that follows, up to the next token or the end of the text.
        """
    @property
    def words(self, /) -> list[Word]:
        """
        The syntactic words that it is: two if it is a contraction.
        """

@final
class TokenIterator:
    """
    The tokens of a document or span, one by one.
    """
    def __iter__(self, /) -> TokenIterator: ...
    def __next__(self, /) -> Token: ...

@final
class Tokenizer:
    """
    A tokenizer with options and data of your own; immutable, picklable.

    Args:
        keep_elisions: keep an elided word joined to the next one: ``l'eau`` is one token.
        split_hyphens: split compounds at their hyphens: ``porte-avions`` is three tokens. Clitics keep their hyphen.
        merge_urls: keep web and mail addresses, mentions and hashtags whole.
        abbreviations: abbreviations that keep their full stop whatever follows, for example ``["réf."]``.
        exceptions: forms with their tokens, for example ``{"c'est": ["c'est"]}``; the tokens join to the form.

    Raises:
        ValueError: an abbreviation does not end with a full stop, or the tokens of an exception do not join to it.

    Example:
        >>> propos.Tokenizer(keep_elisions=True).tokenize("L'eau dort.")
        ["L'eau", 'dort', '.']
    """

    KINDS: Final[list[str]]
    """
    Names of the kinds of tokens, by number.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(
        cls,
        /,
        *,
        keep_elisions: bool = False,
        split_hyphens: bool = False,
        merge_urls: bool = True,
        abbreviations: SupportsGetItem[int, str] = ...,
        exceptions: dict[str, SupportsGetItem[int, str]] = ...,
    ) -> Tokenizer: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bool, bool, bool, list[str], dict[str, list[str]]]]: ...
    def __repr__(self, /) -> str: ...
    def columns(self, /, text: str, *, lines: str = "auto") -> dict[str, Any]:
        """
        The tokens of a text as columns, without a Python object a token.

        Args:
            text: any text.
            lines: as for ``parse``.

        Returns:
            Memory views of equal length: ``start_char`` and ``end_char`` (``"i"``: code points), ``kind`` (``"B"``: an
            index of ``Tokenizer.KINDS``), ``sentence`` (``"i"``: the number of the sentence). ``numpy.asarray`` and
            ``pyarrow.py_buffer`` take them without a copy.

        Raises:
            UnicodeEncodeError: the text holds a lone surrogate.
            ValueError: ``lines`` is not known.

        Example:
            >>> list(propos.Tokenizer().columns("Il a 3 ans.")["start_char"])
            [0, 3, 5, 7, 10]
        """
    def sentences(self, /, text: str, *, lines: str = "auto") -> list[str]:
        """
        The sentences of a text, as strings without the white space around them.

        Args:
            text: any text.
            lines: as for ``parse``.

        Returns:
            The sentences in order.

        Raises:
            UnicodeEncodeError: the text holds a lone surrogate.
            ValueError: ``lines`` is not known.
        """
    def tokenize(self, /, text: str) -> list[str]:
        """
        The surface tokens of a text, as strings.

        Args:
            text: any text.

        Returns:
            The tokens in order.

        Raises:
            UnicodeEncodeError: the text holds a lone surrogate.
        """
    def words(self, /, text: str) -> list[str]:
        """
        The syntactic words of a text, as strings: contractions are two words (au = à + le).

        Args:
            text: any text.

        Returns:
            The words in order; the parts of a contraction are in lower case.

        Raises:
            UnicodeEncodeError: the text holds a lone surrogate.

        Example:
            >>> propos.Tokenizer(abbreviations=["réf."]).words("la réf. du livre")
            ['la', 'réf.', 'de', 'le', 'livre']
        """

@final
class Word:
    """
    A syntactic word of a document with its place in the tree of its sentence: a token, or half of a contraction.

    Parts of speech, features and relations are those of Universal Dependencies for French.

    Example:
        >>> doc = propos.parse("Le maire parle aux habitants.")
        >>> word = doc.words[1]
        >>> word.lemma, word.upos, word.deprel, word.head.text
        ('maire', 'NOUN', 'nsubj', 'parle')
        >>> [(word.text, word.token.text) for word in doc.words[3:5]]
        [('à', 'aux'), ('les', 'aux')]
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[Doc, str, int, int]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def children(self, /) -> list[Word]:
        """
        The words that depend on it, by position.
        """
    @property
    def deprel(self, /) -> str:
        """
        The relation to its head: "nsubj", "obl:arg"; "root" for the root of the sentence.
        """
    @property
    def doc(self, /) -> Doc:
        """
        The document.
        """
    @property
    def feats(self, /) -> dict[str, str]:
        """
        The features, values by names.

        Example:
            >>> propos.parse("Nous partons.").words[0].feats["Number"]
            'Plur'
        """
    @property
    def feats_str(self, /) -> str:
        """
        The features as CoNLL-U writes them, "Gender=Fem|Number=Sing"; "_" if there is none.
        """
    @property
    def head(self, /) -> Word | None:
        """
        The word that it depends on; ``None`` for the root of the sentence.
        """
    @property
    def index(self, /) -> int:
        """
        Position among the document's words.
        """
    @property
    def lemma(self, /) -> str:
        """
        The lemma, in the conventions of UD French: "les" -> "le", "députée" -> "député", "a" -> "avoir".
        """
    @property
    def sentence(self, /) -> Span:
        """
        The sentence that it is in.
        """
    @property
    def subtree(self, /) -> list[Word]:
        """
        The word with all that depends on it, directly or not, by position.
        """
    @property
    def text(self, /) -> str:
        """
        The token as it stands, or the part of a contraction in lower case.
        """
    @property
    def token(self, /) -> Token:
        """
        The token that it is, or is part of.
        """
    @property
    def upos(self, /) -> str:
        """
        The part of speech: "NOUN", "VERB" and so on.
        """

def _column(what: str, column: Any, *, jobs: SupportsIndex | None = None, lines: str = "auto") -> Any:
    """
    What ``propos.columns`` calls: tokens, sentences or quotations of every row of a column.

    Args:
        what: ``"tokens"``, ``"sentences"`` or ``"quotes"``.
        column: an object with ``__arrow_c_stream__`` or ``__arrow_c_array__`` that holds strings.
        jobs: number of threads, at least 1; ``None`` for one a processor.
        lines: as for ``parse``.

    Returns:
        An object with ``__arrow_c_stream__``: one list a row, null where the text is null.

    Raises:
        TypeError: the object has no Arrow interface.
        ValueError: the column does not hold strings, or is malformed.
    """

def _conllu(doc: Doc, name: str) -> str:
    """
    The tokens, words and sentences of a document as CoNLL-U.

    Args:
        doc: the document.
        name: its name, which begins the sentence identifiers.

    Returns:
        The sentences, each with an empty line after it; ``_`` stands in the columns of the analysis.
    """

def _mention(doc: Doc, start: SupportsIndex, end: SupportsIndex) -> Mention:
    """
    The mention that covers just these tokens: what pickle calls.
    """

def _normalized(
    original: str,
    text: str,
    edits: SupportsGetItem[int, tuple[SupportsIndex, SupportsIndex, SupportsIndex, SupportsIndex]],
) -> Normalized:
    """
    Makes a `Normalized` from its parts, for pickling.
    """

def _normalized_column(
    column: Any, steps: SupportsGetItem[int, tuple[str, str]], *, jobs: SupportsIndex | None = None
) -> Any:
    """
    What ``propos.columns.normalize`` calls.

    Args:
        column: as for ``_column``.
        steps: names and values of the steps that are on.
        jobs: as for ``_column``.

    Returns:
        An object with ``__arrow_c_stream__``: one string a row, null where the text is null.

    Raises:
        TypeError: the object has no Arrow interface.
        ValueError: there is no such step, or the column is none of strings.
    """

def _normalizer(steps: SupportsGetItem[int, tuple[str, str]]) -> Normalizer:
    """
    Makes a normalizer from its steps, for pickling.
    """

def _part(doc: Doc, what: str, start: SupportsIndex, end: SupportsIndex) -> Any:
    """
    A part of a document by name and position: what pickle calls.
    """

def _rebuild(text: str, lines: str, parser: str = "fast") -> Doc:
    """
    Makes the document anew: what pickle calls.
    """

def _tokenizer(
    keep_elisions: bool,
    split_hyphens: bool,
    merge_urls: bool,
    abbreviations: SupportsGetItem[int, str],
    exceptions: dict[str, SupportsGetItem[int, str]],
) -> Tokenizer:
    """
    Makes a tokenizer from its options: what pickle calls.
    """

def normalize(text: str, preset: str | None = None, **steps) -> str:
    """
    Normalize a text.

    Args:
        text: any text.
        preset: ``"typography"``, ``"search"``, ``"compare"``, ``"tts"`` or ``"ascii"``; ``None`` starts with every step
            off, or from ``"typography"`` if no step is given either.
        steps: switches, by name, e.g. ``mojibake=True, quotes="french", spacing=False``; they run in one fixed order.
            ``Normalizer.all_steps()`` lists them.

    Returns:
        The normalized text: the same object if nothing changed.

    Raises:
        ValueError: there is no such preset, step or value.
        UnicodeEncodeError: the text holds a lone surrogate.

    Example:
        >>> propos.normalize("L'Ã©tÃ©", mojibake=True, apostrophes="typographic")
        'L’été'
    """

def parse(text: str, *, lines: str = "auto", parser: str = "fast") -> Doc:
    """
    Read a French text.

    Tokens and sentences are found at once; syntax, quotations and entities when first asked for.

    Args:
        text: any text, empty included. It is never changed: all offsets are code points of it.
        lines: what a line break means: ``"auto"`` (by the look of the text), ``"paragraph"`` (it ends a sentence),
            ``"wrapped"`` (only an empty line does), ``"line"`` (each line is one sentence).
        parser: what makes the trees of ``doc.words``: ``"fast"``, or ``"accurate"``, which takes several times as long.
            Quotations do not depend on it.

    Returns:
        The document, a sequence of its tokens.

    Raises:
        UnicodeEncodeError: the text holds a lone surrogate.
        ValueError: ``lines`` is none of the four, ``parser`` neither of the two, or the text has more than 4 GiB.

    Example:
        >>> doc = propos.parse("« Je reviens », a dit Anne Berger.")
        >>> doc.quotes[0].speaker.text
        'Anne Berger'
    """

def parse_batch(
    texts: SupportsGetItem[int, str],
    *,
    jobs: SupportsIndex | None = None,
    lines: str = "auto",
    quotes: bool = True,
    trees: bool = False,
    parser: str = "fast",
) -> list[Doc]:
    """
    Read several texts on several threads.

    Args:
        texts: the texts.
        jobs: number of threads, at least 1; ``None`` for one a processor.
        lines: as for ``parse``.
        quotes: find the quotations too; else they are found when first asked for.
        trees: find the trees too.
        parser: as for ``parse``.

    Returns:
        The documents, in the order of the texts.

    Raises:
        ValueError: ``jobs`` is 0, or as for ``parse``.
    """

def quotes(text: str) -> list[Quote]:
    """
    The quotations of a text: short for ``parse(text).quotes``.

    Args:
        text: any text.

    Returns:
        The quotations by position.

    Raises:
        UnicodeEncodeError: the text holds a lone surrogate.

    Example:
        >>> [q.kind for q in propos.quotes("« Je reviens », a dit Anne Berger.")]
        ['direct']
    """

def sentences(text: str, *, lines: str = "auto") -> list[str]:
    """
    The sentences of a text, as strings without the white space around them.

    Args:
        text: any text.
        lines: as for ``parse``.

    Returns:
        The sentences in order.

    Raises:
        UnicodeEncodeError: the text holds a lone surrogate.
        ValueError: ``lines`` is not known.

    Example:
        >>> propos.sentences("M. Roux part. Il reviendra.")
        ['M. Roux part.', 'Il reviendra.']
    """

def tokenize(text: str) -> list[str]:
    """
    The surface tokens of a text, as strings.

    Args:
        text: any text.

    Returns:
        The tokens in order; punctuation is a token, white space is none.

    Raises:
        UnicodeEncodeError: the text holds a lone surrogate.

    Example:
        >>> propos.tokenize("L'a-t-elle dit ?")
        ["L'", 'a', '-t-elle', 'dit', '?']
    """

def words(text: str) -> list[str]:
    """
    The syntactic words of a text, as strings: contractions are two words (au = à + le).

    Args:
        text: any text.

    Returns:
        The words in order; the parts of a contraction are in lower case.

    Raises:
        UnicodeEncodeError: the text holds a lone surrogate.

    Example:
        >>> propos.words("Il va au bar.")
        ['Il', 'va', 'à', 'le', 'bar', '.']
    """
