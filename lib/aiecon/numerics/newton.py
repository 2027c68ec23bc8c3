"""Damped Newton iterations on a collocated problem, for one draw or for many at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.collocation import Collocation, Iterate

__all__ = ["Outcome", "newton"]

LARGEST_MOVE = 2.0  # of a variable in one step; variables are of order one
SHORTEST = 0.1  # an arc keeps at least this share of its length in one step
MANY = 0.75  # of the draws: if fewer than these go on the others are left behind
HALVINGS = 8  # of a step that raises the residual
ROUNDING = 1e-13  # keeps a converged residual from falling further
VANISHING = 1e-6  # of the last date: an arc this short that is to become shorter still
WHOLE = np.ones(1)  # nothing shortens a step
STUCK = 1e3  # tolerances: a step this short is good enough if the residual does not fall


@dataclass(frozen=True)
class Outcome:
    """Where Newton's method stopped."""

    iterate: Iterate
    converged: NDArray[np.bool_]  # (B,)
    steps: NDArray[np.intp]  # (B,)
    first_move: FloatArray  # (B,): the largest move of the first step
    left: FloatArray  # (B,): the error that is predicted to be left
    residual: FloatArray  # (B,): the largest residual before the last step


def newton(
    system: Collocation, start: Iterate, tolerance: float = 1e-11, max_steps: int = 40
) -> Outcome:
    """Newton's method from ``start`` until the error left is below ``tolerance``.

    A step is shortened where it would move a variable by more than 2 or cut an arc to less than a
    tenth of its length, and halved while it raises the largest residual. A full step of size s
    after one of size s' is predicted to leave an error of max(1, s/s'²) s²; the step that would
    only confirm this is not taken (that the equations hold is measured afterwards, between the
    nodes). Where rounding errors keep the residual from falling any further, a step below a
    thousand times the tolerance is good enough.
    """
    alone = len(start.flat) == 1
    with np.errstate(over="ignore", invalid="ignore"):  # a trial that overflows is rejected
        return (_alone if alone else _together)(system, start, tolerance, max_steps)


def _alone(system: Collocation, z: Iterate, tolerance: float, max_steps: int) -> Outcome:
    """For one draw, in numbers, which are faster than short arrays."""
    at = system.evaluate(z)
    scale, size, count = _scale(z), float(at.size[0]), 0
    converged, moved, first, left = False, np.inf, np.inf, np.inf
    while count < max_steps and size < np.inf:
        try:
            step = system.step(at)
        except np.linalg.LinAlgError:
            break
        before, moved = moved, float(np.abs(step.flat / scale).max())
        first = moved if count == 0 else first
        if not moved < np.inf:
            break
        count += 1
        short = _until_short(system, z, step)[0]
        if short < 1.0 and np.diff(z.dates).min() < VANISHING * z.dates[0, -1]:
            break  # an arc is about to be gone
        length = min(LARGEST_MOVE / max(moved, LARGEST_MOVE), short)
        left = min(moved, moved**2 * max(1.0, moved / max(before, 1e-150) ** 2))
        if length == 1.0 and left <= tolerance:
            z, converged = Iterate(z.flat + step.flat, z.shape), True
            break
        for _ in range(HALVINGS):
            z_new = Iterate(z.flat + length * step.flat, z.shape)
            at_new = system.evaluate(z_new)
            falls = at_new.size[0] <= max(size, ROUNDING)
            if falls:
                break
            length *= 0.5
        converged = moved <= STUCK * tolerance and (length < 1.0 or not falls)
        if not falls:
            break
        z, at, size = z_new, at_new, float(at_new.size[0])
        if converged:
            break
    facts = (np.array([fact]) for fact in (converged, count, first, left, size))
    return Outcome(z, *facts)


def _together(system: Collocation, z: Iterate, tolerance: float, max_steps: int) -> Outcome:
    """The same for many draws; those that have converged are left behind if they are many."""
    draws = np.arange(len(z.flat))  # that go on
    at = system.evaluate(z)
    flat, size, alive = z.flat.copy(), at.size, np.isfinite(at.size)
    first, left, residual = (np.full(len(flat), np.inf) for _ in range(3))
    steps, converged = np.zeros(len(flat), dtype=np.intp), np.zeros(len(flat), dtype=bool)
    moved = left
    for count in range(max_steps):
        try:
            step = system.step(at)
        except np.linalg.LinAlgError:
            break
        before, moved = moved, np.abs(step.flat / _scale(z)).max(axis=1)
        alive &= moved < np.inf
        length = LARGEST_MOVE / np.maximum(moved, LARGEST_MOVE)
        length = np.minimum(length, _until_short(system, z, step))
        predicted = np.minimum(moved, moved**2 * np.maximum(1.0, moved / before**2))
        done = alive & (length == 1.0) & (predicted <= tolerance)
        first = moved if count == 0 else first
        on = draws[alive]
        left[on], residual[on] = predicted[alive], size[alive]
        steps[on] += 1
        flat[draws[done]] = z.flat[done] + step.flat[done]
        converged[draws[done]] = True
        alive &= ~done
        if alive.mean() < MANY:
            on = np.flatnonzero(alive)
            if not len(on):
                break
            system, z, step, draws = system.take(on), z.take(on), step.take(on), draws[on]
            size, moved, length, alive = size[on], moved[on], length[on], alive[on]
        for _ in range(HALVINGS):
            new = Iterate(z.flat + length[:, None] * step.flat, z.shape)
            at = system.evaluate(new)
            rises = alive & ~(at.size <= np.maximum(size, ROUNDING))
            if not rises.any():
                break
            length = np.where(rises, 0.5 * length, length)
        stuck = alive & (rises | (length < 1.0)) & (moved <= STUCK * tolerance)
        z, size, alive = new, at.size, alive & ~rises
        flat[draws[alive]] = z.flat[alive]
        converged[draws[stuck]] = True
        alive &= ~stuck
    return Outcome(Iterate(flat, z.shape), converged, steps, first, left, residual)


def _scale(z: Iterate) -> FloatArray | float:
    """What the size of a step is divided by: one, for dates the horizon."""
    dates = z.dates
    if dates.shape[1] == 1:
        return 1.0
    scale = np.ones_like(z.flat)
    scale[:, -dates.shape[1] :] = np.maximum(dates[:, -1:], 1e-300)
    return scale


def _until_short(system: Collocation, z: Iterate, step: Iterate) -> FloatArray:
    """The share of a step, (B,) or (1,), in (0, 1], after which an arc has lost nine tenths."""
    if not system.mesh.is_free:
        return WHOLE
    gap_map = system.mesh.gap_map
    room = (1.0 - SHORTEST) * (system.gap_end - z.dates @ gap_map)
    closed = step.dates @ gap_map
    too_far = closed > room
    if not too_far.any():
        return WHOLE
    shrink = np.where(too_far, room / np.maximum(closed, 1e-300), 1.0)
    return np.asarray(shrink.min(axis=1))
