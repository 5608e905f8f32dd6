"""Generate ``python/propos/_core.pyi`` from the compiled module, or check that the committed one is the same.

python tests/stubs.py           exit code 1 and a diff if the committed file is out of date
python tests/stubs.py --write   rewrite it
"""

from __future__ import annotations

import argparse
import difflib
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STUB = ROOT / "python" / "propos" / "_core.pyi"
HEADER = "# Generated from the compiled module by `make stubs`: do not edit.\n"


def generate() -> str:
    """The stub that the compiled module gives, formatted."""
    with tempfile.TemporaryDirectory() as folder:
        scripts = Path(sys.executable).parent
        command = [str(scripts / "maturin"), "generate-stubs", "--out", folder, "--features", "stubs"]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        files = sorted(Path(folder).rglob("*.pyi"))
        if len(files) != 1:
            raise SystemExit(f"expected one stub file, got {[str(file) for file in files]}")
        path = files[0]
        path.write_text(HEADER + path.read_text(encoding="utf-8"), encoding="utf-8")
        subprocess.run([str(scripts / "ruff"), "format", "--quiet", "--line-length", "120", str(path)], check=True)
        return path.read_text(encoding="utf-8")


def main() -> int:
    """Check or write; returns the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--write", action="store_true", help="rewrite the committed stub")
    made = generate()
    if arguments.parse_args().write:
        STUB.write_text(made, encoding="utf-8")
        return 0
    committed = STUB.read_text(encoding="utf-8") if STUB.exists() else ""
    diff = list(difflib.unified_diff(committed.splitlines(), made.splitlines(), "committed", "compiled", lineterm=""))
    print("\n".join(diff))
    return 1 if diff else 0


if __name__ == "__main__":
    sys.exit(main())
