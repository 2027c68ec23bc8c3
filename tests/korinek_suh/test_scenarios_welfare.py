"""Welfare and the second method: budgets, known integrals, agreement of two solvers."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.integrate import quad

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics import backward_integration, scenarios, welfare
from aiecon.numerics import SolverError

PANELS = "abcd"


@pytest.mark.parametrize("panel", PANELS)
def test_budget(panel):
    """What is consumed is worth what is owned (Euler's theorem and transversality)."""
    path = scenarios.solved(panel)
    consumed = welfare.present_value(path, path.log_consumption)
    assert_allclose(consumed, 4.6 + welfare.human_wealth(path), rtol=1e-9)


@pytest.mark.parametrize("panel", PANELS)
def test_welfare_is_marginal_utility_times_wealth(panel):
    path = scenarios.solved(panel)
    found = welfare.welfare(path)
    integral = path.consumption(0.0) ** -2 * found.wealth
    assert_allclose(found.household, (0.04 * integral) ** -1, rtol=1e-9)
    assert_allclose(found.worker + found.owner, found.household)


def test_human_wealth_by_another_quadrature():
    """In (b): adaptive up to year 20, where w = A for ever and D falls at A − δ."""
    path = scenarios.solved("b")

    def flow(t):
        return float(np.exp(path.log_discount_factor(t)) * path.wage(t))

    entry = path.region_changes[0].date
    early = quad(flow, 0, entry, epsabs=1e-11)[0] + quad(flow, entry, 20, epsabs=1e-11)[0]
    late = 0.5 / 0.4 * float(np.exp(path.log_discount_factor(20.0)))
    assert_allclose(welfare.human_wealth(path), early + late, rtol=1e-9)


def test_discount_factor_falls_at_the_interest_rate():
    path = scenarios.solved("d")
    t = np.array([1.0, 4.5, 7.0, 15.0, 60.0])
    h = 1e-4
    slope = (path.log_discount_factor(t + h) - path.log_discount_factor(t - h)) / (2 * h)
    assert_allclose(-slope, path.interest_rate(t), rtol=1e-6)


@pytest.mark.parametrize("eta", [0.95, 1.0, 1.5, 2.0, 5.0])
def test_constant_consumption_is_its_own_equivalent(eta):
    path = ks.solve_transition(ks.Bounded(20.0), params=ks.Parameters(eta=eta))
    assert_allclose(welfare.equivalent(path, lambda t: np.log(3.0) + 0.0 * t), 3.0, rtol=1e-9)


def test_equivalent_at_eta_one_is_the_limit():
    flow = lambda t: 0.01 * np.minimum(t, 30.0)  # noqa: E731
    found = [
        welfare.equivalent(
            ks.solve_transition(ks.BusinessAsUsual(0.01), params=ks.Parameters(eta=eta)), flow
        )
        for eta in (1 - 1e-6, 1.0, 1 + 1e-6)
    ]
    assert_allclose(found[1], np.mean([found[0], found[2]]), rtol=1e-9)


def test_gains_factor_into_wealth_and_what_it_buys():
    before, after = (welfare.welfare(scenarios.solved(p)) for p in "ab")
    gain = after.gain_over(before)
    assert_allclose(
        (1 + gain["worker"]) / (1 + gain["owner"]), after.human_wealth / before.human_wealth
    )
    assert before.gain_over(before) == dict.fromkeys(gain, 0.0)
    assert gain["worker"] > 0 > gain["hand_to_mouth"]


def test_wage_for_ever_in_region_2():
    """Everything automated from the start, nearly: a worker without assets has w = A."""
    path = ks.solve_transition(ks.Bounded(1e-6))
    assert_allclose(welfare.welfare(path).hand_to_mouth, 0.5, rtol=1e-4)


def test_scale_of_the_economy():
    """Twice the capital and the labour: twice the equivalent of everybody."""
    one = welfare.welfare(scenarios.solved("c"))
    two = welfare.welfare(ks.solve_transition(ks.Bounded(5.0), K0=9.2, params=ks.Parameters(L=2)))
    for name in ("household", "worker", "owner", "hand_to_mouth", "wealth"):
        assert_allclose(getattr(two, name), 2 * getattr(one, name), rtol=1e-8)


def test_integral_that_does_not_settle():
    path = ks.solve_transition(ks.BusinessAsUsual(0.01), params=ks.Parameters(rho=1e-6, eta=1.5))
    with pytest.raises(SolverError, match="raise rho"):
        welfare.equivalent(path, lambda t: 0.0 * t)


# The second method --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("panel", "end", "tolerance"),
    [("a", 150.0, 1e-6), ("b", 20.0, 1e-8), ("c", 5.0, 1e-8), ("d", 120.0, 1e-6)],
)
def test_backward_integration_agrees(panel, end, tolerance):
    path = scenarios.solved(panel)
    other = backward_integration.integrate_backwards(path.automation, end)
    t = np.linspace(0, min(end, 40.0), 41)
    assert_allclose(other.log_capital(t), path.log_capital(t), atol=tolerance)
    assert_allclose(other.log_consumption(t), path.log_consumption(t), atol=tolerance)


def test_backward_integration_in_another_economy():
    p = ks.Parameters(sigma=0.7, eta=1.3, rho=0.06, A=0.45, L=2.0)
    path = ks.solve_transition(ks.Bounded(8.0, beta=1.5), K0=6.0, params=p)
    other = backward_integration.integrate_backwards(path.automation, 8.0, 6.0, p)
    assert_allclose(other.log_consumption(0.0), path.log_consumption(0.0), atol=1e-8)


def test_backward_integration_refuses():
    agi = ks.Bounded(20.0)
    path = backward_integration.integrate_backwards(agi, 20.0)
    with pytest.raises(ValueError, match="t = 21"):
        path.log_capital(21.0)
    with pytest.raises(ValueError, match="end"):
        backward_integration.integrate_backwards(agi, 0.0)
    with pytest.raises(ValueError, match="path"):
        backward_integration.integrate_backwards(ks.BusinessAsUsual(0.2), 50.0)
