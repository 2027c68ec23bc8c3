r"""Sphinx extension: mathematics as MathML at build time, which browsers draw without any script.

math-core turns TeX into MathML Core; this module joins it to Sphinx: numbers and links, the TeX
beside each formula for whoever copies it, the search index, and a warning with the place for TeX
that cannot be converted (with ``-W`` the build fails). A displayed block has one number, so its
rows stand in ``aligned`` or ``gathered``: ``$$ \begin{aligned} … \end{aligned} $$ (label)``. The
font is in assets/mathml.css.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import Any

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

LOGGER = logging.getLogger(__name__)
CONVERTER = LatexToMathML(annotation=True, fancy_error=False)

#: What math-core writes and browsers draw badly -> what they draw well.
MENDED = (
    ("[\ufe00\ufe01]", ""),  # selectors of a variant, in which the font has no choice
    ("\u0332", "\u203e"),  # the line of \underline: this one stretches from edge to edge
    # \Big)^2: as the base of a script an operator keeps its size, in a row it grows.
    (r"(<m(?:sub|sup|subsup)>)(<mo [^>]*minsize[^>]*>[^<]*</mo>)", r"\1<mrow><mi></mi>\2</mrow>"),
    # &+ b: a sign that opens a right-hand column adds; browsers take it for the sign of b.
    (r'(padding-left: 0;"><mo)(>[+−±])', r'\1 form="infix"\2'),
    # The standard has these attributes on a style alone; outside of scripts the level is none.
    (r'(<mtable [^>]*?) scriptlevel="0"', r"\1"),
    (
        r'<mfrac (displaystyle="\w+")>((?:(?!</?mfrac).)*)</mfrac>',
        r"<mstyle \1><mfrac>\2</mfrac></mstyle>",
    ),
    # f': the font's prime is drawn to stand on the line.
    (
        "<msup>(<mi>[^<]*</mi>)<mo>([′″‴])</mo></msup>",
        r'<mrow>\1<mo lspace="0" rspace="0">\2</mo></mrow>',
    ),
)
#: What numbers each of its rows, where a block has one number or none.
NUMBERED = re.compile(r"\\begin\{(align|alignat|equation|flalign|gather|multline)\}")
TWO_DIMENSIONS = re.compile("<m(frac|sqrt|root|table|under|over|subsup)")
#: Letters and signs of the longest row, from which on a formula may be wider than a phone.
LONG = 15
TAIL, HEAD = re.compile(r"[.,;:!?)\]’”]+"), re.compile(r"[(\[‘“]+$")


@cache
def mathml(tex: str, *, display: bool = False) -> str:
    r"""The ``<math>`` element, with the TeX as its annotation. ValueError says what is not known.

    >>> mathml(r"\mathcal{L}").count("ℒ")
    1
    """
    if found := NUMBERED.search(tex):
        raise ValueError(f"{found[1]} numbers its rows; write aligned or gathered")
    try:
        made = CONVERTER.convert_with_local_state(tex.strip(), displaystyle=display)
    except LatexError as error:
        raise ValueError(str(error).partition(": ")[2] or str(error)) from error
    if "<a " in made:
        raise ValueError("a reference inside mathematics; write {eq}`label` in the text instead")
    for pattern, better in MENDED:
        made = re.sub(pattern, better, made)
    return made


def plain(made: str) -> str:
    """What is drawn, without markup and annotation.

    >>> plain(mathml("K/L > 1"))
    'K/L>1'
    """
    drawn = re.sub("<annotation.*?</annotation>", "", made, flags=re.DOTALL)
    return unescape(re.sub("<[^>]*>|&ApplyFunction;", "", drawn))


def is_long(made: str) -> bool:
    """Whether a formula may be wider than a phone: what scrolls must be reached by keyboard.

    >>> is_long(mathml("Y = K")), is_long(mathml("a+b+c+d+e+f+g+h+i+j+k"))
    (False, True)
    """
    rows = made.split("</mtr>")
    return max(len(plain(row)) + 2 * row.count("<mspace width") for row in rows) >= LONG


# Writing ----------------------------------------------------------------------------------------


def _converted(node: nodes.Element, display: bool) -> str | None:
    tex = node.get("tex", node.astext())
    try:
        return mathml(tex, display=display)
    except ValueError as error:
        said = " ".join(tex.split())
        LOGGER.warning("TeX that cannot be set: %s, in: %s", error, said, location=node)
        return None


def visit_math(self: Any, node: nodes.math) -> None:
    made = _converted(node, display=False) or ""
    attributes = {"CLASS": "math notranslate nohighlight"}
    if is_long(made):
        attributes = {"CLASS": "math long notranslate nohighlight", "tabindex": "0"}
    head, tail = (self.encode(node.get(side, "")) for side in ("head", "tail"))
    self.body.append(self.starttag(node, "span", "", **attributes) + head + made + tail + "</span>")
    raise nodes.SkipNode


def visit_displaymath(self: Any, node: nodes.math_block) -> None:
    made = _converted(node, display=True) or ""
    block = "span" if isinstance(node.parent, nodes.TextElement) else "div"  # $$…$$ in a sentence
    self.body.append(self.starttag(node, block, "", CLASS="math display notranslate nohighlight"))
    focus = ' tabindex="0"' if is_long(made) else ""
    self.body.append(f'<{block} class="equation"{focus}>{made}</{block}>')
    if node.get("number"):
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append(f"</{block}>\n")
    raise nodes.SkipNode


# The rest of the site ---------------------------------------------------------------------------


def leave_plain_text(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Where only text is taken from a page, mathematics reads as ``Φ(i)`` and not as TeX.

    Sphinx indexes every text for the search, and puts a section's title where no element can stand.
    What needs two dimensions is left out.
    """
    if app.builder.format != "html":
        return
    for node in (*doctree.findall(nodes.math), *doctree.findall(nodes.math_block)):
        node["tex"] = node.astext()
        if isinstance(node, nodes.math):
            _take_punctuation(node)
        if isinstance(node.parent, nodes.title) and isinstance(node.parent.parent, nodes.section):
            LOGGER.warning("mathematics in a heading; write its letters, such as Φ", location=node)
        made = "" if isinstance(node, nodes.math_block) else _converted(node, display=False) or ""
        words = "" if TWO_DIMENSIONS.search(made) else plain(made)
        node.children = [nodes.Text(node.get("head", "") + words + node.get("tail", ""))]


def _take_punctuation(node: nodes.math) -> None:
    """Punctuation at a formula goes with it: browsers would begin a line with the full stop."""
    parent, place = node.parent, node.parent.index(node)
    beside = {"tail": (TAIL.match, place + 1), "head": (HEAD.search, place - 1)}
    for name, (find, at) in beside.items():
        text = parent.children[at] if 0 <= at < len(parent.children) else None
        if isinstance(text, nodes.Text) and (match := find(text)):
            node[name] = match[0]
            parent[at] = nodes.Text(text[: match.start()] + text[match.end() :])


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_displaymath, None))
    app.connect("doctree-resolved", leave_plain_text, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
