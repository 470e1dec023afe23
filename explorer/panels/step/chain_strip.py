"""The chain laid out: a strip of matrices with the signs between them, running products beneath, a way to each step."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from explorer.graph.typeset import Typesetter
from explorer.panels.step.blocks import Block
from explorer.panels.step.chain_columns import ChainColumn, columns_of
from explorer.panels.step.chain_sizes import BETWEEN, BUTTON, EDGE, SIGN, Sizes, sizes_of
from explorer.panels.step.matrix import MatrixView
from explorer.panels.theme import LIGHT, TITLE, Palette, text_font
from explorer.session import State
from explorer.tape.aloud import aloud, shape_aloud

WIDEST = 1000
"""Room before there is any."""


class ChainStrip(QWidget):
    """Shows every factor of the chain; signals carry (name, index) or None, ``step_chosen`` an id.

    ``grown`` says that there are new matrices and buttons, which Tab does not know yet.
    """

    cell_hovered = Signal(object)
    cell_clicked = Signal(object)
    step_chosen = Signal(str)
    grown = Signal()

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter, self._palette, self._digits = typesetter, LIGHT, 4
        self._columns: tuple[ChainColumn, ...] = ()
        self._signs: list[tuple[float, float, str]] = []
        self._size, self._room = QSize(0, 0), QSize(WIDEST, WIDEST)
        self.factors: list[MatrixView] = []
        self.products: dict[int, MatrixView] = {}
        self.buttons: list[QPushButton] = []

    @property
    def views(self) -> tuple[MatrixView, ...]:
        """All matrices."""
        return *self.factors, *self.products.values()

    def sizeHint(self) -> QSize:
        """Return the size of the strip."""
        return self._size

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self._palette = palette
        for view in self.views:
            view.set_palette(palette)
        self.update()

    def set_digits(self, digits: int) -> None:
        """Write at most that many decimals."""
        self._digits = digits
        self._place()

    def show_chain(self, state: State) -> None:
        """Show the chain of the state's tape at its position."""
        before, self._columns = self._columns, columns_of(state.tape, state.position, state.script, state.row)
        if [column.layout for column in before] == [column.layout for column in self._columns]:
            blocks = [column.factor for column in self._columns] + [c.product for c in self._columns if c.product]
            for view, block in zip(self.views, blocks, strict=True):
                view.set_block(block)
            return
        for old in (*self.views, *self.buttons):
            old.blockSignals(True)  # hiding it under the mouse must not point at nothing
            old.hide()
            old.deleteLater()
        self.factors = [self._view(column.factor) for column in self._columns]
        self.products = {k: self._view(c.product) for k, c in enumerate(self._columns) if c.product is not None}
        self.buttons = [self._button(state, view.block) for view in self.views]
        self._place()
        self.grown.emit()

    def _view(self, block: Block) -> MatrixView:
        view = MatrixView(self._typesetter, block, self)
        view.set_palette(self._palette)
        view.cell_hovered.connect(self.cell_hovered)
        view.cell_clicked.connect(self.cell_clicked)
        return view

    def _button(self, state: State, block: Block) -> QPushButton:
        button = QPushButton(f"step {state.tape.index(block.name) + 1}", self)
        button.setObjectName(block.name)
        button.setProperty("quiet", True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAccessibleName(f"Go to {button.text()}, {aloud(block.words)}, {shape_aloud(block.shape)}")
        button.setToolTip(f"Go to the step that makes {block.words}")
        button.clicked.connect(self._clicked)
        return button

    @Slot()
    def _clicked(self) -> None:
        self.step_chosen.emit(self.sender().objectName())

    @Slot(QSize)
    def set_room(self, room: QSize) -> None:
        """Take the room that there is: as much of it as can be is filled."""
        if room != self._room:
            self._room = room
            self._place()

    def _place(self) -> None:
        """Put every factor above the product that it makes; all factors of a line around one middle."""
        if not self._columns:
            return
        sizes = sizes_of(self._columns, self._room.width(), self._room.height(), self._digits)
        frames = (*sizes.factors, *sizes.products.values())
        for view, frame in zip(self.views, frames, strict=True):
            view.set_frame(frame)
            view.set_digits(self._digits)
        self._signs, top = [], float(EDGE)
        for line in sizes.lines:
            self._place_line(sizes, line, top)
            top += sizes.line_height(line) + BETWEEN
        self._size = QSize(sizes.width, sizes.height)
        self.setFixedSize(self._size)
        self.update()

    def _place_line(self, sizes: Sizes, line: Sequence[int], top: float) -> None:
        """Place one line of columns below ``top``."""
        above = sizes.above(line)
        left = EDGE + (sizes.width - 2 * EDGE - sizes.line_width(line)) / 2
        under = top + above + BUTTON + BETWEEN
        for k in line:
            factor, wide, sign = self.factors[k], sizes.width_of(k), self._columns[k].sign
            height = top + (above - factor.height()) / 2
            if sign:
                self._signs.append((left + SIGN / 2, middle_of(factor, height), sign))
                left += SIGN
            self._stand(factor, self.buttons[k], left, height, wide)
            if k in self.products:
                button = self.buttons[len(self.factors) + list(self.products).index(k)]
                self._stand(self.products[k], button, left, under, wide)
                self._signs.append((left - SIGN / 2, middle_of(self.products[k], under), "="))
            left += wide

    @staticmethod
    def _stand(view: MatrixView, button: QPushButton, left: float, top: float, wide: int) -> None:
        """Place a matrix in the middle of its column, the way to its step below it."""
        view.move(round(left + (wide - view.width()) / 2), round(top))
        button.setGeometry(round(left + (wide - 60) / 2), round(top) + view.height(), 60, BUTTON - 2)
        view.show()
        button.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the signs."""
        painter = QPainter(self)
        painter.setFont(text_font(TITLE))
        painter.setPen(self._palette.colour("ink"))
        for x, y, sign in self._signs:
            painter.drawText(QRectF(x - 15, y - 12, 30, 24), Qt.AlignmentFlag.AlignCenter, sign)


def middle_of(view: MatrixView, top: float) -> float:
    """Return the height at which the middle of a matrix's cells is."""
    return top + view.frame.top + view.frame.height / 2
