"""The list of runs: what it tells of each, at every width and in both looks."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from explorer.panels.actions import make_actions
from explorer.panels.runs.lines import ROOM, Line, lines_of, number
from explorer.panels.runs.runs_model import HEADS, Column, RunsModel
from explorer.panels.runs.runs_table_view import ROW
from explorer.panels.theme import DARK, LIGHT, RUN_COLOURS, SMALL, number_font
from explorer.session.runs import COLOURS
from explorer.session.runs_commands import DeleteRuns, RecolourRun, RenameRun
from explorer.session.runs_comparing import lane_of
from tests.panels.runs.listed import Role, place, shown, texts
from tests.panels.runs.running import session_of, train, with_runs


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
    assert tuple(heads) == tuple("test loss" if head == "loss" else head for head in HEADS)
    view.hide()


def test_runs_that_may_give_way_are_written_in_italics_and_said_to_be_kept_by_themselves(
    qtbot: QtBot, look: QApplication
) -> None:
    session = with_runs("mine")
    train(session)
    session.reset()
    view = shown(qtbot, session)
    asked, quiet = (view.model.index(row, Column.NAME) for row in (0, 1))
    assert (asked.data(Role.FontRole).italic(), quiet.data(Role.FontRole).italic()) == (False, True)
    assert "kept by itself" in quiet.data(Role.AccessibleTextRole)
    assert "unless longest" in quiet.data(Role.ToolTipRole)
    view.hide()


def test_exponents_and_rates_which_tell_runs_apart_are_never_cut(qtbot: QtBot, look: QApplication) -> None:
    view = shown(qtbot, with_runs("first"), 320)
    steps = ("594", "1,234,567")
    names = ("Momentum 0.02", "Momentum 0.002")
    view.show_lines(
        tuple(Line(k, names[k], k, True, False, "2.34e−11", "1.000", steps[k], "", "test") for k in (0, 1)), "", None
    )
    metrics = QFontMetrics(number_font(SMALL))
    for column, text in ((Column.LOSS, "2.34e−11"), (Column.STEPS, "1,234,567")):
        assert view.table.columnWidth(column) >= metrics.horizontalAdvance(text) + 10
    assert view.table.textElideMode() is Qt.TextElideMode.ElideMiddle
    assert len(number(2.3456e-111)) <= ROOM
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
