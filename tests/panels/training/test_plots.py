"""The curve plots: what is drawn and said of a history, and the axis."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.theme import DARK, LIGHT, SMALL, Palette, number_font
from explorer.panels.tick_words import tick_words
from explorer.panels.training.axis import Frame, round_axis, share_axis
from explorer.panels.training.plot_area import PANE_MARGIN, TICK_GAP
from explorer.panels.training.plot_kind import ACCURACY, LOSS, MOST_POINTS, PlotKind
from explorer.panels.training.plots import CurvePlot
from explorer.panels.training.shown_plot import EMPTY
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session import Evaluation, History, Run, RunStatus, Session
from explorer.session.evaluator import SampleSet
from explorer.session.opening import open_data, open_named
from explorer.session.rightness import has_accuracy
from tests.panels.training.curving import history

Array = NDArray[np.float64]


def history_of(losses: Array) -> History:
    made = History()
    made.extend(np.minimum(losses, 3e38).astype(np.float32))
    for step, loss in enumerate(losses):
        made.add(Evaluation(step, loss, 0.5, loss, 0.5))
    return made


def run_of(made: History, status: RunStatus = RunStatus.PAUSED) -> Run:
    return Run(1, status, len(made.losses), 2, made.evaluations[-1] if made.evaluations else None)


def plot_of(qtbot: QtBot, kind: PlotKind, made: History) -> CurvePlot:
    plot = CurvePlot(kind)
    qtbot.addWidget(plot)
    plot.set_palette(LIGHT)
    plot.resize(420, 180)
    plot.show_history(made, run_of(made))
    return plot


def drawn(plot: CurvePlot, name: str) -> tuple[Array, Array]:
    return plot.curves.points(name)


def test_every_curve_is_drawn_to_its_newest_point(qtbot: QtBot, look: QApplication) -> None:
    made = history()
    plot = plot_of(qtbot, LOSS, made)
    for name in ("train", "test"):
        x, y = drawn(plot, name)
        assert (x[0], x[-1]) == (0, 1000)
        assert y[-1] == getattr(made.evaluations[-1], f"{name}_loss")
    x, y = drawn(plot, "minibatch")
    assert (x[-1], y[-1]) == (1000, made.losses.view()[-1])


def test_the_newest_values_stand_in_words(qtbot: QtBot, look: QApplication) -> None:
    plot = plot_of(qtbot, LOSS, history())
    assert plot.foot.values["train"].text() == "train 0.0162"
    assert plot.foot.values["test"].text() == "test 0.0178"
    assert float(plot.foot.values["train"].toolTip()) == history().evaluations[-1].train_loss
    assert plot.step_label.text() == "step 1,000"
    assert plot.accessibleDescription() == "train 0.0162, test 0.0178, step 1,000"


def test_without_held_out_samples_there_is_no_test_curve(qtbot: QtBot, look: QApplication) -> None:
    made = History()
    made.extend(np.ones(3, np.float32))
    made.add(Evaluation(3, 1.0, 0.5, float("nan"), float("nan")))
    plot = plot_of(qtbot, LOSS, made)
    assert plot.foot.values["test"].isHidden()
    assert not plot.foot.values["train"].isHidden()
    assert len(drawn(plot, "test")[0]) == 0


def test_an_empty_plot_says_so(qtbot: QtBot, look: QApplication) -> None:
    made = History()
    made.add(Evaluation(0, 2.4, 0.1, 2.4, 0.1))
    plot = plot_of(qtbot, ACCURACY, made)
    assert plot.area.words == EMPTY
    assert len(drawn(plot, "train")[0]) == 0
    plot.show_history(history(), run_of(history()))
    assert plot.area.words == ""


def test_where_there_are_no_classes_the_accuracy_plot_says_so(qtbot: QtBot, look: QApplication) -> None:
    made, nan = History(), float("nan")
    made.extend(np.ones(3, np.float32))
    made.add(Evaluation(3, 1.0, nan, nan, nan))
    plot = plot_of(qtbot, ACCURACY, made)
    assert plot.area.words == ACCURACY.absent


def test_a_drawn_curve_does_not_follow_the_array_it_came_from(qtbot: QtBot, look: QApplication) -> None:
    plot = plot_of(qtbot, LOSS, history())
    x, y = np.arange(3.0), np.ones(3)
    plot.curves.draw({"train": (x, y)}, Frame(0.0, 3.0, round_axis(2.0)))
    y[:] = 7
    assert drawn(plot, "train")[1].tolist() == [1, 1, 1]


def test_a_divergent_loss_leaves_the_plot_at_its_top(qtbot: QtBot, look: QApplication) -> None:
    made = history(2000)
    made.extend(np.array([1e5, 1e20, 3e38], np.float32))
    plot = plot_of(qtbot, LOSS, made)
    assert 2.4 <= plot.area.axis.top < 10
    assert drawn(plot, "minibatch")[1].max() <= 4 * plot.area.axis.top
    assert not plot.grab().isNull()


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_curves_are_painted_in_the_colours_of_the_look(qtbot: QtBot, look: QApplication, palette: Palette) -> None:
    plot = plot_of(qtbot, ACCURACY, history())
    plot.set_palette(palette)
    image = plot.area.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert QColor(palette.train).name() in colours
    assert QColor(palette.test).name() in colours
    assert QColor(palette.hairline).name() in colours


def test_the_mouse_passes_through_the_curves(qtbot: QtBot, look: QApplication) -> None:
    plot = plot_of(qtbot, LOSS, history())
    plot.show()
    assert plot.area.childAt(plot.area.rect().center()) is None


def test_a_curve_is_painted_where_the_axes_say(qtbot: QtBot, look: QApplication) -> None:
    plot = plot_of(qtbot, LOSS, made := history_of(np.linspace(2, 0.1, 200)))
    image, area = plot.area.grab().toImage(), plot.area
    for step in (20, 100, 180):
        x, y = round(area.place_of(step)), area.height_of(made.evaluations[step].train_loss)
        column = [image.pixelColor(x, row) for row in range(image.height())]
        reddest = max(range(len(column)), key=lambda row: column[row].red() - column[row].blue())
        assert abs(reddest + 0.5 - y) < 1.5


def test_a_long_history_is_drawn_with_few_points_and_both_ends(qtbot: QtBot, look: QApplication) -> None:
    made = History()
    made.extend(np.ones(2000, np.float32))
    for step in range(1, 2001):
        made.add(Evaluation(step, 1 / step, 1.0, 1.0, 1.0))
    plot = plot_of(qtbot, LOSS, made)
    x, y = drawn(plot, "train")
    assert len(x) == MOST_POINTS
    assert (x[0], x[-1], y[-1]) == (1, 2000, 1 / 2000)


@pytest.mark.parametrize(
    ("top", "reached"),
    [(2.4, 2.4), (2.5, 2.8), (1.0, 1.0), (0.95, 1.0), (3.1, 3.2), (1e-4, 1e-4), (730.0, 800.0), (0.0, 1e-12)],
)
def test_axes_end_at_round_numbers(top: float, reached: float) -> None:
    axis = round_axis(top)
    assert axis.top == pytest.approx(reached)
    assert len(axis.ticks) == 5
    assert axis.ticks[0] == (0.0, "0")


def test_the_accuracy_axis_is_a_share() -> None:
    assert [words for _, words in share_axis().ticks] == ["0", "0.25", "0.5", "0.75", "1"]


@pytest.mark.parametrize(
    ("value", "words"), [(0.6, "0.6"), (250.0, "250"), (5e6, "5e6"), (2e-5, "2e−5"), (12000.0, "1.2e4")]
)
def test_ticks_are_short(value: float, words: str) -> None:
    assert tick_words(value) == words
    assert len(words) <= 5


def test_ticks_of_any_length_stand_whole_left_of_the_hairlines(qtbot: QtBot, look: QApplication) -> None:
    metrics = QFontMetricsF(number_font(SMALL))
    for scale in (7e-4, 2.0, 12_345.0, 1.3e-11, 1.7e308):
        made = History()
        made.extend(np.ones(500, np.float32))
        for step in range(0, 501, 50):
            made.add(Evaluation(step, scale * (1 - step / 1000), 0.5, scale, 0.5))
        plot = plot_of(qtbot, LOSS, made)
        area = plot.area
        widest = max(metrics.horizontalAdvance(words) for _, words in area.axis.ticks)
        assert area.plane.left() - TICK_GAP - widest >= 0
        assert len({words for _, words in area.axis.ticks}) == 5


def test_the_curves_move_with_the_hairlines(qtbot: QtBot, look: QApplication) -> None:
    plot = plot_of(qtbot, LOSS, history())
    plot.show_history(scaled := history_of(1e-4 * np.exp(-np.arange(100) / 30)), run_of(scaled))
    assert plot.curves.geometry().left() == round(plot.area.plane.left()) - PANE_MARGIN


def test_losses_near_the_largest_number_are_drawn_from_above(qtbot: QtBot, look: QApplication) -> None:
    made = history_of(1e300 * np.exp(-np.arange(500) / 200))
    plot = plot_of(qtbot, LOSS, made)
    plot.set_palette(LIGHT)
    image = plot.area.grab().toImage()
    left = int(plot.area.plane.left()) + 2
    low = int(plot.area.plane.bottom()) - 20
    middle = [image.pixelColor(x, y) for x in range(left, left + 4) for y in range(low // 2, low)]
    assert all(colour.blue() - colour.red() < 60 for colour in middle)


@pytest.mark.parametrize("roomy", [False, True], ids=["a strip", "most of the window"])
def test_of_numbers_there_is_no_accuracy_and_the_losses_have_its_room(
    panel: TrainingPanel, session: Session, *, roomy: bool
) -> None:
    panel.set_roomy(roomy=roomy)
    panel.show()
    classes = panel.loss.size()
    session.open(*open_data("sine"))
    QApplication.processEvents()
    assert panel.accuracy.isHidden()
    assert panel.loss.width() * panel.loss.height() > 1.7 * classes.width() * classes.height()
    session.open(*open_data("moons"))
    QApplication.processEvents()
    assert not panel.accuracy.isHidden()
    assert panel.loss.size() == classes
    panel.hide()


@pytest.mark.parametrize(
    ("name", "shares"), [("digits", True), ("sine", False), ("mazur", False), ("net-s", True), ("xor", True)]
)
def test_what_has_a_right_and_a_wrong_has_an_accuracy(name: str, *, shares: bool) -> None:
    subject, _ = open_named(name)
    assert has_accuracy(subject) is shares
    measured = SampleSet(subject.problem.X, subject.problem.Y, 0, np.dtype(np.float64)).measure(subject.problem.network)
    assert np.isfinite(measured[1]) == shares
