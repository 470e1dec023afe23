"""The confusion matrix: numbers in cells, recall beside and precision below; a cell leads to its samples."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolButton

from explorer.panels.pictures.cell_samples import CellSamples
from explorer.panels.pictures.confusion_layout import Cell, ConfusionLayout
from explorer.panels.pictures.view import PictureView
from explorer.panels.stylesheet import mixed
from explorer.panels.theme import SMALL, number_font, text_font
from explorer.session import State, Subject
from explorer.session.guests import Walk
from explorer.session.pictures.confusion import Confusion, Part, confusion, taken_words, told_name
from explorer.session.pictures.signals import Work

if TYPE_CHECKING:
    from explorer.engine.network import Network

LIVE_SAMPLES, SAMPLES = 1000, 10_000
"""Samples measured at most, while training runs and at rest."""
LEAST_FONT, LEAST_LEFT = 7, 3
"""Pixels of the smallest letters; characters below which a shortened name says nothing."""
RECALL, PRECISION = "recall", "precision"
LISTED, FEW = 6, 4
"""Samples of a cell that are told by number; classes up to which empty cells show their 0."""
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ConfusionView(PictureView):
    """Paints a ``Confusion``.

    Up and down go through the cells that hold samples, the most frequent mistakes first; a click on one, or Enter,
    lists its samples, and shows the first in the pass.

    Signals
    -------
    walk_chosen
        A ``Walk`` of the samples of a cell, and the place of that which is to be shown in the pass.
    """

    walk_chosen = Signal(object, int)

    def __init__(self) -> None:
        super().__init__("Confusion matrix")
        self.found: Confusion | None = None
        self.cell: Cell | None = None
        self._subject: Subject | None = None
        self._network: Network | None = None
        self._marked: Walk | None = None
        self.samples = CellSamples(self)
        self.samples.chosen.connect(self._show_member)
        self.samples.closed.connect(self.closed)
        self._widest_name = self._widest_class = 0.0
        self._part: Part = "test"
        self.switch = QToolButton()
        self.switch.setText("test")
        self.switch.setProperty("quiet", True)
        self.switch.setAccessibleName("samples of the confusion matrix")
        self.switch.setToolTip("Count the samples held out, or those trained on")
        self.switch.clicked.connect(self._change_part)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)

    def _change_part(self) -> None:
        self._part = "train" if self._part == "test" else "test"
        self.cell = None
        self.samples.close_list()
        self.changed.emit()

    def work(self, state: State, *, live: bool) -> Work[None]:
        """Count the samples of the chosen part; those trained on where none are held out."""
        if self._subject is not state.subject:
            self.samples.close_list()
        self._subject, self._network = state.subject, state.network
        held_out = len(state.subject.test_X) > 0
        if state.walk is not None and state.walk is not self._marked:
            self._part = state.walk.part
        part: Part = self._part if held_out else "train"
        self.found = yield from confusion(state.subject, state.network, part, LIVE_SAMPLES if live else SAMPLES)
        if self.switch is not None:
            self.switch.setEnabled(held_out)
        metrics = QFontMetricsF(text_font(SMALL))
        self._widest_class = max(metrics.horizontalAdvance(name) for name in self.found.names)
        self._widest_name = max(self._widest_class, metrics.horizontalAdvance(PRECISION))
        self.samples.show_state(state)
        self._mark(state.walk)
        self._say()

    def _mark(self, walk: Walk | None) -> None:
        """Mark the cell of samples that are gone through, also where they come with a session; once for each walk."""
        if walk is None or walk is self._marked or self.found is None:
            return
        self._marked = walk
        of_walk = (cell for cell in self.cells() if walk_of(self.found, cell) == walk)
        self.cell = next(of_walk, self.cell)

    def follow(self, state: State) -> None:
        """Mark the sample that the pass shows."""
        self.samples.show_state(state)

    def is_open(self) -> bool:
        """Tell whether the samples of a cell are listed."""
        return self.samples.isVisible()

    def close_open(self) -> None:
        """Close their list."""
        self.samples.close_list()

    def _say(self) -> None:
        found = self.found
        if found is None:
            return
        if isinstance(self.switch, QToolButton):
            self.switch.setText(found.part)
        words = f"{100 * found.accuracy:.1f} % of {len(found.truth):,} right"
        if self.cell is not None and max(self.cell) >= len(found.names):
            self.cell = None
        self.tell(
            words,
            "row: true, column: predicted; right: recall, below: precision, in %"
            if self.cell is None
            else self._cell_words(found, self.cell),
        )

    def _cell_words(self, found: Confusion, cell: Cell) -> str:
        """Say of a cell how many samples it holds, and which."""
        true, taken = cell
        members = found.members(true, taken)
        verb = "are right" if true == taken else f"are taken for {told_name(found.names[taken])}"
        numbers = ", ".join(str(number + 1) for number in members[:LISTED].tolist())
        more = ", …" if len(members) > LISTED else ""
        which = f": {found.part} samples {numbers}{more}" if len(members) else ""
        return f"{len(members)} of {found.counts[true].sum()} of class {told_name(found.names[true])} {verb}{which}"

    # Choosing

    def choose(self, cell: Cell | None) -> None:
        """Mark a cell and say what it holds."""
        if cell != self.cell:
            self.cell = cell
            self._say()

    def list_samples(self, *, takes_keys: bool = True) -> None:
        """List the samples of the marked cell, if it holds any, and show the first in the pass.

        A click leaves the keys where they are: they go on stepping the pass.
        """
        if self.found is None or self.cell is None or self._subject is None:
            return
        walk = walk_of(self.found, self.cell)
        if walk is not None and walk.fits(self._subject):
            self.samples.setGeometry(self.rect())
            self.samples.open_list(walk, self._subject, self._network, takes_keys=takes_keys)

    @Slot(int)
    def _show_member(self, place: int) -> None:
        self.walk_chosen.emit(self.samples.walk, place)

    def cells(self) -> list[Cell]:
        """Return the cells that hold samples: mistakes first, the most frequent first."""
        if self.found is None:
            return []
        counts = self.found.counts
        filled: list[Cell] = [(int(i), int(j)) for i, j in np.argwhere(counts)]
        return sorted(filled, key=lambda cell: (cell[0] == cell[1], -int(counts[cell])))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the cells, and list their samples."""
        key, cells = Qt.Key(event.key()), self.cells()
        if key in MOVES and cells:
            here = cells.index(self.cell) + MOVES[key] if self.cell in cells else 0
            self.choose(cells[min(max(here, 0), len(cells) - 1)])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.hasFocus() and self.cell is not None:
            self.list_samples()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark the cell below the mouse, and list its samples."""
        cell = self.cell_at(event.position())
        if cell is not None:
            self.choose(cell)
            self.list_samples(takes_keys=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point with another mouse cursor at what can be clicked."""
        hand = self.cell_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the samples of a cell cover the matrix."""
        super().resizeEvent(event)
        self.samples.setGeometry(self.rect())

    # Places

    @property
    def places(self) -> ConfusionLayout:
        """Where everything lies, as large as the view is."""
        count = 1 if self.found is None else len(self.found.names)
        return ConfusionLayout.of(self.width(), self.height(), count, self._widest_name, self._widest_class)

    def cell_at(self, point: QPointF) -> Cell | None:
        """Return the cell there, or None."""
        return None if self.found is None else self.places.cell_at(point)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the matrix."""
        if self.found is None:
            return
        painter, places = QPainter(self), self.places
        shares = self.found.counts / np.maximum(self.found.counts.sum(axis=1, keepdims=True), 1)
        for row, column in np.ndindex(*shares.shape):
            count, share = int(self.found.counts[row, column]), float(shares[row, column])
            text = f"{count}" if count or places.count <= FEW else ""
            self._paint_cell(painter, places.box(row, column), text, right=row == column, share=share)
        self._paint_names(painter, self.found, places)
        self._paint_rates(painter, self.found, places)
        if self.cell is not None:
            painter.setPen(QPen(self.look.colour("ink"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(places.box(*self.cell).adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_cell(self, painter: QPainter, box: QRectF, text: str, *, right: bool, share: float) -> None:
        strength = 0.1 + 0.75 * share**0.75 if share else 0.0
        ground = mixed(self.look.soft, self.look.train if right else self.look.test, strength)
        inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillRect(inner, QColor(ground))
        dark = QColor(ground).lightnessF() < 0.52
        self._paint_number(painter, inner, text, QColor("#FFFFFF" if dark else "#101418"))

    def _paint_names(self, painter: QPainter, found: Confusion, places: ConfusionLayout) -> None:
        """Write the classes' names left of the rows and above the columns, and what the rates are."""
        painter.setPen(self.look.colour("muted"))
        painter.setFont(text_font(min(SMALL, int(places.down) - 1)))
        metrics, side = QFontMetricsF(painter.font()), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if painter.font().pixelSize() >= LEAST_FONT:
            for row, name in enumerate((*found.names, PRECISION)):
                room = places.row_name(row)
                painter.drawText(room, side, metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width()))
        if places.head:
            self._paint_head(painter, found, places)

    def _paint_head(self, painter: QPainter, found: Confusion, places: ConfusionLayout) -> None:
        """Write the names above the columns, as far as there is room; upwards where there is none across."""
        if places.turned:
            self._paint_turned(painter, found, places)
            return
        painter.setFont(text_font(min(SMALL, places.head - 1)))
        metrics = QFontMetricsF(painter.font())
        for column, name in enumerate((*found.names, RECALL)):
            words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, places.across - 3)
            if words == name or (len(words) > LEAST_LEFT and name is not RECALL):
                painter.drawText(places.column_name(column), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_turned(self, painter: QPainter, found: Confusion, places: ConfusionLayout) -> None:
        """Write the names above the columns from below upwards."""
        painter.setFont(text_font(SMALL))
        metrics, side = QFontMetricsF(painter.font()), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for column, name in enumerate((*found.names, RECALL)):
            room = places.column_name(column)
            painter.save()
            painter.translate(room.left(), room.bottom() - 2)
            painter.rotate(-90)
            words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.height() - 2)
            painter.drawText(QRectF(0, 0, room.height() - 2, room.width()), side, words)
            painter.restore()

    def _paint_rates(self, painter: QPainter, found: Confusion, places: ConfusionLayout) -> None:
        """Write each class's recall right of its row, its precision below its column."""
        ink = self.look.colour("muted")
        for number, (recall, precision) in enumerate(zip(found.recall, found.precision, strict=True)):
            self._paint_number(painter, places.recall(number), percent(float(recall)), ink)
            self._paint_number(painter, places.precision(number), percent(float(precision)), ink)

    def _paint_number(self, painter: QPainter, box: QRectF, text: str, ink: QColor) -> None:
        """Write a number in the middle of a place, smaller where it is small; not at all where none could be read."""
        pixels = min(SMALL, int(box.height()) - 1, int(1.5 * box.width() / max(len(text), 2)))
        if pixels >= LEAST_FONT:
            painter.setFont(number_font(pixels))
            painter.setPen(ink)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def walk_of(found: Confusion, cell: Cell) -> Walk | None:
    """Return the samples of a cell, to be gone through; None where it holds none."""
    members = found.members(*cell)
    return Walk(found.part, tuple(members.tolist()), taken_words(found.names, *cell)) if len(members) else None


def percent(share: float) -> str:
    """Return a share in per cent, "—" where there is none."""
    return "—" if np.isnan(share) else f"{100 * share:.0f}"
