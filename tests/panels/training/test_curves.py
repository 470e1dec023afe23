"""The pane of curves: new points are painted once, for each painting takes time from a network that trains."""

import numpy as np
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.training.plot_kind import LOSS
from explorer.panels.training.plots import CurvePlot
from explorer.session import History, Run, RunStatus


class Paintings(QObject):
    """Counts what a widget paints."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_new_points_are_painted_once(qtbot: QtBot) -> None:
    plot, history, paintings = CurvePlot(LOSS), History(), Paintings()
    qtbot.addWidget(plot)
    plot.resize(400, 200)
    plot.show()
    for k in range(4):
        history.extend(np.linspace(1, 0.5, 50, dtype=np.float32))
        plot.show_history(history, Run(1, RunStatus.RUNNING, len(history.losses)))
        for _ in range(4):
            QApplication.processEvents()
        if k == 0:
            plot.curves.viewport().installEventFilter(paintings)
    assert paintings.count == 3
