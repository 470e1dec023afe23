"""A digit is drawn with the mouse or by keys, and its pass follows at once; training goes on meanwhile."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.app import create_window
from explorer.panels.main_window import MainWindow
from explorer.panels.pictures.canvas import Canvas
from explorer.panels.pictures.canvas_view import CanvasView
from explorer.session import RunStatus, State
from explorer.session.guests import Drawn
from tests.windows import opened

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
SEVEN = ((2.0, 1.5), (5.5, 1.5), (4.5, 4.0), (3.5, 6.5))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with opened(qtbot, "digits") as made:
        made.steps.setFocus()
        made.training.pictures.choose("canvas")
        made.complete()
        yield made


def state_of(window: MainWindow) -> State:
    return window.session.state


def page(window: MainWindow) -> CanvasView:
    view = window.training.pictures.picture("canvas")
    assert isinstance(view, CanvasView)
    return view


def place(canvas: Canvas, x: float, y: float) -> QPoint:
    ground = canvas.ground()
    return QPointF(ground.x() + x / 8 * ground.width(), ground.y() + y / 8 * ground.height()).toPoint()


def draw(window: MainWindow, points: tuple[tuple[float, float], ...] = SEVEN, button: Qt.MouseButton = LEFT) -> None:
    canvas = page(window).canvas
    QTest.mousePress(canvas, button, pos=place(canvas, *points[0]))
    for point in points[1:]:
        QTest.mouseMove(canvas, place(canvas, *point))
    QTest.mouseRelease(canvas, button, pos=place(canvas, *points[-1]))


def test_a_stroke_of_the_mouse_is_in_the_pass_at_once(window: MainWindow) -> None:
    draw(window)
    state = state_of(window)
    assert state.guest == Drawn()
    assert state.drawing is not None
    np.testing.assert_allclose(state.tape.given["x"], state.drawing.pixels.reshape(1, -1) / 16)
    assert state.drawing.pixels.max() == 16
    assert state.tape.given["y"].argmax() == state.tape.value("p").argmax()
    assert window.top.samples.field.text() == "drawn digit"
    assert "drawn digit" in window.network.accessibleName()
    bars = page(window).bars
    assert bars.shares is not None
    np.testing.assert_allclose(bars.shares, state.tape.value("p")[0])


def test_the_mouse_leaves_the_keys_to_the_steps(window: MainWindow, qtbot: QtBot) -> None:
    draw(window)
    assert not page(window).canvas.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert state_of(window).position == 1


def test_the_right_button_erases_and_a_stroke_is_one_undo(window: MainWindow) -> None:
    draw(window)
    drawn = state_of(window).drawing
    assert drawn is not None
    draw(window, SEVEN[:2], RIGHT)
    erased = state_of(window).drawing
    assert erased is not None
    assert erased.ink.sum() < drawn.ink.sum()
    assert len(erased.strokes) == 2
    window.action("undo").trigger()
    assert state_of(window).drawing is drawn
    window.action("undo").trigger()
    empty = state_of(window).drawing
    assert empty is not None
    assert not empty.strokes
    assert not empty.ink.any()
    assert state_of(window).guest == Drawn()
    window.action("redo").trigger()
    assert state_of(window).drawing is drawn
    assert state_of(window).guest == Drawn()


def test_clear_and_fit_can_be_undone(window: MainWindow) -> None:
    draw(window, ((2.0, 2.0), (2.0, 4.0)))
    view = page(window)
    fitted = state_of(window).tape.given["x"].copy()
    view.fit.click()
    assert not np.array_equal(state_of(window).tape.given["x"], fitted)
    view.clear.click()
    assert not state_of(window).tape.given["x"].any()
    assert view.bars.shares is None
    window.action("undo").trigger()
    window.action("undo").trigger()
    assert view.fit.isChecked()
    np.testing.assert_array_equal(state_of(window).tape.given["x"], fitted)


def test_a_click_on_a_bar_says_what_it_is_meant_to_be(window: MainWindow) -> None:
    draw(window)
    bars = page(window).bars
    taken_for = int(state_of(window).tape.value("p").argmax())
    other = (taken_for + 1) % 10
    QTest.mouseClick(bars, LEFT, pos=bars.box(other).center().toPoint())
    assert state_of(window).tape.given["y"].argmax() == other
    assert (bars.target, bars.label) == (other, other)
    assert "as chosen" in window.training.pictures.note.text()
    QTest.mouseClick(bars, LEFT, pos=bars.box(other).center().toPoint())
    assert state_of(window).tape.given["y"].argmax() == taken_for
    assert bars.label is None


def test_by_key_a_digit_is_drawn(window: MainWindow, qtbot: QtBot) -> None:
    window.action("draw_digit").trigger()
    canvas = page(window).canvas
    assert canvas.hasFocus()
    assert state_of(window).guest == Drawn()
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    for _ in range(3):
        qtbot.keyClick(canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    drawing = state_of(window).drawing
    assert drawing is not None
    assert len(drawing.strokes) == 2
    assert drawing.ink[4:20, 17].min() == 1
    assert state_of(window).position == 0
    qtbot.keyClick(canvas, Qt.Key.Key_7)
    assert state_of(window).tape.given["y"].argmax() == 7
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    assert state_of(window).drawing is not drawing
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert not state_of(window).tape.given["x"].any()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert state_of(window).guest is None
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert state_of(window).guest == Drawn()


def test_training_goes_on_while_a_digit_is_drawn(window: MainWindow, qtbot: QtBot) -> None:
    window.action("train").trigger()
    qtbot.waitUntil(lambda: state_of(window).run.step > 0, timeout=5000)
    run = state_of(window).run.id
    draw(window)
    state = state_of(window)
    assert (state.run.status, state.run.id, state.guest) == (RunStatus.RUNNING, run, Drawn())
    tape = state.tape
    qtbot.waitUntil(lambda: state_of(window).tape is not tape, timeout=5000)
    state = state_of(window)
    assert state.drawing is not None
    np.testing.assert_allclose(state.tape.given["x"], state.drawing.inputs(state.subject))
    np.testing.assert_allclose(state.tape.value("p"), state.network.predict_proba(state.tape.given["x"]), atol=1e-12)
    window.action("train").trigger()


def test_where_samples_are_no_images_a_notice_says_so(qtbot: QtBot) -> None:
    window = create_window("moons")
    qtbot.addWidget(window)
    window.action("draw_digit").trigger()
    notice = state_of(window).notice
    assert notice is not None
    assert "images of classes" in notice.text
    window.close()


def test_p_draws_where_there_are_no_points_to_draw(window: MainWindow) -> None:
    window.training.pictures.choose("confusion")
    window.action("draw_points").trigger()
    assert window.training.pictures.key == "canvas"
    assert not window.action("draw_points").isChecked()


@pytest.mark.parametrize("workspace", ["workspace_explore", "workspace_train"])
def test_the_canvas_stays_as_it_is_at_the_first_stroke(workspace: str, window: MainWindow) -> None:
    window.resize(1280, 800)
    window.action(workspace).trigger()
    window.complete()
    before = page(window).canvas.ground()
    draw(window)
    window.complete()
    assert state_of(window).drawing is not None
    assert page(window).canvas.ground() == before
