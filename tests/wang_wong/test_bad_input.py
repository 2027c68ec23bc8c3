"""What is no number, out of range or endless is refused by name; stiff paths end in time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aiecon import wang_wong as ww

P = ww.Parameters(alpha=0.2, mu=1.5, sigma=0.05, A_0=1.0)
BOTH = ww.Parameters(theta=0.95)
MARKET = ww.solve_transition()

#: A path function with good arguments, and those that are checked as positive finite numbers.
PATHS = {
    "simple_path": (ww.simple_path, (P,), ("capability", "employment", "horizon", "tol")),
    "benchmark_path": (ww.benchmark_path, (BOTH,), ("A0", "H0", "tol")),
    "switching_dates": (
        ww.switching_dates,
        (ww.Parameters(theta=0.929),),
        ("capability", "employment", "latest"),
    ),
    "path_from": (ww.path_from, (P, 1.0, 0.7, 1.0), ("horizon", "tol")),
    "lotka_volterra": (ww.lotka_volterra, (P, 1.0, 0.6, 10.0), ("step",)),
    "revise_expectations": (ww.revise_expectations, (), ("horizon", "accuracy")),
}


@pytest.mark.parametrize("bad", [np.inf, -np.inf, np.nan, -1.0, 0.0, "10", None, [1.0, 2.0], 1j])
@pytest.mark.parametrize("name", PATHS)
def test_a_path_refuses_by_name_what_is_no_positive_number(name, bad):
    function, good, names = PATHS[name]
    for argument in names:
        if bad is None and argument in ("capability", "employment", "A0", "H0"):
            continue  # the defaults: A₀ and employment without AI
        with pytest.raises(ValueError, match=argument):
            function(*good, **{argument: bad})


def test_a_horizon_beyond_what_rounding_allows_is_refused():
    for years in (1e7, 1e12, 1e300):
        with pytest.raises(ValueError, match=r"horizon = .* 0 < horizon ≤ 1e\+06"):
            ww.revise_expectations(BOTH, horizon=years)


@pytest.mark.parametrize("bad", [np.inf, np.nan, -1.0, "10", [1.0, 2.0], 1j])
def test_a_switch_is_one_number(bad):
    with pytest.raises(ValueError, match="switch"):
        ww.benchmark_path(BOTH, switch=bad)


@pytest.mark.parametrize("bad", [1.5, 0, -3, np.nan, "20"])
def test_counts_are_whole_numbers(bad):
    with pytest.raises(ValueError, match="points"):
        ww.switching_dates(ww.Parameters(theta=0.929), points=bad)
    with pytest.raises(ValueError, match="rounds"):
        ww.revise_expectations(rounds=bad)


@pytest.mark.parametrize("change", [{"mu": 1e6}, {"sigma": 1e6}, {"alpha": 1e5}])
def test_a_stiff_path_arrives(change):
    """Rates a million times apart: the path ends where α(1−H) = (σ + ρμA)H and μH = δ hold."""
    p = replace(P, **change)
    path = ww.simple_path(p, horizon=50.0, tol=1e-8)
    slope = ww.dynamics(
        np.array([np.log(path.capability(50.0)), path.employment(50.0)]), p, "simple"
    )
    pace = max(p.mu, p.sigma, p.alpha)
    assert abs(slope[1]) < 1e-5 * pace


def test_a_path_of_a_billion_years_ends_at_rest():
    path = ww.simple_path(P, horizon=1e9)
    assert path.employment(1e9) == pytest.approx(P.delta / P.mu, rel=1e-7)


def test_what_cannot_be_followed_is_said_with_what_was_tried(monkeypatch):
    monkeypatch.setattr("aiecon.numerics.initial_value.BUDGET", {"DOP853": 50, "Radau": 20})
    with pytest.raises(RuntimeError, match=r"DOP853 had not arrived after 50 .*shorter horizon"):
        ww.simple_path(P)


@pytest.mark.parametrize(
    ("function", "arguments", "named"),
    [
        (ww.employment_nullcline, (-5.0, P), "capability"),
        (ww.vacancies, (-1.0, 0.9, P), "s = "),
        (ww.vacancies, (1.0, 1.5, P), "H = "),
        (ww.vacancy_cost, (-1.0, P), "alpha"),
        (ww.wage_share, (-1.0, 1.0, 1.0, P), "s = "),
        (ww.wage_share, (1.0, 1.0, 0.5, P), "I = "),
        (ww.distance, (-1.0, 0.5, P), "capability"),
        (ww.distance, (1.0, 1.5, P), "employment"),
        (ww.distance_loss, (np.array([0.5, -1.0]), P), "employment"),
        (ww.conserved, (0.0, 0.5, P), "capability"),
        (ww.renegotiated_surplus, (np.array([1.0]), 1.0, P, 2.5), "rounds"),
        (ww.renegotiated_surplus, (np.array([1.0]), -1.0, P, 2), "capability"),
        (ww.some_ai_gap, (-1.0, P), "surplus"),
        (ww.some_ai_gap, (np.array([1.0, 0.0]), P), "surplus"),
        (ww.jacobian, (-1.0, 0.9, 1.0, P), "capability"),
        (ww.jacobian, (1.0, 1.5, 1.0, P), "employment"),
        (ww.jacobian, (1.0, 0.9, -1.0, P), "surplus"),
        (ww.jacobian, (1.0, 0.9, "x", P), "surplus"),
        (ww.welfare, (MARKET, "x"), "horizon"),
        (ww.welfare, (MARKET, -np.inf), "horizon"),
        (ww.welfare, (MARKET, np.nan), "horizon"),
        (ww.value_of_ai, (ww.solve_plan(), -1.0), "t = "),
        (ww.value_of_ai, (ww.solve_plan(), 1e4), "t = "),
    ],
)
def test_what_the_formula_is_not_for_is_refused(function, arguments, named):
    with pytest.raises(ValueError, match=named):
        function(*arguments)


@pytest.mark.parametrize("bad", ["x", None, np.nan, np.inf, -1.0, 0.0, [1e-6, 1e-7]])
def test_solvers_refuse_a_tolerance_that_is_none(bad):
    many = ww.Parameters(theta=np.array([0.53, 0.54]))
    for solve in (ww.solve_transition, ww.solve_plan, lambda tol: ww.solve_transitions(many, tol)):
        with pytest.raises(ValueError, match="tol"):
            solve(tol=bad)
    with pytest.raises(ValueError, match="transfer"):
        ww.solve_transition(transfer="x" if bad in (-1.0, 0.0) else bad)


@pytest.mark.parametrize("xi", [0.99, 0.999, 0.9999, np.array([0.5, 0.99, 0.999, 0.9999])])
def test_near_xi_one_roots_are_numbers_or_not_a_number(xi):
    """α(s) leaves the floating-point numbers: no steady state that numbers can hold."""
    roots = ww.eigenvalues(ww.Parameters(xi=xi))
    assert roots.shape == (*np.shape(xi), 3)
    assert not np.isinf(roots).any()
    assert np.isfinite(ww.eigenvalues(ww.Parameters(xi=np.array([0.5, 0.999])))[0]).all()
    if np.ndim(xi) == 0 and xi > 0.99:
        assert np.isnan(roots).all()
        with pytest.raises(ValueError, match=r"saddle|steady state"):
            ww.solve_transition(ww.Parameters(xi=xi))


@pytest.mark.parametrize("bad", [["all"], None, "none", 3, {"all": 1}])
def test_a_variant_is_named(bad):
    with pytest.raises(ValueError, match=r"variant = .*all, without 11\.5, Hosios"):
        ww.profile(bad)
    with pytest.raises(ValueError, match="variant = "):
        ww.identified_set(bad)
