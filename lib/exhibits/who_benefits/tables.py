"""A table of computed cells, for a page and for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from aiecon import who_benefits as wb

__all__ = ["Table", "vocabulary"]


@dataclass(frozen=True)
class Table:
    """Rows of text under a head; the first cell of a row names it.

    >>> Table(("model", "says"), [("A", "yes")])
    model | says
    A     | yes
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def _repr_html_(self) -> str:
        long = max(len(name) for name, *_ in self.rows) > 30  # a question, not a name
        width = ' style="min-width: 13rem"' if long else ""
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.head)
        body = "".join(
            f'<tr><th scope="row"{width}>{escape(name)}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            + "</tr>"
            for name, *cells in self.rows
        )
        table = f'<table class="table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        size = "; font-size: 0.85em" if len(self.head) > 8 else ""
        return f'<div style="overflow-x: auto{size}" tabindex="0">{table}</div>'

    def __repr__(self) -> str:
        lines = [self.head, *self.rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(" | ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


#: How a table writes each measure.
_SPECS = {
    "wage": ".3g",
    "labour share": ".2f",
    "employment": ".2f",
    "Gini": ".2f",
    "output": ".3g",
}


def vocabulary(models: Sequence[wb.Measured], year: float) -> Table:
    """All measures and gains of all models at one date of their calendar; what is not had: silent.

    Wages and output are over today's; gains are shares of consumption without AI, for good.

    >>> table = vocabulary(wb.common_measures(), 30.0)
    >>> table.rows[-1][:6]
    ('Acemoglu', 'silent', 'silent', 'silent', 'silent', '1.01')
    """
    rows = []
    for m in models:
        at = int(np.flatnonzero(m.dates == year)[0])
        values = [_cell(m.row(name)[at], spec) for name, spec in _SPECS.items()]
        rows.append((m.model, *values, *(_cell(m.gain(who), "+.0%") for who in wb.FOUR)))
    head = ("model", *_SPECS, *(f"{who} gains" for who in wb.FOUR))
    return Table(head, rows)


def _cell(x: float, spec: str) -> str:
    if np.isnan(x):
        return "silent"
    text = f"{x:,.0f}" if spec == ".3g" and x >= 1000 else format(float(x), spec)
    return text.replace("-", "−")
