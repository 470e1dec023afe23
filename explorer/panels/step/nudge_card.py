"""A parameter nudged by hand: how much the loss really moves for it, beside what the gradient foretells."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from explorer.engine.errors import ExplorerError
from explorer.panels.labelled import labelled
from explorer.panels.releasing import release
from explorer.panels.step.keyed_slider import KeyedSlider
from explorer.session import RunStatus, State, shown_problem
from explorer.tape.entries import Index
from explorer.tape.nudging import Nudge, is_nudgeable, nudged
from explorer.tape.numbers import MINUS, shown

STEPS, LARGEST = 100, 1.0
"""Marks of the slider to either side, and the nudge at its ends."""
FIRST = 0.1
LEAST_DIGITS = 6
NAMES = ("ΔJ", "ΔJ / Δ", "∂J / ∂", "apart")


class NudgeCard(QWidget):
    """Nudges the quantity whose gradient is shown, at the entry in focus; hides where there is none.

    Signals
    -------
    nudged
        A ``Nudge`` has been made, or None.
    """

    made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nudge_card")
        self._asked: tuple[State, Index] | None = None
        self._delta = FIRST
        self._nudge: Nudge | None = None
        self._digits = LEAST_DIGITS
        self.title, self._words = labelled("", "title"), labelled("", "small")
        self.slider, self.field = KeyedSlider(), QLineEdit()
        self._numbers = tuple(labelled("", "number") for _ in NAMES)
        self._names = tuple(labelled("", "muted") for _ in NAMES)
        self._lay_out()
        self._set_up()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self.slider, 0, 1)
        grid.addWidget(self.field, 0, 2)
        for row, (name, number) in enumerate(zip(self._names, self._numbers, strict=True), start=1):
            grid.addWidget(name, row, 0)
            grid.addWidget(number, row, 1, 1, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._words, len(NAMES) + 1, 0, 1, 3)
        grid.setColumnStretch(1, 1)

    def _set_up(self) -> None:
        self._words.setWordWrap(True)
        self._words.hide()
        self.slider.setRange(-STEPS, STEPS)
        self.slider.setValue(round(FIRST / LARGEST * STEPS))
        self.slider.setAccessibleName("Nudge")
        self.field.setText(signed(FIRST))
        self.field.setFixedWidth(76)
        self.field.setAccessibleName("Size of the nudge")
        self.slider.valueChanged.connect(self._slid)
        self.field.editingFinished.connect(self._typed)
        self.field.returnPressed.connect(lambda: release(self.field))

    @property
    def nudge(self) -> Nudge | None:
        """The newest nudge, None where there is none."""
        return self._nudge

    @property
    def words(self) -> str:
        """What the card says where it has no numbers."""
        return self._words.text()

    def show_entry(self, state: State, index: Index, name: str, *, wanted: bool) -> None:
        """Nudge that entry of what the current step's gradient is of; ``name`` is how the entry is written."""
        quantity = state.step.id.removeprefix("dJ/d")
        self._asked = (state, index)
        possible = wanted and state.step.id != quantity and is_nudgeable(state.tape, quantity)
        self.title.setText(f"Nudge {name}")
        for label, text in zip(self._names, NAMES, strict=True):
            label.setText(text + name if text.endswith(("Δ", "∂")) else text)
        self.setVisible(possible)
        self._make()

    def showEvent(self, event: QShowEvent) -> None:
        """Nudge what was asked for while nobody saw it."""
        super().showEvent(event)
        self._make()

    @Slot(int)
    def set_digits(self, digits: int) -> None:
        """Write that many decimals, or a few more."""
        self._digits = max(digits, LEAST_DIGITS)
        if self._nudge is not None:
            self._show(self._nudge)

    @Slot(int)
    def _slid(self, mark: int) -> None:
        self._nudge_by(mark / STEPS * LARGEST)

    @Slot()
    def _typed(self) -> None:
        text = self.field.text().strip().replace(MINUS, "-").replace(",", ".")
        try:
            self._nudge_by(float(text))
        except ValueError:
            self._say(f"{self.field.text()!r} is no number: type one like 0.001.")

    def _nudge_by(self, delta: float) -> None:
        self._delta = delta
        self.slider.blockSignals(True)
        self.slider.setValue(round(max(-1.0, min(1.0, delta / LARGEST)) * STEPS))
        self.slider.blockSignals(False)
        self.field.setText(signed(delta))
        self._make()

    def _make(self) -> None:
        """Make the nudge, if someone sees it and training does not run."""
        self._nudge = None
        if self._asked is None or self.isHidden():
            return
        state, index = self._asked
        if state.run.status is RunStatus.RUNNING:
            self._say("Nudges are made once training pauses.")
            return
        if self._delta == 0:
            self._say("A nudge by 0 moves nothing: the slope is what the ratio comes near as the nudge becomes small.")
            return
        quantity = state.step.id.removeprefix("dJ/d")
        try:
            self._nudge = nudged(shown_problem(state), quantity, index, self._delta, state.tape)
        except ExplorerError as error:
            self._say(str(error))
            return
        self._show(self._nudge)

    def _show(self, nudge: Nudge) -> None:
        values = (nudge.change, nudge.ratio, nudge.gradient, nudge.ratio - nudge.gradient)
        self._fill([shown(value, self._digits, signed=True) for value in values])
        self._words.hide()
        self.setAccessibleName(
            f"{self.title.text()} by {signed(self._delta)}: ratio {self._numbers[1].text()}, "
            f"gradient {self._numbers[2].text()}"
        )
        self.made.emit(nudge)

    def _say(self, sentence: str) -> None:
        self._words.setText(sentence)
        self._words.show()
        self.setAccessibleName(sentence)
        self._fill([""] * len(NAMES))

    def _fill(self, texts: list[str]) -> None:
        label: QLabel
        for label, text in zip(self._numbers, texts, strict=True):
            label.setText(text)


def signed(value: float) -> str:
    """Return a nudge as it is typed: a sign, and no idle digits."""
    return f"{value:+.6g}".replace("-", MINUS)
