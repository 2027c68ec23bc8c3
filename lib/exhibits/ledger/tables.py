"""The objects that a chapter shows: they know how to print themselves for each reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import html, registry, text
from .editions import Edition
from .rows import Row, rows, summary
from .verdicts import Claim, Verdict


@dataclass(frozen=True)
class Table:
    """Rows of the ledger: HTML in a page, Markdown where asked, plain text in a terminal."""

    rows: Sequence[Row]
    caption: str
    anchors: bool = True

    def _repr_html_(self) -> str:
        return html.framed(html.table(self.rows, self.caption, self.anchors))

    def _repr_markdown_(self) -> str:
        return f"{text.markdown(self.rows)}\n\n: {self.caption}"

    def __repr__(self) -> str:
        return text.terminal(self.rows)


@dataclass(frozen=True)
class FullTable(Table):
    """Every claim, with the counts by paper and verdict on top, filters and sorting."""

    def _repr_html_(self) -> str:
        return html.full(self.rows, self.caption)

    def __repr__(self) -> str:
        return f"{text.terminal(self.rows)}\n\n{text.counts_text(self.rows)}"


@dataclass(frozen=True)
class Report(Table):
    """The count of a chapter's rows in a sentence, a link to all of them, and those that differ."""

    @property
    def differing(self) -> list[Row]:
        return [row for row in self.rows if row.verdict in (Verdict.DIFFERS, Verdict.UNSETTLED)]

    def _with(self, between: str, table: str) -> str:
        found = f"Of {len(self.rows)} compared: {summary(self.rows)}."
        return f"{found}{between}{table}" if self.differing else found

    def _repr_html_(self) -> str:
        found = html.table(self.differing, self.caption) if self.differing else ""
        return html.framed(html.count(self.rows) + found)

    def _repr_markdown_(self) -> str:
        return self._with("\n\n", text.markdown(self.differing))

    def __repr__(self) -> str:
        return self._with("\n", text.terminal(self.differing))


@dataclass(frozen=True)
class EditionsTable:
    """What was read of each paper, what was not seen, what was looked for."""

    editions: Sequence[Edition]

    def _repr_html_(self) -> str:
        return html.editions(self.editions)

    def _repr_markdown_(self) -> str:
        return "\n".join(f"- **{e.paper}.** {e.line}" for e in self.editions)

    def __repr__(self) -> str:
        return "\n".join(f"{e.paper}: {e.line}" for e in self.editions)


def report(*patterns: str, package: str = "exhibits") -> Report:
    """What a chapter shows of the ledger: a count, a link, and the rows that differ.

    The rows that agree stand on the ledger's own page, which the link opens with the chapter's rows
    alone. ValueError if a pattern fits no claim.
    """
    caption = (
        "Where the paper and this book differ. Would notice: the smallest change of our result "
        "that would change the verdict"
    )
    return Report(rows(registry.claims(*patterns, package=package)), caption)


def table(
    *patterns: str, caption: str = "", anchors: bool = True, package: str = "exhibits"
) -> Table:
    """The rows of the claims whose ids fit, for a chapter: ``ledger.table("ks.fig6*")``.

    Each row has the id ``claim-<id of the claim>``; where a page shows a claim twice, give the
    second table ``anchors=False``. ValueError if a pattern fits no claim.
    """
    usual = "What the paper prints, what we get, and the smallest change we would notice"
    return Table(rows(registry.claims(*patterns, package=package)), caption or usual, anchors)


def editions_table(package: str = "exhibits") -> EditionsTable:
    """The editions behind the ledger, for the page ``reference/ledger``."""
    return EditionsTable(tuple(registry.editions(package).values()))


@dataclass(frozen=True)
class FiguresTable:
    """Every figure and number with a row: where it is shown, and what makes it."""

    claims: Sequence[Claim]

    def _repr_html_(self) -> str:
        return html.figures(text.figures(self.claims))

    def _repr_markdown_(self) -> str:
        return text.figures_table(self.claims)

    def __repr__(self) -> str:
        return text.figures_table(self.claims)


def figures_table(*patterns: str, package: str = "exhibits") -> FiguresTable:
    """The figures and numbers whose claims fit, for the page ``reference/figures``."""
    return FiguresTable(registry.claims(*patterns, package=package))


def full_table(package: str = "exhibits") -> FullTable:
    """Every claim of every paper, for the page ``reference/ledger``."""
    return FullTable(rows(registry.claims(package=package)), "Every claim")
