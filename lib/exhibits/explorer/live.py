"""The explorer in a live kernel: Jupyter widgets that compute the figure afresh."""

from __future__ import annotations

import asyncio
import base64
import html
import math
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import ipywidgets as widgets

from ..plotting import svg, themed_svg
from .controls import Choice, Control, Slider
from .declaration import Declaration
from .drawing import figure, sizes
from .measuring import idle

_PAUSE = 0.04  # seconds in which further movements join the next drawing
_PAPER = "background: #fff; color: #1f2328; padding: 0.5rem; border-radius: 0.25rem"


def panel(declaration: Declaration) -> widgets.VBox:
    """Presets and reset, a control for each parameter, the figure, what it shows, the data."""
    width = 0.55 * max(len(control.label) for control in declaration.controls.values()) + 1
    starts = {**declaration.presets, "Reset": {}}
    settings = [declaration.setting(given) for given in starts.values()]
    controls = {
        name: _control(c, width, [setting[name] for setting in settings])
        for name, c in declaration.controls.items()
    }
    picture, description, data = widgets.HTML(), widgets.HTML(), widgets.HTML()
    error = widgets.HTML(layout={"display": "none"})
    buttons = [widgets.Button(description=name, layout={"width": "auto"}) for name in starts]
    behind, size = declaration.behind(), sizes(declaration)

    def redraw() -> None:
        now = {
            name: kept.checked(
                name, _meant(controls[name], [setting[name] for setting in settings]), rounded=True
            )
            for name, kept in declaration.controls.items()
        }
        try:
            values = declaration.at(now)
            element = themed_svg(
                svg(figure(declaration, values, behind)[0]),
                f"live-{declaration.name}",
                declaration.alt,
            )
            words, link = declaration.said(values), _download(declaration, now)
            notes = [declaration.controls[name] for name in idle(declaration, values, size)]
        except Exception:  # the reader sees it: an observer's exception would only be logged
            error.value = f'<pre role="alert">{html.escape(traceback.format_exc())}</pre>'
            error.layout.display = None
            return
        error.value, error.layout.display = "", "none"
        picture.value = f'<div style="{_PAPER}">{element}</div>'
        text = html.escape(words) + "".join(
            f"<br><em>{html.escape(f'{c.label} moves nothing here. {c.idle}')}</em>" for c in notes
        )
        description.value = f'<div aria-live="polite">{text}</div>'
        data.value = link
        for button, given in zip(buttons, declaration.presets.values(), strict=False):
            button.button_style = "info" if now == declaration.setting(given) else ""

    later = _Joined(redraw)

    def start_from(given: Mapping[str, Any]) -> None:
        with later.held():  # one drawing for all controls
            for name, value in declaration.setting(given).items():
                controls[name].value = value

    for button, given in zip(buttons, starts.values(), strict=True):
        button.on_click(lambda _, given=given: start_from(given))
    for control in controls.values():
        control.observe(lambda _: later(), "value")

    redraw()
    title = widgets.HTML(f"<strong>{html.escape(declaration.title)}</strong>")
    row = widgets.HBox(buttons, layout={"flex_flow": "row wrap"})
    column = f"minmax(min(100%, {width + 18:.0f}em), 1fr)"  # the label, a track, the value
    grid = widgets.GridBox(
        list(controls.values()),
        layout={"grid_template_columns": f"repeat(auto-fit, {column})", "width": "100%"},
    )
    caption = [widgets.HTML(f"<em>{html.escape(declaration.caption)}</em>")]
    caption = caption if declaration.caption else []
    return widgets.VBox([title, row, grid, picture, description, error, *caption, data])


def _control(control: Control, width: float, starts: Sequence[Any]) -> Any:
    common = {
        "description": control.label,
        "style": {"description_width": f"{width:.1f}em"},
        "layout": {"width": "auto"},
        "value": control.default,
    }
    if isinstance(control, Choice):
        return widgets.Dropdown(options=control.options, **common)
    ends, kind = (control.low, control.high), widgets.FloatSlider
    if control.scale == "log":
        ends, kind = (math.log10(control.low), math.log10(control.high)), widgets.FloatLogSlider
    step = (ends[1] - ends[0]) / _parts(control, starts)
    return kind(min=ends[0], max=ends[1], step=step, readout_format=control.format, **common)


def _parts(control: Slider, starts: Sequence[float]) -> int:
    """Into how many steps a slider is divided: five or a few more for each position of the page.

    A front end moves a value to the nearest step and shows that one, which is to read as the start.
    """

    def reads_as(start: float, parts: int) -> bool:
        nearest = float(control.value(round(float(control.place(start)) * parts) / parts))
        return control.text(abs(nearest)) == control.text(abs(start))  # 0.00 may come from below

    least = 5 * (control.positions - 1)
    enough = (n for n in range(least, 2 * least) if all(reads_as(s, n) for s in starts))
    return next(enough, least)


def _meant(widget: Any, starts: Sequence[Any]) -> Any:
    """A widget's value: that of a preset, where the front end moved it to the nearest position."""
    if not hasattr(widget, "step"):
        return widget.value
    scale = math.log10 if isinstance(widget, widgets.FloatLogSlider) else float

    def away(value: float) -> float:
        return abs(scale(value) - scale(widget.value))

    return min(
        (s for s in starts if away(s) <= 0.501 * widget.step), key=away, default=widget.value
    )


def _download(declaration: Declaration, setting: dict[str, Any]) -> str:
    text = base64.b64encode(declaration.csv(**setting).encode("utf-8-sig")).decode()
    return (
        f'<a download="{declaration.name}.csv" href="data:text/csv;charset=utf-8;base64,{text}">'
        "<u>Download the data (CSV)</u></a>"
    )


class _Joined:
    """Calls that come in quick succession become one, a moment later; at once without a loop."""

    def __init__(self, work: Callable[[], None]) -> None:
        self.work, self.waiting = work, False

    def __call__(self) -> None:
        if self.waiting:
            return
        try:
            asyncio.get_running_loop().call_later(_PAUSE, self._run)
            self.waiting = True
        except RuntimeError:
            self.work()

    def _run(self) -> None:
        self.waiting = False
        self.work()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Calls meanwhile become one at the end."""
        waiting, self.waiting = self.waiting, True
        try:
            yield
        finally:
            self.waiting = waiting
            self()
