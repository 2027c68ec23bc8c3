"""The figures of the chapter on moments; all drawings are ours.

>>> len(sobol().axes)
1
"""

from __future__ import annotations

from functools import cache

import numpy as np

from aiecon.chen_meng.boundary import boundary_ratio, delta_gini_map
from aiecon.chen_meng.experiments import SOBOL_RANGES
from aiecon.chen_meng.moments import TARGETS, ridge, targets_with
from aiecon.chen_meng.msm import NAMES, Estimate, estimate
from aiecon.chen_meng.parameters import Parameters, read_only
from aiecon.chen_meng.results import results
from exhibits.plotting import DASHES, PALETTE, BookFigure, label_line, panels, share_axis, style

__all__ = ["fit", "flat", "power", "profile", "sensitivity", "sobol"]

RATIOS = np.geomspace(0.15, 12, 33)


@cache
def fitted(delta: float) -> Estimate:
    """The estimate with this value of m₆."""
    return estimate(targets_with(delta))


def _centre() -> Parameters:
    """The rates that the estimates share, whatever m₆."""
    return fitted(0.01).params


@cache
def _ridge() -> tuple[np.ndarray, np.ndarray]:
    xi, change = ridge(RATIOS, _centre())
    read_only(xi, change)
    return xi, change


def _log_ratio_axis(ax: object, axis: str) -> None:
    getattr(ax, f"set_{axis}scale")("log")
    getattr(ax, f"set_{axis}ticks")([0.3, 1, 3, 10], ["0.3", "1", "3", "10"])
    ax.minorticks_off()  # type: ignore[attr-defined]


@style()
def flat() -> BookFigure:
    """The flat direction on the map of the regimes, and ΔGini along it."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.7))
    xi, change = _ridge()
    grid = np.linspace(0, 0.7, 15)
    border = boundary_ratio(grid, _centre(), n=4000)
    left.fill_between(grid, border, 100, color=PALETTE["vermilion"], alpha=0.12, linewidth=0)
    left.fill_between(grid, 0.01, border, color=PALETTE["blue"], alpha=0.12, linewidth=0)
    left.plot(grid, border, color=PALETTE["muted"], linewidth=1.2)
    left.plot(xi, RATIOS, color=PALETTE["ink"], linestyle="-")
    label_line(left, 0.36, 0.36, "m₁ to m₅ alike", "ink", offset=(0, 0))
    left.text(0.32, 7.5, "concentrating", color=PALETTE["ink"])
    left.text(0.46, 1.0, "levelling", color=PALETTE["ink"])
    alone = delta_gini_map(fitted(0.01).params.xi, RATIOS, _centre(), n=10_000)
    right.axhline(0, color=PALETTE["muted"], linewidth=1)
    right.plot(RATIOS, change, color=PALETTE["ink"], label="along the flat direction")
    right.plot(
        RATIOS, alone, color=PALETTE["green"], linestyle=DASHES[1], label="η₁/η₀ alone, ξ held"
    )
    for delta, colour, marker in ((0.01, "vermilion", "o"), (-0.01, "blue", "s")):
        found = fitted(delta).params
        left.plot([found.xi], [found.ratio], marker, color=PALETTE[colour], markersize=8)
        right.plot([found.ratio], [delta], marker, color=PALETTE[colour], markersize=8)
    _log_ratio_axis(left, "y")
    _log_ratio_axis(right, "x")
    left.set(xlim=(0, 0.7), ylim=(0.15, 12), xlabel="rent sharing ξ", ylabel="η₁/η₀")
    right.set(xlim=(0.15, 12), xlabel="η₁/η₀", ylabel="ΔGini")
    right.legend(loc="upper left")
    return fig


_SHORT = (
    "m₁ average gain",
    "m₂ novices' gain",
    "m₃ coders' speed",
    "m₄ rent sharing",
    "m₅ premium",
    "m₆ Gini",
)


@style()
def fit() -> BookFigure:
    """Model less target in standard errors of the target, for both values of m₆."""
    fig, ax = panels(size=(5.4, 3.3))
    ax.axvspan(-1.96, 1.96, color=PALETTE["faint"], alpha=0.45, linewidth=0)
    ax.axvline(0, color=PALETTE["muted"], linewidth=1)
    for delta, colour, marker, shift in (
        (0.01, "vermilion", "o", -0.13),
        (-0.01, "blue", "s", 0.13),
    ):
        ax.plot(
            fitted(delta).misfit,
            np.arange(6) + shift,
            marker,
            color=PALETTE[colour],
            markersize=7,
            label=f"m₆ = {delta:+.2f}".replace("-", "−"),
        )
    ax.set_yticks(range(6), _SHORT)
    ax.set(ylim=(5.6, -0.6), xlim=(-2.6, 2.6), xlabel="model less target, standard errors")
    ax.legend(loc="upper right")
    return fig


@style()
def profile() -> BookFigure:
    """The criterion along the flat direction: five moments, and six with either m₆."""
    fig, ax = panels()
    _, change = _ridge()
    rest = fitted(0.01).criterion
    ax.plot(RATIOS, 0 * change + rest, color=PALETTE["ink"], linestyle=DASHES[2])
    label_line(ax, 0.16, rest, "m₁ to m₅ only", "ink", offset=(0, 5))
    for delta, colour, dash, x in ((-0.01, "blue", DASHES[1], 0.36), (0.01, "vermilion", "-", 3.6)):
        J = rest + ((change - delta) / TARGETS[5].se) ** 2
        ax.plot(RATIOS, J, color=PALETTE[colour], linestyle=dash)
        at = int(np.argmin(np.abs(RATIOS - x)))
        place = {"ha": "right", "offset": (-6, -4)} if delta < 0 else {"offset": (6, -8)}
        label_line(ax, RATIOS[at], J[at], f"m₆ = {delta:+.2f}".replace("-", "−"), colour, **place)
    _log_ratio_axis(ax, "x")
    ax.set(xlim=(0.15, 12), ylim=(0, 30), xlabel="η₁/η₀ along the flat direction")
    ax.set_ylabel("criterion g′Wg")
    return fig


@style()
def sensitivity() -> BookFigure:
    """Andrews, Gentzkow & Shapiro's matrix: what a standard error of each target moves."""
    fig, ax = panels(size=(6.2, 3.2))
    found = fitted(0.01)
    se = np.array([target.se for target in TARGETS])
    rows = np.vstack(
        [
            found.sensitivity * se / found.se[:, None],
            found.delta_gini_sensitivity * se / found.delta_gini_se,
        ]
    )
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            size = min(abs(value), 1.0)
            colour = PALETTE["vermilion" if value > 0 else "blue"]
            ax.barh(i, 0.9 * size, left=j - 0.45 * size, height=0.3, color=colour)
            text = f"{value:+.2f}".replace("-", "−")
            shown = "0" if abs(value) < 5e-3 else text
            ax.text(j, i - 0.27, shown, ha="center", va="center", fontsize=9.5)
    ax.set_xticks(range(6), ["m₁", "m₂", "m₃", "m₄", "m₅", "m₆"])
    ax.set_yticks(range(5), [*NAMES, "ΔGini"])
    ax.tick_params(length=0)
    ax.set(xlim=(-0.6, 5.6), ylim=(4.4, -0.6))
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    return fig


_SYMBOLS = ("λ", "ln η₁/η₀", "ξ", "ζ", "Ω", "τ", "ψ", "a")


@style()
def sobol() -> BookFigure:
    """First-order and total Sobol indices of ΔGini, with 95% intervals."""
    fig, ax = panels(size=(5.4, 3.6))
    found = results()["sobol"]
    order = np.argsort(found["ST"])[::-1]
    place = np.arange(len(SOBOL_RANGES))
    for key, colour, shift, name in (
        ("ST", "blue", -0.19, "total"),
        ("S1", "amber", 0.19, "first order"),
    ):
        value = np.maximum(np.array(found[key])[order], 0)
        ax.barh(place + shift, value, 0.36, color=PALETTE[colour], label=name)
        error = np.array(found[f"{key}_conf"])[order]
        ax.errorbar(
            value, place + shift, xerr=error, fmt="none", ecolor=PALETTE["ink"], elinewidth=1
        )
    ax.set_yticks(place, [_SYMBOLS[i] for i in order])
    ax.set(ylim=(len(place) - 0.4, -0.6), xlim=(0, None), xlabel="share of the variance of ΔGini")
    ax.legend(loc="lower right")
    return fig


@style()
def power() -> BookFigure:
    """Power curves: occupations by adoption, workers and firms by their number."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.7), sharey=True)
    found = results()["power"]
    line = found["occupations"]
    left.plot(line["sizes"], line["effect"], color=PALETTE["blue"])
    left.plot(line["sizes"], line["regime"], color=PALETTE["vermilion"], linestyle=DASHES[1])
    single = found["unpooled"]
    left.plot(single["sizes"], single["effect"], color=PALETTE["purple"], linestyle=DASHES[3])
    left.axvspan(0.08, 0.12, color=PALETTE["faint"], alpha=0.45, linewidth=0)
    label_line(left, 0.1, 1.03, "2023", "ink", fontsize=9.5, ha="center", offset=(0, 0))
    label_line(left, 0.22, 0.7, "any effect", "blue", offset=(4, 0))
    label_line(left, 0.135, 0.9, "if not pooled", "purple", offset=(0, 0), fontsize=9.5)
    label_line(left, 0.16, 0.06, "which regime", "vermilion", offset=(0, 5))
    left.set(xlim=(0, 0.4), xlabel="share of workers who use AI", title="400 occupations")
    for kind, key, colour, dash, name, at in (
        ("tasks", "effect", "blue", DASHES[0], "workers: any effect", (17, 0.66)),
        ("tasks", "regime", "vermilion", DASHES[1], "workers: which regime", (120, 0.08)),
        ("firms", "regime", "green", DASHES[3], "firms: which regime", (24, 0.93)),
    ):
        line = found[kind]
        right.plot(line["sizes"], line[key], color=PALETTE[colour], linestyle=dash)
        label_line(right, *at, name, colour, offset=(0, 0), fontsize=9.5)
    right.set_xscale("log")
    right.set_xticks([10, 100, 1000], ["10", "100", "1000"])
    right.minorticks_off()
    right.set(xlim=(10, 1600), xlabel="workers, or firms", title="inside tasks and firms")
    for ax in (left, right):
        ax.axhline(0.05, color=PALETTE["faint"], linewidth=1)
    share_axis(left, "y", "power of a 5% test")
    left.set_ylim(0, 1.08)
    return fig
