"""The whole window, a table for it, and the dialog in which it asks about one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.app import create_window
from explorer.panels.data.data_dialog import DataDialog
from explorer.panels.main_window import MainWindow
from tests.panels.data.asking import ROWS, rested


@pytest.fixture
def window(look: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    made = create_window()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Write a table with decimal commas, a missing value in line 5 and a column of names."""
    rows = [list(row) for row in ROWS]
    rows[3][1] = ""
    path = tmp_path / "mine.csv"
    path.write_text("\n".join(";".join(row) for row in [["x", "noise", "answer", "who"], *rows]), "utf-8")
    return path


@pytest.fixture
def asked(window: MainWindow, qtbot: QtBot) -> Callable[[Path], DataDialog]:
    """Return what opens the dialog of a file and waits until it is read."""

    def ask(path: Path) -> DataDialog:
        window.files.open_named(str(path))
        dialog = window.files.opener.dialog
        assert isinstance(dialog, DataDialog)
        rested(qtbot, window)
        return dialog

    return ask
