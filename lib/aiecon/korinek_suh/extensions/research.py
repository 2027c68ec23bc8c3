"""Automated research (section 4.2): ideas made by capital, and growth without bound in finite time.

Output and ideas with Cobb–Douglas tasks (σ = 1), a constant saving rate s, the constant share c of
capital in output, no depreciation, one worker in each sector:

    K̇ = s A (cK)^Φ,        Ȧ = ζ A^θ ((1−c)K)^Γ.

The two equations divide to a separable one, dK/dA = (α/β) A^(1−θ) K^(Φ−Γ), whose integral holds
along the whole path (α = s c^Φ, β = ζ (1−c)^Γ):

    K^p − K₀^p = p (α/β) (A^(2−θ) − A₀^(2−θ))/(2−θ),    p = 1 + Γ − Φ.

What can be infinite in finite time is followed in another clock, log A: in it the path is smooth
for ever, and calendar time, dt/d log A = A/Ȧ, is one more function of it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise
from math import exp
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.integrate import quad, solve_ivp
from scipy.special import exprel

from aiecon.cached import cached_once
from aiecon.korinek_suh.parameters import instance
from aiecon.korinek_suh.statics.ces import exp_or_infinity
from aiecon.validation import FloatArray, broadcast, finite, number, require

__all__ = [
    "GrowthPath",
    "Ideas",
    "blow_up_bounds",
    "blow_up_excess",
    "blow_up_time",
    "growth_path",
    "growth_type",
    "log_capital_at",
]

TYPES = ("growth dies out", "exponential", "type I", "type II")
NEWTON = 7  # steps from a table of t(clock)
FAR = 700.0  # of log A: beyond lies the largest floating-point number


@dataclass(frozen=True)
class Ideas:
    """The two-equation system; the numbers are ours, the text has none.

    Arrays are many systems at once, for the functions that say so. ValueError for a value outside
    the admissible set, naming it.

    >>> Ideas(Phi=0.6, Gamma=0.3)
    Ideas(Phi=0.6, Gamma=0.3, theta=0.5, saving=0.25, split=0.9, zeta=0.1)
    """

    Phi: Any = 0.6  # Φ, share of output tasks that are automated, in [0, 1]
    Gamma: Any = 0.3  # Γ, share of ideas tasks that are automated, in [0, 1]
    theta: Any = 0.5  # θ, elasticity of new ideas with respect to old ones
    saving: Any = 0.25  # s, share of output saved, in (0, 1]
    split: Any = 0.9  # c, share of capital used in output, in (0, 1)
    zeta: Any = 0.1  # ζ > 0, productivity of research

    def __post_init__(self) -> None:
        for f in fields(self):
            value = finite(f.name, getattr(self, f.name))
            object.__setattr__(self, f.name, value if value.ndim else float(value))
        for name in ("Phi", "Gamma"):
            value = np.asarray(getattr(self, name))
            require(name, value, (value >= 0) & (value <= 1), f"0 ≤ {name} ≤ 1")
        require("theta", self.theta, abs(self.theta) <= 5, "|theta| ≤ 5")
        saving, split = np.asarray(self.saving), np.asarray(self.split)
        require("saving", saving, (saving > 0) & (saving <= 1), "0 < saving ≤ 1")
        require("split", split, (split > 0) & (split < 1), "0 < split < 1")
        require("zeta", self.zeta, self.zeta > 0, "zeta > 0")

    @property
    def alpha(self) -> Any:
        """α in K̇ = α A K^Φ."""
        return self.saving * self.split**self.Phi

    @property
    def beta(self) -> Any:
        """β in Ȧ = β A^θ K^Γ."""
        return self.zeta * (1.0 - self.split) ** self.Gamma

    @property
    def excess(self) -> Any:
        """Γ − (1−Φ)(1−θ), see :func:`blow_up_excess`."""
        return blow_up_excess(self.Phi, self.Gamma, self.theta)

    def log_growth_of_ideas(self, log_A: Any, log_K: Any) -> Any:
        """log of Ȧ/A = β A^(θ−1) K^Γ, per year."""
        return np.log(self.beta) + (self.theta - 1.0) * log_A + self.Gamma * log_K

    def growth_of_output(self, log_A: Any, log_K: Any) -> Any:
        """Ẏ/Y = Ȧ/A + Φ K̇/K, per year."""
        ideas = np.exp(np.minimum(self.log_growth_of_ideas(log_A, log_K), FAR))
        return ideas + self.Phi * self.alpha * np.exp(log_A + (self.Phi - 1.0) * log_K)


def blow_up_excess(Phi: ArrayLike, Gamma: ArrayLike, theta: ArrayLike) -> Any:
    """Γ − (1−Φ)(1−θ): growth explodes in finite time where it is positive, Proposition 11.

    The paper's ratio Γ/[(1−Φ)(1−θ)] > 1 is the same where Φ < 1 and θ < 1; the difference also
    serves where the ratio has no meaning. Φ and Γ in [0, 1]; all broadcast.
    Source: Korinek & Suh (2024), Proposition 11.

    >>> blow_up_excess(0.6, [0.1, 0.2, 0.3], 0.5).round(12)
    array([-0.1,  0. ,  0.1])
    """
    Phi, Gamma, theta = finite("Phi", Phi), finite("Gamma", Gamma), finite("theta", theta)
    Phi_, Gamma_, theta_ = broadcast(Phi=Phi, Gamma=Gamma, theta=theta)
    for name, value in (("Phi", Phi_), ("Gamma", Gamma_)):
        require(name, value, (value >= 0) & (value <= 1), f"0 ≤ {name} ≤ 1")
    return (Gamma_ - (1.0 - Phi_) * (1.0 - theta_))[()]


def growth_type(ideas: Ideas) -> str:
    """How the system grows in the end, from any start with A, K > 0.

    * ``"type II"``: infinite in finite time, where Γ > (1−Φ)(1−θ) or θ > 1;
    * ``"type I"``: the growth rate rises without bound but is finite at any time: Φ = 1, Γ = 0;
    * ``"exponential"``: at equality otherwise;
    * ``"growth dies out"``: A and K grow like powers of time, growth rates tend to zero.

    >>> [growth_type(Ideas(Phi=P, Gamma=G)) for P, G in ((0.6, 0.3), (1, 0), (0.5, 0.25), (0.5, 0))]
    ['type II', 'type I', 'exponential', 'growth dies out']
    """
    excess = float(_single(ideas).excess)
    if ideas.theta > 1 or excess > 1e-12:
        return TYPES[3]
    if excess < -1e-12:
        return TYPES[0]
    return TYPES[2] if ideas.Phi == 1 else TYPES[1]


def _single(ideas: Ideas) -> Ideas:
    instance("ideas", ideas, Ideas, "an Ideas record")
    for name, value in vars(ideas).items():
        require(name, value, np.ndim(value) == 0, "a single number", "Loop over arrays.")
    return ideas


def _start(A0: float, K0: float) -> tuple[float, float]:
    for name, value in (("A0", A0), ("K0", K0)):
        require(name, value, number(name, value) > 0, f"{name} > 0")
    return float(A0), float(K0)


def log_capital_at(ideas: Ideas, a: ArrayLike, A0: float = 0.5, K0: float = 4.6) -> Any:
    """log K where A = A₀ exp(a), a ≥ 0, by the integral of the system; finite however large a is.

    The fields of ``ideas`` may be arrays that broadcast with a.

    >>> float(log_capital_at(Ideas(Phi=1.0, Gamma=0.0, theta=1.0), 1.0).round(6))
    3.459123
    """
    p, rise = 1.0 + ideas.Gamma - ideas.Phi, 2.0 - ideas.theta
    log_ratio = np.log(ideas.alpha / ideas.beta) + rise * np.log(A0)
    # log of (exp(rise a) − 1)/rise, −∞ at a = 0
    with np.errstate(divide="ignore"):
        log_gain = np.log(a * exprel(-abs(rise) * a)) + np.maximum(rise, 0.0) * a
        whole = np.log(K0) + np.exp(np.minimum(log_ratio + log_gain, FAR))  # p = 0: Φ = 1, Γ = 0
        q = np.where(p == 0, 1.0, p)
        general = np.logaddexp(q * np.log(K0), np.log(q) + log_ratio + log_gain) / q
    return np.where(p == 0, whole, general)[()]


def blow_up_time(ideas: Ideas, A0: float = 0.5, K0: float = 4.6) -> float:
    """The date at which A and output are infinite, ∞ if there is none; by quadrature.

        t* = ∫₀^∞ da / (β A^(θ−1) K^Γ),   A = A₀ exp(a), K = K(A) from the integral of the system.

    ``A0``, ``K0`` > 0 at date 0. Source: Korinek & Suh (2024), Proposition 11.

    >>> round(blow_up_time(Ideas()), 6), blow_up_time(Ideas(Gamma=0.1))
    (103.982156, inf)
    """
    A0, K0 = _start(A0, K0)
    if growth_type(ideas) != TYPES[3]:
        return float("inf")
    log_A0 = float(np.log(A0))

    def years(a: float) -> float:
        log_K = log_capital_at(ideas, a, A0, K0)
        return exp(-min(float(ideas.log_growth_of_ideas(log_A0 + a, log_K)), FAR))

    speed = _speed(ideas)
    cuts = np.concatenate([[0.0], np.geomspace(0.5, 60.0 / min(speed, 1.0), 8)])
    pieces = [quad(years, a, b, epsabs=0, epsrel=1e-12)[0] for a, b in pairwise(cuts)]
    return float(sum(pieces) + years(cuts[-1]) / speed)


def _speed(ideas: Ideas) -> float:
    """By how much per cent Ȧ/A rises in the end for each per cent of A: m − 1 in the proof."""
    if ideas.theta >= 2 or ideas.Gamma == 0:  # then K stays finite, or does not matter
        return ideas.theta - 1.0
    p = 1.0 + ideas.Gamma - ideas.Phi
    return ideas.theta - 1.0 + ideas.Gamma * (2.0 - ideas.theta) / p


def blow_up_bounds(ideas: Ideas, A0: float = 0.5, K0: float = 4.6) -> tuple[float, float]:
    """Bounds of the blow-up date in closed form, for θ < 2; equal where B = K₀^p.

        A₀^(1−θ) / (β (m−1) M^(Γ/p)),   M the larger or the smaller of K₀^p and
        B = p (α/β) A₀^(2−θ)/(2−θ),     m − 1 = θ − 1 + Γ(2−θ)/p.

    ValueError unless the system blows up and θ < 2.

    >>> low, high = blow_up_bounds(Ideas())
    >>> low < blow_up_time(Ideas()) < high
    True
    """
    kind = growth_type(ideas)
    A0, K0 = _start(A0, K0)
    require("theta", ideas.theta, ideas.theta < 2, "theta < 2")
    require("Gamma", ideas.Gamma, kind == TYPES[3], "a path that blows up: Γ > (1−Φ)(1−θ)")
    p, rise = 1.0 + ideas.Gamma - ideas.Phi, 2.0 - ideas.theta
    log_A, log_K = np.log(A0), np.log(K0)
    log_B = np.log(p * ideas.alpha / (ideas.beta * rise)) + rise * log_A
    log_factor = (1.0 - ideas.theta) * log_A - np.log(ideas.beta * _speed(ideas))
    ends = sorted((log_B, p * log_K))
    late, early = (float(exp_or_infinity(log_factor - ideas.Gamma / p * end)) for end in ends)
    return early, late


class InTheClock:
    """A path in the clock a = log A − log A₀, up to ``_last_clock``; time is one more function."""

    _last_clock: float

    def _time(self, clock: FloatArray) -> FloatArray:
        """The date at which the clock shows this."""
        raise NotImplementedError

    def _log_growth(self, clock: FloatArray) -> FloatArray:
        """log of Ȧ/A."""
        raise NotImplementedError

    @cached_once
    def _table(self) -> tuple[FloatArray, FloatArray]:
        """The clock, and the date at which it shows that, at a few hundred points."""
        clocks = self._last_clock * np.linspace(0.0, 1.0, 800) ** 1.5
        return clocks, self._time(clocks)

    def _clock(self, t: FloatArray) -> FloatArray:
        """What the clock shows at dates t, by Newton's method."""
        clocks, dates = self._table
        a = np.interp(t, dates, clocks)
        for _ in range(NEWTON):
            a = a - (self._time(a) - t) * np.exp(np.minimum(self._log_growth(a), FAR))
            a = np.clip(a, 0.0, self._last_clock)
        return a


@dataclass(frozen=True, eq=False)
class GrowthPath(InTheClock):
    """A path of the two-equation system up to its last date."""

    ideas: Ideas
    blow_up: float  # the date of the singularity, ∞ if there is none
    last_date: float  # up to which the path can be evaluated
    log_productivity_0: float
    _dense: Any  # (log K, t) as functions of the clock log A − log A₀
    _last_clock: float

    def clock(self, t: ArrayLike) -> Any:
        """log A − log A₀ at dates t in [0, last_date]."""
        t = finite("t", t)
        require("t", t, (t >= 0) & (t <= self.last_date), f"0 ≤ t ≤ {self.last_date:.6g}")
        return self._clock(t)[()]

    def _at(self, clock: FloatArray) -> FloatArray:
        return np.asarray(self._dense(np.ravel(clock))).reshape(2, *np.shape(clock))

    def _time(self, clock: FloatArray) -> FloatArray:
        return np.asarray(self._at(clock)[1])

    def _log_growth(self, clock: FloatArray) -> FloatArray:
        log_A, log_K = clock + self.log_productivity_0, self._at(clock)[0]
        return np.asarray(self.ideas.log_growth_of_ideas(log_A, log_K))

    def log_productivity(self, t: ArrayLike) -> Any:
        """log A."""
        return self.clock(t) + self.log_productivity_0

    def log_capital(self, t: ArrayLike) -> Any:
        """log K."""
        return self._at(np.asarray(self.clock(t)))[0][()]

    def log_output(self, t: ArrayLike) -> Any:
        """log Y = log A + Φ log(cK)."""
        i = self.ideas
        return self.log_productivity(t) + i.Phi * (np.log(i.split) + self.log_capital(t))

    def log_wage(self, t: ArrayLike) -> Any:
        """log of the marginal product of labour in output, (1−Φ)Y; −∞ at Φ = 1."""
        rest = 1.0 - self.ideas.Phi
        return self.log_output(t) + (np.log(rest) if rest > 0 else -np.inf)

    def growth_of_ideas(self, t: ArrayLike) -> Any:
        """Ȧ/A, per year."""
        return np.exp(self._log_growth(np.asarray(self.clock(t))))

    def growth_of_output(self, t: ArrayLike) -> Any:
        """Ẏ/Y = Ȧ/A + Φ K̇/K, per year."""
        return self.ideas.growth_of_output(self.log_productivity(t), self.log_capital(t))


def growth_path(
    ideas: Ideas, A0: float = 0.5, K0: float = 4.6, horizon: float = 200.0
) -> GrowthPath:
    """The path of A and K, to ``horizon`` years or as near to the singularity as numbers go.

    Integrated in the clock log A by an adaptive Runge–Kutta method of order eight:

        d log K / d log A = (α/β) A^(2−θ) K^(Φ−1−Γ),     dt / d log A = A^(1−θ) K^(−Γ)/β,

    both of which stay finite; ``blow_up`` is the limit of t. It knows nothing of the integral of
    the system that :func:`blow_up_time` uses. ``A0``, ``K0``, ``horizon`` > 0.

    >>> path = growth_path(Ideas())
    >>> bool(abs(path.blow_up / blow_up_time(Ideas()) - 1) < 1e-8)
    True
    >>> path.growth_of_output([0.0, 60.0]).round(4)
    array([0.1503, 0.3638])
    """
    A0, K0 = _start(A0, K0)
    last = number("horizon", horizon)
    require("horizon", last, last > 0, "horizon > 0")
    i, log_A0 = ideas, float(np.log(A0))
    explodes = growth_type(ideas) == TYPES[3]
    speed = _speed(ideas) if explodes else 0.0
    log_ratio, log_beta = float(np.log(i.alpha / i.beta)), float(np.log(i.beta))

    def motion(a: float, x: FloatArray) -> list[float]:
        log_A = a + log_A0
        by_capital = log_ratio + (2.0 - i.theta) * log_A + (i.Phi - 1.0 - i.Gamma) * x[0]
        by_time = (1.0 - i.theta) * log_A - i.Gamma * x[0] - log_beta
        return [exp(min(by_capital, FAR)), exp(min(by_time, FAR))]

    def done(a: float, x: FloatArray) -> float:
        return float(x[1]) - last

    done.terminal = True  # type: ignore[attr-defined]
    start = [float(np.log(K0)), 0.0]
    end = 30.0 / speed if explodes else FAR
    found = solve_ivp(
        motion, (0.0, end), start, method="DOP853", rtol=1e-11, atol=1e-12,
        events=None if explodes else done, dense_output=True,
    )  # fmt: skip
    clock, reached = float(found.t[-1]), float(found.y[1, -1])
    blow_up, date = float("inf"), last if clock < end else reached
    if explodes:
        blow_up = reached + motion(end, found.y[:, -1])[1] / speed
        date = min(reached, last)
    return GrowthPath(ideas, blow_up, date, log_A0, found.sol, clock)
