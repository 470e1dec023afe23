"""Time travel: an earlier step of the run is looked at, and training goes on from there if a person wants. No Qt."""

from msgspec.structs import replace

from explorer.session.changes import Changes
from explorer.session.divergence import last_good
from explorer.session.failing import remedy_notice
from explorer.session.notice import Lasts, Notice, Tone
from explorer.session.passes import pass_of
from explorer.session.present import Present
from explorer.session.run import RunStatus
from explorer.session.runs_keeping import Keeping, kept_as
from explorer.session.showing import at_front, at_pass, rested, retaped
from explorer.session.state import State


class Travelling:
    """Looks back. While it does, training may go on: what comes up waits at the front."""

    def __init__(self, present: Present, changes: Changes, keeping: Keeping) -> None:
        self._present, self._changes, self._keeping = present, changes, keeping

    def look_at(self, step: int) -> None:
        """Show the newest kept step that is not after that one, the pass included; the last is the front itself."""
        state = self._present.state
        if not len(self._present.history.checkpoints):
            return
        front = state.front or pass_of(state)
        kept = self._present.history.checkpoints.at(step)
        if kept.step >= front.step:
            self.look_at_front()
        elif kept.network is not state.network:
            self._present.become(retaped(replace(at_pass(state, kept, front=front), selected=None, hovered=None)))

    def look_at_front(self) -> None:
        """Show the newest step again, and follow the training."""
        if self._present.state.front is not None:
            self._present.become(retaped(at_front(self._present.state)))

    def look_by(self, places: int) -> None:
        """Show the kept step so many places on, or back where negative."""
        kept = self._present.history.checkpoints
        if len(kept):
            here = kept.steps.index(kept.at(self._present.state.network_step).step)
            self.look_at(kept.steps[min(max(here + places, 0), len(kept) - 1)])

    def back_to_good(self) -> None:
        """Of a run that diverged, let another begin at the kept step with the lowest loss; undo takes that back."""
        good, state = last_good(self._present.history), self._present.state
        if good is not None and state.run.status is RunStatus.FAILED:
            self._present.become(at_pass(state, good, front=state.front or pass_of(state)))
            self.continue_here()

    def continue_here(self) -> None:
        """Let a run begin with what was measured up to the shown step; undoing that brings all the rest back.

        The run that is left is kept, and its curves stay behind those of the new one. From the end of one that
        diverged nothing can go on: it begins at the kept step with the lowest loss.
        """
        before = self._present.state
        if before.front is None:
            self.back_to_good()
            return
        failed = before.run.status is RunStatus.FAILED
        self._changes.remember(f"continuing from step {before.network_step:,}")
        state = replace(rested(before), runs=self._keeping.with_this_run())
        self._present.measure(state, state)
        self._present.begin_run(retaped(replace(state, notice=remedy_notice(state) if failed else None)))
        self._keeping.tell_who_went(before)


def revival_notice(failed: State, begun: State) -> Notice:
    """Return what to say where new settings let a run begin in place of one that failed."""
    kept = kept_as(failed, begun.runs)
    left = f"; the one that failed is kept as {kept}" if kept else ""
    words = f"With these settings a new run begins at step {begun.run.step:,}{left}."
    return Notice(words, Tone.INFORMATION, lasts=Lasts.RESTING)
