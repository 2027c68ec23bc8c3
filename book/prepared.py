"""A chapter as a notebook that any Jupyter shows: plain Markdown, written from the typeset page.

Sphinx has resolved the page when this begins: propositions, equations and exercises have their
numbers and titles, references their words, quoted values are filled in. What remains is to say it
in the Markdown that every front end knows, and to leave the code cells where they stand.
"""

from __future__ import annotations

import base64
import html
import os
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import nbformat
from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx

from house import executed_pages, prepared_notebook, repository_url

Block = str | int  # Markdown, or the index of a code cell in the page's notebook
Numbers = dict[str, dict[str, tuple[int, ...]]]  # of env.toc_fignumbers: kind -> id -> number

_FIGURE_KINDS = {"figure": "Fig.", "table": "Table"}
#: By its number, so that no $ of the Markdown begins a formula; in an element of its own,
#: so that MathJax, which looks at what the Markdown became, finds no pair of them.
DOLLAR = "<span>&#36;</span>"
_MARKS = {
    "emphasis": ("*", "*"),
    "strong": ("**", "**"),
    "superscript": ("<sup>", "</sup>"),
    "subscript": ("<sub>", "</sub>"),
}
_RECORD = "application/papermill.record/"
#: Bytes of drawings that a notebook may hold beside their PNG; it is the PNG that all front ends
#: show, and the largest drawings go first.
DRAWINGS = 250_000


def prepared(
    notebook: NotebookNode,
    page: nodes.document,
    *,
    numbers: Numbers,
    sections: dict[str, tuple[int, ...]],
    address: str = "",
) -> NotebookNode:
    """The page's executed notebook with its text in plain Markdown.

    ``numbers`` and ``sections`` are Sphinx's for this page, ``address`` is where the page is
    published; without one, links to other pages are words.
    """
    writer = _Writer(numbers, sections, address)
    made: list[NotebookNode] = []
    shown = 0  # code cells before this one are in

    def code_until(index: int) -> None:
        nonlocal shown
        for at, cell in enumerate(notebook.cells[shown:index], shown):
            if cell.cell_type == "code":
                made.append(_code(cell, writer.link, answers=at in writer.answers))
        shown = max(shown, index)

    for part in _cells(writer.blocks(page)):
        if isinstance(part, int):
            code_until(part + 1)
        else:
            made.append(nbformat.v4.new_markdown_cell(part))
    code_until(len(notebook.cells))
    for number, cell in enumerate(made):
        cell.id = f"cell-{number}"  # the same page gives the same file
    result = nbformat.v4.new_notebook(cells=made)
    for name in ("kernelspec", "language_info"):
        if name in notebook.metadata:
            result.metadata[name] = notebook.metadata[name]
    _spare_drawings(result)
    return result


def _cells(blocks: Iterable[Block]) -> Iterator[Block]:
    """Text between two code cells is one cell; a heading begins another."""
    text: list[str] = []
    for block in blocks:
        if text and (isinstance(block, int) or block.startswith("#")):
            yield "\n\n".join(text)
            text = []
        if isinstance(block, int):
            yield block
        elif block.strip():
            text.append(block)
    if text:
        yield "\n\n".join(text)


# The text ---------------------------------------------------------------------------------------


class _Writer:
    """Markdown of a page's nodes; what it does not know, it passes through."""

    def __init__(self, numbers: Numbers, sections: dict[str, tuple[int, ...]], address: str):
        self.numbers, self.sections, self.address = numbers, sections, address
        self.depth = 0
        self.answers: set[int] = set()  # code cells of solutions

    def link(self, target: str) -> str | None:
        """Where a link leads from anywhere, or None where that is not known."""
        if urlsplit(target).scheme:
            return target
        return urljoin(self.address, target) if self.address else None

    def number(self, kind: str, node: nodes.Element) -> str:
        found = (self.numbers.get(kind, {}).get(name) for name in node["ids"])
        return ".".join(map(str, next(filter(None, found), ())))

    # Blocks

    def blocks(self, node: nodes.Node) -> Iterator[Block]:
        known = getattr(self, f"block_{type(node).__name__}", None)
        if known:
            yield from known(node)
        elif isinstance(node, nodes.Inline) or not isinstance(node, nodes.Element):
            yield self.inline(node)
        elif "cell_index" in node.attributes:
            yield node["cell_index"]
            yield from self.captions(node)
        elif "realtype" in node.attributes:  # one of sphinx-proof's statements
            kind = node["realtype"].title()
            title = self.title(node, f"{kind} {self.number(node['countertype'], node)}".strip())
            yield from _within(quoted, [title, *self.inside(node)])
        else:
            yield from self.inside(node)

    def inside(self, node: nodes.Element) -> Iterator[Block]:
        for child in node.children:
            if not isinstance(child, nodes.title) or isinstance(node, nodes.section):
                yield from self.blocks(child)

    def title(self, node: nodes.Element, kind: str) -> str:
        """Kind and number, then the title that the author gave."""
        own = next((c for c in node.children if isinstance(c, nodes.title)), None)
        words = self.inline(own).strip() if own is not None else ""
        return f"**{kind}** {words}".strip() if kind else f"**{words}**"

    def captions(self, node: nodes.Element) -> Iterator[str]:
        """Under a code cell, the captions of what it shows: the outputs stand in the notebook."""
        for inner in node.findall(nodes.caption):
            yield self.caption(inner)

    def caption(self, node: nodes.Element) -> str:
        kind = type(node.parent).__name__
        number = self.number(kind, node.parent)
        label = f"**{_FIGURE_KINDS.get(kind, kind.title())} {number}** " if number else ""
        return label + " ".join(self.inline(node).split())

    def block_section(self, node: nodes.section) -> Iterator[Block]:
        titled = any(isinstance(child, nodes.title) for child in node.children)
        self.depth += titled
        yield from self.inside(node)
        self.depth -= titled

    def block_title(self, node: nodes.title) -> Iterator[Block]:
        names = ["", *(f"#{name}" for name in node.parent["ids"])]
        if self.depth > 1:
            names = names[1:]
        number = next(filter(None, (self.sections.get(name) for name in names)), ())
        label = ".".join(map(str, number)) + ". " if number else ""
        yield f"{'#' * min(self.depth, 6)} {label}{self.inline(node).strip()}"

    def block_paragraph(self, node: nodes.paragraph) -> Iterator[Block]:
        text = " ".join(self.inline(node).split())
        yield re.sub(r"^(\d*)([.)#+-]\s)", r"\1\\\2", text)  # no list, no heading

    def block_math_block(self, node: nodes.math_block) -> Iterator[Block]:
        # On one line, so that no quote or list puts its marks into the formula.
        tex = " ".join(node.get("tex", node.astext()).split())
        if r"\\" in tex and r"\begin" not in tex:
            tex = rf"\begin{{split}} {tex} \end{{split}}"
        number = self.number("displaymath", node)
        own = r"\tag" in tex or not number
        yield f"$${tex}$$" if own else f"$${tex} \\tag{{{number}}}$$"

    def block_literal_block(self, node: nodes.literal_block) -> Iterator[Block]:
        fence = "`" * (max(map(len, re.findall("`{3,}", node.astext())), default=2) + 1)
        yield f"{fence}{node.get('language', '')}\n{node.astext()}\n{fence}"

    def block_block_quote(self, node: nodes.block_quote) -> Iterator[Block]:
        yield from _within(quoted, self.inside(node))

    def block_bullet_list(self, node: nodes.Element) -> Iterator[Block]:
        yield from self.items(node, lambda number: "- ")

    def block_enumerated_list(self, node: nodes.Element) -> Iterator[Block]:
        first = node.get("start", 1)
        yield from self.items(node, lambda number: f"{first + number}. ")

    def items(self, node: nodes.Element, mark: Callable[[int], str]) -> Iterator[Block]:
        text: list[str] = []
        for number, item in enumerate(node.children):
            lead = mark(number)
            inside = self.inside(item) if isinstance(item, nodes.Element) else ()
            for block in _within("\n\n".join, inside):
                if isinstance(block, int):
                    yield "\n".join(text)
                    yield block
                    text = []
                else:
                    text.append(lead + re.sub(r"\n(?!\n)", "\n" + " " * len(lead), block))
                    lead = " " * len(lead)
        yield "\n".join(text)

    def block_definition_list_item(self, node: nodes.Element) -> Iterator[Block]:
        for child in node.children:
            if isinstance(child, nodes.term):
                yield f"**{self.inline(child)}**"
            else:
                yield from self.blocks(child)

    def block_admonition(self, node: nodes.Element) -> Iterator[Block]:
        if isinstance(node.parent, nodes.Element) and type(node.parent).__name__ == "proof_node":
            yield from self.proof(node)
            return
        titled = any(isinstance(child, nodes.title) for child in node.children)
        lead = [self.title(node, "")] if titled else []
        yield from _within(quoted, [*lead, *self.inside(node)])

    def _block_kind(self, node: nodes.Element) -> Iterator[Block]:
        lead = f"**{type(node).__name__.title()}**"
        yield from _within(quoted, [lead, *self.inside(node)])

    block_note = block_warning = block_tip = block_important = block_seealso = _block_kind

    def proof(self, node: nodes.Element) -> Iterator[Block]:
        """It begins with its own name and ends with a sign."""
        found = [block for block in self.inside(node) if block != ""]
        if found and isinstance(found[0], str):
            found[0] = re.sub(r"^Proof\.?\s*", "**Proof.** ", found[0])
        if found and isinstance(found[-1], str) and not found[-1].endswith(("$$", "|", "```")):
            found[-1] += " ∎"
        else:
            found.append("∎")
        yield from found

    def block_exercise_enumerable_node(self, node: nodes.Element) -> Iterator[Block]:
        yield self.title(node, f"Exercise {self.number('exercise', node)}".strip())
        yield from self.inside(node)

    block_exercise_node = block_exercise_enumerable_node

    def block_solution_node(self, node: nodes.Element) -> Iterator[Block]:
        self.note_answers(node)
        yield from folded(self.plain(node.next_node(nodes.title)), self.inside(node))

    def note_answers(self, node: nodes.Element) -> None:
        containers = node.findall(nodes.container)
        self.answers |= {c["cell_index"] for c in containers if "cell_index" in c.attributes}

    def block_fold(self, node: nodes.Element) -> Iterator[Block]:
        """What folds.py makes of a solution, or of another box that the page folds."""
        if "solution" in node["classes"]:
            self.note_answers(node)
        yield from self.block_dropdown_main(node)

    def block_dropdown_main(self, node: nodes.Element) -> Iterator[Block]:
        heading, *rest = node.children
        yield from folded(self.plain(heading), (b for child in rest for b in self.blocks(child)))

    def block_raw(self, node: nodes.raw) -> Iterator[Block]:
        if "html" in node.get("format", "") and "<svg" not in node.astext():
            yield node.astext().strip()

    def block_figure(self, node: nodes.figure) -> Iterator[Block]:
        yield from self.inside(node)

    def block_caption(self, node: nodes.caption) -> Iterator[Block]:
        yield self.caption(node)

    def block_image(self, node: nodes.image) -> Iterator[Block]:
        yield f"*Picture: {self.escape(' '.join(node.get('alt', '').split()))}*"

    def block_toctree(self, node: nodes.Element) -> Iterator[Block]:
        yield from ()

    block_comment = block_target = block_substitution_definition = block_toctree

    def block_table(self, node: nodes.table) -> Iterator[Block]:
        if title := next(iter(node.findall(nodes.title)), None):
            number = self.number("table", node)
            yield f"**Table {number}** {self.inline(title).strip()}".replace("**Table **", "")
        rows = [self.row(row) for row in node.findall(nodes.row)]
        first = next(iter(node.findall(nodes.row)))
        right = ["text-right" in entry["classes"] for entry in first.findall(nodes.entry)]
        rule = ["---:" if r else "---" for r in right]
        lines = [rows[0], rule, *rows[1:]]
        yield "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def row(self, node: nodes.row) -> list[str]:
        cells = []
        for entry in node.children:
            text = "<br>".join(str(b) for child in entry.children for b in self.blocks(child))
            # A bar would end the cell, in a formula too where the front end does not know TeX.
            text = re.sub(r"\$[^$]*\$", lambda m: _without_bars(m[0]), text.replace("\n", " "))
            cells.append(text)
        return cells

    # Inline

    def inline(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Text):
            return self.escape(node.astext())
        if isinstance(node, nodes.math):
            tex = " ".join(node.get("tex", node.astext()).split())
            return f"{node.get('head', '')}${tex}${node.get('tail', '')}"
        if isinstance(node, nodes.literal):
            marks = "``" if "`" in node.astext() else "`"
            return f"{marks}{node.astext()}{marks}"
        if isinstance(node, nodes.raw | nodes.target | nodes.system_message):
            return ""
        if isinstance(node, nodes.image):
            return self.escape(node.get("alt", ""))
        words = "".join(self.inline(child) for child in node.children)
        if isinstance(node, nodes.reference) and words.strip():
            target = self.link(node["refuri"]) if node.get("refuri") else None
            return f"[{words}]({target})" if target else words
        before, after = _MARKS.get(type(node).__name__, ("", ""))
        return f"{before}{words.strip()}{after}" if before and words.strip() else words

    @staticmethod
    def escape(text: str) -> str:
        """Words as they are, and no beginning of a formula."""
        return re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", text).replace("$", DOLLAR)

    @classmethod
    def plain(cls, node: nodes.Node | None) -> str:
        """A title within HTML, where Markdown's marks would be seen; formulas stay."""
        if node is None or isinstance(node, nodes.raw):
            return ""
        if not isinstance(node, nodes.Element):
            return html.escape(node.astext(), quote=False)
        if isinstance(node, nodes.math):
            tex = html.escape(node.get("tex", node.astext()), quote=False)
            return f"{node.get('head', '')}${tex}${node.get('tail', '')}"
        return "".join(map(cls.plain, node.children))


def _within(wrap: Callable[[list[str]], str], blocks: Iterable[Block]) -> Iterator[Block]:
    """The text wrapped; code cells stand outside, between wrapped pieces."""
    for is_text, group in groupby(blocks, lambda block: isinstance(block, str)):
        if is_text:
            yield wrap([str(block) for block in group if block])
        else:
            yield from group


def quoted(blocks: list[str]) -> str:
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(blocks).split("\n"))


def folded(title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """A fold for each piece of text: none can hold a code cell."""
    summary = title.strip()

    def fold(inside: list[str]) -> str:
        nonlocal summary
        body = "\n\n".join(inside)
        made = f"<details><summary><b>{summary}</b></summary>\n\n{body}\n\n</details>"
        summary = f"{title.strip()}, continued"
        return made

    found = list(blocks)
    if found and isinstance(found[0], int):
        found.insert(0, "In the code below.")
    yield from _within(fold, found)


def _without_bars(tex: str) -> str:
    return tex.replace(r"\|", r"\Vert ").replace("|", r"\vert ")


# The code ---------------------------------------------------------------------------------------

_HIDES_SOURCE = {"hide-input", "remove-input", "hide-cell", "remove-cell"}
_HIDES_OUTPUT = {"hide-output", "hide-cell", "remove-output", "remove-cell"}
_NOTE = "*The picture is a still: run the cell, and it has sliders.*"


def _code(
    cell: NotebookNode, link: Callable[[str], str | None], *, answers: bool = False
) -> NotebookNode:
    """A code cell as every front end shows it: folded where the page folds it, as in a solution."""
    tags = set(cell.metadata.get("tags", ()))
    metadata: dict = {"tags": sorted(tags)} if tags else {}
    folds = {"source_hidden": _HIDES_SOURCE, "outputs_hidden": _HIDES_OUTPUT}
    if hidden := {name: True for name, which in folds.items() if answers or tags & which}:
        metadata["jupyter"] = hidden
    made = nbformat.v4.new_code_cell(cell.source, metadata=metadata)
    made.execution_count = cell.execution_count
    alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
    for output in cell.outputs:
        made.outputs += _output(output, " ".join(alt.split()), link)
    return made


def _output(
    output: NotebookNode, alt: str, link: Callable[[str], str | None]
) -> Iterator[NotebookNode]:
    data = output.get("data", {})
    if data and all(kind.startswith(_RECORD) for kind in data):
        return  # a number for the text, in which it now stands
    page = data.get("text/html", "")
    if 'class="explorer"' in page and "image/png" in data:
        del data["text/html"]
        picture = base64.b64decode(data["image/png"])
        output.metadata["image/png"] = {"width": int.from_bytes(picture[16:20]) // 2}  # drawn twice
        yield output
        words = [_explorer_part(page, "title"), _explorer_part(page, "description"), _NOTE]
        text = "\n\n".join([f"**{_Writer.escape(words[0])}**", _Writer.escape(words[1]), _NOTE])
        yield nbformat.v4.new_output(
            "display_data", {"text/markdown": text, "text/plain": "\n".join(words[:2])}
        )
        return
    if page and "text/markdown" in data:
        del data["text/html"]  # the site's styles and scripts, which other front ends drop
    elif page:
        data["text/html"] = _relinked(page, link)
    if "image/svg+xml" in data and alt:
        label = f'<svg role="img" aria-label="{html.escape(alt)}" '
        data["image/svg+xml"] = data["image/svg+xml"].replace("<svg ", label, 1)
    yield output


def _explorer_part(page: str, name: str) -> str:
    found = re.search(rf'<p class="explorer-{name}"[^>]*>(.*?)</p>', page, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", found[1])) if found else ""


def _relinked(page: str, link: Callable[[str], str | None]) -> str:
    """HTML whose links work away from the site, or are words."""

    def replace(match: re.Match) -> str:
        target = link(html.unescape(match["target"]))
        if target is None:
            return match["words"]
        return f'<a href="{html.escape(target)}">{match["words"]}</a>'

    pattern = r'<a\b[^>]*?\bhref="(?P<target>[^"]*)"[^>]*>(?P<words>.*?)</a>'
    return re.sub(pattern, replace, page, flags=re.DOTALL)


def _spare_drawings(notebook: NotebookNode) -> None:
    """Drops the largest drawings that have a PNG beside them until the rest is small enough."""
    found = [
        output.data
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if {"image/svg+xml", "image/png"} <= output.get("data", {}).keys()
    ]
    found.sort(key=lambda data: len(data["image/svg+xml"]))
    room = DRAWINGS
    for data in found:
        room -= len(data["image/svg+xml"])
        if room < 0:
            del data["image/svg+xml"]


# In the build -----------------------------------------------------------------------------------


def prepare(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """Writes the notebook of a page that has just been typeset; house.py offers it."""
    found = executed_pages(app).get(page)
    if tree is None or found is None:
        return
    base = app.config.html_baseurl
    notebook = prepared(
        nbformat.read(found["notebook"], as_version=4),
        tree,
        numbers=app.env.toc_fignumbers.get(page, {}),
        sections=app.env.toc_secnumbers.get(page, {}),
        address=f"{base.rstrip('/')}/{page}.html" if base else "",
    )
    target = prepared_notebook(app, page)
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target)


# Where a notebook can be run without a download ---------------------------------------------------


def launch_links(repository: str | None, branch: str | None, page: str) -> dict[str, str]:
    """Binder for GitHub and GitLab, Colab for GitHub, once a branch holds the notebooks.

    The branch, named by ``AIECON_NOTEBOOKS``, is what the site's workflow writes: the prepared
    notebooks beside an environment.yml. ``AIECON_BINDER`` names another Binder.
    """
    parts = urlsplit(repository or "")
    path, host = parts.path.strip("/"), parts.hostname or ""
    if not (branch and path):
        return {}
    notebook, at = quote(f"{page}.ipynb"), quote(branch, safe="")
    binder = os.environ.get("AIECON_BINDER", "https://mybinder.org").rstrip("/")
    opens = f"{at}?urlpath=lab/tree/{notebook}"
    if host == "github.com":
        return {
            "Binder": f"{binder}/v2/gh/{path}/{opens}",
            "Colab": f"https://colab.research.google.com/github/{path}/blob/{at}/{notebook}",
        }
    if host == "gitlab.com":  # the only GitLab that Binder's service knows by that name
        return {"Binder": f"{binder}/v2/gl/{quote(path, safe='')}/{opens}"}
    return {}


_ICONS = {"Binder": "_static/images/logo_binder.svg", "Colab": "_static/images/logo_colab.png"}


def offer_to_run(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """Adds a menu with these links to the page's header."""
    if page not in executed_pages(app) or "header_buttons" not in context:
        return
    found = launch_links(repository_url(Path(app.srcdir)), os.environ.get("AIECON_NOTEBOOKS"), page)
    buttons = [
        {
            "type": "link",
            "text": name,
            "tooltip": f"Run on {name}",
            "icon": icon,
            "url": found[name],
        }
        for name, icon in _ICONS.items()
        if name in found
    ]
    if buttons:
        group = {"type": "group", "tooltip": "Run the notebook", "icon": "fas fa-rocket"}
        context["header_buttons"].append(group | {"buttons": buttons, "label": "launch-buttons"})


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("html-page-context", prepare)
    app.connect("html-page-context", offer_to_run, priority=502)  # after the theme's own buttons
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
