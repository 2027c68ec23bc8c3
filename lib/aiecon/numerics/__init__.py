"""Solvers that know no economics: saddle paths in continuous time with switching regimes."""

from aiecon.numerics.batch import ManyPaths, solve_many
from aiecon.numerics.path import SaddlePath
from aiecon.numerics.saddle_path import solve
from aiecon.saddle.checks import check_jacobian
from aiecon.saddle.problem import BORDER, INFINITY, Guess, Problem, SolverError, Structure
from aiecon.saddle.rest import compactification_rate

__all__ = [
    "BORDER",
    "INFINITY",
    "Guess",
    "ManyPaths",
    "Problem",
    "SaddlePath",
    "SolverError",
    "Structure",
    "check_jacobian",
    "compactification_rate",
    "solve",
    "solve_many",
]
