"""The samples of a cell of the confusion matrix, in its place: small images, or their numbers; one is in the pass."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.panels.data.image_strip import grey
from explorer.panels.own_keys import OwnKeys
from explorer.session import State, Subject
from explorer.session.guests import Walk

SIDE, LABEL, AIR = 32, 15, 8
"""Pixels of a small image, its number below, and the room between two."""
NUMBER_WIDTH, NUMBER_HEIGHT = 52, 24
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
        self.list, self.words, self.back = SampleList(), QLabel(), QToolButton()
        self.setObjectName("cell_list")
        self.back.setText("‹ matrix")
        self.back.setProperty("quiet", True)
        self.back.setAccessibleName("Back to the confusion matrix")
        self.back.setToolTip("Back to the confusion matrix (Esc)")
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

    def open_list(self, walk: Walk, subject: Subject, *, takes_keys: bool) -> None:
        """List samples, the first of them chosen."""
        self.walk = walk
        listed = walk.members[:MOST]
        self.list.blockSignals(True)
        self.list.clear()
        for item in items_of(walk, listed, subject):
            self.list.addItem(item)
        self.list.setGridSize(grid_of(subject))
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self.words.setText(f"{counted(walk)}: {walk.words}" + left_out(walk, listed))
        self.list.setAccessibleName(self.words.text())
        self.show()
        self.raise_()
        if takes_keys:
            self.list.setFocus()
        self.chosen.emit(0)

    def show_place(self, state: State) -> None:
        """Mark the sample that the pass shows, where it is one of these; none where the pass shows another."""
        if self.is_open:
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
    """Return a row for each sample: its image, if it is one, and its number."""
    kind = "held-out sample" if walk.part == "test" else "sample"
    X, made = subject.parts[walk.part == "test"][0], []
    for index in listed:
        item = QListWidgetItem(f"{index + 1:,}")
        if subject.image_shape is not None:
            image = np.asarray(X[index], np.float64)
            item.setIcon(small(image.reshape(subject.image_shape)))
        item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        item.setToolTip(f"{kind} {index + 1:,}: show it in the pass")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{kind} {index + 1:,}")
        made.append(item)
    return made


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
