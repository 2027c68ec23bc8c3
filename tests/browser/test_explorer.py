"""The explorer's page in headless Chromium, against Python at random settings and by keyboard."""

from __future__ import annotations

import csv
import functools
import io
import json
import re
import shutil
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from exhibits.explorer import Explorer, Line, Panel, Slider, drawing
from exhibits.explorer.marks import Area, Label, Points, Rule
from exhibits.explorer.measuring import _off_by_digits
from exhibits.explorer.sampling import interpolated

from ..toy_explorer import BET, make

sys.path.insert(0, str(Path(__file__).parents[2] / "book"))
from house import samples_apart

pytestmark = pytest.mark.browser

ROOT = "#explorer-toy-model"
ASSETS = Path(__file__).parents[2] / "assets"
WITHIN = 150  # milliseconds after which words and address follow

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


@functools.cache
def toy() -> Explorer:
    return make()


@functools.cache
def samples():
    return toy().samples()


@functools.cache
def jump() -> Explorer:
    """Two regimes, of which the page is not told where they meet."""

    def compute(a, b):
        high = a > 2.1
        return {"x": [[0, 1]], "y": np.where(high, 0.9, b)[:, None] * [[1, 1]], "high": high}

    return make(
        name="jump",
        panels={"main": Panel()},
        controls={
            "a": Slider("Level a", 1, 3, 2, nodes=11),
            "b": Slider("Level b", 0, 0.8, 0.5, nodes=2, idle="Only the low regime has b."),
        },
        compute=compute,
        marks=[Line("main", "x", "y")],
        sentence="Here a is {a:.2f}.",
        structure="high",
        **dict.fromkeys(("margins",), ()),
        **{name: {} for name in ("formulas", "presets")},
        **dict.fromkeys(("columns", "reference", "play", "goal")),
    )


@pytest.fixture(scope="module")
def site(serve, tmp_path_factory) -> str:
    """A page with explorers, one of them twice, in the light and the dark theme."""
    folder: Path = tmp_path_factory.mktemp("site")
    first, again = toy().html(), toy().html()
    bet = make(name="with-bet", bet=BET).html()
    body = f"""<main><h1>A page</h1><p><a href="#end">To the end</a></p>
{first}{jump().html()}{again}{bet}<h2 id="end">The end</h2></main>"""
    css, script = ((ASSETS / f"explorer.{kind}").read_text("utf8") for kind in ("css", "js"))
    for theme in ("light", "dark"):
        (folder / f"{theme}.html").write_text(
            f'<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>A page</title>'
            f"<style>{STYLE}{css}</style></head><body>{body}<script>{script}</script></body></html>",
            "utf8",
        )
    return serve(folder)


class Reader:
    """One explorer in a page, and what a reader does with it and sees."""

    def __init__(self, page, root: str = ROOT) -> None:
        self.page, self.root = page, page.locator(root)
        self.root.scroll_into_view_if_needed()
        self.root.and_(page.locator("[data-said]")).wait_for()

    def control(self, label: str):
        return self.root.get_by_label(label)

    def button(self, name: str):
        return self.root.get_by_role("button", name=name, exact=True)

    @property
    def setting(self) -> dict:
        return json.loads(self.root.get_attribute("data-shown"))

    def rest(self) -> dict:
        """The setting, when picture, words and address have followed the controls."""
        self.page.wait_for_timeout(WITHIN + 20)
        self.page.wait_for_function(
            "root => { const { shown, said } = document.querySelector(root).dataset;"
            " return shown === said; }",
            arg=f"#{self.root.get_attribute('id')}",
        )
        return self.setting

    def slide(self, label: str, position: int) -> None:
        self.control(label).fill(str(position))

    def description(self) -> str:
        return self.root.locator(".explorer-description").inner_text()

    def picture(self, layout: str = "wide") -> str:
        return self.root.locator(f".explorer-{layout} .explorer-marks").inner_html()

    def marks(self, layout: str = "wide") -> dict[int, list[np.ndarray]]:
        """Coordinates of the shapes of each mark, in points of the figure."""
        found = self.root.locator(f".explorer-{layout} .explorer-marks g[data-mark]").evaluate_all(
            """groups => groups.map(group => [Number(group.dataset.mark),
              Array.from(group.children, item => item.getAttribute("transform")
                ?? item.getAttribute("d"))])"""
        )
        return {
            number: [
                np.array(re.findall(r"-?[\d.]+", text), dtype=float).reshape(-1, 2) for text in d
            ]
            for number, d in found
        }


@pytest.fixture
def reader(page, site) -> Reader:
    page.goto(f"{site}/light.html")
    return Reader(page)


# Python against the page ------------------------------------------------------------------------


def wanted(explorer: Explorer, values: dict, layout: drawing.Layout) -> dict[int, list[np.ndarray]]:
    """Where the shapes of each mark should be."""
    out = {}
    for number, mark in enumerate(explorer.marks):
        if isinstance(mark, Label):
            continue
        panel, box = explorer.panels[mark.panel], layout.boxes[mark.panel]

        def at(source, axis, panel=panel, box=box):
            given = values[source] if isinstance(source, str) else source
            part = np.atleast_1d(panel.scale(axis).place(given))
            part = np.clip(part if axis == "x" else 1 - part, -2, 3)
            return box[axis == "y"] + box[2 + (axis == "y")] * part

        if isinstance(mark, Rule):
            x, y = [box.left, box.left + box.width], [box.top, box.top + box.height]
            if mark.x is None:
                out[number] = [np.array([[end, level] for end in x]) for level in at(mark.y, "y")]
            else:
                out[number] = [np.array([[date, end] for end in y]) for date in at(mark.x, "x")]
            continue
        rows = [mark.low, mark.high] if isinstance(mark, Area) else [mark.y]
        x, *ys = np.broadcast_arrays(at(mark.x, "x"), *(at(row, "y") for row in rows))
        points = [np.column_stack([x, y]) for y in ys]
        if isinstance(mark, Area):
            points = [np.concatenate([points[0], points[1][::-1]])] * (1 + bool(mark.hatch))
        elif isinstance(mark, Points):
            points = [row[None, :] for row in points[0]]
        else:
            points = [row[~np.isnan(row).any(axis=1)] for row in points]
        out[number] = points
    return out


def apart(explorer: Explorer, reader: Reader, layout: str = "wide") -> float:
    """The largest distance of a drawn coordinate from the exact one, in pixels, in the panels."""
    places = drawing.laid_out(*drawing.axes(explorer, layout == "narrow"))
    want = wanted(explorer, explorer.at(reader.setting), places)
    seen, worst = reader.marks(layout), 0.0
    assert seen.keys() == want.keys()
    for number, rows in want.items():
        box = places.boxes[explorer.marks[number].panel]
        low, high = np.array(box[:2]), np.array(box[:2]) + box[2:]
        assert len(seen[number]) == len(rows)
        for one, two in zip(seen[number], rows, strict=True):
            assert one.shape == two.shape
            worst = max(worst, np.abs(np.clip(one, low, high) - np.clip(two, low, high)).max())
    return worst * drawing.POINT


@pytest.mark.parametrize("seed", range(3))
def test_the_page_shows_what_python_computes(reader, seed):
    explorer, random = toy(), np.random.default_rng(seed)
    stated = explorer.samples().pixels + 0.05  # the page rounds to a hundredth of a point
    for _ in range(8):
        reader.slide("Exponent α", int(random.integers(101)))
        reader.slide("Productivity A", int(random.integers(101)))
        reader.control("Technology").select_option(str(random.integers(2)))
        setting = reader.rest()
        if reader.root.locator(".explorer-between").is_visible():
            continue
        assert apart(explorer, reader) <= stated
        exact = explorer.at(setting)
        said = reader.description()
        if said != explorer.said(exact):  # a digit may differ, by one
            numbers = [
                np.array(re.findall(r"\d+\.\d+", t), float) for t in (said, explorer.said(exact))
            ]
            assert np.abs(numbers[0] - numbers[1]).max() <= 0.0101
    assert _off_by_digits(explorer, exact, exact) == (0.0, "")


def test_the_narrow_layout_too(open_page, site):
    page = open_page(width=390, height=800)
    page.goto(f"{site}/light.html")
    reader = Reader(page)
    reader.slide("Exponent α", 77)
    reader.rest()
    assert apart(toy(), reader, "narrow") <= samples().pixels + 0.05


def test_formats_are_pythons(page):
    """All number formats, on hard numbers, through a sentence."""
    numbers = [0.0, 0.1234567, 1234567.8, 9.9996, 1e-7, -0.52, 3.0, 12345.0, 0.000123456, 99.5]
    specs = [".3g", ".2f", ",.0f", ".0%", ".1e", ".1g", ",.2f", ".6g"]
    texts = [" | ".join(f"{{n{k}:{spec}}}" for k in range(len(numbers))) for spec in specs]

    def compute(a):
        return {"x": [[0, 1]], "y": [[0, 1]]} | {f"n{k}": [n] for k, n in enumerate(numbers)}

    explorer = Explorer(
        name="formats", title="Formats", alt="A line from corner to corner of the unit square.",
        panels={"main": Panel()}, controls={"a": Slider("a", 0, 1, 0.5)}, compute=compute,
        marks=[Line("main", "x", "y")], sentence=texts,
    )  # fmt: skip
    script = (ASSETS / "explorer.js").read_text("utf8")
    page.set_content(f"{explorer.html()}<script>{script}</script>")
    said = Reader(page, "#explorer-formats").description()
    assert said.split() == explorer.description().split()


def test_between_structures_the_nearest_computed_state_is_shown_and_it_says_so(page, site):
    page.goto(f"{site}/light.html?jump.a=2.05")
    reader = Reader(page, "#explorer-jump")
    between = reader.root.locator(".explorer-between")
    assert between.is_visible()
    assert between.inner_text().endswith(
        "nearest computed setting, Level a = 2.00; Level b = 0.50."
    )
    box = drawing.laid_out(*drawing.axes(jump())).boxes["main"]
    level = (box.top + box.height - reader.marks()[0][0][0, 1]) / box.height
    assert level == pytest.approx(0.5, abs=0.01)  # b is interpolated, a is not
    reader.slide("Level a", 100)
    reader.rest()
    assert between.is_hidden()
    assert apart(jump(), reader) < 0.2


def test_a_control_that_moves_nothing_says_why(page, site):
    page.goto(f"{site}/light.html?jump.a=3")
    reader = Reader(page, "#explorer-jump")
    note = reader.root.locator(".explorer-control", has_text="Level b").locator(".explorer-idle")
    assert note.inner_text() == "Moves nothing here. Only the low regime has b."
    reader.slide("Level a", 0)
    reader.rest()
    assert note.is_hidden()


# A reader's tools -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "keys", "name", "value"),
    [
        ("Exponent α", ["ArrowRight"], "alpha", 0.608),
        ("Exponent α", ["End"], "alpha", 1),
        ("Productivity A", ["Home"], "scale", 0.5),
        ("Productivity A", ["ArrowUp"], "scale", 1.01395947979),
        ("Technology", ["ArrowDown"], "technology", "Linear"),
        ("Technology", ["L"], "technology", "Linear"),
    ],
)
def test_each_control_moves_by_keyboard(reader, label, keys, name, value):
    before, words, address = reader.picture(), reader.description(), reader.page.url
    reader.control(label).focus()
    for key in keys:
        reader.page.keyboard.press(key)
    setting = reader.rest()
    assert setting[name] == value
    assert reader.picture() != before
    assert reader.description() != words
    assert reader.page.url != address
    assert reader.description() == toy().said(interpolated(toy(), samples(), setting)[0])


def test_tab_reaches_everything_in_order(reader):
    reader.button("Figure 6a").focus()
    reached = []
    for _ in range(13):
        reached.append(
            reader.page.evaluate(
                """(({ labels, ariaLabel, textContent }) =>
                  labels?.[0]?.textContent || ariaLabel || textContent)(document.activeElement)"""
            )
        )
        reader.page.keyboard.press("Tab")
    assert reached == [
        "Figure 6a", "Figure 6b", "Reset", "Exponent α", "Technology", "Productivity A",
        "Play: Exponent α", toy().alt, "Pin this curve", "Data (CSV)", "SVG", "PNG",
        "Copy a link to this view",
    ]  # fmt: skip


def test_nothing_jumps_further_than_the_step(reader):
    """From end to end, position by position: no point moves further than it should."""
    last = None
    for position in range(0, 101, 4):
        reader.slide("Exponent α", position)
        now = reader.marks()[2][0]
        if last is not None:
            assert np.abs(now - last).max() * drawing.POINT < 60
        last = now


def test_a_curve_is_read_off_by_pointer_and_by_keys(reader):
    reading = reader.root.locator(".explorer-reading")
    hint = reading.inner_text()
    assert "point at it" in hint
    frame = reader.root.locator(".explorer-wide").bounding_box()
    layout = drawing.laid_out(*drawing.axes(toy()))
    box, scale = layout.boxes["average"], frame["width"] / layout.width
    x = box.left + box.width * float(toy().panels["average"].scale("x").place(2.0))
    y = box.top + box.height * (1 - float(toy().panels["average"].scale("y").place(2**-0.4)))
    reader.page.mouse.move(frame["x"] + scale * x, frame["y"] + scale * y - 3)
    number = re.fullmatch(r"K ([\d.]+), Y/K ([\d.]+)", reading.inner_text())
    assert float(number[1]) == pytest.approx(2, abs=0.03)
    assert float(number[2]) == pytest.approx(2**-0.4, abs=0.01)
    reader.page.mouse.move(0, 0)
    assert reading.inner_text() == hint
    reader.root.locator(".explorer-picture").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight"):
        reader.page.keyboard.press(key)
    assert reading.inner_text().startswith("sold: K ")
    reader.page.keyboard.press("Escape")
    assert reading.inner_text() == hint


def test_a_curve_can_be_pinned(reader):
    pinned = reader.root.locator(".explorer-wide .explorer-pinned path")
    before = reader.marks()
    reader.button("Pin this curve").click()
    reader.slide("Exponent α", 100)
    reader.rest()
    assert pinned.count() > 5
    path = reader.root.locator('.explorer-wide .explorer-pinned [data-mark="2"] path')
    kept = np.array(re.findall(r"-?[\d.]+", path.get_attribute("d")), float).reshape(-1, 2)
    assert np.array_equal(kept, before[2][0])
    reader.button("Unpin").click()
    assert pinned.count() == 0


def test_play_runs_to_the_end_and_stops(reader):
    play = reader.button("Play: Exponent α")
    reader.slide("Exponent α", 95)
    play.click()
    assert play.get_attribute("aria-pressed") == "true"
    reader.page.wait_for_function(
        f"JSON.parse(document.querySelector('{ROOT}').dataset.shown).alpha === 1"
    )
    assert play.get_attribute("aria-pressed") == "false"
    reader.page.emulate_media(reduced_motion="reduce")
    assert play.is_hidden()


def test_the_goal_is_reached(reader):
    goal = reader.root.locator(".explorer-goal")
    assert goal.inner_text() == "Find an output of three at K = 2."
    for label in ("Exponent α", "Productivity A"):
        reader.control(label).focus()
        reader.page.keyboard.press("End")
    for _ in range(14):
        reader.page.keyboard.press("ArrowLeft")
        reader.page.keyboard.press("ArrowLeft")
        if "It is" in goal.inner_text():
            break
        reader.rest()
    assert re.fullmatch(r"It is (2\.9[5-9]|3\.0[0-5])\.", goal.inner_text())


def test_a_bet_comes_before_the_picture(page, site):
    page.goto(f"{site}/light.html")
    reader = Reader(page, "#explorer-with-bet")
    assert "blur" in reader.root.locator(".explorer-picture").evaluate(
        "e => getComputedStyle(e).filter"
    )
    reader.button("No").click()
    assert reader.root.locator(".explorer-feedback").inner_text() == f"Not so. {BET.feedback}"
    assert (
        reader.root.locator(".explorer-picture").evaluate("e => getComputedStyle(e).filter")
        == "none"
    )
    assert reader.button("No").is_hidden()


def test_the_address_reproduces_the_view(reader, open_page):
    reader.control("Technology").select_option("Linear")
    reader.slide("Exponent α", 100)
    reader.rest()
    assert reader.page.url.endswith("?toy-model.alpha=1&toy-model.technology=linear")
    picture, words = reader.picture(), reader.description()
    friend = open_page()
    friend.goto(reader.page.url + ROOT)
    again = Reader(friend)
    assert (again.picture(), again.description()) == (picture, words)
    assert again.control("Exponent α").get_attribute("aria-valuetext") == "1.00"


def test_an_address_holds_any_value(page, site):
    page.goto(f"{site}/light.html?toy-model.alpha=0.6123")
    reader = Reader(page)
    assert reader.setting["alpha"] == 0.6123
    assert reader.control("Exponent α").get_attribute("aria-valuetext") == "0.61"
    reader.slide("Productivity A", 60)
    assert "toy-model.alpha=0.6123" in (reader.rest() and reader.page.url)


def test_explorers_in_a_page_do_not_fight(reader):
    other, again = Reader(reader.page, "#explorer-jump"), Reader(reader.page, f"{ROOT}-2")
    reader.slide("Exponent α", 0)
    other.slide("Level a", 0)
    again.slide("Productivity A", 100)
    settings = [x.rest() for x in (reader, other, again)]
    reader.page.reload()
    assert [
        Reader(reader.page, x).setting for x in (ROOT, "#explorer-jump", f"{ROOT}-2")
    ] == settings
    ids = reader.page.evaluate("Array.from(document.querySelectorAll('[id]'), item => item.id)")
    assert len(set(ids)) == len(ids)


def test_anchors_in_the_page_still_work(reader):
    reader.slide("Exponent α", 100)
    reader.rest()
    reader.page.get_by_role("link", name="To the end").click()
    assert reader.page.url.endswith("?toy-model.alpha=1#end")
    reader.slide("Exponent α", 0)
    reader.rest()
    assert reader.page.url.endswith("?toy-model.alpha=0.3#end")


@pytest.mark.parametrize(
    ("query", "alpha", "scale"),
    [
        ("toy-model.alpha=77", 1, 1),
        ("toy-model.alpha=x&toy-model.scale=1.5", 0.6, 1.5),
        ("toy-model.technology=CES&toy-model.scale=0.5", 0.6, 0.5),
        ("toy-model.alpha=&other=1&toy-model.scale=0.1", 0.6, 0.5),
    ],
)
def test_a_strange_address_does_no_harm(page, site, query, alpha, scale):
    page.goto(f"{site}/light.html?{query}")
    setting = Reader(page).setting
    assert setting == {"alpha": alpha, "technology": "Cobb–Douglas", "scale": scale}


def test_presets_and_reset(reader):
    def pressed() -> list[str]:
        return [reader.button(f"Figure 6{x}").get_attribute("aria-pressed") for x in "ab"]

    assert pressed() == ["false", "false"]
    reader.button("Figure 6b").press("Enter")
    assert reader.rest() == {"alpha": 0.6, "technology": "Linear", "scale": 1.5}
    assert pressed() == ["false", "true"]
    reader.button("Figure 6a").press("Space")
    assert reader.rest()["alpha"] == 0.4
    reader.button("Reset").click()
    reader.rest()
    assert pressed() == ["false", "false"]
    assert reader.description() == toy().description()
    assert "?" not in reader.page.url


def test_the_download_is_the_data(reader):
    reader.slide("Exponent α", 0)
    reader.slide("Productivity A", 100)
    setting = reader.rest()
    with reader.page.expect_download() as download:
        reader.button("Data (CSV)").click()
    assert download.value.suggested_filename == "toy-model.csv"
    raw = Path(download.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # by which a spreadsheet knows UTF-8
    lines = raw.decode("utf-8-sig").splitlines()
    assert lines[1] == "# Exponent α = 0.30; Technology = Cobb–Douglas; Productivity A = 2.00"
    names, *rows = csv.reader(io.StringIO("\n".join(lines[3:])))
    assert names == ["K", "Y, output", "capacity"]
    exact = toy().at(setting)
    np.testing.assert_allclose([float(row[1]) for row in rows], exact["Y"], atol=0.02)
    assert float(rows[0][2]) == pytest.approx(exact["full"], abs=0.02)


def test_pictures_can_be_taken_away(reader):
    reader.slide("Exponent α", 100)
    reader.rest()
    with reader.page.expect_download() as download:
        reader.button("SVG").click()
    text = Path(download.value.path()).read_text("utf8")
    root = ET.fromstring(text)
    words = " ".join(
        "".join(item.itertext()) for item in root.iter("{http://www.w3.org/2000/svg}text")
    )
    assert "Output <and> capital" in words
    assert "Exponent α = 1.00" in words
    assert "Source: A page, http://" in words
    assert "var(" not in text
    with reader.page.expect_download() as download:
        reader.button("PNG").click()
    assert download.value.suggested_filename == "toy-model.png"
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def test_the_link_can_be_copied(reader):
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.slide("Exponent α", 0)
    reader.rest()
    reader.button("Copy a link to this view").click()
    reader.root.get_by_text("Link copied.").wait_for()
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"light.html?toy-model.alpha=0.3{ROOT}")


# What it looks like -----------------------------------------------------------------------------

#: The grey dashed curve that matplotlib drew, and its sample in the key.
REFERENCE = "path[style*='--figure-muted'][style*='stroke-dasharray: 5.6']"

#: Labels that a line crosses, that meet another, or leave their axes.
STRUCK = """root => {
  const svg = Array.from(root.querySelectorAll(".explorer-picture svg"))
    .find(svg => svg.getClientRects().length);
  const within = ({ x, y, width, height }, px, py) =>
    px >= x && px <= x + width && py >= y && py <= y + height;
  const frames = Array.from(svg.querySelectorAll("clipPath rect"), rect => rect.getBBox());
  const lines = [];
  for (const path of svg.querySelectorAll(".explorer-marks path, .explorer-pinned path, OLD")) {
    const group = path.closest("[data-mark]"), move = path.transform.baseVal.consolidate()?.matrix;
    const clip = group && svg.querySelector(group.getAttribute("clip-path").slice(4, -1) + " rect");
    const frame = clip?.getBBox(), length = path.getTotalLength();
    for (let at = 0; at <= length; at += 0.5) {
      if (!length) break;
      let { x, y } = path.getPointAtLength(at);
      if (move) [x, y] = [x + move.e, y + move.f];
      if (!frame || within(frame, x, y)) lines.push([x, y]);
    }
  }
  const found = [], boxes = Array.from(svg.querySelectorAll(".explorer-marks text"), text =>
    [text.textContent, text.getBBox()]);
  for (const [text, { x, y, width, height }] of boxes) {
    const [low, high] = [y + 0.25 * height, y + 0.85 * height];  // the letters
    if (lines.some(([px, py]) => px > x && px < x + width && py > low && py < high))
      found.push(`${text} is struck`);
    if (!frames.some(frame => within(frame, x, low) && within(frame, x + width, high)))
      found.push(`${text} leaves its axes`);
    for (const [other, box] of boxes)
      if (other !== text && x < box.x + box.width && box.x < x + width
          && low < box.y + 0.85 * box.height && box.y + 0.25 * box.height < high)
        found.push(`${text} meets ${other}`);
  }
  return [boxes.length, found];
}""".replace("OLD", REFERENCE)


@pytest.mark.parametrize("width", [1000, 390])
def test_no_label_is_struck(open_page, site, width):
    page = open_page(width=width)
    page.goto(f"{site}/light.html")
    reader, random = Reader(page), np.random.default_rng(1)
    shown = 0
    for _ in range(60):
        reader.slide("Exponent α", int(random.integers(101)))
        reader.slide("Productivity A", int(random.integers(101)))
        reader.control("Technology").select_option(str(random.integers(2)))
        count, problems = reader.root.evaluate(STRUCK)
        assert not problems, reader.setting
        shown += count
    assert shown > 100  # of 180
    clipped = reader.root.locator(".explorer-marks g[data-mark]").evaluate_all(
        "groups => groups.every(group => group.getAttribute('clip-path'))"
    )
    assert clipped


def test_the_reference_stays_in_the_background(reader):
    dashed = reader.root.locator(f".explorer-wide g > {REFERENCE}")
    before = [path.get_attribute("d") for path in dashed.all()]
    assert len(before) == 2  # the curve, and its sample in the key
    assert reader.root.locator(".explorer-wide text", has_text="Figure 6a").count() == 1
    reader.slide("Exponent α", 100)
    assert [path.get_attribute("d") for path in dashed.all()] == before


@pytest.fixture(scope="module")
def apart_site(tmp_path_factory) -> Path:
    """A page as the book keeps it: samples in files, the explorers far down the page."""
    folder: Path = tmp_path_factory.mktemp("apart")
    (folder / "_static").mkdir()
    for kind in ("css", "js"):
        shutil.copy(ASSETS / f"explorer.{kind}", folder / "_static")
    body = samples_apart(toy().html(), folder / "samples")
    (folder / "page.html").write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>'
        f'<link rel="stylesheet" href="_static/explorer.css"><style>{STYLE}</style>'
        f'<div style="height: 9000px">A long text</div>{body}'
        '<script defer src="_static/explorer.js"></script>',
        "utf8",
    )
    return folder


@pytest.mark.parametrize("where", ["server", "folder"])
def test_samples_in_a_file_come_when_the_explorer_is_near(page, serve, apart_site, where):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    start = serve(apart_site) if where == "server" else apart_site.as_uri()
    page.goto(f"{start}/page.html", wait_until="networkidle")
    root = page.locator(".explorer")
    assert root.get_attribute("data-explorer") == "ready"
    assert root.get_attribute("data-said") is None
    assert not [url for url in asked if "/samples/" in url]
    reader = Reader(page, ".explorer")
    assert len([url for url in asked if "/samples/" in url]) == 1
    assert apart(toy(), reader) <= samples().pixels + 0.05
    reader.slide("Exponent α", 100)
    reader.rest()
    assert apart(toy(), reader) <= samples().pixels + 0.05


def test_samples_that_do_not_come_leave_the_still_and_say_so(page, serve, apart_site):
    page.route("**/samples/*", lambda route: route.abort())
    page.goto(f"{serve(apart_site)}/page.html")
    root = page.locator(".explorer")
    root.scroll_into_view_if_needed()
    told = root.get_by_text("The figure cannot be moved: its samples could not be loaded.")
    told.wait_for()
    assert told.is_visible()
    assert root.locator(".explorer-wide [id*='-moving']").first.is_visible()
    assert not root.locator("input").first.is_visible()
    page.problems.clear()  # the file that was kept from coming


def test_without_javascript_the_still_and_its_words_remain(open_page, site):
    page = open_page(javascript=False)
    page.goto(f"{site}/light.html")
    root = page.locator(ROOT)
    assert root.locator(".explorer-wide").is_visible()
    assert root.locator(".explorer-wide [id*='-moving']").count() >= 8
    assert root.locator(".explorer-description").inner_text() == toy().description()
    assert not root.locator("input").first.is_visible()
    assert not root.get_by_role("button").first.is_visible()
    assert "With JavaScript on" in root.locator("noscript p").inner_text()


def test_on_paper_the_picture_and_its_words_remain(reader):
    reader.slide("Exponent α", 100)
    reader.rest()
    reader.page.emulate_media(media="print")
    assert reader.root.locator(".explorer-wide").is_visible()
    assert reader.root.locator(".explorer-description").is_visible()
    assert reader.root.get_by_text("Exponent α = 1.00; Technology").is_visible()
    assert not reader.root.locator("input").first.is_visible()
    assert not reader.button("Reset").is_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(open_page, site, theme, assert_accessible):
    page = open_page(theme=theme)
    page.goto(f"{site}/{theme}.html")
    Reader(page).button("Figure 6a").click()
    Reader(page).rest()
    assert_accessible(page)


def test_the_picture_follows_the_theme(open_page, site):
    colours = []
    for theme in ("light", "dark"):
        page = open_page(theme=theme)
        page.goto(f"{site}/{theme}.html")
        Reader(page)
        line = page.locator(f"{ROOT} .explorer-wide [data-mark='2'] path")
        colours.append(line.evaluate("path => getComputedStyle(path).stroke"))
    assert colours == ["rgb(0, 103, 165)", "rgb(98, 179, 238)"]


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_needs_no_sideways_scroll_and_has_readable_text(open_page, site, width):
    page = open_page(width=width, height=700)
    page.goto(f"{site}/light.html")
    reader = Reader(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = page.locator(f"{ROOT} [data-control]").all()
    assert len({round(box.bounding_box()["x"]) for box in boxes}) == 1
    assert reader.root.locator(".explorer-wide").is_hidden()
    if width == 390:
        sizes = reader.root.locator(".explorer-narrow").evaluate(
            """svg => Array.from(svg.querySelectorAll("text"), text =>
              parseFloat(getComputedStyle(text).fontSize)
              * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)"""
        )
        assert min(sizes) >= 10.99


@pytest.mark.parametrize("width", [360, 1000])
def test_targets_are_large_enough_for_a_finger(open_page, site, width):
    page = open_page(width=width)
    page.goto(f"{site}/light.html")
    Reader(page)
    for target in page.locator(f"{ROOT} :is(button, input, select)").all():
        box = target.bounding_box()
        assert box["height"] >= 24
        assert box["width"] >= 24
