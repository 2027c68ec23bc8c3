"""Random parameter draws of the T = 20 scenario: paths a second, each solved or reported.

Two sets of draws over every parameter of Table 2 but L, and Φ₀: *near*, each within about a quarter
of its value there, and *wide*. In the wide set some economies begin in region 2, and for some the
theory has no path because lifetime utility would be infinite; these are to be refused. Ours takes
all draws in one call. The peers solve one after the other, are given the order of regimes that
holds for most, and try again from other dates of the switch where they fail; SciPy takes the first
few hundred draws only. Time is that of the processor, one thread. Errors are those of K and C at
whole years, for the first few draws, against Taylor series.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import numpy as np

from aiecon import korinek_suh as ks
from benchmarks.measure import Path
from benchmarks.peers import casadi_collocation, scipy_bvp
from benchmarks.problems import FloatArray, Takeover
from benchmarks.references import solve_takeover
from benchmarks.wide import COUNT, RANGES, drawn
from exhibits.benchmarks import OURS

CHECKED = 6  # draws with a reference
YEARS = np.arange(41.0)

DATES = (0.9, 0.97, 0.75, 0.5)  # of the switch, relative to T: where a peer starts and starts again


def takeovers(draws: dict[str, FloatArray]) -> Iterator[Takeover]:
    for values in zip(*draws.values(), strict=True):
        yield Takeover(**dict(zip(draws, map(float, values), strict=True)))


def has_path(p: Takeover) -> bool:
    """Whether the theory has an optimal path: growth in region 2, and finite utility."""
    return p.G > 0 and p.m > 0


def row(
    solver: str,
    which: str,
    counts: tuple[int, int, int],
    seconds: float,
    errors: list[float],
    note: str,
) -> dict[str, Any]:
    """``counts``: of the draws, of those solved, of those that the theory refuses."""
    draws, solved, refused = counts
    return {
        "solver": solver,
        "set": which,
        "draws": draws,
        "solved": solved,
        "refused": refused,
        "failed": draws - solved - refused,
        "per_second": draws / seconds,
        "error": max(errors),
        "note": note,
    }


def ours(
    which: str, count: int, exact: dict[int, FloatArray], repetitions: int = 3
) -> dict[str, Any]:
    """All draws in one call."""
    draws = drawn(which, count)
    path = ks.Bounded(horizon=20.0, initial=1 - draws["rest"])
    varied: dict[str, Any] = {name: draws[name] for name in ("rho", "eta", "delta", "sigma", "A")}

    def solve() -> ks.Transitions:
        return ks.solve_transitions(path, draws["K0"], **varied)

    found = solve()
    seconds = []
    for _ in range(repetitions):
        started = time.process_time()
        solve()
        seconds.append(time.process_time() - started)
    refused = sum(
        not p for i, p in enumerate(map(has_path, takeovers(draws))) if i in found.failures
    )
    K, C = found.capital(YEARS), found.consumption(YEARS)
    errors = [float(np.abs(np.array([K[i], C[i]]) / right - 1).max()) for i, right in exact.items()]
    counts = (count, int(found.converged.sum()), refused)
    return row(OURS, which, counts, median(seconds), errors, "one call, with error estimates")


def one_by_one(
    solver: str,
    which: str,
    count: int,
    solve: Callable[[Takeover, float], tuple[float, Path]],
    exact: dict[int, FloatArray],
    note: str,
) -> dict[str, Any]:
    """A loop over the draws that have a path; ``solve(p, start)`` returns the date and the path."""
    problems = list(takeovers(drawn(which, count)))
    solved, refused, errors = 0, 0, []
    started = time.process_time()
    for i, p in enumerate(problems):
        if not has_path(p):
            refused += 1
            continue
        for start in DATES:
            try:
                date, path = solve(p, start)
            except (RuntimeError, ValueError, FloatingPointError):
                continue
            if 0 < date < p.T:
                solved += 1
                if i in exact:
                    errors.append(float(np.abs(path(YEARS) / exact[i] - 1).max()))
                break
    seconds = time.process_time() - started
    return row(solver, which, (count, solved, refused), seconds, errors, note)


def casadi(which: str, count: int, exact: dict[int, FloatArray]) -> dict[str, Any]:
    system = casadi_collocation.prepare_takeover(1, casadi_collocation.gauss_points(20))

    def solve(p: Takeover, start: float) -> tuple[float, Path]:
        result = casadi_collocation.solve_takeover(system, p, start)
        return result[1][-1], casadi_collocation.takeover_path(result, p)

    name = "CasADi, one element of many points"
    return one_by_one(name, which, count, solve, exact, "20 points, no error estimate")


def scipy(which: str, count: int, exact: dict[int, FloatArray]) -> dict[str, Any]:
    def solve(p: Takeover, start: float) -> tuple[float, Path]:
        result = scipy_bvp.takeover_free((1e-6, 80), p, start)
        return result[1], scipy_bvp.takeover_path(result, p)

    with np.errstate(all="ignore"):  # trial steps leave the set where powers exist
        name = "SciPy solve_bvp, free boundary"
        return one_by_one(name, which, count, solve, exact, "tol 1e-6")


def checks(which: str) -> dict[int, FloatArray]:
    """K and C at whole years for the first few draws that have a path and begin in region 1."""
    found: dict[int, FloatArray] = {}
    for i, p in enumerate(takeovers(drawn(which))):
        if len(found) == CHECKED:
            break
        if has_path(p) and p.in_region_1(0.0, p.k0):
            found[i] = solve_takeover(p, digits=22)(YEARS)
    return found


def main() -> None:
    quick = "--quick" in sys.argv
    for which in RANGES:
        exact = checks(which)
        count = 300 if quick else COUNT
        print(json.dumps(ours(which, count, exact)), flush=True)
        print(json.dumps(casadi(which, count, exact)), flush=True)
        print(json.dumps(scipy(which, 40 if quick else 300, exact)), flush=True)


if __name__ == "__main__":
    main()
