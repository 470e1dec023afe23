"""The chain so far: every factor from the loss down to the input as one strip, the running products beneath it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.graph.key_sets import ENTER
from explorer.graph.typeset import Typesetter
from explorer.panels.step.chain_block import BLOCK_HEIGHT, CHIP_HEIGHT, ChainBlock
from explorer.panels.step.chain_links import Link, chain_of, current_link, flipped, is_mirrored, window
from explorer.panels.theme import LARGE, LIGHT, TITLE, Palette, text_font
from explorer.tape.aloud import aloud
from explorer.tape.notation import Notation
from explorer.tape.orientation import written_shape
from explorer.tape.step import Tape
from explorer.tape.symbols import shape_text

WIDEST, NARROWEST, SIGN = 56, 41, 14
APART = "  "
"""Between a name and its shape in a tooltip."""
STANDINGS = {"done": "", "current": ", current step", "ahead": ", not computed yet"}


class ChainView(QWidget):
    """Shows the chain of a tape; a click on a factor or a product emits ``step_chosen`` with its id.

    ``grown`` says that there are new blocks, which Tab does not know yet.
    """

    step_chosen = Signal(str)
    grown = Signal()

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typesetter, self._palette = typesetter, LIGHT
        self._links: tuple[Link, ...] = ()
        self._layout_of: tuple[object, ...] = ()
        self._samples = 0
        self._tape: Tape | None = None
        self._shown: tuple[int, ...] = ()
        self._centre = 0
        self._mirrored = False
        self._signs: list[tuple[float, str, bool]] = []
        self.blocks: list[ChainBlock] = []
        self.chips: dict[int, ChainBlock] = {}
        self.setFixedHeight(BLOCK_HEIGHT + 2 + CHIP_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def links(self) -> tuple[Link, ...]:
        """The links in order."""
        return self._links

    @property
    def shown(self) -> tuple[int, ...]:
        """Which links are seen; the middle of a long chain is left out."""
        return self._shown

    def sizeHint(self) -> QSize:
        """Return the height of blocks and chips."""
        return QSize(0, BLOCK_HEIGHT + 2 + CHIP_HEIGHT)

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self._palette = palette
        for block in (*self.blocks, *self.chips.values()):
            block.set_palette(palette)
        self.update()

    def show_pass(self, tape: Tape, position: int, notation: Notation) -> None:
        """Show the chain of a tape at a position."""
        if self._tape is not None and notation is self._layout_of[2] and tape.is_like(self._tape):
            self._tape = tape
            self._mark(tape, position)
            return
        self._tape, links = tape, chain_of(tape)
        samples, sizes = tape.samples, tuple(tape.given[name].shape for name in tape.given if name not in "xy")
        faces = tuple(notation.factor_on(tape, link.id, flipped=flipped(tape, link, notation)) for link in links)
        layout = links, tape.activations, notation, sizes, samples > 1, faces
        if layout != self._layout_of:
            self._links, self._layout_of, self._samples = links, layout, samples
            self._build(tape, notation)
            self.grown.emit()
        elif samples != self._samples:
            self._samples = samples
            self._reshape(tape, notation)
        self._mark(tape, position)

    def _reshape(self, tape: Tape, notation: Notation) -> None:
        """Write the shapes of another number of samples on the blocks there are."""
        for place, link in enumerate(self._links):
            turned = flipped(tape, link, notation)
            write_shape(self.blocks[place], written_shape(tape[link.id].shape, flipped=turned))
            if place in self.chips:
                write_shape(self.chips[place], notation.shape(link.product, tape[link.product].shape))

    def _build(self, tape: Tape, notation: Notation) -> None:
        for block in (*self.blocks, *self.chips.values()):
            block.hide()
            block.deleteLater()
        self.blocks, self.chips = [], {}
        self._mirrored = is_mirrored(self._links, notation)
        for place, link in enumerate(self._links):
            turned = flipped(tape, link, notation)
            latex = notation.factor_on(tape, link.id, flipped=turned)
            shape = written_shape(tape[link.id].shape, flipped=turned)
            self.blocks.append(self._button(link.id, latex, shape, notation.text(link.id, tape.activations)))
            inner = inner_places(self._links, place)
            self.blocks[-1].set_inner(frozenset(1 - k for k in inner) if self._mirrored else inner)
            if link.running and place < len(self._links) - 2:
                latex = notation.symbol(link.product, tape.activations, inline=True)
                words = notation.text(link.product, tape.activations)
                shape = notation.shape(link.product, tape[link.product].shape)
                self.chips[place] = self._button(link.product, latex, shape, words, chip=True)

    def _button(
        self, step_id: str, latex: str, shape: tuple[int, ...], words: str, *, chip: bool = False
    ) -> ChainBlock:
        button = ChainBlock(self._typesetter, latex, shape, self, chip=chip)
        button.setObjectName(step_id)
        button.setToolTip(f"{words}{APART}{shape_text(shape)}")
        button.set_palette(self._palette)
        button.clicked.connect(self._clicked)
        return button

    def _clicked(self) -> None:
        self.step_chosen.emit(self.sender().objectName())

    def _mark(self, tape: Tape, position: int) -> None:
        """Give every block its standing, and bring the current one into view."""
        step_id = tape.steps[position].id
        current = current_link(self._links, step_id)
        for place, block in enumerate(self.blocks):
            self._stand(block, tape, position, current=place == current)
        for chip in self.chips.values():
            self._stand(chip, tape, position, current=chip.objectName() == step_id)
        done = sum(tape.computed(link.id, position) for link in self._links)
        self._centre = current if current is not None else max(0, min(done, len(self._links)) - 1)
        self._place()

    @staticmethod
    def _stand(block: ChainBlock, tape: Tape, position: int, *, current: bool) -> None:
        done = tape.computed(block.objectName(), position)
        standing = "current" if current else "done" if done else "ahead"
        if standing == block.standing and block.accessibleName():
            return
        block.set_standing(standing)
        say(block)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Place the blocks anew."""
        self._place()

    def _place(self) -> None:
        count = len(self.blocks)
        room = max(3, (self.width() + SIGN) // (NARROWEST + SIGN))
        self._shown = window(count, room - (count > room), self._centre)
        gaps = sum(later - earlier > 1 for earlier, later in zip(self._shown, self._shown[1:], strict=False))
        steps = max(1, len(self._shown) - 1)
        free = self.width() - SIGN * (steps + gaps)
        wide = min(WIDEST, free // max(1, len(self._shown)))
        between = (self.width() - wide * len(self._shown)) / (steps + gaps) if wide < WIDEST or steps > 2 else 24.0
        before = self._signs
        self._arrange(wide, min(between, 28.0))
        if self._signs != before:
            self.update()

    def _arrange(self, wide: int, between: float) -> None:
        """Move blocks, chips and signs; where links are left out, an ellipsis stands for them."""
        for place, block in (*enumerate(self.blocks), *self.chips.items()):
            block.setVisible(place in self._shown)
        self._signs = []
        x, before = 0.0, None
        for place in reversed(self._shown) if self._mirrored else self._shown:
            if before is not None:
                later = max(place, before)
                ahead = self.blocks[later].standing == "ahead"
                signs = [(self._links[later].sign, ahead)]
                signs[self._mirrored : self._mirrored] = [("…", True)] if abs(place - before) > 1 else []
                for sign, muted in signs:
                    self._signs.append((x + between / 2, sign, muted))
                    x += between
            self.blocks[place].setGeometry(round(x), 0, wide, BLOCK_HEIGHT)
            if place in self.chips:
                self.chips[place].setGeometry(round(x), BLOCK_HEIGHT + 2, wide, CHIP_HEIGHT)
            x, before = x + wide, place

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the signs between the blocks."""
        painter = QPainter(self)
        for x, sign, ahead in self._signs:
            painter.setFont(text_font(TITLE if sign in {"·", "…"} else LARGE))
            painter.setPen(self._palette.colour("muted" if ahead else "ink"))
            painter.drawText(QRectF(x - 12, 0, 24, BLOCK_HEIGHT), Qt.AlignmentFlag.AlignCenter, sign)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the focused block with Return, too."""
        focused = self.focusWidget()
        if event.key() in ENTER and isinstance(focused, ChainBlock):
            focused.click()
        else:
            super().keyPressEvent(event)


def inner_places(links: tuple[Link, ...], place: int) -> frozenset[int]:
    """Return which numbers of a link's shape meet a neighbour's in a matrix product."""
    after = links[place + 1] if place + 1 < len(links) else None
    return frozenset(
        ({0} if links[place].is_matrix else set()) | ({1} if after is not None and after.is_matrix else set())
    )


def write_shape(block: ChainBlock, shape: tuple[int, ...]) -> None:
    """Write another shape on a block."""
    name, _, _ = block.toolTip().partition(APART)
    block.set_shape(shape)
    block.setToolTip(f"{name}{APART}{shape_text(shape)}")
    say(block)


def say(block: ChainBlock) -> None:
    """Let a block be called by its name, its shape and its standing."""
    name, _, shape = block.toolTip().partition(APART)
    block.setAccessibleName(f"Go to {aloud(name)}, {aloud(shape)}{STANDINGS[block.standing]}")
