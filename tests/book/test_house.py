"""The Sphinx extension: where the clone came from, figures in the page, the carried library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import house  # noqa: E402
from aiecon import figures  # noqa: E402


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
        ("/srv/git/book", None),
        ("file:///srv/git/book", None),
        (None, None),
    ],
)
def test_links_point_to_where_the_clone_came_from(clone, remote, address):
    assert house.repository_url(clone(remote)) == address


def test_a_build_setting_wins_over_the_remote(clone, monkeypatch):
    root = clone("https://github.com/a/b")
    monkeypatch.setenv("AIECON_REPOSITORY", "https://github.com/c/d")
    assert house.repository_url(root) == "https://github.com/c/d"


@pytest.mark.parametrize(
    ("remote", "buttons"), [("https://github.com/a/b", True), (None, False), ("/srv/b", False)]
)
def test_no_address_is_invented(clone, remote, buttons):
    config = SimpleNamespace(html_theme_options={})
    house.link_to_source(SimpleNamespace(srcdir=clone(remote)), config)
    assert bool(config.html_theme_options) == buttons
    if buttons:
        assert config.html_theme_options["repository_url"] == remote
        assert config.html_theme_options["launch_buttons"]["notebook_interface"] == "jupyterlab"


def test_an_svg_image_becomes_the_drawing_itself(tmp_path):
    fig, ax = figures.subplots()
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


def test_an_image_that_is_not_ours_is_left_alone(tmp_path):
    context = {"body": '<img alt="a" src="_images/unknown.svg"/>'}
    app = SimpleNamespace(srcdir=tmp_path, builder=SimpleNamespace(images={}))
    house.inline_figures(app, "p", "t", context, None)
    assert context["body"] == '<img alt="a" src="_images/unknown.svg"/>'
