"""Certainty equivalents, the plateau, γ* and dominance: second methods, limits, bad input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import norm

from aiecon import kuhle

from .test_lognormal import DRAWS, SE, simulated

PHI = 1 / np.sqrt(2 * np.pi)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 1.0, 1.5, 2.67, 6.0])
def test_certainty_equivalent_against_quadrature(gamma):
    economy = kuhle.Economy(0.0572, 274.0)
    unit = economy.median

    def utility(x):
        return np.log(x) if gamma == 1 else (x ** (1 - gamma) - 1) / (1 - gamma)

    def integrand(z):
        return utility(np.exp(economy.dispersion * z)) * PHI * np.exp(-(z**2) / 2)

    expected = quad(integrand, -30, 30, limit=400)[0]
    assert kuhle.expected_utility(economy, gamma, unit) == pytest.approx(expected, abs=1e-9)
    # the certainty equivalent has that utility for sure
    assert utility(kuhle.certainty_equivalent(economy, gamma) / unit) == pytest.approx(
        expected, abs=1e-9
    )


@pytest.mark.parametrize("gamma", [0.0, 0.5, 1.0, 2.0, 2.67])
def test_expected_utility_against_simulation(gamma):
    economy = kuhle.Economy(0.0371, 1433.0)
    x = simulated(economy, seed=2024) / economy.median
    u = np.log(x) if gamma == 1 else (x ** (1 - gamma) - 1) / (1 - gamma)
    closed = kuhle.expected_utility(economy, gamma, economy.median)
    assert abs(u.mean() - closed) < SE * u.std() / np.sqrt(DRAWS)


def test_utility_is_continuous_at_log():
    economy = kuhle.Economy(0.0572, 274.0)
    at = kuhle.expected_utility(economy, 1.0)
    assert at == pytest.approx(economy.log_median, rel=1e-15)
    for step in (1e-4, 1e-7, 1e-12):
        for gamma in (1 - step, 1 + step):
            # u(γ) = ln CE + (1−γ)(ln CE)²/2 + …, and ln CE itself moves by (1−γ)σ²/2
            assert kuhle.expected_utility(economy, gamma) == pytest.approx(
                at, abs=70 * step + 1e-12
            )


def test_a_utility_below_any_number_is_refused():
    poor = kuhle.Economy(0.1, 1.0, 0.0, 15.0)
    with pytest.raises(ValueError, match="Take it smaller"):
        kuhle.expected_utility(poor, 80.0, unit=1e9)
    assert np.isfinite(kuhle.log_certainty_equivalent(poor, 80.0))


@given(
    gamma=st.floats(1.05, 12.0),
    mean=st.floats(0.5, 120.0),
    sd=st.floats(0.5, 25.0),
)
@settings(max_examples=80, deadline=None)
def test_plateau_is_where_a_search_finds_it(gamma, mean, sd):
    a = kuhle.plateau(gamma, mean, sd)

    def loss(x):
        return -kuhle.log_certainty_equivalent(_economy(x, mean, sd), gamma)

    found = minimize_scalar(
        loss, bounds=(0.0, 2 * a), method="bounded", options={"xatol": 1e-9 * a}
    )
    assert found.x == pytest.approx(a, rel=1e-4)
    assert loss(a) <= found.fun + 1e-12
    # the peak is B·e^{μ²/(2(γ−1)ς²)}; at 2a* all is lost again
    assert loss(a) == pytest.approx(-(mean**2) / (2 * (gamma - 1) * sd**2), rel=1e-12)
    assert loss(2 * a) == pytest.approx(0.0, abs=1e-9 * abs(loss(a)) + 1e-12)


def _economy(a, mean, sd):
    """An economy of large numbers allowed for: scaled so that incomes stay in range."""
    assume(a * mean + (a * sd) ** 2 / 2 < 690)
    return kuhle.Economy(a, 1.0, mean, sd)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 0.999999, 1.0])
def test_no_plateau_up_to_log_utility(gamma):
    assert kuhle.plateau(gamma, 20.0, 15.0) == np.inf
    a = np.linspace(0.0, 1.5, 400)
    ce = kuhle.log_certainty_equivalent(kuhle.Economy(a, 1.0, 20.0, 15.0), gamma)
    assert (np.diff(ce) > 0).all()


@pytest.mark.parametrize("gamma", [1 - 2**-53, 1 + 2**-52, 0.7 + 0.1 + 0.1 + 0.1, 1.1 - 0.1])
def test_one_up_to_rounding_is_log_utility(gamma):
    assert kuhle.plateau(gamma, 20.0, 15.0) == np.inf
    assert kuhle.Skill(20.0, 15.0, lower=0.2).plateau(gamma) == np.inf
    economy = kuhle.Economy(0.05, 300.0)
    assert kuhle.expected_utility(economy, gamma) == economy.log_median


def test_the_plateau_moves_off_as_gamma_falls_to_one():
    gammas = 1 + np.logspace(0, -12, 13)
    a = kuhle.plateau(gammas, 20.0, 15.0)
    assert (np.diff(a) > 0).all()
    np.testing.assert_allclose(a * (gammas - 1), 20 / 225, rtol=1e-9)


@given(gamma=st.floats(1.1, 8.0), beyond=st.floats(1.01, 1.9))
@settings(max_examples=60, deadline=None)
def test_beyond_the_plateau_income_rises_and_welfare_falls(gamma, beyond):
    a = kuhle.plateau(gamma, 20.0, 15.0) * np.array([beyond, beyond + 0.05])
    assume(20 * a[1] + (15 * a[1]) ** 2 / 2 < 690)
    economy = kuhle.Economy(a, 1.0, 20.0, 15.0)
    assert np.diff(np.log(economy.mean))[0] > 0
    assert np.diff(kuhle.log_certainty_equivalent(economy, gamma))[0] < 0


def test_plateau_gamma_inverts_the_plateau():
    economy = kuhle.Economy(0.04, 1.0, 20.0, 15.0)
    assert kuhle.plateau(kuhle.plateau_gamma(economy), 20.0, 15.0) == pytest.approx(0.04, rel=1e-12)


def test_the_plateau_depends_on_the_zero_of_the_skill_scale_and_gamma_star_does_not():
    old, new = kuhle.two_years()
    moved = [
        kuhle.Economy(e.technology, e.scale * np.exp(e.technology * 50), e.skill_mean - 50, 15.0)
        for e in (old, new)
    ]
    for e, m in zip((old, new), moved, strict=True):  # the same incomes
        assert m.median == pytest.approx(e.median, rel=1e-12)
        assert m.mean == pytest.approx(e.mean, rel=1e-12)
    star = kuhle.indifference_gamma(old, new)
    assert kuhle.indifference_gamma(*moved) == pytest.approx(star, rel=1e-12)
    halved = kuhle.plateau(star, 50.0, 15.0) / kuhle.plateau(star, 100.0, 15.0)
    assert halved == pytest.approx(0.5, rel=1e-12)


def test_measured_from_the_pivot_the_plateau_lies_midway():
    """Ours: with the origin at the pivot, γ* is the γ whose plateau is (a₀ + a₁)/2."""
    for deflator in kuhle.DEFLATORS:
        old, new = kuhle.two_years(deflator)
        pivot = kuhle.pivot_skill(old, new)
        assert kuhle.income(old, pivot) == pytest.approx(kuhle.income(new, pivot), rel=1e-12)
        star = kuhle.indifference_gamma(old, new)
        midway = (old.technology + new.technology) / 2
        assert kuhle.plateau(star, 100 - pivot, 15.0) == pytest.approx(midway, rel=1e-12)


@given(
    a0=st.floats(0.02, 0.06),
    rise=st.floats(1.05, 2.0),
    growth=st.floats(-0.2, 1.0),
)
@settings(max_examples=60, deadline=None)
def test_indifference_gamma_against_root_finding(a0, rise, growth):
    old = kuhle.Economy(a0, 1.0, 0.0, 15.0)
    new = kuhle.Economy(a0 * rise, np.exp(growth), 0.0, 15.0)
    star = kuhle.indifference_gamma(old, new)

    def gain(g):
        # written for any real γ: the closed form of CE without its check of γ ≥ 0
        return growth + (1 - g) * (new.dispersion**2 - old.dispersion**2) / 2

    assert brentq(gain, -1e3, 1e3) == pytest.approx(star, rel=1e-8, abs=1e-8)
    if star > 0.1:
        for g, sign in ((star * 0.9, 1), (star * 1.1, -1)):
            ratio = kuhle.certainty_equivalent(new, g) / kuhle.certainty_equivalent(old, g)
            assert np.sign(ratio - 1) == sign


def test_indifference_gamma_in_ratios():
    """γ* = 1 + ln(ratio of medians)/ln(ratio of mean/median ratios)."""
    old, new = kuhle.two_years()
    by_hand = 1 + np.log(83730 / 58667) / np.log((121000 / 83730) / (68506 / 58667))
    assert kuhle.indifference_gamma(old, new) == pytest.approx(by_hand, rel=1e-12)


def test_quantiles_cross_exactly_once():
    old, new = kuhle.two_years()
    rank = kuhle.crossing_rank(old, new)
    assert kuhle.quantile(old, rank) == pytest.approx(kuhle.quantile(new, rank), rel=1e-10)
    p = np.linspace(0.001, 0.999, 999)
    poorer = kuhle.quantile(new, p) < kuhle.quantile(old, p)
    np.testing.assert_array_equal(poorer, p < rank)


@given(
    a=st.tuples(st.floats(0.02, 0.08), st.floats(0.02, 0.08)),
    b=st.floats(-0.5, 0.5),
)
@settings(max_examples=80, deadline=None)
def test_second_order_dominance_against_generalised_lorenz_curves(a, b):
    assume(abs(a[0] - a[1]) > 1e-3)
    old = kuhle.Economy(a[0], 1.0, 0.0, 15.0)
    new = kuhle.Economy(a[1], np.exp(b), 0.0, 15.0)
    assume(abs(np.log(new.mean / old.mean)) > 1e-3)
    told = kuhle.dominance(old, new)
    # Far into the lower tail, where a larger dispersion always loses
    p = np.concatenate([np.logspace(-300, -2, 300), np.linspace(0.01, 1, 200)])
    gap = kuhle.generalised_lorenz(new, p) - kuhle.generalised_lorenz(old, p)
    scale = kuhle.generalised_lorenz(old, p)
    crossing = abs(b / 15 / (a[1] - a[0]))
    if crossing < 30:  # the crossing lies on the grid
        assert told.new_second == bool((gap >= -1e-12 * scale).all())
        assert told.old_second == bool((gap <= 1e-12 * scale).all())
    assert not told.new_first
    assert not told.old_first


def test_dominance_orders_every_risk_averse_person():
    old, new = kuhle.Economy(0.05, 1.0, 0.0), kuhle.Economy(0.04, 1.2, 0.0)
    assert kuhle.dominance(old, new).new_second
    gammas = np.linspace(0, 20, 81)
    better = kuhle.certainty_equivalent(new, gammas) > kuhle.certainty_equivalent(old, gammas)
    assert better.all()


def test_first_order_dominance_needs_equal_dispersion():
    old = kuhle.Economy(0.05, 1.0, 0.0)
    richer = kuhle.Economy(0.05, 1.1, 0.0)
    assert kuhle.dominance(old, richer) == kuhle.Dominance(True, True, False, False)
    assert kuhle.dominance(old, old) == kuhle.Dominance(True, True, True, True)


RATIOS = st.one_of(st.floats(1.0, 1.0001), st.floats(1.0001, 30.0))


@given(
    median=st.floats(1.0, 1e6), ratio=RATIOS, prices=st.floats(0.05, 50.0), mean=st.floats(-50, 150)
)
@settings(max_examples=150, deadline=None)
def test_equal_dispersion_up_to_rounding_is_equal_dispersion(median, ratio, prices, mean):
    """Deflating both incomes of a year leaves its dispersion: the richer year dominates."""
    old = kuhle.calibrate(median, median * ratio, 0.0)
    new = kuhle.calibrate(median * prices, median * ratio * prices, mean)
    assume(abs(np.log(prices)) > 1e-6)
    new_is_richer = prices > 1
    told = kuhle.dominance(old, new)
    assert told.new_first == told.new_second == new_is_richer
    assert told.old_first == told.old_second == (not new_is_richer)
    for call in (kuhle.indifference_gamma, kuhle.crossing_rank, kuhle.pivot_skill):
        with pytest.raises(ValueError, match="differs from the old one by more than rounding"):
            call(old, new)


def test_the_rounding_that_was_taken_for_a_difference():
    old, new = kuhle.calibrate(11_800, 13_779), kuhle.calibrate(11_800 * 4.972, 13_779 * 4.972)
    assert old.dispersion != new.dispersion  # in the last place
    assert kuhle.dominance(old, new) == kuhle.Dominance(True, True, False, False)
    with pytest.raises(ValueError, match="everybody prefers the larger median"):
        kuhle.indifference_gamma(old, new)
    # the same economy, written from two origins of the skill scale: each is as good as the other
    here = kuhle.calibrate(58_667, 68_506)
    others = [kuhle.calibrate(58_667, 68_506, origin) for origin in np.linspace(-50, 150, 41)]
    assert any(here.median != there.median for there in others)
    for there in others:
        assert kuhle.dominance(here, there) == kuhle.Dominance(True, True, True, True)


def test_small_but_real_differences_are_told_apart():
    old, new = kuhle.Economy(0.05, 1.0, 0.0), kuhle.Economy(0.05 * (1 + 1e-9), 1.0, 0.0)
    assert kuhle.indifference_gamma(old, new) == pytest.approx(1.0)
    assert kuhle.dominance(old, new) == kuhle.Dominance(False, False, False, False)
    twice = kuhle.Economy(1e-8, 1.0, 0.0), kuhle.Economy(2e-8, 1.0, 0.0)
    assert kuhle.crossing_rank(*twice) == pytest.approx(0.5)


def test_arrays_of_economies_name_the_pair_without_a_difference():
    old, new = kuhle.Economy([0.03, 0.05], 1.0, 0.0), kuhle.Economy([0.05, 0.05], 2.0, 0.0)
    with pytest.raises(ValueError, match=r"new\[1\]"):
        kuhle.indifference_gamma(old, new)


def test_a_pivot_in_the_logs_of_extreme_scales():
    old, new = kuhle.Economy(1.0, 1e-300, 300.0, 0.1), kuhle.Economy(2.0, 1e-150, 300.0, 0.1)
    pivot = kuhle.pivot_skill(old, new)
    assert pivot == pytest.approx(np.log(1e-150))  # the ratio of the scales is not needed


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: kuhle.expected_utility(kuhle.Economy(0.05, 1.0), 2.0, unit=0), "unit > 0"),
        (lambda: kuhle.expected_utility(kuhle.Economy(0.05, 1.0), 2.0, unit=-1.0), "unit > 0"),
        (lambda: kuhle.expected_utility(kuhle.Economy(0.05, 1.0), 2.0, unit="x"), "unit = 'x'"),
        (lambda: kuhle.expected_utility(kuhle.Economy(0.05, 1.0), 2.0, [1.0, np.nan]), "unit"),
        (lambda: kuhle.plateau_gamma(kuhle.Economy(0.05, 1.0, 0.0)), "skill_mean = 0.0"),
        (lambda: kuhle.plateau_gamma(kuhle.Economy(0.05, 1.0, -3.0)), "peaks at a = 0"),
        (lambda: kuhle.plateau(2.0, 20.0, 1e-200), "a plateau that is a number"),
        (lambda: kuhle.log_certainty_equivalent(kuhle.Economy(0.3, 1.0), 1e308), "gamma"),
        (lambda: kuhle.certainty_equivalent("rich", 2.0), "economy = 'rich'"),
        (lambda: kuhle.dominance(kuhle.Economy(0.05, 1.0), 3.0), "new = 3.0"),
        (lambda: kuhle.plateau(np.nan, 20.0, 15.0), "a finite gamma"),
        (lambda: kuhle.plateau(np.inf, 20.0, 15.0), "a finite gamma"),
        (lambda: kuhle.plateau(-1.0, 20.0, 15.0), "gamma ≥ 0"),
        (lambda: kuhle.plateau(2.0, 0.0, 15.0), "peaks at a = 0"),
        (lambda: kuhle.plateau(2.0, 20.0, 0.0), "skill_sd > 0"),
        (lambda: kuhle.plateau([2.0, 3.0], [1.0, 2.0, 3.0], 1.0), "do not broadcast"),
        (lambda: kuhle.certainty_equivalent(kuhle.Economy(0.05, 1.0), -0.1), "gamma ≥ 0"),
        (lambda: kuhle.plateau_gamma(kuhle.Economy(0.0, 1.0)), "technology > 0"),
        (
            lambda: kuhle.indifference_gamma(kuhle.Economy(0.05, 1.0), kuhle.Economy(0.05, 2.0)),
            "everybody prefers the larger median",
        ),
        (
            lambda: kuhle.crossing_rank(kuhle.Economy(0.05, 1.0), kuhle.Economy(0.05, 2.0)),
            "differs from the old one",
        ),
        (
            lambda: kuhle.pivot_skill(kuhle.Economy(0.05, 1.0), kuhle.Economy(0.06, 1.0, 90.0)),
            "same distribution of skill",
        ),
        (
            lambda: kuhle.dominance(kuhle.Economy([0.05, 0.06], 1.0), kuhle.Economy(0.06, 1.0)),
            "an economy of numbers",
        ),
    ],
)
def test_bad_input_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()


# Taxes --------------------------------------------------------------------------------------------

TAXED = kuhle.Economy(0.0572, 274.0)


@pytest.mark.parametrize("tau", [0.0, 0.18, 0.5])
def test_taxes_against_simulation(tau):
    rng = np.random.default_rng(181)
    w = TAXED.scale * np.exp(TAXED.technology * (100 + 15 * rng.standard_normal(DRAWS)))
    keep = 1 - tau
    m, sigma = TAXED.log_median, TAXED.dispersion
    raised = quad(lambda z: np.exp(keep * (m + sigma * z)) * norm.pdf(z), -30, 30)[0]
    y = TAXED.mean / raised * w**keep
    taxed = kuhle.after_tax(TAXED, tau)
    root = np.sqrt(DRAWS)
    assert abs(y.mean() - taxed.mean) < SE * y.std() / root
    assert abs(np.log(y).mean() - taxed.log_median) < SE * np.log(y).std() / root
    gamma = 3.0
    u = (y / taxed.median) ** (1 - gamma)
    closed = (kuhle.certainty_equivalent(taxed, gamma) / taxed.median) ** (1 - gamma)
    assert abs(u.mean() - closed) < SE * u.std() / root


@given(tau=st.floats(0, 0.95), gamma=st.floats(0, 10))
@settings(max_examples=60, deadline=None)
def test_taxes_scale_risk_aversion(tau, gamma):
    taxed = kuhle.after_tax(TAXED, tau)
    assert taxed.mean == pytest.approx(TAXED.mean, rel=1e-12)
    effective = gamma * (1 - tau) ** 2
    assert kuhle.certainty_equivalent(taxed, gamma) == pytest.approx(
        kuhle.certainty_equivalent(TAXED, effective), rel=1e-10
    )
    assert kuhle.plateau_after_tax(gamma, 20.0, 15.0, tau) == kuhle.plateau(effective, 20.0, 15.0)


def test_full_insurance_and_none():
    equal = kuhle.after_tax(TAXED, 1.0)
    assert equal.gini == 0
    assert kuhle.certainty_equivalent(equal, 9.0) == pytest.approx(TAXED.mean, rel=1e-12)
    same = kuhle.after_tax(TAXED, 0.0)
    assert same.scale == pytest.approx(TAXED.scale, rel=1e-12)


def test_the_progressivity_that_removes_the_plateau():
    gammas = np.array([1.0, 2.0, 4.0, 9.0])
    tau = kuhle.insuring_progressivity(gammas)
    np.testing.assert_allclose(tau, 1 - gammas**-0.5, rtol=1e-15)
    assert np.isinf(kuhle.plateau_after_tax(gammas, 20.0, 15.0, tau + 1e-9)).all()
    # from there on, the place itself included, whatever the rounding
    gammas = 1 + np.linspace(0, 20, 2001)
    tau = kuhle.insuring_progressivity(gammas)
    assert np.isinf(kuhle.plateau_after_tax(gammas, 20.0, 15.0, tau)).all()
    gammas, tau = np.array([1.0, 2.0, 4.0, 9.0]), kuhle.insuring_progressivity([1.0, 2.0, 4.0, 9.0])
    assert np.isfinite(kuhle.plateau_after_tax(gammas[1:], 20.0, 15.0, tau[1:] - 1e-9)).all()


def test_with_the_same_tax_in_both_years_gamma_star_is_scaled():
    old, new = kuhle.two_years()
    star = kuhle.indifference_gamma(old, new)
    taxed = kuhle.indifference_gamma(kuhle.after_tax(old, 0.181), kuhle.after_tax(new, 0.181))
    assert taxed == pytest.approx(star / (1 - 0.181) ** 2, rel=1e-10)


@pytest.mark.parametrize("tau", [-0.1, 1.1, np.nan])
def test_bad_taxes_are_refused(tau):
    with pytest.raises(ValueError, match="tau"):
        kuhle.after_tax(TAXED, tau)
