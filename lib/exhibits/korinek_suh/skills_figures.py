"""The figures of the chapter on skills; all drawings are ours, the paper has none.

>>> len(superstars().axes)
2
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from aiecon.cached import cached
from aiecon.korinek_suh.dynamics.automation_paths import (
    AutomationPath,
    Bounded,
    BusinessAsUsual,
    Mixed,
)
from aiecon.korinek_suh.extensions.skills import ProportionalSkills, displacement_date
from aiecon.korinek_suh.extensions.skills_inequality import WageDistribution
from aiecon.korinek_suh.extensions.skills_transition import SkillTransition, solve_skill_transition
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line, panels, share_axis, style

__all__ = [
    "SCENARIOS",
    "fan_chart",
    "inequality",
    "lives",
    "staffing",
    "superstars",
    "transition_of",
    "wages_of",
]

SKILLED, DISPLACED, BASELINE = "green", "vermilion", "muted"
SPREAD = 0.6  # standard deviation of log efficiency units in the figures
SCENARIOS: dict[str, AutomationPath] = {
    "unbounded": BusinessAsUsual(rate=0.01),
    "bounded": Bounded(horizon=20.0),
}


@cached(64)
def transition_of(tasks: AutomationPath, nu: float) -> SkillTransition:
    """The path with skills that run out ν times as fast as tasks, Table 2, solved once."""
    return solve_skill_transition(tasks, ProportionalSkills(tasks, nu))


def wages_of(
    path: SkillTransition, t: Any, spread: float = 0.0, devalued: bool = False
) -> WageDistribution:
    """The distribution of wages at dates t of a path."""
    return WageDistribution(
        path.displaced(t), path.wage(t), path.displaced_wage(t), spread, devalued
    )


def _log_wages(ax: Axes, ticks: tuple[float, ...]) -> None:
    ax.set_yscale("log")
    ax.set_yticks(ticks, [f"{x:g}" for x in ticks])
    ax.minorticks_off()


@style()
def superstars(nu: float = 0.5) -> BookFigure:
    """What the skilled, the displaced and a worker of the baseline earn; two scenarios."""
    fig, axes = panels(1, 2, size=(6.8, 3.5))
    spans = {"unbounded": 200.0, "bounded": 30.0}
    for ax, (name, tasks) in zip(axes, SCENARIOS.items(), strict=True):
        t = np.linspace(0, spans[name], 181)
        if name == "bounded":
            t = np.unique(np.concatenate([t, np.linspace(18, 20.02, 120)]))
        path, same = transition_of(tasks, nu), transition_of(tasks, 0.0)
        ax.plot(t, same.wage(t), color=PALETTE[BASELINE], linestyle=DASHES[1], label="all alike")
        shown = path.skilled(t) > 0
        ax.plot(t[shown], path.wage(t)[shown], color=PALETTE[SKILLED], label="skilled")
        ax.plot(
            t, path.displaced_wage(t), color=PALETTE[DISPLACED], linestyle=DASHES[3],
            label="displaced",
        )  # fmt: skip
        _log_wages(ax, (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50))
        ax.set(xlim=(0, spans[name]), ylim=(0.1, 60), xlabel="years", title=name.capitalize())
        for year in (0.25 * spans[name], 0.5 * spans[name]):
            ax.plot([year], [path.wage(year)], "o", markersize=5, color=PALETTE[SKILLED])
            ax.annotate(
                f"{path.skilled(year):.0%} skilled", (year, path.wage(year)), xytext=(-4, 22),
                textcoords="offset points", fontsize=9, color=PALETTE[SKILLED], ha="center",
            )  # fmt: skip
    axes[0].set_ylabel("wage (log scale)")
    axes[1].legend(loc="upper right")
    return fig


@style()
def staffing() -> BookFigure:
    """Workers per task that is left, for skills that satisfy Υ ≤ Φ; only two can be equalised."""
    fig, ax = panels()
    tasks = BusinessAsUsual(rate=0.02)
    cases: tuple[tuple[str, AutomationPath, str], ...] = (
        ("ν = 0.5", ProportionalSkills(tasks, 0.5), "blue"),
        ("ν = 1", ProportionalSkills(tasks, 1.0), "green"),
        ("a bulge of lower skills", bulge(), "vermilion"),
    )
    t = np.linspace(0, 80, 241)
    for (name, skills, colour), dash in zip(cases, DASHES, strict=False):
        ratio = skills.unautomated(t) / tasks.unautomated(t)
        ax.plot(t, ratio, color=PALETTE[colour], linestyle=dash)
        at = {"ν = 0.5": 205, "ν = 1": 190, "a bulge of lower skills": 100}[name]
        shift = {"ν = 0.5": (-60, 6), "ν = 1": (-10, 6), "a bulge of lower skills": (4, -22)}
        label_line(ax, t[at], ratio[at], name, colour, offset=shift[name])
    ax.set(xlim=(0, 80), ylim=(0, 6), xlabel="years")
    ax.set_ylabel("workers per task left (1−Υ)/(1−Φ)")
    return fig


def bulge() -> AutomationPath:
    """Skills with a bulge at low levels: Υ ≤ Φ for the tasks of :func:`staffing`, but too few
    workers for those beyond it."""
    return Mixed(weight=0.5, horizon=20.0, rate=0.01, initial=0.0)


@style()
def fan_chart(nu: float = 0.5) -> BookFigure:
    """Percentiles of wages over time; efficiency units kept, or devalued with the skill."""
    fig, axes = panels(1, 2, size=(6.8, 3.6), sharey=True)
    t = np.linspace(0, 200, 101)
    path = transition_of(SCENARIOS["unbounded"], nu)
    names = ("Efficiency kept", "Human capital devalued")
    bands = (("1–99%", 0.01, 0.99, "18"), ("10–90%", 0.1, 0.9, "30"), ("25–75%", 0.25, 0.75, "48"))
    for ax, title, devalued in zip(axes, names, (False, True), strict=True):
        wages = wages_of(path, t, SPREAD, devalued)
        for name, low, high, strength in bands:
            ax.fill_between(
                t, wages.quantile(low), wages.quantile(high), color=PALETTE["blue"] + strength,
                linewidth=0, label=name,
            )  # fmt: skip
        ax.plot(t, wages.quantile(0.5), color=PALETTE["ink"], label="median")
        ax.plot(t, wages.mean, color=PALETTE["ink"], linestyle=DASHES[2], label="mean")
        _log_wages(ax, (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100))
        ax.set(xlim=(0, 200), ylim=(0.03, 190), xlabel="years", title=title)
    axes[0].set_ylabel("wage (log scale)")
    axes[0].legend(loc="upper left", fontsize=9, ncols=2, columnspacing=0.8, handlelength=1.6)
    return fig


@style()
def inequality() -> BookFigure:
    """Gini coefficient and the share of the top tenth over time, for three ν and both scenarios."""
    fig, axes = panels(1, 2, size=(6.8, 3.5), sharey=True)
    spans = {"unbounded": 400.0, "bounded": 25.0}
    for ax, (name, tasks) in zip(axes, SCENARIOS.items(), strict=True):
        t = np.linspace(0, spans[name], 201)
        for nu, colour, dash in zip((0.25, 0.5, 0.75), ("blue", "vermilion", "green"), DASHES,
                                    strict=False):  # fmt: skip
            wages = wages_of(transition_of(tasks, nu), t)
            ax.plot(t, wages.gini, color=PALETTE[colour], linestyle=dash, label=f"ν = {nu:g}")
        ax.set(xlim=(0, spans[name]), xlabel="years", title=name.capitalize())
        share_axis(ax, "y")
    axes[0].set_ylabel("Gini coefficient of wages")
    axes[0].legend(loc="upper left")
    return fig


@style()
def lives(nu: float = 0.5) -> BookFigure:
    """Wages of workers at four places in the skill distribution, unbounded tasks."""
    fig, ax = panels()
    path = transition_of(SCENARIOS["unbounded"], nu)
    t = np.linspace(0, 300, 601)
    for p, colour, dash in zip((0.25, 0.5, 0.75), ("vermilion", "blue", "purple"), DASHES,
                               strict=False):  # fmt: skip
        date = float(displacement_date(path.skills, p))
        before, after = t[t < date], t[t >= date]
        at = np.concatenate([before, [date, date], after])
        y = np.concatenate([path.wage(before), [path.wage(date), path.displaced_wage(date)],
                            path.displaced_wage(after)])  # fmt: skip
        ax.plot(at, y, color=PALETTE[colour], linestyle=dash)
        low = path.displaced_wage(date)
        middle = low * (path.wage(date) / low) ** 0.3
        label_line(ax, date, middle, f"percentile {p:.0%}", colour, offset=(5, 0), fontsize=9)
    _log_wages(ax, (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100))
    ax.set(xlim=(0, 300), ylim=(0.1, 200), xlabel="years", ylabel="wage (log scale)")
    return fig
