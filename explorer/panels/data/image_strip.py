"""The first images of a set, each with its class below: a look tells whether a file was read as it was meant."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.data import DataSet
from explorer.panels.theme import SMALL, Palette, text_font

SIDE, LABEL, GAP = 56, 18, 12
MOST = 60


class ImageStrip(QWidget):
    """Shows as many of the first images as have room."""

    def __init__(self, look: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._images: list[tuple[QImage, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_data(self, data: DataSet | None) -> None:
        """Show the first images of a set; none of what holds no images."""
        self._images = []
        if data is not None and data.image_shape:
            shown = data.X[:MOST].reshape(-1, *data.image_shape)
            names = data.classes or ("",)
            self._images = [(grey(image), names[label]) for image, label in zip(shown, data.labels, strict=False)]
        self.setAccessibleName("The first images: " + ", ".join(name for _, name in self._images))
        self.update()

    def sizeHint(self) -> QSize:
        """Return two rows of eight."""
        return QSize(8 * (SIDE + GAP), 2 * (SIDE + LABEL + GAP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the images that fit, in rows."""
        painter = QPainter(self)
        painter.setFont(text_font(SMALL))
        painter.setPen(self._look.colour("muted"))
        across = max((self.width() + GAP) // (SIDE + GAP), 1)
        down = (self.height() + GAP) // (SIDE + LABEL + GAP)
        for number, (image, name) in enumerate(self._images[: across * down]):
            x, y = number % across * (SIDE + GAP), number // across * (SIDE + LABEL + GAP)
            painter.drawImage(fitted(image, QRectF(x, y, SIDE, SIDE)), image)
            short = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, SIDE + GAP)
            painter.drawText(QRectF(x, y + SIDE, SIDE, LABEL), Qt.AlignmentFlag.AlignCenter, short)
        painter.end()


def grey(image: NDArray[np.float64]) -> QImage:
    """Return an image, (rows, columns), from black for its least number to white for its largest."""
    low, high = float(image.min()), float(image.max())
    bytes_ = np.ascontiguousarray((image - low) * (255 / ((high - low) or 1)), np.uint8)
    rows, columns = image.shape
    return QImage(bytes_.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8).copy()


def fitted(image: QImage, room: QRectF) -> QRectF:
    """Return the largest place of the image's form in the middle of the room."""
    size = image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(room.center())
    return place
