"""The house around the chapters: what this book needs beyond Jupyter Book's own.

- links to the source point to where the clone came from, or are left out;
- pages are typeset anew whose code was executed anew, and all where the house changed;
- SVG figures stand in the page itself, so that they follow the theme and need no request;
- at its first use on a page a term of the glossary carries its definition with it;
- a page loads the styles and scripts that something on it needs (lighter.py: the rules too), an
  explorer's samples when it comes near, and no script keeps it from being drawn;
- what the theme writes and the HTML standard refuses is mended.

What a page says in its head, and the pages 404 and index, are templates (book/templates).
"""

from __future__ import annotations

import ast
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from docutils import nodes
from myst_nb.ext.glue.crossref import read_glue_cache
from pybtex.backends import plaintext
from pybtex.plugin import register_plugin
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.domains import std as standard
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util import logging

import editions
from exhibits.documents import layouts, themed_svg
from lighter import join, look_once, prune

LOGGER = logging.getLogger(__name__)

#: What a host is called -> its icon, and where it shows a file and takes an issue.
HOSTS = {
    r"github\.com": ("fab fa-github", "/blob/{state}/{file}?plain=1", "/issues/new?title={page}"),
    r"(.*\.)?gitlab\..*": (
        "fab fa-gitlab",
        "/-/blob/{state}/{file}?plain=1",
        "/-/issues/new?issue[title]={page}",
    ),
    r"bitbucket\.org": ("fab fa-bitbucket", "/src/{state}/{file}", ""),
    r"codeberg\.org": ("fas fa-code", "/src/{kind}/{state}/{file}", "/issues/new?title={page}"),
    r".*": ("fas fa-code", "", ""),
}

#: File of styles or scripts -> what it is for: markup without which a page does not load it.
NEEDED_FOR = {
    "clipboard.min.js": 'class="highlight"',
    "copybutton.css": 'class="highlight"',
    "copybutton.js": 'class="highlight"',
    "design-tabs.js": "sd-tab-set",
    "explorer.css": 'class="explorer"',
    "explorer.js": 'data-part="samples"',
    "exercise.css": r'class="(?:[\w -]* )?(?:exercise|solution)\b',
    "mathml.css": "<math",
    "mystnb.*.css": r'class="(?:cell\b|[\w -]*pasted)',
    "proof.css": r'class="proof\b',
    "pygments.css": 'class="highlight"',
    "sphinx-design.min.css": r'class="[\w -]*\bsd-',
}

#: The page that says what a word means, once for all pages.
GLOSSARY = "chapters/reference/glossary"

#: What extensions and the theme copy into the site and no page asks for.
UNUSED = (
    *("vendor", "locales", "check-solid.svg", "copy-button.svg", "file.png", "minus.png"),
    *("plus.png", "webpack-macros.html", "sbt-webpack-macros.html", "readme.svg"),
)


# Addresses --------------------------------------------------------------------------------------


def repository_url(root: Path) -> str | None:
    """The public address of the repository: a build setting, else the git remote, else none."""
    remote = os.environ.get("AIECON_REPOSITORY") or git(root, "remote", "get-url", "origin")
    url = (remote or "").strip()
    if "://" not in url:  # git@host:owner/name
        url = re.sub(r"^(?:[\w.-]+@)?([\w.-]+\.\w+):(?!/)", r"ssh://\1/", url)
    parts = urlsplit(url)
    web = parts.scheme in ("https", "http")
    if not (web or parts.scheme in ("ssh", "git", "git+ssh")):
        return None  # a local path is no address
    host, path = parts.hostname or "", parts.path.strip("/").removesuffix(".git")
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) or not re.fullmatch(r"[^/]+(/[^/]+)+", path):
        return None
    port = f":{parts.port}" if web and parts.port else ""  # other ports are not those of the site
    return f"{parts.scheme if web else 'https'}://{host}{port}/{path}"


def source_state(root: Path) -> str:
    """What the site was built from: the branch, else the commit; HEAD is what hosts call theirs."""
    branch = git(root, "symbolic-ref", "--short", "--quiet", "HEAD")
    return branch or git(root, "rev-parse", "--verify", "--quiet", "HEAD") or "HEAD"


def git(root: Path, *command: str) -> str | None:
    """What the book's own repository says, not one in which its folder happens to lie."""
    own = root / ".git"
    if not own.exists() or shutil.which("git") is None:
        return None
    call = ["git", f"--git-dir={own}", *command]
    answer = subprocess.run(call, capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else None


def source_links(repository: str | None, state: str, page: str) -> dict[str, str]:
    """What a page's menu says -> where it leads: the repository, this page's source, an issue."""
    if not repository:
        return {}
    kind = "commit" if re.fullmatch("[0-9a-f]{40}", state) else "branch"
    values = {"kind": kind, "state": quote(state), "file": quote(f"{page}.md"), "page": quote(page)}
    _, source, issue = _host(repository)
    places = {"Repository": "/", "Show source": source, "Open issue": issue}
    return {
        name: (repository + place.format(**values)).rstrip("/")
        for name, place in places.items()
        if place
    }


def _host(repository: str) -> tuple[str, str, str]:
    name = urlsplit(repository).hostname or ""
    return next(known for pattern, known in HOSTS.items() if re.fullmatch(pattern, name))


_SOURCE_BUTTONS = {
    "Repository": ("source-repository-button", ""),
    "Show source": ("source-file-button", "fas fa-code"),
    "Open issue": ("source-issues-button", "fas fa-lightbulb"),
}


def link_to_source(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """A menu in the page's header, for every host; the theme's own knows three."""
    root = Path(app.srcdir)
    repository = repository_url(root)
    if not repository or context.get("header_buttons") is None:
        return
    icon = _host(repository)[0]
    links = source_links(repository, source_state(root), page)
    if not (root / f"{page}.md").is_file():
        links = {"Repository": links["Repository"]}
    buttons = [
        {"type": "link", "url": url, "text": name, "tooltip": name, "label": label}
        | {"icon": its_own or icon}
        for name, url in links.items()
        for label, its_own in [_SOURCE_BUTTONS[name]]
    ]
    group = {"type": "group", "tooltip": "Source of this page", "icon": icon}
    context["header_buttons"].append(group | {"buttons": buttons, "label": "source-buttons"})


def know_the_address(app: Sphinx, config: Config) -> None:
    """``AIECON_SITE`` is where the site will stand; without it no canonical address is given."""
    if address := os.environ.get("AIECON_SITE", ""):
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ConfigError(
                f"AIECON_SITE is {address!r}; it must be the address at which the site will stand, "
                "such as https://example.org/book/, or unset"
            )
        config.html_baseurl = address.rstrip("/") + "/"


class StandardDomain(standard.StandardDomain):
    """Sphinx's own, which for each reference to a number reads the whole page where that stands.

    It reads by way of the environment, and only looks. So pages are kept for these references
    alone: whoever else asks the environment for a page goes on to change it.
    """

    def _resolve_numref_xref(self, env: BuildEnvironment, *args: Any) -> Any:
        self.pages = vars(self).get("pages") or lru_cache(maxsize=4)(env.get_doctree)
        env.get_doctree = self.pages  # type: ignore[method-assign]
        try:
            return super()._resolve_numref_xref(env, *args)
        finally:
            del env.get_doctree


def write_in_parallel(app: Sphinx, env: BuildEnvironment) -> None:
    """Pages are read one after the other (the proofs' extension cannot put together what two
    processes read), and written side by side, while this process resolves their references."""
    app.parallel = 1 + (os.cpu_count() or 1)


# What is typeset anew ---------------------------------------------------------------------------


def executed_pages(app: Sphinx) -> dict[str, str]:
    """What book/build.py left: docname -> executed notebook, from the folder of the build."""
    state = Path(app.outdir).parent / "pages.json"
    return json.loads(state.read_text("utf8")) if state.exists() else {}


def outdated(app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set) -> list:
    """What Sphinx, which looks at texts and templates, does not see: executions and the house."""
    digest = hashlib.sha256(editions.edition().encode())
    files = [file for folder in ("assets", "book") for file in Path(app.srcdir, folder).rglob("*")]
    files += [Path(app.srcdir, name) for name in (f"{GLOSSARY}.md", "CITATION.cff")]
    for file in sorted(files):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    executed = executed_pages(app)
    now = {page: (digest.hexdigest(), executed.get(page)) for page in env.found_docs}
    before, env.aiecon_pages = getattr(env, "aiecon_pages", {}), now  # type: ignore[attr-defined]
    return sorted(page for page in now if before.get(page) != now[page])


# What a page says and loads ---------------------------------------------------------------------

GLUED = re.compile(r"\{glue:text\}`([^`]+)`")


def quote_in_alternatives(app: Sphinx, doctree: nodes.document) -> None:
    """A picture's alternative quotes glued values too: MyST-NB takes it as it stands."""
    images = [i for i in doctree.findall(nodes.image) if GLUED.search(i.get("alt", ""))]
    if not images:
        return
    folder = app.env.mystnb_config.output_folder  # type: ignore[attr-defined]
    values = read_glue_cache(folder, app.env.docname)

    def quoted(match: re.Match) -> str:
        if match[1] not in values:
            LOGGER.warning("no glued value %r for an alternative", match[1], location=doctree)
            return match[0]
        return ast.literal_eval(values[match[1]]["data"]["text/plain"])

    for image in images:
        image["alt"] = GLUED.sub(quoted, image["alt"])


_IMAGE = re.compile(r'<img\b[^>]*?\bsrc="[^"]*?_images/([^"/]+\.svg)"[^>]*?/?>')
_REPEATED = re.compile(r' id="(?:exercise|solution|proof)(?:-content)?"')


def inline_figures(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """Replaces each SVG image of a page by the drawing itself, themed and labelled, and behind it
    the one for a phone; the styles show one of them."""
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
        wide, narrow = layouts(file.read_text("utf8"))
        drawn = themed_svg(wide, f"figure{count}", label=text, digits=1)
        if narrow is None:
            return drawn
        small = themed_svg(narrow, f"narrow{count}", label=text, digits=1)
        return drawn + small.replace('class="book-figure"', 'class="book-figure narrow"', 1)

    if "body" in context:
        context["body"] = _IMAGE.sub(replace, context["body"])


_TERM = re.compile(
    r'(<a class="reference internal" href="[^"]*#(term-[^"]+)")(><span class="xref std std-term">'
    r".*?</span></a>)"
)


def explain_terms(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """A term's first link to the glossary carries what stands there, shown on hover and focus."""
    body = context.get("body", "")
    if page == GLOSSARY or not _TERM.search(body):
        return
    meanings = {
        name: " ".join(entry.children[-1].astext().split())
        for entry in app.env.get_doctree(GLOSSARY).findall(nodes.definition_list_item)
        for term in entry.findall(nodes.term)
        for name in term["ids"]
    }

    def explained(match: re.Match) -> str:
        start, name, words = match.groups()
        meaning = html.escape(meanings.pop(name, ""), quote=False)
        if not meaning:  # not its first use
            return match[0]
        tip = f'<span role="tooltip" id="about-{name}">{meaning}</span>'
        return f'<span class="term">{start} aria-describedby="about-{name}"{words}{tip}</span>'

    context["body"] = _TERM.sub(explained, body)


def mend_markup(app: Sphinx, page: str, template: str, context: dict[str, Any], tree) -> None:
    """Proofs and exercises give each of their boxes the same id, which no link uses; the entries
    of a bibliography have a role that is no longer in use; the layout says the width itself."""
    if "body" in context:
        body = _REPEATED.sub("", context["body"])
        context["body"] = body.replace('role="doc-biblioentry"', 'role="listitem"')
    metatags = context.get("metatags", "")
    context["metatags"] = re.sub(r'<meta name="viewport"[^>]*>', "", metatags)


_SAMPLES = re.compile(r'(<script type="[^"]*" data-part="samples")>([^<]+)(?=</script>)')


def samples_apart(body: str, folder: Path) -> str:
    """Puts the samples of explorers into files, for which their script asks when they come near.

    The samples are most of a page's weight, and its head and first words come with its first bytes.
    """

    def apart(match: re.Match) -> str:
        start, data = match.groups()
        name = f"{hashlib.sha256(data.encode()).hexdigest()[:16]}.js"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(f'document.currentScript.samples = "{data}";\n', "utf8")
        return f'{start} data-file="{name}">'

    return _SAMPLES.sub(apart, body)


def keep_samples_apart(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree
) -> None:
    if "body" in context and app.builder.format == "html":
        context["body"] = samples_apart(context["body"], Path(app.outdir, "samples"))


def forget_samples(site: Path) -> None:
    """Deletes the files of samples that no page names any more."""
    pages = [file.read_text("utf8") for file in site.rglob("*.html")]
    named = {name for page in pages for name in re.findall(r'data-file="(\w+\.js)"', page)}
    for file in (site / "samples").glob("*.js"):
        if file.name not in named:
            file.unlink()


def load_what_is_needed(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree
) -> None:
    body = context.get("body", "")

    def needed(file: Any) -> bool:
        name = Path(str(getattr(file, "filename", "") or "")).name
        patterns = (NEEDED_FOR[known] for known in NEEDED_FOR if Path(name).match(known))
        return all(re.search(pattern, body) for pattern in patterns) if name else True

    for files in ("css_files", "script_files"):
        context[files] = [file for file in context[files] if needed(file)]
    if page != "search":  # whose scripts call each other while the page is read
        context["script_files"] = [_deferred(file) for file in context["script_files"]]


def _deferred(file: Any) -> Any:
    """A script that is run when the page has been read; the text of one in the page itself, too."""
    if body := getattr(file, "attributes", {}).get("body"):
        waiting = f"addEventListener('DOMContentLoaded', () => {{ {body} }});"
        return type(file)(None, priority=file.priority, body=waiting)
    if not getattr(file, "filename", None):
        return file
    return type(file)(
        file.filename, priority=file.priority, **(file.attributes | {"defer": "defer"})
    )


# The site's own files ---------------------------------------------------------------------------


def tidy(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    out, base = Path(app.outdir), app.config.html_baseurl
    for name in UNUSED:
        file = out / "_static" / name
        shutil.rmtree(file) if file.is_dir() else file.unlink(missing_ok=True)
    for file in [*(out / "_static").rglob("*.map"), out / "prf-prf.html"]:
        file.unlink(missing_ok=True)  # the last is a list of raw labels
    prune(out)
    join(out)
    look_once(out)
    # GitHub Pages would take folders that begin with _ for templates of its own, and drop them.
    (out / ".nojekyll").touch()
    forget_samples(out)
    for file in out.rglob("*.html"):  # an attribute that the standard does not have
        if ' autocorrect="off"' in (text := file.read_text("utf8")):
            file.write_text(text.replace(' autocorrect="off"', ""), "utf8")
    if (search := out / "search.html").is_file():  # its dialog and its page have the same id
        text = search.read_text("utf8")
        if text.count(twice := 'id="search-input"') > 1:
            search.write_text(text.replace(twice, 'id="search-dialog-input"', 1), "utf8")
    if base:
        names = map(app.builder.get_target_uri, sorted(app.env.found_docs))
        pages = "".join(f"<url><loc>{html.escape(base + name)}</loc></url>\n" for name in names)
        (out / "sitemap.xml").write_text(
            '<?xml version="1.0" encoding="utf-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{pages}</urlset>\n',
            "utf8",
        )


def setup(app: Sphinx) -> dict[str, Any]:
    # Else each citation looks for it in the metadata of all packages.
    register_plugin("pybtex.backends", "plaintext", plaintext.Backend, force=True)
    app.add_domain(StandardDomain, override=True)
    app.connect("config-inited", know_the_address)
    app.connect("env-updated", write_in_parallel)
    app.connect("env-get-outdated", outdated)
    app.connect("doctree-read", quote_in_alternatives)
    for hook in (link_to_source, inline_figures, explain_terms, mend_markup, load_what_is_needed):
        app.connect("html-page-context", hook, priority=900)
    app.connect("html-page-context", keep_samples_apart, priority=990)  # decks of slides have them
    app.connect("build-finished", tidy)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
