"""aiecon: the economics of transformative AI, derived, replicated and checked.

One package per paper (:mod:`aiecon.korinek_suh` and its siblings) and the solvers they share
(:mod:`aiecon.numerics`). Nothing here draws, prints or judges: what the book shows of the models is
in the package ``exhibits``.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("aiecon")
except PackageNotFoundError:  # used straight from a checkout, not installed
    __version__ = "0+unknown"
