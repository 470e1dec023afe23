"""What comes up from training: its measurements, its passes, that it began, came to rest or failed. No Qt."""

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.network import Network
from explorer.engine.problem import Memory
from explorer.session.changes import Changes
from explorer.session.checkpoints import Pass
from explorer.session.divergence import Cause, cause, divergence_details, divergence_text, last_good
from explorer.session.failing import failure_notice
from explorer.session.history import Evaluation
from explorer.session.notice import Lasts, Notice, Tone
from explorer.session.passes import pass_of, passes_to
from explorer.session.present import Present
from explorer.session.rates import with_rates
from explorer.session.run import RunStatus
from explorer.session.showing import at_front, at_pass, retaped
from explorer.session.state import State


class Receiving:
    """Takes what the engine tells; what is of another run than the shown one is dropped."""

    def __init__(self, present: Present, changes: Changes) -> None:
        self._present, self._changes = present, changes

    def set_status(self, status: RunStatus, stopped: str = "", kept_step: int | None = None) -> None:
        """Note that training started or came to rest: by itself for a reason, at the best weights it had if they count.

        Parameters
        ----------
        stopped, kept_step
            As in ``Run``.
        """
        state = self._present.state
        if status is RunStatus.RUNNING and state.run.status is not RunStatus.RUNNING:
            self._changes.remember(f"training from step {state.run.step:,}")
            state = state if state.front is None else gone_on(state)
        run = replace(state.run, status=status, stopped=stopped, kept_step=kept_step)
        self._present.become(replace(state, run=run))

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
        state = self._present.state
        if run_id != state.run.id:
            return
        if state.run.status is not RunStatus.RUNNING and step > state.run.step:
            self._changes.remember(f"step {step:,}")
            state = state if state.front is None else replace(state, notice=front_notice(state))
        history = self._present.own_history()
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
            memory = with_strays(memory or Memory(), at_front(state).memory)
            shown = self._with_pass(shown, Pass(network, memory, step, epoch))
        self._present.become(shown)

    def _with_pass(self, state: State, newest: Pass) -> State:
        """Return the state at the newest pass; it waits at the front while a run goes on that is looked back at."""
        before = at_front(self._present.state)
        for each in (pass_of(before), newest):
            self._present.history.checkpoints.add(each)
        if state.front is not None and state.run.status is RunStatus.RUNNING:
            return replace(state, front=newest)
        return retaped(at_pass(state, newest, passes_to(before, newest.memory)))

    def keep(self, run_id: int, passes: tuple[Pass, ...]) -> None:
        """Keep passes that a run has had before the newest one it was received with; drop another run's."""
        if passes and run_id == self._present.state.run.id:
            self._present.own_history().checkpoints.insert(passes)

    def diverge(self, step: int, tensor: str) -> None:
        """Note that the run left the finite numbers, as in ``NonFiniteError``: say why, and offer to go back."""
        state, history = self._present.state, self._present.history
        found = cause(state, last_good(history))
        text = divergence_text(state, found, step, tensor)
        self.fail(text, divergence_details(state, history, step, tensor), step, found)

    def fail(self, text: str, details: str = "", diverged_at: int | None = None, found: Cause | None = None) -> None:
        """Note that the run failed, and why; it left the finite numbers at that step, or failed otherwise."""
        found = found or Cause(text)
        told = {"failure": text, "failure_details": details, "remedy_rate": found.rate, "scales": found.scales}
        run = replace(self._present.state.run, status=RunStatus.FAILED, diverged_at=diverged_at, **told)
        self._present.change(run=run, notice=failure_notice(run, self._present.history))

    def tell_failure(self) -> None:
        """Say again why the run failed, if it did, in place of what is said."""
        failure = failure_notice(self._present.state.run, self._present.history)
        if failure is not None:
            self._present.change(notice=failure)


def with_strays(memory: Memory, before: Memory) -> Memory:
    """Return what an optimiser remembers; while it makes no update, what a mistake has stretched before stays so."""
    return replace(memory, strays=before.strays) if memory.updates == before.updates else memory


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
