"""GEKKO: orthogonal collocation in its bundled solver, which it starts anew for each solve.

The solver runs on this machine (``remote=False``). GEKKO's dynamic optimisation takes the
first-order conditions as equations, consumption's first value (and the switching date) as free, and
the conditions at the end as the objective. A solve is everything from the model's description to
the answer, since a model keeps its last answer and would start from it the next time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from gekko import GEKKO

from benchmarks.measure import Case, script
from benchmarks.problems import RAMSEY, TAKEOVER, FloatArray

LATEST = 0.99999  # of the compactified time
IPOPT = 3


def options(m: Any) -> None:
    m.options.IMODE = 6
    m.options.NODES = 6
    m.options.SOLVER = IPOPT
    m.options.RTOL = m.options.OTOL = 1e-10
    m.options.MAX_ITER = 500


def levels(k: Any, q: Any) -> FloatArray:
    logs = np.array(list(k.value)), np.array(list(q.value))
    return np.array([np.exp(logs[0]), np.exp(logs[0] + logs[1])])


def ramsey(n: int) -> tuple[FloatArray, FloatArray]:
    p = RAMSEY
    mu, slope = map(float, p.stable())
    m = GEKKO(remote=False)
    try:
        xi = np.linspace(0, LATEST, n)
        m.time = xi
        deviation = np.log(p.share) * (1 - xi)
        k = m.Var(value=p.k_star + deviation)
        k.value[0] = p.k0
        q = m.Var(value=p.q_star + slope * deviation, fixed_initial=False)
        rest = m.Var(value=1 - xi)  # a parameter would be constant between the nodes
        m.Equation(rest.dt() == -1)
        y = m.Intermediate(m.exp((p.alpha - 1) * k))
        growth = m.Intermediate(y - p.delta - m.exp(q))
        m.Equation(mu * rest * k.dt() == growth)
        m.Equation(mu * rest * q.dt() == (p.alpha * y - p.rho - p.delta) / p.eta - growth)
        last = m.Param(value=[0.0] * (n - 1) + [1.0])
        m.Minimize(last * (q - p.q_star - slope * (k - p.k_star)) ** 2)
        options(m)
        m.solve(disp=False)
        return -np.log1p(-xi) / mu, levels(k, q)
    finally:
        m.cleanup()


def takeover(n: int) -> tuple[FloatArray, FloatArray]:
    p = TAKEOVER
    m = GEKKO(remote=False)
    try:
        s = np.linspace(0, 1, n)
        m.time = s
        date = 0.9 * p.T
        u = p.unautomated(date)
        k1 = float(np.log((1 - u) / u))
        k = m.Var(value=p.k0 + (k1 - p.k0) * s)
        k.value[0] = p.k0
        q = m.Var(value=np.linspace(np.log(0.35), p.consumption_ratio(k1), n), fixed_initial=False)
        end = m.FV(value=date, lb=0.1 * p.T, ub=0.999 * p.T)
        end.STATUS = 1
        t = m.Var(value=date * s)
        t.value[0] = 0
        m.Equation(t.dt() == end)
        e = (p.sigma - 1) / p.sigma
        left = m.Intermediate(p.rest * (1 - t / p.T))
        P = m.Intermediate((1 - left) ** (1 / p.sigma))
        z = m.Intermediate(P + left ** (1 / p.sigma) * m.exp(-e * k))
        growth = m.Intermediate(p.A * z ** (1 / e) - p.delta - m.exp(q))
        m.Equation(k.dt() == end * growth)
        R = m.Intermediate(p.A * z ** (1 / (p.sigma - 1)) * P)
        m.Equation(q.dt() == end * ((R - p.rho - p.delta) / p.eta - growth))
        last = m.Param(value=[0.0] * (n - 1) + [1.0])
        m.Minimize(last * (q - m.log(p.m * (1 + p.W * m.exp(-k)))) ** 2)
        m.Minimize(last * (m.exp(k) * left - (1 - left)) ** 2)
        options(m)
        m.solve(disp=False)
        values = levels(k, q)
        later = np.linspace(end.value[0], p.until, 101)
        after = p.after(later, end.value[0], values[0, -1])
        dates = np.concatenate([end.value[0] * s, later])
        return dates, np.concatenate([values, after], axis=1)
    finally:
        m.cleanup()


def cases() -> Iterator[Case]:
    for problem, solve, sizes in (
        ("ramsey", ramsey, (6, 11, 21, 41)),
        ("takeover", takeover, (6, 11, 21, 41)),
    ):
        for n in sizes:
            yield Case(
                "GEKKO",
                problem,
                f"{n - 1} intervals of 5 points",
                lambda n=n: n,  # type: ignore[misc]
                solve,
                lambda result: result,
                "each solve starts its solver, a program of its own",
            )


if __name__ == "__main__":
    script(cases)
