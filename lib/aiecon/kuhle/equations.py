"""The equations of the part as its chapters print them: nothing is checked, nothing is guarded.

The functions of this package give the same numbers, refuse what has no meaning and survive the
limits; a test sets the two against each other over the admissible set.
"""

from __future__ import annotations

from typing import Any

from numpy import exp, log, sqrt

__all__ = ["calibration", "education", "worth"]


def worth(gamma: Any, a: Any, B: Any, mu: Any, sd: Any) -> Any:
    """Incomes w = B e^{as}, s ~ N(μ, ς²): median, mean, certainty equivalent, and its peak in a."""
    M = B * exp(a * mu)
    m = M * exp(a**2 * sd**2 / 2)
    CE = M * exp((1 - gamma) * a**2 * sd**2 / 2)
    peak = mu / ((gamma - 1) * sd**2)  # for γ > 1
    return M, m, CE, peak


def education(a: Any, W0: Any, kappa: Any, eta: Any, chi: Any) -> Any:
    """Cost κ(e^{ηe} − 1)/η, rents χ: each person's choice and the best equal one, both interior."""
    private = log(a * W0 / kappa) / (eta - a * (1 - chi))
    social = log(a * (1 - chi) * W0 / kappa) / (eta - a * (1 - chi))
    return private, social


def calibration(M: Any, m: Any, mu: Any, sd: Any) -> Any:
    """A median M and a mean m: dispersion σ, technology a and scale B."""
    sigma = sqrt(2 * log(m / M))
    a = sigma / sd
    B = M * exp(-a * mu)
    return sigma, a, B
