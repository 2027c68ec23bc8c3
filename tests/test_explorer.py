"""The explorer: what it refuses, what it measures, its HTML, its widgets."""

from __future__ import annotations

import asyncio
import base64
import csv
import functools
import gzip
import io
import re
import zlib

import html5lib
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from exhibits.explorer import (
    Bet,
    Choice,
    Explorer,
    Label,
    Line,
    Panel,
    Points,
    Slider,
    between_kinks,
    drawing,
    live,
    page,
    sampling,
)  # fmt: skip
from exhibits.explorer.measuring import random_settings
from exhibits.explorer.packing import packed, runs
from exhibits.explorer.sampling import interpolated, unit

from .toy_explorer import BET, make


@functools.cache
def toy():
    explorer = make()
    return explorer, explorer.samples()


def curve(**changes) -> Explorer:
    """One curve y(x) of one slider."""
    x = np.linspace(0, 1, 21)[None, :]
    parts = {
        "name": "curve",
        "title": "A curve",
        "alt": "A curve of one variable, over the whole of the unit square.",
        "panels": {"main": Panel(ylim=(0, 1))},
        "controls": {"a": Slider("Exponent a", 1, 3, 2)},
        "compute": lambda a: {"x": x, "y": x ** a[:, None]},
        "marks": [Line("main", "x", "y")],
        "sentence": "The exponent is {a:.2f}.",
    }
    return Explorer(**(parts | changes))


# What is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"label": " "}, "label"),
        ({"low": 2}, "low < high"),
        ({"high": np.inf}, "low < high"),
        ({"scale": "cubic"}, "'linear' and 'log'"),
        ({"scale": "log"}, "low > 0"),
        ({"default": 1.5}, "0 to 1"),
        ({"breaks": (0.5, 0.2)}, "rising values"),
        ({"breaks": (1,)}, "rising values"),
        ({"nodes": 1}, "2 or more"),
        ({"nodes": [0.5, 1.5]}, "from 0 to 1"),
        ({"positions": 49}, "50 or more"),
        ({"format": "{:.2f}"}, "number format"),
    ],
)
def test_slider_refuses(arguments, named):
    with pytest.raises(ValueError, match=re.escape(named)):
        Slider(**({"label": "Φ", "low": 0, "high": 1, "default": 0.5} | arguments))


@pytest.mark.parametrize(
    ("options", "default", "named"),
    [
        (["one"], "one", "two or more"),
        (["one", "one"], "one", "different"),
        (["one", "two"], "three", "one, two"),
        (["α", "β"], "α", "address"),
        (["a b", "a-b"], "a b", "address"),
    ],
)
def test_choice_refuses(options, default, named):
    with pytest.raises(ValueError, match=named):
        Choice("Choice", options, default)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"name": "Toy"}, "lower-case"),
        ({"title": ""}, "title"),
        ({"alt": "A line."}, "40 or more"),
        ({"controls": {}}, "one or more"),
        ({"controls": {"alpha": [1, 2]}}, "Slider and Choice"),
        ({"presets": {"X": {"beta": 1}}}, "'X': beta"),
        ({"presets": {"X": {"alpha": 7}}}, "0.3 to 1"),
        ({"presets": {"X": {"technology": "None"}}}, "Cobb–Douglas, Linear"),
        ({"reference": "Figure 7"}, "Figure 6a, Figure 6b"),
        ({"play": "technology"}, "alpha, scale"),
        ({"marks": [Line("other", "K", "sold")]}, "output, average"),
        ({"marks": [Line("output", "K", "sold", colour="red")]}, "blue"),
        ({"marks": [Line("output", "K", "sold", dash=9)]}, "0 to 4"),
        ({"marks": [Points("output", "K", "sold", marker="x")]}, "o, s, d"),
        ({"compute": lambda alpha, scale: {}}, "alpha, technology, scale"),
        ({"sentence": "It is {Y_2:03d}."}, "number format"),
        ({"sentence": "It is {Y_2}."}, "number format"),
        ({"formulas": {"line": "scale * u"}}, "SymPy"),
        ({"panels": {"output": Panel(), "average": Panel(), "empty": Panel()}}, "empty"),
    ],
)
def test_explorer_refuses(changes, named):
    with pytest.raises(ValueError, match=named):
        make(**changes)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"xlim": (1, 0)}, "low < high"),
        ({"yscale": "log"}, "low > 0"),
        ({"xscale": "symlog"}, "'linear' and 'log'"),
    ],
)
def test_panel_refuses(arguments, named):
    with pytest.raises(ValueError, match=named):
        Panel(**arguments)


def test_a_bet_has_its_answer():
    with pytest.raises(ValueError, match="'yes', 'no'"):
        Bet("Does it?", ["yes", "no"], "perhaps", "It does.")


@pytest.mark.parametrize(
    ("compute", "named"),
    [
        (lambda a: {"x": [[0, 1]]}, "no y"),
        (lambda a: {"x": [[0, 1]], "y": np.zeros((len(a) + 1, 2))}, r"y of shape \(\d+, 2\)"),
        (lambda a: {"x": [[0, 1]], "y": np.zeros((1, 2, 2))}, "y of shape"),
        (lambda a: {"a": a, "x": a, "y": a}, "name of a control"),
    ],
)
def test_what_compute_returns_is_checked(compute, named):
    with pytest.raises(ValueError, match=named):
        curve(compute=compute).samples()


def test_a_value_that_a_log_axis_cannot_show_is_refused():
    with pytest.raises(ValueError, match="y has values ≤ 0"):
        curve(panels={"main": Panel(yscale="log", ylim=(0.1, 1))}).samples()


def test_a_number_that_is_missing_may_not_be_said():
    def compute(a):
        return {"x": [[0, 1]], "y": [[0, 1]], "n": np.where(a > 2, a, np.nan)}

    with pytest.raises(ValueError, match="n, which is missing at Exponent a"):
        curve(compute=compute, sentence="It is {n:.2f}.").samples()


# What is computed -------------------------------------------------------------------------------


def test_the_csv_is_the_data():
    lines = make().csv(alpha=0.5, scale=2).splitlines()
    assert lines[:2] == [
        "# Output <and> capital",
        "# Exponent α = 0.50; Technology = Cobb–Douglas; Productivity A = 2.00",
    ]
    names, *rows = csv.reader(io.StringIO("\n".join(lines[2:])))
    assert names == ["K", "Y, output", "capacity"]
    values = make().at(make().setting({"alpha": 0.5, "scale": 2}))
    K, Y = (np.array([float(row[k]) for row in rows]) for k in (0, 1))
    np.testing.assert_allclose(Y, 2 * K**0.5, rtol=1e-9)
    assert [row[2] for row in rows] == ["1"] + [""] * 30
    assert values["full"] == 1


def test_the_sentence_has_the_clauses_that_hold():
    assert make().description(alpha=1).endswith("Capacity is reached at 2.00.")
    assert make().description(scale=0.5).endswith("Capacity is never reached.")


def test_abscissas_do_not_jump_when_a_kink_comes_into_view():
    kinks = np.array([9.9, 10.0, 10.1, np.nan])
    times = between_kinks(0, [kinks, 3.0], 10, points=5)
    assert times.shape == (4, 15)
    assert np.abs(np.diff(times, axis=0)).max() <= 0.11
    assert (np.diff(times, axis=1) >= 0).all()


# The measure ------------------------------------------------------------------------------------


def test_what_is_measured_is_what_the_page_shows():
    """New random settings, and the numbers themselves: as good as the checks found."""
    explorer, samples = toy()
    assert 0 < samples.pixels <= 0.5
    random = np.random.default_rng(7)
    for _ in range(40):
        setting = {
            "alpha": float(random.uniform(0.3, 1)),
            "technology": str(random.choice(["Cobb–Douglas", "Linear"])),
            "scale": float(np.exp(random.uniform(np.log(0.5), np.log(2)))),
        }
        values, nearest = interpolated(explorer, samples, setting)
        exact = explorer.at(setting)
        if not nearest:
            np.testing.assert_allclose(values["sold"], exact["sold"], atol=0.02)
            assert abs(values["Y_2"] - exact["Y_2"]) < 1e-3


def test_at_a_node_it_is_exact_up_to_rounding():
    explorer, samples = toy()
    setting = explorer.setting({"alpha": 1, "scale": 0.5})
    values, nearest = interpolated(explorer, samples, setting)
    assert not nearest
    np.testing.assert_allclose(values["sold"], explorer.at(setting)["sold"], atol=1e-3)


def test_too_few_nodes_are_refused_and_the_slider_is_named():
    few = {"a": Slider("Exponent a", 1, 3, 2, nodes=2), "b": Slider("Level b", 0, 1, 0, nodes=2)}
    x = np.linspace(0, 1, 21)[None, :]

    def compute(a, b):
        return {"x": x, "y": x ** a[:, None] / 2 + b[:, None] / 2}

    with pytest.raises(ValueError, match=r"off by [\d.]+ pixels.*Give a more nodes"):
        curve(controls=few, compute=compute).samples()


def test_a_wrong_last_digit_is_refused():
    def compute(a):
        return {"x": [[0, 1]], "y": [[0, 1]], "n": np.sin(2 * a)}

    good = curve(compute=compute, sentence="It is {n:.1f}.").samples()
    assert good.digits <= 1
    with pytest.raises(ValueError, match="n is shown as"):
        curve(compute=compute, sentence="It is {n:.5f}.").samples()


def test_structures_are_not_mixed():
    """A jump between two nodes: the nearest computed state is shown, or it is refused."""

    def compute(a):
        high = a > 2.1
        return {"x": [[0, 1]], "y": np.where(high, 0.9, 0.1)[:, None] * [[1, 1]], "high": high}

    jump = {"controls": {"a": Slider("Exponent a", 1, 3, 2, nodes=11)}, "compute": compute}
    with pytest.raises(ValueError, match="tell structures apart"):
        curve(**jump).samples()
    explorer = curve(**jump, structure="high")
    samples = explorer.samples()
    for a, level, between in ((1.95, 0.1, False), (2.05, 0.1, True), (2.15, 0.9, True)):
        values, nearest = interpolated(explorer, samples, {"a": a})
        assert nearest is between
        np.testing.assert_allclose(values["y"], level, atol=1e-3)
    assert 0 < samples.mixed < 0.25


def test_margins_choose_the_side():
    """A kink that moves with another slider; with the margin it is met, without it is not."""

    def compute(a, b):
        kink = (a - 1) / 2
        y = np.where(b > kink, b - kink, 0.5 * (kink - b))
        return {"x": [[0, 1]], "y": y[:, None] * [[1, 1]], "margin": b - kink}

    controls = {"a": Slider("a", 1, 3, 2, nodes=6), "b": Slider("b", 0, 1, 0.5, nodes=6)}
    parts = {"controls": controls, "compute": compute, "sentence": "A kink."}
    assert curve(**parts, margins=["margin"]).samples().pixels < 0.2
    with pytest.raises(ValueError, match="more nodes"):
        curve(**parts).samples()


def test_nothing_is_interpolated_across_a_break():
    def compute(a):
        return {"x": [[0, 1]], "y": np.abs(a - 2.5)[:, None] * [[0.5, 0.5]]}

    slider = Slider("Exponent a", 1, 3, 2, nodes=3, breaks=(2.5,))
    assert curve(compute=compute, controls={"a": slider}).samples().pixels < 0.1


def test_a_formula_is_compared():
    a, u = sympy.symbols("a u")
    explorer = curve(formulas={"y": u**a})
    assert explorer.samples().pixels < 0.05
    assert "y" not in explorer.samples().tables
    with pytest.raises(ValueError, match=r"Line\(x, y\) is off"):
        curve(formulas={"y": u ** (a + 1)}).samples()


def test_a_formula_takes_arrays_that_are_sampled():
    x, y = sympy.symbols("x y")
    a = sympy.Symbol("a")
    points = np.linspace(0, 1, 21)[None, :]

    def compute(a):
        y = points ** a[:, None]
        return {"x": points, "y": y, "z": y * points / a[:, None]}

    explorer = curve(compute=compute, marks=[Line("main", "x", "z")], formulas={"z": x * y / a})
    assert explorer.samples().pixels < 0.1
    assert set(explorer.samples().tables) == {"x", "y"}


def test_what_is_smooth_is_interpolated_across_structures():
    """A cubic needs four nodes; each side of the border has two."""

    def compute(a):
        return {"x": [[0, 1]], "y": ((a - 1) / 2)[:, None] ** 3 * [[1, 1]], "margin": a - 2}

    parts = {"compute": compute, "margins": ["margin"]}
    parts["controls"] = {"a": Slider("Exponent a", 1, 3, 2, nodes=4)}
    assert curve(**parts, smooth=["y", "margin"]).samples().pixels < 0.1
    with pytest.raises(ValueError, match="more nodes"):
        curve(**parts).samples()


def test_the_checks_lie_between_the_nodes():
    explorer, _ = toy()
    checks = random_settings(explorer, 0)
    alone = [check for check in checks if check.alone == "alpha"]
    grid = explorer.controls["scale"].grid
    assert all(np.isclose(check.setting["scale"], grid).any() for check in alone)
    assert not any(
        np.isclose(check.setting["alpha"], explorer.controls["alpha"].grid).any() for check in alone
    )


@pytest.mark.parametrize(
    ("spec", "value", "last"),
    [(".3g", 0.0123, 1e-4), (",.0f", 1e5, 1), (".1%", 0.2, 1e-3), ("d", 3, 1)],
)
def test_units_of_the_last_place(spec, value, last):
    assert unit(spec, value) == pytest.approx(last)


# Packing ----------------------------------------------------------------------------------------


@given(
    hnp.arrays(
        np.int64, hnp.array_shapes(min_dims=2, max_dims=3), elements=st.integers(-(2**40), 2**40)
    )
)
def test_packed_integers_read_back(array):
    (head,), data = packed([array])
    values, at, scale = [], 0, 1
    for byte in zlib.decompress(base64.b64decode(data), -15):
        at, scale = at + (byte & 127) * scale, scale * 128
        if byte < 128:
            values.append(-(at + 1) // 2 if at % 2 else at // 2)
            at, scale = 0, 1
    parts = np.array(values).reshape(len(head["sums"]), *array.shape[:-1], -1)
    whole = []
    for part, sums in zip(parts, head["sums"], strict=True):
        for axis in reversed(range(part.ndim)):
            for _ in range(sums[axis]):
                part = np.cumsum(part, axis=axis)
        whole.append(part)
    assert np.array_equal(np.concatenate(whole, axis=-1), array)


def test_many_curves_are_held_as_amounts_of_few():
    """Sums of them miss no curve by more than is lost by rounding, in a third of the bytes."""
    explorer, samples = toy()
    table = samples.tables["Y"]
    exact = explorer.batch(
        {name: slider.grid for name, slider in explorer.sliders.items()},
        {"technology": "Cobb–Douglas"},
    )["Y"]
    assert table.curves is not None
    assert table.codes.shape[-1] < exact.shape[-1] / 2
    for k in (0, 5, 16):
        windows = [(node, np.ones(1)) for node in (k, 0, k)]
        assert np.abs(table.at(windows) - exact[k]).max() <= 1.5 * table.step
    whole, few = (len(packed(arrays)[1]) for arrays in _whole_and_few(table))
    assert few < whole / 2


def test_components_that_are_rounded_to_nothing_are_none():
    """Of curves of less than half a step nothing is left, and no unit is infinite."""
    small = 0.1 * np.random.default_rng(0).standard_normal((200, 40))
    with np.errstate(all="raise"):
        codes, curves = sampling._few_curves(small)
    assert not codes.any()
    assert np.isfinite(curves.units).all()


def _whole_and_few(table):
    """All numbers of a table as they would be kept without curves, and as they are."""
    whole = np.rint((table.codes * table.curves.units) @ table.curves.whole)
    return [whole], [table.codes, table.curves.whole]


def test_runs():
    assert runs(np.array([True, True, False, True])) == [0, 2, 1, 1]
    assert runs(np.array([False, False])) == []


# Faces ------------------------------------------------------------------------------------------


def test_without_a_build_the_page_is_a_still():
    document = make().html(moving=False)
    assert "<input" not in document
    assert "live notebook" in document


def test_the_bundle_follows_the_build(monkeypatch):
    monkeypatch.delenv("AIECON_BOOK", raising=False)
    bundle = make()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    monkeypatch.setenv("AIECON_BOOK", "1")
    bundle = make()._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", "image/png", "application/pdf"}
    assert base64.b64decode(bundle["application/pdf"]).startswith(b"%PDF")
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")


@pytest.mark.parametrize("moving", [True, False])
def test_the_page_is_html_without_error(moving):
    document = make(bet=BET).html(moving)
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(f'<!doctype html><html lang="en"><title>T</title>{document}')


def test_ids_differ_when_an_explorer_is_shown_twice():
    explorer = curve(name="twice")
    ids = re.findall(r'\bid="([^"]+)"', explorer.html() + explorer.html())
    assert len(ids) == len(set(ids))


def test_an_explorer_over_the_limit_says_what_to_thin_out(monkeypatch):
    monkeypatch.setattr(page, "MOST_BYTES", (5000, 5000))
    with pytest.raises(ValueError, match=r"kB compressed; allowed are 5 kB.*sold 17 × 2 × 17"):
        make().html()


def test_sizes():
    assert page.MOST_BYTES == (60_000, 150_000)
    assert len(gzip.compress(make().html().encode())) < 60_000


def test_axes_and_marks_stand_where_the_page_puts_them():
    """Both layouts: matplotlib's pixels of a known point are those of the boxes."""
    explorer, _ = toy()
    for narrow in (False, True):
        figure, panels = drawing.axes(explorer, narrow)
        layout = drawing.laid_out(figure, panels)
        box = layout.boxes["output"]
        x, y = panels["output"].transData.transform((1.0, 3.0))
        assert x == pytest.approx(box.left + box.width / 4)
        assert layout.height - y == pytest.approx(box.top + box.height / 2)


def test_moving_a_widget_redraws():
    panel = make().panel()
    slider = panel.children[2].children[0]
    before = panel.children[3].value
    slider.value = 0.9
    assert panel.children[3].value != before
    assert make().description(alpha=0.9) in panel.children[4].value
    assert "data:text/csv" in panel.children[-1].value


def test_presets_and_reset_of_the_widgets():
    panel = make().panel()
    first, second, reset = panel.children[1].children
    alpha, technology, scale = panel.children[2].children
    second.click()
    assert (technology.value, round(scale.value, 9)) == ("Linear", 1.5)
    assert (first.button_style, second.button_style) == ("", "info")
    reset.click()
    assert (alpha.value, technology.value, scale.value) == (0.6, "Cobb–Douglas", 1)


@pytest.mark.parametrize(
    ("low", "high", "start", "scale", "spec", "as_it_was"),
    [
        (2, 60, 20, "log", ".1f", "19.9"),
        (0.3, 30, 4, "log", ".3g", "3.99"),
        (-4.8, 5.5, 0.0, "linear", ".2f", "-0.00"),  # front ends write a zero without a sign
        (0.2, 0.99, 0.95, "linear", ".2f", "0.95"),
    ],
)
def test_a_front_end_shows_the_number_of_a_start(low, high, start, scale, spec, as_it_was):
    """It shows the nearest of a slider's steps, which was another number."""
    slider = Slider("Level", low, high, start, scale=scale, format=spec)
    parts = live._parts(slider, [start])

    def shown(parts):
        return slider.text(slider.value(round(float(slider.place(start)) * parts) / parts))

    assert 500 <= parts < 1000
    assert shown(500) == as_it_was
    assert float(shown(parts)) == float(slider.text(start))


def test_a_front_end_that_moves_a_preset_to_the_nearest_position_moves_no_number():
    """noUiSlider knows only its positions: it sends one back as soon as it shows a value."""
    panel = make().panel()
    _, second, _ = panel.children[1].children
    alpha, _, scale = panel.children[2].children
    second.click()
    said = panel.children[4].value
    alpha.value += 0.4 * alpha.step
    scale.value *= 10 ** (-0.4 * scale.step)
    assert panel.children[4].value == said
    assert second.button_style == "info"
    alpha.value += alpha.step  # a step of the reader's
    assert panel.children[4].value != said


def test_the_widgets_say_which_control_moves_nothing_and_why():
    """As the page does; a control is looked at if it says why."""

    def compute(a, b):
        return {"x": np.array([[0.0, 1.0]]), "y": np.stack([0 * a, a * np.maximum(b, 0)], axis=1)}

    controls = {
        "a": Slider("a", 0, 1, 0.5, idle="Nothing is left of b."),
        "b": Slider("b", -1, 1, 1),
    }
    panel = curve(compute=compute, controls=controls, sentence="A line.").panel()
    assert "moves nothing" not in panel.children[4].value
    panel.children[2].children[1].value = -0.5
    assert "a moves nothing here. Nothing is left of b." in panel.children[4].value


def test_an_error_is_shown():
    def compute(a):
        if a[0] > 2.5:
            raise ArithmeticError("too much")
        return {"x": [[0, 1]], "y": [[0, 1]]}

    panel = curve(compute=compute).panel()
    panel.children[2].children[0].value = 3
    assert "too much" in panel.children[5].value
    panel.children[2].children[0].value = 2
    assert panel.children[5].value == ""


@pytest.mark.parametrize("a", [1.0, 2.0, 3.0])
def test_a_still_places_labels_where_nothing_strikes_them(a):
    """And leaves out a label for which there is no place."""
    words = Label("main", "the curve, and its name", "x", "y")
    explorer = curve(marks=[Line("main", "x", "y"), Points("main", 0.5, 0.5), words])
    figure, _ = drawing.figure(explorer, explorer.at({"a": a}), None)
    (ax,) = figure.axes
    (label,) = ax.texts
    box = label.get_window_extent()
    assert ax.bbox.containsx(box.x0)
    assert ax.bbox.containsx(box.x1)
    line, _ = ax.lines
    path = line.get_path().transformed(line.get_transform())
    assert not path.intersects_bbox(box, filled=False)
    assert not box.contains(*ax.transData.transform((0.5, 0.5)))
    long = curve(marks=[Line("main", "x", "y"), Label("main", "too long " * 12, "x", "y")])
    assert not drawing.figure(long, long.at({"a": a}), None)[0].axes[0].texts


def test_quick_movements_become_one_drawing():
    calls = []

    def compute(a):
        calls.append(a)
        return {"x": [[0, 1]], "y": [[0, 1]]}

    async def move():
        panel = curve(compute=compute).panel()
        calls.clear()
        for value in (1.1, 1.2, 1.3):
            panel.children[2].children[0].value = value
        await asyncio.sleep(0.2)
        return len(calls)

    assert asyncio.run(move()) <= 2  # one for the picture, one for the data


def test_a_track_has_room_and_no_name_is_cut():
    panel = make().panel()
    assert "+" not in panel.children[2].layout.grid_template_columns
    least = float(
        re.search(r"minmax\(min\(100%, (\d+)em", panel.children[2].layout.grid_template_columns)[1]
    )
    label = max(len(c.label) for c in make().controls.values())
    assert (least - 0.55 * label - 6) * 12 >= 120
    assert all(button.layout.width == "auto" for button in panel.children[1].children)
