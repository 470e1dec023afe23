"""A history to draw, and keys pressed on its plot."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from explorer.panels.training.plots import CurvePlot
from explorer.session import Evaluation, History

STEPS = 1000


def history(steps: int = STEPS) -> History:
    made = History()
    made.extend((2.4 * np.exp(-np.arange(steps) / 200)).astype(np.float32))
    for step in range(0, steps + 1, 50):
        loss = 2.4 * float(np.exp(-step / 200))
        made.add(Evaluation(step, loss, 1 - loss / 3, 1.1 * loss, 0.9 - loss / 3))
    return made


def press(plot: CurvePlot, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(plot, key)
