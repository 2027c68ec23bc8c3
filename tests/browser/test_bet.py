"""A bet in headless Chromium: by keyboard, with feedback that is announced, and without scripts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pydata_sphinx_theme
import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]

#: As book/teach.py and book/folds.py write it.
BET = """<div class="bet docutils container">
<p><strong>Your bet.</strong> Does it <em>rise</em>?</p>
<ol class="arabic simple"><li><p>No.</p></li><li><p>Yes.</p></li></ol>
<details class="fold dropdown answer"><summary>The answer</summary>
<ol class="arabic simple"><li><p><strong>Not so.</strong> Look again.</p></li>
<li class="right"><p><strong>Right.</strong> It does.</p></li></ol></details></div>"""
PAGE = f"""<!doctype html><html lang="en" data-theme="{{theme}}" data-mode="{{theme}}">
<head><meta charset="utf-8"><title>Bets</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="theme.css"><link rel="stylesheet" href="book.css">
<script defer src="book.js"></script></head>
<body><main class="bd-main"><article class="bd-article"><h1>Bets</h1>{BET}{BET}</article></main>
</body></html>"""


@pytest.fixture(scope="module")
def address(tmp_path_factory, serve) -> str:
    folder = tmp_path_factory.mktemp("bets")
    assert pydata_sphinx_theme.__file__
    theme = Path(pydata_sphinx_theme.__file__).parent.rglob("pydata-sphinx-theme.css")
    shutil.copy(next(theme), folder / "theme.css")
    for name in ("book.css", "book.js"):
        shutil.copy(ROOT / "assets" / name, folder)
    for theme_name in ("light", "dark"):
        text = PAGE.replace("{theme}", theme_name)
        (folder / f"{theme_name}.html").write_text(text, encoding="utf8")
    return serve(folder)


def test_a_bet_is_made_by_keyboard_and_answered_at_once(page, address):
    page.goto(f"{address}/light.html")
    first, second = page.locator(".bet").all()
    assert first.get_by_role("group", name="Your bet. Does it rise?").count() == 1
    said = first.locator("[aria-live=polite]")
    assert said.inner_text() == ""
    first.get_by_role("radio", name="No.").focus()
    page.keyboard.press("Space")
    assert said.inner_text() == "Not so. Look again."
    page.keyboard.press("ArrowDown")
    assert said.inner_text() == "Right. It does."
    assert first.get_by_role("radio", name="Yes.").is_checked()
    second.get_by_text("No.", exact=True).click()  # its label; the first bet stays made
    assert first.get_by_role("radio", name="Yes.").is_checked()
    assert second.locator("[aria-live]").inner_text() == "Not so. Look again."
    assert not first.locator("details").evaluate("fold => fold.open")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_is_accessible_and_fits(page, address, assert_accessible, theme, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/{theme}.html")
    page.locator("input").first.check()
    page.locator("input").last.check()
    assert_accessible(page, ".bet")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.locator(".bet label").evaluate_all("all => all.map(l => l.offsetHeight)")
    assert min(heights) >= 24


def test_without_scripts_it_is_a_list_with_a_folded_answer(open_page, address):
    page = open_page(javascript=False)
    page.goto(f"{address}/light.html")
    assert page.locator("input").count() == 0
    assert page.locator(".bet >> nth=0 >> ol >> nth=0 >> li").all_inner_texts() == ["No.", "Yes."]
    assert not page.get_by_text("It does.").first.is_visible()
    page.locator("summary").first.click()
    assert page.get_by_text("It does.").first.is_visible()
