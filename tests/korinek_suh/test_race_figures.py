"""The figures and the explorer of the race show what the model says."""

from __future__ import annotations

import numpy as np
import pytest

from aiecon import korinek_suh as ks
from exhibits.korinek_suh import race_figures
from exhibits.korinek_suh.race_explorers import long_run_of_wages
from exhibits.plotting import BookFigure, svg


def blank():
    return BookFigure(figsize=(6.8, 3.4))


def test_figure_7_lies_on_the_formulas():
    found = race_figures.figure_7(blank(), rates=(0.02, 0.06, 0.13, 0.22))
    assert found.formula == pytest.approx([0.04, 0.12, 0.10, 0.0])
    assert found.largest_gap < 1e-6


def test_curves_have_their_kinks():
    rates, growth, share, optimal = race_figures.case_curves(ks.Parameters(), 0.25)
    assert growth.max() == pytest.approx(0.18)
    assert rates[growth.argmax()] == pytest.approx(0.09)
    assert (growth[rates > 0.18] == 0).all()
    assert (share >= optimal - 1e-12).all()
    assert share[rates > 0.09] == pytest.approx(0)


@pytest.mark.parametrize("quantity", ["capital", "output", "wage"])
def test_bounds_enclose_the_drawn_path(quantity):
    fig = BookFigure(figsize=(5.4, 5.0))
    ratios = race_figures.bounds(fig, quantity)
    assert set(ratios) == set("abcd")
    assert min(min(pair) for pair in ratios.values()) > 1 - 1e-9
    for ax in fig.axes:
        upper, lower, path = (line.get_ydata() for line in ax.lines)
        assert (lower <= path * (1 + 1e-9)).all()
        assert (path <= upper * (1 + 1e-9)).all()


def test_the_wage_turns_where_saving_crosses_the_balance():
    first, second = race_figures.balance(blank())
    path, h = ks.solve_transition(ks.Bounded(20.0)), 1e-3
    for date, sign in ((first, 1), (second, -1)):
        before, at, after = path.wage(np.array([date - h, date, date + h]))
        assert (after - before) / (2 * h) == pytest.approx(0, abs=1e-6)
        assert np.sign(before + after - 2 * at) == sign


def test_captions_and_alternatives():
    """Numbers that captions and text alternatives give in words."""
    lowest, highest = race_figures.anticipation(blank())
    assert (lowest, highest) == (pytest.approx(0.976, abs=5e-4), pytest.approx(1.373, abs=5e-4))
    assert race_figures.labor_odds(blank())[0.01] == pytest.approx(4 / 7)
    dates = race_figures.three_races(blank())
    assert dates[0.25] == (pytest.approx(8.27, abs=0.01),)
    assert dates[0.12] == ()


def test_figures_are_complete_svg_twice_the_same():
    for draw in (
        race_figures.three_races,
        race_figures.bounds,
        race_figures.anticipation,
        race_figures.balance,
        race_figures.labor_odds,
        race_figures.labor_shares,
        race_figures.figure_7,
    ):
        fig, again = blank(), blank()
        draw(fig)
        draw(again)
        document = svg(fig)
        assert document == svg(again)
        assert "$" not in "".join(t.get_text() for ax in fig.axes for t in ax.texts)
        assert "nan" not in document.lower()


def test_explorer_tells_the_cases_apart():
    say = long_run_of_wages.description
    assert "57% if s∞ = 0.56 is saved, to 40%" in say(rate=0.01)
    assert say(rate=0.12).startswith("Case 2")
    assert "falls to A = 0.5" in say(rate=0.24)
    assert set(long_run_of_wages.data(rate=0.12, eta=2, sigma=0.5, A=0.5)["case"]) == {1, 2, 3}


def test_explorer_settings_can_be_described_and_drawn():
    for setting in list(long_run_of_wages.span.settings())[::5]:
        assert 60 < len(long_run_of_wages.description_at(setting)) < 330
        columns = long_run_of_wages.data_at(setting)
        assert all(np.isfinite(column).all() for column in columns.values())
    for setting in long_run_of_wages.span.layout_sample():
        assert "<svg" in long_run_of_wages.svg(**long_run_of_wages.span.parameters(setting))
