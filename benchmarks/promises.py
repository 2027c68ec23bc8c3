"""Whether the error estimate bounds the error: wide random draws of every family of the book.

Each draw is solved to 1e-8 and again to 1e-12; the difference is the error. Counted are draws whose
error exceeds their estimate, or the tolerance. `make benchmark` takes 2,000 draws of each family,
the tests a fixed sample.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from aiecon import korinek_suh as ks
from aiecon import wang_wong as ww
from aiecon.numerics import SaddlePath, SolverError

COUNT = 2000
TOL, RIGHT = 1e-8, 1e-12
ROUNDING = 1e-11  # of the reference itself
Random = np.random.Generator


def within(rng: Random, low: float, high: float) -> float:
    """A number between two others, evenly in its logarithm."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def economy(rng: Random) -> tuple[float, ks.Parameters, float]:
    """K₀, parameters, and Φ₀."""
    rho, delta, A = rng.uniform(0.01, 0.1), rng.uniform(0.02, 0.2), rng.uniform(0.25, 1.0)
    params = ks.Parameters(
        rho=rho, eta=within(rng, 0.7, 8.0), delta=delta, sigma=rng.uniform(0.15, 0.95),
        A=max(A, 1.03 * (rho + delta)), L=within(rng, 0.1, 20.0),
    )  # fmt: skip
    return within(rng, 0.05, 200.0) * params.L, params, rng.uniform(0.05, 0.95)


def bounded(rng: Random, tol: float) -> SaddlePath:
    K0, params, initial = economy(rng)
    path = ks.Bounded(within(rng, 0.5, 100.0), within(rng, 0.3, 5.0), initial)
    return ks.solve_transition(path, K0, params, tol).solution


def usual(rng: Random, tol: float) -> SaddlePath:
    K0, params, initial = economy(rng)
    path = ks.BusinessAsUsual(within(rng, 0.001, 0.3), initial)
    return ks.solve_transition(path, K0, params, tol).solution


def mixed(rng: Random, tol: float) -> SaddlePath:
    K0, params, initial = economy(rng)
    path = ks.Mixed(
        rng.uniform(0.05, 0.98), within(rng, 0.5, 40.0), within(rng, 0.001, 0.3),
        within(rng, 0.25, 4.0), initial,
    )  # fmt: skip
    return ks.solve_transition(path, K0, params, tol).solution


def fixed_factor(rng: Random, tol: float) -> SaddlePath:
    K0, params, initial = economy(rng)
    usual = ks.BusinessAsUsual(within(rng, 0.002, 0.2), initial)
    bounded = ks.Bounded(within(rng, 2.0, 60.0), within(rng, 0.5, 3.0), initial)
    factor = ks.FixedFactor(rng.uniform(0.5, 0.97), within(rng, 3e-4, 50.0))
    path = (usual, bounded)[int(rng.integers(2))]
    return ks.solve_fixed_factor_transition(path, K0, factor, params, tol).solution


def wang_wong(rng: Random, tol: float) -> SaddlePath:
    p = ww.Parameters()
    near = {
        name: getattr(p, name) * rng.uniform(0.6, 1.5)
        for name in ("r", "delta", "mu", "rho", "epsilon")
    }
    params = ww.Parameters(theta=rng.uniform(0.5, 0.97), xi=rng.uniform(0.2, 0.7), **near)
    A0, H0 = np.exp(rng.uniform(-1, 1)), rng.uniform(0.6, 0.97)
    return ww.solve_transition(params, "some-AI", A0=A0, H0=H0, tol=tol).solution


FAMILIES: dict[str, Callable[[Random, float], SaddlePath]] = {
    "bounded": bounded,
    "business as usual": usual,
    "mixed": mixed,
    "fixed factor": fixed_factor,
    "Wang–Wong": wang_wong,
}


def dates(path: SaddlePath) -> np.ndarray:
    """Where two paths are compared: evenly, along the tail, and ever closer to each kink."""
    last = float(path.dates[-1])
    rate = float(path.problem.tail_rate[0]) if path.structure.tail else 0.1
    near = np.geomspace(1e-9, 1.0, 40) * max(last, 1.0)
    parts = [np.linspace(0.0, last, 300), last - np.log1p(-np.linspace(0, 0.9999, 200)) / rate]
    parts += [np.abs(date + side * near) for date in path.dates for side in (-1, 1)]
    return np.unique(np.concatenate(parts))


def measured(family: str, count: int, first: int = 0) -> dict[str, Any]:
    """How many of the draws exceed their estimate, exceed the tolerance, or fail."""
    solve, seed = FAMILIES[family], sorted(FAMILIES).index(family)
    facts: dict[str, Any] = dict.fromkeys(("draws", "above_estimate", "above_tol", "failed"), 0)
    facts |= {"family": family, "refused": 0, "largest_ratio": 0.0, "unverified": 0}
    for draw in range(first, first + count):
        facts["draws"] += 1
        try:
            found = solve(np.random.default_rng([seed, draw]), TOL)
        except ValueError:  # the theory has no path
            facts["refused"] += 1
            continue
        except SolverError:
            facts["failed"] += 1
            continue
        try:
            right = solve(np.random.default_rng([seed, draw]), RIGHT)
        except SolverError:
            facts["unverified"] += 1
            continue
        t = dates(found)
        error = float(np.abs(found(t) - right(t)).max())
        facts["above_estimate"] += error > found.error + ROUNDING
        facts["above_tol"] += error > TOL
        ratio = error / (found.error + ROUNDING)
        facts["largest_ratio"] = max(facts["largest_ratio"], ratio)
    return facts


def main() -> None:
    count = 40 if "--quick" in sys.argv else COUNT
    for family in FAMILIES:
        print(json.dumps(measured(family, count)), flush=True)


if __name__ == "__main__":
    main()
