"""The book as a PDF: how pages become one document, and what becomes of it in print."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import html5lib
import pikepdf
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import pdf  # noqa: E402
import pdf_document  # noqa: E402

TOC = """format: jb-book
root: intro
parts:
  - chapters:
      - file: chapters/findings
  - caption: First & last · A part
    chapters:
      - file: chapters/a/one
      - file: chapters/a/two
"""
CITATION = """title: "A book, in short"
authors:
  - given-names: Ada
    family-names: Lovelace
  - name: The others
version: 1.2
date-released: 2026-01-31
abstract: >-
  What it is
  about.
keywords: [growth, wages]
"""
CANONICAL = '<link rel="canonical" href="https://example.org/book/{}.html">'
FIGURE = """<figure id="fig"><svg class="book-figure" viewBox="0 0 9 9" aria-labelledby="t u">
<clipPath id="t"><path id="u"/></clipPath><g clip-path="url(#t)"><use xlink:href="#u"/></g></svg>
<figcaption>A figure.</figcaption></figure>"""
EXPLORER = """<div class="explorer" id="explorer-x"><p class="explorer-setting">K = 1</p>
<script type="application/json">{"href": "no.html"}</script><noscript>no</noscript></div>"""


def written(name: str, title: str, body: str, head: str = "") -> str:
    heading = f'<h1>{title}<a class="headerlink" href="#top">#</a></h1>'
    return (
        f"<!doctype html><html><head>{head}</head><body><nav>elsewhere</nav>"
        f'<article class="bd-article"><section id="top">{heading}'
        f'<section id="s"><h2>Section of {name}<a class="headerlink" href="#s">#</a></h2>{body}'
        "</section></section></article></body></html>"
    )


def make_site(root: Path, head: str = "") -> Path:
    """A book of four pages in ``root``."""
    pages = {
        "intro": ("The book", '<a href="chapters/a/one.html">on</a>'),
        "chapters/findings": ("Findings", '<a href="a/two.html?paper=x#fig">two</a>'),
        "chapters/a/one": (
            '<span class="section-number">1. </span>One &amp; "only"',
            FIGURE + '<a href="two.html#s">next</a><a href="#fig">here</a>'
            '<a href="../../_downloads/one.ipynb">notebook</a><img src="../../_images/x.png">'
            '<a href="https://example.org/x#y">out</a>',
        ),
        "chapters/a/two": (
            "Two",
            f"{FIGURE}{EXPLORER}<details class='fold solution'><summary>S</summary>x</details>",
        ),
    }
    for name, (title, body) in pages.items():
        file = root / "_build" / "html" / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(written(name, title, body, head.format(name)), "utf8")
    (root / "_toc.yml").write_text(TOC, "utf8")
    (root / "CITATION.cff").write_text(CITATION, "utf8")
    return root


def bound(root: Path) -> tuple[str, list]:
    """The document of the site in ``root``, as text and as its elements."""
    book = list(pdf_document.parts(root, root / "_build" / "html"))
    text = pdf_document.document(book, "", "A book")
    return text, list(html5lib.parse(text, namespaceHTMLElements=False).iter())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path)


def test_pages_stand_in_the_order_of_the_contents(site):
    _, elements = bound(site)
    assert [e.attrib["id"] for e in elements if e.tag == "article"] == ["p1", "p2", "p3", "p4"]
    links = [e for e in elements if e.tag == "a" and "chapter" in e.attrib.get("class", "")]
    assert ["".join(link.itertext()).removesuffix("000") for link in links] == [
        "The book", "Findings", '1. One & "only"', "Two",
    ]  # fmt: skip


def test_ids_are_unique_and_every_reference_finds_its_own(site):
    _, elements = bound(site)
    ids = [e.attrib["id"] for e in elements if "id" in e.attrib]
    assert len(ids) == len(set(ids))
    assert {"p3-fig", "p4-fig", "p3-t", "p4-explorer-x"} <= set(ids)
    pointed = [e.attrib["href"][1:] for e in elements if e.attrib.get("href", "").startswith("#")]
    assert len(pointed) > 10
    assert set(pointed) <= set(ids)
    text, _ = bound(site)
    assert text.count("url(#p3-t)") == text.count("url(#p4-t)") == 1
    assert 'xlink:href="#p4-u"' in text
    assert 'aria-labelledby="p3-t p3-u"' in text


def test_links_lead_into_the_document(site):
    text, _ = bound(site)
    for expected in (
        '<a href="#p3">on</a>',
        '<a href="#p4-fig">two</a>',
        '<a href="#p4-s">next</a>',
    ):
        assert expected in text
    assert 'src="html/_images/x.png"' in text
    assert '<a href="https://example.org/x#y">out</a>' in text


def test_what_only_the_site_has_is_linked_where_it_has_an_address(site, tmp_path):
    assert "<a>notebook</a>" in bound(site)[0]
    addressed, _ = bound(make_site(tmp_path / "addressed", CANONICAL))
    assert '<a href="https://example.org/book/_downloads/one.ipynb">notebook</a>' in addressed
    place = "https://example.org/book/chapters/a/two.html#explorer-x"
    assert f'To move it: <a href="{place}">{place}</a>' in addressed


def test_an_explorer_tells_where_it_moves_and_loses_its_scripts(site):
    text, _ = bound(site)
    assert "To move it: <code>chapters/a/two.html#explorer-x</code>" in text
    assert "<script" not in text
    assert "<noscript" not in text


def test_chapters_stand_a_level_below_their_part(site):
    _, elements = bound(site)
    heads = [(e.tag, "".join(e.itertext())) for e in elements if re.fullmatch("h[1-6]", str(e.tag))]
    assert ("h1", "First & last · A part") in heads
    assert ("h2", "Two#") in heads
    assert ("h3", "Section of chapters/a/two#") in heads
    assert ("h1", "Findings#") in heads  # of no part


def test_the_head_of_a_page_names_part_and_chapter(site):
    text, _ = bound(site)
    assert '@top-left { content: "First & last"; }' in text
    assert r'@top-right { content: "1. One & \"only\""; }' in text


def test_folds_are_open(site):
    text, _ = bound(site)
    assert "<details open class='fold solution'>" in text


def test_a_page_without_an_article_is_named(site):
    (site / "_build" / "html" / "chapters" / "a" / "two.html").write_text("<p>torn", "utf8")
    with pytest.raises(ValueError, match=r"chapters/a/two\.html has no article"):
        bound(site)


# The file ---------------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_small_book_is_printed(site):
    """Through the command: contents with numbers, outline, description, links that arrive."""
    command = [sys.executable, ROOT / "book" / "pdf.py", "--root", site, "--solutions", "no"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "book.pdf" in done.stdout
    file = site / "_build" / "book.pdf"
    with pikepdf.open(file) as book:
        assert book.docinfo["/Author"] == "Ada Lovelace, The others"
        assert book.docinfo["/Title"] == "A book, in short"
        assert book.pdf_version >= "1.5"  # with objects in compressed streams
        assert "/StructTreeRoot" in book.Root  # tags
        assert len(book.pages) == 5  # title with contents, without our styles, and four pages
        with book.open_outline() as outline:
            assert [item.title for item in outline.root[:2]] == ["A book", "Contents"]
        links = {
            str(link.Dest)
            for page in book.pages
            for link in page.get("/Annots", ())
            if "/Dest" in link
        }
        assert len(links) > 5
        assert links <= set(book.Root.Dests.keys())
    found = pdf.destinations(file.read_bytes())
    assert [found[f"p{n}"][0] for n in (1, 2, 3, 4)] == [2, 3, 4, 5]
    assert 0 < found["p4-fig"][1] < found["p4-s"][1] < 842


DRAWN = """<!doctype html><article><h3>Title</h3><figure><svg class="book-figure"
style="width: 400px; height: 400px; display: block"></svg><figcaption>What it is.</figcaption>
</figure>{}</article>"""
SIZE = "document.querySelector('svg').getBoundingClientRect().height"


def drawn(page, behind: str):
    """A chapter with a figure and what follows it, ready to be arranged."""
    page.set_content(DRAWN.format(behind))
    page.add_script_tag(path=ROOT / "book" / "print.js")
    page.evaluate("mark()")
    return page


@pytest.mark.browser
def test_a_figure_that_left_a_gap_is_never_too_small_to_read(page):
    """However many rounds it takes; one that leaves a gap all the same has its own size again."""
    page = drawn(page, "<h3>Next</h3>")
    heights = []
    for gap in (330, 300, 270, 240):  # points
        page.evaluate("arrange", {"before-0": [1, 68 + gap], "figure-0": [2, 700]})
        heights.append(page.evaluate(SIZE))
    assert 0.6 * 400 <= heights[0] < 400
    assert heights[1:] == [400, 400, 400]


@pytest.mark.browser
def test_what_follows_a_figure_fills_the_gap_that_it_left(page):
    page = drawn(page, "<p>One</p><div class='cell'>Two</div><h3>Next</h3>")
    page.evaluate("arrange", {"before-0": [1, 500], "figure-0": [2, 700]})
    order = "[...document.querySelector('article').children].map(e => e.localName).join(' ')"
    assert page.evaluate(order) == "h3 p div a figure h3"


def test_without_a_site_it_says_what_to_do(tmp_path):
    command = [sys.executable, ROOT / "book" / "pdf.py", "--root", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "make book" in done.stderr
