"""The command line, run as a user runs it: files, stdin, errors, exit codes, a closed pipe."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

TEXT = "« Je reviens », a dit Anne Berger.\n"


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "propos", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


def test_a_file_and_stdin_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    from_file = run("quotes", "--format", "jsonl", str(path))
    from_stdin = run("quotes", "--format", "jsonl", "-", stdin=TEXT.encode())
    assert from_file.returncode == from_stdin.returncode == 0
    assert json.loads(from_file.stdout)["doc"] == path.as_posix()
    assert json.loads(from_file.stdout)["quotes"] == json.loads(from_stdin.stdout)["quotes"]


def test_text_output_has_no_colour_in_a_pipe_unless_asked(tmp_path: Path) -> None:
    assert b"\x1b" not in run("quotes", stdin=TEXT.encode()).stdout
    assert b"\x1b" in run("quotes", "--color", "always", stdin=TEXT.encode()).stdout


def test_bad_files_are_named_with_a_remedy_and_the_others_are_done(tmp_path: Path) -> None:
    good, latin = tmp_path / "bon.txt", tmp_path / "latin.txt"
    good.write_text(TEXT, encoding="utf-8")
    latin.write_bytes(b"ligne un\nd\xe9j\xe0 vu\n")
    missing, empty = tmp_path / "absent.txt", tmp_path / "vide"
    empty.mkdir()
    done = run("quotes", "--format", "jsonl", str(missing), str(latin), str(empty), str(good))
    errors = done.stderr.decode()
    assert done.returncode == 1
    assert [json.loads(line)["doc"] for line in done.stdout.splitlines()] == [good.as_posix()]
    assert f"{missing}: no such file" in errors
    assert f"{latin}: line 2: not UTF-8 (byte 0xe9" in errors
    assert "iconv" in errors
    assert f"{empty}: no file to read in this folder" in errors
    assert "Traceback" not in errors


def test_wrong_usage_is_exit_code_2() -> None:
    assert run("quotes", "--format", "xml").returncode == 2
    assert run().returncode == 2
    assert run("--version").stdout.decode().startswith("propos ")


def test_a_closed_pipe_is_silent(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT * 50, encoding="utf-8")
    files = [str(path)] * 400
    command = [sys.executable, "-m", "propos", "quotes", "--format", "jsonl", *files]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
    assert errors == b""


def test_a_byte_order_mark_and_crlf_do_no_harm() -> None:
    done = run("quotes", "--format", "jsonl", stdin=b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["doc"] == "stdin"
