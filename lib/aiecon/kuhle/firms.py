"""The same race between AI firms: capability is skill, compute is education, credit is the limit.

A market worth ``revenue`` is divided by capability: firm i gets the share e^{a s_i}/Σ e^{a s_j}.
This is χ = 1 with the others' skill measured by ln of the mean of e^{as}; all that the firms spend
on capability that the others match is lost to them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import logsumexp, ndtr

from aiecon.validation import FloatArray, finite, require

__all__ = ["ExPost", "loss_share", "market_shares", "winner_take_most"]


def loss_share(dispersion: ArrayLike, spent: ArrayLike = 1.0) -> FloatArray:
    """The share of firms whose revenue falls short of their spending, N(σ/2 + ln f/σ).

    ``spent`` is f, spending over expected revenue. At f = 1, where credit goes up to expected
    revenue, N(σ/2): more than half for every σ > 0. Above one half from f = e^{−σ²/2} on. This is
    the limit of many firms; see :func:`winner_take_most` for few.

    >>> loss_share([0.5, 1.0, 2.0]).round(4)
    array([0.5987, 0.6915, 0.8413])
    """
    sigma, f = finite("dispersion", dispersion), finite("spent", spent)
    require("dispersion", sigma, sigma > 0, "dispersion > 0")
    require("spent", f, f > 0, "spent > 0")
    return ndtr(sigma / 2 + np.log(f) / sigma)[()]


def market_shares(log_capability: ArrayLike) -> FloatArray:
    """Shares of revenue e^{x_i}/Σ e^{x_j} along the last axis, x = a·s.

    >>> market_shares([0.0, np.log(3.0)]).round(12)
    array([0.25, 0.75])
    """
    x = finite("log_capability", log_capability)
    require("log_capability", x, x.ndim > 0, "an array with a value for each firm")
    return np.exp(x - logsumexp(x, axis=-1, keepdims=True))


@dataclass(frozen=True)
class ExPost:
    """Averages over simulated markets, each with its standard error."""

    losing: float  # share of firms whose revenue falls short of their spending
    losing_se: float
    leader: float  # the largest firm's share of revenue
    leader_se: float
    profit: float  # mean profit of a firm over its expected revenue


def winner_take_most(
    dispersion: float,
    firms: int,
    spent: float = 1.0,
    markets: int = 20_000,
    rng: np.random.Generator | None = None,
) -> ExPost:
    """What happens once capabilities are drawn: ``firms`` firms, each spends f of a fair share.

    Each firm's expected revenue is 1/n of the market, so expected profit is (1 − f)/n whatever the
    dispersion; what grows with it is the leader's share and the number of losers.

    >>> after = winner_take_most(1.5, firms=10, markets=2000, rng=np.random.default_rng(7))
    >>> after.losing > 0.6, abs(after.profit) < 1e-12
    (True, True)
    """
    sigma = float(finite("dispersion", dispersion))
    require("dispersion", sigma, sigma > 0, "dispersion > 0")
    require("firms", firms, isinstance(firms, int) and firms >= 2, "a whole number ≥ 2")
    require("markets", markets, isinstance(markets, int) and markets >= 2, "a whole number ≥ 2")
    require("spent", spent, np.isfinite(spent) and spent > 0, "spent > 0")
    rng = rng or np.random.default_rng(0)
    revenue = firms * market_shares(sigma * rng.standard_normal((markets, firms)))
    losing, leader = (revenue < spent).mean(axis=1), revenue.max(axis=1) / firms
    root = np.sqrt(markets)
    return ExPost(
        float(losing.mean()),
        float(losing.std(ddof=1) / root),
        float(leader.mean()),
        float(leader.std(ddof=1) / root),
        float(revenue.mean() - spent),
    )
