"""One claim for each verdict."""

from functools import partial

import numpy as np

from exhibits.ledger import (
    ByConstruction,
    Claim,
    Course,
    Differs,
    Edition,
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

from .model import Parameters, data_available, output, steady_state

MODEL = "tests.toy_papers.solow.model"
EDITION = Edition("Solow & Toy (1956)", "Read in full.", "Nothing was unseen.", "None later.")
claim = partial(Claim, edition=EDITION, chapter="solow/growth", function=f"{MODEL}:output")
more = Planted(f"{MODEL}:output", scale(1.05), "output 5% too high")

CLAIMS = (
    claim(
        id="toy.text.output",
        source="Section 1",
        page=3,
        statement="With K = 4 and A = 2 output is four.",
        reported=Number("4.0"),
        compute=lambda: output(4.0),
        anchor="output",
        planted=(more, Planted(f"{MODEL}:Parameters.A", scale(1.05), "A 5% too high")),
    ),
    claim(
        id="toy.fig1.course",
        source="Figure 1",
        statement="Output net of a tenth of capital rises, then falls <in K>.",
        reported=Course("rises", "falls"),
        compute=lambda: output(K := np.linspace(1, 400, 40)) - 0.1 * K,
        anchor="figure-1",
        planted=(Planted(f"{MODEL}:output", lambda y: y**3, "output cubed"),),
        note="The peak is at K = 100.",
    ),
    claim(
        id="toy.prop1.share",
        source="Proposition 1",
        page=5,
        statement="The capital share in the steady state.",
        reported=Exact("one", 1),
        compute=lambda: steady_state(0.2).share,
        function=f"{MODEL}:steady_state",
        anchor="proposition-1",
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
    ),
    claim(
        id="toy.table1.capital",
        source="Table 1",
        page=7,
        statement="Capital in the steady state with s = .2.",
        reported=Number("18"),
        compute=lambda: steady_state(0.2).capital,
        function=f"{MODEL}:steady_state",
        anchor="table-1",
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
    ),
    claim(
        id="toy.fig2.doubling",
        source="Figure 2",
        statement="Capital in the steady state is 36 with a saving rate that is not printed.",
        reported=Number("36"),
        compute=lambda: steady_state(required_saving()).capital,
        function=f"{MODEL}:steady_state",
        anchor="figure-2",
        planted=(Planted(f"{MODEL}:steady_state", scale(1.05, "capital"), "K 5% too high"),),
        finding=NotIdentified(
            "The saving rate is not printed",
            required=lambda: required_saving(),
            otherwise=lambda: steady_state(0.2).capital,
            says="s = {:.2f}",
        ),
    ),
    claim(
        id="toy.data.fit",
        source="Section 5",
        statement="The model fits the data.",
        reported=Sign(">0", "a good fit"),
        compute=None,
        function=f"{MODEL}:data_available",
        anchor="",
        planted=(Planted(f"{MODEL}:data_available", lambda _: True, "the data are there"),),
        finding=OutOfReach("The data are not public.", lambda: not data_available()),
    ),
    claim(
        id="toy.text.target",
        source="Section 1",
        statement="Output is four at the capital that we chose for it.",
        reported=Number("4.00"),
        compute=lambda: output(4.0),
        anchor="output",
        planted=(more,),
        finding=ByConstruction("K = 4 was chosen so that output is four."),
    ),
    claim(
        id="toy.text.ours",
        source="After Section 1",
        statement="Output doubles when capital is multiplied by four.",
        reported=Exact("two", 2),
        compute=lambda: output(16.0) / 4.0,
        anchor="output",
        planted=(more,),
        finding=OfTheBook("The paper has the level only."),
    ),
)


def required_saving() -> float:
    """K = (sA/δ)² = 36."""
    p = Parameters()
    return 6 * p.delta / p.A
