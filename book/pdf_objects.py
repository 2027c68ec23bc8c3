"""The objects of a PDF as Chromium writes it: where its anchors lie, and how it becomes small.

Chromium writes PDF 1.4: every object in plain text, and a table of where each begins. The tags that
screen readers need are 150,000 such objects.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import accumulate, count, islice, pairwise

FREE = (0, 0, 65535)  # how the table says that a number is not in use
TOGETHER = 500  # objects that are compressed in one stream


def objects(pdf: bytes) -> dict[int, bytes]:
    """What stands between ``obj`` and ``endobj``, by the object's number."""
    start = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    rows = pdf[start : pdf.rindex(b"trailer")].splitlines()[2:]
    places = sorted((int(row.split()[0]), n) for n, row in enumerate(rows) if row.endswith(b"n "))
    found = {}
    for (begin, number), (end, _) in pairwise([*places, (start, 0)]):
        text = pdf[begin:end].strip()
        found[number] = text[text.index(b"obj") + 3 : -len(b"endobj")].strip()
    return found


def destinations(pdf: bytes) -> dict[str, tuple[int, float]]:
    """Where each anchor lies to which a link leads: the page, from 1, and the points from below."""
    known = objects(pdf)

    def named(key: bytes, text: bytes) -> int:
        return int(re.search(rb"/%s (\d+) 0 R" % key, text)[1])  # type: ignore[index]

    def leaves(number: int) -> Iterator[int]:
        kids = re.search(rb"/Kids \[([^\]]*)\]", known[number])
        if kids is None:
            yield number
        for kid in re.findall(rb"(\d+) 0 R", kids[1]) if kids else ():
            yield from leaves(int(kid))

    catalog = next(text for text in known.values() if b"/Type /Catalog" in text)
    pages = {page: place for place, page in enumerate(leaves(named(b"Pages", catalog)), 1)}
    place = rb"/(\S+) \[(\d+) 0 R /XYZ \S+ (\S+) "
    anchors = re.findall(place, known[named(b"Dests", catalog)])
    return {_name(anchor): (pages[int(page)], float(y)) for anchor, page, y in anchors}


def _name(written: bytes) -> str:
    return re.sub(rb"#(\w\w)", lambda code: bytes.fromhex(code[1].decode()), written).decode()


def packed(pdf: bytes, about: dict[str, str]) -> bytes:
    """The same PDF described by ``about``, its small objects in compressed streams (PDF 1.5)."""
    left = objects(pdf)
    root, info = (
        int(re.search(rb"/%s (\d+) 0 R" % key, pdf[pdf.rindex(b"trailer") :])[1])  # type: ignore[index]
        for key in (b"Root", b"Info")
    )
    texts = {key: f"\ufeff{text}".encode("utf-16-be").hex() for key, text in about.items()}
    left[info] = "<<{}>>".format(
        " ".join(f"/{key} <{text}>" for key, text in texts.items())
    ).encode()
    out, table, free = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), {}, count(max(left) + 1)

    def write(number: int, text: bytes) -> None:
        table[number] = (1, len(out), 0)
        out.extend(b"%d 0 obj\n%s\nendobj\n" % (number, text))

    for number in [number for number, text in left.items() if text.endswith(b"endstream")]:
        write(number, left.pop(number))
    while batch := list(islice(left, TOGETHER)):
        bodies, holder = [left.pop(number) + b"\n" for number in batch], next(free)
        starts = list(accumulate(map(len, bodies), initial=0))
        head = b"".join(b"%d %d " % pair for pair in zip(batch, starts, strict=False))
        kind = b"/Type /ObjStm /N %d /First %d" % (len(batch), len(head))
        write(holder, _stream(kind, head + b"".join(bodies)))
        table |= {number: (2, holder, place) for place, number in enumerate(batch)}
    last, start = next(free), len(out)
    table[last] = (1, start, 0)
    rows = (table.get(number, FREE) for number in range(last + 1))
    kind = b"/Type /XRef /W [1 4 2] /Size %d /Root %d 0 R /Info %d 0 R" % (last + 1, root, info)
    widths = (1, 4, 2)
    coded = (n.to_bytes(w, "big") for row in rows for n, w in zip(row, widths, strict=True))
    write(last, _stream(kind, b"".join(coded)))
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


def _stream(kind: bytes, text: bytes) -> bytes:
    text = zlib.compress(text, 9)
    head = b"<<%s /Filter /FlateDecode /Length %d>>" % (kind, len(text))
    return b"%s\nstream\n%s\nendstream" % (head, text)
