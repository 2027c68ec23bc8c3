"""All pictures of an explorer, as one picture and what changes in it.

Elements are matched from frame to frame by name. Of each, only the attributes that change anywhere
are kept, each as a *track*: a table of its different values, and which of them holds at which
setting. A track that does not depend on a control has no entry for it, so that a curve of two
parameters is stored once for each pair, however many sliders there are. Descriptions and the
columns of data are tracks too.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .codec import Reader, Writer, decimal_code, decimal_number
from .elements import Element, Picture

#: Attributes of an element in the order in which the page's script sets them.
ATTRIBUTES = ("codes", "x", "y", "style", "clip", "transform", "text", "display")
_ARRAYS = ("x", "y")


@dataclass(frozen=True)
class Track:
    """Something that changes: ``table[index[i]]`` where i counts the settings of ``over``.

    ``of``: what it belongs to, an element's number and attribute, or the name of a column.
    """

    of: tuple[Any, ...]
    over: tuple[int, ...]
    index: np.ndarray
    table: list[Any]

    def at(self, setting: Sequence[int], shape: Sequence[int]) -> Any:
        place = 0
        for control in self.over:
            place = place * shape[control] + setting[control]
        return self.table[int(self.index[place])]


@dataclass(frozen=True)
class Frames:
    """The union of all pictures' elements as the default shows it, and the tracks."""

    shape: tuple[int, ...]
    base: Picture
    hidden: frozenset[int]  # elements that the default does not show
    tracks: list[Track]
    description: Track
    columns: list[Track]

    def elements(self, setting: Sequence[int]) -> list[Element]:
        """The elements that a frame shows."""
        changes: dict[int, dict[str, Any]] = {}
        for track in self.tracks:
            number, attribute = track.of
            changes.setdefault(number, {})[attribute] = track.at(setting, self.shape)
        out = []
        for number, element in enumerate(self.base.elements):
            new = changes.get(number, {})
            if new.pop("display", "none" if number in self.hidden else "") == "none":
                continue
            geometry = {k: new.pop(k, getattr(element, k)) for k in ("codes", "x", "y")}
            attributes = {k: v for k, v in (element.attributes | new).items() if v is not None}
            out.append(Element(element.name, **geometry, attributes=attributes))
        return out

    def describe(self, setting: Sequence[int]) -> str:
        return self.description.at(setting, self.shape)

    def data(self, setting: Sequence[int]) -> dict[str, np.ndarray]:
        """The columns, to DIGITS significant digits."""
        return {
            track.of[0]: decimal_number(track.at(setting, self.shape)) for track in self.columns
        }


@dataclass
class _Collector:
    """The different values of one thing, and which frame had which."""

    table: list[Any] = field(default_factory=list)
    places: dict[Hashable, int] = field(default_factory=dict)
    index: list[int] = field(default_factory=list)

    def add(self, frame: int, key: Hashable, value: Any) -> None:
        place = self.places.setdefault(key, len(self.table))
        if place == len(self.table):
            self.table.append(value)
        # A frame in which the thing is absent keeps the value before it: nobody sees it.
        self.index.extend([self.index[-1] if self.index else place] * (frame - len(self.index)))
        self.index.append(place)

    def track(self, of: tuple[Any, ...], shape: tuple[int, ...]) -> Track:
        count = int(np.prod(shape))
        self.index.extend([self.index[-1]] * (count - len(self.index)))
        index = np.array(self.index).reshape(shape)
        over: list[int] = []
        for control in range(len(shape) - 1, -1, -1):
            first = index.take([0], axis=control)
            if np.all(index == first):
                index = first
            else:
                over.insert(0, control)
        return Track(of, tuple(over), index.ravel(), self.table)


@dataclass
class _Slots:
    """The union of the frames' elements, from back to front."""

    names: list[str] = field(default_factory=list)
    slots: list[int] = field(default_factory=list)  # in painting order; a slot's number never moves
    known: dict[tuple[str, ...], list[int]] = field(default_factory=dict)

    def of(self, names: tuple[str, ...]) -> list[int]:
        """The slot of each element of a frame, in the frame's own order."""
        if names in self.known:
            return self.known[names]
        out, at = [], 0  # at: the place in painting order behind the last match
        for name in names:
            match = next(
                (k for k in range(at, len(self.slots)) if self.names[self.slots[k]] == name), None
            )
            if match is None:  # new, or painted in another order than before: a slot of its own
                match = at
                self.slots.insert(match, len(self.names))
                self.names.append(name)
            out.append(self.slots[match])
            at = match + 1
        self.known[names] = out
        return out


def collect(
    shape: tuple[int, ...],
    default: int,
    pictures: Iterable[Picture],
    descriptions: Sequence[str],
    data: Sequence[Mapping[str, np.ndarray]],
) -> Frames:
    """Frames from the pictures, descriptions and data of all settings, in order."""
    slots = _Slots()
    collectors: dict[int, dict[str, _Collector]] = {}
    shown: list[frozenset[int]] = []
    definitions: dict[str, str] = {}
    latest: dict[int, Element] = {}
    base: dict[int, Element] = {}
    size = (0.0, 0.0)
    for frame, picture in enumerate(pictures):
        size = (picture.width, picture.height)
        definitions |= picture.definitions
        present = slots.of(tuple(element.name for element in picture.elements))
        shown.append(frozenset(present))
        for slot, element in zip(present, picture.elements, strict=True):
            if latest.get(slot) is not element:
                _add(collectors, slot, frame, element)
                latest[slot] = element
            base.setdefault(slot, element)
            if frame == default:
                base[slot] = element
    order = {slot: number for number, slot in enumerate(slots.slots)}
    tracks = []
    for slot in slots.slots:
        display = _Collector()
        for frame, seen in enumerate(shown):
            value = "" if slot in seen else "none"
            display.add(frame, value, value)
        found = {a: c for a, c in collectors[slot].items() if len(c.table) > 1}
        if len(display.table) > 1:
            found["display"] = display
        if found.keys() & {"codes", "x", "y"}:  # a path is written from all three
            found |= {a: collectors[slot][a] for a in ("codes", "x", "y")}
        for attribute in ATTRIBUTES:
            if attribute in found:
                tracks.append(found[attribute].track((order[slot], attribute), shape))
    elements = [base[slot] for slot in slots.slots]
    hidden = frozenset(order[slot] for slot in slots.slots if slot not in shown[default])
    return Frames(
        shape,
        Picture(*size, elements, definitions),
        hidden,
        tracks,
        _text_track(descriptions, shape),
        _columns(data, shape),
    )


def _add(
    collectors: dict[int, dict[str, _Collector]], slot: int, frame: int, element: Element
) -> None:
    values: dict[str, Any] = {"codes": element.codes, "x": element.x, "y": element.y}
    if element.is_text:
        values = {}
    values |= {"style": None, "clip": None, **element.attributes}
    for attribute, value in values.items():
        key = value.tobytes() if attribute in _ARRAYS else value
        collectors.setdefault(slot, {}).setdefault(attribute, _Collector()).add(frame, key, value)


def _text_track(texts: Sequence[str], shape: tuple[int, ...]) -> Track:
    collector = _Collector()
    for frame, text in enumerate(texts):
        collector.add(frame, text, text)
    return collector.track(("description",), shape)


def _columns(data: Sequence[Mapping[str, np.ndarray]], shape: tuple[int, ...]) -> list[Track]:
    tracks = []
    for name in data[0]:
        collector = _Collector()
        coded: dict[bytes, np.ndarray] = {}
        for frame, columns in enumerate(data):
            values = np.asarray(columns[name], dtype=float)
            key = values.tobytes()
            if key not in coded:
                coded[key] = decimal_code(values)
            collector.add(frame, coded[key].tobytes(), coded[key])
        tracks.append(collector.track((name,), shape))
    return tracks


# Packing ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Packed:
    """Frames as bytes. ``parts``: the compressed size of each track, to say what is heavy."""

    data: bytes
    parts: dict[str, int]


def pack(frames: Frames) -> Packed:
    """One deflated block: the length of a JSON header (four bytes), the header, the numbers."""
    writer = Writer()
    parts: dict[str, int] = {}

    def entry(track: Track, part: str) -> dict[str, Any]:
        before = len(writer.data)
        out: dict[str, Any] = {"of": track.of, "over": track.over}
        if len(track.table) > 1:
            out["i"] = writer.arrays([track.index])
        if isinstance(track.table[0], np.ndarray):
            out["a"] = writer.arrays(track.table)
        elif None in track.table:
            out["s"] = track.table
        else:
            out["s"] = writer.strings(track.table)
        size = len(zlib.compress(bytes(writer.data[before:]) + json.dumps(out).encode(), 9))
        parts[part] = parts.get(part, 0) + size
        return out

    def label(track: Track) -> str:
        element = frames.base.elements[track.of[0]].name
        return f"{'/'.join(element.split('/')[1:])} ({track.of[1]})"

    header = {
        "shape": frames.shape,
        "tracks": [entry(track, label(track)) for track in frames.tracks],
        "text": entry(frames.description, "descriptions"),
        "columns": [entry(track, f"data {track.of[0]!r}") for track in frames.columns],
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    whole = len(text).to_bytes(4, "little") + text + bytes(writer.data)
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    packed = Packed(deflate.compress(whole) + deflate.flush(), parts)
    _check(frames, unpack(packed.data, frames.base, frames.hidden))
    return packed


def unpack(data: bytes, base: Picture, hidden: frozenset[int]) -> Frames:
    """What the page's script does, in Python."""
    whole = zlib.decompress(data, -15)
    start = 4 + int.from_bytes(whole[:4], "little")
    header = json.loads(whole[4:start])
    reader = Reader(whole[start:])

    def track(entry: dict[str, Any]) -> Track:
        index = reader.arrays(entry["i"])[0] if "i" in entry else np.zeros(1, dtype=int)
        table = reader.arrays(entry["a"]) if "a" in entry else reader.strings(entry["s"])
        return Track(tuple(entry["of"]), tuple(entry["over"]), index, table)

    tracks = [track(entry) for entry in header["tracks"]]
    text = track(header["text"])
    columns = [track(entry) for entry in header["columns"]]
    return Frames(tuple(header["shape"]), base, hidden, tracks, text, columns)


def _check(frames: Frames, read: Frames) -> None:
    pairs = zip(
        [*frames.tracks, frames.description, *frames.columns],
        [*read.tracks, read.description, *read.columns],
        strict=True,
    )
    for one, other in pairs:
        same = (one.of, one.over) == (other.of, other.over)
        same = same and np.array_equal(one.index, other.index)
        same = same and all(map(np.array_equal, one.table, other.table))
        if not same or len(one.table) != len(other.table):
            raise AssertionError(f"frames: track {one.of} does not read back as it was written")
