"""What the static modules do with input outside the theory, and at the ends of the number range."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import ndtr, ndtri

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.checks import planner
from aiecon.korinek_suh.dynamics import scenario_sensitivity, scenarios, welfare
from aiecon.korinek_suh.extensions import (
    compute,
    compute_transition,
    nostalgic_welfare,
    research,
    research_transition,
    skills,
    skills_transition,
)
from aiecon.korinek_suh.extensions.skills_inequality import WageDistribution

from .reference import at_peak

TASKS = ks.BusinessAsUsual()
SKILLS = ks.BusinessAsUsual(0.005, initial=0.0)
WAGES = WageDistribution(0.2, 2.0, 0.5, spread=0.6)

#: Functions with admissible arguments; each number among them is spoilt in turn.
NUMBERS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "equilibrium": (ks.equilibrium, {"K": 2.0, "Phi": 0.5}),
    "task_inputs": (ks.task_inputs, {"K": 2.0, "Phi": 0.5}),
    "scarcity_threshold": (ks.scarcity_threshold, {"K": 2.0, "L": 1.0}),
    "capital_threshold": (ks.capital_threshold, {"Phi": 0.5}),
    "unit_cost": (ks.unit_cost, {"wage": 1.0, "rental_rate": 1.0, "Phi": 0.5}),
    "factor_price_frontier": (ks.factor_price_frontier, {"R": 0.3, "Phi": 0.5}),
    "capital_intensity": (ks.capital_intensity, {"R": 0.3, "Phi": 0.5}),
    "maximal_wage": (ks.maximal_wage, {"Phi": 0.5}),
    "automation_effects": (ks.automation_effects, {"K": 2.0, "Phi": 0.5}),
    "accumulation_effects": (ks.accumulation_effects, {"K": 2.0, "Phi": 0.5}),
    "wage_peak_threshold": (ks.wage_peak_threshold, {"Phi": 0.5}),
    "wage_peak": (ks.wage_peak, {"K": 2.0}),
    "ParetoTasks": (ks.ParetoTasks, {"decay": 1.0}),
    "BoundedTasks": (ks.BoundedTasks, {"log_max": 1.0, "beta": 1.0}),
    "MixedTasks": (ks.MixedTasks, {"weight": 0.5}),
    "cdf": (ks.ParetoTasks().cdf, {"i": 1.5}),
    "quantile": (ks.BoundedTasks().quantile, {"p": 0.5}),
    "BusinessAsUsual": (ks.BusinessAsUsual, {"rate": 0.01, "initial": 0.6}),
    "HeldBack": (ks.HeldBack, {"rate": 0.09, "since": 0.0, "until": 30.0, "later": 0.01}),
    "marginal_products": (planner.marginal_products, {"quantity": [4.0, 1.0], "machines": [1, 0]}),
    "best_plan": (planner.best_plan, {"K": 3.0, "machines": [1.0, 0.0], "seed": 0}),
    "skill_equilibrium": (skills.skill_equilibrium, {"K": 4.6, "Phi": 0.7, "Upsilon": 0.3}),
    "skill_scarcity": (skills.skill_scarcity_threshold, {"K": 1.0, "Upsilon": 0.2, "L": 1.0}),
    "displacement_date": (lambda percentile: skills.displacement_date(SKILLS, percentile),
                          {"percentile": 0.5}),
    "WageDistribution": (WageDistribution, {"displaced": 0.2, "skilled_wage": 2.0,
                                            "displaced_wage": 0.5, "spread": 0.6}),
    "wage quantile": (WAGES.quantile, {"p": 0.3}),
    "top_share": (WAGES.top_share, {"p": 0.3}),
    "lorenz": (WAGES.lorenz, {"p": 0.3}),
    "mixture_weight": (scenarios.mixture_weight, {"weight": 0.9, "horizon": 5.0, "rate": 0.01}),
    "balancing": (ks.balancing_saving_rate, {"K": 4.6, "Phi": 0.6, "automation": 0.01}),
    "FixedFactor": (ks.FixedFactor, {"alpha": 0.9, "M": 1.0}),
    "fixed_factor_equilibrium": (ks.fixed_factor_equilibrium, {"K": 2.0, "Phi": 0.5}),
    "fixed_factor_wage_peak": (ks.fixed_factor_wage_peak, {"K": 2.0}),
    "least_fixed_factor": (ks.least_fixed_factor, {"alpha": 0.9}),
    "compute_thresholds": (compute.compute_thresholds, {"K": 4.6, "Phi": 0.6, "Delta": 0.1}),
    "specific_capital": (
        compute.specific_capital,
        {"K": 4.6, "compute": 0.5, "Phi": 0.6, "Delta": 0.1},
    ),
    "solve_compute_transition": (
        compute_transition.solve_compute_transition,
        {"Delta": 0.1, "before": 0.608},
    ),
    "blow_up_bounds": (lambda A0, K0: research.blow_up_bounds(research.Ideas(), A0, K0),
                       {"A0": 0.5, "K0": 4.6}),
    "sensitivity": (scenario_sensitivity.sensitivity, {"panel": "b", "change": 0.1}),
    "preferences": (scenario_sensitivity.preferences, {"etas": 2.0, "rhos": 0.04, "until": 30.0}),
    "policy_frontier": (ks.policy_frontier, {"rates": [0.05], "dates": [1.0]}),
    "best_rate": (ks.best_rate_for_workers, {"within": (0.03, 0.16), "K0": 4.6}),
}  # fmt: skip
NO_NUMBERS = [float("nan"), float("inf"), -float("inf"), "x", "3", 1j, ["a"], [[1, 2], [3]], {}]
CASES = [(name, argument) for name, (_, good) in NUMBERS.items() for argument in good]


@pytest.mark.parametrize(("name", "argument"), CASES)
def test_what_is_no_number_is_refused_by_name(name, argument):
    function, good = NUMBERS[name]
    function(**good)
    for value in NO_NUMBERS:
        if name == "HeldBack" and argument == "until" and value == float("inf"):
            continue  # for ever
        with pytest.raises(ValueError, match=rf"^{argument}(\[\d+\])? = "):
            function(**good | {argument: value})


#: Numbers outside the theory.
OUTSIDE = [
    (lambda: ks.scarcity_threshold(1.0, 0.0), r"L = 0\.0 .* L > 0"),
    (lambda: planner.marginal_products([4.0, 1.0], [1.0, -1.0]), r"machines\[1\] = -1\.0 "),
    (lambda: planner.marginal_products([4.0, 1.0], [1.0]), "machines = 1.0 .* one entry for each"),
    (lambda: planner.best_plan(3.0, [1, 0], seed=-1), "seed = -1 .* whole number ≥ 0"),
    (lambda: planner.best_plan(3.0, [1, 0], seed=1.5), "seed = 1.5 .* whole number ≥ 0"),
    (lambda: ks.ParetoTasks([1.0, 2.0]), "decay = .* a single number"),
    (lambda: ks.BoundedTasks(beta=[1.0, 2.0]), "beta = .* a single number"),
    (lambda: ks.MixedTasks([0.2, 0.3]), "weight = .* a single number"),
    (lambda: scenarios.mixture_weight([0.2, 0.3]), "weight = .* a single number"),
    (lambda: scenarios.mixture_weight(0.9, rate=0.0), "rate = 0.0 .* rate > 0"),
    (lambda: ks.HeldBack(until=5.0), "until = 5.0 .* until ≥ T = 20"),
    (lambda: ks.HeldBack(ks.Bounded(20.0, beta=[1.0, 2.0])), "technology = .* a single path"),
    (lambda: WAGES.top_share(2.0), r"p = 2\.0 .* 0 < p < 1"),
    (lambda: WAGES.lorenz(-1.0), r"p = -1\.0 .* 0 < p < 1"),
    (lambda: ks.policy_frontier([0.05, -0.1], [1.0]), r"rates\[1\] = -0\.1 .* rates ≥ 0"),
    (lambda: ks.policy_frontier([], [1.0]), r"rates = \[\] .* one number or more"),
    (lambda: ks.policy_frontier([0.05], [-1.0]), r"dates\[0\] = -1\.0 .* dates ≥ 0"),
    (lambda: ks.best_rate_for_workers(within=(0.1, 0.05)), "within = .* 0 ≤ lower < upper"),
    (lambda: ks.best_rate_for_workers(within=(0.1,)), "within = .* two rates"),
    (lambda: scenario_sensitivity.sensitivity("z"), "panel = 'z' .* one of a, b, c, d"),
    (lambda: scenario_sensitivity.sensitivity("b", until=-1.0), r"until = -1\.0 .* until > 0"),
    (lambda: scenario_sensitivity.sensitivity("b", until=[1.0, 2.0]), "until = .* single number"),
    (lambda: scenario_sensitivity.preferences(0.0, 0.04), r"etas = 0\.0 .* etas > 0"),
    (lambda: scenario_sensitivity.preferences(2.0, []), r"rhos = \[\] .* one number or more"),
    (lambda: ks.automation_effects(1.0, 0.5, side=["left"]), r"side = \['left'\] .*'left' or"),
    (lambda: WageDistribution(0.2, 2.0, 0.5, devalued=0.5), "devalued = 0.5 .* True or False"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "message"), OUTSIDE)
def test_a_number_outside_the_theory_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        call()


@pytest.mark.parametrize("value", [0.5, "x", [], object(), float("nan")])
def test_what_is_no_record_is_refused_by_name(value):
    """Neither AttributeError nor the default in the place of something empty."""
    for call in (
        lambda: ks.equilibrium(1.0, 0.5, value),
        lambda: ks.wage_peak(1.0, value),
        lambda: ks.unit_cost(1.0, 1.0, 0.5, value),
        lambda: ks.maximal_wage(0.5, value),
        lambda: planner.best_plan(1.0, [1, 0], value),
        lambda: skills.skill_equilibrium(1.0, 0.5, 0.1, value),
        lambda: ks.wage_maximising_rate(value),
        lambda: ks.long_run(0.01, value),
        lambda: ks.solve_transition(TASKS, params=value),
    ):
        with pytest.raises(ValueError, match=r"^params = .* a Parameters record is required"):
            call()
    for name, call in (
        ("bounded", lambda: ks.MixedTasks(0.5, bounded=value)),
        ("technology", lambda: ks.wage_maximising_policy(value)),
        ("tasks", lambda: skills.ProportionalSkills(value)),
        ("tasks", lambda: skills.staffing_slack(value, SKILLS, [0.0, 1.0])),
        ("skills", lambda: skills.displacement_date(value, 0.5)),
        ("skills", lambda: skills_transition.solve_skill_transition(TASKS, value)),
        ("path", lambda: ks.solve_transition(value)),
        ("path", lambda: ks.solve_transitions(value)),
        ("path", lambda: ks.constant_saving(value, 0.5)),
        ("path", lambda: ks.transition_bounds(value, 1.0)),
        ("policy", lambda: ks.solve_policy(value)),
        ("path", lambda: welfare.welfare(value)),
        ("path", lambda: welfare.human_wealth(value)),
        ("path", lambda: nostalgic_welfare.hand_to_mouth(value)),
        ("path", lambda: scenarios.wage_collapse(value)),
        ("paths", lambda: scenarios.collapses(value, 30.0)),
        ("factor", lambda: ks.fixed_factor_equilibrium(1.0, 0.5, value)),
        ("factor", lambda: ks.fixed_factor_steady_state(value)),
        ("factor", lambda: ks.solve_fixed_factor_transition(TASKS, 4.6, value)),
        ("ideas", lambda: research.growth_type(value)),
        ("ideas", lambda: research.blow_up_bounds(value)),
        ("research", lambda: research_transition.solve_research_transition(ks.Bounded(), value)),
    ):
        with pytest.raises(ValueError, match=f"^{name} = .* is required"):
            call()


@pytest.mark.parametrize(
    "call",
    [
        lambda K, Phi: ks.equilibrium(K, Phi),
        lambda K, Phi: ks.task_inputs(K, Phi),
        lambda K, Phi: ks.automation_effects(K, Phi),
        lambda K, Phi: ks.accumulation_effects(K, Phi),
        lambda K, Phi: ks.unit_cost(K, 1.0, Phi),
        lambda K, Phi: ks.factor_price_frontier(K, Phi),
        lambda K, Phi: ks.balancing_saving_rate(K, Phi, 0.01),
        lambda K, Phi: ks.fixed_factor_equilibrium(K, Phi),
        lambda K, Phi: skills.skill_equilibrium(K, Phi, 0.0),
    ],
)
def test_shapes_that_do_not_fit_are_named_by_what_was_given(call):
    with pytest.raises(ValueError, match=r"\(2,\).* Phi \(3,\)"):
        call(np.array([0.2, 0.3]), np.array([0.5, 0.6, 0.7]))


# The ends of the number range ---------------------------------------------------------------------

CAPITAL = (0.0, 5e-324, 1e-310, 1e-300, 1.0, 1e10, 1e300, 1.7e308)
SHARES = (0.0, 5e-324, 1e-300, 1e-17, 0.5, 1 - 1e-16, 1.0)
SIGMAS = (1e-300, 1e-10, 0.01, 0.5, 1 - 1e-12, 1.0, 1 + 1e-12, 2.0, 1e10, 1e300)
SCALES = ((1.0, 1.0), (1e-300, 1.0), (1e300, 1.0), (1.0, 1e-300), (1.0, 1e300), (1.7e308, 1.7e308))


def numbers_of(result: Any) -> list[Any]:
    return list(vars(result).values()) if hasattr(result, "__dict__") else [result]


@pytest.mark.parametrize("sigma", SIGMAS)
def test_no_warning_and_no_nan_wherever_the_numbers_are(sigma):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for A, L in SCALES:
            p = ks.Parameters(A=A, L=L, sigma=sigma)
            for K in CAPITAL:
                results = [ks.wage_peak(K, p), ks.scarcity_threshold(K, L)]
                for Phi in SHARES:
                    results += [
                        ks.equilibrium(K, Phi, p),
                        ks.task_inputs(K, Phi, p),
                        skills.skill_equilibrium(K, Phi, Phi / 2, p),
                        ks.unit_cost(K, 1.0, Phi, p),
                        ks.unit_cost(1.0, K, Phi, p),
                        ks.wage_peak_threshold(Phi, p),
                        ks.maximal_wage(Phi, p),
                        ks.factor_price_frontier(A, Phi, p),
                        ks.capital_intensity(A, Phi, p),
                    ]
                    for side in ("left", "right"):
                        results.append(ks.automation_effects(K, Phi, p, side=side))
                        results.append(ks.accumulation_effects(K, Phi, p, side=side))
                for result in results:
                    assert not any(np.isnan(x) for x in numbers_of(result)), (K, A, L, result)


@pytest.mark.parametrize("sigma", [0.1, 0.5, 1.0, 1.5, 3.0])
@pytest.mark.parametrize("K", [1e-310, 1e-30, 0.3, 4.6, 1e30])
def test_the_highest_wage_is_the_equilibriums_at_the_peak(K, sigma):
    p = ks.Parameters(A=2.0, sigma=sigma)
    peak = ks.wage_peak(K, p)
    assert_allclose(at_peak(K, peak, p), peak.wage, rtol=1e-9)
    assert_allclose(peak.residual, 0, atol=1e-12)
    assert_allclose(peak.fall, 1 - 2.0 / peak.wage, atol=1e-15)


def test_the_peak_at_the_ends_of_the_range():
    """Leontief: up to the border. K/L beyond what a float holds: all tasks, or none."""
    tiny = ks.wage_peak(3.0, ks.Parameters(A=1.0, sigma=1e-300))
    assert_allclose([tiny.Phi, tiny.wage, tiny.fall], [0.75, 4.0, 0.75], rtol=1e-12)
    assert ks.wage_peak(1e-300, ks.Parameters(A=1.0, L=1e300)).wage == 1
    much = ks.wage_peak(1e300, ks.Parameters(A=1.0, L=1e-300))
    assert (much.Phi, much.wage, much.fall) == (1, np.inf, 1)


def test_the_threshold_of_the_peak_near_leontief_is_the_border():
    Phi = 1 - 2.0**-53
    found = ks.wage_peak_threshold(Phi, ks.Parameters(sigma=1e-300))
    assert_allclose(found, ks.capital_threshold(Phi), rtol=1e-12)


def test_shares_of_factors_whose_sum_overflows():
    p = ks.Parameters(A=1.0, L=1.7e308)
    economy = ks.equilibrium(1.7e308, 0.9, p)
    assert (economy.labor_share, economy.capital_share, economy.output) == (0.5, 0.5, np.inf)
    assert skills.skill_scarcity_threshold(1.7e308, 0.5, 1.7e308) == 0.75


def test_cost_beyond_the_largest_number_is_infinite():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert ks.unit_cost(1e10, 1.0, 0.5, ks.Parameters(A=1e-300)) == np.inf


@pytest.mark.parametrize(("weight", "horizon", "rate"), [
    (1e-300, 5.0, 0.01), (0.9, 1e300, 0.01), (0.9, 5.0, 1e300), (0.9, 5.0, 1e-300),
])  # fmt: skip
def test_the_printed_mixture_at_the_ends_of_the_range(weight, horizon, rate):
    omega, a = scenarios.mixture_weight(weight, horizon, rate)
    assert_allclose(omega * horizon / (horizon + a), weight * 0.392, rtol=1e-9)
    assert 0 <= omega <= 1


def test_bounds_of_a_blow_up_at_the_ends_of_the_range():
    """Powers of A₀ where B is the larger end: 1 − θ − (2−θ)Γ/p and 1 − θ."""
    ideas = research.Ideas()
    power = (2 - ideas.theta) * ideas.Gamma / (1 + ideas.Gamma - ideas.Phi)
    early, late = research.blow_up_bounds(ideas, 1e150, 1.0)
    earlier, later = research.blow_up_bounds(ideas, 1e250, 1.0)  # B = 10³⁷⁵
    assert_allclose(np.log10(later / late), 100 * (1 - ideas.theta), rtol=1e-12)
    assert_allclose(np.log10(earlier / early), 100 * (1 - ideas.theta - power), rtol=1e-12)


# Tails of the distribution of wages ---------------------------------------------------------------


@pytest.mark.parametrize("p", [1e-200, 1e-40, 1e-17, 1e-6, 0.3, 0.9])
def test_the_tails_of_one_lognormal_group(p):
    """In closed form: N(N⁻¹(p) ± s), and exp(s N⁻¹(p) − s²/2) times the mean."""
    s, all_alike = 0.6, WageDistribution(0.0, 2.0, 0.5, spread=0.6)
    assert_allclose(all_alike.top_share(p), ndtr(ndtri(p) + s), rtol=1e-9)
    assert_allclose(all_alike.lorenz(p), ndtr(ndtri(p) - s), rtol=1e-9)
    assert_allclose(all_alike.quantile(p), 2.0 * np.exp(s * ndtri(p) - s**2 / 2), rtol=1e-9)


def test_the_two_ends_of_two_groups():
    """Far out only one of the two groups is left."""
    two = WageDistribution(0.2, 2.0, 0.5, spread=0.6)
    p, s = 1e-30, 0.6
    low = 0.5 * np.exp(s * ndtri(p / 0.2) - s**2 / 2)  # the displaced are a fifth
    assert_allclose(two.quantile(p), low, rtol=1e-6)
    assert_allclose(two.lorenz(0.4) + two.top_share(0.6), 1, rtol=1e-12)


def test_inequality_does_not_depend_on_the_unit_of_wages():
    base = WageDistribution(0.2, 2.0, 0.5, spread=0.6)
    for unit in (1e-300, 1e300, 8e307):
        scaled = WageDistribution(0.2, 2.0 * unit, 0.5 * unit, spread=0.6)
        assert_allclose(scaled.gini, base.gini, rtol=1e-12)
        assert_allclose(scaled.top_share(0.1), base.top_share(0.1), rtol=1e-9)


def test_two_wages_far_apart():
    """Nobody, or a part of the workers, earns 10⁶⁰⁰ times what the others do."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nobody = WageDistribution(0.0, 1e-300, 1e300)
        found = [nobody.gini, nobody.top_share(0.1), nobody.lorenz(0.1)]
        assert_allclose(found, [0, 0.1, 0.1], rtol=1e-12)
        some = WageDistribution(0.25, 1e-300, 1e300)
        assert_allclose([some.gini, some.lorenz(0.5), some.top_share(0.25)], [0.75, 0, 1])


def test_the_worst_paid_of_many_who_earn_the_same():
    """Their part of the step is counted, not the whole step less what is too much."""
    two = WageDistribution(1e-300, 1.0, 2.0)
    assert_allclose([two.lorenz(1e-300), two.lorenz(0.5)], [1e-300, 0.5], rtol=1e-12)


def test_a_spread_beyond_all_measure_is_refused():
    with pytest.raises(ValueError, match=r"^spread = 1e\+200 .* 0 ≤ spread ≤ 1000"):
        WageDistribution(0.2, 2.0, 0.5, spread=1e200)


# Tasks and paths at the ends of the range ---------------------------------------------------------


def test_distributions_and_paths_at_the_ends_of_the_range():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        steep = ks.BoundedTasks(log_max=1e-10, beta=1e300)
        assert steep.log_density(1 + 1e-15) == 0
        narrow = ks.MixedTasks(1e-300, ks.BoundedTasks(1e-300, 1e-10), ks.ParetoTasks(1e300))
        assert narrow.quantile(1e-300) == 1
        fast = ks.BusinessAsUsual(rate=1e300)
        assert (fast.share(1e300), fast.unautomated(1e300)) == (1, 0)
        none = ks.Mixed(1e-300, horizon=1e-300, rate=0.0, beta=1e-300, initial=0.0)
        assert none.share(0.0) == 0
        sudden = ks.Bounded(horizon=1e-300, beta=1e10, initial=0.0)
        assert sudden.hazard(0.0) == np.inf
        assert skills.displacement_date(sudden, 0.5) == pytest.approx(0, abs=1e-20)


# What welfare needs -------------------------------------------------------------------------------


def test_without_discounting_no_constant_flow_is_worth_a_path():
    path = ks.solve_transition(ks.Bounded(), params=ks.Parameters(rho=0.0))
    for function in (welfare.welfare, nostalgic_welfare.hand_to_mouth):
        with pytest.raises(ValueError, match=r"^rho = 0\.0 .* rho > 0"):
            function(path)


def test_a_message_has_no_minus_zero():
    with pytest.raises(ValueError, match="long-run growth = 0 is required"):
        ks.solve_transition(ks.BusinessAsUsual(rate=0.0), params=ks.Parameters(rho=0.0))
