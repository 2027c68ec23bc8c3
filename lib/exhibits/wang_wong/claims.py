"""What the claims on Wang & Wong (2025) share: what was read of the paper, an error to plant."""

from collections.abc import Callable
from typing import Any

from exhibits.ledger import Edition, Paper, Planted, scale

PACKAGE = "aiecon.wang_wong"

EDITION = Edition(
    "Wang & Wong (2025)",
    read="Read in a summary and in the public abstracts of May and December 2025.",
    unseen="The paper itself, its proofs, tables and figures were not seen.",
    searched="Up to November 2026 we found no erratum and no published code.",
    paged=False,
)

PAPER = Paper("ww", EDITION, ("predator_prey", "indeterminacy", "free_entry", "efficiency"))


def wrong(target: str, error: Callable[[Any], Any], says: str) -> Planted:
    """An error in what a function of the package returns, ``module:function``."""
    return Planted(f"{PACKAGE}.{target}", error, says)


def mistaken(parameter: str, factor: float, says: str) -> Planted:
    """A parameter that is wrong by a factor."""
    return wrong(f"parameters:Parameters.{parameter}", scale(factor), says)
