"""What the claims of several modules share: printed formulas, grids, and errors to plant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon import korinek_suh as ks
from exhibits.ledger import Edition, Paper, Planted, scale, shift

PACKAGE = "aiecon.korinek_suh"
EQUILIBRIUM = f"{PACKAGE}.statics.production:equilibrium"

EDITION = Edition(
    "Korinek & Suh (2024)",
    read=(
        "Read in the text of two printings of March 2024, GovAI's and NBER working paper 32255. "
        "The passages that differ from ours stand in both in the same words, but for footnote 7, "
        "which we could read in the first only; the abstracts differ in one sentence."
    ),
    unseen="Our texts have no pictures: the figures themselves were not seen.",
    searched=(
        "Up to November 2026 we found no later version, no list of errata and no published code; "
        "the first author's CV of August 2025 lists this version."
    ),
)

PAPER = Paper(
    "ks",
    EDITION,
    (
        "tasks",
        "factor_prices",
        "race",
        "scenarios",
        "fixed_factor",
        "research",
        "nostalgic_jobs",
        "skills",
        "compute",
    ),
)


#: Economies on which statements about "every" economy are checked: K and σ, with A = L = 1.
ECONOMIES = tuple((K, sigma) for K in (0.3, 1.0, 4.0, 10.0) for sigma in (0.2, 0.5, 0.8))

# Errors that several claims plant -----------------------------------------------------------------

wage_high = Planted(EQUILIBRIUM, scale(1.05, "wage"), "the wage 5% too high")
wage_low = Planted(EQUILIBRIUM, scale(0.95, "wage"), "the wage 5% too low")
rental_low = Planted(EQUILIBRIUM, scale(0.95, "rental_rate"), "the rental rate 5% too low")
rental_high = Planted(EQUILIBRIUM, scale(1.05, "rental_rate"), "the rental rate 5% too high")
output_high = Planted(EQUILIBRIUM, scale(1.05, "output"), "output 5% too high")
border_off = Planted(f"{PACKAGE}.statics.ces:log_input_ratio", shift(0.05), "k/ℓ 5% too high")
mean_off = Planted(
    f"{PACKAGE}.statics.ces:log_power_mean", scale(1.05), "log of the CES mean 5% too high"
)
sigma_off = Planted(f"{PACKAGE}.parameters:Parameters.sigma", scale(1.05), "σ 5% too high")
labor_off = Planted(f"{PACKAGE}.parameters:Parameters.L", scale(1.05), "L 5% too high")
prices_exchanged = Planted(
    EQUILIBRIUM,
    lambda e: replace(e, wage=e.rental_rate, rental_rate=e.wage),
    "wage and rental rate exchanged",
)


def instead(field: str, wrong: Callable[[ks.Equilibrium], Any], says: str) -> Planted:
    """An equilibrium in which a field is something else."""
    return Planted(EQUILIBRIUM, lambda e: replace(e, **{field: wrong(e)}), says)


# Grids --------------------------------------------------------------------------------------------


def unit(sigma: float, A: float = 1.0) -> ks.Parameters:
    """A = L = 1 unless said: the setting of Figure 6."""
    return ks.Parameters(sigma=sigma, A=A, L=1.0)


def each(
    found: Callable[[float, float], Any],
    economies: Sequence[tuple[float, float]] = ECONOMIES,
) -> Callable[[], np.ndarray]:
    """A decorator: what is found at the K and σ of each economy, in one array."""

    @wraps(found)
    def at_all() -> np.ndarray:
        return np.array([found(K, sigma) for K, sigma in economies])

    return at_all


def on_region_1(K: float, points: int = 25) -> np.ndarray:
    """Shares of automated tasks from zero to the border K/(K+L), written out."""
    return np.linspace(0, 1, points) * K / (K + 1)


def turn(beyond: Callable[[Any], Any], below: Any, above: Any) -> Any:
    """Where ``beyond`` becomes true between two numbers, for each of its elements; by bisection."""
    for _ in range(50):
        middle = (below + above) / 2
        there = beyond(middle)
        below, above = np.where(there, below, middle), np.where(there, middle, above)
    return (below + above) / 2


def border_share(K: ArrayLike, sigma: float) -> Any:
    """The Φ at which the equilibrium leaves region 1, found by its region alone."""
    return turn(lambda Phi: ks.equilibrium(K, Phi, unit(sigma)).region == 2, 0.0, 1.0)


# (4), (6) and (7) as printed, for A = L = 1 ------------------------------------------------------


def printed_output(K: Any, Phi: Any, sigma: float) -> Any:
    e = (sigma - 1) / sigma
    return (K**e * Phi ** (1 / sigma) + (1 - Phi) ** (1 / sigma)) ** (1 / e)


def printed_rental(K: Any, Phi: Any, sigma: float) -> Any:
    return (printed_output(K, Phi, sigma) * Phi / K) ** (1 / sigma)


def printed_wage(K: Any, Phi: Any, sigma: float) -> Any:
    return (printed_output(K, Phi, sigma) * (1 - Phi)) ** (1 / sigma)


def printed_gap(K: Any, Phi: Any, sigma: float) -> Any:
    """k^((σ−1)/σ) − ℓ^((σ−1)/σ)."""
    e = (sigma - 1) / sigma
    return (K / Phi) ** e - (1 / (1 - Phi)) ** e
