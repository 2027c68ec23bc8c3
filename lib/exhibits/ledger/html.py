"""The ledger as HTML: a chapter's rows, and the full table with counts, filters and sorting.

The markup says everything without style or script; ``ledger.css`` sets it well (cards where the
column is narrow), ``ledger.js`` adds filters and sorting. Both travel with the output, so that a
notebook shows the table as the book does, and nothing is asked of another host.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from urllib.parse import urlencode

from .editions import Edition
from .rows import CATEGORIES, ICONS, Row, counts, summary
from .verdicts import Verdict

#: Verdict → class in ledger.css.
_TONE: dict[Verdict, str] = {
    Verdict.REPLICATED: "good",
    Verdict.IN_SHAPE: "shape",
    Verdict.DIFFERS: "differs",
    Verdict.NOT_IDENTIFIED: "open",
    Verdict.OUT_OF_REACH: "far",
    Verdict.BY_CONSTRUCTION: "built",
    Verdict.OF_THE_BOOK: "ours",
    Verdict.UNSETTLED: "bad",
}

_COLUMNS = ("Claim", "Printed", "Ours", "Verdict", "Would notice")

#: What the page says once and not on every row: usual tolerances, and gaps that are none.
_USUAL = re.compile(r"none: a|exact, to nine digits|steps below .* count as flat")
_NO_GAP = re.compile(r"[+−]?0(\.0+)?( pp)?|inside|")


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


def badge(category: str) -> str:
    """A verdict, with its kind, as text with an icon and a colour."""
    verdict = Verdict(category.partition(":")[0])
    return (
        f'<span class="ledger-verdict ledger-{_TONE[verdict]}">'
        f'<span class="ledger-icon" aria-hidden="true">{ICONS[verdict]}</span>'
        f"<span>{escape(category)}</span></span>"
    )


def framed(content: str) -> str:
    """Parts of the ledger with their style, as they stand in a page."""
    return f'{_style()}<div class="ledger">{content}</div>'


def count(rows: Sequence[Row]) -> str:
    """A chapter's count in a sentence, and a link to its rows in the full ledger."""
    counted = ", ".join(escape(part) for part in summary(rows).split(", "))
    chapters = " ".join(dict.fromkeys(row.claim.chapter for row in rows))
    address = page_of("reference/ledger") + "?" + urlencode({"chapter": chapters})
    return (
        f'<p class="ledger-count">Of {len(rows)} statements compared with what we get: {counted}. '
        f'<a href="{escape(address)}">All of these rows</a>.</p>'
    )


def full(rows: Sequence[Row], caption: str) -> str:
    """Counts by paper and verdict, controls (shown by the script), and every row."""
    return (
        f'{_style()}<div class="ledger ledger-full">{_counts_table(rows)}{_controls(rows)}'
        f'<div class="ledger-rows">{table(rows, caption, full=True)}</div></div>'
        f"<script>{_asset('ledger.js')}</script>"
    )


def editions(editions: Sequence[Edition]) -> str:
    """What was read of each paper, as a list."""
    items = "".join(f"<dt>{escape(e.paper)}</dt><dd>{escape(e.line)}</dd>" for e in editions)
    return f'{_style()}<dl class="ledger ledger-editions">{items}</dl>'


def figures(found: Sequence[tuple[str, str, str, str, int]]) -> str:
    """Each figure, table or statement with links to the chapter, and what makes it."""
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("Paper", "Figure or number", "Chapter", "Made by", "Rows")
    )
    body = "".join(
        f"<tr><td>{escape(paper)}</td><td>{escape(source)}</td>"
        f'<td><a href="{escape(page_of(chapter))}">{escape(chapter)}</a></td>'
        f"<td><code>{escape(name)}</code></td><td>{n}</td></tr>"
        for paper, source, chapter, name, n in found
    )
    return framed(
        '<table class="ledger-figures"><caption>Every figure, table and number of a paper that has '
        f"a row in the ledger</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def table(rows: Sequence[Row], caption: str, anchors: bool = True, *, full: bool = False) -> str:
    """The rows as one table; ``full``: with the errors under which each check fails."""
    head = "".join(f'<th scope="col">{c}</th>' for c in _COLUMNS)
    body = "".join(_row(row, anchors, full) for row in rows)
    return (
        f'<table class="ledger-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(row: Row, anchors: bool, full: bool) -> str:
    claim = row.claim
    anchor = f"claim-{claim.id}"
    name = f"<code>{escape(claim.id)}</code>"
    if anchors:
        name = f'<a class="ledger-id" href="#{anchor}">{name}</a>'
    place = claim.chapter + (f"#{claim.anchor}" if claim.anchor else "")
    shown = f'<a class="ledger-shown" href="{escape(page_of(place))}">where it is shown</a>'
    usual, no_gap = _USUAL.match(row.tolerance), _NO_GAP.fullmatch(row.gap)
    cells = (
        _cell("Printed", _main(row.printed) + ("" if usual else _small(row.tolerance))),
        _cell("Ours", _main(row.ours) + ("" if no_gap else _small(f"gap {row.gap}"))),
        _cell("Verdict", badge(row.category) + _small(row.cause) + _evidence(row)),
        _cell("Would notice", _main(row.notices) + (_small(row.seen_to_fail) if full else "")),
    )
    size = abs(row.noticed.size) if row.noticed else ""
    keys = f'id="{escape(anchor)}" ' if anchors else ""
    keys += (
        f'data-id="{escape(claim.id)}" data-paper="{escape(claim.paper)}" '
        f'data-chapter="{escape(claim.chapter)}" '
        f'data-verdict="{escape(row.category)}" data-notices="{size}"'
    )
    where = _small(f"{claim.paper}, {row.source}")
    return (
        f"<tr {keys}>"
        f'<th scope="row">{_main(claim.statement)}{where}'
        f'<span class="ledger-small">{name} {shown}</span>{_small(claim.note)}</th>'
        f"{''.join(cells)}</tr>"
    )


def _cell(label: str, content: str) -> str:
    return f'<td data-label="{label}"><div>{content}</div></td>'


def _main(text: str) -> str:
    return f'<span class="ledger-main">{escape(text)}</span>'


def _small(text: str) -> str:
    return f'<span class="ledger-small">{escape(text)}</span>' if text else ""


def _evidence(row: Row) -> str:
    """Of a row that differs: the passage's key words, what holds instead, what else was tried."""
    evidence = row.evidence
    if evidence is None or row.verdict is not Verdict.DIFFERS:
        return ""
    readings = "".join(f"<li>{escape(reading)}</li>" for reading in evidence.readings)
    proof = escape(page_of(evidence.proof))
    return (
        f'<span class="ledger-small">The paper’s words: <q>{escape(evidence.quotation)}</q> '
        f"({escape(row.source)}).</span>"
        f"{_small(f'What holds instead: {evidence.instead.printed}.')}"
        f'<details class="ledger-small"><summary>Assumptions, and readings tried</summary>'
        f"<p>In force: {escape(evidence.assumptions)}</p><ul>{readings}</ul></details>"
        f'<span class="ledger-small"><a href="{proof}">the proof</a></span>'
    )


def _counts_table(rows: Sequence[Row]) -> str:
    table = counts(rows)
    head = "".join(f'<th scope="col">{escape(paper)}</th>' for paper in table)
    lines = [
        _counts_row(badge(category), [numbers[category] for numbers in table.values()])
        for category in CATEGORIES
        if any(numbers[category] for numbers in table.values())
    ]
    lines.append(_counts_row("Statements", [sum(numbers.values()) for numbers in table.values()]))
    return (
        '<div class="ledger-scroll" role="region" aria-label="Counts by verdict and paper" '
        'tabindex="0"><table class="ledger-counts"><caption>Statements by verdict and paper; '
        "differences of different kinds are not added up</caption>"
        f'<thead><tr><th scope="col">Verdict</th>{head}<th scope="col">all</th></tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _counts_row(name: str, numbers: Sequence[int]) -> str:
    cells = "".join(f"<td>{n}</td>" for n in (*numbers, sum(numbers)))
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _controls(rows: Sequence[Row]) -> str:
    papers = dict.fromkeys(row.claim.paper for row in rows)
    verdicts = [c for c in CATEGORIES if any(row.category == c for row in rows)]
    chapters = dict.fromkeys(row.claim.chapter for row in rows)
    return (
        '<form class="ledger-controls" hidden aria-label="Filter the claims">'
        f"<label>Paper {_select('paper', papers)}</label>"
        f"<label>Chapter {_select('chapter', chapters)}</label>"
        f"<label>Verdict {_select('verdict', verdicts)}</label>"
        '<label>Text <input type="search" name="text" placeholder="wage, Figure 6, …"></label>'
        '<button type="reset">Show all</button>'
        '<p class="ledger-status" role="status"></p></form>'
    )


def _select(name: str, options: Sequence[str] | dict[str, None]) -> str:
    items = "".join(f"<option>{escape(option)}</option>" for option in options)
    return f'<select name="{name}"><option value="">all</option>{items}</select>'
