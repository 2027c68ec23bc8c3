"""What must be true of the answers to the exercises on automated research."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.extensions.research import (
    Ideas,
    blow_up_bounds,
    blow_up_excess,
    blow_up_time,
    growth_path,
    growth_type,
)
from aiecon.korinek_suh.extensions.research_transition import (
    FIGURE_10,
    solve_research_transition,
)
from exhibits.answers import (
    Array,
    Choice,
    Expression,
    Number,
    Several,
    Text,
    answer,
    expect,
    same,
)


@answer("ks.research.1", Several("abcde"), Array("what they lack", shape=(None,), least=0, most=1))
def which_explode(letters, short):
    """The library's systems explode or not as you say, and with what the others lack they stand on
    the threshold."""
    systems = {
        "a": (0.5, 0.5, 0.0),
        "b": (0.5, 0.5, 0.1),
        "c": (0.9, 0.05, 0.4),
        "d": (0.0, 0.3, 0.8),
        "e": (1.0, 0.01, -3.0),
    }
    for letter in letters:
        kind = growth_type(Ideas(*systems[letter]))
        expect(kind == "type II", f"({letter}) does not explode: look for a strict inequality")
    expect(same(letters, "9f3d6607acd1"), "One more of them explodes")
    rest = [system for letter, system in systems.items() if letter not in letters]
    expect(len(short) == len(rest), f"{len(rest)} do not explode; you give {len(short)} gaps")
    for (Phi, Gamma, theta), lack in zip(rest, short, strict=True):
        expect(
            abs(blow_up_excess(Phi, Gamma + lack, theta)) < 1e-6,
            f"With Γ = {Gamma + lack:g} the system ({Phi:g}, Γ, {theta:g}) is not on the threshold",
        )


@answer("ks.research.2", *(Number(name, above=0) for name in ("K₀", "the date", "the growth rate")))
def closed_form(K0, date, growth):
    """From this K₀ the two bounds on the date are one number, and the path has that growth rate."""
    one = Ideas(Phi=0.5, Gamma=0.5, theta=0.5, zeta=0.1)
    low, high = blow_up_bounds(one, K0=K0)
    expect(
        high - low < 0.005 * low,
        f"From your K₀ the bounds are {high / low - 1:.0%} apart: they are equal on the curve",
    )
    expect(abs(date / low - 1) < 0.005, "Your date is not between the bounds")
    found = float(growth_path(one, K0=K0).growth_of_ideas(low / 2))
    expect(abs(growth / found - 1) < 0.01, "Half way ideas do not grow at that rate")


@answer("ks.research.3", Number("the date", above=0), Choice("abc"))
def depreciation(date, what):
    """The date and the kind are those of the system with depreciation."""
    plain = blow_up_time(Ideas(Gamma=0.6))
    expect(date > plain, f"Without it the date is {plain:.3g}: can wear bring it forward?")
    expect(same(date, "2a1de4351569", 3, "the date"), "It is not on this date")
    expect(
        same(what, "fa257ccaeb2b"),
        "Compare the kinds of growth of the three systems with those without depreciation",
    )


@answer("ks.research.4", Expression("the threshold", of="Phi, theta"), Number("share", share=True))
def bottleneck(threshold, labor):
    """The threshold is that of a system whose output grows no faster than ideas."""
    Phi, theta = np.array([0.0, 0.3, 0.9]), np.array([0.2, 0.5, 0.8])
    found = threshold(Phi, theta)
    unit = np.abs(found - (1 - Phi) * (1 - theta)) < 1e-6
    expect(~unit[1:], "That is the threshold with unit elasticity: do no tasks hold it up here?")
    for part, value in zip(theta, found, strict=True):
        kind = growth_type(Ideas(0.0, float(np.clip(value, 0, 1)), float(part)))
        expect(kind == "exponential", f"At θ = {part:g} it is not the one for bounded Y/A")
    late = ks.equilibrium(1e9, 0.9).labor_share
    expect(abs(labor - late) < 0.01, "Look at labour's share at Φ = 0.9 and ever more capital")


@answer("ks.research.5", Array("c", shape=(3,), above=0, below=1), Text())
def soonest(splits, _):
    """No split a little larger or smaller brings the singularity sooner."""
    for Gamma, split in zip((0.3, 0.6, 0.9), splits, strict=True):
        near = [min(0.99, max(0.01, split + step)) for step in (-0.02, 0.0, 0.02)]
        dates = [blow_up_time(Ideas(Gamma=Gamma, split=c)) for c in near]
        way = "larger" if dates[2] < dates[0] else "smaller"
        expect(dates[1] <= min(dates), f"At Γ = {Gamma:g} a {way} c brings it sooner")
    return [
        "who pays for an idea, and for those that build on it",
        "what a unit of capital is worth in both uses",
        "whether the soonest date is what a household wants",
    ]


@answer(
    "ks.research.6",
    Number("the date for θ = 2", above=0),
    Number("the date for θ = 1.5", above=0),
    Number("θ"),
)
def ideas_alone(date_2, date_15, edge):
    """At both dates A is infinite, and at that θ growth is constant."""
    for theta, date in ((2.0, date_2), (1.5, date_15)):
        left = 0.5 ** (1 - theta) - 0.1 * (theta - 1) * date  # A^(1−θ) on that date
        word = "is still finite" if left > 0 else "was infinite before"
        expect(abs(left) < 0.005, f"On your date for θ = {theta:g} A {word}")
    kind = growth_type(Ideas(0.0, 0.0, edge))
    expect(kind != "type II", "At your θ there is still a singularity")
    expect(growth_type(Ideas(0.0, 0.0, edge + 0.01)) == "type II", f"At your θ {kind}; above, too")


@answer("ks.research.7", Number("ζ", above=0))
def year_15(zeta):
    """With this ζ the singularity comes in year 15."""
    expect(zeta < 5, "So productive a research explodes within a year")
    tasks = ks.Bounded(5.0, initial=0.9)
    found = solve_research_transition(tasks, replace(FIGURE_10, zeta=max(zeta, 1e-3))).blow_up
    expect(abs(found - 15) < 0.05, f"With your ζ it comes in year {found:.4g}")
