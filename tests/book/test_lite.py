"""A JupyterLite of the notebooks: what it is built from, and what its first page says."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import html5lib
import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import lite  # noqa: E402
from lock import pins  # noqa: E402

LOCK = lite.LOCK.read_text("utf8")


def test_its_lock_has_a_hash_for_every_package_and_what_is_asked_for():
    assert LOCK.count("--hash=sha256:") >= len(pins(LOCK)) > 50
    names = {name for name, _, _ in pins(LOCK)}
    asked = re.findall(r"^([\w-]+)", (ROOT / "book" / "lite.in").read_text("utf8"), re.MULTILINE)
    assert {*asked, *lite.WHEELS} <= names


def test_the_wheels_on_the_site_are_those_of_the_lock():
    text = lite.of_the_lock(LOCK, lite.WHEELS)
    assert [name for name, _, _ in pins(text)] == sorted(lite.WHEELS)
    assert text.count("--hash=sha256:") >= len(lite.WHEELS)
    book = {name: version for name, version, _ in pins((ROOT / "requirements.lock").read_text())}
    assert all(book[name] == version for name, version, _ in pins(text))  # the same sliders


@pytest.fixture
def folder(tmp_path) -> Path:
    for name, text in {
        "intro": "# A book",
        "chapters/a/b": "# 1. Wages & $w < 1$\n\nMore.",
    }.items():
        cells = [nbformat.v4.new_code_cell("1"), nbformat.v4.new_markdown_cell(text)]
        file = tmp_path / "site" / f"{name}.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(nbformat.v4.new_notebook(cells=cells), file)
    return tmp_path


def test_a_notebook_first_gets_what_the_library_needs(folder):
    names = lite.notebooks(folder / "site", folder / "files")
    assert names == ["chapters/a/b.ipynb", "intro.ipynb"]
    made = nbformat.read(folder / "files" / "chapters" / "a" / "b.ipynb", 4)
    nbformat.validate(made)
    assert [cell.source.split("\n")[0][:9] for cell in made.cells] == [
        "# Python ",
        "1",
        "# 1. Wage",
    ]
    needed = re.findall(r"\b(?:ipywidgets|matplotlib|numpy|scipy|sympy)\b", made.cells[0].source)
    assert len(set(needed)) == 5


def test_the_first_page_loads_nothing_and_says_what_a_notebook_will(folder):
    address = "https://cdn.jsdelivr.net/pyodide/v314.0.6/full"
    page = lite.first_page(folder / "site", ["chapters/a/b.ipynb"], address)
    assert "Pyodide 314.0.6" in page
    assert "<strong>cdn.jsdelivr.net</strong>" in page
    assert not re.search(r"<(script|link|img|iframe)|url\(|https?://", page)
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    (link,) = parser.parse(page).iter("a")
    assert parser.errors == []
    assert link.text == "Wages & $w < 1$"
    assert link.get("href") == "jupyter/lab/index.html?path=chapters/a/b.ipynb"
