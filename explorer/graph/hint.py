"""The small card beside the mouse: the name and the exact value of what lies under it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from explorer.graph.raising import rich
from explorer.graph.style import GraphStyle

AWAY = 14


class Hint(QLabel):
    """Lines of text near a point, kept inside the parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setObjectName("network_hint")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def set_style(self, style: GraphStyle) -> None:
        """Take other colours and fonts."""
        self.setStyleSheet(
            f"QLabel {{ background: {style.card}; color: {style.ink}; border: 1px solid {style.hairline};"
            f' border-radius: 6px; padding: 5px 8px; font-family: "{style.numbers}";'
            f" font-size: {style.small}px; }}"
        )

    def show_lines(self, lines: tuple[str, ...], point: QPoint) -> None:
        """Show lines beside a point of the parent, on the side where there is room."""
        text = "\n".join(lines)
        shown = rich(text)
        self.setTextFormat(Qt.TextFormat.PlainText if shown == text else Qt.TextFormat.RichText)
        self.setText(shown)
        self.adjustSize()
        room = self._ground.rect()
        x, y = point.x() + AWAY, point.y() + AWAY
        if x + self.width() > room.right():
            x = max(point.x() - AWAY - self.width(), 0)
        if y + self.height() > room.bottom():
            y = max(point.y() - AWAY - self.height(), 0)
        self.move(x, y)
        self.show()
