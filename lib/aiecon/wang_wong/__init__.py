"""Wang & Wong (2025), Artificial Intelligence and Technological Unemployment.

The paper was available only as a detailed summary; the system of equations is the reconstruction
that follows from it, and every derivation is ours. The model stands in
``equations``: with fixed job finding and adoption it is the simple one (``predator_prey``), with
adoption decided by the surplus the benchmark (``adoption``), with free entry the full model.
"""

# ruff: noqa: F403
from types import ModuleType

from aiecon.wang_wong.adoption import *
from aiecon.wang_wong.checks.expectations import *
from aiecon.wang_wong.efficiency import *
from aiecon.wang_wong.equations import *
from aiecon.wang_wong.free_entry import *
from aiecon.wang_wong.identification import *
from aiecon.wang_wong.initial_value import *
from aiecon.wang_wong.parameters import *
from aiecon.wang_wong.predator_prey import *
from aiecon.wang_wong.steady_states import *
from aiecon.wang_wong.transition import *

#: What the modules say is public.
__all__ = [
    name
    for name, thing in sorted(globals().items())
    if not name.startswith("_") and thing is not ModuleType and not isinstance(thing, ModuleType)
]
