"""Figures 1 and 3 to 6 of Korinek & Suh (2024), redrawn.

Each function draws on an empty :class:`exhibits.plotting.BookFigure` and returns the numbers that a
caption needs. Where the paper's text has no parameters (Figures 1, 3 to 5) the defaults are ours.

>>> from exhibits.plotting import BookFigure
>>> found = factor_earnings(BookFigure(figsize=(6.8, 3.6)))
>>> [round(panel.border, 3) for panel in found]
[0.5, 0.909]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from aiecon.cached import cached
from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.korinek_suh.statics.automation import WagePeak, wage_peak
from aiecon.korinek_suh.statics.factor_prices import factor_price_frontier, maximal_wage
from aiecon.korinek_suh.statics.production import Equilibrium, equilibrium, scarcity_threshold
from aiecon.korinek_suh.statics.tasks import (
    BoundedTasks,
    ParetoTasks,
    TaskDistribution,
    task_inputs,
)
from aiecon.validation import FloatArray
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line, share_axis, style

__all__ = [
    "Earnings",
    "automated_shares",
    "automation_path",
    "draw_earnings",
    "draw_task_inputs",
    "factor_earnings",
    "frontier_and_automation",
    "frontier_and_productivity",
    "peak_at",
    "scarcity_of_labor",
]

LABOR, CAPITAL, TASKS = "green", "vermilion", "blue"


@contextmanager
def _panels(figure: BookFigure, columns: int = 1, **kwargs: Any) -> Iterator[list[Axes]]:
    """Axes side by side on an empty figure, in the book's style."""
    with style():
        if figure.get_layout_engine() is None:
            figure.set_layout_engine("constrained")
        yield list(figure.subplots(1, columns, squeeze=False, **kwargs)[0])


# Figure 1 -----------------------------------------------------------------------------------------


def automated_shares(
    figure: BookFigure,
    unbounded: TaskDistribution | None = None,
    bounded: TaskDistribution | None = None,
    log_index: float = 1.0,
    log_end: float = 4.0,
) -> tuple[float, float]:
    """Figure 1: unbounded and bounded task complexity, and the frontier of automation.

    The density of log i against log i up to ``log_end``, the part that the automation index I
    (``log_index`` = log I) has passed shaded. Returns Φ(I) for both distributions.

    >>> tuple(round(share, 3) for share in automated_shares(BookFigure(figsize=(6.8, 3))))
    (0.632, 0.556)
    """
    panels = {
        "Unbounded: a tail remains": unbounded or ParetoTasks(decay=1.0),
        "Bounded: an end is in sight": bounded or BoundedTasks(log_max=3.0, beta=2.0),
    }
    shares = []
    z = np.linspace(0, log_end, 401)
    densities = [tasks.log_density(np.exp(z)) for tasks in panels.values()]
    top = 1.12 * float(np.max(densities))
    with _panels(figure, 2, sharey=True) as axes:
        for ax, (title, tasks), density in zip(axes, panels.items(), densities, strict=True):
            done = z <= log_index
            ax.fill_between(
                z[done], 0, density[done], color=PALETTE[TASKS], alpha=0.25, linewidth=0
            )
            ax.plot(z, density, color=PALETTE[TASKS])
            share = float(tasks.cdf(np.exp(log_index)))
            ax.plot([log_index] * 2, [0, 0.86 * top], color=PALETTE["ink"], linestyle=DASHES[1])
            ax.annotate(
                "",
                (log_index + 0.16 * log_end, 0.76 * top),
                (log_index, 0.76 * top),
                arrowprops={"arrowstyle": "->", "color": PALETTE["ink"], "linewidth": 1.4},
            )
            label_line(ax, log_index, 0.79 * top, "frontier of automation I", "ink")
            label_line(ax, log_index, 0.58 * top, f"automated: {share:.0%} of tasks", TASKS)
            ax.set(title=title, xlabel="task complexity, log i", xlim=(0, log_end), ylim=(0, top))
            ax.set_xticks([])
            ax.set_yticks([])
            shares.append(share)
        axes[0].set_ylabel("density of tasks")
    return shares[0], shares[1]


# Figure 3 -----------------------------------------------------------------------------------------


def scarcity_of_labor(
    figure: BookFigure,
    K: float = 3.0,
    shares: Sequence[float] = (0.3, 0.6, 0.9),
    params: Parameters | None = None,
) -> tuple[tuple[float, float], ...]:
    """Figure 3: capital k per automated task and labour ℓ per other task, at several Φ.

    The tasks stand side by side by complexity, so that areas are K and L. Beyond the threshold all
    tasks take K+L; which automated tasks labour then works in is not determined, and it is drawn
    in the most complex. Returns (input per automated task, input per other task) for each Φ.

    >>> scarcity_of_labor(BookFigure(figsize=(6.8, 3)), K=3.0, shares=(0.5, 0.8))
    ((6.0, 2.0), (4.0, 4.0))
    """
    params = given(params)
    found = []
    with _panels(figure, len(shares), sharey=True) as axes:
        for ax, Phi in zip(axes, shares, strict=True):
            k, ell = draw_task_inputs(ax, K, Phi, params)
            ax.set_title(f"Φ = {Phi:g}: region {1 if k > ell else 2}")
            ax.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
            found.append((k, ell))
        top = max(max(pair) for pair in found)
        axes[0].set(ylabel="input per task", ylim=(0, 1.35 * top))
        axes[len(axes) // 2].set_xlabel("share of tasks, from the least to the most complex")
    return tuple(found)


def draw_task_inputs(ax: Axes, K: float, Phi: float, params: Parameters) -> tuple[float, float]:
    """One panel of Figure 3: what each task takes; the areas are K and L.

    The dashed line separates automated tasks from the others. Returns the inputs per automated
    task and per other task.
    """
    inputs = task_inputs(K, Phi, params)
    k, ell = float(inputs.automated), float(inputs.unautomated)
    scarce = k > ell
    by_capital = Phi if scarce else K / (K + params.L)
    _block(ax, 0, by_capital, k, CAPITAL, "//")
    _block(ax, by_capital, 1 - by_capital, ell, LABOR, "")
    ax.plot([Phi, Phi], [0, max(k, ell)], color=PALETTE["ink"], linestyle=DASHES[1], lw=1.4)
    share_axis(ax)
    names = ("k", "ℓ") if scarce else ("y", "y")  # in region 2 only sums are determined
    _name_block(ax, by_capital / 2, k, f"capital\n{names[0]} = {k:.3g}", CAPITAL)
    _name_block(ax, (1 + by_capital) / 2, ell, f"labour\n{names[1]} = {ell:.3g}", LABOR)
    return k, ell


def _block(ax: Axes, left: float, width: float, height: float, colour: str, hatch: str) -> None:
    ink = PALETTE[colour]
    for look in ({"facecolor": ink + "40"}, {"facecolor": "none", "hatch": hatch, "alpha": 0.5}):
        if look.get("hatch") != "":
            ax.add_patch(Rectangle((left, 0), width, height, edgecolor=ink, linewidth=0, **look))
    ax.add_patch(Rectangle((left, 0), width, height, fill=False, edgecolor=ink, linewidth=1.5))


def _name_block(ax: Axes, x: float, y: float, text: str, colour: str) -> None:
    ax.annotate(
        text,
        (x, y),
        xytext=(0, 4),
        textcoords="offset points",
        ha="center",
        fontsize=9,
        color=PALETTE[colour],
    )


# Figures 4 and 5 ----------------------------------------------------------------------------------


def _frontier(Phi: float, params: Parameters, points: int = 201) -> tuple[FloatArray, FloatArray]:
    """R and w along the frontier, denser towards R = 0, where it is steep."""
    if Phi == 1:
        return np.full(points, params.A), np.full(points, params.A)
    R = params.A * np.linspace(0, 1, points) ** 2
    return R, factor_price_frontier(R, Phi, params)


def automation_path(
    K: float, params: Parameters, points: int = 201
) -> tuple[FloatArray, Equilibrium]:
    """Φ from 0 to the border of region 2, with the wage peak among its points; the equilibria."""
    border = float(scarcity_threshold(K, params.L))
    Phi = border * np.linspace(0, 1, points - 1) ** 0.7
    Phi = np.sort(np.append(Phi, float(wage_peak(K, params).Phi)))
    return Phi, equilibrium(K, Phi, params)


def _diagonal(ax: Axes, end: float) -> None:
    ax.plot([0, end], [0, end], color=PALETTE["muted"], linewidth=1.2, linestyle=DASHES[2])
    ax.annotate("w = R", (end, end), color=PALETTE["muted"], fontsize=9, ha="right", va="bottom")


def _point(ax: Axes, x: float, y: float, colour: str = "ink", marker: str = "o") -> None:
    ax.plot([x], [y], marker=marker, color=PALETTE[colour], markersize=6, linestyle="none")


def frontier_and_productivity(
    figure: BookFigure,
    Phi: float = 0.5,
    sigma: float = 0.5,
    productivities: Sequence[float] = (1.0, 1.5),
    K: float = 2.0,
) -> tuple[float, ...]:
    """Figure 4: the factor price frontier, and how productivity A moves it.

    Left, the frontier of the first A with its two ends, and the prices at capital K; right, the
    frontiers of all A with the ray w/R on which the prices at that K lie. Returns the highest wage
    w* for each A.

    >>> frontier_and_productivity(BookFigure(figsize=(6.8, 3.4)))
    (4.0, 6.0)
    """
    technologies = [Parameters(sigma=sigma, A=A) for A in productivities]
    highest = tuple(float(maximal_wage(Phi, p)) for p in technologies)
    with _panels(figure, 2, sharex=True, sharey=True) as (left, right):
        first = technologies[0]
        R, w = _frontier(Phi, first)
        left.plot(R, w, color=PALETTE[TASKS])
        _point(left, 0, highest[0], TASKS)
        _point(left, first.A, first.A, TASKS)
        label_line(left, 0, highest[0], f"w* = {highest[0]:.3g} as K/L → ∞", TASKS, offset=(8, -3))
        label_line(left, first.A, first.A, "w = R = A, K/L ≤ κ", TASKS, offset=(2, -19))
        now = equilibrium(K, Phi, first)
        _point(left, float(now.rental_rate), float(now.wage), "ink", "D")
        label_line(
            left, float(now.rental_rate), float(now.wage), f"K/L = {K:g}", "ink", offset=(8, 2)
        )
        for p, dashes in zip(technologies, DASHES, strict=False):
            R, w = _frontier(Phi, p)
            right.plot(R, w, color=PALETTE[TASKS], linestyle=dashes)
            at = equilibrium(K, Phi, p)
            _point(right, float(at.rental_rate), float(at.wage), "ink", "D")
            label_line(right, R[155], w[155], f"A = {p.A:g}", TASKS, offset=(5, 3))
        ray = float(now.wage / now.rental_rate)
        end = 1.25 * float(at.rental_rate)
        right.plot(
            [0, end], [0, ray * end], color=PALETTE["ink"], linewidth=1.2, linestyle=DASHES[1]
        )
        label_line(right, end, ray * end, f"K/L = {K:g}", "ink", offset=(3, 0))
        limit = 1.25 * max(productivities)
        for ax in (left, right):
            _diagonal(ax, limit)
            ax.set(xlim=(0, limit), ylim=(0, 1.08 * max(highest)), xlabel="rental rate R")
        left.set(ylabel="wage w", title=f"Frontier, Φ = {Phi:g}")
        right.set(title="Higher productivity A")
    return highest


def frontier_and_automation(
    figure: BookFigure,
    K: float = 4.0,
    shares: Sequence[float] = (0.3, 0.5, 0.7),
    params: Parameters | None = None,
) -> tuple[float, float]:
    """Figure 5: the frontier at several Φ, and the path of prices under automation at given K.

    Returns the share of automated tasks at the wage peak, and at the border of region 2.

    >>> found = frontier_and_automation(BookFigure(figsize=(6.8, 4.2)))
    >>> tuple(round(share, 3) for share in found)
    (0.553, 0.8)
    """
    params = Parameters(A=1.0) if params is None else given(params)
    peak, border = peak_at(K, params), float(scarcity_threshold(K, params.L))
    with _panels(figure) as (ax,):
        top = 1.45 * float(peak.wage)
        for Phi, dashes in zip(
            shares, (DASHES[2], DASHES[1], DASHES[0], *DASHES[3:]), strict=False
        ):
            R, w = _frontier(Phi, params)
            ax.plot(R, w, color=PALETTE[TASKS], linestyle=dashes, linewidth=1.6)
            if w[0] > float(peak.wage):  # at its upper end, else below its middle
                at, offset = int(np.searchsorted(-w, -0.93 * top)), (6, 2)
            else:
                at, offset = 2 * len(R) // 3, (-8, -14)
            label_line(ax, R[at], w[at], f"Φ = {Phi:g}", TASKS, offset=offset)
        _, path = automation_path(K, params)
        R, w = path.rental_rate, path.wage
        ax.plot(R, w, color=PALETTE[CAPITAL], linewidth=2.8)
        for fraction in (0.03, 0.55, 0.8):
            at = int(np.searchsorted(R, fraction * params.A))
            ax.annotate(
                "",
                (R[at + 1], w[at + 1]),
                (R[at], w[at]),
                arrowprops={"arrowstyle": "-|>", "color": PALETTE[CAPITAL], "mutation_scale": 16},
            )
        at = int(np.argmax(w))
        _point(ax, float(R[at]), float(w[at]), CAPITAL)
        label_line(ax, R[at], w[at], f"Φ* = {float(peak.Phi):.2f}", CAPITAL, offset=(6, 5))
        _point(ax, params.A, params.A, "ink")
        label_line(ax, params.A, params.A, f"region 2,\nΦ ≥ {border:.3g}", "ink", offset=(7, -6))
        label_line(
            ax,
            0,
            params.A,
            f"Φ = 0; automation at K/L = {K / params.L:g}",
            CAPITAL,
            offset=(10, -12),
        )
        _point(ax, 0, params.A, CAPITAL)
        _diagonal(ax, 0.72 * params.A)
        ax.set(xlim=(0, 1.22 * params.A), ylim=(0, top), xlabel="rental rate R", ylabel="wage w")
    return float(peak.Phi), border


# Figure 6 -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Earnings:
    """What a panel of Figure 6 shows: shares of automated tasks, and amounts."""

    peak: float  # Φ at the highest wage bill
    border: float  # Φ at which region 2 begins
    highest: float  # the highest wage bill
    fall: float  # the share of it that is lost in region 2
    multiple: float  # output under full automation over output without any


@cached()
def peak_at(K: float, params: Parameters) -> WagePeak:
    """The wage's peak at one K, which several curves of a figure share."""
    return wage_peak(K, params)


def earnings_grid(K: float, params: Parameters, points: int = 64) -> FloatArray:
    """Φ from 0 to 1: closer together towards the border, with the wage peak, flat beyond."""
    border = float(scarcity_threshold(K, params.L))
    before = border * (1 - np.linspace(1, 0, points - 2) ** 1.6)
    return np.sort(np.append(before, [float(peak_at(K, params).Phi), 1.0]))


def draw_earnings(ax: Axes, K: float, params: Parameters) -> Earnings:
    """One panel of Figure 6: wage bill and capital returns stacked to output, against Φ.

    Marks the highest wage bill and the border of region 2.
    """
    Phi = earnings_grid(K, params)
    now = equilibrium(K, Phi, params)
    bill, output = now.wage_bill, now.output
    peak, border = peak_at(K, params), float(scarcity_threshold(K, params.L))
    highest, top = float(peak.wage) * params.L, float(output[-1])
    ax.fill_between(Phi, 0, bill, color=PALETTE[LABOR], alpha=0.3, linewidth=0, label="wage bill")
    ink = PALETTE[CAPITAL]
    ax.fill_between(Phi, bill, output, color=ink, alpha=0.2, linewidth=0)
    ax.fill_between(
        Phi,
        bill,
        output,
        facecolor="none",
        edgecolor=ink,
        alpha=0.4,
        hatch="//",
        linewidth=0,
        label="capital returns",
    )
    ax.plot(Phi, bill, color=PALETTE[LABOR], linestyle=DASHES[0])
    ax.plot(Phi, output, color=PALETTE[CAPITAL], linestyle=DASHES[0])
    ax.plot([border, border], [0, 1.02 * top], color=PALETTE["ink"], linestyle=DASHES[2], lw=1.4)
    ax.plot([float(peak.Phi)], [highest], marker="o", color=PALETTE[LABOR])
    share_axis(ax, label="share of automated tasks Φ")
    ax.set_ylim(0, 1.16 * top)
    return Earnings(
        peak=float(peak.Phi),
        border=border,
        highest=highest,
        fall=float(peak.fall),
        multiple=float(output[-1] / output[0]),
    )


def factor_earnings(
    figure: BookFigure,
    cases: Sequence[tuple[float, float]] = ((1.0, 0.5), (10.0, 0.2)),
) -> tuple[Earnings, ...]:
    """Figure 6: factor earnings under automation, for pairs (K, σ) with A = L = 1.

    The defaults are the paper's panels (a), equal endowments, and (b), abundant capital. Returns an
    :class:`Earnings` for each panel.
    """
    found = []
    with _panels(figure, len(cases)) as axes:
        for ax, (K, sigma) in zip(axes, cases, strict=True):
            params = Parameters(A=1.0, sigma=sigma)
            panel = draw_earnings(ax, K, params)
            ax.set_title(f"K = {K:g}, L = 1, σ = {sigma:g}")
            ax.annotate(
                f"region 2 from\nΦ = {panel.border:.3g}",
                (panel.border, 1.15 * panel.multiple),
                xytext=(5, -1) if panel.border < 0.7 else (-5, -1),
                textcoords="offset points",
                ha="left" if panel.border < 0.7 else "right",
                va="top",
                fontsize=9,
            )
            early = panel.border < 0.7
            label_line(
                ax, panel.peak, panel.highest, f"highest at\nΦ = {panel.peak:.3f}", LABOR,
                offset=(0, -13) if early else (-5, 5), fontsize=9,
                ha="center" if early else "right", va="top" if early else "bottom",
            )  # fmt: skip
            below = 0.4 * float(equilibrium(K, 0.55 * panel.border, params).wage_bill)
            ax.text(0.55 * panel.border, below, "wage bill wL", color=PALETTE[LABOR], ha="center")
            inside = ((1 + panel.border) / 2, 1 + (0.5 if early else 0.8) * K)
            ax.annotate(
                "capital\nreturns RK",
                inside,
                xytext=inside if early else (0.34, inside[1]),
                color=PALETTE[CAPITAL],
                ha="center",
                va="center",
                arrowprops=None if early else {"arrowstyle": "-", "color": PALETTE[CAPITAL]},
            )
            found.append(panel)
        axes[0].set_ylabel("output, stacked")
    return tuple(found)
