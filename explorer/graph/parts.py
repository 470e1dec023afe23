"""Small helpers that make plain items: outlines, text, rings. They are painted by C++, without Python and its lock."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsScene, QGraphicsSimpleTextItem

from explorer.graph.geometry import Box
from explorer.graph.picture import Light
from explorer.graph.raising import parts, small
from explorer.graph.style import GraphStyle

GAP = "   "
"""Room for a layer in brackets, raised, in letters of a number's font."""
NO_BUTTON = Qt.MouseButton.NoButton


class TextItem(QGraphicsSimpleTextItem):
    """A line of text centred on a point; asks for its size only when the text changes."""

    def __init__(self, scene: QGraphicsScene, height: float) -> None:
        super().__init__()
        self._middle, self._words = (0.0, 0.0), ""
        self._raised: QGraphicsSimpleTextItem | None = None
        self.setZValue(height)
        self.setAcceptedMouseButtons(NO_BUTTON)
        scene.addItem(self)

    def place(self, x: float, y: float) -> None:
        """Centre it on a point."""
        self._middle = (x, y)
        self._centre()

    def show_text(self, text: str) -> None:
        """Show other words; one layer in brackets is raised, over the gap that is left for it."""
        if text == self._words:
            return
        self._words = text
        before, *lifted = parts(text) if "^[" in text else ((text, False),)
        self.setText(text if not lifted else f"{before[0]}{GAP}{lifted[1][0].lstrip() if lifted[1:] else ''}")
        self._lift(before[0], lifted[0][0] if lifted else "")
        self._centre()

    def _lift(self, before: str, raised: str) -> None:
        """Write what is raised after the words before it."""
        if self._raised is None and raised:
            self._raised = QGraphicsSimpleTextItem(self)
            self._raised.setAcceptedMouseButtons(NO_BUTTON)
        if self._raised is not None:
            self._raised.setText(raised)
            self._raised.setFont(small(self.font()))
            self._raised.setBrush(self.brush())
            metrics = QFontMetricsF(self.font())
            self._raised.setPos(metrics.horizontalAdvance(before), -0.1 * metrics.ascent())

    def restyle(self, font: QFont, colour: str) -> None:
        """Take font and colour."""
        self.setFont(font)
        self.setBrush(QColor(colour))
        words, self._words = self._words, ""
        self.show_text(words)
        self._centre()

    def _centre(self) -> None:
        box = self.boundingRect()
        self.setPos(self._middle[0] - box.width() / 2, self._middle[1] - box.height() / 2)


def outline_item(scene: QGraphicsScene, height: float, path: QPainterPath | None = None) -> QGraphicsPathItem:
    """Return an empty or given outline on the scene."""
    item = QGraphicsPathItem(path or QPainterPath())
    item.setZValue(height)
    item.setAcceptedMouseButtons(NO_BUTTON)
    item.setPen(QPen(Qt.PenStyle.NoPen))
    item.setBrush(QBrush(Qt.BrushStyle.NoBrush))
    scene.addItem(item)
    return item


def add_round(path: QPainterPath, box: Box, grown: float, radius: float) -> None:
    """Add a rounded rectangle, ``grown`` on every side."""
    left, top, width, height = box
    rectangle = QRectF(left - grown, top - grown, width + 2 * grown, height + 2 * grown)
    path.addRoundedRect(rectangle, radius + grown, radius + grown)


def light_pen(light: Light, style: GraphStyle, width: float = 2.4) -> QPen:
    """Return the pen of what is read (dotted), written (solid), or neither."""
    if light is Light.NONE:
        return QPen(Qt.PenStyle.NoPen)
    if light is not Light.READ:
        return QPen(QColor(style.written), width)
    pen = QPen(QColor(style.read), width)
    pen.setDashPattern([1.6, 1.3])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


class Ring:
    """An outline that says what the current step does: dotted for read, solid for written, dots on solid for both."""

    def __init__(self, scene: QGraphicsScene, height: float, path: QPainterPath | None = None) -> None:
        self._line, self._dots = outline_item(scene, height, path), outline_item(scene, height + 0.1, path)
        self._looks: tuple[Light, GraphStyle, float] | None = None
        for item in (self._line, self._dots):
            item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)  # dots along circles take 0.5 ms a frame

    def set_path(self, path: QPainterPath) -> None:
        """Take another shape."""
        self._line.setPath(path)
        self._dots.setPath(path)

    def fill(self, brush: QBrush) -> None:
        """Fill its inside."""
        self._line.setBrush(brush)

    def light(self, light: Light, style: GraphStyle, width: float = 2.4) -> None:
        """Say what the step does."""
        looks = light, style, width
        if looks == self._looks:
            return
        self._looks = looks
        self._line.setPen(light_pen(light, style, width))
        self._dots.setPen(light_pen(Light.READ if light is Light.BOTH else Light.NONE, style, width))
