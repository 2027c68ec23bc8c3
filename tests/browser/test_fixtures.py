"""The watch over a page is itself watched: each kind of problem must be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

GOOD = '<!doctype html><html lang="en"><title>t</title><main><h1>A page</h1></main></html>'


@pytest.fixture
def site(tmp_path: Path, serve) -> str:
    (tmp_path / "good.html").write_text(GOOD)
    return serve(tmp_path)


def test_a_good_page_has_no_problem(page, site, assert_accessible):
    page.goto(f"{site}/good.html")
    assert page.locator("h1").inner_text() == "A page"
    assert_accessible(page)


@pytest.mark.parametrize(
    ("script", "seen"),
    [
        ("console.error('oh')", "console error"),
        ("setTimeout(() => { throw new Error('oh') })", "uncaught exception"),
        ("fetch('/missing').catch(() => 0)", "status 404"),
        ("fetch('http://example.invalid/').catch(() => 0)", "another host"),
    ],
)
def test_each_kind_of_problem_is_seen(page, site, script, seen):
    page.goto(f"{site}/good.html")
    page.evaluate(f"() => {{ {script} }}")
    for _ in range(100):  # soon on a quiet machine, later on a busy one
        if any(seen in problem for problem in page.problems):
            break
        page.wait_for_timeout(100)
    assert any(seen in problem for problem in page.problems)
    page.problems.clear()


def test_a_violation_is_seen(page, site, assert_accessible):
    page.goto(f"{site}/good.html")
    page.evaluate("() => document.querySelector('main').append(new Image())")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)


ALIKE = "<ul>" + "<li>A <a href='#'>word</a> like the others</li>" * 40 + "</ul>"


@pytest.mark.parametrize(
    "pale",
    [
        "document.querySelectorAll('li')[17].style.color = '#bbb'",
        "document.querySelectorAll('li')[17].style.background = '#444'",
        "document.querySelectorAll('li')[17].style.opacity = 0.3",
        "document.querySelectorAll('li a')[17].style.color = '#bbb'",
        "document.querySelector('ul').style.color = '#bbb'",
        "document.querySelectorAll('li')[39].innerHTML = '<b style=\"color: #bbb\">pale</b>'",
    ],
)
def test_a_pale_text_among_many_is_seen(page, site, assert_accessible, pale):
    page.goto(f"{site}/good.html")
    page.evaluate("html => document.querySelector('main').innerHTML += html", ALIKE)
    assert_accessible(page)
    page.evaluate(f"() => {{ {pale} }}")
    with pytest.raises(AssertionError, match="color-contrast"):
        assert_accessible(page, contrast_only=True)
    assert_accessible(page, exclude=["ul"])


def test_without_javascript_nothing_runs(open_page, site, tmp_path):
    (tmp_path / "script.html").write_text(GOOD + "<script>document.title = 'run'</script>")
    page = open_page(javascript=False)
    page.goto(f"{site}/script.html")
    assert page.title() == "t"
