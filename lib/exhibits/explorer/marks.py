"""What is drawn: panels, and marks that name a panel and the arrays they show.

Names of arrays are keys of what ``compute`` returns; a number stands for itself. Colours are the
palette's (``exhibits.plotting.PALETTE``). ``label`` puts a mark in the panel's key, which stands
above the axes, where nothing can strike it; ``name`` is what the read-out calls it (the label
unless said). ``reference=True`` shows the mark a second time, in the background, as it is at the
explorer's reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ..plotting import DASHES, PALETTE
from .controls import Scale, require

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
            self.scale(axis).check(f"{axis}lim")

    def scale(self, axis: str) -> Scale:
        """Of the axis "x" or "y"."""
        return Scale(*self.xlim, self.xscale) if axis == "x" else Scale(*self.ylim, self.yscale)


@dataclass(frozen=True)
class Mark:
    """What all marks have."""

    panel: str
    label: str = field(default="", kw_only=True)
    name: str = field(default="", kw_only=True)
    reference: bool = field(default=False, kw_only=True)

    #: Its coordinates: attribute → axis.
    along: ClassVar[Mapping[str, str]] = {"x": "x", "y": "y"}

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
            told = "0 to 4" if attribute == "dash" else ", ".join(map(str, values))
            what = f"marks: {type(self).__name__} has {attribute} {given!r}"
            require(given in values, what, f"are {told}")

    @property
    def sources(self) -> Iterator[tuple[str, Source]]:
        """Axis ("x" or "y") and array of each coordinate."""
        for attribute, axis in self.along.items():
            if (value := getattr(self, attribute)) is not None:
                yield axis, value


@dataclass(frozen=True)
class Line(Mark):
    """A curve through the points (x, y); a gap where either is NaN. ``dash``: 0 (solid) to 4."""

    x: Source
    y: Source
    colour: str = "blue"
    dash: int = 0
    width: float = 2.0


@dataclass(frozen=True)
class Area(Mark):
    """What lies between ``low`` and ``high`` over x. ``hatch``: "" or "//" for lines across."""

    x: Source
    low: Source
    high: Source
    colour: str = "blue"
    opacity: float = 0.25
    hatch: str = ""

    along: ClassVar[Mapping[str, str]] = {"x": "x", "low": "y", "high": "y"}


@dataclass(frozen=True)
class Points(Mark):
    """Dots at (x, y). ``marker``: "o", "s" (square), "d" (diamond); ``size`` across, in points."""

    x: Source
    y: Source
    colour: str = "ink"
    marker: str = "o"
    size: float = 8.0


@dataclass(frozen=True)
class Rule(Mark):
    """A date or a level: a line across the panel at ``x`` or at ``y``, one for each value."""

    x: Source | None = None
    y: Source | None = None
    colour: str = "muted"
    dash: int = 2
    width: float = 1.2


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

    def shown(self, values: Mapping[str, Any]) -> bool:
        """Whether it is part of the sentence at these values."""
        when = self.when is None or values[self.when] > 0
        return bool(when) and not (self.unless is not None and values[self.unless] > 0)


@dataclass(frozen=True)
class Bet:
    """A question before the picture is seen. ``answer`` is the right option; ``feedback`` follows
    whatever was chosen, after "Right." or "Not so."."""

    question: str
    options: Sequence[str]
    answer: str
    feedback: str

    def __post_init__(self) -> None:
        options = ", ".join(map(repr, self.options))
        answered = self.answer in self.options
        require(answered, f"bet: the answer {self.answer!r}", f"are its options: {options}")


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
