"""Kept runs in the window: by actions and keys, drawn behind, laid side by side, brought back; optimisers compared."""

import csv
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from explorer.panels.main_window import MainWindow
from explorer.panels.runs.optimizers_dialog import OptimizersDialog
from explorer.panels.runs.side_by_side import SideBySide
from explorer.session import RunStatus
from explorer.session.runs_commands import DeleteRuns, RenameRun
from explorer.session.runs_comparing import Comparison
from tests.windows import WAIT_MS

pytestmark = pytest.mark.opens("moons")


def train(window: MainWindow, qtbot: QtBot) -> None:
    window.action("train_epoch").trigger()
    qtbot.waitUntil(lambda: window.session.state.run.status is RunStatus.PAUSED, timeout=WAIT_MS)


def names(window: MainWindow) -> list[str]:
    return [run.name for run in window.session.state.runs]


def drawn(window: MainWindow) -> list[str]:
    return [each.name for each in window.training.loss._overlays]


def spans(window: MainWindow) -> list[tuple[int, int] | None]:
    return [plot.view.span for plot in (window.training.loss, window.training.accuracy)]


def test_a_run_is_kept_and_drawn_behind_the_next(window: MainWindow, qtbot: QtBot) -> None:
    window.action("keep_run").trigger()
    assert window.banner.text() == "There is no run to keep yet: train first"
    train(window, qtbot)
    window.action("keep_run").trigger()
    assert (names(window), drawn(window)) == (["run 1"], [])
    window.action("reset").trigger()
    assert drawn(window) == ["run 1"]
    train(window, qtbot)
    window.action("reset").trigger()
    assert drawn(window) == ["run 1", "run 2"]
    window.session.show_curves(1, visible=False)
    assert drawn(window) == ["run 2"]


@pytest.mark.opens("moons", (1280, 800))
def test_the_low_strip_shows_five_runs_and_how_many_there_are(window: MainWindow, qtbot: QtBot) -> None:
    for _ in range(5):
        train(window, qtbot)
        window.action("keep_run").trigger()
    window.training.pictures.choose("runs")
    window.complete()
    page, panel = window.runs.page, window.training.pictures
    assert page.table.rowAt(page.table.viewport().height() - 1) in (-1, 4)
    assert page.table.rowViewportPosition(4) + page.table.rowHeight(4) <= page.table.viewport().height()
    assert page.count.isVisible()
    assert page.count.shown_text() == page.count.text()
    assert page.count.text().startswith("5 runs kept · ")
    assert panel.note.isHidden()
    assert page.accessibleDescription() == page.count.text()
    panel.choose("regions")
    window.complete()
    assert panel.note.isVisible()
    assert not page.count.isVisible()


def test_a_kept_run_is_named_where_its_list_is_out_of_sight(window: MainWindow, qtbot: QtBot) -> None:
    window.training.pictures.choose("regions")
    train(window, qtbot)
    window.action("keep_run").trigger()
    assert window.banner.text() == "Kept run 1."
    button = window.banner.findChild(QPushButton, "offer_button")
    assert isinstance(button, QPushButton)
    button.click()
    assert window.training.pictures.key == "runs"
    train(window, qtbot)
    window.action("keep_run").trigger()
    assert (window.banner.text(), button.isHidden()) == ("Kept run 2.", True)
    window.action("undo").trigger()
    assert names(window) == ["run 1"]


def test_the_old_curve_appears_once_training_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    train(window, qtbot)
    window.action("keep_run").trigger()
    assert drawn(window) == []
    train(window, qtbot)
    assert drawn(window) == ["run 1"]


def test_a_deleted_run_comes_back_from_the_banner(window: MainWindow, qtbot: QtBot) -> None:
    train(window, qtbot)
    window.action("keep_run").trigger()
    window.runs.do(DeleteRuns((1,)))
    assert (names(window), window.banner.text()) == ([], "Deleted run 1.")
    button = window.banner.findChild(QPushButton, "offer_button")
    assert isinstance(button, QPushButton)
    assert button.text() == "Undo deleting run 1"
    button.click()
    assert (names(window), window.banner.text()) == (["run 1"], "")


def test_a_refusal_goes_once_something_is_done(window: MainWindow, qtbot: QtBot) -> None:
    train(window, qtbot)
    window.action("keep_run").trigger()
    window.runs.do(RenameRun(1, "x" * 55))
    assert window.banner.text().endswith("expected 1 to 40 characters, got 55")
    window.runs.do(RenameRun(1, "good"))
    assert (names(window), window.banner.text()) == (["good"], "")


def test_a_banner_offers_no_undo_of_something_else(window: MainWindow, qtbot: QtBot) -> None:
    train(window, qtbot)
    window.action("keep_run").trigger()
    window.runs.do(DeleteRuns((1,)))
    train(window, qtbot)
    assert window.banner.text() == ""
    window.action("undo").trigger()
    window.action("undo").trigger()
    assert names(window) == ["run 1"]


def test_runs_are_laid_side_by_side(window: MainWindow, qtbot: QtBot) -> None:
    window.action("compare_runs").trigger()
    assert window.banner.text().startswith("There is nothing to compare yet")
    train(window, qtbot)
    window.session.configure(replace(window.session.state.settings, seed=5))
    train(window, qtbot)
    window.action("compare_runs").trigger()
    table = window.runs.dialog
    assert isinstance(table, SideBySide)
    heads = [table.table.model().headerData(column, Qt.Orientation.Horizontal) for column in range(1, 3)]
    assert heads == ["this run", "run 1"]
    assert next(row.cells for row in table.rows if row.title == "seed") == ("5", "0")
    table.reject()
    window.action("keep_run").trigger()
    window.runs.page.table.choose((1, 2))
    assert [name for name, _, _ in window.runs.columns()] == ["run 1", "run 2"]


def test_a_kept_run_is_shown_again(window: MainWindow, qtbot: QtBot) -> None:
    train(window, qtbot)
    window.action("keep_run").trigger()
    kept = window.session.state.network
    window.action("reset").trigger()
    window.action("show_runs").trigger()
    assert window.training.pictures.key == "runs"
    window.runs.page.run_wanted.emit(1)
    assert window.session.state.network is kept
    assert window.runs.page.model.lines[0].here
    train(window, qtbot)
    assert window.session.state.run.epoch == 2
    assert not window.runs.page.model.lines[0].here


def test_a_kept_runs_history_is_exported(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    train(window, qtbot)
    window.action("keep_run").trigger()
    kept = window.session.state.runs[0]
    window.action("reset").trigger()
    path = tmp_path / "run.csv"
    window.files.exports.write_run(1, str(path))
    with path.open(newline="") as text:
        rows = list(csv.DictReader(text))
    assert [int(row["step"]) for row in rows] == [each.step for each in kept.history.evaluations]
    assert int(rows[-1]["epoch"]) == 1
    assert f"measurements of run 1 to {path}" in window.banner.text()
    window.files.exports.ask_run(1)
    dialog = window.files.dialog
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == "run-1-history.csv"
    dialog.reject()


def test_optimisers_are_compared_as_one_action(window: MainWindow, qtbot: QtBot) -> None:
    train(window, qtbot)
    window.action("keep_run").trigger()
    assert not window.action("stop_comparison").isEnabled()
    window.action("compare_optimizers").trigger()
    dialog = window.runs.dialog
    assert isinstance(dialog, OptimizersDialog)
    dialog.epochs.setValue(3)
    dialog.start.click()
    assert window.training.pictures.key == "runs"
    assert not window.action("compare_optimizers").isEnabled()
    assert drawn(window) == ["SGD 0.1", "Momentum 0.02", "RMSProp 0.002", "Adam 0.005"]
    qtbot.waitUntil(lambda: window.banner.text().startswith("Compared 4 runs"), timeout=WAIT_MS)
    assert names(window) == ["run 1", "SGD 0.1", "Momentum 0.02", "RMSProp 0.002", "Adam 0.005"]
    assert {run.moment.run.epoch for run in window.session.state.runs[1:]} == {3}
    assert drawn(window) == names(window)[1:]
    assert window.runs.page.table.chosen() == (2, 3, 4, 5)
    assert window.action("compare_optimizers").isEnabled()
    window.action("undo").trigger()
    assert names(window) == ["run 1"]
    window.action("redo").trigger()
    assert len(names(window)) == 5


def test_a_comparison_is_stopped_by_its_action(window: MainWindow, qtbot: QtBot) -> None:
    window.action("train").trigger()
    window.runs.compare(Comparison({"sgd": (0.1, 0.2)}, 1_000_000))
    qtbot.waitUntil(lambda: window.session.state.run.status is not RunStatus.RUNNING, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: all(lane.run.step > 50 for lane in window.runs.engine.lanes), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.runs.page.model.lines[0].steps not in {"", "0"}, timeout=WAIT_MS)
    assert window.runs.page.progress.isVisible()
    window.action("stop_comparison").trigger()
    qtbot.waitUntil(lambda: window.banner.text().startswith("Compared 2 runs"), timeout=WAIT_MS)
    assert names(window) == ["SGD 0.1", "SGD 0.2"]
    assert not window.runs.page.progress.isVisible()


def test_a_comparison_is_looked_at_in_its_own_steps(window: MainWindow, qtbot: QtBot) -> None:
    for _ in range(3):
        train(window, qtbot)
    steps = window.session.state.steps_per_epoch
    window.runs.compare(Comparison({"sgd": (0.1, 0.2)}, 1))
    assert spans(window) == [(0, steps)] * 2
    qtbot.waitUntil(lambda: window.banner.text().startswith("Compared 2 runs"), timeout=WAIT_MS)
    assert spans(window) == [(0, steps)] * 2
    train(window, qtbot)
    assert spans(window) == [None] * 2
    assert window.runs.page.table.chosen() == (1, 2)
    window.runs.compare(Comparison({"sgd": (0.1, 0.2)}, 2))
    assert spans(window) == [None] * 2
    assert (window.runs.page.table.chosen(), window.runs.page.table.rowAt(0)) == ((), 0)
    window.runs.stop()
    qtbot.waitUntil(lambda: not window.runs.engine.running, timeout=WAIT_MS)


def test_a_comparison_that_is_stopped_is_looked_at_in_the_steps_that_it_made(window: MainWindow, qtbot: QtBot) -> None:
    steps = window.session.state.steps_per_epoch
    window.session.configure(replace(window.session.state.settings, epochs=5000))
    window.action("train").trigger()
    qtbot.waitUntil(lambda: window.session.state.run.epoch == 5000, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.session.state.run.status is not RunStatus.RUNNING, timeout=WAIT_MS)
    window.runs.compare(Comparison({"sgd": (0.1, 0.2)}, 2400))
    assert spans(window) == [(0, 2400 * steps)] * 2

    def has_begun() -> bool:
        window.runs.engine._pull()  # its own clock would leave a fast machine the time to end
        return all(lane.run.step > 5 for lane in window.runs.engine.lanes)

    qtbot.waitUntil(has_begun, timeout=WAIT_MS)
    window.action("stop_comparison").trigger()
    qtbot.waitUntil(lambda: window.banner.text().startswith("Compared 2 runs"), timeout=WAIT_MS)
    made = max(run.moment.run.step for run in window.session.state.runs[-2:])
    assert made < 2400 * steps
    assert spans(window) == [(0, made)] * 2
    train(window, qtbot)
    assert spans(window) == [None] * 2


def test_closing_the_window_ends_a_comparison(window: MainWindow, qtbot: QtBot) -> None:
    window.runs.compare(Comparison({"sgd": (0.1, 0.2)}, 1_000_000))
    qtbot.waitUntil(lambda: all(lane.run.step > 50 for lane in window.runs.engine.lanes), timeout=WAIT_MS)
    window.close()
    assert not window.runs.engine.running


@pytest.mark.parametrize("name", ["light", "dark"])
def test_runs_have_their_colours_in_both_looks(window: MainWindow, qtbot: QtBot, name: str) -> None:
    train(window, qtbot)
    window.action("reset").trigger()
    window.set_look(name)
    assert window.training.loss._overlays[0].colour == window.look.runs[0]
