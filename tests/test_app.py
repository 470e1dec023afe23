"""The whole window, driven as a person drives it: keys, clicks, files, training, closing in the middle."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from safetensors.numpy import load_file

from explorer.app import create_window
from explorer.engine import ExplorerError
from explorer.panels.main_window import MainWindow
from explorer.problems import load_problem, shelf
from explorer.session import RunStatus

WAIT_MS = 30_000
ACTIONS = (
    "step_forward",
    "step_back",
    "first_step",
    "last_step",
    "play",
    "train",
    "train_step",
    "train_epoch",
    "reset",
    "open_problem",
    "export_weights",
    "export_picture",
    "gradient_check",
)
WIDGETS = ("steps_view", "network_view", "step_panel", "loss_plot", "accuracy_plot")


def shown(qtbot: QtBot, name: str | None = None) -> MainWindow:
    window = create_window(name)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


@pytest.fixture
def window(look: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = shown(qtbot)
    yield made
    made.close()


@pytest.fixture
def digits(look: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = shown(qtbot, "digits")
    yield made
    made.close()


def status(window: MainWindow) -> RunStatus:
    return window.session.state.run.status


def is_paused(window: MainWindow) -> bool:
    return status(window) is RunStatus.PAUSED


def notice(window: MainWindow) -> str:
    found = window.session.state.notice
    return found.text if found else ""


def test_opens_on_net_s_with_all_public_names(window: MainWindow) -> None:
    window.complete()
    assert window.session.state.subject.name == "net-s"
    for name in ACTIONS:
        assert isinstance(window.findChild(QAction, name), QAction), name
    for name in WIDGETS:
        assert isinstance(window.findChild(QWidget, name), QWidget), name
    assert window.action("train").isCheckable()


def test_opens_on_a_problem_and_refuses_what_is_none(look: QApplication, qtbot: QtBot) -> None:
    window = create_window(load_problem("mazur"))
    qtbot.addWidget(window)
    assert window.session.state.network.loss == "half_squared_error"
    window.close()
    with pytest.raises(ExplorerError, match="nothing-there"):
        create_window("nothing-there.json")


def test_keys_step_through_the_pass(window: MainWindow, qtbot: QtBot) -> None:
    last = len(window.session.state.tape) - 1
    for key, position in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_End, last),
        (Qt.Key.Key_Right, last),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 0),
    ):
        qtbot.keyClick(window, key)
        assert window.session.state.position == position


def test_the_keys_work_wherever_the_focus_is(window: MainWindow, qtbot: QtBot) -> None:
    steps = window.findChild(QWidget, "steps_view")
    for widget in (steps, window.network, window.transport.slider, window.top.problems):
        assert isinstance(widget, QWidget)
        widget.setFocus()
        before = window.session.state.position
        qtbot.keyClick(widget, Qt.Key.Key_Right)
        assert window.session.state.position == before + 1


def test_space_plays_to_the_end_and_pauses(window: MainWindow, qtbot: QtBot) -> None:
    window.session.go_to(len(window.session.state.tape) - 3)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.action("play").isChecked()
    qtbot.waitUntil(lambda: not window.action("play").isChecked(), timeout=WAIT_MS)
    assert window.session.state.step.id == "J+"
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.session.state.position == 0
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert not window.action("play").isChecked()


def test_space_presses_the_button_that_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    train = next(button for button in window.top.findChildren(QPushButton) if button.text() == "Train")
    train.setFocus()
    qtbot.keyClick(train, Qt.Key.Key_Space)
    assert train.isChecked()
    assert not window.action("play").isChecked()


def test_the_whole_pass_there_and_back_leaves_the_same_picture(window: MainWindow) -> None:
    window.complete()
    before = window.network.grab().toImage()
    for _ in window.session.state.tape.steps:
        window.action("step_forward").trigger()
    assert window.network.grab().toImage() != before
    while window.session.state.position:
        window.action("step_back").trigger()
    assert window.network.grab().toImage() == before


@pytest.mark.parametrize("size", [(1160, 680), (1280, 800)])
@pytest.mark.parametrize("name", [entry.name for entry in shelf()])
def test_every_step_of_every_problem_can_be_shown(
    look: QApplication, qtbot: QtBot, name: str, size: tuple[int, int]
) -> None:
    """Matrices that wrap with the height of the card once sent the layout into an endless recursion."""
    window = shown(qtbot, name)
    window.resize(*size)
    for _ in window.session.state.tape.steps:
        qtbot.keyClick(window, Qt.Key.Key_Right)
        QApplication.processEvents()
        assert window.step_panel.chain.isVisible()
        bottom = window.step_panel.chain.mapTo(window.step_panel, window.step_panel.chain.rect().bottomLeft())
        assert bottom.y() < window.step_panel.height()
    assert window.session.state.step.id == "J+"
    window.close()


def test_the_chain_reads_with_conforming_shapes(window: MainWindow) -> None:
    tape = window.session.state.tape
    chain = ["dJ/dz2", "dz2/dh1", "dJ/dh1", "dh1/dz1", "dJ/dz1", "dz1/dx", "dJ/dx"]
    positions = [tape.index(name) for name in chain]
    assert positions == sorted(positions)
    product = tape.value("dJ/dz2") @ tape.value("dz2/dh1") * tape.value("dh1/dz1") @ tape.value("dz1/dx")
    np.testing.assert_allclose(product, tape.value("dJ/dx"), rtol=1e-15)


def test_picking_problems_and_samples(window: MainWindow, qtbot: QtBot) -> None:
    picker = window.top.problems
    picker.setCurrentIndex(picker.findData("data:digits"))
    picker.activated.emit(picker.currentIndex())
    assert window.session.state.network.sizes[0] == 64
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    assert window.session.state.sample == 1
    qtbot.keyClick(window, Qt.Key.Key_PageUp)
    assert window.session.state.sample == 0
    window.action("random_sample").trigger()
    assert window.session.state.sample != 0


def test_trains_live_and_pauses_on_the_network_as_it_stands(digits: MainWindow, qtbot: QtBot) -> None:
    initial = digits.session.state.network.theta.copy()
    qtbot.keyClick(digits, Qt.Key.Key_T)
    assert status(digits) is RunStatus.RUNNING
    qtbot.waitUntil(lambda: digits.session.state.run.epoch >= 2, timeout=WAIT_MS)
    digits.action("step_forward").trigger()
    assert digits.session.state.position == 1
    qtbot.keyClick(digits, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: is_paused(digits), timeout=WAIT_MS)
    state = digits.session.state
    assert not np.array_equal(state.network.theta, initial)
    np.testing.assert_array_equal(state.tape.value("W1"), state.network.parameters["W1"])
    assert len(digits.session.history.losses) == state.run.step
    assert state.run.evaluation is not None
    assert state.run.evaluation.step == state.run.step


def test_one_step_one_epoch_and_reset(digits: MainWindow, qtbot: QtBot) -> None:
    initial = digits.session.state.network.theta.copy()
    digits.action("train_step").trigger()
    qtbot.waitUntil(lambda: digits.session.state.run.step == 1 and is_paused(digits), timeout=WAIT_MS)
    digits.action("train_epoch").trigger()
    qtbot.waitUntil(lambda: digits.session.state.run.epoch == 1 and is_paused(digits), timeout=WAIT_MS)
    digits.action("reset").trigger()
    assert digits.session.state.run.step == 0
    np.testing.assert_array_equal(digits.session.state.network.theta, initial)


def test_closing_in_the_middle_of_training_ends_cleanly(look: QApplication, qtbot: QtBot) -> None:
    window = shown(qtbot, "digits")
    window.action("train").trigger()
    qtbot.waitUntil(lambda: window.session.state.run.step > 0, timeout=WAIT_MS)
    window.close()
    assert not window.isVisible()


def test_exported_weights_give_the_same_probabilities(digits: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    digits.action("train_epoch").trigger()
    qtbot.waitUntil(lambda: is_paused(digits), timeout=WAIT_MS)
    X = digits.session.state.subject.test_X
    expected = digits.session.state.network.predict_proba(X)
    for suffix in ("npz", "safetensors"):
        path = tmp_path / f"w.{suffix}"
        digits.files.export_weights(str(path))
        assert str(path) in notice(digits)
        if suffix == "npz":
            with np.load(path, allow_pickle=False) as archive:
                arrays = {name: archive[name] for name in ("W1", "b1", "W2", "b2")}
        else:
            arrays = load_file(path)
        logits = np.tanh(X @ arrays["W1"] + arrays["b1"]) @ arrays["W2"] + arrays["b2"]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        np.testing.assert_allclose(powers / powers.sum(axis=1, keepdims=True), expected, rtol=1e-12)


def test_exported_weights_open_again_on_their_data(digits: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    digits.action("train_step").trigger()
    qtbot.waitUntil(lambda: is_paused(digits), timeout=WAIT_MS)
    trained = digits.session.state.network.theta.copy()
    path = tmp_path / "w.npz"
    digits.files.export_weights(str(path))
    digits.files.open_named("net-s")
    digits.files.open_named(str(path))
    np.testing.assert_array_equal(digits.session.state.network.theta, trained)
    assert digits.session.state.subject.image_shape == (8, 8)
    assert len(digits.session.state.subject.test_X) > 400


def test_a_dialog_exports_and_blocks_nothing(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.action("export_weights").trigger()
    dialog = window.files.dialog
    assert isinstance(dialog, QFileDialog)
    assert dialog.isVisible()
    window.action("step_forward").trigger()
    assert window.session.state.position == 1
    with qtbot.waitSignal(dialog.finished):
        dialog.fileSelected.emit(str(tmp_path / "chosen.safetensors"))
        dialog.reject()
    assert (tmp_path / "chosen.safetensors").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "JSON"),
        ('{"format": "backprop-explorer/problem", "version": 1, "networks": {}}', "networks"),
        ('{"format": "backprop-explorer/problem", "version": 1}', "network"),
    ],
)
def test_a_bad_file_is_one_sentence_and_loses_nothing(
    window: MainWindow, tmp_path: Path, content: str, words: str
) -> None:
    window.session.go_to(5)
    before = window.session.state
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    window.files.open_named(str(path))
    assert words in notice(window)
    assert "\n" not in notice(window)
    assert window.banner.text() == notice(window)
    assert window.session.state.tape is before.tape
    assert window.session.state.position == 5
    window.action("close_notice").trigger()
    assert window.banner.text() == ""


def test_an_unwritable_folder_is_one_sentence(window: MainWindow, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file, not a folder", encoding="utf-8")
    for export in (window.files.export_weights, window.files.save_problem, window.files.export_picture):
        export(str(blocked / "out.npz"))
        assert str(blocked) in notice(window)
        assert "\n" not in notice(window)


def test_a_dropped_problem_opens(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    window.files.save_problem(str(path))
    drop(window, path)
    assert window.session.state.subject.name == str(path)
    assert window.top.problems.currentData() == f"problem:{path}"


def drop(window: MainWindow, path: Path) -> None:
    """Drag a file into the window, and let go."""
    data, none = QMimeData(), Qt.KeyboardModifier.NoModifier
    data.setUrls([QUrl.fromLocalFile(str(path))])
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))


def test_what_is_dropped_and_cannot_be_opened_is_told_why(window: MainWindow, tmp_path: Path) -> None:
    subject, other = window.session.state.subject, tmp_path / "song.mp3"
    other.write_bytes(b"ID3")
    drop(window, tmp_path)
    assert notice(window).startswith(f"{tmp_path.name} is a folder: drop one of its files")
    drop(window, other)
    assert notice(window).startswith("song.mp3 is neither a problem nor weights nor samples: ")
    assert window.session.state.subject is subject


def test_the_gradient_check_agrees(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_G)
    assert "agrees" in notice(window)


def test_divergence_stops_with_step_and_tensor_and_a_way_back(digits: MainWindow, qtbot: QtBot) -> None:
    settings = replace(digits.session.state.settings, activation="identity", learning_rate=1e6)
    digits.session.configure(settings)
    digits.action("train").trigger()
    qtbot.waitUntil(lambda: status(digits) is RunStatus.FAILED, timeout=WAIT_MS)
    assert "step" in notice(digits)
    assert "learning rate" in notice(digits)
    assert np.isfinite(digits.session.state.network.theta).all()
    assert not digits.action("train").isEnabled()
    digits.action("reset").trigger()
    assert status(digits) is RunStatus.READY
    assert digits.action("train").isEnabled()


def test_light_and_dark_differ_and_show_the_same(window: MainWindow) -> None:
    window.set_look("light")
    window.complete()
    light = window.grab().toImage()
    window.action("dark").trigger()
    window.complete()
    dark = window.grab().toImage()
    assert light.pixelColor(4, 70).lightness() > 200
    assert dark.pixelColor(4, 70).lightness() < 60
    assert window.look.name == "dark"


@pytest.mark.parametrize("size", [(1160, 680), (1280, 800), (1920, 1080)])
@pytest.mark.parametrize("name", ["net-s", "homework-10-5-10", "digits"])
def test_every_panel_has_its_place_at_every_size(
    look: QApplication, qtbot: QtBot, name: str, size: tuple[int, int]
) -> None:
    window = shown(qtbot, name)
    window.resize(*size)
    window.complete()
    assert (window.width(), window.height()) == size
    for panel in (window.steps, window.network, window.transport, window.step_panel, window.training):
        corner = panel.mapTo(window, panel.rect().bottomRight())
        assert corner.x() < size[0]
        assert corner.y() < size[1]
        assert panel.width() >= panel.minimumSizeHint().width()
        assert panel.height() >= panel.minimumSizeHint().height()
    window.close()
