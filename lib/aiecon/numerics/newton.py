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
FEW = 8  # draws: more than these go on without those that have converged, if these are most
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
        return (_newton_alone if alone else _newton)(system, start, tolerance, max_steps)


def _newton_alone(system: Collocation, z: Iterate, tolerance: float, max_steps: int) -> Outcome:
    """For one draw: what :func:`_newton` does, in numbers, which are faster than short arrays."""
    at = system.evaluate(z)
    scale, size, count = _scale(z), float(at.size[0]), 0
    converged, moved, first = False, np.inf, np.inf
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
        left = moved**2 * max(1.0, moved / max(before, 1e-150) ** 2)
        if length == 1.0 and min(moved, left) <= tolerance:
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
    return Outcome(z, np.array([converged]), np.array([count]), np.array([first]), np.array([size]))


def _newton(system: Collocation, z: Iterate, tolerance: float, max_steps: int) -> Outcome:
    at = system.evaluate(z)
    draws = len(at.size)
    converged, steps = np.zeros(draws, dtype=bool), np.zeros(draws, dtype=np.intp)
    active = np.isfinite(at.size)
    moved = np.full(draws, np.inf)
    first = moved
    scale = _scale(z)
    for count in range(max_steps):
        try:
            step = system.step(at)
        except np.linalg.LinAlgError:
            break
        before, moved = moved, np.abs(step.flat / scale).max(axis=1)
        if count == 0:
            first = moved
        active &= moved < np.inf  # not for a step that is not a number
        length = LARGEST_MOVE / np.maximum(moved, LARGEST_MOVE)
        length = np.minimum(length, _until_short(system, z, step)) * active
        left = moved**2 * np.maximum(1.0, moved / before**2)
        done = active & (length == 1.0) & ((moved <= tolerance) | (left <= tolerance))
        steps += active
        converged |= done
        active &= ~done
        if not active.any():
            z = Iterate(z.flat + np.where(done[:, None], step.flat, 0.0), z.shape)
            break
        z, at, length = _backtrack(system, z, at, step, length)
        short = length < 1.0
        if short.any():
            stuck = active & short & (moved <= STUCK * tolerance)
            converged |= stuck
            active &= ~stuck & (length > 0)
            if not active.any():
                break
        if draws > FEW and 2 * active.sum() < draws:
            rest = np.flatnonzero(active)
            left_over = _newton(system.take(rest), z.take(rest), tolerance, max_steps - count - 1)
            z.flat[rest] = left_over.iterate.flat
            at.size[rest] = left_over.residual
            converged[rest] = left_over.converged
            steps[rest] += left_over.steps
            break
    return Outcome(z, converged, steps, first, at.size)


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


def _backtrack(
    system: Collocation, z: Iterate, at: Evaluation, step: Iterate, length: FloatArray
) -> tuple[Iterate, Evaluation, FloatArray]:
    """The iterate after the step, shortened until the residual falls (length 0: it does not)."""
    allowed = np.maximum(at.size, ROUNDING)
    for _ in range(HALVINGS):
        z_new = Iterate(z.flat + length[:, None] * step.flat, z.shape)
        at_new = system.evaluate(z_new)
        worse = ~(at_new.size <= allowed) & (length > 0)
        if not worse.any():
            return z_new, at_new, length
        length = np.where(worse, 0.5 * length, length)
    length = np.where(worse, 0.0, length)
    z_new = Iterate(z.flat + length[:, None] * np.where(worse[:, None], 0.0, step.flat), z.shape)
    return z_new, system.evaluate(z_new), length
