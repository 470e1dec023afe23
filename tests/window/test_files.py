"""Files through the whole window: weights go out and come back, and what is bad is told in one sentence."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from safetensors.numpy import load_file

from explorer.panels.exports import EXPORTS
from explorer.panels.main_window import MainWindow
from explorer.session import Notice
from tests.windows import WAIT_MS, is_paused, notice


@pytest.mark.opens("digits")
def test_exported_weights_give_the_same_probabilities(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.action("train_epoch").trigger()
    qtbot.waitUntil(lambda: is_paused(window), timeout=WAIT_MS)
    X = window.session.state.subject.test_X
    expected = window.session.state.network.predict_proba(X)
    for suffix in ("npz", "safetensors"):
        path = tmp_path / f"w.{suffix}"
        window.files.exports.write("export_weights", str(path))
        assert str(path) in notice(window)
        if suffix == "npz":
            with np.load(path, allow_pickle=False) as archive:
                arrays = {name: archive[name] for name in ("W1", "b1", "W2", "b2")}
        else:
            arrays = load_file(path)
        logits = np.tanh(X @ arrays["W1"] + arrays["b1"]) @ arrays["W2"] + arrays["b2"]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        np.testing.assert_allclose(powers / powers.sum(axis=1, keepdims=True), expected, rtol=1e-12)


@pytest.mark.opens("digits")
def test_an_exported_model_takes_pixels_in_the_runtime_and_opens_again(window: MainWindow, tmp_path: Path) -> None:
    runtime = pytest.importorskip("onnxruntime", reason="ONNX Runtime has no wheel for this Python or system")
    state, path = window.session.state, tmp_path / "w.onnx"
    X = state.subject.test_X
    window.files.exports.write("export_weights", str(path))
    assert str(path) in notice(window)
    (p,) = runtime.InferenceSession(path).run(None, {"X": 16 * X})
    np.testing.assert_allclose(p, state.network.predict_proba(X), rtol=1e-12)
    window.files.open_named("net-s")
    window.files.open_named(str(path))
    np.testing.assert_array_equal(window.session.state.network.theta, state.network.theta)
    assert window.session.state.subject.image_shape == (8, 8)


@pytest.mark.opens("digits")
def test_exported_weights_open_again_on_their_data(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.action("train_step").trigger()
    qtbot.waitUntil(lambda: is_paused(window), timeout=WAIT_MS)
    trained = window.session.state.network.theta.copy()
    path = tmp_path / "w.npz"
    window.files.exports.write("export_weights", str(path))
    window.files.open_named("net-s")
    window.files.open_named(str(path))
    np.testing.assert_array_equal(window.session.state.network.theta, trained)
    assert window.session.state.subject.image_shape == (8, 8)
    assert len(window.session.state.subject.test_X) > 400


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


def test_a_dialog_begins_where_a_file_was_last_opened_or_saved(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    def folder() -> str:
        window.action("export_weights").trigger()
        assert window.files.dialog is not None
        window.files.dialog.reject()
        return window.files.dialog.directory().absolutePath()

    opened, saved = tmp_path / "opened", tmp_path / "saved"
    for each in (opened, saved):
        each.mkdir()
    window.files.exports.write("save_problem", str(opened / "mine.json"))
    window.files.open_named(str(opened / "mine.json"))
    assert folder() == str(opened)
    window.files.sessions.know(saved / "s.bpx")
    assert folder() == str(saved)
    window.files.open_named("moons")
    assert folder() == str(saved)


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
    for name, export in EXPORTS.items():
        window.files.exports.write(name, str(blocked / f"out{Path(export.ending).suffix}"))
        assert str(blocked) in notice(window)
        assert "\n" not in notice(window)
    window.files.exports.write("export_weights", str(blocked / "out.onnx"))
    assert str(blocked) in notice(window)


def test_a_dropped_problem_opens(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    window.files.exports.write("save_problem", str(path))
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
    assert notice(window).startswith(
        "song.mp3 is no problem and no session, nor weights or samples: drop a file of .json, .bpx, "
    )
    assert window.session.state.subject is subject


@pytest.mark.parametrize(
    ("name", "file", "sentence"),
    [
        ("export_picture", "pic.svg", "pic.svg: a .png file is written, and no .svg file: name it pic.png"),
        ("export_picture", "pic.PDF", "pic.PDF: a .png file is written, and no .PDF file: name it pic.png"),
        ("export_worksheet", "w.pdf", "w.pdf: a .html file is written, and no .pdf file: name it w.html"),
        ("export_history", "h.xlsx", "h.xlsx: a .csv file is written, and no .xlsx file: name it h.csv"),
    ],
)
def test_no_file_is_written_under_the_suffix_of_another_format(
    window: MainWindow, tmp_path: Path, name: str, file: str, sentence: str
) -> None:
    window.files.exports.write(name, str(tmp_path / file))
    assert window.banner.text() == sentence
    assert not list(tmp_path.iterdir())


def test_a_picture_does_not_hold_the_notice_of_the_export_before(window: MainWindow, tmp_path: Path) -> None:
    window.complete()
    first, second, third = (tmp_path / f"{name}.png" for name in "abc")
    for path in (first, second):
        window.files.exports.write("export_picture", str(path))
        assert window.banner.isVisible()
    assert QImage(str(first)) == QImage(str(second))
    window.session.tell(Notice("Something else."))
    window.files.exports.write("export_picture", str(third))
    assert QImage(str(third)) != QImage(str(first))
