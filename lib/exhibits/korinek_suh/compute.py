"""Compute as specific capital: the paths that the chapter's figures share, and its explorer.

>>> bout.description(Delta=0.1).split(",")[0]
'Labour leaves the new tasks after 0.37 years'
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import sympy
from scipy.interpolate import CubicSpline

from aiecon.cached import cached
from aiecon.korinek_suh import BusinessAsUsual, Parameters, solve_transition
from aiecon.korinek_suh.dynamics.transition import Transition
from aiecon.korinek_suh.extensions.compute import compute_thresholds, specific_capital
from aiecon.korinek_suh.extensions.compute_transition import (
    ComputeTransition,
    solve_compute_transition,
)
from aiecon.validation import FloatArray
from exhibits.explorer import Clause, Explorer, Line, Panel, Rule, Slider, between_kinks

__all__ = ["bout", "movable", "path_of"]

_YEARS, _MOST = 6.0, 18.0  # years, and compute per task, in the picture
_POINTS = 12  # of a curve between its kinks


@cached(64)
def path_of(Delta: float) -> ComputeTransition:
    """The path after a bout from the steady state at Φ₋ = 0.608, Table 2."""
    return solve_compute_transition(Delta)


@cached(64)
def movable(Delta: float) -> Transition:
    """The same if capital could be moved to the new tasks at once."""
    return solve_transition(BusinessAsUsual(rate=0.0, initial=0.608 + Delta), path_of(Delta).K0)


def _bout(sigma: FloatArray, eta: FloatArray, Delta: FloatArray) -> dict[str, Any]:
    """Returns against compute per task, and over time; both thresholds and both dates."""
    paths = [
        solve_compute_transition(D, params=Parameters(sigma=s, eta=e), tol=1e-6)
        for s, e, D in zip(sigma, eta, Delta, strict=True)
    ]
    capital = np.array([path.K0 for path in paths])
    marks = compute_thresholds(capital, paths[0].before, Delta)
    first, second = (
        np.array([getattr(x, f"{n}_date") for x in paths]) for n in ("first", "second")
    )
    k = between_kinks(0, [marks.first, marks.second], _MOST, _POINTS)
    years = between_kinks(0, [first, second], _YEARS, _POINTS)
    static = [
        specific_capital(path.K0, x * path.Delta, path.before, path.Delta, path.params)
        for path, x in zip(paths, k, strict=True)
    ]

    def over_time(name: str) -> FloatArray:
        return np.stack([getattr(path, name)(t) for path, t in zip(paths, years, strict=True)])

    late = np.array([_late(path) for path in paths])
    wage, rental, compute = map(over_time, ("wage", "rental_rate", "compute_rental"))
    return {
        "capital": capital,
        "k": k,
        "k_wage": [now.wage for now in static],
        "k_rental": [now.rental_rate for now in static],
        "k_compute": [now.compute_rental for now in static],
        "k_first": marks.first,
        "k_second": marks.second,
        "years": years,
        "log_each": np.log1p(over_time("compute") / Delta[:, None]),
        "wage": wage,
        "rental": rental,
        "compute": compute,
        "first": first,
        "second": second,
        "fall": 1 - wage[:, _POINTS] / wage[:, 0],
        "late": late,
        "back": second + late,
        "times": compute[:, 0] / rental[:, 0],
        "price": [path.price_of_capital(0.0) for path in paths],
    }


def _late(path: ComputeTransition) -> float:
    """Years from equal returns until the wage is back; if it is back before, on a straight line."""
    since = np.append(0.0, np.geomspace(1e-4, 30.0, 60))
    ahead = path.log_wage(path.second_date + since) - path.log_wage(0.0)
    if ahead[0] < 0:
        return float(CubicSpline(ahead, since)(0.0))
    return float(-ahead[0] * since[1] / (ahead[1] - ahead[0]))


def _formulas() -> dict[str, sympy.Expr]:
    """The static equilibrium of Table 2 in symbols, given capital and both dates."""
    names = "sigma Delta u capital k k_first k_second years log_each first second"
    sigma, Delta, u, K0, k, k1, k2, years, log_each, first, second = sympy.symbols(names)
    A, R, delta, Phi, e = 0.5, 0.14, 0.1, 0.608, (sigma - 1) / sigma
    rest, point = 1 - Phi - Delta, u * (3 * _POINTS - 1)
    ratio = (R / A) ** (sigma - 1) * Phi**-e - Phi ** (1 / sigma)  # R = ρ + δ, solved for K/L
    capital = (ratio / (1 - Phi) ** (1 / sigma)) ** (-1 / e)
    capital_at_1 = Phi / (1 - Phi) * (A / R) ** (1 / (1 - Phi))

    def between(low: Any, high: Any, end: float) -> sympy.Expr:
        knots = [0, sympy.Min(low, end), sympy.Min(high, end), end]
        pieces = [
            (a + (b - a) * (point - i * _POINTS) / (_POINTS - 1), point < (i + 1) * _POINTS - 0.5)
            for i, (a, b) in enumerate(pairwise(knots))
        ]
        return sympy.Piecewise(*pieces[:2], (pieces[2][0], True))

    def prices(K: Any, each: Any) -> list[Any]:
        """w, R and R_I with so much compute at work in each new task."""
        z = sympy.Min((1 + Delta * each) / (1 - Phi), 1 / rest)
        x1, x2 = sympy.Max(K / Phi, each), sympy.Max(z, each)
        ces = (Phi * x1**e + Delta * x2**e + rest * z**e) ** (1 / e)
        Y = sympy.Piecewise((x1**Phi * x2**Delta * z**rest, sympy.Eq(sigma, 1)), (ces, True))
        return [A * (Y / x) ** (1 / sigma) for x in (z, x1, x2)]

    K = K0 * sympy.exp(-delta * years)
    at_work = sympy.Min(k, sympy.Max(K0 / Phi, (K0 + Delta * k) / (Phi + Delta)))
    built = zip(("k_wage", "k_rental", "k_compute"), prices(K0, at_work), strict=True)
    later = prices(K, sympy.exp(log_each) - 1)
    w0, R0, compute0 = prices(K0, 0)
    return {
        "capital": sympy.Piecewise((capital_at_1, sympy.Eq(sigma, 1)), (capital, True)),
        "k_first": 1 / rest,
        "k_second": K0 / Phi,
        "k": between(k1, k2, _MOST),
        **dict(built),
        "years": between(first, second, _YEARS),
        **dict(zip(("wage", "rental", "compute"), later, strict=True)),
        "fall": 1 - prices(K0 * sympy.exp(-delta * first), 1 / rest)[0] / w0,
        "times": compute0 / R0,
    }


_TICKS = [0.1, 0.2, 0.5, 1, 2, 5, 10]

#: The three stages after a bout: returns against compute, and over time.
bout = Explorer(
    name="ks-compute-bout",
    title="After a bout of automation",
    alt=(
        "Two panels of returns on a log scale: a solid line for the wage, a dashed one for the "
        "return on capital, a dotted one for compute. Left against compute per new task, right "
        "against years after the bout, with a grey line for the wage in the paper's calibration. "
        "Dotted upright lines mark where labour leaves and where returns are equal."
    ),
    panels={
        "built": Panel("Built up", "compute per new task k", "return (log scale)",
                       xlim=(0, _MOST), ylim=(0.1, 10), yscale="log", yticks=_TICKS),
        "time": Panel("Over time", "years after the bout", "return (log scale)",
                      xlim=(0, _YEARS), ylim=(0.1, 10), yscale="log", yticks=_TICKS),
    },
    controls={
        "sigma": Slider("Elasticity of substitution σ", 0.3, 1.2, 0.5,
                        nodes=[0.38, 0.47, 0.57, 0.67, 0.77, 0.87, 0.96, 1.04, 1.12]),
        "eta": Slider("Risk aversion η", 0.5, 10, 2, scale="log", nodes=5),
        "Delta": Slider("Size of the bout Δ", 0.01, 0.15, 0.1, format=".3f",
                        nodes=[0.045, 0.1]),
    },
    compute=_bout,
    formulas=_formulas(),
    marks=[
        Rule("built", x="k_first", name="labour leaves, k₁"),
        Rule("built", x="k_second", name="returns are equal, k₂"),
        Line("built", "k", "k_compute", colour="purple", dash=2, label="compute"),
        Line("built", "k", "k_rental", colour="vermilion", dash=1, label="capital"),
        Line("built", "k", "k_wage", colour="green", label="wage"),
        Rule("time", x="first", name="labour leaves, t₁"),
        Rule("time", x="second", name="returns are equal, t₂"),
        Line("time", "years", "compute", colour="purple", dash=2, label="compute"),
        Line("time", "years", "rental", colour="vermilion", dash=1, label="capital"),
        Line("time", "years", "wage", colour="green", label="wage", reference=True),
    ],
    sentence=[
        "Labour leaves the new tasks after {first:.2f} years, returns are equal after "
        "{second:.2f}. By the first date the wage has fallen by {fall:.0%};",
        Clause("it is back after {back:.1f} years.", when="late"),
        Clause("it is back before returns are equal.", unless="late"),
        "At first compute earns {times:.0f} times what other capital does, and a unit of that is "
        "worth {price:.2f}.",
    ],
    columns={"years": "years", "wage": "wage", "return on capital": "rental",
             "return on compute": "compute"},
    caption=(
        "From the steady state at Φ₋ = 0.608; Table 2 otherwise; grey: its wage at Δ = 0.1. Try: "
        "raise Δ, then lower σ; then raise η and see a household that would rather not save. "
        "The ends of σ are those of the model: below, a bout of 15% makes labour plentiful at "
        "once; above, capital grows without end."
    ),
    presets={
        "Table 2": {},
        "A large bout": {"Delta": 0.15},
        "Tasks that hardly replace one another": {"sigma": 0.3},
    },
    reference="Table 2",
    play="Delta",
)  # fmt: skip
