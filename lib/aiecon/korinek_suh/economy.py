"""The parameters of one economy or of many, and where its capital goes in the long run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from aiecon.korinek_suh.automation_paths import AutomationPath
from aiecon.numerics import compactification_rate
from aiecon.validation import FloatArray

__all__ = ["Economy", "LongRun"]


@dataclass(frozen=True)
class Economy:
    """Parameters, each a number or an array (B, 1, 1): one economy or B of them."""

    rho: Any
    eta: Any
    delta: Any
    sigma: Any
    A: Any

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


@dataclass(frozen=True)
class LongRun:
    """Where optimal paths that stay in region 1 go; arrays (B, 1, 1) or numbers."""

    growth: Any  # γ, of capital and consumption
    consumption_rate: Any  # C/K
    slowest: FloatArray  # (B,): the rate r of a tail, given everything that decays on it

    @classmethod
    def of(cls, path: AutomationPath, economy: Economy) -> LongRun:
        """Balanced growth if λg < (1−σ) G, otherwise growth at G with a capital share of one."""
        e, rate = economy, np.asarray(path.long_run_rate)
        balanced = rate < (1.0 - e.sigma) * e.growth
        growth = np.where(balanced, rate / np.where(balanced, 1.0 - e.sigma, 1.0), e.growth)
        R = e.rho + e.delta + e.eta * growth
        share = np.where(balanced, path.long_run_share * (R / e.A) ** (1.0 - e.sigma), 1.0)
        average = R / share
        consumption = average - e.delta - growth
        trace = consumption - average * (1.0 - share)  # of the system in (k, q)
        determinant = -consumption * R * (1.0 - share) / (e.sigma * e.eta)
        stable = 0.5 * (np.sqrt(trace**2 - 4.0 * determinant) - trace)
        scarcity = (rate - (1.0 - e.sigma) * e.growth) / e.sigma  # (labour/capital share) falls
        decays = np.broadcast_arrays(balanced, stable, scarcity, rate, e.growth - rate)
        slowest = [_tail_rate(*row) for row in zip(*map(np.ravel, decays), strict=True)]
        return cls(growth[()], consumption[()], np.array(slowest))


def _tail_rate(balanced: bool, stable: float, scarcity: float, rate: float, lead: float) -> float:
    """The rate of the compactified time: of the slowest decay, or slow enough to see the border."""
    decays = [float(stable if balanced else scarcity), *([float(rate)] if rate > 0 else [])]
    slowest = compactification_rate(*decays)
    if not balanced and 0 < lead < slowest:  # the distance to the border grows at the rate ``lead``
        slowest /= np.ceil(slowest / lead)
    return slowest
