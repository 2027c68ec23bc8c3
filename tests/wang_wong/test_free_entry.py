"""The chapter on free entry: what its figures say of themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiecon import wang_wong as ww
from exhibits.wang_wong.indeterminacy import TURNING, towards_the_reported
from tests.told import told

P = ww.Parameters()
CHAPTER = "wang_wong/free_entry"


def test_the_path_with_and_without_entry():
    text = told(CHAPTER, "fig-ww-entry-path")
    path, fixed = ww.solve_transition(P), ww.solve_transition(replace(P, xi=0.0))
    one, five, twenty = path.employment(np.array([1.0, 5.0, 20.0]))
    assert f"falls to {one:.3f} within a year, {five:.3f} at five years" in text
    assert f"and {twenty:.3f} at twenty" in text
    assert f"falls to {fixed.employment(2.0):.2f} within two years" in text
    assert f"line marks {P.delta / P.mu:.3f}." in text
    assert f"reaches {path.productivity(20.0):.0f};" in text
    assert np.abs(fixed.productivity(np.linspace(0, 20, 41)) - 1).max() < 0.06


def test_the_profile():
    text = told(CHAPTER, "fig-ww-entry-profile")
    fits, near = ww.profile("all"), ww.profile("Hosios")
    tried = np.unique(fits.A_0)
    best, hosios = ([f.misfit[x == f.A_0].min() for x in tried] for f in (fits, near))
    at = dict(zip(tried.round(2).tolist(), zip(best, hosios, strict=True), strict=True))
    assert f"for {len(tried)} levels".replace("14", "fourteen") in text
    assert f"fall from {at[1.0][0]:.1f} at 1 to {at[1.5][0]:.2f} at 1.5" in text
    inside = tried[np.less(best, 0.5)]
    assert f"0.5 from {inside[0]:g} to {inside[-1]:g}, lowest with {min(best):.2f} near 1.8" in text
    assert tried[np.argmin(best)] in (1.8, 1.9)
    assert at[2.7][0] > 0.5
    assert f"fall from {at[1.0][1]:.1f} at 1, lie on the circles" in text
    for level in (1.4, 1.5, 1.55, 1.65):
        assert abs(at[level][1] / at[level][0] - 1) < 0.05
    assert f"lowest with {min(hosios):.2f} at {tried[np.argmin(hosios)]:g}, and" in text
    assert f"rise to {at[2.7][1]:.1f} at 2.7" in text
    assert f"stands at {P.A_0:.2f}" in text


def test_the_set():
    text = told(CHAPTER, "fig-ww-entry-set")
    members = ww.identified_set()
    for level, words in (
        (1 / 0.632, "runs from σ of {:.2f} to {:.2f}"),
        (1.7, "1.7 from {:.2f} to {:.2f}"),
        (1.9, "1.9 from {:.2f} to {:.2f}"),
    ):
        sigma = members.sigma[np.isclose(members.A_0, level)]
        assert words.format(sigma.min(), sigma.max()) in text
    first, last = ww.hosios(np.array([0.02, 0.16]))
    assert f"falls from {first:.2f} to {last:.2f} and" in text
    assert f"a cross at {P.sigma:g} and {P.theta:.3f}." in text
    assert f"flat near {members.theta[members.sigma < 0.05].mean():.2f} and" in text


def test_two_destinations():
    text = told(CHAPTER, "fig-ww-entry-two")
    strong = replace(P, theta=0.954)
    some, free = ww.solve_transition(strong), ww.solve_transition(strong, "unbounded-AI")
    late = ww.solve_transition(strong, "unbounded-AI", H0=0.6)
    ((date, _),) = late.switches
    assert f"from {some.surplus(0.0):.2f} to {some.surplus(5.0):.2f}, a dashed" in text
    assert f"line at {free.surplus(5.0):.2f}, a" in text
    assert f"rises from {late.surplus(0.0):.2f}, crosses the dotted level {P.pi_A:.3f}" in text
    assert round(2 * date) == 1
    assert (
        f"0.95 to {some.employment(5.0):.2f}, the dashed rises to {free.employment(5.0):.2f},"
        in text
    )
    assert f"from 0.60 to {late.employment(date):.2f}, has a kink" in text


def test_vacancies_and_wages():
    text = told(CHAPTER, "fig-ww-entry-vacancies")
    path = ww.solve_transition(P)
    first, one, twenty = path.vacancies(np.array([0.0, 1.0, 20.0]))
    assert (
        f"to {first:.1f} at the start, are {one:.0f} after a year and rise to {twenty:.0f}" in text
    )
    begin, end = path.wage_share(np.array([0.0, 20.0]))
    assert f"from {begin:.1f} to {end:.1f}, above" in text


def test_the_reference_point_is_as_the_pages_print_it():
    """Its labour market, fixed by a rule to more digits than the pages of this part print."""
    assert [f"{x:.3f}" for x in (P.sigma, P.theta, P.xi, P.b)] == [
        "0.105",
        "0.538",
        "0.538",
        "0.694",
    ]
    assert [f"{x:.3f}" for x in (P.delta, P.rho, P.alpha)] == ["0.462", "0.618", "1.995"]
    assert f"{P.s_0:.3f}" == "0.285"
    assert f"{ww.long_run(P).surplus:.3f}" == "0.873"
    near = towards_the_reported(0)
    market = (near.sigma, near.theta, near.b, near.xi)
    assert [f"{float(x):.3f}" for x in market] == ["0.100", "0.541", "0.722", "0.537"]
    assert TURNING.alpha == 0.118
