"""What a page loads, and the site's own files."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import html5lib
import pytest
from sphinx.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import shell  # noqa: E402


def loaded(body: str, **names: list[str]) -> list[str]:
    context = {"body": body, "css_files": [], "script_files": []}
    context |= {kind: [SimpleNamespace(filename=n) for n in files] for kind, files in names.items()}
    shell.load_what_is_needed(None, "page", "page.html", context, None)
    return [file.filename for file in context["css_files"] + context["script_files"]]


@pytest.mark.parametrize(
    ("file", "body"),
    [
        ("_static/copybutton.js", '<div class="highlight"><pre>1</pre></div>'),
        ("_static/exercise.css", '<div class="exercise admonition" id="ex">'),
        ("_static/exercise.css", '<details class="fold solution dropdown">'),
        ("_static/proof.css", '<div class="proof lemma admonition">'),
        ("_static/mystnb.0123.css", '<div class="cell docutils container">'),
        ("_static/mystnb.0123.css", '<span class="pasted-text">3</span>'),
        ("_static/sphinx-design.min.css", '<div class="book-doors sd-row">'),
        ("_static/design-tabs.js", '<div class="sd-tab-set docutils">'),
        ("_static/mathml.css", "<math><mi>x</mi></math>"),
    ],
)
def test_a_page_loads_what_it_needs_and_no_more(file, body):
    assert loaded(body, css_files=[file]) == loaded(body, script_files=[file]) == [file]
    assert loaded("<p>Words only, an exercise in reading.</p>", css_files=[file]) == []


def test_what_is_not_known_stays():
    files = ["_static/book.css", "", None]
    assert loaded("<p>Words.</p>", css_files=files) == files


@pytest.mark.parametrize("address", ["example.org/book", "/srv/book", "file:///srv", "https://"])
def test_an_address_that_is_none_is_refused(monkeypatch, address):
    monkeypatch.setenv("AIECON_SITE", address)
    with pytest.raises(ConfigError, match=r"AIECON_SITE is .*such as https://example\.org/book/"):
        shell.know_the_address(None, SimpleNamespace(html_baseurl=""))


@pytest.mark.parametrize("address", ["https://example.org/book", "https://example.org/book/"])
def test_with_an_address_there_are_a_sitemap_and_a_way_home(monkeypatch, tmp_path, address):
    config = SimpleNamespace(html_baseurl="", html_title="A & B", root_doc="intro")
    monkeypatch.setenv("AIECON_SITE", address)
    shell.know_the_address(None, config)
    files(tmp_path, config)
    assert "<loc>https://example.org/book/chapters/x.html</loc>" in read(tmp_path, "sitemap.xml")
    assert 'href="https://example.org/book/intro.html"' in read(tmp_path, "404.html")


def test_without_an_address_none_is_invented(monkeypatch, tmp_path):
    config = SimpleNamespace(html_baseurl="", html_title="A & B", root_doc="intro")
    monkeypatch.delenv("AIECON_SITE", raising=False)
    shell.know_the_address(None, config)
    files(tmp_path, config)
    assert not (tmp_path / "sitemap.xml").exists()
    assert "://" not in read(tmp_path, "404.html")


@pytest.mark.parametrize("name", ["index.html", "404.html"])
def test_own_pages_parse_without_an_error(tmp_path, name):
    files(tmp_path, SimpleNamespace(html_baseurl="", html_title="A & B", root_doc="intro"))
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page = parser.parse(read(tmp_path, name))
    assert parser.errors == []
    assert page.attrib["lang"] == "en"
    assert page.find(".//title").text.endswith("A & B")
    assert page.find(".//a").attrib["href"] == "intro.html"


def files(out: Path, config: SimpleNamespace) -> None:
    """Writes them as a build of two pages would."""
    (out / "_static" / "vendor" / "fontawesome").mkdir(parents=True)
    builder = SimpleNamespace(format="html", get_target_uri="{}.html".format)
    env = SimpleNamespace(found_docs={"intro", "chapters/x"})
    shell.own_files(SimpleNamespace(outdir=out, config=config, builder=builder, env=env), None)
    assert not (out / "_static" / "vendor").exists()


def read(out: Path, name: str) -> str:
    return (out / name).read_text("utf8")
