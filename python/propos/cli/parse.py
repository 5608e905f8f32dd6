"""``propos parse``: all that is found in a document, as one JSON object a line, or its trees as CoNLL-U."""

from __future__ import annotations

import argparse
import json

from propos import _core
from propos.cli import entities, tokens
from propos.cli._outputs import CsvWriter, JsonlWriter, ParquetWriter, TextWriter
from propos.cli._run import Command
from propos.cli._tables import WORDS


def record(name: str, doc: _core.Doc) -> str:
    """One document as JSON: the text, sentences of tokens, entities, marked spans, quotations."""
    found = {
        **json.loads(doc.to_json(name)),
        "sentences": json.loads(tokens.record(name, doc))["sentences"],
        "entities": json.loads(entities.record(name, doc))["entities"],
        "marked": [[span.span.start_char, span.span.end_char, span.role] for span in doc.marked_spans],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def shown(name: str, doc: _core.Doc, args: argparse.Namespace) -> str:
    """One word a line: number, form, lemma, part of speech, head, relation; an empty line after a sentence."""
    lines = []
    for number, place, text, lemma, upos, _, head, deprel, *_ in WORDS.rows(doc):
        if place == 1 and number:
            lines.append("")
        form = " ".join(text.split())
        lines.append(f"{place:3}  {form:20} {lemma:20} {upos:6} {head:3}  {deprel}")
    return "".join(line + "\n" for line in lines)


def conllu(name: str, doc: _core.Doc, args: argparse.Namespace) -> str:
    """One document in CoNLL-U, ended by an empty line."""
    return doc.to_conllu(name).removesuffix("\n")


COMMAND = Command(
    name="parse",
    help="everything at once",
    description="Reads French texts: sentences, tokens, entities, spans in quotation marks and quotations.",
    formats={
        "jsonl": lambda args: JsonlWriter(args, record),
        "text": lambda args: TextWriter(args, shown),
        "csv": lambda args: CsvWriter(args, WORDS),
        "tsv": lambda args: CsvWriter(args, WORDS, "\t"),
        "parquet": lambda args: ParquetWriter(args, WORDS),
        "conllu": lambda args: TextWriter(args, conllu),
    },
    formats_help="jsonl (one document a line, see docs/json.md; default), text (words with lemma, part of speech, head "
    "and relation), csv, tsv or parquet (the same with features and offsets, a word a row), conllu",
    trees=("text", "csv", "tsv", "parquet", "conllu"),
)
