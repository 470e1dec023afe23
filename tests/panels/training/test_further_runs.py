"""Further runs behind the plots' own: drawn, named where there is room, read at the pointer, and out of the way."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from explorer.panels.theme import LIGHT
from explorer.panels.training.overlays import Overlay
from explorer.panels.training.plot_view import PlotView
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session import Evaluation, History, Run, RunStatus
from tests.panels.training.curving import STEPS, history, press


def test_nothing_is_said_of_a_run_beyond_its_end(drawn_panel: TrainingPanel) -> None:
    drawn_panel.set_overlays((Overlay("long", "#00795A", history(3000)),))
    drawn_panel.point_at(2500)
    for plot in (drawn_panel.loss, drawn_panel.accuracy):
        assert [row.name for row in plot.reading(2500).rows] == ["long"]
        assert all(label.isHidden() and not label.text() for label in plot.foot.values.values())
        assert "train" not in plot.accessibleDescription()
    drawn_panel.point_at(None)
    assert drawn_panel.loss.foot.values["train"].text() == "train 0.0162"
    assert not drawn_panel.loss.foot.values["train"].isHidden()


def test_further_runs_are_drawn_named_and_read(drawn_panel: TrainingPanel) -> None:
    runs = (Overlay("run 1", "#00795A", history(400)), Overlay("run <2>", "#A8518A", history(3000)))
    drawn_panel.set_overlays(runs)
    assert drawn_panel.loss.curves.points("overlay 1 test")[0][-1] == 3000
    assert drawn_panel.loss.area.right == 3000
    assert drawn_panel.loss.corner.isVisible()
    assert "run 1" in drawn_panel.loss.corner.text()
    assert "run &lt;2&gt;" in drawn_panel.loss.corner.text()
    assert [row.name for row in drawn_panel.loss.reading(300).rows] == ["batch", "train", "test", "run 1", "run <2>"]
    runs[0].history.add(Evaluation(410, 0.5, 0.5, 0.5, 0.5))
    drawn_panel.loss.show_history(history(), Run(1, RunStatus.RUNNING, STEPS))
    assert drawn_panel.loss.curves.points("overlay 0 train")[0][-1] == 410
    drawn_panel.set_overlays(())
    assert not drawn_panel.loss.corner.isVisible()
    assert drawn_panel.loss.area.right == STEPS


def test_a_short_run_beside_a_far_longer_one_can_have_the_width(drawn_panel: TrainingPanel) -> None:
    drawn_panel.set_overlays((Overlay("long", "#00795A", history(678_000)),))
    short = history(84)
    for plot in (drawn_panel.loss, drawn_panel.accuracy):
        plot.show_history(short, Run(2, RunStatus.PAUSED, 84, 2, short.evaluations[-1]))
        assert not plot.switches.own.isHidden()
        assert plot.area.right == 678_000
    drawn_panel.loss.switches.own.click()
    for plot in (drawn_panel.loss, drawn_panel.accuracy):
        assert plot.switches.own.isChecked()
        assert plot.area.right == 84
        plot.show_history(history(150), Run(2, RunStatus.RUNNING, 150))
        assert plot.area.right == 150  # it is followed
        assert np.count_nonzero(plot.curves.points("overlay 0 test")[0] >= 150) == 1
        assert not plot.area.words
    drawn_panel.loss.show_whole()
    assert (drawn_panel.loss.area.right, drawn_panel.accuracy.view) == (678_000, PlotView())
    drawn_panel.loss.show_whole()
    press(drawn_panel.loss, Qt.Key.Key_Escape)
    assert drawn_panel.accuracy.view == PlotView()
    drawn_panel.set_overlays(())
    assert drawn_panel.loss.switches.own.isHidden()


def test_the_names_of_runs_stand_where_no_curve_is(drawn_panel: TrainingPanel) -> None:
    plot, falling = drawn_panel.loss, Overlay("falling", "#00795A", history())
    drawn_panel.set_overlays((falling,))
    corner, plane = plot.corner, plot.area.plane
    above_right = corner.geometry()
    assert above_right.center().x() > plane.center().x()
    assert above_right.center().y() < plane.center().y()
    rising = History()
    rising.extend(np.linspace(0.1, 2.4, STEPS).astype(np.float32))
    for step in range(0, STEPS + 1, 50):
        rising.add(Evaluation(step, 2.4 * step / STEPS, 0.5, 2.4 * step / STEPS, 0.5))
    drawn_panel.set_overlays((falling, Overlay("rising", "#A8518A", rising)))
    moved = corner.geometry()
    assert moved.topLeft() != above_right.topLeft()
    assert plot.area.crowding(QRectF(moved)) == 0
    assert plot.area.crowding(QRectF(above_right)) > 0


def test_where_curves_are_everywhere_the_names_give_way_to_their_colours(drawn_panel: TrainingPanel) -> None:
    levels = []
    for number in range(7):
        made = History()
        made.extend(np.full(STEPS, number / 3, np.float32))
        for step in range(0, STEPS + 1, 50):
            made.add(Evaluation(step, number / 3, number / 6, number / 3, number / 6))
        levels.append(Overlay(f"level {number}", f"#00{20 * number:02X}5A", made))
    for plot in (drawn_panel.loss, drawn_panel.accuracy):
        plot.set_overlays(tuple(levels))
        assert "level" not in plot.corner.text()
        assert plot.corner.text().endswith(" 7 runs")
        assert all(level.colour in plot.corner.text() for level in levels)
        assert plot.corner.height() < 20
        assert plot.area.plane.contains(QRectF(plot.corner.geometry()))
    drawn_panel.set_overlays(tuple(levels[:2]))
    assert "level 0" in drawn_panel.loss.corner.text()
    assert drawn_panel.loss.area.crowding(QRectF(drawn_panel.loss.corner.geometry())) == 0


def test_the_names_stay_on_a_plot_that_has_another_size(drawn_panel: TrainingPanel) -> None:
    drawn_panel.set_overlays((Overlay("run 1", "#00795A", history(400)),))
    for width in (800, 1250):
        drawn_panel.resize(width, 220)
        QApplication.processEvents()
        for plot in (drawn_panel.loss, drawn_panel.accuracy):
            assert plot.area.rect().contains(plot.corner.geometry())
            assert plot.corner.isVisible()


def test_more_runs_than_fit_are_counted(drawn_panel: TrainingPanel) -> None:
    drawn_panel.set_overlays(tuple(Overlay(f"run {number}", "#00795A", history(100)) for number in range(40)))
    assert "runs more" in drawn_panel.loss.corner.text()
    assert drawn_panel.loss.corner.height() < drawn_panel.loss.area.height()


def test_the_noise_of_minibatches_lies_pale_behind_further_runs(drawn_panel: TrainingPanel) -> None:
    curves, card = drawn_panel.loss.curves, QColor(LIGHT.card).lightnessF()
    alone = card - QColor(curves.strokes["minibatch"].colour).lightnessF()
    drawn_panel.set_overlays((Overlay("run 1", "#00795A", history(400)),))
    order = list(curves.strokes)
    assert order == ["minibatch", "overlay 0 train", "overlay 0 test", "train", "test"]
    assert 0 < card - QColor(curves.strokes["minibatch"].colour).lightnessF() < alone / 2
    assert "behind, where other runs are drawn" in drawn_panel.loss.foot.batch.toolTip()
    drawn_panel.set_overlays(())
    assert list(curves.strokes) == ["minibatch", "train", "test"]
