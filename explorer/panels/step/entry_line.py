"""The numbers of one entry on as many lines as they need; a number that is pointed at lights its cell everywhere."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explorer.panels.step.spelling import Atom, Spelling
from explorer.panels.theme import LARGE, LIGHT, NORMAL, SMALL, TITLE, Palette, number_font
from explorer.tape.entries import Cell

LEADING = 8
SIGNS = frozenset({"·", "+", "−", "=", "/", "→", "1/2 ·"})
FONTS = ((TITLE, 1), (LARGE, 2), (NORMAL, 3), (SMALL, 99))
"""Font sizes, and how many lines may be written in each."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An atom and where it stands."""

    atom: Atom
    area: QRectF


BREAKS = frozenset("+−=/→(")
"""A line may break before an atom that begins so."""


def placed(atoms: tuple[Atom, ...], font: QFont, width: float) -> list[Placed]:
    """Return the atoms on lines of that width; a product and the sign before it stay together where they fit."""
    metrics = QFontMetricsF(font)
    gap, high = metrics.horizontalAdvance("0") * 0.9, metrics.height() + LEADING / 2
    spots: list[Placed] = []
    x, y = 0.0, 0.0
    for group in groups(atoms):
        widths = [metrics.horizontalAdvance(atom.text) for atom in group]
        whole = sum(widths) + gap * (len(group) - 1)
        if x and x + whole > width:
            x, y = 0.0, y + high
        for atom, wide in zip(group, widths, strict=True):
            if x and x + wide > width:
                x, y = 0.0, y + high
            spots.append(Placed(atom, QRectF(x, y, wide, high)))
            x += wide + gap
    return spots


def groups(atoms: tuple[Atom, ...]) -> list[list[Atom]]:
    """Return the atoms in groups that begin where a line may break."""
    found: list[list[Atom]] = []
    for atom in atoms:
        glued = found and (found[-1][-1].text in SIGNS or atom.text[:1] not in BREAKS)
        if glued:
            found[-1].append(atom)
        else:
            found.append([atom])
    return found


class EntryLine(QWidget):
    """Shows a spelling. ``cell_hovered`` carries (name, index) or None."""

    cell_hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette, self._spelling = LIGHT, Spelling(())
        self._font = number_font(LARGE)
        self._placed: list[Placed] = []
        self._lit: frozenset[Cell] = frozenset()
        self._under_mouse: Cell | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def spelling(self) -> Spelling:
        """What is shown."""
        return self._spelling

    @property
    def lines(self) -> int:
        """Number of lines."""
        return len({spot.area.top() for spot in self._placed})

    def set_spelling(self, spelling: Spelling) -> None:
        """Show an entry."""
        if spelling != self._spelling:
            self._spelling = spelling
            self.setAccessibleName(spelling.text)
            self._place()

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self._palette = palette
        self.update()

    def light(self, cell: Cell | None) -> None:
        """Underline the number of the cell that is pointed at."""
        lit = frozenset() if cell is None else frozenset({cell})
        if lit != self._lit:
            self._lit = lit
            self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the lines."""
        bottom = max((spot.area.bottom() for spot in self._placed), default=LARGE + LEADING)
        return QSize(0, round(bottom) + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Flow anew; a new height is this widget's own doing."""
        if event.size().width() != event.oldSize().width():
            self._place()

    def _place(self) -> None:
        for pixels, most in FONTS:
            self._font = number_font(pixels, QFont.Weight.Medium)
            self._placed = placed(self._spelling.atoms, self._font, self.width())
            if self.lines <= most:
                break
        if self.height() != self.sizeHint().height():
            self.setFixedHeight(self.sizeHint().height())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the atoms; numbers in ink, signs muted."""
        painter = QPainter(self)
        painter.setFont(self._font)
        for spot in self._placed:
            atom = spot.atom
            painter.setPen(self._palette.colour("ink" if any(c.isdigit() for c in atom.text) else "muted"))
            painter.drawText(spot.area.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter, atom.text)
            if atom.cell in self._lit:
                painter.setPen(QPen(self._palette.colour("accent"), 2))
                base = spot.area.bottom() - 2
                painter.drawLine(QPointF(spot.area.left(), base), QPointF(spot.area.right(), base))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which number the mouse points at."""
        found = [spot.atom.cell for spot in self._placed if spot.area.contains(event.position())]
        self._point_at(found[0] if found else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._point_at(None)
        super().leaveEvent(event)

    def _point_at(self, cell: Cell | None) -> None:
        if cell != self._under_mouse:
            self._under_mouse = cell
            self.cell_hovered.emit(cell)
            QToolTip.hideText()
