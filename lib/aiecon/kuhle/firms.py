"""The same race between AI firms: capability is skill, compute is education, credit is the limit.

A market worth ``revenue`` is divided by capability: firm i gets the share e^{a s_i}/Σ e^{a s_j}.
If all firms add the same to their capability nothing changes, as at χ = 1; a change that is not the
same for all moves the sum by more than its mean moves, so that the two games differ otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import logsumexp, ndtr

from aiecon.validation import (
    FloatArray,
    a_generator,
    broadcast,
    finite,
    number,
    positive,
    require,
    whole,
)

__all__ = ["ExPost", "loss_share", "market_shares", "winner_take_most"]


def loss_share(dispersion: ArrayLike, spent: ArrayLike = 1.0) -> FloatArray:
    """The share of firms whose revenue falls short of their spending, N(σ/2 + ln f/σ).

    ``spent`` is f, spending over expected revenue; log capabilities are independent and normal with
    one mean and the standard deviation ``dispersion``. At f = 1, where credit goes up to expected
    revenue, N(σ/2): more than half for every σ > 0. Above one half from f = e^{−σ²/2} on. This is
    the limit of many firms; see :func:`winner_take_most` for few.

    >>> loss_share([0.5, 1.0, 2.0]).round(4)
    array([0.5987, 0.6915, 0.8413])
    """
    sigma, f = positive("dispersion", dispersion), positive("spent", spent)
    broadcast(dispersion=sigma, spent=f)
    with np.errstate(over="ignore"):
        return ndtr(sigma / 2 + np.log(f) / sigma)[()]


def market_shares(log_capability: ArrayLike) -> FloatArray:
    """Shares of revenue e^{x_i}/Σ e^{x_j} along the last axis, x = a·s.

    >>> market_shares([0.0, np.log(3.0)]).round(12)
    array([0.25, 0.75])
    """
    x = finite("log_capability", log_capability)
    firms = "an array with a value for each firm"
    require("log_capability", x, x.ndim > 0 and x.shape[-1] > 0, firms)
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
    sigma, f = number("dispersion", dispersion), float(positive("spent", number("spent", spent)))
    n, draws = whole("firms", firms, 2), whole("markets", markets, 2)
    require("dispersion", sigma, 0 < sigma < 1e150, "dispersion > 0 and below 10¹⁵⁰")
    require("markets", draws, n * draws <= 10**9, "firms times markets at most 10⁹")
    generator = np.random.default_rng(0) if rng is None else a_generator(rng)
    revenue = n * market_shares(sigma * generator.standard_normal((draws, n)))
    losing, leader = (revenue < f).mean(axis=1), revenue.max(axis=1) / n
    root = np.sqrt(draws)
    return ExPost(
        float(losing.mean()),
        float(losing.std(ddof=1) / root),
        float(leader.mean()),
        float(leader.std(ddof=1) / root),
        float(revenue.mean() - f),
    )
