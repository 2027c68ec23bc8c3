"""One matplotlib style and one palette for every figure of the book.

Figures are drawn without pyplot (no global state), shown as SVG, and use colours that the page
can exchange: in the built book each colour below becomes a CSS variable, so that a figure follows
the light and the dark theme and prints in ink. Text stays text: it can be searched and scales.
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import NullLocator
from numpy.typing import ArrayLike
from PIL import Image

from .documents import NARROW, PALETTE, layouts, themed_svg

__all__ = [
    "COLOURS",
    "DASHES",
    "PALETTE",
    "PHONE",
    "BookFigure",
    "area",
    "date",
    "dots",
    "label_line",
    "layouts",
    "level",
    "line",
    "log_ticks",
    "panels",
    "pdf",
    "png",
    "share_axis",
    "stacked",
    "style",
    "svg",
    "themed_svg",
]

#: The colours of the palette in the order in which lines take them.
COLOURS = ("blue", "vermilion", "green", "purple", "amber")

#: Line styles in the order in which a figure should use them.
DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1.2, 1.6)), (0, (6, 2, 1.2, 2)), (0, (9, 3)))

_STYLE: Any = {
    # Small on purpose: at this size the text is still readable on a phone (see themed_svg).
    "figure.figsize": (5.4, 3.5),
    "figure.facecolor": "none",
    "figure.constrained_layout.use": True,
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.edgecolor": PALETTE["muted"],
    "axes.labelcolor": PALETTE["ink"],
    "axes.titlecolor": PALETTE["ink"],
    "text.color": PALETTE["ink"],
    "xtick.color": PALETTE["muted"],
    "ytick.color": PALETTE["muted"],
    "xtick.labelcolor": PALETTE["ink"],
    "ytick.labelcolor": PALETTE["ink"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "grid.color": PALETTE["faint"],
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "axes.labelsize": 10.5,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "legend.fontsize": 10,
    "legend.frameon": False,
    "font.size": 10.5,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # ships with matplotlib: the same layout on any machine
    "lines.linewidth": 2.0,
    "lines.solid_capstyle": "round",
    "axes.prop_cycle": cycler(
        color=[PALETTE[colour] for colour in COLOURS],
        linestyle=list(DASHES),
    ),
    "svg.fonttype": "none",
    "svg.hashsalt": "aiecon",  # the same ids in every run
    "axes.unicode_minus": True,
}


_CSS_DPI = 96  # pixels of a page in an inch
#: Inches: where a page is 390 pixels wide text of ten points is then eleven pixels high, also in a
#: fold.
PHONE = 4.1
_LEAST = 2.3  # inches: the height of a panel there
_SMALLEST = 10  # points

# No matter of style: where and how the figures of a session are shown.
_KEPT = ("backend", "interactive", "toolbar", "webagg", "tk.", "savefig.directory", "keymap")


@contextmanager
def style() -> Iterator[None]:
    """The book's matplotlib style, as a context or around a function that draws.

    All else has matplotlib's defaults, whatever a reader's own settings are (``text.usetex``).
    Legends and titles take theirs when they are made, not when the figure is shown.

    >>> with style():
    ...     mpl.rcParams["axes.spines.top"]
    False
    >>> @style()
    ... def picture():
    ...     fig, ax = panels()
    ...     ax.plot([0, 1], label="a line")
    ...     ax.legend()
    ...     return fig
    >>> picture().axes[0].get_legend().get_frame_on()
    False
    """
    defaults = dict.items(mpl.rcParamsDefault)  # what a reader's own file or cell has changed
    now = {k: v for k, v in dict.items(mpl.rcParams) if not k.startswith(_KEPT)}
    changed = {k: v for k, v in defaults if k in now and now[k] != v}
    with mpl.rc_context(changed | _STYLE):
        yield


class _Axes(Axes):
    """Axes whose lines, legends, titles and texts are the book's wherever they are made."""

    annotate = style()(Axes.annotate)
    legend = style()(Axes.legend)
    plot = style()(Axes.plot)
    set_title = style()(Axes.set_title)
    text = style()(Axes.text)


class BookFigure(Figure):
    """A matplotlib figure that shows itself in the book's style, without pyplot.

    As SVG, which a page makes its own, and as PNG for a notebook that is not trusted. Both stand on
    white, so that they can be read in a notebook with a dark theme.

    >>> BookFigure(figsize=(6.8, 3.2)).get_facecolor()  # no ground of its own: it takes the page's
    (0.0, 0.0, 0.0, 0.0)
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        with style():
            super().__init__(*args, **kwargs)

    def add_subplot(self, *args: Any, **kwargs: Any) -> Any:
        other = {"axes_class", "projection", "polar"} & kwargs.keys()
        given = any(isinstance(argument, Axes) for argument in args)
        ours = {} if other or given else {"axes_class": _Axes}
        return super().add_subplot(*args, **kwargs, **ours)

    legend = style()(Figure.legend)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        """All of these, the wide ones laid out once: that takes as long as to draw."""
        shown: dict[str, Any] = {"text/plain": repr(self), "image/svg+xml": self._wide()}
        engine = self.get_layout_engine()
        self.set_layout_engine("none")
        try:
            shown["image/png"], size = self._repr_png_()
            if drawn := self._repr_pdf_():
                shown["application/pdf"] = drawn
        finally:
            self.set_layout_engine(engine)
        shown["image/svg+xml"] += self._narrow()
        return shown, {"image/png": size}

    def _repr_svg_(self) -> str:
        """While the book is built, with the layout for a phone behind it (see :func:`layouts`)."""
        return self._wide() + self._narrow()

    def _wide(self) -> str:
        return svg(self).replace("<svg ", '<svg style="background: #fff" ', 1)

    def _narrow(self) -> str:
        if not os.environ.get("AIECON_BOOK"):
            return ""
        with stacked(self):
            return f"{NARROW}{base64.b64encode(svg(self).encode()).decode()}-->"

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        width, height = (round(_CSS_DPI * length) for length in self.get_size_inches())
        return png(self), {"width": width, "height": height}

    def _repr_pdf_(self) -> bytes | None:
        """Only while the book is built, which offers it."""
        return pdf(self) if os.environ.get("AIECON_BOOK") else None


def panels(
    rows: int = 1, columns: int = 1, *, size: tuple[float, float] | None = None, **kwargs: Any
) -> tuple[BookFigure, Any]:
    """A figure and its axes in the book's style: ``fig, ax = panels()``.

    ``size`` is (width, height) in inches, unless said 5.4 × 3.5 for one column and 6.8 × 3.3 a row
    for more; the other arguments are those of :meth:`matplotlib.figure.Figure.subplots`. Return
    ``fig`` as the last line of a cell to show it.

    >>> fig, (left, right) = panels(1, 2, sharey=True)
    >>> fig.get_size_inches().tolist()
    [6.8, 3.3]
    """
    with style():
        wide = _STYLE["figure.figsize"] if rows == columns == 1 else (6.8, 3.3 * rows)
        fig = BookFigure(figsize=size or wide)
        return fig, fig.subplots(rows, columns, **kwargs)


@contextmanager
def stacked(fig: Figure) -> Iterator[None]:
    """The figure as wide as a phone, its panels one below the other, row by row, no text too small.

    >>> fig, (left, right) = panels(1, 2)
    >>> with stacked(fig):
    ...     fig.get_size_inches().tolist(), right.get_subplotspec().rowspan.start
    ([4.1, 6.6], 1)
    >>> fig.get_size_inches().tolist(), right.get_subplotspec().colspan.start
    ([6.8, 3.3], 1)
    """
    width, height = fig.get_size_inches()
    specs = {ax: spec for ax in fig.axes if (spec := ax.get_subplotspec()) is not None}
    places = sorted({(spec.rowspan.start, spec.colspan.start) for spec in specs.values()})
    rows = len({row for row, _ in places})
    small = {
        text: size for text in fig.findobj(Text) if (size := float(text.get_fontsize())) < _SMALLEST
    }
    for text in small:
        text.set_fontsize(_SMALLEST)
    shared = [ax.yaxis for ax in specs if not ax.yaxis.get_tick_params().get("labelleft", True)]
    for axis in shared:  # what stood on the left of a row is on top of them now
        axis.set_tick_params(labelleft=True)
    if rows < len(places):
        one_column = fig.add_gridspec(len(places), 1)
        for ax, spec in specs.items():
            row = places.index((spec.rowspan.start, spec.colspan.start))
            ax.set_subplotspec(one_column[row])
        fig.set_size_inches(PHONE, max(height / rows, _LEAST) * len(places))
    else:
        fig.set_size_inches(PHONE, height)
    try:
        yield
    finally:
        fig.set_size_inches(width, height)
        for axis in shared:
            axis.set_tick_params(labelleft=False)
        for text, size in small.items():
            text.set_fontsize(size)
        for ax, spec in specs.items():
            ax.set_subplotspec(spec)


def svg(fig: Figure) -> str:
    """The figure as a stand-alone SVG document: the same bytes for the same figure."""
    out = io.StringIO()
    with style():
        FigureCanvasSVG(fig).print_svg(out, metadata={"Date": None, "Creator": None})
    return out.getvalue()


def png(fig: Figure) -> bytes:
    """The figure as PNG on white, twice as fine as a page shows it."""
    canvas, dpi, ground = FigureCanvasAgg(fig), fig.dpi, fig.get_facecolor()
    with style():
        fig.set(dpi=2 * _CSS_DPI, facecolor="white")
        canvas.draw()
        fig.set(dpi=dpi, facecolor=ground)
    pixels = Image.fromarray(np.asarray(canvas.buffer_rgba()))
    # A third of the bytes, the same to see.
    image = pixels.convert("RGB").quantize(128, Image.Quantize.MAXCOVERAGE)
    out = io.BytesIO()
    image.save(out, format="png", compress_level=8)  # at 9 it takes thrice as long
    return out.getvalue()


def pdf(fig: Figure) -> bytes:
    """The figure as PDF: the same bytes for the same figure."""
    out = io.BytesIO()
    with style():
        FigureCanvasPdf(fig).print_pdf(
            out, metadata=dict.fromkeys(("CreationDate", "Creator", "Producer"))
        )
    return out.getvalue()


# The small vocabulary of the chapters' figures ---------------------------------------------------


def line(
    ax: Axes,
    x: ArrayLike,
    y: ArrayLike,
    name: str = "",
    colour: str = "blue",
    *,
    dash: int = 0,
    at: float | None = None,
    offset: tuple[float, float] = (4, 4),
    **kwargs: Any,
) -> None:
    """A line in a colour of :data:`PALETTE` with the ``dash``-th of :data:`DASHES`.

    ``name`` goes to the legend; with ``at`` (0 the line's beginning, 1 its end) it is written
    beside the line instead, ``offset`` points away, which saves the eye a way.

    >>> fig, ax = panels()
    >>> line(ax, [0, 1, 2], [0, 1, 4], "output", "blue", at=0.5)
    >>> line(ax, [0, 1, 2], [0, 1, 1], "wage", "green", dash=1)
    """
    ax.plot(
        x, y, color=PALETTE[colour], linestyle=DASHES[dash],
        label="" if at is not None else name, **kwargs,
    )  # fmt: skip
    if at is not None and name:
        i = round(at * (np.size(x) - 1))
        label_line(ax, np.asarray(x)[i], np.asarray(y)[i], name, colour, offset=offset)


def dots(
    ax: Axes,
    x: ArrayLike,
    y: ArrayLike,
    name: str = "",
    colour: str = "ink",
    *,
    marker: str = "o",
    size: float = 6,
    **kwargs: Any,
) -> None:
    """Points without a line between them; ``name`` goes to the legend.

    >>> fig, ax = panels()
    >>> dots(ax, [0, 1], [0, 1], "measured", "vermilion", marker="s")
    """
    ax.plot(
        x, y, marker, color=PALETTE[colour], markersize=size, label=name, linestyle="none", **kwargs
    )


def date(ax: Axes, t: float, name: str = "", *, y: float | None = None, **kwargs: Any) -> None:
    """A dotted vertical line at a date, with its name at the height ``y``."""
    ax.axvline(t, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    if name:
        height = ax.get_ylim()[1] if y is None else y
        label_line(ax, t, height, name, "muted", **({"offset": (4, -12)} | kwargs))


def level(ax: Axes, y: float, name: str = "", *, x: float | None = None, **kwargs: Any) -> None:
    """A dotted horizontal line at a level, with its name at ``x``."""
    ax.axhline(y, color=PALETTE["muted"], linewidth=1, linestyle=DASHES[2])
    if name:
        place = ax.get_xlim()[0] if x is None else x
        label_line(ax, place, y, name, "muted", **kwargs)


def area(
    ax: Axes,
    x: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    colour: str = "blue",
    *,
    strength: float = 0.25,
    hatch: str = "",
    **kwargs: Any,
) -> None:
    """What lies between two curves, tinted; hatched, too, where greyscale could not tell it.

    >>> fig, ax = panels()
    >>> area(ax, [0, 1], 0, [1, 2], "vermilion", hatch="//")
    """
    ink = PALETTE[colour]
    ax.fill_between(x, low, high, color=ink, alpha=strength, linewidth=0, **kwargs)
    if hatch:
        look: dict[str, Any] = {"facecolor": "none", "edgecolor": ink, "linewidth": 0}
        ax.fill_between(x, low, high, hatch=hatch, alpha=0.4, **look, **kwargs)


def log_ticks(ax: Axes, ticks: Sequence[float], axis: str = "y") -> None:
    """A logarithmic axis with these ticks, written as plain numbers, and no others."""
    ax.set(**{f"{axis}scale": "log"})
    getattr(ax, f"set_{axis}ticks")(ticks, [f"{tick:g}" for tick in ticks])
    getattr(ax, f"{axis}axis").set_minor_locator(NullLocator())


def label_line(ax: Axes, x: float, y: float, text: str, colour: str = "ink", **kwargs: Any) -> None:
    """Writes a name beside its line, in the line's colour (a legend makes the eye travel)."""
    ax.annotate(
        text,
        (x, y),
        xytext=kwargs.pop("offset", (4, 4)),
        textcoords="offset points",
        color=PALETTE[colour],
        **kwargs,
    )


def share_axis(ax: Axes, axis: str = "x", label: str | None = None) -> None:
    """A share between 0 and 1 on an axis, with round ticks."""
    ax.set(**{f"{axis}lim": (0, 1), f"{axis}ticks": np.linspace(0, 1, 6)})
    if label:
        ax.set(**{f"{axis}label": label})
