"""Figure 10: ideas made by capital, CES output, automation of output tasks, optimal saving.

Output Y = A F(cK, L; Φ(t)) with the F of Lemma 1 at unit productivity, ideas Ȧ = ζ A^θ ((1−c)K)^Γ.
Households take A and Φ as given and earn r = c A F_K on a unit of capital, since the share 1−c of
it works in research, which sells nothing (who pays for research is not said in the paper):

    K̇ = Y − δK − C,        Ċ/C = (r − ρ − δ)/η.

In the clock a = log A − log A₀, with g = Ȧ/A, the path is smooth for ever:

    dk/da = (Y/K − δ − C/K)/g,   dt/da = 1/g,   dq/da = [(r − ρ − δ)/η]/g − dk/da,

k = log(K/L), q = log(C/K). If every output task is automated before the singularity, r = cA in the
end, K grows like A^γ with γ = (2−θ)/Γ, C/K → c[1 − γ/(η(1+γ))] A, and t tends to the date of the
singularity: a saddle path in the clock a, closed at infinity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike
from scipy.integrate import solve_ivp

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, automation_path
from aiecon.korinek_suh.dynamics.transition import initial_capital
from aiecon.korinek_suh.extensions.research import InTheClock
from aiecon.korinek_suh.parameters import Parameters, given, instance
from aiecon.korinek_suh.statics.marginal_products import (
    Products,
    StaticLogs,
    region_1,
    region_2,
    static_logs,
)
from aiecon.numerics import Guess, Problem, SaddlePath, SolverError, compactification_rate, solve
from aiecon.validation import FloatArray, finite, number, require

__all__ = ["FIGURE_10", "Research", "ResearchPath", "solve_research_transition"]


@dataclass(frozen=True)
class Research:
    """The ideas sector. Ours: the text has no numbers. ValueError for values outside."""

    Gamma: float = 0.7  # Γ, share of ideas tasks that are automated
    theta: float = 0.8  # θ, elasticity of new ideas with respect to old ones
    split: float = 0.9  # c, share of capital used in output
    zeta: float = 0.21  # ζ, productivity of research

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            object.__setattr__(self, name, number(name, value))
        require("Gamma", self.Gamma, 0 < self.Gamma <= 1, "0 < Gamma ≤ 1")
        require("theta", self.theta, -5 <= self.theta < 2, "−5 ≤ theta < 2")
        require("split", self.split, 0 < self.split < 1, "0 < split < 1")
        require("zeta", self.zeta, self.zeta > 0, "zeta > 0")

    @property
    def gamma(self) -> float:
        """γ = (2−θ)/Γ: K grows like A^γ towards the singularity."""
        return (2.0 - self.theta) / self.Gamma


FIGURE_10 = Research()


class ResearchGrowth(Problem):
    """The :class:`~aiecon.numerics.Problem` in the clock a; x = (k − γa, t, q − a)."""

    size = 3
    has_border = True
    ends_at_infinity = True
    last_regime = 2
    rule_from = None
    nodes = 24
    time_scale = 1.0  # of log A

    def __init__(
        self, path: AutomationPath, research: Research, K0: float, params: Parameters
    ) -> None:
        r, p = research, params
        self.path, self.research, self.params = path, r, p
        self.initial = np.array([[np.log(K0 / p.L)], [0.0]])
        self.kinks = np.empty((0, 1))
        self.log_c = float(np.log(r.split))
        self.log_g0 = float(
            np.log(r.zeta) + (r.theta - 1.0) * np.log(p.A) + r.Gamma * np.log((1 - r.split) * p.L)
        )
        self.share_consumed = r.split * (1.0 - r.gamma / (p.eta * (1.0 + r.gamma)))
        Z = p.eta * (r.gamma + 1.0) / r.split  # A/g in the end
        m = self.share_consumed
        trace = m * Z - r.Gamma * r.gamma
        determinant = -r.Gamma * m * Z * (r.gamma + 1.0)
        stable = 0.5 * (np.sqrt(trace**2 - 4.0 * determinant) - trace)
        self.tail_rate = np.array([compactification_rate(float(stable), 1.0, r.gamma)])

    def take(self, draws: Any) -> ResearchGrowth:
        return self

    def log_growth(self, a: Any, detrended: Any) -> Any:
        """log of Ȧ/A, given log(K/L) − γa."""
        r = self.research
        return self.log_g0 + (r.theta - 1.0 + r.Gamma * r.gamma) * a + r.Gamma * detrended

    def static(self, k: Any, t: Any) -> StaticLogs:
        """The static equilibrium at unit productivity, where cK makes output."""
        rest = np.asarray(self.path.log_unautomated(np.maximum(t, 0.0)))
        return static_logs(np.asarray(k + self.log_c), rest, 1.0, self.params.sigma)

    def products(self, k: FloatArray, t: FloatArray, regime: int) -> Products:
        """Output per unit of capital in it and the marginal product, at unit productivity."""
        k = k + self.log_c
        if regime == 2:
            return region_2(k, 1.0)
        t = np.maximum(t, 0.0)
        log_rest, hazard = self.path.progress(t)
        full = log_rest == -np.inf
        log_rest, hazard = np.where(full, -30.0, log_rest), np.where(full, 0.0, hazard)
        return region_1(k, log_rest, hazard, 1.0, self.params.sigma)

    def field(
        self, a: FloatArray, x: FloatArray, regime: int
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        r, p = self.research, self.params
        a = np.broadcast_to(a, x.shape[1:])
        k, t, q = x[0] + r.gamma * a, x[1], x[2] + a
        now = self.products(k, t, regime)
        slow = np.exp(-self.log_growth(a, x[0]))  # 1/g
        scale = r.split * p.A * np.exp(a)
        output, output_k, output_t, rental, rental_k, rental_t = (scale * part for part in now)
        consumption = np.exp(q)
        saving = output - p.delta - consumption
        euler = (rental - p.rho - p.delta) / p.eta
        f, f_x, f_a = np.empty(x.shape), np.zeros((3, *x.shape)), np.empty(x.shape)
        f[0] = saving * slow - r.gamma
        f[1] = slow
        f[2] = euler * slow - saving * slow - 1.0
        f_x[0, 0] = (output_k - r.Gamma * saving) * slow
        f_x[0, 1] = output_t * slow
        f_x[0, 2] = -consumption * slow
        f_x[1, 0] = -r.Gamma * slow
        f_x[2, 0] = (rental_k / p.eta - r.Gamma * euler) * slow - f_x[0, 0]
        f_x[2, 1] = (rental_t / p.eta) * slow - f_x[0, 1]
        f_x[2, 2] = consumption * slow
        slow_a = (1.0 - r.theta - r.Gamma * r.gamma) * slow  # = −slow
        f_a[0] = (output + r.gamma * output_k - consumption) * slow + saving * slow_a
        f_a[1] = slow_a
        euler_a = (rental + r.gamma * rental_k) / p.eta
        f_a[2] = euler_a * slow + euler * slow_a - f_a[0]
        return f, f_x, f_a

    def border(self, a: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """log(cK/L) − log(Φ/(1−Φ)), positive where labour is scarce."""
        gamma = self.research.gamma
        a, t = np.broadcast_to(a, x.shape[1:]), np.maximum(x[1], 0.0)
        log_rest, hazard = self.path.progress(t)
        full = log_rest == -np.inf
        log_share = np.log(-np.expm1(np.where(full, -30.0, log_rest)))
        rest = np.where(full, -np.inf, log_rest)
        with np.errstate(invalid="ignore"):
            b = np.where(np.isinf(a), -np.inf, x[0] + gamma * a + self.log_c + rest - log_share)
        b_x = np.zeros(x.shape)
        b_x[0] = 1.0
        b_x[1] = -hazard * np.exp(-log_share)
        return b, b_x, np.full(x.shape[1:], gamma)

    def terminal(self, a: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        g_x = np.zeros((1, *x.shape))
        g_x[0, 2] = 1.0
        goal = np.log(self.share_consumed * self.params.A)
        return x[2:] - goal, g_x, np.zeros((1, *x.shape[1:]))

    def continuation(self, t: FloatArray, date: FloatArray, x: FloatArray) -> FloatArray:
        raise NotImplementedError("the path is closed at infinity")

    def guesses(self) -> Iterator[Guess]:
        """Constant shares of output are consumed; the one of the long run first."""
        r, p = self.research, self.params
        end = 12.0 / float(self.tail_rate[0])
        for share in (self.share_consumed / r.split, 0.5, 0.7, 0.3):

            def motion(a: float, x: FloatArray, share: float = share) -> list[float]:
                log_g = float(self.log_growth(a, x[0] - r.gamma * a))
                log_Y = np.log(p.A) + a + float(self.static(x[0], x[1]).output) - x[0]
                saved = (1.0 - share) * np.exp(log_Y - log_g) - p.delta * np.exp(-log_g)
                return [float(saved), float(np.exp(-log_g))]

            run = solve_ivp(
                motion, (0.0, end), [self.initial[0, 0], 0.0], method="LSODA", dense_output=True,
                rtol=1e-5, atol=1e-7,
            )  # fmt: skip

            def path(a: FloatArray, run: Any = run, share: float = share) -> FloatArray:
                clock = np.minimum(a, end)
                k, t = run.sol(clock.ravel()).reshape(2, *a.shape)
                log_q = np.log(share * p.A) + self.static(k, t).output - k  # less the clock
                return np.stack([k - r.gamma * clock, t, log_q])

            yield Guess(path)


@dataclass(frozen=True, eq=False)
class ResearchPath(InTheClock):
    """An optimal path up to a singularity, as functions of time t in [0, ``blow_up``)."""

    automation: AutomationPath
    research: Research
    params: Parameters
    solution: SaddlePath

    _last_clock = 36.0  # technology e^36 times today's

    @property
    def blow_up(self) -> float:
        """The date of the singularity, years."""
        return float(self._time(np.array(self._last_clock)))

    @property
    def scarce_until(self) -> float:
        """The date from which labour is not scarce, 0 if it never is."""
        changes = self.solution.switches
        return float(self._time(np.array(changes[-1][0]))) if changes else 0.0

    def clock(self, t: ArrayLike) -> Any:
        """log A − log A₀ at dates t."""
        t = finite("t", t)
        require("t", t, (t >= 0) & (t < self.blow_up), f"0 ≤ t < {self.blow_up:.6g}")
        return self._clock(t)[()]

    def _time(self, clock: FloatArray) -> FloatArray:
        return np.asarray(self.solution(clock)[1])

    def _log_growth(self, clock: FloatArray) -> FloatArray:
        problem = cast(ResearchGrowth, self.solution.problem)
        return np.asarray(problem.log_growth(clock, self.solution(clock)[0]))

    def _state(self, t: ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray, StaticLogs]:
        """The clock, log(K/L), log(C/K) and the static equilibrium at unit productivity."""
        a = np.asarray(self.clock(t))
        x, problem = self.solution(a), cast(ResearchGrowth, self.solution.problem)
        k = x[0] + self.research.gamma * a
        return a, k, x[2] + a, problem.static(k, np.asarray(t))

    def log_productivity(self, t: ArrayLike) -> Any:
        """log A."""
        return self.clock(t) + np.log(self.params.A)

    def log_capital(self, t: ArrayLike) -> Any:
        """log K."""
        return (self._state(t)[1] + np.log(self.params.L))[()]

    def log_consumption(self, t: ArrayLike) -> Any:
        """log C."""
        _, k, q, _ = self._state(t)
        return (k + q + np.log(self.params.L))[()]

    def log_output(self, t: ArrayLike) -> Any:
        """log Y."""
        a, _, _, now = self._state(t)
        return (a + np.log(self.params.A * self.params.L) + now.output)[()]

    def log_wage(self, t: ArrayLike) -> Any:
        """log w, the marginal product of labour in output."""
        a, _, _, now = self._state(t)
        return (a + np.log(self.params.A) + now.wage)[()]

    def labor_share(self, t: ArrayLike) -> Any:
        """w L/Y, of the output sector."""
        return self._state(t)[3].labor_share[()]

    def rental_rate(self, t: ArrayLike) -> Any:
        """r = c A F_K, what a unit of capital earns its owner."""
        a, _, _, now = self._state(t)
        return (self.research.split * self.params.A * np.exp(a + now.rental))[()]

    def growth_of_ideas(self, t: ArrayLike) -> Any:
        """Ȧ/A, per year."""
        return np.exp(self._log_growth(np.asarray(self.clock(t))))[()]


def solve_research_transition(
    path: AutomationPath,
    research: Research = FIGURE_10,
    K0: float = 4.6,
    params: Parameters | None = None,
    tol: float = 1e-7,
) -> ResearchPath:
    """The path to a singularity under optimal saving, with CES output (Figure 10).

    ``path`` is that of Φ and must reach one before the singularity; ``params.A`` is A₀. Raises
    ValueError where it does not (then labour becomes the bottleneck and the closing condition is
    another one), for σ ≥ 1, or if utility is infinite, η ≤ γ/(1+γ);
    :class:`~aiecon.numerics.SolverError` if the solver fails.

    Source: Korinek & Suh (2024), section 4.2, Figure 10; the text has no parameters for it.

    >>> from aiecon import korinek_suh as ks
    >>> found = solve_research_transition(ks.Bounded(horizon=5.0, initial=0.9))
    >>> round(found.blow_up, 3), found.log_wage([0.0, 5.0, 10.0]).round(3)
    (10.48, array([-0.693,  0.098,  2.542]))
    """
    automation_path("path", path)
    instance("research", research, Research, "a Research record")
    p, K0 = given(params), initial_capital(K0)
    require("sigma", p.sigma, p.sigma < 1, "sigma < 1")
    least = research.gamma / (1.0 + research.gamma)
    require("eta", p.eta, p.eta > least, f"eta > γ/(1+γ) = {least:.6g}")
    full = [float(np.ravel(date)[0]) for date in path.kinks]
    hint = "Take a Bounded path that ends before the singularity."
    require(
        "path", path.long_run_rate, bool(np.isinf(path.long_run_rate)), "tasks that run out", hint
    )
    try:
        solution = solve(ResearchGrowth(path, research, K0, p), tol)
    except SolverError as error:
        raise SolverError(f"{error} A singularity before Φ = 1 is not covered.") from error
    found = ResearchPath(path, research, p, solution)
    allowed = f"full automation before the singularity in year {found.blow_up:.4g}"
    require("path", max(full), max(full) < found.blow_up, allowed, hint)
    return found
