"""Can a claim's check fail? Its errors are planted one by one, and the verdict must change."""

from __future__ import annotations

from dataclasses import dataclass

from .planting import Planted, planted
from .verdicts import Claim, Verdict, judgement


@dataclass(frozen=True)
class Trial:
    """The verdict without and with a planted error, and how often the computation met it."""

    error: Planted
    before: Verdict
    after: Verdict
    calls: int

    @property
    def noticed(self) -> bool:
        """Did the verdict change?"""
        return self.after is not self.before

    def __str__(self) -> str:
        if self.noticed:
            return f"{self.error.says}: {self.after.value}"
        if not self.calls:
            return f"{self.error.says}: not met, the computation does not use {self.error.target}"
        return f"{self.error.says}: NOT NOTICED, still {self.after.value}"


def trials(claim: Claim) -> list[Trial]:
    """Plants each of the claim's errors and judges the claim anew.

    An error under which the computation raises is not a noticed error: the exception goes through,
    and the claim needs an error that yields a wrong number.
    """
    before = judgement(claim).verdict
    found = []
    for error in claim.planted:
        with planted(error) as trace:
            after = judgement(claim).verdict
        found.append(Trial(error, before, after, trace.calls))
    return found


def calls_of_function(claim: Claim) -> int:
    """How often the claim's computation calls the function that it names as its maker."""
    watch = Planted(claim.function, lambda result: result, says="watched")
    with planted(watch) as trace:
        judgement(claim)
    return trace.calls
