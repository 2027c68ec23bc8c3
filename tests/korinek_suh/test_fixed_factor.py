"""A factor in fixed supply: statics, steady state, transition by two methods, the search."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.integrate import solve_ivp

from aiecon import korinek_suh as ks
from aiecon.numerics import SolverError
from exhibits.korinek_suh import fixed_factor_claims as claims
from exhibits.korinek_suh.fixed_factor import candidates, fixed, peak_of
from exhibits.korinek_suh.fixed_factor import fixed_factor as explorer

from ..told import told

CHAPTER = "korinek_suh/fixed_factor"
USUAL = ks.BusinessAsUsual(rate=0.01)

economies = {
    "K": st.floats(0.05, 50.0),
    "Phi": st.floats(0.02, 0.98),
    "alpha": st.floats(0.1, 1.0),
    "M": st.floats(1e-4, 1e4),
    "sigma": st.floats(0.15, 0.9),
}


def numerical(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


# Statics ------------------------------------------------------------------------------------------


@given(**economies)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_payments_to_three_factors_exhaust_output(K, Phi, alpha, M, sigma):
    p, factor = ks.Parameters(sigma=sigma, L=1.3), ks.FixedFactor(alpha, M)
    now = ks.fixed_factor_equilibrium(K, Phi, factor, p)
    paid = now.wage * 1.3 + now.rental_rate * K + now.factor_return * M
    assert_allclose(paid, now.output, rtol=1e-12)
    assert_allclose(now.labor_share + now.capital_share + now.factor_share, 1, rtol=1e-12)
    assert_allclose(now.labor_share, now.wage * 1.3 / now.output, rtol=1e-11)
    assert_allclose(now.capital_share, now.rental_rate * K / now.output, rtol=1e-11)


@given(**economies)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_prices_are_marginal_products(K, Phi, alpha, M, sigma):
    if abs(K / (K + 1) - Phi) < 1e-3:  # the second derivative jumps on the border
        return

    def output(K=K, L=1.0, M=M):
        p = ks.Parameters(sigma=sigma, L=L)
        return ks.fixed_factor_equilibrium(K, Phi, ks.FixedFactor(alpha, M), p).output

    now = ks.fixed_factor_equilibrium(K, Phi, ks.FixedFactor(alpha, M), ks.Parameters(sigma=sigma))
    # differences are accurate relative to average products, the largest a price can be
    for name, at, price in (
        ("K", K, now.rental_rate),
        ("L", 1.0, now.wage),
        ("M", M, now.factor_return),
    ):
        slope = numerical(lambda x, name=name: output(**{name: x}), at, 1e-5 * at)
        assert_allclose(slope, price, rtol=1e-6, atol=1e-8 * now.output / at)


@given(K=economies["K"], Phi=economies["Phi"], sigma=economies["sigma"])
@settings(max_examples=40, deadline=None, derandomize=True)
def test_without_a_share_the_factor_does_not_matter(K, Phi, sigma):
    p = ks.Parameters(sigma=sigma)
    plain = ks.equilibrium(K, Phi, p)
    for M in (0.1, 100.0):
        now = ks.fixed_factor_equilibrium(K, Phi, ks.FixedFactor(1.0, M), p)
        for name in ("output", "wage", "rental_rate", "region", "labor_share", "capital_share"):
            assert_allclose(getattr(now, name), getattr(plain, name), rtol=1e-11)
        assert now.factor_return == 0.0


def test_the_fixed_factor_works_like_productivity():
    K, Phi = np.array([0.5, 4.6, 20.0]), 0.608
    more = ks.fixed_factor_equilibrium(K, Phi, ks.FixedFactor(0.8, 32.0), ks.Parameters(A=0.5))
    better = ks.fixed_factor_equilibrium(K, Phi, ks.FixedFactor(0.8, 1.0), ks.Parameters(A=1.0))
    assert_allclose(more.wage, better.wage, rtol=1e-12)  # 32^.2 = 2
    assert_allclose(more.rental_rate, better.rental_rate, rtol=1e-12)


@given(K=st.floats(0.2, 20.0), sigma=st.floats(0.2, 0.85), alpha=st.floats(0.2, 0.99))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_wage_peak_is_the_highest_wage(K, sigma, alpha):
    p, factor = ks.Parameters(sigma=sigma), ks.FixedFactor(alpha, 2.0)
    peak = ks.fixed_factor_wage_peak(K, factor, p)
    grid = np.linspace(0, 1, 4001)
    wages = ks.fixed_factor_equilibrium(K, grid, factor, p).wage
    assert wages.max() <= peak.wage * (1 + 1e-12)
    assert_allclose(peak.wage, wages.max(), rtol=1e-4)
    assert peak.Phi < ks.wage_peak(K, p).Phi
    slope = ks.fixed_factor_automation_effect(K, peak.Phi, factor, p)
    assert_allclose(slope, 0, atol=1e-8 / (1 - peak.Phi))
    assert_allclose(peak.at_border / peak.at_start, (K + 1) ** (alpha - 1), rtol=1e-12)


def test_the_corrected_slope_and_the_printed_one():
    factor, p = ks.FixedFactor(0.7, 2.5), ks.Parameters(sigma=0.4)
    K, Phi, e = 4.0, 0.3, (0.4 - 1) / 0.4

    def log_wage(x):
        return float(np.log(ks.fixed_factor_equilibrium(K, x, factor, p).wage))

    slope = ks.fixed_factor_automation_effect(K, Phi, factor, p)
    assert_allclose(slope, numerical(log_wage, Phi, 1e-6), rtol=1e-7)
    gap = (K / Phi) ** e - (1 / (1 - Phi)) ** e
    Y_A = ks.fixed_factor_equilibrium(K, Phi, factor, p).output / p.A
    X = (Y_A / 2.5**0.3) ** (1 / 0.7)
    values = [(0.7 / e - 1) / 0.4 * gap * x**-e - 1 / (0.4 * 0.7) for x in (X, Y_A)]
    assert_allclose(values[0], slope, rtol=1e-12)
    assert abs(values[1] - slope) > 0.1


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: ks.FixedFactor(alpha=0.0), "alpha"),
        (lambda: ks.FixedFactor(alpha=1.1), "alpha"),
        (lambda: ks.FixedFactor(M=0.0), "M"),
        (lambda: ks.fixed_factor_equilibrium(0.0, 0.5), "K"),
        (lambda: ks.fixed_factor_equilibrium(1.0, 1.5), "Phi"),
        (lambda: ks.fixed_factor_steady_state(ks.FixedFactor(0.9, 1e-6)), "M"),
        (lambda: ks.fixed_factor_steady_state(ks.FixedFactor(1.0, 1.0)), "alpha"),
        (lambda: ks.solve_fixed_factor_transition(USUAL, -1.0), "K0"),
        (lambda: ks.paths_entering_at(-1.0, 0.01, 1.0), "entry"),
        (lambda: ks.paths_entering_at(25.0, 0.01, 1e-7), "M"),
    ],
)
def test_what_the_theory_excludes_is_refused(call, name):
    with pytest.raises(ValueError, match=name):
        call()


# The steady state ---------------------------------------------------------------------------------


@pytest.mark.parametrize("M", [2e-5, 1e-3, 1.0, 1e6])
def test_the_steady_state_of_proposition_10(M):
    end = ks.fixed_factor_steady_state(ks.FixedFactor(0.9, M))
    K = end.capital
    assert_allclose(0.9 * 0.5 * (K + 1) ** -0.1 * M**0.1, 0.14, rtol=1e-10)
    assert_allclose([end.wage, end.rental_rate], 0.14, rtol=1e-10)
    assert_allclose(end.labor_share, 0.9 / (K + 1), rtol=1e-10)
    assert_allclose(end.consumption_rate, end.output / K - 0.1, rtol=1e-9)


def test_a_steady_state_with_tasks_left_is_in_region_1():
    factor = ks.FixedFactor(0.9, 1.0)
    end = ks.fixed_factor_steady_state(factor, Phi=0.608)
    now = ks.fixed_factor_equilibrium(end.capital, 0.608, factor)
    assert end.region == 1 == now.region
    assert_allclose(now.rental_rate, 0.14, rtol=1e-10)
    path = ks.solve_fixed_factor_transition(ks.BusinessAsUsual(rate=0.0), 4.6, factor)
    assert_allclose(path.capital(5000.0), end.capital, rtol=1e-8)


# The transition -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "M", "K0"),
    [
        (0.01, 3e-5, 4.6),
        (0.03, 1e-3, 4.6),
        (0.2, 1.0, 2.0),
        (0.1, 1e-4, 100.0),
        (0.01, 5.93e-5, 1.533),  # labour is abundant at first
        (0.01, 7e-5, 1.4),
    ],
)
def test_the_backward_method_finds_the_same_path(rate, M, K0):
    path = ks.solve_fixed_factor_transition(
        ks.BusinessAsUsual(rate=rate), K0, ks.FixedFactor(0.9, M), tol=1e-10
    )
    entry = path.region_changes[-1].date
    back = ks.paths_entering_at(entry, rate, M)
    assert back.valid == (path.region(0.0) == 1)
    assert_allclose(back.K0, K0, rtol=2e-6)
    assert_allclose(back.C0, path.consumption(0.0), rtol=2e-6)
    t = np.linspace(0, entry, 5001)
    wages = path.log_wage(t)
    assert_allclose(back.peak, t[np.argmax(wages)], atol=2e-2 * entry)
    assert_allclose(back.rise, wages.max() - wages[0], atol=1e-4)


@pytest.mark.parametrize(
    "automation", [ks.Bounded(horizon=20), ks.Mixed(weight=0.9), ks.BusinessAsUsual(rate=0.05)]
)
def test_the_path_satisfies_its_equations(automation):
    factor = ks.FixedFactor(0.85, 0.05)
    path = ks.solve_fixed_factor_transition(automation, 4.6, factor, tol=1e-10)
    t = np.array([0.5, 3.0, 8.0, 15.0, 30.0, 80.0])
    h = 1e-4
    now = ks.fixed_factor_equilibrium(path.capital(t), path.share(t), factor)
    assert_allclose(now.output, path.output(t), rtol=1e-10)
    assert_allclose(now.wage, path.wage(t), rtol=1e-10)
    assert_allclose(now.factor_return, path.factor_return(t), rtol=1e-10)
    growth = numerical(path.log_consumption, t, h)
    assert_allclose(growth, (now.rental_rate - 0.14) / 2, atol=1e-6)
    motion = numerical(path.capital, t, h)
    assert_allclose(
        motion, now.output - 0.1 * path.capital(t) - path.consumption(t), rtol=1e-5, atol=1e-7
    )
    end = ks.fixed_factor_steady_state(factor)
    assert_allclose(path.log_capital(1e5), end.log_capital, atol=1e-7)
    assert path.region(1e5) == 2


def test_as_the_share_vanishes_the_path_without_a_fixed_factor_comes_back():
    for automation in (ks.Bounded(horizon=20), ks.BusinessAsUsual(rate=0.03)):
        plain = ks.solve_transition(automation)
        t = np.array([5.0, 20.0, 60.0])
        gaps = []
        for share in (0.01, 0.005):
            path = ks.solve_fixed_factor_transition(automation, 4.6, ks.FixedFactor(1 - share, 1.0))
            gaps.append(path.log_capital(t) - plain.log_capital(t))
        assert_allclose(gaps[0] / gaps[1], 2, rtol=0.1)
        exact = ks.solve_fixed_factor_transition(automation, 4.6, ks.FixedFactor(1.0, 1.0))
        assert_allclose(exact.log_capital(t), plain.log_capital(t), rtol=1e-12)


@pytest.mark.parametrize("K0", [1.0, 4.6, 50.0])
def test_capital_stays_below_the_larger_of_its_ends(K0):
    factor = ks.FixedFactor(0.9, 1e-4)
    path = ks.solve_fixed_factor_transition(ks.BusinessAsUsual(rate=0.05), K0, factor)
    bound = max(K0, ks.fixed_factor_steady_state(factor).capital)
    t = np.linspace(0, 400, 801)
    assert path.capital(t).max() <= bound * (1 + 1e-9)
    latest = np.log(0.392 * (bound + 1)) / 0.05
    entry = path.region_changes[-1].date if path.region_changes else 0.0
    assert path.region(entry + 1e-6) == 2
    assert entry <= latest


@given(
    K0=st.floats(0.1, 100.0),
    Phi=st.floats(0.02, 0.98),
    M=st.floats(1e-6, 10.0),
    alpha=st.floats(0.5, 0.95),
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_excess_capital_at_the_start_implies_what_proposition_10_needs(K0, Phi, M, alpha):
    """F_K ≥ ρ + δ at the start, as before Proposition 5: then 0 < K₀ ≤ K*."""
    factor = ks.FixedFactor(alpha, M)
    if ks.fixed_factor_equilibrium(K0, Phi, factor).rental_rate < 0.14:
        return
    assert ks.least_fixed_factor(alpha) < M
    assert np.log(K0) <= ks.fixed_factor_steady_state(factor).log_capital + 1e-9


def test_with_too_little_of_it_capital_is_used_up_and_proposition_10_fails():
    """The optimal path backwards from the date on which capital is gone.

    There K = 0 and C = F(0), so that it arrives smoothly; before, Euler's equation holds.
    """
    factor = ks.FixedFactor(0.9, 0.5 * ks.least_fixed_factor())

    def motion(_, x):
        now = ks.fixed_factor_equilibrium(max(x[0], 1e-12), 1.0, factor)
        return [
            -(now.output - 0.1 * x[0] - x[1]),
            -(now.rental_rate - 0.14) / 2 * x[1],
        ]

    end = ks.fixed_factor_equilibrium(1e-12, 1.0, factor)
    found = solve_ivp(motion, (0.0, 200.0), [1e-9, float(end.output)], rtol=1e-9, atol=1e-12)
    K, C = found.y
    assert np.all(np.diff(K) > 0)  # backwards: it only falls in time
    assert (C / end.output).min() >= 1 - 1e-9
    assert K[-1] > 4.6
    assert end.wage == pytest.approx(0.14 * 0.5**0.1)
    assert end.wage < 0.14
    assert end.labor_share == pytest.approx(0.9)


def test_from_more_capital_than_in_the_long_run_labour_is_scarce_for_longer():
    factor = ks.FixedFactor(0.9, 3e-5)
    end = ks.fixed_factor_steady_state(factor).capital
    assert end < 4.6
    path = ks.solve_fixed_factor_transition(ks.BusinessAsUsual(0.2), 4.6, factor)
    entry = path.region_changes[-1].date
    assert path.share(entry) > end / (end + 1)
    assert path.share(entry) < 4.6 / 5.6


# The search for Figure 9 --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "peak"), [("Table 2", 0.0), ("less capital", 9.5), ("faster", 10.0)]
)
def test_the_candidates_have_their_dates_forwards(name, peak):
    found = candidates()[name]
    path = ks.solve_fixed_factor_transition(
        ks.BusinessAsUsual(found.rate), found.K0, ks.FixedFactor(0.9, found.M)
    )
    t = np.linspace(0.0, 25.0, 25_001)
    # the search ends within a few minutes of the date; the grid of t has steps of a thousandth
    assert_allclose(path.region_changes[-1].date, 25.0, atol=2e-5)
    assert_allclose(t[np.argmax(path.log_wage(t))], peak, atol=2e-3)


@pytest.mark.parametrize("inputs", [{"K0": 1e6}, {"guess": (0.01, 1e-5)}])
def test_a_search_that_fails_says_so(inputs):
    with pytest.raises(SolverError, match="Try another guess"):
        ks.calibrate_dates(**inputs)


def test_the_inputs_of_the_ledger_are_those_of_the_search():
    assert_allclose(claims._from_table_2(), candidates()["Table 2"].M, rtol=1e-4)
    less = candidates()["less capital"]
    assert_allclose(claims._from_less(), (less.M, less.K0), rtol=1e-4)


def test_from_scarce_labour_the_peak_comes_in_year_seven_at_the_latest():
    """With λg = .01 and the entry after 25 years; from a little less capital it comes later."""
    top = float(ks.largest_fixed_factor(25.0, [0.01])[0])
    M = np.exp(np.linspace(np.log(8.6e-6), np.log(top), 200))
    found = ks.paths_entering_at(25.0, 0.01, M)
    assert np.all(found.valid)
    assert np.all(np.diff(found.K0) < 0)
    assert found.peak.max() < 7.2
    assert found.peak[found.K0 > 1.6].max() == pytest.approx(0.0, abs=1e-6)
    assert found.rise.max() < 0.01
    less = ks.paths_entering_at(25.0, 0.01, top * np.linspace(1.001, 1.02, 400))
    assert not less.valid.any()
    assert np.all(less.K0 < 1.551)
    assert 9.5 < less.peak.max() < 9.8
    assert less.rise[np.argmax(less.peak)] < 1e-4


# Many economies, and the explorer -----------------------------------------------------------------


def test_many_paths_are_those_of_each_economy():
    rate, M, K0 = [0.01, 0.05, 0.3, 0.01], [1.0, 1e-3, 1e5, 3e-5], [4.6, 10.0, 4.6, 4.6]
    many = ks.solve_fixed_factor_transitions(
        ks.BusinessAsUsual(rate=rate), K0, ks.FixedFactor(0.9, M)
    )
    t = np.array([0.0, 5.0, 40.0, 900.0])
    assert many.paths.converged.all()
    for i in range(4):
        one = ks.solve_fixed_factor_transition(
            ks.BusinessAsUsual(rate=rate[i]), K0[i], ks.FixedFactor(0.9, M[i])
        )
        assert_allclose(many.log_wage(t)[i], one.log_wage(t), atol=1e-6)
        assert_allclose(many.labor_share(t)[i], one.labor_share(t), atol=1e-7)
        assert_allclose(many.paths.first_switch()[i], one.region_changes[0].date, rtol=1e-6)


def test_the_explorer_says_what_it_shows():
    text = explorer.description(rate=0.01, M=0.0, K0="4.60")
    assert "year 1,070" in text
    path = ks.solve_fixed_factor_transition(USUAL)
    rise = np.exp(path.log_wage(np.linspace(500, 600, 1001)).max() - path.log_wage(0.0))
    assert f"{rise:.2g} times today's" in text
    assert "for good in year 25," in explorer.description(
        **explorer.presets["Table 2, region 2 in year 25"]
    )
    faster = explorer.description(**explorer.presets["Both dates, faster"])
    assert "2 times today's. Labour stops being scarce for good in year 25," in faster


def test_the_presets_are_the_candidates():
    for name, preset in (("Table 2", "Table 2, region 2 in year 25"),
                         ("faster", "Both dates, faster")):  # fmt: skip
        found, given_ = candidates()[name], explorer.presets[preset]
        assert_allclose([given_["rate"], given_["M"]], [found.rate, np.log10(found.M)], atol=1e-4)


# What the page says of it -------------------------------------------------------------------------


def test_the_figures_say_what_they_show():
    path, free = fixed(), ks.solve_transition(USUAL)
    end, peak = path.region_changes[-1].date, peak_of(path, 1300)
    text = told(CHAPTER, "fig-ks-fixed-long")
    assert f"rises straight from {free.wage(0.0):.1f} past 700 by year 360" in text
    assert 700 < free.wage(360.0) < 800
    rise = f"from {path.wage(0.0):.1f} to {path.wage(peak):.0f} in year {peak:.0f}"
    assert f"{rise} and falls to {path.wage(end):.2f} in year {end:.0f}," in text
    assert f"shrinks from {path.labor_share(0.0):.0%} to nothing by year 750" in text
    assert path.labor_share(750.0) < 0.005

    text, tops = told(CHAPTER, "fig-ks-fixed-hump"), []
    for alpha in (1.0, 0.9, 0.6):
        top = ks.fixed_factor_wage_peak(4.6, ks.FixedFactor(alpha))
        highest, last = top.wage / top.at_start, top.at_border / top.at_start
        tops.append(f"{highest:.2f} at {top.Phi:.2f} and ends at {last:.2f}")
    assert f"peaks at {tops[0]}".replace("at 0", "at share 0", 1)[:-3] in text
    assert f"for alpha 0.9 it peaks at {tops[1]};" in text
    assert f"for alpha 0.6 it peaks at {tops[2]}." in text
    assert f"region 2 at share {ks.scarcity_threshold(4.6):.2f}," in text


def test_the_candidates_of_figure_9_are_what_the_figures_say():
    paths = {name: fixed(c.rate, c.M, c.K0) for name, c in candidates().items()}
    over = {
        name: lambda t, p=p: np.exp(p.log_wage(t) - p.log_wage(0.0)) for name, p in paths.items()
    }
    text = told(CHAPTER, "fig-ks-fixed-wages")
    assert f"falls to {over['Table 2'](25.0):.2f} at year 25 and stays" in text
    assert_allclose(over["less capital"](np.linspace(0, 50, 51)), 1, atol=0.05)
    assert "stays within 5% of 1" in text
    faster = [f"{over['faster'](t):.{d}g}" for t, d in ((10.0, 2), (25.0, 2), (50.0, 1))]
    assert faster[0] == "2"
    assert (
        f"rises to 2.0 at year 10, falls to {faster[1]} at year 25 and on to {faster[2]}." in text
    )

    text, shares = told(CHAPTER, "fig-ks-fixed-shares"), paths["less capital"].labor_share
    assert f"falls slowly from {shares(0.0):.0%} to {shares(60.0):.0%}" in text
    assert f"line at year {candidates()['less capital'].peak:.1f} and" in text
    shares = paths["faster"].labor_share
    assert f"from {shares(0.0):.0%} to {shares(10.0):.1%} at the dashed line" in text
    assert shares(20.0) < 0.002
    third = candidates()["less capital"].K0 / 4.6
    assert third == pytest.approx(1 / 3, abs=0.005)


def test_the_lines_of_the_search_end_where_its_text_says():
    """There the highest wage comes in year 10, as far as two digits of rate and K₀ tell."""
    text = told(CHAPTER, "fig-ks-fixed-search")
    assert "from rate 0.15 and capital 600 to rate 0.28 and 10,000; one low, from rate 0.24" in text
    assert "capital 1.6 over a dot at 0.37 and 4.6 to 0.44 and 12." in text
    rates, ends = np.array([0.15, 0.28, 0.24, 0.44]), (600, 10_000, 1.6, 12)
    top = np.log(ks.largest_fixed_factor(25.0, rates))[:, None]
    log_M = top - (top - np.log(9e-6)) * np.linspace(1, 0, 30) ** 3
    rates = np.broadcast_to(rates[:, None], log_M.shape)
    found = ks.paths_entering_at(25.0, rates, np.exp(log_M))
    for K0, starts, peaks in zip(ends, found.K0, found.peak, strict=True):
        here = np.interp(np.log(K0), np.log(starts[::-1]), peaks[::-1])
        assert here == pytest.approx(10, abs=0.2)
    assert f"dot at {candidates()['faster'].rate:.2f} and 4.6" in text


def test_the_bet_is_right():
    entry = fixed().region_changes[-1].date
    assert f"In year {entry:,.0f}." in explorer.bet.feedback
    assert f"adds {np.log(10) / 0.01:.0f} years" in explorer.bet.feedback
