"""The simple model and its undamped limit: conditions, cycles, invariants, orders."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from aiecon import wang_wong as ww
from aiecon.wang_wong.equations import dynamics
from exhibits.wang_wong.predator_prey import phase_portrait
from tests.told import told

P = ww.Parameters()
SLOW = ww.Parameters(alpha=0.2, mu=1.5, sigma=0.05, A_0=1.0)


# Node, spiral, none -------------------------------------------------------------------------------


def test_the_paper_condition_decides_as_the_eigenvalues_do():
    p = ww.Parameters(mu=np.geomspace(0.3, 15, 61)[:, None], alpha=np.geomspace(0.01, 1.5, 47))
    roots = ww.eigenvalues(p, "simple")
    complex_pair = np.any(roots.imag != 0, axis=-1) & ~np.isnan(roots[..., 0])
    np.testing.assert_array_equal(ww.is_spiral(p, "simple"), complex_pair)
    assert 0 < complex_pair.mean() < 1


def test_the_window_is_where_the_region_changes():
    alpha = np.array([0.02, 0.1, 0.2, 0.35])
    low, high = ww.spiral_range(ww.Parameters(alpha=alpha))
    for edge, kinds in ((low, (1, 2)), (high, (2, 1))):
        for step, kind in zip((1 - 1e-9, 1 + 1e-9), kinds, strict=True):
            assert np.all(ww.region(ww.Parameters(alpha=alpha, mu=edge * step)) == kind)
    assert np.isnan(ww.spiral_range(ww.Parameters(alpha=P.delta - P.sigma))).all()


def test_without_some_ai_there_is_no_region():
    border = P.delta / P.H_0
    mu = np.array([0.0, border * (1 - 1e-9), border * (1 + 1e-9)])
    assert ww.region(ww.Parameters(mu=mu)).tolist() == [0, 0, 1]


def test_the_most_persistent_cycle_is_the_best_of_a_grid():
    for alpha in (0.01, 0.1, 0.3):
        mu, left = ww.most_persistent(ww.Parameters(alpha=alpha))
        low, high = ww.spiral_range(ww.Parameters(alpha=alpha))
        grid = np.linspace(low, high, 4001)[1:-1]
        shrinkage = ww.cycle(ww.Parameters(alpha=alpha, mu=grid)).shrinkage
        np.testing.assert_allclose(shrinkage.max(), left, rtol=1e-4)
        assert shrinkage.max() <= left * (1 + 1e-12)
        np.testing.assert_allclose(grid[np.argmax(shrinkage)], mu, rtol=2e-2)
    assert np.isnan(ww.most_persistent(P)).all()


def test_period_and_half_life_of_a_path_near_rest():
    p = replace(SLOW, alpha=0.05, mu=1.85)
    rest = ww.steady_states(p, "simple").some_ai
    path = ww.simple_path(p, rest.capability * 1.0001, rest.employment, 70.0, tol=1e-12)
    t = np.linspace(0, 70, 70_001)
    away = path.employment(t) - rest.employment
    crossings = t[:-1][np.diff(np.sign(away)) != 0][1:]
    found = ww.cycle(p)
    np.testing.assert_allclose(2 * np.diff(crossings[:3]), found.period, rtol=2e-3)
    turns = 1 + np.flatnonzero(np.diff(np.sign(np.diff(away))))
    ratio = abs(away[turns[2]] / away[turns[0]])  # one whole turn
    np.testing.assert_allclose(ratio, found.shrinkage, rtol=2e-3)


def test_cycles_of_nodes_and_of_nothing():
    found = ww.cycle(ww.Parameters(mu=np.array([0.3, 0.632])))
    assert np.isnan(found.period[0])
    assert np.isnan(found.half_life[0])
    assert found.period[1] == np.inf
    assert found.shrinkage[1] == 0


# The distance from rest ---------------------------------------------------------------------------


def test_distance_falls_at_the_rate_in_the_book():
    rng = np.random.default_rng(2)
    for _ in range(20):
        A, H = rng.uniform(0.02, 3), rng.uniform(0.02, 0.98)
        x_dot, H_dot = dynamics(np.array([np.log(A), H]), SLOW, "simple")
        h = 1e-30j
        along = ww.distance(A * (1 + h * x_dot), H + h * H_dot, SLOW).imag / 1e-30
        np.testing.assert_allclose(along, -ww.distance_loss(H, SLOW), rtol=1e-9, atol=1e-15)
    rest = ww.steady_states(SLOW, "simple").some_ai
    assert ww.distance(rest.capability, rest.employment, SLOW) == pytest.approx(0, abs=1e-15)


def test_paths_agree_with_another_integrator_and_come_to_rest():
    path = ww.simple_path(P, 2.0, 0.5, 200.0)
    other = solve_ivp(
        lambda t, x: dynamics(x, P, "simple"),
        (0, 200),
        [np.log(2.0), 0.5],
        method="Radau",
        rtol=1e-9,
        atol=1e-11,
        t_eval=[1.0, 10.0, 50.0, 200.0],
    )
    np.testing.assert_allclose(path.capability(other.t), np.exp(other.y[0]), rtol=1e-6)
    np.testing.assert_allclose(path.employment(other.t), other.y[1], rtol=1e-6)
    np.testing.assert_allclose(path.employment(200.0), P.delta / P.mu, rtol=1e-8)


def test_ai_dies_out_where_it_cannot_live():
    p = ww.Parameters(mu=0.4)
    path = ww.simple_path(p, 1.0, horizon=400.0)
    assert path.capability(400.0) < 1e-10
    np.testing.assert_allclose(path.employment(400.0), p.H_0, rtol=1e-8)


@pytest.mark.parametrize(
    "start", [{"capability": 0.0}, {"employment": 1.2}, {"employment": 0.0}, {"horizon": -1.0}]
)
def test_starts_that_make_no_sense_are_refused(start):
    with pytest.raises(ValueError, match=next(iter(start))):
        ww.simple_path(P, **start)


def test_times_outside_the_horizon_are_refused():
    path = ww.simple_path(P, horizon=5.0)
    with pytest.raises(ValueError, match="longer horizon"):
        path.employment(np.array([1.0, 6.0]))


# Without damping ----------------------------------------------------------------------------------


def test_conserved_and_distance_differ_by_a_constant():
    A, H = np.meshgrid([0.1, 1.0, 2.0], [0.1, 0.5, 0.9])
    gap = ww.conserved(A, H, SLOW) - ww.distance(A, H, SLOW)
    np.testing.assert_allclose(gap, gap[0, 0], rtol=1e-13)


@pytest.mark.parametrize(("method", "order"), [("leapfrog", 2), ("midpoint", 2)])
def test_symplectic_methods_keep_a_band_of_their_order(method, order):
    bands = []
    for step in (0.4, 0.2, 0.1):
        V = ww.lotka_volterra(SLOW, 1.0, 0.6, 300.0, step, method).conserved
        bands.append(np.ptp(V))
        late, early = V[-V.size // 10 :], V[: V.size // 10]
        assert np.ptp(late) < 1.3 * np.ptp(early)  # the band does not widen
    ratios = np.array(bands[:-1]) / bands[1:]
    np.testing.assert_allclose(ratios, 2**order, rtol=0.12)


def test_the_other_methods_drift():
    V = ww.lotka_volterra(SLOW, 1.0, 0.6, 300.0, 1.0, "runge-kutta").conserved
    assert np.all(np.diff(V[::30]) < 0)
    V = ww.lotka_volterra(SLOW, 1.0, 0.6, 8.0, 0.5, "euler").conserved
    assert np.all(np.diff(V) > 0)


def test_all_methods_follow_the_same_path():
    fine = ww.lotka_volterra(SLOW, 1.0, 0.6, 20.0, 0.005, "runge-kutta")
    rest = ww.steady_states(SLOW, "simple").some_ai
    exact = solve_ivp(
        lambda t, z: [
            SLOW.mu * np.exp(z[1]) - SLOW.delta,
            SLOW.rho * SLOW.mu * (rest.capability - np.exp(z[0])),
        ],
        (0, 20),
        [0.0, np.log(0.6)],
        method="DOP853",
        rtol=1e-12,
        atol=1e-13,
    )
    np.testing.assert_allclose(np.log(fine.capability[-1]), exact.y[0, -1], atol=1e-9)
    for method, tol in (("leapfrog", 1e-4), ("midpoint", 1e-4), ("euler", 0.2)):
        orbit = ww.lotka_volterra(SLOW, 1.0, 0.6, 20.0, 0.01, method)
        np.testing.assert_allclose(np.log(orbit.employment[-1]), exact.y[1, -1], atol=tol)


def test_what_lotka_and_volterra_refuse():
    with pytest.raises(ValueError, match="midpoint"):
        ww.lotka_volterra(SLOW, 1.0, 0.6, 10.0, method="newton")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="delta"):
        ww.lotka_volterra(ww.Parameters(mu=0.3), 1.0, 0.6, 10.0)
    for bad in ({"capability": -1.0}, {"employment": 0.0}, {"step": 0.0}, {"years": 0.0}):
        with pytest.raises(ValueError, match=next(iter(bad))):
            ww.lotka_volterra(SLOW, **{"capability": 1.0, "employment": 0.6, "years": 9.0} | bad)
    with pytest.raises(RuntimeError, match="smaller step"):
        ww.lotka_volterra(SLOW, 1.0, 3.0, 40.0, 20.0)


# What the page says -------------------------------------------------------------------------------


def test_the_phase_portrait_says_what_the_library_computes():
    assert "73%" in phase_portrait.description()
    assert "without circling" in phase_portrait.description()
    text = phase_portrait.description(economy="Slow job finding")
    assert f"once in {ww.cycle(SLOW).period:.1f} years" in text
    path = ww.simple_path(SLOW, P.A_0, 0.95, 30.0)
    assert f"{path.employment(5.0):.0%} after five and {path.employment(30.0):.0%}" in text
    values = phase_portrait.at(phase_portrait.setting({"economy": "Slow job finding"}))
    np.testing.assert_allclose(values["A_t"], path.capability(values["year"]), rtol=1e-6)


def test_undamped_paths_of_the_phase_portrait_close_after_a_turn():
    given = {"economy": "No damping", "A": 0.75, "H": 0.6}
    assert "for ever" in phase_portrait.description(**given)
    values = phase_portrait.at(phase_portrait.setting(given))
    V = ww.conserved(values["A_t"], values["H_t"], SLOW)
    np.testing.assert_allclose(V, V[0], atol=1e-6)
    orbit = ww.lotka_volterra(SLOW, 0.75, 0.6, float(values["turn"]), 0.01)
    assert (orbit.capability[-1], orbit.employment[-1]) == pytest.approx((0.75, 0.6), abs=1e-4)


def test_the_figures_say_what_they_show():
    """Results in captions and text alternatives, each as the library has it now."""
    rest = ww.steady_states(P, "simple").some_ai
    there = ww.steady_states(SLOW, "simple").some_ai
    t = np.linspace(0, 60, 6001)
    down = ww.simple_path(SLOW, 1.0, None, 60.0).employment(t)
    plane = told("wang_wong/predator_prey", "fig-ww-prey-plane")
    assert f"Left, line at {P.delta / P.mu:.2f}:" in plane
    assert f"the crossing at A = {rest.capability:.2f}. Right, line at" in plane
    assert f"Right, line at {there.employment:.2f}:" in plane
    assert f"swings down to {down.min():.2f}, back" in plane
    assert f"the crossing at A = {there.capability:.2f} and in" in plane

    cycles = told("wang_wong/predator_prey", "fig-ww-prey-cycles")
    for alpha in (0.05, 0.1, 0.2):
        low, high = ww.spiral_range(replace(SLOW, alpha=alpha))
        mu = np.geomspace(low * 1.0005, min(high * 0.9995, 8.0), 240)
        found = ww.cycle(replace(SLOW, alpha=alpha, mu=mu))
        if high < 8:
            assert f"{np.nanmin(found.period):.1f} for α = {alpha:g}" in cycles
        else:
            assert np.nanargmin(found.period) == 239
            assert f"falls, to {found.period[-1]:.1f}, at the right" in cycles
        ends = f"{found.half_life[0]:.1f} to {found.half_life[-1]:.1f} for α = {alpha:g}"
        assert ends in cycles

    swings = told("wang_wong/predator_prey", "fig-ww-prey-swings")
    long = replace(SLOW, alpha=0.05, mu=4 * SLOW.delta)
    path = ww.simple_path(long, 0.3, None, 60.0)
    H, AI = path.employment(t), path.capability(t)
    least, hump = np.argmin(H), np.argmax(np.where(t > 10, H, 0))
    assert f"falls from {H[0]:.1f} to {H[least]:.2f} in year {t[least]:.0f}" in swings
    assert f"rises to {H[hump]:.2f} in year {t[hump]:.0f} and settles at {H[-1]:.2f}" in swings
    assert f"rises from {AI[0]:.1f} to {AI.max():.2f} and falls to {AI.min():.2f}" in swings
    assert f"settling at {AI[-1]:.2f}" in swings
    crossings = t[1:][np.diff(np.sign(H - 0.25)) != 0]
    assert f"dips every {np.diff(crossings).mean():.0f} years" in swings
    away = np.abs(H * 4 - 1)
    tops = [away[(t > a) & (t < b)].max() for a, b in itertools.pairwise([*crossings, 60])]
    first, second, third = tops[-3:]
    assert f"arches of {tops[-4]:.1f}, {first:.2f}, {second:.3f} and {third:.3f}" in swings

    damping = told("wang_wong/predator_prey", "fig-ww-prey-damping")
    for alpha, years in ((0.2, 10), (0.1, 21), (0.05, 40)):
        q = replace(SLOW, alpha=alpha)
        both = ww.steady_states(q, "simple").some_ai
        path = ww.simple_path(q, 2 * both.capability, both.employment, 40.0)
        V = ww.distance(*(x([0.0, years]) for x in (path.capability, path.employment)), q)
        assert f"{V[1] / V[0]:.3f}" == "0.001"
        assert re.search(rf"α = {alpha:g} (?:to 0.001 )?in {years} years", damping)

    keep = told("wang_wong/predator_prey", "fig-ww-prey-invariant")
    orbit = ww.lotka_volterra(SLOW, 1.0, 0.6, 40.0, 0.01)
    low, high = orbit.capability.min(), orbit.capability.max()
    assert f"between A = {low:.2f} and {high:.1f};" in keep
    ends = {
        method: ww.lotka_volterra(SLOW, 1.0, 0.6, 1000.0, 1.0, method).conserved
        for method in ("runge-kutta", "midpoint", "leapfrog")
    }
    gone = {method: V[-100:].mean() - V[0] for method, V in ends.items()}
    assert f"from 0 to {gone['runge-kutta']:.2f}," in keep
    assert f"near {gone['midpoint']:.3f}," in keep
    assert f"near {gone['leapfrog']:.3f}." in keep

    regions = told("wang_wong/predator_prey", "fig-ww-prey-regions")
    most = SLOW.delta - SLOW.sigma
    least = ww.spiral_range(replace(SLOW, alpha=np.linspace(0.01, most - 1e-9, 2000)))[0].min()
    assert f"lies below {most:.2f}, from {least:.1f} to beyond 10" in regions
