"""What the claims on Kuhle (2026) share: what was read of the paper."""

from exhibits.ledger import Edition, Paper

EDITION = Edition(
    "Kuhle (2026)",
    read="Read: a press summary (Devdiscourse, 2026), on which every row rests, and the public "
    "abstract of arXiv 2602.19783 of February 2026.",
    unseen="Not seen: the paper itself, its equations, proofs, tables and figures.",
    searched="Looked for until November 2026: no text of the paper that we could read, no later "
    "version, no erratum and no published code was found.",
    paged=False,
)

PAPER = Paper("ku", EDITION, ("plateau",))
