"""Two regions: closed, with mobile capital, with the other's technology.

Closed regions are two economies of Korinek & Suh. By Lemma 1 labour stops being scarce once
Φ ≥ (K/L)/(1 + K/L), earlier where there is less capital per head. Where capital moves freely its
return is the same everywhere, and each region is on its own frontier (9),

    w_i = [(A^(1−σ) − Φ_i R^(1−σ))/(1−Φ_i)]^(1/(1−σ)),      K_i/L_i = Φ_i/(1−Φ_i) (w_i/R)^σ,

with Σ K_i = K. Labour is scarce as long as K exceeds Σ L_i Φ_i/(1−Φ_i): once one region alone can
employ all capital at R = A, wages are A everywhere, whatever is automated elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.integrate import solve_ivp
from scipy.optimize.elementwise import find_root

from aiecon.korinek_suh import (
    Parameters,
    Transition,
    capital_intensity,
    capital_threshold,
    factor_price_frontier,
    solve_transition,
)
from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, automation_path
from aiecon.korinek_suh.dynamics.transition import initial_capital
from aiecon.korinek_suh.parameters import given
from aiecon.validation import FloatArray, finite, number, require

__all__ = ["OneMarket", "Regions", "one_market", "one_market_path", "open_region", "two_regions"]

LEAST = 1e-12  # of R/A, below which there is no capital market to speak of


@dataclass(frozen=True, eq=False)
class Regions:
    """A rich region and a poor one, each closed; wages per unit of labour."""

    rich: Transition
    poor: Transition

    @property
    def collapse(self) -> dict[str, float]:
        """The date at which labour stops being scarce, 0 if it is not today, ∞ if never."""
        return {"rich": _collapse(self.rich), "poor": _collapse(self.poor)}

    def wage_gap(self, t: ArrayLike) -> Any:
        """Rich wage over poor wage, less one."""
        return np.expm1(self.rich.log_wage(t) - self.poor.log_wage(t))

    def output_gap(self, t: ArrayLike) -> Any:
        """Rich output over poor output, less one; both have the same number of people."""
        return np.expm1(self.rich.log_output(t) - self.poor.log_output(t))


def _collapse(path: Transition) -> float:
    entries = [change.date for change in path.region_changes if change.region == 2]
    return 0.0 if int(path.region(0.0)) == 2 else min(entries, default=np.inf)


def two_regions(
    rich: AutomationPath,
    poor: AutomationPath | None = None,
    K_rich: float = 4.6,
    K_poor: float = 2.3,
    params: Parameters | None = None,
) -> Regions:
    """Two closed economies that save optimally; ``poor`` is automated as ``rich`` unless given.

    >>> from aiecon import korinek_suh as ks
    >>> pair = two_regions(ks.Bounded(horizon=20.0))
    >>> {name: round(date, 2) for name, date in pair.collapse.items()}
    {'rich': 18.61, 'poor': 18.52}
    """
    other = rich if poor is None else poor
    return Regions(solve_transition(rich, K_rich, params), solve_transition(other, K_poor, params))


def open_region(leader: Transition, path: AutomationPath, t: ArrayLike) -> tuple[Any, Any]:
    """Wage and K/L at dates t in a small region that takes the return of a large one.

    >>> from aiecon import korinek_suh as ks
    >>> wage, capital = open_region(ks.solve_transition(ks.Bounded()), ks.BusinessAsUsual(), 19.0)
    >>> float(wage), float(capital.round(3))  # R = A: its wage collapses with the leader's
    (0.5, 2.085)
    """
    automation_path("path", path)
    prices = np.minimum(leader.rental_rate(t), leader.params.A), path.share(t), leader.params
    return factor_price_frontier(*prices), capital_intensity(*prices)


# One market for capital ---------------------------------------------------------------------------


@dataclass(frozen=True)
class OneMarket:
    """Regions with one return on capital; regions come first in the arrays that have them."""

    rental_rate: Any
    wage: Any  # (regions, …)
    capital: Any  # K_i (regions, …), NaN where w = R = A and location does not matter
    output: Any  # of all together


def one_market(
    K: ArrayLike, Phi: ArrayLike, sizes: ArrayLike = (0.5, 0.5), params: Parameters | None = None
) -> OneMarket:
    """R at which the regions employ all capital K (…), given their Φ (regions, …).

    ``sizes`` are shares of all labour. ValueError for others, K ≤ 0, Φ outside [0, 1], σ ≥ 1.

    >>> now = one_market(4.6, [0.8, 0.4])
    >>> now.wage.round(3), now.capital.round(2)
    (array([1.457, 0.625]), array([4.15, 0.45]))
    """
    p, capital, tasks, size = given(params), *arrays_of(K, Phi, sizes, "sizes")
    require("sigma", p.sigma, p.sigma < 1, "sigma < 1")
    goal, rows = capital.ravel() / p.L, tasks.reshape(len(size), -1)
    odds = capital_threshold(rows)
    scarce = goal > size @ odds

    def excess(log_R: FloatArray, goal: FloatArray, *rows: FloatArray) -> FloatArray:
        R = np.minimum(np.exp(log_R), p.A)
        held = sum(s * capital_intensity(R, x, p) for s, x in zip(size, rows, strict=True))
        return np.asarray(np.log(held) - np.log(goal))

    R = np.full(goal.shape, p.A)
    if scarce.any():
        ends = (np.full(scarce.sum(), np.log(LEAST * p.A)), np.full(scarce.sum(), np.log(p.A)))
        some = [row[scarce] for row in rows]
        R[scarce] = np.exp(find_root(excess, ends, args=(goal[scarce], *some)).x)
    R = np.minimum(R, p.A)
    wage = np.full(rows.shape, p.A)
    held = np.full(rows.shape, np.nan)
    wage[:, scarce] = factor_price_frontier(R[scarce], rows[:, scarce], p)
    held[:, scarce] = size[:, None] * p.L * capital_intensity(R[scarce], rows[:, scarce], p)
    output = p.L * (size @ wage + R * goal)
    R, output = (x.reshape(capital.shape)[()] for x in (R, output))
    return OneMarket(R, wage.reshape(tasks.shape), held.reshape(tasks.shape), output)


def one_market_path(
    paths: tuple[AutomationPath, ...],
    dates: ArrayLike,
    sizes: ArrayLike = (0.5, 0.5),
    *,
    saving: float = 0.3,
    K0: float = 4.6,
    params: Parameters | None = None,
) -> OneMarket:
    """:func:`one_market` at dates (T,) while everybody saves the share ``saving`` of output.

    >>> from aiecon import korinek_suh as ks
    >>> both = ks.Bounded(horizon=20.0), ks.BusinessAsUsual()
    >>> one_market_path(both, [0.0, 10.0, 25.0]).wage.round(2)
    array([[1.4 , 1.97, 0.5 ],
           [1.4 , 1.03, 0.5 ]])
    """

    def at(K: ArrayLike, Phi: FloatArray) -> OneMarket:
        return one_market(K, Phi, sizes, params)

    return accumulate(at, paths, dates, saving, K0, given(params).delta)[1]  # type: ignore[no-any-return]


def accumulate(
    equilibrium: Callable[[ArrayLike, FloatArray], Any],
    paths: tuple[AutomationPath, ...],
    dates: ArrayLike,
    saving: float,
    K0: float,
    delta: float,
) -> tuple[FloatArray, Any]:
    """K at dates (T,) with K̇ = sY − δK, and the equilibrium there, a function of K and Φ (n, T)."""
    t, s, start = finite("dates", dates), number("saving", saving), initial_capital(K0)
    require("saving", s, 0 < s < 1, "0 < saving < 1")
    sound = t.ndim == 1 and t.size > 1 and bool((np.diff(t) > 0).all()) and t[0] >= 0
    require("dates", t, sound, "increasing dates ≥ 0, two or more")
    every = [automation_path("paths", path) for path in paths]

    def motion(when: float, k: FloatArray) -> FloatArray:
        Phi = np.array([path.share(when) for path in every])
        return np.array([s * equilibrium(np.exp(k[0]), Phi).output / np.exp(k[0]) - delta])

    span, tight = (0.0, t[-1]), {"rtol": 1e-8, "atol": 1e-10, "max_step": 1.0}
    found = solve_ivp(motion, span, [np.log(start)], t_eval=t, **tight)
    K = np.exp(found.y[0])
    return K, equilibrium(K, np.stack([path.share(t) for path in every]))


def arrays_of(
    K: ArrayLike, Phi: ArrayLike, parts: ArrayLike, name: str
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """K (…), Φ (n, …) and parts (n,) that add up to one, checked and of a common shape."""
    capital, tasks, part = finite("K", K), finite("Phi", Phi), finite(name, parts)
    adds_up = (part > 0) & (abs(part.sum() - 1) < 1e-9)
    require(name, part, adds_up, f"{name} > 0 that add up to one")
    require("K", capital, capital > 0, "K > 0")
    require("Phi", tasks, (tasks >= 0) & (tasks <= 1), "0 ≤ Phi ≤ 1")
    rows = part.ndim == 1 and tasks.ndim > 0 and len(tasks) == len(part)
    require("Phi", tasks, rows, f"a row of Phi for each of {name}")
    shape = np.broadcast_shapes(capital.shape, tasks.shape[1:])
    capital, tasks = np.broadcast_to(capital, shape), np.broadcast_to(tasks, (len(part), *shape))
    return capital, tasks, part
