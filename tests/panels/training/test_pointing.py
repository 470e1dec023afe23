"""Pointing at the curves and choosing steps of them, by the mouse and by keys; both plots together."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.training.plot_kind import LOSS
from explorer.panels.training.plot_view import PlotView
from explorer.panels.training.plots import CurvePlot
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session import History, Run, RunStatus
from tests.panels.training.curving import STEPS, history, press


def at(plot: CurvePlot, step: float) -> QPoint:
    return QPointF(plot.area.place_of(step), plot.area.plane.center().y()).toPoint()


def pointed(plot: CurvePlot) -> bool:
    return plot.step is not None


def box_of(drawn_panel: TrainingPanel) -> list[QWidget]:
    return [box for box in drawn_panel.findChildren(QWidget, "curve_reading") if box.isVisible()]


def test_a_drag_chooses_the_steps_of_both_plots(drawn_panel: TrainingPanel) -> None:
    area = drawn_panel.loss.area
    QTest.mousePress(area, Qt.MouseButton.LeftButton, pos=at(drawn_panel.loss, 200))
    QTest.mouseMove(area, at(drawn_panel.loss, 400))
    QTest.mouseRelease(area, Qt.MouseButton.LeftButton, pos=at(drawn_panel.loss, 600))
    span = drawn_panel.accuracy.view.span
    assert span == drawn_panel.loss.view.span
    assert span is not None
    assert list(span) == pytest.approx([200, 600], abs=5)
    drawn_panel.loss.area.pointed.emit(None)
    assert drawn_panel.loss.step_label.text().endswith(f"{span[0]:,}–{span[1]:,}")
    assert (drawn_panel.loss.area.left, drawn_panel.loss.area.right) == span


def test_a_double_click_shows_the_whole_run(drawn_panel: TrainingPanel) -> None:
    drawn_panel.look(PlotView(span=(200, 600)))
    place = at(drawn_panel.loss, 300)
    QTest.mouseDClick(drawn_panel.loss.area, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(drawn_panel.loss.area, Qt.MouseButton.LeftButton, pos=place)  # Qt's own leaves the button down
    assert drawn_panel.loss.view == drawn_panel.accuracy.view == PlotView()
    assert drawn_panel.loss.area.right == STEPS


def test_a_click_is_no_drag(drawn_panel: TrainingPanel) -> None:
    QTest.mouseClick(drawn_panel.loss.area, Qt.MouseButton.LeftButton, pos=at(drawn_panel.loss, 500))
    assert drawn_panel.loss.view.span is None


def test_the_wheel_zooms_about_the_pointer(drawn_panel: TrainingPanel) -> None:
    place = QPointF(at(drawn_panel.loss, 500))
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        place, place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False
    )
    drawn_panel.loss.area.wheelEvent(event)
    assert list(drawn_panel.loss.view.span or ()) == pytest.approx([100, 900], abs=3)


def test_what_a_range_holds_stands_in_one_line(drawn_panel: TrainingPanel) -> None:
    drawn_panel.resize(1900, drawn_panel.height())
    QApplication.processEvents()
    drawn_panel.loss.view_asked.emit(drawn_panel.loss.view.selected(1, 100, STEPS))
    losses = history().losses.view()[:100]
    assert f"{losses.mean():.3f} ({losses.min():.3f}–{losses.max():.3f})" in drawn_panel.loss.foot.batch.text()
    for plot in (drawn_panel.loss, drawn_panel.accuracy):
        assert plot.foot.values["train"].text().startswith("mean train ")
        assert plot.foot.values["test"].text().startswith("test ")
        for name in ("train", "test"):
            assert f"{name} mean " in plot.accessibleDescription()
            assert f"{name} mean " in plot.foot.values[name].toolTip()
    assert "minibatches mean " in drawn_panel.loss.accessibleDescription()
    drawn_panel.loss.show_whole()
    assert drawn_panel.loss.foot.values["train"].text() == "train 0.0162"
    assert drawn_panel.loss.foot.batch.text().endswith("batch")


def test_keys_do_what_the_mouse_does(drawn_panel: TrainingPanel) -> None:
    plot = drawn_panel.loss
    plot.setFocus(Qt.FocusReason.TabFocusReason)
    press(plot, Qt.Key.Key_Left)
    assert plot.step == drawn_panel.accuracy.step == STEPS
    press(plot, Qt.Key.Key_Left)
    assert plot.step == STEPS - STEPS // 50
    QTest.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert plot.step == STEPS - STEPS // 50 + 1
    press(plot, Qt.Key.Key_Plus)
    zoomed = plot.view
    press(plot, Qt.Key.Key_Escape)
    assert (plot.view, pointed(plot)) == (zoomed, False)
    press(plot, Qt.Key.Key_Escape)
    assert plot.view != zoomed
    press(plot, Qt.Key.Key_Plus, Qt.Key.Key_Home)
    assert plot.view.span is None


def test_the_pointer_marks_the_step_in_both_plots_and_tells_the_values(drawn_panel: TrainingPanel) -> None:
    drawn_panel.loss.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    drawn_panel.loss.area.pointed.emit(500.0)
    assert drawn_panel.accuracy.step == 500
    assert drawn_panel.loss.area.marks.isVisible()
    assert drawn_panel.accuracy.area.marks.isVisible()
    assert drawn_panel.loss.foot.values["train"].text() == "train 0.197"
    assert drawn_panel.accuracy.foot.values["test"].text() == "test 0.834"
    assert "step 500" in drawn_panel.loss.accessibleDescription()
    drawn_panel.loss.area.pointed.emit(None)
    assert not drawn_panel.loss.area.marks.isVisible()
    assert not box_of(drawn_panel)
    assert drawn_panel.loss.foot.values["train"].text() == "train 0.0162"


def test_the_batches_colour_and_its_name_stand_together_or_not_at_all(drawn_panel: TrainingPanel) -> None:
    plot, seen = drawn_panel.loss, set()
    for width in range(120, 420, 10):
        plot.resize(width, 200)
        assert plot.foot.sign.isHidden() == plot.foot.batch.isHidden()
        seen.add(plot.foot.sign.isHidden())
    assert seen == {True, False}
    drawn_panel.look(PlotView(span=(100, 900)))
    for width in range(120, 620, 10):
        plot.resize(width, 200)
        assert plot.foot.sign.isHidden() == plot.foot.batch.isHidden()
        assert plot.foot.batch.isHidden() == (not plot.foot.batch.text())


def test_what_lies_under_a_resting_mouse_is_read_as_the_run_grows(drawn_panel: TrainingPanel) -> None:
    QTest.mouseMove(drawn_panel.loss.area, at(drawn_panel.loss, 500))
    drawn_panel.loss.show_history(history(2 * STEPS), Run(1, RunStatus.RUNNING, 2 * STEPS))
    drawn_panel.accuracy.show_history(history(2 * STEPS), Run(1, RunStatus.RUNNING, 2 * STEPS))
    assert drawn_panel.loss.step == drawn_panel.accuracy.step == pytest.approx(STEPS, abs=12)


@pytest.mark.parametrize("width", [1250, 1890])
def test_words_do_not_move_the_plots(drawn_panel: TrainingPanel, width: int) -> None:
    drawn_panel.resize(width, 220)
    QApplication.processEvents()
    widths = [plot.width() for plot in (drawn_panel.loss, drawn_panel.accuracy)]
    assert abs(widths[0] - widths[1]) <= 1
    tiny = History()
    tiny.extend(np.geomspace(9.381e-5, 3.754e-10, STEPS, dtype=np.float32))
    drawn_panel.loss.show_history(tiny, Run(1, RunStatus.RUNNING, STEPS))
    drawn_panel.look(PlotView(span=(100, 900)))
    QApplication.processEvents()
    assert [plot.width() for plot in (drawn_panel.loss, drawn_panel.accuracy)] == widths
    assert drawn_panel.loss.foot.batch.width() >= drawn_panel.loss.foot.batch.sizeHint().width()


def test_nothing_is_pointed_at_in_an_empty_plot(drawn_panel: TrainingPanel) -> None:
    drawn_panel.loss.show_history(History(), Run(2))
    drawn_panel.loss.point_at(5)
    assert drawn_panel.loss.step is None
    assert not drawn_panel.loss.area.marks.isVisible()


def test_smoothing_keeps_the_raw_curve_behind(drawn_panel: TrainingPanel) -> None:
    drawn_panel.smooth_more()
    raw, smooth = (drawn_panel.loss.curves.points(name) for name in ("minibatch raw", "minibatch"))
    np.testing.assert_array_equal(raw[1], history().losses.view())
    assert np.all(smooth[1][1:] > raw[1][1:])
    assert drawn_panel.loss.switches.smooth.isChecked()
    assert drawn_panel.accuracy.view == drawn_panel.loss.view


def test_the_logarithmic_axis_is_the_losses_alone(drawn_panel: TrainingPanel) -> None:
    drawn_panel.loss.switches.log.click()
    assert drawn_panel.loss.area.axis.bottom > 0
    assert drawn_panel.accuracy.area.axis.bottom == 0
    np.testing.assert_allclose(drawn_panel.loss.curves.points("train")[1], history().curve("train_loss")[1], rtol=1e-9)


def test_a_frame_without_a_pointer_shows_no_marks(qtbot: QtBot, look: QApplication) -> None:
    plot = CurvePlot(LOSS)
    qtbot.addWidget(plot)
    plot.show_history(history(), Run(1, RunStatus.RUNNING, STEPS))
    assert plot.area.marks.isHidden()
