"""What the mouse asks of a plot: where it points, the steps it drags over, how far its wheel zooms."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from explorer.panels.theme import Palette
from explorer.panels.training.marks import Marks
from explorer.panels.training.plot_area import PlotArea

DRAGGED = 4
"""Pixels after which a press is a drag."""
NOTCH, PER_NOTCH = 120, 1.25
"""The wheel's unit, and how far it zooms."""


class PointedArea(PlotArea):
    """A plot's ground that hears the mouse; ``marks`` lie above the curves.

    Attributes
    ----------
    mouse
        The x coordinate under the mouse, None while it is elsewhere.

    Signals
    -------
    pointed
        The step under the pointer, or None as it leaves.
    selected
        The two steps between which a person dragged.
    zoomed
        How many times fewer steps the wheel asks for, and the step under it.
    whole_asked
        A double click.
    resized
        It has another size, and what lies on it another place.
    """

    pointed = Signal(object)
    selected = Signal(float, float)
    zoomed = Signal(float, float)
    whole_asked = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.marks = Marks(self)
        self.mouse: float | None = None
        self._pressed: float | None = None

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        super().set_palette(palette)
        self.marks.set_palette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the marks on the curves."""
        super().resizeEvent(event)
        self.marks.resize(self.size())
        self.resized.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag."""
        if event.button() is Qt.MouseButton.LeftButton and not self.words:
            self._pressed = event.position().x()
        super().mousePressEvent(event)  # which gives the focus to the plot

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at a step, and draw the range that is dragged."""
        self.mouse = x = event.position().x()
        if self._is_dragged(x):
            self.marks.set_band((self._pressed or 0.0, x))
        if not self.words:
            self.pointed.emit(self.step_at(x))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the range that was dragged."""
        x, pressed = event.position().x(), self._pressed
        dragged = self._is_dragged(x)
        self._pressed = None
        self.marks.set_band(None)
        if pressed is not None and dragged:
            self.selected.emit(self.step_at(pressed), self.step_at(x))

    def _is_dragged(self, x: float) -> bool:
        return self._pressed is not None and abs(x - self._pressed) >= DRAGGED

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Ask for the whole run."""
        self._pressed = None
        self.whole_asked.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        notches = event.angleDelta().y() / NOTCH
        if notches and not self.words:
            self.zoomed.emit(PER_NOTCH**notches, self.step_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        super().leaveEvent(event)
        self.mouse = None
        self.pointed.emit(None)
