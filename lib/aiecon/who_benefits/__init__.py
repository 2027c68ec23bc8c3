"""Who benefits? The models of the book side by side, and instruments with balanced budgets.

:mod:`~aiecon.who_benefits.taxed_growth` has the equations. What a module lists as its own is public
here.
"""
# ruff: noqa: F401, F403

from aiecon.who_benefits.answers import *
from aiecon.who_benefits.built_fund import *
from aiecon.who_benefits.instruments import *
from aiecon.who_benefits.measures import *
from aiecon.who_benefits.people import *
from aiecon.who_benefits.regions import *
from aiecon.who_benefits.robustness import *
from aiecon.who_benefits.sectors import *
from aiecon.who_benefits.taxed_growth import TaxSchedule
from aiecon.who_benefits.transition import *

names = list(globals().items())
__all__ = sorted(name for name, value in names if callable(value) or name.isupper())
