"""Many draws of a problem at once, by the same steps as one, taken for all draws together.

Draws are worked on in blocks that fit into the processor's cache. Within a block those that show
the same order of regimes on their guess, and need the same elements, share every array operation.
A draw that does not converge there, or whose path shows another order, is solved again on its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.checks import check_problem
from aiecon.numerics.clock import Clock
from aiecon.numerics.collocation import Collocation, Iterate
from aiecon.numerics.elements import Elements, place_elements
from aiecon.numerics.mesh import mesh
from aiecon.numerics.newton import newton
from aiecon.numerics.path import values_at, violations
from aiecon.numerics.problem import INFINITY, Guess, Problem, SolverError, Structure
from aiecon.numerics.rest import is_saddle
from aiecon.numerics.saddle_path import (
    MOST_NODES,
    check_tolerance,
    estimate,
    finer,
    first_nodes,
    guess_structure,
    newton_tolerance,
    promised,
    solve,
)
from aiecon.numerics.switching import contradicted, degenerate, rough_structure
from aiecon.numerics.trial import end_jacobian, tried

__all__ = ["ManyPaths", "solve_many"]

BLOCK = 256  # draws
MOST_HALVED = 4  # elements that are still halved for all draws of a group together
PARTS = np.arange(1, 65) / 64  # of each element, at which the border is looked at
CERTAIN = 0.1  # a border function this far from zero at all of them leaves no doubt

Path = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True)
class Group:
    """Draws that were solved together, or one that was solved on its own."""

    draws: NDArray[np.intp]
    system: Collocation
    iterate: Iterate


@dataclass(frozen=True, eq=False)
class ManyPaths:
    """The paths of B draws: functions of time, and how each of them was found."""

    problem: Problem
    groups: tuple[Group, ...]  # of the draws for which there is a path
    converged: NDArray[np.bool_]  # (B,)
    newton_steps: NDArray[np.intp]  # (B,)
    residual: FloatArray  # (B,), as SaddlePath.residual; NaN without a path
    error: FloatArray  # (B,), as SaddlePath.error; infinite if the draw did not converge
    failures: dict[int, str]  # for each draw that did not converge, why, and what to try

    def __call__(self, t: FloatArray) -> FloatArray:
        """x at times t (T,), or (B, T) of each draw's own: (d, B, T); NaN without a path."""
        t = np.asarray(t, dtype=np.float64)
        t = np.broadcast_to(t, (len(self.converged), t.shape[-1]))
        x = np.full((self.problem.size, *t.shape), np.nan)
        for group in self.groups:
            x[:, group.draws] = values_at(group.system, group.iterate, t[group.draws])
        return x

    def switches(self) -> FloatArray:
        """(B, s): the dates of the changes of regime, ∞ where no more come, NaN without a path."""
        found = []
        for group in self.groups:
            structure = group.system.mesh.structure
            regimes = (*structure.regimes, *(() if structure.tail else (structure.last_regime,)))
            changes = [i for i in range(1, len(regimes)) if regimes[i] != regimes[i - 1]]
            found.append((group.draws, group.iterate.dates[:, changes]))
        most = max((dates.shape[1] for _, dates in found), default=0)
        out = np.full((len(self.converged), max(most, 1)), np.nan)
        for draws, dates in found:
            out[draws] = np.inf
            out[draws, : dates.shape[1]] = dates
        return out

    def first_switch(self) -> FloatArray:
        """(B,): the date of the first change of regime, ∞ without one, NaN without a path."""
        return self.switches()[:, 0]


def solve_many(problem: Problem, tol: float = 1e-8) -> ManyPaths:
    """The paths of all draws of a problem, each to the tolerance ``tol`` as by :func:`solve`.

    Draws that fail are reported, not raised.
    """
    check_tolerance(tol)
    check_problem(problem)
    draws = problem.initial.shape[1]
    steps, converged = np.zeros(draws, dtype=np.intp), np.zeros(draws, dtype=bool)
    residual, error = np.full(draws, np.nan), np.full(draws, np.inf)
    groups, failures = [], {}
    for first in range(0, draws, BLOCK):
        block = np.arange(first, min(first + BLOCK, draws))
        for group, *facts in _together(problem, block, tol):
            groups.append(group)
            converged[group.draws] = True
            steps[group.draws], error[group.draws], residual[group.draws] = facts
    for draw in np.flatnonzero(~converged):
        alone = np.array([draw])
        try:
            path = solve(problem.take(alone), tol, raise_on_failure=False)
        except SolverError as failure:
            failures[int(draw)] = str(failure)
            continue
        groups.append(Group(alone, path.system, path.iterate))
        steps[draw], residual[draw] = path.newton_steps, path.residual
        if path.converged:
            converged[draw], error[draw] = True, path.error
        else:
            failures[int(draw)] = path.message
    return ManyPaths(problem, tuple(groups), converged, steps, residual, error, failures)


def _together(
    problem: Problem, block: NDArray[np.intp], tol: float
) -> Iterator[tuple[Group, NDArray[np.intp], FloatArray, FloatArray]]:
    """Groups of draws of a block that converged: their Newton steps, estimates and residuals."""
    part = problem.take(block)
    guess = next(part.guesses())
    for (structure, elements), (members, dates) in _alike(part, guess).items():
        nodes = first_nodes(problem, tol)
        system = Collocation(part.take(members), mesh(structure, elements, nodes))
        start = system.iterate(_of_some(guess, members), dates)
        outcome = newton(system, start, newton_tolerance(tol))
        steps, rough = outcome.steps, np.flatnonzero(outcome.converged)  # not yet fine enough
        few = MOST_HALVED  # elements
        while len(rough) and (system.mesh.grid.size < MOST_NODES or system.mesh.count < few):
            members, steps = members[rough], steps[rough]
            system, start = finer(system.take(rough), outcome.iterate.take(rough))
            outcome = newton(system, start, newton_tolerance(tol))
            steps = steps + outcome.steps
            fine = outcome.converged & (outcome.first_move <= tol)
            rough = np.flatnonzero(outcome.converged & ~fine)
            done = np.flatnonzero(fine & ~degenerate(outcome.iterate.dates))
            if len(done):
                seen = _sound(system.take(done), outcome.iterate.take(done), tol)
                keep = np.flatnonzero(seen <= promised(tol))
                done = done[keep]
                if len(done):
                    parts = system.take(done), outcome.iterate.take(done)
                    found = Group(block[members[done]], *parts)
                    yield found, steps[done], estimate(outcome.first_move[done], tol), seen[keep]


def _sound(system: Collocation, z: Iterate, tol: float) -> FloatArray:
    """The residuals of paths (B,) that seem fine, ∞ for those that :func:`solve` has to look at."""
    problem, mesh = system.problem, system.mesh
    wrong = contradicted(system, z, 10 * tol)
    if mesh.structure.tail:
        wrong |= ~is_saddle(end_jacobian(system, z), len(problem.initial))
    for draw in np.flatnonzero(~wrong) if problem.samples else ():
        alone = np.array([draw])
        found = tried(system.take(alone), z.take(alone), tol)
        wrong[draw] = found.crosses or bool(found.places)
    return np.where(wrong, np.inf, violations(system, z)[1].max(axis=(1, 2), initial=0.0))


def _alike(
    problem: Problem, guess: Guess
) -> dict[tuple[Structure, Elements], tuple[NDArray[np.intp], FloatArray]]:
    """The draws that can be solved together, and the dates (…, D) of their guess."""
    draws = problem.initial.shape[1]
    if guess.structure is not None and guess.dates is not None:
        ends = guess.structure.ends
        elements = tuple((0.0, np.inf) if end == INFINITY else (0.0, 1.0) for end in ends)
        return {(guess.structure, elements): (np.arange(draws), guess.dates)}
    found: dict[tuple[Structure, Elements], list[tuple[int, FloatArray]]] = defaultdict(list)
    for draw, plain in enumerate(_stays(problem, guess)):
        alone = np.array([draw])
        own = problem.take(alone)
        try:
            structure, dates = plain or guess_structure(own, _of_some(guess, alone))
        except SolverError:
            continue  # it is solved on its own later
        found[structure, place_elements(own, structure, dates)].append((draw, dates[0]))
    return {
        key: (np.array([draw for draw, _ in rows]), np.array([dates for _, dates in rows]))
        for key, rows in found.items()
    }


def _stays(problem: Problem, guess: Guess) -> list[tuple[Structure, FloatArray] | None]:
    """For draws whose guess stays in the last regime for ever, for certain, that structure."""
    rough, dates = rough_structure(problem)
    structure = replace(rough, regimes=(problem.last_regime,) * rough.size)
    stays = np.full(len(dates), problem.ends_at_infinity)
    if problem.has_border and problem.ends_at_infinity:
        elements = place_elements(problem, rough, dates[:1])
        t = Clock(rough, elements, PARTS).times(dates, problem.tail_rate)[0]
        t = t.reshape(len(dates), 1, -1)[:, :, : None if np.isfinite(t).all() else -1]
        b = problem.border(t, guess.path(t))[0]
        side = -1.0 if problem.last_regime == 1 else 1.0
        stays = np.asarray((side * b < -CERTAIN).all(axis=(1, 2)))
    return [(structure, dates[[i]]) if stay else None for i, stay in enumerate(stays)]


def _of_some(guess: Guess, draws: NDArray[np.intp]) -> Path:
    """The path of some of the draws of a guess; of all of them if it is made for all only."""
    return guess.path if guess.of_draws is None else guess.of_draws(draws)
