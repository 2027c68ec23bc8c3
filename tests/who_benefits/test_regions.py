"""Regions, sectors and firms."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from aiecon import chen_meng as cm
from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb

P = ks.Parameters()
AGI, SLOW = ks.Bounded(horizon=20.0), ks.BusinessAsUsual()


@pytest.mark.parametrize("path", [AGI, ks.Bounded(horizon=5.0), SLOW])
def test_the_poorer_region_leaves_scarcity_first(path):
    pair = wb.two_regions(path, K_poor=2.3)
    assert pair.collapse["poor"] <= pair.collapse["rich"]
    assert (pair.wage_gap(np.array([0.0, 1.0])) > 0).all()
    same = wb.two_regions(path, K_poor=4.6)
    assert np.abs(same.output_gap(np.array([0.0, 10.0, 40.0]))).max() < 1e-12


def test_a_region_with_a_collapse_today():
    assert wb.two_regions(AGI, K_poor=1.0).collapse["poor"] == 0.0
    assert wb.two_regions(SLOW).collapse == {"rich": np.inf, "poor": np.inf}


def test_a_region_as_advanced_as_the_leader_is_like_it():
    leader = ks.solve_transition(AGI)
    t = np.array([0.0, 5.0, 15.0, 18.0])
    wage, capital = wb.open_region(leader, AGI, t)
    assert wage == pytest.approx(leader.wage(t), rel=1e-9)
    assert capital == pytest.approx(leader.capital(t), rel=1e-9)
    assert wb.open_region(leader, SLOW, 25.0)[0] == pytest.approx(P.A)


@pytest.mark.parametrize("Phi", [(0.6, 0.6), (0.8, 0.4), (0.0, 0.7), (0.95, 0.1)])
@pytest.mark.parametrize("K", [4.6, 30.0])
def test_one_market_makes_the_most_of_capital(Phi, K):
    """The split of capital at which both returns are equal has the largest output."""
    sizes = np.array([0.3, 0.7])
    found = wb.one_market(K, Phi, sizes)

    def output(share):
        held = np.array([share, 1 - share]) * K / sizes
        each = [ks.equilibrium(k, x).output for k, x in zip(held, Phi, strict=True)]
        return float(sizes @ np.array(each))

    tight = {"xatol": 1e-12}
    best = minimize_scalar(lambda x: -output(x), bounds=(0, 1), method="bounded", options=tight)
    assert found.output == pytest.approx(-best.fun, rel=1e-9)
    if found.rental_rate < P.A:
        assert found.capital.sum() == pytest.approx(K, rel=1e-9)
        income = sizes @ found.wage + found.rental_rate * K
        assert income == pytest.approx(found.output, rel=1e-12)
        for k, x, w in zip(found.capital / sizes, Phi, found.wage, strict=True):
            if x > 0:
                assert ks.equilibrium(k, x).wage == pytest.approx(w, rel=1e-9)


def test_one_region_that_can_employ_all_capital_sets_the_wage_of_all():
    found = wb.one_market([4.6, 40.0], np.array([[1.0, 1.0], [0.2, 0.2]]))
    assert (found.wage == P.A).all()
    assert np.isnan(found.capital).all()
    assert found.output == pytest.approx(P.A * (np.array([4.6, 40.0]) + 1))


def test_one_market_of_equals_is_one_economy():
    t = np.array([0.0, 7.0, 15.0, 25.0])
    both = wb.one_market_path((AGI, AGI), t, saving=0.3)
    alone = ks.constant_saving(AGI, 0.3)
    assert both.output == pytest.approx(alone.output(t), rel=1e-6)
    assert both.wage[1] == pytest.approx(alone.wage(t), rel=1e-5)


# Sectors ------------------------------------------------------------------------------------------


def test_sectors_that_are_as_substitutable_as_tasks_are_one_economy():
    K, Phi = np.array([1.0, 4.6, 50.0]), np.array([[0.9] * 3, [0.3] * 3])
    found = wb.sector_equilibrium(K, Phi, elasticity=P.sigma)
    one = ks.equilibrium(K, 0.6)
    assert found.output == pytest.approx(one.output, rel=1e-9)
    assert found.wage == pytest.approx(one.wage, rel=1e-8)
    assert found.labor_share == pytest.approx(one.labor_share, rel=1e-8)
    assert found.scarce.tolist() == [False, True, True]


@pytest.mark.parametrize("elasticity", [0.3, 0.8, 1.5, 4.0])
def test_sectors_balance(elasticity):
    K, Phi = np.array([4.6, 9.0]), np.array([[0.85, 0.5], [0.4, 0.5]])
    found = wb.sector_equilibrium(K, Phi, elasticity, weights=(0.3, 0.7))
    assert found.wage * P.L + found.rental_rate * K == pytest.approx(found.output, rel=1e-12)
    assert found.labor.sum(axis=0) == pytest.approx([1.0, 1.0])
    assert found.expenditure.sum(axis=0) == pytest.approx([1.0, 1.0])
    a = np.array([0.3, 0.7])[:, None]
    index = (a * found.price ** (1 - elasticity)).sum(axis=0) ** (1 / (1 - elasticity))
    assert index == pytest.approx([1.0, 1.0])
    cost = ks.unit_cost(found.wage, found.rental_rate, Phi)
    assert found.price == pytest.approx(cost, rel=1e-9)
    # goods add up to output: quantities are expenditure over price
    q = found.expenditure * found.output / found.price
    e = (elasticity - 1) / elasticity
    total = (a ** (1 / elasticity) * q**e).sum(axis=0) ** (1 / e)
    assert total == pytest.approx(found.output, rel=1e-9)
    # production of sector i from its labour, at the price's shares
    same = wb.sector_equilibrium(9.0, [0.5, 0.5], elasticity, weights=(0.3, 0.7))
    assert same.price == pytest.approx([1.0, 1.0])


def test_labour_leaves_the_automated_sector_unless_its_goods_replace_the_others():
    both = AGI, SLOW
    hard, easy = (wb.sector_path(both, x, [0.0, 5.0, 19.0]) for x in (0.5, 4.0))
    assert hard.labor[0, 1] < 0.5 < easy.labor[0, 1]
    assert max(hard.labor[0, 2], easy.labor[0, 2]) < 0.2
    assert (hard.price[0, 1:] < hard.price[1, 1:]).all()
    assert easy.expenditure[0, 1] > 0.5 > hard.expenditure[0, 1]


def test_firms_without_assets():
    gap = wb.firm_gap(quantile=[0.0, 0.5, 0.99])
    p = cm.Parameters()
    assert gap.output == pytest.approx(
        (1 + p.ratio * np.array([1, 2 ** (1 / p.zeta), 100 ** (1 / p.zeta)])) ** p.weight - 1
    )
    assert gap.margin == pytest.approx(1 - (1 + gap.pay) / (1 + gap.output))
    none = wb.firm_gap(cm.Parameters(eta1=0.0))
    assert np.abs([none.output, none.pay, none.margin]).max() == 0


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: wb.one_market(4.6, [0.5, 0.5], (0.5, 0.6)), "add up to one"),
        (lambda: wb.one_market(0.0, [0.5, 0.5]), "K > 0"),
        (lambda: wb.one_market(1.0, [0.5, 1.5]), "0 ≤ Phi ≤ 1"),
        (lambda: wb.one_market(1.0, [0.5]), "a row of Phi"),
        (lambda: wb.sector_equilibrium(1.0, [0.5, 0.5], 1.0), "elasticity > 0 and ≠ 1"),
        (lambda: wb.sector_path((AGI, SLOW), 0.5, [1.0]), "increasing dates"),
        (lambda: wb.sector_path((AGI, SLOW), 0.5, [0.0, 1.0], saving=1.0), "0 < saving < 1"),
        (lambda: wb.firm_gap(quantile=1.0), "0 ≤ quantile < 1"),
    ],
)
def test_what_is_refused(call, named):
    with pytest.raises(ValueError, match=named):
        call()
