"""A claim of a paper, and the verdict that a computation gives on it.

The verdict is computed. A claim that is expected to differ says what holds instead, one that is
not identified says what the missing input would have to be, one that is out of reach names a
check of the obstacle; where such a check fails, the verdict is *unsettled* and a test fails.
"""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from aiecon.drafts import write_whole

from .editions import Edition
from .planting import SHARED, Planted
from .reported import Array, Reported

LONGEST_QUOTATION = 10  # words: a fragment, never a sentence


class Verdict(Enum):
    """What we can say about a claim."""

    REPLICATED = "replicated"
    IN_SHAPE = "replicated in shape"
    DIFFERS = "differs"
    NOT_IDENTIFIED = "not identified"
    OUT_OF_REACH = "out of reach"
    #: Our own assumption, target or definition guarantees it: no evidence for the paper.
    BY_CONSTRUCTION = "by construction"
    #: The book's own addition to the paper: no verdict on the paper.
    OF_THE_BOOK = "result of the book"
    #: What is printed fails and what we said would hold fails, too: never an expected verdict.
    UNSETTLED = "unsettled"


class Kind(Enum):
    """How a printed statement differs, from the heaviest to the lightest, then the open case."""

    FALSE = "false statement"
    WRONG_STEP = "wrong step of a true result"
    MISSING_CONDITION = "missing condition"
    LOOSE = "loose wording"
    MISPRINT = "misprint"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, kw_only=True)
class Differs:
    """We expect the printed statement to fail, and ``instead`` to hold of our result.

    It is an accusation, so it carries its evidence, all of it: ``kind``; ``quotation``, the key
    words of the passage, a fragment of at most ten words as the paper prints it; ``assumptions``,
    what is in force where we test it; ``readings``, the fair readings of the passage, with its
    qualifications and footnotes, and why each leaves the statement untrue; ``because``, what is
    wrong, in a sentence or two; ``proof``, where the book proves it, as ``"chapter#anchor"``
    (``"korinek_suh/race#prop-7-case-2"``). ValueError names what is missing.

    The verdict is *differs* only if our result violates what is printed and satisfies ``instead``.
    """

    # No field may be left out; with a default it is this class that says which one was.
    kind: Kind = None  # type: ignore[assignment]
    quotation: str = ""
    assumptions: str = ""
    readings: tuple[str, ...] = ()
    because: str = ""
    instead: Reported = None  # type: ignore[assignment]
    proof: str = ""

    verdict: ClassVar[Verdict] = Verdict.DIFFERS

    def __post_init__(self) -> None:
        readings = self.readings if isinstance(self.readings, tuple) else ()
        sentence = "a sentence; a row that differs needs it"
        expected = {
            "kind": (
                isinstance(self.kind, Kind),
                f"one of {', '.join(f'Kind.{kind.name}' for kind in Kind)}",
            ),
            "quotation": (
                1 <= len(self.quotation.split()) <= LONGEST_QUOTATION,
                f"the key words of the passage, 1 to {LONGEST_QUOTATION} words as the paper prints "
                "them",
            ),
            "assumptions": (self.assumptions.strip(), sentence),
            "readings": (
                readings and all(isinstance(words, str) and words.strip() for words in readings),
                "a tuple of sentences, one for each fair reading that was tried and why it does "
                "not make the statement true",
            ),
            "because": (self.because.strip(), sentence),
            "instead": (
                isinstance(self.instead, Reported),
                "what holds of our result, such as Sign('>0', 'w > R')",
            ),
            "proof": (
                re.fullmatch(r"[\w/-]+#[\w.-]+", self.proof),
                "where the book proves it, such as 'korinek_suh/race#prp-ks-race-7'",
            ),
        }
        for name, (good, words) in expected.items():
            if not good:
                raise ValueError(f"{name} = {getattr(self, name)!r}: expected {words}")


@dataclass(frozen=True)
class ByConstruction:
    """Our own assumption guarantees the result: a target, an identity, a definition, a corollary.

    ``because`` says which. The check still runs, so that it stays true.
    """

    because: str
    verdict: ClassVar[Verdict] = Verdict.BY_CONSTRUCTION

    def __post_init__(self) -> None:
        if not self.because.strip():
            raise ValueError("because = '': say which assumption of ours guarantees the result")


@dataclass(frozen=True)
class OfTheBook:
    """The statement is the book's own; ``adds`` says what it adds to the paper."""

    adds: str
    verdict: ClassVar[Verdict] = Verdict.OF_THE_BOOK

    def __post_init__(self) -> None:
        if not self.adds.strip():
            raise ValueError("adds = '': say what the statement adds to what the paper claims")


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
    verdict: ClassVar[Verdict] = Verdict.NOT_IDENTIFIED

    def requirement(self) -> str:
        """What would have to be true, in words."""
        value = self.required()
        return self.says(value) if callable(self.says) else self.says.format(value)


@dataclass(frozen=True)
class OutOfReach:
    """We cannot check the statement: ``why``. That the obstacle is there, ``obstacle`` computes
    (the decorated function itself, see :meth:`Paper.claim`)."""

    why: str
    obstacle: Callable[[], bool] = lambda: False
    verdict: ClassVar[Verdict] = Verdict.OUT_OF_REACH


Finding = Differs | NotIdentified | OutOfReach | ByConstruction | OfTheBook


@dataclass(frozen=True, eq=False)
class Claim:
    """One statement of a paper with the computation that checks it.

    id
        ``ks.fig6b.wage-fall``: paper, place, what; lower-case letters, digits, dots, hyphens.
    edition
        The :class:`Edition` of the paper that was read; its name is the claim's :attr:`paper`.
    source, page
        ``"Section 3.2, Figure 6(b)"``; the page, where the edition has pages.
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
        :class:`NotIdentified`, :class:`OutOfReach`, :class:`ByConstruction` or
        :class:`OfTheBook`.
    show
        Format of our result (``".1%"``), where the default is not good.
    note
        Anything a referee should know, one or two sentences.
    """

    id: str
    edition: Edition
    source: str
    statement: str
    reported: Reported
    compute: Callable[[], Any] | None
    function: str
    chapter: str
    anchor: str
    planted: tuple[Planted, ...]
    finding: Finding | None = None
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
        if isinstance(self.finding, Differs) and self.edition.paged and self.page is None:
            raise ValueError(
                f"{self.id}: page = None: a row that differs names the page of the passage"
            )

    @property
    def paper(self) -> str:
        """``"Korinek & Suh (2024)"``."""
        return self.edition.paper

    @property
    def expected(self) -> Verdict:
        """The verdict that the declaration leads one to expect; a test compares."""
        if self.finding is not None:
            return self.finding.verdict
        return Verdict.REPLICATED if self.reported.quantitative else Verdict.IN_SHAPE

    def ours(self) -> Array:
        """Our result, computed now."""
        if self.compute is None:
            raise ValueError(f"{self.id} is out of reach: there is no result of ours")
        return np.asarray(self.compute(), dtype=float)

    def verdict(self) -> Judgement:
        """Compute our result and judge the claim (once per process, see :func:`clear`)."""
        return _once_a_build(self)


@dataclass(frozen=True, eq=False)
class Judgement:
    """The verdict on a claim: our result, its distance from what is printed, and a sentence."""

    claim: Claim
    verdict: Verdict
    ours: Array | None
    gap: float | None
    required: str = ""  # what a missing input would have to be, where that is the verdict

    @property
    def category(self) -> str:
        """What the ledger counts: the verdict, and of a row that differs its kind."""
        if self.verdict is Verdict.DIFFERS and isinstance(self.claim.finding, Differs):
            return f"{self.verdict.value}: {self.claim.finding.kind.value}"
        return self.verdict.value

    @property
    def as_expected(self) -> bool:
        """Is the verdict the one that the claim declares?"""
        return self.verdict is self.claim.expected

    @property
    def sentence(self) -> str:
        """The verdict in a sentence or two."""
        claim, finding = self.claim, self.claim.finding
        if self.ours is None and isinstance(finding, OutOfReach):
            return f"{self.verdict.value.capitalize()}: {finding.why}"
        assert self.ours is not None
        ours = claim.reported.describe(self.ours, claim.show)
        verdict = self.category.capitalize()
        text = f"{verdict}: {claim.reported.printed} is reported, we get {ours}."
        if isinstance(finding, Differs) and self.as_expected:
            return f"{text} {finding.because}"
        if self.required and isinstance(finding, NotIdentified):
            return f"{text} {finding.missing}; it holds if {self.required}."
        return text


def judge(claim: Claim, ours: Array | None) -> Verdict:
    """The verdict on a claim, given our result."""
    reported, finding = claim.reported, claim.finding
    if isinstance(finding, OutOfReach):
        return Verdict.OUT_OF_REACH if finding.obstacle() else Verdict.UNSETTLED
    assert ours is not None
    if not reported.holds(ours):
        foreseen = isinstance(finding, Differs) and finding.instead.holds(ours)
        return Verdict.DIFFERS if foreseen else Verdict.UNSETTLED
    match finding:
        case NotIdentified() if not reported.holds(np.asarray(finding.otherwise(), dtype=float)):
            return Verdict.NOT_IDENTIFIED
        case ByConstruction() | OfTheBook():
            return claim.expected
    return Verdict.REPLICATED if reported.quantitative else Verdict.IN_SHAPE


@cache
def judgement(claim: Claim) -> Judgement:
    """Compute our result and judge: once in a process, and anew in a library with an error."""
    ours = None if claim.compute is None else claim.ours()
    verdict = judge(claim, ours)
    gap = None if ours is None else claim.reported.gap(ours)
    required = ""
    if isinstance(claim.finding, NotIdentified) and verdict is Verdict.NOT_IDENTIFIED:
        required = claim.finding.requirement()
    return Judgement(claim, verdict, ours, gap, required)


@cache
def _once_a_build(claim: Claim) -> Judgement:
    """The judgement; while the book is built, that of the first page's kernel that asked for it."""
    folder = os.environ.get(SHARED)
    if not folder:
        return judgement(claim)
    file = Path(folder, claim.id)
    if file.exists():
        return Judgement(claim, *pickle.loads(file.read_bytes()))
    found = judgement(claim)
    write_whole(file, pickle.dumps((found.verdict, found.ours, found.gap, found.required)))
    return found


def clear() -> None:
    """Forget the verdicts computed in this process."""
    judgement.cache_clear()
    _once_a_build.cache_clear()
