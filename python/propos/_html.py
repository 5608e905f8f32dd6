"""Documents, quotations and entities as HTML for notebooks and pages: who speaks is seen by colour, number and words.

The HTML is self-contained: one style block whose names begin with ``propos-``, no script, nothing from outside, all
text escaped. Colours are translucent over whatever is behind, so that light and dark themes and print can be read.
"""

from __future__ import annotations

import html
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from propos import _core

#: Code points of a document that a notebook shows before it is cut.
MAX_CHARS = 20_000

#: Hue, saturation, lightness of the speakers' colours, told apart by people who do not see all colours too (after
#: Okabe and Ito); the number beside the quotation tells apart those that share one.
COLOURS = (
    (202, 100, 42),
    (41, 100, 45),
    (164, 100, 33),
    (26, 100, 46),
    (327, 45, 62),
    (264, 60, 62),
    (84, 60, 40),
    (350, 75, 55),
)

STYLE = """
.propos-doc{line-height:1.75;max-width:46em;font-size:1em}
.propos-text{white-space:pre-wrap;overflow-wrap:anywhere}
.propos-q{border-bottom:2px solid;padding:.08em 0;-webkit-box-decoration-break:clone;box-decoration-break:clone}
.propos-indirect{border-bottom-style:dashed}
.propos-mixed{border-bottom-style:dashed}
.propos-verbatim{border-bottom-style:solid}
.propos-nested{border-bottom-width:4px;border-bottom-style:double}
.propos-cue{font-style:italic;text-decoration:underline dotted;text-underline-offset:.25em}
.propos-speaker{font-weight:600;border:1px solid;border-radius:.25em;padding:0 .15em}
.propos-n{font-size:.7em;font-weight:600;vertical-align:super;line-height:0;padding-left:.1em}
.propos-legend{margin:.8em 0 0;padding:.5em 0 0;border-top:1px solid #8888;font-size:.88em;line-height:1.6}
.propos-legend ol{list-style:none;margin:0;padding:0;columns:2 16em}
.propos-legend li{break-inside:avoid;margin:0;padding:0}
.propos-swatch{display:inline-block;width:.9em;height:.9em;border:2px solid;border-radius:.2em;vertical-align:-.1em}
.propos-note{opacity:.75;font-size:.88em;margin:.4em 0 0}
.propos-title{font-weight:600;margin:0 0 .4em}
@media print{.propos-doc,.propos-doc *{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
""".strip().replace("\n", "")

_PAGE = """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>:root{{color-scheme:light dark}}body{{font-family:Georgia,"Times New Roman",serif;margin:2em auto;padding:0 1em;
max-width:46em}}article+article{{margin-top:2em;padding-top:1em;border-top:1px solid #8888}}
@media print{{:root{{color-scheme:light}}}}</style>
</head>
<body>
{body}
</body>
</html>
"""

_GENDERS = {"f": "woman", "m": "man"}


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks in a document: place in the legend, name, and what is known of them."""

    number: int
    name: str
    gender: str | None
    known: bool

    @property
    def colour(self) -> str:
        """The hue as the inside of a CSS ``hsl()``."""
        if not self.known:
            return "0 0% 55%"
        hue, saturation, lightness = COLOURS[(self.number - 1) % len(COLOURS)]
        return f"{hue} {saturation}% {lightness}%"


@dataclass(frozen=True)
class _Mark:
    """A stretch of text to be shown as something, in code points."""

    start: int
    end: int
    role: str
    quote: _core.Quote
    depth: int


def speakers(doc: _core.Doc) -> dict[int, Speaker]:
    """The speaker of each quotation by its index; quotations of one person share one."""
    numbers: dict[object, Speaker] = {}
    found = {}
    for quote in doc.quotes:
        entity, mention = quote.entity, quote.speaker
        # Two pronouns that are not resolved may be two people: they stand together, in grey.
        named = mention is not None and mention.kind != "pronoun"
        key: object = (
            ("entity", entity.index) if entity else ("words", mention.text) if named and mention else "unknown"
        )
        if key not in numbers:
            name = entity.name if entity else " ".join(mention.text.split()) if named and mention else "not known"
            gender = (entity.gender if entity else None) or (mention.gender if mention and named else None)
            numbers[key] = Speaker(len(numbers) + 1, name, gender, key != "unknown")
        found[quote.index] = numbers[key]
    return found


def doc(document: _core.Doc, *, title: str = "", max_chars: int | None = MAX_CHARS, style: bool = True) -> str:
    """A document with its quotations, cues and speakers marked, and a legend.

    Args:
        document: the document.
        title: shown above, if not empty.
        max_chars: longer documents are cut near this many code points, with a note; ``None`` never cuts.
        style: put the style block in front.
    """
    end = _cut(document, max_chars)
    who = speakers(document)
    shown = [quote for quote in document.quotes if quote.content[0].start_char < end]
    parts = [f'<div class="propos-title">{html.escape(title)}</div>'] if title else []
    body = _marked(document, list(_marks(shown)), who, 0, end)
    parts.append(f'<div class="propos-text" lang="fr">{body}</div>')
    if end < len(document.text):
        left = len(document.quotes) - len(shown)
        parts.append(
            f'<div class="propos-note">Cut here: {len(document.text) - end} more characters and {left} more '
            "quotations; max_chars=None shows all.</div>"
        )
    parts.append(_legend(document, who))
    return _wrapped("\n".join(parts), style)


def quote(found: _core.Quote) -> str:
    """A quotation in the sentences that hold it, its cue and its speaker."""
    document = found.doc
    spans = [*found.content]
    spans += [found.cue.span] if found.cue else []
    spans += [found.speaker.span] if found.speaker else []
    first, last = min(span.start_char for span in spans), max(span.end_char for span in spans)
    around = [s for s in document.sentences if s.end_char > first and s.start_char < last and len(s)]
    start = min([first, *(s.start_char for s in around)])
    end = max([last, *(s.end_char for s in around)])
    who = speakers(document)
    body = _marked(document, list(_marks([found])), who, start, end)
    about = f'<div class="propos-note">{html.escape(described(found, who[found.index]))}</div>'
    return _wrapped(f'<div class="propos-text" lang="fr">{body}</div>\n{about}', True)


def entity(found: _core.Entity, document: _core.Doc) -> str:
    """A person or organization: what the text says of them, and what they say."""
    facts = [found.kind, _GENDERS.get(found.gender or "", ""), found.role or ""]
    said = [quote for quote in document.quotes if quote.entity == found]
    names = list(dict.fromkeys(" ".join(mention.text.split()) for mention in found.mentions))
    lines = [
        f'<div class="propos-title">{html.escape(found.name)}</div>',
        f"<div>{html.escape(', '.join(filter(None, facts)))}</div>",
        f'<div class="propos-note">named {len(found.mentions)} times: {html.escape(", ".join(names[:12]))}</div>',
    ]
    if said:
        items = "".join(f'<li lang="fr">{html.escape(quote.text)}</li>' for quote in said[:20])
        more = f"<li>and {len(said) - 20} more</li>" if len(said) > 20 else ""
        lines.append(f"<ul>{items}{more}</ul>")
    return _wrapped("\n".join(lines), True)


def page(title: str, body: str) -> str:
    """A whole page that stands alone."""
    return _PAGE.format(title=html.escape(title), body=body)


def described(quote: _core.Quote, speaker: Speaker) -> str:
    """One line on a quotation, for tooltips."""
    gender = _GENDERS.get(speaker.gender or "")
    facts = [speaker.name + (f" ({gender})" if gender else "")]
    facts += [quote.kind + ("" if quote.asserted else ", not asserted") + (", belief" if quote.belief else "")]
    facts += [f"cue: {quote.cue.text} ({quote.cue.lemma})"] if quote.cue else []
    facts += [f"confidence {quote.confidence:.2f}"]
    return " · ".join(" ".join(fact.split()) for fact in facts)


def _wrapped(body: str, style: bool) -> str:
    block = f"<style>{STYLE}</style>\n" if style else ""
    return f'<div class="propos-doc">{block}{body}</div>'


def _cut(document: _core.Doc, max_chars: int | None) -> int:
    """Where the text is cut: after the last sentence that ends before ``max_chars``."""
    length = len(document.text)
    if max_chars is None or length <= max_chars:
        return length
    ends = [sentence.end_char for sentence in document.sentences if sentence.end_char <= max_chars]
    return ends[-1] if ends and ends[-1] > max_chars // 2 else max_chars


def _marks(quotes: list[_core.Quote]) -> Iterator[_Mark]:
    for quote in quotes:
        depth, parent = 0, quote.parent
        while parent is not None and depth < 8:
            depth, parent = depth + 1, parent.parent
        for span in quote.content:
            yield _Mark(span.start_char, span.end_char, "content", quote, depth)
        for span in quote.quoted:
            yield _Mark(span.start_char, span.end_char, "verbatim", quote, depth)
        if quote.cue:
            yield _Mark(quote.cue.span.start_char, quote.cue.span.end_char, "cue", quote, depth)
        if quote.speaker:
            yield _Mark(quote.speaker.span.start_char, quote.speaker.span.end_char, "speaker", quote, depth)


def _marked(document: _core.Doc, marks: list[_Mark], who: dict[int, Speaker], start: int, end: int) -> str:
    """The text from ``start`` to ``end`` as elements that do not overlap: one pass over the ends of the marks."""
    text = document.text
    edges = sorted({start, end, *(e for m in marks for e in (m.start, m.end) if start < e < end)})
    begin: dict[int, list[_Mark]] = {}
    for mark in marks:
        if mark.start < end and mark.end > start and mark.start < mark.end:
            begin.setdefault(max(mark.start, start), []).append(mark)
    active: list[_Mark] = []
    parts = []
    for here, there in itertools.pairwise(edges):
        active = [mark for mark in active if mark.end > here] + begin.get(here, [])
        parts.append(_element(text[here:there], active, who, there))
    return "".join(parts)


def _element(text: str, active: list[_Mark], who: dict[int, Speaker], end: int) -> str:
    shown = html.escape(text)
    contents = [mark for mark in active if mark.role == "content"]
    for role in ("speaker", "cue"):
        words = [mark for mark in active if mark.role == role]
        if words:
            colour = who[words[-1].quote.index].colour
            style = f' style="border-color:hsl({colour})"' if role == "speaker" else ""
            shown = f'<span class="propos-{role}"{style}>{shown}</span>'
    if not contents:
        return shown
    top = max(contents, key=lambda mark: (mark.depth, mark.start))
    quote, speaker = top.quote, who[top.quote.index]
    names = [f"propos-{quote.kind}"] + (["propos-nested"] if top.depth else [])
    verbatim = any(mark.role == "verbatim" and mark.quote.index == quote.index for mark in active)
    names += ["propos-verbatim"] if verbatim else []
    strength = 0.28 if verbatim else 0.14
    last = quote.content[-1].end_char == end
    number = f'<span class="propos-n">{speaker.number}</span>' if last else ""
    return (
        f'<span class="propos-q {" ".join(names)}" title="{html.escape(described(quote, speaker))}" '
        f'style="background:hsl({speaker.colour}/{strength});border-color:hsl({speaker.colour})">{shown}{number}</span>'
    )


def _legend(document: _core.Doc, who: dict[int, Speaker]) -> str:
    if not who:
        return '<div class="propos-note">No quotation found.</div>'
    counts: dict[Speaker, int] = {}
    for speaker in who.values():
        counts[speaker] = counts.get(speaker, 0) + 1
    items = []
    for speaker, count in counts.items():
        about = ", ".join(filter(None, [_GENDERS.get(speaker.gender or ""), f"{count}×"]))
        swatch = f'style="background:hsl({speaker.colour}/.28);border-color:hsl({speaker.colour})"'
        items.append(
            f'<li><span class="propos-swatch" {swatch}></span> {speaker.number} '
            f'<span lang="fr">{html.escape(speaker.name)}</span> ({about})</li>'
        )
    kinds = (
        "Solid line: verbatim words; dashed: reported speech; "
        '<span class="propos-cue">cue</span>; <span class="propos-speaker">speaker</span>.'
    )
    return f'<div class="propos-legend"><ol>{"".join(items)}</ol><div class="propos-note">{kinds}</div></div>'
