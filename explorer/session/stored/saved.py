"""All of a session that is worth coming back to, as one frozen value; what could be undone is not among it."""

from msgspec import Struct
from msgspec.structs import replace

from explorer.session.moment import Moment
from explorer.session.passes import pass_of
from explorer.session.runs import Runs
from explorer.session.showing import at_pass, initial_state, retaped
from explorer.session.state import State
from explorer.session.stored.window_view import WindowView
from explorer.tape.entries import Cell
from explorer.tape.notation_shelf import notation
from explorer.tape.orientation import Layout
from explorer.tape.step import Tape


class Saved(Struct, frozen=True, eq=False):
    """A session at rest.

    Attributes
    ----------
    moment
        Its run at the newest pass, with the place on the tape.
    notation, layout
        How everything is written.
    selected
        The chosen cell, as (name, index) on the tape.
    shown_step
        The kept step that is looked back at; None where the newest is shown.
    runs, hidden_runs
        As in ``State``.
    view
        How a window looked at it; None where none did.
    """

    moment: Moment
    notation: str
    layout: Layout
    selected: Cell | None = None
    shown_step: int | None = None
    runs: Runs = ()
    hidden_runs: frozenset[int] = frozenset()
    view: WindowView | None = None

    @classmethod
    def of(cls, state: State, moment: Moment) -> "Saved":
        """Return the session of a state, whose newest pass stands in ``moment``."""
        shown_step = None if state.front is None else state.network_step
        written = state.notation, state.layout
        return cls(moment, *written, state.selected, shown_step, state.runs, state.hidden_runs)

    def state(self, run_id: int) -> State:
        """Return the state that shows it, its run under that id, at the newest pass.

        Raises
        ------
        ExplorerError
            If the notation is unknown, or a pass cannot be recorded.
        """
        moment = self.moment
        fresh = moment.onto(initial_state(moment.subject, moment.settings, run_id))
        run = replace(fresh.run, id=run_id)
        written = replace(fresh, notation=notation(self.notation).name, layout=self.layout)
        kept = replace(written, runs=self.runs, hidden_runs=self.hidden_runs)
        shown = retaped(replace(kept, run=run, network_step=run.step, position=moment.position))
        return replace(shown, selected=self.selected if has_cell(shown.tape, self.selected) else None)

    def looked_back(self, state: State) -> State:
        """Return that state at the step that was looked back at, if it was and the step is kept."""
        kept = self.moment.history.checkpoints
        if self.shown_step is None or self.shown_step not in kept.steps:
            return state
        return retaped(at_pass(state, kept.at(self.shown_step), front=pass_of(state)))


def has_cell(tape: Tape, cell: Cell | None) -> bool:
    """Tell whether a tape has a cell; the index ``()`` is that of a whole array."""
    if cell is None:
        return True
    name, index = cell
    try:
        shape = tape.value(name).shape
    except (KeyError, ValueError):
        return False
    return not index or (len(index) == len(shape) and all(0 <= k < n for k, n in zip(index, shape, strict=True)))
