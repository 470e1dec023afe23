"""How a puzzle goes: a mistake is hidden, a guess is judged, the mistake is revealed; nothing else tells of it."""

from PySide6.QtCore import QObject, Slot

from explorer.engine.errors import ExplorerError
from explorer.graph.announcing import announce
from explorer.lessons.lab import Choice
from explorer.lessons.puzzle import Guess, fresh_puzzle, hidden, judged
from explorer.panels.lab.puzzle_bar import PuzzleBar, PuzzleStart
from explorer.session import Notice, Session, State, shown_problem
from explorer.session.puzzles import Hide, Reveal


class PuzzlePlay(QObject):
    """Stands between the session and the lab's parts of the game."""

    def __init__(self, session: Session, start: PuzzleStart, bar: PuzzleBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._start, self.bar = session, start, bar
        self._last = ""
        start.drawn.connect(self.hide_any)
        start.wanted.connect(self.hide_one)
        bar.given_up.connect(self.reveal)

    @Slot()
    def hide_any(self) -> None:
        """Make a mistake at random, but not the last one again."""
        state = self._session.state
        try:
            puzzle = fresh_puzzle(state.subject.problem, shown_problem(state), self._last)
        except ExplorerError as error:
            self._session.tell(Notice(str(error)))
        else:
            self.hide_one(puzzle)

    @Slot(int)
    def hide_one(self, puzzle: int) -> None:
        """Make the mistake of that puzzle and name it to nobody; undo takes it back."""
        state = self._session.state
        try:
            name = hidden(state.subject.problem, shown_problem(state), puzzle)
            self._session.do(Hide(name, puzzle))
        except ExplorerError as error:
            self._session.tell(Notice(str(error)))
        else:
            self._last = name
            self.bar.words.setText(task_words(puzzle))
            announce(self.bar, self.bar.words.text())

    @Slot()
    def reveal(self) -> None:
        """Name the mistake from now on."""
        self._session.do(Reveal())

    def guess(self, choice: Choice | None) -> None:
        """Judge a chosen mistake, and the current step as the first wrong one."""
        state = self._session.state
        if choice is not None:
            guess = judged(shown_problem(state), state.step.id, choice.mistake.name)
            self.bar.words.setText(guess_words(state, choice, guess))
            announce(self.bar, self.bar.words.text())

    def show_state(self, state: State) -> None:
        """Show the parts of the game that belong to the state."""
        puzzle = state.subject.problem.puzzle
        self.bar.setVisible(bool(puzzle))
        if puzzle and self._start.number.value() != puzzle:
            self.bar.words.setText(task_words(puzzle))
        self._start.number.setValue(puzzle)


def task_words(puzzle: int) -> str:
    """Return what is to be done."""
    return (
        f"Puzzle {puzzle}: one of these mistakes is made in the shown pass. Go to the first wrong step, "
        "choose the mistake in the list, and name it (Return)."
    )


def guess_words(state: State, choice: Choice, guess: Guess) -> str:
    """Return what became of a guess."""
    step, title = state.script.text(state.step.id, state.tape.activations), choice.mistake.title
    if guess.step_right and guess.name_right:
        return f"Right: {title}, and {step} is the first wrong step."
    if guess.name_right:
        return f"Right, {title}; but {step} is not the first wrong step."
    if guess.step_right:
        return f"Right, {step} is the first wrong step; but the mistake is not: {title}."
    return f"Neither: {step} is not the first wrong step, and the mistake is not: {title}."
