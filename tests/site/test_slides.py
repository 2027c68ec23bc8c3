"""Every deck of the built site, in a browser at 1280 × 720, slide by slide."""

from __future__ import annotations

import re

import html5lib
import pytest

from .conftest import SITE, text, tree
from .test_pages import CHAPTERS, targets_that_lead_nowhere

DECKS = [page.replace("chapters/", "slides/", 1) for page in CHAPTERS]


@pytest.fixture(scope="module")
def origin(serve) -> str:
    return serve(SITE)


def slides(deck: str):
    return [e for e in tree(deck).iter("section") if "slide" in e.attrib.get("class", "").split()]


@pytest.mark.parametrize("deck", DECKS)
def test_a_chapter_has_a_deck_of_eight_to_fifteen_slides_with_notes(deck):
    found = slides(deck)
    assert 8 <= len(found) <= 15
    kinds = [e.attrib["class"].split()[1] for e in found]
    assert {"opening", "findings", "moving", "ledger", "exercises", "ending"} <= set(kinds)
    assert sum(kind in ("figure", "pair", "over") for kind in kinds) >= 1
    said = [e for e in tree(deck).iter("aside") if text(e)]
    assert len(said) >= len(found) / 2


@pytest.mark.parametrize("deck", [*DECKS, "slides/index.html"])
def test_a_decks_markup_and_links_are_sound(deck):
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse((SITE / deck).read_bytes())
    assert parser.errors == []
    assert targets_that_lead_nowhere(deck) == []
    ids = [e.attrib["id"] for e in tree(deck).iter() if "id" in e.attrib]
    assert len(ids) == len(set(ids))
    for element in tree(deck).iter():
        for name in ("src", "href"):
            foreign = element.tag != "a" and "//" in element.attrib.get(name, "")
            assert not foreign, element.attrib[name]


def test_the_list_of_decks_has_each_chapter():
    listed = [e.attrib["href"] for e in tree("slides/index.html").iter("a")]
    found = [name for name in listed if re.fullmatch(r"\w+/\w+\.html", name)]
    assert sorted(f"slides/{name}" for name in found) == DECKS


@pytest.mark.parametrize("deck", DECKS)
def test_no_answer_of_an_exercise_stands_in_a_deck(deck):
    words = (SITE / deck).read_text("utf8")
    assert 'class="solution' not in words
    assert "Solution to" not in words


#: What is wider or higher than the room for it, or set smaller than can be read from the last row.
OVER = """() => {
  const slide = Reveal.getCurrentSlide(), body = slide.querySelector(".body");
  const room = body.getBoundingClientRect(), title = slide.querySelector("h1, h2");
  const found = [];
  const font = Number.parseFloat(getComputedStyle(title).fontSize);
  const lines = title.getBoundingClientRect().height / font / 1.2;
  if (lines > (title.matches("h1") ? 3.5 : 2.5)) found.push(`title of ${lines} lines`);
  for (const element of body.querySelectorAll("*")) {
    if (element.closest("svg, math") !== (element.matches("svg, math") ? element : null)) continue;
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    if (box.right > room.right + 1 || box.bottom > room.bottom + 1 || box.left < room.left - 1)
      found.push(`${element.localName}.${element.getAttribute("class")}`);
  }
  const drawing = body.querySelector("figure svg")?.getBoundingClientRect();
  if (drawing && Math.min(drawing.width, drawing.height) < 240) found.push("a figure too small");
  const size = Number.parseFloat(getComputedStyle(body).fontSize);
  if (size < 17) found.push(`text of ${size} px`);
  return found;
}"""


@pytest.mark.browser
@pytest.mark.parametrize("deck", DECKS)
def test_nothing_is_larger_than_its_slide_and_the_explorer_moves_by_keyboard(
    deck, open_page, origin
):
    page = open_page(width=1280, height=720)
    page.goto(f"{origin}/{deck}")
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    page.wait_for_function("document.querySelector('.explorer[data-said]')")
    assert page.evaluate("Reveal.getTotalSlides()") == len(slides(deck))
    over = {}
    for number in range(len(slides(deck))):
        if number:
            page.keyboard.press("ArrowRight")
        assert page.evaluate("Reveal.getIndices().h") == number
        if found := page.evaluate(OVER):
            over[number + 1] = found
    assert over == {}
    slide = page.evaluate("""() => {
      const all = [...document.querySelectorAll(".slide")];
      Reveal.slide(all.findIndex((slide) => slide.matches(".moving")));
      return Reveal.getIndices().h;
    }""")
    decline = page.locator(".moving [data-bet='']")
    if decline.count() and decline.is_visible():
        decline.press("Enter")
    slider = page.locator(".moving input[type=range]").first
    before = page.evaluate("document.querySelector('.explorer').dataset.shown")
    slider.press("End" if slider.get_attribute("max") != slider.input_value() else "Home")
    assert page.evaluate("document.querySelector('.explorer').dataset.shown") != before
    slider.press("ArrowLeft")
    assert page.evaluate("Reveal.getIndices().h") == slide  # the keys were the explorer's
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("Reveal.getIndices().h") == slide - 1
