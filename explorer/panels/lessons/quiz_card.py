"""A question of a page: a field or choices, judged on Enter; a hint, the answer, the same with other numbers."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from explorer.engine.errors import ExplorerError
from explorer.graph.announcing import announce
from explorer.lessons.lesson import Prose, Question
from explorer.lessons.quiz import Posed, judge, pose, posed_anew
from explorer.panels.labelled import labelled
from explorer.panels.lessons.prose import as_page, plain
from explorer.panels.theme import LIGHT, Palette

PLACEHOLDERS = {
    "number": "a number",
    "vector": "numbers, such as 0.1, −0.2",
    "matrix": "rows, apart by semicolons",
    "shape": "a shape, such as 2 × 3",
}
SIDE = 12
ANSWERED = " · ✓ answered"


class QuizCard(QFrame):
    """Asks one question.

    Parameters
    ----------
    number
        Its place on the page, from 1.

    Signals
    -------
    answered
        It was answered right, by whoever asked for no answer.
    """

    answered = Signal()

    def __init__(self, question: Question, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("soft", True)
        self._number, self._look, self._was_shown, self._is_done = number, LIGHT, False, False
        self.posed: Posed = pose(question)
        self.title = labelled("", "section")
        self.ask, self.verdict, self.more = QLabel(), labelled("", "good"), QLabel()
        for label in (self.ask, self.verdict, self.more):
            label.setWordWrap(True)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(PLACEHOLDERS.get(question.kind, ""))
        self.field.returnPressed.connect(self.check)
        self.choices = [self._button(text, f"Answer: {text}", self._choose) for text in question.choices]
        self.judged = self._button("Check", "Judge the answer (Enter)", self.check)
        self.hint = self._button("Hint", "Help before the answer", self._tell_hint)
        self.shown = self._button("Show", "Tell the answer, and why", self._tell_answer)
        self.another = self._button("Another one", "Ask the same with other numbers", self._ask_another)
        self._arrange()
        self._show_posed()

    def _button(self, text: str, tip: str, command: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.clicked.connect(command)
        return button

    def _arrange(self) -> None:
        question = self.posed.question
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 10, SIDE, SIDE)
        column.setSpacing(8)
        for button in (*self.choices, self.judged):
            button.setProperty("answer", True)
        column.addWidget(self.title)
        column.addWidget(self.ask)
        for choice in self.choices:
            column.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(6)
        for widget, stretch in ((self.field, 1), (self.judged, 0)):
            row.addWidget(widget, stretch)
            widget.setHidden(bool(self.choices))
        column.addLayout(row)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        for button, is_there in (
            (self.hint, bool(question.hint)),
            (self.shown, True),
            (self.another, bool(question.another)),
        ):
            button.setProperty("quiet", True)
            foot.addWidget(button)
            button.setVisible(is_there)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addWidget(self.verdict)
        column.addWidget(self.more)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._look = palette
        self._write(self.ask, self.posed.text)
        self._write(self.more, self.more.property("markup") or "")

    def _write(self, label: QLabel, markup: str) -> None:
        label.setProperty("markup", markup)
        label.setText(as_page(Prose((markup,)), self._look) if markup else "")
        label.setAccessibleName(plain(markup))
        label.setVisible(bool(markup))

    def _show_posed(self) -> None:
        self._show_title()
        self._write(self.ask, self.posed.text)
        self.field.setAccessibleName(f"Answer to question {self._number}: {plain(self.posed.text)}")
        for button in (self.judged, self.hint, self.shown, self.another):
            button.setAccessibleName(f"{button.text()}, question {self._number}")
        self._say("", right=False)
        self._write(self.more, "")

    def show_done(self, *, done: bool) -> None:
        """Mark the question as answered, now or in a session before; or no longer."""
        self._is_done = done
        self._show_title()

    def _show_title(self) -> None:
        seed = self.posed.seed
        numbers = "" if seed is None else f" · numbers of seed {seed}"
        self.title.setText(f"Question {self._number}{numbers}{ANSWERED * self._is_done}")

    def _say(self, sentence: str, *, right: bool) -> None:
        """Tell what is thought of an answer."""
        role = "good" if right else "bad"
        if self.verdict.property("role") != role:
            self.verdict.setProperty("role", role)
            self.verdict.style().polish(self.verdict)
        self.verdict.setText(sentence)
        self.verdict.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    @Slot()
    def check(self) -> None:
        """Judge what was typed."""
        if self.field.text().strip():
            self._judge(self.field.text())
        else:
            self._say("Nothing is typed yet.", right=False)

    @Slot()
    def _choose(self) -> None:
        chosen = self.sender()
        if isinstance(chosen, QPushButton):
            self._judge(str(self.choices.index(chosen)))

    def _judge(self, text: str) -> None:
        try:
            verdict = judge(self.posed, text)
        except ExplorerError as error:
            self._say(str(error), right=False)
            return
        self._say(verdict.sentence, right=verdict.right)
        if verdict.right:
            self._write(self.more, self.posed.why)
            if not self._was_shown:
                self.answered.emit()

    @Slot()
    def _tell_hint(self) -> None:
        self._write(self.more, self.posed.hint)
        announce(self, plain(self.posed.hint))

    @Slot()
    def _tell_answer(self) -> None:
        self._was_shown = True
        self._say(f"It is {self.posed.shown_answer}.", right=True)
        self._write(self.more, self.posed.why)

    @Slot()
    def _ask_another(self) -> None:
        self._was_shown = False
        self.posed = posed_anew(self.posed)
        self.field.clear()
        self._show_posed()
        if not self.choices:
            self.field.setFocus()
