"""Opening, running and saving a chapter in JupyterLab changes no line that its reader did not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import jupytext
import pytest
from myst_nb.core.read import is_myst_markdown_notebook
from sphinx_external_toc.parsing import parse_toc_yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import saving  # noqa: E402

SOURCES = [f"{page}.md" for page in parse_toc_yaml(ROOT / "_toc.yml")]
CHAPTERS = [s for s in SOURCES if is_myst_markdown_notebook((ROOT / s).read_text("utf8"))]
#: All take minutes, so all are run each week: AIECON_CHAPTERS=all.
FEW = ["chapters/kuhle/plateau.md", "chapters/reference/computation.md"]
RUN = CHAPTERS if os.environ.get("AIECON_CHAPTERS") == "all" else FEW

SMALL = """---
description: One, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen.
jupytext:
  text_representation:
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# One
Words: two.

```{code-cell} python3
---
tags: [hide-input]
mystnb:
  figure:
    caption: |
      Is it: "true"?
      It is.
---
draw(1)
draw(2)
```

More words.
"""


def in_jupytexts_form(text: str, **edits: str) -> str:
    """As Jupyter saves it from a kernel of its own, after edits of some cells' sources."""
    notebook = jupytext.reads(text, fmt="md:myst")
    notebook.metadata["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
    notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    for cell in notebook.cells:
        for old, new in edits.items():
            cell.source = cell.source.replace(old, new)
    return jupytext.writes(notebook, fmt="md:myst")


def test_what_is_saved_without_an_edit_is_the_file():
    assert in_jupytexts_form(SMALL).count("\n") > SMALL.count("\n")
    assert saving.kept(SMALL, in_jupytexts_form(SMALL)) == SMALL


@pytest.mark.parametrize("source", SOURCES)
def test_no_chapter_is_rewritten(source):
    text = (ROOT / source).read_text("utf8")
    if source in CHAPTERS:
        assert saving.kept(text, in_jupytexts_form(text)) == text
    assert saving.kept(text, text) == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Words: two.", "Words: zwei."),
        ("draw(1)", "# first\ndraw(0)"),
        ("draw(1)\n", ""),
        ("draw(2)", "draw(2)\ndraw(3)"),
        ("More", "Many more"),
    ],
)
def test_an_edit_is_saved_and_nothing_else(old, new):
    saved = in_jupytexts_form(SMALL, **{old: new})
    assert saving.kept(SMALL, saved) == SMALL.replace(old, new)


def test_a_text_editor_saves_what_its_reader_wrote():
    edited = SMALL.replace("One, two", "1").replace('"true"', "false").replace("draw(1)\n", "")
    assert saving.kept(SMALL, edited).split("---", 2)[2] == edited.split("---", 2)[2]


def test_jupyter_finds_the_hook_after_the_folder_has_moved(tmp_path):
    place = tmp_path / "a" / ".venv" / "etc" / "jupyter" / "jupyter_server_config.py"
    place.parent.mkdir(parents=True)
    (tmp_path / "a" / "book").mkdir()
    shutil.copy(ROOT / "book" / "saving.py", tmp_path / "a" / "book")
    command = [sys.executable, "-c", "import saving, sys; from pathlib import Path; "]
    command[-1] += "place = Path(sys.argv[1]); place.write_text(saving.settings(place))"
    subprocess.run([*command, str(place)], cwd=tmp_path / "a" / "book", check=True)
    moved = (tmp_path / "a").rename(tmp_path / "b")
    code = (
        "import sys\nfrom traitlets.config import Config, PyFileConfigLoader as L\n"
        "c = L('jupyter_server_config.py', sys.argv[1]).load_config()\n"
        "print(c.FileContentsManager.pre_save_hook.__module__, sys.path[-1])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(moved / place.parent.relative_to(tmp_path / "a"))],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    name, book = told.stdout.split()
    assert name == "saving"
    assert Path(book).resolve() == moved / "book"


# In JupyterLab ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """JupyterLab, started in a copy of the book; its address, and the copy."""
    place = tmp_path_factory.mktemp("lab")
    clone = place / "clone"
    shutil.copytree(ROOT / "chapters", clone / "chapters")
    for folder in ("book", "lib"):
        os.symlink(ROOT / folder, clone / folder)
    shutil.copy(ROOT / "intro.md", clone)
    settings = place / "config" / "lab" / "user-settings" / "@jupyterlab"
    viewers = {"defaultViewers": {"markdown": "Jupytext Notebook", "myst": "Jupytext Notebook"}}
    for plugin, chosen in [
        ("docmanager-extension/plugin", viewers | {"autosave": False}),
        ("apputils-extension/notification", {"fetchNews": "false", "checkForUpdates": False}),
    ]:
        file = settings / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(chosen))
    config = place / "config" / "jupyter_server_config.py"
    config.write_text(saving.settings(config))
    own = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER")}
    own |= {"PYTHONPATH": str(ROOT / "lib"), "IPYTHONDIR": str(place / "ipython")}
    own |= {f"JUPYTER_{n.upper()}_DIR": str(place / n) for n in ("config", "runtime", "data")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0"]
    command += ["--IdentityProvider.token=", "--ServerApp.ip=127.0.0.1"]
    with (place / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=clone, env=own, stdout=log, stderr=log)
    try:
        for _ in range(600):
            if found := list((place / "runtime").glob("jpserver-*.json")):
                break
            assert server.poll() is None, (place / "log").read_text()
            time.sleep(0.2)
        time.sleep(0.5)
        yield json.loads(found[0].read_text())["url"], clone
    finally:
        server.terminate()  # its kernels with it
        server.wait(30)


def until_idle(address: str) -> None:
    """Waits until no kernel has had work for two seconds."""
    quiet = 0
    for _ in range(1200):
        with urlopen(f"{address}api/kernels") as answer:
            kernels = json.load(answer)
        busy = not kernels or any(kernel["execution_state"] != "idle" for kernel in kernels)
        quiet = 0 if busy else quiet + 1
        if quiet == 8:
            return
        time.sleep(0.25)
    raise TimeoutError(f"a kernel is still {kernels}")


@pytest.mark.browser
@pytest.mark.parametrize("chapter", RUN)
def test_a_chapter_that_was_opened_run_moved_and_saved_is_the_same_file(lab, browser: Any, chapter):
    address, clone = lab
    file = clone / chapter
    before, opened = file.read_bytes(), file.stat().st_mtime_ns
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    page.set_default_timeout(120_000)
    page.goto(f"{address}lab/tree/{chapter}?reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.get_by_text("| Idle").wait_for()
    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_selector(".jp-Notebook .jp-OutputArea-output", state="attached")
    until_idle(address)
    assert "Error" not in page.locator(".jp-Notebook").inner_text()
    page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")
    page.wait_for_timeout(1000)
    handle = page.locator(".widget-slider .noUi-handle").first
    if handle.count():  # reference pages have none
        was = handle.get_attribute("aria-valuenow")
        handle.focus()
        page.keyboard.press("ArrowRight")
        assert handle.get_attribute("aria-valuenow") != was
        until_idle(address)
    page.keyboard.press("Control+s")
    for _ in range(100):
        if file.stat().st_mtime_ns != opened:
            break
        page.wait_for_timeout(100)
    else:
        pytest.fail("Ctrl+S saved nothing")
    page.close()
    assert file.read_bytes() == before
