"""Claims on the benchmark model, on adoption, and on global and local indeterminacy."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import numpy as np

from aiecon import wang_wong as ww
from exhibits.ledger import Course, Exact, NotIdentified, Shape, Sign, scale
from exhibits.wang_wong.claims import PACKAGE, PAPER, mistaken, wrong
from exhibits.wang_wong.reported import REPORTED, SLOW

claim = partial(PAPER.claim, chapter="wang_wong/indeterminacy")

benchmark = partial(claim, source="Summary: benchmark model")
full = partial(claim, source="Summary: full model")
adoption = partial(claim, source="Summary: adoption and policy")

_STATES = f"{PACKAGE}.steady_states:steady_states"

STRONG = ww.Parameters(theta=0.95)


_dear_matches = wrong("steady_states:_surpluses", scale(1.3), "the value of a match 30% too high")
_idle = wrong(
    "steady_states:_unbounded_ai",
    scale(0.7, "employment"),
    "employment without AI 30% too low",
)
_no_growth_in_surplus = mistaken("epsilon", 0.5, "half the productivity from AI")


def _grid() -> ww.Parameters:
    """θ from 0.3 to 1, φ from 0 to 0.95, μ from 0.4 to 1."""
    return ww.Parameters(
        theta=np.linspace(0.3, 1.0, 15)[:, None, None],
        phi=np.linspace(0.0, 0.95, 20)[:, None],
        mu=np.linspace(0.4, 1.0, 13),
    )


def _how_many(params: ww.Parameters, model: Any) -> Any:
    """Steady states with AI."""
    states = ww.steady_states(params, model)
    return sum(np.sum(x.exists, axis=0) for x in (states.some_ai_all, states.unbounded_ai_all))


@lru_cache(maxsize=1)
def _two_at_95() -> ww.Parameters:
    """Of the Hosios economies within rounding: those with both futures at θ = 0.95."""
    members = ww.identified_set("Hosios")
    both, _ = ww.other_facts(members)
    return members[both]


def _at_95(p: ww.Parameters) -> Any:
    """Steady states with AI at θ = 0.95, φ = 0.0043; 0 for no economy, as with an error planted."""
    return _how_many(replace(p, theta=0.95, phi=0.0043), "full") if 0 not in p.shape else 0.0


def _of_hosios() -> tuple[float, float, int, int]:
    there, every = _two_at_95().sigma, ww.identified_set("Hosios").shape[0]
    return float(np.min(there)), float(np.max(there)), len(there), every


def _region_by_theta(*theta: float) -> np.ndarray:
    """Share of the costs φ from 0 to 1 at which both exist, full model, reference point."""
    p = ww.Parameters(theta=np.array(theta)[:, None], phi=np.linspace(0, 1, 2001))
    return np.asarray((ww.regime(p, "full") == 2).mean(axis=1))


@lru_cache(maxsize=1)
def _peaks() -> tuple[float, float]:
    """θ from which on the region shrinks again: the lowest and highest over the set, in steps."""
    few, theta = ww.identified_set()[::9, None, None], np.linspace(0.9, 0.99, 46)
    p = replace(few, theta=theta[:, None], phi=np.linspace(0, 1, 201))
    peak = theta[np.argmax((ww.regime(p, "full") == 2).mean(axis=-1), axis=-1)]
    return float(peak.min()), float(peak.max())


def _pattern(params: ww.Parameters) -> np.ndarray:
    """Real parts of the three roots, then the largest imaginary part."""
    found = ww.eigenvalues(params)
    return np.append(found.real, np.abs(found.imag).max())


def _three_stable_and_turning(found: np.ndarray) -> bool:
    return bool(np.all(found[:3] < 0) and found[3] > 0)


def _says_roots(found: np.ndarray) -> str:
    stable = np.count_nonzero(found[:3] < 0)
    turning = "a complex pair" if found[3] > 0 else "all real"
    unstable = "" if stable == 3 else f", one root of {found[2]:+.3f}"
    return f"{stable} stable roots, {turning}{unstable}".replace("-", "−")


_no_free_entry = wrong("equations:matching_exponent", lambda eta: 0.0 * eta, "free entry forgotten")


@benchmark(
    Exact("the same", 1.0),
    anchor="prop-ww-ind-rounds",
    function=f"{PACKAGE}.adoption:renegotiated_surplus",
    planted=(
        wrong(
            "adoption:renegotiated_surplus",
            lambda rows: rows * (1 + 1e-6 * np.arange(len(rows)))[:, None],
            "each renegotiation adds a millionth",
        ),
    ),
)
def bench_prop1() -> Any:
    """Proposition 1: the surplus, and so adoption, is the same after each renegotiation
    (S_n/S_0, n up to 20, where AI is adopted and where it is not).
    """
    found = []
    for phi in (0.0043, 0.95):
        p = ww.Parameters(phi=phi)
        rows = ww.renegotiated_surplus(np.array([0.0, 5.0]), 1.0, p, 400)[:21]
        found.append(rows / rows[0, 0])
    return np.stack(found)


@benchmark(
    Exact("none", 0.0),
    anchor="prop-ww-ind-states",
    function=_STATES,
    planted=(_dear_matches,),
)
def bench_adoption() -> Any:
    """AI takes places in a some-AI steady state if and only if π_A > (1 − b)/(r + σ + α(1 − θ))
    (settings of 3900 that disagree).
    """
    p = _grid()
    a = p.alpha * (p.mu / p.delta - 1) - p.sigma
    pays = p.pi_A > (1 - p.b) / (p.r + p.sigma + p.alpha * (1 - p.theta))
    exists = ww.steady_states(p, "benchmark").some_ai.exists
    return float(np.count_nonzero((a > 0) & (exists != pays)))


@benchmark(
    Exact("three", 3.0),
    anchor="prop-ww-ind-states",
    function=_STATES,
    planted=(_no_growth_in_surplus,),
)
def bench_three() -> Any:
    """There are three kinds of steady state: some-AI, unbounded-AI, no-AI (here at θ = 0.95)."""
    states = ww.steady_states(STRONG, "benchmark")
    kinds = (states.some_ai, states.unbounded_ai, states.no_ai)
    return float(sum(bool(x.exists) for x in kinds))


@benchmark(
    Exact("μα/(α + σ) − δ", 1.0, tolerance=1e-7, because="paths are integrated"),
    anchor="prop-ww-ind-states",
    function=f"{PACKAGE}.transition:solve_transition",
    planted=(wrong("transition:Path.employment", scale(0.99), "employment 1% too low"),),
)
def bench_growth() -> Any:
    """Without displacement employment is α/(α + σ) and AI grows at μH − δ (late on paths that
    start at H = 0.8, over that; benchmark at θ = 0.95, full at 0.96).
    """
    found = []
    for p, model in ((STRONG, "benchmark"), (ww.Parameters(theta=0.96), "full")):
        if model == "benchmark":
            path: Any = ww.benchmark_path(p, "unbounded-AI", H0=0.8)
            alpha = p.alpha
        else:
            path = ww.solve_transition(p, "unbounded-AI", H0=0.8)
            alpha = float(path.job_finding(90.0))
        growth = np.log(path.capability(91.0) / path.capability(90.0))
        H = alpha / (alpha + p.sigma)
        found += [growth / (p.mu * H - p.delta), path.employment(90.0) / H]
    return np.array(found, dtype=float)


@benchmark(
    Sign(">0", "higher"),
    anchor="prop-ww-ind-states",
    function=_STATES,
    planted=(_idle,),
    note="Always: growth takes μH > δ, and some-AI has μH = δ.",
)
def bench_employment() -> Any:
    """Employment is higher in the unbounded-AI than in the some-AI steady state."""
    one = ww.steady_states(STRONG, "benchmark")
    many = ww.steady_states(ww.Parameters(theta=np.array([0.955, 0.97, 0.99])))
    gaps = [x.unbounded_ai.employment - x.some_ai.employment for x in (one, many)]
    return np.concatenate([np.ravel(x) for x in gaps])


@benchmark(
    Exact("none", 0.0),
    anchor="prop-ww-ind-28",
    function=_STATES,
    planted=(_dear_matches,),
    note="As printed it also holds where productivity grows so fast, ε(μH − δ) ≥ r + σ + "
    "α(1 − θ), that the surplus without displacement is infinite. Who counts that as an "
    "unbounded-AI steady state needs no further bound; we count it apart.",
)
def bench_condition_28() -> Any:
    """Condition (28): both exist if and only if 0 < r + σ + α(1 − θ) − (1 − b)/π_A ≤ ε(μα/(α +
    σ) − δ) (settings with a finite surplus that disagree).
    """
    p = _grid()
    growth = p.epsilon * (p.mu * p.H_0 - p.delta)
    finite = growth < p.r + p.sigma + p.alpha * (1 - p.theta)
    return float(np.count_nonzero(finite & (ww.condition_28(p) != (ww.regime(p) == 2))))


@benchmark(
    Exact("one", 1.0),
    anchor="fig-ww-ind-theta",
    function=_STATES,
    planted=(mistaken("theta", 1.75, "the firm's share 75% too high"),),
)
def bench_unique() -> Any:
    """Under the baseline calibration the equilibrium is unique (steady states with AI, at the
    reference point and over the identified set).
    """
    one = [_how_many(ww.Parameters(), m) for m in ("benchmark", "full")]
    return np.concatenate([np.ravel(one), np.ravel(_how_many(ww.identified_set(), "full"))])


@full(
    Exact("both", 2.0),
    anchor="fig-ww-ind-theta",
    function=_STATES,
    planted=(_no_free_entry, _no_growth_in_surplus),
    finding=NotIdentified(
        "A₀, σ, θ, b and ξ are not in the summary",
        required=_of_hosios,
        otherwise=lambda: _how_many(STRONG, "full"),
        says=lambda x: (
            f"σ is between {x[0]:.3f} and {x[1]:.3f} ({x[2]} of the {x[3]} Hosios economies "
            "that meet the transition within rounding)"
        ),
    ),
    note="At the reference point both exist from θ = 0.952 on.",
)
def full_global() -> Any:
    """With θ = 0.95 and φ = 0.0043 both the some-AI and the unbounded-AI steady state exist."""
    return _at_95(_two_at_95())


@full(
    Course("rises", text="larger"),
    anchor="fig-ww-ind-theta",
    function=_STATES,
    planted=(
        wrong("parameters:Parameters.theta", lambda x: 1 - x, "the worker's share for the firm's"),
    ),
    finding=NotIdentified(
        "The range of θ that is meant is not in the summary, nor the labour market",
        required=_peaks,
        otherwise=lambda: _region_by_theta(0.9, 0.95, 0.97, 0.99),
        says=lambda x: (
            f"θ stays below {x[0]:.2f} to {x[1]:.2f}, by the labour market of the "
            "identified set; above, some-AI does not exist at high costs"
        ),
    ),
)
def full_larger_region() -> Any:
    """The region of global indeterminacy is larger for a higher θ (share of costs φ, θ from 0.5
    to 0.95; beyond it shrinks again).
    """
    return _region_by_theta(0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@full(
    Shape("one real root and a pair, all stable", _three_stable_and_turning, _says_roots),
    anchor="fig-ww-ind-branches",
    function=f"{PACKAGE}.steady_states:eigenvalues",
    planted=(_no_free_entry,),
    finding=NotIdentified(
        "With α₀ = 19σ the pair is there in a part of the identified set, and the third root "
        "is positive for every (θ, ξ, ε), as long as the some-AI steady state is unique; σ, b "
        "and the job-finding rate at these other parameters are not in the summary",
        required=lambda: ww.indeterminate_range(SLOW),
        otherwise=lambda: _pattern(REPORTED),
        says=lambda x: (
            f"σ = 0.05, b = 0.9, say, and α₀ is between {x[0]:.3f} and {x[1]:.3f} a year"
        ),
    ),
    note="There employment without AI, α₀/(α₀ + σ), is below δ/μ: AI would raise employment.",
)
def full_local() -> Any:
    """At (θ, ξ, ε) = (1, 0.765, 6) one root is negative and two are complex with negative real
    parts: a continuum of paths leads to the some-AI steady state.
    """
    rate = float(np.mean(ww.indeterminate_range(SLOW)))
    if np.isnan(rate):  # as where an error is planted
        return np.full(4, np.nan)
    return _pattern(replace(SLOW, alpha=rate))


@adoption(
    Sign(">0", "under-adopted"),
    anchor="prop-ww-ind-under",
    function=f"{PACKAGE}.adoption:social_threshold",
    planted=(wrong("adoption:social_threshold", scale(0.5), "half the threshold"),),
    note="Derived where AI only takes places (ε = 0), at the market's own state, in which "
    "nobody is replaced.",
)
def adoption_under() -> Any:
    """AI is under-adopted for (1 − b)/(r + σ + α) < π_A ≤ (1 − b)/(r + σ + α(1 − θ)): one more
    displacement would gain and the market makes none; below it would lose.
    """
    # AI that only takes places (ε = 0). Inside the interval, for several θ and π_A: what one
    # more displacement gains, π_A − q, and s₀ − π_A, by which the market does not adopt; below
    # the interval: what it loses. q is the social value of one more employed where nobody is
    # replaced, as the market has it: the integral of e^{−rt}(1 − b) times the employment that
    # is left.
    t, weight = np.polynomial.legendre.leggauss(200)
    found = []
    for theta in (0.2, 0.5381, 0.9):
        p = ww.Parameters(theta=theta, epsilon=0.0)
        leave = p.sigma + p.alpha
        end = 60 / leave
        year, w = end * (t + 1) / 2, end * weight / 2
        q = float(w @ (np.exp(-(p.r + leave) * year) * (1 - p.b)))
        low, high = ww.social_threshold(p), float(p.s_0)
        for share in (0.02, 0.5, 0.98):
            pi = low + share * (high - low)
            found += [pi - q, high - pi]
        found.append(q - 0.98 * low)
    return np.array(found)


@adoption(
    Sign("<0", "over-adopted"),
    anchor="prop-ww-ind-over",
    function=f"{PACKAGE}.adoption:adoption_margin",
    planted=(mistaken("epsilon", 0.05, "5% of the productivity from AI"),),
    note="Because employment teaches AI, which nobody is paid for; the proposition has the "
    "inequality. Where AI hardly raises productivity the sign is the other one.",
)
def adoption_over() -> Any:
    """AI is over-adopted for π_A > (1 − b)/(r + σ + α(1 − θ)) (social gain from one more
    displacement, π_A from that threshold up to the calibrated value).
    """
    p = ww.Parameters()
    pi = np.linspace(float(p.s_0) * 1.001, float(p.pi_A), 25)
    return np.asarray(ww.adoption_margin(replace(p, phi=1 - (p.r + p.delta) * pi)))
