"""The shell of the built pages: what they load, folds, icons, markup, the site's own files."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urlsplit

import html5lib
import pytest

from .conftest import ROOT, SITE, content_pages, pages, text, tree
from .test_pages import CHAPTERS

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
    """Compressed: styles, scripts, the font of the formulas; the page itself is judged apart.

    The explorers' script and style count here since they stand in files that all pages share.
    """
    files = {SITE / "_static" / name for name in _files(page) if name != "searchindex.js"}
    weight = sum(len(gzip.compress(file.read_bytes())) for file in files)
    assert weight < 125_000
    assert len(set(_files(page))) == len(_files(page)), "something is loaded twice"


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
