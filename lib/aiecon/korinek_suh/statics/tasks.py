"""Tasks: their inputs before and after automation, and how complex they are (sections 2.1 to 3.1).

The complexity of a task is i ≥ 1, and log i the distance that exponential progress I = I₀ exp(gt)
covers at a constant speed. A distribution Φ(i) says which share of the tasks is at most as complex
as i; a task is automated once i lies below the automation index I.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize.elementwise import find_root
from scipy.special import expit

from aiecon.korinek_suh.parameters import Parameters, given, instance
from aiecon.korinek_suh.statics.ces import exp_or_infinity, log_input_ratio
from aiecon.korinek_suh.statics.production import capital_stock, with_tasks
from aiecon.validation import FloatArray, finite, number, require

__all__ = [
    "BoundedTasks",
    "MixedTasks",
    "ParetoTasks",
    "TaskDistribution",
    "TaskInputs",
    "task_inputs",
]


@dataclass(frozen=True)
class TaskInputs:
    """What each task takes, with the common shape of K and Φ."""

    automated: Any  # units of capital and labour together in each automated task
    unautomated: Any  # units of labour in each other task
    labor_in_automated: Any  # total labour employed in automated tasks: 0 in region 1


@np.errstate(over="ignore")  # what exceeds the largest number is infinite
def task_inputs(K: ArrayLike, Phi: ArrayLike, params: Parameters | None = None) -> TaskInputs:
    """The inputs per task, k and ℓ of Lemma 1 and Figure 3.

    Region 1: k = K/Φ units of capital in each automated task, ℓ = L/(1−Φ) < k units of labour in
    each other one. Region 2: every task takes K+L units; of an automated task's units only the sum
    over capital and labour is determined, and in total L − (1−Φ)(K+L) units of labour work there.
    At Φ = 0 < K no task takes capital: ``automated`` is infinite.

    K, Φ and params as in :func:`~aiecon.korinek_suh.equilibrium`; ValueError likewise.
    Source: Korinek & Suh (2024), proof of Lemma 1.

    >>> task_inputs(K=3.0, Phi=[0.5, 0.75, 0.8], params=Parameters(L=1.0))
    TaskInputs(automated=array([6., 4., 4.]), unautomated=array([2., 4., 4.]),
               labor_in_automated=array([0. , 0. , 0.2]))
    """
    params = given(params)
    K_, Phi_, rest = with_tasks(Phi, K=capital_stock(K))
    scarce = log_input_ratio(K_, params.L, Phi_, rest) > 0
    total = K_ + params.L
    some = np.where(Phi_ > 0, Phi_, 1.0)
    k = np.where(Phi_ > 0, K_ / some, np.inf)
    moved = np.maximum(Phi_ * params.L - rest * K_, 0.0)  # L − (1−Φ)(K+L)
    return TaskInputs(
        automated=np.where(scarce, k, total)[()],
        unautomated=np.where(scarce, params.L / np.where(scarce, rest, 1.0), total)[()],
        labor_in_automated=np.where(scarce, 0.0, moved)[()],
    )


# How many tasks are left beyond z = log i, and the hazard at which they are lost as z grows. An
# automation path is the same with time for z.


def pareto(z: FloatArray, decay: Any) -> tuple[FloatArray, FloatArray]:
    """log exp(−λz) and minus its slope."""
    return -decay * z, decay + 0.0 * z


def power(z: FloatArray, last: Any, beta: Any) -> tuple[FloatArray, FloatArray]:
    """log (1 − z/z_max)^β and minus its slope β/(z_max − z); −∞ and 0 from z_max on."""
    left = last - z
    if left.size and left.min() > 0.0:
        return beta * np.log(left / last), beta / left
    before = left > 0.0
    left = np.where(before, left, 1.0)
    log_left = np.where(before, beta * np.log(left / last), -np.inf)
    return log_left, np.where(before, beta / left, 0.0)


def mixture(
    weight: Any, bulk: tuple[FloatArray, FloatArray], tail: tuple[FloatArray, FloatArray]
) -> tuple[FloatArray, FloatArray]:
    """log of ω times what is left of the bulk and 1 − ω times what is left of the tail."""
    log_bulk, log_tail = np.log(weight) + bulk[0], np.log1p(-weight) + tail[0]
    share = expit(log_bulk - log_tail)  # of the bulk in what is left
    return np.logaddexp(log_bulk, log_tail), tail[1] + share * (bulk[1] - tail[1])


def _log_complexity(i: ArrayLike) -> FloatArray:
    """log i, zero below i = 1, where there are no tasks."""
    i = finite("i", i)
    require("i", i, i >= 0, "i ≥ 0")
    return np.log(np.maximum(i, 1.0))


class TaskDistribution(ABC):
    """A distribution of complexity: functions of i ≥ 0, of any shape."""

    @abstractmethod
    def left(self, z: FloatArray) -> tuple[FloatArray, FloatArray]:
        """log(1 − Φ) and the hazard of log i at z = log i ≥ 0; not checked."""

    @abstractmethod
    def log_quantile(self, p: FloatArray) -> FloatArray:
        """log i with Φ(i) = p; not checked."""

    def lost(self, z: FloatArray) -> FloatArray:
        """Φ, accurate where it is close to zero; not checked."""
        return -np.expm1(self.left(z)[0])

    def _at(self, i: ArrayLike) -> tuple[FloatArray, FloatArray]:
        with np.errstate(over="ignore"):
            return self.left(_log_complexity(i))

    def cdf(self, i: ArrayLike) -> Any:
        """Φ(i), the share of tasks of complexity i or less."""
        return self.lost(_log_complexity(i))[()]

    def survival(self, i: ArrayLike) -> Any:
        """1 − Φ(i), accurate where Φ(i) is close to one."""
        return np.exp(self._at(i)[0])[()]

    def log_density(self, i: ArrayLike) -> Any:
        """i φ(i), the density of log i: the share of tasks automated per unit of log I."""
        log_left, hazard = self._at(i)
        some = (np.exp(log_left) > 0) & (np.asarray(i) >= 1)
        return np.where(some, np.exp(log_left) * np.where(some, hazard, 0.0), 0.0)[()]

    def density(self, i: ArrayLike) -> Any:
        """φ(i), the derivative of Φ, from the right where it jumps."""
        return (self.log_density(i) / np.maximum(np.asarray(i, dtype=float), 1.0))[()]

    def quantile(self, p: ArrayLike) -> Any:
        """The complexity i with Φ(i) = p."""
        p = finite("p", p)
        require("p", p, (p >= 0) & (p <= 1), "0 ≤ p ≤ 1")
        return exp_or_infinity(self.log_quantile(p))[()]


@dataclass(frozen=True)
class ParetoTasks(TaskDistribution):
    """Unbounded complexity: Φ(i) = 1 − exp(−λ log i), a Pareto distribution, log i exponential.

    Whatever the automation index, some tasks lie beyond it. Raises ValueError unless decay > 0.
    Source: Korinek & Suh (2024), section 3.1, business as usual.

    >>> tasks = ParetoTasks(decay=0.5)
    >>> float(tasks.cdf(4.0)), float(tasks.quantile(0.5))
    (0.5, 4.0)
    """

    decay: float = 1.0  # λ, the share of the remaining tasks lost per unit of log i

    def __post_init__(self) -> None:
        object.__setattr__(self, "decay", number("decay", self.decay))
        require("decay", self.decay, self.decay > 0, "decay > 0")

    def left(self, z: FloatArray) -> tuple[FloatArray, FloatArray]:
        return pareto(z, self.decay)

    def log_quantile(self, p: FloatArray) -> FloatArray:
        return np.where(p < 1, -np.log1p(-np.where(p < 1, p, 0.0)) / self.decay, np.inf)


@dataclass(frozen=True)
class BoundedTasks(TaskDistribution):
    """Bounded complexity: Φ(i) = 1 − (1 − log i/log I_max)^β up to I_max, 1 from there on.

    At β = 1 log i is uniform: steady progress automates the same number of tasks each year until
    none is left. Raises ValueError unless log_max > 0 and beta > 0.
    Source: Korinek & Suh (2024), section 3.1, baseline and aggressive scenarios.

    >>> tasks = BoundedTasks(log_max=2.0)
    >>> tasks.cdf(np.exp([0.5, 2.0, 3.0]))
    array([0.25, 1.  , 1.  ])
    """

    log_max: float = 1.0  # log I_max, the complexity of the most complex task
    beta: float = 1.0  # β: above one few tasks are that complex, below one many are

    def __post_init__(self) -> None:
        for name in ("log_max", "beta"):
            value = number(name, getattr(self, name))
            require(name, value, value > 0, f"{name} > 0")
            object.__setattr__(self, name, value)

    def left(self, z: FloatArray) -> tuple[FloatArray, FloatArray]:
        return power(z, self.log_max, self.beta)

    def lost(self, z: FloatArray) -> FloatArray:
        near = -np.expm1(self.beta * np.log1p(-np.minimum(z / self.log_max, 0.5)))
        return np.where(z < 0.5 * self.log_max, near, super().lost(z))

    def log_quantile(self, p: FloatArray) -> FloatArray:
        left = np.log1p(-np.where(p < 1, p, 0.0)) / self.beta
        return self.log_max * np.where(p < 1, -np.expm1(left), 1.0)


@dataclass(frozen=True)
class MixedTasks(TaskDistribution):
    """A bounded bulk of tasks and an unbounded tail: Φ = ω Φ_bounded + (1−ω) Φ_Pareto.

    Raises ValueError unless 0 ≤ weight ≤ 1 and the parts are of these two kinds.
    Source: Korinek & Suh (2024), section 3.1, bout of automation (the text has no ω).

    >>> tasks = MixedTasks(0.5, BoundedTasks(log_max=1.0), ParetoTasks(decay=1.0))
    >>> float(tasks.cdf(tasks.quantile(0.9)).round(12))
    0.9
    """

    weight: float  # ω, the share of tasks that are bounded
    bounded: BoundedTasks = BoundedTasks()
    pareto: ParetoTasks = ParetoTasks()

    def __post_init__(self) -> None:
        weight = number("weight", self.weight)
        require("weight", weight, 0 <= weight <= 1, "0 ≤ weight ≤ 1")
        object.__setattr__(self, "weight", weight)
        for name, kind in (("bounded", BoundedTasks), ("pareto", ParetoTasks)):
            instance(name, getattr(self, name), kind, f"a {kind.__name__}")

    @property
    def _alone(self) -> TaskDistribution | None:
        """The one part that there is at ω = 0 or 1."""
        return {0.0: self.pareto, 1.0: self.bounded}.get(self.weight)

    def left(self, z: FloatArray) -> tuple[FloatArray, FloatArray]:
        if self._alone:
            return self._alone.left(z)
        return mixture(self.weight, self.bounded.left(z), self.pareto.left(z))

    def lost(self, z: FloatArray) -> FloatArray:
        return self.weight * self.bounded.lost(z) + (1 - self.weight) * self.pareto.lost(z)

    def log_quantile(self, p: FloatArray) -> FloatArray:
        if self._alone:
            return self._alone.log_quantile(p)
        inside = (p > 0) & (p < 1)
        p_ = np.where(inside, p, 0.5)
        ends = self.bounded.log_quantile(p_), self.pareto.log_quantile(p_)
        low, high = np.minimum(*ends), np.maximum(*ends)

        def excess(z: FloatArray, p: FloatArray) -> FloatArray:
            return np.where(p < 0.5, self.lost(z) - p, (1 - p) - np.exp(self.left(z)[0]))

        with np.errstate(over="ignore"):
            ends = low * (1 - 1e-12), high * (1 + 1e-12) + 1e-300
            root = find_root(excess, ends, args=(p_,))
        return np.where(inside, root.x, np.where(p == 0, 0.0, np.inf))
