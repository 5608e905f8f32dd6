"""``propos sentences``: where sentences begin and end."""

from __future__ import annotations

import argparse
import json

from propos import _core
from propos.cli import tokens
from propos.cli._outputs import CsvWriter, JsonlWriter, ParquetWriter, TextWriter
from propos.cli._run import Command
from propos.cli._tables import SENTENCES


def shown(name: str, doc: _core.Doc, args: argparse.Namespace) -> str:
    """One sentence a line, its line breaks as spaces."""
    return "\n".join(" ".join(sentence.text.split()) for sentence in doc.sentences)


def record(name: str, doc: _core.Doc) -> str:
    """One document as JSON: start and end of its sentences."""
    rows = [[sentence.start_char, sentence.end_char] for sentence in doc.sentences]
    return json.dumps({"doc": name, "sentences": rows}, ensure_ascii=False, separators=(",", ":"))


COMMAND = Command(
    name="sentences",
    help="sentences",
    description="Splits French texts into sentences.",
    formats={
        "text": lambda args: TextWriter(args, shown),
        "jsonl": lambda args: JsonlWriter(args, record),
        "csv": lambda args: CsvWriter(args, SENTENCES),
        "tsv": lambda args: CsvWriter(args, SENTENCES, "\t"),
        "parquet": lambda args: ParquetWriter(args, SENTENCES),
        "conllu": lambda args: TextWriter(args, tokens.conllu),
    },
    formats_help="text (one sentence a line, default), jsonl (one document a line), csv, tsv or parquet (one sentence "
    "a row), conllu (syntactic words, by sentence)",
    quotes=False,
)
