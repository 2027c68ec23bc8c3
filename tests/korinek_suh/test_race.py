"""The race (section 3.2): the long run, bounds and balance by second methods; its explorers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics.backward_integration import integrate_backwards
from aiecon.korinek_suh.dynamics.scenarios import SCENARIOS, solved
from exhibits.korinek_suh.race import case_curves, draw_bounds, long_run_of_wages, over_time
from exhibits.plotting import panels
from tests.told import assert_said

TABLE_2 = ks.Parameters()


def net_output(t, path, k, p):
    """Y/K by the static equilibrium, at k = log K."""
    economy = ks.equilibrium(np.exp(k), path.share(t), p)
    return float(economy.output) / np.exp(k)


# Constant saving and Proposition 7 ----------------------------------------------------------------


@pytest.mark.parametrize("rate", [0.01, 0.12, 0.18, 0.25])
def test_constant_saving_agrees_with_runge_kutta(rate):
    path = ks.BusinessAsUsual(rate)
    ours = ks.constant_saving(path, s=0.56)
    t = np.linspace(0, 60, 13)
    found = solve_ivp(
        lambda t, k: [0.56 * net_output(t, path, k[0], TABLE_2) - 0.1],
        (0, 60), [np.log(4.6)], t_eval=t, rtol=1e-9, atol=1e-10, method="LSODA",
    )  # fmt: skip
    assert ours.log_capital(t) == pytest.approx(found.y[0], abs=1e-6)


@pytest.mark.parametrize("sigma", [0.3, 0.5, 0.8])
@pytest.mark.parametrize("multiple", [0.4, 0.8, 0.95, 1.3])
def test_three_cases_at_other_parameters(sigma, multiple):
    """λg in multiples of G; neither the case nor the limits are taken from the solver."""
    p = ks.Parameters(sigma=sigma, A=0.4, eta=3.0, delta=0.07, rho=0.02)
    G, s = (0.4 - 0.09) / 3, (0.31 + 0.21) / (0.4 * 3)
    rate = multiple * G
    limit = ks.long_run(rate, p)
    gamma = rate / (1 - sigma)
    if multiple > 1:
        case, growth, share = 1, 0.0, 0.0
    elif multiple > 1 - sigma:
        case, growth, share = 2, (G - rate) / sigma, 0.0
    else:
        case, growth, share = 3, gamma, 1 - (s * 0.4 / (gamma + 0.07)) ** ((sigma - 1) / sigma)
    assert (limit.case, limit.wage_growth, limit.labor_share) == pytest.approx(
        (case, growth, share)
    )
    path, far = ks.constant_saving(ks.BusinessAsUsual(rate), s, params=p), np.array([150, 300])
    far = far / rate
    assert np.diff(path.log_wage(far))[0] / np.diff(far)[0] == pytest.approx(growth, abs=1e-6)
    assert path.labor_share(far[0]) == pytest.approx(share, abs=1e-6)
    optimal = ks.solve_transition(ks.BusinessAsUsual(rate), params=p)
    assert np.diff(optimal.log_wage(far))[0] / np.diff(far)[0] == pytest.approx(growth, abs=1e-6)
    assert optimal.labor_share(far[0]) == pytest.approx(limit.labor_share_optimal, abs=1e-6)
    assert optimal.saving_rate(far[0]) == pytest.approx(limit.saving_rate, abs=1e-6)


def test_dead_heat_never_enters_region_2():
    """At λg = G the border repels, wherever in region 1 the economy starts."""
    for K0 in (1.56, 4.6, 50.0):  # K/κ from just above one
        path = ks.constant_saving(ks.BusinessAsUsual(0.18), s=0.56, K0=K0)
        assert path.region_changes == ()
        assert path.wage(500.0) > 0.5
        assert path.wage(500.0) == pytest.approx(path.wage(1000.0), rel=1e-9)


def test_cobb_douglas_loses_wage_growth_one_for_one():
    p = ks.Parameters(sigma=1.0)
    path = ks.constant_saving(ks.BusinessAsUsual(0.12), s=0.56, params=p)
    t = np.array([300.0, 500.0])
    assert np.diff(path.log_wage(t))[0] / 200 == pytest.approx(0.06, abs=1e-8)
    assert path.labor_share(10.0) == pytest.approx(0.392 * np.exp(-1.2))


# Proposition 5 ------------------------------------------------------------------------------------


def test_upper_bound_returns_rho_plus_delta():
    p = ks.Parameters(rho=0.03, delta=0.05, sigma=0.35, A=0.7, L=2.0)
    Phi = np.array([0.05, 0.4, 0.9, 0.999])
    K = ks.capital_upper_bound(Phi, p)
    assert ks.equilibrium(K, Phi, p).rental_rate == pytest.approx(0.08)
    assert (np.diff(K) > 0).all()


@pytest.mark.parametrize(
    ("beta", "eta", "low", "high"),
    [(1.0, 2.0, 1.0, 1.0), (1.0, 5.0, 0.976, 1.0), (0.2, 1.0, 1.0, 1.373)],
)
def test_bounds_fail_just_where_a_second_method_says_so(beta, eta, low, high):
    """The path by backward integration; low is min K/K₀, high the largest max(1, K/K⁺)."""
    path, p = ks.Bounded(20.0, beta), ks.Parameters(eta=eta)
    t = np.linspace(0, 19.9, 200)
    for found in (integrate_backwards(path, 20.0, 4.6, p), ks.solve_transition(path, params=p)):
        K = np.exp(found.log_capital(t))
        assert K.min() / 4.6 == pytest.approx(low, abs=5e-4)
        above = (K / ks.capital_upper_bound(path.share(t), p)).max()
        assert max(1.0, above) == pytest.approx(high, abs=2e-3)
    assert ks.transition_bounds(path, 0.0, 4.6, p).lower_holds


@pytest.mark.parametrize("weight", [0.8, 0.95])
def test_bounds_hold_in_the_bout_whatever_omega_is(weight):
    path, t = ks.Mixed(weight), np.linspace(0, 40, 161)
    K, bounds = ks.solve_transition(path).capital(t), ks.transition_bounds(path, t)
    assert (K / bounds.capital_lower).min() > 1 - 1e-9
    assert (K / bounds.capital_upper).max() < 1


@pytest.mark.parametrize(("beta", "eta"), [(1.0, 5.0), (0.2, 1.0)])
def test_a_household_surprised_by_each_advance_stays_between_the_bounds(beta, eta):
    """What the foreseeing household of Proposition 5 does not do at the same parameters."""
    path, p = ks.Bounded(20.0, beta), ks.Parameters(eta=eta)
    t, step = np.linspace(0, 19, 191, retstep=True)
    K = [4.6]
    for date in t[:-1]:
        for_ever = ks.BusinessAsUsual(0.0, initial=float(path.share(date)))
        C = ks.solve_transition(for_ever, K0=K[-1], params=p).consumption(0.0)
        now = ks.equilibrium(K[-1], path.share(date), p)
        K.append(K[-1] + step * float(now.output - 0.1 * K[-1] - C))
    bounds = ks.transition_bounds(path, t, 4.6, p)
    assert (np.array(K) >= bounds.capital_lower).all()
    assert (np.array(K) <= bounds.capital_upper).all()
    foreseen = ks.solve_transition(path, params=p).capital(t)
    assert (foreseen < bounds.capital_lower).any() or (foreseen > bounds.capital_upper).any()


# Table 2 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("R", "K", "Phi_for_66"), [(0.14, 5.07, 0.643), (0.16, 4.59, 0.601), (0.18, 4.19, 0.567)]
)
def test_no_return_of_a_steady_state_gives_table_2(R, K, Phi_for_66):
    """The readings in the row ks.table2.steady-state, by root finding."""
    found = brentq(lambda x: float(ks.equilibrium(x, 0.608).rental_rate) - R, 1, 20)
    assert found == pytest.approx(K, abs=0.005)
    p = ks.Parameters(rho=R - 0.1)
    share = brentq(
        lambda Phi: float(ks.equilibrium(ks.capital_upper_bound(Phi, p), Phi).labor_share) - 0.66,
        0.3,
        0.9,
    )
    assert share == pytest.approx(Phi_for_66, abs=5e-4)
    assert abs(share - 0.608) > 0.005


@pytest.mark.parametrize("initial", [0.02, 0.1])
@pytest.mark.parametrize("K0", [0.2, 2.0])
def test_long_in_business_as_usual_the_start_is_forgotten(initial, K0):
    path = ks.BusinessAsUsual(0.01, initial=initial)
    now = np.log((1 - initial) / 0.392) / 0.01
    found = ks.solve_transition(path, K0=K0)
    at_now = (found.capital(now), found.rental_rate(now), found.labor_share(now))
    assert at_now == pytest.approx((4.402, 0.169, 0.647), abs=5e-4)


# The balance (17), (18) ---------------------------------------------------------------------------


@pytest.mark.parametrize("sigma", [0.3, 0.5, 0.8])
def test_balancing_rate_in_shares_and_at_the_border(sigma):
    p = ks.Parameters(sigma=sigma)
    Phi, K, hazard = np.array([0.2, 0.5, 0.8]), 6.0, 0.05
    now = ks.equilibrium(K, Phi, p)
    in_shares = (now.capital_share - sigma * Phi) / ((1 - sigma) * Phi * now.rental_rate) * hazard
    ours = ks.balancing_saving_rate(K, Phi, hazard * (1 - Phi), p)
    assert ours == pytest.approx(in_shares)
    past = ks.automation_effects(K, Phi, p).wage < 0
    assert ((ours > 0) == past).all()
    border = K / (K + 1) * (1 - 1e-9)
    at_border = ks.balancing_saving_rate(K, border, hazard * (1 - border), p)
    assert at_border == pytest.approx(hazard / 0.5, rel=1e-6)


# The border ---------------------------------------------------------------------------------------


def test_quantities_pass_the_border_smoothly_and_prices_do_not():
    path = ks.solve_transition(ks.Bounded(20.0), tol=1e-10)
    date, h = path.region_changes[0].date, 1e-4
    jumps = {}
    for name in ("output", "capital", "consumption", "wage", "rental_rate"):
        f = getattr(path, name)
        before = (3 * f(date) - 4 * f(date - h) + f(date - 2 * h)) / (2 * h)
        after = (-3 * f(date) + 4 * f(date + h) - f(date + 2 * h)) / (2 * h)
        jumps[name] = after - before
    assert jumps["output"] == pytest.approx(0, abs=1e-5)
    assert jumps["capital"] == pytest.approx(0, abs=1e-5)
    assert jumps["consumption"] == pytest.approx(0, abs=1e-5)
    growth = path.capital(date)  # ẇ/w = Φ ż/z / σ with s_K = Φ, see the chapter
    Phi, hazard = path.share(date), 1 / (20 - date)
    rise = path.saving_rate(date) * path.output(date) / growth - 0.1 - hazard / Phi
    assert jumps["wage"] == pytest.approx(-0.5 * Phi * rise / 0.5, rel=1e-4)
    assert jumps["rental_rate"] < -0.01


# Figures and explorers ----------------------------------------------------------------------------


def test_curves_have_their_kinks():
    rates, growth, share, optimal = case_curves(TABLE_2, 0.25)
    assert growth.max() == pytest.approx(0.18)
    assert rates[growth.argmax()] == pytest.approx(0.09)
    assert (growth[rates > 0.18] == 0).all()
    assert (share >= optimal - 1e-12).all()
    assert share[rates > 0.09] == pytest.approx(0)


@pytest.mark.parametrize("quantity", ["capital", "output", "wage"])
def test_bounds_enclose_the_drawn_path(quantity):
    _, axes = panels(2, 2)
    draw_bounds(axes.flat, quantity, [1, 10, 1000])
    for ax in axes.flat:
        upper, lower, path = (np.asarray(line.get_ydata()) for line in ax.lines)
        assert (lower <= path * (1 + 1e-9)).all()
        assert (path <= upper * (1 + 1e-9)).all()


def test_explorer_tells_the_cases_apart():
    say = long_run_of_wages.description
    assert "57% if s∞ = 0.56 is saved, to 40%" in say(rate=0.01)
    assert say(rate=0.12).startswith("Case 2")
    assert "falls to A = 0.50" in say(rate=0.24)
    assert long_run_of_wages.samples().pixels < 1e-6  # formulas


@pytest.mark.parametrize(("rate", "eta", "year"), [(0.12, 2.0, 20.0), (0.25, 2.0, 12.0)])
def test_the_race_year_by_year(rate, eta, year):
    path = ks.solve_transition(ks.BusinessAsUsual(rate), params=ks.Parameters(eta=eta))
    at = over_time.at(over_time.setting({"rate": rate, "eta": eta, "year": year}))
    assert at["K"] == pytest.approx(path.capital(at["t"]), rel=1e-4)
    assert at["w"] == pytest.approx(path.wage(at["t"]), rel=1e-4)
    assert at["kappa_now"] == pytest.approx(path.share(year) / path.unautomated(year))
    assert at["share_now"] == pytest.approx(path.labor_share(year), rel=1e-4)
    assert (at["scarce"] > 0) == (path.region(year) == 1)


def test_the_race_year_by_year_is_measured():
    assert over_time.samples().pixels < 0.5
    said = over_time.description(rate=0.25, year=20)
    assert "Labour is not scarce. The wage is 0.5" in said
    assert "automation wins" in said


# What is said of the figures ----------------------------------------------------------------------

PAGE = "korinek_suh/race"


def test_captions_of_the_three_races_say_what_the_model_gives():
    slow, middle, fast = (
        ks.solve_transition(ks.BusinessAsUsual(rate)) for rate in (0.01, 0.12, 0.25)
    )
    (crossing,) = (change.date for change in fast.region_changes)
    assert crossing == pytest.approx(8.27, abs=0.01)
    assert slow.region_changes == middle.region_changes == ()
    told = (
        f"kappa start at {slow.share(0.0) / slow.unautomated(0.0):.1f}",
        f"crosses it in year {crossing:.0f}",
        f"the wage starts at {slow.wage(0.0):.1f}",
        f"climbs to {middle.wage(40.0):.0f} for 0.12",
        f"falls to {fast.wage(40.0):.1f} by year {crossing:.0f}",
    )
    assert middle.wage(4.0) < middle.wage(0.0)  # "dips"
    assert_said(PAGE, "fig-ks-race-three", *told, given="0.01 0.12 0.25 2 4.6 40")


def test_captions_of_the_bounds_say_what_the_model_gives():
    ends = {"a": 40.0, "b": 30.0, "c": 10.0, "d": 20.0}
    path = {panel: solved(panel) for panel in ends}
    last = {p: ks.transition_bounds(SCENARIOS[p].automation, [0.0, t]) for p, t in ends.items()}
    bend = ks.transition_bounds(SCENARIOS["d"].automation, 5.0)
    (peak, floor), top = (path["b"].wage(x) for x in ([13.0, 19.0], [12.0, 13.0, 14.0]))
    assert top.argmax() == 1
    constant = ks.transition_bounds(SCENARIOS["b"].automation, [10.0, 11.0]).wage_lower
    assert constant[0] > 0.5 == constant[1]
    dates = [change.date for p in "bcd" for change in path[p].region_changes]
    assert np.round(dates[1:3]) == pytest.approx(4)
    told = (
        f"rises from {path['a'].wage(0.0):.1f} to {path['a'].wage(40.0):.1f}, a",
        f"dotted one falls to {last['a'].wage_lower[1]:.2f}",
        f"rises to {peak:.1f} in year 13",
        f"falls to {floor:.1f} in year {dates[0]:.1f}",
        f"rises again from year {dates[3]:.0f}",
    )
    assert_said(PAGE, "fig-ks-race-bounds", *told, given="0.5 0.877 2 4 10 11 20")

    said = "to {:.0f} in year 30, {:.0f} in year 10 and {:.0f} in year 20"
    told = (
        f"to {path['a'].capital(40.0):.1f} and {last['a'].capital_upper[1]:.1f}",
        said.format(*(path[p].capital(ends[p]) for p in "bcd")),
        f"bends at {bend.capital_upper:.0f} in year 5",
    )
    assert_said(PAGE, "fig-ks-race-bounds-capital", *told, given="1 4.6 5 1000")

    said = "to {:.0f} in year 30, {:.1f} in year 10 and {:.0f} in year 20"
    told = (
        "from {:.1f} to {:.1f} at most".format(*last["b"].output_lower),
        f"rises to {path['a'].output(40.0):.1f} in year 40",
        said.format(*(path[p].output(ends[p]) for p in "bcd")),
        f"bends at {bend.output_upper:.0f} in year 5",
    )
    assert_said(PAGE, "fig-ks-race-bounds-output", *told, given="1 5 20 1000")


def test_captions_of_anticipation_and_balance_say_what_the_model_gives():
    late = ks.Bounded(20, beta=0.2)
    averse = ks.solve_transition(ks.Bounded(20), params=ks.Parameters(eta=5))
    patient = ks.solve_transition(late, params=ks.Parameters(eta=1))
    t = np.linspace(0.01, 19.98, 4000)
    below = averse.capital(t) / 4.6
    excess = patient.capital(t) / ks.capital_upper_bound(late.share(t))
    assert excess.max() == pytest.approx(1.373, abs=5e-4)
    first, last = t[excess > 1][[0, -1]]
    told = (
        f"from about year {first:.0f} to year {last:.0f}",
        f"dips to {below.min():.3f} in year {t[below.argmin()]:.0f}",
        f"crosses one in year {t[below > 1][0]:.0f}",
        f"upper bound in year {first:.0f}",
        f"it again in year {last:.0f}",
    )
    assert_said(PAGE, "fig-ks-race-anticipation", *told, given="0.2 1 2 5 20")

    path = solved("b")
    net = path.saving_rate(t) - 0.1 * path.capital(t) / path.output(t)
    before = t < path.region_changes[0].date
    needed = ks.balancing_saving_rate(path.capital(t), path.share(t), 0.392 / 20)
    ahead = np.flatnonzero(before & (net > needed))
    start, end = t[ahead[[0, -1]]]
    for date, bend in ((start, 1), (end, -1)):  # there the wage turns
        low, at, high = path.wage(date + np.array([-0.05, 0.0, 0.05]))
        assert np.sign(low + high - 2 * at) == bend
        assert abs(high - low) < 0.5 * abs(low + high - 2 * at)
    told = (
        f"from year {end:.0f} on",
        f"dotted vertical lines at {start:.1f} and {end:.1f}",
        f"from {net[0]:.2f} to {net[-1]:.2f}",
        f"below until year {end:.0f}",
        f"rises from {path.wage(0.0):.2f}"
        if path.wage(5.0) < 1.4
        else f"starts at {path.wage(0.0):.2f}",
        f"rises to {path.wage(end):.2f} at the second",
        f"drops to {path.wage(20.0):.1f} by year {path.region_changes[0].date:.1f}",
    )
    assert_said(PAGE, "fig-ks-race-balancing", *told, given="2 20")


def test_captions_of_the_long_run_say_what_the_model_gives():
    def growth_of_odds(rate, share):  # as Φ → 1, at σ = 1/2 and s = 0.56
        return 0.56 * 0.5 * (1 - share) - 0.1 - rate / 0.5

    rest = ks.long_run(0.01).labor_share
    assert growth_of_odds(0.01, rest) == pytest.approx(0)
    told = (
        f"below a share of {rest:.3f} and",
        f"starts at {growth_of_odds(0.01, 0):.2f}",
        f"zero at share {rest:.3f}",
        f"minus {-growth_of_odds(0.12, 0):.2f} and minus {-growth_of_odds(0.25, 0):.2f}",
    )
    assert_said(PAGE, "fig-ks-race-odds", *told, given="0 0.01 0.12 0.25 1 2")

    t = np.linspace(0, 300, 3001)
    share = ks.constant_saving(ks.BusinessAsUsual(0.01), s=0.56).labor_share(t)
    optimal = ks.long_run(0.01).labor_share_optimal
    told = (
        f"ends at {rest:.3f}; with optimal saving (dashed) it ends at {optimal:.2f}",
        f"start at {share[0]:.2f}",
        f"rises to {share.max():.2f} by year {t[share.argmax()]:.0f}",
        f"dotted line at {rest:.2f}",
        f"falls towards {optimal:.2f}",
    )
    assert_said(PAGE, "fig-ks-race-shares", *told, given="0 1 2 75 300")

    G = ks.region_2_growth()
    first = ks.long_run(1e-6)
    told = (
        f"*G* = {G:.2f}, at λg = (1-σ)*G* = {G / 2:.2f}",
        f"from {first.labor_share:.2f} and a dashed one from {first.labor_share_optimal:.2f}",
        f"at {G / 2:.2f} and {G:.2f} into",
        f"from 0 to {G:.2f} at {G / 2:.2f}, falls to 0 at {G:.2f} and",
        f"to 0 at {G / 2:.2f};",
    )
    assert_said(PAGE, "fig-ks-race-figure-7", *told, given="0 0.25 1 2 3 7")
