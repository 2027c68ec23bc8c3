"""The benchmark model: thresholds, regimes, paths under either expectation, and the continuum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from aiecon import wang_wong as ww
from aiecon.wang_wong.equations import dynamics
from exhibits import ledger
from exhibits.wang_wong.indeterminacy import borders, full_roots, towards_the_reported
from tests.told import told

P = ww.Parameters()
TWO = ww.Parameters(theta=0.95)
THREE = ww.Parameters(theta=0.929)
FOUR = ww.Parameters(theta=0.92926)
TURNING = ww.Parameters(theta=1.0, xi=0.765, epsilon=6.0, sigma=0.05, b=0.9, alpha=0.118)


# Thresholds and regimes ---------------------------------------------------------------------------


def grid() -> ww.Parameters:
    return ww.Parameters(
        theta=np.linspace(0.3, 1, 23)[:, None, None],
        phi=np.linspace(0, 1, 21)[:, None],
        mu=np.linspace(0.4, 1.2, 19),
    )


def test_condition_28_and_the_regimes():
    kinds = ww.regime(grid())
    np.testing.assert_array_equal(ww.condition_28(grid()), (kinds == 2) | (kinds == 4))
    assert set(np.unique(kinds)) == set(range(len(ww.REGIMES)))


def test_edges_of_the_window_of_theta():
    """With μ = .7 growth is fast enough for a third edge, at which the surplus is infinite."""
    p = replace(P, mu=0.7)
    growth = p.epsilon * (p.mu * p.H_0 - p.delta)
    first = 1 - (growth + (1 - p.b) / p.pi_A - p.r - p.sigma) / p.alpha
    last = 1 - (growth - p.r - p.sigma) / p.alpha
    theta = np.array([first - 1e-9, first + 1e-9, last - 1e-9, last + 1e-9])
    assert ww.regime(replace(p, theta=theta)).tolist() == [1, 2, 2, 4]


def test_free_entry_keeps_the_surplus_finite_below_theta_one():
    theta = np.array([0.95, 0.96, 0.98, 0.9999, 1.0])
    assert ww.regime(ww.Parameters(theta=theta, b=0.71), "full").tolist() == [1, 2, 2, 2, 4]
    assert np.isfinite(ww.steady_states(replace(P, theta=0.9999)).unbounded_ai.surplus)


@pytest.mark.parametrize("model", ["benchmark", "full"])
def test_the_borders_of_the_figure_are_those_of_the_regimes(model):
    p = ww.Parameters(theta=np.linspace(0.45, 0.94, 8))
    some, unbounded = borders(p, model)
    for border, below, above in ((some, (1, 2), (0, 3)), (unbounded, (0, 1), (2, 3))):
        inside = (border > 1e-6) & (border < 1)
        for shift, kinds in ((-1e-7, below), (1e-7, above)):
            q = replace(p, phi=np.where(inside, border + shift, 0.5))
            assert np.isin(ww.regime(q, model)[inside], kinds).all()
        assert inside.any()


def test_adoption_margin_against_a_linear_solve():
    for p in (P, replace(P, epsilon=0.0), replace(P, theta=0.2, b=0.5, mu=0.9)):
        state = ww.steady_states(p, "benchmark").some_ai
        a, H = p.rho * p.mu * state.capability, state.employment
        flow = p.epsilon * (H + p.b * (1 - H) + a * H * p.pi_A)
        matrix = [[p.r + p.sigma + p.alpha + a, -p.mu], [a * H, p.r]]
        q, _ = np.linalg.solve(matrix, [1 - p.b + a * p.pi_A, flow + a * H * p.pi_A])
        np.testing.assert_allclose(ww.adoption_margin(p), p.pi_A - q, rtol=1e-10)


def test_social_values_are_those_of_small_changes_of_the_path():
    """π_A − q against brute force: one more displacement today, welfare of the whole path."""
    p = replace(P, epsilon=0.3, r=0.2)  # impatient, so that the horizon can be short
    state = ww.steady_states(p, "benchmark").some_ai

    def welfare(employment: float) -> float:
        path = ww.simple_path(p, state.capability, employment, 150.0, tol=1e-12)
        t, weight = np.polynomial.legendre.leggauss(400)
        t, weight = 75 * (t + 1), 75 * weight
        A, H = path.capability(t), path.employment(t)
        y = (A / state.capability) ** p.epsilon
        flow = y * (H + p.b * (1 - H) + p.rho * p.mu * A * H * p.pi_A)
        return float(weight @ (np.exp(-p.r * t) * flow))

    h = 1e-4
    H = state.employment
    worth = (welfare(H + h) - welfare(H - h)) / (2 * h)
    np.testing.assert_allclose(p.pi_A - worth, ww.adoption_margin(p), rtol=1e-5)


def test_over_adoption_is_the_inequality():
    """π_A − q < 0 against the proposition, for many economies, dear and cheap AI."""
    rng, n = np.random.default_rng(5), 4000
    sigma = rng.uniform(0.02, 0.2, n)
    p = ww.Parameters(
        sigma=sigma,
        alpha=19 * sigma,
        theta=rng.uniform(0, 1, n),
        b=rng.uniform(0, 0.99, n),
        epsilon=rng.uniform(0, 0.3, n),
        phi=rng.uniform(0, 1, n),
        r=rng.uniform(0.02, 0.4, n),
    )
    state = ww.steady_states(p, "benchmark").some_ai
    aH = (p.alpha * (p.mu / p.delta - 1) - p.sigma) * p.delta / p.mu
    taught = p.mu * p.epsilon / p.r
    left = p.pi_A * (p.r + p.sigma + p.alpha - taught * aH)
    H = p.delta / p.mu
    over = left < (1 - p.b) + taught * (H + p.b * (1 - H))
    margin = ww.adoption_margin(p)
    there = state.exists
    assert 0.2 < over[there].mean() < 0.98
    np.testing.assert_array_equal(margin[there] < 0, over[there])


@pytest.mark.parametrize("theta", [0.2, 0.5381, 0.9])
def test_under_adoption_at_the_state_of_the_market(theta):
    """ε = 0: society's output with one displacement made now, by integration, for three π_A."""
    p = replace(P, theta=theta, epsilon=0.0)
    low, high = ww.social_threshold(p), p.s_0
    t, w = np.polynomial.legendre.leggauss(300)
    t, w = 30 * (t + 1), 30 * w

    def output(H: float) -> float:  # nobody else is displaced: H returns to H₀
        path = p.H_0 + (H - p.H_0) * np.exp(-(p.alpha + p.sigma) * t)
        return float(w @ (np.exp(-p.r * t) * (path + p.b * (1 - path))))

    tiny = 1e-5
    for pi, gains in ((0.99 * low, False), (1.01 * low, True), (0.99 * high, True)):
        change = output(p.H_0 - tiny) + tiny * pi - output(p.H_0)
        assert (change > 0) == gains
        q = replace(p, phi=1 - (p.r + p.delta) * pi)
        assert not ww.steady_states(q, "benchmark").some_ai.exists  # the market does not


def test_where_ai_dies_out_the_surplus_ends_below_that_without_ai():
    """μ = .45, π_A = .28: AI is used at every date while it fades; s → (1 − b)/(R − g₀) < s₀."""
    p = replace(P, mu=0.45)
    p = replace(p, phi=1 - (p.r + p.delta) * 0.28)
    growth = p.epsilon * (p.mu * p.H_0 - p.delta)
    end = (1 - p.b) / ((1 - p.b) / p.s_0 - growth)
    assert growth < 0
    assert end < p.pi_A < p.s_0
    # back from the end, along the path of A and H with adoption
    path = ww.simple_path(p, horizon=300.0)

    def slope(t, s):
        rate = p.rho * p.mu * path.capability(t)
        g = p.epsilon * (p.mu * path.employment(t) - p.delta)
        lose = p.r + p.sigma + p.alpha * (1 - p.theta) + rate - g
        return lose * s - (1 - p.b) - rate * p.pi_A

    run = solve_ivp(slope, (300.0, 0.0), [end], rtol=1e-9, atol=1e-11)
    assert np.all(run.y[0] < p.pi_A)
    assert not ww.steady_states(p, "benchmark").some_ai.exists


def test_renegotiation_has_one_answer():
    for phi in (0.0, 0.5, 0.95):
        p = replace(P, phi=phi)
        rows = ww.renegotiated_surplus(np.array([0.0, 5.0, 50.0]), 2.0, p, 600)
        s = rows[0, 0]
        np.testing.assert_allclose(rows[:100], s, rtol=1e-12)
        a = p.rho * p.mu * 2.0
        flow = 1 - p.b - p.alpha * (1 - p.theta) * p.s_0
        np.testing.assert_allclose((p.r + p.sigma + a) * s, flow + a * max(s, p.pi_A), rtol=1e-12)


# Paths --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("p", "destination", "switch"),
    [(P, "some-AI", 0.0), (TWO, "unbounded-AI", 0.0), (THREE, "unbounded-AI", 0.993)],
)
def test_paths_satisfy_the_equations(p, destination, switch):
    path = ww.benchmark_path(p, destination, H0=0.8, switch=switch, tol=1e-11)
    h = 1e-4
    for t in (0.3, 1.0, 5.0, 20.0):
        state = np.array([np.log(path.capability(t)), path.employment(t), np.log(path.surplus(t))])
        slope = [
            (f(t + h) - f(t - h)) / (2 * h)
            for f in (
                lambda t: np.log(path.capability(t)),
                path.employment,
                lambda t: np.log(path.surplus(t)),
            )
        ]
        expected = dynamics(state, p, "benchmark", path.adoption(t))
        np.testing.assert_allclose(slope, expected, atol=2e-6)
    np.testing.assert_allclose(path.productivity(5.0), (path.capability(5.0) / p.A_0) ** p.epsilon)


def test_both_futures_from_one_start_are_equilibria():
    some, unbounded = (ww.benchmark_path(TWO, x) for x in ("some-AI", "unbounded-AI"))
    assert some.consistent
    assert unbounded.consistent
    for path in (some, unbounded):
        assert path.capability(0.0) == pytest.approx(TWO.A_0, rel=1e-14)
        assert path.employment(0.0) == pytest.approx(TWO.H_0, rel=1e-14)
    assert some.surplus(0.0) < TWO.pi_A < unbounded.surplus(0.0)
    t = np.array([1.0, 10.0, 90.0])
    np.testing.assert_allclose(
        np.log(unbounded.capability(t) / TWO.A_0), (TWO.mu * TWO.H_0 - TWO.delta) * t, rtol=1e-8
    )


def test_only_the_right_dates_make_an_equilibrium():
    dates = ww.switching_dates(FOUR)
    assert len(dates) == 2
    for date in dates:
        path = ww.benchmark_path(FOUR, "unbounded-AI", switch=date)
        assert path.consistent
        assert path.surplus(date) == pytest.approx(FOUR.pi_A, rel=1e-7)
        assert path.adoption([date - 0.01, date]).tolist() == [1, 0]
    for date in (0.8, 2.5, 12.0):
        assert not ww.benchmark_path(FOUR, "unbounded-AI", switch=date).consistent
    assert ww.switching_dates(TWO) == []


def test_paths_to_what_does_not_exist_are_refused():
    with pytest.raises(ValueError, match="a steady state with unbounded-AI"):
        ww.benchmark_path(P, "unbounded-AI")
    with pytest.raises(ValueError, match="destination"):
        ww.benchmark_path(P, "heaven")  # type: ignore[arg-type]
    for bad in ({"A0": 0.0}, {"H0": 1.5}, {"switch": -1.0}):
        with pytest.raises(ValueError, match=next(iter(bad))):
            ww.benchmark_path(P, **bad)


# One path, or a continuum -------------------------------------------------------------------------


def test_a_continuum_of_paths_where_three_roots_are_stable():
    rest = ww.steady_states(TURNING).some_ai
    ends = []
    for s in (0.9, 1.1, 1.4):
        path = ww.path_from(TURNING, 0.06, 0.72, s, horizon=80.0)
        assert path.consistent
        assert path.horizon == 80.0
        ends.append(path.employment(80.0))
    np.testing.assert_allclose(ends, rest.employment, atol=5e-4)


def test_at_a_saddle_all_but_one_surplus_runs_away():
    state = ww.steady_states(P).some_ai
    for factor, end in ((0.98, P.s_0 / 20), (1.02, 2 * P.pi_A)):
        first = state.surplus * factor
        path = ww.path_from(P, state.capability, state.employment, first, horizon=60.0)
        assert path.horizon < 5.0
        assert path.surplus(path.horizon) == pytest.approx(end, rel=1e-6)
        with pytest.raises(ValueError, match="longer horizon"):
            path.surplus(60.0)


def test_paths_from_nowhere_are_refused():
    for bad in ({"capability": 0.0}, {"employment": 1.0}, {"surplus": -1.0}):
        with pytest.raises(ValueError, match=next(iter(bad))):
            ww.path_from(TURNING, **{"capability": 0.06, "employment": 0.7, "surplus": 1.0} | bad)


# What the page says -------------------------------------------------------------------------------


def test_the_roots_explorer_counts_as_the_library_does():
    _, market = full_roots.controls["market"].options
    at = {"theta": 1, "xi": 0.765, "epsilon": 6}
    assert "Three stable roots" in full_roots.description(market=market, **at)
    assert "Two stable roots" in full_roots.description(**at)
    assert "no some-AI" in full_roots.description(market=market)
    turn = 2 * np.pi / ww.eigenvalues(TURNING).imag.max()
    assert f"{turn:.1f} years" in full_roots.description(market=market, **at)


@pytest.mark.parametrize("base", [ww.Parameters(sigma=0.1, alpha=1.9, b=0.7219), TURNING])
def test_the_roots_explorer_has_a_sentence_for_every_count(base):
    """Two stable roots, or three or one, and never none, wherever its sliders lead."""
    theta, xi, epsilon = np.meshgrid(
        np.linspace(0.5, 1, 11), np.linspace(0.3, 0.85, 12), np.linspace(0.5, 8, 6)
    )
    counts = ww.stable_roots(replace(base, theta=theta, xi=xi, epsilon=epsilon))
    assert set(np.unique(counts)) <= ({-1, 1, 3} if base is TURNING else {2})


def test_where_two_futures_begin_in_the_full_model():
    """θ at which the surplus without displacement is π_A; the page finds it the same way."""
    free = replace(P, phi=1.0)
    theta = brentq(
        lambda x: ww.long_run(replace(free, theta=x), "unbounded-AI").surplus - P.pi_A, 0.93, 0.96
    )
    assert ww.long_run(replace(P, theta=theta + 1e-6), "unbounded-AI").exists
    assert not ww.long_run(replace(P, theta=theta - 1e-6), "unbounded-AI").exists


def test_every_claim_has_the_verdict_that_it_declares():
    for claim in ledger.claims("ww.*"):
        if claim.chapter != "wang_wong/indeterminacy":
            continue
        assert claim.verdict().as_expected, claim.id


def test_the_surplus_of_those_who_are_spared_is_that_of_the_path():
    """The closed form against the solver, from low and high employment."""
    for H in (0.2, 0.7, 0.95, 0.99):
        path = ww.benchmark_path(TWO, "unbounded-AI", H0=H)
        assert ww.spared_surplus(H, TWO) == pytest.approx(path.surplus(0.0), rel=1e-9)


def test_the_figures_say_what_they_show():
    """Results in captions and text alternatives, each as the library has it now."""
    chapter = "wang_wong/indeterminacy"
    some, free = ww.benchmark_path(TWO), ww.benchmark_path(TWO, "unbounded-AI")
    futures = told(chapter, "fig-ww-ind-futures")
    assert f"falls to {some.employment(2.0):.2f} within two years" in futures
    assert free.productivity(28.0) > 50
    assert some.productivity(np.linspace(0, 30, 31)) == pytest.approx(1, abs=0.06)

    theta = told(chapter, "fig-ww-ind-theta")
    shares = np.linspace(0.4, 1, 6001)
    top, _ = borders(replace(P, theta=shares), "benchmark")
    assert f"falls from {top[0]:.2f} to zero at {shares[top > 0][-1]:.3f};" in theta
    ends = []
    for model in ("benchmark", "full"):
        _, low = borders(replace(P, theta=shares), model)
        near = np.abs(low) < 0.1
        ends.append(np.interp(0, -low[near], shares[near]))
    assert f"at θ = {ends[0]:.3f} in the benchmark and {ends[1]:.3f} in the full" in theta

    mu = told(chapter, "fig-ww-ind-mu")
    rates = np.linspace(0.4, 1.2, 8001)
    assert f"line at {P.delta / P.H_0:.2f} bounds" in mu
    tops = [borders(replace(q, mu=1.0), "benchmark")[0] for q in (P, TWO)]
    assert f"lines at {tops[0]:.2f} and {tops[1]:.2f} bound" in mu
    assert f"there to {borders(replace(P, mu=1.2), 'benchmark')[1]:.2f} at 1.2" in mu
    _, low = borders(replace(TWO, mu=rates), "benchmark")
    live = ~np.isnan(low)
    zero, endless = rates[live][low[live] < 0][0], rates[live][np.isinf(low[live])][0]
    assert f"falls to zero at {zero:.2f}; right" in mu
    assert f"both up to {endless:.2f}, then" in mu

    three = told(chapter, "fig-ww-ind-three")
    (date,) = ww.switching_dates(THREE)
    stops = ww.benchmark_path(THREE, "unbounded-AI", switch=date)
    for_ever, never = ww.benchmark_path(THREE), ww.benchmark_path(THREE, "unbounded-AI")
    assert f"fall together to {stops.employment(date):.2f} after a year" in three
    assert f"the other stays at {for_ever.employment(5.0):.2f}." in three
    assert f"a line at {never.surplus(0.0):.2f};" in three
    assert f"one from {stops.surplus(0.0):.2f} that crosses the level {P.pi_A:.2f}" in three
    assert f"from {for_ever.surplus(0.0):.2f} to {for_ever.surplus(15.0):.2f}." in three

    adoption = told(chapter, "fig-ww-ind-adoption")
    least, most = replace(P, theta=0.0).s_0, replace(P, theta=1.0).s_0
    assert f"rises from {least:.2f} to {most:.2f};" in adoption
    assert f"marks {ww.social_threshold(P):.2f}, society's" in adoption
    assert f"line at {P.pi_A:.2f} is the calibration" in adoption

    roots = told(chapter, "fig-ww-ind-roots")
    found = np.sort(ww.eigenvalues(towards_the_reported(np.arange(4))).real, axis=1)
    slow, fast = found[0, 1], found[0, 0]
    positive = "falls from {:.0f} to {:.1f}, then to {:.1f} and to {:.2f}"
    assert positive.format(*found[:, 2]) in roots
    assert f"start at {slow:.2f} and {fast:.0f} and" in roots
    way = np.linspace(2, 3, 2001)
    along = ww.eigenvalues(towards_the_reported(way))
    meet = np.argmax(np.abs(along.imag).max(axis=1) > 0)
    assert f"meet at {along[meet].real.min():.1f} in the third leg" in roots
    assert f"plus and minus {np.abs(along[-1].imag).max():.0f}." in roots

    branches = told(chapter, "fig-ww-ind-branches")
    slow = replace(TURNING, alpha=0.95)
    low, edge = ww.indeterminate_range(slow)
    fold = ww.steady_states(replace(slow, alpha=low + 1e-6)).some_ai.capability
    assert f"the fold at {low:.3f} and {fold:.2f}, to" in branches
    assert (
        f"to {ww.steady_states(replace(slow, alpha=1.0)).some_ai_all.capability[0]:.1f}; "
        in branches
    )
    assert f"line at {edge:.3f}, H₀ = δ/μ" in branches
    one = ww.steady_states(replace(slow, b=0.873)).some_ai.capability
    assert f"a square at 0.95 and {one:.2f}." in branches

    continuum = told(chapter, "fig-ww-ind-continuum")
    t = np.linspace(0, 50, 501)
    paths = [ww.path_from(TURNING, 0.06, 0.72, s, 50.0) for s in np.linspace(0.85, 1.45, 7)]
    H, A = (np.array([getattr(q, k)(t) for q in paths]) for k in ("employment", "capability"))
    assert f"oscillate around {P.delta / P.mu:.3f} with" in continuum
    turn = 2 * np.pi / np.abs(ww.eigenvalues(TURNING).imag).max()
    assert round(turn) == 8
    assert "a period of about eight years" in continuum
    assert f"between {H.min():.2f} and {H.max():.2f} at first" in continuum
    assert np.abs(H[:, 400:] - P.delta / P.mu).max() < 0.003
    assert f"capability between {A.min():.3f} and {A.max():.3f}:" in continuum
    assert f"levels between {A[:, -1].min():.3f} and {A[:, -1].max():.4f}." in continuum
