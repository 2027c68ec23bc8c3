"""The figures of the chapter on free entry."""

from __future__ import annotations

import numpy as np

from aiecon.wang_wong import (
    Parameters,
    hosios,
    identified_set,
    long_run,
    other_facts,
    profile,
    solve_transition,
)
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line, panels, style

__all__ = ["destinations", "first_years", "identified", "levels", "posted"]

YEARS = np.linspace(0.0, 20.0, 241)


@style()
def first_years() -> BookFigure:
    """Employment and output per worker over twenty years, with and without free entry."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.2))
    full, fixed = solve_transition(), solve_transition(Parameters(xi=0.0))
    rest = long_run()
    left.plot(YEARS, full.employment(YEARS), color=PALETTE["blue"], label="free entry")
    left.plot(
        YEARS, fixed.employment(YEARS), color=PALETTE["vermilion"], linestyle=DASHES[1],
        label="α fixed",
    )  # fmt: skip
    left.axhline(rest.employment, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    left.plot([5], [0.95 - 0.115], "o", color=PALETTE["ink"], label="reported")
    label_line(left, 14.5, rest.employment, "δ/μ", "muted", fontsize=9)
    left.set(xlabel="years with AI", ylabel="employment H", ylim=(0.66, 0.97), xlim=(0, 20))
    left.legend(loc="upper right")
    right.plot(YEARS, full.productivity(YEARS), color=PALETTE["blue"])
    right.plot(YEARS, fixed.productivity(YEARS), color=PALETTE["vermilion"], linestyle=DASHES[1])
    right.plot([5, 10], [1.493, 2.03], "o", color=PALETTE["ink"])
    right.set(xlabel="years with AI", ylabel="output per worker y", xlim=(0, 20), ylim=(0.5, 3.2))
    return fig


@style()
def levels() -> BookFigure:
    """The smallest misfit of the six numbers for each level of AI at the start."""
    fig, ax = panels()
    for variant, colour, dash, name in (
        ("all", "blue", DASHES[0], "any θ and ξ"),
        ("Hosios", "vermilion", DASHES[1], "Hosios, θ = ξ"),
    ):
        fits = profile(variant)
        level = np.unique(fits.A_0)
        best = [np.min(fits.misfit[x == fits.A_0]) for x in level]
        ax.plot(level, best, color=PALETTE[colour], linestyle=dash, marker="o", label=name)
    ax.axhline(0.5, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    label_line(ax, 1.0, 0.5, "rounding", "muted", fontsize=9)
    ax.axvline(Parameters().A_0, color=PALETTE["ink"], linewidth=1, linestyle=DASHES[3])
    label_line(ax, Parameters().A_0, 9.0, "1/μ", "ink", fontsize=9)
    ax.set_yscale("log")
    ax.set_yticks([0.1, 0.5, 1, 2, 5, 10], ["0.1", "0.5", "1", "2", "5", "10"])
    ax.minorticks_off()
    ax.set(
        xlabel="level of AI at the start A₀",
        ylabel="misfit, units of the last place",
        xlim=(0.95, 2.75),
        ylim=(0.07, 13),
    )
    ax.legend(loc="upper right")
    return fig


@style()
def identified() -> BookFigure:
    """The members of the set in (σ, θ), for three levels of AI at the start; Hosios; two facts."""
    fig, ax = panels()
    members = identified_set()
    both, pair = other_facts(members)
    for level, colour, marker in (
        (1 / 0.632, "blue", "o"),
        (1.7, "green", "s"),
        (1.9, "amber", "D"),
    ):
        here = np.isclose(members.A_0, level)
        order = np.argsort(members.sigma[here])
        sigma, theta = members.sigma[here][order], members.theta[here][order]
        name = "1/μ" if level < 1.6 else f"{level:g}"
        ax.plot(sigma, theta, color=PALETTE[colour], linewidth=1)
        for chosen, filled in ((both, True), (~both & ~pair, None), (pair, False)):
            shown = chosen[here][order]
            ax.plot(
                sigma[shown],
                theta[shown],
                "." if filled is None else marker,
                color=PALETTE[colour],
                markersize=4 if filled is None else 6,
                markerfacecolor=PALETTE[colour] if filled else "none",
            )
        ax.plot([], [], marker, color=PALETTE[colour], label=f"A₀ = {name}")
    grid = np.linspace(0.02, 0.16, 41)
    ax.plot(grid, hosios(grid), color=PALETTE["vermilion"], linestyle=DASHES[1], label="θ = ξ")
    p = Parameters()
    ax.plot([p.sigma], [p.theta], "X", color=PALETTE["ink"], markersize=9, label="reference point")
    ax.set(
        xlabel="separation rate σ, per year",
        ylabel="firms' share of the surplus θ",
        xlim=(0, 0.21),
        ylim=(0.46, 0.57),
    )
    ax.legend(loc="lower left")
    return fig


@style()
def destinations() -> BookFigure:
    """θ = .954: the same economy with two destinations, and a path on which adoption ends."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.2))
    p, t = Parameters(theta=0.954), np.linspace(0.0, 5.0, 181)
    paths = (
        (solve_transition(p), "vermilion", DASHES[0], "to some AI"),
        (solve_transition(p, "unbounded-AI"), "blue", DASHES[1], "unbounded"),
        (solve_transition(p, "unbounded-AI", H0=0.6), "green", DASHES[3], "unbounded, H(0) = .6"),
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
    right.set(xlabel="years with AI", ylabel="employment H", xlim=(0, 5), ylim=(0.58, 1.0))
    return fig


@style()
def posted() -> BookFigure:
    """Vacancies over those without AI, and the wage over the output of a match."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.2))
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
        xlabel="years with AI", ylabel="wage over output of a match", xlim=(0, 20), ylim=(0, 4)
    )
    return fig
