"""The mark at the head of the card: its matrices do not add up in the digits that they show, or lack chosen digits."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QWidget

from explorer.engine.problem import Problem
from explorer.panels.step.entry_card import ROUNDED
from explorer.panels.step.equation import EquationView
from explorer.panels.step.honesty import Written, adds_up
from explorer.tape.step import Step

WHY = {
    ROUNDED: "Worked out from the digits that the matrices show, the result differs: it is of the exact numbers. "
    "D shows all digits."
}
NO_ROOM = "The matrices have no room for the digits that are chosen; a larger window or the chain view (C) has."


class RoundedMark(QLabel):
    """Says "rounded" of matrices that do not add up, "cells: 3 digits" where more have no room, or both."""

    def __init__(self, equation: EquationView, parent: QWidget | None = None) -> None:
        super().__init__(ROUNDED, parent)
        self._equation = equation
        self._shown: tuple[Step, Problem] | None = None
        self.setProperty("role", "small")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.hide()

    def show_step(self, step: Step, problem: Problem) -> None:
        """Take the step that the equation shows now."""
        self._shown = step, problem
        self.look()

    @Slot()
    def look(self) -> None:
        """Work the equation out from what its cells say."""
        if self._shown is not None:
            step, problem = self._shown
            written = Written(self._equation.equation, self._equation.digits, step, problem)
            found = {ROUNDED: not adds_up(written), self._equation.lack_of_digits: bool(self._equation.lack_of_digits)}
            told = [words for words, is_so in found.items() if is_so]
            self.setText(", ".join(told).replace(f"{ROUNDED}, cells: ", f"{ROUNDED}, "))  # one line beside a title
            self.setAccessibleName(f"The numbers of the matrices: {', '.join(told)}")
            self.setToolTip(" ".join(WHY.get(words, NO_ROOM) for words in told))
            self.setVisible(bool(told))
