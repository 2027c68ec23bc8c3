"""Axes drawn by matplotlib, in a wide and a narrow layout, and whole figures for stills."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from ..plotting import DASHES, PALETTE, BookFigure, style
from .controls import FloatArray
from .declaration import Declaration
from .marks import MARKERS, Area, Label, Mark, Points, Rule

#: Points to a pixel where the figure is widest: its text is then as large as the page's.
POINT = 16 / 10.5
NARROW = 4.4  # inches: on a phone of 390 pixels, text of ten points is eleven pixels high
_PANEL = 2.7  # inches: the height of a panel in the narrow layout
_LINE = 12.5  # points: the height of a line of a key
_GREY = "muted"
TEXT = 10.0  # points: words beside marks


class Box(NamedTuple):
    """Where a panel's axes stand, in points from the top left corner."""

    left: float
    top: float
    width: float
    height: float


class Layout(NamedTuple):
    """A figure's size in points, and its panels."""

    width: float
    height: float
    boxes: dict[str, Box]


def size(declaration: Declaration, narrow: bool) -> tuple[float, float]:
    """Width and height in inches."""
    count = len(declaration.panels)
    lines = [_columns(declaration, name, narrow)[1] for name in declaration.panels]
    if narrow:
        return NARROW, _PANEL * count + 0.4 + _LINE / 72 * sum(lines)
    width, height = _wide(declaration)
    return width, height + _LINE / 72 * max(0, max(lines) - 1)


def _wide(declaration: Declaration) -> tuple[float, float]:
    return declaration.size or ((5.4, 3.5) if len(declaration.panels) == 1 else (6.8, 3.6))


@style()
def axes(declaration: Declaration, narrow: bool = False) -> tuple[BookFigure, dict[str, Axes]]:
    """The figure without its marks, laid out."""
    figure = BookFigure(figsize=size(declaration, narrow), dpi=72)
    count = len(declaration.panels)
    grid = figure.subplots(*((count, 1) if narrow else (1, count)), squeeze=False).ravel()
    found = dict(zip(declaration.panels, grid, strict=True))
    for (name, panel), ax in zip(declaration.panels.items(), grid, strict=True):
        for axis, scale in (("x", panel.xscale), ("y", panel.yscale)):
            getattr(ax, f"set_{axis}scale")(scale)
            getattr(ax, f"set_{axis}lim")(getattr(panel, f"{axis}lim"))
            ticks = getattr(panel, f"{axis}ticks")
            if ticks is not None:
                texts = [ticks[t] for t in ticks] if isinstance(ticks, Mapping) else None
                if texts is None and scale == "log":
                    texts = [f"{tick:g}" for tick in ticks]
                getattr(ax, f"set_{axis}ticks")(list(ticks), texts)
                getattr(ax, f"{axis}axis").minorticks_off()
        ax.set(xlabel=panel.xlabel, ylabel=panel.ylabel)
        columns, lines = _columns(declaration, name, narrow)
        _key(declaration, name, ax, columns)
        ax.set_title(panel.title, pad=4 + _LINE * lines)
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    return figure, found


def _labels(declaration: Declaration, panel: str) -> list[tuple[Any, str]]:
    """What a panel's key names: marks, and once in the figure the reference."""
    marks: list[Any] = list(declaration.marks)
    found = [(m, m.label) for m in marks if m.panel == panel and getattr(m, "label", "")]
    first = next((m for m in marks if getattr(m, "reference", False)), None)
    if declaration.reference and first and first.panel == panel:
        found.append((first, declaration.reference))
    return found


def _columns(declaration: Declaration, panel: str, narrow: bool) -> tuple[int, int]:
    """In how many columns and lines a panel's key has room."""
    labels = _labels(declaration, panel)
    if not labels:
        return 1, 0
    room = 72 * (NARROW if narrow else _wide(declaration)[0] / len(declaration.panels)) - 50
    columns = int(room / (max(len(words) for _, words in labels) * 5.2 + 40))
    columns = max(1, min(len(labels), columns))
    return columns, math.ceil(len(labels) / columns)


def _key(declaration: Declaration, panel: str, ax: Axes, columns: int) -> None:
    """A legend above the axes, where nothing can strike it."""
    labels = _labels(declaration, panel)
    nowhere = {source: np.nan for mark, _ in labels for _, source in mark.sources}
    samples = [tuple(_draw(ax, m, nowhere, words != m.label)) for m, words in labels]
    ax.legend(
        samples,
        [words for _, words in labels],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=columns,
        borderaxespad=0.2,
        borderpad=0,
        handlelength=2,
        columnspacing=1.2,
        labelspacing=0.2,
    )
    for artist in itertools.chain(*samples):
        artist.remove()


def layout(declaration: Declaration, narrow: bool = False) -> Layout:
    """Where the panels stand."""
    return laid_out(*axes(declaration, narrow))


def laid_out(figure: BookFigure, panels: Mapping[str, Axes]) -> Layout:
    width, height = (72 * inches for inches in figure.get_size_inches())
    boxes = {}
    for name, ax in panels.items():
        x0, y0, x1, y1 = ax.get_position().extents
        boxes[name] = Box(x0 * width, (1 - y1) * height, (x1 - x0) * width, (y1 - y0) * height)
    return Layout(width, height, boxes)


def sizes(declaration: Declaration) -> dict[str, tuple[float, float]]:
    """Width and height of each panel in pixels where the figure is widest."""
    boxes = layout(declaration).boxes
    return {name: (POINT * box.width, POINT * box.height) for name, box in boxes.items()}


# Marks ------------------------------------------------------------------------------------------


@style()
def figure(
    declaration: Declaration,
    values: Mapping[str, Any],
    reference: Mapping[str, Any] | None,
    narrow: bool = False,
) -> tuple[BookFigure, Layout]:
    """The figure at values as :meth:`Declaration.at` gives them.

    The artists of what moves have ids that begin with "moving"; those of the reference stay.
    """
    drawn, panels = axes(declaration, narrow)
    if reference is not None:
        for mark in declaration.marks:
            if getattr(mark, "reference", False):
                _draw(panels[mark.panel], mark, reference, grey=True)
    for number, mark in enumerate(declaration.marks):
        for part, artist in enumerate(_draw(panels[mark.panel], mark, values)):
            artist.set_gid(f"moving{number}-{part}")
    return drawn, laid_out(drawn, panels)


def _draw(ax: Axes, mark: Mark, values: Mapping[str, Any], grey: bool = False) -> list[Any]:
    """The artists of a mark."""
    at = {
        attribute: np.atleast_1d(_value(getattr(mark, attribute), values))
        for _, attribute in mark.coordinates
        if getattr(mark, attribute) is not None
    }
    if isinstance(mark, Label):
        return _words(ax, mark.text.format(**values), at["x"], at["y"], PALETTE[mark.colour])
    colour = PALETTE[_GREY if grey else mark.colour]  # type: ignore[attr-defined]
    if isinstance(mark, Area):
        x, low, high = np.broadcast_arrays(*at.values())
        look: Any = {"linewidth": 0, "alpha": 0.15 if grey else mark.opacity, "color": colour}
        out = [ax.fill_between(x, low, high, **look)]
        if mark.hatch and not grey:
            lines: Any = {"facecolor": "none", "edgecolor": colour, "linewidth": 0}
            out.append(ax.fill_between(x, low, high, hatch=2 * mark.hatch, alpha=0.5, **lines))
        return out
    if isinstance(mark, Points):
        look = {"marker": MARKERS[mark.marker], "markersize": mark.size, "linestyle": "none"}
        look |= {"markerfacecolor": "none"} if grey else {}
        return ax.plot(*np.broadcast_arrays(*at.values()), color=colour, clip_on=True, **look)
    look = {"color": colour, "linestyle": DASHES[mark.dash], "linewidth": mark.width}  # type: ignore[attr-defined]
    if grey:
        look |= {"linestyle": (0, (4, 3)), "linewidth": 1.4, "zorder": 1.5}
    if isinstance(mark, Rule):
        ends = (0, 1)
        return [
            ax.plot([v, v], ends, transform=ax.get_xaxis_transform(), **look)[0]
            if axis == "x"
            else ax.plot(ends, [v, v], transform=ax.get_yaxis_transform(), **look)[0]
            for axis, row in at.items()
            for v in row
        ]
    return ax.plot(*np.broadcast_arrays(*at.values()), **look)


def _words(ax: Axes, text: str, x: FloatArray, y: FloatArray, colour: str) -> list[Any]:
    """A label beside its point, or the last point of its curve that is in view.

    (The page looks for a place that no line strikes; a still has to do with this.)
    """
    x, y = np.broadcast_arrays(x, y)
    inside = (ax.get_xlim()[0] <= x) & (x <= ax.get_xlim()[1])
    inside &= (ax.get_ylim()[0] <= y) & (y <= ax.get_ylim()[1])
    if not inside.any():
        return []
    last = np.flatnonzero(inside)[-1]
    right = ax.transData.transform((x[last], y[last]))[0] > ax.bbox.x0 + 0.6 * ax.bbox.width
    look: Any = {"ha": "right" if right else "left", "color": colour, "fontsize": TEXT}
    offset: Any = {"xytext": (-5 if right else 5, 5), "textcoords": "offset points"}
    return [ax.annotate(text, (x[last], y[last]), **offset, **look)]


def _value(source: Any, values: Mapping[str, Any]) -> Any:
    return values[source] if isinstance(source, str) else source
