"""Who owns what, and what a path is worth to whom."""

import numpy as np
import pytest
from scipy.integrate import quad

from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from aiecon.chen_meng import gini as sample_gini
from aiecon.korinek_suh.dynamics.welfare import welfare

P = ks.Parameters()
AGI, SLOW = ks.Bounded(horizon=20.0), ks.BusinessAsUsual()


@pytest.mark.parametrize("automation", [AGI, SLOW, ks.Mixed(weight=0.877)])
def test_untaxed_household_is_that_of_the_paper(automation):
    theirs = welfare(ks.solve_transition(automation))
    path = wb.solve_representative(automation)
    ours = wb.four_people(path)
    assert ours["representative"] == pytest.approx(theirs.household, rel=1e-9)
    assert ours["worker"] == pytest.approx(theirs.worker, rel=1e-9)
    assert ours["owner"] == pytest.approx(theirs.owner, rel=1e-9)
    hand = wb.solve_two_agents(automation)
    assert wb.wealth(path)["wages"] == pytest.approx(theirs.human_wealth, rel=1e-9)
    assert wb.four_people(hand)["worker"] < ours["worker"] * (1 + 1e-9)


@pytest.mark.parametrize("eta", [0.9, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("tax", [0.0, 0.3, wb.TaxSchedule((0.2, 0.5), (8.0,))])
def test_an_owner_values_her_wealth(eta, tax):
    """∫ exp(−ρt) C^(1−η) dt = C(0)^(−η) K₀: no quadrature."""
    p = ks.Parameters(eta=eta, rho=0.05)
    path = wb.solve_two_agents(AGI, tax, params=p)
    found = wb.certainty_equivalent(path, wb.FOUR["owner"])
    if eta != 1:
        C = float(path.owner_consumption(0.0))
        closed = (p.rho * C**-eta * 4.6) ** (1 / (1 - eta))
        assert found == pytest.approx(closed, rel=1e-9)
    values = [
        quad(lambda t: p.rho * np.exp(-p.rho * t) * path.log_spending(t), a, b, limit=200)[0]
        for a, b in ((0, 8), (8, 20), (20, 100), (100, 900))
    ]
    if eta == 1:
        assert np.log(found) == pytest.approx(sum(values), rel=1e-7)


@pytest.mark.parametrize("tax", [0.0, 0.4])
def test_wealth_pays_for_consumption(tax):
    path = wb.solve_representative(AGI, tax)
    parts = wb.wealth(path)
    spent = wb.present_value(path, path.consumption)
    assert sum(parts.values()) == pytest.approx(spent, rel=1e-9)
    owners = wb.solve_two_agents(AGI, tax)
    assert wb.present_value(owners, owners.owner_consumption) == pytest.approx(4.6, rel=1e-9)


@pytest.mark.parametrize("theta", [0.0, 0.5])
@pytest.mark.parametrize("solve", [wb.solve_representative, wb.solve_two_agents])
def test_what_groups_consume_adds_up(theta, solve):
    from aiecon.who_benefits.people import log_consumption_of

    path, t = solve(AGI, 0.2, consumption_tax=theta), np.array([0.0, 7.0, 18.0, 40.0])
    for fund in (0.0, 0.3):
        total = sum(
            share * np.exp(log_consumption_of(path, wb.DFA_2019.person(name).with_fund(fund))(t))
            for name, share in zip(wb.DFA_2019.groups, wb.DFA_2019.people, strict=True)
        )
        assert total == pytest.approx(np.exp(path.log_consumption(t)), rel=1e-9)


def test_a_fund_is_a_tax_on_consumption_for_who_does_not_work():
    """With φ = θ/(1+θ) an owner keeps as much, and workers get as much together."""
    theta = 0.25
    taxed = wb.solve_two_agents(AGI, consumption_tax=theta)
    fund = theta / (1 + theta)
    plain = wb.solve_two_agents(AGI)
    owner, worker = wb.FOUR["owner"], wb.FOUR["worker"]
    kept = wb.certainty_equivalent(plain, owner, fund)
    assert kept == pytest.approx(wb.certainty_equivalent(taxed, owner), rel=1e-9)
    assert wb.certainty_equivalent(plain, worker, fund) == pytest.approx(
        wb.certainty_equivalent(taxed, worker), rel=1e-9
    )


def test_the_average_household_of_two_agents_consumes_what_there_is():
    path = wb.solve_two_agents(AGI, 0.3)
    from aiecon.who_benefits.people import worth

    whole = worth(path.log_consumption, P.rho, P.eta, path.kinks)
    assert wb.four_people(path)["representative"] == pytest.approx(whole, rel=1e-10)


def test_gini_is_that_of_a_sample():
    path, t = wb.solve_two_agents(AGI, 0.3), 25.0
    copies = np.round(100 * np.array(wb.DFA_2019.people)).astype(int)
    people = [wb.DFA_2019.person(name) for name in wb.DFA_2019.groups]
    w, T = float(path.wage(t)), float(path.transfer(t))
    rent = float(path.after_tax_return(t) * path.capital(t))
    income = [x.labor * w + x.capital * rent + x.transfer * T for x in people]
    assert wb.gini(path, t) == pytest.approx(sample_gini(np.repeat(income, copies)), abs=1e-12)
    equal = wb.Ownership(("a", "b"), (0.5, 0.5), (0.5, 0.5), (0.5, 0.5))
    assert np.abs(wb.gini(path, [0.0, 10.0, 50.0], equal)).max() < 1e-12


def test_a_tax_paid_out_narrows_incomes():
    t = np.array([10.0, 30.0, 60.0])
    free, taxed = (wb.gini(wb.solve_two_agents(AGI, tax), t) for tax in (0.0, 0.3))
    assert (taxed < free).all()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"capital": (0.5, 0.6)}, "add up to one"),
        ({"people": (1.0, 0.0)}, "people > 0"),
        ({"labor": (1.2, -0.2)}, "labor ≥ 0"),
        ({"capital": (1.0,)}, "one share for each group"),
    ],
)
def test_ownership_adds_up(change, named):
    shares = {"people": (0.5, 0.5), "capital": (0.2, 0.8), "labor": (0.5, 0.5)}
    with pytest.raises(ValueError, match=named):
        wb.Ownership(("a", "b"), **(shares | change))


def test_what_is_refused():
    with pytest.raises(ValueError, match="capital ≥ 0"):
        wb.Person(-1.0, 1.0)
    with pytest.raises(ValueError, match="something to live on"):
        wb.Person(0.0, 0.0, 0.0)
    with pytest.raises(ValueError, match="public_share ≤ 1"):
        wb.certainty_equivalent(wb.solve_two_agents(AGI), wb.FOUR["owner"], 1.5)
    with pytest.raises(ValueError, match="rho > 0"):
        wb.four_people(wb.solve_two_agents(AGI, params=ks.Parameters(rho=0.0)))
    with pytest.raises(ValueError, match="one of bottom"):
        wb.DFA_2019.person("middle")
