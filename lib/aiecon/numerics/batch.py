"""Many draws of a problem at once, by the same steps as one, taken for all draws together.

Draws that show the same order of regimes on their guess, and need the same elements, share every
array operation, in blocks that fit into the processor's cache. A draw that does not converge there,
or whose path shows another order, is solved again on its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiecon.numerics.chebyshev import FloatArray
from aiecon.numerics.checks import check_problem
from aiecon.numerics.collocation import Collocation, Iterate
from aiecon.numerics.mesh import Elements, mesh, place_elements, scales
from aiecon.numerics.newton import newton
from aiecon.numerics.path import SaddlePath, end_jacobian, tried, values_at, violations
from aiecon.numerics.problem import INFINITY, Guess, Problem, SolverError, Structure
from aiecon.numerics.regimes import contradicted, degenerate, guessed
from aiecon.numerics.rest import is_saddle
from aiecon.numerics.saddle_path import (
    MOST_NODES,
    WARM,
    check_tolerance,
    finer,
    first_nodes,
    newton_tolerance,
    promised,
    resized,
    solve,
)

__all__ = ["ManyPaths", "solve_many"]

GUESSED = 4096  # draws for which guesses are made together
BLOCK = 1024  # draws that are solved together
MOST_HALVED = 8  # elements that are still halved for all draws of a group together
SETTLED = 1.0  # as for one draw in mesh; linear systems cost more here than what each array does
FEW_STEPS = 10  # of Newton's method; a draw that takes more is solved on its own
COARSE = 0.6  # of the nodes, on which a path is found first
ROUGHLY = 1e-4  # what Newton's method may leave there: one step more is then enough for most
SEVERAL, FEWER = 3, 0.78  # from so many elements on this share of the nodes is enough to begin with
OWN_GROUP = 64  # elements: what a group of its own costs, about

Alike = dict[tuple[Structure, Elements], tuple[NDArray[np.intp], FloatArray]]


@dataclass(frozen=True)
class Group:
    """Draws that were solved together, or one that was solved on its own."""

    draws: NDArray[np.intp]
    system: Collocation
    iterate: Iterate

    def take(self, some: NDArray[np.intp]) -> Group:
        """Some of them, by their position here."""
        return Group(self.draws[some], self.system.take(some), self.iterate.take(some))


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
    groups, failures, near = [], {}, {}
    for first in range(0, draws, GUESSED):
        for group, *facts in _together(problem, np.arange(draws)[first : first + GUESSED], tol):
            steps[group.draws], error[group.draws], residual[group.draws] = facts
            sound = residual[group.draws] <= promised(tol)
            converged[group.draws] = sound
            if sound.any():
                groups.append(group.take(np.flatnonzero(sound)))
            for i in np.flatnonzero(~sound):
                own = group.take(np.array([i]))
                off = float(error[own.draws[0]])
                near[int(own.draws[0])] = SaddlePath(own.system, own.iterate, False, "", 0, off)
    error[~converged], residual[~converged] = np.inf, np.nan
    for draw in np.flatnonzero(~converged).tolist():
        alone = np.array([draw])
        start = near.get(draw)
        try:
            path = solve(problem.take(alone), tol, near=start, raise_on_failure=False)
        except SolverError as failure:
            failures[draw] = str(failure)
            continue
        groups.append(Group(alone, path.system, path.iterate))
        steps[draw], residual[draw] = path.newton_steps, path.residual
        if path.converged:
            converged[draw], error[draw] = True, path.error
        else:
            failures[draw] = path.message
    return ManyPaths(problem, tuple(groups), converged, steps, residual, error, failures)


Found = tuple[Group, NDArray[np.intp], FloatArray, FloatArray]  # Newton steps, errors, residuals


def _together(problem: Problem, draws: NDArray[np.intp], tol: float) -> Iterator[Found]:
    """Groups of some of the draws that converged."""
    part = problem.take(draws)
    guess = next(iter(part.guesses()))
    for (structure, elements), (alike, dates) in _alike(part, guess).items():
        for first in range(0, len(alike), BLOCK):
            rows = slice(first, first + BLOCK)
            own = part.take(alike[rows])
            nodes = first_nodes(own, tol)
            if _count(elements) >= SEVERAL:
                nodes = round(FEWER * nodes)
            coarse = Collocation(own, mesh(structure, elements, round(COARSE * nodes)))
            of_draws = guess.of_draws
            path = of_draws(alike[rows]) if of_draws else next(iter(own.guesses())).path
            outcome = newton(coarse, coarse.iterate(path, dates[rows]), ROUGHLY, FEW_STEPS)
            system, start = resized(coarse, outcome.iterate, nodes)
            lost = ~outcome.converged
            if lost.any():
                start.flat[lost] = system.iterate(path, dates[rows]).flat[lost]
            yield from _refined(system, start, draws[alike[rows]], outcome.steps, tol)


def _refined(
    system: Collocation,
    start: Iterate,
    draws: NDArray[np.intp],
    steps: NDArray[np.intp],
    tol: float,
) -> Iterator[Found]:
    """Draws of which a path was found, on a grid that is fine enough or as fine as it may be."""
    outcome = newton(system, start, max(WARM * tol, newton_tolerance(tol)), FEW_STEPS)
    steps, rough = steps + outcome.steps, np.flatnonzero(outcome.converged)  # not fine enough
    error = np.full(len(draws), np.inf)
    while len(rough) and (system.mesh.grid.size < MOST_NODES or system.mesh.count < MOST_HALVED):
        draws, steps = draws[rough], steps[rough]
        system, start = finer(system.take(rough), outcome.iterate.take(rough))
        outcome = newton(system, start, newton_tolerance(tol))
        steps, error = steps + outcome.steps, outcome.first_move + outcome.left
        error += system.shift(outcome.iterate, start.dates)
        going = outcome.converged & ~degenerate(outcome.iterate.dates)
        rough, done = np.flatnonzero(going & (error > tol)), np.flatnonzero(going & (error <= tol))
        group = Group(draws, system, outcome.iterate)
        if len(done):
            found = group.take(done)
            yield found, steps[done], error[done], _judged(found, tol)
    if len(rough):
        yield group.take(rough), steps[rough], error[rough], np.full(len(rough), np.inf)


def _judged(group: Group, tol: float) -> FloatArray:
    """The residuals of paths that seem fine, ∞ for those that :func:`solve` has to look at."""
    system, z = group.system, group.iterate
    problem, mesh = system.problem, system.mesh
    wrong = contradicted(system, z, 10 * tol)
    if mesh.structure.tail:
        wrong |= ~is_saddle(end_jacobian(system, z), len(problem.initial))
    for draw in np.flatnonzero(~wrong) if problem.samples else ():
        alone = np.array([draw])
        found = tried(system.take(alone), z.take(alone), tol)
        wrong[draw] = found.crosses or bool(found.places)
    return np.where(wrong, np.inf, violations(system, z)[1].max(axis=(1, 2), initial=0.0))


def _alike(problem: Problem, guess: Guess) -> Alike:
    """The draws that are solved together, and the dates (…, D) of their guess.

    They show the same order of regimes. A few draws join others whose elements are finer than they
    need, if that takes less than a group of their own.
    """
    draws = problem.initial.shape[1]
    if guess.structure is not None and guess.dates is not None:
        ends = guess.structure.ends
        elements = tuple((0.0, np.inf) if end == INFINITY else (0.0, 1.0) for end in ends)
        return {(guess.structure, elements): (np.arange(draws), guess.dates)}
    found: dict[tuple[Structure, Elements], list[tuple[int, FloatArray]]] = defaultdict(list)
    rows = zip(guessed(problem, guess.path), scales(problem), strict=True)
    for draw, (seen, own) in enumerate(rows):
        if not isinstance(seen, str):  # otherwise it is solved on its own later
            found[seen[0], place_elements(own, *seen, SETTLED)].append((draw, seen[1][0]))
    groups: dict[tuple[Structure, Elements], list[tuple[int, FloatArray]]] = {}
    for own in sorted(found, key=lambda own: -_count(own[1])):
        alike, key = found[own], own
        for other in groups:
            costs = len(alike) * (_count(other[1]) - _count(own[1]))
            fits = all(len(a) >= len(b) for a, b in zip(other[1], own[1], strict=False))
            if other[0] == own[0] and fits and costs <= OWN_GROUP:
                key = other
                break
        groups.setdefault(key, []).extend(alike)
    return {
        key: (np.array([draw for draw, _ in alike]), np.array([dates for _, dates in alike]))
        for key, alike in groups.items()
    }


def _count(elements: Elements) -> int:
    """The number of elements on all arcs."""
    return sum(map(len, elements)) - len(elements)
