"""The equations as the chapters print them, against the functions that guard their limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiecon import kuhle
from aiecon.kuhle import equations


@given(
    gamma=st.floats(0, 20),
    a=st.floats(0, 0.3),
    B=st.floats(1e-3, 1e6),
    mu=st.floats(0.1, 120),
    sd=st.floats(0.1, 30),
)
@settings(max_examples=200, deadline=None)
def test_worth(gamma, a, B, mu, sd):
    M, m, CE, peak = equations.worth(gamma, a, B, mu, sd) if gamma != 1 else (0, 0, 0, 0)
    economy = kuhle.Economy(a, B, mu, sd)
    if gamma != 1:
        assert economy.median == pytest.approx(M, rel=1e-12)
        assert economy.mean == pytest.approx(m, rel=1e-12)
        assert kuhle.certainty_equivalent(economy, gamma) == pytest.approx(CE, rel=1e-9)
    if gamma > 1 + 1e-12:
        assert kuhle.plateau(gamma, mu, sd) == pytest.approx(peak, rel=1e-12)
    else:
        assert kuhle.plateau(gamma, mu, sd) == np.inf


@given(
    a=st.floats(0.005, 0.2),
    level=st.floats(0.02, 3),
    curvature=st.floats(1.05, 6),
    chi=st.floats(0, 0.99),
)
@settings(max_examples=200, deadline=None)
def test_education(a, level, curvature, chi):
    economy = kuhle.Economy(a, 300.0, 20.0)
    W0 = float(economy.mean)
    kappa, eta = level * a * W0, curvature * a
    private, social = equations.education(a, W0, kappa, eta, chi)
    game = kuhle.Race(economy, kuhle.Cost(kappa, eta), chi)
    # cut off at zero, where nobody learns
    assert kuhle.private_education(game) == pytest.approx(max(private, 0), rel=1e-8, abs=1e-8)
    assert kuhle.social_education(game) == pytest.approx(max(social, 0), rel=1e-8, abs=1e-8)


@given(median=st.floats(1, 1e6), ratio=st.floats(1.001, 20), mu=st.floats(-50, 150))
@settings(max_examples=200, deadline=None)
def test_calibration(median, ratio, mu):
    sigma, a, B = equations.calibration(median, median * ratio, mu, 15.0)
    economy = kuhle.calibrate(median, median * ratio, mu, 15.0)
    assert economy.dispersion == pytest.approx(sigma, rel=1e-9)
    assert economy.technology == pytest.approx(a, rel=1e-9)
    assert economy.scale == pytest.approx(B, rel=1e-7)
