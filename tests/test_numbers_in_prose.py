"""No number in the book's words is a result that somebody typed: see prose.py for the rules."""

from __future__ import annotations

import re

import pytest

from .prose import (
    LISTS,
    ROOT,
    Entry,
    doubt,
    entries,
    left_over,
    list_of,
    numbers,
    pages,
    unaccounted,
)

PAGES = {str(page.relative_to(ROOT)): page for page in pages()}


@pytest.mark.parametrize("name", PAGES)
def test_every_number_is_glued_notation_or_has_a_source(name):
    page = PAGES[name]
    found, listed = list(numbers(page.read_text("utf8"))), entries(list_of(page))
    assert [f"{n.text} | {n.words}" for n in unaccounted(found, listed)] == []
    assert [f"{e.text} | {e.words}" for e in left_over(found, listed)] == []
    assert {f"{e.text} | {e.words}": w for e in listed if (w := doubt(e, page))} == {}


@pytest.mark.parametrize("name", PAGES)
def test_glued_values_have_the_names_that_the_code_gives_them(name):
    names = re.findall(r"\{glue:text\}`([^`]+)`", PAGES[name].read_text("utf8"))
    assert [each for each in names if not each.isidentifier()] == []


def test_every_list_belongs_to_a_page():
    assert {file.name for file in LISTS.iterdir()} <= {list_of(page).name for page in pages()}


CELL = """
```{code-cell} python3
---
mystnb:
  figure:
    caption: |
      From 3 to 12 per cent, and 7.9.
  image:
    alt: "Peak {glue:text}`peak`, not 4.7."
---
limits(0.03, 12)
```
"""
EXERCISE = """
```{exercise-start} Title
:label: ex-a-1
```
*Warm-up · 2 points · 10 minutes.* Let $x=0.7$.
```{exercise-end}
```
```{solution-start} ex-a-1
```
It is 0.49.
```{code-cell} python3
check("a.1", 0.7**2)
```
```{solution-end}
```
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rises by 85% from 0 to 1.", ["85"]),
        ("It rises by {glue:text}`rise`% in 2019 and `x = 3`.", []),
        ("Section 3.2, Figures 6a and 7, (15), pages 3–5, region 2.", []),
        ("The line 2.67 counts; in 2043 too.", ["2.67", "2043"]),
        ("1. One item\n2. and another, after 10 minutes, for 4 points", []),
        (r"$\Phi^{12}_{30}=0.608$, $2x^2$ and $w\approx 3$", ["0.608", "3"]),
        (r"[here](a/b-12.md), below $10^{-9}$, [7% more](x.md)", ["10^{-9}", "7"]),
        ("```{prf:lemma} Of 12 tasks\n:label: l-7\n```", ["12"]),
        ("```{code-cell} python3\nassert x == 4.25\n```\nIt is 4.25, not 4.5.", ["4.5"]),
        (CELL, ["7.9", "4.7"]),
        (EXERCISE, ["0.49"]),
        ("---\ndescription: Falls by 12%.\n---\nText.", ["12"]),
    ],
)
def test_what_counts_as_a_number(text, expected):
    assert [number.text for number in unaccounted(numbers(text), [])] == expected


def test_a_list_accounts_for_a_number_by_the_words_around_it():
    found = list(numbers("Wages fall by 0.3 in the long run, and by 0.3 at once."))
    entry = Entry("0.3", "Wages fall by 0.3 in the long", "input: x")
    assert [n.words for n in unaccounted(found, [entry])] == ["run, and by 0.3 at once."]
    assert left_over(found, [entry]) == []
    assert left_over([], [entry]) == [entry]


@pytest.mark.parametrize(
    ("text", "source", "doubted"),
    [
        ("0.392", "exact: 1-0.608", False),
        ("0.40", "exact: 1-0.608", True),
        ("0.67", "exact: 2/3", False),
        ("15", "calibration: the skills' standard deviation", False),
        ("15.37", "calibration: nothing", True),
        ("0.12", "input: the grid of technologies", False),
        ("0.1234", "input: nothing", True),
        ("2.67", "source: devdiscourse2026race", False),
        ("2.67", "source: nobody1900", True),
        ("3", "test: test_a_list_accounts_for_a_number_by_the_words_around_it", False),
        ("3", "test: test_that_is_not_there", True),
        ("3", "printed:", True),
        ("3", "typed", True),
        ("3", "somewhere", True),
    ],
)
def test_a_source_is_held_against_what_it_names(text, source, doubted):
    page = ROOT / "chapters" / "kuhle" / "plateau.md"
    assert bool(doubt(Entry(text, "", source), page)) == doubted
