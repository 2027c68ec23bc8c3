"""What the claims on the essay share: what was read, and what no model of the book speaks of.

The essay states directions in words and has no model. A row says what the models of this book
imply, never whether the world is so. *Silent* is what no model has a measure for: out of reach, and
the row looks through everything that the models measure.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from exhibits.ledger import Edition, OutOfReach, Paper, Planted, Shape

PACKAGE = "aiecon.who_benefits"
ROW, GAIN = f"{PACKAGE}.measures:Measured.row", f"{PACKAGE}.measures:Measured.gain"

EDITION = Edition(
    "Reflexive AI Initiative (2026)",
    read="Read in full: the essay AI Productivity Gains: Who Benefits?, version 1.0 of 18 February "
    "2026. It has no model and no data of its own; a verdict says what the models of this book "
    "imply.",
    unseen="Not seen: the essays of the same series and the studies to which it refers.",
    searched="Looked for in November 2026: no later version was found.",
    paged=False,
)

PAPER = Paper("wb", EDITION, ("four_people", "instruments", "places"))

equal = Planted(ROW, lambda x: np.ones_like(x), "nothing changes over time")
upside_down = Planted(ROW, lambda x: -x, "the negative of each measure")
losses = Planted(GAIN, lambda x: -x, "gains with the wrong sign")

CAPITAL = "Economic inequality: labor vs. capital"
PLACES = "Sectoral and geographic disparities"
POWER = "Global power asymmetries"
ETHICS = "Ethical and societal implications"


def measured() -> set[str]:
    """The names of all that any model of the book measures."""
    # Not above: what was read of a paper is asked for by pages that need no other paper's model.
    from aiecon import who_benefits as wb

    return {name for m in wb.common_measures() for name in (*m.values, *m.worth)}


def silent(id: str, statement: str, *, of: str, **fields: Any) -> None:
    """Declares a statement for which no model of the book has a measure, named ``of``."""
    PAPER.claim(
        Shape("stated", lambda x: True),
        id=f"wb.{id}",
        statement=statement,
        finding=OutOfReach(f"Silent: no model of this book measures {of}."),
        function=f"{PACKAGE}.measures:common_measures",
        planted=(
            Planted(
                f"{PACKAGE}.measures:Measured.values",
                lambda values: {**values, of: np.ones(2)},
                f"a model that measures {of}",
            ),
        ),
        **fields,
    )(lambda: of not in measured())


def in_chapter(chapter: str) -> Any:
    """``PAPER.claim`` for one chapter."""
    return partial(PAPER.claim, chapter=f"who_benefits/{chapter}")
