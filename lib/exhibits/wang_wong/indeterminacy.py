"""Indeterminacy: maps of which steady states there are, and the roots of the full model."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import sympy as sp
from matplotlib.axes import Axes

from aiecon.validation import FloatArray
from aiecon.wang_wong import (
    Model,
    Parameters,
    eigenvalues,
    job_finding,
    motion,
    some_ai_gap,
    steady_states,
)
from aiecon.wang_wong.equations import partials
from exhibits.explorer import Area, Choice, Clause, Explorer, Line, Panel, Points, Rule, Slider
from exhibits.plotting import area, line, share_axis
from exhibits.wang_wong.reported import NEIGHBOUR, REPORTED, SLOW, TURNING, towards_the_reported

__all__ = ["REPORTED", "SLOW", "TURNING", "borders", "draw_regimes", "full_roots"]
__all__ += ["towards_the_reported"]


def borders(params: Parameters, model: Model) -> tuple[FloatArray, FloatArray]:
    """φ below which some-AI exists, and φ from which unbounded-AI does; NaN where none.

    The first is π_A = s₀, the second π_A = s_U, with π_A = (1 − φ)/(r + δ) solved for φ. Where
    the surplus without displacement is infinite the second is −∞.
    """
    free = replace(params, phi=1.0)  # π_A = 0: every path without displacement is consistent
    cost = params.r + params.delta
    live = params.mu * params.H_0 > params.delta
    some = np.where(live, 1 - cost * params.s_0, np.nan)
    worth = steady_states(free, model).unbounded_ai_all.surplus
    exists = ~np.isnan(worth).all(axis=0)
    best = np.where(exists, np.nan_to_num(worth).max(axis=0), np.nan)
    best = np.where(live & ~exists, np.inf, best)
    return np.broadcast_arrays(some, 1 - cost * best)  # type: ignore[return-value]


def draw_regimes(ax: Axes, x: FloatArray, params: Parameters, model: Model) -> None:
    """Areas between the borders, against x: some-AI below the first, unbounded-AI above the second,
    an infinite surplus where there is no second."""
    some, unbounded = borders(params, model)
    known = ~np.isnan(some)
    x, top, unbounded = x[known], np.clip(some[known], 0, 1), unbounded[known]
    floor, endless = np.clip(unbounded, 0, 1), np.isinf(unbounded)
    area(ax, x, 0, np.minimum(floor, top), "faint", strength=1)
    area(ax, x, floor, top, "purple", strength=0.3, where=~endless & (top >= floor))
    area(ax, x, 0, top, "amber", where=endless)
    line(ax, x, top, colour="ink")
    finite = ~endless & (unbounded > 0)
    line(ax, x[finite], floor[finite], colour="purple", dash=1)
    if endless.any() and not endless.all():
        line(ax, [x[endless][0]] * 2, [0, top[endless][0]], colour="amber", dash=2)
    share_axis(ax, "y")


# Roots of the full model --------------------------------------------------------------------------

#: Labour markets: next to the reference one, and one in which the reported pattern can be found.
_MARKETS: dict[str, Parameters] = {
    "σ = 0.10, α₀ = 1.9, b = 0.722": NEIGHBOUR,
    "Slow, few jobs: σ = 0.05, α₀ = 0.118, b = 0.9": TURNING,
}
_NEXT, _FEW = _MARKETS
_OF_PI = np.linspace(0.05, 1.0, 61)  # surpluses s/π_A at which F is drawn


def _pair(p: Parameters) -> tuple[FloatArray, FloatArray]:
    """The middle m of the two zeros of F and (half their distance)² = d, for n economies.

    Both move smoothly through a fold, where the zeros meet (d = 0) and leave the real numbers.
    """
    every = steady_states(p).some_ai_all
    s = every.surplus[:2].astype(complex)
    gone = ~every.exists[0]
    if gone.any():  # from the lowest point of F on, by Newton steps
        q = p[gone]
        gap = partial(some_ai_gap, params=q)
        grid = np.linspace(0.3, 1.0, 141)[:, None] * q.pi_A
        x = np.take_along_axis(grid + 0 * q.theta, gap(grid).argmin(axis=0)[None], 0)[0] + 0.3j
        for _ in range(60):
            slope = (gap(x + 1e-6) - gap(x - 1e-6)) / 2e-6
            step = gap(x) / slope
            x = x - step * 0.1 / np.maximum(0.1, np.abs(step))
        x = np.where(np.abs(x.imag) < 1e-3, x.real + 0.1j, x)  # far from the fold
        s[:, gone] = x, x.conj()
    return (s.sum(axis=0) / 2).real, ((s[1] - s[0]) ** 2 / 4).real


def _decades(x: Any, unit: float) -> Any:
    """A symmetric logarithm: x/unit near zero, decades away from it."""
    return np.arcsinh(x / unit) / np.log(10)


def _discriminant(c: Any) -> tuple[Any, Any, Any]:
    """p, q and (q/2)² + (p/3)³ of t³ + pt + q, the polynomial of x = t − c₂/3 without its square.

    The third is positive where two roots of x³ + c₂x² + c₁x + c₀ are complex.
    """
    p, q = c[1] - c[2] ** 2 / 3, 2 * c[2] ** 3 / 27 - c[2] * c[1] / 3 + c[0]
    return p, q, q**2 / 4 + p**3 / 27


def _roots(market: str, theta: FloatArray, xi: FloatArray, epsilon: FloatArray) -> dict[str, Any]:
    """The three roots, F and its zeros, in n settings of a labour market."""
    base = _MARKETS[market]
    p = replace(base, theta=theta, xi=xi, epsilon=epsilon)
    every, found = steady_states(p).some_ai_all, eigenvalues(p)
    several = market == _FEW
    middle, spread = _pair(p) if several else (every.surplus[0], 0 * theta)
    x, y, z = found.T
    c = [(-x * y * z).real, (x * y + y * z + z * x).real, -(x + y + z).real]
    imag = np.nan_to_num(found.imag)
    turning = np.abs(imag[:, 1])
    numbers = {f"real_{k}": _decades(found[:, k].real, 0.01) for k in range(3)}
    numbers |= {f"imag_{k}": imag[:, k] for k in range(3)}
    numbers |= {f"c_{k}": c[k] for k in range(3)}
    numbers |= {name: np.full(len(theta), getattr(base, name)) for name in ("alpha", "sigma", "b")}
    return numbers | {
        "middle": middle,
        "spread": spread,
        "first": every.surplus[0],
        "second": every.surplus[1] if several else every.surplus[0],
        "there": spread if several else 1 + spread,
        "s": _OF_PI[None] * base.pi_A,
        "left": np.array([[-4.6, 0.0]]),
        "F": _decades(some_ai_gap(_OF_PI * base.pi_A, p.beside), 0.001),
        "largest": found[:, 2].real,
        "continuum": -found[:, 2].real,
        "turns": _discriminant(c)[2],
        "straight": -_discriminant(c)[2],
        "turn": np.divide(2 * np.pi, turning, out=0 * turning, where=turning > 0),
    }


def _formulas() -> dict[str, Any]:
    """The same for the page: the library's equations in symbols, and a cubic's roots."""
    names = "theta xi epsilon alpha sigma b middle spread"
    symbols = dict(zip(names.split(), sp.symbols(names, positive=True), strict=True))
    fixed = {name: getattr(NEIGHBOUR, name) for name in ("mu", "delta", "rho", "r", "pi_A")}
    q: Any = SimpleNamespace(**symbols, **fixed)
    q.s_0 = (1 - q.b) / (q.r + q.sigma + q.alpha * (1 - q.theta))
    H = q.delta / q.mu

    def capability(s: Any) -> Any:
        return (job_finding(s, q) * (1 / H - 1) - q.sigma) / (q.rho * q.mu)

    half, u = sp.sqrt(q.spread), sp.Symbol("u", nonnegative=True)
    s = fixed["pi_A"] * (_OF_PI[0] + (_OF_PI[-1] - _OF_PI[0]) * u)
    first = sp.Symbol("first", positive=True)
    J = sp.Matrix(partials(capability(first), H, first, q))
    minors = sum(J.minor(k, k) for k in range(3))
    c = sp.symbols("c_0 c_1 c_2", real=True)
    p, r, turns = _discriminant(c)
    angle = sp.acos(sp.Max(-1, sp.Min(1, 3 * r / (2 * p) * sp.sqrt(-3 / p)))) / 3
    three = [2 * sp.sqrt(-p / 3) * sp.cos(angle - 2 * sp.pi * k / 3) for k in (2, 1, 0)]
    root = -sp.sign(r) * (sp.Abs(r) / 2 + sp.sqrt(turns)) ** sp.Rational(1, 3)
    real, high = root - p / (3 * root), sp.sqrt(3) / 2 * sp.Abs(root + p / (3 * root))
    one = [sp.Min(real, -real / 2), -real / 2, sp.Max(real, -real / 2)]
    ahead = sp.Piecewise((high, real < 0), (0, True))  # the pair is the upper two
    imag = [ahead - high, 2 * sp.Piecewise((high / 2, real > 0), (-high / 2, True)), ahead]
    parts = [
        sp.Piecewise((b, turns > 0), (a, True)) - c[2] / 3 for a, b in zip(three, one, strict=True)
    ]
    found = {f"c_{k}": x for k, x in enumerate((-J.det(), minors, -J.trace()))}
    found |= {f"real_{k}": sp.asinh(parts[k] / 0.01) / np.log(10) for k in range(3)}
    found |= {f"imag_{k}": sp.Piecewise((imag[k], turns > 0), (0, True)) for k in range(3)}
    turning = sp.Abs(sp.Symbol("imag_1", real=True))
    return {
        "first": q.middle - half,
        "second": q.middle + half,
        "F": sp.asinh(motion(capability(s), H, s, 1, q)[2] / 0.001) / np.log(10),
        **found,
        "largest": parts[2],
        "continuum": -parts[2],
        "turns": turns,
        "straight": -turns,
        "turn": sp.Piecewise((2 * sp.pi / turning, turning > 0), (0, True)),
    }


def _ticks(unit: float, values: tuple[float, ...]) -> dict[float, str]:
    return {float(_decades(x, unit)): f"{x:g}".replace("-", "−") for x in values}


#: The roots of the full model at its some-AI steady state.
full_roots = Explorer(
    name="ww-roots",
    title="One path, or a continuum?",
    alt=(
        "Left, the plane of complex numbers with the roots of the full model at its some-AI steady "
        "state; the half in which the real part is negative and a root is stable is tinted; the "
        "real axis is logarithmic away from zero. Right, the curve F against the surplus s; a dot "
        "marks the zero at which the economy rests, a diamond the second zero if there is one."
    ),
    panels={
        "roots": Panel(
            "",
            "real part, 1/year",
            "imaginary part, 1/year",
            xlim=(-4.6, 4.6),
            ylim=(-3.5, 3.5),
            xticks=_ticks(0.01, (-100, -1, 0, 1, 100)),
        ),
        "rest": Panel(
            "",
            "surplus s",
            "F(s), zero at rest",
            xlim=(0, 2),
            ylim=(-3, 5),
            yticks=_ticks(0.001, (-0.1, -0.01, 0, 0.01, 0.1, 1, 10)),
        ),
    },
    controls={
        "market": Choice("Labour market", list(_MARKETS), default=_NEXT),
        "xi": Slider("Elasticity of matches ξ", 0.3, 0.85, 0.538, format=".3f", nodes=21),
        "epsilon": Slider("Productivity of AI ε", 0.5, 8, 1.069, nodes=2),
        "theta": Slider("Firm's share θ", 0.5, 1, 0.541, format=".3f", nodes=11),
    },
    compute=_roots,
    formulas=_formulas(),
    marks=[
        Area("roots", "left", -3.5, 3.5, colour="blue", opacity=0.12, label="stable"),
        Rule("roots", x=0, dash=0),
        Rule("roots", y=0, dash=0),
        *(Points("roots", f"real_{k}", f"imag_{k}", size=9, name="root") for k in range(3)),
        Rule("rest", y=0, dash=0),
        Line("rest", "s", "F", label="F"),
        Points("rest", "second", 0, colour="vermilion", marker="d", size=5, label="second zero"),
        Points("rest", "first", 0, size=9, label="rest"),
    ],
    sentence=[
        Clause("There is no some-AI steady state: no roots.", unless="there"),
        Clause(
            "Three stable roots: a continuum of paths leads to the some-AI steady state. The "
            "largest real part is {largest:.4f} a year.",
            when="continuum",
        ),
        Clause(
            "Two stable roots, as many as there are given states: one path leads to the some-AI "
            "steady state. The largest real part is {largest:.2g} a year.",
            when="largest",
            unless="real_1",
        ),
        Clause(
            "One stable root: from most starts no path leads to the some-AI steady state. The pair "
            "has the real part {largest:.4f} a year.",
            when="real_1",
        ),
        Clause("Paths turn once in {turn:.1f} years.", when="turns"),
        Clause("Paths do not turn.", when="straight"),
    ],
    caption=(
        "Roots in the tinted half are stable. A and H are given at the start, so two stable roots "
        "select one path. They belong to the first zero of F: where F rises through it there are "
        "two at most; where F falls there can be three, and a second zero follows. Try: go to the "
        "reported point and move every slider, in search of a third stable root; then change the "
        "labour market."
    ),
    presets={
        "The calibration": {"theta": 0.541, "xi": 0.538, "epsilon": 1.069},
        "The reported point": {"theta": 1, "xi": 0.765, "epsilon": 6},
        "A continuum": {"market": _FEW, "theta": 1, "xi": 0.765, "epsilon": 6},
    },
    play="epsilon",
)
