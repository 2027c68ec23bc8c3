"""The plain form of the model against what the solvers use, over the admissible set."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiecon import wang_wong as ww

PARAMETERS = st.builds(
    ww.Parameters,
    mu=st.floats(0, 4),
    delta=st.floats(0.01, 4),
    rho=st.floats(0, 2),
    epsilon=st.floats(0, 8),
    phi=st.floats(0, 1),
    r=st.floats(0.001, 0.5),
    alpha=st.floats(0.01, 10),
    sigma=st.floats(0.001, 1),
    theta=st.floats(0, 1),
    b=st.floats(0, 0.99),
    xi=st.floats(0, 0.9),
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    p=PARAMETERS,
    A=st.floats(1e-3, 1e3),
    H=st.floats(0, 1),
    s=st.floats(0.05, 20),
    I=st.sampled_from([0, 1]),
)
def test_the_plain_form_is_what_the_solvers_use(p, A, H, s, I):
    state = np.array([np.log(A), H, np.log(s)])
    kernel = ww.dynamics(state, p, "full", I) * [A, 1, s]
    plain = ww.motion(A, H, s, I, p)
    alpha = ww.job_finding(s, p)
    size = (p.mu + p.delta + alpha + p.sigma + p.r + p.rho * p.mu * A) * (1 + A + s + p.pi_A)
    np.testing.assert_allclose(kernel, plain, atol=1e-14 * size * (1 + p.epsilon), rtol=1e-12)


@pytest.mark.parametrize("model", ["simple", "benchmark"])
def test_the_smaller_models_are_the_case_without_entry(model):
    fixed, n = ww.Parameters(xi=0.0), 2 if model == "simple" else 3
    state, scale = np.array([np.log(1.3), 0.8, np.log(0.9)])[:n], np.array([1.3, 1, 0.9])[:n]
    plain = ww.motion(1.3, 0.8, 0.9, 1, fixed)[:n]
    np.testing.assert_allclose(
        ww.dynamics(state, ww.Parameters(), model) * scale, plain, rtol=1e-13
    )


@pytest.mark.parametrize("p", [ww.Parameters(), ww.Parameters(theta=0.955)])
def test_paths_move_as_the_plain_form_says(p):
    """Along solved paths to both ends, by central differences."""
    for destination in ("some-AI", "unbounded-AI")[: 1 + (p.theta > 0.9)]:
        path, t, h = ww.solve_transition(p, destination), np.array([0.5, 3.0, 15.0]), 1e-4
        at = [path.capability, path.employment, path.surplus]
        moved = [(f(t + h) - f(t - h)) / (2 * h) for f in at]
        plain = ww.motion(*(f(t) for f in at), path.adoption(t), p)
        np.testing.assert_allclose(moved, plain, rtol=1e-5, atol=1e-5)
