"""What every path of capital shares: technology on an automation path, and the regions' border."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from copy import copy
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from aiecon.korinek_suh.dynamics.automation_paths import (
    AutomationPath,
    Bounded,
    BusinessAsUsual,
    Mixed,
)
from aiecon.korinek_suh.dynamics.economy import some
from aiecon.korinek_suh.statics.marginal_products import Products, far_from_one, region_1, region_2
from aiecon.numerics import Problem
from aiecon.validation import FloatArray

__all__ = ["Technology"]

SMOOTH = (BusinessAsUsual, Bounded, Mixed)  # analytic between their kinks; others are tried


class Technology(Problem):
    """The part of a :class:`~aiecon.numerics.Problem` that comes from production.

    The first component of x is log(K/L) − γt, with γ = ``trend``.
    """

    has_border = True
    trend: Any = 0.0
    by_draw: tuple[str, ...] = ("A", "sigma", "trend")  # what may differ between draws

    def __init__(self, path: AutomationPath, initial: FloatArray, A: Any, sigma: Any) -> None:
        """``initial`` is log(K₀/L), (B,); A and sigma are numbers or (B, 1, 1)."""
        draws = len(initial)
        self.path, self.initial, self.A, self.sigma = path, initial[None], A, sigma
        self.far = far_from_one(sigma)
        self.from_nothing = bool(np.any(np.asarray(path.initial) == 0))  # log Φ is −∞ at t = 0
        self.kinks = np.empty((len(path.kinks), draws))
        for row, T in zip(self.kinks, path.kinks, strict=True):
            row[:] = np.ravel(T)
        self.tail_rate = np.ones(draws)
        if type(path) in SMOOTH:
            self.samples = 0

    @property
    def time_scale(self) -> FloatArray:  # type: ignore[override]
        """Of capital where it is plentiful, (B,) or (1,)."""
        return np.asarray(4.0 / np.ravel(self.A))

    @property
    def first_scale(self) -> FloatArray:  # type: ignore[override]
        """Where it is scarce at first it moves faster, (B,)."""
        return self.time_scale * np.minimum(1.0, np.exp(self.initial[0]))

    def take(self, draws: NDArray[np.intp]) -> Self:
        """The problem of some of the draws."""
        other = copy(self)
        other.path = self.path.take(draws)
        other.initial, other.kinks = self.initial[:, draws], self.kinks[:, draws]
        other.tail_rate = self.tail_rate[draws]
        for name in self.by_draw:
            setattr(other, name, some(getattr(self, name), draws))
        return other

    def close(self, stays: bool) -> None:
        """The path ends in region 1 and is closed at infinity, or in region 2 and by its rule."""
        self.ends_at_infinity, self.last_regime = stays, 1 if stays else 2
        runs_out = bool(np.all(np.isinf(self.path.long_run_rate)))
        self.rule_from = len(self.kinks) - 1 if runs_out else None

    def at_no_share(self) -> AbstractContextManager[object]:
        """Where log Φ = −∞ at t = 0 is no mistake."""
        return np.errstate(divide="ignore") if self.from_nothing else nullcontext()

    @property
    def in_levels(self) -> bool:
        """Whether γ is zero throughout."""
        return type(self.trend) is float and self.trend == 0.0

    def log_capital(self, t: FloatArray, detrended: FloatArray) -> FloatArray:
        """log(K/L), given log(K/L) − γt."""
        return detrended if self.in_levels else detrended + self.trend * t

    def products(self, k: FloatArray, t: FloatArray, regime: int) -> Products:
        """Y/K and R with their derivatives, by the formulas of a region; k is log(K/L)."""
        if regime == 2:
            return region_2(k, self.A)
        log_rest, hazard = self.path.progress(t)
        with self.at_no_share():
            return region_1(k, log_rest, hazard, self.A, self.sigma, self.far)

    def products_where_it_is(
        self, k: FloatArray, t: FloatArray
    ) -> tuple[Products, NDArray[np.bool_]]:
        """The same in the region in which the economy is, and whether that is region 2."""
        log_rest, hazard = self.path.progress(t)
        runs_out = log_rest == -np.inf
        log_share = np.log(-np.expm1(np.minimum(log_rest, -1e-300)))
        inside = ~runs_out & (k + np.where(runs_out, 0.0, log_rest) - log_share > 0)
        log_rest = np.where(inside, log_rest, -1.0)
        with np.errstate(divide="ignore"):  # at Φ = 0
            one = region_1(k, log_rest, np.where(inside, hazard, 0.0), self.A, self.sigma)
        two = region_2(k, self.A)
        return Products(*(np.where(inside, a, b) for a, b in zip(one, two, strict=True))), ~inside

    def border(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """log(K/L) − log(Φ/(1−Φ)), positive in region 1, (8)."""
        log_rest, hazard = self.path.progress(t)
        share = -np.expm1(log_rest)
        with self.at_no_share():  # there labour is scarce whatever K is: +∞
            b = self.log_capital(t, x[0]) + log_rest - np.log(share)
            b_t = self.trend - hazard / share
        b_x = np.zeros(x.shape)
        b_x[0] = 1.0
        return b, b_x, b_t
