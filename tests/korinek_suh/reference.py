"""Equations (4) to (7) of Korinek & Suh as printed, in 80 digits, and draws from the domain."""

from __future__ import annotations

from typing import NamedTuple

import mpmath as mp
import numpy as np
from hypothesis import strategies as st

from aiecon import korinek_suh as ks
from aiecon.korinek_suh import equations
from aiecon.korinek_suh.statics.marginal_products import static_logs

EPS = float(np.finfo(np.float64).eps)


class Exact(NamedTuple):
    output: mp.mpf
    wage: mp.mpf
    rental_rate: mp.mpf


def exact(K, Phi, sigma, A=1, L=1, region=None) -> Exact:
    """The printed formulas; ``region`` forces one of the two."""
    with mp.workdps(80):
        K, Phi, sigma, A, L = map(mp.mpf, (K, Phi, sigma, A, L))
        if region is None:
            region = 1 if Phi < 1 and equations.labor_is_scarce(K, L, Phi) else 2
        if region == 2:
            return Exact(A * (K + L), A, A)
        if Phi == 0:
            return Exact(A * L, A, mp.mpf(0))
        if sigma == 1:
            Y = A * (K / Phi) ** Phi * (L / (1 - Phi)) ** (1 - Phi)
            return Exact(Y, Y / L * (1 - Phi), Y / K * Phi)
        Y = equations.output(K, L, Phi, A, sigma)
        return Exact(Y, *equations.prices(K, L, Phi, A, sigma))


def at_peak(K, peak, p) -> float:
    """The wage where automation raises it most, where 1 − Φ may be too small for a difference."""
    if peak.Phi < 0.5:
        return float(ks.equilibrium(K, peak.Phi, p).wage)
    k = np.log(K) - np.log(p.L)
    return float(np.exp(static_logs(k, np.log(peak.unautomated), p.A, p.sigma).wage))


def rounding(K, Phi, sigma, L=1.0) -> float:
    """What rounding may cost, relatively: the exponents have the size of log(k/ℓ)/σ.

    A logarithm of size q that is correctly rounded is off by EPS·q/2, and its exponential by as
    much in relative terms; twenty thousand draws never needed more than half of the factor four.
    """
    if not 0 < Phi < 1 or K == 0:
        return 4 * EPS
    q = abs(np.log(K) - np.log(L) + np.log1p(-Phi) - np.log(Phi))
    return 4 * EPS * (1 + (1 + q) * max(1.0, 1 / sigma))


def close(ours, theirs, tolerance: float) -> bool:
    """Relative distance, with the smallest normal number as the absolute floor."""
    return abs(mp.mpf(float(ours)) - theirs) <= tolerance * abs(theirs) + mp.mpf("1e-300")


#: The whole admissible set, its corners included.
capital = st.one_of(
    st.floats(-300, 300).map(lambda x: 10.0**x), st.floats(-2, 2).map(lambda x: 10.0**x)
)
complements = st.one_of(st.floats(0.02, 0.98), st.floats(1e-14, 0.1).map(lambda x: 1 - x))
elasticity = st.one_of(
    complements, st.just(1.0), st.floats(1e-14, 0.1).map(lambda x: 1 + x), st.floats(1.02, 20)
)
share = st.one_of(
    st.floats(0, 1),
    st.floats(-300, 0).map(lambda x: 10.0**x),
    st.floats(-15, 0).map(lambda x: 1 - 10.0**x),
    st.sampled_from([0.0, 1.0]),
)
#: Moderate values, for properties that compare two points or a difference.
ratio = st.floats(-1.5, 2).map(lambda x: 10.0**x)
interior = st.floats(0.01, 0.99)
sigma_moderate = st.floats(0.1, 0.95)
