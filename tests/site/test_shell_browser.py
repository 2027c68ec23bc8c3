"""The shell in headless Chromium: folds, targets, deep links, the ledger's width, paper."""

from __future__ import annotations

import pytest

from .conftest import SITE

pytestmark = pytest.mark.browser

LEDGER = "chapters/reference/ledger.html"
CHAPTER = "chapters/korinek_suh/race.html"
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def origin(serve) -> str:
    return serve(SITE)


# Folds ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["mouse", "Enter", "Space"])
@pytest.mark.parametrize("javascript", [True, False])
def test_a_solution_opens_from_its_title(open_page, origin, way, javascript):
    page = open_page(javascript=javascript)
    page.goto(f"{origin}/{CHAPTER}")
    page.problems[:] = [problem for problem in page.problems if "(csp)" not in problem]
    solution = page.locator("details.solution").first
    title, before = solution.locator("summary"), page.url
    for is_open in (True, False):
        if way == "mouse":
            title.click()
        else:
            title.focus()
            page.keyboard.press(way)
        assert solution.evaluate("fold => fold.open") == is_open
        assert solution.locator("section").first.is_visible() == is_open
    assert page.url == before


def test_a_folds_visible_words_are_its_name(open_page, origin):
    """For a screen reader, a voice and an eye alike."""
    page = open_page()
    page.goto(f"{origin}/{CHAPTER}")
    titles = page.locator(".bd-article summary")
    assert titles.count() > 20
    for title in titles.all()[:30]:
        words = title.inner_text()
        told = title.aria_snapshot()
        assert words.partition("\n")[0][:20] in told.replace("\\", "")


def test_one_button_opens_and_closes_all_folds(open_page, origin):
    page = open_page()
    page.goto(f"{origin}/{CHAPTER}")
    folds = page.locator(".bd-article details")
    opened = "folds => folds.filter(fold => fold.open).length"
    assert folds.evaluate_all(opened) == 0
    page.get_by_role("button", name="Unfold all").click()
    assert folds.evaluate_all(opened) == folds.count()
    page.locator("details.solution > summary").first.click()
    page.get_by_role("button", name="Unfold all").click()  # again, since one is closed
    assert folds.evaluate_all(opened) == folds.count()
    button = page.get_by_role("button", name="Fold all", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    assert folds.evaluate_all(opened) == 0


def test_without_scripts_or_folds_there_is_no_such_button(open_page, origin):
    page = open_page(javascript=False)
    page.goto(f"{origin}/{CHAPTER}")
    page.problems[:] = [problem for problem in page.problems if "(csp)" not in problem]
    assert not page.locator(".folds-button").is_visible()
    page = open_page()
    page.goto(f"{origin}/chapters/reference/bibliography.html")
    assert page.locator(".folds-button").count() == 0


def test_a_link_into_a_fold_opens_it(open_page, origin):
    page = open_page()
    page.goto(f"{origin}/{CHAPTER}")
    name = (
        page.locator("details.solution")
        .nth(1)
        .evaluate("fold => fold.querySelector('section, p').id = 'inside'")
    )
    page.evaluate(f"location.hash = '{name}'")
    page.wait_for_function("document.querySelectorAll('details.solution')[1].open")


def test_paper_has_the_titles_of_what_is_folded_and_opens_nothing(open_page, origin):
    page = open_page()
    page.goto(f"{origin}/{CHAPTER}")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    folds = page.locator(".bd-article details")
    assert folds.evaluate_all("folds => folds.filter(fold => fold.open).length") == 0
    title = page.locator("details.solution > summary").first
    assert title.is_visible()
    assert title.evaluate("title => getComputedStyle(title).listStyleType") == "none"
    assert not page.locator(".folds-button").is_visible()


# Terms ------------------------------------------------------------------------------------------

FIRST = "chapters/what_we_found.html"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("javascript", [True, False])
def test_a_term_says_what_it_means_where_it_is_pointed_at(open_page, origin, width, javascript):
    page = open_page(width=width, javascript=javascript)
    page.goto(f"{origin}/{FIRST}")
    page.problems[:] = [problem for problem in page.problems if "(csp)" not in problem]
    terms = page.locator(".term").all()
    assert len(terms) >= 10
    for term in terms:
        link, meaning = term.locator("a"), term.get_by_role("tooltip", include_hidden=True)
        assert not meaning.is_visible()
        link.hover()
        box = meaning.bounding_box()
        assert 0 <= box["x"] <= width - box["width"]
        assert box["y"] >= 0
        page.mouse.move(1, 1)
        link.focus()
        assert meaning.is_visible()
        link.blur()


def test_escape_closes_what_explains_a_term_and_a_finger_opens_it(open_page, origin):
    page = open_page(width=390)
    page.goto(f"{origin}/{FIRST}")
    term = page.locator(".term").first
    link, meaning = term.locator("a"), term.get_by_role("tooltip", include_hidden=True)
    link.focus()
    page.keyboard.press("Escape")
    assert not meaning.is_visible()
    link.blur()
    before, touch = page.url, {"pointerType": "touch", "bubbles": True, "cancelable": True}
    tap = "(link, touch) => link.dispatchEvent(new PointerEvent('click', touch))"
    assert link.evaluate(tap, touch) is False  # not followed
    assert meaning.is_visible()
    page.locator("article h1").dispatch_event("pointerdown")
    assert not meaning.is_visible()
    link.evaluate(tap, touch)
    link.evaluate(tap, touch)
    page.wait_for_url("**/glossary.html#term-wage")
    assert page.url != before


# Where the eye and the finger are ---------------------------------------------------------------


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_covers_what_is_read(open_page, origin, width):
    page = open_page(width=width)
    page.goto(f"{origin}/{CHAPTER}")
    page.mouse.wheel(0, 5000)
    page.wait_for_timeout(200)
    page.mouse.wheel(0, -1000)  # whoever scrolls back was offered a button over the text
    page.wait_for_timeout(300)
    covering = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((e) => {
          const box = e.getBoundingClientRect();
          const shown = { opacityProperty: true, visibilityProperty: true };
          return getComputedStyle(e).position === "fixed" && e.checkVisibility(shown)
            && box.width > 0 && box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth;
        }).map((e) => e.id || e.className)"""
    )
    assert covering == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("page", ["intro.html", "search.html", FIRST, CHAPTER, LEDGER])
def test_what_is_pressed_is_large_enough(open_page, origin, page, width):
    """24 by 24 pixels or as much room around it (WCAG 2.2, 2.5.8); in bar and ledger themselves."""
    from axe_playwright_python.sync_playwright import Axe

    tab = open_page(width=width)
    tab.goto(f"{origin}/{page}")
    tab.add_style_tag(content="* { content-visibility: visible !important; }")
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(tab, options={"preload": False, "runOnly": ["target-size"]})
    small = [node["html"] for rule in found.response["violations"] for node in rule["nodes"]]
    assert small == []
    pressed = tab.locator(".bd-header-article button:visible, .ledger-table a:visible")
    for button in pressed.all()[:40]:
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24


@pytest.mark.parametrize("width", [390, 1280])
def test_the_menus_of_the_header_are_closed_until_they_are_opened(open_page, origin, width):
    page = open_page(width=width)
    page.goto(f"{origin}/{CHAPTER}")
    menu = page.locator(".dropdown-menu").first
    assert not menu.is_visible()
    page.locator(".dropdown-download-buttons button.dropdown-toggle").click()
    assert menu.is_visible()
    assert page.locator(".bd-header-article").bounding_box()["height"] <= 64


def test_a_link_into_a_page_arrives_at_once(open_page, origin):
    page = open_page()
    page.goto(f"{origin}/{CHAPTER}")
    page.evaluate("location.hash = 'exercises'")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert abs(page.locator("#exercises").evaluate("e => e.getBoundingClientRect().top")) < 200


@pytest.mark.parametrize(("width", "least"), [(1400, 850), (1680, 1100), (1920, 1300)])
def test_the_ledger_is_as_wide_as_the_window_allows(open_page, origin, width, least):
    page = open_page(width=width)
    page.goto(f"{origin}/{LEDGER}")
    assert page.locator(".ledger-table").bounding_box()["width"] >= least
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    line = page.locator(".bd-article > section > p").first.bounding_box()["width"]
    assert line <= 720  # its prose keeps a measure that reads well
    small = page.locator(".ledger-small").first
    assert float(small.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 13


def test_the_ledger_stays_a_table_where_its_rows_are_cards(open_page, origin):
    page = open_page(width=390)
    page.goto(f"{origin}/{LEDGER}")
    table = page.locator(".ledger-table")
    assert table.evaluate("e => getComputedStyle(e).display") == "block"
    first = table.get_by_role("row").nth(1)
    assert first.get_by_role("cell").count() == 4
    assert first.get_by_role("rowheader").count() == 1
    assert table.get_by_role("columnheader").count() == 5


# What waits until it is seen --------------------------------------------------------------------


def test_the_contents_mark_the_section_that_is_read(open_page, origin):
    page = open_page(width=1400)
    page.goto(f"{origin}/{CHAPTER}")
    contents = page.locator(".bd-toc-nav")
    inner = contents.locator("li li > a").last
    for link in (contents.locator("a").nth(2), inner):
        link.click()
        page.wait_for_function(
            "link => link.getAttribute('aria-current') && link.classList.contains('active')",
            arg=link.element_handle(),
        )
        assert contents.locator("[aria-current]").count() == 1
    outer = inner.locator("xpath=ancestor::li").first
    assert contents.locator("li.active").count() == 2
    assert "active" in outer.get_attribute("class")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_box_that_scrolls_is_reached_with_the_keyboard(open_page, origin, width):
    page = open_page(width=width)
    page.goto(f"{origin}/{CHAPTER}")
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    boxes = page.locator(".bd-article :is(pre, .cell_output > .output)").all()
    seen = []
    for box in (*boxes[:8], *boxes[-8:]):
        box.evaluate("box => box.scrollIntoView()")
        page.evaluate(FRAMES)
        seen.append(
            box.evaluate(
                "e => [e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight,"
                " e.tabIndex === 0]"
            )
        )
    assert [scrolls for scrolls, _ in seen] == [reached for _, reached in seen]
    assert width > 390 or any(scrolls for scrolls, _ in seen)


def test_an_explorer_far_below_is_a_still_until_it_is_near(open_page, origin):
    page = open_page(width=1280)
    asked = []
    page.on("request", lambda request: asked.append("/samples/" in request.url))
    page.goto(f"{origin}/{CHAPTER}", wait_until="networkidle")
    last, before = page.locator(".explorer").last, sum(asked)
    assert last.get_attribute("data-shown") is None
    last.evaluate("root => root.scrollIntoView()")
    page.wait_for_function("root => root.dataset.said", arg=last.element_handle())
    assert sum(asked) == before + 1
    assert last.locator(".explorer-wide .explorer-marks > *").count() > 0


def test_an_explorer_far_below_is_printed_at_the_setting_of_the_address(open_page, origin):
    page = open_page(width=1280)
    page.goto(f"{origin}/{CHAPTER}")
    last = page.locator(".explorer").last
    name = last.locator("input[data-control]").first.get_attribute("data-control")
    start = last.locator(".explorer-setting").text_content()
    key = last.get_attribute("id").removeprefix("explorer-")
    page.goto(f"{origin}/{CHAPTER}?{key}.{name}=1e9")  # beyond the slider's end, where it stops
    page.wait_for_function("root => root.dataset.shown", arg=last.element_handle())
    drawn = "root => root.querySelector('.explorer-wide .explorer-marks').childElementCount"
    assert last.evaluate(drawn) == 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert last.evaluate(drawn) > 0
    assert last.locator(".explorer-setting").text_content() != start


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("page", [CHAPTER, LEDGER])
def test_nothing_moves_while_a_page_opens(open_page, origin, page, width):
    tab = open_page(width=width)
    tab.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) =>"
        " window.moved += entry.value)).observe({type: 'layout-shift', buffered: true})"
    )
    tab.goto(f"{origin}/{page}")
    tab.wait_for_timeout(500)
    assert tab.evaluate("moved") < 0.02


# Icons ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("forced", [False, True])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_icons_are_drawn_in_the_colour_of_the_words(open_page, origin, theme, forced):
    page = open_page(theme=theme)
    page.goto(f"{origin}/{CHAPTER}")
    if forced:
        page.emulate_media(forced_colors="active")
    icons = page.locator(".bd-header-article [class*='fa-']:visible")
    assert icons.count() >= 4
    for icon in icons.all():
        style = icon.evaluate(
            """e => {
              const { maskImage, backgroundColor, width } = getComputedStyle(e);
              return [maskImage, backgroundColor, width];
            }"""
        )
        assert style[0].startswith('url("data:image/svg+xml')
        assert style[1] != "rgba(0, 0, 0, 0)"
        assert float(style[2].removesuffix("px")) >= 12


@pytest.mark.parametrize("missing", ["nowhere.html", "chapters/nowhere.html", "chapters/a/b.html"])
def test_a_missing_page_finds_the_way_home(open_page, origin, missing):
    """From a subfolder too, as hosts serve it: under the address that was asked for."""
    page = open_page()
    body = (SITE / "404.html").read_text("utf8")
    page.route("**/book/**", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(f"{origin}/book/{missing}")
    assert page.locator("#home").evaluate("link => link.href") == f"{origin}/book/intro.html"
