"""Tests of the label whose text may change often."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.steady_label import SteadyLabel


class Requests(QObject):
    """Counts how often a widget is asked to lay out anew."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count."""
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_another_text_lays_nothing_out_anew(qtbot: QtBot) -> None:
    window, label = QWidget(), QLabel("short")
    row = QHBoxLayout(window)
    row.addWidget(SteadyLabel(label), 1)
    qtbot.addWidget(window)
    window.resize(300, 60)
    window.show()
    QApplication.processEvents()
    asked = Requests(window)
    label.setText("a much longer text than the one before it, and longer than there is room")
    QApplication.processEvents()
    assert asked.count == 0
    assert label.width() == window.width() - row.contentsMargins().left() - row.contentsMargins().right()
