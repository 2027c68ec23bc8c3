"""The figures of the chapter on research: Figure 10 under our calibration, and kinds of growth.

>>> len(three_kinds().axes)
2
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from aiecon.cached import cached
from aiecon.korinek_suh.dynamics.automation_paths import Bounded
from aiecon.korinek_suh.extensions.research import (
    GrowthPath,
    Ideas,
    blow_up_bounds,
    blow_up_time,
    growth_path,
)
from aiecon.korinek_suh.extensions.research_transition import (
    FIGURE_10,
    Research,
    ResearchPath,
    solve_research_transition,
)
from aiecon.validation import FloatArray
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line, panels, share_axis, style

__all__ = ["bounds", "figure_10", "shares", "surface", "three_kinds"]

OUTPUT, WAGE = "blue", "green"
#: Name, parameters: one of each kind, from the same start; ours.
KINDS: dict[str, Ideas] = {
    "ordinary": Ideas(Phi=0.5, Gamma=0.1, theta=0.5, zeta=0.1),
    "exponential": Ideas(Phi=0.5, Gamma=0.25, theta=0.5, zeta=0.1),
    "type I": Ideas(Phi=1.0, Gamma=0.0, theta=0.5, zeta=0.02),
    "type II": Ideas(Phi=0.6, Gamma=0.6, theta=0.5, zeta=0.1),
}
STYLES = dict(zip(KINDS, ("blue", "green", "amber", "vermilion"), strict=True))


@cached(16)
def transition_of(initial: float, research: Research = FIGURE_10) -> ResearchPath:
    """Figure 10's path from Φ₀, all output tasks automated within five years, solved once."""
    return solve_research_transition(Bounded(horizon=5.0, initial=initial), research)


@cached(256)
def kind_of_growth(ideas: Ideas, horizon: float = 100.0) -> GrowthPath:
    """The path of the two-equation system, solved once."""
    return growth_path(ideas, horizon=horizon)


def dates_of(path: ResearchPath, last: float = 10.0, points: int = 161) -> FloatArray:
    """Dates up to ``last`` or shortly before the singularity, dense near it."""
    end = min(last, 0.998 * path.blow_up)
    return np.asarray(end * (1 - (1 - np.linspace(0, 1, points)) ** 1.5))


@style()
def figure_10() -> BookFigure:
    """Output and wages on a log scale; labour not scarce from the start, and Table 2's economy."""
    fig, axes = panels(1, 2, size=(6.8, 3.5), sharey=True)
    for ax, initial, title in zip(
        axes, (0.9, 0.608), ("Labour not scarce", "Labour scarce at first"), strict=True
    ):
        path = transition_of(initial)
        t = dates_of(path)
        ax.plot(t, np.exp(path.log_output(t)), color=PALETTE[OUTPUT], label="output Y")
        ax.plot(
            t, np.exp(path.log_wage(t)), color=PALETTE[WAGE], linestyle=DASHES[1], label="wage w"
        )
        ax.axvline(path.blow_up, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
        ax.set_yscale("log")
        ax.set_yticks([0.1, 1, 10, 100, 1000], ["0.1", "1", "10", "100", "1000"])
        ax.minorticks_off()
        ax.set(xlim=(0, 11), ylim=(0.2, 3000), xlabel="years", title=title)
    axes[0].set_ylabel("output, wage (log scale)")
    axes[0].legend(loc="upper left")
    return fig


@style()
def shares() -> BookFigure:
    """The labour share and the growth rate of the wage along both paths of Figure 10."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.4))
    for initial, colour, dash in ((0.9, "blue", DASHES[0]), (0.608, "vermilion", DASHES[1])):
        path = transition_of(initial)
        t = dates_of(path)
        left.plot(t, path.labor_share(t), color=PALETTE[colour], linestyle=dash)
        middle = 0.5 * (t[1:] + t[:-1])
        growth = np.diff(path.log_wage(t)) / np.diff(t)
        right.plot(middle, growth, color=PALETTE[colour], linestyle=dash, label=f"Φ₀ = {initial:g}")
    left.set(xlim=(0, 10), xlabel="years", title="Labour share")
    share_axis(left, "y")
    right.axhline(0, color=PALETTE["muted"], linewidth=1)
    right.set(xlim=(0, 10), ylim=(-0.7, 1.6), xlabel="years", title="Growth of the wage, a year")
    right.legend(loc="upper left")
    return fig


@style()
def three_kinds() -> BookFigure:
    """Growth of output over time, and time as a function of the clock log A."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.5))
    for (name, ideas), dash in zip(KINDS.items(), (*DASHES[:1], *DASHES[1:4]), strict=True):
        path = kind_of_growth(ideas)
        t = path.last_date * (1 - (1 - np.linspace(0, 1, 161)) ** 3)
        colour = PALETTE[STYLES[name]]
        g = path.growth_of_output(t)
        left.plot(t[g < 3], g[g < 3], color=colour, linestyle=dash, label=name)
        a = np.asarray(path.clock(t))
        right.plot(a[a < 8], t[a < 8], color=colour, linestyle=dash)
    left.set_yscale("log")
    left.set_yticks(
        [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2], ["2%", "5%", "10%", "20%", "50%", "100%", "200%"]
    )
    left.minorticks_off()
    left.set(xlim=(0, 100), ylim=(0.015, 3), xlabel="years", title="Growth of output, a year")
    left.legend(loc="upper right", fontsize=9)
    blow_up = kind_of_growth(KINDS["type II"]).blow_up
    right.axhline(blow_up, color=PALETTE["muted"], linewidth=1)
    label_line(right, 7.9, blow_up, f"singularity: {blow_up:.1f}", "muted", ha="right", fontsize=9)
    right.set(xlim=(0, 8), ylim=(0, 100), xlabel="clock log(A/A₀)", title="Years that have passed")
    return fig


def draw_surface(ax: Axes, theta: float, colour: str = "vermilion", dash: object = "-") -> None:
    """The line Γ = (1−Φ)(1−θ) above which growth explodes."""
    Phi = np.linspace(0, 1, 61)
    ax.plot(Phi, (1 - Phi) * (1 - theta), color=PALETTE[colour], linestyle=dash)


@style()
def surface() -> BookFigure:
    """The threshold surface: Γ = (1−Φ)(1−θ) for several θ; growth explodes above."""
    fig, ax = panels()
    thetas = ((-1.0, "purple"), (0.0, "vermilion"), (0.5, "blue"), (0.8, "green"))
    for (theta, colour), dash in zip(thetas, DASHES, strict=False):
        draw_surface(ax, theta, colour, dash)
        at = 0.5 if theta < 0 else 0.08
        at = 0.62 if theta < 0 else at
        y = (1 - at) * (1 - theta)
        label_line(ax, at, y, f"θ = {theta:g}".replace("-", "−"), colour, offset=(5, 2))
    Phi = np.linspace(0, 1, 2)
    ax.fill_between(Phi, (1 - Phi) * 0.5, 1, color=PALETTE["blue"] + "1c", linewidth=0)
    label_line(ax, 0.03, 0.585, "explodes if θ ≥ 0.5", "blue", offset=(0, 0))
    share_axis(ax, "x", "automated share of output tasks Φ")
    share_axis(ax, "y", "automated share of ideas tasks Γ")
    return fig


@style()
def bounds() -> BookFigure:
    """The date of the singularity against Γ, between its bounds."""
    fig, ax = panels()
    Gammas = 0.2 + 0.8 * np.linspace(0.08, 1.0, 32) ** 2
    systems = [Ideas(Phi=0.6, Gamma=float(G)) for G in Gammas]
    low, high = np.array([blow_up_bounds(i) for i in systems]).T
    ax.fill_between(
        Gammas, low, high, color=PALETTE["vermilion"] + "30", linewidth=0, label="bounds"
    )
    ax.plot(Gammas, [blow_up_time(i) for i in systems], color=PALETTE["vermilion"], label="date")
    ax.axvline(0.2, color=PALETTE["muted"], linewidth=1)
    label_line(ax, 0.2, 14, "threshold", "muted", offset=(4, 0), fontsize=9)
    ax.set_yscale("log")
    ax.set_yticks(
        [10, 20, 50, 100, 200, 500, 1000], ["10", "20", "50", "100", "200", "500", "1000"]
    )
    ax.minorticks_off()
    ax.set(
        xlim=(0.15, 1), ylim=(10, 2000), xlabel="automated share of ideas tasks Γ", ylabel="years"
    )
    ax.legend(loc="upper right")
    return fig
