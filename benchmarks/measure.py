"""How everything is measured: the same clock, the same error, for every solver."""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from benchmarks.problems import RAMSEY, TAKEOVER, FloatArray
from benchmarks.references import solve_ramsey, solve_takeover

Path = Callable[[FloatArray], FloatArray]  # dates (n,) -> K and C, (2, n)

POINTS = 1001  # at which a path is compared with the reference
IN_A_ROW = 15  # calls of which the median is taken


@dataclass(frozen=True)
class Row:
    """One solver, one problem, one setting."""

    solver: str
    problem: str
    setting: str
    error: float | None  # the largest relative error of K and C
    seconds: float | None  # one solve after a warm-up, see `steady`
    spread: tuple[float, float] | None  # quartiles of the same
    repetitions: int
    setup: float | None  # from the imported module to the first answer, less one solve
    note: str = ""


@dataclass(frozen=True)
class Case:
    """What is measured: ``prepare()`` once, then ``solve(prepared)`` many times.

    ``path(solution)`` is not timed: a function of time, or the pair (dates, values (2, n)) of a
    solver that gives values at its own dates only; it is then judged at these.
    """

    solver: str
    problem: str
    setting: str
    prepare: Callable[[], Any]
    solve: Callable[[Any], Any]
    path: Callable[[Any], Any]
    note: str = ""


def error_of(path: Any, reference: Path, until: float) -> float:
    """The largest relative error of K and of C on [0, until].

    Raises ValueError if a path that is known at its own dates only ends before ``until``.
    """
    if isinstance(path, tuple):
        t, values = path
        if t[-1] < until:
            raise ValueError(f"the path ends at t = {t[-1]:g}, before {until:g}")
        values = values[:, t <= until]
        t = t[t <= until]
    else:
        t = np.linspace(0.0, until, POINTS)
        values = path(t)
    return float(np.max(np.abs(values / reference(t) - 1)))


def clocked(call: Callable[[], Any], budget: float, most: int, least: int = 3) -> list[float]:
    """Seconds of each of up to ``most`` calls within ``budget`` seconds, after one warm-up."""
    call()
    seconds: list[float] = []
    gc.collect()
    gc.disable()
    try:
        while len(seconds) < least or (sum(seconds) < budget and len(seconds) < most):
            started = time.perf_counter()
            call()
            seconds.append(time.perf_counter() - started)
    finally:
        gc.enable()
    return seconds


def steady(seconds: Sequence[float]) -> float:
    """The lowest median of fifteen calls in a row: what else the machine does comes in bursts."""
    blocks = [seconds[i : i + IN_A_ROW] for i in range(0, len(seconds), IN_A_ROW)]
    if len(blocks) > 1 and len(blocks[-1]) < IN_A_ROW:
        blocks.pop()
    return min(statistics.median(block) for block in blocks)


def measure(case: Case, reference: Path, until: float, quick: bool = False) -> Row:
    """The row of one case. A solver that fails gets a row that says so."""
    budget, most = (0.0, 1) if quick else (0.6, 400)
    started = time.perf_counter()
    try:
        prepared = case.prepare()
        solution = case.solve(prepared)
        first = time.perf_counter() - started
        error = error_of(case.path(solution), reference, until)
    except Exception as failure:  # whatever a peer raises is its result
        words = f"failed: {type(failure).__name__}: {str(failure).strip().splitlines()[0][:120]}"
        return Row(case.solver, case.problem, case.setting, None, None, None, 0, None, words)
    seconds = clocked(lambda: case.solve(prepared), budget, most, least=1 if quick else 3)
    usual = steady(seconds)
    quartiles = (float(np.quantile(seconds, 0.25)), float(np.quantile(seconds, 0.75)))
    setup = max(0.0, first - usual)
    return Row(
        case.solver,
        case.problem,
        case.setting,
        error,
        usual,
        quartiles,
        len(seconds),
        setup,
        case.note,
    )


def script(cases: Callable[[], Iterator[Case]]) -> None:
    """What each peer's script does: measures its cases and prints one row of JSON a line."""
    quick = "--quick" in sys.argv
    references = {"ramsey": solve_ramsey(), "takeover": solve_takeover()}
    until = {"ramsey": RAMSEY.until, "takeover": TAKEOVER.until}
    for case in cases():
        row = measure(case, references[case.problem], until[case.problem], quick)
        print(json.dumps(asdict(row)), flush=True)
