"""The explorer: what it refuses, what it stores, and that a frame is the figure itself."""

from __future__ import annotations

import asyncio
import base64
import csv
import functools
import io
import os
import re
import signal
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import html5lib
import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from exhibits import plotting as figures
from exhibits.explorer import MAX_BYTES, Choice, Explorer, Slider, cache, drawing, page, parallel
from exhibits.explorer.codec import DIGITS, Reader, Writer, decimal_code, decimal_number
from exhibits.explorer.controls import Controls
from exhibits.explorer.drawing import all_frames, picture_at
from exhibits.explorer.elements import STEP, plain_text
from exhibits.explorer.frames import pack, unpack
from exhibits.explorer.recording import record

from .toy_explorer import make


@functools.cache
def toy_frames():
    """One explorer with all its frames as the page has them, computed once for all tests."""
    explorer = make()
    frames = all_frames(explorer)
    return explorer, frames, pack(frames)


# Controls ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"values": [1]}, "two or more"),
        ({"values": [1, np.nan]}, "finite"),
        ({"values": [[1, 2]]}, "list"),
        ({"values": [1, 1]}, "increase"),
        ({"values": [2, 1]}, "increase"),
        ({"default": 1.5}, "1.5 is not a position"),
        ({"default": "a"}, "not a position"),
        ({"format": "{:.0f}", "values": [1, 1.1, 2]}, "use more digits"),
        ({"format": "{:d}"}, "cannot show"),
        ({"format": "{} {}"}, "cannot show"),
        ({"label": " "}, "needs a name"),
    ],
)
def test_slider_refuses(arguments, named):
    usual = {"label": "x", "values": [1.0, 2.0, 3.0], "default": 2}
    with pytest.raises(ValueError, match=re.escape(named)):
        Slider(**(usual | arguments))


@pytest.mark.parametrize(
    ("options", "default", "named"),
    [
        ({"a": 1}, "a", "two or more"),
        ({"a": 1, "A": 2}, "a", "must differ"),
        ({"α": 1, "β": 2}, "α", "must differ"),
        ({"a": 1, "b": 2}, "c", "allowed are a, b"),
        ({"a": 1, "b": 2}, 1, "allowed are a, b"),
    ],
)
def test_choice_refuses(options, default, named):
    with pytest.raises(ValueError, match=re.escape(named)):
        Choice("x", options, default)


def test_a_slider_gives_the_value_that_was_written():
    slider = Slider("x", np.linspace(0, 1, 11), default=0.3)
    assert slider.default == pytest.approx(0.3, abs=1e-15)
    assert slider.position(0.1 + 0.2) == 3
    assert all(type(value) is float for value in slider.values)


def test_settings_are_counted_with_the_last_control_fastest():
    controls = Controls({"a": Slider("a", [1, 2], 1), "b": Slider("b", [1, 2, 3], 3)})
    assert controls.shape == (2, 3)
    assert list(controls.settings())[:4] == [(0, 0), (0, 1), (0, 2), (1, 0)]
    assert controls.default == (0, 2)
    assert controls.setting({"a": 2}) == (1, 2)
    assert controls.parameters((1, 0)) == {"a": 2.0, "b": 1.0}
    assert set(controls.layout_sample()) == {(0, 2), (1, 2), (0, 0)}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"name": "Two words"}, "name: 'Two words'"),
        ({"name": "-a"}, "hyphens"),
        ({"title": ""}, "title"),
        ({"alt": "A chart."}, "has 8 characters"),
        ({"controls": {}}, "something to move"),
        ({"controls": {"a b": Slider("x", [1, 2], 1)}}, "'a b' stands in the page's address"),
        ({"controls": {"alpha": 3}}, "allowed: Slider, Choice"),
        ({"presets": {"P": {"beta": 1}}}, "presets: 'P': there is no control 'beta'"),
        ({"presets": {"P": {"alpha": 0.5}}}, "presets: 'P': 'Exponent α': 0.5"),
        ({"reference": "Figure 7"}, "allowed are the names of presets"),
        ({"draw": lambda figure, alpha: None}, "it must take (figure, alpha, technology, scale"),
        ({"reference": None}, "draw: it must take"),
        ({"describe": lambda alpha: ""}, "describe: it must take (alpha, technology, scale)"),
        ({"data": 3}, "data: 3; allowed is a function"),
        ({"controls": {k: Slider(k, range(20), 1) for k in "abc"}}, "8000 settings"),
    ],
)
def test_explorer_refuses(changes, named):
    with pytest.raises(ValueError, match=re.escape(named)):
        make(**changes)


def test_unknown_parameters_are_named():
    explorer = make()
    with pytest.raises(ValueError, match="no control 'beta'"):
        explorer.figure(beta=1)
    with pytest.raises(ValueError, match="allowed are Cobb–Douglas, Linear"):
        explorer.description(technology="CES")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"describe": lambda alpha, technology, scale: ""}, "describe: it returned ''"),
        ({"data": lambda alpha, technology, scale: {}}, "data: no column"),
        (
            {"data": lambda alpha, technology, scale: {"a": [1, 2], "b": [1]}},
            "data: a: (2,), b: (1,)",
        ),
        ({"data": lambda alpha, technology, scale: {"a": ["x"]}}, "columns of numbers"),
        (
            {"data": lambda alpha, technology, scale: {f"a{scale}": [1]}},
            "name the same columns",
        ),
        ({"draw": lambda figure, **_: figure.text(0, 0, "x")}, "it makes 0 axes"),
        ({"draw": lambda figure, scale, **_: figure.subplots(1, int(scale + 1))}, "1 or 2 axes"),
        ({"draw": lambda figure, **_: figure.subplots().imshow([[1, 2]])}, "holds an image"),
        ({"draw": lambda figure, **_: figure.subplots().set(xlabel=r"$\alpha$")}, "is TeX"),
    ],
)
def test_what_the_functions_return_is_checked(changes, named):
    with pytest.raises(ValueError, match=re.escape(named)):
        all_frames(make(**changes))


def test_a_draw_with_state_is_found_out():
    random = np.random.default_rng(1)

    def noisy(figure, **_):
        figure.subplots().plot(random.normal(size=5))

    with pytest.raises(ValueError, match="two different figures"):
        all_frames(make(draw=noisy))


# Packing ----------------------------------------------------------------------------------------


@given(
    st.lists(
        hnp.arrays(np.int64, st.integers(0, 6), elements=st.integers(-(2**33), 2**33)),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=60, deadline=None)
def test_arrays_read_back(arrays):
    writer = Writer()
    entry = writer.arrays(arrays)
    read = Reader(bytes(writer.data)).arrays(entry)
    assert len(read) == len(arrays)
    assert all(map(np.array_equal, read, arrays))


@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.builds(
                lambda x, n: f"The wage is {x:.3f} after {n} years.",
                st.floats(0, 1e4),
                st.integers(0, 99),
            ),
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=100, deadline=None)
def test_strings_read_back(strings):
    writer = Writer()
    entry = writer.strings(strings)
    assert Reader(bytes(writer.data)).strings(entry) == strings


@given(hnp.arrays(float, 5, elements=st.floats(allow_subnormal=False)))
@settings(max_examples=200, deadline=None)
def test_numbers_keep_their_digits_and_their_order(values):
    code = decimal_code(values)
    read = decimal_number(code)
    wanted = [float(f"{value:.{DIGITS - 1}e}") for value in values]
    assert np.array_equal(read, wanted, equal_nan=True)
    order = np.argsort(values[~np.isnan(values)], kind="stable")
    assert np.all(np.diff(code[~np.isnan(values)][order]) >= 0)


def test_a_curve_of_one_parameter_is_stored_once_for_each_of_its_values():
    _, frames, _ = toy_frames()
    over = {}
    for track in frames.tracks:
        name = frames.base.elements[track.of[0]].name
        over[name.removeprefix("figure1/"), track.of[1]] = track.over
    lines = {name: controls for (name, what), controls in over.items() if what == "y"}
    # alpha, technology, scale are 0, 1, 2: the curve moves with all, the 45° line with scale alone.
    assert lines["axes1/line2d2/p1"] == (0, 1, 2)
    assert lines["axes1/line2d3/p1"] == (2,)
    assert "axes1/line2d1/p1" not in lines  # the reference does not move
    texts = {track.of[0]: track.over for track in frames.columns}
    assert texts == {"K": (), "Y, output": (0, 1, 2), "ln Y": (0, 1, 2)}


def test_frames_read_back_from_their_bytes():
    explorer, frames, packed = toy_frames()
    read = unpack(packed.data, frames.base, frames.hidden)
    for setting in explorer.span.settings():
        ours = [page.element(item) for item in read.elements(setting)]
        theirs = [page.element(item) for item in picture_at(explorer, setting).elements]
        assert ours == theirs
        assert read.describe(setting) == explorer.description_at(setting)
        for name, column in explorer.data_at(setting).items():
            stored = read.data(setting)[name]
            assert np.allclose(stored, column, rtol=5.1e-5, atol=0, equal_nan=True)


# A frame is the figure --------------------------------------------------------------------------

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")


def numbers(text: str) -> np.ndarray:
    return np.array([float(found) for found in NUMBER.findall(text)])


def opened(points: np.ndarray) -> np.ndarray:
    """Without a last point that repeats the first: matplotlib closes some outlines twice."""
    while len(points) > 4 and np.array_equal(points[-2:], points[:2]):
        points = points[:-2]
    return points


def in_matplotlibs_svg(figure) -> tuple[list[np.ndarray], list[tuple]]:
    """Path coordinates and placed texts of matplotlib's own SVG backend, in painting order."""
    root = ET.fromstring(figures.svg(figure))
    shapes = {item.get("id"): item for item in root.iter(f"{SVG}path") if item.get("id")}
    inside_defs = {id(item) for defs in root.iter(f"{SVG}defs") for item in defs.iter()}
    paths, texts = [], []
    for item in root.iter():
        if id(item) in inside_defs:
            continue
        if item.tag == f"{SVG}path":
            paths.append(opened(numbers(item.get("d"))))
        elif item.tag == f"{SVG}use":
            shape = shapes[item.get("{http://www.w3.org/1999/xlink}href")[1:]]
            place = np.array([float(item.get("x")), float(item.get("y"))])
            paths.append(opened((numbers(shape.get("d")).reshape(-1, 2) + place).ravel()))
        elif item.tag == f"{SVG}text":
            texts.append((item.text, numbers(item.get("transform"))))
    return paths, texts


def in_ours(elements) -> tuple[list[np.ndarray], list[tuple]]:
    paths, texts = [], []
    for item in elements:
        if item.is_text:
            texts.append((item.attributes["text"], numbers(item.attributes["transform"])))
        else:
            paths.append(opened(np.column_stack([item.x, item.y]).ravel() * STEP))
    return paths, texts


@pytest.mark.parametrize("draw_number", range(6))
def test_a_frame_equals_the_figure_that_matplotlib_writes(draw_number, monkeypatch):
    """A second writer, matplotlib's SVG backend, on the live figure of random parameters."""
    explorer, frames, _ = toy_frames()
    random = np.random.default_rng(draw_number)
    setting = tuple(int(random.integers(size)) for size in explorer.span.shape)
    given = {
        name: control.texts[at] if isinstance(control, Choice) else control.values[at]
        for (name, control), at in zip(explorer.controls.items(), setting, strict=True)
    }
    figure = explorer.figure(**given)
    theirs, their_texts = in_matplotlibs_svg(figure)
    ours, our_texts = in_ours(frames.elements(setting))
    assert len(ours) == len(theirs) > 20
    for one, other in zip(ours, theirs, strict=True):
        assert one.shape == other.shape
        assert np.abs(one - other).max(initial=0) <= STEP / 2 + 1e-6
    assert [text for text, _ in our_texts] == [text for text, _ in their_texts]
    for (_, place), (text, other) in zip(our_texts, their_texts, strict=True):
        # Ours: translate(x y) rotate(a). Theirs: rotate(a x y), or the same as ours.
        angle = place[2] if len(place) > 2 else 0
        x, y, turn = (other[1], other[2], other[0]) if abs(other[0]) in (0, 90) else (*other, 0)[:3]
        assert np.allclose([place[0], place[1]], [x, y], atol=STEP / 2 + 1e-6), text
        assert abs(angle) == abs(turn)


def test_the_comparison_would_notice_a_wrong_frame():
    explorer, frames, _ = toy_frames()
    theirs, _ = in_matplotlibs_svg(explorer.figure(alpha=0.8))
    ours, _ = in_ours(frames.elements(explorer.span.setting({"alpha": 0.6})))
    differing = sum(
        one.shape != other.shape or np.abs(one - other).max() > STEP
        for one, other in zip(ours, theirs, strict=False)
    )
    assert differing >= 2


def test_axes_stand_still():
    explorer = make()
    places = {
        tuple(np.round(axes.get_position().bounds, 9))
        for alpha in (0.2, 1.0)
        for axes in explorer.figure(alpha=alpha).axes
    }
    assert len(places) == 2


def test_a_figure_that_places_its_own_axes_keeps_them():
    def placed(figure, **_):
        figure.set_layout_engine("none")
        figure.add_axes((0.2, 0.2, 0.5, 0.5))

    place = make(draw=placed).figure().axes[0].get_position().extents
    assert place == pytest.approx((0.2, 0.2, 0.7, 0.7))


def test_log_axes_have_plain_labels():
    def logarithmic(figure, alpha, **_):
        axes = figure.subplots()
        axes.loglog([0.01, 100], [1, 10**alpha])

    svg = make(draw=logarithmic).svg()
    assert ">10⁻²<" in svg
    assert "mathdefault" not in svg


@pytest.mark.parametrize("text", [r"$\alpha$", r"$\mathdefault{x_1}$", "a $b$"])
def test_tex_is_refused(text):
    with pytest.raises(ValueError, match="plain Unicode"):
        plain_text(text)


def test_lines_far_outside_are_cut_and_not_bent():
    def steep(figure, alpha, **_):
        axes = figure.subplots()
        axes.plot([0, 1], [0, 1e7])
        axes.set(xlim=(0, 1), ylim=(0, 1))

    explorer = make(draw=steep)
    setting = explorer.span.default
    line = max(picture_at(explorer, setting).elements, key=lambda e: np.ptp(e.y) if len(e.y) else 0)
    box = explorer.layout[0]
    assert np.abs(line.y).max() * STEP < 2000
    assert line.x.min() * STEP == pytest.approx(box[0] * 72 * 6.8, abs=STEP)
    assert np.ptp(line.x) <= 1  # as good as vertical at this scale


# Several processes ------------------------------------------------------------------------------


def many(count: int) -> Explorer:
    def draw(figure, a):
        axes = figure.subplots()
        axes.plot([0, 1], [0, a], label="wage")
        axes.set(xlim=(0, 1), ylim=(0, 1))
        axes.set_xticks([0, 1], ["none", "all"])
        axes.legend(loc="upper left", title=f"above {int(4 * a)}")

    return make(
        draw=draw,
        controls={"a": Slider("a", np.linspace(0, 1, count), 0, "{:.4f}")},
        describe=lambda a: f"The wage is {a:.4f}.",
        data=lambda a: {"w": [a]},
        presets={},
        reference=None,
    )


def test_processes_change_nothing(monkeypatch):
    monkeypatch.setattr(parallel, "_processors", lambda: 2)
    together = pack(all_frames(many(130))).data
    monkeypatch.setattr(parallel, "_processors", lambda: 1)
    assert pack(all_frames(many(130))).data == together


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
@pytest.mark.parametrize("fate", ["works", "fails", "hangs"])
def test_the_part_of_a_child_that_fails_is_done_here(monkeypatch, fate):
    monkeypatch.setattr(parallel, "_processors", lambda: 2)
    monkeypatch.setattr(parallel, "_PATIENCE", 0.5)
    here = os.getpid()

    def work(items):
        if os.getpid() != here:
            if fate == "fails":
                raise ZeroDivisionError
            if fate == "hangs":
                time.sleep(60)
        return [(item, os.getpid() == here) for item in items]

    results = parallel.in_parallel(work, range(150))
    assert [item for item, _ in results] == list(range(150))
    assert all(done_here for _, done_here in results) == (fate != "works")
    with pytest.raises(ChildProcessError):  # none is left behind
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
@pytest.mark.parametrize("times", ["once", "always"])
def test_an_item_that_ends_its_process_is_tried_alone_and_named(monkeypatch, tmp_path, times):
    monkeypatch.setattr(parallel, "_processors", lambda: 2)

    def work(items):
        if 140 in items and (times == "always" or not (tmp_path / "ended").exists()):
            (tmp_path / "ended").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return [(item, os.getpid()) for item in items]

    if times == "once":
        results = parallel.in_parallel(work, range(150))
        assert [item for item, _ in results] == list(range(150))
        assert results[140][1] != os.getpid()
    else:
        with pytest.raises(RuntimeError, match=r"140 ended the process .* twice: exit code -9"):
            parallel.in_parallel(work, range(150))
    with pytest.raises(ChildProcessError):  # none is left behind
        os.waitpid(-1, os.WNOHANG)


def test_an_error_in_any_frame_is_raised_here(monkeypatch):
    monkeypatch.setattr(parallel, "_processors", lambda: 2)

    def work(items):
        return [1 / (149 - item) for item in items]

    with pytest.raises(ZeroDivisionError):
        parallel.in_parallel(work, range(150))


# Axes and legends that look the same ------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda axes: axes.set_xlim(0, 2),
        lambda axes: axes.set_yscale("log"),
        lambda axes: axes.set_xlabel("other"),
        lambda axes: axes.xaxis.label.set_color("red"),
        lambda axes: axes.xaxis.label.set_rotation(10),
        lambda axes: axes.tick_params("x", length=9),
        lambda axes: axes.tick_params("y", labelsize=14),
        lambda axes: axes.set_xticks([0, 0.3]),
        lambda axes: axes.set_xticks([0, 1], ["none", "all"]),
        lambda axes: axes.set_xticks([0, 1], ["none", "all"], rotation=30),
        lambda axes: axes.set_xticks([0.5], minor=True),
        lambda axes: axes.get_xticklabels()[1].set_color("red"),
        lambda axes: axes.get_yticklines()[2].set_markersize(20),
        lambda axes: axes.xaxis.set_major_formatter("{x:.3f}"),
        lambda axes: axes.xaxis.tick_top(),
        lambda axes: axes.xaxis.set_label_position("top"),
        lambda axes: axes.spines.bottom.set_position(("outward", 9)),
        lambda axes: axes.yaxis.set_visible(False),
        lambda axes: axes.grid(True),
        lambda axes: axes.legend(loc="lower left"),
        lambda axes: axes.legend(loc="upper left", ncols=2),
        lambda axes: axes.legend(loc="upper left", frameon=True),
        lambda axes: axes.legend(loc="upper left", title="other"),
        lambda axes: axes.legend(["x", "z"], loc="upper left"),
        lambda axes: axes.get_legend().get_lines()[0].set_color("red"),
        lambda axes: axes.get_legend().get_lines()[0].set_linestyle((0, (1, 7))),
        lambda axes: axes.get_legend().get_lines()[0].set_marker("o"),
        lambda axes: axes.get_legend().get_patches()[0].set_facecolor("red"),
        lambda axes: axes.get_legend().get_texts()[0].set_fontsize(20),
        lambda axes: axes.get_legend().set_bbox_to_anchor((0.5, 0.5)),
    ],
)
def test_a_changed_axis_or_legend_is_drawn_anew(change):
    """After a first figure was drawn, a changed one looks as if it were the first."""

    def figure(changed: bool):
        with figures.style():
            found = figures.BookFigure(figsize=(4, 3), dpi=72)
            axes = found.subplots()
            axes.plot([0, 1], [0.1, 1], label="line")
            axes.fill_between([0, 1], [0.1, 1], label="area")
            axes.legend(loc="upper left")
            axes.set(xlabel="time", ylabel="wage")
            found.set_layout_engine("none")
            if changed:
                change(axes)
        return found

    def markup(changed: bool, memo=None) -> list[str]:
        with figures.style():
            return list(map(page.element, record(figure(changed), memo).elements))

    memo = {}
    first = markup(False, memo)
    assert len(memo) == 3  # two axes and a legend
    assert markup(False, memo) == first
    assert len(memo) == 3
    assert first != markup(True)
    assert markup(True, memo) == markup(True)
    assert markup(False, memo) == first


# The page ---------------------------------------------------------------------------------------


def ids(document: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', document)


def test_without_a_build_the_page_is_a_still():
    explorer = make(name="still-one")
    document = explorer.html()
    assert "<script" not in document
    assert "<input" not in document
    assert explorer.description() in document
    assert "Output &lt;and&gt; capital" in document
    assert 'aria-label="Two panels' in document


def test_ids_differ_when_an_explorer_is_shown_twice(tmp_path):
    explorer = make(name="twice")
    both = explorer.html(tmp_path) + explorer.html(tmp_path)
    assert len(ids(both)) > 10
    assert len(set(ids(both))) == len(ids(both))
    for reference in re.findall(r'(?:for|aria-labelledby|aria-describedby)="([^"]+)"', both):
        assert reference in ids(both)
    for reference in re.findall(r"url\(#([^)]+)\)", both.partition("<script")[0]):
        assert reference in ids(both)


@pytest.mark.parametrize("frames", [True, False])
def test_the_page_is_html_without_error(tmp_path, frames):
    parser = html5lib.HTMLParser(strict=True)  # raises on the first error
    document = make(name="valid").html(tmp_path if frames else None)
    parser.parse(
        f"<!DOCTYPE html><html><head><title>t</title></head><body>{document}</body></html>"
    )


def test_the_bundle_follows_the_build(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "library_at_start", lambda: cache.library_hash(cache.PACKAGE))
    explorer = make(name="bundle")
    monkeypatch.delenv("AIECON_BOOK", raising=False)
    live = explorer._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in live
    assert "<script" not in live["text/html"]
    monkeypatch.setenv("AIECON_BOOK", str(tmp_path / "frames"))
    built = explorer._repr_mimebundle_()
    # No widget state: nothing from another host. The still is for the notebook that is offered.
    assert set(built) == {"text/plain", "text/html", "image/png"}
    assert base64.b64decode(built["image/png"]).startswith(b"\x89PNG")
    assert 'data-part="frames"' in built["text/html"]
    assert len(list((tmp_path / "frames" / "bundle").glob("*.json"))) == 1


def test_colours_are_the_themes():
    svg = make().svg()
    assert "var(--figure-blue, #0067a5)" in svg
    assert not re.search(r"(?<!, )#0067a5", svg)


def test_an_explorer_over_the_limit_says_what_to_thin_out(tmp_path, monkeypatch):
    monkeypatch.setattr("exhibits.explorer.core.MAX_BYTES", 5000)
    with pytest.raises(ValueError, match=r"kB more than the 5 kB allowed") as raised:
        make(name="heavy").html(tmp_path)
    message = str(raised.value)
    assert "5 alpha × 2 technology × 3 scale = 30 frames" in message
    assert re.search(r"data '(ln Y|Y, output)' \d", message)
    assert "fewer points" in message


def test_the_limit_is_the_issues():
    assert MAX_BYTES == 150_000


def test_csv_holds_the_data():
    explorer = make()
    lines = explorer.csv(alpha=0.2, scale=1.5).splitlines()
    assert lines[:2] == [
        "# Output <and> capital",
        "# Exponent α = 0.20; Technology = Cobb–Douglas; Productivity A = 1.5",
    ]
    rows = list(csv.reader(io.StringIO("\n".join(lines[2:]))))
    assert rows[0] == ["K", "Y, output", "ln Y"]
    columns = np.array(rows[1:], dtype=float).T
    wanted = explorer.data(alpha=0.2, scale=1.5, technology=1.0)
    assert np.allclose(columns, list(wanted.values()), rtol=1e-9)


# The cache --------------------------------------------------------------------------------------


MODEL = """
tax = 0.5
shares = np.array([1.0, 2.0])
class Firm:
    markup = 0.1
    def price(self, a):
        return a * (1 + self.markup)
firm = Firm()
def net(a):
    return (1 - tax) * a
@functools.cache
def remembered(a):
    return 0.3 * a
def each(a):
    return 0.2 * a
everyone = np.vectorize(each)
class Union:
    def claim(self, a):
        return 0.4 * a
unions = {"first": [Union()]}
def wage(a, bonus=0.0):
    claim = unions["first"][0].claim(a) + float(everyone(a)) + remembered(a)
    return net(a) + shares.sum() + firm.price(a) + bonus + claim
def draw(figure, a):
    figure.subplots().plot([0, 1], [0, wage(a)])
def describe(a):
    return f"The wage is {wage(a):.3f}."
def data(a):
    return {"w": [wage(a)]}
"""


@pytest.fixture
def build(tmp_path, monkeypatch):
    """``described, computed = build(code)``: the frames of an explorer as a notebook would make it.

    Returns what the frames hold, and whether they were computed for it.
    """
    count = []

    def counted(explorer):
        count.append(explorer.name)
        return all_frames(explorer)

    monkeypatch.setattr("exhibits.explorer.core.all_frames", counted)
    monkeypatch.setattr(drawing, "_CHECKED", 0)  # what is drawn twice is another test's
    library = tmp_path / "library"  # instead of the real one, which may be in the making
    library.mkdir()
    (library / "model.py").write_text("wage = 1.0\n")
    monkeypatch.setattr(cache, "PACKAGE", library)
    cache.library_at_start.cache_clear()

    def run(code: str = MODEL, **changes) -> tuple[str, bool]:
        cells = {
            "__name__": "__main__",
            "np": np,
            "functools": functools,
        }  # a notebook's functions live in __main__
        exec(code, cells)
        parts = {
            "name": "kept",
            "title": "Wage",
            "alt": "The wage as a line that rises from the origin to the right.",
            "controls": {"a": Slider("a", [1, 2], 1)},
            **{name: cells[name] for name in ("draw", "describe", "data")},
        }
        before = len(count)
        kept = Explorer(**(parts | changes)).kept_frames(tmp_path)
        return kept["frames"], len(count) > before

    yield run
    cache.library_at_start.cache_clear()


def test_unchanged_frames_are_not_computed_again(build):
    first, computed = build()
    assert computed
    assert build() == (first, False)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[0, wage(a)]", "[0, 2 * wage(a)]"),  # the drawing itself
        ("tax = 0.5", "tax = 0.4"),  # a number that a helper of a helper reads
        ("(1 - tax) * a", "(1 - tax) * a**2"),  # the helper's formula
        ("bonus=0.0", "bonus=0.1"),  # a default
        ("[1.0, 2.0]", "[1.0, 2.5]"),  # an array
        ("markup = 0.1", "markup = 0.2"),  # a class behind an object
        ("(1 + self.markup)", "(1 - self.markup)"),  # its method
        ("0.3 * a", "0.31 * a"),  # a function behind functools.cache
        ("0.2 * a", "0.21 * a"),  # a function inside another library's object
        ("0.4 * a", "0.41 * a"),  # a class inside a list inside a dictionary
        ("The wage is", "A wage is"),
        ('{"w":', '{"v":'),
    ],
)
def test_a_change_anywhere_in_the_notebook_is_seen(build, before, after):
    first, _ = build()
    changed = MODEL.replace(before, after)
    assert changed != MODEL
    frames, computed = build(changed)
    assert computed
    assert frames != first
    assert build() == (first, False)  # and the old is still what it was


def test_a_change_of_the_controls_is_seen(build):
    build()
    assert build(controls={"a": Slider("a", [1, 3], 1)})[1]
    assert build(controls={"a": Slider("a", [1, 2], 2)})[1]
    assert build(size=(4, 3))[1]
    assert not build(controls={"a": Slider("a", [1, 2], 1)})[1]


def test_a_closure_is_seen(build):
    def closing(level):
        def draw(figure, a):
            figure.subplots().plot([0, level * a])

        return draw

    assert build(draw=closing(1))[1]
    assert build(draw=closing(2))[1]
    assert not build(draw=closing(1))[1]


def test_a_change_in_the_library_is_seen(build, tmp_path):
    library = tmp_path / "library"
    build()
    (library / "model.py").write_text("wage = 1.1\n")
    # This process may still hold the old module: it must neither read nor keep frames.
    kept = set(tmp_path.rglob("*.json"))
    assert build()[1]
    assert build()[1]
    assert set(tmp_path.rglob("*.json")) == kept
    cache.library_at_start.cache_clear()  # the next process
    assert build()[1]
    assert not build()[1]
    (library / "calibration.csv").write_text("wage\n1\n")
    cache.library_at_start.cache_clear()
    assert build()[1]


def test_another_version_is_seen(build, monkeypatch):
    build()
    monkeypatch.setattr("aiecon.fingerprint.version", lambda name: "0.0")
    assert build()[1]


def test_a_setting_of_matplotlib_is_seen(build):
    build()
    with mpl.rc_context({"lines.dashed_pattern": [1, 1]}):
        assert build()[1]
    assert not build()[1]


def test_what_cannot_be_fingerprinted_is_never_kept(build, tmp_path):
    code = MODEL.replace("tax = 0.5", "import threading; tax = threading.Lock()")
    code = code.replace("(1 - tax) * a", "a + tax.locked()")
    assert build(code)[1]
    assert build(code)[1]
    assert not list(tmp_path.rglob("*.json"))


@pytest.mark.parametrize("damage", [lambda text: text[:-20], lambda text: "", lambda text: "{}"])
def test_a_damaged_file_is_computed_again(build, tmp_path, damage):
    first, _ = build()
    (file,) = tmp_path.rglob("*.json")
    file.write_text(damage(file.read_text()))
    assert build() == (first, True)
    assert build() == (first, False)


def test_of_older_files_a_few_stay(tmp_path):
    for number in range(9):
        cache.cached(tmp_path, f"key{number}", lambda: {"a": 1})
        os.utime(tmp_path / f"key{number}.json", (number, number))
        cache.cached(tmp_path, "key0", lambda: {"a": 1})  # in use
    names = sorted(file.stem for file in tmp_path.glob("*.json"))
    assert names == ["key0", "key6", "key7", "key8"]


def test_nothing_is_left_of_a_write_that_fails(tmp_path, monkeypatch):
    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(cache.os, "replace", full)
    with pytest.raises(OSError, match="no space"):
        cache.cached(tmp_path, "key", lambda: {"a": 1})
    assert list(Path(tmp_path).iterdir()) == []


# The live face ----------------------------------------------------------------------------------


def parts(panel) -> dict[str, list]:
    """The widgets of a panel by kind."""
    found: dict[str, list] = {}

    def walk(widget) -> None:
        found.setdefault(type(widget).__name__, []).append(widget)
        for child in getattr(widget, "children", ()):
            walk(child)

    walk(panel)
    return found


def shown(panel) -> str:
    return "".join(widget.value for widget in parts(panel)["HTML"])


def test_moving_a_widget_redraws():
    explorer = make()
    panel = explorer.panel()
    sliders, choices = parts(panel)["SelectionSlider"], parts(panel)["Dropdown"]
    assert [slider.description for slider in sliders] == ["Exponent α", "Productivity A"]
    assert explorer.svg() in shown(panel)
    sliders[0].value = explorer.controls["alpha"].values[3]
    choices[0].value = "Linear"
    assert explorer.svg(alpha=0.8, technology="Linear") in shown(panel)
    assert explorer.svg() not in shown(panel)
    assert explorer.description(alpha=0.8, technology="Linear") in shown(panel)
    link = re.search(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"', shown(panel))
    data = base64.b64decode(link[1])
    assert data.startswith(b"\xef\xbb\xbf")  # by which a spreadsheet knows UTF-8
    assert data.decode("utf-8-sig") == explorer.csv(alpha=0.8, technology="Linear")


def test_presets_and_reset():
    explorer = make()
    panel = explorer.panel()
    first, second, reset = parts(panel)["Button"]
    assert [b.description for b in (first, second, reset)] == ["Figure 6a", "Figure 6b", "Reset"]
    assert [b.button_style for b in (first, second)] == ["", ""]
    second.click()
    assert explorer.description(technology="Linear", scale=1.5) in shown(panel)
    assert [b.button_style for b in (first, second)] == ["", "info"]
    first.click()
    assert explorer.description(alpha=0.4) in shown(panel)
    assert [b.button_style for b in (first, second)] == ["info", ""]
    reset.click()
    assert explorer.description() in shown(panel)
    assert [b.button_style for b in (first, second)] == ["", ""]


def test_a_track_has_room_and_no_name_is_cut():
    """A column holds the longest label (0.55em a letter) and 18em of slider, or takes the width."""
    panel = make().panel()
    assert {button.layout.width for button in parts(panel)["Button"]} == {"auto"}
    (grid,) = parts(panel)["GridBox"]
    widest = max(len(control.label) for control in make().controls.values())
    column = re.search(r"minmax\(min\(100%, (\d+)em\), 1fr\)", grid.layout.grid_template_columns)
    assert float(column[1]) == pytest.approx(0.55 * widest + 1 + 18, abs=0.5)


def test_an_error_is_shown():
    def fragile(alpha, technology, scale):
        if alpha > 0.9:
            raise ZeroDivisionError("no output at α = 1")
        return "All is well."

    explorer = make(describe=fragile)
    panel = explorer.panel()
    assert "ZeroDivisionError" not in shown(panel)
    slider = parts(panel)["SelectionSlider"][0]
    slider.index = 4
    assert "no output at α = 1" in shown(panel)
    assert 'role="alert"' in shown(panel)
    slider.index = 0
    assert "ZeroDivisionError" not in shown(panel)


def test_quick_movements_become_one_drawing():
    drawn = []

    def counting(figure, alpha, **_):
        drawn.append(alpha)
        figure.subplots()

    explorer = make(draw=counting)
    panel = explorer.panel()
    slider = parts(panel)["SelectionSlider"][0]

    async def drag() -> None:
        for place in (0, 1, 3, 4):
            slider.index = place
        await asyncio.sleep(0.2)

    drawn.clear()
    asyncio.run(drag())
    assert drawn == [1.0]
