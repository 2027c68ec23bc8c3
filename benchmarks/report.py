"""The results as tables for a terminal; the book's page shows them with ``exhibits.benchmarks``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from exhibits.benchmarks import OURS, cells, comparison, draw_rows, duration, scientific

HEADINGS: dict[str, str] = {
    "ramsey": "Ramsey, Cobb–Douglas: error of K and C over t ≤ 100",
    "takeover": "Korinek & Suh, baseline AGI (T = 20): error of K and C over t ≤ 40",
}
HEADER = ("Solver", "Setting", "Error", "A solve", "Set-up", "× ours", "Reaches it")
DRAWS = ("Solver", "Draws", "Solved", "Refused", "Failed", "A second", "Error")


def text(results: dict[str, Any]) -> str:
    """Everything that was measured, as a table for a terminal."""
    parts = []
    for problem, heading in HEADINGS.items():
        goal = results["problems"][problem]
        reach = f"to reach: {scientific(goal['goal'])} in {duration(goal['seconds'])}"
        rows = [HEADER, *(cells(line) for line in comparison(results, problem))]
        parts.append(f"{heading}; {reach}\n{_aligned(rows)}")
    first = results["first_call"]
    parts.append(
        "The four scenarios of Figure 8, first call after import; to reach: "
        f"{duration(first['goal'])}\n  {OURS}: {duration(first['seconds'])} "
        f"(median of {first['runs']} fresh processes)"
    )
    rate = f"{results['draws']['goal']:,.0f} paths a second"
    table = _aligned([DRAWS, *draw_rows(results)])
    parts.append(f"Random draws of the T = 20 scenario; to reach: {rate}\n{table}")
    for row in results.get("families", []):
        facts = ", ".join(f"{n.replace('_', ' ')} {v:.3g}" for n, v in row.items() if n != "family")
        parts.append(f"{row['family']}: {facts}")
    for row in results.get("promises", []):
        facts = ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in row.items() if n != name)
        parts.append(f"Estimates against errors: {facts}")
    for name, reason in results["missing"].items():
        parts.append(f"{name}: {reason}")
    return "\n\n".join(parts)


def _aligned(rows: Iterable[tuple[str, ...]]) -> str:
    rows = list(rows)
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    text_columns = (0, 1)
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if i in text_columns else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  " + "  ".join(cells).rstrip())
    return "\n".join(lines)
