"""The family, the stored set and the stored fits, each against a computation of its own."""

from __future__ import annotations

import numpy as np
import pytest

from aiecon import wang_wong as ww
from aiecon.wang_wong import identification


def some(members: ww.Parameters, index) -> ww.Parameters:
    names = ("sigma", "alpha", "theta", "b", "xi")
    return ww.Parameters(**{name: getattr(members, name)[index] for name in names})


@pytest.mark.parametrize("sigma", [0.02, 0.05, 0.1])
def test_members_of_the_family_have_the_reported_long_run(sigma):
    for theta in (0.45, 0.5, 0.55):
        b, xi = ww.family(sigma, theta)
        if np.isnan(b):
            continue
        p = ww.Parameters(sigma=sigma, alpha=19 * sigma, theta=theta, b=float(b), xi=float(xi))
        state = ww.steady_states(p).some_ai
        assert state.surplus == pytest.approx(0.8735, rel=1e-9)
        assert state.capability == pytest.approx(4.21, rel=1e-9)


def test_examples_of_the_notes_are_members():
    """(σ, θ, b, ξ) = (.05, .547, .859, .571), (.08, .510, .647, .594), (.10, .455, .380, .641)."""
    for sigma, theta, b, xi in (
        (0.05, 0.547, 0.859, 0.571),
        (0.08, 0.510, 0.647, 0.594),
        (0.10, 0.455, 0.380, 0.641),
    ):
        found = ww.family(sigma, theta)
        assert found == pytest.approx((b, xi), abs=2.5e-3)


def test_family_is_nan_where_there_is_no_economy():
    assert np.isnan(ww.family(0.05, 0.1)).all()
    assert np.isnan(ww.family(0.05, 0.9)).all()


def test_hosios_members():
    sigma = np.array([0.045, 0.05, 0.06])
    theta = ww.hosios(sigma)
    _, xi = ww.family(sigma, theta)
    np.testing.assert_allclose(theta, xi, atol=1e-12)
    assert float(ww.hosios(0.05)) == pytest.approx(0.551, abs=1e-3)


def test_the_stored_set_is_what_it_says():
    members = ww.identified_set(0.04)
    pick = np.arange(7, members.shape[0], 61)
    table = identification._table(identification.SET)
    misfit = ww.misfit(ww.moments(some(members, pick), 1e-8))
    np.testing.assert_allclose(misfit, table["misfit"][pick], atol=2e-5)
    both, pair = ww.other_facts(members)
    np.testing.assert_array_equal(both, table["both"] == 1)
    np.testing.assert_array_equal(pair, table["pair"] == 1)
    assert ww.identified_set(0.02).shape[0] < ww.identified_set(0.025).shape[0]


def test_nearby_economies_outside_the_set_are_worse():
    """Off the band: the misfit rises above 4% when θ moves by .03 either way."""
    members = ww.identified_set(0.02)
    i = members.shape[0] // 2
    for shift in (-0.03, 0.03):
        sigma, theta = float(members.sigma[i]), float(members.theta[i]) + shift
        b, xi = ww.family(sigma, theta)
        p = ww.Parameters(sigma=np.array([sigma]), alpha=19 * sigma, theta=theta, b=b, xi=xi)
        assert np.isnan(b) or ww.misfit(ww.moments(p))[0] > 0.04


def test_moments_are_those_of_a_path():
    path = ww.solve_transition()
    ours = ww.moments(ww.Parameters(sigma=np.array([0.05])), 1e-9)[:, 0]
    assert ours[0] == pytest.approx(0.95 - path.employment(5.0), abs=1e-8)
    assert ours[1] == pytest.approx(path.capability(5.0) - 1, abs=1e-8)
    assert ours[4] == pytest.approx(path.productivity(10.0) - 1, abs=1e-7)
    assert ours[5] == pytest.approx(np.log(path.productivity(10.0)) / 10, abs=1e-9)


def test_misfit_by_hand():
    exact = np.array([[value] for value, _ in ww.MOMENTS.values()])
    assert ww.misfit(exact)[0] == 0
    off = exact.copy()
    off[3] += 0.002
    assert ww.misfit(off, relative=False)[0] == pytest.approx(2.0)
    assert ww.misfit(off)[0] == pytest.approx(0.002 / 0.94)


def test_the_stored_fits_are_what_they_say():
    table = ww.exposure_table()
    names = ("rho", "sigma", "theta", "b", "xi", "mu", "epsilon", "phi")
    economies = ww.Parameters(alpha=19 * table["sigma"], **{k: table[k] for k in names})
    misfit = ww.misfit(ww.moments(economies, 1e-8), relative=False)
    np.testing.assert_allclose(misfit, table["misfit"], atol=5e-3)
    rest = ww.long_run(economies)
    np.testing.assert_allclose(rest.s, table["s"], atol=1e-6)
    np.testing.assert_allclose(rest.A, table["A"], rtol=1e-5)
    best = table["misfit"][np.argmin(abs(table["rho"] - 0.618))]
    assert best > 4
    assert table["misfit"].min() < 0.5


def test_a_search_does_not_beat_the_stored_fit_at_the_reported_exposure():
    rng = np.random.default_rng(3)
    table = ww.exposure_table()
    i = int(np.argmin(abs(table["rho"] - 0.618)))
    names = ("sigma", "theta", "mu", "epsilon", "phi", "s", "A")
    centre = np.array([table[name][i] for name in names])
    width = 0.05 * (identification._HIGH - identification._LOW)
    tries = np.clip(
        centre[:, None] + width[:, None] * rng.standard_normal((7, 300)),
        identification._LOW[:, None],
        identification._HIGH[:, None],
    )
    _, worst = identification._tried(0.618, tries)
    assert worst.min() > table["misfit"][i] - 0.02


def test_a_changed_file_is_refused(monkeypatch):
    identification._table.cache_clear()
    monkeypatch.setitem(identification.CHECKSUMS, identification.SET, "0" * 64)
    with pytest.raises(ValueError, match="make it again"):
        identification._table(identification.SET)
    identification._table.cache_clear()


def test_sigma_and_theta_cannot_be_told_apart():
    strong, weak = np.linalg.svd(ww.sensitivities())[1]
    assert strong > 5
    assert weak < 0.01 * strong


def test_tolerance_is_checked():
    for tolerance in (0.0, 0.05, 0.001):
        with pytest.raises(ValueError, match="tolerance"):
            ww.identified_set(tolerance)
