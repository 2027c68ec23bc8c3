"""What a class needs of a page: bets before a result, and what its edition (editions.py) has.

    :::{bet} If technology doubles, the certainty equivalent for γ = 1
    - [ ] stays.

      Why this is not so.
    - [x] rises.

      Why it is so.
    :::

The page has the question, its options as a list, and the answer with a sentence on each option in a
fold of the browser's own. So it stands on paper, in notebooks and without scripts; book.js makes
radio buttons of the options, and says at once what there is to say of the chosen one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import editions

_OPTION = re.compile(r"- \[([ xX])\] ")


class Bet(SphinxDirective):
    """Two to four options, one right, each with a sentence of feedback after a blank line."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        marks = [m[1] != " " for m in map(_OPTION.match, self.content) if m]
        for number, line in enumerate(self.content):
            self.content[number] = _OPTION.sub("- ", line)
        held = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, held)
        found = held.children[0] if len(held) == 1 else None
        items: list[Any] = found.children if isinstance(found, nodes.bullet_list) else []
        if not (2 <= len(items) <= 4 and len(marks) == len(items) and sum(marks) == 1):
            raise self.error("A bet has two to four options '- [ ] …', and one right one '- [x] …'")
        if short := [item.astext()[:40] for item in items if len(item) < 2]:
            raise self.error(f"A bet says something on every option, after a blank line: {short}")
        words, messages = self.state.inline_text(self.arguments[0], self.lineno)
        question = nodes.paragraph("", "", nodes.strong("", "Your bet."), nodes.Text(" "), *words)
        looks = {"enumtype": "arabic", "prefix": "", "suffix": "."}
        options, answers = nodes.enumerated_list(**looks), nodes.enumerated_list(**looks)
        for item, right in zip(items, marks, strict=True):
            options += nodes.list_item("", item[0])
            said = "Right." if right else "Not so."
            first, *more = item.children[1:]
            lead = nodes.paragraph("", "", nodes.strong("", said), nodes.Text(" "), *first.children)
            answers += nodes.list_item("", lead, *more, classes=["right"] if right else [])
        title = nodes.title("", "The answer")
        fold = nodes.admonition("", title, answers, classes=["dropdown", "answer"])
        return [nodes.container("", question, options, fold, classes=["bet"]), *messages]


def read(app: Sphinx, page: str, source: list[str]) -> None:
    source[0] = editions.shown(source[0], editions.edition())


def copy(app: Sphinx, error: Exception | None) -> None:
    """The sources beside the pages are those of the edition too."""
    for file in Path(app.outdir, "_sources").rglob("*.md") if not error else ():
        text = file.read_text("utf8")
        if (kept := editions.shown(text, editions.edition())) != text:
            file.write_text(re.sub(r"\n{3,}", "\n\n", kept), "utf8")


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("bet", Bet)
    app.connect("source-read", read)
    app.connect("build-finished", copy)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
