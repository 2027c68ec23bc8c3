"""A chapter begins with its question and findings, and its explorer is not far below."""

from __future__ import annotations

import pytest

from .conftest import SITE
from .test_pages import CHAPTERS

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def origin(serve) -> str:
    return serve(SITE)


PLACES = """() => {
  const bottom = (element) => element.getBoundingClientRect().bottom + scrollY;
  const article = document.querySelector("article");
  const explorer = document.querySelector(".explorer");
  const { top, height } = article.getBoundingClientRect();
  return {
    question: bottom(document.querySelector(".question")),
    finding: bottom(document.querySelector(".findings li")),
    findings: document.querySelectorAll(".findings li").length,
    explorer: (explorer.getBoundingClientRect().top - top) / height,
  };
}"""


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_question_and_a_finding_stand_on_the_first_screen(name, open_page, origin):
    page = open_page(width=1280, height=800)
    page.goto(f"{origin}/{name}")
    places = page.evaluate(PLACES)
    assert places["question"] <= 800
    assert places["finding"] <= 800
    assert places["findings"] == 3
    assert places["explorer"] <= 1 / 3
