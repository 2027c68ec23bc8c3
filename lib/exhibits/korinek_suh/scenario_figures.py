"""Figure 8 of Korinek & Suh (2024), redrawn, and what the paper does not show of it.

Each function draws on an empty :class:`exhibits.plotting.BookFigure` and returns the numbers that a
caption needs.

>>> from exhibits.plotting import BookFigure
>>> dates = figure_8(BookFigure(figsize=(6.8, 7.4)))
>>> [[round(date, 2) for date in panel] for panel in dates.values()]
[[], [18.61], [3.58], [4.15, 8.98]]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from aiecon.korinek_suh.dynamics.automation_paths import Mixed
from aiecon.korinek_suh.dynamics.many_transitions import solve_transitions
from aiecon.korinek_suh.dynamics.scenario_sensitivity import Sensitivity, preferences
from aiecon.korinek_suh.dynamics.scenarios import (
    SCENARIOS,
    Collapse,
    collapses,
    solved,
    weight_for_return,
)
from aiecon.korinek_suh.dynamics.transition import Transition
from aiecon.korinek_suh.dynamics.welfare import Welfare, welfare
from aiecon.validation import FloatArray
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line, style

LABOR, CAPITAL = "green", "vermilion"

__all__ = [
    "draw_stack",
    "figure_8",
    "gains",
    "identification",
    "preference_map",
    "tornado",
    "unseen",
]

#: Colour and dashes of each panel's scenario.
LOOKS: dict[str, tuple[str, Any]] = {
    "a": ("blue", DASHES[0]),
    "b": ("vermilion", DASHES[1]),
    "c": ("purple", DASHES[2]),
    "d": ("green", DASHES[3]),
}
SYMBOLS = {
    "horizon": "T", "beta": "β", "initial": "Φ₀", "K0": "K₀", "rho": "ρ", "eta": "η",
    "delta": "δ", "sigma": "σ", "A": "A", "L": "L", "weight": "ω", "rate": "λg",
}  # fmt: skip


@contextmanager
def _grid(figure: BookFigure, rows: int, columns: int, **kwargs: Any) -> Iterator[Any]:
    with style():
        if figure.get_layout_engine() is None:
            figure.set_layout_engine("constrained")
        yield figure.subplots(rows, columns, squeeze=False, **kwargs)


def dates_of(path: Transition, until: float, points: int = 121) -> FloatArray:
    """Evenly spaced dates and, among them, those at which the path bends."""
    kinks = [kink for kink in path.kinks if kink < until]
    return np.unique(np.concatenate([np.linspace(0.0, until, points), kinks]))


def plain_ticks(ax: Axes, ticks: Sequence[float], axis: str = "y") -> None:
    """Ticks of a logarithmic axis as plain numbers."""
    (ax.set_yticks if axis == "y" else ax.set_xticks)(ticks, [f"{x:g}" for x in ticks])
    ax.minorticks_off()


# Figure 8 -----------------------------------------------------------------------------------------


def draw_stack(upper: Axes, lower: Axes, path: Transition, until: float) -> None:
    """A panel: wage bill and output on a logarithmic axis, below it the tasks left to labour.

    On the logarithmic axis it is the level that is split: the lower area ends at the wage bill, the
    upper one at output, and the distance between the two edges is −log of the labour share.
    """
    t = dates_of(path, until)
    output = path.output(t)
    bill = path.labor_share(t) * output
    bottom = np.full_like(t, 1e-2)
    upper.set_yscale("log")
    upper.fill_between(t, bottom, bill, color=PALETTE[LABOR], alpha=0.3, linewidth=0)
    upper.fill_between(t, bill, output, color=PALETTE[CAPITAL], alpha=0.2, linewidth=0)
    upper.fill_between(
        t, bill, output, facecolor="none", edgecolor=PALETTE[CAPITAL], alpha=0.35, hatch="//",
        linewidth=0,
    )  # fmt: skip
    upper.plot(t, bill, color=PALETTE[LABOR], linestyle="-")
    upper.plot(t, output, color=PALETTE[CAPITAL], linestyle="-")
    t = dates_of(path, until, 501)  # it ends steeply
    left = path.unautomated(t)
    lower.set_yscale("log")
    lower.plot(t, np.where(left > 0, left, np.nan), color=PALETTE["blue"], linestyle="-")
    for change in path.region_changes:
        for ax in (upper, lower):
            ax.axvline(change.date, color=PALETTE["ink"], linestyle=DASHES[2], linewidth=1.2)


def figure_8(figure: BookFigure, until: float = 25.0) -> dict[str, list[float]]:
    """Figure 8: the four scenarios in the paper's layout. Returns the dates of region changes."""
    found = {}
    with _grid(figure, 4, 2, sharex=True, height_ratios=(3, 1.3, 3, 1.3)) as axes:
        for i, (panel, scenario) in enumerate(SCENARIOS.items()):
            row, column = 2 * (i // 2), i % 2
            upper, lower = axes[row, column], axes[row + 1, column]
            path = solved(panel)
            draw_stack(upper, lower, path, until)
            found[panel] = [change.date for change in path.region_changes]
            upper.set_title(f"({panel}) {scenario.title}")
            if panel == "a":
                upper.set_ylim(1, 4)
                plain_ticks(upper, [1, 2, 3, 4])
                upper.text(12.5, 1.25, "wage bill wL", color=PALETTE[LABOR], ha="center")
                upper.text(
                    12.5, 2.05, "capital returns RK", color=PALETTE[CAPITAL], ha="center",
                    va="center", backgroundcolor="none",
                )  # fmt: skip
            else:
                upper.set_ylim(0.3, 500)
                plain_ticks(upper, [0.5, 1, 5, 10, 50, 100, 500])
            lower.set_ylim(0.01, 1)
            plain_ticks(lower, [0.01, 0.1, 1])
            for ax in (upper, lower):
                ax.set_xlim(0, until)
        spots = {"b": (axes[0, 1], "right"), "c": (axes[2, 0], "left"), "d": (axes[2, 1], "center")}
        for panel, (ax, side) in spots.items():
            date = float(np.mean(found[panel]))
            text = "region\n2" if side == "center" else "region 2"
            shift = {"left": 3, "right": -3, "center": 0}[side]
            label_line(ax, date, 150, text, "ink", fontsize=9, ha=side, offset=(shift, 0))
        for row, text in (
            (0, "output, stacked"),
            (1, "1 − Φ"),
            (2, "output, stacked"),
            (3, "1 − Φ"),
        ):
            axes[row, 0].set_ylabel(text)
        for ax in axes[-1]:
            ax.set_xlabel("years")
    return found


# Identification of ω ------------------------------------------------------------------------------


def identification(
    figure: BookFigure, low: float = 8.5, high: float = 9.5
) -> tuple[float, float, float]:
    """Dates of the changes of region against ω; returns ω at ``low``, year 9 and ``high``."""
    weights = np.linspace(0.7425, 0.97, 20)
    found = collapses(solve_transitions(Mixed(weights), tol=1e-6), until=20.0)
    marks = tuple(weight_for_return(date) for date in (low, 9.0, high))
    with _grid(figure, 1, 1) as axes:
        ax = axes[0, 0]
        entered = np.isfinite(found.entry)
        w = weights[entered]
        entry, back = found.entry[entered], found.back[entered]
        ax.fill_between(w, entry, back, color=PALETTE["faint"], alpha=0.6, linewidth=0)
        ax.plot(w, back, color=PALETTE[LABOR], linestyle="-")
        ax.plot(w, entry, color=PALETTE[CAPITAL], linestyle=DASHES[1])
        ax.fill_between(
            [marks[0], marks[2]], 0, [low, high], color=PALETTE["blue"], alpha=0.25, linewidth=0
        )
        for date in (low, high):
            ax.plot(
                [0.7, weight_for_return(date)],
                [date] * 2,
                color=PALETTE["blue"],
                lw=1.2,
                ls=DASHES[2],
            )
        ax.plot([marks[1]] * 2, [0, 9], color=PALETTE["blue"], linestyle="-", linewidth=1.4)
        ax.plot([marks[1]], [9], marker="o", color=PALETTE["blue"])
        label_line(ax, 0.8, 6.5, "region 1 again", LABOR, offset=(-4, 6), ha="right")
        label_line(ax, 0.775, 4.0, "region 2 begins", CAPITAL, offset=(0, -12), ha="center")
        label_line(ax, 0.705, 9.0, "“around year 9”", "blue", offset=(0, -3))
        label_line(
            ax,
            marks[0],
            0.5,
            f"ω = {marks[0]:.3f} to {marks[2]:.3f}",
            "blue",
            ha="right",
            offset=(-5, 0),
        )
        ax.set(
            xlim=(0.7, 0.97), ylim=(0, 16), xlabel="weight of the bounded part, ω", ylabel="years"
        )
    return marks[0], marks[1], marks[2]


# What the paper does not show ---------------------------------------------------------------------


def unseen(figure: BookFigure, until: float = 25.0) -> None:
    """Consumption, saving rate, interest rate, wage and labour share in the four scenarios."""
    with _grid(figure, 3, 2) as axes:
        flat = list(axes.ravel())
        series: dict[str, tuple[Callable[[Transition, FloatArray], Any], bool, list[float]]] = {
            "Wage w": (lambda p, t: p.wage(t), True, [0.5, 1, 2, 5, 10, 20]),
            "Labour share": (lambda p, t: p.labor_share(t), False, [0, 0.2, 0.4, 0.6]),
            "Consumption C": (lambda p, t: p.consumption(t), True, [1, 2, 5, 10, 20, 50]),
            "Saving rate (gross)": (lambda p, t: p.saving_rate(t), False, [0.2, 0.3, 0.4, 0.5]),
            "Interest rate R − δ, a year": (
                lambda p, t: p.interest_rate(t), False, [0, 0.1, 0.2, 0.3, 0.4],
            ),
        }  # fmt: skip
        for ax, (title, (function, logarithmic, ticks)) in zip(flat, series.items(), strict=False):
            for panel in SCENARIOS:
                path = solved(panel)
                t = dates_of(path, until, 76)
                colour, dashes = LOOKS[panel]
                ax.plot(t, function(path, t), color=PALETTE[colour], linestyle=dashes)
            ax.set_title(title)
            if logarithmic:
                ax.set_yscale("log")
                plain_ticks(ax, ticks)
            else:
                ax.set_yticks(ticks)
            ax.set_xlim(0, until)
        flat[0].set_ylim(0.4, 25)
        flat[1].set_ylim(0, 0.7)
        flat[2].set_ylim(1, 100)
        flat[5].axis("off")
        for i, (panel, scenario) in enumerate(SCENARIOS.items()):
            colour, dashes = LOOKS[panel]
            y = 0.85 - 0.2 * i
            flat[5].plot([0.0, 0.16], [y, y], color=PALETTE[colour], linestyle=dashes)
            flat[5].text(0.2, y, f"({panel}) {scenario.title}", va="center", color=PALETTE[colour])
        flat[5].set(xlim=(0, 1), ylim=(0, 1))
        flat[3].set_xlabel("years")
        flat[4].set_xlabel("years")


# Sensitivity --------------------------------------------------------------------------------------


def tornado(figure: BookFigure, baseline: Sensitivity, bout: Sensitivity) -> tuple[str, ...]:
    """Bars for each parameter: the baseline's entry and fall, the bout's return.

    Returns the parameters in the order of the rows, from the one that moves the entry most.
    """
    shift = np.abs(baseline.high.entry - baseline.low.entry)
    order = [baseline.names[i] for i in np.argsort(-shift)]
    order += [name for name in bout.names if name not in order]
    columns = (
        ("(b): region 2 begins, year", baseline, "entry"),
        ("(b): fall of the wage, %", baseline, "fall"),
        ("(d): labour scarce again, year", bout, "back"),
    )
    with _grid(figure, 1, 3, sharey=True) as axes:
        for ax, (title, found, field) in zip(axes[0], columns, strict=True):
            scale = 100.0 if field == "fall" else 1.0
            base = scale * float(getattr(found.base, field))
            for row, name in enumerate(order):
                if name not in found.names:
                    continue
                i = found.names.index(name)
                for side, colour, hatch in ((found.low, CAPITAL, "////"), (found.high, "blue", "")):
                    width = scale * float(getattr(side, field)[i]) - base
                    _bar(ax, row, base, width, colour, hatch)
            ax.axvline(base, color=PALETTE["ink"], linewidth=1.2)
            ax.set_title(title, fontsize=9.5)
        names = [SYMBOLS[name] for name in order]
        axes[0, 0].set_yticks(range(len(order)), names)
        axes[0, 0].invert_yaxis()
        for y, colour, hatch, text in (
            (0.11, CAPITAL, "////", "lower"),
            (0.03, "blue", "", "higher"),
        ):
            legend = axes[0, 1].inset_axes((0.02, y, 0.1, 0.05))
            legend.axis("off")
            _bar(legend, 0, 0, 1, colour, hatch)
            legend.text(1.2, 0, f"10% {text}", fontsize=8.5, va="center")
    return tuple(order)


def _bar(ax: Axes, row: float, left: float, width: float, colour: str, hatch: str) -> None:
    where: dict[str, Any] = {"y": [row], "width": [width], "left": left, "height": 0.68}
    ax.barh(**where, facecolor=PALETTE[colour] + "40", edgecolor=PALETTE[colour], linewidth=1)
    if hatch:
        ax.barh(
            **where,
            facecolor="none",
            edgecolor=PALETTE[colour],
            hatch=hatch,
            linewidth=0,
            alpha=0.5,
        )


def preference_map(figure: BookFigure) -> Collapse:
    """The baseline's entry into region 2 and the fall of the wage for pairs of η and ρ."""
    etas, rhos = np.linspace(0.75, 5.0, 26), np.linspace(0.005, 0.1, 14)
    found = preferences(etas, rhos)
    columns = (
        ("Region 2 begins, year", found.entry, [15, 16, 17, 18, 19], "blue"),
        ("Fall of the wage, %", 100 * found.fall, [65, 70, 75, 80, 90], CAPITAL),
    )
    row = 9  # where the lines are labelled
    edge = 1.0 - rhos / 0.4  # utility is infinite to the left: (1 − η)(A − ρ − δ)/η = ρ
    with _grid(figure, 1, 2, sharey=True) as axes:
        for ax, (title, values, levels, colour) in zip(axes[0], columns, strict=True):
            ink = PALETTE[colour]
            lines = ax.contour(etas, rhos, values, levels=levels, colors=[ink], linewidths=1.6)
            known = np.isfinite(values[row])
            spots = np.interp(levels, values[row][known][::-1], etas[known][::-1])
            ax.clabel(lines, fmt="%g", fontsize=9, manual=[(x, rhos[row]) for x in spots])
            ax.fill_betweenx(
                rhos, etas[0], edge, where=edge > etas[0], facecolor="none",
                edgecolor=PALETTE["muted"], hatch="xx", linewidth=0,
            )  # fmt: skip
            ax.plot([2.0], [0.04], marker="o", color=PALETTE["ink"], linestyle="none")
            ax.set(title=title, xlabel="relative risk aversion η")
        axes[0, 0].set_ylabel("discount rate ρ")
        label_line(axes[0, 1], 3.2, 0.05, "the wage never\nexceeds today's", CAPITAL, fontsize=9)
    return found


# Welfare ------------------------------------------------------------------------------------------

PEOPLE = {
    "owner": "owner of capital,\nno work",
    "household": "household that\nowns everything",
    "worker": "worker without\ncapital who saves",
    "hand_to_mouth": "worker who consumes\nthe wage",
}


def gains(figure: BookFigure) -> dict[str, Welfare]:
    """By what factor a scenario raises everybody's equivalent consumption over panel (a)."""
    found = {panel: welfare(solved(panel)) for panel in SCENARIOS}
    markers = {"b": "o", "c": "s", "d": "D"}
    with _grid(figure, 1, 1) as axes:
        ax = axes[0, 0]
        for row, who in enumerate(PEOPLE):
            ax.axhline(row, color=PALETTE["faint"], linewidth=1)
            for panel, marker in markers.items():
                factor = 1 + found[panel].gain_over(found["a"])[who]
                ax.plot(
                    [factor], [row], marker=marker, markersize=8, linestyle="none",
                    color=PALETTE[LOOKS[panel][0]], label=None if row else f"({panel})",
                )  # fmt: skip
                beside = {"b": ("left" if who == "worker" else "center", 7), "d": ("center", -16)}
                side, up = beside.get(panel, ("right" if who == "worker" else "center", 7))
                ax.annotate(
                    f"{factor:.2f}", (factor, row), xytext=(0, up), ha=side,
                    textcoords="offset points", fontsize=9, color=PALETTE[LOOKS[panel][0]],
                )  # fmt: skip
        ax.plot([1, 1], [-0.5, 3.6], color=PALETTE["ink"], linewidth=1.2)
        ax.set_xscale("log")
        plain_ticks(ax, [0.25, 0.5, 1, 2, 4, 8], "x")
        ax.set(xlim=(0.22, 14), ylim=(3.6, -1.1))
        ax.set_yticks(range(4), list(PEOPLE.values()))
        ax.set_xlabel("equivalent consumption, business as usual = 1 (log scale)")
        ax.legend(loc="upper left", ncols=3, handletextpad=0.1)
    return found
