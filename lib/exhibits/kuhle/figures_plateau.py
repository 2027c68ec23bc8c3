"""The figures of the chapter on the plateau; all drawings are ours, the paper's were not available.

>>> float(certainty_equivalents().axes[0].get_xlim()[1])
12.0
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from aiecon.kuhle.data import pivotal_economy, two_years
from aiecon.kuhle.lognormal import generalised_lorenz, lorenz, quantile, top_share
from aiecon.kuhle.tails import Skill
from aiecon.kuhle.taxes import plateau_after_tax
from aiecon.kuhle.welfare import (
    certainty_equivalent,
    crossing_rank,
    indifference_gamma,
    plateau,
)
from exhibits.plotting import (
    COLOURS,
    DASHES,
    PALETTE,
    BookFigure,
    label_line,
    panels,
    share_axis,
    style,
)

__all__ = [
    "certainty_equivalents",
    "dominance",
    "heavy_tails",
    "inequality",
    "taxes",
]


def _thousands(ax: Axes, ticks: list[float]) -> None:
    ax.set_yscale("log")
    ax.set_yticks(ticks, [f"{t:g}" for t in ticks])
    ax.minorticks_off()


def mark_years(ax: Axes, top: float) -> None:
    """Thin lines at the technology of 1975 and of 2024, in per cent per point."""
    for year, economy in zip((1975, 2024), two_years(), strict=True):
        x = 100 * economy.technology
        ax.axvline(x, color=PALETTE["faint"], linewidth=1, zorder=0)
        ax.annotate(
            str(year), (x, top), xytext=(3, -2), textcoords="offset points", va="top",
            color=PALETTE["muted"], fontsize=9,
        )  # fmt: skip


@style()
def certainty_equivalents() -> BookFigure:
    """Mean, median and certainty equivalents against technology, with the plateaus."""
    fig, ax = panels()
    a = np.linspace(0, 0.12, 241)
    economy = pivotal_economy(a)
    star = float(indifference_gamma(*two_years()))
    lines = (  # γ, name, where the name stands: index of a, offset, alignment
        (0.0, "mean, γ = 0", 150, (-8, 0), "right"),
        (1.0, "median, γ = 1", 160, (4, -14), "left"),
        (2.0, "γ = 2", 205, (0, 6), "left"),
        (star, f"γ = {star:.2f}", 195, (4, 2), "left"),
        (4.0, "γ = 4", 140, (-6, -12), "right"),
    )
    for (gamma, name, at, offset, ha), colour, dash in zip(lines, COLOURS, DASHES, strict=True):
        y = certainty_equivalent(economy, gamma) / 1e3
        ax.plot(100 * a, y, color=PALETTE[colour], linestyle=dash)
        label_line(ax, 100 * a[at], float(y[at]), name, colour, ha=ha, offset=offset)
        if gamma > 1:
            peak = plateau(gamma, economy.skill_mean, economy.skill_sd)
            top = certainty_equivalent(pivotal_economy(peak), gamma) / 1e3
            ax.plot([100 * peak], [top], "o", color=PALETTE[colour])
    ax.set(
        xlim=(0, 12),
        ylim=(15, 700),
        xlabel="technology a, % of income per IQ point",
        ylabel="thousand dollars of 2024",
    )
    _thousands(ax, [20, 50, 100, 200, 500])
    mark_years(ax, 700)
    return fig


@style()
def inequality() -> BookFigure:
    """Lorenz curves of both years; Gini coefficient and top shares against the dispersion."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.3))
    p = np.linspace(0, 1, 201)
    left.plot(p, p, color=PALETTE["muted"], linewidth=1)
    places = ((0.62, (-4, 6), "right"), (0.7, (4, -14), "left"))
    for year, e, colour, dash, (x, offset, ha) in zip(
        (1975, 2024), two_years(), COLOURS, DASHES, places, strict=False
    ):
        left.plot(p, lorenz(e, p), color=PALETTE[colour], linestyle=dash)
        label_line(left, x, lorenz(e, x), str(year), colour, offset=offset, ha=ha)
    share_axis(left, "x", "poorest share of households")
    share_axis(left, "y", "share of income")
    a = np.linspace(0, 0.12, 121)
    economy = pivotal_economy(a)
    for y, name, colour, dash, at, offset, ha in (
        (economy.gini, "Gini", "blue", DASHES[0], 80, (-6, 4), "right"),
        (top_share(economy, 0.1), "top 10%", "vermilion", DASHES[1], 95, (2, -16), "left"),
        (top_share(economy, 0.01), "top 1%", "green", DASHES[2], 100, (-6, 4), "right"),
    ):
        right.plot(100 * a, y, color=PALETTE[colour], linestyle=dash)
        label_line(right, 100 * a[at], float(y[at]), name, colour, ha=ha, offset=offset)
    right.set(xlim=(0, 12.3), xlabel="technology a, % per IQ point")
    share_axis(right, "y")
    mark_years(right, 1.0)
    return fig


@style()
def dominance() -> BookFigure:
    """Income at each rank, 2024 over 1975; and the gain of the poorest share p."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.3))
    old, new = two_years()
    p = np.linspace(0.005, 0.995, 199)
    left.plot(p, quantile(new, p) / quantile(old, p), color=PALETTE["blue"])
    rank = float(crossing_rank(old, new))
    left.axhline(1, color=PALETTE["muted"], linewidth=1)
    left.plot([rank], [1], "o", color=PALETTE["ink"])
    label_line(left, rank, 1, f"rank {rank:.3f}", "ink", offset=(8, -14))
    left.set(ylabel="income 2024 / income 1975", ylim=(0.5, 3.2))
    share_axis(left, "x", "rank in the distribution")
    q = np.linspace(0, 0.4, 161)
    gain = generalised_lorenz(new, q) - generalised_lorenz(old, q)
    right.plot(q, gain, color=PALETTE["vermilion"])
    right.axhline(0, color=PALETTE["muted"], linewidth=1)
    right.set(xlabel="poorest share p", ylabel="gain, dollars per household", xlim=(0, 0.4))
    return fig


def skills() -> tuple[tuple[str, Skill], ...]:
    """Four skill distributions with the mean and variance of the pivotal economy."""
    e = pivotal_economy(0.05)
    mean, sd, rate = float(e.skill_mean), float(e.skill_sd), 0.1
    body = np.sqrt(sd**2 - 1 / rate**2)
    both = np.sqrt(sd**2 - 2 / 0.14**2)
    return (
        ("normal", Skill(mean, sd)),
        ("heavy upper tail", Skill(mean - 1 / rate, body, upper=rate)),
        ("heavy lower tail", Skill(mean + 1 / rate, body, lower=rate)),
        ("both tails heavy", Skill(mean, both, upper=0.14, lower=0.14)),
    )


@style()
def heavy_tails(gamma: float = 4.0) -> BookFigure:
    """Mean income and certainty equivalent against technology for four skill distributions."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.5))
    a = np.linspace(0.0005, 0.0995, 199)
    for (name, skill), colour, dash in zip(skills(), COLOURS, DASHES, strict=False):
        style = {"color": PALETTE[colour], "linestyle": dash, "label": name}
        left.plot(100 * a, np.exp(skill.log_mean_income(a)), **style)
        inside = a[(gamma - 1) * a < skill.lower]
        ce = np.exp(skill.log_certainty_equivalent(inside, gamma))
        right.plot(100 * inside, ce, **style)
        peak = skill.plateau(gamma)
        top = np.exp(skill.log_certainty_equivalent(peak, gamma))
        right.plot([100 * peak], [top], "o", color=PALETTE[colour])
    left.set(ylim=(0.9, 40), ylabel="mean income, pivot = 1", xlabel="technology a, % per IQ point")
    _thousands(left, [1, 2, 5, 10, 20, 40])
    left.legend(loc="upper left", fontsize=9)
    right.set(
        ylim=(0.5, 1.5),
        ylabel=f"certainty equivalent, γ = {gamma:g}",
        xlabel="technology a, % per IQ point",
    )
    return fig


@style()
def taxes() -> BookFigure:
    """The plateau against the progressivity of taxes, for three degrees of risk aversion."""
    fig, ax = panels()
    e = pivotal_economy(0.05)
    tau = np.linspace(0, 0.7, 701)
    places = {2.0: 0.14, 3.0: 0.27, 5.0: 0.42}
    for (gamma, x), colour, dash in zip(places.items(), COLOURS, DASHES, strict=False):
        y = 100 * plateau_after_tax(gamma, e.skill_mean, e.skill_sd, tau)
        ax.plot(tau, np.where(y < 60, y, np.nan), color=PALETTE[colour], linestyle=dash)
        at = 100 * plateau_after_tax(gamma, e.skill_mean, e.skill_sd, x)
        label_line(ax, x, float(at), f"γ = {gamma:g}", colour, ha="right", offset=(-5, 3))
        ax.axvline(1 - gamma**-0.5, color=PALETTE[colour], linewidth=0.8, linestyle=DASHES[2])
    for year, economy in zip((1975, 2024), two_years(), strict=True):
        ax.axhline(100 * economy.technology, color=PALETTE["muted"], linewidth=1)
        label_line(
            ax,
            0.69,
            100 * economy.technology,
            f"a in {year}",
            "muted",
            ha="right",
            offset=(0, 3),
            fontsize=9,
        )
    ax.set(
        xlim=(0, 0.7),
        ylim=(0, 20),
        xlabel="progressivity of taxes τ",
        ylabel="plateau a*, % per IQ point",
    )
    return fig
