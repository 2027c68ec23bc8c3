"""What must be true of the answers to the exercises on the arms race."""

from __future__ import annotations

import numpy as np

from aiecon import kuhle
from exhibits.answers import Choice, Function, Number, Text, answer, expect, same

A, ETA, THETA = np.array([0.03, 0.05]), np.array([0.09, 0.2]), np.array([0.3, 0.8])


@answer(
    "ku.race.1", Number("the first share", above=0, below=1), Number("the second", above=0, below=1)
)
def break_even(half, quarter):
    """At the first half of the people earn less than they spent, at the second a quarter."""
    expect(half > quarter, "For more people to recover it less must be spent")
    sigma = kuhle.two_years()[1].dispersion
    for spent, lost in ((half, 0.5), (quarter, 0.25)):
        found = float(kuhle.loss_share(sigma, spent))
        expect(
            abs(found - lost) < 0.003,
            f"If the share {spent:.3g} of expected income is spent, {1 - found:.0%} recover it",
        )


@answer("ku.race.2", Number("a", above=0, below=1, unit="1/point"))
def technology_passes(a):
    """Just below this technology the optimum is interior, just above it the limit binds."""
    old = kuhle.two_years()[0]
    expect(a < 0.07, "At η = a there has long been no interior optimum within the limit")
    expect(a > float(old.technology), "In 1975 the limit does not bind: the optimum costs far less")
    cost = kuhle.Cost(0.9 * float(old.technology * old.mean), 0.07)

    def kind(x):
        economy = kuhle.pivotal_economy(x)
        return kuhle.optimal_education(economy, cost, limit=float(economy.median)).kind

    expect(
        kind(0.998 * a) == "interior", "At a little less technology than yours the limit binds too"
    )
    expect(
        kind(1.002 * a) != "interior", "At a little more technology than yours it is still interior"
    )


@answer("ku.race.3", Number("κ in 1975", above=0), Number("κ in 2024", above=0))
def a_critical_price(first, second):
    """There the two stationary points of the quadratic cost meet, at 1/a."""
    expect(second > first, "Income bends more in 2024: it takes a higher price to bend against it")
    expect(second < 10, "The price is asked as a multiple of aW₀, per point squared")
    for given, economy, year in zip((first, second), kuhle.two_years(), (1975, 2024), strict=True):
        a = float(economy.technology)
        unit = a * float(economy.mean)
        there = kuhle.power_cost_extrema(economy, 1.01 * given * unit, 1.0)
        expect(
            np.isfinite(there), f"In {year} there is no interior optimum a little above your price"
        )
        none = kuhle.power_cost_extrema(economy, 0.99 * given * unit, 1.0)
        expect(~np.isfinite(none), f"In {year} there is one a little below your price, too")


@answer(
    "ku.race.4",
    Function("wedge", of="a, eta, theta"),
    Function("subsidy", of="theta"),
    Choice("ab"),
    Number("θ", above=0),
)
def too_little(wedge, subsidy, choice, theta):
    """Nobody counts what her learning does for the others; a subsidy makes her."""
    expect(
        wedge(A, ETA, THETA) < 0,
        "If others' skill helps, people learn too little: a wedge below zero",
    )
    expect(abs(wedge(0.05, 0.2, 1e-6)) < 1e-4, "Where nobody helps anybody there is no wedge")
    found = wedge(A, ETA, THETA)
    social = found * (ETA - A * (1 + THETA))  # in logs of the marginal condition
    expect(
        abs(np.exp(-social) / (1 + THETA) - 1) < 1e-3,
        "At the best equal education one more point brings 1 + θ times what it brings to her",
    )
    expect((subsidy(THETA) > 0) & (subsidy(THETA) < 1), "The subsidy is a share of each dollar")
    expect(
        abs((1 - subsidy(THETA)) * (1 + THETA) - 1) < 1e-3,
        "With your subsidy what she pays for a point is not in line with what it is worth to all",
    )
    expect(
        same(choice, "b5001046e678"), "If the others learn more, her income rises. And her return?"
    )
    expect(abs(theta - 0.3) < 1e-6, "What counts is χ − θ")


@answer("ku.race.5", Number("the points", unit="points of skill"))
def a_risk_averse_student(points):
    """So many points fewer than without risk aversion."""
    expect(points > 0, "Risk aversion lowers education; by how much is asked, as a positive number")
    new = kuhle.two_years()[1]
    a = float(new.technology)
    cost = kuhle.Cost(0.1 * a * float(new.mean), 2 * a)
    neutral = kuhle.optimal_education(new, cost).points
    worth = float(kuhle.certainty_equivalent(new, 2.0))
    e = neutral - points
    slope = a * worth * np.exp(a * e) / float(cost.marginal(e))
    way = "more" if slope > 1 else "less"
    expect(abs(slope - 1) < 0.02, f"With so many points fewer she would want {way} education again")


@answer("ku.race.6", Number("χ", least=0, most=1), Text("the comparison", words=30))
def what_identifies(chi, text):
    """A comparison to compare."""
    expect(abs(chi - 0.4) < 0.1, "The simulation was made with 0.4: your estimate does not find it")
    return [
        "the slope within economies and the one across them, and what each measures",
        "the sampling error of the estimate",
        "a bias, with its direction",
        "data in which it could be done",
    ]


@answer("ku.race.7", Choice("abc"), Number("the points", above=0, unit="points of skill"))
def which_bends(choice, points):
    """This cost bends more than income, and there the next point is worth its price."""
    said = {
        "a": "A linear cost does not bend at all, and income does",
        "b": "This cost is convex, but it bends less than income: compare η with a",
    }
    expect(same(choice, "fa92c985c752"), said.get(choice, ""))
    new = kuhle.two_years()[1]
    a, eta = float(new.technology), 0.08
    ratio = np.exp(a * points) / (0.85 * np.exp(eta * points))
    way = "more" if ratio > 1 else "less"
    expect(abs(ratio - 1) < 0.004, f"At your point the next one is worth {way} than its price")
