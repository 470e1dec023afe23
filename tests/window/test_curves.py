"""The curves in the whole window: their keys are their own in focus only, what is chosen is both plots'."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.main_window import MainWindow
from explorer.panels.training.plots import CurvePlot

pytestmark = pytest.mark.opens("moons", (1280, 800))

Key = Qt.Key
STEPS = 10
"""Updates of an epoch."""


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window after an epoch."""
    window.action("train_epoch").trigger()
    qtbot.waitUntil(lambda: window.session.state.run.step == STEPS)
    window.complete()
    return window


def plot(window: MainWindow, name: str) -> CurvePlot:
    found = window.findChild(CurvePlot, name)
    assert isinstance(found, CurvePlot)
    return found


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or window, key)
        QApplication.processEvents()


def test_letters_choose_for_both_plots_wherever_the_focus_is(window: MainWindow) -> None:
    window.steps.setFocus()
    press(window, Key.Key_M, Key.Key_L)
    for name in ("loss_plot", "accuracy_plot"):
        assert plot(window, name).view.smoothing == pytest.approx(0.8)
        assert plot(window, name).view.logarithmic
    press(window, Key.Key_L)
    assert not plot(window, "loss_plot").view.logarithmic


def test_arrows_point_in_the_plot_that_has_the_focus_and_step_the_pass_elsewhere(window: MainWindow) -> None:
    loss = plot(window, "loss_plot")
    window.session.go_to(3)
    loss.setFocus(Qt.FocusReason.TabFocusReason)
    press(window, Key.Key_Left, Key.Key_Left)
    assert (loss.step, window.session.state.position) == (STEPS - 1, 3)
    boxes = [box for box in window.findChildren(QWidget, "curve_reading") if box.isVisible()]
    assert len(boxes) == 1
    press(window, Key.Key_Plus, Key.Key_Escape)
    assert not boxes[0].isVisible()
    press(window, Key.Key_W)
    assert loss.view.span is None
    window.steps.setFocus()
    QTest.keyClick(window, Key.Key_Left)
    assert window.session.state.position == 2


def test_the_mouse_shows_the_values_and_takes_them_away(window: MainWindow) -> None:
    loss = plot(window, "loss_plot")
    QTest.mouseMove(window, QPoint(5, 5))
    QTest.mouseMove(loss.area, loss.area.plane.center().toPoint())
    QApplication.processEvents()
    assert loss.step == pytest.approx(STEPS / 2, abs=1)
    QTest.mouseMove(window.top, QPoint(5, 5))
    QApplication.processEvents()
    assert plot(window, "accuracy_plot").step is None


def test_both_plots_and_their_switches_are_reached_by_tab_and_named(window: MainWindow) -> None:
    loss = plot(window, "loss_plot")
    for widget in (loss, plot(window, "accuracy_plot"), loss.switches.smooth, loss.switches.log):
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert widget.accessibleName()


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_nothing_in_the_training_card_is_cut(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.complete()
    for part in (plot(window, "loss_plot"), plot(window, "accuracy_plot")):
        for label in part.foot.values.values():
            assert label.width() >= label.sizeHint().width(), label.text()
        part.tell_steps("steps 131,072–262,143")
        assert part.step_label.width() >= part.step_label.sizeHint().width()
        assert part.step_label.text().endswith("131,072–262,143")
    time = window.training.time
    assert time.kept.shown_text() == time.kept.text()
    assert time.where.width() >= time.where.sizeHint().width()
