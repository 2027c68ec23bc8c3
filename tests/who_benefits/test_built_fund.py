"""A fund that is built from a tax: its accounts, by hand and at the limits."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from tests.who_benefits.plain import prices

P = ks.Parameters()
AGI, BOUT, SLOW = ks.Bounded(horizon=20.0), ks.Mixed(weight=0.877), ks.BusinessAsUsual()


@pytest.mark.parametrize(("path", "eta"), [(AGI, 2.0), (AGI, 0.9), (SLOW, 3.0), (BOUT, 2.0)])
@pytest.mark.parametrize("tax", [0.1, 0.4])
def test_three_budgets_by_hand(path, eta, tax):
    """Owners' capital, the fund's and owners' consumption, each by its own equation."""
    p = replace(P, eta=eta)
    fund = wb.solve_built_fund(path, tax, params=p)

    def motion(t, x):
        owned, held, spent = x
        _, _, R = prices(owned + held, float(path.share(t)), p)
        net, paid = R - p.delta, spent * held / owned
        return [
            (1 - tax) * net * owned - spent,
            net * held + tax * net * owned - paid,
            spent * ((1 - tax) * net - p.rho) / p.eta,
        ]

    end = 4.0  # unstable like every saddle path: followed for a while
    start = [4.6, 0.0, fund.owner_consumption(0.0)]
    found = solve_ivp(motion, (0, end), start, rtol=1e-10, atol=1e-12, max_step=0.05).y[:, -1]
    total = float(fund.capital(end))
    ours = [(1 - fund.share(end)) * total, fund.share(end) * total, fund.owner_consumption(end)]
    assert ours == pytest.approx(found, rel=2e-5)


@pytest.mark.parametrize("path", [AGI, BOUT, SLOW])
def test_nothing_is_lost_between_the_budgets(path):
    fund = wb.solve_built_fund(path, 0.2)
    t = np.linspace(0.0, 80.0, 161)
    h, now = 1e-5, np.r_[1.0, 7.0, 25.0]
    made, used = fund.output(t), fund.owner_consumption(t) + fund.worker_consumption(t)
    gross = made - fund.wage(t) * P.L - (fund.owner_consumption(t) + fund.payout(t))
    assert made - used == pytest.approx(gross, rel=1e-10)
    saved = (fund.capital(now + h) - fund.capital(now - h)) / (2 * h)
    left = fund.output(now) - P.delta * fund.capital(now)
    left = left - fund.owner_consumption(now) - fund.worker_consumption(now)
    assert saved == pytest.approx(left, rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("path", [AGI, SLOW])
def test_no_tax_is_no_fund(path):
    free, fund = wb.solve_two_agents(path), wb.solve_built_fund(path, 0.0)
    t = np.r_[0.0, 10.0, 40.0]
    assert fund.share(t) == pytest.approx(0.0)
    assert fund.capital(t) == pytest.approx(free.capital(t), rel=1e-12)
    assert fund.four_people() == pytest.approx(wb.four_people(free), rel=1e-10)


def test_with_log_utility_no_capital_moves():
    p, t = replace(P, eta=1.0), np.r_[0.0, 5.0, 15.0, 40.0]
    free, fund = wb.solve_two_agents(AGI, params=p), wb.solve_built_fund(AGI, 0.5, params=p)
    assert fund.capital(t) == pytest.approx(free.capital(t), rel=1e-8)
    both = fund.owner_consumption(t) + fund.payout(t)
    assert both == pytest.approx(p.rho * fund.capital(t), rel=1e-6)


def test_in_the_end_the_fund_owns_everything_and_owners_grow_as_taxed_ones():
    tax, t = 0.3, np.r_[60.0, 61.0]
    fund = wb.solve_built_fund(AGI, tax)
    assert fund.share(300.0) == pytest.approx(1.0)
    growth = np.diff(np.log(fund.owner_consumption(t)))
    assert growth == pytest.approx(((1 - tax) * (P.A - P.delta) - P.rho) / P.eta)
    assert np.diff(np.log(1 - fund.share(t))) == pytest.approx(-tax * (P.A - P.delta), rel=1e-6)


@pytest.mark.parametrize(("path", "tax"), [(AGI, 0.3), (SLOW, 0.3)])
def test_the_saved_tax_that_is_worth_as_much(path, tax):
    saved = wb.equivalent_saved_tax(path, tax)
    worker = wb.FOUR["worker"]
    target = wb.certainty_equivalent(wb.solve_two_agents(path, tax), worker)
    found = wb.solve_built_fund(path, saved).certainty_equivalent(worker)
    assert found == pytest.approx(target, rel=1e-6)
    assert wb.equivalent_saved_tax(path, 0.0) == 0.0


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: wb.solve_built_fund(AGI, 1.0), "0 ≤ capital_tax < 1"),
        (lambda: wb.solve_built_fund(AGI, -0.1), "0 ≤ capital_tax < 1"),
        (lambda: wb.solve_built_fund(AGI, 0.95), "capital_tax < 0.9"),
        (lambda: wb.solve_built_fund(AGI, float("nan")), "capital_tax"),
    ],
)
def test_what_is_refused(call, named):
    with pytest.raises(ValueError, match=named):
        call()
