"""The samples of a cell of the confusion matrix, in its place: small images, or their numbers; one is in the pass."""

from collections.abc import Sequence
from textwrap import wrap

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.engine.network import Network
from explorer.panels.data.image_strip import grey
from explorer.panels.elided_label import ElidedLabel
from explorer.panels.own_keys import OwnKeys
from explorer.panels.quiet_button import quiet_button
from explorer.session import State, Subject
from explorer.session.columns import names_of, rows_in_file, sample_told
from explorer.session.guests import Walk

SIDE, LABEL, AIR = 32, 15, 8
"""Pixels of a small image, its number below, and the room between two."""
TIP_WIDTH, TIP_LINES = 72, 12
NUMBER_WIDTH, NUMBER_HEIGHT = 52, 24
BACK = "Back to the confusion matrix"
MOST = 400
"""Samples that are listed: with more, none would be found."""
KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class SampleList(OwnKeys, QListWidget):
    """A list in rows from left to right; while it has the keys, the arrows are its own."""

    own_keys = KEYS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cell_samples")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def lay_out(self, subject: Subject) -> None:
        """Lay images, or bare numbers, side by side; samples whose columns have names one below the other."""
        named = bool(names_of(subject))
        self.setViewMode(QListView.ViewMode.ListMode if named else QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setGridSize(QSize() if named else grid_of(subject))


class CellSamples(QFrame):
    """Lists the samples that a person goes through; lies over the matrix while it is open.

    Signals
    -------
    chosen
        The place of a sample among those that are listed.
    closed
        It was open, and is no more.
    """

    chosen = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.walk: Walk | None = None
        self._network: Network | None = None
        self.list, self.words = SampleList(), ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.back = quiet_button("‹ matrix", BACK, f"{BACK} (Esc)")
        self.setObjectName("cell_list")
        self.back.clicked.connect(self.close_list)
        self.words.setProperty("role", "small")
        self.list.currentRowChanged.connect(self._go_to)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.back)
        head.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether samples are listed."""
        return not self.isHidden()

    def open_list(self, walk: Walk, subject: Subject, network: Network | None, *, takes_keys: bool) -> None:
        """List samples, the first of them chosen.

        Parameters
        ----------
        network
            Whose predictions they have in common.
        """
        self.walk, self._network = walk, network
        listed = walk.members[:MOST]
        self.list.blockSignals(True)
        self.list.clear()
        for item in items_of(walk, listed, subject):
            self.list.addItem(item)
        self.list.lay_out(subject)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._say(now=True)
        self.show()
        self.raise_()
        if takes_keys:
            self.list.setFocus()
        self.chosen.emit(0)

    def _say(self, *, now: bool) -> None:
        """Say what the samples have in common, or had when they were listed."""
        walk = self.walk
        if walk is not None:
            words = f"{counted(walk)}: {walk.words}{'' if now else ' when listed'}{left_out(walk, walk.members[:MOST])}"
            if words != self.words.text():
                self.words.setText(words)
                self.list.setAccessibleName(words)

    def show_state(self, state: State) -> None:
        """Mark the sample that the pass shows, where it is one of these; none where the pass shows another."""
        if self.is_open:
            self._say(now=state.network is self._network)
            same = state.walk is not None and state.walk == self.walk
            row = state.place if same else -1
            if row != self.list.currentRow():
                self.list.blockSignals(True)
                self.list.setCurrentRow(row if row < self.list.count() else -1)
                self.list.blockSignals(False)

    @Slot()
    def close_list(self) -> None:
        """Show the matrix again."""
        if self.is_open:
            had_keys = self.list.hasFocus() or self.back.hasFocus()
            self.hide()
            parent = self.parentWidget()
            if had_keys and parent is not None:
                parent.setFocus()
            self.closed.emit()

    @Slot(int)
    def _go_to(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)


def items_of(walk: Walk, listed: Sequence[int], subject: Subject) -> list[QListWidgetItem]:
    """Return a row for each sample: its image, if it is one, and its number; its place in its file, and its values."""
    kind = "held-out sample" if walk.part == "test" else "sample"
    X, rows = subject.parts[walk.part == "test"][0], rows_in_file(subject, walk.part)
    named, made = bool(names_of(subject)), []
    for index in listed:
        item = QListWidgetItem(f"{index + 1:,}")
        if subject.image_shape is not None:
            image = np.asarray(X[index], np.float64)
            item.setIcon(small(image.reshape(subject.image_shape)))
        where = "" if rows is None else rows.place(index)
        values = sample_told(subject, X[index]) if named else ""
        if values:
            item.setText(f"{where or item.text()}: {values}")
        else:
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        item.setToolTip(tip_of(f"{kind} {index + 1:,}", "" if rows is None else rows.told(index), values))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{kind} {index + 1:,}{': ' * bool(values)}{values}")
        made.append(item)
    return made


def tip_of(sample: str, where: str, values: str) -> str:
    """Return what is told of a sample that is listed."""
    found = f", {where}" if where else ""
    lines = f"\n{wrapped(values)}" if values else ""
    return f"{sample}{found}: show it in the pass{lines}"


def wrapped(values: str) -> str:
    """Return the values on lines, as many as a tooltip may have."""
    return "\n".join(wrap(values, TIP_WIDTH, max_lines=TIP_LINES, placeholder=" …"))


def small(image: NDArray[np.float64]) -> QIcon:
    """Return an image, (rows, columns), as an icon whose pixels are seen."""
    pixels = QPixmap.fromImage(grey(image)).scaled(2 * SIDE, 2 * SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    icon = QIcon(pixels)
    icon.addPixmap(pixels, QIcon.Mode.Selected)
    return icon


def grid_of(subject: Subject) -> QSize:
    """Return the place that a sample takes."""
    if subject.image_shape is None:
        return QSize(NUMBER_WIDTH, NUMBER_HEIGHT)
    return QSize(SIDE + AIR + 6, SIDE + LABEL + AIR)


def counted(walk: Walk) -> str:
    """Return how many samples there are, and of which part."""
    count, kind = len(walk.members), "held-out sample" if walk.part == "test" else "sample"
    return f"{count:,} {kind}{'' if count == 1 else 's'}"


def left_out(walk: Walk, listed: Sequence[int]) -> str:
    """Return how many are not listed; nothing where all are."""
    return f"; the first {len(listed):,} are listed" if len(listed) < len(walk.members) else ""
