"""The strip below the drawing: what the edges show, what colours mean, what read and written look like."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explorer.graph.parts import light_pen
from explorer.graph.picture import Light
from explorer.graph.style import GraphStyle

HEIGHT, SIDE, BAR = 40, 16, 96
RIGHT = 300
"""Room for the bar and the two rings."""


class Legend(QWidget):
    """Painted anew only when its words or its style change."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._style: GraphStyle | None = None
        self._lines: tuple[str, ...] = ()
        self.setFixedHeight(HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Return the room that it takes."""
        return QSize(2 * RIGHT, HEIGHT)

    def set_style(self, style: GraphStyle) -> None:
        """Take other colours and fonts."""
        self._style = style
        self.update()

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show the caption, and below it what there is to remark."""
        if lines != self._lines:
            self._lines = lines
            self.setAccessibleName("; ".join(lines))
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint captions left, the bar and the rings right."""
        if self._style is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._style.text_font(self._style.small))
        painter.setPen(self._style.colour("muted"))
        self._paint_lines(painter)
        self._paint_bar(painter, self.width() - RIGHT, self._style)
        self._paint_rings(painter, self.width() - RIGHT + BAR + 50, self._style)
        painter.end()

    def _paint_lines(self, painter: QPainter) -> None:
        metrics, room = QFontMetricsF(painter.font()), self.width() - RIGHT - SIDE - 12
        first = self.height() / 2 + 4 - 7 * (len(self._lines) - 1)
        for k, text in enumerate(self._lines):
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(SIDE, first + 14 * k), shown)

    def _paint_bar(self, painter: QPainter, left: float, style: GraphStyle) -> None:
        middle = self.height() / 2
        gradient = QLinearGradient(left + 14, 0, left + 14 + BAR, 0)
        for share in range(-4, 5):
            red, green, blue = style.values.colours(share / 4).tolist()
            gradient.setColorAt((share + 4) / 8, QColor(red, green, blue))
        painter.drawText(QPointF(left, middle + 4), "−")
        painter.drawText(QPointF(left + BAR + 21, middle + 4), "+")
        painter.fillRect(QRectF(left + 14, middle - 4, BAR, 8), gradient)

    def _paint_rings(self, painter: QPainter, left: float, style: GraphStyle) -> None:
        middle = self.height() / 2
        for light, name, offset in ((Light.READ, "read", 0), (Light.WRITTEN, "written", 62)):
            painter.setPen(light_pen(light, style, 2.2))
            painter.drawEllipse(QPointF(left + offset + 6, middle), 6, 6)
            painter.setPen(QPen(style.colour("muted")))
            painter.drawText(QPointF(left + offset + 18, middle + 4), name)
