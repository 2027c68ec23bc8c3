"""Damped Newton iterations on a collocated problem, for all draws at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.collocation import Collocation, Evaluation, Iterate

__all__ = ["Outcome", "newton"]

LARGEST_MOVE = 2.0  # of a variable in one step; variables are of order one
SHORTEST = 0.1  # an arc keeps at least this share of its length in one step
HALVINGS = 8  # of a step that raises the residual


@dataclass(frozen=True)
class Outcome:
    """Where Newton's method stopped."""

    iterate: Iterate
    converged: NDArray[np.bool_]  # (B,)
    steps: NDArray[np.intp]  # (B,)
    first_move: FloatArray  # (B,): the largest move of the first step
    residual: FloatArray  # (B,): the largest residual of the collocated equations


def newton(
    system: Collocation, start: Iterate, tolerance: float = 1e-11, max_steps: int = 40
) -> Outcome:
    """Newton's method from ``start`` until the next step would be below ``tolerance``.

    A step is shortened where it would move a variable by more than 2 or cut an arc to less than a
    tenth of its length, and halved while it raises the largest residual. The size of the next step
    is predicted from the residual that is left, so the step that would only confirm is not taken.
    Where rounding errors keep the residual from falling any further, a step below a thousand times
    the tolerance is good enough.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # a trial that overflows is rejected
        return _newton(system, start, tolerance, max_steps)


def _newton(system: Collocation, z: Iterate, tolerance: float, max_steps: int) -> Outcome:
    at = system.evaluate(z)
    draws = len(at.size)
    converged, steps = np.zeros(draws, dtype=bool), np.zeros(draws, dtype=np.intp)
    active = np.isfinite(at.size)
    first = np.full(draws, np.inf)
    for count in range(max_steps):
        try:
            step = system.step(at)
        except np.linalg.LinAlgError:
            break
        moved = _largest_move(z, step)
        active &= np.isfinite(moved)
        if not active.any():
            break
        if count == 0:
            first = moved
        before = at.size
        length = np.where(active, _longest(system, z, step, moved), 0.0)
        z, at, length = _backtrack(system, z, at, step, length)
        steps += active
        next_move = at.size * (moved / np.maximum(before, 1e-300))
        small = (moved <= tolerance) | ((moved < 1e-2) & (next_move <= tolerance))
        stuck = (length < 1.0) & (moved <= 1e3 * tolerance)
        converged |= active & ((length == 1.0) & small | stuck)
        active &= ~converged & (length > 0)
        if not active.any():
            break
    return Outcome(z, converged, steps, first, at.size)


def _largest_move(z: Iterate, step: Iterate) -> FloatArray:
    """The largest move of a variable, or of a date relative to the horizon, (B,)."""
    moved = np.abs(step.values).reshape(len(z.dates), -1).max(axis=1, initial=0.0)
    moved = np.maximum(moved, np.abs(step.start[:, 0]).max(axis=1))
    if z.dates.shape[1] == 1:
        return moved
    horizon = np.maximum(z.dates[:, -1], 1e-300)
    return np.maximum(moved, np.abs(step.dates).max(axis=1) / horizon)


def _longest(system: Collocation, z: Iterate, step: Iterate, moved: FloatArray) -> FloatArray:
    """The largest admissible share of a step, (B,) in (0, 1]."""
    length = np.minimum(1.0, LARGEST_MOVE / np.maximum(moved, LARGEST_MOVE))
    if not system.free:
        return length
    gaps, moves = system.gaps(z.dates), system.gaps(step.dates, of_step=True)
    room = (1.0 - SHORTEST) * gaps
    if (moves >= -room).all():
        return length
    shrink = np.where(moves < -room, room / np.maximum(-moves, 1e-300), 1.0)
    return np.minimum(length, shrink.min(axis=1))


def _backtrack(
    system: Collocation, z: Iterate, at: Evaluation, step: Iterate, length: FloatArray
) -> tuple[Iterate, Evaluation, FloatArray]:
    """The iterate after the step, shortened until the residual falls (length 0: it does not)."""
    for _ in range(HALVINGS):
        z_new = z.moved(step, length)
        at_new = system.evaluate(z_new)
        # rounding keeps a converged residual from falling further
        worse = ~(at_new.size <= np.maximum(at.size, 1e-13)) & (length > 0)
        if not worse.any():
            return z_new, at_new, length
        length = np.where(worse, 0.5 * length, length)
    length = np.where(worse, 0.0, length)
    z_new = z.moved(step, length)
    return z_new, system.evaluate(z_new), length
