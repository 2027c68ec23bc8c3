"""Where a page comes from, and how it is cited.

- the foot of every page names authors, version, date and commit, and the repository where there is
  one; a later build stamps the pages that it leaves as they are with the new date and commit;
- every page with an article tells how to cite it, as BibTeX;
- where the site's address is known, a page has a card for whoever shares it: its main figure.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any

import nbformat
import yaml
from sphinx.application import Sphinx

from house import executed_pages, git, repository_url, source_links

_STAMP = re.compile(r'(<span class="edition">).*?(</span>)')


@dataclass(frozen=True)
class Edition:
    """What CITATION.cff says of the book, and the commit that it was built from."""

    title: str
    authors: tuple[tuple[str, str], ...]  # family name and given names; an institution has no given
    version: str
    released: date
    commit: str = ""  # none without git
    abstract: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def byline(self) -> str:
        return ", ".join(f"{given} {family}".strip() for family, given in self.authors)

    @property
    def state(self) -> str:
        """
        >>> Edition("A book", (), "1.2", date(2026, 1, 31), commit="ab12").state
        'Version 1.2, 31 January 2026, commit ab12'
        """
        day = f"{self.released.day} {self.released:%B %Y}"
        commit = f", commit {self.commit}" * bool(self.commit)
        return f"Version {self.version}, {day}{commit}"

    def bibtex(self, page: str, title: str, address: str) -> str:
        """The entry of a page; the landing page stands for the book."""
        names = " and ".join(
            f"{family}, {given}" if given else f"{{{family}}}" for family, given in self.authors
        )
        whole = page == "intro"
        name = "-".join(part for part in page.split("/") if part != "chapters")
        fields = {
            "author": names,
            "title": self.title if whole else title,
            **({} if whole else {"booktitle": self.title}),
            "year": str(self.released.year),
            "note": f"Version {self.version}",
            **({"url": address} if address else {}),
        }
        lines = (f"  {key} = {{{_tex(text)}}}" for key, text in fields.items())
        return f"@{'book' if whole else 'incollection'}{{tai-{name},\n" + ",\n".join(lines) + "\n}"


def _tex(text: str) -> str:
    return re.sub(r"(?<!\\)([&%#_])", r"\\\1", text)


@cache
def edition(root: Path) -> Edition:
    """The edition that stands in ``root``: the date is that of the commit, if there is one."""
    about = yaml.safe_load((root / "CITATION.cff").read_text("utf8"))
    names = (
        (a.get("name") or a["family-names"], a.get("given-names", "")) for a in about["authors"]
    )
    commit = git(root, "log", "-1", "--format=%cs %h") or ""
    day, _, name = commit.partition(" ")
    changed = git(root, f"--work-tree={root}", "status", "--porcelain", "--untracked-files=no")
    return Edition(
        title=about["title"],
        authors=tuple(names),
        version=str(about["version"]),
        released=date.fromisoformat(day or str(about["date-released"])),
        commit=name + " and changes" * bool(name and changed),
        abstract=" ".join(about["abstract"].split()),
        keywords=tuple(about["keywords"]),
    )


# On the pages -----------------------------------------------------------------------------------


def tell(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """What the templates of foot, citation and card say."""
    root, base = Path(app.srcdir), app.config.html_baseurl
    book = edition(root)
    context["edition"] = book
    context["repository"] = repository_url(root)
    context["issues"] = source_links(context["repository"], "", page).get("Open issue", "")
    if template != "page.html":
        return
    title = unescape(re.sub("<[^>]*>", "", context.get("title", "")))
    title = re.sub(r"^[\d.]+ ", "", title)
    context["citation"] = book.bibtex(page, title, base and base + app.builder.get_target_uri(page))
    if base and (picture := main_figure(app, page)):
        name = page.replace("/", "-") + ".png"
        folder = Path(app.outdir, "_static", "cards")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(picture)
        context["card"] = f"{base}_static/cards/{name}"


def main_figure(app: Sphinx, page: str) -> bytes | None:
    """The first picture that the page's cells have put out."""
    executed = executed_pages(app).get(page)
    if executed is None:
        return None
    cells = nbformat.read(Path(app.outdir).parent / executed, as_version=4).cells
    outputs = (output for cell in cells for output in cell.get("outputs", ()))
    pictures = (output.get("data", {}).get("image/png") for output in outputs)
    first = next(filter(None, pictures), None)
    return first and base64.b64decode(first)


def stamp(app: Sphinx, error: Exception | None) -> None:
    """Dates every page, those that were not typeset anew too."""
    if error or app.builder.format != "html":
        return
    state = escape(edition(Path(app.srcdir)).state)
    for file in Path(app.outdir).rglob("*.html"):
        text = file.read_text("utf8")
        if (now := _STAMP.sub(rf"\g<1>{state}\g<2>", text)) != text:
            file.write_text(now, "utf8")


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("html-page-context", tell, priority=100)  # before the theme drops empty templates
    app.connect("build-finished", stamp)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
