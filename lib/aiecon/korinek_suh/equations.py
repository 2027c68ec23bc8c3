"""The equations of Korinek & Suh (2024) as they are printed, in their letters.

For σ ≠ 1 and inside the theory: 0 < Φ < 1, positive factors. What takes limits, refuses bad input
and survives extreme numbers is :mod:`~aiecon.korinek_suh.statics`, which the tests compare with
this page. All arguments may be numbers of any kind, arrays or symbols.
"""

__all__ = [
    "capital_growth",
    "consumption_growth",
    "frontier",
    "highest_wage",
    "labor_is_scarce",
    "output",
    "prices",
    "with_compute",
]


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


def with_compute(x1, x2, z, before, Delta, A, sigma):
    """Y, w, R and R_I given inputs per task: capital's, compute's, labour's, appendix A.2."""
    e = (sigma - 1) / sigma
    Y = A * (before * x1**e + Delta * x2**e + (1 - before - Delta) * z**e) ** (1 / e)
    w, R, R_I = (A * (Y / (A * x)) ** (1 / sigma) for x in (z, x1, x2))
    return Y, w, R, R_I


def capital_growth(Y, C, K, delta):
    """K̇, the resource constraint (13)."""
    return Y - delta * K - C


def consumption_growth(R, rho, delta, eta):
    """Ċ/C, the Euler equation (14)."""
    return (R - rho - delta) / eta
