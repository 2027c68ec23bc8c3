"""Prints the book: the built site as one document, typeset by Chromium into _build/book.pdf.

    python book/pdf.py                   what `make pdf` runs
    python book/pdf.py --solutions no    without the solutions to the exercises

pdf_document.py binds the pages, assets/print.css says how they look. A first print tells where
things came to lie; print.js arranges them accordingly and fills the table of contents, whose page
numbers Chromium cannot know before.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from pathlib import Path
from typing import Any

import pikepdf

from browser import opened
from pdf_document import document, parts
from provenance import Edition, edition

ROOT = Path(__file__).resolve().parent.parent
PAPER: dict[str, Any] = {"prefer_css_page_size": True, "print_background": True}
MEASURE = (624, 900)  # width and height of the text, as in assets/print.css: 165 mm
ROUNDS = 5  # of arranging: a figure that moves moves those behind it


def title_page(book: Edition, solutions: bool) -> str:
    title, _, subtitle = book.title.partition(", ")
    return (
        f'<header class="front">\n<h1>{title}</h1>\n<p class="subtitle">{subtitle}</p>\n'
        f"<p>{book.byline}</p>\n<p>{book.state}<br>Text CC BY 4.0, code MIT</p>\n"
        "<p>The figures that move on the book’s pages stand here as they begin there, with their "
        "addresses. Code that the pages fold away is not printed"
        f"{'' if solutions else ', nor are the solutions to the exercises'}.</p>\n</header>\n"
    )


def printed(file: Path) -> bytes:
    """The document as PDF. RuntimeError where its contents name other pages than its own."""
    with opened(*MEASURE) as page:
        page.set_default_timeout(0)  # a busy machine takes its time
        page.emulate_media(media="print")
        page.goto(file.as_uri())
        page.add_script_tag(path=ROOT / "book" / "print.js")
        page.evaluate("document.fonts.ready.then(() => { fit(); mark(); })")
        for _ in range(ROUNDS):
            places = destinations(page.pdf(**PAPER))
            if not page.evaluate("arrange", places):
                break
        page.evaluate("fill", places)
        for _ in range(ROUNDS):  # what is filled in may move what comes behind
            pdf = page.pdf(**PAPER, outline=True, tagged=True)
            if page.evaluate("fill", destinations(pdf)):
                return pdf
        raise RuntimeError("the pages are others than those that the contents name")


def destinations(pdf: bytes) -> dict[str, tuple[int, float]]:
    """Where each anchor lies to which a link leads: the page, from 1, and the points from below."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        pages = {page.obj.objgen: number for number, page in enumerate(book.pages, 1)}
        places = dict(book.Root.Dests.items())
        return {name[1:]: (pages[at[0].objgen], float(at[3])) for name, at in places.items()}


def packed(pdf: bytes, about: dict[str, str]) -> bytes:
    """The same PDF described by ``about``, its objects (the book has 150,000 small ones, the tags
    that screen readers need) in compressed streams."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as book:
        for key, text in about.items():
            book.docinfo[f"/{key}"] = text
        together = pikepdf.ObjectStreamMode.generate
        book.save(out, object_stream_mode=together, deterministic_id=True)
    return out.getvalue()


def main() -> str | None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--solutions", choices=("yes", "no"), default="yes", help="print them too")
    parser.add_argument("--build", type=Path, help="the built edition's folder (default: _build)")
    parser.add_argument("--root", type=Path, default=ROOT, help="the book's folder")
    arguments = parser.parse_args()
    started = time.perf_counter()
    build = (arguments.build or arguments.root / "_build").resolve()
    if not (build / "html" / "intro.html").exists():
        return "There is no site yet: run make book first."
    book = edition(arguments.root)
    solutions = arguments.solutions == "yes"
    front = title_page(book, solutions)
    text = document(list(parts(arguments.root, build / "html")), front, book.title, solutions)
    (build / "book.html").write_text(text, "utf8")
    pdf = packed(
        printed(build / "book.html"),
        {
            "Title": book.title,
            "Author": book.byline,
            "Subject": book.abstract,
            "Keywords": ", ".join(book.keywords),
            "Creator": book.state,
        },
    )
    (build / "book.pdf").write_bytes(pdf)
    size, seconds = len(pdf) / 1e6, time.perf_counter() - started
    print(f"{os.path.relpath(build / 'book.pdf')}: {size:.1f} MB in {seconds:.0f} s")
    return None


if __name__ == "__main__":
    sys.exit(main())
