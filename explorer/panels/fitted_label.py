"""A label that shows as much of its text as there is room for: chosen when either changes, and painted by Qt alone."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class FittedLabel(QLabel):
    """Shows one line of text, and demands no width; what of it is shown where it does not fit says ``fitting``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        """Return the whole text."""
        return self._whole

    def shown_text(self) -> str:
        """Return what of it is shown, or will be: a hidden widget is told late that it has another size."""
        self._fit()
        return super().text()

    def setText(self, text: str) -> None:
        """Show another text, as far as there is room."""
        if text != self._whole:
            self._whole = text
            self.setAccessibleName(text)
            if self.sizePolicy().horizontalPolicy() is not QSizePolicy.Policy.Ignored:
                self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """Return the size of the whole text, whatever is shown of it."""
        around = super().sizeHint().width() - self.fontMetrics().horizontalAdvance(super().text())
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + around, super().sizeHint().height())

    def fitting(self, text: str, room: int) -> str:
        """Return what is shown of a text within so many pixels: all of it, if not said otherwise."""
        del room
        return text

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for now."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Show as much as there is room for in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        shown = self.fitting(self._whole, self.contentsRect().width())
        if shown != super().text():
            super().setText(shown)
