"""Models of other authors, written from their published equations, as a user would write them.

Each is a right-hand side, where it starts and roughly where it rests; derivatives by complex steps,
everything else by default.
"""

from __future__ import annotations

import numpy as np
from scipy.integrate import solve_bvp

from aiecon.numerics import Problem
from aiecon.numerics.rest import rest_of

STEP = 1e-30


class Written(Problem):
    """A model that says ``motion(x)``, d expressions in x₁ … x_d, which takes complex numbers."""

    def __init__(self, start, rest):
        self.size, self.steady_state = len(rest), np.array(rest, dtype=float)[:, None]
        self.initial = np.array(start, dtype=float)[:, None]

    def motion(self, x):
        raise NotImplementedError

    def field(self, t, x, regime):
        f, f_x = np.array(self.motion(x)), []
        for j in range(self.size):
            moved = x.astype(complex)
            moved[j] += 1j * STEP
            f_x.append(np.array(self.motion(moved)).imag / STEP)
        return f, np.array(f_x).swapaxes(0, 1), None

    def by_solve_bvp(self, t, end, tol=1e-9):
        """x(t) on a horizon that ends on the stable directions of the point of rest."""
        at, given = rest_of(self), len(self.initial)
        times = end * np.linspace(0, 1, 200) ** 2
        guess = at.path(self.initial)(times[None, None])[:, 0, 0]

        def ends(a, b):
            return np.concatenate([a[:given] - self.initial[:, 0], at.W[0] @ (b - at.x[:, 0])])

        found = solve_bvp(
            lambda s, x: np.array(self.motion(x)), ends, times, guess, tol=tol, max_nodes=200_000
        )
        assert found.success, found.message
        return found.sol(t)


class Ramsey(Written):
    """Ramsey–Cass–Koopmans in log K and log(C/K); with θ = α, C/K is constant (Smith 2006)."""

    def __init__(self, K0, alpha=0.4, delta=0.1, theta=0.4, rho=0.05):
        self.alpha, self.delta, self.theta, self.rho = alpha, delta, theta, rho
        super().__init__([np.log(K0)], [1.5, -1.0])

    def motion(self, x):
        y = np.exp((self.alpha - 1) * x[0])
        growth = y - self.delta - np.exp(x[1])
        return [growth, (self.alpha * y - self.rho - self.delta) / self.theta - growth]

    def constant_rate(self):
        return (self.rho + self.delta) / self.theta - self.delta

    def capital(self, t, K0):
        """At θ = α: K̇ = K^α − (δ + C/K) K, linear in K^(1−α)."""
        loss = self.delta + self.constant_rate()
        gap = (K0 ** (1 - self.alpha) - 1 / loss) * np.exp(-(1 - self.alpha) * loss * t)
        return (1 / loss + gap) ** (1 / (1 - self.alpha))


class RenewableResource(Written):
    """Miranda and Fackler (2002), CompEcon's demdoc04: harvest q of a stock s, in logarithms.

    ṡ = (α/β) s (1 − s^β) − q, a benefit q^(1−η)/(1−η) − κ s^(−γ) q, discounted at ρ.
    """

    alpha, beta, kappa, gamma, eta, rho = 0.25, 0.5, 5.0, 1.5, 1.5, 0.05

    def __init__(self, s0):
        super().__init__([np.log(s0)], [np.log(0.6), np.log(0.06)])

    def motion(self, x):
        s, q = np.exp(x[0]), np.exp(x[1])
        g = self.alpha / self.beta * s * (1 - s**self.beta)
        g_s = self.alpha / self.beta * (1 - (1 + self.beta) * s**self.beta)
        price = q**-self.eta - self.kappa * s**-self.gamma
        cost = self.kappa * self.gamma * s ** (-self.gamma - 1) * g
        return [(g - q) / s, -((self.rho - g_s) * price - cost) / (self.eta * q**-self.eta)]


class UzawaLucas(Written):
    """Barro and Sala-i-Martin (2004), section 5.2: log z, log(C/K) and log u; z is the given one.

    z is output per unit of capital, u the share of human capital in output. With θ = α (their
    case of a constant C/K) z is a logistic curve and u is constant.
    """

    B, delta, rho = 0.1, 0.02, 0.05

    def __init__(self, z0, alpha=0.5, theta=0.5):
        self.alpha, self.theta = alpha, theta
        g = (self.B - self.delta - self.rho) / theta
        self.z = self.B / alpha
        self.u = 1 - (g + self.delta) / self.B
        self.chi = self.z - g - self.delta
        rest = np.log([self.z, self.chi, self.u])
        super().__init__([np.log(z0 / self.z)], rest - [np.log(self.z), 0.0, 0.0])

    def motion(self, x):
        z, chi, u = self.z * np.exp(x[0]), np.exp(x[1]), np.exp(x[2])
        a, theta = self.alpha, self.theta
        u_growth = self.B * (1 - a) / a + self.B * u - chi
        capital = z - chi - self.delta
        human = self.B * (1 - u) - self.delta
        z_growth = (1 - a) * (u_growth + human - capital)
        chi_growth = (a * z - self.delta - self.rho) / theta - capital
        return [z_growth, chi_growth, u_growth]

    def logistic(self, t, z0):
        """z at θ = α: ż = −(1−α) z (z − z*)."""
        fade = np.exp(-(1 - self.alpha) * self.z * t)
        return self.z / (1 - (1 - self.z / z0) * fade)


class JonesPlanner(Written):
    """The planner's problem of Jones (1995): two states, in log K/(AL), log L^λ A^(φ−1), v and q.

    Y = K^α (A u L)^(1−α), Ȧ = D ((1−u) L)^λ A^φ; v = log u/(1−u), q = log C/K.
    """

    alpha, delta, theta, rho, n, lam, phi, D = 0.36, 0.05, 1.75, 0.04, 0.01, 0.5, 0.5, 1.0

    def __init__(self, shift=(-0.5, 0.4)):
        g = self.lam * self.n / (1 - self.phi)
        y = (self.rho + self.delta + self.theta * g) / self.alpha
        q, u = y - self.delta - g - self.n, 0.9
        k = np.log(y) / (self.alpha - 1) + np.log(u)
        m = np.log(g / self.D) - self.lam * np.log(1 - u)
        rest = np.array([k, m, np.log(u / (1 - u)), np.log(q)])
        super().__init__([k, m], rest)
        settled = rest_of(self).x[:2, 0]  # where u rests follows from the equations
        self.initial = (settled + shift)[:, None]

    def motion(self, x):
        k, m, v, q = x[0], x[1], x[2], np.exp(x[3])
        u = 1 / (1 + np.exp(-v))
        y = np.exp((self.alpha - 1) * k) * u ** (1 - self.alpha)
        g = self.D * (1 - u) ** self.lam * np.exp(m)
        capital = y - self.delta - q
        gain = u * self.lam * g / (1 - u) - self.lam * self.n + (1 - self.alpha) * self.delta
        gain = gain - self.alpha * q + (1 - self.alpha) * (g + self.n)
        return [
            capital - g - self.n,
            self.lam * self.n + (self.phi - 1) * g,
            gain / (self.alpha * (1 - u) + (1 - self.lam) * u),
            (self.alpha * y - self.rho - self.delta) / self.theta + self.n - capital,
        ]


class QTheory(Written):
    """Hayashi (1982) with decreasing returns in sectors that share a price of capital goods.

    K̇_i = K_i (q_i − 1)/χ − δ K_i, q̇_i = (r + δ) q_i − αK_i^(α−1) − (q_i − 1)²/(2χ).
    """

    r, delta, alpha, chi = 0.05, 0.1, 0.4, 8.0

    def __init__(self, starts):
        self.n = len(starts)
        q = 1 + self.chi * self.delta
        profit = (self.r + self.delta) * q - (q - 1) ** 2 / (2 * self.chi)
        k = np.log(profit / self.alpha) / (self.alpha - 1)
        super().__init__(k + np.log(starts), [k] * self.n + [q] * self.n)

    def motion(self, x):
        k, q = x[: self.n], x[self.n :]
        gain = self.alpha * np.exp((self.alpha - 1) * k) + (q - 1) ** 2 / (2 * self.chi)
        return [*((q - 1) / self.chi - self.delta), *((self.r + self.delta) * q - gain)]


class Stiff(Written):
    """A fast state that runs after the square of a slow one, and a jump: x₂ → x₁²."""

    def __init__(self, fast):
        self.fast = fast
        super().__init__([1.0, 2.0], [0.0, 0.0, 0.0])

    def motion(self, x):
        return [-x[0], -self.fast * (x[1] - x[0] ** 2) - 2 * x[0] ** 2, 0.5 * x[2] - x[0]]

    def exact(self, t):
        slow = np.exp(-t)
        return np.array([slow, slow**2 + np.exp(-self.fast * t), slow / 1.5])


class Dips(Written):
    """Investment as in :class:`QTheory`, one sector, while productivity dips now and then.

    K̇ = K (q − 1)/χ − δK, q̇ = (r + δ) q − a(t) αK^(α−1) − (q − 1)²/(2χ), with a(t) the product of
    1 − d exp(−((t − s)/w)²).
    """

    r, delta, alpha, chi = 0.05, 0.1, 0.4, 4.0

    def __init__(self, start, dates, widths, depths):
        self.dips = list(zip(dates, widths, depths, strict=True))
        q = 1 + self.chi * self.delta
        profit = (self.r + self.delta) * q - (q - 1) ** 2 / (2 * self.chi)
        k = np.log(profit / self.alpha) / (self.alpha - 1)
        super().__init__([k + np.log(start)], [k, q])

    def productivity(self, t):
        t = np.where(np.isfinite(t), t, 1e6)
        return np.prod([1 - d * np.exp(-(((t - s) / w) ** 2)) for s, w, d in self.dips], axis=0)

    def field(self, t, x, regime):
        k, q = x
        gain = self.alpha * np.exp((self.alpha - 1) * k)
        a = self.productivity(t)
        f = [
            (q - 1) / self.chi - self.delta + 0 * a,
            (self.r + self.delta) * q - a * gain - (q - 1) ** 2 / (2 * self.chi),
        ]
        zero, one = 0 * k * a, 1 + 0 * k * a
        by_q = (self.r + self.delta - (q - 1) / self.chi) * one
        f_x = np.array([[zero, one / self.chi], [-(self.alpha - 1) * a * gain, by_q]])
        slope = self.productivity(t + 1j * STEP).imag / STEP
        return np.array(f), f_x, np.array([zero, -slope * gain])
