"""A chapter as a notebook that any Jupyter shows: plain Markdown, written from the typeset page.

Sphinx has resolved the page when this begins: propositions, equations and exercises have their
numbers and titles, references their words, quoted values are filled in. What remains is to say it
in the Markdown that every front end knows, and to leave the code cells where they stand.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from urllib.parse import urljoin, urlsplit

import nbformat
from docutils import nodes
from nbformat import NotebookNode

Block = str | int  # Markdown, or the index of a code cell in the page's notebook
Numbers = dict[str, dict[str, tuple[int, ...]]]  # of env.toc_fignumbers: kind -> id -> number
Link = Callable[[str], str | None]  # where a link leads from anywhere, None if that is not known

#: By its number, so that no $ of the Markdown begins a formula; in an element of its own,
#: so that MathJax, which looks at what the Markdown became, finds no pair of them.
DOLLAR = "<span>&#36;</span>"
_KINDS = {"figure": "Fig.", "table": "Table"}
_MARKS = {"emphasis": "*", "strong": "**"}


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
    parts = list(_cells(writer.blocks(page)))
    made: list[NotebookNode] = []
    shown = 0  # cells of the notebook before this one are in
    for part in [*parts, len(notebook.cells) - 1]:
        if isinstance(part, str):
            made.append(nbformat.v4.new_markdown_cell(part))
            continue
        for at in range(shown, part + 1):
            if notebook.cells[at].cell_type == "code":
                made.append(_code(notebook.cells[at], writer.link, folded=at in writer.answers))
        shown = max(shown, part + 1)
    for number, cell in enumerate(made):
        cell.id = f"cell-{number}"  # the same page gives the same file
    known = ("kernelspec", "language_info")
    metadata = {name: notebook.metadata[name] for name in known if name in notebook.metadata}
    return nbformat.v4.new_notebook(cells=made, metadata=metadata)


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
        if urlsplit(target).scheme:
            return target
        return urljoin(self.address, target) if self.address else None

    def number(self, kind: str, node: nodes.Element) -> str:
        found = (self.numbers.get(kind, {}).get(name) for name in node["ids"])
        return ".".join(map(str, next(filter(None, found), ())))

    # Blocks

    def blocks(self, node: nodes.Node) -> Iterator[Block]:
        if known := getattr(self, f"block_{type(node).__name__}", None):
            yield from known(node)
        elif isinstance(node, nodes.Inline) or not isinstance(node, nodes.Element):
            yield self.inline(node)
        elif "cell_index" in node.attributes:  # its outputs stand in the notebook: the captions
            yield node["cell_index"]
            yield from map(self.caption, node.findall(nodes.caption))
        elif "realtype" in node.attributes:  # one of sphinx-proof's statements
            number = self.number(node["countertype"], node)
            yield self.box(node, f"{node['realtype'].title()} {number}".strip())
        else:
            yield from self.inside(node)

    def inside(self, node: nodes.Element) -> Iterator[Block]:
        for child in node.children:
            if not isinstance(child, nodes.title) or isinstance(node, nodes.section):
                yield from self.blocks(child)

    def text(self, node: nodes.Element) -> str:
        """What stands in a box or an item, which hold no code cell."""
        return "\n\n".join(str(block) for block in self.inside(node) if block)

    def title(self, node: nodes.Element, kind: str = "") -> str:
        """Kind and number, then the title that the author gave."""
        own = next(
            (self.inline(c).strip() for c in node.children if isinstance(c, nodes.title)), ""
        )
        return f"**{kind}** {own}".strip() if kind else f"**{own}**"

    def box(self, node: nodes.Element, kind: str = "") -> str:
        lines = f"{self.title(node, kind)}\n\n{self.text(node)}".split("\n")
        return "\n".join(f"> {line}".rstrip() for line in lines)

    def caption(self, node: nodes.Element) -> str:
        kind = type(node.parent).__name__
        number = self.number(kind, node.parent)
        label = f"**{_KINDS.get(kind, kind.title())} {number}** " if number else ""
        return label + " ".join(self.inline(node).split())

    def block_section(self, node: nodes.section) -> Iterator[Block]:
        titled = any(isinstance(child, nodes.title) for child in node.children)
        self.depth += titled
        yield from self.inside(node)
        self.depth -= titled

    def block_title(self, node: nodes.title) -> Iterator[Block]:
        names = [*([""] if self.depth == 1 else []), *(f"#{name}" for name in node.parent["ids"])]
        number = next(filter(None, (self.sections.get(name) for name in names)), ())
        label = ".".join(map(str, number)) + ". " if number else ""
        yield f"{'#' * min(self.depth, 6)} {label}{self.inline(node).strip()}"

    def block_paragraph(self, node: nodes.paragraph) -> Iterator[Block]:
        text = " ".join(self.inline(node).split())
        yield re.sub(r"^(\d*)([.)#+-]\s)", r"\1\\\2", text)  # no list, no heading

    def block_math_block(self, node: nodes.math_block) -> Iterator[Block]:
        # On one line, so that no quote or list puts its marks into the formula.
        tex = " ".join(node.get("tex", node.astext()).split())
        number = self.number("displaymath", node)
        yield f"$${tex} \\tag{{{number}}}$$" if number else f"$${tex}$$"

    def block_literal_block(self, node: nodes.literal_block) -> Iterator[Block]:
        fence = "`" * (max(map(len, re.findall("`{3,}", node.astext())), default=2) + 1)
        yield f"{fence}{node.get('language', '')}\n{node.astext()}\n{fence}"

    def block_bullet_list(self, node: nodes.Element) -> Iterator[Block]:
        yield from self.items(node, lambda number: "- ")

    def block_enumerated_list(self, node: nodes.Element) -> Iterator[Block]:
        yield from self.items(node, lambda number: f"{node.get('start', 1) + number}. ")

    def items(self, node: nodes.Element, mark: Callable[[int], str]) -> Iterator[Block]:
        lines = []
        for number, item in enumerate(node.children):
            lead = mark(number)
            inside = self.text(item) if isinstance(item, nodes.Element) else ""
            lines.append(lead + re.sub(r"\n(?!\n)", "\n" + " " * len(lead), inside))
        yield "\n".join(lines)

    def block_admonition(self, node: nodes.Element) -> Iterator[Block]:
        if type(node.parent).__name__ != "proof_node":
            yield self.box(node)
            return
        # A proof begins with its own name and ends with a sign.
        text = re.sub(r"^Proof\.?\s*", "**Proof.** ", self.text(node))
        yield text + ("\n\n∎" if text.endswith(("$$", "|", "```")) else " ∎")

    def block_exercise_enumerable_node(self, node: nodes.Element) -> Iterator[Block]:
        yield self.title(node, f"Exercise {self.number('exercise', node)}".strip())
        yield from self.inside(node)

    block_exercise_node = block_exercise_enumerable_node

    def block_solution_node(self, node: nodes.Element) -> Iterator[Block]:
        self.note_answers(node)
        yield from _folded(self.plain(node.next_node(nodes.title)), self.inside(node))

    def note_answers(self, node: nodes.Element) -> None:
        containers = node.findall(nodes.container)
        self.answers |= {c["cell_index"] for c in containers if "cell_index" in c.attributes}

    def block_fold(self, node: nodes.Element) -> Iterator[Block]:
        """What folds.py makes of a solution, or of another box that the page folds."""
        if "solution" in node["classes"]:
            self.note_answers(node)
        heading, *rest = node.children
        yield from _folded(self.plain(heading), (b for child in rest for b in self.blocks(child)))

    block_dropdown_main = block_fold

    def block_raw(self, node: nodes.raw) -> Iterator[Block]:
        if "html" in node.get("format", "") and "<svg" not in node.astext():
            yield node.astext().strip()

    def block_caption(self, node: nodes.caption) -> Iterator[Block]:
        yield self.caption(node)

    def block_image(self, node: nodes.image) -> Iterator[Block]:
        yield f"*Picture: {self.escape(' '.join(node.get('alt', '').split()))}*"

    def block_comment(self, node: nodes.Element) -> Iterator[Block]:
        yield from ()

    block_toctree = block_target = block_comment

    def block_table(self, node: nodes.table) -> Iterator[Block]:
        if title := next(iter(node.findall(nodes.title)), None):
            number = self.number("table", node)
            yield (f"**Table {number}** " if number else "") + self.inline(title).strip()
        head, *rows = node.findall(nodes.row)
        right = ["text-right" in entry["classes"] for entry in head.findall(nodes.entry)]
        rule = ["---:" if r else "---" for r in right]
        lines = [self.row(head), rule, *map(self.row, rows)]
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
            return _formula(node)
        if isinstance(node, nodes.literal):
            marks = "``" if "`" in node.astext() else "`"
            return f"{marks}{node.astext()}{marks}"
        if isinstance(node, nodes.raw | nodes.target | nodes.system_message):
            return ""
        if isinstance(node, nodes.image):
            return self.escape(node.get("alt", ""))
        words = "".join(map(self.inline, node.children))
        if isinstance(node, nodes.reference) and words.strip():
            target = self.link(node["refuri"]) if node.get("refuri") else None
            return f"[{words}]({target})" if target else words
        mark = _MARKS.get(type(node).__name__, "")
        return f"{mark}{words.strip()}{mark}" if mark and words.strip() else words

    @staticmethod
    def escape(text: str) -> str:
        """Words as they are, and no beginning of a formula."""
        return re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", text).replace("$", DOLLAR)

    @classmethod
    def plain(cls, node: nodes.Node | None) -> str:
        """A title within HTML, where Markdown's marks would be seen; formulas stay."""
        if node is None or isinstance(node, nodes.raw):
            return ""
        if isinstance(node, nodes.math):
            return html.escape(_formula(node), quote=False)
        if isinstance(node, nodes.Element):
            return "".join(map(cls.plain, node.children))
        return html.escape(node.astext(), quote=False)


def _formula(node: nodes.math) -> str:
    """With the punctuation at it, which mathml.py has taken from the text."""
    tex = " ".join(node.get("tex", node.astext()).split())
    return f"{node.get('head', '')}${tex}${node.get('tail', '')}"


def _without_bars(tex: str) -> str:
    return tex.replace(r"\|", r"\Vert ").replace("|", r"\vert ")


def _folded(title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """A fold for each piece of text: none can hold a code cell."""
    found = list(blocks)
    if found and isinstance(found[0], int):
        found.insert(0, "In the code below.")
    summary = title.strip()
    for is_text, group in groupby(found, lambda block: isinstance(block, str)):
        if is_text:
            body = "\n\n".join(str(block) for block in group if block)
            yield f"<details><summary><b>{summary}</b></summary>\n\n{body}\n\n</details>"
            summary = f"{title.strip()}, continued"
        else:
            yield from group


# The code ---------------------------------------------------------------------------------------

_HIDES = {
    "source_hidden": {"hide-input", "remove-input", "hide-cell", "remove-cell"},
    "outputs_hidden": {"hide-output", "hide-cell", "remove-output", "remove-cell"},
}
_NOTE = "*The picture is a still: run the cell, and it has sliders.*"


def _code(cell: NotebookNode, link: Link, *, folded: bool = False) -> NotebookNode:
    """A code cell as every front end shows it: folded where the page folds it, as in a solution."""
    tags = set(cell.metadata.get("tags", ()))
    made = nbformat.v4.new_code_cell(cell.source, execution_count=cell.execution_count)
    if tags:
        made.metadata["tags"] = sorted(tags)
    if hidden := {name: True for name, which in _HIDES.items() if folded or tags & which}:
        made.metadata["jupyter"] = hidden
    alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
    made.outputs = [
        o for output in cell.outputs for o in _output(output, " ".join(alt.split()), link)
    ]
    return made


def _output(output: NotebookNode, alt: str, link: Link) -> Iterator[NotebookNode]:
    data = output.get("data", {})
    if data and all(kind.startswith("application/papermill.record/") for kind in data):
        return  # a number for the text, in which it now stands
    page = data.get("text/html", "")
    if 'class="explorer"' in page and "image/png" in data:
        del data["text/html"]
        picture = base64.b64decode(data["image/png"])
        output.metadata["image/png"] = {"width": int.from_bytes(picture[16:20]) // 2}  # drawn twice
        yield output
        words = [_explorer_part(page, "title"), _explorer_part(page, "description")]
        said = [f"**{_Writer.escape(words[0])}**", _Writer.escape(words[1]), _NOTE]
        both = {"text/markdown": "\n\n".join(said), "text/plain": "\n".join(words)}
        yield nbformat.v4.new_output("display_data", both)
        return
    if page and "text/markdown" in data:
        del data["text/html"]  # the site's styles and scripts, which other front ends drop
    elif page:
        data["text/html"] = _relinked(page, link)
    if "image/png" in data and data.pop("image/svg+xml", None) and alt:
        data["text/plain"] = alt  # one picture, which all front ends show, and its words
    yield output


def _explorer_part(page: str, name: str) -> str:
    found = re.search(rf'<p class="explorer-{name}"[^>]*>(.*?)</p>', page, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", found[1])) if found else ""


def _relinked(page: str, link: Link) -> str:
    """HTML whose links work away from the site, or are words."""

    def replace(match: re.Match) -> str:
        target = link(html.unescape(match["target"]))
        return (
            match["words"]
            if target is None
            else (f'<a href="{html.escape(target)}">{match["words"]}</a>')
        )

    pattern = r'<a\b[^>]*?\bhref="(?P<target>[^"]*)"[^>]*>(?P<words>.*?)</a>'
    return re.sub(pattern, replace, page, flags=re.DOTALL)
