"""The worksheet of the shown pass: by its action, in the window's notation and digits, and it says of what it is."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.main_window import MainWindow
from explorer.session import NextUpdate, Session
from explorer.session.opening import open_data, open_named
from explorer.session.worksheet import about
from tests.windows import notice, shown


def page_of(window: MainWindow, path: Path) -> str:
    window.files.exports.write("export_worksheet", str(path))
    assert notice(window).startswith(f"Wrote a worksheet of this pass to {path}: ")
    return path.read_text(encoding="utf-8")


def test_it_is_asked_for_and_follows_notation_and_digits(look: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(qtbot)
    window.action("export_worksheet").trigger()
    dialog = window.files.dialog
    assert dialog is not None
    assert dialog.defaultSuffix() == "html"
    dialog.reject()
    assert "<td>1.4132</td>" in page_of(window, tmp_path / "a.html")
    window.action("all_digits").trigger()
    window.session.write_in("column")
    page = page_of(window, tmp_path / "b.html")
    assert "<td>1.41319" in page
    assert "Samples are columns." in page
    window.files.exports.write("export_worksheet", str(tmp_path))
    assert "is a folder" in notice(window)
    window.close()


def session_of(name: str) -> Session:
    return Session(*open_named(name))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("net-s", "The pass of the sample, before any update."),
        ("xor", "The pass of all 4 samples, before any update."),
        ("digits", "The pass of sample 1 of 1,348, before any update."),
    ],
)
def test_it_says_of_what_it_is(name: str, words: str) -> None:
    assert about(session_of(name).state) == words


def test_it_says_after_how_many_updates_and_which_guest_is_shown() -> None:
    session = Session(*open_data("moons"))
    session.show_whole(True)
    session.do(NextUpdate())
    assert about(session.state) == "The pass of a minibatch of 16 samples, after 1 update."
    session.show_held_out(2)
    assert about(session.state) == "The pass of held-out sample 3, after 1 update."
