"""A hidden layer of two units as a plane: the even grid of inputs, warped, with the samples where they come to lie."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF

from explorer.panels.pictures.plane import paint_ticks, place_of, plane_in
from explorer.panels.pictures.samples import MOST_MARKS, KeptMarks, Marks, marks_of
from explorer.panels.pictures.view import PictureView
from explorer.session import State, Subject
from explorer.session.pictures.insides import LINES, Space, space, warped_layer
from explorer.session.pictures.regions import has_plane
from explorer.session.pictures.signals import Work


class SpaceView(PictureView):
    """Paints a ``Space``."""

    def __init__(self) -> None:
        super().__init__("Hidden space")
        self.found: Space | None = None
        self._marks: tuple[Marks, ...] = ()
        self._kept = KeptMarks()

    @staticmethod
    def applies(subject: Subject) -> bool:
        """Tell whether inputs lie in a plane, and a hidden layer does."""
        return has_plane(subject) and warped_layer(subject.problem.network) > 0

    def work(self, state: State, *, live: bool) -> Work[None]:
        """Let the grid and the samples go through the layers."""
        found = yield from space(state.subject, state.network, MOST_MARKS)
        self.found, self._marks = found, marks_of(state.subject, (found.train, found.test))
        sentence = "an even grid of inputs, as this layer sees it; filled: train, hollow: test"
        self.tell(f"h{found.layer}[1], h{found.layer}[2]", "" if live else sentence)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the grid and the samples."""
        found = self.found
        if found is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plane = plane_in(QRectF(self.rect()))
        paint_ticks(painter, found.frame, plane, self.look)
        for number, line in enumerate(found.lines.tolist()):
            painter.setPen(QPen(self.look.colour("accent" if number < LINES else "muted"), 0.6))
            painter.drawPolyline(QPolygonF([place_of(x, y, found.frame, plane) for x, y in line]))
        self._kept.paint(painter, self._marks, found.frame, plane, self.look)
        painter.end()
