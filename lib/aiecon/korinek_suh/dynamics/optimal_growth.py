"""The optimal saving problem as a saddle path (section 3.2).

The household's problem (12), (13) with CRRA utility gives, with (14), a system in the logarithms of
capital per unit of labour, k = log(K/L) − γt, and of consumption per unit of capital, q = log(C/K):

    k̇ = Y/K − δ − C/K − γ,        q̇ = (R − ρ − δ)/η − (Y/K − δ − C/K).

γ is the long-run growth rate (0 where the path is closed at a date). With G = (A − ρ − δ)/η and the
long-run hazard λg of the automation path, the path ends in one of three ways:

* tasks run out in finite time, or λg > G: region 2 for ever from some date on. There output is
  linear, and the Euler equation, the resource constraint and transversality give consumption

      C = m (K + A L/(A − δ)),   m = (A − δ) − G,   K + A L/(A − δ) growing at the rate G;

* λg < (1−σ) G: balanced growth at γ = λg/(1−σ) in region 1, where R = ρ + δ + ηγ and
  C/K = Y/K − δ − γ; the capital share is (R/A)^(1−σ) Φ with Φ → 1 (if λg > 0);
* (1−σ) G < λg ≤ G: region 1, the capital share tends to one, γ = G and C/K → m.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from copy import copy
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, Bounded
from aiecon.korinek_suh.dynamics.economy import EDGE, Destination, Economy
from aiecon.korinek_suh.dynamics.first_guess import consumption_led, cubic
from aiecon.korinek_suh.dynamics.technology import Technology
from aiecon.numerics import BORDER, Guess, SolverError, Structure, solve
from aiecon.validation import FloatArray

__all__ = ["OptimalGrowth"]

SHORT = 4.0  # time scales: a horizon up to which the cubic guess is good enough
NEIGHBOURS = (0.1, -0.1, 0.3, -0.3, 1.0, -1.0)


class OptimalGrowth(Technology):
    """The :class:`~aiecon.numerics.Problem` of B economies that end in the same way."""

    size = 2
    nodes = 18
    by_draw = (*Technology.by_draw, "G", "m", "wages", "consumption_rate")
    lonely = False  # whether a path that starts nearby may not be asked for a guess

    def __init__(
        self, path: AutomationPath, initial: FloatArray, economy: Economy, stays: bool
    ) -> None:
        """``initial`` is log(K₀/L), (B,); ``stays``: the path ends in region 1."""
        super().__init__(path, initial, economy.A, economy.sigma)
        self.close(stays)
        self.economy = economy
        self.G, self.m, self.wages = economy.growth, economy.propensity, economy.wage_wealth
        self.consumption_rate: Any = self.m  # C/K in the long run
        if stays:
            end = Destination.of(path, economy)
            self.trend, self.consumption_rate = end.growth, end.consumption_rate
            self.tail_rate = end.slowest * self.tail_rate
        elif self.rule_from is None:
            self.trend = self.G
            lead = path.long_run_rate - self.G
            lead = np.where(lead > EDGE * self.G, np.minimum(self.G, lead), self.G)
            self.tail_rate = 0.25 * np.ravel(lead) * self.tail_rate

    def field(
        self, t: FloatArray, x: FloatArray, regime: int
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        e, (k, q) = self.economy, x
        p = self.products(self.log_capital(t, k), t, regime)
        consumption = np.exp(q)
        saving = p.average - (e.delta + consumption)  # net, per unit of capital
        f, f_x, f_t = np.empty(x.shape), np.empty((2, *x.shape)), np.empty(x.shape)
        f[0] = saving - self.trend
        f[1] = (p.rental - (e.rho + e.delta)) / e.eta - saving
        f_x[0, 0] = p.average_k
        f_x[0, 1] = -consumption
        f_x[1, 0] = p.rental_k / e.eta - p.average_k
        f_x[1, 1] = consumption
        average_t, rental_t = p.average_t, p.rental_t
        if not self.in_levels:
            average_t = average_t + self.trend * p.average_k
            rental_t = rental_t + self.trend * p.rental_k
        f_t[0] = average_t
        f_t[1] = rental_t / e.eta - average_t
        return f, f_x, f_t

    def rule(self, k: FloatArray) -> tuple[FloatArray, FloatArray]:
        """log(C/K) in region 2 for ever, and the weight of wages in wealth, given log(K/L)."""
        wages = self.wages * np.exp(-k)
        return np.log(self.m * (1.0 + wages)), wages / (1.0 + wages)

    def terminal(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        g_x = np.zeros((1, *x.shape))
        g_x[0, 1] = 1.0
        g_t = np.zeros((1, *x.shape[1:]))
        if t[0, 0, 0] == np.inf:
            return x[1:] - np.log(self.consumption_rate), g_x, g_t
        q, weight = self.rule(self.log_capital(t, x[0]))
        g_x[0, 0] = weight
        g_t[0] = self.trend * weight
        return x[1:] - q, g_x, g_t

    def continuation(self, t: FloatArray, date: FloatArray, x: FloatArray) -> FloatArray:
        """K + A L/(A − δ) grows at the rate G, and consumption with it."""
        since, k = t - date, x[0] + self.trend * date
        k = k + self.G * since + np.log1p(self.wages * np.exp(-k) * -np.expm1(-self.G * since))
        return np.stack([k - self.trend * t, self.rule(k)[0]])

    def simple(self) -> NDArray[np.bool_]:
        """Whether tasks run out soon and labour is scarce at first, (B,): region 1, then 2."""
        if self.rule_from is None:
            return np.zeros(self.initial.shape[1], dtype=bool)
        share = np.ravel(self.path.initial)
        scarce = np.exp(self.initial[0]) * (1.0 - share) > share
        return scarce & (self.kinks[self.rule_from] <= SHORT * self.first_scale)

    def take(self, draws: NDArray[np.intp]) -> Self:
        other = super().take(draws)
        other.economy = self.economy.take(draws)
        return other

    def guesses(self) -> Iterator[Guess]:
        horizon = None if self.rule_from is None else self.kinks[self.rule_from]
        if isinstance(self.path, Bounded) and horizon is not None and self.simple().all():
            path, date = cubic(self, self.path, horizon)
            dates = np.stack([np.zeros_like(date), date], axis=1)
            yield Guess(path, Structure((1,), (BORDER,), last_regime=2), dates)
        yield consumption_led(self, horizon).guess()
        yield from self.neighbours()

    def neighbours(self) -> Iterator[Guess]:
        """Paths that start from a little more or less capital, if they are found."""
        for shift in () if self.lonely else NEIGHBOURS:  # of log K₀
            neighbour = copy(self)
            neighbour.initial, neighbour.lonely = self.initial + shift, True
            with suppress(SolverError):
                yield Guess(solve(neighbour, 1e-4))
