"""Arrow columns: what comes out is what the documents say; nulls, chunks, layouts, malformed input, Ctrl-C, fork."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from typing import Any

import propos
import pytest
from propos import columns

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

TEXTS = [
    "« Je reviens », a dit Anne Berger. « Et vite », a-t-elle ajouté.",
    None,
    "",
    "Selon le maire de Lens, l’école 🚸 rouvrira lundi. Il n’a rien dit d’autre.",
    "Jean Petit a affirmé que la route serait « bientôt » ouverte.",
]


def expected(what: str, text: str | None) -> list[dict[str, Any]] | None:
    if text is None:
        return None
    doc = propos.parse(text)
    if what == "sentences":
        return [{"text": s.text, "start_char": s.start_char, "end_char": s.end_char} for s in doc.sentences]
    if what == "tokens":
        keys = ("text", "start_char", "end_char", "kind")
        return [{key: getattr(token, key) for key in keys} for token in doc]
    rows = []
    for quote, form in zip(doc.quotes, json.loads(doc.to_json())["quotes"], strict=True):
        cue, speaker = form["cue"] or [None, None], form["speaker"] or [None, None]
        rows.append(
            {
                "kind": quote.kind,
                "text": quote.text,
                "start_char": quote.content[0].start_char,
                "end_char": quote.content[-1].end_char,
                "content": [{"start_char": start, "end_char": end} for start, end in form["content"]],
                "quoted": [{"start_char": start, "end_char": end} for start, end in form["quoted"]],
                "cue": quote.cue.text if quote.cue else None,
                "cue_start_char": cue[0],
                "cue_end_char": cue[1],
                "cue_lemma": form["cue_lemma"],
                "speaker": quote.speaker.text if quote.speaker else None,
                "speaker_start_char": speaker[0],
                "speaker_end_char": speaker[1],
                "speaker_kind": form["speaker_kind"],
                "entity": form["speaker_name"],
                "gender": form["speaker_gender"],
                "belief": form["belief"],
                "asserted": form["asserted"],
                "confidence": form["confidence"],
                "parent": form["parent"],
            }
        )
    return rows


FUNCTIONS = {"tokens": columns.tokens, "sentences": columns.sentences, "quotes": columns.quotes}
FIELDS = {
    "tokens": columns.TOKEN_FIELDS,
    "sentences": columns.SENTENCE_FIELDS,
    "quotes": columns.QUOTE_FIELDS,
}


@pytest.mark.parametrize("what", FUNCTIONS)
@pytest.mark.parametrize("layout", ["string", "large_string", "string_view", "dictionary"])
def test_every_row_is_what_its_document_says(what: str, layout: str) -> None:
    kind = pa.dictionary(pa.int32(), pa.string()) if layout == "dictionary" else getattr(pa, layout)()
    column = pa.array(TEXTS).cast(kind) if layout != "dictionary" else pa.array(TEXTS).dictionary_encode()
    assert column.type == kind
    found = FUNCTIONS[what](column)
    assert isinstance(found, pa.Array)
    assert found.to_pylist() == [expected(what, text) for text in TEXTS]
    found.validate(full=True)


@pytest.mark.parametrize("what", FUNCTIONS)
def test_the_fields_are_those_that_are_documented(what: str) -> None:
    kind = FUNCTIONS[what](pa.array([], pa.string())).type
    assert pa.types.is_list(kind)
    shown = {field.name: str(field.type).replace("item: ", "") for field in kind.value_type}
    assert shown == FIELDS[what]


def test_chunks_are_kept_and_slices_respected() -> None:
    column = pa.chunked_array([TEXTS[:2], [], TEXTS[2:]], pa.string())
    found = columns.tokens(column)
    assert [len(chunk) for chunk in found.chunks] == [2, 0, 3]
    assert found.to_pylist() == [expected("tokens", text) for text in TEXTS]
    part = columns.tokens(pa.array(TEXTS)[3:])
    assert part.to_pylist() == [expected("tokens", text) for text in TEXTS[3:]]


def test_many_rows_keep_their_order_on_any_number_of_threads() -> None:
    texts = [f"Texte {number} de {number % 7} mots." * (number % 40 + 1) for number in range(5000)]
    one, three = (columns.tokens(pa.array(texts), jobs=jobs) for jobs in (1, 3))
    assert one.equals(three)
    assert [row[1]["text"] for row in one.to_pylist()] == [str(number) for number in range(5000)]


def test_columns_of_nulls_and_no_rows() -> None:
    assert columns.quotes(pa.nulls(3)).to_pylist() == [None] * 3
    assert columns.quotes(pa.array([], pa.string())).to_pylist() == []
    assert columns.tokens(pa.chunked_array([], pa.string())).to_pylist() == []


def test_what_is_no_column_of_texts_is_refused() -> None:
    with pytest.raises(TypeError, match="not list"):
        columns.tokens(["a"])
    with pytest.raises(ValueError, match="column of strings is needed, not of Int64"):
        columns.tokens(pa.array([1]))
    with pytest.raises(ValueError, match="column of strings is needed"):
        columns.tokens(pa.array([1]).dictionary_encode())
    with pytest.raises(ValueError, match="jobs"):
        columns.tokens(pa.array(["a"]), jobs=0)
    with pytest.raises(ValueError, match="lines must be"):
        columns.quotes(pa.array(["a"]), lines="windows")


@pytest.mark.parametrize("layout", ["string", "large_string"])
@pytest.mark.parametrize(
    ("offsets", "data"),
    [([0, 2], b"\xff\xfe"), ([0, 1, 2], "é".encode()), ([0, 4, 2], b"abcd")],
    ids=["invalid", "cut", "backwards"],
)
def test_a_malformed_column_is_a_value_error(layout: str, offsets: list[int], data: bytes) -> None:
    width = "int64" if layout == "large_string" else "int32"
    bounds = pa.array(offsets, getattr(pa, width)()).buffers()[1]
    kind = getattr(pa, layout)()
    column = pa.Array.from_buffers(kind, len(offsets) - 1, [None, bounds, pa.py_buffer(data + b"\0" * 64)])
    for function in FUNCTIONS.values():
        with pytest.raises(ValueError, match="Arrow column"):
            function(column)


def test_a_malformed_view_is_a_value_error() -> None:
    view = (2).to_bytes(4, "little") + b"\xff\xfe" + b"\0" * 10
    column = pa.Array.from_buffers(pa.string_view(), 1, [None, pa.py_buffer(view)])
    with pytest.raises(ValueError, match="Arrow column"):
        columns.tokens(column)


def test_other_libraries_are_read_and_answered_in_kind() -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    found = columns.quotes(polars.Series("text", TEXTS))
    assert isinstance(found, polars.Series)
    assert found.name == "text"
    assert found.to_list() == [expected("quotes", text) for text in TEXTS]
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    series = pandas.Series(TEXTS, dtype="str")
    if hasattr(series, "__arrow_c_stream__"):
        column = columns.quotes(series)
        assert len(column) == len(TEXTS)
        assert pa.chunked_array(column).to_pylist() == [expected("quotes", text) for text in TEXTS]


def test_a_table_of_one_column_is_a_column() -> None:
    assert pa.chunked_array(columns.tokens(pa.table({"text": TEXTS}))).to_pylist() == [
        expected("tokens", text) for text in TEXTS
    ]
    with pytest.raises(ValueError, match="not a table of id, text"):
        columns.tokens(pa.table({"id": range(5), "text": TEXTS}))
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    rows = duckdb.sql("select * from (values ('« Oui », dit-elle.'), (null)) t(text)")
    found = pa.chunked_array(columns.quotes(rows)).to_pylist()
    assert [row and row[0]["text"] for row in found] == ["Oui", None]


def test_polars_columns_of_nulls_alone() -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    assert columns.quotes(polars.Series("text", [None, None])).to_list() == [None, None]
    assert columns.normalize(polars.Series("text", [None, None])).to_list() == [None, None]


def test_a_hundred_thousand_rows_take_a_fraction_of_a_second() -> None:
    text = (
        "La ministre a dit lundi que les travaux de la gare de Saint-Brieuc, prévus depuis 2019, commenceraient en "
        "juin prochain, « sans faute »."
    )
    column = pa.array([text] * 100_000)
    columns.tokens(column)
    seconds = []
    for _ in range(3):
        start, used = time.perf_counter(), time.process_time()
        columns.tokens(column)
        seconds.append((time.process_time() - used, time.perf_counter() - start))
    used, passed = min(seconds)
    print(f"{100_000 / passed:.0f} rows/s, {passed * 1000:.0f} ms, {used * 1000:.0f} ms of processors")
    # The goal on an idle machine is 0.15 s that pass (`pytest -k hundred -s` prints the time); this only catches a lost
    # order of magnitude, by processor time, as the machine may be busy.
    assert used < 1.5


INTERRUPTED = """
import signal, sys, time, threading, os
import propos
from propos import columns
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background inherits an ignored one
texts = ["« Je reviens demain », a dit Anne Berger au maire de la ville. " * 20] * 400_000
def press():
    time.sleep(0.5)
    press.at = time.perf_counter()
    os.kill(os.getpid(), signal.SIGINT)
if sys.argv[1] == "one":
    # A text of some seconds: what is under way is not waited for.
    text = "".join(texts[:3000])
    work = lambda: propos.parse(text).quotes
elif sys.argv[1] == "columns":
    import pyarrow
    column = pyarrow.array(texts)
    work = lambda: columns.quotes(column)
elif sys.argv[1] == "batch":
    work = lambda: propos._core.parse_batch(texts)
else:
    work = lambda: [len(doc) for doc in propos.parse_many(texts)]
threading.Thread(target=press).start()
try:
    work()
    print("not interrupted")
except KeyboardInterrupt:
    print((time.perf_counter() - press.at) * 1000)
"""


@pytest.mark.parametrize("what", ["columns", "batch", "many", "one"])
def test_ctrl_c_is_answered_within_200_ms(what: str) -> None:
    # The best of a few, as the machine may be busy with other things.
    waits = []
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", INTERRUPTED, what], capture_output=True, text=True, check=True)
        waits.append(float(done.stdout))
        if waits[-1] < 200:
            break
    assert min(waits) < 200


def _count(_: int) -> int:
    return len(list(propos.parse_many(filter(None, TEXTS), jobs=2))) + len(columns.tokens(pa.array(TEXTS), jobs=2))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_works() -> None:
    assert _count(0) == 8  # threads have run in the parent
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map_async(_count, range(4)).get(timeout=60) == [8] * 4


def test_sigint_keeps_its_handler() -> None:
    before = signal.getsignal(signal.SIGINT)
    list(propos.parse_many(["a"] * 50))
    assert signal.getsignal(signal.SIGINT) is before


def test_normalized_columns_are_what_the_normalizer_gives() -> None:
    texts = [text and text.replace("’", "'") + "  etc..." for text in TEXTS]
    for normalizer in (None, "search", propos.Normalizer(apostrophes="typographic")):
        one = normalizer if isinstance(normalizer, propos.Normalizer) else propos.Normalizer(normalizer or "typography")
        expected = [None if text is None else one.normalize(text) for text in texts]
        assert columns.normalize(pa.array(texts), normalizer).to_pylist() == expected
        chunked = columns.normalize(pa.chunked_array([texts[:2], texts[2:]]), normalizer)
        assert chunked.type == pa.string()
        assert [len(chunk) for chunk in chunked.chunks] == [2, 3]
    with pytest.raises(ValueError, match="windows"):
        columns.normalize(pa.array(["a"]), "windows")
