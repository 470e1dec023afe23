"""A typeset formula as a widget: shrunk a little where it is too long, then broken at its equals signs."""

import re

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.graph.stamps import stamp
from explorer.graph.typeset import Formula, Typesetter
from explorer.panels.theme import LIGHT, Palette

SHRINK = 0.78
"""Down to this share of its size a formula stays on one line."""
LEADING = 6
PARTING = re.compile(r",\s*\\quad\s*")
"""What stands between formulas on one line, and goes where each has its own."""


class FormulaLabel(QWidget):
    """Shows one formula; while it is being typeset its place is kept.

    Parameters
    ----------
    typesetter
        Typesets it.
    pixels
        Font size.
    lowest
        Least height, so that the layout does not move when formulas change.
    centred
        Centre it; otherwise it stands at the left.
    """

    def __init__(
        self,
        typesetter: Typesetter,
        pixels: int,
        lowest: int = 0,
        parent: QWidget | None = None,
        *,
        centred: bool = True,
    ) -> None:
        super().__init__(parent)
        self._typesetter, self._pixels, self._lowest, self._centred = typesetter, pixels, lowest, centred
        self._palette, self._role = LIGHT, "ink"
        self._latex = self._aloud = ""
        self._lines: tuple[str, ...] = ("",)
        self._complete = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(lowest)
        typesetter.ready.connect(self._refresh)

    @property
    def latex(self) -> str:
        """The formula."""
        return self._latex

    @property
    def lines(self) -> tuple[str, ...]:
        """The formula as it is broken into lines."""
        return self._lines

    def set_latex(self, latex: str) -> None:
        """Show a formula."""
        if latex != self._latex:
            self._latex, self._complete = latex, False
            self._arrange()

    def set_aloud(self, sentence: str) -> None:
        """Take the words in which the formula is read aloud."""
        self._aloud = sentence
        self.setAccessibleName(sentence)

    def set_palette(self, palette: Palette, role: str = "ink") -> None:
        """Take colours; ``role`` names the ink."""
        self._palette, self._role = palette, role
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the lines."""
        width = max((formula.width(self._size_of(formula)) for formula in self._formulas()), default=0)
        return QSize(int(width) + 1 if not self._centred else 0, self.minimumHeight())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Break the lines anew."""
        self._arrange()

    @Slot()
    def _refresh(self) -> None:
        if self._latex and not self._complete:
            self._arrange()

    def _formulas(self) -> list[Formula]:
        """Return the typeset ones among the lines."""
        found = (self._typesetter.formula(line) for line in self._lines if line)
        return [formula for formula in found if formula is not None]

    def _arrange(self) -> None:
        """Choose the lines: one, or one for each equals sign where it would become too small."""
        whole = self._typesetter.formula(self._latex) if self._latex else None
        self._lines = (self._latex,)
        if whole is not None and whole.width(self._pixels) * SHRINK > self.width() > 0:
            self._lines = broken(self._latex)
        formulas = self._formulas()
        self._complete = len(formulas) == len(self._lines)
        height = sum(formula.height(self._size_of(formula)) + LEADING for formula in formulas)
        if self._complete or not self._latex:
            self.setMinimumHeight(max(self._lowest, round(height)))
            self.updateGeometry()
        self.setAccessibleName(self._aloud or self._latex)
        self.update()

    def _size_of(self, formula: Formula) -> float:
        """Return the font size at which a line fits."""
        width = formula.width(self._pixels)
        return self._pixels * min(1.0, self.width() / width) if width and self.width() else self._pixels

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines, one under the other, around the middle."""
        formulas = self._formulas()
        if not self._latex or len(formulas) < len(self._lines):
            return
        painter = QPainter(self)
        sizes = [self._size_of(formula) for formula in formulas]
        heights = [formula.height(size) + LEADING for formula, size in zip(formulas, sizes, strict=True)]
        top = (self.height() - sum(heights)) / 2
        self.before_lines()
        for formula, size, height in zip(formulas, sizes, heights, strict=True):
            left = (self.width() - formula.width(size)) / 2 if self._centred else 0.0
            baseline = top + LEADING / 2 + formula.ascent(size)
            self.paint_line(painter, formula, left, baseline, size)
            top += height

    def paint_line(self, painter: QPainter, formula: Formula, left: float, baseline: float, pixels: float) -> None:
        """Paint one line with its left edge and baseline there."""
        stamp(formula, painter, left, baseline, pixels, self._palette.colour(self._role))

    def before_lines(self) -> None:
        """Prepare for the lines."""


def broken(latex: str) -> tuple[str, ...]:
    r"""Return a formula broken before its later equals signs, and where a ``\quad`` parts several."""
    lines: list[str] = []
    for part in PARTING.split(latex):
        head, *rest = part.split(" = ")
        lines.append(" = ".join((head, *rest[:1])))
        lines += [f"= {tail}" for tail in rest[1:]]
    return tuple(lines)


def paint_within(
    painter: QPainter, formula: Formula, area: tuple[float, float, float, float], pixels: float, ink: Palette, role: str
) -> None:
    """Paint a formula in the middle of an area (left, top, width, height), shrunk where it does not fit."""
    left, top, width, height = area
    size = pixels * min(1.0, width / max(formula.width(pixels), 1), height / max(formula.height(pixels), 1))
    baseline = top + (height - formula.height(size)) / 2 + formula.ascent(size)
    stamp(formula, painter, left + (width - formula.width(size)) / 2, baseline, size, ink.colour(role))
