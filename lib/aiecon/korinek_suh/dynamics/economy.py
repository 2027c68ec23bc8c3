"""The parameters of one economy or of many, and where its capital goes in the long run."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath
from aiecon.numerics import compactification_rate
from aiecon.validation import FloatArray

__all__ = ["EDGE", "Destination", "Economy", "endings", "some", "tail_rate"]

EDGE = 1e-9  # a rate this close to another, relative to it, counts as equal


@dataclass(frozen=True)
class Economy:
    """Parameters, each a number or an array (B, 1, 1): one economy or B of them."""

    rho: Any
    eta: Any
    delta: Any
    sigma: Any
    A: Any

    def take(self, draws: NDArray[np.intp]) -> Economy:
        """Some of B economies."""
        return Economy(*(some(getattr(self, field.name), draws) for field in fields(self)))

    @property
    def growth(self) -> Any:
        """G, the growth rate of consumption in region 2, (15)."""
        return (self.A - self.rho - self.delta) / self.eta

    @property
    def propensity(self) -> Any:
        """m, consumption per unit of wealth in region 2."""
        return self.A - self.delta - self.growth

    @property
    def wage_wealth(self) -> Any:
        """A/(A − δ), the present value of wages per unit of labour in region 2."""
        return self.A / (self.A - self.delta)


def some(value: Any, draws: NDArray[np.intp]) -> Any:
    """The values of some draws: a number holds for all of them, an array is (B, 1, 1)."""
    return value if np.ndim(value) == 0 else np.asarray(value)[draws]


@dataclass(frozen=True)
class Destination:
    """Where optimal paths that stay in region 1 go; arrays (B, 1, 1) or numbers."""

    growth: Any  # γ, of capital and consumption
    consumption_rate: Any  # C/K
    slowest: FloatArray  # (B,): the rate r of a tail, given everything that decays on it

    @classmethod
    def of(cls, path: AutomationPath, economy: Economy) -> Destination:
        """Balanced growth if λg < (1−σ) G or λg = 0, otherwise growth at G, capital share one."""
        e, rate = economy, np.asarray(path.long_run_rate)
        grows = rate > 0
        balanced = ~grows | (rate < (1.0 - e.sigma) * e.growth)
        growth = np.where(
            grows & balanced, rate / np.where(grows & balanced, 1.0 - e.sigma, 1.0), 0.0
        )
        growth = np.where(balanced, growth, e.growth)
        R = e.rho + e.delta + e.eta * growth
        share = np.where(balanced, path.long_run_share * (R / e.A) ** (1.0 - e.sigma), 1.0)
        average = R / share
        consumption = average - e.delta - growth
        trace = consumption - average * (1.0 - share)  # of the system in (k, q)
        determinant = -consumption * R * (1.0 - share) / (e.sigma * e.eta)
        stable = 0.5 * (np.sqrt(trace**2 - 4.0 * determinant) - trace)
        scarcity = (rate - (1.0 - e.sigma) * e.growth) / e.sigma  # its share per capital's falls
        decay = np.where(balanced, stable, scarcity)
        rows = np.broadcast_arrays(balanced, decay, rate, e.growth - rate)
        slowest = [tail_rate(*row) for row in zip(*map(np.ravel, rows), strict=True)]
        return cls(growth[()], consumption[()], np.array(slowest))


def tail_rate(balanced: bool, decay: float, rate: float, lead: float) -> float:
    """The rate of the compactified time of a tail in region 1.

    ``decay`` is how fast capital approaches its long-run path and ``rate`` λg; unless growth is
    balanced the distance to region 2 grows at the rate ``lead``, and one must look far enough to
    see it.
    """
    slowest = compactification_rate(*([float(decay)] + ([float(rate)] if rate > 0 else [])))
    if not balanced and EDGE * rate < lead < slowest:
        slowest /= float(np.ceil(slowest / lead))
    return slowest


def endings(rate: float, growth: float) -> tuple[bool, ...]:
    """Whether a path along which the hazard tends to ``rate`` > 0 stays in region 1 in the end.

    It does if capital grows faster than that; at equality both answers are to be tried.
    """
    if abs(rate - growth) <= EDGE * abs(growth):
        return (True, False)
    return (rate < growth,)
