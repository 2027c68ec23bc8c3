"""What must be true of the answers to the exercises on instruments."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from exhibits.answers import Array, Number, Text, answer, expect

AGI, TABLE_2 = ks.Bounded(horizon=20.0), ks.Parameters()


@answer("wb.tools.1", Number("the rate", share=True))
def growth_ends(rate):
    """At this rate owners' consumption neither grows nor falls."""
    p = TABLE_2
    G = ((1 - rate) * (p.A - p.delta) - p.rho) / p.eta
    way = "grows" if G > 0 else "falls"
    expect(abs(G) < 0.0005, f"At your rate consumption still {way}, by {abs(G):.2%} a year")


@answer("wb.tools.2", Number("the part", share=True), Number("the multiple of wages", above=0))
def the_funds_accounts(part, times):
    """The fund keeps its part, and pays it of what owners would consume."""
    expect(part > 0.01, "What the fund does not pay out it reinvests: its capital grows")
    expect(
        abs(part - 0.25) < 0.005,
        "Fund and owners earn the same return and pay out the same part of what they hold: does "
        "one of them grow faster?",
    )
    free = wb.solve_two_agents(AGI)
    paid = 0.25 * float(free.owner_consumption(40.0)) / float(free.wage(40.0))
    expect(abs(times / (4 * paid) - 1) > 0.02, "This is all that owners would consume, over wages")
    expect(
        abs(times / paid - 1) < 0.02, "A quarter of what owners consume in year 40, over the wage"
    )


@answer("wb.tools.3", Array("the table", shape=(2, 2), above=-1))
def a_tax_for_a_while(table):
    """The tax for ever is worth more to a worker, and costs hardly more output in year 30."""
    expect(table < 10, "Gains and changes are asked as shares, over no tax")
    expect(table[:, 1] < 0, "Both taxes leave less capital, and less output, in year 30")
    expect(table[0, 0] > table[1, 0], "Long after the levy a worker has nothing but her wage again")
    free = wb.solve_two_agents(AGI)
    for given, tax, name in zip(
        table, (0.3, wb.TaxSchedule((0.0, 0.6, 0.0), (5.0, 15.0))), ("30% for ever", "the levy"),
        strict=True,
    ):  # fmt: skip
        path = wb.solve_two_agents(AGI, tax)
        gain = wb.gains(path, free)["worker"]
        expect(abs(given[0] - gain) < 0.02, f"A worker's gain from {name} is not that over no tax")
        change = path.output(30.0) / free.output(30.0) - 1
        expect(abs(given[1] - change) < 0.01, f"The change of output with {name} is another one")


@answer("wb.tools.4", Array("the rates", shape=(4,), share=True))
def elastic_owners(rates):
    """A worker would choose neither more nor less, at each η."""
    expect(np.diff(rates) > 0, "The higher η, the less growth a tax costs: the rates rise with it")
    worker = wb.FOUR["worker"]
    for eta, rate in zip((1.2, 1.5, 2.0, 3.0), rates, strict=True):
        p = replace(TABLE_2, eta=eta)
        less, here, more = (
            wb.certainty_equivalent(wb.solve_two_agents(AGI, float(tax), params=p), worker)
            for tax in (max(rate - 0.03, 0.0), rate, min(rate + 0.03, 0.89))
        )
        way = "higher" if more > less else "lower"
        expect(here >= max(less, more), f"At η = {eta:g} a worker would choose a {way} rate")


@answer("wb.tools.5", Array("the gains", shape=(3, 2), above=-1), Number("the year"))
def expected_or_not(gains, year):
    """An expected tax is worth more to a worker, the more the longer owners prepare for it."""
    expect(gains < 10, "The gains are shares of consumption: 0.5 is half as much again")
    expect(
        gains[:, 1] > gains[:, 0],
        "Owners who expect the tax have saved for it, and a worker gets a part of that",
    )
    for (one, two), date in zip(gains, (2.0, 10.0, 15.0), strict=True):
        found = wb.surprise(AGI, date=date).gain
        expect(
            abs(one - found["surprise"]["worker"]) < 0.02, f"The surprise of year {date:g} is off"
        )
        expect(abs(two - found["expected"]["worker"]) < 0.02, f"The tax known for {date:g} is off")
    expect(year in (2, 10, 15), "Name one of the three years")
    largest = (2, 10, 15)[int(np.argmax(gains[:, 1] - gains[:, 0]))]
    expect(year == largest, "By your own numbers the difference is larger in another year")


@answer("wb.tools.6", Text("your combination", words=30))
def a_combination(text):
    """A combination of your own."""
    return [
        "which instruments, how large, and who pays for them",
        "what each of the four people gains over business as usual",
        "what becomes of output",
        "on which number nobody knows it depends, and what happens if that number is another one",
    ]


@answer("wb.tools.7", Number("the time", above=0, unit="years"))
def half_of_all_capital(years):
    """By then the fund and the owners hold the same."""
    p = TABLE_2
    share = -np.expm1(-0.1 * (p.A - p.delta) * years)
    expect(abs(share - 0.5) < 0.005, f"After so many years the fund holds {share:.0%}")


@answer("wb.tools.8", Number("η", above=0))
def a_harvest_of_a_quarter(eta):
    """At this η people take a quarter and leave the rest to grow."""
    p = TABLE_2
    G = (p.A - p.delta - p.rho) / eta
    expect(p.A - p.delta > G, "At your η capital would grow by more than it earns")
    taken = 1 - G / (p.A - p.delta)
    expect(abs(taken - 0.25) < 0.005, f"At your η they take {taken:.0%}")
