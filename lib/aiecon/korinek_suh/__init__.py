"""Korinek & Suh (2024), Scenarios for the Transition to AGI: a module for each part of the paper.

:mod:`~aiecon.korinek_suh.equations` has the equations as they are printed. What a module lists as
its own is public here.
"""
# ruff: noqa: F401, F403

from aiecon.korinek_suh.checks.fixed_factor_search import *
from aiecon.korinek_suh.dynamics.automation_paths import *
from aiecon.korinek_suh.dynamics.bounds import *
from aiecon.korinek_suh.dynamics.constant_saving import *
from aiecon.korinek_suh.dynamics.long_run import *
from aiecon.korinek_suh.dynamics.many_transitions import *
from aiecon.korinek_suh.dynamics.transition import *
from aiecon.korinek_suh.extensions.fixed_factor import *
from aiecon.korinek_suh.extensions.fixed_factor_transition import *
from aiecon.korinek_suh.extensions.nostalgic_jobs import *
from aiecon.korinek_suh.extensions.nostalgic_welfare import *
from aiecon.korinek_suh.parameters import Parameters
from aiecon.korinek_suh.statics.automation import *
from aiecon.korinek_suh.statics.factor_prices import *
from aiecon.korinek_suh.statics.production import *
from aiecon.korinek_suh.statics.tasks import *

__all__ = sorted(name for name, value in list(globals().items()) if callable(value))
