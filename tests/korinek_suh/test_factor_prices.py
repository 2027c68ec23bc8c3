"""Lemma 2: the frontier, its dual, their agreement with the equilibrium; Figure 6, explorers."""

import mpmath as mp
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aiecon import korinek_suh as ks
from exhibits.korinek_suh.factor_prices import draw_earnings, earnings, frontier
from exhibits.plotting import PALETTE, panels
from tests.told import assert_said

from .reference import EPS, capital, close, elasticity, interior, ratio, rounding, sigma_moderate

thorough = settings(max_examples=100, deadline=None)


@thorough
@given(K=capital, Phi=interior, sigma=elasticity)
def test_frontier_and_unit_cost_contain_the_equilibrium_prices(K, Phi, sigma):
    """Duality: the pair (R, w) of any equilibrium costs exactly one."""
    p = ks.Parameters(sigma=sigma, A=0.7)
    now = ks.equilibrium(K, Phi, p)
    tolerance = 10 * rounding(K, Phi, sigma)
    assert ks.unit_cost(now.wage, now.rental_rate, Phi, p) == pytest.approx(1, rel=tolerance)
    # where the frontier is steep the rounding of R decides, by its elasticity in R
    steep = float(now.rental_rate * K / now.wage)
    if sigma < 1 or steep < 1e3:
        wage = ks.factor_price_frontier(min(now.rental_rate, p.A), Phi, p)
        assert wage == pytest.approx(now.wage, rel=tolerance * (1 + steep))


@thorough
@given(R=st.floats(0.01, 1), Phi=st.floats(1e-6, 1 - 1e-6), sigma=st.floats(0.05, 1 - 1e-9))
def test_frontier_as_printed(R, Phi, sigma):
    """(9) in 80 digits."""
    ours = ks.factor_price_frontier(R, Phi, ks.Parameters(sigma=sigma, A=1))
    with mp.workdps(80):
        r, f, s = mp.mpf(R), mp.mpf(Phi), mp.mpf(sigma)
        theirs = ((1 - f * r ** (1 - s)) / (1 - f)) ** (1 / (1 - s))
        log_wage = float(mp.log(theirs))
    if log_wage < 700:
        assert close(ours, theirs, 8 * EPS * (1 + log_wage))
    else:
        assert ours > 1e300


@pytest.mark.parametrize("sigma", [0.2, 1 - 1e-12, 1.0, 1 + 1e-12])
def test_frontier_through_cobb_douglas(sigma):
    """σ = 1: w/A = (R/A)^(−Φ/(1−Φ))."""
    w = ks.factor_price_frontier([0.25, 1.0], 0.5, ks.Parameters(sigma=sigma, A=1))
    if sigma != 0.2:
        assert w == pytest.approx([4.0, 1.0], rel=1e-10)
    else:
        assert w[0] < 4.0


@thorough
@given(R=st.lists(st.floats(0, 1), min_size=2, unique=True), Phi=interior, sigma=sigma_moderate)
def test_frontier_slopes_down_between_its_ends(R, Phi, sigma):
    p = ks.Parameters(sigma=sigma, A=1)
    R = np.sort(np.array(R))
    w = ks.factor_price_frontier(R, Phi, p)
    assert (np.diff(w) <= 0).all()
    assert (w >= 1).all()
    assert (w <= ks.maximal_wage(Phi, p) * (1 + 1e-14 / (1 - sigma))).all()
    assert ks.factor_price_frontier(0.0, Phi, p) == pytest.approx(
        ks.maximal_wage(Phi, p), rel=1e-13 / (1 - sigma)
    )
    assert ks.factor_price_frontier(1.0, Phi, p) == 1.0


@thorough
@given(R=st.floats(0.05, 0.95), Phi=interior, sigma=st.one_of(sigma_moderate, st.just(1.0)))
def test_slope_is_minus_the_capital_labour_ratio(R, Phi, sigma):
    """Shephard's lemma, by a central difference whose error falls with the step squared."""
    p = ks.Parameters(sigma=sigma, A=1)
    h = 1e-5 * R
    up, down = ks.factor_price_frontier([R + h, R - h], Phi, p)
    assert ks.capital_intensity(R, Phi, p) == pytest.approx(-(up - down) / (2 * h), rel=1e-6)


@thorough
@given(K=ratio, Phi=interior, sigma=st.one_of(sigma_moderate, st.floats(1, 3)))
def test_capital_intensity_inverts_the_equilibrium(K, Phi, sigma):
    p = ks.Parameters(sigma=sigma, A=0.5, L=2.0)
    now = ks.equilibrium(K, Phi, p)
    found = ks.capital_intensity(now.rental_rate, Phi, p)
    if now.region == 2:
        assert found == pytest.approx(ks.capital_threshold(Phi), rel=4 * EPS)
        assert found * (1 + 4 * EPS) >= K / p.L
    else:
        # log K = log R / elasticity: rounding of R is magnified by σ over the labour share
        magnified = sigma / now.labor_share * (1 + abs(np.log(now.rental_rate / p.A)))
        assert found == pytest.approx(K / p.L, rel=1e-13 * (1 + magnified) * (1 + 1 / sigma))


@thorough
@given(K=ratio, L=ratio, Phi=interior, R=st.floats(0.05, 0.95), sigma=sigma_moderate)
def test_capital_intensity_is_equation_16(K, L, Phi, R, sigma):
    """K⁺ = A^σ L (1−Φ)^(1/(σ−1)) Φ (R^(σ−1) − A^(σ−1) Φ)^(σ/(1−σ)), here with A = 1."""
    inner = R ** (sigma - 1) - Phi
    printed = (1 - Phi) ** (1 / (sigma - 1)) * Phi * inner ** (sigma / (1 - sigma))
    assume(printed < 1e200)
    ours = ks.capital_intensity(R, Phi, ks.Parameters(sigma=sigma, A=1, L=L))
    assert ours == pytest.approx(printed, rel=1e-12 / (1 - sigma) / (1 - Phi))


@thorough
@given(
    w=st.floats(0.01, 100),
    R=st.floats(0.01, 100),
    Phi=interior,
    sigma=elasticity,
    factor=st.floats(0.01, 100),
)
def test_unit_cost_is_a_cost_function(w, R, Phi, sigma, factor):
    """Homogeneous of degree one, between the prices, monotone, and below every technique's cost."""
    p = ks.Parameters(sigma=sigma, A=1)
    cost = ks.unit_cost(w, R, Phi, p)
    assert ks.unit_cost(w * factor, R * factor, Phi, p) == pytest.approx(cost * factor, rel=1e-12)
    assert min(w, R) * (1 - 1e-12) <= cost <= w * (1 + 1e-12)
    assert ks.unit_cost(w * 1.1, R, Phi, p) >= cost * (1 - 1e-12)
    assert ks.unit_cost(w, R * 1.1, Phi, p) >= cost * (1 - 1e-12)
    # weak duality: no endowment produces its output for less
    K = np.array([0.01, 0.3, 1.0, 4.0, 100.0])
    output = ks.equilibrium(K, Phi, p).output
    assert (w + R * K >= cost * output * (1 - 1e-12)).all()


def test_unit_cost_by_hand_and_at_its_corners():
    p = ks.Parameters(sigma=0.5, A=2)
    assert ks.unit_cost(4.0, 1.0, 0.5, p) == pytest.approx((0.5 * 1 + 0.5 * 2) ** 2 / 2)
    assert ks.unit_cost(4.0, 9.0, 0.5, p) == 2.0  # capital is dearer: all tasks take labour
    assert ks.unit_cost(4.0, 0.0, 0.5, p) == pytest.approx(0.25 * 4 / 2)
    assert ks.unit_cost(4.0, 1.0, [0.0, 1.0], p).tolist() == [2.0, 0.5]
    assert ks.unit_cost(0.0, 1.0, 0.5, p) == 0.0
    for sigma in (1.0, 2.0):  # free capital does any task that it can replace
        assert ks.unit_cost(4.0, 0.0, 0.5, ks.Parameters(sigma=sigma)) == 0.0


def test_frontier_scales_with_A_and_turns_with_automation():
    R = np.linspace(0, 1, 21)
    one, two = (ks.Parameters(sigma=0.4, A=A) for A in (1, 2))
    w = ks.factor_price_frontier(R, 0.5, one)
    assert ks.factor_price_frontier(2 * R, 0.5, two) == pytest.approx(2 * w, rel=1e-14)
    more = ks.factor_price_frontier(R, 0.6, one)
    assert (more[:-1] > w[:-1]).all()
    assert more[-1] == w[-1] == 1


@pytest.mark.parametrize("sigma", [0.2, 0.5, 1.0, 3.0])
def test_full_and_no_automation(sigma):
    p = ks.Parameters(sigma=sigma, A=0.5)
    assert ks.factor_price_frontier(0.5, 1.0, p) == 0.5
    assert ks.maximal_wage(1.0, p) == 0.5
    assert (ks.factor_price_frontier([0.0, 0.2, 0.5], 0.0, p) == 0.5).all()
    assert ks.maximal_wage(0.0, p) == 0.5
    assert ks.capital_intensity([0.0, 0.2], 0.0, p).tolist() == [np.inf, 0.0]
    assert ks.capital_intensity(0.5, 1.0, p) == np.inf
    with pytest.raises(ValueError, match=r"R = 0.4 is not allowed: R = A = 0.5 at Phi = 1"):
        ks.factor_price_frontier(0.4, 1.0, p)


@thorough
@given(Phi=st.floats(0, 1 - 1e-9), sigma=st.floats(0.01, 0.9))
def test_maximal_wage_is_the_limit_of_the_wage(Phi, sigma):
    p = ks.Parameters(sigma=sigma, A=1)
    highest = ks.maximal_wage(Phi, p)
    if Phi > 0:
        assert highest == pytest.approx((1 - Phi) ** (1 / (sigma - 1)), rel=1e-12)
    wages = ks.equilibrium([1e2, 1e20, 1e300], Phi, p).wage
    assert (wages <= highest * (1 + 1e-13 / (1 - sigma))).all()
    if Phi < 0.999:
        assert wages[-1] == pytest.approx(highest, rel=1e-12 / (1 - sigma) + 1e-20)


def test_gross_substitutes_have_no_highest_wage_but_a_lowest_rental_rate():
    p = ks.Parameters(sigma=2.0, A=1)
    assert ks.maximal_wage([0.0, 0.3, 1.0], p).tolist() == [1.0, np.inf, 1.0]
    assert ks.maximal_wage(0.3, ks.Parameters(sigma=1)) == np.inf
    assert ks.factor_price_frontier(0.5, 0.5, p) == np.inf  # R = A Φ^(1/(σ−1))
    assert ks.factor_price_frontier(0.6, 0.5, p) == pytest.approx((2 - 1 / 0.6) ** -1)
    assert ks.equilibrium(1e300, 0.5, p).rental_rate == pytest.approx(0.5, rel=1e-12)
    with pytest.raises(ValueError, match=r"R = 0.4 is not allowed: R ≥ A·Phi\^\(1/\(sigma−1\)\)"):
        ks.factor_price_frontier(0.4, 0.5, p)


def test_corners_give_no_warning_and_no_nan():
    R = np.array([0.0, 1e-300, 0.5, 1 - EPS / 2, 1.0])[:, None]
    Phi = np.array([0.0, 1e-300, 0.5, 1 - EPS / 2])
    for sigma in (1e-300, 1e-6, 0.5, 1 - 1e-15, 1.0):
        p = ks.Parameters(sigma=sigma, A=1)
        for result in (ks.factor_price_frontier(R, Phi, p), ks.capital_intensity(R, Phi, p)):
            assert result.shape == (5, 4)
            assert not np.isnan(result).any()
        assert not np.isnan(ks.maximal_wage(Phi, p)).any()


def test_bad_input_is_named():
    p = ks.Parameters(A=0.5)
    for function in (ks.factor_price_frontier, ks.capital_intensity):
        with pytest.raises(ValueError, match=r"R = 0.6 is not allowed: 0 ≤ R ≤ A = 0.5"):
            function(0.6, 0.5, p)
        with pytest.raises(ValueError, match=r"Phi = -0.1"):
            function(0.1, -0.1, p)
        with pytest.raises(ValueError, match=r"R \(2,\), Phi \(3,\)"):
            function([0.1, 0.2], [0.1, 0.2, 0.3], p)
    with pytest.raises(ValueError, match=r"wage = -1.0"):
        ks.unit_cost(-1.0, 1.0, 0.5)
    with pytest.raises(ValueError, match="rental_rate = nan"):
        ks.unit_cost(1.0, np.nan, 0.5)
    with pytest.raises(ValueError, match=r"Phi = 2.0"):
        ks.maximal_wage(2.0)


# Figure 6 and the explorers -----------------------------------------------------------------------


@pytest.mark.parametrize(("K", "sigma"), [(0.25, 0.95), (1.0, 0.5), (10.0, 0.2), (20.0, 0.1)])
def test_figure_6_stacks_to_output_and_marks_the_peak(K, sigma):
    _, ax = panels()
    draw_earnings(ax, K, sigma)
    curves = {name: [x for x in ax.lines if x.get_color() == PALETTE[name]] for name in PALETTE}
    bill, output = curves["green"][0], curves["vermilion"][0]
    p = ks.Parameters(A=1.0, sigma=sigma)
    now, peak = ks.equilibrium(K, bill.get_xdata(), p), ks.wage_peak(K, p)
    assert output.get_ydata() - bill.get_ydata() == pytest.approx(now.rental_rate * K)
    assert output.get_ydata()[-1] == pytest.approx(K + 1)
    marked = curves["green"][1]
    assert (marked.get_xdata()[0], marked.get_ydata()[0]) == (peak.Phi, peak.wage)


def test_presets_are_the_papers_panels():
    assert "85% below the peak" in earnings.description(K=10, sigma=0.2)
    assert "multiplies output by 11" in earnings.description(K=10, sigma=0.2)
    assert "multiplies output by 2" in earnings.description(K=1, sigma=0.5)
    assert set(earnings.presets) == {"Figure 6a", "Figure 6b"}


def test_descriptions_of_the_frontier_tell_the_regimes_apart():
    say = frontier.description
    assert "More automation raises the wage until Φ = 0.55" in say(Phi=0.5)
    assert "More automation lowers the wage, down to 1 from Φ = 0.80" in say(Phi=0.7)
    assert "Labour is not scarce" in say(Phi=0.8)
    assert "single point" in say(Phi=1.0)
    assert "no wage exceeds 4." in say(Phi=0.5)
    assert "no upper bound" in say(sigma=1.0)


@pytest.mark.parametrize("sigma", [0.1, 0.5, 1.0, 3.0])
@pytest.mark.parametrize("Phi", [0.0, 0.3, 0.7, 1.0])
def test_explorers_show_the_model(sigma, Phi):
    p = ks.Parameters(sigma=sigma, A=1.2)
    seen = frontier.at({"A": 1.2, "sigma": sigma, "K": 4.0, "Phi": Phi})
    cost = ks.unit_cost(seen["w_frontier"], seen["R_frontier"], Phi, p)
    assert cost == pytest.approx(1)
    now = ks.equilibrium(4.0, Phi, p)
    assert (seen["w"], seen["R"]) == (now.wage, now.rental_rate)
    assert seen["w_peak"] == pytest.approx(ks.wage_peak(4.0, p).wage)
    parts = earnings.at({"sigma": sigma, "K": 4.0})
    now = ks.equilibrium(4.0, parts["share"], ks.Parameters(sigma=sigma, A=1))
    assert parts["bill"] == pytest.approx(now.wage)
    assert parts["Y"] == pytest.approx(parts["bill"] + parts["returns"])


@pytest.mark.parametrize("explorer", [frontier, earnings], ids=lambda e: e.name)
def test_between_its_nodes_a_page_is_as_good_as_the_library(explorer):
    samples = explorer.samples()
    assert samples.pixels < 0.2
    assert samples.digits <= 1
    assert set(samples.tables) <= {"log_odds", "diagonal"}  # all else is a closed form


# What is said of the figures ----------------------------------------------------------------------


def test_captions_and_alternatives_say_what_the_model_gives():
    page = "korinek_suh/factor_prices"
    half, fifth = ks.Parameters(A=1, sigma=0.5), ks.Parameters(A=1, sigma=0.2)
    a, b = ks.wage_peak(1.0, half), ks.wage_peak(10.0, fifth)
    told = (
        "output rises from 1 to 2 at share 0.5",
        f"from 1 to {a.wage:.2f} at share {a.Phi:.2f}",
        f"from 1 to 11 at share {ks.scarcity_threshold(10.0):.2f}",
        f"{b.wage:.1f} at share {b.Phi:.2f}",
    )
    assert_said(page, "fig-ks-fp-earnings", *told, given="0 0.2 0.5 1 6 10")

    top = ks.maximal_wage(0.5, half)
    told = (
        f"from wage {top:g} at rental rate 0 to wage 1 at rental rate 1",
        f"from {1.5 * top:g} down",
    )
    assert_said(page, "fig-ks-fp-frontier", *told, given="0.5 1 1.5 2 4")

    inputs, now = ks.task_inputs(3.0, 0.5, half), ks.equilibrium(3.0, 0.5, half)
    told = (
        f"quantity {inputs.unautomated:g} and cost {now.wage:g}",
        f"quantity {inputs.automated:g} and cost {now.rental_rate:g}",
    )
    assert_said(page, "fig-ks-fp-saving", *told, given="0.5 1 2 3")

    told = f"highest wage of about {ks.wage_peak(4.0, half).wage:.1f}"
    assert_said(page, "fig-ks-fp-path", told, given="0 0.3 0.5 0.7 1 4 5")

    shares = np.linspace(0, ks.scarcity_threshold(10.0), 4001)
    gains = ks.automation_effects(10.0, shares, fifth, side="left")
    left = ks.automation_effects(1.0, 0.5, half, side="left")
    told = (
        f"({a.Phi:.2f} left, {b.Phi:.2f} right)",
        f"{left.rental_rate:.0f} left, {10 * gains.rental_rate[-1]:.0f} right",
        f"{10 * gains.rental_rate.max():.0f} above 0",
        f"{-gains.wage.min():.0f} below",
    )
    assert left.rental_rate == pytest.approx(-left.wage)
    assert_said(page, "fig-ks-fp-gains", *told, given="0 2 6")

    told = [f"share {x.Phi:.2f}, fall {100 * x.fall:.0f} per cent" for x in (a, b)]
    given = "0.05 0.1 0.2 0.5 0.95 0.99 1 2 4.6 6 10 99 1000"
    assert_said(page, "fig-ks-fp-map", *told, given=given)

    def effect(capital, sigma):
        share = np.linspace(0, ks.scarcity_threshold(capital), 4001)
        p = ks.Parameters(A=1, sigma=sigma)
        found = ks.automation_effects(capital, share, p, side="left").productivity
        return share, found / found[0]

    share, low = effect(1.0, 0.2)
    told = [f"to about {low.max():.1f} at share {share[low.argmax()]:.1f}"]
    for sigma, form in ((0.2, "rises to about {:.0f}"), (0.5, "to {:.0f} near share {:.1f}")):
        share, of = effect(100.0, sigma)
        told.append(form.format(of.max(), share[of.argmax()]))
    share, of = effect(100.0, 0.8)
    dip = of[: of.argmax()].min()
    told += [f"dips to {dip:.1f}, rises to {of.max():.2f}", f"before share {share[-1]:.2f}"]
    assert_said(page, "fig-ks-fp-terms", *told, given="0 0.2 0.5 0.8 1 2 11 100")
