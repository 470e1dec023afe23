"""The step's formula, in which each symbol stands for its matrix: pointed at, it lights it, and is lit with it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from explorer.graph.typeset import Formula, Typesetter
from explorer.panels.step.formula_label import FormulaLabel


class StepFormula(FormulaLabel):
    """Shows a formula whose part k + 1 is the symbol of the k-th name.

    ``symbol_hovered`` carries a name, or None where none is pointed at.
    """

    symbol_hovered = Signal(object)

    def __init__(self, typesetter: Typesetter, pixels: int, lowest: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(typesetter, pixels, lowest, parent)
        self._names: tuple[str, ...] = ()
        self._lit = self._pointed = 0
        self._placed: list[tuple[Formula, float, float, float]] = []
        self.setMouseTracking(True)

    @property
    def lit(self) -> str | None:
        """The name whose symbols are lit, or None."""
        return self._names[self._lit - 1] if self._lit else None

    def set_formula(self, latex: str, names: Sequence[str]) -> None:
        """Show a formula with the names of its parts."""
        self._names, self._lit = tuple(names), 0
        self.set_latex(latex)

    def light(self, name: str | None) -> None:
        """Light the symbols of a name, or none."""
        lit = self._names.index(name) + 1 if name in self._names else 0
        if lit != self._lit:
            self._lit = lit
            self.update()

    def area_of(self, name: str) -> QRectF:
        """Return where the first symbol of a name stands; empty where it is not typeset yet."""
        part = self._names.index(name) + 1
        return next((area for placed in self._placed for area in _areas(placed, part)), QRectF())

    def paint_line(self, painter: QPainter, formula: Formula, left: float, baseline: float, pixels: float) -> None:
        """Paint a line; what is lit on a soft ground, in the accent."""
        self._placed.append((formula, left, baseline, pixels))
        areas = _areas(self._placed[-1], self._lit)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._palette.colour("accent_soft"))
        for area in areas:
            painter.drawRoundedRect(area.adjusted(-3, -3, 3, 3), 4, 4)
        super().paint_line(painter, formula, left, baseline, pixels)
        if areas:
            formula.part(self._lit).paint(painter, left, baseline, pixels, self._palette.colour("accent"))

    def before_lines(self) -> None:
        """Forget where the lines of the last painting stood."""
        self._placed = []

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which symbol the mouse points at."""
        x, y = event.position().x(), event.position().y()
        parts = (formula.part_at(x - left, y - base, pixels) for formula, left, base, pixels in self._placed)
        self._point_at(next((part for part in parts if part), 0))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._point_at(0)
        super().leaveEvent(event)

    def _point_at(self, part: int) -> None:
        if part != self._pointed:
            self._pointed = part
            self.symbol_hovered.emit(self._names[part - 1] if 0 < part <= len(self._names) else None)


def _areas(placed: tuple[Formula, float, float, float], part: int) -> list[QRectF]:
    """Return where a part of a placed formula stands."""
    formula, left, baseline, pixels = placed
    return [area.translated(left, baseline) for area in formula.areas_of(part, pixels)]
