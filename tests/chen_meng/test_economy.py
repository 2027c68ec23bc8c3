"""The model against closed forms, brute force, a second method, limits and invariants."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import ndtr

from aiecon import chen_meng as cm

BASE = cm.Parameters()


# Gini and ownership -------------------------------------------------------------------------------


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=40))
def test_gini_is_the_mean_absolute_difference_over_twice_the_mean(incomes):
    y = np.array(incomes)
    brute = np.abs(y[:, None] - y[None, :]).mean() / (2 * y.mean())
    assert cm.gini(y) == pytest.approx(brute, abs=1e-12)


def test_gini_of_a_lognormal_and_of_ownership():
    from scipy.special import ndtri

    n = 200_000
    for s in (0.1, 0.5, 1.2):
        y = np.exp(s * ndtri((np.arange(n) + 0.5) / n))
        assert cm.gini(y) == pytest.approx(float(cm.lognormal_gini(s)), abs=2e-4)
    for Omega in (0.1, 0.5, 0.9):
        q = cm.ownership(Omega, n)
        assert q.mean() == pytest.approx(1, rel=1e-12)
        assert q[-n // 10 :].sum() / n == pytest.approx(Omega, rel=1e-9)
        assert cm.gini(q) == pytest.approx(float(cm.ownership_gini(Omega)), abs=2e-4)
        assert cm.top_share(Omega, 0.1) == pytest.approx(Omega, rel=1e-12)


@pytest.mark.parametrize("bad", [[-1.0, 2.0], [0.0, 0.0], [], [[1.0]], [np.nan], ["a"]])
def test_gini_refuses(bad):
    with pytest.raises(ValueError, match="incomes"):
        cm.gini(bad)


# Screening and education --------------------------------------------------------------------------


@pytest.mark.parametrize("weight", [0.0, 0.1, 0.5])
def test_pay_is_lognormal_without_education(weight):
    params = cm.Parameters(psi=0.0, eta1=0.0, a=1.0, lam=weight)
    economy = cm.economy(params, n=100_000)
    s = float(cm.pay_dispersion(weight, params))
    assert np.log(economy.pay).std() == pytest.approx(s, rel=5e-3)
    assert economy.gini == pytest.approx(float(cm.lognormal_gini(s)), abs=1e-3)
    assert economy.after.dispersion == pytest.approx(s, rel=1e-12)


def test_elasticity_of_compression_is_two_less_the_weight():
    for tau in (0.05, 0.35, 2.0):
        params = replace(BASE, tau=tau)
        for w in (0.0, 0.2, 0.6):
            step = 1e-6
            rise = np.log(cm.pay_dispersion(w + step, params)) - np.log(
                cm.pay_dispersion(w, params)
            )
            slope = rise / (np.log(1 - w - step) - np.log(1 - w))
            assert slope == pytest.approx(float(cm.compression_elasticity(w, params)), rel=1e-4)


def test_moments_of_human_capital_match_simulation():
    crowd = cm.people(200_000)
    for exponent in (1.0, 0.7):
        school = cm.schooling(BASE, exponent)
        e = cm.educated(school, crowd)
        ln_h = cm.log_human_capital(BASE, school, crowd)
        assert e.mean() == pytest.approx(school.share, abs=1e-6)
        assert ln_h.var() == pytest.approx(school.variance, rel=5e-3)
        gap = (e @ ln_h) / e.sum() - ((1 - e) @ ln_h) / (1 - e).sum()
        premium = school.weight * exponent * gap
        assert premium == pytest.approx(school.premium, rel=5e-3)


def test_equilibrium_by_iteration_from_both_ends():
    for params in (BASE, replace(BASE, kappa=0.1), replace(BASE, tau=1.0)):
        (only,) = cm.all_schooling(params)
        m = 1 - params.weight
        for beta in (0.01, 0.99):
            for _ in range(300):
                t = cm.study_threshold(beta * m * params.psi, params)
                v = m**2 * cm.skill_variance(t, params)
                beta = float(cm.screening_weight(v, params.tau))
            assert beta == pytest.approx(only.weight, rel=1e-10)


def test_several_equilibria_are_ordered_and_ai_lowers_the_highest():
    trap = cm.Parameters(varsigma=0.3, psi=1.2, kappa=0.9, theta=0.5, chi=0.1, tau=0.35)
    every = cm.all_schooling(trap, 1.0)
    assert len(every) == 3
    assert np.all(np.diff([one.share for one in every]) > 0)
    assert cm.schooling(trap, 1.0) == every[-1]
    assert cm.schooling(trap, 0.95).share < every[-1].share
    weights = [cm.schooling(BASE, m) for m in (1.0, 0.9, 0.7, 0.4)]
    for name in ("weight", "gain", "share"):
        assert np.all(np.diff([getattr(s, name) for s in weights]) < 0), name


def test_nobody_studies_for_nothing_and_all_do_for_almost_nothing():
    assert cm.schooling(replace(BASE, psi=0.0)).share == 0
    assert cm.schooling(replace(BASE, kappa=1e-9)).share == pytest.approx(1, abs=1e-12)
    assert cm.skill_variance(-np.inf, BASE) == pytest.approx(0.25)


# Firms --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ratio", [1e-6, 0.03, 1.0, 40.0, 1e8])
@pytest.mark.parametrize("power", [0.01, 0.3, 1.0])
def test_mean_power_against_quadrature(ratio, power):
    for zeta in (1.3, 1.5, 4.0):

        def excess(e, zeta=zeta):  # over one; e = ζ ln k is exponential
            return np.expm1(power * np.log1p(ratio * np.exp(e / zeta))) * np.exp(-e)

        pieces = ((0, 5), (5, 20), (20, 60), (60, 150), (150, 500))
        area = sum(quad(excess, *piece, epsabs=1e-15, epsrel=1e-11)[0] for piece in pieces)
        found = float(cm.mean_power(ratio, zeta, power)) - 1
        assert found == pytest.approx(area, rel=1e-9, abs=1e-14)


def test_mean_power_limits():
    assert cm.mean_power(0.0, 1.5, 0.4) == 1
    assert cm.mean_power(3.0, 1.5, 0.0) == 1
    assert np.isinf(cm.mean_power(3.0, 1.5, 1.5))
    assert cm.mean_power(2.0, 1.5, 1.0) == pytest.approx(1 + 2 * 3)  # E k = ζ/(ζ − 1)


def test_variance_of_log_productivity_against_quadrature():
    for r in (0.01, 1.0, 50.0):
        for zeta in (1.1, 3.0):
            first, second = (
                quad(
                    lambda u, m=m, r=r, zeta=zeta: np.log1p(r * u ** (-1 / zeta)) ** m,
                    0,
                    1,
                    epsabs=1e-14,
                    epsrel=1e-11,
                )[0]
                for m in (1, 2)
            )
            found = float(cm.log_productivity_variance(r, zeta))
            assert found == pytest.approx(second - first**2, rel=1e-8)


def test_labour_share_falls_in_the_ratio_and_rises_in_sharing():
    shares = np.array(
        [
            [cm.labour_share(cm.with_ratio(replace(BASE, xi=xi), r)) for r in (0.1, 1.0, 10.0)]
            for xi in (0.0, 0.3, 0.9)
        ]
    )
    assert np.all(np.diff(shares, axis=1) < 0)
    assert np.all(np.diff(shares, axis=0) > 0)
    assert cm.labour_share(replace(BASE, xi=1.0)) == 1


# Economies ----------------------------------------------------------------------------------------


def test_income_adds_up_to_revenue():
    for xi in (0.0, 0.2, 1.0):
        e = cm.economy(replace(BASE, xi=xi))
        revenue = float(cm.mean_power(BASE.ratio, BASE.zeta, BASE.weight))
        # pay and firm are independent: their sample covariance is all that is missing
        assert e.income.mean() == pytest.approx(revenue, rel=2e-3)
        assert e.rents >= 0
        assert e.commodity.mean() == pytest.approx(1, rel=1e-12)


def test_only_the_ratio_of_the_two_ais_matters():
    twice = replace(BASE, eta0=2 * BASE.eta0, eta1=2 * BASE.eta1)
    assert cm.delta_gini(twice) == cm.delta_gini(BASE)


def test_without_ai_nothing_changes():
    e = cm.economy(replace(BASE, a=0.0))
    assert e.delta_gini == 0
    assert e.capital_share == 0
    np.testing.assert_array_equal(e.income, e.pay_before)


def test_equal_owners_scale_the_gini_down_and_all_rents_give_that_of_ownership():
    e = cm.economy(replace(BASE, Omega=0.1, eta1=20.0))
    assert e.gini == pytest.approx((1 - e.capital_share) * e.gini_labour, rel=1e-12)
    far = cm.economy(replace(BASE, eta1=1e80)).gini
    assert far == pytest.approx(float(cm.ownership_gini(BASE.Omega)), abs=2e-3)


def test_the_same_people_and_fewer_of_them():
    assert cm.economy(n=5000, seed=3).gini == cm.economy(n=5000, seed=3).gini
    many = cm.delta_gini(BASE, n=200_000)
    errors = [
        np.std([cm.delta_gini(BASE, n=n, seed=s) - many for s in range(10)]) for n in (500, 8000)
    ]
    assert errors[1] < 0.5 * errors[0]  # a quarter expected
    assert errors[1] < 1.5e-3


def test_results_are_continuous_in_the_parameters():
    kappa = np.linspace(0.3, 0.36, 61)
    change = np.array([cm.delta_gini(replace(BASE, kappa=float(k)), n=1000) for k in kappa])
    steps = np.diff(change)
    assert np.abs(steps).max() < 4 * np.abs(steps).mean() + 1e-6  # no jump when one person switches


# Decomposition ------------------------------------------------------------------------------------


@settings(derandomize=True, max_examples=15, deadline=None)
@given(
    st.floats(0.0, 1.0),
    st.floats(0.0, 20.0),
    st.floats(0.0, 0.6),
    st.floats(0.1, 0.98),
)
def test_every_decomposition_adds_up(xi, eta1, lam, Omega):
    params = replace(BASE, xi=xi, eta1=eta1, lam=lam, Omega=Omega)
    parts = cm.decompose(params, n=500)
    total = cm.economy(params, n=500).delta_gini
    assert parts.total == pytest.approx(total, abs=1e-14)
    assert sum(parts.shapley.values()) == pytest.approx(total, abs=1e-14)
    assert sum(parts.sequential.values()) == pytest.approx(total, abs=1e-14)
    groups = parts.within_task + parts.between_firm + parts.capital
    assert groups == pytest.approx(total, abs=1e-14)


def test_shapley_is_the_mean_over_all_orders():
    crowd = cm.people(400)
    sums = dict.fromkeys(cm.BLOCKS, 0.0)
    orders = list(permutations(cm.BLOCKS))
    value = {}
    for order in orders:
        for i, block in enumerate(order):
            before, after = frozenset(order[:i]), frozenset(order[: i + 1])
            for on in (before, after):
                if on not in value:
                    value[on] = cm.coalition_gini(BASE, on, crowd)
            sums[block] += (value[after] - value[before]) / len(orders)
    parts = cm.decompose(BASE, n=400)
    for block in cm.BLOCKS:
        assert parts.shapley[block] == pytest.approx(sums[block], abs=1e-14)


def test_blocks_that_do_nothing_get_nothing():
    parts = cm.decompose(replace(BASE, eta1=0.0), n=1000)
    assert parts.shapley["firms"] == 0
    assert parts.shapley["owners"] == 0
    parts = cm.decompose(replace(BASE, psi=0.0), n=1000)
    assert parts.shapley["education"] == pytest.approx(0, abs=1e-15)


# The boundary -------------------------------------------------------------------------------------


def test_on_the_boundary_nothing_changes():
    xi = np.array([0.0, 0.3, 0.6])
    ratio = cm.boundary_ratio(xi, n=3000)
    change = cm.delta_gini_map(xi, ratio, n=3000)
    np.testing.assert_allclose(change, 0, atol=3e-5)
    assert np.all(cm.delta_gini_map(xi, 0.9 * ratio, n=3000) < 0)
    assert np.all(cm.delta_gini_map(xi, 1.1 * ratio, n=3000) > 0)
    np.testing.assert_allclose(
        change,
        [
            cm.delta_gini(cm.with_ratio(replace(BASE, xi=float(x)), float(r)), n=3000)
            for x, r in zip(xi, ratio, strict=True)
        ],
        atol=1e-14,
    )
    assert np.isinf(cm.boundary_ratio(1.0))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"xi": -0.1}, "xi = -0.1"),
        ({"lam": 1.0}, "lam = 1.0"),
        ({"a": 1.2}, "a = 1.2"),
        ({"zeta": 1.0}, "zeta = 1.0"),
        ({"Omega": 1.0}, "Omega = 1.0"),
        ({"Omega": 0.05}, "Omega = 0.05"),
        ({"tau": 0.0}, "tau = 0.0"),
        ({"eta0": 0.0}, "eta0 = 0.0"),
        ({"eta1": -1.0}, "eta1 = -1.0"),
        ({"theta": 0.0, "chi": 0.0}, "theta = 0.0"),
        ({"varsigma": np.nan}, "varsigma"),
        ({"psi": "much"}, "psi"),
        ({"kappa": [1.0, 2.0]}, "kappa"),
    ],
)
def test_parameters_outside_the_theory_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        cm.Parameters(**change)


def test_boundary_and_people_refuse():
    with pytest.raises(ValueError, match="xi"):
        cm.boundary_ratio(1.5)
    with pytest.raises(ValueError, match="homogenises"):
        cm.boundary_ratio(0.2, replace(BASE, a=0.0))
    with pytest.raises(ValueError, match="n = 3"):
        cm.economy(n=3)
    with pytest.raises(ValueError, match="exponent"):
        cm.schooling(BASE, 0.0)


def test_share_that_studies_is_a_normal_probability():
    school = cm.schooling(BASE)
    assert school.share == pytest.approx(float(ndtr(-school.threshold)), rel=1e-15)


def test_which_way_the_border_moves():
    """The abstract says that it depends; the direction is ours, so it is tested here."""
    assert np.all(np.diff(cm.boundary_ratio([0.0, 0.2, 0.4, 0.6], n=1000)) > 0)
    for name, values in (("Omega", (0.8, 0.9, 0.95)), ("zeta", (3.0, 1.5, 1.2))):
        border = [float(cm.boundary_ratio(0.2, replace(BASE, **{name: v}), n=1000)) for v in values]
        assert np.all(np.diff(border) < 0), name
        for value, ratio in zip(values, border, strict=True):  # a second method: the sign around it
            params = replace(BASE, **{name: value})
            low, high = (
                cm.delta_gini(cm.with_ratio(params, f * ratio), 1000) for f in (0.97, 1.03)
            )
            assert low < 0 < high
    assert np.all(np.diff(cm.delta_gini_map(0.2, [0.1, 0.5, 2.0, 20.0], n=1000)) > 0)


def test_shares_of_income_from_the_incomes_themselves():
    for ratio in (0.3, 5.0):
        e = cm.economy(cm.with_ratio(BASE, ratio), 1000)
        owned = e.income - e.pay
        assert e.capital_share == pytest.approx(owned.sum() / e.income.sum(), rel=1e-12)
        top = np.sort(owned)[-100:].sum() / owned.sum()
        assert top == pytest.approx(BASE.Omega, rel=1e-9)
        assert e.delta_gini == pytest.approx(cm.gini(e.income) - cm.gini(e.pay_before), abs=1e-14)
        assert e.gini_labour == pytest.approx(cm.gini(e.pay), abs=1e-14)
        assert e.regime == ("levelling" if ratio < 1 else "concentrating")
        parts = cm.decompose(e.params, 1000)
        for one, block in zip((e.commodity, e.pay, e.income), cm.BLOCKS[2:], strict=True):
            steps = list(parts.sequential.values())[: cm.BLOCKS.index(block) + 1]
            assert cm.gini(one) - e.gini_before == pytest.approx(sum(steps), abs=1e-14)
