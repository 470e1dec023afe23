"""What the window does with a person's own answers: asks for the shown step, marks what differs, shows a mistake."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from explorer.panels import answer
from explorer.panels.closing import show_closable
from explorer.panels.focus_order import focus_within
from explorer.session import Lasts, Mistakes, Notice, RunStatus, State, Tone, shown_problem
from explorer.session.guessing import is_kept_back
from explorer.session.tally import Tally

if TYPE_CHECKING:
    from explorer.lessons.answers import Verdict
    from explorer.panels.answer.answer_card import AnswerCard
    from explorer.panels.main_window import MainWindow

OTHERS = {
    "chain_view": "the chain view",
    "jacobian_view": "the Jacobian view",
    "enlarge_picture": "the large picture",
    "mistake_lab": "the mistake lab",
}
"""Actions that show something in place of the card, or numbers that are to be guessed; what they show, in words."""
ENDED = "Guess first has ended, for {} shows the numbers: Shift+A keeps them back again."
MOST_MARKED = 4000
"""Cells that are marked at most: of more, all are wrong."""


class AnswerActions(QObject):
    """Stands between the session, the card of the step and the card of the answer.

    Attributes
    ----------
    card
        None until it is first asked for.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self.card: AnswerCard | None = None
        self._texts: dict[str, tuple[int, str]] = {}
        self._tape, self._tapes = window.session.state.tape, 0
        self._closing = False
        self._asked: tuple[object, ...] = ()
        self._document = window.session.state.document
        self._tally = Tally()
        window.action("check_answer").toggled.connect(self._toggle)
        window.action("guess_first").toggled.connect(self._guess)
        window.action("show_result").triggered.connect(self._session.see_step)
        window.action("show_result").setEnabled(False)
        for name, words in OTHERS.items():
            window.action(name).toggled.connect(partial(self._give_way, words))
        window.step_panel.entry.answer_wanted.connect(window.action("check_answer").toggle)
        unsubscribe = self._session.subscribe(self._state_changed)
        self.destroyed.connect(unsubscribe)

    @property
    def is_open(self) -> bool:
        """Whether the card is open."""
        return self.card is not None and not self.card.isHidden()

    @Slot()
    def close(self) -> None:
        """Close the card."""
        self._closing = True
        self._window.action("check_answer").setChecked(False)
        self._closing = False

    def _give_way(self, words: str, wanted: bool) -> None:
        """Close the card for what takes its place, or would show the numbers: whoever guesses first is told so."""
        if not wanted:
            return
        if self._session.state.guessing is not None:
            self._session.tell(Notice(ENDED.format(words), Tone.INFORMATION, lasts=Lasts.READ))
        self.close()

    @Slot(bool)
    def _toggle(self, wanted: bool) -> None:
        window = self._window
        if self.card is not None and self.is_open and not wanted and not self._closing and not focus_within(self.card):
            window.action("check_answer").setChecked(True)  # the key brings a person back to what is typed
        elif wanted:
            for name in OTHERS:
                window.action(name).setChecked(False)
            card = self._made()
            if not self.is_open:
                window.step_panel.show_answer(shown=True)
                self._asked = ()
                self._ask(self._session.state)
            card.field.setFocus()
        elif self.card is not None:
            had_keys = focus_within(self.card)
            window.action("guess_first").setChecked(False)
            window.step_panel.show_answer(shown=False)
            window.step_panel.mark(())
            if had_keys:
                window.take_keys()
        show_closable(window)

    @Slot(bool)
    def _guess(self, wanted: bool) -> None:
        """Keep the numbers back until they are answered, which needs the card; or show them all."""
        if wanted:
            self._window.action("check_answer").setChecked(True)
        self._tally = Tally()
        self._session.guess_first(wanted=wanted)
        if self.card is not None:
            self.card.show_tally("")

    def _made(self) -> "AnswerCard":
        if self.card is None:
            card = self.card = answer.AnswerCard()
            card.judged.connect(self._show_verdict)
            card.close_wanted.connect(self.close)
            card.show_wanted.connect(self._session.see_step)
            card.next_wanted.connect(self._go_on)
            card.mistake_wanted.connect(self._make_mistake)
            card.field.textChanged.connect(self._keep_text)
            self._window.step_panel.hold_answer(card)
            self._window.order_tabs()
        return self.card

    def _state_changed(self, _old: State, new: State) -> None:
        """Follow the session; what was answered belongs to what was opened."""
        if new.document != self._document:
            self._document = new.document
            self._texts.clear()
        if new.tape is not self._tape:
            self._tape, self._tapes = new.tape, self._tapes + 1
        if new.guessing is None:
            self._window.action("guess_first").setChecked(False)
        self._window.action("show_result").setEnabled(is_kept_back(new))
        if self.is_open:
            self._ask(new)

    def _ask(self, state: State) -> None:
        """Ask for the current step; while a network trains, its numbers change too fast to be answered."""
        asked = state.tape, state.step.id, state.script, is_kept_back(state)
        if self.card is None or asked == self._asked or (self._asked and state.run.status is RunStatus.RUNNING):
            return
        self._asked = asked
        problem, pool = shown_problem(state), state.subject.problem
        typed_in, text = self._texts.get(state.step.id, (0, ""))
        if state.guessing is not None and typed_in != self._tapes:
            text = ""  # the answer to another pass is none to this one
        question = answer.Question(problem, state.tape, state.step.id, state.script, pool, kept_back=asked[-1])
        self.card.ask(question, text)

    @Slot()
    def _keep_text(self) -> None:
        if self.card is not None and self._asked:
            self._texts[str(self._asked[1])] = self._tapes, self.card.field.toPlainText()

    def _show_verdict(self, verdict: "Verdict | None") -> None:
        """Mark the entries that differ in the matrix of the card."""
        wrong = () if verdict is None else verdict.wrong
        self._window.step_panel.mark(wrong[:MOST_MARKED])
        state = self._session.state
        if self.card is None or verdict is None or not verdict.counts or not is_kept_back(state):
            return
        self._tally.count(state, right=verdict.answers)
        self.card.show_tally(self._tally.text)
        if verdict.answers:
            self._session.see_step()

    @Slot()
    def _go_on(self) -> None:
        """Ask for the next step."""
        self._session.go_to(self._session.state.position + 1)

    @Slot(str)
    def _make_mistake(self, name: str) -> None:
        """Let the pass make that mistake too."""
        made = self._session.state.subject.problem.mistakes
        self._session.attempt(Mistakes((*made, name)))
