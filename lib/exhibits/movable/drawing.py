"""Axes drawn by matplotlib, in a wide and a narrow layout, and whole figures for stills."""

from __future__ import annotations

from .declaration import Declaration


def sizes(declaration: Declaration) -> dict[str, tuple[float, float]]:
    n = len(declaration.panels)
    width, height = declaration.size or ((5.4, 3.5) if n == 1 else (6.8, 3.6))
    px = 72 * 16 / 10.5
    return {p: ((width / n - 0.6) * px, (height - 0.8) * px) for p in declaration.panels}
