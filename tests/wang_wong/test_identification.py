"""The family, the stored set and the stored fits, each against a computation of its own."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from aiecon import wang_wong as ww
from aiecon.wang_wong import identification


def batch(p: ww.Parameters) -> ww.Parameters:
    """The same economy as a batch of one."""
    return ww.Parameters(**{f.name: np.array([getattr(p, f.name)]) for f in fields(p)})


@pytest.mark.parametrize("sigma", [0.05, 0.08, 0.105])
def test_members_of_the_family_have_the_reported_long_run(sigma):
    for theta in (0.45, 0.5, 0.55):
        b, xi = ww.family(sigma, theta)
        if np.isnan(b):
            continue
        p = ww.Parameters(sigma=sigma, alpha=19 * sigma, theta=theta, b=float(b), xi=float(xi))
        state = ww.steady_states(p).some_ai
        assert state.surplus == pytest.approx(0.8735, rel=1e-9)
        assert state.capability / p.A_0 == pytest.approx(4.21, rel=1e-9)


def test_examples_of_the_notes_are_members():
    """With A₀ = 1, where they were found by hand."""
    for sigma, theta, b, xi in (
        (0.05, 0.547, 0.859, 0.571),
        (0.08, 0.510, 0.647, 0.594),
        (0.10, 0.455, 0.380, 0.641),
    ):
        found = ww.family(sigma, theta, ww.Parameters(A_0=1.0))
        assert found == pytest.approx((b, xi), abs=2.5e-3)


def test_family_is_nan_where_there_is_no_economy():
    assert np.isnan(ww.family(0.05, 0.1)).all()
    assert np.isnan(ww.family(0.05, 0.9)).all()


def test_hosios_members():
    sigma = np.array([0.05, 0.08, 0.105])
    theta = ww.hosios(sigma)
    _, xi = ww.family(sigma, theta)
    np.testing.assert_allclose(theta, xi, atol=1e-12)
    assert float(ww.hosios(0.105)) == pytest.approx(ww.Parameters().theta, abs=1e-4)


def test_where_no_economy_has_hosios_it_is_nan():
    theta = ww.hosios(np.array([0.105, 0.2]), ww.Parameters(A_0=np.array([1 / 0.632, 1.0])))
    assert theta[0] == pytest.approx(0.5381, abs=1e-4)
    assert np.isnan(theta[1])
    fits = ww.best_fits([1.0, 1 / 0.632], [0.2, 0.11], hosios=True)
    assert np.isnan(fits.b[0])
    assert fits.misfit[1] < 0.5


@pytest.mark.parametrize("variant", ["without 11.5", "Hosios"])
def test_the_profile_is_made_again(variant):
    """Some rows of the file by the search itself."""
    fits = ww.profile(variant)
    i = np.flatnonzero(fits.within_rounding)[::6]
    again = ww.best_fits(fits.A_0[i], fits.sigma[i], **ww.VARIANTS[variant])
    np.testing.assert_allclose(again.misfit, fits.misfit[i], atol=2e-3)
    np.testing.assert_allclose(again.theta, fits.theta[i], atol=2e-4)


def test_only_the_product_with_the_level_matters():
    """Twice the level and half the exposure: the same numbers, b and ξ."""
    p, q = ww.Parameters(), ww.Parameters(A_0=2 * ww.Parameters().A_0, rho=0.309)
    np.testing.assert_allclose(
        ww.moments(batch(q), 1e-9), ww.moments(batch(p), 1e-9), rtol=1e-7, atol=1e-9
    )
    np.testing.assert_allclose(ww.family(0.1, 0.53, q), ww.family(0.1, 0.53, p), rtol=1e-12)


@pytest.mark.parametrize("variant", ww.VARIANTS)
def test_the_stored_profile_is_what_it_says(variant):
    """Misfit and long run of some of its economies, computed anew."""
    fits = ww.profile(variant)
    counts = [name != ww.VARIANTS[variant].get("without") for name in ww.MOMENTS]
    chosen = np.flatnonzero(np.isfinite(fits.b))[5::59]
    members = fits.members(np.isin(np.arange(len(fits.A_0)), chosen))
    values, units = (np.array(x) for x in zip(*ww.MOMENTS.values(), strict=True))
    off = np.abs(ww.moments(members, 1e-8) - values[:, None]) / units[:, None]
    np.testing.assert_allclose(off[counts].max(axis=0), fits.misfit[chosen], atol=2e-3)
    rest = ww.long_run(members)
    np.testing.assert_allclose(rest.surplus, fits.inputs[3, chosen], rtol=1e-7)
    np.testing.assert_allclose(rest.capability / members.A_0, fits.inputs[4, chosen], rtol=1e-7)
    low, high = np.array(list(identification.INPUTS.values())).T[:, :, None]
    assert np.all((fits.inputs >= low - 1e-9) & (fits.inputs <= high + 1e-9))
    if "Hosios" in variant:
        np.testing.assert_allclose(fits.xi, fits.theta, atol=2e-6)


def test_which_levels_are_inside():
    """A₀ = 1 misses; about 1.55 to 2.4 is inside, under Hosios to 1.9; the 11.5 hardly matters."""
    inside = {}
    for variant in ww.VARIANTS:
        fits = ww.profile(variant)
        assert fits.misfit[fits.A_0 == 1.0].min() > 4
        inside[variant] = np.unique(fits.A_0[fits.within_rounding])
    assert inside["all"][[0, -1]] == pytest.approx([1.55, 2.4])
    assert inside["without 11.5"][[0, -1]] == pytest.approx([1.55, 2.4])
    assert inside["Hosios"][[0, -1]] == pytest.approx([1.55, 1.9])
    assert inside["Hosios without 11.5"][[0, -1]] == pytest.approx([1.55, 1.9])


def test_the_two_other_facts_hold_in_different_parts_of_the_set():
    both, pair = ww.other_facts(ww.identified_set())
    assert both.any()
    assert pair.any()
    assert not np.any(both & pair)


@pytest.mark.parametrize(("A_0", "sigma", "hosios"), [(1.0, 0.07, False), (1.7, 0.126, True)])
def test_a_search_at_random_does_not_beat_the_fit(A_0, sigma, hosios):
    """The minimax fit of one economy against 3000 economies near it, θ free or on Hosios."""
    fit = ww.best_fits([A_0], [sigma], hosios=hosios)
    low, high = np.array(list(identification.INPUTS.values())).T[:, :, None]
    rng, n = np.random.default_rng(3), 3000
    inputs = np.clip(fit.inputs + 0.2 * (high - low) * rng.standard_normal((5, n)), low, high)
    theta = fit.theta + 2e-3 * rng.standard_normal(n)
    mu, epsilon, phi, s, A = inputs
    base = ww.Parameters(A_0=np.full(n, A_0), mu=mu, epsilon=epsilon, phi=phi)
    if hosios:
        for _ in range(30):  # θ = ξ by damped substitution
            theta = 0.9 * theta + 0.1 * ww.family(sigma, theta, base, s, A)[1]
    b, xi = ww.family(sigma, theta, base, s, A)
    if hosios:
        np.testing.assert_allclose(xi, theta, atol=1e-5)
    tries = replace(base, sigma=sigma, alpha=19 * sigma, theta=theta, b=b, xi=xi)
    worst = ww.misfit(ww.moments(tries), relative=False)
    assert worst.min() > fit.misfit[0] - 1e-3


def test_profile_and_set_cannot_be_written_to():
    for array in (ww.profile().misfit, ww.profile().inputs, ww.identified_set().sigma):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0


def test_moments_are_those_of_a_path():
    path = ww.solve_transition()
    ours = ww.moments(batch(ww.Parameters()), 1e-9)[:, 0]
    assert ours[0] == pytest.approx(0.95 - path.employment(5.0), abs=1e-8)
    assert ours[1] == pytest.approx(path.capability(5.0) / ww.Parameters().A_0 - 1, abs=1e-8)
    assert ours[4] == pytest.approx(path.productivity(10.0) - 1, abs=1e-7)
    assert ours[5] == pytest.approx(np.log(path.productivity(10.0)) / 10, abs=1e-9)


def test_misfit_by_hand():
    exact = np.array([[value] for value, _ in ww.MOMENTS.values()])
    assert ww.misfit(exact)[0] == 0
    off = exact.copy()
    off[3] += 0.002
    assert ww.misfit(off, relative=False)[0] == pytest.approx(2.0)
    assert ww.misfit(off)[0] == pytest.approx(0.002 / 0.94)


def test_a_changed_file_is_refused(monkeypatch):
    identification._profile.cache_clear()
    monkeypatch.setattr(identification, "CHECKSUM", "0" * 64)
    with pytest.raises(ValueError, match="make it again"):
        ww.profile()


def test_sigma_and_theta_can_hardly_be_told_apart():
    strong, weak = np.linalg.svd(ww.sensitivities())[1]
    assert strong > 3
    assert weak < 0.03 * strong


@pytest.mark.parametrize(
    ("function", "arguments", "named"),
    [
        (ww.profile, ("some",), "variant"),
        (ww.identified_set, (0.04,), "variant"),
        (ww.family, (0.1, 1.5), "theta"),
        (ww.family, (0.1, -0.1), "theta"),
        (ww.family, (0.1, 0.5, None, -1.0), "s = "),
        (ww.misfit, (np.ones((5, 2)),), "found"),
        (ww.misfit, (np.float64(1.0),), "found"),
        (ww.sensitivities, (None, 0.0), "step"),
        (ww.sensitivities, (None, "x"), "step"),
        (ww.best_fits, ([-1.0], [0.1]), "A_0"),
        (ww.best_fits, ([1.0], [0.0]), "sigma"),
    ],
)
def test_what_is_refused(function, arguments, named):
    with pytest.raises(ValueError, match=named):
        function(*arguments)
