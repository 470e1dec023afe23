"""The view of the network: what a person points at, chooses and unfolds in its drawing, by the mouse or by keys."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from explorer.graph.announcing import announce
from explorer.graph.describing import cell_of
from explorer.graph.focus_ring import BY_KEY
from explorer.graph.hits import middle_of
from explorer.graph.key_sets import ENTER
from explorer.graph.keys import Walk
from explorer.graph.motion import Motion
from explorer.graph.picture import Picture
from explorer.graph.places import FoldPlace, Place, Spot, UnitPlace
from explorer.graph.saying import place_aloud
from explorer.graph.shown_network import ShownNetwork
from explorer.graph.typeset import Typesetter

UP_AND_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down)
INTO_SIGHT = 8
"""Pixels from the rim to what keys have reached."""


class NetworkView(ShownNetwork):
    """The drawing of the network.

    Signals
    -------
    cell_hovered, cell_clicked
        (name, index) of the cell under the mouse, or None.
    """

    cell_hovered = Signal(object)
    cell_clicked = Signal(object)

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None, *, motion: Motion | None = None) -> None:
        super().__init__(typesetter, parent, motion=motion)
        self._walk = Walk()
        self.clicked.connect(self._clicked)
        self.ground.left.connect(self._left)

    # Folding

    def toggle_fold(self) -> None:
        """Unfold the chosen unit's layer, or fold it again; without one, all wide layers."""
        chosen, network = self._selected, self.network
        layers = network.foldable
        if isinstance(chosen, UnitPlace) and chosen.layer in layers:
            layers = frozenset({chosen.layer})
        shut = layers - network.unfolded
        network.unfold(network.unfolded | shut if shut else network.unfolded - layers)
        self._say_folds()

    def _toggle_fold_of(self, layer: int) -> None:
        self.network.unfold(self.network.unfolded ^ {layer})
        self._say_folds()

    def _say_folds(self) -> None:
        self._pointed = None
        self.hint.hide()
        self._say_caption()

    # Pointing and choosing

    def _place_at(self, point: QPointF) -> Spot | None:
        spot = self.mapToScene(point.toPoint())
        return self.network.place_at(spot.x(), spot.y(), self.zoom)

    def _point_at(self, place: Spot | None) -> None:
        if place == self._pointed or self._picture is None:
            self._say_pointed()
            return
        self._pointed = place
        cell = None if place is None or isinstance(place, FoldPlace) else cell_of(self._picture, place)
        self.cell_hovered.emit(cell)
        if self._seen is not None:
            self._light(self._seen[0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what lies under the mouse, or pan."""
        super().mouseMoveEvent(event)
        self._mouse, self._by_key = event.position(), False
        self._point_at(None if event.buttons() else self._place_at(event.position()))

    @Slot()
    def _left(self) -> None:
        """Point at nothing once the mouse has left the drawing."""
        self._point_at(None)

    @Slot(QPointF)
    def _clicked(self, point: QPointF) -> None:
        place = self._place_at(point)
        if isinstance(place, FoldPlace):
            self._toggle_fold_of(place.layer)
        else:
            self._choose(place)

    def _choose(self, place: Place | None) -> None:
        if self._picture is not None:
            self.cell_clicked.emit(None if place is None else cell_of(self._picture, place))

    # The keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a unit by ↑ ↓, and by Shift with all arrows, its edges by Return, none by Escape; zoom by + − 0."""
        if event.key() == Qt.Key.Key_Escape and self._selected is not None:
            self._choose(None)
            return
        chooses = event.modifiers() & Qt.KeyboardModifier.ShiftModifier or event.key() in (*UP_AND_DOWN, *ENTER)
        if chooses and self._picture is not None:
            place = self._walk.next(self._selected, Qt.Key(event.key()), self._picture.sizes)
            if place is not None:
                self._go_to(place, self._picture)
                return
        super().keyPressEvent(event)

    def _go_to(self, place: Place, picture: Picture) -> None:
        """Choose a place by key: bring it into sight, and say what stands there."""
        self._by_key = True
        middle = middle_of(self.network.layout, place)
        if middle is not None:
            self.ensureVisible(QRectF(*middle, 1, 1), INTO_SIGHT, INTO_SIGHT)
        self._choose(place)
        self._say_pointed()
        self._say_aloud()
        announce(self, place_aloud(picture, place))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus to those who reached it by key."""
        super().focusInEvent(event)
        self._ring.setVisible(event.reason() in BY_KEY)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus."""
        super().focusOutEvent(event)
        self._ring.hide()
        self._by_key = False
        self._say_pointed()
