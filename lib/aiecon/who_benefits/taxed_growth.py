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

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath
from aiecon.korinek_suh.dynamics.optimal_growth import OptimalGrowth
from aiecon.korinek_suh.dynamics.technology import Technology, destination
from aiecon.korinek_suh.parameters import Parameters, some_of
from aiecon.korinek_suh.statics.marginal_products import Products
from aiecon.validation import FloatArray, finite, require

__all__ = ["Savers", "TaxSchedule", "TaxedGrowth"]


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

    @classmethod
    def of(cls, capital_tax: Any) -> TaxSchedule:
        """What a caller gave: a schedule, or one rate for ever."""
        return capital_tax if isinstance(capital_tax, TaxSchedule) else cls((capital_tax,))


@dataclass(frozen=True)
class Savers(Parameters):
    """The parameters, and what those who save keep and do; (15) and wealth with the tax.

    >>> round(Savers(kept=0.7, labor=0.0).growth, 12)
    0.12
    """

    kept: Any = 1.0  # 1 − τ, in the long run
    labor: Any = 1.0  # ν, their share of labour and of the transfer

    @property
    def growth(self) -> Any:
        """G = [(1−τ)(A − δ) − ρ]/η."""
        return (self.kept * (self.A - self.delta) - self.rho) / self.eta

    @property
    def discount(self) -> Any:
        """r = [1 − τ(1−ν)](A − δ), what wealth yields in region 2."""
        return (1.0 - (1.0 - self.kept) * (1.0 - self.labor)) * (self.A - self.delta)

    @property
    def propensity(self) -> Any:
        """m = r − G."""
        return self.discount - self.growth

    @property
    def wage_wealth(self) -> Any:
        """ν A/r."""
        return self.labor * self.A / self.discount

    def after_tax(self, p: Products, kept: Any) -> Products:
        """What savers get per unit of capital, before depreciation, when they keep 1 − τ."""
        whole = 1.0 - (1.0 - kept) * (1.0 - self.labor)
        rent, nu = whole - self.labor, self.labor
        return Products(
            (1.0 - whole) * self.delta + rent * p.rental + nu * p.average,
            rent * p.rental_k + nu * p.average_k,
            rent * p.rental_t + nu * p.average_t,
            (1.0 - kept) * self.delta + kept * p.rental,
            kept * p.rental_k,
            kept * p.rental_t,
        )


class Taxed(Technology):
    """The technology as savers see it: Y/K and R after tax; prices are those before it."""

    def __init__(self, path: AutomationPath, savers: Savers, tax: TaxSchedule) -> None:
        super().__init__(path, savers.A, savers.sigma)
        self.savers, self.tax = savers, tax
        if tax.dates:
            self.kinks = tuple(sorted({*map(float, self.kinks), *tax.dates}))

    def kept(self, t: FloatArray) -> Any:
        return 1.0 - self.tax.at(t) if self.tax.dates else self.savers.kept

    def products(self, k: FloatArray, t: FloatArray, region: int) -> Products:
        return self.savers.after_tax(super().products(k, t, region), self.kept(t))

    def take(self, draws: NDArray[np.intp]) -> Self:
        other = super().take(draws)
        other.savers = some_of(self.savers, draws)
        return other


def near_balanced_growth(growth: Any, balanced: Any, share: Any, p: Savers) -> tuple[Any, Any]:
    """C/K at growth γ in region 1, and how fast (k, q) approach it where growth is ``balanced``.

    (1−τ)(R − δ) = ρ + ηγ there, and the capital share is Φ (R/A)^(1−σ), or one.
    """
    R = p.delta + (p.rho + p.eta * growth) / p.kept
    capital = np.where(balanced, share * (R / p.A) ** (1.0 - p.sigma), 1.0)
    Y, rest = R / capital, 1.0 - capital
    net = p.after_tax(Products(Y, -Y * rest, 0.0, R, -R * rest / p.sigma, 0.0), p.kept)
    consumption = net.average - p.delta - growth
    trace, determinant = net.average_k + consumption, consumption * net.rental_k / p.eta
    return consumption[()], 0.5 * (np.sqrt(trace**2 - 4.0 * determinant) - trace)


class TaxedGrowth(OptimalGrowth):
    """The :class:`~aiecon.numerics.Problem` of B economies that end in the same region."""

    plain = (Technology, Taxed)
    params: Savers

    @classmethod
    def of(
        cls,
        path: AutomationPath,
        initial: FloatArray,
        savers: Savers,
        region: int,
        tax: TaxSchedule | None = None,
    ) -> TaxedGrowth:
        """``initial`` is log(K₀/L), (B,); ``tax`` the rates until ``savers.kept``, if they vary."""
        end = destination(path, savers, region, near_balanced_growth)
        technology = Taxed(path, savers, TaxSchedule((0.0,)) if tax is None else tax)
        return cls(technology, initial, savers, end)

    @property
    def tax(self) -> TaxSchedule:
        technology: Taxed = self.technology  # type: ignore[assignment]
        return technology.tax

    def simple(self) -> NDArray[np.bool_]:
        return super().simple() & (not self.tax.dates)

    @property
    def forgetting(self) -> Any:
        return self.params.rho + self.params.labor * self.params.delta

    # Region 2 for ever, where rates are still to change ------------------------------------------

    def stretches(self) -> list[tuple[float, float, Savers]]:
        """From when to when, and the savers at the rate of that time."""
        rates, dates = self.tax.rates, self.tax.dates
        ends = zip(rates, (0.0, *dates), (*dates, np.inf), strict=True)
        return [(begin, end, replace(self.params, kept=1.0 - rate)) for rate, begin, end in ends]

    def ahead(self, t: FloatArray) -> tuple[Any, Any, tuple[Any, Any]]:
        """1/m and wages' wealth per unit of labour at date t; r − G and r at the rate of then.

        Backwards over the stretches of constant rates: with h years left of one,
        1/m = ∫₀ʰ exp(−(r−G)s) ds + exp(−(r−G)h)/m', and likewise for ν A at the rate r.
        """
        *early, (_, _, last) = self.stretches()
        inverse, wages, now = 1.0 / last.propensity, last.wage_wealth, last.propensity
        discount = last.discount
        for begin, end, p in reversed(early):
            left = np.clip(end - np.maximum(t, begin), 0.0, None)
            over, m, r = t < end, p.propensity, p.discount
            inverse = -np.expm1(-m * left) / m + np.exp(-m * left) * inverse
            wages = -np.expm1(-r * left) * p.wage_wealth + np.exp(-r * left) * wages
            now, discount = np.where(over, m, now), np.where(over, r, discount)
        return inverse, wages, (now, discount)

    def rule(self, k: FloatArray, t: FloatArray | None = None) -> tuple[FloatArray, FloatArray]:
        if t is None:
            return super().rule(k)
        inverse, wages, _ = self.ahead(t)
        part = wages * np.exp(-k)
        return np.log((1.0 + part) / inverse), part / (1.0 + part)

    def terminal(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        g, g_x, g_t = super().terminal(t, x)
        if not self.tax.dates or t[0, 0, 0] == np.inf:
            return g, g_x, g_t
        k = self.log_capital(t, x[0])
        q, weight = self.rule(k, t)
        inverse, wages, (gap, r) = self.ahead(t)
        drift = np.exp(-k) * (r * wages - self.params.labor * self.params.A)  # of wages' wealth
        g_x[0, 0] = weight
        g_t[0] = self.trend * weight - (1.0 / inverse - gap) - drift * (1.0 - weight)
        return x[1:] - q, g_x, g_t

    def continuation(self, t: FloatArray, date: FloatArray, x: FloatArray) -> FloatArray:
        """Consumption grows at G, wealth is consumption over m."""
        if not self.tax.dates:
            return super().continuation(t, date, x)
        k = x[0] + self.trend * date
        log_c = k + self.rule(k, date)[0]
        for begin, end, p in self.stretches():
            log_c = log_c + p.growth * np.clip(
                np.minimum(t, end) - np.maximum(date, begin), 0, None
            )
        inverse, wages, _ = self.ahead(t)
        k = log_c + np.log(inverse) + np.log1p(-wages / inverse * np.exp(-log_c))
        return np.stack([k - self.trend * t, self.rule(k, t)[0]])
