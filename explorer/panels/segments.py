"""A switch between a few places, side by side: Tab reaches each, and the arrows up and down go through them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Segment(QPushButton):
    """One place; leaves the arrows up and down to the switch."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Space."""
        if Qt.Key(event.key()) in MOVES:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Segments(QFrame):
    """Shows which place is shown, and asks for another; no QButtonGroup, for of one Tab reaches a single button.

    Parameters
    ----------
    names, tips
        A word for each place, and a sentence.
    purpose
        What the places are, for those who hear a single one of them.

    Signals
    -------
    chosen
        The name of a place.
    """

    chosen = Signal(str)

    def __init__(
        self, names: Sequence[str], tips: Sequence[str], parent: QWidget | None = None, *, purpose: str
    ) -> None:
        super().__init__(parent)
        self.setProperty("segments", True)
        self.setAccessibleName(purpose)
        self.buttons: list[Segment] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(3, 3, 3, 3)
        line.setSpacing(0)
        for name, tip in zip(names, tips, strict=True):
            button = Segment(name)
            button.setCheckable(True)
            button.setToolTip(tip)
            button.setAccessibleName(f"{purpose}: {name}")
            button.setProperty("segment", True)
            button.clicked.connect(self._clicked)
            self.buttons.append(button)
            line.addWidget(button)
        self.show_place(names[0])

    def show_place(self, name: str) -> None:
        """Mark a place as the one that is shown; none where what is shown is none of them."""
        for button in self.buttons:
            button.setChecked(button.text() == name)

    @Slot()
    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, Segment):
            self.show_place(button.text())
            self.chosen.emit(button.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the place before or after; left and right belong to the steps of the pass."""
        move = MOVES.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
            return
        here = next((number for number, button in enumerate(self.buttons) if button.isChecked()), 0)
        target = self.buttons[min(max(here + move, 0), len(self.buttons) - 1)]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if not target.isChecked():
            target.click()
