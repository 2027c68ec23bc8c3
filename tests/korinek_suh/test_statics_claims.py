"""The readings that rows on sections 2.2 to 2.5 name, and the numbers in their notes, computed."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from aiecon import korinek_suh as ks
from exhibits import ledger
from exhibits.ledger import Verdict


def unit(sigma: float) -> ks.Parameters:
    return ks.Parameters(A=1.0, sigma=sigma)


def scarce(K: float, points: int = 401) -> np.ndarray:
    """Φ from zero to the border, L = 1."""
    return np.linspace(0, K / (K + 1), points)


def first_term(K: float, sigma: float) -> np.ndarray:
    return ks.automation_effects(K, scarce(K), unit(sigma), side="left").productivity


@pytest.mark.parametrize(
    ("chapter", "differ"),
    [
        ("tasks", set()),
        ("factor_prices", {"ks.lemma4.printed-condition", "ks.eq11.first-term-declines"}),
    ],
)
def test_the_chapter_explains_every_row_that_differs(chapter, differ):
    rows = [c for c in ledger.claims("ks.*") if c.chapter == f"korinek_suh/{chapter}"]
    assert {c.id for c in rows if isinstance(c.finding, ledger.Differs)} == differ


# Rows that a fair reading makes true, or that are no statements ---------------------------------


@pytest.mark.parametrize(
    ("id", "verdict"),
    [
        ("ks.lemma1.total-per-task", Verdict.REPLICATED),
        ("ks.lemma1.continuity", Verdict.OF_THE_BOOK),
        ("ks.lemma2.unit-cost-region-2", Verdict.REPLICATED),
        ("ks.lemma4.peak-threshold-above-border", Verdict.OF_THE_BOOK),
        ("ks.fig6a.first-gain", Verdict.IN_SHAPE),
        ("ks.fig6b.larger-region", Verdict.IN_SHAPE),
        ("ks.fig6b.exponential", Verdict.OF_THE_BOOK),
        ("ks.fig1.unbounded", Verdict.BY_CONSTRUCTION),
        ("ks.fig1.bounded", Verdict.BY_CONSTRUCTION),
    ],
)
def test_what_the_paper_does_not_claim_is_no_verdict_on_it(id, verdict):
    assert ledger.claim(id).verdict().verdict is verdict


def test_one_factor_in_each_task_is_a_best_plan_of_region_2():
    for K, L, Phi in [(3.0, 1.0, 0.8), (0.5, 2.0, 0.2), (3.0, 1.0, 0.75)]:
        each, mass = K + L, K / (K + L)
        assert mass <= Phi  # capital stays within the automated tasks
        assert_allclose([mass * each, (1 - mass) * each], [K, L], rtol=1e-15)
        economy = ks.equilibrium(K, Phi, ks.Parameters(A=1.0, L=L))
        assert economy.region == 2
        assert economy.output == each


@pytest.mark.parametrize("sigma", [0.2, 0.5, 0.8])
def test_the_cost_of_region_2_is_right_where_the_cheapest_plan_lies_in_region_2(sigma):
    """K/L by Shephard's lemma: at most κ where w ≤ R, more where w > R."""
    Phi, R, h = 0.8, 1.0, 1e-6
    for w in (0.4, 0.7, 0.9, 1.5, 2.0, 4.0):
        K = ks.unit_cost(w, R + h, Phi, unit(sigma)) - ks.unit_cost(w, R - h, Phi, unit(sigma))
        L = ks.unit_cost(w + h, R, Phi, unit(sigma)) - ks.unit_cost(w - h, R, Phi, unit(sigma))
        in_region_2 = ks.capital_threshold(Phi) >= K / L
        assert in_region_2 == (w <= R)
        assert (ks.unit_cost(w, R, Phi, unit(sigma)) == pytest.approx(min(w, R))) == in_region_2


# ks.lemma4.printed-condition ----------------------------------------------------------------------


def test_with_the_capital_intensity_for_kappa_the_condition_is_right():
    for K in (0.3, 1.0, 4.0):
        Phi = np.linspace(0.01, 0.99, 99)
        economy = ks.equilibrium(K, Phi, unit(0.5))
        assert np.array_equal(Phi >= K / (1 + K), economy.region == 2)
        kappa_at_border = ks.capital_threshold(ks.scarcity_threshold(K))
        assert_allclose(kappa_at_border, K, rtol=1e-14)


def test_with_kappa_of_equation_8_the_condition_always_holds():
    Phi = np.linspace(0, 0.99, 100)
    kappa = ks.capital_threshold(Phi)
    assert_allclose(kappa / (1 + kappa), Phi, atol=1e-15)


# ks.eq11.first-term-declines ----------------------------------------------------------------------


def test_the_first_term_of_4_rises_and_does_not_end_at_zero():
    Phi, e = scarce(10.0)[1:], (0.2 - 1) / 0.2
    of_4 = 10.0**e * Phi ** (1 / 0.2)
    assert np.all(np.diff(of_4) > 0)
    assert of_4[-1] > 0


def test_the_first_term_of_11_declines_throughout_in_panel_a_only():
    assert np.all(np.diff(first_term(1.0, 0.5)) < 0)  # Figure 6 (a)
    assert first_term(10.0, 0.2).argmax() > 0  # Figure 6 (b)
    assert first_term(4.6, 0.5).argmax() > 0  # Table 2


def test_the_first_term_of_11_declines_in_the_end():
    for K, sigma in [(1.0, 0.5), (10.0, 0.2), (4.6, 0.5), (100.0, 0.8)]:
        term = first_term(K, sigma)
        assert term[-1] == pytest.approx(0, abs=1e-12)
        assert np.all(np.diff(term[-5:]) < 0)


def test_for_each_unit_of_log_I_it_depends_on_the_distribution():
    for K, sigma in [(10.0, 0.2), (4.6, 0.5), (100.0, 0.8)]:
        share, index = scarce(K), np.linspace(0, 1, 401)
        term = first_term(K, sigma)
        pareto, bounded = ks.ParetoTasks(decay=1.0), ks.BoundedTasks(log_max=1.0, beta=1.0)
        assert np.all(np.diff(term * pareto.log_density(pareto.quantile(share))) < 0)
        density = bounded.log_density(np.exp(index[:-1]))
        assert_allclose(density, density[0], rtol=1e-12)  # (11) but for a constant


def test_how_far_the_first_term_rises_in_panel_b():
    term, share = first_term(10.0, 0.2), scarce(10.0)
    assert term.max() / term[0] == pytest.approx(4.5, abs=0.05)
    assert share[term.argmax()] == pytest.approx(0.81, abs=0.005)
    assert ks.wage_peak(10.0, unit(0.2)).Phi == pytest.approx(0.82, abs=0.005)


# Notes on Figure 6 --------------------------------------------------------------------------------


def test_a_straight_line_through_log_wages_of_panel_b():
    """The impression of an exponential up to Φ = .80 is a fair one; the rate is a hyperbola's."""
    share = np.linspace(0, 0.8, 401)
    log_wage = np.log(ks.equilibrium(10.0, share, unit(0.2)).wage)
    assert np.corrcoef(share, log_wage)[0, 1] ** 2 == pytest.approx(0.97, abs=0.005)


def test_labours_part_of_the_first_gains_of_panel_a():
    now = ks.equilibrium(1.0, np.array([0.05, 0.1, 0.2]), unit(0.5))
    part = (now.wage - 1) / (now.output - 1)
    assert_allclose(part, [0.97, 0.93, 0.82], atol=0.005)


def test_the_lower_bound_on_wages_first_rises_in_the_index():
    """Proposition 5 as printed, in I: true at given capital. Table 2 starts behind the peak."""
    wage = ks.equilibrium(4.6, scarce(4.6)).wage
    assert 0 < wage.argmax() < wage.size - 1
    assert ks.wage_peak(4.6).Phi < 0.608
    assert ks.automation_effects(4.6, 0.608).wage < 0
