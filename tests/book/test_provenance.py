"""Where a page comes from and how it is cited."""

from __future__ import annotations

import base64
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import provenance  # noqa: E402

CITATION = """title: A book, in short
authors:
  - family-names: Lovelace
    given-names: Ada
  - name: The others & co.
version: 1.2
date-released: 2026-01-31
abstract: About.
keywords: [growth]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "CITATION.cff").write_text(CITATION, "utf8")
    return tmp_path


def git(folder: Path, *command: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@b.org"]
    subprocess.run(["git", "-C", str(folder), *identity, *command], check=True, capture_output=True)


def test_without_git_the_edition_is_what_the_citation_file_says(folder):
    book = provenance.edition(folder)
    assert book.state == "Version 1.2, 31 January 2026"
    assert book.byline == "Ada Lovelace, The others & co."


def test_with_git_it_is_that_of_the_commit(folder):
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first", "--date", "2026-02-03T12:00:00")
    commit = provenance.git(folder, "rev-parse", "--short", "HEAD")
    book = provenance.edition.__wrapped__(folder)
    assert book.commit == commit
    assert book.released == date.fromisoformat(provenance.git(folder, "log", "-1", "--format=%cs"))
    (folder / "CITATION.cff").write_text(f"{CITATION}# changed", "utf8")
    assert provenance.edition.__wrapped__(folder).commit == f"{commit} and changes"


def test_a_chapter_is_cited_as_a_part_of_the_book(folder):
    address = "https://example.org/b/chapters/a/one.html"
    assert provenance.edition(folder).bibtex("chapters/a/one", "Wages & tasks", address) == (
        "@incollection{tai-a-one,\n"
        "  author = {Lovelace, Ada and {The others \\& co.}},\n"
        "  title = {Wages \\& tasks},\n"
        "  booktitle = {A book, in short},\n"
        "  year = {2026},\n"
        "  note = {Version 1.2},\n"
        "  url = {https://example.org/b/chapters/a/one.html}\n"
        "}"
    )


def test_the_landing_page_is_cited_as_the_book(folder):
    entry = provenance.edition(folder).bibtex("intro", "Welcome", "")
    assert entry.startswith("@book{tai-intro,")
    assert "title = {A book, in short}" in entry
    assert "booktitle" not in entry
    assert "url" not in entry


def told(folder: Path, base: str) -> dict:
    """The context of a page with a drawing, in a book that stands in ``folder``."""
    picture = {"image/png": base64.b64encode(b"PNG").decode()}
    cells = [
        nbformat.v4.new_code_cell("1", outputs=[nbformat.v4.new_output("display_data", data)])
        for data in ({"text/plain": "1"}, picture)
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "one.ipynb")
    (folder / "pages.json").write_text('{"chapters/one": "one.ipynb"}', "utf8")
    app = SimpleNamespace(
        srcdir=folder,
        outdir=folder / "html",
        config=SimpleNamespace(html_baseurl=base),
        builder=SimpleNamespace(get_target_uri="{}.html".format),
    )
    context = {"title": '<span class="section-number">3. </span>One'}
    provenance.tell(app, "chapters/one", "page.html", context, None)
    return context


def test_a_page_has_a_card_where_its_address_is_known(folder):
    context = told(folder, "https://example.org/b/")
    assert context["card"] == "https://example.org/b/_static/cards/chapters-one.png"
    assert (folder / "html/_static/cards/chapters-one.png").read_bytes() == b"PNG"
    assert "title = {One}" in context["citation"]
    assert "url = {https://example.org/b/chapters/one.html}" in context["citation"]


def test_no_address_is_invented(folder, monkeypatch):
    monkeypatch.delenv("AIECON_REPOSITORY", raising=False)
    context = told(folder, "")
    assert "card" not in context
    assert "url" not in context["citation"]
    assert context["repository"] is None
    assert context["issues"] == ""


def test_source_and_issues_are_those_of_the_repository(folder, monkeypatch):
    monkeypatch.setenv("AIECON_REPOSITORY", "https://gitlab.com/a/b")
    context = told(folder, "")
    assert context["repository"] == "https://gitlab.com/a/b"
    address = "https://gitlab.com/a/b/-/issues/new?issue[title]=chapters/one"
    assert context["issues"] == address


def test_pages_that_were_not_typeset_anew_are_dated_too(folder):
    page = folder / "html" / "a" / "x.html"
    page.parent.mkdir(parents=True)
    page.write_text('<p>By us. <span class="edition">Version 1.1, old</span>.</p>', "utf8")
    app = SimpleNamespace(
        srcdir=folder, outdir=folder / "html", builder=SimpleNamespace(format="html")
    )
    provenance.stamp(app, None)
    assert "Version 1.2, 31 January 2026</span>." in page.read_text("utf8")
