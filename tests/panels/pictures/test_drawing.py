"""Drawing into the picture of a plane: strokes of the mouse and keys become samples, in the class that is chosen."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.pictures.drawing_view import DrawingView
from explorer.panels.pictures.pictures_panel import PicturesPanel
from explorer.panels.pictures.plane import place_of
from explorer.panels.theme import LIGHT
from explorer.session import Session
from explorer.session.opening import open_named

Key, Button = Qt.Key, Qt.MouseButton


@pytest.fixture
def session(request: pytest.FixtureRequest) -> Session:
    return Session(*open_named(getattr(request, "param", "drawn-2")))


@pytest.fixture
def panel(session: Session, qtbot: QtBot, look: QApplication) -> Iterator[PicturesPanel]:
    made = PicturesPanel(session)
    qtbot.addWidget(made)
    made.set_palette(LIGHT)
    unsubscribe = session.subscribe(made.show_state)
    made.resize(420, 400)
    made.show()
    qtbot.waitExposed(made)
    view_of(made).draw.setChecked(True)
    qtbot.waitUntil(lambda: not made.slow.is_working())
    yield made
    unsubscribe()
    made.hide()


def view_of(panel: PicturesPanel) -> DrawingView:
    view = panel.picture("regions")
    assert isinstance(view, DrawingView)
    return view


def at(panel: PicturesPanel, x: float, y: float) -> QPoint:
    view = view_of(panel)
    assert view.found is not None
    return place_of(x, y, view.found.frame, view.ground()).toPoint()


def samples(session: Session) -> list[list[float]]:
    X: list[list[float]] = session.state.subject.problem.X.tolist()
    return X


def labels(session: Session) -> list[int]:
    found = session.state.subject.problem.labels
    assert found is not None
    return [int(label) for label in found]


def test_a_click_draws_a_point_where_it_is(panel: PicturesPanel, session: Session) -> None:
    QTest.mouseClick(view_of(panel), Button.LeftButton, pos=at(panel, 0.5, -1.5))
    assert samples(session)[-1] == pytest.approx([0.5, -1.5], abs=0.02)
    assert labels(session) == [0, 1, 0]
    assert session.undo_text == "1 point drawn: first"


def test_a_drag_sprays_points_of_the_chosen_class_as_one_change(
    panel: PicturesPanel, session: Session, qtbot: QtBot
) -> None:
    view = view_of(panel)
    view.bar.chips[1].click()
    QTest.mousePress(view, Button.LeftButton, pos=at(panel, -1.5, 1.0))
    for step in range(1, 11):
        QTest.mouseMove(view, at(panel, -1.5 + 0.2 * step, 1.0))
    assert len(view.brush.waiting) >= 2
    qtbot.waitUntil(lambda: not view.brush.waiting)
    QTest.mouseRelease(view, Button.LeftButton, pos=at(panel, 0.5, 1.0))
    drawn = labels(session)[2:]
    assert len(drawn) >= 5
    assert set(drawn) == {1}
    assert session.undo_text == f"{len(drawn)} points drawn: second"
    session.undo()
    assert labels(session) == [0, 1]


def test_the_right_button_and_the_eraser_take_the_nearest_away(panel: PicturesPanel, session: Session) -> None:
    view = view_of(panel)
    QTest.mouseClick(view, Button.LeftButton, pos=at(panel, 0.5, -1.5))
    QTest.mouseClick(view, Button.RightButton, pos=at(panel, 1.0, 0.0) + QPoint(3, 3))
    assert labels(session) == [0, 0]
    view.bar.eraser.click()
    QTest.mouseClick(view, Button.LeftButton, pos=at(panel, -1.0, 0.0))
    QTest.mouseClick(view, Button.LeftButton, pos=at(panel, 1.5, 1.5))
    assert len(samples(session)) == 1
    assert samples(session)[0] == pytest.approx([0.5, -1.5], abs=0.02)
    QTest.mouseClick(view, Button.RightButton, pos=at(panel, 0.5, -1.5))
    assert session.state.notice is not None
    assert "the last sample stays" in session.state.notice.text


def test_keys_point_draw_choose_and_erase(panel: PicturesPanel, session: Session) -> None:
    view = view_of(panel)
    view.setFocus()
    for key in (Key.Key_2, Key.Key_Up, Key.Key_Right, Key.Key_Right, Key.Key_Space):
        QTest.keyClick(view, key)
    (x, y), frame = samples(session)[-1], view.found.frame if view.found is not None else None
    assert frame is not None
    assert (x, y) == pytest.approx((2 * (frame.right - frame.left) / 40, 0.0), abs=1e-9)
    assert labels(session) == [0, 1, 1]
    QTest.keyClick(view, Key.Key_Backspace)
    assert labels(session) == [0, 1]
    QTest.keyClick(view, Key.Key_Return)
    QTest.keyClick(view, Key.Key_Delete)
    assert labels(session) == [0, 1]
    QTest.keyClick(view, Key.Key_Return)
    QTest.keyClick(view, Key.Key_0)
    QTest.keyClick(view, Key.Key_Return)
    assert labels(session) == [0, 1]
    assert view.bar.eraser.isChecked()


def test_the_plane_stays_while_points_are_drawn_at_its_edge(
    panel: PicturesPanel, session: Session, qtbot: QtBot
) -> None:
    view = view_of(panel)
    assert view.found is not None
    frame = view.found.frame
    QTest.mouseClick(view, Button.LeftButton, pos=at(panel, 2.4, 2.4))
    qtbot.waitUntil(lambda: not panel.slow.is_working())
    assert view.found.frame == frame
    assert samples(session)[-1] == pytest.approx([2.4, 2.4], abs=0.03)


@pytest.mark.parametrize("session", ["drawn-curve", "sine"], indirect=True)
def test_a_point_of_a_curve_is_an_input_and_a_target(panel: PicturesPanel, session: Session) -> None:
    QTest.mouseClick(view_of(panel), Button.LeftButton, pos=at(panel, 0.5, -0.75))
    problem = session.state.subject.problem
    assert (problem.X[-1, 0], problem.Y[-1, 0]) == pytest.approx((0.5, -0.75), abs=0.03)


def test_nothing_is_drawn_unless_it_is_asked_for(panel: PicturesPanel, session: Session) -> None:
    view = view_of(panel)
    view.draw.setChecked(False)
    QTest.mouseClick(view, Button.LeftButton, pos=at(panel, 0.5, 0.5))
    assert len(samples(session)) == 2
    assert view.bar.isHidden()


@pytest.mark.parametrize("session", ["net-s"], indirect=True)
def test_classes_of_a_problem_are_drawn_into_too(panel: PicturesPanel, session: Session) -> None:
    QTest.mouseClick(view_of(panel), Button.LeftButton, pos=view_of(panel).ground().center().toPoint())
    assert session.state.samples == 2


def test_while_points_are_drawn_the_caption_takes_one_line(panel: PicturesPanel, qtbot: QtBot) -> None:
    panel.resize(335, 180)
    assert panel.note.fontMetrics().horizontalAdvance(panel.note.text()) <= panel.width()
    assert "erases" in panel.note.text()
    assert "Backspace" in view_of(panel).draw.toolTip()
