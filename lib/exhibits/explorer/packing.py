"""Tables of integers as few bytes, which a page inflates by itself.

Along each dimension an array is replaced by its differences, once or twice, where these are
smaller; what is left are small numbers, a byte each, and deflate makes bits of them.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np


def packed(arrays: Iterable[np.ndarray]) -> tuple[list[dict[str, Any]], str]:
    """For each array its shape and what undoes the differences; all bytes, in base64.

    An array is packed whole, or each entry of the last dimension by itself, whatever is smaller.
    """
    heads: list[dict[str, Any]] = []
    written: list[bytes] = []
    for array in arrays:
        codes = np.asarray(array, dtype=np.int64)
        ways = [[codes], np.split(codes, codes.shape[-1], axis=-1)]
        parts = min((list(map(_differences, way)) for way in ways), key=_bits)
        heads.append({"shape": list(codes.shape), "sums": [orders for orders, _ in parts]})
        written += [_bytes(part.ravel()) for _, part in parts]
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = deflate.compress(b"".join(written)) + deflate.flush()
    return heads, base64.b64encode(data).decode()


def _differences(codes: np.ndarray) -> tuple[list[int], np.ndarray]:
    """How often differences are taken along each dimension, and what they are."""
    orders: list[int] = []
    for axis in range(codes.ndim):
        tried = [codes]
        for _ in range(2 if codes.shape[axis] > 1 else 0):
            tried.append(np.diff(tried[-1], axis=axis, prepend=0))
        orders.append(int(np.argmin([_bits([(orders, t)]) for t in tried])))
        codes = tried[orders[-1]]
    return orders, codes


def _bits(parts: list[tuple[list[int], np.ndarray]]) -> float:
    """About how many bits they take, with what is written of their orders."""
    numbers = sum(np.log2(1 + np.abs(codes).astype(float)).sum() for _, codes in parts)
    return float(numbers) + 4 * sum(len(orders) for orders, _ in parts)


def _bytes(codes: np.ndarray) -> bytes:
    """Seven bits a byte, the lowest first, the eighth where more follow; the sign is bit 0."""
    left = np.where(codes < 0, -2 * codes - 1, 2 * codes).astype(np.uint64)
    columns, more = [], np.ones(len(left), dtype=bool)
    while more.any():
        last, used = left < 128, more
        columns.append(np.where(used, (left & 127) | np.where(last, 0, 128).astype(np.uint64), 256))
        left, more = left >> np.uint64(7), more & ~last
    rows = np.stack(columns, axis=1).ravel() if columns else np.zeros(0)
    return rows[rows < 256].astype(np.uint8).tobytes()


def runs(flags: np.ndarray) -> list[int]:
    """Lengths of runs of false, true, false, … in turn."""
    flat = np.concatenate([[False], flags.ravel(), [False]])
    edges = np.flatnonzero(np.diff(flat.astype(int)))
    return np.diff(np.concatenate([[0], edges])).tolist()
