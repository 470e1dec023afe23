"""Decision regions of two inputs as probability, a unit's value over the plane, or the fitted curve of one input."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPolygonF

from explorer.graph.colors import rgb, scale_of
from explorer.panels.pictures.plane import paint_ticks, place_of, plane_in
from explorer.panels.pictures.samples import KeptMarks, Marks, marks_of
from explorer.panels.pictures.view import PictureView
from explorer.panels.theme import Palette
from explorer.session import State, Subject
from explorer.session.pictures.confusion import class_names
from explorer.session.pictures.regions import (
    Fit,
    Regions,
    as_shares,
    certainty,
    chosen_unit,
    fit,
    has_line,
    has_plane,
    regions,
)
from explorer.session.pictures.signals import Work
from explorer.tape.numbers import shown

LIVE_SIDE, SIDE = 64, 128
"""Cells along each side of the grid, while training runs and at rest."""
STRONGEST = 0.72
"""Share of a class's colour where its probability is 1, so that the marks stand out."""
FULL_CIRCLE = "filled: train, hollow: test"


class RegionsView(PictureView):
    """Paints ``Regions``, or a ``Fit``, with the samples over it."""

    def __init__(self) -> None:
        super().__init__("Decision regions")
        self.found: Regions | Fit | None = None
        self._image = QImage()
        self._marks: tuple[Marks, ...] = ()
        self._subject: Subject | None = None
        self._kept = KeptMarks()

    @staticmethod
    def applies(subject: Subject) -> bool:
        """Tell whether a sample lies in a plane."""
        return has_plane(subject) or has_line(subject)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        super().set_palette(palette)
        self._colour()

    def work(self, state: State, *, live: bool) -> Work[None]:
        """Make the picture of a state."""
        subject, network = state.subject, state.network
        if has_plane(subject):
            self.found = yield from regions(subject, network, LIVE_SIDE if live else SIDE, chosen_unit(state))
        else:
            self.found = yield from fit(subject, network)
        if subject is not self._subject:
            self._subject, self._marks = subject, self._marks_of(subject)
        self._colour()
        self.tell(*words_of(self.found, subject))

    def _marks_of(self, subject: Subject) -> tuple[Marks, ...]:
        if has_plane(subject):
            return marks_of(subject)
        return tuple(
            Marks(np.column_stack([X[:, 0], Y[:, 0]]), np.zeros(len(X), np.intp), filled=number == 0)
            for number, (X, Y) in enumerate(subject.parts)
        )

    def _colour(self) -> None:
        """Make the image of the grid in the look's colours."""
        if isinstance(self.found, Regions):
            pixels = np.ascontiguousarray(coloured(self.found, self.look))
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
        plane = plane_in(QRectF(self.rect()))
        if not self._image.isNull():
            painter.drawImage(plane, self._image)
        paint_ticks(painter, found.frame, plane, self.look)
        self._kept.paint(painter, self._marks, found.frame, plane, self.look)
        if isinstance(found, Fit):
            self._paint_curve(painter, found, plane)
        painter.end()

    def _paint_curve(self, painter: QPainter, found: Fit, plane: QRectF) -> None:
        points = zip(found.x.tolist(), np.nan_to_num(found.y).tolist(), strict=True)
        curve: list[QPointF] = [place_of(x, y, found.frame, plane) for x, y in points]
        painter.setClipRect(plane)
        painter.setPen(QPen(self.look.colour("test"), 2))
        painter.drawPolyline(QPolygonF(curve))


def coloured(found: Regions, look: Palette) -> NDArray[np.uint8]:
    """Return the colours of the grid, (side, side, 3)."""
    if found.kind != "classes":
        return look.values.colours(found.values[..., 0], scale_of(found.values))
    shares = as_shares(found.values)
    count = shares.shape[-1]
    colours = np.array([rgb(look.classes[number % len(look.classes)]) for number in range(count)], np.float64)
    card = np.array(rgb(look.card), np.float64)
    strength = STRONGEST * certainty(shares)[..., None]
    mixed = card + strength * (shares @ colours - card)
    return np.rint(mixed).astype(np.uint8)


def words_of(found: Regions | Fit, subject: Subject) -> tuple[str, str]:
    """Say what the picture shows: in a few words, and in a sentence."""
    if isinstance(found, Fit):
        return "output over input", f"line: the network's output; {FULL_CIRCLE}"
    low, high = (shown(value, 2) for value in found.extremes)
    if found.unit is not None:
        return (
            f"{found.unit.title}  {low} … {high}",
            f"a unit's value over the inputs: orange below 0, blue above; {FULL_CIRCLE}",
        )
    if found.kind == "number":
        return f"output  {low} … {high}", f"orange below 0, blue above; {FULL_CIRCLE}"
    names = ", ".join(class_names(subject)) if len(class_names(subject)) <= 4 else f"{found.values.shape[-1]} classes"
    return f"p({names})", f"{FULL_CIRCLE}; select a unit to see its value"
