"""Problems that nobody wrote for this solver, against closed forms or scipy's solve_bvp."""

from copy import copy

import numpy as np
import pytest
from scipy.linalg import expm
from scipy.optimize import brentq

from aiecon.numerics import BORDER, Guess, Problem, Structure, check_jacobian, solve
from tests.numerics.foreign import (
    Dips,
    JonesPlanner,
    QTheory,
    Ramsey,
    RenewableResource,
    Stiff,
    UzawaLucas,
)

T = np.linspace(0, 60, 241)


@pytest.mark.parametrize("K0", [0.1, 1.0, 20.0])
def test_ramsey_with_a_constant_consumption_rate(K0):
    problem = Ramsey(K0)
    k, q = solve(problem, 1e-10)(T)
    assert np.exp(k) == pytest.approx(problem.capital(T, K0), rel=1e-10)
    assert np.exp(q) == pytest.approx(problem.constant_rate(), rel=1e-10)


def agrees(problem, end, tol=2e-7):
    path = solve(problem)
    right = problem.by_solve_bvp(T, end)
    assert abs(path(T) - right).max() < tol
    assert path.error <= 1e-8
    assert check_jacobian(problem) < 1e-6


@pytest.mark.parametrize("K0", [1.0, 7.0])
def test_compecon_optimal_growth(K0):
    """demdoc02: α = .4, δ = .1, θ = 2, ρ = .05, between its smallest and largest capital."""
    agrees(Ramsey(K0, theta=2.0), 150.0)


@pytest.mark.parametrize("s0", [0.2, 1.0])
def test_compecon_renewable_resource(s0):
    agrees(RenewableResource(s0), 150.0)


@pytest.mark.parametrize("ratio", [0.3, 2.0])
def test_uzawa_lucas_in_closed_form(ratio):
    problem = UzawaLucas(ratio * 0.2)
    x = solve(problem, 1e-10)(T)
    assert problem.z * np.exp(x[0]) == pytest.approx(problem.logistic(T, ratio * 0.2), rel=1e-9)
    assert np.exp(x[1]) == pytest.approx(problem.chi, rel=1e-9)
    assert np.exp(x[2]) == pytest.approx(problem.u, rel=1e-9)


def test_uzawa_lucas_with_other_preferences():
    agrees(UzawaLucas(0.15, alpha=0.4, theta=2.0), 150.0)


def test_jones_with_two_states():
    agrees(JonesPlanner(), 400.0, 1e-6)


@pytest.mark.parametrize("starts", [[0.5], [0.5, 2.0], [0.3, 0.8, 1.5, 2.0]])
def test_investment_in_one_to_four_sectors(starts):
    agrees(QTheory(starts), 150.0)


@pytest.mark.parametrize("fast", [1e2, 1e3, 1e4, 1e5])
def test_stiff(fast):
    problem = Stiff(fast)
    t = np.concatenate([np.geomspace(0.01, 20, 60) / fast, np.linspace(0.01, 30, 100)])
    assert abs(solve(problem)(t) - problem.exact(t)).max() < 1e-8


class ZeroLowerBound(Problem):
    """Inflation π and output gap x, both free to jump; a natural rate below zero until T.

        π̇ = ρπ − κx,   ẋ = (i − π − r(t))/σ,   i = max(0, ρ + φπ),   r = r̲ < 0 before T, ρ after.

    Werning (2012) with a Taylor rule. Regime 1: i > 0.
    """

    size, nodes = 2, 16
    has_border, last_regime = True, 1
    initial, tail_rate, time_scale = np.empty((0, 1)), np.array([0.5]), 1.0
    rho, kappa, sigma, phi, low, T = 0.04, 0.3, 1.0, 1.5, -0.02, 2.0
    kinks = np.array([[2.0]])

    def matrix(self, regime):
        by_pi = (self.phi - 1.0 if regime == 1 else -1.0) / self.sigma
        return np.array([[self.rho, -self.kappa], [by_pi, 0.0]])

    def pull(self, regime, late):
        natural = np.where(late, self.rho, self.low)
        return ((self.rho if regime == 1 else 0.0) - natural) / self.sigma

    def field(self, t, x, regime):
        M = self.matrix(regime)
        f = np.einsum("ij,j...->i...", M, x)
        f[1] += self.pull(regime, t >= self.T)
        return f, np.broadcast_to(M[:, :, None, None, None], (2, *x.shape)), None

    def border(self, t, x):
        b_x = np.zeros(x.shape)
        b_x[0] = self.phi
        return self.rho + self.phi * x[0] + 0.0 * t, b_x, 0.0 * (x[0] + t)

    def terminal(self, t, x):
        return x, np.eye(2)[..., None, None, None] + 0.0 * x, 0.0 * x

    def guesses(self):
        yield Guess(lambda t: -0.03 * np.maximum(1 - t / self.T, 0.0) * np.ones((2, 1, 1, 1)))

    def exact(self, t):
        """Back from T, where both are zero, along the Taylor rule to the border, then i = 0."""

        def back(x, regime, since):
            M, c = self.matrix(regime), np.array([0.0, self.pull(regime, False)])
            whole = np.zeros((3, 3))
            whole[:2, :2], whole[:2, 2] = M, c
            return (expm(-whole * since) @ np.append(x, 1.0))[:2]

        rest = np.zeros(2)
        leaves = brentq(lambda s: self.rho + self.phi * back(rest, 1, s)[0], 1e-6, self.T)
        middle, date = back(rest, 1, leaves), self.T - leaves

        def at(s):
            if s >= self.T:
                return rest
            return back(rest, 1, self.T - s) if s >= date else back(middle, 2, date - s)

        return date, np.array([at(s) for s in t]).T


def test_the_zero_lower_bound_with_a_taylor_rule():
    problem = ZeroLowerBound()
    t = np.linspace(0, 4, 81)
    date, right = problem.exact(t)
    path = solve(problem, 1e-10)
    assert str(path.structure) == "2 →border→ 1 →kink 1→ 1"
    assert path.switches[0] == (pytest.approx(date, abs=1e-9), 1)
    assert abs(path(t) - right).max() < 1e-9


class Hotelling(Problem):
    """A stock S sold at a price that rises at the rate r until a backstop p̄ is cheaper, and S = 0.

    Ṡ = −(a − p), ṗ = r p in log p (Hotelling 1931; the backstop as in Dasgupta and Heal 1974).
    Regime 2, without sales of the resource, is the closing rule.
    """

    size, nodes, time_scale = 2, 12, 20.0
    has_border, ends_at_infinity, last_regime = True, False, 2
    tail_rate = np.array([0.05])
    a, r, backstop = 2.0, 0.05, 1.5

    def __init__(self, S0):
        self.initial = np.array([[S0]])

    def field(self, t, x, regime):
        p, one = np.exp(x[1]), np.ones(x[0].shape)
        return (
            np.array([p - self.a, self.r * one]),
            np.array([[0 * one, p], [0 * one, 0 * one]]),
            None,
        )

    def border(self, t, x):
        b_x = np.zeros(x.shape)
        b_x[1] = -1.0
        return np.log(self.backstop) - x[1] + 0.0 * t, b_x, 0.0 * (x[0] + t)

    def terminal(self, t, x):
        g_x = np.zeros((1, *x.shape))
        g_x[0, 0] = 1.0
        return x[:1], g_x, np.zeros((1, *x.shape[1:]))

    def continuation(self, t, date, x):
        return x + 0.0 * t

    def guesses(self):
        structure = Structure((1,), (BORDER,), last_regime=2)

        def path(t):
            price = np.log(self.backstop) - 0.5 + 0.0 * t
            return np.array([self.initial[0, 0] * (1 - t / 30.0), price])

        yield Guess(path, structure, np.array([[0.0, 30.0]]))

    def exact(self, t):
        S0, (a, r, p) = self.initial[0, 0], (self.a, self.r, self.backstop)
        T = brentq(lambda T: a * T - p * (1 - np.exp(-r * T)) / r - S0, 1e-9, 1e4)
        left = np.minimum(t, T)
        S = a * (T - left) - p * (1 - np.exp(-r * (T - left))) / r
        return T, np.array([S, np.log(p) + r * (left - T)])


@pytest.mark.parametrize("S0", [0.5, 10.0, 60.0])
def test_hotelling_with_a_backstop(S0):
    problem = Hotelling(S0)
    T_end, right = problem.exact(T)
    path = solve(problem, 1e-10)
    assert path.dates[-1] == pytest.approx(T_end, rel=1e-10)
    assert abs(path(T) - right).max() < 1e-9


def test_productivity_dips_for_a_moment_now_and_then():
    """Dips as short as .05 years, at dates and of widths that the solver is not told."""
    rng = np.random.default_rng(5)
    for _ in range(15):
        widths = np.exp(rng.uniform(np.log(0.05), np.log(2.0), 3))
        start, dates = np.exp(rng.uniform(-1.5, 1.0)), rng.uniform(1, 40, 3)
        problem = Dips(start, dates, widths, rng.uniform(0.3, 0.95, 3))
        found, right = solve(problem), solve(problem, 1e-11)
        error = abs(found(T) - right(T)).max()
        assert error <= max(found.error, 1e-10)
        assert found.error <= 1e-8
    assert check_jacobian(problem) < 1e-6
    told = copy(problem)
    told.kinks = np.sort(dates)[:, None]
    assert solve(told)(T) == pytest.approx(solve(problem)(T), abs=1e-8)  # on another grid
