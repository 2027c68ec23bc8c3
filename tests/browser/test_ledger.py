"""The full ledger of the toy paper in headless Chromium, in the style sheets of the book."""

from __future__ import annotations

import shutil
from pathlib import Path

import myst_nb
import pydata_sphinx_theme
import pytest
import sphinx_book_theme

from exhibits import ledger

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
TOY = "tests.toy_papers"
SHEETS = (
    (pydata_sphinx_theme, "pydata-sphinx-theme.css"),
    (sphinx_book_theme, "sphinx-book-theme.css"),
    (myst_nb, "mystnb.css"),
)

#: The nesting in which the book puts the output of a cell.
PAGE = """<!doctype html>
<html lang="en" data-theme="{theme}" data-mode="{theme}">
<head><meta charset="utf-8"><title>Ledger</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{links}</head>
<body><main class="bd-main"><div class="bd-content"><div class="bd-article-container">
<article class="bd-article"><h1>Ledger</h1><div class="cell docutils container">
<div class="cell_output docutils container"><div class="output text_html">{ledger}</div></div>
</div></article></div></div></main></body></html>"""


@pytest.fixture(scope="module")
def address(tmp_path_factory, serve) -> str:
    folder = tmp_path_factory.mktemp("ledger")
    names = []
    for package, pattern in SHEETS:
        assert package.__file__
        found = sorted(Path(package.__file__).parent.rglob(pattern))
        assert found, f"{package.__name__} has no {pattern}"
        names.append(shutil.copy(found[0], folder / f"{package.__name__}.css").name)
    names.append(shutil.copy(ROOT / "assets" / "book.css", folder / "book.css").name)
    links = "".join(f'<link rel="stylesheet" href="{name}">' for name in names)
    full = ledger.full_table(package=TOY)._repr_html_()
    few = ledger.table("toy.*", package=TOY)._repr_html_()
    for theme in ("light", "dark"):
        for name, shown in (("full", full), ("few", few)):
            page = PAGE.format(theme=theme, links=links, ledger=shown)
            (folder / f"{name}-{theme}.html").write_text(page, encoding="utf8")
    return serve(folder)


@pytest.fixture
def full(page, address):
    page.goto(f"{address}/full-light.html")
    return page


def shown(page) -> list[str]:
    """The ids of the visible rows, in their order, without the paper's prefix."""
    rows = page.locator(".ledger-table tbody tr:not([hidden])")
    return [row.removeprefix("claim-toy.") for row in rows.evaluate_all("r => r.map(x => x.id)")]


ORDER = [
    "text.output",
    "fig1.course",
    "prop1.share",
    "table1.capital",
    "fig2.doubling",
    "data.fit",
    "text.target",
    "text.ours",
]


@pytest.mark.parametrize(
    ("name", "width", "theme"),
    [
        ("full", 1000, "light"),
        ("full", 1000, "dark"),
        ("full", 360, "light"),
        ("full", 360, "dark"),
        ("few", 1000, "light"),
    ],
)
def test_it_is_accessible_and_fits(open_page, address, assert_accessible, theme, name, width):
    page = open_page(width=width, theme=theme)
    page.goto(f"{address}/{name}-{theme}.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".ledger-table tbody tr").count() == 8
    assert_accessible(page)


def test_the_dark_theme_puts_no_light_ground_under_the_table(open_page, address):
    page = open_page(theme="dark")
    page.goto(f"{address}/full-dark.html")
    ground = page.locator(".text_html").evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground == "rgba(0, 0, 0, 0)"


def test_on_a_phone_the_rows_are_cards_with_named_values(open_page, address):
    page = open_page(width=360)
    page.goto(f"{address}/full-light.html")
    row = page.locator("[id='claim-toy.text.output']")
    cell = row.locator("td").first
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"Printed"'
    assert cell.bounding_box()["width"] > 250
    tree = page.locator(".ledger-table").aria_snapshot()
    assert "rowheader" in tree  # still a table for screen readers
    assert "cell" in tree


def test_without_javascript_everything_stands_there(open_page, address):
    page = open_page(javascript=False)
    page.goto(f"{address}/full-light.html")
    assert shown(page) == ORDER
    assert page.locator(".ledger-table tbody tr:visible").count() == 8
    assert not page.locator(".ledger-controls").is_visible()
    assert page.locator(".ledger-table thead button").count() == 0


def test_filters(full):
    status = full.get_by_role("status")
    assert status.inner_text() == "8 of 8 claims shown"
    full.get_by_role("combobox", name="Verdict").select_option("not identified")
    assert shown(full) == ["fig2.doubling"]
    assert status.inner_text() == "1 of 8 claims shown"
    full.get_by_role("combobox", name="Verdict").select_option(
        "replicated"
    )  # not: replicated in shape
    assert shown(full) == ["text.output"]
    full.get_by_role("combobox", name="Verdict").select_option("")
    full.get_by_role("combobox", name="Paper").select_option("Solow & Toy (1956)")
    assert shown(full) == ORDER
    full.get_by_role("searchbox", name="Text").fill("CAPITAL figure")
    assert shown(full) == ["fig1.course", "fig2.doubling"]
    full.get_by_role("searchbox", name="Text").fill("no such words")
    assert shown(full) == []
    assert status.inner_text() == "0 of 8 claims shown"
    full.get_by_role("button", name="Show all").click()
    full.wait_for_function("document.querySelector('[role=status]').textContent[0] === '8'")
    assert shown(full) == ORDER


def test_the_view_is_in_the_address(open_page, address, full):
    full.get_by_role("combobox", name="Verdict").select_option("not identified")
    full.locator(".ledger-table").get_by_role("columnheader", name="Claim").get_by_role(
        "button"
    ).click()
    assert full.url.endswith("?verdict=not+identified&sort=ascending+Claim")
    page = open_page()
    page.goto(full.url)
    assert shown(page) == ["fig2.doubling"]
    assert page.get_by_role("combobox", name="Verdict").input_value() == "not identified"
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("!location.search.includes('verdict')")
    assert shown(page) == sorted(ORDER)
    page.goto(f"{address}/full-light.html?chapter=solow%2Fgrowth&verdict=nonsense")
    assert shown(page) == ORDER


def test_filters_by_keyboard(full):
    full.get_by_role("combobox", name="Chapter").focus()
    full.keyboard.press("Tab")
    full.keyboard.type("not id")
    assert shown(full) == ["fig2.doubling"]
    full.keyboard.press("Tab")
    full.keyboard.type("nothing like it")
    assert shown(full) == []
    full.keyboard.press("Enter")  # does not leave the page
    assert "full-light.html?verdict=not+identified&text=nothing" in full.url
    full.keyboard.press("Tab")
    full.keyboard.press("Enter")
    full.wait_for_function("document.querySelector('[role=status]').textContent[0] === '8'")
    assert shown(full) == ORDER


@pytest.mark.parametrize(
    ("column", "ascending"),
    [
        ("Claim", sorted(ORDER)),
        ("Verdict", [ORDER[i] for i in (2, 3, 4, 5, 1, 0, 6, 7)]),
        ("Would notice", [ORDER[i] for i in (7, 2, 6, 1, 3, 0, 4, 5)]),
    ],
)
def test_sorting_by_keyboard(full, column, ascending):
    table = full.locator(".ledger-table")
    header = table.get_by_role("columnheader", name=column)
    button = header.get_by_role("button")
    assert header.get_attribute("aria-sort") is None
    button.focus()
    full.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") == "ascending"
    assert shown(full) == ascending
    full.keyboard.press("Space")
    assert header.get_attribute("aria-sort") == "descending"
    assert shown(full) == ascending[::-1]
    full.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") is None
    assert shown(full) == ORDER


def test_one_column_is_sorted_at_a_time_and_filters_stay(full):
    full.get_by_role("button", name="Claim").click()
    full.get_by_role("button", name="Would notice").click()
    assert full.locator("[aria-sort]").count() == 1
    full.get_by_role("searchbox", name="Text").fill("figure")
    assert shown(full) == ["fig1.course", "fig2.doubling"]
    full.get_by_role("button", name="Would notice").click()
    assert shown(full) == ["fig2.doubling", "fig1.course"]


def test_an_address_leads_to_its_row(page, address):
    page.goto(f"{address}/full-light.html#claim-toy.data.fit")
    assert page.locator("tr:target th").inner_text().startswith("The model fits the data.")
