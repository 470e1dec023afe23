"""The chain laid out: a strip of matrices with the signs between them, running products beneath, a way to each step."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from explorer.graph.typeset import Typesetter
from explorer.panels.step.blocks import Block
from explorer.panels.step.chain_columns import ChainColumn, columns_of
from explorer.panels.step.matrix import MatrixView
from explorer.panels.step.matrix_frame import frames_of
from explorer.panels.theme import LIGHT, TITLE, Palette, text_font
from explorer.session import State
from explorer.tape.symbols import shape_text

SIGN, EDGE, BUTTON, BETWEEN = 34, 16, 24, 14
WIDEST = 470


class ChainStrip(QWidget):
    """Shows every factor of the chain; signals carry (name, index) or None, ``step_chosen`` an id."""

    cell_hovered = Signal(object)
    cell_clicked = Signal(object)
    step_chosen = Signal(str)

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter, self._palette, self._digits = typesetter, LIGHT, 4
        self._columns: tuple[ChainColumn, ...] = ()
        self._signs: list[tuple[float, float, str]] = []
        self._size = QSize(0, 0)
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
        button.setAccessibleName(f"{block.words}, {shape_text(block.shape)}: go to this step")
        button.setToolTip(f"Go to the step that makes {block.words}")
        button.clicked.connect(self._clicked)
        return button

    @Slot()
    def _clicked(self) -> None:
        self.step_chosen.emit(self.sender().objectName())

    def _place(self) -> None:
        """Put every factor above the product that it makes; all factors around one middle."""
        frames = frames_of([view.block for view in self.views], WIDEST, 0, self._digits)
        for view, frame in zip(self.views, frames, strict=True):
            view.set_frame(frame)
            view.set_digits(self._digits)
        above = max((view.height() for view in self.factors), default=0)
        below = max((view.height() for view in self.products.values()), default=0)
        left, self._signs = float(EDGE), []
        for k, factor in enumerate(self.factors):
            under = self.products.get(k)
            if self._columns[k].sign:
                self._signs.append((left + SIGN / 2, EDGE + above / 2, self._columns[k].sign))
                left += SIGN
            wide = max(factor.width(), under.width() if under else 0, 60)
            self._stand(factor, self.buttons[k], left, EDGE + (above - factor.height()) / 2, wide, EDGE + above)
            if under is not None:
                top = EDGE + above + BUTTON + BETWEEN
                button = self.buttons[len(self.factors) + list(self.products).index(k)]
                self._stand(under, button, left, top, wide, top + below)
                self._signs.append((left - SIGN / 2, top + under.height() / 2, "="))
            left += wide
        self._size = QSize(round(left) + EDGE, EDGE * 2 + above + below + 2 * BUTTON + BETWEEN)
        self.setFixedSize(self._size)
        self.update()

    @staticmethod
    def _stand(view: MatrixView, button: QPushButton, left: float, top: float, wide: int, foot: float) -> None:
        view.move(round(left + (wide - view.width()) / 2), round(top))
        button.setGeometry(round(left + (wide - 60) / 2), round(foot), 60, BUTTON - 2)
        view.show()
        button.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the signs."""
        painter = QPainter(self)
        painter.setFont(text_font(TITLE))
        painter.setPen(self._palette.colour("ink"))
        for x, y, sign in self._signs:
            painter.drawText(QRectF(x - 15, y - 12, 30, 24), Qt.AlignmentFlag.AlignCenter, sign)
