"""A small button without a frame, such as stands beside a title or a sentence."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton


def quiet_button(words: str, name: str, tip: str, *, checkable: bool = False) -> QToolButton:
    """Return a button that Tab reaches and a click does not; one that is on shows it by its colour.

    Parameters
    ----------
    name
        What a screen reader calls it.
    """
    made = QToolButton()
    made.setText(words)
    made.setProperty("quiet", True)
    made.setCheckable(checkable)
    made.setAccessibleName(name)
    made.setToolTip(tip)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
