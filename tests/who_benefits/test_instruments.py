"""Instruments: what they are worth to whom, what they cost, and when they come."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from aiecon.who_benefits.people import log_consumption_of, worth
from exhibits.who_benefits.instruments import INSTRUMENTS, instruments
from tests.told import says

P = ks.Parameters()
AGI, FAST, SLOW, BOUT = (
    ks.Bounded(horizon=20.0),
    ks.Bounded(horizon=5.0),
    ks.BusinessAsUsual(),
    ks.Mixed(weight=0.877),
)
WORKER, OWNER = wb.FOUR["worker"], wb.FOUR["owner"]


@pytest.mark.parametrize("path", [AGI, SLOW, BOUT])
def test_later_and_slower_paths_are_the_same_automation(path):
    t = np.array([0.0, 0.7, 1.3])
    assert wb.later(path, 2.0).share(t) == pytest.approx(path.share(2.0 + t), rel=1e-12)
    assert wb.slowed(path, 0.5).share(t) == pytest.approx(path.share(0.5 * t), rel=1e-12)
    assert wb.later(BOUT, 6.0).share(t) == pytest.approx(BOUT.share(6.0 + t), rel=1e-12)


@pytest.mark.parametrize("path", [AGI, SLOW, BOUT])
def test_an_optimal_path_is_followed_later_too(path):
    whole = wb.solve_two_agents(path, 0.3)
    rest = wb.solve_two_agents(wb.later(path, 3.0), 0.3, float(whole.capital(3.0)))
    t = np.array([0.0, 1.0, 5.0, 20.0])
    assert rest.log_capital(t) == pytest.approx(whole.log_capital(3.0 + t), abs=1e-6)


def test_where_labour_is_plentiful_the_transfer_has_a_closed_form():
    """T = τ(A−δ)K₀ exp(G t): its peak at date t is η/((A−δ)t), its present value has none."""
    nearly = ks.Bounded(horizon=20.0, initial=0.999)
    found = wb.laffer(nearly, rates=np.linspace(0.0, 0.88, 89), dates=(10.0, 30.0))
    net = P.A - P.delta
    for j, t in enumerate(found.dates):
        closed = found.rates * net * 4.6 * np.exp(found.growth * t)
        assert found.transfer[:, j] == pytest.approx(closed, rel=1e-7)
        assert found.peaks[j] == pytest.approx(P.eta / (net * t), abs=0.0051)
    closed = found.rates * net * 4.6 / (net - found.growth)
    assert found.present_value == pytest.approx(closed, rel=1e-7)
    assert (np.diff(found.present_value) > 0).all()


def test_each_person_chooses_her_best_rate():
    for name, best in (("worker", 0.53), ("median", 0.46), ("owner", 0.0)):
        rate = wb.chosen_rate(AGI, wb.FOUR[name])
        assert rate == pytest.approx(best, abs=0.01)
        found = [
            wb.certainty_equivalent(wb.solve_two_agents(AGI, tax), wb.FOUR[name])
            for tax in (rate, max(rate - 0.02, 0.0), rate + 0.02)
        ]
        assert found[0] >= max(found[1:]) * (1 - 1e-6)


@pytest.mark.parametrize("eta", [0.8, 1.0, 3.0])
def test_a_tax_that_is_expected_and_one_that_is_not(eta):
    p = replace(P, eta=eta, rho=0.12)
    found = wb.surprise(AGI, date=8.0, tax=0.3, params=p)
    gap = found.capital["expected"] - found.capital["surprise"]
    assert np.sign(round(gap, 6)) == np.sign(eta - 1)
    if eta == 1:  # owners consume ρK whatever they expect
        for name in wb.FOUR:
            one, other = found.gain["surprise"][name], found.gain["expected"][name]
            assert one == pytest.approx(other, abs=1e-7)
    assert found.gain["expected"]["owner"] < 0 < found.gain["expected"]["worker"]


@pytest.mark.parametrize("path", [AGI, FAST, SLOW, BOUT])
@pytest.mark.parametrize("tax", [0.1, 0.5])
def test_who_saves_gains_from_a_tax_on_consumption(path, tax):
    """Where everybody saves it is worth as much to workers at no cost to the average household."""
    theta = wb.equivalent_consumption_tax(path, tax, solve=wb.solve_representative)
    free = wb.solve_representative(path)
    one = wb.four_people(wb.solve_representative(path, tax))
    other = wb.four_people(replace(free, consumption_tax=theta))
    assert other["worker"] == pytest.approx(one["worker"], rel=1e-8)
    assert other["owner"] > one["owner"]
    assert other["median"] > one["median"]
    assert other["representative"] == pytest.approx(wb.four_people(free)["representative"])


def test_equivalent_tax_is_worth_as_much_to_who_does_not_save():
    theta = wb.equivalent_consumption_tax(AGI, 0.3)
    taxed = wb.solve_two_agents(AGI, consumption_tax=theta)
    target = wb.certainty_equivalent(wb.solve_two_agents(AGI, 0.3), WORKER)
    assert wb.certainty_equivalent(taxed, WORKER) == pytest.approx(target, rel=1e-8)
    assert wb.equivalent_consumption_tax(AGI, 0.0) == 0


@pytest.mark.parametrize("eta", [1.0, 2.0])
def test_the_harvest_is_the_best_plan_of_people_without_capital(eta):
    """K̇ = (1−τ)(R−δ)K under the harvest rate is the household's capital; ρ/(A−δ) at η = 1."""
    p = replace(P, eta=eta)
    path = wb.solve_representative(AGI, params=p)
    t, step = np.array([3.0, 9.0, 30.0]), 1e-4
    kept = (1 - wb.harvest_rate(path, t)) * path.interest_rate(t)
    growth = (path.log_capital(t + step) - path.log_capital(t - step)) / (2 * step)
    assert kept == pytest.approx(growth, abs=1e-6)
    G = (p.A - p.delta - p.rho) / eta
    assert wb.harvest_rate(path, 300.0) == pytest.approx(1 - G / (p.A - p.delta), rel=1e-6)


def test_table_of_instruments():
    rows = wb.instrument_table()
    names = {row.instrument for row in rows}
    assert len(names) == 9
    assert len(rows) == 4 * 5 + 2 + 2 + 1 + 2
    for row in rows:
        assert set(row.payers) == {who for who, gain in row.gain.items() if gain < -1e-6}
        assert np.isfinite([*row.gain.values(), row.output, row.size]).all()
    for scenario in ("Baseline AGI", "Business as usual", "Aggressive AGI", "Bout of automation"):
        by = {row.instrument: row for row in rows if row.scenario == scenario}
        capital, spent = by["tax on capital's income"], by["tax on consumption"]
        assert spent.gain["worker"] == pytest.approx(capital.gain["worker"], rel=1e-8)
        assert spent.gain["representative"] == pytest.approx(0.0, abs=1e-9)
        for who in wb.FOUR:
            assert by["public fund"].gain[who] == pytest.approx(spent.gain[who], abs=1e-8)
        assert capital.output < 0 == round(spent.output, 12)
        built = by["fund built from a tax"]
        assert built.gain["worker"] == pytest.approx(capital.gain["worker"], rel=1e-6)
        assert built.size < 0.3
        assert built.output > 0  # η = 2: owners who grow poorer save more


def test_untaxed_instruments_are_nothing():
    rows = wb.instrument_table(capital_tax=0.0, scenarios={"AGI": AGI})
    none = [row for row in rows if row.instrument.startswith(("tax", "public", "fund"))]
    assert len(none) == 4
    for row in none:
        assert np.abs([*row.gain.values(), row.output]).max() < 1e-9


def test_worth_of_a_constant_flow():
    for eta in (0.5, 1.0, 2.0, 5.0):
        assert worth(lambda t: np.log(3.0) + 0 * t, 0.04, eta) == pytest.approx(3.0, rel=1e-10)
    flow = log_consumption_of(wb.solve_two_agents(SLOW), OWNER)
    assert np.isfinite(flow(np.array([0.0, 1e4]))).all()


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: wb.slowed(AGI, 0.0), "speed > 0"),
        (lambda: wb.slowed(ks.HeldBack(), 0.5), "BusinessAsUsual, Bounded or Mixed"),
        (lambda: wb.later(AGI, 20.0), "date < 20"),
        (lambda: wb.later(AGI, -1.0), "t ≥ 0"),
        (lambda: wb.laffer(AGI, rates=0.3), "a row of rates"),
        (lambda: wb.laffer(AGI, rates=[0.3, 0.99]), "1 − rho"),
        (lambda: wb.surprise(AGI, date=0.0), "date > 0"),
        (lambda: wb.laffer(SLOW, rates=[0.8]), "take a rate beside it"),
    ],
)
def test_what_is_refused(call, named):
    with pytest.raises(ValueError, match=named):
        call()


# The explorer -------------------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", ["Business as usual", "Baseline AGI", "Bout of automation"])
def test_the_explorer_shows_what_the_table_has(scenario):
    rows = {x.instrument: x for x in wb.instrument_table() if x.scenario == scenario}
    fund = rows["public fund"]
    for instrument, row, rate in zip(
        INSTRUMENTS[:3],
        (rows["tax on capital's income"], fund, rows["automation at half speed"]),
        (0.3, fund.size, 0.5),
        strict=True,
    ):
        chosen = {"scenario": scenario, "instrument": instrument, "rate": rate, "capital": 0.18}
        shown = instruments.at(instruments.setting(chosen))
        for name, who in (("worker", "worker"), ("she", "median"), ("owner", "owner")):
            assert shown[name] == pytest.approx(1.0 + row.gain[who], rel=1e-6), (instrument, name)
        assert shown["average"] == pytest.approx(1.0 + row.gain["representative"], rel=1e-6)
        assert shown["later"] == pytest.approx(1.0 + row.output, rel=1e-6)


def test_the_explorer_shows_the_fund_that_is_built():
    fund, free = wb.solve_built_fund(AGI, 0.3), wb.solve_two_agents(AGI)
    chosen = {"instrument": INSTRUMENTS[3], "rate": 0.3, "capital": 0.18}
    shown = instruments.at(instruments.setting(chosen))
    before = wb.four_people(free)
    names = ("worker", "she", "owner", "average")
    for name, (who, worth_) in zip(names, fund.four_people().items(), strict=True):
        assert shown[name] == pytest.approx(worth_ / before[who], rel=1e-6)
    assert shown["later"] == pytest.approx(fund.output(30.0) / free.output(30.0))
    t = shown["year"]
    assert shown["income"] == pytest.approx(fund.worker_consumption(t), rel=1e-8)


def test_what_the_explorer_shows_between_its_nodes_is_close():
    assert instruments.samples().pixels < 0.5


def test_what_the_figures_say():
    """The numbers in captions and text alternatives."""
    chapter = "who_benefits/instruments"
    rates = np.linspace(0, 0.84, 43)
    found = wb.laffer(AGI, rates, dates=(20.0, 30.0, 40.0))
    ratio = {who: x / x[0] for who, x in found.people.items()}
    best = wb.chosen_rate(AGI, WORKER), wb.chosen_rate(AGI, wb.FOUR["median"])
    worker, median = ratio["worker"], ratio["median"]
    said = (worker.max(), best[0], worker[-1], median.max(), best[1], ratio["owner"][-1])
    says(chapter, "fig-wb-laffer", *found.peaks, *said, ratio["representative"][-1])
    free, taxed = wb.solve_two_agents(AGI), wb.solve_two_agents(AGI, 0.3)
    passes = brentq(lambda t: float(taxed.transfer(t) - taxed.wage(t)), 5, 15)
    dates = [path.region_changes[0].date for path in (taxed, free)]
    said = (free.wage(0.0), 0.5, *dates, taxed.transfer(0.0), passes, taxed.transfer(40.0))
    says(chapter, "fig-wb-instruments-income", *said)
