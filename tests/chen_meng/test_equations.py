"""The equations as the chapters print them, against the functions that guard their limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiecon import chen_meng as cm
from aiecon.chen_meng import equations


@given(
    varsigma=st.floats(0.1, 1.5),
    psi=st.floats(0.05, 1.5),
    kappa=st.floats(0.05, 2),
    chi=st.floats(0.05, 1),
    tau=st.floats(0.05, 1),
    lam=st.floats(0, 0.9),
)
@settings(max_examples=100, deadline=None)
def test_an_equilibrium_is_where_employers_give_what_people_expect(
    varsigma, psi, kappa, chi, tau, lam
):
    params = cm.Parameters(
        varsigma=varsigma, psi=psi, kappa=kappa, theta=1.0, chi=chi, tau=tau, a=1.0, lam=lam
    )
    S = np.hypot(varsigma, chi)
    for school in cm.all_schooling(params):
        given_weight = equations.screening(
            school.weight, m=1 - lam, varsigma=varsigma, psi=psi, kappa=kappa, S=S, tau=tau
        )
        assert given_weight == pytest.approx(school.weight, abs=1e-9)


@given(
    r=st.floats(0.01, 50),
    zeta=st.floats(1.1, 5),
    xi=st.floats(0, 1),
    lam=st.floats(0.01, 0.9),
    Omega=st.floats(0.1, 0.95),
)
@settings(max_examples=50, deadline=None)
def test_incomes_up_to_the_means_over_firms(r, zeta, xi, lam, Omega):
    """The library takes means over firms in closed form, the equations over those there are."""
    params = cm.with_ratio(cm.Parameters(zeta=zeta, xi=xi, lam=lam, Omega=Omega), r)
    crowd = cm.people(2000)
    u = cm.commodity_pay(params, cm.schooling(params), crowd)
    k = np.exp(crowd.log_firm / zeta)
    q = cm.ownership(Omega, crowd.n)[crowd.owner]
    pay, income = equations.incomes(u, k, q, r, params.weight, xi)
    factor = cm.firm_factor(params, crowd)
    np.testing.assert_allclose(pay / u / factor, (pay / u).mean() / factor.mean(), rtol=1e-9)
    rents = (income - pay)[0] / q[0]
    exact = cm.mean_power(r, zeta, params.weight) - cm.mean_power(r, zeta, params.weight * xi)
    assert rents == pytest.approx(float(exact), rel=0.1, abs=1e-9)
    assert cm.rents(params) == pytest.approx(float(exact), rel=1e-6, abs=1e-12)


def test_estimator():
    found = cm.estimate(n=1000)
    V = np.diag([target.se**2 for target in found.targets])
    sensitivity, covariance = equations.estimator(found.jacobian, V)
    np.testing.assert_allclose(found.covariance, covariance, rtol=1e-7)
    np.testing.assert_allclose(found.sensitivity, sensitivity, rtol=1e-6, atol=1e-8)
