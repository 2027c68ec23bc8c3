"""The theme, lighter: its style sheets less the rules that nothing in the site can use, as one
file, and its script less a look at every box of a page.

The theme brings the whole of Bootstrap, of which this book uses a tenth. A rule stays if every
class and id of its selector occurs somewhere: in a page, or as a word in a script that may set it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_NAME = re.compile(r"[.#]((?:[A-Za-z_-]|\\.)(?:[\w-]|\\.)*)")
_CHOICE = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]")
_QUOTED = r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\''
_TOKEN = re.compile(rf"""[{{}};]|{_QUOTED}|url\((?:{_QUOTED}|[^)"']*)\)""")
_NESTED = ("@media", "@supports", "@container", "@layer")
#: In the order in which a page asks for them; the first by way of another, which names it.
_THEME = ("../basic", "bootstrap", "pydata-sphinx-theme", "sphinx-book-theme")
_LOOKS = re.compile(
    r'"complete"===document\.readyState\?(\w+)\(\):window\.addEventListener\("load",\1\)'
)
_LOOKED = '"book.js looks"'


def pruned(css: str, words: set[str]) -> str:
    """The style sheet less the rules that need a class or id outside ``words``.

    Of a word that ends with a hyphen every continuation is known: scripts compose names.

    >>> pruned(".a{x:1}.b .a,.a:not(.c){x:2}@media print{.b{x:3}.a{x:4}}", {"a"})
    '.a{x:1}.a:not(.c){x:2}@media print{.a{x:4}}'
    """
    starts = tuple(word for word in words if len(word) > 3 and word.endswith("-"))

    def known(selector: str) -> bool:
        names = (name.replace("\\", "") for name in _NAME.findall(_CHOICE.sub("", selector)))
        return all(name in words or name.startswith(starts) for name in names)

    out = []
    for head, body in _rules(re.sub(r"/\*.*?\*/", "", css, flags=re.S)):
        if body is None:
            out.append(f"{head};")
        elif head.startswith(_NESTED):
            if inside := pruned(body, words):
                out.append(f"{head}{{{inside}}}")
        elif head.startswith("@"):
            out.append(f"{head}{{{body}}}")
        elif kept := [s for s in _split(head) if known(s)]:
            out.append(f"{','.join(kept)}{{{body}}}")
    return "".join(out)


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Each rule's head and what stands in its braces; a statement such as @import has none."""
    start = depth = opened = 0
    for match in _TOKEN.finditer(css):
        sign, at = match[0], match.start()
        if sign == "{":
            opened = at if depth == 0 else opened
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : at].strip()
                start = at + 1
        elif sign == ";" and depth == 0:
            yield css[start:at].strip(), None
            start = at + 1


def _split(selectors: str) -> list[str]:
    """A list of selectors at its own commas."""
    parts = re.findall(r"(?:[^,(]|\((?:[^()]|\([^()]*\))*\))+", selectors)
    return [part.strip() for part in parts]


def words_of(site: Path) -> set[str]:
    """Every name that a page or a script of the site can use."""
    found: set[str] = set()
    for file in site.rglob("*.html"):
        text = file.read_text("utf8")
        for value in re.findall(r'\s(?:class|id)="([^"]*)"', text):
            found.update(value.split())
        for script in re.findall(r"<script\b[^>]*>([^<]*)</script>", text):
            found.update(_script(script) if len(script) < 20_000 else ())
    for file in (site / "_static").rglob("*.js"):
        found.update(_script(file.read_text("utf8")))
    return found


def _script(text: str) -> Iterable[str]:
    return re.findall(r"[A-Za-z_][\w-]*", text)


def prune(site: Path) -> None:
    """Prunes the style sheets that others brought; those of the book hold what it uses."""
    words = words_of(site)
    for name in _THEME:
        _rewrite(site / "_static" / "styles" / f"{name}.css", words)
    for file in (site / "_static").glob("*.css"):
        if re.match(r"sphinx-design|mystnb|proof|pygments", file.name):
            _rewrite(file, words)


def _rewrite(file: Path, words: set[str]) -> None:
    if file.exists():
        file.write_text(pruned(file.read_text("utf8"), words), "utf8")


def join(site: Path) -> None:
    """The theme's style sheets in one file: a page is drawn when the last of all has come."""
    styles = site / "_static" / "styles"
    files = [styles / f"{name}.css" for name in _THEME]
    if not files[0].exists():
        return  # Sphinx wrote nothing anew, and copied nothing
    whole = "".join(file.read_text("utf8") for file in files)
    (styles / "theme.css").write_text(whole, "utf8")
    for file in files:
        file.unlink()
    apart = re.compile(rf"<link\b[^>]*/styles/(?:{'|'.join(_THEME[1:])})\.css[^>]*>\s*")
    for page in site.rglob("*.html"):
        if apart.search(text := page.read_text("utf8")):
            page.write_text(apart.sub("", text), "utf8")


def look_once(site: Path) -> None:
    """When a page has been loaded the theme asks every box whether it scrolls, and so lays out all
    that waits to be seen. Here a box is looked at when it is laid out (book.js)."""
    script = site / "_static" / "scripts" / "pydata-sphinx-theme.js"
    text, found = _LOOKS.subn(_LOOKED, script.read_text("utf8"))
    if not found and _LOOKED not in text:
        raise ValueError(f"{script.name} no longer looks for boxes that scroll as was known")
    script.write_text(text, "utf8")
