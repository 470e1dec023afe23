"""What a stroke of the mouse, or a key, draws into a plane of samples: points that are waited for, and erasures."""

from msgspec import Struct
from PySide6.QtCore import QObject, QPointF, QTimer, Signal, Slot

from explorer.session import Subject
from explorer.session.points import AddPoints, ErasePoint, nearest

SPACING = 11.0
"""Pixels that the mouse goes between two points of a spray."""
FLUSH_MS = 70
"""Points that are drawn meanwhile reach the samples together: each such change lets training begin anew."""
REACH = 14.0
"""Pixels within which a point is erased."""


class Touch(Struct, frozen=True):
    """A place of a stroke: in pixels, in the plane, and what a pixel is there, across and up."""

    pixels: QPointF
    point: tuple[float, float]
    unit: tuple[float, float]

    @property
    def reach(self) -> tuple[float, float]:
        """How far an eraser reaches in the plane."""
        return REACH * self.unit[0], REACH * self.unit[1]


class Brush(QObject):
    """Makes commands of strokes.

    Attributes
    ----------
    label
        The class that is drawn; None where y is to be predicted.
    erases
        Whether it takes points away.
    waiting
        Points that are drawn, but are not among the samples yet.

    Signals
    -------
    commanded
        A ``PointsCommand``.
    """

    commanded = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.label: int | None = None
        self.erases = False
        self.waiting: list[tuple[float, float]] = []
        self._stroke, self._before, self._last = 0, 0, QPointF()
        self._erasing, self._down = False, False
        self._flush = QTimer(self, interval=FLUSH_MS, singleShot=True)
        self._flush.timeout.connect(self.flush)

    @property
    def is_down(self) -> bool:
        """Tell whether a stroke is under way."""
        return self._down

    def press(self, touch: Touch, subject: Subject, *, erases: bool = False) -> None:
        """Begin a stroke; it erases where the brush does, or where it is asked to."""
        self._stroke, self._before = self._stroke + 1, 0
        self._down, self._erasing = True, erases or self.erases
        self._touch(touch, subject)

    def move(self, touch: Touch, subject: Subject) -> None:
        """Go on with a stroke."""
        far = touch.pixels - self._last
        if self._down and (self._erasing or far.x() ** 2 + far.y() ** 2 >= SPACING**2):
            self._touch(touch, subject)

    def release(self) -> None:
        """End a stroke."""
        self._down = False
        self.flush()

    def erase_newest(self, subject: Subject) -> None:
        """Take away the sample that came last, as Backspace does with a letter."""
        self.flush()
        self.commanded.emit(ErasePoint.newest(subject))

    def _touch(self, touch: Touch, subject: Subject) -> None:
        self._last = touch.pixels
        if not self._erasing:
            self.waiting.append(touch.point)
            if not self._flush.isActive():
                self._flush.start()
            return
        found = nearest(subject, touch.point, touch.reach)
        if found is not None:
            before, self._before = self._before, self._before + 1
            self.commanded.emit(ErasePoint(found, self._stroke, before))

    @Slot()
    def flush(self) -> None:
        """Let what is drawn be samples."""
        self._flush.stop()
        points, self.waiting = tuple(self.waiting), []
        if points:
            before, self._before = self._before, self._before + len(points)
            self.commanded.emit(AddPoints(points, self.label, self._stroke, before))
