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
