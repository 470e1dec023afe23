"""The banner: one notice, its details on request, closed by mouse and key."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.banner import Banner
from explorer.session import Notice, Tone


@pytest.fixture
def banner(look: QApplication, qtbot: QtBot) -> Iterator[Banner]:
    holder = QWidget()
    made = Banner()
    QVBoxLayout(holder).addWidget(made)
    qtbot.addWidget(holder)
    holder.resize(700, 120)
    holder.show()
    yield made
    holder.close()


def test_shows_one_sentence_and_hides(banner: Banner) -> None:
    assert not banner.isVisible()
    banner.show_notice(Notice("the file is missing"))
    assert banner.isVisible()
    assert banner.text() == "The file is missing"
    banner.show_notice(None)
    assert not banner.isVisible()
    assert banner.text() == ""


def test_details_open_on_request(banner: Banner, qtbot: QtBot) -> None:
    banner.show_notice(Notice("it failed", details="Traceback: here"))
    details = next(label for label in banner.findChildren(QLabel) if "Traceback" in label.text())
    assert not details.isVisible()
    more = next(button for button in banner.findChildren(QPushButton) if button.text() == "Details")
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert details.isVisible()
    sentence = next(label for label in banner.findChildren(QLabel) if label.text() == "It failed")
    qtbot.waitUntil(lambda: details.y() > sentence.geometry().bottom())
    assert details.x() == sentence.x()
    banner.show_notice(Notice("another"))
    assert not more.isVisible()
    assert not details.isVisible()


def test_tones_differ(banner: Banner) -> None:
    banner.show_notice(Notice("done", Tone.INFORMATION))
    assert banner.property("tone") == "information"
    banner.show_notice(Notice("not done"))
    assert banner.property("tone") == "error"


def test_closes_by_mouse_and_by_key(banner: Banner, qtbot: QtBot) -> None:
    banner.show_notice(Notice("once"))
    close = next(b for b in banner.findChildren(QToolButton) if b.accessibleName() == "Close the notice")
    with qtbot.waitSignal(banner.closed):
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(banner.closed):
        qtbot.keyClick(banner, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("learning rate 'x': expected a number, for example 0.1", "Learning rate 'x': expected a number"),
        ("warm-up -1: expected 0 updates or more", "Warm-up -1"),
        ("epochs 0: expected 1", "Epochs 0"),
        ("a network of two layers", "A network"),
        ("b1[2] is no number", "b1[2]"),
        ("x has 3 columns", "x has"),
        ("dJ/dz1 is not there", "dJ/dz1"),
        ("data.csv: line 3 has 2 columns", "data.csv"),
        ("net-s: the key is missing", "net-s"),
        ("targets: expected class indices", "targets:"),
        ("Training is paused", "Training"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_and_a_name_as_it_is_written(
    banner: Banner, sentence: str, wanted: str
) -> None:
    banner.show_notice(Notice(sentence))
    assert banner.text().startswith(wanted)
    assert banner.accessibleName() == banner.text()
    assert banner.text().casefold() == sentence.casefold()
