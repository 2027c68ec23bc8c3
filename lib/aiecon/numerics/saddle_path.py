"""Solving an infinite-horizon saddle-path problem with switching regimes.

The steps, each in its own module:

1. take the problem's own idea of the order of regimes, or find one on a rough path (switching);
2. collocate and solve for the path and the switching dates together (collocation, newton);
3. look whether the path shows the order that was assumed; if not, take the order it shows (2);
4. refine the grid until the change is below the tolerance: more nodes while they help, otherwise
   cut the elements on which the equations are violated most, and more nodes in the end (elements);
5. try the path at times that no grid chose and cut elements where the equations do not hold there;
   count the stable roots at the point of rest (checks, rest).

References: M. Trimborn, K.-J. Koch and T. Steger (2008), Multidimensional transitional dynamics: a
simple numerical procedure, Macroeconomic Dynamics 12; J. P. Boyd (2001), Chebyshev and Fourier
Spectral Methods, 2nd ed.; U. Ascher, R. Mattheij and R. Russell (1995), Numerical Solution of
Boundary Value Problems for Ordinary Differential Equations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from aiecon.numerics.chebyshev import FloatArray, refinement
from aiecon.numerics.checks import check_problem
from aiecon.numerics.collocation import Collocation, Iterate
from aiecon.numerics.elements import cut, place_elements
from aiecon.numerics.mesh import mesh
from aiecon.numerics.newton import Outcome, newton
from aiecon.numerics.path import SaddlePath, values_at
from aiecon.numerics.problem import POINTWISE, Guess, Problem, SolverError, Structure
from aiecon.numerics.rest import mismatch, point_of_rest
from aiecon.numerics.switching import (
    NEGLIGIBLE,
    contradicted,
    degenerate,
    observed_structure,
    rough_structure,
    sample_times,
    without_collapsed_arc,
)
from aiecon.numerics.trial import end_jacobian, trial_times, tried, worst_places
from aiecon.validation import number, require, whole

__all__ = ["solve"]

GROWTH = 1.5  # of the number of nodes at a refinement
MOST_NODES = 40  # per element; where they do not suffice elements are cut in two
ROUGH_NODES = 10
MOST_STRUCTURES = 12
MOST_ELEMENTS = 400
MOST_EFFORT = 5e9  # multiplications in all linear systems: a second or two
MOST_STEPS = 1000  # of Newton's method on all grids
SHORTEST = 2.0**-44  # of its date: a shorter element is between two numbers
MOST_CORRECTIONS = 4  # of the order of regimes, after the grid has been refined
MOST_HALVINGS = 4  # of all elements of the first grid, if nothing else helps
MOST_IDLE = 8  # halvings in a row that do not help
HELPS = 0.7  # of the change before: what a halving must bring it down to
HIDDEN = 0.25  # of the tolerance: what abrupt changes of f may add between the trial times
MOST_TRIALS = 40  # of a path at times that no grid chose
RESIDUAL = 1e3  # tolerances: the largest violation of the equations on a path that converged
LEAST_RESIDUAL = 1e-3  # and what it may be whatever the tolerance

SINGULAR = (
    "halving the elements does not help: the path is not smooth somewhere, or does not settle as "
    "its long-run condition says"
)

Solved = tuple[Collocation, Iterate]


def solve(
    problem: Problem,
    tol: float = 1e-8,
    *,
    nodes: int | None = None,
    near: SaddlePath | None = None,
    raise_on_failure: bool = True,
) -> SaddlePath:
    """The path that solves a :class:`~aiecon.numerics.problem.Problem`.

    ``tol`` (1e-13 to 1e-2) bounds the change of x when the grid was refined for the last time, all
    of it, which is the error estimate: the path returned is the finer one. The path is then tried
    with the problem's own equations at ``problem.samples`` times that no grid chose, and refined
    where they do not hold. With ``near``, the path of a neighbouring problem, the solver starts
    from there instead of from ``problem.guesses()``.

    Raises :class:`SolverError` with what was tried and what to try, or with
    ``raise_on_failure=False`` returns its last path with ``converged=False``, if there is one.
    ValueError for a problem that is not written as it says there.

    With ``nodes`` the problem is solved once on a grid of so many nodes per element: faster, not
    tried, roots not counted, and without an error estimate (``error`` is NaN); ``tol`` is that of
    Newton's method.
    """
    check_tolerance(tol)
    first = first_nodes(problem, tol) if nodes is None else whole("nodes", nodes, 4)
    check_problem(problem)
    work = _Work(problem, tol, first, adaptive=nodes is None)
    try:
        path = None if near is None else work.warm(near)
        path = path or work.refined(work.consistent(trusting=True))
        while not path.converged and work.halvings < MOST_HALVINGS:
            work.halvings += 2  # of the first grid, which may have been too coarse
            path = work.refined(work.consistent(trusting=True))
        for _ in range(MOST_CORRECTIONS):
            other = work.corrected(path) if path.converged else None
            if other is None:
                break
            path = work.refined(other)
        else:
            raise SolverError(
                f"the order of regimes found ({path.structure}) is contradicted on a finer grid"
            )
    except SolverError as error:
        if work.latest is None:
            raise SolverError(f"No path was found: {work.diagnosis(str(error))}") from error
        path = work.report(work.latest, np.inf, work.diagnosis(str(error)))
    if path.converged and path.structure.tail and nodes is None:
        wrong = mismatch(end_jacobian(path.system, path.iterate)[0], len(problem.initial))
        path = replace(path, converged=not wrong, cause=wrong and f"{wrong}.")
    if raise_on_failure and not path.converged:
        raise SolverError(path.message)
    return path


def check_tolerance(tol: float) -> None:
    """ValueError unless a path can be solved to this tolerance."""
    require("tol", tol, 1e-13 <= number("tol", tol) <= 1e-2, "1e-13 ≤ tol ≤ 1e-2")


def newton_tolerance(tol: float) -> float:
    """The error that Newton's method may leave."""
    return max(1e-12, 1e-2 * tol)


def estimate(change: Any, tol: float) -> Any:
    """The error estimate: the last change, and what Newton's method may have left."""
    return np.minimum(change + newton_tolerance(tol), np.maximum(change, tol))


def first_nodes(problem: Problem, tol: float) -> int:
    """Nodes per element of the first grid: the problem's for 1e-8, else more by the digits."""
    more = round(problem.nodes * np.log10(tol) / -8.0)
    return max(problem.nodes, min(more, int(MOST_NODES / GROWTH)))


def guess_structure(
    problem: Problem, path: Callable[[FloatArray], FloatArray]
) -> tuple[Structure, FloatArray]:
    """The order of regimes that a guess of the path shows, and its dates (1, D).

    Raises SolverError if the path ends in another regime than the problem.
    """
    structure, dates = rough_structure(problem)
    if not problem.has_border:
        return replace(structure, regimes=(problem.last_regime,) * structure.size), dates
    elements = place_elements(problem, structure, dates)
    t, assumed = sample_times(problem, structure, elements, dates[0])
    return observed_structure(problem, path, t, assumed)


@dataclass
class _Work:
    """One solve: the problem, the tolerance, and what has been spent."""

    problem: Problem
    tol: float
    nodes: int  # per element of the first grid
    adaptive: bool  # whether the grid is refined
    steps: int = 0
    effort: float = 0.0  # multiplications, roughly
    halvings: int = 0  # of every element of the first grid
    latest: Solved | None = None
    causes: list[str] = field(default_factory=list)  # why what was tried failed
    judged: SaddlePath | None = None  # the last path of which the violations were asked for

    def newton(
        self, system: Collocation, start: Iterate, tolerance: float, max_steps: int = 40
    ) -> Outcome:
        mesh, d = system.mesh, system.problem.size
        a_step = mesh.count * (d * mesh.grid.size) ** 3.0 + (d * mesh.count) ** 3.0
        left = MOST_EFFORT - self.effort - 2 * a_step
        if left < 0 or mesh.count > MOST_ELEMENTS or self.steps > MOST_STEPS:
            raise SolverError(
                f"a grid of {mesh.count} elements of {mesh.grid.size} nodes is more than is worth "
                f"while after {self.steps} Newton steps"
            )
        outcome = newton(system, start, tolerance, max_steps)
        self.steps += int(outcome.steps[0])
        self.effort += float(outcome.steps[0]) * a_step
        self.latest = system, outcome.iterate
        return outcome

    def diagnosis(self, cause: str) -> str:
        """Why there is no path, what was tried, each thing once, and what to try."""
        problem, tries = self.problem, "; ".join(dict.fromkeys(self.causes))
        if problem.ends_at_infinity and self.latest is not None:
            system, z = self.latest
            rest = point_of_rest(problem, z.values[:, -1, :, -1].T if system.mesh.count else None)
            wrong = "" if rest is None else mismatch(rest[1][0], len(problem.initial))
            if wrong:
                return f"{wrong}."
        advice = ["a first guess nearer to the path (or near=, a path that was solved)"]
        if problem.has_border:
            advice.append("parameters at which the path does not just touch the border")
        if problem.samples:
            advice.append("`kinks` at the dates at which f changes abruptly")
        advice += ["a larger tol", "smaller steps from a case that is solved"]
        return f"{cause}{f'; tried: {tries}' * bool(tries)}. Try {', '.join(advice)}."

    # -- steps 1 to 3 -------------------------------------------------------------------------

    def consistent(self, trusting: bool) -> Solved:
        """A path on the first grid that shows the order of regimes that it assumes.

        ``trusting``: an order that the problem itself proposes is not checked before the grid has
        been refined. If no guess leads to a path all are tried again on a finer first grid.
        """
        guesses: list[Guess] = []
        for halvings in range(self.halvings, 1 + MOST_HALVINGS * self.adaptive, 2):
            self.halvings = halvings
            for guess in guesses or kept(self.problem.guesses(), guesses):
                for first in (self.from_guess, self.rough):
                    solved = first(guess)
                    if first == self.rough or guess.structure is None or not trusting:
                        solved = self.made_consistent(solved)
                    if solved is not None:
                        return solved
        raise SolverError("no guess led to a path with a consistent order of regimes")

    def made_consistent(self, solved: Solved | None) -> Solved | None:
        """The path with the order of regimes corrected until it is the one that is seen.

        What contradicts the order by no more than the error of the first grid is left for later.
        """
        for _ in range(MOST_STRUCTURES):
            if solved is None:
                return None
            rough = POINTWISE in solved[0].mesh.structure.regimes
            negligible = 0.0 if rough else 2.0 * float(self.violations(*solved)[0].max(initial=0.0))
            negligible = max(negligible, NEGLIGIBLE)
            if not rough and not contradicted(*solved, negligible)[0]:
                return solved
            try:
                structure, dates = self.observed(solved, negligible)
            except SolverError as error:
                self.causes.append(str(error))
                return None
            if structure == solved[0].mesh.structure:
                return solved
            solved = self.sharp(structure, dates, self.as_path(solved))
        self.causes.append(f"{MOST_STRUCTURES} orders of regimes in turn")
        return None

    def from_guess(self, guess: Guess) -> Solved | None:
        """The path in the order of regimes that a guess shows, or None if there is none."""
        structure, dates = guess.structure, guess.dates
        if structure is None or dates is None:
            try:
                structure, dates = guess_structure(self.problem, guess.path)
            except SolverError as error:
                self.causes.append(str(error))
                return None
        return self.sharp(structure, dates, guess.path)

    def observed(self, solved: Solved, negligible: float) -> tuple[Structure, FloatArray]:
        """The structure that a path shows, whatever it was assumed to be, and its dates."""
        system, z = solved
        where = self.problem, system.mesh.structure, system.mesh.elements, z.dates[0]
        t, assumed = sample_times(*where, also=trial_times(*where))
        return observed_structure(self.problem, self.as_path(solved), t, assumed, negligible)

    def first_grid(self, structure: Structure, dates: FloatArray, nodes: int) -> Collocation:
        """The equations on the first grid, halved as often as it is to be."""
        elements = place_elements(self.problem, structure, dates)
        for _ in range(self.halvings):
            elements = cut(elements, dict.fromkeys(range(sum(map(len, elements))), ()))
        return Collocation(self.problem, mesh(structure, elements, nodes))

    def sharp(
        self, structure: Structure, dates: FloatArray, guess: Callable[[FloatArray], FloatArray]
    ) -> Solved | None:
        """The path with an order of regimes, or None if Newton's method does not converge.

        Where it gets stuck because an arc vanishes, the order is changed and it tries again.
        """
        seen: set[Structure] = set()
        while structure not in seen:
            seen.add(structure)
            system = self.first_grid(structure, dates, self.nodes)
            start = system.iterate(guess, dates)
            if not np.isfinite(start.flat).all():
                self.causes.append("a guess that is not finite at all dates, at t = ∞ among them")
                return None
            outcome = self.newton(system, start, newton_tolerance(self.tol))
            dates = outcome.iterate.dates
            if outcome.converged[0] and not degenerate(dates)[0]:
                return system, outcome.iterate
            repaired = without_collapsed_arc(structure, dates)
            if repaired is None:
                break
            structure, dates = repaired
        self.causes.append(self.stuck(str(system.mesh.structure), system, outcome))
        return None

    def stuck(self, what: str, system: Collocation, outcome: Outcome) -> str:
        """What Newton's method failed at."""
        size, steps = outcome.residual[0], outcome.steps[0]
        how = f"a residual of {size:.0e} after {steps} Newton steps"
        if not np.isfinite(size):
            how = "equations that are not finite on the guess"
        return f"{what} on {system.mesh.count} element(s): {how}"

    def rough(self, guess: Guess) -> Solved | None:
        """A path in mixed regimes: every node takes the regime that it is in."""
        structure, dates = rough_structure(self.problem)
        system = self.first_grid(structure, dates, ROUGH_NODES)
        start = system.iterate(guess.path, dates)
        if not np.isfinite(start.flat).all():
            return None
        outcome = self.newton(system, start, 1e-5, max_steps=80)
        if outcome.converged[0] or outcome.residual[0] < 1e-2:
            return system, outcome.iterate
        self.causes.append(self.stuck(str(structure), system, outcome))
        return None

    def corrected(self, path: SaddlePath) -> Solved | None:
        """A path in another order of regimes than a refined path that contradicts its own, or None
        if it does not."""
        solved, negligible = (path.system, path.iterate), 10 * self.tol
        if not (path.crosses or contradicted(*solved, negligible)[0]):
            return None
        structure, dates = self.observed(solved, negligible)
        if structure == path.structure:
            return None
        return self.sharp(structure, dates, path) or self.consistent(trusting=False)

    def warm(self, near: SaddlePath) -> SaddlePath | None:
        """The path from that of a neighbouring problem, on its grid; None if that fails.

        The error is that of the neighbour, in proportion to how much the equations are violated.
        """
        problem, structure, z = self.problem, near.structure, near.iterate
        dates, given = z.dates.copy(), len(problem.initial)
        for i, end in enumerate(structure.ends):
            if isinstance(end, int):
                dates[0, i + 1] = problem.kinks[end, 0] if end < len(problem.kinks) else np.nan
        alike = (near.problem.size, structure.last_regime) == (problem.size, problem.last_regime)
        alike &= structure.tail == problem.ends_at_infinity and len(near.problem.initial) == given
        if not (alike and (np.diff(dates) > 0).all()):
            return None
        start = np.concatenate([problem.initial[:, 0], z.start[0, 0, given:]])[None]
        solved = Collocation(problem, near.system.mesh), Iterate.of(start, z.values, dates)
        outcome = self.newton(*solved, newton_tolerance(self.tol))
        solved = solved[0], outcome.iterate
        if not outcome.converged[0] or degenerate(outcome.iterate.dates)[0]:
            return None
        if not self.adaptive:
            return self.report(solved, np.nan)
        before, now = (
            found[0].max(initial=1e-2 * self.tol)
            for found in (near.violations, self.violations(*solved))
        )
        error = near.error * max(1.0, float(now / before))
        return self.refined(solved, error)

    # -- steps 4 and 5 ------------------------------------------------------------------------

    def refined(self, solved: Solved, error: float = np.inf) -> SaddlePath:
        """The path on a grid that is fine enough, with its error estimate.

        ``error`` is that of the path to begin with, if it is known. The estimate is the change when
        all elements got more nodes: where some are cut the path moves by less than its error, since
        the others stay as they are, so that such a step is followed by one of them all.
        """
        if not self.adaptive:
            return self.report(solved, np.nan)
        (system, z), whole, failed = solved, error < np.inf, False
        trials, idle, least, abrupt = 0, 0, np.inf, False
        while True:
            places, cause = None, SINGULAR
            if error <= self.tol:
                found, cause, unseen, crosses = self.violated(system, z)
                if whole and not found:
                    hidden = HIDDEN * self.tol if abrupt else 0.0
                    error = float(estimate(max(error, unseen, hidden), self.tol))
                    return self.report((system, z), error, crosses=crosses)
                abrupt = abrupt or (bool(found) and unseen < np.inf)
                places, trials, idle, least = found or None, trials + 1, 0, np.inf
            else:
                helps = error == np.inf or error < 1e3 * self.tol
                if failed or not helps or system.mesh.grid.size >= MOST_NODES:
                    places = worst_places(system, self.violations(system, z)[0][0])
            whole = places is None
            new, start = finer(system, z) if places is None else parted(system, z, places)
            if trials > MOST_TRIALS or idle > MOST_IDLE or too_short(new, z.dates):
                return self.report((system, z), error, self.diagnosis(cause))
            outcome = self.newton(new, start, newton_tolerance(self.tol))
            if outcome.converged[0] and not degenerate(outcome.iterate.dates)[0]:
                system, z, failed = new, outcome.iterate, False
                error = float(outcome.first_move[0])
                if not HELPS * least < error < least / HELPS**8:  # it helped, or something new
                    idle, least = 0, error
                else:
                    idle += 1
                continue
            repaired = without_collapsed_arc(system.mesh.structure, outcome.iterate.dates)
            changed = repaired and self.sharp(*repaired, self.as_path((system, z)))
            if changed is not None:
                (system, z), error, failed, idle, least = changed, np.inf, False, 0, np.inf
            elif whole:
                error, failed = np.inf, True  # halve instead
            else:
                self.causes.append(self.stuck("a finer grid", new, outcome))
                return self.report((system, z), error, self.diagnosis("a refinement failed"))

    def violated(
        self, system: Collocation, z: Iterate
    ) -> tuple[Mapping[int, Sequence[float]], str, float, bool]:
        """Where a path that seems fine is to be cut, why, the error that no grid saw, and whether
        it crosses the border unseen."""
        problem, mesh = self.problem, system.mesh
        residual = self.violations(system, z)[1][0]
        if residual.max(initial=0.0) > promised(self.tol):
            worst = int(residual.max(axis=1).argmax())
            date = float(mesh.points.times(z.dates, problem.tail_rate)[0][0, worst, 0])
            cause = f"the equations are violated by {residual.max():.0e} after t = {date:.6g}"
            return worst_places(system, residual), cause, np.inf, False
        found = tried(system, z, self.tol)
        cause = f"the equations do not hold at t = {found.date:.6g}"
        return found.places, cause, found.error, found.crosses

    # -- results ------------------------------------------------------------------------------

    def violations(self, system: Collocation, z: Iterate) -> tuple[FloatArray, FloatArray]:
        """How much a path violates the equations between the nodes, measured once."""
        if self.judged is None or self.judged.iterate is not z:
            self.judged = self.as_path((system, z))
        return self.judged.violations

    def as_path(self, solved: Solved) -> SaddlePath:
        """The path as a function of time, before it is judged."""
        return self.report(solved, np.nan, "unfinished")

    def report(
        self, solved: Solved, error: float, cause: str = "", crosses: bool = False
    ) -> SaddlePath:
        """The path with its error estimate; it converged if there is no cause for a failure."""
        return SaddlePath(*solved, not cause, cause, self.steps, error, crosses)


def finer(system: Collocation, z: Iterate) -> Solved:
    """The equations with more nodes on all elements, or all of them halved, and where to start."""
    old, size = system.mesh, system.mesh.grid.size
    if size >= MOST_NODES:
        return parted(system, z, dict.fromkeys(range(old.count), ()))
    more = min(max(size + 1, int(GROWTH * size)), MOST_NODES)
    values = z.at_points() @ refinement(size, more).T
    new = Collocation(system.problem, mesh(old.structure, old.elements, more))
    return new, Iterate.of(z.start[:, 0], values, z.dates)


def parted(system: Collocation, z: Iterate, places: Mapping[int, Sequence[float]]) -> Solved:
    """The equations with some elements cut, and where to start."""
    old = system.mesh
    new = Collocation(system.problem, mesh(old.structure, cut(old.elements, places), old.grid.size))

    def path(t: FloatArray) -> FloatArray:
        return values_at(system, z, t.reshape(len(t), -1)).reshape(-1, *t.shape)

    return new, new.iterate(path, z.dates)


def promised(tol: float) -> float:
    """The largest residual of a path that converged."""
    return max(RESIDUAL * tol, LEAST_RESIDUAL)


def kept(guesses: Iterator[Guess], into: list[Guess]) -> Iterator[Guess]:
    """The guesses, each also put into a list."""
    for guess in guesses:
        into.append(guess)
        yield guess


def too_short(system: Collocation, dates: FloatArray) -> bool:
    """Whether an element is so short that there are no numbers between its ends."""
    t = system.mesh.points.times(dates, system.problem.tail_rate)[0]
    with np.errstate(invalid="ignore"):
        return bool((t[..., -1] - t[..., 0] < SHORTEST * t[..., -1]).any())
