"""The equations of the part as its chapters print them: nothing is checked, nothing is guarded.

The functions of this package give the same numbers, refuse what has no meaning and survive the
limits; a test sets the two against each other over the admissible set.
"""

from __future__ import annotations

from typing import Any

from numpy import exp, log, pi, sqrt
from numpy.linalg import inv
from scipy.special import ndtr

__all__ = ["estimator", "incomes", "screening"]


def screening(beta: Any, m: Any, varsigma: Any, psi: Any, kappa: Any, S: Any, tau: Any) -> Any:
    """The weight that employers give when people expect β; m = 1 − aλ, S² = θ²ς² + χ², θ = 1."""
    t = log(kappa / (beta * m * psi)) / S  # who studies
    p = ndtr(-t)
    phi = exp(-(t**2) / 2) / sqrt(2 * pi)
    V = varsigma**2 + psi**2 * p * (1 - p) + 2 * psi * varsigma * (varsigma / S) * phi
    v = m**2 * V
    return v / (v + tau**2)


def incomes(u: Any, k: Any, q: Any, r: Any, w: Any, xi: Any) -> Any:
    """Commodity pay u, firms' assets k, ownership q (mean one): pay, and income; w = aλ."""
    X = (1 + r * k) ** w
    pay = u * X**xi
    rents = (X - X**xi).mean()
    return pay, pay + rents * q


def estimator(G: Any, V: Any) -> Any:
    """How the estimates move with the targets, and their covariance, at the optimal weight."""
    W = inv(V)
    sensitivity = inv(G.T @ W @ G) @ G.T @ W
    return sensitivity, sensitivity @ V @ sensitivity.T
