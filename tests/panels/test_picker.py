"""The combo boxes' lists: they look like cards in both looks, and no row is cut."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QComboBox, QMainWindow, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from explorer.panels.picker import Picker
from explorer.panels.stylesheet import stylesheet
from explorer.panels.theme import DARK, LIGHT, Palette

LONG = "A problem whose title is longer than the box"


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_the_list_is_a_card_from_edge_to_edge(qtbot: QtBot, look: QApplication, palette: Palette) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setStyleSheet(stylesheet(palette))
    picker = Picker()
    window.setCentralWidget(picker)
    picker.addItems(["short", LONG, "another"])
    picker.insertSeparator(2)
    window.resize(120, 60)
    window.show()
    picker.showPopup()
    popup = picker.view().window()
    image = popup.grab().toImage()
    edges = [image.pixelColor(x, y) for x in range(image.width()) for y in (0, 1, 2, image.height() - 1)]
    assert {colour.name() for colour in edges} <= {QColor(palette.card).name(), QColor(palette.hairline).name()}
    assert picker.view().fontMetrics().horizontalAdvance(LONG) < popup.width() > picker.width()
    picker.hidePopup()


def test_a_long_title_is_shortened_with_a_sign_and_told_whole(qtbot: QtBot, look: QApplication) -> None:
    picker = Picker()
    qtbot.addWidget(picker)
    picker.setToolTip("What it is for.")
    picker.addItems([LONG, "short"])
    picker.resize(150, 28)
    option = QStyleOptionComboBox()
    picker.initStyleOption(option)
    assert option.currentText.endswith("…")
    assert picker.toolTip() == f"{LONG}\nWhat it is for."
    picker.setCurrentIndex(1)
    picker.initStyleOption(option)
    assert option.currentText == "short"
    assert picker.toolTip() == "short\nWhat it is for."


def test_many_rows_are_in_sight(qtbot: QtBot, look: QApplication) -> None:
    picker = Picker()
    qtbot.addWidget(picker)
    assert picker.maxVisibleItems() > 13


def test_a_box_as_wide_as_it_asks_for_shortens_nothing(qtbot: QtBot, look: QApplication) -> None:
    picker = Picker()
    qtbot.addWidget(picker)
    picker.setStyleSheet(stylesheet(LIGHT))
    picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    picker.addItems(["Runs", "Histograms"])
    picker.setCurrentIndex(1)
    picker.resize(picker.sizeHint())
    option = QStyleOptionComboBox()
    picker.initStyleOption(option)
    assert option.currentText == "Histograms"
