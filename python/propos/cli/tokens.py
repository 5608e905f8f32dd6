"""``propos tokens``: surface tokens, as the text writes them."""

from __future__ import annotations

import argparse
import json

from propos import _core
from propos.cli._outputs import CsvWriter, JsonlWriter, ParquetWriter, TextWriter
from propos.cli._run import Command
from propos.cli._tables import TOKENS


def shown(name: str, doc: _core.Doc, args: argparse.Namespace) -> str:
    """One token a line, an empty line after each sentence."""
    return "\n".join("".join(" ".join(token.text.split()) + "\n" for token in sentence) for sentence in doc.sentences)


def conllu(name: str, doc: _core.Doc, args: argparse.Namespace) -> str:
    """One document in CoNLL-U, ended by an empty line."""
    return _core._conllu(doc, name).removesuffix("\n")


def record(name: str, doc: _core.Doc) -> str:
    """One document as JSON: for each sentence, start, end and kind of its tokens."""
    rows = [[[token.start_char, token.end_char, token.kind] for token in sentence] for sentence in doc.sentences]
    return json.dumps({"doc": name, "sentences": rows}, ensure_ascii=False, separators=(",", ":"))


COMMAND = Command(
    name="tokens",
    help="tokens, by sentence",
    description="Splits French texts into tokens and sentences.",
    formats={
        "text": lambda args: TextWriter(args, shown),
        "jsonl": lambda args: JsonlWriter(args, record),
        "csv": lambda args: CsvWriter(args, TOKENS),
        "tsv": lambda args: CsvWriter(args, TOKENS, "\t"),
        "parquet": lambda args: ParquetWriter(args, TOKENS),
        "conllu": lambda args: TextWriter(args, conllu),
    },
    formats_help="text (one token a line, an empty line after a sentence; default), jsonl (one document a line), csv, "
    "tsv or parquet (one token a row), conllu (syntactic words)",
    quotes=False,
)
