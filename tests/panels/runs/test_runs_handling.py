"""The list of runs by mouse and by key: names are typed, curves drawn, runs shown again and deleted."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from explorer.panels.runs.lines import lines_of
from explorer.panels.runs.runs_model import Column, RunsModel
from explorer.panels.theme import RUN_COLOURS
from explorer.session.runs import LONGEST_NAME
from explorer.session.runs_commands import AskedFor, DeleteRuns
from tests.panels.runs.listed import Key, Role, place, shown
from tests.panels.runs.running import train, with_runs


def test_a_name_is_typed_in_place(qtbot: QtBot, look: QApplication) -> None:
    session = with_runs("first", "second")
    view = shown(qtbot, session)
    view.table.setFocus()
    view.table.choose((2,))
    QTest.keyClick(view.table, Key.Key_F2)
    editor = view.table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "second"
    editor.setText("better")
    QTest.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: [run.name for run in session.state.runs] == ["first", "better"])
    assert view.table.chosen() == (2,)
    view.hide()


def test_f2_renames_wherever_in_the_line_the_keys_are(qtbot: QtBot, look: QApplication) -> None:
    view = shown(qtbot, with_runs("first", "second"))
    view.activateWindow()
    view.table.setFocus()
    qtbot.waitUntil(view.table.hasFocus)
    assert view.table.chosen() == (1,)
    for column in Column:
        view.table.setCurrentIndex(view.model.index(1, column))
        view.table.clearSelection()
        QTest.keyClick(view.table, Key.Key_F2)
        editor = view.table.findChild(QLineEdit)
        assert isinstance(editor, QLineEdit)
        assert editor.text() == "second"
        QTest.keyClick(editor, Key.Key_Escape)
        qtbot.waitUntil(lambda: view.table.findChild(QLineEdit) is None)
    view.hide()


def test_what_is_typed_in_the_list_runs_no_shortcut(qtbot: QtBot, look: QApplication) -> None:
    window, ran = QMainWindow(), []
    qtbot.addWidget(window)
    view = shown(qtbot, with_runs("first", "second"))
    window.setCentralWidget(view)
    for keys in ("S", "Right", "End", "Space", "Ctrl+S"):
        action = QAction(keys, window)
        action.setShortcut(keys)
        action.triggered.connect(lambda _=False, keys=keys: ran.append(keys))
        window.addAction(action)
    window.show()
    window.activateWindow()
    view.table.setFocus()
    qtbot.waitUntil(view.table.hasFocus)
    view.table.setCurrentIndex(view.model.index(0, Column.VISIBLE))
    for key in (Key.Key_S, Key.Key_Right, Key.Key_End, Key.Key_Space):
        QTest.keyClick(view.table, key)
    assert ran == []
    assert view.table.chosen() == (2,)
    view.table.setCurrentIndex(view.model.index(0, Column.NAME))
    QTest.keyClick(view.table, Key.Key_X)
    assert view.table.findChild(QLineEdit) is None
    QTest.keyClick(view.table, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert ran == ["Ctrl+S"]
    assert window.takeCentralWidget() is view
    window.close()


def test_a_name_that_is_typed_is_no_longer_than_names_may_be(qtbot: QtBot, look: QApplication) -> None:
    session = with_runs("first", "second")
    view = shown(qtbot, session)
    view.table.rename(1)
    field = view.table.viewport().findChild(QLineEdit)
    assert field is not None
    field.clear()
    QTest.keyClicks(field, "x" * 55)
    assert field.text() == "x" * LONGEST_NAME
    QTest.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: session.state.runs[0].name == "x" * LONGEST_NAME)
    view.hide()


@pytest.mark.parametrize(("typed", "name"), [("  second ", "second (2)"), (" ", "first"), ("a  b", "a b")])
def test_what_is_typed_as_a_name_is_not_lost(look: QApplication, typed: str, name: str) -> None:
    session, model = with_runs("first", "second"), RunsModel()
    model.show_lines(lines_of(session.state, None, ()))
    model.commanded.connect(session.do)
    model.setData(model.index(0, Column.NAME), typed)
    assert session.state.runs[0].name == name


def test_keys_tick_show_and_delete(qtbot: QtBot, look: QApplication) -> None:
    session = with_runs("first", "second", "third")
    view = shown(qtbot, session)
    wanted: list[int] = []
    view.run_wanted.connect(wanted.append)
    view.table.choose((2, 3))
    QTest.keyClick(view.table, Key.Key_Space)
    assert session.state.hidden_runs == frozenset({2, 3})
    assert view.model.index(1, Column.VISIBLE).data(Role.CheckStateRole) == Qt.CheckState.Unchecked
    QTest.keyClick(view.table, Key.Key_Space)
    assert session.state.hidden_runs == frozenset()
    view.table.choose((1,))
    QTest.keyClick(view.table, Key.Key_Return)
    assert wanted == [1]
    view.table.choose((1, 3))
    QTest.keyClick(view.table, Key.Key_Delete)
    assert [run.name for run in session.state.runs] == ["second"]
    session.undo()
    assert [run.name for run in session.state.runs] == ["first", "second", "third"]
    view.hide()


def test_a_click_on_the_tick_draws_the_curves_or_not(qtbot: QtBot, look: QApplication) -> None:
    session = with_runs("first")
    view = shown(qtbot, session)
    index = view.model.index(0, Column.VISIBLE)
    left = view.table.visualRect(index).left() + 12
    QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left, place(view, index).y()))
    assert session.state.hidden_runs == frozenset({1})
    view.hide()


def test_a_click_on_the_colour_offers_others(qtbot: QtBot, look: QApplication) -> None:
    session = with_runs("first")
    view = shown(qtbot, session)
    asked: list[int] = []
    view.table.colour_wanted.connect(lambda run_id, _place: asked.append(run_id))
    view.table.colour_wanted.disconnect(view._offer_colours)
    index = view.model.index(0, Column.COLOUR)
    QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place(view, index))
    assert asked == [1]
    menu = view.colours(1, view)
    assert [action.text().lower() for action in menu.actions()] == list(RUN_COLOURS)
    menu.actions()[5].trigger()
    assert session.state.runs[0].colour == 5
    view.hide()


def test_the_menu_offers_all(qtbot: QtBot, look: QApplication) -> None:
    session = with_runs("first", "second")
    view = shown(qtbot, session)
    told: list[object] = []
    view.commanded.disconnect(session.do)
    view.commanded.connect(told.append)
    view.run_wanted.connect(told.append)
    view.export_wanted.connect(told.append)
    view.table.choose((1, 2))
    for action in view.menu(1).actions():
        if action.text() and action.menu() is None and not action.text().startswith("Rename"):
            action.trigger()
    assert told == [1, 1, DeleteRuns((1, 2))]
    view.hide()


def test_only_a_run_that_nobody_asked_for_can_be_kept_for_good(qtbot: QtBot, look: QApplication) -> None:
    session = with_runs("asked for")
    train(session)
    session.reset()
    view, told = shown(qtbot, session), list[object]()
    view.commanded.disconnect(session.do)
    view.commanded.connect(told.append)
    for run in session.state.runs:
        for action in view.menu(run.id).actions():
            if action.text() == "Keep for good":
                action.trigger()
    assert told == [AskedFor(run.id) for run in session.state.runs if run.quiet] != []
    view.hide()


def test_the_menu_key_opens_the_menu_of_the_current_line(qtbot: QtBot, look: QApplication) -> None:
    view = shown(qtbot, with_runs("first", "second"))
    asked: list[int] = []
    view.table.menu_wanted.disconnect(view._offer_all)
    view.table.menu_wanted.connect(lambda run_id, _place: asked.append(run_id))
    view.table.choose((2,))
    by_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(view.table.viewport(), by_key)
    assert asked == [2]
    view.hide()
