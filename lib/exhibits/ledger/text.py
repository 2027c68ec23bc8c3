"""The ledger as plain text for a terminal, as Markdown, and as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from .power import trials
from .rows import ICONS, Row, counts
from .verdicts import Claim

WIDTH = 100
LONGEST_CELL = 32_767  # characters that a spreadsheet takes in one
_WIDTHS = {"verdict": 22, "claim": 27, "printed": 14, "ours": 14, "gap": 9, "notices": 9}


def terminal(rows: Sequence[Row]) -> str:
    """A table that fits 100 columns; long cells wrap.

    Where a verdict is not the declared one, the row says so.
    """
    lines = [_line(list(_WIDTHS)), "-" * WIDTH]
    for row in rows:
        verdict = f"{ICONS[row.verdict]} {row.category}"
        if not row.judgement.as_expected:
            verdict += f" (expected: {row.claim.expected.value})"
        cells = [verdict, row.claim.id, row.printed, row.ours, row.gap, row.notices]
        lines.append(_line(cells))
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    """One row: each cell wrapped in its column."""
    columns = [_wrap(c, width) for c, width in zip(cells, _WIDTHS.values(), strict=True)]
    lines = zip_longest(*columns, fillvalue="")
    padded = (map(str.ljust, line, _WIDTHS.values()) for line in lines)
    return "\n".join(" ".join(line).rstrip() for line in padded)


def _wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` characters, broken at blanks, and ids also after . and -."""
    lines = [""]
    for piece in re.findall(r"\S+?(?:[.-](?=[a-z])|(?=\s)|$)|\s+", text):
        for part in textwrap.wrap(piece, width) or [" "]:
            if len(lines[-1]) + len(part) > width:
                lines.append("")
            lines[-1] += part.lstrip() if not lines[-1] else part
    return [line.rstrip() for line in lines]


def counts_text(rows: Sequence[Row]) -> str:
    """One line per paper: how many claims, and how many of each verdict."""
    lines = []
    for paper, numbers in counts(rows).items():
        parts = [f"{n} {category}" for category, n in numbers.items() if n]
        lines.append(f"{paper}: {sum(numbers.values())} claims; {', '.join(parts)}")
    return "\n".join(textwrap.fill(line, WIDTH, subsequent_indent="  ") for line in lines)


def markdown(rows: Sequence[Row]) -> str:
    """A Markdown table."""
    lines = ["| Claim | Printed | Ours | Verdict | Notices |", "|---|---|---|---|---|"]
    for row in rows:
        verdict = f"{ICONS[row.verdict]} {row.category}"
        cells = (
            f"{row.claim.statement} ({row.claim.paper}, {row.source}; `{row.claim.id}`)",
            row.printed,
            f"{row.ours} (gap {row.gap})" if row.gap else row.ours,
            f"{verdict}. {row.cause}" if row.cause else verdict,
            row.notices,
        )
        lines.append("| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |")
    return "\n".join(lines)


def figures(claims: Iterable[Claim]) -> list[tuple[str, str, str, str, int]]:
    """Each figure, table or statement: paper, source, chapter, what makes it, how many claims."""
    found = Counter((c.paper, c.source, c.chapter, c.function.replace(":", ".")) for c in claims)
    return [(*key, n) for key, n in found.items()]


def figures_table(claims: Iterable[Claim]) -> str:
    """The same as Markdown."""
    lines = ["| Paper | Figure or number | Chapter | Made by | Claims |", "|---|---|---|---|---|"]
    for paper, source, chapter, name, n in figures(claims):
        lines.append(
            f"| {paper} | {source} | [{chapter}](chapters/{chapter}.md) | `{name}` | {n} |"
        )
    return "\n".join(lines)


def csv_text(rows: Sequence[Row]) -> str:
    """Every field of every row; lists as JSON, but for those that no spreadsheet takes."""
    out = io.StringIO()
    records = [row.record() for row in rows]
    names = list(records[0]) if records else []
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    for record in records:
        flat = {
            k: _cell(json.dumps(v, ensure_ascii=False)) if isinstance(v, list | bool) else v
            for k, v in record.items()
        }
        writer.writerow(flat)
    return out.getvalue()


def _cell(text: str) -> str:
    """The text, or where it is to be had."""
    return text if len(text) <= LONGEST_CELL else f"{len(text):,} characters: in the JSON file only"


def json_text(rows: Sequence[Row]) -> str:
    """Every field of every row, with the counts."""
    document = {"counts": counts(rows), "claims": [row.record() for row in rows]}
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def sensitivity(rows: Sequence[Row]) -> str:
    """What each planted error does to the verdict; a line per error."""
    lines = ["Errors planted in the library, and the verdict then:"]
    for row in rows:
        lines += [f"  {row.claim.id}: {trial}" for trial in trials(row.claim)]
    return "\n".join(textwrap.fill(line, WIDTH, subsequent_indent="    ") for line in lines)
