"""What the claims share: the label that every row carries, and errors to plant."""

from __future__ import annotations

from functools import partial

from aiecon.ledger import Claim, Edition, Planted

PACKAGE = "aiecon.chen_meng"
REGIMES, MOMENTS = "chen_meng/two_regimes", "chen_meng/moments"

#: Every row of the ledger says what it is.
RECONSTRUCTION = "A stylised reconstruction of the mechanism, not the paper's model."

EDITION = Edition(
    "Chen & Meng (2026)",
    read="Read in the public abstract and in a press summary.",
    unseen="The paper itself, its equations, parameters, tables and figures were not seen.",
    searched="Up to November 2026 we found no erratum and no published code.",
    paged=False,
)

claim = partial(Claim, edition=EDITION, source="Abstract")

no_rents = Planted(f"{PACKAGE}.firms:rents", lambda x: 0 * x, "no rents for the owners")
nothing_homogenised = Planted(
    f"{PACKAGE}.parameters:Parameters.weight", lambda w: 0 * w, "AI without weight in production"
)
equal_owners = Planted(
    f"{PACKAGE}.inequality:ownership", lambda q: 0 * q + 1, "rents shared equally among all"
)
