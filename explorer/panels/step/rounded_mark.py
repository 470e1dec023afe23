"""The mark at the head of the card that says where its matrices do not add up in the digits that they show."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from explorer.engine.problem import Problem
from explorer.panels.step.entry_card import ROUNDED
from explorer.panels.step.equation import EquationView
from explorer.panels.step.honesty import Written, adds_up
from explorer.tape.step import Step

WHY = (
    "Worked out from the digits that the matrices show, the result differs: it is of the exact numbers. "
    "D shows all digits."
)


class RoundedMark(QLabel):
    """Says "rounded" of an equation's matrices, and hides where they add up."""

    def __init__(self, equation: EquationView, parent: QWidget | None = None) -> None:
        super().__init__(ROUNDED, parent)
        self._equation = equation
        self._shown: tuple[Step, Problem] | None = None
        self.setProperty("role", "small")
        self.setToolTip(WHY)
        self.setAccessibleName("The numbers of the matrices are rounded")
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
            self.setVisible(not adds_up(written))
