"""The outline of the panels: what the window shows while they are being loaded, in their places and on their ground."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QWidget

from explorer.panels.layout import ACROSS, GAINS, TRAINING_HEIGHT
from explorer.panels.theme import GAP, RADIUS, TITLE, Palette, text_font

NAME = QRectF(54, 7, 200, 31)
BAR, BUTTONS = 46, 46
"""Where the program's name stands; the heights of the bar at the top and of the buttons that go through the steps."""


def paint_outline(widget: QWidget, look: Palette) -> None:
    """Paint the ground, the bar with the program's name, and an empty card for each panel."""
    painter = QPainter(widget)
    painter.fillRect(widget.rect(), look.colour("ground"))
    painter.fillRect(QRectF(0, 0, widget.width(), BAR - 1), look.colour("card"))
    painter.fillRect(QRectF(0, BAR - 1, widget.width(), 1), look.colour("hairline"))
    painter.setFont(text_font(TITLE, QFont.Weight.DemiBold))
    painter.setPen(look.colour("ink"))
    painter.drawText(NAME, Qt.AlignmentFlag.AlignVCenter, "Backprop Explorer")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.colour("hairline"))
    painter.setBrush(look.colour("card"))
    for card in cards(widget.width(), widget.height()):
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    painter.end()


def cards(width: float, height: float) -> tuple[QRectF, ...]:
    """Return where the cards of the steps, the network, its buttons, the step and the training will be.

    Measured in pixels, as ``layout.place`` shares out a window of that size in the workspace Explore.
    """
    gap, top = GAP - 4, BAR + GAP
    across = width - 2 * GAP - 2 * gap
    steps = ACROSS[0]
    middle = ACROSS[1] + round((across - sum(ACROSS)) * GAINS[1] / sum(GAINS))
    high = height - top - TRAINING_HEIGHT - gap - GAP
    left, right = GAP + steps + gap, GAP + steps + gap + middle + gap
    return (
        QRectF(GAP, top, steps, high),
        QRectF(left, top, middle, high - BUTTONS - gap),
        QRectF(left, top + high - BUTTONS, middle, BUTTONS),
        QRectF(right, top, width - GAP - right, high),
        QRectF(GAP, top + high + gap, width - 2 * GAP, TRAINING_HEIGHT),
    )
