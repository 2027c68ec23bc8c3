"""A claim with its verdict, as strings: what every face of the ledger shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .sensitivity import Noticed
from .verdicts import Claim, Differs, Judgement, NotIdentified, OutOfReach, Verdict

__all__ = ["ICONS", "Row", "counts", "rows"]

ICONS: dict[Verdict, str] = {
    Verdict.REPLICATED: "✓",
    Verdict.IN_SHAPE: "≈",
    Verdict.ERRATUM: "≠",
    Verdict.UNEXPLAINED: "✗",
    Verdict.NOT_IDENTIFIED: "?",
    Verdict.OUT_OF_REACH: "–",
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
            case Differs():
                return f"{finding.because} What holds instead: {finding.instead.printed}."
            case NotIdentified():
                return f"{finding.missing}. It holds if {self.requirement}."
            case OutOfReach():
                return finding.why
        return ""

    @property
    def proof(self) -> str:
        finding = self.claim.finding
        return finding.proof if isinstance(finding, Differs) else ""

    @property
    def requirement(self) -> str:
        """What a missing input would have to be; empty for other verdicts."""
        return self.judgement.required

    @property
    def noticed(self) -> Noticed | None:
        return self.judgement.noticed

    @property
    def notices(self) -> str:
        return "—" if self.noticed is None else str(self.noticed)

    @property
    def seen_to_fail(self) -> str:
        """The errors planted in the library under which a test sees the verdict change."""
        return f"fails with {'; '.join(error.says for error in self.claim.planted)}"

    def record(self) -> dict[str, Any]:
        """Every field, for CSV and JSON; numbers to twelve digits, so that machines agree."""
        claim, ours = self.claim, self.judgement.ours
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
            "expected": claim.expected.value,
            "cause": self.cause,
            "proof": self.proof,
            "required": self.requirement,
            "smallest_noticed": None if self.noticed is None else _plain(self.noticed.size),
            "smallest_noticed_how": None if self.noticed is None else self.noticed.how,
            "smallest_noticed_relative": None if self.noticed is None else self.noticed.relative,
            "planted": [f"{e.target}: {e.says}" for e in claim.planted],
            "function": claim.function,
            "chapter": claim.chapter,
            "anchor": claim.anchor,
            "note": claim.note,
        }


def _plain(x: Any) -> Any:
    """Numbers that JSON knows (infinities and NaN as text), rounded to twelve digits."""
    x = np.asarray(x, dtype=float)
    if x.ndim:
        return [_plain(element) for element in x]
    return float(f"{float(x):.12g}") if np.isfinite(x) else str(float(x))


def rows(claims: Iterable[Claim]) -> list[Row]:
    """A row for each claim, judged once per process."""
    return [Row(claim, claim.verdict()) for claim in claims]


def counts(rows: Iterable[Row]) -> dict[str, dict[Verdict, int]]:
    """How many claims of each paper have each verdict."""
    table: dict[str, dict[Verdict, int]] = {}
    for row in rows:
        line = table.setdefault(row.claim.paper, dict.fromkeys(Verdict, 0))
        line[row.verdict] += 1
    return table
