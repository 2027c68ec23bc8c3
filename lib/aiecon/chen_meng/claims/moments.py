"""What the abstract says about moments and data."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from aiecon.chen_meng.boundary import delta_gini_map
from aiecon.chen_meng.claims.common import (
    MOMENTS,
    PACKAGE,
    RECONSTRUCTION,
    claim,
    equal_owners,
    no_rents,
)
from aiecon.chen_meng.experiments import SOBOL_RANGES, regimes, sobol_draw
from aiecon.chen_meng.moments import moments, ridge, targets_with
from aiecon.chen_meng.msm import Estimate, estimate, knockouts
from aiecon.chen_meng.parameters import Parameters
from aiecon.chen_meng.power import occupation_panel, task_panel
from aiecon.ledger import Claim, Course, Planted, Range, Sign, scale
from aiecon.validation import FloatArray

RATIOS = np.array([0.3, 0.6, 1.2, 2.5, 5.0])


@lru_cache(maxsize=2)
def _fitted() -> Estimate:
    return estimate(targets_with(0.01), n=1000)


def _rates() -> FloatArray:
    """λ and ln η₀ over 1.96 standard errors without m₆, less one: positive if they are pinned."""
    found = _fitted()
    without = knockouts(found)[5]
    return np.abs(found.vector[:2]) / (1.96 * np.array(without.se[:2])) - 1


@lru_cache(maxsize=2)
def _ridge() -> tuple[FloatArray, FloatArray]:
    return ridge(RATIOS, n=2000)


def _opposite_signs() -> FloatArray:
    """Minus ΔGini at one end of the ridge and ΔGini at the other, if m₁ to m₅ are the same."""
    low, high = regimes()
    first, second = moments(low, n=1000), moments(high, n=1000)
    if not np.allclose(first[:5], second[:5], rtol=1e-9, atol=0):
        return np.full(2, np.nan)
    return np.array([-first[5], second[5]])


def _along_the_ridge() -> FloatArray:
    return _ridge()[1]


def _by_sharing() -> FloatArray:
    xi, change = _ridge()
    return change[np.argsort(xi)]


def _technology_alone() -> FloatArray:
    change = delta_gini_map(Parameters().xi, np.array([0.3, 5.0]), n=1000)
    return np.array([-change[0], change[1]])


def _share_positive() -> float:
    """The share of 40 draws over wide ranges at which AI raises the Gini."""
    rng = np.random.default_rng(7)
    u = (np.arange(40) + 0.5) / 40
    draws = {
        name: low + (high - low) * rng.permutation(u) for name, (low, high) in SOBOL_RANGES.items()
    }
    found = [
        sobol_draw(**{name: float(column[i]) for name, column in draws.items()}, n=300)
        for i in range(40)
    ]
    return float(np.mean(np.array(found) > 0))


_noise_forgotten = Planted(
    f"{PACKAGE}.moments:measured_sharing",
    instead=lambda params, noise=0.05: params.xi,
    says="rent sharing measured without noise",
)
_one_end = Planted(
    f"{PACKAGE}.moments:ridge",
    instead=lambda ratio, params=None, noise=0.05, n=0: (
        np.full(np.shape(ratio), 0.2),
        np.full(np.shape(ratio), 0.01),
    ),
    says="the same ΔGini everywhere on the ridge",
)

CLAIMS: tuple[Claim, ...] = (
    claim(
        id="cm.moments.rates",
        statement="The five moments other than ΔGini identify the rates of the mechanism (λ and "
        "ln η₀, in 1.96 standard errors, less one).",
        reported=Sign(">0", "identified"),
        compute=_rates,
        function=f"{PACKAGE}.msm:knockouts",
        chapter=MOMENTS,
        anchor="tab-cm-moments-knockout",
        planted=(
            Planted(
                f"{PACKAGE}.moments:standard_errors",
                lambda se: se * np.array([20, 20, 20, 1, 20, 1]),
                "targets for the rates twenty times less precise",
            ),
        ),
        note=RECONSTRUCTION,
    ),
    claim(
        id="cm.moments.sign",
        statement="They do not identify the aggregate sign: with m₁ to m₅ the same, ΔGini is "
        "negative (first, times −1) or positive.",
        reported=Sign(">0", "both signs"),
        compute=_opposite_signs,
        function=f"{PACKAGE}.moments:ridge",
        chapter=MOMENTS,
        anchor="prop-cm-ridge",
        planted=(_noise_forgotten, no_rents),
        note=f"{RECONSTRUCTION} Without noise in measured revenue m₄ would be ξ itself.",
    ),
    claim(
        id="cm.moments.m6",
        statement="The sign is pinned by m₆: along the flat direction each value of ΔGini occurs "
        "once (ΔGini, by η₁/η₀).",
        reported=Course("rises", text="one point of the ridge for each m₆"),
        compute=_along_the_ridge,
        function=f"{PACKAGE}.moments:ridge",
        chapter=MOMENTS,
        anchor="fig-cm-moments-ridge",
        planted=(_one_end, equal_owners),
        note=RECONSTRUCTION,
    ),
    claim(
        id="cm.moments.xi",
        statement="The sign is pinned by ξ: along the flat direction ΔGini falls as ξ rises.",
        reported=Course("falls", text="one point of the ridge for each ξ"),
        compute=_by_sharing,
        function=f"{PACKAGE}.moments:ridge",
        chapter=MOMENTS,
        anchor="fig-cm-moments-ridge",
        planted=(_one_end,),
        note=RECONSTRUCTION,
    ),
    claim(
        id="cm.moments.technology",
        statement="η₁ against η₀ crosses the boundary on its own, all else held (−ΔGini at "
        "η₁/η₀ = 0.3, ΔGini at 5).",
        reported=Sign(">0", "crosses"),
        compute=_technology_alone,
        function=f"{PACKAGE}.boundary:delta_gini_map",
        chapter=MOMENTS,
        anchor="fig-cm-moments-ridge",
        planted=(no_rents, equal_owners),
        note=RECONSTRUCTION,
    ),
    claim(
        id="cm.moments.no-verdict",
        statement="There is no verdict on the sign (share of draws, over wide ranges of eight "
        "parameters, at which AI raises the Gini).",
        reported=Range(
            0.05, 0.95, "no verdict", because="read as: neither sign in 95% of the draws"
        ),
        compute=_share_positive,
        function=f"{PACKAGE}.experiments:sobol_draw",
        chapter=MOMENTS,
        anchor="fig-cm-moments-sobol",
        planted=(no_rents,),
        note=f"{RECONSTRUCTION} The ranges are ours.",
    ),
    claim(
        id="cm.moments.occupations",
        statement="Occupation-level data for 2019 to 2023 cannot test the task-level predictions "
        "(power of a 5% test; 400 occupations, 4% of workers use AI in 2023).",
        reported=Range(0.0, 0.2, "cannot test", because="read as a power below 20%"),
        compute=lambda: occupation_panel(regimes()[0], 0.04, sets=100).power(),
        function=f"{PACKAGE}.power:occupation_panel",
        chapter=MOMENTS,
        anchor="fig-cm-moments-power",
        planted=(
            Planted(f"{PACKAGE}.power:log_pay_spread", lambda y: y * 20, "twenty times the effect"),
        ),
        note=f"{RECONSTRUCTION} No OEWS data are used: the panel is simulated in their shape.",
    ),
    claim(
        id="cm.moments.tasks",
        statement="Within-task panels can test them (power of a 5% test with 1,000 workers).",
        reported=Range(0.8, 1.0, "testable", because="read as a power of 80% or more"),
        compute=lambda: task_panel(regimes()[0], 1000, sets=100).power(),
        function=f"{PACKAGE}.power:task_panel",
        chapter=MOMENTS,
        anchor="fig-cm-moments-power",
        planted=(
            Planted(f"{PACKAGE}.parameters:Parameters.lam", scale(0.1), "λ a tenth of its value"),
        ),
        note=RECONSTRUCTION,
    ),
)
