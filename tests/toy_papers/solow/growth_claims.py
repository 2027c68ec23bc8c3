"""One claim for each verdict."""

from functools import partial
from typing import Any

import numpy as np

from exhibits.ledger import (
    ByConstruction,
    Course,
    Differs,
    Exact,
    Kind,
    NotIdentified,
    Number,
    OfTheBook,
    OutOfReach,
    Planted,
    Range,
    Sign,
    scale,
)

from .claims import PAPER
from .model import Parameters, data_available, output, steady_state

MODEL = "tests.toy_papers.solow.model"


claim = partial(PAPER.claim, chapter="solow/growth", function=f"{MODEL}:output")

more = Planted(f"{MODEL}:output", scale(1.05), "output 5% too high")


def required_saving() -> float:
    """K = (sA/δ)² = 36."""
    p = Parameters()
    return 6 * p.delta / p.A


@claim(
    Number("4.0"),
    source="Section 1",
    page=3,
    anchor="output",
    planted=(more, Planted(f"{MODEL}:Parameters.A", scale(1.05), "A 5% too high")),
)
def text_output() -> Any:
    """With K = 4 and A = 2 output is four."""
    return output(4.0)


@claim(
    Course("rises", "falls"),
    source="Figure 1",
    anchor="figure-1",
    planted=(Planted(f"{MODEL}:output", lambda y: y**3, "output cubed"),),
    note="The peak is at K = 100.",
)
def fig1_course() -> Any:
    """Output net of a tenth of capital rises, then falls <in K>."""
    return output(K := np.linspace(1, 400, 40)) - 0.1 * K


@claim(
    Exact("one", 1),
    source="Proposition 1",
    page=5,
    anchor="proposition-1",
    function=f"{MODEL}:steady_state",
    planted=(Planted(f"{MODEL}:steady_state", scale(1.05, "share"), "share 5% too high"),),
    finding=Differs(
        kind=Kind.FALSE,
        quotation="capital earns all of output",
        assumptions="Cobb–Douglas output, competitive factor prices.",
        readings=("Gross of depreciation, it earns α; net of it, less.",),
        because="With Cobb–Douglas output capital earns α.",
        instead=Exact("α", 0.5),
        proof="solow/growth#proof-1",
    ),
)
def prop1_share() -> Any:
    """The capital share in the steady state."""
    return steady_state(0.2).share


@claim(
    Number("18"),
    source="Table 1",
    page=7,
    anchor="table-1",
    function=f"{MODEL}:steady_state",
    planted=(Planted(f"{MODEL}:Parameters.delta", scale(1.05), "δ 5% too high"),),
    finding=Differs(
        kind=Kind.UNEXPLAINED,
        quotation="a capital stock of 18",
        assumptions="s = .2, δ = .1, A = 2.",
        readings=("With s = .2 of net output capital is smaller still.",),
        because="We do not know why.",
        instead=Range(15.9, 16.1, "about 16"),
        proof="solow/growth#table-1",
    ),
)
def table1_capital() -> Any:
    """Capital in the steady state with s = .2."""
    return steady_state(0.2).capital


@claim(
    Number("36"),
    source="Figure 2",
    anchor="figure-2",
    function=f"{MODEL}:steady_state",
    planted=(Planted(f"{MODEL}:steady_state", scale(1.05, "capital"), "K 5% too high"),),
    finding=NotIdentified(
        "The saving rate is not printed",
        required=lambda: required_saving(),
        otherwise=lambda: steady_state(0.2).capital,
        says="s = {:.2f}",
    ),
)
def fig2_doubling() -> Any:
    """Capital in the steady state is 36 with a saving rate that is not printed."""
    return steady_state(required_saving()).capital


@claim(
    Sign(">0", "a good fit"),
    source="Section 5",
    anchor="",
    function=f"{MODEL}:data_available",
    planted=(Planted(f"{MODEL}:data_available", lambda _: True, "the data are there"),),
    finding=OutOfReach("The data are not public."),
)
def data_fit() -> bool:
    """The model fits the data."""
    return not data_available()


@claim(
    Number("4.00"),
    source="Section 1",
    anchor="output",
    planted=(more,),
    finding=ByConstruction("K = 4 was chosen so that output is four."),
)
def text_target() -> Any:
    """Output is four at the capital that we chose for it."""
    return output(4.0)


@claim(
    Exact("two", 2),
    source="After Section 1",
    anchor="output",
    planted=(more,),
    finding=OfTheBook("The paper has the level only."),
)
def text_ours() -> Any:
    """Output doubles when capital is multiplied by four."""
    return output(16.0) / 4.0
