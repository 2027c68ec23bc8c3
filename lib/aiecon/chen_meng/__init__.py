"""Chen & Meng (2026), When AI Levels the Playing Field: a stylised reconstruction of the mechanism.

Neither the equations nor the tables of the paper were available. Every function here belongs to a
reconstruction, from the paper's abstract and a press summary, of the mechanism that they describe;
no number is the paper's. ``equations`` has what the chapters print. Schools and screening are in
``schooling``, firms and rents in ``firms``, people, their incomes and the border between the
regimes in ``economy``, Gini coefficients in ``inequality`` and ``decomposition``; targets and
estimation in ``moments`` and ``msm``, simulated data in ``power``, and what takes minutes in
``results``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiecon.chen_meng import (
    decomposition,
    firms,
    inequality,
    msm,
    parameters,
    power,
)
from aiecon.chen_meng import economy as _economy
from aiecon.chen_meng import moments as _moments
from aiecon.chen_meng import schooling as _schooling
from aiecon.chen_meng.decomposition import *
from aiecon.chen_meng.economy import *
from aiecon.chen_meng.firms import *
from aiecon.chen_meng.inequality import *
from aiecon.chen_meng.moments import *
from aiecon.chen_meng.msm import *
from aiecon.chen_meng.parameters import *
from aiecon.chen_meng.power import *
from aiecon.chen_meng.schooling import *


def committed_results() -> Mapping[str, Any]:
    """The committed results of the bootstrap, Sobol indices and power study, checked, read-only.

    >>> sorted(committed_results())
    ['minus', 'plus', 'power', 'simulation_error', 'sobol']
    """
    from aiecon.chen_meng.results import results  # not above: it is run as a command

    return results()


_PARTS = (
    *(decomposition, _economy, firms, inequality, _moments),
    *(msm, parameters, power, _schooling),
)

__all__ = ["committed_results", *(name for part in _PARTS for name in part.__all__)]
