"""A claim with its verdict, as strings: what every face of the ledger shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from .sensitivity import Noticed, smallest_noticed
from .verdicts import (
    ByConstruction,
    Claim,
    Differs,
    Judgement,
    Kind,
    NotIdentified,
    OfTheBook,
    OutOfReach,
    Verdict,
)

#: What the ledger counts, in the order in which it is shown; kinds are never added up.
CATEGORIES: tuple[str, ...] = tuple(
    category
    for verdict in Verdict
    for category in (
        [f"{verdict.value}: {kind.value}" for kind in Kind]
        if verdict is Verdict.DIFFERS
        else [verdict.value]
    )
)

ICONS: dict[Verdict, str] = {
    Verdict.REPLICATED: "✓",
    Verdict.IN_SHAPE: "≈",
    Verdict.DIFFERS: "≠",
    Verdict.NOT_IDENTIFIED: "?",
    Verdict.OUT_OF_REACH: "–",
    Verdict.BY_CONSTRUCTION: "=",
    Verdict.OF_THE_BOOK: "+",
    Verdict.UNSETTLED: "!",
}


@dataclass(frozen=True)
class Row:
    """A claim and its judgement; the properties are what the tables print."""

    claim: Claim
    judgement: Judgement

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict

    @property
    def category(self) -> str:
        """The verdict, and of a row that differs its kind."""
        return self.judgement.category

    @property
    def evidence(self) -> Differs | None:
        """What a row that differs carries; None for other verdicts."""
        finding = self.claim.finding
        return finding if isinstance(finding, Differs) else None

    @property
    def source(self) -> str:
        page = f", p. {self.claim.page}" if self.claim.page is not None else ""
        return f"{self.claim.source}{page}"

    @property
    def printed(self) -> str:
        unit = getattr(self.claim.reported, "unit", "")
        return f"{self.claim.reported.printed} {unit}".rstrip()

    @property
    def tolerance(self) -> str:
        return self.claim.reported.tolerance_text

    @property
    def ours(self) -> str:
        if self.judgement.ours is None:
            return "—"
        return self.claim.reported.describe(self.judgement.ours, self.claim.show)

    @property
    def gap(self) -> str:
        if self.judgement.gap is None:
            return ""
        return self.claim.reported.describe_gap(self.judgement.gap, self.claim.show)

    @property
    def cause(self) -> str:
        """Why it is not simply replicated, in a sentence or two."""
        finding, verdict = self.claim.finding, self.verdict
        if verdict is Verdict.UNSETTLED:
            return "The check behind the declared verdict fails."
        if verdict is not self.claim.expected:
            return f"Expected: {self.claim.expected.value}."
        match finding:
            case NotIdentified(missing=words):
                return f"{words}. It holds if {self.judgement.required}."
            case Differs(because=words) | ByConstruction(because=words):
                return words
            case OutOfReach(why=words) | OfTheBook(adds=words):
                return words
        return ""

    @property
    def noticed(self) -> Noticed | None:
        """The smallest change of our result that would change the verdict."""
        return _noticed(self.judgement)

    @property
    def notices(self) -> str:
        return "—" if self.noticed is None else str(self.noticed)

    @property
    def seen_to_fail(self) -> str:
        """The errors planted in the library under which a test sees the verdict change."""
        return f"fails with {'; '.join(error.says for error in self.claim.planted)}"

    def record(self) -> dict[str, Any]:
        """Every field, for CSV and JSON; numbers to twelve digits, so that machines agree."""
        claim, ours, finding = self.claim, self.judgement.ours, self.claim.finding
        evidence = self.evidence
        built = finding.because if isinstance(finding, ByConstruction) else ""
        return {
            "id": claim.id,
            "paper": claim.paper,
            "source": claim.source,
            "page": claim.page,
            "statement": claim.statement,
            "printed": self.printed,
            "tolerance": self.tolerance,
            "ours": self.ours,
            "ours_value": None if ours is None else _plain(ours),
            "gap": None if self.judgement.gap is None else _plain(np.asarray(self.judgement.gap)),
            "verdict": self.verdict.value,
            "kind": evidence.kind.value if evidence else "",
            "expected": claim.expected.value,
            "cause": self.cause,
            "quotation": evidence.quotation if evidence else "",
            "assumptions": evidence.assumptions if evidence else "",
            "readings": list(evidence.readings) if evidence else [],
            "instead": evidence.instead.printed if evidence else "",
            "proof": evidence.proof if evidence else "",
            "by_construction": built,
            "result_of_the_book": isinstance(finding, OfTheBook),
            "required": self.judgement.required,
            "smallest_noticed": None if self.noticed is None else _plain(self.noticed.size),
            "smallest_noticed_how": None if self.noticed is None else self.noticed.how,
            "smallest_noticed_relative": None if self.noticed is None else self.noticed.relative,
            "planted": [f"{e.target}: {e.says}" for e in claim.planted],
            "function": claim.function,
            "chapter": claim.chapter,
            "anchor": claim.anchor,
            "note": claim.note,
        }


@cache
def _noticed(judgement: Judgement) -> Noticed | None:
    return smallest_noticed(judgement.claim, judgement.ours)


def _plain(x: Any) -> Any:
    """Numbers that JSON knows (infinities and NaN as text), rounded to twelve digits."""
    x = np.asarray(x, dtype=float)
    if x.ndim:
        return [_plain(element) for element in x]
    return float(f"{float(x):.12g}") if np.isfinite(x) else str(float(x))


def rows(claims: Iterable[Claim]) -> list[Row]:
    """A row for each claim, judged once per process."""
    return [Row(claim, claim.verdict()) for claim in claims]


def counts(rows: Iterable[Row]) -> dict[str, dict[str, int]]:
    """How many claims of each paper are in each of :data:`CATEGORIES`."""
    table: dict[str, dict[str, int]] = {}
    for row in rows:
        line = table.setdefault(row.claim.paper, dict.fromkeys(CATEGORIES, 0))
        line[row.category] += 1
    return table


def summary(rows: Iterable[Row]) -> str:
    """The counts in a sentence's words, for prose: "12 replicated, 1 differs: misprint".

    >>> summary([])
    'none'
    """
    found = Counter(row.category for row in rows)
    several = {c: c if n == 1 else re.sub("^result ", "results ", c) for c, n in found.items()}
    return ", ".join(f"{found[c]} {several[c]}" for c in CATEGORIES if found[c]) or "none"
