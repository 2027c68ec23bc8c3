"""The ledger: what a paper prints, what we compute, and the verdict.

A :class:`Claim` states what a paper says, where, and how our result is computed. Claims live in
the package of their paper, in a module ``claims`` with a tuple ``CLAIMS``; the ledger finds them
and knows no model by name.
"""

from .claim import Cause, Claim, Differs, Judgement, NotIdentified, OutOfReach, Verdict
from .planted import Planted, scale, shift
from .reported import Course, Exact, Number, Range, Reported, Shape, Sign

__all__ = [
    "Cause",
    "Claim",
    "Course",
    "Differs",
    "Exact",
    "Judgement",
    "NotIdentified",
    "Number",
    "OutOfReach",
    "Planted",
    "Range",
    "Reported",
    "Shape",
    "Sign",
    "Verdict",
    "scale",
    "shift",
]
