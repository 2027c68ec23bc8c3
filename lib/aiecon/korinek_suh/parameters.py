"""The parameters of Korinek & Suh (2024), with the calibration of their Table 2."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, TypeVar

from aiecon.validation import finite, require

__all__ = ["Parameters", "given", "instance"]

T = TypeVar("T")


@dataclass(frozen=True)
class Parameters:
    """Preferences, technology and labour endowment; the defaults are Table 2.

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

    rho: float = 0.04  # discount rate ρ, per year
    eta: float = 2.0  # relative risk aversion η, the inverse of the intertemporal elasticity
    delta: float = 0.1  # depreciation rate of capital δ, per year
    sigma: float = 0.5  # elasticity of substitution between tasks σ
    A: float = 0.5  # productivity: output per unit of each task, per year
    L: float = 1.0  # labour endowment, in the units of capital

    def __post_init__(self) -> None:
        for field in fields(self):
            value = finite(field.name, getattr(self, field.name))
            require(field.name, value, value.ndim == 0, "a single number", "Loop over arrays.")
            object.__setattr__(self, field.name, float(value))
        require("rho", self.rho, self.rho >= 0, "rho ≥ 0")
        require("eta", self.eta, self.eta > 0, "eta > 0")
        require("delta", self.delta, self.delta >= 0, "delta ≥ 0")
        require(
            "sigma",
            self.sigma,
            self.sigma >= 1e-300,  # 1/sigma must be representable
            "sigma > 0",
            "For Leontief take sigma small.",
        )
        require("A", self.A, self.A > 0, "A > 0")
        require("L", self.L, self.L > 0, "L > 0")


def instance(name: str, value: Any, kind: type[T], allowed: str, hint: str = "") -> T:
    """The value, if it is of a kind; otherwise a ValueError that names it."""
    if not isinstance(value, kind):
        require(name, repr(value), False, allowed, hint)
    return value  # type: ignore[no-any-return]


def given(params: Any) -> Parameters:
    """The parameters that a caller gave, Table 2 for None; a ValueError for anything else.

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
    return instance("params", params, Parameters, "a Parameters record", hint)
