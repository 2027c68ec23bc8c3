"""What the claims share: the note that every row carries, and errors to plant."""

from __future__ import annotations

from exhibits.ledger import Edition, Paper, Planted

PACKAGE = "aiecon.chen_meng"

#: Every row of the ledger says what it is.
RECONSTRUCTION = "A stylised reconstruction of the mechanism, not the paper's model."

EDITION = Edition(
    "Chen & Meng (2026)",
    read="Read: the abstract on arXiv (2603.05565, version 2 of 9 March 2026) and an unsigned "
    "press summary.",
    unseen="The paper itself was not read: none of its equations, parameters, tables, figures or "
    "data was seen.",
    searched="arXiv lists versions of 5 and 9 March 2026; up to November 2026 we found no later "
    "one, no erratum and no published code.",
    paged=False,
)

PAPER = Paper("cm", EDITION, ("two_regimes", "moments"))


def note(*quoted: str, more: str = "") -> str:
    """What every row says: the words of the abstract that it is about, and whose model this is."""
    words = " and ".join(f"“{fragment}”" for fragment in quoted)
    return f"The abstract: {words}. {RECONSTRUCTION} {more}".rstrip()


no_rents = Planted(f"{PACKAGE}.firms:rents", lambda x: 0 * x, "no rents for the owners")
nothing_homogenised = Planted(
    f"{PACKAGE}.parameters:Parameters.weight", lambda w: 0 * w, "AI without weight in production"
)
equal_owners = Planted(
    f"{PACKAGE}.inequality:ownership", lambda q: 0 * q + 1, "rents shared equally among all"
)
