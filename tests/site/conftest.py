"""The built site as test data: `make check` runs these after `make book`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"


def pages() -> list[str]:
    """Every HTML page of the site, as a path relative to it."""
    found = (file.relative_to(SITE) for file in SITE.rglob("*.html"))
    apart = {"_static", "slides"}  # the theme's templates; decks, which test_slides.py looks at
    return sorted(str(file) for file in found if file.parts[0] not in apart)


@cache
def tree(page: str) -> Element:
    """The parsed page."""
    with (SITE / page).open("rb") as file:
        return html5lib.parse(file, namespaceHTMLElements=False)


def content_pages() -> list[str]:
    """Pages written by us: with an article, not generated indices or redirects."""
    generated = {"404.html", "genindex.html", "search.html", "index.html"}
    return [page for page in pages() if page not in generated]


def text(element: Element) -> str:
    """The words that a reader sees: no scripts, styles or the TeX behind a formula."""

    def words(node: Element):
        if str(node.tag).rpartition("}")[2] not in {"script", "style", "annotation"}:
            yield node.text or ""
            for child in node:
                yield from words(child)
                yield child.tail or ""

    return " ".join("".join(words(element)).split())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/site" in str(item.path):
            item.add_marker(pytest.mark.site)


@pytest.fixture(scope="session")
def site() -> Path:
    assert (SITE / "index.html").exists(), "no site in _build/html: run make book first"
    return SITE
