"""Growth with a tax on capital income, for any split of labour between savers and others.

Savers own all capital K, supply the share ν of labour and get that share of the transfer; the
others consume what they get. With a tax τ(t) on (R − δ)K that is paid out as a lump sum,

    T  = τ (R − δ) K,
    K̇  = (1−τ)(R − δ) K + ν (w L + T) − C,             C: what the savers consume,
    Ċ/C = [(1−τ)(R − δ) − ρ]/η,                          from λ = C^(−η), λ̇/λ = ρ − (1−τ)(R − δ),

so that the household of Korinek & Suh is ν = 1, and owners beside hand-to-mouth workers are ν = 0.
Per unit of capital that is their problem with other returns,

    average: δ + [1 − τ(1−ν)](R − δ) + ν (Y/K − R),      marginal: δ + (1−τ)(R − δ).

Where labour stays plentiful for ever, R = w = A, consumption is what wealth yields:

    G = [(1−τ)(A − δ) − ρ]/η,  r = [1 − τ(1−ν)](A − δ),  C = (r − G)(K + ν A L/r).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath
from aiecon.korinek_suh.dynamics.economy import EDGE, Economy, some, tail_rate
from aiecon.korinek_suh.dynamics.optimal_growth import OptimalGrowth
from aiecon.korinek_suh.dynamics.technology import Technology
from aiecon.korinek_suh.statics.marginal_products import Products
from aiecon.validation import FloatArray, finite, require

__all__ = ["TaxSchedule", "TaxedGrowth", "schedule"]


@dataclass(frozen=True)
class TaxSchedule:
    """A tax that is known from t = 0 on: ``rates[i]`` from ``dates[i−1]`` until ``dates[i]``.

    One rate more than dates; 0 ≤ rate < 1; dates > 0 in years, increasing. ValueError otherwise.

    >>> levy = TaxSchedule(rates=(0.0, 0.5, 0.0), dates=(5.0, 10.0))
    >>> levy.at([0.0, 5.0, 9.9, 10.0])
    array([0. , 0.5, 0.5, 0. ])
    """

    rates: tuple[Any, ...]  # τ, each a number (or (B, 1, 1) for many draws)
    dates: tuple[float, ...] = ()  # years

    def __post_init__(self) -> None:
        for name in ("rates", "dates"):
            value = getattr(self, name)
            some_ = isinstance(value, tuple | list)
            require(name, repr(value), some_, "a tuple of numbers", "Such as rates=(0.0, 0.5).")
            label = "capital_tax" if name == "rates" else name
            object.__setattr__(self, name, tuple(finite(label, x)[()] for x in value))
        count = len(self.dates) + 1
        require("rates", str(self.rates), len(self.rates) == count, "one rate more than dates")
        hint = "At 1 and above nobody saves; a subsidy would be a negative transfer."
        for rate in self.rates:
            require("capital_tax", rate, (rate >= 0) & (rate < 1), "0 ≤ capital_tax < 1", hint)
        steps = np.diff([0.0, *(float(date) for date in self.dates)])
        require("dates", str(self.dates), bool((steps > 0).all()), "increasing dates > 0")

    def at(self, t: ArrayLike) -> Any:
        """τ(t), from the right at a date."""
        rate = self.rates[0]
        for date, later in zip(self.dates, self.rates[1:], strict=True):
            rate = np.where(np.asarray(t) >= date, later, rate)
        return rate + 0.0 * np.asarray(t)

    def take(self, draws: NDArray[np.intp]) -> TaxSchedule:
        """The schedule of some of B draws."""
        return TaxSchedule(tuple(some(rate, draws) for rate in self.rates), self.dates)


def schedule(capital_tax: Any) -> TaxSchedule:
    """The schedule that a caller gave, or one rate for ever."""
    if isinstance(capital_tax, TaxSchedule):
        return capital_tax
    return TaxSchedule((capital_tax,))


class TaxedGrowth(OptimalGrowth):
    """The :class:`~aiecon.numerics.Problem` of B economies that end in the same way."""

    def __init__(
        self,
        path: AutomationPath,
        initial: FloatArray,
        economy: Economy,
        stays: bool,
        tax: TaxSchedule,
        labor: float,
    ) -> None:
        """``initial`` is log(K₀/L), (B,); ``labor`` is ν."""
        Technology.__init__(self, path, initial, economy.A, economy.sigma)
        self.economy, self.tax, self.labor = economy, tax, labor
        dates = [date for date in tax.dates if not np.isin(date, self.kinks).any()]
        if dates:
            rows = np.array(dates)[:, None] + np.zeros((1, len(initial)))
            self.kinks = np.sort(np.concatenate([self.kinks, rows]), axis=0)
        self.close(stays)
        self.G, self.m, self.wages = self.ahead(np.full((1, 1, 1), np.inf))[:3]
        self.consumption_rate: Any = self.m
        if stays:
            self._settle(path)
        elif self.rule_from is None:
            self.trend = self.G
            lead = np.asarray(path.long_run_rate) - self.G
            lead = np.where(lead > EDGE * self.G, np.minimum(self.G, lead), self.G)
            self.tail_rate = 0.25 * np.ravel(lead) * self.tail_rate

    def _settle(self, path: AutomationPath) -> None:
        """Growth γ and C/K in the long run of a path that ends in region 1, and how fast it does.

        (1−τ)(R − δ) = ρ + ηγ with γ = λg/(1−σ) if that is below G, else γ = G and R → A.
        """
        e, rate = self.economy, np.asarray(path.long_run_rate)
        kept = 1.0 - self.tax.rates[-1]
        edge = (1.0 - e.sigma) * self.G
        balanced = (rate <= 0) | (rate < edge)
        grows = balanced & (rate > 0)
        growth = np.where(grows, rate / np.where(grows, 1.0 - e.sigma, 1.0), 0.0)
        growth = np.where(balanced, growth, self.G)
        R = e.delta + (e.rho + e.eta * growth) / kept
        share = np.where(balanced, path.long_run_share * (R / e.A) ** (1.0 - e.sigma), 1.0)
        wages = R * (1.0 - share) / share  # Y/K − R
        slopes = -(R + wages) * (1.0 - share), -R * (1.0 - share) / e.sigma
        net = self._net(Products(R + wages, slopes[0], 0.0, R, slopes[1], 0.0), None)
        consumption = net.average - e.delta - growth
        trace = net.average_k + consumption  # of the system in (k, q)
        determinant = consumption * net.rental_k / e.eta
        stable = 0.5 * (np.sqrt(trace**2 - 4.0 * determinant) - trace)
        decay = np.where(balanced, stable, (rate - edge) / e.sigma)
        rows = np.broadcast_arrays(balanced, decay, rate, self.G - rate)
        slowest = [tail_rate(*row) for row in zip(*map(np.ravel, rows), strict=True)]
        self.trend, self.consumption_rate = growth[()], consumption[()]
        self.tail_rate = np.array(slowest) * self.tail_rate
        if not np.any(self.trend):
            self.trend = 0.0

    def taxed(self, t: FloatArray | None) -> Any:
        """τ(1−ν), the part of capital's income that savers lose; in the end for t = None."""
        rate = self.tax.rates[-1] if t is None or not self.tax.dates else self.tax.at(t)
        return rate * (1.0 - self.labor)

    # -- returns ------------------------------------------------------------------------------

    def _net(self, p: Products, t: FloatArray | None) -> Products:
        """What savers get per unit of capital, before depreciation: average and marginal."""
        e, tax = self.economy, self.tax
        kept = 1.0 - (tax.rates[-1] if t is None or not tax.dates else tax.at(t))
        all_kept = 1.0 - self.taxed(t)
        of_rent, of_output = all_kept - self.labor, self.labor
        return Products(
            (1.0 - all_kept) * e.delta + of_rent * p.rental + of_output * p.average,
            of_rent * p.rental_k + of_output * p.average_k,
            of_rent * p.rental_t + of_output * p.average_t,
            (1.0 - kept) * e.delta + kept * p.rental,
            kept * p.rental_k,
            kept * p.rental_t,
        )

    def products(self, k: FloatArray, t: FloatArray, regime: int) -> Products:
        return self._net(super().products(k, t, regime), t)

    def products_where_it_is(
        self, k: FloatArray, t: FloatArray
    ) -> tuple[Products, NDArray[np.bool_]]:
        p, linear = super().products_where_it_is(k, t)
        return self._net(p, t), linear

    def simple(self) -> NDArray[np.bool_]:
        return super().simple() & (not self.tax.dates)

    @property
    def forgetting(self) -> Any:
        return self.economy.rho + self.labor * self.economy.delta

    # -- region 2 for ever --------------------------------------------------------------------

    def ahead(self, t: FloatArray) -> tuple[Any, Any, Any, Any]:
        """G, consumption out of wealth m, wages' wealth per unit of labour, and r, all at date t.

        Backwards over the stretches of constant rates: with h years left of one,
        1/m = ∫₀ʰ exp(−(r−G)s) ds + exp(−(r−G)h)/m', and likewise for ν A at the rate r.
        """
        e, net = self.economy, self.economy.A - self.economy.delta
        pay = self.labor * e.A
        found: tuple[Any, Any, Any, Any] | None = None
        for i in reversed(range(len(self.tax.rates))):
            rate = self.tax.rates[i]
            G = ((1.0 - rate) * net - e.rho) / e.eta
            r = (1.0 - rate * (1.0 - self.labor)) * net
            if found is None:
                found = (G, r - G, pay / r, r)
                continue
            start = self.tax.dates[i - 1] if i else 0.0
            left = np.clip(self.tax.dates[i] - np.maximum(t, start), 0.0, None)
            later, at = found, t < self.tax.dates[i]
            decay = np.exp(-(r - G) * left)
            inverse = -np.expm1(-(r - G) * left) / (r - G) + decay / later[1]
            wages = -np.expm1(-r * left) * pay / r + np.exp(-r * left) * later[2]
            found = (np.where(at, G, later[0]), 1.0 / inverse, wages, np.where(at, r, later[3]))
        assert found is not None
        return found

    def rule(self, k: FloatArray, t: FloatArray | None = None) -> tuple[FloatArray, FloatArray]:
        m, wages = (self.m, self.wages) if t is None else self.ahead(t)[1:3]
        part = wages * np.exp(-k)
        return np.log(m * (1.0 + part)), part / (1.0 + part)

    def terminal(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        if not self.tax.dates or t[0, 0, 0] == np.inf:
            return super().terminal(t, x)
        g_x, g_t = np.zeros((1, *x.shape)), np.zeros((1, *x.shape[1:]))
        k = self.log_capital(t, x[0])
        q, weight = self.rule(k, t)
        G, m, wages, r = self.ahead(t)
        g_x[0, 0], g_x[0, 1] = weight, 1.0
        wage_drift = np.exp(-k) * (r * wages - self.labor * self.economy.A)
        g_t[0] = self.trend * weight - (m - (r - G)) - wage_drift * (1.0 - weight)
        return x[1:] - q, g_x, g_t

    def continuation(self, t: FloatArray, date: FloatArray, x: FloatArray) -> FloatArray:
        """Consumption grows at G, wealth is consumption over m."""
        if not self.tax.dates:
            return super().continuation(t, date, x)
        c = x[0] + self.trend * date + self.rule(x[0] + self.trend * date, date)[0]
        start = np.zeros_like(date)
        for rate, begin, end in zip(
            self.tax.rates, (0.0, *self.tax.dates), (*self.tax.dates, np.inf), strict=True
        ):
            G = (1.0 - rate) * (self.economy.A - self.economy.delta) - self.economy.rho
            years = np.clip(np.minimum(t, end) - np.maximum(date, begin), 0.0, None)
            start = start + G / self.economy.eta * years
        c = c + start
        _, m, wages, _ = self.ahead(t)
        k = c - np.log(m) + np.log1p(-wages * np.exp(np.log(m) - c))
        return np.stack([k - self.trend * t, self.rule(k, t)[0]])

    def take(self, draws: NDArray[np.intp]) -> Self:
        other = super().take(draws)
        other.tax = self.tax.take(draws)
        return other
