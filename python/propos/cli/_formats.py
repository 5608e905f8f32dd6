"""Quotations in the formats of others: HTML pages, TEI, brat standoff, W3C Web Annotation.

Offsets are code points of the text, which is what brat and Web Annotation count too.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
from collections.abc import Iterator
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from propos import _core, _html
from propos.cli._outputs import Writer, opened

#: Code points of context that a Web Annotation gives on either side.
CONTEXT = 32

_SEX = {"f": "F", "m": "M"}


class HtmlWriter(Writer):
    """One page with all documents, quotations marked."""

    def open(self, stream: IO[Any], *, resumed: bool = False) -> None:
        """Begin the page."""
        super().open(stream)
        head, _, self.tail = _html.page("propos", "\0").partition("\0")
        self.stream.write(head + f"<style>{_html.STYLE}</style>")

    def document(self, name: str, doc: _core.Doc) -> None:
        """Write one document."""
        body = _html.doc(doc, title=name, max_chars=None, style=False)
        self.stream.write(f"<article>{body}</article>\n")

    def close(self) -> None:
        """End the page."""
        self.stream.write(self.tail)


class TeiWriter(Writer):
    """TEI P5: a corpus of texts in paragraphs, with ``<said who= direct=>`` and a list of persons."""

    def open(self, stream: IO[Any], *, resumed: bool = False) -> None:
        """Begin the corpus."""
        super().open(stream)
        self.count = 0
        self.stream.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n'
            + _header("propos: quotations", "", _TAXONOMY)
        )

    def document(self, name: str, doc: _core.Doc) -> None:
        """Write one document."""
        self.count += 1
        self.stream.write(tei(name, doc, f"d{self.count}"))

    def close(self) -> None:
        """End the corpus."""
        self.stream.write("</teiCorpus>\n")


_TAXONOMY = (
    '<encodingDesc><classDecl><taxonomy><category xml:id="direct"><catDesc>verbatim</catDesc></category>'
    '<category xml:id="mixed"><catDesc>reported, with verbatim parts</catDesc></category>'
    '<category xml:id="indirect"><catDesc>reported</catDesc></category></taxonomy></classDecl></encodingDesc>'
)


def _header(title: str, people: str, encoding: str = "") -> str:
    profile = f"<profileDesc><particDesc>{people}</particDesc></profileDesc>" if people else ""
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{_xml(title)}</title></titleStmt>"
        "<publicationStmt><p>Unpublished.</p></publicationStmt>"
        f"<sourceDesc><p>Quotations found by propos {_core.__version__}.</p></sourceDesc></fileDesc>{encoding}{profile}"
        "</teiHeader>\n"
    )


def tei(name: str, doc: _core.Doc, prefix: str) -> str:
    """One ``<TEI>`` element.

    Args:
        name: title of the text.
        doc: the document.
        prefix: what the identifiers of the text begin with.
    """
    who = _html.speakers(doc)
    people = {speaker.number: speaker for speaker in who.values()}
    items = "".join(
        f"<person xml:id={quoteattr(f'{prefix}-s{number}')}"
        + (f' sex="{_SEX[speaker.gender]}"' if speaker.gender else "")
        + f"><persName>{_xml(speaker.name)}</persName></person>"
        for number, speaker in sorted(people.items())
    )
    listed = f"<listPerson>{items}</listPerson>" if items else ""
    body = "".join(f"<p>{_said(doc, who, prefix, start, end)}</p>\n" for start, end in _paragraphs(doc.text))
    return f'<TEI>\n{_header(name, listed)}<text xml:lang="fr"><body>\n{body or "<p/>"}</body></text>\n</TEI>\n'


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        yield match.start(), match.end()


def _said(doc: _core.Doc, who: dict[int, _html.Speaker], prefix: str, start: int, end: int) -> str:
    """A paragraph with its quotations as nested elements; what would overlap is closed and opened again."""
    text = doc.text
    opening: dict[int, list[tuple[int, int, int]]] = {}
    edges = {start, end}
    for quote in doc.quotes:
        for part, span in enumerate(quote.content):
            first, last = max(span.start_char, start), min(span.end_char, end)
            if first < last:
                opening.setdefault(first, []).append((last, quote.index, part))
                edges |= {first, last}
    parts: list[str] = []
    stack: list[tuple[int, int, int]] = []
    marks = sorted(edges)
    for here, there in itertools.pairwise(marks):
        reopened = []
        while any(item[0] <= here for item in stack):
            item = stack.pop()
            parts.append("</said>")
            if item[0] > here:
                reopened.append(item)
        for item in sorted([*reopened, *opening.get(here, [])], reverse=True):
            stack.append(item)
            parts.append(_open_said(doc.quotes[item[1]], item[2], who, prefix))
        parts.append(_xml(text[here:there]))
    return "".join(parts) + "</said>" * len(stack)


def _open_said(quote: _core.Quote, part: int, who: dict[int, _html.Speaker], prefix: str) -> str:
    attributes = {
        "who": f"#{prefix}-s{who[quote.index].number}",
        "direct": "true" if quote.kind == "direct" else "false",
        # The parts of one quotation share what stands before the point.
        "n": f"{quote.index + 1}.{part + 1}",
        "ana": f"#{quote.kind}",
    }
    return "<said " + " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items()) + ">"


def _xml(text: str) -> str:
    """Escaped, without the control characters that XML 1.0 cannot hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", escape(text)).replace("\r", "&#13;")


class BratWriter(Writer):
    """brat standoff: for each document a pair of files, the text and its annotations."""

    def __init__(self, args: argparse.Namespace) -> None:
        super().__init__(args)
        self.count = 0

    def document(self, name: str, doc: _core.Doc) -> None:
        """Write the pair of one document; further documents of an input get a number."""
        self.count += 1
        if self.count == 1:
            self.stream.write(brat(doc))
            with opened(f"{self.args.output_base}.txt", binary=True) as file:
                file.write(doc.text.encode())
        else:
            base = f"{self.args.output_base}.{self.count}"
            with opened(f"{base}.txt", binary=True) as file:
                file.write(doc.text.encode())
            with opened(f"{base}.ann", binary=False) as file:
                file.write(brat(doc))


def brat(doc: _core.Doc) -> str:
    """The annotations of a document: Quote, Cue and Speaker with relations and attributes."""
    lines: list[str] = []
    relations: list[str] = []
    spans: dict[tuple[str, int, int], str] = {}

    def add(kind: str, ranges: list[tuple[int, int]]) -> str:
        pieces = [piece for start, end in ranges for piece in _unbroken(doc.text, start, end)]
        label = f"T{len(lines) + 1}"
        places = ";".join(f"{start} {end}" for start, end in pieces)
        lines.append(f"{label}\t{kind} {places}\t{' '.join(doc.text[s:e] for s, e in pieces)}")
        return label

    def once(kind: str, start: int, end: int) -> str:
        if (kind, start, end) not in spans:
            spans[kind, start, end] = add(kind, [(start, end)])
        return spans[kind, start, end]

    notes: list[str] = []
    names: list[str] = []
    for quote in doc.quotes:
        label = add("Quote", [(span.start_char, span.end_char) for span in quote.content])
        notes.append(f"A{len(notes) + 1}\tKind {label} {quote.kind}")
        if quote.entity:
            names.append(f"#{len(names) + 1}\tAnnotatorNotes {label}\t{quote.entity.name}")
        if quote.cue:
            cue = once("Cue", quote.cue.span.start_char, quote.cue.span.end_char)
            relations.append(f"R{len(relations) + 1}\tCued_by Arg1:{label} Arg2:{cue}")
        if quote.speaker:
            speaker = once("Speaker", quote.speaker.span.start_char, quote.speaker.span.end_char)
            relations.append(f"R{len(relations) + 1}\tSaid_by Arg1:{label} Arg2:{speaker}")
    return "".join(line + "\n" for line in [*lines, *relations, *notes, *names])


def _unbroken(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a span between line breaks, which brat does not allow inside."""
    for match in re.finditer(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+", text[start:end]):
        yield start + match.start(), start + match.end()


def web_annotations(name: str, doc: _core.Doc) -> str:
    """The quotations of a document as one W3C annotation page, on one line."""
    items = [_annotation(name, doc, quote) for quote in doc.quotes]
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:propos:{name}",
        "type": "AnnotationPage",
        "items": items,
    }
    return json.dumps(page, ensure_ascii=False, separators=(",", ":"))


def _annotation(name: str, doc: _core.Doc, quote: _core.Quote) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = [{"type": "TextualBody", "purpose": "classifying", "value": quote.kind}]
    speaker = quote.entity.name if quote.entity else quote.speaker.text if quote.speaker else None
    if speaker:
        bodies.append({"type": "TextualBody", "purpose": "identifying", "value": speaker, "language": "fr"})
    if quote.cue:
        bodies.append({"type": "TextualBody", "purpose": "describing", "value": quote.cue.text, "language": "fr"})
    targets = [
        {
            "source": name,
            "selector": [
                {"type": "TextPositionSelector", "start": span.start_char, "end": span.end_char},
                {
                    "type": "TextQuoteSelector",
                    "exact": span.text,
                    "prefix": doc.text[max(span.start_char - CONTEXT, 0) : span.start_char],
                    "suffix": doc.text[span.end_char : span.end_char + CONTEXT],
                },
            ],
        }
        for span in quote.content
    ]
    return {
        "id": f"urn:propos:{name}#quote-{quote.index}",
        "type": "Annotation",
        "motivation": ["identifying", "classifying"],
        "body": bodies,
        "target": targets[0] if len(targets) == 1 else targets,
    }
