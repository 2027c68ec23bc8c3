"""The figures of the chapter on the arms race; all drawings are ours.

>>> len(corners().axes)
1
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from aiecon.kuhle.data import two_years
from aiecon.kuhle.education import Cost, optimal_education
from aiecon.kuhle.firms import loss_share, winner_take_most
from aiecon.kuhle.inputs import frozen
from aiecon.kuhle.lognormal import Economy
from aiecon.kuhle.rents import (
    Race,
    free_planner,
    population_path,
    private_education,
    social_education,
    surplus,
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

__all__ = ["best_replies", "corners", "firms", "not_recovering", "wedges"]


def economy() -> Economy:
    """The economy of 2024, whose incomes the figures of this chapter use."""
    return two_years()[1]


def race(chi: float, curvature: float = 2.0, level: float = 0.2) -> Race:
    """A race with the curvature of its cost in multiples of a, the price of the first point in
    multiples of the expected marginal benefit a·E[w]."""
    e = economy()
    a = float(e.technology)
    return Race(e, Cost(level * a * float(e.mean), curvature * a), chi)


@style()
def corners(level: float = 0.85) -> BookFigure:
    """Expected income less cost, against points of skill bought, for three curvatures."""
    fig, ax = panels()
    e = economy()
    a, limit = float(e.technology), float(e.median)
    names = ((0.0, "linear, η = 0"), (0.5, "η = a/2"), (1.5, "η = 1.5a"))
    places: dict[float, dict[str, Any]] = {
        0.0: {"ha": "right", "offset": (-9, 1)},
        0.5: {"offset": (7, -4)},
        1.5: {"offset": (4, 5)},
    }
    for (ratio, name), colour, dash in zip(names, COLOURS, DASHES, strict=False):
        cost = Cost(level * a * float(e.mean), ratio * a)
        best = optimal_education(e, cost, limit)
        points = np.linspace(0, float(cost.points(limit)), 161)
        gain = float(e.mean) * np.expm1(a * points) - cost.spending(points)
        ax.plot(points, gain / 1e3, color=PALETTE[colour], linestyle=dash)
        top = float(e.mean) * np.expm1(a * best.points) - best.spending
        ax.plot([best.points], [top / 1e3], "o", color=PALETTE[colour])
        label_line(ax, points[-1], gain[-1] / 1e3, name, colour, **places[ratio])
    ax.axhline(0, color=PALETTE["muted"], linewidth=1)
    ax.set(
        xlim=(0, 15.5),
        xlabel="education e, points of skill",
        ylabel="expected income less cost: gain, $1000",
    )
    return fig


@cache
def _simulated(f: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Dispersion, simulated share below f times the mean, its standard error (10,000 draws)."""
    rng = np.random.default_rng(2026)
    sigma, n = np.arange(0.2, 2.01, 0.3), 10_000
    w = np.exp(np.outer(sigma, rng.standard_normal(n)))
    share = (w < f * np.exp(sigma**2 / 2)[:, None]).mean(axis=1)
    sigma, share, error = frozen(sigma, share, np.sqrt(share * (1 - share) / n))
    return sigma, share, error


@style()
def not_recovering() -> BookFigure:
    """The share that cannot recover its cost, against dispersion: closed form and simulation."""
    fig, ax = panels()
    sigma = np.linspace(0.02, 2.0, 200)
    for f, colour, dash in zip((1.0, 0.8, 0.6), COLOURS, DASHES, strict=False):
        y = loss_share(sigma, f)
        ax.plot(sigma, y, color=PALETTE[colour], linestyle=dash)
        x, dots, error = _simulated(f)
        ax.errorbar(x, dots, 2 * error, fmt="o", markersize=4, color=PALETTE[colour], linewidth=1)
        name = "all of expected income" if f == 1 else f"{f:.0%} of it"
        place = {1.0: (0.1, 0.69), 0.8: (0.03, 0.36), 0.6: (0.66, 0.19)}[f]
        label_line(ax, *place, name, colour, offset=(0, 0))
    for year, e in zip((1975, 2024), two_years(), strict=True):
        ax.axvline(e.dispersion, color=PALETTE["faint"], linewidth=1, zorder=0)
        label_line(ax, float(e.dispersion), 0.02, str(year), "muted", fontsize=9)
    ax.axhline(0.5, color=PALETTE["muted"], linewidth=1)
    ax.set(xlim=(0, 2.02), xlabel="dispersion of log income aς")
    share_axis(ax, "y", "share that cannot recover its spending")
    return fig


@style()
def wedges() -> BookFigure:
    """Private and social education against the share of rents, and the surplus that is lost.

    Against the best equal education, and against the best of all distributions.
    """
    fig, (left, right) = panels(1, 2, size=(6.8, 3.4))
    chi = np.linspace(0, 1, 101)
    for curvature, colour, x in ((2.0, "blue", 0.30), (4.0, "vermilion", 0.75)):
        races = [race(c, curvature) for c in chi]
        private = [private_education(r) for r in races]
        social = [social_education(r) for r in races]
        plans = [free_planner(r) for r in races]
        left.plot(chi, private, color=PALETTE[colour], linestyle=DASHES[0])
        left.plot(chi, social, color=PALETTE[colour], linestyle=DASHES[1])
        left.plot(chi, [p.mean for p in plans], color=PALETTE[colour], linestyle=DASHES[2])
        at = int(100 * x)
        label_line(left, x, private[at], f"η = {curvature:g}a", colour, offset=(2, 6))
        got = np.array([surplus(r, e) for r, e in zip(races, private, strict=True)])
        equal = np.array([surplus(r, e) for r, e in zip(races, social, strict=True)])
        lost = 1 - got / equal
        right.plot(chi, lost, color=PALETTE[colour], linestyle=DASHES[1])
        best = np.array([p.surplus for p in plans])
        right.plot(chi, 1 - got / best, color=PALETTE[colour], linestyle=DASHES[2])
        label_line(
            right, 0.97, lost[97], f"η = {curvature:g}a", colour, ha="right", offset=(-22, -2)
        )
    left.plot([], [], color=PALETTE["ink"], linestyle=DASHES[0], label="private")
    left.plot([], [], color=PALETTE["ink"], linestyle=DASHES[1], label="best equal")
    left.plot([], [], color=PALETTE["ink"], linestyle=DASHES[2], label="best of all, mean")
    left.legend(loc="upper right")
    left.set(ylabel="education, points of skill", ylim=(0, 32))
    right.set(ylabel="share of the surplus lost", ylim=(0, None))
    for ax in (left, right):
        share_axis(ax, "x", "share of rents χ")
    return fig


@style()
def best_replies() -> BookFigure:
    """Mean education over time in a population of best repliers, fast and slow, and with chance."""
    fig, ax = panels()
    game = race(0.8, curvature=1.5, level=0.7)
    rest = private_education(game)
    t = np.arange(31)
    for r, colour, dash in ((1.0, "vermilion", DASHES[1]), (0.2, "blue", DASHES[0])):
        mean = population_path(game, periods=30, revising=r)[:, 0]
        ax.plot(t, mean, color=PALETTE[colour], linestyle=dash, label=f"share {r:g} revises")
    rng = np.random.default_rng(11)
    some = population_path(game, np.ones(100), periods=30, revising=0.2, rng=rng).mean(axis=1)
    ax.plot(t, some, "o", markersize=4, color=PALETTE["green"], label="100 people, 0.2 at random")
    ax.plot(t[[0, -1]], [rest, rest], color=PALETTE["muted"], linewidth=1)
    label_line(ax, 30, rest, "equilibrium", "muted", offset=(4, -3), fontsize=9)
    social = social_education(game)
    ax.plot(t[[0, -1]], [social, social], color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    label_line(ax, 30, social, "best equal", "muted", offset=(4, -3), fontsize=9)
    ax.set(xlim=(0, 37), ylim=(-0.3, 18), xlabel="period", ylabel="mean education, points of skill")
    ax.legend(loc="upper right")
    return fig


@cache
def _markets(firms: int, markets: int = 2000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(firms)
    sigma = np.linspace(0.2, 3.0, 8)
    after = [winner_take_most(s, firms, markets=markets, rng=rng) for s in sigma]
    losing, leader = (np.array([getattr(x, name) for x in after]) for name in ("losing", "leader"))
    sigma, losing, leader = frozen(sigma, losing, leader)
    return sigma, losing, leader


@style()
def firms() -> BookFigure:
    """Losing firms and the leader's share of revenue, against the dispersion of capability."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.4), sharex=True)
    sigma = np.linspace(0.02, 3.0, 150)
    left.plot(sigma, loss_share(sigma), color=PALETTE["ink"])
    label_line(
        left, 1.0, 0.72, "many firms, N(aς/2)", "ink", ha="left", offset=(-30, 26), fontsize=9.5
    )
    for n, colour, marker in ((3, "vermilion", "s"), (10, "blue", "o"), (50, "green", "^")):
        x, losing, leader = _markets(n)
        style = {"marker": marker, "color": PALETTE[colour], "markersize": 5}
        left.plot(x, losing, linestyle="none", **style)
        right.plot(x, leader, linestyle=DASHES[1], linewidth=1.2, **style, label=f"{n} firms")
    share_axis(left, "y", "share of firms that lose")
    share_axis(right, "y", "largest firm's share of revenue")
    right.legend(loc="upper left")
    for ax in (left, right):
        ax.set(xlim=(0, 3.05), xlabel="dispersion of log capability")
    return fig
