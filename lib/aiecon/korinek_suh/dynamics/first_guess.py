"""First guesses of an optimal path, good enough for Newton's method (no part of the model).

Paths are log(K/L) and log(C/K) as functions of time, for B draws: t (B, E, N) → (2, B, E, N).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from aiecon.numerics import Guess
from aiecon.validation import FloatArray

if TYPE_CHECKING:
    from aiecon.korinek_suh.dynamics.automation_paths import Bounded
    from aiecon.korinek_suh.dynamics.optimal_growth import OptimalGrowth

__all__ = ["Interpolated", "consumption_led", "cubic", "geometric_times", "implicit_path"]


class GrowthProblem(Protocol):
    """What the times of a guess depend on."""

    tail_rate: FloatArray

    @property
    def time_scale(self) -> FloatArray: ...


GuessPath = Callable[[FloatArray], FloatArray]

STEPS, LEAST_STEPS = 2.0, 8  # of the consumption-led guess: per factor e of time, and at all
MOST_ITERATIONS = 30  # for each


def cubic(
    problem: OptimalGrowth, path: Bounded, horizon: FloatArray
) -> tuple[GuessPath, FloatArray]:
    """For a horizon of a few time scales: log K a cubic in time from today to the border.

    The border is met not long before the horizon, where 1 − Φ = 1/(1 + K/L). Capital grows as fast
    as wealth does there; today as fast as consumption would if the horizon is far, and as the
    closing rule has it if it is near. Returns the path and the date (B,) of the meeting.
    """
    e, G, m, wages = problem.economy, problem.G, problem.m, problem.wages
    k0, horizon = problem.initial[0][:, None, None], horizon[:, None, None]
    today = problem.products(k0, np.zeros_like(k0), 1)
    net = today.average - e.delta
    wealth = 1.0 + wages * np.exp(-k0)  # per unit of capital
    far, near = (today.rental - (e.rho + e.delta)) / e.eta, net - m * wealth
    slope0 = far + (near - far) * np.exp(-(e.rho + e.delta) * horizon)
    q0 = np.log(np.maximum(net - slope0, 0.5 * m))
    unautomated = 1.0 - path.initial
    date = horizon
    for _ in range(2):
        slope1 = G * wealth
        k1 = k0 + (0.45 * slope0 + 0.55 * slope1) * date
        left = np.minimum(1.0 / (unautomated * (1.0 + np.exp(k1))), 0.999) ** (1.0 / path.beta)
        date = horizon * (1.0 - left)  # left is the share of the horizon that is left there
        wealth = 1.0 + wages * np.exp(-k1)
    rise, slope0, slope1 = k1 - k0, slope0 * date, slope1 * date
    q_rise = np.log(m * wealth) - q0

    def path_of(t: FloatArray) -> FloatArray:
        s = t / date
        smooth = s * s * (3.0 - 2.0 * s)
        x = np.empty((2, *s.shape))
        x[0] = k0 + rise * smooth + s * (1.0 - s) * (slope0 - (slope0 + slope1) * s)
        x[1] = q0 + q_rise * smooth
        return x

    return path_of, date[:, 0, 0]


def consumption_led(problem: OptimalGrowth, horizon: FloatArray | None) -> Interpolated:
    """Capital grows as fast as consumption would: k̇ = (R − ρ − δ)/η, C/K what is left.

    On a balanced growth path this is exact. In region 2 wealth with future wages grows at that
    rate, G, which is exact where the region is never left.
    """
    e = problem.economy
    G, wages = np.ravel(problem.G), np.ravel(problem.wages)
    loss = np.ravel((e.rho + e.delta) / e.eta)

    def growth(k: FloatArray, t: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        p, linear = problem.products_where_it_is(k[:, None, None], t[:, None, None])
        rate = np.ravel((p.rental - e.rho - e.delta) / e.eta)
        slope = np.ravel(p.rental_k / e.eta)
        wage_part = np.where(linear.ravel(), G * wages * np.exp(-k), 0.0)
        return rate + wage_part, slope - wage_part, np.ravel(p.average - e.delta)

    def highest(k: FloatArray, step: FloatArray) -> FloatArray:
        return k + G * step + np.log1p(wages * np.exp(-k) * -np.expm1(-G * step))

    times = geometric_times(problem, horizon)
    k, rate, net = implicit_path(growth, problem.initial[0], times, loss, highest)
    q = np.log(np.maximum(net - rate, 0.5 * np.ravel(problem.consumption_rate)[:, None]))
    if horizon is None:
        q[:, -1] = np.log(np.ravel(problem.consumption_rate))
    return Interpolated(times, (k - np.ravel(problem.trend)[:, None] * times, q))


def geometric_times(problem: GrowthProblem, horizon: FloatArray | None) -> FloatArray:
    """0 and times that grow geometrically, (B, n): away from a horizon too, if there is one."""
    first = 0.05 * float(np.min(problem.time_scale))
    last = 12.0 / problem.tail_rate if horizon is None else 0.5 * horizon
    steps = max(LEAST_STEPS, int(np.ceil(STEPS * np.log(last.max() / first))))
    times = first * (last[:, None] / first) ** (np.arange(steps + 1) / steps)
    if horizon is not None:
        times = np.concatenate([times, horizon[:, None] - times[:, -2::-1]], axis=1)
        times = np.maximum.accumulate(times, axis=1)
    return np.concatenate([np.zeros((len(times), 1)), times], axis=1)


def implicit_path(
    growth: Callable[[FloatArray, FloatArray], tuple[FloatArray, ...]],
    start: FloatArray,
    times: FloatArray,
    loss: FloatArray,
    highest: Callable[[FloatArray, FloatArray], FloatArray],
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """k̇ = growth(k, t) by implicit steps, stable of any length because growth falls in k.

    ``growth`` gives the rate, its slope in k and something else that is wanted along the path;
    −``loss`` is the lowest rate, ``highest(k, step)`` where k can be after a step. The equation of
    each step has one root between these bounds: Newton's method, safeguarded by bisection.
    """
    results = []
    now, before = start, times[:, 0]
    rate = np.zeros_like(start)
    for date in times.T:
        last, step = now, date - before
        low = np.maximum(last - loss * step, np.minimum(last, -30.0))
        high = highest(last, step)
        now, before = np.clip(last + step * rate, low, high), date
        for _ in range(MOST_ITERATIONS):
            rate, slope, other = growth(now, date)
            excess = now - last - step * rate  # increasing in ``now``
            low, high = np.where(excess < 0, now, low), np.where(excess > 0, now, high)
            new = now - excess / (1.0 - step * slope)
            new = np.where((new < low) | (new > high), 0.5 * (low + high), new)
            move, now = new - now, new
            if np.abs(move).max() < 0.1:
                break
        results.append((now, rate, other))
    k, rates, others = (np.stack(x, axis=1) for x in zip(*results, strict=True))
    return k, rates, others


@dataclass(frozen=True)
class Interpolated:
    """Paths through values (B, n) of each component at times (B, n), constant after the last."""

    times: FloatArray
    components: tuple[FloatArray, ...]

    def __call__(self, t: FloatArray) -> FloatArray:
        draws = range(len(t))
        return np.array(
            [
                [np.interp(t[b].ravel(), self.times[b], x[b]).reshape(t[b].shape) for b in draws]
                for x in self.components
            ]
        )

    def of_draws(self, draws: NDArray[np.intp]) -> Interpolated:
        """The paths of some of the draws."""
        return Interpolated(self.times[draws], tuple(x[draws] for x in self.components))

    def guess(self) -> Guess:
        return Guess(self, of_draws=self.of_draws)
