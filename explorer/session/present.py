"""What is shown now: the state, the measurements that led to it, and who is told of each change. No Qt, no threads."""

from collections.abc import Callable
from typing import Any

import numpy as np
from msgspec.structs import replace

from explorer.session.failing import told_again
from explorer.session.history import History
from explorer.session.lapsing import without_stale
from explorer.session.notice import Notice
from explorer.session.state import State

Listener = Callable[[State, State], None]
LARGEST = float(np.finfo(np.float32).max)


class Present:
    """Holds the state; the other parts of the session change it here, each in its own way.

    Attributes
    ----------
    history
        Of the run that is shown.
    listeners
        Each is called with the old and the new state after each change.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._history_is_kept = False
        self.history = History()
        self.listeners: list[Listener] = []

    @property
    def state(self) -> State:
        """The current state."""
        return self._state

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener after each change; the returned function ends that."""
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def become(self, state: State) -> None:
        """Show another state, and tell who listens."""
        old = self._state
        new = told_again(old, without_stale(old, state), self.history)
        self._state = new
        if old != new:
            for listener in tuple(self.listeners):
                listener(old, new)

    def tell(self, notice: Notice | None) -> None:
        """Show one notice, in place of the one before, or none."""
        self.change(notice=notice)

    def change(self, **fields: Any) -> None:
        """Show the state with other values of some of its fields, by their names."""
        self.become(replace(self._state, **fields))

    # The run and its history

    def begin_run(self, state: State) -> None:
        """Show a state as a run of another id, so that what still comes up from the one before is dropped."""
        run = replace(state.run, id=self._state.run.id + 1)
        self.become(replace(state, run=run, network_step=run.step))

    def own_history(self) -> History:
        """Return the history to write into: a copy of one that something undone may come back to."""
        if self._history_is_kept:
            self.history, self._history_is_kept = self.history.until(self._state.run.step), False
        return self.history

    def measure(self, before: State, after: State) -> None:
        """Let the history end where the new numbers stand: cut off, or longer by the pass whose update was made."""
        step = min(before.run.step, after.run.step)
        if len(self.history.losses) > step:
            self.history, self._history_is_kept = self.history.until(step), False
        if after.run.step > before.run.step:
            loss = np.clip([before.tape.loss], -LARGEST, LARGEST).astype(np.float32)
            self.own_history().extend(loss)

    def kept_history(self) -> History:
        """Return the history, which is not written any longer from then on."""
        self._history_is_kept = True
        return self.history

    def take_history(self, history: History) -> None:
        """Go on from another history, which is not written."""
        self.history, self._history_is_kept = history, True

    def start(self, fresh: State) -> None:
        """Begin a run with nothing measured yet."""
        self.history, self._history_is_kept = History(), False
        self.become(fresh)
