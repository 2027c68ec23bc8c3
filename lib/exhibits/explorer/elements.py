"""Vector elements, and how their parts read in SVG."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.colors import rgb2hex
from matplotlib.path import Path

from exhibits.plotting import PALETTE

#: Coordinates are multiples of this many points (1/72 inch at the figure's nominal size).
STEP = 0.05
_DECIMALS = 2
_COMMANDS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}
_VERTICES = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 0}
_THEMED = {colour: f"var(--figure-{name}, {colour})" for name, colour in PALETTE.items()}


@dataclass(frozen=True, eq=False, slots=True)
class Element:
    """A path or a text. ``x`` and ``y`` count multiples of STEP; ``codes`` is like ``M1L149Z1``.

    ``attributes`` hold what is text in SVG: style, clip (the name of a shared definition),
    transform and text.
    """

    name: str
    codes: str
    x: np.ndarray
    y: np.ndarray
    attributes: dict[str, str]

    @property
    def is_text(self) -> bool:
        return not self.codes


@dataclass(frozen=True)
class Picture:
    """A recorded figure: its size in points, its elements from back to front, its definitions.

    ``definitions`` maps the name of a clip or hatch to its SVG, in which ``{id}`` is its id.
    """

    width: float
    height: float
    elements: list[Element]
    definitions: dict[str, str]


def number(value: float) -> str:
    """A coordinate with as many decimals as STEP has, without trailing zeros."""
    text = f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def path_data(codes: str, x: np.ndarray, y: np.ndarray) -> str:
    """The ``d`` of an SVG path.

    >>> path_data("M1L2Z1", np.array([0, 20, 20]), np.array([0, 0, 3]))
    'M0 0L1 0 1 .15Z'
    """
    out, at = [], 0
    points = [f"{_short(a)} {_short(b)}" for a, b in (np.column_stack([x, y]) * STEP).tolist()]
    for command, repeats in re.findall(r"([A-Z])(\d+)", codes):
        count = int(repeats) * _VERTICES[command]
        out.append(command + " ".join(points[at : at + count]))
        at += count
    return "".join(out)


def _short(value: float) -> str:
    text = number(value)
    if text.startswith("0."):
        return text[1:]
    return "-" + text[2:] if text.startswith("-0.") else text


def css(style: dict[str, Any]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in style.items())


def rounded(value: float) -> float:
    return round(value / STEP) * STEP


def runs(codes: np.ndarray) -> str:
    """Path codes as runs of commands: ``M1L3Z1``."""
    out: list[tuple[str, int]] = []
    at = 0
    while at < len(codes):
        code = codes[at]
        if code == Path.STOP:
            break
        command = "Z" if code == Path.CLOSEPOLY else _COMMANDS[code]
        at += max(1, _VERTICES[command])
        if out and out[-1][0] == command:
            out[-1] = (command, out[-1][1] + 1)
        else:
            out.append((command, 1))
    return "".join(f"{command}{count}" for command, count in out)


def colour(rgb: Any) -> str:
    """A colour; one of the palette's as a variable, which a page's theme can set."""
    colour = rgb2hex(rgb)
    return _THEMED.get(colour, colour)


_POWER = re.compile(r"\$\\mathdefault\{(.*)\}\$")
_RAISED = str.maketrans("-−0123456789.", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹·")


def plain_text(text: str) -> str:
    r"""A tick label of matplotlib's log formatter in plain Unicode.

    >>> plain_text(r"$\mathdefault{10^{-2}}$")
    '10⁻²'
    """
    match = _POWER.fullmatch(text)
    inner = match[1] if match else text
    inner = inner.replace(r"\times", "×")
    inner = re.sub(r"\^\{([-−0-9.]+)\}", lambda power: power[1].translate(_RAISED), inner)
    if match is None or re.search(r"[\\{}^_$]", inner):
        raise ValueError(
            f"the text {text!r} of an explorer's figure is TeX; write it in plain Unicode, "
            "as in 'K/L' or '10⁻²'"
        )
    return inner
