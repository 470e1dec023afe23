"""The list of runs: what it shows and says of each, and what mouse and keys ask for."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from explorer.panels.actions import make_actions
from explorer.panels.runs.lines import lines_of
from explorer.panels.runs.runs_model import HEADS, Column, RunsModel
from explorer.panels.runs.runs_table_view import ROW
from explorer.panels.runs.runs_view import RunsView
from explorer.panels.theme import DARK, LIGHT, RUN_COLOURS, SMALL, number_font
from explorer.session import Session
from explorer.session.runs import COLOURS, LONGEST_NAME
from explorer.session.runs_commands import AskedFor, DeleteRuns, RecolourRun, RenameRun
from explorer.session.runs_comparing import lane_of
from tests.panels.runs.running import session_of, train, with_runs

Key, Role = Qt.Key, Qt.ItemDataRole


def shown(qtbot: QtBot, session: Session, width: int = 340) -> RunsView:
    view = RunsView()
    qtbot.addWidget(view)
    view.set_palette(LIGHT)
    view.show_lines(lines_of(session.state, session.shown_run(), ()), "words", None)
    view.resize(width, 200)
    view.show()
    view.commanded.connect(session.do)
    view.visible_chosen.connect(lambda run_id, visible: session.show_curves(run_id, visible=visible))
    session.subscribe(lambda _old, new: view.show_lines(lines_of(new, session.shown_run(), ()), "words", None))
    return view


def texts(view: RunsView, row: int) -> list[str | None]:
    return [view.model.index(row, column).data(Role.DisplayRole) for column in Column]


def place(view: RunsView, index: QModelIndex) -> QPoint:
    return view.table.visualRect(index).center()


def test_each_line_tells_a_run(qtbot: QtBot, look: QApplication) -> None:
    session = with_runs("first", "second")
    view = shown(qtbot, session)
    assert texts(view, 0)[Column.NAME :] == ["first", "0.500", "0.750", "5"]
    assert texts(view, 1)[Column.NAME :] == ["second", "0.500", "0.750", "10"]
    name = view.model.index(1, Column.NAME)
    assert name.data(Role.AccessibleTextRole) == "second, shown, curves drawn, loss 0.500, acc. 0.750, steps 10"
    assert name.data(Role.FontRole).bold() or name.data(Role.FontRole).weight() > 500
    assert "Two moons: 2-4-2 tanh · SGD 0.1 · batch 16 · seed 0" in name.data(Role.ToolTipRole)
    assert view.model.index(0, Column.COLOUR).data(Role.AccessibleTextRole) == RUN_COLOURS[0]
    heads = [view.model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert tuple(heads) == HEADS
    view.hide()


def test_there_are_as_many_colours_as_runs_are_told_apart_by() -> None:
    for palette in (LIGHT, DARK):
        assert len(set(palette.runs)) == len(RUN_COLOURS) == COLOURS


def test_the_model_keeps_qts_rules(qtbot: QtBot, look: QApplication) -> None:
    session, model = with_runs("a", "b"), RunsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_lines(lines_of(session.state, None, ()))
    session.do(RenameRun(1, "c"))
    model.show_lines(lines_of(session.state, None, ()))
    session.do(DeleteRuns((1,)))
    model.show_lines(lines_of(session.state, None, (lane_of(session.state, "adam", 0.01),)))
    assert tester.model() is model
    assert model.rowCount() == 2
    assert not model.flags(model.index(0, Column.NAME)) & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(model.index(0, Column.NAME), "x")


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


@pytest.mark.parametrize("width", [340, 700])
def test_steps_are_never_cut_short(qtbot: QtBot, look: QApplication, width: int) -> None:
    session = with_runs("first")
    view = shown(qtbot, session, width)
    narrow = view.table.columnWidth(Column.STEPS)
    long = [replace(line, steps="10,000,000") for line in lines_of(session.state, None, ())]
    view.show_lines(long, "words", None)
    wide = view.table.columnWidth(Column.STEPS)
    assert wide >= QFontMetrics(number_font(SMALL)).horizontalAdvance("10,000,000") + 14 > narrow
    view.hide()


def test_what_is_being_compared_is_in_view(qtbot: QtBot, look: QApplication) -> None:
    session = with_runs(*"abcdefgh")
    view, window = shown(qtbot, session), QMainWindow()
    qtbot.addWidget(window)
    view.carry(make_actions(window))
    view.resize(340, 145)
    lanes = [lane_of(session.state, name, 0.01) for name in ("sgd", "momentum", "rmsprop", "adam")]
    QApplication.processEvents()
    view.table.clearFocus()
    view.table.clearSelection()
    view.table.scrollToBottom()
    assert view.table.rowAt(0) > 0
    before = view.table.height()
    view.show_lines(lines_of(session.state, None, lanes), "words", 0.2)
    QApplication.processEvents()
    assert [line.name for line in view.model.lines[:4]] == [lane.name for lane in lanes]
    assert view.table.rowAt(0) == 0
    assert view.table.viewport().height() > 2 * ROW
    assert view.table.height() >= before - 12
    buttons = [button.text() for button in view.findChildren(QToolButton) if button.isVisible()]
    assert buttons == ["Keep", "Side by side", "Stop comparing"]
    view.show_lines(lines_of(session.state, None, ()), "words", None)
    buttons = [button.text() for button in view.findChildren(QToolButton) if button.isVisible()]
    assert buttons == ["Keep", "Side by side", "Optimisers"]
    view.hide()


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
    assert told == [1, AskedFor(1), 1, DeleteRuns((1, 2))]
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


def test_no_run_says_how_to_keep_one(qtbot: QtBot, look: QApplication) -> None:
    session = session_of()
    view = shown(qtbot, session)
    assert not view.table.isVisible()
    assert "Ctrl+K" in view.empty.text()
    train(session)
    session.keep_run()
    assert view.table.isVisible()
    assert not view.empty.isVisible()
    view.hide()


def test_a_narrow_list_leaves_columns_out(qtbot: QtBot, look: QApplication) -> None:
    view = shown(qtbot, with_runs("first"), 220)
    hidden = {column for column in Column if view.table.isColumnHidden(column)}
    assert hidden == {Column.ACCURACY, Column.STEPS}
    view.resize(400, 200)
    assert not any(view.table.isColumnHidden(column) for column in Column)
    view.hide()


def test_tab_leaves_the_list_and_every_button_has_a_name(qtbot: QtBot, look: QApplication) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions: dict[str, QAction] = make_actions(window)
    view = shown(qtbot, with_runs("first"))
    view.carry(actions)
    buttons = view.findChildren(QToolButton)
    assert [button.text() for button in buttons] == ["Keep", "Side by side", "Optimisers", "Stop comparing"]
    assert all(button.accessibleName() and button.toolTip() for button in buttons)
    assert all(button.focusPolicy() is Qt.FocusPolicy.TabFocus for button in buttons)
    assert not view.table.tabKeyNavigation()
    view.hide()


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_chosen_line_keeps_its_colour(qtbot: QtBot, look: QApplication, palette: object) -> None:
    view = shown(qtbot, with_runs("first"))
    view.set_palette(DARK if palette is DARK else LIGHT)
    view.table.choose((1,))
    image = view.table.viewport().grab().toImage()
    colours = {image.pixelColor(x, place(view, view.model.index(0, Column.COLOUR)).y()).name() for x in range(60)}
    assert (DARK if palette is DARK else LIGHT).runs[0].lower() in colours
    view.hide()


def test_a_recoloured_run_is_painted_anew(qtbot: QtBot, look: QApplication) -> None:
    session = with_runs("first")
    view = shown(qtbot, session)
    before = view.table.grab().toImage()
    session.do(RecolourRun(1, 4))
    assert view.table.grab().toImage() != before
    view.hide()
