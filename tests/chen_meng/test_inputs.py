"""Every public function with what it should refuse; extremes that it should take; kept results."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from aiecon import chen_meng as cm
from aiecon.chen_meng.decomposition import switched
from aiecon.chen_meng.firms import excess_power
from aiecon.chen_meng.msm import from_vector, to_vector
from aiecon.chen_meng.parameters import RANGES
from aiecon.chen_meng.power import power_at
from aiecon.chen_meng.results import read, results, sobol_draw
from exhibits.chen_meng.estimates import fitted

BASE = cm.Parameters()
CROWD = cm.people(100)
SCHOOL = cm.schooling(BASE)
FOUND = cm.estimate(n=200)
REGRESSION = cm.firm_accounts(BASE, 20, sets=5)

#: Each public function with arguments that it takes.
CALLS = {
    cm.all_schooling: {"params": BASE, "exponent": 0.9},
    cm.boundary_ratio: {"xi": 0.2, "params": BASE, "n": 100},
    cm.coalition_gini: {"params": BASE, "on": {"firms"}, "crowd": CROWD},
    cm.commodity_pay: {"params": BASE, "school": SCHOOL, "crowd": CROWD},
    cm.compression_elasticity: {"weight": 0.1, "params": BASE},
    cm.decompose: {"params": BASE, "n": 100, "seed": 1},
    cm.delta_gini: {"params": BASE, "n": 100, "seed": 1},
    cm.delta_gini_map: {"xi": 0.2, "ratio": 1.0, "params": BASE, "n": 100},
    cm.economy: {"params": BASE, "n": 100, "seed": 1},
    cm.educated: {"school": SCHOOL, "crowd": CROWD},
    cm.estimate: {
        "targets": cm.TARGETS,
        "start": BASE,
        "n": 100,
        "seed": 1,
        "data": [0.13, 0.29, 0.04, 0.1, -0.1, 0.01],
        "use": range(6),
        "check": True,
    },
    cm.firm_accounts: {"params": BASE, "firms": 20, "noise": 0.1, "sets": 5, "seed": 1},
    cm.firm_factor: {"params": BASE, "crowd": CROWD},
    cm.gini: {"incomes": [1.0, 2.0]},
    cm.hansen_j: {"fitted": FOUND, "data": [[0.1] * 6]},
    cm.jacobian: {"params": BASE, "n": 100, "seed": 1},
    cm.knockouts: {"found": FOUND},
    cm.labour_share: {"params": BASE},
    cm.log_human_capital: {"params": BASE, "school": SCHOOL, "crowd": CROWD},
    cm.log_pay_spread: {"exposure": [0.1, 0.5], "adoption": 0.2, "params": BASE},
    cm.log_productivity_variance: {"ratio": 1.0, "zeta": 1.5},
    cm.lognormal_gini: {"dispersion": 0.5},
    cm.mean_power: {"ratio": 1.0, "zeta": 1.5, "power": 0.2},
    cm.measured_sharing: {"params": BASE, "noise": 0.05},
    cm.moments: {"params": BASE, "n": 100, "seed": 1},
    cm.occupation_panel: {
        "params": BASE,
        "adoption": 0.1,
        "panel": cm.Panel(),
        "sets": 2,
        "seed": 1,
    },
    cm.occupation_slope: {"adoption": 0.1, "params": BASE, "panel": cm.Panel()},
    cm.ownership: {"Omega": 0.9, "n": 10},
    cm.ownership_gini: {"Omega": 0.9},
    cm.ownership_sd: {"Omega": 0.9},
    cm.pay_dispersion: {"weight": 0.1, "params": BASE},
    cm.people: {"n": 100, "seed": 1},
    cm.rents: {"params": BASE},
    cm.ridge: {"ratio": 1.0, "params": BASE, "noise": 0.05, "n": 100},
    cm.schooling: {"params": BASE, "exponent": 0.9},
    cm.screening_weight: {"variance": 0.1, "tau": 0.3},
    cm.skill_variance: {"threshold": 0.3, "params": BASE},
    cm.study_threshold: {"gain": 0.2, "params": BASE},
    cm.targets_with: {"delta": 0.01},
    cm.task_panel: {"params": BASE, "workers": 20, "noise": 0.2, "sets": 3, "seed": 1},
    cm.top_share: {"Omega": 0.9, "top": 0.1},
    cm.with_ratio: {"params": BASE, "ratio": 2.0},
    cm.Parameters: {f.name: getattr(BASE, f.name) for f in fields(BASE)},
    cm.Panel: {f.name: getattr(cm.Panel(), f.name) for f in fields(cm.Panel)},
    cm.Target: {"name": "m", "value": 1.0, "se": 1.0, "source": "", "about_se": ""},
    REGRESSION.power: {"null": 0.0, "level": 0.05},
    from_vector: {"vector": [0.2, 0.8, 0.0, 0.2], "held": BASE},
    to_vector: {"params": BASE},
    switched: {"params": BASE, "on": {"screening"}},
    sobol_draw: {"log_ratio": 0.0, "n": 100, "xi": 0.2},
    power_at: {"kind": "tasks", "size": 50, "sets": 3, "seed": 1},
}
WORDS = {"name", "source", "about_se"}  # texts, free
TAKES_INFINITY = {"threshold"}
OPTIONAL = {"params", "panel", "start", "held", "data", "exponent"}
BAD = (np.nan, np.inf, "x", "1", 1j, -1.5, [[1.0], [2.0, 3.0]], object(), np.ones((2, 3, 4)), None)


def assert_refused_or_right(function, given: dict, name: str) -> None:
    """A ValueError that names the argument (for a calibration: or a field), or a number."""
    message, result = "", None
    try:
        result = function(**given)
    except ValueError as error:
        message = str(error)
    assert not message or any(word in message for word in (name, *RANGES))
    if isinstance(result, float | np.ndarray | np.floating):
        assert not np.isnan(result).any()  # ∞ is the right border at ξ = 1


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("function", CALLS, ids=lambda f: f.__name__)
def test_what_is_no_input_is_named(function):
    given = CALLS[function]
    function(**given)
    for name in given.keys() - WORDS:
        for bad in BAD:
            if isinstance(bad, str | complex) or bad is None:
                if bad is None and name in OPTIONAL:
                    continue
                with pytest.raises(ValueError, match=name):
                    function(**(given | {name: bad}))
            elif not (name in TAKES_INFINITY and bad is np.inf):
                assert_refused_or_right(function, given | {name: bad}, name)


def test_every_public_function_is_in_the_table():
    classes = {cm.Decomposition, cm.Economy, cm.Estimate, cm.Knockout, cm.People, cm.Schooling}
    without_arguments = {cm.committed_results, cm.regimes}
    public = {getattr(cm, name) for name in cm.__all__ if callable(getattr(cm, name))}
    assert public - classes - without_arguments - {cm.Tests} == set(CALLS) & public


@pytest.mark.parametrize("n", [10.5, 1e3, True, np.True_, "100", np.nan, 9, -100, None])
def test_people_come_in_whole_numbers(n):
    for call in (cm.economy, cm.moments, cm.decompose, cm.jacobian):
        with pytest.raises(ValueError, match="n = "):
            call(BASE, n)
    with pytest.raises(ValueError, match="n = "):
        cm.estimate(n=n)


def test_no_seed_would_be_other_people_at_each_call():
    for bad in (None, 1.5, -1, "x", np.random.default_rng(1)):
        with pytest.raises(ValueError, match="seed"):
            cm.people(100, bad)
        with pytest.raises(ValueError, match="seed"):
            cm.occupation_panel(BASE, 0.1, sets=2, seed=bad)


def test_where_nobody_studies_there_is_no_premium():
    for params in (cm.Parameters(psi=0), cm.Parameters(kappa=1e200), cm.Parameters(kappa=1e-200)):
        with pytest.raises(ValueError, match="psi"):
            cm.moments(params, 100)
    assert np.isfinite(cm.moments(cm.Parameters(psi=1e-2), 100)).all()
    assert np.isnan(cm.schooling(cm.Parameters(psi=0)).premium)
    assert np.isfinite(cm.economy(cm.Parameters(psi=0), 100).gini)


@pytest.mark.filterwarnings("error")
def test_extreme_economies_have_numbers():
    """Each parameter at either end of its range, alone and with each other one."""
    rng = np.random.default_rng(4)
    ends = {name: (low, high) for name, (low, high, _) in RANGES.items()}
    ends |= {"a": (0, 1), "lam": (0, 1 - 1e-16), "xi": (0, 1), "Omega": (0.1, 1 - 1e-16)}
    tried = 0
    for _ in range(150):
        some = rng.choice(list(ends), size=rng.integers(1, 5), replace=False)
        drawn = {str(name): float(ends[str(name)][rng.integers(2)]) for name in some}
        try:
            params = cm.Parameters(**drawn)
        except ValueError:  # ends that exclude each other, such as θ = χ = 0
            continue
        tried += 1
        economy = cm.economy(params, 100)
        found = [economy.gini_before, economy.gini_labour, economy.gini, economy.capital_share]
        assert np.all((np.array(found) >= -1e-12) & (np.array(found) <= 1)), drawn
        assert cm.rents(params) >= 0
        assert 0 <= cm.labour_share(params) <= 1 + 1e-12
        assert 0 <= cm.measured_sharing(params) <= 1
    assert tried > 100


# Digits -------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("error")
def test_gini_of_incomes_of_any_size():
    for scale in (1e-320, 1e-300, 1.0, 1e300, 8e307):
        assert cm.gini(np.array([1.0, 2.0, 2.0]) * scale) == pytest.approx(2 / 15, rel=1e-3)
    assert cm.gini([1.7e308, 1.7e308]) == 0
    assert cm.gini([0, 1.7e308]) == 0.5


def test_small_dispersion_keeps_its_digits():
    for s in (1e-300, 1e-17, 1e-9):
        assert cm.lognormal_gini(s) == pytest.approx(s / np.sqrt(np.pi), rel=1e-12)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("zeta", [1.0001, 1.5, 5.0, 19.9, 20.0, 99.97, 1e5])
def test_rents_by_parts_and_by_quadrature(zeta):
    """E[(1 + rk)^x] − 1 over u = k^{−ζ}, the second method; without cancellation at small r."""
    nodes, weights = np.polynomial.legendre.leggauss(60)
    edges = np.concatenate([np.linspace(0, 5, 11), np.geomspace(6, 700, 120)])  # of ζ ln k
    e = ((edges[1:] + edges[:-1])[:, None] + np.diff(edges)[:, None] * nodes) / 2
    w = np.diff(edges)[:, None] / 2 * weights * np.exp(-e)
    for r in (1e-5, 0.1, 1.0, 1e3, 1e100):
        for x in (1e-6, 0.1, 0.6):
            second = np.sum(w * np.expm1(x * np.logaddexp(0, np.log(r) + e / zeta)))
            assert excess_power(r, zeta, x) == pytest.approx(second, rel=1e-9), (r, x)
            assert cm.mean_power(r, zeta, x) == pytest.approx(1 + second, rel=1e-9)
    tiny = cm.Parameters(zeta=zeta, eta1=2.3e-30)
    if zeta > 1.4:  # r·E[k]·aλ(1 − ξ)
        expected = 1e-30 * zeta / (zeta - 1) * 0.1 * 0.8
        assert cm.rents(tiny) == pytest.approx(expected, rel=1e-6)


def test_the_border_is_found_where_it_is_far_away():
    """Labour's share falls as r^{−aλ(1−ξ)}: near ξ = 1 it takes a ratio that no market has seen."""
    for xi in (0.9, 0.95):
        far = float(cm.boundary_ratio(xi, n=500))
        assert 1e4 < far < np.inf
        low, high = cm.delta_gini_map(xi, [0.9 * far, 1.1 * far], n=500)
        assert low < 0 < high


# What is kept cannot be written to ----------------------------------------------------------------


def test_what_is_kept_is_read_only():
    economy = cm.economy(BASE, 100)
    arrays = [
        *vars(cm.people(100)).values(),
        cm.ownership(0.9, 10),
        *(economy.pay_before, economy.commodity, economy.pay, economy.income),
        *(FOUND.vector, FOUND.moments, FOUND.jacobian),
        fitted(0.01).vector,
    ]
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    kept = cm.committed_results()
    for mapping in (kept, kept["plus"], results()["sobol"], kept["plus"]["bootstrap"]):
        with pytest.raises(TypeError):
            mapping["draws"] = 1
    assert isinstance(kept["sobol"]["ST"], tuple)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"results": 3, "sha256": "a"}', "{"])
def test_a_file_that_holds_no_results_is_named(text):
    with pytest.raises(ValueError, match="chen_meng_results"):
        read(text)
