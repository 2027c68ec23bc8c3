"""Four people: the explorer, the cells of the matrix, and what is silent."""

import numpy as np
import pytest
from scipy.optimize import brentq

from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from exhibits import ledger
from exhibits.who_benefits.claims import measured
from exhibits.who_benefits.four_people import who_gains
from exhibits.who_benefits.four_people_claims import CELLS
from exhibits.who_benefits.people import PATHS, log_flows, worths
from exhibits.who_benefits.tables import Table, vocabulary
from tests.told import says

AGI = ks.Bounded(horizon=20.0)


@pytest.mark.parametrize("tax", [{}, {"capital_tax": 0.3}, {"consumption_tax": 0.4}])
def test_many_people_are_worth_what_each_is(tax):
    path = wb.solve_two_agents(AGI, **tax)
    capital = np.array([0.0, 0.18, 1.0])
    for labor in (1.0, 0.5):
        people = [wb.Person(a, labor, transfer=labor) for a in capital]
        expected = [wb.certainty_equivalent(path, who) for who in people]
        assert worths(path)(capital, labor) == pytest.approx(expected, rel=1e-9)
    owner = wb.certainty_equivalent(path, wb.FOUR["owner"])
    assert worths(path)(1.0, labor=0.0)[0] == pytest.approx(owner, rel=1e-9)


@pytest.mark.parametrize("tax", [{}, {"capital_tax": 0.3}, {"consumption_tax": 0.4}])
def test_flows_are_what_owners_and_workers_consume(tax):
    path = wb.solve_two_agents(AGI, **tax)
    t = np.array([0.0, 5.0, 30.0])
    worker, owner = np.exp(log_flows(path, t))
    assert worker == pytest.approx(path.worker_consumption(t), rel=1e-10)
    assert owner == pytest.approx(path.owner_consumption(t), rel=1e-10)


@pytest.mark.parametrize("scenario", list(PATHS)[1:])
def test_the_explorer_shows_the_gains(scenario):
    base = wb.solve_two_agents(PATHS["Business as usual"])
    gains = wb.gains(wb.solve_two_agents(PATHS[scenario]), base)
    for capital, who in ((0.0, "worker"), (0.18, "median"), (1.0, "representative")):
        shown = who_gains.at(who_gains.setting({"scenario": scenario, "capital": capital}))
        assert shown["ratio"] == pytest.approx(1.0 + gains[who], rel=1e-9)


def test_what_the_explorer_shows_between_its_nodes_is_close():
    assert who_gains.samples().pixels < 0.5


def test_every_cell_of_the_matrix_is_a_row():
    answers = wb.agreement()
    letters = {"y": "yes", "n": "no", "–": "silent"}
    assert {q: [letters[x] for x in cells] for q, cells in CELLS.items()} == {
        q: list(cells.values()) for q, cells in answers.items()
    }
    ids = [claim.id for claim in ledger.claims("wb.*")]
    assert sum(id.startswith(("wb.does-", "wb.is-", "wb.do-")) for id in ids) == 14 * 10


def test_what_is_measured_is_not_silent():
    names = measured()
    assert {*wb.MEASURES, *wb.FOUR} <= names
    for claim in ledger.claims("wb.*"):
        if claim.expected is ledger.Verdict.OUT_OF_REACH:
            assert "Silent: " in claim.finding.why


def test_a_model_is_measured_alone():
    alone = wb.measured("Kuhle", [0.0, 49.0])
    assert alone.row("output")[-1] == wb.measured("Kuhle").row("output")[-1]
    with pytest.raises(ValueError, match="Wang & Wong"):
        wb.measured("Solow")


def test_a_table_says_the_same_to_page_and_terminal():
    table = Table(("model", "a & b"), [("A", "yes"), ("Long name", "–")])
    assert '<th scope="col">a &amp; b</th>' in table._repr_html_()
    assert repr(table).splitlines()[2] == "Long name | –"


def test_what_the_figures_say():
    """The numbers in captions and text alternatives."""
    chapter = "who_benefits/four_people"
    rows = {m.model: m for m in wb.common_measures()}

    def end(measure, *names):
        return [float(rows[name].row(measure)[-1]) for name in names]

    wages = end("wage", "Baseline AGI", "Bout of automation", "Wang & Wong")
    assert end("wage", "Aggressive AGI", "Baseline AGI with skills") == pytest.approx(
        [wages[0]] * 2, rel=1e-3
    )
    names = ("Bout of automation", "Business as usual", "Wang & Wong", "Chen & Meng, levelling")
    shares = end("labour share", *names)
    employed = end("employment", "Wang & Wong")
    gini = end("Gini", "Baseline AGI", "Business as usual", "Kuhle")
    output = end("output", "Acemoglu", "Aggressive AGI")
    says(chapter, "fig-wb-vocabulary", *wages, *shares, *employed, *gini, *output)
    gains = [m.gain("worker") for m in list(rows.values())[1:]]
    assert [sum(x < 0 for x in gains), sum(x > 0 for x in gains)] == [4, 3]
    for who in ("median", "owner", "representative"):
        assert all(m.gain(who) > 0 for m in list(rows.values())[1:] if who in m.worth)
    path = wb.solve_two_agents(AGI)
    w, C = (lambda t: float(path.wage(t))), (lambda t: float(path.owner_consumption(t)))
    t = np.linspace(5, 20, 151)
    median = path.wage(t) + 0.18 * path.owner_consumption(t)
    floor = path.region_changes[0].date
    said = (w(0), 0.5, floor, median.min(), w(40) + 0.18 * C(40), C(0), C(40))
    says(chapter, "fig-wb-people", *said)


def test_the_table_has_all_that_the_models_measure():
    models = wb.common_measures()
    table = vocabulary(models, year=30)
    assert [row[0] for row in table.rows] == list(wb.MODELS)
    at = {
        m.model: dict(zip(table.head[1:], row[1:], strict=True))
        for m, row in zip(models, table.rows, strict=True)
    }
    assert at["Kuhle"]["labour share"] == at["Acemoglu"]["Gini"] == "silent"
    assert at["Baseline AGI"]["worker gains"] == f"{models[1].gain('worker'):+.0%}".replace(
        "-", "−"
    )
    silent = sum(cell == "silent" for row in table.rows for cell in row)
    had = sum(len(m.values) + len(m.worth) for m in models)
    assert silent + had == 10 * 9


def test_what_the_bet_says_is_what_the_model_gives():
    path = wb.solve_two_agents(AGI)
    said = who_gains.bet.feedback
    assert path.wage(40.0) / path.wage(0.0) == pytest.approx(1 / 3, abs=0.03)  # a third
    assert f"{path.consumption_growth(40.0):.0%}" in said
    enough = {}
    for eta in (2.0, 4.0):
        params = ks.Parameters(eta=eta)
        pair = [
            wb.solve_two_agents(PATHS[name], params=params)
            for name in ("Baseline AGI", "Business as usual")
        ]

        def log_gain(a, pair=pair):
            one, two = (wb.certainty_equivalent(x, wb.Person(a, 1.0)) for x in pair)
            return float(np.log(one / two))

        enough[eta] = brentq(log_gain, 1e-6, 2.0)
    assert enough == pytest.approx({2.0: 0.1, 4.0: 0.5}, abs=0.03)
    assert "tenth" in who_gains.bet.answer
