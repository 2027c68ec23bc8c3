"""What the summary of Kuhle (2026) reports on the plateau, and the computation that checks it."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from aiecon import kuhle
from exhibits.kuhle.claims import PACKAGE, PAPER, RETURNS, mean_wrong_sign, riskless
from exhibits.ledger import (
    ByConstruction,
    Course,
    Exact,
    Planted,
    Shape,
    Sign,
    scale,
)

claim = partial(PAPER.claim, source=RETURNS, chapter="kuhle/plateau")

CE = f"{PACKAGE}.welfare:log_certainty_equivalent"
MEAN = f"{PACKAGE}.lognormal:Economy.mean"

_log_utility = Planted(
    CE,
    instead=lambda economy, gamma: economy.log_median - gamma * economy.dispersion**2 / 2,
    says="CE = M e^{−γσ²/2}, the premium taken from the median",
)


_mean_first_order = Planted(
    MEAN,
    instead=lambda economy: economy.median * (1 + economy.dispersion**2 / 2),
    says="E[w] = M(1 + σ²/2), a first-order expansion",
)


def _by_technology(highest: float = 0.25) -> kuhle.Economy:
    """Technology from little to much, skill 17.7 points above the origin on average."""
    return kuhle.Economy(np.linspace(0.002, highest, 60), 1.0, 17.7, 15.0)


def _constant_and_positive(rates: np.ndarray) -> bool:
    return bool((rates > 0).all() and np.allclose(rates, rates[:, :1], rtol=1e-9, atol=0))


def _ce(*gammas: float) -> np.ndarray:
    return np.stack([kuhle.log_certainty_equivalent(_by_technology(), g) for g in gammas])


@claim(
    Course("rises"),
    anchor="fig-ku-plateau-inequality",
    function=f"{PACKAGE}.lognormal:top_share",
    planted=(
        mean_wrong_sign,
        Planted(f"{PACKAGE}.lognormal:Economy.gini", lambda g: 1 - g, "equality for the Gini"),
    ),
)
def plateau_mean_inequality() -> Any:
    """As technology rises, mean income and inequality rise (mean, Gini coefficient, share of
    the top 1%).
    """
    economy = _by_technology()
    return np.stack([np.log(economy.mean), economy.gini, kuhle.top_share(economy, 0.01)])


@claim(
    Shape("exponential: constant growth rates above zero", _constant_and_positive),
    anchor="prop-ku-mean",
    function=MEAN,
    planted=(_mean_first_order, mean_wrong_sign),
    note="The rates, a and a²/2, are ours: the summary gives none.",
)
def plateau_exponential() -> Any:
    """Expected income grows exponentially with mean skill and with its variance."""
    # Growth of expected income in steps of mean skill, and in steps of its variance.
    a, mu, variance = 0.05, np.linspace(80, 120, 9), np.linspace(100, 400, 9)
    means = kuhle.Economy(a, 300.0, mu).mean, kuhle.Economy(a, 300.0, 100.0, np.sqrt(variance)).mean
    return np.diff(np.log(np.stack(means)))


@claim(
    Course("rises"),
    anchor="fig-ku-plateau-ce",
    function=CE,
    planted=(_log_utility,),
    note="“Relatively risk tolerant” in the summary; that this reaches up to one, one "
    "included, follows from its next sentence.",
)
def plateau_low_gamma() -> Any:
    """With relative risk aversion up to one, more technology always raises expected utility (γ
    = 0, ½, 1).
    """
    return _ce(0.0, 0.5, 1.0)


@claim(
    Course("rises", "falls"),
    anchor="fig-ku-plateau-ce",
    function=CE,
    planted=(riskless,),
    note="With mean skill above the zero of its scale, as IQ; at or below it welfare falls "
    "from the start.",
)
def plateau_high_gamma() -> Any:
    """With relative risk aversion above one, expected utility rises up to a plateau and falls
    beyond it (γ = 1.5, 2.5, 4).
    """
    return _ce(1.5, 2.5, 4.0)


@claim(
    Exact("one", 1.0),
    anchor="prop-ku-plateau",
    function=CE,
    planted=(_log_utility,),
    finding=ByConstruction(
        "A corollary of ku.plateau.low-gamma and ku.plateau.high-gamma: ln CE is the log "
        "median plus (1 − γ)σ²/2, which changes its sign at one."
    ),
    note="From the peaks of CE at γ = 2 and γ = 4, not from the formula for the plateau.",
)
def plateau_threshold() -> Any:
    """The plateau appears once the coefficient of relative risk aversion exceeds one."""
    # The γ at which the peak of CE leaves for infinity: ln CE is a parabola in a, and the
    # inverse of its vertex is linear in γ.
    inverse = []
    for gamma in (2.0, 4.0):
        a = np.array([0.02, 0.04, 0.06])
        y = kuhle.log_certainty_equivalent(kuhle.Economy(a, 1.0, 17.7, 15.0), gamma)
        bend, slope, _ = np.polyfit(a, y, 2)
        inverse.append(-2 * bend / slope)
    return 2.0 - inverse[0] * 2.0 / (inverse[1] - inverse[0])


@claim(
    Sign(">0", "income rises, welfare falls"),
    anchor="fig-ku-plateau-ce",
    function=f"{PACKAGE}.welfare:plateau",
    planted=(Planted(f"{PACKAGE}.welfare:plateau", scale(0.5), "half the plateau"), riskless),
    finding=ByConstruction(
        "A corollary of ku.plateau.low-gamma (the mean is γ = 0) and ku.plateau.high-gamma, "
        "looked at beyond the peak."
    ),
)
def plateau_gdp_welfare() -> Any:
    """Beyond the plateau GDP goes on rising while welfare falls."""
    # Growth of mean income, and the fall of CE, in steps beyond a* for three γ.
    found = []
    for gamma in (1.5, 2.5, 4.0):
        a = kuhle.plateau(gamma, 17.7, 15.0) * np.linspace(1.0, 1.8, 9)
        economy = kuhle.Economy(a, 1.0, 17.7, 15.0)
        found.append(np.diff(np.log(economy.mean)))
        found.append(-np.diff(kuhle.log_certainty_equivalent(economy, gamma)))
    return np.stack(found)
