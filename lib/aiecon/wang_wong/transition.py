"""The transition of the full model, a saddle path in ln A, H and ln s.

    Ȧ/A = μH − δ
    Ḣ   = α(s)(1−H) − (σ + ρμA·I) H
    ṡ/s = r + σ + α(s)(1−θ) + ρμA·I − ε(μH−δ) − [(1−b) + T + ρμA·I·π_A]/s

A and H are given at the start, s jumps; I = 1 where s < π_A (regime 1) and I = 0 where s ≥ π_A
(regime 2). With ξ = 0 this is the benchmark model. T is a transfer per unit of output to every
match (zero without policy). At a switch A, H and s are continuous and Ḣ jumps.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiecon.cached import cached
from aiecon.numerics import (
    BORDER,
    INFINITY,
    Guess,
    ManyPaths,
    Problem,
    SaddlePath,
    Structure,
    solve,
    solve_many,
)
from aiecon.validation import FloatArray, finite, require
from aiecon.wang_wong.common import job_finding
from aiecon.wang_wong.free_entry import Destination, long_run, vacancies, wage_share
from aiecon.wang_wong.initial_value import checked
from aiecon.wang_wong.parameters import Parameters

__all__ = ["Transition", "Transitions", "solve_transition", "solve_transitions"]
PACE = 2.5  # of employment, per year, where a guess needs one


class FullModel(Problem):
    """The :class:`~aiecon.numerics.Problem` of B economies with the same destination."""

    size, nodes = 3, 24
    samples = 0  # f is analytic in x, and no function of time
    has_border = True
    time_scale = 8.0
    patient = True  # whether to look for paths on which adoption switches

    def __init__(
        self,
        params: Parameters,
        destination: Destination,
        A0: Any = None,
        H0: Any = None,
        transfer: Any = 0.0,
    ) -> None:
        """Every field of ``params``, A0, H0 and the transfer is a number or of the shape (B,)."""
        p = self.params = params
        rest = long_run(p, destination, transfer)
        A0 = p.A_0 if A0 is None else A0
        draws = np.broadcast_shapes(np.shape(rest.s), np.shape(A0), np.shape(H0 or 0.0), (1,))[0]
        self.last_regime = 1 if destination == "some-AI" else 2
        H0 = p.H_0 if H0 is None else H0
        self.coefficients = {
            name: _column(value, draws)
            for name, value in {
                **{f.name: getattr(p, f.name) for f in fields(p)},
                "pi_A": p.pi_A,
                "elasticity": p.xi / (1 - p.xi),
                "log_s0": np.log(p.s_0),
                "flow": 1 - p.b + np.asarray(transfer),
                "trend": rest.growth,
            }.items()
        }
        self.initial = np.stack([_row(np.log(A0), draws), _row(H0, draws)])
        self.kinks = np.empty((0, draws))
        log_A = np.log(rest.A) if self.last_regime == 1 else 0.0
        self.rest = np.stack([_row(x, draws) for x in (log_A, rest.H, np.log(rest.s))])
        self.roots = self._roots()
        stable = np.sort(self.roots.real, axis=1)
        # the slow root decides how the path comes to rest; without feedback of A it is zero
        self.tail_rate = -stable[:, 1] if self.last_regime == 1 else -stable[:, 0] / 4

    def _roots(self) -> NDArray[np.complex128]:
        """The eigenvalues of the linear system at the point of rest, (B, 3)."""
        x = self.rest[:, :, None, None]
        zero = np.zeros((len(self.rest[0]), 1, 1))
        with np.errstate(over="ignore", invalid="ignore"):
            J = self.field(zero, x, self.last_regime)[1][..., 0, 0].transpose(2, 0, 1)
        there = np.asarray(np.isfinite(J).all(axis=(1, 2)))[:, None]  # not where ξ is near one
        roots = np.linalg.eigvals(np.where(there[..., None], J, 0.0))
        return np.where(there, roots, complex(np.nan))

    @property
    def saddle(self) -> NDArray[np.bool_]:
        """Whether two roots are stable (with unbounded AI: one, beside that of the level of A)."""
        tiny = 1e-9 * np.abs(self.roots).max(axis=1)
        stable = (self.roots.real < -tiny[:, None]).sum(axis=1)
        return np.asarray(stable == (2 if self.last_regime == 1 else 1))

    def take(self, draws: NDArray[np.intp]) -> Self:
        other = copy(self)
        other.coefficients = {k: v[draws] for k, v in self.coefficients.items()}
        other.initial, other.kinks = self.initial[:, draws], self.kinks[:, draws]
        other.rest, other.roots = self.rest[:, draws], self.roots[draws]
        other.tail_rate = self.tail_rate[draws]
        return other

    def field(
        self, t: FloatArray, x: FloatArray, regime: int
    ) -> tuple[FloatArray, FloatArray, FloatArray | None]:
        c, (a, H, z) = self.coefficients, x
        displaced = 0.0 * a
        if regime == 1:
            displaced = c["rho"] * c["mu"] * np.exp(a)
        alpha = c["alpha"] * np.exp(c["elasticity"] * (z - c["log_s0"]))
        growth = c["mu"] * H - c["delta"]
        income = (c["flow"] + displaced * c["pi_A"]) * np.exp(-z)
        f, f_x = np.empty(x.shape), np.zeros((3, *x.shape))
        f[0] = growth - (c["trend"] if self.last_regime == 2 else 0.0)
        f[1] = alpha * (1 - H) - (c["sigma"] + displaced) * H
        f[2] = c["r"] + c["sigma"] + alpha * (1 - c["theta"]) + displaced
        f[2] -= c["epsilon"] * growth + income
        f_x[0, 1] = c["mu"]
        f_x[1, 0] = -displaced * H
        f_x[1, 1] = -alpha - c["sigma"] - displaced
        f_x[1, 2] = c["elasticity"] * alpha * (1 - H)
        f_x[2, 0] = displaced * (1 - c["pi_A"] * np.exp(-z))
        f_x[2, 1] = -c["epsilon"] * c["mu"]
        f_x[2, 2] = c["elasticity"] * alpha * (1 - c["theta"]) + income
        if self.last_regime == 2 and regime == 1:  # A is detrended, R = ρμ exp(x₀ + gt)
            return self._with_trend(t, x)
        # an explicit zero where the other regime depends on time
        return f, f_x, np.zeros(x.shape) if self.last_regime == 2 else None

    def _with_trend(
        self, t: FloatArray, x: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Regime 1 on the way to unbounded growth, in ln A − g t."""
        g = self.coefficients["trend"]
        level = np.stack([x[0] + g * t, x[1], x[2]])
        other = copy(self)
        other.last_regime = 1
        f, f_x, _ = other.field(t, level, 1)
        f_t = f_x[:, 0] * g
        f[0] -= g
        return f, f_x, f_t

    def border(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """ln π_A − ln s: positive where AI takes the place of workers."""
        b_x = np.zeros(x.shape)
        b_x[2] = -1.0
        return np.log(self.coefficients["pi_A"]) - x[2], b_x, np.zeros(x.shape[1:])

    def terminal(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        g_x = np.zeros((1, *x.shape))
        g_x[0, 2] = 1.0
        return x[2:] - self.rest[2:, :, None, None], g_x, np.zeros((1, *x.shape[1:]))

    def guesses(self) -> Iterator[Guess]:
        one = Structure((self.last_regime,), (INFINITY,), last_regime=self.last_regime)
        none = np.zeros((self.initial.shape[1], 1))
        yield Guess(self._settling(0.4), one, none, lambda draws: self.take(draws)._settling(0.4))
        if not self.patient:
            return
        # Otherwise adoption may switch: a surplus that starts lower and crosses π_A.
        regimes = (3 - self.last_regime, self.last_regime)
        switch = Structure(regimes, (BORDER, INFINITY), last_regime=self.last_regime)
        for date, below in (
            (0.5, 0.1),
            (1.0, 0.1),
            (1.2, 0.12),
            (0.8, 0.1),
            (2.0, 0.2),
            (4.0, 0.2),
        ):
            dates = np.array([[0.0, date]])
            yield Guess(self._settling(below, rate=PACE), switch, dates)
        yield Guess(self._settling(0.2))

    def _settling(self, below: float, rate: float | None = None) -> Any:
        """A guess: everything moves to the point of rest at one rate, ln s from ``below`` it."""
        pace = self.tail_rate[:, None, None] if rate is None else rate

        def path(t: FloatArray) -> FloatArray:
            left = np.exp(-pace * t)
            start, rest = (v[:, :, None, None] for v in (self.initial, self.rest))
            a = start[0] * left + rest[0] * (1 - left)
            return np.stack([a, rest[1] + (start[1] - rest[1]) * left, rest[2] - below * left])

        return path


def _column(value: Any, draws: int) -> FloatArray:
    return np.broadcast_to(np.asarray(value, dtype=np.float64), (draws,))[:, None, None]


def _row(value: Any, draws: int) -> FloatArray:
    return np.broadcast_to(np.asarray(value, dtype=np.float64), (draws,)).astype(np.float64)


@dataclass(frozen=True, eq=False)
class Transition:
    """The path of an economy from the arrival of AI on: functions of time in years (t ≥ 0)."""

    params: Parameters
    destination: Destination
    solution: SaddlePath

    def _x(self, t: ArrayLike) -> Any:
        x = self.solution(finite("t", t)).copy()
        if self.destination == "unbounded-AI":
            trend = float(self.solution.problem.coefficients["trend"][0, 0, 0])  # type: ignore[attr-defined]
            x[0] += trend * np.asarray(t, dtype=np.float64)
        return x

    def log_capability(self, t: ArrayLike) -> Any:
        """ln A."""
        return self._x(t)[0][()]

    def capability(self, t: ArrayLike) -> Any:
        """A, A₀ at the start unless said."""
        return np.exp(self._x(t)[0])[()]

    def employment(self, t: ArrayLike) -> Any:
        """H, a share of the labour force."""
        return self._x(t)[1][()]

    def surplus(self, t: ArrayLike) -> Any:
        """s = S/y, the joint surplus of a match over its yearly output."""
        return np.exp(self._x(t)[2])[()]

    def productivity(self, t: ArrayLike) -> Any:
        """y = (A/A₀)^ε, output per worker."""
        gain = self._x(t)[0] - np.log(self.params.A_0)
        return np.exp(self.params.epsilon * gain)[()]

    def job_finding(self, t: ArrayLike) -> Any:
        """α(s) per year."""
        return job_finding(self.surplus(t), self.params)

    def vacancies(self, t: ArrayLike) -> Any:
        """v/v₀, over vacancies without AI."""
        return vacancies(self.surplus(t), self.employment(t), self.params)

    def adoption(self, t: ArrayLike) -> Any:
        """I: 1 where the surplus is below π_A, 0 elsewhere."""
        return (self.surplus(t) < self.params.pi_A).astype(float)

    def wage_share(self, t: ArrayLike) -> Any:
        """w/y, the wage over the output of a match (our division of the surplus)."""
        return wage_share(self.surplus(t), self.capability(t), self.adoption(t), self.params)

    @property
    def switches(self) -> tuple[tuple[float, int], ...]:
        """The dates at which adoption changes, each with the I that begins."""
        return tuple((date, int(regime == 1)) for date, regime in self.solution.switches)

    @property
    def roots(self) -> NDArray[np.complex128]:
        """The eigenvalues at the point of rest, of (ln A, H, ln s)."""
        return np.asarray(self.solution.problem.roots[0])  # type: ignore[attr-defined]

    @property
    def converged(self) -> bool:
        return self.solution.converged

    @property
    def message(self) -> str:
        """How the solver ended."""
        return self.solution.message

    @property
    def residual(self) -> float:
        """The largest violation of the equations between the nodes, relative to 1 + |f|."""
        return self.solution.residual

    @property
    def error(self) -> float:
        """The largest change of ln A, H, ln s at the last refinement of the grid."""
        return self.solution.error


def solve_transition(
    params: Parameters | None = None,
    destination: Destination = "some-AI",
    *,
    A0: float | None = None,
    H0: float | None = None,
    transfer: float = 0.0,
    tol: float = 1e-9,
) -> Transition:
    """The path of the full model to a steady state, from A(0) = A0 and H(0) = H0.

    Parameters
    ----------
    params : numbers only; ξ = 0 is the benchmark model
    destination : ``"some-AI"`` or ``"unbounded-AI"``
    A0, H0 : at the arrival of AI; ``params.A_0`` and employment without AI unless said
    transfer : T, per unit of output and year, to every match
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
    require("params", "arrays", p.shape == (), "numbers", "See solve_transitions.")
    allowed = ("some-AI", "unbounded-AI")
    require("destination", destination, destination in allowed, " or ".join(allowed))
    A0 = p.A_0 if A0 is None else A0
    for name, value in (("A0", A0), ("H0", p.H_0 if H0 is None else H0)):
        require(name, value, finite(name, value) > 0, f"{name} > 0")
    start = float(p.H_0 if H0 is None else H0)
    require("H0", start, start < 1, "H0 < 1")
    require("transfer", transfer, finite("transfer", transfer).ndim == 0, "one number")
    return _solve(p, destination, float(A0), start, float(transfer), checked("tol", tol))


@cached(256)
def _solve(
    p: Parameters, destination: Destination, A0: float, H0: float, T: float, tol: float
) -> Transition:
    exists = bool(np.all(long_run(p, destination, T).exists))
    hint = "See long_run and highest_transfer for the conditions."
    require("params", str(p), exists, f"a steady state with {destination}", hint)
    problem = FullModel(p, destination, A0, H0, T)
    hint = f"Its roots are {problem.roots[0]}: paths to it are many or none."
    require("params", str(p), bool(problem.saddle[0]), "a saddle with as many stable roots", hint)
    for kept in (problem.roots, problem.rest, problem.initial):
        kept.setflags(write=False)
    return Transition(p, destination, solve(problem, tol))


@dataclass(frozen=True, eq=False)
class Transitions:
    """The paths of n economies to their steady states with some AI; NaN where there is none."""

    params: Parameters
    found: NDArray[np.bool_]  # (n,)
    paths: ManyPaths | None  # of those with found and saddle

    def states(self, t: ArrayLike) -> FloatArray:
        """ln A, H and ln s at times (T,), of the shape (3, n, T)."""
        times = np.atleast_1d(finite("t", t)).ravel()
        x = np.full((3, len(self.found), len(times)), np.nan)
        if self.paths is not None:
            x[:, self.found] = self.paths(times)
        return x

    def capability(self, t: ArrayLike) -> FloatArray:
        """A, (n, T)."""
        return np.asarray(np.exp(self.states(t)[0]))

    def employment(self, t: ArrayLike) -> FloatArray:
        """H, (n, T)."""
        return self.states(t)[1]

    def productivity(self, t: ArrayLike) -> FloatArray:
        """y = (A/A₀)^ε, (n, T)."""
        epsilon, A_0 = (
            np.broadcast_to(x, self.found.shape)[:, None]
            for x in (self.params.epsilon, self.params.A_0)
        )
        return np.asarray(np.exp(epsilon * (self.states(t)[0] - np.log(A_0))))


def solve_transitions(params: Parameters, tol: float = 1e-8) -> Transitions:
    """:func:`solve_transition` with some AI for n economies at once: fields of the shape (n,).

    >>> many = solve_transitions(Parameters(theta=np.array([0.50, 0.5381, 0.56])))
    >>> many.employment([5.0, 10.0]).round(4)[1]
    array([0.8339, 0.8106])
    """
    require("params", params.shape, len(params.shape) == 1, "fields that broadcast to (n,)")
    tol = checked("tol", tol)
    n = params.shape[0]
    rest = long_run(params)
    exists = np.broadcast_to(rest.exists, (n,))
    every = {f.name: np.broadcast_to(getattr(params, f.name), (n,)) for f in fields(params)}
    found = exists.copy()
    if not exists.any():
        return Transitions(params, found, None)
    problem = FullModel(Parameters(**{k: v[exists] for k, v in every.items()}), "some-AI")
    real = np.abs(problem.roots.imag).max(axis=1) == 0
    good = problem.saddle & real
    problem.patient = False
    found[np.flatnonzero(exists)[~good]] = False
    paths = solve_many(problem.take(np.flatnonzero(good)), tol) if good.any() else None
    return Transitions(params, found, paths)
