"""Problems with known solutions: each is its equations, Jacobian, closing and exact answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from scipy.integrate import solve_ivp

from aiecon.numerics import INFINITY, Guess, Problem, Structure, compactification_rate
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


class Linear(Problem):
    """ẋ = M x + b exp(−a t): n₀ components given at t = 0, the others by x → 0.

    M has the given rates of decay and growth and random eigenvectors; with as many rates of decay
    as given components there is one path that stays bounded.
    """

    nodes, time_scale = 8, 5.0

    def __init__(self, decay, growth, start, forced=0.0, a=0.3, seed=1):
        self.size, given = len(decay) + len(growth), len(start)
        rng = np.random.default_rng(seed)
        self.V = np.eye(self.size) + 0.4 * rng.normal(size=(self.size, self.size))
        rates = np.array([*(-np.array(decay)), *growth])
        self.M = (self.V * rates) @ np.linalg.inv(self.V)
        self.rates, self.given, self.a = rates, given, a
        self.b = forced * rng.normal(size=self.size)
        self.initial = np.array(start, dtype=float)[:, None]
        decays = [*decay, a] if forced else decay
        self.tail_rate = np.array([compactification_rate(*decays)])

    def field(self, t: FloatArray, x: FloatArray, regime: int):
        fade = np.exp(-self.a * t) + 0.0 * x[0]
        f = np.einsum("ij,j...->i...", self.M, x) + self.b[:, None, None, None] * fade
        f_x = np.broadcast_to(self.M[:, :, None, None, None], (self.size, *x.shape))
        return f, f_x, -self.a * self.b[:, None, None, None] * fade

    def terminal(self, t: FloatArray, x: FloatArray):
        count = self.size - self.given
        g_x = np.zeros((count, *x.shape))
        g_x[range(count), range(self.given, self.size)] = 1.0
        return x[self.given :], g_x, np.zeros((count, *x.shape[1:]))

    def guesses(self) -> Iterator[Guess]:
        yield Guess(lambda t: np.zeros((self.size, *t.shape)))

    def exact(self, t: FloatArray) -> FloatArray:
        """The forced response and the stable eigenvectors, so that the path starts as given."""
        p = -np.linalg.solve(self.M + self.a * np.eye(self.size), self.b)
        stable = self.V[:, : self.given]
        c = np.linalg.solve(stable[: self.given], self.initial[:, 0] - p[: self.given])
        fade = np.exp(np.outer(self.rates[: self.given], t))
        return stable @ (c[:, None] * fade) + p[:, None] * np.exp(-self.a * t)


class Bent(Linear):
    """The same path seen through curved glasses: y = (x₁, x₂ + x₁², x₃ + x₁x₂); two states."""

    nodes = 10

    def __init__(self, start=(0.6, -0.4)):
        super().__init__([0.25, 0.1], [0.5], start)
        self.straight = Linear([0.25, 0.1], [0.5], (start[0], start[1] - start[0] ** 2))

    def field(self, t: FloatArray, y: FloatArray, regime: int):
        x1 = y[0]
        x2 = y[1] - x1**2
        x = np.array([x1, x2, y[2] - x1 * x2])
        v = np.einsum("ij,j...->i...", self.M, x)
        f = np.array([v[0], v[1] + 2 * x1 * v[0], v[2] + v[0] * x2 + x1 * v[1]])
        one, zero = np.ones(x1.shape), np.zeros(x1.shape)
        M = self.M[:, :, None, None, None] * one
        by_x = np.array(
            [
                M[0],
                M[1] + 2 * (x1 * M[0] + v[0] * np.array([one, zero, zero])),
                M[2] + x2 * M[0] + x1 * M[1] + np.array([v[1], v[0], zero]),
            ]
        )
        back = np.array([[one, zero, zero], [-2 * x1, one, zero], [2 * x1**2 - x2, -x1, one]])
        return f, np.einsum("ij...,jk...->ik...", by_x, back), None

    def exact(self, t: FloatArray) -> FloatArray:
        x1, x2, x3 = self.straight.exact(t)
        return np.array([x1, x2 + x1**2, x3 + x1 * x2])


class Asset(Problem):
    """The price q of a claim to what a forced variable x exceeds 1 by, for B strengths and starts.

        ẋ = 4 S (e^{−t} − e^{−2t}) − 3 x,        q̇ = r q − max(x − 1, 0).

    x(t) = 2 S e^{−t} (1 − e^{−t})² + x₀ e^{−3t}. With s = e^{−t} the border x = 1 is a cubic in s,
    so that every crossing date is known, and q is a sum of exponentials on each arc. x₀ > 1 starts
    in regime 1; regime 2 lasts for ever, there q = 0: the path may be closed at infinity or by
    that rule at the last crossing.
    """

    size, nodes, time_scale = 2, 14, 1.0
    has_border, last_regime = True, 2
    r = 0.5

    def __init__(self, strength=4.0, start=1.2, at_infinity=True):
        self.S, self.x0 = np.atleast_1d(strength).astype(float), np.atleast_1d(start).astype(float)
        self.initial = self.x0[None]
        self.kinks = np.empty((0, len(self.x0)))
        self.tail_rate = np.ones(len(self.x0))
        self.ends_at_infinity = at_infinity

    def take(self, draws):
        return Asset(self.S[draws], self.x0[draws], self.ends_at_infinity)

    def field(self, t: FloatArray, x: FloatArray, regime: int):
        S = self.S[:, None, None]
        s = np.exp(-t)
        force = S * (4 * s - 4 * s**2) + 0.0 * x[0]  # of ẋ + 3x, for the three exponentials of x
        paid = x[0] - 1.0 if regime == 1 else 0.0 * x[0]
        f = np.array([force - 3 * x[0], self.r * x[1] - paid])
        one, zero = np.ones(x[0].shape), np.zeros(x[0].shape)
        by_x = -one if regime == 1 else zero
        f_x = np.array([[-3 * one, zero], [by_x, self.r * one]])
        return f, f_x, np.array([S * (8 * s**2 - 4 * s) + zero, zero])

    def border(self, t: FloatArray, x: FloatArray):
        b_x = np.zeros(x.shape)
        b_x[0] = 1.0
        return x[0] - 1.0 + 0.0 * t, b_x, 0.0 * (x[0] + t)

    def terminal(self, t: FloatArray, x: FloatArray):
        g_x = np.zeros((1, *x.shape))
        g_x[0, 1] = 1.0
        return x[1:], g_x, np.zeros((1, *x.shape[1:]))

    def continuation(self, t: FloatArray, date: FloatArray, x: FloatArray) -> FloatArray:
        """The forced variable goes on as ever; the claim pays nothing more."""
        S, since = self.S[:, None, None], t - date
        own = 2 * S * (np.exp(-t) - 2 * np.exp(-2 * t) + np.exp(-3 * t))
        own0 = 2 * S * (np.exp(-date) - 2 * np.exp(-2 * date) + np.exp(-3 * date))
        return np.stack([own + (x[0] - own0) * np.exp(-3 * since), x[1] * np.exp(self.r * since)])

    def guesses(self) -> Iterator[Guess]:
        def of(problem):
            return lambda t: np.array([problem.forced(t), 0.1 * np.exp(-t)])

        yield Guess(of(self), of_draws=lambda draws: of(self.take(draws)))

    def forced(self, t: FloatArray) -> FloatArray:
        """x(t), (B, …), with t (B, …) or (…)."""
        S, x0 = (v.reshape(-1, *[1] * (np.ndim(t) - 1)) for v in (self.S, self.x0))
        s = np.exp(-np.asarray(t))
        return 2 * S * s * (1 - s) ** 2 + x0 * s**3

    def crossings(self, draw=0) -> FloatArray:
        """The dates at which x = 1, from the roots of a cubic."""
        S, x0 = self.S[draw], self.x0[draw]
        roots = np.roots([2 * S + x0, -4 * S, 2 * S, -1.0])
        real = roots[abs(roots.imag) < 1e-9].real
        return np.sort(-np.log(real[(real > 0) & (real < 1)]))

    def exact(self, t: FloatArray, draw=0) -> FloatArray:
        """x and q at t; q is the integral of e^{−r(v−t)} (x(v) − 1) over the arcs above 1."""
        S, x0 = self.S[draw], self.x0[draw]
        terms = [(-1.0, 0.0), (2 * S, 1.0), (-4 * S, 2.0), (2 * S + x0, 3.0)]  # c e^{−nv}

        def primitive(v):  # of e^{−r v}(x(v) − 1)
            return -sum(c / (n + self.r) * np.exp(-(n + self.r) * v) for c, n in terms)

        dates = [0.0, *self.crossings(draw), np.inf]
        q = np.zeros_like(t)
        for i, (left, right) in enumerate(pairwise(dates)):
            above = (i % 2 == 0) == (x0 > 1)
            if above:
                start = np.clip(t, left, right)
                q += np.exp(self.r * t) * (primitive(right) - primitive(start))
        s = np.exp(-t)
        return np.array([2 * S * s * (1 - s) ** 2 + x0 * s**3, q])


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
