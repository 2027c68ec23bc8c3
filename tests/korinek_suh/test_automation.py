"""Lemmas 3 and 4: derivatives against high-precision differences, the hump and its peak."""

import mpmath as mp
import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from aiecon import korinek_suh as ks

from .reference import (
    EPS,
    at_peak,
    capital,
    elasticity,
    exact,
    interior,
    ratio,
    rounding,
    sigma_moderate,
)

thorough = settings(max_examples=100, deadline=None)
few = settings(max_examples=50, deadline=None)


def differences(K, Phi, sigma, with_respect_to):
    """Derivatives of the printed formulas by differences of 80-digit numbers."""
    point = mp.mpf(Phi) if with_respect_to == "Phi" else mp.mpf(K)

    def along(field):
        def value(x):
            at = (K, x) if with_respect_to == "Phi" else (x, Phi)
            return getattr(exact(*at, sigma, region=1), field)

        with mp.workdps(80):
            h = point * mp.mpf(10) ** -25
            return (value(point + h) - value(point - h)) / (2 * h)

    return {field: along(field) for field in ("output", "wage", "rental_rate")}


@few
@given(K=capital, Phi=interior, sigma=elasticity)
@example(K=1 + EPS, Phi=0.5, sigma=1.0)  # within rounding of the border, which counts as on it
def test_effects_of_automation_in_region_1(K, Phi, sigma):
    """From smaller Φ, so that they are those of region 1 next to the border as well."""
    p = ks.Parameters(sigma=sigma, A=1)
    now = ks.equilibrium(K, Phi, p)
    assume(now.region == 1)
    ours = ks.automation_effects(K, Phi, p, side="left")
    theirs = differences(K, Phi, sigma, "Phi")
    tolerance = 10 * rounding(K, Phi, sigma) / min(1, abs(np.log(K * (1 - Phi) / Phi)))
    assert float(ours.output) == pytest.approx(float(theirs["output"]), rel=tolerance)
    assert float(ours.rental_rate) == pytest.approx(
        float(theirs["rental_rate"]), rel=tolerance, abs=1e-290
    )
    # ∂w is a difference of two effects: compare on their scale
    scale = float(now.wage) * (ours.productivity - ours.displacement)
    assert abs(float(ours.wage) - float(theirs["wage"])) <= tolerance * scale
    sizes = ours.productivity - ours.displacement
    net = ours.productivity + ours.displacement
    assert ours.log_wage == pytest.approx(net, abs=8 * EPS * sizes)


@few
@given(K=ratio, Phi=interior, sigma=sigma_moderate)
def test_effects_follow_the_printed_equations(K, Phi, sigma):
    """Lemma 3's derivative and (11), typed as printed."""
    p = ks.Parameters(sigma=sigma, A=0.7, L=1.3)
    now = ks.equilibrium(K, Phi, p)
    assume(now.region == 1)
    ours = ks.automation_effects(K, Phi, p, side="left")
    k, ell, e = K / Phi, p.L / (1 - Phi), (sigma - 1) / sigma
    gap = k**e - ell**e
    slope = p.A**e * now.output ** (1 / sigma) * gap / (sigma - 1)
    first = gap * (now.output / p.A) ** ((1 - sigma) / sigma) / ((sigma - 1) * sigma)
    size = 1e-12 * k**e / abs(gap) + 1e-12 * ell**e / abs(gap)
    assert ours.output == pytest.approx(slope, rel=size)
    assert ours.productivity == pytest.approx(first, rel=size)
    assert ours.displacement == pytest.approx(-1 / (sigma * (1 - Phi)), rel=4 * EPS)


@few
@given(K=ratio, Phi=interior, sigma=elasticity)
@example(K=1 + EPS, Phi=0.5, sigma=1.0)
def test_effects_of_accumulation(K, Phi, sigma):
    p = ks.Parameters(sigma=sigma, A=1)
    now = ks.equilibrium(K, Phi, p)
    ours = ks.accumulation_effects(K, Phi, p, side="right" if now.region == 1 else "left")
    assert ours.output == now.rental_rate
    if now.region == 2:
        assert ours.wage == ours.rental_rate == 0
    else:
        theirs = differences(K, Phi, sigma, "K")
        for name in ("wage", "rental_rate"):
            assert float(getattr(ours, name)) == pytest.approx(float(theirs[name]), rel=1e-10)
        # constant returns: K F_KK + L F_KL = 0
        cancelled = rounding(K, Phi, sigma) * ours.wage
        assert K * ours.rental_rate + ours.wage == pytest.approx(0, abs=cancelled)


@few
@given(K=ratio, sigma=sigma_moderate)
def test_one_sided_derivatives_at_the_border(K, sigma):
    border = float(ks.scarcity_threshold(K))
    p = ks.Parameters(sigma=sigma, A=1)
    before = ks.automation_effects(K, border, p, side="left")
    after = ks.automation_effects(K, border, p, side="right")
    for effect in (after.output, after.wage, after.rental_rate, after.log_wage):
        assert effect == 0
    # Φ is rounded, and with it K(1−Φ)
    assert before.output == pytest.approx(0, abs=20 * EPS * (1 + K) ** 2 / sigma)
    assert before.wage == pytest.approx(-1 / (sigma * (1 - border)), rel=1e-12)
    assert before.rental_rate == pytest.approx(1 / (sigma * border), rel=1e-12)
    assert ks.accumulation_effects(K, border, p, side="left").rental_rate == 0
    more = ks.accumulation_effects(K, border, p, side="right")
    assert more.rental_rate == pytest.approx(-(1 - border) / (sigma * K), rel=1e-12)


@pytest.mark.parametrize("K", [1e-300, 0.3, 1.0, 1e300])
@pytest.mark.parametrize("sigma", [1e-6, 0.2, 0.5, 0.999])
def test_exact_limits_without_automation(K, sigma):
    start = ks.automation_effects(K, 0.0, ks.Parameters(sigma=sigma, A=0.7, L=2.0))
    assert start.log_wage == pytest.approx(1 / (1 - sigma), rel=1e-12)
    assert start.wage == pytest.approx(0.7 / (1 - sigma), rel=1e-12)
    assert start.output == pytest.approx(1.4 / (1 - sigma), rel=1e-12)
    assert start.productivity == pytest.approx(1 / (sigma * (1 - sigma)), rel=1e-12)
    assert start.displacement == pytest.approx(-1 / sigma, rel=4 * EPS)
    assert start.rental_rate == 0


def test_limits_without_automation_are_approached():
    p = ks.Parameters(sigma=0.5, A=1)
    near = ks.automation_effects(3.0, [1e-3, 1e-6, 1e-9], p)
    assert (np.abs(near.log_wage - 2) < [2e-2, 2e-5, 2e-8]).all()
    # σ = 1: the wage rises without bound, R starts with slope A L/K
    cobb_douglas = ks.automation_effects(4.0, [0.0, 1e-9], ks.Parameters(sigma=1, A=1, L=2.0))
    assert cobb_douglas.log_wage[0] == np.inf
    assert cobb_douglas.rental_rate == pytest.approx([0.5, 0.5], rel=1e-6)
    substitutes = ks.automation_effects(4.0, 0.0, ks.Parameters(sigma=2.0))
    assert substitutes.rental_rate == substitutes.log_wage == np.inf


def test_extreme_ratios_stay_finite_or_honestly_infinite():
    K = np.array([0.0, 1e-300, 1e-8, 1.0, 1e8, 1e300])[:, None]
    Phi = np.array([0.0, 1e-300, 1e-8, 0.5, 1 - 1e-8, 1 - EPS / 2, 1.0])
    for sigma in (1e-6, 0.01, 0.5, 1 - 1e-12, 1.0, 1 + 1e-12, 3.0):
        p = ks.Parameters(sigma=sigma, A=1)
        for side in ("left", "right"):
            effects = ks.automation_effects(K, Phi, p, side=side)
            more = ks.accumulation_effects(K, Phi, p, side=side)
            for result in (*vars(effects).values(), *vars(more).values()):
                assert result.shape == (6, 7)
                assert not np.isnan(result).any()
            assert (effects.output >= 0).all()
            assert (effects.rental_rate >= 0).all()


@thorough
@given(K=capital, sigma=elasticity)
def test_the_peak_solves_its_equation_inside_region_1(K, sigma):
    p = ks.Parameters(sigma=sigma, A=1)
    peak = ks.wage_peak(K, p)
    assert abs(peak.residual) <= 8 * EPS * (1 + abs(np.log(K))) * max(1, 1 / sigma)
    assert 0 < peak.Phi <= ks.scarcity_threshold(K)
    assert peak.Phi + peak.unautomated == pytest.approx(1, rel=4 * EPS)
    assert peak.wage == pytest.approx(at_peak(K, peak, p), rel=1e-11 / min(sigma, 1))
    assert peak.fall == pytest.approx(1 - 1 / peak.wage, abs=4 * EPS)


@few
@given(K=ratio, sigma=st.one_of(sigma_moderate, st.just(1.0), st.floats(1.01, 5)))
def test_the_peak_is_the_brute_force_maximum(K, sigma):
    p = ks.Parameters(sigma=sigma, A=1)
    peak = ks.wage_peak(K, p)
    border = float(ks.scarcity_threshold(K))
    grid = np.linspace(0, 1, 4001)
    wages = ks.equilibrium(K, grid, p).wage
    assert peak.wage >= wages.max() * (1 - 1e-13)
    best = minimize_scalar(
        lambda Phi: -float(ks.equilibrium(K, Phi, p).wage),
        bounds=(
            max(0, grid[wages.argmax()] - 1 / 4000),
            min(border, grid[wages.argmax()] + 1 / 4000),
        ),
        method="bounded",
        options={"xatol": 1e-9},
    )
    assert best.x == pytest.approx(peak.Phi, abs=1e-6)
    # a hump: rising before the peak, falling after it
    rising = grid[grid <= peak.Phi]
    falling = grid[(grid >= peak.Phi) & (grid <= border)]
    assert (np.diff(ks.equilibrium(K, rising, p).wage) > 0).all()
    assert (np.diff(ks.equilibrium(K, falling, p).wage) < 0).all()


@thorough
@given(Phi=st.floats(1e-6, 1 - 1e-6), sigma=elasticity)
def test_peak_threshold_lies_above_the_border_and_is_inverse_to_the_peak(Phi, sigma):
    p = ks.Parameters(sigma=sigma, A=1)
    critical = ks.wage_peak_threshold(Phi, p)
    assert critical > ks.capital_threshold(Phi)
    if critical < 1e280:
        near = 8 * EPS * (1 + abs(np.log(critical))) / (1 - Phi) / min(1, sigma)
        assert ks.wage_peak(critical, p).Phi == pytest.approx(Phi, rel=max(near, 1e-12))
        if 0.01 < Phi < 0.99 and 0.1 < sigma < 10 and critical < 1e6:
            above = ks.automation_effects(critical * 1.001, Phi, p).log_wage
            below = ks.automation_effects(critical / 1.001, Phi, p).log_wage
            assert above > 0 > below


def test_peak_threshold_by_its_printed_form_and_its_limits():
    Phi = np.linspace(0.05, 0.95, 19)
    x = Phi / (1 - Phi)
    for s in (0.1, 0.5, 0.9):
        closed = x * ((1 + (1 - s) * x) / s) ** (s / (1 - s))
        ours = ks.wage_peak_threshold(Phi, ks.Parameters(sigma=s))
        assert ours == pytest.approx(closed, rel=1e-12)
    cobb_douglas = ks.wage_peak_threshold(Phi, ks.Parameters(sigma=1))
    assert cobb_douglas == pytest.approx(x * np.exp(1 + x), rel=1e-12)
    for s in (1 - 1e-10, 1 + 1e-10):
        near = ks.wage_peak_threshold(Phi, ks.Parameters(sigma=s))
        assert near == pytest.approx(cobb_douglas, rel=1e-7)
    # Leontief: the peak moves to the border; gross substitutes: none from Φ = 1/σ on
    assert ks.wage_peak_threshold(Phi, ks.Parameters(sigma=1e-6)) == pytest.approx(x, rel=1e-4)
    assert np.isfinite(ks.wage_peak_threshold(0.499, ks.Parameters(sigma=2)))
    assert np.isinf(ks.wage_peak_threshold([0.5, 0.6], ks.Parameters(sigma=2))).all()
    assert ks.wage_peak_threshold([0.0, 1.0]).tolist() == [0.0, np.inf]


def test_closed_form_peaks():
    """σ = 1/2, K = L: x + x²/2 = 1/2, so that Φ* = 1 − 1/√2."""
    peak = ks.wage_peak(1.0, ks.Parameters(sigma=0.5))
    assert peak.Phi == pytest.approx(1 - np.sqrt(0.5), rel=4 * EPS)
    nothing = ks.wage_peak([0.0, 1.0], ks.Parameters(sigma=0.5, A=0.5))
    assert nothing.Phi[0] == nothing.fall[0] == nothing.residual[0] == 0
    assert nothing.wage[0] == 0.5
    assert nothing.wage.shape == (2,)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="side = middle is not allowed: 'left' or 'right'"):
        ks.automation_effects(1.0, 0.5, side="middle")
    with pytest.raises(ValueError, match="side = 1 is not allowed"):
        ks.accumulation_effects(1.0, 0.5, side=1)
    with pytest.raises(ValueError, match=r"Phi = 1.2"):
        ks.automation_effects(1.0, 1.2)
    with pytest.raises(ValueError, match=r"K = -1.0"):
        ks.wage_peak(-1.0)
    with pytest.raises(ValueError, match="Phi = nan"):
        ks.wage_peak_threshold(np.nan)
