"""The house's Sphinx extension: what this book needs beyond Jupyter Book's own.

- pages whose code was executed anew are read anew, even if their text did not change;
- SVG figures stand in the page itself, so that they follow the theme and need no request;
- every page has a description, and offers its executed notebook, which carries the library;
- links to the source and launch buttons point to where the clone came from, or are left out.
"""

from __future__ import annotations

import base64
import bz2
import hashlib
import html
import io
import json
import os
import re
import shutil
import subprocess
import tomllib
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from exhibits.plotting import themed_svg

LOGGER = logging.getLogger(__name__)
NOTEBOOKS = "notebooks"  # the folder of the site in which the executed notebooks lie


# Where the clone came from ----------------------------------------------------------------------


def repository_url(root: Path) -> str | None:
    """The public address of the repository: a build setting, else the git remote, else none."""
    remote = os.environ.get("AIECON_REPOSITORY") or _git(root, "remote", "get-url", "origin")
    url = (remote or "").strip()
    if "://" not in url:  # git@host:owner/name
        url = re.sub(r"^(?:[\w.-]+@)?([\w.-]+\.\w+):(?!/)", r"ssh://\1/", url)
    parts = urlsplit(url)
    path = parts.path.strip("/").removesuffix(".git")
    web = parts.scheme in ("https", "http")  # other ports are not those of the site
    if not (web or parts.scheme in ("ssh", "git", "git+ssh")):
        return None  # a local path is no address
    host = parts.hostname or ""
    port = f":{parts.port}" if web and parts.port else ""
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) or not re.fullmatch(r"[^/]+(/[^/]+)+", path):
        return None
    return f"{parts.scheme if web else 'https'}://{host}{port}/{path}"


def source_state(root: Path) -> str:
    """What the site was built from: the branch, else the commit; HEAD is what hosts call theirs."""
    branch = _git(root, "symbolic-ref", "--short", "--quiet", "HEAD")
    return branch or _git(root, "rev-parse", "--verify", "--quiet", "HEAD") or "HEAD"


def _git(root: Path, *command: str) -> str | None:
    """What the book's own repository says, not one in which its folder happens to lie."""
    own = root / ".git"
    if not own.exists() or shutil.which("git") is None:
        return None
    call = ["git", f"--git-dir={own}", *command]
    answer = subprocess.run(call, capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else None


# What a host is called -> the provider whose buttons the theme knows
PROVIDERS = {
    r"github\.com": "github",
    r"(.*\.)?gitlab\..*": "gitlab",
    r"bitbucket\.org": "bitbucket",
}


def link_to_source(app: Sphinx, config: Config) -> None:
    url = repository_url(Path(app.srcdir))
    host = urlsplit(url or "").hostname or ""
    provider = next((p for name, p in PROVIDERS.items() if re.fullmatch(name, host)), None)
    if url is None or provider is None:
        return
    options = config.html_theme_options
    options.update(
        repository_url=url,
        repository_provider=provider,
        repository_branch=source_state(Path(app.srcdir)),
        use_repository_button=True,
        use_issues_button=provider in ("github", "gitlab"),
        use_source_button=True,
    )


# Pages executed anew ----------------------------------------------------------------------------


def executed_pages(app: Sphinx) -> dict[str, dict[str, str]]:
    """What book/build.py left: docname -> key and executed notebook."""
    state = Path(app.outdir).parent / "pages.json"
    return json.loads(state.read_text("utf8")) if state.exists() else {}


def outdated(app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set) -> list:
    """Pages whose execution differs from the one that the last build typeset, or whose notebook
    was not yet prepared as it is now."""
    before: dict[str, str] = getattr(env, "aiecon_keys", {})
    now = {name: page["key"] for name, page in executed_pages(app).items()}
    env.aiecon_keys = now  # type: ignore[attr-defined]
    changed_anyhow = (
        name
        for name, key in now.items()
        if before.get(name) != key or not _is_prepared(prepared_notebook(app, name))
    )
    return [name for name in changed_anyhow if name in env.found_docs]


def prepared_notebook(app: Sphinx, page: str) -> Path:
    """Where prepared.py leaves a page's notebook."""
    return Path(app.outdir).parent / "prepared" / f"{page}.ipynb"


def _is_prepared(notebook: Path) -> bool:
    maker = Path(__file__).with_name("prepared.py")
    return notebook.exists() and notebook.stat().st_mtime > maker.stat().st_mtime


# Figures in the page ----------------------------------------------------------------------------

_IMAGE = re.compile(r'<img\b[^>]*?\bsrc="[^"]*?_images/([^"/]+\.svg)"[^>]*?/?>')


def inline_figures(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """Replaces each SVG image of a page by the drawing itself, themed and labelled."""
    if "body" not in context:
        return
    files = {name: Path(app.srcdir, file) for file, name in app.builder.images.items()}
    count = 0

    def replace(match: re.Match) -> str:
        nonlocal count
        file = files.get(match[1])
        if file is None or not file.is_file():
            return match[0]
        count += 1
        label = re.search(r'\balt="([^"]*)"', match[0])
        text = html.unescape(label[1]) if label else ""
        return themed_svg(file.read_text("utf8"), f"figure{count}", label=text)

    context["body"] = _IMAGE.sub(replace, context["body"])


_REPEATED = re.compile(r' id="(?:exercise|solution|proof)(?:-content)?"')


def mend_markup(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """Proofs and exercises give each of their boxes the same id, which no link uses; the entries
    of a bibliography have a role that is no longer in use."""
    if "body" in context:
        body = _REPEATED.sub("", context["body"])
        context["body"] = body.replace('role="doc-biblioentry"', 'role="listitem"')


def mend_search_page(app: Sphinx, error: Exception | None) -> None:
    """The theme's search dialog and its search page give the same id to their inputs."""
    page = Path(app.outdir, "search.html")
    if error is None and page.is_file():
        text = page.read_text("utf8")
        if text.count('id="search-input"') > 1:
            text = text.replace('id="search-input"', 'id="search-dialog-input"', 1)
            page.write_text(text, "utf8")


# Description of a page --------------------------------------------------------------------------


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """A meta description: the page's own words (front matter), else its first paragraph."""
    if tree is None:
        return
    text = app.env.metadata.get(page, {}).get("description", "")
    if not text:
        paragraph = next(
            (p for p in tree.findall(nodes.paragraph) if isinstance(p.parent, nodes.section)), None
        )
        text = paragraph.astext() if paragraph is not None else ""
    text = " ".join(text.split())
    if len(text) > 160:
        text = text[:157].rsplit(" ", 1)[0] + "…"
    if text:
        tags = context.get("metatags", "")
        context["metatags"] = f'{tags}\n<meta name="description" content="{html.escape(text)}" />'


_FIRST_VISIT = """<script>
    if (!localStorage.getItem("mode")) {
      const dark = matchMedia("(prefers-color-scheme: dark)").matches;
      localStorage.setItem("mode", "auto");
      localStorage.setItem("theme", dark ? "dark" : "light");
    }
  </script>"""


def choose_theme(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """On a first visit the page follows the reader's system from its first line on.

    The theme's own script, which comes next, would have no mode then: it draws the page without
    colours, complains on the console and looks at the system afterwards.
    """
    context["metatags"] = f"{context.get('metatags', '')}\n  {_FIRST_VISIT}"


# The notebooks that a reader can take away ------------------------------------------------------

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


def first_cell(root: Path) -> str:
    """Code that finds the library on any machine: no installer, nothing of the reader's changed.

    The copy stands in one line, base85 of bzip2 of a zip file; each file has the same date, so that
    the same library gives the same line.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:  # compressed as a whole, which is a fifth smaller
        for file in sorted((root / "lib").rglob("*")):
            name = file.relative_to(root / "lib")
            if file.is_file() and not any(
                "egg-info" in p or p == "__pycache__" for p in name.parts
            ):
                archive.writestr(zipfile.ZipInfo(name.as_posix()), file.read_bytes())
    copy = base64.b85encode(bz2.compress(out.getvalue())).decode()
    project = tomllib.loads((root / "pyproject.toml").read_text("utf8"))["project"]
    least = (requirement.split(">=") for requirement in project["dependencies"])
    requirements = ", ".join(f'{name}="{version}"' for name, version in least)
    digest = hashlib.sha256(out.getvalue()).hexdigest()[:12]
    return _FIRST_CELL.format(digest=digest, copy=copy, requirements=requirements)


def offer_notebooks(app: Sphinx, error: Exception | None) -> None:
    """Writes each page's prepared notebook into the site, able to run on any machine."""
    if error or app.builder.format != "html":
        return
    found = executed_pages(app)
    if not found:
        return
    setup = first_cell(Path(app.srcdir))
    for name in found:
        notebook = nbformat.read(prepared_notebook(app, name), as_version=4)
        cell = nbformat.v4.new_code_cell(setup, metadata={"jupyter": {"source_hidden": True}})
        cell.id = "find-aiecon"
        notebook.cells.insert(0, cell)
        target = Path(app.outdir, NOTEBOOKS, f"{name}.ipynb")
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, target)


def leave_as_it_is(app: Sphinx, error: Exception | None) -> None:
    """GitHub Pages would take folders that begin with _ for templates of its own, and drop them."""
    Path(app.outdir, ".nojekyll").touch()


def notebook_button(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """Adds the executed notebook to the page's download menu."""
    if page not in executed_pages(app):
        return
    for group in context.get("header_buttons", []):
        if group.get("label") == "download-buttons":
            group["buttons"].insert(
                0,
                {
                    "type": "link",
                    "url": context["pathto"](f"{NOTEBOOKS}/{page}.ipynb", 1),
                    "text": ".ipynb",
                    "icon": "fas fa-code",
                    "tooltip": "Download the executed notebook",
                    "label": "download-notebook-button",
                },
            )


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("config-inited", link_to_source)
    app.connect("env-get-outdated", outdated)
    app.connect("html-page-context", inline_figures, priority=900)
    app.connect("html-page-context", mend_markup, priority=900)
    app.connect("html-page-context", describe, priority=900)
    app.connect("html-page-context", choose_theme, priority=900)
    app.connect("html-page-context", notebook_button, priority=900)
    app.connect("build-finished", mend_search_page)
    app.connect("build-finished", offer_notebooks)
    app.connect("build-finished", leave_as_it_is)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
