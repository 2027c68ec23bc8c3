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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aiecon.korinek_suh.dynamics.automation_paths import Bounded
from aiecon.korinek_suh.dynamics.first_guess import Interpolated, geometric_times, implicit_path
from aiecon.korinek_suh.dynamics.technology import Accumulation, Technology
from aiecon.numerics import BORDER, Guess, SolverError, Structure, solve
from aiecon.validation import FloatArray

__all__ = ["OptimalGrowth"]

SHORT = 4.0  # time scales: a horizon up to which the cubic guess is good enough
NEIGHBOURS = (0.1, -0.1, 0.3, -0.3, 1.0, -1.0)


class OptimalGrowth(Accumulation):
    """The :class:`~aiecon.numerics.Problem` of B economies that end in the same way."""

    size = 2
    nodes = 18
    plain: tuple[type[Technology], ...] = (Technology,)  # for which the cubic guess is made
    lonely = False  # whether a path that starts nearby may not be asked for a guess

    def field(
        self, t: FloatArray, x: FloatArray, regime: int
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        e, (k, q) = self.params, x
        p = self.technology.products(self.log_capital(t, k), t, regime)
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

    @property
    def forgetting(self) -> Any:
        """Per year: how fast what happens in region 2 loses weight for today (a first guess)."""
        return self.params.rho + self.params.delta

    def rule(self, k: FloatArray) -> tuple[FloatArray, FloatArray]:
        """log(C/K) in region 2 for ever, and the weight of wages in wealth, given log(K/L)."""
        wages = self.params.wage_wealth * np.exp(-k)
        return np.log(self.params.propensity * (1.0 + wages)), wages / (1.0 + wages)

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
        G, since, k = self.params.growth, t - date, x[0] + self.trend * date
        wages = self.params.wage_wealth * np.exp(-k)
        k = k + G * since + np.log1p(wages * -np.expm1(-G * since))
        return np.stack([k - self.trend * t, self.rule(k)[0]])

    # First guesses, good enough for Newton's method (no part of the model)

    def guesses(self) -> Iterator[Guess]:
        if self.simple().all():
            yield self.cubic()
        yield self.consumption_led()
        for shift in () if self.lonely else NEIGHBOURS:  # of log K₀: paths from a little beside
            neighbour = copy(self)
            neighbour.initial, neighbour.lonely = self.initial + shift, True
            with suppress(SolverError):
                yield Guess(solve(neighbour, 1e-4))

    def simple(self) -> NDArray[np.bool_]:
        """Whether tasks run out soon and labour is scarce at first, (B,): region 1, then 2."""
        path, draws = self.technology.path, self.initial.shape[1]
        plain = type(self.technology) in self.plain and isinstance(path, Bounded)
        if not plain or self.horizon is None:
            return np.zeros(draws, dtype=bool)
        share = np.ravel(path.initial)
        scarce = np.exp(self.initial[0]) * (1.0 - share) > share
        return np.asarray(scarce & (self.horizon <= SHORT * self.first_scale))

    def cubic(self) -> Guess:
        """For a horizon of a few time scales: log K a cubic in time from today to the border.

        The border is met not long before the horizon, where 1 − Φ = 1/(1 + K/L). Capital grows as
        fast as wealth does there; today as fast as consumption would if the horizon is far, and as
        the closing rule has it if it is near.
        """
        e, path = self.params, self.technology.path
        assert isinstance(path, Bounded)
        assert self.horizon is not None
        k0, horizon = self.initial[0][:, None, None], self.horizon[:, None, None]
        today = self.technology.products(k0, np.zeros_like(k0), 1)
        net, m = today.average - e.delta, e.propensity
        wealth = 1.0 + e.wage_wealth * np.exp(-k0)  # per unit of capital
        far, near = (today.rental - (e.rho + e.delta)) / e.eta, net - m * wealth
        slope0 = far + (near - far) * np.exp(-self.forgetting * horizon)
        q0 = np.log(np.maximum(net - slope0, 0.5 * m))
        unautomated = 1.0 - path.initial
        date = horizon
        for _ in range(2):
            slope1 = e.growth * wealth
            k1 = k0 + (0.45 * slope0 + 0.55 * slope1) * date
            left = np.minimum(1.0 / (unautomated * (1.0 + np.exp(k1))), 0.999) ** (1.0 / path.beta)
            date = horizon * (1.0 - left)  # left is the share of the horizon that is left there
            wealth = 1.0 + e.wage_wealth * np.exp(-k1)
        rise, slope0, slope1 = k1 - k0, slope0 * date, slope1 * date
        q_rise = np.log(m * wealth) - q0

        def path_of(t: FloatArray) -> FloatArray:
            s = t / date
            smooth = s * s * (3.0 - 2.0 * s)
            x = np.empty((2, *s.shape))
            x[0] = k0 + rise * smooth + s * (1.0 - s) * (slope0 - (slope0 + slope1) * s)
            x[1] = q0 + q_rise * smooth
            return x

        dates = np.array([0.0 * date[:, 0, 0], date[:, 0, 0]]).T
        return Guess(path_of, Structure((1,), (BORDER,), last_regime=2), dates)

    def consumption_led(self) -> Guess:
        """Capital grows as fast as consumption would: k̇ = (R − ρ − δ)/η, C/K what is left.

        On a balanced growth path this is exact. In region 2 wealth with future wages grows at that
        rate, G, which is exact where the region is never left, unless all comes to rest there.
        """
        e, rest = self.params, self.rest
        G, wages = (0.0, 0.0) if rest is not None else map(np.ravel, (e.growth, e.wage_wealth))
        loss = np.ravel((e.rho + e.delta) / e.eta)

        def growth(k: FloatArray, t: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
            p, linear = self.technology.products_where_it_is(k[:, None, None], t[:, None, None])
            rate = np.ravel((p.rental - e.rho - e.delta) / e.eta)
            slope = np.ravel(p.rental_k / e.eta)
            wage_part = np.where(linear.ravel(), G * wages * np.exp(-k), 0.0)
            return rate + wage_part, slope - wage_part, np.ravel(p.average - e.delta)

        def highest(k: FloatArray, step: FloatArray) -> FloatArray:
            if rest is not None:
                return np.maximum(k, rest)
            return k + G * step + np.log1p(wages * np.exp(-k) * -np.expm1(-G * step))

        times = geometric_times(self, self.horizon)
        k, rate, net = implicit_path(growth, self.initial[0], times, loss, highest)
        q = np.log(np.maximum(net - rate, 0.5 * np.ravel(self.consumption_rate)[:, None]))
        if rest is not None:
            k[:, -1] = rest
        if self.horizon is None:
            q[:, -1] = np.log(np.ravel(self.consumption_rate))
        x = np.array([k - np.ravel(self.trend)[:, None] * times, q])
        return Interpolated(times, x).guess()
