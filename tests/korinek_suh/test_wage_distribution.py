"""Wages of two groups against the same drawn as a crowd, and one group against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from aiecon.korinek_suh.extensions.skills_inequality import WageDistribution

N = 200_000


def crowd(share, skilled, displaced, spread, devalued):
    """Wages and weights of N workers in each group, evenly spread over its quantiles, sorted."""
    z = ndtri((np.arange(N) + 0.5) / N)
    low = 0.0 if devalued else spread
    wages = np.concatenate(
        [
            displaced * np.exp(low * z - 0.5 * low**2),
            skilled * np.exp(spread * z - 0.5 * spread**2),
        ]
    )
    weights = np.repeat([share / N, (1 - share) / N], N)
    order = np.argsort(wages, kind="stable")
    return wages[order], weights[order]


@pytest.mark.parametrize("devalued", [False, True])
@pytest.mark.parametrize(
    ("share", "skilled", "displaced", "spread"),
    [(0.2, 2.0, 0.5, 0.6), (0.5, 1.0, 3.0, 0.3), (0.9, 5.0, 0.1, 1.0), (0.3, 1.0, 1.0, 0.5)],
)
def test_all_measures_are_those_of_a_crowd(share, skilled, displaced, spread, devalued):
    found = WageDistribution(share, skilled, displaced, spread=spread, devalued=devalued)
    wages, weights = crowd(share, skilled, displaced, spread, devalued)
    below, earned = np.cumsum(weights), np.cumsum(weights * wages)
    assert found.mean == pytest.approx(earned[-1], rel=1e-3)
    for wage in (0.3, 0.9, 2.5):
        assert found.below(wage) == pytest.approx(weights[wages <= wage].sum(), abs=1e-4)
    lorenz = earned / earned[-1]
    area = np.sum(weights * (lorenz + np.concatenate([[0.0], lorenz[:-1]]))) / 2
    assert found.gini == pytest.approx(1 - 2 * area, abs=1e-3)
    for p in (0.01, 0.1, 0.35, 0.5, 0.8, 0.99):
        assert found.quantile(p) == pytest.approx(wages[np.searchsorted(below, p)], rel=2e-3)
        assert found.lorenz(p) == pytest.approx(np.interp(p, below, lorenz), abs=1e-3)
        assert found.top_share(p) == pytest.approx(1 - np.interp(1 - p, below, lorenz), abs=1e-3)


@pytest.mark.parametrize("spread", [0.1, 1.0, 5.0, 14.0, 25.0])
def test_one_group_is_a_lognormal(spread):
    one = WageDistribution(0.0, 3.0, 1.0, spread=spread)
    p = np.array([1e-6, 0.1, 0.5, 0.9, 1 - 1e-6])
    logs = np.log(3.0) - 0.5 * spread**2 + spread * ndtri(p)
    np.testing.assert_allclose(np.log(one.quantile(p)), logs, rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(one.below(np.exp(logs)), p, rtol=1e-8)
    np.testing.assert_allclose(one.top_share(p), ndtr(spread + ndtri(p)), rtol=1e-6, atol=1e-12)
    assert one.gini == pytest.approx(2 * ndtr(spread / np.sqrt(2)) - 1)
