"""The card of one entry: where it stands, the numbers that made it, and how many digits are written."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from explorer.engine.problem import Problem
from explorer.panels.overlay_scroll import OverlayScrollArea
from explorer.panels.quiet_button import quiet_button
from explorer.panels.step.card_head import TALL
from explorer.panels.step.cell_line import CellLine
from explorer.panels.step.entry_line import EntryLine
from explorer.panels.step.matrix_frame import USUAL
from explorer.panels.step.spell import spell
from explorer.panels.step.spelling import Reading, Spelling
from explorer.panels.step.spelling_factors import forms_of
from explorer.panels.theme import Palette
from explorer.resources import assets
from explorer.tape.entries import Cell, Index
from explorer.tape.notation import Notation
from explorer.tape.numbers import DIGITS
from explorer.tape.step import Step, Tape

MOST_HEIGHT, LEAST_HEIGHT, OF_FACTORS = 132, 56, 62
"""Of the line, in pixels, and of one with its factors on a card that is not tall; a longer one is scrolled."""
SHARE, OF_LINES, IN_FULL = 3, 6, 8
"""Of the height of the step card, the part that the line takes at most; of many digits or many lines it takes less."""
ROUNDED = "rounded"
WHY_ROUNDED = "The digits written here give a slightly different result: the result is of the exact numbers."


class EntryCard(QFrame):
    """Shows one entry of a step.

    Signals
    -------
    cell_hovered
        (name, index), or None.
    digits_chosen
        How many decimals are written from now on.
    answer_wanted
        A person wants to check an own answer to the step.
    terms_toggled
        All terms of a long sum are written, or no longer.
    grown
        The line has another height.
    """

    cell_hovered = Signal(object)
    digits_chosen = Signal(int)
    answer_wanted = Signal()
    terms_toggled = Signal()
    grown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("soft", True)
        self.setObjectName("entry_card")
        self._digits = self._before = 4
        self._shown: tuple[Tape, Step, Index, Problem, Notation] | None = None
        self._place, self._rounded = QLabel("entry"), QLabel(ROUNDED)
        self._place.setProperty("role", "section")
        self._rounded.setProperty("role", "small")
        self._rounded.setToolTip(WHY_ROUNDED)
        self.line, self.cell = EntryLine(self), CellLine(self)
        self.line.cell_hovered.connect(self.cell_hovered)
        self.line.terms_wanted.connect(self.toggle_terms)
        self._everything = False
        self._spelling, self._factors = Spelling(()), Spelling(())
        self._forms: tuple[Spelling, ...] = ()
        self._room = 1000
        tip = "Write the largest terms alone (Enter on the line)."
        self.fewer = quiet_button("fewer terms", "Write fewer terms of the sum", tip)
        self.own = quiet_button("my answer", "Check my answer", "Check your own numbers for this step (A).")
        self._set_up_buttons()
        self._scroll = OverlayScrollArea(self.line)
        self._scroll.setObjectName("entry_scroll")
        self.line.grown.connect(self._fit)
        self.line.widened.connect(self._choose_form)
        self.digits_button = self._make_button()
        self._lay_out()

    @property
    def digits(self) -> int:
        """Decimals that are written."""
        return self._digits

    @property
    def spelling(self) -> Spelling:
        """The entry in numbers, as the step has made it."""
        return self._spelling

    @property
    def factors(self) -> Spelling:
        """The entry as the product of its named factors, which stands below; empty where that says no more."""
        return self._factors

    @property
    def title(self) -> str:
        """Where the entry stands."""
        return self._place.text()

    @property
    def says_rounded(self) -> bool:
        """Whether the card says that the written digits do not add up."""
        return not self._rounded.isHidden()

    @property
    def line_height(self) -> int:
        """How much of the line is in sight, in pixels, with the cell's number above it."""
        return self._scroll.height() + (0 if self.cell.isHidden() else self.cell.sizeHint().height() + 4)

    @property
    def shows_all_terms(self) -> bool:
        """Whether a long sum is written in full."""
        return self._everything

    @Slot()
    def toggle_terms(self) -> None:
        """Write every term of a long sum, or the first and the last."""
        if self._everything or self.line.leaves_out:
            self._everything = not self._everything
            self._spell()
            self.terms_toggled.emit()

    def _set_up_buttons(self) -> None:
        self.fewer.clicked.connect(self.toggle_terms)
        self.own.clicked.connect(self.answer_wanted)
        self.fewer.hide()

    def _make_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("digits")
        button.setProperty("flat", True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIconSize(QSize(8, 8))
        button.setToolTip("How many digits are written (Shift+D one more, Ctrl+Shift+D one fewer); D shows all of them")
        menu, group = QMenu(button), QActionGroup(button)
        for digits in DIGITS:
            action = QAction(digits_text(digits), menu, checkable=True, checked=digits == self._digits)
            action.setData(digits)
            group.addAction(action)
            menu.addAction(action)
        menu.triggered.connect(self._choose)
        button.setMenu(menu)
        button.setText(digits_text(self._digits))
        button.setAccessibleName(f"Digits that are written: {digits_text(self._digits)}")
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._place)
        head.addWidget(self._rounded)
        head.addStretch(1)
        head.addWidget(self.fewer)
        head.addWidget(self.own)
        head.addWidget(self.digits_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.cell)
        column.addWidget(self._scroll)

    def _choose(self, action: QAction) -> None:
        self.set_digits(int(action.data()))

    def set_digits(self, digits: int) -> None:
        """Write that many decimals."""
        self._digits = digits
        for action in self.digits_button.menu().actions():
            action.setChecked(action.data() == digits)
        self.digits_button.setText(digits_text(digits))
        self.digits_button.setAccessibleName(f"Digits that are written: {digits_text(digits)}")
        self.cell.set_digits(digits)
        if self._shown is not None:
            self._spell()
        self.digits_chosen.emit(digits)

    @Slot()
    def write_more(self) -> None:
        """Write one decimal more."""
        self.set_digits(min(self._digits + 1, DIGITS[-1]))

    @Slot()
    def write_fewer(self) -> None:
        """Write one decimal fewer."""
        self.set_digits(max(self._digits - 1, DIGITS[0]))

    def show_all_digits(self, everything: bool) -> None:
        """Write every number in full, or as it was written before that."""
        if everything != (self._digits == DIGITS[-1]):
            self._before = self._digits if everything else self._before
            self.set_digits(DIGITS[-1] if everything else self._before)

    def set_palette(self, palette: Palette) -> None:
        """Take colours."""
        self.line.set_palette(palette)
        quiet = f"color: {palette.muted}; font-weight: 400; padding: 2px 6px;"
        self.digits_button.setStyleSheet(f"QToolButton#digits {{ {quiet} }}")
        self.digits_button.setIcon(QIcon(str(assets() / "icons" / f"chevron-{palette.name}.svg")))

    def light(self, cell: Cell | None) -> None:
        """Underline the number of the cell that is pointed at."""
        self.line.light(cell)

    def show_entry(self, tape: Tape, step: Step, index: Index, problem: Problem, script: Notation) -> None:
        """Show an entry of a step, its place and the order of its factors as the notation has them."""
        if self._shown is not None and self._shown[1].id != step.id:
            self._everything = False
        self._shown = tape, step, index, problem, script
        self._spell()

    def _spell(self) -> None:
        assert self._shown is not None  # noqa: S101 (callers have looked)
        tape, step, index, problem, script = self._shown
        reading = Reading(tape, step, index, problem, self._digits, script, self._everything)
        self._spelling, self._forms = spell(reading), forms_of(reading)
        name = script.text(step.id, tape.activations)
        self._place.setText(f"entry {script.place(step.id, index)}" if index else name)
        self._place.setToolTip(script.cell_text(step.id, index, float(step.value[index]), tape.activations))
        self._choose_form()
        self.fewer.setVisible(self._everything)
        self.own.setVisible(self.fewer.isHidden())  # a narrow card has no room for both

    @Slot()
    def _choose_form(self) -> None:
        """Write the named factors below, in the fullest form that the line has room for; else the line alone."""
        several = tuple(Spelling((*self._spelling.atoms, *form.atoms)) for form in self._forms)
        fits = [self.line.height_of(whole) <= self._most_with_factors for whole in several]
        place = fits.index(True) if any(fits) else None
        self._factors = Spelling(()) if place is None else self._forms[place]
        self._rounded.setVisible(not (self._spelling.adds_up and self._factors.adds_up))
        self.line.set_spelling(self._spelling if place is None else several[place])
        self._fit()

    @property
    def _most_with_factors(self) -> int:
        """Return the pixels that the line may take with the factors: a short card has its matrices in sight."""
        share = self._room // (IN_FULL if self._digits > USUAL else OF_LINES)
        return OF_FACTORS if self._room < TALL else min(MOST_HEIGHT, share)

    def set_room(self, height: int) -> None:
        """Take the height of the step card: the line leaves most of it to the matrices."""
        if height != self._room:
            self._room = height
            self.line.set_roomy(roomy=height >= TALL)
            self._choose_form()

    @property
    def most_height(self) -> int:
        """Of the line, in pixels: beyond it, it is scrolled."""
        several = any(atom.begins for atom in self.spelling.atoms)
        share = self._room // (IN_FULL if self._digits > USUAL else OF_LINES if several else SHARE)
        return self._most_with_factors if self._factors.atoms else min(MOST_HEIGHT, max(LEAST_HEIGHT, share))

    @Slot()
    def _fit(self) -> None:
        """Be as high as the line, up to a bound."""
        height = min(self.line.sizeHint().height(), self.most_height)
        if self._scroll.height() != height:
            self._scroll.setFixedHeight(height)
            self.grown.emit()


def digits_text(digits: int) -> str:
    """Return a choice of the menu."""
    return "all digits" if digits == DIGITS[-1] else f"{digits} digits"
