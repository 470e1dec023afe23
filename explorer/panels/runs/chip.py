"""A run's colour as a small square, the same whether its line is chosen or not."""

from PySide6.QtGui import QColor, QIcon, QPixmap

CHIP = 12


def chip(colour: str) -> QIcon:
    """Return a square of that colour."""
    picture = QPixmap(CHIP, CHIP)
    picture.fill(QColor(colour))
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
