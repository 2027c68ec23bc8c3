"""Draws: the batch against single solves, the sweep, the stored result."""

import numpy as np
import pytest

from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from aiecon.sweep import sweep
from aiecon.who_benefits.robustness import COLUMNS


def column(values, name):
    return values[:, COLUMNS.index(name)]


def economy(draw, i):
    names = ("sigma", "eta", "rho", "delta", "A")
    p = ks.Parameters(**{name: float(draw[name][i]) for name in names})
    T, weight = float(draw["horizon"][i]), float(draw["weight"][i])
    path = ks.Bounded(horizon=T) if weight == 1 else ks.Mixed(weight, horizon=T)
    return path, float(draw["K0"][i]), p


def test_a_batch_is_what_single_solves_are():
    draw = wb.draws(4, seed=3)
    values = wb.instrument_draws(**draw)
    for i in range(4):
        path, K0, p = economy(draw, i)
        people = wb.FOUR | {"median": wb.Person(float(draw["median"][i]), 1.0)}
        free = wb.solve_two_agents(path, 0.0, K0, p)
        cases = {
            "none": (free, 0.0),
            "capital": (wb.solve_two_agents(path, 0.3, K0, p), 0.0),
            "slow": (wb.solve_two_agents(wb.slowed(path, 0.5), 0.0, K0, p), 0.0),
        }
        theta = wb.equivalent_consumption_tax(path, 0.3, K0, p)
        cases["consumption"] = free, theta / (1 + theta)
        for case, (solved, fund) in cases.items():
            for who, found in wb.four_people(solved, fund, people).items():
                assert column(values, f"{case} {who}")[i] == pytest.approx(found, rel=5e-4)
            output = column(values, f"{case} output")[i]
            assert output == pytest.approx(float(solved.output(30.0)), rel=1e-4)
        built = wb.solve_built_fund(path, 0.1, K0, p)
        for who, found in built.four_people(people).items():
            assert column(values, f"built {who}")[i] == pytest.approx(found, rel=5e-4)
        assert column(values, "theta")[i] == pytest.approx(theta, rel=2e-3)
        assert column(values, "wage today")[i] == pytest.approx(float(free.wage(0.0)), rel=1e-9)


def test_many_two_agents_are_single_ones():
    tax, t = np.array([0.0, 0.3, 0.6]), np.array([0.0, 4.0, 30.0])
    many = wb.solve_two_agents_many(ks.Mixed(0.877), tax, eta=[1.0, 2.0, 3.0])
    for i, eta in enumerate((1.0, 2.0, 3.0)):
        one = wb.solve_two_agents(ks.Mixed(0.877), tax[i], params=ks.Parameters(eta=eta))
        assert many.capital(t)[i] == pytest.approx(one.capital(t), rel=1e-6)
        assert many.consumption(t)[i] == pytest.approx(one.owner_consumption(t), rel=1e-6)
    lost = wb.solve_two_agents_many(ks.Bounded(), [0.3, 0.95])
    assert list(lost.failures) == [1]


def test_sweep_gives_the_same_in_one_piece_or_many():
    draw = wb.draws(9, seed=5)
    whole = wb.instrument_draws(**draw)
    parts = sweep(wb.instrument_draws, draw, chunk=4, workers=1).array
    assert parts == pytest.approx(whole, rel=1e-5)


def test_stored_rankings_agree_with_fewer_draws():
    stored, few = wb.stored_rankings(), wb.rankings(200, seed=11)
    assert stored.count + stored.failed == 10_000
    for name, share in stored.share.items():
        error = np.sqrt(max(share * (1 - share), 1 / 200) / 200)
        assert few.share[name] == pytest.approx(share, abs=4.5 * error)
    assert set(stored.change) == set(few.change)


def test_what_is_refused():
    with pytest.raises(ValueError, match="the names sigma"):
        wb.instrument_draws(sigma=[0.5])
    with pytest.raises(ValueError, match="count"):
        wb.draws(0)
