"""Decision regions of two inputs as probability, a unit's value over the plane, or the fitted curve of one input."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import (
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)

from explorer.graph.colors import coloured, rgb, scale_of
from explorer.panels.pictures.plane import paint_ticks, place_of, plane_in, point_at
from explorer.panels.pictures.pointed_view import PointedView
from explorer.panels.pictures.regions_words import words_at_point, words_of
from explorer.panels.pictures.samples import MOST_DRAWN, KeptMarks, Marks, marks_of
from explorer.panels.theme import Palette
from explorer.session import State, Subject
from explorer.session.pictures.regions import (
    Fit,
    Frame,
    Regions,
    as_shares,
    certainty,
    chosen_unit,
    fit,
    has_plane,
    in_units,
    places_in_plane,
    regions,
)
from explorer.session.pictures.signals import Work

LIVE_SIDE, SIDE = 64, 128
"""Cells along each side of the grid, while training runs and at rest."""
STRONGEST = 0.72
"""Share of a class's colour where its probability is 1, so that the marks stand out."""


class RegionsView(PointedView):
    """Paints ``Regions``, or a ``Fit``, with the samples over it."""

    def __init__(self) -> None:
        super().__init__("Decision regions")
        self.found: Regions | Fit | None = None
        self.state: State | None = None
        self._image = QImage()
        self._marks: tuple[Marks, ...] = ()
        self._subject: Subject | None = None
        self._sizes: tuple[int, ...] = ()
        self._kept = KeptMarks()

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        super().set_palette(palette)
        self._colour()

    def work(self, state: State, *, live: bool) -> Work[None]:
        """Make the picture of a state."""
        self.show_samples(state)
        subject, network, frame = state.subject, state.network, self.frame_for(state.subject)
        found: Regions | Fit
        if has_plane(subject):
            found = yield from regions(subject, network, LIVE_SIDE if live else SIDE, chosen_unit(state), frame)
        else:
            found = yield from fit(subject, network, frame)
        self.found, self._sizes = found, network.sizes
        self._colour()
        self.tell(*self.caption(found, subject))
        self.say_pointed()

    def show_samples(self, state: State) -> None:
        """Show the samples as they are now, at once: what lies behind them follows."""
        self.state = state
        subject = state.subject
        if subject is self._subject:
            return
        if self._subject is None or self._subject.key != subject.key:
            self.meet(subject)
        self._subject, self._marks = subject, self._marks_of(subject)
        self.update()

    def _marks_of(self, subject: Subject) -> tuple[Marks, ...]:
        if has_plane(subject):
            return marks_of(subject)
        places = [places_in_plane(X, Y, MOST_DRAWN) for X, Y in subject.parts]
        return tuple(
            Marks(points, np.zeros(len(points), np.intp), filled=number == 0) for number, points in enumerate(places)
        )

    # What may be otherwise where points are drawn

    def frame_for(self, _subject: Subject) -> Frame | None:
        """Return the rectangle to be shown; None for that of the samples."""
        return None

    def caption(self, found: Regions | Fit, subject: Subject) -> tuple[str, str]:
        """Return what the picture says of itself: in a few words, and in a sentence."""
        return words_of(found, subject)

    def meet(self, subject: Subject) -> None:
        """Take notice of samples of another kind."""

    def paint_more(self, painter: QPainter, frame: Frame, plane: QRectF) -> None:
        """Paint what lies above the samples."""

    # Pointing

    def words_at(self, at: QPointF) -> str:
        """Say what the network makes of the place; nothing while the picture is still of another network."""
        found, state, plane = self.found, self.state, self.ground()
        if found is None or state is None or state.network.sizes != self._sizes or not plane.contains(at):
            return ""
        return words_at_point(found, state, point_at(at, found.frame, plane))

    def ground(self) -> QRectF:
        """Return the rectangle of the plane."""
        return plane_in(QRectF(self.rect()))

    def paces(self) -> tuple[float, float]:
        """Return a fortieth of the plane."""
        plane = self.ground()
        return plane.width() / 40, plane.height() / 40

    # Painting

    def _colour(self) -> None:
        """Make the image of the grid in the look's colours."""
        if isinstance(self.found, Regions):
            pixels = np.ascontiguousarray(colours_of(self.found, self.look))
            height, width = pixels.shape[:2]
            self._image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        else:
            self._image = QImage()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture."""
        found = self.found
        if found is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        plane = self.ground()
        if not self._image.isNull():
            painter.drawImage(plane, self._image)
        units = found.frame if self._subject is None else in_units(found.frame, self._subject)
        paint_ticks(painter, units, plane, self.look)
        self._kept.paint(painter, self._marks, found.frame, plane, self.look)
        if isinstance(found, Fit):
            self._paint_curve(painter, found, plane)
        self.paint_more(painter, found.frame, plane)
        self.paint_cross(painter, plane)
        painter.end()

    def _paint_curve(self, painter: QPainter, found: Fit, plane: QRectF) -> None:
        points = zip(found.x.tolist(), np.nan_to_num(found.y).tolist(), strict=True)
        curve: list[QPointF] = [place_of(x, y, found.frame, plane) for x, y in points]
        painter.setClipRect(plane)
        painter.setPen(QPen(self.look.colour("test"), 2))
        painter.drawPolyline(QPolygonF(curve))


def colours_of(found: Regions, look: Palette) -> NDArray[np.uint8]:
    """Return the colours of the grid, (side, side, 3)."""
    if found.kind != "classes":
        return coloured(look.values, found.values[..., 0], scale_of(found.values))
    shares = as_shares(found.values)
    count = shares.shape[-1]
    colours = np.array([rgb(look.classes[number % len(look.classes)]) for number in range(count)], np.float64)
    card = np.array(rgb(look.card), np.float64)
    strength = STRONGEST * certainty(shares)[..., None]
    mixed = card + strength * (shares @ colours - card)
    return np.rint(mixed).astype(np.uint8)
