"""Formulas with the numbers that they have now, one below the other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from explorer.graph.typeset import Typesetter
from explorer.lessons.lesson import Line
from explorer.lessons.quiz import told
from explorer.panels.labelled import labelled
from explorer.panels.step.formula_label import FormulaLabel
from explorer.panels.theme import Palette

PIXELS, LOWEST = 15, 30


class LinesView(QWidget):
    """Shows formulas, each with a number.

    Parameters
    ----------
    lines
        The formulas.
    typesetter
        Typesets them, once they are looked at.
    """

    def __init__(self, lines: Sequence[Line], typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digits = [line.digits for line in lines]
        self.formulas = [FormulaLabel(typesetter, PIXELS, LOWEST, centred=False) for _ in lines]
        self.numbers: list[QLabel] = [labelled("", "digits") for _ in lines]
        rows = QGridLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(2)
        rows.setColumnStretch(0, 1)
        for row, (line, formula, number) in enumerate(zip(lines, self.formulas, self.numbers, strict=True)):
            formula.set_latex(line.latex)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            number.setMinimumWidth(110)
            rows.addWidget(formula, row, 0)
            rows.addWidget(number, row, 1)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        for formula in self.formulas:
            formula.set_palette(palette)

    def show_values(self, values: Sequence[float]) -> None:
        """Show other numbers."""
        for formula, label, value, digits in zip(self.formulas, self.numbers, values, self._digits, strict=True):
            label.setText(told(value, digits))
            label.setAccessibleName(f"{formula.latex}: {label.text()}")
