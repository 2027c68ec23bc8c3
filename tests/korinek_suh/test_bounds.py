"""Proposition 5: the bounds hold along every optimal path, and each can be reached or missed."""

import numpy as np
import pytest

from aiecon import korinek_suh as ks
from tests.korinek_suh.second_methods import bounded_by_shooting

P = ks.Parameters()
T = np.linspace(0, 60, 241)
SCENARIOS = (ks.BusinessAsUsual(), ks.Bounded(20), ks.Bounded(5), ks.Mixed(0.9))


@pytest.mark.parametrize("path", SCENARIOS, ids=str)
def test_the_paper_s_optimal_paths_lie_between(path):
    found, bounds = ks.solve_transition(path), ks.transition_bounds(path, T)
    assert bounds.lower_holds
    slack = 1 + 1e-8
    for name in ("capital", "output", "wage"):
        value = getattr(found, name)(T)
        assert (value >= getattr(bounds, f"{name}_lower") / slack).all(), name
        assert (value <= getattr(bounds, f"{name}_upper") * slack).all(), name


def test_neither_bound_holds_for_every_utility_function():
    """Counterexamples to Proposition 5, which the paper states for any concave utility.

    Who is averse to fluctuations consumes ahead of future growth and runs capital down; who is not
    builds it up before the return to it rises, beyond F_K = ρ + δ. Both by a second method.
    """
    t = np.linspace(0, 19.9, 200)
    for eta, beta in ((5.0, 1.0), (1.0, 0.3)):
        params, path = ks.Parameters(eta=eta), ks.Bounded(20, beta=beta)
        found = ks.solve_transition(path, 4.6, params, tol=1e-10)
        consumption, _ = bounded_by_shooting(20, params, 4.6, beta)
        assert found.consumption(0.0) == pytest.approx(consumption, rel=1e-8)
        bounds = ks.transition_bounds(path, t, 4.6, params)
        assert bounds.lower_holds
        lowest, highest = found.capital(t) / 4.6, found.capital(t) / bounds.capital_upper
        assert (lowest.min() < 0.98) == (eta == 5.0)
        assert (highest.max() > 1.1) == (eta == 1.0)


def test_the_lower_bound_needs_its_condition():
    """With K₀ above the point where F_K = ρ + δ capital falls below K₀."""
    K0 = 3 * ks.capital_upper_bound(0.608, P)
    bounds = ks.transition_bounds(ks.Bounded(20), T, K0)
    assert not bounds.lower_holds
    assert ks.solve_transition(ks.Bounded(20), K0).capital(3.0) < K0


@pytest.mark.parametrize("sigma", [0.2, 0.5, 1.0, 1.4])
@pytest.mark.parametrize("Phi", [0.1, 0.608, 0.95, 1 - 1e-9])
def test_the_return_at_the_upper_bound_is_the_discount_and_depreciation_rate(sigma, Phi):
    p = ks.Parameters(sigma=sigma)
    K = ks.capital_upper_bound(Phi, p)
    if np.isfinite(K):
        assert ks.equilibrium(K, Phi, p).rental_rate == pytest.approx(p.rho + p.delta, rel=1e-6)
    else:  # gross substitutes: the return never falls that low
        assert ks.equilibrium(1e12, Phi, p).rental_rate > p.rho + p.delta


def test_printed_formula_of_the_upper_bound():
    R, A, s = 0.14, P.A, P.sigma
    for Phi in (0.3, 0.608, 0.9):
        K = (
            A**s
            * (1 - Phi) ** (1 / (s - 1))
            * Phi
            * (R ** (s - 1) - A ** (s - 1) * Phi) ** (s / (1 - s))
        )
        assert ks.capital_upper_bound(Phi, P) == pytest.approx(K, rel=1e-12)


def test_limits_of_the_upper_bound():
    assert ks.capital_upper_bound([0.0, 1.0], P).tolist() == [0.0, np.inf]
    tiny, small = ks.capital_upper_bound([1.0 - 2.0**-40, 1.0 - 2.0**-30], P)
    assert tiny == pytest.approx(small * 2.0**20, rel=1e-6)


def test_after_full_automation_the_wage_is_productivity():
    bounds = ks.transition_bounds(ks.Bounded(20), [20.0, 50.0])
    assert bounds.wage_upper.tolist() == bounds.wage_lower.tolist() == [P.A, P.A]
    assert np.isinf(bounds.capital_upper).all()
    assert np.isinf(bounds.output_upper).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: ks.transition_bounds(ks.Bounded(20), -1.0), "t = -1"),
        (lambda: ks.transition_bounds(ks.Bounded(20), 1.0, K0=0.0), "K0 = 0"),
        (lambda: ks.capital_upper_bound(1.5, P), "Phi"),
        (lambda: ks.capital_upper_bound(0.5, ks.Parameters(A=0.1)), "A = 0.1"),
    ],
)
def test_inputs_that_are_not_admissible(call, words):
    with pytest.raises(ValueError, match=words):
        call()
