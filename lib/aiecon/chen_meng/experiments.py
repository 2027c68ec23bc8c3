"""The long computations of the chapter on moments, as functions of one draw each.

They are what ``aiecon.chen_meng.results`` sends through :func:`aiecon.sweep.sweep`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import CubicSpline

from aiecon.chen_meng.boundary import delta_gini, with_ratio
from aiecon.chen_meng.moments import ridge, standard_errors
from aiecon.chen_meng.msm import NAMES, Estimate, estimate
from aiecon.chen_meng.parameters import Parameters, instance, one_number, unknown
from aiecon.chen_meng.power import Panel, firm_accounts, occupation_panel, task_panel
from aiecon.chen_meng.schooling import schooling
from aiecon.validation import FloatArray, finite, require

__all__ = ["SOBOL_RANGES", "Bootstrap", "hansen_j", "power_at", "regimes", "sobol_draw"]

#: The parameters of the global sensitivity analysis and the ranges from which they are drawn,
#: uniformly (η₁/η₀ on a logarithmic scale): choices of ours.
SOBOL_RANGES: dict[str, tuple[float, float]] = {
    "lam": (0.1, 0.3),
    "log_ratio": (float(np.log(0.1)), float(np.log(10.0))),
    "xi": (0.0, 0.6),
    "zeta": (1.2, 3.0),
    "Omega": (0.6, 0.95),
    "tau": (0.2, 0.6),
    "psi": (0.2, 0.6),
    "a": (0.25, 0.75),
}


def sobol_draw(log_ratio: float, n: int = 2000, **fields: float) -> float:
    """ΔGini at one draw of the parameters in :data:`SOBOL_RANGES`. ValueError for other names.

    >>> sobol_draw(log_ratio=0.0, xi=0.2) == delta_gini(Parameters(eta1=2.3), n=2000)
    True
    """
    other = set(fields) - set(SOBOL_RANGES)
    if other:
        raise unknown("fields", sorted(other), f"some of {', '.join(SOBOL_RANGES)}")
    log_ratio = one_number("log_ratio", log_ratio, -690, 690, "ln η₁/η₀ from −690 to 690")
    return delta_gini(with_ratio(replace(Parameters(), **fields), float(np.exp(log_ratio))), n=n)


@dataclass(frozen=True)
class Bootstrap:
    """The parametric bootstrap: targets drawn around the fitted moments, everything estimated.

    Centred at the model's own moments, so that the model is true of what is drawn; the draws serve
    as a Monte Carlo study of the estimator, too. Called with a number that is not used and a
    random generator, it makes one draw: the estimates, their standard errors, ΔGini, J and the six
    targets drawn. The moments used are those of ``fitted``.
    """

    delta: float  # the value of m₆
    fitted: Estimate
    n: int = 4000  # simulated people

    def __call__(self, number: int, rng: np.random.Generator) -> dict[str, Any]:
        known = self.fitted.targets
        targets = (*known[:5], replace(known[5], value=self.delta))
        data = self.fitted.moments + standard_errors(targets) * rng.standard_normal(6)
        found = estimate(targets, self.fitted.params, self.n, data=data, use=self.fitted.used)
        out: dict[str, Any] = dict(zip(NAMES, found.vector.tolist(), strict=True))
        out |= {f"se {name}": se for name, se in zip(NAMES, found.se.tolist(), strict=True)}
        return out | {"ΔGini": found.delta_gini, "J": found.J, "data": data}


def hansen_j(fitted: Estimate, data: ArrayLike) -> FloatArray:
    """Hansen's J of n sets of six targets at once, (n,) for ``data`` of the shape (n, 6).

    η₁/η₀ and ξ meet m₄ and m₆ exactly, so that J is the least misfit over λ and η₀ of those of m₁,
    m₂, m₃ and m₅ that ``fitted`` uses. Gains are λ ln η₀ less λ times a mean of ln h: in λ ln η₀
    the minimum is a weighted mean, and λ is tried at steps of a thousandth, which leaves J within
    0.001 of its minimum.
    ValueError if ``data`` has another shape, and if ``fitted`` uses four moments: there is no J.

    >>> found = estimate(n=1000)
    >>> aim = np.array([target.value for target in found.targets])
    >>> bool(abs(hansen_j(found, aim[None])[0] - found.criterion) < 1e-3)
    True
    """
    degrees = instance("fitted", fitted, Estimate).degrees_of_freedom
    require("fitted", degrees, degrees > 0, "an estimate that uses more moments than parameters")
    aim = finite("data", data)
    require("data", aim.shape, aim.ndim == 2 and aim.shape[1] == 6, "six numbers in each row")
    scale = standard_errors(fitted.targets)
    lam = np.linspace(0.01, 0.8, 791)
    before, nodes = schooling(fitted.params, 1.0).premium, lam[::10]
    after = [schooling(replace(fitted.params, lam=float(x))).premium for x in nodes]
    change = CubicSpline(nodes, np.array(after) - before)(lam)
    mean_ln_h = np.log(fitted.params.eta0) - fitted.moments[:3] / fitted.params.lam

    weights = np.isin(np.arange(6), fitted.used) / scale**2
    weight = weights[:3]
    gap = aim[:, :3] - np.average(aim[:, :3], weights=weight, axis=1)[:, None]
    slope = mean_ln_h - np.average(mean_ln_h, weights=weight)  # the gap closes by λ times this
    constant, linear, square = gap**2 @ weight, gap @ (weight * slope), slope**2 @ weight
    best = np.full(len(aim), np.inf)
    for x, premium in zip(lam, change, strict=True):
        misfit = constant + 2 * x * linear + x**2 * square + weights[4] * (premium - aim[:, 4]) ** 2
        best = np.minimum(best, misfit)
    return best


def regimes() -> tuple[Parameters, Parameters]:
    """Two economies on one ridge, m₁ to m₅ alike: a levelling and a concentrating one."""
    ratios = np.array([0.4, 4.0])
    xi, _ = ridge(ratios, n=100)
    base = Parameters()
    low, high = (
        with_ratio(replace(base, xi=float(x)), float(r)) for x, r in zip(xi, ratios, strict=True)
    )
    return low, high


def power_at(kind: str, size: Any, sets: int = 1000, seed: int = 2026) -> dict[str, float]:
    """Power at 5% of one kind of data, at one size of it.

    ``kind`` is *occupations* (size: the share of workers who use AI in the last year), *unpooled*
    (the same, in surveys published year by year), *tasks* (workers in the panel) or *firms*
    (accounts). *effect* is the power to see that AI does anything in the levelling economy; *size*
    is how often no effect is called one; *regime* the power to tell the concentrating economy from
    the levelling one.
    """
    kinds = ("occupations", "unpooled", "tasks", "firms")
    if not isinstance(kind, str) or kind not in kinds:
        raise unknown("kind", kind, f"one of {', '.join(map(repr, kinds))}")
    one_number("size", size, 0, 1e9, "a share of workers, or a number of workers or firms,")
    low, high = regimes()
    nothing = replace(low, lam=0.0)
    if kind in ("occupations", "unpooled"):
        panel = Panel(pooled=3 if kind == "occupations" else 1)
        a, b, c = (
            occupation_panel(p, size, panel, sets=sets, seed=seed) for p in (low, high, nothing)
        )
        other = occupation_panel(low, size, panel, sets=sets, seed=seed + 1)
    else:
        draw = task_panel if kind == "tasks" else firm_accounts
        a, b, c = (draw(p, size, sets=sets, seed=seed) for p in (low, high, nothing))
        other = draw(low, size, sets=sets, seed=seed + 1)
    truth = float(other.estimate.mean())  # what the regression finds on average where AI levels
    return {"effect": a.power(), "size": c.power(), "regime": b.power(null=truth)}
