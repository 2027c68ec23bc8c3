"""First guesses of an optimal path, good enough for Newton's method (no part of the model).

Paths are log(K/L) and log(C/K) as functions of time, for B draws: t (B, E, N) → (2, B, E, N).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from aiecon.validation import FloatArray

if TYPE_CHECKING:
    from aiecon.korinek_suh.optimal_growth import OptimalGrowth

__all__ = ["consumption_led", "straight"]

GuessPath = Callable[[FloatArray], FloatArray]

GROWTH = 0.11 / 0.18  # of capital before the border is crossed, relative to G
STEPS = 24  # of the consumption-led guess, growing geometrically
MOST_ITERATIONS = 8  # for each


def straight(problem: OptimalGrowth, horizon: FloatArray) -> tuple[GuessPath, FloatArray]:
    """Capital grows at a constant rate until it meets the border, not long before the horizon.

    Returns the path and the date (B,) of the meeting. With growth at the rate h the border is
    crossed where 1 − Φ = 1/(1 + K₀ exp(h t)/L), found by fixed-point iteration.
    """
    start = problem.initial[0]
    growth = GROWTH * np.ravel(problem.G)
    path = problem.path
    u0, beta = 1.0 - np.ravel(path.initial), np.ravel(path.beta)
    left = np.zeros_like(start)  # the share of the horizon that is left at the meeting
    for _ in range(4):
        target = 1.0 / (1.0 + np.exp(start + growth * horizon * (1.0 - left)))
        left = np.minimum(target / u0, 0.999) ** (1.0 / beta)
    date = horizon * (1.0 - left)
    k0 = start[:, None, None]
    k1 = np.log1p(-target)[:, None, None] - np.log(target)[:, None, None]
    q0 = np.log(0.3)
    q1 = problem.rule(k1)[0]

    def path_of(t: FloatArray) -> FloatArray:
        share = t / date[:, None, None]
        return np.stack([k0 + (k1 - k0) * share, q0 + (q1 - q0) * share])

    return path_of, date


def consumption_led(problem: OptimalGrowth, horizon: FloatArray | None) -> GuessPath:
    """Capital grows as fast as consumption would: k̇ = (R − ρ − δ)/η, C/K what is left.

    On a balanced growth path this is exact. The rate falls in k, so that an implicit step of any
    length is stable; steps grow geometrically, away from a horizon that is far as well.
    """
    e = problem.economy
    draws = problem.initial.shape[1]
    first = 0.05 * problem.time_scale  # already shorter if capital is scarce at first
    if horizon is None:
        end = 12.0 / problem.tail_rate
        times = first * (end[:, None] / first) ** (np.arange(STEPS + 1) / STEPS)
    else:
        half = 0.5 * horizon[:, None]
        left = first * (half / first) ** (np.arange(STEPS + 1) / STEPS)
        times = np.concatenate([left, horizon[:, None] - left[:, -2::-1]], axis=1)
    times = np.concatenate([np.zeros((draws, 1)), np.maximum.accumulate(times, axis=1)], axis=1)
    k, ratio = np.empty_like(times), np.empty_like(times)
    now, before, growth = problem.initial[0], 0.0, np.zeros(draws)
    G, wages = np.ravel(problem.G), np.ravel(problem.wages)
    linear = np.zeros(draws, dtype=bool)  # region 2: there wealth, with wages, grows at the rate G
    for i, date in enumerate(times.T):
        last, step = now, date - before
        wealth_led = last + G * step + np.log1p(wages * np.exp(-last) * -np.expm1(-G * step))
        now, before = last + step * growth, date
        for _ in range(MOST_ITERATIONS):
            p, _ = problem.products_where_it_is(now[:, None, None], date[:, None, None])
            growth = np.ravel((p.rental - e.rho - e.delta) / e.eta)
            slope = np.ravel(p.rental_k / e.eta)
            move = -(now - last - step * growth) / (1.0 - step * slope)
            now = now + np.clip(move, -2.0, 2.0)
            if np.abs(move).max() < 0.1:
                break
        now = np.where(linear, wealth_led, now)
        p, two = problem.products_where_it_is(now[:, None, None], date[:, None, None])
        linear = two.ravel()
        growth = np.ravel((p.rental - e.rho - e.delta) / e.eta)
        growth = np.where(linear, G * (1.0 + wages * np.exp(-now)), growth)
        k[:, i] = now
        ratio[:, i] = np.ravel(p.average - e.delta) - growth
    q = np.log(np.maximum(ratio, 0.5 * np.ravel(problem.consumption_rate)[:, None]))
    if horizon is None:
        q[:, -1] = np.log(np.ravel(problem.consumption_rate))
    k -= np.ravel(problem.trend)[:, None] * times

    def path_of(t: FloatArray) -> FloatArray:
        values = [
            [np.interp(t[b].ravel(), times[b], x[b]).reshape(t[b].shape) for b in range(draws)]
            for x in (k, q)
        ]
        return np.array(values)

    return path_of
