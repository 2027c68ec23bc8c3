r"""TeX to a MathML tree that browsers draw as TeX would: math-core, then what it leaves open.

Knows nothing of Sphinx. `convert` is the entrance; the other functions say one thing each about
the tree: where accents belong, how far a subscript tucks under a slanted letter, how tall a
``\bigl(`` is, how wide the whole becomes, what it reads like as plain text.

>>> print(plain_text(convert(r"K/L > \hat\Phi_0")))
K/L > Φ̂₀
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from math_core import LatexError, LatexToMathML

Metrics = dict[str, dict[str, Any]]  # see subset_font.py; thousandths of an em

ACCENT_BASE_HEIGHT = 450  # of the font: an accent is drawn for a letter of this height
BAR = "\u0332"  # math-core's line for \overline and \underline
BAR_GAP = 120
BRACE_GAP = 100
SCRIPT_SIZE = 0.7
INTEGRAL_SLANT = 0.444  # em, TeX's italic correction of the large integral sign
# \big, \Big, \bigg, \Bigg: TeX asks for a size between two of the font's, and takes the larger.
BIG_SIZES = {"1.2em": "1.19em", "1.623em": "1.79em", "2.047em": "2.39em", "2.470em": "2.99em"}
OUTSIDE = {"(": 0.16, ")": 0.16}  # em that a tall bracket keeps clear outside; others .08
COMBINING = {"ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304", "˙": "\u0307", "¨": "\u0308"}
SUBSCRIPTS = str.maketrans("0123456789+−-", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
SUPERSCRIPTS = str.maketrans("0123456789+−-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
RELATIONS = set("=<>≠≤≥≈≡∼≃∝∈∉⊂⊆→←⇒⟹⇔⟺↦≔≪≫")
BINARY = set("+−±∓×⋅∗⋆∘∪∩∧∨⊕⊗∖")


class TexError(ValueError):
    """TeX that cannot be set as MathML in the book's font."""


@cache
def metrics() -> Metrics:
    """The measures of the book's font (``math_metrics.json``)."""
    path = Path(__file__).with_name("math_metrics.json")
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


# TeX before the conversion ----------------------------------------------------------------------

ROWS = {
    **dict.fromkeys(["align", "align*", "alignat", "alignat*", "split"], "aligned"),
    **dict.fromkeys(["gather", "gather*"], "gathered"),
}
TAG = re.compile(r"\\tag\*?\{([^{}$\\]*)\}")


def take_tag(tex: str) -> tuple[str, str | None]:
    r"""TeX without its ``\tag{...}``, and what is in the tag.

    >>> take_tag(r"w = R = A \tag{5}")
    ('w = R = A ', '5')
    """
    tags = TAG.findall(tex)
    if len(tags) > 1:
        raise TexError(r"more than one \tag in one block: a block has one number")
    return TAG.sub("", tex), tags[0] if tags else None


def normalise(tex: str) -> str:
    r"""Display TeX with environments that math-core draws as one block, free of its numbers.

    Blank lines part equations, as in Sphinx's own renderers.

    >>> print(normalise(r"\begin{align} a &= b \\[1ex] &= c \end{align}"))
    \begin{aligned} a &= b \\ &= c \end{aligned}
    """
    tex = re.sub(r"\\\\\*?\s*\[\s*-?[\d.]+\s*(?:ex|em|pt|mm|cm|in)\s*\]", r"\\\\", tex)
    tex = re.sub(r"\\(?:begin|end)\{equation\*?\}", "", tex)
    tex = re.sub(r"(\\begin\{alignat\*?\})\{\d+\}", r"\1", tex)
    for environment, drawn in ROWS.items():
        for end in ("begin", "end"):
            tex = tex.replace(rf"\{end}{{{environment}}}", rf"\{end}{{{drawn}}}")
    parts = [part.strip() for part in re.split(r"\n\s*\n", tex) if part.strip()]
    parts = [rf"\begin{{aligned}}{part}\end{{aligned}}" if _has_rows(part) else part for part in parts]
    if len(parts) > 1:
        return r"\begin{gathered}" + r"\\".join(parts) + r"\end{gathered}"
    return "".join(parts)


def _has_rows(tex: str) -> bool:
    """Whether rows or columns stand outside every environment."""
    inner = re.compile(r"\\begin\{(\w+\*?)\}(?:(?!\\begin\{).)*?\\end\{\1\}", re.DOTALL)
    while (shorter := inner.sub("", tex)) != tex:
        tex = shorter
    return bool(re.search(r"\\\\|(?<!\\)&", tex))


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


def convert(tex: str, *, display: bool = False, macros: Mapping[str, str] | None = None) -> ET.Element:
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
        place, _, message = str(error).partition(": ")
        raise TexError(f"{message or place} (character {place})" if message else place) from error
    math = ET.fromstring(markup.replace("&ApplyFunction;", "\u2061"))
    if math.find(".//a") is not None:
        raise TexError(r"a reference inside mathematics; write {eq}`label` in the text instead")
    _adjust(math)
    missing = sorted({c for c in _characters(math) if c not in metrics()["advance"]})
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
        if element.tag == "mo" and element.get("minsize") in BIG_SIZES:
            _size_big(element)
    for element in list(math.iter()):
        if element.tag == "menclose":
            _draw_with_css(element)
        elif element.tag == "mrow":
            _size_brackets(element)
        elif element.tag in ("mover", "munder") and len(element) == 2:
            _place_accent(element)
        elif element.tag in ("msub", "msup", "msubsup"):
            _keep_bracket_big(element)
            _tuck_subscript(element, math.get("display") == "block")


def _draw_with_css(enclosure: ET.Element) -> None:
    r"""``\boxed`` and ``\cancel``: MathML Core has no menclose, the style sheet has classes."""
    enclosure.tag = "mrow"
    enclosure.set("class", enclosure.attrib.pop("notation"))
    for child in list(enclosure):
        if child.get("class", "").startswith("menclose-"):
            enclosure.remove(child)


OPENING, CLOSING = tuple("([{⟨⌊⌈"), tuple(")]}⟩⌋⌉")
BRACKETS = OPENING + CLOSING
TALL = {"mfrac", "mtable", "munder", "mover", "munderover", "msqrt", "mroot", "msubsup"}


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


def _keep_bracket_big(element: ET.Element) -> None:
    r"""``\bigr)^2``: as the base of a script an operator does not stretch, in a row it does."""
    base = element[0]
    if base.tag == "mo" and "minsize" in base.attrib:
        row = ET.Element("mrow")
        row.extend([ET.Element("mi"), base])
        element[0] = row


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


def _characters(element: ET.Element) -> Iterable[str]:
    """Every character that is drawn."""
    drawn = letter(element) if element.tag == "mi" else None
    yield from drawn or (element.text or "")
    for child in element:
        yield from _characters(child)


# What the result is like ------------------------------------------------------------------------


def width(element: ET.Element, *, display: bool = False) -> float:
    """About how wide `element` is drawn, in em of its text size; rather too wide than too narrow."""
    parts = [width(child, display=display) for child in element]
    advance = metrics()["advance"]
    match element.tag:
        case "mi" | "mn" | "mo" | "mtext":
            space = 0.0
            if element.tag == "mo" and "lspace" not in element.attrib:
                space = {True: 0.56}.get(element.text in RELATIONS, 0.0)
                space = 0.45 if element.text in BINARY else space
            drawn = sum(advance.get(c, 500) for c in _characters(element)) / 1000
            return max(drawn, 0.62 if _stretches(element) else 0.0) + space
        case "mspace":
            return _space(element)
        case "mfrac":
            return max(parts) * (1.0 if display else SCRIPT_SIZE) + 0.24
        case "msub" | "msup" | "msubsup":
            return parts[0] + SCRIPT_SIZE * max(parts[1:]) + 0.05
        case "munder" | "mover" | "munderover":
            return max(parts[0], SCRIPT_SIZE * max(parts[1:]))
        case "mroot" | "msqrt":
            return parts[0] + 1.0 if element.tag == "mroot" else sum(parts) + 0.9
        case "mtable":
            rows = [[width(cell, display=display) + 0.8 for cell in row] for row in element]
            columns = max(map(len, rows))
            return sum(max(row[i] for row in rows if i < len(row)) for i in range(columns))
    return sum(parts)


def _space(element: ET.Element) -> float:
    return float(element.get("width", "0").removesuffix("em"))


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
            return f" {text} " if text in RELATIONS | BINARY and "lspace" not in element.attrib else text
        case "mspace":
            return " " if _space(element) > 0.2 else ""
        case "mover" if texts[1] in COMBINING and len(texts[0]) == 1:
            return texts[0] + COMBINING[texts[1]]
        case "msub" if re.fullmatch(r"[0-9+−-]+", texts[1]):
            return texts[0] + texts[1].translate(SUBSCRIPTS)
        case "msup" if re.fullmatch(r"[0-9+−-]+", texts[1]):
            return texts[0] + texts[1].translate(SUPERSCRIPTS)
        case "msup" if re.fullmatch(r"[*∗⋆′]+", texts[1]):
            return texts[0] + texts[1].replace("∗", "*").replace("⋆", "*")
    return None
