"""Sessions in the window: saved by key, opened by name, by drop and by dialog; nothing is asked and nothing is lost."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from explorer.app import run_window
from explorer.data import finished
from explorer.engine import ExplorerError
from explorer.panels.last_sessions import MOST, LastSessions, last_path, newest_first
from explorer.panels.main_window import MainWindow
from explorer.panels.training.plot_view import SMOOTHINGS, PlotView
from explorer.session import Edit
from explorer.session.stored.session_file import opening_session
from explorer.signals import close_windows
from tests.session.moments import snapshot
from tests.windows import WAIT_MS, is_paused, notice, shown

pytestmark = pytest.mark.opens("moons")


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


def test_training_goes_on_in_another_window_as_it_would_have(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    train(window, qtbot, 3)
    save(window, qtbot, tmp_path / "m.bpx")
    other = shown(qtbot, str(tmp_path / "m.bpx"))
    assert snapshot(other.session) == snapshot(window.session)
    for each in (window, other):
        train(each, qtbot, 4)
    assert other.session.state.network.theta.tobytes() == window.session.state.network.theta.tobytes()
    assert other.session.history.losses.view().tobytes() == window.session.history.losses.view().tobytes()
    assert other.files.sessions.path == tmp_path / "m.bpx"
    other.close()


def test_a_session_is_looked_at_as_it_was(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    train(window, qtbot, 6)
    chosen = PlotView(SMOOTHINGS["medium"], logarithmic=True, span=(1, 5), log_steps=True)
    window.training.look(chosen)
    window.training.pictures.choose("histograms")
    window.set_workspace("Train")
    save(window, qtbot, tmp_path / "m.bpx")
    other = shown(qtbot, str(tmp_path / "m.bpx"))
    beside = shown(qtbot, "xor")
    beside.files.open_named(str(tmp_path / "m.bpx"))
    for each in (other, beside):
        assert (each.training.loss.view, each.training.accuracy.view) == (chosen, chosen)
        assert each.training.pictures.key == "histograms"
        assert each.places.is_train
        each.close()


def test_the_first_save_asks_where_and_the_next_ones_do_not(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = window.files.dialog
    assert dialog is not None
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert dialog.defaultSuffix() == "bpx"
    dialog.fileSelected.emit(str(tmp_path / "mine"))
    dialog.reject()
    qtbot.waitUntil(lambda: notice(window).startswith("Saved the session, at step 0, to"), timeout=WAIT_MS)
    assert window.files.sessions.path == tmp_path / "mine.bpx"
    before = (tmp_path / "mine.bpx").read_bytes()
    train(window, qtbot, 2)
    window.action("save_session").trigger()
    assert window.files.dialog is dialog
    qtbot.waitUntil(lambda: notice(window).startswith("Saved the session, at step 2, to"), timeout=WAIT_MS)
    assert (tmp_path / "mine.bpx").read_bytes() != before


def test_another_subject_has_no_file_until_its_opening_is_undone(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    save(window, qtbot, tmp_path / "m.bpx")
    window.files.open_named("net-s")
    assert file_of(window) is None
    window.action("undo").trigger()
    assert file_of(window) == tmp_path / "m.bpx"
    window.action("reset").trigger()
    assert file_of(window) == tmp_path / "m.bpx"


def test_training_that_runs_goes_on_while_it_is_saved(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.action("train").trigger()
    qtbot.waitUntil(lambda: window.session.state.network_step > 50, timeout=WAIT_MS)
    save(window, qtbot, tmp_path / "m.bpx")
    assert window.engine.running
    saved = finished(opening_session(tmp_path / "m.bpx"))
    assert saved.moment.run.step == len(saved.moment.history.losses) > 50
    window.action("train").trigger()
    qtbot.waitUntil(lambda: is_paused(window), timeout=WAIT_MS)


def test_a_drop_opens_it_and_undo_brings_back_what_was_open(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    train(window, qtbot, 2)
    save(window, qtbot, tmp_path / "m.bpx")
    window.files.open_named("net-s")
    window.session.do(Edit(("W1", (0, 0)), 3.0))
    before, data = snapshot(window.session), QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "m.bpx"))])
    none = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))
    assert window.session.state.subject.name == "moons"
    assert window.session.state.run.step == 2
    window.action("undo").trigger()
    assert snapshot(window.session) == before


def test_a_damaged_one_is_one_sentence_and_loses_nothing(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    train(window, qtbot, 2)
    save(window, qtbot, tmp_path / "m.bpx")
    whole, before = (tmp_path / "m.bpx").read_bytes(), snapshot(window.session)
    (tmp_path / "m.bpx").write_bytes(whole[: len(whole) // 2])
    window.files.open_named(str(tmp_path / "m.bpx"))
    assert "m.bpx: it is damaged" in notice(window)
    assert snapshot(window.session) == before
    with pytest.raises(ExplorerError, match="it is damaged"):
        shown(qtbot, str(tmp_path / "m.bpx"))


def test_what_cannot_be_written_is_one_sentence_and_what_was_there_stays(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "m.bpx").mkdir()
    window.files.sessions.save_as(str(tmp_path / "m.bpx"))
    qtbot.waitUntil(lambda: "is a folder" in notice(window), timeout=WAIT_MS)
    assert window.files.sessions.path is None


def test_closing_at_once_writes_what_was_asked_for(look: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(qtbot, "moons")
    for name in ("one.bpx", "two.bpx"):
        window.files.sessions.save_as(str(tmp_path / name))
    window.close()
    for name in ("one.bpx", "two.bpx"):
        assert finished(opening_session(tmp_path / name)).moment.subject.name == "moons"


@pytest.fixture
def nothing_kept() -> Iterator[None]:
    """Keep what windows showed in a folder for tests, which is empty at first and afterwards."""
    QStandardPaths.setTestModeEnabled(True)
    forget()
    yield
    forget()
    QStandardPaths.setTestModeEnabled(False)


def forget() -> None:
    for path in newest_first():
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.mark.usefixtures("nothing_kept")
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

    monkeypatch.setattr(QApplication, "exec", use)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    assert run_window("net-s") == 0
    saved = finished(opening_session(last_path()))
    assert saved.moment.network.parameters["W1"][0, 0] == 3


@pytest.mark.usefixtures("nothing_kept")
def test_a_window_that_cannot_keep_what_it_shows_says_so_before_it_goes(
    look: QApplication, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    last_path().mkdir(parents=True)
    window = shown(qtbot, "moons")
    window.may_close = window.files.sessions.may_close
    train(window, qtbot, 2)
    window.close()
    assert window.isVisible()
    assert notice(window).startswith("What the window shows cannot be kept for the next time: ")
    train(window, qtbot, 1)
    window.session.tell(None)
    window.close()
    assert window.isVisible()
    button = window.banner.findChild(QPushButton, "offer_button")
    assert isinstance(button, QPushButton)
    assert button.text() == "Close anyway"
    button.click()
    assert not window.isVisible()
    assert window.files.sessions.may_close()
    assert capsys.readouterr().err.count("is not kept: ") == 1


@pytest.mark.usefixtures("nothing_kept")
def test_a_signal_asks_nobody(look: QApplication, qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    last_path().mkdir(parents=True)
    window = shown(qtbot, "moons")
    window.may_close = window.files.sessions.may_close
    train(window, qtbot, 2)
    close_windows(0, None)
    qtbot.waitUntil(lambda: not window.isVisible())
    assert "is not kept: " in capsys.readouterr().err


@pytest.mark.usefixtures("nothing_kept")
def test_the_last_session_is_kept_where_something_was_done_and_opens_as_nobodys(
    look: QApplication, qtbot: QtBot
) -> None:
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
    assert not notice(other)
    assert snapshot(other.session) == before
    assert other.files.sessions.path is None
    other.close()


@pytest.mark.usefixtures("nothing_kept")
def test_of_two_windows_that_were_open_together_each_is_kept_and_offered(look: QApplication, qtbot: QtBot) -> None:
    windows = shown(qtbot, "moons"), shown(qtbot, "xor")
    for window in windows:
        train(window, qtbot, 2)
        window.close()
        window.files.sessions.keep_last()
    assert len(newest_first()) == 2
    later = shown(qtbot, "net-s")
    later.action("open_last").trigger()
    assert later.session.state.subject.name == "xor"
    assert notice(later) == "This is 1 of 2 that windows closed last showed."
    button = later.banner.findChild(QPushButton, "offer_button")
    assert isinstance(button, QPushButton)
    button.click()
    assert later.session.state.subject.name == "moons"
    assert notice(later) == "This is 2 of 2 that windows closed last showed."
    later.action("open_last").trigger()
    assert later.session.state.subject.name == "xor"
    later.close()
    later.files.sessions.keep_last()
    names = [finished(opening_session(path)).moment.subject.name for path in newest_first()]
    assert names == ["xor", "moons"]


@pytest.mark.usefixtures("nothing_kept")
def test_of_very_many_windows_the_oldest_give_way(look: QApplication, qtbot: QtBot) -> None:
    last_path().parent.mkdir(parents=True, exist_ok=True)
    window = LastSessions()
    for number in range(1, 2 * MOST):
        path = window.place(None)
        path.write_bytes(bytes(number))
    assert len(newest_first()) == MOST
    assert max(path.stat().st_size for path in newest_first()) == 2 * MOST - 1
