"""Closes the windows when the terminal or the system asks the program to end: what is open is kept as by a click."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl+C, a logout, the terminal's closing, Ctrl+Break; not every system has all of them."""


@contextmanager
def windows_closed_by_signals() -> Iterator[None]:
    """Take the signals meanwhile. Python hears of one within half a second: so often a timer of ours runs."""
    numbers = [getattr(signal, name) for name in ENDINGS if hasattr(signal, name)]
    usual = {number: signal.signal(number, close_windows) for number in numbers}
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)


def close_windows(_number: int, _frame: FrameType | None) -> None:
    """Close them in a turn of their own: a signal may come in the middle of a painting.

    Twice, for nobody may be there to answer a window that would ask something first.
    """
    for _ in range(2):
        QTimer.singleShot(0, QApplication.closeAllWindows)
