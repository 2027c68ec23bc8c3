"""What a chapter's cells need from the page they stand in: numbers that the prose can quote."""

from __future__ import annotations

from typing import Any

from IPython.display import display

__all__ = ["glue"]

_PREFIX = "application/papermill.record/"


def glue(**values: Any) -> None:
    """Makes values quotable in the prose: ``glue(peak="0.83")``, then ``{glue:text}`peak```.

    A string is quoted as it is; a number is written with four significant digits (format it
    yourself for anything else). Names are those of the page. In a notebook outside the book the
    call shows nothing, so a downloaded chapter runs without the book's build tools.

    >>> glue(peak=0.83214)  # the record as a terminal shows it; a notebook shows nothing
    {'application/papermill.record/text/plain': "'0.8321'"}
    """
    for name, value in values.items():
        text = value if isinstance(value, str) else f"{value:.4g}"
        # Quoted: the page evaluates what it finds, 0.80 to 0.8 and 1,000 to a pair of numbers.
        data = {f"{_PREFIX}text/plain": repr(text)}
        metadata = {"scrapbook": {"name": name, "mime_prefix": _PREFIX}}
        display(data, metadata=metadata, raw=True)
