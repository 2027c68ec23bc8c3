"""What a reader moves: continuous sliders, and choices among named options."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

FloatArray = np.ndarray

#: A slider has at least this many positions.
LEAST_POSITIONS = 50
_SPEC = re.compile(r",?(?:\.\d+)?[fge%]|d")


def require(good: Any, what: str, allowed: str) -> None:
    """ValueError that names what is wrong, with its value, and what is allowed."""
    if not good:
        raise ValueError(f"{what}; allowed {allowed}")


def check_spec(what: str, spec: str) -> None:
    """Number formats are those of Python that the page's script knows, too."""
    known = "are those of Python such as .3g, .2f, ,.1f, .0%, .1e and d"
    require(_SPEC.fullmatch(spec), f"{what}: the number format {spec!r}", known)


@dataclass(frozen=True)
class Scale:
    """From ``low`` to ``high``, "linear" or "log" (equal ratios at equal distances)."""

    low: float
    high: float
    kind: str

    def check(self, name: str) -> None:
        ends = (self.low, self.high)
        good = all(map(math.isfinite, ends)) and self.low < self.high
        kinds = ("linear", "log")
        require(self.kind in kinds, f"{name}: scale {self.kind!r}", "are 'linear' and 'log'")
        require(good, f"{name}: from {self.low} to {self.high}", "are finite ends, low < high")
        positive = self.kind == "linear" or self.low > 0
        require(positive, f"{name}: low = {self.low} on a logarithmic scale", "are low > 0")

    def place(self, value: ArrayLike) -> FloatArray:
        """Where values stand: 0 at the lower end, 1 at the upper."""
        value = np.asarray(value, dtype=float)
        if self.kind == "linear":
            return (value - self.low) / (self.high - self.low)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log(np.where(value > 0, value, np.nan) / self.low)
        return logs / math.log(self.high / self.low)

    def value(self, place: ArrayLike) -> FloatArray:
        """The values at places between 0 and 1."""
        low, high, place = self.low, self.high, np.asarray(place, dtype=float)
        found = low * (high / low) ** place if self.kind == "log" else low + (high - low) * place
        return np.clip(found, low, high)


@dataclass(frozen=True)
class Slider:
    """A continuous parameter between ``low`` and ``high``.

    ``scale``: "linear", or "log" for equal ratios at equal distances. ``format``: the number
    format in which the value is shown (".2f"). ``positions``: where the thumb can stand (presets
    and addresses can hold any value between the ends).

    The picture is computed at ``nodes`` and interpolated between them in the built page. ``breaks``
    are values at which it has a kink in this parameter: nothing is interpolated across. ``nodes``
    is how many there are in each piece between breaks, at equal distances on the slider's scale; or
    their values, which may stand closer where the picture moves faster. ``idle`` is why the slider
    moves nothing at some settings ("both prices are A, whatever σ is"); the page shows it there.

    >>> Slider("Automated share Φ", 0, 1, 0.5, nodes=5).grid
    array([0.  , 0.25, 0.5 , 0.75, 1.  ])
    """

    label: str
    low: float
    high: float
    default: float
    scale: str = "linear"
    format: str = ".2f"
    nodes: int | Sequence[float] = 9
    breaks: Sequence[float] = ()
    positions: int = 101
    idle: str = ""

    def __post_init__(self) -> None:
        name, inside = self.label, f"from {self.low:g} to {self.high:g}"
        require(name.strip(), "label: empty", "are words for what the control moves")
        self._scale.check(name)
        here = self.low <= self.default <= self.high
        require(here, f"{name}: default {self.default}", f"are values {inside}")
        rising = itertools.pairwise([self.low, *self.breaks, self.high])
        good = all(a < b for a, b in rising)
        require(good, f"{name}: breaks {tuple(self.breaks)}", f"are rising values {inside}")
        enough = not isinstance(self.nodes, int) or self.nodes >= 2
        require(enough, f"{name}: {self.nodes} nodes", "are 2 or more")
        good = all(self.low <= value <= self.high for value in self.grid)
        require(good, f"{name}: nodes {self.nodes}", f"are values {inside}")
        many = self.positions >= LEAST_POSITIONS
        require(many, f"{name}: {self.positions} positions", f"are {LEAST_POSITIONS} or more")
        check_spec(name, self.format)

    @property
    def _scale(self) -> Scale:
        return Scale(self.low, self.high, self.scale)

    def place(self, value: ArrayLike) -> FloatArray:
        """Where values stand on the slider, from 0 to 1."""
        return self._scale.place(value)

    def value(self, place: ArrayLike) -> FloatArray:
        """The values at places between 0 and 1."""
        return self._scale.value(place)

    @property
    def grid(self) -> FloatArray:
        """The values at which the picture is computed."""
        ends = np.array([self.low, *self.breaks, self.high])
        if not isinstance(self.nodes, int):
            return np.unique([*ends, *self.nodes])
        pieces = [
            np.linspace(a, b, self.nodes)[1:-1] for a, b in itertools.pairwise(self.place(ends))
        ]
        return np.sort([*ends, *self.value(np.concatenate(pieces))])

    def text(self, value: float) -> str:
        """A value as the reader sees it."""
        return f"{value:{self.format}}"

    def checked(self, what: str, value: Any, rounded: bool = False) -> float:
        """The value as a number; ``rounded``: brought back to an end that it just misses."""
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if rounded:
            number = min(max(number, self.low), self.high)
        here = self.low <= number <= self.high
        require(here, f"{what}: {value!r}", f"is a number from {self.low:g} to {self.high:g}")
        return number


@dataclass(frozen=True)
class Choice:
    """One of several named options; ``compute`` gets the name.

    ``idle``: as for :class:`Slider`.

    >>> Choice("Scenario", ["AGI", "Business as usual"], "AGI").options
    ('AGI', 'Business as usual')
    """

    label: str
    options: Sequence[str]
    default: str
    idle: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", tuple(self.options))
        require(self.label.strip(), "label: empty", "are words for what the control moves")
        what, count = f"{self.label}: options {self.options}", len(self.options)
        several = count > 1 and len(set(self.options)) == count
        require(several, what, "are two or more different names")
        differ = len(set(self.tokens)) == count and "" not in self.tokens
        address = "which stand for them in the page's address"
        require(differ, what, f"are names that differ in their Latin letters and digits, {address}")
        self.checked(f"{self.label}: default", self.default)

    @property
    def tokens(self) -> tuple[str, ...]:
        """The options as they stand in an address."""
        return tuple(re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") for text in self.options)

    def text(self, value: str) -> str:
        return value

    def checked(self, what: str, value: Any, rounded: bool = False) -> str:
        require(value in self.options, f"{what}: {value!r}", f"are {', '.join(self.options)}")
        return str(value)


Control = Slider | Choice
