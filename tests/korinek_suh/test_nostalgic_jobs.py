"""Automation held back: the path Ψ, its transitions, Proposition 12 and what it leaves out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics.welfare import welfare
from aiecon.korinek_suh.extensions.nostalgic_welfare import hand_to_mouth
from exhibits.korinek_suh.nostalgic_jobs import agi, holding_back, policy

from ..told import told

CHAPTER = "korinek_suh/nostalgic_jobs"
TABLE_2 = ks.Parameters()


# The path -----------------------------------------------------------------------------------------


@given(
    rate=st.floats(0.01, 0.6),
    horizon=st.floats(2.0, 60.0),
    beta=st.floats(0.3, 3.0),
    part=st.floats(0.0, 0.9),
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_policy_is_the_minimum_of_the_two_paths(rate, horizon, beta, part):
    technology = ks.Bounded(horizon=horizon, beta=beta)
    since = part * horizon
    policy = ks.HeldBack(technology, rate, since)
    t = np.linspace(0, 2 * horizon, 301)
    pareto = technology.unautomated(since) * np.exp(-rate * (t - since))
    expected = technology.unautomated(t)
    expected = np.where(t >= since, np.maximum(expected, pareto), expected)
    assert_allclose(policy.unautomated(t), expected, rtol=1e-9, atol=1e-13)
    assert since <= policy.parting <= horizon


def test_the_date_of_parting_solves_its_equation():
    for horizon, beta, rate in ((20.0, 1.0, 0.09), (30.0, 2.0, 0.15), (15.0, 0.5, 0.05)):
        policy = ks.HeldBack(ks.Bounded(horizon=horizon, beta=beta), rate)
        root = brentq(
            lambda t, T=horizon, b=beta, r=rate: b * np.log1p(-t / T) + r * t,
            1e-3 * horizon,
            horizon * (1 - 1e-12),
        )
        assert_allclose(policy.parting, root, rtol=1e-10)


def test_the_hazard_is_the_slope_of_the_path_on_every_piece():
    policy = ks.HeldBack(ks.Bounded(horizon=20), 0.09, until=30.0, later=0.3)
    for t in (5.0, 14.0, 16.0, 29.0, 31.0, 50.0):
        h = 1e-5
        slope = (policy.log_unautomated(t - h) - policy.log_unautomated(t + h)) / (2 * h)
        assert_allclose(policy.hazard(t), slope, rtol=1e-6)


def test_a_rate_of_zero_keeps_what_is_left_for_ever():
    policy = ks.HeldBack(ks.Bounded(horizon=20), 0.0, since=5.0)
    assert policy.long_run_rate == 0.0
    assert_allclose(policy.long_run_share, policy.share(5.0))
    assert_allclose(policy.share([5.0, 100.0, np.finfo(float).max]), policy.share(5.0))
    end = ks.solve_policy(policy)
    assert_allclose(end.rental_rate(2000.0), 0.14, rtol=1e-8)  # a steady state: R = ρ + δ


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"rate": -0.1}, "rate"),
        ({"since": 20.0}, "since"),
        ({"until": 10.0}, "until"),
        ({"later": -1.0}, "later"),
        ({"rate": np.array([0.1, -0.2])}, r"rate\[1\]"),
    ],
)
def test_what_makes_no_policy_is_refused(change, name):
    with pytest.raises(ValueError, match=name):
        ks.HeldBack(ks.Bounded(horizon=20), **({"rate": 0.09} | change))


# Transitions --------------------------------------------------------------------------------------


def test_a_policy_that_never_binds_is_the_agi_scenario():
    free = ks.solve_transition(ks.Bounded(horizon=20))
    path = ks.solve_policy(ks.HeldBack(ks.Bounded(horizon=20), 0.6))
    t = np.linspace(0, 60, 61)
    assert_allclose(path.log_capital(t), free.log_capital(t), atol=1e-5)
    assert_allclose(path.region_changes[0].date, free.region_changes[0].date, atol=1e-5)


def test_a_fast_technology_leaves_the_pareto_path():
    path = ks.solve_policy(ks.HeldBack(ks.Bounded(horizon=5), 0.05))
    pareto = ks.solve_transition(ks.BusinessAsUsual(rate=0.05))
    t = np.linspace(0, 100, 51)
    assert_allclose(path.log_capital(t), pareto.log_capital(t), atol=1e-7)


@pytest.mark.parametrize(("rate", "since"), [(0.09, 0.0), (0.05, 10.0), (0.12, 18.0)])
def test_the_path_solves_the_equations_integrated_forward(rate, since):
    """From the solver's consumption at t = 0 an integrator follows the same path for a while."""
    policy = ks.HeldBack(ks.Bounded(horizon=20), rate, since)
    path = ks.solve_policy(policy, tol=1e-11)
    p = TABLE_2

    def motion(t, x):
        K, C = x
        now = ks.equilibrium(K, policy.share(t), p)
        return [
            now.output - p.delta * K - C,
            C * (now.rental_rate - p.rho - p.delta) / p.eta,
        ]

    x, start = [4.6, path.consumption(0.0)], 0.0
    for end in (*(d for d in policy.kinks if d < 25.0), 25.0):
        piece = solve_ivp(motion, (start, end), x, rtol=1e-10, atol=1e-12)
        x, start = piece.y[:, -1], end
    assert_allclose(x, [path.capital(25.0), path.consumption(25.0)], rtol=2e-4)


def test_near_the_edge_the_solution_is_continuous_in_the_rate():
    """At λg* the policy is changed after 600 years; close by it is followed for ever."""
    at = ks.solve_policy(ks.wage_maximising_policy())
    below, above = (ks.solve_policy(ks.HeldBack(ks.Bounded(), r)) for r in (0.0898, 0.0902))
    t = np.linspace(0, 80, 41)
    middle = 0.5 * (below.log_capital(t) + above.log_capital(t))
    assert_allclose(at.log_capital(t), middle, atol=2e-4)
    assert np.all(below.log_capital(t[1:]) < at.log_capital(t[1:]))


def test_many_policies_are_what_each_of_them_is():
    """Some hold back from the start, one at the edge, one for ever, one until later."""
    rate, since = np.array([0.03, 0.09, 0.12, 0.05, 0.0]), np.array([0.0, 0.0, 18.0, 18.9, 5.0])
    until, later = np.array([np.inf] * 3 + [30.0, np.inf]), np.array([0.0, 0.0, 0.0, 0.02, 0.0])
    together = ks.solve_policies(ks.HeldBack(ks.Bounded(), rate, since, until, later))
    assert not together.failures
    t = np.linspace(0, 60, 61)
    for i, row in enumerate(zip(rate, since, until, later, strict=True)):
        alone = ks.solve_policy(ks.HeldBack(ks.Bounded(), *map(float, row)))
        assert_allclose(together.log_wage(t)[i], alone.log_wage(t), atol=1e-8)
        dates = [change.date for change in alone.region_changes]
        assert_allclose(together.changes[i, : len(dates)], dates, rtol=1e-8)
        assert np.isinf(together.changes[i, len(dates) :]).all()
    with pytest.raises(ValueError, match="a single policy"):
        ks.solve_policy(ks.HeldBack(ks.Bounded(), rate))


# Proposition 12 -----------------------------------------------------------------------------------


@given(
    sigma=st.floats(0.1, 0.9), eta=st.floats(1.0, 4.0), A=st.floats(0.3, 1.0), rho=st.floats(0, 0.1)
)
@settings(max_examples=50, deadline=None, derandomize=True)
def test_no_constant_rate_makes_wages_grow_faster(sigma, eta, A, rho):
    p = ks.Parameters(rho=rho, eta=eta, sigma=sigma, A=A)
    G = (A - rho - 0.1) / eta
    best = ks.wage_maximising_rate(p)
    assert_allclose(best, (1 - sigma) * G, rtol=1e-12)
    others = np.linspace(0.01, 1.5, 60) * G
    assert np.all(ks.long_run(others, p).wage_growth <= G * (1 + 1e-12))
    assert_allclose(ks.long_run(best, p).wage_growth, G, rtol=1e-9)


@pytest.mark.parametrize(("sigma", "eta"), [(0.5, 2.0), (0.3, 2.0), (0.5, 1.5)])
def test_on_the_edge_the_labor_share_falls_like_one_over_t(sigma, eta):
    p = ks.Parameters(sigma=sigma, eta=eta)
    best = ks.wage_maximising_rate(p)
    policy = ks.HeldBack(ks.Bounded(horizon=20), best, until=1000.0, later=0.5 * best)
    path = ks.solve_transition(policy, params=p)
    t = np.array([200.0, 400.0, 800.0])
    products = t * path.labor_share(t) / (sigma * eta / p.A)
    assert np.all(np.diff(np.abs(products - 1)) < 0)  # it approaches the limit
    assert_allclose(products[-1], 1, rtol=0.05)
    growth = path.log_wage(t + 0.5) - path.log_wage(t - 0.5)
    gaps = t * (ks.region_2_growth(p) - growth) * (1 - sigma)
    assert_allclose(gaps[-1], 1, rtol=0.05)


def test_output_forgone_tends_to_one_below_the_edge_and_not_above():
    free = ks.solve_transition(ks.Bounded(horizon=20))
    t = np.array([200.0, 400.0, 600.0])
    left = {}
    for rate in (0.05, 0.12):
        path = ks.solve_policy(ks.HeldBack(ks.Bounded(horizon=20), rate))
        left[rate] = path.log_output(t) - free.log_output(t)
    assert_allclose(np.diff(left[0.05]), -(0.18 - 0.1) * np.diff(t), rtol=1e-3)
    assert_allclose(left[0.12][2], left[0.12][1], atol=1e-4)


# Welfare ------------------------------------------------------------------------------------------


def test_less_holding_back_is_always_better_for_the_household():
    frontier = ks.policy_frontier([0.02, 0.05, 0.09, 0.14], [30.0])
    assert np.all(np.diff(frontier.household) > 0)
    assert np.all(np.diff(frontier.log_output[:, 0]) > 0)
    free = welfare(ks.solve_transition(ks.Bounded(horizon=20)))
    assert frontier.household[-1] < free.household


def test_the_workers_rate_is_a_maximum():
    best = ks.best_rate_for_workers()
    values = ks.policy_frontier([best - 0.004, best, best + 0.004], [10.0]).hand_to_mouth
    assert values[1] > max(values[0], values[2])
    assert best < ks.wage_maximising_rate()


def test_the_compensating_share_compensates():
    free = ks.solve_transition(ks.Bounded(horizon=20))
    held = ks.solve_policy(ks.wage_maximising_policy())
    target = hand_to_mouth(held)
    share = ks.compensating_share(free, target)
    x, w = np.polynomial.legendre.leggauss(16)
    edges = np.unique(np.concatenate([np.linspace(0, 1000, 1001), free.kinks]))
    half = 0.5 * np.diff(edges)[:, None]
    t = edges[:-1, None] + half * (1 + x)
    with np.errstate(over="ignore"):
        income = free.wage(t) + share * free.consumption(t)
    worth = 1 / (0.04 * np.sum(half * w * np.exp(-0.04 * t) / income))  # η = 2
    assert_allclose(worth, target, rtol=1e-7)
    with pytest.raises(ValueError, match="target"):
        ks.compensating_share(free, 100.0)


def test_waiting_too_long_costs_years_in_region_2():
    years = []
    for since in (18.0, 19.0, 19.5):
        path = ks.solve_policy(ks.HeldBack(ks.Bounded(horizon=20), 0.09, since))
        dates = {change.region: change.date for change in path.region_changes}
        years.append(dates[1] - dates[2] if 2 in dates else 0.0)
    assert years[0] == 0.0 < years[1] < years[2]


def test_the_explorer_says_what_it_shows():
    text = holding_back.description(rate=0.09, since=19.5)
    assert "from year 18.6 to year 29.0" in text
    assert "From year 14.6 on" in holding_back.description()
    assert f"falls to 0.5 in year {agi().region_changes[0].date:.0f} in" in holding_back.alt
    assert "From the start" in holding_back.description(rate=0.04)


# What the page says of it -------------------------------------------------------------------------


def test_the_figures_of_paths_say_what_they_show():
    free, held, technology = agi(), policy(), ks.Bounded(horizon=20)
    parting = held.automation.parting
    text = told(CHAPTER, "fig-ks-nostalgic-paths")
    both = f"output rises from {held.output(0.0):.0f} to {held.output(parting):.0f}"
    assert f"until year {parting:.2f} {both}" in text
    assert f"and wages from {held.wage(0.0):.1f} to {held.wage(parting):.1f} in both" in text
    assert f"AGI output reaches {round(free.output(40.0), -1):.0f}" in text
    assert f"falls to {free.wage(19.0):.1f} by year 19" in text
    ends = f"output reaches {round(held.output(40.0), -1):.0f} and its wage {held.wage(40.0):.0f}."
    assert f"held-back {ends}" in text
    wage = [held.wage(t) / free.wage(t) for t in (19.0, 40.0)]
    assert f"jumps to {wage[0]:.0f} by year 19 and reaches {wage[1]:.0f};" in text
    assert f"falls from 1 to {held.output(40.0) / free.output(40.0):.2f}." in text

    text = told(CHAPTER, "fig-ks-nostalgic-left")
    assert f"From {technology.unautomated(0.0):.2f} a dashed" in text
    assert f"in year {parting:.2f} at {technology.unautomated(parting):.3f}." in text
    text = told(CHAPTER, "fig-ks-nostalgic-growth")
    best, growth = ks.wage_maximising_rate(), ks.long_run(ks.wage_maximising_rate()).wage_growth
    assert f"0 to {growth:.2f} at rate {best:.2f}, falls back to 0 at rate {growth:.2f}" in text


def test_the_figures_of_costs_say_what_they_show():
    def lost(rate, year):
        return -np.expm1(policy(rate).log_output(year) - agi().log_output(year))

    text = told(CHAPTER, "fig-ks-nostalgic-forgone")
    assert f"reaches {lost(0.05, 55.0):.2f} by year 55." in text
    at = f"passes {lost(None, 40.0):.2f} at year 40, {lost(None, 100.0):.2f} at year 100 and"
    assert f"{at} {lost(None, 200.0):.2f} at year 200." in text
    assert f"levels off at {lost(0.12, 200.0):.2f}." in text

    text = told(CHAPTER, "fig-ks-nostalgic-starts")
    paths = {since: policy(None, since) for since in (9.0, 14.65, 18.0, 19.5)}
    early = [path.wage(np.linspace(0, 9, 19)) for path in paths.values()]
    assert np.ptp(early, axis=0).max() < 0.03
    low, high = early[0].min(), paths[9.0].wage(9.0)
    assert f"agree at {low:.1f} to {high:.1f} until year 9." in text
    fallen = paths[18.0].wage(np.linspace(18, 30, 601)).min()
    assert f"from 18 it falls to {fallen:.1f} and" in text
    assert paths[18.0].wage(45.0) > max(p.wage(45.0) for s, p in paths.items() if s != 18.0)
    leaves, returns = (change.date for change in paths[19.5].region_changes)
    assert f"at 0.5 from year {leaves:.1f} to {returns:.0f} and" in text


def test_the_frontier_says_what_it_shows():
    text = told(CHAPTER, "fig-ks-nostalgic-frontier")
    found = ks.policy_frontier(np.linspace(0.01, 0.16, 46), [20.0, 30.0, 50.0])
    tops = np.exp(found.log_wage.max(axis=0))
    assert f"peak wage of {tops[0]:.1f}, {tops[1]:.1f} and {tops[2]:.0f} and" in text
    assert np.all(np.exp(found.log_wage[-1]) < 1)
    household, saver, alone = found.household, found.saver, found.hand_to_mouth
    assert f"rises from {household[0]:.1f} to {household[-1]:.1f} and" in text
    assert f"saver's rises to {saver[-1]:.1f} and" in text
    best = f"peaks at {alone.max():.1f} near rate {ks.best_rate_for_workers():.3f} and"
    assert f"{best} falls to {alone[-1]:.0f} at 0.16." in text
