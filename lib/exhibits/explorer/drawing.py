"""Figures, pictures and frames of an explorer, setting by setting.

All figures of an explorer have their axes in the same places, so that nothing jumps when a control
moves, and a frame is the same figure that a live kernel draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from exhibits.plotting import PALETTE, BookFigure, style

from .controls import Setting
from .elements import Element, Picture
from .frames import Frames, collect
from .page import element
from .parallel import in_parallel
from .recording import record

if TYPE_CHECKING:
    from .core import Explorer

Box = tuple[float, float, float, float]
_CHECKED = 3  # frames that are drawn a second time


@contextmanager
def _style() -> Iterator[None]:
    """The book's style, with titles at a fixed height above the axes."""
    with style(), mpl.rc_context({"axes.titley": 1.0}):
        yield


def _drawn(explorer: Explorer, setting: Setting) -> BookFigure:
    figure = BookFigure(figsize=explorer.size, dpi=72)  # SVG's unit is a point
    explorer.draw(figure, **explorer.span.parameters(setting), **explorer.reference_argument)
    return figure


def layout(explorer: Explorer) -> tuple[Box, ...] | None:
    """Where all figures have their axes: inside the room that each sampled setting leaves them.

    None when ``draw`` has switched the layout off and placed the axes itself.
    """
    found = []
    with _style():
        for setting in explorer.span.layout_sample():
            figure = _drawn(explorer, setting)
            if figure.get_layout_engine() is None:
                return None
            figure.draw_without_rendering()
            found.append([axes.get_position(original=True).extents for axes in figure.axes])
    counts = {len(boxes) for boxes in found}
    if counts == {0} or len(counts) > 1:
        raise ValueError(
            f"draw: it makes {' or '.join(map(str, sorted(counts)))} axes; make the same number, "
            "one or more, for all parameters and hide what is not needed"
        )
    corners = np.array(found)  # by setting, axes and corner
    low, high = corners[..., :2].max(axis=0), corners[..., 2:].min(axis=0)
    if not np.all(high > low):
        raise ValueError(
            "draw: the axes of two settings have no place in common; switch the layout off with "
            "figure.set_layout_engine('none') and place them with add_axes"
        )
    return tuple(tuple(box) for box in np.hstack([low, high - low]).tolist())


def figure_at(explorer: Explorer, setting: Setting) -> BookFigure:
    """The figure at a setting."""
    boxes = explorer.layout
    with _style():
        return _placed(explorer, setting, boxes)


def picture_at(explorer: Explorer, setting: Setting) -> Picture:
    """The figure's vector elements at a setting."""
    boxes = explorer.layout
    with _style():
        return record(_placed(explorer, setting, boxes))


def _placed(explorer: Explorer, setting: Setting, boxes: tuple[Box, ...] | None) -> BookFigure:
    figure = _drawn(explorer, setting)
    if boxes is None:
        return figure
    if len(boxes) != len(figure.axes):
        raise ValueError(
            f"draw: {len(figure.axes)} axes at {explorer.span.words(setting)}, but {len(boxes)} at "
            "the default; make the same number for all parameters and hide what is not needed"
        )
    figure.set_layout_engine("none")
    for axes, box in zip(figure.axes, boxes, strict=True):
        axes.set_position(box)
    return figure


def all_frames(explorer: Explorer) -> Frames:
    """Draws every setting; axes and legends that look the same are drawn once."""
    settings = list(explorer.span.settings())
    boxes = explorer.layout

    def views(part: Sequence[Setting]) -> list[tuple[Picture, str, dict[str, np.ndarray]]]:
        memo: dict[Any, list[Element]] = {}
        with _style():
            return [
                (
                    record(_placed(explorer, setting, boxes), memo),
                    explorer.description_at(setting),
                    explorer.data_at(setting),
                )
                for setting in part
            ]

    pictures, descriptions, data = zip(*in_parallel(views, settings), strict=True)
    if len({tuple(columns) for columns in data}) > 1:
        raise ValueError("data: name the same columns, in the same order, for all parameters")
    default = settings.index(explorer.span.default)
    frames = collect(explorer.span.shape, default, pictures, descriptions, data)
    _check(explorer, frames, settings)
    return frames


def _check(explorer: Explorer, frames: Frames, settings: list[Setting]) -> None:
    """Draws a few settings afresh, ticks and all: each must be what its frame shows."""
    places = np.random.default_rng(0).integers(len(settings), size=_CHECKED).tolist()
    for setting in [explorer.span.default, *(settings[place] for place in places)]:
        fresh = picture_at(explorer, setting).elements
        kept = frames.elements(setting)
        if list(map(element, fresh)) != list(map(element, kept)):
            raise ValueError(
                f"draw: two different figures at {explorer.span.words(setting)}; it must depend on "
                "its parameters alone, not on random numbers or what it drew before"
            )


def reference_line(
    axes: Axes,
    x: ArrayLike,
    y: ArrayLike,
    label: str | None = None,
    *,
    at: float = 0.7,
    offset: tuple[float, float] = (4, 4),
    **kwargs: Any,
) -> None:
    """A paper's own curve in the background: muted, dashed, with its name beside it.

    ``label`` stands at the fraction ``at`` of the curve's points, ``offset`` points to the right of
    and above it; other arguments go to the line.
    """
    muted = PALETTE["muted"]
    look: dict[str, Any] = {"color": muted, "zorder": 1.5}
    axes.plot(x, y, **{"linestyle": (0, (4, 3)), "linewidth": 1.4, **look, **kwargs})
    x, y = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    drawn = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if label is None or not drawn.size:
        return
    place = drawn[min(int(at * drawn.size), drawn.size - 1)]
    point, points = (x[place], y[place]), "offset points"
    axes.annotate(label, point, xytext=offset, textcoords=points, fontsize=9, **look)
