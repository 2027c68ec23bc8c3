"""What must be true of the answers to the exercises on factor prices."""

from __future__ import annotations

import numpy as np

from aiecon import korinek_suh as ks
from exhibits.answers import Array, Choice, Expression, Number, Several, Text, answer, expect, same


def _plain(sigma: float) -> ks.Parameters:
    return ks.Parameters(A=1.0, sigma=sigma)


@answer(
    "ks.fp.1",
    Number("the wage", above=0),
    Number("K/L", above=0),
    Number("capital's share", share=True),
    Choice("ab"),
)
def on_the_frontier(wage, ratio, share, letter):
    """The pair of prices lies on the frontier, and the ratio is minus its slope there."""
    cost = float(ks.unit_cost(wage, 0.16, 0.5, _plain(0.5)))
    expect(abs(cost - 1) < 0.003, f"At your wage a unit of output costs {cost:.3g}, not one")
    low, high = ks.factor_price_frontier([0.159, 0.161], 0.5, _plain(0.5))
    expect(
        abs(ratio - (low - high) / 0.002) < 0.02,
        "K/L is minus the slope of the frontier at R = 0.16, and your ratio is not",
    )
    expect(
        abs(share - 0.16 * ratio / (0.16 * ratio + wage)) < 0.003,
        "Capital's share is RK over RK + wL; with your wage and ratio it is another one",
    )
    expect(
        same(letter, "e3b17416a2e5"), "Compare capital's share with σΦ: which of the two is larger?"
    )


@answer("ks.fp.2", Expression("the wage", of="R, Phi, A"), Several("abcd", "the letters"))
def cobb_douglas(wage, letters):
    """A to the power one is R to the power Φ times w to the power 1 − Φ."""
    R, Phi, A = np.array([0.1, 0.25, 0.4]), np.array([0.3, 0.5, 0.8]), np.array([0.5, 1.0, 2.0])
    expect(np.abs(wage(A, Phi, A) / A - 1) < 1e-6, "At R = A the wage must be A as well")
    found = wage(R, Phi, A)
    expect(found > 0, "A wage is positive")
    expect(
        np.abs(Phi * np.log(R) + (1 - Phi) * np.log(found) - np.log(A)) < 1e-4,
        "As σ → 1 the logs of R and w, weighted by Φ and 1 − Φ, add up to the log of A",
    )
    expect(
        same(letters, "9a2604ab542c"),
        "Let R go to zero in your wage, and look at the elasticity of w with respect to R",
    )


SIGMAS_3 = (0.1, 0.5, 0.9)


@answer(
    "ks.fp.3", Array("K/L", shape=(3,), above=0), Array("w", shape=(3,), above=0), Choice("abc")
)
def peak_at_one_half(ratios, wages, letter):
    """At each σ the wage peaks where half of the tasks are automated, at this height."""
    for sigma, ratio, wage in zip(SIGMAS_3, ratios, wages, strict=True):
        peak = ks.wage_peak(ratio, _plain(sigma))
        expect(
            abs(peak.Phi - 0.5) < 0.002,
            f"σ = {sigma}: at K/L = {ratio:.3g} the peak is at Φ = {peak.Phi:.2f}, not at one half",
        )
        expect(
            abs(wage / peak.wage - 1) < 0.005,
            f"σ = {sigma}: {wage:.3g} is not the wage at this peak (A = 1)",
        )
    expect(same(letter, "d82618148342"), "What limits output when tasks are strong complements?")


SIGMAS_4 = (0.2, 0.1, 0.05, 0.01)


@answer(
    "ks.fp.4",
    Array("the falls", shape=(4,), share=True),
    Array("the ranges", shape=(4,), share=True),
    Number("the limit", share=True),
)
def strong_complements(falls, ranges, limit):
    """The stronger the complements, the deeper the fall and the shorter its range."""
    peaks = [ks.wage_peak(10.0, _plain(sigma)) for sigma in SIGMAS_4]
    expect(np.diff(falls) > 0, "The fall grows as σ becomes smaller")
    expect(np.diff(ranges) < 0, "The range of the fall shrinks as σ becomes smaller")
    for sigma, peak, fall, length in zip(SIGMAS_4, peaks, falls, ranges, strict=True):
        expect(
            abs(1 / (1 - fall) / peak.wage - 1) < 0.01 if fall < 1 else False,
            f"σ = {sigma}: a fall is counted from the peak wage down to A; yours is another one",
        )
        expect(
            abs(float(ks.scarcity_threshold(10.0)) - length - peak.Phi) < 0.001,
            f"σ = {sigma}: the range reaches from the peak to the border of region 2",
        )
    expect(limit > falls[-1], "As σ → 0 the fall is larger than at σ = 0.01")
    expect(
        abs((1 - limit) * 11 - 1) < 0.01,
        "In the limit the peak wage is all of output, A(K + L), for one worker; yours is not",
    )


@answer("ks.fp.5", Number("a", above=0), Number("the elasticity"), Choice("abc"))
def better_machines(a, elasticity, letter):
    """Below this a labour is not scarce, above it is; owners lose where labour's share is large."""
    p = _plain(0.5)
    before, after = ks.equilibrium(2.0 * a * np.array([0.98, 1.02]), 0.8, p).wage
    expect(before < 1.0001, "At Φ = 0.8 labour gains from better machines before your a already")
    expect(after > 1.0001, "At Φ = 0.8 and just above your a labour still earns A: is it scarce?")
    d = 1e-4
    low, high = (x * ks.equilibrium(2.0 * x, 0.5, p).rental_rate for x in (1 - d, 1 + d))
    expect(
        abs(elasticity) < 1, "A return on machines that moves by more than they do: check the size"
    )
    expect(
        abs(elasticity - np.log(high / low) / (2 * d)) < 0.005,
        "Machines twice as good are twice as much capital: the return on an effective unit falls "
        "by s_L/σ, and a machine has a of them",
    )
    expect(
        same(letter, "f833af2db70c"),
        "In which region is the economy at each Φ, and who gains there?",
    )


SIGMAS_6 = (0.5, 0.6, 0.7, 0.8, 0.9)


@answer("ks.fp.6", Array("K/L", shape=(5,), above=0), Several("abc", "the letters"))
def declining_throughout(ratios, letters):
    """A little below each ratio the effect declines throughout, a little above it does not."""
    for sigma, ratio in zip(SIGMAS_6, ratios, strict=True):
        rises = [_rises(ratio * factor, sigma) for factor in (0.97, 1.03)]
        words = f"σ = {sigma}: at K/L = {ratio:.3g} the productivity effect"
        expect(not rises[0], f"{words} rises somewhere already: there is a smaller one")
        expect(rises[1], f"{words} still declines throughout")
    expect(
        same(letters, "61a81fcf1b25"),
        "Compare K/L of each with the threshold at its σ; below σ = 1/2 the effect always rises",
    )


def _rises(capital: float, sigma: float) -> bool:
    path = np.linspace(0, float(ks.scarcity_threshold(capital)), 4001)[1:]
    effect = ks.automation_effects(capital, path, _plain(sigma)).productivity
    return bool(np.any(np.diff(effect) > 0))


@answer(
    "ks.fp.7",
    Expression("the bound", of="sigma"),
    Expression("the part", of="sigma"),
    Number("the peak", share=True),
)
def substitutes(bound, part, peak):
    """Beyond this share automation lowers the wage whatever there is of capital."""
    for sigma in (1.5, 2.0, 4.0):
        edge, p = bound(sigma), _plain(sigma)
        expect(0 < edge < 1, f"σ = {sigma:g}: the bound is a share of tasks between 0 and 1")
        capital = 10.0 ** np.arange(2, 60, 4)
        effects = [ks.automation_effects(capital, edge + x, p).wage for x in (-0.01, 0.01)]
        expect(effects[1] < 0, f"σ = {sigma:g}: beyond your bound the wage rises at some K")
        expect(
            np.any(effects[0] > 0), f"σ = {sigma:g}: a little below your bound it falls at all K"
        )
        first = ks.automation_effects(1.0, 1e-16, p)
        expect(
            abs(part(sigma) - first.wage / first.output) < 0.01,
            f"σ = {sigma:g}: of the first gain labour gets another part",
        )
    rises = ks.automation_effects(10.0, np.array([peak - 0.003, peak + 0.003]), _plain(2.0)).wage
    expect(rises[0] > 0, "At σ = 2 and K = 10 the wage falls before your peak already")
    expect(rises[1] < 0, "At σ = 2 and K = 10 the wage still rises beyond your peak")


@answer("ks.fp.8", Array("the table", shape=(2, 4), above=0), Text("your answer"))
def which_elasticity(table, words):
    """On either side of these elasticities the wage moves in opposite directions."""
    for share, row in zip((0.33, 0.40), table, strict=True):
        for automated, sigma in zip((0.5, 0.6, 0.8, 0.95), row, strict=True):
            at = f"s_K = {share:.2f}, Φ = {automated}: "
            expect(sigma < 1, f"{at}tasks are complements, σ < 1")
            low, high = (_raises(share, automated, sigma * x) for x in (0.98, 1.02))
            expect(not low, f"{at}a little below σ = {sigma:.2g} the next task raises the wage too")
            expect(high, f"{at}a little above σ = {sigma:.2g} the next task lowers the wage")
    return (
        "how σ would be seen at a given Φ, and what moves with it in data",
        "why hours do not show Φ in region 1",
        "an event at a known date to which capital could not yet respond",
    )


def _raises(share: float, automated: float, sigma: float) -> bool:
    """Whether the next task raises the wage where capital has this share."""
    odds = automated / (1 - automated)
    spending = share / (1 - share) / odds  # u = (s_K/s_L)/κ
    capital = odds * spending ** (-sigma / (1 - sigma))
    return bool(ks.automation_effects(capital, automated, _plain(sigma)).wage > 0)
