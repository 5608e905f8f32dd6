"""``propos entities``: the people and organizations, and how often they speak."""

from __future__ import annotations

import argparse
import json

from propos import _core
from propos.cli._outputs import CsvWriter, JsonlWriter, ParquetWriter, TextWriter
from propos.cli._run import Command
from propos.cli._tables import ENTITIES


def shown(name: str, doc: _core.Doc, args: argparse.Namespace) -> str:
    """One line an entity: document, name, gender, kind, role, mentions, quotations."""
    lines = []
    for _, entity, kind, gender, role, mentions, quotes, _ in ENTITIES.rows(doc):
        about = ", ".join(filter(None, [kind, gender, role]))
        lines.append(f"{name}: {entity} ({about}): {_times(mentions, 'mention')}, {_times(quotes, 'quotation')}")
    return "\n".join(lines)


def _times(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def record(name: str, doc: _core.Doc) -> str:
    """One document as JSON: entities with the code points of their mentions."""
    said = [quote.entity.index for quote in doc.quotes if quote.entity]
    entities = [
        {
            "name": entity.name,
            "kind": entity.kind,
            "gender": entity.gender,
            "role": entity.role,
            "mentions": [[mention.span.start_char, mention.span.end_char] for mention in entity.mentions],
            "quotes": said.count(entity.index),
        }
        for entity in doc.entities
    ]
    return json.dumps({"doc": name, "entities": entities}, ensure_ascii=False, separators=(",", ":"))


COMMAND = Command(
    name="entities",
    help="people and organizations",
    description="Lists the people and organizations of French texts: names, gender, role, mentions, quotations.",
    formats={
        "text": lambda args: TextWriter(args, shown),
        "jsonl": lambda args: JsonlWriter(args, record),
        "csv": lambda args: CsvWriter(args, ENTITIES),
        "tsv": lambda args: CsvWriter(args, ENTITIES, "\t"),
        "parquet": lambda args: ParquetWriter(args, ENTITIES),
    },
    formats_help="text (one entity a line, default), jsonl (one document a line), csv, tsv or parquet (one entity a "
    "row)",
)
