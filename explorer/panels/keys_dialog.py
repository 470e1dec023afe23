"""Every key of the window in one list, made from the table of actions and from the keys that single places keep."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.graph.announcing import announce
from explorer.panels.action_row import ActionRow

HEADINGS = ("Keys", "What they do", "Where")
PLACES = (
    ("Tab, Shift+Tab", "The next control in reading order, the one before", "everywhere"),
    ("F10", "Open the menu", "everywhere"),
    ("↑ ↓", "The step before, the next one", "list of steps"),
    ("↑ ↓", "Choose a unit of the network; with Shift by all arrows", "drawing"),
    ("+ − 0", "Zoom the drawing, fit it", "drawing"),
    ("↑ ↓, Space, Return", "The next mistake, switch it, go to the first step that it changes", "mistake lab"),
    ("← → ↑ ↓", "The next cell", "matrix"),
    ("Return, or a digit", "Type over the chosen number", "matrix of given numbers"),
    ("Alt+↑, Alt+↓", "Move the chosen number, with Shift finely", "matrix of given numbers"),
    ("↑ ↓, Space", "Open the list; Return then takes a row, Esc leaves it", "pickers"),
    ("↑ ↓", "The next larger or smaller value", "fields of the training"),
    ("Return, Esc", "Take what was typed, or leave it", "fields"),
    ("Ctrl+Return", "Judge what is typed at once; Return does where one line is all", "your answer"),
    ("← →", "Move what is nudged, the temperature, the kept step", "sliders that Tab has reached"),
    ("← →", "Point at a step of the run, with Shift at the next one", "plot"),
    ("+ − Home, Esc", "Zoom into the run, show all of it; let go", "plot"),
    ("↑ ↓, Return", "The next filled cell; list its samples, and show the first", "confusion matrix"),
    ("← → ↑ ↓, Esc", "Show another sample of the cell; back to the matrix", "samples of a cell"),
    ("← → ↑ ↓, Return", "Point at a sample; show its pass", "picture of predictions"),
    ("← → ↑ ↓, Space", "Move the brush, with Shift draw a line; paint a spot", "canvas"),
    ("Backspace, Delete", "Erase a spot; clear the canvas", "canvas"),
    ("0 to 9, Return", "Say which class the drawing is; show its pass", "canvas"),
    ("↑ ↓", "Say which class the drawing is", "probabilities beside the canvas"),
    ("Return, F2, Space, Del", "Show the run again, rename it, draw its curves or not, delete it", "list of runs"),
    ("↑ ↓, PgUp PgDn", "Scroll the page", "lesson"),
    ("↑ ↓, Return", "Choose a lesson, open it", "list of lessons"),
    ("Return", "Judge the answer", "questions of a lesson"),
    ("letters", "The run whose name begins with them", "list of runs"),
)
"""Keys, what they do and where, for what is no action of the window."""
SIZE = (920, 640)


def keys_in(actions: Sequence[ActionRow]) -> list[tuple[str, str, str]]:
    """Return keys, words and menu of every action that has a key, then the keys of single places."""
    rows = [(native(row.keys), row.tip.rstrip("."), f"menu {row.menu.replace('&', '')}") for row in actions if row.keys]
    return [*rows, *PLACES]


def native(keys: Sequence[str]) -> str:
    """Return shortcuts as this system writes them."""
    return ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)


class KeysDialog(QDialog):
    """Lists all keys; typing in its field leaves those that fit. Does not block the window."""

    def __init__(self, actions: Sequence[ActionRow], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys_dialog")
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search, self.table = QLineEdit(), QTableWidget(0, len(HEADINGS))
        self.none = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._fill(keys_in(actions))
        self._lay_out()

    def _fill(self, rows: Sequence[tuple[str, str, str]]) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(HEADINGS)
        table.setRowCount(len(rows))
        for number, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(number, column, item)
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setAccessibleName("Keys of the window")
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self) -> None:
        self.search.setPlaceholderText("Search for a key or a word")
        self.search.setAccessibleName("Search for a key or a word")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.show_fitting)
        close = QPushButton("Close")
        close.setToolTip("Close (Esc)")
        close.setAccessibleName("Close the list of keys")
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        self.none.setTextFormat(Qt.TextFormat.PlainText)
        self.none.setProperty("role", "muted")
        self.none.hide()
        column.addWidget(self.none, 1)
        column.addLayout(foot)
        self.resize(*SIZE)

    def show_fitting(self, text: str) -> None:
        """Leave the rows in which the text occurs, or say that there are none."""
        found = False
        for number in range(self.table.rowCount()):
            items = [self.table.item(number, column) for column in range(len(HEADINGS))]
            words = " ".join(item.text() for item in items if item is not None)
            fits = text.casefold() in words.casefold()
            self.table.setRowHidden(number, not fits)
            found = found or fits
        self._show_found(text, found=found)

    def _show_found(self, text: str, *, found: bool) -> None:
        self.table.setVisible(found)
        self.none.setVisible(not found)
        if not found:
            self.none.setText(f"No key fits “{text}”: search for one of its keys, or for a word of what it does.")
            announce(self.none, self.none.text())


def show_keys(window: QWidget, actions: Sequence[ActionRow]) -> None:
    """Open the list of keys beside the running window, or bring it to the front."""
    dialog = window.findChild(KeysDialog) or KeysDialog(actions, window)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    dialog.search.setFocus()
