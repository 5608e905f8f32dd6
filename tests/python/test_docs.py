"""The examples of docs/integrations.md and of the docstrings: each is run as it stands and gives what stands below it.

``BLESS=1`` writes the outputs of docs/integrations.md anew.
"""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import propos
import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n(?:\n```text\n(?P<output>.*?)```\n)?", re.DOTALL)
EXAMPLES = list(EXAMPLE.finditer((DOCS / "integrations.md").read_text(encoding="utf-8")))
#: Libraries whose first start takes long: left out unless asked for.
IMPORTS = re.compile(r"^(?:import|from) (\w+)", re.MULTILINE)


def run(code: str) -> str:
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", "SPARK_LOCAL_IP": "127.0.0.1", "PYTHONIOENCODING": "utf-8"}
    environment["PYSPARK_PYTHON"] = sys.executable
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_gives_its_output(number: int) -> None:
    code = EXAMPLES[number]["code"]
    for library in IMPORTS.findall(code):
        if importlib.util.find_spec(library) is None:
            pytest.skip(f"{library} is not installed")
    if "pyspark" in code and shutil.which("java") is None:
        pytest.skip("no Java here")
    if os.environ.get("BLESS"):
        path = DOCS / "integrations.md"
        text = path.read_text(encoding="utf-8")
        here = list(EXAMPLE.finditer(text))[number]
        block = f"```python\n{code}```\n\n```text\n{run(code)}```\n"
        path.write_text(text[: here.start()] + block + text[here.end() :], encoding="utf-8")
        return
    assert EXAMPLES[number]["output"] is not None, "an example without output: BLESS=1 writes it"
    assert run(code) == EXAMPLES[number]["output"]


def docstrings(module: ModuleType) -> Iterator[tuple[str, str]]:
    """The docstrings of a module and of what it defines, compiled or not, that hold an example."""
    own = {name: value for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__}
    if module.__name__ == "propos._core":
        own = vars(module)  # its functions say that they are of propos
    members = [
        (f"{name}.{key}", member)
        for name, value in own.items()
        for key, member in getattr(value, "__dict__", {}).items()
    ]
    for name, value in [(module.__name__, module), *own.items(), *members]:
        text = getattr(value, "__doc__", None)
        if isinstance(text, str) and ">>>" in text:
            yield name, text


# The command `python -m propos` is a module that runs.
MODULES = [info.name for info in pkgutil.walk_packages(propos.__path__, "propos.") if info.name != "propos.__main__"]


@pytest.mark.parametrize("name", ["propos", *MODULES])
def test_the_examples_of_docstrings(name: str) -> None:
    try:
        module = importlib.import_module(name)
    except ImportError as error:
        pytest.skip(str(error))
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    failures: list[str] = []
    for owner, text in docstrings(module):
        names = {**vars(module), "propos": propos}
        test = doctest.DocTestParser().get_doctest(textwrap.dedent(text), names, owner, name, 0)
        runner.run(test, out=failures.append)
    assert not failures, "".join(failures)
    if name == "propos._core":
        assert runner.tries > 20


def test_examples_are_short() -> None:
    for example in EXAMPLES:
        assert len([line for line in example["code"].splitlines() if line]) <= 10


def test_every_key_of_the_json_form_is_documented() -> None:
    import json

    text = "« Je reviens », a dit Anne Berger."
    page = (DOCS / "json.md").read_text(encoding="utf-8")
    record = json.loads(propos.parse(text).to_json("a"))
    documented = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert record["quotes"]
    assert {*record, *record["quotes"][0]} <= documented
    assert documented - {*record, *record["quotes"][0]} == {"text", "error"} - {*record["quotes"][0]}


def test_every_command_is_documented() -> None:
    from propos.cli._shell import _commands

    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    for name, parser in _commands().items():
        assert f"| `{name}` |" in page
        formats = next((action.choices for action in parser._actions if action.dest == "format"), None)
        if formats and name != "normalize":
            row = next(line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
            assert row.split("|")[3].split(", ")
            assert [cell.strip() for cell in row.split("|")[3].split(",")] == list(formats)


def test_the_readme_leads_from_a_table_to_who_is_quoted(tmp_path: Path) -> None:
    for library in ("pandas", "pyarrow", "matplotlib"):
        pytest.importorskip(library, reason=f"{library} is not installed")
    page = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    (table,) = (match["code"] for match in EXAMPLE.finditer(page) if "read_csv" in match["code"])
    (tmp_path / "examples").mkdir()
    shutil.copy(DOCS.parent / "examples" / "articles.csv", tmp_path / "examples")
    shown = run(f"import os, matplotlib; os.chdir({str(tmp_path)!r}); matplotlib.use('Agg')\n{table}")
    assert "share of women in" in shown
    assert (tmp_path / "speakers.png").stat().st_size > 5000
    assert (tmp_path / "women.png").stat().st_size > 5000
