"""The pages of the site as one HTML document, from which the book is printed.

The articles stand one behind the other, in the order of _toc.yml. Every id gets its page's prefix,
every link between pages becomes one within the document, and one to another file of the site leads
to the site's address, where it has one. What is folded is opened.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urljoin

from sphinx_external_toc.parsing import parse_toc_yaml

STYLES = ("pygments", "book", "mathml", "explorer", "print")
NOT_PRINTED = r"<script\b.*?</script>|<noscript\b.*?</noscript>|<annotation\b.*?</annotation>"
SETTING = r'<div class="explorer" id="([^"]+)".*?<p class="explorer-setting">.*?</p>'
REFERENCE = re.compile(r' (id|for|aria-(?:labelledby|describedby|controls|details))="([^"]*)"')
TITLE = re.compile(r'<h1>(.*?)(?:<a class="headerlink"|</h1>)', re.S)
SECTION = re.compile(r'<h2>(.*?)<a class="headerlink" href="#([^"]+)"', re.S)


@dataclass(frozen=True)
class Page:
    """A page of the site: its docname, its HTML, and the prefix of its ids in the document."""

    name: str
    document: str
    prefix: str

    @property
    def article(self) -> str:
        found = re.search(r'<article class="bd-article">(.*)</article>', self.document, re.S)
        if found is None:
            raise ValueError(f"{self.name}.html has no article; write the site afresh: make book")
        return re.sub(NOT_PRINTED, "", found[1], flags=re.S)

    @property
    def title(self) -> str:
        return words(TITLE.search(self.article)[1])  # type: ignore[index]

    @property
    def address(self) -> str:
        """Where readers find the page: its canonical address, else its place in the site."""
        found = re.search(r'<link rel="canonical" href="([^"]+)"', self.document)
        return html.unescape(found[1]) if found else f"{self.name}.html"


@dataclass(frozen=True)
class Part:
    caption: str
    pages: list[Page]


def words(markup: str) -> str:
    """What is read of markup, escaped as it was."""
    return " ".join(re.sub("<[^>]*>", "", markup).split())


def parts(root: Path, site: Path) -> Iterator[Part]:
    """The parts of the table of contents; the first is the introduction, without a caption."""
    toc = parse_toc_yaml(root / "_toc.yml").root
    trees = [("", [toc.docname])]
    trees += [(tree.caption or "", list(map(str, tree.items))) for tree in toc.subtrees]
    numbers = count(1)
    for caption, names in trees:
        texts = [(site / f"{name}.html").read_text("utf8") for name in names]
        yield Part(caption, list(map(Page, names, texts, map("p{}".format, numbers))))


def anchored(page: Page, prefixes: dict[str, str]) -> str:
    """The article with ids of its own, and links that lead into the document or to the site."""

    def refer(match: re.Match) -> str:
        names = " ".join(f"{page.prefix}-{name}" for name in match[2].split())
        return f' {match[1]}="{names}"'

    def beside(path: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path))

    def lead(match: re.Match) -> str:
        href = html.unescape(match[1])
        if re.match(r"[a-z][a-z0-9+.-]*:", href):
            return match[0]
        path, _, fragment = href.partition("#")
        path = path.partition("?")[0]
        if prefix := prefixes.get(beside(path).removesuffix(".html") if path else page.name):
            return f' href="#{prefix}{fragment and "-"}{html.escape(fragment)}"'
        return f' href="{html.escape(urljoin(page.address, href))}"' if ":" in page.address else ""

    def show(match: re.Match) -> str:
        return match[0] if ":" in match[1] else f' src="{posixpath.join("html", beside(match[1]))}"'

    def tell(match: re.Match) -> str:
        place = html.escape(f"{page.address}#{match[1]}")
        link = f'<a href="{place}">{place}</a>' if ":" in place else f"<code>{place}</code>"
        return f'{match[0]}<p class="explorer-address">To move it: {link}</p>'

    article = re.sub(SETTING, tell, page.article, flags=re.S)
    article = REFERENCE.sub(refer, article)
    article = re.sub(r'(xlink:href="|url\()#', rf"\1#{page.prefix}-", article)
    article = re.sub(r' href="([^"]*)"', lead, article)
    article = re.sub(r' src="([^"]*)"', show, article)
    return article.replace("<details", "<details open")


def contents(book: list[Part]) -> str:
    """The table of contents, with room for the page numbers."""

    def line(kind: str, anchor: str, name: str) -> str:
        return f'<a class="{kind}" href="#{anchor}"><span>{name}</span><i></i><b>000</b></a>\n'

    lines = []
    for part in book:
        lines.append(f"<p>{html.escape(part.caption)}</p>\n")
        for page in part.pages:
            lines.append(line("chapter", page.prefix, page.title))
            for name, anchor in SECTION.findall(page.article):
                lines.append(line("section", f"{page.prefix}-{anchor}", words(name)))
    return f'<nav class="front">\n<h1>Contents</h1>\n{"".join(lines)}</nav>\n'


def document(book: list[Part], front: str, title: str, solutions: bool = True) -> str:
    """The whole book in one HTML document, to stand beside the site's folder ``html``."""
    prefixes = {page.name: page.prefix for part in book for page in part.pages}
    rules, articles = [], []
    for part in book:
        for page in part.pages:
            heads = (html.unescape(head) for head in (part.caption.split(" · ")[0], page.title))
            left, right = (head.replace('"', r"\"") for head in heads)
            rules.append(
                f".{page.prefix} {{ page: {page.prefix}; }} @page {page.prefix} "
                f'{{ @top-left {{ content: "{left}"; }} @top-right {{ content: "{right}"; }} }}\n'
            )
            text = anchored(page, prefixes)
            if part.caption:  # a level down: the first stands below the title of its part
                text = re.sub(r"(</?h)([1-5])\b", lambda m: f"{m[1]}{int(m[2]) + 1}", text)
            if part.caption and page == part.pages[0]:
                text = f'<h1 class="part">{html.escape(part.caption)}</h1>\n{text}'
            articles.append(
                f'<article class="bd-article {page.prefix}" id="{page.prefix}">{text}</article>\n'
            )
    body = "<body>" if solutions else '<body class="without-solutions">'
    styles = "".join(f'<link rel="stylesheet" href="html/_static/{s}.css">' for s in STYLES)
    return (
        f'<!doctype html>\n<html lang="en" data-theme="light">\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n{styles}\n<style>\n{''.join(rules)}</style>\n{body}\n"
        f"{front}{contents(book)}{''.join(articles)}</body>\n</html>\n"
    )
