"""Time travel: an earlier step of the run is looked at, and training goes on from there if a person wants. No Qt."""

from msgspec.structs import replace

from explorer.session.checkpoints import Checkpoints, Pass
from explorer.session.divergence import Cause, cause, divergence_details, divergence_text, last_good
from explorer.session.failing import failure_notice, remedy_notice
from explorer.session.passes import pass_of
from explorer.session.runs_keeping import Keeping, kept_as
from explorer.session.showing import at_front, at_pass, rested, retaped
from explorer.session.state import Lasts, Notice, RunStatus, State, Tone


class Travelling(Keeping):
    """A session that can look back. While it does, training may go on: what comes up waits at the front."""

    @property
    def checkpoints(self) -> Checkpoints:
        """The steps of this run that can be looked at."""
        return self.history.checkpoints

    def keep(self, run_id: int, passes: tuple[Pass, ...]) -> None:
        """Keep passes that a run has had before the newest one it was received with; drop another run's."""
        if passes and run_id == self._state.run.id:
            self._own_history().checkpoints.insert(passes)

    def look_at(self, step: int) -> None:
        """Show the newest kept step that is not after that one, the pass included; the last is the front itself."""
        state = self._state
        if not len(self.checkpoints):
            return
        front = state.front or pass_of(state)
        kept = self.checkpoints.at(step)
        if kept.step >= front.step:
            self.look_at_front()
        elif kept.network is not state.network:
            self._become(retaped(replace(at_pass(state, kept, front=front), selected=None, hovered=None)))

    def look_at_front(self) -> None:
        """Show the newest step again, and follow the training."""
        if self._state.front is not None:
            self._become(retaped(at_front(self._state)))

    def look_by(self, places: int) -> None:
        """Show the kept step so many places on, or back where negative."""
        steps = self.checkpoints.steps
        if steps:
            here = steps.index(self.checkpoints.at(self._state.network_step).step)
            self.look_at(steps[min(max(here + places, 0), len(steps) - 1)])

    def diverge(self, step: int, tensor: str) -> None:
        """Note that the run left the finite numbers, as in ``NonFiniteError``: say why, and offer to go back."""
        found = cause(self._state, last_good(self.history))
        text = divergence_text(self._state, found, step, tensor)
        self.fail(text, divergence_details(self._state, self.history, step, tensor), step, found)

    def fail(self, text: str, details: str = "", diverged_at: int | None = None, found: Cause | None = None) -> None:
        """Note that the run failed, and why; it left the finite numbers at that step, or failed otherwise."""
        found = found or Cause(text)
        told = {"failure": text, "failure_details": details, "remedy_rate": found.rate, "scales": found.scales}
        run = replace(self._state.run, status=RunStatus.FAILED, diverged_at=diverged_at, **told)
        self._become(replace(self._state, run=run, notice=failure_notice(run, self.history)))

    def tell_failure(self) -> None:
        """Say again why the run failed, if it did, in place of what is said."""
        failure = failure_notice(self._state.run, self.history)
        if failure is not None:
            self._become(replace(self._state, notice=failure))

    def back_to_good(self) -> None:
        """Of a run that diverged, let another begin at the kept step with the lowest loss; undo takes that back."""
        good = last_good(self.history)
        if good is not None and self._state.run.status is RunStatus.FAILED:
            self._become(at_pass(self._state, good, front=self._state.front or pass_of(self._state)))
            self.continue_here()

    def continue_here(self) -> None:
        """Let a run begin with what was measured up to the shown step; undoing that brings all the rest back.

        The run that is left is kept, and its curves stay behind those of the new one. From the end of one that
        diverged nothing can go on: it begins at the kept step with the lowest loss.
        """
        if self._state.front is None:
            self.back_to_good()
            return
        before, failed = self._state, self._state.run.status is RunStatus.FAILED
        self._remember(f"continuing from step {self._state.network_step:,}")
        state = replace(rested(self._state), runs=self._with_this_run())
        self._measure(state, state)
        self._begin_run(retaped(replace(state, notice=remedy_notice(state) if failed else None)))
        self._tell_who_went(before)


def revival_notice(failed: State, begun: State) -> Notice:
    """Return what to say where new settings let a run begin in place of one that failed."""
    kept = kept_as(failed, begun.runs)
    left = f"; the one that failed is kept as {kept}" if kept else ""
    words = f"With these settings a new run begins at step {begun.run.step:,}{left}."
    return Notice(words, Tone.INFORMATION, lasts=Lasts.RESTING)
