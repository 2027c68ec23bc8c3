"""The book's axes make their ticks when they are drawn; the drawing is that of matplotlib's own."""

from __future__ import annotations

import io

import matplotlib as mpl
import pytest
from matplotlib.axes import Axes
from PIL import Image

from exhibits.plotting import PHONE, BookFigure, layouts, panels, png, stacked, style, svg


def test_a_readers_own_settings_change_no_figure():
    """``text.usetex`` needs LaTeX; others draw otherwise. Here they come before and in between."""

    def drawn():
        with style():
            fig, ax = panels()
            ax.plot([1, 2], label="a line")
            ax.set_title("A title")
            ax.legend()
        return svg(fig)

    expected = drawn()
    with mpl.rc_context(
        {"text.usetex": True, "xtick.direction": "in", "lines.marker": "o", "figure.dpi": 300}
    ):
        assert drawn() == expected
        assert mpl.rcParams["text.usetex"]


def test_a_figure_shows_itself_as_drawing_and_picture_on_white():
    """A notebook that is not trusted shows no SVG; on a dark theme's ground no ink can be read."""
    fig, ax = panels(size=(4, 2))
    ax.plot([0, 1])
    assert '<svg style="background: #fff" ' in fig._repr_svg_()
    data, shown = fig._repr_png_()
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    assert shown == {"width": 384, "height": 192}
    assert picture.size == (768, 384)
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    assert len(picture.getcolors(256)) > 10
    assert png(fig) == data


def test_all_forms_of_a_figure_are_laid_out_once(monkeypatch):
    """The drawing is the same as alone; the layout is the figure's again when all are made."""
    monkeypatch.setenv("AIECON_BOOK", "1")
    drawn = []
    for _ in range(2):
        fig, (left, right) = panels(1, 2)
        left.plot([0, 1], [0, 1000])
        right.set_ylabel("two\nlines")
        drawn.append(fig)
    alone, both = drawn
    shown, about = both._repr_mimebundle_()
    assert shown["image/svg+xml"] == alone._repr_svg_()
    assert shown["text/plain"] == "<BookFigure size 680x330 with 2 Axes>"
    assert shown["image/png"].startswith(b"\x89PNG")
    assert shown["application/pdf"].startswith(b"%PDF")
    assert about == {"image/png": {"width": 653, "height": 317}}
    assert both._repr_svg_() == alone._repr_svg_()
    monkeypatch.delenv("AIECON_BOOK")
    assert "application/pdf" not in both._repr_mimebundle_()[0]


def test_while_the_book_is_built_a_figure_has_a_layout_for_a_phone(monkeypatch):
    """Its panels one below the other, row by row; the wide one is the same before and after."""

    def drawn():
        fig, axes = panels(2, 2, sharex=True)
        for ax, name in zip(axes.flat, "abcd", strict=True):
            ax.plot([0, 1])
            ax.set_title(name)
        return fig, axes

    wide, none = layouts(drawn()[0]._repr_svg_())
    assert none is None
    monkeypatch.setenv("AIECON_BOOK", "1")
    fig, axes = drawn()
    again, narrow = layouts(fig._repr_svg_())
    assert again == wide
    assert f'viewBox="0 0 {72 * PHONE:g} ' in narrow
    places = dict(zip("abcd", axes.flat, strict=True))
    with stacked(fig):
        fig.draw_without_rendering()
        tops = {name: ax.get_position().y1 for name, ax in places.items()}
        lefts = {round(ax.get_position().x0, 9) for ax in places.values()}
    assert sorted(tops, key=tops.get, reverse=True) == list("abcd")
    assert len(lefts) == 1


def plain(ax):
    ax.plot([0, 1], [0, 1])
    ax.set_xticks([0, 0.2, 0.9])


def labelled(ax):
    ax.plot([1, 300], [1, 2])
    ax.set_xscale("log")
    ax.set_xticks([1, 2, 5, 10, 100, 5000], ["one", "2", "5", "10", "", "5,000"])
    ax.minorticks_off()
    ax.set_xlim(1, 300)


def beyond_the_data(ax):
    ax.plot([0, 1], [0, 1])
    ax.set_yticks([-3, 4], ["low", "high"])
    ax.tick_params(axis="y", length=0, labelsize=7, labelcolor="red")
    ax.grid(axis="y")


def none_at_all(ax):
    ax.plot([0, 1], [0, 1])
    ax.set_xticks([])
    ax.set_yticks([], [])


def coloured_one_by_one(ax):
    ax.plot([0, 1], [0, 1])
    ax.set_xticks([0, 1], ["a", "b"])
    ax.get_xticklabels()[1].set_color("red")
    ax.set_yticks([0, 1], ["c", "d"], rotation=30)
    ax.set_yticks([0.5], minor=True)


def told_twice(ax):
    ax.set_xticks([0, 1, 2, 3], ["a", "b", "c", "d"])
    ax.set_xticks([3, 1], ["e", "f"])
    ax.invert_xaxis()
    ax.twinx().set_yticks([0, 1], ["g", "h"])


@pytest.mark.parametrize(
    "draw", [plain, labelled, beyond_the_data, none_at_all, coloured_one_by_one, told_twice]
)
def test_the_drawing_is_that_of_matplotlibs_axes(draw):
    drawings = []
    for more in ({}, {"axes_class": Axes}):
        with style():
            figure = BookFigure(figsize=(4, 3))
            ax = figure.add_subplot(**more)
            draw(ax)
        assert (type(ax) is Axes) == bool(more)
        drawings.append(svg(figure))
    assert drawings[0] == drawings[1]


def test_labels_must_be_as_many_as_ticks():
    ax = BookFigure().subplots()
    with pytest.raises(ValueError, match="number of FixedLocator locations"):
        ax.set_xticks([0, 1], ["a"])


def test_other_axes_can_be_asked_for():
    figure = BookFigure()
    assert figure.add_subplot(121, projection="polar").name == "polar"
    assert type(figure.add_axes((0.6, 0.1, 0.3, 0.8), axes_class=Axes)) is Axes
