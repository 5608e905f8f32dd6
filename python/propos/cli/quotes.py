"""``propos quotes``: who said what."""

from __future__ import annotations

import argparse

from propos import _core, _show
from propos.cli._formats import BratWriter, HtmlWriter, TeiWriter, web_annotations
from propos.cli._inputs import named
from propos.cli._outputs import CsvWriter, JsonlWriter, ParquetWriter, TextWriter
from propos.cli._run import Command, coloured
from propos.cli._tables import QUOTES


def shown(name: str, doc: _core.Doc, args: argparse.Namespace) -> str:
    """The quotations of a document for a reader; titled if there may be several."""
    single = len(args.files) < 2 and name in ("stdin", *map(named, args.files))
    return _show.quotes(doc, title="" if single else name, colour=coloured(args))


COMMAND = Command(
    name="quotes",
    help="who said what",
    description="Finds the quotations of French texts with their cues and speakers.",
    formats={
        "text": lambda args: TextWriter(args, shown),
        "jsonl": lambda args: JsonlWriter(args, lambda name, doc: doc.to_json(name)),
        "csv": lambda args: CsvWriter(args, QUOTES),
        "tsv": lambda args: CsvWriter(args, QUOTES, "\t"),
        "parquet": lambda args: ParquetWriter(args, QUOTES),
        "html": HtmlWriter,
        "tei": TeiWriter,
        "brat": BratWriter,
        "webanno": lambda args: JsonlWriter(args, web_annotations),
    },
    formats_help="text (readable, default), jsonl (one document a line, see docs/json.md), csv, tsv or parquet (one "
    "quotation a row), html (a page with quotations marked), tei (<said who= direct=>), brat (standoff, with "
    "--output-dir), webanno (W3C Web Annotation, one page a line)",
)
