"""The confusion matrix: numbers in cells, recall beside and precision below; a cell leads to its samples."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolButton

from explorer.graph.key_sets import ENTER
from explorer.panels.pictures.cell_samples import CellSamples
from explorer.panels.pictures.confusion_layout import Cell, ConfusionLayout
from explorer.panels.pictures.confusion_painter import (
    LEAST_FONT,
    PRECISION,
    RECALL,
    ConfusionPainter,
    percent,
    pixels_of,
)
from explorer.panels.pictures.view import PictureView
from explorer.panels.quiet_button import quiet_button
from explorer.panels.theme import SMALL, text_font
from explorer.session import State, Subject
from explorer.session.guests import Walk
from explorer.session.pictures.confusion import Confusion, Part, confusion, taken_words, told_name
from explorer.session.pictures.signals import Work

if TYPE_CHECKING:
    from explorer.engine.network import Network

LIVE_SAMPLES, SAMPLES = 1000, 10_000
"""Samples measured at most, while training runs and at rest."""
PLACED = "row: true, column: predicted"
RATED = f"{PLACED}; right: {RECALL}, below: {PRECISION}, in %"
LINE = 16
"""Pixels of a line below the picture."""
LISTED = 6
"""Samples of a cell that are told by number."""
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ConfusionView(PictureView):
    """Paints a ``Confusion``.

    Up and down go through the cells that hold samples, the most frequent mistakes first; a click on one, or Enter,
    lists its samples, and shows the first in the pass.

    Attributes
    ----------
    rated
        Whether recall and precision are shown.

    Signals
    -------
    walk_chosen
        A ``Walk`` of the samples of a cell, and the place of that which is to be shown in the pass.
    """

    walk_chosen = Signal(object, int)

    def __init__(self) -> None:
        super().__init__("Confusion matrix")
        self.rated = True
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
        tip = "Count the samples held out, or those trained on"
        self.switch = quiet_button("test", "samples of the confusion matrix", tip)
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
        names = self.found.names
        of_walk = (cell for cell in np.ndindex(self.found.counts.shape) if taken_words(names, *cell) == walk.words)
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
        self.rated = self._has_rates()
        words = f"{100 * found.accuracy:.1f} % of {len(found.truth):,} right"
        if self.cell is not None and max(self.cell) >= len(found.names):
            self.cell = None
        self.tell(
            words,
            self._cell_words(found, self.cell) if self.cell is not None else RATED if self.rated else PLACED,
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
        elif key in ENTER and self.hasFocus() and self.cell is not None:
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
        self._say()

    # Places

    @property
    def places(self) -> ConfusionLayout:
        """Where everything lies, as large as the view is."""
        return self._places(self.height())

    def _places(self, height: float) -> ConfusionLayout:
        count = 1 if self.found is None else len(self.found.names)
        return ConfusionLayout.of(self.width(), height, count, self._widest_name, self._widest_class)

    def _has_rates(self) -> bool:
        """Tell whether there is room for recall and precision: for the numbers of all classes, or for none.

        To speak of them may take a line: where nothing is said of them yet, there must be room for that, too.
        """
        places = self._places(self.height() - (0 if self.rated else LINE))
        return pixels_of(places.box(0, 0), percent(1.0)) >= LEAST_FONT

    def cell_at(self, point: QPointF) -> Cell | None:
        """Return the cell there, or None."""
        return None if self.found is None else self.places.cell_at(point)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the matrix."""
        if self.found is None:
            return
        painter, places = QPainter(self), self.places
        ConfusionPainter(painter, self.look, self.found, places).paint(rated=self.rated)
        if self.cell is not None:
            painter.setPen(QPen(self.look.colour("ink"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(places.box(*self.cell).adjusted(1, 1, -1, -1))
        painter.end()


def walk_of(found: Confusion, cell: Cell) -> Walk | None:
    """Return the samples of a cell, to be gone through; None where it holds none."""
    members = found.members(*cell)
    return Walk(found.part, tuple(members.tolist()), taken_words(found.names, *cell)) if len(members) else None
