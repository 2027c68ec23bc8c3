"""The planner's problem in the full model: current-value Hamiltonian, co-states, the transfer.

Output net of vacancies, in units of y = (A/A₀)^ε and per head of the labour force, is

    x = H + (b − c(α))(1 − H) + ρμA H π_A,

c(α) the convex cost of job finding (:func:`vacancy_cost`). The planner chooses α(t) to maximise
∫ e^{−rt} A^ε x dt, with Ȧ/A = μH − δ, Ḣ = α(1−H) − (σ + ρμA)H and adoption imposed (I = 1: see
:func:`growth_when_spared`). With yω the co-state of H and yψ that of ln A (ψ = A ω_A), g = ε(μH−δ):

    c′(α) = ω, that is c(α) = ξ α ω
    ω̇ = [r + σ + α(1−ξ) + ρμA − g] ω − (1−b) − ρμA π_A − μψ
    ψ̇ = (r − g) ψ − ε x − ρμA H (π_A − ω)

Set against the equilibrium: Hosios (θ = ξ) and a transfer T = μψ per unit of output to each match.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from aiecon.cached import cached
from aiecon.numerics import INFINITY, Guess, Problem, SaddlePath, Structure, solve
from aiecon.validation import FloatArray, finite, require
from aiecon.wang_wong.initial_value import checked
from aiecon.wang_wong.parameters import Parameters

__all__ = ["Channels", "Plan", "PlannedRest", "growth_when_spared", "planned_rest", "solve_plan"]


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
    return (p.epsilon * (p.mu * p.H_0 - p.delta) - p.r)[()] if p.shape else _spared(p)


def _spared(p: Parameters) -> float:
    return float(p.epsilon * (p.mu * p.H_0 - p.delta) - p.r)


def _alpha(omega: Any, p: Parameters) -> Any:
    """α with c(α) = ξ α ω: α₀ (ξω/(θs₀))^{ξ/(1−ξ)}."""
    return p.alpha * (p.xi * omega / (p.theta * p.s_0)) ** (p.xi / (1 - p.xi))


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
    H = float(p.delta / p.mu) if p.mu > 0 else np.inf
    require("mu", p.mu, H < p.H_0, "δ/μ < H₀", "Otherwise AI fades out.")
    ways = p.xi * p.theta * p.rho
    require(
        "params", str(p), ways > 0, "xi > 0, theta > 0 and rho > 0", "Without entry α is fixed."
    )

    def at(omega: float) -> tuple[float, float, float, float]:
        """The excess return of ω, and A, ψ, α there."""
        alpha = float(_alpha(omega, p))
        displaced = alpha * (1 - H) / H - p.sigma
        x = H + (p.b - p.xi * alpha * omega) * (1 - H) + displaced * H * p.pi_A
        psi = (
            k.productivity * p.epsilon * x + k.displacement * displaced * H * (p.pi_A - omega)
        ) / p.r
        excess = (p.r + p.sigma + alpha * (1 - p.xi) + displaced) * omega - (1 - p.b)
        excess -= displaced * p.pi_A + k.learning * p.mu * psi
        return excess, displaced / (p.rho * p.mu), psi, alpha

    lowest = p.theta * p.s_0 / p.xi  # α = α₀ there; A = 0 a little below
    grid = lowest * np.geomspace(1.0, 1e4, 400)
    values = [at(float(w))[0] for w in grid]
    roots = [i for i in range(len(grid) - 1) if values[i] < 0 <= values[i + 1]]
    hint = "Try a larger μ, or fewer channels."
    require("params", str(p), bool(roots), "a plan with a steady state", hint)
    i = roots[-1]
    omega = float(brentq(lambda w: at(w)[0], grid[i], grid[i + 1], xtol=1e-15, rtol=1e-14))
    _, A, psi, alpha = at(omega)
    return PlannedRest(A, H, omega, psi, alpha)


class _Planning(Problem):
    """ln A, H given; ln ω and ψ jump."""

    size, nodes = 4, 24
    has_border, last_regime = False, 1
    time_scale = 8.0

    def __init__(self, p: Parameters, k: Channels, A0: float, H0: float) -> None:
        self.p, self.k = p, k
        rest = planned_rest(p, k)
        self.initial = np.array([[np.log(A0)], [H0]])
        self.kinks = np.empty((0, 1))
        self.rest = np.array([np.log(rest.A), rest.H, np.log(rest.omega), rest.psi])
        J = self.field(np.zeros((1, 1, 1)), self.rest.reshape(4, 1, 1, 1), 1)[1][..., 0, 0, 0]
        self.roots = np.linalg.eigvals(J)
        stable = np.sort(self.roots.real)
        self.tail_rate = np.array([-stable[1]])

    def field(
        self, t: FloatArray, x: FloatArray, regime: int
    ) -> tuple[FloatArray, FloatArray, FloatArray | None]:
        p, k, (a, H, z, psi) = self.p, self.k, x
        omega, displaced, alpha = np.exp(z), p.rho * p.mu * np.exp(a), _alpha(np.exp(z), p)
        eta = p.xi / (1 - p.xi)
        cost = p.xi * alpha * omega
        growth = p.mu * H - p.delta
        output = H + (p.b - cost) * (1 - H) + displaced * H * p.pi_A
        income = (1 - p.b) + displaced * p.pi_A + k.learning * p.mu * psi
        discount = p.r - p.epsilon * growth
        f, f_x = np.empty(x.shape), np.zeros((4, *x.shape))
        f[0] = growth
        f[1] = alpha * (1 - H) - (p.sigma + displaced) * H
        f[2] = discount + p.sigma + alpha * (1 - p.xi) + displaced - income / omega
        loss = displaced * H * (omega - p.pi_A)
        f[3] = discount * psi - k.productivity * p.epsilon * output + k.displacement * loss
        f_x[0, 1] = p.mu
        f_x[1, 0], f_x[1, 1] = -displaced * H, -alpha - p.sigma - displaced
        f_x[1, 2] = eta * alpha * (1 - H)
        f_x[2, 0] = displaced * (1 - p.pi_A / omega)
        f_x[2, 1] = -p.epsilon * p.mu
        f_x[2, 2] = eta * alpha * (1 - p.xi) + income / omega
        f_x[2, 3] = -k.learning * p.mu / omega
        by_output = k.productivity * p.epsilon
        f_x[3, 0] = -by_output * displaced * H * p.pi_A + k.displacement * loss
        f_x[3, 1] = -p.epsilon * p.mu * psi - by_output * (1 - p.b + cost + displaced * p.pi_A)
        f_x[3, 1] += k.displacement * displaced * (omega - p.pi_A)
        f_x[3, 2] = by_output * (1 - H) * cost * (1 + eta)
        f_x[3, 2] += k.displacement * displaced * H * omega
        f_x[3, 3] = discount
        return f, f_x, None

    def terminal(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        g_x = np.zeros((2, *x.shape))
        g_x[0, 2] = g_x[1, 3] = 1.0
        return x[2:] - self.rest[2:].reshape(2, 1, 1, 1), g_x, np.zeros((2, *x.shape[1:]))

    def guesses(self) -> Iterator[Guess]:
        whole = Structure((1,), (INFINITY,), last_regime=1)
        for jump, wealth in ((0.75, 3.6), (0.6, 2.0), (0.0, 0.0), (-0.5, -0.3)):

            def path(t: FloatArray, jump: float = jump, wealth: float = wealth) -> FloatArray:
                left = np.exp(-self.tail_rate * t)
                start = self.initial[:, 0]
                return np.stack(
                    [
                        self.rest[0] + (start[0] - self.rest[0]) * left,
                        self.rest[1] + (start[1] - self.rest[1]) * left,
                        self.rest[2] + jump * left,
                        self.rest[3] * (1 + wealth * left),
                    ]
                )

            yield Guess(path, whole, np.zeros((1, 1)))


@dataclass(frozen=True, eq=False)
class Plan:
    """The planned path: functions of time in years (t ≥ 0)."""

    params: Parameters
    channels: Channels
    solution: SaddlePath

    def _x(self, t: ArrayLike) -> Any:
        return self.solution(finite("t", t))

    def capability(self, t: ArrayLike) -> Any:
        """A, A₀ at the start unless said."""
        return np.exp(self._x(t)[0])[()]

    def employment(self, t: ArrayLike) -> Any:
        """H, a share of the labour force."""
        return self._x(t)[1][()]

    def match_value(self, t: ArrayLike) -> Any:
        """ω, the shadow value of a match over its yearly output."""
        return np.exp(self._x(t)[2])[()]

    def capability_value(self, t: ArrayLike) -> Any:
        """ψ = A ω_A, the shadow value of ln A over output per worker: 1% of AI is worth ψ%."""
        return self._x(t)[3][()]

    def transfer(self, t: ArrayLike) -> Any:
        """T = μψ = μ A ω_A per year, over the output of a match: what decentralises the plan."""
        return (self.params.mu * self._x(t)[3])[()]

    def productivity(self, t: ArrayLike) -> Any:
        """y = (A/A₀)^ε, output per worker."""
        gain = self._x(t)[0] - np.log(self.params.A_0)
        return np.exp(self.params.epsilon * gain)[()]

    def job_finding(self, t: ArrayLike) -> Any:
        """α per year, from c′(α) = ω."""
        return np.asarray(_alpha(self.match_value(t), self.params))[()]

    def adoption(self, t: ArrayLike) -> Any:
        """I = 1: adoption is imposed."""
        return np.ones(np.shape(t))[()]

    @property
    def roots(self) -> NDArray[np.complex128]:
        """The eigenvalues at the point of rest, of (ln A, H, ln ω, ψ)."""
        return np.asarray(self.solution.problem.roots)  # type: ignore[attr-defined]

    @property
    def message(self) -> str:
        """How the solver ended."""
        return self.solution.message

    @property
    def error(self) -> float:
        """The largest change of ln A, H, ln ω, ψ at the last refinement of the grid."""
        return self.solution.error


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
    require("params", "arrays", p.shape == (), "numbers")
    A0 = p.A_0 if A0 is None else A0
    for name, value in (("A0", A0), ("H0", p.H_0 if H0 is None else H0)):
        require(name, value, finite(name, value) > 0, f"{name} > 0")
    start = float(p.H_0 if H0 is None else H0)
    require("H0", start, start < 1, "H0 < 1")
    return _solve(p, channels or Channels(), float(A0), start, checked("tol", tol))


@cached(128)
def _solve(p: Parameters, k: Channels, A0: float, H0: float, tol: float) -> Plan:
    problem = _Planning(p, k, A0, H0)
    stable = int((problem.roots.real < 0).sum())
    hint = f"Its roots are {problem.roots}."
    require("params", str(p), stable == 2, "a plan with two stable roots", hint)
    for kept in (problem.roots, problem.rest, problem.initial):
        kept.setflags(write=False)
    return Plan(p, k, solve(problem, tol))
