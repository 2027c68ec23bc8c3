"""What a reader moves: continuous sliders, and choices among named options."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

FloatArray = np.ndarray

#: A slider has at least this many positions.
LEAST_POSITIONS = 50
_SPEC = re.compile(r",?(?:\.\d+)?[fge%]|d")


def check_spec(what: str, spec: str) -> None:
    """Number formats are those of Python that the page's script knows, too."""
    if not _SPEC.fullmatch(spec):
        raise ValueError(
            f"{what}: the number format {spec!r}; allowed are those of Python such as .3g, .2f, "
            ",.1f, .0%, .1e and d"
        )


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
        name = self.label
        if not name.strip():
            raise ValueError("label: empty; say what the control moves")
        if self.scale not in ("linear", "log"):
            raise ValueError(f"{name}: scale {self.scale!r}; allowed are 'linear' and 'log'")
        ends = (self.low, self.high)
        if not (all(map(math.isfinite, ends)) and self.low < self.high):
            raise ValueError(f"{name}: from {self.low} to {self.high}; allowed are low < high")
        if self.scale == "log" and self.low <= 0:
            raise ValueError(
                f"{name}: low = {self.low} on a logarithmic scale; allowed are low > 0"
            )
        if not self.low <= self.default <= self.high:
            raise ValueError(
                f"{name}: default {self.default}; allowed are {self.low:g} to {self.high:g}"
            )
        inner = [self.low, *self.breaks, self.high]
        if any(a >= b for a, b in itertools.pairwise(inner)):
            raise ValueError(
                f"{name}: breaks {tuple(self.breaks)}; allowed are rising values between "
                f"{self.low:g} and {self.high:g}"
            )
        if isinstance(self.nodes, int) and self.nodes < 2:
            raise ValueError(f"{name}: {self.nodes} nodes; allowed are 2 or more")
        if any(not self.low <= value <= self.high for value in np.atleast_1d(self.grid)):
            raise ValueError(
                f"{name}: nodes {self.nodes}; allowed are values from {self.low:g} to {self.high:g}"
            )
        if self.positions < LEAST_POSITIONS:
            raise ValueError(
                f"{name}: {self.positions} positions; allowed are {LEAST_POSITIONS} or more"
            )
        check_spec(name, self.format)

    def place(self, value: FloatArray | float) -> FloatArray:
        """Where values stand on the slider, from 0 to 1."""
        low, high, value = self.low, self.high, np.asarray(value, dtype=float)
        if self.scale == "log":
            return np.log(value / low) / math.log(high / low)
        return (value - low) / (high - low)

    def value(self, place: FloatArray | float) -> FloatArray:
        """The values at places between 0 and 1."""
        low, high, place = self.low, self.high, np.asarray(place, dtype=float)
        if self.scale == "log":
            return np.clip(low * (high / low) ** place, low, high)
        return np.clip(low + (high - low) * place, low, high)

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

    def checked(self, what: str, value: object, rounded: bool = False) -> float:
        """The value as a number; ``rounded``: brought back to an end that it just misses."""
        try:
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            number = math.nan
        if rounded:
            number = min(max(number, self.low), self.high)
        if not self.low <= number <= self.high:
            raise ValueError(
                f"{what}: {value!r}; allowed is a number from {self.low:g} to {self.high:g}"
            )
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
        if not self.label.strip():
            raise ValueError("label: empty; say what the control moves")
        if len(self.options) < 2 or len(set(self.options)) < len(self.options):
            raise ValueError(
                f"{self.label}: options {self.options}; allowed are two or more different names"
            )
        if len(set(self.tokens)) < len(self.tokens) or "" in self.tokens:
            raise ValueError(
                f"{self.label}: options {self.options} must differ in their Latin letters and "
                "digits, which stand for them in the page's address"
            )
        self.checked(f"{self.label}: default", self.default)

    @property
    def tokens(self) -> tuple[str, ...]:
        """The options as they stand in an address."""
        return tuple(re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") for text in self.options)

    def text(self, value: str) -> str:
        return value

    def checked(self, what: str, value: object, rounded: bool = False) -> str:
        if value not in self.options:
            raise ValueError(f"{what}: {value!r}; allowed are {', '.join(self.options)}")
        return str(value)


Control = Slider | Choice
