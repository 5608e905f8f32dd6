"""The examples of README.md are run and give what the page shows."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGES = ["README.md"]


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.M | re.S)


@pytest.mark.parametrize("page", PAGES)
def test_python_examples(root: Path, page: str) -> None:
    source = "\n".join(blocks(root / page, "python"))
    examples = doctest.DocTestParser().get_doctest(source, {}, page, page, 0)
    assert examples.examples
    failures: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    runner.run(examples, out=failures.append)
    assert not runner.summarize(verbose=False).failed, "".join(failures)


@pytest.mark.parametrize("page", PAGES)
def test_console_examples(root: Path, page: str) -> None:
    ran = 0
    for block in blocks(root / page, "console"):
        command, _, shown = block.partition("\n")
        if "propos" not in command or command.startswith("$ make"):
            continue
        propos = f"{sys.executable} -m propos"
        shell = re.sub(r"\bpropos\b", propos, command.removeprefix("$ "))
        done = subprocess.run(shell, shell=True, capture_output=True, text=True, check=True, cwd=root)
        assert done.stdout.split() == shown.split()
        ran += 1
    assert ran


def test_links_lead_somewhere(root: Path) -> None:
    pages = [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").glob("*.md"))]
    dead = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not dead, dead
