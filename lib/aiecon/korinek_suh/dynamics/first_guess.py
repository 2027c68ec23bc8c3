"""Means of a first guess that is good enough for Newton's method (no part of the model).

Paths are log(K/L) and log(C/K) as functions of time, for B draws: t (B, E, N) → (2, B, E, N).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiecon.numerics import Guess, Problem
from aiecon.validation import FloatArray

__all__ = ["Interpolated", "geometric_times", "implicit_path"]

STEPS, LEAST_STEPS = 2.0, 8  # of the times: per factor e of time, and at all
MOST_ITERATIONS = 30  # for each


def geometric_times(problem: Problem, horizon: FloatArray | None) -> FloatArray:
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
    """Paths through values (d, B, n) at times (B, n), constant after the last."""

    times: FloatArray
    values: FloatArray

    def __call__(self, t: FloatArray) -> FloatArray:
        draws, count = self.times.shape
        last, near = self.times[:, -1:], self.times[0, 1]
        row = np.arange(draws)[:, None]
        apart = row * (np.log1p(last.max() / near) + 1.0)  # the draws one after the other
        when, times = (
            (np.log1p(np.minimum(x, last) / near) + apart)
            for x in (t.reshape(draws, -1), self.times)
        )
        place = np.interp(when, times.ravel(), np.arange(times.size)) - row * count
        i = np.minimum(place.astype(np.intp), count - 2)
        x = self.values[:, row, i]
        x += (place - i) * (self.values[:, row, i + 1] - x)
        return x.reshape(-1, *t.shape)

    def of_draws(self, draws: NDArray[np.intp]) -> Interpolated:
        """The paths of some of the draws."""
        return Interpolated(self.times[draws], self.values[:, draws])

    def guess(self) -> Guess:
        return Guess(self, of_draws=self.of_draws)
