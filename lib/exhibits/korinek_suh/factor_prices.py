"""The factor price frontier and the path of automation on it, an explorer (Figures 4 and 5).

>>> frontier.description(K=1.0, Phi=0.6).split(":")[0]
'Labour is not scarce (region 2)'
"""

from __future__ import annotations

import numpy as np
import sympy
from sympy import Eq, Piecewise

from aiecon.korinek_suh.parameters import Parameters
from aiecon.korinek_suh.statics.automation import wage_peak
from aiecon.korinek_suh.statics.factor_prices import maximal_wage
from aiecon.korinek_suh.statics.production import Equilibrium, prices, scarcity_threshold
from aiecon.validation import FloatArray
from exhibits.movable import Clause, Explorer, Line, Panel, Points, Slider

__all__ = ["frontier"]

_U = np.linspace(0, 1, 61)
_FAR = 8.0  # log w/R at the upper end of the frontier that is drawn
_DIAGONAL = np.geomspace(0.4, 1.9, 25)[None, :]


def _frontier(
    A: FloatArray, sigma: FloatArray, K: FloatArray, Phi: FloatArray
) -> dict[str, FloatArray]:
    """The frontier at (A, σ, Φ), the path of prices at (A, σ, K), and where the economy stands.

    A point of the frontier is the equilibrium at the capital K/L = Φ/(1−Φ) (w/R)^σ.
    """
    some = Phi < 1
    odds = Phi / np.where(some, 1 - Phi, 1.0)
    ratio = np.exp(_FAR * _U * some[:, None])  # w/R
    capital = odds[:, None] * ratio ** sigma[:, None]
    front = _prices(A, sigma, capital, np.where(some, Phi, 0.5)[:, None])
    border = scarcity_threshold(K)
    share = border[:, None] * np.sin(np.pi / 2 * _U) ** 2
    path = _prices(A, sigma, K[:, None], share)
    now = Equilibrium(*prices(K, Phi, 1 - Phi, 1.0, A, sigma))
    peak, highest = np.empty_like(K), np.full_like(K, np.inf)
    for one in np.unique(sigma):
        these = sigma == one
        peak[these] = wage_peak(K[these], Parameters(sigma=one, A=1.0)).Phi
        these &= some
        highest[these] = A[these] * maximal_wage(Phi[these], Parameters(sigma=one, A=1.0))
    scarce = border - Phi
    return {
        "R_frontier": np.where(some[:, None], front.rental_rate, A[:, None]),
        "w_frontier": np.where(some[:, None], front.wage, A[:, None]),
        "R_path": path.rental_rate,
        "w_path": path.wage,
        "share": share,
        "R": now.rental_rate,
        "w": now.wage,
        "labor_share": now.labor_share,
        "border": border,
        "scarce": scarce,
        "peak": peak,
        "before_peak": peak - Phi,
        "after_peak": np.minimum(Phi - peak, scarce),
        "highest": highest,
        "bounded": np.where(some, 1 - sigma, -1.0),
        "manual": 1 - Phi,
        "diagonal": _DIAGONAL,
    }


def _prices(A: FloatArray, sigma: FloatArray, K: FloatArray, Phi: FloatArray) -> Equilibrium:
    return Equilibrium(*prices(K, Phi, 1 - Phi, 1.0, A[:, None], sigma[:, None]))


def _closed_forms() -> dict[str, sympy.Expr]:
    """The same in symbols, with the ratio r = w/R: for σ = 1 the limits."""
    A, sigma, K, Phi = sympy.symbols("A sigma K Phi", positive=True)
    peak, u = sympy.symbols("peak u", nonnegative=True)

    def rental(Phi: sympy.Expr, r: sympy.Expr) -> sympy.Expr:
        ces = (Phi + (1 - Phi) * r ** (1 - sigma)) ** (1 / (sigma - 1))
        return A * Piecewise((r ** (Phi - 1), Eq(sigma, 1)), (ces, True))

    def wage(Phi: sympy.Expr, r: sympy.Expr) -> sympy.Expr:
        ces = (Phi * r ** (sigma - 1) + 1 - Phi) ** (1 / (sigma - 1))
        return A * Piecewise((r**Phi, Eq(sigma, 1)), (ces, True))

    border = K / (1 + K)
    share = border * sympy.sin(sympy.pi * u / 2) ** 2
    along = (K * (1 - share) / share) ** (1 / sigma)
    front = sympy.exp(_FAR * u * Piecewise((1, Phi < 1), (0, True)))
    here = sympy.Max(1, K * (1 - Phi) / Phi) ** (1 / sigma)
    highest = A * (1 - Phi) ** (1 / (sigma - 1))
    return {
        "R_frontier": rental(Phi, front),
        "w_frontier": wage(Phi, front),
        "R_path": Piecewise((0, Eq(u, 0)), (rental(share, along), True)),
        "w_path": Piecewise((A, Eq(u, 0)), (wage(share, along), True)),
        "share": share,
        "R": rental(Phi, here),
        "w": wage(Phi, here),
        "labor_share": here / (here + K),
        "border": border,
        "scarce": border - Phi,
        "before_peak": peak - Phi,
        "after_peak": sympy.Min(Phi - peak, border - Phi),
        "highest": Piecewise((highest, (sigma < 1) & (Phi < 1)), (sympy.oo, True)),
        "bounded": Piecewise((1 - sigma, Phi < 1), (-1, True)),
        "manual": 1 - Phi,
    }


#: The factor price frontier and the automation path on it, Figures 4 and 5.
frontier = Explorer(
    name="factor-price-frontier",
    title="The factor price frontier and the path of automation",
    alt=(
        "Wage against rental rate. A falling curve, the factor price frontier, ends where both "
        "prices equal A; a hump-shaped dashed curve shows how prices move along with automation "
        "at a given capital-labour ratio; a dot marks the economy."
    ),
    panels={
        "prices": Panel(
            xlabel="rental rate R",
            ylabel="wage w (log scale)",
            xlim=(-0.02, 1.9),
            ylim=(0.4, 40),
            yscale="log",
            yticks=[0.5, 1, 2, 5, 10, 20],
        )
    },
    controls={
        "A": Slider("Productivity A", 0.5, 1.8, 1.0, nodes=2),
        "sigma": Slider(
            "Elasticity of substitution σ",
            0.1,
            3,
            0.5,
            scale="log",
            nodes=17,
        ),
        "K": Slider("Capital per worker K/L", 0.3, 30, 4, scale="log", format=".3g", nodes=17),
        "Phi": Slider("Share of automated tasks Φ", 0.01, 1, 0.5, nodes=2),
    },
    compute=_frontier,
    formulas=_closed_forms(),
    marks=[
        Line("prices", "diagonal", "diagonal", colour="muted", dash=2, width=1.2, label="w = R"),
        Line("prices", "R_path", "w_path", colour="vermilion", dash=3, label="path of automation"),
        Line(
            "prices", "R_frontier", "w_frontier", colour="green", label="frontier", reference=True
        ),
        Points("prices", "A", "A", colour="green", marker="s", name="both prices equal A"),
        Points("prices", "R", "w", label="the economy"),
    ],
    sentence=[
        Clause("Labour is not scarce (region 2): both factors earn A = {A:.3g}.", unless="scarce"),
        Clause(
            "Labour is scarce (region 1): it earns {w:.3g}, capital {R:.3g}, and the labour share "
            "is {labor_share:.0%}.",
            when="scarce",
        ),
        Clause("On this frontier no wage exceeds {highest:.3g}.", when="bounded"),
        Clause(
            "On this frontier wages have no upper bound (σ ≥ 1).", when="manual", unless="bounded"
        ),
        Clause("With all tasks automated the frontier is a single point.", unless="manual"),
        Clause(
            "At this K/L region 2 began at Φ = {border:.2f}; more automation changes nothing.",
            unless="scarce",
        ),
        Clause("More automation raises the wage until Φ = {peak:.2f}.", when="before_peak"),
        Clause(
            "More automation lowers the wage, down to {A:.3g} from Φ = {border:.2f} on.",
            when="after_peak",
        ),
    ],
    columns={
        "frontier: rental rate R": "R_frontier",
        "frontier: wage w": "w_frontier",
        "path: automated share": "share",
        "path: rental rate R": "R_path",
        "path: wage w": "w_path",
    },
    caption=(
        "Solid: the prices that this technology allows. Dash-dotted: the prices that automation "
        "passes through at this K/L, from w = A, R = 0. Square: w = R = A. Grey: the frontier at "
        "Φ = 0.5, σ = 0.5, A = 1. Try: raise Φ and watch the frontier turn around the square."
    ),
    presets={
        "Start": {},
        "Figure 4: more productive": {"A": 1.5},
        "Figure 5: past the peak": {"Phi": 0.7},
        "Collapse: all automated": {"Phi": 1.0},
    },
    reference="Start",
    play="Phi",
)
