"""What the figure modules of the part share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec

from aiecon.figures import PALETTE, BookFigure, style

__all__ = ["arrow", "in_style"]

P = ParamSpec("P")


def in_style(draw: Callable[P, BookFigure]) -> Callable[P, BookFigure]:
    """Draws in the book's style: legends and titles take theirs when they are made.

    >>> from aiecon.figures import subplots
    >>> @in_style
    ... def picture():
    ...     fig, ax = subplots()
    ...     ax.plot([0, 1], label="a line")
    ...     ax.legend()
    ...     return fig
    >>> picture().axes[0].get_legend().get_frame_on()
    False
    """

    @functools.wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> BookFigure:
        with style():
            return draw(*args, **kwargs)

    return drawn


def arrow(ax: Any, x: Any, y: Any, at: int, colour: str) -> None:
    """An arrowhead on a curve, from its point ``at`` to the next."""
    ax.annotate(
        "",
        (x[at + 1], y[at + 1]),
        (x[at], y[at]),
        arrowprops={"arrowstyle": "-|>", "color": PALETTE[colour], "lw": 0, "mutation_scale": 14},
    )
