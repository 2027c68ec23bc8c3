"""Six targets, each with its source, value and standard error, and the model's counterparts.

The first three are gains from AI that anybody can buy, in log points; the fourth is a regression
elasticity; the fifth and the sixth are changes from before AI to after. What no source gives is
an assumption of ours and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from aiecon.chen_meng.economy import delta_gini, educated, log_human_capital, people
from aiecon.chen_meng.firms import log_productivity_variance
from aiecon.chen_meng.parameters import Parameters, with_ratio
from aiecon.chen_meng.schooling import schooling
from aiecon.validation import FloatArray, finite, instance, number, require

__all__ = ["TARGETS", "Target", "measured_sharing", "moments", "ridge", "targets_with"]

#: Standard deviation of the part of log revenue for each worker that is transitory or mismeasured,
#: and not shared: an assumption of ours.
NOISE = 0.05


@dataclass(frozen=True)
class Target:
    """One moment of the data."""

    name: str
    value: float
    se: float
    source: str  # where the value comes from
    about_se: str  # where the standard error comes from

    def __post_init__(self) -> None:
        value = number("value", self.value, -np.inf, np.inf, "a number")
        se = number("se", self.se, 1e-100, 1e100, "a standard error > 0 (1e-100 to 1e100)")
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "se", se)


TARGETS: tuple[Target, ...] = (
    Target(
        "m₁ average gain",
        float(np.log(1.14)),
        0.02,
        "Brynjolfsson, Li & Raymond (2023), p. 1: 14% more issues resolved an hour",
        "theirs, 0.0199 in logs (Table 2, column 6), rounded",
    ),
    Target(
        "m₂ gain of novices",
        float(np.log(1.34)),
        0.04,
        "Brynjolfsson, Li & Raymond (2023), Section 4.2.1: 34% for the fifth with the least skill",
        "our assumption: twice that of m₁, for a fifth of the workers",
    ),
    Target(
        "m₃ gain in speed of coders",
        float(-np.log(1 - 0.558)),
        0.39,
        "Peng et al. (2023): 55.8% less time for a task",
        "their 95% interval, 21% to 89%: 17.3 points, over 1 − 0.558",
    ),
    Target(
        "m₄ measured rent sharing",
        0.10,
        0.025,
        "Card et al. (2018): elasticities of 0.05 to 0.15",
        "our assumption: the range over studies, taken as two standard errors to each side",
    ),
    Target(
        "m₅ change of the log education premium",
        -0.10,
        0.02,
        "our assumption: there is no estimate yet",
        "our assumption",
    ),
    Target(
        "m₆ change of the Gini",
        0.01,
        0.005,
        "our assumption, run for +0.01 and for −0.01",
        "our assumption",
    ),
)


def targets_with(delta: float) -> tuple[Target, ...]:
    """The six targets with another value of m₆. ValueError if it is no finite number."""
    return (
        *TARGETS[:5],
        replace(TARGETS[5], value=number("delta", delta, -1, 1, "−1 ≤ ΔGini ≤ 1")),
    )


def measured_sharing(params: Parameters, noise: float = NOISE) -> float:
    """m₄: the regression of log wages on measured log revenue, ξ·S/(S + noise²), S = (aλ)²Var ln A.

    Noise in revenue that is not shared biases the elasticity down.

    >>> measured_sharing(Parameters(), noise=0.0) == Parameters().xi
    True
    >>> round(measured_sharing(Parameters()), 3)
    0.101
    """
    instance("params", params, Parameters)
    noise = number("noise", noise, 0, 1e100, "noise ≥ 0")
    spread = params.weight**2 * float(log_productivity_variance(params.ratio, params.zeta))
    return params.xi * spread / (spread + noise**2) if spread > 0 else 0.0


def moments(params: Parameters, n: int = 20_000, seed: int = 2026) -> FloatArray:
    """The six simulated moments, in the order of :data:`TARGETS`.

    Gains are those of workers as they were before AI, at commodity AI: λ(ln η₀ − ln h) on average
    over all, over the fifth with the least human capital, and over the educated. ValueError where
    nobody studies, before AI or after, or everybody does: m₃ and m₅ compare the two groups.

    >>> moments(Parameters()).round(2).tolist()
    [0.13, 0.3, 0.02, 0.1, -0.11, -0.01]
    """
    crowd = people(n, seed)
    before, after = schooling(params, 1.0), schooling(params)
    for school in (before, after):
        require(
            "psi",
            params.psi,
            1e-15 < school.share < 1,
            "a gain ψ at which some study and some do not, before AI and after,",
            f"Here {school.share:.3g} do: change psi, kappa or lam.",
        )
    ln_h = log_human_capital(params, before, crowd)
    fifth = np.partition(ln_h, n // 5)[: n // 5].mean()
    e = educated(before, crowd)
    coders = (e @ ln_h) / e.sum()
    gains = params.lam * (np.log(params.eta0) - np.array([ln_h.mean(), fifth, coders]))
    rest = [measured_sharing(params), after.premium - before.premium, delta_gini(params, n, seed)]
    return np.concatenate([gains, rest])


def ridge(
    ratio: ArrayLike, params: Parameters | None = None, noise: float = NOISE, n: int = 20_000
) -> tuple[FloatArray, FloatArray]:
    """The flat direction: for each η₁/η₀ the ξ with the same m₄, and ΔGini there.

    m₁, m₂, m₃ and m₅ depend neither on η₁ nor on ξ, so along it all of m₁ to m₅ stay what they are
    at ``params``. NaN where ξ would exceed one. ValueError for a ratio ≤ 0 and for aλ = 0.

    >>> xi, change = ridge([0.3, 1.0, 8.0])
    >>> xi.round(2).tolist(), (change > 0).tolist()
    ([0.3, 0.2, 0.16], [False, False, True])
    """
    params = instance("params", params, Parameters, Parameters)
    r = finite("ratio", ratio)
    require("ratio", r, r > 0, "η₁/η₀ > 0")
    require("lam", params.lam, params.weight > 0, "a weight aλ > 0 of AI")
    spread = params.weight**2 * log_productivity_variance(r, params.zeta)
    require("ratio", r, spread > 0, "an η₁/η₀ at which firms' AI differs in floating point")
    xi = measured_sharing(params, noise) * (spread + noise**2) / spread
    change = np.full(r.shape, np.nan)
    for i in np.ndindex(r.shape):
        if xi[i] <= 1:
            here = with_ratio(replace(params, xi=float(xi[i])), float(r[i]))
            change[i] = delta_gini(here, n)
    return np.where(xi <= 1, xi, np.nan), change


def values(targets: Sequence[Target]) -> FloatArray:
    """The targets' values as an array."""
    return np.array([target.value for target in targets])


def standard_errors(targets: Sequence[Target]) -> FloatArray:
    """The targets' standard errors as an array."""
    return np.array([target.se for target in targets])
