"""Tasks: their inputs before and after automation, and how complex they are (sections 2.1 to 3.1).

The complexity of a task is i ≥ 1, and log i the distance that exponential progress I = I₀ exp(gt)
covers at a constant speed. A distribution Φ(i) says which share of the tasks is at most as complex
as i; a task is automated once i lies below the automation index I.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize.elementwise import find_root

from aiecon.korinek_suh.parameters import Parameters, given, instance
from aiecon.korinek_suh.statics.ces import exp_or_infinity, log_input_ratio, over
from aiecon.korinek_suh.statics.production import capital_stock, with_tasks
from aiecon.validation import FloatArray, finite, require

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


def task_inputs(
    K: ArrayLike,
    Phi: ArrayLike,
    params: Parameters | None = None,
    *,
    unautomated: ArrayLike | None = None,
) -> TaskInputs:
    """The inputs per task, k and ℓ of Lemma 1 and Figure 3.

    Region 1: k = K/Φ units of capital in each automated task, ℓ = L/(1−Φ) < k units of labour in
    each other one. Region 2: every task takes K+L units; of an automated task's units only the sum
    over capital and labour is determined, and in total L − (1−Φ)(K+L) units of labour work there.
    At Φ = 0 < K no task takes capital: ``automated`` is infinite.

    K, Φ, params, unautomated as in :func:`~aiecon.korinek_suh.equilibrium`; ValueError likewise.
    Source: Korinek & Suh (2024), proof of Lemma 1.

    >>> task_inputs(K=3.0, Phi=[0.5, 0.75, 0.8], params=Parameters(L=1.0))
    TaskInputs(automated=array([6., 4., 4.]), unautomated=array([2., 4., 4.]),
               labor_in_automated=array([0. , 0. , 0.2]))
    """
    params = given(params)
    K_, Phi_, rest = with_tasks(Phi, unautomated, K=capital_stock(K))
    scarce = log_input_ratio(K_, params.L, Phi_, rest) > 0
    with np.errstate(over="ignore"):
        total = K_ + params.L
    some = np.where(Phi_ > 0, Phi_, 1.0)
    k = np.where(Phi_ > 0, over(K_, some), np.inf)
    moved = np.maximum(Phi_ * params.L - rest * K_, 0.0)  # L − (1−Φ)(K+L)
    return TaskInputs(
        automated=np.where(scarce, k, total)[()],
        unautomated=np.where(scarce, over(params.L, np.where(scarce, rest, 1.0)), total)[()],
        labor_in_automated=np.where(scarce, 0.0, moved)[()],
    )


class TaskDistribution(Protocol):
    """What every distribution of complexity offers: functions of i ≥ 0, of any shape."""

    def cdf(self, i: ArrayLike) -> Any:
        """Φ(i), the share of tasks of complexity i or less."""

    def survival(self, i: ArrayLike) -> Any:
        """1 − Φ(i), accurate where Φ(i) is close to one."""

    def density(self, i: ArrayLike) -> Any:
        """φ(i), the derivative of Φ, from the right where it jumps."""

    def log_density(self, i: ArrayLike) -> Any:
        """i φ(i), the density of log i: the share of tasks automated per unit of log I."""

    def quantile(self, p: ArrayLike) -> Any:
        """The complexity i with Φ(i) = p."""


def _log_complexity(i: ArrayLike) -> FloatArray:
    """log i, zero below i = 1, where there are no tasks."""
    i = finite("i", i)
    require("i", i, i >= 0, "i ≥ 0")
    return np.log(np.maximum(i, 1.0))


def _single(name: str, value: Any) -> float:
    number = finite(name, value)
    require(name, number, number.ndim == 0, "a single number")
    return float(number)


def _probability(p: ArrayLike) -> FloatArray:
    p = finite("p", p)
    require("p", p, (p >= 0) & (p <= 1), "0 ≤ p ≤ 1")
    return p


class _OfLog:
    """The functions of i, from those of z = log i ≥ 0 that a subclass defines."""

    def _survival(self, z: FloatArray) -> FloatArray:
        raise NotImplementedError

    def _cdf(self, z: FloatArray) -> FloatArray:
        raise NotImplementedError

    def _density(self, z: FloatArray) -> FloatArray:
        raise NotImplementedError

    def cdf(self, i: ArrayLike) -> Any:
        return self._cdf(_log_complexity(i))[()]

    def survival(self, i: ArrayLike) -> Any:
        return self._survival(_log_complexity(i))[()]

    def log_density(self, i: ArrayLike) -> Any:
        z = _log_complexity(i)
        return np.where(np.asarray(i) >= 1, self._density(z), 0.0)[()]

    def density(self, i: ArrayLike) -> Any:
        return (self.log_density(i) / np.maximum(np.asarray(i, dtype=float), 1.0))[()]


@dataclass(frozen=True)
class ParetoTasks(_OfLog):
    """Unbounded complexity: Φ(i) = 1 − exp(−λ log i), a Pareto distribution, log i exponential.

    Whatever the automation index, some tasks lie beyond it. Raises ValueError unless decay > 0.
    Source: Korinek & Suh (2024), section 3.1, business as usual.

    >>> tasks = ParetoTasks(decay=0.5)
    >>> float(tasks.cdf(4.0)), float(tasks.quantile(0.5))
    (0.5, 4.0)
    """

    decay: float = 1.0  # λ, the share of the remaining tasks lost per unit of log i

    def __post_init__(self) -> None:
        object.__setattr__(self, "decay", _single("decay", self.decay))
        require("decay", self.decay, self.decay > 0, "decay > 0")

    def _survival(self, z: FloatArray) -> FloatArray:
        return np.exp(-self.decay * z)

    def _cdf(self, z: FloatArray) -> FloatArray:
        return -np.expm1(-self.decay * z)

    def _density(self, z: FloatArray) -> FloatArray:
        return self.decay * np.exp(-self.decay * z)

    def _log_quantile(self, p: FloatArray) -> FloatArray:
        return np.where(p < 1, -np.log1p(-np.where(p < 1, p, 0.0)) / self.decay, np.inf)

    def quantile(self, p: ArrayLike) -> Any:
        return exp_or_infinity(self._log_quantile(_probability(p)))[()]


@dataclass(frozen=True)
class BoundedTasks(_OfLog):
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
            value = _single(name, getattr(self, name))
            require(name, value, value > 0, f"{name} > 0")
            object.__setattr__(self, name, value)

    def _survival(self, z: FloatArray) -> FloatArray:
        return (np.maximum(self.log_max - z, 0.0) / self.log_max) ** self.beta

    def _cdf(self, z: FloatArray) -> FloatArray:
        inside = z < self.log_max
        z = np.where(inside, z, 0.0)
        # log(1 − z/log_max), accurate at both ends
        near = np.log1p(-np.minimum(z, 0.5 * self.log_max) / self.log_max)
        left = np.where(z < 0.5 * self.log_max, near, np.log((self.log_max - z) / self.log_max))
        return np.where(inside, -np.expm1(self.beta * left), 1.0)

    def _density(self, z: FloatArray) -> FloatArray:
        inside = z < self.log_max
        left = np.where(inside, self.log_max - z, self.log_max) / self.log_max
        log_density = np.log(self.beta) - np.log(self.log_max) + (self.beta - 1) * np.log(left)
        return np.where(inside, exp_or_infinity(log_density), 0.0)

    def _log_quantile(self, p: FloatArray) -> FloatArray:
        left = np.log1p(-np.where(p < 1, p, 0.0)) / self.beta
        return self.log_max * np.where(p < 1, -np.expm1(left), 1.0)

    def quantile(self, p: ArrayLike) -> Any:
        return exp_or_infinity(self._log_quantile(_probability(p)))[()]


@dataclass(frozen=True)
class MixedTasks(_OfLog):
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
        weight = _single("weight", self.weight)
        require("weight", weight, 0 <= weight <= 1, "0 ≤ weight ≤ 1")
        object.__setattr__(self, "weight", weight)
        for name, kind in (("bounded", BoundedTasks), ("pareto", ParetoTasks)):
            instance(name, getattr(self, name), kind, f"a {kind.__name__}")

    def _mix(self, bounded: FloatArray, pareto: FloatArray) -> FloatArray:
        return self.weight * bounded + (1 - self.weight) * pareto

    def _survival(self, z: FloatArray) -> FloatArray:
        return self._mix(self.bounded._survival(z), self.pareto._survival(z))

    def _cdf(self, z: FloatArray) -> FloatArray:
        return self._mix(self.bounded._cdf(z), self.pareto._cdf(z))

    def _density(self, z: FloatArray) -> FloatArray:
        return self._mix(self.bounded._density(z), self.pareto._density(z))

    def quantile(self, p: ArrayLike) -> Any:
        p = _probability(p)
        if self.weight == 1:
            return self.bounded.quantile(p)
        if self.weight == 0:
            return self.pareto.quantile(p)
        inside = (p > 0) & (p < 1)
        p_ = np.where(inside, p, 0.5)
        ends = self.bounded._log_quantile(p_), self.pareto._log_quantile(p_)
        low, high = np.minimum(*ends), np.maximum(*ends)

        def excess(z: FloatArray, p: FloatArray) -> FloatArray:
            return np.where(p < 0.5, self._cdf(z) - p, (1 - p) - self._survival(z))

        with np.errstate(over="ignore"):
            ends = low * (1 - 1e-12), high * (1 + 1e-12) + 1e-300
            root = find_root(excess, ends, args=(p_,))
        return np.where(inside, exp_or_infinity(root.x), np.where(p == 0, 1.0, np.inf))[()]
