"""The shell around the chapters: what a page loads, markup that validates, the site's own files.

- a page loads the styles and scripts that something on it needs;
- icons are a style sheet of ours (assets/icons.css) in place of Font Awesome;
- what the theme writes and the HTML standard refuses is mended;
- ``index.html``, ``404.html`` and, where the site's address is known, ``sitemap.xml``.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError

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

#: What extensions and the theme copy into the site and no page asks for.
UNUSED = (
    *("vendor", "locales", "check-solid.svg", "copy-button.svg", "file.png", "minus.png"),
    *("plus.png", "webpack-macros.html", "sbt-webpack-macros.html", "readme.svg"),
)


# Addresses --------------------------------------------------------------------------------------


def know_the_address(app: Sphinx, config: Config) -> None:
    """``AIECON_SITE`` is where the site will stand; without it no canonical address is given."""
    address = os.environ.get("AIECON_SITE", "")
    if not address:
        return
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(
            f"AIECON_SITE is {address!r}; it must be the address at which the site will stand, "
            "such as https://example.org/book/, or unset"
        )
    config.html_baseurl = address.rstrip("/") + "/"


# What every page depends on ---------------------------------------------------------------------


def house_changed(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """All pages, if the house did: Sphinx itself looks at their texts and templates alone."""
    digest = hashlib.sha256()
    for folder in ("assets", "book"):
        for file in sorted(Path(app.srcdir, folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    now, before = digest.hexdigest(), getattr(env, "aiecon_house", "")
    env.aiecon_house = now  # type: ignore[attr-defined]
    return [] if before == now else sorted(env.found_docs)


# What a page loads ------------------------------------------------------------------------------


def load_what_is_needed(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: Any
) -> None:
    body = context.get("body", "")

    def needed(file: Any) -> bool:
        name = Path(str(getattr(file, "filename", "") or "")).name
        patterns = (NEEDED_FOR[known] for known in NEEDED_FOR if Path(name).match(known))
        return all(re.search(pattern, body) for pattern in patterns) if name else True

    for files in ("css_files", "script_files"):
        context[files] = [file for file in context[files] if needed(file)]
    # The layout says the same once more, for all pages.
    metatags = context.get("metatags", "")
    context["metatags"] = re.sub(r'<meta name="viewport"[^>]*>', "", metatags)


# The site's own files ---------------------------------------------------------------------------


def own_files(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    out, base = Path(app.outdir), app.config.html_baseurl
    for name in UNUSED:
        file = out / "_static" / name
        shutil.rmtree(file) if file.is_dir() else file.unlink(missing_ok=True)
    for file in [*(out / "_static").rglob("*.map"), out / "prf-prf.html"]:
        file.unlink(missing_ok=True)  # the last is a list of raw labels, left by an older build
    title, home = escape(app.config.html_title), f"{app.config.root_doc}.html"
    if app.config.root_doc != "index":
        (out / "index.html").write_text(_REDIRECT.format(title=title, home=home), "utf8")
    (out / "404.html").write_text(_NOT_FOUND.format(title=title, home=home, base=base), "utf8")
    if base:
        pages = "".join(
            f"<url><loc>{escape(base + app.builder.get_target_uri(name))}</loc></url>\n"
            for name in sorted(app.env.found_docs)
        )
        (out / "sitemap.xml").write_text(_SITEMAP.format(pages=pages), "utf8")


_REDIRECT = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url={home}">
<title>{title}</title>
</head>
<body><p><a href="{home}">{title}</a></p></body>
</html>
"""

# A host serves it at any depth, so it asks for no file; where the site's address is not known, the
# script finds its root: every page lies there or in the folder chapters.
_NOT_FOUND = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>No such page · {title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 40rem; margin: 15vh auto; padding: 0 1rem; font: 1.1rem/1.5 sans-serif; }}
a {{ display: inline-block; padding: 0.25rem 0; }}
</style>
</head>
<body>
<main>
<h1>There is no such page</h1>
<p>The address may be mistyped, or the page has moved.</p>
<p><a id="home" href="{base}{home}">{title}: contents</a></p>
</main>
<script>
if (!"{base}") {{
  const root = location.pathname.replace(/(chapters|notebooks|_\\w+)\\/.*$|[^/]*$/, "");
  document.getElementById("home").href = root + "{home}";
}}
</script>
</body>
</html>
"""

_SITEMAP = """<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{pages}</urlset>
"""


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("config-inited", know_the_address)
    app.connect("env-get-outdated", house_changed)
    app.connect("html-page-context", load_what_is_needed, priority=950)
    app.connect("build-finished", own_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
