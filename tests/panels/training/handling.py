"""What a person does on the training panel."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QToolButton

from explorer.panels.training.setting_field import SettingField
from explorer.panels.training.training_panel import TrainingPanel

WAIT_MS = 10_000


def make_actions() -> dict[str, QAction]:
    names = ("train", "train_step", "train_epoch", "reset", "continue_here")
    return {name: QAction(name, checkable=name == "train") for name in names}


def field(panel: TrainingPanel, name: str) -> SettingField:
    return panel.controls.form.fields[name]


def enter(panel: TrainingPanel, name: str, text: str) -> None:
    edit = field(panel, name)
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def clear(panel: TrainingPanel, name: str) -> None:
    field(panel, name).selectAll()
    QTest.keyClick(field(panel, name), Qt.Key.Key_Delete)
    QTest.keyClick(field(panel, name), Qt.Key.Key_Return)


def button(panel: TrainingPanel, name: str) -> QToolButton:
    found = panel.findChild(QToolButton, f"{name}_button")
    assert isinstance(found, QToolButton)
    return found


def picker(panel: TrainingPanel, name: str) -> QComboBox:
    found = panel.findChild(QComboBox, name)
    assert isinstance(found, QComboBox)
    return found


def choose(box: QComboBox, data: str) -> None:
    index = box.findData(data)
    box.setCurrentIndex(index)
    box.activated.emit(index)
