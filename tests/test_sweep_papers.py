"""The headlines of two papers under random parameters: one call of sweep each."""

from __future__ import annotations

import numpy as np
import pytest

from aiecon import korinek_suh as ks
from aiecon import wang_wong as ww
from aiecon.korinek_suh.dynamics.scenarios import collapses
from aiecon.sweep import latin_hypercube, sweep, vectorised
from aiecon.wang_wong.identification import moments


@vectorised
def scenario(rho, eta, sigma, K0, horizon):
    paths = ks.solve_transitions(ks.Bounded(horizon=horizon), K0, rho=rho, eta=eta, sigma=sigma)
    found = collapses(paths, until=60.0, step=0.05)
    return {"entry": found.entry, "fall": found.fall}


@vectorised
def lost_employment(r, delta, mu):
    return moments(ww.Parameters(r=r, delta=delta, mu=mu))[0]


def test_the_dates_of_the_agi_scenario():
    """Region 2 at 18.6 years in the baseline; within 5% of each parameter, near that."""
    rng = np.random.default_rng(1)
    draws = latin_hypercube(60, 0.05, rng, rho=0.04, eta=2.0, sigma=0.5, K0=4.6, horizon=20.0)
    whole = sweep(scenario, draws)
    assert not whole.failures
    entry = whole.column("entry")
    one = ks.solve_transitions(ks.Bounded(horizon=20.0)).first_change[0]
    assert entry.min() < one < entry.max()
    assert np.median(entry) == pytest.approx(one, abs=0.2)
    assert np.corrcoef(entry, draws["horizon"])[0, 1] > 0.9  # the horizon sets the date
    parts = sweep(scenario, draws, chunk=7)
    np.testing.assert_allclose(parts.column("entry"), entry, rtol=1e-6)


def test_a_bad_draw_costs_itself_only():
    rng = np.random.default_rng(1)
    draws = latin_hypercube(12, 0.05, rng, rho=0.04, eta=2.0, sigma=0.5, K0=4.6, horizon=20.0)
    draws["K0"][5] = -1.0
    found = sweep(scenario, draws)
    assert [failure.index for failure in found.failures] == [5]
    assert "K0" in found.failures[0].error
    assert np.isfinite(found.column("entry")[found.ok]).all()


def test_wang_and_wongs_loss_of_employment():
    """Around our labour market; draws without a saddle path are NaN, not failures."""
    base = ww.Parameters()
    rng = np.random.default_rng(2)
    draws = latin_hypercube(40, 0.05, rng, r=base.r, delta=base.delta, mu=base.mu)
    lost = sweep(lost_employment, draws).array
    centre = lost_employment(*(np.array([getattr(base, n)]) for n in ("r", "delta", "mu")))[0]
    found = np.isfinite(lost)
    assert found.mean() > 0.5
    assert lost[found].min() < centre < lost[found].max()
