"""sequence-jacobian: the nonlinear perfect-foresight solver of the sequence-space toolkit.

It solves discrete-time models, so the equations are discretised first, by Simpson's rule between
neighbouring dates (order four, the best that two neighbouring dates give); its error is that of the
discretisation. Newton's method with the Jacobian at the steady state, factored once in the set-up.
The takeover has no steady state with a positive capital stock to linearise at, since capital grows
for ever, and is outside what the toolkit is made for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import sequence_jacobian as sj
from sequence_jacobian.classes import FactoredJacobianDict

from benchmarks.measure import Case, script
from benchmarks.problems import RAMSEY, FloatArray

HORIZON = 160.0
E = float(np.e)  # blocks know powers, not np.exp


@sj.simple
def simpson(k, q, alpha, rho, delta, eta, h):  # type: ignore[no-untyped-def]
    """One interval: capital at its left end is k(-1), at its right end k; likewise q and q(+1)."""
    k0, k1, q0, q1 = k(-1), k, q, q(+1)
    y0 = E ** ((alpha - 1) * k0)
    y1 = E ** ((alpha - 1) * k1)
    f0 = y0 - delta - E**q0
    f1 = y1 - delta - E**q1
    g0 = (alpha * y0 - rho - delta) / eta - f0
    g1 = (alpha * y1 - rho - delta) / eta - f1
    km = (k0 + k1) / 2 + h / 8 * (f0 - f1)
    qm = (q0 + q1) / 2 + h / 8 * (g0 - g1)
    ym = E ** ((alpha - 1) * km)
    fm = ym - delta - E**qm
    gm = (alpha * ym - rho - delta) / eta - fm
    capital = k1 - k0 - h / 6 * (f0 + 4 * fm + f1)
    euler = q1 - q0 - h / 6 * (g0 + 4 * gm + g1)
    return capital, euler


def prepare(h: float, tol: float) -> tuple[Any, ...]:
    p = RAMSEY
    periods = round(HORIZON / h)
    model = sj.create_model([simpson])
    fixed = {"alpha": p.alpha, "rho": p.rho, "delta": p.delta, "eta": p.eta, "h": h}
    steady = model.steady_state({"k": p.k_star, "q": p.q_star, **fixed})
    initial = model.steady_state({"k": p.k0, "q": p.q_star, **fixed})
    jacobian = model.jacobian(steady, ["k", "q"], ["capital", "euler"], periods)
    return model, steady, initial, FactoredJacobianDict(jacobian, periods), periods, h, tol


def solve(prepared: tuple[Any, ...]) -> tuple[FloatArray, FloatArray]:
    model, steady, initial, factored, periods, h, tol = prepared
    answer = model.solve_impulse_nonlinear(
        steady,
        ["k", "q"],
        ["capital", "euler"],
        {"h": np.zeros(periods)},
        outputs=["k", "q"],
        H_U_factored=factored,
        ss_initial=initial,
        verbose=False,
        tol=tol,
        maxit=100,
    )
    k = np.concatenate([[RAMSEY.k0], RAMSEY.k_star + answer["k"][:-1]])
    q = RAMSEY.q_star + answer["q"]
    return h * np.arange(periods), np.array([np.exp(k), np.exp(k + q)])


def cases() -> Iterator[Case]:
    for h, tol in ((2.0, 1e-8), (1.0, 1e-9), (0.5, 1e-10), (0.25, 1e-11), (0.125, 1e-12)):
        yield Case(
            "sequence-jacobian",
            "ramsey",
            f"steps of {h:g} years",
            lambda h=h, tol=tol: prepare(h, tol),  # type: ignore[misc]
            solve,
            lambda result: result,
            "solves a discretisation in steps; no error estimate",
        )


if __name__ == "__main__":
    script(cases)
