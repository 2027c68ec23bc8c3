"""What is folded: a native ``<details>`` that opens from its title, named after what is inside.

MyST-NB calls every hidden cell "Show code cell source"; a screen reader hears "Toggle hidden
content" two dozen times. Solutions, which the theme folds with a script, link their title to the
exercise above them. Here both are elements of the browser's own: they open by mouse, keyboard,
find-in-page and links into them, without a script, and stay closed on paper.
"""

from __future__ import annotations

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
#: Code that an import opens, behind comments and IPython's own lines.
IMPORTS = re.compile(r"(?:\s*[%!#].*\n)*\s*(?:import|from)\s+\w")


def fold_name(code: str, output: str = "") -> str:
    """What a hidden cell is called, from its code and the markup of its output.

    >>> fold_name('step("w falls", diff(w, Phi), -1)')
    'The algebra, checked'
    >>> fold_name("fig", "<figure><image uri='x.svg'/></figure>")
    'How this figure is drawn'
    >>> fold_name("print(1 + 1)")
    'The code'
    """
    if re.search(r"\bstep\(", code):
        return "The algebra, checked"
    for pattern, name in OUTPUTS:
        if re.search(pattern, output):
            return name
    if IMPORTS.match(code) and not output:
        return "Setting up"
    return "The check" if re.search(r"\bassert", code) else "The code"


class NameAndFold(SphinxPostTransform):
    """Names each hidden cell before MyST-NB folds it (at 199), and folds what has a title and the
    class ``dropdown`` once titles are resolved (at 22).

    A name that the cell itself gives (``mystnb: code_prompt_show``) stays.
    """

    default_priority = 198
    formats = ("html",)

    def run(self, **options: Any) -> None:
        for cell in self.document.findall(nodes.container):
            if cell.get("nb_element") == "cell_code" and cell.get("hide_mode"):
                self._name(cell)
        for box in list(self.document.findall(nodes.Element)):
            if isinstance(box, nodes.Admonition) and "dropdown" in box["classes"]:
                self._fold(box)

    def _name(self, cell: nodes.container) -> None:
        if cell["prompt_show"] == self.app.config.nb_code_prompt_show:
            parts = {p.get("nb_element"): p for p in cell.findall(nodes.container)}
            code, output = (parts.get(f"cell_code_{end}", ()) for end in ("source", "output"))
            source = code.astext() if code else ""
            cell["prompt_show"] = fold_name(source, "".join(map(str, output)))

    def _fold(self, box: nodes.Element) -> None:
        title, *rest = box.children
        if not isinstance(title, nodes.title):
            return
        for link in list(title.findall(nodes.reference)):  # a title opens, and leads nowhere
            link.replace_self(link.children)
        name = f' id="{box["ids"][0]}"' if box["ids"] else ""
        start = f'<details class="{" ".join(["fold", *box["classes"]])}"{name}>\n<summary>'
        made = [_html(start), *title.children, _html("</summary>\n"), *rest, _html("</details>\n")]
        at = box.parent.index(box)
        box.parent[at : at + 1] = made


def _html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


def visit_hidden_cell(self: Any, node: HideCodeCellNode) -> None:
    classes = " ".join(["hide", *node["classes"]])
    name = escape(node["prompt_show"])
    self.body.append(f'<details class="{classes}">\n<summary>{name}</summary>\n')


def depart_hidden_cell(self: Any, node: HideCodeCellNode) -> None:
    self.body.append("</details>\n")


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("myst_nb")
    app.add_node(HideCodeCellNode, override=True, html=(visit_hidden_cell, depart_hidden_cell))
    app.add_post_transform(NameAndFold)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
