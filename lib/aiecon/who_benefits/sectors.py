"""Two sectors that automation reaches at different times, and firms with and without assets.

Final output is the CES sum of the sectors' goods with elasticity ε and weights a_i; labour and
capital move freely, each task takes the cheaper factor. With (2)'s unit cost in each sector,

    p_i = A⁻¹ [Φ_i R^(1−σ) + (1−Φ_i) w^(1−σ)]^(1/(1−σ)),      Σ a_i p_i^(1−ε) = 1,
    expenditure share s_i = a_i p_i^(1−ε),   of which S_i = (1−Φ_i)(w/(A p_i))^(1−σ) goes to labour,

so that w L = Y Σ s_i S_i, and sector i employs the share s_i S_i/Σ s_j S_j of labour. At ε = σ this
is one economy with Φ = Σ a_i Φ_i. Where w = R = A labour is not scarce in any sector.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize.elementwise import find_root

from aiecon import chen_meng as cm
from aiecon.korinek_suh import Parameters
from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath
from aiecon.korinek_suh.parameters import given
from aiecon.validation import FloatArray, finite, number, require
from aiecon.who_benefits.regions import accumulate, arrays_of

__all__ = ["FirmGap", "Sectors", "firm_gap", "sector_equilibrium", "sector_path"]

LARGEST = 300.0  # of log(w/R)


@dataclass(frozen=True)
class Sectors:
    """An equilibrium; sectors come first in the arrays with an axis for them."""

    wage: Any
    rental_rate: Any
    output: Any  # Y, in units of the final good
    labor_share: Any  # w L/Y
    price: Any  # p_i (sectors, …)
    expenditure: Any  # s_i
    labor: Any  # share of all labour that works in sector i; where w = R, if all mix factors alike
    scarce: Any  # whether labour is


def sector_equilibrium(
    K: ArrayLike,
    Phi: ArrayLike,
    elasticity: float,
    params: Parameters | None = None,
    weights: ArrayLike = (0.5, 0.5),
) -> Sectors:
    """Prices, wages and who works where, for capital K (…) and shares Φ (sectors, …) of tasks.

    ``elasticity`` ε > 0 between the goods, ≠ 1 (take one beside it); ``weights`` a_i add up to one;
    σ ≠ 1. ValueError for other values.

    >>> now = sector_equilibrium(4.6, [0.9, 0.3], elasticity=0.5)
    >>> now.labor.round(3), float(now.wage.round(3))  # labour is where tasks are left
    (array([0.125, 0.875]), 1.409)
    >>> sector_equilibrium(4.6, [0.9, 0.3], elasticity=4.0).labor.round(3)
    array([0.346, 0.654])
    """
    p, eps = given(params), number("elasticity", elasticity)
    require("elasticity", eps, eps > 0 and eps != 1, "elasticity > 0 and ≠ 1")
    require("sigma", p.sigma, p.sigma != 1, "sigma ≠ 1")
    capital, tasks, a = arrays_of(K, Phi, weights, "weights")
    goal, rows, shape = np.log(capital / p.L).ravel(), tasks.reshape(len(a), -1), capital.shape

    def excess(x: FloatArray, goal: FloatArray, *rows: FloatArray) -> FloatArray:
        """log(K/L) at w/R = exp(x), less what there is."""
        _, s, S, rest = _shares(x, np.stack(rows), a, eps, p)
        capital_share, labor_share = (s * rest).sum(axis=0), (s * S).sum(axis=0)
        return np.asarray(x + np.log(capital_share) - np.log(labor_share) - goal)

    with np.errstate(divide="ignore", over="ignore"):  # at Φ = 0 or 1 everywhere
        scarce = excess(np.zeros_like(goal), goal, *rows) < 0
        x = np.zeros_like(goal)
        if scarce.any():
            some = [row[scarce] for row in rows]
            ends = (np.zeros(scarce.sum()), np.full(scarce.sum(), LARGEST))
            x[scarce] = find_root(excess, ends, args=(goal[scarce], *some)).x
    R, s, S, _ = _shares(x, rows, a, eps, p)
    wage, per_head = R * np.exp(x), np.exp(goal)
    bill = np.where(scarce, (s * S).sum(axis=0), 1.0 / (1.0 + per_head))
    labor = np.where(scarce, s * S / np.where(scarce, bill, 1.0), s)
    output = p.L * (wage + R * per_head)
    wage, R_, Y, share, is_scarce = (
        np.asarray(v).reshape(shape)[()] for v in (wage, R, output, bill, scarce)
    )
    price, spent, work = (
        v.reshape(tasks.shape) for v in (_relative_costs(x, rows, p) * R, s, labor)
    )
    return Sectors(wage, R_, Y, share, price, spent, work, is_scarce)


def _relative_costs(x: FloatArray, Phi: FloatArray, p: Parameters) -> FloatArray:
    """p_i/R at w/R = exp(x)."""
    e = 1.0 - p.sigma
    return np.asarray((Phi + (1.0 - Phi) * np.exp(e * x)) ** (1.0 / e) / p.A)


def _shares(
    x: FloatArray, Phi: FloatArray, a: FloatArray, eps: float, p: Parameters
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """R, expenditure shares s_i, and labour's share S_i and capital's in each sector."""
    cost, e = _relative_costs(x, Phi, p), 1.0 - p.sigma
    spent = np.log(a).reshape(-1, *[1] * x.ndim) + (1.0 - eps) * np.log(cost)
    total = np.logaddexp.reduce(spent)
    R, whole = np.exp(-total / (1.0 - eps)), (p.A * cost) ** e
    return R, np.exp(spent - total), (1.0 - Phi) * np.exp(e * x) / whole, Phi / whole


def sector_path(
    paths: tuple[AutomationPath, ...],
    elasticity: float,
    dates: ArrayLike,
    weights: ArrayLike = (0.5, 0.5),
    *,
    saving: float = 0.3,
    K0: float = 4.6,
    params: Parameters | None = None,
) -> Sectors:
    """The sectors at dates (T,) while the share ``saving`` of output is saved.

    >>> from aiecon import korinek_suh as ks
    >>> both = ks.Bounded(horizon=20.0), ks.BusinessAsUsual()
    >>> found = sector_path(both, 0.5, [0.0, 10.0, 19.0])
    >>> found.labor[0].round(2)  # labour leaves the sector that is automated
    array([0.5 , 0.36, 0.06])
    """

    def at(K: ArrayLike, Phi: FloatArray) -> Sectors:
        return sector_equilibrium(K, Phi, elasticity, params, weights)

    return accumulate(at, paths, dates, saving, K0, given(params).delta)[1]  # type: ignore[no-any-return]


# Firms --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FirmGap:
    """A firm with assets k over one without (k = 0), in Chen & Meng: arrays of the quantiles."""

    quantile: FloatArray  # of firms by assets
    output: FloatArray  # revenue per worker, (1 + r k)^(aλ), less one
    pay: FloatArray  # (1 + r k)^(aλξ), less one
    margin: FloatArray  # what is left for owners, a share of revenue


def firm_gap(
    params: cm.Parameters | None = None, quantile: ArrayLike = (0.5, 0.9, 0.99)
) -> FirmGap:
    """What complementary assets do: k is Pareto from one with the tail ζ, r = η₁/η₀.

    A firm without assets has commodity AI and no rents. ValueError for quantiles outside [0, 1).

    >>> firm_gap().output.round(3), firm_gap().margin.round(3)
    (array([0.1  , 0.189, 0.366]), array([0.073, 0.129, 0.221]))
    """
    p, q = params or cm.Parameters(), finite("quantile", quantile)
    require("quantile", q, (q >= 0) & (q < 1), "0 ≤ quantile < 1")
    assets = (1.0 - q) ** (-1.0 / p.zeta)
    log_output = p.weight * np.log1p(p.ratio * assets)
    output, pay = np.expm1(log_output), np.expm1(p.xi * log_output)
    return FirmGap(q, output, pay, -np.expm1((p.xi - 1.0) * log_output))
