"""Table 2 and what the theory excludes."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from aiecon import korinek_suh as ks


def test_table_2():
    p = ks.Parameters()
    assert (p.rho, p.eta, p.delta, p.sigma, p.A, p.L) == (0.04, 2.0, 0.1, 0.5, 0.5, 1.0)


def test_parameters_cannot_change():
    with pytest.raises(FrozenInstanceError):
        ks.Parameters().sigma = 0.7


def test_whole_numbers_become_floats():
    assert ks.Parameters(A=1) == ks.Parameters(A=1.0)
    assert isinstance(ks.Parameters(A=1).A, float)


@pytest.mark.parametrize("sigma", [1.0, 1.5, 1e-300, 1e10])
def test_every_positive_elasticity_is_admitted(sigma):
    assert ks.Parameters(sigma=sigma).sigma == sigma


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rho", -0.01),
        ("eta", 0.0),
        ("delta", -1.0),
        ("sigma", 0.0),
        ("sigma", -0.5),
        ("A", 0.0),
        ("L", -1.0),
        ("L", np.inf),
        ("sigma", np.nan),
        ("A", "one"),
        ("A", 1j),
        ("sigma", np.array([0.2, -0.5])),
        ("eta", None),
    ],
)
def test_rejected_values_are_named(name, value):
    with pytest.raises(ValueError, match=rf"^{name}.* is not allowed: .* is required"):
        ks.Parameters(**{name: value})


def test_the_message_says_what_to_try_at_the_leontief_limit():
    with pytest.raises(ValueError, match="For Leontief take sigma small"):
        ks.Parameters(sigma=0)


def test_many_economies_in_one_record():
    many = ks.Parameters(sigma=[0.2, 0.5], A=1.0)
    each = [ks.equilibrium(4.6, 0.608, ks.Parameters(sigma=s, A=1.0)).wage for s in (0.2, 0.5)]
    assert ks.equilibrium(4.6, 0.608, many).wage == pytest.approx(each, rel=1e-15)
    with pytest.raises(ValueError, match=r"^sigma = .* a single number is required. Loop over"):
        ks.wage_peak(4.6, many)
    one = ks.solve_transitions(ks.Bounded(), params=ks.Parameters(eta=[1.5, 2.0]))
    assert np.array_equal(
        one.wage(5.0), ks.solve_transitions(ks.Bounded(), eta=[1.5, 2.0]).wage(5.0)
    )


def test_at_the_least_eta_a_household_consumes_nothing_of_its_wealth():
    p = ks.Parameters()
    assert p.least_eta == pytest.approx(0.9)
    for sign in (-1, 1):
        near = ks.Parameters(eta=p.least_eta * (1 + sign * 1e-6))
        assert np.sign(near.propensity) == sign
        # the same by the definition: discounted utility of consumption that grows at G
        assert np.sign(near.rho - (1 - near.eta) * near.growth) == sign
    with pytest.raises(ValueError, match="eta"):
        ks.solve_transition(ks.Bounded(20.0), params=ks.Parameters(eta=0.899))
