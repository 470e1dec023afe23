"""The step with its numbers: operands, the signs between them and the result, flowing onto lines."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.graph.typeset import Typesetter
from explorer.panels.step.arrangements import Arranger
from explorer.panels.step.blocks import Block, Equation, Join
from explorer.panels.step.equation_flow import Flow
from explorer.panels.step.formula_label import paint_within
from explorer.panels.step.matrix import MatrixView
from explorer.panels.theme import LARGE, LIGHT, TITLE, Palette, text_font
from explorer.tape.entries import Cell

ARROW_LABEL = 12
LEAST_SIGN = 8
"""Of the letters of a sign, in pixels, however long it is."""
LEAST = 84
"""Least height, a row of small matrices: the card below does not move between the commonest steps."""


class EquationView(QWidget):
    """Shows one equation of blocks, at least ``lowest`` pixels high. Signals carry (name, index) or None.

    The keys stay with an operand that is still there, and with the result; ``grown`` says that there are new matrices.
    """

    cell_hovered = Signal(object)
    cell_clicked = Signal(object)
    cell_opened = Signal(object, str)
    number_moved = Signal(object, float)
    grown = Signal()

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None, *, lowest: int = LEAST) -> None:
        super().__init__(parent)
        self._lowest = lowest
        self._typesetter, self._palette = typesetter, LIGHT
        self._equation = Equation((), ())
        self._views: tuple[MatrixView, ...] = ()
        self._made: list[MatrixView] = []
        self._flow, self._arranged = Flow((), 0), Arranger()
        self._digits, self._room = 4, 0
        self._is_alive: Callable[[str], bool] = no_name
        self._labels_missing = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        typesetter.ready.connect(self._formula_ready)

    @property
    def views(self) -> tuple[MatrixView, ...]:
        """The matrices, from left to right, line by line."""
        return self._views

    @property
    def result(self) -> MatrixView:
        """The matrix that the step writes; after it may stand what it is made of."""
        return self._views[self._equation.result]

    @property
    def equation(self) -> Equation:
        """What is shown."""
        return self._equation

    @property
    def digits(self) -> tuple[int | None, ...]:
        """Decimals in the cells of each matrix; None for a heat map."""
        return tuple(view.digits for view in self._views)

    @property
    def lack_of_digits(self) -> str:
        """What is to be said where cells have fewer digits than are chosen; nothing where they have all."""
        least = min((digits for digits in self.digits if digits is not None), default=self._digits)
        return f"cells: {least} digits" if least < self._digits else ""

    @property
    def joins(self) -> tuple[Join, ...]:
        """What stands before each matrix."""
        return self._equation.joins

    @property
    def room(self) -> int:
        """The height that there is; 0 for no matter."""
        return self._room

    def set_equation(self, equation: Equation, room: int | None = None) -> None:
        """Show an equation; where it differs in its numbers alone, only the numbers are painted again.

        ``room`` is a new height that there is, as in ``set_room``.
        """
        before, self._equation = self._equation, equation
        room_before, self._room = self._room, self._room if room is None else room
        if equation.layout != before.layout:
            self._build(before.result)
            return
        for view, block in zip(self._views, equation.blocks, strict=True):
            view.set_block(block)
        if self._room != room_before:
            self._place()

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self._palette = palette
        for view in self._made:
            view.set_palette(palette)
        self.update()

    def set_digits(self, digits: int) -> None:
        """Write at most that many decimals."""
        self._digits = digits
        for view in self._views:
            view.set_digits(digits)
        self._place()

    def set_room(self, height: int) -> None:
        """Take the height that there is: matrices should not exceed it, heat maps grow into it; 0 for no matter."""
        if height != self._room:
            self._room = height
            self._place()

    def set_alive(self, is_alive: Callable[[str], bool]) -> None:
        """Let the numbers of the arrays of some names be changed."""
        self._is_alive = is_alive
        for view in self._views:
            view.set_alive(alive=is_alive(view.block.name) and not view.block.label)

    def fill(self, share: float) -> None:
        """Show the first share of the result's cells; 1 shows all of them."""
        if self._views:
            self.result.fill(share)

    def highlight(self, cells: Iterable[Cell]) -> None:
        """Outline cells (name, index) in every matrix of that name."""
        wanted: dict[str, list[tuple[int, ...]]] = {}
        for name, index in cells:
            wanted.setdefault(name, []).append(index)
        for view in self._views:
            view.highlight(wanted.get(view.block.name, ()))

    def point_at(self, cell: Cell | None) -> None:
        """Outline the cell that is pointed at."""
        for view in self._views:
            view.point_at(cell[1] if cell is not None and cell[0] == view.block.name else None)

    def sizeHint(self) -> QSize:
        """Return the height of the lines."""
        return QSize(0, max(self._lowest, self._flow.height))

    def _build(self, result_before: int) -> None:
        """Give every block a matrix: those that there are, then new ones, which cost as much as a painting."""
        blocks, result = self._equation.blocks, self._equation.result
        focused = next((place for place, view in enumerate(self._views) if view.hasFocus()), None)
        few = len(self._made)
        self._made += [self._new_view(block) for block in blocks[few:]]
        self._views = tuple(self._made[: len(blocks)])
        for view, block in zip(self._views, blocks, strict=True):
            view.blockSignals(False)
            view.show_anew(block)
            view.set_digits(self._digits)
            view.set_alive(alive=self._is_alive(block.name) and not block.label)
            view.show()
        if focused is not None and blocks:
            self._views[result if focused >= min(result_before, result) else focused].setFocus()
        for view in self._made[len(blocks) :]:
            view.blockSignals(True)  # hiding it under the mouse must not point at nothing
            view.hide()
        self._place()
        if len(self._made) > few:
            self.grown.emit()

    def _new_view(self, block: Block) -> MatrixView:
        view = MatrixView(self._typesetter, block, self)
        view.set_palette(self._palette)
        view.cell_hovered.connect(self.cell_hovered)
        view.cell_clicked.connect(self.cell_clicked)
        view.cell_opened.connect(self.cell_opened)
        view.number_moved.connect(self.number_moved)
        return view

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Flow anew; a new height is this widget's own doing."""
        if event.size().width() != event.oldSize().width():
            self._place()

    def _place(self) -> None:
        if not self._views or self.width() < 120:
            return
        signs = [self._sign_width(join) for join in self._equation.joins]
        frames, self._flow = self._arranged(self._equation, signs, self.width(), self._digits, self._room)
        offset = self._offset()
        for view, frame, spot in zip(self._views, frames, self._flow.spots, strict=True):
            if view.frame != frame:
                view.set_frame(frame)
            view.move(round(spot.left), round(spot.top + offset))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def _offset(self) -> float:
        return max(0.0, (self._lowest - self._flow.height) / 2)

    def _sign_width(self, join: Join) -> float:
        """Return the room of a sign; an arrow is as long as its label."""
        if join.arrow is None:
            beside = 5 if len(join.text) < 3 else 10
            return QFontMetricsF(sign_font(join.text)).horizontalAdvance(join.text) + beside if join.text else 0
        formula = self._typesetter.formula(join.arrow) if join.arrow else None
        self._labels_missing |= bool(join.arrow) and formula is None
        return 26 if formula is None else max(26.0, formula.width(ARROW_LABEL) + 14)

    @Slot()
    def _formula_ready(self) -> None:
        if self._labels_missing:
            self._labels_missing = False
            self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the signs; the matrices paint themselves."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for join, spot in zip(self._equation.joins, self._flow.spots, strict=False):
            centre = QPointF(spot.sign, spot.middle + self._offset())
            if spot.silent or (spot.below and join.text == ","):
                continue  # the arrangement says it
            if join.arrow is None:
                self._paint_sign(painter, join.text, centre)
            elif spot.room < self._sign_width(join):
                self._paint_label(painter, join, (centre.x() - spot.room / 2, centre.y() - 9, spot.room - 2, 18))
            elif spot.alone or spot.below:
                self._paint_arrow_down(painter, join, centre)
            else:
                self._paint_arrow(painter, join, centre)

    def _paint_sign(self, painter: QPainter, text: str, centre: QPointF) -> None:
        """Write a sign around its centre; one that is wider than the card is made smaller."""
        font = sign_font(text)
        wide = QFontMetricsF(font).horizontalAdvance(text) + 4
        font.setPixelSize(max(LEAST_SIGN, int(font.pixelSize() * min(1.0, self.width() / wide))))
        painter.setFont(font)
        painter.setPen(self._palette.colour("ink"))
        area = QRectF(centre.x() - wide / 2, centre.y() - 12, wide, 24)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_arrow(self, painter: QPainter, join: Join, centre: QPointF) -> None:
        half = self._sign_width(join) / 2 - 4
        tip = QPointF(centre.x() + half, centre.y())
        painter.setPen(QPen(self._palette.colour("ink"), 1.2))
        painter.drawLine(QPointF(centre.x() - half, centre.y()), tip)
        painter.drawPolyline([tip + QPointF(-4, -3.5), tip, tip + QPointF(-4, 3.5)])
        self._paint_label(painter, join, (centre.x() - half, centre.y() - 22, 2 * half, 18))

    def _paint_arrow_down(self, painter: QPainter, join: Join, centre: QPointF) -> None:
        half = self._sign_width(join) / 2 - 4
        tip = centre + QPointF(-half - 6, 8)
        painter.setPen(QPen(self._palette.colour("ink"), 1.2))
        painter.drawLine(tip - QPointF(0, 16), tip)
        painter.drawPolyline([tip + QPointF(-3.5, -4), tip, tip + QPointF(3.5, -4)])
        self._paint_label(painter, join, (centre.x() - half, centre.y() - 9, 2 * half, 18))

    def _paint_label(self, painter: QPainter, join: Join, area: tuple[float, float, float, float]) -> None:
        formula = self._typesetter.formula(join.arrow) if join.arrow else None
        if formula is not None:
            paint_within(painter, formula, area, ARROW_LABEL, self._palette, "ink")


def sign_font(text: str) -> QFont:
    """Return the font of a sign: words are smaller than +, · and =."""
    return text_font(TITLE if len(text) < 3 else LARGE)


def no_name(_name: str) -> bool:
    """Tell that the numbers of an array stay as they are."""
    return False
