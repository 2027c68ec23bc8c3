r"""The book's editions, made from the one source: with folded solutions, without, or for teachers.

    book        solutions are folded; marking notes are left out
    handout     no solution, no marking note: neither executed nor typeset
    solutions   everything; volume.py makes the teachers' volume of it

``AIECON_EDITION`` says which one is built; :func:`shown` is the text that it has of a page.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

EDITIONS = ("book", "handout", "solutions")
_SOLUTION = re.compile(r"^(`{3,})\{solution-start\}.*?^\1\{solution-end\}\n\1$", re.M | re.S)
_MARKING = re.compile(r"^:::\{admonition\} Marking\n:class: marking\n.*?^:::$", re.M | re.S)


def edition() -> str:
    """The edition that is built; ValueError if the environment names another."""
    name = os.environ.get("AIECON_EDITION") or EDITIONS[0]
    if name not in EDITIONS:
        raise ValueError(f"AIECON_EDITION = {name!r}: there are {', '.join(EDITIONS)}")
    return name


def shown(text: str, edition: str) -> str:
    r"""What an edition has of a page's source, on the same lines as in the source.

    >>> text = "Why?\n:::{admonition} Marking\n:class: marking\n\n1 point.\n:::\nSo."
    >>> shown(text, "book").split()
    ['Why?', 'So.']
    >>> shown(text, "solutions") == text
    True
    """
    if edition == "solutions":
        return text
    for pattern in [_MARKING] if edition == "book" else [_SOLUTION, _MARKING]:
        text = pattern.sub(lambda found: "\n" * found[0].count("\n"), text)
    forms = r"^:class: marking$" + ("" if edition == "book" else r"|^`{3,}\{solution")
    if left := re.search(forms, text, re.M):
        line = text.count("\n", 0, left.start()) + 1
        raise ValueError(f"line {line}: a solution or marking note that is not of the known form")
    return text


# What must not be in a handout --------------------------------------------------------------------


def secrets(texts: Iterable[str]) -> set[str]:
    r"""Stretches of words and of code that the pages' sources have in solutions alone.

    >>> text = "Why?\n```{solution-start} a\n```\nBecause $x$ can be had for nothing at all.\n"
    >>> sorted(secrets([text + "```{solution-end}\n```"]))
    ['Because $x$ can be had for nothing at all.', 'can be had for nothing at all.']
    """
    texts = list(texts)
    hidden = (found[0] for text in texts for found in _SOLUTION.finditer(text))
    public = {s for text in texts for s in _stretches(shown(text, "handout"))}
    return {s for text in hidden for s in _stretches(text)} - public


def _stretches(text: str) -> Iterator[str]:
    """Lines as they are, as code is shown, and what stands in them between two marks, as words."""
    for line in text.splitlines():
        for part in {line, *re.split(r"[$`*{}:\\'\"_]|--|\.\.\.", line)}:
            stretch = " ".join(part.split())  # how an exercise is checked, its text says itself
            if len(stretch) >= 28 and not re.search(r"\{solution|^check\(", stretch):
                yield stretch


def leaks(secret: Iterable[str], files: Iterable[Path]) -> list[str]:
    """Which of the stretches stand in the files, as "file: stretch"."""
    found, wanted = [], sorted(secret)
    for file in files:
        if file.suffix not in (".html", ".ipynb", ".md", ".js", ".json", ".txt", ".py", ".tex"):
            continue
        text = file.read_text("utf8", errors="replace")
        if file.suffix == ".html":
            text = html.unescape(re.sub(r"<[^>]*>", "", text))
        elif file.suffix == ".ipynb":
            text = text.replace('\\"', '"').replace("\\n", " ")
        text = " ".join(text.split())
        found += [f"{file}: {stretch}" for stretch in wanted if stretch in text]
    return found
