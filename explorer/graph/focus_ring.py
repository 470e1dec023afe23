"""A line around the drawing while the keyboard is in it; no mouse click brings it up."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from explorer.graph.style import GraphStyle

BY_KEY = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
"""Ways to get the focus without a mouse."""


class FocusRing(QFrame):
    """The line; it lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_style(self, style: GraphStyle) -> None:
        """Take other colours."""
        line = f"border: 1px solid {style.accent}; border-radius: 7px; background: transparent;"
        self.setStyleSheet(f"QFrame#focus_ring {{ {line} }}")
