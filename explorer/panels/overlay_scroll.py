"""A scroll area whose bar lies over its margin: what it holds is always as wide as the view, bar or no bar.

A bar that takes room away changes how its contents wrap, which can take the need for the bar away, and so on for ever.
"""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QScrollBar, QWidget

BAR = 8


class OverlayScrollArea(QScrollArea):
    """Scrolls down where its widget is higher than the view."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        hidden = self.verticalScrollBar()
        hidden.rangeChanged.connect(self._follow)
        hidden.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(hidden.setValue)
        self._follow(hidden.minimum(), hidden.maximum())

    @Slot(int, int)
    def _follow(self, lowest: int, highest: int) -> None:
        self._bar.setRange(lowest, highest)
        self._bar.setPageStep(self.verticalScrollBar().pageStep())
        self._bar.setVisible(highest > lowest)

    def reveal(self, widget: QWidget) -> None:
        """Scroll until a widget is in sight, one that has only just been shown, too."""
        held = self.widget()
        layout = held.layout() if isinstance(held, QWidget) else None
        if layout is not None:
            layout.activate()
        QApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))  # it takes the new height now
        self.ensureWidgetVisible(widget, 0, 0)

    def to_top(self) -> None:
        """Scroll to the beginning."""
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the bar at the right edge."""
        super().resizeEvent(event)
        self._bar.setGeometry(self.width() - BAR, 0, BAR, self.height())
        self._bar.raise_()
