"""Axes drawn by matplotlib, in a wide and a narrow layout, and whole figures for stills."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from ..plotting import DASHES, PALETTE, PHONE, BookFigure, style
from .controls import FloatArray
from .declaration import Declaration
from .marks import MARKERS, Area, Label, Mark, Points, Rule

#: Points to a pixel where the figure is widest: its text is then as large as the page's.
POINT = 16 / 10.5
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


class _Key(NamedTuple):
    """What a panel's key names, marks and once in the figure the reference; and its room."""

    names: list[tuple[Mark, str]]
    columns: int
    lines: int

    @classmethod
    def of(cls, declaration: Declaration, panel: str, width: float) -> _Key:
        names = [(m, m.label) for m in declaration.marks if m.panel == panel and m.label]
        first = next((mark for mark in declaration.marks if mark.reference), None)
        if declaration.reference and first and first.panel == panel:
            names.append((first, declaration.reference))
        longest = max((len(words) for _, words in names), default=0)
        columns = int((72 * width - 50) / (longest * 5.2 + 40))
        columns = max(1, min(len(names), columns))
        return cls(names, columns, math.ceil(len(names) / columns))


@style()
def axes(declaration: Declaration, narrow: bool = False) -> tuple[BookFigure, dict[str, Axes]]:
    """The figure without its marks, laid out."""
    count = len(declaration.panels)
    width, height = declaration.size or ((5.4, 3.5) if count == 1 else (6.8, 3.6))
    each = PHONE if narrow else width / count
    keys = [_Key.of(declaration, name, each) for name in declaration.panels]
    lines = [key.lines for key in keys]
    if narrow:
        width, height = PHONE, _PANEL * count + 0.4 + _LINE / 72 * sum(lines)
    else:
        height += _LINE / 72 * max(0, max(lines) - 1)
    figure = BookFigure(figsize=(width, height), dpi=72)
    grid = figure.subplots(*((count, 1) if narrow else (1, count)), squeeze=False).ravel()
    for panel, ax, key in zip(declaration.panels.values(), grid, keys, strict=True):
        for axis in "xy":
            scale, ticks = panel.scale(axis), getattr(panel, f"{axis}ticks")
            ax.set(**{f"{axis}scale": scale.kind, f"{axis}lim": (scale.low, scale.high)})
            if ticks is not None:
                texts = [ticks[t] for t in ticks] if isinstance(ticks, Mapping) else None
                if texts is None and scale.kind == "log":
                    texts = [f"{tick:g}" for tick in ticks]
                getattr(ax, f"set_{axis}ticks")(list(ticks), texts)
                getattr(ax, f"{axis}axis").minorticks_off()
        ax.set(xlabel=panel.xlabel, ylabel=panel.ylabel)
        _draw_key(ax, key)
        ax.set_title(panel.title, pad=4 + _LINE * key.lines)
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    return figure, dict(zip(declaration.panels, grid, strict=True))


def _draw_key(ax: Axes, key: _Key) -> None:
    """A legend above the axes, where nothing can strike it."""
    nowhere: Any = {source: np.nan for mark, _ in key.names for _, source in mark.sources}
    samples = [tuple(_draw(ax, m, nowhere, words != m.label)) for m, words in key.names]
    ax.legend(
        samples,
        [words for _, words in key.names],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=key.columns,
        borderaxespad=0.2,
        borderpad=0,
        handlelength=2,
        columnspacing=1.2,
        labelspacing=0.2,
    )
    for artist in itertools.chain(*samples):
        artist.remove()


def laid_out(figure: BookFigure, panels: Mapping[str, Axes]) -> Layout:
    """Where the panels stand."""
    width, height = (72 * inches for inches in figure.get_size_inches())
    boxes = {}
    for name, ax in panels.items():
        x0, y0, x1, y1 = ax.get_position().extents
        boxes[name] = Box(x0 * width, (1 - y1) * height, (x1 - x0) * width, (y1 - y0) * height)
    return Layout(width, height, boxes)


def sizes(declaration: Declaration) -> dict[str, tuple[float, float]]:
    """Width and height of each panel in pixels where the figure is widest."""
    boxes = at_default(declaration, False)[1].boxes
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
    for mark in declaration.marks:
        if mark.reference and reference is not None:
            _draw(panels[mark.panel], mark, reference, grey=True)
    numbered = sorted(enumerate(declaration.marks), key=lambda pair: isinstance(pair[1], Label))
    for number, mark in numbered:  # labels last: they look for a place that is free
        for part, artist in enumerate(_draw(panels[mark.panel], mark, values)):
            artist.set_gid(f"moving{number}-{part}")
    return drawn, laid_out(drawn, panels)


@functools.lru_cache(maxsize=2)  # both layouts of one
def at_default(declaration: Declaration, narrow: bool) -> tuple[BookFigure, Layout]:
    """The figure at the default, laid out and drawn once for all that a page shows of it."""
    return figure(declaration, *_values(declaration), narrow)


@functools.lru_cache(maxsize=1)
def _values(declaration: Declaration) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """At the default and behind it, for both layouts."""
    return declaration.at(declaration.setting({})), declaration.behind()


def _draw(ax: Axes, mark: Any, values: Mapping[str, Any], grey: bool = False) -> list[Any]:
    """The artists of a mark."""
    at = [
        (axis, np.atleast_1d(values[source] if isinstance(source, str) else source))
        for axis, source in mark.sources
    ]
    colour = PALETTE[_GREY if grey else mark.colour]
    if isinstance(mark, Rule):
        look: Any = _line_look(mark, colour, grey)
        ends = (0, 1)
        return [
            ax.plot([v, v], ends, transform=ax.get_xaxis_transform(), **look)[0]
            if axis == "x"
            else ax.plot(ends, [v, v], transform=ax.get_yaxis_transform(), **look)[0]
            for axis, row in at
            for v in row
        ]
    points: Any = np.broadcast_arrays(*(array for _, array in at))
    if isinstance(mark, Label):
        return _words(ax, mark.text.format(**values), colour, *points)
    if isinstance(mark, Area):
        look = {"linewidth": 0, "alpha": 0.15 if grey else mark.opacity, "color": colour}
        out = [ax.fill_between(*points, **look)]
        if mark.hatch and not grey:
            look = {"facecolor": "none", "edgecolor": colour, "linewidth": 0, "alpha": 0.5}
            out.append(ax.fill_between(*points, hatch=2 * mark.hatch, **look))
        return out
    if isinstance(mark, Points):
        look = {"marker": MARKERS[mark.marker], "markersize": mark.size, "linestyle": "none"}
        look |= {"markerfacecolor": "none"} if grey else {}
        return ax.plot(*points, color=colour, **look)
    return ax.plot(*points, **_line_look(mark, colour, grey))


def _line_look(mark: Any, colour: str, grey: bool) -> dict[str, Any]:
    if grey:
        return {"color": colour, "linestyle": (0, (4, 3)), "linewidth": 1.4, "zorder": 1.5}
    return {"color": colour, "linestyle": DASHES[mark.dash], "linewidth": mark.width}


def _words(ax: Axes, text: str, colour: str, x: FloatArray, y: FloatArray) -> list[Any]:
    """A label at the first place around its mark, inside the axes, that nothing crosses; none if
    there is no such place. The page looks in the same order.
    """
    pixels = ax.figure.dpi / 72
    places = ax.transData.transform(np.column_stack([x, y]))
    places = places[[ax.bbox.contains(*place) for place in places]] / pixels
    if not len(places):
        return []
    label = ax.annotate(text, (0, 0), xycoords="figure points", color=colour, fontsize=TEXT)
    wide, taken = label.get_window_extent().width / pixels, list(_taken(ax))
    alone, anchors = len(x) == 1, places[np.linspace(len(places) - 1, 0, 20).astype(int)]
    beside = [(x, y) for x in (6.0, -6.0 - wide) for y in (5.0, -12.0)]
    beside += [(-wide / 2, 9.0), (-wide / 2, -17.0), (9.0, -3.5), (-9.0 - wide, -3.5)]
    beside += [(x, y) for x in (12.0, -12.0 - wide) for y in (14.0, -21.0) if alone]
    for place in (anchor + shift for anchor in anchors for shift in beside):
        box = Bbox(pixels * np.array([place - (2, 3), np.add(place, (wide + 2, TEXT))]))
        inside = ax.bbox.containsx(box.x0) and ax.bbox.containsx(box.x1)
        inside = inside and ax.bbox.containsy(box.y0) and ax.bbox.containsy(box.y1)
        if inside and not any(path.intersects_bbox(box, filled=False) for path in taken):
            label.set_position(place)
            return [label]
    label.remove()
    return []


def _taken(ax: Axes) -> Iterator[Path]:
    """What is drawn in the axes, in pixels: lines, edges of areas, points, words."""
    for line in ax.lines:
        path = line.get_path().transformed(line.get_transform()).cleaned(remove_nans=True)
        if line.get_linestyle() != "None":
            yield path
        else:
            reach = line.get_markersize() / 2 * ax.figure.dpi / 72
            for place in np.asarray(path.vertices):
                yield _rectangle(place - reach, place + reach)
    for area in ax.collections:
        yield from (path.transformed(area.get_transform()) for path in area.get_paths())
    for words in ax.texts[:-1]:
        yield _rectangle(*words.get_window_extent().get_points())


def _rectangle(low: FloatArray, high: FloatArray) -> Path:
    """Its edge and a diagonal, so that nothing stands within."""
    (a, b), (c, d) = low, high
    return Path([(a, b), (c, b), (c, d), (a, d), (a, b), (c, d)])
