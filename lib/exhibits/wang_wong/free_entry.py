"""Free entry: a calibration of the full model and its paths.

>>> calibration.description()[:34]
'Employment falls by 11.6 points in'
"""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp

from aiecon.validation import FloatArray
from aiecon.wang_wong import Parameters, job_finding, long_run, solve_transitions
from exhibits.explorer import Clause, Explorer, Line, Panel, Rule, Slider

__all__ = ["YEARS", "calibration"]

_P = Parameters()
_MU, _DELTA, _EPSILON = sp.symbols("mu delta epsilon", positive=True)
#: A∞/A₀ = [α(μ/δ − 1) − σ]/(ρμA₀).
_END = _P.alpha * sp.Symbol("faster") * (_MU / _DELTA - 1) - _P.sigma
_END = _END / (_P.rho * _MU * _P.A_0)
#: Dates of a path, dense where it is steep.
YEARS = np.concatenate([np.linspace(0, 1.5, 11), np.linspace(2, 20, 25)])


def _paths(
    mu: FloatArray, delta: FloatArray, epsilon: FloatArray, theta: FloatArray
) -> dict[str, Any]:
    """The paths of n calibrations, and where they end."""
    p = Parameters(mu=mu, delta=delta, epsilon=epsilon, theta=theta)
    path, rest = solve_transitions(p, tol=1e-6), long_run(p)
    y, H = path.productivity(YEARS), path.employment(YEARS)
    five, ten = path.productivity([5.0, 10.0]).T
    lost = 100 * (p.H_0 - path.employment([5.0])[:, 0])
    return {
        "year": YEARS[None],
        "H": H,
        "y": y,
        "rest": rest.employment,
        "lost": lost,
        "gained": -lost,
        "y_5": five,
        "y_10": ten,
        "ln_A_5": np.log(five) / epsilon,
        "ln_A_10": np.log(ten) / epsilon,
        "end": (rest.capability / p.A_0) ** epsilon,
        "faster": job_finding(rest.surplus, p) / p.alpha,
    }


#: Employment and productivity for other learning, error, productivity and bargaining parameters.
calibration = Explorer(
    name="wang-wong-calibration",
    title="A calibration and its paths",
    alt=(
        "Two panels over twenty years with AI. Left: employment falls steeply in the first year, "
        "then slowly towards a dotted line at δ/μ. Right: output per worker on a logarithmic axis, "
        "rising. Grey curves show the reference point."
    ),
    panels={
        "jobs": Panel("", "years with AI", "employment H", xlim=(0, 20), ylim=(0.2, 1.0)),
        "output": Panel(
            "",
            "years with AI",
            "output per worker y",
            xlim=(0, 20),
            ylim=(0.3, 1000),
            yscale="log",
            yticks=[0.5, 1, 5, 10, 50, 100, 500, 1000],
        ),
    },
    controls={
        "mu": Slider("Learning rate μ", 0.58, 0.95, _P.mu, format=".3f", nodes=8),
        "delta": Slider("Error rate δ", 0.3, 0.53, _P.delta, format=".3f", nodes=8),
        "epsilon": Slider(
            "Elasticity of productivity ε", 0.3, 1.6, _P.epsilon, format=".3f", nodes=4
        ),
        "theta": Slider(
            "Firms' share θ",
            0.3,
            0.9,
            _P.theta,
            format=".3f",
            nodes=[0.38, 0.46, 0.54, 0.62, 0.69, 0.75, 0.8, 0.84, 0.875],
        ),
    },
    compute=_paths,
    formulas={
        "rest": _DELTA / _MU,
        "y_5": sp.exp(_EPSILON * sp.Symbol("ln_A_5")),
        "y_10": sp.exp(_EPSILON * sp.Symbol("ln_A_10")),
        "end": _END**_EPSILON,
    },
    marks=[
        Rule("jobs", y="rest", name="employment in the end, δ/μ"),
        Line("jobs", "year", "H", name="employment", reference=True),
        Line("output", "year", "y", name="output per worker", reference=True),
    ],
    sentence=[
        Clause("Employment falls by {lost:.1f} points in five years", when="lost"),
        Clause("Employment rises by {gained:.1f} points in five years", unless="lost"),
        "and ends at {rest:.3f}. Output per worker is multiplied by {y_5:.3g} in five years, by "
        "{y_10:.3g} in ten and by {end:.1f} in the long run. In the end jobs are found at "
        "{faster:.1f} times the rate without AI.",
    ],
    columns={
        "years with AI": "year",
        "employment": "H",
        "output per worker": "y",
    },
    caption=(
        "Grey: the reference point. σ, b, ξ and α₀ stay where they are. Try: raise μ and see "
        "employment end lower, because a faster learner needs fewer teachers; then raise δ. "
        "As δ comes near μ, AI forgets almost as fast as it learns: there A∞ nears 0."
    ),
    presets={
        "Reference point": {"mu": _P.mu, "delta": _P.delta, "epsilon": 1.069, "theta": _P.theta},
        "Fast learner": {"mu": 0.8, "delta": _P.delta, "epsilon": 1.069, "theta": _P.theta},
        "Forgetful AI": {"mu": 0.632, "delta": 0.53, "epsilon": 1.069, "theta": _P.theta},
        "Strong firms": {"mu": 0.632, "delta": _P.delta, "epsilon": 1.069, "theta": 0.85},
    },
    reference="Reference point",
    play="mu",
)
