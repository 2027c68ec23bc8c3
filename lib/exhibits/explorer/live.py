"""The explorer in a live kernel: Jupyter widgets that draw the figure afresh."""

from __future__ import annotations

import asyncio
import base64
import html
import traceback
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from .controls import Choice, Control

if TYPE_CHECKING:
    from .core import Explorer

_PAUSE = 0.04  # seconds in which further movements join the next drawing
_PAPER = "background: #fff; color: #1f2328; padding: 0.5rem; border-radius: 0.25rem"


def panel(explorer: Explorer) -> widgets.VBox:
    """The panel: presets and reset, a control for each parameter, the figure, what it shows."""
    width = 0.55 * max(len(control.label) for control in explorer.controls.values()) + 1
    controls = {name: _control(control, width) for name, control in explorer.controls.items()}
    picture, description, data = widgets.HTML(), widgets.HTML(), widgets.HTML()
    error = widgets.HTML(layout={"display": "none"})
    presets = {name: _button(name) for name in explorer.presets}
    reset = _button("Reset")

    def parameters() -> dict[str, Any]:
        return {name: control.value for name, control in controls.items()}

    def redraw() -> None:
        given = parameters()
        try:
            drawn, words = explorer.svg(**given), explorer.description(**given)
            link = _download(explorer, given)
        except Exception:  # the reader sees it: an observer's exception would only be logged
            error.value = f'<pre role="alert">{html.escape(traceback.format_exc())}</pre>'
            error.layout.display = None
            return
        error.value, error.layout.display = "", "none"
        picture.value = f'<div style="{_PAPER}">{drawn}</div>'
        description.value = f'<div aria-live="polite">{html.escape(words)}</div>'
        data.value = link

    def mark() -> None:
        now = explorer.span.setting(parameters())
        for name, button in presets.items():
            pressed = now == explorer.span.setting(explorer.presets[name])
            button.button_style = "info" if pressed else ""

    later = _Joined(redraw)
    moving = False  # while a preset moves several controls

    def on_move(change: Any = None) -> None:
        if not moving:
            mark()
            later()

    def start_from(given: Mapping[str, Any]) -> None:
        nonlocal moving
        setting = explorer.span.setting(given)
        moving = True
        try:
            for place, control in zip(setting, controls.values(), strict=True):
                control.index = place
        finally:
            moving = False
        on_move()

    for name, button in presets.items():
        button.on_click(lambda _, name=name: start_from(explorer.presets[name]))
    for control in controls.values():
        control.observe(on_move, "value")
    reset.on_click(lambda _: start_from({}))

    mark()
    redraw()
    title = widgets.HTML(f"<strong>{html.escape(explorer.title)}</strong>")
    buttons = widgets.HBox([*presets.values(), reset], layout={"flex_flow": "row wrap"})
    column = f"minmax(min(100%, {width + 18:.0f}em), 1fr)"  # the label, a track, the value
    grid = widgets.GridBox(
        list(controls.values()),
        layout={"grid_template_columns": f"repeat(auto-fit, {column})", "width": "100%"},
    )
    caption = (
        [widgets.HTML(f"<em>{html.escape(explorer.caption)}</em>")] if explorer.caption else []
    )
    return widgets.VBox([title, buttons, grid, picture, description, error, *caption, data])


def _button(name: str) -> widgets.Button:
    """As wide as its words: the width that Jupyter gives all buttons cuts longer ones."""
    return widgets.Button(description=name, layout={"width": "auto"})


def _control(control: Control, width: float) -> widgets.SelectionSlider | widgets.Dropdown:
    """A slider or a list whose value is what Explorer's methods take."""
    common = {
        "description": control.label,
        "style": {"description_width": f"{width:.1f}em"},
        "layout": {"width": "auto"},
    }
    if isinstance(control, Choice):
        return widgets.Dropdown(options=control.texts, value=control.default, **common)
    options = list(zip(control.texts, control.values, strict=True))
    return widgets.SelectionSlider(
        options=options, value=control.default, continuous_update=True, **common
    )


def _download(explorer: Explorer, given: dict[str, Any]) -> str:
    text = base64.b64encode(explorer.csv(**given).encode("utf-8-sig")).decode()
    return (
        f'<a download="{explorer.name}.csv" href="data:text/csv;charset=utf-8;base64,{text}">'
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
