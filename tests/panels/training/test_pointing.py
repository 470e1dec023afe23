"""Pointing at the curves and choosing steps of them, by the mouse and by keys; further runs; both plots together."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.data import load_dataset
from explorer.panels.stylesheet import stylesheet
from explorer.panels.theme import LIGHT
from explorer.panels.training.overlays import Overlay
from explorer.panels.training.plot_kind import LOSS
from explorer.panels.training.plot_view import PlotView
from explorer.panels.training.plots import CurvePlot
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session import Evaluation, History, Run, RunStatus, Session, Settings, Subject

STEPS = 1000


def history(steps: int = STEPS) -> History:
    made = History()
    made.extend((2.4 * np.exp(-np.arange(steps) / 200)).astype(np.float32))
    for step in range(0, steps + 1, 50):
        loss = 2.4 * float(np.exp(-step / 200))
        made.add(Evaluation(step, loss, 1 - loss / 3, 1.1 * loss, 0.9 - loss / 3))
    return made


@pytest.fixture
def panel(qtbot: QtBot, look: QApplication) -> Iterator[TrainingPanel]:
    settings = Settings((8,), "tanh", 0.1, 16, 1)
    names = ("train", "train_step", "train_epoch", "reset", "continue_here")
    actions = {name: QAction(name, checkable=name == "train") for name in names}
    made = TrainingPanel(Session(Subject.of_data(load_dataset("moons"), settings), settings), actions)
    qtbot.addWidget(made)
    made.set_palette(LIGHT)
    made.setStyleSheet(stylesheet(LIGHT))
    made.resize(1250, 220)
    made.show()
    made.pictures.finish()
    for plot in (made.loss, made.accuracy):
        plot.show_history(history(), Run(1, RunStatus.PAUSED, STEPS, 2, history().evaluations[-1]))
    yield made
    made.hide()


def at(plot: CurvePlot, step: float) -> QPoint:
    return QPointF(plot.area.place_of(step), plot.area.plane.center().y()).toPoint()


def press(plot: CurvePlot, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(plot, key)


def pointed(plot: CurvePlot) -> bool:
    return plot.step is not None


def box_of(panel: TrainingPanel) -> list[QWidget]:
    return [box for box in panel.findChildren(QWidget, "curve_reading") if box.isVisible()]


def test_a_drag_chooses_the_steps_of_both_plots(panel: TrainingPanel) -> None:
    area = panel.loss.area
    QTest.mousePress(area, Qt.MouseButton.LeftButton, pos=at(panel.loss, 200))
    QTest.mouseMove(area, at(panel.loss, 400))
    QTest.mouseRelease(area, Qt.MouseButton.LeftButton, pos=at(panel.loss, 600))
    span = panel.accuracy.view.span
    assert span == panel.loss.view.span
    assert span is not None
    assert list(span) == pytest.approx([200, 600], abs=5)
    panel.loss.area.pointed.emit(None)
    assert panel.loss.step_label.text().endswith(f"{span[0]:,}–{span[1]:,}")
    assert (panel.loss.area.left, panel.loss.area.right) == span


def test_a_double_click_shows_the_whole_run(panel: TrainingPanel) -> None:
    panel.look(PlotView(span=(200, 600)))
    place = at(panel.loss, 300)
    QTest.mouseDClick(panel.loss.area, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(panel.loss.area, Qt.MouseButton.LeftButton, pos=place)  # Qt's own leaves the button down
    assert panel.loss.view == panel.accuracy.view == PlotView()
    assert panel.loss.area.right == STEPS


def test_a_click_is_no_drag(panel: TrainingPanel) -> None:
    QTest.mouseClick(panel.loss.area, Qt.MouseButton.LeftButton, pos=at(panel.loss, 500))
    assert panel.loss.view.span is None


def test_the_wheel_zooms_about_the_pointer(panel: TrainingPanel) -> None:
    place = QPointF(at(panel.loss, 500))
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        place, place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False
    )
    panel.loss.area.wheelEvent(event)
    assert list(panel.loss.view.span or ()) == pytest.approx([100, 900], abs=3)


def test_what_a_range_holds_stands_in_one_line(panel: TrainingPanel) -> None:
    panel.resize(1900, panel.height())
    QApplication.processEvents()
    panel.loss.view_asked.emit(panel.loss.view.selected(1, 100, STEPS))
    losses = history().losses.view()[:100]
    assert f"{losses.mean():.3f} ({losses.min():.3f}–{losses.max():.3f})" in panel.loss.batch.text()
    for plot in (panel.loss, panel.accuracy):
        assert plot.readouts["train"].text().startswith("mean train ")
        assert plot.readouts["test"].text().startswith("test ")
        for name in ("train", "test"):
            assert f"{name} mean " in plot.accessibleDescription()
            assert f"{name} mean " in plot.readouts[name].toolTip()
    assert "minibatches mean " in panel.loss.accessibleDescription()
    panel.loss.show_whole()
    assert panel.loss.readouts["train"].text() == "train 0.0162"
    assert panel.loss.batch.text().endswith("batch")


def test_keys_do_what_the_mouse_does(panel: TrainingPanel) -> None:
    plot = panel.loss
    plot.setFocus(Qt.FocusReason.TabFocusReason)
    press(plot, Qt.Key.Key_Left)
    assert plot.step == panel.accuracy.step == STEPS
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


def test_the_pointer_marks_the_step_in_both_plots_and_tells_the_values(panel: TrainingPanel) -> None:
    panel.loss.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    panel.loss.area.pointed.emit(500.0)
    assert panel.accuracy.step == 500
    assert panel.loss.area.marks.isVisible()
    assert panel.accuracy.area.marks.isVisible()
    assert panel.loss.readouts["train"].text() == "train 0.197"
    assert panel.accuracy.readouts["test"].text() == "test 0.834"
    assert "step 500" in panel.loss.accessibleDescription()
    panel.loss.area.pointed.emit(None)
    assert not panel.loss.area.marks.isVisible()
    assert not box_of(panel)
    assert panel.loss.readouts["train"].text() == "train 0.0162"


def test_nothing_is_said_of_a_run_beyond_its_end(panel: TrainingPanel) -> None:
    panel.set_overlays((Overlay("long", "#00795A", history(3000)),))
    panel.point_at(2500)
    for plot in (panel.loss, panel.accuracy):
        assert [row.name for row in plot.reading(2500).rows] == ["long"]
        assert all(label.isHidden() and not label.text() for label in plot.readouts.values())
        assert "train" not in plot.accessibleDescription()
    panel.point_at(None)
    assert panel.loss.readouts["train"].text() == "train 0.0162"
    assert not panel.loss.readouts["train"].isHidden()


def test_the_batches_colour_and_its_name_stand_together_or_not_at_all(panel: TrainingPanel) -> None:
    plot, seen = panel.loss, set()
    for width in range(120, 420, 10):
        plot.resize(width, 200)
        assert plot.sign.isHidden() == plot.batch.isHidden()
        seen.add(plot.sign.isHidden())
    assert seen == {True, False}
    panel.look(PlotView(span=(100, 900)))
    for width in range(120, 620, 10):
        plot.resize(width, 200)
        assert plot.sign.isHidden() == plot.batch.isHidden()
        assert plot.batch.isHidden() == (not plot.batch.text())


def test_what_lies_under_a_resting_mouse_is_read_as_the_run_grows(panel: TrainingPanel) -> None:
    QTest.mouseMove(panel.loss.area, at(panel.loss, 500))
    panel.loss.show_history(history(2 * STEPS), Run(1, RunStatus.RUNNING, 2 * STEPS))
    panel.accuracy.show_history(history(2 * STEPS), Run(1, RunStatus.RUNNING, 2 * STEPS))
    assert panel.loss.step == panel.accuracy.step == pytest.approx(STEPS, abs=12)


@pytest.mark.parametrize("width", [1250, 1890])
def test_words_do_not_move_the_plots(panel: TrainingPanel, width: int) -> None:
    panel.resize(width, 220)
    QApplication.processEvents()
    widths = [plot.width() for plot in (panel.loss, panel.accuracy)]
    assert abs(widths[0] - widths[1]) <= 1
    tiny = History()
    tiny.extend(np.geomspace(9.381e-5, 3.754e-10, STEPS, dtype=np.float32))
    panel.loss.show_history(tiny, Run(1, RunStatus.RUNNING, STEPS))
    panel.look(PlotView(span=(100, 900)))
    QApplication.processEvents()
    assert [plot.width() for plot in (panel.loss, panel.accuracy)] == widths
    assert panel.loss.batch.width() >= panel.loss.batch.sizeHint().width()


def test_nothing_is_pointed_at_in_an_empty_plot(panel: TrainingPanel) -> None:
    panel.loss.show_history(History(), Run(2))
    panel.loss.point_at(5)
    assert panel.loss.step is None
    assert not panel.loss.area.marks.isVisible()


def test_smoothing_keeps_the_raw_curve_behind(panel: TrainingPanel) -> None:
    panel.smooth_more()
    raw, smooth = (panel.loss.curves.points(name) for name in ("minibatch raw", "minibatch"))
    np.testing.assert_array_equal(raw[1], history().losses.view())
    assert np.all(smooth[1][1:] > raw[1][1:])
    assert panel.loss.switches.smooth.isChecked()
    assert panel.accuracy.view == panel.loss.view


def test_the_logarithmic_axis_is_the_losses_alone(panel: TrainingPanel) -> None:
    panel.loss.switches.log.click()
    assert panel.loss.area.axis.bottom > 0
    assert panel.accuracy.area.axis.bottom == 0
    np.testing.assert_allclose(panel.loss.curves.points("train")[1], history().curve("train_loss")[1], rtol=1e-9)


def test_further_runs_are_drawn_named_and_read(panel: TrainingPanel) -> None:
    runs = (Overlay("run 1", "#00795A", history(400)), Overlay("run <2>", "#A8518A", history(3000)))
    panel.set_overlays(runs)
    assert panel.loss.curves.points("overlay 1 test")[0][-1] == 3000
    assert panel.loss.area.right == 3000
    assert panel.loss.corner.isVisible()
    assert "run 1" in panel.loss.corner.text()
    assert "run &lt;2&gt;" in panel.loss.corner.text()
    assert [row.name for row in panel.loss.reading(300).rows] == ["batch", "train", "test", "run 1", "run <2>"]
    runs[0].history.add(Evaluation(410, 0.5, 0.5, 0.5, 0.5))
    panel.loss.show_history(history(), Run(1, RunStatus.RUNNING, STEPS))
    assert panel.loss.curves.points("overlay 0 train")[0][-1] == 410
    panel.set_overlays(())
    assert not panel.loss.corner.isVisible()
    assert panel.loss.area.right == STEPS


def test_a_short_run_beside_a_far_longer_one_can_have_the_width(panel: TrainingPanel) -> None:
    panel.set_overlays((Overlay("long", "#00795A", history(678_000)),))
    short = history(84)
    for plot in (panel.loss, panel.accuracy):
        plot.show_history(short, Run(2, RunStatus.PAUSED, 84, 2, short.evaluations[-1]))
        assert not plot.switches.own.isHidden()
        assert plot.area.right == 678_000
    panel.loss.switches.own.click()
    for plot in (panel.loss, panel.accuracy):
        assert plot.switches.own.isChecked()
        assert plot.area.right == 84
        plot.show_history(history(150), Run(2, RunStatus.RUNNING, 150))
        assert plot.area.right == 150  # it is followed
        assert np.count_nonzero(plot.curves.points("overlay 0 test")[0] >= 150) == 1
        assert not plot.area.words
    panel.loss.show_whole()
    assert (panel.loss.area.right, panel.accuracy.view) == (678_000, PlotView())
    panel.loss.show_whole()
    press(panel.loss, Qt.Key.Key_Escape)
    assert panel.accuracy.view == PlotView()
    panel.set_overlays(())
    assert panel.loss.switches.own.isHidden()


def test_the_names_of_runs_stand_where_no_curve_is(panel: TrainingPanel) -> None:
    plot, falling = panel.loss, Overlay("falling", "#00795A", history())
    panel.set_overlays((falling,))
    corner, plane = plot.corner, plot.area.plane
    above_right = corner.geometry()
    assert above_right.center().x() > plane.center().x()
    assert above_right.center().y() < plane.center().y()
    rising = History()
    rising.extend(np.linspace(0.1, 2.4, STEPS).astype(np.float32))
    for step in range(0, STEPS + 1, 50):
        rising.add(Evaluation(step, 2.4 * step / STEPS, 0.5, 2.4 * step / STEPS, 0.5))
    panel.set_overlays((falling, Overlay("rising", "#A8518A", rising)))
    moved = corner.geometry()
    assert moved.topLeft() != above_right.topLeft()
    assert plot.area.crowding(QRectF(moved)) == 0
    assert plot.area.crowding(QRectF(above_right)) > 0


def test_where_curves_are_everywhere_the_names_give_way_to_their_colours(panel: TrainingPanel) -> None:
    levels = []
    for number in range(7):
        made = History()
        made.extend(np.full(STEPS, number / 3, np.float32))
        for step in range(0, STEPS + 1, 50):
            made.add(Evaluation(step, number / 3, number / 6, number / 3, number / 6))
        levels.append(Overlay(f"level {number}", f"#00{20 * number:02X}5A", made))
    for plot in (panel.loss, panel.accuracy):
        plot.set_overlays(tuple(levels))
        assert "level" not in plot.corner.text()
        assert plot.corner.text().endswith(" 7 runs")
        assert all(level.colour in plot.corner.text() for level in levels)
        assert plot.corner.height() < 20
        assert plot.area.plane.contains(QRectF(plot.corner.geometry()))
    panel.set_overlays(tuple(levels[:2]))
    assert "level 0" in panel.loss.corner.text()
    assert panel.loss.area.crowding(QRectF(panel.loss.corner.geometry())) == 0


def test_more_runs_than_fit_are_counted(panel: TrainingPanel) -> None:
    panel.set_overlays(tuple(Overlay(f"run {number}", "#00795A", history(100)) for number in range(40)))
    assert "runs more" in panel.loss.corner.text()
    assert panel.loss.corner.height() < panel.loss.area.height()


def test_a_frame_without_a_pointer_shows_no_marks(qtbot: QtBot, look: QApplication) -> None:
    plot = CurvePlot(LOSS)
    qtbot.addWidget(plot)
    plot.show_history(history(), Run(1, RunStatus.RUNNING, STEPS))
    assert plot.area.marks.isHidden()
