"""The mistake lab: a sheet over the drawing, beside the steps and the card, which are to be seen while they change."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from explorer.graph.announcing import announce
from explorer.graph.typeset import Typesetter
from explorer.lessons.effects import Effect, effect_of
from explorer.lessons.lab import choices
from explorer.lessons.lab_check import Checked, verdict_of
from explorer.panels.lab.lab_card import TRAIN, LabCard
from explorer.panels.lab.lab_words import right_words, verdict_words, wrong_words
from explorer.panels.lab.puzzle_play import PuzzlePlay
from explorer.panels.step.step_words import is_streaming
from explorer.session import Mistakes, RunStatus, Session, State, shown_problem

REST_MS, STREAMING_MS = 120, 400
"""After a change the check waits until nothing more happens; numbers that stream in are looked at now and then."""
STOP = "Stop training"


class LabSheet(LabCard):
    """Lists the mistakes, and shows what those that are on do to the shown pass.

    Parameters
    ----------
    covered
        What it lies over.
    parent
        Holds both.

    Signals
    -------
    training_wanted
        A person wants both to be trained, with and without.
    """

    training_wanted = Signal()

    def __init__(self, session: Session, typesetter: Typesetter, covered: Sequence[QWidget], parent: QWidget) -> None:
        super().__init__(typesetter, covered, parent)
        self._session = session
        self._effect: Effect | None = None
        self._verdict: Checked | None = None
        self._check = QTimer(self, interval=REST_MS, singleShot=True)
        self._check.timeout.connect(self.check_now)
        self._follow = QTimer(self, interval=STREAMING_MS, singleShot=True)
        self._follow.timeout.connect(self.follow)
        self.play = PuzzlePlay(session, self.start, self.bar, self)
        self._connect()

    def _connect(self) -> None:
        self.model.switched.connect(self.switch)
        self.list.chosen.connect(self._tell_line)
        self.list.followed.connect(self.go_to_first_change)
        self.go.clicked.connect(self._go_to_first_wrong)
        self.train.clicked.connect(self.training_wanted)
        self.none.clicked.connect(self._switch_off)
        self.bar.guessed.connect(self.go_to_first_change)
        unsubscribe = self._session.subscribe(self.show_state)
        self.destroyed.connect(unsubscribe)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no timer behind."""
        super().hideEvent(event)
        self._check.stop()
        self._follow.stop()

    @Slot()
    def open_sheet(self) -> None:
        """Lay it over what it covers, with the pass as it is now, and take the keys."""
        super().open_sheet()
        self._show_mistakes(self._session.state)
        self.follow()
        self.take_keys()

    # What a person asks for

    @Slot(str, bool)
    def switch(self, name: str, wanted: bool) -> None:
        """Make a mistake from now on, or make it no more, which undo takes back; in a puzzle, name it."""
        if self._is_quiet:
            self.play.guess(self.list.choice)
            return
        made = self._session.state.subject.problem.mistakes
        others = tuple(other for other in made if other != name)
        self._session.attempt(Mistakes((*others, name) if wanted else others))

    @Slot()
    def _switch_off(self) -> None:
        self._session.attempt(Mistakes(()))

    @Slot()
    def go_to_first_change(self) -> None:
        """Show the first step that differs from the right pass; in a puzzle, judge the guess."""
        if self._is_quiet:
            self.play.guess(self.list.choice)
        elif self._effect is not None and self._effect.first:
            self._session.go_to_step(self._effect.first)

    @Slot()
    def _go_to_first_wrong(self) -> None:
        if self._verdict is not None:
            self._session.go_to_step(self._verdict.first)

    # What is shown

    def show_state(self, old: State, new: State) -> None:
        """Follow the session while it is open; numbers that stream in less often."""
        if not self.is_open:
            return
        if old.subject is not new.subject or old.tape.samples != new.tape.samples:
            self._show_mistakes(new)
        if is_streaming(old, new):
            if not self._follow.isActive():
                self._follow.start()
        elif seen_of(old) != seen_of(new):
            self.follow()

    @property
    def _is_quiet(self) -> bool:
        """Whether the mistake is to be found."""
        return bool(self._session.state.subject.problem.puzzle)

    def _show_mistakes(self, state: State) -> None:
        """List the mistakes; in a puzzle, as if none were made."""
        problem = state.subject.problem
        listed = replace(problem, mistakes=()) if problem.puzzle else problem
        self.model.show_choices(choices(listed, shown_problem(state)))
        self.play.show_state(state)
        self.list.take_line()
        self._tell_line()
        self.trained.clear()

    @Slot()
    def _tell_line(self) -> None:
        """Say of the chosen mistake what is wrong and what is right."""
        choice = self.list.choice
        self.wrong.setText(wrong_words(choice, told=not self._is_quiet))
        self.right.setText(right_words(choice))

    @Slot()
    def follow(self) -> None:
        """Show the current step in both passes; the check follows."""
        state = self._session.state
        if self._effect is None or self._effect.wrong is not state.tape:
            self._effect, self._verdict = effect_of(shown_problem(state), state.tape), None
            if not self._is_quiet:
                self._check.start()
        self._show_effect(state, self._effect)

    def _show_effect(self, state: State, effect: Effect) -> None:
        on = bool(state.subject.problem.mistakes)
        self.show_parts(on=on, quiet=self._is_quiet)
        self.contrast.show_step(state, effect)
        self.train.setEnabled(on or self.train.text() == STOP)
        self.none.setEnabled(on)
        self._show_verdict(state)

    @Slot()
    def check_now(self) -> None:
        """Let the gradient check judge the pass; not while a network trains."""
        self._check.stop()
        state = self._session.state
        if self.is_open and not self._is_quiet and state.run.status is not RunStatus.RUNNING:
            self._verdict = verdict_of(shown_problem(state))
            self._show_verdict(state)
            announce(self, self.verdict.text())

    def _show_verdict(self, state: State) -> None:
        verdict = self._verdict
        self.verdict.setText(verdict_words(state, self._effect, verdict))
        first = "" if verdict is None else verdict.first
        self.go.setVisible(bool(first))
        if first:
            self.go.setText(f"Go to {state.script.text(first, state.tape.activations)}")
        self.make_room()
        self.column.activate()  # the button is as wide as its words from the first moment it is seen

    def show_training(self, share: float | None) -> None:
        """Show how far a comparison is, which can be ended; None: none goes on."""
        self.train.setText(TRAIN if share is None else STOP)
        self.train.setEnabled(share is not None or bool(self._session.state.subject.problem.mistakes))
        if share is not None:
            self.tell_training(f"Training: {share:.0%}")

    def tell_training(self, words: str) -> None:
        """Say what training came to."""
        self.trained.setText(words)
        self.make_room()


def seen_of(state: State) -> tuple[object, ...]:
    """Return what the sheet depends on."""
    return id(state.tape), state.position, state.row, state.script, state.run.status
