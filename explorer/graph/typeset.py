"""LaTeX to outlines: each formula is typeset once, off the way to the first frame, and painted in any colour and size.

ziamath writes SVG made of paths and bars; here they become one QPainterPath at ``EM`` pixels, its baseline at y = 0.
"""

import re
from collections import deque
from collections.abc import Iterator
from itertools import groupby
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QTransform

from explorer.graph.kept_outlines import Outlines, kept_outlines

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

EM = 64.0
TURN_SECONDS = 0.025
PART = re.compile(r"#0000([0-9a-f]{2})")
TOKEN = re.compile(r"[A-Za-z]|-?\d*\.?\d+(?:[eE][-+]?\d+)?")


class Formula(Struct, frozen=True):
    """Outlines of a formula at ``EM`` pixels; ``box`` is its extent, with the baseline at y = 0.

    ``parts`` holds the outlines of what its LaTeX colours #000001, #000002, ..., with that number; see ``marked``.
    """

    outline: QPainterPath
    box: QRectF
    parts: tuple[tuple[int, QPainterPath], ...] = ()

    def width(self, pixels: float) -> float:
        """Return the width at a font size."""
        return self.box.width() * pixels / EM

    def height(self, pixels: float) -> float:
        """Return the height at a font size."""
        return self.box.height() * pixels / EM

    def ascent(self, pixels: float) -> float:
        """Return how far it reaches above the baseline at a font size."""
        return -self.box.top() * pixels / EM

    def paint(self, painter: QPainter, left: float, baseline: float, pixels: float, colour: QColor) -> None:
        """Fill it with its left edge and baseline at that point."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(left - self.box.left() * pixels / EM, baseline)
        painter.scale(pixels / EM, pixels / EM)
        painter.fillPath(self.outline, colour)
        painter.restore()

    def part_at(self, x: float, y: float, pixels: float) -> int:
        """Return the number of the part at a point right of the left edge and below the baseline; 0 for none."""
        point = QPointF(x * EM / pixels + self.box.left(), y * EM / pixels)
        found = (part for part, outline in self.parts if outline.boundingRect().contains(point))
        return next(found, 0)

    def areas_of(self, part: int, pixels: float) -> list[QRectF]:
        """Return where a part stands, from the left edge and the baseline: once for each time it occurs."""
        boxes = (outline.boundingRect() for number, outline in self.parts if number == part)
        to_pixels = QTransform.fromScale(pixels / EM, pixels / EM).translate(-self.box.left(), 0)
        return [to_pixels.mapRect(box) for box in boxes]

    def part(self, number: int) -> "Formula":
        """Return one part by itself, in its place."""
        outline = _empty()
        for other, piece in self.parts:
            if other == number:
                outline.addPath(piece)
        return Formula(outline, self.box)


def typeset(latex: str) -> Formula:
    """Typeset LaTeX, or take it from what is kept typeset."""
    box, pieces = kept_outlines(latex) or drawn(latex)
    outline = _empty()
    for _, piece in pieces:
        outline.addPath(piece)
    return Formula(outline, box, tuple((number, piece) for number, piece in pieces if number))


def drawn(latex: str) -> Outlines:
    """Let ziamath typeset LaTeX; about 10 ms, and 0.4 s more the first time, for the import."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415 (with ziamath alone)

    import ziamath  # noqa: PLC0415 (0.4 s that the first frame must not wait for)

    ziamath.config.svg2 = False
    root = ET.fromstring(ziamath.Latex(latex, size=EM).svg())  # noqa: S314 (see above)
    left, top, width, height = (float(number) for number in root.attrib["viewBox"].split())
    return QRectF(left, top, width, height), tuple(_pieces(root))


def _empty() -> QPainterPath:
    """Return an outline of nothing, in which pieces of a tall delimiter that overlap stay filled."""
    outline = QPainterPath()
    outline.setFillRule(Qt.FillRule.WindingFill)
    return outline


def _pieces(root: "Element") -> Iterator[tuple[int, QPainterPath]]:
    """Yield the outlines of neighbours of one colour, with the number of the part whose colour it is, or 0."""
    elements = (element for element in root.iter() if element.tag.rpartition("}")[2] in {"path", "rect"})
    for colour, neighbours in groupby(elements, key=lambda element: element.get("fill", "")):
        outline, part = _empty(), PART.fullmatch(colour)
        for element in neighbours:
            _draw(element, outline)
        yield int(part[1], 16) if part else 0, outline


def marked(latex: str, part: int) -> str:
    """Return LaTeX whose outlines will stand by themselves in ``Formula.parts``, too; ``part`` from 1 to 255."""
    return rf"\textcolor{{#0000{part:02x}}}{{{latex}}}"


def _draw(element: "Element", outline: QPainterPath) -> None:
    """Add one SVG element: a path, or the rectangle of a fraction's bar."""
    kind = element.tag.rpartition("}")[2]
    if kind == "path":
        _follow(element.attrib["d"], outline)
    elif kind == "rect":
        x, y, width, height = (float(element.attrib[key]) for key in ("x", "y", "width", "height"))
        outline.addRect(QRectF(x, y, width, height))


ARGUMENTS = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 0}


def _follow(data: str, outline: QPainterPath) -> None:
    """Add the absolute commands M, L, Q, C and Z of SVG path data."""
    path = QPainterPath()
    path.setFillRule(outline.fillRule())
    tokens = deque(TOKEN.findall(data))
    command = "M"
    while tokens:
        if tokens[0].isalpha():
            command = tokens.popleft()
        points = [QPointF(float(tokens.popleft()), float(tokens.popleft())) for _ in range(ARGUMENTS[command])]
        match command, points:
            case "M", [point]:
                path.moveTo(point)
            case "L", [point]:
                path.lineTo(point)
            case "Q", [control, point]:
                path.quadTo(control, point)
            case "C", [first, second, point]:
                path.cubicTo(first, second, point)
            case _:
                path.closeSubpath()
    path.setFillRule(outline.fillRule())
    outline.addPath(path)


class Typesetter(QObject):
    """Typesets what is asked for, for some milliseconds a turn of the event loop, and keeps it.

    Views ask with ``formula``: they get it, or None and, soon, the signal ``ready``, upon which they paint again.

    Parameters
    ----------
    waiting
        True to typeset nothing until ``begin`` is called: the first frame must not wait for formulas.
    """

    ready = Signal()

    def __init__(self, parent: QObject | None = None, *, waiting: bool = False) -> None:
        super().__init__(parent)
        self._waiting = waiting
        self._known: dict[str, Formula] = {}
        self._wanted: dict[str, None] = {}
        self._refused: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._typeset_some)

    @property
    def is_busy(self) -> bool:
        """Tell whether formulas are asked for that are not typeset yet."""
        return bool(self._wanted)

    def formula(self, latex: str) -> Formula | None:
        """Return the formula if it is typeset, else None, and typeset it soon; what cannot be typeset stays None."""
        found = self._known.get(latex)
        if found is None and latex not in self._wanted and latex not in self._refused:
            self._wanted[latex] = None
            if not self._waiting:
                self._timer.start()
        return found

    def now(self, latex: str) -> Formula:
        """Return the formula, typeset at once if need be."""
        if latex not in self._known:
            self._known[latex] = typeset(latex)
        return self._known[latex]

    def begin(self) -> None:
        """Typeset what has been asked for so far, and from now on what is asked for."""
        self._waiting = False
        if self._wanted:
            self._timer.start()

    def finish(self) -> None:
        """Typeset all that is wanted, at once: for pictures that must be complete."""
        self._typeset_until(inf)

    def stop(self) -> None:
        """Forget what is wanted: nobody will look at it any more."""
        self._wanted.clear()
        self._timer.stop()

    @Slot()
    def _typeset_some(self) -> None:
        """Typeset for about a frame: views paint again once for all of it."""
        self._typeset_until(perf_counter() + TURN_SECONDS)

    def _typeset_until(self, end: float) -> None:
        while self._wanted:
            latex = next(iter(self._wanted))
            del self._wanted[latex]
            self._refused.add(latex)
            self.now(latex)
            self._refused.remove(latex)  # not reached where it cannot be typeset: told once, and not tried for ever
            if perf_counter() >= end:
                break
        if not self._wanted:
            self._timer.stop()
        self.ready.emit()
