"""The dynamics' own production functions against the static equilibrium, and their derivatives."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics.optimal_growth import OptimalGrowth
from aiecon.korinek_suh.dynamics.technology import Technology, destination
from aiecon.korinek_suh.statics.marginal_products import (
    far_from_one,
    region_1,
    region_2,
    static_logs,
)

SIGMAS = (0.05, 0.3, 0.5, 0.985, 0.9901, 0.995, 1.0, 1.003, 1.5)


@pytest.mark.parametrize("sigma", SIGMAS)
def test_region_1_is_the_static_equilibrium(sigma):
    rng = np.random.default_rng(5)
    Phi = rng.uniform(0.02, 0.95, 200)
    K = Phi / (1 - Phi) * np.exp(rng.uniform(0.0, 5.0, 200))  # scarce labour
    static = ks.equilibrium(K, Phi, ks.Parameters(sigma=sigma))
    p = region_1(np.log(K), np.log1p(-Phi), 0.0 * K, 0.5, sigma)
    assert p.average == pytest.approx(static.output / K, rel=1e-11)
    assert p.rental == pytest.approx(static.rental_rate, rel=1e-10)


@pytest.mark.parametrize("sigma", SIGMAS)
def test_derivatives(sigma):
    rng = np.random.default_rng(6)
    k, u = rng.uniform(0.5, 5.0, 50), np.log(rng.uniform(0.05, 0.6, 50))
    hazard, h = rng.uniform(0.01, 0.4, 50), 1e-6

    def at(dk=0.0, dt=0.0):
        return region_1(k + dk, u - hazard * dt, hazard, 0.5, sigma)

    p = at()
    for name in ("average", "rental"):
        by_k = (getattr(at(h), name) - getattr(at(-h), name)) / (2 * h)
        by_t = (getattr(at(0.0, h), name) - getattr(at(0.0, -h), name)) / (2 * h)
        assert getattr(p, f"{name}_k") == pytest.approx(by_k, abs=3e-8)
        assert getattr(p, f"{name}_t") == pytest.approx(by_t, abs=3e-8)


def test_no_jump_where_the_formulas_change():
    k, u, hazard = np.linspace(1.0, 4.0, 20), np.full(20, np.log(0.3)), np.full(20, 0.1)
    for below, above in ((0.99 - 1e-13, 0.99 + 1e-13), (1.01 - 1e-13, 1.01 + 1e-13)):
        assert far_from_one(below) != far_from_one(above)
        pairs = zip(
            region_1(k, u, hazard, 0.5, below), region_1(k, u, hazard, 0.5, above), strict=True
        )
        for one, other in pairs:
            assert one == pytest.approx(other, rel=1e-10)


def test_without_automation_labor_produces_everything():
    with np.errstate(divide="ignore"):
        p = region_1(np.array([1.3]), np.array([0.0]), np.array([0.05]), 0.5, 0.5)
    assert p.average == pytest.approx(0.5 * np.exp(-1.3), rel=1e-15)
    assert p.rental == 0.0
    assert p.average_k == pytest.approx(-p.average)
    assert np.isfinite([p.average_t, p.rental_k, p.rental_t]).all()


def test_far_out_nothing_overflows():
    k = np.array([700.0, 5e3, 1e6])
    p = region_1(k, -0.9 * k, np.full(3, 0.05), 0.5, 0.5)
    assert p.rental == pytest.approx([0.5] * 3, rel=1e-12)
    assert p.average == pytest.approx([0.5] * 3, rel=1e-12)
    assert region_2(k, 0.5).average == pytest.approx([0.5] * 3, rel=1e-15)
    logs = static_logs(k, -0.9 * k, 0.5, 0.5)
    assert np.isfinite([logs.output, logs.wage, logs.rental]).all()


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    Phi=st.floats(0.0, 1.0),
    k=st.floats(-8.0, 8.0),
    sigma=st.one_of(st.just(1.0), st.floats(0.05, 3.0)),
)
def test_static_logs_are_the_static_equilibrium(Phi, k, sigma):
    with np.errstate(divide="ignore"):
        logs = static_logs(np.array(k), np.log1p(-np.float64(Phi)), 0.5, sigma)
    right = ks.equilibrium(np.exp(k), Phi, ks.Parameters(sigma=sigma))
    assert np.exp(logs.output) == pytest.approx(right.output, rel=1e-9)
    assert np.exp(logs.wage) == pytest.approx(right.wage, rel=1e-7)
    assert np.exp(logs.rental) == pytest.approx(right.rental_rate, rel=1e-7)
    assert logs.labor_share == pytest.approx(right.labor_share, abs=1e-9)
    assert logs.capital_share == pytest.approx(right.capital_share, abs=1e-9)
    assert logs.region == right.region


@pytest.mark.parametrize("regime", [1, 2])
@pytest.mark.parametrize("region", [1, 2])
def test_the_jacobian_of_the_household_s_problem(regime, region):
    """∂f/∂x, ∂f/∂t, and those of the border and the closing, by differences."""
    path, p = ks.Mixed(0.9, rate={1: 0.01, 2: 0.3}[region]), ks.Parameters()
    end = destination(path, p, region)
    problem = OptimalGrowth(Technology(path, p.A, p.sigma), np.log([4.6]), p, end)
    t, h = np.linspace(0.2, 4.8, 6).reshape(1, 1, 6), 1e-6
    x = np.stack([1.2 + 0.1 * t, -1.0 - 0.05 * t])

    def differences(function, *more):
        by_x = []
        for i in range(2):
            step = np.zeros((2, 1, 1, 1))
            step[i] = h
            by_x.append((function(t, x + step, *more)[0] - function(t, x - step, *more)[0]) / 2 / h)
        by_t = (function(t + h, x, *more)[0] - function(t - h, x, *more)[0]) / (2 * h)
        return by_x, by_t

    by_x, by_t = differences(problem.field, regime)
    _, f_x, f_t = problem.field(t, x, regime)
    assert f_x[:, 0] == pytest.approx(by_x[0], abs=1e-7)
    assert f_x[:, 1] == pytest.approx(by_x[1], abs=1e-7)
    assert f_t == pytest.approx(by_t, abs=1e-7)
    for function in (problem.border, problem.terminal):
        by_x, by_t = differences(function)
        _, g_x, g_t = function(t, x)
        for i in range(2):
            assert g_x[..., i, :, :, :] == pytest.approx(by_x[i], abs=1e-7)
        assert g_t == pytest.approx(by_t, abs=1e-7)
