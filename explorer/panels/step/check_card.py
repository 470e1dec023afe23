"""The card that trusts nothing: the entry in focus against a central difference, computed once the step rests."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from explorer.engine.errors import ExplorerError
from explorer.graph.raising import rich
from explorer.panels import lab
from explorer.panels.labelled import labelled
from explorer.panels.quiet_button import quiet_button
from explorer.session import RunStatus, State, shown_problem
from explorer.tape import checking
from explorer.tape.entries import Index
from explorer.tape.names import parse
from explorer.tape.numbers import MINUS, shown
from explorer.tape.symbols import is_transposed_weight, place

if TYPE_CHECKING:
    from explorer.tape.checking.gradblocks import EntryCheck

REST = 150
"""Milliseconds that the step rests before it is checked."""
LINES = ("central difference", "this tape", "relative error")
LEAST_DIGITS = 9
"""Digits that are written where no more are chosen: with fewer, it would not be seen that both sides agree."""
NOTHING = {
    "forward": "nothing to check: a value is no derivative",
    "update": "nothing to check: an update is no derivative",
}
"""By phase, of steps that write no derivative."""
NUDGES = "Nudge the number by hand"
QUIET = "not told while a mistake is hidden"


class CheckCard(QWidget):
    """Shows the check of one entry of a derivative; of other steps it says in a line that there is nothing to check.

    Where there is little ``room``, it hides instead.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("check_card")
        self._wanted: tuple[State, Index] | None = None
        self._check: EntryCheck | None = None
        self._elsewhere = ""
        self._key: tuple[object, ...] = ()
        self._digits, self._what = LEAST_DIGITS, ""
        self._roomy = self._kept_back = False
        self._title, self._verdict = labelled("Checked", "title"), labelled("", "good")
        self._numbers = tuple(labelled("", "number") for _ in LINES)
        self._lines = tuple(labelled(text, "muted") for text in LINES)
        self.nudge_wanted = quiet_button("nudge", NUDGES, f"{NUDGES}, and see what the loss does.", checkable=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self.check_now)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._lay_out()

    @property
    def check(self) -> "EntryCheck | None":
        """The newest check, None until there is one."""
        return self._check

    @property
    def verdict(self) -> str:
        """What the card says of the entry."""
        return self._verdict.text()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        head, right = QHBoxLayout(), Qt.AlignmentFlag.AlignRight
        head.setSpacing(6)
        head.addWidget(self._title)
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
        """Write that many digits, or a few more."""
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
        self._timer.stop()
        self._show_parts(state, index)
        if not self._checks:
            return
        tape_says = shown(float(state.step.value[index]), self._digits, signed=True)
        self._say("after training pauses" if running else "checking …", "muted", ("", tape_says, ""))
        self._wait()

    @property
    def _checks(self) -> bool:
        """Whether the step writes a derivative, and the check may tell of it."""
        if self._wanted is None or self._wanted[0].step.phase in NOTHING:
            return False
        state, _ = self._wanted
        if state.subject.problem.puzzle:
            return False
        return checking.is_checkable(state.tape, state.step.id) or checking.is_factor(state.tape, state.step.id)

    def set_roomy(self, *, roomy: bool) -> None:
        """Say that there is room for a line that says that there is nothing to check, or not."""
        self._roomy = roomy
        self._appear()

    def keep_back(self, *, kept: bool) -> None:
        """Hide while the numbers of the step are to be guessed, or no longer."""
        if kept is not self._kept_back:
            self._kept_back = kept
            self._appear()

    def _appear(self) -> None:
        """Be seen where there is something to check, or room to say that there is not."""
        self.setVisible((self._checks or self._roomy) and not self._kept_back)

    def _show_parts(self, state: State, index: Index) -> None:
        """Show what the step needs: numbers where there are some, what is compared where that is no gradient of J."""
        checks = self._checks
        factor = checks and checking.is_factor(state.tape, state.step.id)
        of = f" {factor_text(state, index)}" if factor else ""
        self._title.setText(rich(f"Checked{of}") if checks else "Check")
        self.nudge_wanted.setVisible(checks and not factor)
        for label in (*self._lines, *self._numbers):
            label.setVisible(checks)
        if not checks:
            usual = QUIET if state.subject.problem.puzzle else "nothing to check here"
            self._say(NOTHING.get(state.step.phase, usual), "muted", ("", "", ""))
            self.setToolTip("")
        self._appear()

    def _wait(self) -> None:
        """Let the step rest, if there is something to check and someone to see it."""
        if self.isVisible() and self._checks and self._key and not self._key[-1] and self._check is None:
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
        if self._wanted is None or self.isHidden() or not self._checks:
            return
        state, index = self._wanted
        problem, name = shown_problem(state), state.step.id
        try:
            self._check = checking.check_entry(problem, name, index, tape=state.tape)
            by_luck = self._check.passed and problem.mistakes
            wrong = lab.wrong_entry(problem, state.tape, name) if by_luck else None
        except ExplorerError as error:
            misfit = isinstance(error, checking.WrongShapeError)
            self._say("✗ wrong shape" if misfit else "not checked", "bad", ("", "", ""))
            self.setToolTip(state.script.sentence(str(error), state.tape.activations))
            return
        self._elsewhere = "" if wrong is None else state.script.place(name, wrong)
        name = state.script.text(self._check.name, state.tape.activations)
        factor = checking.is_factor(state.tape, self._check.name)
        self._what = factor_text(state, index) if factor else name + state.script.place(self._check.name, index)
        self._show(self._check)

    def _show(self, check: "EntryCheck") -> None:
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
        told = f"{self._what}, nudged by {check.h:.0e} {nudged}".replace("e-", "e−").replace("e−0", "e−")
        self.setToolTip(rich(told))
        self._lines[0].setText(check.difference)
        if check.skipped:
            self._say("at a kink: no slope to compare", "muted", (numbers[0], numbers[1], ""))
        elif check.passed and self._elsewhere:
            self._say(f"✓ here, ✗ at {self._elsewhere}", "bad", numbers)
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


def factor_text(state: State, index: Index) -> str:
    """Return which unit is derived by which number in an entry of a factor: ∂z₂[1]/∂h[3], ∂h[3]/∂z₁[3]."""
    script, parsed = state.script, parse(state.step.id)
    over, by = (script.text(name, state.tape.activations) for name in (parsed.over, parsed.quantity))
    if is_transposed_weight(state.step.id):
        return f"∂{over}{place(index[:1])}/∂{by}{place(index[1:])}"
    where = script.place(parsed.quantity, index) if state.tape.samples > 1 else place(index[-1:])
    return f"∂{over}{where}/∂{by}{where}"
