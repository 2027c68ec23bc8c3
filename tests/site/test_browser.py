"""Each page in headless Chromium: requests, console, accessibility, width; both themes."""

from __future__ import annotations

import re

import pytest

from .conftest import SITE, content_pages

pytestmark = pytest.mark.browser

# Long pages first, so that of two processes neither waits long for the other.
CONTENT = sorted(content_pages(), key=lambda page: -(SITE / page).stat().st_size)
PAGES = [*CONTENT, "search.html"]

# Formulas and the colours of code are the same on all pages: formulas are judged by the tests of
# their renderer, code on this page. Axe would spend most of its time on them.
WHOLE = "chapters/reference/computation.html"
REPEATED = ("math", ".highlight pre")

# Until two frames are painted and nothing moves any more.
QUIET = """async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const drawn = {contentVisibilityAuto: true};  // what is not waits until it is on the screen
  const ending = document.getAnimations().filter(a => a.effect.getComputedTiming().endTime < 1e6
    && a.effect.target?.checkVisibility(drawn));
  await Promise.allSettled(ending.map(animation => animation.finished));
}"""


@pytest.fixture(scope="module")
def origin(serve) -> str:
    return serve(SITE)


def _stored(tab, theme: str) -> None:
    """What the browser remembers of an earlier visit."""
    tab.add_init_script(
        f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}')"
    )


def _theme(tab) -> str:
    return tab.evaluate("document.documentElement.dataset.theme")


def _unfolded(tab) -> None:
    """Opens all that is folded, and draws what is not on the screen too."""
    tab.add_style_tag(content="* { content-visibility: visible !important; }")
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    tab.evaluate(QUIET)


def _darkened(tab) -> None:
    """Presses the button that a reader presses, until the page is dark: light, auto, dark."""
    for _ in range(3):
        if _theme(tab) == "dark":
            break
        tab.evaluate("document.querySelector('.theme-switch-button').click()")
    tab.evaluate(QUIET)


def _width_on_a_phone(tab) -> int:
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.evaluate(QUIET)
    return tab.evaluate("document.documentElement.scrollWidth")


# Pixels of the smallest text in a figure; text may be turned.
SMALLEST = """() => Math.min(99, ...Array.from(document.querySelectorAll("svg.book-figure text"))
  .filter(text => text.checkVisibility() && text.textContent.trim())
  .map(text => [parseFloat(getComputedStyle(text).fontSize), text.getScreenCTM()])
  .map(([size, {a, b}]) => size * Math.hypot(a, b)))"""


@pytest.mark.parametrize("page", PAGES)
def test_a_page_loads_clean_is_accessible_in_both_themes_and_fits_a_phone(
    open_page, origin, assert_accessible, page
):
    """The fixture fails for what goes wrong while the page loads or changes its theme."""
    tab = open_page(width=1280, theme="light")
    _stored(tab, "light")
    tab.goto(f"{origin}/{page}")
    _unfolded(tab)
    judged = {"exclude": () if page == WHOLE else REPEATED}
    assert _theme(tab) == "light"
    assert_accessible(tab, **judged)
    _darkened(tab)
    assert _theme(tab) == "dark"
    assert_accessible(tab, **judged, contrast_only=True)  # the themes differ in colours only
    assert _width_on_a_phone(tab) <= 360
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.evaluate(QUIET)
    assert tab.evaluate(SMALLEST) >= 11


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_opens_in_the_theme_of_the_last_visit(open_page, origin, theme):
    """On one page: the others have the same lines in their head (see test_pages.py)."""
    tab = open_page(width=1280, theme="dark" if theme == "light" else "light")
    _stored(tab, theme)
    tab.goto(f"{origin}/intro.html")
    assert _theme(tab) == theme


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_first_visit_follows_the_system(open_page, origin, theme):
    """From the first line on: the script in the head runs before anything is drawn."""
    tab = open_page(width=1280, theme=theme)
    tab.add_init_script(
        "new MutationObserver(() => window.themes = [...(window.themes ?? []),"
        " document.documentElement.dataset.theme])"
        ".observe(document, {subtree: true, attributeFilter: ['data-theme']})"
    )
    tab.goto(f"{origin}/intro.html")
    assert _theme(tab) == theme
    assert tab.evaluate("document.documentElement.dataset.mode") == "auto"
    assert set(tab.evaluate("window.themes")) == {theme}


@pytest.mark.parametrize("page", CONTENT)
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


# Paper, forced colours, the keyboard ------------------------------------------------------------

WORDS = "svg.book-figure text, .explorer-picture svg text, article p, .highlight pre span"

COLOURS = """selector => Array.from(document.querySelectorAll(selector), (e) => {
  const style = getComputedStyle(e);
  return [e.textContent.slice(0, 20), e.closest("svg") ? style.fill : style.color];
}).filter(([words]) => words.trim())"""


def _contrast_with_white(colour: str) -> float:
    """The ratio of WCAG of ``rgb(…)`` on white."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    weighted = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (weighted + 0.05)


DRAWN = "chapters/korinek_suh/race.html"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_page_printed_from_the_dark_theme_is_dark_on_light(open_page, origin, javascript):
    tab = open_page(width=1000, theme="dark")
    _stored(tab, "dark")
    if not javascript:  # the theme's scripts alone: the drawings need none of ours
        tab.route("**/book.js*", lambda route: route.fulfill(body=""))
    tab.goto(f"{origin}/{DRAWN}")
    assert _theme(tab) == "dark"
    tab.emulate_media(media="print")
    tab.evaluate(QUIET)
    found = tab.evaluate(COLOURS, WORDS if javascript else WORDS.partition(", article")[0])
    assert len(found) > 20
    assert [w for w, colour in found if _contrast_with_white(colour) < 4.4] == []
    tab.emulate_media(media="screen")
    tab.evaluate(QUIET)
    assert _theme(tab) == "dark"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_drawings_take_forced_colours(open_page, origin, theme):
    tab = open_page(width=1000, theme="light")
    _stored(tab, theme)
    tab.goto(f"{origin}/{DRAWN}")
    tab.emulate_media(forced_colors="active")
    tab.evaluate(QUIET)
    system = tab.evaluate(
        """["CanvasText", "LinkText", "VisitedText", "GrayText"].map(name => {
          const probe = document.body.appendChild(document.createElement("span"));
          probe.style.color = name;
          return getComputedStyle(probe).color;
        })"""
    )
    found = tab.evaluate(COLOURS, WORDS.partition(", article")[0])
    assert len(found) > 20
    assert {colour for _, colour in found} <= set(system)


@pytest.mark.parametrize("key", ["ArrowRight", "ArrowLeft"])
@pytest.mark.parametrize("element", [".highlight pre", "summary", "body"])
def test_an_arrow_key_does_not_leave_the_page(open_page, origin, element, key):
    tab = open_page(width=500, theme="light")
    tab.goto(f"{origin}/{DRAWN}")
    tab.evaluate(
        "s => { const e = document.querySelector(s); e.tabIndex = 0; e.focus(); }", element
    )
    tab.keyboard.press(key)
    tab.wait_for_timeout(300)
    assert tab.url.endswith(DRAWN)
