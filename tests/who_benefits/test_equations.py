"""The plain equations against the careful functions, wherever both are defined."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from aiecon.korinek_suh.dynamics.scenarios import SCENARIOS
from aiecon.who_benefits import equations

thorough = settings(max_examples=100, deadline=None)
shares = st.floats(0.02, 0.95)
P = ks.Parameters()
H = 1e-4
T = np.array([0.5, 2.1, 3.0, 12.0, 30.0])


def slope(of):
    return (of(T + H) - of(T - H)) / (2 * H)


@pytest.mark.parametrize("panel", SCENARIOS)
@pytest.mark.parametrize("tax", [0.0, 0.3, 0.6])
def test_two_agents_move_as_the_equations_say(panel, tax):
    path = wb.solve_two_agents(SCENARIOS[panel].automation, tax)
    now = [of(T) for of in (path.capital, path.owner_consumption, path.wage, path.rental_rate)]
    plain = equations.two_agents(*now, P.L, tax, P.rho, P.delta, P.eta)
    assert slope(path.capital) == pytest.approx(plain[0], rel=1e-5, abs=1e-6)
    growth = slope(lambda t: np.log(path.owner_consumption(t)))
    assert growth == pytest.approx(plain[1], rel=1e-5, abs=1e-7)
    assert path.worker_consumption(T) == pytest.approx(plain[2], rel=1e-10)


@pytest.mark.parametrize("panel", SCENARIOS)
@pytest.mark.parametrize("tax", [0.1, 0.4])
def test_the_fund_grows_as_the_equations_say(panel, tax):
    """All of its capital is that of other owners without a tax; here it is the two budgets'."""
    path = wb.solve_built_fund(SCENARIOS[panel].automation, tax)

    def held(t):
        return path.capital(t) * path.share(t)

    def private(t):
        return path.capital(t) - held(t)

    now = [of(T) for of in (private, held, path.owner_consumption, path.wage, path.rental_rate)]
    plain = equations.fund(*now, P.L, tax, P.delta)
    assert slope(private) == pytest.approx(plain[0], rel=1e-5, abs=1e-5)
    assert slope(held) == pytest.approx(plain[1], rel=1e-5, abs=1e-5)
    assert path.worker_consumption(T) == pytest.approx(plain[2], rel=1e-9)


@thorough
@given(Phi=st.tuples(shares, shares), log_K=st.floats(0.1, 4.0), sigma=st.floats(0.2, 0.95))
def test_one_market(Phi, log_K, sigma):
    p, Phi = ks.Parameters(sigma=sigma), np.array(Phi)
    K = np.exp(log_K) * np.mean(Phi / (1 - Phi))
    now = wb.one_market(K, Phi, params=p)
    w, k = equations.in_one_market(now.rental_rate, Phi, p.A, sigma)
    near = 1e-9 / (1 - sigma)
    assert now.wage == pytest.approx(w, rel=near)
    assert 0.5 * k.sum() == pytest.approx(K, rel=1e2 * near)


@thorough
@given(
    Phi=st.tuples(shares, shares), log_K=st.floats(-1.0, 4.0), sigma=st.floats(0.2, 0.95),
    elasticity=st.sampled_from((0.3, 0.8, 1.5, 4.0)),
)  # fmt: skip
def test_two_sectors(Phi, log_K, sigma, elasticity):
    """Prices are costs, and labour and capital are paid what is spent on them."""
    p, Phi, K = ks.Parameters(sigma=sigma), np.array(Phi), np.exp(log_K)
    now, weights = wb.sector_equilibrium(K, Phi, elasticity, p), np.array([0.5, 0.5])
    price, labor = equations.in_sector(now.wage, now.rental_rate, Phi, p.A, sigma)
    near = 1e-8 / (1 - sigma)
    assert now.price == pytest.approx(price, rel=near)
    s = equations.spending(price, weights, elasticity)
    assert now.expenditure == pytest.approx(s, rel=near)
    assert sum(weights * price ** (1 - elasticity)) == pytest.approx(1.0, rel=near)
    if now.scarce:
        assert now.wage * p.L == pytest.approx(now.output * sum(s * labor), rel=near)
        assert now.labor == pytest.approx(s * labor / sum(s * labor), rel=near)
