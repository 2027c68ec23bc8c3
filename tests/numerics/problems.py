"""Problems with known solutions: each is its equations, Jacobian, closing and exact answer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.integrate import solve_ivp

from aiecon.numerics import INFINITY, Guess, Problem, Structure
from aiecon.numerics.chebyshev import FloatArray


class Ramsey(Problem):
    """Optimal growth with Cobb–Douglas technology, in k = log K and q = log(C/K)."""

    size, nodes, time_scale = 2, 10, 10.0

    def __init__(self, alpha=1 / 3, rho=0.04, delta=0.1, eta=2.0, ratio=0.5):
        self.alpha, self.rho, self.delta, self.eta = alpha, rho, delta, eta
        self.k_star = np.log(alpha / (rho + delta)) / (1 - alpha)
        self.q_star = np.log((rho + delta) / alpha - delta)
        self.initial = np.array([[self.k_star + np.log(ratio)]])
        star = np.array([self.k_star, self.q_star]).reshape(2, 1, 1, 1)
        values, vectors = np.linalg.eig(self.field(np.zeros((1, 1, 1)), star, 1)[1][..., 0, 0, 0])
        self.mu = -values.min()
        stable = vectors[:, values.argmin()]
        self.slope = stable[1] / stable[0]
        self.tail_rate = np.array([self.mu])

    def field(self, t: FloatArray, x: FloatArray, regime: int):
        k, q = x
        y, c = np.exp((self.alpha - 1) * k), np.exp(q)
        growth = y - self.delta - c
        f = np.array([growth, (self.alpha * y - self.rho - self.delta) / self.eta - growth])
        y_k = (self.alpha - 1) * y
        return f, np.array([[y_k, -c], [(self.alpha / self.eta - 1) * y_k, c]]), None

    def terminal(self, t: FloatArray, x: FloatArray):
        g_x = np.zeros((1, *x.shape))
        g_x[0, 1] = 1.0
        return x[1:] - self.q_star, g_x, np.zeros((1, *x.shape[1:]))

    def guesses(self) -> Iterator[Guess]:
        def stable_manifold(t: FloatArray) -> FloatArray:
            gap = (self.initial[0, 0] - self.k_star) * np.exp(-self.mu * t)
            return np.array([self.k_star + gap, self.q_star + self.slope * gap])

        yield Guess(stable_manifold)

    def bernoulli(self, t: FloatArray) -> FloatArray:
        """K at α η δ = ρ + δ: then s = 1/η solves the Euler equation, K̇ = s K^α − δK."""
        assert abs(self.alpha * self.eta * self.delta - self.rho - self.delta) < 1e-15
        limit = 1 / (self.eta * self.delta)
        start = np.exp(self.initial[0, 0] * (1 - self.alpha))
        gap = (start - limit) * np.exp(-(1 - self.alpha) * self.delta * t)
        return (limit + gap) ** (1 / (1 - self.alpha))

    def backwards(self, t: FloatArray) -> FloatArray:
        """(k, q) at t by integration back in time from beside the steady state.

        Brunner and Strulik: what is unstable forwards is stable backwards, so the path that leaves
        the steady state along its stable direction stays on the stable manifold.
        """
        side = np.sign(self.initial[0, 0] - self.k_star)
        start = np.array([self.k_star, self.q_star]) + side * 1e-9 * np.array([1, self.slope])

        def field(s, x):
            return -self.field(np.zeros((1, 1, 1)), x.reshape(2, 1, 1, 1), 1)[0].ravel()

        def arrives(s, x):
            return x[0] - self.initial[0, 0]

        arrives.terminal = True  # type: ignore[attr-defined]
        found = solve_ivp(
            field,
            (0, 1e4),
            start,
            "DOP853",
            rtol=1e-13,
            atol=1e-14,
            dense_output=True,
            events=arrives,
        )
        return found.sol(found.t_events[0][0] - t)


class Pulse(Problem):
    """x moves towards a pulse that rises and dies away, faster above 1 than below: one component.

    ẋ = 4 u(t) − 3 x − 2 max(x − 1, 0), u = e^{−t} − e^{−2t}, started at 0. With a strong pulse x is
    above 1 (regime 1) for a while; with a weak one it never is.
    """

    size, nodes, time_scale = 1, 18, 1.0
    has_border, last_regime = True, 2

    def __init__(self, strength=8.0, start=0.0, misled: str | None = None):
        self.strength, self.misled = strength, misled
        self.initial = np.array([[start]])
        self.tail_rate = np.array([1.0])

    def field(self, t: FloatArray, x: FloatArray, regime: int):
        force = 4 * self.strength * (np.exp(-t) - np.exp(-2 * t))
        slope = -5.0 if regime == 1 else -3.0
        f = force + slope * x[0] + (2.0 if regime == 1 else 0.0)
        f_t = 4 * self.strength * (2 * np.exp(-2 * t) - np.exp(-t))
        return f[None], np.full((1, 1, *f.shape), slope), f_t[None]

    def border(self, t: FloatArray, x: FloatArray):
        return x[0] - 1.0 + 0.0 * t, np.ones(x.shape), 0.0 * (x[0] + t)

    def terminal(self, t: FloatArray, x: FloatArray):
        return np.empty((0, *x.shape[1:])), np.empty((0, *x.shape)), np.empty((0, *x.shape[1:]))

    def guesses(self) -> Iterator[Guess]:
        start = self.initial[0, 0]
        flat = Guess(lambda t: np.full((1, *t.shape), start) * np.exp(-t))
        if self.misled == "never leaves":
            structure = Structure((2,), (INFINITY,), last_regime=2)
            yield Guess(flat.path, structure, np.array([[0.0]]))
        yield flat

    def by_events(self, t: FloatArray) -> tuple[FloatArray, list[float]]:
        """x at t and the crossing dates, by DOP853 started anew at each crossing."""
        crossings, times, values = [], [], []
        now, x, end = 0.0, self.initial[:, 0], float(t.max())
        while now < end:
            regime = 1 if x[0] > 1 or (x[0] == 1 and self._rhs(now, x, 2)[0] > 0) else 2

            def leaves(s, y, regime=regime):
                return y[0] - 1.0

            leaves.terminal = True  # type: ignore[attr-defined]
            leaves.direction = -1 if regime == 1 else 1  # type: ignore[attr-defined]
            part = solve_ivp(
                lambda s, y, regime=regime: self._rhs(s, y, regime),
                (now, end),
                x,
                "DOP853",
                rtol=1e-13,
                atol=1e-15,
                dense_output=True,
                events=leaves,
            )
            inside = (t >= now) & (t <= part.t[-1])
            times.append(t[inside])
            values.append(part.sol(t[inside])[0])
            now, x = part.t[-1], part.y[:, -1]
            if part.status == 1:
                crossings.append(now)
                x = np.array([1.0])
        order = np.argsort(np.concatenate(times), kind="stable")
        return np.concatenate(values)[order], crossings

    def _rhs(self, s, y, regime):
        point = np.full((1, 1, 1), s)
        return self.field(point, np.reshape(y, (1, 1, 1, 1)), regime)[0].ravel()
