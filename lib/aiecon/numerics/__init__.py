"""Solvers that know no economics: saddle paths in continuous time with switching regimes."""

from aiecon.numerics.batch import ManyPaths, solve_many
from aiecon.numerics.checks import check_jacobian
from aiecon.numerics.path import SaddlePath
from aiecon.numerics.problem import BORDER, INFINITY, Guess, Problem, SolverError, Structure
from aiecon.numerics.rest import compactification_rate
from aiecon.numerics.saddle_path import solve

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
