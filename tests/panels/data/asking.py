"""Files of samples, and what a test asks of the window that reads them."""

import struct
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from explorer.panels.data.data_dialog import DataDialog
from explorer.panels.main_window import MainWindow

WAIT_MS = 20_000
ROWS = [(f"{k / 10:.1f}".replace(".", ","), str(k * k % 17), "no" if k < 20 else "yes", f"id{k}") for k in range(40)]


def is_working(window: MainWindow) -> bool:
    """Tell whether something is read."""
    return window.files.opener._background.working


def is_waiting(window: MainWindow) -> bool:
    """Tell whether something is opened beside the window."""
    return window.files.opener.waiting


def told(window: MainWindow) -> str:
    """Return the sentence of the notice, or nothing."""
    notice = window.session.state.notice
    return notice.text if notice is not None else ""


def rested(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is read any more."""
    qtbot.waitUntil(lambda: not is_working(window), timeout=WAIT_MS)


def pick(picker: QComboBox, value: object) -> None:
    """Choose a value as a person does."""
    row = picker.findData(value)
    assert row >= 0
    picker.setCurrentIndex(row)
    picker.activated.emit(row)


def line(dialog: DataDialog, name: str) -> tuple[str, ...]:
    """Return a line of the preview by what stands before it."""
    return dict(dialog.table.lines.lines)[name]


def images(folder: Path, name: str, labels: str | None) -> Path:
    """Write ten pictures of 3 x 2 pixels and, if asked for, their labels."""
    pixels = np.arange(60, dtype=np.uint8).tobytes()
    (folder / name).write_bytes(b"\0\0\x08\x03" + struct.pack(">3I", 10, 3, 2) + pixels)
    if labels:
        (folder / labels).write_bytes(b"\0\0\x08\x01" + struct.pack(">I", 10) + bytes([0, 1] * 5))
    return folder / name
