"""The notebooks that a reader can take away: one for each page, and where it runs as it is.

A page's notebook is plain Markdown with the executed code (prepared.py), and its first cell carries
the library, so that it runs on any machine that has the library's dependencies.
"""

from __future__ import annotations

import base64
import bz2
import hashlib
import io
import os
import tomllib
import zipfile
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import nbformat
from sphinx.application import Sphinx

from exhibits import course
from house import executed_pages, repository_url
from prepared import prepared

ROOT = Path(__file__).resolve().parent.parent

_FIRST_CELL = """\
# The book's library: the copy that this notebook carries, unpacked for as long as the kernel runs.
import base64, bz2, io, sys, tempfile, zipfile
if "aiecon-{digest}" not in "".join(sys.path):
    _library = tempfile.TemporaryDirectory(prefix="aiecon-{digest}-")
    _copy = bz2.decompress(base64.b85decode("{copy}"))
    zipfile.ZipFile(io.BytesIO(_copy)).extractall(_library.name)
    sys.path.insert(0, _library.name)
    for _name in [name for name in sys.modules if name.split(".")[0] in ("aiecon", "exhibits")]:
        del sys.modules[_name]
from exhibits.notebook import require; require({requirements})"""


@cache
def first_cell() -> str:
    """Code that finds the library on any machine: no installer, nothing of the reader's changed.

    The copy stands in one line, base85 of bzip2 of a zip file; each file has the same date, so that
    the same library gives the same line.
    """
    out, library = io.BytesIO(), ROOT / "lib"
    with zipfile.ZipFile(out, "w") as archive:  # compressed as a whole, which is a fifth smaller
        for file in sorted(library.rglob("*")):
            name = file.relative_to(library).as_posix()
            if file.is_file() and "egg-info" not in name and "__pycache__" not in name:
                archive.writestr(zipfile.ZipInfo(name), file.read_bytes())
        chapters = course.book(ROOT).packed()  # of which the notebook has no sources
        archive.writestr(zipfile.ZipInfo(f"exhibits/{course.CARRIED.name}"), chapters)
    copy = base64.b85encode(bz2.compress(out.getvalue())).decode()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    least = (requirement.split(">=") for requirement in project["dependencies"])
    requirements = ", ".join(f'{name}="{version}"' for name, version in least)
    digest = hashlib.sha256(out.getvalue()).hexdigest()[:12]
    return _FIRST_CELL.format(digest=digest, copy=copy, requirements=requirements)


def write(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """Writes the notebook of a page that has just been typeset, and adds it to the page's menus."""
    executed = executed_pages(app).get(page)
    if executed is None:
        return
    base = app.config.html_baseurl
    notebook = prepared(
        nbformat.read(Path(app.outdir).parent / executed, as_version=4),
        context["body"],
        address=f"{base.rstrip('/')}/{page}.html" if base else "",
    )
    hidden = {"jupyter": {"source_hidden": True}}
    cell = nbformat.v4.new_code_cell(first_cell(), metadata=hidden, id="find-aiecon")
    notebook.cells.insert(0, cell)
    target = Path(app.outdir, "notebooks", f"{page}.ipynb")
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target)


# Where it runs without a download ---------------------------------------------------------------


_BINDER = "https://mybinder.org"
#: Where a reader is told of Binder: there its link leads to this book, once that is known.
RERUN = "chapters/reference/rerun"


def launch_links(repository: str | None, branch: str | None, page: str) -> dict[str, str]:
    """Binder for GitHub and GitLab, Colab for GitHub, once a branch holds the notebooks.

    The branch, named by ``AIECON_NOTEBOOKS``, is what the site's workflow writes: the notebooks
    beside an environment.yml. ``AIECON_BINDER`` names another Binder; ``AIECON_LITE`` is where a
    JupyterLite stands (lite.py), whose first page says what it loads.
    """
    lite = os.environ.get("AIECON_LITE")
    links = {"Browser": f"{lite.rstrip('/')}/index.html#{quote(page)}"} if lite else {}
    parts = urlsplit(repository or "")
    path, host = parts.path.strip("/"), parts.hostname
    if not (branch and path):
        return links
    notebook, at = quote(f"{page}.ipynb"), quote(branch, safe="")
    binder = os.environ.get("AIECON_BINDER", _BINDER).rstrip("/")
    opens = f"{at}?urlpath=lab/tree/{notebook}"
    if host == "github.com":
        return links | {
            "Binder": f"{binder}/v2/gh/{path}/{opens}",
            "Colab": f"https://colab.research.google.com/github/{path}/blob/{at}/{notebook}",
        }
    if host == "gitlab.com":  # the only GitLab that Binder's service knows by that name
        return links | {"Binder": f"{binder}/v2/gl/{quote(path, safe='')}/{opens}"}
    return links


_ICONS = {"Binder": "_static/images/logo_binder.svg", "Colab": "_static/images/logo_colab.png"}
_ICONS |= {"Browser": "fas fa-play"}
_DOES = {"Browser": "Run it in this browser: the next page says what that loads"}


def offer(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """Adds the notebook to the menus in the page's header, which the theme has made by now."""
    repository, branch = repository_url(Path(app.srcdir)), os.environ.get("AIECON_NOTEBOOKS")
    if page == RERUN and (first := launch_links(repository, branch, app.config.root_doc)):
        real = f'href="{escape(first.get("Binder", _BINDER))}"'
        context["body"] = context["body"].replace(f'href="{_BINDER}"', real)
    menus = context.get("header_buttons")
    if menus is None or page not in executed_pages(app):
        return
    download = {
        "type": "link",
        "url": context["pathto"](f"notebooks/{page}.ipynb", 1),
        "text": ".ipynb",
        "icon": "fas fa-code",
        "tooltip": "Download the executed notebook",
        "label": "download-notebook-button",
    }
    for menu in menus:
        if menu.get("label") == "download-buttons":
            menu["buttons"].insert(0, download)
    buttons = [
        {
            "type": "link",
            "text": name,
            "tooltip": _DOES.get(name, f"Run on {name}"),
            "icon": _ICONS[name],
            "url": url,
        }
        for name, url in launch_links(repository, branch, page).items()
    ]
    if buttons:
        group = {"type": "group", "tooltip": "Run the notebook", "icon": "fas fa-rocket"}
        menus.append(group | {"buttons": buttons, "label": "launch-buttons"})


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("html-page-context", write)
    app.connect("html-page-context", offer, priority=900)  # after the theme's own buttons
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
