"""The list of runs on the screen, for tests that read it and that use it."""

from PySide6.QtCore import QModelIndex, QPoint, Qt
from pytestqt.qtbot import QtBot

from explorer.panels.runs.lines import lines_of
from explorer.panels.runs.runs_model import Column
from explorer.panels.runs.runs_view import RunsView
from explorer.panels.theme import LIGHT
from explorer.session import Session

Key = Qt.Key
Role = Qt.ItemDataRole


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
