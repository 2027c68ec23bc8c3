"""SVG documents as pages hold them: themed, with a layout for a phone behind the wide one.

Apart from :mod:`~exhibits.plotting`, so that what only typesets does not wait for matplotlib.
"""

from __future__ import annotations

import base64
import re

__all__ = ["NARROW", "PALETTE", "layouts", "themed_svg"]

#: Ink and the data colours (Okabe & Ito's set, safe for colour-blind readers, darkened until each
#: has a contrast of 3:1 or more on white). In greyscale their lightness differs only a little, so
#: a figure never tells two lines apart by colour alone: use :data:`DASHES` or a label at the line.
PALETTE: dict[str, str] = {
    "ink": "#1f2328",
    "muted": "#6b7280",
    "faint": "#d0d5dc",
    "blue": "#0067a5",
    "vermilion": "#c14a09",
    "green": "#00795c",
    "purple": "#a3457f",
    "amber": "#a16b00",
    "sky": "#2f86b8",
}

#: What stands between both layouts.
NARROW = "<!--narrow:"


def layouts(document: str) -> tuple[str, str | None]:
    """A figure's SVG document as a page shows it, and as a phone does, if it has that, too."""
    wide, _, narrow = document.partition(NARROW)
    return wide, base64.b64decode(narrow.removesuffix("-->")).decode() if narrow else None


_ID = re.compile(r'\b(id=")([^"]+)(")')
_REFERENCE = re.compile(r'(url\(#|href="#)([^")]+)')
#: What matplotlib writes and no page needs: names of artists, turns by nothing, digits below a
#: hundredth of a pixel, line breaks.
_GROUP = re.compile(
    r' id="(?:axes|legend|line2d|matplotlib\.axis|patch|text|[xy]tick|\w+Collection)_\d+"'
)
_PLACES = re.compile(r' (?:d|x|y|width|height)="[^"]*"')
_LIGHTER = (
    (_GROUP, ""),
    (re.compile(r' transform="rotate\(-?0 [^)]*\)"'), ""),
    (re.compile(r"\s*\n\s*"), "\n"),
    (re.compile(r"<path(?![^>]*\sd=)"), '<path d=""'),  # a line without points
)


def themed_svg(document: str, prefix: str, label: str | None = None, digits: int = 2) -> str:
    """An SVG document made ready to stand inside a page.

    Ids get ``prefix`` (a page holds many figures, ids are unique in a page), the palette's colours
    become ``var(--figure-…)`` with the light value as fallback, the font gives way to the page's,
    and the fixed size to the column's width, up to a size at which the figure's text is as large as
    the page's. Coordinates keep so many ``digits``.
    With ``label`` the picture is one image with that text alternative; without, it is hidden from
    assistive technology (its description then stands beside it).

    >>> drawing = '<path d="M0 0" id="p" style="fill: #0067a5"/>'
    >>> document = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{drawing}</svg>'
    >>> themed_svg(document, "f1", label="a dot")  # doctest: +ELLIPSIS
    '<svg ... aria-label="a dot"><path d="M0 0" id="f1-p" style="fill: var(--figure-blue, ...'
    """
    start = document.index("<svg")
    body = document[start:].rstrip()
    head_end = body.index(">")
    view_box = re.search(r'viewBox="\S+ \S+ (\S+) \S+"', body[:head_end])
    if view_box is None:
        raise ValueError(
            "document: an SVG without a viewBox cannot be scaled; figures.svg makes one"
        )
    body = re.sub(r"<metadata>.*?</metadata>\s*", "", body[head_end + 1 :], flags=re.DOTALL)
    for pattern, lighter in _LIGHTER:
        body = pattern.sub(lighter, body)
    beyond = re.compile(rf"(?<=\.\d{{{digits}}})\d+")
    body = _PLACES.sub(lambda found: beyond.sub("", found[0]), body)
    body = _ID.sub(rf"\g<1>{prefix}-\g<2>\g<3>", body)
    body = _REFERENCE.sub(rf"\g<1>{prefix}-\g<2>", body)
    for name, colour in PALETTE.items():
        body = body.replace(colour, f"var(--figure-{name}, {colour})")
    body = body.replace("'DejaVu Sans', ", "").replace("'DejaVu Sans'", "inherit")
    if label is None:
        access = 'aria-hidden="true"'
    else:
        text = label.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        access = f'role="img" aria-label="{text}"'
    widest = f'style="max-width: {float(view_box[1]) / 10.5:.4g}rem"'
    names = 'xmlns="http://www.w3.org/2000/svg" class="book-figure"'
    return f"<svg {names} {view_box[0]} {widest} {access}>{body}"
