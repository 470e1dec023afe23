"""How runs begin: another subject, other settings, the initial weights. No Qt."""

from msgspec.structs import replace

from explorer.session.changes import Changes
from explorer.session.notice import Lasts, Notice, Tone
from explorer.session.present import Present
from explorer.session.run import RunStatus
from explorer.session.runs_keeping import Keeping, kept_as
from explorer.session.settings import Settings
from explorer.session.showing import begun_anew, initial_state, retaped, written_as
from explorer.session.state import State
from explorer.session.storing import Storing
from explorer.session.subject import Subject
from explorer.session.travelling import Travelling, revival_notice

LIVE = ("learning_rate", "schedule", "epochs", "patience")
"""The settings with which a run goes on."""


class Beginning:
    """Begins runs; what was shown before is kept, and undo brings it back."""

    def __init__(
        self, present: Present, changes: Changes, keeping: Keeping, travelling: Travelling, storing: Storing
    ) -> None:
        self._present, self._changes, self._keeping = present, changes, keeping
        self._travelling, self._storing = travelling, storing

    def open(self, subject: Subject, settings: Settings) -> None:
        """Show another subject; a new run begins."""
        before = self._present.state
        self._changes.remember(f"opening {subject.title}")
        fresh = written_as(before, initial_state(subject, settings, before.run.id + 1))
        fresh = replace(fresh, runs=self._keeping.with_this_run(subject))
        self._present.start(replace(fresh, document=self._storing.next_document()))
        self._keeping.tell_who_went(before)

    def configure(self, settings: Settings) -> None:
        """Take new settings: a run goes on with some of them, anything else begins a new one, and says so."""
        state = self._present.state
        if settings == state.settings:
            return
        if replace(settings, **{name: getattr(state.settings, name) for name in LIVE}) == state.settings:
            self._go_on_with(settings)
            return
        self._changes.remember("new settings")
        fresh = begun_anew(state, state.subject.with_settings(settings), settings)
        runs = self._keeping.with_this_run()
        self._present.start(replace(fresh, runs=runs, notice=loss_notice(state, kept_as(state, runs))))
        self._keeping.tell_who_went(state)

    def lower_rate(self) -> None:
        """Take the learning rate that is proposed after a divergence, from the last good step on."""
        state = self._present.state
        if state.run.remedy_rate:
            self.configure(replace(state.settings, learning_rate=state.run.remedy_rate))

    def _go_on_with(self, settings: Settings) -> None:
        """Take settings with which a run goes on; while training runs, that is no change to come back to.

        A run that failed goes on no more: another begins, at the step that is looked back at or else the last good one.
        """
        before = self._present.state
        failed = before.run.status is RunStatus.FAILED
        if failed and len(self._present.history.checkpoints):
            self._travelling.continue_here()
        elif before.run.status is not RunStatus.RUNNING:
            self._changes.remember("new settings", LIVE)
        if failed and self._present.state.run.id == before.run.id:
            self.reset()
        state = self._present.state
        if failed:
            state = replace(state, notice=revival_notice(before, state))
        if settings.learning_rate != before.settings.learning_rate:
            state = replace(state, run=replace(state.run, remedy_rate=None))
        problem = state.subject.problem
        update = replace(problem.update, learning_rate=settings.learning_rate, schedule=settings.schedule)
        subject = replace(state.subject, problem=replace(problem, update=update))
        self._present.become(retaped(replace(state, settings=settings, subject=subject)))

    def reset(self) -> None:
        """Go back to the initial weights; a new run begins, and the one before is kept among the recent ones."""
        state = self._present.state
        if state.run.step or state.memory.updates or state.run.edited:
            self._changes.remember("reset")
        fresh = begun_anew(state, state.subject, state.settings)
        self._present.start(replace(fresh, runs=self._keeping.with_this_run()))
        self._keeping.tell_who_went(state)


def loss_notice(state: State, kept: str) -> Notice | None:
    """Return what to say where new settings end a run: what it is kept as, or how much is lost; else what was said."""
    steps = state.run.step
    if not steps:
        return state.notice if state.notice is not None and state.notice.tone is Tone.INFORMATION else None
    lost = "the step before is" if steps == 1 else f"the {steps:,} steps before are"
    text = f"New settings begin a new run: {lost} {f'kept as {kept}' if kept else 'gone'}."
    return Notice(text, Tone.INFORMATION, lasts=Lasts.READ)
