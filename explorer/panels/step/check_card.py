"""The card that trusts nothing: the entry in focus against a central difference, computed once the step rests."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from explorer.engine.errors import ExplorerError
from explorer.session import RunStatus, State, shown_problem
from explorer.tape.checking.gradblocks import EntryCheck
from explorer.tape.checking.gradcheck import check_entry, is_checkable, wrong_shape
from explorer.tape.entries import Index
from explorer.tape.numbers import MINUS, shown

REST = 150
"""Milliseconds that the step rests before it is checked."""
LINES = ("central difference", "this tape", "relative error")
LEAST_DIGITS = 8
"""Decimals that are written where no more are chosen: with fewer, both sides would look alike."""


class CheckCard(QWidget):
    """Shows the check of one entry of a gradient; hides on steps that write no gradient of the loss."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("check_card")
        self._wanted: tuple[State, Index] | None = None
        self._check: EntryCheck | None = None
        self._key: tuple[object, ...] = ()
        self._digits, self._what = LEAST_DIGITS, ""
        self._verdict = labelled("", "good")
        self._numbers = tuple(labelled("", "number") for _ in LINES)
        self._lines = tuple(labelled(text, "muted") for text in LINES)
        self.nudge_wanted = QToolButton()
        self._set_up_nudge()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self.check_now)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._lay_out()

    @property
    def check(self) -> EntryCheck | None:
        """The newest check, None until there is one."""
        return self._check

    @property
    def verdict(self) -> str:
        """What the card says of the entry."""
        return self._verdict.text()

    def _set_up_nudge(self) -> None:
        button = self.nudge_wanted
        button.setText("nudge")
        button.setCheckable(True)
        button.setProperty("quiet", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip("Nudge the number by hand, and see what the loss does.")
        button.setAccessibleName("Nudge the number by hand")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        head, right = QHBoxLayout(), Qt.AlignmentFlag.AlignRight
        head.setSpacing(6)
        head.addWidget(labelled("Checked", "title"))
        head.addWidget(self.nudge_wanted)
        head.addStretch(1)
        head.addWidget(self._verdict)
        grid.addLayout(head, 0, 0, 1, 3)
        for row, (line, number) in enumerate(zip(self._lines, self._numbers, strict=True), start=1):
            grid.addWidget(line, row, 0)
            grid.addWidget(number, row, 1, 1, 2, right)
        grid.setColumnStretch(2, 1)

    @Slot(int)
    def set_digits(self, digits: int) -> None:
        """Write that many decimals, or a few more."""
        self._digits = max(digits, LEAST_DIGITS)
        if self._wanted is None:
            return
        if self._check is not None:
            self._show(self._check)
        else:
            state, index = self._wanted
            self._numbers[1].setText(shown(float(state.step.value[index]), self._digits, signed=True))

    def show_entry(self, state: State, index: Index) -> None:
        """Check that entry of the current step once nothing has changed for a moment, and not while training runs."""
        running = state.run.status is RunStatus.RUNNING
        key = id(state.tape), state.step.id, index, state.script, running
        if key == self._key:
            return
        self._key, self._wanted, self._check = key, (state, index), None
        self.setVisible(is_checkable(state.tape, state.step.id))
        self._timer.stop()
        if self.isHidden():
            return
        tape_says = shown(float(state.step.value[index]), self._digits, signed=True)
        self._say("after training pauses" if running else "checking …", "muted", ("", tape_says, ""))
        self._wait()

    def _wait(self) -> None:
        """Let the step rest, if there is something to check and someone to see it."""
        if self.isVisible() and self._key and not self._key[-1] and self._check is None:
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Check what was asked for while nobody saw it."""
        super().showEvent(event)
        self._wait()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no timer behind."""
        super().hideEvent(event)
        self._timer.stop()

    @Slot()
    def check_now(self) -> None:
        """Check at once."""
        if self._wanted is None or self.isHidden():
            return
        state, index = self._wanted
        try:
            self._check = check_entry(shown_problem(state), state.step.id, index, tape=state.tape)
        except ExplorerError as error:
            misfit = wrong_shape(state.tape, state.step.id)
            self._say("✗ wrong shape" if misfit else "not checked", "bad", ("", "", ""))
            self.setToolTip(state.script.sentence(str(error), state.tape.activations))
            return
        name = state.script.text(self._check.name, state.tape.activations)
        self._what = name + state.script.place(self._check.name, self._check.index)
        self._show(self._check)

    def _show(self, check: EntryCheck) -> None:
        numbers = (
            shown(check.numeric, self._digits, signed=True),
            shown(check.analytic, self._digits, signed=True),
            f"{check.relative_error:.1e}".replace("e-0", "e-").replace("e+00", "").replace("-", MINUS),
        )
        nudged = (
            "along the imaginary axis: rounding hides a central difference"
            if check.method == "complex"
            else "either way"
        )
        self.setToolTip(f"{self._what}, nudged by {check.h:.0e} {nudged}".replace("e-", "e−").replace("e−0", "e−"))
        self._lines[0].setText(check.difference)
        if check.skipped:
            self._say("at a kink: no slope to compare", "muted", (numbers[0], numbers[1], ""))
        elif check.hidden:
            self._say("unproven: rounding hides it", "muted", (numbers[0], numbers[1], ""))
        elif check.passed and not check.analytic and abs(check.numeric) <= check.noise:
            self._say("0 on both sides", "muted", numbers)
        elif check.passed:
            self._say("✓ agrees", "good", numbers)
        else:
            self._say("✗ differs", "bad", numbers)

    def _say(self, verdict: str, role: str, numbers: tuple[str, str, str]) -> None:
        self._verdict.setText(verdict)
        if self._verdict.property("role") != role:
            self._verdict.setProperty("role", role)
            self._verdict.style().polish(self._verdict)
        for label, number in zip(self._numbers, numbers, strict=True):
            label.setText(number)
        self.setAccessibleName(f"Checked: {verdict}")


def labelled(text: str, role: str) -> QLabel:
    """Return a label that the style sheet knows by its role."""
    label = QLabel(text)
    label.setProperty("role", role)
    return label
