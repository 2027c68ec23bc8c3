"""What the claims on Acemoglu (2024) share: what was read of the paper."""

from exhibits.ledger import Edition, Paper

EDITION = Edition(
    "Acemoglu (2024)",
    read="Read in full in the text of NBER working paper 32487 of May 2024, without page numbers.",
    unseen="The figures and the layout of Table 1 were not seen.",
    searched="The version printed in Economic Policy in 2025 was not read.",
    paged=False,
)

PAPER = Paper("ac", EDITION, ("counterweight",))
