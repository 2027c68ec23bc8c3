"""Claims on the benchmark model, on adoption, and on global and local indeterminacy."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from aiecon.ledger import (
    Claim,
    Course,
    Exact,
    NotIdentified,
    Planted,
    Shape,
    Sign,
    scale,
)
from aiecon.wang_wong.benchmark import (
    adoption_margin,
    condition_28,
    regime,
    renegotiated_surplus,
    social_threshold,
)
from aiecon.wang_wong.claims.common import EDITION
from aiecon.wang_wong.continuum import indeterminate_range
from aiecon.wang_wong.parameters import Parameters
from aiecon.wang_wong.stability import eigenvalues
from aiecon.wang_wong.steady_states import steady_states

__all__ = ["CLAIMS"]

PACKAGE = "aiecon.wang_wong"
CHAPTER = "wang_wong/indeterminacy"
claim = partial(Claim, edition=EDITION, chapter=CHAPTER)
benchmark = partial(claim, source="Summary: benchmark model")
full = partial(claim, source="Summary: full model")
adoption = partial(claim, source="Summary: adoption and policy", anchor="fig-ww-ind-adoption")

#: Where the paper reports local indeterminacy, with the reference labour market.
REPORTED = Parameters(theta=1.0, xi=0.765, epsilon=6.0)


def _parameters_at(target: str, factor: float, says: str) -> Planted:
    return Planted(f"{PACKAGE}.parameters:Parameters.{target}", scale(factor), says)


_no_growth_in_surplus = Planted(
    f"{PACKAGE}.parameters:Parameters.epsilon", scale(0.5), "half the productivity from AI"
)


def _grid() -> Parameters:
    """θ from .3 to 1, φ from 0 to .95, μ from .4 to 1."""
    return Parameters(
        theta=np.linspace(0.3, 1.0, 15)[:, None, None],
        phi=np.linspace(0.0, 0.95, 20)[:, None],
        mu=np.linspace(0.4, 1.0, 13),
    )


def _rounds() -> np.ndarray:
    """Surpluses after 0 to 20 renegotiations over the first, where AI is adopted and where not."""
    found = []
    for phi in (0.0043, 0.95):
        p = Parameters(phi=phi)
        rows = renegotiated_surplus(np.array([0.0, 5.0]), 1.0, p, 400)[:21]
        found.append(rows / rows[0, 0])
    return np.stack(found)


def _mismatched_adoption() -> float:
    """Settings in which s < π_A at the some-AI point and π_A > (1 − b)/(r + σ + α(1−θ)) differ."""
    p = _grid()
    a = p.alpha * (p.mu / p.delta - 1) - p.sigma
    pays = p.pi_A > (1 - p.b) / (p.r + p.sigma + p.alpha * (1 - p.theta))
    exists = steady_states(p, "benchmark").some_ai.exists
    return float(np.count_nonzero((a > 0) & (exists != pays)))


def _mismatched_28() -> float:
    """Settings with a finite surplus in which (28) and the steady states disagree."""
    p = _grid()
    growth = p.epsilon * (p.mu * p.H_0 - p.delta)
    finite = growth < p.r + p.sigma + p.alpha * (1 - p.theta)
    return float(np.count_nonzero(finite & (condition_28(p) != (regime(p) == 2))))


def _how_many(params: Parameters, model: Any) -> int:
    """Steady states with AI."""
    states = steady_states(params, model)
    return sum(int(np.sum(x.exists)) for x in (states.some_ai_all, states.unbounded_ai_all))


def _three() -> float:
    states = steady_states(Parameters(theta=0.9), "benchmark")
    kinds = (states.some_ai, states.unbounded_ai, states.no_ai)
    return float(sum(bool(x.exists) for x in kinds))


def _ordering() -> np.ndarray:
    """Unbounded less some-AI employment, in both models at θ = .9 and at θ = .95."""
    pairs = [(Parameters(theta=0.9), "benchmark"), (Parameters(theta=0.95), "full")]
    states = [steady_states(p, model) for p, model in pairs]  # type: ignore[arg-type]
    return np.array([s.unbounded_ai.employment - s.some_ai.employment for s in states])


def _growth() -> np.ndarray:
    """Growth of AI without displacement less μH − δ with H = α/(α + σ), at θ = .9 and .95."""
    p, q = Parameters(theta=0.9), Parameters(theta=0.95)
    one = steady_states(p, "benchmark").unbounded_ai
    two = steady_states(q, "full").unbounded_ai
    by_hand = [
        x.mu * s.job_finding / (s.job_finding + x.sigma) - x.delta for x, s in ((p, one), (q, two))
    ]
    return np.array([one.growth, two.growth]) - np.array(by_hand)


def _region_by_theta() -> np.ndarray:
    """Share of the costs φ from 0 to 1 at which both exist, full model, θ from .4 to .95."""
    p = Parameters(
        theta=np.array([0.4, 0.55, 0.7, 0.8, 0.9, 0.95])[:, None], phi=np.linspace(0, 1, 101)
    )
    return np.asarray((regime(p, "full") == 2).mean(axis=1))


def _pattern(params: Parameters) -> np.ndarray:
    """Real parts of the three roots, then the largest imaginary part."""
    found = eigenvalues(params)
    return np.append(found.real, np.abs(found.imag).max())


def _three_stable_and_turning(found: np.ndarray) -> bool:
    return bool(np.all(found[:3] < 0) and found[3] > 0)


def _two_stable_and_turning(found: np.ndarray) -> bool:
    return bool(np.count_nonzero(found[:3] < 0) >= 2 and found[3] > 0)


def _says_roots(found: np.ndarray) -> str:
    stable = np.count_nonzero(found[:3] < 0)
    turning = "a complex pair" if found[3] > 0 else "all real"
    unstable = "" if stable == 3 else f", one root of {found[2]:+.3f}"
    return f"{stable} stable roots, {turning}{unstable}".replace("-", "−")


def _interval() -> np.ndarray:
    p = Parameters(theta=np.linspace(0.05, 1, 20))
    return np.asarray(p.s_0 - social_threshold(p))


def _turning_rates() -> tuple[float, float]:
    return indeterminate_range(replace(REPORTED, b=0.9))


def _turning() -> np.ndarray:
    rate = float(np.mean(_turning_rates()))
    if np.isnan(rate):  # as where an error is planted
        return np.full(4, np.nan)
    return _pattern(replace(REPORTED, b=0.9, alpha=rate))


_no_free_entry = Planted(
    f"{PACKAGE}.steady_states:matching_exponent",
    lambda eta: 0.0 * eta,
    "free entry forgotten",
)

CLAIMS: tuple[Claim, ...] = (
    benchmark(
        id="ww.bench.prop1",
        statement="Proposition 1: the surplus, and so adoption, is the same after each "
        "renegotiation (S_n/S_0, n up to 20, where AI is adopted and where it is not).",
        reported=Exact("the same", 1.0),
        compute=_rounds,
        function=f"{PACKAGE}.benchmark:renegotiated_surplus",
        anchor="prop-ww-ind-rounds",
        planted=(
            Planted(
                f"{PACKAGE}.benchmark:renegotiated_surplus",
                lambda rows: rows * (1 + 1e-6 * np.arange(len(rows)))[:, None],
                "each renegotiation adds a millionth",
            ),
        ),
    ),
    benchmark(
        id="ww.bench.adoption",
        statement="AI takes places in a some-AI steady state if and only if π_A > "
        "(1 − b)/(r + σ + α(1 − θ)) (settings of 3900 that disagree).",
        reported=Exact("none", 0.0),
        compute=_mismatched_adoption,
        function=f"{PACKAGE}.steady_states:steady_states",
        anchor="prop-ww-ind-states",
        planted=(_parameters_at("s_0", 1.3, "the value of a match 30% too high"),),
    ),
    benchmark(
        id="ww.bench.three",
        statement="There are three kinds of steady state: some-AI, unbounded-AI, no-AI (here at "
        "θ = .9).",
        reported=Exact("three", 3.0),
        compute=_three,
        function=f"{PACKAGE}.steady_states:steady_states",
        anchor="prop-ww-ind-states",
        planted=(_no_growth_in_surplus,),
    ),
    benchmark(
        id="ww.bench.growth",
        statement="Without displacement employment is α/(α + σ) and AI grows at μH − δ (growth "
        "less that, benchmark at θ = .9, full at .95).",
        reported=Exact("μα/(α + σ) − δ", 0.0),
        compute=_growth,
        function=f"{PACKAGE}.steady_states:steady_states",
        anchor="prop-ww-ind-states",
        planted=(_parameters_at("H_0", 0.99, "employment 1% too low"),),
    ),
    benchmark(
        id="ww.bench.employment",
        statement="Employment is higher in the unbounded-AI than in the some-AI steady state.",
        reported=Sign(">0", "higher"),
        compute=_ordering,
        function=f"{PACKAGE}.steady_states:steady_states",
        anchor="prop-ww-ind-states",
        planted=(_parameters_at("H_0", 0.7, "employment without AI 30% too low"),),
        note="Always: growth takes μH > δ, and some-AI has μH = δ.",
    ),
    benchmark(
        id="ww.bench.condition-28",
        statement="Condition (28): both exist if and only if 0 < r + σ + α(1 − θ) − (1 − b)/π_A ≤ "
        "ε(μα/(α + σ) − δ) (settings with a finite surplus that disagree).",
        reported=Exact("none", 0.0),
        compute=_mismatched_28,
        function=f"{PACKAGE}.steady_states:steady_states",
        anchor="prop-ww-ind-28",
        planted=(_parameters_at("s_0", 1.3, "the value of a match 30% too high"),),
        note="As printed it also holds where productivity grows so fast, ε(μH − δ) ≥ r + σ + "
        "α(1 − θ), that the surplus without displacement is infinite; it needs that bound besides.",
    ),
    benchmark(
        id="ww.bench.unique",
        statement="Under the baseline calibration the equilibrium is unique (steady states with "
        "AI, benchmark and full model).",
        reported=Exact("one", 1.0),
        compute=lambda: np.array([_how_many(Parameters(), m) for m in ("benchmark", "full")]),
        function=f"{PACKAGE}.steady_states:steady_states",
        anchor="fig-ww-ind-theta",
        planted=(_parameters_at("theta", 1.75, "the firm's share 75% too high"),),
    ),
    full(
        id="ww.full.global",
        statement="With θ = .95 and φ = .0043 both the some-AI and the unbounded-AI steady state "
        "exist.",
        reported=Exact("both", 2.0),
        compute=lambda: _how_many(Parameters(theta=0.95), "full"),
        function=f"{PACKAGE}.steady_states:steady_states",
        anchor="fig-ww-ind-theta",
        planted=(_no_free_entry, _no_growth_in_surplus),
        note="At the reference point from θ = .948 on: the printed .95 is the first round number. "
        "The reference point was chosen among labour markets for which it holds. In the benchmark "
        "the surplus without displacement is already infinite there.",
    ),
    full(
        id="ww.full.larger-region",
        statement="The region of global indeterminacy is larger for a higher θ (share of costs φ, "
        "θ from .4 to .95).",
        reported=Course("rises", text="larger"),
        compute=_region_by_theta,
        function=f"{PACKAGE}.steady_states:steady_states",
        anchor="fig-ww-ind-theta",
        planted=(_no_free_entry,),
        note="Beyond θ = .95 it shrinks again, because some-AI does not exist at high costs.",
    ),
    full(
        id="ww.full.pair",
        statement="At (θ, ξ, ε) = (1, .765, 6) two roots are complex with negative real parts: "
        "paths turn.",
        reported=Shape("a stable complex pair", _two_stable_and_turning, _says_roots),
        compute=lambda: _pattern(REPORTED),
        function=f"{PACKAGE}.stability:eigenvalues",
        anchor="fig-ww-ind-roots",
        planted=(_parameters_at("epsilon", 0.25, "a quarter of the productivity from AI"),),
    ),
    full(
        id="ww.full.local",
        statement="At (θ, ξ, ε) = (1, .765, 6) the third root is negative too: a continuum of "
        "paths leads to the some-AI steady state.",
        reported=Shape("three stable roots", _three_stable_and_turning, _says_roots),
        compute=_turning,
        function=f"{PACKAGE}.stability:eigenvalues",
        anchor="fig-ww-ind-branches",
        planted=(_no_free_entry,),
        finding=NotIdentified(
            "With the reference labour market and α₀ = 19σ the third root is positive, for every "
            "(θ, ξ, ε), as long as the some-AI steady state is unique; σ, b and the job-finding "
            "rate at these other parameters are not printed",
            required=_turning_rates,
            otherwise=lambda: _pattern(REPORTED),
            says=lambda x: f"b = .9, say, and α₀ is between {x[0]:.3f} and {x[1]:.3f} a year",
        ),
        note="There employment without AI, α₀/(α₀ + σ), is below δ/μ: AI would raise employment.",
    ),
    adoption(
        id="ww.adoption.under",
        statement="AI is under-adopted for (1 − b)/(r + σ + α) < π_A ≤ (1 − b)/(r + σ + α(1 − θ)) "
        "(width of that interval, θ from .05 to 1).",
        reported=Sign(">0", "not empty"),
        compute=lambda: (
            Parameters(theta=np.linspace(0.05, 1, 20)).s_0 - social_threshold(Parameters())
        ),
        function=f"{PACKAGE}.benchmark:social_threshold",
        planted=(
            Planted(f"{PACKAGE}.benchmark:social_threshold", scale(11.0), "eleven times too high"),
        ),
        note="Derived where AI only takes places (ε = 0); there displacement is worth its cost as "
        "soon as π_A exceeds the lower bound.",
    ),
    adoption(
        id="ww.adoption.over",
        statement="AI is over-adopted for π_A > (1 − b)/(r + σ + α(1 − θ)) (social gain from one "
        "more displacement, θ from 0 to 1).",
        reported=Sign("<0", "over-adopted"),
        compute=lambda: adoption_margin(Parameters(theta=np.linspace(0, 1, 11))),
        function=f"{PACKAGE}.benchmark:adoption_margin",
        planted=(_parameters_at("epsilon", 0.05, "5% of the productivity from AI"),),
        note="Because employment teaches AI, which nobody is paid for. Without an effect of AI on "
        "productivity (ε = 0; up to ε = .11 at the reference point) the sign is the other one.",
    ),
)
