"""What the claims on Kuhle (2026) share: what was read of the paper, and errors to plant.

The paper's equations and tables were not available: the source of each claim is a press summary,
which gives three numbers and many directions. *Replicated* stands only where it states a number or
a bound; where it has words, a threshold of ours makes the row *in shape* at most. What our own
assumption, example or another row guarantees is marked *by construction*.
"""

import numpy as np

from exhibits.ledger import Edition, Paper, Planted

PACKAGE = "aiecon.kuhle"
RETURNS = "Summary, “Exponential returns and the educational arms race”"

EDITION = Edition(
    "Kuhle (2026)",
    read="Read: a press summary (Devdiscourse, 2026), on which every row rests, and the public "
    "abstract of arXiv 2602.19783 of February 2026.",
    unseen="Not seen: the paper itself, its equations, proofs, tables and figures.",
    searched="Looked for until November 2026: no text of the paper that we could read, no later "
    "version, no erratum and no published code was found.",
    paged=False,
)

PAPER = Paper("ku", EDITION, ("plateau", "arms_race", "calibration"))

riskless = Planted(
    f"{PACKAGE}.welfare:log_certainty_equivalent",
    instead=lambda economy, gamma: economy.log_median + 0 * gamma * economy.dispersion,
    says="risk not subtracted",
)

mean_wrong_sign = Planted(
    f"{PACKAGE}.lognormal:Economy.mean",
    instead=lambda economy: np.exp(economy.log_median - economy.dispersion**2 / 2),
    says="E[w] = M e^{−σ²/2}",
)
