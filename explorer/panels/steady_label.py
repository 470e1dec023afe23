"""A label whose text may change many times a second: no other widget is laid out anew for it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class SteadyLabel(QWidget):
    """Holds a label as wide as there is room, however long its text.

    A text asks the layout for a new size, up to the window's, unless the label's size is fixed. So it is, and by the
    widget around it, of which nobody asks.

    Parameters
    ----------
    label
        As high as its text is now.
    """

    def __init__(self, label: QLabel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        label.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the height of the text."""
        return QSize(0, self._label.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the label fill it."""
        super().resizeEvent(event)
        self._label.setFixedSize(event.size())
