"""The teachers' volume and the students' notebooks, from a small page."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import students  # noqa: E402
import volume  # noqa: E402

PAGE = """<!doctype html><html><head><link rel="stylesheet" href="../../_static/a.css">
<link rel="stylesheet" href="https://elsewhere.org/b.css"><script src="c.js"></script></head>
<body><nav>menu</nav><article><h1>3. The chapter<a class="headerlink">#</a></h1>
<p>Some <b>theory</b>, and a number: 42.</p>
<div class="exercise admonition" id="ex-ku-plateau-1"><p class="admonition-title">
<span class="caption-number">Exercise 3.1</span> (One)</p>
<section><p><em>Warm-up · 2 points · 10 minutes.</em> See <a href="#eq-a">(1)</a>
and <a href="https://a.org/">there</a>.</p>
<details class="hint"><summary>First hint</summary><p>Think.</p></details></section></div>
<details class="fold solution"><summary>Solution to One</summary><p>It is 1.917.</p>
<div class="cell"><pre>print(1)</pre><button>copy</button></div>
<div class="admonition marking"><p class="admonition-title">Marking</p><p>2 points.</p></div>
</details>
<div class="exercise admonition" id="ex-ku-plateau-2"><p class="admonition-title">
<span class="caption-number">Exercise 3.2</span> (Two)</p>
<section><p><em>Standard · 4 points · 20 minutes.</em> Why?</p></section></div>
<p>More theory.</p></article></body></html>"""


@pytest.fixture
def site(tmp_path):
    page = tmp_path / "site" / "chapters" / "kuhle" / "plateau.html"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, "utf8")
    (tmp_path / "site" / "intro.html").write_text("<article><h1>Hello</h1></article>", "utf8")
    static = tmp_path / "site" / "_static"
    static.mkdir()
    (static / "a.css").touch()
    return tmp_path / "site"


NAMES = ["intro", "chapters/kuhle/plateau"]
SET = volume.Set("set-1", "The set", ("ku.plateau.2", "ku.plateau.1"))


def test_the_volume_has_exercises_solutions_and_notes_and_nothing_else(site, tmp_path):
    out = tmp_path / "volume"
    (chapter,) = volume.write(site, out, NAMES, [SET])
    assert [e.id for e in chapter.exercises] == ["ku.plateau.1", "ku.plateau.2"]
    text = (out / "chapters" / "kuhle" / "plateau.html").read_text("utf8")
    page = BeautifulSoup(text, "html.parser")
    words = page.get_text()
    for shown in ("3. The chapter", "It is 1.917.", "print(1)", "Marking", "2 points.", "Why?"):
        assert shown in words
    for left_out in ("theory", "menu", "copy"):
        assert left_out not in words
    assert all(fold.has_attr("open") for fold in page.select("details"))
    assert [a["href"] for a in page.select("a")] == ["https://a.org/"]
    assert [link["href"] for link in page.select("link")] == ["../../_static/a.css"]
    assert not page.select("script, button, nav")
    assert not (out / "intro.html").exists()


def test_its_front_page_adds_up(site, tmp_path):
    out = tmp_path / "volume"
    volume.write(site, out, NAMES, [SET])
    page = BeautifulSoup((out / "index.html").read_text("utf8"), "html.parser")
    rows = [[cell.get_text().strip() for cell in row.select("td")] for row in page.select("tr")]
    assert [row for row in rows if row] == [
        ["The set", "2", "6", "30"],
        ["3. The chapter", "2", "6", "30"],
    ]
    assert all((out / a["href"]).exists() for a in page.select("a"))
    text = (out / "sets" / "set-1.html").read_text("utf8")
    assert text.index("Exercise 3.2") < text.index("Exercise 3.1")


def test_a_set_of_unknown_exercises_is_an_error(site, tmp_path):
    unknown = volume.Set("set-9", "No set", ("ku.plateau.1", "no.such.1"))
    with pytest.raises(ValueError, match=r"set-9 names no\.such\.1"):
        volume.write(site, tmp_path / "volume", NAMES, [unknown])


IMPORTS = 'import numpy as np\n\nglue(\n    a="1",\n)\nold = 3\nglue(b=old)'


def test_a_students_notebook_has_texts_and_places_for_answers(site, tmp_path):
    found = volume.write(site, tmp_path / "volume", NAMES, [SET])
    cell = new_code_cell(IMPORTS, metadata={"tags": ["hide-cell"]})
    executed = tmp_path / "plateau.ipynb"
    first = new_code_cell("from aiecon import kuhle\n\nexplorer = 1\nexplorer")
    nbformat.write(new_notebook(cells=[first, cell]), executed)
    made = students.write(tmp_path, found, {"chapters/kuhle/plateau": executed}, [SET])
    notebook = nbformat.read(made[0], as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata["aiecon"] == {"set": "set-1"}
    code = [c.source for c in notebook.cells if c.cell_type == "code"]
    assert code[1:] == [
        'from exhibits.check import check\n\nname = "..."\nanswers = {}',
        "from aiecon import kuhle\n\nimport numpy as np\n\nold = 3",
        'answers["ku.plateau.2"] = (..., ..., ...)'
        "  # the top share, the dispersion σ, the Gini coefficient\n"
        'check("ku.plateau.2", answers["ku.plateau.2"])',
        'answers["ku.plateau.1"] = ...  # γ\ncheck("ku.plateau.1", answers["ku.plateau.1"])',
    ]
    words = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    assert words.index("**Exercise 3.2** (Two)") < words.index("**Exercise 3.1** (One)")
    assert "First hint" in words
    assert "1.917" not in words
    for source in code[1:]:  # what is asked for is nothing yet, and no error
        compile(source, "cell", "exec")
