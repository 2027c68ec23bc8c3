"""What must be true of the answers to the exercises on tasks."""

from __future__ import annotations

import numpy as np

from aiecon import korinek_suh as ks
from exhibits.answers import Array, Choice, Expression, Number, Several, Text, answer, expect, same

PLAIN = ks.Parameters(A=1.0, sigma=0.5)


@answer(
    "ks.tasks.1",
    Number("the region"),
    Number("output Y", above=0),
    Number("the wage", above=0),
    Number("the rental rate", above=0),
    Number("the labour share", share=True),
    Number("the border", share=True),
)
def table_2(region, output, wage, rent, share, border):
    """These prices use up output, each is a marginal product, and labour is scarce up to this
    border."""
    k, ell = 4.6 / 0.608, 1 / 0.392
    expect(region in (1, 2), "The region is 1, where labour is scarce, or 2")
    expect(region == 1, "In region 2 both factors would earn A: compare K/L with Φ/(1 − Φ)")
    expect(
        abs(wage - 2 * (output / ell) ** 2) < 0.01 * wage,
        "The wage is not what labour adds to your output: is ℓ labour per task, and A one half?",
    )
    expect(
        abs(rent - 2 * (output / k) ** 2) < 0.02 * rent,
        "The rental rate is not what capital adds to your output: is k the capital per task?",
    )
    expect(
        abs(wage + 4.6 * rent - output) < 0.01 * output,
        f"Wages and returns use up output; yours are {(wage + 4.6 * rent) / output:.0%} of it",
    )
    expect(abs(share - wage / output) < 0.01, "The labour share is not your wage over your output")
    expect(
        abs(border / (1 - border) - 4.6) < 0.1 if border < 1 else False,
        "At the border Φ/(1 − Φ) is the capital per worker; at yours it is not",
    )


@answer(
    "ks.tasks.2",
    Number("λ at a doubling in two years", above=0),
    Number("λ at a doubling in six months", above=0),
    Number("the factor at the first", above=1),
    Number("the factor at the second", above=1),
)
def moore(slow, fast, factor_slow, factor_fast):
    """At both values one per cent of the rest is automated a year, and these factors leave half."""
    for years, decay, factor in ((2.0, slow, factor_slow), (0.5, fast, factor_fast)):
        rate = decay * np.log(2) / years
        expect(
            abs(rate - 0.01) < 1e-4,
            f"With λ = {decay:.3g} and a doubling in {years:g} years {rate:.2%} of the rest is "
            "automated a year, not one per cent",
        )
        left = factor**-decay
        expect(
            abs(left - 0.5) < 0.003,
            f"A factor of {factor:.3g} leaves {left:.1%} of the tasks at your λ, not half of them",
        )


@answer("ks.tasks.3", Array("the table", shape=(3, 3), least=-1e-6), Several("abc", "the letters"))
def three_technologies(table, letters):
    """Each row uses up output and splits it as its mean does."""
    names = ("σ → 0", "σ = 1", "σ → ∞")
    for name, (output, wage, rent) in zip(names, table, strict=True):
        expect(output > 0, f"{name}: output is positive")
        expect(
            abs(wage + 3 * rent - output) < 0.01 * output,
            f"{name}: wages and returns use up output, Y = wL + RK; yours do not",
        )
    (low, _, free), (middle, wage, _), (high, *prices) = table
    expect(abs(free) < 0.01, "σ → 0: what does a unit of capital add where it is plentiful?")
    expect(abs(low * 0.5 - 1) < 0.01, "σ → 0: output is the smallest input per task, labour's")
    expect(abs(middle**2 / 6 / 2 - 1) < 0.01, "σ = 1: output is the geometric mean of k and ℓ")
    expect(abs(wage / middle - 0.5) < 0.01, "σ = 1: each factor receives its share of tasks")
    expect(np.ptp(prices) < 0.01, "σ → ∞: a unit of either factor adds the same")
    expect(abs(high - 4) < 0.02, "σ → ∞: output is the arithmetic mean of k and ℓ")
    expect(
        same(letters, "65247ceb9752"), "Raise K a little in each row: in which does the wage move?"
    )


@answer(
    "ks.tasks.4",
    Number("the date, unbounded", above=0, unit="years"),
    Number("the date at T = 20", above=0, unit="years"),
    Number("the date at T = 5", above=0, unit="years"),
)
def dates_of_region_2(unbounded, slow, fast):
    """At each of these dates the share of tasks left is labour's part of all factors."""
    expect(slow < 20, "With T = 20 labour stops being scarce before the last task is automated")
    expect(fast < 5, "With T = 5 labour stops being scarce before the last task is automated")
    for name, left in (
        ("unbounded", 0.392 * np.exp(-0.01 * unbounded)),
        ("T = 20", 0.392 * (1 - slow / 20)),
        ("T = 5", 0.392 * (1 - fast / 5)),
    ):
        expect(
            abs(left - 1 / 5.6) < 0.002,
            f"{name}: at your date {left:.1%} of all tasks are left; at the border their share is "
            "that of labour in all factors",
        )


@answer("ks.tasks.5", Expression("the wage", of="K"), Expression("the rental rate", of="K"))
def capital_is_scarce(wage, rent):
    """Both prices are marginal products, and they meet where capital stops being scarce."""
    K = np.array([0.05, 0.1, 0.2, 0.3, 0.4])
    w, R = wage(K), rent(K)
    expect(w > 0, "The wage is positive wherever there is capital")
    expect(w < R, "Where capital is scarce a unit of it earns more than a unit of labour")
    ratio = (K / 0.3 * 0.7) ** 2 * R / w
    expect(
        np.abs(ratio - 1) < 0.001,
        "R/w is (ℓ/k)^(1/σ), with the inputs per task of this region: which tasks does labour do?",
    )
    step = 1e-5
    adds = (wage(K + step) + rent(K + step) * (K + step) - w - R * K) / step
    expect(
        np.abs(adds / R - 1) < 0.002,
        "R is what one more unit of capital adds to output, wL + RK; yours is not",
    )
    edge = np.array([wage(3 / 7), rent(3 / 7)])
    expect(np.abs(edge - 1) < 0.001, "At K/L = Ψ/(1 − Ψ) both prices must reach A = 1")


@answer("ks.tasks.6", Number("the border", share=True), Number("the wage", above=0))
def better_machines(border, wage):
    """At this border the last task costs the same with either factor, and a unit of output costs
    one."""
    expect(border * (1 - border) > 0, "Some tasks are done by capital and some by labour")
    i = (np.arange(2000) + 0.5) / 2000 * border
    a, last = 2 * np.exp(-2 * i), 2 * np.exp(-2 * border)
    gamma = np.mean(a**-0.5) * border
    ratio = gamma / (1 - border) * last**-0.5
    expect(
        abs(ratio - 1) < 0.01,
        f"If capital does the tasks up to your border, firms want K/L = {ratio:.3g}; there is one "
        "unit of each",
    )
    expect(wage > 1, "Labour keeps an advantage in what machines are worst at: is the wage A?")
    unit = wage * (gamma * last**0.5 + 1 - border) ** 2
    expect(abs(unit - 1) < 0.005, f"At your wage a unit of output costs {unit:.3g}, not one")


@answer("ks.tasks.7", Number("the share", share=True), Number("the wage", above=0), Choice("abcd"))
def cost_of_adoption(share, wage, letter):
    """The last task automated adds just what it costs, and labour stays scarce."""
    expect(share < 0.75, "From Φ = 0.75 on one more automated task adds nothing to output")
    gain = float(ks.automation_effects(3.0, share, PLAIN, side="left").output)
    expect(
        abs(gain - 0.3) < 0.03,
        f"At your share one more unit of tasks adds {gain:.2g} to output; it costs 0.3",
    )
    now = ks.equilibrium(3.0, share, PLAIN)
    expect(abs(wage - now.wage) < 0.005, "The wage is not that of an economy with your share")
    expect(
        same(letter, "b346f2daa5cc"),
        "Ask two questions: is labour scarce for ever, and by how much does the wage exceed A?",
    )


@answer("ks.tasks.8", Number("the factor", above=0), Number("n", above=0), Text("(c)"))
def new_tasks(factor, n, words):
    """The tasks that are left settle at the border."""
    expect(factor < 1, "With complements one more necessary step is a burden: output falls")
    each = 1 / 1.2  # of the input per task
    expect(
        abs(factor - each / 1.2) < 0.005,
        "Every task gets less, and the sum over tasks has more terms: put both into the aggregator",
    )
    left = n / 0.01
    expect(left < 1, "n is a rate a year, as a share of all tasks: at yours all would be new")
    expect(
        abs(left - 1 / 5.6) < 0.004,
        f"At your n the share of tasks left tends to {left:.3g}; at the border it is labour's "
        "part of all factors",
    )
    return (
        "the weight of new tasks in the aggregator, not their number",
        "whether they are new atoms or new bundles of old ones",
        "whether they lie beyond the frontier when they appear, and for how long",
    )
