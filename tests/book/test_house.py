"""The Sphinx extension: where the clone came from, figures in the page, the carried library."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from types import SimpleNamespace

import pytest

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


def test_a_host_is_known_by_its_name_alone(clone):
    config = SimpleNamespace(html_theme_options={})
    house.link_to_source(SimpleNamespace(srcdir=clone("https://evil.org/github.com/a")), config)
    assert config.html_theme_options == {}


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
        assert "launch_buttons" not in config.html_theme_options  # prepared.py has its own


def test_links_lead_to_what_the_site_was_built_from(clone):
    root = clone("https://github.com/a/b")

    def git(*command: str) -> str:
        identity = ["-c", "user.name=a", "-c", "user.email=a@b.org"]
        call = ["git", "-C", str(root), *identity, *command]
        return subprocess.run(call, check=True, capture_output=True, text=True).stdout.strip()

    git("checkout", "-q", "-b", "a/b")
    git("commit", "-q", "--allow-empty", "-m", "first")
    assert house.source_state(root) == "a/b"
    config = SimpleNamespace(html_theme_options={})
    house.link_to_source(SimpleNamespace(srcdir=root), config)
    assert config.html_theme_options["repository_branch"] == "a/b"
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


def test_an_image_that_is_not_ours_is_left_alone(tmp_path):
    context = {"body": '<img alt="a" src="_images/unknown.svg"/>'}
    app = SimpleNamespace(srcdir=tmp_path, builder=SimpleNamespace(images={}))
    house.inline_figures(app, "p", "t", context, None)
    assert context["body"] == '<img alt="a" src="_images/unknown.svg"/>'


# The first cell of an offered notebook ----------------------------------------------------------


@pytest.fixture(scope="module")
def first_cell() -> str:
    return house.first_cell(ROOT)


def run_alone(code: str, folder: Path, path: str = "") -> subprocess.CompletedProcess:
    """In a Python that sees what lies on ``path``, and neither this checkout nor pip."""
    place = folder / "bare"
    if not place.exists():
        command = [sys.executable, "-m", "venv", "--without-pip", str(place)]
        subprocess.run(command, check=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    (folder / "cell.py").write_text(code, "utf8")
    return subprocess.run(
        [str(place / "bin" / "python"), str(folder / "cell.py")],
        env=environment | {"PYTHONPATH": path, "PYTHONUTF8": "1"},
        cwd=folder,
        capture_output=True,
        text=True,
    )


def test_the_first_cell_is_short_and_calls_no_installer(first_cell):
    lines = first_cell.splitlines()
    assert len(lines) <= 10
    assert sum(len(line) > 130 for line in lines) == 1
    assert "subprocess" not in first_cell
    assert not re.search(r"\bpip\b", "".join(line for line in lines if len(line) <= 130))


def test_the_carried_library_is_found_before_any_other_of_its_name(first_cell, tmp_path):
    """As in a folder with an older library in it; the cell is run twice, as readers do."""
    (tmp_path / "aiecon").mkdir()
    (tmp_path / "aiecon" / "__init__.py").write_text("import nothing_like_it", "utf8")
    code = (
        f"{first_cell}\n{first_cell}\nimport sys, aiecon\nfrom aiecon import kuhle\n"
        "kuhle.households()\nprint(aiecon.__file__, sum('aiecon-' in p for p in sys.path))"
    )
    ran = run_alone(code, tmp_path, path=sysconfig.get_paths()["purelib"])
    assert ran.returncode == 0, ran.stderr
    file, times = ran.stdout.split()
    assert "aiecon-" in file
    assert times == "1"
    assert not Path(file).exists()  # gone with the kernel


def test_what_is_missing_is_said_in_a_sentence_with_a_command_that_works_without_pip(
    first_cell, tmp_path
):
    ran = run_alone(first_cell, tmp_path)
    assert ran.returncode == 1
    said = ran.stderr.splitlines()[-1]
    assert "This notebook needs ipywidgets 8.1 or newer (here: none), matplotlib" in said
    assert "python3 -m venv book && book/bin/python -m pip install jupyterlab" in said


def test_what_is_too_old_is_named_with_both_versions(first_cell, tmp_path):
    packages = tmp_path / "packages"
    for name, version in [("numpy", "1.26.4"), ("scipy", "1.15.0"), ("sympy", "1.14.0")]:
        (packages / f"{name}-{version}.dist-info").mkdir(parents=True)
        text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        (packages / f"{name}-{version}.dist-info" / "METADATA").write_text(text)
    said = run_alone(first_cell, tmp_path, path=str(packages)).stderr.splitlines()[-1]
    assert "numpy 2.1 or newer (here: 1.26.4)" in said
    assert "scipy 1.15" not in said.partition(" This Python takes")[0]
