"""Education and rents: optima against searches on a grid, corners, wedge, taxes, the race."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import minimize_scalar
from scipy.stats import norm

from aiecon import kuhle
from aiecon.kuhle.rents import expected_income

from .test_lognormal import DRAWS, SE

ECONOMY = kuhle.Economy(0.05, 300.0)
A, W0, M0 = 0.05, float(ECONOMY.mean), float(ECONOMY.median)


def net(cost, e):
    return W0 * np.exp(A * e) - cost.spending(e)


# Costs --------------------------------------------------------------------------------------------


@given(
    level=st.floats(10, 1e5),
    eta=st.one_of(st.just(0.0), st.floats(1e-12, 0.5)),
    e=st.one_of(st.just(0.0), st.floats(1e-3, 100)),
)
@settings(max_examples=80, deadline=None)
def test_cost_is_the_integral_of_its_margin_and_inverts(level, eta, e):
    cost = kuhle.Cost(level, eta)
    whole = quad(lambda x: float(cost.marginal(x)), 0, e)[0]
    assert cost.spending(e) == pytest.approx(whole, rel=1e-7, abs=1e-7)
    assert cost.points(cost.spending(e)) == pytest.approx(e, rel=1e-9, abs=1e-9)


def test_linear_cost_is_the_limit_of_small_curvature():
    assert kuhle.Cost(100.0, 1e-12).spending(20.0) == pytest.approx(2000.0, rel=1e-9)
    assert kuhle.Cost(100.0).points(np.inf) == np.inf
    assert kuhle.Cost(100.0, 0.1).points([0.0, np.inf]).tolist() == [0.0, np.inf]


# The optimum of one person ------------------------------------------------------------------------


@given(
    level=st.floats(200, 20_000),
    eta=st.one_of(st.just(0.0), st.just(A), st.floats(0.0, 0.2)),
    limit=st.floats(1e3, 3e6),
)
@settings(max_examples=150, deadline=None)
def test_optimum_against_a_search_on_a_grid(level, eta, limit):
    cost = kuhle.Cost(level, eta)
    highest = float(cost.points(limit))
    assume(A * highest < 100)
    best = kuhle.optimal_education(ECONOMY, cost, limit)
    grid = np.linspace(0, highest, 20_001)
    values = net(cost, grid)
    assert net(cost, best.points) >= values.max() * (1 - 1e-12)
    assert best.points <= highest * (1 + 1e-12)
    if best.kind == "interior":
        assert eta > A
        assert best.curvature < 0
        marginal = A * best.expected_income
        assert cost.marginal(best.points) == pytest.approx(marginal, rel=1e-9)
    if eta < A and np.isfinite(best.stationary_point):
        assert best.kind in ("none", "borrowing limit")
        assert best.curvature > 0 or np.isnan(best.curvature)


def test_linear_cost_gives_a_corner():
    cost = kuhle.Cost(4000.0)
    poor, rich = (kuhle.optimal_education(ECONOMY, cost, x) for x in (20_000.0, 200_000.0))
    assert poor.kind == "none"  # the first points cost more than they bring
    assert rich.kind == "borrowing limit"
    assert rich.spending == pytest.approx(200_000.0)
    assert rich.curvature > 0  # the stationary point is a minimum


def test_equal_curvatures():
    dear, cheap = kuhle.Cost(A * W0 * 1.01, A), kuhle.Cost(A * W0 * 0.99, A)
    assert kuhle.optimal_education(ECONOMY, dear, 1e5).kind == "none"
    assert kuhle.optimal_education(ECONOMY, cheap, 1e5).kind == "borrowing limit"
    assert np.isnan(kuhle.optimal_education(ECONOMY, cheap, 1e5).stationary_point)


@pytest.mark.parametrize("eta", [0.03, 0.05, 0.0572086403, 0.1 / 3])
def test_curvatures_that_differ_by_rounding_are_equal(eta):
    """η = a(1 ± 2⁻⁵²) bends as income does: no stationary point at 10¹⁵ points."""
    economy = kuhle.Economy(eta, 300.0)
    for nearly in (np.nextafter(eta, 0), eta, np.nextafter(eta, 1)):
        cheap = kuhle.Cost(0.99 * eta * float(economy.mean), nearly)
        assert kuhle.optimal_education(economy, cheap, 1e4).kind == "borrowing limit"
        assert np.isnan(kuhle.optimal_education(economy, cheap, 1e4).stationary_point)
        with pytest.raises(ValueError, match="a finite limit"):
            kuhle.optimal_education(economy, cheap)
        game = kuhle.Race(economy, cheap, 0.5, 1e4)
        for interior in (kuhle.private_education, kuhle.free_planner, kuhle.population_path):
            with pytest.raises(ValueError, match="curvature > technology"):
                interior(game)
        assert 0 < kuhle.investing_share(game) <= 1


def test_ties_up_to_rounding_go_to_no_education():
    for eta in (0.0, A, 0.12):
        for wobble in (1 - 2**-53, 1.0, 1 + 2**-52):
            cost = kuhle.Cost(A * W0 * wobble, eta)  # the first point is worth what it costs
            if eta > 0:
                assert kuhle.optimal_education(ECONOMY, cost, 1e4).kind == "none"
                assert kuhle.optimal_education(ECONOMY, cost, 1e4).points == 0
    cost = kuhle.Cost(4000.0)  # linear: all or nothing, a tie where W(ē) − C = W(0)
    e = minimize_scalar(
        lambda e: abs(W0 * np.expm1(A * e) - 4000.0 * e),
        bounds=(5, 40),
        method="bounded",
        options={"xatol": 1e-12},
    ).x
    assert kuhle.optimal_education(ECONOMY, cost, 4000.0 * e * (1 - 1e-6)).kind == "none"
    assert kuhle.optimal_education(ECONOMY, cost, 4000.0 * e * (1 + 1e-6)).kind == "borrowing limit"


def test_without_technology_nobody_learns():
    idle = kuhle.Economy(0.0, 300.0)
    for cost in (kuhle.Cost(10.0), kuhle.Cost(10.0, 0.1)):
        assert kuhle.optimal_education(idle, cost, 1e4).kind == "none"
        assert kuhle.social_education(kuhle.Race(idle, cost, 0.5, 1e4)) == 0.0
        assert kuhle.best_reply(kuhle.Race(idle, cost, 0.5, 1e4), 1.0) == 0.0
    game = kuhle.Race(idle, kuhle.Cost(10.0, 0.1), 0.5, 1e4)
    assert kuhle.private_education(game) == kuhle.free_planner(game).mean == 0.0
    assert kuhle.investing_share(kuhle.Race(idle, kuhle.Cost(10.0), 0.5, 1e4)) == 0.0


def test_without_a_limit_convex_income_has_no_optimum():
    with pytest.raises(ValueError, match="give a borrowing limit"):
        kuhle.optimal_education(ECONOMY, kuhle.Cost(3000.0))


def test_no_credit_no_education():
    nothing = kuhle.optimal_education(ECONOMY, kuhle.Cost(100.0), 0.0)
    assert (nothing.kind, nothing.spending, nothing.share_not_recovering) == ("none", 0.0, 0.0)


@given(psi=st.floats(0.3, 4.0), scale=st.floats(1.02, 50.0))
@settings(max_examples=60, deadline=None)
def test_power_cost_extrema(psi, scale):
    level = A * W0 * (A * np.e / psi) ** psi * scale  # above the smallest level with extrema
    low, high = kuhle.power_cost_extrema(ECONOMY, level, psi)
    assert low < psi / A < high
    for e in (low, high):
        assert A * W0 * np.exp(A * e) == pytest.approx(level * e**psi, rel=1e-6)

    def value(e):
        return W0 * np.exp(A * e) - level * e ** (1 + psi) / (1 + psi)

    step = 0.02 * (high - low)
    assert value(low) > max(value(low - min(step, low / 2)), value(low + step))
    assert value(high) < min(value(high - step), value(high + step))
    # an interior optimum never spends all that can be expected
    assert level * low ** (1 + psi) / (1 + psi) < psi / (1 + psi) * W0 * np.exp(A * low) * (
        1 + 1e-9
    )


@pytest.mark.parametrize("psi", [0.3, 1.0, 2.5])
def test_power_cost_where_the_extrema_merge(psi):
    level = A * W0 * (A * np.e / psi) ** psi
    for wobble in (1 - 2**-52, 1.0, 1 + 2**-52):
        found = kuhle.power_cost_extrema(ECONOMY, level * wobble, psi)
        np.testing.assert_allclose(found, psi / A, rtol=1e-5)


def test_power_cost_without_extrema():
    level = A * W0 * (A * np.e / 1.0) * 0.99
    assert np.isnan(kuhle.power_cost_extrema(ECONOMY, level, 1.0)).all()


# Who cannot recover it ----------------------------------------------------------------------------


@pytest.mark.parametrize("f", [0.3, 0.7, 1.0, 1.4])
@pytest.mark.parametrize("sigma", [0.3, 0.8581, 1.5])
def test_share_not_recovering_against_simulation(f, sigma):
    rng = np.random.default_rng(77)
    mean = np.exp(sigma**2 / 2)
    short = (np.exp(sigma * rng.standard_normal(DRAWS)) < f * mean).mean()
    closed = kuhle.share_not_recovering(f * mean, 1.0, sigma)
    assert abs(short - closed) < SE * np.sqrt(closed * (1 - closed) / DRAWS)
    assert kuhle.loss_share(sigma, f) == pytest.approx(closed, rel=1e-12)


@given(sigma=st.floats(0.05, 3.0))
@settings(max_examples=50, deadline=None)
def test_half_exactly_at_the_median_and_more_at_the_mean(sigma):
    assert kuhle.share_not_recovering(1.0, 1.0, sigma) == 0.5
    at_mean = kuhle.share_not_recovering(np.exp(sigma**2 / 2), 1.0, sigma)
    assert at_mean == pytest.approx(norm.cdf(sigma / 2), rel=1e-12)
    assert at_mean > 0.5
    assert kuhle.loss_share(sigma, np.exp(-(sigma**2) / 2)) == pytest.approx(0.5, abs=1e-12)


@given(sigma=st.floats(0.2, 2.0), gain=st.floats(1.01, 60.0))
@settings(max_examples=100, deadline=None)
def test_overreach_window_is_open_exactly_beyond_the_threshold(sigma, gain):
    """A corner above the median: M₀·gain < C < W₀(gain − 1) has a solution or has none."""
    threshold = kuhle.overreach_gain(sigma)
    assume(abs(gain / threshold - 1) > 1e-6)
    window = gain < np.exp(sigma**2 / 2) * (gain - 1)
    assert window == (gain > threshold)


def test_a_corner_above_the_median_is_optimal_and_most_cannot_recover_it():
    _, new = kuhle.two_years()
    gain = 1.5 * kuhle.overreach_gain(new.dispersion)
    points = np.log(gain) / new.technology
    low, high = new.median * gain, new.mean * (gain - 1)
    for C in (low + 0.01 * (high - low), (low + high) / 2, high - 0.01 * (high - low)):
        best = kuhle.optimal_education(new, kuhle.Cost(C / points), C)
        assert best.kind == "borrowing limit"
        assert best.spending > best.median_income
        assert best.share_not_recovering > 0.5
        sigma = new.dispersion
        bound = sigma / 2 + np.log(1 - 1 / gain) / sigma
        assert best.share_not_recovering < norm.cdf(bound) < norm.cdf(sigma / 2)


# Rents --------------------------------------------------------------------------------------------

chis = st.floats(0.01, 0.99)


def race(chi, level=500.0, eta=0.12, limit=np.inf):
    return kuhle.Race(ECONOMY, kuhle.Cost(level, eta), chi, limit)


@given(chi=st.floats(0, 1), level=st.floats(200, 5000), eta=st.floats(0.06, 0.4))
@settings(max_examples=100, deadline=None)
def test_private_optimum_is_a_best_reply_to_itself(chi, level, eta):
    r = race(chi, level, eta)
    e = kuhle.private_education(r)
    assert kuhle.best_reply(r, e) == pytest.approx(e, abs=1e-8)
    # and no deviation pays
    grid = np.linspace(0, 3 * e + 5, 4001)
    payoff = expected_income(r, grid, e) - r.cost.spending(grid)
    own = expected_income(r, e, e) - r.cost.spending(e)
    assert own >= payoff.max() * (1 - 1e-12)


@given(chi=st.floats(0, 1), level=st.floats(200, 5000), eta=st.floats(0.06, 0.4))
@settings(max_examples=100, deadline=None)
def test_social_optimum_against_a_search(chi, level, eta):
    r = race(chi, level, eta)
    e = kuhle.social_education(r)
    found = minimize_scalar(
        lambda x: -kuhle.surplus(r, x),
        bounds=(0, e + 40),
        method="bounded",
        options={"xatol": 1e-9},
    )
    assert kuhle.surplus(r, e) >= -found.fun * (1 - 1e-12)
    assert e == pytest.approx(found.x, abs=1e-3)


@given(chi=chis, level=st.floats(200, 2500), eta=st.floats(0.06, 0.4))
@settings(max_examples=100, deadline=None)
def test_too_much_education_for_every_chi(chi, level, eta):
    r = race(chi, level, eta)
    assume(kuhle.private_education(r) > 0)
    assert kuhle.wedge(r) > 0
    if kuhle.social_education(r) > 0:
        closed = -np.log1p(-chi) / (eta - A * (1 - chi))
        assert kuhle.wedge(r) == pytest.approx(closed, rel=1e-9)


def test_no_wedge_without_rents_and_all_waste_with_nothing_else():
    assert kuhle.wedge(race(0.0)) == 0
    assert kuhle.social_education(race(1.0)) == 0
    assert kuhle.private_education(race(1.0)) > 0


@given(chi=chis, level=st.floats(200, 1500), eta=st.floats(0.06, 0.3))
@settings(max_examples=60, deadline=None)
def test_corrective_taxes_bring_the_private_to_the_social_optimum(chi, level, eta):
    r = race(chi, level, eta)
    target = kuhle.social_education(r)
    assume(target > 0)
    dearer = race(chi, level * (1 + kuhle.corrective_spending_tax(chi)), eta)
    assert kuhle.private_education(dearer) == pytest.approx(target, rel=1e-9)
    keep = 1 - kuhle.corrective_income_tax(chi)
    taxed = kuhle.Economy(A, 300.0 * keep)
    assert kuhle.private_education(kuhle.Race(taxed, r.cost, chi)) == pytest.approx(
        target, rel=1e-9
    )


# The planner who may treat people differently --------------------------------------------------


def spread(r, weights, e):
    """What a planner gets who gives e_i to the share weights_i of the people."""
    mean = weights @ e
    income = W0 * np.exp(-A * r.chi * mean) * (weights @ np.exp(A * e))
    return income - weights @ r.cost.spending(e)


@pytest.mark.parametrize("chi", [0.0, 0.2, 0.5, 0.8, 0.95, 1.0])
@pytest.mark.parametrize(("level", "eta"), [(590.0, 0.1), (590.0, 0.2), (1500.0, 0.08)])
def test_no_distribution_beats_the_free_planner(chi, level, eta):
    """A search over distributions with six kinds of people finds nothing better, and as good."""
    r = race(chi, level, eta)
    plan = kuhle.free_planner(r)
    two = np.array([plan.share, 1 - plan.share]), np.array([plan.points, 0.0])
    assert spread(r, *two) == pytest.approx(plan.surplus, rel=1e-12)
    rng, best, top = np.random.default_rng(12), 0.0, kuhle.best_reply(r, 0.0)
    for _ in range(4000):
        weights = rng.dirichlet(np.full(6, 0.5))
        best = max(best, spread(r, weights, top * rng.random(6) * rng.integers(0, 2, 6)))
    assert best <= plan.surplus * (1 + 1e-12)
    p, e = np.meshgrid(np.linspace(0, 1, 401), np.linspace(0, top, 401))
    grid = W0 * np.exp(-A * chi * p * e) * (1 + p * np.expm1(A * e)) - p * r.cost.spending(e)
    assert grid.max() <= plan.surplus * (1 + 1e-12)
    assert grid.max() >= plan.surplus * (1 - 1e-4)


@given(chi=st.floats(0.01, 1.0), level=st.floats(100, 2900), eta=st.floats(0.06, 0.4))
@settings(max_examples=60, deadline=None)
def test_mean_education_is_too_high_for_the_free_planner_as_well(chi, level, eta):
    r = race(chi, level, eta)
    plan = kuhle.free_planner(r)
    assert plan.mean < kuhle.private_education(r)
    assert plan.surplus >= kuhle.surplus(r, kuhle.social_education(r)) * (1 - 1e-12)
    if eta * (1 - chi) < A and kuhle.social_education(r) > 0:
        # equal education is no local maximum: a small mean-preserving spread already gains
        e = kuhle.social_education(r)
        around = np.array([0.5, 0.5]), e + np.array([-1.0, 1.0]) * min(0.3, e)
        assert spread(r, *around) > kuhle.surplus(r, e)
        assert plan.surplus > kuhle.surplus(r, e)


def test_the_free_planner_without_rents_or_credit():
    r = race(0.0)
    assert kuhle.free_planner(r).share == 1
    assert kuhle.free_planner(r).points == pytest.approx(kuhle.private_education(r), rel=1e-6)
    nothing = kuhle.free_planner(race(0.5, limit=0.0))
    assert (nothing.mean, nothing.surplus) == (0.0, pytest.approx(W0))
    tight = race(0.3, limit=3000.0)
    assert kuhle.free_planner(tight).points <= tight.highest * (1 + 1e-12)


def test_limit_binds():
    r = race(0.5, limit=2000.0)
    assert r.cost.spending(kuhle.private_education(r)) == pytest.approx(2000.0)
    assert kuhle.best_reply(r, 0.0) == pytest.approx(r.highest)


# Corners: identical people split ------------------------------------------------------------------


@given(chi=st.floats(0.05, 1.0), level=st.floats(2500, 6000), limit=st.floats(2e4, 3e5))
@settings(max_examples=80, deadline=None)
def test_investing_share_makes_both_corners_equally_good(chi, level, limit):
    r = race(chi, level, 0.0, limit)
    p = kuhle.investing_share(r)
    assert 0 <= p <= 1
    others = p * r.highest
    gain = expected_income(r, r.highest, others) - limit - expected_income(r, 0.0, others)
    if 0 < p < 1:
        assert gain == pytest.approx(0.0, abs=1e-6 * limit)
    else:
        assert gain >= -1e-9 * limit if p == 1 else gain <= 1e-9 * limit


def test_investing_share_refuses_interior_cases():
    with pytest.raises(ValueError, match="private_education"):
        kuhle.investing_share(race(0.5, eta=0.12, limit=1e4))
    with pytest.raises(ValueError, match="finite limit"):
        kuhle.investing_share(race(0.5, eta=0.0))
    with pytest.raises(ValueError, match="investing_share"):
        kuhle.private_education(race(0.5, eta=0.0, limit=1e4))


# The population game ------------------------------------------------------------------------------


def test_mean_moves_by_the_predicted_factor():
    r = race(0.4)
    rest = kuhle.private_education(r)
    factor = 1 - 0.3 * (1 + A * 0.4 / (0.12 - A))
    path = kuhle.population_path(r, periods=10, revising=0.3, start=rest * 1.1)[:, 0] - rest
    np.testing.assert_allclose(path[1:] / path[:-1], factor, rtol=1e-7)


def test_simultaneous_best_replies_explode_where_the_slope_exceeds_one():
    r = race(0.9, level=200.0, eta=0.06)  # aχ/(η−a) = 4.5
    rest = kuhle.private_education(r)
    gap = np.abs(kuhle.population_path(r, periods=4, revising=1.0, start=rest + 1e-3)[:, 0] - rest)
    assert (gap[1:] > 4 * gap[:-1]).all()
    calm = kuhle.population_path(r, periods=400, revising=0.1)
    assert calm[-1, 0] == pytest.approx(rest, abs=1e-9)


def test_heterogeneous_population_settles_at_the_closed_form():
    r, k = race(0.6), np.exp(np.linspace(-0.3, 0.3, 101))
    path = kuhle.population_path(r, k, periods=200)
    closed = np.mean(np.log(A * W0 / (500.0 * k))) / (0.12 - A * 0.4)
    assert path[-1].mean() == pytest.approx(closed, rel=1e-9)
    assert (np.diff(path[-1]) < 0).all()  # who finds it dearer learns less


def test_random_revision_agrees_with_its_expectation():
    r, n = race(0.6), 20_000
    rng = np.random.default_rng(5)
    path = kuhle.population_path(r, np.ones(n), periods=12, revising=0.25, rng=rng).mean(axis=1)
    smooth = kuhle.population_path(r, 1.0, periods=12, revising=0.25)[:, 0]
    # each mean is one of n Bernoulli moves of at most the first best reply
    bound = SE * kuhle.best_reply(r, 0.0) * 0.5 / np.sqrt(n) * np.sqrt(12)
    assert np.abs(path - smooth).max() < bound


# Firms --------------------------------------------------------------------------------------------


def test_many_firms_approach_the_closed_form():
    sigma = 1.2
    gaps = []
    for firms in (5, 50, 800):
        after = kuhle.winner_take_most(
            sigma, firms, markets=200_000 // firms, rng=np.random.default_rng(11)
        )
        gaps.append(abs(after.losing - kuhle.loss_share(sigma)))
    assert gaps[-1] < SE * after.losing_se + 0.5 * sigma / firms + 0.003
    assert gaps[0] > gaps[-1]


def test_adding_the_same_to_all_changes_nothing_and_other_changes_are_no_common_rival():
    """χ = 1 with the mean log as rival is right for uniform shifts only: a change for some moves
    the log of Σe^x by more than the mean of x."""
    x = np.array([0.0, 0.3, -0.2, 0.5])
    np.testing.assert_allclose(kuhle.market_shares(x + 2.0), kuhle.market_shares(x), rtol=1e-12)
    ahead = x + np.array([0.0, 0.0, 0.0, 4.0])  # one firm runs away
    first = np.log(kuhle.market_shares(ahead)[0] / kuhle.market_shares(x)[0])
    assert first < -(ahead - x).mean() - 1.0  # what χ = 1 would say: minus the mean change


def test_shares_add_up_and_leader_takes_more_with_dispersion():
    x = np.random.default_rng(3).normal(size=(50, 8))
    np.testing.assert_allclose(kuhle.market_shares(x).sum(axis=1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(kuhle.market_shares(x + 500), kuhle.market_shares(x), rtol=1e-10)
    leaders = [
        kuhle.winner_take_most(s, 8, rng=np.random.default_rng(3)).leader for s in (0.3, 1, 2, 4)
    ]
    assert (np.diff(leaders) > 0).all()
    assert kuhle.winner_take_most(0.3, 8, spent=0.8).profit == pytest.approx(0.2, abs=1e-12)


def test_two_firms_against_quadrature():
    """With two firms the winner's share is 1/(1 + e^{−σ√2|z|})."""
    sigma = 0.9
    expected = quad(
        lambda z: (
            2 / (1 + np.exp(-sigma * np.sqrt(2) * z)) * np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
        ),
        0,
        12,
    )[0]
    after = kuhle.winner_take_most(sigma, 2, markets=100_000, rng=np.random.default_rng(8))
    assert abs(after.leader - expected) < SE * after.leader_se
    assert after.losing == pytest.approx(0.5)  # one of the two always earns less than its half


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: kuhle.Cost(0.0), "level > 0"),
        (lambda: kuhle.Cost("x"), "level = 'x'"),
        (lambda: kuhle.Cost(1.0).points("x"), "spending = 'x'"),
        (lambda: kuhle.Cost(1.0).points(np.nan), "a finite spending"),
        (lambda: kuhle.Cost(1e308, 1.0).marginal(10.0), "a cost below"),
        (lambda: kuhle.optimal_education(ECONOMY, kuhle.Cost(1.0), "x"), "limit = 'x'"),
        (lambda: kuhle.optimal_education(ECONOMY, kuhle.Cost(1.0), np.nan), "limit"),
        (lambda: kuhle.optimal_education(ECONOMY, 500.0), "cost = 500.0"),
        (
            lambda: kuhle.optimal_education(kuhle.Economy([0.05, 0.06], 1.0), kuhle.Cost(1.0)),
            "an economy of numbers",
        ),
        (lambda: kuhle.power_cost_extrema(kuhle.Economy(0.0, 1.0), 1.0, 1.0), "technology > 0"),
        (lambda: kuhle.power_cost_extrema(ECONOMY, "x", 1.0), "level = 'x'"),
        (lambda: kuhle.power_cost_extrema(ECONOMY, 600.0, [1.0, 2.0]), "psi = .* a single number"),
        (lambda: kuhle.share_not_recovering([1.0, 2.0], 1.0, [1.0, 2.0, 3.0]), "do not broadcast"),
        (lambda: kuhle.Race(ECONOMY, kuhle.Cost(1.0), limit="x"), "limit = 'x'"),
        (lambda: kuhle.Race(ECONOMY, 3.0), "cost = 3.0"),
        (lambda: expected_income(race(0.5), -1.0, 0.0), "own ≥ 0"),
        (lambda: expected_income(race(0.5), 1e9, 0.0), "own = .* an expected income below"),
        (lambda: kuhle.best_reply(race(0.5), [1.0, 2.0]), "others = .* a single number"),
        (lambda: kuhle.wedge(ECONOMY), "race = "),
        (lambda: kuhle.population_path(race(0.5), periods=2.5), "periods = 2.5"),
        (lambda: kuhle.population_path(race(0.5), start="x"), "start = 'x'"),
        (lambda: kuhle.population_path(race(0.5), [[1.0]]), "a list of numbers"),
        (lambda: kuhle.population_path(race(0.5), rng=7), "default_rng"),
        (lambda: kuhle.winner_take_most("x", 5), "dispersion = 'x'"),
        (lambda: kuhle.winner_take_most(1.0, 2.5), "firms = 2.5"),
        (lambda: kuhle.winner_take_most(1.0, 5, rng=7), "default_rng"),
        (lambda: kuhle.market_shares([]), "a value for each firm"),
        (lambda: kuhle.Cost(1.0, -0.1), "curvature ≥ 0"),
        (lambda: kuhle.Cost(1.0).spending(-1.0), "points ≥ 0"),
        (lambda: kuhle.Cost(1.0, 1.0).spending(1e4), "a cost below"),
        (lambda: kuhle.Cost(1.0).points(-1.0), "spending ≥ 0"),
        (lambda: kuhle.optimal_education(ECONOMY, kuhle.Cost(1.0), -1.0), "limit ≥ 0"),
        (lambda: kuhle.share_not_recovering(0.0, 1.0, 1.0), "spending > 0"),
        (lambda: kuhle.share_not_recovering(1.0, 1.0, 0.0), "dispersion > 0"),
        (lambda: kuhle.overreach_gain(0.0), "dispersion > 0"),
        (lambda: kuhle.power_cost_extrema(ECONOMY, 1.0, 0.0), "the cost is linear"),
        (lambda: race(1.2), "0 ≤ chi ≤ 1"),
        (lambda: race(np.nan), "a finite chi"),
        (
            lambda: kuhle.Race(kuhle.Economy([0.05, 0.06], 1.0), kuhle.Cost(1.0)),
            "an economy of numbers",
        ),
        (lambda: kuhle.corrective_spending_tax(1.5), "0 ≤ chi ≤ 1"),
        (lambda: kuhle.population_path(race(0.5), periods=-1), "a whole number"),
        (lambda: kuhle.population_path(race(0.5), revising=0.0), "0 < revising ≤ 1"),
        (lambda: kuhle.population_path(race(0.5), [0.0]), "relative_cost > 0"),
        (lambda: kuhle.best_reply(race(0.5), -1.0), "others ≥ 0"),
        (lambda: kuhle.winner_take_most(1.0, 1), "a whole number ≥ 2"),
        (lambda: kuhle.loss_share(-1.0), "dispersion > 0"),
        (lambda: kuhle.market_shares(1.0), "an array with a value"),
    ],
)
def test_bad_input_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()
