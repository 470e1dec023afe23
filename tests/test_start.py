"""What the first frame must not wait for is imported later; a window that loads can be closed, and refuses a file."""

import argparse
import gc
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer import app
from explorer.cli import CHOICES, main
from explorer.panels import answer, dialogs, lab, lessons
from explorer.panels.data.data_dialog import DataDialog
from explorer.panels.main_window import MainWindow
from explorer.panels.pictures import views
from explorer.panels.theme import PALETTES
from explorer.session import opening
from explorer.train_options import add_data

AT_FIRST_FRAME = """
import sys
from explorer import app, cli
def tell(*_arguments):
    print(*sys.modules)
    sys.stdout.flush()
    sys.exit(0)
app.filling = tell
cli.main([{opened!r}])
"""
COMPLETE = """
import sys
from explorer.app import application, create_window
application()
window = create_window({opened!r})
window.show()
window.complete()
window.close()
print(*sys.modules)
"""
LATE = {"explorer.parsing", "numpy", "ziamath", "explorer.session", "explorer.bridge", "explorer.graph.view"}
NEVER = {"pyqtgraph", "ziamath", "numpy.ma", "onnx", "scipy", "sklearn", "matplotlib", "subprocess"}
ASKED_FOR = dialogs, lessons, lab, answer
NEVER |= {home for room in ASKED_FOR for home in room.HOMES.values()}


def modules_of(code: str, opened: str) -> set[str]:
    code = code.replace("{opened!r}", repr(opened))
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(told.stdout.split())


@pytest.mark.parametrize("opened", ["net-s", "digits"])
def test_the_first_frame_waits_for_no_slow_import(opened: str) -> None:
    found = modules_of(AT_FIRST_FRAME, opened)
    assert "PySide6.QtWidgets" in found
    assert not LATE & found


@pytest.mark.parametrize("opened", ["net-s", "digits"])
def test_the_whole_first_view_waits_for_nothing_that_it_does_not_show(opened: str) -> None:
    found = modules_of(COMPLETE, opened)
    assert "explorer.panels.furnishing" in found
    assert not NEVER & found
    assert not [name for name in found if name.startswith("explorer.lessons.")]
    assert len(found & set(views.HOMES.values())) == 1  # one picture of learning is shown


def test_a_step_of_given_weights_waits_neither_for_random_numbers_nor_for_the_check() -> None:
    unneeded = {
        "numpy.random",
        "threadpoolctl",
        "explorer.tape.checking.gradcheck",
        "difflib",
        "html",
        "xml.etree.ElementTree",
    }
    assert not unneeded & modules_of(COMPLETE, "net-s")


def test_the_program_reads_no_source_of_what_it_imports() -> None:
    code = """
import builtins
usual = builtins.__import__
from explorer.app import application
application()
print(builtins.__import__ is usual)
"""
    assert modules_of(code, "") == {"True"}


@pytest.fixture
def outlined(look: QApplication, qtbot: QtBot) -> MainWindow:
    window = app.empty_window()
    qtbot.addWidget(window)
    app.show_first_frame(window)
    return window


def test_the_panels_come_where_their_outline_was(outlined: MainWindow) -> None:
    outline = outlined.grab().toImage()
    for _ in app.filling(outlined):
        QApplication.processEvents()
    outlined.complete()
    filled = outlined.grab().toImage()
    direct = app.create_window()
    direct.show()
    direct.complete()
    assert filled == direct.grab().toImage()
    direct.close()
    outlined.close()
    for view in (outlined.steps, outlined.transport, outlined.step_panel, outlined.training):
        corner = view.mapTo(outlined, view.rect().topLeft())
        for x, y in ((0, view.height() // 2), (view.width() - 1, view.height() // 2), (view.width() // 2, 0)):
            place = corner.x() + x, corner.y() + y
            assert outline.pixel(*place) == filled.pixel(*place) != outline.pixel(2, 400), (view, place)


def test_a_window_that_is_no_further_takes_no_keys_and_closes(outlined: MainWindow, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Escape):
        qtbot.keyClick(outlined, key)
    assert not outlined.is_furnished
    assert outlined.close()
    assert not outlined.isVisible()


def test_closing_while_it_loads_ends_the_program(look: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []

    def close_at(part: str) -> None:
        loaded.append(part)
        if len(loaded) == 2:
            QTimer.singleShot(0, QApplication.closeAllWindows)

    monkeypatch.setattr(app, "import_module", close_at)
    assert app.run_window("net-s") == 0
    assert tuple(loaded) == app.PARTS[:2]
    assert gc.isenabled()


def test_what_cannot_be_opened_closes_the_window_and_is_one_line(
    look: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["window", "nothing-there.json"]) == 2
    told = capsys.readouterr().err
    assert "nothing-there" in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_outline_has_the_ground_of_the_look(outlined: MainWindow, name: str) -> None:
    outlined.look = PALETTES[name]
    picture = outlined.grab().toImage()
    assert picture.pixelColor(2, 400).name().upper() == outlined.look.ground
    assert picture.pixelColor(100, 300).name().upper() == outlined.look.card
    outlined.close()


@pytest.mark.parametrize("begins_within", [10.0, 0.0])
def test_a_table_that_asks_for_choices_opens_its_dialog_with_the_remedy_at_hand(
    look: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begins_within: float
) -> None:
    path = tmp_path / "klasse.csv"
    path.write_text("x,y\n" + "".join(f"{k},{k % 5}.5\n" for k in range(99)) + "3,oops\n", "utf-8")
    monkeypatch.setattr(opening.begun, "__defaults__", (begins_within,))
    window = app.empty_window()
    qtbot.addWidget(window)
    window.show()
    assert app.filled(window, str(path))
    opener = window.files.opener
    qtbot.waitUntil(lambda: isinstance(opener.dialog, DataDialog))
    dialog = opener.dialog
    assert isinstance(dialog, DataDialog)
    qtbot.waitUntil(dialog.remedy.isVisible)
    assert dialog.remedy.text() == "Take y for classes"
    dialog.remedy.click()
    qtbot.waitUntil(dialog.open_button.isEnabled)
    dialog.open_button.click()
    qtbot.waitUntil(lambda: window.session.state.subject.name == str(path))
    window.close()


def test_what_no_dialog_can_mend_is_one_line(
    look: QApplication, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    assert main([str(empty)]) == 2
    assert "it is empty" in capsys.readouterr().err


def test_an_option_of_train_is_named_where_the_window_asks_for_it_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["klasse.csv", "--without", "Name"]) == 2
    assert "leave it out here, the window asks" in capsys.readouterr().err


def test_the_options_that_the_window_asks_for_are_those_of_train() -> None:
    train = argparse.ArgumentParser()
    add_data(train.add_argument_group())
    taken = {name.removeprefix("--") for action in train._actions for name in action.option_strings}
    assert {*CHOICES} <= taken
