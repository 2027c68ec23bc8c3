"""The planner's problem, task by task: a second method for Lemma 1 that knows none of its steps.

A finite number of tasks of equal mass stands for the continuum. Nothing is assumed about which
tasks share an input or where labour goes; a general optimiser looks for the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize

from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.ces import exp_or_infinity, log_mean
from aiecon.validation import FloatArray, finite, require

__all__ = ["Plan", "best_plan", "marginal_products"]


@dataclass(frozen=True)
class Plan:
    """Inputs of each task, and what they produce."""

    capital: Any  # k(i), units of capital for each unit of task mass
    labor: Any  # ℓ(i), units of labour for each unit of task mass
    quantity: Any  # y(i) = a(i) k(i) + ℓ(i)
    output: float  # Y, per year
    message: str  # how the optimiser ended, in its own words


def marginal_products(
    quantity: ArrayLike, machines: ArrayLike, params: Parameters | None = None
) -> tuple[Any, Any]:
    """What one more unit of capital and of labour in task i adds to output, per unit of mass:

        p(i) = A^((σ−1)/σ) [Y/y(i)]^(1/σ)  for labour,  a(i) p(i)  for capital.

    In an optimal plan each factor earns the same in all tasks that take it, and no more in those
    that do not. ``quantity`` y > 0 and ``machines`` a ≥ 0 are arrays with one entry for each task.
    Returns (capital, labour). Raises ValueError for other values.
    Source: first-order conditions of the firm in Korinek & Suh (2024), section 2.2.

    >>> capital, labor = marginal_products([4.0, 1.0], [1.0, 0.0], Parameters(A=1.0, sigma=0.5))
    >>> capital, labor
    (array([0.16, 0.  ]), array([0.16, 2.56]))
    """
    params = given(params)
    a, y = finite("machines", machines), finite("quantity", quantity)
    require("quantity", y, y > 0, "quantity > 0")
    require("quantity", y, y.ndim == 1 and y.size > 0, "one entry for each task")
    require("machines", a, a >= 0, "machines ≥ 0")
    require("machines", a, a.shape == y.shape, "one entry for each task, as in quantity")
    log_y = np.log(y)
    p = params.A * exp_or_infinity(
        (log_mean(1 / y.size, log_y, params.sigma) - log_y) / params.sigma
    )
    return a * p, p


def best_plan(
    K: float,
    machines: ArrayLike,
    params: Parameters | None = None,
    *,
    seed: int = 0,
) -> Plan:
    """The plan that produces most from K and L: tasks of equal mass, found by an optimiser.

    Maximises (1), Y = A [mean of y(i)^((σ−1)/σ)]^(σ/(σ−1)), over all k(i), ℓ(i) ≥ 0 whose means are
    K and L, where y(i) = a(i) k(i) + ℓ(i). Starts from a random plan. The problem is concave in
    logarithms of output, so a local optimum is the optimum. Capital in tasks with a(i) = 0 is set
    to zero.

    Parameters
    ----------
    K : capital stock > 0
    machines : a(i), the units of labour that a unit of capital replaces in task i; 0 where the
        task is not automated, 1 elsewhere in the paper. One entry for each task, 2 to 200 tasks,
        at least one of them automated.
    params : A, sigma and L are used; Table 2 if not given
    seed : of the random plan from which the search starts

    Raises ValueError for other values, RuntimeError if the optimiser does not end well.
    Source: Korinek & Suh (2024), section 2.2: the equilibrium is the first best.

    >>> plan = best_plan(3.0, [1, 1, 0, 0], Parameters(A=1.0, sigma=0.5))
    >>> round(plan.output, 6), plan.capital.round(3), plan.labor.round(3)
    (3.0, array([6., 6., 0., 0.]), array([0., 0., 2., 2.]))
    """
    params = given(params)
    a = finite("machines", machines)
    require("machines", a, a.ndim == 1 and 2 <= a.size <= 200, "one row of 2 to 200 tasks")
    require("machines", a, a >= 0, "machines ≥ 0")
    automated = np.flatnonzero(a > 0)
    require("machines", a, automated.size > 0, "machines > 0 in one task or more")
    total = finite("K", K)
    require("K", total, total.ndim == 0 and total > 0, "a single K > 0")
    whole = isinstance(seed, int | np.integer) and not isinstance(seed, bool) and seed >= 0
    require("seed", repr(seed), whole, "a whole number ≥ 0")

    n, m = a.size, automated.size
    L, sigma = params.L, params.sigma
    e = (sigma - 1) / sigma

    def quantities(x: FloatArray) -> FloatArray:
        y = x[m:].copy()  # x holds the capital of the automated tasks, then everybody's labour
        y[automated] += a[automated] * x[:m]
        return y

    def loss(x: FloatArray) -> tuple[float, FloatArray]:
        log_y = np.log(quantities(x))
        log_Y = log_mean(1 / n, log_y, sigma)
        gain = np.exp(e * (log_y - log_Y) - log_y) / n  # ∂ log Y / ∂y(i)
        return -log_Y, -np.concatenate([(a * gain)[automated], gain])

    uses = np.zeros((2, m + n))
    uses[0, :m] = uses[1, m:] = 1 / n
    available = np.array([float(total), L])
    draw = np.random.default_rng(seed)
    capital, labor = (draw.dirichlet(np.full(size, 5.0)) for size in (m, n))
    start = n * np.concatenate([float(total) * capital, L * labor])
    least = np.zeros(m + n)  # a trace of one factor in each task, so that no quantity is zero
    least[:m], least[m:][a == 0] = 1e-12 * float(total), 1e-9 * L
    found = minimize(
        loss,
        start,
        jac=True,
        method="SLSQP",
        bounds=[(low, None) for low in least],
        constraints={"type": "eq", "fun": lambda x: uses @ x - available, "jac": lambda x: uses},
        options={"maxiter": 5000, "ftol": 1e-14},
    )
    if not found.success:
        raise RuntimeError(f"no plan was found: {found.message}. Try fewer tasks or another seed.")
    used = np.zeros(n)
    used[automated] = found.x[:m]
    y = quantities(found.x)
    output = params.A * float(np.exp(log_mean(1 / n, np.log(y), sigma)))
    return Plan(used, found.x[m:], y, output, str(found.message))
