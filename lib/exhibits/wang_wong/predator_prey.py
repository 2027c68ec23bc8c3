"""Predator and prey: a phase portrait whose starting point the reader moves.

>>> phase_portrait.description(economy="No damping")[:43]
'A and H circle the point where both rest (A'
"""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp
from scipy.integrate import solve_ivp
from scipy.interpolate import CubicSpline

from aiecon.validation import FloatArray
from aiecon.wang_wong import Parameters, cycle, dynamics, employment_nullcline, steady_states
from exhibits.explorer import Choice, Clause, Explorer, Line, Panel, Points, Slider

__all__ = ["phase_portrait"]

_SLOW = Parameters(alpha=0.2, mu=1.5, sigma=0.05, A_0=1.0)
#: Name of the economy, its parameters, and whether the labour market damps the cycle.
_ECONOMIES: dict[str, tuple[Parameters, bool]] = {
    "Calibration": (Parameters(), True),
    "Slow job finding": (_SLOW, True),
    "Very slow job finding": (Parameters(alpha=0.06, mu=1.5, sigma=0.05, A_0=1.0), True),
    "No damping": (_SLOW, False),
}
_A_0 = Parameters().A_0
#: Years of a path, close together at first, when employment falls; years told or marked by a dot.
_YEARS = 30 * np.linspace(0, 1, 51) ** 1.6
_TOLD = np.append(1.0, np.arange(0, 31, 5))
#: Turns of a path that circles, so many that the shortest of them take 30 years; those of the
#: second turn stand where those of the first do.
_TURNS = np.arange(51) / 24
_DAYS = np.linspace(0, 60, 4001)


def _paths(p: Parameters, damped: bool, A: FloatArray, H: FloatArray) -> tuple[Any, ...]:
    """A and H from n starts, (n, 2, dates), and how long a turn takes where it never fades, (n,).

    All paths are one system. Those that circle have their dates in turns, so that a path moves
    smoothly with its start although the length of a turn does. The years told come last.
    """
    rest = steady_states(p, "simple").some_ai
    g = p.rho * p.mu * rest.capability

    def slope(t: float, state: Any) -> Any:  # of ln A and H, or ln A and ln H
        x = state.reshape(2, -1)
        if damped:
            return dynamics(x, p, "simple").ravel()
        return np.concatenate([p.mu * np.exp(x[1]) - p.delta, g - p.rho * p.mu * np.exp(x[0])])

    start = np.concatenate([np.log(A), H if damped else np.log(H)])
    with_care: Any = {"method": "DOP853", "rtol": 1e-8, "atol": 1e-8, "t_eval": _DAYS}
    x, y = solve_ivp(slope, (0, _DAYS[-1]), start, **with_care).y.reshape(2, len(A), -1)
    turn = np.full(len(A), np.nan)
    if not damped:
        angle = np.unwrap(np.arctan2(y - np.log(rest.employment), x - np.log(rest.capability)))
        turned = np.abs(angle - angle[:, :1])
        turn = np.array([np.interp(2 * np.pi, phi, _DAYS) for phi in turned])
    when = np.outer(turn, _TURNS) if not damped else np.tile(_YEARS, (len(A), 1))
    when = np.hstack([when, np.tile(_TOLD, (len(A), 1))])
    series = np.stack([np.exp(x), y if damped else np.exp(y)], axis=1)
    found = [CubicSpline(_DAYS, path, axis=1)(t) for path, t in zip(series, when, strict=True)]
    return np.array(found), turn


def _portrait(economy: str, A: FloatArray, H: FloatArray) -> dict[str, Any]:
    p, damped = _ECONOMIES[economy]
    rest, turns = steady_states(p, "simple").some_ai, cycle(p)
    found, turn = _paths(p, damped, A, H)
    path, told = found[..., : len(_YEARS)], found[..., len(_YEARS) :]
    grid = np.linspace(0.0, 2.5, 61)
    still = employment_nullcline(grid, p) if damped else np.linspace(0, 1.2, 61)
    none = np.full((1, len(_YEARS)), np.nan)
    circles, spirals = not damped, damped and np.isfinite(turns.period)
    return {
        "year": _YEARS[None] if damped else none,
        "turning": np.outer(turn, _TURNS),  # the years of those that circle
        "A_t": path[:, 0],
        "H_t": path[:, 1],
        "A_dots": told[:, 0, 1:] if damped else none[:, :7],
        "H_dots": told[:, 1, 1:] if damped else none[:, :7],
        "grid": grid[None] if damped else np.full((1, 61), rest.capability),
        "still": still[None],
        "level": np.full((1, 2), rest.employment),
        "ends": np.array([[0.0, 2.5]]),
        "A_rest": rest.capability,
        "H_rest": rest.employment,
        "H_1": told[:, 1, 0],
        "H_5": told[:, 1, 2],
        "H_30": told[:, 1, 7],
        "turn": turn,
        "circles": float(circles),
        "spirals": float(spirals),
        "creeps": float(not circles and not spirals),
        "period": turns.period if spirals else 0.0,
        "half_life": turns.half_life,
    }


#: The plane of AI and employment, with a starting point to move.
phase_portrait = Explorer(
    name="ww-phase-portrait",
    title="Predator and prey",
    alt=(
        "Left, employment H against AI capability A: a horizontal line where AI stands still, a "
        "falling curve where employment stands still, and a path from a square, the chosen start, "
        "with a dot every five years, towards or around the point where line and curve cross. "
        "Right, employment and AI over thirty years."
    ),
    panels={
        "plane": Panel("", "AI capability A", "employment H", xlim=(0, 2.5), ylim=(0, 1.2)),
        "time": Panel("", "years", "H and A", xlim=(0, 30), ylim=(0, 2.5)),
    },
    controls={
        "economy": Choice("Economy", list(_ECONOMIES), default="Calibration"),
        "H": Slider("Employment at the start H(0)", 0.2, 0.99, 0.95, nodes=11),
        "A": Slider("AI at the start A(0)", 0.1, 2, _A_0, scale="log", nodes=14),
    },
    compute=_portrait,
    formulas={"turning": _TURNS[-1] * sp.Symbol("turn") * sp.Symbol("u", nonnegative=True)},
    marks=[
        Line("plane", "ends", "level", colour="green", dash=3, label="Ȧ = 0"),
        Line("plane", "grid", "still", colour="vermilion", dash=1, label="Ḣ = 0"),
        Line("plane", "A_t", "H_t", width=1.6, label="path"),
        Points("plane", "A_dots", "H_dots", colour="blue", size=4),
        Points("plane", "A", "H", marker="s"),
        Points("plane", "A_rest", "H_rest", size=7),
        Line("time", "year", "H_t", label="employment H"),
        Line("time", "year", "A_t", colour="purple", dash=1, label="AI A"),
        Line("time", "turning", "H_t", name="employment H"),
        Line("time", "turning", "A_t", colour="purple", dash=1, name="AI A"),
    ],
    sentence=[
        Clause(
            "A and H circle the point where both rest (A = {A_rest:.2f}, H = {H_rest:.0%}) for "
            "ever, from here once in {turn:.1f} years. Hirings do not depend on how many are out "
            "of work, so nothing keeps employment below one.",
            when="circles",
        ),
        Clause(
            "A and H circle the point where both rest (A = {A_rest:.2f}, H = {H_rest:.0%}), once "
            "in {period:.1f} years, and halve their distance every {half_life:.1f} years.",
            when="spirals",
        ),
        Clause(
            "A and H go to the point where both rest (A = {A_rest:.2f}, H = {H_rest:.0%}) without "
            "circling, the last part slowly: the distance halves every {half_life:.1f} years.",
            when="creeps",
        ),
        Clause(
            "Employment is {H_1:.0%} after one year, {H_5:.0%} after five and {H_30:.0%} after "
            "thirty.",
            unless="circles",
        ),
    ],
    columns={
        "years": "year",
        "years of those that circle": "turning",
        "capability A": "A_t",
        "employment H": "H_t",
    },
    caption=(
        "Square: where you start; small dots: every five years, thirty in all; large dot: both "
        "rest. Above the green line AI grows, above the red curve employment falls. Try: start "
        "where everybody works and AI knows little; then take away the damping."
    ),
    presets={
        "The calibration, from today": {"economy": "Calibration", "A": _A_0, "H": 0.95},
        "A spiral": {"economy": "Slow job finding", "A": 1.0, "H": 0.8},
        "Long swings": {"economy": "Very slow job finding", "A": 0.25, "H": 0.6},
        "Lotka and Volterra": {"economy": "No damping", "A": 0.75, "H": 0.6},
    },
    play="A",
)
