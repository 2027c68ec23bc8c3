"""The explorer in a live kernel: Jupyter widgets that compute the figure afresh."""

from __future__ import annotations

import asyncio
import base64
import html
import math
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets

from ..plotting import svg, themed_svg
from .controls import Choice, Control
from .declaration import Declaration
from .drawing import figure

_PAUSE = 0.04  # seconds in which further movements join the next drawing
_PAPER = "background: #fff; color: #1f2328; padding: 0.5rem; border-radius: 0.25rem"


def panel(declaration: Declaration) -> widgets.VBox:
    """Presets and reset, a control for each parameter, the figure, what it shows, the data."""
    width = 0.55 * max(len(control.label) for control in declaration.controls.values()) + 1
    controls = {name: _control(c, width) for name, c in declaration.controls.items()}
    picture, description, data = widgets.HTML(), widgets.HTML(), widgets.HTML()
    error = widgets.HTML(layout={"display": "none"})
    presets = {name: _button(name) for name in declaration.presets}
    reset = _button("Reset")
    reference = None
    if declaration.reference is not None:
        reference = declaration.at(declaration.setting(declaration.presets[declaration.reference]))

    def setting() -> dict[str, Any]:
        return {
            name: kept.checked(name, controls[name].value, rounded=True)
            for name, kept in declaration.controls.items()
        }

    def redraw() -> None:
        now = setting()
        try:
            values = declaration.at(now)
            drawn, _ = figure(declaration, values, reference)
            words, link = declaration.said(values), _download(declaration, now)
        except Exception:  # the reader sees it: an observer's exception would only be logged
            error.value = f'<pre role="alert">{html.escape(traceback.format_exc())}</pre>'
            error.layout.display = None
            return
        error.value, error.layout.display = "", "none"
        element = themed_svg(svg(drawn), f"live-{declaration.name}", declaration.alt)
        picture.value = f'<div style="{_PAPER}">{element}</div>'
        description.value = f'<div aria-live="polite">{html.escape(words)}</div>'
        data.value = link
        for name, button in presets.items():
            pressed = now == declaration.setting(declaration.presets[name])
            button.button_style = "info" if pressed else ""

    later = _Joined(redraw)
    moving = False  # while a preset moves several controls

    def on_move(change: Any = None) -> None:
        if not moving:
            later()

    def start_from(given: Mapping[str, Any]) -> None:
        nonlocal moving
        moving = True
        try:
            for name, value in declaration.setting(given).items():
                controls[name].value = value
        finally:
            moving = False
        on_move()

    for name, button in presets.items():
        button.on_click(lambda _, name=name: start_from(declaration.presets[name]))
    for control in controls.values():
        control.observe(on_move, "value")
    reset.on_click(lambda _: start_from({}))

    redraw()
    title = widgets.HTML(f"<strong>{html.escape(declaration.title)}</strong>")
    buttons = widgets.HBox([*presets.values(), reset], layout={"flex_flow": "row wrap"})
    column = f"minmax(min(100%, {width + 18:.0f}em), 1fr)"  # the label, a track, the value
    grid = widgets.GridBox(
        list(controls.values()),
        layout={"grid_template_columns": f"repeat(auto-fit, {column})", "width": "100%"},
    )
    caption = [widgets.HTML(f"<em>{html.escape(declaration.caption)}</em>")]
    caption = caption if declaration.caption else []
    return widgets.VBox([title, buttons, grid, picture, description, error, *caption, data])


def _button(name: str) -> widgets.Button:
    """As wide as its words: the width that Jupyter gives all buttons cuts longer ones."""
    return widgets.Button(description=name, layout={"width": "auto"})


def _control(control: Control, width: float) -> Any:
    common = {
        "description": control.label,
        "style": {"description_width": f"{width:.1f}em"},
        "layout": {"width": "auto"},
        "value": control.default,
    }
    if isinstance(control, Choice):
        return widgets.Dropdown(options=control.options, **common)
    common["readout_format"] = control.format
    if control.scale == "log":
        low, high = math.log10(control.low), math.log10(control.high)
        step = (high - low) / (control.positions - 1)
        return widgets.FloatLogSlider(min=low, max=high, step=step, **common)
    step = (control.high - control.low) / (control.positions - 1)
    return widgets.FloatSlider(min=control.low, max=control.high, step=step, **common)


def _download(declaration: Declaration, setting: dict[str, Any]) -> str:
    text = base64.b64encode(declaration.csv(**setting).encode("utf-8-sig")).decode()
    return (
        f'<a download="{declaration.name}.csv" href="data:text/csv;charset=utf-8;base64,{text}">'
        "<u>Download the data (CSV)</u></a>"
    )


class _Joined:
    """Calls that come in quick succession become one, a moment later; at once without a loop."""

    def __init__(self, work: Callable[[], None]) -> None:
        self.work = work
        self.waiting = False

    def __call__(self) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.work()
            return
        if not self.waiting:
            self.waiting = True
            loop.call_later(_PAUSE, self._run)

    def _run(self) -> None:
        self.waiting = False
        self.work()
