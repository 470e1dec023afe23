"""A hidden layer as a plane: the even grid of inputs, warped, with the samples where they come to lie."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF

from explorer.panels.pictures.plane import paint_ticks, place_of, plane_in, point_at
from explorer.panels.pictures.pointed_view import PointedView
from explorer.panels.pictures.regions_words import clauses, part_words, target_words
from explorer.panels.pictures.samples import MOST_MARKS, KeptMarks, Marks, marks_of
from explorer.session import State
from explorer.session.pictures.insides import LINES, Space, space
from explorer.session.pictures.regions import chosen_unit
from explorer.session.pictures.signals import Work
from explorer.tape.numbers import shown


class SpaceView(PointedView):
    """Paints a ``Space``."""

    def __init__(self) -> None:
        super().__init__("Hidden space")
        self.found: Space | None = None
        self._marks: tuple[Marks, ...] = ()
        self._kept = KeptMarks()

    def work(self, state: State, *, live: bool) -> Work[None]:
        """Let the grid and the samples go through the layers."""
        unit = chosen_unit(state)
        found = yield from space(state.subject, state.network, MOST_MARKS, unit.layer if unit is not None else 0)
        self.found, self._marks = found, marks_of(state.subject, (found.train, found.test))
        grid = "an even grid of inputs, as this layer sees it"
        sentence = clauses(grid, target_words(state.subject), part_words(state.subject))
        self.tell(title_of(found), "" if live else sentence)
        self.say_pointed()

    # Pointing

    def ground(self) -> QRectF:
        """Return the rectangle of the plane."""
        return plane_in(QRectF(self.rect()))

    def words_at(self, at: QPointF) -> str:
        """Say where a place lies."""
        found, plane = self.found, self.ground()
        if found is None or not plane.contains(at):
            return ""
        values = point_at(at, found.frame, plane)
        return "\n".join(f"{name} {shown(value, 3)}" for name, value in zip(found.axes, values, strict=True))

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the grid and the samples."""
        found = self.found
        if found is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plane = self.ground()
        paint_ticks(painter, found.frame, plane, self.look)
        for number, line in enumerate(found.lines.tolist()):
            painter.setPen(QPen(self.look.colour("accent" if number < LINES else "muted"), 0.6))
            painter.drawPolyline(QPolygonF([place_of(x, y, found.frame, plane) for x, y in line]))
        self._kept.paint(painter, self._marks, found.frame, plane, self.look)
        self.paint_cross(painter, plane)
        painter.end()


def title_of(found: Space) -> str:
    """Say what the plane is: both units, or the projection and how much of the layer it shows."""
    if not found.axes[0].startswith("1st"):
        return f"across {found.axes[0]}, up {found.axes[1]}"
    return f"h{found.layer} on its first two principal components, {100 * found.share:.0f} % of the variance"
