"""The figures of the built site as files: each is there three times, whole, and listed."""

from __future__ import annotations

import json
import re
import zipfile
from xml.etree import ElementTree

import pikepdf
import pytest
from PIL import Image

from .conftest import SITE, text, tree
from .test_pages import CHAPTERS

PAGES = ["chapters/what_we_found.html", *CHAPTERS]
LISTED = "chapters/reference/figures.html"


def entries(page: str) -> list[dict[str, str]]:
    folder = page.removeprefix("chapters/").removesuffix(".html")
    return json.loads((SITE / "figures" / folder / "figures.json").read_text("utf8"))


@pytest.mark.parametrize("page", PAGES)
def test_every_figure_and_explorer_of_a_chapter_can_be_taken_away(page):
    article = tree(page).find(".//article")
    shown = {e.attrib["id"] for e in article.iter("figure") if "id" in e.attrib}
    shown |= {e.attrib["id"] for e in article.iter("div") if e.attrib.get("class") == "explorer"}
    found = entries(page)
    assert {entry["name"] for entry in found} == shown
    folder = SITE / "figures" / page.removeprefix("chapters/").removesuffix(".html")
    for entry in found:
        assert len(entry["caption"]) > 20
        assert len(entry["alt"]) > 20
        file = folder / entry["name"]
        svg = file.with_suffix(".svg").read_text("utf8")
        root = ElementTree.fromstring(svg.encode())
        assert root.find("{http://www.w3.org/2000/svg}title").text == entry["title"]
        assert "var(" not in svg
        assert not re.findall(r'(?:xlink:)?href="(?!#)', svg)
        with Image.open(file.with_suffix(".png")) as image:
            image.load()
            assert image.text["Description"] == entry["caption"]
            assert min(image.size) >= 300
        with pikepdf.open(file.with_suffix(".pdf")) as pdf:
            assert len(pdf.pages) == 1
            assert str(pdf.docinfo["/Title"]) == entry["title"]
            assert str(pdf.docinfo["/Subject"]) == entry["caption"]
        words = file.with_suffix(".txt").read_text("utf8")
        assert entry["caption"] in words
        assert "CC BY 4.0" in words


def test_the_page_on_figures_links_each_three_times():
    article = tree(LISTED).find(".//article")
    table = next(e for e in article.iter("div") if "take-away" in e.attrib.get("class", ""))
    rows = list(table.iter("tr"))[1:]
    assert len(rows) >= sum(len(entries(page)) for page in PAGES)
    for row in rows:
        assert [text(link) for link in row[2].iter("a")] == ["SVG", "PNG", "PDF"]
        assert len(text(row[1])) > 12  # "Who would lose?" is the shortest name


def test_one_file_has_all():
    with zipfile.ZipFile(SITE / "figures" / "figures.zip") as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    there = {str(f.relative_to(SITE)) for f in (SITE / "figures").rglob("*.*")}
    assert set(names) == there - {"figures/figures.zip"}
