"""The window's actions in one table, which each menu's rows make up: public name, words, keys, menu."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from explorer.panels.action_row import ActionRow
from explorer.panels.file_rows import FILE_ROWS
from explorer.panels.learn_rows import LEARN_ROWS
from explorer.panels.step_rows import STEP_ROWS
from explorer.panels.train_rows import TRAIN_ROWS
from explorer.panels.view_rows import VIEW_ROWS

ACTIONS = (
    *FILE_ROWS,
    ActionRow("undo", "&Undo", ("Ctrl+Z",), "&Edit", "Take the last change back, with all that it had lost."),
    ActionRow("redo", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "&Edit", "Make the change that was taken back once more."),
    *STEP_ROWS,
    *TRAIN_ROWS,
    *LEARN_ROWS,
    *VIEW_ROWS,
    ActionRow("keys", "&Keys", ("F1", "?"), "&Help", "List every key of the window."),
    ActionRow("about", "&About", (), "&Help", "What this program is, and its version."),
)


def make_actions(window: QMainWindow) -> dict[str, QAction]:
    """Make every action of the table and return them by name; their keys work in the whole window."""
    made: dict[str, QAction] = {}
    for row in ACTIONS:
        action = QAction(row.text, window)
        action.setObjectName(row.name)
        action.setCheckable(row.checkable)
        action.setShortcuts([QKeySequence(keys) for keys in row.keys])
        if "Space" in row.keys:  # the window's own key: a focused button must still be pressed by it
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        keys = f" ({row.keys[0]})" if row.keys else ""
        action.setToolTip(f"{row.tip}{keys}")
        action.setStatusTip(row.tip)
        window.addAction(action)
        made[row.name] = action
    return made


def make_menu(window: QMainWindow, actions: dict[str, QAction]) -> QMenu:
    """Return the menu of all actions, each under its heading."""
    menu = QMenu(window)
    parts: dict[str, QMenu] = {}
    for row in ACTIONS:
        if row.menu not in parts:
            parts[row.menu] = menu.addMenu(row.menu)
            parts[row.menu].setToolTipsVisible(True)
        if row.apart:
            parts[row.menu].addSeparator()
        parts[row.menu].addAction(actions[row.name])
    return menu
