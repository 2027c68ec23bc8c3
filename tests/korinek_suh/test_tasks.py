"""Inputs per task (Figure 3), distributions of complexity (Figure 1, section 3.1), the explorer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from aiecon import korinek_suh as ks
from exhibits.korinek_suh.tasks import scarcity
from tests.told import assert_said

from .reference import EPS, capital, elasticity, interior, ratio, share

thorough = settings(max_examples=100, deadline=None)

DISTRIBUTIONS = [
    ks.ParetoTasks(decay=0.7),
    ks.BoundedTasks(log_max=3.0),
    ks.BoundedTasks(log_max=2.0, beta=2.5),
    ks.BoundedTasks(log_max=2.0, beta=0.5),
    ks.MixedTasks(0.6, ks.BoundedTasks(log_max=1.5), ks.ParetoTasks(decay=0.3)),
    ks.MixedTasks(0.0),
    ks.MixedTasks(1.0),
]


@thorough
@given(K=capital, Phi=share, L=ratio)
def test_inputs_use_up_the_factors(K, Phi, L):
    inputs = ks.task_inputs(K, Phi, ks.Parameters(L=L))
    if np.isinf(inputs.automated):
        assert Phi <= K * 1e-300
        assert inputs.unautomated == pytest.approx(L)
        return
    used = Phi * inputs.automated + (1 - Phi) * inputs.unautomated
    assert used == pytest.approx(K + L, rel=8 * EPS)
    labor = (1 - Phi) * inputs.unautomated + inputs.labor_in_automated
    # labour is a small difference where K is large
    assert labor == pytest.approx(L, rel=8 * EPS, abs=8 * EPS * (1 - Phi) * (K + L))
    assert inputs.automated >= inputs.unautomated * (1 - 8 * EPS)


@thorough
@given(K=ratio, Phi=interior, sigma=elasticity)
def test_output_is_the_power_mean_of_the_inputs(K, Phi, sigma):
    """(1) with two kinds of tasks."""
    p = ks.Parameters(sigma=sigma, A=1)
    inputs = ks.task_inputs(K, Phi, p)
    e = (sigma - 1) / sigma
    if abs(e) < 1e-6:
        mean = inputs.automated**Phi * inputs.unautomated ** (1 - Phi)
        tolerance = 1e-4
    else:
        scale = inputs.unautomated  # so that the powers stay in range
        mean = scale * (Phi * (inputs.automated / scale) ** e + 1 - Phi) ** (1 / e)
        tolerance = 1e-13 / abs(e) + 1e-13 / sigma
    assert ks.equilibrium(K, Phi, p).output == pytest.approx(mean, rel=tolerance)


def test_figure_3():
    """Automation spreads capital thinner and concentrates labour until both are equal."""
    Phi = np.linspace(0.05, 0.75, 15)
    inputs = ks.task_inputs(3.0, Phi)
    assert (np.diff(inputs.automated) < 0).all()
    assert (np.diff(inputs.unautomated) > 0).all()
    assert inputs.automated[-1] == inputs.unautomated[-1] == 4.0
    beyond = ks.task_inputs(3.0, [0.8, 1.0])
    assert beyond.labor_in_automated == pytest.approx([0.2, 1.0], rel=1e-12)


@pytest.mark.parametrize("tasks", DISTRIBUTIONS, ids=repr)
def test_distribution_functions_agree_with_each_other(tasks):
    i = np.exp(np.linspace(0.01, 2.9, 80))
    cdf = tasks.cdf(i)
    assert (np.diff(cdf) >= 0).all()
    assert cdf + tasks.survival(i) == pytest.approx(1, abs=4 * EPS)
    assert tasks.cdf([0.0, 0.5, 1.0]).tolist() == [0, 0, 0]
    assert tasks.density([0.0, 0.5]).tolist() == [0, 0]
    inside = i[cdf < 1 - 1e-12]
    assert tasks.quantile(tasks.cdf(inside)) == pytest.approx(inside, rel=1e-10)
    assert tasks.log_density(inside) == pytest.approx(inside * tasks.density(inside), rel=4 * EPS)
    # the density is the derivative of the distribution function
    kink = getattr(tasks, "log_max", getattr(getattr(tasks, "bounded", None), "log_max", np.inf))
    smooth = inside[(np.abs(np.log(inside) - kink) > 1e-2)]
    h = 1e-6 * smooth
    slope = (tasks.cdf(smooth + h) - tasks.cdf(smooth - h)) / (2 * h)
    assert tasks.density(smooth) == pytest.approx(slope, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("tasks", DISTRIBUTIONS[:3] + DISTRIBUTIONS[4:5], ids=repr)
def test_densities_integrate_to_the_share(tasks):
    mass, _ = quad(tasks.density, 1, np.exp(1.2), limit=200)
    assert mass == pytest.approx(tasks.cdf(np.exp(1.2)), abs=1e-9)


def test_against_scipy():
    i = np.exp(np.linspace(0, 4, 50))
    assert ks.ParetoTasks(decay=0.7).cdf(i) == pytest.approx(stats.pareto(0.7).cdf(i), abs=1e-14)
    beta = stats.beta(1, 2.5, scale=2.0)  # the paper's footnote 5
    tasks = ks.BoundedTasks(log_max=2.0, beta=2.5)
    assert tasks.cdf(i) == pytest.approx(beta.cdf(np.log(i)), abs=1e-14)
    below = i[i < np.exp(2)]
    assert tasks.log_density(below) == pytest.approx(beta.pdf(np.log(below)), rel=1e-12)


@thorough
@given(p=st.floats(0, 1), weight=st.floats(0, 1), beta=st.floats(0.2, 5))
def test_quantiles_of_the_mixture(p, weight, beta):
    tasks = ks.MixedTasks(weight, ks.BoundedTasks(log_max=2.0, beta=beta), ks.ParetoTasks(0.8))
    i = tasks.quantile(p)
    assert i >= 1
    if np.isfinite(i):
        # log i is found to a few units in its last place: p lies between Φ that much lower and that
        # much higher, also where Φ is steep beyond measure, at the end of the bounded part
        off = 8 * EPS * (1 + np.log(i))
        ends = np.maximum(i * np.array([1 - off, 1 + off]), 1.0)
        low, high = tasks.cdf(ends)
        assert low - 8 * EPS <= p <= high + 8 * EPS
        high, low = tasks.survival(ends)
        assert low - 8 * EPS <= 1 - p <= high + 8 * EPS


def test_ends_of_the_quantiles():
    assert ks.ParetoTasks().quantile([0.0, 1.0]).tolist() == [1.0, np.inf]
    assert ks.ParetoTasks(decay=1e-4).quantile(0.9) == np.inf  # beyond the largest number
    assert ks.BoundedTasks(log_max=2.0).quantile(1.0) == np.exp(2.0)
    assert ks.MixedTasks(0.5).quantile([0.0, 1.0]).tolist() == [1.0, np.inf]
    assert ks.MixedTasks(1.0, ks.BoundedTasks(log_max=2.0)).quantile(1.0) == np.exp(2.0)
    assert np.ndim(ks.MixedTasks(0.5).quantile(0.3)) == 0


def test_exponential_progress_automates_as_section_3_1_says():
    """I = I₀ exp(gt) with I₀ = 1: Pareto loses λg of its tail a year, β = 1 is linear in time."""
    t, g = np.linspace(0, 10, 11), 0.5
    index = np.exp(g * t)
    tail = ks.ParetoTasks(decay=0.02).survival(index)
    assert np.diff(np.log(tail)) == pytest.approx(-0.01, rel=1e-12)
    assert ks.BoundedTasks(log_max=10 * g).cdf(index) == pytest.approx(t / 10, abs=1e-14)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ks.ParetoTasks(decay=0.0), "decay = 0.0 is not allowed: decay > 0"),
        (lambda: ks.ParetoTasks(decay=np.nan), "decay = nan"),
        (lambda: ks.BoundedTasks(log_max=-1.0), "log_max = -1.0"),
        (lambda: ks.BoundedTasks(beta=0.0), "beta = 0.0 is not allowed: beta > 0"),
        (lambda: ks.MixedTasks(1.1), "weight = 1.1 is not allowed: 0 ≤ weight ≤ 1"),
        (lambda: ks.ParetoTasks().cdf(-1.0), "i = -1.0 is not allowed: i ≥ 0"),
        (lambda: ks.ParetoTasks().cdf(np.nan), "i = nan"),
        (lambda: ks.MixedTasks(0.5).quantile(1.5), "p = 1.5 is not allowed: 0 ≤ p ≤ 1"),
        (lambda: ks.task_inputs(-1.0, 0.5), "K = -1.0"),
        (lambda: ks.task_inputs(1.0, 1.5), "Phi = 1.5"),
    ],
)
def test_bad_input_is_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()


# The explorer -------------------------------------------------------------------------------------


def test_descriptions_of_scarcity_tell_the_regions_apart():
    say = scarcity.description
    assert "Each automated task takes 10.00 of capital, each other one 1.43" in say(K=3, Phi=0.3)
    assert "until 75% of tasks" in say(K=3, Phi=0.7)
    assert "Region 2" in say(K=3, Phi=0.75)
    assert "60% of the workers are in automated tasks" in say(K=3, Phi=0.9, sigma=0.2)


@pytest.mark.parametrize("sigma", [0.1, 0.5, 1.0, 3.0])
@pytest.mark.parametrize(("K", "Phi"), [(0.3, 0.1), (3.0, 0.3), (3.0, 0.75), (3.0, 0.9), (30, 1)])
def test_the_blocks_are_the_factors_and_stand_for_a_best_plan(sigma, K, Phi):
    seen, p = scarcity.at({"sigma": sigma, "K": K, "Phi": Phi}), ks.Parameters(sigma=sigma, A=1)
    inputs, now = ks.task_inputs(K, Phi, p), ks.equilibrium(K, Phi, p)
    assert seen["k"] == pytest.approx(inputs.automated)
    assert seen["ell"] == pytest.approx(inputs.unautomated)
    assert seen["moved"] == pytest.approx(inputs.labor_in_automated)
    widths = np.ptp(seen["in_capital"]), np.ptp(seen["in_labor"])
    areas = widths[0] * seen["high"] * (K + 1), widths[1] * seen["low"] * (K + 1)
    assert areas == pytest.approx((K, 1))
    assert widths[0] <= Phi  # no capital outside the automated tasks
    assert (seen["w"], seen["R"]) == (now.wage, now.rental_rate)
    assert seen["Y"] == pytest.approx(now.output)
    way = ks.equilibrium(K, seen["share"], p)
    assert seen["w_way"] == pytest.approx(way.wage)


def test_the_page_computes_what_the_library_computes():
    samples = scarcity.samples()
    assert samples.pixels < 1e-6
    assert samples.digits == 0
    assert not samples.tables  # everything is a closed form


# What is said of the figures ----------------------------------------------------------------------


def test_captions_and_alternatives_say_what_the_model_gives():
    page, p = "korinek_suh/tasks", ks.Parameters(A=1)
    worlds = ks.ParetoTasks(decay=1.0), ks.BoundedTasks(log_max=3.0, beta=2.0)
    shaded = [f"{world.cdf(np.e):.0%} is shaded" for world in worlds]
    assert_said(page, "fig-ks-tasks-distributions", *shaded, given="1 2 3")

    left, later = 0.392, 0.392 * np.exp(-0.01 * 30)
    mixed = left * 0.1 * np.exp(-0.01 * 5)  # once the bounded part is gone
    slow = f"slowly from {left:.2f} to {later:.2f}"
    told = f"At the start {left:.1%} of tasks", slow, f"to {mixed:.2f} at year 5"
    assert_said(page, "fig-ks-tasks-paths", *told, given="0 1 5 20 30 90")

    ceiling = {sigma: 0.5 ** (sigma / (sigma - 1)) for sigma in (0.5, 0.2)}
    ends = [(0.5 * 16**e + 0.5) ** (1 / e) if e else 16**0.5 for e in (0.5, 0)]
    told = [f"{y:.3g} for σ = {sigma}" for sigma, y in ceiling.items()]
    told.append("to {:g} and {:g}".format(*ends))
    told += [f"thin horizontal line at {ceiling[0.5]:g}", f"thin line at {ceiling[0.2]:.2f}"]
    assert_said(page, "fig-ks-tasks-ceiling", *told, given="0.2 0.5 1 2 16")

    starts = [1 / (Phi**2 / 3 + (1 - Phi) ** 2) for Phi in (0.5, 0.75, 0.9)]
    best, highest = 0.9 - 0.1 * 3, ks.equilibrium(3.0, 0.9, p).output
    told = (
        f"starts at {starts[0]:.0f} and falls",
        f"starts at {starts[1]:.0f} with slope zero",
        f"rises from {starts[2]:.1f} to {highest:.0f} at share {best:.1f}",
    )
    assert_said(page, "fig-ks-tasks-moved", *told, given="0 0.5 0.75 0.9 1 3")

    edge = ks.scarcity_threshold(3.0)
    now = ks.equilibrium(3.0, edge, p)
    told = f"meet at {now.wage:g} at share {edge:g}", f"into {now.output:g} at {edge:g}"
    assert_said(page, "fig-ks-tasks-border", *told, given="0.2 0.5 0.55 0.75 0.8 0.9 1 3")

    k, ell = (
        getattr(ks.task_inputs(3.0, [0.3, 0.6, 0.9]), x) for x in ("automated", "unautomated")
    )
    told = (
        f"a capital block of height {k[0]:g} stands beside a labour block of height {ell[0]:.2f}",
        f"the heights are {k[1]:g} and {ell[1]:g}",
        f"both are {k[2]:g}",
    )
    assert_said(page, "fig-ks-tasks-inputs", *told, given="0.3 0.6 0.9 1 3")

    k, ell = (getattr(ks.task_inputs(3.0, [0.5, 0.9]), x) for x in ("automated", "unautomated"))
    told = f"of height {k[0]:g} over", f"of height {ell[0]:g} over", f"the line at {k[1]:g}"
    assert_said(page, "fig-ks-tasks-optimiser", *told, given="0.5 1 2 3 10 18 20")


def test_the_bet_of_the_explorer_is_won_by_the_right_option():
    assert f"Φ = {ks.scarcity_threshold(9.0):g}." in scarcity.bet.feedback
    assert scarcity.bet.answer == "Once nine tenths are automated"
