"""Skills (section 4.4): limits, adding up, a planner and a shooting method that know none of it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.optimize import minimize

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.extensions.skills import (
    ProportionalSkills,
    displacement_date,
    skill_equilibrium,
    skill_scarcity_threshold,
    staffing_slack,
)
from aiecon.korinek_suh.extensions.skills_inequality import WageDistribution
from aiecon.korinek_suh.extensions.skills_transition import skill_long_run, solve_skill_transition
from exhibits.korinek_suh.skills import SPREAD, superstars, transition_of

from ..told import told

CHAPTER = "korinek_suh/skills"

NOBODY = ks.BusinessAsUsual(rate=0.0, initial=0.0)

economies = {
    "K": st.floats(1e-3, 1e3),
    "Phi": st.floats(0.001, 0.999),
    "part": st.floats(0, 1),
    "sigma": st.floats(0.1, 0.95),
    "L": st.floats(0.1, 10),
}


# Static -------------------------------------------------------------------------------------------


@given(**economies)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_incomes_exhaust_output_and_the_displaced_earn_what_capital_does(K, Phi, part, sigma, L):
    p = ks.Parameters(sigma=sigma, L=L)
    gone = part * Phi
    now = skill_equilibrium(K, Phi, gone, p)
    paid = (1 - gone) * L * now.skilled_wage + gone * L * now.displaced_wage + K * now.rental_rate
    assert paid == pytest.approx(now.output, rel=1e-11)
    assert now.labor_share == pytest.approx(1 - K * now.rental_rate / now.output, abs=1e-11)
    assert now.displaced_wage == now.rental_rate <= p.A * (1 + 1e-12)
    scarce = Phi < skill_scarcity_threshold(K, gone, L)
    if abs(Phi / skill_scarcity_threshold(K, gone, L) - 1) > 1e-9:
        assert now.region == (1 if scarce else 2)
        assert (now.wage_premium > 1) == scarce or now.wage_premium == pytest.approx(1, abs=1e-9)


def test_without_displacement_it_is_the_baseline():
    K, Phi = np.geomspace(0.1, 50, 9)[:, None], np.linspace(0, 1, 11)
    ours, base = skill_equilibrium(K, Phi, 0.0), ks.equilibrium(K, Phi)
    names = {"skilled_wage": "wage"}
    for name in ("output", "skilled_wage", "region", "rental_rate", "labor_share"):
        other = names.get(name, name)
        np.testing.assert_allclose(getattr(ours, name), getattr(base, other), rtol=1e-13)


def test_more_displacement_lowers_output_and_the_return_and_raises_the_skilled_wage():
    gone = np.linspace(0, 0.6, 25)
    now = skill_equilibrium(4.6, 0.65, gone)
    assert (np.diff(now.skilled_wage) > 0).all()
    assert (np.diff(now.rental_rate) < 0).all()
    h = gone[1] - gone[0]
    slope = np.diff(now.output) / h
    middle = skill_equilibrium(4.6, 0.65, gone[:-1] + h / 2)
    np.testing.assert_allclose(slope, middle.rental_rate - middle.skilled_wage, rtol=1e-3)


def test_full_automation_and_full_displacement():
    now = skill_equilibrium(3.0, 1.0, [0.0, 0.4, 1.0])
    np.testing.assert_allclose(now.output, 2.0)
    np.testing.assert_allclose(now.skilled_wage, 0.5)
    assert now.labor_share == pytest.approx(0.25)


@pytest.mark.parametrize("K", [0.5, 4.0])
def test_a_planner_who_assigns_workers_to_tasks_finds_the_same_output(K):
    """Twelve tasks of equal mass, workers who can do tasks up to their own; SLSQP."""
    n, sigma, A = 12, 0.5, 0.5
    automated = 7
    skills = np.linspace(1, n, n)  # a worker of skill j can do tasks 1..j
    people = np.where(skills <= automated, 0.4, 1.0)
    people = people / people.sum()
    gone = people[:automated].sum()
    e = (sigma - 1) / sigma

    def inputs(z):
        return z[:n] + np.concatenate([z[n:], np.zeros(n - automated)])

    def loss(z):
        return -A * np.mean((n * inputs(z)) ** e) ** (1 / e)

    tails = np.triu(np.ones((n, n)))  # labour in task j and beyond
    supply = tails @ people
    found = minimize(
        loss,
        np.concatenate([np.full(n, 1 / n), np.full(automated, K / automated)]),
        bounds=[(1e-9, None)] * (n + automated),
        constraints=[
            {"type": "ineq", "fun": lambda z: supply - tails @ z[:n]},
            {"type": "ineq", "fun": lambda z: K - z[n:].sum()},
        ],
        options={"maxiter": 800, "ftol": 1e-14},
    )
    ours = skill_equilibrium(K, automated / n, gone, ks.Parameters(A=A, sigma=sigma))
    assert -found.fun == pytest.approx(float(ours.output), rel=2e-6)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((1.0, 0.5, 0.6), "Upsilon ≤ Phi"),
        ((1.0, 0.5, -0.1), "0 ≤ Upsilon ≤ 1"),
        ((-1.0, 0.5, 0.1), "K ≥ 0"),
        ((1.0, 1.5, 0.1), "0 ≤ Phi ≤ 1"),
    ],
)
def test_bad_endowments_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        skill_equilibrium(*arguments)


# Distributions ------------------------------------------------------------------------------------


def test_proportional_skills_have_proportional_hazards_on_every_path():
    t = np.array([0.0, 1.0, 3.0, 4.9, 8.0])
    for tasks in (ks.BusinessAsUsual(0.02), ks.Mixed(0.9), ks.Bounded(20.0)):
        for nu in (0.0, 0.3, 1.0):
            skills = ProportionalSkills(tasks, nu, initial=0.2)
            np.testing.assert_allclose(skills.hazard(t), nu * tasks.hazard(t))
            assert (skills.share(t) <= tasks.share(t) + 1e-12).all()
            if nu:
                assert (staffing_slack(tasks, skills, t[:4]) > -1e-12).all()
    gone = ProportionalSkills(ks.Bounded(5.0), 0.5)
    assert gone.share(5.0) == gone.share(9.0) == 1.0
    assert ProportionalSkills(ks.Mixed(0.9, rate=0.0), 0.5).long_run_share == pytest.approx(
        1 - 0.1**0.5
    )


def test_staffing_needs_more_than_dominance():
    tasks = ks.BusinessAsUsual(rate=0.02)
    bulge = ks.Mixed(weight=0.5, horizon=20.0, rate=0.01, initial=0.0)
    t = np.linspace(0, 100, 101)
    assert (bulge.share(t) < tasks.share(t)).all()
    assert staffing_slack(tasks, bulge, t).min() < -0.3
    with pytest.raises(ValueError, match="hazard of skills"):
        solve_skill_transition(tasks, bulge)


@pytest.mark.parametrize("rate", [0.01, 0.03, 0.045, 0.06, 0.2])
@pytest.mark.parametrize(
    "skills",
    [
        ks.BusinessAsUsual(0.02, initial=0.0),
        ks.BusinessAsUsual(0.05, initial=0.0),
        ks.Mixed(weight=0.5, horizon=20.0, rate=0.01, initial=0.0),
        ks.Mixed(weight=0.8, horizon=60.0, rate=0.0, initial=0.0),
    ],
)
def test_at_the_first_task_dominance_is_the_condition_and_later_it_is_not(rate, skills):
    """Footnote 7 of the paper: Υ ≤ Φ is what I = 0 needs, and not what other I need."""
    tasks, t = ks.BusinessAsUsual(rate, initial=0.0), np.linspace(0, 100, 401)
    slack = staffing_slack(tasks, skills, t)
    left = skills.log_unautomated(t) - tasks.log_unautomated(t)
    assert (slack[0] >= 0) == bool((left >= 0).all())
    assert (slack >= 0).all() == bool((np.diff(left) >= 0).all())


def test_where_tasks_run_out_too_fast_nobody_earns_more_than_capital():
    """λg > G + μ with tasks left at every date and a fifth of workers who can do them."""
    tasks = ks.BusinessAsUsual(rate=0.3)
    path = solve_skill_transition(tasks, ks.Mixed(0.8, 600.0, rate=0.0, initial=0.0))
    t = np.array([10.0, 100.0, 2000.0])
    assert (tasks.log_unautomated(t) > -np.inf).all()
    np.testing.assert_allclose(path.wage(t), path.displaced_wage(t), rtol=1e-9)
    assert path.skilled(2000.0) == pytest.approx(0.2)


def test_dates_of_displacement_invert_the_distribution():
    for tasks in (ks.BusinessAsUsual(0.01), ks.Bounded(20.0), ks.Mixed(0.9)):
        skills = ProportionalSkills(tasks, 0.5)
        p = np.array([0.05, 0.3, 0.6])
        np.testing.assert_allclose(skills.share(displacement_date(skills, p)), p, atol=1e-9)
    some = ks.Mixed(weight=0.8, horizon=600.0, rate=0.0, initial=0.1)
    assert displacement_date(some, 0.05) == 0.0
    assert displacement_date(some, 0.9) == np.inf


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"nu": 1.2}, "0 ≤ nu ≤ 1"),
        ({"nu": np.nan}, "finite nu"),
        ({"initial": 0.7}, "initial ≤ 0.608"),
        ({"nu": [0.1, 0.2]}, "single number"),
    ],
)
def test_bad_skills_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        ProportionalSkills(ks.BusinessAsUsual(), **arguments)


# The transition -----------------------------------------------------------------------------------

PATHS = {
    "tail": ks.BusinessAsUsual(0.01),
    "fast tail": ks.BusinessAsUsual(0.12),
    "bounded": ks.Bounded(20.0),
    "bout": ks.Mixed(0.95),
}


@pytest.mark.parametrize("name", PATHS)
def test_nobody_displaced_gives_back_the_baseline(name):
    tasks = PATHS[name]
    t = np.array([0.0, 1.0, 5.0, 14.0, 30.0, 100.0])
    base = ks.solve_transition(tasks)
    for skills in (NOBODY, ProportionalSkills(tasks, 0.0)):
        ours = solve_skill_transition(tasks, skills)
        for f in ("log_capital", "log_consumption", "log_wage", "rental_rate", "labor_share"):
            np.testing.assert_allclose(getattr(ours, f)(t), getattr(base, f)(t), atol=3e-7)
        for a, b in zip(ours.region_changes, base.region_changes, strict=True):
            assert a.date == pytest.approx(b.date, abs=1e-6)
    nearly = solve_skill_transition(tasks, ProportionalSkills(tasks, 1e-5))
    np.testing.assert_allclose(nearly.log_capital(t), base.log_capital(t), atol=1e-3)


@pytest.mark.parametrize(("name", "nu"), [("tail", 0.5), ("bounded", 0.5), ("bout", 0.25)])
def test_shooting_finds_the_same_consumption(name, nu):
    """Forward integration of the printed equations from two sides of the saddle path."""
    tasks, p = PATHS[name], ks.Parameters()
    skills = ProportionalSkills(tasks, nu)
    ours = solve_skill_transition(tasks, skills, tol=1e-9)
    end = 26.0

    def motion(t, x):
        K, C = np.exp(x)
        able = skills.unautomated(t)
        now = skill_equilibrium(K, tasks.share(t), 1 - able)
        return [
            (now.output - C) / K - p.delta,
            (now.rental_rate - p.rho - p.delta) / p.eta,
        ]

    def shoot(log_C):
        def stop(t, x):
            return x[0] + 4.0

        stop.terminal = True
        x0 = [np.log(4.6), log_C]
        cuts = [0.0, *(date for date in ours.kinks if date < end), end]
        for a, b in pairwise(cuts):
            s = solve_ivp(motion, (a, b), x0, rtol=1e-9, atol=1e-9, events=stop)
            x0 = s.y[:, -1]
            if s.t[-1] < b:
                return -1.0
        return float(x0[0] - ours.log_capital(end))

    C0 = float(ours.log_consumption(0.0))
    assert shoot(C0 + 1e-6) < 0 < shoot(C0 - 1e-6)  # too much is consumed, too little


@pytest.mark.parametrize("rate", [0.01, 0.05, 0.12, 0.17, 0.25])
@pytest.mark.parametrize("nu", [0.0, 0.3, 1.0])
def test_long_run(rate, nu):
    tasks = ks.BusinessAsUsual(rate)
    end = skill_long_run(rate, nu * rate)
    if nu == 0:
        base = ks.long_run(rate)
        assert (end.case, end.output_growth) == (base.case, base.output_growth)
        assert end.skilled_wage_growth == pytest.approx(base.wage_growth)
        assert end.skilled_share == pytest.approx(base.labor_share_optimal)
    path = solve_skill_transition(tasks, ProportionalSkills(tasks, nu))
    late = 5000.0
    growth = path.log_wage(late + 1) - path.log_wage(late)
    assert growth == pytest.approx(end.skilled_wage_growth, abs=2e-6)
    assert path.log_output(late + 1) - path.log_output(late) == pytest.approx(
        end.output_growth, abs=2e-6
    )
    assert path.displaced_wage(late) == pytest.approx(end.displaced_wage, rel=2e-5)
    assert path.skilled_share(late) == pytest.approx(end.skilled_share, abs=2e-5)


def test_shares_of_a_path_add_up():
    for name, tasks in PATHS.items():
        path = solve_skill_transition(tasks, ProportionalSkills(tasks, 0.4))
        t = np.array([0.0, 2.0, 4.99, 10.0, 19.9, 25.0])
        total = path.skilled(t) * path.wage(t) + (
            path.displaced(t) + path.capital(t)
        ) * path.rental_rate(t)
        np.testing.assert_allclose(total, path.output(t), rtol=1e-10, err_msg=name)
        others = path.displaced(t) * path.rental_rate(t) / path.output(t)
        np.testing.assert_allclose(path.labor_share(t), path.skilled_share(t) + others, atol=1e-10)


@pytest.mark.parametrize(
    ("tasks", "skills", "words"),
    [
        (ks.BusinessAsUsual(0.01), ks.BusinessAsUsual(0.02, initial=0.0), "hazard of skills"),
        (ks.BusinessAsUsual(0.01), ks.BusinessAsUsual(0.01, initial=0.7), "hazard of skills"),
        (ks.Bounded(20.0), ProportionalSkills(ks.Bounded(20.0), 1.0), "more workers than tasks"),
        (ks.BusinessAsUsual(0.0), NOBODY, "above zero"),
        (ks.BusinessAsUsual(0.12), ks.BusinessAsUsual(0.06, initial=0.0), "other than"),
    ],
)
def test_paths_that_the_theory_excludes(tasks, skills, words):
    with pytest.raises(ValueError, match=words):
        solve_skill_transition(tasks, skills)


# The distribution of wages ------------------------------------------------------------------------


@pytest.mark.parametrize("devalued", [False, True])
@pytest.mark.parametrize("spread", [0.0, 0.4, 1.0])
def test_wages_against_simulation(spread, devalued):
    rng = np.random.default_rng(4)
    n = 400_000
    d = WageDistribution(0.3, 3.0, 0.4, spread, devalued)
    units = np.exp(spread * rng.standard_normal(n) - spread**2 / 2)
    gone = rng.random(n) < 0.3
    x = np.sort(np.where(gone, 0.4 * (np.ones(n) if devalued else units), 3.0 * units))
    gini = 2 * np.arange(1, n + 1) @ x / (n * x.sum()) - (n + 1) / n
    assert d.gini == pytest.approx(gini, abs=0.003)
    assert d.mean == pytest.approx(x.mean(), rel=0.01)
    for p in (0.01, 0.1, 0.5, 0.8):
        assert d.top_share(p) == pytest.approx(x[-int(n * p) :].sum() / x.sum(), abs=0.004)
        assert d.below(d.quantile(p)) >= p - 1e-9
    assert d.below(1.0) == pytest.approx((x <= 1.0).mean(), abs=0.004)


def test_two_groups_have_the_textbook_gini_and_lorenz_curve():
    d = WageDistribution(np.array([0.0, 0.3, 0.9]), 2.0, 0.5)
    able = 1 - d.displaced
    top = able * 2.0 / d.mean
    np.testing.assert_allclose(d.gini, top - able, atol=1e-15)
    p = np.linspace(0.001, 0.999, 2001)[:, None]
    area = np.trapezoid(d.lorenz(p), p[:, 0], axis=0)
    np.testing.assert_allclose(1 - 2 * area, d.gini, atol=3e-3)


@pytest.mark.parametrize("bad", [{"displaced": 1.1}, {"skilled_wage": 0.0}, {"spread": -1.0}])
def test_bad_distributions_are_refused(bad):
    good = {"displaced": 0.1, "skilled_wage": 1.0, "displaced_wage": 0.2}
    with pytest.raises(ValueError, match=next(iter(bad))):
        WageDistribution(**(good | bad))


# Figures and explorer -----------------------------------------------------------------------------


def test_the_figures_of_wages_say_what_they_show():
    tail, bounded = (transition_of(tasks, 0.5) for tasks in ("unbounded", "bounded"))
    text = told(CHAPTER, "fig-ks-skills-superstars")
    assert f"from {tail.wage(0.0):.1f} to {tail.wage(200.0):.0f}," in text
    assert f"stays near {tail.displaced_wage(100.0):.2f};" in text
    able = tail.skilled([50.0, 100.0])
    assert f"{able[0]:.0%} are skilled after 50 years, {able[1]:.0%} after 100." in text
    t = np.linspace(0, 20, 4001)
    top = t[np.argmax(bounded.wage(t))]
    assert f"rises to {bounded.wage(top):.1f} in year {top:.0f} and" in text
    last = bounded.region_changes[0].date
    assert f"drops to {bounded.wage(last):.1f} in year {last:.0f};" in text
    assert f"line peaks at {transition_of('bounded', 0.0).wage(t).max():.1f} and" in text
    ends = bounded.displaced_wage([0.0, 30.0])
    assert f"displaced wage rises from {ends[0]:.2f} to {ends[1]:.1f}." in text

    text, dates = (
        told(CHAPTER, "fig-ks-skills-lives"),
        displacement_date(tail.skills, [0.25, 0.5, 0.75]),
    )
    assert f"together from {tail.wage(0.0):.1f};" in text
    assert f"drops to {tail.displaced_wage(dates[0]):.2f} in year {dates[0]:.0f}," in text
    assert f"median in year {dates[1]:.0f} from {tail.wage(dates[1]):.0f}," in text
    assert f"percentile in year {dates[2]:.0f} from {tail.wage(dates[2]):.0f}." in text

    tasks, text = ks.BusinessAsUsual(rate=0.02), told(CHAPTER, "fig-ks-skills-staffing")
    crowded = ks.Mixed(weight=0.5, horizon=20, rate=0.01, initial=0)
    half = ProportionalSkills(tasks, 0.5)
    ratio = [s.unautomated([0.0, 20.0, 80.0]) / tasks.unautomated([0.0, 20.0, 80.0])
             for s in (half, crowded)]  # fmt: skip
    assert f"start at {ratio[0][0]:.2f}." in text
    assert f"rises to {ratio[0][2]:.1f};" in text
    assert f"falls to {ratio[1][1]:.2f} in year 20, then rises to {ratio[1][2]:.1f}." in text


def test_the_figures_of_inequality_say_what_they_show():
    text, heights = told(CHAPTER, "fig-ks-skills-inequality"), []
    for nu in (0.25, 0.5, 0.75):
        gini = transition_of("bounded", nu).wages(np.linspace(0, 20, 401)).gini
        heights.append(f"{gini.max():.2f}")
        assert 17 < gini.argmax() / 20 < 18.1
    assert f"between years 17 and 18 at {heights[0]}, {heights[1]} and {heights[2]} and" in text
    ends = [f"{transition_of('unbounded', nu).wages(400.0).gini:.2f}" for nu in (0.25, 0.5, 0.75)]
    assert f"{ends[0]} for ν = 0.25, {ends[1]} for 0.5 and {ends[2]} for 0.75." in text

    text, path = told(CHAPTER, "fig-ks-skills-fan"), transition_of("unbounded", 0.5)
    start, late, end = (path.wages(t, SPREAD, False) for t in (0.0, 130.0, 200.0))
    assert start.quantile(0.99) == pytest.approx(5, abs=0.4)
    assert end.quantile(0.99) == pytest.approx(100, rel=0.05)
    assert "99th percentile from 5 to 100" in text
    assert f"median rises from {start.quantile(0.5):.1f} to 3.3, then" in text
    assert path.wages(np.arange(201.0), SPREAD, False).quantile(0.5).max() == pytest.approx(
        3.3, abs=0.1
    )
    assert (
        f"to about {end.quantile(0.5):.1f}; the dotted mean keeps rising to {end.mean:.0f}." in text
    )
    assert f"between {end.quantile(0.01):.2f} and" in text
    assert f"flat line at {path.wages(200.0, SPREAD, True).quantile(0.01):.2f}." in text
    assert late.quantile(0.5) > 2.5


def test_explorer_says_what_the_library_computes():
    path = transition_of("unbounded", 0.5)
    text = superstars.description(nu=0.5, year=100)
    assert f"{path.displaced(100.0):.0%} of the workers are displaced" in text
    assert f"the others earn {path.wage(100.0):.3g}" in text
    assert f"Gini coefficient of wages is {path.wages(100.0).gini:.2f}" in text
    late = superstars.description(tasks="bounded, 20 years", year=50)
    assert "not scarce" in late
    assert "Gini coefficient of wages is 0.00" in late
    assert "Nobody is displaced" in superstars.description(nu=0)


@pytest.mark.parametrize("tasks", ["unbounded, 1% a year", "bounded, 20 years"])
def test_the_explorers_curves_are_the_path(tasks):
    """Wages at its dates, and a Lorenz curve whose area is the Gini coefficient."""
    shown = superstars.at(superstars.setting({"tasks": tasks, "nu": 0.25, "year": 15}))
    path = transition_of(tasks.partition(",")[0], 0.25)
    np.testing.assert_allclose(shown["wage"], path.wage(shown["time"]))
    area = np.trapezoid(shown["earned"], shown["shares"])
    assert 1 - 2 * area == pytest.approx(float(path.wages(15.0).gini), abs=2e-3)
