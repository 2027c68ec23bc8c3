"""The estimator against closed forms, brute force and known parameters; the committed results."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import chi2

from aiecon import chen_meng as cm
from aiecon.chen_meng.moments import values
from aiecon.chen_meng.msm import from_vector, to_vector
from aiecon.chen_meng.power import power_at
from aiecon.chen_meng.results import (
    ADOPTION,
    NAME,
    SOBOL_RANGES,
    WORKERS,
    Bootstrap,
    checksum,
    read,
    results,
    sobol_draw,
)
from aiecon.sweep import sweep
from exhibits.chen_meng.estimates import fitted
from exhibits.chen_meng.moments import flat_direction
from tests.told import told

BASE = cm.Parameters()
N = 3000
SE = np.array([target.se for target in cm.TARGETS])


@pytest.fixture(scope="module")
def plus():
    return cm.estimate(cm.targets_with(0.01), n=N)


# Moments ------------------------------------------------------------------------------------------


def test_gains_are_what_a_loop_over_people_finds():
    crowd = cm.people(N)
    before = cm.schooling(BASE, 1.0)
    ln_h = cm.log_human_capital(BASE, before, crowd)
    gain = BASE.lam * (np.log(BASE.eta0) - ln_h)
    e = cm.educated(before, crowd)
    found = cm.moments(BASE, N)
    assert found[0] == pytest.approx(gain.mean(), rel=1e-12)
    assert found[1] == pytest.approx(np.sort(gain)[-N // 5 :].mean(), rel=1e-12)
    assert found[2] == pytest.approx(np.average(gain, weights=e), rel=1e-10)
    assert found[4] == cm.schooling(BASE).premium - before.premium
    assert found[5] == cm.economy(BASE, N).delta_gini


def test_measured_sharing_is_a_regression_with_errors_in_variables():
    rng = np.random.default_rng(1)
    n, noise = 400_000, 0.05
    k = np.exp(rng.standard_exponential(n) / BASE.zeta)
    revenue = BASE.weight * np.log1p(BASE.ratio * k)
    measured = revenue + noise * rng.standard_normal(n)
    slope = np.polyfit(measured, BASE.xi * revenue, 1)[0]
    assert slope == pytest.approx(cm.measured_sharing(BASE, noise), rel=0.02)


def test_along_the_ridge_five_moments_stay_and_the_sign_changes():
    ratio = np.array([0.3, 1.0, 6.0])
    xi, change = cm.ridge(ratio)
    at = [
        cm.moments(cm.with_ratio(replace(BASE, xi=float(x)), float(r)))
        for x, r in zip(xi, ratio, strict=True)
    ]
    for moments in at[1:]:
        np.testing.assert_allclose(moments[:5], at[0][:5], rtol=1e-12)
    np.testing.assert_allclose([m[5] for m in at], change, rtol=1e-12)
    assert change[0] < 0 < change[-1]
    assert np.isnan(cm.ridge(0.01)[0])  # sharing would exceed one
    far = cm.measured_sharing(BASE) * (1 + (0.05 * BASE.zeta / BASE.weight) ** 2)
    assert cm.ridge(1e7)[0] == pytest.approx(far, rel=1e-3)


# The estimator ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "truth",
    [
        {"lam": 0.2, "eta0": 2.3, "eta1": 4.6, "xi": 0.2},
        {"lam": 0.15, "eta0": 1.8, "eta1": 1.0, "xi": 0.35},
        {"lam": 0.28, "eta0": 3.0, "eta1": 9.0, "xi": 0.1},
    ],
)
def test_exact_targets_give_back_the_parameters(truth):
    params = replace(BASE, **truth)
    found = cm.estimate(data=cm.moments(params, N), n=N)
    assert found.converged
    np.testing.assert_allclose(found.vector, to_vector(params), atol=2e-5)
    assert found.criterion < 1e-8


def test_intervals_cover_the_truth():
    """Targets drawn around a known economy; 95% intervals must contain it about as often."""
    draw = Bootstrap(0.01, cm.estimate(n=1000), n=1000)
    done = sweep(draw, list(range(40)), seed=5, workers=1)
    assert not done.failures
    inside = []
    for i, name in enumerate(cm.NAMES):
        gap = np.abs(done.column(name) - draw.fitted.vector[i])
        inside.append(np.mean(gap < 1.96 * done.column(f"se {name}")))
    assert np.all(np.array(inside) >= 0.85)  # 34 of 40: fewer has a chance of 1 in 100
    assert np.mean(inside) < 1  # and the intervals are not simply wide
    again = sweep(draw, list(range(4)), seed=5, workers=1, chunk=3)
    np.testing.assert_array_equal(again.column("λ"), done.column("λ")[:4])


def test_j_of_many_draws_is_what_estimation_finds_and_rejects_one_in_twenty(plus):
    """The bootstrap's 300 draws reject 2%: is that the χ² or the draws? 20,000 draws tell."""
    rng = np.random.default_rng(17)
    data = plus.moments + SE * rng.standard_normal((20_000, 6))
    found = cm.hansen_j(plus, data)
    for row, j in zip(data[:3], found, strict=False):
        again = cm.estimate(plus.targets, plus.params, n=N, data=row)
        assert j == pytest.approx(again.criterion, abs=2e-3)
    for level in (0.10, 0.05, 0.01):
        rejected = np.mean(found > chi2.isf(level, plus.degrees_of_freedom))
        assert abs(rejected - level) < 4 * np.sqrt(level * (1 - level) / len(found))
    with pytest.raises(ValueError, match="six numbers in each row"):
        cm.hansen_j(plus, data[0])


def test_minimum_against_a_search_without_derivatives(plus):
    from scipy.optimize import minimize

    aim = values(cm.TARGETS)

    def criterion(v):
        return float(np.sum(((cm.moments(from_vector(v), N) - aim) / SE) ** 2))

    start = plus.vector + np.array([0.02, 0.1, -0.2, 0.04])
    other = minimize(criterion, start, method="Nelder-Mead", options={"maxfev": 400})
    assert other.fun == pytest.approx(plus.criterion, abs=1e-3)
    np.testing.assert_allclose(other.x, plus.vector, atol=0.02)


def test_sensitivity_predicts_what_reestimation_finds():
    found = cm.estimate()
    for j in range(6):
        step = 0.1 * SE[j]
        ends = []
        for sign in (1, -1):
            moved = values(cm.TARGETS)
            moved[j] += sign * step
            ends.append(cm.estimate(data=moved, start=found.params).vector)
        slope = (ends[0] - ends[1]) / (2 * step) * SE[j] / found.se
        # Λ leaves out second derivatives times the misfit of m₃
        np.testing.assert_allclose(slope, found.sensitivity[:, j] * SE[j] / found.se, atol=0.04)


def test_covariance_and_delta_gini(plus):
    G, W = plus.jacobian, np.diag(SE**-2.0)
    np.testing.assert_allclose(plus.covariance, np.linalg.inv(G.T @ W @ G), rtol=1e-10)
    V = np.diag(SE**2)
    np.testing.assert_allclose(
        plus.sensitivity @ V @ plus.sensitivity.T, plus.covariance, rtol=1e-8, atol=1e-12
    )
    np.testing.assert_allclose(plus.delta_gini_sensitivity, [0, 0, 0, 0, 0, 1], atol=1e-8)
    assert plus.delta_gini == pytest.approx(0.01, abs=1e-6)
    assert plus.delta_gini_se == pytest.approx(0.005, rel=1e-8)


def test_either_sign_fits_the_five_equally_well(plus):
    minus = cm.estimate(cm.targets_with(-0.01), n=N)
    np.testing.assert_allclose(minus.misfit[:5], plus.misfit[:5], atol=1e-3)
    assert minus.criterion == pytest.approx(plus.criterion, abs=1e-5)
    assert minus.delta_gini < 0 < plus.delta_gini


def test_knockouts_say_what_reestimation_without_the_moment_says(plus):
    rows = cm.knockouts(plus)
    assert [row.identified for row in rows] == [True, True, True, False, True, False]
    assert np.isinf(rows[5].delta_gini_se)
    assert np.isfinite(rows[3].delta_gini_se)
    G = plus.jacobian
    for j in (0, 1, 2, 4):
        some = np.delete(np.arange(6), j)
        cov = np.linalg.inv(G[some].T @ np.diag(SE[some] ** -2.0) @ G[some])
        np.testing.assert_allclose(rows[j].se, np.sqrt(np.diag(cov)), rtol=1e-6)
    for j in (3, 5):
        with pytest.raises(ValueError, match="flat"):
            cm.estimate(use=[i for i in range(6) if i != j], n=N)


# Some of the moments ------------------------------------------------------------------------------


def test_an_estimate_is_of_the_moments_used():
    """Four moments for four parameters: numbers of one run, written down from the four rows."""
    found = cm.estimate(n=2000, use=(0, 2, 3, 5))
    np.testing.assert_allclose(found.se, [0.70, 19.8, 158, 9.4], rtol=0.01)
    assert found.degrees_of_freedom == 0
    assert np.isnan(found.J)
    assert np.isnan(found.p_value)
    assert "bound" in found.message  # no economy inside the bounds has these four moments
    assert "bound" not in cm.estimate(n=1000).message
    with pytest.raises(ValueError, match="fitted"):
        cm.hansen_j(found, [np.zeros(6)])


@pytest.mark.parametrize("use", [(0, 1, 3, 4, 5), (5, 4, 3, 1, 0), (1, 3, 5, 4), [4, 3, 2, 5, 0]])
def test_everything_derived_is_of_the_moments_used_in_their_order(use):
    found = cm.estimate(n=N, use=use)
    rows, unused = list(use), sorted(set(range(6)) - set(use))
    G, aim = cm.jacobian(found.params, N)[rows], values(cm.TARGETS)
    W = np.diag(SE[rows] ** -2.0)
    inverse = np.linalg.inv(G.T @ W @ G)
    assert found.used == tuple(use)
    np.testing.assert_allclose(found.weight, W, rtol=1e-12)
    np.testing.assert_allclose(found.covariance, inverse, rtol=1e-6)
    np.testing.assert_allclose(found.se, np.sqrt(np.diag(inverse)), rtol=1e-6)
    np.testing.assert_allclose(found.sensitivity[:, rows], inverse @ G.T @ W, rtol=1e-5, atol=1e-9)
    np.testing.assert_array_equal(found.sensitivity[:, unused], 0)
    np.testing.assert_array_equal(found.delta_gini_sensitivity[unused], 0)
    misfit = (cm.moments(found.params, N)[rows] - aim[rows]) / SE[rows]
    np.testing.assert_allclose(found.misfit, misfit, atol=1e-9)
    assert found.criterion == pytest.approx(misfit @ misfit, rel=1e-6, abs=1e-12)
    assert found.degrees_of_freedom == len(use) - 4
    if len(use) > 4:
        assert found.p_value == pytest.approx(chi2.sf(misfit @ misfit, len(use) - 4), rel=1e-6)
    row = found.jacobian[5]
    assert found.delta_gini_se == pytest.approx(np.sqrt(row @ inverse @ row), rel=1e-6)
    again = cm.estimate(n=N, use=sorted(use))
    np.testing.assert_allclose(found.se, again.se, rtol=1e-6)  # the order changes nothing else
    assert [row.name for row in cm.knockouts(found)] == [cm.TARGETS[i].name for i in use]


def test_the_rates_are_identified_says_a_second_method():
    """The ledger's row projects η₁ and ξ out; leaving out m₆ and inverting says the same."""
    from exhibits.chen_meng.moments_claims import moments_rates

    found = cm.estimate(data=cm.moments(BASE, 1000), n=1000)
    np.testing.assert_allclose(1 / moments_rates()[1:], cm.knockouts(found)[5].se[:2], rtol=1e-3)


def test_a_bootstrap_and_hansen_j_use_the_moments_of_the_estimate():
    fitted = cm.estimate(n=1000, use=(0, 1, 3, 4, 5))
    draw = Bootstrap(0.01, fitted, n=1000)(0, np.random.default_rng(3))
    z = np.random.default_rng(3).standard_normal(6)
    np.testing.assert_allclose(draw["data"], fitted.moments + SE * z, rtol=1e-12)
    again = cm.estimate(start=fitted.params, n=1000, data=draw["data"], use=fitted.used)
    np.testing.assert_allclose([draw[name] for name in cm.NAMES], again.vector, rtol=1e-9)
    assert draw["J"] == pytest.approx(again.J, rel=1e-9)
    assert cm.hansen_j(fitted, [draw["data"]])[0] == pytest.approx(again.J, abs=2e-3)
    np.testing.assert_allclose([draw[f"se {name}"] for name in cm.NAMES], again.se, rtol=1e-9)
    assert draw["ΔGini"] == again.delta_gini


@pytest.mark.parametrize(
    "data", [[0.23, 0.15, -1.65, 0.02, -0.1, -0.05], [0.43, -0.47, 5.2, -0.05, 0.02, -0.12]]
)
def test_a_search_that_has_not_ended_does_not_say_that_it_has(data):
    """Targets that no economy has: the search stops moving where its slope is far from zero."""
    with pytest.raises(RuntimeError, match=r"No convergence after \d+ steps from λ = 0.2.*Try"):
        cm.estimate(data=data, n=400)
    found = cm.estimate(data=data, n=400, check=False)
    assert not found.converged
    assert "No convergence" in found.message
    slope = found.jacobian.T @ found.weight @ (found.moments - data) * found.se
    assert np.abs(slope).max() > 0.1


def test_an_estimate_that_has_ended_has_no_slope_left(plus):
    for found in (plus, cm.estimate(n=1000, use=(0, 1, 3, 4, 5))):
        rows = list(found.used)
        gap = found.misfit / np.sqrt(np.diag(found.weight))
        slope = found.jacobian[rows].T @ found.weight @ gap * found.se
        assert np.abs(slope).max() < 1e-5


def test_with_data_the_misfit_is_of_the_data(plus):
    found = cm.estimate(data=plus.moments, n=N)
    np.testing.assert_allclose(found.misfit, 0, atol=1e-4)
    assert found.criterion == pytest.approx(found.misfit @ found.misfit, abs=1e-9)


@pytest.mark.parametrize("factor", [1e-8, 1e-4, 1e4, 1e8])
def test_the_unit_of_the_standard_errors_changes_nothing_but_itself(plus, factor):
    """Which directions are flat is relative; so are when the search ends and what J counts."""
    targets = tuple(replace(t, se=factor * t.se) for t in plus.targets)
    found = cm.estimate(targets, n=N)
    np.testing.assert_allclose(found.vector, plus.vector, atol=2e-4)
    np.testing.assert_allclose(found.se, factor * plus.se, rtol=1e-3)
    assert found.criterion * factor**2 == pytest.approx(plus.criterion, rel=1e-4)
    for one, other in zip(cm.knockouts(found), cm.knockouts(plus), strict=True):
        assert one.identified == other.identified
        np.testing.assert_allclose(one.se, factor * np.array(other.se), rtol=1e-2)
        assert one.delta_gini_se == pytest.approx(factor * other.delta_gini_se, rel=1e-2)


@pytest.mark.parametrize(
    "use",
    [
        (0, 1, 2, 9),
        (-1, 0, 1, 2),
        (-1, 0, 1, 2, 3, 4, 5),
        "0123",
        ("0", "1", "2", "3"),
        (0.5, 1, 2, 3),
        (0.0, 1.0, 2.0, 3.0),
        (0, 1, 2, 3, 3),
        (True, False, 2, 3),
        np.ones(6, dtype=bool),
        np.array([[0, 1, 2, 3]]),
        (0, 1, 2),
        (),
        (0, 1, 2, None),
        None,
        4,
        b"\x00\x01\x02\x03",
        np.nan,
    ],
)
def test_use_is_checked_like_an_input(use):
    with pytest.raises(ValueError, match=r"use = (?s:.*)four different whole numbers from 0 to 5"):
        cm.estimate(n=100, use=use)


def test_estimate_refuses():
    with pytest.raises(ValueError, match="six targets"):
        cm.estimate(cm.TARGETS[:5])
    with pytest.raises(ValueError, match="six targets"):
        cm.estimate("abcdef")
    with pytest.raises(ValueError, match="data"):
        cm.estimate(data=[0.1, 0.2])
    with pytest.raises(ValueError, match="se = 0"):
        replace(cm.TARGETS[0], se=0.0)
    with pytest.raises(ValueError, match="eta1"):
        cm.estimate(start=replace(BASE, eta1=0.0))


# Data that could tell -----------------------------------------------------------------------------


def test_regressions_against_least_squares_by_hand():
    tests = cm.task_panel(BASE, 40, sets=3, seed=9)
    rng = np.random.default_rng(9)
    skill = BASE.varsigma * rng.standard_normal((3, 40))
    access = rng.permuted(np.broadcast_to(np.arange(40) % 2, (3, 40)), axis=1)
    gain = BASE.lam * (np.log(BASE.eta0) - skill) * access
    before = skill + 0.25 * rng.standard_normal((3, 40))
    after = skill + gain + 0.25 * rng.standard_normal((3, 40))
    for i in range(3):
        X = np.column_stack([np.ones(40), access[i], before[i], access[i] * before[i]])
        slope = np.linalg.lstsq(X, after[i] - before[i])[0][3]
        assert tests.estimate[i] == pytest.approx(slope, rel=1e-9)


def test_accounts_of_firms_and_their_test_by_hand():
    from scipy.stats import ttest_1samp

    tests = cm.firm_accounts(BASE, 25, noise=0.2, sets=40, seed=4)
    rng = np.random.default_rng(4)
    k = np.exp(rng.standard_exponential((40, 25)) / BASE.zeta)
    y = -0.1 * 0.8 * np.log(1 + k) + 0.2 * rng.standard_normal((40, 25))
    by_hand = ttest_1samp(y, -0.05, axis=1)
    np.testing.assert_allclose((tests.estimate + 0.05) / tests.se, by_hand.statistic, rtol=1e-9)
    assert tests.power(null=-0.05) == np.mean(by_hand.pvalue < 0.05)
    assert tests.power(level=0.5, null=-0.05) == np.mean(by_hand.pvalue < 0.5)


def test_occupations_by_hand():
    """Two-way fixed effects on the whole panel, period by period, give the same slope."""
    panel = cm.Panel(occupations=30, years=4, pooled=2, exposure_error=0.2)
    tests = cm.occupation_panel(BASE, 0.3, panel, sets=3, seed=8)
    rng = np.random.default_rng(8)
    exposure = rng.beta(2.0, 2.0, (3, 30))
    drift = 0.01 * rng.standard_normal((3, 30, 4)).cumsum(axis=-1)
    noise = 0.02 * rng.standard_normal((3, 30, 4))
    measured = exposure + 0.2 * rng.standard_normal((3, 30))
    for i in range(3):
        spread = np.tile(cm.log_pay_spread(exposure[i], 0.0, BASE)[:, None], (1, 4))
        after = cm.log_pay_spread(exposure[i], 0.3, BASE)
        spread[:, 3] += (after - spread[:, 3]) / 2
        y = (spread + drift[i] + noise[i]).ravel()
        who, when = np.repeat(np.eye(30), 4, axis=0), np.tile(np.eye(4), (30, 1))
        treated = np.repeat(measured[i], 4) * np.tile([0, 0, 0, 1.0], 30)
        X = np.column_stack([treated, who, when[:, 1:]])
        assert tests.estimate[i] == pytest.approx(np.linalg.lstsq(X, y)[0][0], rel=1e-8)


def test_the_regimes_share_five_moments_and_differ_in_rents():
    low, high = cm.regimes()
    np.testing.assert_allclose(cm.moments(low, N)[:5], cm.moments(high, N)[:5], rtol=1e-12)
    assert (low.ratio, high.ratio) == pytest.approx((0.4, 4.0))
    shares = [1 - cm.labour_share(p) for p in (low, high)]
    for share, p in zip(shares, (low, high), strict=True):
        e = cm.economy(p, 100_000)
        assert share == pytest.approx(e.rents / e.income.mean(), rel=0.01)
    assert shares[1] > 2 * shares[0]


def test_size_power_and_attenuation():
    nothing = replace(BASE, lam=0.0)
    assert 0.02 < cm.task_panel(nothing, 400, sets=600).power() < 0.09
    assert 0.02 < cm.occupation_panel(nothing, 0.2, sets=300).power() < 0.09
    tests = cm.task_panel(BASE, 2000, sets=200)
    reliability = 0.25 / (0.25 + 0.25**2)
    assert tests.estimate.mean() == pytest.approx(-BASE.lam * reliability, abs=0.006)
    np.testing.assert_allclose(tests.se.mean(), tests.estimate.std(), rtol=0.15)
    panel = cm.Panel(sampling=0.0, drift=0.0, exposure_error=0.0)
    exact = cm.occupation_panel(BASE, 0.2, panel, sets=50)
    assert exact.estimate.mean() == pytest.approx(cm.occupation_slope(0.2, BASE), rel=0.02)
    levels, concentrates = cm.regimes()
    assert cm.delta_gini(levels) < 0 < cm.delta_gini(concentrates)
    low, high = (cm.firm_accounts(p, 500, sets=50).estimate.mean() for p in cm.regimes())
    assert high < low < 0


def test_spread_of_pay_in_an_occupation():
    s = float(cm.pay_dispersion(0.0, BASE))
    assert cm.log_pay_spread(np.zeros(1), 0.5, BASE)[0] == pytest.approx(2 * 1.2815515655 * s)
    everybody = cm.log_pay_spread(np.ones(1), 1.0, replace(BASE, xi=0.0))[0]
    assert everybody == pytest.approx(2 * 1.2815515655 * float(cm.pay_dispersion(0.2, BASE)))
    # with firms: users' log pay drawn, its dispersion and that of the others mixed
    rng, n, params = np.random.default_rng(6), 400_000, replace(BASE, xi=0.9, eta1=20.0, lam=0.5)
    k = np.exp(rng.standard_exponential(n) / params.zeta)
    own = float(cm.pay_dispersion(0.4, params)) * rng.standard_normal(n)
    users = own + 0.4 * 0.9 * np.log(params.eta0 + params.eta1 * k)
    others = float(cm.pay_dispersion(0.0, params))
    mixed = np.sqrt(0.3 * users.var() + 0.7 * others**2)
    found = cm.log_pay_spread(np.array([0.8]), 0.3, params)[0]
    assert found == pytest.approx(2 * 1.2815515655 * mixed, rel=3e-3)
    with pytest.raises(ValueError, match="adoption"):
        cm.occupation_panel(BASE, 1.5)
    with pytest.raises(ValueError, match="kind"):
        power_at("planets", 3)


# The committed results ----------------------------------------------------------------------------


def test_the_file_is_what_the_library_computes():
    """A spot check of each part of the file; a change of the model needs the command again."""
    found = results()
    power = found["power"]
    for key, delta in (("plus", 0.01), ("minus", -0.01)):
        again = cm.estimate(cm.targets_with(delta), n=100_000)
        np.testing.assert_allclose(again.vector, found[key]["estimate"], rtol=2e-5, atol=2e-5)
        np.testing.assert_allclose(again.se, found[key]["se"], rtol=1e-3)
    for n, kept in found["simulation_error"].items():
        crowds = [cm.moments(cm.estimate(n=20_000).params, int(n), seed) for seed in range(8)]
        np.testing.assert_allclose(np.std(crowds, axis=0, ddof=1) / SE, kept, rtol=0.8, atol=1e-9)
    for key in ("plus", "minus"):
        boot = found[key]["bootstrap"]
        assert boot["hansen_j above 5% point"] == pytest.approx(boot["J above 5% point"], abs=0.004)
    again = power_at("unpooled", ADOPTION[2], sets=200)
    assert again["effect"] == pytest.approx(power["unpooled"]["effect"][2], abs=0.1)
    again = power_at("tasks", WORKERS[2])
    assert again["effect"] == pytest.approx(power["tasks"]["effect"][2], abs=1e-9)
    few = power_at("occupations", ADOPTION[2], sets=200)
    assert few["effect"] == pytest.approx(power["occupations"]["effect"][2], abs=0.06)
    assert len(SOBOL_RANGES) == len(found["sobol"]["ST"])


def test_sobol_indices_against_a_second_method():
    """First-order indices by binning: Var E[ΔGini | parameter] over Var ΔGini."""
    rng = np.random.default_rng(3)
    n = 1200
    draws = {
        name: low + (high - low) * (rng.permutation(n) + 0.5) / n
        for name, (low, high) in SOBOL_RANGES.items()
    }
    change = sweep(_quick_sobol, draws, workers=1).array
    kept = results()["sobol"]
    for i, name in enumerate(SOBOL_RANGES):
        bins = change[np.argsort(draws[name])].reshape(12, -1)
        noise = bins.var(axis=1, ddof=1).mean() / bins.shape[1]
        index = (bins.mean(axis=1).var() - noise * 11 / 12) / change.var()
        assert index == pytest.approx(kept["S1"][i], abs=0.1), name
    assert np.mean(change > 0) == pytest.approx(kept["positive"], abs=0.05)


def test_total_indices_against_a_second_method():
    """Jansen: E[(f − f with one parameter drawn again)²]/(2 Var f), on draws of its own."""
    rng = np.random.default_rng(12)
    n, kept = 400, results()["sobol"]
    low, high = np.array(list(SOBOL_RANGES.values())).T
    draws, again = (low + (high - low) * rng.random((n, len(low))) for _ in range(2))

    def change(rows):
        return np.array(
            [sobol_draw(n=300, **dict(zip(SOBOL_RANGES, r, strict=True))) for r in rows]
        )

    here = change(draws)
    for i, name in enumerate(SOBOL_RANGES):
        there = draws.copy()
        there[:, i] = again[:, i]
        index = np.mean((here - change(there)) ** 2) / (2 * here.var())
        assert index == pytest.approx(kept["ST"][i], rel=0.3, abs=0.02), name


def test_what_is_stored_of_the_bootstrap_from_its_draws():
    from aiecon.chen_meng import results as module

    stored = module._bootstrap(0.01, draws=5, workers=1)["bootstrap"]
    fitted = cm.estimate(cm.targets_with(0.01), n=Bootstrap.n)
    draw = Bootstrap(0.01, fitted)
    found = sweep(draw, list(range(5)), seed=20260305, workers=1)
    table = {name: found.column(name) for name in (*cm.NAMES, "ΔGini", "J")}
    assert stored["draws"] == 5
    for i, name in enumerate((*cm.NAMES, "ΔGini")):
        five = table[name]
        spread = np.sqrt(np.sum((five - five.sum() / 5) ** 2) / 4)
        assert stored["sd"][i] == pytest.approx(spread, rel=1e-9)
        # the 2.5% quantile of five lies a tenth of the way from the lowest to the next
        first, second, *_, fourth, last = np.sort(five)
        assert stored["low"][i] == pytest.approx(0.9 * first + 0.1 * second, rel=1e-9)
        assert stored["high"][i] == pytest.approx(0.9 * last + 0.1 * fourth, rel=1e-9)
    for i, name in enumerate(cm.NAMES):
        z = (table[name] - fitted.vector[i]) / found.column(f"se {name}")
        assert stored["coverage"][i] == np.mean(np.abs(z) < 1.96)
    assert stored["J above 5% point"] == np.mean(table["J"] > chi2.isf(0.05, 2))
    assert stored["failed"] == 0


def _quick_sobol(**draw: float) -> float:
    return sobol_draw(n=300, **draw)


def test_a_changed_number_breaks_the_checksum():
    file = Path(cm.__file__).parents[1] / "data" / NAME
    text = file.read_text("utf8")
    assert checksum(read(text)) == json.loads(text)["sha256"]
    with pytest.raises(ValueError, match="checksum"):
        read(text.replace('"draws": 300', '"draws": 301'))


def test_the_command_writes_a_file_that_reads_back(tmp_path, monkeypatch):
    from aiecon.chen_meng import results as module

    small = {"sobol": module._rounded(module._sobol(8, workers=1)), "power": {"sets": 1}}
    monkeypatch.setattr(module, "compute", lambda workers=None: small)
    monkeypatch.setattr(sys, "argv", ["results", "--to", str(tmp_path / "file.json")])
    module.main()
    assert read((tmp_path / "file.json").read_text("utf8")) == small
    assert small["sobol"]["evaluations"] == 8 * (len(SOBOL_RANGES) + 2)


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    from aiecon.chen_meng import results as module

    old = tmp_path / NAME
    old.write_text("old")

    def half(path, content):
        with open(path, "wb") as file:
            file.write(content[:1])
        raise OSError("no space left")

    monkeypatch.setattr(module, "compute", lambda workers: {"a": 1.5})
    monkeypatch.setattr(Path, "write_bytes", half)
    monkeypatch.setattr(Path, "write_text", lambda path, text, *_: half(path, text.encode()))
    monkeypatch.setattr(sys, "argv", ["results", "--to", str(old)])
    with pytest.raises(OSError, match="no space"):
        module.main()
    assert [file.name for file in tmp_path.iterdir()] == [NAME]
    assert old.read_bytes() == b"old"


def test_importing_the_package_is_light():
    code = (
        "import sys, aiecon.chen_meng;"
        "heavy = {'sympy', 'matplotlib', 'SALib', 'dask', 'distributed'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# The chapter --------------------------------------------------------------------------------------


def test_the_stored_bootstrap_is_of_the_estimates_that_the_chapter_makes():
    kept = cm.committed_results()
    for key, delta in (("plus", 0.01), ("minus", -0.01)):
        found, boot = fitted(delta), kept[key]["bootstrap"]
        assert found.converged
        assert boot["failed"] == 0
        np.testing.assert_allclose(kept[key]["estimate"], found.vector, atol=0.02)


def test_one_interval_of_eight_is_too_wide():
    kept = cm.committed_results()
    covered = np.concatenate([kept[key]["bootstrap"]["coverage"] for key in ("plus", "minus")])
    assert np.sum(covered > 0.975) == 1
    assert covered.argmax() == 6  # ln η₁/η₀ with m₆ = −0.01


def test_technology_comes_first_and_the_next_four_in_no_order():
    sobol = cm.committed_results()["sobol"]
    totals, wide = np.array(sobol["ST"]), np.array(sobol["ST_conf"])
    first, *rest = np.argsort(totals)[::-1][:5]
    assert list(SOBOL_RANGES)[first] == "log_ratio"
    assert totals[first] - wide[first] > (totals + wide)[rest].max()
    assert (totals - wide)[rest].max() < (totals + wide)[rest].min()


def test_the_flat_direction_can_be_moved():
    """Along it five dots stay and ΔGini changes its sign; with ξ held the fourth moves."""
    along, held = flat_direction.controls["way"].options

    def shown(**setting):
        return flat_direction.at(flat_direction.setting(setting))

    there = [shown(way=along, ratio=ratio) for ratio in (0.5, 2.2, 8.0)]
    for one in there:
        assert one["m4"] == pytest.approx(0, abs=1e-9)
        np.testing.assert_allclose(one["four"], there[0]["four"], rtol=1e-12)
    assert there[0]["m6"] < -1.96
    assert there[2]["m6"] > 1.96
    assert there[0]["gini"] < 0 < there[2]["gini"]
    assert abs(shown(way=held, ratio=8.0)["m4"]) > 0.1
    assert "are met" not in flat_direction.description(ratio=8.0)
    assert "are met" in flat_direction.description()
    # the library's own ridge, at the noise of the estimate
    xi, change = cm.ridge(5.0, fitted(0.01).params, n=3000)
    assert shown(ratio=5.0)["xi"] == pytest.approx(float(xi), rel=1e-9)
    assert shown(ratio=5.0)["gini"] == pytest.approx(float(change), abs=1e-12)


def test_less_noise_leaves_the_sign_as_open():
    for noise in (0.02, 0.05, 0.09):
        curve = flat_direction.at(flat_direction.setting({"noise": noise}))["curve"]
        assert curve[0] < 0 < curve[-1]


def test_the_figures_say_what_they_show():
    """Results in captions and text alternatives, each as the library has it now."""
    chapter = "chen_meng/moments"
    plus, minus = fitted(0.01), fitted(-0.01)

    ridge = told(chapter, "fig-cm-moments-ridge")
    ratios = np.geomspace(0.15, 12, 400)
    xi, change = cm.ridge(ratios, plus.params)
    crossing = np.interp(0, change, ratios)
    assert (
        f"the top at sharing {xi[-1]:.2f}, crosses the border near a ratio of {crossing:.1f}"
        in ridge
    )
    assert f"bends right to {xi[0]:.2f} at the bottom" in ridge
    places = plus.params.ratio, minus.params.ratio
    assert (
        "A circle at {:.1f} lies above the border, a square at {:.1f} below".format(*places)
        in ridge
    )
    assert f"rises from {change[0]:.2f} to {change[-1]:.2f} along" in ridge
    borders = cm.boundary_ratio(np.array([0.0, 0.65]), plus.params, n=4000)
    assert f"from {borders[0]:.0f} to 10" in ridge
    assert borders[1] > 10

    fit = told(chapter, "fig-cm-moments-fit")
    for found in (plus, minus):
        others = np.delete(found.misfit, 2)
        assert np.abs(others).max() < 0.2
        assert f"lies at minus {-found.misfit[2]:.1f}, at" in fit

    profile = told(chapter, "fig-cm-moments-profile")
    assert f"line at {plus.criterion:.0f}." in profile
    assert (
        f"at a ratio of {places[1]:.1f} and a solid one with its bottom on it at {places[0]:.1f}"
        in (profile)
    )

    moves = told(chapter, "fig-cm-moments-sensitivity")
    se = np.array([t.se for t in plus.targets])
    by = (plus.sensitivity * se / plus.se[:, None]).round(2)
    words = "λ moves with m₂ ({:+.2f}) and m₅ ({:+.2f}), ln η₀ with m₁ ({:+.2f}) and m₅ ({:+.2f}), "
    words += "the ratio with m₅ and m₆ ({:+.2f}, {:+.2f}), ξ with m₄ ({:+.2f})."
    shown = by[0, 1], by[0, 4], by[1, 0], by[1, 4], by[2, 4], by[2, 5], by[3, 3]
    assert words.format(*shown) in moves
    assert plus.delta_gini_sensitivity[5] * se[5] / plus.delta_gini_se == pytest.approx(1)

    kept = cm.committed_results()
    sobol = told(chapter, "fig-cm-moments-sobol")
    assert f"({kept['sobol']['evaluations']:,} economies)" in sobol
    names = ("λ", "r", "ξ", "ζ", "Ω", "τ", "ψ", "a")
    total, first = (dict(zip(names, kept["sobol"][k], strict=True)) for k in ("ST", "S1"))
    assert f"total {total['r']:.2f}, first order {first['r']:.2f}." in sobol
    for name in ("Ω", "ξ"):
        assert f"{name}: {total[name]:.2f} and {first[name]:.2f}." in sobol
    assert f"about {total['a']:.2f} and {total['λ']:.2f}, first order near zero" in sobol
    assert max(first["a"], first["λ"]) < 0.03
    last = "ψ, τ and ζ: total {:.2f}, {:.2f} and {:.2f}."
    assert last.format(*(total[name] for name in "ψτζ")).replace("0.052", "0.05") in sobol

    power = told(chapter, "fig-cm-moments-power")
    drawn = kept["power"]

    def at(kind, size, question="effect"):
        return drawn[kind][question][drawn[kind]["sizes"].index(size)]

    words = "over {:.2f} at 0.08 and {:.2f} at 0.12 to {:.2f} at 0.2 and {:.0f} at 0.4"
    sizes = (0.08, 0.12, 0.2, 0.4)
    rounded = [at("occupations", size) + 1e-9 for size in sizes]
    assert words.format(*rounded) in power
    words = "{:.2f} at 0.04 and {:.2f} at 0.08; the one"
    assert words.format(at("unpooled", 0.04), at("unpooled", 0.08)) in power
    assert f"rise from {at('tasks', 50):.2f} at 50 to {at('tasks', 400):.2f} at 400 and" in power
    assert f"start at {at('firms', 10, 'regime'):.2f} and are at one from 20 on" in power
    assert drawn["firms"]["regime"][1] > 0.995
