"""Bets and hints on a page and in the notebook, and what is no bet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

from nbformat.v4 import new_notebook  # noqa: E402

import prepared  # noqa: E402

CONF = f"""
import sys
sys.path.insert(0, {str(ROOT / "book")!r})
extensions = ["myst_nb", "sphinx_exercise", "folds", "mathml", "teach"]
html_math_renderer = "mathml"
myst_enable_extensions = ["colon_fence", "dollarmath", "attrs_block"]
nb_execution_mode = "off"
"""
BET = r""":::{bet} Is $a > b$ when *all* is said?
- [ ] It is not.

  Look at $a$ again.
- [x] It is.

  As $a = b + 1$.

  - A second thought.
:::"""
PAGE = rf"""# A chapter

{{.short-path}}
## First

{BET}

```{{exercise-start}} A title
:label: ex-a-1
```
*Warm-up · 2 points · 10 minutes.* What is $a$?

:::{{admonition}} First hint
:class: hint dropdown

Think of $b$.
:::

:::{{admonition}} Second hint
:class: hint dropdown

Add one.
:::
```{{exercise-end}}
```

## Second
"""


def build(folder: Path, **pages: str) -> subprocess.CompletedProcess:
    source = folder / "source"
    source.mkdir()
    (source / "conf.py").write_text(CONF, "utf8")
    for name, page in pages.items():
        (source / f"{name}.md").write_text(page, "utf8")
    command = [sys.executable, "-m", "sphinx", "-q", str(source), str(folder / "html")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("teach")
    ran = build(folder, index=PAGE)
    assert not ran.stderr
    soup = BeautifulSoup((folder / "html" / "index.html").read_text("utf8"), "html.parser")
    body = soup.select_one("[role=main]")
    assert body is not None
    return body


def test_a_bet_is_a_question_a_list_and_a_folded_answer(page):
    (bet,) = page.select(".bet")
    question, options, fold = bet.find_all(True, recursive=False)
    assert question.get_text().startswith("Your bet. Is")
    assert [o.get_text().strip() for o in options.find_all("li", recursive=False)] == [
        "It is not.",
        "It is.",
    ]
    assert fold.name == "details"
    assert not fold.has_attr("open")
    wrong, right = fold.select(":scope > ol > li")
    assert wrong.get_text().startswith("Not so. Look at")
    assert right.get_text().startswith("Right. As")
    assert (wrong.get("class"), right.get("class")) == (None, ["right"])
    assert "A second thought." in right.get_text()
    assert not page.select("input")


def test_hints_are_folded_within_the_exercise(page):
    hints = page.select(".exercise details.hint")
    assert [h.summary.get_text() for h in hints] == ["First hint", "Second hint"]
    assert not page.select("details details")


def test_the_short_path_is_marked(page):
    assert [s.h2.contents[0] for s in page.select("section.short-path")] == ["First"]


def test_a_notebook_has_all_of_it(page):
    made = prepared.prepared(new_notebook(), str(page))
    text = "\n\n".join(cell.source for cell in made.cells)
    assert "## First *(short path)*" in text
    assert "## Second" in text.splitlines()
    assert "**Your bet.** Is $a > b$ when *all* is said?\n\n1. It is not.\n2. It is." in text
    fold = "<details><summary><b>The answer</b></summary>\n\n1. **Not so.** Look at $a$ again.\n"
    assert fold in text
    assert "<details><summary><b>First hint</b></summary>\n\nThink of $b$.\n\n</details>" in text


NO_BETS = {
    "none_right": BET.replace("- [x]", "- [ ]"),
    "both_right": BET.replace("- [ ]", "- [x]"),
    "no_box": BET.replace("- [ ] It", "- It"),
    "no_list": ":::{bet} Nothing?\nNo list.\n:::",
    "one_option": ":::{bet} Alone?\n- [x] Yes.\n\n  So.\n:::",
    "no_feedback": BET.replace("  Look at $a$ again.\n", ""),
}


def test_what_is_no_bet_is_an_error_that_says_why(tmp_path):
    pages = {name: f"---\norphan: true\n---\n# A chapter\n\n{bet}" for name, bet in NO_BETS.items()}
    told = build(tmp_path, index="# Book", **pages).stderr.splitlines()
    for name in NO_BETS:
        (said,) = (line for line in told if f"{name}.md" in line)
        assert ("on every option" if name == "no_feedback" else "A bet has two to four") in said
