"""The parts of a page by themselves: bars, matrices, curves, sliders, words; by mouse and by key."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.graph.typeset import Typesetter
from explorer.lessons.bench import Traced
from explorer.lessons.lesson import Bars, Curve, Display, Experiment, Grid, Line, Note, Prose, Slider
from explorer.lessons.shelf import lessons
from explorer.panels.lessons.bars_view import BarsView
from explorer.panels.lessons.bench_view import BenchView, told
from explorer.panels.lessons.curve_view import TICKS, CurveView, decades
from explorer.panels.lessons.grid_view import GridView
from explorer.panels.lessons.prose import ProseLabel, marked_up, plain
from explorer.panels.step.formula_label import broken
from explorer.panels.theme import DARK, LIGHT

pytestmark = pytest.mark.usefixtures("look")
NAN = float("nan")


def shown(qtbot: QtBot, widget: QWidget, width: int = 360) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, widget.sizeHint().height())
    widget.show()
    return widget


# Words


def test_marks_become_html_and_nothing_else_does() -> None:
    html = marked_up("**a** *b* `c < d` x^2^ W1ᵀ & <b>", LIGHT)
    assert "<b>a</b>" in html
    assert "<i>b</i>" in html
    assert "c&nbsp;&lt;&nbsp;d" in html
    assert ">2</span>" in html
    assert ">T</span>" in html
    assert "&amp; &lt;b&gt;" in html


def test_a_link_keeps_its_target_and_its_code() -> None:
    html = marked_up("[`dJ/dz1` here](step:dJ/dz1)", LIGHT)
    assert 'href="step:dJ/dz1"' in html
    assert LIGHT.accent in html


def test_words_without_marks_are_read_aloud() -> None:
    assert plain("**a** [b](step:z1) `c` e^2^") == "a b c e to the 2"


def test_a_link_is_followed(qtbot: QtBot) -> None:
    label = ProseLabel(Prose(("Go [here](step:z1), or [there](problem:xor).",)))
    qtbot.addWidget(label)
    spy = QSignalSpy(label.followed)
    label.linkActivated.emit("problem:xor")
    label.linkActivated.emit("problem:nowhere")
    assert [spy.at(k)[0].target for k in range(spy.count())] == ["xor"]
    label.linkHovered.emit("step:z1")
    assert "Go to a step" in label.toolTip()


def test_words_without_links_take_no_keys(qtbot: QtBot) -> None:
    label = ProseLabel(Prose(("Nothing to follow.",)))
    qtbot.addWidget(label)
    assert label.focusPolicy() is Qt.FocusPolicy.NoFocus


# Bars


def test_bars_begin_at_zero_and_end_at_the_scale(qtbot: QtBot) -> None:
    view = BarsView(Bars("b", "", least=-1, most=1))
    shown(qtbot, view)
    view.show_values(np.array([-1.0, 0.0, 1.0]))
    left, zero, right = (view.place(value) for value in (-1.0, 0.0, 1.0))
    assert left < zero < right
    assert zero == pytest.approx((left + right) / 2)
    assert view.accessibleDescription() == "1 −1.0000, 2 0.0000, 3 1.0000"


@pytest.mark.parametrize("scale", [(-1.0, 1.0), (0.0, 1.0), (-0.25, 0.5), (0.0, 0.0)])
def test_twice_as_much_is_twice_as_long_also_past_the_ends_of_the_scale(
    qtbot: QtBot, scale: tuple[float, float]
) -> None:
    view = BarsView(Bars("b", "", least=scale[0], most=scale[1]))
    shown(qtbot, view)
    view.show_values(np.array([-2.0, -1.0, 3.0, np.inf]))
    two, one, zero, three = (view.place(value) for value in (-2.0, -1.0, 0.0, 3.0))
    assert zero - two == pytest.approx(2 * (zero - one))
    assert three - zero == pytest.approx(3 * (zero - one))


def test_bars_of_one_scale_are_compared_by_their_lengths(qtbot: QtBot) -> None:
    both = Bars("a", "[-x, 1]", least=-1, most=1), Bars("b", "[-1, 1]", least=-1, most=1)
    view = BenchView(Experiment((Slider("x", 1, 3, start=2),), bars=both), Typesetter())
    shown(qtbot, view)
    far, near = view.bars
    assert far.place(1.0) == near.place(1.0)
    assert near.place(0.0) - far.place(-2.0) == pytest.approx(2 * (near.place(0.0) - near.place(-1.0)))


def test_a_scale_of_nothing_is_that_of_the_largest(qtbot: QtBot) -> None:
    view = BarsView(Bars("b", "", most=0))
    shown(qtbot, view)
    view.show_values(np.array([2.0, 8.0, NAN]))
    assert view.place(8.0) > view.place(2.0)
    assert view.place(8.0) == view.place(9.0)


@pytest.mark.parametrize("values", [[NAN, 1.0], [np.inf, -np.inf], [], [0.0, 0.0]])
@pytest.mark.parametrize("most", [0.0, 1.0])
def test_bars_of_what_is_no_number_are_painted(qtbot: QtBot, values: list[float], most: float) -> None:
    view = BarsView(Bars("b", "", most=most))
    view.show_values(np.array(values))
    shown(qtbot, view)
    assert not view.grab().isNull()


# Matrices


def test_a_cell_is_chosen_by_a_click_and_by_keys(qtbot: QtBot) -> None:
    view = GridView(Grid("g", "", picks=("k", "l")))
    view.show_values(np.arange(6.0).reshape(2, 3), (0, 0))
    shown(qtbot, view)
    spy = QSignalSpy(view.chosen)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.box((1, 2)).center().toPoint())
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(view, key)
    assert [tuple(spy.at(k)) for k in range(spy.count())] == [(1, 2), (0, 1), (1, 0)]


def test_the_arrow_keys_go_on_from_a_clicked_cell(qtbot: QtBot) -> None:
    view = GridView(Grid("g", "", picks=("k", "l")))
    view.show_values(np.arange(6.0).reshape(2, 3), (0, 0))
    shown(qtbot, view)
    view.window().activateWindow()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.box((1, 2)).center().toPoint())
    qtbot.waitUntil(view.hasFocus)


def test_a_matrix_of_no_sliders_takes_no_clicks(qtbot: QtBot) -> None:
    view = GridView(Grid("g", ""))
    view.show_values(np.eye(2), None)
    shown(qtbot, view)
    spy = QSignalSpy(view.chosen)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(20, 40))
    assert not spy.count()
    assert view.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert view.accessibleDescription() == "1.0000, 0.0000; 0.0000, 1.0000"


@pytest.mark.parametrize("values", [[[NAN, 1.0]], [[np.inf]], [[0.0]], [[1e-12, -1e12]]])
def test_any_matrix_is_painted(qtbot: QtBot, values: list[list[float]]) -> None:
    view = GridView(Grid("g", ""))
    view.show_values(np.array(values), None)
    shown(qtbot, view, 160)
    assert not view.grab().isNull()


# Curves


@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize("line", [[1.0, 2.0, 4.0], [0.0, 0.0, 0.0], [NAN, 1.0, np.inf], [NAN, NAN, NAN]])
def test_any_curve_is_painted(qtbot: QtBot, line: list[float], *, logarithmic: bool) -> None:
    view = CurveView(Curve("c", "x", -2, 0, {}, logarithmic=logarithmic))
    view.show_values(Traced(np.array([0.01, 0.1, 1.0]), {"y": np.array(line)}, (0.1, 2.0), 3.0))
    shown(qtbot, view)
    assert not view.grab().isNull()
    assert "slope 3.0000" in view.accessibleDescription()


@pytest.mark.parametrize(("low", "high"), [(-16.5, -2.2), (-1.0, 0.0), (3.0, 3.0), (-7.2, 5.9)])
def test_lines_of_a_logarithmic_axis_are_powers_of_ten(low: float, high: float) -> None:
    bottom, top = decades(low, high)
    assert bottom <= low
    assert top >= high
    assert (top - bottom) % TICKS == 0


@pytest.mark.parametrize(
    ("value", "words"), [(10.0, "10"), (0.0, "0"), (100.0, "100"), (3.25, "3.25"), (-8.0, "−8"), (1e-3, "0.001")]
)
def test_a_number_beside_an_axis_keeps_its_zeros(value: float, words: str) -> None:
    assert CurveView(Curve("c", "x", 0, 10, {})).number(value) == words


# Formulas


def test_formulas_that_stand_beside_each_other_get_lines_of_their_own() -> None:
    displays = [part.latex for each in lessons() for part in each.parts if isinstance(part, Display)]
    forward = next(latex for latex in displays if latex.startswith("z_1 = x W_1"))
    assert broken(forward) == (
        "z_1 = x W_1 + b_1",
        r"h_1 = \sigma(z_1)",
        "z_2 = h_1 W_2 + b_2",
        r"p = \mathrm{softmax}(z_2)",
    )
    assert not [line for latex in displays for line in broken(latex) if "quad" in line]


# Experiments


def bench(qtbot: QtBot) -> BenchView:
    experiment = Experiment(
        slider=(Slider("x", -1, 1, 0), Slider("k", 1, 2, 1, 1), Slider("l", 1, 2, 1, 1), Slider("on", 0, 1, 0, 1)),
        let={"m": "[[x, 2], [3, 4]]"},
        bars=(Bars("b", "[x, x]"), Bars("c", "[x]", below=True)),
        grid=(Grid("g", "m", ("k", "l")),),
        line=(Line("m_{kl}", "m[k - 1, l - 1] + on"),),
        note=(Note("on", "Switched on."),),
    )
    view = BenchView(experiment, Typesetter())
    shown(qtbot, view)
    return view


def test_sliders_move_what_is_shown(qtbot: QtBot) -> None:
    view = bench(qtbot)
    qtbot.keyClick(view.sliders["x"], Qt.Key.Key_Right)
    assert view.places["x"] == 0.1
    np.testing.assert_allclose(view.bars[0].values, [0.1, 0.1])
    assert view.lines.numbers[0].text() == "0.1"
    view.set_place("x", -1)
    assert view.lines.numbers[0].text() == "−1"


def test_a_switch_switches_and_a_note_tells(qtbot: QtBot) -> None:
    view = bench(qtbot)
    assert not view.note.isVisible()
    qtbot.keyClick(view.switches["on"], Qt.Key.Key_Space)
    assert view.note.isVisible()
    assert view.note.text() == "Switched on."
    assert view.lines.numbers[0].text() == "1"


def test_a_chosen_cell_moves_its_sliders_and_they_move_it(qtbot: QtBot) -> None:
    view = bench(qtbot)
    qtbot.keyClick(view.grids[0], Qt.Key.Key_Down)
    assert (view.sliders["k"].value(), view.places["k"], view.grids[0].cell) == (2, 2.0, (1, 0))
    assert view.lines.numbers[0].text() == "3"
    view.set_place("l", 2)
    assert view.grids[0].cell == (1, 1)
    assert view.lines.numbers[0].text() == "4"


def test_an_experiment_takes_both_looks(qtbot: QtBot) -> None:
    view = bench(qtbot)
    pictures = []
    for palette in (LIGHT, DARK):
        view.set_palette(palette)
        pictures.append(view.grab().toImage())
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize(
    ("step", "value", "text"), [(0.1, -0.5, "−0.5"), (1, 3.0, "3"), (0.01, 0.9, "0.90"), (0.5, 2.0, "2.0")]
)
def test_a_slider_s_number_has_the_decimals_it_moves_by(step: float, value: float, text: str) -> None:
    assert told(Slider("x", 0, 1, 0, step), value) == text
