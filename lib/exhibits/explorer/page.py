"""The explorer as HTML: a still, or native controls over samples that the page's script moves.

Without JavaScript, and on paper, the picture at the default and its description remain: the
controls are hidden in the markup and shown by the script (``assets/explorer.js``, once a page).
"""

from __future__ import annotations

import gzip
import html
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..plotting import DASHES, PALETTE, svg, themed_svg
from .controls import Choice, Control, require
from .declaration import Declaration
from .drawing import TEXT, Layout, at_default
from .marks import Bet
from .packing import packed, runs
from .sampling import Axis, Samples

#: No explorer may add more than this to a page, as a server sends it: with three sliders, or more.
MOST_BYTES = (60_000, 150_000)
_HINT = "To read a curve off, point at it, or focus the picture and use the arrow keys."


def escape(text: str) -> str:
    return html.escape(text, quote=True)


def still(declaration: Declaration, place: str) -> str:
    """The picture at the default, with its description and how to move it."""
    note = (
        '<p class="explorer-note"><em>Run this cell in a live notebook to move the figure; '
        "the built book moves it without one.</em></p>"
    )
    pictures, _ = _pictures(declaration, place, (False,))
    return _frame(declaration, place, "", pictures, note)


def moving(declaration: Declaration, place: str, samples: Samples) -> str:
    """The pictures with controls and samples; ValueError where that is too much for a page."""
    pictures, layouts = _pictures(declaration, place, (False, True))
    config, data = _config(declaration, samples, layouts)
    text = json.dumps(config, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    tools = {"pin": "Pin this curve", "csv": "Data (CSV)", "svg": "SVG", "png": "PNG"}
    tools["link"] = "Copy a link to this view"
    after = (
        f'<p class="explorer-measure">{escape(_measure(samples))}</p>'
        f'<p class="explorer-tools" hidden>{_buttons("do", tools)}'
        '<span class="explorer-status" role="status"></span></p>'
        '<noscript><p class="explorer-note"><em>With JavaScript on, this figure has controls '
        "here.</em></p></noscript>"
        f'<script type="application/json" data-part="config">{text}</script>'
        f'<script type="application/octet-stream" data-part="samples">{data}</script>'
    )
    before = _bet(declaration.bet) + _controls(declaration, place)
    document = _frame(declaration, place, before, pictures, after)
    size, most = len(gzip.compress(document.encode(), 9)), MOST_BYTES[len(declaration.sliders) > 3]
    heavy = sorted(samples.tables.items(), key=lambda item: -item[1].codes.size)[:4]
    parts = ", ".join(f"{name} {' × '.join(map(str, t.codes.shape))}" for name, t in heavy)
    require(
        size <= most,
        f"explorer {declaration.name!r}: {size / 1000:.0f} kB compressed",
        f"are {most / 1000:.0f} kB. The largest tables are {parts}. Give curves fewer points, "
        "sliders fewer nodes, or formulas where there are closed forms",
    )
    return document


def _measure(samples: Samples) -> str:
    if not samples.checked:
        return "This picture is computed at every setting."
    text = (
        f"At {samples.checked} random settings between the computed ones this picture is off by at "
        f"most {max(samples.pixels, 0.05):.1g} px."
    )
    if samples.mixed:
        text += (
            f" At {max(samples.mixed, 0.01):.0%} of the settings, where the regime changes, it "
            "shows the nearest computed state."
        )
    return text


# The parts --------------------------------------------------------------------------------------


def _pictures(
    declaration: Declaration, place: str, layouts: tuple[bool, ...]
) -> tuple[str, list[Layout]]:
    """The SVG of each layout at the default, and where its panels stand."""
    out, found = "", []
    for narrow in layouts:
        drawn, places = at_default(declaration, narrow)
        kind = "narrow" if narrow else "wide"
        element = themed_svg(svg(drawn), f"{place}-{kind}")
        out += element.replace('class="book-figure"', f'class="book-figure explorer-{kind}"', 1)
        found.append(places)
    return out, found


def _frame(declaration: Declaration, place: str, before: str, pictures: str, after: str) -> str:
    """What a still and a moving explorer share."""
    caption = ""
    if declaration.caption:
        caption = f'<p class="explorer-caption">{escape(declaration.caption)}</p>'
    words = escape(declaration.words(declaration.setting({})))
    access = f'role="img" aria-label="{escape(declaration.alt)}"'
    return (
        f'<div class="explorer" id="{place}" role="group" aria-labelledby="{place}-title">'
        f'<p class="explorer-title" id="{place}-title"><strong>{escape(declaration.title)}</strong>'
        f'</p>{before}<div class="explorer-picture" {access} '
        f'aria-describedby="{place}-description">{pictures}</div>'
        f'<p class="explorer-reading" aria-live="polite" hidden>{_HINT}</p>'
        f'<p class="explorer-description" id="{place}-description" aria-live="polite">'
        f"{escape(declaration.description())}</p>"
        f'<p class="explorer-goal" role="status" hidden></p>'
        f'<p class="explorer-between" role="status" hidden></p>'
        f'<p class="explorer-setting">{words}</p>{caption}{after}</div>'
    )


def _buttons(kind: str, words: Mapping[Any, str], more: str = "") -> str:
    """Buttons that the script finds by ``data-KIND``."""
    return "".join(
        f'<button type="button" data-{kind}="{key}"{more}>{escape(text)}</button>'
        for key, text in words.items()
    )


def _bet(bet: Bet | None) -> str:
    if bet is None:
        return ""
    return (
        f'<fieldset class="explorer-bet" hidden><legend>{escape(bet.question)}</legend>'
        f"{_buttons('bet', {**dict(enumerate(bet.options)), '': 'Show me'})}"
        '</fieldset><p class="explorer-feedback" role="status" hidden></p>'
    )


def _controls(declaration: Declaration, place: str) -> str:
    off = ' aria-pressed="false"'
    presets = _buttons("preset", dict(enumerate(declaration.presets)), off)
    play = ""
    if declaration.play is not None:
        label = declaration.controls[declaration.play].label
        play = _buttons("do", {"play": f"Play: {label}"}, off)
    rows = "".join(
        _control(f"{place}-{name}", name, control) for name, control in declaration.controls.items()
    )
    return (
        f'<div class="explorer-controls" hidden><fieldset class="explorer-presets">'
        f"<legend>{'Start from' if presets else 'Start again'}</legend>{presets}"
        f"{_buttons('do', {'reset': 'Reset'})}</fieldset>"
        f'<div class="explorer-grid">{rows}</div>{play}</div>'
    )


def _control(place: str, name: str, control: Control) -> str:
    access = (
        f'id="{place}" data-control="{name}" autocomplete="off" aria-describedby="{place}-idle"'
    )
    if isinstance(control, Choice):
        options = "".join(
            f'<option value="{k}"{" selected" if text == control.default else ""}>{escape(text)}'
            "</option>"
            for k, text in enumerate(control.options)
        )
        field = f"<select {access}>{options}</select>"
    else:
        last, text = control.positions - 1, escape(control.text(control.default))
        at = round(float(control.place(control.default)) * last)
        field = (
            f'<output for="{place}">{text}</output><input type="range" {access} min="0" '
            f'max="{last}" step="1" value="{at}" aria-valuetext="{text}">'
        )
    return (
        f'<div class="explorer-control"><label for="{place}">{escape(control.label)}</label>{field}'
        f'<p class="explorer-idle" id="{place}-idle" hidden></p></div>'
    )


# What the script reads ---------------------------------------------------------------------------


def _config(
    declaration: Declaration, samples: Samples, layouts: list[Layout]
) -> tuple[dict[str, Any], str]:
    tables = samples.tables
    few = {name: table.curves for name, table in tables.items() if table.curves is not None}
    codes = [table.codes for table in tables.values()]
    heads, data = packed([samples.structure, *codes, *(part.whole for part in few.values())])
    structure, curves = heads[0], heads[1 + len(tables) :]
    for head, (name, table) in zip(heads[1:], tables.items(), strict=False):
        head |= {"name": name, "step": float(f"{table.step:.17g}"), "log": bool(table.log)}
        head |= {"single": table.single, "holes": runs(table.holes)}
    for head, (name, part) in zip(curves, few.items(), strict=True):
        head |= {"name": name, "units": part.units.tolist()}
    pairs = zip(declaration.controls.items(), samples.axes, strict=True)
    controls = [_control_config(name, control, axis) for (name, control), axis in pairs]
    goal, bet, reference = declaration.goal, declaration.bet, declaration.reference
    return {
        **{name: getattr(declaration, name) for name in ("name", "title", "caption", "play")},
        "controls": controls,
        "panels": {name: vars(panel) for name, panel in declaration.panels.items()},
        "layouts": [
            {
                "width": w,
                "height": h,
                "boxes": {n: np.round(box, 3).tolist() for n, box in b.items()},
            }
            for w, h, b in layouts
        ],
        "marks": [_mark(mark) for mark in declaration.marks],
        "clauses": [[c.text, c.when, c.unless] for c in declaration.clauses],
        "structure": structure,
        "tables": heads[1 : 1 + len(tables)],
        "curves": curves,
        "margins": samples.margins,
        "smooth": sorted(samples.smooth),
        "formulas": [
            {"name": name, "points": f.points, "names": f.names, "code": f.code}
            for name, f in samples.formulas.items()
        ],
        "columns": declaration.table,
        "presets": [declaration.setting(given) for given in declaration.presets.values()],
        "reference": None if reference is None else list(declaration.presets).index(reference),
        "goal": vars(goal) if goal else None,
        "bet": vars(bet) | {"answer": list(bet.options).index(bet.answer)} if bet else None,
        "text": TEXT,
    }, data


def _control_config(name: str, control: Control, axis: Axis) -> dict[str, Any]:
    known = {k: v for k, v in vars(control).items() if k not in ("nodes", "breaks")}
    if isinstance(control, Choice):
        known["tokens"] = control.tokens
    sampled = {"places": axis.places.tolist(), "ends": axis.ends, "degree": axis.degree}
    return {"name": name, **known, **sampled}


def _mark(mark: Any) -> dict[str, Any]:
    known = {k: v for k, v in vars(mark).items() if v is not None and v != ""}
    known["kind"] = type(mark).__name__
    known["colour"] = f"var(--figure-{mark.colour}, {PALETTE[mark.colour]})"
    dash = DASHES[known.pop("dash", 0)]
    if not isinstance(dash, str):
        known["dash"] = " ".join(f"{mark.width * length:.3g}" for length in dash[1])
    return known
