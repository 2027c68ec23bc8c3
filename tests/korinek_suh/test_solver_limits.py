"""Extreme parameters: a path is right, or the failure says which input it is and what to take."""

import numpy as np
import pytest

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics.scenarios import weight_for_return
from aiecon.korinek_suh.extensions.fixed_factor_transition import solve_fixed_factor_transition
from aiecon.korinek_suh.extensions.research_transition import Research, solve_research_transition
from aiecon.numerics import SolverError

T = np.linspace(0, 40, 81)


@pytest.mark.parametrize("scenario", [ks.BusinessAsUsual(), ks.Bounded(20.0)], ids=["bau", "T20"])
def test_nearly_leontief_is_a_limit(scenario):
    """From σ = .02 to .01 capital moves by about half as much as from .04 to .02."""
    paths = [
        ks.solve_transition(scenario, params=ks.Parameters(sigma=s)).log_capital(T)
        for s in (0.04, 0.02, 0.01)
    ]
    first, second = abs(paths[1] - paths[0]).max(), abs(paths[2] - paths[1]).max()
    assert 0.35 * first < second < 0.65 * first


@pytest.mark.parametrize(
    ("solve", "words"),
    [
        (
            lambda: ks.solve_transition(ks.BusinessAsUsual(), params=ks.Parameters(sigma=1e-6)),
            "Sigma = 1e-06 is next to Leontief; take sigma ≥ 0.01",
        ),
        (
            lambda: ks.solve_transition(ks.Bounded(20.0, beta=0.01)),
            "At beta = 0.01 .* take beta ≥ 0.05",
        ),
        (
            lambda: ks.solve_transition(ks.Bounded(20.0), 1e-300),
            "K0/L = 1e-300 is extreme; take one between",
        ),
        (
            lambda: solve_fixed_factor_transition(
                ks.BusinessAsUsual(), 4.6, ks.FixedFactor(0.999999, 1.0)
            ),
            r"log\(K\*/L\) = .*Try alpha ≤ 0.999, or alpha = 1",
        ),
    ],
    ids=["sigma", "beta", "K0", "alpha"],
)
def test_the_input_is_named(solve, words):
    with pytest.raises(SolverError, match=words) as failure:
        solve()
    said = str(failure.value)
    assert "Try" in said
    assert "tried: ." not in said
    assert said.count("no guess led") <= 1


def test_ideas_that_build_on_ideas_one_for_one_are_no_exception():
    """θ = 1 lies between its neighbours."""
    path = ks.Bounded(horizon=5.0, initial=0.9)
    below, at, above = (
        solve_research_transition(path, Research(theta=t)).blow_up for t in (0.999, 1.0, 1.001)
    )
    assert at == pytest.approx(0.5 * (below + above), abs=1e-5)
    assert abs(below - above) > 1e-4


def test_a_bisection_over_paths_starts_from_the_path_before():
    assert weight_for_return(9.0) == pytest.approx(0.8773, abs=1e-3)


def test_a_fixed_factor_that_hardly_matters_takes_a_hundred_thousand_years():
    path = solve_fixed_factor_transition(ks.BusinessAsUsual(), 4.6, ks.FixedFactor(0.999, 1.0))
    assert path.residual < 1e-3
    assert path.region_changes[-1].date > 1e5
