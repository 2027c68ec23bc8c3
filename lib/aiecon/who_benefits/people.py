"""Who owns what, and what a path is worth to whom.

A person has multiples (a, ℓ, x) of the average holding of capital, of labour and of the transfer.
Where everybody saves (one household), consumption is a constant share of C: her part of wealth,

    c/C = (a K₀ + ℓ H + x V)/(K₀ + H + V),     H, V: wages and transfers, at the return after tax;

where workers live hand to mouth she consumes wage and transfer as they come, and holds a part of
the owners' portfolio, which pays what owners consume:

    (1+θ) c = ℓ w L + x T + a C_o(1+θ).

The worth of c(t) is the constant consumption that is as good,

    [ρ ∫ exp(−ρt) c^(1−η) dt]^(1/(1−η)),     exp(ρ ∫ exp(−ρt) log c dt) at η = 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import logsumexp

from aiecon.korinek_suh.dynamics.welfare import panels, settled, worth
from aiecon.validation import FloatArray, finite, number, require
from aiecon.who_benefits.transition import Representative, TaxedPath

__all__ = [
    "DFA_2019",
    "DFA_2025_ASSETS",
    "FOUR",
    "Ownership",
    "Person",
    "certainty_equivalent",
    "four_people",
    "gains",
    "gini",
    "present_value",
    "wealth",
]

Flow = Callable[[FloatArray], Any]


@dataclass(frozen=True)
class Person:
    """Multiples of what the average household has; each ≥ 0, not all zero. ValueError otherwise."""

    capital: float  # a
    labor: float  # ℓ
    transfer: float = 1.0  # x

    def __post_init__(self) -> None:
        for field in fields(self):
            value = number(field.name, getattr(self, field.name))
            require(field.name, value, value >= 0, f"{field.name} ≥ 0")
        some = self.capital + self.labor + self.transfer > 0
        require("capital", self.capital, some, "something to live on")

    def with_fund(self, share: float) -> Person:
        """The same person where a fund that all own alike has the share φ of all capital."""
        phi = number("public_share", share)
        require("public_share", phi, 0 <= phi <= 1, "0 ≤ public_share ≤ 1")
        return Person((1.0 - phi) * self.capital + phi * self.transfer, self.labor, self.transfer)


#: The four people of this chapter. Median over mean net worth of US households: 192.7 and 1,063.7
#: thousand dollars in the Survey of Consumer Finances 2022. That the median worker has average
#: labour is our assumption.
FOUR: dict[str, Person] = {
    "worker": Person(capital=0.0, labor=1.0),
    "median": Person(capital=0.18, labor=1.0),
    "owner": Person(capital=1.0, labor=0.0, transfer=0.0),
    "representative": Person(capital=1.0, labor=1.0),
}


@dataclass(frozen=True)
class Ownership:
    """Groups of households: their shares of people, capital and labour, each adding up to one.

    ValueError otherwise. Transfers go to all people alike.

    >>> Ownership(("poor", "rich"), (0.9, 0.1), (0.3, 0.6), (0.9, 0.1))
    Traceback (most recent call last):
    ...
    ValueError: capital = [0.3 0.6] is not allowed: shares that add up to one is required.
    """

    groups: tuple[str, ...]
    people: tuple[float, ...]
    capital: tuple[float, ...]
    labor: tuple[float, ...]

    def __post_init__(self) -> None:
        for name in ("people", "capital", "labor"):
            shares = finite(name, getattr(self, name))
            one_each = shares.shape == (len(self.groups),)
            require(name, shares, one_each, "one share for each group")
            least = shares > 0 if name == "people" else shares >= 0
            require(name, shares, least, f"{name} > 0" if name == "people" else f"{name} ≥ 0")
            adds_up = abs(shares.sum() - 1.0) <= 1e-9
            require(name, shares, bool(adds_up), "shares that add up to one")

    def person(self, group: str) -> Person:
        """A member of a group.

        >>> round(DFA_2019.person("top 1%").capital, 1)
        32.4
        """
        known = isinstance(group, str) and group in self.groups
        require("group", repr(group), known, f"one of {', '.join(self.groups)}")
        i = self.groups.index(group)
        share = self.people[i]
        return Person(self.capital[i] / share, self.labor[i] / share)


_GROUPS = ("bottom 50%", "next 40%", "next 9%", "top 1%")
#: Net worth of US households by wealth, second quarter of 2019: Distributional Financial Accounts
#: of the Federal Reserve, as reported in "Where the Assets Are" (TLR Analytics, 2019). Equal labour
#: for all is our assumption.
DFA_2019 = Ownership(
    _GROUPS, (0.5, 0.4, 0.09, 0.01), (0.019, 0.287, 0.370, 0.324), (0.5, 0.4, 0.09, 0.01)
)
#: All assets, debts not subtracted, second quarter of 2025: the same source, by FRED, release table
#: 813804 (28.3, 34.7, 31.5 and 5.4 per cent; the rounding error of 0.1 is given to the last).
DFA_2025_ASSETS = Ownership(
    _GROUPS, (0.5, 0.4, 0.09, 0.01), (0.055, 0.315, 0.347, 0.283), (0.5, 0.4, 0.09, 0.01)
)


# What a path is worth -----------------------------------------------------------------------------


def present_value(path: TaxedPath, flow: Flow, prices: TaxedPath | None = None) -> float:
    """∫ D(t) x(t) dt of a flow in goods, at what savers earn after tax on this or another path."""
    priced = path if prices is None else prices
    t, weights = panels(tuple(sorted({*path.kinks, *priced.kinks})))
    log_D = np.asarray(priced.log_discount_factor(t))
    early = log_D.min(axis=1) > -600.0  # what comes later is worth nothing, and may overflow
    return float(settled(weights[early] * np.exp(log_D[early]) * flow(t[early])).sum())


def _log_tax(path: TaxedPath, t: FloatArray) -> tuple[FloatArray, FloatArray]:
    """log |τ(R−δ)K| and its sign."""
    amount = path.tax_rate(t) * path.interest_rate(t)
    size = np.where(amount == 0, 1.0, np.abs(amount))
    return np.log(size) + path.log_capital(t), np.sign(amount)


def wealth(path: TaxedPath) -> dict[str, float]:
    """K₀, H and V of one household, in goods at t = 0: capital, wages, transfers of τ(R−δ)K.

    H and V at the return after tax; they add up to the present value of consumption.
    """
    wages = present_value(path, lambda t: path.wage(t) * path.params.L)
    taxes = present_value(path, path.capital_tax_revenue)
    return {"capital": path.K0, "wages": wages, "transfers": taxes}


def log_consumption_of(path: TaxedPath, person: Person) -> Flow:
    """log of what a person consumes, a function of time; both forms of the docstring above."""
    flow = _log_consumption(path, [person])
    return lambda t: flow(np.asarray(t))[0]


def _log_consumption(path: TaxedPath, people: Sequence[Person]) -> Flow:
    """The same for several, along a first axis: what the path is at a date is computed once."""
    theta, p = path.consumption_tax, path.params
    if isinstance(path, Representative):
        parts = wealth(path)
        total, shares = sum(parts.values()), []
        for person in people:
            own = person.capital * parts["capital"] + person.labor * parts["wages"]
            own += person.transfer * (parts["transfers"] + theta * total)
            require("person", own, own > 0, "a person whose wealth is positive")
            shares.append(np.log(own / ((1.0 + theta) * total)))
        return lambda t: np.add.outer(shares, path.log_spending(t))
    held = 1.0
    if path.owner_labor > 0:
        parts = wealth(path)
        held = path.K0 / (path.K0 + path.owner_labor * (parts["wages"] + parts["transfers"]))

    def flow(t: FloatArray) -> FloatArray:
        tax, sign = _log_tax(path, t)
        logs = [path.log_wage(t) + np.log(p.L), tax, path.log_spending(t)]
        if theta:
            logs.append(path.log_consumption(t))
        found = []
        for person in people:
            weights: list[Any] = [person.labor, person.transfer * sign, person.capital * held]
            weights += [person.transfer * theta] if theta else []
            weighed = np.stack([weight + 0.0 * t for weight in weights])
            with np.errstate(divide="ignore", invalid="ignore"):
                found.append(logsumexp(np.stack(logs), axis=0, b=weighed) - np.log1p(theta))
        return np.stack(found)

    return flow


def certainty_equivalent(path: TaxedPath, person: Person, public_share: float = 0.0) -> float:
    """Constant consumption that is worth the path to a person, goods a year.

    ``public_share`` φ of K₀ belongs to a fund that all people own alike, which saves and pays out
    as owners do. Raises ValueError at ρ = 0, SolverError where the integral does not settle.

    >>> from aiecon import korinek_suh as ks
    >>> from aiecon.who_benefits import solve_two_agents
    >>> path = solve_two_agents(ks.Bounded(horizon=20))
    >>> round(certainty_equivalent(path, FOUR["worker"]), 3)
    0.677
    """
    p = path.params
    someone = person.with_fund(public_share) if public_share else person
    return worth(log_consumption_of(path, someone), p.rho, p.eta, path.kinks)


def four_people(
    path: TaxedPath, public_share: float = 0.0, people: Mapping[str, Person] = FOUR
) -> dict[str, float]:
    """:func:`certainty_equivalent` for each of some people."""
    someone = [x.with_fund(public_share) if public_share else x for x in people.values()]
    flow, p = _log_consumption(path, someone), path.params
    kinks = np.tile(np.asarray(path.kinks, dtype=np.float64), (len(someone), 1))
    found = worth(lambda t: flow(t[0]), p.rho, p.eta, kinks)  # all at the same dates
    return dict(zip(people, map(float, found), strict=True))


def gains(
    path: TaxedPath,
    against: TaxedPath,
    public_share: float = 0.0,
    people: Mapping[str, Person] = FOUR,
) -> dict[str, float]:
    """By how much more consumption at all dates is worth the step from ``against``, a share.

    >>> from aiecon import korinek_suh as ks
    >>> from aiecon.who_benefits import solve_two_agents
    >>> agi, slow = (solve_two_agents(x) for x in (ks.Bounded(horizon=20), ks.BusinessAsUsual()))
    >>> found = gains(agi, slow)
    >>> found["worker"] < 0 < found["owner"]
    True
    """
    after, before = four_people(path, public_share, people), four_people(against, 0.0, people)
    return {name: after[name] / before[name] - 1.0 for name in after}


def gini(path: TaxedPath, t: ArrayLike, ownership: Ownership = DFA_2019) -> Any:
    """Gini coefficient of disposable income over the groups of an ownership, at each date.

    Income is wages, what capital yields after depreciation and tax, and the transfer; groups are
    equal within themselves, so that this is a lower bound. NaN where somebody's income is negative.

    >>> from aiecon import korinek_suh as ks
    >>> from aiecon.who_benefits import solve_two_agents
    >>> gini(solve_two_agents(ks.Bounded(horizon=20)), [0.0, 30.0]).round(2)
    array([0.12, 0.75])
    """
    t = np.asarray(finite("t", t))
    columns = (ownership.people, ownership.capital, ownership.labor)
    people, capital, labor = (np.reshape(x, (-1, *[1] * t.ndim)) for x in columns)
    scale = path.capital(t) + path.wage(t) * path.params.L  # relative to it nothing overflows
    wages, transfer = path.wage(t) * path.params.L / scale, path.transfer(t) / scale
    income = labor * wages + people * transfer
    income = income + capital * (path.after_tax_return(t) * path.capital(t) / scale)
    order = np.argsort(income / people, axis=0)
    sorted_ = np.take_along_axis(income, order, axis=0)
    weight = np.take_along_axis(np.broadcast_to(people, income.shape), order, axis=0)
    lorenz = np.cumsum(sorted_, axis=0) / income.sum(axis=0)
    found = 1.0 - np.sum(weight * (2.0 * lorenz - sorted_ / income.sum(axis=0)), axis=0)
    return np.where((income >= 0).all(axis=0), found, np.nan)[()]
