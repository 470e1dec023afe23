"""The trap that pins PySide6 on Python older than 3.12: 6.12.0 loses a reference to None in each call, then aborts."""

import sys

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot


def test_calls_that_return_nothing_keep_their_reference_to_none(look: QApplication, qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 100
