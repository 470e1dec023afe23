"""The card in which a person answers the current step: a field, the judgement beside it, what may have gone wrong."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from explorer.engine.errors import ExplorerError
from explorer.graph.announcing import announce
from explorer.graph.raising import rich
from explorer.lessons.answers import Question, Verdict, judge_text
from explorer.panels.answer.answer_field import AnswerField
from explorer.panels.answer.finding_rows import FindingRows
from explorer.panels.labelled import labelled, show_raised
from explorer.panels.overlay_scroll import OverlayScrollArea
from explorer.panels.quiet_button import quiet_button
from explorer.tape.sentences import begun
from explorer.tape.symbols import shape_words

REST = 500
"""Milliseconds without a key after which what is typed is judged."""
SIDE, LEAST_SAID = 10, 18
SAID = {"right": ("✓ ", "good"), "coarse": ("≈ ", "muted"), "open": ("", "muted"), "close": ("≈ ", "bad")}
"""By kind of verdict: what stands before it, and the role of its colour; the others are wrong."""
SHOWS = "Show the numbers of this step"
JUDGES, GOES_ON, LAST = "{} judges it.", "{} goes on to the next step.", "It is the last step of the pass."
KEYS = {True: "Return", False: "Ctrl+Return"}
"""By whether one line is all that is asked for."""
WRONG, UNREAD = ("✗ ", "bad"), ("", "muted")


class AnswerCard(QFrame):
    """Asks for the current step, and judges what is typed.

    Signals
    -------
    judged
        The verdict, or None where nothing is typed that can be judged.
    mistake_wanted
        The name of a mistake of the lab that is to be seen.
    close_wanted
        The card is to be closed.
    show_wanted
        The numbers of the step are to be shown, unanswered.
    next_wanted
        The answer is right, and the next step is to be asked for.
    grown
        The card wants another height.
    """

    judged = Signal(object)
    mistake_wanted = Signal(str)
    close_wanted = Signal()
    show_wanted = Signal()
    next_wanted = Signal()
    grown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answer_card")
        self.setProperty("soft", True)
        self.setAccessibleName("Your answer")
        self._question: Question | None = None
        self._verdict: Verdict | None = None
        self._most, self._key = 1000, KEYS[True]
        self._title, self._asked = labelled("Your answer", "section"), labelled("", "small")
        self._close, self.field = quiet_button("close", "Close the answer", "Close (Esc)"), AnswerField()
        self.show_it = quiet_button("show it", SHOWS, f"{SHOWS} (Ctrl+Shift+A)")
        self.tally = labelled("", "small")
        self.said, self.findings = labelled("", "muted"), FindingRows()
        self._timer = QTimer(self, singleShot=True, interval=REST)
        self._connect()
        self._lay_out()

    @property
    def verdict(self) -> Verdict | None:
        """The newest verdict; None where there is none."""
        return self._verdict

    def _connect(self) -> None:
        self._close.clicked.connect(self.close_wanted)
        self.show_it.clicked.connect(self.show_wanted)
        self.show_it.hide()
        self._timer.timeout.connect(self.judge_now)
        self.field.entered.connect(self._enter)
        self.field.textChanged.connect(self._wait)
        self.findings.mistake_wanted.connect(self.mistake_wanted)

    def _lay_out(self) -> None:
        self.said.setWordWrap(True)
        head, inside = QHBoxLayout(), QWidget()
        head.addWidget(self._title)
        head.addWidget(self._asked)
        head.addStretch(1)
        head.addWidget(self.show_it)
        head.addWidget(self._close)
        told = QVBoxLayout(inside)
        told.setContentsMargins(0, 0, 8, 0)
        told.setSpacing(4)
        told.addWidget(self.said)
        told.addWidget(self.findings)
        told.addWidget(self.tally)
        told.addStretch(1)
        self.tally.hide()
        self._told, self._scroll = inside, OverlayScrollArea(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 6, SIDE, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.field)
        column.addWidget(self._scroll)
        self._fit()

    def show_tally(self, text: str) -> None:
        """Show how many steps were right at once, or nothing."""
        self.tally.setText(text)
        self.tally.setVisible(bool(text))
        self._fit()

    # What is asked, and what was answered

    def ask(self, question: Question, text: str) -> None:
        """Ask for a step; what was typed for it before, if anything, stands there again."""
        self._question = question
        self.show_it.setVisible(question.kept_back)
        shape = shape_words(question.true.shape)
        name = question.spelled(question.name)
        self._asked.setText(rich(f"{name}, {shape}" if question.step.shape else name))
        self._key = KEYS[question.true.shape[0] == 1]
        self.field.set_single(single=question.true.shape[0] == 1)
        self.field.setAccessibleName(f"Your answer for {name}, {shape}")
        self.field.setPlaceholderText(hint(question.true.shape))
        if text != self.field.toPlainText():
            self.field.setPlainText(text)
        if question.kept_back:
            self._wait()
        else:
            self.judge_now()

    @Slot()
    def judge_now(self) -> None:
        """Judge what is typed."""
        self._timer.stop()
        text = self.field.toPlainText()
        if self._question is None:
            return
        if not text.strip():
            self._show(None, "")
            return
        try:
            verdict = judge_text(self._question, text)
        except ExplorerError as error:
            self._show(None, f"{begun(str(error))}.")
        else:
            self._show(verdict, verdict.sentence)

    @Slot()
    def _enter(self) -> None:
        """Judge what is typed; once that is right, go on."""
        known = self._verdict is not None and self._verdict.answers and not self._timer.isActive()
        if known:
            self.next_wanted.emit()
        else:
            self.judge_now()

    @Slot()
    def _wait(self) -> None:
        """Judge once nothing is typed for a moment; what is to be guessed, once that is asked for."""
        if self._question is not None and self._question.kept_back:
            self._show(None, JUDGES.format(self._key) if self.field.toPlainText().strip() else "")
        else:
            self._timer.start()
        self._fit()

    def _show(self, verdict: Verdict | None, sentence: str) -> None:
        self._verdict = verdict
        sign, role = UNREAD if verdict is None or is_unfinished(verdict) else SAID.get(verdict.kind, WRONG)
        show_raised(self.said, f"{sign}{sentence}")
        if self.said.property("role") != role:
            self.said.setProperty("role", role)
            self.said.style().polish(self.said)
        findings, notes = ((), ()) if verdict is None else (verdict.findings, verdict.notes)
        notes = (*notes, self._what_follows()) if verdict is not None and verdict.answers else notes
        self.findings.show_findings(findings, notes, self._spelled)
        if self._question is not None and self._question.kept_back:
            self.findings.hide_buttons()  # the mistake's numbers would tell those that are right
        self._fit()
        announce(self.field, sentence)
        self.judged.emit(verdict)

    def _what_follows(self) -> str:
        """Return what a right answer leads to."""
        question = self._question
        is_last = question is not None and question.step is question.tape.steps[-1]
        return LAST if is_last else GOES_ON.format(self._key)

    def _spelled(self, text: str) -> str:
        """Return a sentence with its names in the notation of the window."""
        question = self._question
        return text if question is None else question.script.sentence(text, question.tape.activations)

    # Room

    def set_most(self, height: int) -> None:
        """Take no more height than that."""
        self._most = height
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Be as high as what is said, up to the bound; what is more is scrolled."""
        width = max(self.width() - 2 * SIDE, 200)
        layout = self._told.layout()
        wanted = layout.heightForWidth(width) if layout is not None else 0
        around = self.field.height() + 56
        self._scroll.setFixedHeight(max(LEAST_SAID, min(wanted, self._most - around)))
        self.grown.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no timer behind."""
        super().hideEvent(event)
        self._timer.stop()


def hint(shape: tuple[int, ...]) -> str:
    """Return how an answer of that shape is written."""
    rows, columns = shape
    if rows * columns == 1:
        return "a number: 0.3556, 1/3, 1e−3"
    if rows == 1 or columns == 1:
        return f"{rows * columns} numbers, ? where you leave one open"
    return f"{rows} rows of {columns}, or paste from NumPy"


def is_unfinished(verdict: Verdict) -> bool:
    """Tell whether numbers may still be missing, rather than wrong."""
    return verdict.kind == "shape" and not verdict.findings
