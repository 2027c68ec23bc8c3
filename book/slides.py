"""A deck of slides for each chapter, made from its typeset page: nothing is written twice.

    python book/slides.py       prints the decks of the built site as PDF; what `make slides` runs

As an extension of Sphinx it writes slides/PAPER/CHAPTER.html whenever a chapter is typeset. What
goes on slides is decided by rule:

- the question; the first bet; the findings; the first explorer; what is assumed; the ledger's
  summary; two exercises, the first warm-up and the first beyond it; summary and sources;
- between assumptions and ledger up to seven of the chapter's propositions, figures and equations
  with a label. A section counts first by its short path, then by its first items before the second
  of any other: figures and theorems before lemmas, those before definitions and remarks. A short
  statement and the narrow figure behind it share a slide. Equations count on the short path only;
- the class ``slide`` on a section or item puts it first, ``no-slide`` leaves it out.

The prose beside becomes the speaker's notes.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag
from jinja2 import Template
from sphinx.application import Sphinx
from sphinx_external_toc.parsing import parse_toc_yaml

from browser import opened

ROOT = Path(__file__).resolve().parent.parent
#: A page that is a chapter of a paper.
CHAPTER = re.compile(r"chapters/(?!reference/)(\w+/\w+)")

MOST = 7  # slides between the assumptions and the ledger
NARROW = 1.75  # width over height of a figure that leaves room beside it
TOGETHER = (480, 260)  # letters of a statement beside a narrow figure, and above a wide one
CAPTION = 300  # letters of a caption on a slide; all of it is in the notes
LIST = 1100  # letters of the assumptions
LEADING = 400  # letters of the paragraph that leads to an equation
LONG = 600  # letters of a text that stands in two columns
LEAD = 150  # letters of what is said where the ledger has no difference to show

#: In the browser: every explorer has been drawn.
DRAWN = "document.querySelectorAll('.explorer:not([data-said])').length === 0"

#: In which order the kinds of a section come; the rest come last.
RANK = {"pair": 0, "over": 0, "figure": 1, "theorem": 1, "proposition": 1, "lemma": 2}
RANK |= {"corollary": 2, "equation": 3, "definition": 4}
_DROPPED = ".headerlink, [role=tooltip], .footnotes, .marking, style, link"
_LONG = re.compile(r"<(svg|script|pre)\b.*?</\1>", re.DOTALL)


@dataclass(frozen=True)
class Slide:
    """HTML of title, body and notes, and what kind of slide it is (a class of slides.css)."""

    kind: str
    title: str
    body: str
    notes: str = ""


@dataclass(frozen=True)
class Item:
    """What may go on a slide, or two of them, with the prose around."""

    kind: str
    elements: tuple[Tag, ...]
    heading: str
    short: bool
    hinted: bool
    notes: list[Tag] = field(default_factory=list)


# From the page to slides ------------------------------------------------------------------------


def deck(body: str, page: str, part: str = "") -> list[Slide]:
    """The slides of a chapter, from the HTML of its page; ``page`` is its name in the site."""
    stash: list[str] = []

    def hide(match: re.Match) -> str:
        """Drawings and samples are long, and pass through as they are; those for a phone do not."""
        if match[0].startswith("<svg") and 'class="book-figure narrow"' in match[0][:200]:
            return ""
        stash.append(match[0])
        return f"<!--{len(stash) - 1}-->"

    soup = BeautifulSoup(_LONG.sub(hide, body), "html.parser")
    for element in soup.select(_DROPPED):
        element.decompose()
    _relink(soup, page)
    shape = [_shape(svg) for svg in stash]
    whole = soup.select_one("section")
    assert whole is not None, f"{page}: no section"
    slides = [slide for slide in _slides(whole, shape, part) if slide]
    back = lambda text: re.sub(r"<!--(\d+)-->", lambda m: stash[int(m[1])], text)  # noqa: E731
    return [Slide(s.kind, s.title, back(s.body), s.notes) for s in slides]


def _slides(whole: Tag, shape: list[float], part: str) -> Iterator[Slide | None]:
    sections = whole.find_all("section", recursive=False)
    title = _heading(whole)
    needed = whole.select_one(".needed summary")
    yield Slide(
        "opening", title, f'<p class="part">{part}</p>{_inner(_first(whole, ".question"))}',
        f"<p>{needed.get_text().strip()}</p>" if needed else "",
    )  # fmt: skip
    if bet := whole.select_one(".bet"):
        yield Slide("betting", "Bet first", _html([bet]))
    if findings := whole.select_one(".findings ol"):
        yield Slide("findings", "What we find", _html([findings]))
    if explorer := whole.select_one(".explorer"):
        name = explorer.select_one(".explorer-title")
        said = whole.find_all("p", recursive=False)
        caption = explorer.select(".explorer-caption")
        _beside(explorer)
        yield Slide("moving", _words(name), _html([explorer]), _html([*caption, *said]))
    assumed = _assumed(sections)
    yield assumed
    items = [item for section in sections for item in _items(section, shape)]
    if assumed:  # its equations are shown there
        items = [i for i in items if i.kind != "equation" or i.heading != assumed.title]
    for item in chosen(items):
        yield _shown(item)
    yield _ledger(whole)
    yield _exercises(whole)
    yield _ending(sections)


def _beside(explorer: Tag) -> None:
    """Puts what moves an explorer into one column."""
    parts = explorer.select(".explorer-bet, .explorer-feedback, .explorer-controls")
    column = Tag(name="div", attrs={"class": "column"})
    parts[0].insert_before(column)
    for element in parts:
        column.append(element)


def _assumed(sections: list[Tag]) -> Slide | None:
    section = next(
        (s for s in sections if re.search(r"\b(assumed|assumptions|given)\b", _heading(s), re.I)),
        None,
    )
    if section is None:
        return None
    said = [e for e in section.find_all(recursive=False) if _is_said(e)]
    shown: list[Tag] = []
    notes: list[Tag] = []
    for element in said:
        told = _without_lead(element)
        if told is not None and len(_text([*shown, told])) <= LIST:
            shown.append(told)
        else:
            notes.append(element)
    return _text_slide("assumed", _heading(section), _html(shown), _html(notes)) if shown else None


def _without_lead(element: Tag) -> Tag | None:
    """Without the sentence that leads to code or a table, which the slide has not; nothing if
    that is all."""
    behind = element.find_next_sibling()
    if (isinstance(behind, Tag) and _is_said(behind)) or not _text([element]).endswith(":"):
        return element
    element = copy(element)
    _cut(element, sum(map(len, _strings(element))) - 1, least=20)
    return None if _text([element]).endswith(":") else element


def _is_prose(element: Tag) -> bool:
    return element.name in ("p", "ul", "ol")


def _is_said(element: Tag) -> bool:
    return _is_prose(element) or "math" in _classes(element)


def _text_slide(kind: str, title: str, body: str, notes: str = "") -> Slide:
    """In two columns where it is long."""
    return Slide(kind + " long" * (len(_text([body])) > LONG), title, body, notes)


def _items(section: Tag, shape: list[float], short: bool = False) -> Iterator[Item]:
    """What a section holds, in reading order, each with the prose behind it."""
    short = short or "short-path" in _classes(section)
    heading = _heading(section)
    if re.search(r"\b(exercises|sources|summary)", heading, re.I) or "no-slide" in _classes(
        section
    ):
        return
    before: list[Tag] = []
    last: Item | None = None
    for element in section.find_all(recursive=False):
        if element.name == "section":
            yield from _items(element, shape, short)
            continue
        kind = _kind(element, short)
        if kind is None:
            if _is_prose(element) or "proof" in _classes(element):
                (before if last is None else last.notes).append(element)
            continue
        if "no-slide" in _classes(element) | _classes(element.parent):
            continue
        marks = _classes(element) | _classes(section)
        item = Item(kind, (element,), heading, short, "slide" in marks, before)
        before = []
        if last and (both := _together(last, item, shape)):
            hinted = last.hinted or item.hinted
            last = replace(last, kind=both, elements=(*last.elements, element), hinted=hinted)
            continue
        if last:
            yield last
        last = item
    if last:
        yield last


def _kind(element: Tag, short: bool) -> str | None:
    classes = _classes(element)
    if "proof" in classes:
        return next((name for name in classes if element.select_one(f".{name}-content")), None)
    if "cell" in classes and element.select_one(".cell_output figure figcaption"):
        return "figure"
    labelled = "display" in classes and str(element.get("id", "")).startswith("equation-")
    return "equation" if labelled and short else None


def _together(first: Item, second: Item, shape: list[float]) -> str | None:
    """How two items share a slide, if they can."""
    if second.kind != "figure" or first.kind in ("figure", "pair", "over"):
        return None
    drawing = re.search(r"<!--(\d+)-->", str(_first(second.elements[0], "figure")))
    wide = drawing is not None and shape[int(drawing[1])] >= NARROW
    if len(_text(first.elements)) > TOGETHER[wide] or (wide and "eqno" in str(first.elements[0])):
        return None
    return "over" if wide else "pair"


def chosen(items: Iterable[Item], most: int = MOST) -> list[Item]:
    """The items that get a slide, in reading order."""
    items = list(items)
    places: dict[int, tuple] = {}
    for heading in {item.heading for item in items}:
        within = [i for i, item in enumerate(items) if item.heading == heading]
        within.sort(key=lambda i: (RANK.get(items[i].kind, 5), i))
        for order, i in enumerate(within):
            places[i] = (not items[i].hinted, not items[i].short, order, i)
    return [items[i] for i in sorted(sorted(places, key=places.__getitem__)[:most])]


def _shown(item: Item) -> Slide:
    title, parts, notes = item.heading, [], list(item.notes)
    for element in item.elements:
        if "cell" in _classes(element):
            figure = _first(element, "figure")
            caption = _first(figure, "figcaption")
            notes.insert(0, copy(caption))
            _cut(caption, CAPTION)
            parts.append(_html([figure]))
        elif "proof" in _classes(element):
            name = _first(element, ".admonition-title")
            number = _first(name, ".caption-number").extract()
            title = re.sub(r"^\((.*)\)$", r"\1", _words(name)) or item.heading
            content = _inner(_first(element, "section"))
            label = f'<p class="number">{_words(number)}</p>'
            parts.append(f'<div class="statement">{label}{content}</div>')
        else:
            lead = element.find_previous_sibling()
            if isinstance(lead, Tag) and _is_prose(lead) and len(_text([lead])) <= LEADING:
                notes = [note for note in notes if note is not lead]
                parts.append(f"<div>{_html([lead, element])}</div>")
            else:
                parts.append(_html([element]))
    make = Slide if "figure" in item.kind or len(parts) > 1 else _text_slide
    return make(item.kind, title, "".join(parts), _html(notes))


def _ledger(whole: Tag) -> Slide | None:
    count = whole.select_one(".ledger-count")
    if count is None:
        return None
    section = next(parent for parent in count.parents if parent.name == "section")
    lead, _, rest = count.get_text().partition(": ")
    rows = "".join(
        f"<tr><td>{number}</td><th scope='row'>{verdict}</th></tr>"
        for number, verdict in re.findall(r"(\d+) ([^,.]+)", rest)
    )
    body = f"<table><caption>{lead}</caption><tbody>{rows}</tbody></table>"
    fragile = section.find_next_sibling("section") or section
    assert isinstance(fragile, Tag)
    said = [e for s in (section, fragile) for e in s.find_all(["p", "ul"], recursive=False)]
    notes = _html(said)
    if differs := whole.select(".ledger-table tbody tr th .ledger-main")[:3]:
        heading, beside = "Where the paper and this book differ", differs
    else:
        heading = _heading(fragile)
        beside = [e for p in said if p.parent is fragile for e in (p.select("li") or [p])][:4]
        for element in beside:
            _cut(element, LEAD)
    items = "".join(f"<li>{_words(e)}</li>" for e in beside)
    body += f"<div><h3>{heading}</h3><ul>{items}</ul></div>"
    return Slide("ledger", _heading(section), body, notes)


def _exercises(whole: Tag) -> Slide | None:
    found = whole.select("div.exercise")
    warm = [e for e in found if re.search(r"^.{0,200}?Warm-up", e.get_text(), re.DOTALL)]
    other = [e for e in found if e not in warm]
    two = [*warm[:1], *other[:1]] if warm and other else found[:2]
    parts = []
    for exercise in two:
        content = copy(_first(exercise, "section"))
        for hint in content.select("details, .hint"):
            hint.decompose()
        name = exercise.select_one(".admonition-title")
        parts.append(f'<div class="task"><h3>{_words(name)}</h3>{_inner(content)}</div>')
    return Slide("exercises", "Exercises", "".join(parts)) if parts else None


def _ending(sections: list[Tag]) -> Slide | None:
    found = [s for s in sections if re.match(r"(summary|sources)", _heading(s), re.I)]
    parts = []
    for section in found:
        said = section.find_all(["p", "ul", "ol"], recursive=False)
        parts.append(f"<div><h3>{_heading(section)}</h3>{_html(said)}</div>")
    return _text_slide("ending", "To take away", "".join(parts)) if parts else None


# HTML -------------------------------------------------------------------------------------------


def _first(element: Tag, selector: str) -> Tag:
    found = element.select_one(selector)
    if found is None:
        raise ValueError(f"{selector}: nothing of the kind in {str(element)[:200]}")
    return found


def _classes(element: Any) -> set[str]:
    return set(element.get_attribute_list("class")) if isinstance(element, Tag) else set()


def _html(elements: Iterable[Tag]) -> str:
    """Elements without their ids, which are the page's, but for the explorers'."""
    return "".join(
        re.sub(r'(<(?!/)[^<>]*?) id="(?!explorer-)[^"]*"', r"\1", str(e)) for e in elements
    )


def _inner(element: Tag) -> str:
    return _html(child for child in element.children if isinstance(child, Tag))


def _text(elements: Iterable[Tag | str]) -> str:
    """What is read: no TeX behind formulas."""
    words = "".join(re.sub(r"(?s)<annotation.*?</annotation>", "", str(e)) for e in elements)
    return " ".join(re.sub(r"(?s)<!--.*?-->|<[^>]+>", "", words).split())


def _words(element: Tag | None) -> str:
    """The inline content of a title."""
    if element is None:
        return ""
    text = re.sub(r"(?s)</?(?:a|strong|p)\b[^>]*>", "", element.decode_contents())
    return re.sub(r' id="[^"]*"', "", text).strip()


def _heading(section: Tag) -> str:
    title = section.find(re.compile(r"h[1-6]$"))
    if not isinstance(title, Tag):
        return ""
    return re.sub(r'^<span class="section-number">.*?</span>', "", _words(title)).strip()


def _shape(svg: str) -> float:
    box = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', svg)
    return float(box[1]) / float(box[2]) if box else 0.0


def _strings(element: Tag) -> list[NavigableString]:
    """What is read of an element, piece by piece."""
    nodes = [t for t in element.find_all(string=True) if type(t) is NavigableString]
    return [t for t in nodes if not any(p.name == "annotation" for p in t.parents)]


def _cut(element: Tag, most: int, least: int = 60) -> None:
    """Ends an element's text with the last sentence that ends within ``most`` letters."""
    nodes = _strings(element)
    ends, at = [], 0
    for number, node in enumerate(nodes):
        inside = any(parent.name == "math" for parent in node.parents)
        if not inside:
            ends += [(at + m.end(), number, m.end()) for m in re.finditer(r"[.?!](?=\s|$)", node)]
        at += len(node)
    ends = [e for e in ends if e[0] > least]  # not the full stop of a number
    if at <= most or not ends:
        return
    _, number, place = max((e for e in ends if e[0] <= most), default=ends[0])
    nodes[number].replace_with(nodes[number][:place])
    for node in nodes[number + 1 :]:
        formula = node.find_parent("math")
        (formula or node).extract()


def _relink(soup: BeautifulSoup, page: str) -> None:
    """Links as they are from the deck's place."""
    for link in soup.select("a[href]"):
        href = str(link["href"])
        if urlsplit(href).scheme:
            continue
        path, mark, rest = href.partition("#")
        target = normpath(join(dirname(page), path)) if path else f"{page}.html"
        link["href"] = relpath(target, dirname(place(page))) + mark + rest
        link.attrs.pop("title", None)


# The file ---------------------------------------------------------------------------------------


def place(page: str) -> str:
    """Where the deck of a chapter stands in the site.

    >>> place("chapters/kuhle/plateau")
    'slides/kuhle/plateau.html'
    """
    return f"slides/{page.removeprefix('chapters/')}.html"


def write(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """Writes the deck of a chapter that has just been typeset."""
    if not CHAPTER.fullmatch(page) or app.builder.format != "html":
        return
    target = Path(app.outdir, place(page))
    target.parent.mkdir(parents=True, exist_ok=True)
    book = str(app.config.html_title or app.config.project)
    part = parts(Path(app.srcdir))[page]
    target.write_text(document(deck(context["body"], page, part), page, book), "utf8")


def offer(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """Adds a chapter's deck to the menu of downloads in its header."""
    if not CHAPTER.fullmatch(page):
        return
    button = {
        "type": "link",
        "url": context["pathto"](place(page), 1),
        "text": "Slides",
        "icon": "fas fa-play",
        "tooltip": "Show the chapter as slides",
        "label": "slides-button",
    }
    for menu in context.get("header_buttons", ()):
        if menu.get("label") == "download-buttons":
            menu["buttons"].append(button)


def document(slides: list[Slide], page: str, book: str) -> str:
    """The deck's file."""
    form = Template((ROOT / "book/templates/slides.html").read_text("utf8"))
    title = re.sub(r"<[^>]+>", "", slides[0].title)
    back = relpath(f"{page}.html", dirname(place(page)))
    return form.render(slides=slides, title=title, book=book, page=back)


@cache
def parts(root: Path) -> dict[str, str]:
    """Of each page that is in one, the part of the book, as the table of contents calls it."""
    trees = parse_toc_yaml(root / "_toc.yml").root.subtrees
    return {str(page): tree.caption or "" for tree in trees for page in tree.files()}


def contents(app: Sphinx, error: Exception | None) -> None:
    if not error and app.builder.format == "html":
        list_decks(Path(app.outdir))


def list_decks(site: Path) -> None:
    """Writes slides/index.html: the decks in the order of the chapters, and what is printed."""
    decks = []
    chapters = {page: part for page, part in parts(ROOT).items() if CHAPTER.fullmatch(page)}
    for file in (site / "slides").glob("*/*.*"):
        if file.with_suffix(".html") not in [site / place(page) for page in chapters]:
            file.unlink()  # of a chapter that is no more
    for page, part in chapters.items():
        file = site / place(page)
        if file.exists():
            name = re.search(r"(?s)<h1>(.*?)</h1>", file.read_text("utf8"))
            pdf = file.with_suffix(".pdf")
            decks.append({
                "part": part,
                "title": name[1] if name else page,
                "html": relpath(file, site / "slides"),
                "pdf": relpath(pdf, site / "slides") if pdf.exists() else "",
            })  # fmt: skip
    if decks:
        form = Template((ROOT / "book/templates/decks.html").read_text("utf8"))
        (site / "slides" / "index.html").write_text(form.render(decks=decks), "utf8")


def printed(site: Path) -> int:
    """Prints the decks of a site as PDF with Chromium; how many."""
    decks = sorted((site / "slides").glob("*/*.html"))
    with opened(1280, 720) as page:
        for deck in decks:
            page.goto(f"{deck.resolve().as_uri()}?print-pdf")
            page.wait_for_selector(".pdf-page")
            page.wait_for_function(DRAWN)
            page.pdf(
                path=deck.with_suffix(".pdf"),
                width="1280px",
                height="720px",
                print_background=True,
            )
    list_decks(site)
    return len(decks)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("html-page-context", offer, priority=900)  # after the theme's own buttons
    app.connect("html-page-context", write, priority=950)  # drawings stand in the page by then
    app.connect("build-finished", contents)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--site", type=Path, default=ROOT / "_build" / "html")
    site = parser.parse_args().site
    if not (site / "slides" / "index.html").exists():
        print(f"There are no decks in {site}: run make book first.", file=sys.stderr)
        return 1
    count = printed(site)
    print(f"{count} decks, also as PDF: {os.path.relpath(site / 'slides' / 'index.html')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
