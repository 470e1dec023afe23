"""The card of the current step: it shows what the session is at, and tells the session what a person points at."""

from PySide6.QtCore import QElapsedTimer, QSignalBlocker, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from explorer.graph.announcing import announce
from explorer.graph.motion import Motion
from explorer.graph.typeset import Typesetter
from explorer.panels.step.blocks import equation_of
from explorer.panels.step.focus import cells_of_entry, entry_in_focus
from explorer.panels.step.masks import mask_words
from explorer.panels.step.pictures import pictured
from explorer.panels.step.step_card import StepCard
from explorer.panels.step.step_words import WordsKept, is_streaming, words_of
from explorer.session import Session, State, Temperature, shown_problem
from explorer.session.columns import cell_told
from explorer.session.guessing import is_kept_back, known
from explorer.tape.operations import OPERATIONS
from explorer.tape.orientation import PRODUCTS

CHAIN_TITLES = {"forward": "Chain ahead", "backward": "Chain so far", "update": "The chain"}
FOLLOW_MS, NUMBERS_MS = 24, 480
"""After the drawing the card follows a training network, and less often: nobody reads numbers that change faster."""


class StepPanel(StepCard):
    """Shows the session's current step; pointing and choosing go to the session.

    Parameters
    ----------
    session
        What is shown; subscribed to until the panel is destroyed.
    typesetter
        Typesets the formulas.
    motion
        Lets a product fill in when its step is entered forward; none without it.

    Signals
    -------
    grown
        There are widgets that Tab does not know yet.
    """

    grown = Signal()

    def __init__(
        self, session: Session, typesetter: Typesetter, motion: Motion | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, typesetter, parent)
        self._session, self._motion = session, motion
        self._shown: State | None = None
        self._words = WordsKept()
        self._followed = QElapsedTimer()
        self._followed.start()
        self._follow = QTimer(self, singleShot=True)
        self._follow.timeout.connect(self.follow)
        self._connect()
        self.show_state(None, session.state)
        unsubscribe = session.subscribe(self.show_state)
        self.destroyed.connect(unsubscribe)

    def _connect(self) -> None:
        self.equation.cell_hovered.connect(self._session.hover)
        self.equation.cell_clicked.connect(self._session.select)
        for part in (self.equation, self.memory.equation, self.jacobian.equation, self.chain):
            part.grown.connect(self.grown)
        self.formula.symbol_hovered.connect(self._hover_whole)
        self.entry.cell_hovered.connect(self._session.hover)
        self.entry.line.told = lambda cell: cell_told(self._session.state, cell)
        for card in (self.equation, self.memory.equation, self.jacobian, self.check, self.nudge):
            self.entry.digits_chosen.connect(card.set_digits)
        self.entry.digits_chosen.connect(self.rounded.look)
        self.entry.grown.connect(self._make_room)
        self.switch.jacobian_wanted.connect(self.show_jacobian)
        self.check.nudge_wanted.toggled.connect(self._show_nudge)
        self.check.nudge_wanted.toggled.connect(self._reveal_nudge)
        self.chain.step_chosen.connect(self._session.go_to_step)
        self.temperature.chosen.connect(self._set_temperature)

    @Slot(float)
    def _set_temperature(self, beta: float) -> None:
        self._session.do(Temperature(beta))

    @Slot()
    def _show_nudge(self) -> None:
        """Nudge the entry in focus, if that is wanted."""
        state, wanted = self._session.state, self.check.nudge_wanted.isChecked()
        index, quantity = entry_in_focus(state), state.step.id.removeprefix("dJ/d")
        name = state.script.text(quantity, state.tape.activations) + state.script.place(quantity, index)
        self.nudge.show_entry(state, index, name, wanted=wanted and not is_kept_back(state))

    @Slot(bool)
    def _reveal_nudge(self, wanted: bool) -> None:
        self._scroll.reveal(self.nudge if wanted else self.check)

    @Slot(object)
    def _hover_whole(self, name: str | None) -> None:
        """Point at a whole array, or at none."""
        self._session.hover(None if name is None else (name, ()))

    @Slot(bool)
    def show_jacobian(self, shown: bool) -> None:
        """Show the step as full Jacobians, too, or the collapsed form alone."""
        self.switch.show_form(jacobian=shown)
        self.jacobian.setVisible(shown)
        self.entry.setVisible(not shown and not self.answers)  # both forms need its room
        if shown:
            self.jacobian.show_step(self._session.state)
            self._scroll.reveal(self.jacobian)

    def show_state(self, old: State | None, new: State) -> None:
        """Show what differs between two states; everything where there is no old one.

        Numbers that stream in while a network trains are shown a moment later: the drawing has its turn before.
        """
        self.editing.show_state(old, new)
        if self._shown is not None and is_streaming(self._shown, new):
            if self._shown.tape is not new.tape and not self._follow.isActive():
                self._follow.start(max(FOLLOW_MS, NUMBERS_MS - self._followed.elapsed()))
            return
        self._bring_up_to_date(new)
        forward = old is not None and old.tape is new.tape and new.position == old.position + 1
        if forward and self._motion is not None and OPERATIONS[new.step.operation].picture in PRODUCTS:
            self._motion.play("step_panel", self.equation.fill)

    @Slot()
    def follow(self) -> None:
        """Show the numbers that have streamed in."""
        self._bring_up_to_date(self._session.state)

    def _bring_up_to_date(self, new: State) -> None:
        old, self._shown = self._shown, new
        self._follow.stop()
        self._followed.restart()
        if old is None or seen_of(old) != seen_of(new):
            self._show_entry(new)
            self._show_step(old, new)
        elif (old.selected, old.hovered, old.run.status) == (new.selected, new.hovered, new.run.status):
            return
        else:
            self._show_entry(new)
            self.equation.set_room(min(self._room(), self.equation.room))
        self._show_focus(new)

    def _show_entry(self, state: State) -> None:
        """Show the entry in numbers: before the matrices, which take the room that it leaves."""
        with QSignalBlocker(self.entry):
            self.entry.show_entry(state.tape, state.step, entry_in_focus(state), shown_problem(state), state.script)

    def _show_step(self, old: State | None, state: State) -> None:
        script, step = state.script, state.step
        if old is not None and old.step.id != step.id:
            self._scroll.to_top()
        if old is None or words_of(old) != words_of(state):
            self._show_words(state)
        self.minibatch.show_state(state)
        self.temperature.show_state(state)
        problem = shown_problem(state)
        hollow = is_kept_back(state)
        blocks = equation_of(state.tape, state.position, problem, script, state.row, hollow=hollow)
        same = old is not None and old.step.id == step.id
        room = min(self._room(), self.equation.room) if same else self._room()
        self.equation.set_equation(pictured(blocks, step, state.tape, problem), room)
        self.rounded.show_step(step, problem)
        self.memory.show_state(state)
        self.memory.setVisible(not hollow and not self.memory.isHidden())
        self.off.setText("" if hollow else mask_words(step, state.tape))
        self.off.setVisible(bool(self.off.text()))
        if not self.jacobian.isHidden():
            self.jacobian.show_step(state)
        self.chain.show_pass(state.tape, known(state), script)

    def _show_words(self, state: State) -> None:
        words = self._words.of(state)
        self._head.show_words(words.title, words.sentence)
        self.chain_title.setText(CHAIN_TITLES[state.step.phase])
        self.symbol.set_latex(words.symbol)
        self.formula.set_formula(words.formula, words.names)
        self.formula.set_aloud(words.aloud)
        self.setAccessibleName(f"{words.aloud}. {words.text}")
        announce(self, words.aloud)

    def _show_focus(self, state: State) -> None:
        """Light the entry in focus, in the matrices and in numbers."""
        index = entry_in_focus(state)
        self.equation.highlight(cells_of_entry(state, index))
        self.equation.point_at(state.hovered or state.selected)
        self.memory.light(state, index)
        self.entry.light(state.hovered)
        self.entry.cell.show_cell(state, index)
        meant = state.hovered or state.selected
        self.formula.light(meant[0] if meant else None)
        self.check.show_entry(state, index)
        self.check.keep_back(kept=is_kept_back(state))
        self._show_nudge()
        self._check_rule.setVisible(not self.check.isHidden())


def seen_of(state: State) -> tuple[object, ...]:
    """Return what the card's matrices depend on."""
    return state.tape, state.position, state.row, state.script, known(state)
