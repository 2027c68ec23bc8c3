"""Packing many similar arrays and sentences into few bytes, which a page inflates by itself.

Arrays of integers are replaced by differences, along the array and from one array to the next,
whichever compresses best; what is left are small numbers, one byte each, and deflate makes bits of
them. Sentences that differ in their numbers alone are split into the sentence and the numbers.

:class:`Reader` undoes it; ``explorer.js`` holds the same few lines in JavaScript.
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

#: Significant digits that a packed number keeps.
DIGITS = 5
_DECADE = 9 * 10 ** (DIGITS - 1)
_ZERO_EXPONENT = 330  # below the smallest exponent of a double
_NAN, _INFINITY = 2**30, 2**30 - 1


def decimal_code(values: np.ndarray) -> np.ndarray:
    """Numbers as integers that keep their order, rounded to DIGITS significant digits.

    Within a decade the code counts units of the last digit, so that smooth curves have smooth
    codes. Not-a-number and infinities have codes of their own.

    >>> decimal_number(decimal_code(np.array([0.5, -1234567.0, 0.0, np.inf]))).tolist()
    [0.5, -1234600.0, 0.0, inf]
    """
    values = np.asarray(values, dtype=float)
    size = np.abs(values)
    usual = np.isfinite(values) & (size > 0)
    exponent = np.zeros(values.shape, dtype=np.int64)
    mantissa = np.zeros(values.shape, dtype=np.int64)
    for at in np.flatnonzero(usual):  # Python's own formatting rounds correctly
        digits, power = f"{size.flat[at]:.{DIGITS - 1}e}".split("e")
        mantissa.flat[at] = int(digits.replace(".", ""))
        exponent.flat[at] = int(power)
    code = (exponent + _ZERO_EXPONENT) * _DECADE + mantissa - 10 ** (DIGITS - 1) + 1
    code = np.where(usual, code, 0)
    code = np.where(np.isinf(values), _INFINITY, code)
    code = np.where(values < 0, -code, code)
    return np.where(np.isnan(values), _NAN, code).astype(np.int64)


def decimal_number(codes: np.ndarray) -> np.ndarray:
    """The numbers that :func:`decimal_code` wrote."""
    out = np.empty(codes.shape)
    for at, code in enumerate(codes.flat):
        sign, size = ("-" if code < 0 else ""), abs(int(code))
        if size == _NAN:
            text = "nan"
        elif size == _INFINITY:
            text = f"{sign}inf"
        elif size == 0:
            text = "0"
        else:
            exponent, rest = divmod(size - 1, _DECADE)
            digits = rest + 10 ** (DIGITS - 1)
            text = f"{sign}{digits}e{exponent - _ZERO_EXPONENT - DIGITS + 1}"
        out.flat[at] = float(text)
    return out


@dataclass
class Writer:
    """Collects arrays; ``data`` are the bytes, what each method returns is its entry in JSON."""

    data: bytearray = field(default_factory=bytearray)

    def arrays(self, arrays: Sequence[np.ndarray]) -> dict[str, Any]:
        """Integer arrays, of equal or different lengths."""
        wide = [np.asarray(array, dtype=np.int64) for array in arrays]
        best: tuple[int, bytes, int, int] | None = None
        for across in (0, 1) if len(wide) > 1 else (0,):
            start = _across(wide) if across else wide
            for along in range(4):
                data = _varints(np.concatenate([_along(array, along) for array in start]))
                cost = len(zlib.compress(data, 6))
                if best is None or cost < best[0]:
                    best = (cost, data, across, along)
        assert best is not None
        _, data, across, along = best
        self.data += data
        lengths = [len(array) for array in wide]
        even = len(set(lengths)) == 1
        return {"n": [lengths[0], len(wide)] if even else lengths, "d": [across, along, even]}

    def strings(self, strings: Sequence[str]) -> list[Any] | dict[str, Any]:
        """Sentences; the numbers in them apart where that is worth it."""
        if len(strings) < 4:
            return list(strings)
        split = [_NUMBER.split(string) for string in strings]  # words at even places, numbers odd
        templates = {tuple(parts[::2]): 0 for parts in split}
        if len(templates) > len(strings) / 2:
            return list(strings)
        templates = {template: at for at, template in enumerate(templates)}
        which = np.array([templates[tuple(parts[::2])] for parts in split])
        entry: dict[str, Any] = {"t": [list(t) for t in templates], "w": self.arrays([which])}
        columns = []
        for template, at in templates.items():
            rows = [parts[1::2] for parts, kind in zip(split, which, strict=True) if kind == at]
            for place in range(len(template) - 1):
                columns.append(self._numbers([row[place] for row in rows]))
        return {**entry, "c": columns}

    def _numbers(self, texts: list[str]) -> list[Any]:
        """A column of printed numbers: decimals and integers, or the texts as they are."""
        decimals = {len(text.partition(".")[2]) for text in texts}
        if len(decimals) == 1 and max(map(len, texts)) < 10:
            places = decimals.pop()
            integers = [int(text.replace(".", "")) for text in texts]
            if [_fixed(integer, places) for integer in integers] == texts:
                return [places, self.arrays([np.array(integers)])]
        return texts


_NUMBER = re.compile(r"(\d+(?:\.\d+)?)")


def _fixed(integer: int, places: int) -> str:
    return f"{integer / 10**places:.{places}f}"


def _across(arrays: list[np.ndarray]) -> list[np.ndarray]:
    """Each array less the one before it, where both have one length."""
    out = [arrays[0]]
    for before, array in itertools.pairwise(arrays):
        out.append(array - before if len(array) == len(before) else array)
    return out


def _along(array: np.ndarray, times: int) -> np.ndarray:
    """Differences of neighbours, ``times`` times over; the first entry stays."""
    for _ in range(times):
        array = np.diff(array, prepend=0)
    return array


def _varints(values: np.ndarray) -> bytes:
    """Signed integers, seven bits to a byte, small ones first: 0, -1, 1, -2, 2 … take one byte."""
    rest = np.where(values < 0, -2 * values - 1, 2 * values)
    size = np.ones(len(rest), dtype=np.int64)
    limit = 128
    while np.any(rest >= limit):
        size += rest >= limit
        limit *= 128
    ends = np.cumsum(size)
    out = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    starts = ends - size
    for place in range(int(size.max(initial=0))):
        has = size > place
        more = size[has] > place + 1
        out[starts[has] + place] = (rest[has] & 127) | np.where(more, 128, 0)
        rest = rest >> 7
    return out.tobytes()


@dataclass
class Reader:
    """Reads back, in the order of writing, what a :class:`Writer` wrote."""

    data: bytes
    at: int = 0

    def arrays(self, entry: dict[str, Any]) -> list[np.ndarray]:
        across, along, even = entry["d"]
        lengths = [entry["n"][0]] * entry["n"][1] if even else entry["n"]
        out: list[np.ndarray] = []
        for length in lengths:
            array = np.array([self._varint() for _ in range(length)], dtype=np.int64)
            for _ in range(along):
                array = np.cumsum(array)
            if across and out and len(out[-1]) == length:
                array = array + out[-1]
            out.append(array)
        return out

    def strings(self, entry: Any) -> list[str]:
        if isinstance(entry, list):
            return entry
        which = self.arrays(entry["w"])[0].tolist()
        columns = []
        for column in entry["c"]:
            if column and isinstance(column[0], int):
                places, integers = column
                columns.append([_fixed(int(i), places) for i in self.arrays(integers)[0]])
            else:
                columns.append(column)
        first = np.cumsum([0, *(len(template) - 1 for template in entry["t"])]).tolist()
        used = [0] * len(entry["t"])
        out = []
        for kind in which:
            template = entry["t"][kind]
            numbers = [columns[first[kind] + k][used[kind]] for k in range(len(template) - 1)]
            used[kind] += 1
            pairs = zip(template, [*numbers, ""], strict=True)
            out.append("".join(words + value for words, value in pairs))
        return out

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return -(value + 1) // 2 if value & 1 else value // 2
