"""Paths with a constant saving rate: closed forms, a second method, Proposition 7."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from aiecon import korinek_suh as ks

P = ks.Parameters()
S = ks.long_run_saving_rate(P)


def forward(path, s, K0, params, t):
    """K by an explicit method forwards in time, on the static equilibrium of the library."""

    def field(now, k):
        K = np.exp(k[0])
        Y = ks.equilibrium(K, path.share(now), params).output
        return [s * Y / K - params.delta]

    stops = [0.0, *(float(T) for T in path.kinks), t[-1] + 1e-9]
    K, start = np.empty_like(t), np.log(K0)
    for left, right in pairwise(stops):
        inside = (t >= left) & (t < right)
        end = right - 1e-12 if right in path.kinks else right
        grid = np.append(t[inside], end)
        run = solve_ivp(
            field, (left, end), [start], "DOP853", grid, rtol=1e-9, atol=1e-10, max_step=0.25
        )
        K[inside], start = np.exp(run.y[0, :-1]), run.y[0, -1]
    return K


@pytest.mark.parametrize(
    "path",
    [ks.BusinessAsUsual(), ks.BusinessAsUsual(0.25), ks.Bounded(20), ks.Mixed(0.9)],
    ids=str,
)
def test_forwards_by_runge_kutta(path):
    t = np.linspace(0, 30, 31)
    found = ks.constant_saving(path, 0.4, tol=1e-9)
    assert found.capital(t) == pytest.approx(forward(path, 0.4, 4.6, P, t), rel=1e-6)


def test_region_2_for_ever_in_closed_form():
    """K̇ = (sA − δ) K + s A L once all tasks are automated."""
    s, g = 0.3, 0.3 * P.A - P.delta
    found = ks.constant_saving(ks.Bounded(horizon=1e-9), s)
    t = np.array([1.0, 10.0, 100.0])
    closed = 4.6 * np.exp(g * t) + s * P.A * np.expm1(g * t) / g
    assert found.capital(t) == pytest.approx(closed, rel=1e-7)


@pytest.mark.parametrize("s", [0.05, 0.2])  # capital settles where sA (K + L) = δK; g = 0 at .2
def test_saving_too_little_for_growth_after_full_automation(s):
    found = ks.constant_saving(ks.Bounded(horizon=5), s)
    if s == 0.05:
        assert found.capital(2000.0) == pytest.approx(s * P.A / (P.delta - s * P.A), rel=1e-9)
    else:
        rise = found.capital(1001.0) - found.capital(1000.0)
        assert rise == pytest.approx(s * P.A * P.L, rel=1e-9)


@pytest.mark.parametrize("rate", [0.01, 0.03, 0.06, 0.12, 0.17, 0.25])
def test_proposition_7(rate):
    found, limits = ks.constant_saving(ks.BusinessAsUsual(rate), S), ks.long_run(rate, P)
    late = 4000.0
    growth = (found.log_wage(late + 100) - found.log_wage(late)) / 100
    assert growth == pytest.approx(limits.wage_growth, abs=1e-6)
    assert found.labor_share(late) == pytest.approx(limits.labor_share, abs=1e-6)
    output = (found.log_output(late + 100) - found.log_output(late)) / 100
    assert output == pytest.approx(limits.output_growth, abs=1e-6)
    assert found.region(late) == (2 if limits.case == 1 else 1)


def test_a_steady_state_without_automation():
    found = ks.constant_saving(ks.BusinessAsUsual(rate=0.0), 0.3)
    K = found.capital(3000.0)
    assert 0.3 * found.output(3000.0) == pytest.approx(P.delta * K, rel=1e-10)


def test_what_is_consumed_is_what_is_not_saved():
    found = ks.constant_saving(ks.Bounded(20), 0.25)
    t = np.linspace(0, 30, 7)
    assert found.consumption(t) == pytest.approx(0.75 * found.output(t))
    assert found.saving_rate(t).tolist() == [0.25] * 7
    everything = ks.constant_saving(ks.Bounded(20), 1.0)
    assert everything.consumption(t).tolist() == [0.0] * 7


@pytest.mark.parametrize(
    ("path", "s", "keywords", "words"),
    [
        (ks.Bounded(20), 0.0, {}, "s = 0"),
        (ks.Bounded(20), 1.2, {}, "s = 1.2"),
        (ks.Bounded(20), np.nan, {}, "s = nan"),
        (ks.Bounded(20), [0.1, 0.2], {}, "s"),
        (ks.Bounded(20), 0.2, {"K0": 0.0}, "K0 = 0"),
        (ks.BusinessAsUsual(0.09), S, {}, "rate = 0.09"),
        (ks.BusinessAsUsual(0.0), 0.2, {"params": ks.Parameters(delta=0.0)}, "delta = 0"),
    ],
)
def test_inputs_that_are_not_admissible(path, s, keywords, words):
    with pytest.raises(ValueError, match=words):
        ks.constant_saving(path, s, **keywords)
