"""What stands on the screen after an update is what a plot would paint anew: nothing beside the curves stays behind."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.stylesheet import stylesheet
from explorer.panels.theme import LIGHT
from explorer.panels.training.overlays import Overlay
from explorer.panels.training.plot_kind import ACCURACY, LOSS, PlotKind
from explorer.panels.training.plots import CurvePlot
from explorer.session import Evaluation, History, Run, RunStatus

Pixels = NDArray[np.uint32]


def history(steps: int, height: float = 2.4) -> History:
    made = History()
    made.extend((height * np.exp(-np.arange(steps) / 200)).astype(np.float32))
    for step in range(0, steps + 1, 50):
        loss = height * float(np.exp(-step / 200))
        made.add(Evaluation(step, loss, 1 - loss / height / 3, 1.1 * loss, 0.9 - loss / height / 3))
    return made


def show(plot: CurvePlot, steps: int, height: float = 2.4, status: RunStatus = RunStatus.RUNNING) -> None:
    made = history(steps, height)
    plot.show_history(made, Run(1, status, steps, 2, made.evaluations[-1]))
    settle()


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def point_and_leave(plot: CurvePlot) -> None:
    plot.point_at(400)
    settle()
    plot.point_at(None)


def on_screen(widget: QWidget) -> Pixels:
    """Return what has been painted on the screen; ``grab`` would paint everything anew."""
    return pixels(widget.screen().grabWindow(widget.winId()))


def pixels(picture: QPixmap) -> Pixels:
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(bytes(image.constBits()), np.uint32).reshape(image.height(), -1).copy()


def stale(widget: QWidget) -> list[int]:
    """Return the left, upper, right and lower end of where the screen is not what would be painted now, if anywhere."""
    shown = on_screen(widget)
    rows, columns = np.nonzero(shown != pixels(widget.grab()))
    return [int(end) for end in (columns.min(), rows.min(), columns.max(), rows.max())] if len(rows) else []


CHANGES: dict[str, Callable[[CurvePlot], object]] = {
    "a run goes on": lambda plot: show(plot, 40_000),
    "another run begins": lambda plot: show(plot, 30),
    "a range is chosen": lambda plot: plot.set_view(plot.view.selected(100, 300, 900)),
    "it is smoothed": lambda plot: plot.set_view(plot.view.smoother()),
    "losses leave the axis": lambda plot: show(plot, 900, 2e5),
    "a longer run lies behind": lambda plot: plot.set_overlays((Overlay("long", "#00795A", history(77_000)),)),
    "it is pointed at and left": point_and_leave,
    "it comes to rest": lambda plot: show(plot, 900, status=RunStatus.PAUSED),
}


@pytest.mark.parametrize("kind", [LOSS, ACCURACY], ids=lambda kind: kind.quantity)
@pytest.mark.parametrize("change", CHANGES)
def test_nothing_stale_stays_on_the_screen(qtbot: QtBot, look: QApplication, change: str, kind: PlotKind) -> None:
    plot = CurvePlot(kind)
    qtbot.addWidget(plot)
    plot.setObjectName("training_panel")
    plot.setStyleSheet(stylesheet(LIGHT))
    plot.set_palette(LIGHT)
    plot.resize(300, 180)
    with qtbot.waitExposed(plot):
        plot.show()
    show(plot, 900)
    CHANGES[change](plot)
    settle()
    assert stale(plot) == []
