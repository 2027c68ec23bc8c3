"""The explorer as HTML: a still, or native controls over frames that the page's own script moves.

Without JavaScript, and on paper, the picture at the default and its description remain: the
controls are hidden in the markup and shown by the script.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .codec import DIGITS
from .controls import Choice, Control
from .elements import STEP, Element, Picture, path_data
from .frames import Frames

if TYPE_CHECKING:
    from .core import Explorer

_PREFIX = "\ue000"  # a private character: stands for the explorer's id in markup that is kept
_TEXT_SIZE = 10.5  # points: at the widest, a figure's text is as large as the page's


def escape(text: str) -> str:
    return html.escape(text, quote=True)


def csv_field(text: str) -> str:
    """A column's name as a field of a CSV line."""
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n#') else text


def compressed_size(document: str) -> int:
    """Bytes that the document adds to a page on its way from a server."""
    return len(gzip.compress(document.encode(), 9))


# The picture ------------------------------------------------------------------------------------


def element(item: Element, more: str = "") -> str:
    """An element as SVG."""
    known = item.attributes
    out = more
    if "clip" in known:
        out += f' clip-path="url(#{_PREFIX}-{known["clip"]})"'
    if "transform" in known:
        out += f' transform="{known["transform"]}"'
    out += f' style="{known["style"].replace("url(#", f"url(#{_PREFIX}-")}"'
    if item.is_text:
        return f"<text{out}>{escape(known['text'])}</text>"
    return f'<path{out} d="{path_data(item.codes, item.x, item.y)}"/>'


def _definitions(picture: Picture) -> str:
    found = sorted(picture.definitions.items())
    return "".join(markup.format(id=f"{_PREFIX}-{name}") for name, markup in found)


def drawing(picture: Picture, marks: dict[int, str] | None = None) -> str:
    """The inside of the SVG element; ``marks`` are attributes for some of its elements."""
    marks = marks or {}
    body = "".join(element(item, marks.get(at, "")) for at, item in enumerate(picture.elements))
    return f"<defs>{_definitions(picture)}</defs><g stroke-linejoin='round'>{body}</g>"


def moving_drawing(frames: Frames) -> str:
    """The inside of the SVG element at the default, what changes marked for the script."""
    changing = {track.of[0] for track in frames.tracks}
    marks = {at: f' data-e="{at}"' for at in changing}
    for at in frames.hidden:
        marks[at] = marks.get(at, "") + ' display="none"'
    return drawing(frames.base, marks)


def svg_element(width: float, height: float, inside: str, place: str, access: str) -> str:
    """The SVG element, as wide as its column up to where its text is as large as the page's."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="book-figure" role="img" {access} '
        f'viewBox="0 0 {width:g} {height:g}" style="max-width: {width / _TEXT_SIZE:.4g}rem">'
        f"{inside.replace(_PREFIX, place)}</svg>"
    )


def svg(picture: Picture, place: str, alt: str) -> str:
    access = f'aria-label="{escape(alt)}"'
    return svg_element(picture.width, picture.height, drawing(picture), place, access)


# The page ---------------------------------------------------------------------------------------


def _frame(explorer: Explorer, place: str, picture: str, inside: str, after: str) -> str:
    """What a still and a moving explorer share."""
    caption = ""
    if explorer.caption:
        caption = f'<p class="explorer-caption">{escape(explorer.caption)}</p>'
    description = escape(explorer.description())
    words = escape(explorer.span.words(explorer.span.default))
    setting = f'<p class="explorer-setting">{words}</p>'  # on screen the controls say it
    return (
        f'<div class="explorer" id="{place}" role="group" aria-labelledby="{place}-title">'
        f'<p class="explorer-title" id="{place}-title"><strong>{escape(explorer.title)}</strong>'
        f"</p>{inside}"
        f'<div class="explorer-picture">{picture}</div>'
        f'<p class="explorer-description" id="{place}-description" aria-live="polite">'
        f"{description}</p>{setting}{caption}{after}</div>"
    )


def _access(explorer: Explorer, place: str) -> str:
    return f'aria-label="{escape(explorer.alt)}" aria-describedby="{place}-description"'


def still(explorer: Explorer, place: str, picture: Picture) -> str:
    """The picture at the default, with its description and how to move it."""
    drawn = svg_element(
        picture.width, picture.height, drawing(picture), place, _access(explorer, place)
    )
    note = (
        '<p class="explorer-note"><em>Run this cell in a live notebook to move the figure; '
        "the built book moves it without one.</em></p>"
    )
    return _frame(explorer, place, drawn, "", note)


def moving(explorer: Explorer, place: str, inside: str, frames: str) -> str:
    """The picture with its controls, its frames (base64) and the script that moves it."""
    width, height = (72 * length for length in explorer.size)
    picture = svg_element(width, height, inside, place, _access(explorer, place))
    config = json.dumps(_config(explorer), ensure_ascii=False).replace("<", "\\u003c")
    after = (
        '<p class="explorer-tools" hidden>'
        '<button type="button" data-do="csv">Download the data (CSV)</button>'
        '<button type="button" data-do="link">Copy a link to this view</button>'
        '<span class="explorer-status" role="status"></span></p>'
        '<noscript><p class="explorer-note"><em>With JavaScript on, this figure has controls '
        "here.</em></p></noscript>"
        f'<script type="application/json" data-part="config">{config}</script>'
        f'<script type="application/octet-stream" data-part="frames">{frames}</script>'
        f"<script>{script()}</script>"
    )
    return _frame(explorer, place, picture, _controls(explorer, place), after)


def _config(explorer: Explorer) -> dict[str, Any]:
    spanned = explorer.span
    return {
        "name": explorer.name,
        "title": explorer.title,
        "step": round(1 / STEP),
        "digits": DIGITS,
        "controls": [
            {"name": name, "label": control.label, "texts": control.texts, "at": control.tokens}
            for name, control in explorer.controls.items()
        ],
        "default": spanned.default,
        "presets": [spanned.setting(given) for given in explorer.presets.values()],
    }


def _controls(explorer: Explorer, place: str) -> str:
    presets = "".join(
        f'<button type="button" data-preset="{at}" aria-pressed="false">{escape(name)}</button>'
        for at, name in enumerate(explorer.presets)
    )
    legend = "Start from" if presets else "Start again"
    rows = "".join(
        _control(f"{place}-{name}", name, control) for name, control in explorer.controls.items()
    )
    return (
        f'<div class="explorer-controls" hidden><fieldset class="explorer-presets">'
        f'<legend>{legend}</legend>{presets}<button type="button" data-do="reset">Reset</button>'
        f'</fieldset><div class="explorer-grid">{rows}</div></div>'
    )


def _control(place: str, name: str, control: Control) -> str:
    at = control.position(control.default)
    label = escape(control.label)
    if isinstance(control, Choice):
        options = "".join(
            f'<option value="{k}"{" selected" if k == at else ""}>{escape(text)}</option>'
            for k, text in enumerate(control.texts)
        )
        return (
            f'<div class="explorer-control"><label for="{place}">{label}</label>'
            f'<select id="{place}" data-control="{name}" autocomplete="off">{options}</select>'
            "</div>"
        )
    text = escape(control.texts[at])
    return (
        f'<div class="explorer-control"><label for="{place}">{label}</label>'
        f'<output for="{place}">{text}</output>'
        f'<input type="range" id="{place}" data-control="{name}" min="0" '
        f'max="{len(control.values) - 1}" step="1" value="{at}" aria-valuetext="{text}" '
        'autocomplete="off"></div>'
    )


@cache
def script() -> str:
    """The script with its style sheet inside, safe within a script element."""
    here = files(__package__)
    style = json.dumps(" ".join(here.joinpath("explorer.css").read_text("utf8").split()))
    code = here.joinpath("explorer.js").read_text("utf8").replace('"STYLE"', style)
    return code.replace("</", "<\\/")


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()
