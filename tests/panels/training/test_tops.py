"""How high a plot reaches: measured curves whole, spikes cut and marked where they are."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.theme import LIGHT
from explorer.panels.training.axis import Frame
from explorer.panels.training.cuts import APART, cuts
from explorer.panels.training.overlays import Overlay
from explorer.panels.training.plot_kind import LOSS
from explorer.panels.training.plot_view import PlotView
from explorer.panels.training.plots import CurvePlot
from explorer.panels.training.strokes import further
from explorer.panels.training.tops import top_of
from explorer.session import Evaluation, History, Run, RunStatus

Array = NDArray[np.float64]
STEPS = 30_000


def overfitting(steps: int = STEPS) -> History:
    """A run whose training loss vanishes while its test loss rises from 0.4 to 5.4, as that of few samples may."""
    made = History()
    made.extend((1.2 * np.exp(-np.arange(steps) / 300) + 1e-4).astype(np.float32))
    for step in range(0, steps + 1, 300):
        rising = 0.4 + 5.0 * step / steps
        made.add(Evaluation(step, 1.2 * float(np.exp(-step / 300)) + 1e-4, 1.0, rising, 0.4))
    return made


def plot_of(qtbot: QtBot, made: History, view: PlotView, overlays: tuple[Overlay, ...] = ()) -> CurvePlot:
    plot = CurvePlot(LOSS)
    qtbot.addWidget(plot)
    plot.set_palette(LIGHT)
    plot.resize(420, 180)
    plot.set_view(view)
    plot.set_overlays(overlays)
    plot.show_history(made, Run(1, RunStatus.PAUSED, len(made.losses), 2, made.evaluations[-1]))
    return plot


VIEWS = {
    "whole": PlotView(),
    "logarithmic": PlotView(logarithmic=True),
    "smoothed": PlotView(smoothing=0.9),
    "logarithmic steps": PlotView(log_steps=True),
    "a range": PlotView(span=(20_000, STEPS)),
}


@pytest.mark.parametrize("view", VIEWS)
def test_a_test_loss_that_rises_stays_in_the_plot_to_its_end(qtbot: QtBot, look: QApplication, view: str) -> None:
    plot = plot_of(qtbot, overfitting(), VIEWS[view])
    axis, newest = plot.area.axis, overfitting().evaluations[-1].test_loss
    assert axis.top >= newest
    assert plot.area.plane.top() - 1 <= plot.area.height_of(newest)
    assert [cut for cut in plot.area.cuts if cut.name == "test"] == []


def test_few_points_that_diverge_are_all_in_the_plot(qtbot: QtBot, look: QApplication) -> None:
    made = History()
    made.extend(np.array([2.0, 1e10, 3e38, 3e38], np.float32))
    for step, loss in enumerate((2.0, 1e21, 1e90, 7.19e255)):
        made.add(Evaluation(step, loss, 0.1, loss / 2, 0.1))
    for view in (PlotView(), PlotView(logarithmic=True)):
        plot = plot_of(qtbot, made, view)
        assert plot.area.axis.top >= 7.19e255
        assert not plot.area.cuts
        assert not plot.grab().isNull()


def test_the_divergence_of_a_long_run_is_cut_and_marked(qtbot: QtBot, look: QApplication) -> None:
    made = overfitting()
    made.extend(np.full(1, 3e38, np.float32))
    made.add(Evaluation(STEPS + 1, 1e90, 0.1, 1e91, 0.1))
    plot = plot_of(qtbot, made, PlotView())
    assert 5.4 <= plot.area.axis.top < 10
    assert {(cut.name, cut.above) for cut in plot.area.cuts} == {("train", True), ("test", True), ("minibatch", True)}
    assert min(cut.across for cut in plot.area.cuts) > 0.9
    assert plot.accessibleDescription().endswith("in part beyond the axis: minibatch and test and train")
    plot.set_view(PlotView(log_steps=True))
    assert min(cut.across for cut in plot.area.cuts) > 0.9


def test_first_losses_far_above_are_cut_and_marked_where_they_are() -> None:
    curve = np.concatenate([[2600.0, 500.0], np.linspace(24, 5, 98)])
    assert 24 <= top_of({"train": curve}) < 2600
    assert top_of({"train": curve[:10]}) == 2600
    steps = np.arange(100.0)
    axis = LOSS.axis({"train": (steps, curve)}, PlotView())
    found = cuts({"train": (steps, curve)}, Frame(0, 99, axis), 400)
    assert [cut.above for cut in found] == [True]
    assert found[0].across < 0.03


def test_a_logarithmic_axis_has_room_for_the_first_losses() -> None:
    curve = np.concatenate([[2600.0, 500.0], np.linspace(24, 5, 98)])
    axis = LOSS.axis({"minibatch": (np.arange(100.0), curve)}, PlotView(logarithmic=True))
    assert axis.top >= 2600


def test_a_batch_a_little_above_the_rest_is_not_cut() -> None:
    measured = np.concatenate([[2.3], np.full(99, 0.1)])
    for first, top in ((2.6, 2.6), (4.0, 2.3)):
        batches = np.concatenate([[2.3, first], np.full(999, 0.01)])
        assert top_of({"minibatch": batches, "train": measured}) == pytest.approx(top)


def test_a_single_spike_of_a_batch_flattens_nothing() -> None:
    batches = np.concatenate([[0.9], np.full(999, 0.02), [1e6]])
    assert top_of({"minibatch": batches, "train": np.linspace(0.9, 0.02, 100)}) < 2


def test_a_usual_start_stays_in_sight_however_long_the_run() -> None:
    curve = np.concatenate([[2.3], np.full(99_999, 0.001)])
    assert top_of({"train": curve}) >= 2.3


def test_a_first_spike_does_not_flatten_the_curve() -> None:
    assert top_of({"train": np.concatenate([[500.0], np.full(999, 0.5)])}) < 20


def test_no_points_have_an_axis_too() -> None:
    assert LOSS.axis({"train": (np.empty(0), np.empty(0))}, PlotView()).top == 1.0


def test_a_further_run_that_diverged_flattens_nothing_and_one_that_overfits_is_seen(
    qtbot: QtBot, look: QApplication
) -> None:
    wild = History()
    wild.add(Evaluation(0, 1.0, 0.5, 1.0, 0.5))
    wild.add(Evaluation(40, 1e100, 0.5, 1e100, 0.5))
    calm = History()
    calm.extend(np.full(100, 0.5, np.float32))
    calm.add(Evaluation(0, 0.9, 0.5, 0.9, 0.5))
    calm.add(Evaluation(100, 0.5, 0.5, 0.5, 0.5))
    runs = (Overlay("wild", "#00795A", wild), Overlay("overfit", "#A8518A", overfitting()))
    plot = plot_of(qtbot, calm, PlotView(), runs)
    assert 5.4 <= plot.area.axis.top < 30
    assert {cut.name for cut in plot.area.cuts} == {"overlay 0 train", "overlay 0 test"}


def test_arrows_of_a_curve_stand_apart_and_are_painted_beyond_the_edge(qtbot: QtBot, look: QApplication) -> None:
    made = overfitting()
    losses = made.losses.view().copy()
    spiky = History()
    losses[5000::1200] = 50.0
    spiky.extend(losses)
    for evaluation in made.evaluations:
        spiky.add(evaluation)
    plot = plot_of(qtbot, spiky, PlotView())
    places = [cut.across * plot.area.plane.width() for cut in plot.area.cuts]
    assert len(places) > 5
    assert min(np.diff(places)) >= APART - 1e-6
    image, x = plot.area.grab().toImage(), round(plot.area.plane.left() + places[3])
    strip = {image.pixelColor(x, y).name() for y in range(int(plot.area.plane.top()) - 1)}
    assert strip != {image.pixelColor(x + APART // 2, 0).name()}


def test_a_further_run_reaches_a_few_times_as_high_as_the_shown_one() -> None:
    own, other = np.linspace(1.0, 0.1, 200), np.linspace(20.0, 19.0, 200)
    assert top_of({"train": own, further(0, "train"): other}) == pytest.approx(7.5)
    assert top_of({"train": own, further(0, "train"): other / 5}) == pytest.approx(4.0)
    assert top_of({further(0, "train"): other}) == pytest.approx(20.0)
