"""An offered notebook alone: it runs where the library is not installed.

The longest check of the site that no other can share, so it is collected first: two processes then
end at about the same time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig

import nbformat
import pytest

from .conftest import SITE
from .test_pages import CHAPTERS


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory) -> tuple[str, dict[str, str]]:
    """A fresh environment that has the dependencies but not the library."""
    place = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    # Through PYTHONPATH the library of this checkout is not seen: only what lies there.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environment |= {
        "PYTHONPATH": sysconfig.get_paths()["purelib"],
        "MPLBACKEND": "agg",
    }
    return str(place / "bin" / "python"), environment


def test_an_offered_notebook_runs_where_the_library_is_not_installed(bare_python, tmp_path):
    python, environment = bare_python
    absent = subprocess.run(
        [python, "-c", "import aiecon"], env=environment, cwd=tmp_path, capture_output=True
    )
    assert absent.returncode != 0, "the fresh environment already had the library"
    notebook = nbformat.read(SITE / "notebooks" / CHAPTERS[0].replace("html", "ipynb"), 4)
    script = tmp_path / "notebook.py"
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    script.write_text("\n\n".join([*code, "import aiecon; print(aiecon.__file__)"]), "utf8")
    run = subprocess.run(
        [python, str(script)], env=environment, cwd=tmp_path, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert "aiecon-" in run.stdout.splitlines()[-1]  # the folder of the carried copy
