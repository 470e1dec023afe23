"""Steps on a logarithmic axis: where they lie, which are numbered, what is drawn, read, chosen and zoomed there."""

from collections.abc import Iterator
from math import log1p

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.theme import LIGHT
from explorer.panels.training.plot_kind import ACCURACY, LOSS, MOST_POINTS, thinned
from explorer.panels.training.plot_view import PlotView
from explorer.panels.training.plots import CurvePlot
from explorer.panels.training.reading import bucket_of
from explorer.panels.training.step_scale import StepScale
from explorer.panels.training.step_ticks import step_ticks
from explorer.session import Evaluation, History, Run, log_pieces

LOG, STEPS = StepScale(logarithmic=True), 100_000
VIEW = PlotView(log_steps=True)


def history(steps: int = STEPS) -> History:
    made = History()
    made.extend(np.random.default_rng(0).uniform(1, 2, steps).astype(np.float32))
    for step in (0, 1, 10, 100, 1000, 10_000, steps):
        made.add(Evaluation(step, 2.0 / (1 + step), 0.5, 2.5 / (1 + step), 0.5))
    return made


@pytest.fixture
def plot(qtbot: QtBot, look: QApplication) -> Iterator[CurvePlot]:
    made = CurvePlot(LOSS)
    qtbot.addWidget(made)
    made.set_palette(LIGHT)
    made.resize(420, 240)
    made.view_asked.connect(made.set_view)
    made.pointed.connect(made.point_at)
    made.show()
    made.show_history(history(), Run(1, step=STEPS))
    made.switches.steps.click()
    yield made
    made.hide()


def at(plot: CurvePlot, step: float) -> QPoint:
    return QPoint(round(plot.area.place_of(step)), round(plot.area.plane.center().y()))


def test_a_step_lies_where_its_logarithm_does(plot: CurvePlot) -> None:
    plane = plot.area.plane
    assert plot.view.log_steps
    assert plot.switches.steps.isChecked()
    assert plot.area.place_of(0) == pytest.approx(plane.left())
    assert plot.area.place_of(STEPS) == pytest.approx(plane.right())
    for step in (1, 10, 1000, 54_321):
        share = (plot.area.place_of(step) - plane.left()) / plane.width()
        assert share == pytest.approx(log1p(step) / log1p(STEPS))
        assert plot.area.step_at(plot.area.place_of(step)) == pytest.approx(step)


def test_a_curve_is_painted_where_the_axis_says(plot: CurvePlot) -> None:
    area, item = plot.area, plot.curves._items["train"]
    x, _ = plot.curves.points("train")
    assert x.tolist() == [0, 1, 10, 100, 1000, 10_000, STEPS]
    path, left = item.path(), plot.curves.x()
    painted = [path.elementAt(number).x + left for number in range(path.elementCount())]
    assert painted == pytest.approx([area.place_of(step) for step in x], abs=1)


def test_decades_are_numbered_where_they_stand_apart(plot: CurvePlot) -> None:
    steps = [step for step, _ in plot.area.steps]
    assert steps[-1] == STEPS
    assert set(steps) <= {0, 1, 10, 100, 1000, 10_000, STEPS}
    assert len(steps) >= 3
    assert step_ticks(0, 1_000_000, 4, LOG) == ((1, "1"), (100, "100"), (10_000, "10k"), (1_000_000, "1M"))
    assert step_ticks(300, 900, 4, LOG) == step_ticks(300, 900, 4)


def test_every_step_of_the_beginning_is_drawn_however_long_the_run() -> None:
    made = history(1_000_000)
    x, y = LOSS.points(made, VIEW)["minibatch"]
    assert np.array_equal(x[:128], np.arange(1, 129))
    np.testing.assert_array_equal(y[:128], made.losses.between(0, 128))
    assert (x[-1], y[-1]) == (1_000_000, made.losses.between(999_999, 1_000_000)[0])
    assert len(x) < 4000
    assert (np.diff(x) >= 0).all()
    assert (float(y.min()), float(y.max())) == (float(made.losses.view().min()), float(made.losses.view().max()))


def test_smoothed_curves_cover_the_same_steps() -> None:
    made = history()
    points = LOSS.points(made, PlotView(0.95, log_steps=True))
    x, y = points["minibatch"]
    assert x[0] == 1
    assert x[-1] <= STEPS
    assert (np.diff(x) > 0).all()
    assert abs(float(y[-1]) - 1.5) < 0.05
    assert points["train"][0].tolist() == points["train raw"][0].tolist()
    assert np.isfinite(points["train"][1]).all()


@pytest.mark.parametrize("step", [1, 100, 128, 129, 500, 2_000, 99_999, STEPS])
def test_a_reading_is_of_the_bucket_that_is_drawn(step: int) -> None:
    made = history()
    low, high = bucket_of(step, made, VIEW)
    assert low < step <= high
    (first, last) = next(each for each in log_pieces.pieces(0, STEPS) if each[0] < step <= each[1])
    assert (high - low == 1) is (last - first <= log_pieces.BUCKETS_EACH)
    assert first <= low
    assert high - low <= max((last - first) / 60, 1)


def test_what_is_measured_is_thinned_as_it_is_painted() -> None:
    x = np.arange(0.0, 5000.0)
    kept, _ = thinned((x, x), 0, np.inf, LOG)
    assert (kept[0], kept[-1]) == (0, 4999)
    assert len(kept) <= MOST_POINTS
    assert set(range(20)) <= set(kept.tolist())


def test_a_step_that_is_zoomed_about_stays_in_its_place() -> None:
    span = VIEW.zoomed(2.0, 1000, STEPS).span
    assert span is not None
    low, middle, high = (LOG.place(step) for step in (span[0], 1000, span[1]))
    assert (middle - low) / (high - low) == pytest.approx(LOG.place(1000) / LOG.place(STEPS), abs=0.01)
    assert high - low == pytest.approx(LOG.place(STEPS) / 2, rel=0.01)


def test_a_range_is_dragged_and_a_step_is_pointed_at(plot: CurvePlot) -> None:
    area = plot.area
    QTest.mousePress(area, Qt.MouseButton.LeftButton, pos=at(plot, 100))
    QTest.mouseMove(area, at(plot, 1000))
    QTest.mouseRelease(area, Qt.MouseButton.LeftButton, pos=at(plot, 10_000))
    assert plot.view.span is not None
    assert list(plot.view.span) == pytest.approx([100, 10_000], rel=0.05)
    plot.show_whole()
    QTest.mouseMove(area, at(plot, 1000))
    assert plot.step == pytest.approx(1000, rel=0.05)


def test_an_arrow_key_moves_the_pointer_evenly_along_the_axis(plot: CurvePlot) -> None:
    plot.point_at(10_000)
    plot.move_pointer(-1 / 50)
    assert plot.step is not None
    assert LOG.place(10_000) - LOG.place(plot.step) == pytest.approx(LOG.place(STEPS) / 50, rel=0.01)
    plot.point_at(3)
    plot.move_pointer(1e-9)
    assert plot.step == 4


@pytest.mark.parametrize(("width", "shown"), [(420, True), (225, False)])
def test_the_switch_stands_where_there_is_room(qtbot: QtBot, look: QApplication, width: int, shown: bool) -> None:
    plot = CurvePlot(ACCURACY)
    qtbot.addWidget(plot)
    plot.resize(width, 200)
    plot.show()
    assert plot.switches.steps.isVisible() is shown
    plot.hide()
