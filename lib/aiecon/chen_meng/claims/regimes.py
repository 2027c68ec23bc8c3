"""What the abstract says about the two regimes."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from aiecon.chen_meng.boundary import boundary_ratio, delta_gini_map, with_ratio
from aiecon.chen_meng.claims.common import (
    PACKAGE,
    RECONSTRUCTION,
    REGIMES,
    claim,
    equal_owners,
    no_rents,
    nothing_homogenised,
)
from aiecon.chen_meng.decomposition import decompose
from aiecon.chen_meng.economy import log_human_capital
from aiecon.chen_meng.firms import labour_share, mean_power
from aiecon.chen_meng.parameters import Parameters
from aiecon.chen_meng.population import people
from aiecon.chen_meng.schooling import schooling
from aiecon.ledger import Claim, Course, Planted, Sign
from aiecon.validation import FloatArray

#: Few people are enough: the same ones stand on both sides of every comparison.
N = 2000


def _dispersion_by_weight() -> FloatArray:
    """Standard deviation of log output within an exposed task, by λ (skills as they were)."""
    crowd = people(N)
    found = []
    for lam in (0.0, 0.1, 0.2, 0.4, 0.6):
        params = Parameters(a=1.0, lam=lam)
        school = schooling(params, 1.0)
        ln_h = log_human_capital(params, school, crowd)
        found.append(np.std((1 - params.weight) * ln_h))
    return np.array(found)


RATIOS = np.array([0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 20.0])


def _labour_shares() -> FloatArray:
    return np.array(
        [
            [labour_share(with_ratio(replace(Parameters(), xi=xi), r)) for r in RATIOS]
            for xi in (0.0, 0.2, 0.6)
        ]
    )


@lru_cache(maxsize=2)
def _by_ratio() -> FloatArray:
    return delta_gini_map(Parameters().xi, RATIOS, n=N)


def _both_signs() -> FloatArray:
    """Minus ΔGini at the lowest ratio, ΔGini at the highest."""
    change = _by_ratio()
    return np.array([-change[0], change[-1]])


def _paradox() -> FloatArray:
    """At η₁/η₀ = 5: minus the part within tasks, minus the change of pay's Gini, and ΔGini."""
    parts = decompose(with_ratio(Parameters(), 5.0), n=N)
    return np.array([-parts.within_task, -parts.sequential["homogenisation"], parts.total])


def _boundary(name: str, values: tuple[float, ...]) -> FloatArray:
    return np.array(
        [float(boundary_ratio(0.2, replace(Parameters(), **{name: v}), n=N)) for v in values]
    )


def _boundary_by_sharing() -> FloatArray:
    return boundary_ratio(np.array([0.0, 0.2, 0.4, 0.6]), n=N)


def _boundary_by_owners() -> FloatArray:
    return _boundary("Omega", (0.8, 0.9, 0.95))


def _boundary_by_tail() -> FloatArray:
    """From even assets among firms to concentrated ones: ζ falls."""
    return _boundary("zeta", (3.0, 1.5, 1.2))


def _the_workers_part(params: Parameters) -> float:
    power = params.weight * params.xi
    return float(mean_power(params.ratio, params.zeta, power)) - 1


_rents_exchanged = Planted(
    f"{PACKAGE}.firms:rents", instead=_the_workers_part, says="the workers' part goes to the owners"
)

CLAIMS: tuple[Claim, ...] = (
    claim(
        id="cm.regimes.compression",
        statement="Generative AI compresses skill differences within a task (dispersion of log "
        "output in an exposed task, by the weight of AI).",
        reported=Course("falls"),
        compute=_dispersion_by_weight,
        function=f"{PACKAGE}.economy:log_human_capital",
        chapter=REGIMES,
        anchor="prop-cm-compression",
        planted=(nothing_homogenised,),
        note=RECONSTRUCTION,
    ),
    claim(
        id="cm.regimes.value",
        statement="Economic value shifts towards concentrated complementary assets (labour's share "
        "of revenue, by η₁/η₀, at ξ = 0, 0.2, 0.6).",
        reported=Course("falls"),
        compute=_labour_shares,
        function=f"{PACKAGE}.firms:labour_share",
        chapter=REGIMES,
        anchor="fig-cm-regimes-firms",
        planted=(
            Planted(f"{PACKAGE}.firms:labour_share", lambda s: 0 * s + 1, "all revenue is wages"),
            nothing_homogenised,
        ),
        note=RECONSTRUCTION,
    ),
    claim(
        id="cm.regimes.paradox",
        statement="The technology that equalises individual performance may widen aggregate "
        "inequality (η₁/η₀ = 5: Gini lower within tasks, higher in total).",
        reported=Sign(">0", "equal within, wider in total"),
        compute=_paradox,
        function=f"{PACKAGE}.decomposition:decompose",
        chapter=REGIMES,
        anchor="fig-cm-regimes-blocks",
        planted=(no_rents, equal_owners),
        note=RECONSTRUCTION,
    ),
    claim(
        id="cm.regimes.two",
        statement="There are two regimes: AI may lower or raise aggregate inequality (−ΔGini at "
        "η₁/η₀ = 0.1, ΔGini at 20).",
        reported=Sign(">0", "both signs occur"),
        compute=_both_signs,
        function=f"{PACKAGE}.boundary:delta_gini_map",
        chapter=REGIMES,
        anchor="fig-cm-regimes-boundary",
        planted=(no_rents, equal_owners),
        note=RECONSTRUCTION,
    ),
    claim(
        id="cm.regimes.technology",
        statement="The boundary depends on AI's technology structure, proprietary against "
        "commodity (ΔGini by η₁/η₀).",
        reported=Course("rises", text="ΔGini rises in η₁/η₀"),
        compute=_by_ratio,
        function=f"{PACKAGE}.boundary:delta_gini_map",
        chapter=REGIMES,
        anchor="fig-cm-regimes-boundary",
        planted=(no_rents,),
        note=f"{RECONSTRUCTION} The abstract says that it depends, the direction is ours.",
    ),
    claim(
        id="cm.regimes.rent-sharing",
        statement="The boundary depends on labour market institutions: the elasticity of rent "
        "sharing (η₁/η₀ at the boundary, by ξ).",
        reported=Course("rises", text="the boundary rises in ξ"),
        compute=_boundary_by_sharing,
        function=f"{PACKAGE}.boundary:boundary_ratio",
        chapter=REGIMES,
        anchor="fig-cm-regimes-boundary",
        planted=(_rents_exchanged,),
        note=f"{RECONSTRUCTION} The abstract says that it depends, the direction is ours.",
    ),
    claim(
        id="cm.regimes.ownership",
        statement="The boundary depends on asset concentration: ownership among people (η₁/η₀ at "
        "the boundary, by the share Ω of the richest tenth).",
        reported=Course("falls", text="the boundary falls in Ω"),
        compute=_boundary_by_owners,
        function=f"{PACKAGE}.boundary:boundary_ratio",
        chapter=REGIMES,
        anchor="fig-cm-regimes-boundary",
        planted=(
            Planted(f"{PACKAGE}.parameters:Parameters.Omega", lambda x: 1.7 - x, "1.7 − Ω for Ω"),
        ),
        note=f"{RECONSTRUCTION} The abstract says that it depends, the direction is ours.",
    ),
    claim(
        id="cm.regimes.assets",
        statement="The boundary depends on asset concentration: assets among firms (η₁/η₀ at the "
        "boundary, the tail ζ falling from 3 to 1.2).",
        reported=Course("falls", text="the boundary falls as assets concentrate"),
        compute=_boundary_by_tail,
        function=f"{PACKAGE}.boundary:boundary_ratio",
        chapter=REGIMES,
        anchor="fig-cm-regimes-boundary",
        planted=(
            Planted(f"{PACKAGE}.parameters:Parameters.zeta", lambda z: 4.2 - z, "4.2 − ζ for ζ"),
        ),
        note=f"{RECONSTRUCTION} The smallest firm's assets are held; with mean assets held the "
        "boundary moves the other way (an exercise).",
    ),
)
