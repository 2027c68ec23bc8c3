"""Optimal transitions of many economies at once: sweeps over parameters, draws from priors."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, automation_path
from aiecon.korinek_suh.dynamics.economy import EDGE, Economy
from aiecon.korinek_suh.dynamics.optimal_growth import OptimalGrowth
from aiecon.korinek_suh.dynamics.transition import check_growth
from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.ces import exp_or_infinity
from aiecon.korinek_suh.statics.marginal_products import NEAR_ONE, StaticLogs, static_logs
from aiecon.numerics import ManyPaths, solve_many
from aiecon.validation import FloatArray, broadcast, finite, require

__all__ = ["Transitions", "solve_transitions"]


@dataclass(frozen=True, eq=False)
class Transitions:
    """The optimal paths of n economies: functions of dates (T,) with values (n, T).

    Economies without a path have NaN; ``failures`` says why.
    """

    automation: AutomationPath  # its fields are numbers or (n, 1, 1)
    economy: Economy
    L: FloatArray  # (n,)
    parts: tuple[tuple[NDArray[np.intp], ManyPaths], ...]
    converged: NDArray[np.bool_]  # (n,)
    newton_steps: NDArray[np.intp]  # (n,)
    residual: FloatArray  # (n,), as Transition.residual; NaN without a path
    error: FloatArray  # (n,), as Transition.error; infinite without a path
    first_change: FloatArray  # (n,): date of the first change of region; ∞: never, NaN: no path
    failures: dict[int, str]  # why an economy has no path, and what to try

    def _x(self, t: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """log(K/L) and log(C/K), (n, T)."""
        t = np.atleast_1d(finite("t", t)).ravel()
        require("t", t, t >= 0, "t ≥ 0")
        x = np.full((2, len(self.L), len(t)), np.nan)
        for draws, paths in self.parts:
            trend = np.ravel(paths.problem.trend)[:, None]  # type: ignore[attr-defined]
            x[:, draws] = paths(t)
            x[0, draws] += trend * t
        return x[0], x[1]

    def _logs(self, t: ArrayLike) -> StaticLogs:
        k, _ = self._x(t)
        times = np.atleast_1d(np.asarray(t, dtype=np.float64)).ravel()
        log_rest = self.automation.progress(np.broadcast_to(times, (len(k), 1, len(times))))[0]
        e = self.economy
        sigma = np.broadcast_to(e.sigma, (len(k), 1, 1))
        logs = static_logs(np.nan_to_num(k[:, None]), log_rest, e.A, sigma)
        lost = np.isnan(k)
        return StaticLogs(*(np.where(lost, np.nan, x[:, 0]) for x in logs))

    def capital(self, t: ArrayLike) -> FloatArray:
        """K."""
        return exp_or_infinity(self._x(t)[0] + np.log(self.L)[:, None])

    def consumption(self, t: ArrayLike) -> FloatArray:
        """C per year."""
        k, q = self._x(t)
        return exp_or_infinity(k + q + np.log(self.L)[:, None])

    def output(self, t: ArrayLike) -> FloatArray:
        """Y per year."""
        return exp_or_infinity(self._logs(t).output + np.log(self.L)[:, None])

    def wage(self, t: ArrayLike) -> FloatArray:
        """w per year and unit of labour."""
        return exp_or_infinity(self._logs(t).wage)

    def rental_rate(self, t: ArrayLike) -> FloatArray:
        """R per year and unit of capital."""
        return np.exp(self._logs(t).rental)

    def labor_share(self, t: ArrayLike) -> FloatArray:
        """w L/Y."""
        return self._logs(t).labor_share

    def region(self, t: ArrayLike) -> FloatArray:
        """1 where labour is scarce, 2 where w = R = A (as floats, for the sake of NaN)."""
        return self._logs(t).region.astype(np.float64)


def solve_transitions(
    path: AutomationPath,
    K0: ArrayLike = 4.6,
    params: Parameters | None = None,
    tol: float = 1e-8,
    **varied: ArrayLike,
) -> Transitions:
    """:func:`solve_transition` for n economies at once.

    The fields of ``path``, K0 and the parameters named in ``varied`` (rho, eta, delta, sigma, A, L)
    are numbers or arrays (n,); what is not varied is taken from ``params``. An economy for which
    there is no path, in theory or because the solver failed, is reported in ``failures``; inputs
    that are not admissible at all (wrong shape, NaN, K0 ≤ 0, σ ≤ 0, …) raise ValueError.

    >>> from aiecon import korinek_suh as ks
    >>> horizons = ks.solve_transitions(ks.Bounded(horizon=[5.0, 20.0]))
    >>> horizons.first_change.round(6), horizons.converged
    (array([ 3.579373, 18.613064]), array([ True,  True]))
    >>> horizons.wage([0.0, 10.0]).round(3)
    array([[1.403, 0.5  ],
           [1.403, 1.714]])
    """
    automation_path("path", path)
    base = given(params)
    names = [field.name for field in fields(base)]
    for name in varied:
        require(name, name, name in names, f"one of {', '.join(names)} to be varied")
    inputs = {name: finite(name, varied.get(name, getattr(base, name))) for name in names}
    inputs["K0"] = finite("K0", K0)
    inputs |= {f"path.{f.name}": np.asarray(getattr(path, f.name)) for f in fields(path)}  # type: ignore[arg-type]
    for name, value in inputs.items():
        require(name, value, value.ndim <= 1, "a number or an array of one dimension")
    arrays = dict(zip(inputs, broadcast(**inputs), strict=True))
    arrays = {name: np.atleast_1d(value) for name, value in arrays.items()}
    for name in ("K0", "L", "A", "sigma", "eta"):
        require(name, arrays[name], arrays[name] > 0, f"{name} > 0")
    for name in ("rho", "delta"):
        require(name, arrays[name], arrays[name] >= 0, f"{name} ≥ 0")
    economy = Economy(*(arrays[n][:, None, None] for n in ("rho", "eta", "delta", "sigma", "A")))
    automation = _column_path(path, arrays)
    return _solved(automation, arrays, economy, tol)


def _column_path(path: AutomationPath, arrays: dict[str, FloatArray]) -> AutomationPath:
    """The automation path with each field of the shape (n, 1, 1)."""
    columns = copy(path)
    for field in fields(path):  # type: ignore[arg-type]
        object.__setattr__(columns, field.name, arrays[f"path.{field.name}"][:, None, None])
    return columns


def _solved(
    path: AutomationPath, arrays: dict[str, FloatArray], economy: Economy, tol: float
) -> Transitions:
    n = len(arrays["K0"])
    initial = np.log(arrays["K0"] / arrays["L"])
    failures = _without_path(path, economy, n)
    possible = np.setdiff1d(np.arange(n), list(failures))
    stays = np.ravel(path.long_run_rate <= economy.growth * (1 + EDGE))
    converged, steps = np.zeros(n, dtype=bool), np.zeros(n, dtype=np.intp)
    residual, error, first = np.full(n, np.nan), np.full(n, np.inf), np.full(n, np.nan)
    parts = []
    for ends_in_1 in (False, True):
        for draws in _sorted(
            possible[stays[possible] == ends_in_1], path, initial, economy, ends_in_1
        ):
            part = OptimalGrowth(path.take(draws), initial[draws], economy.take(draws), ends_in_1)
            paths = solve_many(part, tol)
            parts.append((draws, paths))
            converged[draws], steps[draws] = paths.converged, paths.newton_steps
            residual[draws], error[draws] = paths.residual, paths.error
            first[draws] = paths.first_switch()
            failures |= {int(draws[i]): message for i, message in paths.failures.items()}
    return Transitions(
        path, economy, arrays["L"], tuple(parts), converged, steps, residual, error, first, failures
    )


def _sorted(
    draws: NDArray[np.intp],
    path: AutomationPath,
    initial: FloatArray,
    economy: Economy,
    stays: bool,
) -> list[NDArray[np.intp]]:
    """Draws that end in the same way, those with a simple first guess apart from the others."""
    if not len(draws):
        return []
    whole = OptimalGrowth(path.take(draws), initial[draws], economy.take(draws), stays)
    simple = whole.simple()
    return [part for part in (draws[simple], draws[~simple]) if len(part)]


def _without_path(path: AutomationPath, economy: Economy, n: int) -> dict[int, str]:
    """The economies that have no optimal path that settles exponentially, and why."""
    e = economy
    suspect = ~((e.growth > 0) & (e.propensity > EDGE * e.rho) & (e.sigma < 1))
    edge = (1.0 - e.sigma) * e.growth
    suspect = suspect | ((np.asarray(path.initial) == 0) & (e.sigma >= 1.0 - NEAR_ONE))
    suspect = suspect | (np.abs(path.long_run_rate - edge) <= EDGE * np.abs(e.growth))
    failures = {}
    for i in np.flatnonzero(np.broadcast_to(suspect, (n, 1, 1)).ravel()):
        draw = np.array([i])
        own = Economy(*(float(np.ravel(getattr(e.take(draw), f.name))[0]) for f in fields(e)))
        single = path.take(draw)
        for field in fields(single):  # type: ignore[arg-type]
            object.__setattr__(single, field.name, float(np.ravel(getattr(single, field.name))[0]))
        try:
            check_growth(single, own)
        except ValueError as error:
            failures[int(i)] = str(error)
    return failures
