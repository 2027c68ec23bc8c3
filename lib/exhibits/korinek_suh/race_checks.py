"""What must be true of the answers to the exercises on the race."""

from __future__ import annotations

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics.scenarios import solved
from exhibits.answers import Array, Choice, Expression, Number, Text, answer, expect, same


@answer("ks.race.1", Array("years", shape=(3,), above=0), Choice("abcd"))
def half_lives(years, letter):
    """After each of these times half of the tasks are left."""
    expect(
        np.diff(years) < 0, "Faster automation has a shorter half-life; is the lowest rate first?"
    )
    G = ks.region_2_growth()
    for rate, time in zip((0.01, 0.5 * G, G), years, strict=True):
        left = np.exp(-rate * time)
        expect(
            abs(left - 0.5) < 0.005,
            f"After {time:.3g} years {left:.0%} of the tasks are left at one of the rates",
        )
    expect(
        same(letter, "908e7105581a"),
        "How does G depend on η, and are both thresholds fractions of G?",
    )


@answer(
    "ks.race.2",
    Number("m", share=True),
    Number("G"),
    Number("s∞", share=True),
    Number("consumption", above=0),
)
def log_utility(m, growth, saving, consumption):
    """The household consumes the same share of wealth whatever capital earns."""
    expect(abs(growth - (0.5 - 0.04 - 0.1)) < 0.002, "G is (A − ρ − δ)/η: is η one here?")
    expect(
        abs(m + growth - 0.4) < 0.002, "Wealth earns A − δ, of which m is consumed and G is left"
    )
    expect(abs(saving - (1 - m / 0.5)) < 0.003, "With Y = AK and C = mK the saving rate is another")
    wealth = consumption / m
    expect(
        wealth > 20.5, "Wealth is more than capital: wages are A for ever, and have a value today"
    )
    expect(
        abs(wealth - (20 + 0.5 / 0.4)) < 0.15,
        "The interest rate at which wages are discounted is A − δ; your wealth is another",
    )


@answer(
    "ks.race.3",
    Array("Φ₀", shape=(2,), share=True),
    Array("K₀", shape=(2,), above=0),
    Choice("abcd"),
)
def consistent_table_2(shares, capitals, letter):
    """In both, labour receives 66% and capital earns what the reading says."""
    for R, share, capital in zip((0.14, 0.18), shares, capitals, strict=True):
        now = ks.equilibrium(capital, share)
        expect(
            abs(now.rental_rate / R - 1) < 0.01,
            f"At Φ₀ = {share:.3g}, K₀ = {capital:.3g} capital earns {now.rental_rate:.3f}, not {R}",
        )
        expect(
            abs(now.labor_share - 0.66) < 0.002,
            f"At Φ₀ = {share:.3g} and K₀ = {capital:.3g} labour's share is {now.labor_share:.0%}",
        )
    expect(
        same(letter, "e0005c72dcc1"),
        "An economy is before its peak if s_K is below σΦ: compare them",
    )


@answer("ks.race.4", Number("years before T", above=0), Number("the year", above=0, below=20))
def no_saving_is_enough(before, year):
    """There the whole of output would have to be saved to hold the wage."""
    expect(
        abs(1 / (0.5 * before) - 1) < 0.01,
        f"Near the border the balancing rate is 1/(A(T − t)): {1 / (0.5 * before):.3g} at yours",
    )
    path = solved("b")
    expect(year < path.region_changes[0].date, "In that year the economy is in region 2 already")
    needed = ks.balancing_saving_rate(path.capital(year), path.share(year), 0.392 / 20)
    expect(
        abs(needed - 1) < 0.02,
        f"In that year of the baseline path {needed:.0%} of output would hold the wage",
    )


@answer("ks.race.5", Number("the least rate", above=0), Number("for half", above=0), Choice("abc"))
def save_the_share(least, half, letter):
    """At the first labour's share in the long run begins, at the second it is one half."""
    growth = 0.12 / (1 - 0.5)
    expect(
        abs(0.5 * least - 0.1 - growth) < 0.003,
        f"At your least rate capital grows at {0.5 * least - 0.1:.3g} once Y = AK; to keep up with "
        "automation it must grow at λg/(1 − σ)",
    )
    share = 1 - (growth + 0.1) / (0.5 * half)
    expect(abs(share - 0.5) < 0.005, f"At your second rate labour's share tends to {share:.0%}")
    expect(same(letter, "d0cd47ae567f"), "How much of output can be saved at most?")


HORIZONS = (5, 10, 20, 40)


@answer("ks.race.6", Array("η", shape=(4,), above=1, below=10), Choice("abc"))
def first_investment(etas, letter):
    """At these η net investment at the start changes its sign."""
    for T, eta in zip(HORIZONS, etas, strict=True):
        low, high = (_invested(T, eta * x) for x in (0.99, 1.01))
        expect(low > 0, f"T = {T}: capital falls at first at a smaller η already")
        expect(high < 0, f"T = {T}: at your η capital still rises at first, net of depreciation")
    expect(
        same(letter, "6aad91cb7f0e"),
        "Two forces meet: what do wealth and the return do to saving today?",
    )


def _invested(T: float, eta: float) -> float:
    path = ks.solve_transition(ks.Bounded(horizon=T), params=ks.Parameters(eta=eta))
    return float(path.saving_rate(0.0) * path.output(0.0) - 0.1 * 4.6)


@answer(
    "ks.race.7", Expression("growth", of="G, rate"), Expression("the share", of="t"), Choice("abc")
)
def no_complements(growth, share, letter):
    """A simulation agrees: output grows at G, labour's share shrinks at the rate of automation."""
    expect(
        abs(growth(0.18, 0.18)) < 1e-6, "At λg = G capital only just keeps up: wages stand still"
    )
    for rate in (0.05, 0.12):
        found = ks.constant_saving(
            ks.BusinessAsUsual(rate), s=0.56, params=ks.Parameters(sigma=1.0)
        )
        simulated = float(np.diff(found.log_wage([400.0, 600.0]))[0] / 200)
        expect(
            abs(growth(0.18, rate) - simulated) < 1e-3,
            f"At G = 0.18 and λg = {rate:g} a simulation with σ = 1 gives another growth of wages",
        )
        expect(
            abs(growth(0.3, rate) - growth(0.18, rate) - 0.12) < 1e-3,
            "If G is higher by some amount, how much faster do wages grow?",
        )
    t = np.array([0.0, 10.0, 40.0])
    expect(
        np.abs(share(t) / (0.392 * np.exp(-0.05 * t)) - 1) < 0.01,
        "At σ = 1 labour's share is the share of tasks left to it, 1 − Φ at each date",
    )
    expect(same(letter, "e0e12d673fd2"), "Where has the threshold (1 − σ)G gone?")


@answer("ks.race.8", Number("the rate", above=0, below=0.3), Text("your answer"))
def best_for_workers(rate, words):
    """Neither a slower nor a faster constant rate is better for her."""
    here, slower, faster = (_worth(x) for x in (rate, rate - 0.012, rate + 0.012))
    expect(faster < here, "A faster rate of automation is better for her")
    expect(slower < here, "A slower rate of automation is better for her")
    return (
        "whether a path of automation does better than a constant rate",
        "what changes if she can save",
        "how much depends on the growth that capital can reach",
    )


def _worth(rate: float) -> float:
    """The constant wage that is as good as the path of wages, at η = 2."""
    rate = max(rate, 1e-3)
    rate += 1e-3 * (abs(rate - 0.09) < 5e-4)  # beside the knife edge
    dates = np.concatenate([np.linspace(0, 60, 601), np.linspace(60, 800, 801)[1:]])
    wages = ks.solve_transition(ks.BusinessAsUsual(rate)).wage(dates)
    return float(1 / np.trapezoid(np.exp(-0.04 * dates) / wages, dates))
