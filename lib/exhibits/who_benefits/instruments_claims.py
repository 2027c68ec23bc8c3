"""Instruments: what the essay says of them, Korinek & Lockwood's rules, and what the book adds."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np

from aiecon import chen_meng as cm
from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from exhibits.ledger import Course, Exact, OfTheBook, Planted, Range, Shape, Sign, scale
from exhibits.who_benefits.claims import CAPITAL, PACKAGE, PLACES, in_chapter, silent
from exhibits.who_benefits.people import PATHS

TABLE = f"{PACKAGE}.instruments:instrument_table"
AGI = tuple(PATHS)[1:]
TAX = "tax on capital's income"

claim = partial(in_chapter("instruments"), source=CAPITAL)
in_table = partial(claim, anchor="wb-instruments", function=TABLE)
of_book = partial(claim, source="The book")
of_lockwood = partial(claim, source="Korinek & Lockwood (2026), abstract")

wrong_sign = Planted(
    f"{PACKAGE}.instruments:Outcome.gain", lambda x: {k: -v for k, v in x.items()}, "wrong sign"
)
no_transfer = Planted(
    f"{PACKAGE}.people:Person.transfer", lambda x: 0.0 * x, "nothing paid out to anybody"
)


@cache
def _rows() -> dict[tuple[str, str], wb.Outcome]:
    return {(row.instrument, row.scenario): row for row in wb.instrument_table()}


def _gain(instrument: str, person: str, scenarios: Any = AGI) -> list[float]:
    return [_rows()[instrument, name].gain[person] for name in scenarios]


# The essay on instruments -------------------------------------------------------------------------


@in_table(
    Sign(">0", "redistributes"),
    planted=(wrong_sign,),
    show=".2f",
    note="A worker's gain from a tax of 30% on capital's income, and an owner's loss, in four "
    "scenarios of Korinek & Suh. The essay's tax is meant to pay for safety; here all is paid out.",
)
def tax_redistributes() -> Any:
    """A tax on AI could redistribute some of its gains."""
    return [*_gain(TAX, "worker", PATHS), *(-x for x in _gain(TAX, "owner", PATHS))]


@claim(
    Sign(">0", "broader access"),
    anchor="fig-wb-laffer",
    function=f"{PACKAGE}.people:gains",
    planted=(no_transfer,),
    show=".2f",
    note="Gains of all four people from AI with a basic income out of a tax of 30%, over business "
    "as usual without: in each AGI scenario all four gain. Without it the worker loses in all.",
)
def income_for_all() -> Any:
    """A basic income is a way to let everybody share in what AI yields."""
    base = wb.solve_two_agents(PATHS["Business as usual"])
    paths = [wb.solve_two_agents(PATHS[name], 0.3) for name in AGI]
    return [list(wb.gains(path, base).values()) for path in paths]


@in_table(
    Sign(">0", "helps the displaced"),
    planted=(wrong_sign,),
    show=".3f",
    note="A displaced worker's gain if half as many skills become useless with each task (ν from "
    "0.5 to 0.25). The average worker gains with business as usual, and loses 0.8% in the baseline "
    "scenario, where there are more of the skilled to share what is left to do.",
)
def retraining_helps() -> Any:
    """Retraining helps displaced workers."""
    return _gain("retraining", "displaced", ("Business as usual", "Baseline AGI"))


@in_table(
    Sign(">0", "all help"),
    source="Conclusion",
    planted=(wrong_sign,),
    show=".2f",
    note="A worker's gain from taxes, a fund and half speed in the three AGI scenarios. With "
    "business as usual slower automation harms her.",
)
def tools_many() -> Any:
    """A wide range of tools makes AI serve more people."""
    names = (TAX, "tax on consumption", "public fund", "automation at half speed")
    return [_gain(name, "worker") for name in names]


@in_table(
    Sign(">0", "helps"),
    source=PLACES,
    planted=(wrong_sign,),
    show=".3f",
    note="A worker's gain if commodity AI is twice as good, Chen & Meng. Owners of proprietary AI "
    "lose a quarter to a third of their rents.",
)
def access_pay() -> Any:
    """Access to AI tools for everybody helps those who lack it."""
    names = ("Chen & Meng, levelling", "Chen & Meng, concentrating")
    return _gain("AI as a commodity", "worker", names)


@claim(
    Sign("<0", "narrows"),
    source=PLACES,
    anchor="wb-instruments",
    function="aiecon.chen_meng.economy:economy",
    planted=(
        Planted("aiecon.chen_meng.economy:Economy.gini", lambda x: 1.0 - x, "one less the Gini"),
    ),
    show=".3f",
    note="Change of the Gini of incomes if commodity AI is twice as good, both regimes.",
)
def access_gini() -> Any:
    """Access to AI tools for everybody narrows the gap."""
    pairs = [(p, replace(p, eta0=2.0 * p.eta0)) for p in cm.regimes()]
    return [cm.economy(more).gini - cm.economy(p).gini for p, more in pairs]


alone = partial(
    silent, chapter="who_benefits/instruments", anchor="wb-silent-tools", source=CAPITAL
)
alone("safety.who-pays", "A tax could pay for the safety of AI.", of="the safety of AI")
alone("safety.public-goods", "A tax could fund public goods.", of="public goods")


# Korinek & Lockwood's rules in our economy --------------------------------------------------------


@of_lockwood(
    Sign(">0", "better for owners"),
    anchor="prp-wb-consumption",
    function=f"{PACKAGE}.instruments:equivalent_consumption_tax",
    planted=(
        Planted(
            f"{PACKAGE}.instruments:equivalent_consumption_tax", lambda x: 3.0 * x, "three times θ"
        ),
    ),
    finding=OfTheBook("Agrees with Korinek & Lockwood: where all save, the tax on consumption that "
                      "is worth as much to a worker as one on capital is better for owners."),
    show=".3f",
    note="An owner's worth under θ over that under τ, less one, four scenarios.",
)  # fmt: skip
def lockwood_consumption() -> Any:
    """A tax on consumption dominates one on capital where people save."""
    found = []
    for path in PATHS.values():
        theta = wb.equivalent_consumption_tax(path, 0.3, solve=wb.solve_representative)
        taxed = (
            wb.solve_representative(path, consumption_tax=theta),
            wb.solve_representative(path, capital_tax=0.3),
        )
        one, two = (wb.certainty_equivalent(x, wb.FOUR["owner"]) for x in taxed)
        found.append(one / two - 1.0)
    return found


@of_lockwood(
    Exact("ρ/(A−δ)", 0.1, tolerance=1e-6, because="in year 60; it is approached exponentially"),
    anchor="prp-wb-harvest",
    function=f"{PACKAGE}.instruments:harvest_rate",
    planted=(Planted(f"{PACKAGE}.instruments:harvest_rate", scale(1.05), "5% too high"),),
    finding=OfTheBook("Agrees with Korinek & Lockwood: with log utility the harvest takes the rate "
                      "of time preference over the return."),
    note="Baseline AGI, η = 1; ρ/(A−δ) = 0.04/0.4. At η = 2 the rate is 0.55.",
)  # fmt: skip
def lockwood_harvest() -> Any:
    """The best tax on AI that nobody consumes of depends on people's discount rate."""
    path = wb.solve_representative(PATHS["Baseline AGI"], params=ks.Parameters(eta=1.0))
    return wb.harvest_rate(path, 60.0)


# What the book adds -------------------------------------------------------------------------------


@of_book(
    Course("falls"),
    anchor="fig-wb-laffer",
    function=f"{PACKAGE}.instruments:laffer",
    planted=(
        Planted(f"{PACKAGE}.instruments:Laffer.transfer", lambda x: x[:, ::-1], "dates reversed"),
    ),
    finding=OfTheBook("A Laffer curve at every date, and none in the present value."),
    note="The rate with the largest transfer in years 20, 30, 40 and 60, Baseline AGI.",
)
def laffer_peaks() -> Any:
    """The later the date, the lower the rate that yields most."""
    rates = np.linspace(0.0, 0.84, 43)
    return wb.laffer(PATHS["Baseline AGI"], rates, (20.0, 30.0, 40.0, 60.0)).peaks


@of_book(
    Sign(">0", "rises"),
    anchor="fig-wb-laffer",
    function=f"{PACKAGE}.instruments:laffer",
    planted=(
        Planted(f"{PACKAGE}.instruments:Laffer.present_value", lambda x: x[::-1], "rates reversed"),
    ),
    finding=OfTheBook("The present value of transfers has no peak short of the rate that ends "
                      "growth."),
    show=".2g",
)  # fmt: skip
def laffer_sum() -> Any:
    """At the untaxed return the present value of transfers rises in the rate, up to 0.84."""
    return np.diff(wb.laffer(PATHS["Baseline AGI"], np.linspace(0.0, 0.84, 15)).present_value)


@of_book(
    Shape("more if η > 1, the same if η = 1, less if η < 1",
          lambda x: bool(x[0] > 1e-3 and abs(x[1]) < 1e-6 and x[2] < -1e-3)),
    anchor="wb-surprise",
    function=f"{PACKAGE}.instruments:surprise",
    planted=(
        Planted("aiecon.korinek_suh.parameters:Parameters.eta", scale(1.2), "η 20% too high"),
    ),
    finding=OfTheBook("What an expected tax does to saving before it turns on η alone, as in "
                      "Straub & Werning (2020)."),
    show=".3f",
    note="Capital in year 10 over what it is without a tax, less one, if 30% is known to come; "
    "η = 2, 1 and 0.95.",
)  # fmt: skip
def surprise_expected() -> Any:
    """Owners who expect a tax save more before it if η > 1, less if η < 1."""
    found = []
    for eta in (2.0, 1.0, 0.95):
        capital = wb.surprise(PATHS["Baseline AGI"], params=ks.Parameters(eta=eta)).capital
        found.append(capital["expected"] / capital["surprise"] - 1.0)
    return found


OF_FUND = f"{PACKAGE}.built_fund:BuiltFund"
SAVED_TAX = f"{PACKAGE}.built_fund:equivalent_saved_tax"
of_saved = partial(
    of_book, anchor="prp-wb-saved", function=f"{PACKAGE}.built_fund:solve_built_fund"
)


@cache
def _saved() -> dict[str, wb.BuiltFund]:
    """The fund out of the tax that, saved, is worth as much to a worker as 30% paid out."""
    taxes = {name: wb.equivalent_saved_tax(PATHS[name], 0.3) for name in AGI}
    return {name: wb.solve_built_fund(PATHS[name], tax) for name, tax in taxes.items()}


@of_saved(
    Range(0.0, 0.25, "less than 25%"),
    planted=(Planted(SAVED_TAX, scale(4.0), "four times the rate"),),
    finding=OfTheBook("A tax that is saved in a fund need be much lower than one that is paid out "
                      "to be worth as much to a worker."),
    show=".1%",
    note="The rate, for ever, that is worth as much to a worker as 30% paid out; three AGI "
    "scenarios.",
)  # fmt: skip
def saved_rate() -> Any:
    """To a worker a tax of less than 25% that is saved is worth 30% that are paid out."""
    return [wb.equivalent_saved_tax(PATHS[name], 0.3) for name in AGI]


@of_saved(
    Sign(">0", "more output"),
    planted=(Planted(f"{OF_FUND}.output", lambda Y: 0.5 * Y, "half of output"),),
    finding=OfTheBook("Unlike a tax that is paid out, one that is saved raises output where η > 1: "
                      "the fund saves what owners would have consumed."),
    show=".2f",
    note="Output after 30 years over that without a tax, less one, at η = 2; three AGI scenarios.",
)  # fmt: skip
def saved_output() -> Any:
    """The fund that is built from the tax raises output."""
    free = [wb.solve_two_agents(PATHS[name]).output(30.0) for name in AGI]
    return [_saved()[name].output(30.0) / Y - 1.0 for name, Y in zip(AGI, free, strict=True)]


@of_saved(
    Shape("better with full automation, worse in the bout",
          lambda x: bool(x[0] > 0 and x[1] > 0 and x[2] < 0)),
    planted=(Planted(SAVED_TAX, scale(4.0), "four times the rate"),),
    finding=OfTheBook("At equal worth to a worker owners prefer the tax that is saved where all "
                      "work is automated, and the one that is paid out in the bout."),
    show=".3f",
    note="An owner's worth with the fund over that with 30% paid out, less one; three AGI "
    "scenarios, η = 2.",
)  # fmt: skip
def saved_owners() -> Any:
    """Owners prefer the tax that is saved in two of the three AGI scenarios."""
    owner = wb.FOUR["owner"]
    paid = [wb.certainty_equivalent(wb.solve_two_agents(PATHS[name], 0.3), owner) for name in AGI]
    found = [_saved()[name].certainty_equivalent(owner) for name in AGI]
    return [one / two - 1.0 for one, two in zip(found, paid, strict=True)]


@of_saved(
    Exact("0", 0.0, tolerance=1e-7, because="the solver's tolerance"),
    planted=(
        Planted("aiecon.korinek_suh.parameters:Parameters.eta", scale(1.2), "η 20% too high"),
    ),
    finding=OfTheBook("With log utility a tax that is saved moves no capital at all."),
    note="Log capital in year 30 with a tax of 30% that is saved, less that without, η = 1.",
)
def saved_neutral() -> Any:
    """With log utility capital is the same with and without the tax."""
    p = ks.Parameters(eta=1.0)
    path = PATHS["Baseline AGI"]
    fund, free = wb.solve_built_fund(path, 0.3, params=p), wb.solve_two_agents(path, params=p)
    return np.log(fund.capital(30.0) / free.capital(30.0))


@of_book(
    Shape("above 0.99", lambda x: bool((x > 0.99).all())),
    anchor="wb-rankings",
    function=f"{PACKAGE}.robustness:stored_rankings",
    planted=(
        Planted(
            f"{PACKAGE}.robustness:Rankings.share",
            lambda shares: {name: 1.0 - x for name, x in shares.items()},
            "the opposite rankings",
        ),
    ),
    finding=OfTheBook("Rankings that survive 10,000 draws of all parameters."),
    show=".4f",
    note="Of the draws: the tax helps workers; the median; workers prefer it to half speed.",
)
def rankings_robust() -> Any:
    """That the tax helps workers and the median, and workers more than half speed, is robust."""
    share = wb.stored_rankings().share
    return [
        share["the tax on capital helps workers"],
        share["the tax on capital helps the median"],
        share["workers prefer the tax on capital to half speed"],
    ]


@of_book(
    Shape("between 0.4 and 0.7", lambda x: bool(((x > 0.4) & (x < 0.7)).all())),
    anchor="wb-rankings",
    function=f"{PACKAGE}.robustness:stored_rankings",
    planted=(
        Planted(
            f"{PACKAGE}.robustness:Rankings.share",
            lambda shares: {name: 0.5 * x for name, x in shares.items()},
            "half the shares",
        ),
    ),
    finding=OfTheBook("Rankings that 10,000 draws leave open."),
    show=".4f",
    note="Of the draws: owners prefer the equivalent tax on consumption; half speed helps the "
    "median; half speed costs more output than the tax.",
)
def rankings_open() -> Any:
    """What owners prefer, and whether half speed helps the median, is not robust."""
    share = wb.stored_rankings().share
    return [
        share["owners prefer the equivalent consumption tax"],
        share["half speed helps the median"],
        share["half speed costs more output than the tax"],
    ]
