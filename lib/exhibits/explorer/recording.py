"""A figure as a flat list of vector elements, in SVG coordinates rounded to a step.

The recorder is a matplotlib renderer: it sees each path and each text exactly as matplotlib's own
SVG backend does, keeps the coordinates as numbers and gives each element a name that stays the same
from frame to frame. Both the picture of a live kernel and the frames of a page are written from
these elements, which is why they agree.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import weight_dict
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, Transform

from .elements import (
    STEP,
    Element,
    Picture,
    colour,
    css,
    number,
    path_data,
    plain_text,
    rounded,
    runs,
)
from .state import axis_state, legend_state

_CAPS = {"projecting": "square", "butt": "butt", "round": "round"}
_HATCH = 72  # points from one repetition of a hatch to the next


class Recorder(RendererBase):
    """Records a figure. ``memo`` keeps drawn axes and legends: they are most of the work."""

    def __init__(self, figure: Figure, memo: dict[Any, list[Element]] | None = None) -> None:
        super().__init__()
        self.width, self.height = (figure.get_size_inches() * 72).tolist()
        self.elements: list[Element] = []
        self.definitions: dict[str, str] = {}
        self._memo = memo
        self._groups: list[str] = []
        self._counts: list[Counter[str]] = [Counter()]

    # What matplotlib asks of a renderer -----------------------------------------------------------

    def flipy(self) -> bool:
        return True

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self.width, self.height

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
        return self._text2path.get_text_width_height_descent(s, prop, ismath)

    def open_group(self, s: str, gid: str | None = None) -> None:
        self._groups.append(self._next(s) if gid is None else gid)
        self._counts.append(Counter())

    def close_group(self, s: str) -> None:
        self._groups.pop()
        self._counts.pop()

    def draw_path(self, gc: Any, path: Path, transform: Transform, rgbFace: Any = None) -> None:
        codes, x, y = self._geometry(path, transform, filled=rgbFace is not None)
        if codes:
            self._add("p", codes, x, y, {"style": self._style(gc, rgbFace), **self._clip(gc)})

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        style = {}
        if mtext is not None and (angle == 0 or mtext.get_rotation_mode() == "anchor"):
            # The page's font is not the one measured here: anchor the text where it was aligned.
            anchor_x, anchor_y = mtext.get_transform().transform(mtext.get_unitless_position())
            anchor_y = self.height - anchor_y
            down = np.array([math.sin(math.radians(angle)), math.cos(math.radians(angle))])
            offset = float(down @ [x - anchor_x, y - anchor_y])
            x, y = anchor_x + offset * down[0], anchor_y + offset * down[1]
            anchor = {"left": "start", "center": "middle", "right": "end"}[mtext.get_ha()]
            style["text-anchor"] = anchor
        style["font-size"] = f"{prop.get_size():g}px"
        if prop.get_style() != "normal":
            style["font-style"] = prop.get_style()
        weight = weight_dict.get(prop.get_weight(), prop.get_weight())
        if weight != 400:
            style["font-weight"] = str(weight)
        style["fill"] = colour(gc.get_rgb())
        alpha = gc.get_alpha() if gc.get_forced_alpha() else gc.get_rgb()[3]
        if alpha != 1:
            style["opacity"] = f"{alpha:.4g}"
        turn = f" rotate({number(-angle)})" if angle else ""
        attributes = {
            "transform": f"translate({number(rounded(x))} {number(rounded(y))}){turn}",
            "style": css(style),
            "text": plain_text(s) if ismath else s,
            **self._clip(gc),
        }
        none = np.zeros(0, dtype=np.int32)
        self._add("t", "", none, none, attributes)

    def draw_tex(self, *args: Any, **kwargs: Any) -> None:
        raise ValueError("an explorer's figure holds TeX; write its text in plain Unicode")

    def draw_image(self, *args: Any, **kwargs: Any) -> None:
        raise ValueError(
            "an explorer's figure holds an image (imshow, or a rasterised artist); only vectors "
            "can be moved: use contour, contourf, pcolormesh with few cells, or fill_between"
        )

    def draw_gouraud_triangles(self, *args: Any, **kwargs: Any) -> None:
        raise ValueError("an explorer's figure holds shaded triangles; use shading='flat'")

    # Axes and legends -----------------------------------------------------------------------------

    def draw_known(self, artist: Any, kind: str, state: Callable[[Any], Any]) -> None:
        """Draws an artist, or takes the earlier drawing of one in the same place and state."""
        assert self._memo is not None
        now = state(artist)
        if now is None:
            type(artist).draw(artist, self)
            return
        key = repr((self._groups, self._counts[-1][kind], now))
        known = self._memo.get(key)
        if known is None:
            start = len(self.elements)
            type(artist).draw(artist, self)
            self._memo[key] = self.elements[start:]
        else:
            self._next(kind)
            self.elements.extend(known)
            artist.stale = False

    # Parts of an element --------------------------------------------------------------------------

    def _next(self, kind: str) -> str:
        self._counts[-1][kind] += 1
        return f"{kind}{self._counts[-1][kind]}"

    def _add(self, kind: str, codes: str, x: Any, y: Any, attributes: dict[str, str]) -> None:
        name = "/".join([*self._groups, self._next(kind)])
        self.elements.append(Element(name, codes, x, y, attributes))

    def _geometry(
        self, path: Any, transform: Transform, filled: bool
    ) -> tuple[str, np.ndarray, np.ndarray]:
        path = transform.transform_path(path)
        if not np.all(np.isfinite(path.vertices)):
            path = path.cleaned(remove_nans=True)
        room = 4 * max(self.width, self.height)
        if path.vertices.size and np.abs(path.vertices).max() > room:
            box = (-room / 4, -room / 4, room / 2, room / 2)
            if filled:
                path = path.clip_to_bbox(Bbox.from_extents(*box))
            else:
                path = path.cleaned(remove_nans=True, clip=box)
        vertices, codes = np.asarray(path.vertices), path.codes
        if codes is None:
            text = "M1" + (f"L{len(vertices) - 1}" if len(vertices) > 1 else "")
            text = text if len(vertices) else ""
        else:
            kept = (codes != Path.STOP) & (codes != Path.CLOSEPOLY)
            text = runs(codes)
            vertices = vertices[kept]
        x = np.rint(vertices[:, 0] / STEP).astype(np.int32)
        y = np.rint((self.height - vertices[:, 1]) / STEP).astype(np.int32)
        return text, x, y

    def _style(self, gc: Any, face: Any) -> str:
        forced = gc.get_forced_alpha()
        style = {}
        if gc.get_hatch() is not None:
            style["fill"] = f"url(#{self._hatch(gc, face)})"
        else:
            style["fill"] = "none" if face is None else colour(face)
        if face is not None and len(face) == 4 and face[3] != 1 and not forced:
            style["fill-opacity"] = f"{face[3]:.4g}"
        if forced and gc.get_alpha() != 1:
            style["opacity"] = f"{gc.get_alpha():.4g}"
        width = gc.get_linewidth()
        if width:
            edge = gc.get_rgb()
            style["stroke"] = colour(edge)
            if not forced and edge[3] != 1:
                style["stroke-opacity"] = f"{edge[3]:.4g}"
            if width != 1:
                style["stroke-width"] = f"{width:.4g}"
            offset, dashes = gc.get_dashes()
            if dashes is not None:
                style["stroke-dasharray"] = " ".join(f"{dash:.4g}" for dash in dashes)
                if offset:
                    style["stroke-dashoffset"] = f"{offset:.4g}"
            if gc.get_joinstyle() != "round":
                style["stroke-linejoin"] = gc.get_joinstyle()
            if gc.get_capstyle() != "butt":
                style["stroke-linecap"] = _CAPS[gc.get_capstyle()]
        return css(style)

    def _clip(self, gc: Any) -> dict[str, str]:
        path, transform = gc.get_clip_path()
        if path is not None:
            codes, x, y = self._geometry(path, transform, filled=True)
            shape = f'<path d="{path_data(codes, x, y)}"/>'
        elif (box := gc.get_clip_rectangle()) is not None:
            left, below, width, height = box.bounds
            top = self.height - below - height
            sides = zip(("x", "y", "width", "height"), (left, top, width, height), strict=True)
            shape = "<rect {}/>".format(" ".join(f'{k}="{number(v)}"' for k, v in sides))
        else:
            return {}
        return {"clip": self._define("clip", f'<clipPath id="{{id}}">{shape}</clipPath>')}

    def _hatch(self, gc: Any, face: Any) -> str:
        scale = Affine2D().scale(_HATCH).translate(0, self.height - _HATCH)
        codes, x, y = self._geometry(gc.get_hatch_path(), scale, filled=True)
        fill = "none" if face is None else colour(face)
        stroke = gc.get_hatch_color()
        ink = colour(stroke)
        style = f"fill: {ink}; stroke: {ink}; stroke-width: {gc.get_hatch_linewidth():.4g}"
        if stroke[3] < 1:
            style += f"; stroke-opacity: {stroke[3]:.4g}"
        size = f'width="{_HATCH}" height="{_HATCH}"'
        return self._define(
            "hatch",
            f'<pattern id="{{id}}" patternUnits="userSpaceOnUse" {size}>'
            f'<rect {size} style="fill: {fill}"/>'
            f'<path d="{path_data(codes, x, y)}" style="{style}"/></pattern>',
        )

    def _define(self, kind: str, markup: str) -> str:
        """The name of a shared definition, the same wherever its content is the same."""
        name = f"{kind}-{hashlib.sha256(markup.encode()).hexdigest()[:8]}"
        self.definitions[name] = markup
        return name


def record(figure: Figure, memo: dict[Any, list[Element]] | None = None) -> Picture:
    """The figure's elements. The figure's dpi must be 72: one unit of SVG is one point."""
    recorder = Recorder(figure, memo)
    if memo is not None:
        for axes in figure.axes:
            for axis in (axes.xaxis, axes.yaxis):
                _redirect(recorder, axis, "matplotlib.axis", axis_state)
            if axes.get_legend() is not None:
                _redirect(recorder, axes.get_legend(), "legend", legend_state)
    figure.draw(recorder)
    return Picture(recorder.width, recorder.height, recorder.elements, recorder.definitions)


def _redirect(recorder: Recorder, artist: Any, kind: str, state: Callable[[Any], Any]) -> None:
    artist.draw = lambda renderer: recorder.draw_known(artist, kind, state)
