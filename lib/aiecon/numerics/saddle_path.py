"""Solving an infinite-horizon saddle-path problem with switching regimes.

The steps, each in its own module:

1. take the problem's own idea of the order of regimes, or find one on a rough path (regimes);
2. collocate and solve for the path and the switching dates together (collocation, newton);
3. look whether the path shows the order that was assumed; if not, take the order it shows (2);
4. refine the grid until the change is below the tolerance: more nodes while they help, otherwise
   cut the elements on which the equations are violated most, and more nodes in the end (mesh);
5. try the path at times that no grid chose and cut elements where the equations do not hold there;
   count the stable roots at the point of rest (path, rest).

References: M. Trimborn, K.-J. Koch and T. Steger (2008), Multidimensional transitional dynamics: a
simple numerical procedure, Macroeconomic Dynamics 12; J. P. Boyd (2001), Chebyshev and Fourier
Spectral Methods, 2nd ed.; U. Ascher, R. Mattheij and R. Russell (1995), Numerical Solution of
Boundary Value Problems for Ordinary Differential Equations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import tee

import numpy as np

from aiecon.numerics.chebyshev import FloatArray, refinement
from aiecon.numerics.checks import check_problem
from aiecon.numerics.collocation import Collocation, Iterate
from aiecon.numerics.mesh import cut, mesh, place_elements, scales
from aiecon.numerics.newton import Outcome, newton
from aiecon.numerics.path import (
    SaddlePath,
    end_jacobian,
    trial_times,
    tried,
    values_at,
    worst_places,
)
from aiecon.numerics.problem import Guess, Problem, SolverError, Structure
from aiecon.numerics.regimes import (
    NEGLIGIBLE,
    contradicted,
    degenerate,
    guessed,
    observed,
    on_kink,
    rough_structure,
    sample_times,
    without_collapsed_arc,
)
from aiecon.numerics.rest import mismatch, point_of_rest
from aiecon.validation import number, require, whole

__all__ = ["solve"]

GROWTH = 1.5  # of the number of nodes at a refinement
MOST_NODES = 40  # per element; where they do not suffice elements are cut in two
LARGEST_GRID = 1000  # nodes per element, if a number is asked for
ROUGH_NODES = 10
MOST_STRUCTURES = 12
MOST_EFFORT = 5e9  # multiplications in all linear systems: a second or two
A_STEP = 5e6  # of them take as long as whatever else there is to a step
SHORTEST = 2.0**-44  # of its date: a shorter element is between two numbers
MOST_CORRECTIONS = 4  # of the order of regimes, after the grid has been refined
MOST_HALVINGS = 4  # of all elements of the first grid, if nothing else helps
MOST_IDLE = 8  # halvings in a row that do not help
HELPS = 0.7  # of the change before: what a halving must bring it down to
HIDDEN = 0.25  # of the tolerance: what abrupt changes of f may add between the trial times
WARM = 0.2  # of the tolerance: what Newton's method may leave on the grid of a neighbour
INHERITED = 5  # times the nodes of the first grid: a neighbour's grid with more is not taken over
MOST_TRIALS = 40  # of a path at times that no grid chose
RESIDUAL = 1e3  # tolerances: the largest violation of the equations on a path that converged
LEAST_RESIDUAL = 1e-3  # and what it may be whatever the tolerance

SINGULAR = (
    "halving the elements does not help: the path is not smooth somewhere, or does not settle as "
    "its long-run condition says"
)


def solve(
    problem: Problem,
    tol: float = 1e-8,
    *,
    nodes: int | None = None,
    near: SaddlePath | None = None,
    raise_on_failure: bool = True,
) -> SaddlePath:
    """The path that solves a :class:`~aiecon.numerics.problem.Problem`.

    ``tol`` (1e-13 to 1e-2) bounds the change of x at any time when the grid was refined for the
    last time, all of it, which is the error estimate: the path returned is the finer one. The path
    is then tried with the problem's own equations at ``problem.samples`` times that no grid chose,
    and refined where they do not hold. With ``near``, the path of a neighbouring problem, the
    solver starts from there instead of from ``problem.guesses()``.

    Raises :class:`SolverError` with what was tried and what to try, or with
    ``raise_on_failure=False`` returns its last path with ``converged=False``, if there is one.
    ValueError for a problem that is not written as it says there.

    With ``nodes`` (4 to 1000) the problem is solved once on a grid of so many nodes per element:
    faster, not tried, roots not counted, and without an error estimate (``error`` is NaN); ``tol``
    is that of Newton's method.
    """
    check_tolerance(tol)
    first = first_nodes(problem, tol) if nodes is None else whole("nodes", nodes, 4)
    require("nodes", first, first <= LARGEST_GRID, f"at most {LARGEST_GRID} nodes per element")
    check_problem(problem)
    work = _Work(problem, tol, first, nodes is None, problem.guesses())
    try:
        path = None
        if near is not None:
            with suppress(SolverError):
                path = work.warm(near)
        if path is None or not path.converged:
            work.effort = 0.0  # of another start
            path = work.refined(work.consistent(trusting=True))
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
        path = work.ended(work.latest, np.inf, work.diagnosis(str(error)))
    if path.converged and path.structure.tail and nodes is None:
        wrong = mismatch(end_jacobian(path.system, path.iterate)[0], len(problem.initial))
        if wrong:
            path = replace(path, converged=False, cause=f"{wrong}.")
    if raise_on_failure and not path.converged:
        raise SolverError(path.message)
    return path


def check_tolerance(tol: float) -> None:
    """ValueError unless a path can be solved to this tolerance."""
    require("tol", tol, 1e-13 <= number("tol", tol) <= 1e-2, "1e-13 ≤ tol ≤ 1e-2")


def newton_tolerance(tol: float) -> float:
    """The error that Newton's method may leave."""
    return max(1e-12, 1e-2 * tol)


def first_nodes(problem: Problem, tol: float) -> int:
    """Nodes per element of the first grid: the problem's for 1e-8, else more by the digits."""
    more = round(problem.nodes * np.log10(tol) / -8.0)
    return max(problem.nodes, min(more, int(MOST_NODES / GROWTH)))


@dataclass
class _Work:
    """One solve: the problem, the tolerance, and what has been spent."""

    problem: Problem
    tol: float
    nodes: int  # per element of the first grid
    adaptive: bool  # whether the grid is refined
    guesses: Iterator[Guess]
    steps: int = 0
    effort: float = 0.0  # multiplications, roughly
    halvings: int = 0  # of every element of the first grid
    latest: SaddlePath | None = None
    causes: list[str] = field(default_factory=list)  # why what was tried failed

    def newton(
        self, system: Collocation, start: Iterate, tol: float = 0.0, max_steps: int = 40
    ) -> tuple[SaddlePath | None, Outcome]:
        """The path where Newton's method converges, if it does, and its outcome."""
        mesh, d = system.mesh, system.problem.size
        a_step = A_STEP + mesh.count * (d * mesh.grid.size) ** 3.0 + (d * mesh.count) ** 3.0
        if self.effort + 2 * a_step > MOST_EFFORT:
            raise SolverError(
                f"a grid of {mesh.count} elements of {mesh.grid.size} nodes is more than is worth "
                f"while after {self.steps} Newton steps"
            )
        outcome = newton(system, start, max(tol, newton_tolerance(self.tol)), max_steps)
        self.steps += int(outcome.steps[0])
        self.effort += float(outcome.steps[0]) * a_step
        self.latest = SaddlePath(system, outcome.iterate, False, "unfinished", self.steps, np.nan)
        found = outcome.converged[0] and not degenerate(outcome.iterate.dates)[0]
        return self.latest if found else None, outcome

    def ended(
        self, path: SaddlePath, error: float, cause: str = "", crosses: bool = False
    ) -> SaddlePath:
        """The path with its error estimate; it converged if there is no cause for a failure."""
        return replace(
            path, converged=not cause, cause=cause, newton_steps=self.steps, error=error,
            crosses=crosses,
        )  # fmt: skip

    def diagnosis(self, cause: str) -> str:
        """Why there is no path, what was tried, each thing once, and what to try."""
        problem, tries = self.problem, "; ".join(dict.fromkeys(self.causes))
        if problem.ends_at_infinity and self.latest is not None:
            system, z = self.latest.system, self.latest.iterate
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

    def failed(self, what: str, system: Collocation, outcome: Outcome) -> None:
        """Notes what Newton's method failed at."""
        size, steps = outcome.residual[0], outcome.steps[0]
        how = f"a residual of {size:.0e} after {steps} Newton steps"
        if not np.isfinite(size):
            how = "equations that are not finite on the guess"
        self.causes.append(f"{what} on {system.mesh.count} element(s): {how}")

    # -- steps 1 to 3 -------------------------------------------------------------------------

    def consistent(self, trusting: bool) -> SaddlePath:
        """A path on the first grid that shows the order of regimes that it assumes.

        ``trusting``: an order that the problem itself proposes is not checked before the grid has
        been refined. If no guess leads to a path all are tried again on a finer first grid.
        """
        while True:
            self.guesses, guesses = tee(self.guesses)
            for guess in guesses:
                for first in (self.from_guess, self.rough):
                    path = first(guess)
                    if first == self.rough or guess.structure is None or not trusting:
                        path = self.made_consistent(path)
                    if path is not None:
                        return path
            if not self.adaptive or self.halvings >= MOST_HALVINGS:
                raise SolverError("no guess led to a path with a consistent order of regimes")
            self.halvings += 2

    def made_consistent(self, path: SaddlePath | None) -> SaddlePath | None:
        """The path with the order of regimes corrected until it is the one that is seen.

        What contradicts the order by no more than the error of the first grid is left for later.
        """
        for _ in range(MOST_STRUCTURES):
            if path is None:
                return None
            negligible = max(2.0 * float(path.violations[0].max(initial=0.0)), NEGLIGIBLE)
            if not contradicted(path.system, path.iterate, negligible)[0]:
                return path
            before, path = path, self.as_seen(path, negligible)
            if path is before:
                return path
        self.causes.append(f"{MOST_STRUCTURES} orders of regimes in turn")
        return None

    def as_seen(self, path: SaddlePath, negligible: float) -> SaddlePath | None:
        """The path in the order of regimes that is seen along it; itself if that is its own."""
        where = self.problem, path.structure, path.system.mesh.elements
        sampled = sample_times(*where, path.iterate.dates)[0]
        t = np.concatenate([sampled, trial_times(*where, path.dates, self.problem.samples)])
        assumed = path.structure, path.iterate.dates
        seen = observed(self.problem, path, np.sort(t), *assumed, negligible)
        if isinstance(seen, str):
            self.causes.append(seen)
            return None
        return path if seen[0] == path.structure else self.sharp(*seen, path)

    def from_guess(self, guess: Guess) -> SaddlePath | None:
        """The path in the order of regimes that a guess shows, or None if there is none."""
        if guess.structure is not None and guess.dates is not None:
            return self.sharp(guess.structure, guess.dates, guess.path)
        (seen,) = guessed(self.problem, guess.path)
        if isinstance(seen, str):
            self.causes.append(seen)
            return None
        return self.sharp(*seen, guess.path)

    def first_grid(self, structure: Structure, dates: FloatArray, nodes: int) -> Collocation:
        """The equations on the first grid, halved as often as it is to be."""
        elements = place_elements(scales(self.problem)[0], structure, dates)
        for _ in range(self.halvings):
            elements = cut(elements, dict.fromkeys(range(sum(map(len, elements))), ()))
        return Collocation(self.problem, mesh(structure, elements, nodes))

    def sharp(
        self, structure: Structure, dates: FloatArray, guess: Callable[[FloatArray], FloatArray]
    ) -> SaddlePath | None:
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
            path, outcome = self.newton(system, start)
            if path is not None:
                return path
            dates = outcome.iterate.dates
            repaired = without_collapsed_arc(structure, dates)
            if repaired is not None and repaired[0] in seen:  # it passes a kink, and comes back
                repaired = on_kink(structure, dates)
            if repaired is None:
                break
            structure, dates = repaired
        self.failed(str(system.mesh.structure), system, outcome)
        return None

    def rough(self, guess: Guess) -> SaddlePath | None:
        """The path in the order that one in mixed regimes shows: nodes take that they are in."""
        structure, dates = rough_structure(self.problem)
        system = self.first_grid(structure, dates, ROUGH_NODES)
        start = system.iterate(guess.path, dates)
        if not np.isfinite(start.flat).all():
            return None
        _, outcome = self.newton(system, start, 1e-5, max_steps=80)
        if self.latest and (outcome.converged[0] or outcome.residual[0] < 1e-2):
            return self.as_seen(self.latest, NEGLIGIBLE)
        self.failed(str(structure), system, outcome)
        return None

    def corrected(self, path: SaddlePath) -> SaddlePath | None:
        """A path in another order of regimes than a refined path that contradicts its own, or None
        if it does not."""
        negligible = 10 * self.tol
        if not (path.crosses or contradicted(path.system, path.iterate, negligible)[0]):
            return None
        seen = self.as_seen(path, negligible)
        return None if seen is path else seen or self.consistent(trusting=False)

    def warm(self, near: SaddlePath) -> SaddlePath | None:
        """The path from that of a neighbouring problem, on its grid; None if that fails.

        The error is that of the neighbour, in proportion to how much the equations are violated,
        and what Newton's method leaves. From path to path a grid is only refined: where it has
        become too fine, the neighbour is no more than a guess on the first grid.
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
        system = Collocation(problem, near.system.mesh)
        if near.nodes > INHERITED * self.nodes:
            first = self.first_grid(structure, dates, self.nodes).mesh
            if near.nodes > INHERITED * first.count * first.grid.size:
                path = self.sharp(structure, dates, near)
                return path and self.refined(path)
        tol = WARM * self.tol if self.adaptive else 0.0
        path, outcome = self.newton(system, Iterate.of(start, z.values, dates), tol)
        if path is None or not self.adaptive:
            return path and self.ended(path, np.nan)
        before, now = (of.violations[0].max(initial=1e-2 * self.tol) for of in (near, path))
        error = near.error * max(1.0, float(now / before))
        return self.refined(path, error + float(outcome.left[0]))

    # -- steps 4 and 5 ------------------------------------------------------------------------

    def refined(self, path: SaddlePath, error: float = np.inf) -> SaddlePath:
        """The path on a grid that is fine enough, with its error estimate.

        ``error`` is that of the path to begin with, if it is known. The estimate is the change when
        all elements got more nodes: where some are cut the path moves by less than its error, since
        the others stay as they are, so that such a step is followed by one of them all.
        """
        if not self.adaptive:
            return self.ended(path, np.nan)
        whole, failed = error < np.inf, False
        trials, idle, least, abrupt = 0, 0, np.inf, False
        while True:
            places, cause = None, SINGULAR
            if error <= self.tol:
                found, cause, unseen, crosses = self.violated(path)
                if whole and not found:
                    error = max(error, unseen, HIDDEN * self.tol if abrupt else 0.0)
                    return self.ended(path, error, crosses=crosses)
                abrupt = abrupt or (bool(found) and unseen < np.inf)
                places, trials, idle, least = found or None, trials + 1, 0, np.inf
            else:
                helps = error == np.inf or error < 1e3 * self.tol
                if failed or not helps or path.system.mesh.grid.size >= MOST_NODES:
                    places = worst_places(path.system, path.violations[0][0])
            whole = places is None
            new = finer(path.system, path.iterate, places)
            if trials > MOST_TRIALS or idle > MOST_IDLE or too_short(new[0], path.iterate.dates):
                return self.ended(path, error, self.diagnosis(cause))
            after, outcome = self.newton(*new)
            if after is not None:
                path, failed = after, False
                shift = after.system.shift(after.iterate, new[1].dates)
                error = float((outcome.first_move + outcome.left + shift)[0])
                if not HELPS * least < error < least / HELPS**8:  # it helped, or something new
                    idle, least = 0, error
                else:
                    idle += 1
                continue
            repaired = without_collapsed_arc(path.structure, outcome.iterate.dates)
            changed = repaired and self.sharp(*repaired, path)
            if changed is not None:
                path, error, failed, idle, least = changed, np.inf, False, 0, np.inf
            elif whole:
                error, failed = np.inf, True  # halve instead
            else:
                self.failed("a finer grid", new[0], outcome)
                return self.ended(path, error, self.diagnosis("a refinement failed"))

    def violated(self, path: SaddlePath) -> tuple[Mapping[int, Sequence[float]], str, float, bool]:
        """Where a path that seems fine is to be cut, why, the error that no grid saw, and whether
        it crosses the border unseen."""
        residual = path.violations[1][0]
        if residual.max(initial=0.0) > promised(self.tol):
            worst = int(residual.max(axis=1).argmax())
            t, _ = path.system.mesh.points.times(path.iterate.dates, self.problem.tail_rate)
            cause = (
                f"the equations are violated by {residual.max():.0e} after t = {t[0, worst, 0]:.6g}"
            )
            return worst_places(path.system, residual), cause, np.inf, False
        found = tried(path.system, path.iterate, self.tol)
        cause = f"the equations do not hold at t = {found.date:.6g}"
        return found.places, cause, found.error, found.crosses


def finer(
    system: Collocation, z: Iterate, places: Mapping[int, Sequence[float]] | None = None
) -> tuple[Collocation, Iterate]:
    """The equations with more nodes on all elements, or if there are as many as there may be with
    all of them halved; or with those cut that ``places`` names. And where to start."""
    old, size = system.mesh, system.mesh.grid.size
    if places is None and size < MOST_NODES:
        return resized(system, z, min(max(size + 1, int(GROWTH * size)), MOST_NODES))
    if places is None:
        places = dict.fromkeys(range(old.count), ())
    new = Collocation(system.problem, mesh(old.structure, cut(old.elements, places), size))

    def path(t: FloatArray) -> FloatArray:
        return values_at(system, z, t.reshape(len(t), -1)).reshape(-1, *t.shape)

    return new, new.iterate(path, z.dates)


def resized(system: Collocation, z: Iterate, size: int) -> tuple[Collocation, Iterate]:
    """The equations with another number of nodes on each element, and where to start."""
    old = system.mesh
    values = z.at_points() @ refinement(old.grid.size, size).T
    new = Collocation(system.problem, mesh(old.structure, old.elements, size))
    return new, Iterate.of(z.start[:, 0], values, z.dates)


def promised(tol: float) -> float:
    """The largest residual of a path that converged."""
    return max(RESIDUAL * tol, LEAST_RESIDUAL)


def too_short(system: Collocation, dates: FloatArray) -> bool:
    """Whether an element is so short that there are no numbers between its ends."""
    t = system.mesh.points.times(dates, system.problem.tail_rate)[0]
    with np.errstate(invalid="ignore"):
        return bool((t[..., -1] - t[..., 0] < SHORTEST * t[..., -1]).any())
