"""The shell of the built pages: what they load, folds, icons, markup, the site's own files."""

from __future__ import annotations

import gzip
import re
import sys
from urllib.parse import urlsplit

import html5lib
import pytest

from .conftest import ROOT, SITE, content_pages, pages, text, tree
from .test_pages import CHAPTERS

sys.path.insert(0, str(ROOT / "book"))

from provenance import edition

GENERIC = re.compile(r"(show|hide|toggle)\b|\bcode cell\b", re.IGNORECASE)


def classes(element) -> set[str]:
    return set(element.attrib.get("class", "").split())


# Folds ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", content_pages())
def test_a_fold_is_named_after_what_is_inside(page):
    problems = []
    for details in tree(page).find(".//article").iter("details"):
        summary = details[0]
        name = text(summary)
        named_otherwise = [a for a in summary.attrib if a.startswith("aria-label")]
        if summary.tag != "summary" or len(name) < 5 or GENERIC.match(name) or named_otherwise:
            problems.append(name)
        if any(e.tag in {"a", "p", "button"} for e in summary.iter()):
            problems.append(f"{name}: what opens it holds a link, a button or a paragraph")
    assert problems == []


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapters_folds_say_apart_what_they_hold(page):
    details = list(tree(page).find(".//article").iter("details"))
    names = {text(e[0]) for e in details if "hide" in classes(e)}
    assert "The algebra, checked" in names
    solutions = [e for e in details if "solution" in classes(e)]
    assert len(solutions) >= 5
    assert {text(e[0])[:20] for e in solutions} == {"Solution to Exercise"}
    for element in tree(page).iter():  # and nothing is folded by a script
        assert "toggle" not in classes(element)
        assert not classes(element) >= {"admonition", "dropdown"}


# What a page loads ------------------------------------------------------------------------------


def _files(page: str) -> list[str]:
    found = []
    for element in tree(page).iter():
        loads = element.tag == "script" or "stylesheet" in element.attrib.get("rel", "")
        target = element.attrib.get("src") or element.attrib.get("href") or ""
        if loads and target and not target.startswith("data:"):
            found.append(urlsplit(target).path.rpartition("_static/")[2])
    return found


@pytest.mark.parametrize("page", [*content_pages(), "search.html"])
def test_a_page_with_all_that_it_loads_is_light(page):
    """Compressed: the page with its drawings and explorers, styles, scripts, formulas' font."""
    files = {SITE / "_static" / name for name in _files(page) if name != "searchindex.js"}
    for element in tree(page).iter("script"):
        if file := element.attrib.get("data-file"):
            files.add(SITE / "samples" / file)
    if any("math" in str(element.tag) for element in tree(page).iter()):
        files.add(SITE / "_static" / "fonts" / "stix-two-math.woff2")
    weight = sum(len(gzip.compress(file.read_bytes())) for file in {*files, SITE / page})
    assert weight <= 350_000
    assert len(set(_files(page))) == len(_files(page)), "something is loaded twice"


@pytest.mark.parametrize("page", content_pages())
def test_no_script_keeps_a_page_from_being_drawn(page):
    loaded = [e for e in tree(page).iter("script") if "src" in e.attrib]
    assert len(loaded) > 3
    assert [e.attrib["src"] for e in loaded if "defer" not in e.attrib] == []


def test_the_style_sheets_hold_what_the_site_uses(site):
    """The theme's, with the whole of Bootstrap, are ten times as large."""
    sheets = (site / "_static" / "styles").glob("*.css")
    assert sum(file.stat().st_size for file in sheets) < 120_000


@pytest.mark.parametrize("page", content_pages())
def test_a_page_loads_no_style_or_script_that_nothing_on_it_needs(page):
    article = tree(page).find(".//article")
    needed = set().union(*(classes(e) for e in article.iter()))
    loaded = {re.sub(r"\.[0-9a-f]{20,}", "", name.rpartition("/")[2]) for name in _files(page)}
    conditions = {
        "copybutton.js": "highlight" in needed,
        "clipboard.min.js": "highlight" in needed,
        "pygments.css": "highlight" in needed,
        "proof.css": "proof" in needed,
        "exercise.css": bool(needed & {"exercise", "solution"}),
        "design-tabs.js": "sd-tab-set" in needed,
        "sphinx-design.min.css": any(name.startswith("sd-") for name in needed),
        "mystnb.css": bool(needed & {"cell", "pasted-text"}),
        "mathml.css": any("math" in str(e.tag) for e in article.iter()),
    }
    assert {name: name in loaded for name in conditions} == conditions
    assert not {name for name in loaded if "toggle" in name or "all.min" in name}


def test_nothing_of_font_awesome_is_left(site):
    assert not [file for file in site.rglob("*") if "fontawesome" in str(file).lower()]
    assert not [page for page in pages() if "fontawesome" in (SITE / page).read_text("utf8")]


@pytest.mark.parametrize("page", [*content_pages(), "search.html"])
def test_every_icon_of_a_page_is_drawn(page):
    drawn = set(re.findall(r"\.(fa-[\w-]+)", (ROOT / "assets" / "icons.css").read_text("utf8")))
    markup = (SITE / page).read_text("utf8")  # some are written by scripts in the page
    named = re.findall(r'class="([^"]*\bfa[srb]?\b[^"]*|[^"]*\bfa-[^"]*)"', markup)
    names = {name for found in named for name in found.split() if name.startswith("fa-")}
    icons = names - {"fa-solid", "fa-brands", "fa-lg"}  # which say how, not what
    assert icons
    assert icons <= drawn


# Provenance -------------------------------------------------------------------------------------


def _meta(page: str) -> dict[str, str]:
    named = (e.attrib for e in tree(page).iter("meta"))
    return {a.get("name", a.get("property", "")): a.get("content", "") for a in named}


@pytest.mark.parametrize("page", [*content_pages(), "search.html"])
def test_a_page_tells_where_it_comes_from(page):
    book = edition(ROOT)
    told = next(text(e) for e in tree(page).iter("p") if "provenance" in classes(e))
    assert book.byline in told
    assert f"Version {book.version}" in told


@pytest.mark.parametrize("page", content_pages())
def test_a_page_tells_how_to_cite_it(page):
    fold = next(e for e in tree(page).iter("details") if "cite" in classes(e))
    entry = text(fold.find("pre"))
    title = text(tree(page).find(".//article").find(".//h1")).rstrip("#")
    title = re.sub(r"^[\d.]+ ", "", title)
    assert entry.startswith("@book{" if page == "intro.html" else "@incollection{")
    assert title.replace("&", "\\&") in entry or page == "intro.html"
    assert edition(ROOT).title in entry


@pytest.mark.parametrize("page", content_pages())
def test_a_page_has_a_card(page):
    """With a picture where the site's address is known: a card names it in full."""
    meta = _meta(page)
    assert meta["og:title"]
    assert meta["og:description"] == meta["description"]
    canonical = [e for e in tree(page).iter("link") if e.attrib.get("rel") == "canonical"]
    assert ("og:url" in meta) == bool(canonical)
    if canonical and page in CHAPTERS:
        picture = SITE / meta["og:image"].removeprefix(meta["og:url"].removesuffix(page))
        assert picture.read_bytes()[1:4] == b"PNG"


# Markup -----------------------------------------------------------------------------------------

TABLE = {"table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize("page", pages())
def test_the_markup_is_what_the_standard_allows(page):
    """The parser's own complaints, and what the validator found before."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse((SITE / page).read_bytes())
    assert parser.errors == []
    root = tree(page)
    assert text(root.find(".//title"))
    assert sum(e.attrib.get("name") == "viewport" for e in root.iter("meta")) == 1
    assert [e.tag for e in root.iter() if e.tag in TABLE and "role" in e.attrib] == []


# The site's own files ---------------------------------------------------------------------------


def test_the_first_page_leads_to_the_landing_page():
    root = tree("index.html")
    refresh = next(e for e in root.iter("meta") if e.attrib.get("http-equiv") == "refresh")
    assert refresh.attrib["content"] == "0; url=intro.html"
    assert root.find(".//a").attrib["href"] == "intro.html"


def test_a_missing_page_is_answered_without_any_other_file():
    root = tree("404.html")
    assert text(root.find(".//h1")) == "There is no such page"
    assert not [e for e in root.iter() if e.tag in {"link", "img"} or "src" in e.attrib]


def test_no_list_of_raw_labels_is_offered(site):
    assert not (site / "prf-prf.html").exists()
