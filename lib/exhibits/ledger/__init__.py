"""The ledger: what a paper prints, what we compute, and the verdict.

A :class:`Claim` states what a paper says, where, and how our result is computed. It is declared by
decorating the function that computes it (:meth:`Paper.claim`), in the file of its chapter; the
ledger finds it and knows no model by name. Verdicts are computed (:meth:`Claim.verdict`), each
check is seen to fail when an error is planted in the library (:func:`trials`), and each states the
smallest change of the result that it would notice (:func:`smallest_noticed`). A claim that differs
carries its evidence (:class:`Differs`), without which it cannot be declared.

``python -m exhibits.ledger`` prints the ledger in a terminal; a chapter shows its rows with
:func:`table` and writes numbers in its prose with :func:`value`.
"""

from .editions import Edition, not_in
from .papers import Paper
from .planting import Planted, planted, scale, shift
from .power import Trial, calls_of_function, trials
from .quantities import Exact, Number, Range
from .registry import claim, claims, editions, summary, value
from .reported import Reported
from .sensitivity import Noticed, smallest_noticed
from .shapes import Course, Shape, Sign
from .tables import (
    FullTable,
    Report,
    Table,
    editions_table,
    figures_table,
    full_table,
    report,
    table,
)
from .verdicts import (
    ByConstruction,
    Claim,
    Differs,
    Judgement,
    Kind,
    NotIdentified,
    OfTheBook,
    OutOfReach,
    Verdict,
    clear,
)

__all__ = [
    "ByConstruction",
    "Claim",
    "Course",
    "Differs",
    "Edition",
    "Exact",
    "FullTable",
    "Judgement",
    "Kind",
    "NotIdentified",
    "Noticed",
    "Number",
    "OfTheBook",
    "OutOfReach",
    "Paper",
    "Planted",
    "Range",
    "Report",
    "Reported",
    "Shape",
    "Sign",
    "Table",
    "Trial",
    "Verdict",
    "calls_of_function",
    "claim",
    "claims",
    "clear",
    "editions",
    "editions_table",
    "figures_table",
    "full_table",
    "not_in",
    "planted",
    "report",
    "scale",
    "shift",
    "smallest_noticed",
    "summary",
    "table",
    "trials",
    "value",
]
