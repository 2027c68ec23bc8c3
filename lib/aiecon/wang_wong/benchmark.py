"""The benchmark model: job finding is fixed, adoption is decided by the surplus of a match.

AI takes a worker's place (I = 1) if and only if π_A exceeds the surplus s, where

    ṡ = [r + σ + α(1 − θ) + ρμA·I − ε(μH − δ)]s − (1 − b) − ρμA·I·π_A.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from scipy.optimize import brentq

from aiecon.validation import FloatArray, finite, number, require
from aiecon.wang_wong.common import Model, dynamics, surplus_growth
from aiecon.wang_wong.initial_value import checked, follow
from aiecon.wang_wong.parameters import Parameters
from aiecon.wang_wong.stability import eigenvalues
from aiecon.wang_wong.steady_states import steady_states

__all__ = [
    "REGIMES",
    "BenchmarkPath",
    "Destination",
    "adoption_margin",
    "benchmark_path",
    "condition_28",
    "regime",
    "renegotiated_surplus",
    "social_threshold",
    "switching_dates",
]

Destination = Literal["some-AI", "unbounded-AI"]


# Thresholds and regimes ---------------------------------------------------------------------------


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
    whole = isinstance(rounds, int | np.integer) and rounds >= 0
    require("rounds", rounds, whole, "a whole number, rounds ≥ 0")
    a = params.rho * params.mu * checked("capability", capability)
    flow = 1 - params.b - params.alpha * (1 - params.theta) * params.s_0
    rows = [finite("values", values)]
    for _ in range(rounds):
        go_on = np.maximum(rows[-1], params.pi_A)
        rows.append((flow + a * go_on) / (params.r + params.sigma + a))
    return np.stack(rows[::-1])


# Paths --------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class BenchmarkPath:
    """A path of the benchmark model; functions of time in years, 0 ≤ t ≤ horizon.

    ``consistent``: the surplus agrees with adoption all the way, s < π_A where I = 1 and
    s ≥ π_A where I = 0. Only then is the path an equilibrium.
    """

    params: Parameters
    destination: str
    switch: float
    horizon: float
    consistent: bool
    _phases: tuple[tuple[float, float, Any, Any], ...]  # start, adoption, (ln A, H), s

    def _at(self, t: Any, what: int) -> Any:
        time = finite("t", t)
        allowed = f"0 ≤ t ≤ {self.horizon:g}"
        require(
            "t",
            time,
            (time >= 0) & (time <= self.horizon),
            allowed,
            "Ask for a longer horizon.",
        )
        found = np.empty(time.shape)
        for start, _, states, surplus in self._phases:
            inside = time >= start
            if inside.any():
                moment = time[inside]
                found[inside] = surplus(moment)[0] if what == 2 else states(moment)[what]
        return found[()]

    def capability(self, t: Any) -> Any:
        """A(t)."""
        return np.exp(self._at(t, 0))

    def employment(self, t: Any) -> Any:
        """H(t)."""
        return self._at(t, 1)

    def surplus(self, t: Any) -> Any:
        """s(t), per unit of output."""
        return self._at(t, 2)

    def productivity(self, t: Any) -> Any:
        """y(t) = (A(t)/A₀)^ε."""
        return np.exp(self.params.epsilon * (self._at(t, 0) - np.log(self.params.A_0)))

    def adoption(self, t: Any) -> Any:
        """I(t): 1 where AI takes the place of workers."""
        time = finite("t", t)
        after = 1.0 if self.destination == "some-AI" else 0.0
        return np.where(time >= self.switch, after, 1 - after)[()]


def benchmark_path(
    params: Parameters,
    destination: Destination = "some-AI",
    capability: float | None = None,
    employment: float | None = None,
    switch: float = 0.0,
    horizon: float = 100.0,
    tol: float = 1e-10,
) -> BenchmarkPath:
    """The path from A(0), H(0) to a steady state, from A₀ and H₀ unless given.

    Adoption is the destination's (1 for some-AI, 0 for unbounded-AI) from ``switch`` on, the
    other before. Employment and capability are followed forwards, the surplus backwards from the
    steady state. Look at ``consistent`` before calling it an equilibrium; with a switch, take
    the date from :func:`switching_dates`.

    Raises ValueError for a destination that does not exist or a start outside A > 0, 0 < H ≤ 1.

    >>> p = Parameters(theta=0.95)
    >>> [benchmark_path(p, there).consistent for there in ("some-AI", "unbounded-AI")]
    [True, True]
    """
    A_0 = checked("capability", params.A_0 if capability is None else capability)
    start_H = checked("employment", params.H_0 if employment is None else employment, high=1.0)
    horizon, switch = checked("horizon", horizon, high=1e6), number("switch", switch)
    require("switch", switch, 0 <= switch < horizon, "0 ≤ switch < horizon")
    rest, adoption, settle = _rest(params, destination)
    end = horizon + settle
    plan = [(0.0, switch, 1 - adoption), (switch, end, adoption)]
    phases: list[tuple[float, float, Any, Any]] = []
    state = np.array([np.log(A_0), start_H])
    for begin, stop, adopts in plan[switch == 0 :]:
        states = _forwards(params, state, begin, stop, adopts, tol)
        phases.append((begin, adopts, states, stop))
        state = states(stop)
    found: list[tuple[float, float, Any, Any]] = []
    surplus = rest
    for begin, adopts, states, stop in reversed(phases):
        worth = _backwards(params, states, surplus, begin, stop, adopts, tol)
        found.insert(0, (begin, adopts, states, worth))
        surplus = float(worth(begin)[0])
    consistent = _consistent(params, found, end)
    return BenchmarkPath(params, destination, switch, float(horizon), consistent, tuple(found))


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
    Which of them make an equilibrium, ``benchmark_path(...).consistent`` says.

    >>> [round(date, 2) for date in switching_dates(Parameters(theta=0.929))]
    [0.99]
    >>> switching_dates(Parameters(theta=0.95))  # even at the lowest employment s > π_A
    []
    """
    A_0 = checked("capability", params.A_0 if capability is None else capability)
    latest = checked("latest", latest)
    H = checked("employment", params.H_0 if employment is None else employment, high=1.0)
    whole = isinstance(points, int | np.integer) and points >= 2
    require("points", points, whole, "a whole number, at least two")
    rest, adoption, settle = _rest(params, "unbounded-AI")

    def excess(employment: float) -> float:
        start = np.array([0.0, employment])
        states = _forwards(params, start, 0.0, settle, adoption, 1e-11)
        worth = _backwards(params, states, rest, 0.0, settle, adoption, 1e-11)
        return float(worth(0.0)[0]) - params.pi_A

    start = np.array([np.log(A_0), H])
    states = _forwards(params, start, 0.0, latest, 1 - adoption, 1e-11)
    dates = np.linspace(0.0, latest, points)
    path = states(dates)[1]
    low, high = float(path.min()), float(path.max())
    if (excess(low) < 0) == (excess(high) < 0):
        return []
    border = float(brentq(excess, low, high, xtol=1e-13))
    crossings = np.flatnonzero((path[:-1] < border) != (path[1:] < border))
    return [
        float(brentq(lambda t: states(t)[1] - border, dates[i], dates[i + 1], xtol=1e-12))
        for i in crossings
    ]


def _rest(params: Parameters, destination: str) -> tuple[float, float, float]:
    """Surplus and adoption at the destination, and years in which deviations fall by e^-30."""
    if destination not in get_args(Destination):
        allowed = " or ".join(get_args(Destination))
        raise ValueError(f"destination = {destination!r} is not allowed: {allowed} is required.")
    states = steady_states(params, "benchmark")
    state = states.some_ai if destination == "some-AI" else states.unbounded_ai
    if not state.exists:
        raise ValueError(
            f"destination = {destination!r}: with these parameters there is no such steady state; "
            "steady_states(params, 'benchmark') says which there are."
        )
    if destination == "some-AI":
        slow = float(-eigenvalues(params, "simple").real.max())
        return float(state.surplus), 1.0, 30 / slow
    return float(state.surplus), 0.0, 30 / (params.alpha + params.sigma)


def _forwards(
    params: Parameters, state: FloatArray, begin: float, end: float, adopts: float, tol: float
) -> Any:
    def slope(t: float, x: FloatArray) -> FloatArray:
        return dynamics(x, params, "simple", adopts)

    return follow(slope, begin, end, state, tol).sol


def _backwards(
    params: Parameters,
    states: Any,
    last: float,
    begin: float,
    end: float,
    adopts: float,
    tol: float,
) -> Any:
    def slope(t: float, s: FloatArray) -> FloatArray:
        x, H = states(t)
        return np.asarray(s * surplus_growth(np.exp(x), H, s, params.alpha, params, adopts))

    return follow(slope, end, begin, [last], tol).sol


def _consistent(
    params: Parameters, phases: Sequence[tuple[float, float, Any, Any]], end: float
) -> bool:
    stops = [phase[0] for phase in phases[1:]] + [end]
    for (begin, adopts, _, worth), stop in zip(phases, stops, strict=True):
        # Dense where things move, at the start; a switching date itself is on the border.
        t = begin + (stop - begin) * np.linspace(0.0, 1.0, 400)[1:-1] ** 2
        gap = worth(t)[0] - params.pi_A
        if not np.all(gap < 0 if adopts else gap >= -1e-9 * params.pi_A):
            return False
    return True
