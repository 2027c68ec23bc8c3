"""Automation paths: the share of automated tasks as time passes (section 3.1).

The automation index grows exponentially, I = I₀ exp(gt), so a distribution of complexity becomes a
path Φ(t). What a path carries exactly is the logarithm of the *unautomated* share u = 1 − Φ, which
stays accurate however close Φ comes to one, and the hazard −u̇/u, the rate at which the tasks that
are left are automated.

Every field may be a number or an array, which then broadcasts against t: many paths at once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from copy import copy
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from aiecon.validation import FloatArray, finite, require

__all__ = ["AutomationPath", "Bounded", "BusinessAsUsual", "Mixed", "automation_path"]


class AutomationPath(ABC):
    """A path Φ(t) of the share of automated tasks on [0, ∞)."""

    initial: Any  # Φ₀

    @abstractmethod
    def progress(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        """log u(t) and the hazard −u̇/u per year, from the right at a kink.

        Where every task is automated these are −∞ and 0. Not checked: t ≥ 0.
        """

    def log_unautomated(self, t: ArrayLike) -> Any:
        """log (1 − Φ(t)) for t ≥ 0, −∞ where every task is automated."""
        return self._at(t)[0][()]

    def _at(self, t: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """:meth:`progress` at checked dates; what exceeds the largest number is infinite."""
        with np.errstate(over="ignore"):
            return self.progress(_date(t))

    def hazard(self, t: ArrayLike) -> Any:
        """−d log (1 − Φ)/dt for t ≥ 0, from the right at a kink, 0 once all is automated."""
        return self._at(t)[1][()]

    @property
    @abstractmethod
    def kinks(self) -> tuple[Any, ...]:
        """The dates, in order, at which the path is not smooth."""

    @property
    @abstractmethod
    def long_run_rate(self) -> Any:
        """The limit of the hazard: λg where a tail of tasks is left, ∞ where none is."""

    @property
    @abstractmethod
    def long_run_share(self) -> Any:
        """The limit of Φ(t)."""

    def share(self, t: ArrayLike) -> Any:
        """Φ(t) for t ≥ 0; raises ValueError for t < 0."""
        return (-np.expm1(np.minimum(self._at(t)[0], 0.0)))[()]

    def unautomated(self, t: ArrayLike) -> Any:
        """1 − Φ(t) for t ≥ 0, accurate where it is tiny; raises ValueError for t < 0."""
        return np.exp(np.minimum(self._at(t)[0], 0.0))[()]

    def take(self, draws: NDArray[np.intp]) -> Self:
        """Some of B paths, whose fields are numbers that hold for all or arrays (B, …)."""
        chosen = copy(self)
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if np.ndim(value):
                object.__setattr__(chosen, field.name, np.asarray(value)[draws])
        return chosen

    def _check(self) -> None:
        """Turns the fields into finite floats (or arrays) and checks what all paths share."""
        for field in fields(self):  # type: ignore[arg-type]
            value = finite(field.name, getattr(self, field.name))
            object.__setattr__(self, field.name, float(value) if value.ndim == 0 else value)
        Phi = self.initial
        require("initial", Phi, (Phi >= 0) & (Phi < 1), "0 ≤ initial < 1")


def automation_path(name: str, value: Any) -> AutomationPath:
    """The value, if it is an automation path; otherwise a ValueError."""
    if not isinstance(value, AutomationPath):
        hint = "Such as BusinessAsUsual() or Bounded()."
        require(name, repr(value), False, "an automation path", hint)
    return value  # type: ignore[no-any-return]


def _date(t: ArrayLike) -> FloatArray:
    t = finite("t", t)
    require("t", t, t >= 0, "t ≥ 0")
    return t


def _positive(name: str, value: Any, hint: str = "") -> None:
    require(name, value, value > 0, f"{name} > 0", hint)


def _bounded_progress(t: FloatArray, horizon: Any, beta: Any) -> tuple[FloatArray, FloatArray]:
    """log (1 − t/T)^β and minus its slope β/(T − t); −∞ and 0 from T on."""
    left = horizon - t
    if left.min() > 0.0:
        return beta * np.log(left / horizon), beta / left
    before = left > 0.0
    left = np.where(before, left, 1.0)
    log_left = np.where(before, beta * np.log(left / horizon), -np.inf)
    return log_left, np.where(before, beta / left, 0.0)


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

    def __post_init__(self) -> None:
        self._check()
        require("rate", self.rate, self.rate >= 0, "rate ≥ 0")

    def progress(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        return np.log1p(-self.initial) - self.rate * t, self.rate + 0.0 * t

    @property
    def kinks(self) -> tuple[Any, ...]:
        return ()

    @property
    def long_run_rate(self) -> Any:
        return self.rate

    @property
    def long_run_share(self) -> Any:
        return np.where(np.asarray(self.rate) > 0, 1.0, self.initial)[()]


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

    def __post_init__(self) -> None:
        self._check()
        _positive("horizon", self.horizon, "For a jump to full automation take initial close to 1.")
        _positive("beta", self.beta)

    def progress(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        log_left, hazard = _bounded_progress(t, self.horizon, self.beta)
        return np.log1p(-self.initial) + log_left, hazard

    @property
    def kinks(self) -> tuple[Any, ...]:
        return (self.horizon,)

    @property
    def long_run_rate(self) -> Any:
        return np.full(np.shape(self.horizon), np.inf)[()]

    @property
    def long_run_share(self) -> Any:
        return np.ones(np.shape(self.horizon))[()]


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

    def __post_init__(self) -> None:
        self._check()
        weight = self.weight
        hint = "At 0 it is BusinessAsUsual, at 1 Bounded."
        require("weight", weight, (weight > 0) & (weight < 1), "0 < weight < 1", hint)
        _positive("horizon", self.horizon)
        _positive("beta", self.beta)
        require("rate", self.rate, self.rate >= 0, "rate ≥ 0")

    def progress(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        log_left, hazard = _bounded_progress(t, self.horizon, self.beta)
        bounded = np.log(self.weight) + log_left
        pareto = np.log1p(-self.weight) - self.rate * t
        share = expit(bounded - pareto)  # of the bounded part in u
        log_u = np.log1p(-self.initial) + np.logaddexp(bounded, pareto)
        return log_u, self.rate + share * (hazard - self.rate)

    @property
    def kinks(self) -> tuple[Any, ...]:
        return (self.horizon,)

    @property
    def long_run_rate(self) -> Any:
        return self.rate

    @property
    def long_run_share(self) -> Any:
        unautomated = (1.0 - np.asarray(self.initial)) * (1.0 - np.asarray(self.weight))
        return np.where(np.asarray(self.rate) > 0, 1.0, 1.0 - unautomated)[()]
