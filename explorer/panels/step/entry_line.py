"""The numbers of one entry on as many lines as they need; a number that is pointed at lights its cell everywhere.

What stands for terms that are left out is a button: a click or Enter writes them all; Ctrl+C takes the line along.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from explorer.graph.key_sets import ENTER
from explorer.graph.raising import draw_raised
from explorer.panels.step.entry_flow import Placed, height_of, laid_out, lettered, lines_of
from explorer.panels.step.spelling import Atom, Spelling
from explorer.panels.theme import LARGE, LIGHT, Palette, number_font
from explorer.tape.entries import Cell

if TYPE_CHECKING:
    from collections.abc import Callable

TIP = "Click or press Enter to write all terms; Ctrl+C copies the line."


def nothing_told(_cell: Cell) -> str:
    """Say nothing of any cell."""
    return ""


class EntryLine(QWidget):
    """Shows a spelling.

    Attributes
    ----------
    told
        What is said of the cell of a number that is pointed at, beside it.

    Signals
    -------
    cell_hovered
        (name, index), or None.
    terms_wanted
        All terms, or fewer.
    grown
        It needs another height.
    widened
        It has another width.
    """

    cell_hovered = Signal(object)
    terms_wanted = Signal()
    grown = Signal()
    widened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette, self._spelling = LIGHT, Spelling(())
        self._font = number_font(LARGE)
        self._placed: list[Placed] = []
        self._roomy = False
        self.told: Callable[[Cell], str] = nothing_told
        self._lit: frozenset[Cell] = frozenset()
        self._under_mouse: Cell | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def spelling(self) -> Spelling:
        """What is shown."""
        return self._spelling

    @property
    def lines(self) -> int:
        """Number of lines."""
        return lines_of(self._placed)

    @property
    def leaves_out(self) -> bool:
        """Whether terms are left out."""
        return any(atom.opens for atom in self._spelling.atoms)

    def set_spelling(self, spelling: Spelling) -> None:
        """Show an entry."""
        if spelling != self._spelling:
            self._spelling = spelling
            self.setAccessibleName(spelling.said)
            self.setAccessibleDescription(TIP if self.leaves_out else "")
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
        return QSize(0, height_of(self._placed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Flow anew; a new height is this widget's own doing."""
        if event.size().width() != event.oldSize().width():
            self._place()
            self.widened.emit()

    def set_roomy(self, *, roomy: bool) -> None:
        """Take more lines before the letters become small, or fewer."""
        if roomy != self._roomy:
            self._roomy = roomy
            self._place()

    def height_of(self, spelling: Spelling) -> int:
        """Return the height of a spelling at this width."""
        return height_of(laid_out(spelling.atoms, self.width(), roomy=self._roomy)[1])

    def _place(self) -> None:
        self._font, self._placed = laid_out(self._spelling.atoms, self.width(), roomy=self._roomy)
        if self.height() != self.sizeHint().height():
            self.setFixedHeight(self.sizeHint().height())
            self.grown.emit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the atoms; numbers in ink, signs muted."""
        painter, seen = QPainter(self), QRectF(event.rect())
        painter.setFont(self._font)
        if self.hasFocus():
            painter.setPen(QPen(self._palette.colour("accent"), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        for spot in self._placed:
            atom = spot.atom
            if not spot.area.intersects(seen):
                continue
            if atom.name:
                self._paint_name(painter, spot)
                continue
            number = any(c.isdigit() for c in atom.text)
            painter.setPen(self._palette.colour("accent" if atom.opens else "ink" if number else "muted"))
            painter.drawText(spot.area.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter, atom.text)
            if atom.cell in self._lit:
                painter.setPen(QPen(self._palette.colour("accent"), 2))
                base = spot.area.bottom() - 2
                painter.drawLine(QPointF(spot.area.left(), base), QPointF(spot.area.right(), base))

    def _paint_name(self, painter: QPainter, spot: Placed) -> None:
        font = lettered(self._font)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self._palette.colour("muted"))
        base = spot.area.center().y() + (metrics.ascent() - metrics.descent()) / 2
        draw_raised(painter, QPointF(spot.area.left(), base), spot.atom.text)
        painter.setFont(self._font)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which number the mouse points at."""
        atom = self.atom_at(event.position())
        opens = atom is not None and atom.opens
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
        cell = atom.cell if atom is not None else None
        self.setToolTip(TIP if opens else self.told(cell) if cell is not None else "")
        self._point_at(atom.cell if atom else None)

    def atom_at(self, point: QPointF) -> Atom | None:
        """Return what is written there."""
        return next((spot.atom for spot in self._placed if spot.area.contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the terms that are left out, where one clicks on what stands for them."""
        atom = self.atom_at(event.position())
        if atom is not None and atom.opens and event.button() == Qt.MouseButton.LeftButton:
            self.terms_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for all terms by Enter; copy the line."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in ENTER:
            self.terms_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the line for copying."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Copy the line", self.copy)
        menu.popup(event.globalPos())

    def copy(self) -> None:
        """Put the line on the clipboard, as text."""
        QGuiApplication.clipboard().setText(self._spelling.text)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._point_at(None)
        super().leaveEvent(event)

    def _point_at(self, cell: Cell | None) -> None:
        if cell != self._under_mouse:
            self._under_mouse = cell
            self.cell_hovered.emit(cell)
            QToolTip.hideText()
