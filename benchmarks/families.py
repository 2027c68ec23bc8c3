"""Paths a second of wide random draws of two families more, what a warm start saves, who benefits.

The parameters are those of the wide set of :mod:`benchmarks.wide`; all draws are handed over in
one call. A warm start is a solve from the path of a neighbour with 1% more capital, as a share of
the same solve without it. A transition of two agents with a tax on capital is measured against the
plain one, the table of instruments by the time of all its draws. Time is that of the processor, one
thread.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from aiecon.who_benefits import robustness
from benchmarks.wide import SEED, drawn

COUNT, REPEATED = 2000, 15
SCENARIOS: dict[str, ks.AutomationPath] = {
    "T = 20": ks.Bounded(20.0),
    "business as usual": ks.BusinessAsUsual(),
    "mixed": ks.Mixed(0.9),
    "bounded, β = 0.5": ks.Bounded(20.0, beta=0.5),
}


def seconds(call: Callable[[], Any], times: int) -> float:
    """The median of so many calls after a first one."""
    call()
    taken = []
    for _ in range(times):
        started = time.process_time()
        call()
        taken.append(time.process_time() - started)
    return median(taken)


def batches(count: int) -> list[dict[str, Any]]:
    draws = drawn("wide", count)
    rng = np.random.default_rng(SEED)
    usual = ks.BusinessAsUsual(rng.uniform(0.001, 0.05, count), 1 - draws["rest"])
    weight, horizon = rng.uniform(0.2, 0.98, count), rng.uniform(2.0, 12.0, count)
    mixed = ks.Mixed(weight, horizon, rng.uniform(0.002, 0.03, count), 1.0, 1 - draws["rest"])
    varied: dict[str, Any] = {name: draws[name] for name in ("rho", "eta", "delta", "sigma", "A")}
    rows = []
    for name, path in (("business as usual", usual), ("mixed", mixed)):
        found = ks.solve_transitions(path, draws["K0"], **varied)
        taken = seconds(lambda path=path: ks.solve_transitions(path, draws["K0"], **varied), 2)  # type: ignore[misc]
        rate = count / taken
        solved = int(found.converged.sum())
        rows.append({"family": name, "draws": count, "solved": solved, "per_second": rate})
    return rows


def warm() -> list[dict[str, Any]]:
    rows = []
    for name, path in SCENARIOS.items():
        near = ks.solve_transition(path, 4.6)
        cold = seconds(lambda path=path: ks.solve_transition(path, 4.646), REPEATED)  # type: ignore[misc]
        again = seconds(
            lambda path=path, near=near: ks.solve_transition(path, 4.646, near=near),  # type: ignore[misc]
            REPEATED,
        )
        rows.append({"family": name, "cold": cold, "warm_share": again / cold})
    return rows


def taxed() -> list[dict[str, Any]]:
    """A transition of owners and workers with a tax of 30%, as a multiple of the plain one."""
    rows = []
    for name, path in SCENARIOS.items():
        plain = seconds(lambda path=path: ks.solve_transition(path), REPEATED)  # type: ignore[misc]
        two = seconds(lambda path=path: wb.solve_two_agents(path), REPEATED)  # type: ignore[misc]
        rows.append({"family": f"two agents, {name}", "times_the_plain": two / plain})
    return rows


def instruments(count: int) -> dict[str, Any]:
    """All draws of the table of instruments, on one core."""
    values = robustness.draws(count)
    started = time.process_time()
    found = robustness.instrument_draws(**values)
    taken = time.process_time() - started
    solved = int(np.isfinite(found).all(axis=1).sum())
    return {"family": "instruments", "draws": count, "solved": solved, "seconds": taken}


def main() -> None:
    quick = "--quick" in sys.argv
    rows = batches(100 if quick else COUNT) + warm() + taxed()
    for row in (*rows, instruments(100 if quick else 10_000)):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
