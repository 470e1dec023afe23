"""An error in an override of a function of Qt's is told, and the window is painted again after it."""

import subprocess
import sys
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.graph.view import NetworkView
from explorer.overrides import guarded
from explorer.panels.main_window import MainWindow
from explorer.panels.transport import StepSlider

PROGRAM = """
import explorer.panels
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

class Painted(QWidget):
    times = 0

    def paintEvent(self, event):
        painter = QPainter(self)
        painter.setPen(QColor("red"))
        self.times += 1
        if self.times == 2:
            ERROR
        painter.translate(1, 1)
        painter.drawLine(0, 0, 10, 10)

app = QApplication([])
window = QWidget()
layout = QHBoxLayout(window)
painted = [Painted() for _ in range(3)]
for widget in painted:
    layout.addWidget(widget)
window.resize(200, 100)
window.show()
app.processEvents()
for widget in painted:
    widget.times = 1
"""
CAUGHT = """
try:
    painted[0].grab()
except Exception as error:
    print("told", type(error).__name__)
"""
PAINTED = """
for k in range(20):
    window.resize(200 + 10 * k, 100 + 5 * k)
    for widget in painted:
        widget.update()
    app.processEvents()
print("went on")
"""


def run(program: str, error: str) -> subprocess.CompletedProcess[str]:
    """Run a program of its own: without the guard, it ends in a segmentation fault."""
    program = program.replace("ERROR", error)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("error", "name"), [("[][0]", "IndexError"), ("1 / 0", "ZeroDivisionError")])
def test_an_error_of_c_is_raised_where_qt_was_called_and_does_not_end_the_process(error: str, name: str) -> None:
    done = run(PROGRAM + CAUGHT, error)
    assert (done.returncode, done.stdout.strip()) == (0, f"told {name}"), done.stderr


def test_a_window_is_painted_again_after_its_painting_failed() -> None:
    done = run(PROGRAM + PAINTED, "raise ValueError('told')")
    assert (done.returncode, done.stdout.strip()) == (0, "went on"), done.stderr
    assert done.stderr.count("ValueError: told") == 3
    assert "active painter" not in done.stderr


class Numbers(QWidget):
    """Answers with a number of NumPy's, where Qt wants one of Python's."""

    def heightForWidth(self, width: int) -> int:
        return cast("int", np.int64(width))


def test_a_number_of_numpy_in_place_of_one_of_python_fails_a_test(qapp: QApplication, qtbot: QtBot) -> None:
    widget = Numbers()
    qtbot.addWidget(widget)
    with pytest.raises(TypeError, match="heightForWidth returned"):
        widget.heightForWidth(3)


@pytest.mark.parametrize("override", [MainWindow.paintEvent, NetworkView.mouseMoveEvent, StepSlider.keyPressEvent])
def test_the_overrides_of_the_window_are_guarded_and_checked(override: Any) -> None:
    assert override.__code__ is guarded(override).__code__
    assert "answer" in override.__wrapped__.__code__.co_varnames
