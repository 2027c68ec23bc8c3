"""Insurance through taxes of constant progressivity (an extension of ours).

After-tax income is y = λ w^{1−τ}: the elasticity of after-tax to pre-tax income is 1 − τ at every
income. λ balances the budget, E[y] = E[w], so that the tax redistributes and raises nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.kuhle.inputs import same, share
from aiecon.kuhle.lognormal import Economy, an_economy
from aiecon.kuhle.welfare import plateau, risk_aversion
from aiecon.validation import broadcast

__all__ = ["after_tax", "insuring_progressivity", "plateau_after_tax"]


def after_tax(economy: Economy, tau: ArrayLike) -> Economy:
    """The distribution of after-tax income, itself lognormal, with technology (1 − τ)a.

        ln y ~ N(ln M + [1 − (1−τ)²]a²ς²/2, (1−τ)²a²ς²)

    The mean is unchanged. The certainty equivalent is M e^{(1−γ(1−τ)²)a²ς²/2}: the tax turns risk
    aversion γ into γ(1−τ)². Labour supply and skill are taken as given. 0 ≤ τ ≤ 1, an array
    broadcasts. Source: the tax function of Feldstein, Bénabou and Heathcote et al.

    >>> economy = Economy(0.05, 300.0)
    >>> taxed = after_tax(economy, 0.2)
    >>> round(float(taxed.mean / economy.mean), 12), round(float(taxed.dispersion), 12)
    (1.0, 0.6)
    """
    an_economy("economy", economy)
    keep = 1 - share("tau", tau)
    broadcast(economy=np.asarray(economy.log_median), tau=keep)
    technology = keep * economy.technology
    log_median = economy.log_median + (1 - keep**2) * economy.dispersion**2 / 2
    scale = np.exp(log_median - technology * economy.skill_mean)
    return Economy(technology, scale, economy.skill_mean, economy.skill_sd)


def plateau_after_tax(
    gamma: ArrayLike, skill_mean: ArrayLike, skill_sd: ArrayLike, tau: ArrayLike
) -> Any:
    """The plateau with taxes, a* = μ/((γ(1−τ)² − 1)ς²), ∞ where γ(1−τ)² ≤ 1.

    >>> plateau_after_tax(4.0, 9.0, 3.0, [0.0, 0.25, 0.5]).round(4)
    array([0.3333, 0.8   ,    inf])
    """
    g, t = broadcast(gamma=risk_aversion(gamma), tau=share("tau", tau))
    effective = g * (1 - t) ** 2
    # At τ = 1 − 1/√γ it is one up to rounding, and there is no plateau.
    return plateau(np.where(same(effective, 1.0), 1.0, effective), skill_mean, skill_sd)


def insuring_progressivity(gamma: ArrayLike) -> Any:
    """The smallest τ at which no plateau is left, 1 − 1/√γ (zero for γ ≤ 1).

    >>> insuring_progressivity([0.5, 1.0, 4.0])
    array([0. , 0. , 0.5])
    """
    g = risk_aversion(gamma)
    return (1 - 1 / np.sqrt(np.maximum(g, 1.0)))[()]
