"""One vocabulary for all models, and what they answer."""

import numpy as np
import pytest

from aiecon import acemoglu as ac
from aiecon import chen_meng as cm
from aiecon import korinek_suh as ks
from aiecon import kuhle
from aiecon import wang_wong as ww
from aiecon import who_benefits as wb


@pytest.fixture(scope="module")
def rows():
    return {m.model: m for m in wb.common_measures()}


def test_every_model_on_one_calendar(rows):
    assert len(rows) == 10
    for m in rows.values():
        assert m.dates.tolist() == list(wb.DATES)
        for measure in wb.MEASURES:
            assert m.row(measure).shape == (6,)
        for index in ("wage", "output"):
            assert m.row(index)[0] == 1 or np.isnan(m.row(index)).all()
        for share in ("labour share", "employment", "Gini"):
            known = m.row(share)[~np.isnan(m.row(share))]
            assert ((known >= 0) & (known <= 1)).all()


def test_measures_are_those_of_the_models(rows):
    path = wb.solve_two_agents(ks.Bounded(horizon=20.0))
    agi = rows["Baseline AGI"]
    assert agi.row("wage")[2] == pytest.approx(float(path.wage(10.0) / path.wage(0.0)))
    base = wb.solve_two_agents(ks.BusinessAsUsual())
    assert agi.worth == pytest.approx(wb.gains(path, base))
    market = ww.solve_transition()
    assert rows["Wang & Wong"].row("employment") == pytest.approx(market.employment(wb.DATES))
    old, new = kuhle.two_years()
    incomes = rows["Kuhle"]
    assert incomes.row("output")[-1] == pytest.approx(new.mean / old.mean)
    assert incomes.row("Gini")[[0, -1]] == pytest.approx([old.gini, new.gini])
    assert incomes.gain("median") == pytest.approx(new.median / old.median - 1)
    decade = ac.gdp(ac.tfp(ac.Parameters()), ac.Parameters())
    assert rows["Acemoglu"].row("output") == pytest.approx(
        [1, 1 + decade / 2, *[1 + decade] * 4]  # a constant rate for ten years, then no more
    )
    for name, p in zip(("levelling", "concentrating"), cm.regimes(), strict=True):
        found = rows[f"Chen & Meng, {name}"].row("Gini")
        assert found[-1] - found[0] == pytest.approx(cm.delta_gini(p))


def test_silence_is_not_a_number(rows):
    assert np.isnan(rows["Kuhle"].row("labour share")).all()
    assert np.isnan(rows["Kuhle"].gain("owner"))
    assert np.isnan(rows["Baseline AGI"].row("employment")).all()
    for measure in ("wage", "labour share", "employment", "Gini"):
        assert np.isnan(rows["Acemoglu"].row(measure)).all()
    assert all(np.isnan(rows["Acemoglu"].gain(who)) for who in wb.FOUR)


def test_every_answer_is_yes_no_or_silent(rows):
    table = wb.agreement()
    assert list(table) == list(wb.QUESTIONS)
    for question, answers in table.items():
        assert list(answers) == list(rows)
        assert set(answers.values()) <= {"yes", "no", "silent"}
        assert set(answers.values()) != {"silent"}, question


def test_answers_by_hand(rows):
    table = wb.agreement()
    wage = table["Does the wage fall below today's at some date?"]
    assert wage["Business as usual"] == "no"
    assert wage["Aggressive AGI"] == "yes"
    assert wage["Kuhle"] == "no"
    unequal = table["Do incomes end more unequal?"]
    assert unequal["Chen & Meng, levelling"] == "no"
    assert unequal["Chen & Meng, concentrating"] == "yes"
    assert unequal["Wang & Wong"] == "silent"
    slow = table["Does half the speed of automation help a worker?"]
    assert (slow["Baseline AGI"], slow["Business as usual"]) == ("yes", "no")


@pytest.mark.parametrize("drop", [0.2, 0.3])
def test_labour_costs_fall_and_margins_grow(drop):
    point = wb.labor_cost_point(drop)
    now = ks.equilibrium(4.6, 0.608)
    assert ks.unit_cost(now.wage, now.rental_rate, 0.608) == pytest.approx(1.0)
    w, R, step = float(now.wage), float(now.rental_rate), 1e-6
    at = [float(ks.unit_cost(w * (1 + x), R, point.Phi)) for x in (-step, step)]
    labor = (at[1] - at[0]) / (2 * step)  # Shephard: w L per unit of output
    before = float(now.labor_share)
    assert labor / before - 1 == pytest.approx(-drop, abs=1e-6)
    assert point.labor_cost == pytest.approx(-drop, abs=1e-9)
    assert point.margin == pytest.approx(-point.unit_cost)
    assert point.margin > 0


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: wb.common_measures([1.0, 2.0]), "increasing dates from 0"),
        (lambda: wb.labor_cost_point(1.0), "0 < drop < 1"),
        (lambda: wb.common_measures()[0].row("happiness"), "labour share"),
    ],
)
def test_what_is_refused(call, named):
    with pytest.raises(ValueError, match=named):
        call()
