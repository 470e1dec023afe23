"""Where the notice lies: over the lower edge of the drawing, where its legend is. Nothing moves as it comes and goes.

A notice in a row of its own took its height from the pass: matrices were cut, and units folded, for one sentence.
"""

from PySide6.QtCore import QObject, QPoint, QRect, Slot
from PySide6.QtWidgets import QWidget

from explorer.panels.banner import Banner
from explorer.panels.geometry_watch import GeometryWatch

SIDE, BELOW = 8, 4


class NoticePlace(QObject):
    """Keeps the banner over a card while it is shown.

    Parameters
    ----------
    banner
        Laid over the card; it becomes a child of the holder.
    card
        Under its lower edge.
    holder
        Holds the card, at some depth.
    """

    def __init__(self, banner: Banner, card: QWidget, holder: QWidget) -> None:
        super().__init__(holder)
        self._banner, self._holder = banner, holder
        self._watched = card, card.parentWidget() or card
        self._moves = GeometryWatch(self)
        self._moves.changed.connect(self.place)
        banner.setParent(holder)
        banner.hide()
        banner.shown.connect(self._watch)
        banner.reworded.connect(self.place)

    @Slot(bool)
    def _watch(self, wanted: bool) -> None:
        """Follow the card while there is something to be read."""
        self._moves.watch(self._watched if wanted else ())

    @Slot()
    def place(self) -> None:
        """Lie over the card's lower edge, as high as the words ask for, above whatever else lies there."""
        card = self._watched[0]
        there = QRect(card.mapTo(self._holder, QPoint()), card.size()).adjusted(SIDE, SIDE, -SIDE, -BELOW)
        height = min(self._banner.height_of(there.width()), there.height())
        self._banner.setGeometry(there.left(), there.bottom() + 1 - height, there.width(), height)
        self._banner.raise_()
