"""The planner's optimum, task by task, against the closed forms of Lemma 1."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.checks.planner import best_plan, marginal_products

TASKS = 20


def machines(automated: int) -> np.ndarray:
    return (np.arange(TASKS) < automated).astype(float)


@pytest.mark.parametrize("sigma", [0.2, 0.5, 1.0, 2.0])
@pytest.mark.parametrize(("K", "automated"), [(1.0, 6), (1.0, 10), (3.0, 10), (3.0, 18), (1.0, 20)])
def test_the_optimiser_finds_lemma_1(K, automated, sigma):
    params = ks.Parameters(A=1.3, sigma=sigma, L=1.0)
    plan = best_plan(K, machines(automated), params)
    Phi = automated / TASKS
    now, inputs = ks.equilibrium(K, Phi, params), ks.task_inputs(K, Phi, params)
    np.testing.assert_allclose(plan.output, now.output, rtol=1e-8)
    np.testing.assert_allclose(plan.quantity[:automated], inputs.automated, rtol=1e-3)
    np.testing.assert_allclose(plan.quantity[automated:], inputs.unautomated, rtol=1e-3)
    in_automated = np.sum(plan.labor[:automated]) / TASKS
    np.testing.assert_allclose(in_automated, inputs.labor_in_automated, atol=1e-4)
    capital, labor = marginal_products(plan.quantity, machines(automated), params)
    np.testing.assert_allclose(capital[:automated], now.rental_rate, rtol=5e-3)
    np.testing.assert_allclose(labor[automated:], now.wage, rtol=5e-3)


def test_the_plan_uses_what_there_is_and_no_more():
    plan = best_plan(3.0, machines(9), ks.Parameters(A=1.0, sigma=0.5, L=2.0))
    np.testing.assert_allclose([plan.capital.mean(), plan.labor.mean()], [3.0, 2.0], rtol=1e-9)
    assert np.all(plan.capital >= 0)
    assert np.all(plan.capital[9:] == 0)
    assert np.all(plan.labor >= -1e-12)
    np.testing.assert_allclose(plan.quantity, plan.capital + plan.labor)


def test_every_start_ends_at_the_same_output():
    outputs = [best_plan(3.0, machines(18), seed=seed).output for seed in range(4)]
    np.testing.assert_allclose(outputs, outputs[0], rtol=1e-9)


def test_the_comparison_has_power():
    """Region 1's formula, used beyond the border, is too low for the optimiser to miss."""
    K, Phi, e = 3.0, 0.9, -1.0
    beyond = (Phi * (K / Phi) ** e + (1 - Phi) * (1 / (1 - Phi)) ** e) ** (1 / e)
    plan = best_plan(K, machines(18), ks.Parameters(A=1.0, sigma=0.5))
    assert plan.output > 1.1 * beyond


def test_machines_that_are_better_at_some_tasks():
    """a(i) = a₀ exp(−b i): labour keeps the automated tasks in which machines are worst."""
    sigma, b, K = 0.5, 2.0, 1.0
    params = ks.Parameters(A=1.0, sigma=sigma)
    middle = (np.arange(TASKS) + 0.5) / TASKS
    a = 2.0 * np.exp(-b * middle)
    plan = best_plan(K, a, params)
    capital, labor = marginal_products(plan.quantity, a, params)
    takes_capital, takes_labor = plan.capital > 1e-3, plan.labor > 1e-3
    R, w = capital[takes_capital], labor[takes_labor]
    np.testing.assert_allclose(R, R[0], rtol=1e-3)
    np.testing.assert_allclose(w, w[0], rtol=1e-3)
    assert takes_capital[0]
    assert not takes_capital[-1]
    assert np.all(np.diff(takes_capital.astype(int)) <= 0)

    def excess(
        j: float,
    ) -> float:  # K/L at which capital does the tasks up to j, less the K/L given
        gamma = (2.0 ** (sigma - 1)) * np.expm1(b * (1 - sigma) * j) / (b * (1 - sigma))
        return gamma / (1 - j) * (2.0 * np.exp(-b * j)) ** (-sigma) - K

    frontier = brentq(excess, 1e-6, 1 - 1e-6)
    assert abs(np.mean(takes_capital) - frontier) <= 1.5 / TASKS
    np.testing.assert_allclose(w[0] / R[0], 1 / (2.0 * np.exp(-b * frontier)), rtol=0.05)
    assert w[0] > params.A


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"K": 0.0, "machines": [1, 0]}, r"K = 0\.0 is not allowed: a single K > 0"),
        ({"K": [1.0, 2.0], "machines": [1, 0]}, "a single K > 0"),
        ({"K": 1.0, "machines": [0, 0]}, "machines > 0 in one task or more"),
        ({"K": 1.0, "machines": [1, -1]}, r"machines\[1\] = -1\.0"),
        ({"K": 1.0, "machines": [[1], [0]]}, "one row of 2 to 200 tasks"),
        ({"K": 1.0, "machines": [1]}, "one row of 2 to 200 tasks"),
        ({"K": 1.0, "machines": [np.nan, 1]}, "a finite machines"),
    ],
)
def test_bad_input(arguments, message):
    with pytest.raises(ValueError, match=message):
        best_plan(**arguments)


def test_marginal_products_need_quantities():
    with pytest.raises(ValueError, match="quantity > 0"):
        marginal_products([1.0, 0.0], [1.0, 0.0])


def test_a_search_that_fails_says_so(monkeypatch):
    class Lost:
        success, message, x = False, "lost", np.ones(4)

    monkeypatch.setattr("aiecon.korinek_suh.checks.planner.minimize", lambda *a, **k: Lost())
    with pytest.raises(RuntimeError, match="no plan was found: lost"):
        best_plan(1.0, [1, 0])
