"""Automation paths: the share of automated tasks as time passes (section 3.1).

The automation index grows exponentially, I = I₀ exp(gt), so a distribution of complexity becomes a
path Φ(t). What a path carries exactly is the logarithm of the *unautomated* share u = 1 − Φ, which
stays accurate however close Φ comes to one, and the hazard −u̇/u, the rate at which the tasks that
are left are automated.

Every field may be a number or an array, which then broadcasts against t: many paths at once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiecon.korinek_suh.parameters import instance, some_of
from aiecon.korinek_suh.statics.tasks import mixture, pareto, power
from aiecon.validation import FloatArray, finite, require

__all__ = ["AutomationPath", "Bounded", "BusinessAsUsual", "Mixed", "automation_path"]

#: What the fields of a path may be, and what to take instead of some of the others.
ADMISSIBLE = {
    "initial": (lambda x: (x >= 0) & (x < 1), "0 ≤ initial < 1", ""),
    "rate": (lambda x: x >= 0, "rate ≥ 0", ""),
    "horizon": (lambda x: x > 0, "horizon > 0", "For a jump take initial close to 1."),
    "beta": (lambda x: x > 0, "beta > 0", ""),
    "weight": (
        lambda x: (x > 0) & (x < 1),
        "0 < weight < 1",
        "At 0 it is BusinessAsUsual, at 1 Bounded.",
    ),
}


class AutomationPath(ABC):
    """A path Φ(t) of the share of automated tasks on [0, ∞)."""

    initial: Any  # Φ₀
    #: Whether it is analytic between its kinks, which each class says for itself; others are tried
    #: by the solver at many more dates.
    smooth: ClassVar[bool] = False

    def __post_init__(self) -> None:
        """The fields become finite floats (or arrays) and are checked."""
        for field in fields(self):  # type: ignore[arg-type]
            if field.name in ADMISSIBLE:
                value = finite(field.name, getattr(self, field.name))
                object.__setattr__(self, field.name, value if value.ndim else float(value))
                inside, allowed, hint = ADMISSIBLE[field.name]
                require(field.name, value, inside(value), allowed, hint)

    @abstractmethod
    def progress(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        """log u(t) and the hazard −u̇/u per year, from the right at a kink.

        Where every task is automated these are −∞ and 0. Not checked: t ≥ 0.
        """

    @property
    def kinks(self) -> tuple[Any, ...]:
        """The dates, in order, at which the path is not smooth."""
        return ()

    @property
    @abstractmethod
    def long_run_rate(self) -> Any:
        """The limit of the hazard: λg where a tail of tasks is left, ∞ where none is."""

    @property
    def long_run_share(self) -> Any:
        """The limit of Φ(t): one, unless nothing is automated after the last kink."""
        last = self.share(self.kinks[-1] if self.kinks else 0.0)
        return np.where(np.asarray(self.long_run_rate) > 0, 1.0, last)[()]

    def _at(self, t: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """:meth:`progress` at checked dates; what exceeds the largest number is infinite."""
        t = finite("t", t)
        require("t", t, t >= 0, "t ≥ 0")
        with np.errstate(over="ignore"):
            return self.progress(t)

    def log_unautomated(self, t: ArrayLike) -> Any:
        """log (1 − Φ(t)) for t ≥ 0, −∞ where every task is automated."""
        return self._at(t)[0][()]

    def hazard(self, t: ArrayLike) -> Any:
        """−d log (1 − Φ)/dt for t ≥ 0, from the right at a kink, 0 once all is automated."""
        return self._at(t)[1][()]

    def share(self, t: ArrayLike) -> Any:
        """Φ(t) for t ≥ 0; raises ValueError for t < 0."""
        return (-np.expm1(np.minimum(self._at(t)[0], 0.0)))[()]

    def unautomated(self, t: ArrayLike) -> Any:
        """1 − Φ(t) for t ≥ 0, accurate where it is tiny; raises ValueError for t < 0."""
        return np.exp(np.minimum(self._at(t)[0], 0.0))[()]

    def take(self, draws: NDArray[np.intp]) -> Self:
        """Some of B paths, whose fields are numbers that hold for all or arrays (B, …)."""
        return some_of(self, draws)


def automation_path(name: str, value: Any) -> AutomationPath:
    """The value, if it is an automation path; otherwise a ValueError."""
    hint = "Such as BusinessAsUsual() or Bounded()."
    return instance(name, value, AutomationPath, "an automation path", hint)  # type: ignore[type-abstract]


@dataclass(frozen=True)
class BusinessAsUsual(AutomationPath):
    """Unbounded (Pareto) complexity: 1 − Φ(t) = (1 − Φ₀) exp(−λg t).

    ``rate`` λg ≥ 0 per year, ``initial`` Φ₀ in [0, 1); ValueError otherwise.
    Source: Korinek & Suh (2024), section 3.1.

    >>> path = BusinessAsUsual(rate=0.01, initial=0.608)
    >>> path.unautomated([0.0, 100.0]).round(6)
    array([0.392   , 0.144209])
    """

    rate: Any = 0.01  # λg, per year
    initial: Any = 0.608  # Φ₀
    smooth: ClassVar[bool] = True

    def progress(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        log_left, hazard = pareto(t, self.rate)
        return np.log1p(-self.initial) + log_left, hazard

    @property
    def long_run_rate(self) -> Any:
        return self.rate


@dataclass(frozen=True)
class Bounded(AutomationPath):
    """Bounded complexity: 1 − Φ(t) = (1 − Φ₀)(1 − t/T)^β before T, 0 from T on.

    ``horizon`` T > 0 in years (20: the baseline AGI scenario, 5: the aggressive one), ``beta`` > 0
    (1 in the paper), ``initial`` Φ₀ in [0, 1); ValueError otherwise.
    Source: Korinek & Suh (2024), section 3.1.

    >>> path = Bounded(horizon=20)
    >>> path.unautomated([0.0, 10.0, 20.0, 30.0])
    array([0.392, 0.196, 0.   , 0.   ])
    """

    horizon: Any = 20.0  # T, years until every task is automated
    beta: Any = 1.0  # β of the power distribution
    initial: Any = 0.608  # Φ₀
    smooth: ClassVar[bool] = True

    def progress(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        log_left, hazard = power(t, self.horizon, self.beta)
        return np.log1p(-self.initial) + log_left, hazard

    @property
    def kinks(self) -> tuple[Any, ...]:
        return (self.horizon,)

    @property
    def long_run_rate(self) -> Any:
        return np.full(np.shape(self.horizon), np.inf)[()]


@dataclass(frozen=True)
class Mixed(AutomationPath):
    """A bout of automation: Φ = ω·bounded + (1 − ω)·Pareto, so with the common Φ₀

        1 − Φ(t) = (1 − Φ₀) [ω (1 − t/T)^β + (1 − ω) exp(−λg t)],   the first term 0 from T on.

    ``weight`` ω in (0, 1); the other fields as in :class:`Bounded` and :class:`BusinessAsUsual`,
    which are the cases ω = 1 and ω = 0. The paper's text has no ω. ValueError for other values.
    Source: Korinek & Suh (2024), section 3.1.

    >>> path = Mixed(weight=0.9)
    >>> path.unautomated([0.0, 5.0]).round(6)
    array([0.392   , 0.037288])
    """

    weight: Any  # ω, the weight of the bounded part
    horizon: Any = 5.0  # T, years until the bounded part is automated
    rate: Any = 0.01  # λg, per year, of the unbounded part
    beta: Any = 1.0  # β of the bounded part
    initial: Any = 0.608  # Φ₀
    smooth: ClassVar[bool] = True

    def progress(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        bulk, tail = power(t, self.horizon, self.beta), pareto(t, self.rate)
        log_left, hazard = mixture(self.weight, bulk, tail)
        return np.log1p(-self.initial) + log_left, hazard

    @property
    def kinks(self) -> tuple[Any, ...]:
        return (self.horizon,)

    @property
    def long_run_rate(self) -> Any:
        return self.rate
