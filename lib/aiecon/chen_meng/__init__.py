"""Chen & Meng (2026), When AI Levels the Playing Field: a stylised reconstruction of the mechanism.

Neither the equations nor the tables of the paper were available. Every function here belongs to a
reconstruction, from the paper's abstract and a press summary, of the mechanism that they describe;
no number is the paper's. ``equations`` has what the chapters print. Schools and screening are in
``schooling``, firms and rents in ``firms``, people, their incomes and the border between the
regimes in ``economy``, Gini coefficients in ``inequality`` and ``decomposition``; targets and
estimation in ``moments`` and ``msm``, simulated data in ``power``, and what takes minutes in
``results``.
"""

# ruff: noqa: F403
from types import ModuleType

from aiecon.chen_meng.committed import *
from aiecon.chen_meng.decomposition import *
from aiecon.chen_meng.economy import *
from aiecon.chen_meng.firms import *
from aiecon.chen_meng.inequality import *
from aiecon.chen_meng.moments import *
from aiecon.chen_meng.msm import *
from aiecon.chen_meng.parameters import *
from aiecon.chen_meng.power import *
from aiecon.chen_meng.schooling import *

#: What the modules say is public.
__all__ = [
    name
    for name, thing in sorted(globals().items())
    if not name.startswith("_") and thing is not ModuleType and not isinstance(thing, ModuleType)
]
