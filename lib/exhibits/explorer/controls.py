"""The controls of an explorer: what a reader can set, and the settings that follow.

A *setting* is a tuple of positions, one for each control: the first value of a slider is 0. Frames,
addresses and presets are all counted in positions; only the drawing function sees values.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.validation import finite, number

Setting = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Slider:
    """A number on a line.

    ``values``: the admissible values, increasing; ``default``: one of them; ``format``: how a value
    reads, as in ``"{:.2f}"`` or ``"{:.0%}"``. No two values may read the same.

    >>> slider = Slider("Automated share Φ", values=[0, 0.25, 0.5], default=0.25, format="{:.2f}")
    >>> slider.texts
    ('0.00', '0.25', '0.50')
    >>> slider.position(0.5), slider.values[2]
    (2, 0.5)
    """

    label: str
    values: tuple[float, ...]
    default: float
    format: str = "{:g}"

    def __init__(self, label: str, values: ArrayLike, default: float, format: str = "{:g}") -> None:
        try:
            array = finite("values", values)
        except ValueError:
            array = np.empty(0)
        if array.ndim != 1 or array.size < 2:
            raise ValueError(
                f"values of {label!r}: {values!r}; allowed is a list of two or more finite numbers"
            )
        if not np.all(np.diff(array) > 0):
            raise ValueError(f"values of {label!r}: {array.tolist()} must increase strictly")
        # Python floats, so that a formula gets what a reader of the cell would have typed.
        object.__setattr__(self, "label", _checked_label(label))
        object.__setattr__(self, "values", tuple(array.tolist()))
        object.__setattr__(self, "format", format)
        texts = self.texts
        for first, second in itertools.pairwise(range(len(texts))):
            if texts[first] == texts[second]:
                raise ValueError(
                    f"format of {label!r}: {format!r} shows {self.values[first]} and "
                    f"{self.values[second]} both as {texts[first]!r}; use more digits"
                )
        object.__setattr__(self, "default", self.values[self.position(default)])

    @property
    def texts(self) -> tuple[str, ...]:
        """Each value as the reader sees it."""
        try:
            return tuple(self.format.format(value) for value in self.values)
        except (ValueError, IndexError, KeyError) as error:
            raise ValueError(
                f"format of {self.label!r}: {self.format!r} cannot show a number ({error}); "
                "allowed is a format with one field, as in '{:.2f}'"
            ) from error

    @property
    def tokens(self) -> tuple[str, ...]:
        """Each value as it stands in an address."""
        return tuple(f"{value:.12g}" for value in self.values)

    def position(self, value: Any) -> int:
        """Where in ``values`` the number stands (equal up to rounding)."""
        try:
            distance = np.abs(np.asarray(self.values) - number("value", value))
        except ValueError:
            distance = np.array([np.inf])
        nearest = int(np.argmin(distance))
        if not distance[nearest] <= 1e-9 * max(1.0, abs(self.values[nearest])):
            raise ValueError(
                f"{self.label!r}: {value!r} is not a position of the slider; "
                f"allowed are {', '.join(self.tokens)}"
            )
        return nearest


@dataclass(frozen=True, eq=False)
class Choice:
    """One of a few named options.

    ``options``: what the reader sees, mapped to what the drawing function gets; ``default``: the
    name of one. Presets too name an option by what the reader sees.

    >>> choice = Choice("Scenario", {"(a) as usual": 0.01, "(b) fast": 0.1}, default="(b) fast")
    >>> choice.position("(a) as usual"), choice.values, choice.tokens
    (0, (0.01, 0.1), ('a-as-usual', 'b-fast'))
    """

    label: str
    options: Mapping[str, Any]
    default: str

    def __post_init__(self) -> None:
        _checked_label(self.label)
        if len(self.options) < 2:
            raise ValueError(f"options of {self.label!r}: {list(self.options)}; give two or more")
        if len(set(self.tokens)) < len(self.tokens) or "" in self.tokens:
            raise ValueError(
                f"options of {self.label!r}: {', '.join(self.options)} must differ in their Latin "
                "letters and digits, which stand for them in the page's address"
            )
        self.position(self.default)

    @property
    def texts(self) -> tuple[str, ...]:
        """The options as the reader sees them."""
        return tuple(self.options)

    @property
    def values(self) -> tuple[Any, ...]:
        """The options as the drawing function gets them."""
        return tuple(self.options.values())

    @property
    def tokens(self) -> tuple[str, ...]:
        """The options as they stand in an address."""
        return tuple(re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") for text in self.options)

    def position(self, name: Any) -> int:
        """Where among the options the named one stands."""
        if not isinstance(name, str) or name not in self.options:
            raise ValueError(f"{self.label!r}: {name!r}; allowed are {', '.join(self.options)}")
        return list(self.options).index(name)


Control = Slider | Choice


def _checked_label(label: str) -> str:
    if not isinstance(label, str) or not label.strip():
        raise ValueError(f"label: {label!r}; a control needs a name that the reader understands")
    return label


@dataclass(frozen=True)
class Controls:
    """The controls of one explorer, by parameter name, and the settings they span."""

    by_name: Mapping[str, Control]

    def __post_init__(self) -> None:
        if not self.by_name:
            raise ValueError("controls: none; an explorer needs something to move")
        for name, control in self.by_name.items():
            if not re.fullmatch(r"[A-Za-z_][A-Za-z_0-9]*", name):
                raise ValueError(
                    f"controls: {name!r} stands in the page's address; allowed are Latin letters, "
                    "digits and _, as in a parameter's name"
                )
            if not isinstance(control, (Slider, Choice)):
                raise ValueError(f"controls: {name!r} is {control!r}; allowed: Slider, Choice")

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(control.values) for control in self.by_name.values())

    @property
    def count(self) -> int:
        """How many settings there are."""
        return int(np.prod(self.shape))

    def settings(self) -> Iterator[Setting]:
        """All settings; the last control moves fastest."""
        return itertools.product(*(range(size) for size in self.shape))

    @property
    def default(self) -> Setting:
        return tuple(control.position(control.default) for control in self.by_name.values())

    def setting(self, given: Mapping[str, Any], where: str = "parameters") -> Setting:
        """The positions of given values; what is not given stands at its default."""
        for name in given:
            if name not in self.by_name:
                raise ValueError(
                    f"{where}: there is no control {name!r}; allowed are {', '.join(self.by_name)}"
                )
        try:
            return tuple(
                control.position(given.get(name, control.default))
                for name, control in self.by_name.items()
            )
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from None

    def parameters(self, setting: Setting) -> dict[str, Any]:
        """What the drawing function gets at a setting."""
        pairs = zip(self.by_name.items(), setting, strict=True)
        return {name: control.values[position] for (name, control), position in pairs}

    def words(self, setting: Setting) -> str:
        """A setting as the reader sees it: ``Automated share Φ = 0.50; Scenario = (a)``."""
        pairs = zip(self.by_name.values(), setting, strict=True)
        return "; ".join(f"{control.label} = {control.texts[at]}" for control, at in pairs)

    def layout_sample(self) -> list[Setting]:
        """The default and each control at its ends: settings between which a picture must fit."""
        found = [self.default]
        for place, size in enumerate(self.shape):
            for end in (0, size - 1):
                found.append((*self.default[:place], end, *self.default[place + 1 :]))
        return list(dict.fromkeys(found))
