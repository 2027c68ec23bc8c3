r"""TeX to a MathML tree that browsers draw as TeX would: math-core, then what it leaves open.

Knows nothing of Sphinx. `convert` is the entrance; the other functions say one thing each about
the tree: where accents belong, how far a subscript tucks under a slanted letter, how tall and how
wide a bracket is.

>>> from mathml_measure import plain_text
>>> print(plain_text(convert(r"K/L > \hat I_0")))
K/L > Î₀
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from xml.etree import ElementTree as ET

from math_core import LatexError, LatexToMathML

from mathml_measure import (
    BINARY,
    BRACKETS,
    OPENING,
    SCRIPT_SIZE,
    characters,
    letter,
    metrics,
    width,
)
from mathml_tex import TexError, normalise

ACCENT_BASE_HEIGHT = 450  # of the font: an accent is drawn for a letter of this height
BAR = "\u0332"  # math-core's line for \overline and \underline
BAR_GAP = 120
BRACE_GAP = 100
INTEGRAL_SLANT = 0.444  # em, TeX's italic correction of the large integral sign
# \big, \Big, \bigg, \Bigg: TeX asks for a size between two of the font's, and takes the larger.
BIG_SIZES = {"1.2em": "1.19em", "1.623em": "1.79em", "2.047em": "2.39em", "2.470em": "2.99em"}
OUTSIDE = {"(": 0.16, ")": 0.16}  # em that a tall bracket keeps clear outside; others .08
STYLE = {"displaystyle", "scriptlevel"}
TALL = {"mfrac", "mtable", "munder", "mover", "munderover", "msqrt", "mroot", "msubsup"}


# The conversion ---------------------------------------------------------------------------------


@cache
def _converter(macros: tuple[tuple[str, str], ...]) -> LatexToMathML:
    try:
        return LatexToMathML(
            macros=dict(macros), fancy_error=False, allow_unreliable_rendering=True
        )
    except LatexError as error:
        names = ", ".join(name for name, _ in macros)
        raise TexError(f"in the macros ({names}): {error}") from error


def convert(
    tex: str, *, display: bool = False, macros: Mapping[str, str] | None = None
) -> ET.Element:
    """The ``<math>`` element of `tex`, adjusted to the book's font.

    `macros` maps a name without backslash to its replacement (``#1`` for an argument). Raises
    `TexError` for TeX that math-core does not know and for characters outside the font.
    """
    converter = _converter(tuple((macros or {}).items()))
    try:
        markup = converter.convert_with_local_state(
            normalise(tex) if display else tex.strip(), displaystyle=display
        )
    except LatexError as error:
        raise TexError(str(error).partition(": ")[2].rstrip(".") or str(error)) from error
    math = ET.fromstring(markup.replace("&ApplyFunction;", "\u2061"))
    if math.find(".//a") is not None:
        raise TexError(r"a reference inside mathematics; write {eq}`label` in the text instead")
    _adjust(math)
    missing = sorted({c for c in characters(math) if c not in metrics()["advance"]})
    if missing:
        listed = ", ".join(f"{c} (U+{ord(c):04X})" for c in missing)
        raise TexError(f"not in the book's mathematics font: {listed}; add it in subset_font.py")
    return math


def markup(math: ET.Element, tex: str) -> str:
    """HTML of a ``<math>`` element with `tex` as its annotation."""
    element = ET.Element("math", math.attrib)
    semantics = ET.SubElement(element, "semantics")
    row = ET.SubElement(semantics, "mrow")
    row.extend(math)
    annotation = ET.SubElement(semantics, "annotation", encoding="application/x-tex")
    annotation.text = tex.strip()
    return ET.tostring(element, encoding="unicode")


# The tree after the conversion ------------------------------------------------------------------


def _adjust(math: ET.Element) -> None:
    for element in math.iter():
        if element.text:  # variation selectors, which the font does not need
            element.text = re.sub("[\ufe00-\ufe0f]", "", element.text)
            # the prime of the font is drawn for a superscript; the others repeat it
            element.text = element.text.replace("″", "′′").replace("‴", "′′′").replace("⁗", "′′′′")
        if element.tag == "mo" and element.text == ".":  # one of three
            element.attrib |= {"lspace": "0", "rspace": "0.1667em"}
        if element.tag == "mo" and element.get("minsize") in BIG_SIZES:
            _size_big(element)
    for element in list(math.iter()):
        if element is not math and not STYLE.isdisjoint(element.attrib):
            _style_as_validators_know(element)
        if element.tag == "menclose":
            _draw_with_css(element)
        elif element.tag == "mrow":
            _size_brackets(element)
        elif element.tag == "mtd":
            _go_on_from_the_column_before(element)
        elif element.tag in ("mover", "munder") and len(element) == 2:
            _place_accent(element)
        elif element.tag in ("msub", "msup", "msubsup"):
            _keep_bracket_big(element)
            _tuck_subscript(element, math.get("display") == "block")


def _style_as_validators_know(element: ET.Element) -> None:
    """MathML Core has displaystyle and scriptlevel everywhere, older schemas only on mstyle."""
    if element.tag == "mtable":
        if element.attrib.pop("scriptlevel", None) == "0":
            element.set("style", ";".join(filter(None, [element.get("style"), "math-depth:0"])))
    elif element.tag == "mrow":
        element.tag = "mstyle"
    elif element.tag != "mstyle":
        inner = ET.Element(element.tag, {})
        inner.extend(element)
        attributes = dict(element.attrib)
        element.clear()
        element.tag = "mstyle"
        for name, value in attributes.items():
            (element if name in STYLE else inner).set(name, value)
        element.append(inner)


def _draw_with_css(enclosure: ET.Element) -> None:
    r"""``\boxed`` and ``\cancel``: MathML Core has no menclose, the style sheet has classes."""
    enclosure.tag = "mrow"
    enclosure.set("class", enclosure.attrib.pop("notation"))
    for child in list(enclosure):
        if child.get("class", "").startswith("menclose-"):
            enclosure.remove(child)


def _size_big(mo: ET.Element) -> None:
    r"""``\bigl(`` as tall and as wide as in TeX."""
    size = mo.attrib["minsize"]
    mo.attrib |= {"minsize": BIG_SIZES[size], "maxsize": BIG_SIZES[size]}
    wider = metrics()["big"].get(mo.text or "")
    if wider:
        side = "left" if mo.text in OPENING else "right"
        margin = wider[list(BIG_SIZES).index(size)] / 1000
        mo.set("style", f"margin-{side}:{margin:.3g}em")


def _size_brackets(row: ET.Element) -> None:
    r"""``\left( K \right)``: brackets around one line keep their size, and so their width; tall
    ones stand a little away from what is outside."""
    if len(row) < 2 or any(row[i].tag != "mo" or "minsize" in row[i].attrib for i in (0, -1)):
        return
    if row[0].get("stretchy") is not None:
        return
    inside = [element for child in row[1:-1] for element in child.iter()]
    tall = any(element.tag in TALL for element in inside)
    for mo, side in ((row[0], "lspace"), (row[-1], "rspace")):
        if not tall and mo.text in (*BRACKETS, "|", "‖"):
            mo.set("stretchy", "false")
        elif mo.text in BRACKETS:
            space = float(mo.get(side, "0").removesuffix("em")) + OUTSIDE.get(mo.text or "", 0.08)
            mo.set(side, f"{space:.3g}em")


def _go_on_from_the_column_before(cell: ET.Element) -> None:
    r"""``a &+ b``: a sign that opens a right-hand column of ``aligned`` adds, it is no sign of b.

    Browsers take what opens a cell for a prefix and set it without space.
    """
    style = cell.get("style", "")
    right_hand = "text-align: left" in style and "padding-left: 0;" in style
    if right_hand and len(cell) > 1 and cell[0].tag == "mo" and cell[0].text in BINARY:
        cell[0].set("form", "infix")


def _keep_bracket_big(element: ET.Element) -> None:
    r"""``\bigr)^2``: as the base of a script an operator does not stretch, in a row it does."""
    base = element[0]
    if base.tag == "mo" and "minsize" in base.attrib:
        row = ET.Element("mrow")
        row.extend([ET.Element("mi"), base])
        element[0] = row


def _style(element: ET.Element, **lengths: float) -> None:
    """Custom properties for the style sheet (thousandths of an em); zero is left out."""
    given = [f"--{name}:{length / 1000:.3g}em" for name, length in lengths.items() if length]
    if given:
        element.set("style", ";".join([*filter(None, [element.get("style")]), *given]))


def _place_accent(element: ET.Element) -> None:
    """Put an accent over the middle of a slanted letter, and clear of it."""
    base, mark = element
    over = element.tag == "mover"
    if mark.tag != "mo" or not (element.get("accent") or element.get("accentunder")):
        return
    if mark.text == "~":
        mark.text = "˜"  # the tilde that stretches
    mark.set("class", "accent" if over else "accent-under")
    font = metrics()
    if mark.text == BAR:
        _style(mark, gap=BAR_GAP)
    elif mark.text in tuple("⏞⏟⏜⏝⎴⎵"):
        _style(mark, gap=BRACE_GAP)
    elif over:
        height = font["bottom"].get(mark.text or "", ACCENT_BASE_HEIGHT) - ACCENT_BASE_HEIGHT
        _style(mark, gap=max(height, 0), skew=_skew(base))


def _skew(base: ET.Element) -> int:
    character = letter(base)
    return metrics()["skew"].get(character, 0) if character else 0


def _tuck_subscript(element: ET.Element, display: bool) -> None:
    """A subscript stands at the foot of a slanted letter, the superscript beyond its top."""
    base = element[0]
    if base.tag == "mo" and base.text in tuple("∫∬∭∮") and element.tag == "msub" and display:
        # what follows may stand below the top of the integral sign
        room = INTEGRAL_SLANT - SCRIPT_SIZE * width(element[1]) - 0.05
        element.set("style", f"margin-right:{min(-room, 0):.3g}em")
    character = letter(base[0]) if base.tag == "mover" and len(base) else letter(base)
    correction = metrics()["italic"].get(character, 0) if character else 0
    _style(base, tuck=correction)
    if element.tag == "msubsup":
        _style(element[2], untuck=correction / SCRIPT_SIZE)
