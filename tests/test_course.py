"""Times and plans of the course, from sources made for the purpose and from the book's own."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from exhibits import course

SOURCE = """---
kernelspec: x
---

# The plateau {term}`x`

:::{div} question
One two three?
:::

````{dropdown} What you need: 60 minutes
:class-container: needed

After this chapter you can

- derive the *mean* of $w$ and
  say more ({ref}`ex-a-1`, {ref}`ex-a-2`);
- do nothing.

| Concept | Needed |
|---|---|
| [The race](race.md), [elsewhere](../other/model.md) | needed; recalled |
| [Skills](skills.md) | helpful |
````

## First: what is $\\sigma$?

Four words stand here.

$$
x = 1
$$ (eq-a)

```{code-cell} python3
---
mystnb:
  figure:
    name: fig-a
---
many words that are code
```

(sec-b)=
{.short-path}
### A subsection

```{prf:theorem} Title
:label: thm-a

Two words.
```

{.short-path}
## Second

Word.

## What is reported and what we get

Words of the ledger.

## Exercises

```{exercise-start} First try
:label: ex-a-1
```
*Warm-up · 2 points · 15 minutes.* Do this.
```{exercise-end}
```

```{solution-start} ex-a-1
```
A long answer with many words.
```{solution-end}
```

```{exercise-start} Then
:label: ex-a-2
```
*Challenge · 6 points · 40 minutes.* Do that.
```{exercise-end}
```
"""


@pytest.fixture(scope="module")
def chapter() -> course.Chapter:
    return course.read(SOURCE, "kuhle/plateau", 14)


def test_a_chapter_is_read_from_its_source(chapter):
    assert (chapter.title, chapter.number) == ("The plateau x", 14)
    assert [(s.title, s.short) for s in chapter.sections] == [
        ("First: what is σ?", True),
        ("First: what is σ?, the rest", False),
        ("Second", True),
    ]
    below, first, second = chapter.sections
    assert (below.statements, below.figures, below.equations) == (1, 0, 0)
    assert (first.words, first.equations, first.figures, first.statements) == (7, 1, 1, 0)
    assert second.words == 2
    assert chapter.counts["equations"] == 1
    assert chapter.counts["figures"] == 1


def test_exercises_say_their_level_and_minutes(chapter):
    found = [(e.label, e.number, e.level, e.minutes) for e in chapter.exercises]
    assert found == [
        ("ex-a-1", "14.1", "Warm-up", 15),
        ("ex-a-2", "14.2", "Challenge", 40),
    ]
    with pytest.raises(ValueError, match="ex-a-2: the exercise does not say its level"):
        course.read(SOURCE.replace("Challenge · 6 points", "Challenge"), "kuhle/plateau", 14)


def test_objectives_name_the_exercises_that_test_them(chapter):
    assert chapter.objectives == (
        ("derive the mean of w and say more", ("ex-a-1", "ex-a-2")),
        ("do nothing", ()),
    )


def test_what_is_needed_comes_from_the_links_of_the_table(chapter):
    assert chapter.needs == (
        ("kuhle/race", "needed"),
        ("other/model", "needed"),
        ("kuhle/skills", "helpful"),
    )


def test_without_a_mark_all_is_on_the_short_path():
    plain = course.read(SOURCE.replace("{.short-path}\n", ""), "a/b", 1)
    assert [s.short for s in plain.sections] == [True, True]
    assert plain.sections[0].statements == 1


@pytest.mark.parametrize("minutes", [75, 90])
def test_a_plan_fills_the_class_without_gaps(chapter, minutes):
    plan = chapter.plan(minutes)
    assert plan[0][0] == 0
    assert plan[-1][1] == minutes
    for (_, end, _), (start, _, _) in pairwise(plan):
        assert end == start
    names = [what for _, _, what in plan]
    assert ("First: what is σ?, the rest" in names) == (minutes == 90)
    assert "In pairs: Exercise 14.1, First try" in names
    pairs = next(end - start for start, end, what in plan if what.startswith("In pairs"))
    assert pairs == course.PAIRS  # of fifteen minutes, ten in class


def test_a_class_that_is_too_short_says_so(chapter):
    with pytest.raises(ValueError, match=r"minutes = 30: .* need 6 besides the 28"):
        chapter.plan(30)


@pytest.mark.parametrize("weights", [[1.0], [0.0, 0.0], [1, 2, 3.5, 100, 0.1], [5] * 12])
@pytest.mark.parametrize("total", [36, 47, 62])
def test_minutes_add_up_and_follow_the_weights(weights, total):
    parts = course.spread(weights, total, 3)
    assert sum(parts) == total
    assert min(parts) >= 3
    order = sorted(range(len(weights)), key=lambda i: weights[i])
    assert all(parts[i] <= parts[k] + 1 for i, k in pairwise(order))


# The book's own chapters -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book() -> course.Schedule:
    return course.book()


def is_written(text: str) -> bool:
    """Whether it is more than `make paper` has laid."""
    return "\ndescription: What the chapter answers, in one sentence.\n" not in text


def test_all_chapters_are_measured(book):
    contents = (course.ROOT / "_toc.yml").read_text("utf8")
    listed = re.findall(r"file: chapters/(?!reference)(\w+/\w+)", contents)
    assert {chapter.name for chapter in book.chapters} == set(listed)
    for chapter in book.chapters:
        text = (course.ROOT / "chapters" / f"{chapter.name}.md").read_text("utf8")
        assert len(chapter.sections) >= 2, chapter.name
        assert chapter.objectives, chapter.name
        if is_written(text):
            assert len(chapter.exercises) >= 5, chapter.name
            assert 10 <= chapter.home <= 120, chapter.name
        figures = len(
            re.findall(r"(?m)^ +name: fig-", re.sub(r"(?s)```\{solution.*?solution-end", "", text))
        )
        assert chapter.counts["figures"] == figures, chapter.name


def test_the_minutes_on_a_chapters_first_screen_are_those_that_are_measured(book):
    for chapter in book.chapters:
        source = (course.ROOT / "chapters" / f"{chapter.name}.md").read_text("utf8")
        (said,) = re.findall(r"(?m)^`{4,}\{dropdown\}.*What you need: (\d+) minutes", source)
        assert abs(int(said) - chapter.home) <= 5, chapter.name
        again = re.findall(r"(?:Allow about|The) (\d+)\sminutes", source)
        assert set(again) <= {said}, chapter.name


def test_every_chapter_has_a_plan_for_both_classes_and_a_shorter_path_is_shorter(book):
    for chapter in book.chapters:
        plans = {n: chapter.plan(n) for n in (75, 90)}
        assert all(plan[-1][1] == n for n, plan in plans.items())
        assert len(plans[75]) <= len(plans[90])


def test_what_is_needed_exists_and_comes_before(book):
    order = [chapter.name for chapter in book.chapters]
    for chapter in book.chapters:
        for name, level in chapter.needs:
            assert name in order, f"{chapter.name} needs {name}"
            if level == "needed":
                assert order.index(name) < order.index(chapter.name)
    assert book.depth["korinek_suh/tasks"] == 0
    assert book.depth["korinek_suh/factor_prices"] == 1


def test_what_is_needed_by_way_of_another_is_left_out(book):
    assert book.direct["korinek_suh/scenarios"] == ["korinek_suh/race"]
    assert book.direct["who_benefits/four_people"] == ["korinek_suh/scenarios"]
    assert book.direct["wang_wong/free_entry"] == ["wang_wong/indeterminacy"]


def test_the_tables_link_each_chapter_and_escape_what_titles_hold(book):
    lengths = book.lengths()._repr_html_()
    assert lengths.count("<a href") == len(book.chapters)
    plans = book.plans()._repr_html_()
    assert plans.count("<details") == len(book.chapters)
    assert plans.count("<tr>") == plans.count("</tr>")
    weeks = book.weeks([("1", ["kuhle/plateau"], "Why?"), ("2", [], "Talks")])
    assert "kuhle/plateau.html" in weeks._repr_html_()
    assert str(book["kuhle/plateau"].home) in weeks._repr_html_()


def test_a_copy_without_the_chapters_knows_what_they_said(book, tmp_path, monkeypatch):
    monkeypatch.setattr(course, "CARRIED", tmp_path / "course.json")
    course.CARRIED.write_text(book.packed(), "utf8")
    again = course.book(tmp_path)
    assert again == book
    assert again.lengths()._repr_html_() == book.lengths()._repr_html_()


def test_without_the_chapters_the_reason_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="whole book"):
        course.book(tmp_path)
