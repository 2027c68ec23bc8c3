"""The race in the long run: Proposition 7, (15), and the balancing saving rate (17)-(18)."""

import numpy as np
import pytest

from aiecon import korinek_suh as ks

P = ks.Parameters()
G = 0.18


def test_the_numbers_of_table_2():
    assert ks.region_2_growth(P) == pytest.approx(G, abs=1e-15)
    assert ks.long_run_saving_rate(P) == pytest.approx(0.56, abs=1e-15)
    assert ks.long_run_saving_rate(P) * P.A - P.delta == pytest.approx(G)


@pytest.mark.parametrize("rate", [0.01, 0.05, 0.12, 0.17, 0.25])
@pytest.mark.parametrize("params", [P, ks.Parameters(sigma=0.3, eta=3.0)])
def test_limits_of_optimal_paths(rate, params):
    limits = ks.long_run(rate, params)
    found, late = ks.solve_transition(ks.BusinessAsUsual(rate), params=params), 3000.0
    growth = (found.log_wage(late + 100) - found.log_wage(late)) / 100
    assert growth == pytest.approx(limits.wage_growth, abs=1e-6)
    assert found.labor_share(late) == pytest.approx(limits.labor_share_optimal, abs=1e-5)
    assert found.rental_rate(late) == pytest.approx(limits.rental_rate, abs=1e-5)
    assert found.saving_rate(late) == pytest.approx(limits.saving_rate, abs=1e-5)
    output = (found.log_output(late + 100) - found.log_output(late)) / 100
    assert output == pytest.approx(limits.output_growth, abs=1e-6)


def test_wage_growth_is_largest_at_the_edge_and_falls_to_zero_at_g():
    rates = np.linspace(0.001, 0.3, 1000)
    growth = ks.long_run(rates, P).wage_growth
    peak = rates[growth.argmax()]
    assert peak == pytest.approx((1 - P.sigma) * G, abs=1e-3)
    assert growth.max() == pytest.approx(G, rel=1e-2)
    assert (growth[rates > G] == 0).all()
    edge = ks.long_run([0.09 - 1e-12, 0.09, 0.09 + 1e-12], P)
    assert edge.wage_growth == pytest.approx([G, G, G], abs=1e-10)  # continuous
    assert edge.case.tolist() == [3, 3, 2]


def test_shares_are_continuous_where_the_labor_share_vanishes():
    limits = ks.long_run([0.09 - 1e-9, 0.09 + 1e-9], P)
    assert limits.labor_share == pytest.approx([0.0, 0.0], abs=1e-7)
    assert limits.labor_share_optimal == pytest.approx([0.0, 0.0], abs=1e-7)
    assert limits.rental_rate == pytest.approx([P.A, P.A], abs=1e-7)


@pytest.mark.parametrize("sigma", [0.3, 0.5, 0.8, 1.3])
@pytest.mark.parametrize("K", [1.0, 4.6, 12.0])
def test_balancing_saving_rate_keeps_the_wage(sigma, K):
    """With K̇ = s̃ Y and Φ̇ as given the wage does not change, to first order."""
    p, Phi, speed, h = ks.Parameters(sigma=sigma), 0.4, 0.02, 1e-5
    s, Y = ks.balancing_saving_rate(K, Phi, speed, p), ks.equilibrium(K, Phi, p).output
    wages = [ks.equilibrium(K + d * s * Y, Phi + d * speed, p).wage for d in (-h, h)]
    assert np.log(wages[1] / wages[0]) / (2 * h) == pytest.approx(0.0, abs=1e-8)
    more = [ks.equilibrium(K + d * (s + 0.1) * Y, Phi + d * speed, p).wage for d in (-h, h)]
    assert more[1] > more[0]


@pytest.mark.parametrize("path", [ks.BusinessAsUsual(), ks.Bounded(20), ks.Mixed(0.9)], ids=str)
def test_wages_rise_along_a_path_where_net_saving_exceeds_the_balancing_rate(path):
    found, t, h = ks.solve_transition(path), np.linspace(0.1, 30, 200), 1e-4
    t = t[(found.region(t) == 1) & np.all(abs(t[:, None] - [*found.kinks, 99]) > 0.05, axis=1)]
    rest = found.unautomated(t)
    s = ks.balancing_saving_rate(found.capital(t), found.share(t), path.hazard(t) * rest)
    net = found.saving_rate(t) - P.delta * found.capital(t) / found.output(t)
    growth = (found.log_wage(t + h) - found.log_wage(t - h)) / (2 * h)
    assert np.array_equal(net > s, growth > 0)
    assert {True, False} >= set((growth > 0).tolist())


def test_no_balancing_rate_in_region_2():
    assert np.isnan(ks.balancing_saving_rate(1.0, 0.9, 0.01, P))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: ks.long_run(0.0, P), "rate = 0"),
        (lambda: ks.long_run([0.1, -0.1], P), "rate"),
        (lambda: ks.long_run(0.1, ks.Parameters(A=0.1)), "A = 0.1"),
        (lambda: ks.long_run(0.1, ks.Parameters(sigma=1.0)), "sigma = 1"),
        (lambda: ks.balancing_saving_rate(0.0, 0.5, 0.1, P), "K = 0"),
        (lambda: ks.balancing_saving_rate(1.0, 1.0, 0.1, P), "Phi = 1"),
        (lambda: ks.balancing_saving_rate(1.0, 0.5, np.nan, P), "automation"),
        (lambda: ks.balancing_saving_rate(1.0, 0.5, 0.1, ks.Parameters(sigma=1.0)), "sigma = 1"),
    ],
)
def test_inputs_that_are_not_admissible(call, words):
    with pytest.raises(ValueError, match=words):
        call()
