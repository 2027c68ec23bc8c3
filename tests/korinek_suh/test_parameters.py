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
        ("sigma", np.array([0.2, 0.5])),
        ("eta", None),
    ],
)
def test_rejected_values_are_named(name, value):
    with pytest.raises(ValueError, match=rf"^{name}.* is not allowed: .* is required"):
        ks.Parameters(**{name: value})


def test_the_message_says_what_to_try_at_the_leontief_limit():
    with pytest.raises(ValueError, match="For Leontief take sigma small"):
        ks.Parameters(sigma=0)
