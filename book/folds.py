"""What is folded: a native ``<details>`` that opens from its title, named after what is inside.

MyST-NB calls every hidden cell "Show code cell source"; a screen reader hears "Toggle hidden
content" two dozen times. Solutions, which the theme folds with a script, link their title to the
exercise above them. Here both are elements of the browser's own: they open by mouse, keyboard,
find-in-page and links into them, without a script, and stay closed on paper.
"""

from __future__ import annotations

import ast
import re
from html import escape
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

#: What the output holds -> what the code above it does. The first that fits.
OUTPUTS = (
    (r'class="explorer"', "How this explorer is made"),
    (r"<image\b|<figure\b|<svg\b", "How this figure is drawn"),
    (r"<table\b", "How this table is made"),
)


def fold_name(code: str, output: str = "") -> str:
    """What a hidden cell is called, from its code and the markup of its output.

    >>> fold_name('step("w falls", diff(w, Phi), -1)')
    'The algebra, checked'
    >>> fold_name("import numpy as np\\nfrom aiecon import kuhle\\nbase = kuhle.calibrate()")
    'Setting up'
    >>> fold_name("fig", "<figure><image uri='x.svg'/></figure>")
    'How this figure is drawn'
    >>> fold_name("assert_allclose(a, b)")
    'The check'
    >>> fold_name("print(1 + 1)")
    'The code'
    """
    called, imports = set(), False
    for number, statement in enumerate(_statements(code)):
        imports = imports or (not number and isinstance(statement, ast.Import | ast.ImportFrom))
        for node in ast.walk(statement):
            if isinstance(node, ast.Assert):
                called.add("assert")
            elif isinstance(node, ast.Call):
                called.add(getattr(node.func, "id", getattr(node.func, "attr", "")))
    if "step" in called:
        return "The algebra, checked"
    for pattern, name in OUTPUTS:
        if re.search(pattern, output):
            return name
    if imports and not output:
        return "Setting up"
    if any(name.startswith("assert") for name in called):
        return "The check"
    return "The code"


def _statements(code: str) -> list[ast.stmt]:
    """The statements of a cell; IPython's own lines, which Python does not know, are none."""
    lines = (line for line in code.splitlines() if not line.lstrip().startswith(("%", "!")))
    try:
        return ast.parse("\n".join(lines)).body
    except SyntaxError:
        return []


class NameHiddenCells(SphinxPostTransform):
    """Gives each hidden cell its name, before MyST-NB folds it (at 199).

    A name that the cell itself gives (``mystnb: code_prompt_show``) stays.
    """

    default_priority = 198
    formats = ("html",)

    def run(self, **options: Any) -> None:
        usual = self.app.config.nb_code_prompt_show
        for cell in self.document.findall(nodes.container):
            if cell.get("nb_element") != "cell_code" or not cell.get("hide_mode"):
                continue
            if cell["prompt_show"] == usual:
                parts = {p.get("nb_element"): p for p in cell.findall(nodes.container)}
                code, output = (parts.get(f"cell_code_{end}") for end in ("source", "output"))
                cell["prompt_show"] = fold_name(
                    code.astext() if code else "",
                    "".join(map(str, output.children)) if output else "",
                )


class fold(nodes.General, nodes.Element):
    """A ``<details>``; its first child is the title."""


class fold_title(nodes.TextElement):
    """Its ``<summary>``."""


class FoldSolutions(SphinxPostTransform):
    """Folds what has a title and the class ``dropdown``, once titles are resolved (at 22)."""

    default_priority = 198
    formats = ("html",)

    def run(self, **options: Any) -> None:
        for node in list(self.document.findall(nodes.Element)):
            if not isinstance(node, nodes.Admonition) or "dropdown" not in node["classes"]:
                continue
            if not isinstance(node[0], nodes.title):
                continue
            title = fold_title("", "", *node[0].children)
            for link in list(title.findall(nodes.reference)):  # a title opens, and leads nowhere
                link.replace_self(link.children)
            kept = {name: node[name] for name in ("ids", "classes", "names")}
            node.replace_self(fold("", title, *node.children[1:], **kept))


# HTML -------------------------------------------------------------------------------------------


def visit_hidden_cell(self: Any, node: HideCodeCellNode) -> None:
    classes = " ".join(["hide", *node["classes"]])
    name = escape(node["prompt_show"])
    self.body.append(f'<details class="{classes}">\n<summary>{name}</summary>\n')


def visit_fold(self: Any, node: fold) -> None:
    self.body.append(self.starttag(node, "details", CLASS="fold"))


def visit_fold_title(self: Any, node: fold_title) -> None:
    self.body.append("<summary>")


def depart_fold_title(self: Any, node: fold_title) -> None:
    self.body.append("</summary>\n")


def depart_fold(self: Any, node: nodes.Element) -> None:
    self.body.append("</details>\n")


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("myst_nb")
    app.add_node(HideCodeCellNode, override=True, html=(visit_hidden_cell, depart_fold))
    app.add_node(fold, html=(visit_fold, depart_fold))
    app.add_node(fold_title, html=(visit_fold_title, depart_fold_title))
    app.add_post_transform(NameHiddenCells)
    app.add_post_transform(FoldSolutions)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
