"""Figures to take away: found in a page, complete by themselves, and saying what they are."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pikepdf
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import takeaway  # noqa: E402
from exhibits import plotting  # noqa: E402
from exhibits.explorer import Explorer, Line, Panel, Slider  # noqa: E402

FIGURE = takeaway.Figure("fig-a", "Fig. 1.2", "Is γ < 1? It is.", "A line.", "A book, chapter 1")
PAGE = """
<figure class="align-default" id="fig-a">
<img alt="A line that
rises &amp; falls." src="../../_images/abc.svg" /><figcaption>
<p><span class="caption-number">Fig. 1.2 </span><span class="caption-text">Is
<math><mi>γ</mi><annotation>\\gamma</annotation></math> &lt; 1? It
is.</span><a class="headerlink" href="#fig-a">#</a></p>
</figcaption></figure>
<figure id="fig-foreign"><img src="photo.png" /><figcaption><p>No drawing.</p></figcaption></figure>
"""


@pytest.fixture
def drawing():
    fig, ax = plotting.panels()
    plotting.line(ax, [0, 1], [0, 1], "γ", "vermilion", at=0.5)
    return fig


LINE = np.linspace(0, 4, 5)[None, :]


def explorer() -> Explorer:
    return Explorer(
        name="power",
        title="Output & capital",
        alt="Output against capital: a line from the origin.",
        panels={"main": Panel(xlabel="K", ylabel="Y", xlim=(0, 4), ylim=(0, 4))},
        controls={"alpha": Slider("Exponent α", 0.2, 1, 0.6)},
        compute=lambda alpha: {"K": LINE, "Y": alpha[:, None] * LINE, "y": 4 * alpha},
        marks=[Line("main", "K", "Y")],
        sentence="The end is {y:.2f}.",
        caption="Try: move it.",
    )


def test_a_pages_figures_are_found_with_all_that_is_said_of_them():
    [(figure, file)] = takeaway.figures(PAGE, "1. Growth", "A book", "https://example.org/a.html")
    assert file == "abc.svg"
    assert figure == takeaway.Figure(
        "fig-a",
        "Fig. 1.2",
        "Is γ < 1? It is.",
        "A line that rises & falls.",
        "A book, chapter 1. Growth, https://example.org/a.html#fig-a",
    )
    assert "Licence: CC BY 4.0" in figure.text


def test_a_pages_explorers_are_found_as_they_stand_at_first():
    page = explorer().html()
    [(figure, svg)] = takeaway.figures(page, "Growth", "A book")
    assert figure.name == "explorer-power"
    assert (figure.title, figure.alt) == ("Output & capital", explorer().alt)
    assert figure.caption == "The end is 2.40. Try: move it."
    assert svg.count("<svg") == 1
    alone = takeaway.alone(svg, figure)
    assert "var(" not in alone
    ElementTree.fromstring(alone.encode())


def test_a_drawing_stands_alone(drawing):
    alone = takeaway.alone(plotting.svg(drawing), FIGURE)
    root = ElementTree.fromstring(alone.encode())
    names = {"svg": "http://www.w3.org/2000/svg", "dc": "http://purl.org/dc/elements/1.1/"}
    assert root.find("svg:title", names).text == "Fig. 1.2"
    assert root.find(".//dc:description", names).text == FIGURE.caption
    assert root.find(".//dc:source", names).text == FIGURE.source
    assert "creativecommons.org/licenses/by/4.0" in alone
    assert set(re.findall('font-family: ([^;"]*)', alone)) == {takeaway.FONTS}
    assert plotting.PALETTE["vermilion"] in alone
    links = set(re.findall(r'(?:href|src)="([^"]*)"', alone))
    assert all(link.startswith("#") for link in links)


def test_a_picture_says_what_it_is(drawing):
    plain = plotting.png(drawing)
    image = Image.open(io.BytesIO(takeaway.with_words(plain, FIGURE)))
    image.load()
    assert image.text["Title"] == "Fig. 1.2"
    assert image.text["Description"] == FIGURE.caption
    assert image.text["Copyright"].startswith("CC BY 4.0")
    assert image.tobytes() == Image.open(io.BytesIO(plain)).tobytes()


def test_a_pdf_says_what_it_is(drawing):
    plain = plotting.pdf(drawing)
    made = takeaway.with_info(plain, FIGURE)
    assert made == takeaway.with_info(plain, FIGURE)
    before, now = (pikepdf.open(io.BytesIO(file)) for file in (plain, made))
    assert now.pages[0].Contents.read_bytes() == before.pages[0].Contents.read_bytes()
    said = {key: str(text) for key, text in now.docinfo.items() if key not in before.docinfo}
    assert said == {
        "/Title": "Fig. 1.2",
        "/Subject": FIGURE.caption,
        "/Author": FIGURE.source,
        "/Keywords": f"Licence: {takeaway.LICENCE}",
    }


def test_the_same_figure_gives_the_same_pdf(drawing):
    first = plotting.pdf(drawing)
    assert first == plotting.pdf(drawing)
    assert b"CreationDate" not in first
    content = b"".join(
        zlib.decompress(stream)
        for stream in re.findall(rb"FlateDecode.*?stream\r?\n(.*?)endstream", first, re.DOTALL)[:1]
    )
    assert b" l\n" in content or b" l " in content  # lines, not a picture of them


def test_pdf_is_drawn_only_while_the_book_is_built(drawing, monkeypatch):
    monkeypatch.delenv("AIECON_BOOK", raising=False)
    assert drawing._repr_pdf_() is None
    monkeypatch.setenv("AIECON_BOOK", "somewhere")
    assert drawing._repr_pdf_().startswith(b"%PDF")


def test_all_are_listed_and_in_one_file(tmp_path):
    for page in ("chapters/a/one", "chapters/a/two", "chapters/old"):
        folder = tmp_path / takeaway.folder(page)
        folder.mkdir(parents=True)
        entries = [vars(FIGURE)]
        (folder / "figures.json").write_text(json.dumps(entries), "utf8")
        (folder / "fig-a.svg").write_text(page, "utf8")
    listed = tmp_path / f"{takeaway.LISTED}.html"
    listed.parent.mkdir(parents=True)
    listed.write_text('<div class="take-away docutils"><p>Later.</p></div><p>More.</p>', "utf8")
    for _ in range(2):  # a second build finds the table
        takeaway.gather(tmp_path, ["chapters/a/two", "chapters/a/one"])
        text = listed.read_text("utf8")
        assert text.count("<table ") == 1
        assert text.endswith("</div><p>More.</p>")
        assert text.count("as PDF") == 2
        assert "Is γ &lt; 1?" in text
        assert 'href="../../figures/a/one/fig-a.svg"' in text
    assert not (tmp_path / takeaway.folder("chapters/old")).exists()
    with zipfile.ZipFile(tmp_path / takeaway.ALL) as archive:
        names = archive.namelist()
    assert names == [
        f"figures/a/{page}/{file}"
        for page in ("two", "one")
        for file in ("fig-a.svg", "figures.json")
    ]
