"""Optimal transitions: known answers, second methods, first principles, symmetries, bad input."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from numpy.polynomial.legendre import leggauss

from aiecon import korinek_suh as ks
from aiecon.numerics import SolverError
from tests.korinek_suh.second_methods import (
    Plain,
    bounded_by_shooting,
    by_solve_bvp,
    unbounded_by_shooting,
)

P = ks.Parameters()
SCENARIOS = {
    "business as usual": ks.BusinessAsUsual(),
    "baseline AGI": ks.Bounded(horizon=20),
    "aggressive AGI": ks.Bounded(horizon=5),
    "bout of automation": ks.Mixed(weight=0.9),
}
T = np.concatenate([np.linspace(0, 40, 161), [60.0, 100.0, 200.0]])
all_scenarios = pytest.mark.parametrize("name", SCENARIOS)


@cache
def path(name: str) -> ks.Transition:
    return ks.solve_transition(SCENARIOS[name], tol=1e-10)


# Known answers and second methods -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("horizon", "consumption", "switch"),
    [(20, 1.6011726097, 18.6130644159), (5, 1.4380419721, 3.5793734894)],
)
def test_known_answers(horizon, consumption, switch):
    found = ks.solve_transition(ks.Bounded(horizon=horizon), tol=1e-11)
    assert found.consumption(0.0) == pytest.approx(consumption, abs=1e-10)
    assert [change.region for change in found.region_changes] == [2]
    assert found.region_changes[0].date == pytest.approx(switch, abs=1e-10)


@pytest.mark.parametrize(
    ("horizon", "K0", "params"),
    [
        (20, 4.6, P),
        (5, 4.6, P),
        (20, 9.0, ks.Parameters(rho=0.03, eta=1.5, delta=0.05, sigma=0.7, A=0.4)),
        (10, 3.0, ks.Parameters(eta=1.0, sigma=0.3)),
    ],
)
def test_bounded_tasks_by_shooting_for_the_switch(horizon, K0, params):
    found = ks.solve_transition(ks.Bounded(horizon=horizon), K0, params, tol=1e-10)
    consumption, switch = bounded_by_shooting(horizon, params, K0)
    assert found.consumption(0.0) == pytest.approx(consumption, rel=1e-9)
    assert found.region_changes[0].date == pytest.approx(switch, abs=1e-9)


UNBOUNDED = {
    "business as usual": (Plain.pareto(0.01, P), ()),
    "bout of automation": (Plain.mixed(0.9, P), (5.0,)),
}


@pytest.mark.parametrize("name", UNBOUNDED)
def test_unbounded_tasks_backwards_from_near_balanced_growth(name):
    economy, kinks = UNBOUNDED[name]
    found, far = path(name), 110.0
    limit = np.log(0.18)  # C/K on the balanced growth path: R = .18, share .6, γ = .02
    consumption, changes = unbounded_by_shooting(economy, found.log_capital(far), limit, far, kinks)
    assert found.consumption(0.0) == pytest.approx(consumption, abs=3e-9)
    assert [change.date for change in found.region_changes] == pytest.approx(changes, abs=1e-8)


@pytest.mark.parametrize("name", UNBOUNDED)
def test_unbounded_tasks_by_solve_bvp(name):
    t = np.linspace(0, 30, 61)
    K, C = by_solve_bvp(UNBOUNDED[name][0], 120.0, np.log(0.18))(t)
    assert path(name).capital(t) == pytest.approx(K, rel=1e-6)
    assert path(name).consumption(t) == pytest.approx(C, rel=1e-6)


def test_there_and_back_is_two_changes_around_the_kink():
    found = path("bout of automation")
    (there, region_2), (back, region_1) = found.region_changes
    assert (region_2, region_1) == (2, 1)
    assert there < 5.0 < back
    assert 5.0 in found.kinks
    assert list(found.region([there - 1e-6, there + 1e-6, back - 1e-6, back + 1e-6])) == [
        1,
        2,
        2,
        1,
    ]


# First principles ---------------------------------------------------------------------------------


@all_scenarios
def test_prices_and_output_are_the_static_equilibrium_of_the_path(name):
    found = path(name)
    static = ks.equilibrium(found.capital(T), found.share(T), P)
    assert found.output(T) == pytest.approx(static.output, rel=1e-9)
    assert found.wage(T) == pytest.approx(static.wage, rel=1e-6)  # Φ rounds near 1
    assert found.rental_rate(T) == pytest.approx(static.rental_rate, rel=1e-9)
    assert found.labor_share(T) + found.capital_share(T) == pytest.approx(1.0, abs=1e-14)
    assert found.wage(T) * P.L == pytest.approx(found.labor_share(T) * found.output(T))


@all_scenarios
def test_resources_and_euler_equation(name):
    """(13) and (14) by numerical differentiation of what the user sees."""
    found, h = path(name), 1e-4
    t = T[(T > 0.01) & np.all(abs(T[:, None] - [*found.kinks, 1e9]) > 0.01, axis=1)]
    K, C = found.capital(t), found.consumption(t)
    slope = (found.capital(t + h) - found.capital(t - h)) / (2 * h)
    assert slope / K == pytest.approx((found.output(t) - C) / K - P.delta, abs=1e-7)
    growth = (found.log_consumption(t + h) - found.log_consumption(t - h)) / (2 * h)
    assert growth == pytest.approx((found.rental_rate(t) - P.rho - P.delta) / P.eta, abs=1e-7)
    assert found.consumption_growth(t) == pytest.approx(growth, abs=1e-7)
    assert found.saving_rate(t) == pytest.approx(1 - C / found.output(t), abs=1e-12)
    assert found.interest_rate(t) == pytest.approx(found.rental_rate(t) - P.delta, abs=1e-15)


@all_scenarios
def test_transversality(name):
    """The present value of capital falls to zero at the rate R − δ − growth in the long run."""
    found = path(name)
    t = np.array([500.0, 1000.0, 2000.0])
    value = found.log_capital(t) + found.log_discount_factor(t)
    assert (np.diff(value) < -10).all()
    growth = (found.log_capital(2000.0) - found.log_capital(1000.0)) / 1000
    assert (value[2] - value[1]) / 1000 == pytest.approx(
        growth - found.interest_rate(2000.0), abs=1e-5
    )


def welfare(found: ks.Transition) -> float:
    """∫ exp(−ρt) C^(1−η)/(1−η) dt by Gauss quadrature between kinks and on a compactified tail."""
    p, (x, w) = found.params, leggauss(80)
    x, w = 0.5 * (x + 1), 0.5 * w

    def flow(t):
        power = (1 - p.eta) * found.log_consumption(t)
        return np.exp(power - p.rho * t) / (1 - p.eta)

    total, dates, rate = 0.0, [0.0, *found.kinks], 0.02
    for left, right in pairwise(dates):
        total += (right - left) * np.sum(w * flow(left + (right - left) * x))
    s = x**2 * (3 - 2 * x)  # ξ, with nodes close to both ends
    tail = flow(dates[-1] - np.log1p(-s) / rate) / (rate * (1 - s))
    return float(total + np.sum(w * 6 * x * (1 - x) * tail))


@all_scenarios
def test_envelope_condition(name):
    """A unit of capital today is worth the marginal utility of consumption today."""
    h = 1e-3
    more, less = (ks.solve_transition(SCENARIOS[name], 4.6 + d, tol=1e-11) for d in (h, -h))
    slope = (welfare(more) - welfare(less)) / (2 * h)
    assert slope == pytest.approx(path(name).consumption(0.0) ** -P.eta, rel=1e-6)


@pytest.mark.parametrize("K0", [1.0, 4.6, 20.0])
def test_hamiltonian_without_automation(K0):
    """Nothing changes with time, so that ρ times welfare is u(C) + u'(C) K̇."""
    found = ks.solve_transition(ks.BusinessAsUsual(rate=0.0), K0, tol=1e-11)
    C, K, Y = found.consumption(0.0), found.capital(0.0), found.output(0.0)
    hamiltonian = C ** (1 - P.eta) / (1 - P.eta) + C**-P.eta * (Y - P.delta * K - C)
    assert P.rho * welfare(found) == pytest.approx(hamiltonian, rel=1e-8)


def test_consumption_in_region_2_for_ever_is_linear_in_wealth():
    found = path("baseline AGI")
    t = np.array([18.7, 20.0, 25.0, 100.0])
    G, W = ks.region_2_growth(P), P.A / (P.A - P.delta)
    m = P.A - P.delta - G
    assert found.consumption(t) == pytest.approx(m * (found.capital(t) + W), rel=1e-12)


@pytest.mark.parametrize("name", UNBOUNDED)
def test_long_run_of_unbounded_tasks(name):
    """Proposition 7, case 3, with optimal saving."""
    found, limits, t = path(name), ks.long_run(0.01, P), 3000.0
    assert found.rental_rate(t) == pytest.approx(limits.rental_rate, abs=1e-8)
    assert found.labor_share(t) == pytest.approx(limits.labor_share_optimal, abs=1e-8)
    assert found.saving_rate(t) == pytest.approx(limits.saving_rate, abs=1e-8)
    wage_growth = (found.log_wage(t + 10) - found.log_wage(t)) / 10
    assert wage_growth == pytest.approx(limits.wage_growth, abs=1e-8)


def test_without_automation_it_is_the_steady_state_for_ever():
    """F_K = ρ + δ at the upper bound of Proposition 5."""
    K = ks.capital_upper_bound(0.608, P)
    found = ks.solve_transition(ks.BusinessAsUsual(rate=0.0), K, P)
    assert found.capital(T) == pytest.approx(np.full(T.shape, K), rel=1e-12)
    assert found.consumption(T) == pytest.approx(found.output(T) - P.delta * K, rel=1e-12)


# Symmetries and limits ----------------------------------------------------------------------------


@all_scenarios
def test_homogeneity_in_capital_and_labor(name):
    double = ks.solve_transition(SCENARIOS[name], 9.2, ks.Parameters(L=2.0), tol=1e-10)
    assert double.capital(T) == pytest.approx(2 * path(name).capital(T), rel=1e-10)
    assert double.consumption(T) == pytest.approx(2 * path(name).consumption(T), rel=1e-10)
    assert double.wage(T) == pytest.approx(path(name).wage(T), rel=1e-9)
    assert double.kinks == pytest.approx(path(name).kinks, rel=1e-10)


def test_the_unit_of_time_does_not_matter():
    quarterly = ks.Parameters(rho=0.01, delta=0.025, A=0.125)
    for yearly, quarters in (
        (path("baseline AGI"), ks.Bounded(horizon=80)),
        (path("bout of automation"), ks.Mixed(0.9, horizon=20, rate=0.0025)),
    ):
        found = ks.solve_transition(quarters, 4.6, quarterly, tol=1e-10)
        assert found.capital(4 * T) == pytest.approx(yearly.capital(T), rel=1e-9)
        assert 4 * found.consumption(4 * T) == pytest.approx(yearly.consumption(T), rel=1e-9)
        assert found.kinks == pytest.approx([4 * date for date in yearly.kinks], rel=1e-9)


def test_starting_later_on_the_path_follows_the_same_path():
    """Bellman's principle: the rest of an optimal path is optimal."""
    whole = path("baseline AGI")
    rest = ks.solve_transition(
        ks.Bounded(horizon=12, initial=float(whole.share(8.0))), whole.capital(8.0), tol=1e-10
    )
    assert rest.capital(T) == pytest.approx(whole.capital(T + 8.0), rel=1e-9)
    assert rest.region_changes[0].date + 8.0 == pytest.approx(whole.region_changes[0].date)


def test_mixed_paths_tend_to_their_parts():
    small = ks.solve_transition(ks.Mixed(1e-7), tol=1e-10)
    assert small.capital(T) == pytest.approx(path("business as usual").capital(T), rel=1e-5)
    large = ks.solve_transition(ks.Mixed(1 - 1e-9), tol=1e-8)
    t = np.linspace(0, 10, 41)
    assert large.capital(t) == pytest.approx(path("aggressive AGI").capital(t), rel=1e-5)


@pytest.mark.parametrize("scenario", [ks.Bounded(horizon=20), ks.BusinessAsUsual(rate=0.0)])
def test_cobb_douglas_is_no_exception(scenario):
    at, near = (
        ks.solve_transition(scenario, params=ks.Parameters(sigma=s)) for s in (1.0, 1.0 - 1e-7)
    )
    t = np.linspace(0, 30, 61)
    assert at.capital(t) == pytest.approx(near.capital(t), rel=1e-5)
    below, above = (
        ks.solve_transition(scenario, params=ks.Parameters(sigma=s)) for s in (0.9899, 0.9901)
    )
    assert below.capital(t) == pytest.approx(above.capital(t), rel=1e-3)


def test_a_path_may_start_without_any_automation():
    found = ks.solve_transition(ks.Bounded(horizon=20, initial=0.0), tol=1e-9)
    assert found.rental_rate(0.0) == 0.0
    assert found.output(0.0) == P.A * P.L
    near = ks.solve_transition(ks.Bounded(horizon=20, initial=1e-8), tol=1e-9)
    assert found.capital(T) == pytest.approx(near.capital(T), rel=1e-6)


# Where it could go wrong --------------------------------------------------------------------------


def test_so_much_capital_that_it_is_eaten():
    """K₀ = 10⁴: gross saving is negative at first; a second method agrees."""
    found = ks.solve_transition(ks.Bounded(horizon=20), 1e4)
    assert found.saving_rate(0.0) < 0
    assert found.capital(1.0) < 1e4
    consumption, switch = bounded_by_shooting(20, P, 1e4)
    assert found.consumption(0.0) == pytest.approx(consumption, rel=1e-7)
    assert found.region_changes[0].date == pytest.approx(switch, abs=1e-7)


@pytest.mark.parametrize("K0", [1e-6, 1e-3, 1e8])
@all_scenarios
def test_any_capital_to_start_with(name, K0):
    found = ks.solve_transition(SCENARIOS[name], K0)
    assert found.converged
    assert found.error <= 1e-8
    assert found.capital(0.0) == pytest.approx(K0, rel=1e-14)
    t = np.geomspace(1e-3, 60, 50)
    ratio = (found.capital(t + 1e-5) - found.capital(t - 1e-5)) / 2e-5 / found.capital(t)
    saved = (found.output(t) - found.consumption(t)) / found.capital(t) - P.delta
    assert ratio == pytest.approx(saved, rel=1e-4, abs=1e-5)


def test_a_horizon_of_a_million_years():
    """In between the economy rests where F_K = ρ + δ + η × (slow) growth; it takes off in time."""
    found = ks.solve_transition(ks.Bounded(horizon=1e6))
    assert found.converged
    (change,) = found.region_changes
    assert 1e6 - 20 < change.date < 1e6
    for t in (1e4, 5e5):
        assert found.rental_rate(t) == pytest.approx(P.rho + P.delta, abs=2e-3)


def test_a_horizon_of_an_instant_is_full_automation_at_once():
    found = ks.solve_transition(ks.Bounded(horizon=1e-6))
    m, W = P.A - P.delta - 0.18, P.A / (P.A - P.delta)
    assert found.consumption(0.0) == pytest.approx(m * (4.6 + W), rel=1e-6)


@pytest.mark.parametrize("beta", [0.1, 0.5, 2.0, 30.0])
def test_any_shape_of_bounded_tasks(beta):
    economy = Plain.bounded(20.0, P, beta=beta)
    found = ks.solve_transition(ks.Bounded(horizon=20, beta=beta))
    date = found.region_changes[0].date
    k = np.log(found.capital(date))
    k0, q0, _ = economy.back(date, float(k), economy.rule(float(k)), 1, stay=True)
    assert np.exp(k0) == pytest.approx(4.6, rel=1e-5)
    assert np.exp(k0 + q0) == pytest.approx(found.consumption(0.0), rel=1e-5)


REFUSED = {
    "nothing is worth saving": (ks.Bounded(20), {"params": ks.Parameters(A=0.14)}, "A = 0.14"),
    "less than that": (ks.BusinessAsUsual(), {"params": ks.Parameters(A=0.1)}, "A = 0.1 "),
    "not settled exponentially": (ks.BusinessAsUsual(rate=0.09), {}, "rate = 0.09"),
    "utility infinite": (ks.Bounded(20), {"params": ks.Parameters(eta=0.5)}, "rho = 0.04"),
    "no capital": (ks.Bounded(20), {"K0": 0.0}, "K0 = 0"),
    "debts": (ks.Bounded(20), {"K0": -1.0}, "K0 = -1"),
    "not a number": (ks.Bounded(20), {"K0": np.nan}, "K0 = nan"),
    "several": (ks.Bounded(20), {"K0": [1.0, 2.0]}, "K0"),
    "no share and Cobb-Douglas": (
        ks.Bounded(20, initial=0.0),
        {"params": ks.Parameters(sigma=1.0)},
        "initial = 0",
    ),
    "tolerance": (ks.Bounded(20), {"tol": 0.0}, "tol = 0"),
    "nodes": (ks.Bounded(20), {"nodes": 1}, "nodes = 1"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_theory_or_the_solver_excludes_is_named(case):
    scenario, keywords, words = REFUSED[case]
    with pytest.raises(ValueError, match=words.replace(".", r"\.")):
        ks.solve_transition(scenario, **keywords)


def test_a_failure_of_the_solver_is_an_error_and_never_a_path():
    """At β = .01 the region changes 10⁻⁹⁰ years before T: no number is between the two."""
    with pytest.raises(SolverError, match="Try"):
        ks.solve_transition(ks.Bounded(horizon=20, beta=0.01))


# What the user sees -------------------------------------------------------------------------------


def test_scalars_arrays_and_refused_dates():
    found = path("baseline AGI")
    assert np.ndim(found.wage(3.0)) == 0
    assert found.wage(np.zeros((2, 3))).shape == (2, 3)
    assert found.capital(0.0) == pytest.approx(4.6, rel=1e-15)
    with pytest.raises(ValueError, match="t = -1"):
        found.wage(-1.0)
    with pytest.raises(ValueError, match="t"):
        found.wage(np.inf)


def test_levels_beyond_floating_point_are_infinite_and_logarithms_are_not():
    found = path("baseline AGI")
    assert found.capital(1e5) == np.inf
    assert found.log_capital(1e5) == pytest.approx(18_000, rel=1e-3)
    assert found.labor_share(1e5) == 0.0
    assert found.saving_rate(1e5) == pytest.approx(ks.long_run_saving_rate(P))


@all_scenarios
def test_how_the_solver_ended(name):
    found = path(name)
    assert found.converged
    assert found.message.startswith("Converged")
    assert 0 <= found.error <= 1e-10
    assert found.residual < 1e-9


@all_scenarios
def test_the_error_estimate_bounds_the_error(name):
    reference = ks.solve_transition(SCENARIOS[name], tol=1e-12)
    for tol in (1e-3, 1e-5, 1e-7):
        found = ks.solve_transition(SCENARIOS[name], tol=tol)
        error = abs(found.log_capital(T) - reference.log_capital(T)).max()
        assert error <= found.error + 1e-11
        assert found.error <= tol


def test_a_grid_of_ones_own():
    coarse, fine = (ks.solve_transition(ks.Bounded(20), nodes=n) for n in (10, 16))
    right = path("baseline AGI").capital(T)
    errors = [abs(found.capital(T) / right - 1).max() for found in (coarse, fine)]
    assert errors[1] < 1e-2 * errors[0]
    assert np.isnan(coarse.error)
