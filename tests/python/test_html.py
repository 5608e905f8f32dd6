"""Documents as HTML: escaped, self-contained, without loss of text, cut with a note; looked at in a real browser."""

from __future__ import annotations

import html
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import propos
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

TEXTS = [
    "« Je reviens », a dit Anne Berger. « Et vite », a-t-elle ajouté.",
    '<script>alert(1)</script> « <b>Oui</b> & non », a dit "Paul" <i>Roux</i>.',
    "Il pleut.",
    "",
]


class Reader(HTMLParser):
    """The text of the part with the document, and the balance of tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        assert not any(name.startswith("on") or name in ("src", "href") for name in values)
        assert tag in {"div", "span", "style", "ol", "ul", "li"}
        self.open.append((tag, values.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        names = [name for _, name in self.open]
        if "propos-text" in names and "propos-n" not in names:
            self.text += data


def read(markup: str) -> str:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    assert reader.open == []
    return reader.text


PIECES = st.lists(
    st.sampled_from([*TEXTS, "\n", "<", "&", '"', "« ", " »", " dit-il, ", "😀", "\u00a0", "— "]), max_size=12
)


@given(PIECES)
@settings(max_examples=200, deadline=None)
def test_no_text_is_lost_and_all_is_escaped(pieces: list[str]) -> None:
    text = "".join(pieces)
    doc = propos.parse(text)
    assert read(doc.to_html()) == text.replace("\r", "")
    for quote in doc.quotes:
        assert quote.text.split()[:1] == [] or read(quote._repr_mimebundle_()["text/html"])


def test_a_page_stands_alone() -> None:
    page = propos.parse(TEXTS[1]).to_html(title="<Titre>", page=True)
    assert page.startswith("<!DOCTYPE html>")
    assert "<title>&lt;Titre&gt;</title>" in page
    assert "<script" not in page
    assert not re.search(r"https?:|url\(|@import", page)


def test_speakers_have_colours_numbers_and_words() -> None:
    doc = propos.parse(TEXTS[0])
    shown = doc.to_html()
    assert shown.count("propos-q ") == sum(len(quote.content) for quote in doc.quotes)
    assert "Anne Berger" in html.unescape(shown.split("propos-legend", 2)[-1])
    assert f"confidence {doc.quotes[0].confidence:.2f}" in shown


def test_a_long_document_is_cut_with_a_note() -> None:
    doc = propos.parse("« Je reviens », a dit Anne Berger. " * 2000)
    bundle = doc._repr_mimebundle_()["text/html"]
    assert len(read(bundle)) <= 20_000
    assert re.search(r"Cut here: \d+ more characters and \d+ more quotations", bundle)
    assert "Cut here" not in doc.to_html()
    assert len(read(doc.to_html(max_chars=100))) <= 100


def test_quotes_and_entities_display_themselves() -> None:
    doc = propos.parse(TEXTS[0])
    for quote in doc.quotes:
        assert quote.text in read(quote._repr_mimebundle_()["text/html"])
    for entity in doc.entities:
        assert html.escape(entity.name) in entity._repr_mimebundle_()["text/html"]
        assert entity.doc == doc


def test_display_prints_outside_of_a_notebook(capsys: pytest.CaptureFixture[str]) -> None:
    propos.parse(TEXTS[0]).display(title="Brest")
    shown = capsys.readouterr().out
    assert "Brest" in shown
    assert "Je reviens" in shown


@pytest.fixture(scope="module")
def browser() -> Any:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium here (apt-get install chromium)")
    with playwright.sync_playwright() as started:
        made = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield made
        made.close()


def _contrast(one: list[float], two: list[float]) -> float:
    def luminance(colour: list[float]) -> float:
        parts = [c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


COLOURS = """() => [...document.querySelectorAll('.propos-q')].map(e => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const dot = c => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const probe = document.createElement('div'); probe.style.color = 'Canvas'; document.body.append(probe);
  const base = dot(getComputedStyle(probe).color), over = dot(getComputedStyle(e).backgroundColor);
  probe.remove();
  const alpha = over[3] / 255;
  return [dot(getComputedStyle(e).color), base.map((b, i) => b * (1 - alpha) + over[i] * alpha)];
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("media", ["screen", "print"])
def test_it_can_be_read_in_a_browser(browser: Any, tmp_path: Path, root: Path, scheme: str, media: str) -> None:
    text = (root / "examples" / "article.txt").read_text(encoding="utf-8")
    path = tmp_path / "page.html"
    path.write_text(propos.parse(text).to_html(title="Piscine", page=True), encoding="utf-8")
    page = browser.new_page(viewport={"width": 820, "height": 760}, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.emulate_media(media=media, color_scheme=scheme)
    assert page.evaluate("() => document.querySelector('.propos-text').offsetWidth") > 400
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    pairs = page.evaluate(COLOURS)
    assert pairs
    assert min(_contrast(front, back) for front, back in pairs) >= 7
    assert asked == [path.as_uri()]
    assert len(page.screenshot()) > 10_000
    page.close()
