"""What must be true of the answers to the exercises on a fixed factor."""

from __future__ import annotations

import numpy as np

from aiecon import korinek_suh as ks
from exhibits.answers import Choice, Expression, Number, Text, answer, expect, same

USUAL = ks.BusinessAsUsual(rate=0.01)


def _return(K: float, M: float) -> float:
    """What a unit of capital earns in region 2 with α = ½ and A = L = 1."""
    p, factor = ks.Parameters(A=1.0), ks.FixedFactor(0.5, M)
    return float(ks.fixed_factor_equilibrium(K, 1.0, factor, p).rental_rate)


@answer(
    "ks.fixed.1",
    Number("the least M", above=0),
    Number("K*", above=0),
    Number("the labour share", share=True),
    Number("the wage at Φ = 0", above=0),
    Number("the wage in the steady state", above=0),
)
def by_hand(least, capital, share, before, after):
    """The first unit of capital earns ρ + δ with the least M, the last one with M = 4; labour's
    share and both wages are marginal products."""
    earned = _return(1e-9, least)
    expect(
        abs(earned - 0.25) < 1e-3,
        f"With your least M the first unit of capital earns {earned:.3g}, not ρ + δ",
    )
    earned = _return(capital, 4.0)
    expect(abs(earned - 0.25) < 1e-3, f"With your K* a unit of capital earns {earned:.3g}")
    now = ks.fixed_factor_equilibrium(capital, 1.0, ks.FixedFactor(0.5, 4.0), ks.Parameters(A=1.0))
    expect(abs(share - now.labor_share) < 1e-3, "Labour's share is that of output: w L / Y")
    expect(abs(after - now.wage) < 1e-3, "In the steady state people earn what capital earns")
    p, factor = ks.Parameters(A=1.0), ks.FixedFactor(0.5, 4.0)
    now = ks.fixed_factor_equilibrium(capital, 0.0, factor, p)
    expect(abs(before - now.wage) < 1e-3, "At Φ = 0 capital is idle: only people work")


@answer("ks.fixed.2", Expression("the ratio", of="M"), Choice("abcd"))
def worse_off(ratio, why):
    """The ratio is that of the library's two wages, and the reason is the right one."""
    least = ks.least_fixed_factor()
    edge = float(ratio(least))
    expect(abs(edge - 1) < 1e-3, f"With the least M the two wages are equal; yours have {edge:.3g}")
    expect(ratio(10 * least) < 1, "With more than the least M the wage is lower in the end")
    for M in (1e-3, 1.0, 50.0):
        factor = ks.FixedFactor(0.9, M)
        before = ks.fixed_factor_equilibrium(1.0, 0.0, factor).wage
        after = ks.fixed_factor_steady_state(factor).wage
        expect(abs(ratio(M) * before / after - 1) < 0.01, f"The ratio is not that at M = {M:g}")
    reasons = {
        "a": "They do, and yet compare the two wages",
        "b": "Your ratio is below one for other M, too",
        "d": "Did workers own the factor before?",
    }
    expect(same(why, "24df72895046"), reasons.get(why, ""))


@answer("ks.fixed.3", *(Number(name, above=0) for name in ("the date", "output", "the wage")))
def agi(date, output, wage):
    """Labour stops being scarce on that date, and both ratios are those of year 40."""
    held = ks.solve_fixed_factor_transition(ks.Bounded(horizon=20), 4.6, ks.FixedFactor(0.9, 1.0))
    expect(date < 20, "All tasks are automated in year 20: then labour is not scarce any more")
    expect(held.region(date + 0.05) == 2, "On your date labour is still scarce with M = 1")
    expect(held.region(date - 0.05) == 1, "With M = 1 labour has stopped being scarce before")
    expect(output < 1, "The fixed factor lowers output in year 40: which ratio is asked?")
    expect(same(output, "8210ba58a075", 2, "the ratio of outputs"), "Output is not that of year 40")
    expect(same(wage, "ea506db620a8", 2, "the ratio of wages"), "The wage is not that of year 40")


@answer("ks.fixed.4", Expression("the bound", of="M"))
def latest_date(bound):
    """On this date as many tasks are left as there is labour in all work, at K*; no solved date
    comes later."""
    least = ks.least_fixed_factor()
    for M in (1e-3, 1.0, 100.0):
        left = float(USUAL.unautomated(max(bound(M), 0.0)))
        K = ks.fixed_factor_steady_state(ks.FixedFactor(0.9, M)).capital
        expect(
            abs(left * (K + 1) - 1) < 1e-3,
            f"At M = {M:g} κ passes {1 / left - 1:.3g} on your date, and not K*/L",
        )
    expect(abs(bound(10 * least / 0.392) - np.log(10) / 0.01) < 0.1, "Try M close to its least")


@answer("ks.fixed.5", Expression("the half-life", of="share"))
def half_life_of_the_gap(half_life):
    """The root that belongs to the half-life is stable and solves the characteristic equation."""
    for share in (0.05, 0.1, 0.3, 0.6):
        life = half_life(share)
        expect(life > 0, "A half-life is positive: take the root that is negative")
        root = -np.log(2) / life
        c = 0.14 / (1 - share) - 0.1
        product = -share * 0.14 * c / 2  # of both roots, whose sum is ρ
        gap = root**2 - 0.04 * root + product
        expect(
            abs(gap) < 1e-3 * abs(product),
            f"At 1 − α = {share:g} your root, {root:.3g}, does not solve r² − ρ r + det = 0",
        )


@answer(
    "ks.fixed.6",
    Number("the multiple for ν = 0.5", above=1),
    Number("the multiple for ν = 1", above=1),
    Text("what to measure"),
)
def elasticity(complements, unit, _):
    """At both multiples a unit of the composite earns 0.14."""
    expect(complements < unit, "With complements the factor binds sooner")
    earned = 0.45 * unit**-0.1
    expect(abs(earned - 0.14) < 1e-4, f"For ν = 1 a unit earns {earned:.3g} there, not 0.14")
    earned = 0.45 / complements**2 / (0.9 / complements + 0.1) ** 2  # Y = 1/(0.9/x + 0.1)
    expect(abs(earned - 0.14) < 1e-3, f"For ν = 0.5 a unit earns {earned:.3g} there, not 0.14")
    return [
        "which change of relative scarcity identifies an elasticity",
        "what technical progress saved in the meantime",
        "how far beyond what was observed you have to extrapolate",
    ]


@answer(
    "ks.fixed.7",
    Number("output", above=0),
    Number("work in the long run", above=0),
    Number("the wage", above=0),
)
def doubled(output, work, wage):
    """Output now, work in the long run and the wage there are those of twice the factor."""
    now = [ks.fixed_factor_equilibrium(4.6, 0.6, ks.FixedFactor(0.9, M)).output for M in (1, 2)]
    expect(output < 1.5, "The factor has only a tenth of output")
    expect(abs(output - now[1] / now[0]) < 0.002, "Output at given capital is not this")
    one, two = (ks.fixed_factor_steady_state(ks.FixedFactor(0.9, M)) for M in (1.0, 2.0))
    expect(abs(work / (two.capital + 1) * (one.capital + 1) - 1) < 0.002, "Is R still ρ + δ there?")
    expect(abs(wage - two.wage / one.wage) < 0.002, "In the steady state w = R: what is R there?")


@answer("ks.fixed.8", Number("θ", share=True), Number("the peak Φ", share=True), Choice("abc"))
def where_it_peaks(theta, peak, moves):
    """The wage neither rises nor falls there, and capital has the share θΦ in the composite."""
    factor = ks.FixedFactor(0.5, 2.0)
    expect(peak < ks.scarcity_threshold(4.6), "There labour is not scarce, and the wage is flat")
    slope = float(ks.fixed_factor_automation_effect(4.6, peak, factor))
    way = "rises" if slope > 0 else "falls"
    expect(abs(slope) < 0.02, f"At your Φ the wage still {way} in Φ")
    now = ks.fixed_factor_equilibrium(4.6, peak, factor)
    of_composite = float(now.capital_share / (now.capital_share + now.labor_share))
    expect(abs(theta * peak - of_composite) < 2e-3, "At the peak s_K is not your θ times Φ")
    expect(same(moves, "af261ef603d2"), "Look at how M enters the logarithm of the wage")


@answer("ks.fixed.9", Number("M", above=ks.least_fixed_factor()))
def another_date(M):
    """With this M region 2 begins in year 50."""
    expect(M < 1, "With so much of it labour is scarce for centuries")
    entry = ks.solve_fixed_factor_transition(USUAL, 4.6, ks.FixedFactor(0.9, M)).region_changes
    expect(entry, "With this M labour is scarce in no year")
    date = entry[-1].date
    expect(abs(date - 50) < 0.25, f"With your M region 2 begins in year {date:.3g}")
