"""aiecon: the economics of transformative AI, derived, replicated and checked.

One package per paper (``aiecon.korinek_suh`` and its siblings to come), the solvers they share
(``aiecon.numerics``), and the book's instruments: ``aiecon.ledger`` (what a paper prints against
what we compute), ``aiecon.explorer`` (figures a reader can move), ``aiecon.figures`` (one style).
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("aiecon")
except PackageNotFoundError:  # used straight from a checkout, not installed
    __version__ = "0+unknown"
