"""The plain equations against the careful functions, wherever both are defined."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from aiecon import korinek_suh as ks
from aiecon.korinek_suh import equations
from aiecon.korinek_suh.dynamics.scenarios import SCENARIOS, solved
from aiecon.korinek_suh.extensions.research import Ideas
from aiecon.korinek_suh.extensions.skills import skill_equilibrium
from aiecon.korinek_suh.statics.marginal_products import region_1, static_logs

thorough = settings(max_examples=150, deadline=None)
interior = st.floats(0.01, 0.99)
sigmas = st.one_of(st.floats(0.1, 0.97), st.floats(1.03, 4.0))


@thorough
@given(log_ratio=st.floats(0.01, 5.0), Phi=interior, sigma=sigmas, A=st.floats(0.1, 10.0))
def test_where_labor_is_scarce_every_form_gives_the_same(log_ratio, Phi, sigma, A):
    """Levels, logarithms and the solver's products; 80 digits are in test_production."""
    K = Phi / (1 - Phi) * np.exp(log_ratio)
    assert equations.labor_is_scarce(K, 1.0, Phi)
    Y, (w, R) = equations.output(K, 1.0, Phi, A, sigma), equations.prices(K, 1.0, Phi, A, sigma)
    near = 1e-11 / abs(1 - sigma)
    now = ks.equilibrium(K, Phi, ks.Parameters(sigma=sigma, A=A))
    assert [now.output, now.wage, now.rental_rate] == pytest.approx([Y, w, R], rel=near)
    assert now.region == 1
    k, u = np.log(K), np.log1p(-Phi)
    logs = static_logs(np.array(k), np.array(u), A, sigma)
    assert np.exp([logs.output, logs.wage, logs.rental]) == pytest.approx([Y, w, R], rel=near)
    solver = region_1(np.array(k), np.array(u), np.array(0.0), A, sigma)
    assert [solver.average * K, solver.rental] == pytest.approx([Y, R], rel=near)
    assert ks.factor_price_frontier(R, Phi, ks.Parameters(sigma=sigma, A=A)) == pytest.approx(
        equations.frontier(R, Phi, A, sigma), rel=1e3 * near
    )


@thorough
@given(Phi=interior, sigma=st.floats(0.1, 0.97), part=st.floats(0.0, 1.0))
def test_the_frontier_and_its_end(Phi, sigma, part):
    p = ks.Parameters(sigma=sigma)
    assert ks.factor_price_frontier(p.A * part, Phi, p) == pytest.approx(
        equations.frontier(p.A * part, Phi, p.A, sigma), rel=1e-11 / (1 - sigma)
    )
    assert ks.maximal_wage(Phi, p) == pytest.approx(equations.highest_wage(Phi, p.A, sigma))


@thorough
@given(log_ratio=st.floats(0.01, 5.0), Phi=interior, sigma=sigmas, A=st.floats(0.1, 10.0))
def test_output_is_the_aggregate_of_tasks(log_ratio, Phi, sigma, A):
    """(1) and (2): the same machines in each automated task, the same people in each other one."""
    K = Phi / (1 - Phi) * np.exp(log_ratio)
    assert equations.threshold(K, 1.0) == pytest.approx(ks.scarcity_threshold(K))
    assert (Phi < equations.threshold(K, 1.0)) == equations.labor_is_scarce(K, 1.0, Phi)
    now = ks.task_inputs(K, Phi, ks.Parameters(sigma=sigma, A=A))
    machines, people = np.array([K / Phi, 0.0]), np.array([0.0, 1.0 / (1 - Phi)])
    y = equations.task(machines, people, np.array([True, False]))
    assert y == pytest.approx([now.automated, now.unautomated])
    Y = equations.aggregate(y, np.array([Phi, 1 - Phi]), A, sigma)
    assert equations.output(K, 1.0, Phi, A, sigma) == pytest.approx(Y, rel=1e-11 / abs(1 - sigma))


@thorough
@given(
    log_ratio=st.floats(0.01, 4.0), Phi=st.floats(0.02, 0.95), sigma=sigmas,
    alpha=st.floats(0.3, 1.0),
)  # fmt: skip
def test_what_automation_does_to_the_wage(log_ratio, Phi, sigma, alpha):
    K, p = Phi / (1 - Phi) * np.exp(log_ratio), ks.Parameters(sigma=sigma)
    near = {"rel": 1e-9 / abs(1 - sigma), "abs": 1e-10 / abs(1 - sigma)}
    effects = ks.automation_effects(K, Phi, p)
    plain = equations.wage_effect(K, p.L, Phi, p.A, sigma)
    assert effects.productivity + effects.displacement == pytest.approx(plain, **near)
    beside = ks.fixed_factor_automation_effect(K, Phi, ks.FixedFactor(alpha), p)
    plain = equations.wage_effect_with_fixed_factor(K, p.L, Phi, alpha, sigma)
    assert beside == pytest.approx(plain, **near)


def test_prices_are_the_derivatives_of_output():
    K, L, Phi, A = sp.symbols("K L Phi A", positive=True)
    for sigma in (sp.Rational(1, 2), sp.Rational(3, 2)):
        Y, prices = equations.output(K, L, Phi, A, sigma), equations.prices(K, L, Phi, A, sigma)
        for factor, price in zip((L, K), prices, strict=True):
            gap = sp.diff(Y, factor) - price
            at = {K: 3, L: 2, Phi: sp.Rational(2, 5), A: sp.Rational(7, 10)}
            assert abs(sp.N(gap.subs(at), 40)) < 1e-35


@pytest.mark.parametrize("panel", SCENARIOS)
def test_solved_paths_move_as_the_equations_say(panel):
    path, p, h = solved(panel), ks.Parameters(), 1e-4
    t = np.array([0.5, 2.1, 3.0, 12.0, 30.0])
    K, C, Y, R = path.capital(t), path.consumption(t), path.output(t), path.rental_rate(t)
    K_dot = (path.capital(t + h) - path.capital(t - h)) / (2 * h)
    C_growth = (path.log_consumption(t + h) - path.log_consumption(t - h)) / (2 * h)
    assert K_dot == pytest.approx(equations.capital_growth(Y, C, K, p.delta), rel=1e-6)
    assert C_growth == pytest.approx(
        equations.consumption_growth(R, p.rho, p.delta, p.eta), rel=1e-6
    )
    scarce = equations.labor_is_scarce(K[t < 3.5], p.L, path.share(t[t < 3.5]))
    assert np.array_equal(path.region(t[t < 3.5]) == 1, scarce)


@pytest.mark.parametrize("panel", SCENARIOS)
def test_wages_and_utility_move_as_the_equations_say(panel):
    """(25) where labour is scarce; (12): what is consumed later is worth what saving earns."""
    path, p, h = solved(panel), ks.Parameters(), 1e-4
    t = np.array([0.5, 2.1, 3.0, 12.0, 30.0])
    t = t[path.region(t) == 1]

    def growth(log_level):
        return (log_level(t + h) - log_level(t - h)) / (2 * h)

    Phi, Phi_dot = path.share(t), growth(path.share)
    wages = equations.wage_growth(
        growth(path.log_capital), path.capital_share(t), Phi, Phi_dot, p.sigma
    )
    assert growth(path.log_wage) == pytest.approx(wages, rel=1e-5, abs=1e-7)

    def marginal(t):
        above, below = (path.consumption(t) * (1 + x) for x in (1e-4, -1e-4))
        more = equations.valued(t, above, p.rho, p.eta) - equations.valued(t, below, p.rho, p.eta)
        return np.log(more / (above - below))

    assert -growth(marginal) == pytest.approx(path.rental_rate(t) - p.delta, rel=1e-5)


# Paths, bounds and extensions -------------------------------------------------------------------


shares = st.floats(0.02, 0.95)


@thorough
@given(t=st.floats(0.0, 40.0), horizon=st.floats(1.0, 40.0), rate=st.floats(0.001, 0.2))
def test_paths_of_automation(t, horizon, rate):
    assert ks.BusinessAsUsual(rate).unautomated(t) == pytest.approx(
        equations.pareto_path(t, rate, 0.608), rel=1e-13
    )
    now = min(t, horizon)
    for beta in (0.5, 1.0, 2.0):
        assert ks.Bounded(horizon, beta).unautomated(now) == pytest.approx(
            equations.bounded_path(now, horizon, 0.608, beta), rel=1e-9, abs=1e-15
        )
    assert ks.Mixed(0.9, horizon, rate).unautomated(now) == pytest.approx(
        equations.mixed_path(now, 0.9, horizon, rate, 0.608), rel=1e-12
    )
    technology = ks.Bounded(horizon)
    limit = ks.HeldBack(technology, rate).unautomated(t)
    assert limit == pytest.approx(
        equations.held_back(technology.unautomated(t), t, rate, 0.608), rel=1e-12
    )


@thorough
@given(Phi=interior, sigma=st.floats(0.1, 0.97), R=st.floats(0.05, 0.45))
def test_at_the_bound_of_capital_it_earns_what_saving_asks(Phi, sigma, R):
    p = ks.Parameters(sigma=sigma, rho=R - 0.01, delta=0.01)
    bound = equations.capital_bound(p.L, Phi, p.A, sigma, p.rho, p.delta)
    assert ks.capital_upper_bound(Phi, p) == pytest.approx(bound, rel=1e-10 / (1 - sigma))
    assert ks.equilibrium(bound, Phi, p).rental_rate == pytest.approx(R, rel=1e-9 / (1 - sigma))


@thorough
@given(log_ratio=st.floats(0.01, 3.0), Phi=shares, sigma=sigmas)
def test_the_balancing_saving_rate_keeps_the_wage(log_ratio, Phi, sigma):
    p, speed = ks.Parameters(sigma=sigma), 0.02
    K = Phi / (1 - Phi) * np.exp(log_ratio)
    rate = equations.balancing_saving(K, p.L, Phi, speed, p.A, sigma)
    assert ks.balancing_saving_rate(K, Phi, speed, p) == pytest.approx(
        rate, rel=1e-9, abs=1e-10 / abs(1 - sigma)
    )
    saved = rate * equations.output(K, p.L, Phi, p.A, sigma)
    h = 1e-5 / (1 + abs(saved) / K)
    wages = [equations.prices(K + saved * x, p.L, Phi + speed * x, p.A, sigma)[0] for x in (-h, h)]
    assert wages[1] == pytest.approx(wages[0], rel=1e-10 / (sigma * abs(1 - sigma)))


@thorough
@given(
    log_ratio=st.floats(0.01, 4.0), Phi=shares, sigma=sigmas, alpha=st.floats(0.3, 1.0),
    M=st.floats(0.01, 50.0),
)  # fmt: skip
def test_with_a_fixed_factor(log_ratio, Phi, sigma, alpha, M):
    K, p = Phi / (1 - Phi) * np.exp(log_ratio), ks.Parameters(sigma=sigma)
    plain = equations.with_fixed_factor(K, p.L, M, Phi, alpha, p.A, sigma)
    now = ks.fixed_factor_equilibrium(K, Phi, ks.FixedFactor(alpha, M), p)
    careful = [now.output, now.wage, now.rental_rate, now.factor_return]
    assert careful == pytest.approx(list(plain), rel=1e-10 / abs(1 - sigma))
    Y, w, R, Q = plain
    assert w * p.L + R * K + Q * M == pytest.approx(Y, rel=1e-10 / abs(1 - sigma))


@thorough
@given(
    log_ratio=st.floats(-5.0, -0.01), Phi=shares, sigma=sigmas, alpha=st.floats(0.3, 1.0),
    M=st.floats(0.01, 50.0),
)  # fmt: skip
def test_with_a_fixed_factor_where_labor_is_plentiful(log_ratio, Phi, sigma, alpha, M):
    K, p = Phi / (1 - Phi) * np.exp(log_ratio), ks.Parameters(sigma=sigma)
    now = ks.fixed_factor_equilibrium(K, Phi, ks.FixedFactor(alpha, M), p)
    careful = [now.output, now.wage, now.rental_rate, now.factor_return]
    plain = equations.with_fixed_factor_in_region_2(K, p.L, M, alpha, p.A)
    assert careful == pytest.approx(list(plain), rel=1e-12)


@thorough
@given(rate=st.floats(0.001, 0.4))
def test_the_cases_of_proposition_7(rate):
    p = ks.Parameters()
    G = equations.growth_in_region_2(p.A, p.rho, p.delta, p.eta)
    assert pytest.approx(G) == ks.region_2_growth(p)
    stays = equations.labor_stays_scarce(ks.long_run_saving_rate(p), p.A, p.delta, rate)
    assert stays == (ks.long_run(rate, p).case != 1)


@thorough
@given(log_ratio=st.floats(0.01, 4.0), Phi=shares, sigma=sigmas, part=st.floats(0.0, 1.0))
def test_with_skills(log_ratio, Phi, sigma, part):
    p, Upsilon = ks.Parameters(sigma=sigma), part * Phi
    K = Phi / (1 - Phi) * np.exp(log_ratio)
    now = skill_equilibrium(K, Phi, Upsilon, p)
    careful = [now.output, now.skilled_wage, now.displaced_wage]
    plain = equations.with_skills(K, p.L, Phi, Upsilon, p.A, sigma)
    assert careful == pytest.approx(list(plain), rel=1e-10 / abs(1 - sigma))


@thorough
@given(A=st.floats(0.1, 5.0), K=st.floats(0.1, 50.0), theta=st.floats(-1.0, 1.5), Gamma=shares)
def test_with_ideas(A, K, theta, Gamma):
    ideas = Ideas(Phi=0.6, Gamma=Gamma, theta=theta)
    growth = equations.ideas_growth(A, (1 - ideas.split) * K, 1, Gamma, theta, ideas.zeta) / A
    assert np.exp(ideas.log_growth_of_ideas(np.log(A), np.log(K))) == pytest.approx(growth)
    Y = equations.with_ideas(A, ideas.split * K, 1, ideas.Phi)
    growth_of_output = growth + ideas.Phi * ideas.saving * Y / K
    assert ideas.growth_of_output(np.log(A), np.log(K)) == pytest.approx(growth_of_output)
