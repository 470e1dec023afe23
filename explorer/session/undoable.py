"""The part of the session that can go back: holds the state, makes changes that can be undone, tells who listens."""

from collections.abc import Callable, Hashable

import numpy as np
from msgspec.structs import replace

from explorer.session.drawing import Drawing, blank
from explorer.session.drawing_commands import DrawingCommand
from explorer.session.edits import Command, edits_drawing
from explorer.session.failing import failure_notice, told_again
from explorer.session.guests import Drawn
from explorer.session.history import History
from explorer.session.lapsing import without_stale
from explorer.session.moment import Moment
from explorer.session.points import PointsCommand
from explorer.session.runs import Runs
from explorer.session.runs_commands import RunsCommand
from explorer.session.showing import at_front, rested, retaped
from explorer.session.state import Lasts, Notice, RunStatus, State, Tone
from explorer.session.undoing import Entry, Undoing

Listener = Callable[[State, State], None]
LARGEST = float(np.finfo(np.float32).max)


class Undoable:
    """A state, its history of measurements, and the changes that led to them.

    Whatever changes numbers begins a run of another id, whose steps are counted on from where the numbers stood: what
    still comes up from the run before is dropped, and training goes on from what is shown.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._listeners: list[Listener] = []
        self._undoing = Undoing()
        self._history_is_kept = False
        self.history = History()

    @property
    def state(self) -> State:
        """The current state."""
        return self._state

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener after each change; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _become(self, state: State) -> None:
        old = self._state
        new = told_again(old, without_stale(old, state), self.history)
        self._state = new
        if old != new:
            for listener in tuple(self._listeners):
                listener(old, new)

    # Changes

    def do(self, command: Command) -> None:
        """Carry a command out; training that runs is paused, and a notice says so, unless it leaves the run alone.

        Where points are drawn, training goes on, with the samples as they are from then on.

        Raises
        ------
        ExplorerError
            If it cannot be carried out; nothing has changed then.
        """
        if isinstance(command, RunsCommand | DrawingCommand) or edits_drawing(command, self._state):
            self._arrange(command)
            return
        goes_on = isinstance(command, PointsCommand)
        before = rested(at_front(self._state) if goes_on else self._state)
        after = command.apply(before)
        if after is before:
            return
        text = command.text(before)
        self._remember(text, command.key(before))
        self._measure(before, after)
        if self._state.run.status is RunStatus.RUNNING and goes_on:
            after = replace(after, run=replace(after.run, status=RunStatus.RUNNING))
        elif self._state.run.status is RunStatus.RUNNING:
            after = replace(after, notice=paused_notice(text))
        self._begin_run(after)

    def _arrange(self, command: Command) -> None:
        """Change the kept runs, or what is drawn, and leave the run as it goes on."""
        before = self._state
        after = command.apply(before)
        if after is before:
            return
        text, key = command.text(before), command.key(before)
        if self._undoing.merges(key):
            self._undoing.merge(text)
        else:
            self._undoing.push(text, key, None, before.runs, before.drawing)
        self._become(after)

    @property
    def undo_text(self) -> str:
        """What the newest change is called; empty where nothing can be undone."""
        return self._undoing.undo_text

    @property
    def redo_text(self) -> str:
        """What the change undone last is called; empty where nothing can be done again."""
        return self._undoing.redo_text

    def undo(self) -> None:
        """Take the newest change back, with all that it had lost; does nothing where there is none."""
        if self.undo_text:
            now = None if self._undoing.undoes_aside else self._moment()
            self._go_to(self._undoing.undo(now, self._state.runs, self._state.drawing))

    def redo(self) -> None:
        """Make the change undone last once more; does nothing where there is none."""
        if self.redo_text:
            now = None if self._undoing.redoes_aside else self._moment()
            self._go_to(self._undoing.redo(now, self._state.runs, self._state.drawing))

    def _go_to(self, entry: Entry) -> None:
        """Show what an entry holds."""
        state = self._state
        if entry.moment is not None:
            self._restore(entry.moment, entry.runs)
            return
        beside = replace(state, runs=entry.runs, notice=failure_notice(state.run, self.history))
        if entry.drawing is state.drawing or (entry.drawing is None and is_untouched(state.drawing)):
            self._become(beside)
        else:
            drawing = blank(state.subject) if entry.drawing is None else entry.drawing
            self._become(retaped(replace(beside, drawing=drawing, guest=Drawn(), walk=None, whole=False)))

    def _remember(self, text: str, key: Hashable = None) -> None:
        """Note that a change is about to be made; one that goes on with the one before goes by its newest name."""
        if self._undoing.merges(key):
            self._undoing.merge(text)
        else:
            self._undoing.push(text, key, self._moment(), self._state.runs, self._state.drawing)

    def _moment(self) -> Moment:
        """Return what the current state is to be restored from."""
        state = at_front(self._state)
        if state.run.status is not RunStatus.RUNNING and state.network_step >= state.run.shown_step:
            self._history_is_kept = True
            return Moment.of(state, self.history)
        return Moment.of(rested(state), self.history.until(state.network_step))

    def _restore(self, moment: Moment, runs: Runs) -> None:
        """Show a moment's numbers, with those kept runs; the place on the tape stays where it has the same steps."""
        old = self._state
        notice = failure_notice(moment.run, moment.history)
        state = replace(moment.onto(old), runs=runs, selected=None, hovered=None, notice=notice, front=None)
        same_steps = old.network.activations == state.network.activations
        position = old.position if same_steps else moment.position
        self.history, self._history_is_kept = moment.history, True
        self._begin_run(retaped(replace(state, position=position, network_step=state.run.step)))

    def _begin_run(self, state: State) -> None:
        run = replace(state.run, id=self._state.run.id + 1)
        self._become(replace(state, run=run, network_step=run.step))

    # The history

    def _own_history(self) -> History:
        """Return the history to write into: a copy of one that something undone may come back to."""
        if self._history_is_kept:
            self.history, self._history_is_kept = self.history.until(self._state.run.step), False
        return self.history

    def _measure(self, before: State, after: State) -> None:
        """Let the history end where the new numbers stand: cut off, or longer by the pass whose update was made."""
        step = min(before.run.step, after.run.step)
        if len(self.history.losses) > step:
            self.history, self._history_is_kept = self.history.until(step), False
        if after.run.step > before.run.step:
            loss = np.clip([before.tape.loss], -LARGEST, LARGEST).astype(np.float32)
            self._own_history().extend(loss)


def is_untouched(drawing: Drawing | None) -> bool:
    """Tell whether nothing was drawn yet, nor said of what will be."""
    return drawing is None or (drawing.is_blank and drawing.fitted and drawing.target is None)


def paused_notice(text: str) -> Notice:
    """Say that a change has paused training, for as long as it is."""
    return Notice(f"Training is paused for a change: {text}.", Tone.INFORMATION, lasts=Lasts.RESTING)
