"""The parameters of Korinek & Suh (2024), with the calibration of their Table 2."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from aiecon.validation import finite, require

__all__ = ["Parameters", "given", "instance", "some", "some_of"]

T = TypeVar("T")


@dataclass(frozen=True)
class Parameters:
    """Preferences, technology and labour endowment; the defaults are Table 2.

    A field is a number or an array: many economies at once, for the functions that say so.

    The paper assumes gross complements, σ < 1. Every σ > 0 is accepted: both regions keep their
    formulas, σ = 1 is the Cobb–Douglas case that section 4.2 of the paper needs, and σ > 1 (gross
    substitutes) shows which results rest on σ < 1. σ = 0 is not: there the derivatives and prices
    of region 1 do not exist; the Leontief case is reached as σ → 0 (paths
    over time are solved down to about σ = 0.01).

    Raises ValueError for a value outside the admissible set, naming it.

    >>> Parameters()
    Parameters(rho=0.04, eta=2.0, delta=0.1, sigma=0.5, A=0.5, L=1.0)
    >>> Parameters(sigma=0)
    Traceback (most recent call last):
    ...
    ValueError: sigma = 0.0 is not allowed: sigma > 0 is required. For Leontief take sigma small.
    """

    rho: Any = 0.04  # discount rate ρ, per year
    eta: Any = 2.0  # relative risk aversion η, the inverse of the intertemporal elasticity
    delta: Any = 0.1  # depreciation rate of capital δ, per year
    sigma: Any = 0.5  # elasticity of substitution between tasks σ
    A: Any = 0.5  # productivity: output per unit of each task, per year
    L: Any = 1.0  # labour endowment, in the units of capital

    def __post_init__(self) -> None:
        for field in fields(self):
            value = finite(field.name, getattr(self, field.name))
            object.__setattr__(self, field.name, value if value.ndim else float(value))
        require("rho", self.rho, self.rho >= 0, "rho ≥ 0")
        require("eta", self.eta, self.eta > 0, "eta > 0")
        require("delta", self.delta, self.delta >= 0, "delta ≥ 0")
        representable = self.sigma >= 1e-300  # 1/sigma must be
        require("sigma", self.sigma, representable, "sigma > 0", "For Leontief take sigma small.")
        require("A", self.A, self.A > 0, "A > 0")
        require("L", self.L, self.L > 0, "L > 0")

    @property
    def growth(self) -> Any:
        """G = (A − ρ − δ)/η, the growth rate of consumption in region 2, (15)."""
        return (self.A - self.rho - self.delta) / self.eta

    @property
    def propensity(self) -> Any:
        """m = A − δ − G, consumption per unit of wealth in region 2."""
        return self.A - self.delta - self.growth

    @property
    def least_eta(self) -> Any:
        """η at which m is zero: there and below lifetime utility in region 2 is infinite."""
        return (self.A - self.rho - self.delta) / (self.A - self.delta)

    @property
    def wage_wealth(self) -> Any:
        """A/(A − δ), the present value of wages per unit of labour in region 2."""
        return self.A / (self.A - self.delta)


def instance(name: str, value: Any, kind: type[T], allowed: str, hint: str = "") -> T:
    """The value, if it is of a kind; otherwise a ValueError that names it."""
    if not isinstance(value, kind):
        require(name, repr(value), False, allowed, hint)
    return value  # type: ignore[no-any-return]


def given(params: Any, *, many: bool = False) -> Parameters:
    """The parameters that a caller gave, Table 2 for None; a ValueError for anything else.

    Unless ``many`` economies are asked for every field must be a single number.

    >>> given(None).sigma
    0.5
    >>> given(0.5)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    ValueError: params = 0.5 is not allowed: a Parameters record is required. ...
    """
    if params is None:
        return Parameters()
    hint = "Such as Parameters(sigma=0.5), or none for Table 2."
    instance("params", params, Parameters, "a Parameters record", hint)
    for name, value in vars(params).items():
        require(name, value, many or np.ndim(value) == 0, "a single number", "Loop over arrays.")
    return params  # type: ignore[no-any-return]


def some(value: Any, draws: NDArray[np.intp]) -> Any:
    """The values of some draws: a number holds for all of them, an array is (B, …)."""
    return np.asarray(value)[draws] if np.ndim(value) else value


def some_of(record: T, draws: NDArray[np.intp]) -> T:
    """Some of B records in one, whose fields hold for all or are arrays (B, …); nothing is checked.

    >>> some_of(Parameters(eta=[1.0, 2.0]), np.array([1])).eta
    array([2.])
    """
    chosen = copy(record)
    vars(chosen).update({name: some(value, draws) for name, value in vars(record).items()})
    return chosen
