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

__all__ = ["consumption_led", "cubic"]

GuessPath = Callable[[FloatArray], FloatArray]

STEPS = 24  # of the consumption-led guess, growing geometrically
MOST_ITERATIONS = 30  # for each


def cubic(problem: OptimalGrowth, horizon: FloatArray) -> tuple[GuessPath, FloatArray]:
    """For a horizon of a few time scales: log K a cubic in time from today to the border.

    The border is met not long before the horizon, where 1 − Φ = 1/(1 + K/L). Capital grows as fast
    as wealth does there; today as fast as consumption would if the horizon is far, and as the
    closing rule has it if it is near. Returns the path and the date (B,) of the meeting.
    """
    e, path = problem.economy, problem.path
    k0 = problem.initial[0]
    today = problem.products(k0[:, None, None], np.zeros((len(k0), 1, 1)), 1)
    net = today.average - e.delta
    far = (today.rental - e.rho - e.delta) / e.eta
    near = net - np.exp(problem.rule(k0[:, None, None])[0])
    slope0 = far + (near - far) * np.exp(-(e.rho + e.delta) * horizon[:, None, None])
    q0 = np.log(np.maximum(net - slope0, 0.5 * problem.m))
    slope0, G, wages, beta = (np.ravel(x) for x in (slope0, problem.G, problem.wages, path.beta))
    u0 = 1.0 - np.ravel(path.initial)
    left, k1 = np.zeros_like(k0), k0  # the share of the horizon that is left at the meeting
    for _ in range(4):
        slope1 = G * (1.0 + wages * np.exp(-k1))
        k1 = k0 + (0.45 * slope0 + 0.55 * slope1) * horizon * (1.0 - left)
        left = np.minimum(1.0 / (u0 * (1.0 + np.exp(k1))), 0.999) ** (1.0 / beta)
    date = horizon * (1.0 - left)
    columns = (k0, k1 - k0, slope0 * date, slope1 * date, date)
    k0, rise, slope0, slope1, end = (x[:, None, None] for x in columns)
    q1 = problem.rule(k0 + rise)[0]

    def path_of(t: FloatArray) -> FloatArray:
        s = t / end
        smooth = s * s * (3.0 - 2.0 * s)
        bend = s * (1.0 - s) * (slope0 * (1.0 - s) - slope1 * s)
        return np.stack([k0 + rise * smooth + bend, q0 + (q1 - q0) * smooth])

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
    loss = np.ravel((e.rho + e.delta) / e.eta)
    linear = np.zeros(draws, dtype=bool)  # region 2: there wealth, with wages, grows at the rate G
    for i, date in enumerate(times.T):
        last, step = now, date - before
        wealth_led = last + G * step + np.log1p(wages * np.exp(-last) * -np.expm1(-G * step))
        low = np.maximum(last - loss * step, np.minimum(last, -30.0))  # k̇ lies between the rates
        high = last + G * step
        now, before = np.clip(last + step * growth, low, high), date
        for _ in range(MOST_ITERATIONS):
            p, _ = problem.products_where_it_is(now[:, None, None], date[:, None, None])
            growth = np.ravel((p.rental - e.rho - e.delta) / e.eta)
            slope = np.ravel(p.rental_k / e.eta)
            excess = now - last - step * growth  # increasing in ``now``
            low, high = np.where(excess < 0, now, low), np.where(excess > 0, now, high)
            new = now - excess / (1.0 - step * slope)
            new = np.where((new < low) | (new > high), 0.5 * (low + high), new)
            move, now = new - now, new
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
