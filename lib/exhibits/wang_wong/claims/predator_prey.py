"""Claims on the calibration of the AI side and on the simple model."""

from __future__ import annotations

from functools import partial

import numpy as np

from aiecon.wang_wong.common import capability_growth, error_rate, exposure
from aiecon.wang_wong.parameters import Parameters
from aiecon.wang_wong.simple import simple_path
from aiecon.wang_wong.stability import eigenvalues, is_spiral, jacobian
from aiecon.wang_wong.steady_states import steady_states
from exhibits.ledger import (
    ByConstruction,
    Claim,
    Course,
    Exact,
    NotIdentified,
    Number,
    Planted,
    Shape,
    Sign,
    scale,
)
from exhibits.wang_wong.claims.common import EDITION

__all__ = ["CLAIMS"]

PACKAGE = "aiecon.wang_wong"
CHAPTER = "wang_wong/predator_prey"
claim = partial(Claim, edition=EDITION, chapter=CHAPTER)
calibration = partial(claim, source="Summary: calibration", anchor="ww-prey-calibration")
simple = partial(claim, source="Summary: simple model")


def _parameters_at(target: str, factor: float, says: str) -> Planted:
    return Planted(f"{PACKAGE}.parameters:Parameters.{target}", scale(factor), says)


def _in_proportion(A, H, alpha, p, adoption=1.0):  # type: ignore[no-untyped-def]
    """Hirings in proportion to employment, as many as at rest."""
    rest = p.delta / p.mu
    return H * (alpha * (1 - rest) / rest - p.sigma - p.rho * p.mu * A * adoption)


_no_damping = Planted(
    f"{PACKAGE}.common:employment_change",
    instead=_in_proportion,
    says="hirings in proportion to employment",
)
_slow_learning = Planted(
    f"{PACKAGE}.common:capability_growth",
    instead=lambda H, p: 0.9 * p.mu * H - p.delta,
    says="AI learns 10% more slowly",
)


def _from_the_pool(A, H, s, p, model="full", adoption=1.0):  # type: ignore[no-untyped-def]
    a = p.rho * p.mu * np.asarray(A) * adoption
    entries = np.broadcast_arrays(0.0 * a, p.mu, -a * H, -(p.sigma + a))
    return np.stack(entries, axis=-1).reshape(*np.shape(entries[0]), 2, 2)


_hires_forgotten = Planted(
    f"{PACKAGE}.stability:jacobian", instead=_from_the_pool, says="∂Ḣ/∂H without hirings"
)


def _grid() -> Parameters:
    """Learning and job-finding rates from half to ten times those of the example and more."""
    return Parameters(
        mu=np.geomspace(0.3, 12.0, 40)[:, None], alpha=np.geomspace(0.02, 1.5, 25)[None, :]
    )


def _spirals_missed() -> float:
    """Settings in which the printed condition and the Jacobian's eigenvalues disagree."""
    p = _grid()
    roots = eigenvalues(p, "simple")
    exists = ~np.isnan(roots[..., 0])
    product = p.mu * p.alpha
    condition = product < 4 * p.delta**2 * (1 - p.delta * (p.alpha + p.sigma) / product)
    complex_pair = np.abs(roots.imag).max(axis=-1, where=exists[..., None], initial=0.0) > 0
    return float(np.count_nonzero(exists & (condition != complex_pair)))


def _largest_root() -> np.ndarray:
    roots = eigenvalues(_grid(), "simple").real.max(axis=-1)
    return roots[~np.isnan(roots)]


def _window() -> np.ndarray:
    p = Parameters(alpha=0.2, sigma=0.05, mu=np.geomspace(0.6, 8.0, 120))
    return np.asarray(is_spiral(p, "simple"), dtype=float)


def _one_window(turns: np.ndarray) -> bool:
    inside = turns > 0.5
    return not inside[0] and not inside[-1] and np.count_nonzero(np.diff(inside)) == 2


def _long_run() -> np.ndarray:
    """Employment after 150 years of two economies over δ/μ."""
    economies = (
        Parameters(alpha=0.2, mu=1.5, sigma=0.05, A_0=1.0),
        Parameters(alpha=0.1, mu=2.5, sigma=0.05),
    )
    ends = [simple_path(p, 0.5, None, 150.0).employment(150.0) for p in economies]
    return np.array(ends) / np.array([p.delta / p.mu for p in economies])


def _swings() -> np.ndarray:
    """Distances of employment from its rest at its first four turning points."""
    p = Parameters(alpha=0.05, mu=1.85, sigma=0.05, A_0=1.0)
    t = np.linspace(0.0, 60.0, 3001)
    H = simple_path(p, 0.3, None, 60.0, tol=1e-9).employment(t)
    turns = 1 + np.flatnonzero(np.diff(np.sign(np.diff(H))))
    return np.abs(H[turns[:4]] - p.delta / p.mu)


def _food_chain() -> np.ndarray:
    """∂(Ȧ/A)/∂H and −∂Ḣ/∂A, at several points."""
    A, H = np.meshgrid([0.1, 1.0, 4.0], [0.3, 0.7, 0.95])
    slopes = jacobian(A, H, None, Parameters(), "simple")
    return np.stack([slopes[..., 0, 1], -slopes[..., 1, 0]])


CLAIMS: tuple[Claim, ...] = (
    calibration(
        id="ww.cal.pi-a",
        statement="An AI replacement is worth π_A = 1.949 units of output.",
        reported=Number("1.949"),
        compute=lambda: Parameters().pi_A,
        function=f"{PACKAGE}.parameters:Parameters",
        planted=(
            _parameters_at("phi", 1.2, "the cost φ 20% too high"),
            _parameters_at("delta", 1.002, "AI's decay 0.2% too fast"),
        ),
        note="π_A = (1 − φ)/(r + δ) with r = ln 1.05, our inference: with r = 0.05 it would be "
        "1.944. The number is consistent with it and does not prove it: 1/(r + δ) − φ with "
        "r = 0.05 and δ = 0.462 is 1.949, too.",
    ),
    calibration(
        id="ww.cal.rho",
        statement="A suitability of 3.47 on a scale from 1 to 5 makes the exposure 61.8%.",
        reported=Number("61.8%"),
        compute=lambda: exposure(),
        function=f"{PACKAGE}.common:exposure",
        planted=(
            Planted(
                f"{PACKAGE}.common:exposure",
                instead=lambda suitability=3.47, lowest=1.0, highest=5.0: suitability / highest,
                says="the scale taken to start at zero",
            ),
        ),
        note="61.75% exactly.",
    ),
    calibration(
        id="ww.cal.delta",
        statement="A half-life of 1.5 years makes AI's error rate δ = 0.462.",
        reported=Number("0.462"),
        compute=lambda: error_rate(),
        function=f"{PACKAGE}.common:error_rate",
        planted=(
            Planted(
                f"{PACKAGE}.common:error_rate",
                instead=lambda half_life=1.5: 1 - 0.5 ** (1 / half_life),
                says="the share lost in a year for the rate",
            ),
        ),
    ),
    calibration(
        id="ww.cal.h0",
        statement="Unemployment without AI is 5%, so employment starts at H₀ = 0.95.",
        reported=Number("0.95"),
        compute=lambda: steady_states(Parameters()).no_ai.employment,
        function=f"{PACKAGE}.steady_states:steady_states",
        planted=(_parameters_at("alpha", 0.7, "jobs found 30% more slowly"),),
        finding=ByConstruction("A target: α = 19σ is set for it."),
    ),
    calibration(
        id="ww.cal.boost",
        statement="The initial boost of AI to productivity is 14%.",
        reported=Number("14%", 0.005, "half a unit in the last printed place"),
        compute=lambda: capability_growth(0.95, Parameters()),
        function=f"{PACKAGE}.common:capability_growth",
        planted=(_slow_learning,),
        finding=NotIdentified(
            "What the 14% fixes is not in the summary",
            required=lambda: capability_growth(0.95, Parameters()),
            otherwise=lambda: Parameters().epsilon * capability_growth(0.95, Parameters()),
            says="it is the growth of AI itself in the first year, μH₀ − δ = {:.1%}",
        ),
        note="Growth of productivity at the start, ε(μH₀ − δ), is 14.8%. A boost of the level, "
        "A₀ = 1.14^{1/ε}, is another possibility; it is 1.13, where the reported transition does "
        "not fit.",
    ),
    simple(
        id="ww.simple.employment",
        statement="Employment ends at H∞ = δ/μ (after 150 years, over δ/μ).",
        reported=Exact("δ/μ", 1.0),
        compute=_long_run,
        function=f"{PACKAGE}.simple:simple_path",
        anchor="prop-ww-prey-rest",
        planted=(_slow_learning,),
    ),
    simple(
        id="ww.simple.stable",
        statement="Paths converge to the some-AI steady state (largest real part, on a grid of μ "
        "and α).",
        reported=Sign("<0", "converges"),
        compute=_largest_root,
        function=f"{PACKAGE}.stability:eigenvalues",
        anchor="prop-ww-prey-stable",
        planted=(
            Planted(f"{PACKAGE}.stability:jacobian", lambda matrix: -matrix, "time runs backwards"),
        ),
        note="From every start, not only nearby: see the distance V.",
    ),
    simple(
        id="ww.simple.spiral",
        statement="The path is a spiral if and only if μα < 4δ²(1 − δ(α + σ)/(μα)) (settings of "
        "1000 in which the eigenvalues disagree).",
        reported=Exact("none", 0.0),
        compute=_spirals_missed,
        function=f"{PACKAGE}.stability:eigenvalues",
        anchor="prop-ww-prey-spiral",
        planted=(_hires_forgotten,),
        note="At the calibration it fails for every μ: a spiral needs α + σ < δ.",
    ),
    simple(
        id="ww.simple.window",
        statement="It turns only if AI's learning rate is neither too low nor too high.",
        reported=Shape("in between only", _one_window, lambda x: f"{x.mean():.0%} of the grid"),
        compute=_window,
        function=f"{PACKAGE}.stability:is_spiral",
        anchor="fig-ww-prey-regions",
        planted=(_parameters_at("sigma", 30.0, "jobs end thirty times as often"),),
    ),
    simple(
        id="ww.simple.diminishing",
        statement="The cycle repeats with diminishing magnitude (employment at four turning "
        "points, distance from its rest).",
        reported=Course("falls"),
        compute=_swings,
        function=f"{PACKAGE}.simple:simple_path",
        anchor="fig-ww-prey-swings",
        planted=(_no_damping,),
        note="Fast: a full turn leaves at most 11% of the distance at σ = 0.05, whatever μ and α.",
    ),
    simple(
        id="ww.simple.prey",
        statement="Employment feeds AI, AI reduces employment: predator and prey.",
        reported=Sign(">0", "both hold"),
        compute=_food_chain,
        function=f"{PACKAGE}.stability:jacobian",
        anchor="fig-ww-prey-plane",
        planted=(
            Planted(
                f"{PACKAGE}.stability:displacement_rate", scale(0.0), "AI takes nobody's place"
            ),
        ),
    ),
)
