"""The single source of truth: holds the state, changes it by commands, tells who listens. No Qt, no threads."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from explorer.engine.network import Network
from explorer.engine.problem import Memory, Problem
from explorer.session.history import Evaluation, History
from explorer.session.settings import Settings
from explorer.session.state import Notice, Run, RunStatus, State, Tone
from explorer.session.subject import Subject
from explorer.tape.entries import Cell
from explorer.tape.notation import DEFAULT, notation, notations
from explorer.tape.orientation import Layout
from explorer.tape.record import record

Listener = Callable[[State, State], None]
LIVE = ("learning_rate", "epochs", "patience")
"""The settings with which a run goes on."""
WHOLE_BATCH = 16
"""Up to this many samples the tape shows all of them together at first."""


class Session:
    """The state of the window and the commands that change it; listeners get (old, new) after each change."""

    def __init__(self, subject: Subject, settings: Settings) -> None:
        self._listeners: list[Listener] = []
        self._random = np.random.default_rng(0)
        self.history = History()
        self._state = initial_state(subject, settings, run_id=1)

    @property
    def state(self) -> State:
        """The current state."""
        return self._state

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener after each change; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _become(self, state: State) -> None:
        old, self._state = self._state, state
        if old != state:
            for listener in tuple(self._listeners):
                listener(old, state)

    # The subject

    def open(self, subject: Subject, settings: Settings) -> None:
        """Show another subject; a new run begins."""
        self.history = History()
        self._become(written_as(self._state, initial_state(subject, settings, self._state.run.id + 1)))

    def configure(self, settings: Settings) -> None:
        """Take new settings: a run goes on with some of them, anything else begins a new one, and says so."""
        state = self._state
        if replace(settings, **{name: getattr(state.settings, name) for name in LIVE}) == state.settings:
            problem = state.subject.problem
            update = replace(problem.update, learning_rate=settings.learning_rate)
            subject = replace(state.subject, problem=replace(problem, update=update))
            self._become(retaped(replace(state, settings=settings, subject=subject)))
            return
        self._restart(state.subject.with_settings(settings), settings, loss_notice(state))

    def reset(self) -> None:
        """Go back to the initial weights; a new run begins."""
        self._restart(self._state.subject, self._state.settings)

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

    def _restart(self, subject: Subject, settings: Settings, notice: Notice | None = None) -> None:
        self.history = History()
        old = self._state
        fresh = initial_state(subject, settings, old.run.id + 1)
        fresh = replace(fresh, sample=old.sample, whole=old.whole, notice=notice)
        fresh = replace(fresh, notation=old.notation, layout=old.layout)
        same_steps = old.network.activations == fresh.network.activations
        position = old.position if same_steps else 0
        self._become(retaped(replace(fresh, position=position)))

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

    # The sample

    def show_sample(self, sample: int) -> None:
        """Show that sample, counted from 0 and around the ends."""
        self._become(retaped(replace(self._state, sample=sample % self._state.samples)))

    def show_random_sample(self) -> None:
        """Show a random sample, another one than now where there are several."""
        state = self._state
        if state.samples > 1:
            self.show_sample(state.sample + int(self._random.integers(1, state.samples)))

    def show_whole(self, whole: bool) -> None:
        """Record the pass of all samples together, or of the shown one alone."""
        self._become(retaped(replace(self._state, whole=whole)))

    # Training

    def set_status(self, status: RunStatus, stopped: str = "", kept_step: int | None = None) -> None:
        """Note that training started or came to rest: by itself for a reason, at the best weights it had if they count.

        Parameters
        ----------
        stopped, kept_step
            As in ``Run``.
        """
        run = replace(self._state.run, status=status, stopped=stopped, kept_step=kept_step)
        self._become(replace(self._state, run=run))

    def fail(self, notice: Notice, diverged_at: int | None = None) -> None:
        """Note that the run failed, and why; it left the finite numbers at that step, or failed otherwise."""
        run = replace(self._state.run, status=RunStatus.FAILED, diverged_at=diverged_at)
        self._become(replace(self._state, run=run, notice=notice))

    def receive(
        self,
        run_id: int,
        step: int,
        epoch: int,
        losses: NDArray[np.float32],
        evaluations: tuple[Evaluation, ...],
        network: Network | None,
        memory: Memory | None = None,
    ) -> None:
        """Take what the engine measured and, if there is one, the network as it stands; drop another run's.

        ``memory`` is what the optimiser remembers at that network.
        """
        state = self._state
        if run_id != state.run.id:
            return
        self.history.extend(losses)
        for evaluation in evaluations:
            self.history.add(evaluation)
        newest = evaluations[-1] if evaluations else state.run.evaluation
        run = replace(state.run, step=step, epoch=epoch, evaluation=newest)
        state = replace(state, run=run)
        if network is not None:
            state = retaped(replace(state, network=network, memory=memory or Memory()))
        self._become(state)

    # The banner

    def tell(self, notice: Notice | None) -> None:
        """Show one notice, in place of the one before, or none."""
        self._become(replace(self._state, notice=notice))
