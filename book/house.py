"""The house's Sphinx extension: what this book needs beyond Jupyter Book's own.

- pages whose code was executed anew are read anew, even if their text did not change;
- SVG figures stand in the page itself, so that they follow the theme and need no request;
- every page has a description, and offers its executed notebook, which installs what it needs;
- links to the source and launch buttons point to where the clone came from, or are left out.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from aiecon.figures import themed_svg

LOGGER = logging.getLogger(__name__)
NOTEBOOKS = "notebooks"  # the folder of the site in which the executed notebooks lie


# Where the clone came from ----------------------------------------------------------------------


def repository_url(root: Path) -> str | None:
    """The public address of the repository: a build setting, else the git remote, else none."""
    url = os.environ.get("AIECON_REPOSITORY") or _git_remote(root)
    if not url:
        return None
    url = re.sub(r"^(?:ssh://)?git@([^:/]+)[:/]", r"https://\1/", url.strip())
    url = re.sub(r"\.git/?$", "", url)
    match = re.match(r"^https://(?:[^@/]+@)?([\w.-]+\.\w+)/([^/]+(?:/[^/]+)+?)/?$", url)
    return f"https://{match[1]}/{match[2]}" if match else None  # a local path is no address


def _git_remote(root: Path) -> str | None:
    answer = subprocess.run(
        ["git", "-C", str(root), "remote", "get-url", "origin"],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip() if answer.returncode == 0 else None


PROVIDERS = {"github": "github.com", "gitlab": "gitlab", "bitbucket": "bitbucket.org"}


def link_to_source(app: Sphinx, config: Config) -> None:
    url = repository_url(Path(app.srcdir))
    provider = next((name for name, host in PROVIDERS.items() if url and host in url), None)
    if url is None or provider is None:
        return
    options = config.html_theme_options
    options.update(
        repository_url=url,
        repository_provider=provider,
        repository_branch="main",
        use_repository_button=True,
        use_issues_button=provider in ("github", "gitlab"),
        use_source_button=True,
    )
    if provider == "github":
        binder = os.environ.get("AIECON_BINDER", "https://mybinder.org")
        options["launch_buttons"] = {"notebook_interface": "jupyterlab", "binderhub_url": binder}


# Pages executed anew ----------------------------------------------------------------------------


def executed_pages(app: Sphinx) -> dict[str, dict[str, str]]:
    """What book/build.py left: docname -> key and executed notebook."""
    state = Path(app.outdir).parent / "pages.json"
    return json.loads(state.read_text("utf8")) if state.exists() else {}


def outdated(app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set) -> list:
    """Pages whose execution differs from the one that the last build typeset."""
    before: dict[str, str] = getattr(env, "aiecon_keys", {})
    now = {name: page["key"] for name, page in executed_pages(app).items()}
    env.aiecon_keys = now  # type: ignore[attr-defined]
    return [name for name, key in now.items() if before.get(name) != key and name in env.found_docs]


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

_FIRST_CELL = '''\
# Finds the book's library, or installs the copy that this notebook carries.
import importlib.util

if importlib.util.find_spec("aiecon") is None:
    import base64, pathlib, subprocess, sys, tempfile

    wheel = pathlib.Path(tempfile.mkdtemp(), "{name}")
    wheel.write_bytes(base64.b64decode("""{data}"""))
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", str(wheel)], check=True)
'''


_NOT_SOURCE = shutil.ignore_patterns("__pycache__", "*.egg-info")


def library_wheel(app: Sphinx) -> Path:
    """The library as a wheel, made once for each state of lib/."""
    root = Path(app.srcdir)
    digest = hashlib.sha256((root / "pyproject.toml").read_bytes())
    for file in sorted((root / "lib").rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts and "egg-info" not in str(file):
            digest.update(str(file.relative_to(root)).encode() + file.read_bytes())
    place = Path(app.outdir).parent / "wheels" / digest.hexdigest()[:16]
    if not list(place.glob("*.whl")):
        with tempfile.TemporaryDirectory() as copy:  # a build leaves traces beside its sources
            for name in ("pyproject.toml", "README.md", "LICENSE"):
                shutil.copy(root / name, copy)
            shutil.copytree(root / "lib", Path(copy, "lib"), ignore=_NOT_SOURCE)
            command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", copy]
            command += ["--no-build-isolation", "--no-index", "--wheel-dir", str(place)]
            subprocess.run(command, check=True, capture_output=True)
    return next(place.glob("*.whl"))


def offer_notebooks(app: Sphinx, error: Exception | None) -> None:
    """Writes each page's executed notebook into the site, able to run on any machine."""
    if error or app.builder.format != "html":
        return
    found = executed_pages(app)
    if not found:
        return
    wheel = library_wheel(app)
    data = base64.encodebytes(wheel.read_bytes()).decode()
    setup = _FIRST_CELL.format(name=wheel.name, data=data)
    for name, page in found.items():
        notebook = nbformat.read(page["notebook"], as_version=4)
        cell = nbformat.v4.new_code_cell(setup, metadata={"jupyter": {"source_hidden": True}})
        cell.id = "install-aiecon"
        notebook.cells.insert(0, cell)
        notebook.metadata.pop("source_map", None)
        target = Path(app.outdir, NOTEBOOKS, f"{name}.ipynb")
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, target)
    (Path(app.outdir, NOTEBOOKS) / wheel.name).write_bytes(wheel.read_bytes())


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
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
