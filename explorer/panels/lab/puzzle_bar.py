"""The guessing game in the lab: what begins a puzzle, and what judges a guess."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QWidget

from explorer.lessons.puzzle import MOST
from explorer.panels.labelled import labelled

FIELD = 76
"""Pixels of the field for a puzzle's number: "by number" until there is one."""


class PuzzleStart(QWidget):
    """A button that hides a mistake, and the number by which a puzzle can be set again.

    Signals
    -------
    drawn
        Any puzzle is wanted.
    wanted
        The number of a puzzle that was typed.
    """

    drawn = Signal()
    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hide_one, self.number = QPushButton("Hide one"), QSpinBox(minimum=0, maximum=MOST)
        self.hide_one.setToolTip("Make a mistake at random and do not name it: find it by the numbers.")
        self.hide_one.setAccessibleName("Hide a mistake, to be found")
        self.number.setPrefix("no. ")
        self.number.setSpecialValueText("by number")
        self.number.setToolTip(f"The number of a puzzle, 1 to {MOST}: typed, it sets the same puzzle again (Return).")
        self.number.setAccessibleName("Number of the puzzle")
        self.number.setObjectName("puzzle_number")
        self.number.setFixedWidth(FIELD)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide_one.clicked.connect(self.drawn)
        self.number.lineEdit().returnPressed.connect(self._take_number)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.hide_one)
        row.addWidget(self.number)

    @Slot()
    def _take_number(self) -> None:
        if self.number.value():
            self.wanted.emit(self.number.value())


class PuzzleBar(QWidget):
    """What is said of a puzzle, and the buttons that name the mistake and reveal it.

    Signals
    -------
    guessed
        The chosen name and the current step are a guess.
    given_up
        The mistake is to be named.
    """

    guessed = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = labelled("", "muted")
        self.words.setWordWrap(True)
        self.name_it, self.reveal = QPushButton("Name it"), QPushButton("Reveal")
        self.name_it.setToolTip("Judge the chosen name, and the step that is shown as the first wrong one (Return).")
        self.name_it.setAccessibleName("Judge the chosen mistake and the shown step")
        self.reveal.setToolTip("Name the mistake, and show what it changes.")
        self.reveal.setAccessibleName("Reveal the hidden mistake")
        self.name_it.clicked.connect(self.guessed)
        self.reveal.clicked.connect(self.given_up)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.name_it)
        row.addWidget(self.reveal)
        self.hide()
