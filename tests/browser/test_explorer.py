"""The explorer's page in headless Chromium: keyboard, picture, words, address, data, themes."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import numpy as np
import pytest

from exhibits.explorer.elements import STEP

from ..toy_explorer import data, make

pytestmark = pytest.mark.browser

ROOT = "#explorer-toy-model"
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")

#: What the book's own style sheet gives an explorer: the palette and the theme's colours.
STYLE = """
html { --figure-ink: #1f2328; --figure-blue: #0067a5; color: #1f2328; background: #fff;
  --pst-color-text-muted: #48566b; --pst-color-border: #c9c9c9; --pst-color-background: #fff; }
html[data-theme=dark] { --figure-ink: #e6e9ee; --figure-muted: #9aa4b2; --figure-blue: #62b3ee;
  --figure-vermilion: #ff8a52; --figure-green: #4cc9a0; color: #ced6dd; background: #14181e;
  --pst-color-text-muted: #9ca4af; --pst-color-border: #48566b; --pst-color-background: #14181e; }
a { color: inherit; }
body { max-width: 46rem; margin: 0 auto; padding: 1rem; font: 1rem/1.6 sans-serif; }
"""


@pytest.fixture(scope="module")
def explorer():
    return make()


@pytest.fixture(scope="module")
def site(explorer, serve, tmp_path_factory) -> str:
    """A page with two explorers and the same one twice, in the light and the dark theme."""
    folder: Path = tmp_path_factory.mktemp("site")
    frames = folder / "frames"
    first, again = explorer.html(frames), explorer.html(frames)
    other = make(name="other-model", presets={}, reference=None, draw=draw_other).html(frames)
    body = f"""<main><h1>A page</h1><p><a href="#end">To the end</a></p>
{first}{other}{again}<h2 id="end">The end</h2></main>"""
    for theme in ("light", "dark"):
        (folder / f"{theme}.html").write_text(
            f'<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>A page</title>'
            f"<style>{STYLE}</style></head><body>{body}</body></html>",
            "utf8",
        )
    return serve(folder)


def draw_other(figure, alpha, scale, technology):
    axes = figure.subplots()
    axes.plot([0, 1], [0, alpha * scale])
    axes.set(xlim=(0, 1), ylim=(0, 1.5))


class Reader:
    """One explorer in a page, and what a reader does with it and sees."""

    def __init__(self, page, root: str = ROOT) -> None:
        self.page, self.root = page, page.locator(root)

    def control(self, label: str):
        return self.root.get_by_label(label)

    def button(self, name: str):
        return self.root.get_by_role("button", name=name)

    def setting(self) -> list[int]:
        return [int(i.input_value()) for i in self.root.locator("[data-control]").all()]

    def description(self) -> str:
        return self.root.locator(".explorer-description").inner_text()

    def picture(self) -> str:
        return self.root.locator("svg").inner_html()

    def wait_for(self, *setting: int) -> None:
        """Until picture, words and address have followed the controls."""
        self.page.wait_for_function(
            """([root, setting]) => {
              const { shown, said } = document.querySelector(root).dataset;
              return shown === setting && said === setting;  // the address is written before
            }""",
            arg=[f"#{self.root.get_attribute('id')}", " ".join(map(str, setting))],
        )

    def drawn(self) -> tuple[list[np.ndarray], list[tuple[str, np.ndarray]]]:
        """Coordinates of the visible paths and the placed texts, in painting order."""
        items = self.root.locator("svg").evaluate(
            """svg => Array.from(svg.querySelectorAll("g path, g text"))
              .filter(item => item.getAttribute("display") !== "none")
              .map(item => [item.tagName, item.getAttribute("d") ?? item.getAttribute("transform"),
                            item.textContent, item.getAttribute("style")])"""
        )
        paths = [numbers(where) for kind, where, _, _ in items if kind == "path"]
        texts = [(text, numbers(where)) for kind, where, text, _ in items if kind == "text"]
        return paths, texts, [style for *_, style in items]


def numbers(text: str) -> np.ndarray:
    return np.array([float(found) for found in NUMBER.findall(text)])


def drawn_live(explorer, **parameters):
    """The same of the figure that a live kernel shows."""
    svg = explorer.svg(**parameters)
    body = svg.partition("</defs>")[2]
    found = re.findall(r"<(path|text)([^>]*)>(?:([^<]*)</text>)?", body)
    paths, texts, styles = [], [], []
    for kind, attributes, text in found:
        place = re.search(r'\b(?:d|transform)="([^"]*)"', attributes)[1]
        styles.append(re.search(r'style="([^"]*)"', attributes)[1])
        if kind == "path":
            paths.append(numbers(place))
        else:
            texts.append((text, numbers(place)))
    return paths, texts, styles


def same(one, other) -> bool:
    (paths, texts, styles), (other_paths, other_texts, other_styles) = one, other
    if (len(paths), len(texts), styles) != (len(other_paths), len(other_texts), other_styles):
        return False
    words = [a == b for (a, _), (b, _) in zip(texts, other_texts, strict=True)]
    places = [(a, b) for (_, a), (_, b) in zip(texts, other_texts, strict=True)]
    places += zip(paths, other_paths, strict=True)
    return all(words) and all(
        a.shape == b.shape and np.allclose(a, b, atol=1e-9) for a, b in places
    )


@pytest.fixture
def reader(page, site) -> Reader:
    page.goto(f"{site}/light.html")
    return Reader(page)


@pytest.mark.parametrize(
    ("label", "keys", "setting"),
    [
        ("Exponent α", ["ArrowRight"], (3, 0, 1)),
        ("Exponent α", ["ArrowLeft", "ArrowLeft"], (0, 0, 1)),
        ("Exponent α", ["End"], (4, 0, 1)),
        ("Productivity A", ["Home"], (2, 0, 0)),
        ("Productivity A", ["ArrowUp"], (2, 0, 2)),
        ("Technology", ["ArrowDown"], (2, 1, 1)),
        ("Technology", ["L"], (2, 1, 1)),
    ],
)
def test_each_control_moves_by_keyboard(reader, explorer, label, keys, setting):
    before, words, address = reader.picture(), reader.description(), reader.page.url
    reader.control(label).focus()
    for key in keys:
        reader.page.keyboard.press(key)
    reader.wait_for(*setting)
    assert tuple(reader.setting()) == setting
    assert reader.picture() != before
    assert reader.description() != words
    assert reader.description() == explorer.description_at(setting)
    assert reader.page.url != address


def test_tab_reaches_every_control_in_order(reader):
    reader.button("Figure 6a").focus()
    reached = []
    for _ in range(8):
        reached.append(
            reader.page.evaluate(
                "(({ labels, textContent }) => labels?.[0]?.textContent || textContent)"
                "(document.activeElement)"
            )
        )
        reader.page.keyboard.press("Tab")
    assert reached == [
        "Figure 6a",
        "Figure 6b",
        "Reset",
        "Exponent α",
        "Technology",
        "Productivity A",
        "Download the data (CSV)",
        "Copy a link to this view",
    ]


@pytest.mark.parametrize("seed", range(5))
def test_a_frame_equals_the_live_figure(reader, explorer, seed):
    random = np.random.default_rng(seed)
    setting = tuple(int(random.integers(size)) for size in explorer.span.shape)
    alpha, technology, scale = setting
    reader.control("Exponent α").fill(str(alpha))
    reader.control("Technology").select_option(str(technology))
    reader.control("Productivity A").fill(str(scale))
    # Leave and come back, so that the picture is drawn even at the default.
    reader.control("Exponent α").press("ArrowLeft" if alpha else "ArrowRight")
    reader.control("Exponent α").press("ArrowRight" if alpha else "ArrowLeft")
    reader.wait_for(*setting)
    live = drawn_live(
        explorer,
        alpha=explorer.controls["alpha"].values[alpha],
        technology=explorer.controls["technology"].texts[technology],
        scale=explorer.controls["scale"].values[scale],
    )
    assert same(reader.drawn(), live)
    assert not same(reader.drawn(), drawn_live(explorer, alpha=0.2 if alpha else 0.4))
    assert len(live[0]) > 20
    assert STEP == 0.05


def test_the_address_reproduces_the_view(reader, explorer, open_page):
    reader.control("Technology").select_option("Linear")
    reader.control("Exponent α").fill("4")
    reader.wait_for(4, 1, 1)
    assert reader.page.url.endswith("?toy-model.alpha=1&toy-model.technology=linear")
    picture, words = reader.picture(), reader.description()
    reader.page.reload()
    reader.wait_for(4, 1, 1)
    assert (reader.picture(), reader.description()) == (picture, words)
    assert reader.control("Exponent α").get_attribute("aria-valuetext") == "1.00"
    friend = open_page()
    friend.goto(reader.page.url + ROOT)
    Reader(friend).wait_for(4, 1, 1)
    assert Reader(friend).picture() == picture


def test_explorers_in_a_page_do_not_fight(reader):
    other, again = Reader(reader.page, "#explorer-other-model"), Reader(reader.page, f"{ROOT}-2")
    reader.control("Exponent α").fill("0")
    reader.wait_for(0, 0, 1)
    other.control("Exponent α").fill("1")
    other.wait_for(1, 0, 1)
    again.control("Productivity A").fill("2")
    again.wait_for(2, 0, 2)
    reader.page.reload()
    reader.wait_for(0, 0, 1)
    other.wait_for(1, 0, 1)
    again.wait_for(2, 0, 2)
    assert other.setting() == [1, 0, 1]
    ids = reader.page.evaluate("Array.from(document.querySelectorAll('[id]'), item => item.id)")
    assert len(set(ids)) == len(ids)


def test_anchors_in_the_page_still_work(reader):
    reader.control("Exponent α").fill("4")
    reader.wait_for(4, 0, 1)
    reader.page.get_by_role("link", name="To the end").click()
    assert reader.page.url.endswith("?toy-model.alpha=1#end")
    reader.control("Exponent α").fill("3")
    reader.wait_for(3, 0, 1)
    assert reader.page.url.endswith("?toy-model.alpha=0.8#end")


@pytest.mark.parametrize(
    ("query", "setting"),
    [
        ("toy-model.alpha=0.61", (2, 0, 1)),  # the nearest position
        ("toy-model.alpha=77", (4, 0, 1)),
        ("toy-model.alpha=x&toy-model.scale=1.5", (2, 0, 2)),
        ("toy-model.technology=CES&toy-model.scale=0.5", (2, 0, 0)),
        ("toy-model.alpha=&other=1&toy-model.scale=0.5", (2, 0, 0)),
    ],
)
def test_a_strange_address_does_no_harm(page, site, query, setting):
    page.goto(f"{site}/light.html?{query}")
    reader = Reader(page)
    assert tuple(reader.setting()) == setting


def test_presets_and_reset(reader, explorer):
    def pressed() -> list[str]:
        return [reader.button(f"Figure 6{x}").get_attribute("aria-pressed") for x in "ab"]

    assert pressed() == ["false", "false"]
    reader.button("Figure 6b").press("Enter")
    reader.wait_for(2, 1, 2)
    assert pressed() == ["false", "true"]
    assert reader.description() == explorer.description(technology="Linear", scale=1.5)
    reader.button("Figure 6a").press("Space")
    reader.wait_for(1, 0, 1)
    assert pressed() == ["true", "false"]
    reader.button("Reset").click()
    reader.wait_for(2, 0, 1)
    assert pressed() == ["false", "false"]
    assert reader.description() == explorer.description()
    assert "?" not in reader.page.url
    assert same(reader.drawn(), drawn_live(explorer))


def test_the_reference_stays_in_the_background(reader):
    """The muted dashed line and its name are there, and do not move with the controls."""

    def reference() -> list[str]:
        return reader.root.locator("svg").evaluate(
            """svg => Array.from(svg.querySelectorAll("path"))
              .filter(path => /--figure-muted/.test(path.style.cssText) &&
                              /stroke-dasharray/.test(path.style.cssText))
              .map(path => path.getAttribute("d"))"""
        )

    before = reference()
    assert len(before) == 1
    assert reader.root.locator("svg text", has_text="Figure 6a").count() == 1
    reader.control("Exponent α").fill("4")
    reader.wait_for(4, 0, 1)
    assert reference() == before


def test_the_download_is_the_data(reader):
    reader.control("Exponent α").fill("0")
    reader.control("Productivity A").fill("2")
    reader.wait_for(0, 0, 2)
    with reader.page.expect_download() as download:
        reader.button("Download the data").click()
    assert download.value.suggested_filename == "toy-model.csv"
    raw = Path(download.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # by which a spreadsheet knows UTF-8
    lines = raw.decode("utf-8-sig").splitlines()
    assert lines[:3] == [
        "# Output <and> capital",
        "# Exponent α = 0.20; Technology = Cobb–Douglas; Productivity A = 1.5",
        "# Rounded to 5 significant digits",
    ]
    names, *rows = csv.reader(io.StringIO("\n".join(lines[3:])))
    wanted = data(alpha=0.2, technology=1.0, scale=1.5)
    assert names == list(wanted)
    read = np.array(rows, dtype=float).T
    rounded = [[float(f"{value:.4e}") for value in column] for column in wanted.values()]
    assert np.array_equal(read, rounded)
    assert read[2, 0] == -np.inf


def test_the_link_can_be_copied(reader):
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.control("Exponent α").fill("0")
    reader.wait_for(0, 0, 1)
    reader.button("Copy a link").click()
    reader.root.get_by_text("Link copied.").wait_for()
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"light.html?toy-model.alpha=0.2{ROOT}")


def test_without_javascript_the_still_and_its_words_remain(open_page, site, explorer):
    page = open_page(javascript=False)
    page.goto(f"{site}/light.html")
    root = page.locator(ROOT)
    assert root.locator("svg").is_visible()
    assert root.locator("svg path").count() > 20
    assert root.locator(".explorer-description").inner_text() == explorer.description()
    assert not root.locator("input").first.is_visible()
    assert not root.get_by_role("button").first.is_visible()
    note = root.locator("noscript p")
    assert note.is_visible()
    assert "With JavaScript on" in note.inner_text()


def test_on_paper_the_picture_and_its_words_remain(reader):
    reader.control("Exponent α").fill("4")
    reader.wait_for(4, 0, 1)
    reader.page.emulate_media(media="print")
    assert reader.root.locator("svg").is_visible()
    assert reader.root.locator(".explorer-description").is_visible()
    assert reader.root.get_by_text("Exponent α = 1.00; Technology").is_visible()
    assert not reader.root.locator("input").first.is_visible()
    assert not reader.button("Reset").is_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(open_page, site, theme, assert_accessible):
    page = open_page(theme=theme)
    page.goto(f"{site}/{theme}.html")
    reader = Reader(page)
    reader.button("Figure 6a").click()
    reader.wait_for(1, 0, 1)
    assert_accessible(page)


def test_the_picture_follows_the_theme(open_page, site):
    colours = []
    for theme in ("light", "dark"):
        page = open_page(theme=theme)
        page.goto(f"{site}/{theme}.html")
        label = page.locator(f"{ROOT} svg text", has_text="Y/K")
        colours.append(label.evaluate("text => getComputedStyle(text).fill"))
    assert colours == ["rgb(31, 35, 40)", "rgb(230, 233, 238)"]


@pytest.mark.parametrize("width", [320, 360])
def test_a_phone_needs_no_sideways_scroll(open_page, site, width):
    page = open_page(width=width, height=700)
    page.goto(f"{site}/light.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = page.locator("[data-control]").all()
    lefts = {round(box.bounding_box()["x"]) for box in boxes}
    assert len(lefts) == 1  # the controls stand below one another


@pytest.mark.parametrize("width", [360, 1000])
def test_targets_are_large_enough_for_a_finger(open_page, site, width):
    page = open_page(width=width)
    page.goto(f"{site}/light.html")
    for target in page.locator(f"{ROOT} :is(button, input, select)").all():
        box = target.bounding_box()
        assert box["height"] >= 24
        assert box["width"] >= 24


def test_many_quick_movements_end_where_the_control_ends(reader, explorer):
    """The words wait until the control rests; picture and words agree then."""
    control = reader.control("Exponent α")
    control.focus()
    for key in ["Home", *["ArrowRight"] * 4, "ArrowLeft"]:
        reader.page.keyboard.press(key)
    reader.wait_for(3, 0, 1)
    assert reader.description() == explorer.description(alpha=0.8)
    assert same(reader.drawn(), drawn_live(explorer, alpha=0.8))
