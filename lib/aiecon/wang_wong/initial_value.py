"""Paths followed from a given start: one integrator, bounded in time, for every model here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp

from aiecon.validation import FloatArray, finite, require

__all__ = ["checked", "follow"]

#: Evaluations of the right-hand side: some seconds. The explicit method needs some thousands on an
#: ordinary path; the implicit one takes over where the rates lie too far apart for it.
BUDGET = {"DOP853": 60_000, "Radau": 200_000}


def checked(name: str, value: Any, low: float = 0.0, high: float = np.inf) -> float:
    """The value as a number with low < value < high (value ≤ high where high is finite).

    >>> checked("horizon", 10)
    10.0
    >>> checked("horizon", float("inf"))
    Traceback (most recent call last):
    ...
    ValueError: horizon = inf is not allowed: a finite horizon is required.
    """
    x = finite(name, value)
    require(name, value, x.ndim == 0, "one number")
    allowed = f"{name} > {low:g}" if np.isinf(high) else f"{low:g} < {name} ≤ {high:g}"
    require(name, value, (x > low) & (x <= high), allowed)
    return float(x)


class _Spent(Exception):
    pass


def follow(
    slope: Callable[[float, Any], Any],
    begin: float,
    end: float,
    start: Sequence[float] | FloatArray,
    tol: float = 1e-10,
    events: Any = None,
) -> Any:
    """The solution of dx/dt = slope(t, x) from x(begin) to ``end``, as SciPy's dense output has it.

    An explicit method of order eight; where it has spent its evaluations, an implicit one of order
    five for stiff paths. ``tol``: relative and absolute error of a step, 1e-13 ≤ tol ≤ 1e-3.
    RuntimeError, naming what was tried, where neither gets to the end.

    >>> path = follow(lambda t, x: -1e6 * (x - np.cos(t)), 0.0, 100.0, [0.0], 1e-8)
    >>> bool(abs(path.sol(100.0)[0] - np.cos(100.0)) < 1e-5)
    True
    """
    tol = checked("tol", tol, 0.0, 1e-3)
    require("tol", tol, tol >= 1e-13, "1e-13 ≤ tol ≤ 1e-3")
    reasons = []
    for method, budget in BUDGET.items():
        spent = 0

        def counted(t: float, x: Any, budget: int = budget) -> Any:
            nonlocal spent
            spent += 1
            if spent > budget:
                raise _Spent
            return slope(t, x)

        try:
            with np.errstate(over="ignore", invalid="ignore"):
                solution = solve_ivp(
                    counted,
                    (begin, end),
                    start,
                    method=method,
                    rtol=tol,
                    atol=tol,
                    dense_output=True,
                    events=events,
                )
        except _Spent:
            reasons.append(f"{method} had not arrived after {budget} evaluations")
        except (ValueError, np.linalg.LinAlgError) as error:  # a step into infinity
            reasons.append(f"{method}: {error}")
        else:
            if solution.success:
                return solution
            reasons.append(f"{method}: {solution.message}")
    raise RuntimeError(
        f"the path from {begin:g} to {end:g} years could not be followed at tol = {tol:g} "
        f"({'; '.join(reasons)}). Try a shorter horizon, a larger tol, or less extreme parameters."
    )
