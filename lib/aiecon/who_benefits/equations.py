"""The equations of who benefits in plain form, as the chapters print them; they are ours.

Prices are those of Korinek & Suh: where labour is scarce w and R come from their `equations`,
elsewhere both are A. What refuses bad input, takes limits and solves stands in the modules beside,
and the tests compare it with this page. Arguments are numbers of any kind, arrays or symbols.
"""

from aiecon.korinek_suh.equations import frontier

__all__ = ["fund", "in_one_market", "in_sector", "spending", "two_agents"]


def two_agents(K, C, w, R, L, tau, rho, delta, eta):
    """K̇ and Ċ/C of owners, who pay the tax, and what workers consume."""
    T = tau * (R - delta) * K
    K_dot = (1 - tau) * (R - delta) * K - C
    C_growth = ((1 - tau) * (R - delta) - rho) / eta
    return K_dot, C_growth, w * L + T


def fund(K_o, K_f, C_o, w, R, L, tau, delta):
    """K̇ of owners and of the fund, which saves the tax, and what workers consume."""
    P = C_o * K_f / K_o  # paid out of the fund's capital, as owners spend of theirs
    K_o_dot = (1 - tau) * (R - delta) * K_o - C_o
    K_f_dot = (R - delta) * K_f + tau * (R - delta) * K_o - P
    return K_o_dot, K_f_dot, w * L + P


def in_one_market(R, Phi, A, sigma):
    """w and K/L of a place where capital earns R, as everywhere."""
    w = frontier(R, Phi, A, sigma)
    return w, Phi / (1 - Phi) * (w / R) ** sigma


def in_sector(w, R, Phi, A, sigma):
    """p, what a unit of the sector's good costs, and S, labour's share."""
    tasks = Phi * R ** (1 - sigma) + (1 - Phi) * w ** (1 - sigma)
    p = tasks ** (1 / (1 - sigma)) / A
    return p, (1 - Phi) * (w / (A * p)) ** (1 - sigma)


def spending(p, weights, elasticity):
    """s, the sectors' parts of all spending at the prices p."""
    s = weights * p ** (1 - elasticity)
    return s / sum(s)
