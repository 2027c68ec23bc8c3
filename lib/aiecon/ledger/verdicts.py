"""A claim of a paper, and the verdict that a computation gives on it.

The verdict is computed. A claim that is expected to differ says what holds instead, one that is
not identified says what the missing input would have to be, one that is out of reach names a
check of the obstacle; where such a check fails, the verdict is *unsettled* and a test fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from .planting import Planted
from .reported import Array, Reported

if TYPE_CHECKING:
    from .sensitivity import Noticed

__all__ = [
    "Cause",
    "Claim",
    "Differs",
    "Judgement",
    "NotIdentified",
    "OutOfReach",
    "Verdict",
]


class Verdict(Enum):
    """What we can say about a claim."""

    REPLICATED = "replicated"
    IN_SHAPE = "replicated in shape"
    ERRATUM = "differs: erratum"
    UNEXPLAINED = "differs: unexplained"
    NOT_IDENTIFIED = "not identified"
    OUT_OF_REACH = "out of reach"
    #: Neither what is printed holds nor what we said would: never an expected verdict.
    UNSETTLED = "unsettled"


class Cause(Enum):
    """Why a result differs from what is printed."""

    ERRATUM = "erratum"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class Differs:
    """We expect the printed statement to fail, and ``instead`` to hold of our result.

    An erratum needs ``proof``: where the book proves it, as ``"chapter#anchor"``
    (``"korinek_suh/race#prop-7-case-2"``). The verdict is *differs* only if our result violates
    what is printed and satisfies ``instead``.
    """

    instead: Reported
    because: str
    cause: Cause = Cause.UNEXPLAINED
    proof: str = ""

    def __post_init__(self) -> None:
        if self.cause is Cause.ERRATUM and not self.proof:
            raise ValueError("proof = '': an erratum needs the place of its proof, chapter#anchor")


@dataclass(frozen=True)
class NotIdentified:
    """The statement depends on an input that the paper does not print.

    ``missing`` names the input; ``required`` computes what it would have to be (a number or an
    array: the set), written by ``says`` (a format such as ``"ω = {:.2f}"``, or a function).
    The claim's own ``compute`` uses the required input; ``otherwise`` computes the same result
    at another admissible input. The verdict is *not identified* only if the statement holds with
    the first and fails with the second: if it also holds with the second, the input does not
    matter and the claim is replicated; if it fails with both, it differs.
    """

    missing: str
    required: Callable[[], Any]
    otherwise: Callable[[], Any]
    says: str | Callable[[Any], str] = "{}"

    def requirement(self) -> str:
        """What would have to be true, in words."""
        value = self.required()
        return self.says(value) if callable(self.says) else self.says.format(value)


@dataclass(frozen=True)
class OutOfReach:
    """We cannot check the statement, and ``obstacle`` computes that the obstacle is there."""

    why: str
    obstacle: Callable[[], bool]


@dataclass(frozen=True, eq=False)
class Claim:
    """One statement of a paper with the computation that checks it.

    id
        ``ks.fig6b.wage-fall``: paper, place, what; lower-case letters, digits, dots, hyphens.
    paper, source, page
        ``"Korinek & Suh (2024)"``; ``"Section 3.2, Figure 6(b)"``; the page if known.
    statement
        What is claimed, in our words, one sentence, mathematics in plain Unicode.
    reported
        What is printed, with its tolerance: :class:`Number`, :class:`Exact`, :class:`Range`,
        :class:`Sign`, :class:`Course` or :class:`Shape`.
    compute
        Ours: a function without arguments that calls the library and returns a number or an
        array. None only for claims out of reach.
    function
        The library function that makes the result, ``"aiecon.korinek_suh.prices:wage"``.
    chapter, anchor
        The cell that shows it: ``"korinek_suh/factor_prices"``, ``"figure-6b"``.
    planted
        Errors planted in the library under which the verdict must change; at least one.
    finding
        None if we expect the statement to hold; otherwise :class:`Differs`,
        :class:`NotIdentified` or :class:`OutOfReach`.
    show
        Format of our result (``".1%"``), where the default is not good.
    note
        Anything a referee should know, one or two sentences.
    """

    id: str
    paper: str
    source: str
    statement: str
    reported: Reported
    compute: Callable[[], Any] | None
    function: str
    chapter: str
    anchor: str
    planted: tuple[Planted, ...]
    finding: Differs | NotIdentified | OutOfReach | None = None
    page: int | None = None
    show: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9]+(\.[a-z0-9-]+)+", self.id):
            raise ValueError(
                f"id = {self.id!r}: expected lower-case letters, digits and hyphens in parts "
                "joined by dots, such as 'ks.fig6b.wage-fall'"
            )
        if not self.planted:
            raise ValueError(
                f"{self.id}: planted = (): give at least one planted error under which the verdict "
                "changes, such as Planted('aiecon.package.module:function', scale(1.05), '…')"
            )
        if (self.compute is None) != isinstance(self.finding, OutOfReach):
            raise ValueError(f"{self.id}: compute is None for a claim out of reach, and only there")

    @property
    def expected(self) -> Verdict:
        """The verdict that the declaration leads one to expect; a test compares."""
        match self.finding:
            case Differs(cause=Cause.ERRATUM):
                return Verdict.ERRATUM
            case Differs():
                return Verdict.UNEXPLAINED
            case NotIdentified():
                return Verdict.NOT_IDENTIFIED
            case OutOfReach():
                return Verdict.OUT_OF_REACH
        return Verdict.REPLICATED if self.reported.quantitative else Verdict.IN_SHAPE

    def ours(self) -> Array:
        """Our result, computed now."""
        if self.compute is None:
            raise ValueError(f"{self.id} is out of reach: there is no result of ours")
        return np.asarray(self.compute(), dtype=float)

    def verdict(self) -> Judgement:
        """Compute our result and judge the claim (once per process, see :func:`clear`)."""
        if self not in _cache:
            _cache[self] = judgement(self)
        return _cache[self]


@dataclass(frozen=True, eq=False)
class Judgement:
    """The verdict on a claim: our result, its distance from what is printed, and a sentence."""

    claim: Claim
    verdict: Verdict
    ours: Array | None
    gap: float | None
    required: str = ""  # what a missing input would have to be, where that is the verdict

    @property
    def as_expected(self) -> bool:
        """Is the verdict the one that the claim declares?"""
        return self.verdict is self.claim.expected

    @cached_property
    def noticed(self) -> Noticed | None:
        """The smallest relative change of our result that would change the verdict."""
        from .sensitivity import smallest_noticed

        return smallest_noticed(self.claim, self.ours)

    @property
    def sentence(self) -> str:
        """The verdict in a sentence or two."""
        claim, finding = self.claim, self.claim.finding
        if self.ours is None and isinstance(finding, OutOfReach):
            return f"{self.verdict.value.capitalize()}: {finding.why}"
        assert self.ours is not None
        ours = claim.reported.describe(self.ours, claim.show)
        verdict = self.verdict.value.capitalize()
        text = f"{verdict}: {claim.reported.printed} is reported, we get {ours}."
        if isinstance(finding, Differs) and self.as_expected:
            return f"{text} {finding.because}"
        if self.required and isinstance(finding, NotIdentified):
            return f"{text} {finding.missing}; it holds if {self.required}."
        return text


_cache: dict[Claim, Judgement] = {}


def clear() -> None:
    """Forget the verdicts computed in this process."""
    _cache.clear()


def judge(claim: Claim, ours: Array | None) -> Verdict:
    """The verdict on a claim, given our result."""
    reported, finding = claim.reported, claim.finding
    if isinstance(finding, OutOfReach):
        return Verdict.OUT_OF_REACH if finding.obstacle() else Verdict.UNSETTLED
    assert ours is not None
    agrees = Verdict.REPLICATED if reported.quantitative else Verdict.IN_SHAPE
    if reported.holds(ours):
        if isinstance(finding, NotIdentified):
            other = np.asarray(finding.otherwise(), dtype=float)
            return agrees if reported.holds(other) else Verdict.NOT_IDENTIFIED
        return agrees
    if isinstance(finding, Differs):
        return claim.expected if finding.instead.holds(ours) else Verdict.UNSETTLED
    return Verdict.UNEXPLAINED


def judgement(claim: Claim) -> Judgement:
    """Compute our result and judge; no cache."""
    ours = None if claim.compute is None else claim.ours()
    verdict = judge(claim, ours)
    gap = None if ours is None else claim.reported.gap(ours)
    required = ""
    if isinstance(claim.finding, NotIdentified) and verdict is Verdict.NOT_IDENTIFIED:
        required = claim.finding.requirement()
    return Judgement(claim, verdict, ours, gap, required)
