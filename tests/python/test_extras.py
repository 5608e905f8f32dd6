"""Every extra in a fresh environment with only that extra: what it is for works, the others say their pip command.

Slow (an environment each): ``make test-extras``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.extras

TEXT = "« Je reviens », a dit Anne Berger."
#: What each extra must be able to do, as code that prints "ok".
WORKS = {
    "pandas": f"import pandas, propos.pandas; assert len(pandas.Series(['{TEXT}']).propos.quotes()) == 1",
    "polars": f"import polars, propos.polars; assert len(polars.Series(['{TEXT}']).propos.quotes()[0]) == 1",
    "spacy": "import spacy; n = spacy.blank('fr'); n.add_pipe('propos_quotes'); "
    f"d = n('{TEXT}'); assert d.spans['quotes'][0].text == 'Je reviens'",
    "plot": "import matplotlib; matplotlib.use('Agg'); import propos, propos.plot; "
    "propos.plot.speakers(propos.report([{'text': 'a', 'entity': 'B', 'speaker_kind': 'person', 'gender': 'f'}]))",
    "cli": "from propos.cli import main; "
    f"open('a.txt', 'w', encoding='utf-8').write('{TEXT}'); "
    "assert main(['quotes', '-f', 'parquet', '-o', 'a.parquet', 'a.txt']) == 0; "
    "import pyarrow.parquet as pq; assert pq.read_table('a.parquet').num_rows == 1",
    "html": "from propos.cli import main; "
    "open('a.html', 'w').write('<article>' + '<p>Il pleut sur la ville depuis ce matin.</p>' * 9 + '</article>'); "
    "assert main(['sentences', 'a.html']) == 0",
    "sklearn": f"from propos.sklearn import QuoteFeatures; assert QuoteFeatures().fit_transform(['{TEXT}'])[0, 0] == 1",
    "duckdb": "import duckdb, propos.duckdb; db = duckdb.connect(); propos.duckdb.register(db); "
    "assert db.execute(\"select len(propos_tokens('Il pleut.'))\").fetchone() == (3,)",
    "spark": "from pyspark.sql import SparkSession; from propos.spark import with_quotes; "
    "s = SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false')"
    ".config('spark.driver.host', '127.0.0.1').getOrCreate(); "
    f"assert len(with_quotes(s.createDataFrame([('{TEXT}',)], 'text string'), 'text').first().quotes) == 1",
}
#: The module that needs each extra; "" where it is a command.
MODULES = {"pandas": "pandas", "polars": "polars", "spacy": "spacy", "plot": "plot", "sklearn": "sklearn"}


def environment(folder: Path, wheel: Path, extra: str) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    wanted = f"propos[{extra}] @ {wheel.as_uri()}" if extra else str(wheel)
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", wanted], check=True)
    return python


@pytest.mark.parametrize("extra", WORKS)
def test_an_extra_is_enough(extra: str, wheel: Path, tmp_path: Path) -> None:
    if extra == "spark" and shutil.which("java") is None:
        pytest.skip("no Java here")
    python = environment(tmp_path / "env", wheel, extra)
    code = WORKS[extra] + "; print('ok')"
    # Spark starts its workers with the python3 of the path unless it is told another.
    own = {**os.environ, "PYSPARK_PYTHON": str(python)}
    done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path, env=own)
    assert done.stdout.splitlines()[-1:] == ["ok"], done.stderr


def test_without_extras_the_import_says_the_command(wheel: Path, tmp_path: Path) -> None:
    python = environment(tmp_path / "env", wheel, "")
    for extra, module in MODULES.items():
        done = subprocess.run(
            [str(python), "-c", f"import propos.{module}"], capture_output=True, text=True, check=False, cwd=tmp_path
        )
        assert f"pip install 'propos[{extra}]'" in done.stderr.splitlines()[-1]
        assert done.stderr.splitlines()[-1].startswith(("ImportError", "ModuleNotFoundError"))
    code = "import propos.spark as s\ntry: s.quotes_udf()\nexcept ImportError as e: print(e)"
    done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert "pip install 'propos[spark]'" in done.stdout
    (tmp_path / "a.txt").write_text("Oui.", encoding="utf-8")
    command = [str(python), "-m", "propos", "quotes", "-f", "parquet", "-o", "a.parquet", "a.txt"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 2
    assert "pip install 'propos[cli]'" in done.stderr
