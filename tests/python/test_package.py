"""The package: a built wheel in a fresh environment, the source distribution, stubs, import time."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path


def test_the_wheel_works_alone_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel)]
    subprocess.run(install, check=True, cwd=tmp_path)
    command = [str(tmp_path / "env" / "bin" / "propos"), "quotes", "--format", "jsonl"]
    done = subprocess.run(command, input="« Oui », dit-elle.".encode(), capture_output=True, check=True, cwd=tmp_path)
    assert done.stdout.startswith(b'{"doc":"stdin"')


def test_the_wheel_is_one_for_all_pythons_and_is_typed(wheel: Path) -> None:
    assert "cp310-abi3" in wheel.name
    names = zipfile.ZipFile(wheel).namelist()
    for name in ("propos/py.typed", "propos/_core.pyi", "propos/__init__.py"):
        assert name in names
    assert any(name.endswith("/licenses/NOTICE") for name in names)
    print(f"wheel: {wheel.stat().st_size / 1e6:.2f} MB")


def test_the_source_distribution_builds_and_holds_the_sources(root: Path, tmp_path: Path) -> None:
    maturin = Path(sys.executable).parent / "maturin"
    subprocess.run([str(maturin), "sdist", "--out", str(tmp_path)], cwd=root, check=True)
    (path,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {"Cargo.toml", "Cargo.lock", "pyproject.toml", "src/lib.rs", "python/propos/__init__.py", "NOTICE"} <= names


def test_the_stubs_are_those_of_the_compiled_module(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(root / "tests" / "stubs.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stubs_agree_with_the_module_at_run_time(root: Path) -> None:
    settings = str(root / "pyproject.toml")
    known = str(root / "tests" / "stubtest_allowlist.txt")
    command = [sys.executable, "-m", "mypy.stubtest", "--mypy-config-file", settings, "--allowlist", known]
    command.append("propos._core")
    environment = {**os.environ, "MYPYPATH": str(root / "python")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=root / "tests")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_import_is_quick() -> None:
    # The best of several runs, so that a busy machine does not matter: what is measured is the work, not the wait.
    code = "import time; t = time.process_time(); import propos; print(time.process_time() - t)"
    runs = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(5)
    ]
    assert min(runs) < 0.050
