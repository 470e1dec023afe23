"""How a page writes what is beside it, and what it says where the window shows something else."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.lessons.lesson import Link
from explorer.panels.main_window import MainWindow
from tests.learning import page, panel

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_what_one_page_writes_means_nothing_to_the_next(window: MainWindow) -> None:
    page(window, 7)
    window.learn.follow(Link("", "notation", "column"))
    window.action("numerator_layout").trigger()
    window.action("next_lesson").trigger()
    assert written(window) == ("row", "denominator")


@pytest.mark.parametrize("leave", ["workspace_explore", "workspace_train"])
def test_the_notation_of_before_comes_back_on_leaving(window: MainWindow, leave: str) -> None:
    session = window.session
    session.write_in("column")
    session.lay_out("numerator")
    page(window, 8)
    assert written(window) == ("row", "denominator")
    window.learn.follow(Link("", "notation", "write-up-004"))
    window.action(leave).trigger()
    assert written(window) == ("column", "numerator")
    session.write_in("delta")
    window.action("workspace_learn").trigger()
    assert written(window) == ("row", "denominator")
    window.action("workspace_explore").trigger()
    assert written(window) == ("delta", "numerator")


def test_the_list_of_lessons_writes_nothing_anew(window: MainWindow) -> None:
    window.session.write_in("column")
    window.action("workspace_learn").trigger()
    assert window.session.state.notation == "column"
    window.action("workspace_explore").trigger()
    assert window.session.state.notation == "column"


def written(window: MainWindow) -> tuple[str, str]:
    return window.session.state.notation, window.session.state.layout


def test_a_page_tells_that_undo_took_what_it_is_about(window: MainWindow, qtbot: QtBot) -> None:
    page(window, 12)
    page(window, 11)
    line = panel(window).parted
    assert not line.isVisible()
    assert not window.action("open_subject").isEnabled()
    window.action("undo").trigger()
    assert window.session.state.subject.key == "data:digits"
    assert line.isVisible()
    assert window.session.state.subject.title in line.words.text()
    window.session.write_in("column")
    qtbot.mouseClick(line.way, Qt.MouseButton.LeftButton)
    assert window.session.state.subject.key == "problem:trace-003"
    assert window.session.state.notation == "row"
    assert not line.isVisible()


def test_what_the_page_is_about_is_opened_beside_the_page(window: MainWindow) -> None:
    window.session.write_in("column")
    page(window, 11)
    window.action("workspace_explore").trigger()
    window.files.open_key("problem:xor")
    window.action("open_subject").trigger()
    assert panel(window).isVisible()
    assert window.session.state.subject.key == "problem:trace-003"
    assert written(window) == ("row", "denominator")
    window.action("workspace_explore").trigger()
    assert window.session.state.notation == "column"


def test_what_a_link_opens_is_what_the_page_is_about_too(window: MainWindow) -> None:
    page(window, 8)
    line = panel(window).parted
    window.learn.follow(Link("", "problem", "square-4-4-4"))
    assert not line.isVisible()
    window.action("undo").trigger()
    assert window.session.state.subject.key == "problem:net-s"
    assert not line.isVisible()
    window.files.open_key("problem:xor")
    assert line.isVisible()
    window.action("all_lessons").trigger()
    assert not line.isVisible()
