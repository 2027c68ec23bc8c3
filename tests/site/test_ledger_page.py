"""The ledger's page: what it counts is what stands in its rows, and chapters link to them."""

from __future__ import annotations

from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest

from .conftest import text, tree
from .test_pages import CHAPTERS

PAGE = "chapters/reference/ledger.html"


def _rows():
    return [e for e in tree(PAGE).iter("tr") if "data-verdict" in e.attrib]


def test_the_counts_by_verdict_and_kind_are_those_of_the_rows():
    table = next(e for e in tree(PAGE).iter("table") if e.attrib.get("class") == "ledger-counts")
    papers = [text(th) for th in table.find("thead").iter("th")][1:-1]
    found = Counter((e.attrib["data-verdict"], e.attrib["data-paper"]) for e in _rows())
    printed = {}
    for line in table.find("tbody").iter("tr"):
        name = text(line.find("th")).lstrip("✓≈≠?–=+! ")
        numbers = [int(text(cell)) for cell in line.iter("td")]
        assert sum(numbers[:-1]) == numbers[-1], name
        printed |= {(name, paper): n for paper, n in zip(papers, numbers, strict=False) if n}
    total = {paper: printed.pop(("Statements", paper)) for paper in papers}
    assert printed == dict(found)
    assert total == dict(Counter(e.attrib["data-paper"] for e in _rows()))


def test_each_row_that_differs_shows_its_evidence():
    differing = [e for e in _rows() if e.attrib["data-verdict"].startswith("differs: ")]
    assert differing
    for row in differing:
        words, name = text(row), row.attrib["data-id"]
        for part in ("The paper’s words: ", "What holds instead: ", "In force: ", "the proof"):
            assert part in words, f"{name}: {part}"
        assert [e for e in row.iter("li") if text(e)], f"{name}: no reading"
        assert next(row.iter("q"), None) is not None, name


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_links_to_its_rows(page):
    for link in tree(page).find(".//article").iter("a"):
        address = urlsplit(link.attrib.get("href", ""))
        if address.path.endswith("reference/ledger.html") and address.query:
            chapters = parse_qs(address.query)["chapter"]
            assert {e.attrib["data-chapter"] for e in _rows()} >= set(chapters)
            return
    raise AssertionError("no link to the chapter's rows in the ledger")
