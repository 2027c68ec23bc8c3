"""The equations of Korinek & Suh (2024) as they are printed, in their letters.

For σ ≠ 1 and inside the theory: 0 < Φ < 1, positive factors. What takes limits, refuses bad input
and survives extreme numbers stands in the rooms beside (statics, dynamics, extensions), and the
tests compare it with this page. Arguments are numbers of any kind or arrays; where no path of time
is asked for, symbols too.
"""

from numpy import exp, maximum

__all__ = [
    "aggregate",
    "balancing_saving",
    "bounded_path",
    "capital_bound",
    "capital_growth",
    "consumption_growth",
    "frontier",
    "growth_in_region_2",
    "held_back",
    "highest_wage",
    "ideas_growth",
    "labor_is_scarce",
    "labor_stays_scarce",
    "mixed_path",
    "output",
    "pareto_path",
    "prices",
    "task",
    "threshold",
    "valued",
    "wage_effect",
    "wage_effect_with_fixed_factor",
    "wage_growth",
    "with_compute",
    "with_fixed_factor",
    "with_fixed_factor_in_region_2",
    "with_ideas",
    "with_skills",
]


def aggregate(y, mass, A, sigma):
    """Y of tasks y(i), each a ``mass`` of all tasks, (1); the integral is a sum."""
    e = (sigma - 1) / sigma
    return A * sum(mass * y**e) ** (1 / e)


def task(k, ell, is_automated):
    """y(i) of machines and people, (2): machines do what is automated, people do all."""
    return is_automated * k + ell


def threshold(K, L):
    """Φ from which labour is plentiful, (3)."""
    return K / L / (1 + K / L)


def labor_is_scarce(K, L, Phi):
    """Region 1, (8): K/L > κ = Φ/(1−Φ)."""
    return Phi / (1 - Phi) < K / L


def output(K, L, Phi, A, sigma):
    """Y in region 1, (4); in region 2 it is A (K + L), (5)."""
    e = (sigma - 1) / sigma
    return A * (K**e * Phi ** (1 / sigma) + L**e * (1 - Phi) ** (1 / sigma)) ** (1 / e)


def prices(K, L, Phi, A, sigma):
    """w and R in region 1, (6) and (7), the marginal products; in region 2 both are A."""
    Y, e = output(K, L, Phi, A, sigma), (sigma - 1) / sigma
    w = A**e * (Y / L) ** (1 / sigma) * (1 - Phi) ** (1 / sigma)
    R = A**e * (Y / K) ** (1 / sigma) * Phi ** (1 / sigma)
    return w, R


def frontier(R, Phi, A, sigma):
    """w that goes with R ≤ A, (9)."""
    return ((A ** (1 - sigma) - Phi * R ** (1 - sigma)) / (1 - Phi)) ** (1 / (1 - sigma))


def highest_wage(Phi, A, sigma):
    """w* as R → 0 for σ < 1, (10)."""
    return A * (1 - Phi) ** (1 / (sigma - 1))


def wage_effect(K, L, Phi, A, sigma):
    """d log w/dΦ in region 1, (11): productivity less displacement."""
    Y, e = output(K, L, Phi, A, sigma), (sigma - 1) / sigma
    k, ell = K / Phi, L / (1 - Phi)
    productivity = (k**e - ell**e) * (Y / A) ** -e / (sigma - 1)
    return (productivity - 1 / (1 - Phi)) / sigma


def pareto_path(t, rate, initial):
    """1 − Φ(t), business as usual: complexity without bound, section 3.1."""
    return (1 - initial) * exp(-rate * t)


def bounded_path(t, horizon, initial, beta=1):
    """1 − Φ(t) for t ≤ T, all tasks automated at T, section 3.1."""
    return (1 - initial) * (1 - t / horizon) ** beta


def mixed_path(t, weight, horizon, rate, initial):
    """1 − Φ(t) for t ≤ T, a bout of automation and a tail without bound, section 3.1."""
    bulk, tail = bounded_path(t, horizon, initial), pareto_path(t, rate, initial)
    return weight * bulk + (1 - weight) * tail


def valued(t, C, rho, eta):
    """exp(−ρt) u(C), what (12) adds up, with constant relative risk aversion η ≠ 1."""
    return exp(-rho * t) * C ** (1 - eta) / (1 - eta)


def capital_growth(Y, C, K, delta):
    """K̇, the resource constraint (13)."""
    return Y - delta * K - C


def consumption_growth(R, rho, delta, eta):
    """Ċ/C, the Euler equation (14)."""
    return (R - rho - delta) / eta


def growth_in_region_2(A, rho, delta, eta):
    """Ċ/C where R = A, (15)."""
    return consumption_growth(A, rho, delta, eta)


def capital_bound(L, Phi, A, sigma, rho, delta):
    """K at which R = ρ + δ, (16)."""
    R, p = rho + delta, sigma - 1
    return A**sigma * L * (1 - Phi) ** (1 / p) * Phi * (R**p - A**p * Phi) ** (-sigma / p)


def balancing_saving(K, L, Phi, Phi_dot, A, sigma):
    """Net saving over output at which the wage stays as it is, (17) and (18)."""
    Y, kappa, ratio = output(K, L, Phi, A, sigma), Phi / (1 - Phi), K / Phi * (1 - Phi) / L
    bracket = kappa + (1 - sigma * ratio ** (1 / sigma - 1)) / (1 - sigma)
    return bracket * K / Y * Phi_dot / Phi


def labor_stays_scarce(saving, A, delta, rate):
    """In the long run on a Pareto path, (24): capital grows faster than tasks are lost."""
    return saving * A - delta > rate


def wage_growth(K_growth, S_K, Phi, Phi_dot, sigma):
    """ẇ/w in region 1, (25), given K̇/K and capital's share of income."""
    S_L, hazard = 1 - S_K, Phi_dot / (1 - Phi)
    productivity = hazard / (1 - sigma) * (S_L - S_K * (1 - Phi) / Phi)
    return (S_K * K_growth + productivity - hazard) / sigma


# The extensions, section 4 -----------------------------------------------------------------------


def with_fixed_factor(K, L, M, Phi, alpha, A, sigma):
    """Y, w, R and Q, the return to M, in region 1, (19) and (20)."""
    X, (X_L, X_K) = output(K, L, Phi, 1, sigma), prices(K, L, Phi, 1, sigma)
    Y = A * X**alpha * M ** (1 - alpha)
    return Y, alpha * Y / X * X_L, alpha * Y / X * X_K, (1 - alpha) * Y / M


def with_fixed_factor_in_region_2(K, L, M, alpha, A):
    """Y, w, R and Q where labour is plentiful, (21) and (22)."""
    Y = A * (K + L) ** alpha * M ** (1 - alpha)
    return Y, alpha * Y / (K + L), alpha * Y / (K + L), (1 - alpha) * Y / M


def wage_effect_with_fixed_factor(K, L, Phi, alpha, sigma):
    """d log w/dΦ in region 1, (23), with the composite X where Y/A is printed."""
    X, e = output(K, L, Phi, 1, sigma), (sigma - 1) / sigma
    k, ell = K / Phi, L / (1 - Phi)
    productivity = (sigma * alpha / (sigma - 1) - 1) * (k**e - ell**e) * X**-e
    return (productivity - 1 / (1 - Phi)) / sigma


def with_ideas(A, K, L, Phi):
    """Y of Cobb–Douglas tasks (σ = 1), given the stock of ideas, section 4.2."""
    return A * K**Phi * L ** (1 - Phi)


def ideas_growth(A, K, L, Gamma, theta, zeta=1):
    """Ȧ, of which research by machines does the share Γ of tasks, section 4.2."""
    return zeta * A**theta * K**Gamma * L ** (1 - Gamma)


def held_back(unautomated, t, rate, initial):
    """1 − Ψ(t): society automates at the rate λg at most, Ψ = min{Φ, Pareto path}, section 4.3."""
    return maximum(unautomated, pareto_path(t, rate, initial))


def with_skills(K, L, Phi, Upsilon, A, sigma):
    """Y, w of the skilled and of the displaced, who work beside machines, section 4.4."""
    machines, skilled = K + Upsilon * L, (1 - Upsilon) * L
    return output(machines, skilled, Phi, A, sigma), *prices(machines, skilled, Phi, A, sigma)


def with_compute(x1, x2, z, before, Delta, A, sigma):
    """Y, w, R and R_I given inputs per task: capital's, compute's, labour's, appendix A.2."""
    e = (sigma - 1) / sigma
    Y = A * (before * x1**e + Delta * x2**e + (1 - before - Delta) * z**e) ** (1 / e)
    w, R, R_I = (A * (Y / (A * x)) ** (1 / sigma) for x in (z, x1, x2))
    return Y, w, R, R_I
