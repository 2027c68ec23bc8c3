"""The figures of the chapter on predator and prey; all drawings are ours.

>>> len(plane().axes)
2
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from aiecon.wang_wong import (
    Method,
    Parameters,
    conserved,
    cycle,
    distance,
    employment_nullcline,
    lotka_volterra,
    simple_path,
    spiral_range,
    steady_states,
)
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line, panels, style

__all__ = ["cycles", "damping", "invariant", "plane", "regions", "swings"]

#: Where jobs are found slowly enough for a spiral: a slow labour market, and A measured from 1.
SLOW = Parameters(alpha=0.2, mu=1.5, sigma=0.05, A_0=1.0)
#: Slower still, and the learning rate at which a turn leaves most of the distance.
LONG = replace(SLOW, alpha=0.05, mu=4 * SLOW.delta)

Starts = tuple[tuple[float, float | None], ...]


def _arrow(ax: Any, x: Any, y: Any, at: int, colour: str) -> None:
    """An arrowhead on a curve, from its point ``at`` to the next."""
    ax.annotate(
        "",
        (x[at + 1], y[at + 1]),
        (x[at], y[at]),
        arrowprops={"arrowstyle": "-|>", "color": PALETTE[colour], "lw": 0, "mutation_scale": 14},
    )


@style()
def plane() -> BookFigure:
    """(A, H) with nullclines and paths: the calibration's node, and a spiral."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.6))
    node_starts = ((Parameters().A_0, None), (0.1, 0.3), (2.4, 0.6), (0.1, 0.95))
    spiral_starts: Starts = ((1.0, None), (0.08, 0.2))
    _portrait(left, Parameters(), node_starts, 2.6, "calibration: a node")
    _portrait(right, SLOW, spiral_starts, 1.6, "slow job finding: a spiral")
    left.set_ylabel("employment H")
    return fig


def _portrait(
    ax: Any,
    p: Parameters,
    starts: tuple[tuple[float, float | None], ...],
    widest: float,
    title: str,
) -> None:
    A = np.linspace(0.0, widest, 200)
    ax.plot(A, employment_nullcline(A, p), color=PALETTE["vermilion"], linestyle=DASHES[1])
    ax.axhline(p.delta / p.mu, color=PALETTE["green"], linestyle=DASHES[3], linewidth=1.6)
    t = np.concatenate([np.linspace(0, 6, 200), np.linspace(6, 120, 500)[1:]])
    for start in starts:
        path = simple_path(p, *start, horizon=120.0)
        x, y = path.capability(t), path.employment(t)
        ax.plot(x, y, color=PALETTE["blue"], linewidth=1.5, linestyle="-")
        ax.plot(x[:1], y[:1], "o", color=PALETTE["blue"], markersize=4)
        _arrow(ax, x, y, 40, "blue")
    rest = steady_states(p, "simple").some_ai
    ax.plot([rest.capability], [rest.employment], "o", color=PALETTE["ink"], markersize=7)
    label_line(ax, widest, p.delta / p.mu, "Ȧ = 0", "green", ha="right", offset=(0, 4))
    place = 0.8 * widest
    label_line(ax, place, employment_nullcline(place, p), "Ḣ = 0", "vermilion", offset=(0, -14))
    ax.set(xlim=(0, widest), ylim=(0, 1), xlabel="AI capability A", title=title)


@style()
def regions() -> BookFigure:
    """Where paths turn, in (μ, α): no some-AI steady state, node, spiral."""
    fig, ax = panels(size=(5.4, 3.8))
    p = SLOW
    alpha = np.linspace(0.004, 1.1, 600)
    border = p.delta * (alpha + p.sigma) / alpha
    ax.fill_betweenx(alpha, 0.2, border, color=PALETTE["faint"], linewidth=0)
    ax.plot(border, alpha, color=PALETTE["ink"], linestyle="-")
    low_alpha = np.append(np.geomspace(0.004, 0.4, 400), p.delta - p.sigma - 1e-12)
    low, high = spiral_range(replace(p, alpha=low_alpha))
    ax.fill_betweenx(low_alpha, low, high, color=PALETTE["sky"], alpha=0.3, linewidth=0)
    ax.plot(
        np.append(low, high[::-1]),
        np.append(low_alpha, low_alpha[::-1]),
        color=PALETTE["blue"],
        linestyle=DASHES[1],
    )
    ax.axhline(p.delta - p.sigma, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    label_line(ax, 9.7, p.delta - p.sigma, "α + σ = δ", "muted", ha="right", fontsize=9)
    ax.text(0.215, 0.62, "no some-AI\nsteady state", fontsize=9.5)
    ax.text(2.2, 0.75, "node")
    ax.text(1.0, 0.29, "spiral", color=PALETTE["blue"])
    ax.plot([SLOW.mu], [SLOW.alpha], "D", color=PALETTE["vermilion"])
    label_line(ax, SLOW.mu, SLOW.alpha, "our example", "vermilion", offset=(8, -5))
    ax.set_xscale("log")
    ticks = [0.2, 0.5, 1, 2, 5, 10]
    ax.set_xticks(ticks, [f"{x:g}" for x in ticks])
    ax.minorticks_off()
    ax.set(
        xlim=(0.2, 10),
        ylim=(0, 1.1),
        xlabel="AI's learning rate μ (log scale)",
        ylabel="job-finding rate α",
    )
    return fig


@style()
def swings() -> BookFigure:
    """H over time where a cycle lasts longest, and its distance from rest on a log scale."""
    fig, (top, below) = panels(2, 1, size=(5.4, 4.6), sharex=True)
    t = np.linspace(0.0, 60.0, 1201)
    path = simple_path(LONG, 0.3, None, 60.0)
    rest = steady_states(LONG, "simple").some_ai
    for ax in (top, below):
        ax.set_xlim(0, 60)
    top.axhline(rest.employment, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[1])
    top.plot(t, path.employment(t), color=PALETTE["blue"], linestyle="-", label="employment H")
    top.plot(t, path.capability(t), color=PALETTE["vermilion"], linestyle=DASHES[1], label="AI A")
    top.set(ylim=(0, 0.6), ylabel="H and A")
    top.legend(loc="upper right")
    away = np.abs(path.employment(t) / rest.employment - 1)
    below.plot(t, away, color=PALETTE["blue"], linestyle="-")
    slow = np.log(2) / cycle(LONG).half_life
    top_of = np.flatnonzero(t > 5)[np.argmax(away[t > 5])]
    below.plot(
        t, away[top_of] * np.exp(slow * (t[top_of] - t)), color=PALETTE["ink"], linestyle=DASHES[2]
    )
    label_line(below, 33, 0.06, "half-life of the linear system", "ink", offset=(0, 0), fontsize=9)
    below.set_yscale("log")
    below.set_yticks([1, 0.1, 0.01, 0.001, 0.0001], ["1", "0.1", "0.01", "0.001", "0.0001"])
    below.minorticks_off()
    below.set(ylim=(1e-4, 2), xlabel="years", ylabel="|H/H∞ − 1|, log scale")
    return fig


@style()
def cycles() -> BookFigure:
    """Period and half-life of the cycle against μ, for three job-finding rates."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.3))
    for alpha, colour, dash in ((0.05, "blue", 0), (0.1, "vermilion", 1), (0.2, "green", 2)):
        low, high = spiral_range(replace(SLOW, alpha=alpha))
        mu = np.geomspace(low * 1.0005, min(high * 0.9995, 8.0), 240)
        found = cycle(replace(SLOW, alpha=alpha, mu=mu))
        style = {"color": PALETTE[colour], "linestyle": DASHES[dash]}
        left.plot(mu, found.period, label=f"α = {alpha:g}", **style)
        right.plot(mu, found.half_life, **style)
    for ax, top, name in ((left, 60, "period, years"), (right, 15, "half-life, years")):
        ax.set_xscale("log")
        ax.set_xticks([0.5, 1, 2, 4, 8], ["0.5", "1", "2", "4", "8"])
        ax.minorticks_off()
        ax.set(xlim=(0.5, 8), ylim=(0, top), xlabel="learning rate μ", ylabel=name)
    handles, names = left.get_legend_handles_labels()
    right.legend(handles, names, loc="upper right")
    return fig


@style()
def invariant() -> BookFigure:
    """The undamped limit: orbits by three methods, and what each does to V over 1000 years."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.6))
    methods: tuple[tuple[Method, str, Any, str], ...] = (
        ("runge-kutta", "vermilion", DASHES[1], "Runge–Kutta"),
        ("midpoint", "blue", "-", "midpoint"),
        ("leapfrog", "green", DASHES[2], "leapfrog"),
    )
    A, H = np.meshgrid(np.linspace(0.02, 1.7, 80), np.linspace(0.03, 0.95, 80))
    V = conserved(A, H, SLOW)
    start = conserved(1.0, 0.6, SLOW)
    left.contour(A, H, V, [start], colors=PALETTE["muted"], linewidths=3)
    for method, colour, dash, name in methods:
        orbit = lotka_volterra(SLOW, 1.0, 0.6, 1000.0, 1.0, method)
        last = orbit.time >= 985
        if method != "leapfrog":
            x, y = orbit.capability[last], orbit.employment[last]
            left.plot(x, y, "o-", color=PALETTE[colour], markersize=3.5, linewidth=0.8)
        centuries = orbit.conserved[:-1].reshape(100, 10).mean(axis=1) - orbit.conserved[0]
        years = orbit.time[:-1].reshape(100, 10).mean(axis=1)
        right.plot(years, centuries, color=PALETTE[colour], linestyle=dash, label=name)
    euler = lotka_volterra(SLOW, 1.0, 0.6, 8.0, 1.0, "euler")
    left.plot(euler.capability, euler.employment, "x-", color=PALETTE["purple"], linewidth=0.8)
    label_line(left, 1.15, 0.82, "Euler, 8 years", "purple", offset=(0, 0), fontsize=9)
    label_line(left, 0.72, 0.8, "exact", "muted", offset=(0, 0), fontsize=9)
    left.set(xlim=(0, 1.8), ylim=(0, 1), xlabel="AI capability A", ylabel="employment H")
    right.set(xlabel="years", ylabel="V − V(0), means of ten years", xlim=(0, 1000))
    right.legend(loc="lower left")
    return fig


@style()
def damping() -> BookFigure:
    """The distance V along paths of the simple model with different job-finding rates."""
    fig, ax = panels()
    t = np.linspace(0.0, 40.0, 401)
    lines = ((0.05, "blue", 0, 27), (0.1, "vermilion", 1, 16.5), (0.2, "green", 3, 8.8))
    for alpha, colour, dash, year in lines:
        p = replace(SLOW, alpha=alpha)
        rest = steady_states(p, "simple").some_ai
        path = simple_path(p, 2 * rest.capability, rest.employment, 40.0)
        V = distance(path.capability(t), path.employment(t), p)
        ax.plot(t, V / V[0], color=PALETTE[colour], linestyle=DASHES[dash])
        at = int(10 * year)
        label_line(ax, t[at], V[at] / V[0], f"α = {alpha:g}", colour, offset=(5, 2))
    ax.axhline(1.0, color=PALETTE["muted"], linestyle=DASHES[2], linewidth=1.6)
    label_line(ax, 12, 1.0, "Lotka and Volterra: V stays", "muted", offset=(0, 5))
    ax.set_yscale("log")
    ax.set_yticks([1, 0.1, 0.01, 0.001], ["1", "0.1", "0.01", "0.001"])
    ax.minorticks_off()
    ax.set(xlim=(0, 40), ylim=(0.001, 2), xlabel="years", ylabel="distance V / V(0)")
    return fig
