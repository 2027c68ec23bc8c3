"""The figures of the chapter on free entry."""

from __future__ import annotations

import numpy as np

from aiecon.figures import DASHES, PALETTE, BookFigure, label_line, style, subplots
from aiecon.wang_wong.free_entry import long_run
from aiecon.wang_wong.identification import (
    exposure_table,
    hosios,
    identified_set,
    other_facts,
)
from aiecon.wang_wong.parameters import Parameters
from aiecon.wang_wong.transition import solve_transition

__all__ = ["destinations", "exposures", "first_years", "identified", "posted"]

YEARS = np.linspace(0.0, 20.0, 241)


@style()
def first_years() -> BookFigure:
    """Employment and output per worker over twenty years, with and without free entry."""
    fig, (left, right) = subplots(1, 2, size=(6.8, 3.2))
    full, fixed = solve_transition(), solve_transition(Parameters(xi=0.0))
    rest = long_run()
    left.plot(YEARS, full.employment(YEARS), color=PALETTE["blue"], label="free entry")
    left.plot(
        YEARS, fixed.employment(YEARS), color=PALETTE["vermilion"], linestyle=DASHES[1],
        label="α fixed",
    )  # fmt: skip
    left.axhline(rest.H, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    left.plot([5], [0.95 - 0.115], "o", color=PALETTE["ink"], label="reported")
    label_line(left, 14.5, rest.H, "δ/μ", "muted", fontsize=9)
    left.set(xlabel="years with AI", ylabel="employment H", ylim=(0.66, 0.97), xlim=(0, 20))
    left.legend(loc="upper right")
    right.plot(YEARS, full.productivity(YEARS), color=PALETTE["blue"])
    right.plot(YEARS, fixed.productivity(YEARS), color=PALETTE["vermilion"], linestyle=DASHES[1])
    right.plot([5, 10], [1.493, 2.03], "o", color=PALETTE["ink"])
    right.set(xlabel="years with AI", ylabel="output per worker y", xlim=(0, 20), ylim=(0.5, 3.2))
    return fig


@style()
def identified() -> BookFigure:
    """The set of (σ, θ) that meets the six numbers to 2, 2.5 and 4%; Hosios; two more facts."""
    fig, ax = subplots()
    for tolerance, colour, name in (
        (0.04, "faint", "within 4%"),
        (0.025, "sky", "2.5%"),
        (0.02, "blue", "2%"),
    ):
        members = identified_set(tolerance)
        sigma = np.unique(members.sigma)
        low = np.array([members.theta[members.sigma == x].min() for x in sigma])
        high = np.array([members.theta[members.sigma == x].max() for x in sigma])
        ax.fill_between(sigma, low, high, color=PALETTE[colour], label=name, linewidth=0)
    members = identified_set(0.025)
    both, pair = other_facts(members)
    kept = both & pair
    for edge in (members.sigma[kept].min(), members.sigma[kept].max()):
        ax.axvline(edge, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    grid = np.linspace(0.02, 0.12, 41)
    ax.plot(grid, hosios(grid), color=PALETTE["vermilion"], linestyle=DASHES[1], label="θ = ξ")
    ax.plot([0.05], [0.551], "o", color=PALETTE["ink"], label="reference point")
    ax.set(
        xlabel="separation rate σ, per year",
        ylabel="firms' share of the surplus θ",
        xlim=(0, 0.13),
        ylim=(0.36, 0.58),
    )
    ax.legend(loc="lower left")
    return fig


@style()
def exposures() -> BookFigure:
    """The smallest possible misfit for each scale of the replacement rate."""
    fig, ax = subplots()
    table = exposure_table()
    ax.plot(table["rho"], table["misfit"], color=PALETTE["blue"], marker="o", markersize=5)
    ax.axhline(0.5, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    ax.axvline(0.618, color=PALETTE["vermilion"], linewidth=1, linestyle=DASHES[1])
    label_line(ax, 0.618, 6.2, "ρ = .618", "vermilion", fontsize=9)
    label_line(ax, 0.66, 0.5, "rounding", "muted", fontsize=9)
    ax.set(
        xlabel="scale of the replacement rate, ρ·A(0)",
        ylabel="misfit, units of the last place",
        ylim=(0, 7.2),
    )
    return fig


@style()
def destinations() -> BookFigure:
    """θ = .95: the same economy with two destinations, and a path on which adoption ends."""
    fig, (left, right) = subplots(1, 2, size=(6.8, 3.2))
    p, t = Parameters(theta=0.95), np.linspace(0.0, 5.0, 181)
    paths = (
        (solve_transition(p), "vermilion", DASHES[0], "to some AI"),
        (solve_transition(p, "unbounded-AI"), "blue", DASHES[1], "unbounded"),
        (solve_transition(p, "unbounded-AI", H0=0.8), "green", DASHES[3], "unbounded, H(0) = .8"),
    )
    for path, colour, dash, name in paths:
        left.plot(t, path.surplus(t), color=PALETTE[colour], linestyle=dash, label=name)
        right.plot(t, path.employment(t), color=PALETTE[colour], linestyle=dash)
    date = paths[2][0].switches[0][0]
    left.plot([date], [p.pi_A], "o", color=PALETTE["green"], markersize=6)
    left.axhline(p.pi_A, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    label_line(left, 3.9, p.pi_A, "π_A", "muted", fontsize=9, offset=(4, -12))
    left.set(xlabel="years with AI", ylabel="surplus s", xlim=(0, 5), ylim=(1.2, 2.15))
    left.legend(loc="lower right")
    right.set(xlabel="years with AI", ylabel="employment H", xlim=(0, 5), ylim=(0.75, 1.0))
    return fig


@style()
def posted() -> BookFigure:
    """Vacancies over those without AI, and the wage over the output of a match."""
    fig, (left, right) = subplots(1, 2, size=(6.8, 3.2))
    path = solve_transition()
    left.plot(YEARS, path.vacancies(YEARS), color=PALETTE["blue"])
    left.plot([0], [1], "o", color=PALETTE["ink"])
    left.set(
        xlabel="years with AI", ylabel="vacancies, 1 = before AI", xlim=(-0.4, 20), ylim=(0, 65)
    )
    label_line(left, 0.2, 1, "before AI", "ink", fontsize=9, offset=(6, 2))
    right.plot(YEARS, path.wage_share(YEARS), color=PALETTE["blue"])
    right.axhline(1, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    right.set(
        xlabel="years with AI", ylabel="wage over output of a match", xlim=(0, 20), ylim=(0, 3)
    )
    return fig
