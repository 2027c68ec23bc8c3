"""Workers who differ in skill (section 4.4): who is displaced, and what everybody earns.

A worker of skill J can do the tasks of complexity up to J; Υ is the distribution of J, so that the
index I leaves the share Υ(I) of workers without a task that a machine cannot do. They work beside
the machines, the others do what is left. With Y = F(K, L; Φ) the technology of Lemma 1,

    Y = F(K + ΥL, (1−Υ)L; Φ),      w = F_L for the skilled,     R = F_K for the displaced.

The paper prints A for the displaced; that is F_K in region 2 only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, automation_path
from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.production import capital_stock, part, prices, with_tasks
from aiecon.validation import FloatArray, broadcast, finite, require

__all__ = [
    "ProportionalSkills",
    "SkillEquilibrium",
    "displacement_date",
    "skill_equilibrium",
    "skill_scarcity_threshold",
    "staffing_slack",
]

ROUNDING = 1e-12  # by which Υ may exceed Φ


@dataclass(frozen=True)
class ProportionalSkills(AutomationPath):
    """Skills that run out in proportion to tasks: 1 − Υ = (1 − Υ₀) [(1 − Φ)/(1 − Φ₀)]^ν.

    The displacement of workers has ν times the hazard of the automation of tasks. At ν = 0 nobody
    is displaced (the baseline model), at ν = 1 workers run out as fast as tasks. Bounded or not as
    the tasks are. ``initial`` is Υ₀, the share displaced today, at most Φ₀.

    The family is ours; the paper leaves Υ open. ValueError for other values.

    >>> from aiecon import korinek_suh as ks
    >>> skills = ProportionalSkills(ks.BusinessAsUsual(rate=0.01), nu=0.5)
    >>> skills.share([50.0, 100.0]).round(6)
    array([0.221199, 0.393469])
    """

    tasks: AutomationPath
    nu: Any = 0.5  # ν, the hazard of workers over the hazard of tasks
    initial: Any = 0.0  # Υ₀

    def __post_init__(self) -> None:
        automation_path("tasks", self.tasks)
        for name in ("nu", "initial"):
            value = finite(name, getattr(self, name))
            require(name, value, value.ndim == 0, "a single number")
            object.__setattr__(self, name, float(value))
        hint = "Above one some tasks would find too few workers."
        require("nu", self.nu, 0 <= self.nu <= 1, "0 ≤ nu ≤ 1", hint)
        first = float(self.tasks.initial)
        require("initial", self.initial, 0 <= self.initial <= first, f"0 ≤ initial ≤ {first:g}")

    def progress(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        log_rest, hazard = self.tasks.progress(t)
        if self.nu == 0:
            return np.log1p(-self.initial) + 0.0 * t, 0.0 * t
        start = np.log1p(-self.tasks.initial)
        return np.log1p(-self.initial) + self.nu * (log_rest - start), self.nu * hazard

    @property
    def kinks(self) -> tuple[Any, ...]:
        return self.tasks.kinks if self.nu > 0 else ()

    @property
    def long_run_rate(self) -> Any:
        return self.nu * self.tasks.long_run_rate if self.nu > 0 else 0.0

    @property
    def long_run_share(self) -> Any:
        rest = (1.0 - self.tasks.long_run_share) / (1.0 - self.tasks.initial)
        return 1.0 - (1.0 - self.initial) * rest**self.nu


@dataclass(frozen=True)
class SkillEquilibrium:
    """Output, prices and shares, each with the common shape of K, Φ and Υ."""

    output: Any  # Y, per year
    skilled_wage: Any  # F_L, of those who can do what machines cannot
    displaced_wage: Any  # F_K, of the others
    rental_rate: Any  # R = F_K
    region: Any  # 1: skilled labour is scarce; 2: both kinds of labour and capital earn A
    displaced: Any  # Υ, the share of workers who are displaced
    labor_share: Any  # of both kinds of labour in output
    skilled_share: Any  # of skilled labour in output

    @property
    def wage_premium(self) -> Any:
        """Skilled over displaced wage."""
        return self.skilled_wage / self.displaced_wage


def skill_equilibrium(
    K: ArrayLike,
    Phi: ArrayLike,
    Upsilon: ArrayLike,
    params: Parameters | None = None,
) -> SkillEquilibrium:
    """The static equilibrium with the share Υ of workers displaced: F(K + ΥL, (1−Υ)L; Φ).

    Skilled workers earn F_L, displaced workers and capital F_K: between them output is exhausted.
    At Υ = 0 this is :func:`~aiecon.korinek_suh.equilibrium`.

    Parameters
    ----------
    K : capital ≥ 0, a number or an array
    Phi : share of automated tasks in [0, 1]
    Upsilon : share of displaced workers in [0, Φ], the paper's assumption Υ ≤ Φ
    params : A, sigma and L are used; Table 2 if not given

    All broadcast. Raises ValueError for other values.

    Source: Korinek & Suh (2024), section 4.4.

    >>> now = skill_equilibrium(K=4.6, Phi=0.7, Upsilon=0.3)
    >>> float(now.skilled_wage.round(4)), float(now.displaced_wage.round(4))
    (1.7578, 0.1953)
    >>> paid = 0.7 * now.skilled_wage + (0.3 + 4.6) * now.displaced_wage
    >>> bool(abs(paid - now.output) < 1e-15)
    True
    """
    params = given(params)
    displaced = _share_of_workers(Upsilon)
    K_, displaced, Phi_, rest = with_tasks(Phi, K=capital_stock(K), Upsilon=displaced)
    able = 1.0 - displaced
    require("Upsilon", displaced, displaced <= Phi_ + ROUNDING, "Upsilon ≤ Phi")
    gone = able == 0  # then Φ = 1 too, and it does not matter where labour is counted
    L = params.L
    beside = np.where(gone, 0.0, displaced) * L
    with np.errstate(over="ignore"):
        machines = np.minimum(K_ + beside, np.finfo(np.float64).max)
    labor = np.where(gone, 1.0, able) * L
    Y, w, R, region, labor_share, capital_share = prices(
        machines, Phi_, rest, labor, params.A, params.sigma
    )
    skilled_share = np.where(gone, 0.0, labor_share)
    of_machines = part(beside, np.where(beside > 0, K_, 1.0))  # who stands beside them is one
    others = np.where(gone, labor_share, capital_share * of_machines)
    fields_ = (Y, w, R, R, region, displaced, skilled_share + others, skilled_share)
    return SkillEquilibrium(*(np.asarray(x)[()] for x in fields_))


def _share_of_workers(Upsilon: ArrayLike) -> FloatArray:
    displaced = finite("Upsilon", Upsilon)
    require("Upsilon", displaced, (displaced >= 0) & (displaced <= 1), "0 ≤ Upsilon ≤ 1")
    return displaced


def skill_scarcity_threshold(K: ArrayLike, Upsilon: ArrayLike, L: ArrayLike = 1.0) -> Any:
    """The share of automated tasks at which skilled labour stops being scarce: (K + ΥL)/(K + L).

    (3) with K + ΥL for capital and (1−Υ)L for labour; it exceeds the baseline's K/(K + L).
    K ≥ 0, Υ in [0, 1], L > 0, broadcast; ValueError otherwise.

    >>> skill_scarcity_threshold(1.0, [0.0, 0.5, 1.0])
    array([0.5 , 0.75, 1.  ])
    """
    L = finite("L", L)
    require("L", L, L > 0, "L > 0")
    displaced = _share_of_workers(Upsilon)
    K_, displaced, L_ = broadcast(K=capital_stock(K), Upsilon=displaced, L=L)
    return (part(K_, L_) + displaced * part(L_, K_))[()]


def staffing_slack(tasks: AutomationPath, skills: AutomationPath, t: ArrayLike) -> Any:
    """Whether every task left can be staffed equally: the smallest slack over later dates.

    With the index at its value at date t the n-th date s ≥ t compares the workers able to do the
    tasks that are still open at s with those that an equal allocation gives to them:

        slack = min over s ≥ t of [(1−Υ(s))/(1−Φ(s))] / [(1−Υ(t))/(1−Φ(t))] − 1.

    The skilled are perfect substitutes for one another just if it is not negative; if it is
    negative the most complex tasks have too few workers, whatever Υ ≤ Φ says. ``t``: increasing
    dates (T,) that also serve as the s; returns (T,). Raises ValueError unless some task is left
    at every date.

    >>> from aiecon import korinek_suh as ks
    >>> tasks, dates = ks.BusinessAsUsual(0.02), [0.0, 20.0, 40.0]
    >>> staffing_slack(tasks, ks.BusinessAsUsual(0.01, initial=0.0), dates)
    array([0., 0., 0.])
    >>> staffing_slack(tasks, ks.BusinessAsUsual(0.03, initial=0.0), dates).round(3)
    array([-0.33 , -0.181,  0.   ])
    """
    automation_path("tasks", tasks)
    automation_path("skills", skills)
    t = finite("t", t)
    require("t", t, t.ndim == 1 and bool((np.diff(t) > 0).all()), "increasing dates (T,)")
    open_tasks, able = tasks.log_unautomated(t), skills.log_unautomated(t)
    left = np.isfinite(open_tasks) & np.isfinite(able)
    require("t", t, left, "dates at which some task is left", "Take earlier dates.")
    ratio = able - open_tasks  # log of workers per task left
    later = np.minimum.accumulate(ratio[::-1])[::-1]
    return np.expm1(np.minimum(later - ratio, 0.0))


def displacement_date(skills: AutomationPath, percentile: ArrayLike) -> Any:
    """The date at which the worker at a percentile of the skill distribution is displaced.

    Υ(t) = percentile; 0 for those displaced today, ∞ for those who never are. By bisection on
    log(1 − Υ). ``percentile`` in [0, 1), a number or an array; ValueError otherwise.

    >>> from aiecon import korinek_suh as ks
    >>> displacement_date(ks.BusinessAsUsual(rate=0.01, initial=0.0), [0.0, 0.5]).round(6)
    array([ 0.      , 69.314718])
    """
    automation_path("skills", skills)
    p = finite("percentile", percentile)
    require("percentile", p, (p >= 0) & (p < 1), "0 ≤ percentile < 1")
    goal = np.log1p(-p)
    never = p >= np.asarray(skills.long_run_share)
    low, high = np.zeros_like(goal), np.ones_like(goal)
    for _ in range(200):  # until the date is between the two
        short = (skills.log_unautomated(high) > goal) & ~never
        if not short.any():
            break
        high = np.where(short, 2.0 * high, high)
    for _ in range(80):
        middle = 0.5 * (low + high)
        early = skills.log_unautomated(middle) > goal
        low, high = np.where(early, middle, low), np.where(early, high, middle)
    return np.where(never, np.inf, np.where(skills.log_unautomated(0.0 * p) <= goal, 0.0, high))[()]


def hazards_in_order(tasks: AutomationPath, skills: AutomationPath) -> bool:
    """Whether workers are never displaced faster than tasks are automated, and Υ₀ ≤ Φ₀."""
    t = np.concatenate([[0.0], np.geomspace(1e-3, 1e4, 400)])
    ends = [float(np.ravel(k)[0]) for path in (tasks, skills) for k in path.kinks]
    t = np.unique(np.concatenate([t, *[[0.5 * k, k * (1 - 1e-6), k] for k in ends]]))
    left = np.isfinite(tasks.progress(t)[0])
    fast, slow = tasks.progress(t[left])[1], skills.progress(t[left])[1]
    return bool((slow <= fast + ROUNDING * (1 + fast)).all()) and bool(
        skills.share(0.0) <= tasks.share(0.0) + ROUNDING
    )
