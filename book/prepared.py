"""A chapter as a notebook that any Jupyter shows: plain Markdown, written from the page's HTML.

Sphinx has typeset the page when this begins: propositions, equations, figures and exercises have
their numbers and titles, references their words, quoted values are filled in. What remains is to
say it in the Markdown that every front end knows, and to put the code cells where they stand.
"""

from __future__ import annotations

import ast
import base64
import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urljoin, urlsplit

import nbformat
from bs4 import BeautifulSoup, NavigableString, PageElement, Tag
from nbformat import NotebookNode

Block = str | Tag  # Markdown, or a code cell as the page has it
Link = Callable[[str], str | None]  # where a link leads from anywhere, None if that is not known

#: By its number, so that no $ of the Markdown begins a formula; in an element of its own,
#: so that MathJax, which looks at what the Markdown became, finds no pair of them.
DOLLAR = "<span>&#36;</span>"
_MARKS = {"em": "*", "strong": "**"}
_INLINE = {
    "a",
    "abbr",
    "cite",
    "code",
    "em",
    "img",
    "math",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
}
#: Of no use away from the site.
_DROPPED = ".headerlink, .eqno > a, script, style, svg, label, input, button, nav"
#: What is cut before the rest is parsed, which takes longer than all else: drawings, of a formula
#: all but its TeX, the colours of code.
_LONG = re.compile(r"<(svg|script|style)\b.*?</\1>", re.DOTALL)
_FORMULA = re.compile(r"(<math\b[^>]*>).*?(<annotation\b.*?</annotation>).*?(</math>)", re.DOTALL)
_CODE = re.compile(r"(?<=<pre>).*?(?=</pre>)", re.DOTALL)


def prepared(notebook: NotebookNode, body: str, address: str = "") -> NotebookNode:
    """The page's executed notebook with its text in plain Markdown.

    ``body`` is the HTML of the page, ``address`` is where the page is published; without one,
    links to other pages are words.
    """

    def link(target: str) -> str | None:
        if urlsplit(target).scheme:
            return target
        return urljoin(address, target) if address and not target.startswith("#") else None

    body = _FORMULA.sub(r"\1\2\3", _LONG.sub("", body))
    body = _CODE.sub(lambda code: re.sub(r"<[^>]*>", "", code[0]), body)
    page = BeautifulSoup(body, "html.parser")
    for element in page.select(_DROPPED):
        element.decompose()
    code = iter([cell for cell in notebook.cells if cell.cell_type == "code"])
    made: list[NotebookNode] = []
    for block in _cells(_Writer(link).blocks(page)):
        if isinstance(block, str):
            made.append(nbformat.v4.new_markdown_cell(block))
            continue
        answer = block.find_parent(class_="solution") is not None
        for cell in code:  # what the page leaves out, and then the one that it shows
            shown = _is_shown(cell)
            if shown or not _only_quotes(cell):
                alt = _alternative(block) if shown else ""
                made.append(_code(cell, link, alt, folded=shown and answer))
            if shown:
                break
    made += [_code(cell, link) for cell in code if not _only_quotes(cell)]
    for number, cell in enumerate(made):
        cell.id = f"cell-{number}"  # the same page gives the same file
    known = ("kernelspec", "language_info")
    metadata = {name: notebook.metadata[name] for name in known if name in notebook.metadata}
    return nbformat.v4.new_notebook(cells=made, metadata=metadata)


def _cells(blocks: Iterable[Block]) -> Iterator[Block]:
    """Text between two code cells is one cell; a heading begins another."""
    text: list[str] = []
    for block in blocks:
        if text and (isinstance(block, Tag) or block.startswith("#")):
            yield "\n\n".join(text)
            text = []
        if isinstance(block, Tag):
            yield block
        elif block.strip():
            text.append(block)
    if text:
        yield "\n\n".join(text)


# The text ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Writer:
    """Markdown of a page's elements; what it does not know, it passes through."""

    link: Link

    def blocks(self, element: Tag) -> Iterator[Block]:
        """The blocks in an element; what is inline in it between two of them is a paragraph."""
        for inline, group in groupby(element.children, _is_inline):
            if inline:
                yield self.words(group)
            else:
                yield from (block for child in group for block in self.block(child))

    def block(self, element: Any) -> Iterator[Block]:
        name, classes = element.name, _classes(element)
        if "cell" in classes:
            yield element
            yield from map(self.caption, element.find_all("figcaption"))
        elif re.fullmatch("h[1-6]", name):
            path = " *(short path)*" if "short-path" in _classes(element.parent) else ""
            yield f"{'#' * int(name[1])} {self.words(element)}{path}"
        elif name == "p":
            # What looks like the beginning of a list or a heading is none.
            yield re.sub(r"^(\d*)([.)#+-]\s)", r"\1\\\2", self.words(element))
        elif "display" in classes:
            yield self.display(element)
        elif name == "pre":
            yield f"```\n{element.get_text().rstrip()}\n```"
        elif name in ("ul", "ol"):
            yield self.items(element)
        elif "exercise" in classes:
            title, *rest = element.find_all(True, recursive=False)
            yield self.titled(title)
            yield from (block for part in rest for block in self.blocks(part))
        elif name == "details" or "solution" in classes:
            title = _take(element, "summary, .admonition-title")
            yield from _folded(self.plain(title).strip(), self.blocks(element))
        elif "admonition" in classes and element.select(":scope > .admonition-title"):
            lead = self.titled(_take(element, ".admonition-title"))
            lines = f"{lead}\n\n{self.text(element)}".split("\n")
            yield "\n".join(f"> {line}".rstrip() for line in lines)
        elif "proof" in classes:  # it begins with its own name and ends with a sign
            text = re.sub(r"^Proof\.?\s*", "**Proof.** ", self.text(element))
            yield text + ("\n\n∎" if text.endswith(("$$", "|", "```")) else " ∎")
        elif name in ("figcaption", "caption"):
            yield self.caption(element)
        elif name == "table":
            yield from self.table(element)
        else:
            yield from self.blocks(element)

    def words(self, nodes: Iterable[PageElement]) -> str:
        return " ".join("".join(map(self.inline, nodes)).split())

    def text(self, element: Tag) -> str:
        """What stands in a box or an item, which hold no code cell."""
        return "\n\n".join(str(block) for block in self.blocks(element) if block)

    def titled(self, title: Tag) -> str:
        """Kind and number, then the title that the author gave."""
        if not title.find(class_="caption-number"):
            return f"**{self.words(title)}**"
        number = _take(title, ".caption-number").get_text().strip()
        return f"**{number}** {self.words(title)}".strip()

    def caption(self, element: Tag) -> str:
        numbered = element.find(class_="caption-number")
        return self.titled(element) if numbered else self.words(element)

    def display(self, element: Tag) -> str:
        # On one line, so that no quote or list puts its marks into the formula.
        number = element.find(class_="eqno")
        tag = rf" \tag{{{number.get_text().strip()[1:-1]}}}" if number else ""
        return f"$${_tex(element)}{tag}$$"

    def items(self, element: Tag) -> str:
        lines = []
        first = int(str(element.get("start") or 1))
        for number, item in enumerate(element.find_all("li", recursive=False), first):
            lead = f"{number}. " if element.name == "ol" else "- "
            lines.append(lead + re.sub(r"\n(?!\n)", "\n" + " " * len(lead), self.text(item)))
        return "\n".join(lines)

    def table(self, element: Tag) -> Iterator[str]:
        if caption := element.find("caption"):
            yield self.caption(caption)
        head, *rows = element.find_all("tr")
        right = ["text-right" in _classes(cell) for cell in head.find_all(["th", "td"])]
        lines = [self.row(head), ["---:" if r else "---" for r in right], *map(self.row, rows)]
        yield "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def row(self, element: Tag) -> list[str]:
        cells = []
        for entry in element.find_all(["th", "td"]):
            text = "<br>".join(str(block) for block in self.blocks(entry)).replace("\n", " ")
            # A bar would end the cell, in a formula too where the front end does not know TeX.
            cells.append(re.sub(r"\$[^$]*\$", lambda m: _without_bars(m[0]), text))
        return cells

    def inline(self, node: PageElement) -> str:
        if not isinstance(node, Tag):
            return self.escape(str(node)) if type(node) is NavigableString else ""
        if node.name == "math":
            return f"${_tex(node)}$"
        if node.name == "code":
            marks = "``" if "`" in node.get_text() else "`"
            return f"{marks}{node.get_text()}{marks}"
        if node.name == "img":
            return self.escape(str(node.get("alt", "")))
        words = "".join(map(self.inline, node.children))
        if node.name == "a" and words.strip():
            target = self.link(str(node.get("href", "#")))
            return f"[{words}]({target})" if target else words
        mark = _MARKS.get(node.name, "")
        return f"{mark}{words.strip()}{mark}" if mark and words.strip() else words

    @staticmethod
    def escape(text: str) -> str:
        """Words as they are, and no beginning of a formula."""
        return re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", text).replace("$", DOLLAR)

    @classmethod
    def plain(cls, node: PageElement) -> str:
        """A title within HTML, where Markdown's marks would be seen; formulas stay."""
        if not isinstance(node, Tag):
            return html.escape(str(node), quote=False)
        if node.name == "math":
            return html.escape(f"${_tex(node)}$", quote=False)
        return "".join(map(cls.plain, node.children))


def _classes(element: Tag) -> set[str]:
    return set(element.get_attribute_list("class"))


def _is_inline(node: PageElement) -> bool:
    return not isinstance(node, Tag) or (node.name in _INLINE and "display" not in _classes(node))


def _take(element: Tag, selector: str) -> Tag:
    """The first that fits, out of the element."""
    return element.select(selector)[0].extract()


def _tex(element: Tag) -> str:
    return " ".join(element.find_all("annotation", limit=1)[0].get_text().split())


def _without_bars(tex: str) -> str:
    return tex.replace(r"\|", r"\Vert ").replace("|", r"\vert ")


def _folded(title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """A fold for each piece of text: none can hold a code cell."""
    found = [block for block in blocks if isinstance(block, Tag) or block.strip()]
    if found and isinstance(found[0], Tag):
        found.insert(0, "In the code below.")
    summary = title
    for is_text, group in groupby(found, lambda block: isinstance(block, str)):
        if is_text:
            body = "\n\n".join(map(str, group))
            yield f"<details><summary><b>{summary}</b></summary>\n\n{body}\n\n</details>"
            summary = f"{title}, continued"
        else:
            yield from group


# The code ---------------------------------------------------------------------------------------

_RECORD = "application/papermill.record/"
_HIDES = {
    "source_hidden": {"hide-input", "remove-input", "hide-cell", "remove-cell"},
    "outputs_hidden": {"hide-output", "hide-cell", "remove-output", "remove-cell"},
}
_NOTE = "*The picture is a still: run the cell, and it has sliders.*"


def _is_shown(cell: NotebookNode) -> bool:
    """Whether the page has a place for it."""
    tags = set(cell.metadata.get("tags", ()))
    return "remove-cell" not in tags and not {"remove-input", "remove-output"} <= tags


def _alternative(block: Tag) -> str:
    """The words for the picture that a cell of the page shows, with the values that they quote."""
    return " ".join(str(image.get("alt", "")) for image in block.select("img")[:1])


def _only_quotes(cell: NotebookNode) -> bool:
    """Whether it gives numbers to the text, which has them here, and does nothing else."""
    try:
        lines = ast.parse(cell.source).body
    except SyntaxError:  # IPython's own
        return False
    calls = [line.value for line in lines if isinstance(line, ast.Expr)]
    names = [ast.unparse(call.func) for call in calls if isinstance(call, ast.Call)]
    return len(names) == len(lines) > 0 and set(names) == {"glue"}


def _code(cell: NotebookNode, link: Link, alt: str = "", *, folded: bool = False) -> NotebookNode:
    """A code cell as every front end shows it: folded where the page folds it, as in a solution.

    ``alt`` are the words for its picture.
    """
    tags = set(cell.metadata.get("tags", ()))
    made = nbformat.v4.new_code_cell(cell.source, execution_count=cell.execution_count)
    if tags:
        made.metadata["tags"] = sorted(tags)
    if hidden := {name: True for name, which in _HIDES.items() if folded or tags & which}:
        made.metadata["jupyter"] = hidden
    made.outputs = [
        o for output in cell.outputs for o in _output(output, " ".join(alt.split()), link)
    ]
    return made


def _output(output: NotebookNode, alt: str, link: Link) -> Iterator[NotebookNode]:
    data = output.get("data", {})
    if data and all(kind.startswith(_RECORD) for kind in data):
        return  # a number for the text, in which it now stands
    data.pop("application/pdf", None)  # a figure to take away
    page = data.get("text/html", "")
    if 'class="explorer"' in page and "image/png" in data:
        del data["text/html"]
        picture = base64.b64decode(data["image/png"])
        output.metadata["image/png"] = {"width": int.from_bytes(picture[16:20]) // 2}  # drawn twice
        yield output
        soup = BeautifulSoup(page, "html.parser")
        words = [_words(soup, f".explorer-{part}") for part in ("title", "description")]
        said = [f"**{_Writer.escape(words[0])}**", _Writer.escape(words[1]), _NOTE]
        both = {"text/markdown": "\n\n".join(said), "text/plain": "\n".join(words)}
        yield nbformat.v4.new_output("display_data", both)
        return
    if page and "text/markdown" in data:
        del data["text/html"]  # the site's styles and scripts, which other front ends drop
    elif page:
        data["text/html"] = _relinked(BeautifulSoup(page, "html.parser"), link)
    if "image/png" in data and data.pop("image/svg+xml", None) and alt:
        data["text/plain"] = alt  # one picture, which all front ends show, and its words
    yield output


def _words(page: BeautifulSoup, selector: str) -> str:
    return " ".join(element.get_text() for element in page.select(selector))


def _relinked(page: BeautifulSoup, link: Link) -> str:
    """HTML whose links work away from the site, or are words."""
    for element in page.select("a[href]"):
        if target := link(str(element["href"])):
            element["href"] = target
        else:
            element.unwrap()
    return str(page)
