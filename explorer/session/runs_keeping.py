"""The part of the session that keeps runs: as a person asks, quietly where a new run begins, and to be shown again."""

from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.session.changes import Changes
from explorer.session.notice import Lasts, Notice, Tone
from explorer.session.present import Present
from explorer.session.runs import MOST_WORDS, Runs, fitting, gone_words, named, with_moments
from explorer.session.runs_commands import AskedFor, KeepRuns
from explorer.session.showing import at_front
from explorer.session.state import State
from explorer.session.subject import Subject

FEWEST_STEPS = 2
"""Updates from which on a run is kept quietly: fewer are no curve."""


class Keeping:
    """Keeps runs. What is kept shares its arrays with what was shown, and is never written."""

    def __init__(self, present: Present, changes: Changes) -> None:
        self._present, self._changes = present, changes

    def keep_run(self, name: str = "") -> str:
        """Keep the run as it stands, under that name or a number, and return its name; training that runs goes on.

        Raises
        ------
        ExplorerError
            If it has made no update, or no more can be kept.
        """
        moment = self._changes.moment()
        if not moment.run.step:
            raise ExplorerError("there is no run to keep yet: train first")
        kept = next((run for run in self._present.state.runs if run.stands_at(moment)), None)
        if kept is not None and not kept.quiet:
            raise ExplorerError(f"this run is kept already, as {kept.name}: train on, then keep it again")
        self._changes.do(KeepRuns(((name, moment),)) if kept is None else AskedFor(kept.id))
        return next(run.name for run in self._present.state.runs if run.stands_at(moment))

    def show_run(self, run_id: int) -> None:
        """Show a kept run again, as it stood: training goes on from there; undoing that brings the shown one back.

        Raises
        ------
        ExplorerError
            If it is not kept.
        """
        before = self._present.state
        run = named(before.runs, run_id)
        if self.shown_run() != run_id:
            self._changes.remember(f"showing {run.name}")
            self._changes.restore(run.moment, self.with_this_run(shown=run_id))
            self.tell_who_went(before)

    def shown_run(self) -> int | None:
        """Return the id of the kept run at which the shown one stands; None where it is none of them."""
        state = at_front(self._present.state)
        same = (
            run for run in state.runs if run.moment.network is state.network and run.moment.run.step == state.run.step
        )
        return next((run.id for run in same), None)

    def show_curves(self, run_id: int, *, visible: bool) -> None:
        """Draw a kept run's curves behind those of the shown one, or leave them out."""
        hidden = self._present.state.hidden_runs
        hidden = hidden - {run_id} if visible else hidden | {run_id}
        self._present.change(hidden_runs=hidden)

    def with_this_run(self, coming: Subject | None = None, shown: int | None = None) -> Runs:
        """Return the kept runs with the one that is about to be left, if it is worth it and fits.

        Parameters
        ----------
        coming
            The subject that the window shows from then on, where that is another one.
        shown
            The id of the kept run that the window shows from then on, where it is one.
        """
        state, moment = self._present.state, self._changes.moment()
        if moment.run.step < FEWEST_STEPS or any(run.stands_at(moment) for run in state.runs):
            return state.runs
        try:
            runs = with_moments(state.runs, (("", moment),), state.hidden_runs, quiet=True)
            return fitting(runs, coming or state.subject, shown)
        except ExplorerError:
            return state.runs

    def tell_who_went(self, before: State) -> None:
        """Say, after what is said anyway, which kept runs gave way to the one that was left, or that it is not kept."""
        notice, runs = self._present.state.notice, self._present.state.runs
        words, left = gone_words(before.runs, runs), at_front(before).network_step
        if not words and left >= FEWEST_STEPS and not kept_as(before, runs):
            words = f"The run before is not kept, for {MOST_WORDS} are the most; undo brings it back."
        if words:
            told = Notice(words, Tone.INFORMATION, lasts=Lasts.READ)
            both = told if notice is None else replace(notice, text=f"{notice.text} {words}")
            self._present.change(notice=both)


def kept_as(state: State, runs: Runs) -> str:
    """Return the name under which the newest pass of the state's run is kept; empty where it is not."""
    network = at_front(state).network
    return next((run.name for run in reversed(runs) if run.moment.network is network), "")
