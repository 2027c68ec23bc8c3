"""The house's extension: where the clone came from, what is typeset anew, what a page loads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.utils import new_document
from sphinx.builders.html._assets import _JavaScript as JavaScript
from sphinx.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import house  # noqa: E402
from exhibits import plotting as figures  # noqa: E402


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """``clone(remote)``: an empty repository with that origin, or with none."""
    monkeypatch.delenv("AIECON_REPOSITORY", raising=False)

    def make(remote: str | None) -> Path:
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
        if remote:
            subprocess.run(["git", "-C", str(tmp_path), "remote", "add", "origin", remote])
        return tmp_path

    return make


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/a/b.git", "https://github.com/a/b"),
        ("git@github.com:a/b.git", "https://github.com/a/b"),
        ("ssh://git@gitlab.com/a/b", "https://gitlab.com/a/b"),
        ("https://user:secret@github.com/a/b", "https://github.com/a/b"),
        ("ssh://git@host.org:22/o/r.git", "https://host.org/o/r"),
        ("ssh://git@github.com:22/o/r.git/", "https://github.com/o/r"),
        ("me@git.host.org:group/sub/r.git", "https://git.host.org/group/sub/r"),
        ("https://host.org:8443/o/r.git", "https://host.org:8443/o/r"),
        ("http://host.org/o/r", "http://host.org/o/r"),
        ("git://codeberg.org/o/r.git", "https://codeberg.org/o/r"),
        ("https://github.com/o", None),
        ("host.org:/srv/git/r.git", None),
        ("C:/books/book", None),
        ("/srv/git/book", None),
        ("file:///srv/git/book", None),
        (None, None),
    ],
)
def test_links_point_to_where_the_clone_came_from(clone, remote, address):
    assert house.repository_url(clone(remote)) == address


def test_a_folder_inside_another_repository_is_not_that_repository(clone):
    inside = clone("https://github.com/a/b") / "book"
    inside.mkdir()
    assert house.repository_url(inside) is None
    (inside / ".git").mkdir()  # not a repository either
    assert house.repository_url(inside) is None


def test_without_git_there_are_no_links(clone, monkeypatch):
    root = clone("https://github.com/a/b")
    monkeypatch.setenv("PATH", "")
    assert house.repository_url(root) is None


@pytest.mark.parametrize(
    ("repository", "state", "links"),
    [
        (
            "https://github.com/o/r",
            "a/b",
            [
                "https://github.com/o/r",
                "https://github.com/o/r/blob/a/b/chapters/x.md?plain=1",
                "https://github.com/o/r/issues/new?title=chapters/x",
            ],
        ),
        (
            "https://gitlab.host.org:8443/g/s/r",
            "main",
            [
                "https://gitlab.host.org:8443/g/s/r",
                "https://gitlab.host.org:8443/g/s/r/-/blob/main/chapters/x.md?plain=1",
                "https://gitlab.host.org:8443/g/s/r/-/issues/new?issue[title]=chapters/x",
            ],
        ),
        (
            "https://codeberg.org/o/r",
            "main",
            [
                "https://codeberg.org/o/r",
                "https://codeberg.org/o/r/src/branch/main/chapters/x.md",
                "https://codeberg.org/o/r/issues/new?title=chapters/x",
            ],
        ),
        (
            "https://codeberg.org/o/r",
            "0123456789" * 4,
            [
                "https://codeberg.org/o/r",
                f"https://codeberg.org/o/r/src/commit/{'0123456789' * 4}/chapters/x.md",
                "https://codeberg.org/o/r/issues/new?title=chapters/x",
            ],
        ),
        (
            "https://bitbucket.org/o/r",
            "main",
            ["https://bitbucket.org/o/r", "https://bitbucket.org/o/r/src/main/chapters/x.md"],
        ),
        ("http://git.host.org:3000/o/r", "main", ["http://git.host.org:3000/o/r"]),
        ("https://evil.org/github.com/a", "main", ["https://evil.org/github.com/a"]),
        (None, "main", []),
    ],
)
def test_a_host_is_known_by_its_name_alone(repository, state, links):
    """And a link is given where it is known where the host has the thing."""
    assert list(house.source_links(repository, state, "chapters/x").values()) == links


def test_a_build_setting_wins_over_the_remote(clone, monkeypatch):
    root = clone("https://github.com/a/b")
    monkeypatch.setenv("AIECON_REPOSITORY", "https://github.com/c/d")
    assert house.repository_url(root) == "https://github.com/c/d"


@pytest.mark.parametrize(
    ("remote", "texts"),
    [
        ("https://github.com/a/b", ["Repository", "Show source", "Open issue"]),
        ("https://git.host.org/a/b", ["Repository"]),
        (None, None),
        ("/srv/b", None),
    ],
)
def test_no_address_is_invented(clone, remote, texts):
    context = {"header_buttons": []}
    root = clone(remote)
    (root / "intro.md").touch()
    house.link_to_source(SimpleNamespace(srcdir=root), "intro", "", context, None)
    menus = [[button["text"] for button in menu["buttons"]] for menu in context["header_buttons"]]
    assert menus == ([] if texts is None else [texts])
    house.link_to_source(SimpleNamespace(srcdir=root), "search", "", {}, None)


def test_links_lead_to_what_the_site_was_built_from(clone):
    root = clone("https://github.com/a/b")

    def git(*command: str) -> str:
        identity = ["-c", "user.name=a", "-c", "user.email=a@b.org"]
        call = ["git", "-C", str(root), *identity, *command]
        return subprocess.run(call, check=True, capture_output=True, text=True).stdout.strip()

    git("checkout", "-q", "-b", "a/b")
    git("commit", "-q", "--allow-empty", "-m", "first")
    assert house.source_state(root) == "a/b"
    git("checkout", "-q", "--detach")
    assert house.source_state(root) == git("rev-parse", "HEAD")
    assert house.source_state(root / "elsewhere") == "HEAD"


def test_an_svg_image_becomes_the_drawing_itself(tmp_path):
    fig, ax = figures.panels()
    ax.plot([0, 1], [0, 1])
    (tmp_path / "x.svg").write_text(figures.svg(fig), "utf8")
    builder = SimpleNamespace(images={"x.svg": "abc.svg"})
    context = {"body": '<p><img alt="A &lt;line&gt;" src="../_images/abc.svg" width="5"/></p>' * 2}
    house.inline_figures(SimpleNamespace(srcdir=tmp_path, builder=builder), "p", "t", context, None)
    body = context["body"]
    assert "<img" not in body
    assert body.count("<svg") == 2
    assert body.count('aria-label="A &lt;line>"') == 2
    assert "var(--figure-blue, #0067a5)" in body
    assert body.count('id="figure1-figure_1"') == body.count('id="figure2-figure_1"') == 1


def test_an_alternative_quotes_what_the_page_has_computed(tmp_path, monkeypatch):
    glued = {"peak": {"data": {"text/plain": "'0.80'"}, "metadata": {}}}
    (tmp_path / "quoting.glue.json").write_text(json.dumps(glued), "utf8")
    config = SimpleNamespace(output_folder=str(tmp_path))
    app = SimpleNamespace(env=SimpleNamespace(mystnb_config=config, docname="quoting"))
    page = new_document("quoting.md")
    page += nodes.image(alt="It peaks at {glue:text}`peak`, and {glue:text}`peak` stays.")
    house.quote_in_alternatives(app, page)
    assert page[0]["alt"] == "It peaks at 0.80, and 0.80 stays."
    page[0]["alt"] = "It peaks at {glue:text}`nowhere`."
    warned = []
    monkeypatch.setattr(house.LOGGER, "warning", lambda *said, **_: warned.append(said))
    house.quote_in_alternatives(app, page)
    assert warned == [("no glued value %r for an alternative", "nowhere")]


def test_an_image_that_is_not_ours_is_left_alone(tmp_path):
    context = {"body": '<img alt="a" src="_images/unknown.svg"/>'}
    app = SimpleNamespace(srcdir=tmp_path, builder=SimpleNamespace(images={}))
    house.inline_figures(app, "p", "t", context, None)
    assert context["body"] == '<img alt="a" src="_images/unknown.svg"/>'


# What is typeset anew ---------------------------------------------------------------------------


def test_a_page_is_read_once_for_all_the_numbers_that_stand_there(monkeypatch):
    class Environment:
        read: tuple[str, ...] = ()

        def get_doctree(self, page):
            self.read += (page,)
            return page

    def resolve(self, env, page):
        return env.get_doctree(page)

    monkeypatch.setattr(house.standard.StandardDomain, "_resolve_numref_xref", resolve)
    env, domain = Environment(), object.__new__(house.StandardDomain)
    assert "".join(domain._resolve_numref_xref(env, page) for page in "abaab") == "abaab"
    assert env.read == ("a", "b")
    assert env.get_doctree("a") == "a"  # who resolves a page itself gets a tree of his own
    assert env.read == ("a", "b", "a")


def test_a_term_carries_its_meaning_at_its_first_use():
    glossary = publish_doctree("wage\n   What a worker earns & keeps,\n   a year.")
    next(iter(glossary.findall(nodes.term)))["ids"].append("term-wage")
    app = SimpleNamespace(env=SimpleNamespace(get_doctree={house.GLOSSARY: glossary}.get))
    target = f"{house.GLOSSARY}.html#term-wage"
    words = '><span class="xref std std-term">Wages</span></a>'
    link = f'<a class="reference internal" href="{target}"'
    context = {"body": f"<p>{link}{words} and {link}{words}</p>"}
    house.explain_terms(app, "chapters/a", "page.html", context, None)
    meaning = "What a worker earns &amp; keeps, a year."
    tip = f'<span role="tooltip" id="about-term-wage">{meaning}</span>'
    told = f'<span class="term">{link} aria-describedby="about-term-wage"{words}{tip}</span>'
    assert context["body"] == f"<p>{told} and {link}{words}</p>"
    for page, body in ((house.GLOSSARY, f"{link}{words}"), ("search", "<p>Words.</p>")):
        context = {"body": body}
        house.explain_terms(app, page, "page.html", context, None)
        assert context == {"body": body}


@pytest.mark.parametrize(
    "name",
    ["assets/book.css", "book/house.py", "book/templates/x.html", f"{house.GLOSSARY}.md"],
)
def test_a_change_of_the_house_changes_every_page(tmp_path, name):
    """Once: the next build finds it as it was."""
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    app = SimpleNamespace(srcdir=tmp_path, outdir=tmp_path / "html")
    env = SimpleNamespace(found_docs={"intro", "x"})
    for text in ("old", "new"):
        file.write_text(text, "utf8")
        assert house.outdated(app, env, set(), set(), set()) == ["intro", "x"]
        assert house.outdated(app, env, set(), set(), set()) == []


def test_a_page_that_was_executed_anew_is_typeset_anew(tmp_path):
    app = SimpleNamespace(srcdir=tmp_path, outdir=tmp_path / "html")
    env = SimpleNamespace(found_docs={"intro", "x"})
    for key, pages in (("a", ["intro", "x"]), ("a", []), ("b", ["x"])):
        (tmp_path / "pages.json").write_text(f'{{"x": "executed/x/{key}.ipynb"}}', "utf8")
        assert house.outdated(app, env, set(), set(), set()) == pages


# What a page loads, and where the site stands ---------------------------------------------------


def loaded(body: str, **names: list[str]) -> list[str]:
    context = {"body": body, "css_files": [], "script_files": []}
    context |= {kind: [JavaScript(n) for n in files] for kind, files in names.items()}
    house.load_what_is_needed(None, "page", "page.html", context, None)
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


def test_no_script_keeps_a_page_from_being_drawn():
    given = [JavaScript("a.js"), JavaScript(None, body="go()")]
    for page, expected in (
        (
            "p",
            [{"defer": "defer"}, {"body": "addEventListener('DOMContentLoaded', () => { go() });"}],
        ),
        ("search", [{}, {"body": "go()"}]),
    ):
        context = {"body": "", "css_files": [], "script_files": list(given)}
        house.load_what_is_needed(None, page, "page.html", context, None)
        assert [file.attributes for file in context["script_files"]] == expected


def test_what_is_not_known_stays():
    files = ["_static/book.css", "", None]
    assert loaded("<p>Words.</p>", css_files=files) == files


@pytest.mark.parametrize("address", ["example.org/book", "/srv/book", "file:///srv", "https://"])
def test_an_address_that_is_none_is_refused(monkeypatch, address):
    monkeypatch.setenv("AIECON_SITE", address)
    with pytest.raises(ConfigError, match=r"AIECON_SITE is .*such as https://example\.org/book/"):
        house.know_the_address(None, SimpleNamespace(html_baseurl=""))


# Explorers --------------------------------------------------------------------------------------


def test_samples_go_into_files_by_their_content(tmp_path):
    part = '<script type="application/octet-stream" data-part="samples"{}>{}</script>'
    folder = tmp_path / "samples"
    one, two = part.format("", "AbC+/="), part.format("", "xyz")
    body = f"<p>a</p>{one}<p>b</p>{two}{two}"
    found = house.samples_apart(body, folder)
    files = {file.name: file.read_text("utf8") for file in folder.iterdir()}
    assert sorted(files.values()) == [
        'document.currentScript.samples = "AbC+/=";\n',
        'document.currentScript.samples = "xyz";\n',
    ]
    first, second = (
        next(name for name in files if words in files[name]) for words in ("AbC", "xyz")
    )
    named = [part.format(f' data-file="{name}"', "") for name in (first, second, second)]
    assert found == f"<p>a</p>{named[0]}<p>b</p>{named[1]}{named[2]}"
    assert house.samples_apart(found, folder) == found


def test_samples_of_pages_that_changed_are_removed(tmp_path):
    (tmp_path / "samples").mkdir()
    for name in ("old.js", "new.js"):
        (tmp_path / "samples" / name).touch()
    (tmp_path / "page.html").write_text('<script data-file="new.js"></script>', "utf8")
    house.forget_samples(tmp_path)
    assert [file.name for file in (tmp_path / "samples").iterdir()] == ["new.js"]
