"""The build: what a page depends on, what is executed again, and what a failure says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import build as book  # noqa: E402

PAGE = """\
---
description: A page of the test's own, long enough to be a description of the page it stands on.
jupytext:
  text_representation:
    format_name: myst
kernelspec:
  name: python3
  display_name: Python 3
  language: python
---

# A page

Some words.

```{code-cell} python3
from aiecon.model import answer

print("the answer is", answer())
```
"""


@pytest.fixture
def small_book(tmp_path) -> Path:
    """A book of two pages with a library of its own and the house's configuration."""
    tmp_path = tmp_path / "a small book"
    tmp_path.mkdir()
    for name in ("_config.yml", "requirements.lock", "references.bib", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("LICENSE", "README.md", "CITATION.cff"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("book", "assets"):
        shutil.copytree(ROOT / name, tmp_path / name)
    library = tmp_path / "lib" / "aiecon"
    library.mkdir(parents=True)
    exhibits = tmp_path / "lib" / "exhibits"  # of which the build uses these modules
    exhibits.mkdir()
    for name in ("__init__.py", "documents.py", "answers.py", "check.py", "course.py"):
        shutil.copy(ROOT / "lib" / "exhibits" / name, exhibits)
    (library / "__init__.py").write_text("")
    (library / "constant.py").write_text("VALUE = 42\n")
    (library / "model.py").write_text(
        "from .constant import VALUE\n\n\ndef answer():\n    return VALUE\n"
    )
    (library / "other.py").write_text("VALUE = 1\n")
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: intro\nchapters:\n  - file: page\n  - file: still\n"
    )
    (tmp_path / "intro.md").write_text("# Landing\n\nWords on the landing page.\n")
    (tmp_path / "page.md").write_text(PAGE)
    (tmp_path / "still.md").write_text(
        PAGE.replace("aiecon.model", "aiecon.other")
        .replace("import answer", "import VALUE")
        .replace("answer()", "VALUE")
    )
    return tmp_path


def command(root: Path, *options: str) -> list[str]:
    return [sys.executable, str(root / "book" / "build.py"), "--root", str(root), *options]


def run(root: Path, *options: str, **variables: str) -> subprocess.CompletedProcess:
    own = {**os.environ, "PYTHONPATH": str(root / "lib"), **variables}
    called = command(root, *options)
    return subprocess.run(called, capture_output=True, text=True, cwd=root, env=own)


def test_an_error_of_any_kind_is_one_pages_failure(tmp_path, monkeypatch):
    def run(client, **options):
        return client.nb.cells.append(nbformat.v4.new_markdown_cell("done"))

    monkeypatch.setattr(book.NotebookClient, "execute", run)
    (tmp_path / "source.md").write_text(PAGE)
    (tmp_path / "full").write_text("a file, where a folder is needed")
    names = ["a", "full", "b", "c"]
    source = tmp_path / "source.md"
    pages = [book.Page(name, source, tmp_path / name / "key.ipynb") for name in names]
    found = {outcome.page.name: outcome.error for outcome in book.execute_all(pages, {}, 2)}
    assert "full.md: FileExistsError" in found.pop("full")
    assert found == {"a": None, "b": None, "c": None}


def test_what_shows_results_of_all_others_is_executed_last(tmp_path, monkeypatch):
    def run(client, **options):
        ran.append(len(client.nb.cells[0].source))

    monkeypatch.setattr(book.NotebookClient, "execute", run)
    ran, pages = [], []
    for number, last in ((1, False), (9, True), (5, False)):
        source = tmp_path / f"{number}.md"
        source.write_text(PAGE.replace("# A", "# A" * number))
        pages.append(book.Page(str(number), source, tmp_path / "kept" / f"{number}.ipynb", last))
    assert not any(outcome.error for outcome in book.execute_all(pages, {}, 1))
    assert ran[1] < ran[0] < ran[2]


def test_code_and_library_are_executed_anew_and_prose_is_only_typeset(small_book):
    first = run(small_book, AIECON_SITE="https://example.org/book")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "2 to execute" in first.stdout
    page = small_book / "_build" / "html" / "page.html"
    assert "the answer is 42" in page.read_text("utf8")
    site = {f: (page.parent / f).read_text("utf8") for f in ("sitemap.xml", "404.html")}
    assert "<loc>https://example.org/book/page.html</loc>" in site["sitemap.xml"]
    assert 'href="https://example.org/book/intro.html"' in site["404.html"]

    source = small_book / "page.md"
    source.write_text(PAGE.replace("Some words.", "Some, or other, words.").replace("# A", "# The"))
    again = run(small_book)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "0 to execute" in again.stdout
    assert "Some, or other, words." in page.read_text("utf8")
    assert "the answer is 42" in page.read_text("utf8")

    source.write_text(PAGE.replace('"the answer is"', '"it is"'))
    other = run(small_book)
    assert "1 to execute" in other.stdout
    assert "it is 42" in page.read_text("utf8")
    source.write_text(PAGE)

    constant = small_book / "lib" / "aiecon" / "constant.py"
    constant.write_text("VALUE = 43\n")
    second = run(small_book)
    assert second.returncode == 0, second.stdout + second.stderr
    assert "2 to execute" in second.stdout
    assert "the answer is 43" in page.read_text("utf8")

    constant.write_text("VALUE = 42\n")  # going back needs no execution, and is not a lie either
    third = run(small_book)
    assert "0 to execute" in third.stdout
    assert "the answer is 42" in page.read_text("utf8")


def test_a_page_that_is_edited_while_it_runs_is_not_kept(small_book):
    """Here it edits the library itself; what ran belongs to neither text for certain."""
    constant, page = small_book / "lib" / "aiecon" / "constant.py", small_book / "page.md"
    edit = f"open({str(constant)!r}, 'w').write('VALUE = 44\\n')\n\nprint(\"the answer"
    page.write_text(PAGE.replace('print("the answer', edit))
    failed = run(small_book)
    assert failed.returncode == 1
    assert "Edited while the book was built: page, still. Run the same again." in failed.stderr
    assert not list((small_book / "_build" / "executed" / "page").glob("*.ipynb"))
    again = run(small_book)  # the edit is made again and changes nothing
    assert again.returncode == 0, again.stdout + again.stderr
    assert "2 to execute" in again.stdout
    assert "the answer is 44" in (small_book / "_build" / "html" / "page.html").read_text("utf8")


def test_an_error_in_a_cell_fails_with_chapter_cell_and_traceback(small_book):
    (small_book / "lib" / "aiecon" / "constant.py").write_text("VALUE = 1 / 0\n")
    for _ in range(2):  # a second build does not forgive
        failed = run(small_book)
        assert failed.returncode == 1
        assert "page.md, cell 2, line" in failed.stderr
        assert 'print("the answer is", answer())' in failed.stderr
        assert "ZeroDivisionError" in failed.stderr
        assert not (small_book / "_build" / "html" / "page.html").exists()


def test_a_warning_fails_the_build(small_book):
    flaws = {
        "[text](nowhere.md)": "nowhere",
        "{eq}`no-such-equation`": "no-such-equation",
        r"$\notacommand{x}$": "notacommand",
        "{cite}`nobody2020`": "nobody2020",
    }
    text = (small_book / "still.md").read_text()
    all_of_them = "\n\n".join(["Some words.", *flaws])
    (small_book / "still.md").write_text(text.replace("Some words.", all_of_them))
    failed = run(small_book)
    assert failed.returncode == 1
    warnings = [
        line
        for line in (failed.stdout + failed.stderr).splitlines()
        if "WARNING" in line and "still.md" in line
    ]
    for flaw, said in flaws.items():
        assert any(said in line for line in warnings), f"{flaw} went unseen: {warnings}"


SETTINGS = """\
import os, matplotlib

print("usetex:", matplotlib.rcParams["text.usetex"], os.environ.get("MPLBACKEND"))
print("the answer"""


def test_a_build_stands_where_the_folder_stands_with_no_setting_of_the_readers(
    small_book, tmp_path
):
    page = small_book / "page.md"
    page.write_text(PAGE.replace('print("the answer', SETTINGS))
    readers = tmp_path / "matplotlibrc"
    readers.write_text("text.usetex: True\n")
    long = tmp_path / ("t" * 117)
    long.mkdir()
    variables = {"LC_ALL": "C", "TMPDIR": str(long), "MATPLOTLIBRC": str(readers)}
    variables |= {"MPLBACKEND": "no_such", "IPYTHONDIR": "/nowhere"}
    first = run(small_book, **variables)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "usetex: False" in (small_book / "_build" / "html" / "page.html").read_text("utf8")
    moved = small_book.rename(tmp_path / "é moved, and renamed")
    again = run(moved, **variables)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "0 to execute" in again.stdout
    for file in (moved / "_build" / "html").rglob("*.ipynb"):
        assert str(small_book) not in file.read_text("utf8")


def test_a_second_build_waits_for_the_first_and_not_for_a_dead_one(small_book):
    (small_book / "page.md").write_text(
        PAGE.replace("print(", "import time; time.sleep(3)\nprint(")
    )
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    killed = subprocess.Popen(command(small_book), cwd=small_book, **pipes)
    next(line for line in killed.stdout if "to execute" in line)  # an error if it ends before
    killed.kill()
    killed.communicate()
    first = subprocess.Popen(command(small_book), cwd=small_book, **pipes)
    said = first.stdout.readline()
    assert "2 to execute" in said  # it did not wait
    second = run(small_book)
    assert first.wait() == 0, first.stdout.read()
    assert second.returncode == 0, second.stdout + second.stderr
    assert "Another build of this book is running; waiting for it." in second.stdout
    assert "0 to execute" in second.stdout
    first.stdout.close()


def test_a_kernel_that_dies_costs_its_page_alone(small_book):
    text = PAGE.replace("print(", "import os; os.kill(os.getpid(), 9)\nprint(")
    (small_book / "page.md").write_text(text)
    failed = run(small_book)
    assert failed.returncode == 1
    assert "page.md: DeadKernelError" in failed.stderr
    assert "still: done" in failed.stdout


def test_a_page_is_executed_anew_when_a_file_changes_that_its_head_says_it_reads(tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "requirements.lock").touch()
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: page\n")
    (tmp_path / "page.md").write_text(PAGE.replace("---\n", '---\nreads: ["others/*.md"]\n', 1))
    (tmp_path / "others").mkdir()
    other = tmp_path / "others" / "other.md"

    def key() -> Path:
        [page] = book.pages(tmp_path, tmp_path / "_build")
        return page.executed

    keys = [key()]
    for text in ("one", "two", "one"):
        other.write_text(text)
        keys.append(key())
    assert len(set(keys)) == 3
    assert keys[1] == keys[3]


def test_every_notebook_page_of_this_book_is_found(tmp_path):
    pages = book.pages(ROOT, tmp_path)
    found = {page.name for page in pages}
    assert "intro" in found
    assert "chapters/reference/ledger" in found
    assert len({page.executed for page in pages}) == len(found)


EXERCISE = """
```{exercise-start} Why so much?
:label: ex-toy-page-1
```
*Warm-up · 2 points · 10 minutes.* What makes the answer what it is? *Check:* `check("x", y)`.
```{exercise-end}
```

```{solution-start} ex-toy-page-1
:class: dropdown
```
Because the constant is what somebody once chose.

```{code-cell} python3
print("the solution prints", answer() + 1)
```

:::{admonition} Marking
:class: marking

1 point for naming the constant, 1 for the number.
:::
```{solution-end}
```

## After it

```{code-cell} python3
print("and later", answer())
```
"""
#: What each edition has of it, and has not.
SOLUTION = ("somebody once chose", "the solution prints", "the solution prints 43", "Solution to")
NOTES = ("1 point for naming", "Marking")


def everything(folder: Path) -> str:
    """The text of all files of a folder that are no styles, scripts or pictures of the house's."""
    inside = folder.rglob("*") if folder.is_dir() else [folder]
    files = (f for f in inside if f.is_file() and "_static" not in f.parts)
    texts = (f.read_bytes().decode("utf8", errors="replace") for f in files)
    return re.sub(r"<[^>]*>", "", "\n".join(texts))


def test_the_editions_have_of_solutions_and_notes_what_is_theirs(small_book):
    page = small_book / "page.md"
    page.write_text(PAGE + EXERCISE)
    made = run(small_book)
    assert made.returncode == 0, made.stdout + made.stderr
    book_text = everything(small_book / "_build" / "html")
    assert all(words in book_text for words in SOLUTION)
    assert not [words for words in NOTES if words in book_text]

    made = run(small_book, "--edition", "handout")
    assert made.returncode == 0, made.stdout + made.stderr
    assert "1 to execute" in made.stdout  # the page without its solution; the other is the same
    handout = small_book / "_build" / "handout"
    text = everything(handout)
    assert not [words for words in (*SOLUTION, *NOTES) if words in text]
    site = (handout / "html" / "page.html").read_text("utf8")
    assert "What makes the answer" in site
    assert "and later 42" in site
    notebook = nbformat.read(handout / "html" / "notebooks" / "page.ipynb", as_version=4)
    assert [c.source for c in notebook.cells if "later" in c.source] == [
        'print("and later", answer())'
    ]

    assert "somebodi" not in (handout / "html" / "searchindex.js").read_text("utf8")

    (small_book / "teaching").mkdir()
    (small_book / "teaching" / "sets.toml").write_text(
        '[set-1]\ntitle = "A set"\nexercises = ["toy.page.1"]\n'
    )
    made = run(small_book, "--edition", "solutions")
    assert made.returncode == 0, made.stdout + made.stderr
    assert "0 to execute" in made.stdout
    volume = small_book / "_build" / "solutions" / "html"
    for name in ("page", "sets/set-1"):
        text = everything(volume / f"{name}.html")
        assert all(words in text for words in (*SOLUTION, *NOTES, "What makes the answer"))
        assert "and later" not in text
    assert "Some words." not in everything(volume)
    given = everything(small_book / "_build" / "solutions" / "students")
    assert "What makes the answer" in given
    assert not [words for words in (*SOLUTION, *NOTES) if words in given]

    made = run(small_book, AIECON_EDITION="handout")  # the same in the published book's place
    assert made.returncode == 0, made.stdout + made.stderr
    text = everything(small_book / "_build" / "html")
    assert not [words for words in (*SOLUTION, *NOTES) if words in text]
    wrong = run(small_book, AIECON_EDITION="leaflet")
    assert "AIECON_EDITION = 'leaflet': there are book, handout, solutions" in wrong.stderr


@pytest.mark.parametrize(
    "toc", ["root: intro\nparts:\n- chapters:\n  - file: a\n", "chapters: []\n"]
)
def test_the_exam_is_in_the_teachers_contents_alone(toc, tmp_path, monkeypatch):
    (tmp_path / "_toc.yml").write_text(f"format: jb-book\n{toc}", "utf8")
    (tmp_path / "teaching").mkdir()
    (tmp_path / "teaching" / "exam.md").touch()
    for edition in ("book", "handout"):
        monkeypatch.setenv("AIECON_EDITION", edition)
        assert book.contents(tmp_path, tmp_path) == tmp_path / "_toc.yml"
    monkeypatch.setenv("AIECON_EDITION", "solutions")
    assert "file: teaching/exam" in book.contents(tmp_path, tmp_path).read_text("utf8")
