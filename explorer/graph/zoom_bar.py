"""The two small things at the top right: how large the drawing is, and a button that fits it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from explorer.graph.style import GraphStyle


class ZoomBar(QWidget):
    """Percent and "fit"."""

    fit_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self._percent, self._fit = QLabel("100 %"), QPushButton("fit")
        self._fit.setAccessibleName("Fit the network into the view")
        self._fit.setToolTip("Fit the network into the view (0)")
        self._fit.setCursor(Qt.CursorShape.PointingHandCursor)
        self._fit.clicked.connect(self.fit_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._percent)
        row.addWidget(self._fit)

    def set_style(self, style: GraphStyle) -> None:
        """Take other colours and fonts."""
        self.setStyleSheet(
            f'QLabel, QPushButton {{ font-family: "{style.text}"; font-size: {style.small}px; color: {style.muted};'
            f" background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 2px 5px;"
            f" font-weight: 400; min-height: 0; }}"
            f" QPushButton:hover {{ background: {style.soft}; color: {style.ink}; }}"
            f" QPushButton:focus {{ border-color: {style.accent}; }}"
        )
        self.place()

    def show_zoom(self, zoom: float) -> None:
        """Show how large the drawing is."""
        self._percent.setText(f"{round(100 * zoom)} %")
        self.place()

    def place(self) -> None:
        """Stand at the top right of the parent."""
        self.adjustSize()
        self.move(self._view.width() - self.width() - 10, 8)
