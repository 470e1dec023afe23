"""A notice lies over the drawing's legend: nothing moves, is cut or painted anew for it, and it lies above sheets."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from explorer.panels.main_window import MainWindow
from explorer.session import Notice, Tone

pytestmark = pytest.mark.opens("xor")

LONG = "the file klasse.csv cannot be read, for " + ", ".join(f"line {line} has a column too many" for line in range(9))


class Painted(QObject):
    """Counts the paintings of the widgets that it filters."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def place(window: MainWindow, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def matrices(window: MainWindow) -> list[QRect]:
    return [place(window, view) for view in window.step_panel.equation.views]


def test_a_notice_moves_nothing(window: MainWindow) -> None:
    painted = Painted()
    for widget in (window.training, *window.training.findChildren(QWidget)):
        widget.installEventFilter(painted)
    panels = window.steps, window.network, window.transport, window.step_panel, window.training
    before = [place(window, panel) for panel in panels], matrices(window)
    for notice in (Notice("done", Tone.INFORMATION), None):
        window.session.tell(notice)
        QApplication.processEvents()
        assert ([place(window, panel) for panel in panels], matrices(window)) == before
    assert painted.count == 0


def test_a_notice_lies_within_the_drawing_with_all_its_words(window: MainWindow) -> None:
    heights = []
    for text in ("done", LONG):
        window.session.tell(Notice(text, details="Traceback: here"))
        QApplication.processEvents()
        assert place(window, window.network).contains(place(window, window.banner))
        assert window.banner.height() >= window.banner.height_of(window.banner.width())
        heights.append(window.banner.height())
    more = next(b for b in window.banner.findChildren(QPushButton) if b.text() == "Details")
    more.click()
    QApplication.processEvents()
    heights.append(window.banner.height())
    assert heights == sorted(set(heights))


def test_a_notice_follows_the_drawing_and_lies_above_sheets(window: MainWindow) -> None:
    window.session.tell(Notice("done", Tone.INFORMATION))
    window.resize(1500, 900)
    QApplication.processEvents()
    assert place(window, window.network).contains(place(window, window.banner))
    window.action("chain_view").trigger()
    QApplication.processEvents()
    middle = window.banner.mapTo(window, window.banner.rect().center())
    found = window.childAt(middle)
    assert found is not None
    assert found is window.banner or window.banner.isAncestorOf(found)
