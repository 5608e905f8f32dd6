"""The example notebooks: run from the start without error, with outputs committed, and looked at in a real browser."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
pytest.importorskip("ipykernel", reason="ipykernel is not installed")

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))


def test_there_are_three() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["dialogue_in_a_novel", "first_steps", "who_is_quoted"]


def test_the_articles_are_those_of_the_generator(tmp_path: Path) -> None:
    import runpy

    made = runpy.run_path(str(EXAMPLES / "make_articles.py"))
    before = (EXAMPLES / "articles.csv").read_bytes()
    made["main"].__globals__["PATH"] = tmp_path / "articles.csv"
    made["main"]()
    assert (tmp_path / "articles.csv").read_bytes() == before


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.stem))
def test_a_notebook_runs_and_can_be_read(path: Path, tmp_path: Path) -> None:
    if path.stem == "who_is_quoted":
        pytest.importorskip("pandas", reason="pandas is not installed")
        pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    notebook = nbformat.read(path, as_version=4)
    committed = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in committed), "commit it executed"
    assert not any(output.output_type == "error" for cell in committed for output in cell.outputs)
    client = nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(EXAMPLES)}})
    client.execute()
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    pages = [output.data["text/html"] for output in shown if "text/html" in output.get("data", {})]
    assert any("propos-doc" in page for page in pages)
    look(notebook, tmp_path)


def look(notebook: Any, folder: Path) -> None:
    nbconvert = pytest.importorskip("nbconvert", reason="nbconvert is not installed")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium here (apt-get install chromium)")
    body, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
    path = folder / "notebook.html"
    path.write_text(body, encoding="utf-8")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        page.route("http*://**", lambda route: route.abort())
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        assert page.locator(".propos-q").first.is_visible()
        assert page.locator(".propos-legend").first.is_visible()
        assert len(page.screenshot(path=str(folder / "notebook.png"))) > 10_000
        browser.close()


def test_progress_in_a_cell_says_how_far_it_is(tmp_path: Path) -> None:
    cell = nbformat.v4.new_code_cell(
        "import propos\nn = len(list(propos.parse_many(['Il part.'] * 30, progress=True)))\nprint(n)"
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    nbclient.NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = notebook.cells[0].outputs
    assert any("30/30 documents" in str(output.get("data", {}).get("text/plain")) for output in outputs)
    assert any(output.get("text") == "30\n" for output in outputs)
    assert not any("\x1b" in str(output) for output in outputs)
