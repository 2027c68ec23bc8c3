"""What the collapse of the wage in the scenarios depends on: every parameter, and η with ρ."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.korinek_suh.dynamics.many_transitions import solve_transitions
from aiecon.korinek_suh.dynamics.scenarios import Collapse, collapses, scenario
from aiecon.korinek_suh.parameters import Parameters
from aiecon.validation import FloatArray, finite, require

__all__ = ["Sensitivity", "preferences", "sensitivity"]


@dataclass(frozen=True)
class Sensitivity:
    """The collapse at each parameter a little lower and a little higher; arrays (n,)."""

    names: tuple[str, ...]
    values: FloatArray  # the parameters of the scenario
    change: float
    base: Collapse
    low: Collapse
    high: Collapse


def sensitivity(panel: str, change: float = 0.1, until: float = 40.0) -> Sensitivity:
    """The collapse of a scenario with each parameter lower and higher by the share ``change``.

    All parameters of Table 2, K0, L and the automation path's (``initial`` is Φ₀), one at a time,
    solved together. Raises ValueError for a change outside (0, 0.14), at which the weight ω of the
    mixed scenario would reach one, for an unknown panel, and unless ``until`` is beyond all entries
    into region 2.

    >>> found = sensitivity("b", 0.05)
    >>> found.names[np.argmax(np.abs(found.high.entry - found.low.entry))]
    'horizon'
    """
    share = finite("change", change)
    require("change", share, share.ndim == 0 and bool(0 < share < 0.14), "0 < change < 0.14")
    automation = scenario(panel).automation
    own = vars(automation)
    everything = {**own, "K0": 4.6, **vars(Parameters())}
    names, values = tuple(everything), np.array(list(everything.values()), dtype=float)
    n = len(names)
    draws = np.tile(values, (2 * n + 1, 1))
    draws[np.arange(n), np.arange(n)] *= 1.0 - change
    draws[np.arange(n, 2 * n), np.arange(n)] *= 1.0 + change
    columns = dict(zip(names, draws.T, strict=True))
    path = type(automation)(**{name: columns.pop(name) for name in own})
    paths = solve_transitions(path, columns.pop("K0"), **columns)
    found = collapses(paths, until)

    def part(rows: Any) -> Collapse:
        return Collapse(*(getattr(found, field.name)[rows] for field in fields(found)))

    return Sensitivity(names, values, change, part(2 * n), part(slice(0, n)), part(slice(n, 2 * n)))


def preferences(
    etas: ArrayLike, rhos: ArrayLike, panel: str = "b", until: float = 30.0
) -> Collapse:
    """The collapse for every pair of η and ρ, each field an array (len(rhos), len(etas)).

    NaN where utility is infinite, ρ ≤ (1 − η) G. ``etas`` > 0 and ``rhos`` ≥ 0 are numbers or rows
    of numbers; ValueError otherwise.

    >>> preferences([1.0, 2.0], [0.02, 0.04]).entry.round(2)
    array([[19.8 , 18.78],
           [19.74, 18.61]])
    """
    rows = finite("etas", etas), finite("rhos", rhos)
    for name, row in zip(("etas", "rhos"), rows, strict=True):
        require(name, row, row.ndim <= 1 and row.size > 0, "a row of one number or more")
    require("etas", rows[0], rows[0] > 0, "etas > 0")
    require("rhos", rows[1], rows[1] >= 0, "rhos ≥ 0")
    eta, rho = (x.ravel() for x in np.meshgrid(*rows))
    paths = solve_transitions(scenario(panel).automation, rho=rho, eta=eta)
    found = collapses(paths, until, step=0.05)
    shape = rows[1].size, rows[0].size
    return Collapse(*(getattr(found, field.name).reshape(shape) for field in fields(found)))
