"""A view that fits its scene until a person zooms or pans: wheel, keys + − 0, and dragging."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

LEAST, MOST, STEP = 0.25, 8.0, 1.25
STILL = 4
"""Pixels that the mouse may move between press and release of a click."""

ALL_AT_ONCE = QGraphicsView.ViewportUpdateMode.FullViewportUpdate
"""Any other mode may leave pixels behind: an item of another shape is painted anew where it stood when it was last
painted, and a painting of some other part (the card beside the mouse) that comes between the two takes it for painted
where it stands now. Measured, all at once costs no more: edges lie everywhere.
"""


class Ground(QWidget):
    """What the view paints on; says that the mouse has left it, of which a view does not hear.

    An event filter would hear of it too, and of every painting: each would wait for the interpreter while a network
    trains.
    """

    left = Signal()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell."""
        super().leaveEvent(event)
        self.left.emit()


class ZoomView(QGraphicsView):
    """Zooming and panning; at zoom 1 a unit of the scene is a pixel of the view.

    Signals
    -------
    zoom_changed
        Pixels of the screen to one of the fitted scene.
    fitted
        The scene is to be laid out for a view of that QSize.
    clicked
        A press and release in one place, as a QPointF of the view.
    """

    zoom_changed = Signal(float)
    fitted = Signal(QSize)
    clicked = Signal(QPointF)

    def __init__(self, scene: QGraphicsScene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = 1.0
        self._untouched = True
        self._pressed: QPointF | None = None
        self._panning = False
        self.ground = Ground()
        self.setViewport(self.ground)
        self.setScene(scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(ALL_AT_ONCE)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)

    @property
    def zoom(self) -> float:
        """Pixels of the screen to one of the fitted scene."""
        return self._zoom

    def fit(self) -> None:
        """Fit the whole scene into the view, and keep it so."""
        size = self.viewport().size()
        self._zoom, self._untouched = 1.0, True
        self.resetTransform()
        self.setSceneRect(-size.width(), -size.height(), 3 * size.width(), 3 * size.height())
        self.fitted.emit(size)
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(0)
        self.zoom_changed.emit(self._zoom)

    def fit_anew(self) -> None:
        """Fit what is shown in the place of another thing, whose zoom and place a person had chosen."""
        if not self._untouched:
            self.fit()

    def zoom_in(self) -> None:
        """Show less, larger."""
        self.zoom_by(STEP)

    def zoom_out(self) -> None:
        """Show more, smaller."""
        self.zoom_by(1 / STEP)

    def zoom_by(self, factor: float) -> None:
        """Make everything larger by a factor, within bounds."""
        wanted = min(max(self._zoom * factor, LEAST), MOST)
        self.scale(wanted / self._zoom, wanted / self._zoom)
        self._zoom, self._untouched = wanted, False
        self.zoom_changed.emit(self._zoom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again as long as nobody has zoomed or panned."""
        super().resizeEvent(event)
        if self._untouched:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the mouse: what lies under it stays there."""
        mouse = event.position().toPoint()
        kept = self.mapToScene(mouse)
        self.zoom_by(STEP ** (event.angleDelta().y() / 120))
        moved = self.mapFromScene(kept) - mouse
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + moved.x())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved.y())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom by + and −, fit by 0; leave every other key to the window."""
        command = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit,
        }.get(Qt.Key(event.key()))
        if command is None:
            event.ignore()
            return
        command()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a pan."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while the button is down and the mouse has left its place."""
        if self._pressed is None:
            return
        way = event.position() - self._pressed
        if not self._panning and way.manhattanLength() <= STILL:
            return
        self._panning, self._untouched = True, False
        self._pressed = event.position()
        for bar, pixels in ((self.horizontalScrollBar(), way.x()), (self.verticalScrollBar(), way.y())):
            bar.setValue(bar.value() - round(pixels))
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a pan, or click."""
        panned, pressed = self._panning, self._pressed
        self._pressed, self._panning = None, False
        self.viewport().unsetCursor()
        if pressed is not None and not panned and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(event.position())
