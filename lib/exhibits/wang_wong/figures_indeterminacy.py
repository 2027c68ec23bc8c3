"""The figures of the chapter on indeterminacy; all drawings are ours.

>>> len(two_futures().axes)
2
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from aiecon.validation import FloatArray
from aiecon.wang_wong import (
    Destination,
    ForwardPath,
    Model,
    Parameters,
    Transition,
    benchmark_path,
    eigenvalues,
    path_from,
    social_threshold,
    steady_states,
    switching_dates,
)
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line, panels, share_axis, style

__all__ = [
    "adoption",
    "branches",
    "continuum",
    "regimes_mu",
    "regimes_theta",
    "roots",
    "three_futures",
    "two_futures",
]

#: The benchmark with a strong firm: two futures.
TWO = Parameters(theta=0.95)
#: A little weaker: firms can also use AI for a while and stop.
THREE = Parameters(theta=0.929)
#: A neighbour of the reference point that meets the reported transition as well as it does; at the
#: reference point itself nobody is replaced with θ = 1.
NEIGHBOUR = Parameters(sigma=0.1, alpha=1.9, theta=0.541, b=0.7219, xi=0.5372)
#: The reported point of local indeterminacy, with that labour market.
REPORTED = replace(NEIGHBOUR, theta=1.0, xi=0.765, epsilon=6.0)
#: The same in a slower labour market with dearer home time, and with fewer jobs found: where the
#: reported pattern is there.
SLOW = replace(REPORTED, sigma=0.05, alpha=0.95, b=0.9)
TURNING = replace(SLOW, alpha=0.118)


@cache
def _future(params: Parameters, there: Destination, switch: float) -> Transition:
    return benchmark_path(params, there, switch=switch)


@style()
def two_futures() -> BookFigure:
    """Employment and productivity from one start under two expectations, benchmark model."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.4))
    t = np.linspace(0.0, 30.0, 301)
    futures: tuple[tuple[Destination, str, Any, str], ...] = (
        ("some-AI", "vermilion", DASHES[0], "with displacement"),
        ("unbounded-AI", "blue", DASHES[1], "without"),
    )
    for there, colour, dash, name in futures:
        path = _future(TWO, there, 0.0)
        left.plot(t, path.employment(t), color=PALETTE[colour], linestyle=dash)
        right.plot(t, path.productivity(t), color=PALETTE[colour], linestyle=dash)
        y = float(path.employment(20.0))
        label_line(left, 12, y, name, colour, offset=(0, 6))
    left.set(xlim=(0, 30), ylim=(0.65, 1.0), xlabel="years", ylabel="employment H")
    right.set_yscale("log")
    right.set_yticks([0.5, 1, 2, 5, 10, 20, 50], ["0.5", "1", "2", "5", "10", "20", "50"])
    right.minorticks_off()
    right.set(xlim=(0, 30), ylim=(0.5, 60), xlabel="years", ylabel="productivity, log scale")
    return fig


@cache
def _dates() -> tuple[float, ...]:
    return tuple(switching_dates(THREE))


@style()
def three_futures() -> BookFigure:
    """All equilibria that use AI throughout, for a while, or never, from one start."""
    fig, (top, below) = panels(2, 1, size=(5.4, 5.2), sharex=True)
    t = np.linspace(0.0, 15.0, 601)
    (date,) = _dates()
    cases: tuple[tuple[Destination, float, str, Any, str], ...] = (
        ("some-AI", 0.0, "vermilion", DASHES[0], "for ever"),
        ("unbounded-AI", date, "green", DASHES[2], f"until year {date:.1f}"),
        ("unbounded-AI", 0.0, "blue", DASHES[1], "never"),
    )
    for there, switch, colour, dash, name in cases:
        path = _future(THREE, there, switch)
        style: dict[str, Any] = {"color": PALETTE[colour], "linestyle": dash}
        top.plot(t, path.employment(t), label=name, **style)
        below.plot(t, path.surplus(t), **style)
        if switch:
            below.plot([switch], [THREE.pi_A], "o", color=PALETTE[colour], markersize=6)
    below.axhline(THREE.pi_A, color=PALETTE["muted"], linewidth=1)
    label_line(below, 15, THREE.pi_A, "π_A", "muted", ha="right", offset=(0, 4))
    top.set(xlim=(0, 15), ylim=(0.7, 1.12), ylabel="employment H")
    top.set_yticks([0.7, 0.8, 0.9, 1.0])
    top.legend(loc="upper right", ncols=3, title="AI takes places …")
    below.set(ylim=(1.6, 2.2), xlabel="years", ylabel="surplus of a match s")
    return fig


# Which steady states there are --------------------------------------------------------------------


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


def _regimes(ax: Any, x: FloatArray, some: FloatArray, unbounded: FloatArray) -> None:
    """Areas between the borders: some-AI below the first, unbounded-AI above the second."""
    floor = np.clip(unbounded, 0.0, 1.0)
    top = np.clip(some, 0.0, 1.0)
    known = ~np.isnan(some)
    x, floor, top = x[known], floor[known], top[known]
    endless = np.isinf(unbounded[known])
    both, infinite = PALETTE["purple"], PALETTE["amber"]
    ax.fill_between(x, 0, np.minimum(floor, top), color=PALETTE["faint"], linewidth=0)
    ax.fill_between(x, floor, top, where=~endless & (top >= floor), color=both, alpha=0.3, lw=0)
    ax.fill_between(x, 0, top, where=endless, color=infinite, alpha=0.25, linewidth=0)
    ax.plot(x, top, color=PALETTE["ink"], linestyle="-")
    finite = ~endless & (unbounded[known] > 0)
    ax.plot(x[finite], floor[finite], color=PALETTE["purple"], linestyle=DASHES[1])
    if endless.any() and not endless.all():
        first = x[endless][0]
        ax.plot([first] * 2, [0, top[endless][0]], color=infinite, linestyle=DASHES[2])
    share_axis(ax, "y")


@style()
def regimes_theta() -> BookFigure:
    """(θ, φ): which steady states there are, benchmark and full model."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.7), sharey=True)
    theta = np.linspace(0.4, 1.0, 601)
    models: tuple[tuple[Any, Model], ...] = ((left, "benchmark"), (right, "full"))
    for ax, model in models:
        _regimes(ax, theta, *borders(Parameters(theta=theta), model))
        ax.set(xlim=(0.4, 1.0), xlabel="firm's share θ", title=f"{model} model")
        ax.text(0.52, 0.35, "some-AI only")
        ax.text(0.62, 0.93, "unbounded-AI only", fontsize=9.5)
    left.plot([0.95], [0.0043], "D", color=PALETTE["vermilion"], clip_on=False, zorder=5)
    right.plot([0.95], [0.0043], "D", color=PALETTE["vermilion"], clip_on=False, zorder=5)
    left.set_ylabel("cost of an AI replacement φ")
    left.text(0.925, 0.22, "both", color=PALETTE["purple"], rotation=90)
    right.text(0.947, 0.2, "both", color=PALETTE["purple"], rotation=90)
    for ax in (left, right):
        ax.plot(
            [Parameters().theta], [0.0043], "s", color=PALETTE["vermilion"], clip_on=False, zorder=5
        )
    return fig


@style()
def regimes_mu() -> BookFigure:
    """(μ, φ): which steady states there are, at the calibrated θ and at θ = .95; benchmark."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.7), sharey=True)
    mu = np.linspace(0.4, 1.2, 801)
    for ax, theta in ((left, Parameters().theta), (right, 0.95)):
        p = Parameters(theta=theta, mu=mu)
        _regimes(ax, mu, *borders(p, "benchmark"))
        start = p.delta / p.H_0
        ax.plot([start] * 2, [0, 1], color=PALETTE["green"], linestyle=DASHES[3])
        ax.plot([0.632], [0.0043], "s", color=PALETTE["vermilion"], clip_on=False, zorder=5)
        ax.set(xlim=(0.4, 1.2), xlabel="AI's learning rate μ", title=f"θ = {theta:.3g}")
        ax.text(0.415, 0.3, "AI\ndies\nout", fontsize=9)
    left.set_ylabel("cost of an AI replacement φ")
    left.text(0.58, 0.3, "some-AI only")
    left.text(1.02, 0.73, "both", color=PALETTE["purple"])
    right.text(0.62, 0.2, "both", color=PALETTE["purple"], fontsize=9)
    right.text(0.88, 0.2, "infinite", color=PALETTE["amber"])
    right.text(0.6, 0.9, "unbounded-AI only", fontsize=9.5)
    return fig


@style()
def adoption() -> BookFigure:
    """Private and social worth of a match against θ, and where they leave π_A."""
    fig, ax = panels(size=(5.4, 3.7))
    theta = np.linspace(0.0, 1.0, 201)
    p = Parameters(theta=theta)
    social = float(social_threshold(Parameters()))
    ax.plot(theta, p.s_0, color=PALETTE["ink"], linestyle="-")
    ax.axhline(social, color=PALETTE["green"], linestyle=DASHES[3], linewidth=2)
    ax.axhline(p.pi_A, color=PALETTE["vermilion"], linestyle=DASHES[1], linewidth=1.6)
    ax.fill_between(theta, social, p.s_0, color=PALETTE["sky"], alpha=0.3, linewidth=0)
    ax.text(0.12, 0.75, "adopted, and too much of it\nif learning is worth something")
    label_line(ax, 0.55, 0.15, "worth doing, not done", "blue", offset=(0, 0))
    label_line(ax, 0.02, p.pi_A, "π_A of the calibration", "vermilion", offset=(0, -13))
    label_line(ax, 0.72, 0.36, "market: s₀", "ink", ha="right", offset=(-4, 4))
    label_line(ax, 0.02, social, "society: (1−b)/(r+σ+α)", "green", offset=(0, -14))
    share_axis(ax, "x", "firm's share of the surplus θ")
    ax.set_yscale("log")
    ax.set_yticks([0.1, 0.2, 0.5, 1, 2], ["0.1", "0.2", "0.5", "1", "2"])
    ax.minorticks_off()
    ax.set(ylim=(0.08, 2.4), ylabel="value of an AI π_A, log scale")
    return fig


# Local indeterminacy ------------------------------------------------------------------------------


def towards_the_reported(way: Any) -> Parameters:
    """θ, then ξ, then ε moved to (1, .765, 6), ``way`` from 0 to 3; σ, b and α₀ stay."""
    start = NEIGHBOUR
    legs = {
        name: getattr(start, name)
        + np.clip(np.asarray(way) - leg, 0.0, 1.0)
        * (getattr(REPORTED, name) - getattr(start, name))
        for leg, name in enumerate(("theta", "xi", "epsilon"))
    }
    return replace(start, **legs)


@style()
def roots() -> BookFigure:
    """Real and imaginary parts of the three roots on the way to the reported point."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.7))
    way = np.linspace(0.0, 3.0, 901)
    found = eigenvalues(towards_the_reported(way))
    for i, colour in ((0, "blue"), (1, "green"), (2, "vermilion")):
        left.plot(way, found[:, i].real, color=PALETTE[colour], linestyle=DASHES[i])
        right.plot(way, found[:, i].imag, color=PALETTE[colour], linestyle=DASHES[i])
    for ax, name in ((left, "real part, 1/year"), (right, "imaginary part, 1/year")):
        ax.axhline(0.0, color=PALETTE["muted"], linewidth=1)
        for leg in (1, 2):
            ax.axvline(leg, color=PALETTE["faint"], linewidth=1, zorder=0)
        ax.set_xticks([0, 1, 2, 3], ["start", "θ = 1", "ξ = .765", "ε = 6"])
        ax.set(xlim=(0, 3), ylabel=name)
    left.set_yscale("symlog", linthresh=0.1)
    ticks = [-10, -1, -0.1, 0, 0.1, 1, 10]
    left.set_yticks(ticks, [f"{x:g}".replace("-", "−") for x in ticks])
    left.minorticks_off()
    last = float(found[-1, 2].real)
    label_line(left, 3, last, f"{last:+.2f}", "vermilion", ha="right", offset=(0, -15))
    return fig


@cache
def _branches(b: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    alpha = np.concatenate([np.linspace(0.08, 0.15, 1401), np.geomspace(0.15, 1.0, 200)])
    states = steady_states(replace(SLOW, alpha=alpha, b=b)).some_ai_all
    return alpha, states.capability[0], states.capability[1]


@style()
def branches() -> BookFigure:
    """Steady-state AI against the job-finding rate without AI, for two values of b."""
    fig, ax = panels(size=(5.4, 3.8))
    alpha, low, high = _branches(0.9)
    two = ~np.isnan(high)
    ax.plot(alpha[two], low[two], color=PALETTE["purple"], linestyle=DASHES[2], linewidth=2.6)
    upper = np.where(two, high, np.where(alpha > alpha[two][-1], low, np.nan))
    ax.plot(alpha, upper, color=PALETTE["blue"], linestyle="-")
    lower = _branches(0.873)
    ax.plot(lower[0], lower[1], color=PALETTE["vermilion"], linestyle=DASHES[1])
    fold = int(np.flatnonzero(two)[0])
    ax.plot([alpha[fold]], [low[fold]], "o", color=PALETTE["ink"], markersize=6)
    label_line(ax, alpha[fold], low[fold], "fold", "ink", ha="right", offset=(-6, -3))
    p = replace(SLOW, b=0.873)
    ax.plot([p.alpha], [steady_states(p).some_ai.capability], "s", color=PALETTE["vermilion"])
    note = "b = .873, up to α₀ = 19σ:\ntwo stable roots"
    label_line(ax, 0.36, 0.5, note, "vermilion", va="top", offset=(0, 0))
    label_line(ax, 0.145, 2.1, "b = .9: two stable roots", "blue", offset=(0, 0))
    label_line(ax, 0.16, 0.03, "b = .9: three stable roots", "purple", offset=(0, 0))
    border = p.sigma * p.delta / (p.mu - p.delta)
    ax.axvline(border, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[3])
    label_line(ax, border, 5.0, "H₀ = δ/μ", "muted", offset=(4, 0), fontsize=9)
    for axis, ticks in ((ax.xaxis, [0.1, 0.2, 0.5, 1]), (ax.yaxis, [0.01, 0.1, 1, 10])):
        axis.set_ticks([])
        getattr(ax, f"set_{axis.axis_name}scale")("log")
        getattr(ax, f"set_{axis.axis_name}ticks")(ticks, [f"{x:g}" for x in ticks])
    ax.minorticks_off()
    ax.set(
        xlim=(0.1, 1.05),
        ylim=(0.01, 10),
        xlabel="job-finding rate without AI α₀, log scale",
        ylabel="AI at rest A∞, log scale",
    )
    return fig


@cache
def _path(surplus: float) -> ForwardPath:
    return path_from(TURNING, 0.06, 0.72, surplus, horizon=50.0, tol=1e-8)


@style()
def continuum() -> BookFigure:
    """Paths from one start and seven first surpluses, where three roots are stable."""
    fig, (top, below) = panels(2, 1, size=(5.4, 5.0), sharex=True)
    rest = steady_states(TURNING).some_ai
    first, t = np.linspace(0.85, 1.45, 7), np.linspace(0.0, 50.0, 301)
    for i, s in enumerate(first):
        path = _path(float(s))
        H = path.employment(t)
        style: dict[str, Any] = {
            "color": PALETTE["vermilion" if s < rest.surplus else "blue"],
            "linestyle": DASHES[1] if s < rest.surplus else "-",
            "linewidth": 1.3,
        }
        top.plot(t, H, **style)
        below.plot(t, path.capability(t), **style)
        if i in (0, len(first) - 1):
            where = int(np.argmax(np.abs(H[:60] - rest.employment)))
            label_line(
                top,
                t[where],
                H[where],
                f"s(0) = {s:.2f}",
                "vermilion" if i == 0 else "blue",
                offset=(4, 4) if H[where] > rest.employment else (4, -12),
            )
    top.axhline(rest.employment, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[3])
    top.set(xlim=(0, 50), ylim=(0.66, 0.8), ylabel="employment H")
    below.set(ylim=(0.05, 0.07), xlabel="years", ylabel="AI capability A")
    return fig
