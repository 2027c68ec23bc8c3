r"""Sphinx extension: mathematics as MathML at build time, with the book's own font and no script.

Settings: ``html_math_renderer = "mathml"``, ``html_css_files = ["mathml.css"]``, the folder
``assets`` in ``html_static_path``, and ``mathml_macros``, a dictionary from a command's name
without backslash to what it stands for (``{"E": r"\mathbb{E}", "pd": r"\frac{\partial #1}{\partial
#2}"}``).

`mathml_tex` and `mathml_layout` turn TeX into a tree; this module joins it to Sphinx: numbers and
links, source annotations, headings, the search index, and a warning with the place for TeX that
cannot be converted (with ``-W`` the build fails). Beyond math-core it understands ``split``,
``\\[1ex]`` and ``\tag{...}`` in displays. An ``align`` is one block with one number, and a
``\label`` inside an AMS environment is the name for ``{eq}``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import _
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from mathml_layout import convert, markup
from mathml_measure import plain_text, width
from mathml_tex import TAG, TexError, take_tag

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.domains.math import MathDomain
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

FONT = "_static/fonts/aiecon-math.woff2"
# What may be wider than a narrow screen can scroll, and what can scroll must be reachable with the
# keyboard. In em: a formula in a line, an equation (in a box, at 320 px), what its number takes.
LINE, EQUATION, NUMBER = 16.0, 14.0, 3.5
TAIL = re.compile(r"[.,;:!?)\]’”]+")
HEAD = re.compile(r"[(\[‘“]+$")
LABEL = re.compile(r"\\label\{([^{}]*)\}")


def _warn(error: TexError, tex: str, node: nodes.Node) -> None:
    logger.warning(
        "TeX that cannot be set as MathML: %s, in: %s",
        error,
        " ".join(tex.split()),
        location=node,
        type="mathml",
    )


def _tex(node: nodes.Element) -> str:
    return str(node.get("tex") or node.astext())


# Writing ----------------------------------------------------------------------------------------


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    tex = _tex(node)
    try:
        math = convert(tex, macros=self.config.mathml_macros)
    except TexError as error:
        _warn(error, tex, node)
        self.body.append(f'<code class="math-error">{self.encode(tex)}</code>')
        raise nodes.SkipNode from error
    if width(math) > LINE:
        name = "math long notranslate nohighlight"
        self.body.append(self.starttag(node, "span", "", CLASS=name, tabindex="0"))
    else:
        self.body.append(self.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
    head, tail = (self.encode(node.get(side, "")) for side in ("head", "tail"))
    self.body.append(head + markup(math, tex) + tail + "</span>")
    raise nodes.SkipNode


def visit_displaymath(self: HTML5Translator, node: nodes.math_block) -> None:
    tex = _tex(node)
    block = "span" if isinstance(node.parent, nodes.TextElement) else "div"  # $$…$$ in a sentence
    self.body.append(self.starttag(node, block, "", CLASS="math display notranslate nohighlight"))
    number = get_node_equation_number(self, node) if node.get("number") else None
    try:
        untagged, tag = take_tag(tex)
        if tag and number:
            raise TexError(r"a \tag and a label; an equation has one number")
        math = convert(untagged, display=True, macros=self.config.mathml_macros)
    except TexError as error:
        _warn(error, tex, node)
        self.body.append(f'<code class="math-error">{self.encode(tex)}</code>')
    else:
        number = number or tag
        room = EQUATION - (NUMBER if number else 0.0)
        focus = ' tabindex="0"' if width(math, display=True) > room else ""
        self.body.append(f'<{block} class="equation"{focus}>{markup(math, tex)}</{block}>')
    if number:
        self.body.append(f'<span class="eqno">({self.encode(number)})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append(f"</{block}>\n")
    raise nodes.SkipNode


# Reading ----------------------------------------------------------------------------------------


class NameAmsEquations(SphinxTransform):
    r"""Give a numbered AMS environment the name in its ``\label`` instead of MyST's random one.

    Without a label it is named after the page and its place, so that two builds agree; with a
    ``\tag`` it has no number of Sphinx's.
    """

    default_priority = 200  # before targets hand their ids to what follows them

    def apply(self, **kwargs: Any) -> None:
        domain: MathDomain = self.env.get_domain("math")  # type: ignore[assignment]
        every: list[nodes.Element] = list(self.document.findall(nodes.math_block))
        blocks = [node for node in every if "amsmath" in node["classes"]]
        for count, node in enumerate(blocks, 1):
            tex = node.astext()
            labels = LABEL.findall(tex)
            if not node.get("label"):
                continue
            if len(labels) > 1:
                logger.warning(
                    "a block of equations has one number, so one label: %s", labels, location=node
                )
            _docname, number = domain.equations.pop(node["label"])
            target: Any = node.parent[node.parent.index(node) - 1]
            for old in target["ids"]:
                self.document.ids.pop(old, None)
            if not labels and TAG.search(tex):
                node["label"] = node["number"] = None
                node.parent.remove(target)
                continue
            label = labels[0] if labels else f"{self.env.docname}-block-{count}"
            if label in domain.equations:
                logger.warning("duplicate label of equation %s", label, location=node)
            domain.equations[label] = (self.env.docname, number)
            node["label"] = label
            target["ids"] = [nodes.make_id(f"equation-{label}")]
            self.document.ids[target["ids"][0]] = target
            node.children = []
            node.append(nodes.Text(LABEL.sub("", tex)))


class PlainHeadings(SphinxTransform):
    """Mathematics in a section's title becomes plain text.

    The title goes where there are no elements: the window's title, the side bars, the list of
    search results, links to the previous and next page.
    """

    default_priority = 210

    def apply(self, **kwargs: Any) -> None:
        for title in list(self.document.findall(nodes.title)):
            if not isinstance(title.parent, nodes.section):
                continue
            for node in list(title.findall(nodes.math)):
                tex = node.astext()
                try:
                    text = plain_text(convert(tex, macros=self.config.mathml_macros))
                    if text is None:
                        raise TexError("a heading needs mathematics that fits in a line")
                except TexError as error:
                    _warn(error, tex, node)
                    text = tex
                node.replace_self(nodes.Text(text.strip()))


# The rest of the site ---------------------------------------------------------------------------


def leave_plain_text(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Where only text is taken from a page, mathematics reads as ``Φ(i)``, not as TeX.

    Sphinx indexes every text for the search (``frac`` and ``aligned`` would be words), and the
    description of a page is its first paragraph. What needs two dimensions is left out.
    """
    if app.builder.format != "html":
        return
    found: list[nodes.Element] = [*doctree.findall(nodes.math), *doctree.findall(nodes.math_block)]
    for node in found:
        node["tex"] = node.astext()
        if isinstance(node, nodes.math):
            _take_punctuation(node)
        plain = node.get("head", "") + _plain(app, node) + node.get("tail", "")
        node.children = [nodes.Text(plain)]


def _take_punctuation(node: nodes.math) -> None:
    """Punctuation at a formula goes with it.

    Browsers would begin a line with the full stop behind it or end one with the bracket before it.
    Texts are found by their place: two full stops are equal.
    """
    parent, place = node.parent, node.parent.index(node)
    siblings = parent.children
    after = siblings[place + 1] if place + 1 < len(siblings) else None
    if isinstance(after, nodes.Text) and (match := TAIL.match(after)):
        node["tail"] = match.group()
        parent[place + 1] = nodes.Text(after[match.end() :])
    before = siblings[place - 1] if place else None
    if isinstance(before, nodes.Text) and (match := HEAD.search(before)):
        node["head"] = match.group()
        parent[place - 1] = nodes.Text(before[: match.start()])


def _plain(app: Sphinx, node: nodes.Element) -> str:
    if isinstance(node, nodes.math_block):
        return ""
    try:
        math = convert(node["tex"], macros=app.config.mathml_macros)
    except TexError:  # writing the page will say so
        return ""
    return plain_text(math) or ""


# The excerpts on the results page are the text of the found page, annotations included.
SEARCH_EXCERPTS = r"""
addEventListener("DOMContentLoaded", () => {
  const text = Search.htmlToText;
  const inALine = math => /display=|<m(frac|sqrt|root|table|under|over)/.test(math)
    ? "…" : math.replace(/<annotation[^]*?<\/annotation>/, "");
  Search.htmlToText = (html, anchor) =>
    text(html.replace(/<math[^]*?<\/math>/g, inALine), anchor);
});
"""


def add_to_page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the font early where it is needed; on the search page, clean the excerpts."""
    if page == "search":
        app.add_js_file(None, body=SEARCH_EXCERPTS)
    domain: MathDomain = app.env.get_domain("math")  # type: ignore[assignment]
    if "pathto" in context and domain.data["has_equations"].get(page):
        href = context["pathto"](FONT, 1)
        context["metatags"] = (
            f'{context.get("metatags", "")}\n<link rel="preload" href="{href}" as="font" '
            'type="font/woff2" crossorigin="anonymous">'
        )


def check_macros(app: Sphinx, config: Config) -> None:
    try:
        convert("x", macros=config.mathml_macros)
    except TexError as error:
        logger.warning("mathml_macros: %s", error, type="mathml")


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_config_value("mathml_macros", {}, "env", [dict])
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_displaymath, None))
    app.add_transform(NameAmsEquations)
    app.add_transform(PlainHeadings)
    app.connect("config-inited", check_macros)
    app.connect("doctree-resolved", leave_plain_text, priority=900)
    app.connect("html-page-context", add_to_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
