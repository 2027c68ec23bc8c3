"""Technology over time, a value that is passed to whoever saves; and what every saver shares."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath
from aiecon.korinek_suh.parameters import Parameters, some, some_of
from aiecon.korinek_suh.statics.marginal_products import (
    Products,
    StaticLogs,
    far_from_one,
    region_1,
    region_2,
    static_logs,
)
from aiecon.numerics import Problem, compactification_rate
from aiecon.validation import FloatArray

__all__ = ["EDGE", "Accumulation", "Destination", "Technology", "destination", "endings"]

EDGE = 1e-9  # a rate this close to another, relative to it, counts as equal


class Technology:
    """What K and L produce at each date: Lemma 1 along an automation path.

    Functions of k = log(K/L) and t. Here Y/K and R are those of the tasks alone; an extension that
    produces otherwise is another technology with the same methods.
    """

    def __init__(self, path: AutomationPath, A: Any, sigma: Any) -> None:
        """A and sigma are numbers, or (B, 1, 1) for B economies, as are the fields of the path."""
        self.path, self.A, self.sigma = path, A, sigma
        self.kinks = path.kinks
        self.far = far_from_one(sigma)
        self.from_nothing = bool(np.any(np.asarray(path.initial) == 0))  # log Φ is −∞ at t = 0
        self._automated: Any = None, None

    def take(self, draws: NDArray[np.intp]) -> Self:
        """The technology of some of the B economies."""
        other = copy(self)
        other.path, other.A = self.path.take(draws), some(self.A, draws)
        other.sigma, other._automated = some(self.sigma, draws), (None, None)
        return other

    def at_no_share(self) -> AbstractContextManager[object]:
        """Where log Φ = −∞ at t = 0 is no mistake."""
        return np.errstate(divide="ignore") if self.from_nothing else nullcontext()

    def logs(self, k: Any, t: Any) -> StaticLogs:
        """The static equilibrium in logarithms, for t ≥ 0."""
        return static_logs(np.asarray(k), self.path.log_unautomated(t), self.A, self.sigma)

    def automated(self, t: FloatArray) -> Any:
        """log(1 − Φ), the hazard, and (Φ, log Φ), kept for the times t that were asked for last."""
        known = self._automated
        if known[0] is None or not np.array_equal(known[0], t):
            log_rest, hazard = self.path.progress(t)
            share = -np.expm1(log_rest)
            with self.at_no_share():
                log_share = np.log(share)
            t = np.array(t)  # of one's own, as nobody else's may change
            for kept in (t, log_rest, hazard, share, log_share):
                kept.setflags(write=False)
            known = self._automated = t, (log_rest, hazard, (share, log_share))
        return known[1]

    def products(self, k: FloatArray, t: FloatArray, region: int) -> Products:
        """Y/K and R with their derivatives, by the formulas of a region."""
        if region == 2:
            return region_2(k, self.A)
        log_rest, hazard, shares = self.automated(t)
        with self.at_no_share():
            return region_1(k, log_rest, hazard, self.A, self.sigma, self.far, shares)

    def products_where_it_is(
        self, k: FloatArray, t: FloatArray
    ) -> tuple[Products, NDArray[np.bool_]]:
        """The same in the region in which the economy is, and whether that is region 2."""
        inside = self.border(k, t)[0] > 0
        if inside.all():
            return self.products(k, t, 1), ~inside
        # where it is not in region 1 its formulas may fail: they are taken at k = t = 0 there
        one = self.products(np.where(inside, k, 0.0), np.where(inside, t, 0.0), 1)
        return one.where(inside, self.products(k, t, 2)), ~inside

    def border(self, k: FloatArray, t: FloatArray) -> tuple[FloatArray, Any, FloatArray]:
        """log(K/L) − log(Φ/(1−Φ)), positive in region 1, (8); its slopes in k and t."""
        log_rest, hazard, (share, log_share) = self.automated(t)
        with self.at_no_share():  # there labour is scarce whatever K is: +∞
            return k + log_rest - log_share, 1.0, -hazard / share


@dataclass(frozen=True)
class Destination:
    """Where paths go in the long run; arrays (B, 1, 1) or numbers."""

    region: int  # for ever
    at_infinity: bool  # the path is closed there; else by the rule of region 2, once it is entered
    growth: Any = 0.0  # γ, of capital and consumption
    consumption_rate: Any = np.nan  # C/K
    tail_rate: Any = 1.0  # (B,) or a number: the rate r of a tail, given everything that decays
    log_capital: Any = None  # (B,): log(K/L) where everything comes to rest, if it does


class Accumulation(Problem):
    """The part of a :class:`~aiecon.numerics.Problem` that does not depend on who saves.

    The first component of x is log(K/L) − γt, with γ = ``trend``.
    """

    has_border = True

    def __init__(
        self, technology: Technology, initial: FloatArray, params: Parameters, end: Destination
    ) -> None:
        """``initial`` is log(K₀/L), (B,); fields of ``params`` are numbers or (B, 1, 1)."""
        draws = len(initial)
        self.technology, self.initial, self.params = technology, initial[None], params
        self.kinks = np.empty((len(technology.kinks), draws))
        for row, T in zip(self.kinks, technology.kinks, strict=True):
            row[:] = np.ravel(T)
        self.trend, self.consumption_rate = end.growth, end.consumption_rate
        self.tail_rate = np.ones(draws) * end.tail_rate
        self.rest = end.log_capital
        self.ends_at_infinity, self.last_regime = end.at_infinity, end.region
        runs_out = bool(np.all(np.isinf(technology.path.long_run_rate)))
        self.rule_from = len(self.kinks) - 1 if runs_out and not end.at_infinity else None
        if vars(type(technology.path)).get("smooth"):  # as that class itself says
            self.samples = 0

    @property
    def time_scale(self) -> FloatArray:  # type: ignore[override]
        """Of capital where it is plentiful, (B,) or (1,)."""
        return np.asarray(4.0 / np.ravel(self.technology.A))

    @property
    def first_scale(self) -> FloatArray:  # type: ignore[override]
        """Where it is scarce at first it moves faster, (B,)."""
        return self.time_scale * np.minimum(1.0, np.exp(self.initial[0]))

    @property
    def horizon(self) -> FloatArray | None:
        """The dates (B,) from which the closing rule holds for certain, if there are any."""
        return None if self.rule_from is None else self.kinks[self.rule_from]

    def take(self, draws: NDArray[np.intp]) -> Self:
        """The problem of some of the draws."""
        other = copy(self)
        other.technology, other.params = self.technology.take(draws), some_of(self.params, draws)
        other.initial, other.kinks = self.initial[:, draws], self.kinks[:, draws]
        other.tail_rate, other.rest = self.tail_rate[draws], some(self.rest, draws)
        other.trend = some(self.trend, draws)
        other.consumption_rate = some(self.consumption_rate, draws)
        return other

    @property
    def in_levels(self) -> bool:
        """Whether γ is zero throughout."""
        return type(self.trend) is float and self.trend == 0.0

    def log_capital(self, t: FloatArray, detrended: FloatArray) -> FloatArray:
        """log(K/L), given log(K/L) − γt."""
        return detrended if self.in_levels else detrended + self.trend * t

    def border(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        b, b_k, b_t = self.technology.border(self.log_capital(t, x[0]), t)
        b_x = np.zeros(x.shape)
        b_x[0] = b_k
        return b, b_x, b_t + self.trend * b_k


# Where optimal paths go ---------------------------------------------------------------------------


def endings(rate: float, growth: float) -> tuple[int, ...]:
    """The regions in which a path may end along which the hazard tends to ``rate`` > 0.

    It stays in region 1 if capital grows faster than that; at equality both are to be tried.
    """
    if abs(rate - growth) <= EDGE * abs(growth):
        return (1, 2)
    return (1,) if rate < growth else (2,)


def destination(
    path: AutomationPath,
    params: Parameters,
    region: int,
    near: Callable[..., tuple[Any, Any]] | None = None,
    lost: float | None = None,
) -> Destination:
    """Where optimal paths go that end in a region; ``near`` is :func:`near_balanced_growth`.

    In region 1: balanced growth at λg/(1−σ) if λg < (1−σ) G, growth at G with a capital share of
    one otherwise. In region 2 growth tends to G; where tasks run out the rule closes the path.
    ``lost`` is μ, at which workers for the tasks that are left run out, if they do: growth is then
    λg/(1−σ) − μ, and G + μ stands for G where λg is compared with it.
    """
    p, rate, mu = params, np.asarray(path.long_run_rate), lost or 0.0
    reach = p.growth + mu
    if region == 2:
        if np.all(np.isinf(rate)):
            return Destination(2, False, consumption_rate=p.propensity)
        lead = rate - reach
        lead = np.where(lead > EDGE * p.growth, np.minimum(p.growth, lead), p.growth)
        return Destination(2, False, p.growth, p.propensity, 0.25 * np.ravel(lead))
    grows = rate > 0
    balanced = ~grows | (rate < (1.0 - p.sigma) * reach)
    some = grows & balanced
    growth = np.where(some, rate / np.where(some, 1.0 - p.sigma, 1.0) - mu, 0.0)
    growth = np.where(balanced, growth, p.growth)[()]
    near = near or near_balanced_growth
    consumption, stable = near(growth, balanced, path.long_run_share, p)
    scarcity = (rate - (1.0 - p.sigma) * reach) / p.sigma  # its share per capital's falls
    decay = np.where(balanced, stable, scarcity)
    others = () if lost is None else (growth, mu)
    rows = np.broadcast_arrays(balanced, decay, rate, reach - rate, *others)
    tail = tail_rate(*map(np.ravel, rows))
    return Destination(1, True, growth, consumption, tail)


def near_balanced_growth(growth: Any, balanced: Any, share: Any, p: Parameters) -> tuple[Any, Any]:
    """C/K at growth γ in region 1, and how fast (k, q) approach it where growth is ``balanced``.

    The capital share is Φ (R/A)^(1−σ) with R = ρ + δ + ηγ there, one where it is not.
    """
    R = p.rho + p.delta + p.eta * growth
    capital_share = np.where(balanced, share * (R / p.A) ** (1.0 - p.sigma), 1.0)
    average = R / capital_share
    consumption = average - p.delta - growth
    trace = consumption - average * (1.0 - capital_share)
    determinant = -consumption * R * (1.0 - capital_share) / (p.sigma * p.eta)
    return consumption[()], 0.5 * (np.sqrt(trace**2 - 4.0 * determinant) - trace)


def tail_rate(balanced: Any, decay: Any, rate: Any, lead: Any, *others: Any) -> Any:
    """The rate of the compactified time of a tail in region 1.

    ``decay`` is how fast capital approaches its long-run path and ``rate`` λg, ``others`` what else
    decays; unless growth is balanced the distance to region 2 grows at the rate ``lead``, and one
    must look far enough to see it. Numbers, or arrays of draws.
    """
    slowest = compactification_rate(decay, *(np.where(x > 0, x, decay) for x in (rate, *others)))
    slow = ~np.asarray(balanced) & (EDGE * rate < lead) & (lead < slowest)
    return slowest / np.where(slow, np.ceil(slowest / np.where(slow, lead, slowest)), 1.0)
