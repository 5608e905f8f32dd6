"""What propos costs before it works: time of import and of the first analysis, memory above the bare interpreter.

    pip install . && python benches/footprint.py

Each figure is the median of nine fresh interpreters; times are those of the processor, so that other work on the
machine counts less. The first analysis is `parse` of one sentence with its quotations and both kinds of trees, so that
every model and the lexicon have been opened; memory is the resident set (Linux) after it, less that of an interpreter
that only reads its own.
"""

import statistics
import subprocess
import sys

PREPARE = "import time\nresident = lambda: int(open('/proc/self/statm').read().split()[1]) * 4\n"
FIRST = """
start = time.process_time()
import propos
imported = time.process_time()
for parser in ("fast", "accurate"):
    doc = propos.parse("« Nous partons demain », a déclaré le ministre aux élus.", parser=parser)
    assert doc.quotes and doc.words[0].head
print((imported - start) * 1e3, (time.process_time() - imported) * 1e3, resident())
"""


def run(code: str) -> list[float]:
    out = subprocess.run([sys.executable, "-c", PREPARE + code], check=True, capture_output=True, text=True).stdout
    return [float(field) for field in out.split()]


def main() -> None:
    bare = statistics.median(run("print(resident())")[0] for _ in range(9))
    runs = [run(FIRST) for _ in range(9)]
    imported, first, memory = (statistics.median(column) for column in zip(*runs, strict=True))
    print(f"import {imported:.1f} ms, first analysis {first:.1f} ms")
    print(
        f"memory above the bare interpreter {(memory - bare) / 1024:.1f} MB (the interpreter itself {bare / 1024:.1f})"
    )


if __name__ == "__main__":
    main()
