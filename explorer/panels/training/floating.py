"""Words on a plot: values beside the pointer, and in a corner the further runs' names.

Both are labels, which Qt paints by itself: what stands still costs a training run's frames nothing in Python.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from explorer.graph.raising import escaped
from explorer.panels.theme import SMALL
from explorer.panels.training.overlays import Overlay
from explorer.panels.training.reading import Reading
from explorer.panels.training.strokes import Stroke

GAP = 12
"""Pixels between the pointer's line and its words."""
HEAD = 26
"""Pixels of a plot's title."""
LINE = 14
"""Pixels that a line of the corner takes."""
PATIENCE = 3
"""By how much another place must be freer for the words to go there."""
FREE = 3
"""A place where fewer curves are seen, of so many looked at in a box, is as good as free."""
MOST_COLOURS, MOST_SIZES = 8, 32
"""Colours that stand in one line, and sizes of words that are known at a time."""
EDGES = 12
"""Pixels beside the words of a corner."""
SWATCH = "━"
DASHES = "╌"


class ReadingBox(QLabel):
    """The values at the pointer, beside its line or above the plot."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner.window())
        self.setObjectName("curve_reading")
        self.setProperty("floating", True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._owner = owner

    def show_reading(self, reading: Reading, strokes: Mapping[str, Stroke], x: float, plane: QRectF) -> None:
        """Show a reading beside the line at ``x`` of the owner."""
        if self.parentWidget() is not self._owner.window():
            self.setParent(self._owner.window())
        self.setText(reading_html(reading, strokes))
        self.adjustSize()
        at = self._owner.mapTo(self._owner.window(), self._corner(x, plane))
        room = self._owner.window().rect()
        at.setX(min(max(at.x(), 0), max(room.width() - self.width(), 0)))
        at.setY(min(max(at.y(), 0), max(room.height() - self.height(), 0)))
        self.move(at)
        self.show()
        self.raise_()

    def _corner(self, x: float, plane: QRectF) -> QPoint:
        """Return its upper left corner: beside the line where it hides less than half of the plot, else above it."""
        if 2 * (self.width() + GAP) > plane.width():
            return QPoint(round(x - self.width() / 2), -HEAD - self.height())
        left = x + GAP if x < plane.center().x() else x - GAP - self.width()
        return QPoint(round(left), round(plane.center().y() - self.height() / 2))


class CornerNote(QLabel):
    """A few lines at an edge of the plane; hidden where there is nothing to say."""

    def __init__(self, parent: QWidget, *, bottom: bool) -> None:
        super().__init__(parent)
        self.setProperty("role", "small")
        self.setProperty("veil", True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._bottom, self._place, self._form = bottom, 0, 0
        self._sizes: dict[str, QSize] = {}
        self.hide()

    def show_first(self, forms: Sequence[str], plane: QRectF, crowding: Callable[[QRectF], int]) -> None:
        """Show the first form of words, rich text, that finds a place without curves in the plane, else the last form.

        It stands where ``crowding`` says that the fewest curves are, and stays there until another place is a good deal
        freer; a form that is left comes again where no curve is in its way.
        """
        self.setVisible(bool(forms))
        if not forms:
            return
        for number, words in enumerate(forms):
            boxes = self._boxes(plane, words)
            crowds = [crowding(box) for box in boxes]
            if min(crowds) <= (0 if number < self._form else FREE):
                break
        if number != self._form or crowds[self._place] > min(crowds) + PATIENCE:
            self._form, self._place = number, crowds.index(min(crowds))
        if words != self.text():
            self.setText(words)
        self.setGeometry(boxes[self._place].toRect())
        self.raise_()

    def changeEvent(self, event: QEvent) -> None:
        """Forget how large the words were: another font may come with the look, after the first words."""
        super().changeEvent(event)
        self._sizes = {}

    def shortened(self, name: str, room: float) -> str:
        """Return as much of a run's name as stands beside its colour within some pixels."""
        metrics = self.fontMetrics()
        left = room - metrics.horizontalAdvance(f"{SWATCH} ") - EDGES
        return metrics.elidedText(name, Qt.TextElideMode.ElideRight, round(left))

    def _boxes(self, plane: QRectF, words: str) -> list[QRectF]:
        """Return where words may stand: right, above or below as it was made, then in the middle, then left."""
        if words not in self._sizes:
            self.setText(words)
            self._sizes = {**(self._sizes if len(self._sizes) < MOST_SIZES else {}), words: self.sizeHint()}
        size, inner = self._sizes[words], plane.adjusted(2, 2, -2, -2)
        top, bottom = inner.top(), inner.bottom() - size.height()
        rows = (bottom, top) if self._bottom else (top, bottom)
        lefts = (inner.right() - size.width(), inner.center().x() - size.width() / 2, inner.left())
        return [QRectF(left, row, size.width(), size.height()) for left in lefts for row in rows]


def swatch(stroke: Stroke) -> str:
    """Return a piece of the line in its colour, as rich text."""
    return f'<span style="color:{stroke.colour}">{DASHES if stroke.dashed else SWATCH}</span>'


def reading_html(reading: Reading, strokes: Mapping[str, Stroke]) -> str:
    """Return the title, a table of curves, and the note."""
    rows = "".join(
        f"<tr><td>{swatch(strokes[row.stroke])} {escaped(row.name)}&nbsp;</td>"
        f"<td>&nbsp;{escaped(row.words)}</td><td>&nbsp;{escaped(row.smooth)}</td></tr>"
        for row in reading.rows
    )
    note = f" · {escaped(reading.note)}" if reading.note else ""
    table = f"<table cellspacing=0 cellpadding=0>{rows}</table>" if rows else ""
    return f'<div style="font-size:{SMALL}px"><b>{escaped(reading.title)}</b>{note}{table}</div>'


def overlay_forms(overlays: Sequence[Overlay], height: float, shortened: Callable[[str], str] = str) -> list[str]:
    """Return in which words the runs may be told: by name, one below the other, or by colour in one line.

    By name there are as many as fit into the height, each name as ``shortened`` to its line.
    """
    if not overlays:
        return []
    most = max(int(height / LINE), 1)
    kept = overlays if len(overlays) <= most else overlays[: most - 1]
    lines = [f"{swatch(Stroke(overlay.colour))} {escaped(shortened(overlay.name))}" for overlay in kept]
    more = len(overlays) - len(kept)
    named = "<br>".join([*lines, f"{more} runs more" if lines else f"{more} runs"] if more else lines)
    if len(overlays) == 1:
        return [named]
    colours = "&thinsp;".join(swatch(Stroke(overlay.colour)) for overlay in overlays[:MOST_COLOURS])
    return [named, f"{colours} {len(overlays)} runs"]
