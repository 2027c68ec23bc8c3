"""The technology of Korinek & Suh in plain lines, to set the library against."""

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import brentq


def prices(K, Phi, p):
    """Y, w, R by (4) to (7), with the formulas of the region."""
    if K * (1 - Phi) <= Phi * p.L:
        return p.A * (K + p.L), p.A, p.A
    e = (p.sigma - 1) / p.sigma
    Y = p.A * (K**e * Phi ** (1 / p.sigma) + p.L**e * (1 - Phi) ** (1 / p.sigma)) ** (1 / e)
    w = p.A**e * (Y / p.L * (1 - Phi)) ** (1 / p.sigma)
    R = p.A**e * (Y / K * Phi) ** (1 / p.sigma)
    return Y, w, R


def shoot(Phi, tax, nu, K0, p, horizon):
    """Savers' spending today, by shooting at the linear rule that holds from the horizon on.

    ``Phi`` and ``tax`` are functions of time; ν the savers' share of labour and of the transfer.
    """
    last = tax(horizon)
    r = (1 - last * (1 - nu)) * (p.A - p.delta)
    G = ((1 - last) * (p.A - p.delta) - p.rho) / p.eta

    def motion(t, x):
        K, C = np.exp(x)
        _, w, R = prices(K, Phi(t), p)
        T = tax(t) * (R - p.delta) * K
        saving = (1 - tax(t)) * (R - p.delta) * K + nu * (w * p.L + T) - C
        return saving / K, ((1 - tax(t)) * (R - p.delta) - p.rho) / p.eta

    def path(log_C0):
        def stop(t, x):  # consumption runs away from capital, up or down
            return abs(x[1] - x[0]) - 12

        stop.terminal = True
        start = [np.log(K0), log_C0]
        return solve_ivp(motion, (0, horizon), start, rtol=1e-11, atol=1e-12, events=stop)

    def gap(log_C0):
        k, c = path(log_C0).y[:, -1]
        return c - np.log((r - G) * (np.exp(k) + nu * p.A * p.L / r))

    return float(np.exp(brentq(gap, np.log(1e-3 * K0), np.log(3 * K0), xtol=1e-13)))
