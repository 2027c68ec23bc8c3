"""What must be true of the answers to the exercises on four people."""

from __future__ import annotations

import numpy as np

from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from exhibits.answers import Array, Choice, Number, Text, answer, expect, same

AGI, USUAL = ks.Bounded(horizon=20.0), ks.BusinessAsUsual()


@answer("wb.four.1", Array("the shares", shape=(4, 4)))
def every_budget(parts):
    """The four shares add up to one at every date, and each is that of the economy with the tax."""
    expect(
        abs(parts.sum(axis=1) - 1) < 0.015,
        "The four shares of a year add up to one: does something count twice, such as what wears "
        "out in investment, or are these not shares of output?",
    )
    expect(parts[:, [0, 1, 3]] > 0, "People consume something, and capital wears out, in all years")
    path, t = wb.solve_two_agents(AGI, capital_tax=0.3), np.array([0.0, 10.0, 20.0, 40.0])
    Y, p = path.output(t), path.params
    expect(
        abs(parts[:, 3] - p.delta * path.capital(t) / Y) < 0.006,
        "The last column is what wears out, δK, over output, on the path with the tax",
    )
    expect(
        abs(parts[:, 1] - path.worker_consumption(t) / Y) < 0.006,
        "The second column is what workers consume: wage and transfer",
    )
    expect(
        abs(parts[:, 0] - path.owner_consumption(t) / Y) < 0.006,
        "The first column is not what owners consume if they are taxed",
    )


@answer("wb.four.2", Choice("abc"), Number("the change", above=-1))
def log_utility(choice, change):
    """At η = 1 owners follow their capital, whatever is announced; at η = 2 they feel poorer."""
    said = {
        "a": "With log utility two effects of the announcement cancel; which are they?",
        "c": "Being poorer is not all that the announcement does to owners",
    }
    expect(same(choice, "8833cd97f6ad"), said.get(choice, ""))
    expect(abs(change) < 1, "The change is a share of what they consume without a tax")
    expect(change < 0, "At η = 2 it weighs more that owners are poorer than that saving pays less")
    known = wb.TaxSchedule(rates=(0.0, 0.3), dates=(10.0,))
    ratio = wb.solve_two_agents(AGI, known).owner_consumption(0.0)
    ratio = ratio / wb.solve_two_agents(AGI).owner_consumption(0.0)
    expect(
        abs(1 + change - ratio) < 0.002,
        "The sign is right, the size is not: compare the two paths of η = 2 in year 0",
    )


@answer("wb.four.3", Array("the capital", shape=(5,), least=0))
def how_much_is_enough(capital):
    """At each η a worker with so much capital gets as much from AGI as from business as usual."""
    expect(np.diff(capital) > 0, "The higher η, the more capital it takes: yours does not rise")
    for eta, a in zip((1.5, 2.0, 2.5, 3.0, 4.0), capital, strict=True):
        p = ks.Parameters(eta=eta)
        now, before = (
            wb.certainty_equivalent(wb.solve_two_agents(x, params=p), wb.Person(float(a), 1.0))
            for x in (AGI, USUAL)
        )
        way = "gains" if now > before else "loses"
        expect(
            abs(now / before - 1) < 0.01,
            f"At η = {eta:g} a worker with your amount still {way} by AGI",
        )


@answer("wb.four.4", Array("the dates", shape=(5,), above=0, unit="years"))
def owners_who_work(dates):
    """The more wages owners earn, the later these collapse; at ν = 1 they are the household."""
    expect(dates < 20, "Labour stops being scarce before all tasks are automated, in year 20")
    expect(
        np.diff(dates) > 0, "Owners with wages save for their collapse: the date moves. Which way?"
    )
    whole = wb.solve_representative(AGI).region_changes[0].date
    expect(
        abs(dates[-1] - whole) < 0.02,
        "At ν = 1 owners are the representative household, and so is their date",
    )
    found = [
        wb.solve_two_agents(AGI, owner_labor=nu).region_changes[0].date
        for nu in (0, 0.25, 0.5, 0.75)
    ]
    expect(abs(dates[:4] - found) < 0.02, "The ends are in order; a date between them is not")


@answer("wb.four.5", Array("the gap", shape=(4,)), Choice("abc"))
def other_shares(gap, choice):
    """The gap grows with capital's part of income, up to that between the two Ginis of wealth."""
    expect(
        gap > 0, "Net of debts wealth is less equal: the gap is the Gini of 2019 less that of 2025"
    )
    expect(gap < 0.2, "So far apart are not even the Ginis of wealth")
    path, years = wb.solve_two_agents(AGI), np.array([0.0, 10.0, 30.0, 60.0])
    found = wb.gini(path, years, wb.DFA_2019) - wb.gini(path, years, wb.DFA_2025_ASSETS)
    expect(abs(gap - found) < 0.002, "The gap is not that of the baseline scenario in these years")
    said = {
        "a": "Today most income is wages, and those are alike",
        "b": "Look at the years after it",
    }
    expect(same(choice, "49530276e79d"), said.get(choice, ""))


@answer("wb.four.6", Text("your question and what came out", words=25))
def a_question(text):
    """A question of your own."""
    return [
        "the question, and why it can be answered with yes or no",
        "which models have the numbers for it, and which are silent",
        "what 'without AI' means in each model that answers",
        "what a silent model would need to answer",
    ]


@answer(
    "wb.four.7",
    Number("with AGI", above=0, unit="goods a year"),
    Number("with business as usual", above=0, unit="goods a year"),
)
def half_of_the_average(with_agi, without):
    """Each is a wage and half of what owners consume."""
    expect(with_agi > without, "In year 30 even a little capital makes AGI the better path")
    for given, scenario, path in ((with_agi, "AGI", AGI), (without, "business as usual", USUAL)):
        found = wb.solve_two_agents(path)
        w, C = found.wage(30.0), found.owner_consumption(30.0)
        close = abs(given / (w + 0.5 * C) - 1) < 0.01
        if not close and abs(given / (0.5 * (w + C)) - 1) < 0.01:
            expect(
                False, f"With {scenario} this is half of everything; she works as much as others"
            )
        if not close and abs(given / (0.5 * C) - 1) < 0.01:
            expect(False, f"With {scenario} her wage is missing")
        expect(
            close, f"With {scenario} it is not a wage and half of what owners consume in year 30"
        )
