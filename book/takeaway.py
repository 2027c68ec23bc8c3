"""Figures to take away: each figure and explorer of a page as SVG, PNG and PDF.

They stand in the site's folder figures/, a folder a page, with caption, text alternative, source
and licence in a text file beside each and in the files themselves; figures/figures.zip has all.
The page on figures lists them. What is drawn comes from the executed notebook (while the book is
built, figures also show themselves as PDF), so that nothing is drawn twice.
"""

from __future__ import annotations

import base64
import html
import json
import os
import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import nbformat
from sphinx.application import Sphinx

from exhibits.documents import layouts
from house import executed_pages
from pdf import packed

LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
ALL = "figures/figures.zip"
#: The page with the table, and where in it.
LISTED = "chapters/reference/figures"
_TABLE = re.compile(r'(<div class="[^"]*\btake-away\b[^"]*">).*?(</div>)', re.DOTALL)

_FIGURE = re.compile(
    r'<figure\b[^>]*\bid="(?P<name>[\w-]+)"[^>]*>\s*<img\b(?P<image>[^>]*)>\s*'
    r"<figcaption>(?P<caption>.*?)</figcaption>",
    re.DOTALL,
)
_EXPLORER = re.compile(
    r'<div class="explorer" id="(?P<name>[\w-]+)".*?<strong>(?P<title>.*?)</strong>'
    r'.*?<div class="explorer-picture" role="img" aria-label="(?P<alt>[^"]*)"[^>]*>'
    r'(?P<svg><svg\b.*?</svg>).*?<p class="explorer-description"[^>]*>(?P<said>.*?)</p>'
    r'(?:(?:(?!<script).)*?<p class="explorer-caption">(?P<caption>.*?)</p>)?',
    re.DOTALL,
)


@dataclass(frozen=True)
class Figure:
    """What is said of a figure: its name in the page, its title there, caption and alternative."""

    name: str
    title: str  # Fig. 1.1, or what an explorer is called
    caption: str
    alt: str
    source: str

    @property
    def text(self) -> str:
        parts = {"": self.caption, "In words: ": self.alt, "Source: ": self.source}
        parts |= {"Licence: ": LICENCE}
        return "\n\n".join([self.title, *(k + v for k, v in parts.items() if v)]) + "\n"


# Of a page --------------------------------------------------------------------------------------


def figures(body: str, chapter: str, book: str, address: str = "") -> Iterator[tuple[Figure, str]]:
    """The figures of a page before its drawings stand in it, with the name of the image's file;
    then its explorers, with the drawing itself. ``address`` is the page's, where it has one."""

    def source(name: str) -> str:
        return f"{book}, chapter {chapter}" + (f", {address}#{name}" if address else "")

    for found in _FIGURE.finditer(body):
        image, caption, name = found["image"], _plain(found["caption"]), found["name"]
        file = re.search(r'src="[^"]*?([^"/]+\.svg)"', image)
        alt = re.search(r'alt="([^"]*)"', image)
        number = re.match(r"(Fig\. [\d.]*\d) (.*)", caption)
        title, caption = (number[1], number[2]) if number else (name, caption)
        if file:
            said = " ".join(html.unescape(alt[1]).split()) if alt else ""
            yield Figure(name, title, caption, said, source(name)), file[1]
    for found in _EXPLORER.finditer(body):
        caption = f"{_plain(found['said'])} {_plain(found['caption'] or '')}".strip()
        name, said = found["name"], html.unescape(found["alt"])
        yield Figure(name, _plain(found["title"]), caption, said, source(name)), found["svg"]


def _plain(markup: str) -> str:
    """The words of a caption."""
    kept = re.sub(r'(?s)<annotation.*?</annotation>|<a class="headerlink".*?</a>', "", markup)
    kept = re.sub(r'(?s)<span role="tooltip".*?</span>', "", kept)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", kept)).split())


def alone(svg: str, figure: Figure) -> str:
    """A drawing, a file's or a page's, that stands by itself: its own colours, fonts that any
    machine has, a white ground, and what is said of it.

    >>> figure = Figure("fig-a", "Fig. 1.1", "Is K < L?", "A line.", "A book")
    >>> page = '<svg viewBox="0 0 2 1"><path style="fill: var(--figure-ink, #1f2328)"/></svg>'
    >>> print(alone(page, figure))  # doctest: +ELLIPSIS
    <?xml version="1.0" encoding="utf-8"?>
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1" width="2pt" height="1pt" ...>
    <title>Fig. 1.1</title>
    <desc>Is K &lt; L? A line.</desc>
    ...<path style="fill: #1f2328"/></svg>
    """
    box = re.search(r'viewBox="(\S+ \S+ (\S+) (\S+))"', svg)
    if box is None:
        raise ValueError(f"{figure.name}: the drawing has no viewBox")
    body = re.sub(r"(?s)^.*?<svg\b[^>]*>|<metadata>.*?</metadata>", "", svg, count=2)
    body = re.sub(r"var\(--[\w-]+, (#\w+)\)", r"\1", body)
    body = re.sub(r"font-family: [^;\"]*", f"font-family: {FONTS}", body)
    said = [html.escape(part, quote=False) for part in (figure.title, figure.caption)]
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="{box[1]}" width="{box[2]}pt" height="{box[3]}pt" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" role="img" font-family="'
        f'{FONTS}" style="background: #fff">\n<title>{said[0]}</title>\n<desc>'
        f"{said[1]} {html.escape(figure.alt, quote=False)}</desc>\n<metadata>"
        f'<rdf:RDF xmlns:rdf="{rdf}" xmlns:cc="http://creativecommons.org/ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><cc:Work>'
        f"<dc:title>{said[0]}</dc:title><dc:description>{said[1]}</dc:description>"
        f"<dc:source>{html.escape(figure.source, quote=False)}</dc:source>"
        f'<cc:license rdf:resource="{LICENCE.split()[-1]}"/></cc:Work></rdf:RDF></metadata>'
        f"{body.strip()}\n"
    )


FONTS = "DejaVu Sans, Verdana, Arial, sans-serif"


def with_words(png: bytes, figure: Figure) -> bytes:
    """A PNG file that says what it shows, in chunks of text after its header."""
    words = {"Title": figure.title, "Description": figure.caption, "Source": figure.source}
    words |= {"Copyright": LICENCE}
    chunks = b""
    for key, text in words.items():
        data = b"iTXt" + key.encode() + b"\0\0\0\0\0" + text.encode()
        chunks += struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    return png[:33] + chunks + png[33:]


def with_info(pdf: bytes, figure: Figure) -> bytes:
    """A PDF file that says what it shows."""
    words = {"Title": figure.title, "Subject": figure.caption, "Author": figure.source}
    return packed(pdf, words | {"Keywords": f"Licence: {LICENCE}"})


# In the site ------------------------------------------------------------------------------------


def folder(page: str) -> str:
    """Where the figures of a page stand in the site.

    >>> folder("chapters/kuhle/plateau")
    'figures/kuhle/plateau'
    """
    return f"figures/{page.removeprefix('chapters/')}"


def write(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """Writes the files of a page that is being typeset."""
    executed = executed_pages(app).get(page)
    if executed is None or page == app.config.root_doc or app.builder.format != "html":
        return
    base = app.config.html_baseurl.rstrip("/")
    address = f"{base}/{page}.html" if base else ""
    chapter = re.sub(r"<[^>]+>", "", str(context["title"]))
    title = str(app.config.html_title or app.config.project)
    drawn = _drawn(nbformat.read(Path(app.outdir).parent / executed, as_version=4))
    files = {name: Path(app.srcdir, file) for file, name in app.builder.images.items()}
    target = Path(app.outdir, folder(page))
    shutil.rmtree(target, ignore_errors=True)
    listed = []
    for figure, drawing in figures(context["body"], chapter, title, address):
        svg = drawing if drawing.startswith("<svg") else files[drawing].read_text("utf8")
        data = drawn.get(figure.name if drawing.startswith("<svg") else _key(svg))
        if data is None:
            continue  # another page's
        target.mkdir(parents=True, exist_ok=True)
        (target / f"{figure.name}.svg").write_text(alone(layouts(svg)[0], figure), "utf8")
        png = with_words(base64.b64decode(data["image/png"]), figure)
        (target / f"{figure.name}.png").write_bytes(png)
        pdf = with_info(base64.b64decode(data["application/pdf"]), figure)
        (target / f"{figure.name}.pdf").write_bytes(pdf)
        (target / f"{figure.name}.txt").write_text(figure.text, "utf8")
        listed.append(asdict(figure))
    if listed:
        (target / "figures.json").write_text(json.dumps(listed, indent=1), "utf8")


def _drawn(notebook: nbformat.NotebookNode) -> dict[str, Any]:
    """The outputs that show a figure, by the drawing or the explorer's name in the page."""
    found = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            explorer = re.match(r'<div class="explorer" id="([\w-]+)"', data.get("text/html", ""))
            if "application/pdf" in data and explorer:
                found[explorer[1]] = data
            elif "application/pdf" in data and "image/svg+xml" in data:
                found[_key(data["image/svg+xml"])] = data
    return found


def _key(svg: str) -> str:
    return "".join(svg.split())


def finish(app: Sphinx, error: Exception | None) -> None:
    if not error and app.builder.format == "html":
        gather(Path(app.outdir), sorted(app.env.found_docs, key=_order(app)))


def _order(app: Sphinx) -> Any:
    numbers = [str(page) for page in app.env.toctree_includes.get(app.config.root_doc, ())]
    return lambda page: (numbers.index(page) if page in numbers else len(numbers), page)


def gather(site: Path, pages: list[str]) -> None:
    """Lists the files of all pages in the page on figures, and puts them into one file."""
    rows = []
    kept = {site / folder(page) / "figures.json": page for page in pages}
    kept = {file: page for file, page in kept.items() if file.exists()}
    for file in list((site / "figures").rglob("figures.json")):
        if file not in kept:  # of a page that is no more
            shutil.rmtree(file.parent)
    for file, page in kept.items():
        for entry in json.loads(file.read_text("utf8")):
            rows.append(_row(Figure(**entry), page))
    place = site / f"{LISTED}.html"
    if rows and place.exists():
        head = '<tr><th scope="col">Figure</th><th scope="col">What it shows</th>'
        head += '<th scope="col">To take away</th></tr>'
        table = f'<table class="table"><thead>{head}</thead><tbody>{"".join(rows)}</tbody></table>'
        text = _TABLE.sub(lambda m: m[1] + table + m[2], place.read_text("utf8"))
        place.write_text(text, "utf8")
    (site / "figures").mkdir(exist_ok=True)
    partial = site / f"{ALL}.part"
    with zipfile.ZipFile(partial, "w") as archive:
        for file in kept:
            for part in sorted(file.parent.iterdir()):
                entry = zipfile.ZipInfo(part.relative_to(site).as_posix())  # the same date for all
                entry.external_attr = 0o644 << 16
                packed = part.suffix not in (".png", ".pdf")
                entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
                archive.writestr(entry, part.read_bytes())
    partial.replace(site / ALL)


def _row(figure: Figure, page: str) -> str:
    up = os.path.relpath(".", os.path.dirname(LISTED))
    links = " ".join(
        f'<a href="{up}/{folder(page)}/{figure.name}.{end}" download '
        f'aria-label="{html.escape(figure.title)} as {end.upper()}">{end.upper()}</a>'
        for end in ("svg", "png", "pdf")
    )
    question = re.match(r".{10,}?[.?!](?=\s|$)", figure.caption)
    said = html.escape(question[0] if question else figure.caption, quote=False)
    where = f'<a href="{up}/{page}.html#{figure.name}">{html.escape(figure.title, quote=False)}</a>'
    return f"<tr><td>{where}</td><td>{said}</td><td>{links}</td></tr>"


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("html-page-context", write, priority=850)  # images are still files
    app.connect("build-finished", finish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
