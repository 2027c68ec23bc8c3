"""The ledger as HTML: a chapter's rows, and the full table with counts, filters and sorting.

The markup says everything without style or script; ``ledger.css`` sets it well (cards where the
column is narrow), ``ledger.js`` adds filters and sorting. Both travel with the output, so that a
notebook shows the table as the book does, and nothing is asked of another host.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from .rows import ICONS, Row, counts
from .verdicts import Verdict

__all__ = ["page_of", "render", "render_full"]

#: Verdict → class in ledger.css.
_TONE: dict[Verdict, str] = {
    Verdict.REPLICATED: "good",
    Verdict.IN_SHAPE: "shape",
    Verdict.ERRATUM: "erratum",
    Verdict.UNEXPLAINED: "bad",
    Verdict.NOT_IDENTIFIED: "open",
    Verdict.OUT_OF_REACH: "far",
    Verdict.UNSETTLED: "bad",
}

_COLUMNS = ("Claim", "Printed", "Ours", "Verdict", "Notices")


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf8")


def _style() -> str:
    """The style sheet as a link: unlike a style element, a link may stand in a page's body."""
    data = base64.b64encode(_asset("ledger.css").encode()).decode()
    return f'<link rel="stylesheet" href="data:text/css;base64,{data}">'


def page_of(place: str, base: str = "../") -> str:
    """The address of ``chapter#anchor`` in the built book, seen from another chapter.

    >>> page_of("korinek_suh/race#prop-7")
    '../korinek_suh/race.html#prop-7'
    """
    chapter, _, anchor = place.partition("#")
    return f"{base}{chapter}.html" + (f"#{anchor}" if anchor else "")


def badge(verdict: Verdict) -> str:
    """A verdict as text with an icon and a colour."""
    return (
        f'<span class="ledger-verdict ledger-{_TONE[verdict]}">'
        f'<span class="ledger-icon" aria-hidden="true">{ICONS[verdict]}</span>'
        f"{escape(verdict.value)}</span>"
    )


def render(rows: Sequence[Row], caption: str, *, anchors: bool = True) -> str:
    """The rows as one table."""
    return f'{_style()}<div class="ledger">{_table(rows, caption, anchors=anchors)}</div>'


def render_full(rows: Sequence[Row]) -> str:
    """Counts by paper and verdict, controls (shown by the script), and every row."""
    return (
        f'{_style()}<div class="ledger ledger-full">{_counts_table(rows)}{_controls(rows)}'
        f"{_table(rows, 'Every claim', full=True)}</div><script>{_asset('ledger.js')}</script>"
    )


def _table(rows: Sequence[Row], caption: str, *, anchors: bool = True, full: bool = False) -> str:
    head = "".join(f'<th scope="col" role="columnheader">{c}</th>' for c in _COLUMNS)
    body = "".join(_row(row, anchors, full) for row in rows)
    # The roles keep the table a table for screen readers where CSS turns its rows into cards.
    return (
        f'<table class="ledger-table" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(row: Row, anchors: bool, full: bool) -> str:
    claim = row.claim
    anchor = f"claim-{claim.id}"
    name = f"<code>{escape(claim.id)}</code>"
    if anchors:
        name = f'<a class="ledger-id" href="#{anchor}">{name}</a>'
    place = claim.chapter + (f"#{claim.anchor}" if claim.anchor else "")
    shown = f'<a class="ledger-shown" href="{escape(page_of(place))}">where it is shown</a>'
    cells = (
        _cell("Printed", _main(row.printed) + _small(row.tolerance)),
        _cell("Ours", _main(row.ours) + (_small(f"gap {row.gap}") if row.gap else "")),
        _cell("Verdict", badge(row.verdict) + _small(row.cause) + _proof(row)),
        _cell("Notices", _main(row.notices) + (_small(row.seen_to_fail) if full else "")),
    )
    size = abs(row.noticed.size) if row.noticed else ""
    keys = f'id="{escape(anchor)}" ' if anchors else ""
    keys += (
        f'data-id="{escape(claim.id)}" data-paper="{escape(claim.paper)}" '
        f'data-verdict="{escape(row.verdict.value)}" data-notices="{size}"'
    )
    where = _small(f"{claim.paper}, {row.source}")
    return (
        f'<tr role="row" {keys}>'
        f'<th scope="row" role="rowheader">{_main(claim.statement)}{where}'
        f'<span class="ledger-small">{name} {shown}</span>{_small(claim.note)}</th>'
        f"{''.join(cells)}</tr>"
    )


def _cell(label: str, content: str) -> str:
    return f'<td role="cell" data-label="{label}"><div>{content}</div></td>'


def _main(text: str) -> str:
    return f'<span class="ledger-main">{escape(text)}</span>'


def _small(text: str) -> str:
    return f'<span class="ledger-small">{escape(text)}</span>' if text else ""


def _proof(row: Row) -> str:
    if not row.proof:
        return ""
    return f'<span class="ledger-small"><a href="{escape(page_of(row.proof))}">the proof</a></span>'


def _counts_table(rows: Sequence[Row]) -> str:
    table = counts(rows)
    shown = [v for v in Verdict if v is not Verdict.UNSETTLED or any(t[v] for t in table.values())]
    head = "".join(f'<th scope="col">{badge(v)}</th>' for v in shown)
    lines = [_counts_row(paper, [n[v] for v in shown]) for paper, n in table.items()]
    lines.append(_counts_row("All", [sum(n[v] for n in table.values()) for v in shown]))
    body = "".join(lines)
    return (
        '<div class="ledger-scroll" role="region" aria-label="Counts by paper and verdict" '
        'tabindex="0"><table class="ledger-counts"><caption>Claims by paper and verdict</caption>'
        f'<thead><tr><th scope="col">Paper</th>{head}<th scope="col">all</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _counts_row(name: str, numbers: Sequence[int]) -> str:
    cells = "".join(f"<td>{n}</td>" for n in (*numbers, sum(numbers)))
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


def _controls(rows: Sequence[Row]) -> str:
    papers = dict.fromkeys(row.claim.paper for row in rows)
    verdicts = [v.value for v in Verdict if any(row.verdict is v for row in rows)]
    return (
        '<form class="ledger-controls" hidden aria-label="Filter the claims">'
        f"<label>Paper {_select('paper', papers)}</label>"
        f"<label>Verdict {_select('verdict', verdicts)}</label>"
        '<label>Text <input type="search" name="text" placeholder="wage, Figure 6, …"></label>'
        '<button type="reset">Show all</button>'
        '<p class="ledger-status" role="status"></p></form>'
    )


def _select(name: str, options: Sequence[str] | dict[str, None]) -> str:
    items = "".join(f"<option>{escape(option)}</option>" for option in options)
    return f'<select name="{name}"><option value="">all</option>{items}</select>'
