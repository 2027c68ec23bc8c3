"""What an answer to an exercise is, and how a definition says what is wrong with one.

A definition is a function under :func:`answer`. It gets the answers once they are of the right
kind, and holds them against what must be true of them with :func:`expect`: properties, signs,
limits, intervals; a single number or a letter by :func:`same`, which knows only its hash. The
docstring is what a right answer has been shown to do. No solution stands in a definition.

>>> from exhibits.check import check
>>> @answer("toy.growth.1", Number("g", above=0))
... def doubling(g):
...     "At this rate capital doubles in 35 years."
...     expect(abs(2.71828 ** (35 * g) - 2) < 0.01, f"{g:g} makes not twice as much in 35 years")
>>> check("toy.growth.1", 0.0198)
✓ At this rate capital doubles in 35 years.
>>> check("toy.growth.1", 0.03)
Not yet: 0.03 makes not twice as much in 35 years.
>>> check("toy.growth.1", "two per cent")
Not yet: g is asked as a number; this is a text. Write it without quotation marks.
"""

from __future__ import annotations

import hashlib
import math
import numbers
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import KW_ONLY, dataclass
from typing import Any, Protocol

import numpy as np

__all__ = [
    *("Array", "Choice", "Expression", "Function", "Number", "Several", "Text"),
    *("answer", "expect", "same"),
]

MOST = 1_000_000  # numbers in an answer: more is a mistake, and would take long


class NotYet(Exception):
    """What is wrong with an answer, in a sentence for whoever gave it."""


def expect(holds: Any, otherwise: str) -> None:
    """Says ``otherwise`` of the answer unless the condition, or all of an array of them, holds."""
    if not np.all(holds):
        raise NotYet(otherwise)


class Kind(Protocol):
    @property
    def name(self) -> str: ...

    def read(self, given: Any) -> Any:
        """The answer as the definition wants it; NotYet says what is wanted."""


@dataclass(frozen=True)
class Definition:
    kinds: tuple[Kind, ...]
    holds: Callable[..., Any]


#: Every exercise's definition by its id, as the modules of the chapters are loaded.
DEFINITIONS: dict[str, Definition] = {}
#: The id whose answer is being checked: the salt of its hashes.
ASKED: ContextVar[str] = ContextVar("ASKED", default="")


def answer(id: str, *kinds: Kind) -> Callable[[Callable], Callable]:
    """Declares the check of an exercise: its id, and the kind of each answer in order."""

    def declare(holds: Callable) -> Callable:
        if not kinds or not (holds.__doc__ or "").strip():
            raise ValueError(f"{id}: name the kind of each answer; say in a docstring what holds")
        DEFINITIONS[id] = Definition(kinds, holds)
        return holds

    return declare


# One right value, of which only the hash is known -------------------------------------------------


def hashed(id: str, value: Any, digits: int = 0) -> str:
    """The hash of a letter or letters, or of a number rounded to so many significant digits."""
    text = f"{float(value) + 0.0:.{digits - 1}e}" if digits else "".join(sorted(value))
    return hashlib.sha256(f"{id} {digits} {text}".encode()).hexdigest()[:12]


def same(value: Any, hash: str, digits: int = 0, name: str = "it") -> bool:
    """Whether letters, or a number to ``digits`` significant digits, are those of the hash.

    Make the hash with ``python -m exhibits.check --hash ID VALUE [DIGITS]``. A number a quarter of
    its last digit off is still the same, and one that is off by a power of ten (a share where
    per cent are asked) or by its sign alone is told so.
    """
    id = ASKED.get()
    if not digits:
        return hashed(id, value) == hash

    def fits(x: float) -> bool:
        near = (x, x * (1 + 10**-digits / 4), x * (1 - 10**-digits / 4))
        return any(hashed(id, v, digits) == hash for v in near)

    if value and fits(-value):
        raise NotYet(f"The size of {name} is right, its sign is not")
    for power in (1, 2, 3, 4, 6, 9):
        for factor, way in ((10.0**-power, "large"), (10.0**power, "small")):
            if value and fits(value * factor):
                raise NotYet(f"{name} is {10**power:,} times too {way}: in which unit is it asked?")
    return fits(value)


# The kinds ----------------------------------------------------------------------------------------


def _what(given: Any) -> str:
    """What was given, in two or three words, however large or strange it is."""
    if given is None or given is Ellipsis:
        return "nothing yet"
    if isinstance(given, type):
        return f"the class {given.__name__}"
    if isinstance(given, bool | np.bool_):
        return "true or false"
    for known, words in ((str, "a text"), (dict, "a dictionary"), (set | frozenset, "a set")):
        if isinstance(given, known):
            return words
    if isinstance(given, list | tuple):
        return f"a {type(given).__name__} of {len(given)}"
    if isinstance(given, np.ndarray):
        return f"an array of shape {given.shape}"
    if callable(given):
        return "a function"
    return f"a {type(given).__name__}"


@dataclass(frozen=True)
class _Bounded:
    """``above`` and ``below`` are open ends, ``least`` and ``most`` closed ones; a ``share`` lies
    between 0 and 1. State only what the question says: the bounds are told."""

    name: str
    _: KW_ONLY
    above: float = -math.inf
    below: float = math.inf
    least: float = -math.inf
    most: float = math.inf
    share: bool = False
    unit: str = ""

    def bounded(self, x: Any) -> None:
        if self.share and np.any((x < 0) | (x > 1)):
            per_cent = np.all((x >= 0) & (x <= 100))
            hint = "; this looks like per cent: divide by 100" if per_cent else ""
            raise NotYet(f"{self.name} is a share between 0 and 1{hint}")
        for bad, end in (
            (x <= self.above, f"above {self.above:g}"),
            (x >= self.below, f"below {self.below:g}"),
            (x < self.least, f"{self.least:g} or more"),
            (x > self.most, f"{self.most:g} or less"),
        ):
            unit = f" ({self.unit})" if self.unit else ""
            expect(~np.asarray(bad), f"{self.name}{unit} must be {end}")


class Number(_Bounded):
    """One finite real number: ``Number("γ", above=1)``, ``Number("s", share=True)``.

    >>> Number("γ").read(np.float64(2))
    2.0
    """

    def read(self, given: Any) -> float:
        unit = f", in {self.unit}" if self.unit else ""
        asked = f"{self.name} is asked as a number{unit}"
        if isinstance(given, np.ndarray) and given.size == 1:
            given = given.item()
        if getattr(given, "is_number", None) is True and given.is_extended_real:  # SymPy's
            given = float(given)
        if isinstance(given, bool) or not isinstance(given, numbers.Real):
            hint = ". Write it without quotation marks" if isinstance(given, str) else ""
            raise NotYet(f"{asked}; this is {_what(given)}{hint}")
        try:
            value = float(given)
        except OverflowError:
            value = math.inf
        expect(math.isfinite(value), f"{asked}, and a finite one; this is {value}")
        self.bounded(value)
        return value


@dataclass(frozen=True)
class Array(_Bounded):
    """Finite real numbers of the shape ``shape``, in which None is any length.

    >>> Array("w", shape=(None, 2)).read([[1, 2]]).shape
    (1, 2)
    """

    shape: tuple[int | None, ...] = (None,)

    def read(self, given: Any) -> np.ndarray:
        lengths = " by ".join("any number" if n is None else str(n) for n in self.shape)
        asked = f"{self.name} is asked as an array of {lengths} numbers"
        if not isinstance(given, list | tuple | range | np.ndarray) and not hasattr(given, "iloc"):
            raise NotYet(f"{asked}; this is {_what(given)}")
        strange = f"{asked}; not all of its entries are numbers, or its rows differ in length"
        expect(np.size(given) <= MOST if hasattr(given, "shape") else len(given) <= MOST, asked)
        try:
            x = np.asarray(given)
            expect(x.dtype.kind in "iufO", strange)
            x = x.astype(float)
        except (TypeError, ValueError):
            raise NotYet(strange) from None
        fits = len(x.shape) == len(self.shape) and all(
            n in (None, m) for n, m in zip(self.shape, x.shape, strict=True)
        )
        expect(fits, f"{asked}; yours has the shape {x.shape}")
        expect(np.isfinite(x), f"{asked}; {np.sum(~np.isfinite(x))} of yours are not finite")
        self.bounded(x)
        return x


@dataclass(frozen=True)
class Function:
    """A function of so many numbers. The definition gets one that takes numbers and arrays, calls
    the student's with single floats, and says what is wrong where it stops or gives no number.

    >>> Function("h", of="x, y").read(lambda x, y: x * y)(2, [3, 4])
    array([6., 8.])
    """

    name: str
    of: str

    def read(self, given: Any) -> Callable[..., Any]:
        if isinstance(given, type) or not callable(given):
            hint = "Give its name, without calling it"
            what = _what(given)
            raise NotYet(f"{self.name} is asked as a function of {self.of}; this is {what}. {hint}")
        count = len(self.of.split(","))

        def one(*x: float) -> float:
            at = ", ".join(f"{v:g}" for v in x)
            try:
                found = given(*map(float, x))
            except Exception as stopped:
                what = f"{type(stopped).__name__}: {stopped}"[:200]
                hint = f" ({self.name} is a function of {self.of})"
                raise NotYet(f"{self.name}({at}) stops with {what}{hint}") from None
            return Number(f"{self.name}({at})").read(found)

        def many(*x: Any) -> Any:
            points = np.broadcast_arrays(*x)
            made = [one(*point) for point in zip(*(p.ravel() for p in points), strict=True)]
            return np.reshape(made, points[0].shape) if points[0].ndim else made[0]

        def called(*x: Any) -> Any:
            if len(x) != count:
                raise TypeError(f"the definition calls {self.name} with {len(x)} of {count} values")
            return many(*x)

        return called


@dataclass(frozen=True)
class Expression(Function):
    """A SymPy expression in the symbols ``of``, known by their names, or a function of them.

    >>> import sympy as sp
    >>> Expression("slope", of="a, b").read(sp.Symbol("a", positive=True) ** 2)(3, 0)
    9.0
    """

    def read(self, given: Any) -> Callable[..., Any]:
        symbols = getattr(given, "free_symbols", None)
        if isinstance(given, numbers.Real) and not isinstance(given, bool | np.bool_):
            return super().read(lambda *_: given)
        if symbols is None or isinstance(given, type):
            return super().read(given)
        names = [name.strip() for name in self.of.split(",")]
        if strange := sorted({s.name for s in symbols} - set(names)):
            asked = f"{self.name} is asked in {self.of}"
            raise NotYet(f"{asked}; yours has also {', '.join(strange)}. Try .subs(…)")

        def value(*x: float) -> Any:
            at = dict(zip(names, x, strict=True))
            return given.subs({s: at[s.name] for s in symbols}).evalf()

        return super().read(value)


@dataclass(frozen=True)
class Choice:
    """One letter of those offered: ``Choice("abcd")``; :class:`Several` for any number of them."""

    letters: str
    name: str = "your choice"

    def read(self, given: Any) -> str:
        offered = ", ".join(self.letters)
        found = _letters(given)
        if found is None or len(found) != 1 or found not in self.letters:
            raise NotYet(f'{self.name} is asked as one letter of {offered}, such as "a"')
        return found


@dataclass(frozen=True)
class Several(Choice):
    """Letters of those offered, in any order: ``"ac"``, ``"a, c"`` and ``["a", "c"]`` are the same.

    >>> Several("abcd").read(["C", "a"])
    'ac'
    """

    def read(self, given: Any) -> str:
        found = _letters(given)
        if not found or not set(found) <= set(self.letters):
            offered = ", ".join(self.letters)
            raise NotYet(f'{self.name} is asked as letters of {offered}, such as "ab"')
        return found


def _letters(given: Any) -> str | None:
    if isinstance(given, set | frozenset | list | tuple):
        given = " ".join(given) if all(isinstance(g, str) for g in given) else None
    if not isinstance(given, str) or len(given) > 100:
        return None
    return "".join(sorted({c for c in given.lower() if c.isalnum()}))


@dataclass(frozen=True)
class Text:
    """Some sentences. No program marks them: the definition returns the points to compare with,
    which say what a good answer speaks of and not what it says."""

    name: str = "your answer"
    words: int = 10

    def read(self, given: Any) -> str:
        asked = f"{self.name} is asked as a text of {self.words} words or more, in quotation marks"
        if not isinstance(given, str):
            raise NotYet(f"{asked}; this is {_what(given)}")
        count = len(given[:MOST].split())
        expect(count >= self.words, f"{asked}; yours has {count}")
        return given
