"""Optimal transitions of many economies at once: sweeps over parameters, draws from priors."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiecon.cached import latest
from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, automation_path
from aiecon.korinek_suh.dynamics.optimal_growth import OptimalGrowth
from aiecon.korinek_suh.dynamics.technology import EDGE, Technology, destination
from aiecon.korinek_suh.dynamics.transition import Path, check_growth
from aiecon.korinek_suh.parameters import Parameters, given, some_of
from aiecon.korinek_suh.statics.marginal_products import NEAR_ONE, StaticLogs
from aiecon.numerics import ManyPaths, solve_many
from aiecon.validation import FloatArray, broadcast, finite, require

__all__ = ["Transitions", "solve_transitions"]

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Transitions(Path):
    """The optimal paths of n economies: functions of dates (T,) with values (n, T).

    Dates (n, T) are each economy's own.
    Economies without a path have NaN; ``failures`` says why.
    """

    automation: AutomationPath  # its fields are (n, 1, 1), as are those of the parameters
    params: Parameters
    parts: tuple[tuple[NDArray[np.intp], ManyPaths], ...]
    converged: NDArray[np.bool_]  # (n,)
    newton_steps: NDArray[np.intp]  # (n,)
    residual: FloatArray  # (n,), as Transition.residual; NaN without a path
    error: FloatArray  # (n,), as Transition.error; infinite without a path
    changes: FloatArray  # (n, s): dates of the changes of region; ∞: no more, NaN: no path
    failures: dict[int, str]  # why an economy has no path, and what to try

    @property
    def technology(self) -> Technology:
        return Technology(self.automation, self.params.A, self.params.sigma)

    @property
    def first_change(self) -> FloatArray:
        """(n,): the date of the first change of region; ∞: never, NaN: no path."""
        return self.changes[:, 0]

    @property
    def _log_L(self) -> Any:  # type: ignore[override]
        return np.log(self.params.L)[:, 0]

    @latest
    def _x(self, t: ArrayLike) -> FloatArray:
        """log(K/L) and log(C/K), (2, n, T)."""
        t = np.atleast_1d(t)
        require("t", t, t >= 0, "t ≥ 0")
        t = np.broadcast_to(t, (len(self.converged), t.shape[-1]))
        x = np.full((2, *t.shape), np.nan)
        for draws, paths in self.parts:
            x[:, draws] = paths(t[draws])
            x[0, draws] += np.ravel(paths.problem.trend)[:, None] * t[draws]  # type: ignore[attr-defined]
        return x

    def _logs(self, t: ArrayLike) -> StaticLogs:
        k = (self.log_capital(t) - self._log_L)[:, None]
        logs = self.technology.logs(np.nan_to_num(k), np.atleast_2d(t)[:, None])
        return StaticLogs(*(np.where(np.isnan(k), np.nan, x)[:, 0] for x in logs))

    def scarcity(self, t: ArrayLike) -> FloatArray:
        """log(K/L) − log κ, positive where labour is scarce; −∞ once every task is automated."""
        k = (self.log_capital(t) - self._log_L)[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.technology.border(k, np.atleast_2d(t)[:, None])[0][:, 0]


def solve_transitions(
    path: AutomationPath,
    K0: ArrayLike = 4.6,
    params: Parameters | None = None,
    tol: float = 1e-8,
    **varied: ArrayLike,
) -> Transitions:
    """:func:`solve_transition` for n economies at once.

    The fields of ``path``, K0 and the fields of ``params``, or those named in ``varied`` (rho, eta,
    delta, sigma, A, L), are numbers or arrays (n,). An economy for which there is no path, in
    theory or because the solver failed, is reported in ``failures``; inputs
    that are not admissible at all (wrong shape, NaN, K0 ≤ 0, σ ≤ 0, …) raise ValueError.

    >>> from aiecon import korinek_suh as ks
    >>> horizons = ks.solve_transitions(ks.Bounded(horizon=[5.0, 20.0]))
    >>> horizons.first_change.round(6), horizons.converged
    (array([ 3.579373, 18.613064]), array([ True,  True]))
    >>> horizons.wage([0.0, 10.0]).round(3)
    array([[1.403, 0.5  ],
           [1.403, 1.714]])
    """
    return solve_alike(*columns(path, K0, params, varied), tol)


def columns(
    path: AutomationPath, K0: ArrayLike, params: Parameters | None, varied: dict[str, ArrayLike]
) -> tuple[AutomationPath, FloatArray, Parameters]:
    """Path and parameters with fields (n, 1, 1), and log(K₀/L) (n,); all inputs are checked."""
    automation_path("path", path)
    base = vars(given(params, many=True))
    for name in varied:
        require(name, name, name in base, f"one of {', '.join(base)} to be varied")
    params = Parameters(**(base | varied))
    inputs = {"K0": finite("K0", K0), **_arrays(params), **_arrays(path, "path.")}
    for name, value in inputs.items():
        require(name, value, value.ndim <= 1, "a number or an array of one dimension")
    K, *_ = (np.atleast_1d(value) for value in broadcast(**inputs))
    require("K0", K, K > 0, "K0 > 0")
    path, params = _columns(path, len(K)), _columns(params, len(K))
    return path, np.log(K / np.ravel(params.L)), params


def _arrays(record: Any, prefix: str = "") -> dict[str, FloatArray]:
    """The fields that are numbers; a path that another one is made of holds for all."""
    values = {field.name: vars(record)[field.name] for field in fields(record)}
    numbers = {name: x for name, x in values.items() if not isinstance(x, AutomationPath)}
    return {prefix + name: np.asarray(x) for name, x in numbers.items()}


def _columns(record: T, n: int) -> T:
    """The record with each field of the shape (n, 1, 1)."""
    columns = copy(record)
    arrays = {name: np.broadcast_to(x, n)[:, None, None] for name, x in _arrays(record).items()}
    vars(columns).update(arrays)
    return columns


def household(
    path: AutomationPath, initial: FloatArray, params: Parameters, region: int
) -> OptimalGrowth:
    """The problem of economies that end in the same region."""
    technology = Technology(path, params.A, params.sigma)
    return OptimalGrowth(technology, initial, params, destination(path, params, region))


def solve_alike(
    path: AutomationPath,
    initial: FloatArray,
    params: Parameters,
    tol: float,
    problem: Callable[..., OptimalGrowth] = household,
    check: Callable[..., None] = check_growth,
) -> Transitions:
    """The paths of n economies, those that end in the same region together.

    ``problem`` is made of their paths, initial values and parameters; ``check`` raises ValueError
    for the path and the parameters of one that has none.
    """
    n = len(initial)
    failures = _without_path(path, params, n, check)
    possible = np.setdiff1d(np.arange(n), list(failures))
    ends = np.ravel(np.where(path.long_run_rate <= params.growth * (1 + EDGE), 1, 2))
    converged, steps = np.zeros(n, dtype=bool), np.zeros(n, dtype=np.intp)
    residual, error = np.full(n, np.nan), np.full(n, np.inf)
    parts = []
    for region in (2, 1):
        draws = possible[ends[possible] == region]
        if not len(draws):
            continue

        def some_problem(i: NDArray[np.intp], region: int = region) -> OptimalGrowth:
            return problem(path.take(i), initial[i], some_of(params, i), region)

        simple = some_problem(draws).simple()  # those with a simple first guess apart
        unlike = sum(2.0**i * np.isfinite(np.ravel(T)) for i, T in enumerate(path.kinks))
        kind = 2 * np.broadcast_to(unlike, n)[draws] + simple  # and those that have other kinks
        for alike in (draws[kind == one] for one in np.unique(kind)[::-1]):
            paths = solve_many(some_problem(alike), tol)
            parts.append((alike, paths))
            converged[alike], steps[alike] = paths.converged, paths.newton_steps
            residual[alike], error[alike] = paths.residual, paths.error
            failures |= {int(alike[i]): message for i, message in paths.failures.items()}
    dates = [paths.switches() for _, paths in parts]
    changes = np.full((n, max((x.shape[1] for x in dates), default=1)), np.nan)
    for (alike, _), found in zip(parts, dates, strict=True):
        changes[alike] = np.where(np.isnan(found[:, :1]), np.nan, np.inf)
        changes[alike, : found.shape[1]] = found
    return Transitions(
        path, params, tuple(parts), converged, steps, residual, error, changes, failures
    )


def _without_path(
    path: AutomationPath, params: Parameters, n: int, check: Callable[..., None]
) -> dict[int, str]:
    """The economies that have no optimal path that settles exponentially, and why."""
    e = params
    suspect = ~((e.growth > 0) & (e.propensity > EDGE * e.rho) & (e.sigma < 1))
    edge = (1.0 - e.sigma) * e.growth
    suspect = suspect | ((np.asarray(path.initial) == 0) & (e.sigma >= 1.0 - NEAR_ONE))
    suspect = suspect | (np.abs(path.long_run_rate - edge) <= EDGE * np.abs(e.growth))
    failures = {}
    for i in np.flatnonzero(np.broadcast_to(suspect, (n, 1, 1)).ravel()):
        single, own = _single(path, int(i)), _single(params, int(i))
        try:
            check(single, own)
        except ValueError as error:
            failures[int(i)] = str(error)
    return failures


def _single(record: T, draw: int) -> T:
    """One of n records, its fields numbers."""
    one = copy(record)
    vars(one).update({name: float(np.ravel(x)[draw]) for name, x in _arrays(record).items()})
    return one
