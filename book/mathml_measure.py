"""What a MathML tree is like: its letters, how wide it is drawn, what it reads like as plain text.

The widths come from the book's font (``math_metrics.json``, written by ``subset_font.py``).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

Metrics = dict[str, dict[str, Any]]  # by kind of measure, then by character; thousandths of an em

SCRIPT_SIZE = 0.7
OPENING, CLOSING = tuple("([{⟨⌊⌈"), tuple(")]}⟩⌋⌉")
BRACKETS = OPENING + CLOSING
RELATIONS = set("=<>≠≤≥≈≡∼≃∝∈∉⊂⊆→←⇒⟹⇔⟺↦≔≪≫")
BINARY = set("+−±∓×⋅∗⋆∘∪∩∧∨⊕⊗∖")
LARGE = set("∑∏∐∫∬∭∮⋃⋂⋁⋀⨁⨂⨀")
UNSPACED = set(",;.:/!|‖′¬√˙¯ˆ˜ˇ˘˚´`¨⏞⏟\u0332\u0302\u20d7\u2061\u2062\u2063\u2064").union(BRACKETS)
COMBINING = {"ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304", "˙": "\u0307", "¨": "\u0308"}
SUBSCRIPTS = str.maketrans("0123456789+−-", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
SUPERSCRIPTS = str.maketrans("0123456789+−-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


@cache
def metrics() -> Metrics:
    """The measures of the book's font (``math_metrics.json``)."""
    path = Path(__file__).with_name("math_metrics.json")
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def letter(element: ET.Element) -> str | None:
    """The character that is drawn if `element` is a single letter, also in an mrow of its own."""
    if element.tag == "mrow":
        children = [child for child in element if child.tag != "mspace" or child.attrib]
        return letter(children[0]) if len(children) == 1 else None
    text = element.text or ""
    if element.tag != "mi" or len(text) != 1:
        return None
    return text if element.get("mathvariant") == "normal" else italic(text)


def italic(character: str) -> str:
    """The slanted form that a browser draws for a single-letter ``<mi>``.

    >>> italic("K"), italic("h"), italic("σ"), italic("Φ"), italic("∞")
    ('𝐾', 'ℎ', '𝜎', '𝛷', '∞')
    """
    for first, last, target in (("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("Α", "Ω", 0x1D6E2)):
        if first <= character <= last:
            return "ℎ" if character == "h" else chr(target + ord(character) - ord(first))
    if "α" <= character <= "ω":
        return chr(0x1D6FC + ord(character) - ord("α"))
    special = {**dict(zip("∂ϵϑϰϕϱϖ", "𝜕𝜖𝜗𝜘𝜙𝜚𝜛", strict=True)), "∇": "𝛻", "ı": "𝚤", "ȷ": "𝚥"}
    return special.get(character, character)


def characters(element: ET.Element) -> Iterator[str]:
    """Every character that is drawn."""
    drawn = letter(element) if element.tag == "mi" else None
    yield from drawn or (element.text or "")
    for child in element:
        yield from characters(child)


def width(element: ET.Element, *, display: bool = False) -> float:
    """About how wide `element` is drawn, in em of its text; rather too wide than too narrow."""
    parts = [width(child, display=display) for child in element]
    advance = metrics()["advance"]
    match element.tag:
        case "mi" | "mn" | "mo" | "mtext":
            drawn = sum(advance.get(c, 500) for c in characters(element) if c != "\u2061") / 1000
            drawn *= 1.45 if display and element.text in LARGE else 1.0
            return max(drawn, 0.78 if _stretches(element) else 0.0) + _space_around(element)
        case "mspace":
            return _length(element.get("width"))
        case "mfrac":
            return max(parts) * (1.0 if display else SCRIPT_SIZE) + 0.24
        case "msub" | "msup" | "msubsup":
            return parts[0] + SCRIPT_SIZE * max(parts[1:]) + 0.05
        case "mover" | "munder" if element.get("accent"):
            return max(parts)
        case "munder" | "mover" | "munderover":
            return max(parts[0], SCRIPT_SIZE * max(parts[1:]))
        case "mroot" | "msqrt":
            return parts[0] + 1.4 if element.tag == "mroot" else sum(parts) + 1.1
        case "mtable":
            rows = [[width(cell, display=display) + 0.8 for cell in row] for row in element]
            columns = max(map(len, rows))
            return sum(max(row[i] for row in rows if i < len(row)) for i in range(columns))
    return sum(parts)


def _space_around(element: ET.Element) -> float:
    """The space on both sides of an operator; as much as relations have, where in doubt."""
    if element.tag != "mo":
        return 0.0
    usual = 0.0 if element.text in UNSPACED else 0.125 if element.text in LARGE else 0.285
    return sum(_length(element.get(side), usual) for side in ("lspace", "rspace"))


def _length(value: str | None, otherwise: float = 0.0) -> float:
    return otherwise if value is None else float(value.removesuffix("em"))


def _stretches(element: ET.Element) -> bool:
    return element.get("stretchy") != "false" and element.text in BRACKETS


def plain_text(element: ET.Element) -> str | None:
    """`element` in one line of Unicode, for a page title; None when it needs two dimensions."""
    parts = [plain_text(child) for child in element]
    if any(part is None for part in parts):
        return None
    texts = [part or "" for part in parts]
    if element.tag in ("msub", "msup"):
        texts[1] = texts[1].strip()
    text = element.text or ""
    match element.tag:
        case "math" | "mrow":
            return "".join(texts)
        case "mi" | "mn" | "mtext":
            return text.replace("\u00a0", " ")
        case "mo":
            spaced = text in RELATIONS | BINARY and "lspace" not in element.attrib
            return f" {text} " if spaced else text
        case "mspace":
            return " " if _length(element.get("width")) > 0.2 else ""
        case "mover" if texts[1] in COMBINING and len(texts[0]) == 1:
            return unicodedata.normalize("NFC", texts[0] + COMBINING[texts[1]])
        case "msub" if re.fullmatch(r"[0-9+−-]+", texts[1]):
            return texts[0] + texts[1].translate(SUBSCRIPTS)
        case "msup" if re.fullmatch(r"[0-9+−-]+", texts[1]):
            return texts[0] + texts[1].translate(SUPERSCRIPTS)
        case "msup" if re.fullmatch(r"[*∗⋆′]+", texts[1]):
            return texts[0] + texts[1].replace("∗", "*").replace("⋆", "*")
    return None
