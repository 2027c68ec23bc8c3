"""The saddle path of the model, with adoption as a switch.

A and H are given at the start, s jumps (:func:`~aiecon.wang_wong.equations.motion`); firms adopt,
I = 1, where s < π_A (regime 1) and do not, I = 0, where s ≥ π_A (regime 2). With ξ = 0 this is the
benchmark model. At a switch A, H and s are continuous and Ḣ jumps. Adoption can also be imposed, to
try whether it would be an equilibrium.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiecon.cached import cached, latest, read_only
from aiecon.numerics import (
    BORDER,
    INFINITY,
    Guess,
    Problem,
    Structure,
    solve,
    solve_many,
)
from aiecon.validation import FloatArray, finite, number, require
from aiecon.wang_wong.equations import dynamics, job_finding, partials
from aiecon.wang_wong.free_entry import vacancies, wage_share
from aiecon.wang_wong.initial_value import checked
from aiecon.wang_wong.parameters import Parameters
from aiecon.wang_wong.steady_states import Destination, SteadyState, long_run

__all__ = ["Transition", "Transitions", "benchmark_path", "solve_transition", "solve_transitions"]


class Market(Problem):
    """B economies on their way to one kind of steady state: ln A (less its trend), H and ln s.

    Fields of ``params`` and the other arguments are numbers or of the shape (B,). ``switch``: None
    where the surplus decides on adoption, or the date from which that of the destination holds.
    """

    size, nodes, samples, time_scale = 3, 24, 0, 8.0
    has_border = True
    steady_state: FloatArray

    def __init__(
        self,
        params: Parameters,
        destination: Destination,
        A0: Any,
        H0: Any,
        transfer: Any = 0.0,
        switch: float | None = None,
        rest: SteadyState | None = None,
    ) -> None:
        rest = rest or long_run(params, destination, transfer)
        self.last_regime, self.switch = 1 if destination == "some-AI" else 2, switch
        B = np.broadcast_shapes(*map(np.shape, (rest.surplus, A0, H0)), (1,))[0]

        def rows(*values: Any) -> FloatArray:
            return np.array([np.broadcast_to(x, (B,)) for x in values], dtype=float)

        log_A = np.log(rest.capability) if self.last_regime == 1 else 0.0
        self.initial, self.kinks = rows(np.log(A0), H0), np.empty((0, B))
        self.steady_state = rows(log_A, rest.employment, np.log(rest.surplus))
        self.transfer, self.trend = rows(transfer, rest.growth)[:, :, None, None]
        every = rows(*(getattr(params, f.name) for f in fields(params)))[:, :, None, None]
        self.params = Parameters(*every)
        x = self.steady_state[:, :, None, None]
        J = self.field(np.zeros((B, 1, 1)), x, self.last_regime)[1]
        self.roots = np.linalg.eigvals(J[..., 0, 0].transpose(2, 0, 1))
        stable = np.sort(self.roots.real, axis=1)
        # the slow root decides how the path comes to rest; without feedback of A it is zero
        self.tail_rate = -stable[:, 1] if self.last_regime == 1 else -stable[:, 0] / 4

    @property
    def saddle(self) -> NDArray[np.bool_]:
        """Whether two roots are stable (with unbounded AI: one, beside that of the level of A)."""
        tiny = 1e-9 * np.abs(self.roots).max(axis=1)
        stable = (self.roots.real < -tiny[:, None]).sum(axis=1)
        return np.asarray(stable == (2 if self.last_regime == 1 else 1))

    def take(self, draws: NDArray[np.intp]) -> Self:
        other = copy(self)
        other.params = self.params[draws]
        for name in ("transfer", "trend", "roots", "tail_rate"):
            setattr(other, name, getattr(self, name)[draws])
        for name in ("initial", "kinks", "steady_state"):
            setattr(other, name, getattr(self, name)[:, draws])
        return other

    def field(
        self, t: FloatArray, x: FloatArray, regime: int
    ) -> tuple[FloatArray, FloatArray, FloatArray | None]:
        p, adoption = self.params, float(regime == 1)
        if self.last_regime == 2 and regime == 1:  # the level of A counts, which has a trend
            x = np.stack(np.broadcast_arrays(x[0] + self.trend * t, *x[1:]))
        f = dynamics(x, p, "full", adoption, self.transfer)
        f[0] -= self.trend
        rows = partials(np.exp(x[0]), x[1], np.exp(x[2]), p, "full", adoption, self.transfer)
        f_x = np.array([[np.broadcast_to(entry, x[0].shape) for entry in row] for row in rows])
        return f, f_x, f_x[:, 0] * self.trend if self.last_regime == 2 else None

    def border(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Positive where AI takes the place of workers: ln π_A − ln s, or time before a date."""
        b_x, zero = np.zeros(x.shape), np.zeros(x.shape[1:])
        if self.switch is None:
            b_x[2] = -1.0
            return np.log(self.params.pi_A) - x[2], b_x, zero
        way = 1.0 if self.last_regime == 1 else -1.0
        return way * (t - self.switch) + zero, b_x, way + zero

    def terminal(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        g_x = np.zeros((1, *x.shape))
        g_x[0, 2] = 1.0
        return x[2:] - self.steady_state[2:, :, None, None], g_x, np.zeros((1, *x.shape[1:]))

    def guesses(self) -> Iterator[Guess]:
        last, dates = self.last_regime, np.zeros((self.initial.shape[1], 1))
        way = Structure((last,), (INFINITY,), last_regime=last)
        if self.switch:
            way = Structure((3 - last, last), (BORDER, INFINITY), last_regime=last)
            dates = np.hstack([dates, self.switch + dates])
        yield Guess(self._settling, way, dates, lambda draws: self.take(draws)._settling)
        if self.switch is None:  # adoption may switch
            yield from super().guesses()

    def _settling(self, t: FloatArray) -> FloatArray:
        """A and H move to the point of rest at one rate, and s from a third below it."""
        left = np.exp(-self.tail_rate[:, None, None] * t)
        gap = self.initial - self.steady_state[:2]
        gap = np.vstack([gap, np.full_like(gap[:1], -0.4)])
        return self.steady_state[:, :, None, None] + gap[:, :, None, None] * left


# Paths --------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Path:
    """A solved path of the economy: functions of time in years from the arrival of AI on.

    ``solution`` says how the solver ended, and how far the path can be trusted.
    """

    params: Parameters
    solution: Any  # a SaddlePath, or ManyPaths

    @latest
    def _x(self, t: ArrayLike) -> Any:
        return self.solution(t)

    def log_capability(self, t: ArrayLike) -> Any:
        """ln A."""
        return self._x(t)[0][()]

    def capability(self, t: ArrayLike) -> Any:
        """A, A₀ at the start unless said."""
        return np.exp(self.log_capability(t))

    def employment(self, t: ArrayLike) -> Any:
        """H, a share of the labour force."""
        return self._x(t)[1][()]

    def productivity(self, t: ArrayLike) -> Any:
        """y = (A/A₀)^ε, output per worker."""
        p = self.params.beside
        return np.exp(p.epsilon * (self.log_capability(t) - np.log(p.A_0)))

    @property
    def roots(self) -> NDArray[np.complex128]:
        """The eigenvalues at the point of rest, of the variables of the problem."""
        return read_only(np.linalg.eigvals(self.solution.problem.at_rest.J[0]))


@dataclass(frozen=True, eq=False)
class Transition(Path):
    """The path of the market."""

    destination: Destination

    def _x(self, t: ArrayLike) -> Any:
        x = super()._x(t)
        if self.destination == "unbounded-AI":
            x = x.copy()
            x[0] += self.solution.problem.trend.item() * np.asarray(t)
        return x

    def surplus(self, t: ArrayLike) -> Any:
        """s = S/y, the joint surplus of a match over its yearly output."""
        return np.exp(self._x(t)[2])[()]

    def job_finding(self, t: ArrayLike) -> Any:
        """α(s) per year."""
        return job_finding(self.surplus(t), self.params.beside)

    def vacancies(self, t: ArrayLike) -> Any:
        """v/v₀, over vacancies without AI."""
        return vacancies(self.surplus(t), self.employment(t), self.params.beside)

    def wage_share(self, t: ArrayLike) -> Any:
        """w/y, the wage over the output of a match (our division of the surplus)."""
        return wage_share(self.surplus(t), self.capability(t), self.adoption(t), self.params.beside)

    def adoption(self, t: ArrayLike) -> Any:
        """I: 1 where AI takes the place of workers."""
        last = float(self.destination == "some-AI")
        dates = [date for date, _ in self.switches]
        left = len(dates) - np.searchsorted(dates, finite("t", t), side="right")
        return np.where(left % 2 == 0, last, 1 - last)[()]

    @property
    def switches(self) -> tuple[tuple[float, int], ...]:
        """The dates at which adoption changes, each with the I that begins."""
        return tuple((date, int(regime == 1)) for date, regime in self.solution.switches)

    @property
    def consistent(self) -> bool:
        """Whether firms want the adoption of the path: s < π_A where I = 1 and s ≥ π_A where I = 0.

        Always where the surplus decides on it; where it is imposed, only then is the path an
        equilibrium. Looked at 400 times in each phase, most of them early.
        """
        ends = [0.0, *(date for date, _ in self.switches)]
        ends.append(ends[-1] + 30 / float(self.solution.problem.tail_rate[0]))
        share = np.linspace(0.0, 1.0, 400)[1:-1] ** 2
        t = np.concatenate([a + (b - a) * share for a, b in pairwise(ends)])
        s, pi = self.surplus(t), self.params.pi_A
        return bool(np.all(np.where(self.adoption(t) == 1, s < pi, s >= pi * (1 - 1e-9))))


def solve_transition(
    params: Parameters | None = None,
    destination: Destination = "some-AI",
    *,
    A0: float | None = None,
    H0: float | None = None,
    transfer: float = 0.0,
    switch: float | None = None,
    tol: float = 1e-9,
) -> Transition:
    """The path of the full model to a steady state, from A(0) = A0 and H(0) = H0.

    Parameters
    ----------
    params : numbers only; ξ = 0 is the benchmark model
    destination : ``"some-AI"`` or ``"unbounded-AI"``
    A0, H0 : at the arrival of AI; ``params.A_0`` and employment without AI unless said
    transfer : T, per unit of output and year, to every match
    switch : None, or the date from which the adoption of the destination is imposed, the other one
        before; look at :attr:`Transition.consistent` before calling such a path an equilibrium
    tol : largest estimated error of ln A, H and ln s on [0, ∞)

    Returns a :class:`Transition`. Where the surplus crosses π_A on the way, adoption switches and
    the date is part of the solution. ValueError if the steady state does not exist or is not a
    saddle with as many stable roots as given states; :class:`~aiecon.numerics.SolverError` if no
    path is found. The numbers of one solve are kept: calling again is free.

    >>> path = solve_transition()
    >>> path.employment([0.0, 5.0, 10.0]).round(4)
    array([0.95  , 0.8339, 0.8106])
    >>> round(float(path.productivity(10.0)), 3)
    2.03
    """
    p = params or Parameters()
    allowed = ("some-AI", "unbounded-AI")
    require("destination", destination, destination in allowed, " or ".join(allowed))
    start = given_start(p, A0, H0, "See solve_transitions.")
    require("transfer", transfer, finite("transfer", transfer).ndim == 0, "one number")
    if switch is not None:
        switch = number("switch", switch)
        require("switch", switch, switch >= 0, "switch ≥ 0")
    return _solve(p, destination, *start, float(transfer), switch, checked("tol", tol))


def given_start(
    p: Parameters, A0: float | None, H0: float | None, hint: str = ""
) -> tuple[float, float]:
    """A(0) and H(0) of one economy, A₀ and H₀ unless given."""
    require("params", "arrays", p.shape == (), "numbers", hint)
    A, H = checked("A0", p.A_0 if A0 is None else A0), checked("H0", p.H_0 if H0 is None else H0)
    require("H0", H, H < 1, "H0 < 1")
    return A, H


@cached(256)
def _solve(
    p: Parameters,
    destination: Destination,
    A0: float,
    H0: float,
    T: float,
    switch: float | None,
    tol: float,
) -> Transition:
    rest = long_run(p, destination, T)
    exists = rest.exists and (destination == "unbounded-AI" or np.isfinite(rest.capability))
    hint = "See long_run and highest_transfer for the conditions."
    require("params", str(p), exists, f"a steady state with {destination}", hint)
    problem = Market(p, destination, A0, H0, T, switch, rest)
    hint = f"Its roots are {problem.roots[0]}: paths to it are many or none."
    require("params", str(p), bool(problem.saddle[0]), "a saddle with as many stable roots", hint)
    return Transition(p, solve(problem, tol), destination)


def benchmark_path(
    params: Parameters,
    destination: Destination = "some-AI",
    *,
    A0: float | None = None,
    H0: float | None = None,
    switch: float = 0.0,
    tol: float = 1e-10,
) -> Transition:
    """The path of the benchmark model (ξ = 0) with the adoption of a steady state imposed.

    Adoption is the destination's (1 for some-AI, 0 for unbounded-AI) from ``switch`` on, the
    other before; with a switch, take the date from :func:`switching_dates`. Arguments and errors
    as in :func:`solve_transition`.

    >>> p = Parameters(theta=0.95)
    >>> [benchmark_path(p, there).consistent for there in ("some-AI", "unbounded-AI")]
    [True, True]
    """
    fixed = replace(params, xi=0.0)
    return solve_transition(fixed, destination, A0=A0, H0=H0, switch=switch, tol=tol)


@dataclass(frozen=True, eq=False)
class Transitions(Transition):
    """The paths of n economies, (n, T) at times (T,), to their steady states with some AI.

    NaN where there is none; ``solution`` has those that are ``found``, or is None.
    """

    found: NDArray[np.bool_]  # (n,)

    @latest
    def states(self, t: ArrayLike) -> FloatArray:
        """ln A, H and ln s, (3, n, T)."""
        times = np.ravel(t)
        x = np.full((3, len(self.found), len(times)), np.nan)
        if self.solution is not None:
            x[:, self.found] = self.solution(times)
        return x

    _x = states

    def adoption(self, t: ArrayLike) -> Any:
        """I = 1: none of these paths switches."""
        return np.ones(np.shape(t))[()]


def solve_transitions(params: Parameters, tol: float = 1e-8, *, transfer: Any = 0.0) -> Transitions:
    """:func:`solve_transition` with some AI for n economies at once: fields of the shape (n,).

    ``transfer``: a number or (n,). A path on which adoption would switch is none of these: see
    whether its surplus stays below π_A.

    >>> many = solve_transitions(Parameters(theta=np.array([0.50, 0.5381, 0.56])))
    >>> many.employment([5.0, 10.0]).round(4)[1]
    array([0.8339, 0.8106])
    """
    require("params", params.shape, len(params.shape) == 1, "fields that broadcast to (n,)")
    tol, T = checked("tol", tol), np.broadcast_to(finite("transfer", transfer), params.shape)
    rest = long_run(params, transfer=T)
    found = np.asarray(rest.exists & np.isfinite(np.where(rest.exists, rest.capability, 0.0)))
    if found.any():
        p = params[found]
        problem = Market(p, "some-AI", p.A_0, p.H_0, T[found])
        single = problem.saddle & (problem.roots.imag == 0).all(axis=1)
        found[found], problem = single, problem.take(np.flatnonzero(single))
    solution = solve_many(problem, tol) if found.any() else None
    return Transitions(params, solution, "some-AI", found)
