"""Lemma 1: regions, output, prices and shares, over the whole admissible set."""

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.statics.marginal_products import static_logs

from .reference import (
    EPS,
    capital,
    close,
    complements,
    elasticity,
    exact,
    interior,
    ratio,
    rounding,
    share,
    sigma_moderate,
)

thorough = settings(max_examples=120, deadline=None)
FIELDS = ("output", "wage", "rental_rate")


@thorough
@given(K=capital, Phi=share, sigma=elasticity, A=st.floats(0.01, 100))
def test_agrees_with_the_printed_formulas_in_eighty_digits(K, Phi, sigma, A):
    ours = ks.equilibrium(K, Phi, ks.Parameters(sigma=sigma, A=A))
    theirs = exact(K, Phi, sigma, A)
    tolerance = rounding(K, Phi, sigma)
    for name in FIELDS:
        assert close(getattr(ours, name), getattr(theirs, name), tolerance), name


@thorough
@given(K=capital, Phi=share, sigma=elasticity)
def test_shares_are_shares_of_output(K, Phi, sigma):
    ours = ks.equilibrium(K, Phi, ks.Parameters(sigma=sigma, A=1))
    assert 0 <= ours.labor_share <= 1
    assert 0 <= ours.capital_share <= 1
    assert abs(ours.labor_share + ours.capital_share - 1) <= 4 * EPS
    theirs = exact(K, Phi, sigma)
    tolerance = 2 * rounding(K, Phi, sigma)
    assert close(ours.labor_share, theirs.wage / theirs.output, tolerance)
    assert close(ours.capital_share, theirs.rental_rate * K / theirs.output, tolerance)


@thorough
@given(K=capital, Phi=share, sigma=elasticity)
def test_eulers_theorem(K, Phi, sigma):
    now = ks.equilibrium(K, Phi, ks.Parameters(sigma=sigma))
    assert now.wage + now.rental_rate * K == pytest.approx(
        now.output, rel=2 * rounding(K, Phi, sigma)
    )
    assert now.wage_bill + now.capital_returns == pytest.approx(now.output, rel=8 * EPS)


@thorough
@given(
    K=st.floats(-140, 140).map(lambda x: 10.0**x),
    Phi=share,
    sigma=elasticity,
    factor=st.floats(-140, 140).map(lambda x: 10.0**x),
)
def test_constant_returns_and_proportionality_in_A(K, Phi, sigma, factor):
    one = ks.equilibrium(K, Phi, ks.Parameters(sigma=sigma, A=1))
    larger = ks.equilibrium(K * factor, Phi, ks.Parameters(sigma=sigma, A=1, L=factor))
    better = ks.equilibrium(K, Phi, ks.Parameters(sigma=sigma, A=3))
    tolerance = 4 * rounding(K, Phi, sigma)
    assert larger.output == pytest.approx(one.output * factor, rel=tolerance)
    assert larger.wage == pytest.approx(one.wage, rel=tolerance)
    for name in FIELDS:
        assert getattr(better, name) == pytest.approx(3 * getattr(one, name), rel=4 * EPS)


@given(K=ratio, Phi=interior, sigma=sigma_moderate)
@settings(max_examples=50, deadline=None)
def test_the_planner_can_do_no_better(K, Phi, sigma):
    """Second method: move m units of labour into the automated tasks and maximise output."""

    def minus_output(m: float) -> float:
        e = (sigma - 1) / sigma
        automated, other = (K + m) / Phi, (1 - m) / (1 - Phi)
        return -((Phi * automated**e + (1 - Phi) * other**e) ** (1 / e))

    best = minimize_scalar(minus_output, bounds=(0, 1), method="bounded", options={"xatol": 1e-10})
    planner = max(-best.fun, -minus_output(0.0))
    now = ks.equilibrium(K, Phi, ks.Parameters(sigma=sigma, A=1))
    assert now.output == pytest.approx(planner, rel=1e-9)
    # labour is moved in region 2 and stays in region 1
    if abs(K * (1 - Phi) - Phi) > 1e-5:
        assert (now.region == 1) == (minus_output(0.0) < minus_output(1e-6))


@thorough
@given(K=ratio, sigma=elasticity, Phi=st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_monotone_in_automation(K, sigma, Phi):
    Phi = np.sort(np.array(Phi))
    now = ks.equilibrium(K, Phi, ks.Parameters(sigma=sigma, A=1))
    slack = 100 * EPS / min(sigma, 1)
    assert (np.diff(now.output) >= -slack * now.output[1:]).all()
    assert (np.diff(now.rental_rate) >= -slack).all()
    assert (np.diff(now.region) >= 0).all()
    assert (now.wage >= now.rental_rate).all()


@thorough
@given(Phi=interior, sigma=elasticity, K=st.lists(ratio, min_size=3, max_size=20, unique=True))
def test_monotone_and_concave_in_capital(Phi, sigma, K):
    K = np.sort(np.array(K))
    now = ks.equilibrium(K, Phi, ks.Parameters(sigma=sigma, A=1))
    slack = 100 * EPS / min(sigma, 1)
    assert (np.diff(now.output) >= -slack * now.output[1:]).all()
    assert (np.diff(now.wage) >= -slack * now.wage[1:]).all()
    assert (np.diff(now.rental_rate) <= slack).all()
    # each chord lies between the marginal products at its ends
    chord, step = np.diff(now.output), np.diff(K)
    tolerance = slack * now.output[1:]
    assert (chord <= now.rental_rate[:-1] * step + tolerance).all()
    assert (chord >= now.rental_rate[1:] * step - tolerance).all()


@thorough
@given(K=capital, sigma=elasticity)
def test_threshold_separates_the_regions_whatever_sigma(K, sigma):
    border = float(ks.scarcity_threshold(K))
    p = ks.Parameters(sigma=sigma)
    if border > 1e-290:
        assert ks.equilibrium(K, border * (1 - 4 * EPS), p).region == 1
    assert ks.equilibrium(K, min(1.0, border * (1 + 4 * EPS)), p).region == 2
    assert close(border, mp.mpf(K) / (1 + mp.mpf(K)), 2 * EPS)


@thorough
@given(K=ratio, sigma=sigma_moderate)
def test_continuous_at_the_border(K, sigma):
    """The gap on region 1's side falls in proportion to the distance, with the known slope."""
    border = float(ks.scarcity_threshold(K))
    p = ks.Parameters(sigma=sigma, A=1)
    assert ks.equilibrium(K, border * (1 + 1e-15), p).wage == 1.0
    for distance in (1e-3, 1e-6, 1e-9):
        step = distance * border * (1 - border) * sigma
        now = ks.equilibrium(K, border - step, p)
        assert now.region == 1
        assert now.wage - 1 == pytest.approx(step / (sigma * (1 - border)), rel=0.1, abs=2e-14)
        assert 1 - now.rental_rate == pytest.approx(step / (sigma * border), rel=0.1, abs=2e-14)
        assert abs(now.output - (K + 1)) <= distance**2 * (K + 1) + 4 * EPS * (K + 1)


@pytest.mark.parametrize(
    ("K", "Phi"), [(1.0, 0.5), (3.0, 0.75), (0.25, 0.2), (1e300, 1.0), (0.0, 0.0), (0.0, 0.3)]
)
def test_ties_and_full_automation_belong_to_region_2(K, Phi):
    now = ks.equilibrium(K, Phi, ks.Parameters(A=0.5))
    assert now.region == 2
    assert now.wage == now.rental_rate == 0.5
    assert now.output == 0.5 * (K + 1)
    assert now.labor_share == 1 / (K + 1)


@pytest.mark.parametrize("sigma", [1e-6, 0.2, 1.0, 3.0])
@pytest.mark.parametrize("K", [1e-300, 1.0, 1e300])
def test_without_automation_capital_is_idle(K, sigma):
    now = ks.equilibrium(K, 0.0, ks.Parameters(A=0.7, L=2.0, sigma=sigma))
    assert (now.output, now.wage, now.rental_rate) == (1.4, 0.7, 0.0)
    assert (now.region, now.labor_share, now.capital_share) == (1, 1.0, 0.0)


@pytest.mark.parametrize("sigma", [1.0, 1 - 1e-15, 1 + 1e-15, 1 - 1e-9, 1 + 1e-9])
def test_cobb_douglas(sigma):
    """Y = A (K/Φ)^Φ (L/(1−Φ))^(1−Φ); its distance from σ ≠ 1 is of first order in σ − 1."""
    now = ks.equilibrium(10.0, 0.3, ks.Parameters(A=1, L=2.0, sigma=sigma))
    cobb_douglas = (10 / 0.3) ** 0.3 * (2 / 0.7) ** 0.7
    tolerance = 8 * EPS + 2 * abs(sigma - 1)
    assert now.output == pytest.approx(cobb_douglas, rel=tolerance)
    assert now.capital_share == pytest.approx(0.3, rel=tolerance)


@thorough
@given(K=ratio, Phi=interior, sigma=complements)
def test_leontief_bounds(K, Phi, sigma):
    """min(k, ℓ) ≤ Y/A ≤ min(k, ℓ) (1−Φ)^(−σ/(1−σ)) in region 1: Leontief as σ → 0."""
    now = ks.equilibrium(K, Phi, ks.Parameters(sigma=sigma, A=1))
    if now.region == 1:
        ell = 1 / (1 - Phi)
        log_ratio = np.log(now.output / ell)
        assert -4 * EPS <= log_ratio <= -np.log1p(-Phi) * sigma / (1 - sigma) + 8 * EPS
    tiny = ks.equilibrium(K, Phi, ks.Parameters(sigma=1e-300, A=1))
    leontief = min(K / Phi, 1 / (1 - Phi)) if tiny.region == 1 else K + 1
    assert tiny.output == pytest.approx(leontief, rel=8 * EPS)


def test_output_rises_with_the_elasticity():
    """The power mean of k > ℓ grows with its exponent."""
    outputs = [
        float(ks.equilibrium(10.0, 0.5, ks.Parameters(sigma=s, A=1)).output)
        for s in (1e-3, 0.2, 0.5, 0.9, 1 - 1e-6, 1.0, 1 + 1e-6, 1.5, 5.0)
    ]
    assert (np.diff(outputs) > 0).all()


def test_a_path_knows_its_tiny_unautomated_share():
    """1 − Φ = 1e-20 cannot be told from Φ = 1 in floating point; K = 1e25 keeps labour scarce."""
    assert ks.equilibrium(1e25, 1.0, ks.Parameters(sigma=0.5, A=1)).region == 2
    now = static_logs(np.log(1e25), np.log(1e-20), 1.0, 0.5)
    with mp.workdps(80):
        theirs = exact(1e25, 1 - mp.mpf(1e-20), 0.5)
    assert now.region == 1
    for ours, name in zip(now[:3], FIELDS, strict=True):
        assert close(np.exp(ours), getattr(theirs, name), 300 * EPS)


@pytest.mark.parametrize(("K", "sigma"), [(1.0, 17.0), (1e5, 20.0)])
def test_shares_at_the_smallest_number_there_is(K, sigma):
    ours, theirs = (
        ks.equilibrium(K, 5e-324, ks.Parameters(sigma=sigma, A=1)),
        exact(K, 5e-324, sigma),
    )
    assert close(ours.capital_share, theirs.rental_rate * K / theirs.output, 1e-12)


def test_broadcasting():
    K, Phi = np.linspace(0, 5, 4)[:, None], np.linspace(0, 1, 7)
    p = ks.Parameters(sigma=0.4)
    table = ks.equilibrium(K, Phi, p)
    for name in (*FIELDS, "region", "labor_share", "capital_share", "wage_bill", "capital_returns"):
        assert getattr(table, name).shape == (4, 7)
        one = getattr(ks.equilibrium(K[2, 0], Phi[3], p), name)
        assert getattr(table, name)[2, 3] == one
        assert np.ndim(one) == 0
    assert ks.equilibrium([], 0.5).output.shape == (0,)
    assert ks.equilibrium([1, 2], 0.5, p).output.shape == (2,)


def test_parameters_default_to_table_2():
    assert ks.equilibrium(4.6, 0.608).output == ks.equilibrium(4.6, 0.608, ks.Parameters()).output
    assert ks.equilibrium(4.6, 0.608).labor_share == pytest.approx(0.6566, abs=5e-5)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"K": -1.0, "Phi": 0.5}, r"K = -1.0 is not allowed: K ≥ 0"),
        ({"K": np.nan, "Phi": 0.5}, r"K = nan is not allowed: a finite K"),
        ({"K": np.inf, "Phi": 0.5}, r"K = inf is not allowed"),
        ({"K": 1.0, "Phi": 1.5}, r"Phi = 1.5 is not allowed: 0 ≤ Phi ≤ 1"),
        ({"K": 1.0, "Phi": [0.2, -0.1]}, r"Phi\[1\] = -0.1 is not allowed"),
        ({"K": 1.0, "Phi": np.nan}, r"Phi = nan is not allowed"),
        ({"K": "a lot", "Phi": 0.5}, r"K = 'a lot' is not allowed: a real number"),
        ({"K": 1.0, "Phi": None}, r"Phi = None is not allowed"),
        ({"K": [1.0, 2.0], "Phi": [0.1, 0.2, 0.3]}, r"K \(2,\), Phi \(3,\)"),
        ({"K": [[1.0], [1.0, 2.0]], "Phi": 0.5}, r"K = .* is not allowed: a real number"),
    ],
)
def test_bad_input_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        ks.equilibrium(**arguments)


def test_thresholds_and_their_errors():
    assert ks.scarcity_threshold(1e300, 1e300) == 0.5
    assert ks.scarcity_threshold(1e308, 1e308) == 0.5
    assert ks.scarcity_threshold(10.0) == pytest.approx(10 / 11, rel=EPS)
    assert ks.capital_threshold(1.0) == np.inf
    assert ks.capital_threshold(0.0) == 0.0
    with pytest.raises(ValueError, match=r"L = 0.0 is not allowed: L > 0"):
        ks.scarcity_threshold(1.0, 0.0)
    with pytest.raises(ValueError, match=r"K = -1.0"):
        ks.scarcity_threshold(-1.0)
    with pytest.raises(ValueError, match=r"Phi = 2.0"):
        ks.capital_threshold(2.0)


@thorough
@given(Phi=st.floats(1e-12, 1 - 1e-9))
def test_the_two_thresholds_are_inverse(Phi):
    assert ks.scarcity_threshold(ks.capital_threshold(Phi)) == pytest.approx(Phi, rel=4 * EPS)
