"""The explorer of the frontier: its curves are the model's, and its sentence tells the regimes."""

from __future__ import annotations

import numpy as np
import pytest

from aiecon import korinek_suh as ks
from exhibits.korinek_suh.factor_prices import frontier
from exhibits.movable.sampling import interpolated


def test_descriptions_tell_the_regimes_apart():
    say = frontier.description
    assert "More automation raises the wage until Φ = 0.55" in say(Phi=0.5)
    assert "More automation lowers the wage, down to 1 from Φ = 0.80" in say(Phi=0.7)
    assert "Labour is not scarce" in say(Phi=0.8)
    assert "no wage exceeds 4." in say(Phi=0.5)
    assert "no upper bound" in say(sigma=1.0)
    assert "single point" in say(Phi=1.0)


@pytest.mark.parametrize("sigma", [0.2, 1.0, 2.0])
def test_the_curves_are_the_models(sigma):
    """Unit cost is one along the frontier; the path's prices are those of the equilibrium."""
    params = ks.Parameters(A=1.3, sigma=sigma)
    now = frontier.at(frontier.setting({"A": 1.3, "sigma": sigma, "K": 4, "Phi": 0.5}))
    assert ks.unit_cost(now["w_frontier"], now["R_frontier"], 0.5, params) == pytest.approx(1)
    path = ks.equilibrium(4, now["share"], params)
    np.testing.assert_allclose(now["w_path"], path.wage)
    np.testing.assert_allclose(now["R_path"], path.rental_rate)


def test_the_closed_forms_hold_where_random_checks_do_not_fall():
    """At σ = 1 and Φ = 1 exactly, where the formulas change."""
    samples = frontier.samples()
    assert samples.pixels < 0.1
    for sigma, Phi in ((1.0, 0.5), (0.5, 1.0), (1.0, 1.0), (2.0, 1.0), (0.5, 0.8)):
        setting = frontier.setting({"sigma": sigma, "Phi": Phi, "K": 4})
        shown, _ = interpolated(frontier, samples, setting)
        exact = frontier.at(setting)
        assert frontier.said(shown) == frontier.said(exact)
        for name in frontier.formulas.keys() - {"before_peak", "after_peak"}:  # of a sampled peak
            np.testing.assert_allclose(shown[name], exact[name], rtol=1e-9, atol=1e-12)
