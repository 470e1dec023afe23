"""The picture of a plane into which points are drawn, and from which they are erased.

By the mouse, or by keys at the place to which the arrows have led.
"""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QCursor, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QToolButton

from explorer.panels.pictures.brush import Brush, Touch
from explorer.panels.pictures.draw_bar import DrawBar
from explorer.panels.pictures.plane import class_colour, mark, paint_mark, place_of, plane_in, point_at
from explorer.panels.pictures.regions_view import RegionsView
from explorer.panels.pictures.regions_words import KEYS, words_of
from explorer.panels.pictures.samples import radius_for
from explorer.panels.theme import Palette
from explorer.session import Subject
from explorer.session.pictures.confusion import class_names, has_classes
from explorer.session.pictures.regions import Fit, Frame, Regions, plane_of
from explorer.session.points import can_draw

BEYOND = 0.12
"""Share of the plane that is added on each side while points are drawn."""
DRAWS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DrawingView(RegionsView):
    """Draws samples into the regions of a network.

    Signals
    -------
    commanded
        A ``PointsCommand``: samples that are drawn, or erased.
    """

    commanded = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._field: Frame | None = None
        self.brush = Brush(self)
        self.brush.commanded.connect(self.commanded)
        self.bar = DrawBar(self)
        self.bar.hide()
        self.bar.chosen.connect(self._take)
        self.draw = QToolButton()
        self.draw.setObjectName("draw_button")
        self.draw.setText("✎ Draw")
        self.draw.setCheckable(True)
        self.draw.setProperty("quiet", True)
        self.draw.toggled.connect(self._switch_drawing)
        self.switch = self.draw
        self._let_draw(None)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        super().set_palette(palette)
        self.bar.set_palette(palette)

    # Beginning and ending

    @property
    def is_drawing(self) -> bool:
        """Whether the mouse draws points."""
        return self.draw.isChecked()

    def _let_draw(self, subject: Subject | None) -> None:
        """Let points be drawn where samples are such, and offer their classes."""
        possible = subject is not None and can_draw(subject)
        self.draw.setEnabled(possible)
        tip = f"Draw points with the mouse, or by Space (P): {KEYS}"
        self.draw.setToolTip(tip if possible else "No points to draw here")
        self.draw.setAccessibleName("Draw points")
        if not possible:
            self.draw.setChecked(False)
        elif subject is not None:
            self.bar.offer(class_names(subject) if has_classes(subject) else ())

    @Slot(bool)
    def _switch_drawing(self, drawing: bool) -> None:
        self._field = None
        self.bar.setVisible(drawing)
        self.brush.flush()
        self.setCursor(QCursor(Qt.CursorShape.CrossCursor) if drawing else QCursor())
        self.changed.emit()

    @Slot(int)
    def _take(self, number: int) -> None:
        """Take a class, or the eraser."""
        classes = self.state is not None and has_classes(self.state.subject)
        self.brush.flush()
        self.brush.erases = number < 0
        if number >= 0:
            self.brush.label = number if classes else None

    def frame_for(self, subject: Subject) -> Frame | None:
        """Return the rectangle that is kept while points are drawn, and grows only as samples leave it."""
        if not self.is_drawing:
            return None
        if self._field is None:
            whole = plane_of(subject)
            beyond, above = BEYOND * (whole.right - whole.left), BEYOND * (whole.top - whole.bottom)
            self._field = Frame(whole.left - beyond, whole.right + beyond, whole.bottom - above, whole.top + above)
        return self._field

    def _touch(self, at: QPointF) -> Touch | None:
        """Return a place of the plane as a brush takes it; None beside the plane."""
        found, plane = self.found, self.ground()
        if found is None or self.state is None or not plane.contains(at):
            return None
        frame = found.frame
        unit = (frame.right - frame.left) / plane.width(), (frame.top - frame.bottom) / plane.height()
        return Touch(at, point_at(at, frame, plane), unit)

    def _press(self, at: QPointF, *, erases: bool = False) -> None:
        touch = self._touch(at)
        if touch is not None and self.state is not None:
            self.brush.press(touch, self.state.subject, erases=erases)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if self.is_drawing and event.button() in {Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton}:
            self._press(event.position(), erases=event.button() is Qt.MouseButton.RightButton)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point, and go on with a stroke."""
        super().mouseMoveEvent(event)
        touch = self._touch(event.position()) if self.brush.is_down else None
        if touch is not None and self.state is not None:
            self.brush.move(touch, self.state.subject)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a stroke."""
        super().mouseReleaseEvent(event)
        if self.brush.is_down:
            self.brush.release()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing wait."""
        super().hideEvent(event)
        self.brush.release()

    def keeps(self, event: QKeyEvent) -> bool:
        """Keep arrows; while points are drawn, also the keys that draw, erase and choose, not Esc, which ends it."""
        if self.is_drawing and event.key() == Qt.Key.Key_Escape:
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return super().keeps(event) or (self.is_drawing and plain and self._drawn_by(event.key()) is not None)

    def _drawn_by(self, key: int) -> str | None:
        """Return what a key does while points are drawn: a digit chooses, others draw, erase, or take back."""
        if key in DRAWS or key == Qt.Key.Key_Delete:
            return "draw" if key in DRAWS else "erase"
        if key == Qt.Key.Key_Backspace:
            return "newest"
        return str(key - Qt.Key.Key_0) if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Draw or erase a point where the arrows have led, take the newest away, choose a class by its digit."""
        does = self._drawn_by(event.key()) if self.is_drawing and self.keeps(event) else None
        if does is None or self.state is None:
            super().keyPressEvent(event)
        elif does == "newest":
            self.brush.erase_newest(self.state.subject)
        elif does.isdigit():
            self.bar.choose(int(does) - 1)
        elif self.at is None:
            self.go(0, 0)
        else:
            self._press(self.at, erases=does == "erase")
            self.brush.release()

    def meet(self, subject: Subject) -> None:
        """Let points be drawn into other samples, or not."""
        self._field = None
        self._let_draw(subject)

    def caption(self, found: Regions | Fit, subject: Subject) -> tuple[str, str]:
        """Return what the picture says of itself: while points are drawn, how."""
        return words_of(found, subject, drawing=self.is_drawing)

    # Places

    def ground(self) -> QRectF:
        """Return the rectangle of the plane, below the strip of classes."""
        return plane_in(QRectF(self.rect()).adjusted(0, self.bar.height() + 2 if self.is_drawing else 0, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the strip of classes above the plane."""
        super().resizeEvent(event)
        self.bar.setGeometry(0, 0, self.width(), self.bar.sizeHint().height())

    def paint_more(self, painter: QPainter, frame: Frame, plane: QRectF) -> None:
        """Paint the points that are not among the samples yet."""
        number = self.brush.label or 0
        path, colour = mark(number, radius_for(plane.size())), class_colour(number, self.look)
        for x, y in self.brush.waiting:
            paint_mark(painter, path, place_of(x, y, frame, plane), colour, self.look, filled=True)
