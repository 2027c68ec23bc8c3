"""Who adopts, which futures there are, and who should adopt: mostly in the benchmark model.

AI takes a worker's place (I = 1) if and only if π_A exceeds the surplus s of the match.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize.elementwise import find_root
from scipy.special import hyp1f1

from aiecon.validation import FloatArray, finite, require, whole
from aiecon.wang_wong.equations import Model
from aiecon.wang_wong.initial_value import checked, simple_path
from aiecon.wang_wong.parameters import Parameters
from aiecon.wang_wong.steady_states import steady_states

__all__ = ["REGIMES", "adoption_margin", "condition_28", "regime", "renegotiated_surplus"]
__all__ += ["social_threshold", "spared_surplus", "switching_dates"]


def condition_28(params: Parameters) -> Any:
    """The paper's (28): 0 < r + σ + α(1 − θ) − (1 − b)/π_A ≤ ε(μα/(α + σ) − δ).

    Some-AI and unbounded-AI then both exist, if the surplus of the latter is finite, which takes
    ε(μα/(α + σ) − δ) < r + σ + α(1 − θ) as well (see :func:`regime`).

    >>> condition_28(Parameters(theta=0.95)), condition_28(Parameters())
    (True, False)
    """
    discount = params.r + params.sigma + params.alpha * (1 - params.theta)
    pi = np.asarray(params.pi_A)
    worth = np.where(pi > 0, (1 - params.b) / np.where(pi > 0, pi, 1.0), np.inf)
    gap = discount - worth
    growth = params.epsilon * (params.mu * params.H_0 - params.delta)
    holds = (gap > 0) & (gap <= growth)
    return holds if np.ndim(holds) else bool(holds)


#: What :func:`regime` counts.
REGIMES = (
    "AI dies out",
    "some-AI only",
    "both",
    "unbounded-AI only",
    "some-AI, and an unbounded path with an infinite surplus",
    "an unbounded path with an infinite surplus only",
)


def regime(params: Parameters, model: Model = "benchmark") -> Any:
    """Which steady states with AI there are: a position in ``REGIMES``, 0 to 5.

    4 and 5 count where output per worker would grow so fast without displacement that the surplus
    of a match is infinite, ε(μH − δ) ≥ r + σ + α(1 − θ). That can happen in the benchmark, and in
    the full model only at θ = 1 or ξ = 0: otherwise free entry raises α until the surplus is
    finite.

    >>> many = Parameters(theta=np.array([0.54, 0.95, 0.99]), mu=np.array([0.632, 0.632, 0.7]))
    >>> regime(many).tolist(), regime(many, "full").tolist()
    ([1, 2, 4], [1, 1, 2])
    """
    states = steady_states(params, model)
    some, unbounded = (np.asarray(x.exists) for x in (states.some_ai, states.unbounded_ai))
    fixed = (np.asarray(params.xi) == 0) | (model == "benchmark")
    # With an infinite surplus free entry would let everybody find a job at once.
    employed = np.where(fixed, params.H_0, 1.0)
    growth = params.mu * employed - params.delta
    lose = np.where(fixed, params.alpha, 0.0) * (1 - params.theta) + params.r + params.sigma
    open_ended = fixed | (np.asarray(params.theta) == 1)
    infinite = open_ended & (growth > 0) & (params.epsilon * growth >= lose) & ~unbounded
    kind = np.select(
        [some & unbounded, unbounded, some & infinite, infinite, some], [2, 3, 4, 5, 1], 0
    )
    return kind if kind.ndim else int(kind)


def social_threshold(params: Parameters) -> Any:
    """(1 − b)/(r + σ + α): what a match is worth to society if AI only takes places (ε = 0).

    The market compares π_A with s₀ = (1 − b)/(r + σ + α(1 − θ)), which is larger: a worker who is
    out finds another job at the rate α, and a match counts only his share 1 − θ of that.

    >>> p = Parameters()
    >>> bool(social_threshold(p) < p.s_0 < p.pi_A)
    True
    """
    return (1 - params.b) / (params.r + params.sigma + params.alpha)


def adoption_margin(params: Parameters) -> Any:
    """π_A − q at the benchmark's some-AI steady state: the social gain from one more displacement.

    q is the social value of an employed worker per unit of output, m that of AI, both along the
    steady state of the market (co-states of the flow [H + b(1 − H) + ρμAH·π_A]y, discounted at r)::

        (r + σ + α + ρμA)q = 1 − b + ρμA·π_A + μm,
                        rm = ε[H + b(1 − H) + ρμAH·π_A] + ρμAH(π_A − q).

    Where it is negative the market adopts too much; NaN without a some-AI steady state.

    >>> bool(adoption_margin(Parameters()) < 0 < adoption_margin(Parameters(epsilon=0)))
    True
    """
    state = steady_states(params, "benchmark").some_ai
    a, H = params.rho * params.mu * state.capability, state.employment
    flow = H + params.b * (1 - H) + a * H * params.pi_A
    leave = params.r + params.sigma + params.alpha + a
    learn = params.mu / params.r
    # q and m are linear in one another: insert m.
    q = 1 - params.b + a * params.pi_A + learn * (params.epsilon * flow + a * H * params.pi_A)
    return params.pi_A - q / (leave + learn * a * H)


def renegotiated_surplus(
    values: FloatArray, capability: float, params: Parameters, rounds: int
) -> FloatArray:
    """The surplus after each of ``rounds`` renegotiations, from guesses for the last: Prop. 1.

    At rest (A constant, no growth) S_n solves

        (r + σ + ρμA)S_n = 1 − b − α(1 − θ)s₀ + ρμA·max(S_{n+1}, π_A),

    where α(1 − θ)s₀ is the worker's other option, taken as given. Starting from any ``values`` of
    the round after the last, the surplus of round n is reached by stepping back; guesses draw
    together by the factor ρμA/(r + σ + ρμA) a round. Returned: rounds + 1 rows, the first is n = 0.

    >>> rows = renegotiated_surplus(np.array([0.0, 9.0]), 1.0, Parameters(), 200)
    >>> bool(np.ptp(rows[0]) < 1e-12)
    True
    """
    rounds = whole("rounds", rounds, 0)
    a = params.rho * params.mu * checked("capability", capability)
    flow = 1 - params.b - params.alpha * (1 - params.theta) * params.s_0
    rows = [finite("values", values)]
    for _ in range(rounds):
        go_on = np.maximum(rows[-1], params.pi_A)
        rows.append((flow + a * go_on) / (params.r + params.sigma + a))
    return np.stack(rows[::-1])


def switching_dates(
    params: Parameters,
    capability: float | None = None,
    employment: float | None = None,
    latest: float = 100.0,
    points: int = 2001,
) -> list[float]:
    """Dates at which firms that use AI from the start can stop for good, for unbounded-AI.

    At such a date the surplus equals π_A, as it cannot jump. Without displacement the surplus
    depends on employment alone, so these are the dates at which the path with displacement passes
    the employment H* with s(H*) = π_A; they are sought between ``points`` equally spaced moments.
    Which of them make an equilibrium, ``benchmark_path(...).consistent`` says. Benchmark model.

    >>> [round(date, 2) for date in switching_dates(Parameters(theta=0.929))]
    [0.99]
    >>> switching_dates(Parameters(theta=0.95))  # even at the lowest employment s > π_A
    []
    """
    latest, points = checked("latest", latest), whole("points", points, 2)
    exists = steady_states(params, "benchmark").unbounded_ai.exists
    require("params", str(params), exists, "an unbounded-AI steady state of the benchmark model")
    path = simple_path(params, capability, employment, latest, tol=1e-11)
    dates = np.linspace(0.0, latest, points)
    excess = spared_surplus(path.employment(dates), params) - params.pi_A
    crossed = np.flatnonzero((excess[:-1] < 0) != (excess[1:] < 0))
    if not crossed.size:
        return []

    def gap(t: Any) -> Any:
        return spared_surplus(path.employment(t), params) - params.pi_A

    return find_root(gap, (dates[crossed], dates[crossed + 1])).x.tolist()


def spared_surplus(employment: Any, params: Parameters) -> Any:
    """s(H) on the way to unbounded AI with nobody displaced (I = 0), in the benchmark model.

    H returns to H₀ at the rate λ = α + σ, so that with k = [r + σ + α(1−θ) − ε(μH₀ − δ)]/λ > 0

        s = (1−b) ∫₀^∞ exp[−kλt + ε(μ/λ)(H − H₀)(1 − e^{−λt})] dt
          = (1−b)/(kλ) · ₁F₁(1; 1 + k; εμ(H − H₀)/λ).

    >>> p = Parameters(theta=0.95)
    >>> rest = steady_states(p, "benchmark").unbounded_ai
    >>> bool(np.isclose(spared_surplus(rest.employment, p), rest.surplus))
    True
    """
    p, pace = params, params.alpha + params.sigma
    lose = p.r + p.sigma + p.alpha * (1 - p.theta) - p.epsilon * (p.mu * p.H_0 - p.delta)
    moved = p.epsilon * p.mu * (employment - p.H_0) / pace
    return (1 - p.b) / lose * hyp1f1(1.0, 1 + lose / pace, moved)
