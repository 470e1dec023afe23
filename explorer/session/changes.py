"""What can be undone: commands, what was there before each, and the way back to it. No Qt."""

from collections.abc import Hashable

from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.session.drawing import Drawing, blank
from explorer.session.drawing_commands import DrawingCommand
from explorer.session.edits import Command, edits_drawing
from explorer.session.failing import failure_notice
from explorer.session.guests import Drawn
from explorer.session.moment import Moment
from explorer.session.notice import Lasts, Notice, Tone
from explorer.session.points import PointsCommand
from explorer.session.present import Present
from explorer.session.run import RunStatus
from explorer.session.runs import Runs
from explorer.session.runs_commands import RunsCommand
from explorer.session.showing import at_front, rested, retaped
from explorer.session.undoing import Entry, Undoing


class Changes:
    """Makes changes, and takes them back.

    Whatever changes numbers begins a run of another id, whose steps are counted on from where the numbers stood: what
    still comes up from the run before is dropped, and training goes on from what is shown.
    """

    def __init__(self, present: Present) -> None:
        self._present = present
        self._undoing = Undoing()

    def do(self, command: Command) -> None:
        """Carry a command out; training that runs is paused, and a notice says so, unless it leaves the run alone.

        Where points are drawn, training goes on, with the samples as they are from then on.

        Raises
        ------
        ExplorerError
            If it cannot be carried out; nothing has changed then.
        """
        now = self._present.state
        if isinstance(command, RunsCommand | DrawingCommand) or edits_drawing(command, now):
            self._arrange(command)
            return
        goes_on = isinstance(command, PointsCommand)
        before = rested(at_front(now) if goes_on else now)
        after = command.apply(before)
        if after is before:
            return
        text = command.text(before)
        self.remember(text, command.key(before))
        self._present.measure(before, after)
        if now.run.status is RunStatus.RUNNING and goes_on:
            after = replace(after, run=replace(after.run, status=RunStatus.RUNNING))
        elif now.run.status is RunStatus.RUNNING:
            after = replace(after, notice=paused_notice(text))
        self._present.begin_run(after)

    def attempt(self, command: Command) -> bool:
        """Carry a command out and return True; where it cannot be, say why in a notice."""
        try:
            self.do(command)
        except ExplorerError as error:
            self._present.tell(Notice(str(error)))
            return False
        return True

    def _arrange(self, command: Command) -> None:
        """Change the kept runs, or what is drawn, and leave the run as it goes on."""
        before = self._present.state
        after = command.apply(before)
        if after is before:
            return
        text, key = command.text(before), command.key(before)
        if self._undoing.merges(key):
            self._undoing.merge(text)
        else:
            self._undoing.push(text, key, None, before.runs, before.drawing)
        self._present.become(after)

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
            now = None if self._undoing.undoes_aside else self.moment()
            self._go_to(self._undoing.undo(now, self._present.state.runs, self._present.state.drawing))

    def redo(self) -> None:
        """Make the change undone last once more; does nothing where there is none."""
        if self.redo_text:
            now = None if self._undoing.redoes_aside else self.moment()
            self._go_to(self._undoing.redo(now, self._present.state.runs, self._present.state.drawing))

    def _go_to(self, entry: Entry) -> None:
        """Show what an entry holds."""
        state = self._present.state
        if entry.moment is not None:
            reopens = entry.moment.document not in (None, state.document)
            self.restore(entry.moment, entry.runs, own_place=reopens)
            return
        beside = replace(state, runs=entry.runs, notice=failure_notice(state.run, self._present.history))
        if entry.drawing is state.drawing or (entry.drawing is None and is_untouched(state.drawing)):
            self._present.become(beside)
        else:
            drawing = blank(state.subject) if entry.drawing is None else entry.drawing
            self._present.become(retaped(replace(beside, drawing=drawing, guest=Drawn(), walk=None, whole=False)))

    def remember(self, text: str, key: Hashable = None) -> None:
        """Note that a change is about to be made; one that goes on with the one before goes by its newest name."""
        if self._undoing.merges(key):
            self._undoing.merge(text)
        else:
            self._undoing.push(text, key, self.moment(), self._present.state.runs, self._present.state.drawing)

    def moment(self) -> Moment:
        """Return what the current state is to be restored from."""
        state = at_front(self._present.state)
        if state.run.status is not RunStatus.RUNNING and state.network_step >= state.run.shown_step:
            return Moment.of(state, self._present.kept_history())
        return Moment.of(rested(state), self._present.history.until(state.network_step))

    def restore(self, moment: Moment, runs: Runs, *, own_place: bool = False) -> None:
        """Show a moment's numbers, with those kept runs.

        The place on the tape stays where it has the same steps, unless the moment's own is wanted.
        """
        old = self._present.state
        notice = failure_notice(moment.run, moment.history)
        state = replace(moment.onto(old), runs=runs, selected=None, hovered=None, notice=notice, front=None)
        self._present.take_history(moment.history)
        shown = retaped(replace(state, position=moment.position, network_step=state.run.step))
        same_steps = old.network.activations == state.network.activations and old.step.id in shown.tape
        if same_steps and not own_place:
            shown = replace(shown, position=shown.tape.index(old.step.id))
        self._present.begin_run(shown)


def is_untouched(drawing: Drawing | None) -> bool:
    """Tell whether nothing was drawn yet, nor said of what will be."""
    return drawing is None or (drawing.is_blank and drawing.fitted and drawing.target is None)


def paused_notice(text: str) -> Notice:
    """Say that a change has paused training, for as long as it is."""
    return Notice(f"Training is paused for a change: {text}.", Tone.INFORMATION, lasts=Lasts.RESTING)
