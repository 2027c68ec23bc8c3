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

    The picture is computed at ``nodes`` values and interpolated in the built page; "uniform"
    ``spacing`` on the slider's scale, or "chebyshev", which is denser at the ends. ``breaks`` are
    values at which the picture has a kink in this parameter: there are ``nodes`` in each piece
    between them, and nothing is interpolated across. ``idle`` is why the slider moves nothing at
    some settings ("σ is of no account where labour is not scarce"); the page shows it there.

    >>> Slider("Automated share Φ", 0, 1, 0.5, nodes=5).grid
    array([0.  , 0.25, 0.5 , 0.75, 1.  ])
    """

    label: str
    low: float
    high: float
    default: float
    scale: str = "linear"
    format: str = ".2f"
    nodes: int = 9
    spacing: str = "uniform"
    breaks: Sequence[float] = ()
    positions: int = 101
    idle: str = ""

    def __post_init__(self) -> None:
        name = self.label
        if not name.strip():
            raise ValueError("label: empty; say what the control moves")
        if self.scale not in ("linear", "log"):
            raise ValueError(f"{name}: scale {self.scale!r}; allowed are 'linear' and 'log'")
        if self.spacing not in ("uniform", "chebyshev"):
            raise ValueError(
                f"{name}: spacing {self.spacing!r}; allowed are 'uniform' and 'chebyshev'"
            )
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
        if self.nodes < 2:
            raise ValueError(f"{name}: {self.nodes} nodes; allowed are 2 or more")
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
        ends = self.place(np.array([self.low, *self.breaks, self.high]))
        part = np.linspace(0, 1, self.nodes)
        if self.spacing == "chebyshev":
            part = (1 - np.cos(math.pi * part)) / 2
        places = [a + (b - a) * part[:-1] for a, b in itertools.pairwise(ends)]
        grid = self.value(np.append(np.concatenate(places), 1.0))
        grid[:: self.nodes - 1] = [self.low, *self.breaks, self.high]  # exactly
        return grid

    def text(self, value: float) -> str:
        """A value as the reader sees it."""
        return f"{value:{self.format}}"

    def checked(self, what: str, value: object) -> float:
        try:
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            number = math.nan
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
        self.checked(f"{self.label}: default", self.default)

    def text(self, value: str) -> str:
        return value

    def checked(self, what: str, value: object) -> str:
        if value not in self.options:
            raise ValueError(f"{what}: {value!r}; allowed are {', '.join(self.options)}")
        return str(value)


Control = Slider | Choice
