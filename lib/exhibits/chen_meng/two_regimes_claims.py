"""What the abstract says about the two regimes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from aiecon import chen_meng as cm
from aiecon.cached import cached
from aiecon.validation import FloatArray
from exhibits.chen_meng.claims import (
    PACKAGE,
    PAPER,
    equal_owners,
    no_rents,
    note,
    nothing_homogenised,
)
from exhibits.ledger import ByConstruction, Course, Planted, Shape, Sign
from exhibits.ledger.reported import number_text

claim = partial(PAPER.claim, source="Abstract", chapter="chen_meng/two_regimes")
of_border = partial(claim, anchor="fig-cm-regimes-boundary")

MAP, BORDER = f"{PACKAGE}.economy:delta_gini_map", f"{PACKAGE}.economy:boundary_ratio"

#: Few people are enough: the same ones stand on both sides of every comparison.
N = 2000

RATIOS = np.array([0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 20.0])


@cached(2)
def _by_ratio() -> FloatArray:
    return cm.delta_gini_map(cm.Parameters().xi, RATIOS, n=N)


def _boundary(name: str, values: tuple[float, ...]) -> FloatArray:
    """The border in η₁/η₀ at ξ = 0.2 (or at ξ itself), by the values of one parameter."""
    economies = [replace(cm.Parameters(), **{name: value}) for value in values]
    return np.array([float(cm.boundary_ratio(one.xi, one, n=N)) for one in economies])


def _moves(border: FloatArray) -> bool:
    """Does every step move the border by more than 5%? (The threshold is ours.)"""
    found = bool(np.isfinite(border).all() and (border > 0).all())
    return found and bool(np.all(np.abs(np.diff(np.log(border))) > 0.05))


def _direction(values: FloatArray) -> str:
    low, high = (number_text(float(x), ".2g") for x in (values[0], values[-1]))
    return f"from {low} to {high}: {Course('rises').describe(values)}"


def _fixed(name: str, value: float) -> Planted:
    return Planted(
        f"{PACKAGE}.parameters:Parameters.{name}",
        lambda x: 0 * x + value,
        f"{name} = {value:g} whatever is asked for",
    )


INSTITUTIONS = "labor market institutions (rent-sharing elasticity, asset concentration)"

_DIRECTION = "The abstract says only that it depends; the direction is that of the reconstruction."


@claim(
    Course("falls", text="compresses"),
    anchor="prop-cm-compression",
    function=f"{PACKAGE}.economy:log_human_capital",
    planted=(nothing_homogenised,),
    finding=ByConstruction(
        "Log output in an exposed task is assumed to be (1 − λ) ln h + λ ln A: skill counts "
        "1 − λ as much."
    ),
    note=note("compresses within-task skill differences"),
)
def regimes_compression() -> Any:
    """Generative AI compresses skill differences within a task (dispersion of log output in an
    exposed task, by the weight of AI).
    """
    # Standard deviation of log output within an exposed task, by λ (skills as they were).
    crowd = cm.people(N)
    found = []
    for lam in (0.0, 0.1, 0.2, 0.4, 0.6):
        params = cm.Parameters(a=1.0, lam=lam)
        school = cm.schooling(params, 1.0)
        ln_h = cm.log_human_capital(params, school, crowd)
        found.append(np.std((1 - params.weight) * ln_h))
    return np.array(found)


@claim(
    Course("falls", text="shifts towards complementary assets"),
    anchor="fig-cm-regimes-firms",
    function=f"{PACKAGE}.firms:labour_share",
    planted=(
        Planted(f"{PACKAGE}.firms:labour_share", lambda s: 0 * s + 1, "all revenue is wages"),
        nothing_homogenised,
    ),
    finding=ByConstruction(
        "Our wage rule hands workers the fraction ξ < 1 of log revenue beyond commodity AI: "
        "labour's share falls for any calibration (prop-cm-labour-share)."
    ),
    note=note("shifting economic value toward concentrated complementary assets"),
)
def regimes_value() -> Any:
    """Economic value shifts towards concentrated complementary assets (labour's share of
    revenue, by η₁/η₀, at ξ = 0, 0.2, 0.6).
    """
    return np.array(
        [
            [cm.labour_share(cm.with_ratio(replace(cm.Parameters(), xi=xi), r)) for r in RATIOS]
            for xi in (0.0, 0.2, 0.6)
        ]
    )


@claim(
    Sign(">0", "may widen"),
    anchor="fig-cm-regimes-blocks",
    function=f"{PACKAGE}.decomposition:decompose",
    planted=(no_rents, equal_owners),
    note=note(
        "may widen aggregate inequality",
        more="That it may, at one calibration of ours; not that it does.",
    ),
)
def regimes_paradox() -> Any:
    """The technology that equalises individual performance may widen aggregate inequality
    (η₁/η₀ = 5: minus the parts within tasks, and ΔGini in total).
    """
    # At η₁/η₀ = 5: minus the part within tasks, minus the change of pay's Gini, and ΔGini.
    parts = cm.decompose(cm.with_ratio(cm.Parameters(), 5.0), n=N)
    return np.array([-parts.within_task, -parts.sequential["homogenisation"], parts.total])


@of_border(
    Sign(">0", "two regimes"),
    function=MAP,
    planted=(no_rents, equal_owners),
    note=note("yields two regimes whose boundary depends on"),
)
def regimes_two() -> Any:
    """There are two regimes: AI may lower or raise aggregate inequality (−ΔGini at η₁/η₀ = 0.1,
    ΔGini at 20).
    """
    # Minus ΔGini at the lowest ratio, ΔGini at the highest.
    change = _by_ratio()
    return np.array([-change[0], change[-1]])


@of_border(
    Shape("depends", lambda y: bool(y.min() < 0 < y.max()), _direction),
    function=MAP,
    planted=(no_rents, equal_owners),
    note=note(
        "boundary depends on AI's technology structure (proprietary vs. commodity)", more=_DIRECTION
    ),
)
def regimes_technology() -> Any:
    """The boundary depends on AI's technology structure, proprietary against commodity (ΔGini
    by η₁/η₀, from 0.1 to 20, takes both signs).
    """
    return _by_ratio()


@of_border(
    Shape("depends", _moves, _direction),
    function=BORDER,
    planted=(_fixed("xi", 0.2), no_rents),
    note=note(INSTITUTIONS, more=_DIRECTION),
)
def regimes_rent_sharing() -> Any:
    """The boundary depends on labour market institutions: the elasticity of rent sharing (η₁/η₀
    at the boundary, by ξ from 0 to 0.6).
    """
    return _boundary("xi", (0.0, 0.2, 0.4, 0.6))


@of_border(
    Shape("depends", _moves, _direction),
    function=BORDER,
    planted=(_fixed("Omega", 0.9), equal_owners),
    note=note(
        INSTITUTIONS, more=f"{_DIRECTION} Whose concentration the abstract means it does not say."
    ),
)
def regimes_ownership() -> Any:
    """The boundary depends on asset concentration: ownership among people (η₁/η₀ at the
    boundary, by the share Ω of the richest tenth from 80 to 95%).
    """
    return _boundary("Omega", (0.8, 0.9, 0.95))


@of_border(
    Shape("depends", _moves, _direction),
    function=BORDER,
    planted=(_fixed("zeta", 1.5), no_rents),
    note=note(
        INSTITUTIONS,
        more=f"{_DIRECTION} The smallest firm's assets are held; with mean assets held the "
        "boundary moves the other way (an exercise).",
    ),
)
def regimes_assets() -> Any:
    """The boundary depends on asset concentration: assets among firms (η₁/η₀ at the boundary,
    the tail ζ falling from 3 to 1.2).
    """
    return _boundary("zeta", (3.0, 1.5, 1.2))
