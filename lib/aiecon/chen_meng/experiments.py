"""The long computations of the chapter on moments, as functions of one draw each.

They are what ``aiecon.chen_meng.results`` sends through :func:`aiecon.sweep.sweep`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from aiecon.chen_meng.boundary import delta_gini, with_ratio
from aiecon.chen_meng.moments import ridge, standard_errors, targets_with
from aiecon.chen_meng.msm import NAMES, Estimate, estimate
from aiecon.chen_meng.parameters import Parameters
from aiecon.chen_meng.power import firm_accounts, occupation_panel, task_panel

__all__ = ["SOBOL_RANGES", "Bootstrap", "power_at", "regimes", "sobol_draw"]

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
    """ΔGini at one draw of the parameters in :data:`SOBOL_RANGES`.

    >>> sobol_draw(log_ratio=0.0, xi=0.2) == delta_gini(Parameters(eta1=2.3), n=2000)
    True
    """
    given = {name: float(value) for name, value in fields.items()}
    ratio = float(np.exp(log_ratio)) if log_ratio else 1.0
    return delta_gini(with_ratio(replace(Parameters(), **given), ratio), n=n)


@dataclass(frozen=True)
class Bootstrap:
    """The parametric bootstrap: targets drawn around the fitted moments, everything estimated.

    Centred at the model's own moments, so that the model is true of what is drawn; the draws serve
    as a Monte Carlo study of the estimator, too. Called with a number that is not used and a
    random generator, it makes one draw.
    """

    delta: float  # the value of m₆
    fitted: Estimate
    n: int = 4000  # simulated people

    def __call__(self, number: int, rng: np.random.Generator) -> dict[str, float]:
        targets = targets_with(self.delta)
        data = self.fitted.moments + standard_errors(targets) * rng.standard_normal(6)
        found = estimate(targets, self.fitted.params, n=self.n, data=data)
        out = dict(zip(NAMES, found.vector.tolist(), strict=True))
        out |= {f"se {name}": se for name, se in zip(NAMES, found.se.tolist(), strict=True)}
        return out | {"ΔGini": found.delta_gini, "J": found.criterion}


def regimes() -> tuple[Parameters, Parameters]:
    """Two economies on one ridge, m₁ to m₅ alike: a levelling and a concentrating one."""
    ratios = np.array([0.4, 4.0])
    xi, _ = ridge(ratios, n=100)
    base = Parameters()
    low, high = (
        with_ratio(replace(base, xi=float(x)), float(r)) for x, r in zip(xi, ratios, strict=True)
    )
    return low, high


def power_at(kind: str, size: float, sets: int = 1000, seed: int = 2026) -> dict[str, float]:
    """Power at 5% of one kind of data, at one size of it.

    ``kind`` is *occupations* (size: the share of workers who use AI in the last year), *tasks*
    (workers in the panel) or *firms* (accounts). *effect* is the power to see that AI does
    anything in the levelling economy; *size* is how often no effect is called one; *regime* the
    power to tell the concentrating economy from the levelling one.
    """
    low, high = regimes()
    nothing = replace(low, lam=0.0)
    if kind == "occupations":
        a, b, c = (occupation_panel(p, size, sets=sets, seed=seed) for p in (low, high, nothing))
        other = occupation_panel(low, size, sets=sets, seed=seed + 1)
    elif kind in ("tasks", "firms"):
        draw = task_panel if kind == "tasks" else firm_accounts
        a, b, c = (draw(p, int(size), sets=sets, seed=seed) for p in (low, high, nothing))
        other = draw(low, int(size), sets=sets, seed=seed + 1)
    else:
        raise ValueError(f"kind = {kind!r}: allowed are 'occupations', 'tasks' and 'firms'")
    truth = float(other.estimate.mean())  # what the regression finds on average where AI levels
    return {"effect": a.power(), "size": c.power(), "regime": b.power(null=truth)}
