"""The dialog of one's own data: what it shows, what is chosen in it, and one sentence for what is wrong."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from explorer.panels.data.data_dialog import DataDialog
from explorer.panels.main_window import MainWindow
from explorer.session.opening import open_named
from tests.panels.data.asking import WAIT_MS, images, line, pick, rested


def test_a_table_is_shown_mended_and_opened(
    window: MainWindow, table: Path, asked: Callable[[Path], DataDialog], qtbot: QtBot
) -> None:
    dialog, before = asked(table), window.session.state
    assert dialog.facts.text().startswith("40 samples · 4 columns · 0.6 KB · 1 missing value · separated by semicolon")
    assert line(dialog, "used as") == ("input", "input", "input", "target")
    assert (line(dialog, "missing")[1], line(dialog, "in lines")[1]) == ("1", "5")
    assert dialog.table.lines.names == ("x", "noise", "answer", "who")
    assert "line 5, column 2 (noise)" in dialog.note.text()
    assert not dialog.open_button.isEnabled()
    pick(dialog.form.pickers["target"], "answer")
    rested(qtbot, window)
    assert dialog.bars.classes == (("no", 20), ("yes", 20))
    assert line(dialog, "used as") == ("input", "input", "target", "left out")
    assert line(dialog, "because it")[3] == "names rows"
    assert "--" not in dialog.note.text()
    assert "line 5, column 2 (noise)" in dialog.note.text()
    dialog.remedy.click()
    rested(qtbot, window)
    parts, left_out = "29 samples to train on, 10 held out", "1 row with a missing value is left out"
    assert dialog.note.text() == f"{parts}; {left_out}; who names rows and is left out."
    assert window.session.state.subject is before.subject
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.state.subject.name == str(table), timeout=WAIT_MS)
    subject = window.session.state.subject
    assert subject.problem.X.shape == (29, 2)
    assert (subject.classes, subject.title) == (("no", "yes"), "mine.csv")
    assert window.files.opener.dialog is None


def test_what_is_recognised_is_shown_and_overruled(
    window: MainWindow, table: Path, asked: Callable[[Path], DataDialog], qtbot: QtBot
) -> None:
    dialog = asked(table)
    pickers = dialog.form.pickers
    shown = {name: pickers[name].currentText() for name in ("separator", "decimal", "header")}
    assert shown == {
        "separator": "recognised: semicolon",
        "decimal": "recognised: comma",
        "header": "recognised: names",
    }
    pick(pickers["header"], False)
    rested(qtbot, window)
    assert dialog.table.lines.names[0] == "column 1"
    assert line(dialog, "1") == ("x", "noise", "answer", "who")
    pick(pickers["separator"], ",")
    rested(qtbot, window)
    assert dialog.facts.text().startswith("41 samples")
    assert not dialog.open_button.isEnabled()


def test_scaling_and_share_are_chosen_and_told_in_numbers(
    window: MainWindow, tmp_path: Path, asked: Callable[[Path], DataDialog], qtbot: QtBot
) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("a,still,y\n" + "".join(f"{k},7,{k % 2}\n" for k in range(40)))
    dialog = asked(path)
    assert dialog.note.text() == "30 samples to train on, 10 held out; still never changes."
    dialog.form.share.setValue(50)
    rested(qtbot, window)
    pick(dialog.form.pickers["fitting"], "range")
    rested(qtbot, window)
    assert "20 held out" in dialog.note.text()
    dialog.numbers.setChecked(True)
    rested(qtbot, window)
    dialog.open_samples()
    qtbot.waitUntil(lambda: window.session.state.subject.name == str(path), timeout=WAIT_MS)
    subject = window.session.state.subject
    X = subject.problem.X
    assert (X[:, 0].min(), X[:, 0].max(), len(X)) == (0, 1, 20)
    assert subject.inputs is not None
    assert "Inputs scaled to 0 … 1" in window.training.controls.subtitle.toolTip()
    assert "Constant in the training samples, and so 0: still" in window.top.problems.toolTip()


def test_the_numbers_of_the_scaling_are_those_of_the_training_part(
    window: MainWindow, tmp_path: Path, asked: Callable[[Path], DataDialog], qtbot: QtBot
) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("a,b,y\n" + "".join(f"{k},{k * k},{k / 3}\n" for k in range(40)))
    dialog = asked(path)
    dialog.numbers.setChecked(True)
    rested(qtbot, window)
    subject = open_named(str(path))[0]
    assert subject.inputs is not None
    assert subject.targets is not None
    means = (*subject.inputs.shift, subject.targets.shift[0])
    assert line(dialog, "mean") == tuple(f"{value:.6g}" for value in means)
    assert dialog.target.text() == "y: numbers from 0 to 13"
    dialog.reject()


def test_a_column_is_left_out_and_taken_again_by_mouse_and_key(
    window: MainWindow, table: Path, asked: Callable[[Path], DataDialog], qtbot: QtBot
) -> None:
    dialog = asked(table)
    cell = dialog.table.visualRect(dialog.table.lines.index(0, 1)).center()
    qtbot.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    rested(qtbot, window)
    assert line(dialog, "used as")[1] == "left out"
    dialog.table.setCurrentIndex(dialog.table.lines.index(0, 1))
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    rested(qtbot, window)
    assert line(dialog, "used as")[1] == "input"
    dialog.reject()


def test_a_target_of_one_class_is_told_as_one(tmp_path: Path, asked: Callable[[Path], DataDialog]) -> None:
    path = tmp_path / "one.csv"
    path.write_text("a,b,y\n1,2,c\n2,3,c\n3,5,c\n", "utf-8")
    dialog = asked(path)
    assert dialog.target.text() == "y: 1 class"
    dialog.reject()


def test_return_in_the_table_opens_the_samples_with_all_their_columns(
    window: MainWindow, tmp_path: Path, asked: Callable[[Path], DataDialog], qtbot: QtBot
) -> None:
    path = tmp_path / "whole.csv"
    path.write_text("\n".join(["a,b,y", *(f"{k},{k % 7},{k % 2}" for k in range(20))]), "utf-8")
    dialog = asked(path)
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.state.subject.name == str(path), timeout=WAIT_MS)
    assert window.session.state.network.sizes[0] == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "It is empty: expected a table"),
        (bytes(range(256)) * 9, "It is no text"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        (b"a,b,y\n1,2,0\n3,4\n", "Line 3 has 2 entries: expected 3"),
        (b"a,y\n1,1\n2,1\n3,1\n4,1\n", "Every sample is of class '1'"),
    ],
)
def test_what_is_wrong_is_a_sentence_in_the_dialog(
    window: MainWindow, tmp_path: Path, asked: Callable[[Path], DataDialog], content: bytes, words: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    before = window.session.state
    dialog = asked(path)
    assert words in dialog.note.text()
    assert "\n" not in dialog.note.text()
    assert not dialog.open_button.isEnabled()
    dialog.reject()
    assert window.session.state is before


def test_images_find_their_labels_or_ask_for_them(
    window: MainWindow, tmp_path: Path, asked: Callable[[Path], DataDialog], qtbot: QtBot
) -> None:
    dialog = asked(images(tmp_path, "train-images-idx3-ubyte", "train-labels-idx1-ubyte"))
    assert dialog.bars.classes == (("0", 5), ("1", 5))
    assert dialog.target.text() == "2 classes"
    assert dialog.images.isVisible()
    assert not dialog.table.isVisible()
    dialog.reject()
    dialog = asked(images(tmp_path, "pictures", None))
    assert dialog.note.text().endswith("choose the labels here")
    dialog.form.labels.click()
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    chooser.fileSelected.emit(str(tmp_path / "train-labels-idx1-ubyte"))
    chooser.reject()
    rested(qtbot, window)
    assert dialog.open_button.isEnabled()
    assert dialog.form.labels.text() == "train-labels-idx1-ubyte…"
    dialog.reject()


def test_what_was_recognised_is_read_whole(table: Path, asked: Callable[[Path], DataDialog]) -> None:
    dialog = asked(table)
    for picker in dialog.form.pickers.values():
        option = QStyleOptionComboBox()
        picker.initStyleOption(option)
        assert option.currentText == picker.currentText()
    assert dialog.form.pickers["separator"].currentText() == "recognised: semicolon"
    dialog.reject()


def test_arrays_of_any_name_are_chosen(
    window: MainWindow, tmp_path: Path, asked: Callable[[Path], DataDialog], qtbot: QtBot
) -> None:
    path = tmp_path / "odd.npz"
    np.savez(path, alpha=np.arange(40.0).reshape(20, 2), beta=np.arange(20) % 2, gamma=np.zeros(3))
    dialog = asked(path)
    assert dialog.note.text().endswith("choose the two arrays here")
    pick(dialog.form.pickers["inputs"], "alpha")
    pick(dialog.form.pickers["outputs"], "alpha")
    assert dialog.note.text().startswith("alpha is chosen for the inputs and for the targets")
    assert not dialog.open_button.isEnabled()
    pick(dialog.form.pickers["outputs"], "gamma")
    rested(qtbot, window)
    assert "shape (3,)" in dialog.note.text()
    pick(dialog.form.pickers["outputs"], "beta")
    rested(qtbot, window)
    pick(dialog.form.pickers["inputs"], "beta")
    assert not dialog.open_button.isEnabled()
    pick(dialog.form.pickers["inputs"], "alpha")
    rested(qtbot, window)
    dialog.open_samples()
    qtbot.waitUntil(lambda: window.session.state.subject.name == str(path), timeout=WAIT_MS)
    assert window.session.state.subject.classes == ("0", "1")


def test_a_word_among_the_numbers_of_the_target_is_told_with_its_line_and_its_remedy(
    window: MainWindow, tmp_path: Path, asked: Callable[[Path], DataDialog], qtbot: QtBot
) -> None:
    path = tmp_path / "word.csv"
    path.write_text("x,y\n" + "".join(f"{number},{number % 5}.5\n" for number in range(99)) + "3,oops\n", "utf-8")
    dialog = asked(path)
    sentence = "The target 'y' holds 'oops' in line 101 among numbers: mend it, or take its entries for classes"
    assert dialog.note.text() == sentence
    assert not dialog.open_button.isEnabled()
    assert dialog.remedy.text() == "Take y for classes"
    dialog.remedy.click()
    rested(qtbot, window)
    assert dialog.open_button.isEnabled()
    assert ("oops", 1) in dialog.bars.classes


def test_a_column_that_counts_rows_is_proposed_as_left_out_and_one_click_takes_it_in(
    window: MainWindow, tmp_path: Path, asked: Callable[[Path], DataDialog], qtbot: QtBot
) -> None:
    path = tmp_path / "counted.csv"
    path.write_text("nr,a,y\n" + "".join(f"{k + 1},{k * k % 7},{k % 2}\n" for k in range(40)))
    dialog = asked(path)
    assert line(dialog, "used as") == ("left out", "input", "target")
    assert "nr counts rows and is left out" in dialog.note.text()
    for roles in (("input", "input", "target"), ("left out", "input", "target")):
        dialog.table.clicked.emit(dialog.table.lines.index(0, 0))
        rested(qtbot, window)
        assert line(dialog, "used as") == roles


def test_gaps_are_filled_where_that_is_chosen_and_the_dialog_tells_by_what(
    window: MainWindow, tmp_path: Path, asked: Callable[[Path], DataDialog], qtbot: QtBot
) -> None:
    path = tmp_path / "gaps.csv"
    rows = (f"{'' if k < 3 else k * k % 7},{'' if k == 5 else 'ab'[k % 2]},{k % 2}\n" for k in range(40))
    path.write_text("size,wall,y\n" + "".join(rows))
    dialog = asked(path)
    assert not dialog.open_button.isEnabled()
    assert not dialog.targets.isVisible()
    pick(dialog.form.pickers["missing"], "fill")
    rested(qtbot, window)
    assert dialog.targets.isVisible()
    assert dialog.classes.isVisible()
    assert line(dialog, "missing") == ("3", "1", "")
    told = "4 gaps are filled, each by its column's mean or its most frequent word in the training part"
    assert told in dialog.note.text()
    assert "wall becomes 2 inputs" in dialog.note.text()
    dialog.numbers.setChecked(True)
    rested(qtbot, window)
    size, wall, _ = line(dialog, "gaps are")
    assert 1 < float(size) < 3
    assert wall in {"a", "b"}
    dialog.open_button.click()
    qtbot.waitUntil(lambda: window.session.state.subject.name == str(path), timeout=WAIT_MS)
    subject = window.session.state.subject
    assert np.isfinite(subject.problem.X).all()
    assert subject.problem.X.shape == (30, 3)
