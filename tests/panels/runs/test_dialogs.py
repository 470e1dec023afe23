"""Runs side by side in a table, and the question which optimisers to compare."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.engine.errors import ExplorerError
from explorer.panels.runs.lines import lines_of
from explorer.panels.runs.optimizers_dialog import OptimizersDialog, read_rates, same_words
from explorer.panels.runs.side_by_side import SideBySide
from explorer.panels.runs.telling import memory_words, overlays_of, verdict
from explorer.panels.theme import DARK, LIGHT
from explorer.session import Evaluation, RunStatus, Session
from explorer.session.moment import Moment
from explorer.session.opening import open_data, open_named
from explorer.session.runs_comparing import Comparison, lane_of
from explorer.session.runs_table import side_by_side
from tests.panels.runs.running import session_of, train, with_runs

Key, Role = Qt.Key, Qt.ItemDataRole


def table_of(session: Session) -> SideBySide:
    return SideBySide([(run.name, LIGHT.runs[run.colour], run.moment) for run in session.state.runs], LIGHT)


def differing() -> Session:
    session = with_runs("first")
    session.configure(replace(session.state.settings, seed=4, batch_size=8))
    train(session, 9)
    session.keep_run("second")
    return session


def test_rows_that_differ_are_marked_and_said_to(qtbot: QtBot, look: QApplication) -> None:
    dialog = table_of(differing())
    qtbot.addWidget(dialog)
    assert dialog.sentence == "≠ seed, batch differ"
    lines = {row.title: line for line, row in enumerate(dialog.rows)}
    model = dialog.table.model()
    seed, network = model.index(lines["seed"], 0), model.index(lines["network"], 0)
    assert (seed.data(), network.data()) == ("≠ seed", "  network")
    assert seed.data(Role.AccessibleTextRole) == "seed, differs"
    assert network.data(Role.AccessibleTextRole) == "network, the same in all"
    assert seed.data(Role.BackgroundRole).color().name() == LIGHT.accent_soft.lower()
    assert network.data(Role.BackgroundRole) is None
    assert seed.siblingAtColumn(2).data(Role.AccessibleTextRole) == "second, seed: 4"
    assert model.headerData(2, Qt.Orientation.Horizontal) == "second"


def test_a_long_name_heads_its_column_shortened_with_a_sign(qtbot: QtBot, look: QApplication) -> None:
    session = with_runs("a name of a run as long as names can be")
    dialog = table_of(session)
    qtbot.addWidget(dialog)
    head = dialog.table.horizontalHeaderItem(1)
    assert dialog.table.horizontalHeader().textElideMode() is Qt.TextElideMode.ElideMiddle
    assert head is not None
    assert head.toolTip() == head.text() == session.state.runs[0].name


def test_only_what_differs_is_left(qtbot: QtBot, look: QApplication) -> None:
    dialog = table_of(differing())
    qtbot.addWidget(dialog)
    dialog.only.click()
    left = {row.title for line, row in enumerate(dialog.rows) if not dialog.table.isRowHidden(line)}
    assert {"seed", "batch", "steps"} <= left
    assert not left & {"network", "optimiser", "data"}
    dialog.only.click()
    assert not any(dialog.table.isRowHidden(line) for line in range(len(dialog.rows)))


def test_the_table_is_copied_as_text_and_closed_by_esc(qtbot: QtBot, look: QApplication) -> None:
    dialog = table_of(differing())
    qtbot.addWidget(dialog)
    dialog.open()
    QTest.keyClick(dialog, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "\tfirst\tsecond"
    assert "seed\t0\t4" in lines
    QTest.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_dialog_asks_with_what_is_usual(qtbot: QtBot, look: QApplication) -> None:
    session = session_of()
    session.configure(replace(session.state.settings, optimizer="nesterov", learning_rate=0.03))
    dialog = OptimizersDialog(session.state)
    qtbot.addWidget(dialog)
    asked = dialog.comparison()
    assert asked.rates == {
        "sgd": (0.1,),
        "momentum": (0.02,),
        "nesterov": (0.03,),
        "rmsprop": (0.002,),
        "adam": (0.005,),
    }
    assert asked.epochs * session.state.steps_per_epoch >= 2000
    assert dialog.count.text() == "5 runs, 10,000 updates in all"


def test_several_rates_are_a_run_each_and_ticked_by_typing(qtbot: QtBot, look: QApplication) -> None:
    dialog = OptimizersDialog(session_of().state)
    qtbot.addWidget(dialog)
    taken: list[Comparison] = []
    dialog.chosen.connect(taken.append)
    for tick in dialog.ticks.values():
        tick.setChecked(False)
    assert not dialog.start.isEnabled()
    assert dialog.refusal.text() == "0 runs to compare: choose 2 to 8 optimisers or rates"
    dialog.open()
    field = dialog.rates["adamw"]
    field.clear()
    QTest.keyClicks(field, "0.01, 0.02 0.5")
    assert dialog.ticks["adamw"].isChecked()
    dialog.epochs.setValue(7)
    QTest.keyClick(field, Key.Key_Return)
    assert taken == [Comparison({"adamw": (0.01, 0.02, 0.5)}, 7)]
    assert not dialog.isVisible()


def test_a_wrong_rate_is_refused_in_the_dialog(qtbot: QtBot, look: QApplication) -> None:
    dialog = OptimizersDialog(session_of().state)
    qtbot.addWidget(dialog)
    dialog.rates["sgd"].setText("fast")
    dialog.ticks["adamw"].setChecked(True)
    assert dialog.refusal.text() == "Learning rate 'fast': expected a number, for example 0.1"
    assert not dialog.start.isEnabled()
    dialog.rates["sgd"].setText("-1")
    dialog.ticks["adamw"].setChecked(False)
    assert dialog.refusal.text().startswith("Learning rate -1: expected a number above 0")
    dialog.rates["sgd"].setText("0.1")
    dialog.ticks["adamw"].setChecked(True)
    assert (dialog.refusal.text(), dialog.start.isEnabled()) == ("", True)


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("0.1", (0.1,)),
        (" 0.1 0.2 ", (0.1, 0.2)),
        ("0.1, 0.2,0.3", (0.1, 0.2, 0.3)),
        ("0,1", (0.1,)),
        ("0,1; 0,2", (0.1, 0.2)),
        ("1e-3", (0.001,)),
    ],
)
def test_rates_are_read_as_people_write_them(text: str, rates: tuple[float, ...]) -> None:
    assert read_rates(text) == rates


@pytest.mark.parametrize("text", ["", "fast", "0.1 x"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ExplorerError, match="expected a number"):
        read_rates(text)


def test_the_question_says_whose_weights_the_runs_begin_at_and_what_an_epoch_is(
    qtbot: QtBot, look: QApplication
) -> None:
    session = session_of()
    dialog = OptimizersDialog(session.state)
    qtbot.addWidget(dialog)
    each = session.state.steps_per_epoch
    dialog.epochs.setValue(7)
    assert dialog.updates.text() == f"of {each} updates each: {7 * each} a run"
    assert "2,000 updates" in dialog.epochs.toolTip()
    assert "each run begins at the weights that this seed draws, and sees" in same_words(session.state)
    assert "each run begins at the weights of its file, and sees" in same_words(Session(*open_named("net-s")).state)


def test_curves_of_other_data_and_of_the_shown_run_are_not_drawn() -> None:
    session = with_runs("first", "second")
    state = session.state
    assert [each.name for each in overlays_of(state, session.shown_run(), (), LIGHT)] == ["first"]
    assert overlays_of(state, None, (), DARK)[1].colour == DARK.runs[1]
    session.show_curves(1, visible=False)
    lane = lane_of(state, "adam", 0.01)
    drawn = overlays_of(session.state, None, (lane,), LIGHT)
    assert [(each.name, each.colour) for each in drawn] == [("second", LIGHT.runs[1]), ("Adam 0.01", LIGHT.runs[2])]
    session.open(*open_data("iris"))
    assert overlays_of(session.state, None, (lane,), LIGHT) == ()
    line = lines_of(session.state, None, (lane,))[0]
    assert not line.visible
    assert line.tip == "Being compared on Two moons. Its curves are drawn once its data are shown."


def test_memory_is_told() -> None:
    session = with_runs("first", "second")
    assert memory_words(session_of().state, None, 0) == "no run kept"
    assert memory_words(session.state, None, 0).startswith("2 runs kept · ")
    assert memory_words(session.state, None, 0).endswith(" of 256 MB")
    assert memory_words(session.state, 0.5, 3) == "comparing 3 runs: 50%"
    session.open(*open_data("iris"))
    assert memory_words(session.state, None, 0).startswith("2 runs kept, 2 of other data or units · ")


def test_the_verdict_names_the_best_and_those_that_diverged() -> None:
    state = session_of().state
    good, better, lost = (lane_of(state, name, 0.1) for name in ("sgd", "adam", "momentum"))
    for lane, loss in ((good, 0.5), (better, 0.25), (lost, 0.01)):
        lane.note(Evaluation(9, 0.0, 1.0, loss, 1.0))
    lost.diverge(9)
    assert lost.run.status is RunStatus.FAILED
    good.done = better.done = True
    words = "Compared 3 runs: the lowest test loss at the end, 0.25, is that of Adam 0.1; Momentum 0.1 diverged."
    assert verdict([good, better, lost]) == words


def test_the_verdict_on_runs_that_were_stopped_says_so_and_where() -> None:
    state = session_of().state
    lanes = [lane_of(state, name, 0.1) for name in ("sgd", "adam")]
    for lane, step in zip(lanes, (594, 604), strict=True):
        lane.note(Evaluation(step, 0.5 - step / 10_000, 1.0, float("nan"), float("nan")))
        lane.run = replace(lane.run, step=step)
    words = "Compared 2 runs, stopped at 594 to 604 of 2,000 steps: the lowest train loss then, 0.4396, is that of Adam"
    assert verdict(lanes, 2000) == f"{words} 0.1."
    lanes[0].done = True
    assert "stopped at 604 of 2,000 steps" in verdict(lanes, 2000)


def test_a_scaling_is_told_in_a_word_where_there_is_no_room_for_its_formula() -> None:
    session = Session(*open_data("wine"))
    moment = Moment.of(session.state, session.history)
    row = next(row for row in side_by_side([moment, moment]) if row.title == "scaling")
    assert row.cells == ("standardised", "standardised")
