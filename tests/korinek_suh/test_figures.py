"""Figures 1 and 3 to 6 and the explorers: what they show is what the model says."""

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

from aiecon import korinek_suh as ks
from exhibits.korinek_suh import explorers, figures
from exhibits.plotting import BookFigure, svg


def blank():
    return BookFigure(figsize=(6.8, 3.4))


def line(ax, colour, at=0):
    """The at-th line of a colour, as x and y."""
    found = [
        x for x in ax.lines if x.get_color() == figures.PALETTE[colour] and len(x.get_xdata()) > 2
    ]
    return np.asarray(found[at].get_xdata()), np.asarray(found[at].get_ydata())


def test_figure_1_shades_the_automated_share():
    fig = blank()
    unbounded, bounded = ks.ParetoTasks(0.8), ks.BoundedTasks(log_max=2.0, beta=1.5)
    shares = figures.automated_shares(fig, unbounded, bounded, log_index=1.2)
    assert shares == (unbounded.cdf(np.exp(1.2)), bounded.cdf(np.exp(1.2)))
    for ax, share in zip(fig.axes, shares, strict=True):
        outline = next(c for c in ax.collections if isinstance(c, PolyCollection)).get_paths()[0]
        x, y = outline.vertices.T
        area = 0.5 * abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))  # of the polygon
        assert area == pytest.approx(share, abs=0.01)
        assert f"{share:.0%}" in "".join(t.get_text() for t in ax.texts)
    assert figures.automated_shares(blank(), log_index=5.0)[1] == 1.0


def test_figure_3_draws_areas_that_are_the_factors():
    fig = blank()
    pairs = figures.scarcity_of_labor(fig, K=2.0, shares=(0.25, 0.5, 0.9))
    assert pairs[0] == (8.0, pytest.approx(4 / 3))
    for ax, pair in zip(fig.axes, pairs, strict=True):
        areas = {}
        for patch in ax.patches:
            areas[patch.get_edgecolor()[:3]] = patch.get_width() * patch.get_height()
            assert patch.get_height() in pair
        assert sorted(areas.values()) == pytest.approx([1.0, 2.0])


def test_figure_4_scales_with_productivity():
    fig = blank()
    highest = figures.frontier_and_productivity(fig, productivities=(1.0, 2.0))
    assert highest[1] == 2 * highest[0]
    right = fig.axes[1]
    for a, b in zip(line(right, "blue", 0), line(right, "blue", 1), strict=True):
        assert b == pytest.approx(2 * a)


def test_figure_5_path_peaks_and_ends_as_returned():
    fig = blank()
    p = ks.Parameters(sigma=0.3, A=0.8)
    peak, border = figures.frontier_and_automation(fig, K=5.0, params=p)
    R, w = line(fig.axes[0], "vermilion")
    assert (R[0], w[0]) == (0, pytest.approx(0.8))
    assert (R[-1], w[-1]) == (pytest.approx(0.8), pytest.approx(0.8))
    assert w.max() == pytest.approx(float(ks.equilibrium(5.0, peak, p).wage), rel=1e-12)
    assert border == pytest.approx(5 / 6)
    assert (np.diff(R) > 0).all()


def test_figure_6_panels():
    found = figures.factor_earnings(blank())
    assert [x.border for x in found] == pytest.approx([0.5, 10 / 11])
    assert [x.multiple for x in found] == pytest.approx([2, 11])
    assert found[0].highest == pytest.approx(float(ks.wage_peak(1.0, ks.Parameters(A=1)).wage))
    assert found[1].fall == pytest.approx(1 - 1 / found[1].highest)


@pytest.mark.parametrize(("K", "sigma", "L"), [(0.25, 0.95, 1), (20, 0.1, 1), (3, 0.5, 2)])
def test_earnings_stack_to_output(K, sigma, L):
    fig = blank()
    p = ks.Parameters(A=1.0, sigma=sigma, L=L)
    ax = fig.subplots()
    panel = figures.draw_earnings(ax, K, p)
    (Phi, bill), (_, output) = line(ax, "green"), line(ax, "vermilion")
    assert (Phi == figures.earnings_grid(K, p)).all()
    assert len(Phi) == 64
    assert panel.border in Phi
    assert panel.peak in Phi
    assert bill.max() == pytest.approx(panel.highest)
    now = ks.equilibrium(K, Phi, p)
    assert output - bill == pytest.approx(now.rental_rate * K)


def test_figures_are_complete_svg_in_the_palette():
    for draw in (
        figures.automated_shares,
        figures.scarcity_of_labor,
        figures.frontier_and_productivity,
        figures.frontier_and_automation,
        figures.factor_earnings,
    ):
        fig, again = blank(), blank()
        draw(fig)
        draw(again)
        document = svg(fig)
        assert document == svg(again)
        assert "$" not in "".join(t.get_text() for ax in fig.axes for t in ax.texts)
        assert "nan" not in document.lower()


EXPLORERS = [explorers.scarcity, explorers.earnings]


@pytest.mark.parametrize("explorer", EXPLORERS, ids=lambda e: e.name)
def test_settings_can_be_described_and_their_data_are_finite(explorer):
    for setting in list(explorer.span.settings())[::7]:  # 7 divides no slider: all values occur
        assert 60 < len(explorer.description_at(setting)) < 330
        columns = explorer.data_at(setting)
        assert all(np.isfinite(column).all() for column in columns.values())


@pytest.mark.parametrize("explorer", EXPLORERS, ids=lambda e: e.name)
def test_corner_settings_can_be_drawn(explorer):
    for setting in explorer.span.layout_sample():
        assert "<svg" in explorer.svg(**explorer.span.parameters(setting))


def test_presets_are_the_papers_panels():
    assert "85% below the peak" in explorers.earnings.description(K=10, sigma=0.2)
    assert "multiplies output by 11" in explorers.earnings.description(K=10, sigma=0.2)
    assert "multiplies output by 2" in explorers.earnings.description(K=1, sigma=0.5)
    assert set(explorers.earnings.presets) == {"Figure 6a", "Figure 6b"}


def test_descriptions_of_scarcity_tell_the_regions_apart():
    say = explorers.scarcity.description
    assert "Each automated task takes 10.00 of capital, each other one 1.43" in say(K=3, Phi=0.3)
    assert "until 75% of tasks" in say(K=3, Phi=0.7)
    assert "Region 2" in say(K=3, Phi=0.75)
    assert "60% of the workers are in automated tasks" in say(K=3, Phi=0.9, sigma=0.2)
    data = explorers.scarcity.data(sigma=0.5, K=3, Phi=0.6)
    Phi, labor = data["automated share"], data["labour in automated tasks"]
    employed = labor + np.where(labor > 0, 1 - Phi, 0) * data["input per other task"]
    assert employed[labor > 0] == pytest.approx(1)
    assert Phi[data["shown"]] == pytest.approx([0.6])


def test_data_are_the_models():
    columns = explorers.earnings.data(K=10, sigma=0.2)
    now = ks.equilibrium(10, columns["automated share"], ks.Parameters(A=1, sigma=0.2))
    assert columns["wage bill wL"] == pytest.approx(now.wage)
    assert columns["output Y"] == pytest.approx(
        columns["wage bill wL"] + columns["capital returns RK"]
    )
