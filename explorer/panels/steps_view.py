"""The card of steps: every equation typeset, in phases; done, current and not yet told apart by dot, ink and ground."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from explorer.graph.stamps import stamp
from explorer.graph.typeset import Typesetter
from explorer.panels.labelled import labelled
from explorer.panels.steps_model import Role, StepsModel
from explorer.panels.theme import LIGHT, NORMAL, SMALL, Palette, number_font, text_font
from explorer.session import State
from explorer.tape.notation import Notation

ROW, HEADING = 26, 30
FORMULA = 14.0
LEFT = 36.0
CHANGED = "≠"
"""Stands by a step that writes something else than it should, on purpose."""


class StepsDelegate(QStyledItemDelegate):
    """Paints a heading or a step."""

    def __init__(self, typesetter: Typesetter, parent: QWidget) -> None:
        super().__init__(parent)
        self._typesetter = typesetter
        self.palette_in_use = LIGHT

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Headings stand a little apart; tall formulas get the room they need."""
        if index.data(Role.POSITION) is None:
            return QSize(120, HEADING)
        return QSize(120, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(Role.POSITION) is None:
            painter.setFont(text_font(SMALL, QFont.Weight.DemiBold))
            painter.setPen(self.palette_in_use.colour("muted"))
            bottom = rect.adjusted(16, 0, 0, -6)
            painter.drawText(bottom, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, index.data())
        else:
            self._paint_step(painter, rect, index)
        painter.restore()

    def _paint_step(self, painter: QPainter, rect: QRectF, index: QModelIndex | QPersistentModelIndex) -> None:
        model, palette = index.model(), self.palette_in_use
        current = isinstance(model, StepsModel) and model.position == index.data(Role.POSITION)
        done = index.data(Role.COMPUTED)
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.colour("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(8, 1, -8, -1), 4, 4)
            painter.setBrush(palette.colour("accent"))
            painter.drawRoundedRect(QRectF(rect.left() + 8, rect.top() + 3, 3, rect.height() - 6), 1.5, 1.5)
        self._paint_dot(painter, rect, done=done, current=current)
        taken = self._paint_shape(painter, rect, index.data(Role.SHAPE))
        if index.data(Role.CHANGED):
            taken += self._paint_changed(painter, rect, taken)
        room = rect.adjusted(LEFT, 0, -taken - 24, 0)
        self._paint_formula(painter, room, index, "ink" if done else "muted")

    def _paint_dot(self, painter: QPainter, rect: QRectF, *, done: bool, current: bool) -> None:
        role = "accent" if current else "muted"
        painter.setPen(QPen(self.palette_in_use.colour(role), 1.5))
        painter.setBrush(self.palette_in_use.colour(role) if done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(rect.left() + 20, rect.center().y() - 3.25, 6.5, 6.5))

    def _paint_shape(self, painter: QPainter, rect: QRectF, shape: str) -> float:
        font = number_font(SMALL)
        painter.setFont(font)
        painter.setPen(self.palette_in_use.colour("muted"))
        right = rect.adjusted(0, 0, -16, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shape)
        return QFontMetricsF(font).horizontalAdvance(shape)

    def _paint_changed(self, painter: QPainter, rect: QRectF, shape_width: float) -> float:
        """Paint the sign of a step that a mistake on purpose changes, before its shape; return its width."""
        font = text_font(NORMAL, QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self.palette_in_use.colour("bad"))
        right = rect.adjusted(0, 0, -20 - shape_width, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, CHANGED)
        return QFontMetricsF(font).horizontalAdvance(CHANGED) + 4

    def _paint_formula(
        self, painter: QPainter, room: QRectF, index: QModelIndex | QPersistentModelIndex, role: str
    ) -> None:
        """Centre the formula on the row, scaled down where the room is narrow or low; until typeset, its id."""
        colour = self.palette_in_use.colour(role)
        formula = self._typesetter.formula(index.data(Role.LATEX))
        if formula is None:
            painter.setFont(text_font(NORMAL))
            painter.setPen(self.palette_in_use.colour("muted"))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, index.data())
            return
        fitting = min(1.0, room.width() / formula.width(FORMULA), (room.height() - 2) / formula.height(FORMULA))
        pixels = FORMULA * fitting
        top = room.center().y() - formula.height(pixels) / 2
        stamp(formula, painter, room.left(), top + formula.ascent(pixels), pixels, colour)


class StepsList(QListView):
    """A list that leaves Space to the window, which plays, and keeps the current step in sight."""

    def dataChanged(
        self,
        first: QModelIndex | QPersistentModelIndex,
        last: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        """Paint those rows again; a list by itself would lay out and paint all of them at every step."""
        QAbstractItemView.dataChanged(self, first, last, roles)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll to the current step, should it have gone out of sight."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by the arrow keys."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)


class StepsView(QFrame):
    """The card with the list of steps.

    Parameters
    ----------
    foot
        What stands below the list.

    Signals
    -------
    position_chosen
        The position on the tape that a person clicked or moved to.
    """

    position_chosen = Signal(int)

    def __init__(self, typesetter: Typesetter, foot: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._foot = foot
        self._model = StepsModel(self)
        self._list = StepsList()
        self._delegate = StepsDelegate(typesetter, self._list)
        self._count = QLabel()
        self._count.setProperty("role", "number-muted")
        self._build()
        typesetter.ready.connect(self._list.viewport().update)
        self._list.selectionModel().currentChanged.connect(self._moved)

    def _build(self) -> None:
        title = labelled("Steps", "title")
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 4)
        head.addWidget(title)
        head.addStretch()
        head.addWidget(self._count)
        self._list.setObjectName("steps_view")
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._delegate)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setStyleSheet("QListView { background: transparent; border: none; }")
        self._list.setAccessibleName("Steps of the pass")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._list)
        if self._foot is not None:
            column.addWidget(self._foot)

    @Slot()
    def take_keys(self) -> None:
        """Give the keys to the list; not by a focus proxy, which would be a stop of its own for Tab."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_palette(self, palette: Palette) -> None:
        """Take another look."""
        self._delegate.palette_in_use = palette
        self._list.viewport().update()

    def mark(self, changed: Collection[str]) -> None:
        """Mark the steps of those ids as changed by a mistake on purpose."""
        self._model.mark(changed)

    def show_state(self, state: State, notation: Notation) -> None:
        """Show a state's tape and mark its current step."""
        self._model.show_tape(state.tape, state.position, notation)
        self._count.setText(f"{state.position + 1} of {len(state.tape)}")
        row = self._model.row_of(state.position)
        if self._list.currentIndex() != row:
            self._list.setCurrentIndex(row)
            if state.position == 0:
                self._list.scrollToTop()

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        position = current.data(Role.POSITION) if current.isValid() else None
        if position is not None and position != self._model.position:
            self.position_chosen.emit(position)
