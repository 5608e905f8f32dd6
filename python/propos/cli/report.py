"""``propos report``: who is quoted over all documents, and the share of women."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from typing import Any

from propos import _core, _html, _report
from propos.cli._outputs import Writer
from propos.cli._run import Command
from propos.cli._tables import QUOTES


class ReportWriter(Writer):
    """Keeps what a report counts of each quotation, and writes the report at the end."""

    def __init__(self, args: argparse.Namespace) -> None:
        super().__init__(args)
        self.rows: list[dict[str, Any]] = []
        self.documents = 0

    def document(self, name: str, doc: _core.Doc) -> None:
        """Keep the quotations of one document."""
        self.documents += 1
        group = {self.args.by: self.args.row.get(self.args.by)} if self.args.by else {}
        for row in QUOTES.rows(doc):
            # By number: two tables may have rows of one id.
            self.rows.append({"doc": self.documents, **dict(zip(QUOTES.columns, row, strict=True)), **group})

    def close(self) -> None:
        """Write the report."""
        found = _report.report(self.rows, by=self.args.by, article="doc" if self.rows else None)
        kind = self.args.format
        if kind == "text":
            self.stream.write(str(found))
        elif kind == "html":
            style = (
                "<style>table{border-collapse:collapse;margin:1em 0}td,th{text-align:left;padding:.2em .8em}</style>"
            )
            self.stream.write(_html.page("Who is quoted", f"<h1>Who is quoted</h1>{style}{found._repr_html_()}"))
        elif kind == "csv":
            self._table(found.speakers, _report.SPEAKER_COLUMNS)
        elif kind == "csv-shares":
            self._table(found.shares, _report.SHARE_COLUMNS)
        else:
            by = {"by": self.args.by} if self.args.by else {}
            shares = [
                {**vars(share), "share": share.share if share.women + share.men else None} for share in found.shares
            ]
            record = {**by, "speakers": [vars(speaker) for speaker in found.speakers], "shares": shares}
            self.stream.write(json.dumps(record, ensure_ascii=False) + "\n")

    def _table(self, items: Sequence[_report.Speaker | _report.Share], columns: Sequence[str]) -> None:
        """A table that programs can read: numbers as they are, empty fields for what is not known."""
        rows = csv.writer(self.stream, lineterminator="\n")
        rows.writerow([*([self.args.by] if self.args.by else []), *columns])
        for item in items:
            values = [getattr(item, name) for name in columns]
            known = ["" if value is None or value != value else value for value in values]
            rows.writerow([*([item.group] if self.args.by else []), *known])


class _Report(Command):
    def add(self, commands: Any) -> argparse.ArgumentParser:
        """Add the command with its own option."""
        parser = super().add(commands)
        parser.add_argument(
            "--by", metavar="COLUMN", help="count apart by a column of the table: outlet, date, section"
        )
        return parser


COMMAND = _Report(
    name="report",
    help="who is quoted, and the share of women",
    description="Counts who is quoted in French texts, and the share of women among them, with intervals.",
    formats=dict.fromkeys(("text", "csv", "csv-shares", "jsonl", "html"), ReportWriter),
    formats_help="text (tables to read, default), csv (one speaker a row), csv-shares (one share of women a row), "
    "jsonl (one object) or html (a page)",
)
