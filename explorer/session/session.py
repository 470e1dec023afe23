"""The single source of truth: holds the state, changes it by commands, tells who listens. No Qt, no threads."""

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.network import Network
from explorer.engine.problem import Memory
from explorer.session.checkpoints import Pass
from explorer.session.history import Evaluation, History
from explorer.session.passes import pass_of, passes_to
from explorer.session.rates import with_rates
from explorer.session.runs_keeping import kept_as
from explorer.session.sampling import Sampling
from explorer.session.settings import Settings
from explorer.session.showing import at_front, at_pass, begun_anew, initial_state, retaped, written_as
from explorer.session.state import Lasts, Notice, RunStatus, State, Tone
from explorer.session.subject import Subject
from explorer.session.travelling import revival_notice
from explorer.tape.entries import Cell
from explorer.tape.notation_shelf import notation, notations
from explorer.tape.orientation import Layout

LIVE = ("learning_rate", "schedule", "epochs", "patience")
"""The settings with which a run goes on."""


class Session(Sampling):
    """The state of the window and the commands that change it; listeners get (old, new) after each change."""

    def __init__(self, subject: Subject, settings: Settings) -> None:
        super().__init__(initial_state(subject, settings, run_id=1))

    # The subject

    def open(self, subject: Subject, settings: Settings) -> None:
        """Show another subject; a new run begins."""
        before = self._state
        self._remember(f"opening {subject.title}")
        fresh = written_as(self._state, initial_state(subject, settings, self._state.run.id + 1))
        fresh = replace(fresh, runs=self._with_this_run(subject))
        self._start(replace(fresh, document=self._next_document()))
        self._tell_who_went(before)

    def configure(self, settings: Settings) -> None:
        """Take new settings: a run goes on with some of them, anything else begins a new one, and says so."""
        state = self._state
        if settings == state.settings:
            return
        if replace(settings, **{name: getattr(state.settings, name) for name in LIVE}) == state.settings:
            self._go_on_with(settings)
            return
        self._remember("new settings")
        fresh = begun_anew(state, state.subject.with_settings(settings), settings)
        runs = self._with_this_run()
        self._start(replace(fresh, runs=runs, notice=loss_notice(state, kept_as(state, runs))))
        self._tell_who_went(state)

    def lower_rate(self) -> None:
        """Take the learning rate that is proposed after a divergence, from the last good step on."""
        state = self._state
        if state.run.remedy_rate:
            self.configure(replace(state.settings, learning_rate=state.run.remedy_rate))

    def _go_on_with(self, settings: Settings) -> None:
        """Take settings with which a run goes on; while training runs, that is no change to come back to.

        A run that failed goes on no more: another begins, at the step that is looked back at or else the last good one.
        """
        before = self._state
        failed = before.run.status is RunStatus.FAILED
        if failed and len(self.checkpoints):
            self.continue_here()
        elif before.run.status is not RunStatus.RUNNING:
            self._remember("new settings", LIVE)
        if failed and self._state.run.id == before.run.id:
            self.reset()
        state = self._state if not failed else replace(self._state, notice=revival_notice(before, self._state))
        if settings.learning_rate != before.settings.learning_rate:
            state = replace(state, run=replace(state.run, remedy_rate=None))
        problem = state.subject.problem
        update = replace(problem.update, learning_rate=settings.learning_rate, schedule=settings.schedule)
        subject = replace(state.subject, problem=replace(problem, update=update))
        self._become(retaped(replace(state, settings=settings, subject=subject)))

    def reset(self) -> None:
        """Go back to the initial weights; a new run begins, and the one before is kept among the recent ones."""
        state = self._state
        if state.run.step or state.memory.updates or state.run.edited:
            self._remember("reset")
        fresh = begun_anew(state, state.subject, state.settings)
        self._start(replace(fresh, runs=self._with_this_run()))
        self._tell_who_went(state)

    def _start(self, fresh: State) -> None:
        """Begin a run with nothing measured yet."""
        self.history, self._history_is_kept = History(), False
        self._become(fresh)

    # How it is written

    def write_in(self, name: str) -> None:
        """Write everything in the notation of that name."""
        self._become(replace(self._state, notation=notation(name).name))

    def write_in_next(self) -> None:
        """Write everything in the next notation, after the last in the first."""
        names = tuple(notations())
        self.write_in(names[(names.index(self._state.notation) + 1) % len(names)])

    def lay_out(self, layout: Layout) -> None:
        """Write gradients in the shape of what they are taken by (denominator), or transposed (numerator)."""
        self._become(replace(self._state, layout=layout))

    # The pass

    def go_to(self, position: int) -> None:
        """Show the step at that position; beyond the ends, the first or the last."""
        state = self._state
        position = min(max(position, 0), len(state.tape) - 1)
        if position != state.position:
            self._become(replace(state, position=position, selected=None, hovered=None))

    def go_to_step(self, step_id: str) -> None:
        """Show the step of that id, if the tape has one."""
        if step_id in self._state.tape:
            self.go_to(self._state.tape.index(step_id))

    def select(self, cell: Cell | None) -> None:
        """Choose a cell (name, index), or none."""
        self._become(replace(self._state, selected=cell))

    def hover(self, cell: Cell | None) -> None:
        """Point at a cell (name, index), or none."""
        self._become(replace(self._state, hovered=cell))

    # Training

    def set_status(self, status: RunStatus, stopped: str = "", kept_step: int | None = None) -> None:
        """Note that training started or came to rest: by itself for a reason, at the best weights it had if they count.

        Parameters
        ----------
        stopped, kept_step
            As in ``Run``.
        """
        state = self._state
        if status is RunStatus.RUNNING and state.run.status is not RunStatus.RUNNING:
            self._remember(f"training from step {state.run.step:,}")
            state = state if state.front is None else gone_on(state)
        run = replace(state.run, status=status, stopped=stopped, kept_step=kept_step)
        self._become(replace(state, run=run))

    def receive(
        self,
        run_id: int,
        step: int,
        epoch: int,
        losses: NDArray[np.float32],
        evaluations: tuple[Evaluation, ...],
        network: Network | None,
        memory: Memory | None = None,
        network_step: int | None = None,
    ) -> None:
        """Take what the engine measured and, if there is one, the network as it stands; drop another run's.

        Parameters
        ----------
        step, epoch
            How far the run has come.
        memory, network_step
            What the optimiser remembers at that network, and the updates that led to it: ``step`` if left out.
        """
        state = self._state
        if run_id != state.run.id:
            return
        if state.run.status is not RunStatus.RUNNING and step > state.run.step:
            self._remember(f"step {step:,}")
            state = state if state.front is None else replace(state, notice=front_notice(state))
        history = self._own_history()
        history.extend(losses)
        for evaluation in evaluations:
            history.add(evaluation)
        newest = evaluations[-1] if evaluations else state.run.evaluation
        run = with_rates(state.run, state.settings) if step > state.run.step else state.run
        run = replace(run, step=step, epoch=epoch, evaluation=newest)
        shown = replace(state, run=run)
        if network is not None:
            if network_step is not None and network_step != step:
                step, epoch = network_step, network_step // state.steps_per_epoch
            shown = self._with_pass(shown, Pass(network, memory or Memory(), step, epoch))
        self._become(shown)

    def _with_pass(self, state: State, newest: Pass) -> State:
        """Return the state at the newest pass; it waits at the front while a run goes on that is looked back at."""
        before = at_front(self._state)
        for each in (pass_of(before), newest):
            self.history.checkpoints.add(each)
        if state.front is not None and state.run.status is RunStatus.RUNNING:
            return replace(state, front=newest)
        return retaped(at_pass(state, newest, passes_to(before, newest.memory)))

    # The banner

    def tell(self, notice: Notice | None) -> None:
        """Show one notice, in place of the one before, or none."""
        self._become(replace(self._state, notice=notice))


def gone_on(state: State) -> State:
    """Return a state that was looked back at with its newest pass, from which training goes on, and say so."""
    return replace(retaped(at_front(state)), notice=front_notice(state))


def front_notice(state: State) -> Notice:
    """Return what to say where a state is looked back at and training goes on: from where."""
    text = (
        f"Training goes on from the newest step, {state.run.shown_step:,}, and not from step {state.network_step:,} "
        "that was shown: to train on from there, go back to it and continue from there (K)."
    )
    return Notice(text, Tone.INFORMATION, lasts=Lasts.READ)


def loss_notice(state: State, kept: str) -> Notice | None:
    """Return what to say where new settings end a run: what it is kept as, or how much is lost; else what was said."""
    steps = state.run.step
    if not steps:
        return state.notice if state.notice is not None and state.notice.tone is Tone.INFORMATION else None
    lost = "the step before is" if steps == 1 else f"the {steps:,} steps before are"
    text = f"New settings begin a new run: {lost} {f'kept as {kept}' if kept else 'gone'}."
    return Notice(text, Tone.INFORMATION, lasts=Lasts.READ)
