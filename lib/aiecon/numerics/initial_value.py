"""Paths followed from a known point, forwards or backwards in time: one integrator, bounded.

A saddle path is unstable forwards and stable backwards (Brunner & Strulik 2002). Followed back from
its end it is what the collocated path is compared with: the two share no code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.integrate import OdeSolution, solve_ivp

from aiecon.validation import FloatArray, number, require

__all__ = ["follow"]

#: Evaluations of the right-hand side: some seconds. The explicit method needs some thousands on an
#: ordinary path; the implicit one takes over where the rates lie too far apart for it.
BUDGET = {"DOP853": 60_000, "Radau": 200_000, "LSODA": 200_000}
METHODS = ("DOP853", "Radau")


class _Spent(Exception):
    pass


def follow(
    slope: Callable[[float, Any], Any],
    begin: float,
    end: float,
    start: Sequence[float] | FloatArray,
    tol: float = 1e-10,
    events: Any = None,
    kinks: Sequence[float] = (),
    methods: Sequence[str] = METHODS,
) -> Any:
    """The solution of dx/dt = slope(t, x) from x(begin) to ``end``, in the form of ``solve_ivp``.

    ``end`` may be before ``begin``. An explicit method of order eight; where it has spent its
    evaluations, an implicit one of order five for stiff paths (or other ``methods`` of SciPy's, in
    turn). They start anew at those of the dates ``kinks``, at which slope is not smooth, that are
    between begin and end. ``tol``: relative and absolute error of a step, 1e-13 ≤ tol ≤ 1e-3. Of
    the solution ``sol`` is x as a function of t, ``y[:, -1]`` the last point, ``status`` 1 if a
    terminal event came first.

    RuntimeError, naming what was tried, where neither gets to the end.

    >>> path = follow(lambda t, x: -1e6 * (x - np.cos(t)), 0.0, 100.0, [0.0], 1e-8)
    >>> bool(abs(path.sol(100.0)[0] - np.cos(100.0)) < 1e-5)
    True
    >>> back = follow(lambda t, x: np.sign(t - 2.0) + 0.0 * x, 3.0, 0.0, [1.0], kinks=[2.0])
    >>> back.sol([3.0, 2.0, 0.0]).round(9)
    array([[1., 0., 2.]])
    """
    require("tol", tol, 1e-13 <= number("tol", tol) <= 1e-3, "1e-13 ≤ tol ≤ 1e-3")
    inside = sorted(date for date in kinks if min(begin, end) < date < max(begin, end))
    dates = [begin, *(inside if end > begin else inside[::-1]), end]
    solution: Any = None
    x, times, parts = start, [np.array([begin])], []
    for before, after in pairwise(dates):
        solution = _piece(slope, before, after, x, tol, events, methods)
        x = solution.y[:, -1]
        times.append(solution.t[1:])
        parts += solution.sol.interpolants
        if solution.status == 1:
            break
    if len(dates) > 2 and parts:
        solution.sol = OdeSolution(np.concatenate(times), parts)
    return solution


def _piece(
    slope: Any, begin: float, end: float, start: Any, tol: float, events: Any, methods: Any
) -> Any:
    reasons = []
    for method in methods:
        spent, budget = 0, BUDGET[method]

        def counted(t: float, x: Any, budget: int = budget) -> Any:
            nonlocal spent
            spent += 1
            if spent > budget:
                raise _Spent
            return slope(t, x)

        settings: dict[str, Any] = {"rtol": tol, "atol": tol, "events": events}
        try:
            with np.errstate(over="ignore", invalid="ignore"):
                found = solve_ivp(
                    counted, (begin, end), start, method, dense_output=True, **settings
                )
        except _Spent:
            reasons.append(f"{method} had not arrived after {budget} evaluations")
        except (ValueError, np.linalg.LinAlgError) as error:  # a step into infinity
            reasons.append(f"{method}: {error}")
        else:
            if found.success:
                return found
            reasons.append(f"{method}: {found.message}")
    raise RuntimeError(
        f"the path from {begin:g} to {end:g} years could not be followed at tol = {tol:g} "
        f"({'; '.join(reasons)}). Try a shorter horizon, a larger tol, or less extreme parameters."
    )
