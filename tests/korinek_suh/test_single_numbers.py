"""Where one number is asked for, anything else is refused by name, before anything is solved."""

from __future__ import annotations

import numpy as np
import pytest

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.checks import fixed_factor_search
from aiecon.korinek_suh.dynamics import scenarios
from aiecon.korinek_suh.extensions.research_transition import solve_research_transition
from aiecon.numerics.saddle_path import check_tolerance

NO_NUMBER = {
    "text": "10",
    "None": None,
    "complex": 1j,
    "NaN": np.nan,
    "infinite": np.inf,
    "object": object(),
    "two": [0.5, 0.6],
    "masked": np.ma.masked,
}

CALLS = [
    ("tol", check_tolerance),
    ("tol", lambda tol: ks.solve_transition(ks.BusinessAsUsual(), tol=tol)),
    ("tol", lambda tol: ks.solve_transitions(ks.BusinessAsUsual(), tol=tol)),
    ("tol", lambda tol: ks.solve_policy(ks.HeldBack(), tol=tol)),
    ("tol", lambda tol: ks.solve_fixed_factor_transition(ks.BusinessAsUsual(), tol=tol)),
    ("tol", lambda tol: ks.constant_saving(ks.BusinessAsUsual(), 0.2, tol=tol)),
    (
        "tol",
        lambda tol: solve_research_transition(ks.Bounded(horizon=5.0, initial=0.9), tol=tol),
    ),
    ("alpha", lambda alpha: ks.least_fixed_factor(alpha)),
    ("alpha", lambda alpha: ks.largest_fixed_factor(25.0, 0.02, alpha)),
    ("alpha", lambda alpha: ks.calibrate_dates(alpha=alpha)),
    ("alpha", lambda alpha: ks.paths_entering_at(25.0, 0.02, 1e5, alpha)),
    ("initial", lambda initial: ks.paths_entering_at(25.0, 0.02, 1e5, initial=initial)),
    ("entry", lambda entry: ks.paths_entering_at(entry, 0.02, 1e5)),
    ("entry", lambda entry: ks.largest_fixed_factor(entry, 0.02)),
    ("entry", lambda entry: ks.calibrate_dates(entry=entry)),
    ("peak", lambda peak: ks.calibrate_dates(peak=peak)),
    ("K0", lambda K0: fixed_factor_search.calibrate_dates(K0)),
    ("guess", lambda guess: ks.calibrate_dates(guess=guess)),
    ("date", scenarios.weight_for_return),
    ("horizon", lambda horizon: scenarios.weight_for_return(9.0, horizon)),
    ("rate", lambda rate: scenarios.weight_for_return(9.0, rate=rate)),
    ("K0", lambda K0: scenarios.weight_for_return(9.0, K0=K0)),
]


@pytest.mark.parametrize("value", NO_NUMBER.values(), ids=NO_NUMBER.keys())
@pytest.mark.parametrize(("name", "call"), CALLS)
def test_what_is_no_number_is_refused_by_name(name, call, value):
    if name == "guess" and isinstance(value, list):
        value = [*value, 1.0]  # two numbers are what it takes
    with pytest.raises(ValueError, match=rf"^{name}"):
        call(value)


@pytest.mark.parametrize("nodes", [4.5, "10", 3, -1, 0, np.nan, True])
def test_nodes_are_a_whole_number(nodes):
    with pytest.raises(ValueError, match=r"^nodes = .* a whole number ≥ 4 is required"):
        ks.solve_transition(ks.BusinessAsUsual(), nodes=nodes)


@pytest.mark.parametrize("M", [0.0, -1.0])
def test_a_fixed_factor_is_positive(M):
    with pytest.raises(ValueError, match=r"^M = .* M > 0 is required"):
        ks.paths_entering_at(25.0, 0.02, M)
