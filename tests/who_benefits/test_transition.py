"""Owners and workers, and the household, with taxes: budgets, limits, shooting, bad input."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_bvp, solve_ivp

from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from aiecon.numerics import check_jacobian
from aiecon.who_benefits.taxed_growth import TaxedGrowth

from .plain import prices, shoot

P = ks.Parameters()
PATHS = {
    "business as usual": ks.BusinessAsUsual(rate=0.01),
    "fast Pareto": ks.BusinessAsUsual(rate=0.25),
    "no automation": ks.BusinessAsUsual(rate=0.0),
    "baseline AGI": ks.Bounded(horizon=20.0),
    "aggressive AGI": ks.Bounded(horizon=5.0),
    "bout": ks.Mixed(weight=0.877),
}
LEVY = wb.TaxSchedule((0.0, 0.5, 0.1), (5.0, 10.0))
DATES = np.concatenate([np.linspace(0, 30, 301), [40.0, 75.0, 150.0]])
every_path = pytest.mark.parametrize("name", PATHS)
every_tax = pytest.mark.parametrize("tax", [0.0, 0.3, LEVY], ids=["none", "0.3", "levy"])


def slope(f, t, step=1e-5):
    return (f(t + step) - f(t - step)) / (2 * step)


@every_path
@every_tax
def test_budgets_hold_at_all_dates(name, tax):
    path = wb.solve_two_agents(PATHS[name], tax)
    t, tau = DATES, path.tax_rate(DATES)
    K, Y, w, R = path.capital(t), path.output(t), path.wage(t), path.rental_rate(t)
    transfer = path.transfer(t)
    assert path.converged
    assert path.residual < 1e-6
    assert transfer == pytest.approx(tau * (R - P.delta) * K, rel=1e-12, abs=1e-13)
    assert path.worker_consumption(t) == pytest.approx(w * P.L + transfer, rel=1e-12)
    assert w * P.L + R * K == pytest.approx(Y, rel=1e-12)
    spent = path.owner_consumption(t) + path.worker_consumption(t)
    assert path.consumption(t) == pytest.approx(spent, rel=1e-12)
    # income is spent or saved: Y − δK − C = what owners put aside out of their own budget
    owners = (1 - tau) * (R - P.delta) * K - path.owner_consumption(t)
    assert np.abs(Y - P.delta * K - spent - owners).max() <= 1e-10 * (1 + Y.max())


@every_path
@every_tax
@pytest.mark.parametrize("solve", [wb.solve_representative, wb.solve_two_agents])
def test_the_path_obeys_budget_and_euler_equation(name, tax, solve):
    path = solve(PATHS[name], tax)
    edges = np.array([0.0, *path.kinks, *getattr(tax, "dates", ()), 60.0])
    t = np.linspace(0.05, 60, 400)
    t = t[np.abs(t[:, None] - edges).min(axis=1) > 0.02]
    net = (1 - path.tax_rate(t)) * (path.rental_rate(t) - P.delta)
    labor = isinstance(path, wb.Representative)
    income = net + labor * (path.wage(t) * P.L + path.transfer(t)) / path.capital(t)
    spent = np.exp(path.log_spending(t) - path.log_capital(t))
    assert slope(path.log_capital, t) == pytest.approx(income - spent, abs=3e-6)
    assert slope(path.log_spending, t) == pytest.approx((net - P.rho) / P.eta, abs=3e-6)
    assert path.consumption_growth(t) == pytest.approx((net - P.rho) / P.eta, abs=1e-12)


@every_path
def test_zero_rates_give_back_the_untaxed_path(name):
    plain, household = ks.solve_transition(PATHS[name]), wb.solve_representative(PATHS[name])
    assert np.abs(household.log_capital(DATES) - plain.log_capital(DATES)).max() < 1e-9
    assert np.abs(household.log_consumption(DATES) - plain.log_consumption(DATES)).max() < 1e-9
    assert (household.transfer(DATES) == 0).all()
    nothing = wb.TaxSchedule((0.0, 0.0), (7.0,))
    for solve in (wb.solve_representative, wb.solve_two_agents):
        one, other = solve(PATHS[name]), solve(PATHS[name], nothing)
        assert np.abs(one.log_capital(DATES) - other.log_capital(DATES)).max() < 1e-7


@every_path
@pytest.mark.parametrize("tax", [0.2, 0.55])
def test_a_tax_is_more_impatience_and_less_substitution(name, tax):
    """(1−τ)(R − δ) − ρ over η is R − δ − ρ/(1−τ) over η/(1−τ)."""
    taxed = wb.solve_representative(PATHS[name], tax)
    as_if = replace(P, rho=P.rho / (1 - tax), eta=P.eta / (1 - tax))
    other = ks.solve_transition(PATHS[name], params=as_if)
    assert np.abs(taxed.log_capital(DATES) - other.log_capital(DATES)).max() < 1e-8
    assert np.abs(taxed.log_consumption(DATES) - other.log_consumption(DATES)).max() < 1e-8


@every_path
@every_tax
def test_an_owner_who_does_all_the_work_is_the_household(name, tax):
    household = wb.solve_representative(PATHS[name], tax)
    owner = wb.solve_two_agents(PATHS[name], tax, owner_labor=1.0)
    assert np.abs(owner.log_capital(DATES) - household.log_capital(DATES)).max() < 1e-9
    assert owner.owner_consumption(DATES) == pytest.approx(household.consumption(DATES), rel=1e-9)
    assert np.abs(owner.worker_consumption(DATES)).max() == 0


@pytest.mark.parametrize("horizon", [5.0, 20.0])
@pytest.mark.parametrize("nu", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("tax", [0.0, 0.3, 0.7, wb.TaxSchedule((0.1, 0.6, 0.2), (1.0, 3.0))])
def test_shooting_finds_the_same_consumption(horizon, nu, tax):
    automation = ks.Bounded(horizon=horizon)
    path = wb.solve_two_agents(automation, tax, owner_labor=nu)
    rate = tax.at if isinstance(tax, wb.TaxSchedule) else lambda t: tax
    found = shoot(lambda t: float(automation.share(t)), rate, nu, 4.6, P, horizon)
    assert np.exp(path.log_spending(0.0)) == pytest.approx(found, rel=2e-7)


@pytest.mark.parametrize("nu", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("tax", [0.0, 0.3])
def test_a_boundary_value_problem_has_the_same_path(nu, tax):
    """Where labour stays scarce: scipy's solver on 500 years, closed by the balanced path."""
    automation, gamma = PATHS["business as usual"], 0.02
    path = wb.solve_two_agents(automation, tax, owner_labor=nu)
    R = P.delta + (P.rho + P.eta * gamma) / (1 - tax)
    share = (R / P.A) ** (1 - P.sigma)
    net = (1 - tax) * (R - P.delta) + nu * (tax * (R - P.delta) + R * (1 - share) / share)

    def motion(t, x):
        k, q = x
        Phi = automation.share(t)
        now = ks.equilibrium(np.exp(k + gamma * t), Phi)
        rent = now.rental_rate - P.delta
        per_unit = nu * (now.wage * P.L / np.exp(k + gamma * t) + tax * rent)
        saving = (1 - tax) * rent + per_unit - np.exp(q)
        return np.array([saving - gamma, ((1 - tax) * rent - P.rho) / P.eta - saving])

    def ends(start, end):
        return np.array([start[0] - np.log(4.6), end[1] - np.log(net - gamma)])

    t = 500 * np.linspace(0, 1, 200) ** 3
    guess = np.array([np.full(200, np.log(4.6)), np.full(200, np.log(net - gamma))])
    found = solve_bvp(motion, ends, t, guess, tol=1e-8, max_nodes=50_000)
    assert found.success
    dates = np.array([0.0, 5.0, 30.0, 100.0])
    k, q = found.sol(dates)
    assert path.log_capital(dates) == pytest.approx(k + gamma * dates, abs=1e-6)
    assert path.log_spending(dates) - path.log_capital(dates) == pytest.approx(q, abs=1e-6)


@every_path
@every_tax
def test_with_log_utility_owners_consume_the_discount_rate(name, tax):
    p = replace(P, eta=1.0)
    path = wb.solve_two_agents(PATHS[name], tax, params=p)
    assert path.owner_consumption(DATES) == pytest.approx(p.rho * path.capital(DATES), rel=1e-7)
    rate = tax.at if isinstance(tax, wb.TaxSchedule) else lambda t: tax

    def motion(t, k):
        _, _, R = prices(np.exp(k[0]), float(PATHS[name].share(t)), p)
        return [(1 - rate(t)) * (R - p.delta) - p.rho]

    k, start = [], np.log(4.6)
    stops = [0.0, 3.0, 5.0, 9.0, 10.0, 25.0]
    for a, b in pairwise(stops):
        k.append(start)
        start = solve_ivp(motion, (a, b), [start], rtol=1e-10, atol=1e-12).y[0, -1]
    ours = path.log_capital(np.array(stops))
    assert ours == pytest.approx([*k, start], abs=3e-7)


@pytest.mark.parametrize("tax", [0.0, 0.3, 0.8])
def test_growth_where_labour_is_plentiful(tax):
    G = ((1 - tax) * (P.A - P.delta) - P.rho) / P.eta
    for solve in (wb.solve_representative, wb.solve_two_agents):
        path = solve(PATHS["baseline AGI"], tax)
        t = np.array([25.0, 60.0, 200.0])
        assert slope(path.log_spending, t, 1e-3) == pytest.approx(G, abs=1e-9)
        assert path.region(t).tolist() == [2, 2, 2]
    C, K = path.owner_consumption(t), path.capital(t)
    assert pytest.approx((1 - tax) * (P.A - P.delta) - G, rel=1e-10) == C / K


def test_a_balanced_path_has_the_same_return_whoever_saves():
    """(1−τ)(R − δ) = ρ + ηλg/(1−σ) in the long run."""
    for solve in (wb.solve_representative, wb.solve_two_agents):
        path = solve(PATHS["business as usual"], 0.3)
        assert path.rental_rate(2000.0) == pytest.approx(P.delta + (P.rho + P.eta * 0.02) / 0.7)


@pytest.mark.parametrize("theta", [0.2, 1.5])
def test_a_tax_on_consumption_moves_no_capital(theta):
    plain = wb.solve_two_agents(PATHS["baseline AGI"], 0.1)
    taxed = wb.solve_two_agents(PATHS["baseline AGI"], 0.1, consumption_tax=theta)
    t = DATES[:301]
    assert taxed.capital(t) == pytest.approx(plain.capital(t), rel=1e-12)
    assert taxed.owner_consumption(t) * (1 + theta) == pytest.approx(plain.owner_consumption(t))
    C = taxed.owner_consumption(t) + taxed.worker_consumption(t)
    assert plain.consumption(t) == pytest.approx(C, rel=1e-12)
    R, K = taxed.rental_rate(t), taxed.capital(t)
    assert taxed.transfer(t) == pytest.approx(0.1 * (R - P.delta) * K + theta * C, rel=1e-12)
    household = wb.solve_representative(PATHS["baseline AGI"], 0.1, consumption_tax=theta)
    revenue = 0.1 * (household.rental_rate(t) - P.delta) * household.capital(t)
    assert household.transfer(t) == pytest.approx(revenue + theta * household.consumption(t))


@pytest.mark.parametrize("eta", [0.7, 1.0, 2.0])
def test_what_was_announced_is_foreseen(eta):
    """Consumption does not jump when a levy comes; before that, owners who do not mind waiting
    (η < 1) consume more of what will be taxed, others less, for they will be poorer."""
    p = replace(P, eta=eta, rho=0.2)
    later = wb.TaxSchedule((0.0, 0.3), (5.0,))
    path, never = (wb.solve_two_agents(PATHS["baseline AGI"], x, params=p) for x in (later, 0.0))
    assert path.log_spending(5 - 1e-9) == pytest.approx(path.log_spending(5 + 1e-9), abs=1e-7)
    change = float(path.log_spending(0.0) - never.log_spending(0.0))
    assert np.sign(round(change, 6)) == np.sign(1 - eta)
    assert path.transfer(4.999) == 0 < path.transfer(5.001)


def test_derivatives_of_the_equations():
    for name, automation in PATHS.items():
        for tax in (0.3, LEVY):
            problem = wb.solve_two_agents(automation, tax, owner_labor=0.3).solution.problem
            assert isinstance(problem, TaxedGrowth), name
            assert check_jacobian(problem) < 1e-6


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"capital_tax": 1.0}, "0 ≤ capital_tax < 1"),
        ({"capital_tax": -0.1}, "negative transfer"),
        ({"capital_tax": 0.95}, "1 − rho"),
        ({"capital_tax": 0.9}, "run down"),
        ({"capital_tax": float("nan")}, "finite capital_tax"),
        ({"capital_tax": "much"}, "capital_tax"),
        ({"capital_tax": [0.1, 0.2]}, "single rate"),
        ({"consumption_tax": -0.1}, "consumption_tax ≥ 0"),
        ({"K0": 0.0}, "K0 > 0"),
        ({"params": 3}, "a Parameters record"),
        ({"params": replace(P, A=0.1)}, "A > rho \\+ delta"),
    ],
)
def test_what_is_refused(arguments, named):
    for solve in (wb.solve_representative, wb.solve_two_agents):
        with pytest.raises(ValueError, match=named):
            solve(PATHS["baseline AGI"], **arguments)


def test_what_else_is_refused():
    with pytest.raises(ValueError, match="workers' consumption"):
        wb.solve_two_agents(PATHS["baseline AGI"], 0.5, K0=2000.0)
    with pytest.raises(ValueError, match="0 ≤ owner_labor ≤ 1"):
        wb.solve_two_agents(PATHS["baseline AGI"], 0.5, owner_labor=1.2)
    with pytest.raises(ValueError, match="one rate more than dates"):
        wb.TaxSchedule((0.1, 0.2), (1.0, 2.0))
    with pytest.raises(ValueError, match="increasing dates"):
        wb.TaxSchedule((0.1, 0.2, 0.0), (2.0, 1.0))
    with pytest.raises(ValueError, match="automation path"):
        wb.solve_two_agents("fast")
