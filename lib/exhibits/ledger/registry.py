"""Finds the claims of the papers: ``PAPER`` in each package's module ``claims``."""

from __future__ import annotations

import importlib
import pkgutil
import re
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache

from .editions import Edition
from .papers import Paper
from .rows import rows
from .rows import summary as summary_of
from .verdicts import Claim


def claims(*patterns: str, package: str = "exhibits") -> tuple[Claim, ...]:
    """Every claim of every paper, the oldest paper first, each in the order of its chapters.

    ``patterns`` select by id, as in a shell: ``claims("ks.fig6*", "ks.lemma4*")``; only the papers
    that they name are loaded. ValueError if a pattern fits no claim.
    """
    prefixes = [pattern.partition(".")[0] for pattern in patterns] or ["*"]
    everything = _collect(package, tuple(prefixes))
    if not patterns:
        return everything
    for pattern in patterns:
        if not any(fnmatchcase(c.id, pattern) for c in everything):
            ids = [c.id for c in _collect(package, ("*",))]
            near = get_close_matches(pattern.rstrip("*"), ids, 3, 0.3)
            hint = f" Close: {', '.join(near)}." if near else ""
            raise ValueError(
                f"pattern = {pattern!r}: no claim has such an id.{hint} "
                "`python -m exhibits.ledger` lists all."
            )
    return tuple(c for c in everything if any(fnmatchcase(c.id, p) for p in patterns))


@cache
def _papers(package: str) -> dict[str, Paper]:
    """The papers by the name of their package, the oldest first."""
    root = importlib.import_module(package)
    found = {}
    for member in pkgutil.iter_modules(root.__path__):
        inside = [f"{folder}/{member.name}" for folder in root.__path__]
        if any(module.name == "claims" for module in pkgutil.iter_modules(inside)):
            name = f"{package}.{member.name}"
            found[name] = importlib.import_module(f"{name}.claims").PAPER
    return dict(sorted(found.items(), key=lambda item: _year(item[1].edition.paper)))


def _collect(package: str, prefixes: tuple[str, ...]) -> tuple[Claim, ...]:
    found: list[Claim] = []
    for name, paper in _papers(package).items():
        if any(fnmatchcase(paper.prefix, prefix) for prefix in prefixes):
            for chapter in paper.chapters:
                importlib.import_module(f"{name}.{chapter}_claims")
            found += paper.in_order()
    return tuple(found)


def _year(paper: str) -> int:
    """The year in the paper's name; a paper without one stands first."""
    years = re.findall(r"\((\d{4})\)", paper)
    return int(years[0]) if years else 0


def claim(id: str, package: str = "exhibits") -> Claim:
    """The claim with this id; ValueError if there is none."""
    return claims(id, package=package)[0]


def value(id: str, spec: str | None = None) -> str:
    """Our result for a claim, written for prose: ``value("ks.fig6b.wage-fall")``.

    In the digits of the ledger, or in ``spec`` (``".0%"``). For a chapter's text:
    ``glue(wage_fall=ledger.value("ks.fig6b.wage-fall"))``.
    """
    found = claim(id)
    ours = found.verdict().ours
    if ours is None:
        raise ValueError(f"{id} is out of reach: there is no result of ours")
    return found.reported.describe(ours, spec or found.show)


def summary(*patterns: str, package: str = "exhibits") -> str:
    """How many of the claims that fit have each verdict: ``summary("ks.lemma*")``.

    "12 replicated, 1 differs: misprint"; kinds of difference are never added up.
    """
    return summary_of(rows(claims(*patterns, package=package)))


def editions(package: str = "exhibits") -> dict[str, Edition]:
    """What was read of each paper, by the paper's name, the oldest first."""
    return {paper.edition.paper: paper.edition for paper in _papers(package).values()}
