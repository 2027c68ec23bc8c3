"""Writes the generated parts of README.md: its picture, the verdicts, what was read.

python book/readme.py           writes them
python book/readme.py --check   says whether they are up to date (a test calls this)
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from exhibits import plotting
from exhibits.korinek_suh.factor_prices import draw_earnings
from exhibits.ledger import claims, editions
from exhibits.ledger.rows import CATEGORIES, counts, rows

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PICTURE = ROOT / "assets" / "readme.svg"


def verdicts() -> str:
    """How many claims of each paper have each verdict; kinds of difference are not added up."""
    papers = counts(rows(claims()))
    lines = [f"| Verdict | {' | '.join(papers)} | all |", "|---" + "|--:" * (len(papers) + 1) + "|"]
    for category in CATEGORIES:
        cells = [numbers[category] for numbers in papers.values()]
        if any(cells):
            lines.append(f"| {category} | {' | '.join(map(str, cells))} | {sum(cells)} |")
    cells = [sum(numbers.values()) for numbers in papers.values()]
    lines.append(f"| statements | {' | '.join(map(str, cells))} | {sum(cells)} |")
    return "\n".join(lines)


def provenance() -> str:
    """What was read of each paper, what was not seen, and what was looked for."""
    return "\n".join(f"- **{e.paper}.** {e.line}" for e in editions().values())


def _put(text: str, name: str, made: str) -> str:
    start, end = f"<!-- generated: {name} -->", "<!-- end -->"
    pattern = f"{re.escape(start)}.*?{re.escape(end)}"
    return re.sub(pattern, lambda _: f"{start}\n\n{made}\n\n{end}", text, flags=re.DOTALL)


def readme() -> str:
    """The README with its generated parts made anew."""
    text = _put(README.read_text("utf8"), "verdicts", verdicts())
    return _put(text, "editions", provenance())


def picture() -> str:
    """The README's picture: Figure 6, what labour and capital earn as automation rises."""
    fig, axes = plotting.panels(1, 2, size=(7.2, 3.4))
    for ax, (K, sigma) in zip(axes, [(1.0, 0.5), (10.0, 0.2)], strict=True):
        draw_earnings(ax, K, sigma)
    axes[0].set_ylabel("output, stacked")
    fig.set_facecolor("white")  # a README may be shown on a dark page
    return plotting.svg(fig)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="only say whether they are current")
    wanted = {README: readme(), PICTURE: picture()}
    if parser.parse_args().check:
        stale = [p.name for p, t in wanted.items() if not p.exists() or p.read_text("utf8") != t]
        print(f"out of date: {', '.join(stale)}; run make readme" if stale else "up to date")
        return bool(stale)
    for path, text in wanted.items():
        path.write_text(text, "utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
