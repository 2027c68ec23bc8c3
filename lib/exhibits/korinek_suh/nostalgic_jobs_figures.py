"""Figure 11 of Korinek & Suh (2024) and the figures around it: automation held back.

Each function draws on an empty :class:`exhibits.plotting.BookFigure` and returns the numbers that a
caption needs.

>>> from exhibits.plotting import BookFigure
>>> found = paths(BookFigure(figsize=(6.8, 3.4)))
>>> {name: round(value, 3) for name, value in found.items()}
{'wage': 24.598, 'wage_agi': 0.5, 'loss': 0.624}
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from aiecon.cached import cached
from aiecon.korinek_suh.dynamics.automation_paths import Bounded, BusinessAsUsual
from aiecon.korinek_suh.dynamics.long_run import long_run
from aiecon.korinek_suh.dynamics.transition import Transition, solve_transition
from aiecon.korinek_suh.extensions.nostalgic_jobs import (
    HeldBack,
    solve_policy,
    wage_maximising_policy,
    wage_maximising_rate,
)
from aiecon.korinek_suh.extensions.nostalgic_welfare import PolicyFrontier, policy_frontier
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line, style

__all__ = ["agi", "forgone", "frontier", "growth_rates", "paths", "policy", "starts", "tasks_left"]

WAGE, OUTPUT, FREE, BEST = "green", "blue", "vermilion", "purple"
RATES = (0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.067, 0.075, 0.083, 0.09, 0.1, 0.11, 0.12, 0.14, 0.16)


@contextmanager
def _panels(figure: BookFigure, columns: int = 1, **kwargs: Any) -> Iterator[list[Axes]]:
    """Axes side by side on an empty figure, in the book's style."""
    with style():
        if figure.get_layout_engine() is None:
            figure.set_layout_engine("constrained")
        yield list(figure.subplots(1, columns, squeeze=False, **kwargs)[0])


@cached()
def agi() -> Transition:
    """The baseline AGI scenario, T = 20, with Table 2."""
    return solve_transition(Bounded(horizon=20.0))


@cached()
def policy(rate: float | None = None, since: float = 0.0) -> Transition:
    """The same with automation held back, at the wage-maximising rate unless said."""
    held = wage_maximising_policy(since=since) if rate is None else HeldBack(Bounded(), rate, since)
    return solve_policy(held)


@cached()
def all_rates() -> PolicyFrontier:
    """Output, wages and welfare at the rates of the figures, after 20, 30 and 50 years."""
    return policy_frontier(RATES, [20.0, 30.0, 50.0])


def _log_axis(ax: Axes, ticks: list[float]) -> None:
    ax.set_yscale("log")
    ax.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    ax.minorticks_off()


# Figure 11 ----------------------------------------------------------------------------------------


def paths(figure: BookFigure, years: float = 40.0) -> dict[str, float]:
    """Figure 11: output and wages in the AGI scenario and with automation held back.

    Left the levels, right those of the held-back economy relative to the other. Returns both wages
    and the share of output forgone at the end.
    """
    t = np.linspace(0, years, 161)
    free, held = agi(), policy()
    parting = float(held.kinks[0])
    with _panels(figure, 2) as (left, right):
        lines = (
            (free.output(t), FREE, DASHES[1], "output, AGI", 0.74, (-66, 6)),
            (held.output(t), OUTPUT, DASHES[0], "output, held back", 0.8, (-22, -24)),
            (held.wage(t), WAGE, DASHES[0], "wage, held back", 0.7, (-4, -15)),
            (free.wage(t), FREE, DASHES[2], "wage, AGI", 0.66, (0, 5)),
        )
        for y, colour, dash, name, at, offset in lines:
            left.plot(t, y, color=PALETTE[colour], linestyle=dash)
            i = int(at * (len(t) - 1))
            label_line(left, t[i], y[i], name, colour, offset=offset, fontsize=9.5)
        _log_axis(left, [0.5, 1, 2, 5, 10, 30, 100, 300, 1000])
        left.set(xlim=(0, years), ylim=(0.3, 1500), xlabel="years", title="Levels (log scale)")
        ratio = held.output(t) / free.output(t)
        right.plot(t, ratio, color=PALETTE[OUTPUT])
        wages = held.wage(t) / free.wage(t)
        right.plot(t, wages, color=PALETTE[WAGE], linestyle=DASHES[3])
        label_line(right, t[130], ratio[130], "output", OUTPUT, offset=(-16, 8))
        label_line(right, t[100], wages[100], "wage", WAGE, offset=(-34, 2))
        _log_axis(right, [0.2, 0.5, 1, 2, 5, 10, 20, 50])
        right.set(xlim=(0, years), xlabel="years", title="Held back relative to AGI")
        for ax in (left, right):
            ax.axvline(parting, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
        label_line(right, parting, 30, f"year {parting:.2f}", "muted", offset=(-60, 0), fontsize=9)
    last = t[-1]
    return {
        "wage": float(held.wage(last)),
        "wage_agi": float(free.wage(last)),
        "loss": 1.0 - float(ratio[-1]),
    }


def tasks_left(figure: BookFigure, years: float = 30.0) -> float:
    """What is left to people: technology's path, the Pareto path at λg*, and the policy Ψ.

    Returns the date at which the policy leaves technology's path.
    """
    technology, held = Bounded(horizon=20.0), wage_maximising_policy()
    pareto = BusinessAsUsual(rate=wage_maximising_rate())
    t = np.linspace(0, years, 241)
    before = t[t < 19.9]
    with _panels(figure) as (ax,):
        ax.plot(t, held.unautomated(t), color=PALETTE["faint"], linewidth=7, linestyle="-")
        ax.plot(before, technology.unautomated(before), color=PALETTE[FREE], linestyle=DASHES[1])
        ax.plot(t, pareto.unautomated(t), color=PALETTE[OUTPUT], linestyle=DASHES[0])
        label_line(ax, 1.6, 0.39, "technology allows, 1 − Φ", FREE, offset=(0, 6))
        label_line(ax, 1.0, 0.12, "Pareto path at λg*", OUTPUT, offset=(0, 0))
        label_line(ax, 21.0, 0.0592, "policy, 1 − Ψ (grey band)", "muted", offset=(-6, 10))
        ax.axvline(held.parting, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
        _log_axis(ax, [0.01, 0.02, 0.05, 0.1, 0.2, 0.4])
        ax.set(
            xlim=(0, years), ylim=(0.01, 0.5), xlabel="years",
            ylabel="share of tasks left to people (log)",
        )  # fmt: skip
    return held.parting


# Proposition 12 -----------------------------------------------------------------------------------


def growth_rates(figure: BookFigure) -> tuple[float, float]:
    """Long-run growth of wages and of output against the rate of automation; λg* and G."""
    best = wage_maximising_rate()
    G = float(long_run(best).output_growth)
    rates = np.array([1e-9, best, G, 0.22])
    found = long_run(rates)
    with _panels(figure) as (ax,):
        ax.plot(rates, found.output_growth, color=PALETTE[OUTPUT], linestyle=DASHES[1])
        ax.plot(rates, found.wage_growth, color=PALETTE[WAGE])
        ax.plot([best], [G], marker="o", color=PALETTE["ink"], linestyle="none")
        label_line(ax, 0.17, G, "output", OUTPUT, offset=(0, 5))
        label_line(ax, 0.135, 2 * (G - 0.135), "wages", WAGE, offset=(8, 2))
        label_line(ax, best, G, "λg* = (1−σ)G", "ink", offset=(-88, 2))
        ax.set(
            xlim=(0, 0.22), ylim=(0, 0.21), xlabel="rate of automation λg, per year",
            ylabel="growth in the long run, per year",
        )  # fmt: skip
    return best, G


def forgone(figure: BookFigure, years: float = 200.0) -> dict[float, float]:
    """The share of output forgone over time, at a low, the wage-maximising and a high rate.

    Returns the share at the end for each rate.
    """
    t, found = np.linspace(0, years, 201), {}
    best = wage_maximising_rate()
    with _panels(figure) as (ax,):
        for rate, dash, colour, at in (
            (0.05, 1, FREE, 47),
            (best, 0, OUTPUT, 70),
            (0.12, 3, BEST, 90),
        ):
            lost = -np.expm1(policy(rate).log_output(t) - agi().log_output(t))
            ax.plot(t, lost, color=PALETTE[colour], linestyle=DASHES[dash])
            name = "λg* = .09" if rate == best else f"λg = {rate:.2g}".replace("0.", ".")
            label_line(ax, t[at], lost[at], name, colour, offset=(6, -14))
            found[float(rate)] = float(lost[-1])
        ax.axhline(1.0, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
        ax.set(
            xlim=(0, years), ylim=(0, 1.05), xlabel="years",
            ylabel="share of the AGI output forgone",
        )  # fmt: skip
    return found


# The frontier -------------------------------------------------------------------------------------


def frontier(figure: BookFigure) -> dict[str, float]:
    """Wage against output after 20, 30 and 50 years, and welfare, at every constant rate.

    Returns the rates at which each group is best off, on the grid of the figure.
    """
    found = all_rates()
    best = wage_maximising_rate()
    with _panels(figure, 2) as (left, right):
        for j, (year, dash, colour) in enumerate(((20, 3, FREE), (30, 1, BEST), (50, 0, WAGE))):
            Y, w = np.exp(found.log_output[:, j]), np.exp(found.log_wage[:, j])
            left.plot(Y, w, color=PALETTE[colour], linestyle=DASHES[dash])
            i = int(np.argmin(np.abs(found.rates - best)))
            left.plot(Y[i], w[i], marker="o", color=PALETTE["ink"], linestyle="none", markersize=5)
            offset = (-44, 0) if year == 50 else (4, -2)
            label_line(left, Y[13], w[13], f"year {year}", colour, offset=offset, fontsize=9.5)
        left.set_xscale("log")
        _log_axis(left, [0.5, 1, 2, 5, 10, 20, 50, 100])
        left.set_xticks([3, 10, 100, 1000, 5000], ["3", "10", "100", "1000", "5000"])
        left.minorticks_off()
        left.set(
            xlabel="output (log scale)", ylabel="wage (log scale)", title="Wage against output",
            ylim=(0.4, 160),
        )  # fmt: skip
        people = (
            (found.household, OUTPUT, DASHES[1], "household", (-10, 5)),
            (found.saver, BEST, DASHES[3], "worker who saves", (-26, 5)),
            (found.hand_to_mouth, WAGE, DASHES[0], "worker who does not", (-136, -26)),
        )
        for worth, colour, dash, name, offset in people:
            right.plot(found.rates, worth, color=PALETTE[colour], linestyle=dash)
            label_line(right, 0.12, worth[12], name, colour, offset=offset, fontsize=9.5)
        right.axvline(best, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
        right.set(
            xlim=(0, 0.16), ylim=(0, 4.9), xlabel="rate of automation λg, per year",
            ylabel="equivalent consumption", title="What it is worth",
        )  # fmt: skip
    groups = {
        "hand_to_mouth": found.hand_to_mouth,
        "saver": found.saver,
        "household": found.household,
    }
    return {name: float(found.rates[int(np.argmax(worth))]) for name, worth in groups.items()}


def starts(figure: BookFigure, years: float = 60.0) -> dict[float, float]:
    """Wages if society starts to hold back early, in time, late, or too late.

    Returns for each date the year in which wages are back above where they began.
    """
    t = np.concatenate([np.linspace(0, 24, 145), np.linspace(24, years, 73)[1:]])
    found = {}
    choices = ((9.0, 1, FREE), (14.65, 0, OUTPUT), (18.0, 3, BEST), (19.5, 2, WAGE))
    with _panels(figure) as (ax,):
        for since, dash, colour in choices:
            wages = policy(None, since).wage(t)
            ax.plot(
                t, wages, color=PALETTE[colour], linestyle=DASHES[dash], label=f"year {since:g}"
            )
            low = wages < wages[0]
            found[since] = float(t[np.flatnonzero(low)[-1] + 1]) if low.any() else 0.0
        _log_axis(ax, [0.5, 1, 2, 5, 10, 20, 50, 100])
        ax.set(xlim=(0, years), ylim=(0.4, 150), xlabel="years", ylabel="wage (log scale)")
        ax.legend(title="held back from", loc="upper left")
    return found
