"""How the claims of a paper are declared: each a decorated function, in one file a chapter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from .editions import Edition
from .reported import Reported
from .verdicts import Claim, OutOfReach

Compute = Callable[[], Any]


@dataclass(frozen=True, eq=False)
class Paper:
    """A paper whose claims the ledger collects.

    ``prefix``: the first part of every id; ``edition``: what was read of it; ``chapters``: the
    chapters that hold claims, in the book's order. A package of ``exhibits`` declares it as
    ``PAPER`` in its module ``claims``; the claims of a chapter stand in ``<chapter>_claims``.

    >>> toy = Paper("toy", Edition("Solow & Toy (1956)", "Read.", "All seen.", "None later."), ())
    >>> toy.id("fig6b_wage_fall")
    'toy.fig6b.wage-fall'
    """

    prefix: str
    edition: Edition
    chapters: tuple[str, ...]
    declared: list[Claim] = field(default_factory=list, repr=False)

    def claim(
        self, reported: Reported, *, id: str = "", statement: str = "", **fields: Any
    ) -> Callable[[Compute], Compute]:
        """Declares the decorated function as the computation of a claim.

        Its docstring is the statement, its name the id: ``fig6b_wage_fall`` is
        ``ks.fig6b.wage-fall``. Either may be given instead. Of a claim that is out of reach the
        function checks that the obstacle is there. ``fields`` are those of :class:`Claim`, most of
        them shared by several claims: ``in_figure = partial(PAPER.claim, chapter=…, anchor=…)``.
        """

        def declare(compute: Compute) -> Compute:
            name = id or self.id(compute.__name__)
            words = statement or " ".join((compute.__doc__ or "").split())
            if not words:
                raise ValueError(f"{name}: no statement; say in a docstring what is claimed")
            if any(claim.id == name for claim in self.declared):
                raise ValueError(f"two claims have the same id: {name}; rename one of them")
            computed: Compute | None = compute
            if isinstance(finding := fields.get("finding"), OutOfReach):
                fields["finding"], computed = replace(finding, obstacle=compute), None
            row = Claim(
                id=name,
                edition=self.edition,
                statement=words,
                reported=reported,
                compute=computed,
                **fields,
            )
            self.declared.append(row)
            return compute

        return declare

    def id(self, name: str) -> str:
        """The id that a function's name stands for."""
        section, _, rest = name.strip("_").partition("_")
        return f"{self.prefix}.{section}.{rest.replace('_', '-')}"

    def in_order(self) -> list[Claim]:
        """The claims declared so far, chapter by chapter, whatever was imported first."""
        place = {chapter: i for i, chapter in enumerate(self.chapters)}
        return sorted(self.declared, key=lambda c: place.get(c.chapter.rpartition("/")[2], 99))
