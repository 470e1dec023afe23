"""Runs side by side: a table of what was set and what came of it, in which the rows that differ are marked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.panels.labelled import labelled
from explorer.panels.runs.chip import chip
from explorer.panels.runs.columns import Column
from explorer.panels.theme import GAP, NORMAL, Palette, number_font, text_font
from explorer.session.runs_table import Row, side_by_side

DIFFERS = "≠"
LINE = 24
WIDTH, HEIGHT, MARGINS = 800, 660, 80
"""Pixels of the dialog at least, and of what it has beside the columns."""
NAMED, USUAL, NARROWEST = 130, 190, 160
"""Pixels of the column of names; of a run's where the screen has room, and at least."""


class SideBySide(QDialog):
    """The table; Ctrl+C copies it as text with tabs."""

    def __init__(self, columns: Sequence[Column], look: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Runs side by side")
        self.setObjectName("side_by_side")
        self._names = [name for name, _, _ in columns]
        self.rows = side_by_side([moment for _, _, moment in columns])
        self.table = QTableWidget(len(self.rows), len(columns) + 1)
        self.only = QCheckBox("Only what differs")
        self.only.setToolTip("Leave out the rows in which all runs have the same (Space)")
        self.only.toggled.connect(self._leave_out)
        self._fill(columns, look)
        self._arrange()
        wanted = MARGINS + NAMED + USUAL * len(columns)
        self.resize(max(min(wanted, self.screen().availableSize().width()), WIDTH), HEIGHT)

    def _arrange(self) -> None:
        title = labelled("Runs side by side", "title")
        words = labelled(self.sentence, "muted")
        close = QPushButton("Close")
        close.setToolTip("Close (Esc)")
        close.clicked.connect(self.accept)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(title)
        head.addWidget(words, 1)
        head.addWidget(self.only)
        foot.addStretch(1)
        foot.addWidget(close)
        card = QFrame()
        card.setProperty("card", True)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(GAP, GAP, GAP, GAP)
        inside.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(card, 1)
        column.addLayout(foot)

    @property
    def sentence(self) -> str:
        """How many settings differ, in words."""
        differing = [row.title for row in self.rows if row.differs and not row.is_result]
        if not differing:
            return "The settings are all the same."
        named = ", ".join(differing) if len(differing) <= 4 else f"{len(differing)} settings"
        return f"{DIFFERS} {named} differ{'s' * (len(differing) == 1)}"

    def _fill(self, columns: Sequence[Column], look: Palette) -> None:
        table = self.table
        table.setAccessibleName("Settings and results of the runs")
        table.setAccessibleDescription(self.sentence)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(LINE)
        head = table.horizontalHeader()
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(NARROWEST)
        head.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the ends of names have the rates, which tell them apart
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        head.resizeSection(0, NAMED)
        table.setHorizontalHeaderItem(0, cell("", text_font()))
        for place, (name, colour, _) in enumerate(columns, start=1):
            item = cell(name, text_font(weight=QFont.Weight.DemiBold), chip(colour))
            item.setToolTip(name)
            table.setHorizontalHeaderItem(place, item)
        for line, row in enumerate(self.rows):
            self._fill_row(line, row, look)
        table.setCurrentCell(0, 0)

    def _fill_row(self, line: int, row: Row, look: Palette) -> None:
        """Write a row; one that differs on a ground of its own and in bold, with a sign, said aloud as such."""
        weight = QFont.Weight.DemiBold if row.differs else QFont.Weight.Normal
        items = [cell(f"{DIFFERS if row.differs else ' '} {row.title}", text_font(weight=weight))]
        items += [cell(words, font_for(words, weight)) for words in row.cells]
        for place, item in enumerate(items):
            if row.differs:
                item.setBackground(QColor(look.accent_soft))
            elif not row.is_result:
                item.setForeground(QColor(look.muted))
            if place:
                told = f"{self._names[place - 1]}, {row.title}: {row.cells[place - 1]}"
                item.setToolTip(told)
            else:
                told = f"{row.title}, {'differs' if row.differs else 'the same in all'}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
            self.table.setItem(line, place, item)

    @Slot(bool)
    def _leave_out(self, wanted: bool) -> None:
        for line, row in enumerate(self.rows):
            self.table.setRowHidden(line, wanted and not row.differs)

    def text(self) -> str:
        """Return the table as lines with tabs, for a spreadsheet."""
        lines = [["", *self._names], *([row.title, *row.cells] for row in self.rows)]
        return "\n".join("\t".join(line) for line in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the table on Ctrl+C; Esc closes it."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text())
        else:
            super().keyPressEvent(event)


def font_for(words: str, weight: QFont.Weight) -> QFont:
    """Write what begins with a digit in the numbers' font."""
    return number_font(NORMAL, weight) if words[:1].isdigit() else text_font(NORMAL, weight)


def cell(words: str, font: QFont, icon: QIcon | None = None) -> QTableWidgetItem:
    """Return a cell of the table."""
    item = QTableWidgetItem(words)
    item.setFont(font)
    item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    if icon is not None:
        item.setIcon(icon)
    return item
