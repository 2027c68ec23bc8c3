"""Each page in headless Chromium: requests, console, accessibility, width; both themes."""

from __future__ import annotations

import pytest

from .conftest import SITE, content_pages

pytestmark = pytest.mark.browser

PAGES = [*content_pages(), "search.html"]

# Formulas and the colours of code are the same on all pages: formulas are judged by the tests of
# their renderer, code on this page. Axe would spend most of its time on them.
WHOLE = "chapters/reference/computation.html"
REPEATED = {"exclude": [["math"], [".highlight pre"]]}


@pytest.fixture(scope="module")
def origin(serve) -> str:
    return serve(SITE)


def _show(tab, url: str, theme: str = "light"):
    """Opens a page in a theme, unfolds what is folded, and waits until it is quiet."""
    tab.add_init_script(
        f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}')"
    )
    tab.goto(url, wait_until="networkidle")
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    tab.evaluate("document.querySelectorAll('button.toggle-button').forEach(b => b.click())")
    tab.wait_for_timeout(700)
    return tab


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_loads_clean_is_accessible_and_fits_a_phone(
    open_page, origin, assert_accessible, page, theme
):
    tab = _show(open_page(width=1280, theme=theme), f"{origin}/{page}", theme)
    assert tab.evaluate("document.documentElement.dataset.theme") == theme
    # The themes differ in colours only. The fixture fails for what went wrong while loading.
    rules = None if theme == "light" else ["color-contrast"]
    assert_accessible(tab, None if page == WHOLE else REPEATED, rules)
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.wait_for_timeout(300)
    widest = tab.evaluate("document.documentElement.scrollWidth")
    assert widest <= 360, f"{page} is {widest} px wide on a phone"


@pytest.mark.parametrize("page", content_pages())
def test_a_page_can_be_read_without_scripts(open_page, origin, page):
    tab = open_page(javascript=False)
    tab.goto(f"{origin}/{page}")
    # The browser itself refuses to preload the scripts that it may not run.
    tab.problems[:] = [problem for problem in tab.problems if "(csp)" not in problem]
    assert tab.locator("article h1").is_visible()
    assert len(tab.locator("article").inner_text()) > 200
    for formula in tab.locator("article > section > p math").all()[:5]:
        box = formula.bounding_box()
        assert box is not None
        assert box["width"] > 0
