"""What controls are called by a screen reader: by what they do, not by the sign or the value that they show."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget


def name_by_action(button: QAbstractButton, action: QAction) -> None:
    """Call a button by the text of its action, whatever is written on it, also as that text changes."""

    def follow() -> None:
        words = plain_text(action)
        if button.accessibleName() != words:
            button.setAccessibleName(words)

    follow()
    action.changed.connect(follow)


def plain_text(action: QAction) -> str:
    """Return an action's text without the mark of its letter."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def label_unseen(widget: QWidget, words: str) -> None:
    """Give a widget among others a label that is not shown: of a combo box Qt tells readers the value, not the name."""
    label = QLabel(words, widget.parentWidget())
    label.setBuddy(widget)
    label.hide()
