"""Sessions in the window: saved by key, opened by name, by drop and by dialog; nothing is asked and nothing is lost."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from explorer.app import run_window
from explorer.data import finished
from explorer.engine import ExplorerError
from explorer.panels.main_window import MainWindow
from explorer.panels.session_files import last_path
from explorer.panels.training.plot_view import SMOOTHINGS, PlotView
from explorer.session import Edit
from explorer.session.stored.session_file import opening_session
from tests.session.moments import snapshot
from tests.windows import WAIT_MS, is_paused, notice, shown


@pytest.fixture
def moons(look: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = shown(qtbot, "moons")
    yield made
    made.close()


def train(window: MainWindow, qtbot: QtBot, steps: int) -> None:
    """Make so many updates, one after the other."""
    for _ in range(steps):
        wanted = window.session.state.run.step + 1
        window.action("train_step").trigger()
        qtbot.waitUntil(lambda wanted=wanted: is_paused(window) and window.session.state.run.step == wanted)  # type: ignore[misc]


def file_of(window: MainWindow) -> Path | None:
    return window.files.sessions.path


def save(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    window.files.sessions.save_as(str(path))
    qtbot.waitUntil(lambda: notice(window).startswith("Saved the session"), timeout=WAIT_MS)
    window.session.tell(None)


def test_training_goes_on_in_another_window_as_it_would_have(moons: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    train(moons, qtbot, 3)
    save(moons, qtbot, tmp_path / "m.bpx")
    other = shown(qtbot, str(tmp_path / "m.bpx"))
    assert snapshot(other.session) == snapshot(moons.session)
    for window in (moons, other):
        train(window, qtbot, 4)
    assert other.session.state.network.theta.tobytes() == moons.session.state.network.theta.tobytes()
    assert other.session.history.losses.view().tobytes() == moons.session.history.losses.view().tobytes()
    assert other.files.sessions.path == tmp_path / "m.bpx"
    other.close()


def test_a_session_is_looked_at_as_it_was(moons: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    train(moons, qtbot, 6)
    chosen = PlotView(SMOOTHINGS["medium"], logarithmic=True, span=(1, 5), log_steps=True)
    moons.training.look(chosen)
    moons.training.pictures.choose("histograms")
    moons.set_workspace("Train")
    save(moons, qtbot, tmp_path / "m.bpx")
    other = shown(qtbot, str(tmp_path / "m.bpx"))
    beside = shown(qtbot, "xor")
    beside.files.open_named(str(tmp_path / "m.bpx"))
    for window in (other, beside):
        assert (window.training.loss.view, window.training.accuracy.view) == (chosen, chosen)
        assert window.training.pictures.key == "histograms"
        assert window.places.is_train
        window.close()


def test_the_first_save_asks_where_and_the_next_ones_do_not(moons: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    qtbot.keyClick(moons, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = moons.files.dialog
    assert dialog is not None
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert dialog.defaultSuffix() == "bpx"
    dialog.fileSelected.emit(str(tmp_path / "mine"))
    dialog.reject()
    qtbot.waitUntil(lambda: notice(moons).startswith("Saved the session, at step 0, to"), timeout=WAIT_MS)
    assert moons.files.sessions.path == tmp_path / "mine.bpx"
    before = (tmp_path / "mine.bpx").read_bytes()
    train(moons, qtbot, 2)
    moons.action("save_session").trigger()
    assert moons.files.dialog is dialog
    qtbot.waitUntil(lambda: notice(moons).startswith("Saved the session, at step 2, to"), timeout=WAIT_MS)
    assert (tmp_path / "mine.bpx").read_bytes() != before


def test_another_subject_has_no_file_until_its_opening_is_undone(
    moons: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    save(moons, qtbot, tmp_path / "m.bpx")
    moons.files.open_named("net-s")
    assert file_of(moons) is None
    moons.action("undo").trigger()
    assert file_of(moons) == tmp_path / "m.bpx"
    moons.action("reset").trigger()
    assert file_of(moons) == tmp_path / "m.bpx"


def test_training_that_runs_goes_on_while_it_is_saved(moons: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    moons.action("train").trigger()
    qtbot.waitUntil(lambda: moons.session.state.network_step > 50, timeout=WAIT_MS)
    save(moons, qtbot, tmp_path / "m.bpx")
    assert moons.engine.running
    saved = finished(opening_session(tmp_path / "m.bpx"))
    assert saved.moment.run.step == len(saved.moment.history.losses) > 50
    moons.action("train").trigger()
    qtbot.waitUntil(lambda: is_paused(moons), timeout=WAIT_MS)


def test_a_drop_opens_it_and_undo_brings_back_what_was_open(moons: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    train(moons, qtbot, 2)
    save(moons, qtbot, tmp_path / "m.bpx")
    moons.files.open_named("net-s")
    moons.session.do(Edit(("W1", (0, 0)), 3.0))
    before, data = snapshot(moons.session), QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "m.bpx"))])
    none = Qt.KeyboardModifier.NoModifier
    moons.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))
    assert moons.session.state.subject.name == "moons"
    assert moons.session.state.run.step == 2
    moons.action("undo").trigger()
    assert snapshot(moons.session) == before


def test_a_damaged_one_is_one_sentence_and_loses_nothing(moons: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    train(moons, qtbot, 2)
    save(moons, qtbot, tmp_path / "m.bpx")
    whole, before = (tmp_path / "m.bpx").read_bytes(), snapshot(moons.session)
    (tmp_path / "m.bpx").write_bytes(whole[: len(whole) // 2])
    moons.files.open_named(str(tmp_path / "m.bpx"))
    assert "m.bpx: it is damaged" in notice(moons)
    assert snapshot(moons.session) == before
    with pytest.raises(ExplorerError, match="it is damaged"):
        shown(qtbot, str(tmp_path / "m.bpx"))


def test_what_cannot_be_written_is_one_sentence_and_what_was_there_stays(
    moons: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "m.bpx").mkdir()
    moons.files.sessions.save_as(str(tmp_path / "m.bpx"))
    qtbot.waitUntil(lambda: "is a folder" in notice(moons), timeout=WAIT_MS)
    assert moons.files.sessions.path is None


def test_closing_at_once_writes_what_was_asked_for(look: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(qtbot, "moons")
    for name in ("one.bpx", "two.bpx"):
        window.files.sessions.save_as(str(tmp_path / name))
    window.close()
    for name in ("one.bpx", "two.bpx"):
        assert finished(opening_session(tmp_path / name)).moment.subject.name == "moons"


def test_the_program_keeps_what_its_window_showed_as_it_ends(
    look: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def use(_application: object = None) -> int:
        (window,) = (
            each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()
        )
        window.session.do(Edit(("W1", (0, 0)), 3.0))
        window.close()
        return 0

    QStandardPaths.setTestModeEnabled(True)
    try:
        last_path().unlink(missing_ok=True)
        monkeypatch.setattr(QApplication, "exec", use)
        monkeypatch.setattr(gc, "freeze", lambda: None)
        assert run_window("net-s") == 0
        saved = finished(opening_session(last_path()))
        assert saved.moment.network.parameters["W1"][0, 0] == 3
    finally:
        last_path().unlink(missing_ok=True)
        QStandardPaths.setTestModeEnabled(False)


def test_the_last_session_is_kept_where_something_was_done_and_opens_as_nobodys(
    look: QApplication, qtbot: QtBot
) -> None:
    QStandardPaths.setTestModeEnabled(True)
    try:
        last_path().unlink(missing_ok=True)
        window = shown(qtbot, "moons")
        window.close()
        window.files.sessions.keep_last()
        assert not last_path().exists()
        window = shown(qtbot, "moons")
        window.action("open_last").trigger()
        assert notice(window) == "No window was closed yet after something was done in it."
        train(window, qtbot, 2)
        before = snapshot(window.session)
        window.close()
        window.files.sessions.keep_last()
        other = shown(qtbot, "net-s")
        other.action("open_last").trigger()
        assert snapshot(other.session) == before
        assert other.files.sessions.path is None
        other.close()
    finally:
        last_path().unlink(missing_ok=True)
        QStandardPaths.setTestModeEnabled(False)
