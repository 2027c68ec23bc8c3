"""What the figure modules of the part share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec

from aiecon.figures import BookFigure, style

__all__ = ["COLOURS", "NAMES", "in_style"]

#: The palette's colours in the order in which lines take them.
COLOURS = ("blue", "vermilion", "green", "purple", "amber")

#: The blocks of the decomposition as a figure names them.
NAMES = {
    "homogenisation": "homogenisation",
    "screening": "screening",
    "education": "education",
    "firms": "firms' pay",
    "owners": "owners",
}

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
