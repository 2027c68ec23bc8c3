"""The planner's problem in the full model, and welfare: is the market efficient?

Output net of vacancies, in units of y = (A/A₀)^ε and per head of the labour force, is

    x = H + (b − c(α))(1 − H) + ρμA H π_A,

c(α) the convex cost of job finding (:func:`vacancy_cost`). The planner chooses α(t) to maximise
∫ e^{−rt} A^ε x dt, with Ȧ/A = μH − δ, Ḣ = α(1−H) − (σ + ρμA)H and adoption imposed (I = 1: see
:func:`growth_when_spared`). With yω the co-state of H and yψ that of ln A (ψ = A ω_A), g = ε(μH−δ):

    c′(α) = ω, that is c(α) = ξ α ω
    ω̇ = [r + σ + α(1−ξ) + ρμA − g] ω − (1−b) − ρμA π_A − μψ
    ψ̇ = (r − g) ψ − ε x − ρμA H (π_A − ω)

Set against the equilibrium: Hosios (θ = ξ) and a transfer T = μψ per unit of output to each match.
Utility is linear, so that a gain "in consumption equivalents" is the ratio of two discounted sums
of output net of vacancies, less one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.integrate import cumulative_simpson

from aiecon.cached import cached
from aiecon.numerics import INFINITY, Guess, Problem, Structure, solve
from aiecon.validation import FloatArray, finite, require
from aiecon.wang_wong.equations import (
    capability_growth,
    displacement_rate,
    employment_change,
    job_finding,
    matching_exponent,
    surplus_growth,
)
from aiecon.wang_wong.free_entry import vacancy_cost
from aiecon.wang_wong.initial_value import checked
from aiecon.wang_wong.parameters import Parameters
from aiecon.wang_wong.steady_states import zeros
from aiecon.wang_wong.transition import Path, Transition, given_start

__all__ = ["Channels", "Plan", "PlannedRest", "ValueOfAI", "consumption", "growth_when_spared"]
__all__ += ["market_output", "plan_motion", "planned_rest", "solve_plan", "value_of_ai", "welfare"]
__all__ += ["welfare_gain"]


@dataclass(frozen=True)
class Channels:
    """Which effects of a more capable AI the planner counts: 1 counts it, 0 leaves it out.

    ``learning`` : that a match teaches AI, T = μψ in ω̇ (without it the plan is the Hosios market)
    ``productivity`` : that AI raises output, εx in ψ̇
    ``displacement`` : that AI ends matches worth ω for π_A, ρμA H(π_A − ω) in ψ̇
    """

    learning: float = 1.0
    productivity: float = 1.0
    displacement: float = 1.0

    def __post_init__(self) -> None:
        for name in ("learning", "productivity", "displacement"):
            value = getattr(self, name)
            require(name, value, 0 <= float(value) <= 1, f"0 ≤ {name} ≤ 1")


def growth_when_spared(params: Parameters | None = None) -> Any:
    """ε(μH₀ − δ) − r: if positive, a planner who may forbid replacement has no finite optimum.

    With I = 0 and job finding left at α₀, employment returns to H₀ and output grows at ε(μH₀ − δ):
    above r the discounted sum diverges.

    >>> round(float(growth_when_spared()), 3)
    0.099
    """
    p = params or Parameters()
    return p.epsilon * (p.mu * p.H_0 - p.delta) - p.r


def planned_job_finding(omega: Any, p: Parameters) -> Any:
    """α with c(α) = ξ α ω: α₀ (ξω/(θs₀))^{ξ/(1−ξ)}, that of a market with the surplus ξω/θ."""
    return job_finding(p.xi * omega / p.theta, p)


@dataclass(frozen=True)
class PlannedRest:
    """Where the plan comes to rest: H = δ/μ, and A, ω, ψ, α."""

    A: float
    H: float
    omega: float
    psi: float
    alpha: float


@cached(256)
def planned_rest(params: Parameters | None = None, channels: Channels | None = None) -> PlannedRest:
    """The steady state of the plan (with adoption), a root in ω alone.

    ValueError where there is none: δ/μ ≥ 1, or no root between very small and very large ω.

    >>> rest = planned_rest()
    >>> round(rest.A, 2), round(rest.omega, 3), round(Parameters().mu * rest.psi, 2)
    (22.34, 2.41, 30.82)
    """
    p, k = params or Parameters(), channels or Channels()
    H = p.delta / p.mu if p.mu > 0 else np.inf
    require("mu", p.mu, H < p.H_0, "δ/μ < H₀", "Otherwise AI fades out.")
    ways = p.xi * p.theta * p.rho
    allowed, hint = "xi > 0, theta > 0 and rho > 0", "Without entry α is fixed."
    require("params", str(p), ways > 0, allowed, hint)
    one, omega, alpha, alpha_omega = np.eye(4)  # coefficients: all is linear in these four
    displaced = (1 - H) / H * alpha - p.sigma * one
    lost = (1 - H) / H * alpha_omega - p.sigma * omega  # displaced times ω
    x = (H + p.b * (1 - H)) * one - p.xi * (1 - H) * alpha_omega + H * p.pi_A * displaced
    psi = k.productivity * p.epsilon * x + k.displacement * H * (p.pi_A * displaced - lost)
    psi = psi / p.r
    excess = (p.r + p.sigma) * omega + (1 - p.xi) * alpha_omega + lost
    excess = excess - (1 - p.b) * one - p.pi_A * displaced - k.learning * p.mu * psi
    unit, eta = p.theta * p.s_0 / p.xi, matching_exponent(p)  # the ω at which α = α₀
    terms = excess * [1.0, unit, p.alpha, p.alpha * unit]
    powers = np.array([0.0, 1.0, eta, 1 + eta])
    found = zeros([*terms], [*powers], 0.0, np.log(1e4))
    rising = [z for z in found if terms @ (powers * np.exp(powers * z)) > 0]
    hint = "Try a larger μ, or fewer channels."
    require("params", str(p), bool(rising), "a plan with a steady state", hint)
    at = np.array([1.0, unit * np.exp(rising[-1]), 0.0, 0.0])
    at[2] = planned_job_finding(at[1], p)
    at[3] = at[1] * at[2]
    A = displaced @ at / (p.rho * p.mu)
    return PlannedRest(*(float(v) for v in (A, H, at[1], psi @ at, at[2])))


def plan_motion(state: Any, p: Parameters, k: Channels) -> FloatArray:
    """d(ln A, H, ln ω, ψ)/dt on a plan, a year; ``state`` is real or complex.

    A market with Hosios, θ = ξ, in which every match gets T = μψ, and the value of AI.
    """
    A, H, omega, psi = np.exp(state[0]), state[1], np.exp(state[2]), state[3]
    alpha, R = planned_job_finding(omega, p), displacement_rate(A, p)
    x = H + (p.b - p.xi * alpha * omega) * (1 - H) + R * H * p.pi_A
    hosios, T = replace(p, theta=p.xi), k.learning * p.mu * psi
    psi_dot = (p.r - p.epsilon * capability_growth(H, p)) * psi
    psi_dot = psi_dot - k.productivity * p.epsilon * x
    psi_dot = psi_dot - k.displacement * R * H * (p.pi_A - omega)
    return np.stack(
        [
            capability_growth(H, p),
            employment_change(A, H, alpha, p),
            surplus_growth(A, H, omega, alpha, hosios, transfer=T),
            psi_dot,
        ]
    )


class Planning(Problem):
    """ln A and H given; ln ω and ψ jump."""

    size, nodes, time_scale = 4, 24, 8.0
    steady_state: FloatArray

    def __init__(self, p: Parameters, k: Channels, A0: float, H0: float) -> None:
        self.p, self.k, rest = p, k, planned_rest(p, k)
        self.initial = np.array([[np.log(A0)], [H0]])
        self.steady_state = np.array([[np.log(rest.A)], [rest.H], [np.log(rest.omega)], [rest.psi]])

    def field(
        self, t: FloatArray, x: FloatArray, regime: int
    ) -> tuple[FloatArray, FloatArray, None]:
        """The derivatives by complex steps of 1e-30, which have no rounding."""
        steps = 1e-30j * np.eye(4, 5, k=1)[..., None, None, None]
        f = plan_motion(x[:, None] + steps, self.p, self.k)
        return f[:, 0].real, f[:, 1:].imag / 1e-30, None

    def guesses(self) -> Iterator[Guess]:
        whole = Structure((1,), (INFINITY,), last_regime=1)
        for jump, wealth in ((0.75, 3.6), (0.6, 2.0), (0.0, 0.0), (-0.5, -0.3)):
            away = np.array([[jump], [wealth * self.steady_state[3, 0]]])
            gap = np.vstack([self.initial - self.steady_state[:2], away])[..., None, None]

            def path(t: FloatArray, gap: FloatArray = gap) -> FloatArray:
                left = np.exp(-self.tail_rate[:, None, None] * t)
                return self.steady_state[..., None, None] + gap * left

            yield Guess(path, whole, np.zeros((1, 1)))


@dataclass(frozen=True, eq=False)
class Plan(Path):
    """The planned path: functions of time in years (t ≥ 0)."""

    channels: Channels

    def match_value(self, t: ArrayLike) -> Any:
        """ω, the shadow value of a match over its yearly output."""
        return np.exp(self._x(t)[2])[()]

    def capability_value(self, t: ArrayLike) -> Any:
        """ψ = A ω_A, the shadow value of ln A over output per worker: 1% of AI is worth ψ%."""
        return self._x(t)[3][()]

    def transfer(self, t: ArrayLike) -> Any:
        """T = μψ = μ A ω_A per year, over the output of a match: what decentralises the plan."""
        return self.params.mu * self.capability_value(t)

    def job_finding(self, t: ArrayLike) -> Any:
        """α per year, from c′(α) = ω."""
        return planned_job_finding(self.match_value(t), self.params)

    def adoption(self, t: ArrayLike) -> Any:
        """I = 1: adoption is imposed."""
        return np.ones(np.shape(t))[()]


def solve_plan(
    params: Parameters | None = None,
    channels: Channels | None = None,
    *,
    A0: float | None = None,
    H0: float | None = None,
    tol: float = 1e-9,
) -> Plan:
    """The plan from A(0) = A0 and H(0) = H0 (``params.A_0`` and employment without AI
    unless said).

    Parameters
    ----------
    params : numbers only
    channels : the effects that the planner counts; all unless said
    tol : largest estimated error of ln A, H, ln ω and ψ

    Raises as :func:`planned_rest`, and :class:`~aiecon.numerics.SolverError` if no path is found.
    The numbers of one solve are kept.

    >>> plan = solve_plan()
    >>> plan.employment([0.0, 5.0, 10.0]).round(3)
    array([0.95 , 0.966, 0.922])
    """
    p = params or Parameters()
    return _solve(p, channels or Channels(), *given_start(p, A0, H0), checked("tol", tol))


@cached(128)
def _solve(p: Parameters, k: Channels, A0: float, H0: float, tol: float) -> Plan:
    return Plan(p, solve(Planning(p, k, A0, H0), tol), k)


# Welfare ------------------------------------------------------------------------------------------

FOREVER = 700.0  # years: discounted by e^{−34}
NODES = 12


#: A path on which welfare can be computed.
Economy = Transition | Plan


def net_output(path: Economy, t: ArrayLike) -> Any:
    """x = H + (b − c(α))(1−H) + ρμA·I·Hπ_A, in units of y and per head of the labour force."""
    p, H = path.params.beside, path.employment(t)
    displaced = displacement_rate(path.capability(t), p) * path.adoption(t)
    idle = p.b - vacancy_cost(path.job_finding(t), p)
    return H + idle * (1 - H) + displaced * H * p.pi_A


def consumption(path: Economy, t: ArrayLike) -> Any:
    """y·x per year: output, home production and AI's output (at its present value π_A y when it is
    put to work), less the cost of vacancies. Transfers cancel.

    >>> from aiecon import wang_wong as ww
    >>> round(float(ww.consumption(ww.solve_transition(), 0.0)), 3)
    2.061
    """
    return (path.productivity(t) * net_output(path, t))[()]


def _panels(horizon: float) -> tuple[FloatArray, FloatArray]:
    """Gauss–Legendre nodes and weights on [0, horizon], short panels first."""
    ends = np.concatenate([[0.0], np.geomspace(0.02, max(horizon, 0.04), 48)])
    ends = np.unique(np.minimum(ends, horizon))
    y, w = np.polynomial.legendre.leggauss(NODES)
    half, middle = np.diff(ends)[:, None] / 2, (ends[1:] + ends[:-1])[:, None] / 2
    return (middle + half * y).ravel(), (half * w).ravel()


def market_output(path: Economy, t: ArrayLike) -> Any:
    """y·H per year: what workers produce, without home production, AI's output and vacancies."""
    return (path.productivity(t) * path.employment(t))[()]


def welfare(
    path: Economy, horizon: float = np.inf, of: Callable[[Economy, Any], Any] = consumption
) -> Any:
    """∫₀ʰ e^{−rt} y x dt, h = ``horizon`` in years (for ever: the integral to 700 years).

    ``of``: another flow than :func:`consumption`, a function of the path and of time. Of n paths
    that were solved at once (n,).

    ValueError if the horizon is not positive, or for ever where the sum diverges (output growing
    faster than r).

    >>> from aiecon import wang_wong as ww
    >>> round(float(ww.welfare(ww.solve_transition(), 5.0)), 3)
    10.876
    """
    endless = np.ndim(horizon) == 0 and horizon == np.inf
    h = FOREVER if endless else min(checked("horizon", horizon), FOREVER)
    p = path.params.beside
    if endless:
        late = np.array([FOREVER - 1, FOREVER])
        fast = np.diff(np.log(path.productivity(late))) >= p.r
        require("horizon", horizon, not np.any(fast), "output that grows more slowly than r")
    t, weight = _panels(h)
    return np.sum(weight * np.exp(-p.r * t) * of(path, t), axis=-1)[()]


def welfare_gain(
    path: Economy,
    against: Economy,
    horizon: float = np.inf,
    of: Callable[[Economy, Any], Any] = consumption,
) -> Any:
    """The share by which consumption on ``against`` must rise at every date to be as good.

    ``of`` as in :func:`welfare`.

    >>> from aiecon import wang_wong as ww
    >>> round(float(ww.welfare_gain(ww.solve_plan(), ww.solve_transition())), 2)
    3.14
    """
    return welfare(path, horizon, of) / welfare(against, horizon, of) - 1


@dataclass(frozen=True)
class ValueOfAI:
    """ψ at dates t in parts that add up: over output per worker."""

    t: FloatArray
    workers: FloatArray  # more productive workers, at work and at home
    vacancies: FloatArray  # dearer vacancies, whose cost is proportional to output (negative)
    machines: FloatArray  # more productive AI that takes a worker's place
    gained: FloatArray  # more replacements: π_A each
    lost: FloatArray  # more replacements: a match ω lost each (negative)

    @property
    def total(self) -> FloatArray:
        return self.workers + self.vacancies + self.machines + self.gained + self.lost


def value_of_ai(plan: Plan, t: ArrayLike) -> ValueOfAI:
    """What the shadow value of AI on a plan consists of: ψ̇ = (r − g)ψ − (five terms), integrated.

    Each part is the present value, ∫ e^{−r(τ−t)} (y(τ)/y(t)) · term dτ, of

        ε[H + b(1 − H)],   −ε c(1 − H),   ε ρμA H π_A,   ρμA H π_A,   −ρμA H ω.

    >>> from aiecon import wang_wong as ww
    >>> plan = ww.solve_plan()
    >>> parts = ww.value_of_ai(plan, [0.0, 10.0])
    >>> bool(np.allclose(parts.total, plan.capability_value([0.0, 10.0]), rtol=1e-6))
    True
    """
    p, times = plan.params, finite("t", t)
    require("t", times, (times >= 0) & (times <= FOREVER), f"0 ≤ t ≤ {FOREVER:g}")
    grid = np.concatenate([np.linspace(0, 60, 6001), np.geomspace(60.05, FOREVER, 3000)])
    H, A = plan.employment(grid), plan.capability(grid)
    displaced = displacement_rate(A, p) * H
    cost = vacancy_cost(plan.job_finding(grid), p) * (1 - H)
    terms = np.stack(
        [
            p.epsilon * (H + p.b * (1 - H)),
            -p.epsilon * cost,
            p.epsilon * displaced * p.pi_A,
            displaced * p.pi_A,
            -displaced * plan.match_value(grid),
        ]
    )
    weight = np.exp(-p.r * grid) * plan.productivity(grid)
    past = cumulative_simpson(weight * terms, x=grid, axis=1, initial=0.0)
    rest = (weight * terms)[:, -1:] / p.r
    values = (past[:, -1:] + rest - past) / weight
    parts = [np.interp(times, grid, row) for row in values]
    return ValueOfAI(np.asarray(times), *(np.asarray(part) for part in parts))
