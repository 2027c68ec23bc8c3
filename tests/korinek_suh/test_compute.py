"""Compute (section 4.5): three factors, both thresholds, the path after a bout, a second method."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from aiecon import korinek_suh as ks
from aiecon.korinek_suh import equations
from aiecon.korinek_suh.extensions.compute import compute_thresholds, specific_capital
from aiecon.korinek_suh.extensions.compute_transition import (
    backward_from_equal_returns,
    solve_compute_transition,
)
from exhibits.korinek_suh.compute import bout, movable, path_of

from ..told import told

CHAPTER = "korinek_suh/compute"

economies = {
    "K": st.floats(0.05, 100),
    "compute": st.floats(0, 50),
    "Phi": st.floats(0.05, 0.9),
    "part": st.floats(0.01, 1),
    "sigma": st.sampled_from([0.1, 0.3, 0.5, 0.8, 1.0, 1.5]),
    "L": st.floats(0.2, 5),
}


@given(**economies)
@settings(max_examples=250, deadline=None, derandomize=True)
def test_invariants(K, compute, Phi, part, sigma, L):
    p, Delta = ks.Parameters(sigma=sigma, L=L), part * (1 - Phi)
    now = specific_capital(K, compute, Phi, Delta, p)
    paid = now.wage * L + now.rental_rate * K + now.compute_rental * compute
    assert paid == pytest.approx(now.output, rel=1e-10)  # three factors exhaust output
    assert now.labor_share + now.capital_share + now.compute_share == pytest.approx(1, abs=1e-12)
    double = specific_capital(2 * K, 2 * compute, Phi, Delta, ks.Parameters(sigma=sigma, L=2 * L))
    assert double.output == pytest.approx(2 * now.output, rel=1e-12)
    assert double.wage == pytest.approx(now.wage, rel=1e-12)
    assert now.wage >= now.compute_rental * (1 - 1e-12)
    assert now.compute_rental >= now.rental_rate * (1 - 1e-12)
    if now.region == 4:
        assert (now.wage, now.rental_rate) == pytest.approx((p.A, p.A))
    # prices are marginal products
    h = 1e-6
    for name, size in (("wage", L), ("rental_rate", K), ("compute_rental", compute)):
        if size < 1e-3:
            continue
        ends = []
        for sign in (1, -1):
            own = {"wage": L, "rental_rate": K, "compute_rental": compute}
            own[name] = size * (1 + sign * h)
            q = ks.Parameters(sigma=sigma, L=own["wage"])
            ends.append(
                specific_capital(own["rental_rate"], own["compute_rental"], Phi, Delta, q).output
            )
        slope = (ends[0] - ends[1]) / (2 * h * size)
        assert slope == pytest.approx(getattr(now, name), rel=2e-4, abs=1e-6 * now.output / size)


def test_both_ends_are_the_baseline_model():
    for sigma in (0.2, 0.5, 1.0):
        p = ks.Parameters(sigma=sigma)
        none = specific_capital(4.6, 0.0, 0.608, 0.1, p)
        base = ks.equilibrium(4.6, 0.608, p)
        assert (none.output, none.wage, none.rental_rate) == pytest.approx(
            (base.output, base.wage, base.rental_rate), rel=1e-13
        )
        plenty = specific_capital(4.6, [0.8, 5.0], 0.608, 0.1, p)
        base = ks.equilibrium(4.6 + np.array([0.8, 5.0]), 0.708, p)
        np.testing.assert_allclose(plenty.output, base.output, rtol=1e-13)
        np.testing.assert_allclose(plenty.compute_rental, base.rental_rate, rtol=1e-12)
        np.testing.assert_allclose(plenty.wage, base.wage, rtol=1e-12)


def test_prices_are_continuous_and_kink_at_the_thresholds():
    found = compute_thresholds(4.6, 0.608, 0.1)
    for k in (found.first, found.second):
        h = 1e-7
        low, mid, high = (specific_capital(4.6, 0.1 * x, 0.608, 0.1) for x in (k - h, k, k + h))
        for f in ("output", "wage", "rental_rate", "compute_rental"):
            left = (getattr(mid, f) - getattr(low, f)) / h
            right = (getattr(high, f) - getattr(mid, f)) / h
            assert abs(left - right) < 10
            if f == "output":  # marginal products do not jump
                assert left == pytest.approx(right, rel=1e-4)
            if (f, k) in (("wage", found.first), ("compute_rental", found.second)):
                assert abs(left - right) > 0.01


@pytest.mark.parametrize(
    "case", [(4.6, 0.17, 0.6, 0.1), (4.6, 0.55, 0.6, 0.1), (4.6, 2.2, 0.6, 0.3)]
)
def test_a_planner_who_pours_labour_finds_the_same_output(case):
    K, compute, Phi, Delta = case
    n = 10
    old, new = round(Phi * n), round(Delta * n)
    e = -1.0

    def loss(z):
        x = np.copy(z)
        x[:old] += K / old
        x[old : old + new] += compute / new
        return -0.5 * np.mean((n * x) ** e) ** (1 / e)

    found = minimize(
        loss,
        np.full(n, 1 / n),
        bounds=[(1e-9, None)] * n,
        constraints={"type": "eq", "fun": lambda z: z.sum() - 1},
        options={"maxiter": 600, "ftol": 1e-15},
    )
    assert compute / Delta <= K / Phi  # compute is not yet used elsewhere
    assert -found.fun == pytest.approx(
        float(specific_capital(K, compute, Phi, Delta).output), rel=1e-6
    )


def test_order_of_the_thresholds():
    found = compute_thresholds(4.6, 0.608, [0.2, 0.258, 0.26, 0.392])
    most = 1 - 0.608 * (1 + 1 / 4.6)
    assert found.in_order.tolist() == [True, True, bool(most > 0.26), False]
    assert found.first[-1] == np.inf


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0.0, 0.1, 0.5, 0.1), "K > 0"),
        ((1.0, -0.1, 0.5, 0.1), "compute ≥ 0"),
        ((1.0, 0.1, 0.0, 0.1), "0 < Phi < 1"),
        ((1.0, 0.1, 0.5, 0.6), "Delta ≤ 1 − Phi"),
        ((1.0, 0.1, 0.5, 0.0), "0 < Delta"),
        ((1.0, np.nan, 0.5, 0.1), "finite compute"),
    ],
)
def test_bad_endowments_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        specific_capital(*arguments)


# The path after a bout ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("Delta", "other"),
    [
        (0.05, {}),
        (0.2, {}),
        (0.1, {"sigma": 0.3}),
        (0.1, {"sigma": 0.8, "eta": 3.0}),
        (0.1, {"sigma": 1.0}),
    ],
)
def test_backward_integration_finds_the_same_path(Delta, other):
    p = ks.Parameters(**other)
    K0 = 5.0
    ours = solve_compute_transition(Delta, K0=K0, params=p, tol=1e-9)
    theirs = backward_from_equal_returns(Delta, K0=K0, params=p)
    assert ours.second_date == pytest.approx(theirs.second_date, rel=1e-6)
    assert ours.first_date == pytest.approx(theirs.first_date, rel=1e-6)
    assert float(ours.consumption(0.0)) == pytest.approx(theirs.consumption, rel=1e-6)


def test_equations_of_motion_accounts_and_the_price_of_capital():
    path = solve_compute_transition(0.15)
    p, h = path.params, 1e-5
    t = np.array([0.1, 0.4, 0.7, 0.9, 1.5, 8.0])
    slope = (path.capital(t + h) - path.capital(t - h)) / (2 * h)
    saved = path.output(t) - path.consumption(t) - p.delta * path.capital(t)
    np.testing.assert_allclose(slope, saved, rtol=1e-6)
    growth = (path.log_consumption(t + h) - path.log_consumption(t - h)) / (2 * h)
    np.testing.assert_allclose(growth, path.consumption_growth(t), rtol=1e-5)
    paid = (
        path.wage(t)
        + path.traditional(t) * path.rental_rate(t)
        + path.compute(t) * path.compute_rental(t)
    )
    np.testing.assert_allclose(paid, path.output(t), rtol=1e-10)
    early = t[t < path.second_date]
    q_t = (path.price_of_capital(early + 1e-3) - path.price_of_capital(early - 1e-3)) / 2e-3
    rhs = path.compute_rental(early) * path.price_of_capital(early) - path.rental_rate(early)
    np.testing.assert_allclose(q_t, rhs, rtol=2e-3)
    assert (path.price_of_capital(early) < 1).all()
    late = t[t > path.second_date]
    np.testing.assert_allclose(path.compute(late) / path.traditional(late), 0.15 / 0.608)
    np.testing.assert_allclose(path.compute_rental(late), path.rental_rate(late), rtol=1e-9)


def test_from_the_second_date_on_it_is_the_baseline():
    path = solve_compute_transition(0.1)
    end = path.second_date
    same = ks.solve_transition(
        ks.BusinessAsUsual(rate=0.0, initial=0.708), float(path.capital(end))
    )
    since = np.array([0.0, 1.0, 10.0, 100.0])
    for f in ("log_capital", "log_consumption", "log_wage"):
        np.testing.assert_allclose(
            getattr(path, f)(end + since), getattr(same, f)(since), atol=1e-7
        )


def test_small_bouts_tend_to_none_at_the_rate_of_the_proposition():
    errors = []
    for Delta in (0.01, 0.005, 0.0025):
        path = solve_compute_transition(Delta)
        first = path.first_date / Delta * 0.392 * 0.1 * path.K0
        second = path.second_date / Delta * 0.1 * 0.608
        errors.append([abs(first - 1), abs(second - 1)])
    errors = np.array(errors)
    assert (errors[-1] < 0.04).all()
    np.testing.assert_allclose(errors[1:] / errors[:-1], 0.5, atol=0.08)  # first order in Δ
    base = ks.solve_transition(ks.BusinessAsUsual(rate=0.0), path.K0)
    t = np.array([0.5, 5.0, 50.0])
    assert np.abs(path.log_wage(t) - base.log_wage(t)).max() < 0.02


@pytest.mark.parametrize("Delta", [0.01, 0.1, 0.2, 0.25])
def test_bound_and_order_of_the_dates(Delta):
    path = solve_compute_transition(Delta)
    assert 0 < path.first_date < path.second_date < np.log1p(Delta / 0.608) / 0.1
    t = np.linspace(0, path.second_date, 50)
    assert (path.capital(t) >= path.K0 * (1 - 1e-9)).all()
    assert (np.diff(path.wage(np.linspace(0, path.first_date, 20))) < 0).all()
    assert (np.diff(path.wage(np.linspace(path.first_date, 50, 40))) > 0).all()
    assert path.wage(500.0) > path.wage(0.0)
    after = ks.factor_price_frontier(0.14, 0.608 + Delta)
    assert path.wage(500.0) == pytest.approx(float(after), rel=1e-6)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"Delta": 0.35}, "Delta < "),
        ({"Delta": 0.27}, "until returns are equal"),
        ({"Delta": 1e-5}, "Delta ≥ 0.001"),
        ({"Delta": 0.1, "params": ks.Parameters(A=0.1)}, "A > rho"),
        ({"Delta": 0.1, "K0": -1.0}, "K0 > 0"),
    ],
)
def test_bouts_that_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        solve_compute_transition(**arguments)


# Figures and explorer -----------------------------------------------------------------------------


def test_the_figures_of_stages_say_what_they_show():
    found = compute_thresholds(4.6, 0.608, 0.1)
    text = told(CHAPTER, "fig-ks-compute-12")
    assert f"lines at {found.first:.1f} (k₁) and {found.second:.1f} (k₂)." in text
    now = specific_capital(4.6, 0.1 * np.array([0, found.first, found.second, 12]), 0.608, 0.1)
    w, R = now.wage, now.rental_rate
    assert f"falls from {w[0]:.1f} to {w[1]:.1f} at k₁, then rises to {w[3]:.1f}." in text
    assert f"rises from {R[0]:.2f} to {R[2]:.2f} at k₂" in text

    text, marks = told(CHAPTER, "fig-ks-compute-filling"), np.array([found.first, found.second])
    k = [marks[0] / 2, marks.mean(), 1.25 * marks[1]]
    first, level = (1 + 0.1 * k[0]) / 0.392, 1 / 0.292
    filled = f"compute {k[0]:.1f} with labour on top up to {first:.1f}"
    assert f"Left: capital {4.6 / 0.608:.1f} high, {filled}," in text
    assert f"Middle: compute {k[1]:.1f}, labour {level:.1f}." in text
    together = (4.6 + 0.1 * k[2]) / 0.708
    assert f"both machine blocks level at {together:.1f}, labour {level:.1f}." in text


def test_the_figures_of_the_bout_say_what_they_show():
    path, free = path_of(0.1), movable(0.1)
    t1, t2, end = path.first_date, path.second_date, 4.0
    text = told(CHAPTER, "fig-ks-compute-time")
    assert f"lines at {t1:.2f} (t₁) and {t2:.2f} (t₂)." in text
    w = path.wage(np.array([0.0, t1, end]))
    assert f"from {w[0]:.2f} to {w[1]:.2f} at t₁ and rises to {w[2]:.2f};" in text
    assert f"movable capital starts at {free.wage(0.0):.2f}, rises" in text
    meets = f"{path.compute_rental(t2):.2f} at t₂"
    assert (
        f"plunges to {meets}, where that on capital, risen from {path.rental_rate(0.0):.2f}" in text
    )

    text, K = told(CHAPTER, "fig-ks-compute-stocks"), path.traditional([0.0, t2, end])
    assert f"lines at {t1:.2f} and {t2:.2f}." in text
    assert f"falls from {K[0]:.1f} to {K[1]:.1f} and rises to {K[2]:.1f};" in text
    compute = path.compute([t2, end])
    assert f"rises from 0 to {compute[0]:.1f}, then slowly to {compute[1]:.1f};" in text
    Y, C = path.output([0.0, t2, end]), path.consumption([0.0, end])
    assert f"output rises from {Y[0]:.1f} to {Y[1]:.1f} by t₂ and to {Y[2]:.1f};" in text
    assert f"consumption from {C[0]:.1f} to {C[1]:.1f};" in text
    assert f"in place from {path.price_of_capital(0.0):.2f} to 1 at t₂" in text

    text = told(CHAPTER, "fig-ks-compute-dates")
    back = [path_of(D).recovery_date for D in (0.002, 0.1, 0.25)]
    assert f"after {back[0]:.1f} years for tiny bouts, {back[1]:.0f} years at 0.1" in text
    assert f"and {back[2]:.1f} years at 0.25." in text
    last = path_of(0.254)
    assert f"from 0 to {last.second_date:.1f} years along a concave line" in text
    assert f"the first from 0 to {last.first_date:.1f} along" in text
    assert last.second_date - last.first_date < 0.05


def test_explorer_says_what_the_library_computes():
    path = solve_compute_transition(0.15, params=ks.Parameters(eta=4))
    text = bout.description(eta=4, Delta=0.15)
    assert f"after {path.first_date:.2f} years" in text
    assert f"equal after {path.second_date:.2f}" in text
    assert f"back after {path.recovery_date:.1f} years" in text
    assert f"is worth {path.price_of_capital(0.0):.2f}" in text
    assert "back before returns are equal" in bout.description(sigma=0.9, Delta=0.05)
    shown = bout.at(bout.setting({"eta": 4, "Delta": 0.15}))
    np.testing.assert_allclose(shown["wage"], path.wage(shown["years"]), rtol=1e-6)


@given(**economies)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_the_printed_functions_give_the_same_prices(K, compute, Phi, part, sigma, L):
    """Appendix A.2 with the inputs that the stage says, for σ ≠ 1 and L = 1."""
    Delta, sigma = part * (1 - Phi) * 0.99, 0.5 if sigma == 1 else sigma
    now = specific_capital(K, compute, Phi, Delta, ks.Parameters(sigma=sigma))
    rest = 1 - Phi - Delta
    together = (K + compute) / (Phi + Delta)
    level = (1 + compute) / (1 - Phi)
    x1, x2, z = {
        1: (K / Phi, level, level),
        2: (K / Phi, compute / Delta, 1 / rest),
        3: (together, together, 1 / rest),
        4: (1 + K + compute,) * 3,
    }[int(now.region)]
    Y, w, R, R_I = equations.with_compute(x1, x2, z, Phi, Delta, 0.5, sigma)
    ours = (now.output, now.wage, now.rental_rate, now.compute_rental)
    np.testing.assert_allclose(ours, (Y, w, R, R_I), rtol=1e-9)


def test_after_a_large_bout_wage_and_rental_rate_nowhere_rise_together():
    """So that no thresholds k₁ < k₂ have the properties of Proposition 13."""
    for Delta, together in ((0.1, True), (0.24, True), (0.27, False), (0.35, False)):
        k = np.linspace(0.01, 30.0, 3001)
        now = specific_capital(4.6, Delta * k, 0.608, Delta)
        both = (np.diff(now.wage) > 1e-12) & (np.diff(now.rental_rate) > 1e-12)
        assert both.any() == together
        assert bool(compute_thresholds(4.6, 0.608, Delta).in_order) == together
