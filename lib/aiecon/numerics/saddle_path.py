"""Solving an infinite-horizon saddle-path problem with switching regimes.

The steps, each in its own module:

1. take the problem's own idea of the order of regimes, or find one on a rough path (switching);
2. collocate and solve for the path and the switching dates together (collocation, newton);
3. look whether the path shows the order that was assumed; if not, take the order it shows (2);
4. refine the grid until the change is below the tolerance: more nodes while they help, otherwise
   halve the elements on which the equations are violated most (elements).

References: M. Trimborn, K.-J. Koch and T. Steger (2008), Multidimensional transitional dynamics: a
simple numerical procedure, Macroeconomic Dynamics 12; J. P. Boyd (2001), Chebyshev and Fourier
Spectral Methods, 2nd ed.; U. Ascher, R. Mattheij and R. Russell (1995), Numerical Solution of
Boundary Value Problems for Ordinary Differential Equations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from aiecon.numerics.chebyshev import FloatArray, refinement
from aiecon.numerics.collocation import Collocation, Iterate
from aiecon.numerics.elements import Elements, bisected, place_elements, shortest
from aiecon.numerics.mesh import mesh
from aiecon.numerics.newton import Outcome, newton
from aiecon.numerics.path import SaddlePath, defects
from aiecon.numerics.problem import POINTWISE, Guess, Problem, SolverError, Structure
from aiecon.numerics.switching import (
    NEGLIGIBLE,
    contradicted,
    degenerate,
    observed_structure,
    rough_structure,
    sample_times,
    without_collapsed_arc,
)
from aiecon.validation import number, require, whole

__all__ = ["solve"]

GROWTH = 1.5  # of the number of nodes at a refinement
MOST_NODES = 40  # per element; where they do not suffice elements are cut in two
ROUGH_NODES = 10
MOST_STRUCTURES = 12
MOST_ELEMENTS = 400
SHORTEST = 2.0**-40  # element of an arc of length one: shorter ones would not resolve anything
MOST_CORRECTIONS = 4  # of the order of regimes, after the grid has been refined

SINGULAR = (
    "halving the elements does not help: the path is not smooth somewhere, or does not settle "
    "as its long-run condition says"
)

Solved = tuple[Collocation, Iterate]


def solve(
    problem: Problem,
    tol: float = 1e-8,
    *,
    nodes: int | None = None,
    raise_on_failure: bool = True,
) -> SaddlePath:
    """The path that solves a :class:`~aiecon.numerics.problem.Problem`.

    ``tol`` bounds the change of x at the last refinement of the grid, which is the error estimate:
    the path returned is the finer one. If the solver fails it raises :class:`SolverError`, or with
    ``raise_on_failure=False`` returns its last path with ``converged=False`` and a message.

    With ``nodes`` the problem is solved once on a grid of so many nodes per element: faster, and
    without an error estimate (``error`` is NaN); ``tol`` is then that of Newton's method only.
    """
    check_tolerance(tol)
    first = first_nodes(problem, tol) if nodes is None else whole("nodes", nodes, 4)
    work = _Work(problem, tol, first, adaptive=nodes is None)
    try:
        path = work.refined(work.consistent(trusting=True))
        for _ in range(MOST_CORRECTIONS):
            if not path.converged or not work.contradicts(path):
                break
            path = work.refined(work.corrected(path))
        else:
            raise SolverError(
                f"The order of regimes found ({path.structure}) is contradicted on a finer grid. "
                "Try a larger tol, or parameters at which the path crosses the border instead of "
                "touching it."
            )
    except SolverError as error:
        if raise_on_failure or work.latest is None:
            raise
        return work.report(work.latest, np.inf, False, str(error))
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
    """Nodes per element of the first grid.

    The problem says how many suffice for 1e-8. The error falls by a factor with each node, so that
    a smaller tolerance takes more in proportion to its digits.
    """
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
    latest: Solved | None = field(default=None)

    def newton(
        self, system: Collocation, start: Iterate, tolerance: float, max_steps: int = 40
    ) -> Outcome:
        outcome = newton(system, start, tolerance, max_steps)
        self.steps += int(outcome.steps[0])
        self.latest = system, outcome.iterate
        return outcome

    # -- steps 1 to 3 -------------------------------------------------------------------------

    def consistent(self, trusting: bool) -> Solved:
        """A path on the first grid that shows the order of regimes that it assumes.

        ``trusting``: an order that the problem itself proposes is not checked before the grid has
        been refined.
        """
        failures: list[str] = []
        for guess in self.problem.guesses():
            for first in (self.from_guess, self.rough):
                solved = first(guess)
                if first == self.rough or guess.structure is None or not trusting:
                    solved = self.made_consistent(solved, failures)
                if solved is not None:
                    return solved
        raise SolverError(
            f"No consistent order of regimes was found; tried: {'; '.join(failures)}. Try "
            "parameters closer to a case that is solved, at which the path does not just touch "
            "the border."
        )

    def made_consistent(self, solved: Solved | None, failures: list[str]) -> Solved | None:
        """The path with the order of regimes corrected until it is the one that is seen.

        What contradicts the order by no more than the error of the first grid is left for later.
        """
        for _ in range(MOST_STRUCTURES):
            if solved is None:
                return None
            rough = POINTWISE in solved[0].mesh.structure.regimes
            negligible = NEGLIGIBLE if rough else 2.0 * defects(*solved).max(initial=NEGLIGIBLE)
            if not rough and not contradicted(*solved, negligible)[0]:
                return solved
            try:
                structure, dates = self.observed(solved, negligible)
            except SolverError as error:
                failures.append(str(error))
                return None
            if structure == solved[0].mesh.structure:
                return solved
            failures.append(str(structure))
            solved = self.sharp(structure, dates, self.as_path(solved))
        return None

    def from_guess(self, guess: Guess) -> Solved | None:
        """The path in the order of regimes that a guess shows, or None if there is none."""
        structure, dates = guess.structure, guess.dates
        if structure is None or dates is None:
            try:
                structure, dates = guess_structure(self.problem, guess.path)
            except SolverError:
                return None
        return self.sharp(structure, dates, guess.path)

    def observed(self, solved: Solved, negligible: float) -> tuple[Structure, FloatArray]:
        """The structure that a path shows, whatever it was assumed to be, and its dates."""
        system, z = solved
        t, assumed = sample_times(
            self.problem, system.mesh.structure, system.mesh.elements, z.dates[0]
        )
        return observed_structure(self.problem, self.as_path(solved), t, assumed, negligible)

    def sharp(
        self, structure: Structure, dates: FloatArray, guess: Callable[[FloatArray], FloatArray]
    ) -> Solved | None:
        """The path with an order of regimes, or None if Newton's method does not converge.

        Where it gets stuck because an arc vanishes, the order is changed and it tries again.
        """
        for _ in range(MOST_STRUCTURES):
            elements = place_elements(self.problem, structure, dates)
            system = Collocation(self.problem, mesh(structure, elements, self.nodes))
            outcome = self.newton(system, system.iterate(guess, dates), newton_tolerance(self.tol))
            dates = outcome.iterate.dates
            if outcome.converged[0] and not degenerate(dates)[0]:
                return system, outcome.iterate
            repaired = without_collapsed_arc(structure, dates)
            if repaired is None:
                return None
            structure, dates = repaired
        return None

    def rough(self, guess: Guess) -> Solved | None:
        """A path in mixed regimes: every node takes the regime that it is in."""
        structure, dates = rough_structure(self.problem)
        elements = place_elements(self.problem, structure, dates)
        system = Collocation(self.problem, mesh(structure, elements, ROUGH_NODES))
        outcome = self.newton(system, system.iterate(guess.path, dates), 1e-5, max_steps=80)
        found = outcome.converged[0] or outcome.residual[0] < 1e-2
        return (system, outcome.iterate) if found else None

    def contradicts(self, path: SaddlePath) -> bool:
        """Whether a refined path shows another order of regimes than it assumes."""
        solved, negligible = (path.system, path.iterate), 10 * self.tol
        if not contradicted(*solved, negligible)[0]:
            return False
        return self.observed(solved, negligible)[0] != path.structure

    def corrected(self, path: SaddlePath) -> Solved:
        """A path in another order of regimes than a refined path that contradicts its own."""
        structure, dates = self.observed((path.system, path.iterate), 10 * self.tol)
        solved = self.sharp(structure, dates, path)
        return self.consistent(trusting=False) if solved is None else solved

    # -- step 4 -------------------------------------------------------------------------------

    def refined(self, solved: Solved) -> SaddlePath:
        """The path on a grid that is fine enough, with its error estimate."""
        if not self.adaptive:
            return self.report(solved, np.nan, True)
        system, z = solved
        before = np.inf
        while True:
            first, size = self.nodes, system.mesh.grid.size
            finer = min(int(GROWTH * size), MOST_NODES)
            if finer > size and (size == first or before < 1e3 * self.tol):
                same = system.mesh.structure, system.mesh.elements
                new = Collocation(self.problem, mesh(*same, finer))
                start = Iterate.of(
                    z.start[:, 0], z.at_points() @ refinement(size, finer).T, z.dates
                )
            else:
                elements = self.halved(system, z)
                if shortest(elements) < SHORTEST:
                    return self.report((system, z), before, False, SINGULAR)
                structure = system.mesh.structure
                several = int(GROWTH * self.problem.nodes)
                new = Collocation(self.problem, mesh(structure, elements, several))
                start = new.iterate(self.as_path((system, z)), z.dates)
            outcome = self.newton(new, start, newton_tolerance(self.tol))
            if not outcome.converged[0] or degenerate(outcome.iterate.dates)[0]:
                repaired = without_collapsed_arc(system.mesh.structure, outcome.iterate.dates)
                path = self.as_path((system, z))
                changed = None if repaired is None else self.sharp(*repaired, path)
                if changed is None:
                    return self.report((system, z), before, False, "a refinement failed")
                (system, z), before = changed, np.inf
                continue
            system, z, before = new, outcome.iterate, float(outcome.first_move[0])
            if before <= self.tol:
                return self.report((system, z), before, True)
            if system.mesh.count > MOST_ELEMENTS:
                return self.report((system, z), before, False, "the grid grew too large")

    def halved(self, system: Collocation, z: Iterate) -> Elements:
        """Elements with those cut in half that add most to the error."""
        defect = defects(system, z)[0]
        return bisected(system.mesh.elements, defect > 0.1 * defect.max())

    # -- results ------------------------------------------------------------------------------

    def as_path(self, solved: Solved) -> SaddlePath:
        """The path as a function of time, before it is judged."""
        return SaddlePath(*solved, False, "unfinished", self.steps, np.nan)

    def report(self, solved: Solved, error: float, converged: bool, cause: str = "") -> SaddlePath:
        """The path with its error estimate and how it came about."""
        return SaddlePath(*solved, converged, cause, self.steps, error)
