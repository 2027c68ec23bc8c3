"""Paths from a known point, forwards and backwards, against closed forms."""

import numpy as np
import pytest

from aiecon.numerics.initial_value import follow

T = np.linspace(0.0, 5.0, 101)


def pushed(t):
    """x(t) for ẋ = |t − 2| − x from 1: by variation of constants on both sides of the kink."""
    early = 3.0 - t - 2.0 * np.exp(-t)
    late = t - 3.0 + (1.0 - 2.0 * np.exp(-2.0) + 1.0) * np.exp(-(t - 2.0))
    return np.where(t < 2.0, early, late)


def slope(t, x):
    return abs(t - 2.0) - x


def test_forwards_and_backwards_across_a_kink():
    ahead = follow(slope, 0.0, 5.0, [1.0], 1e-12, kinks=[2.0, 7.0])
    assert abs(ahead.sol(T)[0] - pushed(T)).max() < 1e-11
    back = follow(slope, 5.0, 0.0, pushed(5.0)[None], 1e-12, kinks=[2.0, -1.0])
    assert abs(back.sol(T)[0] - pushed(T)).max() < 1e-9  # backwards an error grows e⁵-fold
    assert 2.0 in back.sol.ts


def test_a_terminal_event_ends_it():
    def enough(t, x):
        return x[0] - 0.9

    enough.terminal = True
    found = follow(slope, 5.0, 0.0, pushed(5.0)[None], 1e-10, enough, kinks=[2.0])
    assert found.status == 1
    assert 2.0 < found.t[-1] < 5.0
    assert pushed(found.t[-1]) == pytest.approx(0.9, abs=1e-8)


@pytest.mark.parametrize("methods", [("DOP853",), ("Radau",), ("LSODA",)])
def test_the_methods_agree(methods):
    found = follow(lambda t, x: -3.0 * x + np.sin(t), 0.0, 5.0, [1.0], 1e-8, methods=methods)
    exact = 1.1 * np.exp(-3.0 * T) + 0.3 * np.sin(T) - 0.1 * np.cos(T)
    assert abs(found.sol(T)[0] - exact).max() < 1e-6


def test_what_cannot_be_followed_is_named():
    with pytest.raises(RuntimeError, match=r"from 0 to 2 .*DOP853.*Radau.*shorter horizon"):
        follow(lambda t, x: x**2, 0.0, 2.0, [1.0])
    with pytest.raises(ValueError, match=r"tol = 0\.1"):
        follow(slope, 0.0, 1.0, [1.0], 0.1)
