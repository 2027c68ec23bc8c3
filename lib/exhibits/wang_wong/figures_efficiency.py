"""The figures of the chapter on efficiency."""

from __future__ import annotations

import numpy as np

from aiecon.wang_wong import solve_plan, solve_transition, value_of_ai, welfare_gain
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line, panels, style

__all__ = ["gains", "parts", "plan_and_market", "transfer"]

YEARS = np.linspace(0.0, 40.0, 241)


@style()
def plan_and_market() -> BookFigure:
    """Employment and capability under the plan and in the market."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.2))
    plan, market = solve_plan(), solve_transition()
    for path, colour, dash, name in (
        (plan, "blue", DASHES[0], "plan"),
        (market, "vermilion", DASHES[1], "market"),
    ):
        left.plot(YEARS, path.employment(YEARS), color=PALETTE[colour], linestyle=dash, label=name)
        gained = path.capability(YEARS) / plan.params.A_0
        right.plot(YEARS, gained, color=PALETTE[colour], linestyle=dash)
    left.set(xlabel="years with AI", ylabel="employment H", xlim=(0, 40), ylim=(0.7, 1.0))
    left.legend(loc="upper right")
    right.set_yscale("log")
    right.set_yticks([1, 2, 4, 8, 16], ["1", "2", "4", "8", "16"])
    right.minorticks_off()
    right.set(xlabel="years with AI", ylabel="AI capability, 1 at the start", xlim=(0, 40))
    return fig


@style()
def transfer() -> BookFigure:
    """The transfer T over the output of a match, against the two percentages."""
    fig, ax = panels()
    plan = solve_plan()
    ax.plot(YEARS, plan.transfer(YEARS), color=PALETTE["blue"], label="T on the plan")
    ax.plot(
        YEARS, plan.match_value(YEARS), color=PALETTE["green"], linestyle=DASHES[1],
        label="value of a match ω",
    )  # fmt: skip
    for level, name in ((0.266, "26.6%"), (0.5, "50%")):
        ax.axhline(level, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
        label_line(ax, 34, level, name, "muted", fontsize=9)
    ax.axhline(plan.params.pi_A, color=PALETTE["vermilion"], linewidth=1, linestyle=DASHES[3])
    label_line(ax, 34, plan.params.pi_A, "π_A", "vermilion", fontsize=9, offset=(4, -12))
    ax.set_yscale("log")
    ax.set_yticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
    ax.minorticks_off()
    ax.set(xlabel="years with AI", ylabel="over output of a match", xlim=(0, 40), ylim=(0.1, 200))
    ax.legend(loc="upper right")
    return fig


@style()
def gains() -> BookFigure:
    """Welfare gains in consumption equivalents against the horizon."""
    fig, ax = panels()
    market, horizon = solve_transition(), np.geomspace(1.0, 200.0, 40)
    paths = (
        (solve_plan(), "blue", DASHES[0], "plan"),
        (solve_transition(transfer=2.0), "green", DASHES[3], "T = 2"),
        (solve_transition(transfer=0.5), "vermilion", DASHES[1], "T = .5"),
    )
    for path, colour, dash, name in paths:
        gain = [welfare_gain(path, market, h) for h in horizon]
        ax.plot(horizon, gain, color=PALETTE[colour], linestyle=dash, label=name)
    ax.axhline(0, color=PALETTE["muted"], linewidth=1)
    ax.axhline(0.266, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    label_line(ax, 1.05, 0.266, "26.6%", "muted", fontsize=9)
    ax.axvline(5, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    ax.set_xscale("log")
    ax.set_xticks([1, 2, 5, 10, 20, 50, 100, 200], ["1", "2", "5", "10", "20", "50", "100", "200"])
    ax.minorticks_off()
    ax.set(xlabel="horizon, years", ylabel="welfare gain", xlim=(1, 200), ylim=(-1, 3.4))
    ax.legend(loc="upper left", bbox_to_anchor=(0.0, 0.92))
    return fig


@style()
def parts() -> BookFigure:
    """What more AI is worth on the plan, in four parts, at five dates."""
    fig, ax = panels()
    dates = np.array([0.0, 5.0, 10.0, 20.0, 60.0])
    value = value_of_ai(solve_plan(), dates)
    rows = (
        (value.machines, "blue", "AI's output"),
        (value.gained, "green", "replacements: π_A gained"),
        (value.lost, "vermilion", "replacements: ω lost"),
        (value.workers, "amber", "workers' output"),
        (value.vacancies, "purple", "dearer vacancies"),
    )
    place, width = np.arange(len(dates)), 0.15
    for i, (part, colour, name) in enumerate(rows):
        ax.bar(place + (i - 2) * width, part, width, color=PALETTE[colour], label=name)
    ax.plot(place, value.total, "D", color=PALETTE["ink"], markersize=6, label="sum ψ")
    ax.axhline(0, color=PALETTE["muted"], linewidth=1)
    ax.set_xticks(place, [f"{d:g}" for d in dates])
    ax.set(xlabel="years with AI", ylabel="over output per worker", ylim=(-2500, 2900))
    ax.legend(loc="upper right", ncol=1)
    return fig
