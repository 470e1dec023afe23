"""What stands beside the losses of a predicted number: the error in its units, where there is room."""

import numpy as np
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.training.meaning import meaning_of
from explorer.panels.training.plot_kind import LOSS
from explorer.panels.training.plots import CurvePlot
from explorer.panels.training.training_panel import TrainingPanel
from explorer.session import Evaluation, History, Run, RunStatus, Session, Settings
from explorer.session.opening import open_named
from explorer.tape.numbers import exact, shown
from tests.session.pictures.test_prediction import houses


def measured() -> tuple[History, Run]:
    made, found = History(), Evaluation(1, 0.005, np.nan, 0.02, np.nan)
    made.extend(np.full(1, 0.01, np.float32))
    made.add(found)
    return made, Run(1, RunStatus.PAUSED, 1, 1, found)


def test_the_error_stands_beside_the_loss_in_the_units_of_the_target(qtbot: QtBot, look: QApplication) -> None:
    subject = houses(outputs=1)
    assert subject.targets is not None
    scale = float(subject.targets.scale[0])
    plot = CurvePlot(LOSS)
    qtbot.addWidget(plot)
    plot.set_meaning(meaning_of(subject))
    plot.resize(480, 180)
    plot.show_history(*measured())
    texts = [plot.foot.values[series].text() for series in ("train", "test")]
    assert texts == [f"train 0.00500 (RMSE {shown(0.1 * scale, 3)})", f"test 0.0200 (RMSE {shown(0.2 * scale, 3)})"]
    tip = plot.foot.values["train"].toolTip()
    assert tip.splitlines()[0] == exact(0.005)
    assert tip.endswith("in the units of price.")


def test_it_is_left_out_where_there_is_no_room(qtbot: QtBot, look: QApplication) -> None:
    plot = CurvePlot(LOSS)
    qtbot.addWidget(plot)
    plot.set_meaning(meaning_of(houses(outputs=1)))
    plot.resize(200, 180)
    plot.show()
    plot.show_history(*measured())
    assert plot.foot.values["train"].text() == "train 0.00500"
    assert "root mean square error" in plot.foot.values["train"].toolTip()
    plot.resize(480, 180)
    qtbot.waitUntil(lambda: "RMSE" in plot.foot.values["train"].text())
    plot.hide()


def test_the_panel_says_it_of_one_number_and_of_nothing_else(panel: TrainingPanel, session: Session) -> None:
    assert meaning_of(session.state.subject) is None
    session.open(houses(outputs=1), Settings((4,)))
    session.receive(session.state.run.id, 1, 0, np.ones(1, np.float32), tuple(measured()[0].evaluations), None)
    panel.follow()
    label = panel.loss.foot.values["train"]
    assert "in the units of price" in label.toolTip()
    for name in ("mazur", "digits"):
        session.open(*open_named(name))
        assert meaning_of(session.state.subject) is None
        assert "in the units of" not in label.toolTip()
