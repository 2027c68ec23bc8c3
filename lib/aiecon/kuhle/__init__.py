"""Kuhle (2026), Janus-Faced Technological Progress and the Arms Race in Education.

The paper was available only as a summary; the model is the lognormal one which the summary
describes, and every derivation is ours. ``equations`` has what the chapters print. The certainty
equivalent, the plateau and γ* are in ``welfare``, education and rents in ``education`` and
``rents``, the years 1975 and 2024 in ``calibration`` and ``data``; ``tails`` and the taxes in
``welfare`` are extensions of ours.
"""

# ruff: noqa: F403
from types import ModuleType

from aiecon.kuhle.calibration import *
from aiecon.kuhle.data import *
from aiecon.kuhle.education import *
from aiecon.kuhle.extrapolation import *
from aiecon.kuhle.firms import *
from aiecon.kuhle.lognormal import *
from aiecon.kuhle.rents import *
from aiecon.kuhle.tails import *
from aiecon.kuhle.welfare import *

#: What the modules say is public.
__all__ = [
    name
    for name, thing in sorted(globals().items())
    if not name.startswith("_") and thing is not ModuleType and not isinstance(thing, ModuleType)
]
