"""Figures that a reader can move: declared as data, computed exactly in a live kernel, interpolated
in the built page with an error that is measured when it is built.

See :class:`Explorer`.
"""

from .controls import Choice, Slider
from .explorer import Explorer
from .marks import Area, Bet, Clause, Goal, Label, Line, Panel, Points, Rule
from .pieces import between_kinks

__all__ = [
    "Area",
    "Bet",
    "Choice",
    "Clause",
    "Explorer",
    "Goal",
    "Label",
    "Line",
    "Panel",
    "Points",
    "Rule",
    "Slider",
    "between_kinks",
]
