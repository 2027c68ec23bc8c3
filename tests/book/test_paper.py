"""``make paper``: what it lays works at once, and what it refuses leaves everything as it was."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from book.paper import lay
from myst_nb.core.read import read_myst_markdown_notebook

ROOT = Path(__file__).resolve().parents[2]
#: Tests of every chapter there is: a new one must not break them.
OF_ALL_CHAPTERS = ("test_checks", "test_course", "test_numbers_in_prose")


@pytest.fixture
def copy(tmp_path):
    """The book's sources."""
    built = shutil.ignore_patterns("__pycache__", "_build", ".*", "*.egg-info")
    return shutil.copytree(ROOT, tmp_path, ignore=built, dirs_exist_ok=True)


def test_a_new_paper_passes_its_tests_at_once(copy):
    python = {**os.environ, "PYTHONPATH": str(copy / "lib")}
    run = [sys.executable, str(copy / "book" / "paper.py"), "bohm_bawerk"]
    subprocess.run(run, env=python, check=True, stdout=subprocess.DEVNULL)
    assert "chapters/bohm_bawerk/model" in (copy / "_toc.yml").read_text("utf8")
    assert "Bohm & Bawerk (2026)" in (copy / "README.md").read_text("utf8")
    assert "`params.alpha`" in (copy / "chapters" / "reference" / "notation.md").read_text("utf8")
    tests = ["tests/bohm_bawerk", "lib/aiecon/bohm_bawerk", "lib/exhibits/bohm_bawerk"]
    tests += [f"tests/{name}.py" for name in OF_ALL_CHAPTERS]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(
        command, cwd=copy, env=python, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "lib", "tests"], cwd=copy, check=False
    )
    assert checked.returncode == 0
    # The one page that draws all chapters has room for another paper.
    page = read_myst_markdown_notebook((copy / "chapters/reference/teaching.md").read_text("utf8"))
    cells = [cell.source for cell in page.cells if cell.cell_type == "code"]
    subprocess.run(
        [sys.executable, "-c", "\n".join(cells)], env=python, check=True, stdout=subprocess.DEVNULL
    )


@pytest.mark.parametrize("name", ["", "Böhm", "two words", "_x", "../x", "korinek_suh"])
def test_a_bad_name_is_refused_and_nothing_is_written(copy, name):
    before = sorted(copy.rglob("*")), (copy / "_toc.yml").read_text("utf8")
    with pytest.raises(ValueError, match="NAME"):
        lay(copy, name)
    assert (sorted(copy.rglob("*")), (copy / "_toc.yml").read_text("utf8")) == before


def test_rows_of_two_papers_never_share_a_prefix(copy):
    lay(copy, "kim_smith")  # ks is Korinek & Suh's
    text = (copy / "lib" / "exhibits" / "kim_smith" / "claims.py").read_text("utf8")
    assert 'Paper("ki"' in text
