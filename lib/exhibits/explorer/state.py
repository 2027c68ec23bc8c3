"""What the drawing of an axis or a legend depends on, so that equal ones are drawn once.

Axes and legends are most of the work of drawing a figure, and in most explorers they are the same
in all frames. What these functions leave out is watched: ``drawing.all_frames`` draws some frames a
second time without them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.patches import Rectangle


def axis_state(axis: Any) -> Any:
    """All that an axis' drawing depends on; None when it also depends on other axes."""
    axes = axis.axes
    aligned = getattr(axes.get_figure(root=False), "_align_label_groups", {}).values()
    if any(len(group.get_siblings(axes)) > 1 for group in aligned):
        return None
    major, minor = axis.get_majorticklocs(), axis.get_minorticklocs()
    ends = axis.get_view_interval()
    spines = [(s.get_position(), s.get_bounds(), s.get_visible()) for s in axes.spines.values()]
    return (
        axes.bbox.bounds,
        axis.get_scale(),
        list(ends),
        major.tolist(),
        np.ma.getdata(axis.get_transform().transform(ends)).tolist(),
        axis.major.formatter.format_ticks(major),
        minor.tolist(),
        axis.minor.formatter.format_ticks(minor),
        axis.major.formatter.get_offset(),
        repr(axis.get_tick_params("major")),
        repr(axis.get_tick_params("minor")),
        (axis.get_ticks_position(), axis.get_label_position(), axis.labelpad),
        (axis.get_visible(), axis.get_gid()),
        spines,
        [_tick_state(tick) for tick in [*axis.majorTicks, *axis.minorTicks]],
        _text_state(axis.label),
        _text_state(axis.offsetText),
    )


def _text_state(text: Any) -> Any:
    return (text.get_text(), text.get_position(), text.get_gid(), _text_style(text))


def _text_style(text: Any) -> Any:
    return (
        text.get_color(),
        text.get_alpha(),
        hash(text.get_fontproperties()),
        text.get_rotation(),
        (text.get_ha(), text.get_va(), text.get_visible()),
        text.get_bbox_patch() is None,
    )


def _tick_state(tick: Any) -> Any:
    lines = (tick.tick1line, tick.tick2line, tick.gridline)
    return (
        [_text_style(label) for label in (tick.label1, tick.label2)],
        [
            (line.get_visible(), line.get_color(), line.get_linewidth(), line.get_markersize())
            for line in lines
        ],
        (tick.get_visible(), tick.get_pad()),
    )


def legend_state(legend: Any) -> Any:
    """All that a legend's drawing depends on; None for one whose place or samples are special."""
    place = legend._get_loc() if hasattr(legend, "_get_loc") else 0
    samples = legend.legend_handles
    if place == 0 or not all(isinstance(sample, (Line2D, Rectangle)) for sample in samples):
        return None  # 0: the "best" place, which depends on all that is drawn
    return (
        place,
        _plain(legend),
        legend.get_bbox_to_anchor().bounds,
        [_text_state(text) for text in [*legend.get_texts(), legend.get_title()]],
        [(type(sample).__name__, _plain(sample)) for sample in samples],
        _plain(legend.get_frame()),
    )


def _plain(artist: Any) -> list[tuple[str, str]]:
    """The attributes of an artist that are numbers, texts or lists of them."""
    found = []
    for name, value in vars(artist).items():
        if isinstance(value, MarkerStyle):
            value = (value.get_marker(), value.get_fillstyle())
        if value is None or isinstance(value, (bool, int, float, str, tuple, np.ndarray)):
            found.append((name, repr(value)))
    return found
