"""What an edition hides, on which form it insists, and how a handout that gives away is found."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import editions  # noqa: E402

SOLUTION = """\
```{solution-start} ex-a
:class: dropdown
```
Because *nobody* had thought of the other possibility before.

```{code-cell} python3
the_answer = solve(lambda wage: wage - 1, 0, 2)
```

:::{admonition} Marking
:class: marking

1 point for it.
:::
```{solution-end}
```"""
PAGE = f"What is it?\n\n{SOLUTION}\n\nWhat follows stays.\n"


def test_what_is_hidden_leaves_empty_lines():
    for edition, kept in (("book", "nobody"), ("handout", "What follows"), ("solutions", "point")):
        shown = editions.shown(PAGE, edition)
        assert kept in shown
        assert shown.count("\n") == PAGE.count("\n")
        assert shown.splitlines()[-1] == "What follows stays."
    assert "1 point" not in editions.shown(PAGE, "book")
    assert "solve" not in editions.shown(PAGE, "handout")


@pytest.mark.parametrize(
    ("edition", "text"),
    [
        ("handout", PAGE.replace("```{solution-end}\n", "")),
        ("handout", PAGE + "\n```{solution} ex-a\nYes.\n```\n"),
        ("handout", PAGE + "\n````{solution-start} ex-a\n````\nYes.\n```{solution-end}\n```\n"),
        ("book", PAGE.replace("} Marking", "} Marks")),
        ("book", PAGE.replace(":::{", "::::{").replace("it.\n:::", "it.\n::::")),
    ],
)
def test_what_is_of_another_form_is_an_error_with_its_line(edition, text):
    with pytest.raises(ValueError, match=r"line \d+: a solution or marking note"):
        editions.shown(text, edition)


def test_every_page_has_the_known_forms():
    for file in sorted((ROOT / "chapters").rglob("*.md")):
        text = file.read_text("utf8")
        for edition in editions.EDITIONS:
            editions.shown(text, edition)
        solved = text.count("{solution-start}")
        assert len(editions.secrets([text])) > 4 * solved or not solved, file


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<p>Because <em>nobody</em> had thought of the\nother possibility before.</p>"),
        (
            "a.html",
            "<pre>the_answer <span>=</span> solve(<b>lambda</b> wage: wage - 1, 0, 2)</pre>",
        ),
        ("a.md", PAGE),
        ("a.js", "x('had thought of the other possibility before.')"),
        (
            "a.ipynb",
            json.dumps({"source": "so\nthe_answer = solve(lambda wage: wage - 1, 0, 2)\n\n1"}),
        ),
    ],
)
def test_a_solution_is_found_in_every_kind_of_file(name, text, tmp_path):
    (tmp_path / name).write_text(text)
    assert editions.leaks(editions.secrets([PAGE]), tmp_path.iterdir())


def test_what_the_public_text_says_too_is_no_secret(tmp_path):
    (tmp_path / "a.md").write_text(PAGE)
    words = "Because *nobody* had thought of the other possibility before.\n"
    code = "the_answer = solve(lambda wage: wage - 1, 0, 2)\n"
    assert not editions.leaks(editions.secrets([PAGE, words + code]), tmp_path.iterdir())
    assert not editions.leaks(editions.secrets([PAGE], [words, code]), tmp_path.iterdir())
    (tmp_path / "a.md").write_text(editions.shown(PAGE, "handout"))
    assert not editions.leaks(editions.secrets([PAGE]), tmp_path.iterdir())
