"""The figures of the chapter on compute: Figure 12, and what the paper does not draw.

>>> len(filling().axes)
3
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from scipy.optimize import brentq

from aiecon.cached import cached
from aiecon.korinek_suh.dynamics.automation_paths import BusinessAsUsual
from aiecon.korinek_suh.dynamics.transition import Transition, solve_transition
from aiecon.korinek_suh.extensions.compute import compute_thresholds, specific_capital
from aiecon.korinek_suh.extensions.compute_transition import (
    ComputeTransition,
    solve_compute_transition,
)
from aiecon.korinek_suh.parameters import Parameters
from aiecon.validation import FloatArray
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line, panels, style

__all__ = ["after_the_bout", "dates", "figure_12", "filling", "returns_over_time"]

LABOR, CAPITAL, COMPUTE = "green", "vermilion", "purple"
TODAY = {"K": 4.6, "Phi": 0.608, "Delta": 0.1}  # Table 2, and a bout of a tenth of all tasks


def draw_prices(ax: Axes, k: FloatArray, K: float, Phi: float, Delta: float, p: Parameters) -> None:
    """w, R and R_I against compute per task, with both thresholds."""
    now = specific_capital(K, k * Delta, Phi, Delta, p)
    ax.plot(k, now.wage, color=PALETTE[LABOR], label="wage w")
    ax.plot(k, now.rental_rate, color=PALETTE[CAPITAL], linestyle=DASHES[1], label="capital R")
    ax.plot(k, now.compute_rental, color=PALETTE[COMPUTE], linestyle=DASHES[2], label="compute R_I")
    ax.set_yscale("log")
    ax.minorticks_off()


@style()
def figure_12() -> BookFigure:
    """Figure 12: returns as compute is built, labour and other capital held constant."""
    fig, ax = panels()
    found = compute_thresholds(TODAY["K"], TODAY["Phi"], TODAY["Delta"])
    k = np.unique(np.concatenate([np.linspace(0, 12, 121), [found.first, found.second]]))
    draw_prices(ax, k, TODAY["K"], TODAY["Phi"], TODAY["Delta"], Parameters())
    for threshold, name in ((found.first, "k₁"), (found.second, "k₂")):
        ax.axvline(float(threshold), color=PALETTE["muted"], linewidth=1)
        label_line(ax, float(threshold), 1.85, name, "ink")
    ax.set_yticks([0.1, 0.2, 0.5, 1, 2], ["0.1", "0.2", "0.5", "1", "2"])
    ax.set(xlim=(0, 12), ylim=(0.1, 2.3), xlabel="compute per new task k")
    ax.set_ylabel("return (log scale)")
    ax.legend(loc="upper right", bbox_to_anchor=(1.0, 0.62))
    return fig


@style()
def filling() -> BookFigure:
    """Inputs per task for three amounts of compute: labour fills the lowest tasks like water."""
    fig, axes = panels(1, 3, size=(6.8, 2.9), sharey=True)
    K, Phi, Delta = TODAY["K"], TODAY["Phi"], TODAY["Delta"]
    found = compute_thresholds(K, Phi, Delta)
    cases = ((0.5 * found.first, "k < k₁"), (0.5 * (found.first + found.second), "k₁ < k < k₂"),
             (1.25 * found.second, "k > k₂"))  # fmt: skip
    for ax, (k, title) in zip(axes, cases, strict=True):
        rest = 1 - Phi - Delta
        pooled = float(min(k, found.second)) < float(k)
        capital = (K + k * Delta) / (Phi + Delta) if pooled else K / Phi
        machines = capital if pooled else k
        level = (1 + k * Delta) / (1 - Phi) if k < found.first else 1 / rest
        blocks = [(0.0, Phi, 0.0, capital, CAPITAL, "//")]
        blocks += [(Phi, Delta, 0.0, machines, COMPUTE, "xx")]
        if k < found.first:
            blocks += [(Phi, Delta, machines, level, LABOR, "")]
        blocks += [(Phi + Delta, rest, 0.0, level, LABOR, "")]
        for left, width, low, high, ink, hatch in blocks:
            place = {"width": width, "bottom": [low], "align": "edge"}
            ax.bar([left], [high - low], color=PALETTE[ink] + "40", linewidth=0, **place)
            ax.bar(
                [left], [high - low], facecolor="none", edgecolor=PALETTE[ink], hatch=hatch,
                linewidth=1.2, **place,
            )  # fmt: skip
        ax.set(title=title, xlim=(0, 1), ylim=(0, 9.5))
        ax.set_xticks([0, Phi, Phi + Delta, 1], ["0", "Φ₋", "Φ", "1"])
    axes[1].set_xlabel("tasks")
    axes[0].set_ylabel("input per task")
    return fig


@cached(64)
def bout(Delta: float, p: Parameters | None = None) -> ComputeTransition:
    """The path after a bout from the steady state at Φ₋ = .608, solved once."""
    return solve_compute_transition(Delta, params=p)


@cached(64)
def movable(Delta: float, p: Parameters | None = None) -> Transition:
    """The same if capital could be moved to the new tasks at once."""
    return solve_transition(BusinessAsUsual(rate=0.0, initial=0.608 + Delta), bout(Delta, p).K0, p)


def recovery_date(path: ComputeTransition) -> float:
    """Years until the wage is again what it was before the bout."""
    start = float(path.wage(0.0))
    return float(brentq(lambda t: float(path.wage(t)) - start, path.first_date * 1.001, 500.0))


def stage_times(path: ComputeTransition, end: float, points: int = 40) -> FloatArray:
    """Times that hold both dates and enough points in each stage."""
    first, second = path.first_date, path.second_date
    return np.concatenate([
        np.linspace(0, first, points), np.linspace(first, second, points)[1:],
        second + (end - second) * np.linspace(0, 1, points)[1:] ** 2,
    ])  # fmt: skip


def _mark_dates(ax: Axes, path: ComputeTransition, height: float) -> None:
    for date, name in ((path.first_date, "t₁"), (path.second_date, "t₂")):
        ax.axvline(date, color=PALETTE["muted"], linewidth=1)
        label_line(ax, date, height, name, "ink", offset=(2, 2))


@style()
def returns_over_time(Delta: float = 0.1) -> BookFigure:
    """Returns and the wage over the first years after the bout, and with capital that moves."""
    fig, ax = panels()
    path, free = bout(Delta), movable(Delta)
    t = stage_times(path, 4.0)
    ax.plot(
        t, free.wage(t), color=PALETTE["muted"], linestyle=DASHES[4], label="w, movable capital"
    )
    ax.plot(t, path.wage(t), color=PALETTE[LABOR], label="wage w")
    ax.plot(t, path.rental_rate(t), color=PALETTE[CAPITAL], linestyle=DASHES[1], label="capital R")
    ax.plot(
        t, path.compute_rental(t), color=PALETTE[COMPUTE], linestyle=DASHES[2], label="compute R_I"
    )
    ax.set_yscale("log")
    ax.set_yticks([0.1, 0.2, 0.5, 1, 2], ["0.1", "0.2", "0.5", "1", "2"])
    ax.minorticks_off()
    _mark_dates(ax, path, 2.5)
    ax.set(xlim=(0, 4), ylim=(0.1, 3), xlabel="years after the bout", ylabel="return (log scale)")
    ax.legend(loc="center right", fontsize=9)
    return fig


@style()
def after_the_bout(Delta: float = 0.1) -> BookFigure:
    """Capital and compute; output, consumption and the price of capital in place."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.4))
    path = bout(Delta)
    t = stage_times(path, 4.0)
    for y, colour, dash, name in (
        (path.traditional(t), CAPITAL, DASHES[1], "capital K"),
        (path.compute(t), COMPUTE, DASHES[2], "compute K_I"),
        (path.capital(t), "ink", DASHES[0], "together"),
    ):
        left.plot(t, y, color=PALETTE[colour], linestyle=dash, label=name)
    left.set(xlim=(0, 4), ylim=(0, 7.4), xlabel="years after the bout", title="Stocks")
    left.legend(loc="center right", fontsize=9)
    for y, colour, dash, name in (
        (path.output(t), "blue", DASHES[0], "output Y"),
        (path.consumption(t), "amber", DASHES[1], "consumption C"),
        (path.price_of_capital(t), CAPITAL, DASHES[2], "price of capital in place"),
    ):
        right.plot(t, y, color=PALETTE[colour], linestyle=dash, label=name)
    right.set(xlim=(0, 4), ylim=(0, 4.6), xlabel="years after the bout", title="Flows and a price")
    right.legend(loc="upper right", fontsize=9)
    for ax, height in ((left, 6.9), (right, 0.1)):
        _mark_dates(ax, path, height)
    return fig


@style()
def dates() -> BookFigure:
    """How long each stage lasts and until the wage is back, against the size of the bout."""
    fig, ax = panels()
    sizes = np.concatenate([[0.002, 0.01], np.arange(0.02, 0.255, 0.01), [0.254]])
    paths = [bout(float(round(size, 4))) for size in sizes]
    rows: tuple[tuple[str, Any, str], ...] = (
        ("wage is back", [recovery_date(p) for p in paths], "green"),
        ("returns are equal, t₂", [p.second_date for p in paths], "vermilion"),
        ("labour has left, t₁", [p.first_date for p in paths], "blue"),
    )
    for (name, y, colour), dash in zip(rows, DASHES, strict=False):
        ax.plot(sizes, y, color=PALETTE[colour], linestyle=dash, label=name)
    slope = 1 / (Parameters().delta * 0.608)
    ax.plot([0, 0.03], [0, 0.03 * slope], color=PALETTE["muted"], linewidth=1)
    ax.set(xlim=(0, 0.26), ylim=(0, 5.6), xlabel="size of the bout Δ", ylabel="years")
    ax.legend(loc="upper left")
    return fig
