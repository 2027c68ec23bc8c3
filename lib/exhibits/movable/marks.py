"""What is drawn: panels, and marks that name a panel and the arrays they show.

Names of arrays are keys of what ``compute`` returns; a number stands for itself. Colours are the
palette's (``exhibits.plotting.PALETTE``). ``label`` puts a mark in the panel's key, which stands
above the axes, where nothing can strike it; ``name`` is what the read-out calls it (the label
unless said). ``reference=True`` shows the mark a second time, in the background, as it is at the
explorer's reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..plotting import DASHES, PALETTE

#: What dots look like, and matplotlib's names.
MARKERS = {"o": "o", "s": "s", "d": "D"}

Source = str | float


@dataclass(frozen=True)
class Panel:
    """A pair of axes with fixed limits; what leaves them is cut off.

    ``xticks``, ``yticks``: positions, or a mapping from position to text; matplotlib's own unless
    given. An empty sequence for none.
    """

    title: str = ""
    xlabel: str = ""
    ylabel: str = ""
    xlim: tuple[float, float] = (0.0, 1.0)
    ylim: tuple[float, float] = (0.0, 1.0)
    xscale: str = "linear"
    yscale: str = "linear"
    xticks: Sequence[float] | Mapping[float, str] | None = None
    yticks: Sequence[float] | Mapping[float, str] | None = None

    def __post_init__(self) -> None:
        for axis in "xy":
            scale, limits = self.scale(axis), self.limits(axis)
            if scale not in ("linear", "log"):
                raise ValueError(f"{axis}scale: {scale!r}; allowed are 'linear' and 'log'")
            if len(limits) != 2 or not limits[0] < limits[1]:
                raise ValueError(f"{axis}lim: {limits}; allowed is (low, high) with low < high")
            if scale == "log" and limits[0] <= 0:
                raise ValueError(f"{axis}lim: {limits} on a logarithmic axis; allowed are low > 0")

    def scale(self, axis: str) -> str:
        return self.xscale if axis == "x" else self.yscale

    def limits(self, axis: str) -> tuple[float, float]:
        return self.xlim if axis == "x" else self.ylim

    def place(self, axis: str, value: ArrayLike) -> np.ndarray:
        """Where values stand on an axis: 0 at its lower end, 1 at its upper."""
        low, high = self.limits(axis)
        value = np.asarray(value, dtype=float)
        if self.scale(axis) == "log":
            with np.errstate(divide="ignore", invalid="ignore"):
                return np.log(np.where(value > 0, value, np.nan) / low) / np.log(high / low)
        return (value - low) / (high - low)


@dataclass(frozen=True)
class Mark:
    """What all marks have."""

    panel: str

    def check(self, panels: Sequence[str]) -> None:
        """ValueError for what cannot be drawn."""
        allowed: dict[str, Sequence[Any]] = {
            "panel": panels,
            "colour": tuple(PALETTE),
            "dash": range(len(DASHES)),
            "marker": tuple(MARKERS),
            "hatch": ("", "//"),
        }
        for attribute, values in allowed.items():
            given = getattr(self, attribute, values[0])
            if given not in values:
                told = "0 to 4" if attribute == "dash" else ", ".join(map(str, values))
                raise ValueError(
                    f"marks: {type(self).__name__} has {attribute} {given!r}; allowed are {told}"
                )

    @property
    def sources(self) -> Iterator[tuple[str, Source]]:
        """Axis ("x" or "y") and array of each coordinate."""
        for axis, attribute in self.coordinates:
            value = getattr(self, attribute)
            if value is not None:
                yield axis, value

    @property
    def coordinates(self) -> tuple[tuple[str, str], ...]:
        return (("x", "x"), ("y", "y"))


@dataclass(frozen=True)
class Line(Mark):
    """A curve through the points (x, y); a gap where either is NaN. ``dash``: 0 (solid) to 4."""

    x: Source
    y: Source
    colour: str = "blue"
    dash: int = 0
    width: float = 2.0
    label: str = ""
    name: str = ""
    reference: bool = False


@dataclass(frozen=True)
class Area(Mark):
    """What lies between ``low`` and ``high`` over x. ``hatch``: "" or "//" for lines across."""

    x: Source
    low: Source
    high: Source
    colour: str = "blue"
    opacity: float = 0.25
    hatch: str = ""
    label: str = ""
    name: str = ""
    reference: bool = False

    @property
    def coordinates(self) -> tuple[tuple[str, str], ...]:
        return (("x", "x"), ("y", "low"), ("y", "high"))


@dataclass(frozen=True)
class Points(Mark):
    """Dots at (x, y). ``marker``: "o", "s" (square), "d" (diamond); ``size`` across, in points."""

    x: Source
    y: Source
    colour: str = "ink"
    marker: str = "o"
    size: float = 8.0
    label: str = ""
    name: str = ""
    reference: bool = False


@dataclass(frozen=True)
class Rule(Mark):
    """A date or a level: a line across the panel at ``x`` or at ``y``, one for each value."""

    x: Source | None = None
    y: Source | None = None
    colour: str = "muted"
    dash: int = 2
    width: float = 1.2
    label: str = ""
    name: str = ""
    reference: bool = False


@dataclass(frozen=True)
class Label(Mark):
    """Words in the panel, with numbers as in a sentence: ``Label("wage", "w = {wage:.2f}", …)``.

    (x, y) is a point, beside which the words are placed, or a curve, beside any point of which they
    may stand: wherever no line, no point and no other label is in the way.
    """

    text: str
    x: Source
    y: Source
    colour: str = "ink"


@dataclass(frozen=True)
class Clause:
    """Part of a sentence that is shown ``when`` (or ``unless``) a number is positive."""

    text: str
    when: str | None = None
    unless: str | None = None


@dataclass(frozen=True)
class Bet:
    """A question before the picture is seen. ``answer`` is the right option; ``feedback`` follows
    whatever was chosen, after "Right." or "Not so."."""

    question: str
    options: Sequence[str]
    answer: str
    feedback: str

    def __post_init__(self) -> None:
        if self.answer not in self.options:
            raise ValueError(
                f"bet: the answer {self.answer!r}; allowed are its options: "
                + ", ".join(map(repr, self.options))
            )


@dataclass(frozen=True)
class Goal:
    """Something to find: the setting at which ``low`` ≤ the number ``of`` ≤ ``high``.

    ``reached`` is said then, with numbers in it as in the sentence.
    """

    task: str
    of: str
    low: float
    high: float
    reached: str
