"""The bar at the top says that a problem makes mistakes on purpose, and keeps in sight what one needs."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from explorer.panels.actions import make_actions
from explorer.panels.topbar import MistakeLabel, TopBar
from explorer.session import Session
from explorer.session.opening import open_data
from explorer.tape.mistakes import MISTAKES


def test_without_mistakes_there_is_nothing_to_see(qtbot: QtBot) -> None:
    label = MistakeLabel()
    qtbot.addWidget(label)
    label.show_mistakes(())
    assert label.isHidden()


def test_mistakes_are_counted_and_named(qtbot: QtBot) -> None:
    label = MistakeLabel()
    qtbot.addWidget(label)
    label.show_mistakes((MISTAKES["sign_slip"],))
    assert not label.isHidden()
    assert label.text() == "mistake on purpose"
    label.show_mistakes((MISTAKES["sign_slip"], MISTAKES["per_sample_bias"]))
    assert label.text() == "2 mistakes on purpose"
    assert label.accessibleName() == "2 mistakes on purpose: a sign slip, a bias for each sample"
    for name in ("sign_slip", "per_sample_bias"):
        assert MISTAKES[name].sentence in label.toolTip()
        assert MISTAKES[name].correct in label.toolTip()


def test_the_menu_button_does_not_stay_lit_where_the_mouse_went_off_while_its_menu_was_open(qtbot: QtBot) -> None:
    parent = QMainWindow()
    qtbot.addWidget(parent)
    menu = QMenu(parent)
    menu.addMenu("Step").addAction("Step forward")
    bar = TopBar(make_actions(parent), menu, parent)
    bar.resize(1200, 48)
    parent.show()
    button = bar.findChild(QToolButton, "menu")
    assert isinstance(button, QToolButton)
    QCursor.setPos(parent.mapToGlobal(parent.rect().bottomRight()) + QPoint(300, 300))
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=True)
    menu.aboutToHide.emit()
    qtbot.waitUntil(lambda: not button.underMouse())


def test_a_long_title_takes_the_room_that_is_free(qtbot: QtBot) -> None:
    parent = QMainWindow()
    qtbot.addWidget(parent)
    bar = TopBar(make_actions(parent), QMenu(parent), parent)
    bar.offer(
        [("long", "A title that is so long that twenty-eight letters are by far too few for it"), ("xor", "XOR")], []
    )
    bar.resize(1900, 48)
    parent.show()
    box = bar.problems
    for row, wide in ((0, True), (1, False), (0, True)):
        box.setCurrentIndex(row)
        bar.resize(1900 - row, 48)
        qtbot.waitUntil(lambda wide=wide: (box.more > 0) is wide)  # type: ignore[misc]
        qtbot.waitUntil(lambda: box.width() >= box.whole_width)
    bar.resize(900, 48)
    qtbot.waitUntil(lambda: box.more == 0)


def test_what_need_not_be_there_gives_way_and_never_while_the_bar_is_laid_out(qtbot: QtBot) -> None:
    """The program's name goes first, then the labels; nothing is shown or hidden before the resizing is over."""
    parent = QMainWindow()
    qtbot.addWidget(parent)
    actions = make_actions(parent)
    bar = TopBar(actions, QMenu(parent), parent)
    bar.resize(1600, 48)
    parent.show()
    words = {label.text(): label for label in bar.findChildren(QLabel)}
    brand, label = words["Backprop Explorer"], words["Problem"]
    qtbot.waitUntil(lambda: brand.isVisible() and label.isVisible())
    least = bar.minimumSizeHint().width()
    for width, seen in ((least - 1, [False, True]), (least - 150, [False, False]), (least, [True, True])):
        before = [brand.isVisible(), label.isVisible()]
        bar.resize(width, 48)
        assert [brand.isVisible(), label.isVisible()] == before
        QApplication.processEvents()
        assert [brand.isVisible(), label.isVisible()] == seen


def test_a_held_out_sample_whose_number_takes_more_room_cuts_no_words(qtbot: QtBot) -> None:
    parent = QMainWindow()
    qtbot.addWidget(parent)
    bar = TopBar(make_actions(parent), QMenu(parent), parent)
    session = Session(*open_data("moons"))
    bar.resize(1600, 48)
    parent.show()
    bar.show_state(session.state)
    QApplication.processEvents()
    bar.resize(bar.minimumSizeHint().width() + 4, 48)
    QApplication.processEvents()
    session.show_held_out(5)
    bar.show_state(session.state)
    assert bar.samples.field.text() == "held-out 6 of 50"
    for _ in range(4):
        QApplication.processEvents()
    for part in (bar.samples.switch, bar.workspaces):
        assert part.width() >= part.minimumSizeHint().width()
